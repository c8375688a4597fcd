/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* One workspace: who we are there, its people and names, the live connection, and the reading of
 * what it missed. Feeds the pipeline, and says how well it hears. */

#pragma once

#include "config.h"
#include "naming.h"
#include "pipeline.h"
#include "tokens.h"
#include "web-api.h"

G_BEGIN_DECLS

#define ONC_TYPE_SESSION (onc_session_get_type ())
G_DECLARE_FINAL_TYPE (OncSession, onc_session, ONC, SESSION, GObject)

/* Signals:
 *   link-changed ()    how well it hears: see onc_session_get_link()
 *   names-changed ()   people, groups or channels are called or composed otherwise, so that a
 *                      policy is to be built anew
 *   ready ()           it is known who we are: writes may go out by onc_session_get_api()
 *   denied (const char *why)
 *                      Slack refuses the tokens for good; once each time that this begins
 *   refused (const char *why)
 *                      Slack will have no connection until a person has done something; once each
 *                      time that this begins. History is polled meanwhile
 *   shared ()          part of what happens goes to somebody else's connections to the same Slack
 *                      app; once each time that this begins */

/* Returns: (transfer full): a session that knows what an earlier one has stored of the workspace.
 * Borrows @store and @config, copies what it needs of @tokens.
 * @ca_file: (nullable): more certificates to trust, for tests. @hurry: the network's time limits
 * and pauses are so many times as short, for tests; else 1. @short_lives: connections live for six
 * minutes, for tests. */
OncSession *onc_session_new (OncStore *store,
                             OncClock *clock,
                             const OncConfig *config,
                             const OncTokens *tokens,
                             const char *ca_file,
                             guint hurry,
                             gboolean short_lives);

/* Exchanges the configuration, whose names the next refresh looks up. Only the tokens and the
 * address of Slack have to be the same as before. */
void onc_session_set_config (OncSession *self, const OncConfig *config);

/* Returns: (transfer full): the policy as far as names are known. */
OncPolicy *onc_session_build_policy (OncSession *self);

/* Where events go: what is known of people and groups at once, all else after the start. */
void onc_session_set_pipeline (OncSession *self, OncPipeline *pipeline);

/* Connects, and stays connected until it is stopped. */
void onc_session_start (OncSession *self);

/* Closes the connection. No event and no signal come after that. */
void onc_session_stop (OncSession *self);

/* The network is back, or the machine has slept: tries at once, trusting no connection. */
void onc_session_kick (OncSession *self);

/* @error: (nullable): an error of ONC_API_ERROR or ONC_ERROR; NULL: all went well. */
typedef void (*OncSessionDone) (const GError *error, gpointer user_data);

/* Asks Slack for names and groups anew, and then for history. @done: (nullable): called once, with
 * @user_data, when all was read or cannot be read now; what could not is read later all the same.
 */
void onc_session_refresh (OncSession *self, OncSessionDone done, gpointer user_data);

/* Sends at once what was acknowledged. */
void onc_session_send (OncSession *self);

/* Reads one thread, of which @ts is any message. */
void onc_session_read_thread (OncSession *self, const char *channel, const char *ts);

/* How well it hears; @text: (out) (transfer full) (nullable): a sentence for a person;
 * @stale_since: (out): since when something may have been missed, or 0. */
OncLink onc_session_get_link (OncSession *self, char **text, OncInstant *stale_since);

/* Returns: when something came from Slack last, 0 for never; @lag: (out): how long the last event
 * was under way by Slack's clock. */
OncInstant onc_session_get_last_event (OncSession *self, OncSpan *lag);

/* Returns: (transfer none) (nullable): for writes; NULL while it is not known who we are. */
OncWebApi *onc_session_get_api (OncSession *self);

/* Returns: (transfer none) (nullable): the person's user ID, and the workspace's; NULL: not known.
 */
const char *onc_session_get_me (OncSession *self);
const char *onc_session_get_team (OncSession *self);

/* What @name of a person, group or channel means.
 * Returns: (transfer none): NULL with ONC_ERROR_NOT_FOUND or ONC_ERROR_INVALID_ARGUMENT. */
const char *onc_session_find_person (OncSession *self, const char *name, GError **error);
const char *onc_session_find_channel (OncSession *self, const char *name, GError **error);

/* Returns: functions that answer as long as the session lives. */
OncNaming onc_session_get_naming (OncSession *self);

G_END_DECLS
