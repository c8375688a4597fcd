/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Programs of the person's own, run when a thread speaks up. They are started without a shell, with
 * the arguments that the configuration has and no others; what has happened stands in their
 * environment. */

#pragma once

#include "effect.h"
#include "naming.h"

G_BEGIN_DECLS

typedef struct _OncHooks OncHooks;

/* @naming is copied. @time_out: how long a program may run. */
OncHooks *onc_hooks_new (const OncNaming *naming, OncSpan time_out);

/* Ends those that run; what waits is dropped. */
void onc_hooks_free (OncHooks *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OncHooks, onc_hooks_free)

/* @programs: ONC_N_ALERTS of them, by kind, each (nullable) a program with its arguments; borrowed
 * until the next call. */
void onc_hooks_set_programs (OncHooks *self, const GStrv *programs);

/* Runs the program for what @effect, an alert, tells, if there is one: now, or when
 * others have ended. */
void onc_hooks_run (OncHooks *self, const OncEffect *effect);

/* Returns: (transfer full): what such a program finds in its environment beside the daemon's own,
 * without what is between the daemon and systemd. */
GStrv onc_hooks_environment (const OncEffect *effect, const OncNaming *naming);

/* Returns: how many run, and how many wait. */
guint onc_hooks_count (const OncHooks *self);

G_END_DECLS
