/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "event-reader.h"

#include "quoted-json.h"

#define TEAM "T1"
#define ME   "UME"

static OncEvent *
read_event (const char *json)
{
  g_autoptr (cJSON) event = parse_quoted (json);

  return onc_event_reader_read (event, TEAM, ME);
}

static OncEvent *
read_listed (const char *json)
{
  g_autoptr (cJSON) message = parse_quoted (json);

  return onc_event_reader_read_listed (message, TEAM, "C1", 5 * ONC_SECOND);
}

static void
assert_nothing (const char *json)
{
  g_autoptr (OncEvent) event = read_event (json);

  g_assert_null (event);
}

static void
assert_key (const OncEvent *event, const char *expected)
{
  g_autofree char *key = onc_event_reader_make_key (event);

  g_assert_cmpstr (key, ==, expected);
}

/* The message of an event that must be one. */
static const OncMessage *
message_of (const OncEvent *event)
{
  g_assert_nonnull (event);
  g_assert_cmpint (event->kind, ==, ONC_EVENT_MESSAGE);
  return event->message.message;
}

static void
test_a_message_is_read (void)
{
  g_autoptr (OncEvent) event = read_event (
      "{'type':'message','channel':'C1','user':'U1','ts':'1700000000.000100',"
      "'text':'the export is wrong <!subteam^S1>','event_ts':'1700000000.000100'}");
  const OncMessage *message = message_of (event);

  g_assert_cmpstr (message->team, ==, TEAM);
  g_assert_cmpstr (message->channel, ==, "C1");
  g_assert_cmpstr (message->ts, ==, "1700000000.000100");
  g_assert_true (onc_message_is_root (message));
  g_assert_cmpstr (message->user, ==, "U1");
  g_assert_null (message->bot);
  g_assert_cmpstr (message->text, ==, "the export is wrong <!subteam^S1>");
  g_assert_null (message->edited_ts);
  g_assert_null (message->reactions);
  g_assert_cmpint (event->message.as_of, ==, 0);
  assert_key (event, "m:C1:1700000000.000100:new");
}

static void
test_a_reply_is_known_by_its_thread_not_by_a_subtype (void)
{
  g_autoptr (OncEvent) event = read_event ("{'type':'message','channel':'C1','user':'U1',"
                                           "'ts':'1700000009.000000',"
                                           "'thread_ts':'1700000000.000100','text':'on it'}");

  g_assert_cmpstr (message_of (event)->root_ts, ==, "1700000000.000100");
  g_assert_false (onc_message_is_root (message_of (event)));
}

static void
test_every_subtype_that_somebody_wrote_is_read (void)
{
  const char *const subtypes[] = { "bot_message", "file_share", "me_message", "thread_broadcast",
                                   "reply_broadcast" };

  for (guint i = 0; i < G_N_ELEMENTS (subtypes); i++)
    {
      g_autofree char *json = g_strdup_printf ("{'type':'message','subtype':'%s','channel':'C1',"
                                               "'ts':'1700000009.000000','user':'U1',"
                                               "'thread_ts':'1700000000.000100','text':'x'}",
                                               subtypes[i]);
      g_autoptr (OncEvent) event = read_event (json);

      g_assert_cmpstr (message_of (event)->root_ts, ==, "1700000000.000100");
    }
}

static void
test_what_slack_itself_tells_is_no_message (void)
{
  const char *const subtypes[] = { "channel_join", "channel_topic",       "pinned_item",
                                   "reminder_add", "ekm_access_denied",   "huddle_thread",
                                   "group_leave",  "assistant_app_thread" };

  for (guint i = 0; i < G_N_ELEMENTS (subtypes); i++)
    {
      g_autofree char *json = g_strdup_printf (
          "{'type':'message','subtype':'%s','channel':'C1','user':'U1',"
          "'ts':'1700000000.000100','text':'<@U1> did something'}",
          subtypes[i]);

      assert_nothing (json);
    }
}

static void
test_message_replied_is_no_message_though_its_subtype_is_missing (void)
{
  assert_nothing ("{'type':'message','channel':'C1','hidden':true,'ts':'1700000009.000000',"
                  "'message':{'type':'message','user':'U1','text':'root','reply_count':1,"
                  "'thread_ts':'1700000000.000100','ts':'1700000000.000100'}}");
}

static void
test_an_app_is_named_beside_the_person_it_posts_for (void)
{
  g_autoptr (OncEvent) both = read_event ("{'type':'message','channel':'C1','user':'U1',"
                                          "'bot_id':'B1','ts':'1700000000.000100','text':'x'}");
  g_autoptr (OncEvent) hook = read_event (
      "{'type':'message','subtype':'bot_message','channel':'C1','bot_id':'B2',"
      "'username':'U1','ts':'1700000000.000100','text':'x'}");
  g_autoptr (OncEvent) nameless = read_event (
      "{'type':'message','subtype':'bot_message','channel':'C1','username':'U1',"
      "'ts':'1700000000.000100','text':'x'}");

  g_assert_cmpstr (message_of (both)->user, ==, "U1");
  g_assert_cmpstr (message_of (both)->bot, ==, "B1");
  g_assert_null (message_of (hook)->user);
  g_assert_cmpstr (message_of (hook)->bot, ==, "B2");
  g_assert_null (message_of (nameless)->user);
  g_assert_nonnull (message_of (nameless)->bot);
}

#define CHANGED(inner, previous)                                                                   \
  "{'type':'message','subtype':'message_changed','hidden':true,'channel':'C1',"                    \
  "'ts':'1700000050.000000','event_ts':'1700000050.000000',"                                       \
  "'message':{'type':'message','user':'U1','ts':'1700000000.000100'," inner                        \
  "},'previous_message':{'type':'message','user':'U1','ts':'1700000000.000100'," previous "}}"

static void
test_an_edit_is_the_message_in_its_new_form (void)
{
  g_autoptr (OncEvent) event = read_event (
      CHANGED ("'text':'<!subteam^S1> new','edited':{'user':'U1',"
               "'ts':'1700000049.000000'}",
               "'text':'old'"));

  g_assert_cmpstr (message_of (event)->ts, ==, "1700000000.000100");
  g_assert_cmpstr (message_of (event)->text, ==, "<!subteam^S1> new");
  g_assert_cmpstr (message_of (event)->edited_ts, ==, "1700000049.000000");
  assert_key (event, "m:C1:1700000000.000100:edit:1700000049.000000");
}

static void
test_a_change_that_says_the_same_is_no_event (void)
{
  assert_nothing (CHANGED ("'text':'see <https://a.example>','attachments':[{'from_url':"
                           "'https://a.example','text':'preview'}]",
                           "'text':'see <https://a.example>'"));
  assert_nothing (CHANGED ("'text':'x','edited':{'ts':'1700000049.000000'},'reply_count':2",
                           "'text':'x','edited':{'ts':'1700000049.000000'}"));
}

static void
test_a_change_without_a_mark_is_known_by_its_time (void)
{
  g_autoptr (OncEvent) event = read_event (
      CHANGED ("'bot_id':'B1','text':'still down'", "'bot_id':'B1','text':'down'"));
  g_autoptr (OncEvent) blocks = read_event (
      CHANGED ("'text':'x','blocks':[{'type':'section','text':{'type':'mrkdwn',"
               "'text':'<!subteam^S1>'}}]",
               "'text':'x'"));

  g_assert_cmpstr (message_of (event)->edited_ts, ==, "1700000050.000000");
  g_assert_cmpstr (message_of (blocks)->edited_ts, ==, "1700000050.000000");
  g_assert_cmpstr (message_of (blocks)->mentions[0], ==, "S1");
}

static void
test_a_change_without_the_previous_form_is_taken_as_it_is (void)
{
  g_autoptr (OncEvent) event = read_event (
      "{'type':'message','subtype':'message_changed','channel':'C1',"
      "'message':{'ts':'1700000000.000100','user':'U1','text':'x'}}");

  g_assert_null (message_of (event)->edited_ts);
  assert_nothing ("{'type':'message','subtype':'message_changed','channel':'C1'}");
  assert_nothing ("{'type':'message','subtype':'message_changed','channel':'C1','message':[]}");
}

static void
test_a_deletion_names_its_thread_where_slack_says (void)
{
  g_autoptr (OncEvent) reply = read_event (
      "{'type':'message','subtype':'message_deleted','channel':'C1',"
      "'deleted_ts':'1700000009.000000','previous_message':"
      "{'ts':'1700000009.000000','thread_ts':'1700000000.000100'}}");
  g_autoptr (OncEvent) root = read_event ("{'type':'message','subtype':'message_deleted',"
                                          "'channel':'C1','previous_message':"
                                          "{'ts':'1700000000.000100'}}");
  g_autoptr (OncEvent) bare = read_event ("{'type':'message','subtype':'message_deleted',"
                                          "'channel':'C1','deleted_ts':'1700000009.000000'}");

  g_assert_cmpint (reply->kind, ==, ONC_EVENT_DELETION);
  g_assert_cmpstr (reply->deletion.root_ts, ==, "1700000000.000100");
  assert_key (reply, "d:C1:1700000009.000000");
  g_assert_cmpstr (root->deletion.ts, ==, "1700000000.000100");
  g_assert_cmpstr (root->deletion.root_ts, ==, "1700000000.000100");
  g_assert_null (bare->deletion.root_ts);
  assert_nothing ("{'type':'message','subtype':'message_deleted','channel':'C1'}");
}

static void
test_a_tombstone_is_a_deletion (void)
{
  g_autoptr (OncEvent) live = read_event (
      CHANGED ("'subtype':'tombstone','text':'This message was deleted.'", "'text':'help'"));
  g_autoptr (OncEvent) listed = read_listed ("{'type':'message','subtype':'tombstone',"
                                             "'user':'USLACKBOT','ts':'1700000000.000100',"
                                             "'thread_ts':'1700000000.000100','reply_count':2}");

  g_assert_cmpint (live->kind, ==, ONC_EVENT_DELETION);
  g_assert_cmpstr (live->deletion.root_ts, ==, "1700000000.000100");
  g_assert_cmpint (listed->kind, ==, ONC_EVENT_DELETION);
  assert_key (listed, "d:C1:1700000000.000100");
}

static void
test_reactions_are_read_as_slack_names_them (void)
{
  g_autoptr (OncEvent) event = read_event (
      "{'type':'reaction_added','user':'U2','reaction':'+1::skin-tone-5',"
      "'item':{'type':'message','channel':'C1','ts':'1700000000.000100'},"
      "'event_ts':'1700000060.000200'}");
  g_autoptr (OncEvent) removed = read_event (
      "{'type':'reaction_removed','user':'U2','reaction':'eyes',"
      "'item':{'type':'message','channel':'C1','ts':'1700000000.000100'}}");

  g_assert_cmpint (event->kind, ==, ONC_EVENT_REACTION);
  g_assert_true (event->reaction.added);
  g_assert_cmpstr (event->reaction.name, ==, "+1::skin-tone-5");
  g_assert_cmpstr (event->reaction.user, ==, "U2");
  g_assert_null (event->reaction.root_ts);
  g_assert_cmpint (event->reaction.at, ==, 1700000060 * ONC_SECOND + 200);
  assert_key (event, "r:C1:1700000000.000100:+1::skin-tone-5:U2:+:1700000060000200");
  g_assert_false (removed->reaction.added);
  g_assert_cmpint (removed->reaction.at, ==, 0);
  assert_nothing ("{'type':'reaction_added','user':'U2','reaction':'eyes',"
                  "'item':{'type':'file','file':'F1'}}");
  assert_nothing ("{'type':'reaction_added','reaction':'eyes',"
                  "'item':{'type':'message','channel':'C1','ts':'1700000000.000100'}}");
}

static void
test_group_changes_are_read (void)
{
  g_autoptr (OncEvent) changed = read_event (
      "{'type':'subteam_members_changed','subteam_id':'S1','added_users':['U1','U2'],"
      "'added_users_count':'2','removed_users':['U3']}");
  g_autoptr (OncEvent) whole = read_event (
      "{'type':'subteam_updated','subteam':{'id':'S1','users':['U1'],"
      "'user_count':'1','date_delete':0}}");
  g_autoptr (OncEvent) disabled = read_event (
      "{'type':'subteam_updated','subteam':{'id':'S1','users':['U1'],"
      "'user_count':1,'date_delete':1700000000}}");
  g_autoptr (OncEvent) joined = read_event ("{'type':'subteam_self_added','subteam_id':'S1'}");
  g_autoptr (OncEvent) left = read_event ("{'type':'subteam_self_removed','subteam_id':'S1'}");

  g_assert_cmpint (changed->kind, ==, ONC_EVENT_GROUP);
  g_assert_cmpstr (changed->group.added[1], ==, "U2");
  g_assert_cmpstr (changed->group.removed[0], ==, "U3");
  g_assert_false (changed->group.whole);
  g_assert_true (whole->group.whole);
  g_assert_cmpstr (whole->group.added[0], ==, "U1");
  g_assert_true (disabled->group.whole);
  g_assert_cmpuint (g_strv_length (disabled->group.added), ==, 0);
  g_assert_cmpstr (joined->group.added[0], ==, ME);
  g_assert_cmpstr (left->group.removed[0], ==, ME);
  g_assert_false (left->group.whole);
}

static void
test_a_group_that_slack_cut_short_is_not_taken_for_whole (void)
{
  assert_nothing ("{'type':'subteam_updated','subteam':{'id':'S1','users':['U1'],"
                  "'user_count':'612'}}");
  assert_nothing ("{'type':'subteam_updated','subteam':{'id':'S1'}}");
}

static void
test_people_and_bots_are_told_apart (void)
{
  g_autoptr (OncEvent) person = read_event ("{'type':'user_change','user':{'id':'U1',"
                                            "'is_bot':false}}");
  g_autoptr (OncEvent) bot = read_event ("{'type':'team_join','user':{'id':'U2','is_bot':true}}");
  g_autoptr (OncEvent) slackbot = read_event ("{'type':'user_change','user':{'id':'USLACKBOT',"
                                              "'is_bot':false}}");

  g_assert_cmpint (person->kind, ==, ONC_EVENT_PERSON);
  g_assert_false (person->person.bot);
  g_assert_true (bot->person.bot);
  g_assert_true (slackbot->person.bot);
}

static void
test_a_listed_message_says_all_about_reactions_and_replies (void)
{
  g_autoptr (OncEvent) event = read_listed (
      "{'type':'message','user':'U1','ts':'1700000000.000100',"
      "'thread_ts':'1700000000.000100','text':'x','reply_count':12,"
      "'latest_reply':'1700000900.000000','reactions':["
      "{'name':'eyes','users':['U2','U3'],'count':9},{'name':'','users':[]},"
      "{'name':'vhs','users':['U2'],'count':-4},{'count':1}]}");
  g_autoptr (OncEvent) bare = read_listed ("{'type':'message','user':'U1','text':'x',"
                                           "'ts':'1700000000.000100'}");
  const OncMessage *message = message_of (event);
  const OncReactionSet *eyes = g_ptr_array_index (message->reactions, 0);
  const OncReactionSet *vhs = g_ptr_array_index (message->reactions, 1);

  g_assert_cmpint (event->message.as_of, ==, 5 * ONC_SECOND);
  g_assert_cmpstr (message->latest_reply_ts, ==, "1700000900.000000");
  g_assert_cmpuint (message->reply_count, ==, 12);
  g_assert_cmpuint (message->reactions->len, ==, 2);
  g_assert_cmpuint (eyes->count, ==, 9);
  g_assert_cmpstr (eyes->users[1], ==, "U3");
  g_assert_cmpuint (vhs->count, ==, 1);
  g_assert_nonnull (message_of (bare)->reactions);
  g_assert_cmpuint (message_of (bare)->reactions->len, ==, 0);
}

static void
test_missing_and_mistyped_fields_give_nothing (void)
{
  const char *const wrong[] = {
    "{}",
    "{'type':7}",
    "{'type':'message'}",
    "{'type':'message','channel':'C1','text':'x'}",
    "{'type':'message','channel':'C1','ts':1700000000.0001,'text':'x'}",
    "{'type':'message','channel':{'id':'C1'},'ts':'1700000000.000100','text':'x'}",
    "{'type':'message','channel':'C1\\u0001','ts':'1700000000.000100','text':'x'}",
    "{'type':'reaction_added','item':'x','user':[],'reaction':{}}",
    "{'type':'subteam_updated','subteam':[]}",
    "{'type':'subteam_members_changed'}",
    "{'type':'user_change','user':'U1'}",
    "{'type':'channel_rename','channel':{'id':'C1','name':'new'}}",
    "{'type':'something_new'}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_nothing (wrong[i]);
  g_assert_null (onc_event_reader_read (NULL, TEAM, NULL));
  assert_nothing ("{'type':'message','subtype':['x'],'channel':'C1','user':7}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(sentence, function) g_test_add_func ("/event-reader/" sentence, function)
  ADD ("a message is read", test_a_message_is_read);
  ADD ("a reply is known by its thread, not by a subtype",
       test_a_reply_is_known_by_its_thread_not_by_a_subtype);
  ADD ("every subtype that somebody wrote is read", test_every_subtype_that_somebody_wrote_is_read);
  ADD ("what Slack itself tells is no message", test_what_slack_itself_tells_is_no_message);
  ADD ("message_replied is no message, though its subtype is missing",
       test_message_replied_is_no_message_though_its_subtype_is_missing);
  ADD ("an app is named beside the person it posts for",
       test_an_app_is_named_beside_the_person_it_posts_for);
  ADD ("an edit is the message in its new form", test_an_edit_is_the_message_in_its_new_form);
  ADD ("a change that says the same is no event", test_a_change_that_says_the_same_is_no_event);
  ADD ("a change without a mark is known by its time",
       test_a_change_without_a_mark_is_known_by_its_time);
  ADD ("a change without the previous form is taken as it is",
       test_a_change_without_the_previous_form_is_taken_as_it_is);
  ADD ("a deletion names its thread where Slack says",
       test_a_deletion_names_its_thread_where_slack_says);
  ADD ("a tombstone is a deletion", test_a_tombstone_is_a_deletion);
  ADD ("reactions are read as Slack names them", test_reactions_are_read_as_slack_names_them);
  ADD ("group changes are read", test_group_changes_are_read);
  ADD ("a group that Slack cut short is not taken for whole",
       test_a_group_that_slack_cut_short_is_not_taken_for_whole);
  ADD ("people and bots are told apart", test_people_and_bots_are_told_apart);
  ADD ("a listed message says all about reactions and replies",
       test_a_listed_message_says_all_about_reactions_and_replies);
  ADD ("missing and mistyped fields give nothing", test_missing_and_mistyped_fields_give_nothing);
#undef ADD
  return g_test_run ();
}
