/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "thread-tree.h"

#include "bus-private.h"
#include "names.h"
#include "thread-object.h"
#include "thread-properties.h"

#include <string.h>

/* How many closed threads stay callable after FindThread: more than a person handles at a time,
 * few enough to cost nothing. The D-Bus manual names the figure. */
#define MAX_VISITORS 64

/* From the D-Bus specification. */
static const char manager_xml[] = "<node>"
                                  "  <interface name='" ONC_DBUS_OBJECT_MANAGER "'>"
                                  "    <method name='GetManagedObjects'>"
                                  "      <arg name='objects' type='a{oa{sa{sv}}}' direction='out'/>"
                                  "    </method>"
                                  "    <signal name='InterfacesAdded'>"
                                  "      <arg name='object' type='o'/>"
                                  "      <arg name='interfaces' type='a{sa{sv}}'/>"
                                  "    </signal>"
                                  "    <signal name='InterfacesRemoved'>"
                                  "      <arg name='object' type='o'/>"
                                  "      <arg name='interfaces' type='as'/>"
                                  "    </signal>"
                                  "  </interface>"
                                  "</node>";

/* A thread, and what callers know of it. */
typedef struct
{
  OncThread *thread;       /* (owned) */
  OncThreadValues *values; /* (owned) */
} Node;

struct _OncThreadTree
{
  OncBus *bus;                 /* (unowned) */
  OncThreadObject *object;     /* (owned) answers for all nodes */
  GDBusNodeInfo *manager_info; /* (owned) */
  GHashTable *open;            /* (owned) number → Node (owned) */
  GPtrArray *visitors;         /* (owned) of Node: closed, but callable; the last found last */
  GDBusConnection *connection; /* (owned) (nullable) NULL: nothing is on the bus */
  guint threads_id;            /* of the registration; 0: there is none */
  guint manager_id;            /* likewise */
};

static Node *
node_new (OncThreadTree *self, OncThread *thread)
{
  Node *node = g_new (Node, 1);

  node->thread = onc_thread_ref (thread);
  node->values = onc_thread_values_new (thread, onc_bus_get_naming (self->bus));
  return node;
}

static void
node_free (Node *node)
{
  onc_thread_unref (node->thread);
  onc_thread_values_free (node->values);
  g_free (node);
}

char *
onc_thread_path (guint32 number)
{
  return g_strdup_printf (ONC_BUS_THREAD_PREFIX "%" G_GUINT32_FORMAT, number);
}

/* Returns: the position in `visitors`; its length where the thread is not among them. */
static guint
find_visitor (OncThreadTree *self, guint32 number)
{
  guint i = 0;

  while (i < self->visitors->len &&
         ((Node *) g_ptr_array_index (self->visitors, i))->thread->number != number)
    i++;

  return i;
}

/* Returns: (nullable): the node of the thread with that number. */
static Node *
find_node (OncThreadTree *self, guint32 number)
{
  Node *node = g_hash_table_lookup (self->open, GUINT_TO_POINTER (number));
  guint visitor;

  if (node != NULL)
    return node;
  visitor = find_visitor (self, number);

  return visitor < self->visitors->len ? g_ptr_array_index (self->visitors, visitor) : NULL;
}

/* @name: as it stands in a path: a thread has one path, without zeros in front. Returns:
 * (nullable).
 */
static Node *
find_named (OncThreadTree *self, const char *name)
{
  guint64 number;

  return name[0] != '0' && g_ascii_string_to_unsigned (name, 10, 1, G_MAXUINT32, &number, NULL)
             ? find_node (self, (guint32) number)
             : NULL;
}

OncThread *
onc_thread_tree_find (OncThreadTree *self, const char *path)
{
  Node *node = find_named (self, strrchr (path, '/') + 1);

  return node != NULL ? node->thread : NULL;
}

/* Answering */

static char **
on_enumerate (GDBusConnection *connection,
              const char *sender,
              const char *object_path,
              gpointer user_data)
{
  OncThreadTree *self = user_data;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GHashTableIter iter;
  gpointer number;

  g_hash_table_iter_init (&iter, self->open);
  while (g_hash_table_iter_next (&iter, &number, NULL))
    {
      g_autofree char *name = g_strdup_printf ("%u", GPOINTER_TO_UINT (number));

      g_strv_builder_add (builder, name);
    }

  return g_strv_builder_end (builder);
}

static GDBusInterfaceInfo **
on_introspect (GDBusConnection *connection,
               const char *sender,
               const char *object_path,
               const char *node,
               gpointer user_data)
{
  OncThreadTree *self = user_data;
  GDBusInterfaceInfo **interfaces;

  if (node == NULL || find_named (self, node) == NULL)
    return NULL;

  interfaces = g_new0 (GDBusInterfaceInfo *, 2);
  interfaces[0] = g_dbus_interface_info_ref (onc_dbus_thread_interface_info ());
  return interfaces;
}

static void
on_thread_call (GDBusConnection *connection,
                const char *sender,
                const char *object_path,
                const char *interface_name,
                const char *method_name,
                GVariant *parameters,
                GDBusMethodInvocation *invocation,
                gpointer user_data)
{
  OncThreadTree *self = user_data;
  GDBusInterfaceSkeleton *object = G_DBUS_INTERFACE_SKELETON (self->object);

  /* It reads the parameters, and calls the method's handler. */
  g_dbus_interface_skeleton_get_vtable (object)->method_call (
      connection, sender, object_path, interface_name, method_name, parameters, invocation, object);
}

static GVariant *
on_get_property (GDBusConnection *connection,
                 const char *sender,
                 const char *object_path,
                 const char *interface_name,
                 const char *property_name,
                 GError **error,
                 gpointer user_data)
{
  Node *node = find_named (user_data, strrchr (object_path, '/') + 1);

  if (node != NULL)
    return g_variant_ref (onc_thread_values_get (node->values, property_name));

  /* It has gone since the call was found to be for it. */
  g_set_error (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT, "there is no object %s any more",
               object_path);
  return NULL;
}

static const GDBusInterfaceVTable *
on_dispatch (GDBusConnection *connection,
             const char *sender,
             const char *object_path,
             const char *interface_name,
             const char *node,
             gpointer *out_user_data,
             gpointer user_data)
{
  static const GDBusInterfaceVTable vtable = { .method_call = on_thread_call,
                                               .get_property = on_get_property };

  *out_user_data = user_data;
  return &vtable;
}

/* Returns: (transfer floating): a{sa{sv}}. */
static GVariant *
describe (const Node *node)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{sa{sv}}"));
  g_variant_builder_open (&builder, G_VARIANT_TYPE ("{sa{sv}}"));
  g_variant_builder_add (&builder, "s", ONC_BUS_THREAD);
  g_variant_builder_open (&builder, G_VARIANT_TYPE_VARDICT);
  onc_thread_values_add_to (node->values, &builder);
  g_variant_builder_close (&builder);
  g_variant_builder_close (&builder);

  return g_variant_builder_end (&builder);
}

static void
on_manager_call (GDBusConnection *connection,
                 const char *sender,
                 const char *object_path,
                 const char *interface_name,
                 const char *method_name,
                 GVariant *parameters,
                 GDBusMethodInvocation *invocation,
                 gpointer user_data)
{
  OncThreadTree *self = user_data;
  GVariantBuilder builder;
  GHashTableIter iter;
  gpointer number, node;

  /* GetManagedObjects is its only method. */
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{oa{sa{sv}}}"));
  g_hash_table_iter_init (&iter, self->open);
  while (g_hash_table_iter_next (&iter, &number, &node))
    {
      g_autofree char *path = onc_thread_path (GPOINTER_TO_UINT (number));

      g_variant_builder_add (&builder, "{o@a{sa{sv}}}", path, describe (node));
    }
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(a{oa{sa{sv}}})", &builder));
}

/* Telling */

/* @parameters: (transfer floating). */
static void
emit (OncThreadTree *self,
      const char *path,
      const char *interface,
      const char *signal,
      GVariant *parameters)
{
  /* It fails for nothing but wrong names. */
  g_dbus_connection_emit_signal (self->connection, NULL, path, interface, signal, parameters, NULL);
}

static void
appear (OncThreadTree *self, OncThread *thread)
{
  Node *node = node_new (self, thread);
  g_autofree char *path = onc_thread_path (thread->number);

  g_hash_table_insert (self->open, GUINT_TO_POINTER (thread->number), node);
  if (self->connection != NULL)
    emit (self, ONC_BUS_PATH, ONC_DBUS_OBJECT_MANAGER, "InterfacesAdded",
          g_variant_new ("(o@a{sa{sv}})", path, describe (node)));
}

static void
disappear (OncThreadTree *self, guint32 number)
{
  static const char *const interfaces[] = { ONC_BUS_THREAD, NULL };
  g_autofree char *path = onc_thread_path (number);

  if (g_hash_table_remove (self->open, GUINT_TO_POINTER (number)) && self->connection != NULL)
    emit (self, ONC_BUS_PATH, ONC_DBUS_OBJECT_MANAGER, "InterfacesRemoved",
          g_variant_new ("(o^as)", path, interfaces));
}

static void
update (OncThreadTree *self, Node *node, OncThread *thread, guint changes)
{
  GVariant *changed;

  if (node->thread != thread)
    {
      onc_thread_unref (node->thread);
      node->thread = onc_thread_ref (thread);
      changes = ONC_CHANGE_APPEARED;
    }
  changed = onc_thread_values_update (node->values, thread, onc_bus_get_naming (self->bus),
                                      changes);
  if (changed != NULL && self->connection != NULL)
    {
      g_autofree char *path = onc_thread_path (thread->number);

      emit (self, path, ONC_DBUS_PROPERTIES, "PropertiesChanged",
            g_variant_new ("(s@a{sv}@as)", ONC_BUS_THREAD, changed, g_variant_new_strv (NULL, 0)));
    }
  else
    g_clear_pointer (&changed, g_variant_unref);
}

void
onc_thread_tree_tell (OncThreadTree *self, OncThread *thread, guint changes)
{
  guint32 number = thread->number;
  gboolean open = g_hash_table_contains (self->open, GUINT_TO_POINTER (number));
  Node *node = find_node (self, number);

  if (!open && (changes & ONC_CHANGE_APPEARED) != 0)
    {
      if (node != NULL)
        g_ptr_array_remove_index (self->visitors, find_visitor (self, number));
      appear (self, thread);
      return;
    }
  if (node == NULL)
    return;

  update (self, node, thread, changes);
  if ((changes & ONC_CHANGE_GONE) != 0)
    disappear (self, number);
}

void
onc_thread_tree_expose (OncThreadTree *self, OncThread *thread)
{
  guint visitor;

  if (g_hash_table_contains (self->open, GUINT_TO_POINTER (thread->number)))
    return;

  visitor = find_visitor (self, thread->number);
  if (visitor < self->visitors->len)
    {
      Node *node = g_ptr_array_steal_index (self->visitors, visitor);

      update (self, node, thread, ONC_CHANGE_APPEARED);
      g_ptr_array_add (self->visitors, node);
      return;
    }
  if (self->visitors->len >= MAX_VISITORS)
    g_ptr_array_remove_index (self->visitors, 0);
  g_ptr_array_add (self->visitors, node_new (self, thread));
}

/* Returns: (transfer none): what callers know of @thread; where they know nothing, what they would,
 * which *@made owns. */
static const OncThreadValues *
get_values (OncThreadTree *self, OncThread *thread, OncThreadValues **made)
{
  const Node *node = g_hash_table_lookup (self->open, GUINT_TO_POINTER (thread->number));

  if (node != NULL)
    return node->values;

  *made = onc_thread_values_new (thread, onc_bus_get_naming (self->bus));
  return *made;
}

void
onc_thread_tree_append_json (OncThreadTree *self, OncThread *thread, GString *out, GTimeZone *zone)
{
  g_autoptr (OncThreadValues) made = NULL;

  onc_thread_values_append_json (get_values (self, thread, &made), out, zone);
}

void
onc_thread_tree_add_to (OncThreadTree *self, OncThread *thread, GVariantBuilder *dictionary)
{
  g_autoptr (OncThreadValues) made = NULL;

  onc_thread_values_add_to (get_values (self, thread, &made), dictionary);
}

GPtrArray *
onc_thread_tree_list_open (OncThreadTree *self)
{
  GPtrArray *threads = g_ptr_array_sized_new (g_hash_table_size (self->open));
  GHashTableIter iter;
  gpointer node;

  g_hash_table_iter_init (&iter, self->open);
  while (g_hash_table_iter_next (&iter, NULL, &node))
    g_ptr_array_add (threads, ((Node *) node)->thread);

  return threads;
}

/* Coming and going */

OncThreadTree *
onc_thread_tree_new (OncBus *bus)
{
  OncThreadTree *self = g_new0 (OncThreadTree, 1);

  self->bus = bus;
  self->object = onc_thread_object_new (bus);
  self->manager_info = g_dbus_node_info_new_for_xml (manager_xml, NULL);
  self->open = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) node_free);
  self->visitors = g_ptr_array_new_with_free_func ((GDestroyNotify) node_free);
  return self;
}

void
onc_thread_tree_free (OncThreadTree *self)
{
  onc_thread_tree_withdraw (self);
  g_object_unref (self->object);
  g_dbus_node_info_unref (self->manager_info);
  g_hash_table_unref (self->open);
  g_ptr_array_unref (self->visitors);
  g_free (self);
}

gboolean
onc_thread_tree_publish (OncThreadTree *self, GDBusConnection *connection, GError **error)
{
  static const GDBusInterfaceVTable manager_vtable = { .method_call = on_manager_call };
  static const GDBusSubtreeVTable threads_vtable = { .enumerate = on_enumerate,
                                                     .introspect = on_introspect,
                                                     .dispatch = on_dispatch };
  g_autofree char *root = g_path_get_dirname (ONC_BUS_THREAD_PREFIX);

  /* Unenumerated: there is no need to list all threads to find one. */
  self->connection = g_object_ref (connection);
  self->manager_id = g_dbus_connection_register_object (connection, ONC_BUS_PATH,
                                                        self->manager_info->interfaces[0],
                                                        &manager_vtable, self, NULL, error);
  if (self->manager_id == 0)
    return FALSE;
  self->threads_id = g_dbus_connection_register_subtree (
      connection, root, &threads_vtable, G_DBUS_SUBTREE_FLAGS_DISPATCH_TO_UNENUMERATED_NODES, self,
      NULL, error);

  return self->threads_id != 0;
}

void
onc_thread_tree_withdraw (OncThreadTree *self)
{
  if (self->threads_id != 0)
    g_dbus_connection_unregister_subtree (self->connection, self->threads_id);
  if (self->manager_id != 0)
    g_dbus_connection_unregister_object (self->connection, self->manager_id);
  self->threads_id = self->manager_id = 0;
  g_ptr_array_set_size (self->visitors, 0);
  g_clear_object (&self->connection);
}
