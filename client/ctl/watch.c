/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "watch.h"

#include "names.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

typedef struct
{
  const OncWatcher *watcher; /* (unowned) */
  gpointer data;             /* (unowned) of the watcher */
  GMainLoop *loop;           /* (owned) */
  guint idle;                /* source that ends the turn; 0: nothing has happened in it */
  gboolean running;          /* the daemon is there */
  gboolean bus_lost;
} Watch;

/* Nothing more comes in this turn. */
static gboolean
on_idle (gpointer user_data)
{
  Watch *self = user_data;

  self->idle = 0;
  if (self->watcher->changed != NULL)
    self->watcher->changed (self->data, self->running);
  if (fflush (stdout) != 0 || ferror (stdout))
    g_main_loop_quit (self->loop);
  return G_SOURCE_REMOVE;
}

static void
schedule_idle (Watch *self)
{
  if (self->idle == 0)
    self->idle = g_idle_add (on_idle, self);
}

static void
on_signal (GDBusConnection *connection,
           const char *sender_name,
           const char *object_path,
           const char *interface_name,
           const char *signal_name,
           GVariant *parameters,
           gpointer user_data)
{
  Watch *self = user_data;
  g_autofree char *name = g_strconcat (interface_name, ".", signal_name, NULL);

  if (self->watcher->signal != NULL)
    self->watcher->signal (self->data, object_path, name, parameters);
  schedule_idle (self);
}

static void
set_running (Watch *self, gboolean running)
{
  self->running = running;
  if (self->watcher->daemon != NULL)
    self->watcher->daemon (self->data, running);
  schedule_idle (self);
}

static void
on_name_appeared (GDBusConnection *connection,
                  const char *name,
                  const char *name_owner,
                  gpointer user_data)
{
  set_running (user_data, TRUE);
}

static void
on_name_vanished (GDBusConnection *connection, const char *name, gpointer user_data)
{
  set_running (user_data, FALSE);
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

/* Nobody reads any more: ends as the next line would end it, which may be long in coming. */
static gboolean
on_unread (int fd, GIOCondition condition, gpointer user_data)
{
  raise (SIGPIPE);
  return G_SOURCE_REMOVE;
}

/* At once, for the main loop may be waiting for a daemon that does not answer. */
static void
on_interrupt (int number)
{
  _exit (ONC_EXIT_DONE);
}

OncExit
onc_watch_run (OncCommand *command, const OncWatcher *watcher, gpointer data, GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Watch self = { .watcher = watcher, .data = data, .loop = loop };
  guint subscription;
  guint unread;
  guint watch;

  if (!onc_command_connect (command, error))
    return ONC_EXIT_FAILED;

  signal (SIGINT, on_interrupt);
  signal (SIGTERM, on_interrupt);
  unread = g_unix_fd_add (STDOUT_FILENO, G_IO_ERR, on_unread, NULL);
  g_signal_connect (command->connection, "closed", G_CALLBACK (on_closed), &self);
  subscription = g_dbus_connection_signal_subscribe (command->connection, ONC_BUS_NAME, NULL, NULL,
                                                     NULL, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
                                                     on_signal, &self, NULL);
  watch = g_bus_watch_name_on_connection (command->connection, ONC_BUS_NAME,
                                          G_BUS_NAME_WATCHER_FLAGS_NONE, on_name_appeared,
                                          on_name_vanished, &self, NULL);
  g_main_loop_run (loop);
  g_clear_handle_id (&self.idle, g_source_remove);
  g_source_remove (unread);
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
