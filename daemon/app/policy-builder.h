/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Turns what the configuration calls by name into the IDs that decisions need. */

#pragma once

#include "config.h"
#include "directory.h"
#include "policy.h"

G_BEGIN_DECLS

/* @directory: (nullable): NULL while nothing is known of the workspace.
 * @problems: (out) (transfer full): sentences about names that mean nothing there; never NULL.
 * Returns: (transfer full): */
OncPolicy *onc_policy_build (const OncConfig *config, OncDirectory *directory, GStrv *problems);

/* Tells @directory which names of @config it has to find. */
void onc_policy_announce (const OncConfig *config, OncDirectory *directory);

G_END_DECLS
