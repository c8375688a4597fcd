/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "rota.h"

#include "connection.h"
#include "log.h"
#include "names.h"

struct _OncRota
{
  GDBusConnection *connection; /* (owned) */
  OncRotaChanged changed;
  gpointer data;
  GCancellable *loading; /* (owned) of the calls to the daemon that is there now */
  GVariant *manager;     /* (owned) (nullable) a{sv}; NULL until it has answered */
  GStrv me;              /* (owned) user IDs of this person */
  GHashTable *threads;   /* (owned) number -> OncPanelThread */
  gboolean complete;     /* the threads are all there */
  guint watch;
  guint properties_subscription;
  guint objects_subscription;
};

/* Forgets what a daemon has said, and what it was asked. */
static void
forget (OncRota *self)
{
  g_cancellable_cancel (self->loading);
  g_object_unref (self->loading);
  self->loading = g_cancellable_new ();
  g_clear_pointer (&self->manager, g_variant_unref);
  g_strfreev (self->me);
  self->me = g_new0 (char *, 1);
  g_hash_table_remove_all (self->threads);
  self->complete = FALSE;
}

/* Waits for the answer for as long as the daemon lives: one that is slow is not asked again. */
static void
call (OncRota *self,
      const char *interface,
      const char *method,
      GVariant *arguments,
      const char *reply_type,
      GAsyncReadyCallback callback)
{
  g_dbus_connection_call (self->connection, ONC_BUS_NAME, ONC_BUS_PATH, interface, method,
                          arguments, G_VARIANT_TYPE (reply_type), G_DBUS_CALL_FLAGS_NO_AUTO_START,
                          G_MAXINT, self->loading, callback, self);
}

/* Returns: (transfer full) (nullable): the answer; NULL where there is none, and where @user_data
 * may be gone. */
static GVariant *
finish_call (GObject *source, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  GVariant *reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (reply == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_dbus_error_strip_remote_error (error);
      onc_warning ("oncalld does not say what is open: %s", error->message);
    }

  return reply;
}

/* Takes over what the manager says of itself. Returns: whether it is about another person now. */
static gboolean
update_manager (OncRota *self, GVariant *changed)
{
  g_auto (GVariantDict) properties = G_VARIANT_DICT_INIT (self->manager);
  g_auto (GStrv) me = NULL;
  GVariantIter iter;
  const char *name;
  GVariant *merged;
  GVariant *value;

  g_variant_iter_init (&iter, changed);
  while (g_variant_iter_loop (&iter, "{&sv}", &name, &value))
    g_variant_dict_insert_value (&properties, name, value);
  merged = g_variant_ref_sink (g_variant_dict_end (&properties));
  g_clear_pointer (&self->manager, g_variant_unref);
  self->manager = merged;

  g_variant_lookup (self->manager, "Me", "^as", &me);
  if (me == NULL || g_strv_equal ((const char *const *) me, (const char *const *) self->me))
    return FALSE;

  g_strfreev (self->me);
  self->me = g_steal_pointer (&me);
  return TRUE;
}

/* Takes over what the object at @path says, if it is a thread's. */
static void
update_thread (OncRota *self, const char *path, GVariant *interfaces)
{
  g_autoptr (GVariant) properties = g_variant_lookup_value (interfaces, ONC_BUS_THREAD,
                                                            G_VARIANT_TYPE_VARDICT);
  guint32 number = onc_thread_path_number (path);
  OncPanelThread *thread;

  if (properties == NULL || number == 0)
    return;

  thread = onc_panel_thread_new (number);
  onc_panel_thread_update (thread, properties, (const char *const *) self->me);
  g_hash_table_insert (self->threads, GUINT_TO_POINTER (number), thread);
}

static void
on_threads (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GVariant) reply = finish_call (source, result);
  OncRota *self = user_data;
  g_autoptr (GVariantIter) iter = NULL;
  const char *path;
  GVariant *interfaces;

  if (reply == NULL)
    return;

  g_hash_table_remove_all (self->threads);
  g_variant_get (reply, "(a{oa{sa{sv}}})", &iter);
  while (g_variant_iter_loop (iter, "{&o@a{sa{sv}}}", &path, &interfaces))
    update_thread (self, path, interfaces);
  self->complete = TRUE;
  self->changed (self->data);
}

/* Reads all the threads, of which the signals then tell the changes: the bus keeps the order. */
static void
load_threads (OncRota *self)
{
  call (self, ONC_DBUS_OBJECT_MANAGER, "GetManagedObjects", NULL, "(a{oa{sa{sv}}})", on_threads);
}

static void
on_manager (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GVariant) reply = finish_call (source, result);
  OncRota *self = user_data;
  g_autoptr (GVariant) properties = NULL;

  if (reply == NULL)
    return;

  properties = g_variant_get_child_value (reply, 0);
  update_manager (self, properties);
  load_threads (self);
}

static void
on_name_appeared (GDBusConnection *connection,
                  const char *name,
                  const char *name_owner,
                  gpointer user_data)
{
  OncRota *self = user_data;

  forget (self);
  call (self, ONC_DBUS_PROPERTIES, "GetAll", g_variant_new ("(s)", ONC_BUS_MANAGER), "(a{sv})",
        on_manager);
}

static void
on_name_vanished (GDBusConnection *connection, const char *name, gpointer user_data)
{
  OncRota *self = user_data;

  forget (self);
  self->changed (self->data);
}

/* PropertiesChanged, of the manager or a thread. */
static void
on_properties (GDBusConnection *connection,
               const char *sender_name,
               const char *object_path,
               const char *interface_name,
               const char *signal_name,
               GVariant *parameters,
               gpointer user_data)
{
  OncRota *self = user_data;
  g_autoptr (GVariant) changed = NULL;
  const char *interface;
  OncPanelThread *thread;

  /* What has changed before it was asked for comes with the answer. */
  if (self->manager == NULL || !g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(sa{sv}as)")))
    return;

  g_variant_get (parameters, "(&s@a{sv}as)", &interface, &changed, NULL);
  if (g_str_equal (interface, ONC_BUS_MANAGER))
    {
      if (update_manager (self, changed))
        load_threads (self);
    }
  else if (g_str_equal (interface, ONC_BUS_THREAD))
    {
      thread = g_hash_table_lookup (self->threads,
                                    GUINT_TO_POINTER (onc_thread_path_number (object_path)));
      if (thread == NULL)
        return;
      onc_panel_thread_update (thread, changed, (const char *const *) self->me);
    }
  if (self->complete)
    self->changed (self->data);
}

/* InterfacesAdded and InterfacesRemoved. */
static void
on_objects (GDBusConnection *connection,
            const char *sender_name,
            const char *object_path,
            const char *interface_name,
            const char *signal_name,
            GVariant *parameters,
            gpointer user_data)
{
  OncRota *self = user_data;
  g_autoptr (GVariant) interfaces = NULL;
  const char *path;

  if (!self->complete)
    return;

  if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(oa{sa{sv}})")))
    {
      g_variant_get (parameters, "(&o@a{sa{sv}})", &path, &interfaces);
      update_thread (self, path, interfaces);
    }
  else if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(oas)")))
    {
      g_variant_get (parameters, "(&oas)", &path, NULL);
      g_hash_table_remove (self->threads, GUINT_TO_POINTER (onc_thread_path_number (path)));
    }
  self->changed (self->data);
}

OncRota *
onc_rota_new (GDBusConnection *connection, OncRotaChanged changed, gpointer data)
{
  OncRota *self = g_new0 (OncRota, 1);

  self->connection = g_object_ref (connection);
  self->changed = changed;
  self->data = data;
  self->loading = g_cancellable_new ();
  self->me = g_new0 (char *, 1);
  self->threads = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) onc_panel_thread_free);
  self->properties_subscription = g_dbus_connection_signal_subscribe (
      connection, ONC_BUS_NAME, ONC_DBUS_PROPERTIES, "PropertiesChanged", NULL, NULL,
      G_DBUS_SIGNAL_FLAGS_NONE, on_properties, self, NULL);
  self->objects_subscription = g_dbus_connection_signal_subscribe (
      connection, ONC_BUS_NAME, ONC_DBUS_OBJECT_MANAGER, NULL, ONC_BUS_PATH, NULL,
      G_DBUS_SIGNAL_FLAGS_NONE, on_objects, self, NULL);
  self->watch = g_bus_watch_name_on_connection (connection, ONC_BUS_NAME,
                                                G_BUS_NAME_WATCHER_FLAGS_NONE, on_name_appeared,
                                                on_name_vanished, self, NULL);
  return self;
}

void
onc_rota_free (OncRota *self)
{
  g_bus_unwatch_name (self->watch);
  g_dbus_connection_signal_unsubscribe (self->connection, self->properties_subscription);
  g_dbus_connection_signal_unsubscribe (self->connection, self->objects_subscription);
  g_cancellable_cancel (self->loading);
  g_object_unref (self->loading);
  g_clear_pointer (&self->manager, g_variant_unref);
  g_strfreev (self->me);
  g_hash_table_unref (self->threads);
  g_object_unref (self->connection);
  g_free (self);
}

GVariant *
onc_rota_get_manager (const OncRota *self)
{
  return self->complete ? self->manager : NULL;
}

static int
compare (gconstpointer a, gconstpointer b, gpointer now)
{
  return onc_panel_thread_compare (*(OncPanelThread *const *) a, *(OncPanelThread *const *) b,
                                   *(OncInstant *) now);
}

GPtrArray *
onc_rota_list_threads (const OncRota *self, OncInstant now)
{
  GPtrArray *threads = g_ptr_array_sized_new (g_hash_table_size (self->threads));
  GHashTableIter iter;
  gpointer thread;

  g_hash_table_iter_init (&iter, self->threads);
  while (g_hash_table_iter_next (&iter, NULL, &thread))
    g_ptr_array_add (threads, thread);
  g_ptr_array_sort_with_data (threads, compare, &now);
  return threads;
}

const OncPanelThread *
onc_rota_get_thread (const OncRota *self, guint32 number)
{
  return g_hash_table_lookup (self->threads, GUINT_TO_POINTER (number));
}
