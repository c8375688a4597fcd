/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "menu.h"

#include "onc-panel.h"

/* Of com.canonical.dbusmenu, as libdbusmenu counts it. */
#define VERSION 3

struct _OncMenu
{
  OncPanelMenu *skeleton; /* (owned) */
  OncMenuBuild build;
  OncMenuClicked clicked;
  gpointer data;
  OncMenuItem *root; /* (owned) as panels know it */
  GHashTable *ids;   /* (owned) key -> ID, of the items below it */
  gint32 last_id;
  guint revision; /* of the layout */
};

/* Gives @item and those below it the IDs that they had, or new ones, and notes them in @ids. */
static void
identify (OncMenu *self, OncMenuItem *item, GHashTable *ids)
{
  gpointer known;

  for (guint i = 0; i < item->children->len; i++)
    {
      OncMenuItem *child = g_ptr_array_index (item->children, i);

      if (g_hash_table_lookup_extended (self->ids, child->key, NULL, &known))
        child->id = GPOINTER_TO_INT (known);
      else
        child->id = ++self->last_id;
      g_hash_table_insert (ids, g_strdup (child->key), GINT_TO_POINTER (child->id));
      identify (self, child, ids);
    }
}

/* Adds to @updated, a(ia{sv}), what of @after differs from @before, which has the same shape.
 * Returns: whether anything does. */
static gboolean
compare (const OncMenuItem *before, const OncMenuItem *after, GVariantBuilder *updated)
{
  gboolean differs = !g_variant_equal (before->properties, after->properties);

  if (differs)
    g_variant_builder_add (updated, "(i@a{sv})", after->id, after->properties);
  for (guint i = 0; i < after->children->len; i++)
    differs |= compare (g_ptr_array_index (before->children, i),
                        g_ptr_array_index (after->children, i), updated);

  return differs;
}

/* The items are the same: tells which of them look different. Returns: whether any do. */
static gboolean
tell_properties (OncMenu *self, const OncMenuItem *before)
{
  GVariantBuilder updated;
  gboolean differs;

  g_variant_builder_init (&updated, G_VARIANT_TYPE ("a(ia{sv})"));
  differs = compare (before, self->root, &updated);
  if (differs)
    onc_panel_menu_emit_items_properties_updated (self->skeleton, g_variant_builder_end (&updated),
                                                  g_variant_new ("a(ias)", NULL));
  else
    g_variant_builder_clear (&updated);

  return differs;
}

gboolean
onc_menu_refresh (OncMenu *self)
{
  g_autoptr (OncMenuItem) before = self->root;
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  self->root = self->build (self->data);
  identify (self, self->root, ids);
  g_hash_table_unref (self->ids);
  self->ids = g_steal_pointer (&ids);
  if (before == NULL)
    return TRUE;
  if (onc_menu_item_has_shape_of (self->root, before))
    return tell_properties (self, before);

  self->revision++;
  onc_panel_menu_emit_layout_updated (self->skeleton, self->revision, 0);
  return TRUE;
}

static void
refuse (GDBusMethodInvocation *invocation, gint32 id)
{
  g_dbus_method_invocation_return_error (invocation, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS,
                                         "there is no item %d", id);
}

static gboolean
on_get_layout (OncPanelMenu *skeleton,
               GDBusMethodInvocation *invocation,
               int parent_id,
               int depth,
               const char *const *names,
               gpointer user_data)
{
  OncMenu *self = user_data;
  OncMenuItem *item = onc_menu_item_find (self->root, parent_id);

  if (item == NULL)
    refuse (invocation, parent_id);
  else
    onc_panel_menu_complete_get_layout (skeleton, invocation, self->revision,
                                        onc_menu_item_layout (item, depth, names));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* Adds the properties of @item to @out, a(ia{sv}), and of all below it. */
static void
add_properties (const OncMenuItem *item, const char *const *names, GVariantBuilder *out)
{
  g_variant_builder_add (out, "(i@a{sv})", item->id, onc_menu_item_filter_properties (item, names));
  for (guint i = 0; i < item->children->len; i++)
    add_properties (g_ptr_array_index (item->children, i), names, out);
}

static gboolean
on_get_group_properties (OncPanelMenu *skeleton,
                         GDBusMethodInvocation *invocation,
                         GVariant *ids,
                         const char *const *names,
                         gpointer user_data)
{
  OncMenu *self = user_data;
  GVariantBuilder properties;
  GVariantIter iter;
  gint32 id;

  g_variant_builder_init (&properties, G_VARIANT_TYPE ("a(ia{sv})"));
  if (g_variant_n_children (ids) == 0)
    add_properties (self->root, names, &properties);
  g_variant_iter_init (&iter, ids);
  while (g_variant_iter_next (&iter, "i", &id))
    {
      const OncMenuItem *item = onc_menu_item_find (self->root, id);

      if (item != NULL)
        g_variant_builder_add (&properties, "(i@a{sv})", id,
                               onc_menu_item_filter_properties (item, names));
    }
  onc_panel_menu_complete_get_group_properties (skeleton, invocation,
                                                g_variant_builder_end (&properties));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_get_property (OncPanelMenu *skeleton,
                 GDBusMethodInvocation *invocation,
                 int id,
                 const char *name,
                 gpointer user_data)
{
  OncMenu *self = user_data;
  const OncMenuItem *item = onc_menu_item_find (self->root, id);
  g_autoptr (GVariant) value = NULL;

  if (item != NULL)
    value = g_variant_lookup_value (item->properties, name, NULL);
  if (item == NULL)
    refuse (invocation, id);
  else if (value == NULL)
    g_dbus_method_invocation_return_error (invocation, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS,
                                           "item %d has no property of that name", id);
  else
    onc_panel_menu_complete_get_property (skeleton, invocation, g_variant_new_variant (value));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* Returns: FALSE where there is no item @id. */
static gboolean
take_event (OncMenu *self, gint32 id, const char *event)
{
  const OncMenuItem *item = onc_menu_item_find (self->root, id);
  OncErrand errand;

  if (item == NULL)
    return FALSE;

  /* Times in it have passed since it was built; not every panel asks before it opens a menu. */
  if (id == 0 && g_str_equal (event, "opened"))
    onc_menu_refresh (self);
  else if (g_str_equal (event, "clicked") && item->errand.kind != ONC_ERRAND_NONE)
    {
      errand = item->errand;
      self->clicked (self->data, &errand);
    }

  return TRUE;
}

static gboolean
on_event (OncPanelMenu *skeleton,
          GDBusMethodInvocation *invocation,
          int id,
          const char *event,
          GVariant *data,
          guint timestamp,
          gpointer user_data)
{
  if (!take_event (user_data, id, event))
    refuse (invocation, id);
  else
    onc_panel_menu_complete_event (skeleton, invocation);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_event_group (OncPanelMenu *skeleton,
                GDBusMethodInvocation *invocation,
                GVariant *events,
                gpointer user_data)
{
  GVariantBuilder errors;
  GVariantIter iter;
  const char *event;
  gint32 id;

  g_variant_builder_init (&errors, G_VARIANT_TYPE ("ai"));
  g_variant_iter_init (&iter, events);
  while (g_variant_iter_next (&iter, "(i&svu)", &id, &event, NULL, NULL))
    {
      if (!take_event (user_data, id, event))
        g_variant_builder_add (&errors, "i", id);
    }
  onc_panel_menu_complete_event_group (skeleton, invocation, g_variant_builder_end (&errors));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* An item is about to be shown. Returns: whether it has to be read again. */
static gboolean
prepare (OncMenu *self, gint32 id)
{
  return id == 0 && onc_menu_refresh (self);
}

static gboolean
on_about_to_show (OncPanelMenu *skeleton,
                  GDBusMethodInvocation *invocation,
                  int id,
                  gpointer user_data)
{
  OncMenu *self = user_data;

  if (onc_menu_item_find (self->root, id) == NULL)
    refuse (invocation, id);
  else
    onc_panel_menu_complete_about_to_show (skeleton, invocation, prepare (self, id));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_about_to_show_group (OncPanelMenu *skeleton,
                        GDBusMethodInvocation *invocation,
                        GVariant *ids,
                        gpointer user_data)
{
  OncMenu *self = user_data;
  GVariantBuilder updates;
  GVariantBuilder errors;
  GVariantIter iter;
  gint32 id;

  g_variant_builder_init (&updates, G_VARIANT_TYPE ("ai"));
  g_variant_builder_init (&errors, G_VARIANT_TYPE ("ai"));
  g_variant_iter_init (&iter, ids);
  while (g_variant_iter_next (&iter, "i", &id))
    {
      if (onc_menu_item_find (self->root, id) == NULL)
        g_variant_builder_add (&errors, "i", id);
      else if (prepare (self, id))
        g_variant_builder_add (&updates, "i", id);
    }
  onc_panel_menu_complete_about_to_show_group (
      skeleton, invocation, g_variant_builder_end (&updates), g_variant_builder_end (&errors));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

OncMenu *
onc_menu_new (GDBusConnection *connection,
              const char *path,
              OncMenuBuild build,
              OncMenuClicked clicked,
              gpointer data,
              GError **error)
{
  g_autoptr (OncMenu) self = g_new0 (OncMenu, 1);
  static const char *const no_paths[] = { NULL };

  self->build = build;
  self->clicked = clicked;
  self->data = data;
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->revision = 1;
  self->skeleton = onc_panel_menu_skeleton_new ();
  onc_panel_menu_set_version (self->skeleton, VERSION);
  onc_panel_menu_set_text_direction (self->skeleton, "ltr");
  onc_panel_menu_set_status (self->skeleton, "normal");
  onc_panel_menu_set_icon_theme_path (self->skeleton, no_paths);
  g_object_connect (self->skeleton, "signal::handle-get-layout", on_get_layout, self,
                    "signal::handle-get-group-properties", on_get_group_properties, self,
                    "signal::handle-get-property", on_get_property, self, "signal::handle-event",
                    on_event, self, "signal::handle-event-group", on_event_group, self,
                    "signal::handle-about-to-show", on_about_to_show, self,
                    "signal::handle-about-to-show-group", on_about_to_show_group, self, NULL);
  onc_menu_refresh (self);
  if (!g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->skeleton), connection,
                                         path, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
onc_menu_free (OncMenu *self)
{
  GDBusInterfaceSkeleton *skeleton = G_DBUS_INTERFACE_SKELETON (self->skeleton);

  g_signal_handlers_disconnect_by_data (self->skeleton, self);
  if (g_dbus_interface_skeleton_get_connection (skeleton) != NULL)
    g_dbus_interface_skeleton_unexport (skeleton);
  g_object_unref (self->skeleton);
  g_clear_pointer (&self->root, onc_menu_item_free);
  g_hash_table_unref (self->ids);
  g_free (self);
}
