/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* parse: how sentences are read, by the program that reads them: oncalld, which needs no bus, token
 * or network for that. */

#include "verbs.h"

#include "names.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <unistd.h>

/* Adds an option with a value, where there is one. */
static void
add_option (GStrvBuilder *arguments, const char *option, const char *value)
{
  if (value != NULL)
    g_strv_builder_add_many (arguments, option, value, NULL);
}

OncExit
onc_verb_parse (OncCommand *command, GError **error)
{
  const char *program = onc_command_find_program (ONC_ENVIRONMENT_DAEMON, ONC_DAEMON_PATH);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) arguments = NULL;

  /* It complains in this program's name, and ends with this program's exit codes. */
  g_strv_builder_add_many (builder, "oncallctl", "--parse", NULL);
  add_option (builder, "--now", command->now);
  add_option (builder, "--timezone", command->timezone);
  if (command->tsv)
    g_strv_builder_add (builder, "--tsv");
  g_strv_builder_add (builder, "--");
  if (command->arguments != NULL)
    g_strv_builder_addv (builder, (const char **) command->arguments);
  arguments = g_strv_builder_end (builder);
  execv (program, arguments);

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), _ ("%s cannot be run: %s"),
               program, g_strerror (errno));
  return ONC_EXIT_FAILED;
}
