/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "link-fixture.h"

#include "event.h"

const OncSocketModeTimings link_patient = {
  .socket = { .handshake = 100 * ONC_SECOND,
              .ping = 100 * ONC_SECOND,
              .silence = 100 * ONC_SECOND,
              .close = 100 * ONC_SECOND },
  .hello = 100 * ONC_SECOND,
  .pause_min = ONC_SECOND / 100,
  .pause_max = ONC_SECOND / 50,
  .pause_slow = 100 * ONC_SECOND,
  .stable = 100 * ONC_SECOND,
  .refresh_lead = ONC_MINUTE,
  .linger = 100 * ONC_SECOND,
};

static guint notices;

static void
on_request (FakePeer *peer, const FakeRequest *request, gpointer user_data)
{
  LinkFixture *fixture = user_data;

  if (g_str_equal (request->path, "/api/apps.connections.open"))
    {
      g_autofree char *url = fake_server_url (fixture->server, "ws", "link/?ticket=");
      g_autofree char *body = fixture->open_error != NULL
                                  ? g_strdup_printf ("{\"ok\":false,\"error\":\"%s\"}",
                                                     fixture->open_error)
                                  : g_strdup_printf ("{\"ok\":true,\"url\":\"%s%u\"}", url,
                                                     ++fixture->n_opens);

      g_assert_cmpstr (g_hash_table_lookup (request->headers, "authorization"), ==,
                       "Bearer xapp-1");
      fixture->n_opens += fixture->open_error != NULL;
      fixture->last_open = g_get_monotonic_time ();
      fake_peer_respond (peer, fixture->open_status, fixture->open_headers, body);
      return;
    }

  /* Every address is used once */
  {
    g_autofree char *path = g_strdup_printf ("/link/?ticket=%u", fixture->n_opens);

    g_assert_cmpstr (request->path, ==, path);
  }
  if (fixture->refuse != 0)
    {
      fake_peer_respond (peer, fixture->refuse, NULL, "");
      return;
    }
  fake_peer_accept_upgrade (peer, request);
  g_ptr_array_add (fixture->peers, peer);
  if (fixture->hello != NULL)
    {
      g_autofree char *hello = g_strdelimit (g_strdup (fixture->hello), "'", '"');

      fake_peer_send_frame (peer, LINK_TEXT, hello, -1);
    }
}

static void
on_frame (FakePeer *peer, guint8 opcode, const char *data, gsize length, gpointer user_data)
{
  LinkFixture *fixture = user_data;
  guint place = 0;

  g_assert_true (g_ptr_array_find (fixture->peers, peer, &place));
  if (opcode == LINK_TEXT)
    g_string_append_printf (fixture->frames, "%u:%s ", place, data);
  else if (opcode == LINK_CLOSE)
    g_string_append_printf (fixture->frames, "%u:close ", place);
}

static void
on_peer_closed (FakePeer *peer, gpointer user_data)
{
  LinkFixture *fixture = user_data;
  guint place = 0;

  if (fixture->peers != NULL && g_ptr_array_find (fixture->peers, peer, &place))
    fixture->peers->pdata[place] = NULL;
}

static void
on_state_changed (OncSocketMode *mode, gpointer user_data)
{
  g_string_append_printf (((LinkFixture *) user_data)->signals, "%s ",
                          onc_link_to_string (onc_socket_mode_get_state (mode)));
}

static void
on_connected (OncSocketMode *mode, gboolean gap, gpointer user_data)
{
  g_string_append (((LinkFixture *) user_data)->signals, gap ? "hello+gap " : "hello ");
}

static void
on_envelope (OncSocketMode *mode, guint socket, gpointer data, gpointer user_data)
{
  LinkFixture *fixture = user_data;
  const OncEnvelope *envelope = data;

  g_string_append_printf (fixture->signals, "%u:%u ", socket, envelope->events->len);
  if (envelope->id != NULL)
    g_ptr_array_add (fixture->pending, g_strdup_printf ("%u:%s", socket, envelope->id));
}

static void
on_drained (OncSocketMode *mode, gpointer user_data)
{
  LinkFixture *fixture = user_data;

  g_string_append (fixture->signals, "drained ");
  while (fixture->ack && fixture->pending->len > 0)
    {
      g_autofree char *both = g_ptr_array_steal_index (fixture->pending, 0);
      guint socket = (guint) g_ascii_strtoull (both, NULL, 10);

      g_assert_true (onc_socket_mode_ack (mode, socket, strchr (both, ':') + 1));
    }
}

void
link_make_mode (LinkFixture *fixture, const OncSocketModeTimings *timings)
{
  g_clear_object (&fixture->mode);
  fixture->mode = onc_socket_mode_new (fixture->http, fixture->api, timings);
  onc_socket_mode_set_identity (fixture->mode, "T1", "UME");
  g_signal_connect (fixture->mode, "state-changed", G_CALLBACK (on_state_changed), fixture);
  g_signal_connect (fixture->mode, "connected", G_CALLBACK (on_connected), fixture);
  g_signal_connect (fixture->mode, "envelope", G_CALLBACK (on_envelope), fixture);
  g_signal_connect (fixture->mode, "drained", G_CALLBACK (on_drained), fixture);
}

void
link_set_up (LinkFixture *fixture, gconstpointer data)
{
  const FakeHandlers handlers = { .request = on_request,
                                  .frame = on_frame,
                                  .closed = on_peer_closed };
  g_autofree char *url = NULL;

  fixture->server = fake_server_new (&handlers, NULL, fixture);
  fixture->open_status = 200;
  fixture->hello = LINK_HELLO;
  fixture->peers = g_ptr_array_new ();
  fixture->frames = g_string_new (NULL);
  fixture->http = onc_http_new ("oncalld/test");
  url = fake_server_url (fixture->server, "http", "api/");
  fixture->api = onc_web_api_new (fixture->http, url, "xapp-1");
  fixture->signals = g_string_new (NULL);
  fixture->ack = TRUE;
  fixture->pending = g_ptr_array_new_with_free_func (g_free);
  link_make_mode (fixture, &link_patient);
}

void
link_tear_down (LinkFixture *fixture, gconstpointer data)
{
  onc_socket_mode_stop (fixture->mode);
  g_object_add_weak_pointer (G_OBJECT (fixture->mode), (gpointer *) &fixture->mode);
  g_object_unref (fixture->mode);
  /* A call that was cancelled says so from the main loop */
  assert_eventually (fixture->mode == NULL);
  g_assert_finalize_object (fixture->api);
  g_assert_finalize_object (fixture->http);
  g_clear_pointer (&fixture->peers, g_ptr_array_unref);
  fake_server_free (fixture->server);
  g_string_free (fixture->frames, TRUE);
  g_string_free (fixture->signals, TRUE);
  g_ptr_array_unref (fixture->pending);
}

void
link_say (LinkFixture *fixture, guint place, const char *json)
{
  g_autofree char *text = g_strdelimit (g_strdup (json), "'", '"');

  g_assert_nonnull (g_ptr_array_index (fixture->peers, place));
  fake_peer_send_frame (g_ptr_array_index (fixture->peers, place), LINK_TEXT, text, -1);
}

void
link_say_event (LinkFixture *fixture, guint place, const char *id)
{
  g_autofree char *json = g_strdup_printf (
      "{'type':'events_api','envelope_id':'%s','payload':{'type':'event_callback',"
      "'event_id':'Ev1','event':{'type':'message','channel':'C1','user':'U1',"
      "'ts':'1700000000.000100','text':'x'}}}",
      id);

  link_say (fixture, place, json);
}

void
link_start (LinkFixture *fixture)
{
  onc_socket_mode_start (fixture->mode);
  link_assert_signals ("connecting connected hello+gap ");
  g_string_truncate (fixture->signals, 0);
}

gboolean
link_is_gone (LinkFixture *fixture, guint place)
{
  return fixture->peers->len > place && g_ptr_array_index (fixture->peers, place) == NULL;
}

/* Counts notices, and looks that no secret is in any message of any level. */
static GLogWriterOutput
watch_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  g_assert_cmpint (level & (G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL), ==, 0);
  for (gsize i = 0; i < n_fields; i++)
    {
      if (!g_str_equal (fields[i].key, "MESSAGE"))
        continue;
      g_assert_null (strstr (fields[i].value, "ticket"));
      g_assert_null (strstr (fields[i].value, "xapp"));
    }
  notices += level == G_LOG_LEVEL_MESSAGE;
  return G_LOG_WRITER_HANDLED;
}

void
link_watch_log (void)
{
  g_log_set_writer_func (watch_log, NULL, NULL);
}

guint
link_count_notices (void)
{
  return notices;
}
