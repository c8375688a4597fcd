/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Reads what has happened while nobody listened: the history of a channel, the threads that are
 * open, and those whose replies are not the ones that are known. What is known but not there any
 * more was deleted.
 *
 * Signals:
 *   batch (GPtrArray *events)     a page has been read: OncEvent, for each thread in the order of
 *                                 time; what is not taken out ends with the call. May be committed
 *                                 before the next
 *   progress (guint done, guint all)   calls that have been made, and that are known to be needed
 *   throttled ()                  Slack gives this app a few messages a minute only, as it does
 *                                 to apps that are sold outside of its marketplace
 */

#pragma once

#include "event.h"
#include "web-api.h"

G_BEGIN_DECLS

/* What the caller knows already. Timestamps of messages that were deleted are never among them. */
typedef struct
{
  /* Returns: (transfer full): the timestamps of the known first messages of threads in @channel,
   * from @oldest on. */
  GStrv (*roots) (const char *channel, const char *oldest, gpointer user_data);
  /* Returns: (transfer full) (nullable): the timestamps of the known messages of a thread, the
   * first one included; NULL where the thread is not known. */
  GStrv (*posts) (const char *channel, const char *root_ts, gpointer user_data);
  /* Returns: the wall-clock time. */
  OncInstant (*now) (gpointer user_data);
  gpointer user_data;
} OncBackfillCaller;

#define ONC_TYPE_BACKFILL (onc_backfill_get_type ())
G_DECLARE_FINAL_TYPE (OncBackfill, onc_backfill, ONC, BACKFILL, GObject)

/* Returns: (transfer full): reads the workspace @team by @api. */
OncBackfill *onc_backfill_new (OncWebApi *api, const char *team, const OncBackfillCaller *caller);

/* Reads @channel from the timestamp @oldest on, and @threads, the timestamps of the first messages
 * of threads that are to be read wholly, however old they are. */
void onc_backfill_run_async (OncBackfill *self,
                             const char *channel,
                             const char *oldest,
                             const char *const *threads,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);

/* Reads the thread that the message @ts is of, its first one or a reply; as when a reply or a
 * reaction comes whose thread is not known. */
void onc_backfill_read_thread_async (OncBackfill *self,
                                     const char *channel,
                                     const char *ts,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);

/* Ends either. Returns: FALSE with an error of ONC_API_ERROR, or G_IO_ERROR_CANCELLED: not all was
 * read, so that the same range is to be read again. */
gboolean onc_backfill_finish (OncBackfill *self,
                              GAsyncResult *result,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
