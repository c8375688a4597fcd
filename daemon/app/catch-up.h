/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Reads from Slack's history what did not come by itself: at the first start, after every gap, and
 * whenever a thread is mentioned that nobody here has seen. */

#pragma once

#include "pipeline.h"
#include "web-api.h"

G_BEGIN_DECLS

#define ONC_TYPE_CATCH_UP (onc_catch_up_get_type ())
G_DECLARE_FINAL_TYPE (OncCatchUp, onc_catch_up, ONC, CATCH_UP, GObject)

/* Signals:
 *   changed ()                    it began, went on, ended or failed: see the getters
 *   caught-up (const GError *error)
 *                                 a run has ended; NULL: everything was read. Or a glance has
 *                                 failed, so that a run is called for
 *   glanced (guint fresh, guint missed)
 *                                 a run or a glance has ended, well or not: so many messages were
 *                                 new, of which a glance found so many too old to be on their way
 */

/* Returns: (transfer full): borrows @pipeline and @store. @first_span: see
 * onc_catch_up_set_first_span(). */
OncCatchUp *onc_catch_up_new (OncPipeline *pipeline,
                              OncStore *store,
                              OncClock *clock,
                              OncWebApi *api,
                              const char *team,
                              OncSpan first_span);

/* How far back the first run in a channel goes from now on. */
void onc_catch_up_set_first_span (OncCatchUp *self, OncSpan first_span);

/* Reads @channels (IDs) from where the last run has ended. While a run is under way, another one
 * follows it: what is missed now may be missed by the one under way. */
void onc_catch_up_run (OncCatchUp *self, const char *const *channels);

/* Looks for what is new in @channels without reading everything again: the newest messages, and a
 * few of the open threads in turn. What it finds is said at once. Does nothing but signal while a
 * run is under way. */
void onc_catch_up_glance (OncCatchUp *self, const char *const *channels);

/* Ends it without a signal. */
void onc_catch_up_stop (OncCatchUp *self);

/* Reads one thread, of which @ts is any message. */
void onc_catch_up_read_thread (OncCatchUp *self, const char *channel, const char *ts);

/* Whether history is being read, or will be when the glance or run under way has ended. */
gboolean onc_catch_up_is_running (OncCatchUp *self);

/* How many calls have been made, and how many are known to be needed. */
void onc_catch_up_get_progress (OncCatchUp *self, guint *done, guint *all);

/* Whether Slack lets this app read a few messages a minute only. */
gboolean onc_catch_up_is_throttled (OncCatchUp *self);

G_END_DECLS
