/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "notifier.h"

#include "desk.h"
#include "people.h"

#include <string.h>

static void
test_a_popup_carries_all_of_its_level (Desk *desk, gconstpointer data)
{
  static const struct
  {
    guint8 urgency;
    int timeout;
    gboolean resident;
    const char *sound;
    const char *icon;
  } cases[] = {
    { 0, -1, FALSE, NULL, "dialog-question" },
    { 1, -1, FALSE, "message-new-instant", "dialog-warning" },
    { 2, 0, TRUE, "alarm-clock-elapsed", "dialog-error" },
  };

  for (OncLevel level = ONC_LEVEL_QUESTION; level < ONC_N_LEVELS; level++)
    {
      const MockPopup *popup = desk_show_next (desk, level + 1, level, "Where is it?");
      guint8 urgency = G_MAXUINT8;

      g_assert_true (g_str_has_suffix (popup->title, "Ada Lovelace in #support"));
      g_assert_cmpstr (popup->body, ==, "Where is it?");
      g_assert_cmpstr (popup->app_name, ==, "oncalld");
      g_assert_cmpstr (popup->icon, ==, cases[level].icon);
      g_assert_cmpint (popup->timeout, ==, cases[level].timeout);
      g_assert_true (g_variant_lookup (popup->hints, "urgency", "y", &urgency));
      g_assert_cmpuint (urgency, ==, cases[level].urgency);
      g_assert_cmpstr (mock_popup_get_word (popup, "category"), ==, "im.received");
      g_assert_cmpstr (mock_popup_get_word (popup, "desktop-entry"), ==, "oncalld");
      g_assert_cmpstr (mock_popup_get_word (popup, "sound-name"), ==, cases[level].sound);
      g_assert_true (mock_popup_has_flag (popup, "suppress-sound") == (cases[level].sound == NULL));
      g_assert_true (mock_popup_has_flag (popup, "resident") == cases[level].resident);
      g_assert_false (mock_popup_has_flag (popup, "transient"));
    }
}

static void
test_actions_come_in_order (Desk *desk, gconstpointer data)
{
  static const char *const expected[] = { "claim",   "I'm on it", "open",
                                          "Open",    "promise",   "On it, update in 30 min",
                                          "default", "Open",      NULL };
  const MockPopup *popup = desk_show_next (desk, 12, ONC_LEVEL_URGENT, "Where is it?");

  g_assert_cmpstrv (popup->actions, expected);
}

static void
test_a_thread_has_one_popup (Desk *desk, gconstpointer data)
{
  const MockPopup *first = desk_show_next (desk, 12, ONC_LEVEL_QUESTION, "one");
  const MockPopup *second = desk_show_next (desk, 12, ONC_LEVEL_URGENT, "two");
  const MockPopup *other = desk_show_next (desk, 13, ONC_LEVEL_URGENT, "three");

  g_assert_cmpuint (second->replaces, ==, first->id);
  g_assert_cmpuint (second->id, ==, first->id);
  g_assert_cmpuint (other->replaces, ==, 0);
  g_assert_cmpuint (mock_server_n_standing (desk->server), ==, 2);

  /* The one that was replaced is alive. */
  mock_server_invoke (desk->server, second->id, "claim", NULL);
  desk_assert_event (desk, "12 claim");
  desk_assert_event (desk, "12 dismissed");
}

static void
test_a_popup_is_withdrawn (Desk *desk, gconstpointer data)
{
  const MockPopup *popup = desk_show_next (desk, 12, ONC_LEVEL_EMERGENCY, "one");

  desk_withdraw (desk, 12);
  assert_eventually (!mock_server_stands (desk->server, popup));
  desk_withdraw (desk, 12);
  desk_withdraw (desk, 99);
  desk_catch_up (desk);
  g_assert_cmpuint (mock_server_n_standing (desk->server), ==, 0);
  g_assert_cmpuint (mock_server_n_closes (desk->server), ==, 2);

  popup = desk_show_next (desk, 12, ONC_LEVEL_EMERGENCY, "two");
  g_assert_cmpuint (popup->replaces, ==, 0);
}

static void
test_an_action_is_told_once_and_ends_the_popup (Desk *desk, gconstpointer data)
{
  const MockPopup *popup = desk_show_next (desk, 12, ONC_LEVEL_URGENT, "one");

  /* The clicks come in while the server is slow with another popup. */
  mock_server_hold (desk->server, TRUE);
  desk_show_next (desk, 13, ONC_LEVEL_URGENT, "other");
  mock_server_invoke (desk->server, popup->id, "claim", NULL);
  mock_server_invoke (desk->server, popup->id, "claim", NULL);
  mock_server_invoke (desk->server, popup->id, "default", NULL);
  mock_server_hold (desk->server, FALSE);
  desk_assert_event (desk, "12 claim");
  desk_assert_event (desk, "12 dismissed");
  assert_eventually (!mock_server_stands (desk->server, popup));
  desk_catch_up (desk);
}

static void
test_a_change_that_crosses_an_action_is_alive (Desk *desk, gconstpointer data)
{
  const MockPopup *popup = desk_show_next (desk, 12, ONC_LEVEL_URGENT, "one");
  guint32 id = popup->id;

  mock_server_hold (desk->server, TRUE);
  desk_show_next (desk, 13, ONC_LEVEL_URGENT, "other");
  mock_server_invoke (desk->server, id, "open", NULL);
  desk_show (desk, 12, ONC_LEVEL_URGENT, "two");
  mock_server_hold (desk->server, FALSE);
  desk_assert_event (desk, "12 open");

  popup = desk_wait_for_popup (desk, 2);
  g_assert_cmpuint (popup->replaces, ==, id);
  mock_server_invoke (desk->server, popup->id, "claim", NULL);
  desk_assert_event (desk, "12 claim");
  desk_assert_event (desk, "12 dismissed");
}

static void
test_a_change_that_crosses_a_dismissal_is_a_new_popup (Desk *desk, gconstpointer data)
{
  const MockPopup *popup = desk_show_next (desk, 12, ONC_LEVEL_URGENT, "one");

  mock_server_hold (desk->server, TRUE);
  desk_show_next (desk, 13, ONC_LEVEL_URGENT, "other");
  mock_server_end (desk->server, popup->id, 2);
  desk_show (desk, 12, ONC_LEVEL_URGENT, "two");
  mock_server_hold (desk->server, FALSE);

  popup = desk_wait_for_popup (desk, 2);
  g_assert_cmpuint (popup->replaces, ==, 0);
  desk_catch_up (desk);
  g_assert_true (mock_server_stands (desk->server, popup));
}

static void
test_word_of_an_end_that_comes_late_ends_nothing (Desk *desk, gconstpointer data)
{
  const MockPopup *popup = desk_show_next (desk, 12, ONC_LEVEL_URGENT, "one");
  gint64 deadline = g_get_monotonic_time () + DESK_DEADLINE;

  /* The notifier's thread has heard of the end when it shows the last of these, but the main loop
   * does not turn before the thread is shown again. */
  mock_server_end (desk->server, popup->id, 2);
  for (guint32 number = 13; number <= 14; number++)
    {
      desk_show (desk, number, ONC_LEVEL_URGENT, "other");
      while (mock_server_n_popups (desk->server) < number - 11 &&
             g_get_monotonic_time () < deadline)
        g_thread_yield ();
    }
  popup = desk_show_next (desk, 12, ONC_LEVEL_URGENT, "two");
  g_assert_cmpuint (popup->replaces, ==, 0);

  desk_withdraw (desk, 12);
  assert_eventually (!mock_server_stands (desk->server, popup));
}

static void
test_a_server_may_end_the_popup_itself_after_an_action (Desk *desk, gconstpointer data)
{
  const MockPopup *popup = desk_show_next (desk, 12, ONC_LEVEL_URGENT, "one");

  mock_server_invoke (desk->server, popup->id, "default", NULL);
  mock_server_end (desk->server, popup->id, 2);
  desk_assert_event (desk, "12 default");
  desk_assert_event (desk, "12 dismissed");
  desk_catch_up (desk);
}

static void
test_an_emergency_outlives_its_actions (Desk *desk, gconstpointer data)
{
  const MockPopup *popup = desk_show_next (desk, 12, ONC_LEVEL_EMERGENCY, "one");

  mock_server_invoke (desk->server, popup->id, "default", NULL);
  mock_server_invoke (desk->server, popup->id, "open", NULL);
  mock_server_invoke (desk->server, popup->id, "open", NULL);
  desk_assert_event (desk, "12 default");
  desk_assert_event (desk, "12 open");
  desk_assert_event (desk, "12 open");
  desk_catch_up (desk);
  g_assert_true (mock_server_stands (desk->server, popup));
}

static void
test_an_activation_token_is_passed_on (Desk *desk, gconstpointer data)
{
  const MockPopup *popup = desk_show_next (desk, 12, ONC_LEVEL_EMERGENCY, "one");

  mock_server_invoke (desk->server, popup->id, "open", "token-1");
  desk_assert_event (desk, "12 open with token-1");
  mock_server_invoke (desk->server, popup->id, "open", NULL);
  desk_assert_event (desk, "12 open");
}

static void
test_a_dismissed_popup_stays_away_until_the_next (Desk *desk, gconstpointer data)
{
  const MockPopup *popup = desk_show_next (desk, 12, ONC_LEVEL_EMERGENCY, "one");

  mock_server_end (desk->server, popup->id, 2);
  desk_assert_event (desk, "12 dismissed");

  /* Not even a new server brings it back. */
  desk_stop_server (desk);
  desk_start_server (desk, DESK_RICH, 1);
  popup = desk_show_next (desk, 13, ONC_LEVEL_QUESTION, "two");
  g_assert_cmpstr (popup->body, ==, "two");
  popup = desk_show_next (desk, 12, ONC_LEVEL_EMERGENCY, "three");
  g_assert_cmpuint (popup->replaces, ==, 0);
}

static void
test_an_expired_popup_is_told_apart (Desk *desk, gconstpointer data)
{
  const MockPopup *popup = desk_show_next (desk, 12, ONC_LEVEL_QUESTION, "one");

  mock_server_end (desk->server, popup->id, 1);
  desk_assert_event (desk, "12 gone");

  /* There is nothing to be closed. */
  desk_catch_up (desk);
  g_assert_cmpuint (mock_server_n_closes (desk->server), ==, 1);
}

static void
test_all_popups_go_at_the_end (Desk *desk, gconstpointer data)
{
  desk_show (desk, 12, ONC_LEVEL_URGENT, "one");
  desk_show (desk, 13, ONC_LEVEL_EMERGENCY, "two");
  onc_notifier_show_notice (desk->notifier, "denied", "Refused", "three");
  desk_wait_for_popup (desk, 2);

  g_assert_true (onc_notifier_withdraw_all (desk->notifier, 10000));
  g_assert_cmpuint (mock_server_n_standing (desk->server), ==, 0);
  g_assert_finalize_object (g_steal_pointer (&desk->notifier));
}

static void
test_private_changes_what_stands (Desk *desk, gconstpointer data)
{
  const MockPopup *popup = desk_show_next (desk, 12, ONC_LEVEL_URGENT, "secret");
  guint32 id = popup->id;

  onc_notifier_show_notice (desk->notifier, "denied", "Refused", "Log in again");
  desk_wait_for_popup (desk, 1);
  onc_notifier_set_private (desk->notifier, TRUE);
  onc_notifier_set_private (desk->notifier, TRUE);
  popup = desk_wait_for_popup (desk, 2);
  g_assert_cmpstr (popup->title, ==, "URGENT · thread 12");
  g_assert_cmpstr (popup->body, ==, "");
  g_assert_cmpuint (popup->replaces, ==, id);
  g_assert_true (mock_popup_has_flag (popup, "suppress-sound"));

  popup = desk_show_next (desk, 13, ONC_LEVEL_URGENT, "secret");
  g_assert_cmpstr (popup->title, ==, "URGENT · thread 13");
  g_assert_cmpstr (mock_popup_get_word (popup, "sound-name"), ==, "message-new-instant");
}

static void
test_what_stands_is_brought_up_to_date (Desk *desk, gconstpointer data)
{
  g_autoptr (OncThread) thread = people_ask (12, ONC_LEVEL_URGENT, "Where is it?");
  const OncOccasion occasion = people_occasion (ONC_ALERT_RAISED, ONC_LEVEL_URGENT, 0);
  const MockPopup *first;
  const MockPopup *second;

  onc_thread_add_looker (thread, "UADA", PEOPLE_OPENED, ONC_LOOK_REACTION);
  onc_notifier_show (desk->notifier, thread, &occasion);
  first = desk_wait_for_popup (desk, 0);
  g_assert_nonnull (strstr (first->body, "Ada Lovelace is looking."));

  onc_thread_add_looker (thread, "UBOB", PEOPLE_OPENED, ONC_LOOK_REACTION);
  onc_notifier_update (desk->notifier, thread, PEOPLE_OPENED + ONC_MINUTE);
  second = desk_wait_for_popup (desk, 1);
  g_assert_cmpuint (second->replaces, ==, first->id);
  g_assert_nonnull (strstr (second->body, "Ada Lovelace and Bob are looking."));
  g_assert_true (mock_popup_has_flag (second, "suppress-sound"));

  /* What would look the same, what stands no more, and what never stood costs nothing. */
  onc_notifier_update (desk->notifier, thread, PEOPLE_OPENED + ONC_HOUR);
  onc_notifier_update_all (desk->notifier);
  desk_catch_up (desk);
  onc_notifier_withdraw (desk->notifier, thread);
  onc_notifier_update (desk->notifier, thread, PEOPLE_OPENED);
  desk_catch_up (desk);
  g_assert_cmpuint (mock_server_n_popups (desk->server), ==, 4);
}

static void
test_what_is_about_to_go_is_not_brought_up_to_date (Desk *desk, gconstpointer data)
{
  g_autoptr (OncThread) thread = people_ask (12, ONC_LEVEL_URGENT, "Where is it?");
  const OncOccasion occasion = people_occasion (ONC_ALERT_OPENED, ONC_LEVEL_URGENT, 0);

  onc_notifier_show (desk->notifier, thread, &occasion);
  desk_wait_for_popup (desk, 0);
  onc_thread_add_looker (thread, "UBOB", PEOPLE_OPENED, ONC_LOOK_REACTION);
  onc_notifier_update (desk->notifier, thread, PEOPLE_OPENED);
  onc_notifier_withdraw (desk->notifier, thread);
  desk_catch_up (desk);
  g_assert_cmpuint (mock_server_n_popups (desk->server), ==, 2);
}

static void
test_a_summary_is_one_popup (Desk *desk, gconstpointer data)
{
  g_autoptr (GPtrArray) threads = g_ptr_array_new_with_free_func (
      (GDestroyNotify) onc_thread_unref);
  const MockPopup *first;
  const MockPopup *popup;

  g_ptr_array_add (threads, people_ask (12, ONC_LEVEL_URGENT, "one"));
  g_ptr_array_add (threads, people_ask (13, ONC_LEVEL_QUESTION, "two"));
  onc_notifier_show_summary (desk->notifier, threads);
  first = desk_wait_for_popup (desk, 0);
  g_assert_cmpstr (first->title, ==, "URGENT · 2 threads are waiting");
  g_assert_cmpuint (g_strv_length (first->actions), ==, 4);

  g_ptr_array_add (threads, people_ask (14, ONC_LEVEL_QUESTION, "three"));
  onc_notifier_show_summary (desk->notifier, threads);
  popup = desk_wait_for_popup (desk, 1);
  g_assert_cmpuint (popup->replaces, ==, first->id);
  mock_server_invoke (desk->server, popup->id, "default", NULL);
  desk_assert_event (desk, "12 default");
  desk_catch_up (desk);

  /* It says no more of what is settled, and goes with the last of its threads. */
  onc_notifier_show_summary (desk->notifier, threads);
  first = desk_wait_for_popup (desk, 3);
  onc_notifier_withdraw (desk->notifier, g_ptr_array_index (threads, 0));
  popup = desk_wait_for_popup (desk, 4);
  g_assert_cmpuint (popup->replaces, ==, first->id);
  g_assert_cmpstr (popup->title, ==, "Question · 2 threads are waiting");
  g_assert_true (mock_popup_has_flag (popup, "suppress-sound"));
  onc_notifier_withdraw (desk->notifier, g_ptr_array_index (threads, 2));
  popup = desk_wait_for_popup (desk, 5);
  g_assert_cmpstr (popup->title, ==, "Question · 1 thread is waiting");
  onc_notifier_withdraw (desk->notifier, g_ptr_array_index (threads, 1));
  assert_eventually (!mock_server_stands (desk->server, popup));

  onc_notifier_show_summary (desk->notifier, threads);
  popup = desk_wait_for_popup (desk, 6);
  g_ptr_array_set_size (threads, 0);
  onc_notifier_show_summary (desk->notifier, threads);
  assert_eventually (!mock_server_stands (desk->server, popup));
}

static void
test_a_summary_that_grows_fast_ends_right (Desk *desk, gconstpointer data)
{
  g_autoptr (GPtrArray) threads = g_ptr_array_new_with_free_func (
      (GDestroyNotify) onc_thread_unref);
  const MockPopup *last = NULL;

  for (guint number = 12; number < 22; number++)
    {
      g_ptr_array_add (threads, people_ask (number, ONC_LEVEL_URGENT, "one of many"));
      onc_notifier_show_summary (desk->notifier, threads);
    }
  for (guint i = 0; last == NULL || strstr (last->title, "10 threads") == NULL; i++)
    last = desk_wait_for_popup (desk, i);
  g_assert_false (mock_popup_has_flag (last, "suppress-sound"));
}

static void
test_a_notice_is_replaced_by_its_key (Desk *desk, gconstpointer data)
{
  const MockPopup *first;
  const MockPopup *popup;

  onc_notifier_show_notice (desk->notifier, "denied", "Refused", "Run <oncallctl> & co");
  first = desk_wait_for_popup (desk, 0);
  g_assert_cmpstr (first->title, ==, "Refused");
  g_assert_cmpstr (first->body, ==, "Run &lt;oncallctl&gt; &amp; co");
  g_assert_cmpstr (mock_popup_get_word (first, "category"), ==, "im.error");
  g_assert_cmpuint (g_strv_length (first->actions), ==, 0);

  onc_notifier_show_notice (desk->notifier, "denied", "Refused again", "");
  popup = desk_wait_for_popup (desk, 1);
  g_assert_cmpuint (popup->replaces, ==, first->id);
  onc_notifier_show_notice (desk->notifier, "config", "Wrong", "");
  g_assert_cmpuint (desk_wait_for_popup (desk, 2)->replaces, ==, 0);

  onc_notifier_withdraw_notice (desk->notifier, "denied");
  assert_eventually (!mock_server_stands (desk->server, popup));
  mock_server_end (desk->server, mock_server_get (desk->server, 2)->id, 2);
  desk_catch_up (desk);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_dbus_unset ();

#define TEST(name, capabilities, function) DESK_TEST ("/notifier/" name, capabilities, function)
  TEST ("a popup carries all of its level", DESK_RICH, test_a_popup_carries_all_of_its_level);
  TEST ("actions come in order", DESK_RICH, test_actions_come_in_order);
  TEST ("a thread has one popup", DESK_RICH, test_a_thread_has_one_popup);
  TEST ("a popup is withdrawn", DESK_RICH, test_a_popup_is_withdrawn);
  TEST ("an action is told once and ends the popup", DESK_RICH,
        test_an_action_is_told_once_and_ends_the_popup);
  TEST ("a change that crosses an action is alive", DESK_RICH,
        test_a_change_that_crosses_an_action_is_alive);
  TEST ("a change that crosses a dismissal is a new popup", DESK_RICH,
        test_a_change_that_crosses_a_dismissal_is_a_new_popup);
  TEST ("word of an end that comes late ends nothing", DESK_RICH,
        test_word_of_an_end_that_comes_late_ends_nothing);
  TEST ("a server may end the popup itself after an action", DESK_RICH,
        test_a_server_may_end_the_popup_itself_after_an_action);
  TEST ("an emergency outlives its actions", DESK_RICH, test_an_emergency_outlives_its_actions);
  TEST ("an activation token is passed on", DESK_RICH, test_an_activation_token_is_passed_on);
  TEST ("a dismissed popup stays away until the next", DESK_RICH,
        test_a_dismissed_popup_stays_away_until_the_next);
  TEST ("an expired popup is told apart", DESK_RICH, test_an_expired_popup_is_told_apart);
  TEST ("all popups go at the end", DESK_RICH, test_all_popups_go_at_the_end);
  TEST ("private changes what stands", DESK_RICH, test_private_changes_what_stands);
  TEST ("what stands is brought up to date", DESK_RICH, test_what_stands_is_brought_up_to_date);
  TEST ("what is about to go is not brought up to date", DESK_RICH,
        test_what_is_about_to_go_is_not_brought_up_to_date);
  TEST ("a summary is one popup", DESK_RICH, test_a_summary_is_one_popup);
  TEST ("a summary that grows fast ends right", DESK_RICH,
        test_a_summary_that_grows_fast_ends_right);
  TEST ("a notice is replaced by its key", DESK_RICH, test_a_notice_is_replaced_by_its_key);
#undef TEST

  return g_test_run ();
}
