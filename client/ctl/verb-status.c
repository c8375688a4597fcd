/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* status: one word. */

#include "verbs.h"

#include "json.h"
#include "names.h"
#include "status-word.h"

#include <stdio.h>

OncExit
onc_verb_status (OncCommand *command, GError **error)
{
  g_autoptr (GVariant) manager = NULL;
  g_autoptr (cJSON) json = NULL;
  const char *word;

  if (onc_command_connect (command, error))
    manager = onc_connection_get_properties (command->connection, ONC_BUS_PATH, ONC_BUS_MANAGER,
                                             error);
  word = onc_status_word (manager);
  if (command->quiet)
    return ONC_EXIT_DONE;

  if (command->json != ONC_JSON_OFF)
    {
      json = manager != NULL ? onc_json_from_variant (manager) : cJSON_CreateObject ();
      cJSON_AddStringToObject (json, "status", word);
      onc_json_print (json, command->json);
    }
  else
    puts (word);

  return ONC_EXIT_DONE;
}
