/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "json.h"

#include <math.h>
#include <string.h>

#include "error.h"
#include "message.h"

/* Beyond it, a double (and so JSON) does not hold every whole number. */
#define LARGEST_INTEGER ((double) (G_GINT64_CONSTANT (1) << 53))

/* Slack's IDs have 9 to 12 characters; anything much longer is none, and must not be carried on
 * into keys and addresses. */
#define MAX_ID_LENGTH 64

/* "1700000000.000100" has 17. */
#define MAX_TS_LENGTH 32

/* The length of the escape \uXXXX. */
#define ESCAPE_LENGTH 6

/* Returns: the code unit that the escape \uXXXX at @text stands for, -1 where none is there. The
 * text ends with a NUL, which is no hexadecimal digit. */
static int
read_escape (const char *text)
{
  int unit = 0;

  if (text[0] != '\\' || text[1] != 'u')
    return -1;
  for (guint i = 2; i < ESCAPE_LENGTH; i++)
    {
      int digit = g_ascii_xdigit_value (text[i]);

      if (digit < 0)
        return -1;
      unit = unit * 16 + digit;
    }

  return unit;
}

/* Replaces each escaped half of a surrogate pair, which the parser takes for a broken document.
 * Returns: whether there was one. */
static gboolean
replace_lone_surrogates (char *text)
{
  gboolean found = FALSE;

  for (char *c = strchr (text, '\\'); c != NULL; c = strchr (c, '\\'))
    {
      int unit = read_escape (c);

      if (unit < 0)
        {
          c += c[1] == '\0' ? 1 : 2;
          continue;
        }
      if (unit >= 0xD800 && unit <= 0xDFFF)
        {
          int next = read_escape (c + ESCAPE_LENGTH);

          if (unit <= 0xDBFF && next >= 0xDC00 && next <= 0xDFFF)
            {
              c += ESCAPE_LENGTH;
            }
          else
            {
              memcpy (c, "\\uFFFD", ESCAPE_LENGTH);
              found = TRUE;
            }
        }
      c += ESCAPE_LENGTH;
    }

  return found;
}

cJSON *
onc_json_parse (const char *text, gsize length, GError **error)
{
  g_autofree char *repaired = NULL;
  cJSON *root;

  if (!g_utf8_validate_len (text, length, NULL))
    text = repaired = g_utf8_make_valid (text, length);

  root = cJSON_ParseWithOpts (text, NULL, TRUE);
  if (root == NULL && strstr (text, "\\u") != NULL)
    {
      if (repaired == NULL)
        repaired = g_strndup (text, length);
      if (replace_lone_surrogates (repaired))
        root = cJSON_ParseWithOpts (repaired, NULL, TRUE);
    }
  if (root == NULL)
    g_set_error_literal (error, ONC_ERROR, ONC_ERROR_FAILED, "no valid JSON");

  return root;
}

static const cJSON *
find (const cJSON *object, const char *key)
{
  return cJSON_IsObject (object) ? cJSON_GetObjectItemCaseSensitive (object, key) : NULL;
}

const cJSON *
onc_json_object (const cJSON *object, const char *key)
{
  const cJSON *item = find (object, key);

  return cJSON_IsObject (item) ? item : NULL;
}

const cJSON *
onc_json_array (const cJSON *object, const char *key)
{
  const cJSON *item = find (object, key);

  return cJSON_IsArray (item) ? item : NULL;
}

const char *
onc_json_string (const cJSON *object, const char *key)
{
  return cJSON_GetStringValue (find (object, key));
}

gboolean
onc_json_boolean (const cJSON *object, const char *key)
{
  return cJSON_IsTrue (find (object, key));
}

gint64
onc_json_integer (const cJSON *object, const char *key, gint64 fallback)
{
  const cJSON *item = find (object, key);
  const char *string = cJSON_GetStringValue (item);
  gint64 parsed;
  double number;

  if (string != NULL)
    {
      if (g_ascii_string_to_signed (string, 10, -(gint64) LARGEST_INTEGER, (gint64) LARGEST_INTEGER,
                                    &parsed, NULL))
        return parsed;
      return fallback;
    }

  number = cJSON_GetNumberValue (item);
  return fabs (number) <= LARGEST_INTEGER ? (gint64) number : fallback;
}

gboolean
onc_json_is_id (const char *string)
{
  gsize length = 0;

  for (; string != NULL && string[length] != '\0'; length++)
    {
      if (!g_ascii_isalnum (string[length]) || length >= MAX_ID_LENGTH)
        return FALSE;
    }

  return length > 0;
}

const char *
onc_json_id (const cJSON *object, const char *key)
{
  const char *id = onc_json_string (object, key);

  return onc_json_is_id (id) ? id : NULL;
}

const char *
onc_json_ts (const cJSON *object, const char *key)
{
  const char *ts = onc_json_string (object, key);

  return ts != NULL && strlen (ts) <= MAX_TS_LENGTH && onc_ts_to_instant (ts) != 0 ? ts : NULL;
}

GStrv
onc_json_ids (const cJSON *object, const char *key)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  const cJSON *item;

  cJSON_ArrayForEach (item, onc_json_array (object, key))
    {
      const char *id = cJSON_GetStringValue (item);

      if (onc_json_is_id (id))
        g_strv_builder_add (ids, id);
    }

  return g_strv_builder_end (ids);
}
