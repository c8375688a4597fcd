/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "hours.h"

#include "error.h"
#include "wall.h"

#include <string.h>

#define DAY_MINUTES  (24 * 60)
#define WEEK_MINUTES (7 * DAY_MINUTES)

/* A week has 168 hours: no sensible schedule has more ranges, and it bounds hostile ones. */
#define MAX_RANGES 168

/* The longest span that may be added, so that a schedule of a minute a week is soon through. */
#define MAX_SPAN (366 * ONC_DAY)

/* Minutes since Monday 00:00. One that begins late on Sunday may end beyond the week. */
typedef struct
{
  gint begin;
  gint end;
} Range;

struct _OncHours
{
  GArray *ranges;    /* (owned) of Range, sorted, without overlaps */
  gint day_begin[7]; /* seconds after midnight: the first range that begins on that day */
  gint day_end[7];   /* likewise, the last one's end, at most midnight; 0: none begins that day */
};

static const char *const day_names[7] = { "monday", "tuesday",  "wednesday", "thursday",
                                          "friday", "saturday", "sunday" };

static void
skip_spaces (const char **cursor)
{
  while (g_ascii_isspace (**cursor))
    (*cursor)++;
}

/* Takes one byte from @cursor if it is @byte, with the spaces around it. */
static gboolean
take (const char **cursor, char byte)
{
  skip_spaces (cursor);
  if (**cursor != byte)
    return FALSE;
  (*cursor)++;
  skip_spaces (cursor);
  return TRUE;
}

/* Takes the name of a weekday, whole or cut to three letters and more. */
static gboolean
take_day (const char **cursor, guint *day, GError **error)
{
  gsize length = 0;

  while (g_ascii_isalpha ((*cursor)[length]))
    length++;
  for (guint i = 0; length >= 3 && i < G_N_ELEMENTS (day_names); i++)
    {
      if (length <= strlen (day_names[i]) &&
          g_ascii_strncasecmp (*cursor, day_names[i], length) == 0)
        {
          *cursor += length;
          *day = i;
          return TRUE;
        }
    }

  g_set_error (error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT,
               "expected a day of the week such as Mon at \"%s\"", *cursor);
  return FALSE;
}

/* Takes days such as "Mon-Fri,Sun" as bits, Monday's being the lowest. */
static gboolean
take_days (const char **cursor, guint *days, GError **error)
{
  *days = 0;
  do
    {
      guint first, last;

      if (!take_day (cursor, &first, error))
        return FALSE;
      last = first;
      if (take (cursor, '-') && !take_day (cursor, &last, error))
        return FALSE;
      for (guint day = first; day != last; day = (day + 1) % 7)
        *days |= 1u << day;
      *days |= 1u << last;
    }
  while (take (cursor, ','));

  return TRUE;
}

/* Takes a time such as 09:00 as minutes since midnight. */
static gboolean
take_time (const char **cursor, gint *minutes, GError **error)
{
  const char *c = *cursor;
  gint hour = 0;
  guint digits = 0;

  for (; g_ascii_isdigit (*c) && digits < 2; digits++)
    hour = hour * 10 + g_ascii_digit_value (*c++);
  if (digits == 0 || c[0] != ':' || !g_ascii_isdigit (c[1]) || !g_ascii_isdigit (c[2]) ||
      g_ascii_isdigit (c[3]))
    digits = 0;
  else
    *minutes = hour * 60 + g_ascii_digit_value (c[1]) * 10 + g_ascii_digit_value (c[2]);

  if (digits == 0 || g_ascii_digit_value (c[1]) > 5 || *minutes > DAY_MINUTES)
    {
      g_set_error (error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT,
                   "expected a time such as 09:00 at \"%s\"", *cursor);
      return FALSE;
    }
  *cursor = c + 3;
  return TRUE;
}

/* Adds the range of minutes on each of @days. */
static void
add_range (OncHours *self, guint days, gint begin, gint end)
{
  for (gint day = 0; day < 7; day++)
    {
      Range range = { day * DAY_MINUTES + begin, day * DAY_MINUTES + end };
      gboolean first = self->day_end[day] == 0;

      if ((days & (1u << day)) == 0)
        continue;
      g_array_append_val (self->ranges, range);
      self->day_begin[day] = first ? begin * 60 : MIN (self->day_begin[day], begin * 60);
      self->day_end[day] = MAX (self->day_end[day], MIN (end, DAY_MINUTES) * 60);
    }
}

/* Takes "09:00-17:00" and adds that range on each of @days. */
static gboolean
take_range (OncHours *self, const char **cursor, guint days, GError **error)
{
  gint begin, end;

  if (!take_time (cursor, &begin, error))
    return FALSE;
  if (!take (cursor, '-'))
    {
      g_set_error (error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT,
                   "expected a range such as 09:00-17:00 at \"%s\"", *cursor);
      return FALSE;
    }
  if (!take_time (cursor, &end, error))
    return FALSE;

  add_range (self, days, begin, end > begin ? end : end + DAY_MINUTES);
  if (self->ranges->len > MAX_RANGES)
    {
      g_set_error_literal (error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT, "too many ranges");
      return FALSE;
    }
  return TRUE;
}

static gint
compare_ranges (gconstpointer a, gconstpointer b)
{
  const Range *range_a = a;
  const Range *range_b = b;

  return range_a->begin - range_b->begin;
}

/* Sorts @ranges and joins those that overlap or touch, also around the end of the week. */
static void
merge_ranges (GArray *ranges)
{
  guint kept = 0;

  g_array_sort (ranges, compare_ranges);
  for (guint i = 0; i < ranges->len; i++)
    {
      Range range = g_array_index (ranges, Range, i);
      Range *last = kept > 0 ? &g_array_index (ranges, Range, kept - 1) : NULL;

      if (last != NULL && range.begin <= last->end)
        last->end = MAX (last->end, range.end);
      else
        g_array_index (ranges, Range, kept++) = range;
    }
  g_array_set_size (ranges, kept);

  while (ranges->len > 1)
    {
      Range first = g_array_index (ranges, Range, 0);
      Range *last = &g_array_index (ranges, Range, ranges->len - 1);

      if (last->end < first.begin + WEEK_MINUTES)
        break;
      last->end = MAX (last->end, first.end + WEEK_MINUTES);
      g_array_remove_index (ranges, 0);
    }
}

OncHours *
onc_hours_new_from_string (const char *text, GError **error)
{
  g_autoptr (OncHours) self = g_new0 (OncHours, 1);
  const char *cursor = text;

  self->ranges = g_array_new (FALSE, FALSE, sizeof (Range));
  skip_spaces (&cursor);
  while (*cursor != '\0')
    {
      guint days = (1u << 7) - 1;

      if (!g_ascii_isdigit (*cursor) && !take_days (&cursor, &days, error))
        return NULL;
      skip_spaces (&cursor);
      do
        {
          if (!take_range (self, &cursor, days, error))
            return NULL;
        }
      while (take (&cursor, ','));
      if (*cursor != '\0' && !take (&cursor, ';'))
        {
          g_set_error (error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT,
                       "expected a semicolon at \"%s\"", cursor);
          return NULL;
        }
    }

  merge_ranges (self->ranges);
  return g_steal_pointer (&self);
}

void
onc_hours_free (OncHours *self)
{
  g_array_unref (self->ranges);
  g_free (self);
}

static OncInstant
week_instant (gint monday, gint minutes, GTimeZone *zone)
{
  OncWall wall = { monday + minutes / DAY_MINUTES, minutes % DAY_MINUTES * 60 };

  return onc_wall_to_instant (wall, zone);
}

/* Whether the hours never end. */
static gboolean
is_always (const OncHours *self)
{
  const Range *range = self->ranges->len == 1 ? &g_array_index (self->ranges, Range, 0) : NULL;

  return range != NULL && range->end - range->begin >= WEEK_MINUTES;
}

/* Sets *@begin and *@end to the first stretch of the hours that ends after @instant. Returns: FALSE
 * when there are none or they never end. */
static gboolean
find_stretch (
    const OncHours *self, OncInstant instant, GTimeZone *zone, OncInstant *begin, OncInstant *end)
{
  gint today = onc_wall_from_instant (instant, zone).day;
  gint monday = today - (gint) onc_wall_weekday (today);

  if (is_always (self))
    return FALSE;

  /* Last week's may reach into this one; if this week's are over, next week's come. */
  for (gint week = -1; week <= 1; week++)
    {
      for (guint i = 0; i < self->ranges->len; i++)
        {
          Range range = g_array_index (self->ranges, Range, i);

          *end = week_instant (monday + week * 7, range.end, zone);
          if (*end > instant)
            {
              *begin = week_instant (monday + week * 7, range.begin, zone);
              return TRUE;
            }
        }
    }

  return FALSE;
}

gboolean
onc_hours_contains (const OncHours *self, OncInstant instant, GTimeZone *zone)
{
  OncInstant begin, end;

  if (is_always (self))
    return TRUE;
  return find_stretch (self, instant, zone, &begin, &end) && begin <= instant;
}

OncInstant
onc_hours_next_start (const OncHours *self, OncInstant instant, GTimeZone *zone)
{
  OncInstant begin, end;

  if (!find_stretch (self, instant, zone, &begin, &end))
    return 0;
  if (begin <= instant && !find_stretch (self, end, zone, &begin, &end))
    return 0;
  return begin;
}

OncInstant
onc_hours_end (const OncHours *self, OncInstant instant, GTimeZone *zone)
{
  OncInstant begin, end;

  if (!find_stretch (self, instant, zone, &begin, &end) || begin > instant)
    return 0;
  return end;
}

OncInstant
onc_hours_add (const OncHours *self, OncInstant instant, OncSpan span, GTimeZone *zone)
{
  OncInstant begin, end;

  span = CLAMP (span, 0, MAX_SPAN);
  while (find_stretch (self, instant, zone, &begin, &end))
    {
      instant = MAX (instant, begin);
      if (span <= end - instant)
        break;
      span -= end - instant;
      instant = end;
    }

  return instant + span;
}

gboolean
onc_hours_has_day (const OncHours *self, guint weekday)
{
  g_return_val_if_fail (weekday < 7, FALSE);

  return self->day_end[weekday] > 0;
}

void
onc_hours_day_bounds (const OncHours *self, guint weekday, gint *begin, gint *end)
{
  g_return_if_fail (weekday < 7);

  *begin = 9 * 60 * 60;
  *end = 17 * 60 * 60;
  for (guint i = 0; i <= 7; i++)
    {
      guint day = i == 0 ? weekday : i - 1;

      if (self->day_end[day] > 0)
        {
          *begin = self->day_begin[day];
          *end = self->day_end[day];
          return;
        }
    }
}
