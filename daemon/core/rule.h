/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a clause does: it promises, it requests, or neither. */

#pragma once

#include "clause.h"
#include "verdict.h"

G_BEGIN_DECLS

/* Returns: what the clause with @index does. */
OncVerdict onc_rule_judge (const OncParse *parse, guint index);

G_END_DECLS
