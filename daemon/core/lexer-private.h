/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the files of the lexer share. Only they include this. */

#pragma once

#include "lexer.h"

G_BEGIN_DECLS

/* Returns: the byte of the piece at @offset, or NUL behind its end. */
static inline char
onc_lexer_byte (const OncLexer *lexer, gsize offset)
{
  return offset < lexer->piece.length ? lexer->piece.start[offset] : '\0';
}

/* Adds a token that reaches from @offset in the piece to where the lexer stands. There is room.
 * Returns: (transfer none): it. */
OncToken *onc_lexer_push (OncLexer *lexer, OncSentence *sentence, OncTokenKind kind, gsize offset);

/* Adds the word with the index @word, 0 for an unknown one, or the words that it stands for, as far
 * as there is room. */
void onc_lexer_push_word (
    OncLexer *lexer, OncSentence *sentence, guint word, gsize offset, gboolean capital);

/* Returns: the index of the word of @length bytes, without regard to case; 0 if it is unknown. */
guint onc_lexer_find_word (const OncLexer *lexer, const char *text, gsize length);

/* Moves on to the next white space, so that an address or a path is one token. */
void onc_lexer_skip_to_space (OncLexer *lexer);

/* Takes a number, clock or date with what is glued to it, as one token or two; what a digit begins
 * but is none of them becomes an opaque one. */
void onc_lexer_take_number (OncLexer *lexer, OncSentence *sentence);

G_END_DECLS
