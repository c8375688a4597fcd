/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The one decision about a thread: works out anew what follows from what is known, tells the
 * differences, and names the next wake-up. Nothing else changes what follows. */

#include "engine-private.h"

#include <string.h>

/* Whether @user's emoji and replies mean that somebody looks. */
static gboolean
can_look (const OncEngine *self, const OncThread *thread, const char *user)
{
  return g_strcmp0 (user, thread->asker) != 0 && !onc_engine_is_bot (self, user) &&
         (g_hash_table_size (self->policy->responders) == 0 ||
          onc_engine_includes (self, self->policy->responders, user));
}

static void
note_looker (OncThread *thread, const char *user, OncInstant since, OncLook how)
{
  for (guint i = 0; i < thread->lookers->len; i++)
    {
      OncLooker *looker = g_ptr_array_index (thread->lookers, i);

      if (g_str_equal (looker->user, user))
        {
          if (since < looker->since)
            {
              looker->since = since;
              looker->how = how;
            }
          return;
        }
    }
  onc_thread_add_looker (thread, user, since, how);
}

static int
compare_lookers (gconstpointer a, gconstpointer b)
{
  const OncLooker *looker_a = *(const OncLooker *const *) a;
  const OncLooker *looker_b = *(const OncLooker *const *) b;

  if (looker_a->since != looker_b->since)
    return looker_a->since < looker_b->since ? -1 : 1;
  return strcmp (looker_a->user, looker_b->user);
}

static gboolean
same_lookers (const GPtrArray *a, const GPtrArray *b)
{
  gboolean same = a->len == b->len;

  for (guint i = 0; same && i < a->len; i++)
    {
      const OncLooker *looker_a = g_ptr_array_index (a, i);
      const OncLooker *looker_b = g_ptr_array_index (b, i);

      same = looker_a->since == looker_b->since && looker_a->how == looker_b->how &&
             g_str_equal (looker_a->user, looker_b->user);
    }

  return same;
}

/* Returns: whether the lookers are others than before, or look otherwise. */
static gboolean
work_out_lookers (OncEngine *self, OncThread *thread)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&thread->lookers);

  thread->lookers = g_ptr_array_new_with_free_func ((GDestroyNotify) onc_looker_free);
  for (guint i = 0; i < thread->posts->len; i++)
    {
      const OncPost *post = g_ptr_array_index (thread->posts, i);

      if (post->deleted)
        continue;
      if (!g_str_equal (post->ts, thread->ts) && !onc_engine_is_bots (self, post) &&
          can_look (self, thread, post->user))
        note_looker (thread, post->user, onc_ts_to_instant (post->ts), ONC_LOOK_REPLY);
      for (guint j = 0; post->reactions != NULL && j < post->reactions->len; j++)
        {
          const OncReaction *reaction = g_ptr_array_index (post->reactions, j);

          if (reaction->present &&
              g_hash_table_contains (self->policy->claim_emoji, reaction->name) &&
              can_look (self, thread, reaction->user))
            note_looker (thread, reaction->user, reaction->since, ONC_LOOK_REACTION);
        }
    }
  g_ptr_array_sort (thread->lookers, compare_lookers);

  thread->first_response = 0;
  for (guint i = 0; thread->first_response == 0 && i < thread->lookers->len; i++)
    thread->first_response = ((OncLooker *) g_ptr_array_index (thread->lookers, i))->since;
  if (thread->claimant != NULL)
    note_looker (thread, thread->claimant, G_MAXINT64, ONC_LOOK_PENDING);

  return !same_lookers (before, thread->lookers);
}

/* Returns: whether the categories are others than before. */
static gboolean
work_out_categories (OncEngine *self, OncThread *thread)
{
  const OncPost *root = onc_thread_find_post (thread, thread->ts);
  g_autoptr (GPtrArray) before = g_steal_pointer (&thread->categories);
  gboolean same;

  thread->categories = g_ptr_array_new ();
  for (guint i = 0; root != NULL && root->reactions != NULL && i < root->reactions->len; i++)
    {
      const OncReaction *reaction = g_ptr_array_index (root->reactions, i);
      const char *category = g_hash_table_lookup (self->policy->categories, reaction->name);
      gpointer interned = (gpointer) g_intern_string (category);

      if (reaction->present && category != NULL && !onc_engine_is_bot (self, reaction->user) &&
          !g_ptr_array_find (thread->categories, interned, NULL))
        g_ptr_array_add (thread->categories, interned);
    }

  same = before->len == thread->categories->len;
  for (guint i = 0; same && i < before->len; i++)
    same = before->pdata[i] == thread->categories->pdata[i];

  return !same;
}

/* What the posts say by their mere presence. Returns: the instant of the last reply with a tag. */
static OncInstant
work_out_posts (OncEngine *self, OncThread *thread)
{
  const char *asker = NULL;
  OncInstant tagged = 0;

  thread->replies = 0;
  thread->last_activity = 0;
  for (guint i = 0; i < thread->posts->len; i++)
    {
      const OncPost *post = g_ptr_array_index (thread->posts, i);
      gboolean root = g_str_equal (post->ts, thread->ts);
      gboolean bots = onc_engine_is_bots (self, post);

      /* Where a bot wrote the root, whoever calls for help below it asks. */
      if (asker == NULL && !bots && (root || post->level > ONC_LEVEL_QUESTION))
        asker = post->user;
      thread->last_activity = onc_ts_to_instant (post->ts);
      if (root || post->deleted)
        continue;
      thread->replies++;
      if (post->level > ONC_LEVEL_QUESTION && !bots)
        tagged = thread->last_activity;
    }
  if (thread->root_known && g_strcmp0 (asker, thread->asker) != 0)
    {
      g_free (thread->asker);
      thread->asker = g_strdup (asker);
      thread->fresh |= ONC_CHANGE_TEXT;
    }

  return tagged;
}

static OncState
work_out_state (OncEngine *self, const OncThread *thread, OncInstant tagged)
{
  const OncPost *root = onc_thread_find_post (thread, thread->ts);

  if (root != NULL && root->deleted)
    return ONC_STATE_DELETED;
  if (thread->dismissed > tagged)
    return ONC_STATE_DISMISSED;
  for (guint i = 0; root != NULL && root->reactions != NULL && i < root->reactions->len; i++)
    {
      const OncReaction *reaction = g_ptr_array_index (root->reactions, i);
      OncInstant since = reaction->since != 0 ? reaction->since : reaction->learnt;

      if (reaction->present && since > tagged && since > thread->reopened &&
          g_hash_table_contains (self->policy->resolved_emoji, reaction->name) &&
          !onc_engine_is_bot (self, reaction->user))
        return ONC_STATE_RESOLVED;
    }

  return thread->lookers->len > 0 ? ONC_STATE_LOOKING : ONC_STATE_NEW;
}

/* Whether @thread is worth a number: a person's question, or anything that somebody was called to.
 */
static gboolean
is_item (OncEngine *self, const OncThread *thread)
{
  const OncPost *root = onc_thread_find_post (thread, thread->ts);

  if (!thread->root_known || root == NULL)
    return FALSE;
  if (thread->level > ONC_LEVEL_QUESTION)
    return TRUE;

  return !root->deleted && !onc_engine_is_bots (self, root) &&
         (!thread->greeting || thread->replies > 0);
}

static void
count (OncEngine *self, OncLevel level, OncState state, int by)
{
  self->totals.open += (guint) by;
  self->totals.levels[level] += (guint) by;
  if (state == ONC_STATE_NEW)
    self->totals.unclaimed += (guint) by;
}

/* Starts, ends or restarts the alarm. */
static void
work_out_alarm (
    OncEngine *self, OncThread *thread, gboolean was_listed, gboolean raised, OncInstant now)
{
  gboolean wanted = thread->listed && thread->state == ONC_STATE_NEW &&
                    (thread->asker == NULL ||
                     !g_hash_table_contains (self->policy->me, thread->asker));

  if (!wanted)
    {
      if (thread->alarm_base != 0 || thread->alarm_mute)
        onc_engine_touch (self, thread);
      thread->alarm_base = 0;
      thread->alarm_told = 0;
      thread->alarm_mute = FALSE;
      if (raised && thread->listed && thread->state == ONC_STATE_LOOKING)
        onc_engine_say (self, thread, ONC_ALERT_RAISED, 0);
      return;
    }
  if (thread->alarm_base != 0 && !raised)
    return;
  if (thread->alarm_mute && !raised)
    return;

  /* History is no news: what was there before the first start is told once, in the summary, and
   * goes on only while it still is within its time. */
  if (self->first && now - thread->opened > self->policy->timings[thread->level].target)
    {
      thread->alarm_mute = TRUE;
      onc_engine_touch (self, thread);
      return;
    }
  thread->alarm_mute = FALSE;
  thread->alarm_base = now;
  thread->alarm_told = 0;
  thread->alarm_kind = !was_listed ? ONC_ALERT_OPENED
                       : raised    ? ONC_ALERT_RAISED
                                   : ONC_ALERT_UNCLAIMED;
  onc_engine_touch (self, thread);
}

/* Says what the alarm has come to. Returns: its next point, or 0. */
static OncInstant
sound_alarm (OncEngine *self, OncThread *thread, OncInstant now)
{
  const OncRepeat *repeat = &self->policy->timings[thread->level].repeat;
  OncSpan next;
  guint points;

  if (thread->alarm_base == 0)
    return 0;

  points = 1 + onc_repeat_count (repeat, now - thread->alarm_base);
  if (points > thread->alarm_told)
    {
      onc_engine_say (self, thread,
                      thread->alarm_told == 0 ? thread->alarm_kind : ONC_ALERT_UNCLAIMED,
                      points - 1);
      thread->alarm_told = points;
      onc_engine_touch (self, thread);
    }
  next = onc_repeat_offset (repeat, thread->alarm_told);

  return next > 0 ? thread->alarm_base + next : 0;
}

static guint
changes_since (const OncThread *thread, OncState state, OncLevel level, gboolean listed)
{
  guint changes = 0;

  if (thread->listed && !listed)
    changes |= ONC_CHANGE_APPEARED;
  if (!thread->listed && listed)
    changes |= ONC_CHANGE_GONE;
  if (thread->state != state)
    changes |= ONC_CHANGE_STATE;
  if (thread->level != level)
    changes |= ONC_CHANGE_LEVEL;

  return changes;
}

static void
tell_changes (OncEngine *self, OncThread *thread, OncState before, guint changes)
{
  if (changes == 0)
    return;

  onc_engine_touch (self, thread);
  if (thread->listed || (changes & ONC_CHANGE_GONE) != 0)
    onc_engine_emit (self, ONC_EFFECT_CHANGED, thread)->changes = changes;
  if (self->first || (changes & ONC_CHANGE_APPEARED) != 0)
    return;
  if (thread->listed && thread->state == ONC_STATE_LOOKING && before == ONC_STATE_NEW)
    onc_engine_alert (self, thread, ONC_ALERT_CLAIMED, 0);
  else if ((changes & ONC_CHANGE_GONE) != 0 && thread->state == ONC_STATE_RESOLVED)
    onc_engine_alert (self, thread, ONC_ALERT_RESOLVED, 0);
}

void
onc_engine_decide (OncEngine *self, OncThread *thread, OncInstant now)
{
  OncState state = thread->state;
  OncLevel level = thread->told_level;
  OncInstant last_activity = thread->last_activity;
  gboolean listed = thread->listed;
  guint replies = thread->replies;
  guint changes = 0;
  OncInstant tagged;

  if (listed)
    count (self, level, state, -1);
  tagged = work_out_posts (self, thread);
  changes |= thread->fresh;
  thread->fresh = 0;
  if (work_out_lookers (self, thread))
    changes |= ONC_CHANGE_LOOKERS;
  if (work_out_categories (self, thread))
    changes |= ONC_CHANGE_CATEGORIES;
  if (thread->last_activity != last_activity || thread->replies != replies)
    changes |= ONC_CHANGE_ACTIVITY;
  thread->state = work_out_state (self, thread, tagged);
  if (thread->number == 0 && is_item (self, thread))
    {
      thread->number = self->next_number++;
      g_hash_table_insert (self->numbers, GUINT_TO_POINTER (thread->number), thread);
      onc_engine_touch (self, thread);
    }
  thread->listed = thread->number != 0 && onc_state_is_open (thread->state);
  thread->told_level = thread->level;
  if (thread->listed)
    count (self, thread->level, thread->state, 1);

  changes |= changes_since (thread, state, level, listed);
  work_out_alarm (self, thread, listed, thread->level > level, now);
  tell_changes (self, thread, state, changes);
  if (thread->popup &&
      (!thread->listed || (thread->state != ONC_STATE_NEW && state == ONC_STATE_NEW)))
    {
      onc_engine_emit (self, ONC_EFFECT_WITHDRAW, thread);
      thread->popup = FALSE;
    }
  onc_engine_set_wake (self, thread, sound_alarm (self, thread, now));
}
