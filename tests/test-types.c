/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "types.h"

static void
test_levels_survive_the_wire (void)
{
  for (OncLevel level = ONC_LEVEL_QUESTION; level < ONC_N_LEVELS; level++)
    {
      OncLevel back = ONC_N_LEVELS;

      g_assert_true (onc_level_from_string (onc_level_to_string (level), &back));
      g_assert_cmpint (back, ==, level);
    }
}

static void
test_states_survive_the_wire (void)
{
  for (OncState state = ONC_STATE_NEW; state <= ONC_STATE_DELETED; state++)
    {
      OncState back = ONC_STATE_DELETED + 1;

      g_assert_true (onc_state_from_string (onc_state_to_string (state), &back));
      g_assert_cmpint (back, ==, state);
    }
}

static void
test_unknown_words_change_nothing (void)
{
  OncLevel level = ONC_LEVEL_URGENT;
  OncState state = ONC_STATE_LOOKING;
  OncAlert alert = ONC_ALERT_RAISED;
  OncLook look = ONC_LOOK_REPLY;

  g_assert_false (onc_level_from_string ("Urgent", &level));
  g_assert_false (onc_level_from_string (NULL, &level));
  g_assert_cmpint (level, ==, ONC_LEVEL_URGENT);
  g_assert_false (onc_state_from_string ("", &state));
  g_assert_cmpint (state, ==, ONC_STATE_LOOKING);
  g_assert_false (onc_alert_from_string ("opened ", &alert));
  g_assert_cmpint (alert, ==, ONC_ALERT_RAISED);
  g_assert_false (onc_look_from_string ("eyes", &look));
  g_assert_cmpint (look, ==, ONC_LOOK_REPLY);
}

static void
test_open_means_new_or_looking (void)
{
  g_assert_true (onc_state_is_open (ONC_STATE_NEW));
  g_assert_true (onc_state_is_open (ONC_STATE_LOOKING));
  g_assert_false (onc_state_is_open (ONC_STATE_RESOLVED));
  g_assert_false (onc_state_is_open (ONC_STATE_DISMISSED));
  g_assert_false (onc_state_is_open (ONC_STATE_DELETED));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/types/levels survive the wire", test_levels_survive_the_wire);
  g_test_add_func ("/types/states survive the wire", test_states_survive_the_wire);
  g_test_add_func ("/types/unknown words change nothing", test_unknown_words_change_nothing);
  g_test_add_func ("/types/open means new or looking", test_open_means_new_or_looking);
  return g_test_run ();
}
