/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Tells the engine when this person wants to be left alone: the desktop's do-not-disturb and lock,
 * and the pauses that were asked for, which outlive a restart. */

#pragma once

#include "pipeline.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _OncQuiet OncQuiet;

/* Called whenever the pause begins or ends; @until 0: it is over; G_MAXINT64: nobody knows when it
 * will be. */
typedef void (*OncQuietPaused) (OncInstant until, gpointer user_data);

/* Reads the pause from @store, begins to listen on @session_bus, and calls @paused if there is one.
 * @pipeline, @store and @clock are borrowed. A failure of the store is logged: then there is none.
 */
OncQuiet *onc_quiet_new (OncPipeline *pipeline,
                         OncStore *store,
                         OncClock *clock,
                         GDBusConnection *session_bus,
                         OncQuietPaused paused,
                         gpointer user_data);
void onc_quiet_free (OncQuiet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OncQuiet, onc_quiet_free)

/* No popups up to @level before @until; 0: before onc_quiet_resume(). */
void onc_quiet_pause (OncQuiet *self, OncInstant until, OncLevel level);
void onc_quiet_resume (OncQuiet *self);

/* To be called when the engine says that the pause is over. */
void onc_quiet_end (OncQuiet *self);

G_END_DECLS
