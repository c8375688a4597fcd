/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Following the daemon until interrupted, over its restarts. */

#pragma once

#include "command.h"

G_BEGIN_DECLS

typedef struct
{
  /* The daemon is there, or not; told at the beginning, too. */
  void (*daemon) (gpointer data, gboolean running);

  /* One of its signals: @name is "INTERFACE.MEMBER". */
  void (*signal) (gpointer data, const char *path, const char *name, GVariant *parameters);
} OncWatcher;

/* Tells @watcher until SIGINT or SIGTERM comes.
 * Returns: DONE; FAILED with an error where there is no bus, or no longer. */
OncExit
onc_watch_run (OncCommand *command, const OncWatcher *watcher, gpointer data, GError **error);

G_END_DECLS
