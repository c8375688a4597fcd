/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "moment.h"

#include "json-text.h"

#include <glib/gi18n.h>
#include <string.h>
#include <time.h>

/* For a pause that only a person ends, which has the last of all instants. */
#define NEVER "∞"

/* The calendar's view of @instant. Returns: FALSE where it has none. */
static gboolean
to_local (OncInstant instant, struct tm *local)
{
  time_t seconds = (time_t) (instant / ONC_SECOND);

  return localtime_r (&seconds, local) != NULL;
}

char *
onc_moment_rfc3339 (OncInstant instant)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  GString *out;

  if (instant == 0)
    return NULL;

  out = g_string_new (NULL);
  onc_rfc3339_append (out, instant, zone);
  return g_string_free (out, FALSE);
}

char *
onc_moment_local (OncInstant instant, OncInstant now)
{
  struct tm local;
  struct tm today;
  char buffer[128] = "";

  if (instant == G_MAXINT64)
    return g_strdup (NEVER);
  if (!to_local (instant, &local) || !to_local (now, &today))
    return g_strdup (_ ("unknown"));

  if (local.tm_year == today.tm_year && local.tm_yday == today.tm_yday)
    strftime (buffer, sizeof buffer, "%H:%M", &local);
  else if (local.tm_year == today.tm_year)
    strftime (buffer, sizeof buffer, _ ("%a %d %b %H:%M"), &local);
  else
    strftime (buffer, sizeof buffer, _ ("%a %d %b %Y %H:%M"), &local);

  return g_strdup (buffer);
}

char *
onc_moment_span (OncSpan span)
{
  if (span < ONC_MINUTE)
    return g_strdup (_ ("now"));
  if (span < ONC_HOUR)
    return g_strdup_printf (_ ("%umin"), (guint) (span / ONC_MINUTE));
  if (span < ONC_DAY)
    return g_strdup_printf (_ ("%uh"), (guint) (span / ONC_HOUR));

  return g_strdup_printf (_ ("%ud"), (guint) (span / ONC_DAY));
}

char *
onc_moment_due (OncInstant due, OncInstant now)
{
  g_autofree char *span = onc_moment_span (ABS (due - now));

  if (due == 0)
    return g_strdup ("");
  if (due == G_MAXINT64)
    return g_strdup (NEVER);
  if (ABS (due - now) < ONC_MINUTE)
    return g_steal_pointer (&span);

  /* A promised update and the like: in how long it is due, and for how long it has been */
  return due > now ? g_strdup_printf (_ ("in %s"), span) : g_strdup_printf (_ ("overdue %s"), span);
}

char *
onc_moment_relative (OncInstant instant, OncInstant now)
{
  g_autofree char *span = onc_moment_span (ABS (instant - now));

  if (instant > now - ONC_MINUTE)
    return onc_moment_due (instant, now);

  return instant != 0 ? g_strdup_printf (_ ("%s ago"), span) : g_strdup ("");
}

/* "3h" and the like. */
static gboolean
parse_ago (const char *text, OncSpan *span)
{
  static const struct
  {
    const char *unit;
    OncSpan span;
  } units[] = {
    { "s", ONC_SECOND }, { "m", ONC_MINUTE }, { "min", ONC_MINUTE },
    { "h", ONC_HOUR },   { "d", ONC_DAY },    { "w", 7 * ONC_DAY },
  };
  char *end;
  guint64 count = g_ascii_strtoull (text, &end, 10);

  /* More than a century ago is a slip of the hand. */
  if (!g_ascii_isdigit (text[0]) || count > 100 * 366)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    {
      if (g_str_equal (end, units[i].unit))
        {
          *span = (OncSpan) count * units[i].span;
          return TRUE;
        }
    }

  return FALSE;
}

/* A date, with or without a time, in the local zone. */
static gboolean
parse_date (const char *text, OncInstant *instant)
{
  static const char *const formats[] = { "%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S" };

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      struct tm local = { .tm_isdst = -1 };
      const char *end = strptime (text, formats[i], &local);
      int day = local.tm_mday;

      if (end != NULL && *end == '\0')
        {
          *instant = (OncInstant) mktime (&local) * ONC_SECOND;
          /* 31 November has become 1 December. */
          return local.tm_mday == day;
        }
    }

  return FALSE;
}

static OncInstant
start_of_day (OncInstant now, int days_before)
{
  struct tm local;

  if (!to_local (now, &local))
    return now;

  local.tm_hour = local.tm_min = local.tm_sec = 0;
  local.tm_mday -= days_before;
  local.tm_isdst = -1;
  return (OncInstant) mktime (&local) * ONC_SECOND;
}

gboolean
onc_moment_parse_past (const char *text, OncInstant now, OncInstant *instant)
{
  g_autoptr (GDateTime) date_time = NULL;
  OncSpan ago;

  if (g_str_equal (text, "today"))
    *instant = start_of_day (now, 0);
  else if (g_str_equal (text, "yesterday"))
    *instant = start_of_day (now, 1);
  else if (parse_ago (text, &ago))
    *instant = now - ago;
  else if (!parse_date (text, instant))
    {
      date_time = g_date_time_new_from_iso8601 (text, NULL);
      if (date_time == NULL)
        return FALSE;
      *instant = g_date_time_to_unix (date_time) * ONC_SECOND;
    }

  return TRUE;
}
