/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* One WebSocket, from its connecting to its end; used once. It pings the peer, and ends when the
 * peer has been silent for too long: from the first moment on, not from the peer's first sign.
 *
 * Signals:
 *   opened ()                                  the peer has accepted
 *   message (gboolean text, gpointer data, guint64 length)
 *                                              a NUL follows the data, which end with the call
 *   drained ()                                 after messages: no more have come for now
 *   closed (GError *error)                     the last one; NULL: closed as was asked for, or by
 *                                              the peer in an orderly way; ONC_ERROR_FAILED: a
 *                                              message is too large; else ONC_ERROR_NOT_CONNECTED
 */

#pragma once

#include "http.h"
#include "types.h"

G_BEGIN_DECLS

typedef struct
{
  OncSpan handshake; /* from connecting until the peer has accepted */
  OncSpan ping;      /* between two of our pings */
  OncSpan silence;   /* without a byte from the peer until it counts as dead */
  OncSpan close;     /* how long the peer may take to answer our closing */
} OncWebSocketTimings;

#define ONC_TYPE_WEB_SOCKET (onc_web_socket_get_type ())
G_DECLARE_FINAL_TYPE (OncWebSocket, onc_web_socket, ONC, WEB_SOCKET, GObject)

/* Returns: (transfer full): a socket that is not connected yet. */
OncWebSocket *onc_web_socket_new (OncHttp *http, const OncWebSocketTimings *timings);

/* Connects to @url, wss: or, to this machine, ws:. The address holds a ticket: it is neither
 * logged nor named in an error. Returns: FALSE with ONC_ERROR_CONFIG where it may not be asked;
 * there is no signal then. */
gboolean onc_web_socket_connect (OncWebSocket *self,
                                 const char *url,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Queues @text as one unfragmented frame. What is queued while signals of this socket are handled,
 * or in one turn of the main loop, leaves together. Returns: FALSE, and drops it, where the socket
 * is not open. */
gboolean onc_web_socket_send (OncWebSocket *self, const char *text);

/* Sends at once what is queued, as far as the peer reads. Where the connection turns out to be
 * broken, closed is emitted. */
void onc_web_socket_flush (OncWebSocket *self);

/* Closes in an orderly way; messages that still come are reported until the peer has agreed or its
 * time is over, then closed. Does nothing on a socket that is closing or closed. */
void onc_web_socket_close (OncWebSocket *self);

G_END_DECLS
