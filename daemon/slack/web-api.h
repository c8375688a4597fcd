/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Slack's Web API with one token. Where Slack asks to wait, the method's calls wait in their order
 * and then go on; other methods are not held up.
 *
 * Signals:
 *   rate-limited (const char *method, guint seconds)   Slack has asked to wait with that method
 */

#pragma once

#include "api-error.h"
#include "http.h"
#include "json.h"

G_BEGIN_DECLS

typedef enum
{
  ONC_WEB_API_ONCE = 0,
  /* It only reads, so that it may be called again when it failed in passing */
  ONC_WEB_API_REPEAT = 1 << 0,
} OncWebApiFlags;

#define ONC_TYPE_WEB_API (onc_web_api_get_type ())
G_DECLARE_FINAL_TYPE (OncWebApi, onc_web_api, ONC, WEB_API, GObject)

/* Returns: (transfer full): calls methods below @base_url, as "https://slack.com/api/", with
 * @token, which is never logged. */
OncWebApi *onc_web_api_new (OncHttp *http, const char *base_url, const char *token);

/* Exchanges the pause before a failed reading call is repeated for the first time; it doubles. */
void onc_web_api_set_pause (OncWebApi *self, OncSpan pause);

/* Makes that pause @times as short, and the pace of each method as fast. For tests; to be called
 * before the first call. */
void onc_web_api_hurry (OncWebApi *self, guint times);

/* Calls @method, as "users.info". @params: name, value, name, value ... NULL; a parameter with a
 * value of NULL is left out. */
void onc_web_api_call_async (OncWebApi *self,
                             const char *method,
                             const char *const *params,
                             OncWebApiFlags flags,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);

/* Returns: (transfer full): Slack's answer, an object with "ok": true; or NULL with an error of
 * ONC_API_ERROR, or G_IO_ERROR_CANCELLED. */
cJSON *onc_web_api_call_finish (OncWebApi *self,
                                GAsyncResult *result,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Takes one page of a list. Returns: whether the next one is wanted. */
typedef gboolean (*OncWebApiPageFunc) (const cJSON *page, gpointer user_data);

/* Calls @method again and again until it has given its last page; failed pages are repeated.
 * @take_page is called with @page_data for each. @params as above, without a cursor. */
void onc_web_api_list_async (OncWebApi *self,
                             const char *method,
                             const char *const *params,
                             OncWebApiPageFunc take_page,
                             gpointer page_data,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);

/* Returns: FALSE with an error as above; pages may have been taken before it. */
gboolean onc_web_api_list_finish (OncWebApi *self,
                                  GAsyncResult *result,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
