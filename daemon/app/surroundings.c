/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "surroundings.h"

#include "log.h"

#define LOGIND_NAME      "org.freedesktop.login1"
#define LOGIND_PATH      "/org/freedesktop/login1"
#define LOGIND_INTERFACE "org.freedesktop.login1.Manager"

/* One change of the network comes as several signals within moments. */
#define SETTLE_MS 1000

struct _OncSurroundings
{
  GObject parent_instance;

  GDBusConnection *system_bus; /* (owned) (nullable) */
  guint subscription;
  guint settling;            /* source that tells of the network's change; 0: it has not changed */
  GNetworkMonitor *network;  /* (unowned) */
  GCancellable *cancellable; /* (owned) */
};

enum
{
  SIGNAL_WOKE,
  SIGNAL_NETWORK_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OncSurroundings, onc_surroundings, G_TYPE_OBJECT)

static void
onc_surroundings_finalize (GObject *object)
{
  OncSurroundings *self = ONC_SURROUNDINGS (object);

  g_clear_handle_id (&self->settling, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_signal_handlers_disconnect_by_data (self->network, self);
  if (self->subscription != 0)
    g_dbus_connection_signal_unsubscribe (self->system_bus, self->subscription);
  g_clear_object (&self->system_bus);

  G_OBJECT_CLASS (onc_surroundings_parent_class)->finalize (object);
}

static void
onc_surroundings_class_init (OncSurroundingsClass *class)
{
  G_OBJECT_CLASS (class)->finalize = onc_surroundings_finalize;

  signals[SIGNAL_WOKE] = g_signal_new ("woke", ONC_TYPE_SURROUNDINGS, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_NETWORK_CHANGED] = g_signal_new ("network-changed", ONC_TYPE_SURROUNDINGS,
                                                  G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                  G_TYPE_NONE, 0);
}

static void
onc_surroundings_init (OncSurroundings *self)
{
  self->cancellable = g_cancellable_new ();
}

static void
on_prepare_for_sleep (GDBusConnection *bus,
                      const char *sender,
                      const char *path,
                      const char *interface,
                      const char *signal,
                      GVariant *parameters,
                      gpointer user_data)
{
  gboolean begins = FALSE;

  if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    g_variant_get (parameters, "(b)", &begins);
  if (!begins)
    {
      onc_info ("the machine woke up");
      g_signal_emit (user_data, signals[SIGNAL_WOKE], 0);
    }
}

static void
on_system_bus (GObject *unused, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *bus = g_bus_get_finish (result, &error);
  OncSurroundings *self = user_data;

  if (bus == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        onc_info ("sleep is not announced here: %s", error->message);
      return;
    }
  g_dbus_connection_set_exit_on_close (bus, FALSE);
  self->system_bus = bus;
  self->subscription = g_dbus_connection_signal_subscribe (
      bus, LOGIND_NAME, LOGIND_INTERFACE, "PrepareForSleep", LOGIND_PATH, NULL,
      G_DBUS_SIGNAL_FLAGS_NONE, on_prepare_for_sleep, self, NULL);
}

static gboolean
on_settled (gpointer user_data)
{
  OncSurroundings *self = user_data;

  self->settling = 0;
  onc_info ("the network has changed");
  g_signal_emit (self, signals[SIGNAL_NETWORK_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
on_network (OncSurroundings *self)
{
  if (self->settling == 0 && g_network_monitor_get_network_available (self->network))
    self->settling = g_timeout_add (SETTLE_MS, on_settled, self);
}

OncSurroundings *
onc_surroundings_new (void)
{
  OncSurroundings *self = g_object_new (ONC_TYPE_SURROUNDINGS, NULL);

  /* NetworkManager's monitor announces by properties only, the kernel's by the signal too. */
  self->network = g_network_monitor_get_default ();
  g_signal_connect_swapped (self->network, "notify::connectivity", G_CALLBACK (on_network), self);
  g_signal_connect_swapped (self->network, "notify::network-available", G_CALLBACK (on_network),
                            self);
  g_signal_connect_swapped (self->network, "network-changed", G_CALLBACK (on_network), self);
  g_bus_get (G_BUS_TYPE_SYSTEM, self->cancellable, on_system_bus, self);

  return self;
}
