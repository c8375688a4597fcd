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

typedef struct
{
  char *uri;              /* (owned) */
  char *activation_token; /* (owned) (nullable) */
} Opening;

static void
opening_free (Opening *self)
{
  g_free (self->uri);
  g_free (self->activation_token);
  g_free (self);
}

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
                             ((const Opening *) g_task_get_task_data (task))->uri);
}

/* Adds to @properties what gives the program @activation_token: for Wayland, and for X11. */
static void
add_environment (GVariantBuilder *properties, const char *activation_token)
{
  g_autofree char *wayland = g_strconcat ("XDG_ACTIVATION_TOKEN=", activation_token, NULL);
  g_autofree char *x11 = g_strconcat ("DESKTOP_STARTUP_ID=", activation_token, NULL);
  const char *const environment[] = { wayland, x11, NULL };

  g_variant_builder_add (properties, "(sv)", "Environment", g_variant_new_strv (environment, -1));
}

/* Lets systemd start xdg-open as a unit of its own. */
static void
start_unit (GDBusConnection *connection, GTask *task)
{
  const Opening *opening = g_task_get_task_data (task);
  g_autofree char *unit = g_strdup_printf ("oncalld-open-%08x.service", g_random_int ());
  const char *const arguments[] = { "xdg-open", opening->uri, NULL };
  GVariantBuilder properties;

  g_variant_builder_init (&properties, G_VARIANT_TYPE ("a(sv)"));
  g_variant_builder_add (&properties, "(sv)", "Description", g_variant_new_string ("xdg-open"));
  g_variant_builder_add (&properties, "(sv)", "CollectMode",
                         g_variant_new_string ("inactive-or-failed"));
  g_variant_builder_add_parsed (&properties, "('ExecStart', <[('xdg-open', %^as, false)]>)",
                                arguments);
  if (opening->activation_token != NULL)
    add_environment (&properties, opening->activation_token);
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
  Opening *opening = g_new0 (Opening, 1);
  GVariantBuilder options;

  opening->uri = g_strdup (uri);
  opening->activation_token = g_strdup (activation_token);
  g_task_set_source_tag (task, G_GNUC_EXTENSION (gpointer) onc_opener_open_async);
  g_task_set_task_data (task, opening, (GDestroyNotify) opening_free);
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
