/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The verbs of oncallctl. */

#pragma once

#include "command.h"

G_BEGIN_DECLS

/* In the order of the help; the first is what no verb means. Ends with a NULL name. */
extern const OncVerb onc_verbs[];

/* verb-demo.c */
OncExit onc_verb_demo (OncCommand *command, GError **error);

/* verb-list.c */
OncExit onc_verb_list (OncCommand *command, GError **error);

/* verb-show.c */
OncExit onc_verb_show (OncCommand *command, GError **error);
OncExit onc_verb_link (OncCommand *command, GError **error);

/* verb-act.c */
OncExit onc_verb_claim (OncCommand *command, GError **error);
OncExit onc_verb_release (OncCommand *command, GError **error);
OncExit onc_verb_reply (OncCommand *command, GError **error);
OncExit onc_verb_resolve (OncCommand *command, GError **error);
OncExit onc_verb_reopen (OncCommand *command, GError **error);
OncExit onc_verb_level (OncCommand *command, GError **error);
OncExit onc_verb_open (OncCommand *command, GError **error);
OncExit onc_verb_tag (OncCommand *command, GError **error);
OncExit onc_verb_untag (OncCommand *command, GError **error);
OncExit onc_verb_dismiss (OncCommand *command, GError **error);

/* verb-config.c */
OncExit onc_verb_config (OncCommand *command, GError **error);
OncExit onc_verb_reload (OncCommand *command, GError **error);

/* verb-promise.c */
OncExit onc_verb_promise (OncCommand *command, GError **error);
OncExit onc_verb_extend (OncCommand *command, GError **error);
OncExit onc_verb_handover (OncCommand *command, GError **error);
OncExit onc_verb_snooze (OncCommand *command, GError **error);
OncExit onc_verb_unsnooze (OncCommand *command, GError **error);
OncExit onc_verb_needed (OncCommand *command, GError **error);

/* Replies with @text to the thread that the first argument names, and promises the next update by
 * @when. */
OncExit
onc_promise_with_text (OncCommand *command, const char *when, const char *text, GError **error);

/* verb-mine.c */
OncExit onc_verb_mine (OncCommand *command, GError **error);

/* verb-parse.c */
OncExit onc_verb_parse (OncCommand *command, GError **error);

/* verb-pause.c */
OncExit onc_verb_pause (OncCommand *command, GError **error);
OncExit onc_verb_resume (OncCommand *command, GError **error);

/* verb-status.c */
OncExit onc_verb_status (OncCommand *command, GError **error);

/* verb-monitor.c */
OncExit onc_verb_monitor (OncCommand *command, GError **error);

G_END_DECLS
