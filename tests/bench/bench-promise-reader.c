/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Prints how long the promise reader takes: the median for messages of about 200 bytes, and per
 * byte for three sizes up to the largest message that Slack takes. For people to look at: a
 * machine that is busy would fail any limit. */

#include "promise-reader.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* Rounds of each measurement: enough for a steady median. */
#define ROUNDS 20001

static const struct
{
  const char *name;
  const char *text;
} messages[] = {
  { "chat",
    "The dashboard for the northern region shows last month's totals twice since the new widget was "
    "added, and the export button gives the same rows again. Reloading helps once but not for long, "
    "it seems." },
  { "promise",
    "Thanks for the report! The duplicate rows come from the new widget, it joins the regions twice. "
    "I'm rolling the widget back now and will check the export after that, next update in 30 "
    "minutes here." },
  { "request",
    "Hi, the customer on this account cannot see any of the invoices since the migration, and they "
    "have a meeting with their auditors. Could someone please look at it and get back to me by 3pm "
    "today?" },
  { "times",
    "At 14:02 the leader changed, at 14:05 two nodes restarted, between 14:10 and 14:20 we saw 503s, "
    "the last one 20 minutes ago; the same happened on Monday at 9:15 and took 45 minutes to settle, "
    "on both days." },
};

static gint64
now_nanoseconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return now.tv_sec * G_GINT64_CONSTANT (1000000000) + now.tv_nsec;
}

static int
compare (const void *a, const void *b)
{
  gint64 difference = *(const gint64 *) a - *(const gint64 *) b;

  return (difference > 0) - (difference < 0);
}

/* Returns: the median of the nanoseconds that reading @text takes. */
static gint64
measure (const char *text, gsize length, guint rounds, const OncWhenContext *context)
{
  g_autofree gint64 *times = g_new (gint64, rounds);

  for (guint i = 0; i < rounds; i++)
    {
      gint64 start = now_nanoseconds ();
      OncReading reading;

      onc_promise_reader_read (text, length, 1778576400 * ONC_SECOND, context, &reading);
      times[i] = now_nanoseconds () - start;
    }
  qsort (times, rounds, sizeof *times, compare);
  return times[rounds / 2];
}

int
main (void)
{
  const gsize sizes[] = { 400, 4000, 40000 };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/London");
  g_autoptr (OncHours) hours = onc_hours_new_from_string ("Mon-Fri 09:00-17:00", NULL);
  const OncWhenContext context = { .zone = zone, .hours = hours };

  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    printf ("%-8s %3zu bytes: %5" G_GINT64_FORMAT " ns a message\n", messages[i].name,
            strlen (messages[i].text),
            measure (messages[i].text, strlen (messages[i].text), ROUNDS, &context));

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint j = 0; text->len < sizes[i]; j++)
        g_string_append_printf (text, "%s ", messages[j % G_N_ELEMENTS (messages)].text);
      printf ("mixed  %5zu bytes: %7.2f ns a byte\n", text->len,
              (double) measure (text->str, text->len, 201, &context) / text->len);
    }
  return 0;
}
