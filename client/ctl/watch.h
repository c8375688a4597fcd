/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Following the daemon until interrupted, over its restarts. */

#pragma once

#include "command.h"

G_BEGIN_DECLS

/* Each may be NULL. */
typedef struct
{
  /* The daemon is there, or not; told at the beginning, too. */
  void (*daemon) (gpointer data, gboolean running);

  /* One of its signals: @name is "INTERFACE.MEMBER". */
  void (*signal) (gpointer data, const char *path, const char *name, GVariant *parameters);

  /* Something has happened, or several things together. @running: the daemon is there. What this
   * prints is written at once. */
  void (*changed) (gpointer data, gboolean running);
} OncWatcher;

/* Tells @watcher until the process is ended: by SIGINT or SIGTERM, as DONE, or because nobody reads
 * what it prints. Returns: FAILED with an error where there is no bus, or no longer; DONE where
 * something could not be written. */
OncExit
onc_watch_run (OncCommand *command, const OncWatcher *watcher, gpointer data, GError **error);

G_END_DECLS
