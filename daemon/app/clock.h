/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The wall clock and the one alarm of the process. The alarm keeps to the wall clock through
 * suspend, and goes off as well when the clock is set: what is due may have changed. */

#pragma once

#include "types.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define ONC_TYPE_CLOCK (onc_clock_get_type ())
G_DECLARE_FINAL_TYPE (OncClock, onc_clock, ONC, CLOCK, GObject)

/* Signals:
 *   alarm (): the alarm's instant has come, or the clock was set. */

/* Returns: (transfer full): the machine's clock; NULL with ONC_ERROR_FAILED where the kernel gives
 * no timer. */
OncClock *onc_clock_new (GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full): a clock for tests that stands at @start until it is moved. */
OncClock *onc_clock_new_standing (OncInstant start);

/* Returns: the wall clock's time. */
OncInstant onc_clock_now (OncClock *self);

/* Sets the alarm, in place of the one before; 0: no alarm. An instant that is past goes off at the
 * next turn of the main loop. */
void onc_clock_set_alarm (OncClock *self, OncInstant alarm);

/* Whether it is a standing clock. */
gboolean onc_clock_stands (OncClock *self);

/* Moves a standing clock. The alarm goes off within this call where its instant is reached. */
void onc_clock_move (OncClock *self, OncInstant now);

G_END_DECLS
