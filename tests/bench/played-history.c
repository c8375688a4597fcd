/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "played-history.h"

#include "workload.h"

#include <stdlib.h>

/* Six and a half days: what is read is seven, from the daemon's start on. */
#define SPAN_SECONDS (13 * 12 * 3600)

#define TEXT                                                                                       \
  "The export of the report is wrong again since noon: the second column has the figures of last " \
  "week, and the third is empty. Can somebody have a look before the meeting at four, please?"

struct _PlayedHistory
{
  gint64 start; /* seconds */
  guint n_threads;
  guint n_messages; /* of each thread; the first n_longer have one more */
  guint n_longer;
};

PlayedHistory *
played_history_new (guint n_threads, guint n_messages)
{
  PlayedHistory *self = g_new0 (PlayedHistory, 1);

  self->start = g_get_real_time () / G_USEC_PER_SEC - SPAN_SECONDS;
  self->n_threads = n_threads;
  self->n_messages = n_messages / n_threads;
  self->n_longer = n_messages % n_threads;
  return self;
}

void
played_history_free (PlayedHistory *self)
{
  g_free (self);
}

static guint
count_messages (PlayedHistory *self, guint thread)
{
  return self->n_messages + (thread < self->n_longer ? 1 : 0);
}

/* Returns: when the message was written, in seconds; its part after the dot is the thread. */
static gint64
get_seconds (PlayedHistory *self, guint thread, guint message)
{
  return self->start + SPAN_SECONDS / self->n_threads * thread + message * 60;
}

static void
append_message (PlayedHistory *self, GString *json, guint thread, guint message)
{
  guint n_messages = count_messages (self, thread);

  g_string_append_printf (
      json,
      "{\"type\":\"message\",\"user\":\"U%03u\",\"text\":\"%s\",\"team\":\"" WORKLOAD_TEAM "\","
      "\"ts\":\"%" G_GINT64_FORMAT ".%06u\",\"thread_ts\":\"%" G_GINT64_FORMAT ".%06u\"",
      1 + (thread + message) % (WORKLOAD_USERS - 1), TEXT, get_seconds (self, thread, message),
      thread, get_seconds (self, thread, 0), thread);
  if (message == 0)
    g_string_append_printf (json,
                            ",\"reply_count\":%u,\"latest_reply\":\"%" G_GINT64_FORMAT ".%06u\"",
                            n_messages - 1, get_seconds (self, thread, n_messages - 1), thread);
  g_string_append_c (json, '}');
}

char *
played_history_answer (PlayedHistory *self, GHashTable *params)
{
  const char *cursor = g_hash_table_lookup (params, "cursor");
  const char *limit = g_hash_table_lookup (params, "limit");
  const char *ts = g_hash_table_lookup (params, "ts");
  guint thread = ts != NULL ? (guint) atoi (g_strrstr (ts, ".") + 1) : 0;
  guint n = ts != NULL ? count_messages (self, thread) : self->n_threads;
  guint first = cursor != NULL ? (guint) atoi (cursor) : 0;
  guint end = MIN (n, first + (guint) atoi (limit));
  GString *json = g_string_new ("{\"ok\":true,\"messages\":[");

  /* Threads come newest first, what is said in one oldest first. */
  for (guint i = first; i < end; i++)
    {
      if (i > first)
        g_string_append_c (json, ',');
      append_message (self, json, ts != NULL ? thread : n - 1 - i, ts != NULL ? i : 0);
    }
  if (end < n)
    g_string_append_printf (
        json, "],\"has_more\":true,\"response_metadata\":{\"next_cursor\":\"%u\"}}", end);
  else
    g_string_append (json, "],\"has_more\":false}");

  return g_string_free (json, FALSE);
}
