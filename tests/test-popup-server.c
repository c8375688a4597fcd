/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "popup-server.h"

#include "desk.h"
#if HAVE_CANBERRA
#include "mock-canberra.h"
#endif

static void
test_markup_is_escaped_where_it_is_understood (Desk *desk, gconstpointer data)
{
  const char *text = "&lt;b&gt;it's&lt;/b&gt; \"R&amp;D\" <https://example.org/?a&amp;b|here>";
  const MockPopup *popup = desk_show_next (desk, 12, ONC_LEVEL_URGENT, text);

  g_assert_cmpstr (popup->body, ==, "&lt;b&gt;it's&lt;/b&gt; \"R&amp;D\" here");
}

static void
test_markup_is_left_alone_where_it_is_not (Desk *desk, gconstpointer data)
{
  const MockPopup *popup = desk_show_next (desk, 12, ONC_LEVEL_URGENT,
                                           "&lt;b&gt;it's&lt;/b&gt; R&amp;D");

  g_assert_cmpstr (popup->body, ==, "<b>it's</b> R&D");
  g_assert_cmpuint (g_strv_length (popup->actions), ==, 8);
}

static void
test_dunst_gets_nothing_that_it_could_parse (Desk *desk, gconstpointer data)
{
  const MockPopup *popup;

  mock_server_set_name (desk->server, "dunst");
  popup = desk_show_next (desk, 12, ONC_LEVEL_URGENT, "&lt;b&gt;it's&lt;/b&gt; R&amp;D &amp;lt;");
  g_assert_cmpstr (popup->body, ==, "‹b>it's‹/b> R&\u2060D &\u2060lt;");
}

static void
test_dunst_that_offers_markup_gets_entities (Desk *desk, gconstpointer data)
{
  const MockPopup *popup;

  mock_server_set_name (desk->server, "dunst");
  popup = desk_show_next (desk, 12, ONC_LEVEL_URGENT, "&lt;b&gt; R&amp;D");
  g_assert_cmpstr (popup->body, ==, "&lt;b&gt; R&amp;D");
}

#if HAVE_CANBERRA
static void
assert_heard (const char *expected)
{
  g_autofree char *heard = mock_canberra_take ();

  g_assert_cmpstr (heard, ==, expected);
}

static void
test_a_silent_server_is_lent_a_voice (Desk *desk, gconstpointer data)
{
  desk_show_next (desk, 11, ONC_LEVEL_EMERGENCY, "not asked for");
  desk_catch_up (desk);
  assert_heard ("");

  g_assert_true (onc_notifier_set_own_sound (desk->notifier, TRUE));
  desk_show_next (desk, 12, ONC_LEVEL_QUESTION, "has no sound");
  desk_show_next (desk, 13, ONC_LEVEL_URGENT, "has one");
  desk_show_next (desk, 14, ONC_LEVEL_EMERGENCY, "has another");
  desk_catch_up (desk);
  assert_heard ("message-new-instant alarm-clock-elapsed");

  /* What is raised again is not news. */
  desk_stop_server (desk);
  desk_start_server (desk, DESK_RICH, 1);
  desk_wait_for_popup (desk, 3);
  desk_catch_up (desk);
  assert_heard ("");

  /* What a server refuses was not shown. */
  mock_server_refuse_popups (desk->server, 2);
  desk_show (desk, 15, ONC_LEVEL_URGENT, "refused");
  desk_wait_for_popup (desk, 6);
  desk_catch_up (desk);
  assert_heard ("");
}

static void
test_a_server_with_a_voice_uses_its_own (Desk *desk, gconstpointer data)
{
  const MockPopup *popup;

  g_assert_true (onc_notifier_set_own_sound (desk->notifier, TRUE));
  popup = desk_show_next (desk, 12, ONC_LEVEL_URGENT, "one");
  g_assert_cmpstr (mock_popup_get_word (popup, "sound-name"), ==, "message-new-instant");
  desk_catch_up (desk);
  assert_heard ("");
}
#endif

static void
test_a_server_without_actions_shows_the_rest (Desk *desk, gconstpointer data)
{
  const MockPopup *popup = desk_show_next (desk, 12, ONC_LEVEL_URGENT, "a &amp; b");

  g_assert_cmpuint (g_strv_length (popup->actions), ==, 0);
  g_assert_cmpstr (popup->body, ==, "a &amp; b");
}

static void
test_what_is_shown_without_a_server_waits_for_one (Desk *desk, gconstpointer data)
{
  const MockPopup *popup;

  desk_show (desk, 12, ONC_LEVEL_URGENT, "old");
  desk_show (desk, 12, ONC_LEVEL_URGENT, "new");
  desk_show (desk, 13, ONC_LEVEL_URGENT, "withdrawn");
  desk_withdraw (desk, 13);

  desk_start_server (desk, DESK_RICH, 1);
  popup = desk_wait_for_popup (desk, 0);
  g_assert_cmpstr (popup->body, ==, "new");
  g_assert_cmpstr (mock_popup_get_word (popup, "sound-name"), ==, "message-new-instant");
  desk_catch_up (desk);
  g_assert_cmpuint (mock_server_n_standing (desk->server), ==, 1);
}

static void
test_a_server_is_started_where_the_bus_can (Desk *desk, gconstpointer data)
{
  g_assert_false (desk_was_server_called (desk));
  desk_show (desk, 12, ONC_LEVEL_URGENT, "one");
  assert_eventually (desk_was_server_called (desk));
}

static void
test_popups_are_raised_again_with_the_next_server (Desk *desk, gconstpointer data)
{
  const MockPopup *popup;

  desk_show_next (desk, 11, ONC_LEVEL_QUESTION, "one");
  desk_show_next (desk, 12, ONC_LEVEL_URGENT, "two");
  desk_show_next (desk, 13, ONC_LEVEL_EMERGENCY, "three");
  desk_show_next (desk, 14, ONC_LEVEL_URGENT, "four");
  desk_catch_up (desk);
  desk_stop_server (desk);
  desk_start_server (desk, DESK_RICH, 2);

  /* The most urgent first, then the oldest, and silently. */
  desk_wait_for_popup (desk, 3);
  g_assert_cmpstr (mock_server_get (desk->server, 0)->body, ==, "three");
  g_assert_cmpstr (mock_server_get (desk->server, 1)->body, ==, "two");
  g_assert_cmpstr (mock_server_get (desk->server, 2)->body, ==, "four");
  g_assert_cmpstr (mock_server_get (desk->server, 3)->body, ==, "one");
  for (guint i = 0; i < 4; i++)
    {
      popup = mock_server_get (desk->server, i);
      g_assert_cmpuint (popup->replaces, ==, 0);
      g_assert_true (mock_popup_has_flag (popup, "suppress-sound"));
      g_assert_null (mock_popup_get_word (popup, "sound-name"));
    }

  /* Its ID was another's with the last server. */
  popup = mock_server_get (desk->server, 1);
  mock_server_invoke (desk->server, popup->id, "claim", NULL);
  desk_assert_event (desk, "12 claim");
  desk_assert_event (desk, "12 dismissed");
  desk_withdraw (desk, 13);
  popup = mock_server_get (desk->server, 0);
  assert_eventually (!mock_server_stands (desk->server, popup));

  /* What is new is heard. */
  popup = desk_show_next (desk, 14, ONC_LEVEL_URGENT, "five");
  g_assert_cmpstr (mock_popup_get_word (popup, "sound-name"), ==, "message-new-instant");
}

static void
test_a_server_may_be_replaced_in_passing (Desk *desk, gconstpointer data)
{
  const MockPopup *popup = desk_show_next (desk, 12, ONC_LEVEL_URGENT, "a &amp; b");
  MockServer *last = g_steal_pointer (&desk->server);

  g_assert_cmpstr (popup->body, ==, "a &amp; b");
  desk_start_server (desk, "body", 1);
  popup = desk_wait_for_popup (desk, 0);
  g_assert_cmpuint (popup->replaces, ==, 0);
  g_assert_cmpstr (popup->body, ==, "a & b");
  g_assert_cmpuint (g_strv_length (popup->actions), ==, 0);

  /* The last one has no say any more. */
  mock_server_invoke (last, 1, "claim", NULL);
  mock_server_end (last, 1, 2);
  mock_server_free (last);
  desk_catch_up (desk);
  g_assert_true (mock_server_stands (desk->server, popup));
}

static void
test_a_reply_is_written_where_there_is_a_field (Desk *desk, gconstpointer data)
{
  const MockPopup *popup = desk_show_next (desk, 12, ONC_LEVEL_URGENT, "one");

  g_assert_true (g_strv_contains ((const char *const *) popup->actions, "inline-reply"));
  g_assert_nonnull (mock_popup_get_word (popup, "x-kde-reply-placeholder-text"));
  mock_server_reply (desk->server, popup->id + 1, "to somebody else's popup");
  mock_server_reply (desk->server, popup->id, "");
  mock_server_reply (desk->server, popup->id, "on it <b>");
  desk_assert_event (desk, "12 replied on it <b>");
  desk_assert_event (desk, "12 dismissed");
  mock_server_reply (desk->server, popup->id, "a second time");
  desk_catch_up (desk);
  g_assert_cmpuint (desk->events->len, ==, 0);
}

static void
test_a_popup_that_is_closed_at_once_has_gone (Desk *desk, gconstpointer data)
{
  const MockPopup *popup;

  mock_server_close_at_once (desk->server);
  desk_show_next (desk, 12, ONC_LEVEL_EMERGENCY, "one");
  desk_assert_event (desk, "12 gone");
  popup = desk_show_next (desk, 12, ONC_LEVEL_EMERGENCY, "two");
  g_assert_cmpuint (popup->replaces, ==, 0);
  desk_assert_event (desk, "12 gone");
}

static void
test_an_id_that_comes_twice_is_the_newer_popup (Desk *desk, gconstpointer data)
{
  const MockPopup *popup;

  mock_server_repeat_ids (desk->server);
  desk_show_next (desk, 12, ONC_LEVEL_EMERGENCY, "one");
  popup = desk_show_next (desk, 13, ONC_LEVEL_EMERGENCY, "two");
  desk_assert_event (desk, "12 gone");
  mock_server_invoke (desk->server, popup->id, "claim", NULL);
  desk_assert_event (desk, "13 claim");
  desk_catch_up (desk);
  desk_assert_event (desk, "13 gone");
}

static void
test_a_refused_popup_is_tried_twice (Desk *desk, gconstpointer data)
{
  const MockPopup *popup;

  mock_server_refuse_popups (desk->server, 1);
  desk_show (desk, 12, ONC_LEVEL_URGENT, "one");
  popup = desk_wait_for_popup (desk, 1);
  assert_eventually (mock_server_stands (desk->server, popup));
  g_assert_cmpstr (popup->body, ==, "one");
  g_assert_cmpstr (mock_popup_get_word (popup, "sound-name"), ==, "message-new-instant");

  mock_server_refuse_popups (desk->server, 2);
  desk_show (desk, 13, ONC_LEVEL_URGENT, "two");
  desk_wait_for_popup (desk, 3);
  desk_catch_up (desk);
  g_assert_cmpuint (mock_server_n_popups (desk->server), ==, 5);
  g_assert_cmpuint (mock_server_n_standing (desk->server), ==, 1);

  /* It has its chance the next time, and with the next server. */
  mock_server_refuse_popups (desk->server, 2);
  desk_show (desk, 13, ONC_LEVEL_URGENT, "three");
  desk_wait_for_popup (desk, 6);
  desk_stop_server (desk);
  desk_start_server (desk, DESK_RICH, 1);
  popup = desk_wait_for_popup (desk, 1);
  g_assert_cmpstr (popup->body, ==, "three");
}

static void
test_a_change_that_is_refused_leaves_the_popup_alive (Desk *desk, gconstpointer data)
{
  const MockPopup *popup = desk_show_next (desk, 12, ONC_LEVEL_EMERGENCY, "one");

  mock_server_refuse_popups (desk->server, 2);
  desk_show (desk, 12, ONC_LEVEL_EMERGENCY, "two");
  desk_wait_for_popup (desk, 2);
  desk_catch_up (desk);
  mock_server_invoke (desk->server, popup->id, "claim", NULL);
  desk_assert_event (desk, "12 claim");
  desk_withdraw (desk, 12);
  assert_eventually (!mock_server_stands (desk->server, popup));
}

static void
test_a_server_that_does_not_tell_what_it_can_is_asked_again (Desk *desk, gconstpointer data)
{
  /* Not knowing whether to escape, nothing is shown. */
  mock_server_refuse_capabilities (desk->server, 1);
  desk_show (desk, 12, ONC_LEVEL_URGENT, "one");
  g_assert_cmpstr (desk_wait_for_popup (desk, 0)->body, ==, "one");
  g_assert_cmpuint (mock_server_n_questions (desk->server), ==, 2);
}

static void
test_a_server_that_never_tells_what_it_can_is_left_alone (Desk *desk, gconstpointer data)
{
  mock_server_refuse_capabilities (desk->server, 2);
  desk_show (desk, 12, ONC_LEVEL_URGENT, "one");
  assert_eventually (mock_server_n_questions (desk->server) == 2);

  /* Until there is something new to show. */
  desk_show (desk, 13, ONC_LEVEL_URGENT, "two");
  g_assert_cmpstr (desk_wait_for_popup (desk, 0)->body, ==, "two");
  g_assert_cmpuint (mock_server_n_questions (desk->server), ==, 3);
  desk_catch_up (desk);
  g_assert_cmpuint (mock_server_n_standing (desk->server), ==, 1);
}

static gboolean
on_count (gpointer user_data)
{
  ++*(guint *) user_data;
  return G_SOURCE_CONTINUE;
}

static void
test_a_stuck_server_holds_up_nothing (Desk *desk, gconstpointer data)
{
  guint ticks = 0;
  guint source;

  desk_show_next (desk, 11, ONC_LEVEL_QUESTION, "before");
  mock_server_hold (desk->server, TRUE);
  desk_show_next (desk, 12, ONC_LEVEL_URGENT, "one");

  /* One call waits for the server; meanwhile the main loop turns, and wishes change. */
  source = g_timeout_add (1, on_count, &ticks);
  desk_show (desk, 12, ONC_LEVEL_URGENT, "two");
  desk_show (desk, 13, ONC_LEVEL_QUESTION, "three");
  desk_show (desk, 12, ONC_LEVEL_URGENT, "four");
  desk_show (desk, 14, ONC_LEVEL_EMERGENCY, "five");
  desk_show (desk, 15, ONC_LEVEL_EMERGENCY, "never");
  desk_withdraw (desk, 15);
  desk_withdraw (desk, 11);
  assert_eventually (ticks >= 50);
  g_source_remove (source);
  g_assert_cmpuint (mock_server_n_popups (desk->server), ==, 2);

  mock_server_hold (desk->server, FALSE);
  desk_wait_for_popup (desk, 4);
  desk_catch_up (desk);
  g_assert_cmpuint (mock_server_n_popups (desk->server), ==, 6);
  g_assert_cmpstr (mock_server_get (desk->server, 2)->body, ==, "five");
  g_assert_cmpstr (mock_server_get (desk->server, 3)->body, ==, "four");
  g_assert_cmpstr (mock_server_get (desk->server, 4)->body, ==, "three");
  g_assert_cmpuint (mock_server_n_standing (desk->server), ==, 3);
}

static void
test_a_server_that_was_stuck_from_the_start_gets_the_newest (Desk *desk, gconstpointer data)
{
  mock_server_hold (desk->server, TRUE);
  desk_show (desk, 12, ONC_LEVEL_URGENT, "one");
  assert_eventually (mock_server_n_questions (desk->server) == 1);
  desk_show (desk, 12, ONC_LEVEL_URGENT, "two");
  desk_show (desk, 13, ONC_LEVEL_URGENT, "three");
  g_assert_true (onc_notifier_withdraw_all (desk->notifier, 10000));
  desk_show (desk, 14, ONC_LEVEL_URGENT, "four");

  mock_server_hold (desk->server, FALSE);
  g_assert_cmpstr (desk_wait_for_popup (desk, 0)->body, ==, "four");
  desk_catch_up (desk);
  g_assert_cmpuint (mock_server_n_standing (desk->server), ==, 1);
}

static void
test_a_server_that_dies_while_it_is_stuck_leaves_all_to_the_next (Desk *desk, gconstpointer data)
{
  const MockPopup *popup;

  desk_show_next (desk, 12, ONC_LEVEL_URGENT, "one");
  mock_server_hold (desk->server, TRUE);
  desk_show_next (desk, 13, ONC_LEVEL_URGENT, "two");
  desk_stop_server (desk);

  desk_start_server (desk, DESK_RICH, 1);
  popup = desk_wait_for_popup (desk, 0);
  g_assert_cmpstr (popup->body, ==, "one");
  g_assert_true (mock_popup_has_flag (popup, "suppress-sound"));

  /* Nobody knows whether the second was heard: better twice than never. */
  popup = desk_wait_for_popup (desk, 1);
  g_assert_cmpstr (popup->body, ==, "two");
  g_assert_cmpstr (mock_popup_get_word (popup, "sound-name"), ==, "message-new-instant");
  desk_catch_up (desk);
  g_assert_cmpuint (mock_server_n_standing (desk->server), ==, 2);
}

static void
test_the_end_does_not_wait_for_a_stuck_server (Desk *desk, gconstpointer data)
{
  gint64 start;

  desk_show_next (desk, 12, ONC_LEVEL_URGENT, "one");
  mock_server_hold (desk->server, TRUE);
  desk_show_next (desk, 13, ONC_LEVEL_URGENT, "two");

  start = g_get_monotonic_time ();
  g_assert_false (onc_notifier_withdraw_all (desk->notifier, 20));
  g_assert_finalize_object (g_steal_pointer (&desk->notifier));
  /* Far below the 25 seconds that the call takes. */
  g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_USEC_PER_SEC);

  /* Let go, the thread ends, and nobody hears of it. */
  mock_server_hold (desk->server, FALSE);
  mock_server_invoke (desk->server, 1, "claim", NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_dbus_unset ();

#define TEST(name, capabilities, function) DESK_TEST ("/popup-server/" name, capabilities, function)
  TEST ("markup is escaped where it is understood", DESK_RICH,
        test_markup_is_escaped_where_it_is_understood);
  TEST ("markup is left alone where it is not", "actions body",
        test_markup_is_left_alone_where_it_is_not);
  TEST ("dunst gets nothing that it could parse", "actions body",
        test_dunst_gets_nothing_that_it_could_parse);
  TEST ("dunst that offers markup gets entities", DESK_RICH,
        test_dunst_that_offers_markup_gets_entities);
#if HAVE_CANBERRA
  TEST ("a silent server is lent a voice", DESK_RICH, test_a_silent_server_is_lent_a_voice);
  TEST ("a server with a voice uses its own", DESK_RICH " sound",
        test_a_server_with_a_voice_uses_its_own);
#endif
  TEST ("a server without actions shows the rest", "body body-markup",
        test_a_server_without_actions_shows_the_rest);
  TEST ("what is shown without a server waits for one", NULL,
        test_what_is_shown_without_a_server_waits_for_one);
  TEST ("a server is started where the bus can", NULL, test_a_server_is_started_where_the_bus_can);
  TEST ("popups are raised again with the next server", DESK_RICH,
        test_popups_are_raised_again_with_the_next_server);
  TEST ("a server may be replaced in passing", DESK_RICH, test_a_server_may_be_replaced_in_passing);
  TEST ("a reply is written where there is a field", DESK_RICH " inline-reply",
        test_a_reply_is_written_where_there_is_a_field);
  TEST ("a popup that is closed at once has gone", DESK_RICH,
        test_a_popup_that_is_closed_at_once_has_gone);
  TEST ("an ID that comes twice is the newer popup", DESK_RICH,
        test_an_id_that_comes_twice_is_the_newer_popup);
  TEST ("a refused popup is tried twice", DESK_RICH, test_a_refused_popup_is_tried_twice);
  TEST ("a change that is refused leaves the popup alive", DESK_RICH,
        test_a_change_that_is_refused_leaves_the_popup_alive);
  TEST ("a server that does not tell what it can is asked again", DESK_RICH,
        test_a_server_that_does_not_tell_what_it_can_is_asked_again);
  TEST ("a server that never tells what it can is left alone", DESK_RICH,
        test_a_server_that_never_tells_what_it_can_is_left_alone);
  TEST ("a stuck server holds up nothing", DESK_RICH, test_a_stuck_server_holds_up_nothing);
  TEST ("a server that was stuck from the start gets the newest", DESK_RICH,
        test_a_server_that_was_stuck_from_the_start_gets_the_newest);
  TEST ("a server that dies while it is stuck leaves all to the next", DESK_RICH,
        test_a_server_that_dies_while_it_is_stuck_leaves_all_to_the_next);
  TEST ("the end does not wait for a stuck server", DESK_RICH,
        test_the_end_does_not_wait_for_a_stuck_server);
#undef TEST

  return g_test_run ();
}
