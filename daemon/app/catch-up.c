/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "catch-up.h"

#include "backfill.h"
#include "log.h"
#include "message.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

/* What is read again at the beginning of each run: an event may be late by some minutes without
 * being lost, and one that was lost lies before the newest that came. */
#define OVERLAP (10 * ONC_MINUTE)

/* How much of a channel a glance reads again, and how many of its open threads. */
#define GLANCE_OVERLAP (2 * ONC_MINUTE)
#define GLANCE_THREADS 3

/* A message that is older than this was not on its way any more: the retries of its event have
 * come to an end at most a minute after the first, but for the last. */
#define MISSED_AFTER (90 * ONC_SECOND)

struct _OncCatchUp
{
  GObject parent_instance;

  OncPipeline *pipeline; /* (unowned) */
  OncStore *store;       /* (unowned) */
  OncClock *clock;       /* (owned) */
  OncBackfill *backfill; /* (owned) */
  char *team;            /* (owned) */
  OncSpan first_span;

  GCancellable *cancellable; /* (owned) */
  GStrv channels;            /* (owned) (nullable) of the run under way */
  guint channel;             /* the one that is read now */
  gboolean glance;           /* the run is a glance */
  guint32 glanced;           /* number of the thread that the last glance ended with */
  guint fresh;               /* messages that were new in this run ... */
  guint missed;              /* ... of which so many had been due by the socket */
  char *newest;              /* (owned) (nullable) of the messages read in that channel */
  GError *error;             /* (owned) (nullable) why one of the channels was not read */
  GStrv next;                /* (owned) (nullable) channels of the run that follows */
  GHashTable *threads;       /* (owned) set of "CHANNEL/TS" that are being read by themselves */
  guint done;
  guint all;
  gboolean throttled;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_CAUGHT_UP,
  SIGNAL_GLANCED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OncCatchUp, onc_catch_up, G_TYPE_OBJECT)

static void read_channel (OncCatchUp *self);

static void
onc_catch_up_finalize (GObject *object)
{
  OncCatchUp *self = ONC_CATCH_UP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_signal_handlers_disconnect_by_data (self->backfill, self);
  g_clear_object (&self->backfill);
  g_clear_object (&self->clock);
  g_strfreev (self->channels);
  g_strfreev (self->next);
  g_hash_table_unref (self->threads);
  g_clear_error (&self->error);
  g_free (self->newest);
  g_free (self->team);

  G_OBJECT_CLASS (onc_catch_up_parent_class)->finalize (object);
}

static void
onc_catch_up_class_init (OncCatchUpClass *class)
{
  G_OBJECT_CLASS (class)->finalize = onc_catch_up_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", ONC_TYPE_CATCH_UP, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CAUGHT_UP] = g_signal_new ("caught-up", ONC_TYPE_CATCH_UP, G_SIGNAL_RUN_LAST, 0,
                                            NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[SIGNAL_GLANCED] = g_signal_new ("glanced", ONC_TYPE_CATCH_UP, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
}

static void
onc_catch_up_init (OncCatchUp *self)
{
  self->cancellable = g_cancellable_new ();
  self->threads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static GStrv
find_known_roots (const char *channel, const char *oldest, gpointer user_data)
{
  OncCatchUp *self = user_data;
  g_autoptr (GError) error = NULL;
  GStrv roots = onc_store_list_roots (self->store, self->team, channel, oldest, &error);

  if (roots == NULL)
    onc_warning ("cannot compare history with the store: %s", error->message);
  return roots != NULL ? roots : g_new0 (char *, 1);
}

static GStrv
find_known_posts (const char *channel, const char *root_ts, gpointer user_data)
{
  OncCatchUp *self = user_data;
  g_autoptr (GError) error = NULL;
  GStrv posts = onc_store_list_posts (self->store, self->team, channel, root_ts, &error);

  if (posts == NULL)
    onc_warning ("cannot compare history with the store: %s", error->message);
  else if (*posts == NULL)
    g_clear_pointer (&posts, g_strfreev);
  return posts;
}

static OncInstant
get_now (gpointer user_data)
{
  return onc_clock_now (ONC_CATCH_UP (user_data)->clock);
}

/* Counts a message that nobody here had seen. */
static void
count (OncCatchUp *self, const OncMessage *message)
{
  if (onc_pipeline_knows (self->pipeline, self->team, message->channel, message->root_ts,
                          message->ts))
    return;

  self->fresh++;
  if (onc_clock_now (self->clock) - onc_ts_to_instant (message->ts) > MISSED_AFTER)
    self->missed++;
}

static void
note_newest (OncCatchUp *self, const OncMessage *message)
{
  if (self->channels == NULL || !g_str_equal (message->channel, self->channels[self->channel]) ||
      (self->newest != NULL && onc_ts_compare (message->ts, self->newest) <= 0))
    return;

  g_free (self->newest);
  self->newest = g_strdup (message->ts);
}

static void
on_batch (OncBackfill *backfill, GPtrArray *events, gpointer user_data)
{
  OncCatchUp *self = user_data;

  while (events->len > 0)
    {
      OncEvent *event = g_ptr_array_steal_index (events, 0);

      if (event->kind == ONC_EVENT_MESSAGE)
        {
          note_newest (self, event->message.message);
          count (self, event->message.message);
        }
      onc_pipeline_take (self->pipeline, event);
    }
  onc_pipeline_flush (self->pipeline);
}

static void
on_progress (OncBackfill *backfill, guint done, guint all, gpointer user_data)
{
  OncCatchUp *self = user_data;

  self->done = done;
  self->all = all;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_throttled (OncBackfill *backfill, gpointer user_data)
{
  OncCatchUp *self = user_data;

  self->throttled = TRUE;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

OncCatchUp *
onc_catch_up_new (OncPipeline *pipeline,
                  OncStore *store,
                  OncClock *clock,
                  OncWebApi *api,
                  const char *team,
                  OncSpan first_span)
{
  OncCatchUp *self = g_object_new (ONC_TYPE_CATCH_UP, NULL);
  const OncBackfillCaller caller = {
    .roots = find_known_roots,
    .posts = find_known_posts,
    .now = get_now,
    .user_data = self,
  };

  self->pipeline = pipeline;
  self->store = store;
  self->clock = g_object_ref (clock);
  self->team = g_strdup (team);
  self->first_span = first_span;
  self->backfill = onc_backfill_new (api, team, &caller);
  g_signal_connect (self->backfill, "batch", G_CALLBACK (on_batch), self);
  g_signal_connect (self->backfill, "progress", G_CALLBACK (on_progress), self);
  g_signal_connect (self->backfill, "throttled", G_CALLBACK (on_throttled), self);
  return self;
}

void
onc_catch_up_set_first_span (OncCatchUp *self, OncSpan first_span)
{
  self->first_span = first_span;
}

/* Returns: (transfer full): the name of the fact that holds how far @channel has been read. */
static char *
watermark_name (OncCatchUp *self, const char *channel)
{
  return g_strdup_printf ("watermark/%s/%s", self->team, channel);
}

/* Returns: (transfer full) (nullable): how far @channel has been read; NULL: never. */
static char *
get_watermark (OncCatchUp *self, const char *channel)
{
  g_autofree char *name = watermark_name (self, channel);
  g_autoptr (GError) error = NULL;
  char *watermark = onc_store_get_fact (self->store, name, &error);

  if (error != NULL)
    onc_warning ("cannot see how far history was read: %s", error->message);
  return watermark;
}

/* Returns: (transfer full) (nullable): those of @channels that have never been read; NULL: none. */
static GStrv
list_unread (OncCatchUp *self, const char *const *channels)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) unread = NULL;

  for (guint i = 0; channels[i] != NULL; i++)
    {
      g_autofree char *watermark = get_watermark (self, channels[i]);

      if (watermark == NULL)
        g_strv_builder_add (builder, channels[i]);
    }
  unread = g_strv_builder_end (builder);

  return *unread != NULL ? g_steal_pointer (&unread) : NULL;
}

/* Returns: (transfer full): the timestamp of a message that was written at @instant. */
static char *
make_ts (OncInstant instant)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT ".000000", MAX (instant, 0) / ONC_SECOND);
}

/* Leaves in @threads the few whose turn it is: those after the last that had it, by number. */
static void
take_turn (OncCatchUp *self, GPtrArray *threads)
{
  guint kept = 0;

  for (guint i = 0; i < threads->len && kept < GLANCE_THREADS; i++)
    {
      OncThread *thread = g_ptr_array_index (threads, i);

      if (thread->number > self->glanced)
        threads->pdata[kept++] = thread;
    }
  g_ptr_array_set_size (threads, (int) kept);
  /* The round is over; the next glance begins with the first again. */
  self->glanced = kept == GLANCE_THREADS
                      ? ((OncThread *) g_ptr_array_index (threads, kept - 1))->number
                      : 0;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint32 number_a = (*(const OncThread *const *) a)->number;
  guint32 number_b = (*(const OncThread *const *) b)->number;

  return number_a < number_b ? -1 : number_a > number_b;
}

static void
add_threads_of (OncCatchUp *self, const GPtrArray *threads, const char *channel, GStrvBuilder *to)
{
  for (guint i = 0; i < threads->len; i++)
    {
      const OncThread *thread = g_ptr_array_index (threads, i);

      if (g_str_equal (thread->channel, channel) && g_str_equal (thread->team, self->team))
        g_strv_builder_add (to, thread->ts);
    }
}

/* Returns: (transfer full): the threads in @channel that are to be read by themselves: open ones,
 * since replies to them do not show in its history, and those whose first message is missing. */
static GStrv
list_threads (OncCatchUp *self, const char *channel)
{
  const OncEngine *engine = onc_pipeline_engine (self->pipeline);
  g_autoptr (GPtrArray) open = onc_engine_list (engine);
  g_autoptr (GPtrArray) rootless = onc_engine_list_rootless (engine);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (self->glance)
    {
      g_ptr_array_sort (open, compare_numbers);
      take_turn (self, open);
    }
  add_threads_of (self, open, channel, builder);
  add_threads_of (self, rootless, channel, builder);

  return g_strv_builder_end (builder);
}

/* Slack's answers are taken apart into very many small pieces, and the C library would keep the
 * space of the largest of them until the daemon ends. */
static gboolean
on_answers_freed (gpointer user_data)
{
#ifdef __GLIBC__
  malloc_trim (0);
#endif
  return G_SOURCE_REMOVE;
}

/* The run is over. */
static void
end_run (OncCatchUp *self)
{
  g_autoptr (GError) error = g_steal_pointer (&self->error);

  g_clear_pointer (&self->channels, g_strfreev);
  if (!self->glance)
    onc_pipeline_take (self->pipeline, onc_event_new (ONC_EVENT_CAUGHT_UP));
  onc_pipeline_flush (self->pipeline);
  if (!self->glance || error != NULL)
    g_signal_emit (self, signals[SIGNAL_CAUGHT_UP], 0, error);
  g_signal_emit (self, signals[SIGNAL_GLANCED], 0, self->fresh, self->glance ? self->missed : 0);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  g_idle_add (on_answers_freed, NULL);
  if (self->next != NULL)
    {
      g_auto (GStrv) next = g_steal_pointer (&self->next);

      onc_catch_up_run (self, (const char *const *) next);
    }
}

/* Whether @error is about the one channel that was asked for, so that others can be read. */
static gboolean
is_about_channel (const GError *error)
{
  return g_error_matches (error, ONC_API_ERROR, ONC_API_ERROR_OTHER) ||
         g_error_matches (error, ONC_API_ERROR, ONC_API_ERROR_SCOPE);
}

static void
on_channel_read (GObject *backfill, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean read = onc_backfill_finish (ONC_BACKFILL (backfill), result, &error);
  OncCatchUp *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!read)
    {
      gboolean others = is_about_channel (error);

      g_prefix_error (&error, "%s: ", self->channels[self->channel]);
      onc_info ("cannot read history of %s", error->message);
      if (self->error == NULL)
        self->error = g_steal_pointer (&error);
      if (!others)
        {
          end_run (self);
          return;
        }
    }
  else if (self->newest != NULL)
    {
      g_autofree char *name = watermark_name (self, self->channels[self->channel]);

      onc_pipeline_set_fact (self->pipeline, name, self->newest);
    }
  self->channel++;
  if (self->channels[self->channel] != NULL)
    read_channel (self);
  else
    end_run (self);
}

static void
read_channel (OncCatchUp *self)
{
  const char *channel = self->channels[self->channel];
  OncInstant now = onc_clock_now (self->clock);
  g_auto (GStrv) threads = list_threads (self, channel);
  g_autofree char *watermark = get_watermark (self, channel);
  OncSpan overlap = self->glance ? GLANCE_OVERLAP : OVERLAP;
  g_autofree char *oldest = make_ts (watermark != NULL ? onc_ts_to_instant (watermark) - overlap
                                                       : now - self->first_span);

  /* A channel without messages is read, too, once it was. */
  g_free (self->newest);
  self->newest = watermark != NULL ? NULL : make_ts (now);
  onc_backfill_run_async (self->backfill, channel, oldest, (const char *const *) threads,
                          self->cancellable, on_channel_read, self);
}

static void
begin_run (OncCatchUp *self, const char *const *channels, gboolean glance)
{
  self->channels = g_strdupv ((GStrv) channels);
  self->channel = 0;
  self->glance = glance;
  self->fresh = 0;
  self->missed = 0;
  self->done = 0;
  self->all = 0;
  if (!glance)
    {
      OncEvent *event = onc_event_new (ONC_EVENT_CATCHING_UP);

      event->catching_up.first = list_unread (self, channels);
      onc_pipeline_take (self->pipeline, event);
    }
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  read_channel (self);
}

void
onc_catch_up_run (OncCatchUp *self, const char *const *channels)
{
  if (*channels == NULL)
    return;
  if (self->channels != NULL)
    {
      g_strfreev (self->next);
      self->next = g_strdupv ((GStrv) channels);
      return;
    }

  begin_run (self, channels, FALSE);
}

void
onc_catch_up_glance (OncCatchUp *self, const char *const *channels)
{
  g_auto (GStrv) unread = list_unread (self, channels);

  if (*channels == NULL || self->channels != NULL)
    g_signal_emit (self, signals[SIGNAL_GLANCED], 0, 0, 0);
  else
    begin_run (self, channels,
               unread == NULL || g_strv_length (unread) < g_strv_length ((GStrv) channels));
}

void
onc_catch_up_stop (OncCatchUp *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_hash_table_remove_all (self->threads);
  g_clear_error (&self->error);
  g_clear_pointer (&self->next, g_strfreev);
  if (self->channels != NULL)
    {
      g_clear_pointer (&self->channels, g_strfreev);
      if (!self->glance)
        onc_pipeline_take (self->pipeline, onc_event_new (ONC_EVENT_CAUGHT_UP));
      onc_pipeline_flush (self->pipeline);
    }
}

typedef struct
{
  OncCatchUp *self; /* (unowned) */
  char *key;        /* (owned) */
} ThreadRead;

static void
on_thread_read (GObject *backfill, GAsyncResult *result, gpointer user_data)
{
  ThreadRead *read = user_data;
  g_autoptr (GError) error = NULL;

  /* The next run asks again for roots that are still missing. */
  if (!onc_backfill_finish (ONC_BACKFILL (backfill), result, &error))
    onc_info ("cannot read the thread %s: %s", read->key, error->message);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_hash_table_remove (read->self->threads, read->key);
  g_free (read->key);
  g_free (read);
}

void
onc_catch_up_read_thread (OncCatchUp *self, const char *channel, const char *ts)
{
  g_autofree char *key = g_strdup_printf ("%s/%s", channel, ts);
  ThreadRead *read;

  if (g_hash_table_contains (self->threads, key))
    return;

  g_hash_table_add (self->threads, g_strdup (key));
  read = g_new0 (ThreadRead, 1);
  read->self = self;
  read->key = g_steal_pointer (&key);
  onc_backfill_read_thread_async (self->backfill, channel, ts, self->cancellable, on_thread_read,
                                  read);
}

gboolean
onc_catch_up_is_running (OncCatchUp *self)
{
  return (self->channels != NULL && !self->glance) || self->next != NULL;
}

void
onc_catch_up_get_progress (OncCatchUp *self, guint *done, guint *all)
{
  *done = self->done;
  *all = self->all;
}

gboolean
onc_catch_up_is_throttled (OncCatchUp *self)
{
  return self->throttled;
}
