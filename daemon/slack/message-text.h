/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a message says and whom it pings, wherever Slack has put it: `text`, `blocks`, `attachments`
 * or `files`. `text` counts where there is one; an app may leave it empty. */

#pragma once

#include <cjson/cJSON.h>
#include <glib.h>

G_BEGIN_DECLS

/* Reads the message object @message.
 * @mentions: (out) (transfer full) (nullable): the IDs of users and groups, and "!here",
 * "!channel",
 *   "!everyone", that blocks or an app's attachments ping and the text does not name; NULL: none.
 * Returns: (transfer full): the text in Slack's markup, at most 160,000 bytes, never NULL. */
char *onc_message_text_read (const cJSON *message, GStrv *mentions);

G_END_DECLS
