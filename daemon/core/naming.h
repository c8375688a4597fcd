/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* How IDs are called. The core keeps IDs only; whoever shows something to a person asks here. */

#pragma once

#include "types.h"

G_BEGIN_DECLS

/* Each function returns a string owned by @data's owner and valid until control goes back to the
 * main loop, or NULL where the name is not known. Any of them may be NULL. */
typedef struct
{
  const char *(*user) (gpointer data, const char *team, const char *id);    /* "Ada Lovelace" */
  const char *(*group) (gpointer data, const char *team, const char *id);   /* "oncall" */
  const char *(*channel) (gpointer data, const char *team, const char *id); /* "support" */
  const char *(*workspace_url) (gpointer data, const char *team); /* "https://x.slack.com/" */
  gpointer data;
} OncNaming;

/* These return the name, and the ID itself where there is none. */
const char *onc_naming_user (const OncNaming *self, const char *team, const char *id);
const char *onc_naming_channel (const OncNaming *self, const char *team, const char *id);

/* Returns: (transfer full): @text, as Slack sent it, as a person reads it; see
 * onc_markup_to_plain(). */
char *onc_naming_plain_text (const OncNaming *self, const char *team, const char *text);

/* Returns: (transfer full) (nullable): the address of a message, NULL while the workspace's own is
 * not known. @root_ts equals @ts for the first message of a thread; a reply's address names both.
 * The form is that of chat.getPermalink's documented examples. */
char *onc_naming_permalink (const OncNaming *self,
                            const char *team,
                            const char *channel,
                            const char *ts,
                            const char *root_ts);

G_END_DECLS
