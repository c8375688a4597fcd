/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "message.h"
#include "world.h"

static void
test_a_question_opens_a_thread (void)
{
  g_autoptr (World) world = world_new ();
  const char *ts = world_post (world, WORLD_ASKER, NULL, "where is the export?");
  const OncThread *thread = world_thread (world, 1);

  world_assert_told (world, "changed 1 appeared; alert 1 opened; notify 1 opened question");
  g_assert_cmpstr (thread->asker, ==, WORLD_ASKER);
  g_assert_cmpstr (thread->text, ==, "where is the export?");
  g_assert_cmpint (thread->level, ==, ONC_LEVEL_QUESTION);
  g_assert_cmpint (thread->state, ==, ONC_STATE_NEW);
  g_assert_cmpint (thread->opened, ==, onc_ts_to_instant (ts));
  g_assert_cmpint (onc_engine_totals (world->engine).unclaimed, ==, 1);
}

static void
test_tags_make_the_level (void)
{
  static const struct
  {
    const char *text;
    OncLevel level;
  } cases[] = {
    { "the export is wrong", ONC_LEVEL_QUESTION },
    { "<!subteam^SONCALL> the export is wrong", ONC_LEVEL_URGENT },
    { "<!subteam^SONCALL|@oncall> the export is wrong", ONC_LEVEL_URGENT },
    { "@oncall the export is wrong", ONC_LEVEL_URGENT },
    { "@OnCall: the export is wrong", ONC_LEVEL_URGENT },
    { "me@oncall.example is wrong", ONC_LEVEL_QUESTION },
    { "@oncall2 is another group", ONC_LEVEL_QUESTION },
    { "`@oncall` in code", ONC_LEVEL_QUESTION },
    { "&gt; @oncall in a quote", ONC_LEVEL_QUESTION },
    { "<!subteam^SDEVS> down, <!subteam^SONCALL>", ONC_LEVEL_EMERGENCY },
    { "<!subteam^SOTHER> down", ONC_LEVEL_QUESTION },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (World) world = world_new ();

      world_post (world, WORLD_ASKER, NULL, cases[i].text);
      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (world_thread (world, 1)->level, ==, cases[i].level);
    }
}

static void
test_a_tag_in_a_reply_raises (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_post (world, WORLD_ASKER, NULL, "the export is wrong");

  world_skip (world);
  world_post (world, WORLD_ASKER, root, "@oncall please");
  world_assert_told (world, "changed 1 level activity; alert 1 raised; notify 1 raised urgent");
  g_assert_cmpint (onc_engine_totals (world->engine).levels[ONC_LEVEL_URGENT], ==, 1);
}

static void
test_a_tag_added_by_an_edit_raises (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_post (world, WORLD_ASKER, NULL, "the export is wrong");

  world_skip (world);
  world_edit (world, WORLD_ASKER, NULL, root, "<!subteam^SDEVS> the app is down");
  world_assert_told (world, "changed 1 text level; alert 1 raised; notify 1 raised emergency");
}

static void
test_a_tag_that_is_edited_away_lowers_nothing (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_post (world, WORLD_ASKER, NULL, "@oncall the export is wrong");

  world_edit (world, WORLD_ASKER, NULL, root, "the export is wrong");
  g_assert_cmpint (world_thread (world, 1)->level, ==, ONC_LEVEL_URGENT);
}

static void
test_only_a_person_lowers_and_an_old_tag_does_not_raise_again (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_post (world, WORLD_ASKER, NULL, "@oncall the export is wrong");

  world_skip (world);
  g_assert_true (world_act (world, 1, ONC_ACTION_SET_LEVEL, NULL, ONC_LEVEL_QUESTION));
  world_assert_told (world, "changed 1 level");
  world_edit (world, WORLD_ASKER, NULL, root, "@oncall the export is quite wrong");
  g_assert_cmpint (world_thread (world, 1)->level, ==, ONC_LEVEL_QUESTION);
  world_post (world, WORLD_ASKER, root, "@oncall anybody?");
  g_assert_cmpint (world_thread (world, 1)->level, ==, ONC_LEVEL_URGENT);
}

static void
test_the_same_message_twice_is_one (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_post (world, WORLD_ASKER, NULL, "the export is wrong");
  guint saved = world->saved->len;
  OncEvent *again = onc_event_new (ONC_EVENT_MESSAGE);

  world_skip (world);
  again->message.message = onc_message_new ();
  again->message.message->team = g_strdup (WORLD_TEAM);
  again->message.message->channel = g_strdup (WORLD_CHANNEL);
  again->message.message->ts = g_strdup (root);
  again->message.message->root_ts = g_strdup (root);
  again->message.message->user = g_strdup (WORLD_ASKER);
  again->message.message->text = g_strdup ("the export is wrong");
  world_apply (world, again);

  world_assert_told (world, "");
  g_assert_cmpuint (world->saved->len, ==, saved);
  g_assert_cmpint (onc_engine_totals (world->engine).open, ==, 1);
}

static void
test_eyes_claim_and_taking_them_off_releases (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_post (world, WORLD_ASKER, NULL, "@oncall the export is wrong");

  world_skip (world);
  world_react (world, WORLD_OTHER, NULL, root, "eyes");
  world_assert_told (world, "changed 1 state lookers; alert 1 claimed; withdraw 1");
  g_assert_cmpint (world_thread (world, 1)->lookers->len, ==, 1);

  world_unreact (world, WORLD_OTHER, NULL, root, "eyes");
  world_assert_told (world,
                     "changed 1 state lookers; alert 1 unclaimed; notify 1 unclaimed urgent");
}

static void
test_a_reply_claims_until_it_is_deleted (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_post (world, WORLD_ASKER, NULL, "the export is wrong");
  const char *reply = world_post (world, WORLD_OTHER, root, "let me see");

  g_assert_cmpint (world_thread (world, 1)->state, ==, ONC_STATE_LOOKING);
  world_react (world, WORLD_OTHER, NULL, root, "eyes");
  world_unreact (world, WORLD_OTHER, NULL, root, "eyes");
  g_assert_cmpint (world_thread (world, 1)->state, ==, ONC_STATE_LOOKING);
  world_delete (world, root, reply);
  g_assert_cmpint (world_thread (world, 1)->state, ==, ONC_STATE_NEW);
  g_assert_cmpint (world_thread (world, 1)->replies, ==, 0);
}

static void
test_the_askers_and_bots_own_do_not_count (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_post (world, WORLD_ASKER, NULL, "the export is wrong");

  world_post (world, WORLD_ASKER, root, "since yesterday");
  world_post (world, WORLD_BOT, root, "beep, @oncall");
  world_react (world, WORLD_ASKER, NULL, root, "eyes");
  world_react (world, WORLD_BOT, NULL, root, "eyes");
  world_react (world, WORLD_BOT, NULL, root, "white_check_mark");
  g_assert_cmpint (world_thread (world, 1)->state, ==, ONC_STATE_NEW);
  g_assert_cmpint (world_thread (world, 1)->level, ==, ONC_LEVEL_QUESTION);
  g_assert_cmpint (world_thread (world, 1)->replies, ==, 2);
}

static void
test_several_look_and_are_kept_in_order (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_post (world, WORLD_ASKER, NULL, "the export is wrong");
  const OncThread *thread = world_thread (world, 1);

  world_wait (world, ONC_MINUTE);
  world_react (world, WORLD_OTHER, NULL, root, "eyes");
  world_wait (world, ONC_MINUTE);
  world_post (world, WORLD_ME, root, "me too");
  g_assert_cmpint (thread->lookers->len, ==, 2);
  g_assert_cmpstr (((OncLooker *) thread->lookers->pdata[0])->user, ==, WORLD_OTHER);
  g_assert_cmpint (((OncLooker *) thread->lookers->pdata[0])->how, ==, ONC_LOOK_REACTION);
  g_assert_cmpstr (((OncLooker *) thread->lookers->pdata[1])->user, ==, WORLD_ME);
  g_assert_cmpint (((OncLooker *) thread->lookers->pdata[1])->how, ==, ONC_LOOK_REPLY);
  g_assert_cmpint (thread->first_response, ==, ((OncLooker *) thread->lookers->pdata[0])->since);
}

static void
test_a_reply_tells_since_when_where_the_emoji_does_not (void)
{
  g_autoptr (World) world = world_new ();
  const OncThread *thread;
  const char *root;
  const char *reply;

  world_catch_up (world, TRUE);
  root = world_find_claimed (world, WORLD_ASKER, "the export is wrong", ONC_HOUR, WORLD_OTHER);
  thread = world_thread (world, 1);
  g_assert_cmpint (((OncLooker *) thread->lookers->pdata[0])->since, ==, 0);
  g_assert_cmpint (((OncLooker *) thread->lookers->pdata[0])->how, ==, ONC_LOOK_REACTION);
  g_assert_cmpint (thread->first_response, ==, 0);

  reply = world_find (world, WORLD_OTHER, root, "I see it", ONC_MINUTE);
  g_assert_cmpint (thread->lookers->len, ==, 1);
  g_assert_cmpint (((OncLooker *) thread->lookers->pdata[0])->since, ==, onc_ts_to_instant (reply));
  g_assert_cmpint (((OncLooker *) thread->lookers->pdata[0])->how, ==, ONC_LOOK_REPLY);
  g_assert_cmpint (thread->first_response, ==, onc_ts_to_instant (reply));
}

static void
test_with_responders_only_they_count (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_post (world, WORLD_ASKER, NULL, "the export is wrong");

  g_hash_table_add (world->policy->responders, g_strdup (WORLD_DEVS));
  world_member (world, WORLD_DEVS, WORLD_ME);
  world_react (world, WORLD_OTHER, NULL, root, "eyes");
  g_assert_cmpint (world_thread (world, 1)->state, ==, ONC_STATE_NEW);
  world_member (world, WORLD_DEVS, WORLD_OTHER);
  g_assert_cmpint (world_thread (world, 1)->state, ==, ONC_STATE_LOOKING);
}

static void
test_skin_tones_and_aliases_are_folded (void)
{
  g_autofree char *tone = onc_emoji_fold ("thumbsup::skin-tone-6");
  g_autofree char *alias = onc_emoji_fold ("raised_hand");
  g_autofree char *plain = onc_emoji_fold ("eyes");

  g_assert_cmpstr (tone, ==, "+1");
  g_assert_cmpstr (alias, ==, "hand");
  g_assert_cmpstr (plain, ==, "eyes");
}

static void
test_an_urgent_thread_is_said_again_until_somebody_looks (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_post (world, WORLD_ASKER, NULL, "@oncall the export is wrong");

  world_skip (world);
  g_assert_cmpint (onc_engine_next_deadline (world->engine), ==, world->now + 5 * ONC_MINUTE);
  world_wait (world, 5 * ONC_MINUTE - 1);
  world_assert_told (world, "");
  world_wait (world, 1);
  world_assert_told (world, "alert 1 unclaimed; notify 1 unclaimed urgent x1");
  world_wait (world, 0);
  world_assert_told (world, "");
  world_wait (world, 5 * ONC_MINUTE);
  world_assert_told (world, "alert 1 unclaimed; notify 1 unclaimed urgent x2");
  world_react (world, WORLD_OTHER, NULL, root, "eyes");
  world_assert_told (world, "changed 1 state lookers; alert 1 claimed; withdraw 1");
  world_wait (world, 29 * ONC_MINUTE);
  world_assert_told (world, "");
}

static void
test_a_question_is_said_again_five_times_at_most (void)
{
  g_autoptr (World) world = world_new ();
  guint said = 0;

  world_post (world, WORLD_ASKER, NULL, "the export is wrong");
  for (OncInstant next; (next = onc_engine_next_deadline (world->engine)) != 0; said++)
    world_wait (world, next - world->now);
  g_assert_cmpint (said, ==, 5);
}

static void
test_an_emergency_is_said_fast_and_for_ever (void)
{
  g_autoptr (World) world = world_new ();
  static const OncSpan steps[] = { 2, 2, 2, 2, 2, 5, 5, 5 };

  world_post (world, WORLD_ASKER, NULL, "@devs the app is down");
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_assert_cmpint (onc_engine_next_deadline (world->engine), ==,
                       world->now + steps[i] * ONC_MINUTE);
      world_wait (world, steps[i] * ONC_MINUTE);
    }
}

static void
test_my_own_question_does_not_alarm_me (void)
{
  g_autoptr (World) world = world_new ();

  world_post (world, WORLD_ME, NULL, "@oncall the export is wrong");
  world_assert_told (world, "changed 1 appeared");
  g_assert_cmpint (onc_engine_next_deadline (world->engine), ==, 0);
}

static void
test_a_check_mark_resolves_and_taking_it_off_reopens (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_post (world, WORLD_ASKER, NULL, "@oncall the export is wrong");
  g_autoptr (OncThread) thread = onc_thread_ref (onc_engine_find_number (world->engine, 1));
  OncEvent *stored;

  world_skip (world);
  world_react (world, WORLD_ASKER, NULL, root, "heavy_check_mark");
  world_assert_told (world, "changed 1 gone state; alert 1 resolved; withdraw 1");
  g_assert_null (onc_engine_find_number (world->engine, 1));
  g_assert_cmpint (onc_engine_totals (world->engine).open, ==, 0);

  stored = onc_event_new (ONC_EVENT_STORED);
  stored->stored = onc_thread_ref (thread);
  world_apply (world, stored);
  world_assert_told (world, "");
  world_unreact (world, WORLD_ASKER, NULL, root, "heavy_check_mark");
  world_assert_told (world, "changed 1 appeared; alert 1 opened; notify 1 opened urgent");
}

static void
test_a_closed_thread_visits_for_one_call_only (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_post (world, WORLD_ASKER, NULL, "the export is wrong");
  g_autoptr (OncThread) thread = onc_thread_ref (onc_engine_find_number (world->engine, 1));
  OncEvent *stored;

  world_react (world, WORLD_ASKER, NULL, root, "white_check_mark");
  stored = onc_event_new (ONC_EVENT_STORED);
  stored->stored = onc_thread_ref (thread);
  world_apply (world, stored);
  g_assert_nonnull (onc_engine_find_number (world->engine, 1));
  world_react (world, WORLD_OTHER, NULL, root, "tada");
  g_assert_null (onc_engine_find_number (world->engine, 1));
}

static void
test_a_visitor_that_is_judged_otherwise_now_stays_for_the_call (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_post (world, WORLD_ASKER, NULL, "the export is wrong");
  g_autoptr (OncThread) thread = onc_thread_ref (onc_engine_find_number (world->engine, 1));
  OncEvent *stored;

  world_react (world, WORLD_OTHER, NULL, root, "tada");
  world_react (world, WORLD_ASKER, NULL, root, "white_check_mark");
  g_hash_table_insert (world->policy->categories, g_strdup ("tada"), g_strdup ("joy"));
  stored = onc_event_new (ONC_EVENT_STORED);
  stored->stored = onc_thread_ref (thread);
  world_apply (world, stored);
  g_assert_cmpuint (thread->categories->len, ==, 1);
  world_post (world, WORLD_OTHER, root, "that was it");
  g_assert_cmpuint (thread->replies, ==, 1);
  g_assert_null (onc_engine_find_number (world->engine, 1));
}

static void
test_a_new_tag_reopens_what_was_resolved (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_post (world, WORLD_ASKER, NULL, "the export is wrong");
  g_autoptr (OncThread) thread = onc_thread_ref (onc_engine_find_number (world->engine, 1));
  OncEvent *stored;

  world_wait (world, ONC_MINUTE);
  world_react (world, WORLD_OTHER, NULL, root, "white_check_mark");
  world_wait (world, ONC_MINUTE);
  for (guint i = 0; i < 2; i++)
    {
      stored = onc_event_new (ONC_EVENT_STORED);
      stored->stored = onc_thread_ref (thread);
      world_apply (world, stored);
      if (i == 0)
        {
          world_post (world, WORLD_ASKER, root, "thanks!");
          g_assert_null (onc_engine_find_number (world->engine, 1));
        }
      else
        {
          world_post (world, WORLD_ASKER, root, "@oncall it is back");
          g_assert_cmpint (world_thread (world, 1)->state, ==, ONC_STATE_NEW);
        }
    }
}

static void
test_a_deleted_question_goes (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_post (world, WORLD_ASKER, NULL, "the export is wrong");

  world_skip (world);
  world_delete (world, NULL, root);
  world_assert_told (world, "changed 1 gone state; withdraw 1");
}

static void
test_a_deletion_that_comes_first_wins (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_post (world, WORLD_ASKER, NULL, "the export is wrong");
  g_autofree char *late = g_strdup_printf ("%" G_GINT64_FORMAT ".000099", world->now / ONC_SECOND);

  world_skip (world);
  world_delete (world, root, late);
  world_edit (world, WORLD_OTHER, root, late, "I had written this before");
  g_assert_cmpint (world_thread (world, 1)->replies, ==, 0);
  g_assert_cmpint (world_thread (world, 1)->state, ==, ONC_STATE_NEW);
}

static void
test_an_older_edit_changes_nothing (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_post (world, WORLD_ASKER, NULL, "one");
  OncInstant first_edit = world->now + ONC_MINUTE;

  world_sleep (world, 2 * ONC_MINUTE);
  world_edit (world, WORLD_ASKER, NULL, root, "three");
  world->now = first_edit;
  world_edit (world, WORLD_ASKER, NULL, root, "two");
  g_assert_cmpstr (world_thread (world, 1)->text, ==, "three");
}

static void
test_an_older_reaction_event_changes_nothing (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_post (world, WORLD_ASKER, NULL, "the export is wrong");
  OncInstant put_on = world->now + ONC_MINUTE;

  world_sleep (world, 2 * ONC_MINUTE);
  world_unreact (world, WORLD_OTHER, NULL, root, "eyes");
  world->now = put_on;
  world_react (world, WORLD_OTHER, NULL, root, "eyes");
  g_assert_cmpint (world_thread (world, 1)->state, ==, ONC_STATE_NEW);
}

static void
test_greetings_and_bots_are_no_items_until_there_is_more (void)
{
  g_autoptr (World) world = world_new ();
  const char *hello = world_post (world, WORLD_ASKER, NULL, "Good morning all :wave:");

  world_post (world, WORLD_BOT, NULL, "build 12 failed @oncall");
  world_assert_told (world, "");
  g_assert_cmpint (onc_engine_totals (world->engine).open, ==, 0);
  g_assert_null (onc_engine_find (world->engine, WORLD_TEAM, WORLD_CHANNEL, hello));
}

static void
test_whoever_tags_below_a_bots_message_asks (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_post (world, WORLD_BOT, NULL, "build 12 failed");
  g_autofree char *fetch = g_strdup_printf ("fetch %s", root);

  /* The bot's message is in the store only, so the reply has to ask for it. */
  world_post (world, WORLD_OTHER, root, "@oncall can you look?");
  world_assert_told (world, fetch);
  world_edit (world, WORLD_BOT, NULL, root, "build 12 failed");
  world_assert_told (world, "changed 1 appeared; alert 1 opened; notify 1 opened urgent");
  g_assert_cmpstr (world_thread (world, 1)->asker, ==, WORLD_OTHER);
}

static void
test_a_claim_is_pending_until_slack_says_ok (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_post (world, WORLD_ASKER, NULL, "@oncall the export is wrong");

  world_skip (world);
  g_assert_true (world_act (world, 1, ONC_ACTION_CLAIM, NULL, 0));
  world_assert_told (world, "react 1 +eyes; changed 1 state lookers; alert 1 claimed; withdraw 1");
  g_assert_cmpint (((OncLooker *) world_thread (world, 1)->lookers->pdata[0])->how, ==,
                   ONC_LOOK_PENDING);
  g_assert_cmpint (((OncLooker *) world_thread (world, 1)->lookers->pdata[0])->since, ==, 0);
  g_assert_cmpint (world_thread (world, 1)->first_response, ==, 0);
  g_assert_false (world_act (world, 1, ONC_ACTION_CLAIM, NULL, 0));

  world_written (world, root, "eyes", TRUE, ONC_WRITE_DONE);
  world_assert_told (world, "changed 1 lookers");
  g_assert_cmpint (((OncLooker *) world_thread (world, 1)->lookers->pdata[0])->how, ==,
                   ONC_LOOK_REACTION);
  world_react (world, WORLD_ME, NULL, root, "eyes");
  world_assert_told (world, "");
}

static void
test_a_refused_claim_brings_the_popup_back (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_post (world, WORLD_ASKER, NULL, "@oncall the export is wrong");

  g_assert_true (world_act (world, 1, ONC_ACTION_CLAIM, NULL, 0));
  world_skip (world);
  world_written (world, root, "eyes", TRUE, ONC_WRITE_REFUSED);
  world_assert_told (world,
                     "changed 1 state lookers; alert 1 unclaimed; notify 1 unclaimed urgent");
}

static void
test_a_release_takes_my_eyes_off (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_post (world, WORLD_ASKER, NULL, "@oncall the export is wrong");

  g_assert_false (world_act (world, 1, ONC_ACTION_RELEASE, NULL, 0));
  world_react (world, WORLD_ME, NULL, root, "eyes");
  world_skip (world);
  g_assert_true (world_act (world, 1, ONC_ACTION_RELEASE, NULL, 0));
  world_assert_told (world, "react 1 -eyes");
  world_written (world, root, "eyes", FALSE, ONC_WRITE_DONE);
  g_assert_cmpint (world_thread (world, 1)->state, ==, ONC_STATE_NEW);

  world_post (world, WORLD_ME, root, "on it");
  g_assert_false (world_act (world, 1, ONC_ACTION_RELEASE, NULL, 0));
}

static void
test_a_reply_is_escaped_and_never_empty (void)
{
  g_autoptr (World) world = world_new ();

  world_post (world, WORLD_ASKER, NULL, "the export is wrong");
  world_skip (world);
  g_assert_true (world_act (world, 1, ONC_ACTION_REPLY, " a < b & <!channel> ", 0));
  world_assert_told (world, "post 1 'a &lt; b &amp; &lt;!channel&gt;'");
  g_assert_false (world_act (world, 1, ONC_ACTION_REPLY, " \n", 0));
}

static void
test_history_is_no_news_at_the_first_start (void)
{
  g_autoptr (World) world = world_new ();
  const char *old;

  world_catch_up (world, TRUE);
  old = world_find (world, WORLD_ASKER, NULL, "@oncall two days ago", 2 * ONC_DAY);
  world_find (world, WORLD_ASKER, NULL, "@oncall a minute ago", ONC_MINUTE);
  world_assert_told (world, "changed 1 appeared; changed 2 appeared");
  world_caught_up (world);
  world_assert_told (world, "summary 1 2");

  /* Only what still is within its time goes on alarming. */
  world_wait (world, 5 * ONC_MINUTE);
  world_assert_told (world, "alert 2 unclaimed; notify 2 unclaimed urgent x1");
  world_edit (world, WORLD_ASKER, NULL, old, "@devs now it burns");
  world_assert_told (world, "changed 1 text level; alert 1 raised; notify 1 raised emergency");
}

static void
test_what_was_claimed_meanwhile_is_not_said (void)
{
  g_autoptr (World) world = world_new ();
  const char *claimed;

  world_catch_up (world, FALSE);
  claimed = world_find (world, WORLD_ASKER, NULL, "@oncall one", 3 * ONC_MINUTE);
  world_find (world, WORLD_OTHER, claimed, "looking", 2 * ONC_MINUTE);
  world_find (world, WORLD_ASKER, NULL, "@oncall two", ONC_MINUTE);
  world_skip (world);
  world_caught_up (world);
  world_assert_told (world, "alert 2 opened; notify 2 opened urgent");
}

static void
test_after_a_gap_many_are_told_as_one_but_emergencies (void)
{
  g_autoptr (World) world = world_new ();

  world_catch_up (world, FALSE);
  world_find (world, WORLD_ASKER, NULL, "@oncall one", 3 * ONC_MINUTE);
  world_find (world, WORLD_ASKER, NULL, "two", 2 * ONC_MINUTE);
  world_find (world, WORLD_ASKER, NULL, "@devs three", ONC_MINUTE);
  world_skip (world);
  world_caught_up (world);
  world_assert_told (world, "alert 1 opened; alert 2 opened; alert 3 opened; "
                            "notify 3 opened emergency; summary 1 2");
}

static void
test_slow_history_keeps_nobody_waiting (void)
{
  g_autoptr (World) world = world_new ();

  world_catch_up (world, FALSE);
  world_find (world, WORLD_ASKER, NULL, "@devs it burns", ONC_MINUTE);
  world_skip (world);
  world_wait (world, onc_engine_next_deadline (world->engine) - world->now);
  world_assert_told (world, "alert 1 opened; notify 1 opened emergency");
  world_caught_up (world);
  world_assert_told (world, "");
}

static void
test_after_sleep_there_is_one_summary_and_nothing_twice (void)
{
  g_autoptr (World) world = world_new ();

  world_post (world, WORLD_ASKER, NULL, "@oncall one");
  world_post (world, WORLD_ASKER, NULL, "@oncall two");
  world_skip (world);
  world_wait (world, 8 * ONC_HOUR);
  world_assert_told (world, "alert 1 unclaimed; alert 2 unclaimed; summary 1 2");
  world_wait (world, 0);
  world_assert_told (world, "");
}

static void
test_a_burst_becomes_one_summary (void)
{
  g_autoptr (World) world = world_new ();
  const char *question;

  for (guint i = 0; i < 5; i++)
    world_post (world, WORLD_ASKER, NULL, "@oncall help");
  g_assert_null (strstr (world->told->str, "summary"));
  world_skip (world);

  world_post (world, WORLD_ASKER, NULL, "@oncall help");
  world_assert_told (world, "changed 6 appeared; alert 6 opened; summary 6");
  world_post (world, WORLD_ASKER, NULL, "@oncall help");
  world_assert_told (world, "changed 7 appeared; alert 7 opened; summary 6 7");
  question = world_post (world, WORLD_ASKER, NULL, "the export is wrong");
  world_assert_told (world, "changed 8 appeared; alert 8 opened; summary 6 7 8");
  world_edit (world, WORLD_ASKER, NULL, question, "@oncall the export is wrong");
  world_assert_told (world, "changed 8 text level; alert 8 raised; summary 6 7 8");
  g_assert_true (world_act (world, 6, ONC_ACTION_DISMISS, NULL, 0));
  world_assert_told (world, "changed 6 gone state; withdraw 6");
  world_post (world, WORLD_ASKER, NULL, "@oncall help");
  world_assert_told (world, "changed 9 appeared; alert 9 opened; summary 7 8 9");
  world_post (world, WORLD_ASKER, NULL, "@devs help");
  world_assert_told (world, "changed 10 appeared; alert 10 opened; notify 10 opened emergency");
  world_wait (world, 11 * ONC_SECOND);
  world_post (world, WORLD_ASKER, NULL, "@oncall help");
  world_assert_told (world, "changed 11 appeared; alert 11 opened; notify 11 opened urgent");
}

static void
test_a_reply_without_its_root_asks_for_it (void)
{
  g_autoptr (World) world = world_new ();

  world_post (world, WORLD_ASKER, "1700000000.000001", "@oncall still");
  world_assert_told (world, "fetch 1700000000.000001");
  g_assert_cmpint (onc_engine_totals (world->engine).open, ==, 0);
  world_edit (world, WORLD_ASKER, NULL, "1700000000.000001", "it broke in 2023");
  world_assert_told (world, "changed 1 appeared; alert 1 opened; notify 1 opened urgent");
}

static void
test_another_channel_is_none_of_our_business (void)
{
  g_autoptr (World) world = world_new ();

  g_hash_table_remove_all (world->policy->channels);
  world_post (world, WORLD_ASKER, NULL, "@devs it burns");
  world_assert_told (world, "");
}

static void
test_on_call_follows_the_group (void)
{
  g_autoptr (World) world = world_new ();
  g_auto (GStrv) members = NULL;

  g_assert_false (onc_engine_on_call (world->engine));
  world_member (world, WORLD_ONCALL, WORLD_OTHER);
  g_assert_false (onc_engine_on_call (world->engine));
  world_member (world, WORLD_ONCALL, WORLD_ME);
  g_assert_true (onc_engine_on_call (world->engine));
  members = onc_engine_on_call_members (world->engine);
  g_assert_cmpstr (members[0], ==, WORLD_OTHER);
  g_assert_cmpstr (members[1], ==, WORLD_ME);
  g_assert_null (members[2]);
}

static void
test_everybody_speaks_in_their_own_zone (void)
{
  g_autoptr (World) world = world_new ();
  static const char *const zones[] = { "America/New_York", "../../etc/passwd", "/etc/passwd", "" };
  const OncThread *thread;

  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      OncEvent *event = onc_event_new (ONC_EVENT_PERSON);

      event->person.user = g_strdup (WORLD_ASKER);
      event->person.zone = g_strdup (zones[i]);
      world_apply (world, event);
    }
  world_post (world, WORLD_ASKER, NULL, "I need this by 9am");
  thread = world_thread (world, 1);
  /* It is five o'clock in the morning there. */
  g_assert_cmpint (thread->needed_by, ==, world->now + 4 * ONC_HOUR);
}

static void
test_emoji_make_categories (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_post (world, WORLD_ASKER, NULL, "the export is wrong");

  world_skip (world);
  world_react (world, WORLD_OTHER, NULL, root, "bug");
  world_assert_told (world, "changed 1 categories");
  world_react (world, WORLD_ME, NULL, root, "bug");
  world_assert_told (world, "");
  world_react (world, WORLD_ME, NULL, root, "vhs");
  world_unreact (world, WORLD_OTHER, NULL, root, "bug");
  world_unreact (world, WORLD_ME, NULL, root, "bug");
  g_assert_cmpint (world_thread (world, 1)->categories->len, ==, 1);
  g_assert_cmpstr (world_thread (world, 1)->categories->pdata[0], ==, "data");
}

/* Slack says who @user is. */
static void
meet (World *world, const char *user, gboolean bot)
{
  OncEvent *event = onc_event_new (ONC_EVENT_PERSON);

  event->person.user = g_strdup (user);
  event->person.bot = bot;
  world_apply (world, event);
}

static void
test_a_level_that_was_lowered_stays_whoever_comes (void)
{
  g_autoptr (World) world = world_new ();

  world_ask (world);
  g_assert_true (world_act (world, 1, ONC_ACTION_SET_LEVEL, NULL, ONC_LEVEL_QUESTION));
  world_skip (world);
  meet (world, "UNEW", FALSE);
  world_assert_told (world, "");
  g_assert_cmpint (world_thread (world, 1)->level, ==, ONC_LEVEL_QUESTION);
}

static void
test_a_bot_that_turns_out_to_be_a_person_raises (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_post (world, WORLD_ASKER, NULL, "the export is wrong");

  meet (world, "UNEW", TRUE);
  world_post (world, "UNEW", root, "@oncall please");
  g_assert_cmpint (world_thread (world, 1)->level, ==, ONC_LEVEL_QUESTION);
  meet (world, "UNEW", FALSE);
  g_assert_cmpint (world_thread (world, 1)->level, ==, ONC_LEVEL_URGENT);
}

static void
test_a_claim_ends_the_popup_of_what_was_raised (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_post (world, WORLD_ASKER, NULL, "the export is wrong");

  world_post (world, WORLD_ASKER, root, "@oncall please");
  world_skip (world);
  world_react (world, WORLD_OTHER, NULL, root, "eyes");
  world_assert_told (world, "changed 1 state lookers; alert 1 claimed; withdraw 1");
}

static void
test_a_deleted_question_takes_its_text_along (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_post (world, WORLD_ASKER, NULL, "my password is swordfish");
  const OncEffect *last;

  world_delete (world, NULL, root);
  last = world->saved->pdata[world->saved->len - 1];
  g_assert_cmpint (last->kind, ==, ONC_EFFECT_SAVE_THREAD);
  g_assert_cmpstr (last->thread->text, ==, "");
}

static void
test_what_comes_while_a_channel_is_read_for_the_first_time_is_news (void)
{
  g_autoptr (World) world = world_new ();

  world_catch_up (world, TRUE);
  world_find (world, WORLD_ASKER, NULL, "@oncall the import is wrong", 5 * ONC_MINUTE);
  world_wait (world, ONC_MINUTE);
  world_skip (world);
  world_post (world, WORLD_ASKER, NULL, "@oncall the export is wrong");
  world_assert_told (world, "changed 2 appeared; alert 2 opened; notify 2 opened urgent");
  world_caught_up (world);
  world_assert_told (world, "summary 1");
}

static void
test_a_channel_that_is_added_later_has_a_history_too (void)
{
  g_autoptr (World) world = world_new ();
  OncEvent *event = onc_event_new (ONC_EVENT_CATCHING_UP);

  event->catching_up.first = g_strsplit ("C2", " ", -1);
  world_apply (world, event);
  world_find (world, WORLD_ASKER, NULL, "@oncall the import is wrong", ONC_MINUTE);
  world_caught_up (world);
  world_assert_told (world, "changed 1 appeared; alert 1 opened; notify 1 opened urgent");

  world_catch_up (world, TRUE);
  world_find (world, WORLD_ASKER, NULL, "@oncall that was wrong", ONC_DAY);
  world_caught_up (world);
  world_assert_told (world, "changed 2 appeared; summary 2");
  world_react (world, WORLD_OTHER, NULL, world_thread (world, 1)->ts, "white_check_mark");
  world_skip (world);
  world_wait (world, ONC_DAY);
  world_assert_told (world, "");
}

static void
test_repeats_go_on_when_the_clock_is_set_back (void)
{
  g_autoptr (World) world = world_new ();

  world_ask (world);
  world_wait (world, 5 * ONC_MINUTE);
  world_skip (world);
  world_wait (world, -ONC_DAY);
  world_assert_told (world, "");
  world_wait (world, 5 * ONC_MINUTE);
  world_assert_told (world, "alert 1 unclaimed; notify 1 unclaimed urgent x1");
}

static void
test_a_clock_that_is_set_back_folds_nothing (void)
{
  g_autoptr (World) world = world_new ();

  for (guint i = 0; i < 5; i++)
    world_post (world, WORLD_ASKER, NULL, "the export is wrong");
  world_wait (world, -ONC_DAY);
  world_skip (world);
  world_post (world, WORLD_ASKER, NULL, "the import is wrong");
  world_assert_told (world, "changed 6 appeared; alert 6 opened; notify 6 opened question");
}

static void
test_what_waits_of_a_thread_goes_with_it (void)
{
  g_autoptr (World) world = world_new ();
  const char *root;
  guint saved;

  world_catch_up (world, FALSE);
  root = world_post (world, WORLD_ASKER, NULL, "the export is wrong");
  world_react (world, WORLD_OTHER, NULL, root, "white_check_mark");
  saved = world->saved->len;
  g_assert_false (((OncEffect *) world->saved->pdata[saved - 1])->thread->held);
  world_caught_up (world);
  g_assert_cmpuint (world->saved->len, ==, saved);
}

static void
test_whoever_resolves_has_read_what_the_same_answer_lists (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_ask (world);
  /* Slack stamps it after the moment at which the answer is asked for. */
  const char *reply = world_post (world, WORLD_ASKER, root, "@oncall anybody?");

  world_skip (world);
  world_find_resolved (world, root, "@oncall the export is wrong", reply);
  world_assert_told (world, "changed 1 gone state; alert 1 resolved; withdraw 1");
}

static void
test_nobody_is_told_of_their_own_question (void)
{
  g_autoptr (World) world = world_new ();

  /* Slack has not yet said who this person is. */
  g_hash_table_remove_all (world->policy->me);
  world_catch_up (world, FALSE);
  world_find (world, WORLD_ME, NULL, "@oncall the export is wrong", ONC_MINUTE);
  g_hash_table_add (world->policy->me, g_strdup (WORLD_ME));
  world_collect (world, onc_engine_set_policy (world->engine, world->policy, world->now));
  world_skip (world);
  world_caught_up (world);
  world_assert_told (world, "");

  world_catch_up (world, TRUE);
  world_find (world, WORLD_ME, NULL, "@oncall the import is wrong", ONC_DAY);
  world_skip (world);
  world_caught_up (world);
  world_assert_told (world, "");
}

#define ADD(test) g_test_add_func ("/engine/" #test, test_##test)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (a_question_opens_a_thread);
  ADD (tags_make_the_level);
  ADD (a_tag_in_a_reply_raises);
  ADD (a_tag_added_by_an_edit_raises);
  ADD (a_tag_that_is_edited_away_lowers_nothing);
  ADD (only_a_person_lowers_and_an_old_tag_does_not_raise_again);
  ADD (the_same_message_twice_is_one);
  ADD (eyes_claim_and_taking_them_off_releases);
  ADD (a_reply_claims_until_it_is_deleted);
  ADD (the_askers_and_bots_own_do_not_count);
  ADD (several_look_and_are_kept_in_order);
  ADD (a_reply_tells_since_when_where_the_emoji_does_not);
  ADD (with_responders_only_they_count);
  ADD (skin_tones_and_aliases_are_folded);
  ADD (an_urgent_thread_is_said_again_until_somebody_looks);
  ADD (a_question_is_said_again_five_times_at_most);
  ADD (an_emergency_is_said_fast_and_for_ever);
  ADD (my_own_question_does_not_alarm_me);
  ADD (a_check_mark_resolves_and_taking_it_off_reopens);
  ADD (a_closed_thread_visits_for_one_call_only);
  ADD (a_visitor_that_is_judged_otherwise_now_stays_for_the_call);
  ADD (a_new_tag_reopens_what_was_resolved);
  ADD (a_deleted_question_goes);
  ADD (a_deletion_that_comes_first_wins);
  ADD (an_older_edit_changes_nothing);
  ADD (an_older_reaction_event_changes_nothing);
  ADD (greetings_and_bots_are_no_items_until_there_is_more);
  ADD (whoever_tags_below_a_bots_message_asks);
  ADD (a_claim_is_pending_until_slack_says_ok);
  ADD (a_refused_claim_brings_the_popup_back);
  ADD (a_release_takes_my_eyes_off);
  ADD (a_reply_is_escaped_and_never_empty);
  ADD (history_is_no_news_at_the_first_start);
  ADD (what_was_claimed_meanwhile_is_not_said);
  ADD (after_a_gap_many_are_told_as_one_but_emergencies);
  ADD (slow_history_keeps_nobody_waiting);
  ADD (after_sleep_there_is_one_summary_and_nothing_twice);
  ADD (a_burst_becomes_one_summary);
  ADD (a_reply_without_its_root_asks_for_it);
  ADD (another_channel_is_none_of_our_business);
  ADD (on_call_follows_the_group);
  ADD (everybody_speaks_in_their_own_zone);
  ADD (emoji_make_categories);
  ADD (a_level_that_was_lowered_stays_whoever_comes);
  ADD (a_bot_that_turns_out_to_be_a_person_raises);
  ADD (a_claim_ends_the_popup_of_what_was_raised);
  ADD (a_deleted_question_takes_its_text_along);
  ADD (what_comes_while_a_channel_is_read_for_the_first_time_is_news);
  ADD (a_channel_that_is_added_later_has_a_history_too);
  ADD (repeats_go_on_when_the_clock_is_set_back);
  ADD (a_clock_that_is_set_back_folds_nothing);
  ADD (what_waits_of_a_thread_goes_with_it);
  ADD (whoever_resolves_has_read_what_the_same_answer_lists);
  ADD (nobody_is_told_of_their_own_question);
  return g_test_run ();
}
