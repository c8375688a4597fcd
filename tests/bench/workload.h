/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What goes on in a support channel, as the frames that Slack would send: made before they are
 * needed, so that sending them costs next to nothing. The same seed gives the same goings-on. */

#pragma once

#include <gio/gio.h>

/* The workspace that it happens in */
#define WORKLOAD_TEAM    "T0BENCH"
#define WORKLOAD_CHANNEL "C0SUPPORT"
#define WORKLOAD_GROUP   "S0ONCALL"
#define WORKLOAD_ME      "U000"
#define WORKLOAD_USERS   50 /* U000 to U049 */

typedef enum
{
  WORKLOAD_CALLS,   /* every event begins a thread and calls @oncall */
  WORKLOAD_THREADS, /* every event begins a thread; one in five calls @oncall */
  WORKLOAD_MIX,     /* of 10 events, 6 reply, 2 react, 1 begins a thread and 1 edits */
} WorkloadKind;

typedef struct _Workload Workload;

Workload *workload_new (void);
void workload_free (Workload *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Workload, workload_free)

/* Makes the next @n_events, of @size bytes each, in place of those that were made before. */
void workload_make (Workload *self, WorkloadKind kind, guint n_events, gsize size);

/* Returns: (transfer none): the frames of the @n events from @first on, as they are to be sent;
 * @first counts from 0 since workload_make(). */
const guint8 *workload_get_frames (Workload *self, guint first, guint n, gsize *length);

/* Returns: which event, counted likewise, has the envelope ID in @ack, the JSON that acknowledges
 * it; -1: none of those that were made last. */
int workload_find (Workload *self, const char *ack);

/* How many threads are open, after all that was made. */
guint workload_count_open (Workload *self);
