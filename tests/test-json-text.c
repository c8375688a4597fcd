/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* D-Bus values as JSON text. */

#include "json-text.h"

/* @value: as GVariant's text format has it. */
static void
assert_json (const char *value, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) variant = g_variant_parse (NULL, value, NULL, NULL, &error);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/New_York");
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  onc_json_text_append (text, variant, zone);
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_every_type_has_its_form (void)
{
  assert_json ("true", "true");
  assert_json ("false", "false");
  assert_json ("uint32 4294967295", "4294967295");
  assert_json ("'Ada'", "\"Ada\"");
  assert_json ("objectpath '/org/oncalld1/thread/7'", "\"/org/oncalld1/thread/7\"");
  assert_json ("objectpath '/'", "null");
  assert_json ("@as []", "[]");
  assert_json ("['bug', 'data']", "[\"bug\",\"data\"]");
  assert_json ("@a(ssxs) [('U1', 'Bea', 0, 'reply')]",
               "[{\"id\":\"U1\",\"name\":\"Bea\",\"since\":null,\"how\":\"reply\"}]");
  assert_json ("@a{sv} {}", "{}");
  assert_json ("{'AskerName': <'Ada'>, 'by_name': <uint32 1>}",
               "{\"asker_name\":\"Ada\",\"by_name\":1}");
  assert_json ("[{'id': <'1'>}, {'id': <'2'>}]", "[{\"id\":\"1\"},{\"id\":\"2\"}]");
}

static void
test_times_have_the_offset_of_their_day (void)
{
  assert_json ("int64 0", "null");
  assert_json ("int64 1795437296999999", "\"2026-11-23T07:34:56-05:00\"");
  assert_json ("int64 1782477296000000", "\"2026-06-26T08:34:56-04:00\"");
}

static void
test_only_a_span_is_no_time (void)
{
  assert_json ("{'span': <int64 1800000000>}", "{\"span\":1800}");
  assert_json ("{'span': <'long'>}", "{\"span\":null}");
}

static void
test_what_is_not_known_is_shown_all_the_same (void)
{
  assert_json ("(1, 2.5)", "\"(1, 2.5)\"");
  assert_json ("@a{su} {'a': 1}", "\"{'a': 1}\"");
}

static void
test_strings_do_nothing_to_json_or_a_terminal (void)
{
  assert_json ("'a\"b\\\\c\\n\\t\\r\\b\\f'", "\"a\\\"b\\\\c\\n\\t\\r\\b\\f\"");
  assert_json ("'\\u001b[31m \\u007f'", "\"\\u001b[31m \\u007f\"");
  assert_json ("'\\u009b \\u202e \\u2066'", "\"\\u009b \\u202e \\u2066\"");
  assert_json ("'\\u00a0é â € “x” 👀'", "\"\u00a0é â € “x” 👀\"");
  assert_json ("'\\u202e'", "\"\\u202e\"");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-text/every type has its form", test_every_type_has_its_form);
  g_test_add_func ("/json-text/times have the offset of their day",
                   test_times_have_the_offset_of_their_day);
  g_test_add_func ("/json-text/only a span is no time", test_only_a_span_is_no_time);
  g_test_add_func ("/json-text/what is not known is shown all the same",
                   test_what_is_not_known_is_shown_all_the_same);
  g_test_add_func ("/json-text/strings do nothing to json or a terminal",
                   test_strings_do_nothing_to_json_or_a_terminal);
  return g_test_run ();
}
