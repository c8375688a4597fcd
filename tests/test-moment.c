/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "moment.h"

/* Mon 23 Nov 2026, 12:34:56 UTC: 07:34:56 in New York. */
#define NOW (1795437296 * ONC_SECOND)

static void
assert_rfc3339 (OncInstant instant, const char *expected)
{
  g_autofree char *actual = onc_moment_rfc3339 (instant);

  g_assert_cmpstr (actual, ==, expected);
}

static void
test_rfc3339_has_the_local_offset (void)
{
  assert_rfc3339 (NOW, "2026-11-23T07:34:56-05:00");
  assert_rfc3339 (NOW + ONC_SECOND - 1, "2026-11-23T07:34:56-05:00");
  assert_rfc3339 (NOW - 150 * ONC_DAY, "2026-06-26T08:34:56-04:00");
  assert_rfc3339 (0, NULL);
  assert_rfc3339 (-ONC_SECOND, "1969-12-31T18:59:59-05:00");
  /* A year has four digits. */
  assert_rfc3339 (G_MAXINT64, "9999-12-29T19:00:00-05:00");
}

static void
test_no_instant_is_too_far_away (void)
{
  static const OncInstant instants[] = { G_MAXINT64, G_MININT64, 1, -1 };

  for (gsize i = 0; i < G_N_ELEMENTS (instants); i++)
    {
      g_autofree char *local = onc_moment_local (instants[i], NOW);
      g_autofree char *machine = onc_moment_rfc3339 (instants[i]);

      g_assert_cmpstr (local, !=, "");
      g_assert_nonnull (machine);
    }
}

static void
test_what_never_ends_says_so (void)
{
  g_autofree char *local = onc_moment_local (G_MAXINT64, NOW);
  g_autofree char *due = onc_moment_due (G_MAXINT64, NOW);
  g_autofree char *relative = onc_moment_relative (G_MAXINT64, NOW);

  g_assert_cmpstr (local, ==, "∞");
  g_assert_cmpstr (due, ==, "∞");
  g_assert_cmpstr (relative, ==, "∞");
}

static void
test_people_see_no_more_of_a_date_than_they_need (void)
{
  g_autofree char *today = onc_moment_local (NOW, NOW + 16 * ONC_HOUR);
  g_autofree char *yesterday = onc_moment_local (NOW, NOW + 17 * ONC_HOUR);
  g_autofree char *last_year = onc_moment_local (NOW, NOW + 60 * ONC_DAY);

  g_assert_cmpstr (today, ==, "07:34");
  g_assert_cmpstr (yesterday, ==, "Mon 23 Nov 07:34");
  g_assert_cmpstr (last_year, ==, "Mon 23 Nov 2026 07:34");
}

static void
test_spans_are_rounded_down (void)
{
  static const struct
  {
    OncSpan span;
    const char *expected;
  } cases[] = {
    { -ONC_HOUR, "now" },        { 59 * ONC_SECOND, "now" }, { 119 * ONC_SECOND, "1min" },
    { ONC_HOUR - 1, "59min" },   { ONC_DAY - 1, "23h" },     { 3 * ONC_DAY, "3d" },
    { 1000 * ONC_DAY, "1000d" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *actual = onc_moment_span (cases[i].span);

      g_assert_cmpstr (actual, ==, cases[i].expected);
    }
}

static void
test_times_in_the_past_are_read (void)
{
  static const struct
  {
    const char *text;
    const char *expected;
  } cases[] = {
    { "90s", "2026-11-23T07:33:26-05:00" },
    { "30m", "2026-11-23T07:04:56-05:00" },
    { "30min", "2026-11-23T07:04:56-05:00" },
    { "8h", "2026-11-22T23:34:56-05:00" },
    { "2d", "2026-11-21T07:34:56-05:00" },
    { "1w", "2026-11-16T07:34:56-05:00" },
    { "today", "2026-11-23T00:00:00-05:00" },
    { "yesterday", "2026-11-22T00:00:00-05:00" },
    { "2026-11-01", "2026-11-01T00:00:00-04:00" },
    { "2026-11-01 14:00", "2026-11-01T14:00:00-05:00" },
    { "2026-11-01 14:00:30", "2026-11-01T14:00:30-05:00" },
    { "2026-11-01T14:00:30Z", "2026-11-01T09:00:30-05:00" },
    { "2026-11-01T14:00:30+05:45", "2026-11-01T03:15:30-05:00" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      OncInstant instant = 0;

      g_assert_true (onc_moment_parse_past (cases[i].text, NOW, &instant));
      assert_rfc3339 (instant, cases[i].expected);
    }
}

static void
test_what_is_no_time_is_refused (void)
{
  static const char *const texts[] = {
    "",
    "s",
    "-3h",
    "+3h",
    " 3h",
    "3 h",
    "3hours",
    "3.5h",
    "tomorrow",
    "2026-13-01",
    "2026-02-29",
    "2026-11-31 14:00",
    "2026-11-01 25:00",
    "2026-11-01 14:00 x",
    "99999d",
    "99999999999999999999h",
    "2026",
    "0x10s",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      OncInstant instant = 42;

      if (onc_moment_parse_past (texts[i], NOW, &instant))
        g_error ("“%s” was read", texts[i]);
    }
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "America/New_York", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/moment/what never ends says so", test_what_never_ends_says_so);
  g_test_add_func ("/moment/rfc3339 has the local offset", test_rfc3339_has_the_local_offset);
  g_test_add_func ("/moment/no instant is too far away", test_no_instant_is_too_far_away);
  g_test_add_func ("/moment/people see no more of a date than they need",
                   test_people_see_no_more_of_a_date_than_they_need);
  g_test_add_func ("/moment/spans are rounded down", test_spans_are_rounded_down);
  g_test_add_func ("/moment/times in the past are read", test_times_in_the_past_are_read);
  g_test_add_func ("/moment/what is no time is refused", test_what_is_no_time_is_refused);
  return g_test_run ();
}
