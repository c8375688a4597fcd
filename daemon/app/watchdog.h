/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What systemd is told: ready, reloading, stopping, how it stands, and that the daemon is alive. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _OncWatchdog OncWatchdog;

/* Says whether all is well; FALSE lets the watchdog act. */
typedef gboolean (*OncIsWell) (gpointer user_data);

/* Tells systemd every so often that the daemon is alive, as long as @is_well says so. Does nothing
 * where systemd does not ask for it. */
OncWatchdog *onc_watchdog_new (OncIsWell is_well, gpointer user_data);
void onc_watchdog_free (OncWatchdog *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OncWatchdog, onc_watchdog_free)

/* The daemon does its work now, or again after a reload. */
void onc_watchdog_ready (void);
void onc_watchdog_reloading (void);
void onc_watchdog_stopping (void);

/* One line for `systemctl status`. */
void onc_watchdog_status (const char *status);

G_END_DECLS
