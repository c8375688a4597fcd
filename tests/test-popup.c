/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "popup.h"

#include "names.h"
#include "people.h"

#include <string.h>

/* What people read of a question, of which only the text matters. */
static char *
body_of (const char *text)
{
  g_autoptr (OncThread) thread = people_ask (12, ONC_LEVEL_QUESTION, text);
  const OncOccasion occasion = people_occasion (ONC_ALERT_OPENED, ONC_LEVEL_QUESTION, 0);
  g_autoptr (OncPopup) popup = onc_popup_new_for_thread (&people_naming, thread, &occasion, FALSE);

  return g_strdup (popup->body);
}

static void
assert_body (const char *text, const char *expected)
{
  g_autofree char *body = body_of (text);

  g_assert_cmpstr (body, ==, expected);
}

/* The popup of an urgent thread. */
static OncPopup *
say (const OncThread *thread, OncAlert kind, guint repeat, OncSpan after, gboolean hide_content)
{
  OncOccasion occasion = people_occasion (kind, ONC_LEVEL_URGENT, after);

  occasion.repeat = repeat;
  return onc_popup_new_for_thread (&people_naming, thread, &occasion, hide_content);
}

static void
assert_said (const OncThread *thread,
             OncAlert kind,
             guint repeat,
             OncSpan after,
             gboolean hide_content,
             const char *expected)
{
  g_autoptr (OncPopup) popup = say (thread, kind, repeat, after, hide_content);

  g_assert_cmpstr (popup->body, ==, expected);
}

static void
test_the_title_tells_level_person_and_channel (void)
{
  const char *const titles[] = { "Question · Ada Lovelace in #support",
                                 "URGENT · Ada Lovelace in #support",
                                 "EMERGENCY · Ada Lovelace in #support" };

  for (OncLevel level = ONC_LEVEL_QUESTION; level < ONC_N_LEVELS; level++)
    {
      g_autoptr (OncThread) thread = people_ask (12, ONC_LEVEL_QUESTION, "Hello");
      const OncOccasion occasion = people_occasion (ONC_ALERT_OPENED, level, 0);
      g_autoptr (OncPopup) popup = onc_popup_new_for_thread (&people_naming, thread, &occasion,
                                                             FALSE);

      g_assert_cmpstr (popup->title, ==, titles[level]);
      g_assert_cmpint (popup->level, ==, level);
      g_assert_cmpstr (popup->key, ==, "thread/12");
    }
}

static void
test_the_title_does_without_an_asker (void)
{
  g_autoptr (OncThread) thread = people_ask (12, ONC_LEVEL_URGENT, "");
  g_autoptr (OncPopup) popup = NULL;

  g_clear_pointer (&thread->asker, g_free);
  popup = say (thread, ONC_ALERT_OPENED, 0, 0, FALSE);
  g_assert_cmpstr (popup->title, ==, "URGENT · #support");
  g_assert_cmpstr (popup->body, ==, "(no text)");
}

static void
test_the_title_falls_back_to_ids (void)
{
  const OncNaming nameless = { 0 };
  g_autoptr (OncThread) thread = people_ask (12, ONC_LEVEL_URGENT, "Ask <@UBOB> or <!subteam^S9>");
  const OncOccasion occasion = people_occasion (ONC_ALERT_OPENED, ONC_LEVEL_URGENT, 0);
  g_autoptr (OncPopup) popup = onc_popup_new_for_thread (&nameless, thread, &occasion, FALSE);

  g_assert_cmpstr (popup->title, ==, "URGENT · UADA in #C1");
  g_assert_cmpstr (popup->body, ==, "Ask @UBOB or @S9");
}

static void
test_a_name_stays_plain_and_on_one_line (void)
{
  g_autoptr (OncThread) thread = people_ask (12, ONC_LEVEL_URGENT, "Hello");
  g_autoptr (OncPopup) popup = NULL;

  g_free (thread->asker);
  thread->asker = g_strdup ("UEVE");
  popup = say (thread, ONC_ALERT_OPENED, 0, 0, FALSE);
  g_assert_cmpstr (popup->title, ==, "URGENT · <b>Eve</b> &… in #support");
}

static void
test_a_text_reads_as_in_slack (void)
{
  assert_body ("<!subteam^SONCALL> see <#C1>, <@UADA> and <https://example.org/a|the page> :fire:",
               "@oncall see #support, @Ada Lovelace and the page :fire:");
  assert_body ("a &lt;b&gt; &amp;amp; <script>", "a <b> &amp; <script>");
}

static void
test_blanks_are_folded (void)
{
  assert_body ("  one \t two\r\n\r\n\n  three  \n", "one two\nthree");
  assert_body (" \n\t ", "(no text)");
}

static void
test_a_long_text_is_cut_after_a_word (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *body = NULL;

  for (guint i = 0; i < 100; i++)
    g_string_append (text, "größer ");
  body = body_of (text->str);

  /* 28 words and the blanks between them are 195 characters. */
  g_assert_cmpint (g_utf8_strlen (body, -1), ==, 196);
  g_assert_true (g_str_has_suffix (body, " größer…"));
}

static void
test_a_text_of_just_the_length_is_not_cut (void)
{
  g_autofree char *exact = g_strnfill (200, 'x');
  g_autofree char *longer = g_strnfill (201, 'x');
  g_autofree char *cut = g_strconcat (exact, "…", NULL);

  assert_body (exact, exact);
  assert_body (longer, cut);
}

static void
test_a_text_of_many_lines_is_cut_after_the_fifth (void)
{
  assert_body ("1\n2\n3\n4\n5\n6", "1\n2\n3\n4\n5…");
  assert_body ("1\n2\n3\n4\n5\n", "1\n2\n3\n4\n5");
}

static void
test_any_bytes_make_valid_text (void)
{
  g_autofree char *body = body_of ("a\xff\xc3 \x01\x1b[31mred\x7f \xe2\x82");

  g_assert_true (g_utf8_validate (body, -1, NULL));
  g_assert_cmpstr (body, ==, "a\xef\xbf\xbd\xef\xbf\xbd [31mred \xef\xbf\xbd\xef\xbf\xbd");
}

static void
test_no_text_turns_the_direction_of_another (void)
{
  assert_body ("a\u202egnp\u202c b\u2066c\u2069", "agnp bc");
}

static void
test_a_repeat_tells_how_long_nobody_has_looked (void)
{
  static const struct
  {
    OncSpan after;
    const char *said;
  } cases[] = {
    { -ONC_HOUR, "Nobody is looking yet.\nHelp" },
    { 59 * ONC_SECOND, "Nobody is looking yet.\nHelp" },
    { ONC_MINUTE, "Nobody has looked for 1 minute.\nHelp" },
    { 10 * ONC_MINUTE, "Nobody has looked for 10 minutes.\nHelp" },
    { ONC_HOUR, "Nobody has looked for 1 hour.\nHelp" },
    { 47 * ONC_HOUR, "Nobody has looked for 1 day.\nHelp" },
    { 48 * ONC_HOUR, "Nobody has looked for 2 days.\nHelp" },
  };
  g_autoptr (OncThread) thread = people_ask (12, ONC_LEVEL_URGENT, "Help");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_said (thread, ONC_ALERT_UNCLAIMED, 1, cases[i].after, FALSE, cases[i].said);

  /* Also when it is not the alarm that speaks, and when there is none. */
  thread->alarm_base = 0;
  assert_said (thread, ONC_ALERT_OPENED, 2, 2 * ONC_MINUTE, FALSE,
               "Nobody has looked for 2 minutes.\nHelp");
}

static void
test_lookers_are_named (void)
{
  const char *const people[] = { "UADA", "UBOB", "UEVE", "UNEW" };
  const char *const said[] = { "Ada Lovelace is looking.\nHelp",
                               "Ada Lovelace and Bob are looking.\nHelp",
                               "Ada Lovelace, Bob and 1 other are looking.\nHelp",
                               "Ada Lovelace, Bob and 2 others are looking.\nHelp" };
  g_autoptr (OncThread) thread = people_ask (12, ONC_LEVEL_URGENT, "Help");

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      onc_thread_add_looker (thread, people[i], PEOPLE_OPENED, ONC_LOOK_REACTION);
      assert_said (thread, ONC_ALERT_UNCLAIMED, 1, ONC_HOUR, FALSE, said[i]);
    }
}

static void
test_a_raised_thread_says_so_once (void)
{
  g_autoptr (OncThread) thread = people_ask (12, ONC_LEVEL_URGENT, "Help");

  assert_said (thread, ONC_ALERT_RAISED, 0, ONC_MINUTE, FALSE, "It has become urgent.\nHelp");
  assert_said (thread, ONC_ALERT_RAISED, 1, ONC_MINUTE, FALSE,
               "Nobody has looked for 1 minute.\nHelp");
}

static void
test_a_silent_claim_tells_for_how_long (void)
{
  g_autoptr (OncThread) thread = people_ask (12, ONC_LEVEL_URGENT, "Help");

  onc_thread_add_looker (thread, "UBOB", PEOPLE_OPENED, ONC_LOOK_REACTION);
  assert_said (thread, ONC_ALERT_STALE_CLAIM, 0, 30 * ONC_MINUTE, FALSE,
               "Bob is looking.\nNothing has been said for 30 minutes.\nHelp");
  assert_said (thread, ONC_ALERT_STALE_CLAIM, 0, 4 * ONC_HOUR, FALSE,
               "Bob is looking.\nNothing has been said for 4 hours.\nHelp");
  /* Not before it was somebody's turn. */
  thread->silent_since = PEOPLE_OPENED + ONC_HOUR;
  assert_said (thread, ONC_ALERT_STALE_CLAIM, 0, 4 * ONC_HOUR, FALSE,
               "Bob is looking.\nNothing has been said for 3 hours.\nHelp");
}

/* An urgent thread in which UBOB has promised to be back at 10:30. */
static OncThread *
ask_with_promise (const char *words)
{
  OncThread *thread = people_ask (12, ONC_LEVEL_URGENT, "Help\nPlease");
  OncPromise *promise = g_new0 (OncPromise, 1);

  promise->ts = g_strdup ("1772445660.000200");
  promise->by = g_ref_string_new_intern ("UBOB");
  promise->words = g_strdup (words);
  promise->made = PEOPLE_OPENED;
  promise->due = PEOPLE_OPENED + 30 * ONC_MINUTE;
  g_ptr_array_add (thread->promises, promise);
  onc_thread_add_looker (thread, "UBOB", PEOPLE_OPENED, ONC_LOOK_REPLY);

  return thread;
}

/* The popup about that promise. */
static OncPopup *
say_of_promise (
    const OncThread *thread, OncAlert kind, OncLevel level, OncSpan after, gboolean hide_content)
{
  OncOccasion occasion = people_occasion (kind, level, after);

  occasion.promise = "1772445660.000200";
  return onc_popup_new_for_thread (&people_naming, thread, &occasion, hide_content);
}

static void
test_a_promise_is_told_with_the_time_left_or_gone (void)
{
  static const struct
  {
    OncAlert kind;
    OncSpan after;
    const char *said;
  } cases[] = {
    { ONC_ALERT_PROMISE_LEAD, 24 * ONC_MINUTE + 3, "by 10:30: 6 minutes left." },
    { ONC_ALERT_PROMISE_LEAD, 25 * ONC_MINUTE, "by 10:30: 5 minutes left." },
    { ONC_ALERT_PROMISE_LEAD, 29 * ONC_MINUTE, "by 10:30: 1 minute left." },
    { ONC_ALERT_PROMISE_DUE, 30 * ONC_MINUTE, "by 10:30: that is now." },
    { ONC_ALERT_PROMISE_OVERDUE, 40 * ONC_MINUTE, "by 10:30: that was 10 minutes ago." },
    { ONC_ALERT_PROMISE_OVERDUE, 3 * ONC_HOUR, "by 10:30: that was 2 hours ago." },
    { ONC_ALERT_PROMISE_OVERDUE, 20 * ONC_HOUR, "by Mon 10:30: that was 19 hours ago." },
    { ONC_ALERT_PROMISE_BROKEN, 25 * ONC_HOUR, "by Mon 10:30, and none has come." },
    { ONC_ALERT_PROMISE_BROKEN, 20 * ONC_DAY, "by Mon 02 Mar 10:30, and none has come." },
  };
  g_autoptr (OncThread) thread = ask_with_promise ("give me\n30");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OncPopup) popup = say_of_promise (thread, cases[i].kind, ONC_LEVEL_URGENT,
                                                   cases[i].after, FALSE);
      g_autoptr (OncPopup) private = say_of_promise (thread, cases[i].kind, ONC_LEVEL_URGENT,
                                                     cases[i].after, TRUE);
      g_autofree char *sentence = g_strconcat ("You promised an update ", cases[i].said, NULL);
      g_autofree char *body = g_strconcat (sentence, "\n“give me…”\nHelp…", NULL);

      g_assert_cmpstr (popup->title, ==, "URGENT · Ada Lovelace in #support");
      g_assert_cmpstr (popup->body, ==, body);
      g_assert_cmpstr (private->body, ==, sentence);
    }
}

static void
test_a_promise_that_is_gone_is_not_told (void)
{
  g_autoptr (OncThread) thread = ask_with_promise ("");
  g_autoptr (OncPopup) popup = NULL;

  g_ptr_array_set_size (thread->promises, 0);
  popup = say_of_promise (thread, ONC_ALERT_PROMISE_DUE, ONC_LEVEL_URGENT, ONC_HOUR, FALSE);
  g_assert_cmpstr (popup->body, ==, "Help…");
}

static void
test_what_is_due_is_never_quiet_and_a_reminder_never_alarms (void)
{
  static const struct
  {
    OncAlert kind;
    OncLevel level;
    OncLevel prominence;
    const char *icon;
  } cases[] = {
    { ONC_ALERT_PROMISE_LEAD, ONC_LEVEL_QUESTION, ONC_LEVEL_QUESTION, "appointment-soon" },
    { ONC_ALERT_PROMISE_LEAD, ONC_LEVEL_EMERGENCY, ONC_LEVEL_URGENT, "appointment-soon" },
    { ONC_ALERT_PROMISE_DUE, ONC_LEVEL_QUESTION, ONC_LEVEL_URGENT, "appointment-soon" },
    { ONC_ALERT_PROMISE_DUE, ONC_LEVEL_EMERGENCY, ONC_LEVEL_EMERGENCY, "appointment-soon" },
    { ONC_ALERT_PROMISE_OVERDUE, ONC_LEVEL_QUESTION, ONC_LEVEL_URGENT, "appointment-missed" },
    { ONC_ALERT_PROMISE_BROKEN, ONC_LEVEL_URGENT, ONC_LEVEL_URGENT, "appointment-missed" },
    { ONC_ALERT_STALE_CLAIM, ONC_LEVEL_QUESTION, ONC_LEVEL_QUESTION, "dialog-question" },
    { ONC_ALERT_STALE_CLAIM, ONC_LEVEL_EMERGENCY, ONC_LEVEL_URGENT, "dialog-error" },
    { ONC_ALERT_DEADLINE_NEAR, ONC_LEVEL_EMERGENCY, ONC_LEVEL_URGENT, "appointment-soon" },
    { ONC_ALERT_DEADLINE_PASSED, ONC_LEVEL_QUESTION, ONC_LEVEL_URGENT, "appointment-missed" },
  };
  static const char *const sounds[] = { NULL, "message-new-instant", "alarm-clock-elapsed" };
  g_autoptr (OncThread) thread = ask_with_promise ("");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OncPopup) popup = say_of_promise (thread, cases[i].kind, cases[i].level, 0, FALSE);

      g_assert_cmpint (popup->level, ==, cases[i].prominence);
      g_assert_cmpstr (popup->sound, ==, sounds[cases[i].prominence]);
      g_assert_cmpstr (popup->icon, ==, cases[i].icon);
      g_assert_true (popup->stays == (cases[i].prominence == ONC_LEVEL_EMERGENCY));
    }
}

static void
test_off_call_only_emergencies_press (void)
{
  static const struct
  {
    OncAlert kind;
    OncLevel level;
    gboolean claimed;
    OncLevel prominence;
  } cases[] = {
    { ONC_ALERT_OPENED, ONC_LEVEL_QUESTION, FALSE, ONC_LEVEL_QUESTION },
    { ONC_ALERT_OPENED, ONC_LEVEL_URGENT, FALSE, ONC_LEVEL_QUESTION },
    { ONC_ALERT_UNCLAIMED, ONC_LEVEL_URGENT, FALSE, ONC_LEVEL_QUESTION },
    { ONC_ALERT_RAISED, ONC_LEVEL_URGENT, TRUE, ONC_LEVEL_URGENT },
    { ONC_ALERT_OPENED, ONC_LEVEL_EMERGENCY, FALSE, ONC_LEVEL_EMERGENCY },
    { ONC_ALERT_PROMISE_DUE, ONC_LEVEL_QUESTION, TRUE, ONC_LEVEL_URGENT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OncThread) thread = people_ask (12, cases[i].level, "Help");
      OncOccasion occasion = people_occasion (cases[i].kind, cases[i].level, 0);
      g_autoptr (OncPopup) popup = NULL;

      if (cases[i].claimed)
        onc_thread_add_looker (thread, "UBOB", PEOPLE_OPENED, ONC_LOOK_REACTION);
      occasion.others_turn = TRUE;
      popup = onc_popup_new_for_thread (&people_naming, thread, &occasion, FALSE);
      g_assert_cmpint (popup->level, ==, cases[i].prominence);
      g_assert_true ((popup->sound != NULL) == (cases[i].prominence > ONC_LEVEL_QUESTION));
    }
}

static void
test_the_askers_deadline_is_told (void)
{
  g_autoptr (OncThread) thread = people_ask (12, ONC_LEVEL_URGENT, "Help");

  thread->needed_by = PEOPLE_OPENED + 2 * ONC_HOUR;
  assert_said (thread, ONC_ALERT_OPENED, 0, 0, FALSE, "It is needed by 12:00: 2 hours left.\nHelp");
  assert_said (thread, ONC_ALERT_DEADLINE_NEAR, 0, 90 * ONC_MINUTE, FALSE,
               "It is needed by 12:00: 30 minutes left.\nNobody has looked for 1 hour.\nHelp");
  onc_thread_add_looker (thread, "UBOB", PEOPLE_OPENED, ONC_LOOK_REACTION);
  assert_said (thread, ONC_ALERT_DEADLINE_PASSED, 0, 2 * ONC_HOUR, FALSE,
               "It is needed by 12:00: that is now.\nBob is looking.\nHelp");
  assert_said (thread, ONC_ALERT_DEADLINE_PASSED, 0, 3 * ONC_HOUR, TRUE,
               "It was needed by 12:00: 1 hour ago.\n1 person is looking.");
}

/* Asserts that the popup has these buttons: "claim=I'm on it; open=Open". */
static void
assert_buttons (const OncThread *thread, OncAlert kind, const char *expected)
{
  g_autoptr (OncPopup) popup = say_of_promise (thread, kind, ONC_LEVEL_URGENT, 0, FALSE);
  g_autoptr (GString) buttons = g_string_new (NULL);

  for (guint i = 0; i < popup->n_actions - 2; i++)
    g_string_append_printf (buttons, "%s%s=%s", i > 0 ? "; " : "", popup->actions[i].key,
                            popup->actions[i].label);
  g_assert_cmpstr (buttons->str, ==, expected);
  g_assert_cmpstr (popup->actions[popup->n_actions - 2].key, ==, ONC_POPUP_REPLY);
  g_assert_cmpstr (popup->actions[popup->n_actions - 1].key, ==, ONC_POPUP_DEFAULT);
}

static void
test_buttons_are_what_helps (void)
{
  g_autoptr (OncThread) unclaimed = people_ask (12, ONC_LEVEL_URGENT, "Help");
  g_autoptr (OncThread) claimed = ask_with_promise ("");

  assert_buttons (unclaimed, ONC_ALERT_OPENED,
                  "claim=I'm on it; open=Open; promise=On it, update in 30 min");
  assert_buttons (unclaimed, ONC_ALERT_DEADLINE_NEAR, "claim=I'm on it; open=Open");
  assert_buttons (claimed, ONC_ALERT_RAISED, "claim=I'm on it; open=Open");
  assert_buttons (claimed, ONC_ALERT_PROMISE_LEAD, "write=Write update; extend=+15 min; open=Open");
  assert_buttons (claimed, ONC_ALERT_PROMISE_DUE, "write=Write update; extend=+15 min; open=Open");
  assert_buttons (claimed, ONC_ALERT_PROMISE_OVERDUE,
                  "write=Write update; extend=+15 min; open=Open");
  assert_buttons (claimed, ONC_ALERT_PROMISE_BROKEN, "write=Write update; open=Open");
  assert_buttons (claimed, ONC_ALERT_STALE_CLAIM,
                  "write=Write update; promise=Promise an update in 30 min; open=Open");
  assert_buttons (claimed, ONC_ALERT_DEADLINE_PASSED, "open=Open");
}

static void
test_the_usual_promise_is_in_words (void)
{
  static const struct
  {
    OncSpan span;
    const char *label;
  } cases[] = {
    { 15 * ONC_MINUTE, "On it, update in 15 min" },
    { 2 * ONC_HOUR, "On it, update in 2 h" },
    { 90 * ONC_MINUTE, "On it, update in 1 h 30 min" },
  };
  g_autoptr (OncThread) thread = people_ask (12, ONC_LEVEL_URGENT, "Help");
  OncOccasion occasion = people_occasion (ONC_ALERT_OPENED, ONC_LEVEL_URGENT, 0);
  g_autoptr (OncPopup) without = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OncPopup) popup = NULL;

      occasion.usual_promise = cases[i].span;
      popup = onc_popup_new_for_thread (&people_naming, thread, &occasion, FALSE);
      g_assert_cmpstr (popup->actions[2].label, ==, cases[i].label);
    }
  occasion.usual_promise = 0;
  without = onc_popup_new_for_thread (&people_naming, thread, &occasion, FALSE);
  g_assert_cmpuint (without->n_actions, ==, 4);
}

static void
test_private_popups_hide_names_and_texts (void)
{
  g_autoptr (OncThread) thread = people_ask (12, ONC_LEVEL_URGENT, "secret");
  g_autoptr (OncPopup) popup = say (thread, ONC_ALERT_OPENED, 0, 0, TRUE);

  g_assert_cmpstr (popup->title, ==, "URGENT · thread 12");
  g_assert_cmpstr (popup->body, ==, "");
  assert_said (thread, ONC_ALERT_UNCLAIMED, 1, ONC_HOUR, TRUE, "Nobody has looked for 1 hour.");
  onc_thread_add_looker (thread, "UADA", PEOPLE_OPENED, ONC_LOOK_REACTION);
  assert_said (thread, ONC_ALERT_CLAIMED, 0, ONC_HOUR, TRUE, "1 person is looking.");
  onc_thread_add_looker (thread, "UBOB", PEOPLE_OPENED, ONC_LOOK_REACTION);
  assert_said (thread, ONC_ALERT_CLAIMED, 0, ONC_HOUR, TRUE, "2 people are looking.");
}

static void
test_what_calls_for_somebody_is_heard (void)
{
  g_autoptr (OncThread) thread = people_ask (12, ONC_LEVEL_URGENT, "Help");
  g_autoptr (OncPopup) opened = say (thread, ONC_ALERT_OPENED, 0, 0, FALSE);
  g_autoptr (OncPopup) claimed = say (thread, ONC_ALERT_CLAIMED, 0, 0, FALSE);

  g_assert_cmpstr (opened->sound, ==, "message-new-instant");
  g_assert_null (claimed->sound);
}

/* Threads 1 to @n of the levels in turn. */
static GPtrArray *
ask_many (guint n)
{
  GPtrArray *threads = g_ptr_array_new_with_free_func ((GDestroyNotify) onc_thread_unref);

  for (guint i = 1; i <= n; i++)
    g_ptr_array_add (threads, people_ask (i, i % ONC_N_LEVELS, "Where is\nit?"));
  return threads;
}

static void
test_a_summary_lists_the_first_and_counts_the_rest (void)
{
  g_autoptr (GPtrArray) threads = ask_many (7);
  g_autoptr (OncPopup) popup = onc_popup_new_summary (&people_naming, threads, FALSE);

  g_assert_cmpstr (popup->title, ==, "EMERGENCY · 7 threads are waiting");
  g_assert_cmpstr (popup->body, ==,
                   "URGENT · Ada Lovelace in #support: Where is…\n"
                   "EMERGENCY · Ada Lovelace in #support: Where is…\n"
                   "Question · Ada Lovelace in #support: Where is…\n"
                   "URGENT · Ada Lovelace in #support: Where is…\n"
                   "EMERGENCY · Ada Lovelace in #support: Where is…\n"
                   "and 2 more");
  g_assert_cmpint (popup->level, ==, ONC_LEVEL_EMERGENCY);
  g_assert_true (popup->stays);
  g_assert_false (popup->own);
  g_assert_cmpuint (popup->thread, ==, 1);
  g_assert_cmpuint (popup->n_actions, ==, 2);
  g_assert_cmpstr (popup->actions[0].key, ==, ONC_POPUP_OPEN);
  g_assert_cmpstr (popup->actions[1].key, ==, ONC_POPUP_DEFAULT);
}

static void
test_a_summary_tells_what_is_due (void)
{
  static const struct
  {
    OncAlert kind;
    const char *said;
  } cases[] = {
    { ONC_ALERT_PROMISE_LEAD, "your update is due soon: Where is…" },
    { ONC_ALERT_PROMISE_DUE, "your update is due: Where is…" },
    { ONC_ALERT_PROMISE_OVERDUE, "your update is overdue: Where is…" },
    { ONC_ALERT_STALE_CLAIM, "nothing has been said for long: Where is…" },
    { ONC_ALERT_DEADLINE_NEAR, "it is needed soon: Where is…" },
    { ONC_ALERT_DEADLINE_PASSED, "it was needed by now: Where is…" },
    { ONC_ALERT_UNCLAIMED, "Where is…" },
  };
  g_autoptr (GPtrArray) threads = ask_many (1);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *expected = g_strconcat ("URGENT · Ada Lovelace in #support: ", cases[i].said,
                                               NULL);
      g_autoptr (OncPopup) popup = NULL;

      ((OncThread *) g_ptr_array_index (threads, 0))->popup_kind = cases[i].kind;
      popup = onc_popup_new_summary (&people_naming, threads, FALSE);
      g_assert_cmpstr (popup->body, ==, expected);
    }
}

static void
test_a_private_summary_counts_only (void)
{
  g_autoptr (GPtrArray) threads = ask_many (5);
  g_autoptr (OncPopup) popup = onc_popup_new_summary (&people_naming, threads, TRUE);

  g_assert_cmpstr (popup->title, ==, "EMERGENCY · 5 threads are waiting");
  g_assert_cmpstr (popup->body, ==, "2 emergencies\n2 urgent threads\n1 question");
}

static void
test_a_notice_is_about_no_thread (void)
{
  g_autoptr (OncPopup) popup = onc_popup_new_notice ("denied", "Slack refused the token",
                                                     "Run oncallctl login.");

  g_assert_cmpstr (popup->key, ==, "notice/denied");
  g_assert_cmpstr (popup->title, ==, "Slack refused the token");
  g_assert_cmpstr (popup->body, ==, "Run oncallctl login.");
  g_assert_cmpuint (popup->thread, ==, 0);
  g_assert_cmpuint (popup->n_actions, ==, 0);
  g_assert_null (popup->sound);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define TEST(path, function) g_test_add_func ("/popup/" path, function)
  TEST ("title/tells level, person and channel", test_the_title_tells_level_person_and_channel);
  TEST ("title/does without an asker", test_the_title_does_without_an_asker);
  TEST ("title/falls back to IDs", test_the_title_falls_back_to_ids);
  TEST ("title/a name stays plain and on one line", test_a_name_stays_plain_and_on_one_line);
  TEST ("text/reads as in Slack", test_a_text_reads_as_in_slack);
  TEST ("text/blanks are folded", test_blanks_are_folded);
  TEST ("text/is cut after a word", test_a_long_text_is_cut_after_a_word);
  TEST ("text/of just the length is not cut", test_a_text_of_just_the_length_is_not_cut);
  TEST ("text/is cut after the fifth line", test_a_text_of_many_lines_is_cut_after_the_fifth);
  TEST ("text/any bytes make valid text", test_any_bytes_make_valid_text);
  TEST ("text/no text turns the direction of another", test_no_text_turns_the_direction_of_another);
  TEST ("standing/a repeat tells how long nobody has looked",
        test_a_repeat_tells_how_long_nobody_has_looked);
  TEST ("standing/lookers are named", test_lookers_are_named);
  TEST ("standing/a raised thread says so once", test_a_raised_thread_says_so_once);
  TEST ("standing/a silent claim tells for how long", test_a_silent_claim_tells_for_how_long);
  TEST ("promise/is told with the time left or gone",
        test_a_promise_is_told_with_the_time_left_or_gone);
  TEST ("promise/is not told when it is gone", test_a_promise_that_is_gone_is_not_told);
  TEST ("prominence/what is due is never quiet and a reminder never alarms",
        test_what_is_due_is_never_quiet_and_a_reminder_never_alarms);
  TEST ("prominence/off call only emergencies press", test_off_call_only_emergencies_press);
  TEST ("deadline/is told", test_the_askers_deadline_is_told);
  TEST ("buttons/are what helps", test_buttons_are_what_helps);
  TEST ("buttons/have the usual promise in words", test_the_usual_promise_is_in_words);
  TEST ("private/hides names and texts", test_private_popups_hide_names_and_texts);
  TEST ("summary/tells what is due", test_a_summary_tells_what_is_due);
  TEST ("private/a summary counts only", test_a_private_summary_counts_only);
  TEST ("sound/what calls for somebody is heard", test_what_calls_for_somebody_is_heard);
  TEST ("summary/lists the first and counts the rest",
        test_a_summary_lists_the_first_and_counts_the_rest);
  TEST ("notice/is about no thread", test_a_notice_is_about_no_thread);
#undef TEST

  return g_test_run ();
}
