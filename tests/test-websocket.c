/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "websocket.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "error.h"
#include "fake-certificate.h"
#include "fake-server.h"

enum
{
  OP_TEXT = 1,
  OP_BINARY = 2,
  OP_CLOSE = 8,
  OP_PING = 9,
  OP_PONG = 10,
};

/* Long enough for a loaded machine, except where a test waits for them to run out. */
static const OncWebSocketTimings patient = { .handshake = 8 * ONC_SECOND,
                                             .ping = 100 * ONC_SECOND,
                                             .silence = 100 * ONC_SECOND,
                                             .close = 8 * ONC_SECOND };

typedef struct _Fixture Fixture;

struct _Fixture
{
  /* The server */
  FakeServer *server; /* (owned) */
  void (*accept) (Fixture *fixture, FakePeer *peer, const FakeRequest *request);
  FakePeer *peer;  /* (unowned) (nullable) the last one that asked */
  GString *frames; /* (owned) what came: "text:hello ping: close:" ... */
  gboolean answer_close;
  gboolean peer_closed;

  /* The client */
  OncHttp *http;        /* (owned) */
  OncWebSocket *socket; /* (owned) */
  GString *signals;     /* (owned) what was signalled: "opened text:hello drained closed" ... */
  GError *error;        /* (owned) (nullable) of "closed" */
  gboolean answer;      /* answer each message when it is drained */
  guint unanswered;
};

static void
accept_upgrade (Fixture *fixture, FakePeer *peer, const FakeRequest *request)
{
  fake_peer_accept_upgrade (peer, request);
}

static void
on_request (FakePeer *peer, const FakeRequest *request, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->peer = peer;
  g_assert_cmpstr (request->path, ==, "/link/?ticket=secret");
  fixture->accept (fixture, peer, request);
}

static void
on_frame (FakePeer *peer, guint8 opcode, const char *data, gsize length, gpointer user_data)
{
  Fixture *fixture = user_data;

  if (opcode == OP_TEXT)
    g_string_append_printf (fixture->frames, "text:%s ", data);
  else if (opcode == OP_PING)
    g_string_append_printf (fixture->frames, "ping:%s ", data);
  else if (opcode == OP_PONG)
    g_string_append_printf (fixture->frames, "pong:%s ", data);
  else if (opcode == OP_CLOSE && length >= 2)
    g_string_append_printf (fixture->frames, "close:%u ", (guint8) data[0] << 8 | (guint8) data[1]);
  else
    g_string_append_printf (fixture->frames, "close: ");
  if (opcode == OP_CLOSE && fixture->answer_close)
    fake_peer_send_frame (peer, OP_CLOSE, data, length);
}

static void
on_peer_closed (FakePeer *peer, gpointer user_data)
{
  ((Fixture *) user_data)->peer_closed = TRUE;
}

static void
on_opened (OncWebSocket *socket, gpointer user_data)
{
  g_string_append (((Fixture *) user_data)->signals, "opened ");
}

static void
on_message (OncWebSocket *socket, gboolean text, gpointer data, guint64 length, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->unanswered++;
  g_assert_cmpuint (strlen (data), ==, length);
  if (length > 100)
    g_string_append_printf (fixture->signals, "%s:%" G_GUINT64_FORMAT " ", text ? "text" : "binary",
                            length);
  else
    g_string_append_printf (fixture->signals, "%s:%s ", text ? "text" : "binary", (char *) data);
}

static void
on_drained (OncWebSocket *socket, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_string_append (fixture->signals, "drained ");
  for (; fixture->answer && fixture->unanswered > 0; fixture->unanswered--)
    g_assert_true (onc_web_socket_send (socket, "ack"));
}

static void
on_closed (OncWebSocket *socket, const GError *error, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_string_append (fixture->signals, "closed ");
  if (error != NULL)
    {
      g_assert_null (strstr (error->message, "ticket"));
      fixture->error = g_error_copy (error);
    }
}

static void
make_socket (Fixture *fixture, const OncWebSocketTimings *timings)
{
  g_clear_object (&fixture->socket);
  fixture->socket = onc_web_socket_new (fixture->http, timings);
  g_signal_connect (fixture->socket, "opened", G_CALLBACK (on_opened), fixture);
  g_signal_connect (fixture->socket, "message", G_CALLBACK (on_message), fixture);
  g_signal_connect (fixture->socket, "drained", G_CALLBACK (on_drained), fixture);
  g_signal_connect (fixture->socket, "closed", G_CALLBACK (on_closed), fixture);
}

static void
set_up_with (Fixture *fixture, GTlsCertificate *certificate)
{
  const FakeHandlers handlers = { .request = on_request,
                                  .frame = on_frame,
                                  .closed = on_peer_closed };

  fixture->server = fake_server_new (&handlers, certificate, fixture);
  fixture->accept = accept_upgrade;
  fixture->frames = g_string_new (NULL);
  fixture->answer_close = TRUE;
  fixture->http = onc_http_new ("oncalld/test");
  fixture->signals = g_string_new (NULL);
  make_socket (fixture, &patient);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  set_up_with (fixture, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->socket);
  g_assert_finalize_object (fixture->http);
  fake_server_free (fixture->server);
  g_string_free (fixture->frames, TRUE);
  g_string_free (fixture->signals, TRUE);
  g_clear_error (&fixture->error);
}

static void
connect_by (Fixture *fixture, const char *scheme)
{
  g_autofree char *url = fake_server_url (fixture->server, scheme, "link/?ticket=secret");
  g_autoptr (GError) error = NULL;

  g_assert_true (onc_web_socket_connect (fixture->socket, url, &error));
  g_assert_no_error (error);
}

#define assert_signals(expected)                                                                   \
  G_STMT_START                                                                                     \
  {                                                                                                \
    assert_eventually (fixture->signals->len >= strlen (expected));                                \
    g_assert_cmpstr (fixture->signals->str, ==, expected);                                         \
  }                                                                                                \
  G_STMT_END

#define assert_frames(expected)                                                                    \
  G_STMT_START                                                                                     \
  {                                                                                                \
    assert_eventually (fixture->frames->len >= strlen (expected));                                 \
    g_assert_cmpstr (fixture->frames->str, ==, expected);                                          \
  }                                                                                                \
  G_STMT_END

static void
assert_broken (Fixture *fixture, const char *words)
{
  assert_eventually (strstr (fixture->signals->str, "closed") != NULL);
  g_assert_error (fixture->error, ONC_ERROR, ONC_ERROR_NOT_CONNECTED);
  g_assert_nonnull (strstr (fixture->error->message, words));
  assert_eventually (fake_server_count_open (fixture->server) == 0);
}

static void
test_texts_go_both_ways (Fixture *fixture, gconstpointer data)
{
  connect_by (fixture, "ws");
  assert_signals ("opened ");
  g_assert_true (onc_web_socket_send (fixture->socket, "hi"));
  g_assert_true (onc_web_socket_send (fixture->socket, "ho"));
  assert_frames ("text:hi text:ho ");
  fake_peer_send_frame (fixture->peer, OP_TEXT, "hello", -1);
  assert_signals ("opened text:hello drained ");
  fake_peer_send_frame (fixture->peer, OP_BINARY, "data", -1);
  assert_signals ("opened text:hello drained binary:data drained ");
}

static void
accept_with_frames (Fixture *fixture, FakePeer *peer, const FakeRequest *request)
{
  g_autofree char *answer = fake_upgrade_answer (request);
  g_autoptr (GByteArray) bytes = fake_frame (TRUE, OP_TEXT, "one", -1);
  g_autoptr (GByteArray) second = fake_frame (TRUE, OP_TEXT, "two", -1);

  g_byte_array_prepend (bytes, (const guint8 *) answer, strlen (answer));
  g_byte_array_append (bytes, second->data, second->len);
  fake_peer_send (peer, bytes->data, bytes->len);
  fake_peer_switch_to_frames (peer);
}

static void
test_frames_may_come_with_the_answer (Fixture *fixture, gconstpointer data)
{
  fixture->accept = accept_with_frames;
  connect_by (fixture, "ws");
  assert_signals ("opened text:one text:two drained ");
}

static void
test_fragments_are_one_message (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GByteArray) first = fake_frame (FALSE, OP_TEXT, "frag", -1);
  g_autoptr (GByteArray) last = fake_frame (TRUE, 0, "ments", -1);

  connect_by (fixture, "ws");
  assert_signals ("opened ");
  fake_peer_send (fixture->peer, first->data, first->len);
  fake_peer_send_frame (fixture->peer, OP_PING, "between", -1);
  assert_frames ("pong:between ");
  fake_peer_send (fixture->peer, last->data, last->len);
  assert_signals ("opened text:fragments drained ");
}

static void
test_answers_leave_together (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GByteArray) burst = g_byte_array_new ();
  g_autoptr (GString) expected = g_string_new (NULL);

  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (GByteArray) frame = fake_frame (TRUE, OP_TEXT, "event", -1);

      g_byte_array_append (burst, frame->data, frame->len);
      g_string_append (expected, "text:ack ");
    }
  fixture->answer = TRUE;
  connect_by (fixture, "ws");
  assert_signals ("opened ");
  fake_peer_send (fixture->peer, burst->data, burst->len);
  assert_frames (expected->str);
}

static void
test_answers_leave_before_the_closing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GByteArray) bytes = fake_frame (TRUE, OP_TEXT, "last", -1);
  g_autoptr (GByteArray) closing = fake_frame (TRUE, OP_CLOSE, "\x03\xe8", -1);

  fixture->answer = TRUE;
  fixture->answer_close = FALSE;
  connect_by (fixture, "ws");
  assert_signals ("opened ");
  g_byte_array_append (bytes, closing->data, closing->len);
  fake_peer_send (fixture->peer, bytes->data, bytes->len);
  assert_frames ("text:ack close:1000 ");
  assert_signals ("opened text:last drained closed ");
  g_assert_no_error (fixture->error);
}

static void
test_what_came_is_drained_before_the_end (Fixture *fixture, gconstpointer data)
{
  connect_by (fixture, "ws");
  assert_signals ("opened ");
  fake_peer_send_frame (fixture->peer, OP_TEXT, "last", -1);
  fake_peer_close (fixture->peer);
  assert_signals ("opened text:last drained closed ");
  g_assert_error (fixture->error, ONC_ERROR, ONC_ERROR_NOT_CONNECTED);
}

static void
refuse_409 (Fixture *fixture, FakePeer *peer, const FakeRequest *request)
{
  fake_peer_respond (peer, 409, NULL, "ticket=secret");
}

static void
refuse_408 (Fixture *fixture, FakePeer *peer, const FakeRequest *request)
{
  fake_peer_respond (peer, 408, NULL, "");
}

static void
accept_another (Fixture *fixture, FakePeer *peer, const FakeRequest *request)
{
  const char answer[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                        "Connection: Upgrade\r\nSec-WebSocket-Accept: AAAA\r\n\r\n";

  fake_peer_send (peer, answer, sizeof answer - 1);
}

static void
reset_at_once (Fixture *fixture, FakePeer *peer, const FakeRequest *request)
{
  fake_peer_reset (peer);
}

static void
test_a_refusal_is_said (Fixture *fixture, gconstpointer data)
{
  const struct
  {
    void (*accept) (Fixture *fixture, FakePeer *peer, const FakeRequest *request);
    const char *words;
  } refusals[] = {
    { refuse_409, "409" },
    { refuse_408, "408" },
    { accept_another, "another request" },
    { reset_at_once, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_string_truncate (fixture->signals, 0);
      g_clear_error (&fixture->error);
      fixture->accept = refusals[i].accept;
      make_socket (fixture, &patient);
      connect_by (fixture, "ws");
      assert_broken (fixture, refusals[i].words);
      g_assert_cmpstr (fixture->signals->str, ==, "closed ");
    }
}

static void
answer_slowly (Fixture *fixture, FakePeer *peer, const FakeRequest *request)
{
  fake_peer_send (peer, "HTTP/1.1 101 Swi", 16);
}

static void
test_a_handshake_that_does_not_end_is_not_waited_for (Fixture *fixture, gconstpointer data)
{
  OncWebSocketTimings timings = patient;

  timings.handshake = ONC_SECOND / 20;
  fixture->accept = answer_slowly;
  make_socket (fixture, &timings);
  connect_by (fixture, "ws");
  assert_broken (fixture, "in time");
}

static void
test_a_closed_port_is_said (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (onc_web_socket_connect (fixture->socket, "ws://127.0.0.1:1/?ticket=x", &error));
  assert_eventually (fixture->error != NULL);
  g_assert_error (fixture->error, ONC_ERROR, ONC_ERROR_NOT_CONNECTED);
  g_assert_cmpstr (fixture->signals->str, ==, "closed ");
}

static void
test_other_addresses_are_refused (Fixture *fixture, gconstpointer data)
{
  const char *const refused[] = { "ws://wss.slack.com/link/?ticket=x", "http://127.0.0.1/",
                                  "https://slack.com/", "wss://", "" };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (onc_web_socket_connect (fixture->socket, refused[i], &error));
      g_assert_error (error, ONC_ERROR, ONC_ERROR_CONFIG);
      g_assert_null (strstr (error->message, "ticket"));
      make_socket (fixture, &patient);
    }
}

static void
test_a_silent_peer_is_pinged_again_and_again (Fixture *fixture, gconstpointer data)
{
  OncWebSocketTimings timings = patient;

  timings.ping = ONC_SECOND / 50;
  make_socket (fixture, &timings);
  connect_by (fixture, "ws");
  assert_eventually (g_str_has_prefix (fixture->frames->str, "ping: ping: "));
}

static void
test_a_silent_peer_is_given_up (Fixture *fixture, gconstpointer data)
{
  OncWebSocketTimings timings = patient;

  timings.silence = ONC_SECOND / 10;
  make_socket (fixture, &timings);
  connect_by (fixture, "ws");
  assert_broken (fixture, "silent");
}

static void
test_any_frame_is_a_sign_of_life (Fixture *fixture, gconstpointer data)
{
  OncWebSocketTimings timings = patient;
  guint n_pings = 0;

  timings.ping = ONC_SECOND / 50;
  timings.silence = ONC_SECOND;
  make_socket (fixture, &timings);
  connect_by (fixture, "ws");
  /* Longer than the silence that would be its end */
  while (n_pings < 75)
    {
      gsize seen = fixture->frames->len;

      assert_eventually (fixture->frames->len > seen);
      fake_peer_send_frame (fixture->peer, OP_PONG, "", 0);
      n_pings++;
    }
  g_assert_cmpstr (fixture->signals->str, ==, "opened ");
}

static void
test_a_reset_is_an_end (Fixture *fixture, gconstpointer data)
{
  g_autofree char *large = g_strnfill (100000, 'x');
  g_autoptr (GByteArray) frame = fake_frame (TRUE, OP_TEXT, large, -1);

  connect_by (fixture, "ws");
  assert_signals ("opened ");
  fake_peer_send (fixture->peer, frame->data, frame->len / 2);
  fake_peer_reset (fixture->peer);
  assert_broken (fixture, "");
  g_assert_cmpstr (fixture->signals->str, ==, "opened closed ");
}

static void
test_closing_is_agreed_upon (Fixture *fixture, gconstpointer data)
{
  connect_by (fixture, "ws");
  assert_signals ("opened ");
  onc_web_socket_send (fixture->socket, "bye");
  onc_web_socket_close (fixture->socket);
  g_assert_false (onc_web_socket_send (fixture->socket, "too late"));
  assert_signals ("opened closed ");
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (fixture->frames->str, ==, "text:bye close:1000 ");
  assert_eventually (fixture->peer_closed);
}

static void
test_messages_are_read_while_closing (Fixture *fixture, gconstpointer data)
{
  fixture->answer_close = FALSE;
  connect_by (fixture, "ws");
  assert_signals ("opened ");
  onc_web_socket_close (fixture->socket);
  assert_frames ("close:1000 ");
  fake_peer_send_frame (fixture->peer, OP_TEXT, "on its way", -1);
  fake_peer_send_frame (fixture->peer, OP_CLOSE, "\x03\xe8", 2);
  assert_signals ("opened text:on its way drained closed ");
  g_assert_no_error (fixture->error);
}

static void
test_a_peer_that_does_not_agree_is_left (Fixture *fixture, gconstpointer data)
{
  OncWebSocketTimings timings = patient;

  timings.close = ONC_SECOND / 20;
  fixture->answer_close = FALSE;
  make_socket (fixture, &timings);
  connect_by (fixture, "ws");
  assert_signals ("opened ");
  onc_web_socket_close (fixture->socket);
  assert_signals ("opened closed ");
  g_assert_no_error (fixture->error);
  assert_eventually (fixture->peer_closed);
}

static void
test_the_peers_closing_is_answered_and_the_connection_dropped (Fixture *fixture, gconstpointer data)
{
  fixture->answer_close = FALSE;
  connect_by (fixture, "ws");
  assert_signals ("opened ");
  fake_peer_send_frame (fixture->peer, OP_CLOSE, "\x03\xe9going away", -1);
  assert_broken (fixture, "1001");
  g_assert_cmpstr (fixture->frames->str, ==, "close:1001 ");
}

static void
test_closing_before_the_answer_ends_it_at_once (Fixture *fixture, gconstpointer data)
{
  fixture->accept = answer_slowly;
  connect_by (fixture, "ws");
  assert_eventually (fixture->peer != NULL);
  onc_web_socket_close (fixture->socket);
  g_assert_cmpstr (fixture->signals->str, ==, "closed ");
  g_assert_no_error (fixture->error);
  assert_eventually (fixture->peer_closed);
}

static void
test_a_large_message_comes_whole (Fixture *fixture, gconstpointer data)
{
  g_autofree char *large = g_strnfill (2 * 1024 * 1024, 'x');

  connect_by (fixture, "ws");
  assert_signals ("opened ");
  fake_peer_send_frame (fixture->peer, OP_TEXT, large, -1);
  assert_signals ("opened text:2097152 drained ");
}

static void
test_a_message_that_is_too_large_ends_the_connection (Fixture *fixture, gconstpointer data)
{
  const guint8 header[] = { 0x81, 0x7f, 0, 0, 0, 0, 0, 0x40, 0, 1, 'x' };

  connect_by (fixture, "ws");
  assert_signals ("opened ");
  fake_peer_send (fixture->peer, header, sizeof header);
  assert_frames ("close:1009 ");
  assert_signals ("opened closed ");
  g_assert_error (fixture->error, ONC_ERROR, ONC_ERROR_FAILED);
}

static void
test_a_broken_protocol_ends_the_connection (Fixture *fixture, gconstpointer data)
{
  connect_by (fixture, "ws");
  assert_signals ("opened ");
  fake_peer_send (fixture->peer, "\xff\xff", 2);
  assert_broken (fixture, "protocol");
  g_assert_cmpstr (fixture->frames->str, ==, "close:1002 ");
}

/* Gives the client's connection a send buffer that is soon full. */
static void
shrink_send_buffer (Fixture *fixture)
{
  const int size = 8192;
  guint n_shrunk = 0;

  for (int fd = 3; fd < 256; fd++)
    {
      struct sockaddr_in address = { 0 };
      socklen_t length = sizeof address;

      if (getpeername (fd, (struct sockaddr *) &address, &length) == 0 &&
          address.sin_family == AF_INET &&
          ntohs (address.sin_port) == fake_server_get_port (fixture->server))
        {
          g_assert_cmpint (setsockopt (fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size), ==, 0);
          n_shrunk++;
        }
    }
  g_assert_cmpuint (n_shrunk, ==, 1);
}

/* Sends more than the kernel takes while the peer does not read; then the peer reads on. */
static void
send_through_a_blocked_connection (Fixture *fixture, const char *scheme)
{
  g_autofree char *text = g_strnfill (9000, 'x');
  g_autoptr (GString) expected = g_string_new (NULL);

  connect_by (fixture, scheme);
  assert_signals ("opened ");
  shrink_send_buffer (fixture);
  fake_peer_pause (fixture->peer, TRUE);
  for (guint i = 0; i < 100; i++)
    {
      g_assert_true (onc_web_socket_send (fixture->socket, text));
      g_string_append_printf (expected, "text:%s ", text);
      g_main_context_iteration (NULL, FALSE);
    }
  fake_peer_pause (fixture->peer, FALSE);
  assert_frames (expected->str);
}

static void
test_what_is_sent_waits_for_a_slow_peer (Fixture *fixture, gconstpointer data)
{
  fake_server_shrink_buffers (fixture->server);
  send_through_a_blocked_connection (fixture, "ws");
}

static void
test_a_peer_that_does_not_read_is_given_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_strnfill (50000, 'x');

  connect_by (fixture, "ws");
  assert_signals ("opened ");
  fake_peer_pause (fixture->peer, TRUE);
  for (guint i = 0; i < 400 && fixture->error == NULL; i++)
    {
      onc_web_socket_send (fixture->socket, text);
      g_main_context_iteration (NULL, FALSE);
    }
  g_assert_error (fixture->error, ONC_ERROR, ONC_ERROR_NOT_CONNECTED);
  g_assert_nonnull (strstr (fixture->error->message, "does not read"));
  g_assert_cmpstr (fixture->signals->str, ==, "opened closed ");
}

static void
test_many_messages_in_one_go_do_not_stop_the_rest (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_strnfill (4000, 'x');
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint drained = 0;

  for (guint i = 0; i < 1500; i++)
    {
      g_autoptr (GByteArray) frame = fake_frame (TRUE, OP_TEXT, text, -1);

      g_byte_array_append (bytes, frame->data, frame->len);
    }
  connect_by (fixture, "ws");
  assert_signals ("opened ");
  fake_peer_send (fixture->peer, bytes->data, bytes->len);
  assert_eventually (fixture->unanswered == 1500);
  for (const char *c = fixture->signals->str; (c = strstr (c, "drained")) != NULL; c++)
    drained++;
  /* 6 MB, at most one in a turn */
  g_assert_cmpuint (drained, >=, 6);
}

static void
test_an_unused_socket_leaves_nothing_behind (Fixture *fixture, gconstpointer data)
{
  connect_by (fixture, "ws");
  assert_signals ("opened ");
  g_clear_object (&fixture->socket);
  assert_eventually (fixture->peer_closed);
  g_assert_cmpstr (fixture->signals->str, ==, "opened ");
  make_socket (fixture, &patient);
}

typedef void (*OverTls) (Fixture *fixture);

static void
with_tls (OverTls test)
{
  g_autoptr (FakeCertificate) certificate = fake_certificate_new ("IP:127.0.0.1", 1);
  Fixture fixture = { 0 };

  set_up_with (&fixture, certificate->certificate);
  onc_http_set_ca_file (fixture.http, certificate->path);
  test (&fixture);
  tear_down (&fixture, NULL);
}

static void
many_records (Fixture *fixture)
{
  g_autofree char *large = g_strnfill (300000, 'x');

  connect_by (fixture, "wss");
  assert_signals ("opened ");
  fake_peer_send_frame (fixture->peer, OP_TEXT, large, -1);
  assert_signals ("opened text:300000 drained ");
  for (guint i = 0; i < 100; i++)
    fake_peer_send_frame (fixture->peer, OP_TEXT, "small", -1);
  assert_eventually (fixture->unanswered == 101);
}

static void
test_tls_records_are_read_to_the_last (void)
{
  with_tls (many_records);
}

static void
blocked_records (Fixture *fixture)
{
  send_through_a_blocked_connection (fixture, "wss");
}

static void
test_tls_records_wait_for_a_slow_peer (void)
{
  with_tls (blocked_records);
}

static void
untrusted (Fixture *fixture)
{
  onc_http_set_ca_file (fixture->http, "/nonexistent");
  connect_by (fixture, "wss");
  assert_broken (fixture, "");
}

static void
test_a_certificate_that_does_not_hold_ends_it (void)
{
  with_tls (untrusted);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(sentence, function)                                                                    \
  g_test_add ("/websocket/" sentence, Fixture, NULL, set_up, function, tear_down)
  ADD ("texts go both ways", test_texts_go_both_ways);
  ADD ("frames may come with the answer", test_frames_may_come_with_the_answer);
  ADD ("fragments are one message", test_fragments_are_one_message);
  ADD ("answers leave together", test_answers_leave_together);
  ADD ("answers leave before the closing", test_answers_leave_before_the_closing);
  ADD ("what came is drained before the end", test_what_came_is_drained_before_the_end);
  ADD ("a refusal is said", test_a_refusal_is_said);
  ADD ("a handshake that does not end is not waited for",
       test_a_handshake_that_does_not_end_is_not_waited_for);
  ADD ("a closed port is said", test_a_closed_port_is_said);
  ADD ("other addresses are refused", test_other_addresses_are_refused);
  ADD ("a silent peer is pinged again and again", test_a_silent_peer_is_pinged_again_and_again);
  ADD ("a silent peer is given up", test_a_silent_peer_is_given_up);
  ADD ("any frame is a sign of life", test_any_frame_is_a_sign_of_life);
  ADD ("a reset is an end", test_a_reset_is_an_end);
  ADD ("closing is agreed upon", test_closing_is_agreed_upon);
  ADD ("messages are read while closing", test_messages_are_read_while_closing);
  ADD ("a peer that does not agree is left", test_a_peer_that_does_not_agree_is_left);
  ADD ("the peer's closing is answered and the connection dropped",
       test_the_peers_closing_is_answered_and_the_connection_dropped);
  ADD ("closing before the answer ends it at once", test_closing_before_the_answer_ends_it_at_once);
  ADD ("a large message comes whole", test_a_large_message_comes_whole);
  ADD ("a message that is too large ends the connection",
       test_a_message_that_is_too_large_ends_the_connection);
  ADD ("a broken protocol ends the connection", test_a_broken_protocol_ends_the_connection);
  ADD ("what is sent waits for a slow peer", test_what_is_sent_waits_for_a_slow_peer);
  ADD ("a peer that does not read is given up", test_a_peer_that_does_not_read_is_given_up);
  ADD ("many messages in one go do not stop the rest",
       test_many_messages_in_one_go_do_not_stop_the_rest);
  ADD ("an unused socket leaves nothing behind", test_an_unused_socket_leaves_nothing_behind);
  g_test_add_func ("/websocket/TLS records are read to the last",
                   test_tls_records_are_read_to_the_last);
  g_test_add_func ("/websocket/TLS records wait for a slow peer",
                   test_tls_records_wait_for_a_slow_peer);
  g_test_add_func ("/websocket/a certificate that does not hold ends it",
                   test_a_certificate_that_does_not_hold_ends_it);
#undef ADD
  return g_test_run ();
}
