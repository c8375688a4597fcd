/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Days and their parts: "next Friday", "7 May", "morning". */

#include "when-private.h"

#define C(class) ONC_CLASS_BIT (class)

/* Takes a year behind a date, with a comma before it. */
static gint
take_year (OncCursor *cursor)
{
  guint ahead = onc_token_is_mark (onc_cursor_peek (cursor, 0), ',') ? 1 : 0;
  const OncToken *token = onc_cursor_peek (cursor, ahead);

  if (token->kind != ONC_TOKEN_NUMBER || token->digits != 4 || token->value < 2000 ||
      token->value > 2999 || token->fraction_digits > 0)
    return 0;
  cursor->at += ahead + 1;
  return token->value;
}

/* Whether @token is a number that can be a day of the month. */
static gboolean
is_day_of_month (const OncToken *token)
{
  return token->kind == ONC_TOKEN_NUMBER && token->digits <= 2 && token->fraction_digits == 0 &&
         token->value >= 1 && token->value <= 31;
}

/* Takes "7 May", "May 7th", "7th of May 2026", "2026-05-07", "the 8th". */
static gboolean
take_date (OncCursor *cursor, gboolean expected, OncWhen *when)
{
  OncCursor saved = *cursor;
  const OncToken *token = onc_cursor_peek (cursor, 0);
  const OncToken *next = onc_cursor_peek (cursor, 1);
  guint of = onc_token_is (next, ONC_WORD_OF) ? 2 : 1;

  when->day = ONC_DAY_DATE;
  if (token->kind == ONC_TOKEN_DATE ||
      (token->kind == ONC_TOKEN_SLASHED &&
       (expected || token->value >= 10000 || onc_token_is (next, ONC_WORD_LATEST))))
    {
      cursor->at++;
      /* A slashed date is told by its sign: only the context knows which part is the month. */
      when->day_value = token->kind == ONC_TOKEN_DATE ? token->value : -token->value;
      return TRUE;
    }
  if (is_day_of_month (token) && onc_token_has (onc_cursor_peek (cursor, of), C (MONTH)))
    {
      when->day_value = (gint) onc_cursor_peek (cursor, of)->value * 100 + token->value;
      cursor->at += of + 1;
      when->day_value += take_year (cursor) * 10000;
      return TRUE;
    }
  if (onc_token_has (token, C (MONTH)))
    {
      guint the = onc_token_is (next, ONC_WORD_THE) ? 2 : 1;

      if (is_day_of_month (onc_cursor_peek (cursor, the)) &&
          !onc_token_is_mark (onc_cursor_peek (cursor, the + 1), '%'))
        {
          when->day_value = token->value * 100 + onc_cursor_peek (cursor, the)->value;
          cursor->at += the + 1;
          when->day_value += take_year (cursor) * 10000;
          return TRUE;
        }
    }
  /* "end of October" */
  if (onc_token_is (token, ONC_WORD_END_OF) && onc_token_has (next, C (MONTH)))
    {
      static const guint8 last_days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

      when->day_value = (gint) next->value * 100 + last_days[next->value - 1];
      cursor->at += 2;
      return TRUE;
    }
  /* "by the 8th", but not "the 2nd and 4th", "the 8th is" */
  if (is_day_of_month (token) && (token->flags & ONC_TOKEN_ORDINAL) != 0 && expected &&
      onc_token_can_follow_number (next) &&
      (onc_cursor_peek (cursor, 2)->flags & ONC_TOKEN_ORDINAL) == 0 &&
      (when->prep != ONC_PREP_NONE || !onc_token_has (next, C (WILL) | C (MODAL) | C (BE))))
    {
      cursor->at++;
      when->day = ONC_DAY_OF_MONTH;
      when->day_value = token->value;
      return TRUE;
    }
  *cursor = saved;
  when->day = ONC_DAY_NONE;
  return FALSE;
}

/* Whether a short word such as "sat" or "wed" is a weekday here and no verb. */
static gboolean
is_weekday (const OncCursor *cursor, gboolean expected)
{
  const OncToken *token = onc_cursor_peek (cursor, 0);
  const OncToken *next = onc_cursor_peek (cursor, 1);

  if (!onc_token_has (token, C (WEEKDAY)) || (next->flags & ONC_TOKEN_HYPHEN) != 0)
    return FALSE;
  return token->end - token->begin > 4 ||
         (((token->flags & ONC_TOKEN_CAPITAL) != 0 || expected || token->value < 5) &&
          (next->kind != ONC_TOKEN_WORD || onc_token_can_follow_number (next)));
}

gboolean
onc_when_take_day (OncCursor *cursor, gboolean expected, gboolean next, OncWhen *when)
{
  const OncToken *token = onc_cursor_peek (cursor, 0);

  if (onc_token_has (token, C (POINT)) && ONC_POINT_DAY (token->value) != ONC_DAY_NONE)
    {
      when->day = ONC_POINT_DAY (token->value);
      if (ONC_POINT_PART (token->value) != ONC_PART_NONE)
        when->part = ONC_POINT_PART (token->value);
      cursor->at++;
      return TRUE;
    }
  if (is_weekday (cursor, expected))
    {
      when->day = next ? ONC_DAY_NEXT_WEEKDAY : ONC_DAY_WEEKDAY;
      when->day_value = token->value;
      cursor->at++;
      /* "Tuesday next week", "Monday, 2026-05-18", "Monday the 18th", "Monday 18 May" */
      if (onc_token_has (onc_cursor_peek (cursor, 0), C (POINT)) &&
          onc_cursor_peek (cursor, 0)->value == ONC_POINT (ONC_DAY_NEXT_WEEK, ONC_PART_NONE))
        {
          when->day = ONC_DAY_NEXT_WEEKDAY;
          cursor->at++;
        }
      else
        {
          OncCursor saved = *cursor;
          OncWhen date = *when;

          onc_cursor_take_mark (cursor, ',');
          expected = onc_cursor_take_word (cursor, ONC_WORD_THE);
          if (take_date (cursor,
                         expected || (onc_cursor_peek (cursor, 0)->flags & ONC_TOKEN_ORDINAL) != 0,
                         &date))
            *when = date;
          else
            *cursor = saved;
        }
      return TRUE;
    }
  return take_date (cursor, expected, when);
}

gboolean
onc_when_take_part (OncCursor *cursor, OncWhen *when)
{
  const OncToken *token = onc_cursor_peek (cursor, 0);

  if (!onc_token_has (token, C (POINT)) || ONC_POINT_DAY (token->value) != ONC_DAY_NONE)
    return FALSE;
  when->part = ONC_POINT_PART (token->value);
  cursor->at++;
  return TRUE;
}
