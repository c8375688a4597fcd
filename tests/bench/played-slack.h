/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Slack as far as a client needs it to start and to be loaded: a few methods of the Web API, and
 * one Socket Mode connection at a time, whose bytes are the caller's so that nothing stands between
 * the clock and the socket. The Web API is served from the default main context. */

#pragma once

#include "played-history.h"

#include <gio/gio.h>

typedef struct _PlayedSlack PlayedSlack;

PlayedSlack *played_slack_new (void);
void played_slack_free (PlayedSlack *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlayedSlack, played_slack_free)

guint16 played_slack_get_port (PlayedSlack *self);

/* What was said before, from now on. @history: (transfer full) (nullable). */
void played_slack_set_history (PlayedSlack *self, PlayedHistory *history);

/* Returns: the descriptor of the Socket Mode connection, -1: there is none. */
int played_slack_get_fd (PlayedSlack *self);

/* Sends frames as they are. */
void played_slack_send (PlayedSlack *self, const guint8 *frames, gsize length);

/* Reads what the client has sent, once, without waiting: answers pings, and calls @on_ack for each
 * acknowledgement. Returns: FALSE where the client has gone. */
gboolean played_slack_read (PlayedSlack *self,
                            void (*on_ack) (const char *ack, gpointer user_data),
                            gpointer user_data);

/* Returns: how many pings have come over the present connection. */
guint played_slack_count_pings (PlayedSlack *self);
