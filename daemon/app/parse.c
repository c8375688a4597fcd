/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "parse.h"

#include "json.h"
#include "names.h"
#include "said.h"
#include "wall.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>

/* How a line is read where it does not say so itself. */
typedef struct
{
  OncInstant said_at;
  GTimeZone *zone;       /* (unowned) */
  const OncHours *hours; /* (unowned) */
  gboolean tsv;
} Reader;

void
onc_parse_options_clear (OncParseOptions *self)
{
  g_clear_pointer (&self->now, g_free);
  g_clear_pointer (&self->timezone, g_free);
  g_clear_pointer (&self->lines, g_strfreev);
}

static void G_GNUC_PRINTF (1, 2) complain (const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_printerr ("%s: %s\n", g_get_prgname (), message);
}

/* Returns: FALSE, having complained, where @text is no such time. */
static gboolean
read_now (const char *text, OncInstant *now)
{
  g_autoptr (GDateTime) date_time = g_date_time_new_from_iso8601 (text, NULL);

  if (date_time == NULL)
    {
      complain (_ ("“%s” is no time like 2026-11-23T14:00:00+01:00"), text);
      return FALSE;
    }
  *now = g_date_time_to_unix (date_time) * ONC_SECOND + g_date_time_get_microsecond (date_time);

  return TRUE;
}

/* Returns: (transfer full) (nullable): NULL, having complained, where there is no such zone. */
static GTimeZone *
read_zone (const char *name)
{
  GTimeZone *zone = onc_wall_zone_new (name);

  if (zone == NULL)
    complain (_ ("“%s” is no time zone like Europe/Berlin"), name);

  return zone;
}

/* Returns: (transfer full) (nullable): @instant as RFC 3339, on a clock in @zone; NULL beyond the
 * years that it can write. */
static char *
format_due (OncInstant instant, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (instant / ONC_SECOND);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  g_autofree char *rest = local != NULL ? g_date_time_format (local, "-%m-%dT%H:%M:%S%:z") : NULL;

  return rest != NULL ? g_strdup_printf ("%04d%s", g_date_time_get_year (local), rest) : NULL;
}

/* Prints @json on a line of its own, with nothing in it that a terminal would obey: cJSON escapes
 * the control characters of ASCII, and this the others and those that turn the direction of
 * writing. All of them are in the basic plane, but for tags, which no terminal heeds. */
static void
print_line (const cJSON *json)
{
  char *text = cJSON_PrintUnformatted (json);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      GUnicodeType type = g_unichar_type (c);

      if ((type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT) && c <= 0xffff)
        printf ("\\u%04x", c);
      else
        fwrite (p, 1, (gsize) (g_utf8_next_char (p) - p), stdout);
    }
  putchar ('\n');
  /* Whoever feeds line by line gets an answer line by line. */
  fflush (stdout);
  cJSON_free (text);
}

static void
print_reading (const Reader *self, const char *text, OncInstant said_at, GTimeZone *zone)
{
  const OncWhenContext context = onc_said_context (zone, self->hours);
  g_autoptr (cJSON) json = cJSON_CreateObject ();
  g_autofree char *words = NULL;
  g_autofree char *matched = NULL;
  g_autofree char *due = NULL;
  OncReading reading;

  onc_promise_reader_read (text, -1, said_at, &context, &reading);
  words = g_strndup (text + reading.begin, reading.end - reading.begin);
  matched = g_utf8_make_valid (words, -1);
  if (reading.due != 0)
    due = format_due (reading.due, zone);

  cJSON_AddStringToObject (json, ONC_READING_KEY_KIND, onc_reading_kind_to_string (reading.kind));
  cJSON_AddItemToObject (json, ONC_READING_KEY_DUE,
                         due != NULL ? cJSON_CreateString (due) : cJSON_CreateNull ());
  cJSON_AddItemToObject (json, ONC_READING_KEY_MATCHED,
                         *matched != '\0' ? cJSON_CreateString (matched) : cJSON_CreateNull ());
  cJSON_AddStringToObject (json, ONC_READING_KEY_REASON, reading.reason);
  print_line (json);
}

/* Returns: FALSE, having complained, where @line does not have its three fields. */
static gboolean
print_record (const Reader *self, const char *line)
{
  g_auto (GStrv) fields = g_strsplit (line, "\t", 3);
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GString) text = NULL;
  OncInstant said_at;

  if (g_strv_length (fields) != 3)
    {
      complain (_ ("A line of three fields is needed: now, time zone, text"));
      return FALSE;
    }
  if (!read_now (fields[0], &said_at) || (zone = read_zone (fields[1])) == NULL)
    return FALSE;

  text = g_string_new (fields[2]);
  g_string_replace (text, "\\n", "\n", 0);
  print_reading (self, text->str, said_at, zone);

  return TRUE;
}

static gboolean
print_any (const Reader *self, const char *line)
{
  if (self->tsv)
    return print_record (self, line);

  print_reading (self, line, self->said_at, self->zone);
  return TRUE;
}

/* Answers the lines of standard input. Returns: FALSE, having complained. */
static gboolean
print_input (const Reader *self)
{
  gboolean good = TRUE;
  char *line = NULL;
  size_t size = 0;
  ssize_t length;

  for (guint64 number = 1; good && (length = getline (&line, &size, stdin)) >= 0; number++)
    {
      if (length > 0 && line[length - 1] == '\n')
        line[length - 1] = '\0';
      good = print_any (self, line);
      if (!good)
        complain (_ ("That was line %" G_GUINT64_FORMAT), number);
    }
  free (line);
  if (good && ferror (stdin))
    {
      complain (_ ("Standard input cannot be read: %s"), g_strerror (errno));
      good = FALSE;
    }

  return good;
}

int
onc_parse_run (const OncParseOptions *options, const OncPolicy *policy)
{
  g_autoptr (GTimeZone) zone = options->timezone != NULL ? read_zone (options->timezone)
                                                         : g_time_zone_ref (policy->zone);
  Reader reader = {
    .said_at = g_get_real_time (), .zone = zone, .hours = policy->hours, .tsv = options->tsv
  };
  gboolean good = TRUE;

  if (zone == NULL || (options->now != NULL && !read_now (options->now, &reader.said_at)))
    return ONC_PARSE_USAGE;

  if (options->lines == NULL)
    good = print_input (&reader);
  for (guint i = 0; good && options->lines != NULL && options->lines[i] != NULL; i++)
    good = print_any (&reader, options->lines[i]);
  if (fclose (stdout) != 0 && good)
    {
      complain (_ ("Standard output cannot be written"));
      good = FALSE;
    }

  return good ? EXIT_SUCCESS : ONC_PARSE_FAILED;
}
