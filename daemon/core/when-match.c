/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The grammar of times. Nothing in it looks further than some tokens ahead. */

#include "length.h"
#include "when-private.h"

#define C(class) ONC_CLASS_BIT (class)

/* Takes the words and sets @when to a length of time, unless it is beyond all that is waited for.
 */
static gboolean
set_length (OncWhen *when, const OncLength *length)
{
  gint64 count = (length->milliseconds + length->unit * ONC_LENGTH_ONE - 1) /
                 (length->unit * ONC_LENGTH_ONE);

  if (length->milliseconds <= 0 ||
      length->milliseconds > 366 * (gint64) ONC_UNIT_DAY * ONC_LENGTH_ONE)
    return FALSE;

  if (length->unit < ONC_UNIT_DAY || length->milliseconds < ONC_UNIT_DAY * ONC_LENGTH_ONE)
    {
      when->kind = ONC_WHEN_SPAN;
      when->span = length->milliseconds * (ONC_SECOND / ONC_LENGTH_ONE);
      return TRUE;
    }
  when->kind = ONC_WHEN_POINT;
  when->day = length->business                 ? ONC_DAY_BUSINESS_COUNT
              : length->unit == ONC_UNIT_MONTH ? ONC_DAY_MONTH_COUNT
                                               : ONC_DAY_COUNT;
  when->day_value = length->unit == ONC_UNIT_WEEK || length->unit == ONC_UNIT_FORTNIGHT
                        ? (gint) (count * (length->unit / ONC_UNIT_DAY))
                        : (gint) count;
  return TRUE;
}

/* Whether @token says how something will be, so that "for 4" behind it is when: "ready". */
static gboolean
is_state (const OncToken *token)
{
  return (onc_token_has (token, C (DONE)) || onc_token_is (token, ONC_WORD_BACK)) &&
         !onc_token_has (token, C (PAST)) && !onc_token_is (token, ONC_WORD_OUT);
}

/* Whether "for" before the cursor says what is aimed at: "aiming for 4", "on track for 4". */
static gboolean
aims (const OncCursor *cursor)
{
  const OncToken *last = onc_cursor_before (cursor, cursor->at > 1 ? 2 : 1);

  return onc_token_has (last, C (AIM)) || onc_token_is (last, ONC_WORD_ON_TRACK) ||
         onc_token_is (last, ONC_WORD_LOOK) || onc_token_is (last, ONC_WORD_PLAN) ||
         is_state (last);
}

/* Whether the words before the cursor put another time in the place of the last one: "sorry, 2",
 * "hmm, make that 40", "make it 4". */
static gboolean
replaces (const OncCursor *cursor)
{
  const OncToken *token;
  guint back = 1;

  for (token = onc_cursor_before (cursor, back);
       onc_token_is_mark (token, ',') && token != &onc_no_token;)
    token = onc_cursor_before (cursor, ++back);
  return onc_token_is (token, ONC_WORD_AMEND) || onc_token_is (token, ONC_WORD_CORRECTION) ||
         (onc_token_has (token, C (IT)) &&
          onc_token_is (onc_cursor_before (cursor, back + 1), ONC_WORD_MAKE));
}

/* Whether the words around the cursor make an hour of a bare number: "make it 3", "that'll be 3
 * now", "will do 3 instead", "more like 3". */
static gboolean
makes_it (const OncCursor *cursor)
{
  /* "deadline is 4" */
  if (onc_token_has (onc_cursor_before (cursor, 1), C (BE)) &&
      (onc_token_is (onc_cursor_before (cursor, 2), ONC_WORD_ETA) ||
       onc_token_is (onc_cursor_before (cursor, 2), ONC_WORD_DEADLINE) ||
       onc_token_is (onc_cursor_before (cursor, 2), ONC_WORD_PLAN) ||
       onc_token_is (onc_cursor_before (cursor, 2), ONC_WORD_CORRECTION)))
    return TRUE;
  /* "that'll be 1 now" */
  if (onc_token_is (onc_cursor_before (cursor, 1), ONC_WORD_BE) &&
      onc_token_has (onc_cursor_before (cursor, 2), C (WILL)))
    return onc_token_has (onc_cursor_before (cursor, 3), C (IT) | C (AND)) &&
           (onc_token_is (onc_cursor_peek (cursor, 1), ONC_WORD_NOW) ||
            onc_cursor_peek (cursor, 1) == &onc_no_token);
  if (onc_token_is (onc_cursor_before (cursor, 1), ONC_WORD_DO))
    return onc_token_has (onc_cursor_before (cursor, 2), C (WILL)) &&
           onc_token_is (onc_cursor_peek (cursor, 1), ONC_WORD_CORRECTION);
  return onc_token_is (onc_cursor_before (cursor, 1), ONC_WORD_ON_TRACK) ||
         (onc_token_has (onc_cursor_before (cursor, 1), C (IT)) &&
          onc_token_is (onc_cursor_before (cursor, 2), ONC_WORD_MAKE));
}

/* Takes one of the things that together make a point in time, if it is not there yet. */
static gboolean
take_element (OncCursor *cursor, gboolean expected, gboolean next, OncPrep prep, OncWhen *when)
{
  const OncToken *token = onc_cursor_peek (cursor, 0);
  gboolean has_clock = when->minute >= 0 || when->turn >= 0;

  if (when->zone < 0 && (has_clock || when->part == ONC_PART_END) &&
      onc_when_take_zone (cursor, when))
    return TRUE;
  /* "this afternoon" may follow "today", and "tonight" a clock */
  if (onc_token_has (token, C (POINT)) && when->day != ONC_DAY_NONE &&
      when->part == ONC_PART_NONE && ONC_POINT_DAY (token->value) == when->day &&
      ONC_POINT_PART (token->value) != ONC_PART_NONE)
    {
      when->part = ONC_POINT_PART (token->value);
      cursor->at++;
      return TRUE;
    }
  if (when->part == ONC_PART_NONE && onc_when_take_part (cursor, when))
    return TRUE;
  /* "Thursday am" */
  if (when->day != ONC_DAY_NONE && when->part == ONC_PART_NONE && !has_clock &&
      (onc_token_is (token, ONC_WORD_AM) || onc_token_is (token, ONC_WORD_PM)) &&
      onc_token_can_follow_number (onc_cursor_peek (cursor, 1)))
    {
      when->part = onc_token_is (token, ONC_WORD_AM) ? ONC_PART_MORNING : ONC_PART_AFTERNOON;
      cursor->at++;
      return TRUE;
    }
  if (when->day == ONC_DAY_NONE && onc_when_take_day (cursor, expected, next, when))
    return TRUE;
  return !has_clock && onc_when_take_clocks (
                           cursor,
                           onc_when_is_clock_prep (prep) || when->day != ONC_DAY_NONE ||
                               (prep == ONC_PREP_FOR && aims (cursor)) ||
                               onc_token_is (onc_cursor_before (cursor, 1), ONC_WORD_CORRECTION) ||
                               (cursor->last == ONC_MEASURE_CLOCK && replaces (cursor)) ||
                               onc_token_is (onc_cursor_peek (cursor, 1), ONC_WORD_LATEST) ||
                               onc_token_is (onc_cursor_before (cursor, 1), ONC_WORD_ABOUT) ||
                               onc_token_is (onc_cursor_before (cursor, 1), ONC_WORD_ESTIMATE) ||
                               onc_token_is (onc_cursor_before (cursor, 1), ONC_WORD_ETA) ||
                               /* "next update 1430", but not "pushing build 1430" */
                               (token->digits == 4 && token->value % 5 == 0 &&
                                onc_token_has (onc_cursor_before (cursor, 1), C (NEWS)) &&
                                (onc_token_is (onc_cursor_before (cursor, 1), ONC_WORD_ETA) ||
                                 onc_token_is (onc_cursor_before (cursor, 2), ONC_WORD_NEXT))) ||
                               makes_it (cursor),
                           prep, when);
}

/* Takes what may part the elements of a point in time: "at", ",", "the". */
static OncPrep
skip_connector (OncCursor *cursor, OncPrep prep)
{
  if (!onc_cursor_take_mark (cursor, ','))
    {
      onc_cursor_take_mark (cursor, '-');
      onc_cursor_take_mark (cursor, '(');
    }
  onc_cursor_skip_words (cursor, C (HEDGE));
  if (onc_token_has (onc_cursor_peek (cursor, 0), C (BEGIN)) &&
      (onc_cursor_peek (cursor, 0)->value == ONC_PREP_ON ||
       onc_when_is_clock_prep (onc_cursor_peek (cursor, 0)->value)))
    {
      prep = onc_cursor_peek (cursor, 0)->value;
      cursor->at++;
      onc_cursor_skip_words (cursor, C (HEDGE));
    }
  if (onc_cursor_take_word (cursor, ONC_WORD_THE) && prep == ONC_PREP_NONE)
    prep = ONC_PREP_ON;
  return prep;
}

/* Takes a point in time: days, parts of days, clocks and zones in any order. */
static gboolean
take_point (OncCursor *cursor, gboolean expected, gboolean next, OncWhen *when)
{
  OncCursor saved;

  if (!take_element (cursor, expected, next, when->prep, when))
    return FALSE;
  when->kind = ONC_WHEN_POINT;

  for (saved = *cursor;; saved = *cursor)
    {
      OncPrep prep = ONC_PREP_NONE;

      if (take_element (cursor, FALSE, FALSE, ONC_PREP_NONE, when))
        continue;
      prep = skip_connector (cursor, prep);
      if (cursor->at == saved.at ||
          !take_element (cursor, prep != ONC_PREP_NONE,
                         onc_cursor_take_word (cursor, ONC_WORD_NEXT), prep, when))
        break;
      /* "on Friday before 12" */
      if (prep == ONC_PREP_BY || prep == ONC_PREP_BEFORE)
        when->prep = prep;
      onc_cursor_take_mark (cursor, ')');
    }

  *cursor = saved;
  return TRUE;
}

/* Takes the later of two days: "today or tomorrow", "Monday or Tuesday", "Mon/Tue". */
static void
take_upper_day (OncCursor *cursor, OncWhen *when)
{
  OncCursor saved = *cursor;
  OncWhen upper = { .minute = -1, .turn = -1, .zone = -1 };

  if (when->day == ONC_DAY_NONE || when->minute >= 0 || when->part != ONC_PART_NONE ||
      !onc_cursor_take_range_word (cursor) || !onc_when_take_day (cursor, TRUE, FALSE, &upper) ||
      upper.day == when->day - 1)
    {
      *cursor = saved;
      return;
    }
  upper.kind = when->kind;
  upper.prep = when->prep;
  *when = upper;
  onc_when_take_part (cursor, when);
}

/* Whether "more" is among the tokens from @begin to the cursor. */
static gboolean
says_more (const OncCursor *cursor, guint begin)
{
  for (guint i = begin; i < cursor->at; i++)
    {
      if (onc_token_is (&cursor->tokens[i], ONC_WORD_MORE))
        return TRUE;
    }
  return FALSE;
}

/* Whether "17h15" is at the cursor: from seven on it is a clock and no length of time. */
static gboolean
is_joined_clock (const OncCursor *cursor)
{
  const OncToken *hour = onc_cursor_peek (cursor, 0);
  const OncToken *unit = onc_cursor_peek (cursor, 1);
  const OncToken *minute = onc_cursor_peek (cursor, 2);

  return hour->kind == ONC_TOKEN_NUMBER && hour->value >= 7 && hour->value < 24 &&
         hour->fraction_digits == 0 && onc_token_has (unit, C (UNIT)) &&
         unit->value == ONC_UNIT_HOUR && unit->end - unit->begin == 1 &&
         minute->kind == ONC_TOKEN_NUMBER && minute->digits == 2 &&
         (minute->flags & ONC_TOKEN_GLUED) != 0 &&
         !onc_token_has (onc_cursor_peek (cursor, 3), C (UNIT));
}

/* Whether "looking at" stands before the cursor, or before the hedges there: "looking at about". */
static gboolean
is_looking_at (const OncCursor *cursor)
{
  guint back = 1;

  while (onc_token_has (onc_cursor_before (cursor, back), C (HEDGE)))
    back++;
  return onc_token_is (onc_cursor_before (cursor, back + 1), ONC_WORD_LOOK);
}

/* Takes "the next hour", "within the hour", "in the next 20". */
static gboolean
take_span (OncCursor *cursor, gboolean article, gboolean next, gboolean minutes, OncWhen *when)
{
  gboolean in = when->prep == ONC_PREP_IN;
  gboolean open = in || when->prep == ONC_PREP_NONE || when->prep == ONC_PREP_FOR;
  guint begin = cursor->at;
  gboolean looking = is_looking_at (cursor);
  gboolean another = onc_cursor_take_word (cursor, ONC_WORD_ANOTHER);
  const OncToken *token;
  OncLength length;

  when->more = another;
  onc_cursor_skip_words (cursor, C (HEDGE));
  token = onc_cursor_peek (cursor, 0);
  if (in && article && !next && onc_token_has (token, C (UNIT)) && token->value >= ONC_UNIT_DAY)
    {
      cursor->at++;
      when->kind = ONC_WHEN_POINT;
      when->day = token->value == ONC_UNIT_DAY    ? ONC_DAY_TODAY
                  : token->value == ONC_UNIT_WEEK ? ONC_DAY_WEEK_END
                                                  : ONC_DAY_MONTH_END;
      return TRUE;
    }

  /* "till 18h" and "at 1500 hrs" are clocks, and "by 20 minutes" an amount. */
  if (onc_when_is_clock_prep (when->prep) &&
      onc_token_has (onc_cursor_peek (cursor, 1), C (UNIT)) &&
      (onc_cursor_peek (cursor, 1)->end - onc_cursor_peek (cursor, 1)->begin == 1 ||
       token->digits == 4))
    return FALSE;
  if (is_joined_clock (cursor))
    return FALSE;
  /* "in the 90s" */
  if (article && token->kind == ONC_TOKEN_NUMBER &&
      (onc_cursor_peek (cursor, 1)->flags & ONC_TOKEN_GLUED) != 0 &&
      onc_token_has (onc_cursor_peek (cursor, 1), C (UNIT)) &&
      onc_cursor_peek (cursor, 1)->value == ONC_UNIT_SECOND)
    return FALSE;
  if (onc_length_take (cursor, another || next || (in && article) || when->prep == ONC_PREP_EVERY,
                       &length))
    {
      /* "looking at 2 hours" */
      when->past = onc_when_is_clock_prep (when->prep) && when->prep != ONC_PREP_UNTIL &&
                   when->prep != ONC_PREP_AFTER && !(when->prep == ONC_PREP_AT && looking);
      when->more |= says_more (cursor, begin);
      /* "in an hour's time", "in two weeks' time" */
      if (onc_token_has (onc_cursor_peek (cursor, 0), C (BE)) &&
          onc_token_is (onc_cursor_peek (cursor, 1), ONC_WORD_TIME))
        cursor->at++;
      if (in)
        onc_cursor_take_word (cursor, ONC_WORD_TIME);
      return set_length (when, &length);
    }
  /* "in 15", but not "in 7" of a version, nor "in my 70" */
  minutes |= another || (in && !article && token->value % 5 == 0);
  if (open && onc_length_take_minutes (cursor, minutes, &length))
    {
      when->number = TRUE;
      when->more |= says_more (cursor, begin);
      return set_length (when, &length);
    }
  return FALSE;
}

/* Whether the words before the cursor make minutes of a bare number: "brb", "give me". */
static gboolean
expects_minutes (const OncCursor *cursor)
{
  const OncToken *last = onc_cursor_before (cursor, 1);

  /* "brb, 15" */
  if (onc_token_is_mark (last, ',') || onc_token_is_mark (last, '-'))
    return onc_token_is (onc_cursor_before (cursor, 2), ONC_WORD_BRB) ||
           onc_token_is (onc_cursor_before (cursor, 2), ONC_WORD_HOLD);
  if (onc_token_has (last, C (ME)))
    return onc_token_has (onc_cursor_before (cursor, 2), C (MINUTES));
  /* "give it 10" */
  if (onc_token_has (last, C (IT)) && !onc_token_has (last, C (ARTICLE)))
    return onc_token_is (onc_cursor_before (cursor, 2), ONC_WORD_GIVE);
  /* "should take 10" */
  if (onc_token_has (last, C (LAST)) && onc_token_has (last, C (BASE)))
    return onc_token_has (onc_cursor_before (cursor, 2), C (WILL) | C (MODAL) | C (HEDGE));
  return onc_token_has (last, C (MINUTES)) && !onc_token_has (last, C (DELIVER));
}

/* Whether the length of time that ends before the cursor describes the noun behind it: "a two-hour
 * outage", "30 day trial". */
static gboolean
describes_noun (const OncCursor *cursor, const OncWhen *when)
{
  const OncToken *unit = onc_cursor_before (cursor, 1);

  if (!onc_token_has (unit, C (UNIT)) || !onc_token_is_noun (onc_cursor_peek (cursor, 0)))
    return FALSE;
  return (unit->flags & ONC_TOKEN_HYPHEN) != 0 || when->prep == ONC_PREP_NONE ||
         when->prep == ONC_PREP_FOR;
}

/* Takes the day behind an event: "for our 9am call on Monday". */
static void
take_day_of_event (OncCursor *cursor, OncWhen *when)
{
  OncCursor saved = *cursor;

  if (when->day != ONC_DAY_NONE)
    return;
  if (!onc_when_take_day (cursor, skip_connector (cursor, ONC_PREP_NONE) != ONC_PREP_NONE, FALSE,
                          when))
    *cursor = saved;
}

/* Looks around a time that was taken from the tokens behind @at: it may be over, or describe a
 * noun, or be a rate. */
static void
judge (OncCursor *cursor, guint at, gboolean article, OncWhen *when)
{
  const OncCursor start = { cursor->tokens, cursor->n_tokens, at, cursor->last };
  const OncToken *next = onc_cursor_peek (cursor, 0);
  gboolean described = article ||
                       (when->prep == ONC_PREP_NONE && when->day == ONC_DAY_NONE &&
                        onc_token_has (onc_cursor_before (&start, 1), C (OUR) | C (ARTICLE)));
  gboolean bare_span = when->kind == ONC_WHEN_SPAN && when->prep == ONC_PREP_NONE;
  gboolean has_clock = when->minute >= 0 || when->turn >= 0;

  /* "not 3 but 4" */
  if (when->prep != ONC_PREP_BY && onc_token_has (onc_cursor_before (&start, 1), C (NOT)) &&
      !onc_token_has (onc_cursor_before (&start, 1), C (ARTICLE)) && has_clock)
    when->past = TRUE;
  /* "thinking about tomorrow" */
  if (onc_token_is (onc_cursor_peek (&start, 0), ONC_WORD_ABOUT) && !has_clock &&
      when->kind == ONC_WHEN_POINT &&
      onc_token_has (onc_cursor_before (&start, 1), C (THINK) | C (SAY)))
    when->past = TRUE;
  /* "delays of up to an hour" */
  if (onc_token_is (onc_cursor_before (&start, 1), ONC_WORD_OF))
    when->past = TRUE;
  if (when->prep == ONC_PREP_SINCE || when->prep == ONC_PREP_THAN || when->prep == ONC_PREP_OVER)
    when->past = TRUE;
  /* "we're an hour in" */
  if (bare_span && onc_token_has (next, C (BEGIN)) && next->value == ONC_PREP_IN &&
      onc_cursor_peek (cursor, 1)->kind == ONC_TOKEN_MARK)
    when->past = TRUE;
  if (onc_token_is (next, ONC_WORD_EARLIEST) || /* "3pm at the earliest" */
      (onc_token_has (next, C (BLOCK)) &&
       /* "Monday's doable" */
       !onc_token_is (onc_cursor_peek (cursor, 1), ONC_WORD_DOABLE) &&
       !onc_token_is (onc_cursor_peek (cursor, 2), ONC_WORD_PLAN) &&
       (when->kind == ONC_WHEN_SPAN || when->day >= ONC_DAY_COUNT ||
        onc_token_has (next, C (BE)))) ||
      (bare_span && onc_token_is (next, ONC_WORD_BACK)))
    {
      when->past = TRUE;
      cursor->at++;
    }
  else if (when->prep == ONC_PREP_NONE &&
           (when->kind == ONC_WHEN_SPAN || when->day >= ONC_DAY_COUNT) &&
           (onc_token_is (next, ONC_WORD_AFTER) || onc_token_is (next, ONC_WORD_BEFORE)) &&
           /* "it'll be 20 minutes before I can tell" */
           !(onc_token_is (next, ONC_WORD_BEFORE) && !when->capped &&
             onc_token_has (onc_cursor_peek (cursor, 1), C (FIRST)) &&
             (onc_token_is (onc_cursor_before (&start, 1), ONC_WORD_BE) ||
              /* "you've got 20 minutes before I escalate" */
              onc_token_has (onc_cursor_before (&start, 1), C (HAVE)) ||
              onc_token_is (onc_cursor_before (&start, 1), ONC_WORD_GET) ||
              onc_token_is (onc_cursor_peek (cursor, 2), ONC_WORD_CAN))))
    when->past = TRUE;
  else if (!has_clock && when->day != ONC_DAY_WEEKDAY &&
           (describes_noun (cursor, when) ||
            ((onc_token_is (next, ONC_WORD_A) || onc_token_is_mark (next, '/')) &&
             onc_token_has (onc_cursor_peek (cursor, 1), C (UNIT)))))
    when->past = TRUE;
  else if (described && has_clock)
    {
      if (when->prep == ONC_PREP_NONE ||
          (onc_token_is_noun (next) && !onc_token_has (next, C (EVENT) | C (NEWS)) &&
           when->prep != ONC_PREP_BEFORE))
        when->past = TRUE;
      else
        {
          when->event = TRUE;
          while (onc_token_is_noun (onc_cursor_peek (cursor, 0)))
            cursor->at++;
          take_day_of_event (cursor, when);
        }
    }
  else if (described && when->day == ONC_DAY_WEEKDAY && onc_token_is_noun (next))
    {
      when->event = onc_token_has (next, C (EVENT)) && when->prep != ONC_PREP_NONE;
      when->past = !when->event;
    }
}

/* Takes what may stand between a preposition and its time: "by around", "in the next". */
static gboolean
skip_opening (OncCursor *cursor, OncWhen *when, gboolean *next)
{
  const OncToken *token;
  gboolean article = FALSE;

  onc_cursor_skip_words (cursor, C (HEDGE));
  token = onc_cursor_peek (cursor, 0);
  if (onc_token_has (token, C (BEGIN)))
    {
      when->prep = token->value;
      cursor->at++;
      onc_cursor_skip_words (cursor, C (HEDGE));
      token = onc_cursor_peek (cursor, 0);
    }
  if (when->prep != ONC_PREP_NONE && token->id != ONC_WORD_A && token->id != ONC_WORD_THIS &&
      onc_token_has (token, C (OUR) | C (ARTICLE)))
    {
      article = TRUE;
      cursor->at++;
    }
  else if ((onc_token_is (token, ONC_WORD_THIS) || onc_token_is (token, ONC_WORD_THE)) &&
           (onc_token_is (onc_cursor_peek (cursor, 1), ONC_WORD_NEXT) ||
            onc_token_has (onc_cursor_peek (cursor, 1), C (WEEKDAY)) ||
            (onc_cursor_peek (cursor, 1)->flags & ONC_TOKEN_ORDINAL) != 0))
    {
      article = (onc_cursor_peek (cursor, 1)->flags & ONC_TOKEN_ORDINAL) != 0;
      cursor->at++;
    }
  *next = onc_cursor_take_word (cursor, ONC_WORD_NEXT);
  if (when->prep == ONC_PREP_OVER && *next)
    when->prep = ONC_PREP_IN;
  onc_cursor_skip_words (cursor, C (HEDGE));
  return article;
}

/* Takes what changes nothing behind a time: "or so", ", give or take,". */
static void
skip_tail (OncCursor *cursor)
{
  onc_cursor_skip_words (cursor, C (TAIL));
  if (onc_token_is_mark (onc_cursor_peek (cursor, 0), ',') &&
      onc_token_has (onc_cursor_peek (cursor, 1), C (TAIL)) &&
      onc_token_is_mark (onc_cursor_peek (cursor, 2), ','))
    cursor->at += 2;
}

/* Takes "not 3" behind "4". */
static void
skip_contrast (OncCursor *cursor, const OncWhen *when)
{
  OncCursor saved = *cursor;
  OncWhen other = { .minute = -1, .turn = -1, .zone = -1 };

  if (when->minute < 0 || !onc_token_has (onc_cursor_peek (cursor, 0), C (NOT)))
    return;
  cursor->at++;
  if (!onc_when_take_clock (cursor, TRUE, &other))
    *cursor = saved;
}

/* Whether what makes a time stands at the cursor or behind the few words that may open one: a
 * cheap look that spares most words a closer one. */
static gboolean
may_begin (const OncCursor *cursor)
{
  const guint64 opening = C (BEGIN) | C (HEDGE) | C (ARTICLE) | C (OUR);

  for (guint i = 0; i < 6; i++)
    {
      const OncToken *token = onc_cursor_peek (cursor, i);

      if (token->kind != ONC_TOKEN_WORD)
        {
          if (onc_token_is_mark (token, '~'))
            continue;
          return token->kind >= ONC_TOKEN_NUMBER && token->kind <= ONC_TOKEN_INSTANT;
        }
      if ((token->classes & ONC_WHEN_CLASSES) != 0 && token->id != ONC_WORD_A)
        return TRUE;
      if ((token->classes & opening) == 0 && token->id != ONC_WORD_NEXT &&
          token->id != ONC_WORD_ANOTHER && token->id != ONC_WORD_EXTRA)
        return FALSE;
    }
  return FALSE;
}

/* Returns: the preposition that the phrase @token begins with, if that sets a deadline: "by close
 * of business". */
static OncPrep
deadline_of_phrase (const OncLexicon *lexicon, const OncToken *token)
{
  const OncWord *words = onc_lexicon_words (lexicon);
  const OncWord *first;

  if (token->kind != ONC_TOKEN_WORD || words[token->word].n_parts == 0)
    return ONC_PREP_NONE;
  first = &words[words[token->word].parts[0]];
  return (first->classes & C (BEGIN)) != 0 &&
                 (first->value == ONC_PREP_BY || first->value == ONC_PREP_BEFORE)
             ? (OncPrep) first->value
             : ONC_PREP_NONE;
}

/* Takes a point in time, or the later of two days, behind the words from @at on that open it. */
static gboolean
take_whole_point (const OncLexicon *lexicon,
                  OncCursor *cursor,
                  guint at,
                  gboolean article,
                  gboolean next,
                  OncWhen *when)
{
  const OncWord *words = onc_lexicon_words (lexicon);
  const OncToken *token = onc_cursor_peek (cursor, 0);
  guint begin = cursor->at;
  gboolean part_only;

  if (when->prep == ONC_PREP_OVER ||
      !take_point (cursor, when->prep != ONC_PREP_NONE || article, next, when))
    return FALSE;
  take_upper_day (cursor, when);
  if (when->prep == ONC_PREP_NONE)
    when->prep = deadline_of_phrase (lexicon, token);
  /* "ready for 4" */
  if (when->prep == ONC_PREP_FOR && when->minute >= 0 && at > 0 &&
      is_state (&cursor->tokens[at - 1]))
    when->prep = ONC_PREP_BY;
  /* "Morning!" greets. */
  part_only = when->day == ONC_DAY_NONE && when->minute < 0 && when->turn < 0;
  part_only |= when->day == ONC_DAY_WEEK_END && when->minute < 0 && token->id == ONC_WORD_WEEKEND;
  if (part_only && when->prep == ONC_PREP_NONE && cursor->at == begin + 1 &&
      !onc_token_has (token, C (ZONE)) && token->value != ONC_POINT (0, ONC_PART_END) &&
      (words[token->word].n_parts == 0 || token->id == ONC_WORD_WEEKEND))
    return FALSE;
  return when->prep != ONC_PREP_IN || part_only;
}

OncMeasure
onc_when_measure (const OncWhen *when)
{
  if (when->kind == ONC_WHEN_SPAN)
    return when->span % ONC_HOUR == 0 ? ONC_MEASURE_HOURS : ONC_MEASURE_MINUTES;
  return when->minute >= 0 ? ONC_MEASURE_CLOCK : ONC_MEASURE_NONE;
}

guint
onc_when_match (const OncLexicon *lexicon,
                const OncSentence *sentence,
                guint at,
                OncMeasure last,
                OncWhen *when)
{
  OncCursor cursor = { sentence->tokens, sentence->n_tokens, at, last };
  gboolean minutes = expects_minutes (&cursor);
  gboolean awaited = onc_token_has (onc_cursor_before (&cursor, 1),
                                    C (HERE) | C (DONE) | C (REPORT) | C (NEWS) | C (YOU));
  gboolean next, article, out;
  const OncToken *token;

  if (!may_begin (&cursor))
    return 0;
  *when = (OncWhen){ .minute = -1, .turn = -1, .zone = -1 };
  article = skip_opening (&cursor, when, &next);
  if (when->prep == ONC_PREP_IN)
    minutes |= next || awaited;
  /* "5 and I'm there" */
  minutes |= at == 0 && onc_token_is (onc_cursor_peek (&cursor, 1), ONC_WORD_AND) &&
             onc_token_has (onc_cursor_peek (&cursor, 2), C (FIRST));
  minutes |= last == ONC_MEASURE_MINUTES && replaces (&cursor);
  /* "1 by 1" */
  if (when->prep == ONC_PREP_BY && at > 0 &&
      (sentence->tokens[at - 1].kind == ONC_TOKEN_NUMBER ||
       onc_token_has (&sentence->tokens[at - 1], C (NUMBER))) &&
      /* "room 12 by 3", "bay 4 by 3pm" */
      !(at > 1 && onc_token_is_noun (&sentence->tokens[at - 2])) &&
      !onc_token_is (onc_cursor_peek (&cursor, 1), ONC_WORD_PM) &&
      !onc_token_is (onc_cursor_peek (&cursor, 1), ONC_WORD_AM) &&
      (onc_cursor_peek (&cursor, 0)->kind == ONC_TOKEN_NUMBER ||
       onc_token_has (onc_cursor_peek (&cursor, 0), C (NUMBER) | C (UNIT))))
    return 0;
  token = onc_cursor_peek (&cursor, 0);
  /* "ETA 15"; "ETA 4" is a clock. */
  if (when->prep == ONC_PREP_NONE && at > 0 &&
      onc_token_is (&sentence->tokens[at - 1], ONC_WORD_ETA))
    minutes |= token->kind == ONC_TOKEN_NUMBER && token->value >= 10 && token->value % 5 == 0;

  if (onc_token_is (token, ONC_WORD_HOURLY))
    {
      when->kind = ONC_WHEN_SPAN;
      when->prep = ONC_PREP_EVERY;
      when->span = ONC_HOUR;
      cursor.at++;
      return cursor.at - at;
    }
  if (token->kind == ONC_TOKEN_INSTANT)
    {
      when->kind = ONC_WHEN_INSTANT;
      when->instant = token->value * ONC_SECOND;
      cursor.at++;
    }
  else if (!take_span (&cursor, article, next, minutes, when) &&
           !take_whole_point (lexicon, &cursor, at, article, next, when))
    return 0;

  /* "5 hours from now" */
  if (when->prep == ONC_PREP_NONE && when->kind == ONC_WHEN_SPAN &&
      onc_token_is (onc_cursor_peek (&cursor, 0), ONC_WORD_FROM_NOW))
    when->prep = ONC_PREP_IN;
  skip_tail (&cursor);
  skip_contrast (&cursor, when);
  /* "20 minutes out" */
  out = when->kind == ONC_WHEN_SPAN && onc_token_is (onc_cursor_peek (&cursor, 0), ONC_WORD_OUT) &&
        onc_token_can_follow_number (onc_cursor_peek (&cursor, 1));
  cursor.at += out;
  judge (&cursor, at, article, when);
  onc_cursor_skip_words (&cursor, C (TAIL));
  /* "at the latest tomorrow", "with any luck 3pm" */
  when->capped = out || onc_token_is (&sentence->tokens[at], ONC_WORD_LATEST) ||
                 onc_token_is (&sentence->tokens[at], ONC_WORD_ESTIMATE) ||
                 (onc_token_has (onc_cursor_before (&cursor, 1), C (TAIL)) &&
                  !onc_token_is (onc_cursor_before (&cursor, 1), ONC_WORD_LEFT));
  return cursor.at - at;
}
