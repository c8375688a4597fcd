/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* When a method of the Web API may be called again. Calls that only read are free until Slack asks
 * to wait; then they keep the pace of the method's tier for some minutes. Calls that write keep it
 * always, after a small burst. Knows no clock. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint per_minute;     /* the tier's pace */
  guint burst;          /* calls that may come at once while the pace is kept */
  double tokens;        /* calls that may come now */
  gint64 updated;       /* monotonic: when `tokens` was so */
  gint64 blocked_until; /* monotonic: Slack's wish */
  gint64 paced_until;   /* monotonic: free after it */
} OncRateBucket;

/* Prepares a bucket for @method. Times are monotonic microseconds. */
void onc_rate_bucket_init (OncRateBucket *self, const char *method, gint64 now);

/* Takes the right to one call. Returns: 0, or the time at which to ask again. */
gint64 onc_rate_bucket_take (OncRateBucket *self, gint64 now);

/* Slack asks for no call during @span microseconds. */
void onc_rate_bucket_block (OncRateBucket *self, gint64 now, gint64 span);

/* Whether the pace is kept now. */
gboolean onc_rate_bucket_is_paced (const OncRateBucket *self, gint64 now);

G_END_DECLS
