/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "errand.h"

#include "connection.h"
#include "error.h"
#include "names.h"

#include <glib/gi18n.h>

#define NOTIFICATIONS      "org.freedesktop.Notifications"
#define NOTIFICATIONS_PATH "/org/freedesktop/Notifications"

/* What programs that the bus starts have, by the desktop entry specification */
#define FREEDESKTOP_APPLICATION "org.freedesktop.Application"

/* What each is to the daemon: a method of org.oncalld1.Thread or of its manager, and the arguments,
 * as g_variant_parse() reads them. Spans are as the menu says them. What is written to Slack is
 * queued: the menu is gone by then, and the wish safe with the daemon, which tells if Slack
 * refuses. */
static const struct
{
  const char *method;
  const char *arguments;
} calls[] = {
  [ONC_ERRAND_OPEN] = { "Open", "(@a{sv} {},)" },
  [ONC_ERRAND_CLAIM] = { "Claim", "({'queue': <true>},)" },
  [ONC_ERRAND_RELEASE] = { "Release", "({'queue': <true>},)" },
  [ONC_ERRAND_PROMISE] = { "Promise", "('30m', '', {'queue': <true>})" },
  [ONC_ERRAND_EXTEND] = { "ExtendPromise", "('15m', {'queue': <true>})" },
  [ONC_ERRAND_SNOOZE] = { "Snooze", "('1h', @a{sv} {})" },
  [ONC_ERRAND_UNSNOOZE] = { "Unsnooze", "(@a{sv} {},)" },
  [ONC_ERRAND_RESOLVE] = { "Resolve", "({'queue': <true>},)" },
  [ONC_ERRAND_PAUSE_HALF_AN_HOUR] = { "Pause", "(int64 0, 'urgent', {'when': <'30m'>})" },
  [ONC_ERRAND_PAUSE_AN_HOUR] = { "Pause", "(int64 0, 'urgent', {'when': <'1h'>})" },
  [ONC_ERRAND_PAUSE_UNTIL_WORK] = { "Pause", "(int64 0, 'urgent', {'when': <'next-work-hour'>})" },
  [ONC_ERRAND_RESUME] = { "Resume", "(@a{sv} {},)" },
};

/* Tells a person that what they asked for was not done. */
static void
complain (GDBusConnection *connection, const char *sentence)
{
  GVariantBuilder hints;

  /* All of it is the title, because a server might take the text for markup. */
  g_variant_builder_init (&hints, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&hints, "{sv}", "desktop-entry", g_variant_new_string (ONC_DESKTOP_ENTRY));
  g_dbus_connection_call (connection, NOTIFICATIONS, NOTIFICATIONS_PATH, NOTIFICATIONS, "Notify",
                          g_variant_new ("(susssasa{sv}i)", "oncalld", 0, "dialog-warning-symbolic",
                                         sentence, "", NULL, &hints, -1),
                          NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
}

/* Returns: (transfer full): why thread @number, or the pause for 0, is not as it was wished. */
static char *
explain (GError *error, guint32 number)
{
  if (number == 0)
    onc_connection_explain (error);
  else
    onc_connection_explain_thread (error, number);

  /* Which thread, and a whole sentence about what went wrong; other errors need no thread. */
  return number != 0 && error->domain == ONC_ERROR
             ? g_strdup_printf (_ ("Thread %u: %s"), number, error->message)
             : g_strdup (error->message);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusConnection *connection = G_DBUS_CONNECTION (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (connection, result, &error);
  g_autofree char *sentence = NULL;

  if (reply != NULL)
    return;

  sentence = explain (error, GPOINTER_TO_UINT (user_data));
  complain (connection, sentence);
}

/* Shows the window for replies, which the bus starts. */
static void
show_window (guint32 number, const char *activation_token, GDBusConnection *connection)
{
  GVariantBuilder parameters;
  GVariantBuilder platform_data;

  g_variant_builder_init (&parameters, G_VARIANT_TYPE ("av"));
  g_variant_builder_add (&parameters, "v", g_variant_new_uint32 (number));
  g_variant_builder_init (&platform_data, G_VARIANT_TYPE_VARDICT);
  if (activation_token != NULL)
    {
      /* The second is what it was called before GLib 2.76. */
      g_variant_builder_add (&platform_data, "{sv}", "activation-token",
                             g_variant_new_string (activation_token));
      g_variant_builder_add (&platform_data, "{sv}", "desktop-startup-id",
                             g_variant_new_string (activation_token));
    }
  g_dbus_connection_call (
      connection, ONC_COMPOSE_NAME, ONC_COMPOSE_PATH, FREEDESKTOP_APPLICATION, "ActivateAction",
      g_variant_new ("(sava{sv})", ONC_COMPOSE_WRITE, &parameters, &platform_data), NULL,
      G_DBUS_CALL_FLAGS_NONE, -1, NULL, on_done, GUINT_TO_POINTER (number));
}

/* Returns: (transfer floating): the arguments of the call that @kind is. */
static GVariant *
build_arguments (OncErrandKind kind, const char *activation_token)
{
  if (kind == ONC_ERRAND_OPEN && activation_token != NULL)
    return g_variant_new_parsed ("({%s: <%s>},)", ONC_BUS_OPTION_TOKEN, activation_token);

  return g_variant_new_parsed (calls[kind].arguments);
}

void
onc_errand_run (const OncErrand *errand, const char *activation_token, GDBusConnection *connection)
{
  g_autofree char *path = errand->thread != 0
                              ? g_strdup_printf (ONC_BUS_THREAD_PREFIX "%u", errand->thread)
                              : g_strdup (ONC_BUS_PATH);
  const char *interface = errand->thread != 0 ? ONC_BUS_THREAD : ONC_BUS_MANAGER;

  if (errand->kind == ONC_ERRAND_WRITE)
    {
      show_window (errand->thread, activation_token, connection);
      return;
    }
  g_return_if_fail (errand->kind < G_N_ELEMENTS (calls) && calls[errand->kind].method != NULL);

  g_dbus_connection_call (connection, ONC_BUS_NAME, path, interface, calls[errand->kind].method,
                          build_arguments (errand->kind, activation_token), NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, on_done,
                          GUINT_TO_POINTER (errand->thread));
}
