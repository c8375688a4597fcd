/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "backfill.h"

#include <string.h>

#include "api-round.h"
#include "event-reader.h"
#include "log.h"

/* What Slack recommends; a page is then some hundred KB. */
#define PAGE_SIZE "200"

/* The most that a page holds under Slack's limits of 2025 for apps outside of its marketplace. */
#define THROTTLED_PAGE_SIZE 15

/* Threads that are read at a time: as many as calls of one method are made at once, so that what
 * is known of a thread is asked for just before Slack is. */
#define MAX_PARALLEL 6

/* A message that came a moment ago may not be in Slack's answer yet. */
#define SETTLED_AFTER ONC_MINUTE

struct _OncBackfill
{
  GObject parent_instance;

  OncWebApi *api; /* (owned) */
  char *team;     /* (owned) */
  OncBackfillCaller caller;
  gboolean throttled; /* it was said */
};

/* What is known of a range that is being read, and what was found of it. */
typedef struct
{
  GHashTable *missing; /* (owned) set of known timestamps that were not met yet */
  char *newest;        /* (owned) (nullable) timestamp of what was met */
  OncInstant asked;    /* when the range was asked for */
  OncInstant as_of;    /* when its page under way was asked for */
} Range;

/* A run: the task's data. */
typedef struct
{
  OncBackfill *backfill; /* (unowned) the task's source */
  char *channel;         /* (owned) */
  OncApiRound *round;    /* (unowned) under way as long as the run */
  Range history;
  GHashTable *threads; /* (owned) timestamp of root → Range: being read or to be read */
  GQueue waiting;      /* of char * (owned): threads to be read */
  guint n_reading;     /* threads being read */
} Run;

enum
{
  SIGNAL_BATCH,
  SIGNAL_PROGRESS,
  SIGNAL_THROTTLED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OncBackfill, onc_backfill, G_TYPE_OBJECT)

static void
range_clear (Range *self)
{
  g_clear_pointer (&self->missing, g_hash_table_unref);
  g_clear_pointer (&self->newest, g_free);
}

static void
range_free (Range *self)
{
  range_clear (self);
  g_free (self);
}

static void
run_free (Run *self)
{
  g_free (self->channel);
  range_clear (&self->history);
  g_hash_table_unref (self->threads);
  g_queue_clear_full (&self->waiting, g_free);
  g_free (self);
}

static OncInstant
get_now (OncBackfill *self)
{
  return self->caller.now (self->caller.user_data);
}

/* Notes what is known of a range, now that it is going to be asked for. @known: (transfer full)
 * (nullable). */
static void
begin_range (OncBackfill *self, Range *range, GStrv known)
{
  range->missing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; known != NULL && known[i] != NULL; i++)
    g_hash_table_add (range->missing, known[i]);
  g_free (known); /* the strings are the set's now */
  range->asked = range->as_of = get_now (self);
}

/* Notes that the message @ts is there. */
static void
meet (Range *range, const char *ts)
{
  g_hash_table_remove (range->missing, ts);
  if (range->newest == NULL || onc_ts_compare (ts, range->newest) > 0)
    {
      g_free (range->newest);
      range->newest = g_strdup (ts);
    }
}

/* Reports @events, unless there are none. */
static void
report (OncBackfill *self, GPtrArray *events)
{
  if (events->len > 0)
    g_signal_emit (self, signals[SIGNAL_BATCH], 0, events);
}

static OncEvent *
make_deletion (Run *run, const char *ts, const char *root_ts)
{
  OncEvent *event = onc_event_new (ONC_EVENT_DELETION);

  event->deletion.team = g_strdup (run->backfill->team);
  event->deletion.channel = g_strdup (run->channel);
  event->deletion.ts = g_strdup (ts);
  event->deletion.root_ts = g_strdup (root_ts);
  return event;
}

/* The range has been read: what was known of it and not met was deleted. @root_ts: (nullable): of
 * the thread that the range is; NULL: each message is a first one. */
static void
end_range (Run *run, Range *range, const char *root_ts)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) onc_event_free);
  GHashTableIter iter;
  gpointer ts;

  g_hash_table_iter_init (&iter, range->missing);
  while (g_hash_table_iter_next (&iter, &ts, NULL))
    {
      if ((range->newest != NULL && onc_ts_compare (ts, range->newest) <= 0) ||
          onc_ts_to_instant (ts) < range->asked - SETTLED_AFTER)
        g_ptr_array_add (events, make_deletion (run, ts, root_ts != NULL ? root_ts : ts));
    }
  report (run->backfill, events);
}

/* A thread is gone with all its replies. */
static void
report_gone (Run *run, const char *root_ts)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) onc_event_free);

  g_ptr_array_add (events, make_deletion (run, root_ts, root_ts));
  report (run->backfill, events);
}

static void
tell_progress (Run *run)
{
  g_signal_emit (run->backfill, signals[SIGNAL_PROGRESS], 0, onc_api_round_count_done (run->round),
                 onc_api_round_count_all (run->round) + g_queue_get_length (&run->waiting));
}

/* Whether the thread of the listed first message @message has replies other than the known ones. */
static gboolean
has_news (Run *run, const cJSON *message, const char *ts)
{
  const OncBackfillCaller *caller = &run->backfill->caller;
  const char *latest = onc_json_ts (message, "latest_reply");
  gint64 n_replies = onc_json_integer (message, "reply_count", 0);
  g_auto (GStrv) known = NULL;
  gint64 n_known = 0;

  /* A thread whose replies are all gone is still marked as one */
  if (n_replies <= 0 && onc_json_ts (message, "thread_ts") == NULL)
    return FALSE;
  known = caller->posts (run->channel, ts, caller->user_data);
  if (known == NULL)
    return n_replies > 0;
  for (guint i = 0; known[i] != NULL; i++)
    {
      n_known += !g_str_equal (known[i], ts);
      if (latest != NULL && onc_ts_compare (known[i], latest) >= 0)
        latest = NULL;
    }

  return latest != NULL || n_known != n_replies;
}

static void read_threads (Run *run);

/* Plans the reading of a thread, unless it is planned already. */
static void
plan_thread (Run *run, const char *root_ts)
{
  if (g_hash_table_contains (run->threads, root_ts))
    return;
  g_hash_table_insert (run->threads, g_strdup (root_ts), g_new0 (Range, 1));
  g_queue_push_tail (&run->waiting, g_strdup (root_ts));
}

/* Reads one listed message. Returns: (transfer full) (nullable): the event that it is. */
static OncEvent *
read_message (Run *run, Range *range, const cJSON *message)
{
  const char *ts = onc_json_ts (message, "ts");

  if (ts == NULL)
    return NULL;
  meet (range, ts);
  return onc_event_reader_read_listed (message, run->backfill->team, run->channel, range->as_of);
}

static gboolean
take_history_page (OncApiRound *round, const char *id, const cJSON *page, gpointer user_data)
{
  Run *run = user_data;
  OncBackfill *self = run->backfill;
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) onc_event_free);
  const cJSON *messages = onc_json_array (page, "messages");
  const cJSON *message;

  cJSON_ArrayForEach (message, messages)
    {
      const char *ts = onc_json_ts (message, "ts");
      const char *root_ts = onc_json_ts (message, "thread_ts");
      OncEvent *event = read_message (run, &run->history, message);

      /* Slack lists the newest first */
      if (event != NULL)
        g_ptr_array_insert (events, 0, event);
      if (ts == NULL)
        continue;
      if (root_ts != NULL && !g_str_equal (root_ts, ts))
        plan_thread (run, root_ts);
      else if (has_news (run, message, ts))
        plan_thread (run, ts);
    }

  if (!self->throttled && cJSON_GetArraySize (messages) == THROTTLED_PAGE_SIZE &&
      onc_json_boolean (page, "has_more"))
    {
      self->throttled = TRUE;
      g_signal_emit (self, signals[SIGNAL_THROTTLED], 0);
    }
  run->history.as_of = get_now (self);
  report (self, events);
  read_threads (run);
  tell_progress (run);

  return TRUE;
}

static gboolean
take_history (OncApiRound *round,
              const char *id,
              const cJSON *answer,
              const GError *error,
              gpointer user_data)
{
  Run *run = user_data;

  if (error != NULL)
    return FALSE;
  end_range (run, &run->history, NULL);
  tell_progress (run);
  return TRUE;
}

static gboolean
take_thread_page (OncApiRound *round, const char *id, const cJSON *page, gpointer user_data)
{
  Run *run = user_data;
  Range *range = g_hash_table_lookup (run->threads, id);
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) onc_event_free);
  const cJSON *message;

  cJSON_ArrayForEach (message, onc_json_array (page, "messages"))
    {
      const char *root_ts = onc_json_ts (message, "thread_ts");
      OncEvent *event = read_message (run, range, message);

      if (event != NULL)
        g_ptr_array_add (events, event);
      /* What was asked for is a reply, and this its thread */
      if (root_ts != NULL && !g_str_equal (root_ts, id))
        plan_thread (run, root_ts);
    }
  range->as_of = get_now (run->backfill);
  report (run->backfill, events);

  return TRUE;
}

static gboolean
take_thread (OncApiRound *round,
             const char *id,
             const cJSON *answer,
             const GError *error,
             gpointer user_data)
{
  Run *run = user_data;
  Range *range = g_hash_table_lookup (run->threads, id);
  const char *word = error != NULL ? onc_api_error_get_word (error) : NULL;

  if (error == NULL)
    end_range (run, range, id);
  else if (g_strcmp0 (word, "thread_not_found") == 0 || g_strcmp0 (word, "message_not_found") == 0)
    report_gone (run, id);
  else if (g_error_matches (error, ONC_API_ERROR, ONC_API_ERROR_OTHER))
    onc_info ("a thread was not read: %s", error->message);
  else
    return FALSE;

  range_clear (range);
  run->n_reading--;
  read_threads (run);
  tell_progress (run);

  return TRUE;
}

/* Begins to read threads that wait, if not too many are being read. */
static void
read_threads (Run *run)
{
  const OncBackfillCaller *caller = &run->backfill->caller;

  while (run->n_reading < MAX_PARALLEL && !g_queue_is_empty (&run->waiting))
    {
      g_autofree char *root_ts = g_queue_pop_head (&run->waiting);
      const char *const params[] = { "channel", run->channel, "ts", root_ts,
                                     "limit",   PAGE_SIZE,    NULL };

      run->n_reading++;
      begin_range (run->backfill, g_hash_table_lookup (run->threads, root_ts),
                   caller->posts (run->channel, root_ts, caller->user_data));
      onc_api_round_list (run->round, "conversations.replies", params, root_ts, take_thread_page,
                          take_thread);
    }
}

static void
on_round_done (const GError *error, gpointer done_data)
{
  g_autoptr (GTask) task = done_data;

  if (error != NULL)
    g_task_return_error (task, g_error_copy (error));
  else
    g_task_return_boolean (task, TRUE);
}

/* Returns: a run whose task lives as long as its round. */
static Run *
begin_run (OncBackfill *self,
           const char *channel,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Run *run = g_new0 (Run, 1);

  g_task_set_source_tag (task, G_GNUC_EXTENSION (gpointer) begin_run);
  g_task_set_task_data (task, run, (GDestroyNotify) run_free);
  run->backfill = self;
  run->channel = g_strdup (channel);
  run->threads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) range_free);
  run->round = onc_api_round_new (self->api, cancellable, run, on_round_done, task);

  return run;
}

void
onc_backfill_run_async (OncBackfill *self,
                        const char *channel,
                        const char *oldest,
                        const char *const *threads,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  const char *const params[] = { "channel", channel, "oldest",  oldest, "inclusive",
                                 "true",    "limit", PAGE_SIZE, NULL };
  Run *run = begin_run (self, channel, cancellable, callback, user_data);

  begin_range (self, &run->history, self->caller.roots (channel, oldest, self->caller.user_data));
  for (guint i = 0; threads[i] != NULL; i++)
    plan_thread (run, threads[i]);
  onc_api_round_list (run->round, "conversations.history", params, NULL, take_history_page,
                      take_history);
  read_threads (run);
}

void
onc_backfill_read_thread_async (OncBackfill *self,
                                const char *channel,
                                const char *ts,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  Run *run = begin_run (self, channel, cancellable, callback, user_data);

  plan_thread (run, ts);
  read_threads (run);
}

gboolean
onc_backfill_finish (OncBackfill *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
onc_backfill_finalize (GObject *object)
{
  OncBackfill *self = ONC_BACKFILL (object);

  g_object_unref (self->api);
  g_free (self->team);
  G_OBJECT_CLASS (onc_backfill_parent_class)->finalize (object);
}

static guint
add_signal (const char *name, guint n_params, GType first, GType second)
{
  return g_signal_new (name, ONC_TYPE_BACKFILL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                       n_params, first, second);
}

static void
onc_backfill_class_init (OncBackfillClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = onc_backfill_finalize;

  signals[SIGNAL_BATCH] = add_signal ("batch", 1, G_TYPE_POINTER, 0);
  signals[SIGNAL_PROGRESS] = add_signal ("progress", 2, G_TYPE_UINT, G_TYPE_UINT);
  signals[SIGNAL_THROTTLED] = add_signal ("throttled", 0, 0, 0);
}

static void
onc_backfill_init (OncBackfill *self)
{
}

OncBackfill *
onc_backfill_new (OncWebApi *api, const char *team, const OncBackfillCaller *caller)
{
  OncBackfill *self = g_object_new (ONC_TYPE_BACKFILL, NULL);

  self->api = g_object_ref (api);
  self->team = g_strdup (team);
  self->caller = *caller;
  return self;
}
