/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* usage: read-promises < FILE.tsv
 *
 * Reads lines of tests/data (id, now, zone, text, and what is expected) and prints for each: id,
 * kind, due, the words that told, and the reason. For scoring; the daemon's own command is
 * `oncallctl parse --tsv`. */

#include "promise-reader.h"

#include <stdio.h>
#include <string.h>

/* Returns: (transfer full): @text with its \n made newlines. */
static char *
unfold_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\\n", -1);

  return g_strjoinv ("\n", lines);
}

static void
print_reading (const char *id,
               const char *text,
               const OncReading *reading,
               const OncWhenContext *context)
{
  g_autofree char *due = g_strdup ("");
  g_autofree char *words = g_strndup (text + reading->begin, reading->end - reading->begin);

  if (reading->due != 0)
    {
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (reading->due / ONC_SECOND);
      g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, context->zone);

      g_free (due);
      due = g_date_time_format (local, "%Y-%m-%dT%H:%M:%S%:z");
    }
  g_strdelimit (words, "\n\t", ' ');
  printf ("%s\t%s\t%s\t%s\t%s\n", id, onc_reading_kind_to_string (reading->kind), due, words,
          reading->reason);
}

int
main (void)
{
  g_autoptr (OncHours) hours = onc_hours_new_from_string ("Mon-Fri 09:00-17:00", NULL);
  char *line = NULL;
  size_t size = 0;

  while (getline (&line, &size, stdin) > 0)
    {
      g_auto (GStrv) fields = g_strsplit (g_strchomp (line), "\t", -1);
      OncWhenContext context = { .hours = hours };
      g_autoptr (GDateTime) now = NULL;
      g_autofree char *text = NULL;
      OncReading reading;

      if (g_strv_length (fields) < 4 || g_str_equal (fields[0], "id"))
        continue;
      now = g_date_time_new_from_iso8601 (fields[1], NULL);
      context.zone = g_time_zone_new_identifier (fields[2]);
      if (now == NULL || context.zone == NULL)
        {
          fprintf (stderr, "%s: no such time or zone\n", fields[0]);
          return 1;
        }
      context.month_first = g_str_has_prefix (fields[2], "America/");
      text = unfold_lines (fields[3]);
      onc_promise_reader_read (text, -1, g_date_time_to_unix (now) * ONC_SECOND, &context,
                               &reading);
      print_reading (fields[0], text, &reading, &context);
      g_time_zone_unref (context.zone);
    }

  g_free (line);
  return 0;
}
