/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The life of promised updates: worked out from the messages of a thread, in the order in which
 * they were written, so that it does not matter when they came or who was told what. */

#pragma once

#include "policy.h"
#include "thread.h"

G_BEGIN_DECLS

/* What the promises of a thread depend on besides its messages. */
typedef struct
{
  const OncTimings *timings; /* of the thread's level */
  OncInstant closed;         /* open promises ended with the thread then; 0: it is open */
  /* Whether a bot wrote the post, so that it neither makes nor keeps a promise. */
  gboolean (*is_bots) (gconstpointer data, const OncPost *post);
  gconstpointer data;
} OncPromiseContext;

/* Returns: (transfer full) (element-type OncPromise): all promises of @thread as they stand at
 * @now, in the order in which they were made. */
GPtrArray *
onc_promise_work_out (const OncThread *thread, const OncPromiseContext *context, OncInstant now);

/* How many of the points at which an open promise is spoken of have come by @now: the lead, the
 * time itself, and then each repetition. */
guint onc_promise_points (const OncPromise *self, const OncTimings *timings, OncInstant now);

/* Returns: the first instant after @now at which there is one more point, or the state is another;
 * 0: never. */
OncInstant onc_promise_next (const OncPromise *self, const OncTimings *timings, OncInstant now);

/* Whether @a and @b, which may be NULL, are the same to whoever looks at them. */
gboolean onc_promise_equal (const OncPromise *a, const OncPromise *b);

/* Returns: (transfer full): what is posted for a promise: @text (nullable), as Slack is to get it,
 * and then the time, such that every reader sees their own clock's; @zone is for those who see
 * none. onc_promise_add_span() completes it. @more: it puts an earlier one off. */
char *onc_promise_compose (
    const char *text, OncInstant due, OncInstant now, GTimeZone *zone, gboolean more);

/* Returns: (transfer full): the same for a promise that @user, by ID, takes over. */
char *
onc_promise_compose_hand_over (const char *user, OncInstant due, OncInstant now, GTimeZone *zone);

/* Returns: (transfer full): the composed @text as it is posted at @now, with the time as a span,
 * too: "… by 14:30 (in 30 min)". */
char *onc_promise_add_span (const char *text, OncInstant due, OncInstant now);

/* Returns: (transfer full): @span in words: "30 min", "1 h 30 min", "2 days". */
char *onc_span_to_words (OncSpan span);

G_END_DECLS
