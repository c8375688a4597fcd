/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "poller.h"

/* So short that no test waits, and each so different that it is told from the others. */
static const OncPollTimings timings = {
  .interval = 20 * 1000,
  .quiet = 20 * 1000,
  .calm = ONC_HOUR,
  .check = 100 * 1000,
  .suspect = ONC_HOUR,
  .slow = 150 * 1000,
};

static void
on_signal (OncPoller *poll, gpointer user_data)
{
  guint *count = user_data;

  (*count)++;
}

/* Lets the next glance come. Returns: after how long, in microseconds. */
static gint64
wait_for_glance (guint *glances)
{
  gint64 start = g_get_monotonic_time ();
  guint before = *glances;

  while (*glances == before)
    g_main_context_iteration (NULL, TRUE);
  return g_get_monotonic_time () - start;
}

static OncPoller *
start (gboolean with_socket, guint *glances, guint *changes)
{
  OncPoller *poll = onc_poller_new (&timings);

  g_signal_connect (poll, "due", G_CALLBACK (on_signal), glances);
  g_signal_connect (poll, "changed", G_CALLBACK (on_signal), changes);
  onc_poller_start (poll, with_socket);
  return poll;
}

static void
test_without_a_socket_it_is_needed (void)
{
  guint glances = 0, changes = 0;
  g_autoptr (OncPoller) poll = start (FALSE, &glances, &changes);

  g_assert_true (onc_poller_is_needed (poll));
  g_assert_false (onc_poller_is_deaf (poll));
  g_assert_cmpint (wait_for_glance (&glances), >=, timings.interval - 1000);
  onc_poller_note (poll, 3, 3, FALSE);
  g_assert_false (onc_poller_is_deaf (poll));
  g_assert_cmpuint (changes, ==, 0);
}

static void
test_one_glance_waits_for_the_other (void)
{
  guint glances = 0, changes = 0;
  g_autoptr (OncPoller) poll = start (FALSE, &glances, &changes);

  wait_for_glance (&glances);
  onc_poller_set_interval (poll, 1000);
  g_assert_false (g_main_context_pending (NULL));
  onc_poller_note (poll, 0, 0, FALSE);
  g_assert_cmpint (wait_for_glance (&glances), <, timings.interval);
}

static void
test_a_socket_is_only_checked_until_it_misses_something (void)
{
  guint glances = 0, changes = 0;
  g_autoptr (OncPoller) poll = start (TRUE, &glances, &changes);

  g_assert_false (onc_poller_is_needed (poll));
  g_assert_cmpint (wait_for_glance (&glances), >=, timings.check - 1000);
  onc_poller_note (poll, 1, 0, FALSE);
  g_assert_cmpint (wait_for_glance (&glances), >=, timings.check - 1000);
  onc_poller_note (poll, 1, 1, FALSE);
  g_assert_true (onc_poller_is_needed (poll));
  g_assert_true (onc_poller_is_deaf (poll));
  g_assert_cmpuint (changes, ==, 1);
  g_assert_cmpint (wait_for_glance (&glances), <, timings.check);
}

static void
test_others_connections_make_it_look_closer (void)
{
  guint glances = 0, changes = 0;
  g_autoptr (OncPoller) poll = start (TRUE, &glances, &changes);

  onc_poller_suspect (poll);
  g_assert_true (onc_poller_is_needed (poll));
  g_assert_false (onc_poller_is_deaf (poll));
  g_assert_cmpuint (changes, ==, 1);
  g_assert_cmpint (wait_for_glance (&glances), <, timings.check);
}

static void
test_where_slack_gives_little_it_asks_seldom (void)
{
  guint glances = 0, changes = 0;
  g_autoptr (OncPoller) poll = start (FALSE, &glances, &changes);

  wait_for_glance (&glances);
  onc_poller_note (poll, 0, 0, TRUE);
  g_assert_true (onc_poller_is_throttled (poll));
  g_assert_cmpuint (changes, ==, 1);
  g_assert_cmpint (wait_for_glance (&glances), >=, timings.slow - 1000);
}

static void
test_stopped_it_is_silent (void)
{
  guint glances = 0, changes = 0;
  g_autoptr (OncPoller) poll = start (FALSE, &glances, &changes);

  onc_poller_stop (poll);
  g_assert_false (g_main_context_iteration (NULL, FALSE));
  onc_poller_start (poll, FALSE);
  wait_for_glance (&glances);
}

#define ADD(test) g_test_add_func ("/poll/" #test, test_##test)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (without_a_socket_it_is_needed);
  ADD (one_glance_waits_for_the_other);
  ADD (a_socket_is_only_checked_until_it_misses_something);
  ADD (others_connections_make_it_look_closer);
  ADD (where_slack_gives_little_it_asks_seldom);
  ADD (stopped_it_is_silent);
  return g_test_run ();
}
