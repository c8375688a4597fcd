/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What one popup says, in plain text and translated: how a thread, several of them, or a notice of
 * the daemon itself read on the desktop. Immutable once made, and shared between threads by
 * reference. Nothing here knows a notification server, and nothing reads the clock. */

#pragma once

#include "naming.h"
#include "thread.h"
#include "types.h"

G_BEGIN_DECLS

/* Three buttons, which is what most servers show, a field to reply in, and the click on the popup
 * itself. */
#define ONC_POPUP_MAX_ACTIONS 5

/* What the button "+15 min" puts a promise off by. */
#define ONC_POPUP_EXTENSION (15 * ONC_MINUTE)

/* Why a thread speaks up, and when. */
typedef struct
{
  OncAlert kind;
  OncLevel level;
  const char *promise;   /* (nullable) key of the promise that it is about */
  guint repeat;          /* how often it has been said before */
  OncInstant now;        /* for the times in the text ... */
  GTimeZone *zone;       /* ... and whose clock they are on */
  OncSpan usual_promise; /* what "On it, update in 30 min" promises; 0: there is no such button */
  gboolean others_turn;  /* somebody else is on call: what is urgent is not so for this person */
} OncOccasion;

typedef struct
{
  const char *key; /* (static) of names.h */
  char *label;     /* (owned) translated */
} OncPopupAction;

typedef struct
{
  char *key;            /* (owned) which popup it is; a newer one with that key takes its place */
  guint32 thread;       /* the number of the thread that its actions are about; 0: none */
  gboolean own;         /* it is that thread's own popup, and no summary */
  OncLevel level;       /* decides urgency, how long it stays, and who comes first */
  char *title;          /* (owned) one line, never markup, never empty */
  char *body;           /* (owned) plain text, may be empty */
  const char *icon;     /* (static) a name of the freedesktop icon naming specification */
  const char *category; /* (static) of the notification specification */
  const char *sound;    /* (static) (nullable) of the sound naming specification; NULL: silent */
  gboolean stays;       /* neither time nor an action ends it, only a person or the daemon */
  OncPopupAction actions[ONC_POPUP_MAX_ACTIONS];
  guint n_actions;
} OncPopup;

/* Returns: (transfer full): the popup about @thread on that @occasion. @hide_content leaves out
 * texts and names. */
OncPopup *onc_popup_new_for_thread (const OncNaming *naming,
                                    const OncThread *thread,
                                    const OncOccasion *occasion,
                                    gboolean hide_content);

/* @threads: (element-type OncThread): at least one; the most pressing first, which "Open" opens.
 * Returns: (transfer full): one popup for all of them. */
OncPopup *
onc_popup_new_summary (const OncNaming *naming, GPtrArray *threads, gboolean hide_content);

/* Returns: (transfer full): a message of the daemon itself. @key names the matter, @title must not
 * be empty; both texts are translated already. */
OncPopup *onc_popup_new_notice (const char *key, const char *title, const char *body);

OncPopup *onc_popup_ref (OncPopup *self);
void onc_popup_unref (OncPopup *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OncPopup, onc_popup_unref)

/* Whether a person sees no difference between the two, which may sound otherwise. */
gboolean onc_popup_looks_like (const OncPopup *self, const OncPopup *other);

/* Returns: (transfer full): the key of the popup of thread @number, and of the notice @key. */
char *onc_popup_thread_key (guint32 number);
char *onc_popup_notice_key (const char *key);

/* The key of the one summary. */
#define ONC_POPUP_SUMMARY_KEY "summary"

G_END_DECLS
