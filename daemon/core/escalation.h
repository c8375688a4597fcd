/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* When something that stays undone is said again: "5min x6, 15min". */

#pragma once

#include "types.h"

G_BEGIN_DECLS

/* A schedule of at most four legs, which is one more than anybody has asked for. */
#define ONC_REPEAT_MAX_LEGS 4

/* `every` is above 0. */
typedef struct
{
  OncSpan every;
  guint times; /* 0: for ever; only the last leg can say so */
} OncRepeatLeg;

/* No legs: never again. Plain data, copied by assignment. */
typedef struct
{
  OncRepeatLeg legs[ONC_REPEAT_MAX_LEGS];
  guint n_legs;
} OncRepeat;

/* How many repetitions have come after @elapsed since the start; the start itself is not one. */
guint onc_repeat_count (const OncRepeat *repeat, OncSpan elapsed);

/* Returns: the span from the start to repetition @n, counted from 1; -1 where there is none. */
OncSpan onc_repeat_offset (const OncRepeat *repeat, guint n);

G_END_DECLS
