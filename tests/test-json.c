/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "json.h"

#include <string.h>

#include "error.h"
#include "quoted-json.h"

static void
test_members_are_found_in_their_exact_case (void)
{
  g_autoptr (cJSON) root = parse_quoted ("{'Ok':'no','ok':'yes','list':[1],'object':{}}");

  g_assert_cmpstr (onc_json_string (root, "ok"), ==, "yes");
  g_assert_nonnull (onc_json_array (root, "list"));
  g_assert_nonnull (onc_json_object (root, "object"));
}

static void
test_a_member_of_another_type_is_not_there (void)
{
  g_autoptr (cJSON) root = parse_quoted (
      "{'s':1,'o':[],'a':{},'b':'true','i':{},'id':{},'ids':'U1'}");
  g_auto (GStrv) ids = onc_json_ids (root, "ids");

  g_assert_null (onc_json_string (root, "s"));
  g_assert_null (onc_json_object (root, "o"));
  g_assert_null (onc_json_array (root, "a"));
  g_assert_false (onc_json_boolean (root, "b"));
  g_assert_cmpint (onc_json_integer (root, "i", 7), ==, 7);
  g_assert_null (onc_json_id (root, "id"));
  g_assert_cmpuint (g_strv_length (ids), ==, 0);
  g_assert_null (onc_json_string (NULL, "s"));
  g_assert_null (onc_json_string (onc_json_array (root, "o"), "s"));
}

static void
test_whole_numbers_may_come_as_strings (void)
{
  g_autoptr (cJSON) root = parse_quoted ("{'a':3,'b':'4','c':'4x','d':1e300,'e':-5,'f':1.9}");

  g_assert_cmpint (onc_json_integer (root, "a", 0), ==, 3);
  g_assert_cmpint (onc_json_integer (root, "b", 0), ==, 4);
  g_assert_cmpint (onc_json_integer (root, "c", 9), ==, 9);
  g_assert_cmpint (onc_json_integer (root, "d", 9), ==, 9);
  g_assert_cmpint (onc_json_integer (root, "e", 9), ==, -5);
  g_assert_cmpint (onc_json_integer (root, "f", 9), ==, 1);
}

static void
test_ids_and_timestamps_are_checked (void)
{
  g_autoptr (cJSON) root = parse_quoted ("{'good':'C024BE91L','evil':'C1/../x','empty':'',"
                                         "'ts':'1700000000.000100','word':'now','number':17.1}");
  g_autofree char *endless = g_strnfill (1000, 'A');

  g_assert_cmpstr (onc_json_id (root, "good"), ==, "C024BE91L");
  g_assert_null (onc_json_id (root, "evil"));
  g_assert_null (onc_json_id (root, "empty"));
  g_assert_false (onc_json_is_id (endless));
  g_assert_cmpstr (onc_json_ts (root, "ts"), ==, "1700000000.000100");
  g_assert_null (onc_json_ts (root, "word"));
  g_assert_null (onc_json_ts (root, "number"));
}

static void
test_what_is_no_json_is_refused (void)
{
  const char *const wrong[] = { "", "{", "[1,2", "{\"a\":1} x", "hello", "{\"a\":\"\\q\"}" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (onc_json_parse (wrong[i], strlen (wrong[i]), &error));
      g_assert_error (error, ONC_ERROR, ONC_ERROR_FAILED);
    }
}

static void
test_bytes_that_are_no_utf_8_are_replaced (void)
{
  const char text[] = "{\"text\":\"caf\xe9 \xff\xfe\",\"nul\":\"a\0b\"}";
  g_autoptr (cJSON) root = onc_json_parse (text, sizeof text - 1, NULL);

  g_assert_cmpstr (onc_json_string (root, "text"), ==, "caf\uFFFD \uFFFD\uFFFD");
  g_assert_cmpstr (onc_json_string (root, "nul"), ==, "a\uFFFDb");
}

static void
test_halves_of_surrogate_pairs_are_replaced (void)
{
  g_autoptr (cJSON) root = parse_quoted ("{'cut':'a\\ud83d','turned':'\\udc00\\ud83db',"
                                         "'whole':'\\ud83d\\ude00','escaped':'\\\\ud83d'}");

  g_assert_cmpstr (onc_json_string (root, "cut"), ==, "a\uFFFD");
  g_assert_cmpstr (onc_json_string (root, "turned"), ==, "\uFFFD\uFFFDb");
  g_assert_cmpstr (onc_json_string (root, "whole"), ==, "😀");
  g_assert_cmpstr (onc_json_string (root, "escaped"), ==, "\\ud83d");
}

static void
test_deep_nesting_is_refused_without_harm (void)
{
  g_autofree char *deep = g_strnfill (2 * 1024 * 1024, '[');
  g_autoptr (GError) error = NULL;

  g_assert_null (onc_json_parse (deep, strlen (deep), &error));
  g_assert_error (error, ONC_ERROR, ONC_ERROR_FAILED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/members are found in their exact case",
                   test_members_are_found_in_their_exact_case);
  g_test_add_func ("/json/a member of another type is not there",
                   test_a_member_of_another_type_is_not_there);
  g_test_add_func ("/json/whole numbers may come as strings",
                   test_whole_numbers_may_come_as_strings);
  g_test_add_func ("/json/ids and timestamps are checked", test_ids_and_timestamps_are_checked);
  g_test_add_func ("/json/what is no json is refused", test_what_is_no_json_is_refused);
  g_test_add_func ("/json/bytes that are no utf-8 are replaced",
                   test_bytes_that_are_no_utf_8_are_replaced);
  g_test_add_func ("/json/halves of surrogate pairs are replaced",
                   test_halves_of_surrogate_pairs_are_replaced);
  g_test_add_func ("/json/deep nesting is refused without harm",
                   test_deep_nesting_is_refused_without_harm);
  return g_test_run ();
}
