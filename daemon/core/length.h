/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Lengths of time as people say them: "an hour and a half", "2-3 days", "1h30". */

#pragma once

#include "cursor.h"

G_BEGIN_DECLS

/* Quantities are counted in thousandths, so that 1.25 hours is exact. */
#define ONC_LENGTH_ONE 1000

typedef struct
{
  gint64 milliseconds;
  gint64 unit;       /* the largest one, in seconds; from a day on the calendar counts */
  gboolean business; /* only days on which people work count */
} OncLength;

/* Takes a length of time; of a range its upper end. With @implied_one "hour" alone will do. */
gboolean onc_length_take (OncCursor *cursor, gboolean implied_one, OncLength *length);

/* Takes a bare number that counts minutes: "10-15", "another 20", "5 more". @expected is whether
 * the words before it say that it does. */
gboolean onc_length_take_minutes (OncCursor *cursor, gboolean expected, OncLength *length);

G_END_DECLS
