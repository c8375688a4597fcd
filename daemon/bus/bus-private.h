/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the bus's own objects need of it. */

#pragma once

#include "bus.h"

G_BEGIN_DECLS

/* Both return what the bus was made with. */
const OncBusBackend *onc_bus_get_backend (OncBus *self);
const OncNaming *onc_bus_get_naming (OncBus *self);

/* Returns: (transfer none) (nullable): the thread at @path, if it can be called. */
OncThread *onc_bus_find_thread (OncBus *self, const char *path);

/* Makes @thread callable, if it is not. Returns: (transfer full): its object's path. */
char *onc_bus_expose (OncBus *self, OncThread *thread);

/* Appends @thread as an object, see json-text.h. Flush first. */
void onc_bus_append_json (OncBus *self, OncThread *thread, GString *out, GTimeZone *zone);

/* Brings what callers see up to date, and sends the signals that say so. */
void onc_bus_flush (OncBus *self);

/* Keeps @invocation (transfer full) until onc_bus_finish(), an OncBusDone, is called with the
 * token that this returns. */
gpointer onc_bus_begin (OncBus *self, GDBusMethodInvocation *invocation);
void onc_bus_finish (gpointer token, const GError *error);

G_END_DECLS
