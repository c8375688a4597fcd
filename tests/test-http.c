/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "http.h"

#include <string.h>

#include "error.h"
#include "fake-certificate.h"
#include "fake-server.h"

typedef void (*Answer) (FakePeer *peer, const FakeRequest *request);

typedef struct
{
  FakeServer *server; /* (owned) */
  OncHttp *http;      /* (owned) */
  Answer answer;
  guint n_requests;
  char *path;          /* (owned) of the last request, and so on */
  char *body;          /* (owned) */
  char *authorization; /* (owned) */
  char *user_agent;    /* (owned) */
} Fixture;

typedef struct
{
  gboolean done;
  OncHttpResponse *response; /* (owned) (nullable) */
  GError *error;             /* (owned) (nullable) */
} Result;

static void
result_clear (Result *self)
{
  g_clear_pointer (&self->response, onc_http_response_free);
  g_clear_error (&self->error);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Result, result_clear)

static void
keep (char **member, const char *value)
{
  g_free (*member);
  *member = g_strdup (value);
}

static void
on_request (FakePeer *peer, const FakeRequest *request, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_requests++;
  keep (&fixture->path, request->path);
  keep (&fixture->body, request->body);
  keep (&fixture->authorization, g_hash_table_lookup (request->headers, "authorization"));
  keep (&fixture->user_agent, g_hash_table_lookup (request->headers, "user-agent"));
  fixture->answer (peer, request);
}

static void
answer_ok (FakePeer *peer, const FakeRequest *request)
{
  fake_peer_respond (peer, 200, NULL, "{\"ok\":true}");
}

static void
set_up_with (Fixture *fixture, GTlsCertificate *certificate)
{
  const FakeHandlers handlers = { .request = on_request };

  fixture->server = fake_server_new (&handlers, certificate, fixture);
  fixture->http = onc_http_new ("oncalld/test");
  fixture->answer = answer_ok;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  set_up_with (fixture, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->http);
  fake_server_free (fixture->server);
  g_free (fixture->path);
  g_free (fixture->body);
  g_free (fixture->authorization);
  g_free (fixture->user_agent);
}

static void
on_answer (GObject *source, GAsyncResult *async_result, gpointer user_data)
{
  Result *result = user_data;

  result->response = onc_http_request_finish (ONC_HTTP (source), async_result, &result->error);
  result->done = TRUE;
}

static Result
ask (Fixture *fixture, const char *url)
{
  Result result = { 0 };

  onc_http_request_async (fixture->http, url, "xoxp-1", "a=1&b=2", FALSE, NULL, on_answer, &result);
  assert_eventually (result.done);
  return result;
}

static Result
ask_server (Fixture *fixture)
{
  g_autofree char *url = fake_server_url (fixture->server, "http", "api/x");

  return ask (fixture, url);
}

static void
test_a_form_is_posted_and_the_answer_read (Fixture *fixture, gconstpointer data)
{
  g_auto (Result) result = ask_server (fixture);

  g_assert_no_error (result.error);
  g_assert_cmpstr (fixture->path, ==, "/api/x");
  g_assert_cmpstr (fixture->body, ==, "a=1&b=2");
  g_assert_cmpstr (fixture->authorization, ==, "Bearer xoxp-1");
  g_assert_cmpstr (fixture->user_agent, ==, "oncalld/test");
  g_assert_cmpuint (result.response->status, ==, 200);
  g_assert_cmpstr (result.response->body, ==, "{\"ok\":true}");
  g_assert_cmpuint (result.response->length, ==, 11);
  g_assert_cmpuint (result.response->retry_after, ==, 0);
}

static void
answer_wait (FakePeer *peer, const FakeRequest *request)
{
  fake_peer_respond (peer, 429, "Retry-After: 30\r\n", "");
}

static void
test_the_time_to_wait_is_read (Fixture *fixture, gconstpointer data)
{
  g_auto (Result) result = { 0 };

  fixture->answer = answer_wait;
  result = ask_server (fixture);
  g_assert_cmpuint (result.response->status, ==, 429);
  g_assert_cmpuint (result.response->retry_after, ==, 30);
}

static void
answer_elsewhere (FakePeer *peer, const FakeRequest *request)
{
  fake_peer_respond (peer, 302, "Location: /other\r\n", "");
}

static void
test_a_redirect_is_not_followed (Fixture *fixture, gconstpointer data)
{
  g_auto (Result) result = { 0 };

  fixture->answer = answer_elsewhere;
  result = ask_server (fixture);
  g_assert_cmpuint (result.response->status, ==, 302);
  g_assert_cmpstr (fixture->path, ==, "/api/x");
}

static void
test_http_is_for_loopback_only (void)
{
  const char *const allowed[] = { "https://slack.com/api/",    "http://127.0.0.1:8080/api/",
                                  "http://localhost/",         "http://LOCALHOST:1/",
                                  "http://[::1]:8080/x",       "http://127.8.9.1/",
                                  "https://slack.example:4433" };
  const char *const refused[] = { "http://slack.com/api/",
                                  "http://127.0.0.1.example/",
                                  "http://localhost.example/",
                                  "http://[fe80::1]/",
                                  "http://10.0.0.1/",
                                  "http://user@127.0.0.1/",
                                  "http://slack.com@127.0.0.1/",
                                  "ftp://127.0.0.1/",
                                  "file:///etc/passwd",
                                  "127.0.0.1",
                                  "",
                                  "https://" };

  for (guint i = 0; i < G_N_ELEMENTS (allowed); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (onc_http_check_url (allowed[i], &error));
      g_assert_no_error (error);
    }
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (onc_http_check_url (refused[i], &error));
      g_assert_error (error, ONC_ERROR, ONC_ERROR_CONFIG);
    }
}

static void
test_a_request_to_elsewhere_in_the_clear_fails (Fixture *fixture, gconstpointer data)
{
  g_auto (Result) result = ask (fixture, "http://slack.com/api/auth.test");

  g_assert_error (result.error, ONC_ERROR, ONC_ERROR_CONFIG);
}

static void
test_a_refused_connection_is_said (Fixture *fixture, gconstpointer data)
{
  g_autofree char *url = fake_server_url (fixture->server, "http", "");
  g_auto (Result) result = { 0 };
  const FakeHandlers handlers = { .request = on_request };

  fake_server_free (fixture->server);
  result = ask (fixture, url);
  g_assert_error (result.error, ONC_ERROR, ONC_ERROR_NOT_CONNECTED);
  g_assert_true (g_str_has_prefix (result.error->message, "cannot reach Slack: failed to connect"));
  fixture->server = fake_server_new (&handlers, NULL, fixture);
}

static void
answer_never (FakePeer *peer, const FakeRequest *request)
{
}

static void
answer_slowly (FakePeer *peer, const FakeRequest *request)
{
  const char start[] = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nslow";

  fake_peer_send (peer, start, sizeof start - 1);
}

static void
test_an_answer_that_does_not_come_is_not_waited_for (Fixture *fixture, gconstpointer data)
{
  const OncHttpTimings timings = { .connect = ONC_SECOND, .answer = ONC_SECOND / 20 };
  const Answer answers[] = { answer_never, answer_slowly };

  onc_http_set_timings (fixture->http, &timings);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_auto (Result) result = { 0 };

      fixture->answer = answers[i];
      result = ask_server (fixture);
      g_assert_error (result.error, ONC_ERROR, ONC_ERROR_NOT_CONNECTED);
    }
}

static void
answer_half (FakePeer *peer, const FakeRequest *request)
{
  answer_slowly (peer, request);
  fake_peer_close (peer);
}

static void
answer_reset (FakePeer *peer, const FakeRequest *request)
{
  fake_peer_reset (peer);
}

static void
test_a_broken_answer_is_no_answer (Fixture *fixture, gconstpointer data)
{
  const Answer answers[] = { answer_half, answer_reset };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_auto (Result) result = { 0 };

      fixture->answer = answers[i];
      result = ask_server (fixture);
      g_assert_error (result.error, ONC_ERROR, ONC_ERROR_NOT_CONNECTED);
    }
}

static void
answer_endlessly (FakePeer *peer, const FakeRequest *request)
{
  g_autofree char *body = g_strnfill (17 * 1024 * 1024, 'x');

  fake_peer_respond (peer, 200, NULL, body);
}

static void
test_an_answer_that_is_too_large_is_refused (Fixture *fixture, gconstpointer data)
{
  g_auto (Result) result = { 0 };

  fixture->answer = answer_endlessly;
  result = ask_server (fixture);
  g_assert_error (result.error, ONC_ERROR, ONC_ERROR_FAILED);
}

static void
test_a_request_can_be_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autofree char *url = fake_server_url (fixture->server, "http", "api/x");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Result) under_way = { 0 };
  g_auto (Result) before = { 0 };

  fixture->answer = answer_never;
  onc_http_request_async (fixture->http, url, NULL, "", FALSE, cancellable, on_answer, &under_way);
  assert_eventually (fixture->path != NULL);
  g_assert_null (fixture->authorization);
  g_cancellable_cancel (cancellable);
  assert_eventually (under_way.done);
  g_assert_error (under_way.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_eventually (fake_server_count_open (fixture->server) == 0);

  onc_http_request_async (fixture->http, url, NULL, "", FALSE, cancellable, on_answer, &before);
  assert_eventually (before.done);
  g_assert_error (before.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_connections_are_reused_until_they_are_dropped (Fixture *fixture, gconstpointer data)
{
  g_auto (Result) first = ask_server (fixture);
  g_auto (Result) second = ask_server (fixture);
  g_auto (Result) third = { 0 };

  g_assert_no_error (first.error);
  g_assert_no_error (second.error);
  g_assert_cmpuint (fake_server_count_accepted (fixture->server), ==, 1);
  onc_http_drop_connections (fixture->http);
  third = ask_server (fixture);
  g_assert_no_error (third.error);
  g_assert_cmpuint (fake_server_count_accepted (fixture->server), ==, 2);
  assert_eventually (fake_server_count_open (fixture->server) == 1);
}

static void
test_requests_under_way_survive_the_dropping (Fixture *fixture, gconstpointer data)
{
  g_autofree char *url = fake_server_url (fixture->server, "http", "api/x");
  g_auto (Result) result = { 0 };

  onc_http_request_async (fixture->http, url, NULL, "", FALSE, NULL, on_answer, &result);
  onc_http_drop_connections (fixture->http);
  assert_eventually (result.done);
  g_assert_no_error (result.error);
}

static void
test_a_request_to_be_made_once_is_made_once (Fixture *fixture, gconstpointer data)
{
  g_autofree char *url = fake_server_url (fixture->server, "http", "api/x");
  g_auto (Result) before = ask_server (fixture);
  g_auto (Result) broken = { 0 };

  /* The connection stands; on it, libcurl would try again */
  g_assert_no_error (before.error);
  fixture->answer = answer_reset;
  onc_http_request_async (fixture->http, url, NULL, "", TRUE, NULL, on_answer, &broken);
  assert_eventually (broken.done);
  g_assert_error (broken.error, ONC_ERROR, ONC_ERROR_NOT_CONNECTED);
  g_assert_cmpuint (fixture->n_requests, ==, 2);
}

static void
test_many_requests_at_once_are_all_answered (Fixture *fixture, gconstpointer data)
{
  g_autofree char *url = fake_server_url (fixture->server, "http", "api/x");
  Result results[20] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    onc_http_request_async (fixture->http, url, NULL, "", FALSE, NULL, on_answer, &results[i]);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      assert_eventually (results[i].done);
      g_assert_no_error (results[i].error);
      result_clear (&results[i]);
    }
}

static void
test_a_proxy_is_asked_for_https_and_never_for_loopback (Fixture *fixture, gconstpointer data)
{
  g_autofree char *proxy = fake_server_url (fixture->server, "http", "");
  g_auto (Result) plain = { 0 };
  g_auto (Result) secure = { 0 };

  g_setenv ("http_proxy", "http://127.0.0.1:1/", TRUE);
  g_setenv ("https_proxy", proxy, TRUE);
  plain = ask_server (fixture);
  secure = ask (fixture, "https://slack.example/api/x");
  g_unsetenv ("http_proxy");
  g_unsetenv ("https_proxy");

  g_assert_no_error (plain.error);
  g_assert_error (secure.error, ONC_ERROR, ONC_ERROR_NOT_CONNECTED);
  g_assert_cmpstr (fixture->path, ==, "slack.example:443");
  g_assert_null (fixture->authorization);
}

/* @name, @days: of the server's certificate. @trusted: whether its authority is. */
static Result
ask_over_tls (const char *name, int days, gboolean trusted)
{
  g_autoptr (FakeCertificate) certificate = fake_certificate_new (name, days);
  Fixture fixture = { 0 };
  g_autofree char *url = NULL;
  Result result;

  set_up_with (&fixture, certificate->certificate);
  url = fake_server_url (fixture.server, "https", "api/x");
  if (trusted)
    onc_http_set_ca_file (fixture.http, certificate->path);
  result = ask (&fixture, url);
  g_assert_true (result.error == NULL || fixture.authorization == NULL);
  tear_down (&fixture, NULL);

  return result;
}

static void
test_a_trusted_certificate_is_accepted (void)
{
  g_auto (Result) result = ask_over_tls ("IP:127.0.0.1", 1, TRUE);

  g_assert_no_error (result.error);
  g_assert_cmpuint (result.response->status, ==, 200);
}

static void
test_a_certificate_that_does_not_hold_is_refused (void)
{
  g_auto (Result) unknown = ask_over_tls ("IP:127.0.0.1", 1, FALSE);
  g_auto (Result) other_host = ask_over_tls ("DNS:slack.example", 1, TRUE);
  g_auto (Result) expired = ask_over_tls ("IP:127.0.0.1", -1, TRUE);

  g_assert_error (unknown.error, ONC_ERROR, ONC_ERROR_NOT_CONNECTED);
  g_assert_error (other_host.error, ONC_ERROR, ONC_ERROR_NOT_CONNECTED);
  g_assert_error (expired.error, ONC_ERROR, ONC_ERROR_NOT_CONNECTED);
  g_assert_nonnull (strstr (expired.error->message, "expired"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("no_proxy", "", TRUE);
#define ADD(sentence, function)                                                                    \
  g_test_add ("/http/" sentence, Fixture, NULL, set_up, function, tear_down)
  ADD ("a form is posted and the answer read", test_a_form_is_posted_and_the_answer_read);
  ADD ("the time to wait is read", test_the_time_to_wait_is_read);
  ADD ("a redirect is not followed", test_a_redirect_is_not_followed);
  g_test_add_func ("/http/http is for loopback only", test_http_is_for_loopback_only);
  ADD ("a request to elsewhere in the clear fails", test_a_request_to_elsewhere_in_the_clear_fails);
  ADD ("a refused connection is said", test_a_refused_connection_is_said);
  ADD ("an answer that does not come is not waited for",
       test_an_answer_that_does_not_come_is_not_waited_for);
  ADD ("a broken answer is no answer", test_a_broken_answer_is_no_answer);
  ADD ("an answer that is too large is refused", test_an_answer_that_is_too_large_is_refused);
  ADD ("a request can be cancelled", test_a_request_can_be_cancelled);
  ADD ("connections are reused until they are dropped",
       test_connections_are_reused_until_they_are_dropped);
  ADD ("requests under way survive the dropping", test_requests_under_way_survive_the_dropping);
  ADD ("a request to be made once is made once", test_a_request_to_be_made_once_is_made_once);
  ADD ("many requests at once are all answered", test_many_requests_at_once_are_all_answered);
  ADD ("a proxy is asked for https, and never for loopback",
       test_a_proxy_is_asked_for_https_and_never_for_loopback);
  g_test_add_func ("/http/a trusted certificate is accepted",
                   test_a_trusted_certificate_is_accepted);
  g_test_add_func ("/http/a certificate that does not hold is refused",
                   test_a_certificate_that_does_not_hold_is_refused);
#undef ADD
  return g_test_run ();
}
