/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Any text as a time that a person types, and as a length of time of the configuration, at any
 * moment of some decades, in zones with customs of their own. */

#include "span.h"
#include "when.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

/* Bytes before the text: the zone, and four of the moment. */
#define HEAD 5

/* Half-hour and quarter-hour offsets, summers of half an hour, a day left out (Apia), and a zone
 * that has nothing of it. */
static const char *const zones[] = { "UTC",           "Europe/London",       "America/New_York",
                                     "Asia/Kolkata",  "Australia/Lord_Howe", "Pacific/Apia",
                                     "Asia/Kathmandu" };

static void
check_time (const char *text, OncInstant now, const OncWhenContext *context)
{
  g_autoptr (GError) local_error = NULL;
  OncInstant instant = onc_when_read (text, now, context, &local_error);

  g_assert_true ((instant == 0) == (local_error != NULL));
  if (instant != 0)
    {
      g_assert_cmpint (instant, >, now);
      g_assert_cmpint (instant, <, now + 500 * ONC_DAY);
    }
}

static void
check_span (const char *text)
{
  OncSpan span = -1;

  if (onc_span_parse (text, &span))
    {
      g_assert_cmpint (span, >=, 0);
      g_assert_cmpint (span, <=, 3660 * ONC_DAY);
    }
  else
    g_assert_cmpint (span, ==, -1);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autofree char *text = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (OncHours) hours = NULL;
  OncWhenContext context;
  guint32 seconds;

  if (size < HEAD)
    return 0;
  memcpy (&seconds, data + 1, sizeof seconds);
  zone = g_time_zone_new_identifier (zones[data[0] % G_N_ELEMENTS (zones)]);
  g_assert_nonnull (zone);
  hours = onc_hours_new_from_string (data[0] >= 128 ? "Sat 22:00-24:00" : "Mon-Fri 09:00-17:00",
                                     NULL);
  context = (OncWhenContext){ .zone = zone, .hours = hours, .month_first = data[0] % 2 == 0 };

  text = g_strndup ((const char *) data + HEAD, size - HEAD);
  check_time (text, seconds * ONC_SECOND, &context);
  check_span (text);

  return 0;
}
