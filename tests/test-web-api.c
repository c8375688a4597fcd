/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "web-api.h"

#include <string.h>

#include "fake-slack.h"
#include "quoted-json.h"

typedef struct
{
  guint status;
  const char *headers; /* (nullable) */
  const char *json;    /* (nullable) NULL: no answer at all */
} Answer;

typedef struct
{
  FakeServer *server;    /* (owned) */
  OncHttp *http;         /* (owned) */
  OncWebApi *api;        /* (owned) */
  GQueue answers;        /* of const Answer: what is answered next; the last one again and again */
  GString *calls;        /* (owned) "method?body " of each */
  GPtrArray *unanswered; /* (owned) of FakePeer (unowned) */
  GString *limited;      /* (owned) "method:seconds " of each signal */
} Fixture;

typedef struct
{
  gboolean done;
  cJSON *answer; /* (owned) (nullable) */
  GError *error; /* (owned) (nullable) */
} Result;

static void
result_clear (Result *self)
{
  g_clear_pointer (&self->answer, cJSON_Delete);
  g_clear_error (&self->error);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Result, result_clear)

static const Answer ok = { 200, NULL, "{'ok':true,'n':1}" };
static const Answer silence = { 0, NULL, NULL };

static void
on_request (FakePeer *peer, const FakeRequest *request, gpointer user_data)
{
  Fixture *fixture = user_data;
  const Answer *answer = g_queue_get_length (&fixture->answers) > 1
                             ? g_queue_pop_head (&fixture->answers)
                             : g_queue_peek_head (&fixture->answers);
  g_autofree char *body = NULL;

  g_assert_cmpstr (g_hash_table_lookup (request->headers, "authorization"), ==, "Bearer xoxp-1");
  g_string_append_printf (fixture->calls, "%s?%s ", fake_request_get_method (request),
                          request->body);
  if (answer->json == NULL)
    {
      g_ptr_array_add (fixture->unanswered, peer);
      return;
    }
  body = quoted (answer->json);
  fake_peer_respond (peer, answer->status, answer->headers, body);
}

static void
on_rate_limited (OncWebApi *api, const char *method, guint seconds, gpointer user_data)
{
  g_string_append_printf (((Fixture *) user_data)->limited, "%s:%u ", method, seconds);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const FakeHandlers handlers = { .request = on_request };
  g_autofree char *url = NULL;

  fixture->server = fake_server_new (&handlers, NULL, fixture);
  fixture->http = onc_http_new ("oncalld/test");
  url = fake_server_url (fixture->server, "http", "api");
  fixture->api = onc_web_api_new (fixture->http, url, "xoxp-1");
  onc_web_api_set_pause (fixture->api, ONC_SECOND / 100);
  g_signal_connect (fixture->api, "rate-limited", G_CALLBACK (on_rate_limited), fixture);
  fixture->calls = g_string_new (NULL);
  fixture->limited = g_string_new (NULL);
  fixture->unanswered = g_ptr_array_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->api);
  g_assert_finalize_object (fixture->http);
  fake_server_free (fixture->server);
  g_queue_clear (&fixture->answers);
  g_string_free (fixture->calls, TRUE);
  g_string_free (fixture->limited, TRUE);
  g_ptr_array_unref (fixture->unanswered);
}

static void
answer_with (Fixture *fixture, const Answer *answer)
{
  g_queue_push_tail (&fixture->answers, (gpointer) answer);
}

static void
on_answer (GObject *source, GAsyncResult *async_result, gpointer user_data)
{
  Result *result = user_data;

  result->answer = onc_web_api_call_finish (ONC_WEB_API (source), async_result, &result->error);
  result->done = TRUE;
}

static void
begin (Fixture *fixture,
       const char *method,
       OncWebApiFlags flags,
       GCancellable *cancellable,
       Result *result)
{
  const char *const params[] = { NULL };

  onc_web_api_call_async (fixture->api, method, params, flags, cancellable, on_answer, result);
}

static Result
call (Fixture *fixture, const char *method, OncWebApiFlags flags)
{
  Result result = { 0 };

  begin (fixture, method, flags, NULL, &result);
  assert_eventually (result.done);
  return result;
}

static void
test_a_method_is_called_with_its_parameters (Fixture *fixture, gconstpointer data)
{
  static const Answer answer = { 200, NULL, "{'ok':true}" };
  const char *const params[] = { "channel", "C1", "cursor", NULL, "text", "a&b=ü\n", NULL };
  g_auto (Result) result = { 0 };

  answer_with (fixture, &answer);
  onc_web_api_call_async (fixture->api, "chat.postMessage", params, 0, NULL, on_answer, &result);
  assert_eventually (result.done);
  g_assert_no_error (result.error);
  g_assert_true (onc_json_boolean (result.answer, "ok"));
  g_assert_cmpstr (fixture->calls->str, ==, "chat.postMessage?channel=C1&text=a%26b%3D%C3%BC%0A ");
}

static void
test_an_error_says_what_is_to_be_done (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    Answer answer;
    OncApiError class;
    const char *word; /* (nullable) */
    OncError public;
    const char *message;
  } cases[] = {
    { { 200, NULL, "{'ok':false,'error':'invalid_auth'}" },
      ONC_API_ERROR_STOP,
      "invalid_auth",
      ONC_ERROR_DENIED,
      "Slack refused x.y: the token is not accepted (invalid_auth)" },
    { { 200, NULL,
        "{'ok':false,'error':'missing_scope','needed':'chat:write','provided':'users:read'}" },
      ONC_API_ERROR_SCOPE,
      "missing_scope",
      ONC_ERROR_DENIED,
      "Slack refused x.y: the token lacks a permission (missing_scope); it needs chat:write and "
      "has users:read" },
    { { 200, NULL, "{'ok':false,'error':'unknown_method'}" },
      ONC_API_ERROR_MISSING,
      "unknown_method",
      ONC_ERROR_DENIED,
      "Slack refused x.y: the server does not know it (unknown_method)" },
    { { 200, NULL, "{'ok':false,'error':'internal_error'}" },
      ONC_API_ERROR_TRANSIENT,
      "internal_error",
      ONC_ERROR_NOT_CONNECTED,
      "Slack refused x.y: Slack failed (internal_error)" },
    { { 200, NULL, "{'ok':false,'error':'already_reacted'}" },
      ONC_API_ERROR_BENIGN,
      "already_reacted",
      ONC_ERROR_FAILED,
      "Slack refused x.y: the reaction is there already (already_reacted)" },
    { { 200, NULL, "{'ok':false,'error':'message_not_found'}" },
      ONC_API_ERROR_OTHER,
      "message_not_found",
      ONC_ERROR_NOT_FOUND,
      "Slack refused x.y: there is no such message (message_not_found)" },
    { { 200, NULL, "{'ok':false,'error':'restricted_action_thread_locked'}" },
      ONC_API_ERROR_OTHER,
      "restricted_action_thread_locked",
      ONC_ERROR_DENIED,
      "Slack refused x.y: restricted_action_thread_locked" },
    { { 200, NULL, "{'ok':false,'error':'of_tomorrow'}" },
      ONC_API_ERROR_OTHER,
      "of_tomorrow",
      ONC_ERROR_FAILED,
      "Slack refused x.y: of_tomorrow" },
    { { 404, NULL, "{'ok':false,'error':'channel_not_found'}" },
      ONC_API_ERROR_OTHER,
      "channel_not_found",
      ONC_ERROR_NOT_FOUND,
      "Slack refused x.y: there is no such channel (channel_not_found)" },
    { { 404, NULL, "<html>" },
      ONC_API_ERROR_TRANSIENT,
      NULL,
      ONC_ERROR_NOT_CONNECTED,
      "Slack refused x.y: its answer has the status 404" },
    { { 503, NULL, "{'ok':true}" },
      ONC_API_ERROR_TRANSIENT,
      NULL,
      ONC_ERROR_NOT_CONNECTED,
      "Slack refused x.y: its answer has the status 503" },
    { { 200, NULL, "{'ok':tru" },
      ONC_API_ERROR_TRANSIENT,
      NULL,
      ONC_ERROR_NOT_CONNECTED,
      "Slack refused x.y: its answer makes no sense" },
    { { 200, NULL, "{'ok':false,'error':'Some\\nthing <b>else</b>'}" },
      ONC_API_ERROR_TRANSIENT,
      NULL,
      ONC_ERROR_NOT_CONNECTED,
      "Slack refused x.y: its answer makes no sense" },
    { { 200, NULL, "[]" },
      ONC_API_ERROR_TRANSIENT,
      NULL,
      ONC_ERROR_NOT_CONNECTED,
      "Slack refused x.y: its answer makes no sense" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Result) result = { 0 };

      g_queue_clear (&fixture->answers);
      answer_with (fixture, &cases[i].answer);
      result = call (fixture, "x.y", ONC_WEB_API_ONCE);
      g_assert_null (result.answer);
      g_assert_error (result.error, ONC_API_ERROR, (int) cases[i].class);
      g_assert_cmpstr (result.error->message, ==, cases[i].message);
      g_assert_cmpstr (onc_api_error_get_word (result.error), ==, cases[i].word);
      g_assert_cmpint (onc_api_error_to_public (result.error), ==, cases[i].public);
    }
}

static void
test_a_copy_of_an_error_keeps_slacks_word (void)
{
  g_autoptr (cJSON) answer = parse_quoted ("{'error':'is_archived'}");
  g_autoptr (GError) error = onc_api_error_new_from_answer ("x.y", answer);
  g_autoptr (GError) copy = g_error_copy (error);
  g_autoptr (GError) foreign = g_error_new_literal (ONC_ERROR, ONC_ERROR_FAILED, "x");

  g_assert_cmpstr (onc_api_error_get_word (copy), ==, "is_archived");
  g_assert_null (onc_api_error_get_word (foreign));
}

static void
test_a_call_that_is_told_to_wait_is_made_again (Fixture *fixture, gconstpointer data)
{
  static const Answer wait = { 429, "Retry-After: 1\r\n", "" };
  g_auto (Result) result = { 0 };
  gint64 start = g_get_monotonic_time ();

  answer_with (fixture, &wait);
  answer_with (fixture, &ok);
  result = call (fixture, "chat.postMessage", ONC_WEB_API_ONCE);
  g_assert_no_error (result.error);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, G_TIME_SPAN_SECOND);
  g_assert_cmpstr (fixture->calls->str, ==, "chat.postMessage? chat.postMessage? ");
  g_assert_cmpstr (fixture->limited->str, ==, "chat.postMessage:1 ");
}

static void
test_waiting_holds_up_one_method_only (Fixture *fixture, gconstpointer data)
{
  static const Answer wait = { 200, "Retry-After: 3000\r\n", "{'ok':false,'error':'ratelimited'}" };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Result) first = { 0 };
  g_auto (Result) second = { 0 };
  g_auto (Result) other = { 0 };

  answer_with (fixture, &wait);
  answer_with (fixture, &ok);
  begin (fixture, "users.info", ONC_WEB_API_REPEAT, cancellable, &first);
  assert_eventually (fixture->limited->len > 0);
  begin (fixture, "users.info", ONC_WEB_API_REPEAT, cancellable, &second);
  other = call (fixture, "users.list", ONC_WEB_API_REPEAT);
  g_assert_no_error (other.error);
  g_assert_cmpstr (fixture->calls->str, ==, "users.info? users.list? ");
  g_assert_cmpstr (fixture->limited->str, ==, "users.info:3000 ");

  g_assert_false (first.done || second.done);
  g_cancellable_cancel (cancellable);
  assert_eventually (first.done && second.done);
  g_assert_error (first.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_error (second.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_a_wait_without_a_length_is_half_a_minute (Fixture *fixture, gconstpointer data)
{
  static const Answer waits[] = { { 429, NULL, "" }, { 429, "Retry-After: 999999999\r\n", "" } };

  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_auto (Result) result = { 0 };

      g_queue_clear (&fixture->answers);
      g_string_truncate (fixture->limited, 0);
      answer_with (fixture, &waits[i]);
      begin (fixture, i == 0 ? "a.b" : "c.d", ONC_WEB_API_REPEAT, cancellable, &result);
      assert_eventually (fixture->limited->len > 0);
      g_assert_cmpstr (fixture->limited->str, ==, i == 0 ? "a.b:30 " : "c.d:3600 ");
      g_cancellable_cancel (cancellable);
      assert_eventually (result.done);
    }
}

static void
test_reading_is_repeated_when_it_failed_in_passing (Fixture *fixture, gconstpointer data)
{
  static const Answer failure = { 500, NULL, "" };
  g_auto (Result) result = { 0 };

  answer_with (fixture, &failure);
  answer_with (fixture, &failure);
  answer_with (fixture, &ok);
  result = call (fixture, "users.info", ONC_WEB_API_REPEAT);
  g_assert_no_error (result.error);
  g_assert_cmpstr (fixture->calls->str, ==, "users.info? users.info? users.info? ");
}

static void
test_reading_is_given_up_after_some_tries (Fixture *fixture, gconstpointer data)
{
  static const Answer failure = { 500, NULL, "" };
  g_auto (Result) result = { 0 };

  answer_with (fixture, &failure);
  result = call (fixture, "a.b", ONC_WEB_API_REPEAT);
  g_assert_error (result.error, ONC_API_ERROR, ONC_API_ERROR_TRANSIENT);
  g_assert_cmpstr (fixture->calls->str, ==, "a.b? a.b? a.b? a.b? ");
}

static void
test_writing_is_never_repeated_unasked (Fixture *fixture, gconstpointer data)
{
  static const Answer failure = { 200, NULL, "{'ok':false,'error':'fatal_error'}" };
  g_auto (Result) result = { 0 };

  answer_with (fixture, &failure);
  result = call (fixture, "chat.postMessage", ONC_WEB_API_ONCE);
  g_assert_error (result.error, ONC_API_ERROR, ONC_API_ERROR_TRANSIENT);
  g_assert_cmpstr (fixture->calls->str, ==, "chat.postMessage? ");
}

static void
test_an_unreachable_slack_is_transient (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OncWebApi) elsewhere = onc_web_api_new (fixture->http, "http://127.0.0.1:1/api/",
                                                     "xoxp-1");
  g_autoptr (OncWebApi) clear = onc_web_api_new (fixture->http, "http://slack.com/api/", "xoxp-1");
  const char *const params[] = { NULL };
  g_auto (Result) refused = { 0 };
  g_auto (Result) forbidden = { 0 };

  onc_web_api_call_async (elsewhere, "a.b", params, 0, NULL, on_answer, &refused);
  assert_eventually (refused.done);
  g_assert_error (refused.error, ONC_API_ERROR, ONC_API_ERROR_TRANSIENT);
  onc_web_api_call_async (clear, "a.b", params, 0, NULL, on_answer, &forbidden);
  assert_eventually (forbidden.done);
  g_assert_error (forbidden.error, ONC_API_ERROR, ONC_API_ERROR_STOP);
}

static void
test_calls_can_be_cancelled_wherever_they_are (Fixture *fixture, gconstpointer data)
{
  static const Answer failure = { 500, NULL, "" };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Result results[9] = { 0 };
  g_auto (Result) pausing = { 0 };

  answer_with (fixture, &silence);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    begin (fixture, "users.info", ONC_WEB_API_REPEAT, cancellable, &results[i]);
  assert_eventually (fixture->unanswered->len == 6);
  g_queue_clear (&fixture->answers);
  answer_with (fixture, &failure);
  onc_web_api_set_pause (fixture->api, 1000 * ONC_SECOND);
  begin (fixture, "users.list", ONC_WEB_API_REPEAT, cancellable, &pausing);
  assert_eventually (g_str_has_suffix (fixture->calls->str, "users.list? "));

  g_cancellable_cancel (cancellable);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      assert_eventually (results[i].done);
      g_assert_error (results[i].error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      result_clear (&results[i]);
    }
  assert_eventually (pausing.done);
  g_assert_error (pausing.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_a_few_calls_of_a_method_are_under_way_at_once (Fixture *fixture, gconstpointer data)
{
  Result results[20] = { 0 };

  answer_with (fixture, &silence);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    begin (fixture, "users.info", ONC_WEB_API_REPEAT, NULL, &results[i]);
  for (guint answered = 0; answered < G_N_ELEMENTS (results); answered++)
    {
      guint left = G_N_ELEMENTS (results) - answered;

      assert_eventually (fixture->unanswered->len == MIN (left, 6));
      fake_peer_answer (g_ptr_array_steal_index (fixture->unanswered, 0), "{'ok':true}");
    }
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      assert_eventually (results[i].done);
      g_assert_no_error (results[i].error);
      result_clear (&results[i]);
    }
}

static void
test_one_call_at_a_time_is_under_way_after_a_wait (Fixture *fixture, gconstpointer data)
{
  static const Answer wait = { 429, "Retry-After: 1\r\n", "" };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Result results[8] = { 0 };
  gint64 resumed;

  answer_with (fixture, &wait);
  answer_with (fixture, &wait);
  answer_with (fixture, &wait);
  answer_with (fixture, &wait);
  answer_with (fixture, &wait);
  answer_with (fixture, &wait);
  answer_with (fixture, &silence);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    begin (fixture, "users.info", ONC_WEB_API_REPEAT, cancellable, &results[i]);
  assert_eventually (fixture->unanswered->len == 1);
  /* The pace allows the next one after 0.6 s, but this one is not answered yet */
  resumed = g_get_monotonic_time ();
  assert_eventually (g_get_monotonic_time () > resumed + G_TIME_SPAN_SECOND);
  g_assert_cmpuint (fixture->unanswered->len, ==, 1);
  g_cancellable_cancel (cancellable);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      assert_eventually (results[i].done);
      result_clear (&results[i]);
    }
}

static gboolean
take_page (const cJSON *page, gpointer user_data)
{
  GString *pages = user_data;

  g_string_append_printf (pages, "%s ", onc_json_string (page, "name"));
  return g_strcmp0 (onc_json_string (page, "name"), "enough") != 0;
}

static void
on_list (GObject *source, GAsyncResult *async_result, gpointer user_data)
{
  Result *result = user_data;

  result->done = TRUE;
  if (onc_web_api_list_finish (ONC_WEB_API (source), async_result, &result->error))
    g_assert_no_error (result->error);
}

static Result
list (Fixture *fixture, GString *pages)
{
  const char *const params[] = { "limit", "200", NULL };
  Result result = { 0 };

  onc_web_api_list_async (fixture->api, "users.list", params, take_page, pages, NULL, on_list,
                          &result);
  assert_eventually (result.done);
  return result;
}

static void
test_a_list_is_read_to_its_last_page (Fixture *fixture, gconstpointer data)
{
  static const Answer pages[] = {
    { 200, NULL, "{'ok':true,'name':'a','response_metadata':{'next_cursor':'dXNlcg=='}}" },
    { 500, NULL, "" },
    { 200, NULL, "{'ok':true,'name':'empty','response_metadata':{'next_cursor':'bW9yZQ=='}}" },
    { 200, NULL, "{'ok':true,'name':'c','response_metadata':{'next_cursor':''}}" },
  };
  g_autoptr (GString) read = g_string_new (NULL);
  g_auto (Result) result = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    answer_with (fixture, &pages[i]);
  result = list (fixture, read);
  g_assert_no_error (result.error);
  g_assert_cmpstr (read->str, ==, "a empty c ");
  g_assert_cmpstr (fixture->calls->str, ==,
                   "users.list?limit=200 "
                   "users.list?limit=200&cursor=dXNlcg%3D%3D "
                   "users.list?limit=200&cursor=dXNlcg%3D%3D "
                   "users.list?limit=200&cursor=bW9yZQ%3D%3D ");
}

static void
test_a_list_ends_when_enough_was_read (Fixture *fixture, gconstpointer data)
{
  static const Answer page = {
    200, NULL, "{'ok':true,'name':'enough','response_metadata':{'next_cursor':'x'}}"
  };
  g_autoptr (GString) read = g_string_new (NULL);
  g_auto (Result) result = { 0 };

  answer_with (fixture, &page);
  result = list (fixture, read);
  g_assert_no_error (result.error);
  g_assert_cmpstr (read->str, ==, "enough ");
}

static void
test_a_list_that_goes_round_in_circles_is_an_error (Fixture *fixture, gconstpointer data)
{
  static const Answer page = { 200, NULL,
                               "{'ok':true,'name':'a','response_metadata':{'next_cursor':'x'}}" };
  g_autoptr (GString) read = g_string_new (NULL);
  g_auto (Result) result = { 0 };

  answer_with (fixture, &page);
  result = list (fixture, read);
  g_assert_error (result.error, ONC_API_ERROR, ONC_API_ERROR_TRANSIENT);
  g_assert_cmpstr (read->str, ==, "a a ");
}

static GLogWriterOutput
count_warnings (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  guint *n_warnings = user_data;

  if (level == G_LOG_LEVEL_WARNING)
    (*n_warnings)++;
  for (gsize i = 0; i < n_fields; i++)
    {
      if (g_str_equal (fields[i].key, "MESSAGE"))
        g_assert_null (strstr (fields[i].value, "xoxp"));
    }
  return G_LOG_WRITER_HANDLED;
}

static guint n_warnings;

static void
test_a_wrong_call_is_logged_as_our_fault (Fixture *fixture, gconstpointer data)
{
  static const Answer wrong = { 200, NULL, "{'ok':false,'error':'invalid_arguments'}" };
  guint before = n_warnings;
  g_auto (Result) result = { 0 };

  answer_with (fixture, &wrong);
  result = call (fixture, "a.b", ONC_WEB_API_REPEAT);
  g_assert_error (result.error, ONC_API_ERROR, ONC_API_ERROR_BUG);
  g_assert_cmpuint (n_warnings, ==, before + 1);
  g_assert_cmpstr (fixture->calls->str, ==, "a.b? ");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_writer_func (count_warnings, &n_warnings, NULL);
#define ADD(sentence, function)                                                                    \
  g_test_add ("/web-api/" sentence, Fixture, NULL, set_up, function, tear_down)
  ADD ("a method is called with its parameters", test_a_method_is_called_with_its_parameters);
  ADD ("an error says what is to be done", test_an_error_says_what_is_to_be_done);
  g_test_add_func ("/web-api/a copy of an error keeps Slack's word",
                   test_a_copy_of_an_error_keeps_slacks_word);
  ADD ("a call that is told to wait is made again", test_a_call_that_is_told_to_wait_is_made_again);
  ADD ("waiting holds up one method only", test_waiting_holds_up_one_method_only);
  ADD ("a wait without a length is half a minute", test_a_wait_without_a_length_is_half_a_minute);
  ADD ("reading is repeated when it failed in passing",
       test_reading_is_repeated_when_it_failed_in_passing);
  ADD ("reading is given up after some tries", test_reading_is_given_up_after_some_tries);
  ADD ("writing is never repeated unasked", test_writing_is_never_repeated_unasked);
  ADD ("an unreachable Slack is transient", test_an_unreachable_slack_is_transient);
  ADD ("calls can be cancelled wherever they are", test_calls_can_be_cancelled_wherever_they_are);
  ADD ("a few calls of a method are under way at once",
       test_a_few_calls_of_a_method_are_under_way_at_once);
  ADD ("one call at a time is under way after a wait",
       test_one_call_at_a_time_is_under_way_after_a_wait);
  ADD ("a list is read to its last page", test_a_list_is_read_to_its_last_page);
  ADD ("a list ends when enough was read", test_a_list_ends_when_enough_was_read);
  ADD ("a list that goes round in circles is an error",
       test_a_list_that_goes_round_in_circles_is_an_error);
  ADD ("a wrong call is logged as our fault", test_a_wrong_call_is_logged_as_our_fault);
#undef ADD
  return g_test_run ();
}
