/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "rule-private.h"

#define C(class) ONC_CLASS_BIT (class)

/* Whether the clause says what the reader is to do before a time, so that a threat needs no words:
 * "if you don't pay by Friday", "unless I hear otherwise by 3", but not "if you don't see it by 4".
 */
static gboolean
is_due_from_reader (const OncScene *scene)
{
  const OncToken *verb = onc_scene_token (scene, scene->clause->verb);

  if (!onc_scene_has_deadline (scene) || scene->clause->form != ONC_FORM_PRESENT)
    return FALSE;
  return scene->clause->subject == ONC_SUBJECT_YOU
             ? !onc_token_has (verb, C (RECEIVE) | C (NEED) | C (WANT) | C (ABSENT))
             : scene->clause->subject == ONC_SUBJECT_FIRST && onc_token_is (verb, ONC_WORD_HEAR) &&
                   !onc_scene_has (scene, C (OUTSIDER));
}

/* "if I don't hear by 4", "unless you answer by then", "it'd be great if you could" */
static OncVerdict
judge_condition (const OncScene *scene)
{
  gboolean missing = scene->clause->negated ||
                     onc_token_is (onc_scene_lead (scene), ONC_WORD_UNLESS);
  gboolean awaited = onc_scene_has_word (scene, ONC_WORD_HEAR) ||
                     onc_scene_has (scene, C (REPORT) | C (DONE)) ||
                     onc_scene_has_word (scene, ONC_WORD_REPLY) || onc_scene_names_news (scene) ||
                     onc_token_has (onc_scene_token (scene, scene->clause->start), C (NOT)) ||
                     ((onc_token_is (onc_scene_lead (scene), ONC_WORD_UNLESS) ||
                       scene->clause->subject == ONC_SUBJECT_FIRST) &&
                      onc_scene_has (scene, C (RECEIVE))) ||
                     is_due_from_reader (scene);
  const OncClause *next = scene->index + 1 < scene->parse->n_clauses ? scene->clause + 1 : NULL;
  gboolean threatened = is_due_from_reader (scene);

  if (onc_scene_follows_word (scene, ONC_WORD_WISH) ||
      onc_scene_follows_word (scene, ONC_WORD_THANKED) ||
      (next != NULL && !next->negated && onc_clause_has_word (next, ONC_WORD_WISH) &&
       onc_clause_has_word (next, ONC_WORD_WOULD)))
    return onc_verdict_request ("wishes for it");
  /* "I wonder if you could call before 5" */
  if (scene->clause->please && scene->clause->form == ONC_FORM_BASE)
    return onc_verdict_request ("wishes for it");
  if ((scene->clause->subject == ONC_SUBJECT_YOU ||
       scene->clause->subject == ONC_SUBJECT_SOMEONE) &&
      scene->clause->form == ONC_FORM_MODAL && !scene->clause->negated &&
      (onc_scene_has_word (scene, ONC_WORD_COULD) || onc_scene_has_word (scene, ONC_WORD_WOULD)))
    return onc_verdict_request ("wishes for it");
  /* "if I'm not done by 4 I'll tell you" */
  if (scene->clause->subject == ONC_SUBJECT_FIRST &&
      !onc_scene_has (scene, C (RECEIVE) | C (YOU) | C (NEWS)))
    return onc_verdict_none;
  /* It is a request when the author says what they will do then. */
  for (guint i = scene->index + 1; i < scene->parse->n_clauses && !threatened; i++)
    {
      const OncClause *clause = &scene->parse->clauses[i];

      /* "if I don't hear from you by 4 the order is cancelled" */
      threatened = ((scene->clause->subject == ONC_SUBJECT_FIRST ||
                     scene->clause->subject == ONC_SUBJECT_SOMEONE ||
                     onc_scene_has_word (scene, ONC_WORD_REPLY)) &&
                    awaited && clause->joint != ONC_JOINT_IF && clause->anchor < clause->end &&
                    (clause->form == ONC_FORM_PRESENT || clause->form == ONC_FORM_COPULA ||
                     clause->form == ONC_FORM_FUTURE)) ||
                   (clause->subject == ONC_SUBJECT_FIRST &&
                    !onc_clause_has_word (clause, ONC_WORD_WOULD) &&
                    (clause->form == ONC_FORM_FUTURE || clause->form == ONC_FORM_PROGRESSIVE ||
                     clause->form == ONC_FORM_MODAL ||
                     (clause->form == ONC_FORM_PRESENT &&
                      !onc_token_has (onc_parse_token (scene->parse, clause->verb), C (IDLE)))));
    }
  /* "the client threatens to leave if it's not fixed by 4" */
  threatened |= scene->index > 0 &&
                scene->parse->clauses[scene->index - 1].subject == ONC_SUBJECT_OUTSIDER &&
                scene->parse->clauses[scene->index - 1].form != ONC_FORM_PAST;
  return missing && awaited && threatened && onc_scene_has_bound (scene) &&
                 (scene->clause->form != ONC_FORM_PAST ||
                  scene->clause->subject == ONC_SUBJECT_NONE ||
                  (onc_token_has (onc_scene_token (scene, scene->clause->anchor), C (HAVE)) &&
                   !onc_token_has (onc_scene_token (scene, scene->clause->anchor), C (PAST))))
             ? onc_verdict_request ("says what happens if it is not done")
             : onc_verdict_none;
}

/* "I'd appreciate it by 4", "noon would be great", "much appreciated": but not "it would be a great
 * idea". */
static gboolean
is_wish (const OncScene *scene)
{
  const OncClause *clause = scene->clause;

  if (clause->negated || scene->question)
    return FALSE;
  if (onc_scene_has_word (scene, ONC_WORD_THANKED))
    return TRUE;
  /* "grateful for an answer by 5" */
  if (onc_token_is (onc_scene_token (scene, clause->start), ONC_WORD_WISH) &&
      onc_token_has (onc_scene_token (scene, clause->start + 1),
                     C (ARTICLE) | C (BEGIN) | C (PLEASE) | C (RECEIVE)) &&
      (onc_scene_has_deadline (scene) || (clause->please && onc_scene_has_arrival (scene))))
    return TRUE;
  if (!onc_scene_has_word (scene, ONC_WORD_WOULD))
    return FALSE;
  for (guint i = clause->anchor; i < clause->end; i++)
    {
      const OncToken *next = onc_scene_token (scene, i + 1);

      /* "would have been nice" */
      if (onc_token_has (onc_scene_token (scene, i), C (HAVE)) &&
          onc_token_has (next, C (BE) | C (PAST)))
        return FALSE;
      if (onc_token_is (onc_scene_token (scene, i), ONC_WORD_WISH))
        /* "I'd prefer Friday" settles when to meet. */
        return next->kind != ONC_TOKEN_OPAQUE &&
               !(clause->subject == ONC_SUBJECT_FIRST && onc_scene_when (scene, i + 1) != NULL &&
                 onc_scene_when (scene, i + 1)->prep == ONC_PREP_NONE) &&
               !(onc_token_is_plain (next) ||
                 (next->kind == ONC_TOKEN_WORD && next->classes == C (NOUN)));
    }
  return FALSE;
}

/* Whether the clause is what is wished for: "it would be great if | we could get it by 4", "I hope
 * you can fix it by 4". */
static gboolean
is_wished (const OncScene *scene)
{
  const OncClause *before = scene->index > 0 ? scene->clause - 1 : NULL;

  if (scene->clause->negated || scene->question)
    return FALSE;
  if (scene->clause->subject == ONC_SUBJECT_YOU && onc_scene_has_word (scene, ONC_WORD_HOPE))
    return scene->clause->form == ONC_FORM_MODAL || onc_scene_has_deadline (scene);
  /* "it's crucial | this is fixed by 8" */
  if (before != NULL && scene->clause->lead == scene->clause->begin &&
      onc_clause_has_word (before, ONC_WORD_VITAL) && before->form == ONC_FORM_COPULA &&
      !before->negated)
    return scene->clause->subject != ONC_SUBJECT_FIRST && onc_scene_has_deadline (scene);
  return before != NULL && scene->clause->lead == scene->clause->begin &&
         (scene->clause->form == ONC_FORM_MODAL ||
          /* "it would be great if | you sent it by 4" */
          onc_token_is (onc_parse_token (scene->parse, before->end - 1), ONC_WORD_WISH)) &&
         onc_clause_has_word (before, ONC_WORD_WISH) &&
         onc_clause_has_word (before, ONC_WORD_WOULD);
}

/* Whether the clause speaks of an answer that is not there: "no reply by 3". */
static gboolean
lacks_answer (const OncParse *parse, const OncClause *clause)
{
  return clause->form == ONC_FORM_FRAGMENT && onc_clause_has_word (clause, ONC_WORD_REPLY) &&
         onc_token_has (onc_parse_token (parse, clause->begin), C (NOT)) &&
         clause->end <= clause->begin + 4 &&
         onc_parse_token (parse, clause->end - 1)->kind == ONC_TOKEN_TIME;
}

/* Whether the clause says what comes of it when nobody answers: "[no reply by 3 and] it's gone". */
static gboolean
follows_from_silence (const OncClause *clause)
{
  return clause->anchor < clause->end && !clause->inverted &&
         (clause->form == ONC_FORM_FUTURE || clause->form == ONC_FORM_PRESENT ||
          clause->form == ONC_FORM_COPULA || clause->form == ONC_FORM_PROGRESSIVE);
}

/* Whether the clause says what the author will do if others do not: "if I don't hear by 4 I'll
 * escalate", "reply by noon or I'll close it". */
static gboolean
is_threat (const OncScene *scene)
{
  const OncClause *before;

  if (scene->clause->subject != ONC_SUBJECT_FIRST || scene->index == 0)
    return FALSE;
  for (guint i = 0; i < scene->index && (scene->parse->sentence.classes & C (IF)) != 0; i++)
    {
      OncScene condition = *scene;

      condition.index = i;
      condition.clause = &scene->parse->clauses[i];
      if (condition.clause->joint == ONC_JOINT_IF &&
          judge_condition (&condition).act == ONC_ACT_REQUEST)
        return TRUE;
    }

  before = &scene->parse->clauses[scene->index - 1];
  /* "you have 20 minutes, then we roll back" */
  if (scene->clause->joint == ONC_JOINT_THEN && before->subject == ONC_SUBJECT_YOU &&
      (onc_clause_has_word (before, ONC_WORD_HAVE) || onc_clause_has_word (before, ONC_WORD_GET)) &&
      before->form == ONC_FORM_PRESENT)
    return TRUE;
  if (lacks_answer (scene->parse, before) && follows_from_silence (scene->clause))
    return TRUE;
  return onc_token_is (onc_scene_lead (scene), ONC_WORD_OR) && !scene->clause->shared &&
         (before->form == ONC_FORM_BASE || before->form == ONC_FORM_FRAGMENT || before->inverted);
}

/* Whether the author says right behind the clause what they will do if it is not done: "answer by
 * 12 or we go on". */
static gboolean
is_threatened (const OncScene *scene)
{
  const OncParse *parse = scene->parse;
  const OncClause *next = scene->index + 1 < parse->n_clauses ? &parse->clauses[scene->index + 1]
                                                              : NULL;

  if (next == NULL || !onc_scene_has_bound (scene))
    return FALSE;
  if (lacks_answer (parse, scene->clause) && follows_from_silence (next))
    return TRUE;
  if (!onc_token_is (onc_parse_token (parse, next->lead), ONC_WORD_OR) || next->shared ||
      next->anchor == next->end)
    return FALSE;
  /* "pay by Friday or lose the discount", "reply by 5 or it's closed" */
  return scene->clause->form == ONC_FORM_BASE ||
         (scene->clause->form == ONC_FORM_FRAGMENT &&
          (next->subject == ONC_SUBJECT_FIRST || onc_scene_has_word (scene, ONC_WORD_REPLY)));
}

/* Whether any clause of the sentence has the word @id. */
static gboolean
is_said_with (const OncScene *scene, OncWordId id)
{
  for (guint i = 0; i < scene->parse->n_clauses; i++)
    {
      if (onc_clause_has_word (&scene->parse->clauses[i], id))
        return TRUE;
    }
  return FALSE;
}

/* Whether the sentence takes back what the clause could mean: "could be an hour, hard to say", or
 * tells of what is always so: "our SLA: response in 30 minutes". */
static gboolean
is_disclaimed (const OncScene *scene)
{
  if (onc_scene_has (scene, C (WILL)))
    return FALSE;
  return is_said_with (scene, ONC_WORD_POLICY) ||
         (is_said_with (scene, ONC_WORD_DISCLAIMED) && !onc_scene_names_news (scene) &&
          scene->clause->form != ONC_FORM_GERUND && scene->clause->form != ONC_FORM_PROGRESSIVE);
}

/* Whether the clause before says that another time is not kept: "not today, tomorrow for sure",
 * "I can't now, but at 3". */
static gboolean
replaces_time (const OncScene *scene, const OncWhen *bare)
{
  const OncClause *before = scene->index > 0 ? scene->clause - 1 : NULL;

  return before != NULL && bare->kind == ONC_WHEN_POINT && !bare->past &&
         (bare->capped || scene->clause->joint == ONC_JOINT_BUT ||
          /* "not today, tomorrow" */
          (before->anchor == before->end &&
           onc_token_has (onc_parse_token (scene->parse, before->begin), C (NOT))) ||
          onc_scene_has_word (scene, ONC_WORD_THEN)) &&
         (before->negated || (before->classes & C (NOT)) != 0) &&
         (before->subject == ONC_SUBJECT_FIRST || before->subject == ONC_SUBJECT_NONE) &&
         before->form != ONC_FORM_PAST &&
         (before->form != ONC_FORM_BASE || onc_clause_has_word (before, ONC_WORD_UNABLE));
}

/* Whether the other clauses say nothing, or no more than that the author will: "yes, 4pm latest",
 * "sure, will do, 11 at the latest". */
static gboolean
stands_alone (const OncScene *scene)
{
  for (guint i = 0; i < scene->parse->n_clauses; i++)
    {
      const OncClause *clause = &scene->parse->clauses[i];

      if (clause != scene->clause && clause->start < clause->end && clause->form != ONC_FORM_FUTURE)
        return FALSE;
    }
  return TRUE;
}

/* Whether the word of the author stands right behind the clause: "Friday, you have my word", "by
 * Monday, guaranteed". */
static gboolean
is_sworn (const OncScene *scene)
{
  const OncClause *next = scene->index + 1 < scene->parse->n_clauses ? scene->clause + 1 : NULL;

  return next != NULL && next->joint == ONC_JOINT_PAUSE && next->end <= next->begin + 1 &&
         !onc_token_is_mark (onc_parse_token (scene->parse, next->lead), '(') &&
         (onc_clause_has_word (next, ONC_WORD_ESTIMATE) ||
          ((next->classes & C (AIM)) != 0 && (next->classes & C (PAST)) != 0));
}

/* Whether what was said before the clause ends with an adjective or article, whose noun follows
 * behind the clause: "an old (~2 months) project". */
static gboolean
interrupts_noun (const OncScene *scene)
{
  guint i = scene->clause->begin;

  while (i > 0 && (onc_parse_token (scene->parse, i - 1)->kind == ONC_TOKEN_MARK ||
                   onc_token_has (onc_parse_token (scene->parse, i - 1), C (FILLER))))
    i--;
  return i > 0 && onc_token_has (onc_parse_token (scene->parse, i - 1), C (ARTICLE) | C (BLOCK));
}

/* Nothing but a time, and words that change nothing. */
static OncVerdict
judge_bare_time (const OncScene *scene, const OncWhen *bare)
{
  const OncClause *clause = scene->clause;

  /* "13:45: reboot" is a log. */
  if (scene->question || (bare->kind == ONC_WHEN_POINT && scene->index == 0 &&
                          onc_token_is_mark (onc_parse_token (scene->parse, clause->end), ':')))
    return onc_verdict_none;
  /* "an old (~2 months) project" */
  if ((bare->kind == ONC_WHEN_SPAN || bare->day >= ONC_DAY_COUNT) && scene->index > 0 &&
      onc_token_is_mark (onc_parse_token (scene->parse, clause->end), ')') &&
      interrupts_noun (scene))
    return onc_verdict_none;
  /* "there in 10", "leaving now, there by 2" */
  if (onc_scene_has_word (scene, ONC_WORD_THERE) &&
      (bare->prep == ONC_PREP_IN || bare->prep == ONC_PREP_BY ||
       (bare->minute >= 0 && (scene->index > 0 || bare->prep == ONC_PREP_NONE))))
    return onc_verdict_promise ("says when the author is back or done");
  if (onc_scene_has_word (scene, ONC_WORD_CORRECTION) ||
      /* "slight delay, now 4pm" */
      (onc_scene_has_word (scene, ONC_WORD_NOW) && scene->index > 0 &&
       ((clause[-1].classes & C (SHIFT)) != 0 || onc_scene_follows_word (scene, ONC_WORD_ETA))) ||
      onc_scene_has_word (scene, ONC_WORD_ESTIMATE) || onc_scene_has_struck (scene) ||
      is_sworn (scene) ||
      /* "my guess: tomorrow at 9" */
      (onc_scene_follows_word (scene, ONC_WORD_ESTIMATE) && clause[-1].start == clause[-1].end) ||
      replaces_time (scene, bare))
    return onc_verdict_promise ("estimates or corrects the time");
  if (clause->please && (bare->kind == ONC_WHEN_POINT || bare->prep == ONC_PREP_IN))
    return onc_verdict_request ("asks for it by then");
  /* "6pm at the latest" */
  if (bare->capped && bare->kind == ONC_WHEN_POINT && !bare->past &&
      (bare->minute >= 0 || bare->day != ONC_DAY_NONE) && stands_alone (scene) &&
      /* "asap, by 6pm at the latest" */
      (scene->parse->sentence.classes & C (URGENT)) == 0)
    return onc_verdict_promise ("estimates or corrects the time");
  if ((bare->more || bare->capped || clause->please) && bare->kind == ONC_WHEN_SPAN &&
      bare->prep == ONC_PREP_NONE && !bare->past)
    return onc_verdict_promise ("asks for time for the author");
  return (OncVerdict){ .act = ONC_ACT_CARRY, .reason = "a time on its own" };
}

/* Whether somebody is said to need something by then: "legal says they need it by Wednesday". */
static gboolean
is_passed_on (const OncScene *scene)
{
  const OncClause *clause = scene->clause;

  return (clause->subject == ONC_SUBJECT_THEY || clause->subject == ONC_SUBJECT_PERSON) &&
         clause->form == ONC_FORM_PRESENT && !clause->negated && clause->joint != ONC_JOINT_IF &&
         scene->index > 0 && clause[-1].form == ONC_FORM_PRESENT &&
         onc_token_has (onc_scene_token (scene, clause->verb), C (NEED) | C (WANT)) &&
         onc_scene_has_deadline (scene) && !scene->question;
}

/* Whether the clause tells what the author or the reader has, or what anybody can do, after the
 * length of time right before it: "a couple of hours and you've got your mailbox back", "15 minutes
 * and I have it", "an hour and tellers can sign in". */
static gboolean
is_reached (const OncScene *scene)
{
  const OncClause *clause = scene->clause;
  const OncToken *anchor = onc_scene_token (scene, clause->anchor);

  return (clause->joint == ONC_JOINT_AND || clause->joint == ONC_JOINT_THEN) && !clause->negated &&
         !clause->inverted && !scene->question &&
         (onc_token_is (anchor, ONC_WORD_CAN) ||
          ((clause->subject == ONC_SUBJECT_YOU || clause->subject == ONC_SUBJECT_FIRST) &&
           (onc_token_has (anchor, C (HAVE)) || onc_token_is (anchor, ONC_WORD_GET)))) &&
         !onc_token_has (anchor, C (PAST)) && onc_scene_follows_length (scene);
}

/* Whether the clause says what the author waits for, and when that is: "once I'm at my desk at 9
 * I'll send it", "[I'll message you] when it's out in 20 minutes". */
static gboolean
is_timed_event (const OncScene *scene)
{
  const OncWhen *point = onc_scene_first_point (scene);

  if (scene->clause->joint != ONC_JOINT_SUB || scene->clause->negated ||
      (scene->clause->form != ONC_FORM_PRESENT && scene->clause->form != ONC_FORM_COPULA))
    return FALSE;
  if (scene->clause->subject == ONC_SUBJECT_FIRST)
    return point != NULL && (point->minute >= 0 || point->turn >= 0);
  return onc_token_is (onc_scene_lead (scene), ONC_WORD_WHEN) && !scene->clause->inverted &&
         (onc_scene_has_arrival (scene) || (point != NULL && point->minute >= 0));
}

OncVerdict
onc_rule_judge (const OncParse *parse, guint index)
{
  const OncClause *clause = &parse->clauses[index];
  OncScene scene = {
    .parse = parse,
    .clause = clause,
    .index = index,
    .question = parse->sentence.end == '?' && index + 1 == parse->n_clauses,
  };
  const OncWhen *bare;
  OncVerdict verdict;

  /* "call me in 30 minutes, ok?" */
  if (clause->form == ONC_FORM_BASE &&
      onc_token_has (onc_parse_token (parse, parse->sentence.n_tokens - 1), C (FILLER)))
    scene.question = FALSE;
  if (is_passed_on (&scene))
    return onc_verdict_request ("passes on what somebody wants");
  if (clause->begin == clause->end || onc_scene_is_reported (&scene) ||
      onc_scene_has_word (&scene, ONC_WORD_REPORTED) ||
      onc_scene_has_word (&scene, ONC_WORD_OFFER) || is_disclaimed (&scene))
    return onc_verdict_none;
  if (onc_scene_is_bare_time (&scene, &bare))
    return judge_bare_time (&scene, bare);
  if (clause->joint == ONC_JOINT_IF)
    return judge_condition (&scene);
  if (is_threat (&scene))
    return onc_verdict_none;
  if (is_threatened (&scene))
    return onc_verdict_request ("says what happens if it is not done");
  /* "10 minutes until I'm done", but not "until kickoff" */
  if (clause->joint == ONC_JOINT_SUB && onc_scene_follows_length (&scene) &&
      (clause->anchor < clause->end || !onc_scene_has (&scene, C (EVENT))))
    return onc_verdict_promise ("says when it is done");
  if (clause->bound || is_timed_event (&scene))
    return (OncVerdict){ .act = ONC_ACT_CARRY, .reason = "says before what it is to be done" };
  if (clause->joint == ONC_JOINT_SUB && clause->subject != ONC_SUBJECT_FIRST &&
      !onc_scene_follows_identity (&scene))
    return (OncVerdict){ .act = ONC_ACT_ASIDE };
  if (is_reached (&scene))
    return onc_verdict_promise ("says when it is done");
  if (onc_scene_is_habit (&scene))
    return onc_verdict_none;
  if (onc_scene_has (&scene, C (USUAL)) && !onc_scene_has_word (&scene, ONC_WORD_HOURLY) &&
      /* "every ticket will get an answer by Friday" */
      !(clause->form == ONC_FORM_FUTURE &&
        onc_token_is (onc_scene_token (&scene, clause->begin), ONC_WORD_EVERY)))
    return onc_verdict_none;
  if (is_wish (&scene) || is_wished (&scene))
    return onc_verdict_request ("wishes for it");
  verdict = onc_rule_wanted (&scene);
  if (verdict.act == ONC_ACT_NONE)
    verdict = onc_rule_patience (&scene);
  if (verdict.act != ONC_ACT_NONE || (!clause->inverted && onc_scene_is_hypothetical (&scene)))
    return verdict;
  if (clause->inverted || onc_scene_has_word (&scene, ONC_WORD_CHANCE))
    return onc_rule_question (&scene);

  switch (clause->form)
    {
    case ONC_FORM_FUTURE:
      return onc_rule_future (&scene);
    case ONC_FORM_MODAL:
      if (onc_scene_has_word (&scene, ONC_WORD_MUST))
        return onc_rule_must (&scene);
      return onc_scene_has_word (&scene, ONC_WORD_WOULD) ? onc_rule_would (&scene)
                                                         : onc_rule_future (&scene);
    case ONC_FORM_COPULA:
      return onc_rule_copula (&scene);
    case ONC_FORM_PROGRESSIVE:
    case ONC_FORM_GERUND:
      return onc_rule_progressive (&scene);
    case ONC_FORM_PRESENT:
      return onc_rule_present (&scene);
    case ONC_FORM_PAST:
      return onc_rule_past (&scene);
    case ONC_FORM_BASE:
      return onc_rule_imperative (&scene);
    case ONC_FORM_FRAGMENT:
    default:
      return onc_rule_fragment (&scene);
    }
}
