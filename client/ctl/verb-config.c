/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* config and reload: what the daemon goes by. */

#include "verbs.h"

#include "json.h"
#include "names.h"
#include "table.h"

#include <glib/gi18n.h>

static const OncColumn columns[] = {
  { N_ ("GROUP"), 0 },
  { N_ ("KEY"), 0 },
  { N_ ("VALUE"), SCOLS_FL_TRUNC },
  { N_ ("FROM"), SCOLS_FL_TRUNC },
};

/* A setting as ListSettings has it. */
typedef struct
{
  const char *fields[G_N_ELEMENTS (columns)]; /* group, key, value, origin: "" where built in */
} Setting;

static gboolean
next_setting (GVariantIter *iter, Setting *setting)
{
  return g_variant_iter_next (iter, "(&s&s&s&s)", &setting->fields[0], &setting->fields[1],
                              &setting->fields[2], &setting->fields[3]);
}

static void
print_json (const OncCommand *command, GVariant *settings)
{
  static const char *const keys[] = { "group", "key", "value", "origin" };
  g_autoptr (cJSON) json = cJSON_CreateArray ();
  GVariantIter iter;
  Setting setting;

  g_variant_iter_init (&iter, settings);
  while (next_setting (&iter, &setting))
    {
      cJSON *object = cJSON_CreateObject ();

      for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
        cJSON_AddItemToObject (object, keys[i],
                               i == 3 && *setting.fields[i] == '\0'
                                   ? cJSON_CreateNull ()
                                   : cJSON_CreateString (setting.fields[i]));
      cJSON_AddItemToArray (json, object);
    }
  onc_json_print (json, command->json);
}

static void
print_table (const OncCommand *command, GVariant *settings)
{
  struct libscols_table *table = onc_table_new (command, columns, G_N_ELEMENTS (columns));
  GVariantIter iter;
  Setting setting;

  g_variant_iter_init (&iter, settings);
  while (next_setting (&iter, &setting))
    {
      struct libscols_line *line = scols_table_new_line (table, NULL);

      for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
        onc_table_take_cell (
            line, i,
            g_strdup (i == 3 && *setting.fields[i] == '\0' ? _ ("built in") : setting.fields[i]));
    }
  onc_table_print (command, table);
}

OncExit
onc_verb_config (OncCommand *command, GError **error)
{
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GVariant) settings = NULL;

  if (onc_command_connect (command, error))
    reply = onc_connection_call (command->connection, ONC_BUS_PATH, ONC_BUS_MANAGER, "ListSettings",
                                 g_variant_new ("(a{sv})", NULL), "(a(ssss))", error);
  if (reply == NULL)
    return ONC_EXIT_FAILED;
  if (command->quiet)
    return ONC_EXIT_DONE;

  settings = g_variant_get_child_value (reply, 0);
  onc_command_start_pager (command);
  if (command->json != ONC_JSON_OFF)
    print_json (command, settings);
  else
    print_table (command, settings);
  return ONC_EXIT_DONE;
}

OncExit
onc_verb_reload (OncCommand *command, GError **error)
{
  return onc_command_call_manager (command, "Reload", g_variant_new ("(a{sv})", NULL), error);
}
