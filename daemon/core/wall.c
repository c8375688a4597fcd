/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "wall.h"

#include <string.h>

/* What g_date_get_julian() says of 1970-01-01. */
#define EPOCH_JULIAN 719163

/* All names of zones begin with a capital letter; what else lies beside them does not. */
static gboolean
is_zone_name (const char *name)
{
  return g_ascii_isupper (*name) && strstr (name, "..") == NULL &&
         name[strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "/_+-")] == '\0';
}

static gboolean
is_offset (const char *name)
{
  return (*name == '+' || *name == '-') && name[1 + strspn (name + 1, G_CSET_DIGITS ":")] == '\0';
}

GTimeZone *
onc_wall_zone_new (const char *name)
{
  return is_zone_name (name) || is_offset (name) ? g_time_zone_new_identifier (name) : NULL;
}

OncWall
onc_wall_from_instant (OncInstant instant, GTimeZone *zone)
{
  gint64 seconds = instant / ONC_SECOND - (instant % ONC_SECOND < 0);
  gint interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds);
  gint64 day;

  seconds += g_time_zone_get_offset (zone, interval);
  day = seconds / ONC_WALL_DAY - (seconds % ONC_WALL_DAY < 0);
  return (OncWall){ .day = day, .second = seconds - day * ONC_WALL_DAY };
}

OncInstant
onc_wall_to_instant (OncWall wall, GTimeZone *zone)
{
  gint64 seconds = (gint64) wall.day * ONC_WALL_DAY + wall.second;
  gint interval = g_time_zone_adjust_time (zone, G_TIME_TYPE_STANDARD, &seconds);

  return (seconds - g_time_zone_get_offset (zone, interval)) * ONC_SECOND;
}

guint
onc_wall_weekday (gint day)
{
  gint weekday = (day + 3) % 7; /* 1970-01-01 was a Thursday */

  return weekday < 0 ? weekday + 7 : weekday;
}

gboolean
onc_wall_day_from_date (gint year, gint month, gint day_of_month, gint *day)
{
  GDate date;

  if (year < 1000 || year > 9999 || month < 1 || month > 12 || day_of_month < 1 ||
      day_of_month > 31 || !g_date_valid_dmy (day_of_month, month, year))
    return FALSE;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, day_of_month, month, year);
  *day = (gint) g_date_get_julian (&date) - EPOCH_JULIAN;
  return TRUE;
}

void
onc_wall_date_from_day (gint day, gint *year, gint *month, gint *day_of_month)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, MAX (day + EPOCH_JULIAN, 1));
  if (year != NULL)
    *year = g_date_get_year (&date);
  if (month != NULL)
    *month = g_date_get_month (&date);
  if (day_of_month != NULL)
    *day_of_month = g_date_get_day (&date);
}
