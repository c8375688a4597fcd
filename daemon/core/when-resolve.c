/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Which instant a spoken time means. The rule behind all of it: the last moment that still keeps
 * what was said. */

#include "when.h"

#include "wall.h"

#define HOUR (60 * 60)

/* Parts of the day that no working hours tell. */
#define NOON        (12 * HOUR)
#define AFTER_LUNCH (14 * HOUR)
#define EVENING     (21 * HOUR)
#define LAST_MINUTE (24 * HOUR - 60)

/* A bare hour means the one in the day, from seven to seven. */
#define DAY_BEGIN (7 * HOUR)
#define DAY_END   (19 * HOUR)

/* Nobody promises further ahead; it also bounds what absurd dates come to. */
#define MAX_AHEAD (400 * ONC_DAY)

typedef struct
{
  const OncWhenContext *context;
  OncInstant said_at;
  GTimeZone *zone; /* in which the time is meant; not owned */
  OncWall now;     /* said_at there */
} Speech;

/* Returns: seconds after midnight at which work ends on @day, the last minute once that is over. */
static gint
day_end (const Speech *speech, gint day)
{
  gint begin, end;

  onc_hours_day_bounds (speech->context->hours, onc_wall_weekday (day), &begin, &end);
  return day == speech->now.day && speech->now.second >= end ? LAST_MINUTE : end;
}

static gint
day_begin (const Speech *speech, gint day)
{
  gint begin, end;

  onc_hours_day_bounds (speech->context->hours, onc_wall_weekday (day), &begin, &end);
  return begin;
}

/* Returns: the day @count business days after @day. */
static gint
add_business_days (const Speech *speech, gint day, gint count)
{
  gboolean any = FALSE;

  for (guint weekday = 0; weekday < 7; weekday++)
    any |= onc_hours_has_day (speech->context->hours, weekday);
  while (any && count > 0)
    {
      day++;
      count -= onc_hours_has_day (speech->context->hours, onc_wall_weekday (day));
    }
  return day + count;
}

/* Returns: the last day of the month that is @ahead months after that of @day. */
static gint
month_end (gint day, gint ahead)
{
  gint year, month, result = day;

  onc_wall_date_from_day (day, &year, &month, NULL);
  month += ahead;
  if (onc_wall_day_from_date (year + month / 12, month % 12 + 1, 1, &result))
    result--;
  return result;
}

/* Sets *@day to the next one with that date: a year or more may be missing. */
static gboolean
find_date (const Speech *speech, gint value, gint *day)
{
  gint year = value / 10000;
  gint month = value / 100 % 100;
  gint day_of_month = value % 100;
  gint this_year;

  if (year > 0)
    return onc_wall_day_from_date (year, month, day_of_month, day);

  onc_wall_date_from_day (speech->now.day, &this_year, NULL, NULL);
  for (year = this_year; year <= this_year + 1; year++)
    {
      if (onc_wall_day_from_date (year, month, day_of_month, day) && *day >= speech->now.day)
        return TRUE;
    }
  return FALSE;
}

/* Sets *@day to the one that a slashed date means: in the customary order, or the other one if
 * the calendar lacks that. */
static gboolean
find_slashed (const Speech *speech, gint value, gint *day)
{
  gint swapped = value / 10000 * 10000 + value % 100 * 100 + value / 100 % 100;
  gint customary = speech->context->month_first ? value : swapped;

  return find_date (speech, customary, day) ||
         find_date (speech, customary == value ? swapped : value, day);
}

/* Sets *@day to the next one whose number in its month is @number. */
static gboolean
find_day_of_month (const Speech *speech, gint number, gint *day)
{
  gint year, month;

  onc_wall_date_from_day (speech->now.day, &year, &month, NULL);
  for (gint ahead = month - 1; ahead < month + 11; ahead++)
    {
      if (onc_wall_day_from_date (year + ahead / 12, ahead % 12 + 1, number, day) &&
          *day >= speech->now.day)
        return TRUE;
    }
  return FALSE;
}

/* Sets *@day to the one that @when names. Returns: FALSE when there is no such day. */
static gboolean
find_day (const Speech *speech, const OncWhen *when, gint *day)
{
  gint today = speech->now.day;
  gint weekday = onc_wall_weekday (today);
  gint next_monday = today + 7 - weekday;

  switch (when->day)
    {
    case ONC_DAY_NONE:
    case ONC_DAY_TODAY:
      *day = today;
      break;
    case ONC_DAY_TOMORROW:
      *day = today + 1;
      break;
    case ONC_DAY_AFTER_TOMORROW:
      *day = today + 2;
      break;
    case ONC_DAY_WEEK_END:
      *day = weekday <= 4 ? today + 4 - weekday : next_monday + 4;
      break;
    case ONC_DAY_WEEKEND:
      *day = today + 6 - weekday;
      break;
    case ONC_DAY_EARLY_NEXT_WEEK:
      *day = next_monday + 1;
      break;
    case ONC_DAY_MID_NEXT_WEEK:
      *day = next_monday + 2;
      break;
    case ONC_DAY_NEXT_WEEK:
      *day = next_monday + 4;
      break;
    case ONC_DAY_MONTH_END:
      *day = month_end (today, 0);
      break;
    case ONC_DAY_NEXT_MONTH:
      *day = month_end (today, 1);
      break;
    case ONC_DAY_YEAR_END:
      return find_date (speech, 1231, day);
    case ONC_DAY_NEXT_BUSINESS:
      *day = add_business_days (speech, today, 1);
      break;
    case ONC_DAY_WEEKDAY:
      *day = today + (when->day_value - weekday + 6) % 7 + 1;
      break;
    case ONC_DAY_NEXT_WEEKDAY:
      *day = next_monday + when->day_value;
      break;
    case ONC_DAY_OF_MONTH:
      return find_day_of_month (speech, when->day_value, day);
    case ONC_DAY_DATE:
      return when->day_value >= 0 ? find_date (speech, when->day_value, day)
                                  : find_slashed (speech, -when->day_value, day);
    case ONC_DAY_COUNT:
      *day = today + when->day_value;
      break;
    case ONC_DAY_BUSINESS_COUNT:
      *day = add_business_days (speech, today, when->day_value);
      break;
    case ONC_DAY_MONTH_COUNT:
      *day = MIN (today + 30 * when->day_value, month_end (today, when->day_value));
      break;
    default:
      return FALSE;
    }

  return TRUE;
}

static gboolean
is_pm (const OncWhen *when)
{
  return when->meridiem == ONC_MERIDIEM_PM ||
         (when->meridiem == ONC_MERIDIEM_GUESS &&
          (when->part == ONC_PART_EVENING || when->part == ONC_PART_NIGHT ||
           when->part == ONC_PART_AFTERNOON));
}

/* Returns: seconds after midnight of a clock; for one without am or pm, the first that is at least
 * @earliest in the daytime, or else the first in the daytime. */
static gint
clock_second (const OncWhen *when, gint earliest)
{
  gint second = when->minute * 60;
  gboolean am = when->meridiem == ONC_MERIDIEM_AM ||
                (when->meridiem == ONC_MERIDIEM_GUESS && when->part == ONC_PART_MORNING);

  if (when->meridiem == ONC_MERIDIEM_CLOCK || second >= 13 * HOUR)
    return second;
  second %= 12 * HOUR;
  if (am)
    return second;
  if (is_pm (when))
    return second + 12 * HOUR;
  if (second < DAY_BEGIN || (second < earliest && second + 12 * HOUR <= DAY_END))
    second += 12 * HOUR;
  return second;
}

/* Returns: seconds after midnight at which a part of @day is over. */
static gint
part_end (const Speech *speech, OncPart part, gint day)
{
  switch (part)
    {
    case ONC_PART_START:
      return day_begin (speech, day);
    case ONC_PART_MORNING:
    case ONC_PART_LUNCH:
      return NOON;
    case ONC_PART_AFTER_LUNCH:
      return AFTER_LUNCH;
    case ONC_PART_EVENING:
      return day == speech->now.day && speech->now.second >= EVENING ? LAST_MINUTE : EVENING;
    case ONC_PART_NIGHT:
      return LAST_MINUTE;
    case ONC_PART_NONE:
    case ONC_PART_AFTERNOON:
    case ONC_PART_END:
    default:
      return day_end (speech, day);
    }
}

static OncInstant
at_wall (const Speech *speech, gint day, gint second)
{
  return onc_wall_to_instant ((OncWall){ day, second }, speech->zone);
}

/* Returns: the next time after now that the clock shows so many minutes of an hour. */
static OncInstant
next_turn (const Speech *speech, gint minute)
{
  gint hour = speech->now.second / HOUR;
  OncInstant instant = 0;

  for (gint ahead = 0; ahead <= 2 && instant <= speech->said_at; ahead++)
    instant = at_wall (speech, speech->now.day, (hour + ahead) * HOUR + minute * 60);
  return instant;
}

static OncInstant
resolve_point (const Speech *speech, const OncWhen *when)
{
  gboolean floating = when->day == ONC_DAY_NONE && when->part != ONC_PART_NIGHT;
  gint earliest, second, day;
  OncInstant instant;

  if (!find_day (speech, when, &day))
    return 0;
  if (when->turn >= 0 && floating)
    return next_turn (speech, when->turn);

  earliest = day == speech->now.day ? speech->now.second + 1 : 0;
  if (when->minute >= 0)
    second = clock_second (when, earliest);
  else if (when->part != ONC_PART_NONE)
    second = part_end (speech, when->part, day);
  else if (when->day == ONC_DAY_WEEKEND)
    second = LAST_MINUTE;
  else
    second = day_end (speech, day);

  instant = at_wall (speech, day, second);
  if (instant <= speech->said_at && floating)
    {
      /* Not ahead any more today; an hour that was guessed is guessed anew for tomorrow. */
      if (when->minute >= 0)
        second = clock_second (when, 0);
      instant = at_wall (speech, day + 1, second);
    }
  else if (instant <= speech->said_at && when->day == ONC_DAY_WEEK_END)
    instant = at_wall (speech, day + 7, day_end (speech, day + 7));
  return instant;
}

OncInstant
onc_when_resolve (const OncWhen *when,
                  OncInstant said_at,
                  const OncLexicon *lexicon,
                  const OncWhenContext *context)
{
  g_autoptr (GTimeZone) other_zone = NULL;
  Speech speech = { .context = context, .said_at = said_at, .zone = context->zone };
  OncInstant instant = 0;
  OncSpan shift = when->zone_shift * ONC_MINUTE;

  if (when->kind == ONC_WHEN_INSTANT)
    instant = when->instant;
  else if (when->kind == ONC_WHEN_SPAN)
    instant = said_at + when->span;
  else if (when->kind == ONC_WHEN_POINT)
    {
      if (when->zone >= 0)
        {
          other_zone = g_time_zone_new_identifier (onc_lexicon_zone (lexicon, when->zone));
          if (other_zone == NULL)
            return 0;
          speech.zone = other_zone;
        }
      /* GMT+2 is as if all were said two hours later in GMT. */
      speech.said_at += shift;
      speech.now = onc_wall_from_instant (speech.said_at, speech.zone);
      instant = resolve_point (&speech, when);
      instant = instant > 0 ? instant - shift : 0;
    }

  return instant > said_at && instant <= said_at + MAX_AHEAD ? instant : 0;
}
