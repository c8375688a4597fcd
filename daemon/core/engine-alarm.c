/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What is said of a thread, when, and for how long it stands. Every alarm is a row of points in
 * time that follow from what is known, and a count of those that have been said: so it does not
 * matter how late somebody looks at the clock, and nothing is said twice. */

#include "engine-private.h"

#include "promise.h"

/* The asker's deadline is spoken of when this part of its time is over, and when all of it is. */
#define DEADLINE_NEAR_PERCENT 75

static const OncTimings *
timings_of (const OncEngine *self, const OncThread *thread)
{
  return &self->policy->timings[thread->level];
}

const OncPromise *
onc_engine_my_promise (const OncEngine *self, const OncThread *thread)
{
  const OncPromise *first = NULL;

  for (guint i = 0; i < thread->promises->len; i++)
    {
      const OncPromise *promise = g_ptr_array_index (thread->promises, i);

      if (onc_promise_state_is_open (promise->state) && onc_engine_is_me (self, promise->by) &&
          (first == NULL || promise->due < first->due))
        first = promise;
    }

  return first;
}

gboolean
onc_engine_reason_stands (const OncEngine *self, const OncThread *thread, OncAlert kind)
{
  const OncPromise *promise;

  if (!thread->listed)
    return FALSE;

  switch (kind)
    {
    case ONC_ALERT_OPENED:
    case ONC_ALERT_UNCLAIMED:
      /* Who this person is may be known only after the thread has been read. */
      return thread->state == ONC_STATE_NEW && !onc_engine_is_me (self, thread->asker);
    case ONC_ALERT_PROMISE_LEAD:
    case ONC_ALERT_PROMISE_DUE:
    case ONC_ALERT_PROMISE_OVERDUE:
      promise = onc_engine_my_promise (self, thread);
      return promise != NULL && promise->state != ONC_PROMISE_RUNNING &&
             promise->state != ONC_PROMISE_PAUSED;
    case ONC_ALERT_STALE_CLAIM:
      return thread->silent_since != 0 && thread->silent_since == thread->silence_told;
    case ONC_ALERT_DEADLINE_NEAR:
    case ONC_ALERT_DEADLINE_PASSED:
      return thread->needed_by != 0 && thread->needed_by == thread->needed_told_for;
    case ONC_ALERT_RAISED:
    case ONC_ALERT_CLAIMED:
    case ONC_ALERT_PROMISE_KEPT:
    case ONC_ALERT_PROMISE_BROKEN:
    case ONC_ALERT_RESOLVED:
    default:
      return TRUE;
    }
}

void
onc_engine_end_snooze (OncThread *thread)
{
  if (thread->snoozed == 0)
    return;

  thread->snoozed = 0;
  thread->fresh |= ONC_CHANGE_SNOOZE;
}

void
onc_engine_update_alarm (
    OncEngine *self, OncThread *thread, gboolean was_listed, gboolean raised, OncInstant now)
{
  gboolean wanted = thread->listed && thread->state == ONC_STATE_NEW &&
                    !onc_engine_is_me (self, thread->asker);

  if (!wanted)
    {
      if (thread->alarm_base != 0 || thread->alarm_mute)
        onc_engine_touch (self, thread);
      thread->alarm_base = 0;
      thread->alarm_told = 0;
      thread->alarm_mute = FALSE;
      if (raised && thread->listed && thread->state == ONC_STATE_LOOKING)
        onc_engine_say (self, thread, ONC_ALERT_RAISED, NULL, 0);
      return;
    }
  if (!raised && (thread->alarm_base != 0 || thread->alarm_mute))
    return;

  onc_engine_touch (self, thread);
  /* What was there before its channel was read for the first time is told once, in the summary, and
   * goes on only while it still is within its time. */
  thread->alarm_mute = onc_engine_is_history (self, thread) &&
                       now - thread->opened > timings_of (self, thread)->target;
  if (thread->alarm_mute)
    return;
  thread->alarm_base = now;
  thread->alarm_told = 0;
  thread->alarm_kind = !was_listed ? ONC_ALERT_OPENED
                       : raised    ? ONC_ALERT_RAISED
                                   : ONC_ALERT_UNCLAIMED;
}

/* Nobody looks. Returns: the next point, or 0. */
static OncInstant
sound_unclaimed (OncEngine *self, OncThread *thread, OncInstant now)
{
  const OncRepeat *repeat = &timings_of (self, thread)->repeat;
  OncSpan next;
  guint points;

  if (thread->alarm_base == 0)
    return 0;
  /* The clock was set back: it goes on from here. */
  if (thread->alarm_base > now)
    {
      thread->alarm_base = now;
      thread->alarm_told = MIN (thread->alarm_told, 1);
      onc_engine_touch (self, thread);
    }

  points = 1 + onc_repeat_count (repeat, now - thread->alarm_base);
  if (points > thread->alarm_told)
    {
      onc_engine_say (self, thread,
                      thread->alarm_told == 0 ? thread->alarm_kind : ONC_ALERT_UNCLAIMED, NULL,
                      points - 1);
      thread->alarm_told = points;
      onc_engine_touch (self, thread);
    }
  next = onc_repeat_offset (repeat, thread->alarm_told);

  return next > 0 ? thread->alarm_base + next : 0;
}

/* Returns: when the next of the promises goes on in its life, or 0. */
static OncInstant
next_of_promises (const OncEngine *self, const OncThread *thread, OncInstant now)
{
  OncInstant next = 0;

  for (guint i = 0; i < thread->promises->len; i++)
    next = onc_engine_earlier (next, onc_promise_next (g_ptr_array_index (thread->promises, i),
                                                       timings_of (self, thread), now));

  return next;
}

static OncAlert
alert_of_points (guint points)
{
  if (points == 1)
    return ONC_ALERT_PROMISE_LEAD;

  return points == 2 ? ONC_ALERT_PROMISE_DUE : ONC_ALERT_PROMISE_OVERDUE;
}

/* Promises of everybody: panels hear of all of them, a popup has only the promiser's own. */
static void
sound_promises (OncEngine *self, OncThread *thread, OncInstant now)
{
  const OncTimings *timings = timings_of (self, thread);

  for (guint i = 0; i < thread->promises->len; i++)
    {
      const OncPromise *promise = g_ptr_array_index (thread->promises, i);
      OncPost *anchor = promise->anchor_ts != NULL
                            ? onc_thread_find_post (thread, promise->anchor_ts)
                            : NULL;
      guint *told = anchor != NULL ? &anchor->told : &thread->promised_told;
      guint points;

      if (!onc_promise_state_is_open (promise->state) || promise->paused != 0)
        continue;
      points = onc_promise_points (promise, timings, now);
      if (points > *told)
        {
          OncAlert kind = alert_of_points (points);

          if (onc_engine_is_me (self, promise->by))
            onc_engine_say (self, thread, kind, promise, points > 3 ? points - 3 : 0);
          else
            onc_engine_alert (self, thread, kind, promise, points > 3 ? points - 3 : 0);
          *told = points;
          if (anchor != NULL)
            onc_engine_save_post (self, thread, anchor);
        }
    }
}

/* Lookers who say nothing. Returns: when they will have done so for too long, or 0. */
static OncInstant
sound_silence (OncEngine *self, OncThread *thread, OncInstant now)
{
  OncSpan patience = timings_of (self, thread)->stale_claim;
  gboolean mine = FALSE;

  if (thread->silent_since == 0 || patience == 0 || thread->silence_told == thread->silent_since)
    return 0;
  if (now < thread->silent_since + patience)
    return thread->silent_since + patience;

  for (guint i = 0; i < thread->lookers->len; i++)
    mine = mine || onc_engine_is_me (
                       self, ((const OncLooker *) g_ptr_array_index (thread->lookers, i))->user);
  if (mine)
    onc_engine_say (self, thread, ONC_ALERT_STALE_CLAIM, NULL, 0);
  else
    onc_engine_alert (self, thread, ONC_ALERT_STALE_CLAIM, NULL, 0);
  thread->silence_told = thread->silent_since;
  onc_engine_touch (self, thread);

  return 0;
}

/* Whether the asker's deadline is this person's business: somebody else's thread that nobody looks
 * at, or that this person does. */
static gboolean
concerns_me (const OncEngine *self, const OncThread *thread)
{
  if (onc_engine_is_me (self, thread->asker))
    return FALSE;
  for (guint i = 0; i < thread->lookers->len; i++)
    {
      const OncLooker *looker = g_ptr_array_index (thread->lookers, i);

      if (onc_engine_is_me (self, looker->user))
        return TRUE;
    }

  return thread->state == ONC_STATE_NEW;
}

/* The asker's deadline. Returns: the next of its two points, or 0. */
static OncInstant
sound_deadline (OncEngine *self, OncThread *thread, OncInstant now)
{
  OncInstant near = thread->needed_from +
                    (thread->needed_by - thread->needed_from) / 100 * DEADLINE_NEAR_PERCENT;
  guint points;

  if (thread->needed_by == 0)
    return 0;
  if (thread->needed_told_for != thread->needed_by)
    {
      thread->needed_told_for = thread->needed_by;
      thread->needed_told = 0;
      onc_engine_touch (self, thread);
    }

  points = now >= thread->needed_by ? 2 : now >= near ? 1 : 0;
  if (points > thread->needed_told)
    {
      OncAlert kind = points == 2 ? ONC_ALERT_DEADLINE_PASSED : ONC_ALERT_DEADLINE_NEAR;

      if (concerns_me (self, thread))
        onc_engine_say (self, thread, kind, NULL, 0);
      else
        onc_engine_alert (self, thread, kind, NULL, 0);
      thread->needed_told = points;
      onc_engine_touch (self, thread);
    }

  return thread->needed_told == 0 ? near : thread->needed_told == 1 ? thread->needed_by : 0;
}

OncInstant
onc_engine_sound_alarms (OncEngine *self, OncThread *thread, OncInstant now)
{
  OncInstant next;

  if (!thread->listed)
    return 0;
  if (thread->snoozed > now)
    return onc_engine_earlier (thread->snoozed, next_of_promises (self, thread, now));
  if (thread->snoozed != 0)
    {
      thread->snoozed = 0;
      onc_engine_touch (self, thread);
      onc_engine_emit (self, ONC_EFFECT_CHANGED, thread)->changes = ONC_CHANGE_SNOOZE;
    }

  next = sound_unclaimed (self, thread, now);
  next = onc_engine_earlier (next, sound_deadline (self, thread, now));
  next = onc_engine_earlier (next, sound_silence (self, thread, now));
  sound_promises (self, thread, now);

  return onc_engine_earlier (next, next_of_promises (self, thread, now));
}
