/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A server on loopback, in the test's own main context, that does exactly what the test says: it
 * reads HTTP requests and, after an upgrade, WebSocket frames; it answers with any bytes, or none.
 */

#pragma once

#include <gio/gio.h>

typedef struct _FakeServer FakeServer;
typedef struct _FakePeer FakePeer;

typedef struct
{
  const char *path;
  const char *body;
  GHashTable *headers; /* names in small letters */
} FakeRequest;

typedef struct
{
  /* A whole request has come. */
  void (*request) (FakePeer *peer, const FakeRequest *request, gpointer user_data);
  /* (nullable) After an upgrade: a whole frame has come, unmasked. */
  void (*frame) (FakePeer *peer, guint8 opcode, const char *data, gsize length, gpointer user_data);
  /* (nullable) The client has closed the connection, or it broke. */
  void (*closed) (FakePeer *peer, gpointer user_data);
} FakeHandlers;

/* @certificate: (nullable): speaks TLS with it. */
FakeServer *
fake_server_new (const FakeHandlers *handlers, GTlsCertificate *certificate, gpointer user_data);
/* Closes all its connections too. */
void fake_server_free (FakeServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeServer, fake_server_free)

guint16 fake_server_get_port (FakeServer *self);
/* Returns: (transfer full): "SCHEME://127.0.0.1:PORT/PATH". */
char *fake_server_url (FakeServer *self, const char *scheme, const char *path);
/* Gives connections to come a receive buffer that is soon full. */
void fake_server_shrink_buffers (FakeServer *self);
/* How many connections there have been, and how many there are. */
guint fake_server_count_accepted (FakeServer *self);
guint fake_server_count_open (FakeServer *self);

/* Sends bytes as they are. */
void fake_peer_send (FakePeer *self, const void *bytes, gsize length);
/* Sends a whole answer; @headers (nullable) are lines that end with \r\n. */
void fake_peer_respond (FakePeer *self, guint status, const char *headers, const char *body);
/* Returns: (transfer full): the answer that accepts the WebSocket, as bytes. */
char *fake_upgrade_answer (const FakeRequest *request);
/* From now on the peer's bytes are WebSocket frames. */
void fake_peer_switch_to_frames (FakePeer *self);
/* The same, having sent the answer. */
void fake_peer_accept_upgrade (FakePeer *self, const FakeRequest *request);
/* Sends a frame; fake_frame() only makes one. */
void fake_peer_send_frame (FakePeer *self, guint8 opcode, const char *data, gssize length);
GByteArray *fake_frame (gboolean final, guint8 opcode, const char *data, gssize length);
/* Takes one frame of a client, unmasked, out of @input. @data: (out) (transfer full): with a NUL
 * after it. Returns: FALSE where it is not all there. */
gboolean fake_take_frame (GByteArray *input, guint8 *opcode, char **data, gsize *length);
/* Returns: the connection's descriptor, which is the caller's from now on; the peer is gone. What
 * was sent before has to have left. */
int fake_peer_steal (FakePeer *self);
/* Stops reading, and reads on. */
void fake_peer_pause (FakePeer *self, gboolean paused);
/* Ends the connection: orderly once all is sent, or at once with a reset. */
void fake_peer_close (FakePeer *self);
void fake_peer_reset (FakePeer *self);

/* Iterates the default main context until @condition is true; the test fails after a minute, as a
 * machine may be busy. */
#define assert_eventually(condition)                                                               \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 deadline_ = g_get_monotonic_time () + 60 * G_TIME_SPAN_SECOND;                          \
    guint waker_ = g_timeout_add (20, fake_wake, NULL);                                            \
                                                                                                   \
    while (!(condition) && g_get_monotonic_time () < deadline_)                                    \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (waker_);                                                                      \
    g_assert_true (condition);                                                                     \
  }                                                                                                \
  G_STMT_END
gboolean fake_wake (gpointer user_data);
