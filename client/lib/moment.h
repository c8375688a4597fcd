/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Times for people and for machines, in the time zone of the terminal. The last instant of all,
 * until which a pause lasts that has no end, is "∞" to people. */

#pragma once

#include "types.h"

G_BEGIN_DECLS

/* Returns: (transfer full) (nullable): @instant as RFC 3339 with the local offset, such as
 * "2026-11-23T14:03:05+01:00"; NULL for 0. */
char *onc_moment_rfc3339 (OncInstant instant);

/* Returns: (transfer full): @instant for a person: "14:03" today, "Mon 23 Nov 14:03" otherwise,
 * with the year where it is another than that of @now. */
char *onc_moment_local (OncInstant instant, OncInstant now);

/* Returns: (transfer full): the length of @span, roughly: "now", "12min", "3h", "5d". */
char *onc_moment_span (OncSpan span);

/* Returns: (transfer full): how far @due is from @now: "in 12min", "now", "overdue 3min"; "" for no
 * time. */
char *onc_moment_due (OncInstant due, OncInstant now);

/* Returns: (transfer full): how far @instant is from @now: "in 12min", "now", "3min ago"; "" for no
 * time. */
char *onc_moment_relative (OncInstant instant, OncInstant now);

/* Reads a time in the past: how long ago ("30min", "3h", "2d", "1w"), "today", "yesterday", a date
 * with or without a time ("2026-11-23", "2026-11-23 14:00"), or RFC 3339.
 * Returns: FALSE where @text is none of these. */
gboolean onc_moment_parse_past (const char *text,
                                OncInstant now,
                                OncInstant *instant) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
