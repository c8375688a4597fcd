/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What has been said in the channel during the last seven days, as the Web API tells it. */

#pragma once

#include <glib.h>

typedef struct _PlayedHistory PlayedHistory;

/* @n_messages: the first ones of threads included. */
PlayedHistory *played_history_new (guint n_threads, guint n_messages);
void played_history_free (PlayedHistory *self);

/* Returns: (transfer full): the answer to a call of conversations.history, or .replies where
 * @params (of strings, by name) has a `ts`. */
char *played_history_answer (PlayedHistory *self, GHashTable *params);
