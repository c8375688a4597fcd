/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The way from a client to the daemon. Nothing here starts the daemon: whoever has stopped it has
 * meant it, and a unit that cannot start would cost every call a timeout. */

#pragma once

#include "types.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a command line tool exits with; oncallctl(1) documents them. */
typedef enum
{
  ONC_EXIT_DONE = 0,
  ONC_EXIT_FAILED = 1,
  ONC_EXIT_USAGE = 2,
  ONC_EXIT_UNREACHABLE = 3, /* no daemon, or no bus */
  ONC_EXIT_NO_MATCH = 4,    /* no thread is the one that was named */
  ONC_EXIT_REFUSED = 5,     /* by Slack */
  ONC_EXIT_PENDING = 6,     /* safe with the daemon, not confirmed by Slack */
} OncExit;

/* Returns: the exit code that @error, of any function below, stands for; never DONE. */
OncExit onc_exit_from_error (const GError *error);

/* Makes the message of @error, of a call to the daemon, a sentence for a person. */
void onc_connection_explain (GError *error);

/* The same for a call about thread @number, which may not be open. */
void onc_connection_explain_thread (GError *error, guint32 number);

/* Returns: (transfer full): the session bus; NULL where there is none. */
GDBusConnection *onc_connection_open (GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Calls @method of @interface, with @arguments (transfer floating, nullable).
 * Returns: (transfer full): the answer, of @reply_type. Errors are sentences for a person. */
GVariant *onc_connection_call (GDBusConnection *connection,
                               const char *path,
                               const char *interface,
                               const char *method,
                               GVariant *arguments,
                               const char *reply_type,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full): a{sv}, all the properties of @interface. */
GVariant *onc_connection_get_properties (GDBusConnection *connection,
                                         const char *path,
                                         const char *interface,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full): aa{sv}, the threads that fulfil @filter (a{sv}, transfer floating), in
 * its order. */
GVariant *onc_connection_list_threads (GDBusConnection *connection,
                                       GVariant *filter,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full): the same as JSON, with times as they are here, and however many they
 * are in no time. */
GMappedFile *onc_connection_dump_threads (GDBusConnection *connection,
                                          GVariant *filter,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full): aa{sv}, the open threads, the newest first. */
GVariant *onc_connection_list_open_threads (GDBusConnection *connection,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full): the user IDs of this person. */
GStrv onc_connection_get_me (GDBusConnection *connection, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full): the object path of the thread that @reference means: its number,
 * permalink or CHANNEL/ts, or the beginning of the last that only one open thread has. */
char *onc_connection_find_thread (GDBusConnection *connection,
                                  const char *reference,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: the number of the thread whose object path this is; 0 where it is none's. */
guint32 onc_thread_path_number (const char *path);

G_END_DECLS
