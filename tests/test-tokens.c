/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "error.h"
#include "names.h"
#include "tokens.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *directory; /* (owned) of credentials */
  char *user_file; /* (owned) */
  char *app_file;  /* (owned) */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->directory = g_dir_make_tmp ("oncalld-tokens-XXXXXX", NULL);
  fixture->user_file = g_build_filename (fixture->directory, "user", NULL);
  fixture->app_file = g_build_filename (fixture->directory, "app", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  static const char *const names[] = { "user", "app", ONC_CREDENTIAL_USER_TOKEN,
                                       ONC_CREDENTIAL_APP_TOKEN };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (fixture->directory, names[i], NULL);

      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (fixture->directory), ==, 0);
  g_free (fixture->directory);
  g_free (fixture->user_file);
  g_free (fixture->app_file);
}

static void
put (const char *path, const char *token, int mode)
{
  g_assert_true (g_file_set_contents (path, token, -1, NULL));
  g_assert_cmpint (g_chmod (path, mode), ==, 0);
}

static void
assert_refused (Fixture *fixture, const char *path, const char *next_step)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (onc_tokens_find (NULL, fixture->user_file, fixture->app_file, &error));
  g_assert_error (error, ONC_ERROR, ONC_ERROR_CONFIG);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, path));
  g_assert_nonnull (strstr (error->message, next_step));
  g_assert_null (strstr (error->message, "secret"));
}

static void
test_private_files_are_read (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (OncTokens) tokens = NULL;
  g_autoptr (GError) error = NULL;

  put (fixture->user_file, "xoxp-secret\n", 0600);
  put (fixture->app_file, " xapp-secret ", 0600);
  tokens = onc_tokens_find (NULL, fixture->user_file, fixture->app_file, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (tokens->user, ==, "xoxp-secret");
  g_assert_cmpstr (tokens->app, ==, "xapp-secret");
  g_assert_false (tokens->bot);
}

static void
test_credentials_come_first (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *credential = g_build_filename (fixture->directory, ONC_CREDENTIAL_USER_TOKEN,
                                                  NULL);
  g_autoptr (OncTokens) tokens = NULL;
  g_autoptr (GError) error = NULL;

  put (credential, "xoxb-secret", 0400);
  put (fixture->user_file, "xoxp-other", 0600);
  put (fixture->app_file, "xapp-secret", 0600);
  tokens = onc_tokens_find (fixture->directory, fixture->user_file, fixture->app_file, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (tokens->user, ==, "xoxb-secret");
  g_assert_true (tokens->bot);
  g_assert_cmpstr (tokens->app, ==, "xapp-secret");
}

static void
test_nothing_configured_is_no_error (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (OncTokens) tokens = NULL;
  g_autoptr (GError) error = NULL;

  tokens = onc_tokens_find (fixture->directory, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (tokens->user);
  g_assert_null (tokens->app);
}

static void
test_a_file_that_others_can_read_is_refused (Fixture *fixture, gconstpointer unused)
{
  put (fixture->app_file, "xapp-secret", 0600);
  put (fixture->user_file, "xoxp-secret", 0640);
  assert_refused (fixture, fixture->user_file, "chmod 600");
  put (fixture->user_file, "xoxp-secret", 0604);
  assert_refused (fixture, fixture->user_file, "chmod 600");
}

static void
test_a_missing_file_is_an_error (Fixture *fixture, gconstpointer unused)
{
  assert_refused (fixture, fixture->user_file, "No such file");
  assert_refused (fixture, fixture->user_file, "[slack] user-token-file: ");
}

static void
test_what_is_no_token_is_refused (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *long_text = g_strnfill (5000, 'x');

  put (fixture->app_file, "xapp-secret", 0600);
  put (fixture->user_file, "xoxc-secret", 0600);
  assert_refused (fixture, fixture->user_file, "browser");
  put (fixture->user_file, "xoxd-secret", 0600);
  assert_refused (fixture, fixture->user_file, "browser");
  put (fixture->user_file, "xapp-secret", 0600);
  assert_refused (fixture, fixture->user_file, "xoxp-");
  put (fixture->user_file, "", 0600);
  assert_refused (fixture, fixture->user_file, "xoxp-");
  put (fixture->user_file, long_text, 0600);
  assert_refused (fixture, fixture->user_file, "no token");
  put (fixture->user_file, "xoxp-secret", 0600);
  put (fixture->app_file, "xoxp-secret", 0600);
  assert_refused (fixture, fixture->app_file, "xapp-");
}

static void
test_a_directory_is_refused (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (onc_tokens_find (NULL, fixture->directory, NULL, &error));
  g_assert_error (error, ONC_ERROR, ONC_ERROR_CONFIG);
}

#define ADD(test) g_test_add ("/tokens/" #test, Fixture, NULL, set_up, test_##test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (private_files_are_read);
  ADD (credentials_come_first);
  ADD (nothing_configured_is_no_error);
  ADD (a_file_that_others_can_read_is_refused);
  ADD (a_missing_file_is_an_error);
  ADD (what_is_no_token_is_refused);
  ADD (a_directory_is_refused);
  return g_test_run ();
}
