/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a popup says of time, in translated sentences. */

#pragma once

#include "popup.h"

G_BEGIN_DECLS

/* Each returns: (transfer full): one sentence. */

/* ... on nobody looking. */
char *onc_words_wait (OncSpan waited);

/* ... on the lookers saying nothing. */
char *onc_words_silence (OncSpan silent);

/* ... on this person's promise that is due at @due. */
char *onc_words_promise (OncInstant due, const OncOccasion *occasion);

/* ... on the time by which the asker needs an answer. */
char *onc_words_deadline (OncInstant needed_by, const OncOccasion *occasion);

/* Returns: (transfer full): a length of time as a button has it, to the minute: "1 h 30 min". */
char *onc_words_brief_span (OncSpan span);

G_END_DECLS
