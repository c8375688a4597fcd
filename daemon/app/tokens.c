/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tokens.h"

#include "error.h"
#include "names.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Slack's longest tokens have some 180 characters. */
#define MAX_TOKEN_LENGTH 1024

static void
wipe (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

void
onc_tokens_free (OncTokens *self)
{
  wipe (self->user);
  wipe (self->app);
  g_free (self);
}

/* Errors call a file @called: its path, and before that the key of the configuration that names it.
 */
static gboolean
refuse (GError **error, const char *called, const char *why)
{
  g_set_error (error, ONC_ERROR, ONC_ERROR_CONFIG, "%s: %s", called, why);
  return FALSE;
}

/* @private: only the user may be able to read it; systemd sees to that for credentials. */
static gboolean
check_mode (int fd, const char *called, gboolean private, GError **error)
{
  struct stat info;

  if (fstat (fd, &info) != 0)
    return refuse (error, called, g_strerror (errno));
  if (!S_ISREG (info.st_mode))
    return refuse (error, called, "a token is read from a regular file only");
  if (private && info.st_uid != geteuid ())
    return refuse (error, called, "the file belongs to somebody else; make one of your own");
  if (private && (info.st_mode & 0777) != 0600)
    return refuse (error, called, "others could read the token; run chmod 600 on the file");

  return TRUE;
}

/* Returns: FALSE with @error; a file that does not exist is one only where it is @needed. */
static gboolean
read_token (const char *path,
            const char *called,
            gboolean private,
            gboolean needed,
            char **token,
            GError **error)
{
  char buffer[MAX_TOKEN_LENGTH + 1] = "";
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  gboolean good;
  ssize_t length;

  if (fd < 0)
    return errno == ENOENT && !needed ? TRUE : refuse (error, called, g_strerror (errno));
  if (!check_mode (fd, called, private, error))
    {
      close (fd);
      return FALSE;
    }
  length = read (fd, buffer, sizeof buffer);
  close (fd);
  good = length >= 0 && length < (ssize_t) sizeof buffer &&
         memchr (buffer, '\0', (size_t) length) == NULL;
  if (good)
    *token = g_strdup (g_strstrip (buffer));
  explicit_bzero (buffer, sizeof buffer);

  return good ? TRUE : refuse (error, called, "this is no token");
}

/* Looks for one token. @key: of the configuration, which names @file. @called: (out): where it was
 * found. */
static gboolean
find (const char *credentials,
      const char *credential,
      const char *key,
      const char *file,
      char **token,
      char **called,
      GError **error)
{
  g_autofree char *path = credentials != NULL ? g_build_filename (credentials, credential, NULL)
                                              : NULL;

  if (path != NULL && !read_token (path, path, FALSE, FALSE, token, error))
    return FALSE;
  if (*token != NULL)
    *called = g_steal_pointer (&path);
  else if (file != NULL)
    *called = g_strdup_printf ("[slack] %s: %s", key, file);

  return *token != NULL || file == NULL || read_token (file, *called, TRUE, TRUE, token, error);
}

static gboolean
check_user (const char *token, const char *called, GError **error)
{
  if (g_str_has_prefix (token, "xoxp-") || g_str_has_prefix (token, "xoxb-"))
    return TRUE;
  if (g_str_has_prefix (token, "xoxc-") || g_str_has_prefix (token, "xoxd-"))
    return refuse (error, called,
                   "this token was taken from a browser, which Slack does not support; make an app "
                   "and use its user token (xoxp-)");
  if (g_str_has_prefix (token, "xapp-"))
    return refuse (error, called, "this is the app-level token; the user token begins with xoxp-");

  return refuse (error, called,
                 "this is no user token, which begins with xoxp- (or xoxb-, a bot's)");
}

static gboolean
check_app (const char *token, const char *called, GError **error)
{
  if (g_str_has_prefix (token, "xapp-"))
    return TRUE;

  return refuse (error, called, "this is no app-level token, which begins with xapp-");
}

OncTokens *
onc_tokens_find (const char *credentials,
                 const char *user_file,
                 const char *app_file,
                 GError **error)
{
  g_autoptr (OncTokens) self = g_new0 (OncTokens, 1);
  g_autofree char *user_called = NULL;
  g_autofree char *app_called = NULL;

  if (!find (credentials, ONC_CREDENTIAL_USER_TOKEN, "user-token-file", user_file, &self->user,
             &user_called, error) ||
      !find (credentials, ONC_CREDENTIAL_APP_TOKEN, "app-token-file", app_file, &self->app,
             &app_called, error) ||
      (self->user != NULL && !check_user (self->user, user_called, error)) ||
      (self->app != NULL && !check_app (self->app, app_called, error)))
    return NULL;
  self->bot = self->user != NULL && g_str_has_prefix (self->user, "xoxb-");

  return g_steal_pointer (&self);
}
