/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The life of the connection that Slack sends events by. It is kept up for ever: after a loss a new
 * socket is opened at once, then after longer and longer pauses; before Slack ends a socket, a new
 * one is opened and takes over, so that no event falls between the two.
 *
 * Signals:
 *   state-changed ()                      see the getters
 *   connected (gboolean gap)              Slack has said hello; `gap`: for some time, nobody has
 *                                         listened, so that history is to be read
 *   envelope (guint socket, OncEnvelope *envelope)
 *                                         something came; to be acknowledged by that socket. The
 *                                         envelope ends with the call, but for what is taken out
 *                                         of its `events`
 *   drained ()                            after envelopes: no more have come for now
 */

#pragma once

#include "envelope.h"
#include "web-api.h"
#include "websocket.h"

G_BEGIN_DECLS

typedef struct
{
  OncWebSocketTimings socket;
  OncSpan hello;        /* from the socket's opening until Slack's hello */
  OncSpan pause_min;    /* before the second attempt in a row; it doubles ... */
  OncSpan pause_max;    /* ... up to this */
  OncSpan pause_slow;   /* where Slack has refused sockets as such */
  OncSpan stable;       /* a connection that has lived so long was no failure */
  OncSpan refresh_lead; /* before Slack's announced end of a socket */
  OncSpan linger;       /* how long a socket that was replaced is still read */
} OncSocketModeTimings;

#define ONC_TYPE_SOCKET_MODE (onc_socket_mode_get_type ())
G_DECLARE_FINAL_TYPE (OncSocketMode, onc_socket_mode, ONC, SOCKET_MODE, GObject)

/* Returns: (transfer full): connects by @http with addresses that @api gives, which has the
 * app-level token. @timings: (nullable): NULL for those that suit Slack. Once started, it is to be
 * stopped before it is let go. */
OncSocketMode *
onc_socket_mode_new (OncHttp *http, OncWebApi *api, const OncSocketModeTimings *timings);

/* Whose events these are, as auth.test gives it; @me is nullable. To be set before the start. */
void onc_socket_mode_set_identity (OncSocketMode *self, const char *team, const char *me);

/* Connects, and keeps the connection up until it is stopped or denied. */
void onc_socket_mode_start (OncSocketMode *self);

/* Closes the connection; no more signals come but state-changed. */
void onc_socket_mode_stop (OncSocketMode *self);

/* The network has changed or the machine was asleep: opens a socket at once, without trust in any
 * connection that stands; one that works is kept until then. */
void onc_socket_mode_kick (OncSocketMode *self);

/* Opens a socket to take the place of the one that stands, whose hello says anew how many
 * connections there are. Does nothing while there is none. */
void onc_socket_mode_renew (OncSocketMode *self);

/* Makes pauses @times as short, and time limits as far as ONC_HTTP_MOST_HURRY lets it. For tests;
 * to be called before the start. */
void onc_socket_mode_hurry (OncSocketMode *self, guint times);

/* Asks Slack to end each socket after six minutes rather than hours, which its documentation offers
 * to whoever tests how a client reconnects. To be called before the start. */
void onc_socket_mode_shorten_lives (OncSocketMode *self);

/* Acknowledges an envelope by the socket that it came by. The acknowledgements of one turn leave
 * together. Returns: FALSE where that socket is gone: Slack will send the envelope again. */
gboolean onc_socket_mode_ack (OncSocketMode *self, guint socket, const char *envelope_id);

/* Sends the acknowledgements at once, rather than at the end of the turn. */
void onc_socket_mode_flush (OncSocketMode *self);

/* CONNECTING, CONNECTED, OFFLINE or DENIED. */
OncLink onc_socket_mode_get_state (OncSocketMode *self);

/* Whether Slack will have no socket for now, by its own words, so that the next attempt is a late
 * one. A person can do something about it. */
gboolean onc_socket_mode_is_refused (OncSocketMode *self);

/* Returns: (transfer none) (nullable): why it is not connected, as a sentence for a person. */
const char *onc_socket_mode_get_reason (OncSocketMode *self);

/* How many connections to the Slack app there were at the last hello, by Slack's count; 0: not
 * known. And how many of them are not ours: another daemon's, which gets part of the events. A
 * daemon that was killed a moment ago may still be counted. */
guint onc_socket_mode_get_connections (OncSocketMode *self);
guint onc_socket_mode_get_foreign_connections (OncSocketMode *self);

G_END_DECLS
