/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "batch.h"

#include "error.h"
#include "message.h"

#include <glib/gi18n.h>

typedef struct
{
  GSourceFunc call;
  gpointer data;
  GDestroyNotify free_data;
} Ack;

typedef struct
{
  OncWrite *write; /* (owned) (nullable) NULL once it was handed on */
  OncWish *wish;   /* (unowned) (nullable) */
} PendingWrite;

struct _OncBatch
{
  GHashTable *events;   /* (owned) set of "TEAM KEY" */
  GPtrArray *effects;   /* (owned) of OncEffect, in order ... */
  guint n_shown;        /* ... of which so many were looked at by onc_batch_show() */
  guint last_summary;   /* ... and this one, by position, makes every summary before it obsolete */
  GHashTable *threads;  /* (owned) set of OncThread that are saved */
  GHashTable *facts;    /* (owned) name → value, "" to remove */
  GArray *ended_writes; /* (owned) of gint64 */
  GPtrArray *writes;    /* (owned) of PendingWrite, in order */
  GArray *acks;         /* (owned) of Ack */
};

static void
pending_write_free (PendingWrite *self)
{
  if (self->write != NULL && self->wish != NULL)
    {
      g_autoptr (GError) error = g_error_new_literal (
          ONC_ERROR, ONC_ERROR_FAILED, _ ("oncalld ends, and nothing could be saved"));

      onc_wish_end_write (self->wish, error);
    }
  g_clear_pointer (&self->write, onc_write_free);
  g_free (self);
}

static void
ack_clear (gpointer data)
{
  Ack *self = data;

  if (self->free_data != NULL)
    self->free_data (self->data);
}

OncBatch *
onc_batch_new (void)
{
  OncBatch *self = g_new0 (OncBatch, 1);

  self->events = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->effects = g_ptr_array_new_with_free_func ((GDestroyNotify) onc_effect_free);
  self->threads = g_hash_table_new_full (onc_thread_hash, onc_thread_equal,
                                         (GDestroyNotify) onc_thread_unref, NULL);
  self->facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->ended_writes = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->writes = g_ptr_array_new_with_free_func ((GDestroyNotify) pending_write_free);
  self->acks = g_array_new (FALSE, FALSE, sizeof (Ack));
  g_array_set_clear_func (self->acks, ack_clear);
  return self;
}

void
onc_batch_free (OncBatch *self)
{
  g_hash_table_unref (self->events);
  g_ptr_array_unref (self->effects);
  g_hash_table_unref (self->threads);
  g_hash_table_unref (self->facts);
  g_array_unref (self->ended_writes);
  g_ptr_array_unref (self->writes);
  g_array_unref (self->acks);
  g_free (self);
}

gboolean
onc_batch_is_empty (const OncBatch *self)
{
  return g_hash_table_size (self->events) == 0 && self->effects->len == 0 &&
         g_hash_table_size (self->facts) == 0 && self->ended_writes->len == 0 &&
         self->acks->len == 0;
}

void
onc_batch_note_event (OncBatch *self, const char *team, const char *key)
{
  g_hash_table_add (self->events, g_strconcat (team, " ", key, NULL));
}

gboolean
onc_batch_knows_event (const OncBatch *self, const char *team, const char *key)
{
  g_autofree char *both = g_strconcat (team, " ", key, NULL);

  return g_hash_table_contains (self->events, both);
}

static void
add_write (OncBatch *self, const OncEffect *effect, const char *user, OncWish *wish, OncInstant now)
{
  PendingWrite *pending = g_new0 (PendingWrite, 1);
  OncWrite *write = onc_write_new ();

  write->team = g_strdup (effect->thread->team);
  write->channel = g_strdup (effect->thread->channel);
  write->root_ts = g_strdup (effect->thread->ts);
  write->user = g_strdup (user);
  write->ts = g_strdup (effect->write.ts);
  write->reaction = g_strdup (effect->write.reaction);
  write->add = effect->write.add;
  write->text = g_strdup (effect->write.text);
  write->due = effect->write.due;
  write->created = now;
  pending->write = write;
  pending->wish = wish;
  if (wish != NULL)
    wish->writes++;
  g_ptr_array_add (self->writes, pending);
}

void
onc_batch_add_effects (
    OncBatch *self, GPtrArray *effects, const char *user, OncWish *wish, OncInstant now)
{
  for (guint i = 0; i < effects->len; i++)
    {
      OncEffect *effect = g_ptr_array_index (effects, i);

      if (effect->kind == ONC_EFFECT_POST || effect->kind == ONC_EFFECT_REACT)
        add_write (self, effect, user, wish, now);
      /* A thread is saved once a batch, as it stands when that is committed. */
      if (effect->kind == ONC_EFFECT_SAVE_THREAD)
        g_hash_table_add (self->threads, onc_thread_ref (effect->thread));
      if (effect->kind == ONC_EFFECT_SUMMARY)
        self->last_summary = self->effects->len + i;
    }
  g_ptr_array_extend_and_steal (self->effects, effects);
}

void
onc_batch_set_fact (OncBatch *self, const char *name, const char *value)
{
  g_hash_table_insert (self->facts, g_strdup (name), g_strdup (value != NULL ? value : ""));
}

void
onc_batch_end_write (OncBatch *self, gint64 id)
{
  g_array_append_val (self->ended_writes, id);
}

void
onc_batch_add_ack (OncBatch *self, GSourceFunc ack, gpointer data, GDestroyNotify free_data)
{
  const Ack new_ack = { .call = ack, .data = data, .free_data = free_data };

  g_array_append_val (self->acks, new_ack);
}

OncThread *
onc_batch_find_thread (const OncBatch *self,
                       const char *team,
                       const char *channel,
                       const char *root_ts)
{
  const OncThread key = { .team = (char *) team,
                          .channel = (char *) channel,
                          .ts = (char *) root_ts };

  return g_hash_table_lookup (self->threads, &key);
}

OncThread *
onc_batch_find_message (const OncBatch *self, const char *team, const char *channel, const char *ts)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->threads);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      OncThread *thread = key;

      if (g_str_equal (thread->channel, channel) && g_str_equal (thread->team, team) &&
          onc_thread_find_post (thread, ts) != NULL)
        return thread;
    }

  return NULL;
}

static gboolean
save_effect (const OncEffect *effect, OncStore *store, GError **error)
{
  const OncPost *post;

  switch (effect->kind)
    {
    case ONC_EFFECT_SAVE_MESSAGE:
      return onc_store_save_message (store, effect->thread, effect->message, error);
    case ONC_EFFECT_SAVE_POST:
      post = onc_thread_find_post (effect->thread, effect->post.ts);
      return onc_store_save_post (store, effect->thread, post, error);
    case ONC_EFFECT_SAVE_REACTION:
      post = onc_thread_find_post (effect->thread, effect->reaction.ts);
      return onc_store_save_reaction (
          store, effect->thread, post,
          onc_post_find_reaction (post, effect->reaction.name, effect->reaction.user), error);
    case ONC_EFFECT_SAVE_THREAD:
    case ONC_EFFECT_FETCH:
    case ONC_EFFECT_NOTIFY:
    case ONC_EFFECT_SUMMARY:
    case ONC_EFFECT_WITHDRAW:
    case ONC_EFFECT_CHANGED:
    case ONC_EFFECT_ALERT:
    case ONC_EFFECT_RESUMED:
    case ONC_EFFECT_POST:
    case ONC_EFFECT_REACT:
    default:
      return TRUE;
    }
}

static gboolean
save_events (const OncBatch *self, OncStore *store, OncInstant now, GError **error)
{
  GHashTableIter iter;
  gpointer both;

  g_hash_table_iter_init (&iter, self->events);
  while (g_hash_table_iter_next (&iter, &both, NULL))
    {
      g_auto (GStrv) parts = g_strsplit (both, " ", 2);

      if (!onc_store_note_event (store, parts[0], parts[1], now, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
save_facts (const OncBatch *self, OncStore *store, GError **error)
{
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, self->facts);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      if (!onc_store_set_fact (store, name, *(const char *) value != '\0' ? value : NULL, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
save_threads (const OncBatch *self, OncStore *store, GError **error)
{
  GHashTableIter iter;
  gpointer thread;

  g_hash_table_iter_init (&iter, self->threads);
  while (g_hash_table_iter_next (&iter, &thread, NULL))
    {
      if (!onc_store_save_thread (store, thread, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
save_writes (const OncBatch *self, OncStore *store, GError **error)
{
  for (guint i = 0; i < self->writes->len; i++)
    {
      PendingWrite *pending = g_ptr_array_index (self->writes, i);

      if (!onc_store_add_write (store, pending->write, error))
        return FALSE;
    }
  for (guint i = 0; i < self->ended_writes->len; i++)
    {
      if (!onc_store_remove_write (store, g_array_index (self->ended_writes, gint64, i), error))
        return FALSE;
    }

  return TRUE;
}

gboolean
onc_batch_commit (OncBatch *self, OncStore *store, OncInstant now, GError **error)
{
  gboolean good;

  if (!onc_store_begin (store, error))
    return FALSE;

  good = save_events (self, store, now, error) && save_threads (self, store, error) &&
         save_writes (self, store, error) && save_facts (self, store, error);
  for (guint i = 0; good && i < self->effects->len; i++)
    good = save_effect (g_ptr_array_index (self->effects, i), store, error);
  if (!good)
    {
      onc_store_rollback (store);
      return FALSE;
    }

  return onc_store_commit (store, error);
}

/* Shows the effects from @begin to @end, the alerts among them or all others. */
static void
show_part (OncBatch *self,
           guint begin,
           guint end,
           gboolean alerts,
           const OncPipelineSink *sink,
           gpointer user_data)
{
  for (guint i = begin; i < end; i++)
    {
      const OncEffect *effect = g_ptr_array_index (self->effects, i);

      if (effect->kind <= ONC_EFFECT_SAVE_REACTION || effect->kind == ONC_EFFECT_POST ||
          effect->kind == ONC_EFFECT_REACT ||
          (effect->kind == ONC_EFFECT_SUMMARY && i < self->last_summary))
        continue;
      if ((effect->kind == ONC_EFFECT_ALERT) == alerts)
        sink->effect (effect, user_data);
    }
}

void
onc_batch_show (OncBatch *self, const OncPipelineSink *sink, gpointer user_data)
{
  while (self->n_shown < self->effects->len)
    {
      guint begin = self->n_shown;

      /* A person's popup does not wait for the log and the hooks. */
      self->n_shown = self->effects->len;
      show_part (self, begin, self->n_shown, FALSE, sink, user_data);
      show_part (self, begin, self->n_shown, TRUE, sink, user_data);
    }
}

void
onc_batch_carry_out (OncBatch *self, const OncPipelineSink *sink, gpointer user_data)
{
  for (guint i = 0; i < self->acks->len; i++)
    {
      const Ack *ack = &g_array_index (self->acks, Ack, i);

      ack->call (ack->data);
    }
  if (self->acks->len > 0)
    sink->acknowledged (user_data);
  onc_batch_show (self, sink, user_data);
  for (guint i = 0; i < self->writes->len; i++)
    {
      PendingWrite *pending = g_ptr_array_index (self->writes, i);

      sink->write (g_steal_pointer (&pending->write), pending->wish, user_data);
    }
}
