/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The database's shape, as the steps that lead to it. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Step N leads from user_version N to N + 1. Steps that were released are never changed. */
extern const char *const onc_schema_steps[];
extern const guint onc_schema_n_steps;

G_END_DECLS
