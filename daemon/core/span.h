/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Lengths of time as a configuration has them. */

#pragma once

#include "types.h"

G_BEGIN_DECLS

/* Reads "90s", "15min", "1h 30min", "7d", or "off" and "0" as 0. Nothing longer than ten years.
 * Returns: FALSE, with *@span left alone, where @text is something else. */
gboolean onc_span_parse (const char *text, OncSpan *span) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
