/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the machine goes through that matters to a connection: sleep, and other networks. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define ONC_TYPE_SURROUNDINGS (onc_surroundings_get_type ())
G_DECLARE_FINAL_TYPE (OncSurroundings, onc_surroundings, ONC, SURROUNDINGS, GObject)

/* Signals:
 *   woke ()              the machine has slept, and is awake again
 *   network-changed ()   there is another network than before, or one again */

/* Returns: (transfer full): watches where there is something to watch: logind and the network. */
OncSurroundings *onc_surroundings_new (void);

G_END_DECLS
