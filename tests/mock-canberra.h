/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The part of libcanberra that oncalld uses, in place of the real one: it plays nothing, and
 * remembers all. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Returns: (transfer full): the names of the sounds that were played since the last call, with
 * spaces between them. */
char *mock_canberra_take (void);

G_END_DECLS
