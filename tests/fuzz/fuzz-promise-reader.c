/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Any bytes as a message. What is read must be bounded, lie in the text, and be the same again. */

#include "promise-reader.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

/* Bytes before the text: the zone, and four of the moment. */
#define HEAD 5

static const char *const zones[] = { "UTC", "Europe/London", "America/New_York",
                                     "Australia/Lord_Howe" };

static void
check_reading (const OncReading *reading, OncInstant now, gsize length)
{
  g_assert_nonnull (reading->reason);
  g_assert_nonnull (onc_reading_kind_to_string (reading->kind));
  g_assert_cmpuint (reading->begin, <=, reading->end);
  g_assert_cmpuint (reading->end, <=, length);
  if (reading->kind == ONC_READING_NONE)
    g_assert_true (reading->due == 0 && reading->begin == reading->end);
  else
    g_assert_cmpuint (reading->begin, <, reading->end);
  if (reading->due != 0)
    {
      g_assert_cmpint (reading->due, >, now);
      g_assert_cmpint (reading->due, <, now + 500 * ONC_DAY);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (OncHours) hours = onc_hours_new_from_string ("Mon-Fri 09:00-17:00", NULL);
  OncWhenContext context;
  OncReading first, second;
  OncInstant now;
  guint32 seconds;

  if (size < HEAD)
    return 0;
  memcpy (&seconds, data + 1, sizeof seconds);
  now = seconds * ONC_SECOND;
  zone = g_time_zone_new_identifier (zones[data[0] % G_N_ELEMENTS (zones)]);
  g_assert_nonnull (zone);
  context = (OncWhenContext){ .zone = zone, .hours = hours, .month_first = data[0] >= 128 };

  onc_promise_reader_read ((const char *) data + HEAD, (gssize) (size - HEAD), now, &context,
                           &first);
  check_reading (&first, now, size - HEAD);
  onc_promise_reader_read ((const char *) data + HEAD, (gssize) (size - HEAD), now, &context,
                           &second);
  g_assert_true (first.kind == second.kind && first.due == second.due &&
                 first.begin == second.begin && first.end == second.end);

  return 0;
}
