/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "clause-private.h"

#define C(class) ONC_CLASS_BIT (class)

/* Words that stand before a noun, so that "the call" is no verb. */
#define BEFORE_NOUN (C (ARTICLE) | C (OUR) | C (NUMBER) | C (PREP) | C (BEGIN))

/* Puts one token in the place of each time. */
static void
fold_times (OncParse *parse)
{
  OncSentence *sentence = &parse->sentence;
  struct
  {
    guint at;
    guint n_taken;
  } times[ONC_MAX_WHENS];
  guint n_tokens = 0;
  guint next = 0;

  /* All are found before any is folded, for a time may depend on the words before it. */
  parse->n_whens = 0;
  if ((sentence->classes & ONC_WHEN_CLASSES) == 0)
    return;
  for (guint i = 0; i < sentence->n_tokens && parse->n_whens < ONC_MAX_WHENS;)
    {
      OncWhen *when = &parse->whens[parse->n_whens];
      guint n_taken = onc_when_match (parse->lexicon, sentence, i, parse->last, when);

      if (n_taken > 0)
        parse->last = onc_when_measure (when);
      times[parse->n_whens].at = i;
      times[parse->n_whens].n_taken = n_taken;
      parse->n_whens += n_taken > 0;
      i += MAX (n_taken, 1);
    }

  for (guint i = 0; i < sentence->n_tokens; n_tokens++)
    {
      if (next < parse->n_whens && i == times[next].at)
        {
          sentence->tokens[n_tokens] = (OncToken){
            .kind = ONC_TOKEN_TIME,
            .begin = sentence->tokens[i].begin,
            .end = sentence->tokens[i + times[next].n_taken - 1].end,
            .value = next,
          };
          i += times[next++].n_taken;
        }
      else
        {
          if (n_tokens < i)
            sentence->tokens[n_tokens] = sentence->tokens[i];
          i++;
        }
    }
  sentence->n_tokens = n_tokens;
}

/* Whether the "'s" at @i stands for "is": a pronoun or name before it, or what follows is no
 * noun that somebody owns. */
static gboolean
is_contracted_be (const OncParse *parse, guint i)
{
  const OncToken *token = onc_parse_token (parse, i);
  const OncToken *last = onc_parse_token (parse, i - 1);
  const OncToken *next = onc_parse_token (parse, i + 1);

  if (!onc_token_has (token, C (BE)) || token->end - token->begin != last->end - last->begin ||
      token->begin != last->begin)
    return TRUE;
  /* "the queue's drained", not "the client's saved filters" */
  if (onc_token_has (next, C (PAST)) && (onc_parse_token (parse, i + 2)->kind != ONC_TOKEN_WORD ||
                                         onc_token_has (onc_parse_token (parse, i + 2), C (AND))))
    return TRUE;
  return onc_token_has (last, ONC_PRONOUNS | C (WH)) || onc_token_is (last, ONC_WORD_THERE) ||
         onc_token_has (next, C (ING) | C (WILL) | C (NOT) | C (DONE) | C (HERE) | C (BE));
}

/* Whether a finite verb follows behind plain nouns: "[board] pack has to be", not "[check] what has
 * to be", "[fix] it so that it is". */
static gboolean
precedes_verb (const OncParse *parse, const OncClause *clause, guint i)
{
  for (i++; i < clause->end; i++)
    {
      const OncToken *token = onc_parse_token (parse, i);

      if (onc_token_has (token, C (MODAL) | C (WILL)) ||
          (onc_token_has (token, C (BE) | C (HAVE)) && !onc_token_has (token, C (BASE))))
        return TRUE;
      if (token->kind != ONC_TOKEN_WORD ||
          (!onc_token_is_plain (token) && !onc_token_has (token, C (NEWS) | C (NOUN) | C (EVENT))))
        return FALSE;
    }
  return FALSE;
}

/* Whether the token @i, with the form of a verb, is a noun here: "the call", "next update". */
static gboolean
is_verbal_noun (const OncParse *parse, const OncClause *clause, guint i)
{
  const OncToken *token = onc_parse_token (parse, i);
  const OncToken *last = onc_parse_token (parse, i - 1);
  const OncToken *next = onc_parse_token (parse, i + 1);
  gboolean noun = onc_token_has (token, C (NEWS) | C (EVENT) | C (OUTSIDER) | C (NOUN) | C (TEAM));

  if (i > clause->begin &&
      (onc_token_has (last, BEFORE_NOUN) || onc_token_is (last, ONC_WORD_NEXT) ||
       onc_token_is (last, ONC_WORD_ANOTHER) || onc_token_is (last, ONC_WORD_EXTRA)) &&
      !onc_token_is_pronoun (last) && !onc_token_has (token, C (ING)) &&
      !(onc_token_has (last, C (IT)) && onc_token_has (token, C (S))))
    return TRUE;
  /* "reports have to be printed", "cover list will be" */
  if (i == clause->start && onc_token_has (token, C (S) | C (BASE)) && !clause->please &&
      precedes_verb (parse, clause, i))
    return TRUE;
  /* "floor plans will be", "permission slips must be" */
  if (i > clause->start && onc_token_has (token, C (S)) && onc_token_is_plain (last) &&
      (last->flags & ONC_TOKEN_CAPITAL) == 0 && i + 1 < clause->end &&
      (onc_token_has (next, C (WILL) | C (MODAL)) ||
       (onc_token_has (next, C (BE)) && !onc_token_has (next, C (BASE)))))
    return TRUE;
  /* "Ravi calls you" */
  if (!noun || (i > clause->start && onc_token_has (token, C (S)) && onc_token_has (next, C (YOU))))
    return FALSE;
  /* "reply with your choice", "reply to this", "reply by noon with yours", not "reply by noon" */
  if (i == clause->start && onc_token_is (token, ONC_WORD_REPLY) &&
      (onc_token_has (next, C (PREP)) ||
       (onc_token_is (next, ONC_WORD_TO) &&
        onc_token_has (onc_parse_token (parse, i + 2), C (IT))) ||
       /* "if interested, reply by Friday" */
       (clause > parse->clauses && clause[-1].joint == ONC_JOINT_IF) ||
       (next->kind == ONC_TOKEN_TIME && onc_clause_has_word (clause, ONC_WORD_YOUR))))
    return FALSE;
  /* "report back to me", "look into it and report back" */
  if (onc_token_is (next, ONC_WORD_BACK) && onc_token_has (token, C (REPORT)) &&
      (onc_token_has (onc_parse_token (parse, i + 3), C (ME)) ||
       (clause->joint == ONC_JOINT_AND && i == clause->begin)))
    return FALSE;
  /* "update at 4", "call with Acme", "fix for it", "status", "rebuild ETA", "test results" */
  if (i == clause->start)
    /* "comments by EOD please" */
    return (!clause->please || !onc_token_has (token, C (BASE))) &&
           (next->kind == ONC_TOKEN_TIME || onc_token_is (next, ONC_WORD_ETA) ||
            onc_token_is (next, ONC_WORD_TO_FOLLOW) || onc_token_is (next, ONC_WORD_DUE) ||
            (onc_token_has (token, C (EVENT)) && onc_token_has (next, C (NEWS))) ||
            precedes_verb (parse, clause, i) ||
            /* "then reboot" */
            (i + 1 == clause->end && clause->joint != ONC_JOINT_THEN) ||
            onc_token_has (next, ONC_FINITE | C (PREP) | C (PAST) | C (ING) | C (S) | C (DONE) |
                                     C (BEGIN) | C (SOON)) ||
            (onc_token_is (next, ONC_WORD_TO) && !onc_token_has (token, C (AIM)) &&
             !onc_token_has (onc_parse_token (parse, i + 2), C (ME))));
  return !onc_token_has (last, ONC_PRONOUNS) && last->kind != ONC_TOKEN_NAME;
}

/* Whether the token @i is what a noun does that the lexicon does not know: "radiology need it",
 * "parcels go out". */
static gboolean
is_verb_of_noun (const OncParse *parse, guint i)
{
  const OncToken *token = onc_parse_token (parse, i);
  const OncToken *last = onc_parse_token (parse, i - 1);
  const OncToken *next = onc_parse_token (parse, i + 1);

  if (!onc_token_is_plain (last) || !onc_token_has (token, C (BASE)))
    return FALSE;
  /* "radiology need it", "expenses need submitting" */
  if (onc_token_has (token, C (NEED) | C (WANT)))
    return onc_token_has (next, C (IT) | C (ARTICLE) | C (OUR) | C (ME) | C (ING));
  /* "parcels go out", "totals follow tonight", "the scores reach you" */
  return ((onc_token_has (token, C (DELIVER)) || onc_token_is (token, ONC_WORD_GO)) &&
          onc_token_is (next, ONC_WORD_OUT)) ||
         ((onc_token_has (token, C (DELIVER)) || onc_token_is (token, ONC_WORD_FOLLOW)) &&
          next->kind == ONC_TOKEN_TIME &&
          !onc_token_has (token, C (NEWS) | C (EVENT) | C (NOUN))) ||
         (onc_token_has (token, C (DELIVER) | C (REPORT)) && onc_token_has (next, C (YOU)));
}

/* Whether the token @i, with the form of a verb, is the noun that ends what a gerund is done to, or
 * says more of it: "[dropping the] mastered [files tonight]". */
static gboolean
is_object (const OncParse *parse, const OncClause *clause, guint i)
{
  const OncToken *token = onc_parse_token (parse, i);
  const OncToken *last = onc_parse_token (parse, i - 1);
  const OncToken *next = i + 1 < clause->end ? onc_parse_token (parse, i + 1) : &onc_no_token;

  if (onc_token_has (token, C (PAST)))
    return onc_token_has (last, C (ARTICLE) | C (OUR)) && next->kind == ONC_TOKEN_WORD &&
           !onc_token_has (next, C (PREP) | C (BEGIN));
  return !onc_token_is_pronoun (last) && last->kind != ONC_TOKEN_NAME &&
         !onc_token_has (last, C (ING)) &&
         (next->kind == ONC_TOKEN_TIME || next->kind == ONC_TOKEN_MARK ||
          onc_token_has (next, C (PREP) | C (BEGIN) | C (AND)));
}

/* Whether a time before which something is to be stands behind the token @i, and no verb between
 * them that would have what stands there as its subject. */
static gboolean
precedes_deadline (const OncParse *parse, const OncClause *clause, guint i)
{
  for (i++; i < clause->end; i++)
    {
      const OncToken *token = onc_parse_token (parse, i);

      /* "grade the tests by 4" */
      if (onc_token_has (token, C (S)) &&
          onc_token_has (onc_parse_token (parse, i - 1), C (ARTICLE) | C (OUR)))
        continue;
      if (onc_token_has (token, ONC_FINITE | C (S)))
        return FALSE;
      if (token->kind == ONC_TOKEN_TIME)
        return parse->whens[token->value].prep == ONC_PREP_BY ||
               parse->whens[token->value].prep == ONC_PREP_BEFORE;
    }
  return FALSE;
}

/* Whether the word with which the clause starts, and which the lexicon knows as no verb, tells the
 * reader to do something: "please unlock it", "slack me the link", "vacate the room by 11", "draw
 * up a list by 4". */
static gboolean
is_unknown_order (const OncParse *parse, const OncClause *clause)
{
  const OncToken *token = onc_parse_token (parse, clause->start);
  guint next = clause->start + 1;

  if (clause->start == clause->begin && onc_token_has (onc_parse_token (parse, next), C (ME)) &&
      (token->classes & ~(C (NOUN) | C (OUTSIDER))) == 0)
    return TRUE;
  if (token->classes != 0 || token->id != ONC_WORD_OTHER)
    return FALSE;
  if (onc_token_has (onc_parse_token (parse, next), C (DONE)))
    next++;
  return clause->please ||
         (onc_token_has (onc_parse_token (parse, next), C (IT) | C (ARTICLE) | C (OUR)) &&
          precedes_deadline (parse, clause, next));
}

/* Looks for the verb that says what kind of clause it is. */
static void
find_anchor (const OncParse *parse, OncClause *clause)
{
  gboolean gerund = FALSE;

  for (guint i = clause->start; i < clause->end; i++)
    {
      const OncToken *token = onc_parse_token (parse, i);
      const OncToken *last = onc_parse_token (parse, i - 1);
      gboolean first = i == clause->start;
      gboolean after_subject = !first &&
                               (onc_token_is_pronoun (last) || last->kind == ONC_TOKEN_NAME ||
                                onc_token_has (last, C (TEAM) | C (OUTSIDER) | C (NOT)) ||
                                onc_token_has (last, ONC_IDLE_WORDS));

      if (token->kind != ONC_TOKEN_WORD)
        continue;
      /* "checking what went wrong", "pulling archived logs" */
      if (gerund && (onc_token_has (token, C (WH)) || onc_token_is (token, ONC_WORD_TO) ||
                     (onc_token_is_pronoun (token) && /* "installing it takes an hour" */
                      !onc_token_has (onc_parse_token (parse, i + 1), C (LAST)))))
        break;
      if (gerund && onc_token_has (token, C (PAST)) && onc_token_has (last, C (ING)))
        continue;
      /* "dropping the mastered files tonight" */
      if (gerund && onc_token_has (token, C (S) | C (PAST)) &&
          !onc_token_has (token, ONC_FINITE | C (LAST)) && is_object (parse, clause, i))
        continue;
      clause->anchor = i;
      if (onc_token_has (token, C (WILL) | C (MODAL) | C (DO)) ||
          (onc_token_has (token, C (HAVE)) && !onc_token_has (token, ONC_VERB)))
        return;
      if (onc_token_has (token, C (BE)) && (first || is_contracted_be (parse, i)))
        return;
      /* "live in 10" */
      if (first && onc_token_has (token, C (DONE)) && onc_token_has (token, C (IDLE)) &&
          onc_parse_token (parse, i + 1)->kind == ONC_TOKEN_TIME)
        continue;
      if (onc_token_has (token, ONC_VERB) && !is_verbal_noun (parse, clause, i))
        {
          if ((onc_token_has (token, C (PAST)) && !onc_token_has (token, C (BASE))) ||
              (onc_token_has (token, C (PAST)) && after_subject) ||
              (onc_token_has (token, C (BASE)) && (first || after_subject)) ||
              (onc_token_has (token, C (S)) &&
               (!onc_token_has (token, C (NEWS) | C (EVENT)) || after_subject ||
                onc_token_has (onc_parse_token (parse, i + 1), C (YOU)))))
            return;
          if (first && onc_token_has (token, C (ING)))
            gerund = TRUE;
        }
      /* "I organise it": what the author does to something is a verb. */
      if (!first && onc_token_has (last, C (FIRST)) && onc_token_is_plain (token) &&
          onc_token_has (onc_parse_token (parse, i + 1), C (IT) | C (YOU) | C (ARTICLE) | C (OUR)))
        return;
      if (!first && is_verb_of_noun (parse, i))
        return;
      if (first && is_unknown_order (parse, clause))
        return;
    }
  clause->anchor = gerund ? clause->start : clause->end;
}

static OncSubject
subject_of (const OncToken *token)
{
  static const struct
  {
    guint64 classes;
    OncSubject subject;
  } subjects[] = {
    { C (FIRST), ONC_SUBJECT_FIRST },     { C (YOU), ONC_SUBJECT_YOU },
    { C (SOMEONE), ONC_SUBJECT_SOMEONE }, { C (OUTSIDER), ONC_SUBJECT_OUTSIDER },
    { C (TEAM), ONC_SUBJECT_TEAM },       { C (PERSON), ONC_SUBJECT_PERSON },
    { C (THEY), ONC_SUBJECT_THEY },       { C (NEWS), ONC_SUBJECT_NEWS },
    { C (EVENT), ONC_SUBJECT_EVENT },     { C (IT), ONC_SUBJECT_IT },
  };

  if (token->kind == ONC_TOKEN_NAME)
    return ONC_SUBJECT_NAME;
  if (onc_token_is (token, ONC_WORD_PLAN))
    return ONC_SUBJECT_PLAN;
  if (onc_token_is (token, ONC_WORD_DEADLINE))
    return ONC_SUBJECT_DEADLINE;
  for (guint i = 0; i < G_N_ELEMENTS (subjects); i++)
    {
      if (onc_token_has (token, subjects[i].classes))
        return subjects[i].subject;
    }
  return ONC_SUBJECT_OTHER;
}

/* Whether the token @i is a name, or begins one, of what stands before @end: "Ada", "Nurse Okafor",
 * "Jun in our office". */
static gboolean
is_name (const OncParse *parse, guint i, guint end)
{
  const OncToken *token = onc_parse_token (parse, i);
  const OncToken *next = onc_parse_token (parse, i + 1);

  if (onc_token_is (token, ONC_WORD_TITLE))
    return TRUE;
  return onc_token_is_plain (token) && (token->flags & ONC_TOKEN_CAPITAL) != 0 &&
         (i + 1 == end || onc_token_has (next, C (PREP) | C (BEGIN) | C (AND)) ||
          (i + 2 == end && onc_token_is_plain (next) && (next->flags & ONC_TOKEN_CAPITAL) != 0));
}

/* Returns: what the tokens from @begin to @end are as a subject. Outsiders win, then persons. */
static OncSubject
find_subject (const OncParse *parse, guint begin, guint end)
{
  OncSubject subject = ONC_SUBJECT_NONE;
  gboolean ours = FALSE;
  gboolean theirs = FALSE; /* "their support", "Oracle support" */

  for (guint i = begin; i < end; i++)
    {
      const OncToken *token = onc_parse_token (parse, i);
      OncSubject found;

      if (token->kind == ONC_TOKEN_TIME || onc_token_has (token, ONC_IDLE_WORDS | C (NOT)) ||
          token->kind == ONC_TOKEN_MARK || token->kind == ONC_TOKEN_STRUCK)
        continue;
      ours |= onc_token_has (token, C (OUR));
      theirs |= onc_token_is (token, ONC_WORD_THEIR) ||
                (onc_token_has (token, C (OUTSIDER)) && onc_token_has (token, C (NOUN)));
      /* "the fix for the customer": what follows the preposition says more of the same. */
      if (subject != ONC_SUBJECT_NONE && onc_token_has (token, C (PREP) | C (BEGIN)) &&
          !onc_token_has (token, C (OUTSIDER)))
        {
          /* "John from Oracle" */
          theirs |= i + 1 < end && onc_token_has (onc_parse_token (parse, i + 1), C (OUTSIDER));
          break;
        }
      if (onc_token_has (token, C (OUR) | C (ARTICLE)) &&
          !(onc_token_has (token, C (IT)) && i + 1 == end))
        continue;
      /* "call-off numbers" */
      found = i + 1 < end && (onc_parse_token (parse, i + 1)->flags & ONC_TOKEN_HYPHEN) != 0
                  ? ONC_SUBJECT_OTHER
                  : subject_of (token);
      if (found == ONC_SUBJECT_OTHER && subject == ONC_SUBJECT_NONE && is_name (parse, i, end))
        found = ONC_SUBJECT_NAME;
      if (subject == ONC_SUBJECT_NONE || subject == ONC_SUBJECT_OTHER ||
          found == ONC_SUBJECT_OUTSIDER || found == ONC_SUBJECT_FIRST ||
          found == ONC_SUBJECT_TEAM || found == ONC_SUBJECT_EVENT || found == ONC_SUBJECT_PLAN ||
          found == ONC_SUBJECT_DEADLINE ||
          /* "the demo update", "the audit file" */
          (subject == ONC_SUBJECT_EVENT &&
           (found == ONC_SUBJECT_NEWS || found == ONC_SUBJECT_OTHER)))
        subject = found;
    }

  if (theirs && (subject == ONC_SUBJECT_TEAM || subject == ONC_SUBJECT_NAME))
    subject = ONC_SUBJECT_OUTSIDER;
  if (ours && subject == ONC_SUBJECT_OTHER)
    subject = ONC_SUBJECT_TEAM;
  return subject;
}

/* Returns: the first token from @i on that is none of those that change nothing. */
static guint
skip_idle (const OncParse *parse, guint i, guint end)
{
  while (i < end && onc_token_has (onc_parse_token (parse, i), ONC_IDLE_WORDS | C (NOT)) &&
         !onc_token_has (onc_parse_token (parse, i), ONC_VERB))
    i++;
  return i;
}

/* Whether the finite verb stands before its subject, which is the token @subject: "could you". */
static gboolean
is_inverted (const OncParse *parse, const OncClause *clause, guint subject)
{
  const OncToken *anchor = onc_parse_token (parse, clause->anchor);
  const OncToken *token = onc_parse_token (parse, subject);

  return (clause->anchor == clause->start || (clause->wh && clause->anchor == clause->start + 1)) &&
         onc_token_has (anchor, ONC_FINITE) &&
         /* "there is an update" */
         !(clause->start > clause->begin &&
           onc_token_is (onc_parse_token (parse, clause->start - 1), ONC_WORD_THERE)) &&
         /* "noon is my deadline" */
         !(onc_token_has (anchor, C (BE)) &&
           onc_parse_token (parse, clause->begin)->kind == ONC_TOKEN_TIME) &&
         (onc_token_is_pronoun (token) || token->kind == ONC_TOKEN_NAME ||
          /* "would tomorrow be possible" */
          (token->kind == ONC_TOKEN_TIME && onc_token_has (anchor, C (MODAL)) &&
           onc_token_is (onc_parse_token (parse, subject + 1), ONC_WORD_BE)) ||
          (!onc_token_has (anchor, C (BASE)) &&
           (onc_token_is (token, ONC_WORD_THIS) || onc_token_is (token, ONC_WORD_THAT) ||
            onc_token_has (token, C (OUR) | C (ARTICLE) | C (TEAM) | C (OUTSIDER))))) &&
         !(onc_token_has (anchor, C (HAVE)) && onc_token_has (token, C (IT) | C (SOMEONE))) &&
         /* "do it", which "does it" asks */
         !(onc_token_has (anchor, C (DO)) && onc_token_has (anchor, C (BASE)) &&
           onc_token_has (token, C (IT)) && !onc_token_has (token, C (ARTICLE))) &&
         !(onc_token_has (anchor, C (BE)) && onc_token_has (anchor, C (BASE)));
}

/* Sets the verb that says what is done, and the form that this gives to the clause. */
static void
find_verb (const OncParse *parse, OncClause *clause)
{
  const OncToken *anchor = onc_parse_token (parse, clause->anchor);
  guint verb = skip_idle (parse, clause->anchor + 1, clause->end);
  const OncToken *token = onc_parse_token (parse, verb);

  clause->verb = clause->anchor;
  if (is_inverted (parse, clause, verb))
    {
      clause->inverted = TRUE;
      clause->subject = find_subject (parse, verb, verb + 1);
      if (clause->subject == ONC_SUBJECT_NONE)
        clause->subject = find_subject (parse, verb + 1, MIN (verb + 3, clause->end));
      if (clause->subject == ONC_SUBJECT_NONE)
        clause->subject = ONC_SUBJECT_OTHER;
      while (verb < clause->end &&
             !onc_token_has (onc_parse_token (parse, verb), C (BASE) | C (ING)))
        verb++;
      verb = skip_idle (parse, verb, clause->end);
      token = onc_parse_token (parse, verb);
    }

  /* "will have been uploaded" */
  if (onc_token_has (anchor, C (WILL)) && onc_token_has (token, C (HAVE)) &&
      onc_token_is (onc_parse_token (parse, verb + 1), ONC_WORD_BE))
    verb++;
  if (onc_token_has (anchor, C (WILL)))
    clause->form = ONC_FORM_FUTURE;
  else if (onc_token_has (anchor, C (MODAL)))
    clause->form = onc_token_has (anchor, C (PAST)) ? ONC_FORM_PAST : ONC_FORM_MODAL;
  else if (onc_token_has (anchor, C (BE)))
    {
      clause->form = onc_token_has (token, C (ING)) && verb < clause->end ? ONC_FORM_PROGRESSIVE
                                                                          : ONC_FORM_COPULA;
      if (onc_token_has (anchor, C (PAST)))
        clause->form = ONC_FORM_PAST;
      /* "is going to", "are able to": the next word is what counts */
      if (clause->form == ONC_FORM_COPULA && onc_token_has (token, C (WILL)))
        clause->form = ONC_FORM_FUTURE;
      if (clause->form == ONC_FORM_COPULA && onc_token_has (token, C (MODAL)))
        clause->form = ONC_FORM_MODAL;
      if (clause->form == ONC_FORM_FUTURE || clause->form == ONC_FORM_MODAL)
        verb = skip_idle (parse, verb + 1, clause->end);
    }
  else if (onc_token_has (anchor, C (DO)) &&
           (clause->inverted ||
            onc_token_has (onc_parse_token (parse, clause->anchor + 1), C (NOT))))
    clause->form = onc_token_has (anchor, C (PAST)) ? ONC_FORM_PAST : ONC_FORM_PRESENT;
  else
    {
      gboolean perfect = onc_token_has (anchor, C (HAVE)) && onc_token_has (token, C (PAST)) &&
                         !onc_token_has (token, C (NEWS) | C (NOUN)) &&
                         !onc_token_is (token, ONC_WORD_GET);

      if (clause->inverted && onc_token_has (anchor, C (HAVE)))
        perfect = TRUE;
      /* "have got to" */
      if (onc_token_has (anchor, C (HAVE)) && onc_token_has (token, C (MODAL)))
        {
          clause->form = ONC_FORM_MODAL;
          clause->verb = MIN (skip_idle (parse, verb + 1, clause->end), clause->end);
          return;
        }
      if (perfect || (onc_token_has (anchor, C (PAST)) && !onc_token_has (anchor, C (BASE))))
        clause->form = ONC_FORM_PAST;
      else if (onc_token_has (anchor, C (ING)))
        clause->form = ONC_FORM_GERUND;
      /* The lexicon knows no verb that only tells the reader to do something. */
      else if (clause->subject == ONC_SUBJECT_NONE &&
               (onc_token_has (anchor, C (BASE)) ||
                (clause->anchor == clause->start && !onc_token_has (anchor, ONC_VERB))))
        clause->form = ONC_FORM_BASE;
      else
        clause->form = ONC_FORM_PRESENT;
      if (perfect)
        clause->verb = MIN (verb, clause->end);
      return;
    }
  clause->verb = MIN (verb, clause->end);
}

/* "no" before the verb, or right behind one that says what there is, denies the clause: "give me a
 * yes or no by 4" does not. */
static void
find_negation (const OncParse *parse, OncClause *clause)
{
  const OncToken *verb = onc_parse_token (parse, clause->verb);
  guint end = MIN (clause->verb + 1, clause->end);

  if (clause->verb < clause->end && onc_token_has (verb, C (BE) | C (HAVE) | C (RECEIVE)))
    end = MIN (clause->verb + 3, clause->end);
  for (guint i = clause->begin; i < end; i++)
    clause->negated |= onc_token_has (onc_parse_token (parse, i), C (NOT));
}

/* Moves the begin of the clause behind whom it is said to: "<@U1> 10 minutes". A name that is the
 * subject of a verb stays. */
static void
skip_addressees (const OncParse *parse, OncClause *clause)
{
  guint i = clause->begin;
  const OncToken *next;

  while (i < clause->end && onc_parse_token (parse, i)->kind == ONC_TOKEN_NAME)
    i++;
  next = onc_parse_token (parse, i);
  if (i == clause->begin || i == clause->end ||
      (onc_token_has (next, ONC_FINITE | C (S) | C (PAST)) &&
       !onc_token_is_pronoun (onc_parse_token (parse, i + 1))) ||
      /* "<@U1> from facilities will be up at 3" */
      (onc_token_has (next, C (PREP) | C (BEGIN)) && precedes_verb (parse, clause, i)))
    return;
  clause->begin = i;
}

/* Whether the token @i is a "later" that says when nothing: "a later version", "2.1 and later". */
static gboolean
compares (const OncParse *parse, guint i)
{
  const OncToken *last = onc_parse_token (parse, i - 1);

  return onc_token_is (onc_parse_token (parse, i), ONC_WORD_LATER) &&
         ((onc_token_has (last, C (ARTICLE) | C (AND)) && !onc_token_has (last, C (IT))) ||
          last->kind == ONC_TOKEN_NUMBER || onc_token_is_noun (onc_parse_token (parse, i + 1)));
}

/* Whether @token names somebody, or one of the team. */
static gboolean
is_colleague (const OncToken *token)
{
  return token->kind == ONC_TOKEN_NAME || onc_token_has (token, C (TEAM)) ||
         (onc_token_is_plain (token) && (token->flags & ONC_TOKEN_CAPITAL) != 0);
}

/* Whether the clause says what the author is about to do: "let me check". */
static gboolean
lets_author (const OncParse *parse, const OncClause *clause)
{
  return clause->form == ONC_FORM_BASE && !clause->please &&
         onc_token_is (onc_parse_token (parse, clause->verb), ONC_WORD_LET) &&
         onc_token_is (onc_parse_token (parse, clause->verb + 1), ONC_WORD_ME) &&
         !onc_token_is (onc_parse_token (parse, clause->verb + 2), ONC_WORD_HAVE);
}

/* Gives the clause what it has in common with the one before it. */
static void
share (const OncParse *parse, const OncClause *previous, OncClause *clause)
{
  /* "that goes to Raj, who'll call you at 3" */
  if (clause->wh && clause->joint == ONC_JOINT_PAUSE && clause->form == ONC_FORM_FUTURE &&
      clause->anchor == clause->start + 1 &&
      is_colleague (onc_parse_token (parse, previous->end - 1)))
    {
      clause->subject = ONC_SUBJECT_NAME;
      clause->wh = clause->inverted = FALSE;
    }
  /* "I'll look into it and report by 4" */
  else if (clause->subject == ONC_SUBJECT_NONE && !clause->please &&
           (clause->joint == ONC_JOINT_AND || clause->joint == ONC_JOINT_THEN ||
            clause->joint == ONC_JOINT_PAUSE) &&
           clause->form == ONC_FORM_BASE &&
           (previous->form == ONC_FORM_FUTURE || previous->form == ONC_FORM_MODAL) &&
           /* "it'll be a while, say 2 hours" */
           !(onc_token_has (onc_parse_token (parse, clause->verb), C (SAY)) &&
             onc_parse_token (parse, clause->verb + 1)->kind == ONC_TOKEN_TIME))
    {
      clause->shared = TRUE;
      clause->subject = previous->subject;
      clause->form = previous->form;
      clause->inverted = previous->inverted;
      clause->negated |= previous->negated;
      clause->verb = clause->anchor;
      clause->anchor = previous->anchor;
    }
  /* "it will be pulled and zipped for you by 4" */
  else if (clause->subject == ONC_SUBJECT_NONE && clause->joint == ONC_JOINT_AND &&
           clause->form == ONC_FORM_PAST && clause->anchor == clause->start &&
           (previous->form == ONC_FORM_FUTURE || previous->form == ONC_FORM_MODAL) &&
           onc_token_is (onc_parse_token (parse, previous->verb), ONC_WORD_BE) &&
           onc_token_has (onc_parse_token (parse, previous->verb + 1), C (PAST) | C (DONE)))
    {
      clause->shared = TRUE;
      clause->subject = previous->subject;
      clause->form = previous->form;
      clause->negated |= previous->negated;
      clause->anchor = previous->anchor;
      clause->verb = previous->verb;
    }
  /* "I check the logs and send you the results by 4" */
  else if (clause->subject == ONC_SUBJECT_NONE && !clause->please &&
           (clause->joint == ONC_JOINT_AND || clause->joint == ONC_JOINT_THEN) &&
           clause->form == ONC_FORM_BASE && previous->form == ONC_FORM_PRESENT &&
           previous->subject == ONC_SUBJECT_FIRST && (clause->classes & C (ME)) == 0)
    {
      clause->shared = TRUE;
      clause->subject = previous->subject;
      clause->form = previous->form;
    }
  /* "let me check and get back to you in an hour" */
  else if (clause->joint == ONC_JOINT_AND && clause->form == ONC_FORM_BASE && !clause->please &&
           (clause->classes & C (ME)) == 0 && !onc_clause_has_word (clause, ONC_WORD_SEE) &&
           lets_author (parse, previous))
    {
      clause->shared = TRUE;
      clause->subject = ONC_SUBJECT_FIRST;
      clause->form = ONC_FORM_FUTURE;
    }
  /* "kindly look into this and update in 30 minutes" */
  else if (clause->joint == ONC_JOINT_AND && clause->form == ONC_FORM_BASE &&
           previous->form == ONC_FORM_BASE)
    clause->please |= previous->please;
  else if (clause->joint == ONC_JOINT_AND && clause->form == ONC_FORM_FRAGMENT &&
           (previous->form == ONC_FORM_BASE || previous->inverted) &&
           onc_token_has (onc_parse_token (parse, clause->start), C (BASE)) &&
           clause->start == clause->begin)
    {
      clause->subject = previous->subject;
      clause->form = previous->form;
      clause->please |= previous->please;
      clause->inverted = previous->inverted;
      clause->verb = clause->start;
      clause->anchor = previous->inverted ? previous->anchor : clause->start;
    }
  /* "the fix is merged and goes live at 3" */
  else if (clause->subject == ONC_SUBJECT_NONE && clause->joint == ONC_JOINT_AND &&
           clause->form == ONC_FORM_PRESENT)
    clause->subject = previous->subject;
}

/* Whether the clause says before what something is to be, and when that is: "before the group
 * arrives at 6", not "before it broke at 6". */
static gboolean
is_bound (const OncParse *parse, const OncClause *clause)
{
  if (clause->joint != ONC_JOINT_SUB || clause->form == ONC_FORM_PAST ||
      !onc_token_is (onc_parse_token (parse, clause->lead), ONC_WORD_BEFORE))
    return FALSE;
  for (guint i = clause->begin; i < clause->end; i++)
    {
      const OncToken *token = onc_parse_token (parse, i);

      if (token->kind == ONC_TOKEN_TIME && parse->whens[token->value].kind == ONC_WHEN_POINT)
        return !parse->whens[token->value].past;
    }
  return FALSE;
}

static void
analyse (const OncParse *parse, const OncClause *previous, OncClause *clause)
{
  guint i;

  skip_addressees (parse, clause);
  i = clause->begin;
  for (guint j = clause->begin; j < clause->end; j++)
    {
      const OncToken *token = onc_parse_token (parse, j);

      if (token->kind == ONC_TOKEN_WORD && !compares (parse, j) &&
          /* "from every team" */
          !(onc_token_is (token, ONC_WORD_EVERY) &&
            onc_token_has (onc_parse_token (parse, j + 1), C (TEAM))))
        {
          clause->classes |= token->classes;
          clause->ids[token->id / 64] |= G_GUINT64_CONSTANT (1) << token->id % 64;
        }
    }
  clause->please = (clause->classes & C (PLEASE)) != 0;

  /* What greets, hedges, or names whom it is said to. */
  for (; i < clause->end; i++)
    {
      const OncToken *token = onc_parse_token (parse, i);
      const OncToken *next = onc_parse_token (parse, i + 1);

      if (token->kind == ONC_TOKEN_TIME || token->kind == ONC_TOKEN_STRUCK ||
          (onc_token_has (token, ONC_IDLE_WORDS) &&
           !onc_token_has (token, ONC_VERB | C (NEWS) | ONC_PRONOUNS)))
        continue;
      /* "Habibi give me 5 minutes" */
      if (i == clause->begin &&
          (onc_token_is_plain (token) || onc_token_has (token, C (OUTSIDER))) &&
          onc_token_has (next, C (MINUTES)) && onc_token_has (next, C (BASE)) &&
          (onc_token_has (onc_parse_token (parse, i + 2), C (ME)) ||
           onc_parse_token (parse, i + 2)->kind == ONC_TOKEN_TIME))
        continue;
      /* "do let me know" */
      if (onc_token_is (token, ONC_WORD_DO) && i == clause->begin &&
          onc_token_has (next, C (BASE)) && !onc_token_has (next, C (NEWS) | ONC_FINITE))
        continue;
      if (token->kind == ONC_TOKEN_NAME && i + 1 < clause->end &&
          (next->kind == ONC_TOKEN_NAME || onc_token_is_pronoun (next) ||
           onc_token_has (next, C (MODAL) | C (PLEASE) | C (FILLER) | C (BASE) | C (ING) |
                                    C (ARTICLE) | C (OUR)) ||
           next->kind == ONC_TOKEN_TIME))
        continue;
      break;
    }
  clause->start = i;
  clause->anchor = clause->verb = clause->end;
  clause->wh = onc_token_has (onc_parse_token (parse, i), C (WH)) && i < clause->end;
  if (i < clause->end)
    find_anchor (parse, clause);
  clause->subject = find_subject (parse, clause->start, clause->anchor);
  if (clause->anchor < clause->end)
    find_verb (parse, clause);
  find_negation (parse, clause);
  clause->bound = is_bound (parse, clause);

  if (previous != NULL)
    share (parse, previous, clause);
}

/* Tells words that are spelled alike: "well let you know" stands for "we'll", "were on track" for
 * "we're", and "Will" may be a person. */
static void
tell_homographs (OncParse *parse)
{
  /* "Will is on leave" */
  if (onc_token_has (onc_parse_token (parse, 0), C (WILL)) &&
      onc_token_has (onc_parse_token (parse, 1), C (BE)) &&
      !onc_token_has (onc_parse_token (parse, 1), C (BASE)))
    parse->sentence.tokens[0].classes = 0;
  for (guint i = 0; i + 1 < parse->sentence.n_tokens; i++)
    {
      /* "our technician", "our new driver" */
      if (onc_token_has (&parse->sentence.tokens[i], C (OUR)))
        {
          for (guint j = i + 1; j < MIN (i + 3, parse->sentence.n_tokens); j++)
            {
              if (onc_token_is (&parse->sentence.tokens[j], ONC_WORD_CREW))
                parse->sentence.tokens[j].classes = C (TEAM);
            }
        }
      if (onc_token_is (&parse->sentence.tokens[i], ONC_WORD_WELL) &&
          onc_token_has (&parse->sentence.tokens[i + 1], C (BASE)))
        parse->sentence.tokens[i].classes = C (WILL);
      if (i == 0 && onc_token_is (&parse->sentence.tokens[i], ONC_WORD_WERE) &&
          (onc_token_has (&parse->sentence.tokens[i + 1], C (ING) | C (WILL)) ||
           onc_token_is (&parse->sentence.tokens[i + 1], ONC_WORD_ON_TRACK) ||
           onc_token_is (&parse->sentence.tokens[i + 1], ONC_WORD_ON_IT)))
        parse->sentence.tokens[i].classes = C (BE);
    }
}

void
onc_parse_clauses (OncParse *parse)
{
  fold_times (parse);
  tell_homographs (parse);
  onc_parse_cut_clauses (parse);
  for (guint i = 0; i < parse->n_clauses; i++)
    analyse (parse, i > 0 ? &parse->clauses[i - 1] : NULL, &parse->clauses[i]);
}
