/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* How an HTTP connection becomes a WebSocket (RFC 6455, section 4.1), as bytes. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ONC_UPGRADE_INCOMPLETE, /* more bytes are needed */
  ONC_UPGRADE_ACCEPTED,
  ONC_UPGRADE_REFUSED,
} OncUpgradeOutcome;

/* Returns: (transfer full): a fresh key, to be used once. */
char *onc_upgrade_make_key (void);

/* Returns: (transfer full): the request for the http or https address @url, which must be valid. */
char *onc_upgrade_make_request (const char *url, const char *key, const char *user_agent);

/* Reads the answer, of which @length bytes have come so far. *@used: how many of them are the
 * answer's, when it is ACCEPTED; what follows are frames. On REFUSED, sets @error to
 * ONC_ERROR_NOT_CONNECTED. */
OncUpgradeOutcome onc_upgrade_read_answer (
    const char *bytes, gsize length, const char *key, gsize *used, GError **error);

G_END_DECLS
