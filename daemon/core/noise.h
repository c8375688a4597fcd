/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What is no question: everything else is taken for one, curiosities and oddities included. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether @text, as Slack sent it, says hello and nothing else ("Good morning all 👋"). */
gboolean onc_noise_is_greeting (const char *text);

G_END_DECLS
