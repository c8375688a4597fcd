/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "compose.h"
#include "errors.h"
#include "names.h"

#include <glib/gi18n.h>
#include <locale.h>

/* How the desktop tells what it looks like: org.freedesktop.portal.Settings */
#define PORTAL            "org.freedesktop.portal.Desktop"
#define PORTAL_PATH       "/org/freedesktop/portal/desktop"
#define PORTAL_SETTINGS   "org.freedesktop.portal.Settings"
#define APPEARANCE        "org.freedesktop.appearance"
#define COLOR_SCHEME      "color-scheme"
#define COLOR_SCHEME_DARK 1

static void
on_color_scheme (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result,
                                                              NULL);
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GVariant) scheme = NULL;

  /* Not every desktop has a portal; GTK's own setting holds there. */
  if (reply == NULL)
    return;

  /* Read() puts the value into two variants. */
  g_variant_get (reply, "(v)", &value);
  scheme = g_variant_is_of_type (value, G_VARIANT_TYPE_VARIANT) ? g_variant_get_variant (value)
                                                                : g_variant_ref (value);
  if (g_variant_is_of_type (scheme, G_VARIANT_TYPE_UINT32) &&
      g_variant_get_uint32 (scheme) == COLOR_SCHEME_DARK)
    g_object_set (gtk_settings_get_default (), "gtk-application-prefer-dark-theme", TRUE, NULL);
}

static void
on_startup (GApplication *application, gpointer user_data)
{
  onc_errors_register ();
  gtk_window_set_default_icon_name (ONC_DESKTOP_ENTRY);
  g_dbus_connection_call (g_application_get_dbus_connection (application), PORTAL, PORTAL_PATH,
                          PORTAL_SETTINGS, "Read", g_variant_new ("(ss)", APPEARANCE, COLOR_SCHEME),
                          G_VARIANT_TYPE ("(v)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, on_color_scheme,
                          NULL);
}

/* The action that the applet asks for. */
static void
on_write (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  onc_compose_present (user_data, g_application_get_dbus_connection (user_data),
                       g_variant_get_uint32 (parameter));
}

int
main (int argc, char **argv)
{
  static const GActionEntry actions[] = { { ONC_COMPOSE_WRITE, on_write, "u", NULL, NULL, { 0 } } };
  g_autoptr (GtkApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = gtk_application_new (ONC_COMPOSE_NAME, G_APPLICATION_IS_SERVICE);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  g_signal_connect (application, "startup", G_CALLBACK (on_startup), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
