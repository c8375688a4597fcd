/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "played-slack.h"

#include "fake-slack.h"
#include "workload.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define OPCODE_TEXT 1
#define OPCODE_PING 9
#define OPCODE_PONG 10

struct _PlayedSlack
{
  FakeServer *server; /* (owned) */
  int fd;             /* (owned) of the connection; -1: none */
  GByteArray *input;  /* (owned) read and not yet taken */
  guint n_pings;
  PlayedHistory *history; /* (owned) (nullable) NULL: nothing was said */
};

/* The answers that are always the same, with ' for " */
static const struct
{
  const char *method;
  const char *answer;
} answers[] = {
  { "auth.test",
    "{'ok':true,'url':'https://bench.slack.com/','team':'Bench','team_id':'" WORKLOAD_TEAM
    "','user':'me','user_id':'" WORKLOAD_ME "'}" },
  { "usergroups.list",
    "{'ok':true,'usergroups':[{'id':'" WORKLOAD_GROUP "','name':'On call','handle':'oncall'},"
    "{'id':'S0DEVS','name':'Developers','handle':'devs'},"
    "{'id':'S0ENG','name':'Engineering','handle':'engineering'}]}" },
  { "usergroups.users.list", "{'ok':true,'users':['" WORKLOAD_ME "','U001']}" },
  { "users.conversations",
    "{'ok':true,'channels':[{'id':'" WORKLOAD_CHANNEL "','name':'support'}]}" },
  { "conversations.history", "{'ok':true,'messages':[],'has_more':false}" },
  { "conversations.replies", "{'ok':false,'error':'thread_not_found'}" },
  { "chat.postMessage", "{'ok':true}" },
  { "reactions.add", "{'ok':true}" },
};

static void
answer_users (FakePeer *peer)
{
  g_autoptr (GString) json = g_string_new ("{'ok':true,'members':[");

  for (guint i = 0; i < WORKLOAD_USERS; i++)
    g_string_append_printf (json,
                            "%s{'id':'U%03u','name':'user%u','tz':'Europe/Berlin','is_bot':false,"
                            "'profile':{'real_name':'User Number %u','display_name':'User %u'}}",
                            i > 0 ? "," : "", i, i, i, i);
  g_string_append (json, "]}");
  fake_peer_answer (peer, json->str);
}

static void
drop_connection (PlayedSlack *self)
{
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
}

/* Makes @peer the Socket Mode connection, and says hello on it. */
static void
upgrade (PlayedSlack *self, FakePeer *peer, const FakeRequest *request)
{
  static const char hello[] = "{\"type\":\"hello\",\"num_connections\":1,\"debug_info\":{"
                              "\"approximate_connection_time\":18060}}";
  g_autofree char *answer = fake_upgrade_answer (request);
  g_autoptr (GByteArray) frame = fake_frame (TRUE, OPCODE_TEXT, hello, -1);

  drop_connection (self);
  self->fd = fake_peer_steal (peer);
  g_byte_array_set_size (self->input, 0);
  self->n_pings = 0;
  fcntl (self->fd, F_SETFL, fcntl (self->fd, F_GETFL) & ~O_NONBLOCK);
  setsockopt (self->fd, IPPROTO_TCP, TCP_NODELAY, &(int){ 1 }, sizeof (int));
  played_slack_send (self, (const guint8 *) answer, strlen (answer));
  played_slack_send (self, frame->data, frame->len);
}

static void
on_request (FakePeer *peer, const FakeRequest *request, gpointer user_data)
{
  PlayedSlack *self = user_data;
  const char *method = fake_request_get_method (request);

  if (g_str_equal (method, "link"))
    {
      upgrade (self, peer, request);
      return;
    }
  if (g_str_equal (method, "users.list"))
    {
      answer_users (peer);
      return;
    }
  if (self->history != NULL && (g_str_equal (method, "conversations.history") ||
                                g_str_equal (method, "conversations.replies")))
    {
      g_autoptr (GHashTable) params = fake_request_get_params (request);
      g_autofree char *answer = played_history_answer (self->history, params);

      fake_peer_respond (peer, 200, "Content-Type: application/json\r\n", answer);
      return;
    }
  if (g_str_equal (method, "apps.connections.open"))
    {
      g_autofree char *answer = g_strdup_printf ("{'ok':true,'url':'ws://127.0.0.1:%u/link'}",
                                                 played_slack_get_port (self));

      fake_peer_answer (peer, answer);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      if (g_str_equal (method, answers[i].method))
        {
          fake_peer_answer (peer, answers[i].answer);
          return;
        }
    }
  fake_peer_answer (peer, "{'ok':false,'error':'unknown_method'}");
}

PlayedSlack *
played_slack_new (void)
{
  static const FakeHandlers handlers = { .request = on_request };
  PlayedSlack *self = g_new0 (PlayedSlack, 1);

  self->server = fake_server_new (&handlers, NULL, self);
  self->fd = -1;
  self->input = g_byte_array_new ();
  return self;
}

void
played_slack_free (PlayedSlack *self)
{
  played_slack_set_history (self, NULL);
  drop_connection (self);
  fake_server_free (self->server);
  g_byte_array_unref (self->input);
  g_free (self);
}

void
played_slack_set_history (PlayedSlack *self, PlayedHistory *history)
{
  g_clear_pointer (&self->history, played_history_free);
  self->history = history;
}

guint16
played_slack_get_port (PlayedSlack *self)
{
  return fake_server_get_port (self->server);
}

int
played_slack_get_fd (PlayedSlack *self)
{
  return self->fd;
}

void
played_slack_send (PlayedSlack *self, const guint8 *frames, gsize length)
{
  while (length > 0)
    {
      ssize_t n = send (self->fd, frames, length, MSG_NOSIGNAL);

      if (n < 0)
        g_error ("cannot send: %s", g_strerror (errno));
      frames += n;
      length -= (gsize) n;
    }
}

gboolean
played_slack_read (PlayedSlack *self,
                   void (*on_ack) (const char *ack, gpointer user_data),
                   gpointer user_data)
{
  guint8 bytes[65536];
  ssize_t n = recv (self->fd, bytes, sizeof bytes, MSG_DONTWAIT);

  if (n < 0 && errno == EAGAIN)
    return TRUE;
  if (n <= 0)
    {
      drop_connection (self);
      return FALSE;
    }

  g_byte_array_append (self->input, bytes, (guint) n);
  for (;;)
    {
      g_autofree char *data = NULL;
      guint8 opcode;
      gsize length;

      if (!fake_take_frame (self->input, &opcode, &data, &length))
        return TRUE;
      if (opcode == OPCODE_PING)
        {
          g_autoptr (GByteArray) pong = fake_frame (TRUE, OPCODE_PONG, data, (gssize) length);

          self->n_pings++;
          played_slack_send (self, pong->data, pong->len);
        }
      else if (opcode == OPCODE_TEXT)
        {
          on_ack (data, user_data);
        }
    }
}

guint
played_slack_count_pings (PlayedSlack *self)
{
  return self->n_pings;
}
