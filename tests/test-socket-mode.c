/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "link-fixture.h"

#include <string.h>

static void
test_only_hello_makes_a_connection (LinkFixture *fixture, gconstpointer data)
{
  fixture->hello = NULL;
  onc_socket_mode_start (fixture->mode);
  assert_eventually (fixture->peers->len == 1);
  link_say (fixture, 0, "{'type':'greetings'}");
  link_assert_signals ("connecting 1:0 drained ");
  g_assert_cmpint (onc_socket_mode_get_state (fixture->mode), ==, ONC_LINK_CONNECTING);
  link_say (fixture, 0, LINK_HELLO);
  link_assert_signals ("connecting 1:0 drained connected hello+gap ");
  g_assert_cmpint (onc_socket_mode_get_state (fixture->mode), ==, ONC_LINK_CONNECTED);
  g_assert_null (onc_socket_mode_get_reason (fixture->mode));
}

static void
test_envelopes_are_acknowledged_where_they_came (LinkFixture *fixture, gconstpointer data)
{
  link_start (fixture);
  link_say_event (fixture, 0, "e1");
  link_assert_signals ("1:1 drained ");
  link_assert_frames ("0:{\"envelope_id\":\"e1\"} ");
  g_assert_false (onc_socket_mode_ack (fixture->mode, 7, "e1"));
}

static void
test_what_is_not_known_can_be_acknowledged_too (LinkFixture *fixture, gconstpointer data)
{
  link_start (fixture);
  link_say (fixture, 0, "{'type':'slash_commands','envelope_id':'e1','payload':{}}");
  link_say (fixture, 0, "{'type':'of_tomorrow','envelope_id':'e2'}");
  link_say (fixture, 0,
            "{'type':'events_api','envelope_id':'e3','payload':{'type':'app_rate_limited'}}");
  link_assert_frames ("0:{\"envelope_id\":\"e1\"} 0:{\"envelope_id\":\"e2\"} "
                      "0:{\"envelope_id\":\"e3\"} ");
}

/* Has the socket at place 0 replaced, after @disconnect (nullable) was said, and looks that no
 * event is lost meanwhile. */
static void
replace_without_a_gap (LinkFixture *fixture, const char *disconnect)
{
  OncSocketModeTimings timings = link_patient;

  timings.linger = ONC_SECOND / 5;
  link_make_mode (fixture, &timings);
  link_start (fixture);
  fixture->hello = NULL;
  if (disconnect != NULL)
    link_say (fixture, 0, disconnect);
  else
    onc_socket_mode_kick (fixture->mode);
  assert_eventually (fixture->peers->len == 2);
  g_string_truncate (fixture->signals, 0);

  link_say_event (fixture, 0, "before");
  link_assert_frames ("0:{\"envelope_id\":\"before\"} ");
  link_say (fixture, 1, LINK_HELLO);
  link_assert_signals ("1:1 drained hello ");
  link_say_event (fixture, 0, "late");
  link_say_event (fixture, 1, "new");
  assert_eventually (strstr (fixture->frames->str, "\"late\"") != NULL);
  assert_eventually (strstr (fixture->frames->str, "1:{\"envelope_id\":\"new\"}") != NULL);
  /* Only then the old one is closed, and only that */
  assert_eventually (strstr (fixture->frames->str, "0:close ") != NULL);
  fake_peer_send_frame (g_ptr_array_index (fixture->peers, 0), LINK_CLOSE, "", 0);
  assert_eventually (link_is_gone (fixture, 0));
  g_assert_null (strstr (fixture->frames->str, "1:close"));
  g_assert_null (strstr (fixture->signals->str, "connecting"));
  g_assert_cmpuint (fixture->n_opens, ==, 2);
}

static void
test_a_warning_leaves_no_gap (LinkFixture *fixture, gconstpointer data)
{
  replace_without_a_gap (fixture, "{'type':'disconnect','reason':'warning'}");
}

static void
test_a_refresh_leaves_no_gap (LinkFixture *fixture, gconstpointer data)
{
  replace_without_a_gap (fixture, "{'type':'disconnect','reason':'refresh_requested'}");
}

static void
test_an_unknown_reason_leaves_no_gap (LinkFixture *fixture, gconstpointer data)
{
  replace_without_a_gap (fixture, "{'type':'disconnect'}");
}

static void
test_a_kick_leaves_no_gap (LinkFixture *fixture, gconstpointer data)
{
  replace_without_a_gap (fixture, NULL);
}

static void
test_a_socket_is_replaced_before_its_announced_end (LinkFixture *fixture, gconstpointer data)
{
  OncSocketModeTimings timings = link_patient;

  timings.refresh_lead = ONC_SECOND * 95 / 100;
  link_make_mode (fixture, &timings);
  fixture->hello = "{'type':'hello','debug_info':{'approximate_connection_time':1}}";
  link_start (fixture);
  fixture->hello = LINK_HELLO;
  link_assert_signals ("hello ");
  g_assert_cmpuint (fixture->peers->len, ==, 2);
  g_assert_false (link_is_gone (fixture, 0));
}

static void
test_connections_of_others_are_counted (LinkFixture *fixture, gconstpointer data)
{
  fixture->hello = "{'type':'hello','num_connections':3}";
  link_start (fixture);
  g_assert_cmpuint (onc_socket_mode_get_connections (fixture->mode), ==, 3);
  g_assert_cmpuint (onc_socket_mode_get_foreign_connections (fixture->mode), ==, 2);

  /* While one takes over from the other, both are ours */
  fixture->hello = "{'type':'hello','num_connections':2}";
  onc_socket_mode_kick (fixture->mode);
  link_assert_signals ("hello ");
  g_assert_cmpuint (onc_socket_mode_get_connections (fixture->mode), ==, 2);
  g_assert_cmpuint (onc_socket_mode_get_foreign_connections (fixture->mode), ==, 0);
}

static void
test_a_socket_that_broke_may_still_be_counted (LinkFixture *fixture, gconstpointer data)
{
  link_start (fixture);
  fixture->hello = "{'type':'hello','num_connections':2}";
  fake_peer_reset (g_ptr_array_index (fixture->peers, 0));
  link_assert_signals ("connecting connected hello+gap ");
  g_assert_cmpuint (onc_socket_mode_get_foreign_connections (fixture->mode), ==, 0);
}

static void
test_what_cannot_be_read_is_passed_over (LinkFixture *fixture, gconstpointer data)
{
  g_autofree char *deep = g_strnfill (2 * 1024 * 1024, '[');
  guint before = link_count_notices ();
  FakePeer *peer;

  link_start (fixture);
  peer = g_ptr_array_index (fixture->peers, 0);
  fake_peer_send_frame (peer, LINK_TEXT, "no JSON", -1);
  fake_peer_send_frame (peer, LINK_TEXT, "[1]", -1);
  fake_peer_send_frame (peer, LINK_TEXT, "{\"type\":\"hel", -1);
  fake_peer_send_frame (peer, LINK_TEXT, "\xff\xfe", -1);
  fake_peer_send_frame (peer, LINK_TEXT, "", 0);
  fake_peer_send_frame (peer, LINK_TEXT, deep, -1);
  fake_peer_send_frame (peer, LINK_BINARY, "{\"envelope_id\":\"binary\"}", -1);
  link_say_event (fixture, 0, "after");
  link_assert_frames ("0:{\"envelope_id\":\"after\"} ");
  g_assert_cmpuint (link_count_notices (), ==, before + 1);
  g_assert_cmpint (onc_socket_mode_get_state (fixture->mode), ==, ONC_LINK_CONNECTED);
}

static void
test_invalid_text_does_not_cost_the_acknowledgement (LinkFixture *fixture, gconstpointer data)
{
  const char envelope[] = "{\"type\":\"events_api\",\"envelope_id\":\"e1\",\"payload\":{\"event\":"
                          "{\"type\":\"message\",\"text\":\"\xff\\ud800\"}}}";

  link_start (fixture);
  fake_peer_send_frame (g_ptr_array_index (fixture->peers, 0), LINK_TEXT, envelope, -1);
  link_assert_frames ("0:{\"envelope_id\":\"e1\"} ");
}

static void
test_what_is_too_large_is_said_once (LinkFixture *fixture, gconstpointer data)
{
  const guint8 header[] = { 0x81, 0x7f, 0, 0, 0, 0, 0, 0x50, 0, 0, 'x' };
  guint before = link_count_notices ();

  link_start (fixture);
  for (guint i = 0; i < 3; i++)
    {
      fake_peer_send (g_ptr_array_index (fixture->peers, i), header, sizeof header);
      assert_eventually (fixture->peers->len == i + 2);
    }
  g_assert_cmpuint (link_count_notices (), ==, before + 1);
}

static void
test_the_end_is_orderly_and_final (LinkFixture *fixture, gconstpointer data)
{
  link_start (fixture);
  onc_socket_mode_stop (fixture->mode);
  link_assert_frames ("0:close ");
  link_say_event (fixture, 0, "late");
  fake_peer_send_frame (g_ptr_array_index (fixture->peers, 0), LINK_CLOSE, "", 0);
  assert_eventually (link_is_gone (fixture, 0));
  g_assert_cmpstr (fixture->signals->str, ==, "offline ");
  g_assert_cmpuint (fixture->n_opens, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  link_watch_log ();
#define ADD(sentence, function)                                                                    \
  g_test_add ("/socket-mode/" sentence, LinkFixture, NULL, link_set_up, function, link_tear_down)
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
