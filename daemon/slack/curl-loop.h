/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A libcurl multi handle that is driven by the main context: its timer and its sockets are one
 * GSource. Transfers of one loop share connections. */

#pragma once

#include <curl/curl.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct _OncCurlLoop OncCurlLoop;
typedef struct _OncTransfer OncTransfer;

/* An easy handle has come to its end; may free the transfer. */
typedef void (*OncTransferFunc) (OncTransfer *transfer, CURLcode result, gpointer user_data);

/* Returns: (transfer full): a loop in the thread's default main context. */
OncCurlLoop *onc_curl_loop_new (void);
OncCurlLoop *onc_curl_loop_ref (OncCurlLoop *self);
void onc_curl_loop_unref (OncCurlLoop *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OncCurlLoop, onc_curl_loop_unref)

/* Starts @easy (transfer full), whose CURLOPT_PRIVATE is the loop's from now on. @done is called
 * from the main context, never from within this call, and at most once; not after the transfer
 * was freed. Returns: (transfer full): keeps the loop alive. */
OncTransfer *
onc_transfer_new (OncCurlLoop *loop, CURL *easy, OncTransferFunc done, gpointer user_data);

/* Ends the transfer and its easy handle, finished or not. A handle that connected only
 * (CURLOPT_CONNECT_ONLY) loses its connection by this. */
void onc_transfer_free (OncTransfer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OncTransfer, onc_transfer_free)

/* Returns: (transfer none). */
CURL *onc_transfer_get_easy (OncTransfer *self);

/* Sets @error to ONC_ERROR_NOT_CONNECTED, with what libcurl said of @result, which is none of
 * success. Names a host perhaps, but no address with its secrets. */
void onc_transfer_set_error (OncTransfer *self, CURLcode result, GError **error);

G_END_DECLS
