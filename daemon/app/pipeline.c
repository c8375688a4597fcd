/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "pipeline.h"

#include "batch.h"
#include "error.h"
#include "log.h"
#include "names.h"

#include <glib/gi18n.h>

/* After a failed commit the next one is tried after this long, and then after twice as long each
 * time, up to a minute: what holds the file (a backup, a full disk) goes away by itself or not. */
#define RETRY_FIRST_SECONDS 1
#define RETRY_MAX_SECONDS   60

/* The store's fact that holds who was in which group when, and how long that is kept: history is
 * read for as many days at most. */
#define GROUPS      "groups"
#define KEEP_GROUPS (90 * ONC_DAY)

struct _OncPipeline
{
  OncStore *store; /* (unowned) */
  OncClock *clock; /* (owned) */
  gulong alarm_handler;
  OncEngine *engine; /* (owned) */
  OncPipelineSink sink;
  gpointer user_data;
  OncBatch *batch;   /* (owned) what waits for the next flush */
  gboolean flushing; /* what is taken in now is part of the flush under way */
  guint retry;       /* source of the next try; 0: the store works */
  guint retry_seconds;
};

void
onc_wish_end_write (OncWish *wish, const GError *error)
{
  if (error != NULL && wish->error == NULL)
    wish->error = g_error_copy (error);
  if (--wish->writes > 0)
    return;

  wish->done (wish->error, wish->user_data);
  g_clear_error (&wish->error);
  g_free (wish);
}

static void
add_effects (OncPipeline *self, GPtrArray *effects)
{
  onc_batch_add_effects (self->batch, effects, NULL, NULL, onc_clock_now (self->clock));
}

static void
apply_event (OncPipeline *self, const OncEvent *event)
{
  OncInstant now = onc_clock_now (self->clock);
  g_autofree char *groups = NULL;

  add_effects (self, onc_engine_apply (self->engine, event, now));
  if (event->kind != ONC_EVENT_GROUP)
    return;
  groups = onc_engine_dump_groups (self->engine, now - KEEP_GROUPS);
  onc_batch_set_fact (self->batch, GROUPS, groups);
}

static void
apply (OncPipeline *self, OncEvent *event)
{
  apply_event (self, event);
  onc_event_free (event);
}

static void
on_alarm (OncClock *clock, gpointer user_data)
{
  OncPipeline *self = user_data;

  onc_pipeline_tick (self);
}

OncPipeline *
onc_pipeline_new (OncStore *store,
                  OncClock *clock,
                  const OncPolicy *policy,
                  const OncPipelineSink *sink,
                  gpointer user_data,
                  GError **error)
{
  g_autoptr (OncPipeline) self = g_new0 (OncPipeline, 1);
  GError *local_error = NULL;
  guint32 last_number = onc_store_last_number (store, &local_error);
  g_autofree char *groups = NULL;

  self->store = store;
  self->clock = g_object_ref (clock);
  self->batch = onc_batch_new ();
  self->sink = *sink;
  self->user_data = user_data;
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }
  self->engine = onc_engine_new (policy, last_number + 1);
  groups = onc_store_get_fact (store, GROUPS, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }
  if (groups != NULL)
    onc_engine_load_groups (self->engine, groups);
  self->alarm_handler = g_signal_connect (clock, "alarm", G_CALLBACK (on_alarm), self);

  return g_steal_pointer (&self);
}

gboolean
onc_pipeline_load (OncPipeline *self, GError **error)
{
  g_autoptr (GPtrArray) threads = onc_store_load_live (self->store, error);

  if (threads == NULL)
    return FALSE;
  for (guint i = 0; i < threads->len; i++)
    {
      OncEvent *event = onc_event_new (ONC_EVENT_STORED);

      event->stored = onc_thread_ref (g_ptr_array_index (threads, i));
      apply (self, event);
    }

  return TRUE;
}

void
onc_pipeline_free (OncPipeline *self)
{
  g_clear_handle_id (&self->retry, g_source_remove);
  if (self->alarm_handler != 0)
    g_signal_handler_disconnect (self->clock, self->alarm_handler);
  g_clear_pointer (&self->batch, onc_batch_free);
  g_clear_pointer (&self->engine, onc_engine_free);
  g_clear_object (&self->clock);
  g_free (self);
}

const OncEngine *
onc_pipeline_engine (OncPipeline *self)
{
  return self->engine;
}

OncThread *
onc_pipeline_find (
    OncPipeline *self, const char *team, const char *channel, const char *root_ts, GError **error)
{
  OncThread *thread = onc_engine_find (self->engine, team, channel, root_ts);

  if (thread == NULL)
    thread = onc_batch_find_thread (self->batch, team, channel, root_ts);
  if (thread != NULL)
    return onc_thread_ref (thread);

  return onc_store_load_thread (self->store, team, channel, root_ts, error);
}

OncThread *
onc_pipeline_find_number (OncPipeline *self, guint32 number, GError **error)
{
  OncThread *thread = onc_engine_find_number (self->engine, number);
  g_autoptr (OncThread) stored = NULL;

  if (thread != NULL)
    return onc_thread_ref (thread);
  stored = onc_store_load_number (self->store, number, error);
  if (stored == NULL)
    return NULL;
  thread = onc_batch_find_thread (self->batch, stored->team, stored->channel, stored->ts);

  return thread != NULL ? onc_thread_ref (thread) : g_steal_pointer (&stored);
}

/* Brings a closed thread into the engine's memory for the call that follows. */
static void
bring_in (OncPipeline *self, const char *team, const char *channel, const char *root_ts)
{
  g_autoptr (OncThread) thread = NULL;
  g_autoptr (GError) error = NULL;
  OncEvent *event;

  if (onc_engine_find (self->engine, team, channel, root_ts) != NULL)
    return;

  thread = onc_pipeline_find (self, team, channel, root_ts, &error);
  if (thread == NULL)
    {
      if (!g_error_matches (error, ONC_ERROR, ONC_ERROR_NOT_FOUND))
        onc_warning ("cannot read a thread: %s", error->message);
      return;
    }
  event = onc_event_new (ONC_EVENT_STORED);
  event->stored = g_steal_pointer (&thread);
  apply (self, event);
}

/* Returns: (transfer full) (nullable): the root of the thread that holds the message. */
static char *
find_root (OncPipeline *self, const char *team, const char *channel, const char *ts)
{
  g_autofree char *root_ts = NULL;
  g_autoptr (GError) error = NULL;
  OncThread *thread;

  if (onc_engine_find (self->engine, team, channel, ts) != NULL)
    return g_strdup (ts);
  root_ts = onc_store_find_root (self->store, team, channel, ts, &error);
  if (error != NULL)
    onc_warning ("cannot look up a message: %s", error->message);
  if (root_ts != NULL)
    return g_steal_pointer (&root_ts);
  thread = onc_batch_find_message (self->batch, team, channel, ts);

  return thread != NULL ? g_strdup (thread->ts) : NULL;
}

/* Makes sure that the engine has the thread that @event is about. */
static void
prepare (OncPipeline *self, OncEvent *event)
{
  const OncMessage *message;

  switch (event->kind)
    {
    case ONC_EVENT_MESSAGE:
      message = event->message.message;
      bring_in (self, message->team, message->channel, message->root_ts);
      break;
    case ONC_EVENT_DELETION:
      if (event->deletion.root_ts == NULL)
        event->deletion.root_ts = find_root (self, event->deletion.team, event->deletion.channel,
                                             event->deletion.ts);
      if (event->deletion.root_ts != NULL)
        bring_in (self, event->deletion.team, event->deletion.channel, event->deletion.root_ts);
      break;
    case ONC_EVENT_REACTION:
      if (event->reaction.root_ts == NULL)
        event->reaction.root_ts = find_root (self, event->reaction.team, event->reaction.channel,
                                             event->reaction.ts);
      if (event->reaction.root_ts != NULL)
        bring_in (self, event->reaction.team, event->reaction.channel, event->reaction.root_ts);
      else
        self->sink.unknown_message (event->reaction.team, event->reaction.channel,
                                    event->reaction.ts, self->user_data);
      break;
    case ONC_EVENT_WRITE:
      bring_in (self, event->write.team, event->write.channel, event->write.root_ts);
      break;
    case ONC_EVENT_GROUP:
    case ONC_EVENT_PERSON:
    case ONC_EVENT_STORED:
    case ONC_EVENT_CATCHING_UP:
    case ONC_EVENT_CAUGHT_UP:
    case ONC_EVENT_DESK:
    case ONC_EVENT_PAUSE:
      break;
    default:
      g_assert_not_reached ();
    }
}

void
onc_pipeline_take (OncPipeline *self, OncEvent *event)
{
  prepare (self, event);
  apply (self, event);
}

gboolean
onc_pipeline_knows (
    OncPipeline *self, const char *team, const char *channel, const char *root_ts, const char *ts)
{
  const OncThread *thread = onc_engine_find (self->engine, team, channel, root_ts);
  g_autofree char *root = NULL;

  if (thread != NULL)
    return onc_thread_find_post (thread, ts) != NULL;
  root = find_root (self, team, channel, ts);

  return root != NULL;
}

void
onc_pipeline_take_roster (OncPipeline *self, const OncEvent *event)
{
  apply_event (self, event);
}

static gboolean
is_known (OncPipeline *self, const char *team, const char *key)
{
  g_autoptr (GError) error = NULL;
  gboolean known = FALSE;

  /* Where the store cannot say, the engine sees for itself that nothing is new. */
  if (!onc_store_knows_event (self->store, team, key, &known, &error))
    onc_warning ("cannot look up an event: %s", error->message);

  return known || onc_batch_knows_event (self->batch, team, key);
}

void
onc_pipeline_take_envelope (OncPipeline *self,
                            const char *team,
                            GPtrArray *events,
                            const char *key,
                            GSourceFunc ack,
                            gpointer ack_data,
                            GDestroyNotify ack_free)
{
  onc_batch_add_ack (self->batch, ack, ack_data, ack_free);
  if (key != NULL && is_known (self, team, key))
    return;

  if (key != NULL)
    onc_batch_note_event (self->batch, team, key);
  while (events->len > 0)
    onc_pipeline_take (self, g_ptr_array_steal_index (events, 0));
}

void
onc_pipeline_set_fact (OncPipeline *self, const char *name, const char *value)
{
  onc_batch_set_fact (self->batch, name, value);
}

static gboolean
on_retry (gpointer user_data)
{
  OncPipeline *self = user_data;

  self->retry = 0;
  onc_pipeline_flush (self);
  return G_SOURCE_REMOVE;
}

static void
retry_later (OncPipeline *self, const GError *error)
{
  if (self->retry_seconds == 0)
    onc_warning_about (ONC_MESSAGE_ID_STORE_FAILS, "", "cannot save: %s", error->message);
  self->retry_seconds = CLAMP (self->retry_seconds * 2, RETRY_FIRST_SECONDS, RETRY_MAX_SECONDS);
  self->retry = g_timeout_add_seconds (self->retry_seconds, on_retry, self);
  self->sink.trouble (error, self->user_data);
}

/* Returns: whether the batch is on disk. */
static gboolean
commit (OncPipeline *self)
{
  g_autoptr (GError) error = NULL;

  if (self->retry != 0)
    return FALSE;
  if (!onc_batch_commit (self->batch, self->store, onc_clock_now (self->clock), &error))
    {
      retry_later (self, error);
      return FALSE;
    }
  if (self->retry_seconds != 0)
    {
      onc_notice_about (ONC_MESSAGE_ID_STORE_WORKS, "", "saving works again");
      self->retry_seconds = 0;
      self->sink.trouble (NULL, self->user_data);
    }

  return TRUE;
}

void
onc_pipeline_flush (OncPipeline *self)
{
  OncInstant now = onc_clock_now (self->clock);
  OncInstant deadline = onc_engine_next_deadline (self->engine);

  if (self->flushing)
    return;

  if (deadline != 0 && deadline <= now)
    add_effects (self, onc_engine_tick (self->engine, now));
  self->flushing = TRUE;
  while (!onc_batch_is_empty (self->batch))
    {
      g_autoptr (OncBatch) batch = NULL;

      if (!commit (self))
        {
          /* People are told all the same; Slack is not, and will say it again. */
          onc_batch_show (self->batch, &self->sink, self->user_data);
          break;
        }
      batch = g_steal_pointer (&self->batch);
      self->batch = onc_batch_new ();
      onc_batch_carry_out (batch, &self->sink, self->user_data);
    }
  self->flushing = FALSE;
  self->sink.settled (self->user_data);
  onc_clock_set_alarm (self->clock, onc_engine_next_deadline (self->engine));
}

void
onc_pipeline_tick (OncPipeline *self)
{
  add_effects (self, onc_engine_tick (self->engine, onc_clock_now (self->clock)));
  onc_pipeline_flush (self);
}

gboolean
onc_pipeline_is_late (OncPipeline *self, OncSpan span)
{
  OncInstant deadline = onc_engine_next_deadline (self->engine);

  return deadline != 0 && onc_clock_now (self->clock) > deadline + span;
}

void
onc_pipeline_act (OncPipeline *self,
                  OncThread *thread,
                  const OncAction *action,
                  OncWishDone done,
                  gpointer user_data)
{
  OncInstant now = onc_clock_now (self->clock);
  g_autoptr (GError) error = NULL;
  GPtrArray *effects = NULL;
  OncWish *wish;

  bring_in (self, thread->team, thread->channel, thread->ts);
  thread = onc_engine_find (self->engine, thread->team, thread->channel, thread->ts);
  if (thread == NULL)
    g_set_error_literal (&error, ONC_ERROR, ONC_ERROR_FAILED,
                         _ ("The thread cannot be read from the store now"));
  else
    effects = onc_engine_act (self->engine, thread, action, now, &error);
  if (effects == NULL)
    {
      done (error, user_data);
      return;
    }

  /* One more than there are writes, so that it cannot end before all of them are counted. */
  wish = g_new0 (OncWish, 1);
  wish->writes = 1;
  wish->done = done;
  wish->user_data = user_data;
  onc_batch_add_effects (self->batch, effects, action->user, wish, now);
  onc_pipeline_flush (self);
  onc_wish_end_write (wish, NULL);
}

void
onc_pipeline_end_write (OncPipeline *self, const OncWrite *write, OncWriteOutcome outcome)
{
  OncEvent *event = onc_event_new (ONC_EVENT_WRITE);

  event->write.team = g_strdup (write->team);
  event->write.channel = g_strdup (write->channel);
  event->write.root_ts = g_strdup (write->root_ts);
  event->write.user = g_strdup (write->user);
  event->write.ts = g_strdup (write->ts);
  event->write.reaction = g_strdup (write->reaction);
  event->write.text = g_strdup (write->text);
  event->write.add = write->add;
  event->write.outcome = outcome;
  if (outcome != ONC_WRITE_QUEUED)
    onc_batch_end_write (self->batch, write->id);
  onc_pipeline_take (self, event);
  onc_pipeline_flush (self);
}

void
onc_pipeline_set_policy (OncPipeline *self, const OncPolicy *policy)
{
  add_effects (self, onc_engine_set_policy (self->engine, policy, onc_clock_now (self->clock)));
}
