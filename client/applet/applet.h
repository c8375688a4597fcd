/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The applet: keeps the item and the menu as the rota is, and runs a person's errands. */

#pragma once

#include "types.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _OncApplet OncApplet;

/* Puts the applet on @connection. @quit is called with @data when a person is done with it.
 * Returns: (nullable): NULL with @error set where @connection has one already. */
OncApplet *onc_applet_new (GDBusConnection *connection,
                           void (*quit) (gpointer data),
                           gpointer data,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
void onc_applet_free (OncApplet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OncApplet, onc_applet_free)

G_END_DECLS
