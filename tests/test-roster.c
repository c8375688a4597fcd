/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "roster.h"

#include "error.h"
#include "quoted-json.h"
#include "roster-reader.h"

static gboolean
put (OncRoster *roster, OncRosterKind kind, const char *id, const char *name, const char *handle)
{
  g_autoptr (OncRosterRow) row = onc_roster_row_new (kind, id, name, handle, NULL, FALSE);

  return onc_roster_put (roster, row);
}

static OncRoster *
make_roster (void)
{
  OncRoster *roster = onc_roster_new ();

  put (roster, ONC_ROSTER_USER, "U1", "Ada Lovelace", "ada");
  put (roster, ONC_ROSTER_USER, "U2", "Grace", "grace.hopper");
  put (roster, ONC_ROSTER_USER, "U3", "Grace", "grace.kelly");
  put (roster, ONC_ROSTER_USER, "U4", NULL, NULL);
  put (roster, ONC_ROSTER_GROUP, "S1", "On call", "oncall");
  put (roster, ONC_ROSTER_CHANNEL, "C1", "support", NULL);
  return roster;
}

static void
test_people_and_groups_are_found_by_what_they_are_called (void)
{
  static const struct
  {
    const char *name;
    const char *id;
  } cases[] = { { "@ada", "U1" },
                { "ada", "U1" },
                { "@ADA", "U1" },
                { "Ada Lovelace", "U1" },
                { "@oncall", "S1" },
                { "@OnCall", "S1" },
                { "@grace.hopper", "U2" },
                { "U99", "U99" },
                { "@S77", "S77" },
                { "@here", "!here" },
                { "!here", "!here" },
                { "@channel", "!channel" },
                { "W1", "W1" },
                { "@everyone", "!everyone" } };
  g_autoptr (OncRoster) roster = make_roster ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpstr (onc_roster_find_person (roster, cases[i].name, &error), ==, cases[i].id);
      g_assert_no_error (error);
    }
}

static void
test_nobody_is_found_by_a_name_that_nobody_has (void)
{
  const char *const names[] = { "@nobody", "", "@", "On call", "U", "C1", "#support" };
  g_autoptr (OncRoster) roster = make_roster ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (onc_roster_find_person (roster, names[i], &error));
      g_assert_error (error, ONC_ERROR, ONC_ERROR_NOT_FOUND);
    }
}

static void
test_a_name_that_several_people_have_is_not_enough (void)
{
  g_autoptr (OncRoster) roster = make_roster ();
  g_autoptr (GError) error = NULL;

  g_assert_null (onc_roster_find_person (roster, "@Grace", &error));
  g_assert_error (error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT);
}

static void
test_channels_are_found_by_name_and_id (void)
{
  g_autoptr (OncRoster) roster = make_roster ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (onc_roster_find_channel (roster, "#support", NULL), ==, "C1");
  g_assert_cmpstr (onc_roster_find_channel (roster, "Support", NULL), ==, "C1");
  g_assert_cmpstr (onc_roster_find_channel (roster, "C0", NULL), ==, "C0");
  g_assert_cmpstr (onc_roster_find_channel (roster, "#G9X", NULL), ==, "G9X");
  g_assert_null (onc_roster_find_channel (roster, "#data", &error));
  g_assert_error (error, ONC_ERROR, ONC_ERROR_NOT_FOUND);
}

static void
test_only_what_is_different_counts_as_a_change (void)
{
  g_autoptr (OncRoster) roster = make_roster ();

  g_assert_false (put (roster, ONC_ROSTER_USER, "U1", "Ada Lovelace", "ada"));
  g_assert_true (put (roster, ONC_ROSTER_USER, "U1", "Ada King", "ada"));
  g_assert_cmpstr (onc_roster_get (roster, ONC_ROSTER_USER, "U1")->name, ==, "Ada King");
  g_assert_true (put (roster, ONC_ROSTER_TEAM, "T1", "Team", "https://x.slack.com/"));
  g_assert_false (put (roster, ONC_ROSTER_TEAM, "T1", "Team", "https://x.slack.com/"));
  g_assert_true (onc_roster_remove (roster, ONC_ROSTER_GROUP, "S1"));
  g_assert_false (onc_roster_remove (roster, ONC_ROSTER_GROUP, "S1"));
}

static void
test_members_come_and_go (void)
{
  const char *const first[] = { "U2", "U1", "U1", NULL };
  const char *const same[] = { "U1", "U2", NULL };
  const char *const fewer[] = { "U1", NULL };
  const char *const none[] = { NULL };
  g_autoptr (OncRoster) roster = make_roster ();
  g_auto (GStrv) members = NULL;

  g_assert_null (onc_roster_get_members (roster, "S1"));
  g_assert_false (onc_roster_change_members (roster, "S1", fewer, NULL));
  g_assert_true (onc_roster_set_members (roster, "S1", first));
  g_assert_false (onc_roster_set_members (roster, "S1", same));
  members = onc_roster_get_members (roster, "S1");
  g_assert_true (g_strv_equal ((const char *const *) members, same));
  g_assert_true (onc_roster_set_members (roster, "S1", fewer));
  g_assert_true (onc_roster_change_members (roster, "S1", same, NULL));
  g_assert_false (onc_roster_change_members (roster, "S1", same, NULL));
  g_assert_true (onc_roster_change_members (roster, "S1", NULL, fewer));
  g_assert_true (onc_roster_set_members (roster, "S1", none));
  g_assert_true (onc_roster_set_members (roster, "S1", NULL));
  g_assert_false (onc_roster_set_members (roster, "S1", NULL));
}

static void
test_what_is_dumped_makes_the_same_roster (void)
{
  const char *const members[] = { "U1", "U2", NULL };
  g_autoptr (OncRoster) roster = make_roster ();
  g_autoptr (OncRoster) copy = onc_roster_new ();
  g_autoptr (GPtrArray) rows = NULL;
  g_auto (GStrv) copied = NULL;

  put (roster, ONC_ROSTER_TEAM, "T1", "Team", "https://x.slack.com/");
  put (roster, ONC_ROSTER_ME, "U1", NULL, NULL);
  onc_roster_set_members (roster, "S1", members);
  rows = onc_roster_dump (roster);
  g_assert_cmpuint (rows->len, ==, 10);
  for (guint i = 0; i < rows->len; i++)
    g_assert_true (onc_roster_put (copy, g_ptr_array_index (rows, i)));
  for (guint i = 0; i < rows->len; i++)
    g_assert_false (onc_roster_put (copy, g_ptr_array_index (rows, i)));
  copied = onc_roster_get_members (copy, "S1");
  g_assert_true (g_strv_equal ((const char *const *) copied, members));
  g_assert_cmpstr (onc_roster_get (copy, ONC_ROSTER_ME, NULL)->id, ==, "U1");
}

static void
test_a_person_is_called_as_the_person_wishes (void)
{
  static const struct
  {
    const char *json;
    const char *name;
  } cases[] = {
    { "{'id':'U1','name':'h','real_name':'R','profile':{'display_name':'D','real_name':'P'}}",
      "D" },
    { "{'id':'U1','name':'h','real_name':'R','profile':{'display_name':'','real_name':'P'}}", "P" },
    { "{'id':'U1','name':'h','real_name':'R'}", "R" },
    { "{'id':'U1','name':'h','profile':[]}", "h" },
    { "{'id':'U1','name':''}", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (cJSON) user = parse_quoted (cases[i].json);
      g_autoptr (OncRosterRow) row = onc_roster_read_user (user);

      g_assert_cmpstr (row->name, ==, cases[i].name);
    }
}

static void
test_slacks_objects_are_read (void)
{
  g_autoptr (cJSON) user = parse_quoted ("{'id':'U1','name':'ada','tz':'Europe/Paris',"
                                         "'is_bot':true}");
  g_autoptr (cJSON) owner = parse_quoted ("{'team_id':'T1','team':'Team','user_id':'U1',"
                                          "'url':'https://x.slack.com/','bot_id':'B1'}");
  g_autoptr (cJSON) nothing = parse_quoted ("{'id':7}");
  g_autoptr (OncRosterRow) user_row = onc_roster_read_user (user);
  g_autoptr (OncRosterRow) team_row = onc_roster_read_team (owner);
  g_autoptr (OncRosterRow) me_row = onc_roster_read_me (owner);

  g_assert_cmpstr (user_row->zone, ==, "Europe/Paris");
  g_assert_cmpstr (user_row->handle, ==, "ada");
  g_assert_true (user_row->bot);
  g_assert_cmpstr (team_row->handle, ==, "https://x.slack.com/");
  g_assert_cmpstr (me_row->handle, ==, "B1");
  g_assert_null (onc_roster_read_user (nothing));
  g_assert_null (onc_roster_read_group (nothing));
  g_assert_null (onc_roster_read_channel (NULL));
  g_assert_null (onc_roster_read_team (nothing));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(sentence, function) g_test_add_func ("/roster/" sentence, function)
  ADD ("people and groups are found by what they are called",
       test_people_and_groups_are_found_by_what_they_are_called);
  ADD ("nobody is found by a name that nobody has", test_nobody_is_found_by_a_name_that_nobody_has);
  ADD ("a name that several people have is not enough",
       test_a_name_that_several_people_have_is_not_enough);
  ADD ("channels are found by name and ID", test_channels_are_found_by_name_and_id);
  ADD ("only what is different counts as a change", test_only_what_is_different_counts_as_a_change);
  ADD ("members come and go", test_members_come_and_go);
  ADD ("what is dumped makes the same roster", test_what_is_dumped_makes_the_same_roster);
  ADD ("a person is called as the person wishes", test_a_person_is_called_as_the_person_wishes);
  ADD ("Slack's objects are read", test_slacks_objects_are_read);
#undef ADD
  return g_test_run ();
}
