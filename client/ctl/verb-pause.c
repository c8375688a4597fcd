/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* pause and resume: popups, for the person alone. */

#include "verbs.h"

#include "names.h"

OncExit
onc_verb_pause (OncCommand *command, GError **error)
{
  g_autofree char *when = onc_command_join_arguments (command, 0);
  const char *level = command->up_to != NULL ? command->up_to : "urgent";
  GVariantDict options;

  g_variant_dict_init (&options, NULL);
  if (*when != '\0')
    g_variant_dict_insert (&options, ONC_BUS_OPTION_WHEN, "s", when);

  return onc_command_call_manager (
      command, "Pause",
      g_variant_new ("(xs@a{sv})", (gint64) 0, level, g_variant_dict_end (&options)), error);
}

OncExit
onc_verb_resume (OncCommand *command, GError **error)
{
  return onc_command_call_manager (command, "Resume", g_variant_new ("(a{sv})", NULL), error);
}
