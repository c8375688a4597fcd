/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "message.h"

static void
test_timestamps_are_ordered_as_time (void)
{
  g_assert_cmpint (onc_ts_compare ("1700000000.000001", "1700000000.000002"), <, 0);
  g_assert_cmpint (onc_ts_compare ("999999999.900000", "1000000000.000001"), <, 0);
  g_assert_cmpint (onc_ts_compare ("1700000000.000001", "1700000000.000001"), ==, 0);
  g_assert_cmpint (onc_ts_compare ("1700000001.000000", "1700000000.999999"), >, 0);
}

static void
test_timestamps_become_instants (void)
{
  g_assert_cmpint (onc_ts_to_instant ("1700000000.000100"), ==, 1700000000 * ONC_SECOND + 100);
  g_assert_cmpint (onc_ts_to_instant ("1700000000.5"), ==, 1700000000 * ONC_SECOND + 500000);
  g_assert_cmpint (onc_ts_to_instant ("1700000000.12345678"), ==, 1700000000 * ONC_SECOND + 123456);
}

static void
test_nonsense_is_no_instant (void)
{
  const char *const nonsense[] = { "",
                                   ".",
                                   "1700000000",
                                   "1700000000.",
                                   "x.1",
                                   "1.2.3",
                                   "-1.0",
                                   "99999999999999999999999999.1",
                                   "253402300800.0",
                                   "922337203685477.5" };

  g_assert_cmpint (onc_ts_to_instant (NULL), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (nonsense); i++)
    g_assert_cmpint (onc_ts_to_instant (nonsense[i]), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/message/timestamps are ordered as time", test_timestamps_are_ordered_as_time);
  g_test_add_func ("/message/timestamps become instants", test_timestamps_become_instants);
  g_test_add_func ("/message/nonsense is no instant", test_nonsense_is_no_instant);
  return g_test_run ();
}
