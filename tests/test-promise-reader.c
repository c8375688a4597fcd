/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "promise-reader.h"

#include <string.h>

/* A Tuesday morning on which nothing is special, in UTC: 2026-05-12 10:00. */
#define NOW ((OncInstant) 1778580000 * ONC_SECOND)

#define CLOCK(hour, minute) (NOW + (((hour) -10) * 60 + (minute)) * ONC_MINUTE)

typedef struct
{
  GTimeZone *zone; /* (owned) */
  OncHours *hours; /* (owned) */
  OncWhenContext context;
} Fixture;

typedef struct
{
  const char *text;
  OncReadingKind kind;
  OncInstant due;
} Row;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->zone = g_time_zone_new_utc ();
  fixture->hours = onc_hours_new_from_string ("Mon-Fri 09:00-17:00", NULL);
  fixture->context = (OncWhenContext){ .zone = fixture->zone, .hours = fixture->hours };
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_time_zone_unref (fixture->zone);
  onc_hours_free (fixture->hours);
}

static OncReading
read_text (const Fixture *fixture, const char *text, gssize length)
{
  OncReading reading;

  onc_promise_reader_read (text, length, NOW, &fixture->context, &reading);
  g_assert_nonnull (reading.reason);
  g_assert_cmpuint (reading.begin, <=, reading.end);
  g_assert_cmpuint (reading.end, <=, length >= 0 ? (gsize) length : strlen (text));
  if (reading.kind == ONC_READING_NONE)
    g_assert_cmpint (reading.due, ==, 0);
  if (reading.due != 0)
    {
      g_assert_cmpint (reading.due, >, NOW);
      g_assert_cmpint (reading.due, <, NOW + 500 * ONC_DAY);
      g_assert_cmpuint (reading.begin, <, reading.end);
    }
  return reading;
}

static void
check (const Fixture *fixture, const Row *rows, guint n_rows)
{
  for (guint i = 0; i < n_rows; i++)
    {
      OncReading reading = read_text (fixture, rows[i].text, -1);

      if (reading.kind != rows[i].kind || reading.due != rows[i].due)
        g_test_message ("“%s”: %s (%s), %" G_GINT64_FORMAT " s from now", rows[i].text,
                        onc_reading_kind_to_string (reading.kind), reading.reason,
                        (reading.due - NOW) / ONC_SECOND);
      g_assert_cmpint (reading.kind, ==, rows[i].kind);
      g_assert_cmpint (reading.due, ==, rows[i].due);
    }
}

#define CHECK(...)                                                                                 \
  G_STMT_START                                                                                     \
  {                                                                                                \
    const Row rows[] = { __VA_ARGS__ };                                                            \
    check (fixture, rows, G_N_ELEMENTS (rows));                                                    \
  }                                                                                                \
  G_STMT_END

#define PROMISE ONC_READING_PROMISE
#define REQUEST ONC_READING_REQUEST
#define NONE    ONC_READING_NONE

static void
test_promises_have_many_voices (Fixture *fixture, gconstpointer user_data)
{
  CHECK ({ "I'll get back to you in 30 minutes", PROMISE, CLOCK (10, 30) },
         { "will call at 3", PROMISE, CLOCK (15, 0) }, { "ETA 20 min", PROMISE, CLOCK (10, 20) },
         { "Next update at 11:30", PROMISE, CLOCK (11, 30) },
         { "you'll have it by noon", PROMISE, CLOCK (12, 0) },
         { "<@U042AB> will call you by 4pm", PROMISE, CLOCK (16, 0) },
         { "brb 10", PROMISE, CLOCK (10, 10) }, { "give me half an hour", PROMISE, CLOCK (10, 30) },
         { "need another 15 minutes", PROMISE, CLOCK (10, 15) },
         { "restarting the node, 10 min", PROMISE, CLOCK (10, 10) },
         { "we'll post updates every 30 minutes", PROMISE, CLOCK (10, 30) });
}

static void
test_promises_without_a_time_are_vague (Fixture *fixture, gconstpointer user_data)
{
  CHECK ({ "I'll look into it shortly", PROMISE, 0 }, { "will keep you posted", PROMISE, 0 },
         { "give me a minute", PROMISE, 0 }, { "once it is back I'll tell you", PROMISE, 0 },
         { "let me find out", PROMISE, 0 });
}

static void
test_requests_ask_others (Fixture *fixture, gconstpointer user_data)
{
  CHECK ({ "can I have it by 3pm?", REQUEST, CLOCK (15, 0) },
         { "please call me at 2", REQUEST, CLOCK (14, 0) },
         { "need this by noon", REQUEST, CLOCK (12, 0) },
         { "hoping to hear from you by 4", REQUEST, CLOCK (16, 0) },
         { "if I don't hear by 5 I'll escalate", REQUEST, CLOCK (17, 0) },
         { "the customer wants an answer by 11", REQUEST, CLOCK (11, 0) },
         { "asap please", REQUEST, 0 },
         { "Please send us updates every 30 minutes", REQUEST, CLOCK (10, 30) });
}

static void
test_everything_else_is_none (Fixture *fixture, gconstpointer user_data)
{
  CHECK ({ "it failed 20 minutes ago", NONE, 0 }, { "the job takes 30 min", NONE, 0 },
         { "the standup is at 2pm", NONE, 0 }, { "what's the ETA?", NONE, 0 },
         { "shall I call them in an hour?", NONE, 0 }, { "can't promise it by 3", NONE, 0 },
         { "the vendor says 2 hours", NONE, 0 }, { "2 is fine by me", NONE, 0 },
         { "faster by 20 minutes", NONE, 0 }, { "we answer 24 hours a day", NONE, 0 },
         { "version 3.30 listens on port 1500", NONE, 0 },
         { "10:02:33 WARN will retry in 30s", NONE, 0 }, { "", NONE, 0 }, { "\n \n", NONE, 0 },
         { "!?.,:;-()", NONE, 0 });
}

static void
test_a_promise_wins_over_a_request (Fixture *fixture, gconstpointer user_data)
{
  CHECK ({ "can you send me the logs by 11? I'll look at them at 2", PROMISE, CLOCK (14, 0) });
}

static void
test_of_several_times_the_earliest_ahead_counts (Fixture *fixture, gconstpointer user_data)
{
  CHECK ({ "I'll call you at 3 and send the report at 1", PROMISE, CLOCK (13, 0) });
}

static void
test_a_correction_puts_the_last_time_first (Fixture *fixture, gconstpointer user_data)
{
  CHECK ({ "I'll call at 1. Scratch that, I'll call at 3", PROMISE, CLOCK (15, 0) },
         { "ETA ~1pm~ 3pm", PROMISE, CLOCK (15, 0) },
         { "I'd said 14:30, that slips to 15:15", PROMISE, CLOCK (15, 15) });
}

static void
test_quotes_are_not_read (Fixture *fixture, gconstpointer user_data)
{
  CHECK ({ "> I'll call at 3", NONE, 0 }, { "&gt; I'll call at 3", NONE, 0 },
         { "look:\n&gt; I'll call at 3", NONE, 0 },
         { ">>> I'll call at 3\nI'll call at 4", NONE, 0 },
         { "> I'll call at 3\nI'll call at 4", PROMISE, CLOCK (16, 0) },
         { "> how long?\n20 minutes", PROMISE, CLOCK (10, 20) });
}

static void
test_code_is_not_read (Fixture *fixture, gconstpointer user_data)
{
  CHECK ({ "`I'll call at 3`", NONE, 0 }, { "```\nETA 10 min\n```", NONE, 0 },
         { "I'll run `sleep 3600` in 5 minutes", PROMISE, CLOCK (10, 5) });
}

static void
test_links_are_not_read (Fixture *fixture, gconstpointer user_data)
{
  CHECK ({ "<https://example.org/eta-10-min|ETA 10 min>", NONE, 0 },
         { "see https://example.org/back-in-5-minutes", NONE, 0 },
         { "notes: <https://example.org/a|agenda>, I'll call at 3", PROMISE, CLOCK (15, 0) });
}

static void
test_struck_text_is_not_read_but_estimates_are (Fixture *fixture, gconstpointer user_data)
{
  CHECK ({ "~I'll call at 3~", NONE, 0 }, { "ETA ~45m", PROMISE, CLOCK (10, 45) },
         { "I'll be done in ~20~ 40 minutes", PROMISE, CLOCK (10, 40) });
}

static void
test_words_of_others_are_not_read (Fixture *fixture, gconstpointer user_data)
{
  CHECK ({ "he wrote \"I'll call at 3\"", NONE, 0 },
         { "the page says “back in 10 minutes”", NONE, 0 },
         { "„I'll call at 3“ is what I was told", NONE, 0 });
}

static void
test_raw_and_unescaped_text_mean_the_same (Fixture *fixture, gconstpointer user_data)
{
  CHECK ({ "Q&amp;A is over, I'll call at 3", PROMISE, CLOCK (15, 0) },
         { "Q&A is over, I'll call at 3", PROMISE, CLOCK (15, 0) },
         { "*I'll call* _at 3_ :phone:", PROMISE, CLOCK (15, 0) },
         { "<!here> I'll post the summary at 3 in <#C1|general>", PROMISE, CLOCK (15, 0) },
         { "I\xe2\x80\x99ll call at 3", PROMISE, CLOCK (15, 0) });
}

static void
test_a_person_is_told_what_was_read (Fixture *fixture, gconstpointer user_data)
{
  static const struct
  {
    const char *text;
    const char *words;
    const char *reason;
  } rows[] = {
    { "Sorry! I'll get back to you in half an hour, promised", "in half an hour",
      "the author or the team will do it" },
    { "grüße, ETA 15:30 :eyes:", "15:30", "says when the update or fix will come" },
    { "could you call me by 3pm?", "by 3pm", "asks for it" },
    { "it is what it is", "", "nothing is promised or requested" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      OncReading reading = read_text (fixture, rows[i].text, -1);
      g_autofree char *words = g_strndup (rows[i].text + reading.begin,
                                          reading.end - reading.begin);

      g_assert_cmpstr (words, ==, rows[i].words);
      g_assert_cmpstr (reading.reason, ==, rows[i].reason);
    }
}

static void
test_bytes_that_are_no_utf8_change_nothing (Fixture *fixture, gconstpointer user_data)
{
  CHECK ({ "I'll call at 3 \xff\xfe\xc3", PROMISE, CLOCK (15, 0) },
         { "\xc3\x28 I'll call at 3", PROMISE, CLOCK (15, 0) },
         { "\xf0\x9f\x98. I'll call at 3", PROMISE, CLOCK (15, 0) });
}

static void
test_text_may_hold_nul_and_end_anywhere (Fixture *fixture, gconstpointer user_data)
{
  static const char text[] =
      "I'll call\0 you at 3pm <!date^1778594400^x|y> \xe2\x80\x9c…\" `a` ~b~";

  for (gsize length = 0; length < sizeof text; length++)
    {
      /* On the heap, so that reading beyond the end is seen. */
      g_autofree char *copy = g_memdup2 (text, MAX (length, 1));

      read_text (fixture, copy, (gssize) length);
    }
}

static void
test_absurd_numbers_promise_no_time (Fixture *fixture, gconstpointer user_data)
{
  CHECK ({ "ETA in 99999999999 hours", NONE, 0 }, { "ETA 18446744073709551616 minutes", NONE, 0 },
         { "ETA 1e99 hours", NONE, 0 }, { "ETA year 292277026596", NONE, 0 },
         { "ETA <!date^9223372036854775807^{time}|x>", NONE, 0 });
}

/* What many people write, to be put together at random. */
static const char *const scraps[] = {
  "I'll",
  "we",
  "will",
  "call",
  "you",
  "by",
  "at",
  "in",
  "within",
  "3",
  "30",
  "14:30",
  "2pm",
  "minutes",
  "hours",
  "half",
  "an",
  "hour",
  "and",
  "or",
  "to",
  "-",
  "–",
  "~",
  "tomorrow",
  "Friday",
  "next",
  "week",
  "EOD",
  "ETA",
  "update",
  "every",
  "until",
  "before",
  "after",
  "ago",
  "not",
  "can't",
  "if",
  "please",
  "?",
  ".",
  ",",
  "!",
  "\n",
  "> ",
  "&gt;",
  "`",
  "```",
  "\"",
  "“",
  "”",
  "<@U1>",
  "<#C1|x>",
  "<!date^1778594400^x|y>",
  "<http://a|b>",
  ":eyes:",
  "5/30",
  "2026-05-20",
  "99999999999",
  "\xff",
  "é",
  "UTC",
  "PT",
  "GMT+2",
  "the",
  "8th",
  "noon",
  "tonight",
  "give me",
  "need",
  "customer",
  "they",
  "said",
  "brb",
  "asap",
  "once",
  "soon",
  "make that",
  "instead",
  "between",
  "of",
  "may",
  "7",
  "quarter",
};

static char *
random_text (guint n_scraps)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n_scraps; i++)
    {
      g_string_append (text, scraps[g_test_rand_int_range (0, G_N_ELEMENTS (scraps))]);
      if (g_test_rand_int_range (0, 8) != 0)
        g_string_append_c (text, ' ');
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_any_words_give_a_bounded_reading (Fixture *fixture, gconstpointer user_data)
{
  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *text = random_text (1 + i % 24);
      OncReading first = read_text (fixture, text, -1);
      OncReading second = read_text (fixture, text, (gssize) strlen (text));

      g_assert_cmpint (first.kind, ==, second.kind);
      g_assert_cmpint (first.due, ==, second.due);
      g_assert_cmpuint (first.begin, ==, second.begin);
      g_assert_cmpuint (first.end, ==, second.end);
    }
}

/* Lines that say nothing of promises, before or behind, change no reading. */
static void
test_lines_of_noise_change_nothing (Fixture *fixture, gconstpointer user_data)
{
  static const char *const texts[] = {
    "I'll call you at 3",   "need this by noon please", "ETA 20 min",
    "any update?",          "the job takes 30 min",     "will look into it shortly",
    "give me half an hour", "could you reply by 4pm?",  "we'll post updates every 30 minutes",
  };
  static const char *const noise[] = {
    "Good morning everybody.",
    "The dashboard shows the totals twice.",
    "It broke at 9:15 yesterday.",
    "`sleep 30`",
    "> I'll be back in 5",
    "```\nI'll retry in 10 minutes\n```",
    "<https://example.org/x|see here>",
    ":thread:",
    "The meeting is at 4pm.",
    "The build takes 45 minutes.",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      OncReading alone = read_text (fixture, texts[i], -1);

      for (guint j = 0; j < G_N_ELEMENTS (noise); j++)
        {
          g_autofree char *before = g_strconcat (noise[j], "\n\n", texts[i], NULL);
          g_autofree char *behind = g_strconcat (texts[i], "\n\n", noise[j], NULL);
          const char *const both[] = { before, behind };

          for (guint k = 0; k < G_N_ELEMENTS (both); k++)
            {
              OncReading reading = read_text (fixture, both[k], -1);

              if (reading.due != alone.due || reading.kind != alone.kind)
                g_test_message ("“%s”", both[k]);
              g_assert_cmpint (reading.kind, ==, alone.kind);
              g_assert_cmpint (reading.due, ==, alone.due);
            }
        }
    }
}

/* The largest messages that Slack takes, made of what could be expensive. */
static void
test_the_largest_messages_are_read (Fixture *fixture, gconstpointer user_data)
{
  static const char *const pieces[] = {
    "a ",
    "I'll ",
    "\"",
    "“",
    "'x ",
    "~",
    "`",
    "1",
    "1 ",
    "1-",
    "1:",
    ". ",
    ",",
    "(",
    "> ",
    "\n",
    "in 5 minutes ",
    "and ",
    "or 5 ",
    "between 1 ",
    "5 to ",
    "hour and a half ",
    "Monday ",
    ":a",
    "<",
    "&",
    "@",
    "_1",
    "é",
    "\xf0\x9f",
    "5, maybe ",
    "one two three ",
    "don't ",
    "x.y",
  };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      while (text->len < 40000)
        g_string_append (text, pieces[i]);
      g_string_append (text, "\n\nI'll call you at 3");
      read_text (fixture, text->str, (gssize) text->len);
    }
}

static void
test_a_promise_is_found_at_the_end_of_a_large_message (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GString) text = g_string_new (NULL);

  while (text->len < 40000)
    g_string_append (text, "The totals are wrong in the northern region, as they were in May.\n");
  g_string_append (text, "Anyway: I'll call you at 3.");
  CHECK ({ text->str, PROMISE, CLOCK (15, 0) });
}

#define ADD(name, function)                                                                        \
  g_test_add ("/promise-reader/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* All that is read wrong is told, not only the first. */
  g_test_set_nonfatal_assertions ();
  ADD ("promises have many voices", test_promises_have_many_voices);
  ADD ("promises without a time are vague", test_promises_without_a_time_are_vague);
  ADD ("requests ask others", test_requests_ask_others);
  ADD ("everything else is none", test_everything_else_is_none);
  ADD ("a promise wins over a request", test_a_promise_wins_over_a_request);
  ADD ("of several times the earliest ahead counts",
       test_of_several_times_the_earliest_ahead_counts);
  ADD ("a correction puts the last time first", test_a_correction_puts_the_last_time_first);
  ADD ("quotes are not read", test_quotes_are_not_read);
  ADD ("code is not read", test_code_is_not_read);
  ADD ("links are not read", test_links_are_not_read);
  ADD ("struck text is not read, but estimates are",
       test_struck_text_is_not_read_but_estimates_are);
  ADD ("words of others are not read", test_words_of_others_are_not_read);
  ADD ("raw and unescaped text mean the same", test_raw_and_unescaped_text_mean_the_same);
  ADD ("a person is told what was read", test_a_person_is_told_what_was_read);
  ADD ("bytes that are no UTF-8 change nothing", test_bytes_that_are_no_utf8_change_nothing);
  ADD ("text may hold NUL and end anywhere", test_text_may_hold_nul_and_end_anywhere);
  ADD ("absurd numbers promise no time", test_absurd_numbers_promise_no_time);
  ADD ("any words give a bounded reading", test_any_words_give_a_bounded_reading);
  ADD ("lines of noise change nothing", test_lines_of_noise_change_nothing);
  ADD ("the largest messages are read", test_the_largest_messages_are_read);
  ADD ("a promise is found at the end of a large message",
       test_a_promise_is_found_at_the_end_of_a_large_message);
  return g_test_run ();
}
