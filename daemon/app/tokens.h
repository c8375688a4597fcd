/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Slack's tokens: where they are found, and which are taken. They are never logged, never part of
 * an error, and wiped from memory when they are let go. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *user;   /* (owned) (nullable) xoxp- or xoxb-; NULL: none was found */
  char *app;    /* (owned) (nullable) xapp-; NULL: none was found */
  gboolean bot; /* `user` is a bot's token */
} OncTokens;

/* Looks in $CREDENTIALS_DIRECTORY (given as @credentials, NULL: none), and then in the files
 * @user_file and @app_file (NULL: not configured), which must be mode 0600 and the user's own.
 *
 * Returns: (transfer full): possibly without tokens; NULL with ONC_ERROR_CONFIG where there is
 * something that must not be used, in a sentence that names the file and the next step. */
OncTokens *onc_tokens_find (const char *credentials,
                            const char *user_file,
                            const char *app_file,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
void onc_tokens_free (OncTokens *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OncTokens, onc_tokens_free)

G_END_DECLS
