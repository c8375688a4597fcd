/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A notification server for tests: it shows nothing, remembers all, and misbehaves on request. It
 * lives in a thread of its own, so that a test may block while the server answers, or run while it
 * does not. Every function may be called from the test's thread. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _MockServer MockServer;

/* One call of Notify. Valid until the server is freed. */
typedef struct
{
  guint32 id;       /* that was given; 0 while the call waits or when it was refused */
  guint32 replaces; /* the ID that the caller gave */
  char *app_name;   /* (owned) */
  char *icon;       /* (owned) the parameter, or the hint image-path where that is used instead */
  char *title;      /* (owned) */
  char *body;       /* (owned) */
  GStrv actions;    /* (owned) key, label, key, label, ... */
  GVariant *hints;  /* (owned) */
  int timeout;      /* in milliseconds; -1: the server's choice; 0: never */
} MockPopup;

/* Connects to the bus at @address and takes the name, from another if need be. @capabilities is a
 * list separated by spaces. The first ID is @first_id. */
MockServer *mock_server_new (const char *address, const char *capabilities, guint32 first_id);

/* Leaves the bus at once, as a server that dies. */
void mock_server_free (MockServer *self);

/* From now on no call is answered, as by a server that is stuck; @hold FALSE answers them all. */
void mock_server_hold (MockServer *self, gboolean hold);

/* From now on it calls itself @name, and not "mock". A server is asked once. */
void mock_server_set_name (MockServer *self, const char *name);

/* The next @times calls of Notify, or of GetCapabilities, are answered with an error. */
void mock_server_refuse_popups (MockServer *self, guint times);
void mock_server_refuse_capabilities (MockServer *self, guint times);

/* Every popup gets the first ID. */
void mock_server_repeat_ids (MockServer *self);

/* Every popup is closed as soon as it is there. */
void mock_server_close_at_once (MockServer *self);

/* How often the server was asked: to show, to close, what it can do. Calls that wait count. */
guint mock_server_n_popups (MockServer *self);
guint mock_server_n_closes (MockServer *self);
guint mock_server_n_questions (MockServer *self);

/* How many popups stand. */
guint mock_server_n_standing (MockServer *self);

/* Returns: (transfer none): the call of Notify at @position, counted from 0. */
const MockPopup *mock_server_get (MockServer *self, guint position);

/* Whether @popup was given an ID, which stands. */
gboolean mock_server_stands (MockServer *self, const MockPopup *popup);

/* Returns: the hint of that name, FALSE or NULL when there is none. */
gboolean mock_popup_has_flag (const MockPopup *popup, const char *hint);
const char *mock_popup_get_word (const MockPopup *popup, const char *hint);

/* A person chooses @action of popup @id; the popup stays. @token may be NULL. */
void mock_server_invoke (MockServer *self, guint32 id, const char *action, const char *token);

/* A person writes @text into popup @id, as on Plasma; the popup stays. */
void mock_server_reply (MockServer *self, guint32 id, const char *text);

/* Popup @id ends for @reason: 1 expired, 2 dismissed by a person. */
void mock_server_end (MockServer *self, guint32 id, guint32 reason);

G_END_DECLS
