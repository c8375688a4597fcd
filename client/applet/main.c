/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "applet.h"
#include "connection.h"
#include "log.h"
#include "names.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <stdio.h>

/* Of RequestName, in the D-Bus specification */
#define DO_NOT_QUEUE  4
#define PRIMARY_OWNER 1

static gboolean
on_signal (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static void
on_closed (GDBusConnection *connection,
           gboolean remote_peer_vanished,
           GError *error,
           gpointer user_data)
{
  g_main_loop_quit (user_data);
}

static void
on_quit (gpointer data)
{
  g_main_loop_quit (data);
}

/* One icon is enough, whoever else starts it. Returns: FALSE where there is an applet, and with
 * @error set where that cannot be told. */
static gboolean
be_the_only_one (GDBusConnection *connection, GError **error)
{
  guint32 answer = 0;
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
      connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
      "RequestName", g_variant_new ("(su)", ONC_BUS_APPLET, DO_NOT_QUEUE), G_VARIANT_TYPE ("(u)"),
      G_DBUS_CALL_FLAGS_NONE, -1, NULL, error);

  if (reply != NULL)
    g_variant_get (reply, "(u)", &answer);

  return answer == PRIMARY_OWNER;
}

/* Shows the applet until the session ends or a person wants no more of it. */
static gboolean
run (GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GDBusConnection) connection = onc_connection_open (error);
  g_autoptr (OncApplet) applet = NULL;
  g_autoptr (GError) local_error = NULL;

  if (connection == NULL)
    return FALSE;
  if (!be_the_only_one (connection, &local_error))
    {
      if (local_error == NULL)
        onc_info ("There is an applet already");
      else
        g_propagate_error (error, g_steal_pointer (&local_error));
      return *error == NULL;
    }

  applet = onc_applet_new (connection, on_quit, loop, error);
  if (applet == NULL)
    return FALSE;
  g_unix_signal_add (SIGINT, on_signal, loop);
  g_unix_signal_add (SIGTERM, on_signal, loop);
  g_signal_connect (connection, "closed", G_CALLBACK (on_closed), loop);
  g_main_loop_run (loop);
  g_signal_handlers_disconnect_by_data (connection, loop);
  /* The panel that told of the click on "Quit" waits for an answer, which GDBus writes in a thread
   * of its own. A connection that is lost has nobody to tell. */
  g_dbus_connection_flush_sync (connection, NULL, NULL);
  return TRUE;
}

int
main (int argc, char **argv)
{
  gboolean version = FALSE;
  const GOptionEntry entries[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, N_ ("Print the version and exit"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = NULL;
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  /* Translators: what oncall-applet is for, in its --help */
  context = g_option_context_new (_ ("- the on-call rota in the panel"));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      fprintf (stderr, "oncall-applet: %s\n", error->message);
      return ONC_EXIT_USAGE;
    }
  if (version)
    {
      puts ("oncall-applet " ONC_VERSION);
      return ONC_EXIT_DONE;
    }
  if (run (&error))
    return ONC_EXIT_DONE;

  fprintf (stderr, "oncall-applet: %s\n", error->message);
  return onc_exit_from_error (error);
}
