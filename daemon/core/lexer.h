/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Cuts a Slack message into sentences of typed tokens. What nobody wrote as their own word is
 * masked: quotes, code, links, struck text, what stands in quotation marks. */

#pragma once

#include "markup.h"
#include "token.h"

G_BEGIN_DECLS

/* The most tokens of a sentence: a longer one, which no person writes, is cut. */
#define ONC_SENTENCE_MAX 256

typedef struct
{
  OncToken tokens[ONC_SENTENCE_MAX];
  guint n_tokens;
  guint64 classes;      /* of all tokens together; TIME also for numbers, clocks and dates */
  char end;             /* '.', '?', '!', or '\n' at the end of a line, a quote or the message */
  gboolean after_quote; /* a block quote stands right before it */
} OncSentence;

/* All is private; initialise it with onc_lexer_init(). */
typedef struct
{
  const OncLexicon *lexicon;
  const char *text;
  OncMarkupIter iter;
  OncMarkupToken piece;
  gsize offset; /* in the piece */
  gboolean after_quote;
  gboolean glued;
  gboolean hyphen;
  gboolean amount; /* a sign stands before the number that follows: $ or = */
} OncLexer;

/* Prepares @lexer to read @length bytes of @text (-1: up to its NUL), at most G_MAXINT32, which
 * must outlive it. */
void onc_lexer_init (OncLexer *lexer, const OncLexicon *lexicon, const char *text, gssize length);

/* Fills @sentence with the next one. Phrases of the lexicon have become one token each. Returns:
 * FALSE at the end. */
gboolean onc_lexer_next (OncLexer *lexer, OncSentence *sentence);

G_END_DECLS
