/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Shows threads as popups on the desktop, one for each. No call but one waits for the notification
 * server, and none fails: what cannot be shown now is shown once it can be, unless it is withdrawn.
 *
 * Signals, emitted in the main context that was the thread's default at onc_notifier_new():
 *
 * action (guint thread, const char *action, const char *activation_token)
 *   A person chose an action of the thread with that number: ONC_POPUP_CLAIM, ONC_POPUP_PROMISE,
 *   ONC_POPUP_EXTEND (by ONC_POPUP_EXTENSION), ONC_POPUP_WRITE, or ONC_POPUP_OPEN and
 *   ONC_POPUP_DEFAULT, which both are to open it. The token, which may be NULL, lets a program that
 * is started now take the focus. Every choice is emitted once; except on an emergency, whose popup
 *   stays, the first ends the popup.
 *
 * reply (guint thread, const char *text)
 *   A person wrote @text into the popup of the thread with that number, to be posted there. Ends
 *   the popup as an action does.
 *
 * closed (guint thread, gboolean dismissed)
 *   The thread's popup has gone without having been withdrawn: a person dismissed it or chose an
 *   action, or else (FALSE) it expired or the server closed it. It stays away until the next
 *   onc_notifier_show() for that thread. */

#pragma once

#include "popup.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define ONC_TYPE_NOTIFIER (onc_notifier_get_type ())
G_DECLARE_FINAL_TYPE (OncNotifier, onc_notifier, ONC, NOTIFIER, GObject)

/* Copies @naming, whose data must outlive the notifier. There may be one notifier at a time.
 * Its end leaves the popups that stand, see onc_notifier_withdraw_all(), and may take a second
 * where the server does not answer. */
OncNotifier *onc_notifier_new (const OncNaming *naming);

/* Whether popups hide what people wrote and how they and their channels are called; FALSE at first.
 * Popups that stand are changed too. */
void onc_notifier_set_private (OncNotifier *self, gboolean hide_content);

/* Whether the popups' sounds are played from here where the server makes none; FALSE at first.
 * Returns: FALSE where that was not built in. */
gboolean onc_notifier_set_own_sound (OncNotifier *self, gboolean own_sound);

/* Shows @thread, which has a number, or changes its popup in place, on @occasion, which is copied.
 * The texts are those of this moment; a thread that changes is to be shown again. */
void onc_notifier_show (OncNotifier *self, OncThread *thread, const OncOccasion *occasion);

/* What of a thread is worth an update of its popup. Another text is not: it does not make the
 * question another, and some servers show a popup that changes as if it were new. */
#define ONC_NOTIFIER_CHANGES                                                                       \
  (ONC_CHANGE_LEVEL | ONC_CHANGE_LOOKERS | ONC_CHANGE_PROMISES | ONC_CHANGE_DEADLINE)

/* Brings what stands of @thread to how things are, without a sound: @now is for the times in the
 * text, where it is about one thread. Done once control is back in the main loop, so that what is
 * shown or withdrawn until then costs nothing. */
void onc_notifier_update (OncNotifier *self, const OncThread *thread, OncInstant now);

/* Does so for all threads, at the times that their popups have. */
void onc_notifier_update_all (OncNotifier *self);

/* Shows one popup for all of @threads (element-type OncThread), the most pressing first, in place
 * of the last such, a little later where that is new itself; with none, withdraws it. */
void onc_notifier_show_summary (OncNotifier *self, GPtrArray *threads);

/* Shows a message of the daemon itself, in place of the last with the same @key; @title is not
 * empty. Both are translated, plain text, and hold nothing that should be hidden. */
void
onc_notifier_show_notice (OncNotifier *self, const char *key, const char *title, const char *body);

/* Each takes away one popup if it stands: the thread's own, or the notice. The summary says no more
 * of the thread, and goes with the last one. */
void onc_notifier_withdraw (OncNotifier *self, OncThread *thread);
void onc_notifier_withdraw_notice (OncNotifier *self, const char *key);

/* Takes away all popups. Blocks until the server has done so, but at most @timeout_ms milliseconds,
 * 0 for not at all. Returns: FALSE when the server was not ready by then. */
gboolean onc_notifier_withdraw_all (OncNotifier *self, guint timeout_ms);

G_END_DECLS
