/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "stopwatch.h"

#include <time.h>

gint64
stopwatch_now (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return now.tv_sec * G_GINT64_CONSTANT (1000000000) + now.tv_nsec;
}

Spans *
spans_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (gint64));
}

void
spans_add (Spans *self, gint64 span)
{
  g_array_append_val (self, span);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 first = *(const gint64 *) a;
  gint64 second = *(const gint64 *) b;

  return first < second ? -1 : first > second;
}

double
spans_percentile (Spans *self, guint percent)
{
  g_assert (self->len > 0);

  g_array_sort (self, compare);
  return (double) g_array_index (self, gint64, (self->len - 1) * percent / 100) / 1000;
}
