/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "membership.h"

#define HOUR(n) ((OncInstant) (n) *ONC_HOUR)

static void
set (OncMembership *membership, const char *users, OncInstant at)
{
  g_auto (GStrv) list = g_strsplit (users, " ", -1);

  onc_membership_set (membership, (const char *const *) list, at);
}

/* "ANN BOB", sorted, at @at. */
static void
assert_members (const OncMembership *membership, OncInstant at, const char *expected)
{
  static const char *const everybody[] = { "ANN", "BOB", "CID" };
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (everybody); i++)
    {
      if (onc_membership_includes (membership, everybody[i], at))
        g_string_append_printf (found, "%s%s", found->len > 0 ? " " : "", everybody[i]);
    }
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_whoever_was_in_at_first_always_was (void)
{
  g_autoptr (OncMembership) membership = onc_membership_new ();

  assert_members (membership, HOUR (1), "");
  set (membership, "ANN BOB", HOUR (9));
  assert_members (membership, HOUR (1), "ANN BOB");
  assert_members (membership, HOUR (10), "ANN BOB");
}

static void
test_a_handover_leaves_the_past_alone (void)
{
  g_autoptr (OncMembership) membership = onc_membership_new ();

  set (membership, "ANN BOB", HOUR (9));
  set (membership, "BOB CID", HOUR (12));
  assert_members (membership, HOUR (11), "ANN BOB");
  assert_members (membership, HOUR (12), "BOB CID");
  onc_membership_join (membership, "ANN", HOUR (15));
  onc_membership_leave (membership, "BOB", HOUR (16));
  onc_membership_leave (membership, "BOB", HOUR (17));
  assert_members (membership, HOUR (11), "ANN BOB");
  assert_members (membership, HOUR (13), "BOB CID");
  assert_members (membership, HOUR (15), "ANN BOB CID");
  assert_members (membership, HOUR (20), "ANN CID");
}

static void
test_what_is_told_twice_or_late_changes_nothing (void)
{
  g_autoptr (OncMembership) membership = onc_membership_new ();

  set (membership, "ANN", HOUR (9));
  set (membership, "ANN BOB", HOUR (12));
  set (membership, "ANN BOB", HOUR (13));
  onc_membership_join (membership, "BOB", HOUR (14));
  onc_membership_leave (membership, "CID", HOUR (14));
  assert_members (membership, HOUR (12), "ANN BOB");
  /* Nobody leaves before they came. */
  onc_membership_leave (membership, "BOB", HOUR (10));
  assert_members (membership, HOUR (11), "ANN");
  assert_members (membership, HOUR (12), "ANN");
  set (membership, "", HOUR (20));
  assert_members (membership, HOUR (19), "ANN");
  assert_members (membership, HOUR (20), "");
}

static void
test_it_is_written_and_read (void)
{
  g_autoptr (OncMembership) membership = onc_membership_new ();
  g_autoptr (OncMembership) copy = onc_membership_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;

  set (membership, "ANN BOB", HOUR (9));
  set (membership, "BOB CID", HOUR (12));
  set (membership, "BOB", HOUR (14));
  onc_membership_write (membership, "SDEVS", HOUR (13), text);
  lines = g_strsplit (text->str, "\n", -1);
  for (guint i = 0; *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", -1);

      g_assert_cmpstr (words[0], ==, "SDEVS");
      onc_membership_read (copy, (const char *const *) words + 1);
    }
  /* Ann had left before. */
  assert_members (copy, HOUR (11), "BOB");
  assert_members (copy, HOUR (13), "BOB CID");
  assert_members (copy, HOUR (15), "BOB");
  set (copy, "BOB CID", HOUR (16));
  assert_members (copy, HOUR (15), "BOB");
  assert_members (copy, HOUR (16), "BOB CID");
}

static void
test_nonsense_is_passed_over (void)
{
  static const char *const lines[] = { "", "ANN", "ANN x", "ANN 5 3 9 9", " 7" };
  g_autoptr (OncMembership) membership = onc_membership_new ();

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", -1);

      onc_membership_read (membership, (const char *const *) words);
    }
  set (membership, "BOB", HOUR (1));
  assert_members (membership, HOUR (2), "BOB");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/membership/" #name, test_##name)
  ADD (whoever_was_in_at_first_always_was);
  ADD (a_handover_leaves_the_past_alone);
  ADD (what_is_told_twice_or_late_changes_nothing);
  ADD (it_is_written_and_read);
  ADD (nonsense_is_passed_over);

  return g_test_run ();
}
