/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A place among the tokens of a sentence. What is named take moves it behind what it reads, or
 * leaves it alone and returns FALSE. */

#pragma once

#include "token.h"

G_BEGIN_DECLS

typedef struct
{
  const OncToken *tokens; /* (not owned) */
  guint n_tokens;
  guint at;
  OncMeasure last; /* of the time said before, which "make that 40" replaces */
} OncCursor;

/* Returns: (transfer none): the token that is @ahead of the cursor, or onc_no_token. */
static inline const OncToken *
onc_cursor_peek (const OncCursor *cursor, guint ahead)
{
  return cursor->at + ahead < cursor->n_tokens ? &cursor->tokens[cursor->at + ahead]
                                               : &onc_no_token;
}

/* Returns: (transfer none): the token that is @back before the cursor, or onc_no_token. */
static inline const OncToken *
onc_cursor_before (const OncCursor *cursor, guint back)
{
  return cursor->at >= back ? &cursor->tokens[cursor->at - back] : &onc_no_token;
}

/* Takes the word that rules know as @id. */
static inline gboolean
onc_cursor_take_word (OncCursor *cursor, OncWordId id)
{
  if (!onc_token_is (onc_cursor_peek (cursor, 0), id))
    return FALSE;
  cursor->at++;
  return TRUE;
}

static inline gboolean
onc_cursor_take_mark (OncCursor *cursor, char mark)
{
  if (!onc_token_is_mark (onc_cursor_peek (cursor, 0), mark))
    return FALSE;
  cursor->at++;
  return TRUE;
}

/* Takes all words of any of @classes. */
void onc_cursor_skip_words (OncCursor *cursor, guint64 classes);

/* Takes a cardinal number in words: "five", "twenty five", "a couple of"; not "a". */
gboolean onc_cursor_take_number_word (OncCursor *cursor, gint64 *number);

/* Takes what parts the ends of a range: "-", "to", "or", ", maybe", or the
 * comma of "15, 20 at most". */
gboolean onc_cursor_take_range_word (OncCursor *cursor);

G_END_DECLS
