/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A notification server that shows nothing, answers at once, and notes when it was called. */

#pragma once

#include <glib.h>

typedef struct _PopupCounter PopupCounter;

/* Takes the server's name on the session bus. */
PopupCounter *popup_counter_new (void);
void popup_counter_free (PopupCounter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopupCounter, popup_counter_free)

/* Returns: the descriptor to wait for, until popup_counter_process() has something to do. */
int popup_counter_get_fd (PopupCounter *self);
void popup_counter_process (PopupCounter *self);

/* Returns: how many popups there were, and, in nanoseconds of the monotonic clock, when the last
 * one came. */
guint popup_counter_get (PopupCounter *self, gint64 *last);

/* Reads a property of oncalld's manager. Returns: FALSE where it is not on the bus. */
gboolean popup_counter_ask_daemon_count (PopupCounter *self, const char *property, guint32 *value);
gboolean popup_counter_daemon_is_connected (PopupCounter *self);
