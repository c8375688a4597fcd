/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The daemon as a whole: makes its parts, wires them, and carries what one decides to the others.
 */

#pragma once

#include "clock.h"
#include "config.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define ONC_TYPE_APP (onc_app_get_type ())
G_DECLARE_FINAL_TYPE (OncApp, onc_app, ONC, APP, GObject)

/* Signals:
 *   quit (const char *why)   the daemon is to end, with an error where @why is not NULL */

typedef struct
{
  const char *config_file; /* (nullable) NULL: those of the XDG directories */
  const char *state_dir;
  const char *ca_file;     /* (nullable) more certificates to trust, for tests */
  const char *credentials; /* (nullable) $CREDENTIALS_DIRECTORY */
  guint hurry;          /* time limits and pauses are so many times as short, for tests; 1: not */
  gboolean short_lives; /* connections to Slack live for six minutes, for tests */
} OncAppOptions;

/* Reads configuration and store. Copies @options, takes ownership of @config.
 * Returns: (transfer full): NULL with an error of the store. */
OncApp *onc_app_new (const OncAppOptions *options,
                     OncConfig *config,
                     OncClock *clock,
                     GDBusConnection *connection,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Goes on the bus and connects to Slack. */
gboolean onc_app_start (OncApp *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Withdraws the popups, closes the connection, and goes off the bus. */
void onc_app_stop (OncApp *self);

/* Reads the configuration and the tokens anew.
 * Returns: FALSE with ONC_ERROR_CONFIG, and everything as it was, where they are wrong. */
gboolean onc_app_reload (OncApp *self, GError **error);

/* Whether time and the store go on as they should: FALSE lets the watchdog act. */
gboolean onc_app_is_well (OncApp *self);

G_END_DECLS
