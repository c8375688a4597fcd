/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Sends what stands in the outbox: in strict order within a thread, side by side otherwise, each
 * until Slack has answered for it. A reply that Slack may have taken already is looked for in the
 * thread before it is sent again, so that it stands there once. A promise whose time has passed
 * before Slack could be told is not posted any more. */

#pragma once

#include "pipeline.h"
#include "web-api.h"

G_BEGIN_DECLS

#define ONC_TYPE_OUTBOX (onc_outbox_get_type ())
G_DECLARE_FINAL_TYPE (OncOutbox, onc_outbox, ONC, OUTBOX, GObject)

/* Signals:
 *   changed ()                                       the number of writes has changed
 *   refused (guint thread, gboolean reply, const GError *error)
 *                                                    Slack will not have it (ONC_API_ERROR), or was
 *                                                    not told (ONC_ERROR), and nobody waits for the
 *                                                    answer who could be told */

/* Returns: (transfer full): borrows @pipeline, @store and @clock. */
OncOutbox *onc_outbox_new (OncPipeline *pipeline, OncStore *store, OncClock *clock);

/* Reads what a daemon before this one has left in the store, and tells the pipeline. */
gboolean onc_outbox_load (OncOutbox *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Sends by @api from now on; NULL: keeps everything until there is one again. */
void onc_outbox_set_api (OncOutbox *self, OncWebApi *api);

/* Takes ownership of @write, which has its row; @wish: (nullable): who waits for it. */
void onc_outbox_add (OncOutbox *self, OncWrite *write, OncWish *wish);

/* Sends nothing more, and tells everybody who waits that it will be sent after the next start. */
void onc_outbox_stop (OncOutbox *self);

/* The network is back: tries at once what waits for another try. */
void onc_outbox_kick (OncOutbox *self);

/* How many writes Slack has not answered for. */
guint onc_outbox_count (OncOutbox *self);

G_END_DECLS
