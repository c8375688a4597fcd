/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Text for a terminal or a panel. What people wrote in Slack can hold anything; these must only
 * ever get characters from it, never commands. */

#pragma once

#include "types.h"

G_BEGIN_DECLS

/* Returns: (transfer full): @text with its control characters made visible: "␛" for an escape
 * character, "<202E>" for one that turns the direction of writing. Line breaks and tabs stay. */
char *onc_text_visible (const char *text);

/* Returns: (transfer full): the same, with every run of white space made one space. */
char *onc_text_one_line (const char *text);

/* Returns: (transfer full): the same, with "…" in place of what is beyond so many @columns. */
char *onc_text_shorten (const char *text, guint columns);

/* How many columns @text takes on a terminal. */
guint onc_text_width (const char *text);

G_END_DECLS
