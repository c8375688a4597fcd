/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "thread-object.h"

#include "bus-private.h"
#include "error.h"
#include "errors.h"
#include "names.h"
#include "options.h"

#include <glib/gi18n.h>

/* chat.postMessage cuts a text off above this, and half a reply is worse than none. */
#define MAX_REPLY_CHARACTERS 40000

/* This leaves room for the sentence that names the time. */
#define MAX_PROMISE_CHARACTERS (MAX_REPLY_CHARACTERS - 200)

struct _OncThreadObject
{
  OncDBusThreadSkeleton parent_instance;

  OncBus *bus; /* (unowned) */
};

static void onc_thread_object_iface_init (OncDBusThreadIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OncThreadObject,
                               onc_thread_object,
                               ONC_DBUS_TYPE_THREAD_SKELETON,
                               G_IMPLEMENT_INTERFACE (ONC_DBUS_TYPE_THREAD,
                                                      onc_thread_object_iface_init))

/* Returns: (nullable): the thread that the call is for; NULL, with @invocation answered, where it
 * has gone since the call was found to be for it. */
static OncThread *
get_thread (OncThreadObject *self, GDBusMethodInvocation *invocation)
{
  const char *path = g_dbus_method_invocation_get_object_path (invocation);
  OncThread *thread = onc_bus_find_thread (self->bus, path);

  if (thread == NULL)
    g_dbus_method_invocation_return_error (invocation, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT,
                                           "there is no object %s any more", path);
  return thread;
}

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
  OncThread *thread = get_thread (self, invocation);
  g_autoptr (GError) error = NULL;

  if (thread == NULL)
    return G_DBUS_METHOD_INVOCATION_HANDLED;
  if (onc_options_read (arg_options, options, writes ? G_N_ELEMENTS (options) : 0, &error))
    backend->act (backend->data, thread, action, queue, onc_bus_finish,
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

/* Returns: FALSE, with @invocation answered, where @text has more than @most characters. */
static gboolean
check_length (GDBusMethodInvocation *invocation, const char *text, int most)
{
  if (g_utf8_strlen (text, -1) <= most)
    return TRUE;

  g_dbus_method_invocation_return_error (invocation, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT,
                                         _ ("A reply has at most %d characters"), most);
  return FALSE;
}

static gboolean
handle_reply (OncDBusThread *object,
              GDBusMethodInvocation *invocation,
              const char *arg_text,
              GVariant *arg_options)
{
  if (!check_length (invocation, arg_text, MAX_REPLY_CHARACTERS))
    return G_DBUS_METHOD_INVOCATION_HANDLED;

  return act (object, invocation, &(OncAction){ .kind = ONC_ACTION_REPLY, .text = arg_text }, TRUE,
              arg_options);
}

/* Sets *@when to what @text says, and leaves it alone where @text is empty or @never (nullable).
 * Returns: FALSE, with @invocation answered, where @text cannot be read. */
static gboolean
read_when (OncDBusThread *object,
           GDBusMethodInvocation *invocation,
           const char *text,
           const char *never,
           OncInstant *when)
{
  const OncBusBackend *backend = onc_bus_get_backend (ONC_THREAD_OBJECT (object)->bus);
  g_autoptr (GError) error = NULL;

  if (*text == '\0' || g_strcmp0 (text, never) == 0 ||
      backend->read_when (backend->data, text, when, &error))
    return TRUE;

  onc_errors_return (invocation, error);
  return FALSE;
}

static gboolean
handle_promise (OncDBusThread *object,
                GDBusMethodInvocation *invocation,
                const char *arg_when,
                const char *arg_text,
                GVariant *arg_options)
{
  OncAction action = { .kind = ONC_ACTION_PROMISE, .text = arg_text };

  if (!check_length (invocation, arg_text, MAX_PROMISE_CHARACTERS) ||
      !read_when (object, invocation, arg_when, NULL, &action.when))
    return G_DBUS_METHOD_INVOCATION_HANDLED;

  return act (object, invocation, &action, TRUE, arg_options);
}

static gboolean
handle_extend_promise (OncDBusThread *object,
                       GDBusMethodInvocation *invocation,
                       const char *arg_by,
                       GVariant *arg_options)
{
  const OncBusBackend *backend = onc_bus_get_backend (ONC_THREAD_OBJECT (object)->bus);
  OncAction action = { .kind = ONC_ACTION_EXTEND_PROMISE };
  g_autoptr (GError) error = NULL;

  if (backend->read_span (backend->data, arg_by, &action.by, &error))
    return act (object, invocation, &action, TRUE, arg_options);

  onc_errors_return (invocation, error);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_cancel_promise (OncDBusThread *object,
                       GDBusMethodInvocation *invocation,
                       GVariant *arg_options)
{
  return act (object, invocation, &(OncAction){ .kind = ONC_ACTION_CANCEL_PROMISE }, FALSE,
              arg_options);
}

static gboolean
handle_hand_over (OncDBusThread *object,
                  GDBusMethodInvocation *invocation,
                  const char *arg_who,
                  GVariant *arg_options)
{
  const OncBusBackend *backend = onc_bus_get_backend (ONC_THREAD_OBJECT (object)->bus);
  OncAction action = { .kind = ONC_ACTION_HAND_OVER };
  g_autoptr (GError) error = NULL;

  action.whom = backend->find_person (backend->data, arg_who, &error);
  if (action.whom != NULL)
    return act (object, invocation, &action, TRUE, arg_options);

  onc_errors_return (invocation, error);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_snooze (OncDBusThread *object,
               GDBusMethodInvocation *invocation,
               const char *arg_when,
               GVariant *arg_options)
{
  OncAction action = { .kind = ONC_ACTION_SNOOZE };

  if (!read_when (object, invocation, arg_when, NULL, &action.when))
    return G_DBUS_METHOD_INVOCATION_HANDLED;

  return act (object, invocation, &action, FALSE, arg_options);
}

static gboolean
handle_unsnooze (OncDBusThread *object, GDBusMethodInvocation *invocation, GVariant *arg_options)
{
  return act (object, invocation, &(OncAction){ .kind = ONC_ACTION_UNSNOOZE }, FALSE, arg_options);
}

static gboolean
handle_set_needed_by (OncDBusThread *object,
                      GDBusMethodInvocation *invocation,
                      const char *arg_when,
                      GVariant *arg_options)
{
  OncAction action = { .kind = ONC_ACTION_SET_NEEDED_BY };

  if (!read_when (object, invocation, arg_when, ONC_WHEN_NEVER, &action.when))
    return G_DBUS_METHOD_INVOCATION_HANDLED;

  return act (object, invocation, &action, FALSE, arg_options);
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
handle_tag (OncDBusThread *object,
            GDBusMethodInvocation *invocation,
            const char *arg_category,
            GVariant *arg_options)
{
  return act (object, invocation, &(OncAction){ .kind = ONC_ACTION_TAG, .tag = arg_category }, TRUE,
              arg_options);
}

static gboolean
handle_untag (OncDBusThread *object,
              GDBusMethodInvocation *invocation,
              const char *arg_category,
              GVariant *arg_options)
{
  return act (object, invocation, &(OncAction){ .kind = ONC_ACTION_UNTAG, .tag = arg_category },
              TRUE, arg_options);
}

static gboolean
handle_dismiss (OncDBusThread *object, GDBusMethodInvocation *invocation, GVariant *arg_options)
{
  return act (object, invocation, &(OncAction){ .kind = ONC_ACTION_DISMISS }, FALSE, arg_options);
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
  const char *activation_token = NULL;
  const OncOption options[] = { { ONC_BUS_OPTION_TOKEN, "s", &activation_token } };
  OncThread *thread = get_thread (self, invocation);
  g_autoptr (GError) error = NULL;

  if (thread == NULL)
    return G_DBUS_METHOD_INVOCATION_HANDLED;
  if (onc_options_read (arg_options, options, G_N_ELEMENTS (options), &error))
    backend->open (backend->data, thread, activation_token, onc_bus_finish,
                   onc_bus_begin (self->bus, invocation));
  else
    onc_errors_return (invocation, error);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
onc_thread_object_class_init (OncThreadObjectClass *klass)
{
}

static void
onc_thread_object_iface_init (OncDBusThreadIface *iface)
{
  iface->handle_claim = handle_claim;
  iface->handle_release = handle_release;
  iface->handle_reply = handle_reply;
  iface->handle_promise = handle_promise;
  iface->handle_extend_promise = handle_extend_promise;
  iface->handle_cancel_promise = handle_cancel_promise;
  iface->handle_hand_over = handle_hand_over;
  iface->handle_snooze = handle_snooze;
  iface->handle_unsnooze = handle_unsnooze;
  iface->handle_set_needed_by = handle_set_needed_by;
  iface->handle_resolve = handle_resolve;
  iface->handle_reopen = handle_reopen;
  iface->handle_tag = handle_tag;
  iface->handle_untag = handle_untag;
  iface->handle_dismiss = handle_dismiss;
  iface->handle_set_level = handle_set_level;
  iface->handle_open = handle_open;
}

static void
onc_thread_object_init (OncThreadObject *self)
{
}

OncThreadObject *
onc_thread_object_new (OncBus *bus)
{
  OncThreadObject *self = g_object_new (ONC_TYPE_THREAD_OBJECT, NULL);

  self->bus = bus;
  return self;
}
