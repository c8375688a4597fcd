/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What is said without saying anything. Everything else is taken for a question or an answer,
 * curiosities and oddities included. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether @text, as Slack sent it, says hello and nothing else ("Good morning all 👋"). */
gboolean onc_noise_is_greeting (const char *text);

/* Whether @text, as Slack sent it, has no word but thanks: "thx!", "👍", ":tada:", "". */
gboolean onc_noise_is_hollow (const char *text);

G_END_DECLS
