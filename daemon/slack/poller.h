/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* When history is to be glanced at: all the time where no socket brings events, and now and then
 * where one does, for a socket can be alive and deaf, or share its events with somebody else's.
 *
 * Signals:
 *   due ()       a glance is to be taken now; onc_poller_note() says what came of it
 *   changed ()   onc_poller_is_needed() or onc_poller_is_throttled() answers otherwise than before
 */

#pragma once

#include "types.h"

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct
{
  OncSpan interval; /* between glances where they are needed */
  OncSpan quiet;    /* the same when nothing has happened for long */
  OncSpan calm;     /* so long is long */
  OncSpan check;    /* between glances while the socket is trusted */
  OncSpan suspect;  /* how long a socket is not trusted after it has missed something */
  OncSpan slow;     /* between glances where Slack allows one call a minute */
} OncPollTimings;

#define ONC_TYPE_POLLER (onc_poller_get_type ())
G_DECLARE_FINAL_TYPE (OncPoller, onc_poller, ONC, POLLER, GObject)

/* @timings: (nullable): NULL for those that suit Slack. */
OncPoller *onc_poller_new (const OncPollTimings *timings);

/* Exchanges the interval between glances where they are needed. */
void onc_poller_set_interval (OncPoller *self, OncSpan interval);

/* Makes all pauses but the interval @times as short. For tests. */
void onc_poller_hurry (OncPoller *self, guint times);

/* Begins, with or without a socket that brings events as well. */
void onc_poller_start (OncPoller *self, gboolean with_socket);
void onc_poller_stop (OncPoller *self);

/* What a glance has found: @fresh messages that nobody here had seen, of which the socket should
 * have brought @missed by then. @throttled: Slack gives little and seldom. */
void onc_poller_note (OncPoller *self, guint fresh, guint missed, gboolean throttled);

/* The socket is not to be relied on for a while: somebody else's connections share the Slack app's
 * events, by Slack's count, or Slack will have none. */
void onc_poller_suspect (OncPoller *self);

/* Whether glances are what brings events, with no socket or with one that misses some. */
gboolean onc_poller_is_needed (OncPoller *self);

/* Whether the socket has missed something lately. */
gboolean onc_poller_is_deaf (OncPoller *self);

/* Whether Slack gives little and seldom. */
gboolean onc_poller_is_throttled (OncPoller *self);

G_END_DECLS
