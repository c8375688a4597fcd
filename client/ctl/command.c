/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "command.h"

#include "names.h"
#include "text.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* What less does when the person has not configured it: end at once where all fits on the screen,
 * pass colours on, leave the text on the screen. The set that Git has chosen for its own pager. */
#define LESS_OPTIONS "FRX"

gboolean
onc_command_connect (OncCommand *self, GError **error)
{
  if (self->connection != NULL)
    return TRUE;

  self->connection = onc_connection_open (error);
  /* GSocket ignores SIGPIPE for the whole process, and does not need to on Linux (MSG_NOSIGNAL); a
   * command in a pipe has to end when its reader does. */
  signal (SIGPIPE, SIG_DFL);
  return self->connection != NULL;
}

const char *
onc_command_find_program (const char *variable, const char *installed)
{
  const char *value = g_getenv (variable);

  return value != NULL && *value != '\0' ? value : installed;
}

char *
onc_command_find_thread (OncCommand *self, GError **error)
{
  if (!onc_command_connect (self, error))
    return NULL;

  return onc_connection_find_thread (self->connection, self->arguments[0], error);
}

/* A set but empty variable counts as not set: https://no-color.org. */
static gboolean
is_set (const char *variable)
{
  const char *value = g_getenv (variable);

  return value != NULL && *value != '\0';
}

/* Whether the terminal can do nothing but print: an editor's, for example. */
static gboolean
is_dumb (void)
{
  return !is_set ("TERM") || g_str_equal (g_getenv ("TERM"), "dumb");
}

void
onc_command_look_at_output (OncCommand *self)
{
  struct winsize size;

  if (!isatty (STDOUT_FILENO))
    return;

  /* A terminal that does not know its width is taken for the width that all of them once had. */
  self->width = 80;
  if (ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    self->width = size.ws_col;
  self->colour = !is_set ("NO_COLOR") && !is_dumb ();
}

void
onc_command_start_pager (OncCommand *self)
{
  const char *variable = g_getenv ("PAGER");
  const char *pager = variable != NULL ? variable : "less";
  g_auto (GStrv) argv = NULL;
  g_auto (GStrv) environment = g_environ_setenv (g_get_environ (), "LESS", LESS_OPTIONS, FALSE);
  int input;

  if (self->width == 0 || self->no_pager || is_dumb () || g_str_equal (pager, "cat") ||
      !g_shell_parse_argv (pager, NULL, &argv, NULL) ||
      !g_spawn_async_with_pipes (NULL, argv, environment,
                                 G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
                                 &self->pager, &input, NULL, NULL, NULL))
    return;

  fflush (stdout);
  dup2 (input, STDOUT_FILENO);
  close (input);
  /* The person ends the pager, and the pager ends this; not the other way round. */
  signal (SIGINT, SIG_IGN);
  signal (SIGPIPE, SIG_IGN);
}

gboolean
onc_command_finish_output (OncCommand *self)
{
  gboolean written = ferror (stdout) == 0;

  written = fclose (stdout) == 0 && written;
  if (self->pager == 0)
    return written;

  /* A person who leaves the pager early has seen enough. */
  while (waitpid (self->pager, NULL, 0) < 0 && errno == EINTR)
    continue;
  return TRUE;
}

void
onc_command_clear (OncCommand *self)
{
  g_clear_pointer (&self->json_mode, g_free);
  g_clear_pointer (&self->color_mode, g_free);
  g_clear_pointer (&self->format, g_free);
  g_clear_pointer (&self->level, g_free);
  g_clear_pointer (&self->state, g_free);
  g_clear_pointer (&self->tag, g_free);
  g_clear_pointer (&self->since, g_free);
  g_clear_pointer (&self->limit, g_free);
  g_clear_pointer (&self->promise, g_free);
  g_clear_pointer (&self->now, g_free);
  g_clear_pointer (&self->timezone, g_free);
  g_clear_pointer (&self->up_to, g_free);
  g_clear_pointer (&self->arguments, g_strfreev);
  g_clear_object (&self->connection);
}

void
onc_command_remark (const OncCommand *self, const char *message)
{
  g_autofree char *visible = onc_text_one_line (message);

  if (!self->quiet)
    fprintf (stderr, "%s\n", visible);
}

char *
onc_command_join_arguments (const OncCommand *self, guint first)
{
  if (self->arguments == NULL)
    return g_strdup ("");

  return g_strjoinv (" ", self->arguments + first);
}

OncExit
onc_command_act (OncCommand *self,
                 const char *path,
                 const char *method,
                 const char *const *arguments,
                 GError **error)
{
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) local_error = NULL;
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_TUPLE);
  for (guint i = 0; arguments[i] != NULL; i++)
    g_variant_builder_add (&builder, "s", arguments[i]);
  g_variant_builder_open (&builder, G_VARIANT_TYPE_VARDICT);
  if (self->queue)
    g_variant_builder_add (&builder, "{sv}", ONC_BUS_OPTION_QUEUE, g_variant_new_boolean (TRUE));
  g_variant_builder_close (&builder);

  reply = onc_connection_call (self->connection, path, ONC_BUS_THREAD, method,
                               g_variant_builder_end (&builder), "()", &local_error);
  if (reply != NULL && !self->queue)
    return ONC_EXIT_DONE;
  if (reply != NULL || g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    {
      onc_command_remark (self, _ ("Slack has not confirmed it yet; oncalld keeps trying."));
      return ONC_EXIT_PENDING;
    }

  g_propagate_error (error, g_steal_pointer (&local_error));
  return ONC_EXIT_FAILED;
}

OncExit
onc_command_find_and_act (OncCommand *self,
                          const char *method,
                          const char *const *arguments,
                          GError **error)
{
  g_autofree char *path = onc_command_find_thread (self, error);

  return path != NULL ? onc_command_act (self, path, method, arguments, error) : ONC_EXIT_FAILED;
}

OncExit
onc_command_call_manager (OncCommand *self, const char *method, GVariant *arguments, GError **error)
{
  g_autoptr (GVariant) parameters = g_variant_ref_sink (arguments);
  g_autoptr (GVariant) answer = NULL;

  if (onc_command_connect (self, error))
    answer = onc_connection_call (self->connection, ONC_BUS_PATH, ONC_BUS_MANAGER, method,
                                  parameters, "()", error);

  return answer != NULL ? ONC_EXIT_DONE : ONC_EXIT_FAILED;
}

GVariant *
onc_command_read_thread (OncCommand *self, GError **error)
{
  g_autofree char *path = onc_command_find_thread (self, error);

  return path != NULL
             ? onc_connection_get_properties (self->connection, path, ONC_BUS_THREAD, error)
             : NULL;
}
