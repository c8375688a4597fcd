/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "debug-object.h"

#include "bus-private.h"
#include "names.h"

/* SetTime returns when everything that has become due by then is decided and told. */
static const char xml[] = "<node>"
                          "  <interface name='" ONC_BUS_DEBUG "'>"
                          "    <method name='SetTime'>"
                          "      <arg name='now' type='x' direction='in'/>"
                          "    </method>"
                          "  </interface>"
                          "</node>";

static void
on_call (GDBusConnection *connection,
         const char *sender,
         const char *object_path,
         const char *interface_name,
         const char *method_name,
         GVariant *parameters,
         GDBusMethodInvocation *invocation,
         gpointer user_data)
{
  OncBus *bus = user_data;
  const OncBusBackend *backend = onc_bus_get_backend (bus);
  gint64 now;

  g_variant_get (parameters, "(x)", &now);
  backend->set_time (backend->data, now, onc_bus_finish, onc_bus_begin (bus, invocation));
}

guint
onc_debug_object_export (OncBus *bus, GDBusConnection *connection, GError **error)
{
  static const GDBusInterfaceVTable vtable = { .method_call = on_call };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (xml, error);

  if (node == NULL)
    return 0;

  return g_dbus_connection_register_object (connection, ONC_BUS_DEBUG_PATH, node->interfaces[0],
                                            &vtable, bus, NULL, error);
}
