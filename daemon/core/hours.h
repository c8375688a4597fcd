/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Hours of the week: those in which people work, or those in which they want quiet. A schedule is
 * immutable and knows no zone: each question brings its own. */

#pragma once

#include "types.h"

G_BEGIN_DECLS

typedef struct _OncHours OncHours;

/* Reads e.g. "Mon-Fri 09:00-12:30,13:00-17:00; Sat 10:00-14:00" or "22:00-07:00": ranges of one
 * sort of day, separated by commas, after the days they hold for (all, when none is named), the
 * sorts separated by semicolons. A range that ends no later than it begins goes on past midnight;
 * 24:00 may end one. An empty @text is a schedule without any hours.
 *
 * Returns: (transfer full): NULL with ONC_ERROR_INVALID_ARGUMENT when @text cannot be read. */
OncHours *onc_hours_new_from_string (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void onc_hours_free (OncHours *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OncHours, onc_hours_free)

/* Whether @instant lies in the hours, on a wall clock in @zone. */
gboolean onc_hours_contains (const OncHours *self, OncInstant instant, GTimeZone *zone);

/* Returns: the first instant after @instant at which a stretch of the hours begins; 0 when there is
 * none. */
OncInstant onc_hours_next_start (const OncHours *self, OncInstant instant, GTimeZone *zone);

/* Returns: the instant at which the stretch that contains @instant ends; 0 when @instant is outside
 * the hours or they never end. */
OncInstant onc_hours_end (const OncHours *self, OncInstant instant, GTimeZone *zone);

/* Returns: the instant at which @span of the hours has passed since @instant. @span is taken as at
 * least 0 and at most 366 days. Where there are no hours, all time counts. */
OncInstant onc_hours_add (const OncHours *self, OncInstant instant, OncSpan span, GTimeZone *zone);

/* Whether any of the hours begin on @weekday (0 for Monday). */
gboolean onc_hours_has_day (const OncHours *self, guint weekday);

/* Sets when, in seconds after midnight, the hours of @weekday begin and end; for a day without any,
 * those of the week's first day that has some, and 09:00 to 17:00 when none has. */
void onc_hours_day_bounds (const OncHours *self, guint weekday, gint *begin, gint *end);

G_END_DECLS
