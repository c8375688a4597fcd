/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Popups: whether each is said by itself, or many as one. Never to miss, never to annoy. */

#include "engine-private.h"

/* While history is read, a thread may turn out to be claimed already, so nothing is said. Longer
 * than this nobody is kept waiting: reading can take its time where Slack limits the rate. */
#define HOLD (15 * ONC_SECOND)

void
onc_say_free (OncSay *self)
{
  onc_thread_unref (self->thread);
  g_free (self->promise);
  g_free (self);
}

/* Returns: (transfer none) (nullable): what waits to be said of @thread. */
static OncSay *
find_waiting (const OncEngine *self, const OncThread *thread)
{
  for (guint i = 0; i < self->says->len; i++)
    {
      OncSay *say = g_ptr_array_index (self->says, i);

      if (say->thread == thread)
        return say;
    }

  return NULL;
}

/* Notes that @say waits, or no longer does, for whoever starts the daemon anew meanwhile. */
static void
set_held (OncEngine *self, const OncSay *say, gboolean held)
{
  OncThread *thread = say->thread;

  if (thread->held == held &&
      (!held || (thread->held_kind == say->kind && thread->held_told == say->alerted)))
    return;

  thread->held = held;
  thread->held_kind = say->kind;
  thread->held_told = say->alerted;
  onc_engine_touch (self, thread);
}

void
onc_engine_say (
    OncEngine *self, OncThread *thread, OncAlert kind, const OncPromise *promise, guint repeat)
{
  OncSay *say;

  /* The first look at a channel ends in one summary. */
  if (onc_engine_is_history (self, thread))
    return;

  say = find_waiting (self, thread);
  if (say == NULL)
    {
      say = g_new0 (OncSay, 1);
      say->thread = onc_thread_ref (thread);
      say->kind = kind;
      g_ptr_array_add (self->says, say);
    }
  /* What waits keeps its kind: that it opened is more than that it still is unclaimed. */
  if (kind != ONC_ALERT_UNCLAIMED || !onc_engine_reason_stands (self, thread, say->kind))
    {
      say->kind = kind;
      g_free (say->promise);
      say->promise = promise != NULL ? g_strdup (onc_promise_key (promise)) : NULL;
    }
  say->level = thread->level;
  say->repeat = repeat;
  say->alert = say->alerted ? kind : say->kind;
  say->alerted = FALSE;
  set_held (self, say, TRUE);
}

/* Emits an effect that has `alert`. @promise: (nullable): a message's ts. */
static void
emit (OncEngine *self,
      OncEffectKind effect_kind,
      OncThread *thread,
      OncAlert kind,
      OncLevel level,
      const char *promise,
      guint repeat)
{
  OncEffect *effect = onc_engine_emit (self, effect_kind, thread);

  effect->alert.kind = kind;
  effect->alert.level = level;
  effect->alert.promise = g_strdup (promise);
  effect->alert.repeat = repeat;
}

void
onc_engine_alert (
    OncEngine *self, OncThread *thread, OncAlert kind, const OncPromise *promise, guint repeat)
{
  if (onc_engine_is_history (self, thread))
    return;

  emit (self, ONC_EFFECT_ALERT, thread, kind, thread->level,
        promise != NULL ? onc_promise_key (promise) : NULL, repeat);
}

/* Whether @instant lies within @span before @now; after it, the clock was set back. */
static gboolean
is_recent (OncInstant instant, OncSpan span, OncInstant now)
{
  return instant <= now && now - instant < span;
}

static gboolean
in_burst (OncEngine *self, OncInstant now)
{
  const OncPolicy *policy = self->policy;

  if (policy->burst_popups == 0)
    return FALSE;
  while (self->shown.length > 0 &&
         !is_recent (*(OncInstant *) g_queue_peek_head (&self->shown), policy->burst_span, now))
    g_free (g_queue_pop_head (&self->shown));

  return self->shown.length >= policy->burst_popups;
}

static void
notify (OncEngine *self, const OncSay *say, OncInstant now)
{
  emit (self, ONC_EFFECT_NOTIFY, say->thread, say->kind, say->level, say->promise, say->repeat);
  say->thread->popup = TRUE;
  say->thread->popup_kind = say->kind;
  if (say->level < ONC_LEVEL_EMERGENCY && self->policy->burst_popups != 0)
    g_queue_push_tail (&self->shown, g_memdup2 (&now, sizeof now));
}

/* The effect shares the list, which may have grown when it is carried out: the same summary, and no
 * work for each of a flood's events that grows with the flood. */
static void
emit_summary (OncEngine *self)
{
  OncEffect *effect = onc_engine_emit (self, ONC_EFFECT_SUMMARY, NULL);

  effect->summary.threads = g_ptr_array_ref (self->folded);
}

/* Begins another summary; those that were emitted keep their list. */
static void
begin_summary (OncEngine *self)
{
  g_ptr_array_unref (self->folded);
  self->folded = g_ptr_array_new_with_free_func ((GDestroyNotify) onc_thread_unref);
  self->summary++;
}

/* Has the summary cover @thread, for the reason @kind. */
static void
cover (OncEngine *self, OncThread *thread, OncAlert kind)
{
  thread->popup = TRUE;
  thread->popup_kind = kind;
  if (thread->summary == self->summary)
    return;
  thread->summary = self->summary;
  g_ptr_array_add (self->folded, onc_thread_ref (thread));
}

/* Folds @say into the summary, which goes on where the last one is recent. */
static void
fold (OncEngine *self, const OncSay *say, OncInstant now)
{
  if (self->folded_at != now && !is_recent (self->folded_at, self->policy->burst_span, now))
    begin_summary (self);
  self->folded_at = now;
  cover (self, say->thread, say->kind);
}

void
onc_engine_withdraw (OncEngine *self, OncThread *thread)
{
  onc_engine_emit (self, ONC_EFFECT_WITHDRAW, thread);
  thread->popup = FALSE;
  /* A summary that goes on is shown anew, and this one is not to come back with it. */
  if (thread->summary == self->summary)
    g_ptr_array_remove (self->folded, thread);
  thread->summary = 0;
}

OncInstant
onc_engine_says_deadline (const OncEngine *self)
{
  if (self->says->len == 0)
    return 0;

  return MAX (self->held_until, self->says_wake);
}

void
onc_engine_hold_says (OncEngine *self, OncInstant now)
{
  self->held_until = now + HOLD;
}

/* How much @say presses is not only a question of the thread: nobody sleeps through a promise. */
static OncLevel
level_of (const OncSay *say)
{
  return onc_alert_is_due (say->kind) ? MAX (say->level, ONC_LEVEL_URGENT) : say->level;
}

/* Tells scripts of @say, and keeps it where its popup has to wait. Takes @say.
 * Returns: (transfer full) (nullable): NULL where nothing is to be shown now. */
static OncSay *
sift (OncEngine *self, OncSay *say, OncInstant now)
{
  OncInstant until;

  if (!onc_engine_reason_stands (self, say->thread, say->kind))
    {
      set_held (self, say, FALSE);
      onc_say_free (say);
      return NULL;
    }
  if (!say->alerted)
    emit (self, ONC_EFFECT_ALERT, say->thread, say->alert, say->thread->level, say->promise,
          say->repeat);
  say->alerted = TRUE;

  until = onc_engine_quiet_until (self, level_of (say), now);
  set_held (self, say, until != 0);
  if (until == 0)
    return say;
  if (until != ONC_QUIET_OPEN_END && (self->says_wake == 0 || until < self->says_wake))
    self->says_wake = until;
  g_ptr_array_add (self->says, say);

  return NULL;
}

void
onc_engine_flush_says (OncEngine *self, OncInstant now, gboolean fold_all)
{
  g_autoptr (GPtrArray) waiting = NULL;
  g_autoptr (GPtrArray) says = NULL;
  guint foldable = 0;
  gboolean folded = FALSE;

  /* Where the clock was set back, the wait is over too. */
  if (self->says->len == 0 || (now < self->held_until && now >= self->held_until - HOLD))
    return;

  fold_all = fold_all || self->held_until != 0;
  self->held_until = 0;
  waiting = g_steal_pointer (&self->says);
  g_ptr_array_set_free_func (waiting, NULL);
  says = g_ptr_array_new_with_free_func ((GDestroyNotify) onc_say_free);
  self->says = g_ptr_array_new_with_free_func ((GDestroyNotify) onc_say_free);
  self->says_wake = 0;
  for (guint i = 0; i < waiting->len; i++)
    {
      OncSay *say = g_ptr_array_index (waiting, i);
      gboolean waited = say->alerted;

      say = sift (self, say, now);
      if (say == NULL)
        continue;
      g_ptr_array_add (says, say);
      fold_all = fold_all || waited;
      if (say->level < ONC_LEVEL_EMERGENCY)
        foldable++;
    }

  for (guint i = 0; i < says->len; i++)
    {
      const OncSay *say = g_ptr_array_index (says, i);

      if (say->level < ONC_LEVEL_EMERGENCY && ((fold_all && foldable > 1) || in_burst (self, now)))
        {
          fold (self, say, now);
          folded = TRUE;
        }
      else
        notify (self, say, now);
    }
  if (folded)
    emit_summary (self);
}

void
onc_engine_drop_say (OncEngine *self, OncThread *thread)
{
  OncSay *say = thread->held ? find_waiting (self, thread) : NULL;

  if (say != NULL)
    g_ptr_array_remove (self->says, say);
  thread->held = FALSE;
}

/* Puts @thread among what waits, for a reason that scripts know of. */
static void
say_again (OncEngine *self, OncThread *thread, OncAlert kind, const OncPromise *promise)
{
  OncSay *say;

  onc_engine_say (self, thread, kind, promise, 0);
  say = find_waiting (self, thread);
  say->alerted = TRUE;
  set_held (self, say, TRUE);
}

void
onc_engine_hold_again (OncEngine *self, OncThread *thread)
{
  const OncPromise *promise = onc_engine_my_promise (self, thread);

  if (!thread->held || find_waiting (self, thread) != NULL)
    return;
  if (thread->held_told)
    say_again (self, thread, thread->held_kind, promise);
  else
    onc_engine_say (self, thread, thread->held_kind, promise, 0);
}

void
onc_engine_recall_popups (OncEngine *self)
{
  g_autoptr (GPtrArray) threads = onc_engine_list (self);
  g_autoptr (GPtrArray) standing = g_ptr_array_new ();

  for (guint i = 0; i < threads->len; i++)
    {
      OncThread *thread = g_ptr_array_index (threads, i);

      if (thread->popup && thread->level < ONC_LEVEL_EMERGENCY &&
          find_waiting (self, thread) == NULL && !onc_engine_is_history (self, thread))
        g_ptr_array_add (standing, thread);
    }
  if (standing->len + self->says->len < 2)
    return;

  for (guint i = 0; i < standing->len; i++)
    {
      OncThread *thread = g_ptr_array_index (standing, i);

      onc_engine_withdraw (self, thread);
      say_again (self, thread, thread->popup_kind, onc_engine_my_promise (self, thread));
    }
}

void
onc_engine_sum_up (OncEngine *self, const char *const *channels, OncInstant now)
{
  g_autoptr (GPtrArray) threads = onc_engine_list (self);
  gboolean quiet = onc_engine_quiet_until (self, ONC_LEVEL_QUESTION, now) != 0;

  begin_summary (self);
  for (guint i = 0; i < threads->len; i++)
    {
      OncThread *thread = g_ptr_array_index (threads, i);

      /* What came by itself meanwhile was told, or is about to be. */
      if (!g_strv_contains (channels, thread->channel) || thread->popup || thread->held ||
          !onc_engine_reason_stands (self, thread, ONC_ALERT_UNCLAIMED))
        continue;
      if (quiet)
        {
          say_again (self, thread, ONC_ALERT_UNCLAIMED, NULL);
          continue;
        }
      cover (self, thread, ONC_ALERT_UNCLAIMED);
    }
  if (self->folded->len > 0)
    emit_summary (self);
}
