/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The window in which a reply is written, with or without a promise of the next update. It stays
 * until the daemon has taken what was written, or a person drops it. */

#pragma once

#include "types.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shows the window for thread @number, or brings it to the front where there is one. */
void onc_compose_present (GtkApplication *application, GDBusConnection *connection, guint32 number);

G_END_DECLS
