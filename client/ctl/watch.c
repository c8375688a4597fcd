/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "watch.h"

#include "names.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

typedef struct
{
  const OncWatcher *watcher; /* (unowned) */
  gpointer data;             /* (unowned) of the watcher */
  GMainLoop *loop;           /* (owned) */
  gboolean bus_lost;
} Watch;

static void
on_signal (GDBusConnection *connection,
           const char *sender_name,
           const char *object_path,
           const char *interface_name,
           const char *signal_name,
           GVariant *parameters,
           gpointer user_data)
{
  const Watch *self = user_data;
  g_autofree char *name = g_strconcat (interface_name, ".", signal_name, NULL);

  self->watcher->signal (self->data, object_path, name, parameters);
}

static void
on_name_appeared (GDBusConnection *connection,
                  const char *name,
                  const char *name_owner,
                  gpointer user_data)
{
  const Watch *self = user_data;

  self->watcher->daemon (self->data, TRUE);
}

static void
on_name_vanished (GDBusConnection *connection, const char *name, gpointer user_data)
{
  const Watch *self = user_data;

  self->watcher->daemon (self->data, FALSE);
}

static void
on_closed (GDBusConnection *connection,
           gboolean remote_peer_vanished,
           GError *error,
           gpointer user_data)
{
  Watch *self = user_data;

  self->bus_lost = TRUE;
  g_main_loop_quit (self->loop);
}

static gboolean
on_interrupt (gpointer user_data)
{
  const Watch *self = user_data;

  g_main_loop_quit (self->loop);
  return G_SOURCE_CONTINUE;
}

OncExit
onc_watch_run (OncCommand *command, const OncWatcher *watcher, gpointer data, GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Watch self = { .watcher = watcher, .data = data, .loop = loop };
  guint subscription;
  guint watch;

  if (!onc_command_connect (command, error))
    return ONC_EXIT_FAILED;

  g_unix_signal_add (SIGINT, on_interrupt, &self);
  g_unix_signal_add (SIGTERM, on_interrupt, &self);
  g_signal_connect (command->connection, "closed", G_CALLBACK (on_closed), &self);
  subscription = g_dbus_connection_signal_subscribe (command->connection, ONC_BUS_NAME, NULL, NULL,
                                                     NULL, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
                                                     on_signal, &self, NULL);
  watch = g_bus_watch_name_on_connection (command->connection, ONC_BUS_NAME,
                                          G_BUS_NAME_WATCHER_FLAGS_NONE, on_name_appeared,
                                          on_name_vanished, &self, NULL);
  g_main_loop_run (loop);
  g_bus_unwatch_name (watch);
  g_dbus_connection_signal_unsubscribe (command->connection, subscription);
  g_signal_handlers_disconnect_by_data (command->connection, &self);

  if (self.bus_lost)
    {
      g_set_error_literal (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_SERVER,
                           _ ("The session bus has gone away"));
      return ONC_EXIT_FAILED;
    }
  return ONC_EXIT_DONE;
}
