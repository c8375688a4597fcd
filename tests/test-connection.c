/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "connection.h"
#include "error.h"

static void
assert_explained (GQuark domain, int code, OncExit expected, const char *words)
{
  g_autoptr (GError) error = g_error_new_literal (domain, code, "as the library has it");

  g_assert_cmpint (onc_exit_from_error (error), ==, expected);
  onc_connection_explain (error);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_cmpint (onc_exit_from_error (error), ==, expected);
}

static void
test_a_daemon_that_cannot_be_heard_is_unreachable (void)
{
  assert_explained (G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN, ONC_EXIT_UNREACHABLE,
                    "is not running");
  assert_explained (G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY, ONC_EXIT_UNREACHABLE, "has gone away");
  assert_explained (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, ONC_EXIT_UNREACHABLE, "does not answer");
  assert_explained (G_IO_ERROR, G_IO_ERROR_CLOSED, ONC_EXIT_UNREACHABLE, "session bus");
}

static void
test_the_daemons_own_words_stay (void)
{
  assert_explained (ONC_ERROR, ONC_ERROR_NOT_FOUND, ONC_EXIT_NO_MATCH, "as the library has it");
  assert_explained (ONC_ERROR, ONC_ERROR_DENIED, ONC_EXIT_REFUSED, "as the library has it");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/connection/a daemon that cannot be heard is unreachable",
                   test_a_daemon_that_cannot_be_heard_is_unreachable);
  g_test_add_func ("/connection/the daemon's own words stay", test_the_daemons_own_words_stay);

  return g_test_run ();
}
