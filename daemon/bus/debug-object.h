/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* org.oncalld1.Debug at /org/oncalld1/debug: moves the daemon's time, for tests. No part of the
 * contract: it is there only where the backend can do that. */

#pragma once

#include "bus.h"

G_BEGIN_DECLS

/* Returns: the registration, for g_dbus_connection_unregister_object(); 0 with @error.
 * @bus: (unowned): has to outlive it. */
guint onc_debug_object_export (OncBus *bus,
                               GDBusConnection *connection,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
