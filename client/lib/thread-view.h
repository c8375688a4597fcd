/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What is shown of a thread's properties (a{sv}, as org.oncalld1.Thread has them). */

#pragma once

#include "types.h"

G_BEGIN_DECLS

/* Returns: (transfer full): the channel, "#support", or its ID where the name is not known. */
char *onc_thread_view_channel (GVariant *thread);

/* Returns: (transfer full): who is looking: "Ada, Bea (pending)", and where @now is not 0 since
 * when and how that is known. */
char *onc_thread_view_lookers (GVariant *thread, OncInstant now);

/* Returns: (transfer full): the categories, "bug, data". */
char *onc_thread_view_categories (GVariant *thread);

/* Whether the thread is open; a state that is not known is taken for an open one. */
gboolean onc_thread_view_is_open (GVariant *thread);

/* Returns: how urgent @level is; one that is not known is more urgent than all. */
guint onc_thread_view_urgency (const char *level);

/* Returns: (nullable) (transfer none): the escape sequence that colours what concerns @level; what
 * it begins ONC_COLOUR_END ends. */
const char *onc_thread_view_colour (const char *level);
#define ONC_COLOUR_END "\033[0m"

G_END_DECLS
