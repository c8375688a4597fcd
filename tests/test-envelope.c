/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "envelope.h"

#include <string.h>

#include "error.h"
#include "event.h"
#include "quoted-json.h"

static OncEnvelope *
read_envelope (const char *json)
{
  g_autofree char *text = quoted (json);
  g_autoptr (GError) error = NULL;
  OncEnvelope *envelope = onc_envelope_read (text, strlen (text), "T1", "UME", &error);

  g_assert_no_error (error);
  return envelope;
}

#define EVENT(event)                                                                               \
  "{'type':'events_api','envelope_id':'dbdd0ef3-1543-4f94','retry_attempt':2,"                     \
  "'accepts_response_payload':false,'payload':{'type':'event_callback','team_id':'T9',"            \
  "'event_id':'Ev01','event':" event "}}"

static void
test_an_event_comes_with_all_that_it_is_known_by (void)
{
  g_autoptr (OncEnvelope) envelope = read_envelope (
      EVENT ("{'type':'message','channel':'C1','user':'U1',"
             "'ts':'1700000000.000100','text':'x'}"));
  const OncEvent *event = g_ptr_array_index (envelope->events, 0);

  g_assert_cmpint (envelope->type, ==, ONC_ENVELOPE_EVENT);
  g_assert_cmpstr (envelope->id, ==, "dbdd0ef3-1543-4f94");
  g_assert_cmpuint (envelope->retry_attempt, ==, 2);
  g_assert_cmpuint (envelope->events->len, ==, 1);
  g_assert_cmpstr (event->message.message->team, ==, "T1");
  g_assert_cmpstr (envelope->key, ==, "m:C1:1700000000.000100:new");
}

static void
test_an_event_that_may_recur_is_known_by_its_id (void)
{
  g_autoptr (OncEnvelope) envelope = read_envelope (
      EVENT ("{'type':'subteam_members_changed','subteam_id':'S1','added_users':['U1'],"
             "'removed_users':[]}"));

  g_assert_cmpuint (envelope->events->len, ==, 1);
  g_assert_cmpstr (envelope->key, ==, "e:Ev01");
}

static void
test_what_means_nothing_can_still_be_acknowledged (void)
{
  const char *const frames[] = {
    EVENT ("{'type':'channel_archive'}"),
    EVENT ("null"),
    EVENT ("[[]]"),
    "{'type':'events_api','envelope_id':'dbdd0ef3-1543-4f94'}",
    "{'type':'events_api','envelope_id':'dbdd0ef3-1543-4f94','payload':'text'}",
    "{'type':'slash_commands','envelope_id':'dbdd0ef3-1543-4f94','payload':{'command':'/x'}}",
    "{'type':'of_tomorrow','envelope_id':'dbdd0ef3-1543-4f94'}",
    "{'type':9,'envelope_id':'dbdd0ef3-1543-4f94'}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (frames); i++)
    {
      g_autoptr (OncEnvelope) envelope = read_envelope (frames[i]);

      g_assert_cmpstr (envelope->id, ==, "dbdd0ef3-1543-4f94");
      g_assert_cmpuint (envelope->events->len, ==, 0);
      g_assert_null (envelope->key);
    }
}

static void
test_the_directorys_events_are_handed_on_as_they_are (void)
{
  g_autoptr (OncEnvelope) envelope = read_envelope (
      EVENT ("{'type':'channel_rename','channel':{'id':'C1','name':'new'}}"));

  g_assert_cmpuint (envelope->events->len, ==, 0);
  g_assert_cmpstr (onc_json_string (envelope->event, "type"), ==, "channel_rename");
}

static void
test_hello_may_say_much_or_little (void)
{
  g_autoptr (OncEnvelope) full = read_envelope (
      "{'type':'hello','num_connections':2,'connection_info':{'app_id':'A1'},"
      "'debug_info':{'host':'h','approximate_connection_time':18060}}");
  g_autoptr (OncEnvelope) bare = read_envelope ("{'type':'hello','num_connections':-1}");

  g_assert_cmpint (full->type, ==, ONC_ENVELOPE_HELLO);
  g_assert_cmpuint (full->num_connections, ==, 2);
  g_assert_cmpuint (full->connection_seconds, ==, 18060);
  g_assert_cmpuint (bare->num_connections, ==, 0);
  g_assert_cmpuint (bare->connection_seconds, ==, 0);
}

static void
test_disconnect_may_come_without_a_reason (void)
{
  g_autoptr (OncEnvelope) warning = read_envelope ("{'type':'disconnect','reason':'warning'}");
  g_autoptr (OncEnvelope) bare = read_envelope ("{'type':'disconnect','reason':{}}");

  g_assert_cmpint (warning->type, ==, ONC_ENVELOPE_DISCONNECT);
  g_assert_cmpstr (warning->reason, ==, "warning");
  g_assert_cmpint (bare->type, ==, ONC_ENVELOPE_DISCONNECT);
  g_assert_null (bare->reason);
}

static void
test_lost_rights_and_dropped_events_are_seen (void)
{
  g_autoptr (OncEnvelope) revoked = read_envelope (
      EVENT ("{'type':'tokens_revoked','tokens':{'oauth':['UME']}}"));
  g_autoptr (OncEnvelope) uninstalled = read_envelope (EVENT ("{'type':'app_uninstalled'}"));
  g_autoptr (OncEnvelope) limited = read_envelope (
      "{'type':'events_api','envelope_id':'x1','payload':"
      "{'type':'app_rate_limited','minute_rate_limited':1700000000}}");
  g_autoptr (OncEnvelope) other = read_envelope (EVENT ("{'type':'message'}"));

  g_assert_true (revoked->access_changed);
  g_assert_true (uninstalled->access_changed);
  g_assert_true (limited->events_dropped);
  g_assert_false (other->access_changed || other->events_dropped);
}

static void
test_an_id_that_could_spoil_the_answer_is_none (void)
{
  g_autoptr (OncEnvelope) quote = read_envelope ("{'envelope_id':'a\\u0022,b'}");
  g_autoptr (OncEnvelope) number = read_envelope ("{'envelope_id':17}");
  g_autofree char *endless = g_strnfill (30000, 'a');
  g_autofree char *json = g_strdup_printf ("{'envelope_id':'%s'}", endless);
  g_autoptr (OncEnvelope) large = read_envelope (json);

  g_assert_null (quote->id);
  g_assert_null (number->id);
  g_assert_null (large->id);
}

static void
test_what_is_no_object_is_no_envelope (void)
{
  const char *const wrong[] = { "", "[]", "7", "hello", "\"hello\"", "null" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      OncEnvelope *envelope = onc_envelope_read (wrong[i], strlen (wrong[i]), "T1", NULL, &error);

      g_assert_null (envelope);
      g_assert_error (error, ONC_ERROR, ONC_ERROR_FAILED);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(sentence, function) g_test_add_func ("/envelope/" sentence, function)
  ADD ("an event comes with all that it is known by",
       test_an_event_comes_with_all_that_it_is_known_by);
  ADD ("an event that may recur is known by its ID",
       test_an_event_that_may_recur_is_known_by_its_id);
  ADD ("what means nothing can still be acknowledged",
       test_what_means_nothing_can_still_be_acknowledged);
  ADD ("the directory's events are handed on as they are",
       test_the_directorys_events_are_handed_on_as_they_are);
  ADD ("hello may say much or little", test_hello_may_say_much_or_little);
  ADD ("disconnect may come without a reason", test_disconnect_may_come_without_a_reason);
  ADD ("lost rights and dropped events are seen", test_lost_rights_and_dropped_events_are_seen);
  ADD ("an ID that could spoil the answer is none", test_an_id_that_could_spoil_the_answer_is_none);
  ADD ("what is no object is no envelope", test_what_is_no_object_is_no_envelope);
#undef ADD
  return g_test_run ();
}
