/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "json-text.h"

#include "names.h"

#include <time.h>

/* The fields of one of Lookers. */
static const char *const looker_keys[] = { "id", "name", "since", "how" };

/* Characters that turn the direction of writing, and so can show a text as another: the embeddings
 * and overrides (UAX #9, 2.1 and 2.2) and the isolates (2.4). */
static gboolean
turns_direction (gunichar c)
{
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

gboolean
onc_character_is_harmless (gunichar c)
{
  return !g_unichar_iscntrl (c) && !turns_direction (c);
}

void
onc_snake_case_append (GString *out, const char *name)
{
  for (const char *p = name; *p != '\0'; p++)
    {
      if (g_ascii_isupper (*p) && p > name)
        g_string_append_c (out, '_');
      g_string_append_c (out, g_ascii_tolower (*p));
    }
}

/* Appends @number, of two digits, and @after. */
static void
append_two (GString *out, int number, char after)
{
  const char text[] = { (char) ('0' + number / 10 % 10), (char) ('0' + number % 10), after };

  g_string_append_len (out, text, sizeof text);
}

/* A year has four digits in RFC 3339: what is later than 9999-12-30 00:00 UTC, in whatever zone,
 * and a pause without an end is, stands as that. */
#define LATEST (253402128000 * ONC_SECOND)

void
onc_rfc3339_append (GString *out, OncInstant instant, GTimeZone *zone)
{
  gint64 seconds = MIN (instant, LATEST) / ONC_SECOND;
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds);
  gint32 offset = g_time_zone_get_offset (zone, interval);
  time_t shifted = (time_t) (seconds + offset);
  struct tm local;

  gmtime_r (&shifted, &local);
  g_string_append_printf (out, "%04d-", local.tm_year + 1900);
  append_two (out, local.tm_mon + 1, '-');
  append_two (out, local.tm_mday, 'T');
  append_two (out, local.tm_hour, ':');
  append_two (out, local.tm_min, ':');
  append_two (out, local.tm_sec, offset < 0 ? '-' : '+');
  append_two (out, ABS (offset) / 3600, ':');
  append_two (out, ABS (offset) / 60 % 60, '\0');
  g_string_truncate (out, out->len - 1);
}

/* Appends the character at @p in a form that is safe in a string. */
static void
append_escaped (GString *out, const char *p)
{
  static const char letters[] = "\"\"\\\\\bb\ff\nn\rr\tt";

  for (gsize i = 0; i < sizeof letters - 1; i += 2)
    {
      if (*p == letters[i])
        {
          g_string_append_c (out, '\\');
          g_string_append_c (out, letters[i + 1]);
          return;
        }
    }
  g_string_append_printf (out, "\\u%04x", g_utf8_get_char (p));
}

static void
append_string (GString *out, const char *string)
{
  const char *start = string;

  g_string_append_c (out, '"');
  for (const char *p = string; *p != '\0'; p++)
    {
      /* Most of ASCII needs no look, nor do the bytes after the first of a character; and what has
       * to be escaped beyond ASCII begins with one of two bytes. */
      if (((guchar) *p >= ' ' && *p != '"' && *p != '\\' && *p != '\x7f' && *p != '\xc2' &&
           *p != '\xe2') ||
          ((guchar) *p >= 0x80 && onc_character_is_harmless (g_utf8_get_char (p))))
        continue;

      g_string_append_len (out, start, p - start);
      append_escaped (out, p);
      start = g_utf8_next_char (p);
      p = start - 1;
    }
  g_string_append (out, start);
  g_string_append_c (out, '"');
}

static void
append_time (GString *out, OncInstant instant, GTimeZone *zone)
{
  if (instant == 0)
    {
      g_string_append (out, "null");
      return;
    }
  g_string_append_c (out, '"');
  onc_rfc3339_append (out, instant, zone);
  g_string_append_c (out, '"');
}

/* The one x that is no time but a length of it: whole seconds. */
static void
append_span (GString *out, GVariant *value)
{
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
    g_string_append_printf (out, "%" G_GINT64_FORMAT, g_variant_get_int64 (value) / ONC_SECOND);
  else
    g_string_append (out, "null");
}

static void
append_dictionary (GString *out, GVariant *dictionary, GTimeZone *zone)
{
  const char *comma = "";
  GVariantIter iter;
  const char *key;
  GVariant *value;

  g_string_append_c (out, '{');
  g_variant_iter_init (&iter, dictionary);
  while (g_variant_iter_next (&iter, "{&sv}", &key, &value))
    {
      g_string_append (out, comma);
      onc_json_text_append_member (out, key, value, zone);
      g_variant_unref (value);
      comma = ",";
    }
  g_string_append_c (out, '}');
}

static void
append_array (GString *out, GVariant *array, GTimeZone *zone)
{
  gsize length = g_variant_n_children (array);

  g_string_append_c (out, '[');
  for (gsize i = 0; i < length; i++)
    {
      g_autoptr (GVariant) value = g_variant_get_child_value (array, i);

      if (i > 0)
        g_string_append_c (out, ',');
      onc_json_text_append (out, value, zone);
    }
  g_string_append_c (out, ']');
}

static void
append_looker (GString *out, GVariant *looker, GTimeZone *zone)
{
  for (gsize i = 0; i < G_N_ELEMENTS (looker_keys); i++)
    {
      g_autoptr (GVariant) field = g_variant_get_child_value (looker, i);

      g_string_append_c (out, i == 0 ? '{' : ',');
      onc_json_text_append_member (out, looker_keys[i], field, zone);
    }
  g_string_append_c (out, '}');
}

/* Appends what this version has no form for, of a newer daemon: shown rather than left out. */
static void
append_unknown (GString *out, GVariant *value)
{
  g_autofree char *text = g_variant_print (value, FALSE);

  append_string (out, text);
}

void
onc_json_text_append (GString *out, GVariant *value, GTimeZone *zone)
{
  const char *type = g_variant_get_type_string (value);

  if (g_str_equal (type, "s"))
    append_string (out, g_variant_get_string (value, NULL));
  else if (g_str_equal (type, "x"))
    append_time (out, g_variant_get_int64 (value), zone);
  else if (g_str_equal (type, "u"))
    g_string_append_printf (out, "%" G_GUINT32_FORMAT, g_variant_get_uint32 (value));
  else if (g_str_equal (type, "b"))
    g_string_append (out, g_variant_get_boolean (value) ? "true" : "false");
  else if (g_str_equal (type, "o") &&
           g_str_equal (g_variant_get_string (value, NULL), ONC_BUS_NO_PATH))
    g_string_append (out, "null");
  else if (g_str_equal (type, "o"))
    append_string (out, g_variant_get_string (value, NULL));
  else if (g_str_equal (type, "a{sv}"))
    append_dictionary (out, value, zone);
  else if (g_str_equal (type, "(ssxs)"))
    append_looker (out, value, zone);
  else if (type[0] == 'a' && type[1] != '{')
    append_array (out, value, zone);
  else
    append_unknown (out, value);
}

void
onc_json_text_append_member (GString *out, const char *key, GVariant *value, GTimeZone *zone)
{
  g_string_append_c (out, '"');
  onc_snake_case_append (out, key);
  g_string_append (out, "\":");
  if (g_str_equal (key, ONC_PROMISE_KEY_SPAN))
    append_span (out, value);
  else
    onc_json_text_append (out, value, zone);
}
