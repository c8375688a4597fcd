/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The menu's contents: what presses, who is on it, how much time is left, and what can be done. */

#pragma once

#include "menu-item.h"
#include "rota.h"

G_BEGIN_DECLS

/* Returns: (transfer full): the menu of @rota. @can_write: there is a window for replies. */
OncMenuItem *onc_rota_menu_build (const OncRota *rota, gboolean can_write, OncInstant now);

G_END_DECLS
