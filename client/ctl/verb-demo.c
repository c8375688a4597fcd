/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* demo: what oncalld does, shown by a script that starts one, and a simulated Slack for it. */

#include "verbs.h"

#include "names.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* Debian's, by its full name: another python3 may come first on PATH, without the modules. */
#define PYTHON "/usr/bin/python3"

/* Returns: FALSE with an error where @file, a part of the demo, is not there. */
static gboolean
check_presence (const char *file, GError **error)
{
  if (g_access (file, R_OK) == 0)
    return TRUE;

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
               _ ("The demo is not installed: %s: %s"), file, g_strerror (errno));
  return FALSE;
}

OncExit
onc_verb_demo (OncCommand *command, GError **error)
{
  const char *script = onc_command_find_program (ONC_ENVIRONMENT_DEMO, ONC_DEMO_PATH);
  const char *daemon = onc_command_find_program (ONC_ENVIRONMENT_DAEMON, ONC_DAEMON_PATH);
  g_autofree char *self = g_file_read_link ("/proc/self/exe", error);
  g_autofree char *picture = g_build_filename (g_get_user_cache_dir (), "oncalld", "demo.png",
                                               NULL);
  const char *arguments[] = {
    PYTHON,      script,        "--oncalld",
    daemon,      "--oncallctl", self,
    "--picture", picture,       command->interactive ? "--interactive" : NULL,
    NULL,
  };

  if (self == NULL || !check_presence (script, error) || !check_presence (daemon, error))
    return ONC_EXIT_FAILED;

  /* Run by root, it would leave compiled modules beside what a package has installed. */
  g_setenv ("PYTHONDONTWRITEBYTECODE", "1", TRUE);
  execv (PYTHON, (char **) arguments);
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
               _ ("%s cannot be run: %s; Debian has it in the package python3"), PYTHON,
               g_strerror (errno));
  return ONC_EXIT_FAILED;
}
