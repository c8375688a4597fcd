/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Slack's message text: references in angle brackets, three entities, and marks for code, quotes
 * and struck text. Any bytes are accepted; what is made from them is valid UTF-8. Every function
 * takes time linear in the text. */

#pragma once

#include "types.h"

G_BEGIN_DECLS

typedef enum
{
  ONC_MARKUP_TEXT,
  ONC_MARKUP_USER,    /* <@U123> */
  ONC_MARKUP_GROUP,   /* <!subteam^S123> */
  ONC_MARKUP_CHANNEL, /* <#C123> */
  ONC_MARKUP_SPECIAL, /* <!here> */
  ONC_MARKUP_LINK,    /* <https://example.org|label> */
  ONC_MARKUP_DATE,    /* <!date^1700000000^{time}|14:30> */
} OncMarkupKind;

/* What a token lies in. */
typedef enum
{
  ONC_MARKUP_CODE = 1 << 0,   /* inline or a block */
  ONC_MARKUP_QUOTE = 1 << 1,  /* a line that begins with >, or all after >>> */
  ONC_MARKUP_STRIKE = 1 << 2, /* ~struck~ */
} OncMarkupStyle;

/* One piece of a message. The pointers lead into the message and end with it. */
typedef struct
{
  OncMarkupKind kind;
  OncMarkupStyle style; /* flags */
  const char *start;    /* of the whole token, brackets and marks included */
  gsize length;
  const char *id; /* (nullable) an ID, a special's name, a URL, a date's seconds; not for text */
  gsize id_length;
  const char *label; /* (nullable) what follows the | in a reference */
  gsize label_length;
} OncMarkupToken;

/* Reads a text from front to back. Initialise it with onc_markup_iter_init(); all is private. */
typedef struct
{
  const char *text;
  gsize length;
  gsize position;
  gsize code_end;
  gsize quote_end;
  gsize strike_end;
  gsize no_strike_end; /* no mark before this position can end a strike */
  gboolean no_fence;   /* no more ``` follow */
} OncMarkupIter;

/* Prepares @iter to read @length bytes of @text (-1: up to its NUL), which must outlive it. */
void onc_markup_iter_init (OncMarkupIter *iter, const char *text, gssize length);

/* Sets *@token to the next piece. Together the pieces are the whole text. Returns: FALSE at the
 * end. */
gboolean onc_markup_iter_next (OncMarkupIter *iter, OncMarkupToken *token);

/* Returns: the instant that a token of the kind DATE names, or 0 when its number is no time that a
 * GDateTime can hold. */
OncInstant onc_markup_token_instant (const OncMarkupToken *token);

/* Returns: the bytes that the entity at @text stands for ('&', '<' or '>') with *@length set to its
 * own length, or '\0' where the at most @available bytes at @text begin with none. */
char onc_markup_entity (const char *text, gsize available, gsize *length);

/* Names a user, group or channel for a person, without @ or #. @id is NUL-terminated.
 * Returns: (transfer none) (nullable): NULL when it is not known. */
typedef const char *(*OncMarkupNameFunc) (OncMarkupKind kind, const char *id, gpointer user_data);

/* Returns: (transfer full): @length bytes of @text (-1: up to its NUL) as a person reads it:
 * entities decoded once, "@name", "@handle" and "#channel" for references (asking @name_of, which
 * may be NULL; then the label, then the ID), labels for links. Emoji stay as :name:, and marks of
 * style stay. Valid UTF-8 without NUL. */
char *onc_markup_to_plain (const char *text,
                           gssize length,
                           OncMarkupNameFunc name_of,
                           gpointer user_data);

/* Returns: (transfer full): whom @text pings, each once, in order: IDs of users and groups, and
 * "here", "channel", "everyone". What stands in code or a quote pings nobody. Never NULL. */
GStrv onc_markup_mentions (const char *text, gssize length);

/* Whether @text holds "@@handle" (the handle is given without its @) as a word of its own, in any
 * case, outside code and quotes: what a person typed where Slack has made no reference of it. */
gboolean onc_markup_has_handle (const char *text, gssize length, const char *handle);

/* Returns: (transfer full): plain @text with &, < and > made into entities, fit to be posted.
 * Valid UTF-8. */
char *onc_markup_escape (const char *text);

G_END_DECLS
