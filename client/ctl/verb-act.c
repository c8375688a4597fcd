/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The verbs that do something to a thread. */

#include "verbs.h"

#include "error.h"
#include "names.h"
#include "text.h"
#include "thread-view.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

/* Says what is no error, on standard error. */
static void
remark (const OncCommand *command, const char *message)
{
  g_autofree char *visible = onc_text_one_line (message);

  if (!command->quiet)
    fprintf (stderr, "%s\n", visible);
}

/* Calls @method of the thread at @path, with @argument (nullable) before the options. */
static OncExit
call (
    OncCommand *command, const char *path, const char *method, const char *argument, GError **error)
{
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) local_error = NULL;
  GVariantBuilder arguments;

  g_variant_builder_init (&arguments, G_VARIANT_TYPE_TUPLE);
  if (argument != NULL)
    g_variant_builder_add (&arguments, "s", argument);
  g_variant_builder_open (&arguments, G_VARIANT_TYPE_VARDICT);
  if (command->queue)
    g_variant_builder_add (&arguments, "{sv}", ONC_BUS_OPTION_QUEUE, g_variant_new_boolean (TRUE));
  g_variant_builder_close (&arguments);

  reply = onc_connection_call (command->connection, path, ONC_BUS_THREAD, method,
                               g_variant_builder_end (&arguments), "()", &local_error);
  if (reply != NULL && !command->queue)
    return ONC_EXIT_DONE;
  if (reply != NULL || g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    {
      remark (command, _ ("Slack has not confirmed it yet; oncalld keeps trying."));
      return ONC_EXIT_PENDING;
    }

  g_propagate_error (error, g_steal_pointer (&local_error));
  return ONC_EXIT_FAILED;
}

/* Calls @method of the thread that the first argument names. */
static OncExit
act (OncCommand *command, const char *method, const char *argument, GError **error)
{
  g_autofree char *path = onc_command_find_thread (command, error);

  return path != NULL ? call (command, path, method, argument, error) : ONC_EXIT_FAILED;
}

OncExit
onc_verb_claim (OncCommand *command, GError **error)
{
  g_autofree char *path = onc_command_find_thread (command, error);
  g_autoptr (GVariant) thread = NULL;
  g_autofree char *others = NULL;
  g_autofree char *message = NULL;
  OncExit exit_code;

  if (path == NULL)
    return ONC_EXIT_FAILED;
  thread = onc_connection_get_properties (command->connection, path, ONC_BUS_THREAD, error);
  if (thread == NULL)
    return ONC_EXIT_FAILED;

  exit_code = call (command, path, "Claim", NULL, error);
  /* Whoever was looking before it worked is somebody else: it fails for one who looks already. */
  others = onc_thread_view_lookers (thread, 0);
  message = g_strdup_printf (_ ("Looking as well: %s"), others);
  if (*error == NULL && *others != '\0')
    remark (command, message);

  return exit_code;
}

OncExit
onc_verb_release (OncCommand *command, GError **error)
{
  return act (command, "Release", NULL, error);
}

/* Returns: (transfer full): standard input up to its end; NULL with an error. */
static char *
read_input (GError **error)
{
  g_autoptr (GString) input = g_string_new (NULL);
  char buffer[4096];
  gsize length;

  while ((length = fread (buffer, 1, sizeof buffer, stdin)) > 0)
    g_string_append_len (input, buffer, (gssize) length);

  if (ferror (stdin) || strlen (input->str) != input->len ||
      !g_utf8_validate (input->str, (gssize) input->len, NULL))
    {
      g_set_error_literal (error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT,
                           _ ("Standard input is no UTF-8 text"));
      return NULL;
    }

  return g_string_free (g_steal_pointer (&input), FALSE);
}

OncExit
onc_verb_reply (OncCommand *command, GError **error)
{
  const char *const *words = (const char *const *) command->arguments + 1;
  g_autofree char *text = NULL;

  if (g_str_equal (words[0], "-") && words[1] == NULL)
    text = read_input (error);
  else
    text = g_strjoinv (" ", (char **) words);

  return text != NULL ? act (command, "Reply", text, error) : ONC_EXIT_FAILED;
}

OncExit
onc_verb_resolve (OncCommand *command, GError **error)
{
  return act (command, "Resolve", NULL, error);
}

OncExit
onc_verb_reopen (OncCommand *command, GError **error)
{
  return act (command, "Reopen", NULL, error);
}

OncExit
onc_verb_level (OncCommand *command, GError **error)
{
  return act (command, "SetLevel", command->arguments[1], error);
}

OncExit
onc_verb_open (OncCommand *command, GError **error)
{
  return act (command, "Open", NULL, error);
}
