/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The program that is measured, and what the kernel says about it. */

#pragma once

#include <glib.h>

typedef struct _Target Target;

typedef struct
{
  guint64 rss_kib;     /* resident: what is shared with others included */
  guint64 peak_kib;    /* resident, at most */
  guint64 private_kib; /* ... without what files could give back */
  double cpu_seconds;  /* of all threads */
  guint64 wakeups;     /* of all threads: how often one waited and was woken */
} TargetFigures;

/* Starts a program; what it says goes to @log, after what that holds already. */
Target *target_start (const char *const *argv, const char *log);

/* Ends it as systemd would, and waits. */
void target_stop (Target *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Target, target_stop)

TargetFigures target_measure (Target *self);
