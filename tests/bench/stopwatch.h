/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Time in nanoseconds, and what can be said of many spans of it. */

#pragma once

#include <glib.h>

/* Returns: nanoseconds of the monotonic clock. */
gint64 stopwatch_now (void);

/* Spans, in nanoseconds */
typedef GArray Spans;

Spans *spans_new (void);
void spans_add (Spans *self, gint64 span);
/* Returns: the span, in microseconds, that @percent of all do not exceed. Sorts them. */
double spans_percentile (Spans *self, guint percent);
