/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "mock-notifications.h"

#define NAME      "org.freedesktop.Notifications"
#define PATH      "/org/freedesktop/Notifications"
#define INTERFACE "org.freedesktop.Notifications"

/* Of RequestName, in the D-Bus specification */
#define ALLOW_REPLACEMENT 1
#define REPLACE_EXISTING  2
#define DO_NOT_QUEUE      4

/* Of NotificationClosed, in the notification specification */
#define REASON_BY_CALL   3
#define REASON_UNDEFINED 4

static const char introspection[] =
    "<node><interface name='" INTERFACE "'>"
    "<method name='GetCapabilities'><arg type='as' direction='out'/></method>"
    "<method name='GetServerInformation'>"
    "<arg type='s' direction='out'/><arg type='s' direction='out'/>"
    "<arg type='s' direction='out'/><arg type='s' direction='out'/></method>"
    "<method name='CloseNotification'><arg type='u' direction='in'/></method>"
    "<method name='Notify'>"
    "<arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' direction='in'/>"
    "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='as' direction='in'/>"
    "<arg type='a{sv}' direction='in'/><arg type='i' direction='in'/>"
    "<arg type='u' direction='out'/></method>"
    "<signal name='NotificationClosed'><arg type='u'/><arg type='u'/></signal>"
    "<signal name='ActionInvoked'><arg type='u'/><arg type='s'/></signal>"
    "<signal name='ActivationToken'><arg type='u'/><arg type='s'/></signal>"
    "</interface></node>";

struct _MockServer
{
  GDBusConnection *connection; /* (owned) */
  GMainContext *context;       /* (owned) of the thread */
  GMainLoop *loop;             /* (owned) likewise */
  GThread *thread;             /* (owned) */
  GStrv capabilities;          /* (owned) */

  /* Under the lock */
  GMutex lock;
  char *name;           /* (owned) */
  GPtrArray *popups;    /* (owned) of MockPopup, as they came */
  GHashTable *standing; /* (owned) set of IDs */
  GPtrArray *held;      /* (owned) of GDBusMethodInvocation that are not answered */
  guint32 first_id;
  guint32 next_id;
  guint refuse_popups;
  guint refuse_capabilities;
  guint n_closes;
  guint n_questions;
  gboolean hold;
  gboolean repeat_ids;
  gboolean close_at_once;
};

static void
popup_free (MockPopup *popup)
{
  g_free (popup->app_name);
  g_free (popup->icon);
  g_free (popup->title);
  g_free (popup->body);
  g_strfreev (popup->actions);
  g_variant_unref (popup->hints);
  g_free (popup);
}

static void
emit (MockServer *self, const char *signal, GVariant *parameters)
{
  g_dbus_connection_emit_signal (self->connection, NULL, PATH, INTERFACE, signal, parameters, NULL);
}

/* With the lock held. */
static void
end_popup (MockServer *self, guint32 id, guint32 reason)
{
  g_assert_true (g_hash_table_remove (self->standing, GUINT_TO_POINTER (id)));
  emit (self, "NotificationClosed", g_variant_new ("(uu)", id, reason));
}

/* Returns: (transfer none): the popup that the call asks for, kept in `popups`. */
static MockPopup *
add_popup (MockServer *self, GVariant *parameters)
{
  MockPopup *popup = g_new0 (MockPopup, 1);
  const char *image;

  g_variant_get (parameters, "(susss^as@a{sv}i)", &popup->app_name, &popup->replaces, &popup->icon,
                 &popup->title, &popup->body, &popup->actions, &popup->hints, &popup->timeout);
  /* libnotify before 0.8.4 gives the icon as a parameter, later ones as a hint. */
  if (g_variant_lookup (popup->hints, "image-path", "&s", &image))
    {
      g_free (popup->icon);
      popup->icon = g_strdup (image);
    }
  g_ptr_array_add (self->popups, popup);
  return popup;
}

static void
answer_notify (MockServer *self, GDBusMethodInvocation *invocation, MockPopup *popup)
{
  if (self->refuse_popups > 0)
    {
      self->refuse_popups--;
      g_dbus_method_invocation_return_dbus_error (
          invocation, "org.freedesktop.DBus.Error.LimitsExceeded", "too many popups");
      return;
    }

  if (self->repeat_ids)
    popup->id = self->first_id;
  else if (g_hash_table_contains (self->standing, GUINT_TO_POINTER (popup->replaces)))
    popup->id = popup->replaces;
  else
    popup->id = self->next_id++;
  g_hash_table_add (self->standing, GUINT_TO_POINTER (popup->id));
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", popup->id));
  if (self->close_at_once)
    end_popup (self, popup->id, REASON_UNDEFINED);
}

static void
answer_close (MockServer *self, GDBusMethodInvocation *invocation)
{
  guint32 id;

  g_variant_get (g_dbus_method_invocation_get_parameters (invocation), "(u)", &id);
  if (!g_hash_table_contains (self->standing, GUINT_TO_POINTER (id)))
    {
      g_dbus_method_invocation_return_dbus_error (
          invocation, "org.freedesktop.DBus.Error.InvalidArgs", "no such popup");
      return;
    }
  end_popup (self, id, REASON_BY_CALL);
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static void
answer_capabilities (MockServer *self, GDBusMethodInvocation *invocation)
{
  if (self->refuse_capabilities > 0)
    {
      self->refuse_capabilities--;
      g_dbus_method_invocation_return_dbus_error (invocation, "org.freedesktop.DBus.Error.Failed",
                                                  "nothing to tell");
      return;
    }
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(^as)", self->capabilities));
}

/* With the lock held. Takes @invocation. */
static void
answer (MockServer *self, GDBusMethodInvocation *invocation)
{
  const char *method = g_dbus_method_invocation_get_method_name (invocation);

  if (g_str_equal (method, "Notify"))
    answer_notify (self, invocation, g_object_get_data (G_OBJECT (invocation), "popup"));
  else if (g_str_equal (method, "CloseNotification"))
    answer_close (self, invocation);
  else if (g_str_equal (method, "GetCapabilities"))
    answer_capabilities (self, invocation);
  else
    g_dbus_method_invocation_return_value (
        invocation, g_variant_new ("(ssss)", self->name, "oncalld", "1", "1.2"));
}

static void
on_call (GDBusConnection *connection,
         const char *sender,
         const char *path,
         const char *interface,
         const char *method,
         GVariant *parameters,
         GDBusMethodInvocation *invocation,
         gpointer user_data)
{
  MockServer *self = user_data;

  g_mutex_lock (&self->lock);
  if (g_str_equal (method, "Notify"))
    g_object_set_data (G_OBJECT (invocation), "popup", add_popup (self, parameters));
  else if (g_str_equal (method, "CloseNotification"))
    self->n_closes++;
  else if (g_str_equal (method, "GetCapabilities"))
    self->n_questions++;

  /* Its name, which is asked for first, is the least that a server says. */
  if (self->hold && !g_str_equal (method, "GetServerInformation"))
    g_ptr_array_add (self->held, invocation);
  else
    answer (self, invocation);
  g_mutex_unlock (&self->lock);

  /* The test may be waiting for this call. */
  g_main_context_wakeup (NULL);
}

static gpointer
run (gpointer user_data)
{
  MockServer *self = user_data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

/* Registers the object so that its calls arrive in the thread. */
static void export(MockServer *self)
{
  static const GDBusInterfaceVTable vtable = { .method_call = on_call };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (introspection, NULL);
  g_autoptr (GError) local_error = NULL;

  g_assert_nonnull (node);
  g_main_context_push_thread_default (self->context);
  g_dbus_connection_register_object (self->connection, PATH, node->interfaces[0], &vtable, self,
                                     NULL, &local_error);
  g_main_context_pop_thread_default (self->context);
  g_assert_no_error (local_error);
}

MockServer *
mock_server_new (const char *address, const char *capabilities, guint32 first_id)
{
  MockServer *self = g_new0 (MockServer, 1);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GVariant) answer = NULL;
  guint32 result;

  g_mutex_init (&self->lock);
  self->name = g_strdup ("mock");
  self->capabilities = g_strsplit (capabilities, " ", -1);
  self->popups = g_ptr_array_new_with_free_func ((GDestroyNotify) popup_free);
  self->standing = g_hash_table_new (NULL, NULL);
  self->held = g_ptr_array_new_with_free_func (g_object_unref);
  self->first_id = first_id;
  self->next_id = first_id;

  self->connection = g_dbus_connection_new_for_address_sync (
      address,
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
          G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, &local_error);
  g_assert_no_error (local_error);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  export(self);
  self->thread = g_thread_new ("mock-server", run, self);

  answer = g_dbus_connection_call_sync (
      self->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
      "RequestName",
      g_variant_new ("(su)", NAME, ALLOW_REPLACEMENT | REPLACE_EXISTING | DO_NOT_QUEUE),
      G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, &local_error);
  g_assert_no_error (local_error);
  g_variant_get (answer, "(u)", &result);
  g_assert_cmpuint (result, ==, 1); /* the name is ours */
  return self;
}

static gboolean
on_quit (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

void
mock_server_free (MockServer *self)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GSource) source = g_idle_source_new ();

  g_dbus_connection_close_sync (self->connection, NULL, &local_error);
  g_assert_no_error (local_error);

  g_source_set_callback (source, on_quit, self->loop, NULL);
  g_source_attach (source, self->context);
  g_thread_join (self->thread);

  g_object_unref (self->connection);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_ptr_array_unref (self->held);
  g_ptr_array_unref (self->popups);
  g_hash_table_unref (self->standing);
  g_strfreev (self->capabilities);
  g_free (self->name);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
mock_server_hold (MockServer *self, gboolean hold)
{
  g_mutex_lock (&self->lock);
  self->hold = hold;
  while (!hold && self->held->len > 0)
    answer (self, g_ptr_array_steal_index (self->held, 0));
  g_mutex_unlock (&self->lock);
}

void
mock_server_set_name (MockServer *self, const char *name)
{
  g_mutex_lock (&self->lock);
  g_free (self->name);
  self->name = g_strdup (name);
  g_mutex_unlock (&self->lock);
}

void
mock_server_refuse_popups (MockServer *self, guint times)
{
  g_mutex_lock (&self->lock);
  self->refuse_popups = times;
  g_mutex_unlock (&self->lock);
}

void
mock_server_refuse_capabilities (MockServer *self, guint times)
{
  g_mutex_lock (&self->lock);
  self->refuse_capabilities = times;
  g_mutex_unlock (&self->lock);
}

void
mock_server_repeat_ids (MockServer *self)
{
  g_mutex_lock (&self->lock);
  self->repeat_ids = TRUE;
  g_mutex_unlock (&self->lock);
}

void
mock_server_close_at_once (MockServer *self)
{
  g_mutex_lock (&self->lock);
  self->close_at_once = TRUE;
  g_mutex_unlock (&self->lock);
}

static guint
read_locked (MockServer *self, const guint *value)
{
  guint copy;

  g_mutex_lock (&self->lock);
  copy = *value;
  g_mutex_unlock (&self->lock);
  return copy;
}

guint
mock_server_n_popups (MockServer *self)
{
  return read_locked (self, &self->popups->len);
}

guint
mock_server_n_closes (MockServer *self)
{
  return read_locked (self, &self->n_closes);
}

guint
mock_server_n_questions (MockServer *self)
{
  return read_locked (self, &self->n_questions);
}

guint
mock_server_n_standing (MockServer *self)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = g_hash_table_size (self->standing);
  g_mutex_unlock (&self->lock);
  return n;
}

const MockPopup *
mock_server_get (MockServer *self, guint position)
{
  const MockPopup *popup;

  g_mutex_lock (&self->lock);
  g_assert_cmpuint (position, <, self->popups->len);
  popup = g_ptr_array_index (self->popups, position);
  g_mutex_unlock (&self->lock);
  return popup;
}

gboolean
mock_server_stands (MockServer *self, const MockPopup *popup)
{
  gboolean stands;

  g_mutex_lock (&self->lock);
  stands = popup->id != 0 && g_hash_table_contains (self->standing, GUINT_TO_POINTER (popup->id));
  g_mutex_unlock (&self->lock);
  return stands;
}

void
mock_server_invoke (MockServer *self, guint32 id, const char *action, const char *token)
{
  if (token != NULL)
    emit (self, "ActivationToken", g_variant_new ("(us)", id, token));
  emit (self, "ActionInvoked", g_variant_new ("(us)", id, action));
}

void
mock_server_reply (MockServer *self, guint32 id, const char *text)
{
  emit (self, "NotificationReplied", g_variant_new ("(us)", id, text));
}

void
mock_server_end (MockServer *self, guint32 id, guint32 reason)
{
  g_mutex_lock (&self->lock);
  end_popup (self, id, reason);
  g_mutex_unlock (&self->lock);
}

gboolean
mock_popup_has_flag (const MockPopup *popup, const char *hint)
{
  gboolean value = FALSE;

  return g_variant_lookup (popup->hints, hint, "b", &value) && value;
}

const char *
mock_popup_get_word (const MockPopup *popup, const char *hint)
{
  const char *value = NULL;

  return g_variant_lookup (popup->hints, hint, "&s", &value) ? value : NULL;
}
