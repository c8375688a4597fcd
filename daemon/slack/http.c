/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "http.h"

#include <string.h>

#include "curl-loop.h"
#include "error.h"

/* Slack's pages hold a few hundred messages, a megabyte or so; an answer beyond this is none of
 * Slack's, and must not fill the memory. */
#define MAX_BODY_BYTES (16 * 1024 * 1024)

/* Long enough for a page over a bad line, short enough to try again while somebody waits. */
static const OncHttpTimings default_timings = { .connect = 10 * ONC_SECOND,
                                                .answer = 20 * ONC_SECOND };

struct _OncHttp
{
  GObject parent_instance;

  char *user_agent; /* (owned) */
  char *ca_file;    /* (owned) (nullable) */
  OncHttpTimings timings;
  OncCurlLoop *loop; /* (owned) of new requests; those under way may have an older one */
};

/* A request under way. */
typedef struct
{
  OncTransfer *transfer;      /* (owned) (nullable) */
  struct curl_slist *headers; /* (owned) (nullable) */
  char *form;                 /* (owned) */
  GString *body;              /* (owned) (nullable) */
  gboolean too_large;
  GSource *cancelled; /* (owned) (nullable) */
} Request;

G_DEFINE_FINAL_TYPE (OncHttp, onc_http, G_TYPE_OBJECT)

/* Ends whatever could still call back. */
static void
request_stop (Request *self)
{
  g_clear_pointer (&self->transfer, onc_transfer_free);
  if (self->cancelled != NULL)
    g_source_destroy (self->cancelled);
  g_clear_pointer (&self->cancelled, g_source_unref);
}

static void
request_free (Request *self)
{
  request_stop (self);
  curl_slist_free_all (self->headers);
  g_free (self->form);
  if (self->body != NULL)
    g_string_free (self->body, TRUE);
  g_free (self);
}

void
onc_http_response_free (OncHttpResponse *self)
{
  g_free (self->body);
  g_free (self);
}

static gboolean
is_loopback (const char *host)
{
  g_autofree char *bare = NULL;
  g_autoptr (GInetAddress) address = NULL;

  /* libcurl itself takes this name for the loopback address, whatever the resolver says */
  if (g_ascii_strcasecmp (host, "localhost") == 0)
    return TRUE;

  bare = g_strdup (*host == '[' ? host + 1 : host);
  if (g_str_has_suffix (bare, "]"))
    bare[strlen (bare) - 1] = '\0';
  address = g_inet_address_new_from_string (bare);
  return address != NULL && g_inet_address_get_is_loopback (address);
}

/* @insecure: (out): whether it is http. */
static gboolean
check_url (const char *url, gboolean *insecure, GError **error)
{
  CURLU *parsed = curl_url ();
  char *scheme = NULL;
  char *host = NULL;
  gboolean allowed = FALSE;

  *insecure = FALSE;
  if (curl_url_set (parsed, CURLUPART_URL, url, CURLU_DISALLOW_USER) != CURLUE_OK ||
      curl_url_get (parsed, CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK ||
      curl_url_get (parsed, CURLUPART_HOST, &host, 0) != CURLUE_OK)
    {
      g_set_error_literal (error, ONC_ERROR, ONC_ERROR_CONFIG, "the address is no valid URL");
    }
  else if (g_str_equal (scheme, "https"))
    {
      allowed = TRUE;
    }
  else if (g_str_equal (scheme, "http") && is_loopback (host))
    {
      allowed = TRUE;
      *insecure = TRUE;
    }
  else
    {
      g_set_error (error, ONC_ERROR, ONC_ERROR_CONFIG,
                   "“%s” may be reached over https only, not over %s", host, scheme);
    }
  curl_free (scheme);
  curl_free (host);
  curl_url_cleanup (parsed);

  return allowed;
}

gboolean
onc_http_check_url (const char *url, GError **error)
{
  gboolean insecure;

  return check_url (url, &insecure, error);
}

CURL *
onc_http_new_easy (OncHttp *self, const char *url, GError **error)
{
  gboolean insecure;
  CURL *easy;

  if (!check_url (url, &insecure, error))
    return NULL;

  easy = curl_easy_init ();
  curl_easy_setopt (easy, CURLOPT_URL, url);
  curl_easy_setopt (easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt (easy, CURLOPT_USERAGENT, self->user_agent);
  curl_easy_setopt (easy, CURLOPT_CONNECTTIMEOUT_MS, (long) (self->timings.connect / 1000));
  curl_easy_setopt (easy, CURLOPT_NOSIGNAL, 1L);
  /* The resolver is a thread; without this, giving up waits for it and freezes the loop while a
   * dead name server times out. */
  curl_easy_setopt (easy, CURLOPT_QUICK_EXIT, 1L);
  if (self->ca_file != NULL)
    curl_easy_setopt (easy, CURLOPT_CAINFO, self->ca_file);
  /* What goes out in the clear, token included, must not leave this machine */
  if (insecure)
    curl_easy_setopt (easy, CURLOPT_NOPROXY, "*");

  return easy;
}

static size_t
on_body (char *bytes, size_t size, size_t n, void *user_data)
{
  Request *request = user_data;

  if (request->body->len + size * n > MAX_BODY_BYTES)
    {
      request->too_large = TRUE;
      return 0;
    }
  g_string_append_len (request->body, bytes, size * n);
  return size * n;
}

/* Returns: (transfer full): takes the body out of @request. */
static OncHttpResponse *
make_response (Request *request)
{
  CURL *easy = onc_transfer_get_easy (request->transfer);
  OncHttpResponse *response = g_new0 (OncHttpResponse, 1);
  long status = 0;
  curl_off_t retry_after = 0;

  curl_easy_getinfo (easy, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo (easy, CURLINFO_RETRY_AFTER, &retry_after);
  response->status = (guint) status;
  response->retry_after = (guint) CLAMP (retry_after, 0, G_MAXINT);
  response->length = request->body->len;
  response->body = g_string_free (g_steal_pointer (&request->body), FALSE);

  return response;
}

static void
on_done (OncTransfer *transfer, CURLcode result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Request *request = g_task_get_task_data (task);
  OncHttpResponse *response = NULL;
  GError *error = NULL;

  if (result == CURLE_OK)
    response = make_response (request);
  else if (request->too_large)
    g_set_error (&error, ONC_ERROR, ONC_ERROR_FAILED, "Slack's answer is larger than %d MB",
                 MAX_BODY_BYTES / (1024 * 1024));
  else
    onc_transfer_set_error (transfer, result, &error);
  request_stop (request);

  if (response != NULL)
    g_task_return_pointer (task, response, (GDestroyNotify) onc_http_response_free);
  else
    g_task_return_error (task, error);
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  request_stop (g_task_get_task_data (task));
  g_task_return_error_if_cancelled (task);

  return G_SOURCE_REMOVE;
}

void
onc_http_request_async (OncHttp *self,
                        const char *url,
                        const char *token,
                        const char *form,
                        gboolean once,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Request *request;
  GError *error = NULL;
  CURL *easy;

  g_task_set_source_tag (task, G_GNUC_EXTENSION (gpointer) onc_http_request_async);
  easy = onc_http_new_easy (self, url, &error);
  if (easy == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  request = g_new0 (Request, 1);
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  request->form = g_strdup (form);
  request->body = g_string_new (NULL);
  request->headers = curl_slist_append (
      NULL, "Content-Type: application/x-www-form-urlencoded; charset=utf-8");
  if (token != NULL)
    {
      g_autofree char *authorization = g_strdup_printf ("Authorization: Bearer %s", token);

      request->headers = curl_slist_append (request->headers, authorization);
    }
  curl_easy_setopt (easy, CURLOPT_HTTPHEADER, request->headers);
  curl_easy_setopt (easy, CURLOPT_POSTFIELDS, request->form);
  curl_easy_setopt (easy, CURLOPT_TIMEOUT_MS, (long) (self->timings.answer / 1000));
  curl_easy_setopt (easy, CURLOPT_ACCEPT_ENCODING, "");
  /* libcurl repeats, by itself, what a reused connection has not answered before it broke */
  curl_easy_setopt (easy, CURLOPT_FRESH_CONNECT, once ? 1L : 0L);
  curl_easy_setopt (easy, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt (easy, CURLOPT_WRITEDATA, request);

  if (cancellable != NULL)
    {
      request->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (request->cancelled, G_SOURCE_FUNC (on_cancelled), task, NULL);
      g_source_attach (request->cancelled, g_main_context_get_thread_default ());
    }
  /* The task is on_done()'s or on_cancelled()'s now: whichever comes first */
  request->transfer = onc_transfer_new (self->loop, easy, on_done, g_steal_pointer (&task));
}

OncHttpResponse *
onc_http_request_finish (OncHttp *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

const char *
onc_http_get_user_agent (OncHttp *self)
{
  return self->user_agent;
}

void
onc_http_set_ca_file (OncHttp *self, const char *path)
{
  g_free (self->ca_file);
  self->ca_file = g_strdup (path);
}

void
onc_http_set_timings (OncHttp *self, const OncHttpTimings *timings)
{
  self->timings = *timings;
}

void
onc_http_hurry (OncHttp *self, guint times)
{
  guint most = MIN (times, ONC_HTTP_MOST_HURRY);

  self->timings.connect /= most;
  self->timings.answer /= most;
}

void
onc_http_drop_connections (OncHttp *self)
{
  /* Requests under way keep the old loop, and with it their connections, until they are done */
  onc_curl_loop_unref (self->loop);
  self->loop = onc_curl_loop_new ();
}

static void
onc_http_finalize (GObject *object)
{
  OncHttp *self = ONC_HTTP (object);

  g_free (self->user_agent);
  g_free (self->ca_file);
  onc_curl_loop_unref (self->loop);
  G_OBJECT_CLASS (onc_http_parent_class)->finalize (object);
}

static void
onc_http_class_init (OncHttpClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = onc_http_finalize;
}

static void
onc_http_init (OncHttp *self)
{
  self->timings = default_timings;
  self->loop = onc_curl_loop_new ();
}

OncHttp *
onc_http_new (const char *user_agent)
{
  OncHttp *self = g_object_new (ONC_TYPE_HTTP, NULL);

  self->user_agent = g_strdup (user_agent);
  return self;
}
