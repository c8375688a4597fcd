/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the daemon knows, followed over D-Bus for as long as this lives: through its restarts, and
 * while there is none. Everything is asynchronous, and nothing wakes up while nothing changes. */

#pragma once

#include "panel-thread.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _OncRota OncRota;

/* Called after a change, which may be one of several that come together. */
typedef void (*OncRotaChanged) (gpointer data);

/* Follows the daemon on @connection. */
OncRota *onc_rota_new (GDBusConnection *connection, OncRotaChanged changed, gpointer data);
void onc_rota_free (OncRota *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OncRota, onc_rota_free)

/* Returns: (transfer none) (nullable): a{sv}, the properties of org.oncalld1.Manager; NULL while no
 * daemon answers. */
GVariant *onc_rota_get_manager (const OncRota *self);

/* Returns: (transfer container) (element-type OncPanelThread): the open threads, those that a
 * person should look at first first. They live until the next change. */
GPtrArray *onc_rota_list_threads (const OncRota *self, OncInstant now);

/* Returns: (transfer none) (nullable): the open thread with that @number. Lives as long. */
const OncPanelThread *onc_rota_get_thread (const OncRota *self, guint32 number);

G_END_DECLS
