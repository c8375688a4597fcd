/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "status-view.h"

#include "dictionary.h"
#include "moment.h"
#include "names.h"
#include "text.h"

#include <glib/gi18n.h>

char *
onc_status_view_pause (OncInstant until)
{
  OncInstant now = g_get_real_time ();
  g_autofree char *local = NULL;
  g_autofree char *due = NULL;

  if (until == G_MAXINT64)
    return g_strdup (_ ("Popups are paused until you resume."));

  local = onc_moment_local (until, now);
  due = onc_moment_due (until, now);
  /* A time of day, and how far that is from now */
  return g_strdup_printf (_ ("Popups are paused until %s (%s)."), local, due);
}

char *
onc_status_view_remarks (OncCommand *command)
{
  GString *out = g_string_new (NULL);
  g_autoptr (GVariant) manager = NULL;
  g_autofree char *text = NULL;
  g_autofree char *since = NULL;
  OncInstant stale_since;
  OncInstant paused_until;
  const char *state;
  guint32 pending;

  if (command->legend)
    manager = onc_connection_get_properties (command->connection, ONC_BUS_PATH, ONC_BUS_MANAGER,
                                             NULL);
  if (manager == NULL)
    return g_string_free (out, FALSE);

  state = onc_dictionary_get_string (manager, "State");
  text = onc_text_one_line (onc_dictionary_get_string (manager, "StateText"));
  if (!g_str_equal (state, onc_link_to_string (ONC_LINK_CONNECTED)) || *text != '\0')
    g_string_append_printf (out, _ ("Slack: %s\n"), *text != '\0' ? text : state);

  stale_since = onc_dictionary_get_time (manager, "StaleSince");
  since = onc_moment_local (stale_since, g_get_real_time ());
  if (stale_since != 0)
    g_string_append_printf (out, _ ("This may be out of date since %s.\n"), since);

  paused_until = onc_dictionary_get_time (manager, "PausedUntil");
  if (paused_until != 0)
    {
      g_autofree char *paused = onc_status_view_pause (paused_until);

      g_string_append_printf (out, "%s\n", paused);
    }

  pending = onc_dictionary_get_number (manager, "PendingWrites");
  if (pending > 0)
    g_string_append_printf (
        out, ngettext ("%u write is pending.\n", "%u writes are pending.\n", pending), pending);

  return g_string_free (out, FALSE);
}
