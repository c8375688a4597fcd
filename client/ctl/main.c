/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "arguments.h"
#include "text.h"
#include "verbs.h"

#include <fcntl.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <stdio.h>
#include <unistd.h>

/* Prints @message, which may repeat any bytes that were typed, to standard error, as this
 * program's.
 */
static void
complain (const char *message)
{
  g_autofree char *valid = g_utf8_make_valid (message, -1);
  g_autofree char *visible = onc_text_visible (valid);

  fprintf (stderr, "oncallctl: %s\n", visible);
}

static const OncVerb *
find_verb (const char *name)
{
  for (const OncVerb *verb = onc_verbs; verb->name != NULL; verb++)
    {
      if (g_str_equal (verb->name, name))
        return verb;
    }

  return NULL;
}

/* Takes the verb out of @arguments. Returns: (transfer full) (nullable): NULL where there is none.
 */
static char *
take_verb (GStrv arguments)
{
  guint i = onc_arguments_find_verb (arguments);
  char *verb = i != 0 ? arguments[i] : NULL;

  for (; verb != NULL && arguments[i] != NULL; i++)
    arguments[i] = arguments[i + 1];
  return verb;
}

/* Whether @arguments, without a verb, ask for what @option names, or @letter (nullable). */
static gboolean
asks_for (GStrv arguments, const char *option, const char *letter)
{
  for (guint i = 1; arguments[i] != NULL; i++)
    {
      if (g_str_equal (arguments[i], option) || g_strcmp0 (arguments[i], letter) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Does what @arguments ask for. Returns: the exit code. */
static OncExit
run (GStrv *arguments)
{
  g_auto (OncCommand) command = { 0 };
  g_autofree char *name = take_verb (*arguments);
  const OncVerb *verb = name != NULL ? find_verb (name) : &onc_verbs[0];
  g_autoptr (GError) error = NULL;
  OncExit exit_code = ONC_EXIT_DONE;

  onc_command_look_at_output (&command);
  if (name == NULL && asks_for (*arguments, "--help", "-h"))
    onc_arguments_print_help (onc_verbs);
  else if (name == NULL && asks_for (*arguments, "--version", NULL))
    puts ("oncallctl " ONC_VERSION);
  else if (verb == NULL)
    g_set_error (&error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                 _ ("There is no verb “%s”; see “oncallctl --help”"), name);
  else if (onc_arguments_parse (&command, verb, arguments, &error))
    exit_code = verb->run (&command, &error);

  if (!onc_command_finish_output (&command) && error == NULL)
    g_set_error_literal (&error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
                         _ ("Standard output cannot be written"));
  if (error == NULL)
    return exit_code;

  complain (error->message);
  return onc_exit_from_error (error);
}

/* A standard descriptor that the caller has closed must not become the number of a connection,
 * which would then get what is printed. Writing to one of these fails. */
static void
occupy_standard_descriptors (void)
{
  int fd;

  do
    fd = open ("/dev/null", O_RDONLY | O_CLOEXEC);
  while (fd >= 0 && fd <= STDERR_FILENO);
  if (fd >= 0)
    close (fd);
}

int
main (int argc, char **argv)
{
  g_auto (GStrv) arguments = g_strdupv (argv);

  occupy_standard_descriptors ();
  setlocale (LC_ALL, "");
  /* All that is read and printed is UTF-8, also where a script has set no locale. */
  if (!g_get_charset (NULL))
    setlocale (LC_CTYPE, "C.UTF-8");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  return run (&arguments);
}
