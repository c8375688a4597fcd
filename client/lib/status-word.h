/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* How the rota stands, in one word. */

#pragma once

#include "types.h"

G_BEGIN_DECLS

/* What a person has to act on comes first, then whether what is known can be trusted.
 * @manager: (nullable): a{sv}, as org.oncalld1.Manager has its properties; NULL: no daemon answers.
 * Returns: (transfer none): "emergency", "overdue", "urgent", "stale", "offline", "open" or "idle".
 */
const char *onc_status_word (GVariant *manager);

G_END_DECLS
