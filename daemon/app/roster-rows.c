/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "roster-rows.h"

#include "json.h"

#include <string.h>

/* The words that stand for the kinds; in the order of OncRosterKind. */
static const char *const kinds[] = { "team", "me", "user", "group", "member", "channel" };

G_STATIC_ASSERT (G_N_ELEMENTS (kinds) == ONC_ROSTER_CHANNEL + 1);

static void
add_string (cJSON *object, const char *key, const char *value)
{
  if (value != NULL)
    cJSON_AddStringToObject (object, key, value);
}

char *
onc_roster_rows_to_text (const GPtrArray *rows)
{
  g_autoptr (cJSON) list = cJSON_CreateArray ();
  g_autofree char *copy = NULL;
  char *text;

  for (guint i = 0; i < rows->len; i++)
    {
      const OncRosterRow *row = g_ptr_array_index (rows, i);
      cJSON *object = cJSON_CreateObject ();

      cJSON_AddStringToObject (object, "kind", kinds[row->kind]);
      add_string (object, "id", row->id);
      add_string (object, "name", row->name);
      add_string (object, "handle", row->handle);
      add_string (object, "zone", row->zone);
      if (row->bot)
        cJSON_AddTrueToObject (object, "bot");
      cJSON_AddItemToArray (list, object);
    }
  text = cJSON_PrintUnformatted (list);
  copy = g_strdup (text);
  cJSON_free (text);

  return g_steal_pointer (&copy);
}

GPtrArray *
onc_roster_rows_from_text (const char *text)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) onc_roster_row_free);
  g_autoptr (cJSON) list = onc_json_parse (text, strlen (text), NULL);
  const cJSON *object;

  cJSON_ArrayForEach (object, list)
    {
      const char *kind = onc_json_string (object, "kind");
      const char *id = onc_json_string (object, "id");

      for (guint i = 0; kind != NULL && id != NULL && i < G_N_ELEMENTS (kinds); i++)
        {
          if (g_str_equal (kind, kinds[i]))
            g_ptr_array_add (rows, onc_roster_row_new ((OncRosterKind) i, id,
                                                       onc_json_string (object, "name"),
                                                       onc_json_string (object, "handle"),
                                                       onc_json_string (object, "zone"),
                                                       onc_json_boolean (object, "bot")));
        }
    }

  return rows;
}
