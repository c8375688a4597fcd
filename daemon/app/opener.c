/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "opener.h"

#include "error.h"
#include "log.h"

#include <glib/gi18n.h>

#define PORTAL_NAME      "org.freedesktop.portal.Desktop"
#define PORTAL_PATH      "/org/freedesktop/portal/desktop"
#define PORTAL_INTERFACE "org.freedesktop.portal.OpenURI"

#define SYSTEMD_NAME      "org.freedesktop.systemd1"
#define SYSTEMD_PATH      "/org/freedesktop/systemd1"
#define SYSTEMD_INTERFACE "org.freedesktop.systemd1.Manager"

/* Both answer before the program is up, so that this is long. */
#define TIMEOUT_MS 10000

static void
on_started (GObject *connection, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (connection),
                                                               result, &error);

  if (answer != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, ONC_ERROR, ONC_ERROR_FAILED,
                             _ ("Neither the desktop's portal nor systemd could open %s"),
                             (const char *) g_task_get_task_data (task));
}

/* Lets systemd start xdg-open as a unit of its own. */
static void
start_unit (GDBusConnection *connection, GTask *task)
{
  const char *uri = g_task_get_task_data (task);
  g_autofree char *unit = g_strdup_printf ("oncalld-open-%08x.service", g_random_int ());
  const char *const arguments[] = { "xdg-open", uri, NULL };
  GVariantBuilder properties;

  g_variant_builder_init (&properties, G_VARIANT_TYPE ("a(sv)"));
  g_variant_builder_add (&properties, "(sv)", "Description", g_variant_new_string ("xdg-open"));
  g_variant_builder_add (&properties, "(sv)", "CollectMode",
                         g_variant_new_string ("inactive-or-failed"));
  g_variant_builder_add_parsed (&properties, "('ExecStart', <[('xdg-open', %^as, false)]>)",
                                arguments);
  g_dbus_connection_call (
      connection, SYSTEMD_NAME, SYSTEMD_PATH, SYSTEMD_INTERFACE, "StartTransientUnit",
      g_variant_new ("(ssa(sv)a(sa(sv)))", unit, "fail", &properties, NULL), G_VARIANT_TYPE ("(o)"),
      G_DBUS_CALL_FLAGS_NO_AUTO_START, TIMEOUT_MS, NULL, on_started, g_object_ref (task));
}

static void
on_portal_answer (GObject *connection, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (connection),
                                                               result, &error);

  if (answer != NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  onc_info ("the portal does not open addresses: %s", error->message);
  start_unit (G_DBUS_CONNECTION (connection), task);
}

void
onc_opener_open_async (GDBusConnection *connection,
                       const char *uri,
                       const char *activation_token,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task = g_task_new (connection, NULL, callback, user_data);
  GVariantBuilder options;

  g_task_set_source_tag (task, G_GNUC_EXTENSION (gpointer) onc_opener_open_async);
  g_task_set_task_data (task, g_strdup (uri), g_free);
  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  if (activation_token != NULL)
    g_variant_builder_add (&options, "{sv}", "activation_token",
                           g_variant_new_string (activation_token));
  g_dbus_connection_call (connection, PORTAL_NAME, PORTAL_PATH, PORTAL_INTERFACE, "OpenURI",
                          g_variant_new ("(ssa{sv})", "", uri, &options), G_VARIANT_TYPE ("(o)"),
                          G_DBUS_CALL_FLAGS_NONE, TIMEOUT_MS, NULL, on_portal_answer, task);
}

gboolean
onc_opener_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
