/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The life of promised updates, as stories. The reading of sentences has tests of its own. */

#include "message.h"
#include "promise.h"
#include "world.h"

/* The promise at @index of thread 1. */
static const OncPromise *
promise (World *world, guint index)
{
  const OncThread *thread = world_thread (world, 1);

  g_assert_cmpuint (index, <, thread->promises->len);
  return g_ptr_array_index (thread->promises, index);
}

static void
assert_promise (World *world, guint index, const char *by, OncPromiseState state, OncInstant due)
{
  g_assert_cmpstr (promise (world, index)->by, ==, by);
  g_assert_cmpstr (onc_promise_state_to_string (promise (world, index)->state), ==,
                   onc_promise_state_to_string (state));
  /* Messages have odd microseconds. */
  g_assert_cmpint (ABS (promise (world, index)->due - due), <, ONC_SECOND);
}

static void
test_a_sentence_makes_a_promise (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_ask (world);

  world_post (world, WORLD_OTHER, root, "I'll have an update in 30 minutes");
  assert_promise (world, 0, WORLD_OTHER, ONC_PROMISE_RUNNING, world->now + 30 * ONC_MINUTE);
  g_assert_cmpint (world_thread (world, 1)->next_due, ==, promise (world, 0)->due);
  g_assert_cmpstr (promise (world, 0)->words, !=, "");
}

static void
test_a_promise_without_a_time_has_no_timer (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_ask (world);

  world_post (world, WORLD_OTHER, root, "I'll get back to you soon");
  g_assert_cmpuint (world_thread (world, 1)->promises->len, ==, 0);
}

static void
test_its_states_follow_the_clock (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_ask (world);
  static const struct
  {
    OncSpan at;
    OncPromiseState state;
  } steps[] = {
    { 24 * ONC_MINUTE - ONC_SECOND, ONC_PROMISE_RUNNING },
    { 24 * ONC_MINUTE + ONC_SECOND, ONC_PROMISE_DUE_SOON },
    { 30 * ONC_MINUTE + ONC_SECOND, ONC_PROMISE_DUE },
    { 35 * ONC_MINUTE + ONC_SECOND, ONC_PROMISE_OVERDUE },
    { ONC_DAY + 29 * ONC_MINUTE, ONC_PROMISE_OVERDUE },
    { ONC_DAY + 31 * ONC_MINUTE, ONC_PROMISE_BROKEN },
  };
  OncInstant start = world->now;
  OncInstant due = start + 30 * ONC_MINUTE;

  world_post (world, WORLD_OTHER, root, "give me 30 minutes");
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      world_wait (world, start + steps[i].at - world->now);
      assert_promise (world, 0, WORLD_OTHER, steps[i].state, due);
    }
}

static void
test_my_own_is_spoken_of_before_at_and_after_its_time (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_ask (world);

  world_post (world, WORLD_ME, root, "give me 30 minutes");
  world_skip (world);
  world_wait (world, 24 * ONC_MINUTE + ONC_SECOND);
  world_assert_told (world,
                     "changed 1 promises; alert 1 promise-lead; notify 1 promise-lead urgent");
  world_wait (world, 6 * ONC_MINUTE);
  world_assert_told (world, "changed 1 promises; alert 1 promise-due; notify 1 promise-due urgent");
  world_wait (world, 5 * ONC_MINUTE);
  world_assert_told (
      world, "changed 1 promises; alert 1 promise-overdue; notify 1 promise-overdue urgent");
  world_wait (world, 5 * ONC_MINUTE);
  world_assert_told (world, "alert 1 promise-overdue; notify 1 promise-overdue urgent x1");
}

static void
test_that_of_others_is_told_to_panels_only (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_ask (world);

  world_post (world, WORLD_OTHER, root, "give me 30 minutes");
  world_skip (world);
  world_wait (world, 31 * ONC_MINUTE);
  world_assert_told (world, "changed 1 promises; alert 1 promise-due");
  g_assert_cmpuint (onc_engine_totals (world->engine).overdue, ==, 0);
  world_wait (world, 10 * ONC_MINUTE);
  g_assert_cmpuint (onc_engine_totals (world->engine).overdue, ==, 1);
}

/* Ticks at the world's time. Returns: (transfer full): the ts of the promise of the only alert. */
static char *
tick_for_promise (World *world)
{
  g_autoptr (GPtrArray) effects = onc_engine_tick (world->engine, world->now);
  char *promise_ts = NULL;

  g_ptr_array_set_free_func (effects, (GDestroyNotify) onc_effect_free);
  for (guint i = 0; i < effects->len; i++)
    {
      const OncEffect *effect = g_ptr_array_index (effects, i);

      if (effect->kind != ONC_EFFECT_ALERT)
        continue;
      g_assert_null (promise_ts);
      promise_ts = g_strdup (effect->alert.promise);
    }

  return promise_ts;
}

static void
test_an_alert_names_its_promise (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_ask (world);
  const char *one = world_post (world, WORLD_OTHER, root, "I'll be back in 1 hour");
  const char *two = world_post (world, WORLD_ME, root, "give me 30 minutes");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  world_sleep (world, 24 * ONC_MINUTE + ONC_SECOND);
  first = tick_for_promise (world);
  g_assert_cmpstr (first, ==, two);
  world_sleep (world, 5 * ONC_MINUTE);
  world_post (world, WORLD_ME, root, "it is the cache");
  world_sleep (world, 20 * ONC_MINUTE);
  second = tick_for_promise (world);
  g_assert_cmpstr (second, ==, one);
}

static void
test_a_post_after_half_of_the_time_keeps_it (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_ask (world);
  OncInstant due = world->now + 30 * ONC_MINUTE;

  world_post (world, WORLD_ME, root, "give me 30 minutes");
  world_wait (world, 10 * ONC_MINUTE);
  world_post (world, WORLD_ME, root, "looking at the logs");
  assert_promise (world, 0, WORLD_ME, ONC_PROMISE_RUNNING, due);
  world_wait (world, 17 * ONC_MINUTE);
  world_skip (world);
  world_post (world, WORLD_ME, root, "found it, the totals are cached");
  assert_promise (world, 0, WORLD_ME, ONC_PROMISE_KEPT, due);
  world_assert_told (world, "changed 1 activity promises; alert 1 promise-kept; withdraw 1");
  world_wait (world, 10 * ONC_MINUTE);
  world_assert_told (world, "");
}

static void
test_within_the_grace_it_is_kept_and_after_it_late (void)
{
  static const struct
  {
    OncSpan at;
    OncPromiseState state;
  } cases[] = {
    { 34 * ONC_MINUTE, ONC_PROMISE_KEPT },
    { 36 * ONC_MINUTE, ONC_PROMISE_LATE },
    { 3 * ONC_HOUR, ONC_PROMISE_LATE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (World) world = world_new ();
      const char *root = world_ask (world);
      OncInstant due = world->now + 30 * ONC_MINUTE;

      world_post (world, WORLD_ME, root, "give me 30 minutes");
      world_wait (world, cases[i].at);
      world_post (world, WORLD_ME, root, "found it, the totals are cached");
      assert_promise (world, 0, WORLD_ME, cases[i].state, due);
    }
}

static void
test_thanks_emoji_others_and_edits_keep_nothing (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_ask (world);
  OncInstant due = world->now + 30 * ONC_MINUTE;
  const char *early;

  world_post (world, WORLD_ME, root, "give me 30 minutes");
  early = world_post (world, WORLD_ME, root, "looking");
  world_wait (world, 28 * ONC_MINUTE);
  world_post (world, WORLD_ME, root, ":eyes: :hourglass:");
  world_post (world, WORLD_ME, root, "thanks!");
  world_post (world, WORLD_ME, root, "👍");
  world_post (world, WORLD_OTHER, root, "any news?");
  world_edit (world, WORLD_ME, root, early, "looking at it with all my might");
  assert_promise (world, 0, WORLD_ME, ONC_PROMISE_DUE_SOON, due);
}

static void
test_a_question_keeps_nothing_but_an_update_that_asks_does (void)
{
  static const struct
  {
    OncSpan at;
    const char *text;
    OncPromiseState state;
  } cases[] = {
    { 20 * ONC_MINUTE, "Hi Ann! Which school is it?", ONC_PROMISE_PAUSED },
    { 20 * ONC_MINUTE, "please send me the school's name by 15:00", ONC_PROMISE_PAUSED },
    { 20 * ONC_MINUTE, "The totals come from the cache. Is it better now?", ONC_PROMISE_KEPT },
    { 10 * ONC_MINUTE, "The totals come from the cache. Is it better now?", ONC_PROMISE_PAUSED },
    { 36 * ONC_MINUTE, "is it still so?", ONC_PROMISE_OVERDUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (World) world = world_new ();
      const char *root = world_ask (world);
      OncInstant due = world->now + 30 * ONC_MINUTE;

      g_test_message ("%s", cases[i].text);
      world_post (world, WORLD_ME, root, "give me 30 minutes");
      world_wait (world, cases[i].at);
      world_post (world, WORLD_ME, root, cases[i].text);
      assert_promise (world, 0, WORLD_ME, cases[i].state, due);
    }
}

static void
test_edited_away_or_deleted_it_is_gone (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_ask (world);
  const char *one = world_post (world, WORLD_ME, root, "give me 30 minutes");
  const char *two = world_post (world, WORLD_OTHER, root, "I'll call them by 14:00");

  g_assert_cmpuint (world_thread (world, 1)->promises->len, ==, 2);
  world_edit (world, WORLD_ME, root, one, "give me a hint");
  g_assert_cmpuint (world_thread (world, 1)->promises->len, ==, 1);
  world_delete (world, root, two);
  g_assert_cmpuint (world_thread (world, 1)->promises->len, ==, 0);
  g_assert_cmpint (world_thread (world, 1)->next_due, ==, 0);
}

static void
test_an_edit_of_its_time_counts_from_when_it_was_said (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_ask (world);
  OncInstant said = world->now;
  const char *one = world_post (world, WORLD_ME, root, "give me 30 minutes");

  world_wait (world, 5 * ONC_MINUTE);
  world_edit (world, WORLD_ME, root, one, "give me 45 minutes");
  assert_promise (world, 0, WORLD_ME, ONC_PROMISE_RUNNING, said + 45 * ONC_MINUTE);
}

static void
test_better_words_for_the_same_time_say_nothing_again (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_ask (world);
  const char *one = world_post (world, WORLD_ME, root, "giev me 30 minutes, back in 30 minutes");

  world_wait (world, 36 * ONC_MINUTE);
  world_skip (world);
  world_edit (world, WORLD_ME, root, one, "Give me 30 minutes, back in 30 minutes");
  g_assert_null (strstr (world->told->str, "promise-"));
}

static void
test_better_words_do_not_revive_what_was_cancelled (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_ask (world);
  const char *one = world_post (world, WORLD_ME, root, "I'll be back in 30 minutes");

  g_assert_true (world_act (world, 1, ONC_ACTION_CANCEL_PROMISE, NULL, ONC_LEVEL_QUESTION));
  world_edit (world, WORLD_ME, root, one, "I will be back in 30 minutes");
  g_assert_cmpint (promise (world, 0)->state, ==, ONC_PROMISE_CANCELLED);
}

/* What is left in the outbox of an earlier daemon. */
static void
test_a_promise_handed_over_is_another_s_after_a_restart_too (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_ask (world);
  OncEvent *event = onc_event_new (ONC_EVENT_WRITE);
  OncInstant due = world->now + 30 * ONC_MINUTE;

  event->write.team = g_strdup (WORLD_TEAM);
  event->write.channel = g_strdup (WORLD_CHANNEL);
  event->write.root_ts = g_strdup (root);
  event->write.user = g_strdup (WORLD_ME);
  event->write.text = onc_promise_compose_hand_over (WORLD_OTHER, due, world->now,
                                                     world->policy->zone);
  event->write.outcome = ONC_WRITE_QUEUED;
  world_apply (world, event);
  assert_promise (world, 0, WORLD_OTHER, ONC_PROMISE_RUNNING, due);
}

static void
test_putting_it_off_in_the_thread_moves_it (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_ask (world);

  world_post (world, WORLD_ME, root, "give me 30 minutes");
  world_wait (world, 29 * ONC_MINUTE);
  world_post (world, WORLD_ME, root, "give me another 20 minutes");
  g_assert_cmpuint (world_thread (world, 1)->promises->len, ==, 1);
  assert_promise (world, 0, WORLD_ME, ONC_PROMISE_RUNNING, world->now + 20 * ONC_MINUTE);
}

static void
test_an_update_with_the_next_time_keeps_one_and_makes_one (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_ask (world);
  OncInstant due = world->now + 30 * ONC_MINUTE;

  world_post (world, WORLD_ME, root, "give me 30 minutes");
  world_wait (world, 29 * ONC_MINUTE);
  world_post (world, WORLD_ME, root, "It is the cache. I'll have a fix in 1 hour");
  g_assert_cmpuint (world_thread (world, 1)->promises->len, ==, 2);
  assert_promise (world, 0, WORLD_ME, ONC_PROMISE_KEPT, due);
  assert_promise (world, 1, WORLD_ME, ONC_PROMISE_RUNNING, world->now + ONC_HOUR);
}

static void
test_one_person_can_promise_several_things (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_ask (world);
  OncInstant start = world->now;

  world_post (world, WORLD_ME, root, "I'll have an update in 30 minutes");
  world_wait (world, ONC_MINUTE);
  world_post (world, WORLD_ME, root, "I'll call the customer at 13:00");
  g_assert_cmpuint (world_thread (world, 1)->promises->len, ==, 2);
  assert_promise (world, 0, WORLD_ME, ONC_PROMISE_RUNNING, start + 30 * ONC_MINUTE);
  assert_promise (world, 1, WORLD_ME, ONC_PROMISE_RUNNING, start + 3 * ONC_HOUR);
  world_wait (world, 25 * ONC_MINUTE);
  world_post (world, WORLD_ME, root, "it is the cache");
  assert_promise (world, 0, WORLD_ME, ONC_PROMISE_KEPT, start + 30 * ONC_MINUTE);
  assert_promise (world, 1, WORLD_ME, ONC_PROMISE_RUNNING, start + 3 * ONC_HOUR);
  g_assert_cmpint (world_thread (world, 1)->next_due, ==, promise (world, 1)->due);
}

static void
test_the_next_update_is_only_one (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_ask (world);

  g_assert_true (world_act (world, 1, ONC_ACTION_PROMISE, NULL, 0));
  world_post (world, WORLD_ME, root, "I'm on it: next update in 30 min");
  world_written (world, root, NULL, TRUE, ONC_WRITE_DONE);
  world_wait (world, 5 * ONC_MINUTE);
  world_skip (world);
  g_assert_true (world_do (
      world, 1, (OncAction){ .kind = ONC_ACTION_PROMISE, .when = world->now + ONC_HOUR }));
  g_assert_nonnull (strstr (world->told->str, "This takes a little longer"));
  world_post (world, WORLD_ME, root, "It is bigger than I thought, next update in 1 hour");
  world_written (world, root, NULL, TRUE, ONC_WRITE_DONE);
  g_assert_cmpuint (world_thread (world, 1)->promises->len, ==, 1);
  assert_promise (world, 0, WORLD_ME, ONC_PROMISE_RUNNING, world->now + ONC_HOUR);
}

static void
test_several_people_promise_side_by_side (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_ask (world);
  OncInstant start = world->now;

  world_post (world, WORLD_OTHER, root, "I'll be back in 1 hour");
  world_post (world, WORLD_ME, root, "give me 30 minutes");
  g_assert_cmpint (ABS (world_thread (world, 1)->next_due - start - 30 * ONC_MINUTE), <,
                   ONC_SECOND);
  world_wait (world, 20 * ONC_MINUTE);
  world_post (world, WORLD_ME, root, "it is the cache");
  assert_promise (world, 0, WORLD_OTHER, ONC_PROMISE_RUNNING, start + ONC_HOUR);
  assert_promise (world, 1, WORLD_ME, ONC_PROMISE_KEPT, start + 30 * ONC_MINUTE);
}

static void
test_waiting_for_the_asker_pauses_it (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_ask (world);
  OncInstant due = world->now + 30 * ONC_MINUTE;

  world_post (world, WORLD_ME, root, "give me 30 minutes");
  world_wait (world, 10 * ONC_MINUTE);
  world_post (world, WORLD_ME, root, "which school is it?");
  assert_promise (world, 0, WORLD_ME, ONC_PROMISE_PAUSED, due);
  world_skip (world);
  world_wait (world, 40 * ONC_MINUTE);
  world_assert_told (world, "");
  world_post (world, WORLD_OTHER, root, "no idea");
  assert_promise (world, 0, WORLD_ME, ONC_PROMISE_PAUSED, due);
  world_post (world, WORLD_ASKER, root, "Harbour School");
  assert_promise (world, 0, WORLD_ME, ONC_PROMISE_RUNNING, due + 40 * ONC_MINUTE);
}

static void
test_it_ends_with_the_thread_and_runs_on_when_that_reopens (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_ask (world);
  OncInstant due = world->now + 30 * ONC_MINUTE;
  g_autoptr (OncThread) thread = onc_thread_ref (onc_engine_find_number (world->engine, 1));
  OncEvent *stored;

  world_post (world, WORLD_ME, root, "give me 30 minutes");
  world_wait (world, ONC_MINUTE);
  world_react (world, WORLD_OTHER, NULL, root, "white_check_mark");
  g_assert_cmpint (((OncPromise *) thread->promises->pdata[0])->state, ==, ONC_PROMISE_CANCELLED);

  stored = onc_event_new (ONC_EVENT_STORED);
  stored->stored = onc_thread_ref (thread);
  world_apply (world, stored);
  world_unreact (world, WORLD_OTHER, NULL, root, "white_check_mark");
  assert_promise (world, 0, WORLD_ME, ONC_PROMISE_RUNNING, due);
}

static void
test_a_post_that_came_in_time_counts_however_late_it_is_seen (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_ask (world);
  OncInstant due = world->now + 30 * ONC_MINUTE;

  world_post (world, WORLD_ME, root, "give me 30 minutes");
  world_wait (world, 2 * ONC_DAY);
  assert_promise (world, 0, WORLD_ME, ONC_PROMISE_BROKEN, due);
  world_find (world, WORLD_ME, root, "it is the cache", 2 * ONC_DAY - 29 * ONC_MINUTE);
  assert_promise (world, 0, WORLD_ME, ONC_PROMISE_KEPT, due);
}

static void
test_after_a_sleep_it_is_told_once (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_ask (world);

  world_post (world, WORLD_ME, root, "give me 30 minutes");
  world_skip (world);
  world_wait (world, 3 * ONC_HOUR);
  world_assert_told (
      world, "changed 1 promises; alert 1 promise-overdue; notify 1 promise-overdue urgent x10");
  world_wait (world, 0);
  world_assert_told (world, "");
}

static void
test_several_slept_through_are_one_summary (void)
{
  g_autoptr (World) world = world_new ();

  for (guint i = 0; i < 3; i++)
    {
      const char *root = world_post (world, WORLD_ASKER, NULL, "@oncall the export is wrong");

      world_post (world, WORLD_ME, root, "give me 30 minutes");
    }
  world_skip (world);
  world_wait (world, 3 * ONC_HOUR);
  g_assert_null (strstr (world->told->str, "notify"));
  g_assert_nonnull (strstr (world->told->str, "summary 1 2 3"));
}

static void
test_one_click_claims_posts_and_times (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_ask (world);
  OncInstant due = world->now + 30 * ONC_MINUTE;

  g_assert_true (world_act (world, 1, ONC_ACTION_PROMISE, NULL, 0));
  world_assert_told (world, "react 1 +eyes; post 1 'I'm on it: next update by "
                            "<!date^1772447400^{time}|10:30>'; "
                            "changed 1 state lookers promises; alert 1 claimed; withdraw 1");
  assert_promise (world, 0, WORLD_ME, ONC_PROMISE_RUNNING, due);
  g_assert_null (promise (world, 0)->ts);

  /* What was posted is what every desktop reads; then the timer is the message's own. */
  world_post (world, WORLD_ME, root,
              "I'm on it: next update by <!date^1772447400^{time}|10:30> (in 30 min)");
  world_written (world, root, NULL, TRUE, ONC_WRITE_DONE);
  g_assert_cmpuint (world_thread (world, 1)->promises->len, ==, 1);
  g_assert_nonnull (promise (world, 0)->ts);
  assert_promise (world, 0, WORLD_ME, ONC_PROMISE_RUNNING, due);
}

static void
test_what_is_composed_is_read_back (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  g_autoptr (OncHours) hours = onc_hours_new_from_string ("Mon-Fri 09:00-17:00", NULL);
  const OncWhenContext context = { .zone = zone, .hours = hours };
  OncInstant now = G_GINT64_CONSTANT (1772445600) * ONC_SECOND;
  static const OncSpan spans[] = { ONC_MINUTE,    15 * ONC_MINUTE, 90 * ONC_MINUTE, 5 * ONC_HOUR,
                                   20 * ONC_HOUR, ONC_DAY,         3 * ONC_DAY,     40 * ONC_DAY };

  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    {
      g_autofree char *texts[] = {
        onc_promise_compose (NULL, now + spans[i], now, zone, FALSE),
        onc_promise_compose (NULL, now + spans[i], now, zone, TRUE),
        onc_promise_compose ("it is the cache, no doubt", now + spans[i], now, zone, FALSE),
        onc_promise_compose_hand_over ("UBOB", now + spans[i], now, zone)
      };

      for (guint j = 0; j < G_N_ELEMENTS (texts); j++)
        {
          OncSaid said;

          g_test_message ("%s", texts[j]);
          onc_said_read (&said, texts[j], now, &context);
          g_assert_cmpint (said.kind, ==, ONC_READING_PROMISE);
          g_assert_cmpint (ABS (said.due - now - spans[i]), <=, ONC_MINUTE);
          g_assert_cmpint (said.revises, ==, j == 1 ? ONC_REVISION_FULL : ONC_REVISION_EARLY);
          g_assert_cmpstr (said.by, ==, j == 3 ? "UBOB" : NULL);
          onc_said_clear (&said);
          if (j > 0)
            g_free (texts[j]);
        }
    }
}

static void
test_extending_posts_and_moves (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_ask (world);
  OncInstant due = world->now + 30 * ONC_MINUTE;
  const OncAction extend = { .kind = ONC_ACTION_EXTEND_PROMISE, .by = 15 * ONC_MINUTE };

  g_assert_false (world_do (world, 1, extend));
  world_post (world, WORLD_ME, root, "give me 30 minutes");
  world_wait (world, 29 * ONC_MINUTE);
  world_skip (world);
  g_assert_true (world_do (world, 1, extend));
  g_assert_nonnull (strstr (world->told->str, "This takes a little longer: next update by"));
  g_assert_nonnull (strstr (world->told->str, "|10:45>'"));
  world_post (world, WORLD_ME, root,
              "This takes a little longer: next update by <!date^1772448300^{time}|10:45> "
              "(in 16 min)");
  world_written (world, root, NULL, TRUE, ONC_WRITE_DONE);
  g_assert_cmpuint (world_thread (world, 1)->promises->len, ==, 1);
  assert_promise (world, 0, WORLD_ME, ONC_PROMISE_RUNNING, due + 15 * ONC_MINUTE);
}

static void
test_handing_over_binds_the_other (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_ask (world);
  OncInstant due = world->now + 30 * ONC_MINUTE;

  world_post (world, WORLD_ME, root, "give me 30 minutes");
  g_assert_true (
      world_do (world, 1, (OncAction){ .kind = ONC_ACTION_HAND_OVER, .whom = WORLD_OTHER }));
  world_post (world, WORLD_ME, root,
              "Handing over: <@UBOB> will post the next update by "
              "<!date^1772447400^{time}|10:30> (in 30 min)");
  world_written (world, root, NULL, TRUE, ONC_WRITE_DONE);
  assert_promise (world, 0, WORLD_ME, ONC_PROMISE_HANDED_OVER, due);
  assert_promise (world, 1, WORLD_OTHER, ONC_PROMISE_RUNNING, due);
  g_assert_false (
      world_do (world, 1, (OncAction){ .kind = ONC_ACTION_HAND_OVER, .whom = WORLD_OTHER }));
}

static void
test_calling_it_off_posts_nothing (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_ask (world);
  OncInstant due = world->now + 30 * ONC_MINUTE;

  world_post (world, WORLD_ME, root, "give me 30 minutes");
  world_skip (world);
  g_assert_true (world_act (world, 1, ONC_ACTION_CANCEL_PROMISE, NULL, 0));
  world_assert_told (world, "changed 1 promises");
  assert_promise (world, 0, WORLD_ME, ONC_PROMISE_CANCELLED, due);
  g_assert_false (world_act (world, 1, ONC_ACTION_CANCEL_PROMISE, NULL, 0));
}

static void
test_a_refused_reply_promises_nothing (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_ask (world);

  g_assert_true (world_act (world, 1, ONC_ACTION_PROMISE, NULL, 0));
  world_written (world, root, NULL, TRUE, ONC_WRITE_REFUSED);
  g_assert_cmpuint (world_thread (world, 1)->promises->len, ==, 0);
}

static void
test_times_that_are_over_are_refused (void)
{
  g_autoptr (World) world = world_new ();

  world_ask (world);
  g_assert_false (
      world_do (world, 1, (OncAction){ .kind = ONC_ACTION_PROMISE, .when = world->now }));
  g_assert_false (
      world_do (world, 1, (OncAction){ .kind = ONC_ACTION_SNOOZE, .when = world->now - 1 }));
  g_assert_false (
      world_do (world, 1, (OncAction){ .kind = ONC_ACTION_SET_NEEDED_BY, .when = world->now }));
}

static void
test_promises_go_on_in_a_snooze (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_ask (world);
  OncInstant due = world->now + 30 * ONC_MINUTE;

  world_post (world, WORLD_ME, root, "give me 30 minutes");
  g_assert_true (
      world_do (world, 1, (OncAction){ .kind = ONC_ACTION_SNOOZE, .when = world->now + ONC_HOUR }));
  world_skip (world);
  world_wait (world, 31 * ONC_MINUTE);
  world_assert_told (world, "changed 1 promises");
  assert_promise (world, 0, WORLD_ME, ONC_PROMISE_DUE, due);
  world_wait (world, 5 * ONC_MINUTE);
  g_assert_cmpuint (onc_engine_totals (world->engine).overdue, ==, 1);
}

static void
test_a_promise_runs_while_slack_cannot_be_told (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_ask (world);

  g_assert_true (world_act (world, 1, ONC_ACTION_PROMISE, NULL, 0));
  world_skip (world);
  world_wait (world, 25 * ONC_MINUTE);
  world_assert_told (world,
                     "changed 1 promises; alert 1 promise-lead; notify 1 promise-lead urgent");

  /* It comes through at last, and is not spoken of again for the same reason. */
  world_post (world, WORLD_ME, root,
              "I'm on it: next update by <!date^1772447400^{time}|10:30> (in 30 min)");
  world_written (world, root, NULL, TRUE, ONC_WRITE_DONE);
  g_assert_null (strstr (world->told->str, "notify"));
  world_wait (world, 5 * ONC_MINUTE);
  g_assert_nonnull (strstr (world->told->str, "notify 1 promise-due"));
}

static void
test_many_promises_cost_one_deadline (void)
{
  g_autoptr (World) world = world_new ();
  OncInstant start = world->now;

  for (guint i = 0; i < 200; i++)
    {
      const char *root = world_post (world, WORLD_ASKER, NULL, "the export is wrong");
      g_autofree char *text = g_strdup_printf ("I'll have an update in %u minutes", 600 - i);

      world_post (world, WORLD_OTHER, root, text);
    }
  g_assert_cmpint (
      ABS (onc_engine_find_next_due (world->engine)->next_due - start - 401 * ONC_MINUTE), <,
      ONC_SECOND);

  /* Whichever goes, the next one comes to the front. */
  for (guint32 number = 200; number > 1; number--)
    {
      g_assert_cmpuint (onc_engine_find_next_due (world->engine)->number, ==, number);
      world_react (world, WORLD_OTHER, NULL, world_thread (world, number)->ts, "white_check_mark");
    }
  world_react (world, WORLD_OTHER, NULL, world_thread (world, 1)->ts, "white_check_mark");
  g_assert_null (onc_engine_find_next_due (world->engine));
}

#define ADD(test) g_test_add_func ("/promises/" #test, test_##test)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (a_sentence_makes_a_promise);
  ADD (a_promise_without_a_time_has_no_timer);
  ADD (its_states_follow_the_clock);
  ADD (my_own_is_spoken_of_before_at_and_after_its_time);
  ADD (that_of_others_is_told_to_panels_only);
  ADD (an_alert_names_its_promise);
  ADD (a_post_after_half_of_the_time_keeps_it);
  ADD (within_the_grace_it_is_kept_and_after_it_late);
  ADD (thanks_emoji_others_and_edits_keep_nothing);
  ADD (a_question_keeps_nothing_but_an_update_that_asks_does);
  ADD (edited_away_or_deleted_it_is_gone);
  ADD (an_edit_of_its_time_counts_from_when_it_was_said);
  ADD (better_words_for_the_same_time_say_nothing_again);
  ADD (better_words_do_not_revive_what_was_cancelled);
  ADD (a_promise_handed_over_is_another_s_after_a_restart_too);
  ADD (putting_it_off_in_the_thread_moves_it);
  ADD (an_update_with_the_next_time_keeps_one_and_makes_one);
  ADD (one_person_can_promise_several_things);
  ADD (the_next_update_is_only_one);
  ADD (several_people_promise_side_by_side);
  ADD (waiting_for_the_asker_pauses_it);
  ADD (it_ends_with_the_thread_and_runs_on_when_that_reopens);
  ADD (a_post_that_came_in_time_counts_however_late_it_is_seen);
  ADD (after_a_sleep_it_is_told_once);
  ADD (several_slept_through_are_one_summary);
  ADD (one_click_claims_posts_and_times);
  ADD (what_is_composed_is_read_back);
  ADD (extending_posts_and_moves);
  ADD (handing_over_binds_the_other);
  ADD (calling_it_off_posts_nothing);
  ADD (a_refused_reply_promises_nothing);
  ADD (a_promise_runs_while_slack_cannot_be_told);
  ADD (times_that_are_over_are_refused);
  ADD (promises_go_on_in_a_snooze);
  ADD (many_promises_cost_one_deadline);
  return g_test_run ();
}
