/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Sockets that are lost, refused or not to be had: when the next one is tried, and what is said. */

#include "link-fixture.h"

#include <string.h>

static void
test_several_warnings_make_one_attempt (LinkFixture *fixture, gconstpointer data)
{
  link_start (fixture);
  fixture->hello = NULL;
  link_say (fixture, 0, "{'type':'disconnect','reason':'warning'}");
  link_say (fixture, 0, "{'type':'disconnect','reason':'refresh_requested'}");
  assert_eventually (fixture->peers->len == 2);
  link_say (fixture, 0, "{'type':'disconnect','reason':'refresh_requested'}");
  link_say_event (fixture, 0, "marker");
  link_assert_frames ("0:{\"envelope_id\":\"marker\"} ");
  g_assert_cmpuint (fixture->n_opens, ==, 2);
}

static void
test_a_lost_socket_is_replaced_at_once (LinkFixture *fixture, gconstpointer data)
{
  OncSocketModeTimings timings = link_patient;

  timings.pause_min = timings.pause_max = 100 * ONC_SECOND;
  timings.stable = 0;
  link_make_mode (fixture, &timings);
  link_start (fixture);
  fake_peer_reset (g_ptr_array_index (fixture->peers, 0));
  link_assert_signals ("connecting connected hello+gap ");
}

static void
test_a_socket_that_slack_closes_is_replaced (LinkFixture *fixture, gconstpointer data)
{
  link_start (fixture);
  fake_peer_send_frame (g_ptr_array_index (fixture->peers, 0), LINK_CLOSE, "\x03\xe8", 2);
  link_assert_signals ("connecting connected hello+gap ");
}

static void
test_a_silent_socket_is_replaced (LinkFixture *fixture, gconstpointer data)
{
  OncSocketModeTimings timings = link_patient;

  timings.socket.silence = ONC_SECOND / 5;
  link_make_mode (fixture, &timings);
  link_start (fixture);
  assert_eventually (fixture->peers->len >= 2);
  g_assert_true (g_str_has_prefix (fixture->signals->str, "connecting "));
}

static void
test_short_lives_are_followed_by_pauses (LinkFixture *fixture, gconstpointer data)
{
  OncSocketModeTimings timings = link_patient;
  gint64 begin = g_get_monotonic_time ();

  timings.pause_min = ONC_SECOND / 10;
  timings.pause_max = ONC_SECOND / 5;
  link_make_mode (fixture, &timings);
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
test_a_missing_hello_is_not_waited_for (LinkFixture *fixture, gconstpointer data)
{
  OncSocketModeTimings timings = link_patient;

  timings.hello = ONC_SECOND / 20;
  link_make_mode (fixture, &timings);
  fixture->hello = NULL;
  onc_socket_mode_start (fixture->mode);
  assert_eventually (fixture->peers->len >= 2);
  g_assert_cmpint (onc_socket_mode_get_state (fixture->mode), ==, ONC_LINK_OFFLINE);
  g_assert_nonnull (strstr (onc_socket_mode_get_reason (fixture->mode), "hello"));
  assert_eventually (link_is_gone (fixture, 0));
}

static void
test_a_refused_address_is_asked_for_anew (LinkFixture *fixture, gconstpointer data)
{
  const guint statuses[] = { 409, 408, 404, 503 };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_string_truncate (fixture->signals, 0);
      link_make_mode (fixture, &link_patient);
      fixture->refuse = statuses[i];
      onc_socket_mode_start (fixture->mode);
      assert_eventually (strstr (fixture->signals->str, "offline") != NULL);
      fixture->refuse = 0;
      assert_eventually (strstr (fixture->signals->str, "connected hello+gap ") != NULL);
      onc_socket_mode_stop (fixture->mode);
    }
}

static void
test_failures_of_slack_are_waited_out (LinkFixture *fixture, gconstpointer data)
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
      link_make_mode (fixture, &link_patient);
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
test_an_unreachable_slack_is_said (LinkFixture *fixture, gconstpointer data)
{
  g_autoptr (OncWebApi) nowhere = onc_web_api_new (fixture->http, "http://127.0.0.1:1/api/",
                                                   "xapp-1");
  g_autoptr (OncSocketMode) mode = onc_socket_mode_new (fixture->http, nowhere, &link_patient);

  onc_socket_mode_set_identity (mode, "T1", NULL);
  onc_socket_mode_start (mode);
  assert_eventually (onc_socket_mode_get_state (mode) == ONC_LINK_OFFLINE);
  g_assert_nonnull (strstr (onc_socket_mode_get_reason (mode), "cannot reach Slack"));
  onc_socket_mode_stop (mode);
}

static void
test_a_token_that_is_no_good_ends_it (LinkFixture *fixture, gconstpointer data)
{
  const char *const errors[] = { "invalid_auth", "account_inactive", "not_allowed_token_type",
                                 "missing_scope", "user_removed_from_team" };

  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      guint before = fixture->n_opens;

      g_string_truncate (fixture->signals, 0);
      link_make_mode (fixture, &link_patient);
      fixture->open_error = errors[i];
      onc_socket_mode_start (fixture->mode);
      link_assert_signals ("connecting denied ");
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
test_a_refusal_does_not_end_what_stands (LinkFixture *fixture, gconstpointer data)
{
  link_start (fixture);
  fixture->open_error = "invalid_auth";
  link_say (fixture, 0, "{'type':'disconnect','reason':'warning'}");
  assert_eventually (fixture->n_opens >= 3);
  link_say_event (fixture, 0, "e1");
  link_assert_frames ("0:{\"envelope_id\":\"e1\"} ");
  g_assert_cmpint (onc_socket_mode_get_state (fixture->mode), ==, ONC_LINK_CONNECTED);

  fake_peer_reset (g_ptr_array_index (fixture->peers, 0));
  assert_eventually (onc_socket_mode_get_state (fixture->mode) == ONC_LINK_DENIED);
}

static void
test_slacks_wish_to_wait_is_obeyed (LinkFixture *fixture, gconstpointer data)
{
  gint64 refused;

  fixture->open_status = 429;
  fixture->open_headers = "Retry-After: 1\r\n";
  onc_socket_mode_start (fixture->mode);
  link_assert_signals ("connecting offline ");
  g_assert_nonnull (strstr (onc_socket_mode_get_reason (fixture->mode), "wait"));
  refused = fixture->last_open;
  fixture->open_status = 200;
  /* Not even a kick gets round it */
  onc_socket_mode_kick (fixture->mode);
  link_assert_signals ("connecting offline connected hello+gap ");
  g_assert_cmpuint (fixture->n_opens, ==, 2);
  g_assert_cmpint (fixture->last_open - refused, >=, G_TIME_SPAN_SECOND);
}

/* @reason: for which Slack ends the socket, not to have another one soon. */
static void
refuse_sockets (LinkFixture *fixture, const char *reason, const char *words)
{
  OncSocketModeTimings timings = link_patient;
  g_autofree char *disconnect = g_strdup_printf ("{'type':'disconnect','reason':'%s'}", reason);
  gint64 refused;

  timings.pause_slow = ONC_SECOND;
  link_make_mode (fixture, &timings);
  link_start (fixture);
  link_say (fixture, 0, disconnect);
  link_assert_signals ("offline ");
  refused = g_get_monotonic_time ();
  g_assert_nonnull (strstr (onc_socket_mode_get_reason (fixture->mode), words));
  assert_eventually (strstr (fixture->frames->str, "0:close ") != NULL);
  onc_socket_mode_kick (fixture->mode);
  link_assert_signals ("offline connected hello+gap ");
  g_assert_cmpint (g_get_monotonic_time () - refused, >=, G_TIME_SPAN_SECOND / 2 - 50000);
}

static void
test_too_many_sockets_are_a_reason_to_wait (LinkFixture *fixture, gconstpointer data)
{
  refuse_sockets (fixture, "too_many_websockets", "too many");
}

static void
test_a_switched_off_socket_mode_is_said (LinkFixture *fixture, gconstpointer data)
{
  refuse_sockets (fixture, "link_disabled", "switched off");
}

static void
test_a_kick_does_not_wait_for_the_pause (LinkFixture *fixture, gconstpointer data)
{
  OncSocketModeTimings timings = link_patient;
  gint64 failed;

  timings.pause_min = ONC_SECOND / 20;
  timings.pause_max = 100 * ONC_SECOND;
  link_make_mode (fixture, &timings);
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
test_a_kick_abandons_an_attempt_that_hangs (LinkFixture *fixture, gconstpointer data)
{
  fixture->hello = NULL;
  onc_socket_mode_start (fixture->mode);
  assert_eventually (fixture->peers->len == 1);
  fixture->hello = LINK_HELLO;
  onc_socket_mode_kick (fixture->mode);
  link_assert_signals ("connecting connected hello+gap ");
  assert_eventually (link_is_gone (fixture, 0));
  g_assert_cmpuint (fixture->n_opens, ==, 2);
}

static void
test_many_kicks_are_one (LinkFixture *fixture, gconstpointer data)
{
  OncSocketModeTimings timings = link_patient;

  timings.pause_min = ONC_SECOND / 2;
  link_make_mode (fixture, &timings);
  link_start (fixture);
  for (guint i = 0; i < 50; i++)
    {
      onc_socket_mode_kick (fixture->mode);
      g_main_context_iteration (NULL, FALSE);
    }
  assert_eventually (fixture->peers->len == 2);
  g_assert_cmpuint (fixture->n_opens, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  link_watch_log ();
#define ADD(sentence, function)                                                                    \
  g_test_add ("/socket-loss/" sentence, LinkFixture, NULL, link_set_up, function, link_tear_down)
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
#undef ADD
  return g_test_run ();
}
