/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Numbers as people and machines write them: amounts, clocks, dates, with what is glued to them. */

#include "lexer-private.h"

#include <string.h>

/* Numbers with more digits count nothing that a person waits for. */
#define MAX_DIGITS 9

/* Reads at most @most digits at the lexer's offset and moves behind them. Returns: their value. */
static gint64
take_digits (OncLexer *lexer, guint most, guint *n_digits)
{
  gint64 value = 0;

  for (*n_digits = 0; *n_digits < most && g_ascii_isdigit (onc_lexer_byte (lexer, lexer->offset));
       (*n_digits)++)
    value = value * 10 + g_ascii_digit_value (onc_lexer_byte (lexer, lexer->offset++));
  return value;
}

/* Whether @mark and a digit are at the lexer's offset. */
static gboolean
is_before_digit (const OncLexer *lexer, char mark)
{
  return onc_lexer_byte (lexer, lexer->offset) == mark &&
         g_ascii_isdigit (onc_lexer_byte (lexer, lexer->offset + 1));
}

/* Takes ":30" or ":30:15" after an hour. */
static gboolean
take_clock (OncLexer *lexer, OncToken *token)
{
  gsize begin = lexer->offset;
  guint n_digits;
  gint64 minute;

  lexer->offset++;
  minute = take_digits (lexer, 3, &n_digits);
  if (n_digits != 2 || minute > 59 || token->digits > 2 || token->value > 24)
    {
      lexer->offset = begin;
      return FALSE;
    }
  token->kind = ONC_TOKEN_CLOCK;
  token->value = token->value * 60 + minute;
  if (is_before_digit (lexer, ':'))
    {
      lexer->offset++;
      take_digits (lexer, 2, &n_digits);
      token->flags |= ONC_TOKEN_SECONDS;
      if (is_before_digit (lexer, '.') || is_before_digit (lexer, ','))
        {
          lexer->offset++;
          take_digits (lexer, MAX_DIGITS, &n_digits);
        }
    }
  return TRUE;
}

/* Takes "-05-07" after a year, or "/30" or "/30/2026" after a number. */
static gboolean
take_date (OncLexer *lexer, OncToken *token, char mark)
{
  gsize begin = lexer->offset;
  guint second_digits, third_digits = 0;
  gint64 second, third = 0;

  lexer->offset++;
  second = take_digits (lexer, 3, &second_digits);
  if (is_before_digit (lexer, mark))
    {
      lexer->offset++;
      third = take_digits (lexer, 5, &third_digits);
    }

  if (mark != '.' && token->digits == 4 && second_digits <= 2 &&
      (third_digits == 1 || third_digits == 2))
    {
      token->kind = ONC_TOKEN_DATE;
      token->value = token->value * 10000 + second * 100 + third;
      /* 2026-05-07T14:00 */
      if (onc_lexer_byte (lexer, lexer->offset) == 'T' && is_before_digit (lexer, 'T'))
        lexer->offset++;
      return TRUE;
    }
  if (mark == '/' && token->digits <= 2 && second_digits <= 2 &&
      (third_digits == 0 || third_digits == 2 || third_digits == 4))
    {
      token->kind = ONC_TOKEN_SLASHED;
      token->value = (third_digits == 2 ? third + 2000 : third) * 10000 + token->value * 100 +
                     second;
      return TRUE;
    }
  /* 30.06.2027 has its day first everywhere. */
  if (mark == '.' && token->digits <= 2 && second_digits <= 2 && third_digits == 4)
    {
      token->kind = ONC_TOKEN_DATE;
      token->value = third * 10000 + second * 100 + token->value;
      return TRUE;
    }

  lexer->offset = begin;
  return FALSE;
}

/* Takes the letters that are glued to a number: a unit, "pm", "th". Returns: FALSE when they are
 * none of these, so that the whole is no number ("5GB"). */
static gboolean
take_suffix (OncLexer *lexer, OncSentence *sentence, guint at)
{
  static const char *const ordinals[] = { "st", "nd", "rd", "th" };
  OncToken *token = &sentence->tokens[at];
  gsize begin = lexer->offset;
  const char *suffix = lexer->piece.start + begin;
  gsize length = 0;
  guint word;

  while (g_ascii_isalpha (onc_lexer_byte (lexer, begin + length)))
    length++;
  if (length == 0)
    return TRUE;

  for (guint i = 0; length == 2 && i < G_N_ELEMENTS (ordinals); i++)
    {
      if (g_ascii_strncasecmp (suffix, ordinals[i], 2) == 0)
        {
          token->flags |= ONC_TOKEN_ORDINAL;
          lexer->offset += 2;
          token->end += 2;
          return TRUE;
        }
    }

  lexer->offset += length;
  /* 5M are millions, and 3D is no length of time. */
  if (length == 1 && (suffix[0] == 'M' || suffix[0] == 'D'))
    return FALSE;
  if (length == 1 && strchr ("aApP", suffix[0]) != NULL)
    word = onc_lexer_find_word (lexer, g_ascii_tolower (suffix[0]) == 'a' ? "am" : "pm", 2);
  else
    word = onc_lexer_find_word (lexer, suffix, length);
  if (word != 0 && sentence->n_tokens < ONC_SENTENCE_MAX)
    {
      const OncWord *meaning = &onc_lexicon_words (lexer->lexicon)[word];

      if ((meaning->classes & (ONC_CLASS_BIT (UNIT) | ONC_CLASS_BIT (ZONE))) != 0 ||
          meaning->id == ONC_WORD_AM || meaning->id == ONC_WORD_PM || meaning->id == ONC_WORD_ISH)
        {
          onc_lexer_push_word (lexer, sentence, word, begin, FALSE);
          return TRUE;
        }
    }
  return FALSE;
}

/* Takes a word that is written with a digit: "2day", "2nite". */
static gboolean
take_spelling (OncLexer *lexer, OncSentence *sentence)
{
  gsize begin = lexer->offset;
  gsize length = 1;
  guint word;

  while (g_ascii_isalpha (onc_lexer_byte (lexer, begin + length)))
    length++;
  if (length < 4 || g_ascii_isalnum (onc_lexer_byte (lexer, begin + length)))
    return FALSE;
  word = onc_lexer_find_word (lexer, lexer->piece.start + begin, length);
  if (word == 0 || onc_lexicon_words (lexer->lexicon)[word].classes == 0)
    return FALSE;
  lexer->offset += length;
  onc_lexer_push_word (lexer, sentence, word, begin, FALSE);
  return TRUE;
}

void
onc_lexer_take_number (OncLexer *lexer, OncSentence *sentence)
{
  gsize begin = lexer->offset;
  guint at = sentence->n_tokens;
  gboolean opaque = lexer->amount;
  OncToken token = { .kind = ONC_TOKEN_NUMBER };
  guint n_digits;

  if (take_spelling (lexer, sentence))
    return;
  token.value = take_digits (lexer, MAX_DIGITS + 1, &n_digits);
  token.digits = n_digits;
  if (token.digits > 1 && lexer->piece.start[begin] == '0')
    token.flags |= ONC_TOKEN_LEADING;
  while (is_before_digit (lexer, ',') && token.digits <= 3 + 1 &&
         g_ascii_isdigit (onc_lexer_byte (lexer, lexer->offset + 2)) &&
         g_ascii_isdigit (onc_lexer_byte (lexer, lexer->offset + 3)) &&
         !g_ascii_isdigit (onc_lexer_byte (lexer, lexer->offset + 4)))
    {
      lexer->offset++;
      token.value = token.value * 1000 + take_digits (lexer, 3, &n_digits);
      token.digits = MAX_DIGITS;
    }

  if (is_before_digit (lexer, ':'))
    opaque |= !take_clock (lexer, &token);
  else if (is_before_digit (lexer, '-') && token.digits == 4)
    take_date (lexer, &token, '-');
  else if (is_before_digit (lexer, '/'))
    opaque |= !take_date (lexer, &token, '/');
  else if (is_before_digit (lexer, '.') && !take_date (lexer, &token, '.'))
    {
      lexer->offset++;
      token.fraction = take_digits (lexer, MAX_DIGITS, &n_digits);
      token.fraction_digits = n_digits;
    }

  /* More of it: a version, an address, a range of ports. */
  if (token.digits > MAX_DIGITS || is_before_digit (lexer, '.') || is_before_digit (lexer, ':') ||
      is_before_digit (lexer, '/') || g_ascii_isdigit (onc_lexer_byte (lexer, lexer->offset)))
    {
      onc_lexer_skip_to_space (lexer);
      opaque = TRUE;
    }

  token.begin = onc_lexer_push (lexer, sentence, ONC_TOKEN_NUMBER, begin)->begin;
  token.end = lexer->piece.start + lexer->offset - lexer->text;
  /* Phrases may hold a digit, as "tier 2" does. */
  if (token.end == token.begin + 1)
    token.word = onc_lexer_find_word (lexer, lexer->piece.start + begin, 1);
  token.flags |= sentence->tokens[at].flags;
  sentence->tokens[at] = token;
  if (onc_lexer_byte (lexer, lexer->offset) == '%' ||
      onc_lexer_byte (lexer, lexer->offset) == '^' || is_before_digit (lexer, '_') ||
      is_before_digit (lexer, '*') || opaque || !take_suffix (lexer, sentence, at))
    {
      sentence->tokens[at].kind = ONC_TOKEN_OPAQUE;
      /* The rest of "1e99" is no number of its own. */
      while (g_ascii_isalnum (onc_lexer_byte (lexer, lexer->offset)))
        lexer->offset++;
    }
}
