/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "world.h"

#define ONCALL "<!subteam^" WORLD_ONCALL "> "
#define DEVS   "<!subteam^" WORLD_DEVS "> "

static void
set_desk (World *world, gboolean inhibited, gboolean locked)
{
  OncEvent *event = onc_event_new (ONC_EVENT_DESK);

  event->desk.inhibited = inhibited;
  event->desk.locked = locked;
  world_apply (world, event);
}

static void
set_pause (World *world, OncInstant until, OncLevel level)
{
  OncEvent *event = onc_event_new (ONC_EVENT_PAUSE);

  event->pause.until = until;
  event->pause.level = level;
  world_apply (world, event);
}

static void
set_quiet (World *world, const char *hours)
{
  onc_hours_free (world->policy->quiet);
  world->policy->quiet = onc_hours_new_from_string (hours, NULL);
}

static void
test_do_not_disturb_holds_popups_and_tells_scripts (void)
{
  g_autoptr (World) world = world_new ();

  set_desk (world, TRUE, FALSE);
  world_post (world, WORLD_ASKER, NULL, ONCALL "the export is wrong");
  world_assert_told (world, "changed 1 appeared; alert 1 opened");
  set_desk (world, FALSE, FALSE);
  world_assert_told (world, "notify 1 opened urgent");
}

static void
test_what_was_held_comes_back_as_one_summary (void)
{
  g_autoptr (World) world = world_new ();

  set_desk (world, TRUE, FALSE);
  world_post (world, WORLD_ASKER, NULL, ONCALL "the export is wrong");
  world_post (world, WORLD_ASKER, NULL, "how do I log in?");
  world_skip (world);
  set_desk (world, FALSE, FALSE);
  world_assert_told (world, "summary 1 2");
}

static void
test_what_stands_no_more_is_not_told_afterwards (void)
{
  g_autoptr (World) world = world_new ();
  const char *root;

  set_desk (world, TRUE, FALSE);
  root = world_post (world, WORLD_ASKER, NULL, ONCALL "the export is wrong");
  world_react (world, WORLD_OTHER, root, root, "eyes");
  world_skip (world);
  set_desk (world, FALSE, FALSE);
  world_assert_told (world, "");
}

static void
test_repeats_while_held_are_one_popup_afterwards (void)
{
  g_autoptr (World) world = world_new ();

  set_desk (world, TRUE, FALSE);
  world_post (world, WORLD_ASKER, NULL, ONCALL "the export is wrong");
  world_skip (world);
  world_wait (world, 5 * ONC_MINUTE);
  world_assert_told (world, "alert 1 unclaimed");
  set_desk (world, FALSE, FALSE);
  world_assert_told (world, "notify 1 opened urgent x1");
}

static void
test_an_emergency_passes_unless_told_otherwise (void)
{
  g_autoptr (World) world = world_new ();

  world->policy->emergency_bypasses_dnd = TRUE;
  set_desk (world, TRUE, TRUE);
  world_post (world, WORLD_ASKER, NULL, DEVS "all is down");
  world_assert_told (world, "changed 1 appeared; alert 1 opened; notify 1 opened emergency");
  world->policy->emergency_bypasses_dnd = FALSE;
  world_post (world, WORLD_ASKER, NULL, DEVS "all is down, too");
  world_assert_told (world, "changed 2 appeared; alert 2 opened");
}

static void
test_a_locked_screen_is_summed_up_when_it_is_unlocked (void)
{
  g_autoptr (World) world = world_new ();

  set_desk (world, FALSE, TRUE);
  world_post (world, WORLD_ASKER, NULL, ONCALL "the export is wrong");
  world_assert_told (world, "changed 1 appeared; alert 1 opened; notify 1 opened urgent");
  world_post (world, WORLD_ASKER, NULL, "how do I log in?");
  world_assert_told (world, "changed 2 appeared; alert 2 opened");
  set_desk (world, FALSE, FALSE);
  world_assert_told (world, "withdraw 1; summary 2 1");
}

static void
test_a_single_popup_that_stands_is_left_alone_by_unlocking (void)
{
  g_autoptr (World) world = world_new ();

  set_desk (world, FALSE, TRUE);
  world_post (world, WORLD_ASKER, NULL, ONCALL "the export is wrong");
  world_skip (world);
  set_desk (world, FALSE, FALSE);
  world_assert_told (world, "");
}

static void
test_quiet_hours_end_by_themselves (void)
{
  g_autoptr (World) world = world_new ();

  /* It is 10:00. */
  set_quiet (world, "09:00-11:00");
  world_post (world, WORLD_ASKER, NULL, "how do I log in?");
  world_assert_told (world, "changed 1 appeared; alert 1 opened");
  g_assert_cmpint (onc_engine_next_deadline (world->engine), ==, world->now + ONC_HOUR);
  world_wait (world, ONC_HOUR - ONC_MINUTE);
  world_assert_told (world, "");
  world->policy->timings[ONC_LEVEL_QUESTION].repeat.n_legs = 0;
  world_wait (world, ONC_MINUTE);
  world_assert_told (world, "notify 1 opened question");
}

static void
test_urgent_popups_respect_the_quiet_hours_by_choice (void)
{
  g_autoptr (World) world = world_new ();

  set_quiet (world, "09:00-11:00");
  world->policy->urgent_bypasses_quiet = TRUE;
  world_post (world, WORLD_ASKER, NULL, ONCALL "the export is wrong");
  world_assert_told (world, "changed 1 appeared; alert 1 opened; notify 1 opened urgent");
  world->policy->urgent_bypasses_quiet = FALSE;
  world_post (world, WORLD_ASKER, NULL, ONCALL "the import is wrong");
  world_assert_told (world, "changed 2 appeared; alert 2 opened");
}

static void
test_a_pause_holds_up_to_its_level_and_ends (void)
{
  g_autoptr (World) world = world_new ();

  set_pause (world, world->now + 2 * ONC_MINUTE, ONC_LEVEL_URGENT);
  world_post (world, WORLD_ASKER, NULL, ONCALL "the export is wrong");
  world_assert_told (world, "changed 1 appeared; alert 1 opened");
  world_post (world, WORLD_ASKER, NULL, DEVS "all is down");
  world_assert_told (world, "changed 2 appeared; alert 2 opened; notify 2 opened emergency");
  world_wait (world, 2 * ONC_MINUTE);
  world_assert_told (world, "resumed; alert 2 unclaimed; notify 1 opened urgent; "
                            "notify 2 unclaimed emergency x1");
}

static void
test_a_pause_can_be_taken_back (void)
{
  g_autoptr (World) world = world_new ();

  set_pause (world, world->now + ONC_HOUR, ONC_LEVEL_EMERGENCY);
  world_post (world, WORLD_ASKER, NULL, DEVS "all is down");
  world_assert_told (world, "changed 1 appeared; alert 1 opened");
  set_pause (world, 0, ONC_LEVEL_QUESTION);
  world_assert_told (world, "notify 1 opened emergency");
}

static void
test_the_first_look_at_history_waits_too (void)
{
  g_autoptr (World) world = world_new ();

  set_desk (world, TRUE, FALSE);
  world_catch_up (world, TRUE);
  world_find (world, WORLD_ASKER, NULL, "how do I log in?", ONC_MINUTE);
  world_find (world, WORLD_ASKER, NULL, ONCALL "the export is wrong", ONC_MINUTE);
  world_caught_up (world);
  world_skip (world);
  set_desk (world, FALSE, FALSE);
  world_assert_told (world, "summary 1 2");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define CASE(name) g_test_add_func ("/quiet/" #name, test_##name)
  CASE (do_not_disturb_holds_popups_and_tells_scripts);
  CASE (what_was_held_comes_back_as_one_summary);
  CASE (what_stands_no_more_is_not_told_afterwards);
  CASE (repeats_while_held_are_one_popup_afterwards);
  CASE (an_emergency_passes_unless_told_otherwise);
  CASE (a_locked_screen_is_summed_up_when_it_is_unlocked);
  CASE (a_single_popup_that_stands_is_left_alone_by_unlocking);
  CASE (quiet_hours_end_by_themselves);
  CASE (urgent_popups_respect_the_quiet_hours_by_choice);
  CASE (a_pause_holds_up_to_its_level_and_ends);
  CASE (a_pause_can_be_taken_back);
  CASE (the_first_look_at_history_waits_too);
#undef CASE

  return g_test_run ();
}
