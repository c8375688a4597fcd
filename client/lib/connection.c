/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "connection.h"

#include "dictionary.h"
#include "error.h"
#include "errors.h"
#include "names.h"

#include <gio/gunixfdlist.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

/* Whether @error says that there is no daemon. */
static gboolean
is_absence (const GError *error)
{
  return g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER);
}

OncExit
onc_exit_from_error (const GError *error)
{
  if (error->domain == G_OPTION_ERROR)
    return ONC_EXIT_USAGE;
  if (is_absence (error) || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_SERVER) ||
      g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
    return ONC_EXIT_UNREACHABLE;
  if (error->domain != ONC_ERROR)
    return ONC_EXIT_FAILED;

  switch ((OncError) error->code)
    {
    case ONC_ERROR_NOT_FOUND:
      return ONC_EXIT_NO_MATCH;
    case ONC_ERROR_INVALID_ARGUMENT:
      return ONC_EXIT_USAGE;
    case ONC_ERROR_DENIED:
    case ONC_ERROR_RATE_LIMITED:
      return ONC_EXIT_REFUSED;
    case ONC_ERROR_WRONG_STATE:
    case ONC_ERROR_NOT_CONNECTED:
    case ONC_ERROR_CONFIG:
    case ONC_ERROR_FAILED:
    default:
      return ONC_EXIT_FAILED;
    }
}

void
onc_connection_explain (GError *error)
{
  const char *sentence = NULL;

  g_dbus_error_strip_remote_error (error);
  if (is_absence (error))
    sentence = _ ("oncalld is not running; “systemctl --user start oncalld” starts it");
  else if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY))
    sentence = _ ("oncalld has gone away; “systemctl --user start oncalld” starts it");
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    sentence = _ ("oncalld does not answer; “systemctl --user status oncalld” may tell why");
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
    sentence = _ ("The session bus has gone away");
  if (sentence == NULL)
    return;

  g_free (error->message);
  error->message = g_strdup (sentence);
}

void
onc_connection_explain_thread (GError *error, guint32 number)
{
  onc_connection_explain (error);
  /* What D-Bus calls an object without methods is one that there is not. */
  if (!g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD))
    return;

  g_free (error->message);
  error->message = g_strdup_printf (_ ("Thread %u is not open any more"), number);
}

GDBusConnection *
onc_connection_open (GError **error)
{
  g_autoptr (GError) local_error = NULL;
  GDBusConnection *connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &local_error);

  if (connection == NULL)
    {
      g_set_error (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_SERVER,
                   _ ("The session bus cannot be reached: %s"), local_error->message);
      return NULL;
    }

  onc_errors_register ();
  g_dbus_connection_set_exit_on_close (connection, FALSE);
  return connection;
}

GVariant *
onc_connection_call (GDBusConnection *connection,
                     const char *path,
                     const char *interface,
                     const char *method,
                     GVariant *arguments,
                     const char *reply_type,
                     GError **error)
{
  g_autoptr (GError) local_error = NULL;
  GVariant *reply = g_dbus_connection_call_sync (
      connection, ONC_BUS_NAME, path, interface, method, arguments, G_VARIANT_TYPE (reply_type),
      G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, &local_error);

  if (reply != NULL)
    return reply;

  onc_connection_explain (local_error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

GVariant *
onc_connection_get_properties (GDBusConnection *connection,
                               const char *path,
                               const char *interface,
                               GError **error)
{
  g_autoptr (GVariant) reply = onc_connection_call (connection, path, ONC_DBUS_PROPERTIES, "GetAll",
                                                    g_variant_new ("(s)", interface), "(a{sv})",
                                                    error);

  return reply != NULL ? g_variant_get_child_value (reply, 0) : NULL;
}

GVariant *
onc_connection_list_threads (GDBusConnection *connection, GVariant *filter, GError **error)
{
  g_autoptr (GVariant) reply = onc_connection_call (connection, ONC_BUS_PATH, ONC_BUS_MANAGER,
                                                    "ListThreads", g_variant_new_tuple (&filter, 1),
                                                    "(aa{sv})", error);

  return reply != NULL ? g_variant_get_child_value (reply, 0) : NULL;
}

GMappedFile *
onc_connection_dump_threads (GDBusConnection *connection, GVariant *filter, GError **error)
{
  const char *zone = g_getenv ("TZ");
  g_autoptr (GUnixFDList) files = NULL;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) local_error = NULL;
  GMappedFile *json = NULL;
  GVariantBuilder options;
  int fd = -1;

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  if (zone != NULL && *zone != '\0' && g_utf8_validate (zone, -1, NULL))
    g_variant_builder_add (&options, "{sv}", ONC_BUS_OPTION_TIMEZONE, g_variant_new_string (zone));
  reply = g_dbus_connection_call_with_unix_fd_list_sync (
      connection, ONC_BUS_NAME, ONC_BUS_PATH, ONC_BUS_MANAGER, "DumpThreads",
      g_variant_new ("(@a{sv}a{sv})", filter, &options), G_VARIANT_TYPE ("(h)"),
      G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, &files, NULL, &local_error);
  if (reply == NULL)
    {
      onc_connection_explain (local_error);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  if (files != NULL && g_unix_fd_list_get_length (files) > 0)
    fd = g_unix_fd_list_get (files, 0, error);
  else
    g_set_error_literal (error, ONC_ERROR, ONC_ERROR_FAILED, _ ("oncalld has sent no file"));
  if (fd >= 0)
    {
      json = g_mapped_file_new_from_fd (fd, FALSE, error);
      close (fd);
    }

  return json;
}

GVariant *
onc_connection_list_open_threads (GDBusConnection *connection, GError **error)
{
  GVariantBuilder filter;

  g_variant_builder_init (&filter, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&filter, "{sv}", ONC_FILTER_STATE, g_variant_new_string (ONC_FILTER_OPEN));

  return onc_connection_list_threads (connection, g_variant_builder_end (&filter), error);
}

GStrv
onc_connection_get_me (GDBusConnection *connection, GError **error)
{
  g_autoptr (GVariant) manager = onc_connection_get_properties (connection, ONC_BUS_PATH,
                                                                ONC_BUS_MANAGER, error);
  GStrv me = NULL;

  if (manager != NULL && !g_variant_lookup (manager, "Me", "^as", &me))
    me = g_new0 (char *, 1);

  return me;
}

/* Returns: (transfer full) (nullable): the object path of the thread that @reference means. */
static char *
call_find_thread (GDBusConnection *connection, const char *reference, GError **error)
{
  g_autoptr (GVariant) reply = onc_connection_call (
      connection, ONC_BUS_PATH, ONC_BUS_MANAGER, "FindThread",
      g_variant_new ("(sa{sv})", reference, NULL), "(o)", error);
  char *path = NULL;

  if (reply != NULL)
    g_variant_get (reply, "(o)", &path);

  return path;
}

/* Whether CHANNEL/ts of @thread (a{sv}) begins with @prefix, the channel being its ID or name. */
static gboolean
has_prefix (GVariant *thread, const char *prefix)
{
  const char *ts = onc_dictionary_get_string (thread, "Timestamp");
  g_autofree char *by_id = g_strconcat (onc_dictionary_get_string (thread, "Channel"), "/", ts,
                                        NULL);
  g_autofree char *by_name = g_strconcat (onc_dictionary_get_string (thread, "ChannelName"), "/",
                                          ts, NULL);

  return g_str_has_prefix (by_id, prefix) || g_str_has_prefix (by_name, prefix);
}

/* Returns: (transfer full) (nullable): the object path of the only open thread that @prefix fits.
 */
static char *
find_by_prefix (GDBusConnection *connection, const char *prefix, GError **error)
{
  g_autoptr (GVariant) threads = onc_connection_list_open_threads (connection, error);
  GVariantIter iter;
  GVariant *thread;
  guint32 number = 0;
  guint matches = 0;

  if (threads == NULL)
    return NULL;

  g_variant_iter_init (&iter, threads);
  while ((thread = g_variant_iter_next_value (&iter)) != NULL)
    {
      if (has_prefix (thread, prefix[0] == '#' ? prefix + 1 : prefix))
        {
          number = onc_dictionary_get_number (thread, "Number");
          matches++;
        }
      g_variant_unref (thread);
    }

  if (matches == 1)
    return g_strdup_printf (ONC_BUS_THREAD_PREFIX "%" G_GUINT32_FORMAT, number);

  if (matches == 0)
    g_set_error (error, ONC_ERROR, ONC_ERROR_NOT_FOUND, _ ("No open thread begins with “%s”"),
                 prefix);
  else
    g_set_error (
        error, ONC_ERROR, ONC_ERROR_NOT_FOUND,
        ngettext ("%u open thread begins with “%s”", "%u open threads begin with “%s”", matches),
        matches, prefix);
  return NULL;
}

char *
onc_connection_find_thread (GDBusConnection *connection, const char *reference, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  const char *slash = strchr (reference, '/');
  char *path = call_find_thread (connection, reference, &local_error);

  if (path != NULL)
    return path;
  /* "support/1700" is the beginning of a CHANNEL/ts; "https://" is none. */
  if (slash != NULL && slash[1] != '/' &&
      (g_error_matches (local_error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT) ||
       g_error_matches (local_error, ONC_ERROR, ONC_ERROR_NOT_FOUND)))
    return find_by_prefix (connection, reference, error);

  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

guint32
onc_thread_path_number (const char *path)
{
  guint64 number = 0;

  if (g_str_has_prefix (path, ONC_BUS_THREAD_PREFIX))
    (void) g_ascii_string_to_unsigned (path + strlen (ONC_BUS_THREAD_PREFIX), 10, 1, G_MAXUINT32,
                                       &number, NULL);

  return (guint32) number;
}
