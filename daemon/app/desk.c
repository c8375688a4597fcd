/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "desk.h"

#include "log.h"

#define PROPERTIES_INTERFACE "org.freedesktop.DBus.Properties"

#define LOGIND_NAME              "org.freedesktop.login1"
#define LOGIND_PATH              "/org/freedesktop/login1"
#define LOGIND_MANAGER_INTERFACE "org.freedesktop.login1.Manager"
#define LOGIND_SESSION_INTERFACE "org.freedesktop.login1.Session"

/* Who tells that something holds, and how. Plasma's notification server has "Inhibited", for
 * do-not-disturb and while the screen is shared; others leave it out. Screen savers announce that
 * they are active under the freedesktop name or GNOME's own. */
typedef enum
{
  SOURCE_SERVER,
  SOURCE_SCREEN_SAVER,
  SOURCE_GNOME_SCREEN_SAVER,
  N_BUS_SOURCES,
  SOURCE_LOGIND = N_BUS_SOURCES,
} Source;

static const struct
{
  const char *name; /* and interface */
  const char *path;
  const char *property; /* (nullable) NULL: it has ActiveChanged and GetActive */
} sources[N_BUS_SOURCES] = {
  [SOURCE_SERVER] = { "org.freedesktop.Notifications", "/org/freedesktop/Notifications",
                      "Inhibited" },
  [SOURCE_SCREEN_SAVER] = { "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", NULL },
  [SOURCE_GNOME_SCREEN_SAVER] = { "org.gnome.ScreenSaver", "/org/gnome/ScreenSaver", NULL },
};

/* One source on the session bus. */
typedef struct
{
  OncDesk *desk; /* (unowned) */
  Source source;
  guint watch;
  guint subscription;
} Listener;

struct _OncDesk
{
  GObject parent_instance;

  GDBusConnection *session_bus; /* (owned) */
  GDBusConnection *system_bus;  /* (owned) (nullable) */
  GCancellable *cancellable;    /* (owned) */
  Listener listeners[N_BUS_SOURCES];
  guint logind_subscription;
  guint held; /* of 1 << Source: what says so now */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OncDesk, onc_desk, G_TYPE_OBJECT)

static void
onc_desk_finalize (GObject *object)
{
  OncDesk *self = ONC_DESK (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  for (guint i = 0; i < N_BUS_SOURCES; i++)
    {
      g_bus_unwatch_name (self->listeners[i].watch);
      g_dbus_connection_signal_unsubscribe (self->session_bus, self->listeners[i].subscription);
    }
  if (self->logind_subscription != 0)
    g_dbus_connection_signal_unsubscribe (self->system_bus, self->logind_subscription);
  g_clear_object (&self->system_bus);
  g_clear_object (&self->session_bus);

  G_OBJECT_CLASS (onc_desk_parent_class)->finalize (object);
}

static void
onc_desk_class_init (OncDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = onc_desk_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", ONC_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
onc_desk_init (OncDesk *self)
{
  self->cancellable = g_cancellable_new ();
}

static void
set_held (OncDesk *self, Source source, gboolean held)
{
  gboolean was_inhibited = onc_desk_is_inhibited (self);
  gboolean was_locked = onc_desk_is_locked (self);

  if (held)
    self->held |= 1u << source;
  else
    self->held &= ~(1u << source);
  if (onc_desk_is_inhibited (self) != was_inhibited || onc_desk_is_locked (self) != was_locked)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Takes the boolean that may be in the variant of a property. */
static void
take_variant (OncDesk *self, Source source, GVariant *value)
{
  if (value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    set_held (self, source, g_variant_get_boolean (value));
}

/* Takes @property out of the parameters of PropertiesChanged. */
static void
take_changes (OncDesk *self, Source source, const char *property, GVariant *parameters)
{
  g_autoptr (GVariant) changed = NULL;
  g_autoptr (GVariant) value = NULL;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(sa{sv}as)")))
    return;
  changed = g_variant_get_child_value (parameters, 1);
  value = g_variant_lookup_value (changed, property, NULL);
  take_variant (self, source, value);
}

static void
on_signal (GDBusConnection *bus,
           const char *sender,
           const char *path,
           const char *interface,
           const char *signal,
           GVariant *parameters,
           gpointer user_data)
{
  const Listener *listener = user_data;
  g_autoptr (GVariant) active = NULL;

  if (sources[listener->source].property != NULL)
    {
      take_changes (listener->desk, listener->source, sources[listener->source].property,
                    parameters);
      return;
    }
  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    return;
  active = g_variant_get_child_value (parameters, 0);
  take_variant (listener->desk, listener->source, active);
}

/* Returns: FALSE where the call was cancelled, so that nothing of what called is left. */
static gboolean
finish_call (GObject *bus, GAsyncResult *result, GVariant **answer)
{
  g_autoptr (GError) error = NULL;

  *answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (bus), result, &error);

  return !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* An answer is either (b) or, of a property, (v). */
static void
take_answer (OncDesk *self, Source source, GVariant *answer)
{
  g_autoptr (GVariant) child = NULL;
  g_autoptr (GVariant) value = NULL;

  if (answer == NULL || g_variant_n_children (answer) != 1)
    return;
  child = g_variant_get_child_value (answer, 0);
  value = g_variant_is_of_type (child, G_VARIANT_TYPE_VARIANT) ? g_variant_get_variant (child)
                                                               : g_variant_ref (child);
  take_variant (self, source, value);
}

static void
on_answer (GObject *bus, GAsyncResult *result, gpointer user_data)
{
  const Listener *listener = user_data;
  g_autoptr (GVariant) answer = NULL;

  if (finish_call (bus, result, &answer))
    take_answer (listener->desk, listener->source, answer);
}

static void
on_name_appeared (GDBusConnection *bus, const char *name, const char *owner, gpointer user_data)
{
  Listener *listener = user_data;
  const char *property = sources[listener->source].property;

  if (property != NULL)
    g_dbus_connection_call (bus, owner, sources[listener->source].path, PROPERTIES_INTERFACE, "Get",
                            g_variant_new ("(ss)", name, property), G_VARIANT_TYPE ("(v)"),
                            G_DBUS_CALL_FLAGS_NONE, -1, listener->desk->cancellable, on_answer,
                            listener);
  else
    g_dbus_connection_call (bus, owner, sources[listener->source].path, name, "GetActive", NULL,
                            G_VARIANT_TYPE ("(b)"), G_DBUS_CALL_FLAGS_NONE, -1,
                            listener->desk->cancellable, on_answer, listener);
}

static void
on_name_vanished (GDBusConnection *bus, const char *name, gpointer user_data)
{
  const Listener *listener = user_data;

  set_held (listener->desk, listener->source, FALSE);
}

static void
listen (OncDesk *self, Source source)
{
  Listener *listener = &self->listeners[source];
  gboolean by_property = sources[source].property != NULL;

  listener->desk = self;
  listener->source = source;
  listener->subscription = g_dbus_connection_signal_subscribe (
      self->session_bus, sources[source].name,
      by_property ? PROPERTIES_INTERFACE : sources[source].name,
      by_property ? "PropertiesChanged" : "ActiveChanged", sources[source].path, NULL,
      G_DBUS_SIGNAL_FLAGS_NONE, on_signal, listener, NULL);
  listener->watch = g_bus_watch_name_on_connection (self->session_bus, sources[source].name,
                                                    G_BUS_NAME_WATCHER_FLAGS_NONE, on_name_appeared,
                                                    on_name_vanished, listener, NULL);
}

static void
on_logind_signal (GDBusConnection *bus,
                  const char *sender,
                  const char *path,
                  const char *interface,
                  const char *signal,
                  GVariant *parameters,
                  gpointer user_data)
{
  take_changes (user_data, SOURCE_LOGIND, "LockedHint", parameters);
}

static void
on_locked_hint (GObject *bus, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GVariant) answer = NULL;

  if (finish_call (bus, result, &answer))
    take_answer (user_data, SOURCE_LOGIND, answer);
}

static void
on_session (GObject *bus, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GVariant) answer = NULL;
  const char *path;
  OncDesk *self;

  if (!finish_call (bus, result, &answer) || answer == NULL)
    return;
  self = user_data;
  g_variant_get (answer, "(&o)", &path);
  self->logind_subscription = g_dbus_connection_signal_subscribe (
      self->system_bus, LOGIND_NAME, PROPERTIES_INTERFACE, "PropertiesChanged", path,
      LOGIND_SESSION_INTERFACE, G_DBUS_SIGNAL_FLAGS_NONE, on_logind_signal, self, NULL);
  g_dbus_connection_call (self->system_bus, LOGIND_NAME, path, PROPERTIES_INTERFACE, "Get",
                          g_variant_new ("(ss)", LOGIND_SESSION_INTERFACE, "LockedHint"),
                          G_VARIANT_TYPE ("(v)"), G_DBUS_CALL_FLAGS_NONE, -1, self->cancellable,
                          on_locked_hint, self);
}

static void
on_system_bus (GObject *unused, GAsyncResult *result, gpointer user_data)
{
  GDBusConnection *bus = g_bus_get_finish (result, NULL);
  OncDesk *self = user_data;

  if (bus == NULL)
    return;
  g_dbus_connection_set_exit_on_close (bus, FALSE);
  self->system_bus = bus;
  /* A user service belongs to no session: "auto" is the one on the person's display. */
  g_dbus_connection_call (bus, LOGIND_NAME, LOGIND_PATH, LOGIND_MANAGER_INTERFACE, "GetSession",
                          g_variant_new ("(s)", "auto"), G_VARIANT_TYPE ("(o)"),
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->cancellable, on_session, self);
}

OncDesk *
onc_desk_new (GDBusConnection *session_bus)
{
  OncDesk *self = g_object_new (ONC_TYPE_DESK, NULL);

  self->session_bus = g_object_ref (session_bus);
  for (Source source = 0; source < N_BUS_SOURCES; source++)
    listen (self, source);
  g_bus_get (G_BUS_TYPE_SYSTEM, self->cancellable, on_system_bus, self);

  return self;
}

gboolean
onc_desk_is_inhibited (const OncDesk *self)
{
  return (self->held & 1u << SOURCE_SERVER) != 0;
}

gboolean
onc_desk_is_locked (const OncDesk *self)
{
  return (self->held & ~(1u << SOURCE_SERVER)) != 0;
}
