/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "json.h"

#include "json-text.h"

#include <stdio.h>
#include <string.h>

/* cJSON's own first guess of 256 bytes would be outgrown at once. */
#define PRINT_BUFFER_SIZE (64 * 1024)

cJSON *
onc_json_from_variant (GVariant *value)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GString) text = g_string_new (NULL);

  onc_json_text_append (text, value, zone);
  return cJSON_ParseWithLength (text->str, text->len);
}

/* cJSON escapes what lies below the space, as JSON asks for; the rest of what a terminal must not
 * be sent can stand in JSON only within strings, and is escaped there. */
static char *
escape (const char *text)
{
  GString *out = g_string_sized_new (strlen (text) + 1);
  const char *start = text;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      /* ASCII but for DEL, and most of the rest, need no decoding. */
      if (*p != '\x7f' && *p != '\xc2' && *p != '\xe2')
        continue;
      if (onc_character_is_harmless (g_utf8_get_char (p)))
        continue;

      g_string_append_len (out, start, p - start);
      g_string_append_printf (out, "\\u%04x", g_utf8_get_char (p));
      start = g_utf8_next_char (p);
    }
  g_string_append (out, start);

  return g_string_free (out, FALSE);
}

char *
onc_json_to_text (const cJSON *json, OncJsonMode mode)
{
  char *text = cJSON_PrintBuffered (json, PRINT_BUFFER_SIZE, mode == ONC_JSON_PRETTY);
  char *escaped = escape (text);

  cJSON_free (text);
  return escaped;
}

void
onc_json_print (const cJSON *json, OncJsonMode mode)
{
  g_autofree char *text = onc_json_to_text (json, mode);

  puts (text);
}
