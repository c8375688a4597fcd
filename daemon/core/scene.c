/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "scene.h"

#define C(class) ONC_CLASS_BIT (class)

/* Words that neither act nor are acted upon. */
#define IDLE_WORDS (C (FILLER) | C (HEDGE) | C (TAIL) | C (PLEASE) | C (USUAL))

guint
onc_scene_skip_idle (const OncScene *self, guint i)
{
  while (onc_token_has (onc_scene_token (self, i), IDLE_WORDS) &&
         !onc_token_has (onc_scene_token (self, i), C (NEWS) | C (BASE) | C (ING)))
    i++;
  return i;
}

/* Returns: (nullable): the first time of the clause that is to come and that @accepts. */
static const OncWhen *
find_when (const OncScene *self, gboolean (*accepts) (const OncWhen *when))
{
  for (guint i = self->clause->begin; i < self->clause->end; i++)
    {
      const OncWhen *when = onc_scene_when (self, i);

      if (when != NULL && !when->past && accepts (when))
        return when;
    }
  return NULL;
}

gboolean
onc_scene_has_time (const OncScene *self, const OncVerdict *verdict)
{
  for (guint i = self->clause->begin; i < self->clause->end; i++)
    {
      const OncWhen *when = onc_scene_when (self, i);

      if (when != NULL && onc_verdict_accepts (verdict, when))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_deadline (const OncWhen *when)
{
  return when->prep == ONC_PREP_BY || when->prep == ONC_PREP_BEFORE || when->event;
}

gboolean
onc_scene_has_deadline (const OncScene *self)
{
  const OncClause *clauses = self->parse->clauses;

  if (self->parse->n_whens == 0)
    return FALSE;
  return find_when (self, is_deadline) != NULL ||
         (self->index + 1 < self->parse->n_clauses && clauses[self->index + 1].bound) ||
         (self->index == 1 && clauses[0].bound);
}

static gboolean
is_arrival (const OncWhen *when)
{
  return when->prep == ONC_PREP_BY || (when->prep == ONC_PREP_IN && when->kind == ONC_WHEN_SPAN);
}

gboolean
onc_scene_has_arrival (const OncScene *self)
{
  return find_when (self, is_arrival) != NULL;
}

static gboolean
is_bound (const OncWhen *when)
{
  return when->prep != ONC_PREP_NONE || (when->kind != ONC_WHEN_SPAN && when->day < ONC_DAY_COUNT);
}

gboolean
onc_scene_has_bound (const OncScene *self)
{
  return find_when (self, is_bound) != NULL;
}

static gboolean
is_point (const OncWhen *when)
{
  return when->kind == ONC_WHEN_POINT;
}

const OncWhen *
onc_scene_first_point (const OncScene *self)
{
  return find_when (self, is_point);
}

const OncWhen *
onc_scene_first_when (const OncScene *self)
{
  for (guint i = self->clause->begin; i < self->clause->end; i++)
    {
      if (onc_scene_when (self, i) != NULL)
        return onc_scene_when (self, i);
    }
  return NULL;
}

gboolean
onc_scene_has_struck (const OncScene *self)
{
  for (guint i = self->clause->begin; i < self->clause->end; i++)
    {
      if (onc_scene_token (self, i)->kind == ONC_TOKEN_STRUCK)
        return TRUE;
    }
  return FALSE;
}

gboolean
onc_scene_calls_time_doable (const OncScene *self)
{
  return self->clause->subject == ONC_SUBJECT_NONE && !self->clause->negated &&
         !self->clause->inverted && !self->question &&
         onc_scene_when (self, self->clause->begin) != NULL &&
         onc_scene_has_word (self, ONC_WORD_DOABLE);
}

gboolean
onc_scene_is_habit (const OncScene *self)
{
  gboolean recurs = FALSE;
  guint n_times = 0;

  for (guint i = self->clause->begin; i < self->clause->end; i++)
    {
      const OncWhen *when = onc_scene_when (self, i);

      n_times += when != NULL;
      recurs |= when != NULL && when->prep == ONC_PREP_EVERY && when->kind == ONC_WHEN_POINT;
    }
  return recurs && n_times > 1;
}

/* Returns: (nullable): the clause before. */
static const OncClause *
clause_before (const OncScene *self)
{
  return self->index > 0 ? &self->parse->clauses[self->index - 1] : NULL;
}

gboolean
onc_scene_follows_word (const OncScene *self, OncWordId id)
{
  const OncClause *before = clause_before (self);

  return before != NULL && onc_clause_has_word (before, id);
}

gboolean
onc_scene_follows_identity (const OncScene *self)
{
  const OncClause *before = clause_before (self);

  return before != NULL && before->anchor + 1 == before->end &&
         onc_parse_token (self->parse, before->begin)->kind == ONC_TOKEN_TIME &&
         onc_token_has (onc_parse_token (self->parse, before->anchor), C (BE));
}

gboolean
onc_scene_is_bare_time (const OncScene *self, const OncWhen **when)
{
  *when = NULL;
  for (guint i = self->clause->begin; i < self->clause->end; i++)
    {
      const OncToken *token = onc_scene_token (self, i);

      if (token->kind == ONC_TOKEN_TIME && *when == NULL)
        *when = onc_scene_when (self, i);
      else if ((!onc_token_has (token, IDLE_WORDS | C (AND)) || onc_token_has (token, C (USUAL))) &&
               token->kind != ONC_TOKEN_STRUCK)
        return FALSE;
    }
  return *when != NULL;
}

/* Whether the subject is somebody outside the conversation. */
static gboolean
is_other_person (OncSubject subject)
{
  return subject == ONC_SUBJECT_PERSON || subject == ONC_SUBJECT_THEY ||
         subject == ONC_SUBJECT_OUTSIDER;
}

/* Whether a company that supplies something is in the clause: "AWS status". */
static gboolean
names_vendor (const OncParse *parse, const OncClause *clause)
{
  for (guint i = clause->begin; i < clause->end; i++)
    {
      const OncToken *token = onc_parse_token (parse, i);

      if (onc_token_has (token, C (OUTSIDER)) && onc_token_has (token, C (NOUN)))
        return TRUE;
    }
  return FALSE;
}

/* Whether the clause @index is what is said or thought in the one before. */
static gboolean
is_complement (const OncParse *parse, guint index)
{
  const OncClause *clause = &parse->clauses[index];
  const OncClause *before = index > 0 ? &parse->clauses[index - 1] : NULL;

  if (before == NULL || before->joint == ONC_JOINT_SUB || before->joint == ONC_JOINT_IF)
    return FALSE;
  /* "he swears it'll be done", "no way it'll be done", "can't see it being done": nothing stands
   * between */
  if (clause->lead == clause->begin &&
      (is_other_person (before->subject) || (before->negated && before->verb + 1 == before->end) ||
       onc_token_has (onc_parse_token (parse, before->end - 1), C (NOT))))
    return TRUE;
  /* "the vendor posted: fix by 2" */
  if (onc_token_is_mark (onc_parse_token (parse, clause->lead), ':') &&
      ((is_other_person (before->subject) && before->anchor < before->end) ||
       names_vendor (parse, before)))
    return TRUE;
  return (clause->joint == ONC_JOINT_THAT ||
          onc_token_is_mark (onc_parse_token (parse, clause->lead), ':')) &&
         onc_token_has (onc_parse_token (parse, before->verb), C (SAY) | C (THINK) | C (AIM));
}

/* Returns: the clause that @index hangs on as what is said or thought there, or itself. */
static const OncClause *
saying_clause (const OncParse *parse, guint index)
{
  while (is_complement (parse, index))
    index--;
  return &parse->clauses[index];
}

gboolean
onc_scene_follows_length (const OncScene *self)
{
  OncScene before = *self;
  const OncWhen *when;

  before.clause = clause_before (self);
  if (before.clause == NULL || self->clause->joint == ONC_JOINT_IF ||
      (self->clause->joint == ONC_JOINT_SUB &&
       !onc_token_is (onc_scene_lead (self), ONC_WORD_UNTIL)))
    return FALSE;
  return onc_scene_is_bare_time (&before, &when) && when->kind == ONC_WHEN_SPAN && !when->past &&
         when->prep == ONC_PREP_NONE;
}

/* Whether the clause goes on with what others said before: "they say it's fixed, ETA 1h". */
static gboolean
continues_report (const OncScene *self)
{
  for (guint i = 0; i < self->index && self->clause->form == ONC_FORM_FRAGMENT; i++)
    {
      const OncClause *clause = &self->parse->clauses[i];

      if (is_other_person (clause->subject) && clause->verb < clause->end &&
          onc_token_has (onc_parse_token (self->parse, clause->verb), C (SAY)))
        return TRUE;
    }
  return FALSE;
}

/* Whether the sentence ends with who said it: "next day delivery, they said". */
static gboolean
is_attributed (const OncScene *self)
{
  const OncClause *last = &self->parse->clauses[self->parse->n_clauses - 1];

  return last == self->clause + 1 && last->joint == ONC_JOINT_PAUSE &&
         is_other_person (last->subject) && last->verb + 1 == last->end &&
         onc_token_has (onc_parse_token (self->parse, last->verb), C (SAY)) &&
         self->clause->subject != ONC_SUBJECT_FIRST;
}

gboolean
onc_scene_is_reported (const OncScene *self)
{
  const OncClause *saying = saying_clause (self->parse, self->index);

  const OncClause *before = clause_before (self);

  if (continues_report (self) || is_attributed (self))
    return TRUE;
  /* "if they say it'll be up by 5", "I wish I could tell you it'll be" */
  if (before != NULL && before->joint == ONC_JOINT_IF &&
      self->clause->lead == self->clause->begin &&
      onc_token_has (onc_parse_token (self->parse, before->verb), C (SAY)))
    return TRUE;
  if (saying != self->clause && saying->negated)
    return TRUE;
  if (saying->subject == ONC_SUBJECT_NONE)
    return FALSE;
  if (saying != self->clause && is_other_person (saying->subject))
    return TRUE;
  if (saying->verb >= saying->end)
    return FALSE;
  return !saying->inverted &&
         onc_token_has (onc_parse_token (self->parse, saying->verb),
                        saying == self->clause ? C (SAY) : C (SAY) | C (THINK) | C (AIM)) &&
         (saying->form == ONC_FORM_PAST ||
          (saying->form == ONC_FORM_PRESENT && saying->subject != ONC_SUBJECT_FIRST &&
           /* "somebody tell me by 4 whether" */
           saying->subject != ONC_SUBJECT_SOMEONE));
}

gboolean
onc_scene_is_hypothetical (const OncScene *self)
{
  gboolean condition = FALSE;

  for (guint i = 0; i < self->parse->n_clauses; i++)
    {
      const OncClause *clause = &self->parse->clauses[i];

      if (clause->joint != ONC_JOINT_IF)
        continue;
      condition = TRUE;
      /* "if you restart it, it'll be back in 5 minutes" */
      if (clause->subject == ONC_SUBJECT_YOU && clause->form == ONC_FORM_PRESENT &&
          !onc_token_has (onc_parse_token (self->parse, clause->verb),
                          C (NEED) | C (WANT) | C (IDLE) | C (RECEIVE)) &&
          (self->clause->subject == ONC_SUBJECT_IT || self->clause->subject == ONC_SUBJECT_OTHER))
        return TRUE;
    }
  return condition &&
         (onc_scene_has_word (self, ONC_WORD_MIGHT) || onc_scene_has_word (self, ONC_WORD_WOULD) ||
          onc_scene_has_word (self, ONC_WORD_COULD) || onc_scene_has_word (self, ONC_WORD_CAN));
}

gboolean
onc_scene_is_moment (const OncScene *self, guint i, gboolean asked)
{
  const OncToken *token = onc_scene_token (self, i);
  gboolean one = onc_token_is (token, ONC_WORD_A) || onc_token_is (token, ONC_WORD_ANOTHER) ||
                 ((token->kind == ONC_TOKEN_NUMBER || onc_token_has (token, C (NUMBER))) &&
                  token->value == 1);
  guint more = i + 1 + onc_token_is (onc_scene_token (self, i + 1), ONC_WORD_MORE);
  const OncToken *next = onc_scene_token (self, more);
  guint after = onc_scene_skip_idle (self, more + 1);

  /* "give me a few" */
  if (asked && onc_token_is (token, ONC_WORD_COUPLE) &&
      onc_scene_skip_idle (self, i + 1) >= self->clause->end)
    return TRUE;
  /* "sec" */
  if (onc_token_is (token, ONC_WORD_MOMENT) && self->parse->sentence.n_tokens == 1)
    return TRUE;
  if (onc_token_is (token, ONC_WORD_ONE_MOMENT))
    after = onc_scene_skip_idle (self, i + 1);
  else if (!one || !(onc_token_is (next, ONC_WORD_MOMENT) ||
                     (asked && onc_token_is (next, ONC_WORD_WHILE))))
    return FALSE;
  /* "1 second of downtime" */
  return asked || after >= self->clause->end;
}

gboolean
onc_scene_names_news (const OncScene *self)
{
  const OncToken *last = &onc_no_token;

  for (guint i = self->clause->start; i < self->clause->end; i++)
    {
      const OncToken *token = onc_scene_token (self, i);

      if (onc_token_has (token, C (NEWS)) && !onc_token_has (last, C (PREP) | C (BEGIN)))
        return TRUE;
      if (!onc_token_has (token, C (ARTICLE) | C (OUR) | C (HEDGE)))
        last = token;
    }
  return FALSE;
}

gboolean
onc_scene_names_place (const OncScene *self, guint index)
{
  const OncToken *token = onc_scene_token (self, onc_scene_skip_idle (self, index));
  gboolean yours = FALSE;

  index = onc_scene_skip_idle (self, index);
  if (onc_token_is (token, ONC_WORD_WITH_YOU))
    return TRUE;
  if (!onc_token_has (token, C (PREP) | C (BEGIN)) ||
      (onc_token_has (token, C (BEGIN)) && token->value != ONC_PREP_IN &&
       token->value != ONC_PREP_AT && token->value != ONC_PREP_ON))
    return FALSE;
  /* Some words may stand between: "in the shared folder". */
  for (guint i = index + 1; i < index + 5; i++)
    {
      token = onc_scene_token (self, i);
      if (token->kind != ONC_TOKEN_WORD)
        return yours && i > index + 2;
      yours |= onc_token_is (token, ONC_WORD_YOUR);
      if (token->id == ONC_WORD_PLACE || onc_token_has (token, C (YOU)))
        return TRUE;
      if (onc_token_has (token, C (PREP) | C (BEGIN)))
        return yours && i > index + 2;
    }
  return FALSE;
}

gboolean
onc_scene_is_urgent (const OncScene *self)
{
  return onc_scene_has (self, C (URGENT)) && !onc_scene_has_word (self, ONC_WORD_AT_ONCE);
}

gboolean
onc_scene_is_pressing (const OncScene *self)
{
  return onc_scene_is_urgent (self) ||
         (onc_scene_is_polite (self) && onc_scene_has_word (self, ONC_WORD_AT_ONCE));
}

gboolean
onc_scene_is_polite (const OncScene *self)
{
  const OncClause *next = self->index + 1 < self->parse->n_clauses ? self->clause + 1 : NULL;

  return self->clause->please || (next != NULL && next->please && next->start == next->end);
}

gboolean
onc_scene_was_named (const OncScene *self)
{
  for (guint i = 0; i < self->index; i++)
    {
      const OncClause *clause = &self->parse->clauses[i];

      for (guint j = clause->start; j < clause->end; j++)
        {
          const OncToken *token = onc_parse_token (self->parse, j);

          /* A mention, or a word of no language that begins with a capital inside a sentence */
          if (token->kind == ONC_TOKEN_NAME ||
              (onc_token_is_plain (token) && (token->flags & ONC_TOKEN_CAPITAL) != 0))
            return TRUE;
        }
    }
  return FALSE;
}

gboolean
onc_scene_was_mentioned (const OncScene *self)
{
  for (guint i = 0; i < self->index; i++)
    {
      const OncClause *clause = &self->parse->clauses[i];

      if ((clause->classes & C (TEAM)) != 0 ||
          /* "handing this to our night desk" */
          ((clause->classes & C (OUR)) != 0 && (clause->classes & C (OUTSIDER)) == 0 &&
           clause->form == ONC_FORM_GERUND) ||
          /* "passed to billing, they'll be in touch" */
          (clause->subject == ONC_SUBJECT_NONE && clause->form == ONC_FORM_PAST &&
           onc_clause_has_word (clause, ONC_WORD_TO) && (clause->classes & C (OUTSIDER)) == 0) ||
          (clause->subject == ONC_SUBJECT_NAME &&
           onc_parse_token (self->parse, clause->start)->kind == ONC_TOKEN_NAME))
        return TRUE;
    }
  return FALSE;
}

gboolean
onc_scene_is_adjunct (const OncScene *self)
{
  const OncClause *clause = self->clause;
  const OncClause *before = clause_before (self);

  /* "we mitigated it after rolling it back, recovering within 4 minutes" */
  while (before != NULL && before->joint == ONC_JOINT_SUB && before > self->parse->clauses)
    before--;
  if (clause->joint == ONC_JOINT_SUB || clause->joint == ONC_JOINT_THAT)
    return TRUE;
  /* "found it, patching": of the author both */
  if (before != NULL && before->form == ONC_FORM_PAST &&
      (before->subject == ONC_SUBJECT_NONE || before->subject == ONC_SUBJECT_FIRST) &&
      clause->joint == ONC_JOINT_PAUSE && onc_scene_first_when (self) == NULL)
    return FALSE;
  /* "break found, posting the correction by 3" */
  if (clause->joint == ONC_JOINT_PAUSE && onc_scene_has_deadline (self) && before != NULL &&
      before->form == ONC_FORM_PAST && before->verb + 1 == before->end)
    return FALSE;
  /* "the fix is in review, merging today" */
  if (before != NULL && before->form == ONC_FORM_COPULA && before->subject == ONC_SUBJECT_NEWS)
    return FALSE;
  return before != NULL && (before->anchor < before->end || clause->joint != ONC_JOINT_PAUSE) &&
         (before->form == ONC_FORM_PAST ||
          (before->subject != ONC_SUBJECT_FIRST && before->subject != ONC_SUBJECT_NONE &&
           before->subject != ONC_SUBJECT_TEAM));
}

gboolean
onc_scene_has_state_time (const OncScene *self)
{
  guint i = self->clause->start;

  const OncWhen *leading = onc_scene_when (self, self->clause->begin);

  /* "15:32 up 20 days" is of a machine. */
  if (leading != NULL)
    return leading->prep != ONC_PREP_NONE || leading->minute < 0 || leading->day != ONC_DAY_NONE ||
           leading->meridiem == ONC_MERIDIEM_AM || leading->meridiem == ONC_MERIDIEM_PM;
  while (onc_token_has (onc_scene_token (self, i), C (DONE) | C (HERE) | IDLE_WORDS))
    i++;
  /* "ready for you by 4", "ready for pickup at 3" */
  if (onc_token_has (onc_scene_token (self, i), C (BEGIN)) &&
      (onc_token_has (onc_scene_token (self, i + 1), C (YOU)) ||
       onc_token_is (onc_scene_token (self, i + 1), ONC_WORD_ARRIVAL)))
    i += 2;
  return onc_scene_when (self, i) != NULL ||
         onc_token_is (onc_scene_token (self, self->clause->start), ONC_WORD_BACK);
}

gboolean
onc_scene_names_event (const OncScene *self)
{
  const OncToken *last = &onc_no_token;
  gboolean news = FALSE;

  for (guint i = self->clause->start; i < self->clause->end; i++)
    {
      const OncToken *token = onc_scene_token (self, i);

      if (onc_token_has (token, C (EVENT)) &&
          !onc_token_has (onc_scene_token (self, i + 1), C (NEWS)) &&
          !(news && onc_token_has (last, C (PREP) | C (BEGIN))))
        return TRUE;
      /* "the next update from the bridge" */
      news |= onc_token_has (token, C (NEWS));
      if (!onc_token_has (token, C (ARTICLE) | C (OUR)))
        last = token;
    }
  return FALSE;
}

const OncWhen *
onc_scene_length_at (const OncScene *self, guint index)
{
  const OncWhen *when = onc_scene_when (self, onc_scene_skip_idle (self, index));

  return when != NULL && when->kind == ONC_WHEN_SPAN && when->prep == ONC_PREP_NONE && !when->past
             ? when
             : NULL;
}
