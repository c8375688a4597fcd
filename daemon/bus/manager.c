/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "manager.h"

#include "bus-private.h"
#include "error.h"
#include "errors.h"
#include "names.h"
#include "options.h"
#include "thread-properties.h"
#include "thread-dump.h"

#include <glib/gi18n.h>

struct _OncManager
{
  OncDBusManagerSkeleton parent_instance;

  OncBus *bus; /* (unowned) */
};

static void onc_manager_iface_init (OncDBusManagerIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OncManager,
                               onc_manager,
                               ONC_DBUS_TYPE_MANAGER_SKELETON,
                               G_IMPLEMENT_INTERFACE (ONC_DBUS_TYPE_MANAGER,
                                                      onc_manager_iface_init))

/* Returns: (transfer full) (element-type OncThread): what @dictionary, a filter, asks for; NULL
 * with @error. */
static GPtrArray *
list_threads (OncManager *self, GVariant *dictionary, GError **error)
{
  const OncBusBackend *backend = onc_bus_get_backend (self->bus);
  g_autoptr (GPtrArray) threads = NULL;
  OncFilter filter, all;

  if (!onc_filter_read (&filter, dictionary, error))
    return NULL;
  if (!filter.by_urgency)
    return backend->list (backend->data, &filter, error);

  /* The first of them may be anywhere among the newest. */
  all = filter;
  all.limit = all.offset = 0;
  threads = backend->list (backend->data, &all, error);
  if (threads == NULL)
    return NULL;
  g_ptr_array_sort (threads, onc_filter_compare);
  g_ptr_array_remove_range (threads, 0, MIN (filter.offset, threads->len));
  if (filter.limit != 0 && filter.limit < threads->len)
    g_ptr_array_set_size (threads, (int) filter.limit);

  return g_steal_pointer (&threads);
}

static gboolean
handle_list_threads (OncDBusManager *object,
                     GDBusMethodInvocation *invocation,
                     GVariant *arg_filter)
{
  OncManager *self = ONC_MANAGER (object);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) threads = list_threads (self, arg_filter, &error);

  if (threads != NULL)
    onc_dbus_manager_complete_list_threads (
        object, invocation, onc_thread_properties_list (threads, onc_bus_get_naming (self->bus)));
  else
    onc_errors_return (invocation, error);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_dump_threads (OncDBusManager *object,
                     GDBusMethodInvocation *invocation,
                     GUnixFDList *fd_list,
                     GVariant *arg_filter,
                     GVariant *arg_options)
{
  OncManager *self = ONC_MANAGER (object);
  const char *zone_name = NULL;
  const OncOption options[] = { { ONC_BUS_OPTION_TIMEZONE, "s", &zone_name } };
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GPtrArray) threads = NULL;
  g_autoptr (GUnixFDList) files = NULL;
  g_autoptr (GError) error = NULL;

  if (onc_options_read (arg_options, options, G_N_ELEMENTS (options), &error) &&
      (zone = onc_thread_dump_find_zone (zone_name, &error)) != NULL)
    threads = list_threads (self, arg_filter, &error);
  if (threads != NULL)
    files = onc_thread_dump_new (self->bus, threads, zone, &error);
  if (files != NULL)
    onc_dbus_manager_complete_dump_threads (object, invocation, files, g_variant_new_handle (0));
  else
    onc_errors_return (invocation, error);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_find_thread (OncDBusManager *object,
                    GDBusMethodInvocation *invocation,
                    const char *arg_ref,
                    GVariant *arg_options)
{
  OncManager *self = ONC_MANAGER (object);
  const OncBusBackend *backend = onc_bus_get_backend (self->bus);
  g_auto (OncReference) reference = { 0 };
  g_autoptr (OncThread) thread = NULL;
  g_autoptr (GError) error = NULL;

  if (onc_options_read (arg_options, NULL, 0, &error) &&
      onc_reference_read (&reference, arg_ref, &error))
    thread = backend->find (backend->data, &reference, &error);
  if (thread != NULL)
    {
      g_autofree char *path = onc_bus_expose (self->bus, thread);

      onc_dbus_manager_complete_find_thread (object, invocation, path);
    }
  else
    onc_errors_return (invocation, error);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* Returns: (transfer floating): aa{sv}, what @reading says of @text. */
static GVariant *
new_readings (const char *text, const OncReading *reading)
{
  g_autofree char *matched = g_strndup (text + reading->begin, reading->end - reading->begin);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  g_variant_builder_open (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", ONC_READING_KEY_KIND,
                         g_variant_new_string (onc_reading_kind_to_string (reading->kind)));
  g_variant_builder_add (&builder, "{sv}", ONC_READING_KEY_DUE, g_variant_new_int64 (reading->due));
  g_variant_builder_add (&builder, "{sv}", ONC_READING_KEY_MATCHED, g_variant_new_string (matched));
  g_variant_builder_add (&builder, "{sv}", ONC_READING_KEY_REASON,
                         g_variant_new_string (reading->reason));
  g_variant_builder_close (&builder);

  return g_variant_builder_end (&builder);
}

static gboolean
handle_parse (OncDBusManager *object,
              GDBusMethodInvocation *invocation,
              const char *arg_text,
              gint64 arg_said_at,
              const char *arg_timezone,
              GVariant *arg_options)
{
  OncManager *self = ONC_MANAGER (object);
  const OncBusBackend *backend = onc_bus_get_backend (self->bus);
  g_autoptr (GError) error = NULL;
  OncReading reading;

  if (onc_options_read (arg_options, NULL, 0, &error) &&
      backend->parse (backend->data, arg_text, arg_said_at, arg_timezone, &reading, &error))
    onc_dbus_manager_complete_parse (object, invocation, new_readings (arg_text, &reading));
  else
    onc_errors_return (invocation, error);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_pause (OncDBusManager *object,
              GDBusMethodInvocation *invocation,
              gint64 arg_until,
              const char *arg_up_to_level,
              GVariant *arg_options)
{
  const OncBusBackend *backend = onc_bus_get_backend (ONC_MANAGER (object)->bus);
  g_autoptr (GError) error = NULL;
  const char *when = NULL;
  const OncOption options[] = { { ONC_BUS_OPTION_WHEN, "s", &when } };
  OncLevel level = ONC_LEVEL_QUESTION;

  if (!onc_level_from_string (arg_up_to_level, &level))
    error = g_error_new (ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT, _ ("“%s” is no level"),
                         arg_up_to_level);
  else if (onc_options_read (arg_options, options, G_N_ELEMENTS (options), &error))
    backend->pause (backend->data, arg_until, when, level, &error);
  if (error == NULL)
    onc_dbus_manager_complete_pause (object, invocation);
  else
    onc_errors_return (invocation, error);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_resume (OncDBusManager *object, GDBusMethodInvocation *invocation, GVariant *arg_options)
{
  const OncBusBackend *backend = onc_bus_get_backend (ONC_MANAGER (object)->bus);
  g_autoptr (GError) error = NULL;

  if (onc_options_read (arg_options, NULL, 0, &error))
    {
      backend->resume (backend->data);
      onc_dbus_manager_complete_resume (object, invocation);
    }
  else
    onc_errors_return (invocation, error);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* Has one of the backend's functions that take nothing called. */
static gboolean
call (OncDBusManager *object,
      GDBusMethodInvocation *invocation,
      GVariant *arg_options,
      void (*function) (gpointer data, OncBusDone done, gpointer token))
{
  OncManager *self = ONC_MANAGER (object);
  g_autoptr (GError) error = NULL;

  if (onc_options_read (arg_options, NULL, 0, &error))
    function (onc_bus_get_backend (self->bus)->data, onc_bus_finish,
              onc_bus_begin (self->bus, invocation));
  else
    onc_errors_return (invocation, error);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_list_settings (OncDBusManager *object,
                      GDBusMethodInvocation *invocation,
                      GVariant *arg_options)
{
  const OncBusBackend *backend = onc_bus_get_backend (ONC_MANAGER (object)->bus);
  g_autoptr (GError) error = NULL;

  if (onc_options_read (arg_options, NULL, 0, &error))
    onc_dbus_manager_complete_list_settings (object, invocation,
                                             backend->list_settings (backend->data));
  else
    onc_errors_return (invocation, error);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_refresh (OncDBusManager *object, GDBusMethodInvocation *invocation, GVariant *arg_options)
{
  return call (object, invocation, arg_options,
               onc_bus_get_backend (ONC_MANAGER (object)->bus)->refresh);
}

static gboolean
handle_reload (OncDBusManager *object, GDBusMethodInvocation *invocation, GVariant *arg_options)
{
  return call (object, invocation, arg_options,
               onc_bus_get_backend (ONC_MANAGER (object)->bus)->reload);
}

static void
onc_manager_class_init (OncManagerClass *klass)
{
}

static void
onc_manager_iface_init (OncDBusManagerIface *iface)
{
  iface->handle_list_settings = handle_list_settings;
  iface->handle_list_threads = handle_list_threads;
  iface->handle_dump_threads = handle_dump_threads;
  iface->handle_find_thread = handle_find_thread;
  iface->handle_parse = handle_parse;
  iface->handle_pause = handle_pause;
  iface->handle_refresh = handle_refresh;
  iface->handle_reload = handle_reload;
  iface->handle_resume = handle_resume;
}

static void
onc_manager_init (OncManager *self)
{
}

OncManager *
onc_manager_new (OncBus *bus)
{
  OncManager *self = g_object_new (ONC_TYPE_MANAGER, "version", ONC_VERSION, "state",
                                   onc_link_to_string (ONC_LINK_CONNECTING), "next-due-thread",
                                   ONC_BUS_NO_PATH, NULL);

  self->bus = bus;
  return self;
}
