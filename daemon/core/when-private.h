/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the files of the grammar of times share. Only they include this. */

#pragma once

#include "cursor.h"
#include "when.h"

G_BEGIN_DECLS

/* Whether a bare number behind @prep can be an hour. */
gboolean onc_when_is_clock_prep (OncPrep prep);

/* Takes a time of day. @expected is whether the words before let a bare number be an hour. */
gboolean onc_when_take_clock (OncCursor *cursor, gboolean expected, OncWhen *when);

/* Takes a time of day; of a range its later end: "1-2pm", "between 9 and 11", "4 or 5". */
gboolean onc_when_take_clocks (OncCursor *cursor, gboolean expected, OncPrep prep, OncWhen *when);

/* Takes the zone of a clock, with what is added to it: "UTC", "PT", "GMT+2". */
gboolean onc_when_take_zone (OncCursor *cursor, OncWhen *when);

/* Takes a day: "today", "next Friday", "7 May". @expected is whether a preposition or article
 * stands before it; @next, whether "next" does. */
gboolean onc_when_take_day (OncCursor *cursor, gboolean expected, gboolean next, OncWhen *when);

/* Takes a part of a day: "morning", "first thing", "end of day". */
gboolean onc_when_take_part (OncCursor *cursor, OncWhen *when);

G_END_DECLS
