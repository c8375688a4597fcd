/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A store that has seen much. */

#pragma once

#include <glib.h>

/* Writes the database @path: @n_threads threads that were resolved, of three messages and an emoji
 * each, in the weeks before the last. */
void stored_history_write (const char *path, guint n_threads);
