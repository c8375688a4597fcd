/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "engine-private.h"

#include "message.h"

/* A tick that comes more than this after its deadline was slept through: the machine was asleep,
 * its clock jumped, or the daemon was not running. What it finds due is told in one piece. */
#define LATE ONC_MINUTE

OncEngine *
onc_engine_new (const OncPolicy *policy, guint32 next_number)
{
  OncEngine *self = g_new0 (OncEngine, 1);

  self->policy = onc_policy_ref ((OncPolicy *) policy);
  self->threads = g_hash_table_new_full (onc_thread_hash, onc_thread_equal,
                                         (GDestroyNotify) onc_thread_unref, NULL);
  self->numbers = g_hash_table_new (NULL, NULL);
  self->wakes = g_sequence_new (NULL);
  self->dues = g_sequence_new (NULL);
  self->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->zones = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) g_time_zone_unref);
  self->zone_of = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) onc_membership_free);
  self->next_number = next_number;
  self->says = g_ptr_array_new_with_free_func ((GDestroyNotify) onc_say_free);
  g_queue_init (&self->shown);
  self->folded = g_ptr_array_new_with_free_func ((GDestroyNotify) onc_thread_unref);
  self->summary = 1;
  self->visitors = g_ptr_array_new_with_free_func ((GDestroyNotify) onc_thread_unref);
  return self;
}

void
onc_engine_free (OncEngine *self)
{
  g_sequence_free (self->wakes);
  g_sequence_free (self->dues);
  g_ptr_array_unref (self->says);
  g_strfreev (self->first);
  g_ptr_array_unref (self->folded);
  g_ptr_array_unref (self->visitors);
  g_queue_clear_full (&self->shown, g_free);
  g_hash_table_unref (self->numbers);
  g_hash_table_unref (self->threads);
  g_hash_table_unref (self->people);
  g_hash_table_unref (self->zone_of);
  g_hash_table_unref (self->zones);
  g_hash_table_unref (self->groups);
  onc_policy_unref (self->policy);
  g_free (self);
}

OncThread *
onc_engine_find (const OncEngine *self, const char *team, const char *channel, const char *root_ts)
{
  /* Only the three strings of the key are looked at, and none of them is written to. */
  const OncThread key = { .team = (char *) team,
                          .channel = (char *) channel,
                          .ts = (char *) root_ts };

  return g_hash_table_lookup (self->threads, &key);
}

OncThread *
onc_engine_find_number (const OncEngine *self, guint32 number)
{
  return g_hash_table_lookup (self->numbers, GUINT_TO_POINTER (number));
}

OncThread *
onc_engine_ensure (OncEngine *self, const char *team, const char *channel, const char *root_ts)
{
  OncThread *thread = onc_engine_find (self, team, channel, root_ts);

  if (thread == NULL)
    {
      thread = onc_thread_new (team, channel, root_ts);
      g_hash_table_add (self->threads, thread);
    }

  return thread;
}

GPtrArray *
onc_engine_all (const OncEngine *self)
{
  GPtrArray *threads = g_ptr_array_sized_new (g_hash_table_size (self->threads));
  GHashTableIter iter;
  gpointer thread;

  g_hash_table_iter_init (&iter, self->threads);
  while (g_hash_table_iter_next (&iter, &thread, NULL))
    g_ptr_array_add (threads, thread);

  return threads;
}

static int
compare_numbers (const OncThread *a, const OncThread *b)
{
  return a->number < b->number ? -1 : a->number > b->number;
}

static int
compare_wakes (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const OncThread *thread_a = a;
  const OncThread *thread_b = b;

  if (thread_a->wake != thread_b->wake)
    return thread_a->wake < thread_b->wake ? -1 : 1;
  return compare_numbers (thread_a, thread_b);
}

static int
compare_dues (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const OncThread *thread_a = a;
  const OncThread *thread_b = b;

  if (thread_a->next_due != thread_b->next_due)
    return thread_a->next_due < thread_b->next_due ? -1 : 1;
  return compare_numbers (thread_a, thread_b);
}

/* Puts @thread, whose *@place in @queue (nullable: it has none) may be wrong by now, where it
 * belongs; out of the queue where it is not @wanted there. */
static void
place (GSequence *queue,
       OncThread *thread,
       GSequenceIter **place,
       gboolean wanted,
       GCompareDataFunc compare)
{
  if (!wanted)
    g_clear_pointer (place, g_sequence_remove);
  else if (*place != NULL)
    g_sequence_sort_changed (*place, compare, NULL);
  else
    *place = g_sequence_insert_sorted (queue, thread, compare, NULL);
}

void
onc_engine_set_wake (OncEngine *self, OncThread *thread, OncInstant wake)
{
  GSequenceIter *first;

  if (wake == thread->wake)
    return;

  thread->wake = wake;
  place (self->wakes, thread, &thread->turn, wake != 0, compare_wakes);
  first = g_sequence_get_begin_iter (self->wakes);
  self->wake = g_sequence_iter_is_end (first) ? 0 : ((OncThread *) g_sequence_get (first))->wake;
}

void
onc_engine_sort_due (OncEngine *self, OncThread *thread)
{
  place (self->dues, thread, &thread->due_turn, thread->listed && thread->next_due != 0,
         compare_dues);
}

OncEffect *
onc_engine_emit (OncEngine *self, OncEffectKind kind, OncThread *thread)
{
  OncEffect *effect = onc_effect_new (kind, thread);
  gboolean save = kind <= ONC_EFFECT_SAVE_REACTION;

  g_ptr_array_add (save ? self->saves : self->effects, effect);
  return effect;
}

void
onc_engine_touch (OncEngine *self, OncThread *thread)
{
  if (thread->unsaved)
    return;

  thread->unsaved = TRUE;
  g_ptr_array_add (self->touched, onc_thread_ref (thread));
}

static void
begin (OncEngine *self, OncInstant now)
{
  self->set_back = self->set_back || now + LATE < self->latest;
  self->latest = now;
  self->saves = g_ptr_array_new_with_free_func ((GDestroyNotify) onc_effect_free);
  self->effects = g_ptr_array_new ();
  self->touched = g_ptr_array_new_with_free_func ((GDestroyNotify) onc_thread_unref);
}

/* Whether @thread has nothing more to expect: then the store alone keeps it. */
static gboolean
is_settled (const OncThread *thread)
{
  return !thread->listed && thread->root_known;
}

static void
forget (OncEngine *self, OncThread *thread)
{
  onc_engine_drop_say (self, thread);
  onc_engine_set_wake (self, thread, 0);
  if (thread->number != 0)
    g_hash_table_remove (self->numbers, GUINT_TO_POINTER (thread->number));
  g_hash_table_remove (self->threads, thread);
}

/* The store sends a closed thread for the sake of the call that follows, and no longer. */
static void
dismiss_visitors (OncEngine *self)
{
  for (guint i = 0; i < self->visitors->len; i++)
    {
      OncThread *thread = g_ptr_array_index (self->visitors, i);

      if (is_settled (thread) &&
          onc_engine_find (self, thread->team, thread->channel, thread->ts) == thread)
        forget (self, thread);
    }
  g_ptr_array_set_size (self->visitors, 0);
}

/* Ends a call; after a @visit the thread that came stays for the next one.
 * Returns: (transfer full): the effects of this call, what is to be saved first. */
static GPtrArray *
finish (OncEngine *self, gboolean visit)
{
  GPtrArray *all = g_steal_pointer (&self->saves);

  for (guint i = 0; i < self->touched->len; i++)
    {
      OncThread *thread = g_ptr_array_index (self->touched, i);

      thread->unsaved = FALSE;
      g_ptr_array_add (all, onc_effect_new (ONC_EFFECT_SAVE_THREAD, thread));
      if (!visit && is_settled (thread))
        forget (self, thread);
    }
  if (!visit)
    dismiss_visitors (self);
  g_ptr_array_extend_and_steal (all, g_steal_pointer (&self->effects));
  g_clear_pointer (&self->touched, g_ptr_array_unref);

  return all;
}

GPtrArray *
onc_engine_apply (OncEngine *self, const OncEvent *event, OncInstant now)
{
  guint waiting = self->says->len;

  begin (self, now);
  onc_engine_take_in (self, event, now);
  /* What became due while the daemon did not run may have been settled meanwhile. */
  if (event->kind == ONC_EVENT_STORED && self->says->len > waiting && self->held_until == 0)
    onc_engine_hold_says (self, now);
  onc_engine_flush_says (self, now, event->kind == ONC_EVENT_CAUGHT_UP);

  return finish (self, event->kind == ONC_EVENT_STORED);
}

gboolean
onc_engine_is_first_look (const OncEngine *self, const OncThread *thread)
{
  return self->first != NULL &&
         g_strv_contains ((const char *const *) self->first, thread->channel);
}

gboolean
onc_engine_is_history (const OncEngine *self, const OncThread *thread)
{
  return onc_engine_is_first_look (self, thread) && thread->last_activity < self->first_from;
}

void
onc_engine_decide_all (OncEngine *self, OncInstant now)
{
  g_autoptr (GPtrArray) threads = onc_engine_all (self);

  for (guint i = 0; i < threads->len; i++)
    onc_engine_decide (self, g_ptr_array_index (threads, i), now);
}

GPtrArray *
onc_engine_tick (OncEngine *self, OncInstant now)
{
  gboolean late = FALSE;

  begin (self, now);
  /* What was planned by the clock as it went before may lie too far ahead. */
  if (self->set_back)
    onc_engine_decide_all (self, now);
  self->set_back = FALSE;
  while (self->wake != 0 && self->wake <= now)
    {
      late = late || now - self->wake > LATE;
      onc_engine_decide (self, g_sequence_get (g_sequence_get_begin_iter (self->wakes)), now);
    }
  onc_engine_end_pause (self, now);
  onc_engine_flush_says (self, now, late);

  return finish (self, FALSE);
}

GPtrArray *
onc_engine_set_policy (OncEngine *self, const OncPolicy *policy, OncInstant now)
{
  begin (self, now);
  onc_policy_unref (self->policy);
  self->policy = onc_policy_ref ((OncPolicy *) policy);
  onc_engine_decide_all (self, now);
  onc_engine_flush_says (self, now, TRUE);

  return finish (self, FALSE);
}

GPtrArray *
onc_engine_act (
    OncEngine *self, OncThread *thread, const OncAction *action, OncInstant now, GError **error)
{
  g_autoptr (GPtrArray) effects = NULL;
  gboolean done;

  begin (self, now);
  done = onc_engine_do (self, thread, action, now, error);
  if (done)
    {
      onc_engine_touch (self, thread);
      onc_engine_decide (self, thread, now);
      onc_engine_flush_says (self, now, FALSE);
    }
  effects = finish (self, FALSE);

  return done ? g_steal_pointer (&effects) : NULL;
}

OncInstant
onc_engine_earlier (OncInstant a, OncInstant b)
{
  return a == 0 || b == 0 ? MAX (a, b) : MIN (a, b);
}

OncInstant
onc_engine_next_deadline (const OncEngine *self)
{
  OncInstant wake = onc_engine_earlier (self->wake, onc_engine_says_deadline (self));

  return onc_engine_earlier (wake,
                             self->paused_until != ONC_QUIET_OPEN_END ? self->paused_until : 0);
}

static int
compare_opened (gconstpointer a, gconstpointer b)
{
  const OncThread *thread_a = *(const OncThread *const *) a;
  const OncThread *thread_b = *(const OncThread *const *) b;

  if (thread_a->opened != thread_b->opened)
    return thread_a->opened < thread_b->opened ? -1 : 1;
  return compare_numbers (thread_a, thread_b);
}

GPtrArray *
onc_engine_list (const OncEngine *self)
{
  GPtrArray *threads = g_ptr_array_sized_new (self->totals.open);
  GHashTableIter iter;
  gpointer thread;

  g_hash_table_iter_init (&iter, self->numbers);
  while (g_hash_table_iter_next (&iter, NULL, &thread))
    {
      if (((const OncThread *) thread)->listed)
        g_ptr_array_add (threads, thread);
    }
  g_ptr_array_sort (threads, compare_opened);

  return threads;
}

GPtrArray *
onc_engine_list_rootless (const OncEngine *self)
{
  GPtrArray *threads = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer thread;

  g_hash_table_iter_init (&iter, self->threads);
  while (g_hash_table_iter_next (&iter, &thread, NULL))
    {
      if (!((const OncThread *) thread)->root_known)
        g_ptr_array_add (threads, thread);
    }

  return threads;
}

OncThread *
onc_engine_find_next_due (const OncEngine *self)
{
  GSequenceIter *first = g_sequence_get_begin_iter (self->dues);

  return g_sequence_iter_is_end (first) ? NULL : g_sequence_get (first);
}

OncTotals
onc_engine_totals (const OncEngine *self)
{
  return self->totals;
}

OncMembership *
onc_engine_ensure_group (OncEngine *self, const char *id)
{
  OncMembership *members = g_hash_table_lookup (self->groups, id);

  if (members == NULL)
    {
      members = onc_membership_new ();
      g_hash_table_insert (self->groups, g_strdup (id), members);
    }

  return members;
}

gboolean
onc_engine_includes (const OncEngine *self, GHashTable *ids, const char *user, OncInstant at)
{
  GHashTableIter iter;
  gpointer id;

  if (g_hash_table_contains (ids, user))
    return TRUE;

  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      const OncMembership *members = g_hash_table_lookup (self->groups, id);

      if (members != NULL && onc_membership_includes (members, user, at))
        return TRUE;
    }

  return FALSE;
}

gboolean
onc_engine_is_bot (const OncEngine *self, const char *user)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (self->people, user)) == TRUE &&
         !g_hash_table_contains (self->policy->bots, user);
}

gboolean
onc_engine_is_me (const OncEngine *self, const char *user)
{
  return user != NULL && g_hash_table_contains (self->policy->me, user);
}

GTimeZone *
onc_engine_zone_of (const OncEngine *self, const char *user)
{
  GTimeZone *zone = user != NULL ? g_hash_table_lookup (self->zone_of, user) : NULL;

  return zone != NULL ? zone : self->policy->zone;
}

gboolean
onc_engine_is_bots (const OncEngine *self, const OncPost *post)
{
  if (post->user == NULL)
    return TRUE;
  /* A person's post through an app carries both the person and the app. */
  if (post->by_app && !g_hash_table_contains (self->people, post->user))
    return !g_hash_table_contains (self->policy->bots, post->user);

  return onc_engine_is_bot (self, post->user);
}

gboolean
onc_engine_on_call (const OncEngine *self)
{
  GHashTableIter iter;
  gpointer user;

  g_hash_table_iter_init (&iter, self->policy->me);
  while (g_hash_table_iter_next (&iter, &user, NULL))
    {
      if (onc_engine_includes (self, self->policy->on_call, user, G_MAXINT64))
        return TRUE;
    }

  return FALSE;
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

GStrv
onc_engine_on_call_members (const OncEngine *self)
{
  g_autoptr (GHashTable) users = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree gpointer *sorted = NULL;
  GHashTableIter iter;
  gpointer id;
  guint n_users;

  g_hash_table_iter_init (&iter, self->policy->on_call);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      const OncMembership *members = g_hash_table_lookup (self->groups, id);
      g_auto (GStrv) names = NULL;

      if (members == NULL)
        {
          /* A group whose members are not known yet says nothing; a user stands for itself. */
          if (g_hash_table_contains (self->people, id))
            g_hash_table_add (users, g_strdup (id));
          continue;
        }
      names = onc_membership_list (members);
      for (guint i = 0; names[i] != NULL; i++)
        g_hash_table_add (users, g_strdup (names[i]));
    }

  sorted = g_hash_table_get_keys_as_array (users, &n_users);
  qsort (sorted, n_users, sizeof *sorted, compare_strings);
  g_strv_builder_addv (builder, (const char **) sorted);

  return g_strv_builder_end (builder);
}

char *
onc_engine_dump_groups (const OncEngine *self, OncInstant before)
{
  GString *text = g_string_new (NULL);
  GHashTableIter iter;
  gpointer group;
  gpointer members;

  g_hash_table_iter_init (&iter, self->groups);
  while (g_hash_table_iter_next (&iter, &group, &members))
    onc_membership_write (members, group, before, text);

  return g_string_free (text, FALSE);
}

void
onc_engine_load_groups (OncEngine *self, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", -1);

      onc_membership_read (onc_engine_ensure_group (self, words[0]),
                           (const char *const *) words + 1);
    }
}
