/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The least that a Socket Mode client can do, as the floor that oncalld is measured against: reads
 * frames, parses each, acknowledges. With --notify it also shows a popup for each, and knows no
 * better than to wait for the answer. It keeps nothing, checks nothing, and survives nothing. */

#include <arpa/inet.h>
#include <cjson/cJSON.h>
#include <err.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-bus.h>
#include <unistd.h>
#include <wslay/wslay.h>

static int fd;
static sd_bus *bus;
static unsigned char output[65536];
static size_t output_length;

static void
flush (void)
{
  for (size_t sent = 0; sent < output_length;)
    {
      ssize_t n = send (fd, output + sent, output_length - sent, 0);

      if (n < 0)
        err (1, "send");
      sent += n;
    }
  output_length = 0;
}

static ssize_t
on_receive (wslay_event_context_ptr context, uint8_t *bytes, size_t length, int flags, void *data)
{
  ssize_t n = recv (fd, bytes, length, MSG_DONTWAIT);

  if (n <= 0)
    wslay_event_set_error (context, n < 0 ? WSLAY_ERR_WOULDBLOCK : WSLAY_ERR_CALLBACK_FAILURE);
  return n > 0 ? n : -1;
}

static ssize_t
on_send (
    wslay_event_context_ptr context, const uint8_t *bytes, size_t length, int flags, void *data)
{
  if (output_length + length > sizeof output)
    flush ();
  memcpy (output + output_length, bytes, length);
  output_length += length;
  return length;
}

static int
on_mask (wslay_event_context_ptr context, uint8_t *bytes, size_t length, void *data)
{
  memset (bytes, 0, length);
  return 0;
}

static void
notify (const cJSON *event)
{
  const char *text = cJSON_GetStringValue (cJSON_GetObjectItem (event, "text"));
  int result = sd_bus_call_method (
      bus, "org.freedesktop.Notifications", "/org/freedesktop/Notifications",
      "org.freedesktop.Notifications", "Notify", NULL, NULL, "susssasa{sv}i", "floor", 0, "",
      "Question", text != NULL ? text : "", 0, 0, -1);

  if (result < 0)
    errx (1, "Notify: %s", strerror (-result));
}

static void
on_message (wslay_event_context_ptr context,
            const struct wslay_event_on_msg_recv_arg *message,
            void *data)
{
  cJSON *envelope = cJSON_ParseWithLength ((const char *) message->msg, message->msg_length);
  const cJSON *payload = cJSON_GetObjectItem (envelope, "payload");
  const char *id = cJSON_GetStringValue (cJSON_GetObjectItem (envelope, "envelope_id"));
  char ack[128];

  if (message->opcode == WSLAY_TEXT_FRAME && id != NULL)
    {
      struct wslay_event_msg answer = { .opcode = WSLAY_TEXT_FRAME, .msg = (uint8_t *) ack };

      if (bus != NULL)
        notify (cJSON_GetObjectItem (payload, "event"));
      answer.msg_length = snprintf (ack, sizeof ack, "{\"envelope_id\":\"%s\"}", id);
      wslay_event_queue_msg (context, &answer);
    }
  cJSON_Delete (envelope);
}

int
main (int argc, char **argv)
{
  static const struct wslay_event_callbacks callbacks = { .recv_callback = on_receive,
                                                          .send_callback = on_send,
                                                          .genmask_callback = on_mask,
                                                          .on_msg_recv_callback = on_message };
  static const char request[] = "GET /link HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
                                "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
  struct sockaddr_in address = { .sin_family = AF_INET };
  wslay_event_context_ptr context;
  char byte;

  if (argc < 2)
    errx (2, "usage: floor PORT [--notify]");
  if (argc > 2 && sd_bus_open_user (&bus) < 0)
    errx (1, "there is no session bus");

  address.sin_port = htons ((in_port_t) atoi (argv[1]));
  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  fd = socket (AF_INET, SOCK_STREAM, 0);
  if (fd < 0 || connect (fd, (struct sockaddr *) &address, sizeof address) != 0)
    err (1, "connect");
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &(int){ 1 }, sizeof (int));
  if (send (fd, request, sizeof request - 1, 0) < 0)
    err (1, "send");
  for (unsigned line_ends = 0; line_ends < 4;) /* "\r\n\r\n" ends the answer */
    {
      if (read (fd, &byte, 1) != 1)
        errx (1, "no answer");
      line_ends = byte == "\r\n\r\n"[line_ends] ? line_ends + 1 : 0;
    }

  wslay_event_context_client_init (&context, &callbacks, NULL);
  while (recv (fd, &byte, 1, MSG_PEEK) == 1 && wslay_event_recv (context) == 0 &&
         wslay_event_send (context) == 0)
    flush ();

  return 0;
}
