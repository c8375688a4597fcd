/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "clock.h"

static void
on_alarm (OncClock *clock, gpointer user_data)
{
  guint *alarms = user_data;

  (*alarms)++;
}

static void
test_the_machines_clock_rings_when_it_is_time (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OncClock) clock = onc_clock_new (&error);
  OncInstant alarm = g_get_real_time () + 20000;
  guint alarms = 0;

  g_assert_no_error (error);
  g_signal_connect (clock, "alarm", G_CALLBACK (on_alarm), &alarms);
  onc_clock_set_alarm (clock, g_get_real_time () + ONC_HOUR);
  onc_clock_set_alarm (clock, alarm);
  while (alarms == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (onc_clock_now (clock), >=, alarm);
  g_assert_false (g_main_context_pending (NULL));
}

static void
test_what_is_past_rings_at_once (void)
{
  g_autoptr (OncClock) clock = onc_clock_new (NULL);
  guint alarms = 0;

  g_signal_connect (clock, "alarm", G_CALLBACK (on_alarm), &alarms);
  onc_clock_set_alarm (clock, 1);
  while (alarms == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_no_alarm_does_not_ring (void)
{
  g_autoptr (OncClock) clock = onc_clock_new (NULL);
  guint alarms = 0;

  g_signal_connect (clock, "alarm", G_CALLBACK (on_alarm), &alarms);
  onc_clock_set_alarm (clock, 1);
  onc_clock_set_alarm (clock, 0);
  g_assert_false (g_main_context_iteration (NULL, FALSE));
  g_assert_cmpuint (alarms, ==, 0);
}

static void
test_a_standing_clock_is_moved_by_hand (void)
{
  g_autoptr (OncClock) clock = onc_clock_new_standing (100);
  guint alarms = 0;

  g_signal_connect (clock, "alarm", G_CALLBACK (on_alarm), &alarms);
  onc_clock_set_alarm (clock, 200);
  g_assert_cmpint (onc_clock_now (clock), ==, 100);
  onc_clock_move (clock, 199);
  g_assert_cmpuint (alarms, ==, 0);
  onc_clock_move (clock, 200);
  g_assert_cmpuint (alarms, ==, 1);
  onc_clock_move (clock, 300);
  g_assert_cmpuint (alarms, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock/the machine's clock rings when it is time",
                   test_the_machines_clock_rings_when_it_is_time);
  g_test_add_func ("/clock/what is past rings at once", test_what_is_past_rings_at_once);
  g_test_add_func ("/clock/no alarm does not ring", test_no_alarm_does_not_ring);
  g_test_add_func ("/clock/a standing clock is moved by hand",
                   test_a_standing_clock_is_moved_by_hand);
  return g_test_run ();
}
