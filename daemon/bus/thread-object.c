/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "thread-object.h"

#include "bus-private.h"
#include "error.h"
#include "errors.h"
#include "names.h"
#include "options.h"
#include "thread-properties.h"

#include <glib/gi18n.h>

/* chat.postMessage cuts a text off above this, and half a reply is worse than none. */
#define MAX_REPLY_CHARACTERS 40000

struct _OncThreadObject
{
  OncDBusThreadSkeleton parent_instance;

  OncBus *bus;       /* (unowned) */
  OncThread *thread; /* (owned) */
};

static void onc_thread_object_iface_init (OncDBusThreadIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OncThreadObject,
                               onc_thread_object,
                               ONC_DBUS_TYPE_THREAD_SKELETON,
                               G_IMPLEMENT_INTERFACE (ONC_DBUS_TYPE_THREAD,
                                                      onc_thread_object_iface_init))

/* Has @action done, with the options of a method that writes to Slack if it is one. */
static gboolean
act (OncDBusThread *object,
     GDBusMethodInvocation *invocation,
     const OncAction *action,
     gboolean writes,
     GVariant *arg_options)
{
  OncThreadObject *self = ONC_THREAD_OBJECT (object);
  const OncBusBackend *backend = onc_bus_get_backend (self->bus);
  gboolean queue = FALSE;
  const OncOption options[] = { { ONC_BUS_OPTION_QUEUE, "b", &queue } };
  g_autoptr (GError) error = NULL;

  if (onc_options_read (arg_options, options, writes ? G_N_ELEMENTS (options) : 0, &error))
    backend->act (backend->data, self->thread, action, queue, onc_bus_finish,
                  onc_bus_begin (self->bus, invocation));
  else
    onc_errors_return (invocation, error);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_claim (OncDBusThread *object, GDBusMethodInvocation *invocation, GVariant *arg_options)
{
  return act (object, invocation, &(OncAction){ .kind = ONC_ACTION_CLAIM }, TRUE, arg_options);
}

static gboolean
handle_release (OncDBusThread *object, GDBusMethodInvocation *invocation, GVariant *arg_options)
{
  return act (object, invocation, &(OncAction){ .kind = ONC_ACTION_RELEASE }, TRUE, arg_options);
}

static gboolean
handle_reply (OncDBusThread *object,
              GDBusMethodInvocation *invocation,
              const char *arg_text,
              GVariant *arg_options)
{
  if (g_utf8_strlen (arg_text, -1) > MAX_REPLY_CHARACTERS)
    {
      g_dbus_method_invocation_return_error (invocation, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT,
                                             _ ("A reply has at most %d characters"),
                                             MAX_REPLY_CHARACTERS);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }

  return act (object, invocation, &(OncAction){ .kind = ONC_ACTION_REPLY, .text = arg_text }, TRUE,
              arg_options);
}

static gboolean
handle_resolve (OncDBusThread *object, GDBusMethodInvocation *invocation, GVariant *arg_options)
{
  return act (object, invocation, &(OncAction){ .kind = ONC_ACTION_RESOLVE }, TRUE, arg_options);
}

static gboolean
handle_reopen (OncDBusThread *object, GDBusMethodInvocation *invocation, GVariant *arg_options)
{
  return act (object, invocation, &(OncAction){ .kind = ONC_ACTION_REOPEN }, TRUE, arg_options);
}

static gboolean
handle_set_level (OncDBusThread *object,
                  GDBusMethodInvocation *invocation,
                  const char *arg_level,
                  GVariant *arg_options)
{
  OncAction action = { .kind = ONC_ACTION_SET_LEVEL };

  if (!onc_level_from_string (arg_level, &action.level))
    {
      g_dbus_method_invocation_return_error (invocation, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT,
                                             _ ("“%s” is no level"), arg_level);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }

  return act (object, invocation, &action, FALSE, arg_options);
}

static gboolean
handle_open (OncDBusThread *object, GDBusMethodInvocation *invocation, GVariant *arg_options)
{
  OncThreadObject *self = ONC_THREAD_OBJECT (object);
  const OncBusBackend *backend = onc_bus_get_backend (self->bus);
  g_autoptr (GError) error = NULL;

  if (onc_options_read (arg_options, NULL, 0, &error))
    backend->open (backend->data, self->thread, onc_bus_finish,
                   onc_bus_begin (self->bus, invocation));
  else
    onc_errors_return (invocation, error);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
onc_thread_object_finalize (GObject *object)
{
  OncThreadObject *self = ONC_THREAD_OBJECT (object);

  onc_thread_unref (self->thread);
  G_OBJECT_CLASS (onc_thread_object_parent_class)->finalize (object);
}

static void
onc_thread_object_class_init (OncThreadObjectClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = onc_thread_object_finalize;
}

static void
onc_thread_object_iface_init (OncDBusThreadIface *iface)
{
  iface->handle_claim = handle_claim;
  iface->handle_release = handle_release;
  iface->handle_reply = handle_reply;
  iface->handle_resolve = handle_resolve;
  iface->handle_reopen = handle_reopen;
  iface->handle_set_level = handle_set_level;
  iface->handle_open = handle_open;
}

static void
onc_thread_object_init (OncThreadObject *self)
{
}

OncThreadObject *
onc_thread_object_new (OncBus *bus, OncThread *thread)
{
  OncThreadObject *self = g_object_new (ONC_TYPE_THREAD_OBJECT, NULL);

  self->bus = bus;
  self->thread = onc_thread_ref (thread);
  onc_thread_object_update (self, thread, ONC_CHANGE_APPEARED);
  return self;
}

void
onc_thread_object_update (OncThreadObject *self, OncThread *thread, guint changes)
{
  if (self->thread != thread)
    {
      onc_thread_unref (self->thread);
      self->thread = onc_thread_ref (thread);
      changes = ONC_CHANGE_APPEARED;
    }

  onc_thread_properties_apply (thread, onc_bus_get_naming (self->bus), changes,
                               ONC_DBUS_THREAD (self));
}

OncThread *
onc_thread_object_get_thread (OncThreadObject *self)
{
  return self->thread;
}

char *
onc_thread_object_path (guint32 number)
{
  return g_strdup_printf (ONC_BUS_THREAD_PREFIX "%" G_GUINT32_FORMAT, number);
}
