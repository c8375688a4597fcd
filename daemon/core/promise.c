/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "promise.h"

/* After this the promise counts as broken. */
#define BROKEN_AFTER ONC_DAY

/* The points before those of the repetition: the lead, and the time itself. */
#define POINT_LEAD 1
#define POINT_DUE  2

static OncPromise *
promise_new (const OncPost *post, const char *by)
{
  OncPromise *self = g_new0 (OncPromise, 1);

  self->ts = g_strdup (post->ts);
  self->anchor_ts = g_strdup (post->ts);
  self->by = g_ref_string_new_intern (by);
  self->words = g_strdup (post->said.words);
  self->made = onc_ts_to_instant (post->ts);
  self->due = post->said.due;
  return self;
}

static gboolean
has_ended (const OncPromise *self)
{
  return self->ended != 0;
}

static void
end (OncPromise *self, OncInstant at, OncPromiseState state)
{
  self->ended = at;
  self->state = state;
}

/* The asker has answered: the time that was spent waiting does not count. */
static void
resume (OncPromise *self, OncInstant at)
{
  self->due += at - self->paused;
  self->made += at - self->paused;
  self->paused = 0;
}

/* Whether @post sets a time for something to come. */
static gboolean
promises (const OncPost *post)
{
  return post->said.kind == ONC_READING_PROMISE && post->said.due != 0;
}

/* What is posted before this is interim. */
static OncInstant
half_of (const OncPromise *self)
{
  return self->made + (self->due - self->made) / 2;
}

/* What a post of the promiser does to an open promise.
 * Returns: TRUE where the time that it names is that of this promise. */
static gboolean
heed_promiser (OncPromise *self, const OncPost *post, OncSpan grace)
{
  OncInstant at = onc_ts_to_instant (post->ts);
  OncInstant half;

  if (!post->said.speaks)
    return FALSE;
  if (promises (post) && post->said.by != NULL && !g_str_equal (post->said.by, self->by))
    {
      end (self, at, ONC_PROMISE_HANDED_OVER);
      return FALSE;
    }
  if (!promises (post) && (post->said.asks == ONC_QUESTION_ONLY ||
                           (post->said.asks == ONC_QUESTION_TOO && at < half_of (self))))
    {
      if (self->paused == 0 && at <= self->due + grace)
        self->paused = at;
      return FALSE;
    }

  if (self->paused != 0)
    resume (self, at);
  half = half_of (self);
  if (promises (post) && at <= self->due + BROKEN_AFTER &&
      (post->said.revises == ONC_REVISION_FULL ||
       (post->said.revises == ONC_REVISION_EARLY && at < half)))
    {
      g_free (self->anchor_ts);
      self->anchor_ts = g_strdup (post->ts);
      g_free (self->words);
      self->words = g_strdup (post->said.words);
      self->made = at;
      self->due = post->said.due;
      return TRUE;
    }
  if (at < half)
    return FALSE;
  end (self, at, at <= self->due + grace ? ONC_PROMISE_KEPT : ONC_PROMISE_LATE);
  return FALSE;
}

/* Takes one post into account. */
static void
heed (GPtrArray *list, const OncThread *thread, const OncPost *post, OncSpan grace)
{
  OncInstant at = onc_ts_to_instant (post->ts);
  gboolean by_asker = g_strcmp0 (post->user, thread->asker) == 0;
  gboolean taken = FALSE;

  for (guint i = 0; i < list->len; i++)
    {
      OncPromise *promise = g_ptr_array_index (list, i);

      if (has_ended (promise))
        continue;
      if (g_str_equal (promise->by, post->user))
        taken |= heed_promiser (promise, post, grace);
      else if (by_asker && promise->paused != 0 && post->said.speaks)
        resume (promise, at);
    }
  if (promises (post) && !taken)
    {
      OncPromise *promise = promise_new (post, post->said.by != NULL ? post->said.by : post->user);

      g_ptr_array_add (list, promise);
    }
}

/* A person here has called off what the post has set. */
static void
heed_cancellation (GPtrArray *list, const OncPost *post)
{
  for (guint i = 0; post->cancelled != 0 && i < list->len; i++)
    {
      OncPromise *promise = g_ptr_array_index (list, i);

      if (!has_ended (promise) && g_str_equal (promise->anchor_ts, post->ts))
        end (promise, post->cancelled, ONC_PROMISE_CANCELLED);
    }
}

static OncInstant
lead_of (const OncPromise *self, const OncTimings *timings)
{
  OncSpan lead = (self->due - self->made) / 100 * timings->lead_percent;

  return self->due - CLAMP (lead, timings->lead_min, MAX (timings->lead_max, timings->lead_min));
}

static void
work_out_state (OncPromise *self, const OncTimings *timings, OncInstant now)
{
  if (has_ended (self))
    return;

  if (self->paused != 0)
    self->state = ONC_PROMISE_PAUSED;
  else if (now >= self->due + BROKEN_AFTER)
    self->state = ONC_PROMISE_BROKEN;
  else if (now >= self->due + timings->grace)
    self->state = ONC_PROMISE_OVERDUE;
  else if (now >= self->due)
    self->state = ONC_PROMISE_DUE;
  else if (timings->lead_percent != 0 && now >= lead_of (self, timings))
    self->state = ONC_PROMISE_DUE_SOON;
  else
    self->state = ONC_PROMISE_RUNNING;
}

GPtrArray *
onc_promise_work_out (const OncThread *thread, const OncPromiseContext *context, OncInstant now)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) onc_promise_free);

  for (guint i = 0; i < thread->posts->len; i++)
    {
      const OncPost *post = g_ptr_array_index (thread->posts, i);

      if (post->deleted || context->is_bots (context->data, post))
        continue;
      heed (list, thread, post, context->timings->grace);
      heed_cancellation (list, post);
    }
  if (thread->promiser != NULL)
    {
      OncPromise *promise = g_new0 (OncPromise, 1);

      promise->by = g_ref_string_acquire (thread->promiser);
      promise->words = g_strdup ("");
      promise->made = thread->promised_at;
      promise->due = thread->promised;
      g_ptr_array_add (list, promise);
    }
  for (guint i = 0; i < list->len; i++)
    {
      OncPromise *promise = g_ptr_array_index (list, i);

      if (context->closed != 0 && !has_ended (promise))
        end (promise, context->closed, ONC_PROMISE_CANCELLED);
      work_out_state (promise, context->timings, now);
    }

  return list;
}

guint
onc_promise_points (const OncPromise *self, const OncTimings *timings, OncInstant now)
{
  if (now < self->due)
    return timings->lead_percent != 0 && now >= lead_of (self, timings) ? POINT_LEAD : 0;

  return POINT_DUE + onc_repeat_count (&timings->overdue, now - self->due);
}

OncInstant
onc_promise_next (const OncPromise *self, const OncTimings *timings, OncInstant now)
{
  OncInstant broken = self->due + BROKEN_AFTER;
  OncSpan offset;
  OncInstant next;

  if (!onc_promise_state_is_open (self->state) || self->paused != 0)
    return 0;
  if (timings->lead_percent != 0 && now < lead_of (self, timings))
    return lead_of (self, timings);
  if (now < self->due)
    return self->due;

  offset = onc_repeat_offset (&timings->overdue,
                              onc_repeat_count (&timings->overdue, now - self->due) + 1);
  next = offset > 0 ? MIN (self->due + offset, broken) : broken;
  if (now < self->due + timings->grace)
    next = MIN (next, self->due + timings->grace);

  return next;
}

gboolean
onc_promise_equal (const OncPromise *a, const OncPromise *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return g_strcmp0 (a->ts, b->ts) == 0 && g_str_equal (a->by, b->by) && a->due == b->due &&
         a->state == b->state && g_strcmp0 (a->words, b->words) == 0;
}

char *
onc_span_to_words (OncSpan span)
{
  gint64 minutes = (span + ONC_MINUTE / 2) / ONC_MINUTE;

  if (minutes < 60)
    return g_strdup_printf ("%" G_GINT64_FORMAT " min", MAX (minutes, 1));
  if (minutes < 48 * 60 && minutes % 60 == 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT " h", minutes / 60);
  if (minutes < 48 * 60)
    return g_strdup_printf ("%" G_GINT64_FORMAT " h %" G_GINT64_FORMAT " min", minutes / 60,
                            minutes % 60);

  return g_strdup_printf ("%" G_GINT64_FORMAT " days", (minutes + 12 * 60) / (24 * 60));
}

/* Returns: (transfer full): "14:30" in Slack's words; with the date on another day. */
static char *
compose_time (OncInstant due, OncInstant now, GTimeZone *zone)
{
  g_autoptr (GDateTime) due_utc = g_date_time_new_from_unix_utc (due / ONC_SECOND);
  g_autoptr (GDateTime) now_utc = g_date_time_new_from_unix_utc (now / ONC_SECOND);
  g_autoptr (GDateTime) due_local = g_date_time_to_timezone (due_utc, zone);
  g_autoptr (GDateTime) now_local = g_date_time_to_timezone (now_utc, zone);
  gboolean today = g_date_time_get_day_of_year (due_local) ==
                       g_date_time_get_day_of_year (now_local) &&
                   due - now < ONC_DAY;
  g_autofree char *fallback = g_date_time_format (due_local, today ? "%H:%M" : "%Y-%m-%d %H:%M");

  return g_strdup_printf ("<!date^%" G_GINT64_FORMAT "^%s|%s>", due / ONC_SECOND,
                          today ? "{time}" : "{date_short_pretty} at {time}", fallback);
}

char *
onc_promise_compose (
    const char *text, OncInstant due, OncInstant now, GTimeZone *zone, gboolean more)
{
  g_autofree char *time = compose_time (due, now, zone);

  /* The words that every desktop, this one too, reads the promise from again. */
  if (text != NULL && *text != '\0')
    return g_strdup_printf ("%s\nNext update by %s", text, time);
  if (more)
    return g_strdup_printf ("This takes a little longer: next update by %s", time);

  return g_strdup_printf ("I'm on it: next update by %s", time);
}

char *
onc_promise_add_span (const char *text, OncInstant due, OncInstant now)
{
  g_autofree char *span = onc_span_to_words (due - now);

  return g_strdup_printf ("%s (in %s)", text, span);
}

char *
onc_promise_compose_hand_over (const char *user, OncInstant due, OncInstant now, GTimeZone *zone)
{
  g_autofree char *time = compose_time (due, now, zone);

  return g_strdup_printf ("Handing over: <@%s> will post the next update by %s", user, time);
}
