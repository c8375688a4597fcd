/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The verbs about time: what was promised, by when it is needed, and how long there is quiet. */

#include "verbs.h"

#include "dictionary.h"
#include "moment.h"
#include "names.h"
#include "promise-view.h"

#include <glib/gi18n.h>
#include <string.h>

/* Returns: (transfer full): "14:30", with how long that is from now. */
static char *
describe_time (OncInstant instant)
{
  OncInstant now = g_get_real_time ();
  g_autofree char *local = onc_moment_local (instant, now);
  g_autofree char *due = onc_moment_due (instant, now);

  return g_strdup_printf ("%s (%s)", local, due);
}

/* Says by when this person's last promise in the thread at @path is due, so that a time that was
 * understood otherwise than it was meant is seen at once. */
static void
tell_promise (OncCommand *command, const char *path)
{
  g_autoptr (GVariant) thread = onc_connection_get_properties (command->connection, path,
                                                               ONC_BUS_THREAD, NULL);
  g_auto (GStrv) me = onc_connection_get_me (command->connection, NULL);
  g_autoptr (GPtrArray) mine = NULL;
  g_autofree char *time = NULL;
  g_autofree char *message = NULL;
  GVariant *last;

  if (thread == NULL || me == NULL)
    return;
  mine = onc_promise_view_list_mine (thread, (const char *const *) me);
  if (mine->len == 0)
    return;
  last = g_ptr_array_index (mine, mine->len - 1);
  time = describe_time (onc_dictionary_get_time (last, ONC_PROMISE_KEY_DUE));
  message = g_strdup_printf (_ ("Promised by %s"), time);
  onc_command_remark (command, message);
}

/* Calls @method of the thread that the first argument names, and says what it has made of this
 * person's promise. */
static OncExit
act_and_tell (OncCommand *command, const char *method, const char *const *arguments, GError **error)
{
  g_autofree char *path = onc_command_find_thread (command, error);
  OncExit exit_code;

  if (path == NULL)
    return ONC_EXIT_FAILED;
  exit_code = onc_command_act (command, path, method, arguments, error);
  if (exit_code == ONC_EXIT_DONE || exit_code == ONC_EXIT_PENDING)
    tell_promise (command, path);

  return exit_code;
}

OncExit
onc_promise_with_text (OncCommand *command, const char *when, const char *text, GError **error)
{
  return act_and_tell (command, "Promise", (const char *const[]){ when, text, NULL }, error);
}

/* Whether @argument is a figure such as "9:00", "2pm" or "30m", which nobody begins a text with. */
static gboolean
is_figure (const char *argument)
{
  gsize digits = strspn (argument, G_CSET_DIGITS ":.");

  return g_ascii_isdigit (argument[0]) && strlen (argument + digits) <= strlen ("min") &&
         argument[digits + strspn (argument + digits, G_CSET_a_2_z)] == '\0';
}

OncExit
onc_verb_promise (OncCommand *command, GError **error)
{
  g_autoptr (GString) when = g_string_new (command->arguments[1]);
  g_autofree char *text = NULL;
  guint next = 2;

  /* "tomorrow 9:00" without quotes must not become tomorrow with the text "9:00". */
  while (command->arguments[next] != NULL && is_figure (command->arguments[next]))
    g_string_append_printf (when, " %s", command->arguments[next++]);
  text = onc_command_join_arguments (command, next);

  return onc_promise_with_text (command, when->str, text, error);
}

OncExit
onc_verb_extend (OncCommand *command, GError **error)
{
  g_autofree char *by = onc_command_join_arguments (command, 1);

  return act_and_tell (command, "ExtendPromise", (const char *const[]){ by, NULL }, error);
}

OncExit
onc_verb_handover (OncCommand *command, GError **error)
{
  g_autofree char *who = onc_command_join_arguments (command, 1);

  return onc_command_find_and_act (command, "HandOver", (const char *const[]){ who, NULL }, error);
}

/* Calls @method with the rest of the arguments as WHEN. @time: (out) (nullable): what @property is
 * afterwards, for a person; NULL: it is no time, or it did not work. */
static OncExit
set_time (
    OncCommand *command, const char *method, const char *property, char **time, GError **error)
{
  g_autofree char *path = onc_command_find_thread (command, error);
  g_autofree char *when = onc_command_join_arguments (command, 1);
  g_autoptr (GVariant) thread = NULL;
  OncExit exit_code;
  OncInstant instant;

  *time = NULL;
  if (path == NULL)
    return ONC_EXIT_FAILED;
  exit_code = onc_command_act (command, path, method, (const char *const[]){ when, NULL }, error);
  if (exit_code != ONC_EXIT_DONE)
    return exit_code;
  thread = onc_connection_get_properties (command->connection, path, ONC_BUS_THREAD, NULL);
  instant = thread != NULL ? onc_dictionary_get_time (thread, property) : 0;
  if (instant != 0)
    *time = describe_time (instant);

  return ONC_EXIT_DONE;
}

OncExit
onc_verb_snooze (OncCommand *command, GError **error)
{
  g_autofree char *time = NULL;
  OncExit exit_code = set_time (command, "Snooze", "SnoozedUntil", &time, error);
  g_autofree char *message = NULL;

  if (time != NULL)
    {
      message = g_strdup_printf (_ ("Snoozed until %s"), time);
      onc_command_remark (command, message);
    }

  return exit_code;
}

OncExit
onc_verb_unsnooze (OncCommand *command, GError **error)
{
  return onc_command_find_and_act (command, "Unsnooze", (const char *const[]){ NULL }, error);
}

OncExit
onc_verb_needed (OncCommand *command, GError **error)
{
  g_autofree char *time = NULL;
  OncExit exit_code = set_time (command, "SetNeededBy", "NeededBy", &time, error);
  g_autofree char *message = NULL;

  if (time != NULL)
    {
      message = g_strdup_printf (_ ("Needed by %s"), time);
      onc_command_remark (command, message);
    }

  return exit_code;
}
