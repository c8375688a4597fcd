/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The one door from Slack's JSON to the core's events, whether they come by themselves or stand in
 * an answer of history or replies. Anything may come in; what cannot be read gives no event. */

#pragma once

#include <cjson/cJSON.h>

#include "event.h"
#include "types.h"

G_BEGIN_DECLS

/* Reads what happened from the inner object of an event. @team is the workspace's ID and @me the
 * person's own (nullable), as auth.test gives them.
 * Returns: (transfer full) (nullable): NULL for what means nothing to the core: joins, topics, a
 * link's preview that has come. */
OncEvent *onc_event_reader_read (const cJSON *event, const char *team, const char *me);

/* Reads one message of conversations.history or conversations.replies; @as_of is when that was
 * asked for. Returns: (transfer full) (nullable): ONC_EVENT_MESSAGE, or ONC_EVENT_DELETION for a
 * root that is gone while its replies stand; NULL for joins, topics and the like. */
OncEvent *onc_event_reader_read_listed (const cJSON *message,
                                        const char *team,
                                        const char *channel,
                                        OncInstant as_of);

/* Whether the user object @user is no person. */
gboolean onc_event_reader_is_bot (const cJSON *user);

/* Returns: (transfer full) (nullable): what @event is known by, whichever way and how often it
 * comes; NULL for kinds that can be taken in again without harm. */
char *onc_event_reader_make_key (const OncEvent *event);

G_END_DECLS
