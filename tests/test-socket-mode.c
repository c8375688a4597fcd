/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "socket-mode.h"

#include <string.h>

#include "event.h"
#include "fake-slack.h"

enum
{
  OP_TEXT = 1,
  OP_BINARY = 2,
  OP_CLOSE = 8,
  OP_PING = 9,
};

/* Waits that no test waits for; a test shortens those that it is about. */
static const OncSocketModeTimings patient = {
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

typedef struct
{
  /* The server */
  FakeServer *server;     /* (owned) */
  const char *open_error; /* (nullable) what apps.connections.open answers instead of an address */
  guint open_status;      /* of its answer */
  const char *open_headers; /* (nullable) */
  guint n_opens;            /* how often an address was asked for */
  gint64 last_open;
  guint refuse;      /* the status that upgrades get; 0: they are accepted */
  const char *hello; /* (nullable) what is said at once after an upgrade */
  GPtrArray *peers;  /* (owned) of FakePeer (unowned): the sockets in their order; NULL: gone */
  GString *frames;   /* (owned) "0:text:… 1:close " by the peer's place */

  /* The client */
  OncHttp *http;       /* (owned) */
  OncWebApi *api;      /* (owned) */
  OncSocketMode *mode; /* (owned) */
  GString *signals;    /* (owned) "connected+gap 1:envelope drained …" */
  gboolean ack;        /* acknowledge what was drained */
  GPtrArray *pending;  /* (owned) of "socket:id" to be acknowledged */
} Fixture;

#define HELLO "{'type':'hello','num_connections':1}"

static void
on_request (FakePeer *peer, const FakeRequest *request, gpointer user_data)
{
  Fixture *fixture = user_data;

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

      fake_peer_send_frame (peer, OP_TEXT, hello, -1);
    }
}

static void
on_frame (FakePeer *peer, guint8 opcode, const char *data, gsize length, gpointer user_data)
{
  Fixture *fixture = user_data;
  guint place = 0;

  g_assert_true (g_ptr_array_find (fixture->peers, peer, &place));
  if (opcode == OP_TEXT)
    g_string_append_printf (fixture->frames, "%u:%s ", place, data);
  else if (opcode == OP_CLOSE)
    g_string_append_printf (fixture->frames, "%u:close ", place);
}

static void
on_peer_closed (FakePeer *peer, gpointer user_data)
{
  Fixture *fixture = user_data;
  guint place = 0;

  if (fixture->peers != NULL && g_ptr_array_find (fixture->peers, peer, &place))
    fixture->peers->pdata[place] = NULL;
}

static void
on_state_changed (OncSocketMode *mode, gpointer user_data)
{
  g_string_append_printf (((Fixture *) user_data)->signals, "%s ",
                          onc_link_to_string (onc_socket_mode_get_state (mode)));
}

static void
on_connected (OncSocketMode *mode, gboolean gap, gpointer user_data)
{
  g_string_append (((Fixture *) user_data)->signals, gap ? "hello+gap " : "hello ");
}

static void
on_envelope (OncSocketMode *mode, guint socket, gpointer data, gpointer user_data)
{
  Fixture *fixture = user_data;
  const OncEnvelope *envelope = data;

  g_string_append_printf (fixture->signals, "%u:%u ", socket, envelope->events->len);
  if (envelope->id != NULL)
    g_ptr_array_add (fixture->pending, g_strdup_printf ("%u:%s", socket, envelope->id));
}

static void
on_drained (OncSocketMode *mode, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_string_append (fixture->signals, "drained ");
  while (fixture->ack && fixture->pending->len > 0)
    {
      g_autofree char *both = g_ptr_array_steal_index (fixture->pending, 0);
      guint socket = (guint) g_ascii_strtoull (both, NULL, 10);

      g_assert_true (onc_socket_mode_ack (mode, socket, strchr (both, ':') + 1));
    }
}

static void
make_mode (Fixture *fixture, const OncSocketModeTimings *timings)
{
  g_clear_object (&fixture->mode);
  fixture->mode = onc_socket_mode_new (fixture->http, fixture->api, timings);
  onc_socket_mode_set_identity (fixture->mode, "T1", "UME");
  g_signal_connect (fixture->mode, "state-changed", G_CALLBACK (on_state_changed), fixture);
  g_signal_connect (fixture->mode, "connected", G_CALLBACK (on_connected), fixture);
  g_signal_connect (fixture->mode, "envelope", G_CALLBACK (on_envelope), fixture);
  g_signal_connect (fixture->mode, "drained", G_CALLBACK (on_drained), fixture);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const FakeHandlers handlers = { .request = on_request,
                                  .frame = on_frame,
                                  .closed = on_peer_closed };
  g_autofree char *url = NULL;

  fixture->server = fake_server_new (&handlers, NULL, fixture);
  fixture->open_status = 200;
  fixture->hello = HELLO;
  fixture->peers = g_ptr_array_new ();
  fixture->frames = g_string_new (NULL);
  fixture->http = onc_http_new ("oncalld/test");
  url = fake_server_url (fixture->server, "http", "api/");
  fixture->api = onc_web_api_new (fixture->http, url, "xapp-1");
  fixture->signals = g_string_new (NULL);
  fixture->ack = TRUE;
  fixture->pending = g_ptr_array_new_with_free_func (g_free);
  make_mode (fixture, &patient);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
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

static void
say (Fixture *fixture, guint place, const char *json)
{
  g_autofree char *text = g_strdelimit (g_strdup (json), "'", '"');

  g_assert_nonnull (g_ptr_array_index (fixture->peers, place));
  fake_peer_send_frame (g_ptr_array_index (fixture->peers, place), OP_TEXT, text, -1);
}

static void
say_event (Fixture *fixture, guint place, const char *id)
{
  g_autofree char *json = g_strdup_printf (
      "{'type':'events_api','envelope_id':'%s','payload':{'type':'event_callback',"
      "'event_id':'Ev1','event':{'type':'message','channel':'C1','user':'U1',"
      "'ts':'1700000000.000100','text':'x'}}}",
      id);

  say (fixture, place, json);
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

/* Starts, and forgets the signals of it. */
static void
start (Fixture *fixture)
{
  onc_socket_mode_start (fixture->mode);
  assert_signals ("connecting connected hello+gap ");
  g_string_truncate (fixture->signals, 0);
}

static gboolean
is_gone (Fixture *fixture, guint place)
{
  return fixture->peers->len > place && g_ptr_array_index (fixture->peers, place) == NULL;
}

static void
test_only_hello_makes_a_connection (Fixture *fixture, gconstpointer data)
{
  fixture->hello = NULL;
  onc_socket_mode_start (fixture->mode);
  assert_eventually (fixture->peers->len == 1);
  say (fixture, 0, "{'type':'greetings'}");
  assert_signals ("connecting 1:0 drained ");
  g_assert_cmpint (onc_socket_mode_get_state (fixture->mode), ==, ONC_LINK_CONNECTING);
  say (fixture, 0, HELLO);
  assert_signals ("connecting 1:0 drained connected hello+gap ");
  g_assert_cmpint (onc_socket_mode_get_state (fixture->mode), ==, ONC_LINK_CONNECTED);
  g_assert_null (onc_socket_mode_get_reason (fixture->mode));
}

static void
test_envelopes_are_acknowledged_where_they_came (Fixture *fixture, gconstpointer data)
{
  start (fixture);
  say_event (fixture, 0, "e1");
  assert_signals ("1:1 drained ");
  assert_frames ("0:{\"envelope_id\":\"e1\"} ");
  g_assert_false (onc_socket_mode_ack (fixture->mode, 7, "e1"));
}

static void
test_what_is_not_known_can_be_acknowledged_too (Fixture *fixture, gconstpointer data)
{
  start (fixture);
  say (fixture, 0, "{'type':'slash_commands','envelope_id':'e1','payload':{}}");
  say (fixture, 0, "{'type':'of_tomorrow','envelope_id':'e2'}");
  say (fixture, 0,
       "{'type':'events_api','envelope_id':'e3','payload':{'type':'app_rate_limited'}}");
  assert_frames ("0:{\"envelope_id\":\"e1\"} 0:{\"envelope_id\":\"e2\"} "
                 "0:{\"envelope_id\":\"e3\"} ");
}

/* Has the socket at place 0 replaced, after @disconnect (nullable) was said, and looks that no
 * event is lost meanwhile. */
static void
replace_without_a_gap (Fixture *fixture, const char *disconnect)
{
  OncSocketModeTimings timings = patient;

  timings.linger = ONC_SECOND / 5;
  make_mode (fixture, &timings);
  start (fixture);
  fixture->hello = NULL;
  if (disconnect != NULL)
    say (fixture, 0, disconnect);
  else
    onc_socket_mode_kick (fixture->mode);
  assert_eventually (fixture->peers->len == 2);
  g_string_truncate (fixture->signals, 0);

  say_event (fixture, 0, "before");
  assert_frames ("0:{\"envelope_id\":\"before\"} ");
  say (fixture, 1, HELLO);
  assert_signals ("1:1 drained hello ");
  say_event (fixture, 0, "late");
  say_event (fixture, 1, "new");
  assert_eventually (strstr (fixture->frames->str, "\"late\"") != NULL);
  assert_eventually (strstr (fixture->frames->str, "1:{\"envelope_id\":\"new\"}") != NULL);
  /* Only then the old one is closed, and only that */
  assert_eventually (strstr (fixture->frames->str, "0:close ") != NULL);
  fake_peer_send_frame (g_ptr_array_index (fixture->peers, 0), OP_CLOSE, "", 0);
  assert_eventually (is_gone (fixture, 0));
  g_assert_null (strstr (fixture->frames->str, "1:close"));
  g_assert_null (strstr (fixture->signals->str, "connecting"));
  g_assert_cmpuint (fixture->n_opens, ==, 2);
}

static void
test_a_warning_leaves_no_gap (Fixture *fixture, gconstpointer data)
{
  replace_without_a_gap (fixture, "{'type':'disconnect','reason':'warning'}");
}

static void
test_a_refresh_leaves_no_gap (Fixture *fixture, gconstpointer data)
{
  replace_without_a_gap (fixture, "{'type':'disconnect','reason':'refresh_requested'}");
}

static void
test_an_unknown_reason_leaves_no_gap (Fixture *fixture, gconstpointer data)
{
  replace_without_a_gap (fixture, "{'type':'disconnect'}");
}

static void
test_a_kick_leaves_no_gap (Fixture *fixture, gconstpointer data)
{
  replace_without_a_gap (fixture, NULL);
}

static void
test_a_socket_is_replaced_before_its_announced_end (Fixture *fixture, gconstpointer data)
{
  OncSocketModeTimings timings = patient;

  timings.refresh_lead = ONC_SECOND * 95 / 100;
  make_mode (fixture, &timings);
  fixture->hello = "{'type':'hello','debug_info':{'approximate_connection_time':1}}";
  start (fixture);
  fixture->hello = HELLO;
  assert_signals ("hello ");
  g_assert_cmpuint (fixture->peers->len, ==, 2);
  g_assert_false (is_gone (fixture, 0));
}

static void
test_several_warnings_make_one_attempt (Fixture *fixture, gconstpointer data)
{
  start (fixture);
  fixture->hello = NULL;
  say (fixture, 0, "{'type':'disconnect','reason':'warning'}");
  say (fixture, 0, "{'type':'disconnect','reason':'refresh_requested'}");
  assert_eventually (fixture->peers->len == 2);
  say (fixture, 0, "{'type':'disconnect','reason':'refresh_requested'}");
  say_event (fixture, 0, "marker");
  assert_frames ("0:{\"envelope_id\":\"marker\"} ");
  g_assert_cmpuint (fixture->n_opens, ==, 2);
}

static void
test_a_lost_socket_is_replaced_at_once (Fixture *fixture, gconstpointer data)
{
  OncSocketModeTimings timings = patient;

  timings.pause_min = timings.pause_max = 100 * ONC_SECOND;
  timings.stable = 0;
  make_mode (fixture, &timings);
  start (fixture);
  fake_peer_reset (g_ptr_array_index (fixture->peers, 0));
  assert_signals ("connecting connected hello+gap ");
}

static void
test_a_socket_that_slack_closes_is_replaced (Fixture *fixture, gconstpointer data)
{
  start (fixture);
  fake_peer_send_frame (g_ptr_array_index (fixture->peers, 0), OP_CLOSE, "\x03\xe8", 2);
  assert_signals ("connecting connected hello+gap ");
}

static void
test_a_silent_socket_is_replaced (Fixture *fixture, gconstpointer data)
{
  OncSocketModeTimings timings = patient;

  timings.socket.silence = ONC_SECOND / 5;
  make_mode (fixture, &timings);
  start (fixture);
  assert_eventually (fixture->peers->len >= 2);
  g_assert_true (g_str_has_prefix (fixture->signals->str, "connecting "));
}

static void
test_short_lives_are_followed_by_pauses (Fixture *fixture, gconstpointer data)
{
  OncSocketModeTimings timings = patient;
  gint64 begin = g_get_monotonic_time ();

  timings.pause_min = ONC_SECOND / 10;
  timings.pause_max = ONC_SECOND / 5;
  make_mode (fixture, &timings);
  onc_socket_mode_start (fixture->mode);
  for (guint i = 0; i < 5; i++)
    {
      assert_eventually (fixture->peers->len == i + 1);
      fake_peer_reset (g_ptr_array_index (fixture->peers, i));
    }
  assert_eventually (fixture->peers->len == 6);
  /* 0.1 s and four times 0.2 s, each at least half of it */
  g_assert_cmpint (g_get_monotonic_time () - begin, >=, G_TIME_SPAN_SECOND * 45 / 100);
}

static void
test_a_missing_hello_is_not_waited_for (Fixture *fixture, gconstpointer data)
{
  OncSocketModeTimings timings = patient;

  timings.hello = ONC_SECOND / 20;
  make_mode (fixture, &timings);
  fixture->hello = NULL;
  onc_socket_mode_start (fixture->mode);
  assert_eventually (fixture->peers->len >= 2);
  g_assert_cmpint (onc_socket_mode_get_state (fixture->mode), ==, ONC_LINK_OFFLINE);
  g_assert_nonnull (strstr (onc_socket_mode_get_reason (fixture->mode), "hello"));
  assert_eventually (is_gone (fixture, 0));
}

static void
test_a_refused_address_is_asked_for_anew (Fixture *fixture, gconstpointer data)
{
  const guint statuses[] = { 409, 408, 404, 503 };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_string_truncate (fixture->signals, 0);
      make_mode (fixture, &patient);
      fixture->refuse = statuses[i];
      onc_socket_mode_start (fixture->mode);
      assert_eventually (strstr (fixture->signals->str, "offline") != NULL);
      fixture->refuse = 0;
      assert_eventually (strstr (fixture->signals->str, "connected hello+gap ") != NULL);
      onc_socket_mode_stop (fixture->mode);
    }
}

static void
test_failures_of_slack_are_waited_out (Fixture *fixture, gconstpointer data)
{
  const struct
  {
    guint status;
    const char *error;
  } failures[] = { { 500, "internal_error" },
                   { 200, "internal_error" },
                   { 200, "forbidden_team" } };

  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      guint before = fixture->n_opens;

      g_string_truncate (fixture->signals, 0);
      make_mode (fixture, &patient);
      fixture->open_status = failures[i].status;
      fixture->open_error = failures[i].error;
      onc_socket_mode_start (fixture->mode);
      assert_eventually (fixture->n_opens >= before + 8);
      g_assert_cmpint (onc_socket_mode_get_state (fixture->mode), ==, ONC_LINK_OFFLINE);
      fixture->open_status = 200;
      fixture->open_error = NULL;
      assert_eventually (strstr (fixture->signals->str, "connected hello+gap ") != NULL);
      onc_socket_mode_stop (fixture->mode);
    }
}

static void
test_an_unreachable_slack_is_said (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OncWebApi) nowhere = onc_web_api_new (fixture->http, "http://127.0.0.1:1/api/",
                                                   "xapp-1");
  g_autoptr (OncSocketMode) mode = onc_socket_mode_new (fixture->http, nowhere, &patient);

  onc_socket_mode_set_identity (mode, "T1", NULL);
  onc_socket_mode_start (mode);
  assert_eventually (onc_socket_mode_get_state (mode) == ONC_LINK_OFFLINE);
  g_assert_nonnull (strstr (onc_socket_mode_get_reason (mode), "cannot reach Slack"));
  onc_socket_mode_stop (mode);
}

static void
test_a_token_that_is_no_good_ends_it (Fixture *fixture, gconstpointer data)
{
  const char *const errors[] = { "invalid_auth", "account_inactive", "not_allowed_token_type",
                                 "missing_scope", "user_removed_from_team" };

  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      guint before = fixture->n_opens;

      g_string_truncate (fixture->signals, 0);
      make_mode (fixture, &patient);
      fixture->open_error = errors[i];
      onc_socket_mode_start (fixture->mode);
      assert_signals ("connecting denied ");
      g_assert_nonnull (strstr (onc_socket_mode_get_reason (fixture->mode), errors[i]));
      onc_socket_mode_kick (fixture->mode);
      g_assert_cmpuint (fixture->n_opens, ==, before + 1);

      /* A new start is a new trial */
      fixture->open_error = NULL;
      onc_socket_mode_start (fixture->mode);
      assert_eventually (strstr (fixture->signals->str, "connected hello+gap ") != NULL);
      g_assert_cmpuint (fixture->n_opens, ==, before + 2);
      onc_socket_mode_stop (fixture->mode);
    }
}

static void
test_a_refusal_does_not_end_what_stands (Fixture *fixture, gconstpointer data)
{
  start (fixture);
  fixture->open_error = "invalid_auth";
  say (fixture, 0, "{'type':'disconnect','reason':'warning'}");
  assert_eventually (fixture->n_opens >= 3);
  say_event (fixture, 0, "e1");
  assert_frames ("0:{\"envelope_id\":\"e1\"} ");
  g_assert_cmpint (onc_socket_mode_get_state (fixture->mode), ==, ONC_LINK_CONNECTED);

  fake_peer_reset (g_ptr_array_index (fixture->peers, 0));
  assert_eventually (onc_socket_mode_get_state (fixture->mode) == ONC_LINK_DENIED);
}

static void
test_slacks_wish_to_wait_is_obeyed (Fixture *fixture, gconstpointer data)
{
  gint64 refused;

  fixture->open_status = 429;
  fixture->open_headers = "Retry-After: 1\r\n";
  onc_socket_mode_start (fixture->mode);
  assert_signals ("connecting offline ");
  g_assert_nonnull (strstr (onc_socket_mode_get_reason (fixture->mode), "wait"));
  refused = fixture->last_open;
  fixture->open_status = 200;
  /* Not even a kick gets round it */
  onc_socket_mode_kick (fixture->mode);
  assert_signals ("connecting offline connected hello+gap ");
  g_assert_cmpuint (fixture->n_opens, ==, 2);
  g_assert_cmpint (fixture->last_open - refused, >=, G_TIME_SPAN_SECOND);
}

/* @reason: for which Slack ends the socket, not to have another one soon. */
static void
refuse_sockets (Fixture *fixture, const char *reason, const char *words)
{
  OncSocketModeTimings timings = patient;
  g_autofree char *disconnect = g_strdup_printf ("{'type':'disconnect','reason':'%s'}", reason);
  gint64 refused;

  timings.pause_slow = ONC_SECOND;
  make_mode (fixture, &timings);
  start (fixture);
  say (fixture, 0, disconnect);
  assert_signals ("offline ");
  refused = g_get_monotonic_time ();
  g_assert_nonnull (strstr (onc_socket_mode_get_reason (fixture->mode), words));
  assert_eventually (strstr (fixture->frames->str, "0:close ") != NULL);
  onc_socket_mode_kick (fixture->mode);
  assert_signals ("offline connected hello+gap ");
  g_assert_cmpint (g_get_monotonic_time () - refused, >=, G_TIME_SPAN_SECOND / 2 - 50000);
}

static void
test_too_many_sockets_are_a_reason_to_wait (Fixture *fixture, gconstpointer data)
{
  refuse_sockets (fixture, "too_many_websockets", "too many");
}

static void
test_a_switched_off_socket_mode_is_said (Fixture *fixture, gconstpointer data)
{
  refuse_sockets (fixture, "link_disabled", "switched off");
}

static void
test_a_kick_does_not_wait_for_the_pause (Fixture *fixture, gconstpointer data)
{
  OncSocketModeTimings timings = patient;
  gint64 failed;

  timings.pause_min = ONC_SECOND / 20;
  timings.pause_max = 100 * ONC_SECOND;
  make_mode (fixture, &timings);
  fixture->open_status = 500;
  onc_socket_mode_start (fixture->mode);
  /* The pause that follows the seventh failure is at least 1.6 s */
  assert_eventually (fixture->n_opens == 7);
  failed = fixture->last_open;
  fixture->open_status = 200;
  onc_socket_mode_kick (fixture->mode);
  assert_eventually (onc_socket_mode_get_state (fixture->mode) == ONC_LINK_CONNECTED);
  g_assert_cmpint (fixture->last_open - failed, <, G_TIME_SPAN_SECOND * 3 / 2);
}

static void
test_a_kick_abandons_an_attempt_that_hangs (Fixture *fixture, gconstpointer data)
{
  fixture->hello = NULL;
  onc_socket_mode_start (fixture->mode);
  assert_eventually (fixture->peers->len == 1);
  fixture->hello = HELLO;
  onc_socket_mode_kick (fixture->mode);
  assert_signals ("connecting connected hello+gap ");
  assert_eventually (is_gone (fixture, 0));
  g_assert_cmpuint (fixture->n_opens, ==, 2);
}

static void
test_many_kicks_are_one (Fixture *fixture, gconstpointer data)
{
  OncSocketModeTimings timings = patient;

  timings.pause_min = ONC_SECOND / 2;
  make_mode (fixture, &timings);
  start (fixture);
  for (guint i = 0; i < 50; i++)
    {
      onc_socket_mode_kick (fixture->mode);
      g_main_context_iteration (NULL, FALSE);
    }
  assert_eventually (fixture->peers->len == 2);
  g_assert_cmpuint (fixture->n_opens, ==, 2);
}

static void
test_connections_of_others_are_counted (Fixture *fixture, gconstpointer data)
{
  fixture->hello = "{'type':'hello','num_connections':3}";
  start (fixture);
  g_assert_cmpuint (onc_socket_mode_get_connections (fixture->mode), ==, 3);
  g_assert_cmpuint (onc_socket_mode_get_foreign_connections (fixture->mode), ==, 2);

  /* While one takes over from the other, both are ours */
  fixture->hello = "{'type':'hello','num_connections':2}";
  onc_socket_mode_kick (fixture->mode);
  assert_signals ("hello ");
  g_assert_cmpuint (onc_socket_mode_get_connections (fixture->mode), ==, 2);
  g_assert_cmpuint (onc_socket_mode_get_foreign_connections (fixture->mode), ==, 0);
}

static void
test_a_socket_that_broke_may_still_be_counted (Fixture *fixture, gconstpointer data)
{
  start (fixture);
  fixture->hello = "{'type':'hello','num_connections':2}";
  fake_peer_reset (g_ptr_array_index (fixture->peers, 0));
  assert_signals ("connecting connected hello+gap ");
  g_assert_cmpuint (onc_socket_mode_get_foreign_connections (fixture->mode), ==, 0);
}

static guint n_notices;

static void
test_what_cannot_be_read_is_passed_over (Fixture *fixture, gconstpointer data)
{
  g_autofree char *deep = g_strnfill (2 * 1024 * 1024, '[');
  guint before = n_notices;
  FakePeer *peer;

  start (fixture);
  peer = g_ptr_array_index (fixture->peers, 0);
  fake_peer_send_frame (peer, OP_TEXT, "no JSON", -1);
  fake_peer_send_frame (peer, OP_TEXT, "[1]", -1);
  fake_peer_send_frame (peer, OP_TEXT, "{\"type\":\"hel", -1);
  fake_peer_send_frame (peer, OP_TEXT, "\xff\xfe", -1);
  fake_peer_send_frame (peer, OP_TEXT, "", 0);
  fake_peer_send_frame (peer, OP_TEXT, deep, -1);
  fake_peer_send_frame (peer, OP_BINARY, "{\"envelope_id\":\"binary\"}", -1);
  say_event (fixture, 0, "after");
  assert_frames ("0:{\"envelope_id\":\"after\"} ");
  g_assert_cmpuint (n_notices, ==, before + 1);
  g_assert_cmpint (onc_socket_mode_get_state (fixture->mode), ==, ONC_LINK_CONNECTED);
}

static void
test_invalid_text_does_not_cost_the_acknowledgement (Fixture *fixture, gconstpointer data)
{
  const char envelope[] = "{\"type\":\"events_api\",\"envelope_id\":\"e1\",\"payload\":{\"event\":"
                          "{\"type\":\"message\",\"text\":\"\xff\\ud800\"}}}";

  start (fixture);
  fake_peer_send_frame (g_ptr_array_index (fixture->peers, 0), OP_TEXT, envelope, -1);
  assert_frames ("0:{\"envelope_id\":\"e1\"} ");
}

static void
test_what_is_too_large_is_said_once (Fixture *fixture, gconstpointer data)
{
  const guint8 header[] = { 0x81, 0x7f, 0, 0, 0, 0, 0, 0x50, 0, 0, 'x' };
  guint before = n_notices;

  start (fixture);
  for (guint i = 0; i < 3; i++)
    {
      fake_peer_send (g_ptr_array_index (fixture->peers, i), header, sizeof header);
      assert_eventually (fixture->peers->len == i + 2);
    }
  g_assert_cmpuint (n_notices, ==, before + 1);
}

static void
test_the_end_is_orderly_and_final (Fixture *fixture, gconstpointer data)
{
  start (fixture);
  onc_socket_mode_stop (fixture->mode);
  assert_frames ("0:close ");
  say_event (fixture, 0, "late");
  fake_peer_send_frame (g_ptr_array_index (fixture->peers, 0), OP_CLOSE, "", 0);
  assert_eventually (is_gone (fixture, 0));
  g_assert_cmpstr (fixture->signals->str, ==, "offline ");
  g_assert_cmpuint (fixture->n_opens, ==, 1);
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
  n_notices += level == G_LOG_LEVEL_MESSAGE;
  return G_LOG_WRITER_HANDLED;
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_writer_func (watch_log, NULL, NULL);
#define ADD(sentence, function)                                                                    \
  g_test_add ("/socket-mode/" sentence, Fixture, NULL, set_up, function, tear_down)
  ADD ("only hello makes a connection", test_only_hello_makes_a_connection);
  ADD ("envelopes are acknowledged where they came",
       test_envelopes_are_acknowledged_where_they_came);
  ADD ("what is not known can be acknowledged too", test_what_is_not_known_can_be_acknowledged_too);
  ADD ("a warning leaves no gap", test_a_warning_leaves_no_gap);
  ADD ("a refresh leaves no gap", test_a_refresh_leaves_no_gap);
  ADD ("an unknown reason leaves no gap", test_an_unknown_reason_leaves_no_gap);
  ADD ("a kick leaves no gap", test_a_kick_leaves_no_gap);
  ADD ("a socket is replaced before its announced end",
       test_a_socket_is_replaced_before_its_announced_end);
  ADD ("several warnings make one attempt", test_several_warnings_make_one_attempt);
  ADD ("a lost socket is replaced at once", test_a_lost_socket_is_replaced_at_once);
  ADD ("a socket that Slack closes is replaced", test_a_socket_that_slack_closes_is_replaced);
  ADD ("a silent socket is replaced", test_a_silent_socket_is_replaced);
  ADD ("short lives are followed by pauses", test_short_lives_are_followed_by_pauses);
  ADD ("a missing hello is not waited for", test_a_missing_hello_is_not_waited_for);
  ADD ("a refused address is asked for anew", test_a_refused_address_is_asked_for_anew);
  ADD ("failures of Slack are waited out", test_failures_of_slack_are_waited_out);
  ADD ("an unreachable Slack is said", test_an_unreachable_slack_is_said);
  ADD ("a token that is no good ends it", test_a_token_that_is_no_good_ends_it);
  ADD ("a refusal does not end what stands", test_a_refusal_does_not_end_what_stands);
  ADD ("Slack's wish to wait is obeyed", test_slacks_wish_to_wait_is_obeyed);
  ADD ("too many sockets are a reason to wait", test_too_many_sockets_are_a_reason_to_wait);
  ADD ("a switched-off Socket Mode is said", test_a_switched_off_socket_mode_is_said);
  ADD ("a kick does not wait for the pause", test_a_kick_does_not_wait_for_the_pause);
  ADD ("a kick abandons an attempt that hangs", test_a_kick_abandons_an_attempt_that_hangs);
  ADD ("many kicks are one", test_many_kicks_are_one);
  ADD ("connections of others are counted", test_connections_of_others_are_counted);
  ADD ("a socket that broke may still be counted", test_a_socket_that_broke_may_still_be_counted);
  ADD ("what cannot be read is passed over", test_what_cannot_be_read_is_passed_over);
  ADD ("invalid text does not cost the acknowledgement",
       test_invalid_text_does_not_cost_the_acknowledgement);
  ADD ("what is too large is said once", test_what_is_too_large_is_said_once);
  ADD ("the end is orderly and final", test_the_end_is_orderly_and_final);
#undef ADD
  return g_test_run ();
}
