/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "markup.h"

#include <string.h>

/* Returns: (transfer full): the tokens of @text, one letter for the kind, lower case for the
 * style, and the bytes they cover. */
static char *
describe (const char *text, gssize length)
{
  GString *out = g_string_new (NULL);
  OncMarkupIter iter;
  OncMarkupToken token;

  onc_markup_iter_init (&iter, text, length);
  while (onc_markup_iter_next (&iter, &token))
    {
      g_string_append_c (out, "TUGCSLD"[token.kind]);
      if ((token.style & ONC_MARKUP_CODE) != 0)
        g_string_append_c (out, 'c');
      if ((token.style & ONC_MARKUP_QUOTE) != 0)
        g_string_append_c (out, 'q');
      if ((token.style & ONC_MARKUP_STRIKE) != 0)
        g_string_append_c (out, 's');
      g_string_append_printf (out, "[%.*s]", (int) token.length, token.start);
    }

  return g_string_free (out, FALSE);
}

static void
assert_tokens (const char *text, const char *expected)
{
  g_autofree char *tokens = describe (text, -1);

  g_assert_cmpstr (tokens, ==, expected);
}

static void
test_references_are_told_apart (void)
{
  assert_tokens ("hi <@U1>, <!subteam^S1|@oncall>", "T[hi ]U[<@U1>]T[, ]G[<!subteam^S1|@oncall>]");
  assert_tokens ("<#C1|general><!here>", "C[<#C1|general>]S[<!here>]");
  assert_tokens ("<mailto:a@b.c|a@b.c> <https://x.y/?a=b>",
                 "L[<mailto:a@b.c|a@b.c>]T[ ]L[<https://x.y/?a=b>]");
  assert_tokens ("<!date^1700000000^{time}|then>", "D[<!date^1700000000^{time}|then>]");
}

static void
test_text_with_angles_is_text (void)
{
  assert_tokens ("a < b and c > d", "T[a < b and c > d]");
  assert_tokens ("x<y>z", "T[x<y>z]");
  assert_tokens ("<> <@> <!> <@U1", "T[<> <@> <!> <@U1]");
  assert_tokens ("<@U1\n>", "T[<@U1\n]Tq[>]");
  assert_tokens ("<!subteam^> <!date^x>", "S[<!subteam^>]T[ ]D[<!date^x>]");
  assert_tokens ("<<@U1>>", "T[<]U[<@U1>]T[>]");
}

static void
test_code_needs_its_end (void)
{
  assert_tokens ("run `x <@U1>` now", "T[run ]Tc[`x <@U1>`]T[ now]");
  assert_tokens ("one ` only <@U1>", "T[one ` only ]U[<@U1>]");
  assert_tokens ("```a\nb``` c", "Tc[```a\nb```]T[ c]");
  assert_tokens ("```a\nb", "T[```a\nb]");
  assert_tokens ("a ` b\nc ` d", "T[a ` b\nc ` d]");
}

static void
test_quotes_reach_to_the_end_of_line_or_text (void)
{
  assert_tokens ("&gt; old\nnew", "Tq[&gt; old]T[\nnew]");
  assert_tokens ("> old <@U1>\nnew", "Tq[> old ]Uq[<@U1>]T[\nnew]");
  assert_tokens ("a\n&gt;&gt;&gt; b\nc", "T[a\n]Tq[&gt;&gt;&gt; b\nc]");
  assert_tokens ("a > b", "T[a > b]");
  assert_tokens ("> a\n> b", "Tq[> a]T[\n]Tq[> b]");
}

static void
test_struck_text_and_estimates_differ (void)
{
  assert_tokens ("~3pm~ 4pm", "Ts[~3pm~]T[ 4pm]");
  assert_tokens ("~45m, maybe ~90 min", "T[~45m, maybe ~90 min]");
  assert_tokens ("~~gone~~ here", "Ts[~~gone~~]T[ here]");
  assert_tokens ("a~b~c", "T[a~b~c]");
  assert_tokens ("~a\nb~", "T[~a\nb~]");
}

static void
test_tokens_cover_every_byte_of_any_text (void)
{
  const char alphabet[] = "<>@!#`~|^U1\n &gt;\xff\xc3 a>";
  guint32 state = 12345;

  for (guint round = 0; round < 5000; round++)
    {
      char text[40];
      gsize covered = 0;
      OncMarkupIter iter;
      OncMarkupToken token;

      for (guint i = 0; i < sizeof text; i++)
        {
          state = state * 1664525 + 1013904223;
          text[i] = alphabet[(state >> 16) % sizeof alphabet];
        }
      onc_markup_iter_init (&iter, text, sizeof text);
      while (onc_markup_iter_next (&iter, &token))
        {
          g_assert_true (token.start == text + covered);
          g_assert_cmpuint (token.length, >, 0);
          covered += token.length;
        }
      g_assert_cmpuint (covered, ==, sizeof text);
    }
}

static const char *
name_of (OncMarkupKind kind, const char *id, gpointer user_data)
{
  g_assert_cmpstr (user_data, ==, "data");
  if (kind == ONC_MARKUP_USER && g_str_equal (id, "U1"))
    return "ada";
  if (kind == ONC_MARKUP_GROUP && g_str_equal (id, "S1"))
    return "oncall";
  return NULL;
}

static void
assert_plain (const char *text, const char *expected)
{
  char data[] = "data";
  g_autofree char *plain = onc_markup_to_plain (text, -1, name_of, data);

  g_assert_cmpstr (plain, ==, expected);
}

static void
test_plain_text_names_what_is_known (void)
{
  assert_plain ("hi <@U1> and <@U2>", "hi @ada and @U2");
  assert_plain ("<@U2|grace> <!subteam^S1> <!subteam^S2|@devs>", "@grace @oncall @devs");
  assert_plain ("<#C1|general> <#C2>", "#general #C2");
  assert_plain ("<!here> <!here|here> <!channel>", "@here @here @channel");
  assert_plain ("<https://x.y/?a&amp;b> <https://x.y|the page>", "https://x.y/?a&b the page");
  assert_plain ("by <!date^1700000000^{time}|14:30>", "by 14:30");
}

static void
test_entities_are_decoded_once (void)
{
  assert_plain ("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d");
  assert_plain ("&amp;lt;", "&lt;");
  assert_plain ("&nbsp; & &am", "&nbsp; & &am");
}

static void
test_emoji_and_marks_of_style_stay (void)
{
  assert_plain (":eyes: *bold* `code`", ":eyes: *bold* `code`");
}

static void
test_plain_text_is_valid_utf8 (void)
{
  const char bytes[] = "a\xff\xc3\0b";
  g_autofree char *plain = onc_markup_to_plain (bytes, sizeof bytes - 1, NULL, NULL);

  g_assert_true (g_utf8_validate (plain, -1, NULL));
  g_assert_true (g_str_has_prefix (plain, "a"));
  g_assert_true (g_str_has_suffix (plain, "b"));
}

static void
assert_mentions (const char *text, const char *expected)
{
  g_auto (GStrv) mentions = onc_markup_mentions (text, -1);
  g_autofree char *joined = g_strjoinv (" ", mentions);

  g_assert_cmpstr (joined, ==, expected);
}

static void
test_each_ping_is_listed_once (void)
{
  assert_mentions ("<@U1> <!subteam^S1|@oncall> <@U1> <!here>", "U1 S1 here");
  assert_mentions ("<#C1|general> <https://x.y> <!date^1^x|y> <!unknown>", "");
  assert_mentions ("~<@U1>~", "U1");
}

static void
test_code_and_quotes_ping_nobody (void)
{
  assert_mentions ("`<@U1>` <@U2>", "U2");
  assert_mentions ("&gt; <@U1>\n<@U2>", "U2");
  assert_mentions ("```\n<!here>\n```", "");
}

static void
test_a_typed_handle_is_a_word_of_its_own (void)
{
  g_assert_true (onc_markup_has_handle ("@oncall please", -1, "oncall"));
  g_assert_true (onc_markup_has_handle ("(cc @OnCall).", -1, "oncall"));
  g_assert_true (onc_markup_has_handle ("ask @oncall", -1, "oncall"));
  g_assert_true (onc_markup_has_handle ("@oncall\xe2\x80\x99s turn", -1, "oncall"));
  g_assert_false (onc_markup_has_handle ("oncall please", -1, "oncall"));
  g_assert_false (onc_markup_has_handle ("@oncall2 @oncall-eu @oncall_x", -1, "oncall"));
  g_assert_false (onc_markup_has_handle ("me@oncall.example @oncall.example", -1, "oncall"));
  g_assert_false (onc_markup_has_handle ("`@oncall`\n> @oncall", -1, "oncall"));
  g_assert_false (onc_markup_has_handle ("@onca", -1, "oncall"));
}

static void
test_escaping_is_undone_by_reading (void)
{
  const char *text = "a < b && c > d &amp; <@U1>";
  g_autofree char *escaped = onc_markup_escape (text);
  g_autofree char *plain = onc_markup_to_plain (escaped, -1, NULL, NULL);

  g_assert_cmpstr (escaped, ==, "a &lt; b &amp;&amp; c &gt; d &amp;amp; &lt;@U1&gt;");
  g_assert_cmpstr (plain, ==, text);
}

static OncInstant
instant_of (const char *text)
{
  OncMarkupIter iter;
  OncMarkupToken token;

  onc_markup_iter_init (&iter, text, -1);
  g_assert_true (onc_markup_iter_next (&iter, &token));
  return onc_markup_token_instant (&token);
}

static void
test_dates_are_bounded (void)
{
  g_assert_cmpint (instant_of ("<!date^1700000000^{time}|x>"), ==, 1700000000 * ONC_SECOND);
  g_assert_cmpint (instant_of ("<!date^99999999999999999999^{time}|x>"), ==, 0);
  g_assert_cmpint (instant_of ("<!date^12a^{time}|x>"), ==, 0);
}

static void
test_long_hostile_texts_end_in_time (void)
{
  const char *const pieces[] = { "<", "`", "~a ", "```", "> ~x", "<@U1", "&gt;", "`\n" };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_auto (GStrv) mentions = NULL;

      while (text->len < 400 * 1024)
        g_string_append (text, pieces[i]);
      mentions = onc_markup_mentions (text->str, text->len);
      g_assert_cmpuint (g_strv_length (mentions), ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/markup/references are told apart", test_references_are_told_apart);
  g_test_add_func ("/markup/text with angles is text", test_text_with_angles_is_text);
  g_test_add_func ("/markup/code needs its end", test_code_needs_its_end);
  g_test_add_func ("/markup/quotes reach to the end of line or text",
                   test_quotes_reach_to_the_end_of_line_or_text);
  g_test_add_func ("/markup/struck text and estimates differ",
                   test_struck_text_and_estimates_differ);
  g_test_add_func ("/markup/tokens cover every byte of any text",
                   test_tokens_cover_every_byte_of_any_text);
  g_test_add_func ("/markup/plain text names what is known", test_plain_text_names_what_is_known);
  g_test_add_func ("/markup/entities are decoded once", test_entities_are_decoded_once);
  g_test_add_func ("/markup/emoji and marks of style stay", test_emoji_and_marks_of_style_stay);
  g_test_add_func ("/markup/plain text is valid UTF-8", test_plain_text_is_valid_utf8);
  g_test_add_func ("/markup/each ping is listed once", test_each_ping_is_listed_once);
  g_test_add_func ("/markup/code and quotes ping nobody", test_code_and_quotes_ping_nobody);
  g_test_add_func ("/markup/a typed handle is a word of its own",
                   test_a_typed_handle_is_a_word_of_its_own);
  g_test_add_func ("/markup/escaping is undone by reading", test_escaping_is_undone_by_reading);
  g_test_add_func ("/markup/dates are bounded", test_dates_are_bounded);
  g_test_add_func ("/markup/long hostile texts end in time", test_long_hostile_texts_end_in_time);
  return g_test_run ();
}
