/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Times of day: "14:30", "half past two", "noon UTC". */

#include "when-private.h"

#define C(class) ONC_CLASS_BIT (class)

gboolean
onc_when_is_clock_prep (OncPrep prep)
{
  return prep == ONC_PREP_BY || prep == ONC_PREP_BEFORE || prep == ONC_PREP_AT ||
         prep == ONC_PREP_UNTIL || prep == ONC_PREP_AFTER || prep == ONC_PREP_FROM ||
         prep == ONC_PREP_BETWEEN || prep == ONC_PREP_SINCE;
}

/* Takes an hour as a number from 1 to 12 in words or digits, with @most as the largest. */
static gboolean
take_hour (OncCursor *cursor, gint most, gint *hour)
{
  OncCursor saved = *cursor;
  const OncToken *token = onc_cursor_peek (cursor, 0);
  gint64 number;

  if ((token->flags & ONC_TOKEN_HYPHEN) != 0) /* "off-by-one" */
    return FALSE;
  if (token->kind == ONC_TOKEN_NUMBER && token->digits <= 2 && token->fraction_digits == 0 &&
      (token->flags & ONC_TOKEN_ORDINAL) == 0)
    {
      number = token->value;
      cursor->at++;
    }
  else if (!onc_cursor_take_number_word (cursor, &number) || onc_token_is (token, ONC_WORD_COUPLE))
    {
      *cursor = saved;
      return FALSE;
    }
  /* "one by one" and "at that one" are no hours, "half past one" and "at one." are. */
  if (number < 1 || number > most ||
      (token->kind == ONC_TOKEN_WORD && number == 1 &&
       onc_token_has (onc_cursor_before (&saved, 1), C (ARTICLE) | C (OUR))) ||
      (token->kind == ONC_TOKEN_WORD && number == 1 && most > 12 &&
       onc_cursor_peek (cursor, 0)->kind != ONC_TOKEN_MARK &&
       !onc_token_is (onc_cursor_peek (cursor, 0), ONC_WORD_PM) &&
       !onc_token_is (onc_cursor_peek (cursor, 0), ONC_WORD_OCLOCK)))
    {
      *cursor = saved;
      return FALSE;
    }
  *hour = number;
  return TRUE;
}

/* Takes "three thirty". */
static gboolean
take_two_numbers (OncCursor *cursor, OncWhen *when)
{
  OncCursor saved = *cursor;
  gint hour;
  gint64 minutes;

  if (onc_cursor_peek (cursor, 0)->kind == ONC_TOKEN_WORD && take_hour (cursor, 12, &hour) &&
      onc_cursor_take_number_word (cursor, &minutes) && minutes >= 5 && minutes < 60 &&
      !onc_token_is (onc_cursor_before (cursor, 1), ONC_WORD_COUPLE) &&
      !onc_token_has (onc_cursor_peek (cursor, 0), C (UNIT)))
    {
      when->minute = hour * 60 + minutes;
      when->meridiem = ONC_MERIDIEM_GUESS;
      return TRUE;
    }
  *cursor = saved;
  return FALSE;
}

/* Whether "20 to 6" at the cursor is a clock, as in "at 20 to 6", and not a range of numbers. */
static gboolean
is_before_hour (const OncCursor *cursor)
{
  const OncToken *minutes = onc_cursor_peek (cursor, 0);
  const OncToken *last = onc_cursor_before (cursor, 1);

  return minutes->value % 5 == 0 && onc_token_is (onc_cursor_peek (cursor, 1), ONC_WORD_TO) &&
         onc_token_has (last, C (BEGIN)) && onc_when_is_clock_prep (last->value) &&
         last->value != ONC_PREP_FROM && last->value != ONC_PREP_BETWEEN &&
         (last->value == ONC_PREP_AT || minutes->value > onc_cursor_peek (cursor, 2)->value);
}

/* Takes "half past one", "half four", "quarter to three", "twenty to six", "20 past 4". */
static gboolean
take_spoken_clock (OncCursor *cursor, OncWhen *when)
{
  OncCursor saved = *cursor;
  gint64 minutes = 0;
  gint hour;
  gboolean half = onc_cursor_take_word (cursor, ONC_WORD_HALF);
  gboolean quarter = !half && (onc_cursor_take_word (cursor, ONC_WORD_QUARTER) ||
                               (onc_token_is (onc_cursor_peek (cursor, 0), ONC_WORD_A) &&
                                onc_token_is (onc_cursor_peek (cursor, 1), ONC_WORD_QUARTER) &&
                                (cursor->at += 2) > 0));
  gboolean digits = onc_cursor_peek (cursor, 0)->kind == ONC_TOKEN_NUMBER;
  gboolean past, to;

  if (half || quarter)
    minutes = half ? 30 : 15;
  else if (digits && onc_cursor_peek (cursor, 0)->value < 30 &&
           onc_cursor_peek (cursor, 0)->fraction_digits == 0)
    minutes = cursor->tokens[cursor->at++].value;
  else if (!onc_cursor_take_number_word (cursor, &minutes) || minutes > 29 || minutes % 5 != 0)
    minutes = 0;

  past = minutes > 0 && onc_cursor_take_word (cursor, ONC_WORD_PAST);
  to = minutes > 0 && !past && !half && (!digits || is_before_hour (&saved)) &&
       (onc_cursor_take_word (cursor, ONC_WORD_TO) ||
        (quarter && onc_cursor_take_word (cursor, ONC_WORD_OF)));
  if ((past || to || half) && take_hour (cursor, 12, &hour) &&
      !onc_token_has (onc_cursor_peek (cursor, 0), C (UNIT)))
    {
      onc_cursor_take_word (cursor, ONC_WORD_OCLOCK);
      when->minute = (to ? hour * 60 - minutes : hour * 60 + minutes) % (13 * 60);
      when->meridiem = ONC_MERIDIEM_GUESS;
      return TRUE;
    }
  /* "till 25 past" */
  if ((half || quarter ||
       (past && onc_token_has (onc_cursor_before (&saved, 1), C (BEGIN)) &&
        onc_when_is_clock_prep (onc_cursor_before (&saved, 1)->value))) &&
      (past || to) && onc_token_can_follow_number (onc_cursor_peek (cursor, 0)))
    {
      when->turn = to ? 60 - minutes : minutes;
      return TRUE;
    }
  *cursor = saved;
  return FALSE;
}

/* Takes "am" or "pm". */
static gboolean
take_meridiem (OncCursor *cursor, OncWhen *when)
{
  if (onc_cursor_take_word (cursor, ONC_WORD_AM))
    when->meridiem = ONC_MERIDIEM_AM;
  else if (onc_cursor_take_word (cursor, ONC_WORD_PM))
    when->meridiem = ONC_MERIDIEM_PM;
  else
    return FALSE;
  return TRUE;
}

/* Whether the token @ahead tells that a number before it is a clock. */
static gboolean
shows_clock (const OncCursor *cursor, guint ahead)
{
  const OncToken *token = onc_cursor_peek (cursor, ahead);

  return onc_token_is (token, ONC_WORD_AM) || onc_token_is (token, ONC_WORD_PM) ||
         onc_token_is (token, ONC_WORD_OCLOCK) || onc_token_is (token, ONC_WORD_ISH) ||
         (onc_token_has (token, C (ZONE)) &&
          (token->end - token->begin > 1 || (token->flags & ONC_TOKEN_GLUED) != 0));
}

/* Whether the four digits at the cursor are more likely a year: "around 2011", "by 2030", but not
 * "at 2030", "before 1930". */
static gboolean
is_year (const OncCursor *cursor)
{
  const OncToken *token = onc_cursor_peek (cursor, 0);
  const OncToken *last = onc_cursor_before (cursor, 1);
  gboolean bound = onc_token_has (last, C (BEGIN)) && token->value % 5 == 0 &&
                   (last->value == ONC_PREP_AT || last->value == ONC_PREP_BY ||
                    last->value == ONC_PREP_BEFORE || last->value == ONC_PREP_UNTIL);

  return token->value >= 1900 && token->value < 2060 &&
         !(bound && (last->value == ONC_PREP_AT || token->value < 2026));
}

/* Takes "1540" or, where a clock is @expected, "530". */
static gboolean
take_joined_digits (OncCursor *cursor, gboolean expected, OncWhen *when)
{
  const OncToken *token = onc_cursor_peek (cursor, 0);
  const OncToken *unit = onc_cursor_peek (cursor, 1);
  gint hour = token->value / 100;
  gint minute = token->value % 100;
  gboolean hours = onc_token_has (unit, C (UNIT)) && unit->value == ONC_UNIT_HOUR;

  expected &= onc_token_can_follow_number (unit);
  if (hour >= 24 || minute >= 60)
    return FALSE;
  if (token->digits == 4 ? !(shows_clock (cursor, 1) || hours || (expected && !is_year (cursor)))
                         : !(token->digits == 3 && expected && minute != 0 && minute % 5 == 0))
    return FALSE;
  cursor->at++;
  when->minute = hour * 60 + minute;
  if (token->digits == 4)
    {
      when->meridiem = ONC_MERIDIEM_CLOCK;
      cursor->at += hours;
      take_meridiem (cursor, when);
    }
  return TRUE;
}

/* Whether "3.30" at the cursor ends "will call back 3.30". */
static gboolean
follows_call (const OncCursor *cursor)
{
  const OncToken *last = onc_cursor_before (cursor, 1);

  return onc_cursor_peek (cursor, 0)->fraction % 5 == 0 &&
         onc_cursor_peek (cursor, 1)->kind != ONC_TOKEN_WORD &&
         (onc_token_has (last, C (YOU)) || onc_token_is (last, ONC_WORD_BACK) ||
          (onc_token_has (last, C (NEWS)) &&
           onc_token_has (onc_cursor_before (cursor, 2), C (WILL))));
}

/* Takes digits as a clock: "14:30", "2.20pm", "1540", "17h15", "5". @expected is whether the words
 * before let a bare number be an hour. */
static gboolean
take_digital_clock (OncCursor *cursor, gboolean expected, OncWhen *when)
{
  OncCursor saved = *cursor;
  const OncToken *token = onc_cursor_peek (cursor, 0);
  const OncToken *unit = onc_cursor_peek (cursor, 1);
  const OncToken *minutes = onc_cursor_peek (cursor, 2);
  gint hour;

  when->meridiem = (token->flags & ONC_TOKEN_LEADING) != 0 ? ONC_MERIDIEM_CLOCK
                                                           : ONC_MERIDIEM_GUESS;
  if (token->kind == ONC_TOKEN_CLOCK)
    {
      cursor->at++;
      when->minute = token->value;
      if (!take_meridiem (cursor, when) && onc_token_has (onc_cursor_peek (cursor, 0), C (UNIT)) &&
          onc_cursor_peek (cursor, 0)->value == ONC_UNIT_HOUR)
        cursor->at++;
      return TRUE;
    }
  if (token->kind == ONC_TOKEN_NUMBER && token->digits <= 2 && unit->value == ONC_UNIT_HOUR &&
      unit->end - unit->begin == 1 && onc_token_has (unit, C (UNIT)) &&
      (unit->flags & ONC_TOKEN_GLUED) != 0 && token->value < 24)
    {
      gboolean with_minutes = minutes->kind == ONC_TOKEN_NUMBER && minutes->digits == 2 &&
                              minutes->value < 60 && (minutes->flags & ONC_TOKEN_GLUED) != 0;

      /* "17h15" is a clock and "1h10" a length, unless a word before tells. */
      if (expected || (with_minutes && token->value >= 7))
        {
          when->minute = token->value * 60 + (with_minutes ? minutes->value : 0);
          when->meridiem = ONC_MERIDIEM_CLOCK;
          cursor->at += with_minutes ? 3 : 2;
          return TRUE;
        }
      return FALSE;
    }
  if (token->kind == ONC_TOKEN_NUMBER && token->fraction_digits == 2 && token->value < 24 &&
      token->fraction < 60 &&
      (expected || shows_clock (cursor, 1) || onc_token_has (unit, C (POINT) | C (WEEKDAY)) ||
       follows_call (cursor)))
    {
      cursor->at++;
      when->minute = token->value * 60 + token->fraction;
      take_meridiem (cursor, when);
      return onc_token_can_follow_number (onc_cursor_peek (cursor, 0)) ||
             cursor->at > saved.at + 1 ||
             /* "before the 9.45 walkthrough" */
             onc_token_has (onc_cursor_peek (cursor, 0), C (ZONE) | (expected ? C (EVENT) : 0));
    }
  if (token->kind == ONC_TOKEN_NUMBER && token->digits >= 3 && token->fraction_digits == 0)
    return take_joined_digits (cursor, expected, when);
  if (take_hour (cursor, 23, &hour))
    {
      gboolean ish = onc_cursor_take_word (cursor, ONC_WORD_ISH);
      gboolean clock = onc_cursor_take_word (cursor, ONC_WORD_OCLOCK) |
                       take_meridiem (cursor, when);

      when->minute = hour * 60;
      if (clock || (onc_token_has (onc_cursor_peek (cursor, 0), C (ZONE)) && expected) ||
          (expected && onc_token_can_follow_number (onc_cursor_peek (cursor, 0))) ||
          /* "call me 4 tomorrow", but not "register 2 tomorrow" */
          (onc_token_has (onc_cursor_peek (cursor, 0), C (POINT) | C (WEEKDAY)) &&
           (expected || !onc_token_is_plain (onc_cursor_before (&saved, 1)) ||
            (onc_cursor_before (&saved, 1)->flags & ONC_TOKEN_CAPITAL) != 0)) ||
          (ish && hour <= 12 && onc_token_can_follow_number (onc_cursor_peek (cursor, 0))))
        {
          onc_cursor_take_word (cursor, ONC_WORD_ISH);
          return TRUE;
        }
    }
  *cursor = saved;
  when->minute = -1;
  return FALSE;
}

gboolean
onc_when_take_clock (OncCursor *cursor, gboolean expected, OncWhen *when)
{
  OncCursor saved = *cursor;
  OncWhen read = { .minute = -1, .turn = -1 };
  guint behind;

  if ((!onc_token_is_noun (onc_cursor_peek (cursor, 1)) ||
       /* "our noon standup", "before his noon checkout" */
       (onc_token_has (onc_cursor_before (cursor, 1), C (OUR) | C (ARTICLE)) &&
        (onc_token_has (onc_cursor_peek (cursor, 1), C (EVENT)) ||
         onc_token_has (onc_cursor_before (cursor, 2), C (BEGIN)))) ||
       /* "midday update coming" */
       (onc_token_has (onc_cursor_peek (cursor, 1), C (NEWS)) &&
        (onc_token_is (onc_cursor_peek (cursor, 2), ONC_WORD_TO_FOLLOW) ||
         onc_token_has (onc_cursor_peek (cursor, 2), C (WILL))))) &&
      onc_cursor_take_word (cursor, ONC_WORD_NOON))
    read.minute = 12 * 60;
  else if (!onc_token_is_noun (onc_cursor_peek (cursor, 1)) &&
           onc_cursor_take_word (cursor, ONC_WORD_MIDNIGHT))
    read.minute = 24 * 60;
  else if (onc_cursor_take_word (cursor, ONC_WORD_TOP)) /* its value: minutes past the hour */
    read.turn = onc_cursor_before (cursor, 1)->value;
  else if (take_two_numbers (cursor, &read))
    {
      /* "three thirty" alone may count anything. */
      if (!take_meridiem (cursor, &read) && !expected &&
          !onc_token_has (onc_cursor_peek (cursor, 0), C (POINT) | C (WEEKDAY)))
        read.minute = 25 * 60;
    }
  else if (!take_spoken_clock (cursor, &read) && !take_digital_clock (cursor, expected, &read))
    {
      *cursor = saved;
      return FALSE;
    }

  behind = cursor->at;
  onc_cursor_skip_words (cursor, C (TAIL));
  if (read.minute > 24 * 60 || (read.meridiem >= ONC_MERIDIEM_AM && read.minute >= 13 * 60) ||
      /* "about 10 or so sets" */
      (cursor->at > behind && read.meridiem == ONC_MERIDIEM_GUESS &&
       onc_token_has (onc_cursor_peek (cursor, 0), C (S))))
    {
      *cursor = saved;
      return FALSE;
    }
  when->minute = read.minute;
  when->meridiem = read.meridiem;
  when->turn = read.turn;
  return TRUE;
}

gboolean
onc_when_take_zone (OncCursor *cursor, OncWhen *when)
{
  const OncToken *token = onc_cursor_peek (cursor, 0);
  gint sign;

  if (!onc_token_has (token, C (ZONE)))
    return FALSE;
  cursor->at++;
  if (token->id == ONC_WORD_OWN_ZONE)
    return TRUE;

  when->zone = token->value;
  sign = onc_token_is_mark (onc_cursor_peek (cursor, 0), '+')   ? 1
         : onc_token_is_mark (onc_cursor_peek (cursor, 0), '-') ? -1
                                                                : 0;
  if (token->id == ONC_WORD_ZERO_ZONE && sign != 0 &&
      onc_cursor_peek (cursor, 1)->kind == ONC_TOKEN_NUMBER &&
      onc_cursor_peek (cursor, 1)->value <= 14)
    {
      when->zone_shift = sign * (gint) onc_cursor_peek (cursor, 1)->value * 60;
      cursor->at += 2;
    }
  onc_cursor_take_word (cursor, ONC_WORD_TIME);
  return TRUE;
}

gboolean
onc_when_take_clocks (OncCursor *cursor, gboolean expected, OncPrep prep, OncWhen *when)
{
  OncCursor saved = *cursor;
  OncCursor first;
  OncWhen upper = *when;
  gint hour;
  gboolean ranged;

  /* The first end may be bare when the second one is none: "1-2pm". */
  if (!onc_when_take_clock (cursor, expected, when) &&
      (!take_hour (cursor, 23, &hour) ||
       !(onc_token_is_mark (onc_cursor_peek (cursor, 0), '-') ||
         onc_token_is (onc_cursor_peek (cursor, 0), ONC_WORD_TO) ||
         onc_token_is (onc_cursor_peek (cursor, 0), ONC_WORD_OR))))
    {
      *cursor = saved;
      return FALSE;
    }

  if (when->minute >= 0 || prep == ONC_PREP_BETWEEN || prep == ONC_PREP_FROM)
    onc_when_take_zone (cursor, when);
  first = *cursor;
  upper.zone = when->zone;
  ranged = onc_cursor_take_range_word (cursor) ||
           (prep == ONC_PREP_BETWEEN && onc_cursor_take_word (cursor, ONC_WORD_AND)) ||
           (prep == ONC_PREP_FROM && onc_token_has (onc_cursor_peek (cursor, 0), C (BEGIN)) &&
            onc_cursor_peek (cursor, 0)->value == ONC_PREP_UNTIL && cursor->at++ > 0);
  if (ranged && onc_when_take_clock (cursor, when->minute >= 0 || expected, &upper) &&
      upper.turn < 0)
    {
      onc_when_take_zone (cursor, &upper);
      *when = upper;
      return TRUE;
    }
  *cursor = first;
  if ((when->minute < 0 && when->turn < 0) || prep == ONC_PREP_BETWEEN)
    *cursor = saved;
  return cursor->at > saved.at;
}
