/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The notification server as the rest of the daemon likes to see it: popups are wanted or not, and
 * what a person does with them is reported. No call waits for the server, but for one that says so.
 *
 * libnotify only has blocking calls, and a server that is stuck holds each of them for 25 seconds.
 * So all of libnotify lives in a thread of its own, the only one of the daemon: with a main context
 * of its own, where the signals of libnotify arrive, and with one table that both sides see, which
 * says for each popup what it should show. There is one entry a popup, so that a server that is
 * stuck for an hour finds the newest content only.
 *
 * libnotify's state is the process's: there is one OncPopupServer at a time. */

#pragma once

#include "popup.h"

G_BEGIN_DECLS

typedef struct _OncPopupServer OncPopupServer;

/* Called in the main context that was the thread's default at onc_popup_server_new(). */
typedef struct
{
  /* A person chose @action of @popup. @activation_token is NULL where the server gives none. */
  void (*action) (const OncPopup *popup,
                  const char *action,
                  const char *activation_token,
                  gpointer user_data);

  /* A person wrote @text into @popup, where the server has a field for that. */
  void (*reply) (const OncPopup *popup, const char *text, gpointer user_data);

  /* @popup stands no more, and not because it was closed from here: a person dismissed it or used
   * it up by an action, or else time or the server ended it. */
  void (*closed) (const OncPopup *popup, gboolean dismissed, gpointer user_data);
} OncPopupServerFuncs;

/* Begins to look for a server on the session bus. */
OncPopupServer *onc_popup_server_new (const OncPopupServerFuncs *funcs, gpointer user_data);

/* Ends it, in a second at most. Nothing is reported any more, and popups that still stand are left
 * alone: close them and settle first. A thread that the server holds for longer ends by itself as
 * soon as it is let go. */
void onc_popup_server_free (OncPopupServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OncPopupServer, onc_popup_server_free)

/* Whether popups that are shown from now on are heard even where the server makes no sound; FALSE
 * at first. */
void onc_popup_server_set_own_sound (OncPopupServer *self, gboolean own_sound);

/* Wants @popup to stand, in place of the one with its key. Shown now or as soon as there is a
 * server, which is started if it can be; and raised again with each new server until it is closed
 * by whomever. It sounds once only. */
void onc_popup_server_show (OncPopupServer *self, OncPopup *popup);

/* Wants no popup with that key to stand. */
void onc_popup_server_close (OncPopupServer *self, const char *key);

/* Blocks until all that was asked for has been tried, but at most @timeout_ms milliseconds.
 * Returns: FALSE where that was not enough. */
gboolean onc_popup_server_settle (OncPopupServer *self, guint timeout_ms);

G_END_DECLS
