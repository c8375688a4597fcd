/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "error.h"
#include "message.h"
#include "pipeline.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#define START (G_GINT64_CONSTANT (1772445600) * ONC_SECOND)

typedef struct
{
  char *directory;       /* (owned) */
  char *path;            /* (owned) of the database */
  OncPolicy *policy;     /* (owned) */
  OncStore *store;       /* (owned) */
  OncClock *clock;       /* (owned) */
  OncPipeline *pipeline; /* (owned) */
  GString *log;          /* (owned) what came out, in order */
  GPtrArray *writes;     /* (owned) of OncWrite */
  OncWish *wish;         /* (unowned) of the last write */
} Fixture;

static GString *warnings; /* (owned) that no test has looked at yet */

static void
note (Fixture *fixture, const char *word)
{
  g_string_append_printf (fixture->log, "%s%s", fixture->log->len > 0 ? "; " : "", word);
}

static void
on_acknowledged (gpointer user_data)
{
  note (user_data, "sent");
}

static void
on_effect (const OncEffect *effect, gpointer user_data)
{
  static const char *const words[] = {
    [ONC_EFFECT_FETCH] = "fetch",     [ONC_EFFECT_NOTIFY] = "notify",
    [ONC_EFFECT_SUMMARY] = "summary", [ONC_EFFECT_WITHDRAW] = "withdraw",
    [ONC_EFFECT_CHANGED] = "changed", [ONC_EFFECT_ALERT] = "alert"
  };

  note (user_data, words[effect->kind]);
}

static void
on_write (OncWrite *write, OncWish *wish, gpointer user_data)
{
  Fixture *fixture = user_data;

  note (fixture, write->text != NULL ? "post" : "react");
  g_assert_cmpint (write->id, >, 0);
  g_ptr_array_add (fixture->writes, write);
  fixture->wish = wish;
}

static void
on_unknown_message (const char *team, const char *channel, const char *ts, gpointer user_data)
{
  g_autofree char *word = g_strdup_printf ("unknown %s", ts);

  note (user_data, word);
}

static void
on_settled (gpointer user_data)
{
}

static void
on_trouble (const GError *error, gpointer user_data)
{
  note (user_data, error != NULL ? "trouble" : "no trouble");
}

static gboolean
on_ack (gpointer user_data)
{
  note (user_data, "ack");
  return G_SOURCE_REMOVE;
}

static void
start (Fixture *fixture)
{
  static const OncPipelineSink sink = { .acknowledged = on_acknowledged,
                                        .effect = on_effect,
                                        .write = on_write,
                                        .unknown_message = on_unknown_message,
                                        .settled = on_settled,
                                        .trouble = on_trouble };
  g_autoptr (GError) error = NULL;

  fixture->store = onc_store_open (fixture->path, &error);
  g_assert_no_error (error);
  fixture->pipeline = onc_pipeline_new (fixture->store, fixture->clock, fixture->policy, &sink,
                                        fixture, &error);
  g_assert_no_error (error);
  g_assert_true (onc_pipeline_load (fixture->pipeline, &error));
}

static void
stop (Fixture *fixture)
{
  g_clear_pointer (&fixture->pipeline, onc_pipeline_free);
  g_clear_pointer (&fixture->store, onc_store_close);
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  OncRepeat repeat = { .legs = { { 5 * ONC_MINUTE, 0 } }, .n_legs = 1 };

  fixture->directory = g_dir_make_tmp ("oncalld-pipeline-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->directory, "oncalld.db", NULL);
  fixture->clock = onc_clock_new_standing (START);
  fixture->log = g_string_new (NULL);
  fixture->writes = g_ptr_array_new_with_free_func ((GDestroyNotify) onc_write_free);
  fixture->policy = onc_policy_new ();
  g_hash_table_add (fixture->policy->channels, g_strdup ("C1"));
  g_hash_table_add (fixture->policy->claim_emoji, g_strdup ("eyes"));
  g_hash_table_add (fixture->policy->resolved_emoji, g_strdup ("tick"));
  g_free (fixture->policy->claim_with);
  fixture->policy->claim_with = g_strdup ("eyes");
  for (OncLevel level = 0; level < ONC_N_LEVELS; level++)
    fixture->policy->timings[level].repeat = repeat;
  start (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  stop (fixture);
  g_assert_cmpstr (warnings->str, ==, "");
  onc_policy_unref (fixture->policy);
  g_object_unref (fixture->clock);
  g_string_free (fixture->log, TRUE);
  g_ptr_array_unref (fixture->writes);
  g_unlink (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->directory), ==, 0);
  g_free (fixture->path);
  g_free (fixture->directory);
}

static void
assert_log (Fixture *fixture, const char *expected)
{
  g_assert_cmpstr (fixture->log->str, ==, expected);
  g_string_truncate (fixture->log, 0);
}

static OncEvent *
message (const char *root_ts, const char *ts, const char *user)
{
  OncEvent *event = onc_event_new (ONC_EVENT_MESSAGE);
  OncMessage *content = onc_message_new ();

  content->team = g_strdup ("T1");
  content->channel = g_strdup ("C1");
  content->root_ts = g_strdup (root_ts);
  content->ts = g_strdup (ts);
  content->user = g_strdup (user);
  content->text = g_strdup ("the export is wrong");
  event->message.message = content;
  return event;
}

static OncEvent *
reaction (const char *ts, const char *name, gboolean added, OncInstant at)
{
  OncEvent *event = onc_event_new (ONC_EVENT_REACTION);

  event->reaction.team = g_strdup ("T1");
  event->reaction.channel = g_strdup ("C1");
  event->reaction.ts = g_strdup (ts);
  event->reaction.name = g_strdup (name);
  event->reaction.user = g_strdup ("U2");
  event->reaction.added = added;
  event->reaction.at = at;
  return event;
}

static void
take (Fixture *fixture, OncEvent *event, const char *key)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) onc_event_free);

  g_ptr_array_add (events, event);
  onc_pipeline_take_envelope (fixture->pipeline, "T1", events, key, on_ack, fixture, NULL);
}

static OncThread *
stored (Fixture *fixture, guint32 number)
{
  g_autoptr (GError) error = NULL;
  OncThread *thread = onc_store_load_number (fixture->store, number, &error);

  g_assert_no_error (error);
  return thread;
}

static void
test_nothing_is_acknowledged_before_the_commit (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (OncThread) thread = NULL;

  take (fixture, message ("1.1", "1.1", "U1"), "e:1");
  assert_log (fixture, "");
  onc_pipeline_flush (fixture->pipeline);
  assert_log (fixture, "ack; sent; changed; notify; alert");
  thread = stored (fixture, 1);
  g_assert_cmpstr (thread->asker, ==, "U1");
}

static void
test_a_turn_is_one_transaction (Fixture *fixture, gconstpointer unused)
{
  take (fixture, message ("1.1", "1.1", "U1"), "e:1");
  take (fixture, message ("1.1", "2.1", "U2"), "e:2");
  take (fixture, reaction ("2.1", "eyes", TRUE, 5), "e:3");
  onc_pipeline_flush (fixture->pipeline);
  g_assert_true (g_str_has_prefix (fixture->log->str, "ack; ack; ack; sent; changed"));
  g_assert_null (strstr (fixture->log->str, "unknown"));
}

static void
test_of_the_summaries_of_a_turn_the_last_is_shown (Fixture *fixture, gconstpointer unused)
{
  static const char *const ts[] = { "1.1", "2.1", "3.1", "4.1" };

  fixture->policy->burst_popups = 1;
  fixture->policy->burst_span = ONC_MINUTE;
  for (gsize i = 0; i < G_N_ELEMENTS (ts); i++)
    take (fixture, message (ts[i], ts[i], "U1"), ts[i]);
  onc_pipeline_flush (fixture->pipeline);
  assert_log (fixture, "ack; ack; ack; ack; sent; changed; notify; changed; changed; changed; "
                       "summary; alert; alert; alert; alert");
}

static void
test_a_known_event_is_only_acknowledged (Fixture *fixture, gconstpointer unused)
{
  take (fixture, message ("1.1", "1.1", "U1"), "e:1");
  take (fixture, message ("1.1", "1.1", "U1"), "e:1");
  onc_pipeline_flush (fixture->pipeline);
  assert_log (fixture, "ack; ack; sent; changed; notify; alert");
  take (fixture, message ("1.1", "1.1", "U1"), "e:1");
  onc_pipeline_flush (fixture->pipeline);
  assert_log (fixture, "ack; sent");
  /* The same message under another key is no news either. */
  take (fixture, message ("1.1", "1.1", "U1"), "e:2");
  onc_pipeline_flush (fixture->pipeline);
  assert_log (fixture, "ack; sent");
}

static void
test_a_closed_thread_comes_back_for_its_events (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (OncThread) thread = NULL;

  take (fixture, message ("1.1", "1.1", "U1"), "e:1");
  take (fixture, reaction ("1.1", "tick", TRUE, 5), "e:2");
  /* Closed, and not committed yet: what the store has would be old. */
  take (fixture, message ("1.1", "2.1", "U1"), "e:3");
  onc_pipeline_flush (fixture->pipeline);
  thread = stored (fixture, 1);
  g_assert_cmpint (thread->state, ==, ONC_STATE_RESOLVED);
  g_assert_cmpuint (thread->replies, ==, 1);
  g_clear_pointer (&thread, onc_thread_unref);

  take (fixture, message ("1.1", "3.1", "U1"), "e:4");
  take (fixture, reaction ("1.1", "tick", FALSE, 6), "e:5");
  onc_pipeline_flush (fixture->pipeline);
  thread = stored (fixture, 1);
  g_assert_cmpint (thread->state, ==, ONC_STATE_NEW);
  g_assert_cmpuint (thread->replies, ==, 2);
}

static void
test_an_emoji_on_an_unknown_message_is_asked_after (Fixture *fixture, gconstpointer unused)
{
  take (fixture, reaction ("9.9", "eyes", TRUE, 5), "e:1");
  onc_pipeline_flush (fixture->pipeline);
  assert_log (fixture, "unknown 9.9; ack; sent");
}

static void
test_a_restart_finds_what_was_and_numbers_on (Fixture *fixture, gconstpointer unused)
{
  take (fixture, message ("1.1", "1.1", "U1"), "e:1");
  onc_pipeline_flush (fixture->pipeline);
  stop (fixture);
  g_string_truncate (fixture->log, 0);

  start (fixture);
  onc_pipeline_flush (fixture->pipeline);
  assert_log (fixture, "changed");
  take (fixture, message ("2.1", "2.1", "U1"), "e:2");
  onc_pipeline_flush (fixture->pipeline);
  g_assert_nonnull (onc_engine_find_number (onc_pipeline_engine (fixture->pipeline), 2));
}

/* The desktop begins or ceases to want no popups. */
static void
set_inhibited (Fixture *fixture, gboolean inhibited)
{
  OncEvent *event = onc_event_new (ONC_EVENT_DESK);

  event->desk.inhibited = inhibited;
  onc_pipeline_take (fixture->pipeline, event);
  onc_pipeline_flush (fixture->pipeline);
}

static void
test_what_was_held_back_is_told_after_a_restart (Fixture *fixture, gconstpointer unused)
{
  set_inhibited (fixture, TRUE);
  take (fixture, message ("1.1", "1.1", "U1"), "e:1");
  take (fixture, message ("2.1", "2.1", "U1"), "e:2");
  take (fixture, message ("3.1", "3.1", "U1"), "e:3");
  onc_pipeline_flush (fixture->pipeline);
  take (fixture, reaction ("3.1", "eyes", TRUE, START), "e:4");
  onc_pipeline_flush (fixture->pipeline);
  for (guint i = 0; i < 2; i++)
    {
      stop (fixture);
      g_string_truncate (fixture->log, 0);
      start (fixture);
      set_inhibited (fixture, TRUE);
      onc_pipeline_take (fixture->pipeline, onc_event_new (ONC_EVENT_CAUGHT_UP));
      onc_pipeline_flush (fixture->pipeline);
      assert_log (fixture, "changed; changed; changed");
    }
  set_inhibited (fixture, FALSE);
  assert_log (fixture, "summary");

  /* Now it has been told. */
  stop (fixture);
  start (fixture);
  onc_pipeline_take (fixture->pipeline, onc_event_new (ONC_EVENT_CAUGHT_UP));
  onc_pipeline_flush (fixture->pipeline);
  assert_log (fixture, "changed; changed; changed");
}

static void
test_what_waited_for_history_is_told_after_a_restart (Fixture *fixture, gconstpointer unused)
{
  onc_pipeline_take (fixture->pipeline, onc_event_new (ONC_EVENT_CATCHING_UP));
  take (fixture, message ("1.1", "1.1", "U1"), "e:1");
  onc_pipeline_flush (fixture->pipeline);
  assert_log (fixture, "ack; sent; changed");
  stop (fixture);
  start (fixture);
  onc_pipeline_take (fixture->pipeline, onc_event_new (ONC_EVENT_CAUGHT_UP));
  onc_pipeline_flush (fixture->pipeline);
  assert_log (fixture, "changed; notify; alert");
}

static void
test_the_alarm_is_the_engines_deadline (Fixture *fixture, gconstpointer unused)
{
  take (fixture, message ("1.1", "1.1", "U1"), "e:1");
  onc_pipeline_flush (fixture->pipeline);
  g_string_truncate (fixture->log, 0);
  onc_clock_move (fixture->clock, START + 5 * ONC_MINUTE);
  assert_log (fixture, "notify; alert");
  g_assert_false (onc_pipeline_is_late (fixture->pipeline, ONC_MINUTE));
  onc_clock_set_alarm (fixture->clock, 0);
  onc_clock_move (fixture->clock, START + 30 * ONC_MINUTE);
  g_assert_true (onc_pipeline_is_late (fixture->pipeline, ONC_MINUTE));
}

static void
on_done (const GError *error, gpointer user_data)
{
  note (user_data, error != NULL ? error->message : "done");
}

static void
test_a_wish_ends_when_slack_has_answered (Fixture *fixture, gconstpointer unused)
{
  const OncAction claim = { .kind = ONC_ACTION_CLAIM, .user = "U9" };
  g_autoptr (GPtrArray) writes = NULL;
  OncThread *thread;

  take (fixture, message ("1.1", "1.1", "U1"), "e:1");
  onc_pipeline_flush (fixture->pipeline);
  g_string_truncate (fixture->log, 0);
  thread = onc_engine_find_number (onc_pipeline_engine (fixture->pipeline), 1);
  onc_pipeline_act (fixture->pipeline, thread, &claim, on_done, fixture);
  assert_log (fixture, "changed; withdraw; alert; react");
  writes = onc_store_load_writes (fixture->store, NULL);
  g_assert_cmpuint (writes->len, ==, 1);
  g_assert_cmpstr (((OncWrite *) writes->pdata[0])->user, ==, "U9");

  onc_pipeline_end_write (fixture->pipeline, fixture->writes->pdata[0], ONC_WRITE_DONE);
  assert_log (fixture, "changed");
  onc_wish_end_write (fixture->wish, NULL);
  assert_log (fixture, "done");
  g_clear_pointer (&writes, g_ptr_array_unref);
  writes = onc_store_load_writes (fixture->store, NULL);
  g_assert_cmpuint (writes->len, ==, 0);
}

static void
test_a_wish_that_cannot_be_ends_at_once (Fixture *fixture, gconstpointer unused)
{
  const OncAction release = { .kind = ONC_ACTION_RELEASE, .user = "U9" };

  take (fixture, message ("1.1", "1.1", "U1"), "e:1");
  onc_pipeline_flush (fixture->pipeline);
  g_string_truncate (fixture->log, 0);
  onc_pipeline_act (fixture->pipeline,
                    onc_engine_find_number (onc_pipeline_engine (fixture->pipeline), 1), &release,
                    on_done, fixture);
  assert_log (fixture, "Thread 1 is not yours");
}

static void
test_while_the_store_fails_people_are_told_and_slack_is_not (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (OncThread) thread = NULL;
  sqlite3 *intruder;

  g_assert_cmpint (sqlite3_open (fixture->path, &intruder), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (intruder, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  take (fixture, message ("1.1", "1.1", "U1"), "e:1");
  onc_pipeline_flush (fixture->pipeline);
  g_assert_nonnull (strstr (warnings->str, "cannot save: "));
  g_assert_nonnull (strstr (warnings->str, fixture->path));
  g_string_truncate (warnings, 0);
  assert_log (fixture, "trouble; changed; notify; alert");
  take (fixture, reaction ("1.1", "tick", TRUE, 5), "e:2");
  take (fixture, message ("1.1", "2.1", "U1"), "e:3");
  onc_pipeline_flush (fixture->pipeline);
  assert_log (fixture, "changed; withdraw; alert");

  g_assert_cmpint (sqlite3_exec (intruder, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (intruder);
  while (fixture->log->len == 0)
    g_main_context_iteration (NULL, TRUE);
  assert_log (fixture, "no trouble; ack; ack; ack; sent");
  thread = stored (fixture, 1);
  g_assert_cmpint (thread->state, ==, ONC_STATE_RESOLVED);
  g_assert_cmpuint (thread->replies, ==, 1);
}

/* Keeps warnings for the tests to look at; g_test_expect_message() sees no structured ones. */
static GLogWriterOutput
on_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer unused)
{
  if ((level & (G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR)) == 0)
    return g_log_writer_default (level, fields, n_fields, NULL);

  for (gsize i = 0; i < n_fields; i++)
    {
      if (g_str_equal (fields[i].key, "MESSAGE"))
        g_string_append (warnings, fields[i].value);
    }
  return G_LOG_WRITER_HANDLED;
}

#define ADD(test) g_test_add ("/pipeline/" #test, Fixture, NULL, set_up, test_##test, tear_down)

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  warnings = g_string_new (NULL);
  g_log_set_writer_func (on_log, NULL, NULL);
  ADD (nothing_is_acknowledged_before_the_commit);
  ADD (a_turn_is_one_transaction);
  ADD (of_the_summaries_of_a_turn_the_last_is_shown);
  ADD (a_known_event_is_only_acknowledged);
  ADD (a_closed_thread_comes_back_for_its_events);
  ADD (an_emoji_on_an_unknown_message_is_asked_after);
  ADD (a_restart_finds_what_was_and_numbers_on);
  ADD (what_was_held_back_is_told_after_a_restart);
  ADD (what_waited_for_history_is_told_after_a_restart);
  ADD (the_alarm_is_the_engines_deadline);
  ADD (a_wish_ends_when_slack_has_answered);
  ADD (a_wish_that_cannot_be_ends_at_once);
  ADD (while_the_store_fails_people_are_told_and_slack_is_not);
  status = g_test_run ();
  g_string_free (warnings, TRUE);
  return status;
}
