/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Shows an address to the person, in whatever program the desktop has for it. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Asks the desktop's portal; where there is none, systemd is asked to start xdg-open, so that the
 * browser does not live in this daemon's sandbox.
 * @activation_token: (nullable): what lets the program take the focus. */
void onc_opener_open_async (GDBusConnection *connection,
                            const char *uri,
                            const char *activation_token,
                            GAsyncReadyCallback callback,
                            gpointer user_data);

/* Returns: FALSE with ONC_ERROR_FAILED where neither could be had. */
gboolean onc_opener_open_finish (GAsyncResult *result, GError **error);

G_END_DECLS
