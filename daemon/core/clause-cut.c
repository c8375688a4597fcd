/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Where one clause ends and the next begins. */

#include "clause-private.h"

#define C(class) ONC_CLASS_BIT (class)

/* Whether a clause of its own can begin at the token @i, as behind "and". */
static gboolean
can_begin_clause (const OncParse *parse, guint i)
{
  const OncToken *token = onc_parse_token (parse, i);

  while (onc_token_has (token, ONC_IDLE_WORDS) && !onc_token_has (token, C (PLEASE) | ONC_VERB))
    token = onc_parse_token (parse, ++i);
  if (token->kind == ONC_TOKEN_NAME || token->kind == ONC_TOKEN_TIME)
    return TRUE;
  if (onc_token_is (token, ONC_WORD_NEXT) || onc_token_is (token, ONC_WORD_ETA))
    return TRUE;
  if (onc_token_has (token, C (ARTICLE)) && !onc_token_has (token, C (IT)))
    return FALSE;
  return onc_token_has (token, ONC_PRONOUNS | ONC_FINITE | ONC_VERB | C (PLEASE) | C (NOT) |
                                   C (HERE) | C (IF) | C (SUB) | C (WH));
}

/* Whether the token @i begins a clause behind another without anything between them: "on it I'll
 * call you at 3". @begin is the first token of the clause before, which has said something. */
static gboolean
begins_without_joint (const OncParse *parse, guint begin, guint i)
{
  const OncToken *token = onc_parse_token (parse, i);
  const OncToken *last = onc_parse_token (parse, i - 1);
  const OncToken *next = onc_parse_token (parse, i + 1);
  guint64 verbs = onc_token_has (token, C (IT)) ? ONC_FINITE
                                                : ONC_FINITE | C (BASE) | C (PAST) | C (S);

  if (onc_token_has (last, ONC_FINITE | C (WH) | C (SUB) | C (IF) | C (ARTICLE)) ||
      /* "signs off I'll": after a preposition it would be "me" */
      (onc_token_has (last, C (PREP)) && !onc_token_has (last, C (DONE)) &&
       !onc_token_has (token, C (FIRST))) ||
      /* "the deadline for this is noon" */
      (onc_token_has (last, C (BEGIN)) && !onc_token_has (last, C (SUB)) &&
       onc_token_has (token, C (IT))) ||
      /* "an answer from you is expected" */
      (onc_token_has (last, C (BEGIN)) && last->value == ONC_PREP_FROM &&
       onc_token_has (token, C (YOU))) ||
      /* "get you sorted" */
      (onc_token_has (last, C (RECEIVE)) && onc_token_has (token, C (YOU)) &&
       onc_token_has (next, C (DONE) | C (PAST))) ||
      onc_token_is (last, ONC_WORD_CHANCE) || onc_token_is (last, ONC_WORD_ENSURE) ||
      onc_token_is (last, ONC_WORD_OFFER))
    return FALSE;
  /* "hoping you can" wishes, "I hope it will" promises. */
  if (onc_token_is (last, ONC_WORD_HOPE) && onc_token_has (token, C (YOU)))
    return FALSE;
  if (onc_token_has (token, C (FIRST) | C (YOU) | C (IT) | C (PERSON) | C (THEY)))
    return onc_token_has (next, verbs) && !onc_token_has (next, C (NEWS) & ~verbs);
  /* "just checking if you could send it" */
  if (onc_token_has (token, C (PLEASE)) && onc_token_has (last, C (ING)) &&
      onc_token_has (next, C (BASE)))
    return TRUE;
  /* "if it's no trouble could you" */
  if (onc_token_has (token, C (MODAL) | C (WILL)) &&
      onc_token_has (next, C (FIRST) | C (YOU) | C (SOMEONE)))
    return !onc_token_has (last, ONC_PRONOUNS) && last->kind != ONC_TOKEN_NAME;
  /* "looking now will update at 3", "was at lunch will look in 5" */
  while (onc_token_has (onc_parse_token (parse, begin), ONC_IDLE_WORDS))
    begin++;
  if (!onc_token_has (token, C (WILL)) || begin + 1 >= i || onc_token_is_pronoun (last) ||
      last->kind == ONC_TOKEN_NAME)
    return FALSE;
  if (onc_token_has (onc_parse_token (parse, begin), C (ING)))
    return onc_token_has (last, ONC_IDLE_WORDS | C (IT));
  begin += onc_token_is_pronoun (onc_parse_token (parse, begin));
  return onc_token_has (onc_parse_token (parse, begin), ONC_FINITE | C (PAST) | C (NOT));
}

/* Whether the token @i, an article or noun behind "and", begins a clause: "and the next update
 * will", "[an hour] and tellers can". */
static gboolean
begins_with_noun (const OncParse *parse, guint i)
{
  for (guint j = i + 1; j < i + 6; j++)
    {
      const OncToken *token = onc_parse_token (parse, j);

      if (token->kind != ONC_TOKEN_WORD || onc_token_has (token, C (AND) | C (SUB) | ONC_PRONOUNS))
        return FALSE;
      if ((j > i + 1 || !onc_token_has (onc_parse_token (parse, i), C (ARTICLE) | C (OUR))) &&
          onc_token_has (token, C (WILL) | C (MODAL) | C (BE)))
        break;
      if (j == i + 5)
        return FALSE;
    }
  /* What stands before has a verb of its own, or is a time. */
  for (guint j = i - 1; j > 0; j--)
    {
      const OncToken *last = onc_parse_token (parse, j - 1);

      if (j == i - 1 && last->kind == ONC_TOKEN_TIME)
        return TRUE;
      if (last->kind == ONC_TOKEN_MARK)
        return FALSE;
      if (onc_token_has (last, ONC_FINITE | C (PAST)))
        return TRUE;
    }
  return FALSE;
}

/* Whether what would happen begins at the token @i, behind the time that ends the condition: "if I
 * don't hear by noon | the order is cancelled". */
static gboolean
ends_condition (const OncParse *parse, const OncClause *clause, guint i)
{
  const OncToken *last = onc_parse_token (parse, i - 1);

  /* "if anything is unclear | ping me before 5" */
  if (clause->joint == ONC_JOINT_IF && onc_token_has (onc_parse_token (parse, i), C (BASE)) &&
      onc_token_has (onc_parse_token (parse, i + 1), C (ME)))
    return !onc_token_is (last, ONC_WORD_TO) &&
           !onc_token_has (last, ONC_FINITE | ONC_PRONOUNS | ONC_IDLE_WORDS | C (NOT) | C (AND)) &&
           last->kind != ONC_TOKEN_NAME;
  if (clause->joint != ONC_JOINT_IF || last->kind != ONC_TOKEN_TIME ||
      !onc_token_has (onc_parse_token (parse, i), C (ARTICLE) | C (OUR) | C (IT)))
    return FALSE;
  for (guint j = i + 1; j < i + 6; j++)
    {
      if (onc_token_has (onc_parse_token (parse, j), ONC_FINITE | C (S)))
        return TRUE;
    }
  return FALSE;
}

/* Whether "or I" or its "I" at the token @i goes on with those who will: "either Priya or I will".
 * @begin is the first token of the clause. */
static gboolean
lists_subjects (const OncParse *parse, guint begin, guint i)
{
  guint pronoun = i + onc_token_has (onc_parse_token (parse, i), C (AND));

  if (!onc_token_has (onc_parse_token (parse, pronoun), C (FIRST)) || pronoun < begin + 2 ||
      !onc_token_has (onc_parse_token (parse, pronoun - 1), C (AND)) ||
      onc_token_is (onc_parse_token (parse, pronoun - 1), ONC_WORD_BUT))
    return FALSE;
  for (guint j = begin; j + 1 < pronoun; j++)
    {
      const OncToken *token = onc_parse_token (parse, j);

      if (token->kind != ONC_TOKEN_NAME && !onc_token_has (token, C (TEAM) | ONC_IDLE_WORDS) &&
          !(onc_token_is_plain (token) && (token->flags & ONC_TOKEN_CAPITAL) != 0))
        return FALSE;
    }
  return TRUE;
}

static OncJoint
joint_of (const OncToken *token)
{
  if (token->kind == ONC_TOKEN_MARK)
    return ONC_JOINT_PAUSE;
  if (onc_token_is (token, ONC_WORD_THEN))
    return ONC_JOINT_THEN;
  if (onc_token_is (token, ONC_WORD_BUT))
    return ONC_JOINT_BUT;
  if (onc_token_has (token, C (AND)))
    return ONC_JOINT_AND;
  if (onc_token_has (token, C (IF)))
    return ONC_JOINT_IF;
  return ONC_JOINT_SUB;
}

/* Whether the token @i ends the clause before it: a mark, or a word that joins clauses. */
static gboolean
is_joint (const OncParse *parse, guint i)
{
  const OncToken *token = onc_parse_token (parse, i);
  const OncToken *next = onc_parse_token (parse, i + 1);

  if (token->kind == ONC_TOKEN_MARK)
    return token->value == ',' || token->value == ';' || token->value == ':' ||
           token->value == '(' || token->value == ')' ||
           (token->value == '-' && (token->flags & ONC_TOKEN_GLUED) == 0);
  if (onc_token_is (token, ONC_WORD_BUT) || onc_token_has (token, C (IF)))
    return TRUE;
  /* "3 hours before I can send it" */
  if (onc_token_is (token, ONC_WORD_BEFORE) && onc_token_has (next, C (FIRST)))
    return TRUE;
  /* "a yes or no" */
  if (onc_token_has (token, C (AND)))
    return (can_begin_clause (parse, i + 1) ||
            ((onc_token_has (next, C (ARTICLE) | C (OUR)) ||
              ((onc_token_is_noun (next) || onc_token_has (next, C (OUTSIDER))) && i > 0 &&
               onc_parse_token (parse, i - 1)->kind == ONC_TOKEN_TIME &&
               onc_parse_token (parse, i - 2)->kind != ONC_TOKEN_WORD)) &&
             begins_with_noun (parse, i + 1))) &&
           !(onc_token_is (token, ONC_WORD_OR) && onc_token_has (next, C (NOT)));
  if (onc_token_is (token, ONC_WORD_THAT))
    return i > 0 && onc_token_has (onc_parse_token (parse, i - 1), C (SAY) | C (THINK) | C (AIM)) &&
           can_begin_clause (parse, i + 1);
  if (onc_token_is (token, ONC_WORD_AS) && !onc_token_is_pronoun (next))
    return FALSE;
  /* "what I'm after is" */
  if (onc_token_is (token, ONC_WORD_AFTER) && onc_token_has (next, C (BE)))
    return FALSE;
  /* "before that meeting at 4" */
  if (onc_token_is (token, ONC_WORD_BEFORE) && onc_token_has (next, C (ARTICLE) | C (OUR)) &&
      onc_token_has (onc_parse_token (parse, i + 2), C (EVENT)))
    return FALSE;
  /* "before rounds at 9:30" */
  if (onc_token_is (token, ONC_WORD_BEFORE) && onc_token_is_noun (next) &&
      onc_parse_token (parse, i + 2)->kind == ONC_TOKEN_TIME)
    return FALSE;
  if (onc_token_has (token, C (SUB)) && !onc_token_has (token, C (IT)))
    return next->kind == ONC_TOKEN_NAME || next->kind == ONC_TOKEN_OPAQUE ||
           (next->kind == ONC_TOKEN_WORD && !onc_token_has (next, C (UNIT)));
  return FALSE;
}

void
onc_parse_cut_clauses (OncParse *parse)
{
  OncClause *clause = &parse->clauses[0];
  gboolean has_content = FALSE;

  *clause = (OncClause){ .begin = 0 };
  parse->n_clauses = 1;
  for (guint i = 0; i < parse->sentence.n_tokens; i++)
    {
      const OncToken *token = onc_parse_token (parse, i);
      gboolean joint = is_joint (parse, i) ||
                       /* "20 minutes, then Anna will call" */
                       (i == clause->begin && onc_token_is (token, ONC_WORD_THEN) &&
                        onc_token_has (token, C (AND)));
      gboolean listed = lists_subjects (parse, clause->begin, i);

      joint &= !listed;
      if (joint ||
          (has_content && !listed &&
           (begins_without_joint (parse, clause->begin, i) || ends_condition (parse, clause, i))))
        {
          clause->end = i;
          /* A joint after a joint, as in ", and": the word tells more than the mark. */
          if (clause->end > clause->begin)
            {
              if (parse->n_clauses == ONC_MAX_CLAUSES)
                return;
              clause = &parse->clauses[parse->n_clauses++];
              *clause = (OncClause){ .joint = ONC_JOINT_PAUSE };
            }
          if (joint && (joint_of (token) != ONC_JOINT_PAUSE || clause->joint == ONC_JOINT_NONE))
            clause->joint = joint_of (token);
          else if (!joint && i > 0 &&
                   onc_token_has (onc_parse_token (parse, i - 1), C (SAY) | C (THINK) | C (AIM)))
            clause->joint = ONC_JOINT_THAT;
          if (onc_token_is (token, ONC_WORD_THAT))
            clause->joint = ONC_JOINT_THAT;
          clause->begin = joint ? i + 1 : i;
          clause->lead = i;
          has_content = FALSE;
        }
      /* A time belongs to what follows it: "Friday I'll send it". */
      if (!joint)
        has_content |= token->kind != ONC_TOKEN_TIME && !onc_token_has (token, ONC_IDLE_WORDS);
      clause->end = i + 1;
    }
  if (clause->end < clause->begin)
    clause->end = clause->begin;
}
