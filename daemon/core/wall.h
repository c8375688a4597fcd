/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Dates and times of day as a wall clock in some zone shows them. */

#pragma once

#include "types.h"

G_BEGIN_DECLS

#define ONC_WALL_DAY (24 * 60 * 60) /* seconds that a wall clock shows in a day */

typedef struct
{
  gint day;    /* days since 1970-01-01 */
  gint second; /* seconds since midnight by the clock's hands; ONC_WALL_DAY is the next midnight */
} OncWall;

/* Looks up @name, which may be any text: GLib would open whatever file it leads to.
 *
 * Returns: (transfer full) (nullable): the zone that the tz database calls so, or that is so far
 * from UTC ("Europe/Berlin", "+05:45"); NULL where there is none. */
GTimeZone *onc_wall_zone_new (const char *name);

/* Returns: what the clock shows in @zone at @instant, down to the second. */
OncWall onc_wall_from_instant (OncInstant instant, GTimeZone *zone);

/* Returns: the instant at which the clock in @zone shows @wall. A time that a change of the clocks
 * leaves out stands for the first moment after it, as with g_date_time_new(); of one that comes
 * twice it is one of both. */
OncInstant onc_wall_to_instant (OncWall wall, GTimeZone *zone);

/* Returns: the weekday of @day, 0 for Monday. */
guint onc_wall_weekday (gint day);

/* Sets *@day to the date. Returns: FALSE when the calendar lacks it or its year is not of four
 * digits; then *@day is left alone. */
gboolean onc_wall_day_from_date (gint year, gint month, gint day_of_month, gint *day)
    G_GNUC_WARN_UNUSED_RESULT;

/* Sets what is not NULL to the parts of the date of @day; the month counts from 1. */
void onc_wall_date_from_day (gint day, gint *year, gint *month, gint *day_of_month);

G_END_DECLS
