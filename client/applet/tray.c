/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tray.h"

#include "log.h"
#include "onc-panel.h"

#include <string.h>

/* freedesktop's name of the watcher, which nobody owns, has "freedesktop" in place of "kde". */
#define WATCHER      "org.kde.StatusNotifierWatcher"
#define WATCHER_PATH "/StatusNotifierWatcher"

/* Where watchers look for the item of a name */
#define ITEM_PATH "/StatusNotifierItem"

/* How often a watcher gets the item. GNOME's AppIndicator extension 46 drops an item that is slow
 * to answer: https://github.com/ubuntu/gnome-shell-extension-appindicator/issues/386 */
#define MAX_REGISTRATIONS 10

/* Room for so many digits is enough for a panel that must not jump. */
#define LABEL_GUIDE "99"

struct _OncTray
{
  GDBusConnection *connection; /* (owned) */
  OncPanelItem *skeleton;      /* (owned) */
  OncTrayEvents events;
  gpointer data;
  GCancellable *registering; /* (owned) */
  guint registrations;       /* with this watcher */
  guint watch;
  guint unregistered; /* subscription */
};

static gboolean
on_provide_xdg_activation_token (OncPanelItem *skeleton,
                                 GDBusMethodInvocation *invocation,
                                 const char *token,
                                 gpointer user_data)
{
  OncTray *self = user_data;

  self->events.permitted (self->data, token);
  onc_panel_item_complete_provide_xdg_activation_token (skeleton, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_activate (
    OncPanelItem *skeleton, GDBusMethodInvocation *invocation, int x, int y, gpointer user_data)
{
  OncTray *self = user_data;

  self->events.activated (self->data);
  onc_panel_item_complete_activate (skeleton, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_secondary_activate (
    OncPanelItem *skeleton, GDBusMethodInvocation *invocation, int x, int y, gpointer user_data)
{
  OncTray *self = user_data;

  self->events.secondary (self->data);
  onc_panel_item_complete_secondary_activate (skeleton, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* The panel shows the menu itself. */
static gboolean
on_context_menu (
    OncPanelItem *skeleton, GDBusMethodInvocation *invocation, int x, int y, gpointer user_data)
{
  onc_panel_item_complete_context_menu (skeleton, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* Nothing here is more or less: and nobody should miss an alert for having brushed a wheel. */
static gboolean
on_scroll (OncPanelItem *skeleton,
           GDBusMethodInvocation *invocation,
           int delta,
           const char *orientation,
           gpointer user_data)
{
  onc_panel_item_complete_scroll (skeleton, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_registered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result,
                                                              &error);

  if (reply != NULL)
    onc_info ("A panel has taken the item");
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
           /* It has just gone, and on_watcher_vanished() says so. */
           !g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN))
    {
      g_dbus_error_strip_remote_error (error);
      onc_warning ("The panel does not take the item: %s", error->message);
    }
}

/* Registers the item by the connection's own name, as Qt does, and not by one of the
 * specification's, org.kde.StatusNotifierItem-PID-1: where an item has such a name, GNOME's
 * AppIndicator extension 46 forgets its properties when word of that name's owner comes after them,
 * and drops the item a second later. */
static void
register_item (OncTray *self)
{
  const char *name = g_dbus_connection_get_unique_name (self->connection);

  self->registrations++;
  g_dbus_connection_call (self->connection, WATCHER, WATCHER_PATH, WATCHER,
                          "RegisterStatusNotifierItem", g_variant_new ("(s)", name), NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->registering, on_registered,
                          NULL);
}

static void
on_watcher_appeared (GDBusConnection *connection,
                     const char *name,
                     const char *name_owner,
                     gpointer user_data)
{
  OncTray *self = user_data;

  self->registrations = 0;
  register_item (self);
}

/* Whether @item, as a watcher calls it, is this one: the name that it was registered with, which in
 * most of them has the object path behind it, and in GNOME's AppIndicator extension an "@" between.
 */
static gboolean
is_own_item (const OncTray *self, const char *item)
{
  const char *name = g_dbus_connection_get_unique_name (self->connection);
  gsize length = strlen (name);

  if (strncmp (item, name, length) != 0)
    return FALSE;

  return item[length] == '\0' || item[length] == '/' || item[length] == '@';
}

/* The watcher has dropped an item. */
static void
on_unregistered (GDBusConnection *connection,
                 const char *sender,
                 const char *path,
                 const char *interface,
                 const char *signal,
                 GVariant *parameters,
                 gpointer user_data)
{
  OncTray *self = user_data;
  const char *item;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(s)")))
    return;
  g_variant_get (parameters, "(&s)", &item);
  if (!is_own_item (self, item) || self->registrations >= MAX_REGISTRATIONS)
    return;

  onc_info ("The panel has dropped the item");
  register_item (self);
}

static void
on_watcher_vanished (GDBusConnection *connection, const char *name, gpointer user_data)
{
  onc_info ("No panel takes items");
}

/* What never changes. */
static void
describe_item (OncPanelItem *skeleton, const char *menu_path)
{
  onc_panel_item_set_category (skeleton, "Communications");
  onc_panel_item_set_id (skeleton, "oncall-applet");
  onc_panel_item_set_window_id (skeleton, 0);
  onc_panel_item_set_icon_theme_path (skeleton, "");
  onc_panel_item_set_icon_pixmap (skeleton, g_variant_new ("a(iiay)", NULL));
  onc_panel_item_set_overlay_icon_pixmap (skeleton, g_variant_new ("a(iiay)", NULL));
  onc_panel_item_set_attention_icon_pixmap (skeleton, g_variant_new ("a(iiay)", NULL));
  onc_panel_item_set_attention_movie_name (skeleton, "");
  onc_panel_item_set_item_is_menu (skeleton, FALSE);
  onc_panel_item_set_menu (skeleton, menu_path);
  onc_panel_item_set_label_guide (skeleton, LABEL_GUIDE);
}

OncTray *
onc_tray_new (GDBusConnection *connection,
              const char *menu_path,
              const OncFace *face,
              const OncTrayEvents *events,
              gpointer data,
              GError **error)
{
  g_autoptr (OncTray) self = g_new0 (OncTray, 1);

  self->connection = g_object_ref (connection);
  self->events = *events;
  self->data = data;
  self->registering = g_cancellable_new ();
  self->skeleton = onc_panel_item_skeleton_new ();
  describe_item (self->skeleton, menu_path);
  onc_tray_set_face (self, face);
  g_object_connect (self->skeleton, "signal::handle-provide-xdg-activation-token",
                    on_provide_xdg_activation_token, self, "signal::handle-activate", on_activate,
                    self, "signal::handle-secondary-activate", on_secondary_activate, self,
                    "signal::handle-context-menu", on_context_menu, self, "signal::handle-scroll",
                    on_scroll, self, NULL);
  if (!g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->skeleton), connection,
                                         ITEM_PATH, error))
    return NULL;

  self->watch = g_bus_watch_name_on_connection (connection, WATCHER, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                                on_watcher_appeared, on_watcher_vanished, self,
                                                NULL);
  self->unregistered = g_dbus_connection_signal_subscribe (
      connection, WATCHER, WATCHER, "StatusNotifierItemUnregistered", WATCHER_PATH, NULL,
      G_DBUS_SIGNAL_FLAGS_NONE, on_unregistered, self, NULL);
  return g_steal_pointer (&self);
}

void
onc_tray_free (OncTray *self)
{
  GDBusInterfaceSkeleton *skeleton = G_DBUS_INTERFACE_SKELETON (self->skeleton);

  if (self->watch != 0)
    g_bus_unwatch_name (self->watch);
  if (self->unregistered != 0)
    g_dbus_connection_signal_unsubscribe (self->connection, self->unregistered);
  g_cancellable_cancel (self->registering);
  g_object_unref (self->registering);
  g_signal_handlers_disconnect_by_data (self->skeleton, self);
  if (g_dbus_interface_skeleton_get_connection (skeleton) != NULL)
    g_dbus_interface_skeleton_unexport (skeleton);
  g_object_unref (self->skeleton);
  g_object_unref (self->connection);
  g_free (self);
}

static void
set_icons (OncPanelItem *skeleton, const OncFace *face)
{
  if (g_strcmp0 (onc_panel_item_get_icon_name (skeleton), face->icon) != 0)
    {
      onc_panel_item_set_icon_name (skeleton, face->icon);
      onc_panel_item_set_attention_icon_name (skeleton, face->icon);
      onc_panel_item_emit_new_icon (skeleton);
      onc_panel_item_emit_new_attention_icon (skeleton);
    }
  if (g_strcmp0 (onc_panel_item_get_overlay_icon_name (skeleton), face->overlay) != 0)
    {
      onc_panel_item_set_overlay_icon_name (skeleton, face->overlay);
      onc_panel_item_emit_new_overlay_icon (skeleton);
    }
}

/* What is said in words. */
static void
set_texts (OncPanelItem *skeleton, const OncFace *face)
{
  g_autoptr (GVariant) tool_tip = g_variant_ref_sink (
      g_variant_new ("(sa(iiay)ss)", face->icon, NULL, face->title, face->details));
  GVariant *before = onc_panel_item_get_tool_tip (skeleton);

  if (g_strcmp0 (onc_panel_item_get_title (skeleton), face->title) != 0)
    {
      onc_panel_item_set_title (skeleton, face->title);
      onc_panel_item_set_icon_accessible_desc (skeleton, face->title);
      onc_panel_item_set_attention_accessible_desc (skeleton, face->title);
      onc_panel_item_emit_new_title (skeleton);
    }
  if (before == NULL || !g_variant_equal (before, tool_tip))
    {
      onc_panel_item_set_tool_tip (skeleton, tool_tip);
      onc_panel_item_emit_new_tool_tip (skeleton);
    }
  if (g_strcmp0 (onc_panel_item_get_label (skeleton), face->label) != 0)
    {
      onc_panel_item_set_label (skeleton, face->label);
      onc_panel_item_emit_new_label (skeleton, face->label, LABEL_GUIDE);
    }
}

void
onc_tray_set_face (OncTray *self, const OncFace *face)
{
  /* Never "Passive": panels hide what is, and with it the menu. */
  const char *status = face->attention ? "NeedsAttention" : "Active";

  set_icons (self->skeleton, face);
  set_texts (self->skeleton, face);
  if (g_strcmp0 (onc_panel_item_get_status (self->skeleton), status) != 0)
    {
      onc_panel_item_set_status (self->skeleton, status);
      onc_panel_item_emit_new_status (self->skeleton, status);
    }
}
