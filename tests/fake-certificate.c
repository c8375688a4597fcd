/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "fake-certificate.h"

#include <glib/gstdio.h>

static void
run (const char *directory, const char *command)
{
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_assert_true (g_shell_parse_argv (command, NULL, &arguments, NULL));
  g_spawn_sync (directory, arguments, NULL,
                G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL | G_SPAWN_STDOUT_TO_DEV_NULL, NULL,
                NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
}

FakeCertificate *
fake_certificate_new (const char *name, int days)
{
  FakeCertificate *self = g_new0 (FakeCertificate, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *extensions = g_strdup_printf ("subjectAltName=%s\n", name);
  g_autofree char *sign = g_strdup_printf ("openssl x509 -req -in request.pem -signkey key.pem "
                                           "-days %d -extfile extensions -out certificate.pem",
                                           days);
  g_autofree char *extensions_path = NULL;
  g_autofree char *key_path = NULL;

  self->directory = g_dir_make_tmp ("oncalld-test-XXXXXX", &error);
  g_assert_no_error (error);
  extensions_path = g_build_filename (self->directory, "extensions", NULL);
  key_path = g_build_filename (self->directory, "key.pem", NULL);
  self->path = g_build_filename (self->directory, "certificate.pem", NULL);
  g_file_set_contents (extensions_path, extensions, -1, &error);
  g_assert_no_error (error);

  run (self->directory, "openssl ecparam -name prime256v1 -genkey -noout -out key.pem");
  run (self->directory, "openssl req -new -key key.pem -subj /CN=test -out request.pem");
  run (self->directory, sign);
  self->certificate = g_tls_certificate_new_from_files (self->path, key_path, &error);
  g_assert_no_error (error);

  return self;
}

void
fake_certificate_free (FakeCertificate *self)
{
  static const char *const names[] = { "extensions", "key.pem", "request.pem", "certificate.pem" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (self->directory, names[i], NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (self->directory), ==, 0);
  g_free (self->directory);
  g_free (self->path);
  g_object_unref (self->certificate);
  g_free (self);
}
