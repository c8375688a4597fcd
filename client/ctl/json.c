/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "json.h"

#include "moment.h"
#include "names.h"
#include "text.h"
#include "value.h"

#include <stdio.h>
#include <string.h>

/* cJSON's own first guess of 256 bytes would be outgrown at once. */
#define PRINT_BUFFER_SIZE (64 * 1024)

/* The fields of one of Lookers. */
static const char *const looker_keys[] = { "id", "name", "since", "how" };

/* The one x that is no time but a length of it: whole seconds. */
static cJSON *
from_span (GVariant *value)
{
  return g_variant_is_of_type (value, G_VARIANT_TYPE_INT64)
             ? cJSON_CreateNumber ((double) (g_variant_get_int64 (value) / ONC_SECOND))
             : cJSON_CreateNull ();
}

static cJSON *
from_dictionary (GVariant *dictionary)
{
  cJSON *object = cJSON_CreateObject ();
  GVariantIter iter;
  const char *key;
  GVariant *value;

  g_variant_iter_init (&iter, dictionary);
  while (g_variant_iter_next (&iter, "{&sv}", &key, &value))
    {
      g_autofree char *name = onc_value_snake_case (key);

      cJSON_AddItemToObject (object, name,
                             g_str_equal (key, ONC_PROMISE_KEY_SPAN)
                                 ? from_span (value)
                                 : onc_json_from_variant (value));
      g_variant_unref (value);
    }

  return object;
}

static cJSON *
from_array (GVariant *array)
{
  cJSON *json = cJSON_CreateArray ();
  GVariantIter iter;
  GVariant *value;

  g_variant_iter_init (&iter, array);
  while ((value = g_variant_iter_next_value (&iter)) != NULL)
    {
      cJSON_AddItemToArray (json, onc_json_from_variant (value));
      g_variant_unref (value);
    }

  return json;
}

static cJSON *
from_looker (GVariant *looker)
{
  cJSON *object = cJSON_CreateObject ();

  for (gsize i = 0; i < G_N_ELEMENTS (looker_keys); i++)
    {
      g_autoptr (GVariant) field = g_variant_get_child_value (looker, i);

      cJSON_AddItemToObject (object, looker_keys[i], onc_json_from_variant (field));
    }

  return object;
}

static cJSON *
from_time (OncInstant instant)
{
  g_autofree char *text = onc_moment_rfc3339 (instant);

  return text != NULL ? cJSON_CreateString (text) : cJSON_CreateNull ();
}

/* D-Bus has no path for nothing; see ONC_BUS_NO_PATH. */
static cJSON *
from_path (const char *path)
{
  return g_str_equal (path, ONC_BUS_NO_PATH) ? cJSON_CreateNull () : cJSON_CreateString (path);
}

cJSON *
onc_json_from_variant (GVariant *value)
{
  g_autofree char *text = NULL;

  if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    return cJSON_CreateBool (g_variant_get_boolean (value));
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_UINT32))
    return cJSON_CreateNumber (g_variant_get_uint32 (value));
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
    return from_time (g_variant_get_int64 (value));
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    return cJSON_CreateString (g_variant_get_string (value, NULL));
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_OBJECT_PATH))
    return from_path (g_variant_get_string (value, NULL));
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_VARDICT))
    return from_dictionary (value);
  if (g_variant_is_of_type (value, G_VARIANT_TYPE ("(ssxs)")))
    return from_looker (value);
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_ARRAY))
    return from_array (value);

  /* Of a newer daemon: shown rather than left out. */
  text = g_variant_print (value, FALSE);
  return cJSON_CreateString (text);
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
      if (onc_text_is_harmless (g_utf8_get_char (p)))
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
