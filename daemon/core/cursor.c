/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "cursor.h"

#define C(class) ONC_CLASS_BIT (class)

void
onc_cursor_skip_words (OncCursor *cursor, guint64 classes)
{
  while (onc_token_has (onc_cursor_peek (cursor, 0), classes) ||
         onc_token_is_mark (onc_cursor_peek (cursor, 0), '~'))
    cursor->at++;
}

gboolean
onc_cursor_take_number_word (OncCursor *cursor, gint64 *number)
{
  const OncToken *token = onc_cursor_peek (cursor, 0);
  const OncToken *next = onc_cursor_peek (cursor, 1);

  if (!onc_token_has (token, C (NUMBER)) || token->id == ONC_WORD_A)
    return FALSE;
  *number = token->value;
  cursor->at++;
  if (token->value >= 20 && token->value % 10 == 0 && onc_token_has (next, C (NUMBER)) &&
      next->id == ONC_WORD_OTHER && next->value < 10)
    {
      *number += next->value;
      cursor->at++;
    }
  return TRUE;
}

/* Takes what caps the number that follows: "worst case", "at most"; or nothing where what follows
 * the number caps it: "20 at most", "4pm tops". */
static gboolean
take_cap (OncCursor *cursor)
{
  const OncToken *token = onc_cursor_peek (cursor, 0);

  if (onc_token_is (token, ONC_WORD_ESTIMATE) ||
      (onc_token_has (token, C (HEDGE)) && onc_token_has (token, C (TAIL))))
    {
      cursor->at++;
      return TRUE;
    }
  if (token->kind != ONC_TOKEN_NUMBER && token->kind != ONC_TOKEN_CLOCK &&
      !onc_token_has (token, C (NUMBER)))
    return FALSE;
  token = onc_cursor_peek (cursor, 1);
  if (onc_token_has (token, C (UNIT)) || onc_token_is (token, ONC_WORD_AM) ||
      onc_token_is (token, ONC_WORD_PM))
    token = onc_cursor_peek (cursor, 2);
  return onc_token_has (token, C (TAIL));
}

gboolean
onc_cursor_take_range_word (OncCursor *cursor)
{
  guint begin = cursor->at;

  if (onc_cursor_take_mark (cursor, '-') || onc_cursor_take_mark (cursor, '/') ||
      onc_cursor_take_word (cursor, ONC_WORD_TO) || onc_cursor_take_word (cursor, ONC_WORD_OR) ||
      onc_cursor_take_word (cursor, ONC_WORD_THROUGH) ||
      onc_cursor_take_word (cursor, ONC_WORD_MAYBE))
    {
      onc_cursor_skip_words (cursor, C (HEDGE));
      return TRUE;
    }
  if (onc_cursor_take_mark (cursor, ',') &&
      (onc_cursor_take_word (cursor, ONC_WORD_MAYBE) ||
       onc_cursor_take_word (cursor, ONC_WORD_OR) || take_cap (cursor)))
    {
      onc_cursor_skip_words (cursor, C (HEDGE));
      return TRUE;
    }
  cursor->at = begin;
  return FALSE;
}
