/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "fake-server.h"

#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>

struct _FakeServer
{
  GSocketService *service;      /* (owned) */
  GTlsCertificate *certificate; /* (owned) (nullable) */
  guint16 port;
  FakeHandlers handlers;
  gpointer user_data; /* (unowned) */
  GPtrArray *peers;   /* (owned) of FakePeer: the connections that are open */
  guint accepted;
  gboolean small_buffers;
};

struct _FakePeer
{
  FakeServer *server;        /* (unowned) (nullable) NULL when the connection is over */
  GSocket *socket;           /* (owned) */
  GIOStream *stream;         /* (owned) */
  GCancellable *cancellable; /* (owned) */
  GByteArray *input;         /* (owned) read and not yet taken */
  GByteArray *output;        /* (owned) to be written */
  GByteArray *writing;       /* (owned) (nullable) being written */
  gboolean frames;
  gboolean reading;
  gboolean paused;
  gboolean close_when_sent;
  guint8 chunk[65536];
};

static void read_more (FakePeer *self);
static void write_more (FakePeer *self);

static void
peer_clear (FakePeer *self)
{
  g_object_unref (self->socket);
  g_object_unref (self->stream);
  g_object_unref (self->cancellable);
  g_byte_array_unref (self->input);
  g_byte_array_unref (self->output);
  g_clear_pointer (&self->writing, g_byte_array_unref);
}

static void
peer_unref (FakePeer *self)
{
  g_rc_box_release_full (self, (GDestroyNotify) peer_clear);
}

/* Forgets the peer; operations under way are cancelled and hold the last references. */
static void
peer_end (FakePeer *self)
{
  FakeServer *server = g_steal_pointer (&self->server);

  if (server == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_socket_close (self->socket, NULL);
  if (server->handlers.closed != NULL)
    server->handlers.closed (self, server->user_data);
  g_ptr_array_remove_fast (server->peers, self);
}

/* Takes one HTTP request out of the input. Returns: FALSE where it is not all there. */
static gboolean
take_request (FakePeer *self)
{
  g_autoptr (GHashTable) headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *head = NULL;
  g_autofree char *body = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) words = NULL;
  FakeRequest request = { 0 };
  const char *end = self->input->len > 0
                        ? memmem (self->input->data, self->input->len, "\r\n\r\n", 4)
                        : NULL;
  gsize head_length;
  gsize body_length;

  if (end == NULL)
    return FALSE;
  head_length = end - (const char *) self->input->data;
  head = g_strndup ((const char *) self->input->data, head_length);
  lines = g_strsplit (head, "\r\n", -1);
  words = g_strsplit (lines[0], " ", -1);
  for (guint i = 1; lines[i] != NULL; i++)
    {
      char *colon = strchr (lines[i], ':');

      g_assert_nonnull (colon);
      g_hash_table_insert (headers, g_ascii_strdown (lines[i], colon - lines[i]),
                           g_strstrip (g_strdup (colon + 1)));
    }

  body_length = g_hash_table_contains (headers, "content-length")
                    ? g_ascii_strtoull (g_hash_table_lookup (headers, "content-length"), NULL, 10)
                    : 0;
  if (self->input->len < head_length + 4 + body_length)
    return FALSE;
  body = g_strndup (end + 4, body_length);
  g_byte_array_remove_range (self->input, 0, head_length + 4 + body_length);

  request.path = words[1];
  request.body = body;
  request.headers = headers;
  self->server->handlers.request (self, &request, self->server->user_data);
  return TRUE;
}

gboolean
fake_take_frame (GByteArray *input, guint8 *opcode, char **data, gsize *length)
{
  const guint8 *bytes = input->data;
  gsize header = 2;

  if (input->len < header)
    return FALSE;
  g_assert_true ((bytes[0] & 0x80) != 0); /* what the client sends is never fragmented ... */
  g_assert_true ((bytes[1] & 0x80) != 0); /* ... and always masked */
  *opcode = bytes[0] & 0x0f;
  *length = bytes[1] & 0x7f;
  if (*length == 126)
    {
      header = 4;
      if (input->len < header)
        return FALSE;
      *length = (gsize) bytes[2] << 8 | bytes[3];
    }
  g_assert_cmpuint (*length, !=, 127);
  if (input->len < header + 4 + *length)
    return FALSE;

  *data = g_malloc0 (*length + 1);
  for (gsize i = 0; i < *length; i++)
    (*data)[i] = (char) (bytes[header + 4 + i] ^ bytes[header + i % 4]);
  g_byte_array_remove_range (input, 0, header + 4 + *length);
  return TRUE;
}

/* Takes one frame out of the input. Returns: FALSE where it is not all there. */
static gboolean
take_frame (FakePeer *self)
{
  g_autofree char *data = NULL;
  guint8 opcode;
  gsize length;

  if (!fake_take_frame (self->input, &opcode, &data, &length))
    return FALSE;
  if (self->server->handlers.frame != NULL)
    self->server->handlers.frame (self, opcode, data, length, self->server->user_data);
  return TRUE;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FakePeer *self = user_data;
  gssize length = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  self->reading = FALSE;
  if (length <= 0)
    peer_end (self);
  else
    g_byte_array_append (self->input, self->chunk, length);

  while (self->server != NULL && (self->frames ? take_frame (self) : take_request (self)))
    continue;
  read_more (self);
  peer_unref (self);
}

static void
read_more (FakePeer *self)
{
  if (self->server == NULL || self->reading || self->paused)
    return;
  self->reading = TRUE;
  g_input_stream_read_async (g_io_stream_get_input_stream (self->stream), self->chunk,
                             sizeof self->chunk, G_PRIORITY_DEFAULT, self->cancellable, on_read,
                             g_rc_box_acquire (self));
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FakePeer *self = user_data;
  gboolean written = g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL,
                                                       NULL);

  g_clear_pointer (&self->writing, g_byte_array_unref);
  if (written)
    write_more (self);
  peer_unref (self);
}

static void
write_more (FakePeer *self)
{
  if (self->server == NULL || self->writing != NULL)
    return;
  if (self->output->len == 0)
    {
      if (self->close_when_sent)
        peer_end (self);
      return;
    }
  self->writing = g_steal_pointer (&self->output);
  self->output = g_byte_array_new ();
  g_output_stream_write_all_async (g_io_stream_get_output_stream (self->stream),
                                   self->writing->data, self->writing->len, G_PRIORITY_DEFAULT,
                                   self->cancellable, on_written, g_rc_box_acquire (self));
}

static gboolean
on_incoming (GSocketService *service,
             GSocketConnection *connection,
             GObject *source_object,
             gpointer user_data)
{
  FakeServer *self = user_data;
  FakePeer *peer = g_rc_box_new0 (FakePeer);

  peer->server = self;
  peer->socket = g_object_ref (g_socket_connection_get_socket (connection));
  if (self->small_buffers)
    g_socket_set_option (peer->socket, SOL_SOCKET, SO_RCVBUF, 32768, NULL);
  peer->cancellable = g_cancellable_new ();
  peer->input = g_byte_array_new ();
  peer->output = g_byte_array_new ();
  if (self->certificate != NULL)
    peer->stream = g_tls_server_connection_new (G_IO_STREAM (connection), self->certificate, NULL);
  else
    peer->stream = g_object_ref (G_IO_STREAM (connection));
  g_ptr_array_add (self->peers, peer);
  self->accepted++;
  read_more (peer);

  return TRUE;
}

FakeServer *
fake_server_new (const FakeHandlers *handlers, GTlsCertificate *certificate, gpointer user_data)
{
  FakeServer *self = g_new0 (FakeServer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) effective = NULL;

  self->handlers = *handlers;
  self->user_data = user_data;
  self->certificate = certificate != NULL ? g_object_ref (certificate) : NULL;
  self->peers = g_ptr_array_new_with_free_func ((GDestroyNotify) peer_unref);
  self->service = g_socket_service_new ();
  g_assert_true (g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address,
                                                G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL,
                                                &effective, NULL));
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_incoming), self);

  return self;
}

void
fake_server_free (FakeServer *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  while (self->peers->len > 0)
    peer_end (g_ptr_array_index (self->peers, 0));
  g_ptr_array_unref (self->peers);
  g_object_unref (self->service);
  g_clear_object (&self->certificate);
  g_free (self);
}

guint16
fake_server_get_port (FakeServer *self)
{
  return self->port;
}

char *
fake_server_url (FakeServer *self, const char *scheme, const char *path)
{
  return g_strdup_printf ("%s://127.0.0.1:%u/%s", scheme, self->port, path);
}

void
fake_server_shrink_buffers (FakeServer *self)
{
  self->small_buffers = TRUE;
}

guint
fake_server_count_accepted (FakeServer *self)
{
  return self->accepted;
}

guint
fake_server_count_open (FakeServer *self)
{
  return self->peers->len;
}

void
fake_peer_send (FakePeer *self, const void *bytes, gsize length)
{
  g_byte_array_append (self->output, bytes, length);
  write_more (self);
}

void
fake_peer_respond (FakePeer *self, guint status, const char *headers, const char *body)
{
  g_autofree char *answer = g_strdup_printf ("HTTP/1.1 %u Word\r\nContent-Length: %zu\r\n%s\r\n%s",
                                             status, strlen (body), headers != NULL ? headers : "",
                                             body);

  fake_peer_send (self, answer, strlen (answer));
}

char *
fake_upgrade_answer (const FakeRequest *request)
{
  g_autofree char *both = g_strconcat (g_hash_table_lookup (request->headers, "sec-websocket-key"),
                                       "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", NULL);
  g_autoptr (GChecksum) sha1 = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 digest[20];
  gsize length = sizeof digest;
  g_autofree char *accept = NULL;

  g_checksum_update (sha1, (const guchar *) both, -1);
  g_checksum_get_digest (sha1, digest, &length);
  accept = g_base64_encode (digest, length);

  return g_strdup_printf ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                          "Connection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n",
                          accept);
}

void
fake_peer_switch_to_frames (FakePeer *self)
{
  self->frames = TRUE;
}

void
fake_peer_accept_upgrade (FakePeer *self, const FakeRequest *request)
{
  g_autofree char *answer = fake_upgrade_answer (request);

  fake_peer_send (self, answer, strlen (answer));
  fake_peer_switch_to_frames (self);
}

GByteArray *
fake_frame (gboolean final, guint8 opcode, const char *data, gssize length)
{
  GByteArray *frame = g_byte_array_new ();
  guint64 n = length < 0 ? strlen (data) : (guint64) length;
  guint8 header[10] = { (final ? 0x80 : 0) | opcode };
  gsize header_length = 2;

  if (n < 126)
    {
      header[1] = (guint8) n;
    }
  else if (n < 65536)
    {
      guint16 big_endian = GUINT16_TO_BE ((guint16) n);

      header[1] = 126;
      memcpy (header + 2, &big_endian, 2);
      header_length = 4;
    }
  else
    {
      guint64 big_endian = GUINT64_TO_BE (n);

      header[1] = 127;
      memcpy (header + 2, &big_endian, 8);
      header_length = 10;
    }
  g_byte_array_append (frame, header, header_length);
  g_byte_array_append (frame, (const guint8 *) data, n);

  return frame;
}

void
fake_peer_send_frame (FakePeer *self, guint8 opcode, const char *data, gssize length)
{
  g_autoptr (GByteArray) frame = fake_frame (TRUE, opcode, data, length);

  fake_peer_send (self, frame->data, frame->len);
}

void
fake_peer_pause (FakePeer *self, gboolean paused)
{
  self->paused = paused;
  read_more (self);
}

int
fake_peer_steal (FakePeer *self)
{
  int fd = fcntl (g_socket_get_fd (self->socket), F_DUPFD_CLOEXEC, 0);

  g_assert_cmpint (fd, >=, 0);
  peer_end (self);
  return fd;
}

void
fake_peer_close (FakePeer *self)
{
  self->close_when_sent = TRUE;
  write_more (self);
}

void
fake_peer_reset (FakePeer *self)
{
  struct linger linger = { .l_onoff = 1, .l_linger = 0 };

  setsockopt (g_socket_get_fd (self->socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  peer_end (self);
}

gboolean
fake_wake (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}
