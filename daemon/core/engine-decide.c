/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The one decision about a thread: works out anew what follows from what is known, tells the
 * differences, and names the next wake-up. Nothing else changes what follows. */

#include "engine-private.h"

#include "promise.h"

#include <string.h>

/* Whether @user's emoji and replies mean that somebody looks, where they came at @at. */
static gboolean
can_look (const OncEngine *self, const OncThread *thread, const char *user, OncInstant at)
{
  return g_strcmp0 (user, thread->asker) != 0 && !onc_engine_is_bot (self, user) &&
         (g_hash_table_size (self->policy->responders) == 0 ||
          onc_engine_includes (self, self->policy->responders, user, at));
}

/* @since: 0 where it is not known, which says less than any time that is. */
static void
note_looker (OncThread *thread, const char *user, OncInstant since, OncLook how)
{
  for (guint i = 0; i < thread->lookers->len; i++)
    {
      OncLooker *looker = g_ptr_array_index (thread->lookers, i);

      if (g_str_equal (looker->user, user))
        {
          if (since != 0 && (looker->since == 0 || since < looker->since))
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
          can_look (self, thread, post->user, onc_ts_to_instant (post->ts)))
        note_looker (thread, post->user, onc_ts_to_instant (post->ts), ONC_LOOK_REPLY);
      for (guint j = 0; post->reactions != NULL && j < post->reactions->len; j++)
        {
          const OncReaction *reaction = g_ptr_array_index (post->reactions, j);

          if (reaction->present &&
              g_hash_table_contains (self->policy->claim_emoji, reaction->name) &&
              (can_look (self, thread, reaction->user, reaction->since) ||
               can_look (self, thread, reaction->user, G_MAXINT64)))
            note_looker (thread, reaction->user, reaction->since, ONC_LOOK_REACTION);
        }
    }
  g_ptr_array_sort (thread->lookers, compare_lookers);

  thread->first_response = 0;
  for (guint i = 0; thread->first_response == 0 && i < thread->lookers->len; i++)
    thread->first_response = ((OncLooker *) g_ptr_array_index (thread->lookers, i))->since;
  if (thread->claimant != NULL)
    note_looker (thread, thread->claimant, 0, ONC_LOOK_PENDING);

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

/* @closed: (out): since when it is closed, where it is by somebody's mark. */
static OncState
work_out_state (OncEngine *self, const OncThread *thread, OncInstant tagged, OncInstant *closed)
{
  const OncPost *root = onc_thread_find_post (thread, thread->ts);

  *closed = thread->last_activity;
  if (root != NULL && root->deleted)
    return ONC_STATE_DELETED;
  *closed = thread->dismissed;
  if (thread->dismissed > tagged)
    return ONC_STATE_DISMISSED;
  for (guint i = 0; root != NULL && root->reactions != NULL && i < root->reactions->len; i++)
    {
      const OncReaction *reaction = g_ptr_array_index (root->reactions, i);
      OncInstant since = reaction->since != 0 ? reaction->since : reaction->learnt;

      *closed = since;
      if (reaction->present && since > tagged && since > thread->reopened &&
          g_hash_table_contains (self->policy->resolved_emoji, reaction->name) &&
          !onc_engine_is_bot (self, reaction->user))
        return ONC_STATE_RESOLVED;
    }
  *closed = 0;

  return thread->lookers->len > 0 ? ONC_STATE_LOOKING : ONC_STATE_NEW;
}

static gboolean
is_bots (gconstpointer data, const OncPost *post)
{
  return onc_engine_is_bots (data, post);
}

/* Tells of promises that have ended since the last decision. */
static void
tell_ended (OncEngine *self, OncThread *thread, const GPtrArray *before)
{
  for (guint i = 0; thread->listed && i < thread->promises->len; i++)
    {
      const OncPromise *promise = g_ptr_array_index (thread->promises, i);
      const OncPromise *old = onc_promise_find (before, promise->ts);

      if (old == NULL || !onc_promise_state_is_open (old->state))
        continue;
      if (promise->state == ONC_PROMISE_KEPT || promise->state == ONC_PROMISE_LATE)
        onc_engine_alert (self, thread, ONC_ALERT_PROMISE_KEPT, promise, 0);
      else if (promise->state == ONC_PROMISE_BROKEN && onc_engine_is_me (self, promise->by))
        onc_engine_say (self, thread, ONC_ALERT_PROMISE_BROKEN, promise, 0);
      else if (promise->state == ONC_PROMISE_BROKEN)
        onc_engine_alert (self, thread, ONC_ALERT_PROMISE_BROKEN, promise, 0);
    }
}

/* Returns: whether the promises are others than before, or look otherwise. */
static gboolean
work_out_promises (
    OncEngine *self, OncThread *thread, const GPtrArray *before, OncInstant closed, OncInstant now)
{
  const OncPromiseContext context = {
    .timings = &self->policy->timings[thread->level],
    .closed = closed,
    .is_bots = is_bots,
    .data = self,
  };
  gboolean same;

  thread->promises = onc_promise_work_out (thread, &context, now);
  thread->next_due = 0;
  same = before->len == thread->promises->len;
  for (guint i = 0; i < thread->promises->len; i++)
    {
      const OncPromise *promise = g_ptr_array_index (thread->promises, i);

      if (onc_promise_state_is_open (promise->state) &&
          (thread->next_due == 0 || promise->due < thread->next_due))
        thread->next_due = promise->due;
      same = same && onc_promise_equal (promise, g_ptr_array_index (before, i));
    }

  return !same;
}

/* Returns: whether the asker's deadline is another than before. */
static gboolean
work_out_deadline (OncThread *thread)
{
  OncInstant before = thread->needed_by;

  thread->needed_by = thread->needed_set;
  thread->needed_from = thread->needed_set_at;
  for (guint i = 0; i < thread->posts->len; i++)
    {
      const OncPost *post = g_ptr_array_index (thread->posts, i);
      OncInstant at = onc_ts_to_instant (post->ts);

      if (post->deleted || post->said.kind != ONC_READING_REQUEST || post->said.due == 0 ||
          at < thread->needed_set_at || g_strcmp0 (post->user, thread->asker) != 0)
        continue;
      thread->needed_by = post->said.due;
      thread->needed_from = at;
    }

  return thread->needed_by != before;
}

static gboolean
has_broken_promise (const OncThread *thread)
{
  for (guint i = 0; i < thread->promises->len; i++)
    {
      if (((const OncPromise *) g_ptr_array_index (thread->promises, i))->state ==
          ONC_PROMISE_BROKEN)
        return TRUE;
    }

  return FALSE;
}

/* Works out since when the lookers have said nothing although it is their turn: after a question
 * of theirs it is the asker's, and a promise that was broken has been spoken of. */
static void
work_out_silence (OncEngine *self, OncThread *thread)
{
  OncInstant last = 0;
  gboolean asked = FALSE;

  thread->silent_since = 0;
  if (!thread->listed || thread->state != ONC_STATE_LOOKING || thread->next_due != 0 ||
      has_broken_promise (thread))
    return;
  for (guint i = 0; i < thread->lookers->len; i++)
    {
      const OncLooker *looker = g_ptr_array_index (thread->lookers, i);

      if (looker->how == ONC_LOOK_PENDING)
        return;
      last = MAX (last, looker->since);
    }
  for (guint i = 0; i < thread->posts->len; i++)
    {
      const OncPost *post = g_ptr_array_index (thread->posts, i);
      OncInstant at = onc_ts_to_instant (post->ts);

      if (post->deleted || post->user == NULL)
        continue;
      if (onc_thread_find_looker (thread, post->user) != NULL)
        {
          last = MAX (last, at);
          asked = post->said.asks != ONC_QUESTION_NONE;
        }
      else if (asked && g_strcmp0 (post->user, thread->asker) == 0)
        {
          last = MAX (last, at);
          asked = FALSE;
        }
    }
  thread->silent_since = asked ? 0 : last;
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

/* Adds @thread to the totals as it stands, or takes it out. */
static void
count (OncEngine *self, const OncThread *thread, OncLevel level, int by)
{
  self->totals.open += (guint) by;
  self->totals.levels[level] += (guint) by;
  if (thread->state == ONC_STATE_NEW)
    self->totals.unclaimed += (guint) by;
  for (guint i = 0; i < thread->promises->len; i++)
    {
      const OncPromise *promise = g_ptr_array_index (thread->promises, i);

      if (promise->state == ONC_PROMISE_OVERDUE)
        self->totals.overdue += (guint) by;
    }
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
  if ((changes & ONC_CHANGE_APPEARED) != 0)
    return;
  if (thread->listed && thread->state == ONC_STATE_LOOKING && before == ONC_STATE_NEW)
    onc_engine_alert (self, thread, ONC_ALERT_CLAIMED, NULL, 0);
  else if ((changes & ONC_CHANGE_GONE) != 0 && thread->state == ONC_STATE_RESOLVED)
    onc_engine_alert (self, thread, ONC_ALERT_RESOLVED, NULL, 0);
}

/* Gives @thread a number when it turns out to be worth one. */
static void
give_number (OncEngine *self, OncThread *thread)
{
  if (thread->number != 0 || !is_item (self, thread))
    return;

  thread->number = self->next_number++;
  g_hash_table_insert (self->numbers, GUINT_TO_POINTER (thread->number), thread);
  onc_engine_touch (self, thread);
}

/* What there was before a decision. */
typedef struct
{
  OncState state;
  OncLevel level;
  OncInstant last_activity;
  guint replies;
  gboolean listed;
  GPtrArray *promises; /* (owned) of OncPromise */
} Before;

/* Works out everything anew that follows from what is known. Returns: what is different. */
static guint
work_out (OncEngine *self, OncThread *thread, const Before *before, OncInstant now)
{
  OncInstant tagged = work_out_posts (self, thread);
  guint changes = thread->fresh;
  OncInstant closed;

  thread->fresh = 0;
  if (work_out_lookers (self, thread))
    changes |= ONC_CHANGE_LOOKERS;
  if (work_out_categories (self, thread))
    changes |= ONC_CHANGE_CATEGORIES;
  if (thread->last_activity != before->last_activity || thread->replies != before->replies)
    changes |= ONC_CHANGE_ACTIVITY;
  thread->state = work_out_state (self, thread, tagged, &closed);
  give_number (self, thread);
  thread->listed = thread->number != 0 && onc_state_is_open (thread->state);
  if (work_out_promises (self, thread, before->promises, closed, now))
    changes |= ONC_CHANGE_PROMISES;
  if (work_out_deadline (thread))
    changes |= ONC_CHANGE_DEADLINE;
  work_out_silence (self, thread);

  return changes | changes_since (thread, before->state, before->level, before->listed);
}

void
onc_engine_decide (OncEngine *self, OncThread *thread, OncInstant now)
{
  const Before before = {
    .state = thread->state,
    .level = thread->told_level,
    .last_activity = thread->last_activity,
    .replies = thread->replies,
    .listed = thread->listed,
    .promises = thread->promises,
  };
  gboolean claimed;
  guint changes;

  /* Whoever wanted quiet did not know how urgent it would become. */
  if (thread->level > before.level)
    onc_engine_end_snooze (thread);
  if (before.listed)
    count (self, thread, before.level, -1);
  changes = work_out (self, thread, &before, now);
  onc_engine_sort_due (self, thread);
  thread->told_level = thread->level;
  if (thread->listed)
    count (self, thread, thread->level, 1);

  onc_engine_update_alarm (self, thread, before.listed, thread->level > before.level, now);
  tell_changes (self, thread, before.state, changes);
  tell_ended (self, thread, before.promises);
  g_ptr_array_unref (before.promises);
  /* Those who look may be told that it was raised; whoever was called for that reason is not needed
   * any more. */
  claimed = before.state == ONC_STATE_NEW && thread->state == ONC_STATE_LOOKING;
  if (thread->popup && (!onc_engine_reason_stands (self, thread, thread->popup_kind) ||
                        (claimed && thread->popup_kind == ONC_ALERT_RAISED)))
    onc_engine_withdraw (self, thread);
  onc_engine_set_wake (self, thread, onc_engine_sound_alarms (self, thread, now));
}
