/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Requests over HTTP. TLS is always verified, redirects are not followed, `http:` is for loopback
 * addresses only and never goes through a proxy; otherwise the usual variables name the proxy. */

#pragma once

#include <curl/curl.h>
#include <gio/gio.h>

#include "types.h"

G_BEGIN_DECLS

typedef struct
{
  OncSpan connect; /* until the connection stands, TLS included */
  OncSpan answer;  /* until the last byte of the answer, connecting included */
} OncHttpTimings;

typedef struct
{
  guint status;
  char *body;        /* (owned) a NUL follows it */
  gsize length;      /* of the body */
  guint retry_after; /* in seconds, from the header Retry-After; 0: there was none */
} OncHttpResponse;

#define ONC_TYPE_HTTP (onc_http_get_type ())
G_DECLARE_FINAL_TYPE (OncHttp, onc_http, ONC, HTTP, GObject)

/* Returns: (transfer full): a client that calls itself @user_agent. */
OncHttp *onc_http_new (const char *user_agent);

/* Returns: (transfer none): what was given. */
const char *onc_http_get_user_agent (OncHttp *self);

/* Trusts the certificates in the file @path beside the system's directory of certificates. For
 * tests with a throw-away authority. */
void onc_http_set_ca_file (OncHttp *self, const char *path);

/* Exchanges the time-outs of requests to come. */
void onc_http_set_timings (OncHttp *self, const OncHttpTimings *timings);

/* A time limit is for others, who are as slow as a busy machine makes them: however much a test is
 * in a hurry, no limit becomes shorter than by this. */
#define ONC_HTTP_MOST_HURRY 10

/* Makes the time-outs of requests to come @times as short, as far as that goes. For tests. */
void onc_http_hurry (OncHttp *self, guint times);

/* Uses none of the connections that stand for new requests: after a suspend or a change of the
 * network they may be dead without knowing. Requests under way go on. */
void onc_http_drop_connections (OncHttp *self);

/* Whether @url may be asked: https, or http to this machine.
 * Returns: FALSE with ONC_ERROR_CONFIG where not; the error names the host at most. */
gboolean onc_http_check_url (const char *url, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Posts the URL-encoded @form. @token (nullable): sent as bearer, never logged. @once: it must not
 * reach the server twice, so that it gets a connection of its own. */
void onc_http_request_async (OncHttp *self,
                             const char *url,
                             const char *token,
                             const char *form,
                             gboolean once,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);

/* Returns: (transfer full): the answer, whatever its status; or NULL with ONC_ERROR_CONFIG where
 * the address may not be asked, ONC_ERROR_NOT_CONNECTED where no whole answer came in time,
 * ONC_ERROR_FAILED where it is too large, G_IO_ERROR_CANCELLED. */
OncHttpResponse *onc_http_request_finish (OncHttp *self,
                                          GAsyncResult *result,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

void onc_http_response_free (OncHttpResponse *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OncHttpResponse, onc_http_response_free)

/* Returns: (transfer full): an easy handle for @url with all of the above set, for one who speaks
 * something else over it; or NULL with ONC_ERROR_CONFIG. */
CURL *onc_http_new_easy (OncHttp *self, const char *url, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
