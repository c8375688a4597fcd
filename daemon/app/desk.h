/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Whether the desktop wants popups, and whether anybody would see them: what the notification
 * server, the screen saver and logind announce. Where one of them is missing, it is taken to say
 * nothing.
 *
 * Signals: changed () */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define ONC_TYPE_DESK (onc_desk_get_type ())
G_DECLARE_FINAL_TYPE (OncDesk, onc_desk, ONC, DESK, GObject)

/* @session_bus: where the desktop is. Begins to listen; all is quiet until the answers arrive. */
OncDesk *onc_desk_new (GDBusConnection *session_bus);

/* Whether popups are not wanted: do-not-disturb is on, or the screen is shared. */
gboolean onc_desk_is_inhibited (const OncDesk *self);

/* Whether the screen is locked. */
gboolean onc_desk_is_locked (const OncDesk *self);

G_END_DECLS
