/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* org.oncalld1.Manager: the rota as a whole. */

#pragma once

#include "bus.h"

#include "onc-dbus.h"

G_BEGIN_DECLS

#define ONC_TYPE_MANAGER (onc_manager_get_type ())
G_DECLARE_FINAL_TYPE (OncManager, onc_manager, ONC, MANAGER, OncDBusManagerSkeleton)

/* Returns: (transfer full): on no connection yet.
 * @bus: (unowned): has to outlive its being exported. */
OncManager *onc_manager_new (OncBus *bus);

G_END_DECLS
