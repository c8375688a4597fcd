/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "desk.h"

#include "people.h"

#include <glib/gstdio.h>

gboolean
desk_on_tick (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
on_action (
    OncNotifier *notifier, guint thread, const char *action, const char *token, gpointer user_data)
{
  Desk *desk = user_data;

  g_ptr_array_add (desk->events, token != NULL
                                     ? g_strdup_printf ("%u %s with %s", thread, action, token)
                                     : g_strdup_printf ("%u %s", thread, action));
}

static void
on_reply (OncNotifier *notifier, guint thread, const char *text, gpointer user_data)
{
  Desk *desk = user_data;

  g_ptr_array_add (desk->events, g_strdup_printf ("%u replied %s", thread, text));
}

static void
on_closed (OncNotifier *notifier, guint thread, gboolean dismissed, gpointer user_data)
{
  Desk *desk = user_data;

  g_ptr_array_add (desk->events,
                   g_strdup_printf ("%u %s", thread, dismissed ? "dismissed" : "gone"));
}

void
desk_start_server (Desk *self, const char *capabilities, guint32 first_id)
{
  self->server = mock_server_new (g_test_dbus_get_bus_address (self->bus), capabilities, first_id);
}

void
desk_stop_server (Desk *self)
{
  g_clear_pointer (&self->server, mock_server_free);
}

/* Offers a server of the name that says in a file that it was called, and is none. */
static void
write_service (Desk *self)
{
  g_autofree char *path = g_build_filename (self->dir, "notifications.service", NULL);
  g_autofree char *text = g_strdup_printf ("[D-BUS Service]\n"
                                           "Name=org.freedesktop.Notifications\n"
                                           "Exec=/usr/bin/touch %s/started\n",
                                           self->dir);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

void
desk_set_up (Desk *self, gconstpointer data)
{
  self->dir = g_dir_make_tmp ("oncalld-test-XXXXXX", NULL);
  write_service (self);
  self->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_add_service_dir (self->bus, self->dir);
  g_test_dbus_up (self->bus);

  self->events = g_ptr_array_new_with_free_func (g_free);
  if (data != NULL)
    desk_start_server (self, data, 1);
  self->connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_assert_nonnull (self->connection);
  self->notifier = onc_notifier_new (&people_naming);
  g_signal_connect (self->notifier, "action", G_CALLBACK (on_action), self);
  g_signal_connect (self->notifier, "reply", G_CALLBACK (on_reply), self);
  g_signal_connect (self->notifier, "closed", G_CALLBACK (on_closed), self);
}

/* Whether the notifier's thread runs, as the kernel sees it. */
static gboolean
has_worker (void)
{
  g_autoptr (GDir) tasks = g_dir_open ("/proc/self/task", 0, NULL);
  const char *task;

  while ((task = g_dir_read_name (tasks)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc/self/task", task, "comm", NULL);
      g_autofree char *name = NULL;

      /* A thread may end between the two looks. */
      if (g_file_get_contents (path, &name, NULL, NULL) && g_str_has_prefix (name, "onc-popups"))
        return TRUE;
    }

  return FALSE;
}

void
desk_tear_down (Desk *self, gconstpointer data)
{
  g_autofree char *service = g_build_filename (self->dir, "notifications.service", NULL);
  g_autofree char *started = g_build_filename (self->dir, "started", NULL);

  if (self->notifier != NULL)
    g_assert_finalize_object (self->notifier);
  if (self->server != NULL)
    desk_stop_server (self);
  assert_eventually (!has_worker ());
  while (g_main_context_iteration (NULL, FALSE))
    ;
  if (self->events->len > 0)
    g_test_message ("unexpected: %s", (char *) g_ptr_array_index (self->events, 0));
  g_assert_cmpuint (self->events->len, ==, 0);
  g_ptr_array_unref (self->events);

  /* Complains when somebody else still holds the connection. */
  g_object_unref (self->connection);
  g_test_dbus_down (self->bus);
  g_object_unref (self->bus);

  g_remove (started);
  g_assert_cmpint (g_remove (service), ==, 0);
  g_assert_cmpint (g_rmdir (self->dir), ==, 0);
  g_free (self->dir);
}

gboolean
desk_was_server_called (Desk *self)
{
  g_autofree char *path = g_build_filename (self->dir, "started", NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

void
desk_assert_event (Desk *self, const char *expected)
{
  assert_eventually (self->events->len > 0);
  g_assert_cmpstr (g_ptr_array_index (self->events, 0), ==, expected);
  g_ptr_array_remove_index (self->events, 0);
}

void
desk_show (Desk *self, guint32 number, OncLevel level, const char *text)
{
  g_autoptr (OncThread) thread = people_ask (number, level, text);
  const OncOccasion occasion = people_occasion (ONC_ALERT_OPENED, level, 0);

  onc_notifier_show (self->notifier, thread, &occasion);
}

void
desk_withdraw (Desk *self, guint32 number)
{
  g_autoptr (OncThread) thread = people_ask (number, ONC_LEVEL_QUESTION, "");

  onc_notifier_withdraw (self->notifier, thread);
}

const MockPopup *
desk_wait_for_popup (Desk *self, guint position)
{
  assert_eventually (mock_server_n_popups (self->server) > position);
  return mock_server_get (self->server, position);
}

const MockPopup *
desk_show_next (Desk *self, guint32 number, OncLevel level, const char *text)
{
  guint position = mock_server_n_popups (self->server);

  desk_show (self, number, level, text);
  return desk_wait_for_popup (self, position);
}

void
desk_catch_up (Desk *self)
{
  guint n = mock_server_n_popups (self->server);

  onc_notifier_show_notice (self->notifier, "test", "Catching up", "");
  assert_eventually (mock_server_n_popups (self->server) == n + 1);
  n = mock_server_n_closes (self->server);
  onc_notifier_withdraw_notice (self->notifier, "test");
  assert_eventually (mock_server_n_closes (self->server) == n + 1);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}
