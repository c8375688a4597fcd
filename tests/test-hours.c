/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "hours.h"

#include "error.h"
#include "wall.h"

typedef struct
{
  GTimeZone *zone; /* (owned) */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer zone_name)
{
  fixture->zone = g_time_zone_new_identifier (zone_name);
  g_assert_nonnull (fixture->zone);
}

static void
tear_down (Fixture *fixture, gconstpointer zone_name)
{
  g_time_zone_unref (fixture->zone);
}

/* Returns: the instant of an ISO 8601 time, read in the fixture's zone when it names none. */
static OncInstant
at (Fixture *fixture, const char *iso)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (iso, fixture->zone);

  g_assert_nonnull (time);
  return g_date_time_to_unix (time) * ONC_SECOND;
}

static OncHours *
hours (const char *text)
{
  g_autoptr (GError) local_error = NULL;
  OncHours *self = onc_hours_new_from_string (text, &local_error);

  g_assert_no_error (local_error);
  return self;
}

static void
test_work_is_within_the_hours (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (OncHours) work = hours ("Mon-Fri 09:00-17:00");

  g_assert_false (onc_hours_contains (work, at (fixture, "2026-03-06T08:59:59"), fixture->zone));
  g_assert_true (onc_hours_contains (work, at (fixture, "2026-03-06T09:00:00"), fixture->zone));
  g_assert_true (onc_hours_contains (work, at (fixture, "2026-03-06T16:59:59"), fixture->zone));
  g_assert_false (onc_hours_contains (work, at (fixture, "2026-03-06T17:00:00"), fixture->zone));
  g_assert_false (onc_hours_contains (work, at (fixture, "2026-03-07T12:00:00"), fixture->zone));
}

static void
test_next_start_skips_the_weekend (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (OncHours) work = hours ("Mon-Fri 09:00-12:00, 13:00-17:00");

  g_assert_cmpint (onc_hours_next_start (work, at (fixture, "2026-03-06T18:00:00"), fixture->zone),
                   ==, at (fixture, "2026-03-09T09:00:00"));
  g_assert_cmpint (onc_hours_next_start (work, at (fixture, "2026-03-06T10:00:00"), fixture->zone),
                   ==, at (fixture, "2026-03-06T13:00:00"));
  g_assert_cmpint (onc_hours_next_start (work, at (fixture, "2026-03-06T08:00:00"), fixture->zone),
                   ==, at (fixture, "2026-03-06T09:00:00"));
}

static void
test_working_time_stops_at_night (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (OncHours) work = hours ("Mon-Fri 09:00-17:00");

  g_assert_cmpint (
      onc_hours_add (work, at (fixture, "2026-03-06T16:30:00"), ONC_HOUR, fixture->zone), ==,
      at (fixture, "2026-03-09T09:30:00"));
  g_assert_cmpint (
      onc_hours_add (work, at (fixture, "2026-03-07T12:00:00"), ONC_HOUR, fixture->zone), ==,
      at (fixture, "2026-03-09T10:00:00"));
  g_assert_cmpint (
      onc_hours_add (work, at (fixture, "2026-03-02T09:00:00"), 40 * ONC_HOUR, fixture->zone), ==,
      at (fixture, "2026-03-06T17:00:00"));
  g_assert_cmpint (onc_hours_add (work, at (fixture, "2026-03-06T10:00:00"), 0, fixture->zone), ==,
                   at (fixture, "2026-03-06T10:00:00"));
}

static void
test_adding_is_the_same_in_one_step_or_two (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (OncHours) work = hours ("Mon-Thu 08:30-12:00,12:45-17:15; Fri 08:00-14:00");
  OncInstant start = at (fixture, "2026-03-26T16:00:00");

  /* Over the spring change of the clocks, a weekend and several nights. */
  for (OncSpan span = 0; span < 60 * ONC_HOUR; span += 37 * ONC_MINUTE)
    {
      OncInstant half = onc_hours_add (work, start, span / 2, fixture->zone);
      OncInstant whole = onc_hours_add (work, start, span, fixture->zone);

      g_assert_cmpint (onc_hours_add (work, half, span - span / 2, fixture->zone), ==, whole);
    }
}

static void
test_quiet_goes_past_midnight (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (OncHours) quiet = hours ("22:00-07:00; Sat,Sun 00:00-24:00");

  g_assert_true (onc_hours_contains (quiet, at (fixture, "2026-03-03T23:00:00"), fixture->zone));
  g_assert_true (onc_hours_contains (quiet, at (fixture, "2026-03-04T06:00:00"), fixture->zone));
  g_assert_false (onc_hours_contains (quiet, at (fixture, "2026-03-04T07:00:00"), fixture->zone));
  g_assert_cmpint (onc_hours_end (quiet, at (fixture, "2026-03-03T23:00:00"), fixture->zone), ==,
                   at (fixture, "2026-03-04T07:00:00"));
  g_assert_cmpint (onc_hours_end (quiet, at (fixture, "2026-03-06T23:00:00"), fixture->zone), ==,
                   at (fixture, "2026-03-09T07:00:00"));
  g_assert_cmpint (onc_hours_end (quiet, at (fixture, "2026-03-08T23:00:00"), fixture->zone), ==,
                   at (fixture, "2026-03-09T07:00:00"));
  g_assert_cmpint (onc_hours_end (quiet, at (fixture, "2026-03-09T03:00:00"), fixture->zone), ==,
                   at (fixture, "2026-03-09T07:00:00"));
  g_assert_cmpint (onc_hours_end (quiet, at (fixture, "2026-03-09T12:00:00"), fixture->zone), ==,
                   0);
}

static void
test_no_hours_and_all_hours (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (OncHours) never = hours (" ");
  g_autoptr (OncHours) always = hours ("Mon-Sun 00:00-24:00");
  OncInstant now = at (fixture, "2026-03-03T23:00:00");

  g_assert_false (onc_hours_contains (never, now, fixture->zone));
  g_assert_cmpint (onc_hours_next_start (never, now, fixture->zone), ==, 0);
  g_assert_cmpint (onc_hours_add (never, now, ONC_HOUR, fixture->zone), ==, now + ONC_HOUR);
  g_assert_true (onc_hours_contains (always, now, fixture->zone));
  g_assert_cmpint (onc_hours_next_start (always, now, fixture->zone), ==, 0);
  g_assert_cmpint (onc_hours_end (always, now, fixture->zone), ==, 0);
  g_assert_cmpint (onc_hours_add (always, now, 100 * ONC_HOUR, fixture->zone), ==,
                   now + 100 * ONC_HOUR);
}

static void
test_days_without_hours_have_the_bounds_of_others (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (OncHours) work = hours ("Mon-Thu 08:00-12:00,13:00-18:00; Fri 08:00-14:00");
  g_autoptr (OncHours) never = hours ("");
  gint begin, end;

  g_assert_true (onc_hours_has_day (work, 4));
  g_assert_false (onc_hours_has_day (work, 5));
  onc_hours_day_bounds (work, 4, &begin, &end);
  g_assert_cmpint (end, ==, 14 * 3600);
  onc_hours_day_bounds (work, 6, &begin, &end);
  g_assert_cmpint (begin, ==, 8 * 3600);
  g_assert_cmpint (end, ==, 18 * 3600);
  onc_hours_day_bounds (never, 2, &begin, &end);
  g_assert_cmpint (begin, ==, 9 * 3600);
  g_assert_cmpint (end, ==, 17 * 3600);
}

static void
test_days_may_be_lists_and_go_round_the_week (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (OncHours) self = hours ("saturday-Mon,wed 10:00-11:00");
  const gboolean expected[7] = { TRUE, FALSE, TRUE, FALSE, FALSE, TRUE, TRUE };

  for (guint day = 0; day < 7; day++)
    g_assert_cmpint (onc_hours_has_day (self, day), ==, expected[day]);
}

static void
test_what_cannot_be_read_is_an_error (Fixture *fixture, gconstpointer user_data)
{
  const char *const wrong[] = { "Mon-Fry 09:00-17:00",
                                "Mon 9-17",
                                "Mon 09:00",
                                "09:00-25:00",
                                "Mon 09:60-10:00",
                                "x",
                                "Mon 09:00-17:00 Tue 1:00-2:00",
                                "Mon,",
                                "09:00-17:0a",
                                "Mo 09:00-10:00" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) local_error = NULL;

      g_assert_null (onc_hours_new_from_string (wrong[i], &local_error));
      g_assert_error (local_error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT);
    }
}

static void
test_walls_agree_with_glib (Fixture *fixture, gconstpointer user_data)
{
  /* Every 17th hour of two years: changes of the clocks, a leap day, the ends of years. */
  for (gint64 seconds = 1700000000; seconds < 1763000000; seconds += 17 * 3600)
    {
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (seconds);
      g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, fixture->zone);
      OncWall wall = onc_wall_from_instant (seconds * ONC_SECOND, fixture->zone);
      gint year, month, day_of_month, day;

      onc_wall_date_from_day (wall.day, &year, &month, &day_of_month);
      g_assert_cmpint (year, ==, g_date_time_get_year (local));
      g_assert_cmpint (month, ==, g_date_time_get_month (local));
      g_assert_cmpint (day_of_month, ==, g_date_time_get_day_of_month (local));
      g_assert_cmpint (wall.second, ==,
                       g_date_time_get_hour (local) * 3600 + g_date_time_get_minute (local) * 60 +
                           g_date_time_get_second (local));
      g_assert_cmpuint (onc_wall_weekday (wall.day) + 1, ==,
                        (guint) g_date_time_get_day_of_week (local));
      g_assert_true (onc_wall_day_from_date (year, month, day_of_month, &day));
      g_assert_cmpint (day, ==, wall.day);
    }
}

static void
test_a_time_left_out_is_the_moment_after (Fixture *fixture, gconstpointer user_data)
{
  gint day;

  g_assert_true (onc_wall_day_from_date (2026, 3, 29, &day));
  g_assert_cmpint (onc_wall_to_instant ((OncWall){ day, 2 * 3600 + 1800 }, fixture->zone), ==,
                   at (fixture, "2026-03-29T03:00:00"));
  g_assert_false (onc_wall_day_from_date (2026, 2, 29, &day));
  g_assert_false (onc_wall_day_from_date (2026, 13, 1, &day));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/hours/" name, Fixture, "Europe/Berlin", set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("work is within the hours", test_work_is_within_the_hours);
  ADD ("next start skips the weekend", test_next_start_skips_the_weekend);
  ADD ("working time stops at night", test_working_time_stops_at_night);
  ADD ("adding is the same in one step or two", test_adding_is_the_same_in_one_step_or_two);
  ADD ("quiet goes past midnight", test_quiet_goes_past_midnight);
  ADD ("no hours and all hours", test_no_hours_and_all_hours);
  ADD ("days without hours have the bounds of others",
       test_days_without_hours_have_the_bounds_of_others);
  ADD ("days may be lists and go round the week", test_days_may_be_lists_and_go_round_the_week);
  ADD ("what cannot be read is an error", test_what_cannot_be_read_is_an_error);
  ADD ("walls agree with GLib", test_walls_agree_with_glib);
  ADD ("a time left out is the moment after", test_a_time_left_out_is_the_moment_after);
  return g_test_run ();
}
