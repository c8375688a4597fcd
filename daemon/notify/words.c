/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "words.h"

#include <glib/gi18n.h>

/* Less than this from now is now: it would round to no minute. */
#define A_MOMENT (ONC_MINUTE / 2)

typedef enum
{
  UNIT_MINUTES,
  UNIT_HOURS,
  UNIT_DAYS,
} Unit;

/* Returns: how many of the largest *@unit that fits make up @span, rounded down. */
static guint
count_units (OncSpan span, Unit *unit)
{
  guint minutes = (guint) CLAMP (span / ONC_MINUTE, 0, G_MAXINT32);

  if (minutes < 60)
    {
      *unit = UNIT_MINUTES;
      return minutes;
    }
  *unit = minutes < 24 * 60 ? UNIT_HOURS : UNIT_DAYS;
  return *unit == UNIT_HOURS ? minutes / 60 : minutes / (24 * 60);
}

char *
onc_words_wait (OncSpan waited)
{
  Unit unit;
  guint n = count_units (waited, &unit);

  if (n == 0)
    return g_strdup (_ ("Nobody is looking yet."));
  switch (unit)
    {
    case UNIT_MINUTES:
      return g_strdup_printf (
          ngettext ("Nobody has looked for %u minute.", "Nobody has looked for %u minutes.", n), n);
    case UNIT_HOURS:
      return g_strdup_printf (
          ngettext ("Nobody has looked for %u hour.", "Nobody has looked for %u hours.", n), n);
    case UNIT_DAYS:
      return g_strdup_printf (
          ngettext ("Nobody has looked for %u day.", "Nobody has looked for %u days.", n), n);
    }

  g_return_val_if_reached (NULL);
}

/* Returns: (transfer full): a length of time to the nearest minute, of which there is one at least,
 * or to a whole hour or day: "12 minutes". */
static char *
describe_span (OncSpan span)
{
  Unit unit;
  guint n = count_units (span + ONC_MINUTE / 2, &unit);

  switch (unit)
    {
    case UNIT_MINUTES:
      return g_strdup_printf (ngettext ("%u minute", "%u minutes", n), n);
    case UNIT_HOURS:
      return g_strdup_printf (ngettext ("%u hour", "%u hours", n), n);
    case UNIT_DAYS:
      return g_strdup_printf (ngettext ("%u day", "%u days", n), n);
    }

  g_return_val_if_reached (NULL);
}

char *
onc_words_brief_span (OncSpan span)
{
  guint minutes = (guint) (span / ONC_MINUTE);

  if (minutes < 60)
    return g_strdup_printf (_ ("%u min"), minutes);
  if (minutes % 60 == 0)
    return g_strdup_printf (_ ("%u h"), minutes / 60);

  return g_strdup_printf (_ ("%u h %u min"), minutes / 60, minutes % 60);
}

/* Returns: (transfer full): "14:30", or "Mon 14:30" where it is not of this day, and the date where
 * it is not of this week. */
static char *
describe_time (OncInstant instant, const OncOccasion *occasion)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (instant / ONC_SECOND);
  g_autoptr (GDateTime) now_utc = g_date_time_new_from_unix_utc (occasion->now / ONC_SECOND);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, occasion->zone);
  g_autoptr (GDateTime) now = g_date_time_to_timezone (now_utc, occasion->zone);
  gboolean near = ABS (instant - occasion->now) < 6 * ONC_DAY;

  if (near && g_date_time_get_day_of_year (local) == g_date_time_get_day_of_year (now))
    return g_date_time_format (local, "%H:%M");

  /* Translators: a time of another day, as strftime() has it */
  return g_date_time_format (local, near ? _ ("%a %H:%M") : _ ("%a %d %b %H:%M"));
}

char *
onc_words_promise (OncInstant due, const OncOccasion *occasion)
{
  g_autofree char *time = describe_time (due, occasion);
  OncSpan left = due - occasion->now;
  g_autofree char *span = describe_span (ABS (left));

  if (occasion->kind == ONC_ALERT_PROMISE_BROKEN)
    return g_strdup_printf (_ ("You promised an update by %s, and none has come."), time);
  if (left >= A_MOMENT)
    return g_strdup_printf (_ ("You promised an update by %s: %s left."), time, span);
  if (left > -A_MOMENT)
    return g_strdup_printf (_ ("You promised an update by %s: that is now."), time);

  return g_strdup_printf (_ ("You promised an update by %s: that was %s ago."), time, span);
}

char *
onc_words_deadline (OncInstant needed_by, const OncOccasion *occasion)
{
  g_autofree char *time = describe_time (needed_by, occasion);
  OncSpan left = needed_by - occasion->now;
  g_autofree char *span = describe_span (ABS (left));

  if (left >= A_MOMENT)
    return g_strdup_printf (_ ("It is needed by %s: %s left."), time, span);
  if (left > -A_MOMENT)
    return g_strdup_printf (_ ("It is needed by %s: that is now."), time);

  return g_strdup_printf (_ ("It was needed by %s: %s ago."), time, span);
}

char *
onc_words_silence (OncSpan silent)
{
  Unit unit;
  guint n = count_units (silent, &unit);

  switch (unit)
    {
    case UNIT_MINUTES:
      return g_strdup_printf (ngettext ("Nothing has been said for %u minute.",
                                        "Nothing has been said for %u minutes.", n),
                              n);
    case UNIT_HOURS:
      return g_strdup_printf (
          ngettext ("Nothing has been said for %u hour.", "Nothing has been said for %u hours.", n),
          n);
    case UNIT_DAYS:
      return g_strdup_printf (
          ngettext ("Nothing has been said for %u day.", "Nothing has been said for %u days.", n),
          n);
    }

  g_return_val_if_reached (NULL);
}
