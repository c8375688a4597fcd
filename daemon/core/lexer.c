/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "lexer-private.h"

#include <string.h>

/* Words longer than that are nobody's words. */
#define MAX_WORD 32

/* How far a closing quotation mark is looked for: it bounds the work, and what is longer is no
 * quotation within a line. */
#define MAX_QUOTATION 600

/* The next character of the piece, decoded as far as the rules need it. */
typedef struct
{
  gunichar code; /* 0xfffd for a byte that is no UTF-8 */
  guint width;
} Char;

static Char
char_at (const OncLexer *lexer, gsize offset)
{
  gsize left = lexer->piece.length - offset;
  guchar byte = left > 0 ? (guchar) lexer->piece.start[offset] : 0;
  gunichar code;

  if (left == 0)
    return (Char){ 0, 0 };
  if (byte < 0x80)
    return (Char){ byte, 1 };
  code = g_utf8_get_char_validated (lexer->piece.start + offset, MIN (left, 6));
  if (code >= 0x80000000)
    return (Char){ 0xfffd, 1 };
  return (Char){ code, g_utf8_skip[byte] };
}

static gboolean
is_letter (gunichar code)
{
  if (code < 0x80)
    return g_ascii_isalpha (code);
  return code >= 0xc0 && code != 0xd7 && code != 0xf7 && code < 0x2000;
}

static gboolean
is_digit (gunichar code)
{
  return code >= '0' && code <= '9';
}

static gboolean
is_apostrophe (gunichar code)
{
  return code == '\'' || code == 0x2019 || code == 0x2018 || code == 0x2bc || code == '`' ||
         code == 0xb4;
}

/* Returns: the plain character that means the same as @code, ',' for pauses of any sort, ' ' for
 * what says nothing. */
static char
plain_mark (gunichar code)
{
  switch (code)
    {
    case 0x2013:
    case 0x2012:
    case 0x2212:
      return '-';
    case 0x2014:
    case 0x2015:
    case 0x2022:
    case 0x2026:
    case 0xb7:
      return ',';
    case 0x2010:
    case 0x2011:
      return 'h';
    default:
      break;
    }
  if (code < 0x80)
    return code;
  /* Arrows, symbols, emoji. */
  return (code >= 0x2190 && code <= 0x2bff) || code >= 0x1f000 ? ',' : ' ';
}

OncToken *
onc_lexer_push (OncLexer *lexer, OncSentence *sentence, OncTokenKind kind, gsize offset)
{
  OncToken *token = &sentence->tokens[sentence->n_tokens++];

  *token = (OncToken){
    .kind = kind,
    .flags = (lexer->glued ? ONC_TOKEN_GLUED : 0) | (lexer->hyphen ? ONC_TOKEN_HYPHEN : 0),
    .begin = lexer->piece.start + offset - lexer->text,
    .end = lexer->piece.start + lexer->offset - lexer->text,
  };
  lexer->glued = TRUE;
  lexer->hyphen = FALSE;
  return token;
}

static void
push_mark (OncLexer *lexer, OncSentence *sentence, char mark, guint width)
{
  gsize offset = lexer->offset;

  lexer->offset += width;
  if (sentence->n_tokens > 0 || (mark != ',' && mark != '-'))
    {
      OncToken *token = onc_lexer_push (lexer, sentence, ONC_TOKEN_MARK, offset);

      token->value = mark;
      /* Phrases may hold marks, as "US/Pacific" does. */
      token->word = onc_lexicon_find (lexer->lexicon, &mark, 1);
    }
}

static void
set_word (const OncLexer *lexer, OncToken *token, guint word)
{
  const OncWord *meaning = word != 0 ? &onc_lexicon_words (lexer->lexicon)[word] : NULL;

  token->word = word;
  if (meaning == NULL)
    return;
  token->id = meaning->id;
  token->classes = meaning->classes;
  token->value = meaning->value;
}

void
onc_lexer_push_word (
    OncLexer *lexer, OncSentence *sentence, guint word, gsize offset, gboolean capital)
{
  const OncWord *meaning = word != 0 ? &onc_lexicon_words (lexer->lexicon)[word] : NULL;
  guint n_parts = meaning != NULL ? meaning->n_parts : 0;

  for (guint i = 0; i < MAX (n_parts, 1) && sentence->n_tokens < ONC_SENTENCE_MAX; i++)
    {
      OncToken *token = onc_lexer_push (lexer, sentence, ONC_TOKEN_WORD, offset);

      set_word (lexer, token, n_parts > 0 ? meaning->parts[i] : word);
      if (capital)
        token->flags |= ONC_TOKEN_CAPITAL;
    }
}

guint
onc_lexer_find_word (const OncLexer *lexer, const char *text, gsize length)
{
  char lower[MAX_WORD];

  if (length > sizeof lower)
    return 0;
  for (gsize i = 0; i < length; i++)
    lower[i] = text[i] >= 'A' && text[i] <= 'Z' ? text[i] | 0x20 : text[i];
  return onc_lexicon_find (lexer->lexicon, lower, length);
}

/* Adds a word that holds an apostrophe behind its first @left bytes. */
static void
push_contraction (OncLexer *lexer,
                  OncSentence *sentence,
                  const char *word,
                  gsize length,
                  gsize left,
                  gsize offset)
{
  gboolean capital = g_ascii_isupper (word[0]);
  guint whole = onc_lexer_find_word (lexer, word, length);

  /* "don't" is in the lexicon as people write it who leave the apostrophe out, and so is "DM'ing".
   */
  if (whole == 0 && (g_ascii_tolower (word[length - 1]) == 't' ||
                     (length > left + 3 && g_ascii_tolower (word[length - 1]) == 'g')))
    {
      char joined[MAX_WORD];

      memcpy (joined, word, left);
      memcpy (joined + left, word + left + 1, length - left - 1);
      whole = onc_lexer_find_word (lexer, joined, length - 1);
    }

  if (whole != 0)
    {
      onc_lexer_push_word (lexer, sentence, whole, offset, capital);
      return;
    }
  onc_lexer_push_word (lexer, sentence, onc_lexer_find_word (lexer, word, left), offset, capital);
  if (sentence->n_tokens < ONC_SENTENCE_MAX)
    onc_lexer_push_word (lexer, sentence, onc_lexer_find_word (lexer, word + left, length - left),
                         offset, FALSE);
}

void
onc_lexer_skip_to_space (OncLexer *lexer)
{
  while (lexer->offset < lexer->piece.length &&
         !g_ascii_isspace (lexer->piece.start[lexer->offset]))
    lexer->offset++;
}

/* Whether the point at @offset joins a name such as "app.log" rather than ends a sentence. */
static gboolean
is_joining_point (const OncLexer *lexer, gsize offset)
{
  gsize length = 0;

  while (g_ascii_islower (onc_lexer_byte (lexer, offset + 1 + length)))
    length++;
  return length >= 2 && length <= 4 && !is_letter (char_at (lexer, offset + 1 + length).code);
}

/* Returns: what is glued to the end of a word, if it makes an address or a name of it. */
static gboolean
ends_as_address (const OncLexer *lexer)
{
  char byte = onc_lexer_byte (lexer, lexer->offset);
  char after = onc_lexer_byte (lexer, lexer->offset + 1);

  return (byte == ':' && after == '/' && onc_lexer_byte (lexer, lexer->offset + 2) == '/') ||
         (byte == '@' && g_ascii_isalnum (after)) ||
         (byte == '.' && is_joining_point (lexer, lexer->offset));
}

/* Takes an unknown word for a verb that is known without its "re", or for a verb or adverb if it
 * ends as one: "redeploy", "defragmenting", "defragmented", "mercifully". */
static void
guess_verb (const OncLexer *lexer, OncToken *token, const char *word, gsize length)
{
  const guint64 deeds = ONC_CLASS_BIT (WORK) | ONC_CLASS_BIT (DELIVER) | ONC_CLASS_BIT (REPORT);
  guint known;

  if (token->classes != 0 || token->id != ONC_WORD_OTHER)
    return;
  if (length > 5 && g_ascii_strncasecmp (word, "re", 2) == 0 &&
      (known = onc_lexer_find_word (lexer, word + 2, length - 2)) != 0 &&
      (onc_lexicon_words (lexer->lexicon)[known].classes & deeds) != 0)
    {
      set_word (lexer, token, known);
      return;
    }
  if (length > 5 && g_ascii_strncasecmp (word + length - 3, "ing", 3) == 0)
    token->classes = ONC_CLASS_BIT (ING);
  else if (length > 4 && g_ascii_strncasecmp (word + length - 2, "ed", 2) == 0)
    token->classes = ONC_CLASS_BIT (PAST);
  else if (length > 5 && g_ascii_strncasecmp (word + length - 2, "ly", 2) == 0)
    token->classes = ONC_CLASS_BIT (FILLER);
}

/* Whether @word is "IT", which does the computers, and no word that is shouted among others. */
static gboolean
is_department (const OncLexer *lexer, const char *word, gsize length, gsize offset)
{
  return length == 2 && word[0] == 'I' && word[1] == 'T' &&
         !(offset >= 2 && g_ascii_isupper (onc_lexer_byte (lexer, offset - 2))) &&
         !(onc_lexer_byte (lexer, lexer->offset) == ' ' &&
           g_ascii_isupper (onc_lexer_byte (lexer, lexer->offset + 2)));
}

/* Adds the @length bytes of @word, with an apostrophe at @apostrophe unless that is 0. */
static void
push_letters (OncLexer *lexer,
              OncSentence *sentence,
              const char *word,
              gsize length,
              gsize apostrophe,
              gsize offset)
{
  static const char dotted[] = "ap";

  if (apostrophe > 0)
    {
      push_contraction (lexer, sentence, word, length, apostrophe, offset);
      return;
    }

  /* "a.m.", "p.m.", "e.g.", "i.e." */
  if (length == 1 && onc_lexer_byte (lexer, lexer->offset) == '.' &&
      g_ascii_isalpha (onc_lexer_byte (lexer, lexer->offset + 1)) &&
      !is_letter (char_at (lexer, lexer->offset + 2).code))
    {
      char first = g_ascii_tolower (word[0]);
      char pair[2] = { first, g_ascii_tolower (onc_lexer_byte (lexer, lexer->offset + 1)) };

      lexer->offset += onc_lexer_byte (lexer, lexer->offset + 2) == '.' ? 3 : 2;
      if (pair[1] == 'm' && memchr (dotted, first, 2) != NULL)
        onc_lexer_push_word (lexer, sentence, onc_lexer_find_word (lexer, pair, 2), offset, FALSE);
      return;
    }

  onc_lexer_push_word (lexer, sentence,
                       is_department (lexer, word, length, offset)
                           ? onc_lexer_find_word (lexer, "dept", 4)
                           : onc_lexer_find_word (lexer, word, length),
                       offset, g_ascii_isupper (word[0]));
  guess_verb (lexer, &sentence->tokens[sentence->n_tokens - 1], word, length);
}

/* Takes a word, or an identifier or address, which is opaque. */
static void
take_word (OncLexer *lexer, OncSentence *sentence)
{
  gsize begin = lexer->offset;
  char word[MAX_WORD];
  gsize length = 0;
  gsize apostrophe = 0;
  gboolean opaque = FALSE;

  for (;;)
    {
      Char c, after;
      gboolean joins;

      /* Most words are plain letters. */
      while (length < sizeof word && g_ascii_isalpha (onc_lexer_byte (lexer, lexer->offset)))
        word[length++] = lexer->piece.start[lexer->offset++];

      c = char_at (lexer, lexer->offset);
      after = char_at (lexer, lexer->offset + c.width);
      joins = is_letter (after.code) && apostrophe == 0 && is_apostrophe (c.code);
      /* "re-run" */
      if (c.code == '-' && length == 2 && is_letter (after.code) &&
          g_ascii_strncasecmp (word, "re", 2) == 0)
        {
          lexer->offset += c.width;
          continue;
        }
      if (is_digit (c.code) || (c.code == '_' && (is_letter (after.code) || is_digit (after.code))))
        opaque = TRUE;
      else if (!joins && !is_letter (c.code))
        break;
      if (joins)
        apostrophe = length;
      if (length + c.width > sizeof word)
        {
          opaque = TRUE;
          length = 0;
        }
      else if (joins)
        word[length++] = '\'';
      else
        {
          memcpy (word + length, lexer->piece.start + lexer->offset, c.width);
          length += c.width;
        }
      lexer->offset += c.width;
    }

  if (ends_as_address (lexer))
    {
      onc_lexer_skip_to_space (lexer);
      opaque = TRUE;
    }
  /* "b4" and "some1" are words, "db4" is none. */
  else if (opaque && onc_lexer_find_word (lexer, word, length) != 0)
    opaque = FALSE;
  if (opaque)
    onc_lexer_push (lexer, sentence, ONC_TOKEN_OPAQUE, begin);
  else
    push_letters (lexer, sentence, word, length, apostrophe, begin);

  /* "in two weeks' time" */
  if (length > 0 && word[length - 1] == 's' && is_apostrophe (char_at (lexer, lexer->offset).code))
    lexer->offset += char_at (lexer, lexer->offset).width;
}

/* Returns: where, in the same line, the quotation ends that begins before @offset; 0 if nowhere.
 * @close is the closing mark. */
static gsize
find_quotation_end (const OncLexer *lexer, gsize offset, gunichar close)
{
  gsize limit = MIN (lexer->piece.length, offset + MAX_QUOTATION);
  gsize i = offset;

  while (i < limit && lexer->piece.start[i] != '\n')
    {
      Char c = char_at (lexer, i);
      gboolean ends = c.code == close || (close == 0x201d && c.code == '"');

      if (ends && i > offset &&
          ((close != '\'' && close != 0x2019) || (!is_letter (char_at (lexer, i + c.width).code) &&
                                                  !g_ascii_isspace (lexer->piece.start[i - 1]))))
        return i + c.width;
      i += c.width;
    }

  return 0;
}

/* Takes what stands in quotation marks as one opaque token, if they are closed. */
static gboolean
take_quotation (OncLexer *lexer, OncSentence *sentence, Char open)
{
  static const struct
  {
    gunichar open, close;
  } pairs[] = { { '"', '"' },   { 0x201c, 0x201d }, { 0x201e, 0x201d },
                { 0xab, 0xbb }, { '\'', '\'' },     { 0x2018, 0x2019 } };
  gboolean single = is_apostrophe (open.code);
  gsize begin = lexer->offset;

  /* An apostrophe opens a quotation only between a space and a letter. */
  if (single && (lexer->glued || !is_letter (char_at (lexer, begin + open.width).code)))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      gsize end = pairs[i].open == open.code
                      ? find_quotation_end (lexer, begin + open.width, pairs[i].close)
                      : 0;

      if (end > 0)
        {
          lexer->offset = end;
          onc_lexer_push (lexer, sentence, ONC_TOKEN_OPAQUE, begin);
          return TRUE;
        }
    }

  return FALSE;
}

/* Takes an emoji such as :eyes: as a pause. */
static gboolean
take_emoji (OncLexer *lexer, OncSentence *sentence)
{
  gsize end = lexer->offset + 1;
  gboolean letters = FALSE;

  for (char c = onc_lexer_byte (lexer, end);
       g_ascii_isalnum (c) || c == '_' || c == '+' || c == '-'; c = onc_lexer_byte (lexer, ++end))
    letters |= g_ascii_isalpha (c);
  if (!letters || onc_lexer_byte (lexer, end) != ':')
    return FALSE;
  push_mark (lexer, sentence, ',', end + 1 - lexer->offset);
  lexer->glued = FALSE;
  return TRUE;
}

/* Takes a mentioned name such as @ada. */
static void
take_handle (OncLexer *lexer, OncSentence *sentence)
{
  gsize begin = lexer->offset++;

  for (Char c = char_at (lexer, lexer->offset);
       is_letter (c.code) || is_digit (c.code) || c.code == '_' ||
       ((c.code == '-' || c.code == '.') && is_letter (char_at (lexer, lexer->offset + 1).code));
       c = char_at (lexer, lexer->offset))
    lexer->offset += c.width;
  onc_lexer_push (lexer, sentence, ONC_TOKEN_NAME, begin);
}

/* Takes a hyphen or dash: between digits it makes a range, before a letter it joins words, and
 * with space around it is a pause. */
static void
take_dash (OncLexer *lexer, OncSentence *sentence, guint width)
{
  Char after = char_at (lexer, lexer->offset + width);
  OncToken *last = sentence->n_tokens > 0 ? &sentence->tokens[sentence->n_tokens - 1] : NULL;

  /* "db-3" is a name, but "2pm-4pm" a range. */
  if (lexer->glued && is_digit (after.code) && last != NULL && last->kind == ONC_TOKEN_WORD &&
      last->id != ONC_WORD_AM && last->id != ONC_WORD_PM &&
      !onc_token_has (last, ONC_CLASS_BIT (UNIT) | ONC_CLASS_BIT (WEEKDAY) | ONC_CLASS_BIT (MONTH) |
                                ONC_CLASS_BIT (ZONE)))
    {
      lexer->offset += width;
      while (g_ascii_isalnum (onc_lexer_byte (lexer, lexer->offset)))
        lexer->offset++;
      last->kind = ONC_TOKEN_OPAQUE;
    }
  else if (lexer->glued && is_letter (after.code))
    {
      lexer->offset += width;
      lexer->hyphen = TRUE;
      lexer->glued = FALSE;
    }
  else if (is_digit (after.code) && (lexer->glued || sentence->n_tokens > 0))
    push_mark (lexer, sentence, '-', width);
  else
    push_mark (lexer, sentence, after.code == ' ' && sentence->n_tokens > 0 ? '-' : ',', width);
}

/* Takes a mark that is no stop: punctuation, a sign, or the begin of something longer. */
static void
take_mark (OncLexer *lexer, OncSentence *sentence, Char c)
{
  gsize width = c.width;
  gsize begin = lexer->offset;
  gunichar after = char_at (lexer, begin + width).code;
  char mark = plain_mark (c.code);

  if (mark == '&')
    mark = onc_markup_entity (lexer->piece.start + begin, lexer->piece.length - begin, &width);
  if (mark == '\0')
    mark = '&';

  if (take_quotation (lexer, sentence, c) ||
      (mark == ':' && !lexer->glued && take_emoji (lexer, sentence)))
    return;
  if (mark == '-')
    take_dash (lexer, sentence, width);
  else if (mark == '@' && is_letter (after))
    take_handle (lexer, sentence);
  else if (mark == '@' || mark == '&')
    {
      lexer->offset += width;
      onc_lexer_push_word (
          lexer, sentence,
          onc_lexer_find_word (lexer, mark == '@' ? "at" : "and", mark == '@' ? 2 : 3), begin,
          FALSE);
    }
  else if (mark == '/' && !lexer->glued && is_letter (after))
    {
      onc_lexer_skip_to_space (lexer);
      onc_lexer_push (lexer, sentence, ONC_TOKEN_OPAQUE, begin);
    }
  else if (mark == '#' || mark == '$' || c.code == 0xa3 || c.code == 0x20ac ||
           (mark == '=' && lexer->glued && sentence->n_tokens > 0 &&
            sentence->tokens[sentence->n_tokens - 1].kind == ONC_TOKEN_OPAQUE))
    {
      lexer->offset += width;
      lexer->amount = TRUE;
      return;
    }
  else if (c.code == 0xbd || c.code == 0xbc || c.code == 0xbe)
    {
      OncToken *half;

      lexer->offset += width;
      half = onc_lexer_push (lexer, sentence, ONC_TOKEN_NUMBER, begin);
      half->fraction = c.code == 0xbd ? 50 : c.code == 0xbc ? 25 : 75;
      half->fraction_digits = 2;
    }
  else if (mark == '+' && !lexer->glued)
    lexer->offset += width;
  else if (mark != '\0' && strchr (",;:()/|+~>=<", mark) != NULL)
    push_mark (lexer, sentence, mark == '|' || mark == '<' ? ',' : mark, width);
  else
    lexer->offset += width;
  lexer->amount = FALSE;
}

/* Whether the last token is a word that is mostly written with a point behind it. */
static gboolean
is_abbreviation (const OncSentence *sentence)
{
  const OncToken *last = &sentence->tokens[sentence->n_tokens - 1];

  return last->kind == ONC_TOKEN_WORD && last->end - last->begin <= 4 &&
         (last->classes & (ONC_CLASS_BIT (UNIT) | ONC_CLASS_BIT (WEEKDAY) | ONC_CLASS_BIT (MONTH) |
                           ONC_CLASS_BIT (HEDGE))) != 0;
}

/* Takes . ! or ? with those that follow. Returns: whether a sentence ends there. */
static gboolean
take_stop (OncLexer *lexer, OncSentence *sentence)
{
  gsize begin = lexer->offset;
  char mark = lexer->piece.start[begin];
  gsize next;

  for (char c = mark; c == '.' || c == '!' || c == '?'; c = onc_lexer_byte (lexer, ++lexer->offset))
    {
      if (c == '?')
        mark = '?';
    }
  next = lexer->offset;
  while (onc_lexer_byte (lexer, next) == ' ')
    next++;
  if (sentence->n_tokens == 0)
    return FALSE;

  if (mark == '.' && next < lexer->piece.length && !g_ascii_isupper (lexer->piece.start[next]))
    {
      if (lexer->offset - begin > 1) /* an ellipsis is a pause */
        {
          push_mark (lexer, sentence, ',', 0);
          return FALSE;
        }
      if (is_abbreviation (sentence))
        return FALSE;
    }

  sentence->end = mark;
  return TRUE;
}

/* Takes something from the current piece, which is text. Returns: whether a sentence ends there. */
static gboolean
take_text (OncLexer *lexer, OncSentence *sentence)
{
  Char c = char_at (lexer, lexer->offset);

  if (c.code == ' ' || c.code == '\t' || c.code == '\r' || c.code == 0xa0 ||
      (c.code >= 0x2000 && c.code <= 0x200f) || c.code == 0x202f)
    {
      lexer->glued = FALSE;
      lexer->hyphen = FALSE;
      lexer->amount = FALSE;
      lexer->offset += c.width;
    }
  else if (c.code == '\n')
    {
      lexer->glued = FALSE;
      lexer->offset++;
      sentence->end = '\n';
      return sentence->n_tokens > 0;
    }
  else if (c.code == '.' || c.code == '!' || c.code == '?')
    return take_stop (lexer, sentence);
  else if (is_digit (c.code))
    {
      onc_lexer_take_number (lexer, sentence);
      lexer->amount = FALSE;
    }
  else if (is_letter (c.code))
    take_word (lexer, sentence);
  else
    take_mark (lexer, sentence, c);
  return FALSE;
}

/* Takes the current piece, which is no plain text. Returns: whether a sentence ends there. */
static gboolean
take_piece (OncLexer *lexer, OncSentence *sentence)
{
  const OncMarkupToken *piece = &lexer->piece;
  OncTokenKind kind = ONC_TOKEN_OPAQUE;
  OncToken *token;

  lexer->offset = piece->length;
  if ((piece->style & ONC_MARKUP_QUOTE) != 0)
    {
      lexer->after_quote = TRUE;
      sentence->end = '\n';
      return sentence->n_tokens > 0;
    }
  if ((piece->style & ONC_MARKUP_STRIKE) != 0)
    kind = ONC_TOKEN_STRUCK;
  else if ((piece->style & ONC_MARKUP_CODE) != 0)
    kind = ONC_TOKEN_OPAQUE;
  else if (piece->kind == ONC_MARKUP_USER || piece->kind == ONC_MARKUP_GROUP ||
           piece->kind == ONC_MARKUP_SPECIAL)
    kind = ONC_TOKEN_NAME;
  else if (piece->kind == ONC_MARKUP_DATE && onc_markup_token_instant (piece) > 0)
    kind = ONC_TOKEN_INSTANT;

  token = onc_lexer_push (lexer, sentence, kind, 0);
  lexer->glued = FALSE;
  if (kind == ONC_TOKEN_INSTANT)
    token->value = onc_markup_token_instant (piece) / ONC_SECOND;
  return FALSE;
}

/* Makes one token of each phrase of the lexicon, and gathers the classes of all tokens. */
static void
fold_phrases (const OncLexicon *lexicon, OncSentence *sentence)
{
  const OncWord *words = onc_lexicon_words (lexicon);
  OncToken *tokens = sentence->tokens;
  guint n_tokens = 0;

  for (guint i = 0; i < sentence->n_tokens; n_tokens++)
    {
      OncToken *token = &tokens[n_tokens];
      const OncWord *first = &words[tokens[i].word];
      guint second = i + 1 < sentence->n_tokens ? tokens[i + 1].word : 0;
      guint phrase = (first->seconds >> second % 64 & 1) != 0 && second != 0 ? first->phrase : 0;
      guint n_parts = 1;

      if (n_tokens < i)
        *token = tokens[i];
      for (; phrase != 0; phrase = words[phrase].phrase)
        {
          const OncWord *meaning = &words[phrase];
          guint matched = 1;

          while (matched < meaning->n_parts && i + matched < sentence->n_tokens &&
                 tokens[i + matched].word == meaning->parts[matched])
            matched++;
          /* "in a few" is vague, "in a few minutes" is not. */
          if (matched == meaning->n_parts &&
              !((meaning->classes & ONC_CLASS_BIT (SOON)) != 0 &&
                i + matched < sentence->n_tokens &&
                onc_token_has (&tokens[i + matched], ONC_CLASS_BIT (UNIT))))
            {
              n_parts = matched;
              token->kind = ONC_TOKEN_WORD;
              token->word = phrase;
              token->id = meaning->id;
              token->classes = meaning->classes;
              token->value = meaning->value;
              token->end = tokens[i + matched - 1].end;
              break;
            }
        }

      if (token->kind == ONC_TOKEN_NUMBER || token->kind == ONC_TOKEN_CLOCK ||
          token->kind == ONC_TOKEN_DATE || token->kind == ONC_TOKEN_SLASHED ||
          token->kind == ONC_TOKEN_INSTANT)
        sentence->classes |= ONC_CLASS_BIT (TIME);
      sentence->classes |= token->classes;
      i += n_parts;
    }

  sentence->n_tokens = n_tokens;
}

void
onc_lexer_init (OncLexer *lexer, const OncLexicon *lexicon, const char *text, gssize length)
{
  *lexer = (OncLexer){ .lexicon = lexicon, .text = text };
  onc_markup_iter_init (&lexer->iter, text, length);
}

gboolean
onc_lexer_next (OncLexer *lexer, OncSentence *sentence)
{
  gboolean ended = FALSE;

  sentence->n_tokens = 0;
  sentence->classes = 0;
  sentence->end = '\n';
  sentence->after_quote = lexer->after_quote;
  lexer->after_quote = FALSE;

  /* What is taken at once may be some tokens: a contraction, a number with its unit. */
  while (!ended && sentence->n_tokens + 4 < ONC_SENTENCE_MAX)
    {
      if (lexer->offset >= lexer->piece.length)
        {
          if (!onc_markup_iter_next (&lexer->iter, &lexer->piece))
            break;
          lexer->offset = 0;
        }
      if (lexer->piece.kind == ONC_MARKUP_TEXT && lexer->piece.style == 0)
        ended = take_text (lexer, sentence);
      else
        ended = take_piece (lexer, sentence);
      if (sentence->n_tokens == 0 && lexer->after_quote)
        {
          sentence->after_quote = TRUE;
          lexer->after_quote = FALSE;
        }
    }

  if (sentence->n_tokens == 0)
    return FALSE;
  fold_phrases (lexer->lexicon, sentence);
  return TRUE;
}
