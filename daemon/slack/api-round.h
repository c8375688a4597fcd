/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Several calls of the Web API that are made at once and succeed or fail as one. Calls may be added
 * as long as one is under way; each may fail by itself, if its taker says that it does not matter.
 */

#pragma once

#include "web-api.h"

G_BEGIN_DECLS

typedef struct _OncApiRound OncApiRound;

/* Takes what a call about @id has brought: @answer, or @error; neither where a list was read. Not
 * called after a cancellation. Returns: FALSE where that fails the round. */
typedef gboolean (*OncApiTakeFunc) (OncApiRound *round,
                                    const char *id,
                                    const cJSON *answer,
                                    const GError *error,
                                    gpointer user_data);

/* Takes one page of a list about @id. Returns: whether the next one is wanted. */
typedef gboolean (*OncApiTakePageFunc) (OncApiRound *round,
                                        const char *id,
                                        const cJSON *page,
                                        gpointer user_data);

/* All calls have come back. @error: (nullable): the first that failed the round, or a
 * cancellation. */
typedef void (*OncApiRoundFunc) (const GError *error, gpointer done_data);

/* Begins a round; it frees itself after @done, which is called once, later, with @done_data. The
 * first call is to be added at once. @cancellable: (nullable). @user_data: for the takers; it may
 * go after a cancellation. */
OncApiRound *onc_api_round_new (OncWebApi *api,
                                GCancellable *cancellable,
                                gpointer user_data,
                                OncApiRoundFunc done,
                                gpointer done_data);

/* Adds a reading call. @params: as onc_web_api_call_async() takes them. @id: (nullable): is handed
 * on. */
void onc_api_round_call (OncApiRound *self,
                         const char *method,
                         const char *const *params,
                         const char *id,
                         OncApiTakeFunc take);

/* Adds the reading of a list. @take: (nullable): called after the last page; NULL: an error fails
 * the round. */
void onc_api_round_list (OncApiRound *self,
                         const char *method,
                         const char *const *params,
                         const char *id,
                         OncApiTakePageFunc take_page,
                         OncApiTakeFunc take);

/* How many calls and lists have come back, and how many were added. */
guint onc_api_round_count_done (const OncApiRound *self);
guint onc_api_round_count_all (const OncApiRound *self);

G_END_DECLS
