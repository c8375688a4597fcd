/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "length.h"

#define C(class) ONC_CLASS_BIT (class)

/* No larger number counts anything that is waited for; it also keeps products in range. */
#define MAX_COUNT 100000

/* Larger bare numbers are amounts, years, ports; nobody says "give me 300" for five hours. */
#define MAX_BARE_MINUTES 180

static gint64
number_to_thousandths (const OncToken *token)
{
  gint64 thousandths = MIN (token->value, MAX_COUNT) * ONC_LENGTH_ONE;
  gint64 scale = ONC_LENGTH_ONE;
  gint64 fraction = token->fraction;
  guint digits = token->fraction_digits;

  for (; digits > 3; digits--)
    fraction /= 10;
  for (; digits > 0; digits--)
    scale /= 10;
  return thousandths + fraction * scale;
}

/* Takes how many units: "20", "1.5", "1½", "1/2", "half a", "three quarters of an", "a". */
static gboolean
take_quantity (OncCursor *cursor, gint64 *quantity)
{
  const OncToken *token = onc_cursor_peek (cursor, 0);
  const OncToken *next = onc_cursor_peek (cursor, 1);
  gint64 number;

  if (token->kind == ONC_TOKEN_NUMBER && (token->flags & ONC_TOKEN_ORDINAL) == 0)
    {
      *quantity = number_to_thousandths (token);
      cursor->at++;
      if (next->kind == ONC_TOKEN_NUMBER && next->digits == 0 && next->fraction_digits > 0)
        {
          *quantity += number_to_thousandths (next);
          cursor->at++;
        }
    }
  else if (token->kind == ONC_TOKEN_SLASHED &&
           (token->value == 102 || token->value == 104 || token->value == 304))
    {
      *quantity = token->value / 100 * ONC_LENGTH_ONE / (token->value % 100);
      cursor->at++;
      onc_cursor_take_word (cursor, ONC_WORD_OF);
      onc_cursor_take_word (cursor, ONC_WORD_A);
      return TRUE;
    }
  else if (onc_cursor_take_word (cursor, ONC_WORD_HALF))
    {
      *quantity = ONC_LENGTH_ONE / 2;
      onc_cursor_take_word (cursor, ONC_WORD_A);
      return TRUE;
    }
  else if (onc_cursor_take_number_word (cursor, &number))
    *quantity = number * ONC_LENGTH_ONE;
  else if (onc_token_is (token, ONC_WORD_A) || onc_token_is (token, ONC_WORD_QUARTER))
    {
      *quantity = ONC_LENGTH_ONE;
      cursor->at += onc_token_is (token, ONC_WORD_A);
    }
  else
    return FALSE;

  if (onc_cursor_take_word (cursor, ONC_WORD_QUARTER))
    {
      *quantity /= 4;
      onc_cursor_take_word (cursor, ONC_WORD_OF);
      if (!onc_cursor_take_word (cursor, ONC_WORD_A))
        onc_cursor_take_word (cursor, ONC_WORD_THE);
    }
  return TRUE;
}

/* Takes a unit with the words that may stand before it: "more minutes", "business days". */
static gboolean
take_unit (OncCursor *cursor, OncLength *length)
{
  gboolean in = onc_token_has (onc_cursor_before (cursor, 2), C (BEGIN));
  OncCursor saved = *cursor;
  const OncToken *token = onc_cursor_peek (cursor, 0);

  for (; onc_token_is (token, ONC_WORD_EXTRA) || onc_token_is (token, ONC_WORD_MORE) ||
         onc_token_is (token, ONC_WORD_BUSINESS) || onc_token_is (token, ONC_WORD_ISH) ||
         onc_token_is (token, ONC_WORD_OR_SO);
       token = onc_cursor_peek (cursor, 0))
    {
      length->business |= onc_token_is (token, ONC_WORD_BUSINESS);
      cursor->at++;
    }

  /* A single letter is a unit only behind digits. */
  if (!onc_token_has (token, C (UNIT)) || (length->business && token->value < ONC_UNIT_DAY) ||
      (token->end - token->begin == 1 && onc_cursor_before (cursor, 1)->kind != ONC_TOKEN_NUMBER))
    {
      *cursor = saved;
      return FALSE;
    }
  /* "404s" are errors, "0s" are zeros, "3d" is space, "2 d/l" a download. */
  if (token->end - token->begin == 1 &&
      ((token->value == 1 && (onc_cursor_before (cursor, 1)->value > 120 ||
                              onc_cursor_before (cursor, 1)->fraction_digits > 0 ||
                              onc_cursor_before (cursor, 1)->value < 10)) ||
       /* 500 m are a way. */
       (token->value == ONC_UNIT_MINUTE && onc_cursor_before (cursor, 1)->value > 300) ||
       (token->value == ONC_UNIT_DAY &&
        (onc_cursor_before (cursor, 1)->value < 4 || (token->flags & ONC_TOKEN_GLUED) == 0) &&
        !in)))
    {
      *cursor = saved;
      return FALSE;
    }
  length->unit = token->value;
  cursor->at++;
  if (!onc_cursor_take_word (cursor, ONC_WORD_MORE))
    onc_cursor_take_word (cursor, ONC_WORD_LONGER);
  return TRUE;
}

/* Takes the second end of a range of quantities; the larger one counts. */
static void
take_upper_quantity (OncCursor *cursor, gint64 *quantity)
{
  OncCursor saved = *cursor;
  gint64 upper;

  if (onc_cursor_take_range_word (cursor) && take_quantity (cursor, &upper))
    *quantity = MAX (*quantity, upper);
  else
    *cursor = saved;
}

/* Takes "and a half", "and a quarter" or "and three quarters". Returns: how much of one that is. */
static gint64
take_and_part (OncCursor *cursor)
{
  OncCursor saved = *cursor;

  onc_cursor_take_word (cursor, ONC_WORD_AND);
  if (onc_cursor_take_word (cursor, ONC_WORD_HALF))
    return ONC_LENGTH_ONE / 2;
  onc_cursor_take_word (cursor, ONC_WORD_A);
  if (cursor->at > saved.at && onc_cursor_take_word (cursor, ONC_WORD_QUARTER))
    return ONC_LENGTH_ONE / 4;
  if (cursor->at > saved.at && onc_cursor_peek (cursor, 0)->value == 3 &&
      onc_token_is (onc_cursor_peek (cursor, 1), ONC_WORD_QUARTER))
    {
      cursor->at += 2;
      return ONC_LENGTH_ONE * 3 / 4;
    }
  *cursor = saved;
  return 0;
}

/* Takes what is added to a length of time in smaller units: "and 20 minutes", the 30 of "1h30". */
static gboolean
take_addition (OncCursor *cursor, OncLength *length)
{
  OncCursor saved = *cursor;
  OncLength smaller = { 0 };
  gint64 quantity;
  gboolean parted = FALSE; /* "3 hours, 20 minutes" */

  if (!onc_cursor_take_word (cursor, ONC_WORD_AND) && onc_cursor_take_mark (cursor, ','))
    {
      onc_cursor_take_word (cursor, ONC_WORD_AND);
      parted = TRUE;
    }
  if (take_quantity (cursor, &quantity))
    {
      gboolean glued = (onc_cursor_before (cursor, 1)->flags & ONC_TOKEN_GLUED) != 0;

      if (take_unit (cursor, &smaller) && smaller.unit < length->unit && !smaller.business)
        {
          length->milliseconds += quantity * smaller.unit;
          length->unit = MIN (length->unit, ONC_UNIT_HOUR);
          return TRUE;
        }
      if (smaller.unit == 0 && !parted && length->unit == ONC_UNIT_HOUR &&
          quantity < 60 * ONC_LENGTH_ONE && quantity % ONC_LENGTH_ONE == 0 &&
          (glued || onc_token_can_follow_number (onc_cursor_peek (cursor, 0))))
        {
          length->milliseconds += quantity * ONC_UNIT_MINUTE;
          return TRUE;
        }
    }
  *cursor = saved;
  return FALSE;
}

/* Takes a quantity, or the larger end of a range of them, and its unit. */
static gboolean
take_counted_unit (OncCursor *cursor, gint64 *quantity, OncLength *length)
{
  OncCursor saved = *cursor;
  OncCursor behind;
  gint64 part;

  *length = (OncLength){ 0 };
  if (!take_quantity (cursor, quantity))
    return FALSE;

  behind = *cursor;
  take_upper_quantity (cursor, quantity);
  part = take_and_part (cursor);
  if (take_unit (cursor, length))
    {
      *quantity += part;
      return TRUE;
    }
  *cursor = behind;
  if (take_unit (cursor, length))
    return TRUE;
  *cursor = saved;
  return FALSE;
}

/* Whether "hour" is said for one hour, as in "hour and a half", "hour or two", "hour max". */
static gboolean
is_lone_hour (const OncCursor *cursor)
{
  return onc_token_has (onc_cursor_peek (cursor, 0), C (UNIT)) &&
         onc_cursor_peek (cursor, 0)->value == ONC_UNIT_HOUR &&
         onc_token_has (onc_cursor_peek (cursor, 1), C (TAIL) | C (AND) | C (NEWS)) &&
         !onc_token_is (onc_cursor_peek (cursor, 1), ONC_WORD_BUT);
}

/* Takes a length of time without a range of several: "an hour and a half", "2-3 days". With
 * @implied_one "hour" alone will do. "A second" is none: it is said for a moment. */
static gboolean
take_simple_length (OncCursor *cursor, gboolean implied_one, OncLength *length)
{
  OncCursor saved = *cursor;
  gboolean in_digits = onc_cursor_peek (cursor, 0)->kind != ONC_TOKEN_WORD;
  gint64 quantity = ONC_LENGTH_ONE;
  gint64 part;

  if (!take_counted_unit (cursor, &quantity, length) &&
      ((!implied_one && !is_lone_hour (cursor)) ||
       onc_token_is (onc_cursor_peek (cursor, 0), ONC_WORD_PLURAL) || !take_unit (cursor, length)))
    return FALSE;

  part = take_and_part (cursor);
  length->milliseconds = (quantity + part) * length->unit;
  while (part == 0 && take_addition (cursor, length))
    ;

  if (length->milliseconds == length->unit * ONC_LENGTH_ONE && length->unit <= ONC_UNIT_MINUTE &&
      (!in_digits || length->unit < ONC_UNIT_MINUTE) &&
      !onc_token_is (onc_cursor_peek (cursor, 0), ONC_WORD_OR))
    {
      *cursor = saved;
      return FALSE;
    }
  return TRUE;
}

gboolean
onc_length_take (OncCursor *cursor, gboolean implied_one, OncLength *length)
{
  OncCursor saved;

  if (!take_simple_length (cursor, implied_one, length))
    return FALSE;

  for (saved = *cursor; onc_cursor_take_range_word (cursor); saved = *cursor)
    {
      OncLength upper;
      gint64 quantity;
      gboolean in_words = onc_cursor_peek (cursor, 0)->kind == ONC_TOKEN_WORD;

      if (take_simple_length (cursor, FALSE, &upper))
        {
          if (upper.milliseconds > length->milliseconds)
            *length = upper;
        }
      else if (in_words && take_quantity (cursor, &quantity) &&
               onc_token_can_follow_number (onc_cursor_peek (cursor, 0)))
        /* "an hour or two" */
        length->milliseconds = MAX (length->milliseconds, quantity * length->unit);
      else
        break;
    }

  *cursor = saved;
  return TRUE;
}

gboolean
onc_length_take_minutes (OncCursor *cursor, gboolean expected, OncLength *length)
{
  OncCursor saved = *cursor;
  /* "another one", "a few" */
  gboolean pronoun = onc_cursor_peek (cursor, 0)->kind == ONC_TOKEN_WORD &&
                     (onc_cursor_peek (cursor, 0)->value == 1 ||
                      onc_token_is (onc_cursor_peek (cursor, 0), ONC_WORD_COUPLE));
  gint64 quantity;

  if (take_quantity (cursor, &quantity) &&
      !onc_token_is (onc_cursor_before (cursor, 1), ONC_WORD_A))
    {
      take_upper_quantity (cursor, &quantity);
      while (onc_token_is (onc_cursor_peek (cursor, 0), ONC_WORD_MORE) ||
             onc_token_is (onc_cursor_peek (cursor, 0), ONC_WORD_ISH) ||
             onc_token_is (onc_cursor_peek (cursor, 0), ONC_WORD_OR_SO))
        {
          /* "4ish" is a clock. */
          expected |= onc_token_is (onc_cursor_peek (cursor, 0), ONC_WORD_MORE) ||
                      (onc_token_is (onc_cursor_peek (cursor, 0), ONC_WORD_ISH) &&
                       quantity > 12 * ONC_LENGTH_ONE);
          cursor->at++;
        }
      if (expected && quantity >= ONC_LENGTH_ONE && quantity <= MAX_BARE_MINUTES * ONC_LENGTH_ONE &&
          !pronoun && onc_cursor_before (cursor, 1)->fraction_digits == 0 &&
          onc_token_can_follow_number (onc_cursor_peek (cursor, 0)))
        {
          *length = (OncLength){ .milliseconds = quantity * ONC_UNIT_MINUTE,
                                 .unit = ONC_UNIT_MINUTE };
          return TRUE;
        }
    }
  *cursor = saved;
  return FALSE;
}
