/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the files that read clauses share. Only they include this. */

#pragma once

#include "clause.h"

G_BEGIN_DECLS

#define ONC_PRONOUNS                                                                               \
  (ONC_CLASS_BIT (FIRST) | ONC_CLASS_BIT (YOU) | ONC_CLASS_BIT (PERSON) | ONC_CLASS_BIT (THEY) |   \
   ONC_CLASS_BIT (IT) | ONC_CLASS_BIT (SOMEONE))

#define ONC_FINITE                                                                                 \
  (ONC_CLASS_BIT (WILL) | ONC_CLASS_BIT (MODAL) | ONC_CLASS_BIT (BE) | ONC_CLASS_BIT (HAVE) |      \
   ONC_CLASS_BIT (DO))

#define ONC_VERB                                                                                   \
  (ONC_CLASS_BIT (BASE) | ONC_CLASS_BIT (S) | ONC_CLASS_BIT (PAST) | ONC_CLASS_BIT (ING))

/* Words between a subject and its verb, or before a clause, that change neither. */
#define ONC_IDLE_WORDS                                                                             \
  (ONC_CLASS_BIT (FILLER) | ONC_CLASS_BIT (HEDGE) | ONC_CLASS_BIT (PLEASE) |                       \
   ONC_CLASS_BIT (SOON) | ONC_CLASS_BIT (URGENT) | ONC_CLASS_BIT (TAIL) | ONC_CLASS_BIT (USUAL))

/* Whether @token stands for a noun of its own: "this" does, not "this week". */
static inline gboolean
onc_token_is_pronoun (const OncToken *token)
{
  return onc_token_has (token, ONC_PRONOUNS) && !onc_token_has (token, ONC_CLASS_BIT (ARTICLE));
}

/* Cuts @parse's sentence, whose times are tokens, into clauses: where each begins and ends, and
 * what joins it to the one before. */
void onc_parse_cut_clauses (OncParse *parse);

G_END_DECLS
