/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* pause and resume: popups, for the person alone. */

#include "verbs.h"

#include "dictionary.h"
#include "names.h"
#include "status-view.h"

OncExit
onc_verb_pause (OncCommand *command, GError **error)
{
  g_autofree char *when = onc_command_join_arguments (command, 0);
  const char *level = command->up_to != NULL ? command->up_to : "urgent";
  g_autoptr (GVariant) manager = NULL;
  GVariantDict options;
  OncExit exit_code;
  OncInstant until;

  g_variant_dict_init (&options, NULL);
  if (*when != '\0')
    g_variant_dict_insert (&options, ONC_BUS_OPTION_WHEN, "s", when);

  exit_code = onc_command_call_manager (
      command, "Pause",
      g_variant_new ("(xs@a{sv})", (gint64) 0, level, g_variant_dict_end (&options)), error);
  if (exit_code != ONC_EXIT_DONE)
    return exit_code;

  /* A time that was understood otherwise than it was meant is seen at once. */
  manager = onc_connection_get_properties (command->connection, ONC_BUS_PATH, ONC_BUS_MANAGER,
                                           NULL);
  until = manager != NULL ? onc_dictionary_get_time (manager, "PausedUntil") : 0;
  if (until != 0)
    {
      g_autofree char *message = onc_status_view_pause (until);

      onc_command_remark (command, message);
    }

  return ONC_EXIT_DONE;
}

OncExit
onc_verb_resume (OncCommand *command, GError **error)
{
  return onc_command_call_manager (command, "Resume", g_variant_new ("(a{sv})", NULL), error);
}
