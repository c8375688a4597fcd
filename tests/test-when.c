/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "promise-reader.h"

#include "error.h"
#include "span.h"

#include <string.h>

/* A Tuesday morning on which nothing is special. */
#define NOW "2026-05-12T10:00:00"

typedef struct
{
  GTimeZone *zone; /* (owned) */
  OncHours *hours; /* (owned) */
  OncWhenContext context;
} Fixture;

/* What is said, and the wall clock that it means in the fixture's zone; NULL: no time to come. */
typedef struct
{
  const char *said;
  const char *due;
} Row;

static void
set_up (Fixture *fixture, gconstpointer zone_name)
{
  fixture->zone = g_time_zone_new_identifier (zone_name);
  g_assert_nonnull (fixture->zone);
  fixture->hours = onc_hours_new_from_string ("Mon-Fri 09:00-17:00", NULL);
  fixture->context = (OncWhenContext){ .zone = fixture->zone, .hours = fixture->hours };
}

static void
tear_down (Fixture *fixture, gconstpointer zone_name)
{
  g_time_zone_unref (fixture->zone);
  onc_hours_free (fixture->hours);
}

/* Returns: the instant of an ISO 8601 time, read in the fixture's zone when it names none. */
static OncInstant
at (const Fixture *fixture, const char *iso)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (iso, fixture->zone);

  g_assert_nonnull (time);
  return g_date_time_to_unix (time) * ONC_SECOND;
}

/* Returns: (transfer full): what a wall clock shows at @instant, "never" for 0. */
static char *
clock_at (const Fixture *fixture, OncInstant instant)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (instant / ONC_SECOND);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, fixture->zone);

  return instant == 0 ? g_strdup ("never") : g_date_time_format (local, "%Y-%m-%dT%H:%M:%S");
}

/* Returns: when "I'll call you" and @time, said at @now, promises the call. */
static OncInstant
promised (const Fixture *fixture, const char *time, OncInstant now)
{
  g_autofree char *text = g_strconcat ("I'll call you ", time, NULL);
  OncReading reading;

  onc_promise_reader_read (text, -1, now, &fixture->context, &reading);
  return reading.due;
}

static void
check_at (const Fixture *fixture, const char *now, const Row *rows, guint n_rows)
{
  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *read = clock_at (fixture,
                                        promised (fixture, rows[i].said, at (fixture, now)));
      g_autofree char *due = rows[i].due != NULL ? clock_at (fixture, at (fixture, rows[i].due))
                                                 : g_strdup ("never");

      if (!g_str_equal (read, due))
        g_test_message ("“%s”, said at %s: %s instead of %s", rows[i].said, now, read, due);
      g_assert_cmpstr (read, ==, due);
    }
}

#define CHECK_AT(now, ...)                                                                         \
  G_STMT_START                                                                                     \
  {                                                                                                \
    const Row rows[] = { __VA_ARGS__ };                                                            \
    check_at (fixture, now, rows, G_N_ELEMENTS (rows));                                            \
  }                                                                                                \
  G_STMT_END

#define CHECK(...) CHECK_AT (NOW, __VA_ARGS__)

static void
test_lengths_count_from_now (Fixture *fixture, gconstpointer user_data)
{
  CHECK ({ "in 45 minutes", "2026-05-12T10:45:00" }, { "within 90s", "2026-05-12T10:01:30" },
         { "in 36h", "2026-05-13T22:00:00" }, { "in half an hour", "2026-05-12T10:30:00" },
         { "in 3.5 h", "2026-05-12T13:30:00" }, { "in 2h20m", "2026-05-12T12:20:00" },
         { "in 1h10", "2026-05-12T11:10:00" }, { "in an hour and a half", "2026-05-12T11:30:00" },
         { "in a quarter of an hour", "2026-05-12T10:15:00" },
         { "in three quarters of an hour", "2026-05-12T10:45:00" },
         { "in two and a half hours", "2026-05-12T12:30:00" },
         { "in a couple of hours", "2026-05-12T12:00:00" },
         { "in a few minutes", "2026-05-12T10:03:00" }, { "in 15", "2026-05-12T10:15:00" },
         { "within the hour", "2026-05-12T11:00:00" },
         { "in the next hour", "2026-05-12T11:00:00" });
}

static void
test_words_about_a_time_change_nothing (Fixture *fixture, gconstpointer user_data)
{
  CHECK ({ "in about 20 minutes", "2026-05-12T10:20:00" }, { "in ~20 min", "2026-05-12T10:20:00" },
         { "in 20 minutes or so", "2026-05-12T10:20:00" },
         { "in roughly an hour, give or take", "2026-05-12T11:00:00" },
         { "in 20 min tops", "2026-05-12T10:20:00" }, { "at around 3pm", "2026-05-12T15:00:00" },
         { "at 3ish", "2026-05-12T15:00:00" }, { "in under an hour", "2026-05-12T11:00:00" });
}

static void
test_ranges_end_at_their_upper_bound (Fixture *fixture, gconstpointer user_data)
{
  CHECK ({ "in 4-6 h", "2026-05-12T16:00:00" }, { "in 15–25 min", "2026-05-12T10:25:00" },
         { "in 20 to 30 minutes", "2026-05-12T10:30:00" },
         { "in 3 or 4 hours", "2026-05-12T14:00:00" },
         { "in half an hour, maybe an hour", "2026-05-12T11:00:00" },
         { "in a day or two", "2026-05-14T17:00:00" }, { "1-2pm", "2026-05-12T14:00:00" },
         { "between 9 and 11", "2026-05-12T11:00:00" },
         { "in between 5 and 10 minutes", "2026-05-12T10:10:00" });
}

static void
test_clocks_mean_their_next_occurrence (Fixture *fixture, gconstpointer user_data)
{
  CHECK ({ "at 2pm", "2026-05-12T14:00:00" }, { "by 6p", "2026-05-12T18:00:00" },
         { "at 2.20pm", "2026-05-12T14:20:00" }, { "at 15:40", "2026-05-12T15:40:00" },
         { "at 1540", "2026-05-12T15:40:00" }, { "at 0730", "2026-05-13T07:30:00" },
         { "at 17h15", "2026-05-12T17:15:00" }, { "at noon", "2026-05-12T12:00:00" },
         { "before midday", "2026-05-12T12:00:00" }, { "by midnight", "2026-05-13T00:00:00" },
         { "at 9am", "2026-05-13T09:00:00" }, { "at 09:59", "2026-05-13T09:59:00" },
         { "at 10:01", "2026-05-12T10:01:00" });
}

static void
test_bare_hours_are_in_the_daytime (Fixture *fixture, gconstpointer user_data)
{
  CHECK ({ "by 2", "2026-05-12T14:00:00" }, { "at 5:20", "2026-05-12T17:20:00" },
         { "at half past one", "2026-05-12T13:30:00" },
         { "at quarter to three", "2026-05-12T14:45:00" },
         { "at twenty to six", "2026-05-12T17:40:00" }, { "by 11", "2026-05-12T11:00:00" },
         { "at 10 o'clock", "2026-05-13T10:00:00" }, { "at 4ish", "2026-05-12T16:00:00" },
         { "at 8 tonight", "2026-05-12T20:00:00" }, { "at 9 this evening", "2026-05-12T21:00:00" });
}

static void
test_turns_of_the_hour_are_the_next_ones (Fixture *fixture, gconstpointer user_data)
{
  CHECK_AT ("2026-05-12T10:20:00", { "at the top of the hour", "2026-05-12T11:00:00" },
            { "at half past", "2026-05-12T10:30:00" },
            { "at quarter past", "2026-05-12T11:15:00" });
}

static void
test_zones_are_wall_clocks_of_their_region (Fixture *fixture, gconstpointer user_data)
{
  CHECK_AT ("2026-08-11T10:00:00", { "at 15:00 UTC", "2026-08-11T16:00:00" },
            { "at 3pm GMT+2", "2026-08-11T14:00:00" }, { "at 14:00Z", "2026-08-11T15:00:00" },
            /* Said in August, PST is what clocks in Los Angeles show. */
            { "at 9am PST", "2026-08-11T17:00:00" }, { "at 9am PT", "2026-08-11T17:00:00" },
            { "by noon Eastern", "2026-08-11T17:00:00" }, { "at 3pm CT", "2026-08-11T21:00:00" },
            { "at 3pm MST", "2026-08-11T22:00:00" },
            { "at 13:00 US/Pacific", "2026-08-11T21:00:00" },
            { "at 6pm CET", "2026-08-11T17:00:00" }, { "at 16:30 IST", "2026-08-11T12:00:00" },
            { "at 11pm JST", "2026-08-11T15:00:00" }, { "at 9pm AEST", "2026-08-11T12:00:00" },
            { "at 3pm my time", "2026-08-11T15:00:00" });
}

static void
test_parts_of_the_day_have_an_end (Fixture *fixture, gconstpointer user_data)
{
  CHECK ({ "today", "2026-05-12T17:00:00" }, { "later today", "2026-05-12T17:00:00" },
         { "by EOD", "2026-05-12T17:00:00" }, { "by end of play", "2026-05-12T17:00:00" },
         { "by COB", "2026-05-12T17:00:00" }, { "this afternoon", "2026-05-12T17:00:00" },
         { "before I log off", "2026-05-12T17:00:00" }, { "this morning", "2026-05-12T12:00:00" },
         { "before lunch", "2026-05-12T12:00:00" }, { "after lunch", "2026-05-12T14:00:00" },
         { "this evening", "2026-05-12T21:00:00" }, { "tonight", "2026-05-12T23:59:00" },
         { "tomorrow morning", "2026-05-13T12:00:00" },
         { "tomorrow evening", "2026-05-13T21:00:00" },
         { "first thing tomorrow", "2026-05-13T09:00:00" },
         { "first thing Monday", "2026-05-18T09:00:00" }, { "Friday EOD", "2026-05-15T17:00:00" },
         { "EOD PT", "2026-05-13T01:00:00" });
  CHECK_AT ("2026-05-12T18:30:00", { "today", "2026-05-12T23:59:00" },
            { "by EOD", "2026-05-12T23:59:00" });
}

static void
test_days_end_with_the_work (Fixture *fixture, gconstpointer user_data)
{
  CHECK ({ "tomorrow", "2026-05-13T17:00:00" }, { "the day after tomorrow", "2026-05-14T17:00:00" },
         { "on Thursday", "2026-05-14T17:00:00" }, { "on Tuesday", "2026-05-19T17:00:00" },
         { "next Thursday", "2026-05-21T17:00:00" }, { "next Monday", "2026-05-18T17:00:00" },
         { "by the 20th", "2026-05-20T17:00:00" }, { "on 7 May", "2027-05-07T17:00:00" },
         { "on May 20th", "2026-05-20T17:00:00" }, { "May 20 at 2pm", "2026-05-20T14:00:00" },
         { "by 2026-05-20", "2026-05-20T17:00:00" }, { "by 5/30", "2026-05-30T17:00:00" },
         { "by 30/05", "2026-05-30T17:00:00" }, { "Thursday at 3", "2026-05-14T15:00:00" },
         { "in 3 days", "2026-05-15T17:00:00" }, { "in two weeks", "2026-05-26T17:00:00" },
         { "a week from today", "2026-05-19T17:00:00" });
  /* Said on a Friday, "tomorrow" is Saturday all the same. */
  CHECK_AT ("2026-05-15T10:00:00", { "tomorrow", "2026-05-16T17:00:00" });
}

static void
test_business_days_skip_the_weekend (Fixture *fixture, gconstpointer user_data)
{
  CHECK_AT ("2026-05-15T10:00:00", { "in 2 business days", "2026-05-19T17:00:00" },
            { "within 5 working days", "2026-05-22T17:00:00" },
            { "the next business day", "2026-05-18T17:00:00" });
}

static void
test_weeks_and_months_have_an_end (Fixture *fixture, gconstpointer user_data)
{
  CHECK (
      { "by end of week", "2026-05-15T17:00:00" }, { "EOW", "2026-05-15T17:00:00" },
      { "later this week", "2026-05-15T17:00:00" }, { "before the weekend", "2026-05-15T17:00:00" },
      { "over the weekend", "2026-05-17T23:59:00" }, { "early next week", "2026-05-19T17:00:00" },
      { "next week", "2026-05-22T17:00:00" }, { "by the end of the month", "2026-05-31T17:00:00" });
}

static void
test_the_month_comes_first_where_people_say_so (Fixture *fixture, gconstpointer user_data)
{
  fixture->context.month_first = TRUE;
  CHECK ({ "by 6/7", "2026-06-07T17:00:00" });
  fixture->context.month_first = FALSE;
  CHECK ({ "by 6/7", "2026-07-06T17:00:00" });
}

static void
test_slack_dates_are_instants (Fixture *fixture, gconstpointer user_data)
{
  CHECK ({ "at <!date^1778594400^{time}|whenever>", "2026-05-12T15:00:00" },
         { "at <!date^1700000000^{time}|long ago>", NULL });
}

static void
test_lengths_are_elapsed_time_when_clocks_change (Fixture *fixture, gconstpointer user_data)
{
  /* London goes forward on 2026-03-29 at 01:00 and back on 2026-10-25 at 02:00. */
  CHECK_AT ("2026-03-28T22:00:00", { "in 6 hours", "2026-03-29T05:00:00" });
  CHECK_AT ("2026-10-24T22:00:00", { "in 6 hours", "2026-10-25T03:00:00" });
}

static void
test_wall_clocks_follow_the_due_day (Fixture *fixture, gconstpointer user_data)
{
  CHECK_AT ("2026-03-28T22:00:00", { "at 9am tomorrow", "2026-03-29T09:00:00" },
            { "on Monday", "2026-03-30T17:00:00" });
  g_assert_cmpint (promised (fixture, "at 9am tomorrow", at (fixture, "2026-03-28T22:00:00")) -
                       at (fixture, "2026-03-28T22:00:00"),
                   ==, 10 * ONC_HOUR);
}

static void
test_a_clock_that_is_left_out_is_the_moment_after (Fixture *fixture, gconstpointer user_data)
{
  CHECK_AT ("2026-03-28T22:00:00", { "at 01:30", "2026-03-29T02:00:00" },
            { "at 1:00 am", "2026-03-29T02:00:00" });
}

static void
test_a_clock_that_comes_twice_is_one_of_both (Fixture *fixture, gconstpointer user_data)
{
  OncInstant first = at (fixture, "2026-10-25T01:30:00+01:00");
  OncInstant due = promised (fixture, "at 01:30", at (fixture, "2026-10-24T22:00:00"));

  g_assert_true (due == first || due == first + ONC_HOUR);
}

static void
test_absurd_times_are_none (Fixture *fixture, gconstpointer user_data)
{
  CHECK ({ "in 99999999999 hours", NULL }, { "in 99999999999999999999999 days", NULL },
         { "in 100000 weeks", NULL }, { "in the year 99999", NULL }, { "at 25:00", NULL },
         { "at 14:75", NULL }, { "on 31 February", NULL }, { "on 0000-00-00", NULL },
         { "on 9999-12-31", NULL }, { "on 2019-05-12", NULL }, { "in 0 minutes", NULL },
         { "by 13/13/2026", NULL });
}

static void
test_what_is_over_is_no_time (Fixture *fixture, gconstpointer user_data)
{
  CHECK ({ "10 minutes ago", NULL }, { "since 3pm", NULL }, { "on 2026-05-11", NULL },
         { "last Friday", NULL }, { "two hours later", NULL });
}

static void
test_commands_read_what_people_type (Fixture *fixture, gconstpointer user_data)
{
  static const Row rows[] = {
    { "30m", "2026-05-12T10:30:00" },
    { "30", "2026-05-12T10:30:00" },
    { "+45", "2026-05-12T10:45:00" },
    { "1h30", "2026-05-12T11:30:00" },
    { "1h 30min", "2026-05-12T11:30:00" },
    { "14:30", "2026-05-12T14:30:00" },
    { "9:00", "2026-05-13T09:00:00" },
    { "3pm", "2026-05-12T15:00:00" },
    { "tomorrow 9:00", "2026-05-13T09:00:00" },
    { "Mon 10:00", "2026-05-18T10:00:00" },
    { "eod", "2026-05-12T17:00:00" },
    { "next-work-hour", "2026-05-13T09:00:00" },
    { "Next work hour", "2026-05-13T09:00:00" },
    { "  noon ", "2026-05-12T12:00:00" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) local_error = NULL;
      OncInstant read = onc_when_read (rows[i].said, at (fixture, NOW), &fixture->context,
                                       &local_error);
      g_autofree char *clock = clock_at (fixture, read);

      g_assert_no_error (local_error);
      g_assert_cmpstr (clock, ==, rows[i].due);
    }
}

static void
test_commands_refuse_what_is_no_time (Fixture *fixture, gconstpointer user_data)
{
  static const char *const texts[] = {
    "",
    " ",
    "soon",
    "yesterday",
    "5 minutes ago",
    "tomorrow or never",
    "14:30 15:30",
    "in",
    "99999999999h",
    "-5m",
    "-30",
    "in -5m",
    "next-work",
    "every 5 min",
    "\xff\xfe",
    "30m\n30m",
    "2019-01-01",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) local_error = NULL;

      g_assert_cmpint (onc_when_read (texts[i], at (fixture, NOW), &fixture->context, &local_error),
                       ==, 0);
      g_assert_error (local_error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT);
    }
}

static void
test_without_working_hours_there_is_no_next_one (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (OncHours) none = onc_hours_new_from_string ("", NULL);
  OncWhenContext context = { .zone = fixture->zone, .hours = none };
  g_autoptr (GError) local_error = NULL;

  g_assert_nonnull (none);
  g_assert_cmpint (onc_when_read ("next-work-hour", at (fixture, NOW), &context, &local_error), ==,
                   0);
  g_assert_error (local_error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT);
}

static void
test_lengths_of_the_configuration_are_bounded (Fixture *fixture, gconstpointer user_data)
{
  static const struct
  {
    const char *text;
    OncSpan span; /* 0: it is refused */
  } rows[] = {
    { "90s", 90 * ONC_SECOND },
    { "15min", 15 * ONC_MINUTE },
    { "1h 30min", 90 * ONC_MINUTE },
    { "7d", 7 * ONC_DAY },
    { "2w", 14 * ONC_DAY },
    { "", 0 },
    { "15", 0 },
    { "min", 0 },
    { "1h30", 0 },
    { "99999999999999999s", 0 },
    { "3000d 3000d", 0 },
    { "5 parsecs", 0 },
    { "18446744073709551617s", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      OncSpan span = 0;

      g_assert_cmpint (onc_span_parse (rows[i].text, &span), ==, rows[i].span != 0);
      g_assert_cmpint (span, ==, rows[i].span);
    }
}

/* For many moments of two years, with both changes of the clocks in them: writing a time as a date
 * and clock and reading that gives the time again, unless the clock shows it twice. */
static void
test_reading_what_is_rendered_gives_it_back (Fixture *fixture, gconstpointer user_data)
{
  OncInstant begin = at (fixture, "2026-01-01T00:00:00");

  for (guint i = 0; i < 1000; i++)
    {
      OncInstant now = begin + (OncInstant) g_test_rand_int_range (0, 700 * 24 * 60) * ONC_MINUTE;
      OncInstant due = now + (OncInstant) g_test_rand_int_range (1, 300 * 24 * 60) * ONC_MINUTE;
      g_autofree char *clock = clock_at (fixture, due);
      g_autofree char *typed = g_strndup (clock, strlen ("2026-05-12T10:00"));
      OncInstant read;

      typed[strlen ("2026-05-12")] = ' ';
      read = onc_when_read (typed, now, &fixture->context, NULL);
      if (read != due)
        {
          g_autofree char *other = clock_at (fixture, read);

          g_assert_cmpstr (other, ==, clock);
          g_assert_cmpint (ABS (read - due), ==, ONC_HOUR);
        }
    }
}

/* Every zone that the machine knows, at moments all over the year. */
static void
test_every_zone_has_an_end_of_day (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *table = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_zones = 0;

  g_assert_true (g_file_get_contents ("/usr/share/zoneinfo/tzdata.zi", &table, NULL, NULL));
  lines = g_strsplit (table, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], " ", -1);
      const char *name = g_str_equal (fields[0] != NULL ? fields[0] : "", "Z")   ? fields[1]
                         : g_str_equal (fields[0] != NULL ? fields[0] : "", "L") ? fields[2]
                                                                                 : NULL;
      g_autoptr (GTimeZone) zone = name != NULL ? g_time_zone_new_identifier (name) : NULL;
      Fixture other = { .zone = zone, .hours = fixture->hours };

      if (zone == NULL)
        continue;
      n_zones++;
      other.context = (OncWhenContext){ .zone = zone, .hours = fixture->hours };
      for (guint month = 1; month <= 12; month++)
        {
          g_autofree char *iso = g_strdup_printf ("2026-%02u-11T08:30:00", month);
          OncInstant now = at (&other, iso);
          g_autofree char *due = clock_at (&other, promised (&other, "by EOD", now));

          g_assert_true (g_str_has_suffix (due, "T17:00:00"));
          g_assert_cmpint (promised (&other, "in 36h", now) - now, ==, 36 * ONC_HOUR);
          g_assert_cmpint (promised (&other, "tomorrow at 2:30 am", now), >, now);
        }
    }
  g_assert_cmpuint (n_zones, >, 300);
}

static void
test_unknown_zones_are_no_zones (Fixture *fixture, gconstpointer user_data)
{
  /* What stands behind a clock and is no zone leaves the author's. */
  CHECK ({ "at 3pm Narnia time", "2026-05-12T15:00:00" }, { "at 15:00 XQZ", "2026-05-12T15:00:00" },
         { "at 15:00 GMT+99", "2026-05-12T16:00:00" });
}

#define ADD(name, function) ADD_IN ("Europe/London", name, function)
#define ADD_IN(zone, name, function)                                                               \
  g_test_add ("/when/" name, Fixture, zone, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* All that is read wrong is told, not only the first. */
  g_test_set_nonfatal_assertions ();
  ADD ("lengths count from now", test_lengths_count_from_now);
  ADD ("words about a time change nothing", test_words_about_a_time_change_nothing);
  ADD ("ranges end at their upper bound", test_ranges_end_at_their_upper_bound);
  ADD ("clocks mean their next occurrence", test_clocks_mean_their_next_occurrence);
  ADD ("bare hours are in the daytime", test_bare_hours_are_in_the_daytime);
  ADD ("turns of the hour are the next ones", test_turns_of_the_hour_are_the_next_ones);
  ADD ("zones are wall clocks of their region", test_zones_are_wall_clocks_of_their_region);
  ADD ("parts of the day have an end", test_parts_of_the_day_have_an_end);
  ADD ("days end with the work", test_days_end_with_the_work);
  ADD ("business days skip the weekend", test_business_days_skip_the_weekend);
  ADD ("weeks and months have an end", test_weeks_and_months_have_an_end);
  ADD ("the month comes first where people say so", test_the_month_comes_first_where_people_say_so);
  ADD ("Slack's dates are instants", test_slack_dates_are_instants);
  ADD ("lengths are elapsed time when clocks change",
       test_lengths_are_elapsed_time_when_clocks_change);
  ADD ("wall clocks follow the due day", test_wall_clocks_follow_the_due_day);
  ADD ("a clock that is left out is the moment after",
       test_a_clock_that_is_left_out_is_the_moment_after);
  ADD ("a clock that comes twice is one of both", test_a_clock_that_comes_twice_is_one_of_both);
  ADD ("absurd times are none", test_absurd_times_are_none);
  ADD ("what is over is no time", test_what_is_over_is_no_time);
  ADD ("commands read what people type", test_commands_read_what_people_type);
  ADD ("commands refuse what is no time", test_commands_refuse_what_is_no_time);
  ADD ("without working hours there is no next one",
       test_without_working_hours_there_is_no_next_one);
  ADD ("lengths of the configuration are bounded", test_lengths_of_the_configuration_are_bounded);
  ADD_IN ("Europe/London", "reading what is rendered gives it back, in London",
          test_reading_what_is_rendered_gives_it_back);
  ADD_IN ("Australia/Lord_Howe", "every zone has an end of day", test_every_zone_has_an_end_of_day);
  ADD_IN ("Pacific/Auckland", "reading what is rendered gives it back, in Auckland",
          test_reading_what_is_rendered_gives_it_back);
  ADD ("unknown zones are no zones", test_unknown_zones_are_no_zones);
  return g_test_run ();
}
