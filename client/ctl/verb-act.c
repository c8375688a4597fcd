/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The verbs that do something to a thread. */

#include "verbs.h"

#include "error.h"
#include "names.h"
#include "thread-view.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

static const char *const no_arguments[] = { NULL };

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

  exit_code = onc_command_act (command, path, "Claim", no_arguments, error);
  /* Whoever was looking before it worked is somebody else: it fails for one who looks already. */
  others = onc_thread_view_lookers (thread, 0);
  message = g_strdup_printf (_ ("Looking as well: %s"), others);
  if (*error == NULL && *others != '\0')
    onc_command_remark (command, message);

  return exit_code;
}

OncExit
onc_verb_release (OncCommand *command, GError **error)
{
  return onc_command_find_and_act (command, "Release", no_arguments, error);
}

/* More bytes than the 40,000 characters that Slack takes can have, so that the daemon refuses what
 * is a little too long. */
#define MAX_INPUT_BYTES (1024 * 1024)

/* Returns: (transfer full): standard input up to its end; NULL with an error. */
static char *
read_input (GError **error)
{
  g_autoptr (GString) input = g_string_new (NULL);
  char buffer[4096];
  gsize length;

  while (input->len <= MAX_INPUT_BYTES && (length = fread (buffer, 1, sizeof buffer, stdin)) > 0)
    g_string_append_len (input, buffer, (gssize) length);

  if (input->len > MAX_INPUT_BYTES)
    {
      g_set_error_literal (error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT,
                           _ ("Standard input is too long for a reply"));
      return NULL;
    }
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
  g_autofree char *text = onc_command_join_arguments (command, 1);

  if (g_str_equal (text, "-"))
    {
      g_free (text);
      text = read_input (error);
    }
  if (text == NULL)
    return ONC_EXIT_FAILED;
  if (command->promise != NULL)
    return onc_promise_with_text (command, command->promise, text, error);

  return onc_command_find_and_act (command, "Reply", (const char *const[]){ text, NULL }, error);
}

OncExit
onc_verb_resolve (OncCommand *command, GError **error)
{
  return onc_command_find_and_act (command, "Resolve", no_arguments, error);
}

OncExit
onc_verb_reopen (OncCommand *command, GError **error)
{
  return onc_command_find_and_act (command, "Reopen", no_arguments, error);
}

OncExit
onc_verb_level (OncCommand *command, GError **error)
{
  const char *const arguments[] = { command->arguments[1], NULL };

  return onc_command_find_and_act (command, "SetLevel", arguments, error);
}

OncExit
onc_verb_open (OncCommand *command, GError **error)
{
  const char *token = g_getenv ("XDG_ACTIVATION_TOKEN");
  g_autofree char *path = onc_command_find_thread (command, error);
  g_autoptr (GVariant) reply = NULL;
  GVariantBuilder options;

  if (path == NULL)
    return ONC_EXIT_FAILED;

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  if (token != NULL && g_utf8_validate (token, -1, NULL))
    g_variant_builder_add (&options, "{sv}", ONC_BUS_OPTION_TOKEN, g_variant_new_string (token));
  reply = onc_connection_call (command->connection, path, ONC_BUS_THREAD, "Open",
                               g_variant_new ("(a{sv})", &options), "()", error);

  return reply != NULL ? ONC_EXIT_DONE : ONC_EXIT_FAILED;
}

/* Calls @method for each of the categories that follow the thread. */
static OncExit
for_each_category (OncCommand *command, const char *method, GError **error)
{
  g_autofree char *path = onc_command_find_thread (command, error);
  OncExit exit_code = path != NULL ? ONC_EXIT_DONE : ONC_EXIT_FAILED;

  for (guint i = 1; path != NULL && *error == NULL && command->arguments[i] != NULL; i++)
    {
      const char *const arguments[] = { command->arguments[i], NULL };
      OncExit one = onc_command_act (command, path, method, arguments, error);

      exit_code = one != ONC_EXIT_DONE ? one : exit_code;
    }

  return exit_code;
}

OncExit
onc_verb_tag (OncCommand *command, GError **error)
{
  return for_each_category (command, "Tag", error);
}

OncExit
onc_verb_untag (OncCommand *command, GError **error)
{
  return for_each_category (command, "Untag", error);
}

OncExit
onc_verb_dismiss (OncCommand *command, GError **error)
{
  return onc_command_find_and_act (command, "Dismiss", no_arguments, error);
}
