/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The clauses of a sentence: who does what, and whether it is said of the future, asked, denied or
 * told of others. Shallow on purpose: it looks at the words around the first verb and no deeper. */

#pragma once

#include "when.h"

G_BEGIN_DECLS

/* How a clause hangs on what stands before it. */
typedef enum
{
  ONC_JOINT_NONE,
  ONC_JOINT_PAUSE, /* a comma, dash or colon */
  ONC_JOINT_AND,
  ONC_JOINT_THEN,
  ONC_JOINT_BUT,
  ONC_JOINT_SUB, /* when, once, because */
  ONC_JOINT_IF,
  ONC_JOINT_THAT, /* what somebody says or thinks */
} OncJoint;

typedef enum
{
  ONC_FORM_FRAGMENT,    /* no verb: "next update at 4" */
  ONC_FORM_FUTURE,      /* will, going to */
  ONC_FORM_MODAL,       /* can, should, would */
  ONC_FORM_COPULA,      /* is, are; also with a participle */
  ONC_FORM_PROGRESSIVE, /* is sending */
  ONC_FORM_GERUND,      /* "sending it now" */
  ONC_FORM_PRESENT,
  ONC_FORM_PAST,
  ONC_FORM_BASE, /* "send it" */
} OncForm;

typedef enum
{
  ONC_SUBJECT_NONE,
  ONC_SUBJECT_FIRST,
  ONC_SUBJECT_YOU,
  ONC_SUBJECT_SOMEONE,
  ONC_SUBJECT_NAME, /* somebody who is mentioned or named */
  ONC_SUBJECT_TEAM,
  ONC_SUBJECT_PERSON,
  ONC_SUBJECT_THEY,
  ONC_SUBJECT_OUTSIDER,
  ONC_SUBJECT_IT,
  ONC_SUBJECT_NEWS,
  ONC_SUBJECT_EVENT,
  ONC_SUBJECT_PLAN,
  ONC_SUBJECT_DEADLINE,
  ONC_SUBJECT_OTHER,
} OncSubject;

typedef struct
{
  guint begin;                          /* the first token */
  guint end;                            /* behind the last */
  guint start;                          /* the first token that says something */
  guint lead;                           /* the word or mark that joins it to what stands before */
  guint anchor;                         /* the finite verb, or `end` */
  guint verb;                           /* the verb that says what is done, or `end` */
  guint64 classes;                      /* of all tokens together */
  guint64 ids[ONC_N_WORD_IDS / 64 + 1]; /* a bit for each OncWordId that is there */
  OncJoint joint;
  OncForm form;
  OncSubject subject;
  gboolean negated;
  gboolean inverted; /* the verb stands before its subject: a question */
  gboolean wh;       /* begins with what, when, how */
  gboolean please;
  gboolean bound;  /* "before we open at 9": its time is when what stands beside it is to be done */
  gboolean shared; /* "and send it": the subject and `anchor` are those of the clause before */
} OncClause;

#define ONC_MAX_CLAUSES 48
#define ONC_MAX_WHENS   32

/* A sentence whose times have become one token each (their value is an index in `whens`), and its
 * clauses. What is beyond the limits is left out: no person writes that much in a sentence. */
typedef struct
{
  const OncLexicon *lexicon;
  OncSentence sentence;
  OncWhen whens[ONC_MAX_WHENS];
  OncClause clauses[ONC_MAX_CLAUSES];
  OncMeasure last; /* of the last time, also of the sentences before */
  guint n_whens;
  guint n_clauses;
} OncParse;

/* Makes the times of @parse's sentence tokens and cuts it into clauses. Its lexicon and sentence
 * are set. */
void onc_parse_clauses (OncParse *parse);

/* Returns: the token with @index, or onc_no_token. */
static inline const OncToken *
onc_parse_token (const OncParse *parse, guint index)
{
  return index < parse->sentence.n_tokens ? &parse->sentence.tokens[index] : &onc_no_token;
}

/* Whether the word @id is in the clause. */
static inline gboolean
onc_clause_has_word (const OncClause *clause, OncWordId id)
{
  return (clause->ids[id / 64] & G_GUINT64_CONSTANT (1) << id % 64) != 0;
}

G_END_DECLS
