/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The asker's deadline, lookers who say nothing, and snoozing, as stories. */

#include "world.h"

static void
test_the_askers_deadline_is_warned_of_twice (void)
{
  g_autoptr (World) world = world_new ();

  world_post (world, WORLD_ASKER, NULL, "@oncall I need this by 12:00");
  world_skip (world);
  g_assert_cmpint (world_thread (world, 1)->needed_by, ==, world->now + 2 * ONC_HOUR);
  world_react (world, WORLD_ME, NULL, world_thread (world, 1)->ts, "eyes");
  world_post (world, WORLD_ME, world_thread (world, 1)->ts, "is it the one from today?");
  world_skip (world);
  world_wait (world, 90 * ONC_MINUTE + ONC_SECOND);
  world_assert_told (world, "alert 1 deadline-near; notify 1 deadline-near urgent");
  world_wait (world, 30 * ONC_MINUTE);
  world_assert_told (world, "alert 1 deadline-passed; notify 1 deadline-passed urgent");
  world_wait (world, ONC_HOUR);
  world_assert_told (world, "");
}

static void
test_the_deadline_is_the_askers_last_word (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_post (world, WORLD_ASKER, NULL, "I need this by 12:00");
  OncInstant start = world->now;

  world_post (world, WORLD_OTHER, root, "we need it by 11:00 too");
  g_assert_cmpint (world_thread (world, 1)->needed_by, ==, start + 2 * ONC_HOUR);
  world_wait (world, ONC_MINUTE);
  world_post (world, WORLD_ASKER, root, "sorry, I need it by 15:00");
  g_assert_cmpint (world_thread (world, 1)->needed_by, ==, start + 5 * ONC_HOUR);
  world_wait (world, ONC_MINUTE);
  g_assert_true (world_do (
      world, 1, (OncAction){ .kind = ONC_ACTION_SET_NEEDED_BY, .when = start + 3 * ONC_HOUR }));
  g_assert_cmpint (world_thread (world, 1)->needed_by, ==, start + 3 * ONC_HOUR);
  g_assert_true (world_do (world, 1, (OncAction){ .kind = ONC_ACTION_SET_NEEDED_BY }));
  g_assert_cmpint (world_thread (world, 1)->needed_by, ==, 0);
}

static void
test_a_silent_claim_is_nudged_once (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_ask (world);

  world_react (world, WORLD_ME, NULL, root, "eyes");
  world_skip (world);
  world_wait (world, 30 * ONC_MINUTE + ONC_SECOND);
  world_assert_told (world, "alert 1 stale-claim; notify 1 stale-claim urgent");
  world_wait (world, 3 * ONC_HOUR);
  world_assert_told (world, "");
  world_post (world, WORLD_ME, root, "still digging");
  world_assert_told (world, "changed 1 activity; withdraw 1");
  world_wait (world, 31 * ONC_MINUTE);
  world_assert_told (world, "alert 1 stale-claim; notify 1 stale-claim urgent");
}

static void
test_whoever_promised_or_asked_is_not_silent (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_ask (world);

  world_post (world, WORLD_ME, root, "I'll have an update at 15:00");
  world_wait (world, 2 * ONC_HOUR);
  world_post (world, WORLD_ASKER, NULL, "@oncall two");
  world_post (world, WORLD_ME, world_thread (world, 2)->ts, "which school is it?");
  world_skip (world);
  world_wait (world, ONC_HOUR);
  world_assert_told (world, "");
  world_post (world, WORLD_ASKER, world_thread (world, 2)->ts, "Harbour School");
  world_skip (world);
  world_wait (world, 31 * ONC_MINUTE);
  world_assert_told (world, "alert 2 stale-claim; notify 2 stale-claim urgent");
}

static void
test_a_snooze_silences_until_its_end_or_news (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_ask (world);
  OncAction snooze = { .kind = ONC_ACTION_SNOOZE, .when = world->now + ONC_HOUR };

  g_assert_true (world_do (world, 1, snooze));
  world_assert_told (world, "withdraw 1; changed 1 snooze");
  world_wait (world, 59 * ONC_MINUTE);
  world_assert_told (world, "");
  world_wait (world, ONC_MINUTE);
  world_assert_told (world, "changed 1 snooze; alert 1 unclaimed; notify 1 unclaimed urgent x8");

  snooze.when = world->now + ONC_HOUR;
  g_assert_true (world_do (world, 1, snooze));
  world_skip (world);
  world_wait (world, 20 * ONC_MINUTE);
  world_assert_told (world, "");
  world_post (world, WORLD_ASKER, root, "it is getting worse");
  g_assert_nonnull (strstr (world->told->str, "notify 1 unclaimed"));
}

static void
test_a_higher_level_ends_a_snooze (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_post (world, WORLD_ASKER, NULL, "the export is wrong");

  g_assert_true (
      world_do (world, 1, (OncAction){ .kind = ONC_ACTION_SNOOZE, .when = world->now + ONC_DAY }));
  world_skip (world);
  world_edit (world, WORLD_ASKER, root, root, "@oncall the export is wrong");
  g_assert_cmpint (world_thread (world, 1)->snoozed, ==, 0);
  g_assert_nonnull (strstr (world->told->str, "notify 1 raised urgent"));
}

static void
test_an_emergency_is_not_snoozed_for_long (void)
{
  g_autoptr (World) world = world_new ();

  world_post (world, WORLD_ASKER, NULL, "@devs it burns");
  g_assert_true (
      world_do (world, 1, (OncAction){ .kind = ONC_ACTION_SNOOZE, .when = world->now + ONC_DAY }));
  g_assert_cmpint (world_thread (world, 1)->snoozed, ==, world->now + 15 * ONC_MINUTE);
  g_assert_true (world_act (world, 1, ONC_ACTION_UNSNOOZE, NULL, 0));
  g_assert_false (world_act (world, 1, ONC_ACTION_UNSNOOZE, NULL, 0));
}

#define ADD(test) g_test_add_func ("/reminders/" #test, test_##test)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (the_askers_deadline_is_warned_of_twice);
  ADD (the_deadline_is_the_askers_last_word);
  ADD (a_silent_claim_is_nudged_once);
  ADD (whoever_promised_or_asked_is_not_silent);
  ADD (a_snooze_silences_until_its_end_or_news);
  ADD (a_higher_level_ends_a_snooze);
  ADD (an_emergency_is_not_snoozed_for_long);
  return g_test_run ();
}
