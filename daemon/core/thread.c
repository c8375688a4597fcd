/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "thread.h"

static void
reaction_free (OncReaction *self)
{
  g_ref_string_release (self->name);
  g_ref_string_release (self->user);
  g_free (self);
}

static void
post_free (OncPost *self)
{
  g_free (self->ts);
  g_clear_pointer (&self->user, g_ref_string_release);
  g_free (self->edited_ts);
  onc_said_clear (&self->said);
  g_clear_pointer (&self->reactions, g_ptr_array_unref);
  g_free (self);
}

void
onc_promise_free (OncPromise *self)
{
  g_free (self->ts);
  g_free (self->anchor_ts);
  g_ref_string_release (self->by);
  g_free (self->words);
  g_free (self);
}

const char *
onc_promise_key (const OncPromise *self)
{
  return self->ts != NULL ? self->ts : "";
}

const OncPromise *
onc_promise_find (const GPtrArray *promises, const char *key)
{
  for (guint i = 0; key != NULL && i < promises->len; i++)
    {
      const OncPromise *promise = g_ptr_array_index (promises, i);

      if (g_str_equal (onc_promise_key (promise), key))
        return promise;
    }

  return NULL;
}

void
onc_looker_free (OncLooker *self)
{
  g_ref_string_release (self->user);
  g_free (self);
}

OncThread *
onc_thread_new (const char *team, const char *channel, const char *ts)
{
  OncThread *self = g_rc_box_new0 (OncThread);

  self->team = g_strdup (team);
  self->channel = g_strdup (channel);
  self->ts = g_strdup (ts);
  self->text = g_strdup ("");
  self->opened = onc_ts_to_instant (ts);
  self->posts = g_ptr_array_new_with_free_func ((GDestroyNotify) post_free);
  self->lookers = g_ptr_array_new_with_free_func ((GDestroyNotify) onc_looker_free);
  self->categories = g_ptr_array_new ();
  self->promises = g_ptr_array_new_with_free_func ((GDestroyNotify) onc_promise_free);
  return self;
}

OncThread *
onc_thread_ref (OncThread *self)
{
  return g_rc_box_acquire (self);
}

static void
thread_clear (OncThread *self)
{
  g_free (self->team);
  g_free (self->channel);
  g_free (self->ts);
  g_free (self->asker);
  g_free (self->text);
  g_ptr_array_unref (self->posts);
  g_ptr_array_unref (self->lookers);
  g_ptr_array_unref (self->categories);
  g_ptr_array_unref (self->promises);
  g_clear_pointer (&self->promiser, g_ref_string_release);
  g_clear_pointer (&self->claimant, g_ref_string_release);
}

void
onc_thread_unref (OncThread *self)
{
  g_rc_box_release_full (self, (GDestroyNotify) thread_clear);
}

guint
onc_thread_hash (gconstpointer thread)
{
  const OncThread *self = thread;

  return g_str_hash (self->ts) ^ g_str_hash (self->channel);
}

gboolean
onc_thread_equal (gconstpointer a, gconstpointer b)
{
  const OncThread *thread_a = a;
  const OncThread *thread_b = b;

  return g_str_equal (thread_a->ts, thread_b->ts) &&
         g_str_equal (thread_a->channel, thread_b->channel) &&
         g_str_equal (thread_a->team, thread_b->team);
}

OncLooker *
onc_thread_add_looker (OncThread *self, const char *user, OncInstant since, OncLook how)
{
  OncLooker *looker = g_new0 (OncLooker, 1);

  looker->user = g_ref_string_new_intern (user);
  looker->since = since;
  looker->how = how;
  g_ptr_array_add (self->lookers, looker);
  return looker;
}

const OncLooker *
onc_thread_find_looker (const OncThread *self, const char *user)
{
  for (guint i = 0; i < self->lookers->len; i++)
    {
      const OncLooker *looker = g_ptr_array_index (self->lookers, i);

      if (g_str_equal (looker->user, user))
        return looker;
    }

  return NULL;
}

/* The position of the first post that does not come before @ts. */
static guint
lower_bound (const OncThread *self, const char *ts)
{
  guint low = 0;
  guint high = self->posts->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const OncPost *post = g_ptr_array_index (self->posts, middle);

      if (onc_ts_compare (post->ts, ts) < 0)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

OncPost *
onc_thread_find_post (const OncThread *self, const char *ts)
{
  guint position = lower_bound (self, ts);
  OncPost *post = position < self->posts->len ? g_ptr_array_index (self->posts, position) : NULL;

  return post != NULL && g_str_equal (post->ts, ts) ? post : NULL;
}

OncPost *
onc_thread_ensure_post (OncThread *self, const char *ts)
{
  OncPost *post = onc_thread_find_post (self, ts);

  if (post == NULL)
    {
      post = g_new0 (OncPost, 1);
      post->ts = g_strdup (ts);
      g_ptr_array_insert (self->posts, (int) lower_bound (self, ts), post);
    }

  return post;
}

OncReaction *
onc_post_find_reaction (const OncPost *self, const char *name, const char *user)
{
  for (guint i = 0; self->reactions != NULL && i < self->reactions->len; i++)
    {
      OncReaction *reaction = g_ptr_array_index (self->reactions, i);

      if (g_str_equal (reaction->name, name) && g_str_equal (reaction->user, user))
        return reaction;
    }

  return NULL;
}

OncReaction *
onc_post_ensure_reaction (OncPost *self, const char *name, const char *user)
{
  OncReaction *reaction = onc_post_find_reaction (self, name, user);

  if (reaction == NULL)
    {
      reaction = g_new0 (OncReaction, 1);
      reaction->name = g_ref_string_new_intern (name);
      reaction->user = g_ref_string_new_intern (user);
      if (self->reactions == NULL)
        self->reactions = g_ptr_array_new_with_free_func ((GDestroyNotify) reaction_free);
      g_ptr_array_add (self->reactions, reaction);
    }

  return reaction;
}
