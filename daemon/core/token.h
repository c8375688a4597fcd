/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Words, numbers and marks of a message, as the lexer reads them and the rules ask about them. */

#pragma once

#include "lexicon.h"

G_BEGIN_DECLS

typedef enum
{
  ONC_TOKEN_WORD,
  ONC_TOKEN_NUMBER,  /* value, with what follows a point in `fraction` */
  ONC_TOKEN_CLOCK,   /* 14:30: value is minutes since midnight */
  ONC_TOKEN_DATE,    /* 2026-05-07: value is the year, month and day as decimal digits */
  ONC_TOKEN_SLASHED, /* 5/30 or 5/30/2026: value is year * 10000 + first * 100 + second */
  ONC_TOKEN_INSTANT, /* <!date^…>: value is seconds since 1970 */
  ONC_TOKEN_NAME,    /* somebody who is mentioned */
  ONC_TOKEN_OPAQUE,  /* masked, or nothing that a rule could use: stands for a noun */
  ONC_TOKEN_STRUCK,  /* ~struck~ */
  ONC_TOKEN_MARK,    /* punctuation: value is the character, ',' also for a pause of any sort */
  ONC_TOKEN_TIME,    /* a time: value is an index; made by the promise reader, not by the lexer */
} OncTokenKind;

typedef enum
{
  ONC_TOKEN_GLUED = 1 << 0,   /* nothing but a mark stands between it and the token before */
  ONC_TOKEN_HYPHEN = 1 << 1,  /* a hyphen joins it to the token before */
  ONC_TOKEN_CAPITAL = 1 << 2, /* begins with a capital letter */
  ONC_TOKEN_ORDINAL = 1 << 3, /* a number as in "8th" */
  ONC_TOKEN_SECONDS = 1 << 4, /* a clock with seconds, as machines write it */
  ONC_TOKEN_LEADING = 1 << 5, /* a number or clock that begins with 0 */
} OncTokenFlags;

typedef struct
{
  OncTokenKind kind : 8;
  OncTokenFlags flags : 8;
  guint8 digits;          /* of a number, before the point */
  guint8 fraction_digits; /* of a number, after the point */
  guint16 word;           /* index in the lexicon; 0: unknown */
  guint16 id;             /* an OncWordId */
  guint32 begin;          /* the first byte in the message */
  guint32 end;            /* behind the last byte */
  gint32 fraction;        /* of a number */
  gint64 value;
  guint64 classes; /* bits of OncClass */
} OncToken;

/* Whether @token is the word that rules know as @id. */
static inline gboolean
onc_token_is (const OncToken *token, OncWordId id)
{
  return token->kind == ONC_TOKEN_WORD && token->id == id;
}

/* Whether @token is a word with any of the @classes, given as bits. */
static inline gboolean
onc_token_has (const OncToken *token, guint64 classes)
{
  return token->kind == ONC_TOKEN_WORD && (token->classes & classes) != 0;
}

static inline gboolean
onc_token_is_mark (const OncToken *token, char mark)
{
  return token->kind == ONC_TOKEN_MARK && token->value == mark;
}

/* What a time was counted in, so that a bare number can take its place: "25 min, make that 40". */
typedef enum
{
  ONC_MEASURE_NONE,
  ONC_MEASURE_MINUTES,
  ONC_MEASURE_HOURS,
  ONC_MEASURE_CLOCK,
} OncMeasure;

/* Whether @token is a word of which nothing is known but, at most, that it names a place. */
static inline gboolean
onc_token_is_plain (const OncToken *token)
{
  return token->kind == ONC_TOKEN_WORD &&
         (token->word == 0 ||
          (token->classes == 0 && (token->id == ONC_WORD_OTHER || token->id == ONC_WORD_PLACE ||
                                   token->id == ONC_WORD_SERVICE)));
}

/* A token that is no word at all, for what is beyond the last one. */
extern const OncToken onc_no_token;

/* Whether a bare number can end before @token: what follows is no noun that it counts. */
gboolean onc_token_can_follow_number (const OncToken *token);

/* Whether @token could be the noun that a time before it describes: "a 2 hour outage". */
gboolean onc_token_is_noun (const OncToken *token);

G_END_DECLS
