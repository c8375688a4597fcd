/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "message-text.h"

#include <string.h>

#include "quoted-json.h"

/* @mentions: the expected ones, separated by spaces; "" for none. */
static void
assert_read (const char *json, const char *text, const char *mentions)
{
  g_autoptr (cJSON) message = parse_quoted (json);
  g_auto (GStrv) read_mentions = NULL;
  g_autofree char *read_text = onc_message_text_read (message, &read_mentions);
  g_autofree char *joined = read_mentions != NULL ? g_strjoinv (" ", read_mentions) : g_strdup ("");

  g_assert_cmpstr (read_text, ==, text);
  g_assert_cmpstr (joined, ==, mentions);
}

#define RICH(elements)  "{'blocks':[{'type':'rich_text','elements':[" elements "]}]}"
#define SECTION(leaves) "{'type':'rich_text_section','elements':[" leaves "]}"

static void
test_the_text_counts_where_there_is_one (void)
{
  assert_read ("{'text':'a &lt; b <@U1>','blocks':[{'type':'section','text':"
               "{'type':'mrkdwn','text':'other'}}],'files':[{'name':'x.png'}]}",
               "a &lt; b <@U1>", "");
}

#define FIRE   "{'type':'emoji','name':'fire','unicode':'1f525'}"
#define THUMB  "{'type':'emoji','name':'+1','unicode':'1f44d-1f3fc','skin_tone':3}"
#define PARROT "{'type':'emoji','name':'parrot'}"

static void
test_emoji_are_drawn_where_slack_says_how (void)
{
  assert_read ("{'text':':fire: at 12:30:15 :parrot: :+1::skin-tone-3: :fire:',"
               "'blocks':[{'type':'rich_text','elements':[" SECTION (FIRE "," PARROT "," THUMB
                                                                          "," FIRE) "]}]}",
               "🔥 at 12:30:15 :parrot: 👍🏼 🔥", "");
  assert_read (RICH (SECTION (FIRE "," PARROT "," THUMB)), "🔥:parrot:👍🏼", "");
}

static void
test_odd_emoji_stay_names (void)
{
  static const char *const odd[] = { "", "-", "fire", "d800", "110000", "1f525-", "0x1f525" };

  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autofree char *json = g_strdup_printf (
          "{'text':':fire:','blocks':[{'type':'rich_text','elements':[" SECTION (
              "{'type':'emoji','name':'fire','unicode':'%s'}") "]}]}",
          odd[i]);

      assert_read (json, ":fire:", "");
    }

  /* Nothing that it draws becomes markup, and what is not in the text is not put there. */
  assert_read (RICH (SECTION ("{'type':'emoji','name':'x','unicode':'3c'}")), "&lt;", "");
  assert_read ("{'text':'fire','blocks':[{'type':'rich_text','elements':[" SECTION (FIRE) "]}]}",
               "fire", "");
}

static void
test_nothing_at_all_is_an_empty_text (void)
{
  assert_read ("{}", "", "");
  assert_read ("{'text':null,'blocks':7,'attachments':{},'files':'x'}", "", "");
  assert_read ("{'blocks':[null,1,'x',[],{'type':'rich_text','elements':[{},7]}]}", "", "");
}

static void
test_rich_text_becomes_markup (void)
{
  assert_read (RICH (SECTION ("{'type':'text','text':'1 < 2 & '},"
                              "{'type':'user','user_id':'U1'},{'type':'text','text':' '},"
                              "{'type':'usergroup','usergroup_id':'S1'},"
                              "{'type':'broadcast','range':'here'},"
                              "{'type':'channel','channel_id':'C1'},"
                              "{'type':'emoji','name':'eyes'},"
                              "{'type':'link','url':'https://a.example/?a&b','text':'it'},"
                              "{'type':'date','timestamp':1700000000,'format':'{time}',"
                              "'fallback':'14:30'},"
                              "{'type':'text','text':'x=1','style':{'code':true}}")),
               "1 &lt; 2 &amp; <@U1> <!subteam^S1><!here><#C1>:eyes:"
               "<https://a.example/?a&amp;b|it><!date^1700000000^{time}|14:30>`x=1`",
               "");
}

static void
test_lists_quotes_and_code_keep_their_form (void)
{
  assert_read (
      RICH (SECTION (
          "{'type':'text','text':'see'}") ","
                                          "{'type':'rich_text_list','elements':[" SECTION ("{'type':'text','text':'one'}") "," SECTION (
                                              "{'type':'text','text':'two'}") "]},"
                                                                              "{'type':'rich_text_quote','elements':[{'type':'text','text':'said\\nso'}]},"
                                                                              "{'type':'rich_text_preformatted','elements':[{'type':'text','text':'a<b'}]}"),
      "see\n• one\n• two\n&gt; said\n&gt; so\n```a&lt;b```", "");
}

static void
test_blocks_ping_whom_the_text_does_not_name (void)
{
  assert_read ("{'text':'disk full','blocks':[{'type':'rich_text','elements':[" SECTION (
                   "{'type':'usergroup','usergroup_id':'S1'},{'type':'user','user_id':'U1'},"
                   "{'type':'user','user_id':'U1'},{'type':'broadcast','range':'channel'}") "]}]}",
               "disk full", "S1 U1 !channel");
  assert_read ("{'text':'<!subteam^S1|@oncall> <@U1> <!here> help','blocks':[{'type':'rich_text',"
               "'elements':[" SECTION ("{'type':'usergroup','usergroup_id':'S1'},"
                                       "{'type':'user','user_id':'U1'},"
                                       "{'type':'broadcast','range':'here'},"
                                       "{'type':'user','user_id':'U2'}") "]}]}",
               "<!subteam^S1|@oncall> <@U1> <!here> help", "U2");
}

static void
test_code_and_quotes_ping_nobody (void)
{
  assert_read (
      "{'text':'x','blocks':[{'type':'rich_text','elements':["
      "{'type':'rich_text_quote','elements':[{'type':'user','user_id':'U1'}]},"
      "{'type':'rich_text_preformatted','elements':[{'type':'user','user_id':'U2'}]}," SECTION (
          "{'type':'user','user_id':'U3','style':{'code':true}}") "]}]}",
      "x", "");
}

static void
test_layout_blocks_are_read (void)
{
  assert_read ("{'text':'This content can\\u0027t be displayed.','blocks':["
               "{'type':'header','text':{'type':'plain_text','text':'Disk <full>'}},"
               "{'type':'section','text':{'type':'mrkdwn','text':'*db1* <!subteam^S1>'},"
               "'fields':[{'type':'mrkdwn','text':'a'},{'type':'plain_text','text':'b'}],"
               "'accessory':{'type':'button','text':{'type':'plain_text','text':'Press'}}},"
               "{'type':'divider'},"
               "{'type':'context','elements':[{'type':'image','alt_text':'face'},"
               "{'type':'mrkdwn','text':'by cron'}]},"
               "{'type':'actions','elements':[{'type':'button','text':{'type':'plain_text',"
               "'text':'Press'}}]},"
               "{'type':'markdown','text':'**md**'},"
               "{'type':'table','rows':[[{'type':'raw_text','text':'r1'},"
               "{'type':'rich_text','elements':[" SECTION ("{'type':'text','text':'r2'}") "]}]]}"
                                                                                          "]}",
               "Disk &lt;full&gt;\n*db1* <!subteam^S1>\na\nb\nby cron\n**md**\nr1\nr2", "");
}

static void
test_an_apps_attachments_are_read (void)
{
  assert_read ("{'text':'','attachments':[{'pretext':'Alarm','title':'CPU','text':'<@U1> 99 %',"
               "'fields':[{'title':'host','value':'db1'}],'fallback':'f'},{'fallback':'only'}]}",
               "Alarm\nCPU\n<@U1> 99 %\nhost\ndb1\nonly", "");
  assert_read ("{'text':'alarm','attachments':[{'text':'<!subteam^S1> look'}]}", "alarm", "S1");
}

static void
test_previews_and_shared_messages_ping_nobody (void)
{
  assert_read ("{'text':'look <https://x.example>','attachments':[{'from_url':'https://x.example',"
               "'text':'<!subteam^S1> old'}]}",
               "look <https://x.example>", "");
  assert_read ("{'text':'','attachments':[{'is_share':true,'is_msg_unfurl':true,"
               "'text':'<!subteam^S1> old\\nnews'}]}",
               "&gt; <!subteam^S1> old\n&gt; news", "");
}

static void
test_files_give_their_names_where_there_is_no_text (void)
{
  assert_read ("{'text':'','files':[{'name':'a&b.png','title':''},{'name':'n','title':'Log'}]}",
               "a&amp;b.png\nLog", "");
}

static void
test_an_absurd_length_is_cut_between_characters (void)
{
  g_autoptr (GString) json = g_string_new ("{\"text\":\"");
  g_autoptr (cJSON) message = NULL;
  g_auto (GStrv) mentions = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < 500000; i++)
    g_string_append (json, "€");
  g_string_append (json, "\"}");
  message = onc_json_parse (json->str, json->len, NULL);
  text = onc_message_text_read (message, &mentions);

  g_assert_cmpuint (strlen (text), >, 159990);
  g_assert_cmpuint (strlen (text), <=, 160000);
  g_assert_true (g_utf8_validate (text, -1, NULL));
}

static void
test_many_blocks_and_deep_ones_are_read_in_time (void)
{
  g_autoptr (GString) json = g_string_new ("{'text':'x','blocks':[");

  for (guint i = 0; i < 300; i++)
    g_string_append (json, "[");
  for (guint i = 0; i < 300; i++)
    g_string_append (json, "]");
  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (json, ",{'type':'section','text':{'type':'mrkdwn','text':'<@U%u>'}}",
                            i);
  g_string_append (json, "]}");
  {
    g_autoptr (cJSON) message = parse_quoted (json->str);
    g_auto (GStrv) mentions = NULL;
    g_autofree char *text = onc_message_text_read (message, &mentions);

    g_assert_cmpstr (text, ==, "x");
    g_assert_cmpuint (g_strv_length (mentions), ==, 200);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/message-text/the text counts where there is one",
                   test_the_text_counts_where_there_is_one);
  g_test_add_func ("/message-text/emoji are drawn where Slack says how",
                   test_emoji_are_drawn_where_slack_says_how);
  g_test_add_func ("/message-text/odd emoji stay names", test_odd_emoji_stay_names);
  g_test_add_func ("/message-text/nothing at all is an empty text",
                   test_nothing_at_all_is_an_empty_text);
  g_test_add_func ("/message-text/rich text becomes markup", test_rich_text_becomes_markup);
  g_test_add_func ("/message-text/lists, quotes and code keep their form",
                   test_lists_quotes_and_code_keep_their_form);
  g_test_add_func ("/message-text/blocks ping whom the text does not name",
                   test_blocks_ping_whom_the_text_does_not_name);
  g_test_add_func ("/message-text/code and quotes ping nobody", test_code_and_quotes_ping_nobody);
  g_test_add_func ("/message-text/layout blocks are read", test_layout_blocks_are_read);
  g_test_add_func ("/message-text/an app's attachments are read",
                   test_an_apps_attachments_are_read);
  g_test_add_func ("/message-text/previews and shared messages ping nobody",
                   test_previews_and_shared_messages_ping_nobody);
  g_test_add_func ("/message-text/files give their names where there is no text",
                   test_files_give_their_names_where_there_is_no_text);
  g_test_add_func ("/message-text/an absurd length is cut between characters",
                   test_an_absurd_length_is_cut_between_characters);
  g_test_add_func ("/message-text/many blocks and deep ones are read in time",
                   test_many_blocks_and_deep_ones_are_read_in_time);
  return g_test_run ();
}
