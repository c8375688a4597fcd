/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "backfill.h"

#include <string.h>

#include "fake-slack.h"
#include "quoted-json.h"

/* The seconds of all timestamps begin so; a message is named by the rest: "100" is 1700000100.0001.
 */
#define TS(name) "1700000" name ".000100"

/* An hour after the messages, unless a test says otherwise. */
#define NOW (1700003600 * ONC_SECOND)

typedef struct
{
  /* Slack */
  FakeServer *server;        /* (owned) */
  cJSON *messages;           /* (owned) all of the channel, in the order of time */
  int page_size;             /* messages on a page */
  GString *calls;            /* (owned) "history(oldest) replies(100) …" */
  guint hold;                /* replies calls that are not to be answered */
  GPtrArray *unanswered;     /* (owned) of FakePeer (unowned) */
  const char *error;         /* (nullable) what replies answers */
  guint status;              /* what replies answers instead of JSON; 0: it does not */
  const char *history_error; /* (nullable) what history answers */
  guint n_limited;           /* calls of replies that are told to wait for a second */

  /* The caller */
  GHashTable *known; /* (owned) root's name → GStrv of the names of its posts */
  OncInstant now;

  OncHttp *http;         /* (owned) */
  OncWebApi *api;        /* (owned) */
  OncBackfill *backfill; /* (owned) */
  GString *signals;      /* (owned) "100 101 -102 | throttled …", | ends a batch */
  GArray *as_ofs;        /* (owned) of OncInstant, of each message */
  guint done;
  guint all;
} Fixture;

/* Returns: (transfer full): the name in a timestamp. */
static char *
name_of (const char *ts)
{
  g_assert_true (g_str_has_prefix (ts, "1700000"));
  return g_strndup (ts + strlen ("1700000"), 3);
}

static void
answer_page (Fixture *fixture, FakePeer *peer, const GPtrArray *chosen, const char *cursor)
{
  guint start = cursor != NULL ? (guint) g_ascii_strtoull (cursor, NULL, 10) : 0;
  guint end = MIN (start + (guint) fixture->page_size, chosen->len);
  g_autoptr (cJSON) page = cJSON_CreateObject ();
  cJSON *list = cJSON_AddArrayToObject (page, "messages");
  char *text;

  cJSON_AddTrueToObject (page, "ok");
  cJSON_AddBoolToObject (page, "has_more", end < chosen->len);
  for (guint i = start; i < end; i++)
    cJSON_AddItemToArray (list, cJSON_Duplicate (g_ptr_array_index (chosen, i), TRUE));
  if (end < chosen->len)
    {
      g_autofree char *next = g_strdup_printf ("%u", end);

      cJSON_AddStringToObject (cJSON_AddObjectToObject (page, "response_metadata"), "next_cursor",
                               next);
    }
  text = cJSON_PrintUnformatted (page);
  fake_peer_respond (peer, 200, NULL, text);
  cJSON_free (text);
}

static void
answer_error (FakePeer *peer, const char *error)
{
  g_autofree char *json = g_strdup_printf ("{'ok':false,'error':'%s'}", error);

  fake_peer_answer (peer, json);
}

static gboolean
is_reply (const cJSON *message)
{
  const char *root_ts = onc_json_string (message, "thread_ts");

  return root_ts != NULL && g_strcmp0 (root_ts, onc_json_string (message, "ts")) != 0;
}

static void
answer_history (Fixture *fixture, FakePeer *peer, GHashTable *params)
{
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();
  const char *oldest = g_hash_table_lookup (params, "oldest");
  const char *cursor = g_hash_table_lookup (params, "cursor");
  g_autofree char *name = name_of (oldest);
  const cJSON *message;

  g_string_append_printf (fixture->calls, "history(%s%s) ", name, cursor != NULL ? "…" : "");
  if (fixture->history_error != NULL)
    {
      answer_error (peer, fixture->history_error);
      return;
    }
  cJSON_ArrayForEach (message, fixture->messages)
    {
      const char *ts = onc_json_string (message, "ts");

      if ((!is_reply (message) ||
           g_strcmp0 (onc_json_string (message, "subtype"), "thread_broadcast") == 0) &&
          (ts == NULL || onc_ts_compare (ts, oldest) >= 0))
        g_ptr_array_insert (chosen, 0, (gpointer) message);
    }
  answer_page (fixture, peer, chosen, cursor);
}

static void
answer_replies (Fixture *fixture, FakePeer *peer, GHashTable *params)
{
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();
  const char *ts = g_hash_table_lookup (params, "ts");
  const char *cursor = g_hash_table_lookup (params, "cursor");
  g_autofree char *name = name_of (ts);
  const cJSON *message;

  g_string_append_printf (fixture->calls, "replies(%s%s) ", name, cursor != NULL ? "…" : "");
  if (fixture->n_limited > 0)
    {
      fixture->n_limited--;
      fake_peer_respond (peer, 429, "Retry-After: 1\r\n", "");
      return;
    }
  if (fixture->hold > 0)
    {
      fixture->hold--;
      g_ptr_array_add (fixture->unanswered, peer);
      return;
    }
  cJSON_ArrayForEach (message, fixture->messages)
    {
      if (g_strcmp0 (onc_json_string (message, "ts"), ts) == 0 ||
          g_strcmp0 (onc_json_string (message, "thread_ts"), ts) == 0)
        g_ptr_array_add (chosen, (gpointer) message);
    }
  if (fixture->status != 0)
    fake_peer_respond (peer, fixture->status, NULL, "<html>");
  else if (fixture->error != NULL || chosen->len == 0)
    answer_error (peer, fixture->error != NULL ? fixture->error : "thread_not_found");
  else
    answer_page (fixture, peer, chosen, cursor);
}

static void
on_request (FakePeer *peer, const FakeRequest *request, gpointer user_data)
{
  Fixture *fixture = user_data;
  const char *method = fake_request_get_method (request);
  g_autoptr (GHashTable) params = fake_request_get_params (request);

  g_assert_cmpstr (g_hash_table_lookup (params, "channel"), ==, "C1");
  g_assert_cmpstr (g_hash_table_lookup (params, "limit"), ==, "200");
  if (g_str_equal (method, "conversations.history"))
    answer_history (fixture, peer, params);
  else if (g_str_equal (method, "conversations.replies"))
    answer_replies (fixture, peer, params);
  else
    g_assert_not_reached ();
}

/* Returns: (transfer full): @names as timestamps. */
static GStrv
to_timestamps (GStrv names)
{
  GStrv timestamps = g_strdupv (names);

  for (guint i = 0; timestamps[i] != NULL; i++)
    {
      g_free (timestamps[i]);
      timestamps[i] = g_strdup_printf ("1700000%s.000100", names[i]);
    }

  return timestamps;
}

static GStrv
get_known_roots (const char *channel, const char *oldest, gpointer user_data)
{
  Fixture *fixture = user_data;
  g_auto (GStrv) roots = (GStrv) g_hash_table_get_keys_as_array (fixture->known, NULL);
  GStrv timestamps;

  for (guint i = 0; roots[i] != NULL; i++)
    roots[i] = g_strdup (roots[i]);
  g_assert_cmpstr (channel, ==, "C1");
  g_assert_cmpstr (oldest, ==, TS ("100"));
  timestamps = to_timestamps (roots);
  return timestamps;
}

static GStrv
get_known_posts (const char *channel, const char *root_ts, gpointer user_data)
{
  Fixture *fixture = user_data;
  g_autofree char *name = name_of (root_ts);
  GStrv posts = g_hash_table_lookup (fixture->known, name);

  return posts != NULL ? to_timestamps (posts) : NULL;
}

static OncInstant
get_now (gpointer user_data)
{
  return ((Fixture *) user_data)->now;
}

static void
on_batch (OncBackfill *backfill, gpointer data, gpointer user_data)
{
  Fixture *fixture = user_data;
  const GPtrArray *events = data;

  g_assert_cmpuint (events->len, >, 0);
  for (guint i = 0; i < events->len; i++)
    {
      const OncEvent *event = g_ptr_array_index (events, i);
      gboolean deleted = event->kind == ONC_EVENT_DELETION;
      g_autofree char *name = name_of (deleted ? event->deletion.ts : event->message.message->ts);

      if (!deleted)
        g_array_append_val (fixture->as_ofs, event->message.as_of);
      g_string_append_printf (fixture->signals, "%s%s ", deleted ? "-" : "", name);
    }
  g_string_append (fixture->signals, "| ");
}

static void
on_progress (OncBackfill *backfill, guint done, guint all, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_assert_cmpuint (done, >=, fixture->done);
  g_assert_cmpuint (done, <=, all);
  fixture->done = done;
  fixture->all = all;
}

static void
on_throttled (OncBackfill *backfill, gpointer user_data)
{
  g_string_append (((Fixture *) user_data)->signals, "throttled ");
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const FakeHandlers handlers = { .request = on_request };
  const OncBackfillCaller caller = {
    .roots = get_known_roots, .posts = get_known_posts, .now = get_now, .user_data = fixture
  };
  g_autofree char *url = NULL;

  fixture->server = fake_server_new (&handlers, NULL, fixture);
  fixture->messages = cJSON_CreateArray ();
  fixture->page_size = 200;
  fixture->calls = g_string_new (NULL);
  fixture->unanswered = g_ptr_array_new ();
  fixture->known = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                          (GDestroyNotify) g_strfreev);
  fixture->now = NOW;
  fixture->signals = g_string_new (NULL);
  fixture->as_ofs = g_array_new (FALSE, FALSE, sizeof (OncInstant));
  fixture->http = onc_http_new ("oncalld/test");
  url = fake_server_url (fixture->server, "http", "api/");
  fixture->api = onc_web_api_new (fixture->http, url, "xoxp-1");
  onc_web_api_set_pause (fixture->api, ONC_SECOND / 1000);
  fixture->backfill = onc_backfill_new (fixture->api, "T1", &caller);
  g_signal_connect (fixture->backfill, "batch", G_CALLBACK (on_batch), fixture);
  g_signal_connect (fixture->backfill, "progress", G_CALLBACK (on_progress), fixture);
  g_signal_connect (fixture->backfill, "throttled", G_CALLBACK (on_throttled), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->backfill);
  g_assert_finalize_object (fixture->api);
  g_assert_finalize_object (fixture->http);
  fake_server_free (fixture->server);
  cJSON_Delete (fixture->messages);
  g_string_free (fixture->calls, TRUE);
  g_ptr_array_unref (fixture->unanswered);
  g_hash_table_unref (fixture->known);
  g_string_free (fixture->signals, TRUE);
  g_array_unref (fixture->as_ofs);
}

/* Adds a message to the channel. @root: (nullable). @more: further members, each after a comma. */
static cJSON *
post (Fixture *fixture, const char *name, const char *root, const char *more)
{
  g_autofree char *thread = root != NULL ? g_strdup_printf (",'thread_ts':'1700000%s.000100'", root)
                                         : g_strdup ("");
  g_autofree char *json = g_strdup_printf (
      "{'type':'message','user':'U1','text':'x','ts':'1700000%s.000100'%s%s}", name, thread, more);
  cJSON *message = parse_quoted (json);
  cJSON *above;

  cJSON_AddItemToArray (fixture->messages, message);
  /* The first message counts its replies */
  cJSON_ArrayForEach (above, fixture->messages)
    {
      if (root != NULL && above != message &&
          strncmp (onc_json_string (above, "ts") + strlen ("1700000"), root, 3) == 0)
        {
          gint64 n_replies = onc_json_integer (above, "reply_count", 0);

          cJSON_DeleteItemFromObjectCaseSensitive (above, "reply_count");
          cJSON_DeleteItemFromObjectCaseSensitive (above, "latest_reply");
          cJSON_DeleteItemFromObjectCaseSensitive (above, "thread_ts");
          cJSON_AddNumberToObject (above, "reply_count", (double) n_replies + 1);
          cJSON_AddStringToObject (above, "latest_reply", onc_json_string (message, "ts"));
          cJSON_AddStringToObject (above, "thread_ts", onc_json_string (above, "ts"));
        }
    }

  return message;
}

/* The caller knows the thread of @root with these posts, by their names and spaces. */
static void
know (Fixture *fixture, const char *root, const char *posts)
{
  g_hash_table_insert (fixture->known, (gpointer) root, g_strsplit (posts, " ", -1));
}

typedef struct
{
  gboolean done;
  GError *error; /* (owned) (nullable) */
} Result;

static void
on_finished (GObject *source, GAsyncResult *async_result, gpointer user_data)
{
  Result *result = user_data;

  result->done = TRUE;
  g_assert_true (onc_backfill_finish (ONC_BACKFILL (source), async_result, &result->error) ==
                 (result->error == NULL));
}

/* Reads from "100" on, and the open thread @open (nullable).
 * Returns: (transfer full) (nullable): the error. */
static GError *
run (Fixture *fixture, const char *open)
{
  const char *const threads[] = { open, NULL };
  Result result = { 0 };

  onc_backfill_run_async (fixture->backfill, "C1", TS ("100"), threads, NULL, on_finished, &result);
  assert_eventually (result.done);
  return result.error;
}

static void
run_well (Fixture *fixture, const char *open)
{
  g_autoptr (GError) error = run (fixture, open);

  g_assert_no_error (error);
  g_assert_cmpuint (fixture->done, ==, fixture->all);
}

static void
test_messages_are_read_in_the_order_of_time (Fixture *fixture, gconstpointer data)
{
  post (fixture, "050", NULL, "");
  post (fixture, "100", NULL, "");
  post (fixture, "101", NULL, ",'reactions':[{'name':'eyes','users':['U2'],'count':1}]");
  post (fixture, "102", NULL, ",'edited':{'user':'U1','ts':'1700000103.000000'}");
  run_well (fixture, NULL);
  g_assert_cmpstr (fixture->calls->str, ==, "history(100) ");
  g_assert_cmpstr (fixture->signals->str, ==, "100 101 102 | ");
}

static void
test_an_empty_channel_is_no_batch (Fixture *fixture, gconstpointer data)
{
  run_well (fixture, NULL);
  g_assert_cmpstr (fixture->signals->str, ==, "");
}

static void
test_unknown_threads_are_read (Fixture *fixture, gconstpointer data)
{
  post (fixture, "100", NULL, "");
  post (fixture, "101", NULL, "");
  post (fixture, "102", "100", "");
  post (fixture, "103", "100", "");
  run_well (fixture, NULL);
  g_assert_cmpstr (fixture->calls->str, ==, "history(100) replies(100) ");
  g_assert_cmpstr (fixture->signals->str, ==, "100 101 | 100 102 103 | ");
}

static void
test_each_page_is_reported_and_nothing_is_left_out (Fixture *fixture, gconstpointer data)
{
  fixture->page_size = 2;
  post (fixture, "100", NULL, "");
  post (fixture, "101", NULL, "");
  post (fixture, "102", NULL, "");
  post (fixture, "103", "102", "");
  post (fixture, "104", "102", "");
  post (fixture, "105", "102", "");
  run_well (fixture, NULL);
  g_assert_true (g_str_has_prefix (fixture->signals->str, "101 102 | "));
  g_assert_nonnull (strstr (fixture->signals->str, "| 100 | "));
  g_assert_nonnull (strstr (fixture->signals->str, "| 102 103 | "));
  g_assert_nonnull (strstr (fixture->signals->str, "| 104 105 | "));
  g_assert_cmpuint (fixture->as_ofs->len, ==, 7);
}

static void
test_known_threads_are_read_if_they_have_news (Fixture *fixture, gconstpointer data)
{
  post (fixture, "100", NULL, "");
  post (fixture, "110", NULL, "");
  post (fixture, "120", NULL, "");
  post (fixture, "130", NULL, "");
  post (fixture, "101", "100", "");
  post (fixture, "111", "110", "");
  post (fixture, "121", "120", "");
  know (fixture, "100", "100 101");     /* all is known */
  know (fixture, "110", "110");         /* a reply is new */
  know (fixture, "120", "120 119 121"); /* a reply was deleted */
  know (fixture, "130", "130");
  run_well (fixture, NULL);
  g_assert_null (strstr (fixture->calls->str, "replies(100)"));
  g_assert_nonnull (strstr (fixture->calls->str, "replies(110)"));
  g_assert_nonnull (strstr (fixture->calls->str, "replies(120)"));
  g_assert_null (strstr (fixture->calls->str, "replies(130)"));
  g_assert_nonnull (strstr (fixture->signals->str, "110 111 | "));
  g_assert_nonnull (strstr (fixture->signals->str, "120 121 | "));
  g_assert_nonnull (strstr (fixture->signals->str, "-119 | "));
}

static void
test_a_thread_whose_replies_are_all_gone_has_news (Fixture *fixture, gconstpointer data)
{
  post (fixture, "100", NULL, ",'thread_ts':'1700000100.000100','reply_count':0");
  post (fixture, "110", NULL, ",'thread_ts':'1700000110.000100','reply_count':0");
  know (fixture, "100", "100 101");
  know (fixture, "110", "110");
  run_well (fixture, NULL);
  g_assert_cmpstr (fixture->calls->str, ==, "history(100) replies(100) ");
  g_assert_nonnull (strstr (fixture->signals->str, "-101 | "));
}

static void
test_open_threads_are_read_however_old_they_are (Fixture *fixture, gconstpointer data)
{
  post (fixture, "010", NULL, "");
  post (fixture, "100", NULL, "");
  post (fixture, "150", "010", "");
  run_well (fixture, TS ("010"));
  g_assert_cmpstr (fixture->signals->str, ==, "100 | 010 150 | ");
}

static void
test_a_thread_is_read_once (Fixture *fixture, gconstpointer data)
{
  post (fixture, "100", NULL, "");
  post (fixture, "101", "100", "");
  post (fixture, "102", "100", ",'subtype':'thread_broadcast'");
  run_well (fixture, TS ("100"));
  g_assert_null (strstr (strstr (fixture->calls->str, "replies(100)") + 1, "replies(100)"));
}

static void
test_a_broadcast_reply_leads_to_its_thread (Fixture *fixture, gconstpointer data)
{
  post (fixture, "010", NULL, "");
  post (fixture, "100", NULL, "");
  post (fixture, "150", "010", ",'subtype':'thread_broadcast'");
  run_well (fixture, NULL);
  g_assert_cmpstr (fixture->signals->str, ==, "100 150 | 010 150 | ");
}

static void
test_what_is_not_there_any_more_was_deleted (Fixture *fixture, gconstpointer data)
{
  post (fixture, "100", NULL, "");
  post (fixture, "120", NULL, "");
  know (fixture, "100", "100");
  know (fixture, "110", "110");
  know (fixture, "120", "120");
  know (fixture, "130", "130");
  run_well (fixture, NULL);
  g_assert_true (g_str_has_prefix (fixture->signals->str, "100 120 | "));
  g_assert_nonnull (strstr (fixture->signals->str, "-110 "));
  g_assert_nonnull (strstr (fixture->signals->str, "-130 "));
}

static void
test_what_has_just_come_may_not_be_listed_yet (Fixture *fixture, gconstpointer data)
{
  post (fixture, "100", NULL, "");
  know (fixture, "130", "130");
  fixture->now = 1700000150 * ONC_SECOND;
  run_well (fixture, NULL);
  g_assert_cmpstr (fixture->signals->str, ==, "100 | ");

  /* ... but what is older than something listed is */
  g_string_truncate (fixture->signals, 0);
  fixture->done = 0;
  post (fixture, "140", NULL, "");
  run_well (fixture, NULL);
  g_assert_cmpstr (fixture->signals->str, ==, "100 140 | -130 | ");
}

static void
test_a_tombstone_is_a_deletion (Fixture *fixture, gconstpointer data)
{
  post (fixture, "100", NULL, ",'subtype':'tombstone'");
  run_well (fixture, NULL);
  g_assert_cmpstr (fixture->signals->str, ==, "-100 | ");
}

static void
test_a_thread_that_is_gone_is_a_deletion (Fixture *fixture, gconstpointer data)
{
  run_well (fixture, TS ("010"));
  g_assert_cmpstr (fixture->signals->str, ==, "-010 | ");
}

static void
test_messages_that_make_no_sense_are_passed_over (Fixture *fixture, gconstpointer data)
{
  post (fixture, "100", NULL, "");
  cJSON_AddItemToArray (fixture->messages, parse_quoted ("{'text':'no timestamp'}"));
  cJSON_AddItemToArray (fixture->messages, parse_quoted ("'text'"));
  cJSON_AddItemToArray (fixture->messages, parse_quoted ("[]"));
  post (fixture, "102", NULL, ",'subtype':'channel_join'");
  run_well (fixture, NULL);
  g_assert_cmpstr (fixture->signals->str, ==, "100 | ");
}

static void
test_an_answer_is_as_of_when_it_was_asked_for (Fixture *fixture, gconstpointer data)
{
  Result result = { 0 };
  const char *const threads[] = { TS ("100"), NULL };

  fixture->hold = 1;
  post (fixture, "100", NULL, "");
  onc_backfill_run_async (fixture->backfill, "C1", TS ("100"), threads, NULL, on_finished, &result);
  fixture->now = NOW + ONC_HOUR;
  assert_eventually (fixture->unanswered->len == 1 && fixture->signals->len > 0);
  fake_peer_answer (g_ptr_array_index (fixture->unanswered, 0),
                    "{'ok':true,'messages':[{'type':'message','ts':'" TS ("100") "'}]}");
  assert_eventually (result.done);
  g_assert_cmpuint (fixture->as_ofs->len, ==, 2);
  for (guint i = 0; i < fixture->as_ofs->len; i++)
    g_assert_cmpint (g_array_index (fixture->as_ofs, OncInstant, i), ==, NOW);
}

static void
test_some_threads_are_read_at_a_time (Fixture *fixture, gconstpointer data)
{
  Result result = { 0 };
  const char *const threads[] = { NULL };
  char name[] = "200";

  fixture->hold = 1000;
  for (guint i = 0; i < 20; i++)
    {
      char reply[] = "300";

      name[1] = reply[1] = (char) ('0' + i / 10);
      name[2] = reply[2] = (char) ('0' + i % 10);
      post (fixture, name, NULL, "");
      post (fixture, reply, name, "");
    }
  onc_backfill_run_async (fixture->backfill, "C1", TS ("100"), threads, NULL, on_finished, &result);
  for (guint answered = 0; answered < 20; answered++)
    {
      guint left = 20 - answered;

      assert_eventually (fixture->unanswered->len == MIN (left, 6));
      fake_peer_answer (g_ptr_array_steal_index (fixture->unanswered, 0),
                        "{'ok':true,'messages':[]}");
    }
  assert_eventually (result.done);
  g_assert_no_error (result.error);
  g_assert_cmpuint (fixture->all, ==, 21);
}

static void
test_it_goes_on_after_a_wait (Fixture *fixture, gconstpointer data)
{
  fixture->n_limited = 1;
  post (fixture, "100", NULL, "");
  post (fixture, "101", "100", "");
  run_well (fixture, NULL);
  g_assert_cmpstr (fixture->calls->str, ==, "history(100) replies(100) replies(100) ");
  g_assert_cmpstr (fixture->signals->str, ==, "100 | 100 101 | ");
}

static void
test_a_failure_in_passing_fails_the_run (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->error = "internal_error";
  post (fixture, "100", NULL, "");
  post (fixture, "101", "100", "");
  post (fixture, "110", NULL, "");
  post (fixture, "111", "110", "");
  error = run (fixture, NULL);
  g_assert_error (error, ONC_API_ERROR, ONC_API_ERROR_TRANSIENT);
  g_assert_cmpstr (fixture->signals->str, ==, "100 110 | ");
}

static void
test_one_thread_that_cannot_be_read_does_not_fail_the_rest (Fixture *fixture, gconstpointer data)
{
  fixture->error = "of_tomorrow";
  post (fixture, "100", NULL, "");
  post (fixture, "101", "100", "");
  know (fixture, "100", "100 099");
  run_well (fixture, NULL);
  g_assert_cmpstr (fixture->signals->str, ==, "100 | ");
}

static void
test_a_thread_of_which_slack_says_nothing_fails_the_run (Fixture *fixture, gconstpointer data)
{
  static const guint statuses[] = { 302, 403, 404, 408 };

  post (fixture, "100", NULL, "");
  post (fixture, "101", "100", "");
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (GError) error = NULL;

      fixture->status = statuses[i];
      fixture->done = 0;
      error = run (fixture, NULL);
      g_assert_error (error, ONC_API_ERROR, ONC_API_ERROR_TRANSIENT);
    }
}

static void
test_a_list_that_goes_stale_fails_the_run (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->error = "invalid_cursor";
  post (fixture, "100", NULL, "");
  post (fixture, "101", "100", "");
  error = run (fixture, NULL);
  g_assert_error (error, ONC_API_ERROR, ONC_API_ERROR_TRANSIENT);
}

static void
test_a_channel_that_cannot_be_read_fails_the_run (Fixture *fixture, gconstpointer data)
{
  const struct
  {
    const char *word;
    OncApiError class;
  } errors[] = { { "channel_not_found", ONC_API_ERROR_OTHER },
                 { "invalid_auth", ONC_API_ERROR_STOP },
                 { "missing_scope", ONC_API_ERROR_SCOPE } };

  know (fixture, "110", "110");
  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_autoptr (GError) error = NULL;

      fixture->history_error = errors[i].word;
      error = run (fixture, NULL);
      g_assert_error (error, ONC_API_ERROR, (int) errors[i].class);
      g_assert_cmpstr (fixture->signals->str, ==, "");
    }
}

static void
test_a_run_can_be_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const char *const threads[] = { TS ("100"), NULL };
  Result result = { 0 };

  fixture->hold = 1000;
  post (fixture, "100", NULL, "");
  onc_backfill_run_async (fixture->backfill, "C1", TS ("100"), threads, cancellable, on_finished,
                          &result);
  assert_eventually (fixture->unanswered->len == 1 && fixture->signals->len > 0);
  g_cancellable_cancel (cancellable);
  assert_eventually (result.done);
  g_assert_error (result.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpstr (fixture->signals->str, ==, "100 | ");
  g_clear_error (&result.error);
}

static void
read_thread (Fixture *fixture, const char *ts)
{
  Result result = { 0 };

  onc_backfill_read_thread_async (fixture->backfill, "C1", ts, NULL, on_finished, &result);
  assert_eventually (result.done);
  g_assert_no_error (result.error);
}

static void
test_a_thread_is_found_by_any_of_its_messages (Fixture *fixture, gconstpointer data)
{
  post (fixture, "010", NULL, "");
  post (fixture, "011", "010", "");
  read_thread (fixture, TS ("010"));
  g_assert_cmpstr (fixture->calls->str, ==, "replies(010) ");
  g_assert_cmpstr (fixture->signals->str, ==, "010 011 | ");

  g_string_truncate (fixture->signals, 0);
  fixture->done = 0;
  read_thread (fixture, TS ("011"));
  g_assert_cmpstr (fixture->signals->str, ==, "011 | 010 011 | ");

  g_string_truncate (fixture->signals, 0);
  fixture->done = 0;
  read_thread (fixture, TS ("012"));
  g_assert_cmpstr (fixture->signals->str, ==, "-012 | ");
}

static void
test_a_throttled_app_is_told_once (Fixture *fixture, gconstpointer data)
{
  char name[] = "200";

  fixture->page_size = 15;
  for (guint i = 0; i < 40; i++)
    {
      name[1] = (char) ('0' + i / 10);
      name[2] = (char) ('0' + i % 10);
      post (fixture, name, NULL, "");
    }
  run_well (fixture, NULL);
  g_assert_true (g_str_has_prefix (fixture->signals->str, "throttled 225 "));
  g_assert_null (strstr (fixture->signals->str + 1, "throttled"));
}

static void
test_a_page_that_happens_to_be_as_small_is_no_throttling (Fixture *fixture, gconstpointer data)
{
  char name[] = "200";

  for (guint i = 0; i < 15; i++)
    {
      name[1] = (char) ('0' + i / 10);
      name[2] = (char) ('0' + i % 10);
      post (fixture, name, NULL, "");
    }
  run_well (fixture, NULL);
  g_assert_null (strstr (fixture->signals->str, "throttled"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(sentence, function)                                                                    \
  g_test_add ("/backfill/" sentence, Fixture, NULL, set_up, function, tear_down)
  ADD ("messages are read in the order of time", test_messages_are_read_in_the_order_of_time);
  ADD ("an empty channel is no batch", test_an_empty_channel_is_no_batch);
  ADD ("unknown threads are read", test_unknown_threads_are_read);
  ADD ("each page is reported and nothing is left out",
       test_each_page_is_reported_and_nothing_is_left_out);
  ADD ("known threads are read if they have news", test_known_threads_are_read_if_they_have_news);
  ADD ("a thread whose replies are all gone has news",
       test_a_thread_whose_replies_are_all_gone_has_news);
  ADD ("open threads are read however old they are",
       test_open_threads_are_read_however_old_they_are);
  ADD ("a thread is read once", test_a_thread_is_read_once);
  ADD ("a broadcast reply leads to its thread", test_a_broadcast_reply_leads_to_its_thread);
  ADD ("what is not there any more was deleted", test_what_is_not_there_any_more_was_deleted);
  ADD ("what has just come may not be listed yet", test_what_has_just_come_may_not_be_listed_yet);
  ADD ("a tombstone is a deletion", test_a_tombstone_is_a_deletion);
  ADD ("a thread that is gone is a deletion", test_a_thread_that_is_gone_is_a_deletion);
  ADD ("messages that make no sense are passed over",
       test_messages_that_make_no_sense_are_passed_over);
  ADD ("an answer is as of when it was asked for", test_an_answer_is_as_of_when_it_was_asked_for);
  ADD ("some threads are read at a time", test_some_threads_are_read_at_a_time);
  ADD ("it goes on after a wait", test_it_goes_on_after_a_wait);
  ADD ("a failure in passing fails the run", test_a_failure_in_passing_fails_the_run);
  ADD ("one thread that cannot be read does not fail the rest",
       test_one_thread_that_cannot_be_read_does_not_fail_the_rest);
  ADD ("a thread of which Slack says nothing fails the run",
       test_a_thread_of_which_slack_says_nothing_fails_the_run);
  ADD ("a list that goes stale fails the run", test_a_list_that_goes_stale_fails_the_run);
  ADD ("a channel that cannot be read fails the run",
       test_a_channel_that_cannot_be_read_fails_the_run);
  ADD ("a run can be cancelled", test_a_run_can_be_cancelled);
  ADD ("a thread is found by any of its messages", test_a_thread_is_found_by_any_of_its_messages);
  ADD ("a throttled app is told once", test_a_throttled_app_is_told_once);
  ADD ("a page that happens to be as small is no throttling",
       test_a_page_that_happens_to_be_as_small_is_no_throttling);
#undef ADD
  return g_test_run ();
}
