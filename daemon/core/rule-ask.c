/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Clauses that ask: questions, imperatives, needs, and pleas for time. */

#include "rule-private.h"

#define C(class) ONC_CLASS_BIT (class)

/* Returns: (nullable): the time that is asked for with the verb at the token @verb: "give me 20
 * minutes". Sets *@next to it, or to what stands in its place, and *@to_me to whether the author or
 * the team is to get it. */
static const OncWhen *
find_asked_time (const OncScene *scene, guint verb, guint *next, gboolean *to_me)
{
  const OncClause *clause = scene->clause;
  const OncToken *token = onc_scene_token (scene, verb);
  const OncWhen *when;

  *to_me = onc_token_has (onc_scene_token (scene, *next), C (ME));
  /* "give the team an hour" */
  if (onc_token_has (onc_scene_token (scene, *next), C (ARTICLE) | C (OUR)) &&
      onc_token_has (onc_scene_token (scene, *next + 1), C (TEAM)))
    {
      *to_me = TRUE;
      (*next)++;
    }
  if (*to_me || onc_token_has (onc_scene_token (scene, *next), C (IT)))
    *next = onc_scene_skip_idle (scene, *next + 1);
  /* "give the import 40 more minutes" */
  else if (onc_token_is (token, ONC_WORD_GIVE) && verb == clause->start &&
           onc_token_has (onc_scene_token (scene, *next), C (ARTICLE)))
    {
      *next += 2;
      *next += onc_token_is_noun (onc_scene_token (scene, *next));
    }
  when = onc_scene_when (scene, *next);
  /* "20 minutes I need still" */
  if (onc_token_has (token, C (NEED)) && verb == clause->anchor &&
      clause->subject == ONC_SUBJECT_FIRST && *next >= clause->end)
    when = onc_scene_length_at (scene, clause->begin);
  return when != NULL && !when->past ? when : NULL;
}

OncVerdict
onc_rule_patience (const OncScene *scene)
{
  const OncClause *clause = scene->clause;
  gboolean author = clause->subject == ONC_SUBJECT_FIRST || clause->subject == ONC_SUBJECT_NONE ||
                    clause->inverted;
  OncVerdict verdict = onc_verdict_promise ("asks for time for the author");

  verdict.lasting = TRUE;
  for (guint i = clause->begin; i < clause->end; i++)
    {
      const OncToken *token = onc_scene_token (scene, i);
      guint next = onc_scene_skip_idle (scene, i + 1);
      const OncWhen *when;
      gboolean to_me;

      if (onc_token_is (token, ONC_WORD_HOLD) && i == clause->start &&
          !onc_token_has (onc_scene_token (scene, next), C (S)))
        {
          verdict.vague = TRUE;
          return verdict;
        }
      if (!onc_token_has (token, C (MINUTES) | C (NEED) | C (WANT)) ||
          onc_token_is (token, ONC_WORD_BRB) || !author ||
          (onc_token_has (token, C (DELIVER)) && onc_scene_has_word (scene, ONC_WORD_WOULD)) ||
          /* "bringing a spare at noon" */
          (i > clause->begin && onc_token_has (onc_scene_token (scene, i - 1), C (ARTICLE)) &&
           !onc_token_has (onc_scene_token (scene, i - 1), C (IT))))
        continue;
      when = find_asked_time (scene, i, &next, &to_me);
      /* "hold on a sec"; "checking it, hang on" */
      if (onc_token_is (token, ONC_WORD_WAIT) && i == clause->start &&
          (onc_scene_is_moment (scene, next, TRUE) ||
           (clause->end == i + 1 && scene->index > 0 &&
            scene->parse->clauses[scene->index - 1].form == ONC_FORM_GERUND)))
        {
          verdict.vague = TRUE;
          return verdict;
        }
      if (onc_token_has (token, C (NEED) | C (WANT)))
        {
          if (onc_token_has (token, C (BASE) | C (ING)) && when != NULL && !clause->inverted &&
              /* "we need until tomorrow" */
              (when->prep == ONC_PREP_UNTIL ||
               (when->prep == ONC_PREP_NONE &&
                (when->kind == ONC_WHEN_SPAN || when->day >= ONC_DAY_COUNT))) &&
              !onc_scene_has_word (scene, ONC_WORD_WOULD) && !clause->negated)
            return verdict;
          continue;
        }
      if (to_me && when != NULL)
        return verdict;
      if (to_me && onc_scene_is_moment (scene, next, TRUE))
        {
          verdict.vague = TRUE;
          return verdict;
        }
      if (when != NULL && onc_token_has (token, C (BASE)) && clause->form != ONC_FORM_FUTURE)
        {
          /* "please wait 20 minutes" and "hold on 10 minutes" ask for them, "wait 20 minutes, then"
           * may do so. */
          gboolean asks = clause->please ||
                          /* "just rebooted it, give it 15" */
                          (onc_token_is (token, ONC_WORD_GIVE) && i == clause->start &&
                           clause->joint != ONC_JOINT_AND) ||
                          (onc_token_is (token, ONC_WORD_WAIT) && i == clause->start &&
                           !onc_token_has (token, C (IDLE)) && clause->joint != ONC_JOINT_AND);

          verdict.act = asks && scene->index + 1 == scene->parse->n_clauses &&
                                (onc_scene_skip_idle (scene, next + 1) >= clause->end ||
                                 /* "please give 1 hr to verify" */
                                 onc_token_is (onc_scene_token (scene, next + 1), ONC_WORD_TO))
                            ? ONC_ACT_PROMISE
                            : ONC_ACT_CARRY;
          return verdict;
        }
    }
  return onc_verdict_none;
}

/* Whether the question settles when to meet: "are you able to talk at 2?", "would you be around at
 * 4?" */
static gboolean
settles_meeting (const OncScene *scene)
{
  const OncToken *anchor = onc_scene_token (scene, scene->clause->anchor);
  guint next = onc_scene_skip_idle (scene, scene->clause->verb + 1);

  if (onc_scene_has_deadline (scene) || onc_scene_has (scene, C (URGENT)))
    return FALSE;
  if (onc_scene_has_word (scene, ONC_WORD_TALK))
    return TRUE;
  return onc_token_is (onc_scene_token (scene, scene->clause->verb), ONC_WORD_BE) &&
         (onc_scene_has (scene, C (HERE)) || onc_scene_when (scene, next) != NULL) &&
         !onc_token_is (anchor, ONC_WORD_CAN) && !onc_token_is (anchor, ONC_WORD_COULD);
}

/* Whether it is others who are to do what the question is about, and not "shall I call at 4?". */
static gboolean
is_asked_of_others (const OncScene *scene, const OncToken *anchor, const OncToken *verb)
{
  switch (scene->clause->subject)
    {
    case ONC_SUBJECT_YOU:
    case ONC_SUBJECT_SOMEONE:
    case ONC_SUBJECT_NAME:
    case ONC_SUBJECT_TEAM:
      return onc_token_has (anchor, C (MODAL)) || !onc_scene_has_word (scene, ONC_WORD_BE);
    case ONC_SUBJECT_FIRST:
      return onc_token_has (anchor, C (MODAL)) &&
             (onc_token_has (verb, C (RECEIVE)) || onc_token_is (verb, ONC_WORD_ASK) ||
              onc_token_is (verb, ONC_WORD_COUNT_ON) ||
              (onc_token_is (verb, ONC_WORD_EXPECT) && onc_scene_has (scene, C (NEWS))) ||
              /* "can we get this out by Friday?" */
              (onc_scene_first_point (scene) != NULL &&
               onc_scene_first_point (scene)->prep == ONC_PREP_BY));
    /* "could the printer be back by 4?" */
    case ONC_SUBJECT_IT:
    case ONC_SUBJECT_NEWS:
    case ONC_SUBJECT_OTHER:
      return onc_token_has (anchor, C (MODAL)) && onc_scene_has_deadline (scene);
    case ONC_SUBJECT_NONE:
    case ONC_SUBJECT_PERSON:
    case ONC_SUBJECT_THEY:
    case ONC_SUBJECT_OUTSIDER:
    case ONC_SUBJECT_EVENT:
    case ONC_SUBJECT_PLAN:
    case ONC_SUBJECT_DEADLINE:
    default:
      return FALSE;
    }
}

OncVerdict
onc_rule_question (const OncScene *scene)
{
  const OncClause *clause = scene->clause;
  const OncToken *anchor = onc_scene_token (scene, clause->anchor);
  const OncToken *verb = onc_scene_token (scene, clause->verb);
  guint next = onc_scene_skip_idle (scene, clause->verb + 1);
  const OncToken *object = onc_scene_token (scene, next);
  const OncWhen *when = onc_scene_when (scene, next);
  OncVerdict verdict = onc_verdict_request ("asks for it");

  verdict.cadence = onc_scene_has (scene, C (NEWS) | C (REPORT)) && !onc_scene_has (scene, C (WH));
  verdict.vague = onc_scene_has (scene, C (URGENT)) ||
                  (clause->please && onc_scene_has_word (scene, ONC_WORD_AT_ONCE));
  /* "can this be sorted for 4pm?" */
  verdict.lasting = onc_scene_has (scene, C (DONE)) &&
                    (onc_token_is (verb, ONC_WORD_HAVE) || onc_token_is (verb, ONC_WORD_BE)) &&
                    onc_scene_first_point (scene) != NULL;
  if (settles_meeting (scene))
    return onc_verdict_none;
  /* "does anybody have time to look before 4?" */
  if (clause->subject == ONC_SUBJECT_SOMEONE && onc_token_has (anchor, C (DO)) &&
      !onc_token_has (anchor, C (PAST)) && onc_token_has (verb, C (HAVE)) &&
      onc_scene_has_deadline (scene))
    return verdict;
  /* "is there anybody who could look before lunch?" */
  if (onc_token_has (anchor, C (BE)) && !onc_token_has (anchor, C (PAST)) &&
      onc_scene_has_word (scene, ONC_WORD_THERE) && onc_scene_has (scene, C (SOMEONE)) &&
      onc_scene_has_deadline (scene))
    return verdict;
  /* "do we get an update by 4?" */
  if (onc_token_has (anchor, C (DO)) && !onc_token_has (anchor, C (PAST)) &&
      clause->subject == ONC_SUBJECT_FIRST && onc_token_has (verb, C (RECEIVE)) &&
      onc_scene_has_deadline (scene))
    return verdict;
  if (onc_scene_has_word (scene, ONC_WORD_CHANCE) ||
      (onc_scene_has_word (scene, ONC_WORD_DOABLE) &&
       (onc_scene_has_deadline (scene) ||
        (onc_scene_has (scene, C (NEWS)) && onc_scene_first_point (scene) != NULL))))
    return verdict;
  if (!onc_token_has (anchor, C (MODAL) | C (WILL)) ||
      onc_scene_has_word (scene, ONC_WORD_SHOULD) ||
      (onc_token_has (verb, C (IDLE) | C (ABSENT) | C (THINK)) &&
       !onc_token_is (verb, ONC_WORD_MIND)) ||
      (onc_scene_has (scene, C (WH)) &&
       ((onc_scene_has (scene, C (PAST)) && !onc_scene_has_deadline (scene)) ||
        !onc_scene_has_arrival (scene)) &&
       !onc_scene_has (scene, C (URGENT))))
    return onc_verdict_none;
  /* "can this be done today?" */
  if (onc_token_is (verb, ONC_WORD_BE) && onc_token_has (object, C (DONE) | C (PAST)) &&
      onc_token_has (anchor, C (MODAL)) && onc_scene_first_point (scene) != NULL &&
      (clause->subject == ONC_SUBJECT_IT || clause->subject == ONC_SUBJECT_NEWS))
    return verdict;
  /* "can I have 30 minutes?" */
  if (clause->subject == ONC_SUBJECT_FIRST && onc_token_has (verb, C (HAVE)) && when != NULL &&
      when->kind == ONC_WHEN_SPAN)
    return onc_verdict_promise ("asks for time for the author");
  /* "can I get back to you in ten?" */
  if (clause->subject == ONC_SUBJECT_FIRST && onc_token_is (verb, ONC_WORD_GET) &&
      onc_token_is (object, ONC_WORD_BACK) && onc_scene_has (scene, C (YOU)))
    return onc_verdict_promise ("asks for time for the author");
  /* "can we do Thursday?" settles when to meet. */
  if (when != NULL && when->prep == ONC_PREP_NONE &&
      !onc_token_has (verb, C (REPORT) | C (DELIVER) | C (WORK)))
    return onc_verdict_none;
  if (onc_token_has (object, C (WH)) && !onc_token_has (verb, C (REPORT)))
    return onc_verdict_none;
  return is_asked_of_others (scene, anchor, verb) ? verdict : onc_verdict_none;
}

OncVerdict
onc_rule_need (const OncScene *scene)
{
  const OncClause *clause = scene->clause;
  guint next = onc_scene_skip_idle (scene, clause->verb + 1);
  OncVerdict verdict = onc_verdict_request ("says what the author needs");
  gboolean behind = FALSE;

  verdict.vague = onc_scene_has (scene, C (URGENT)) || onc_scene_has_word (scene, ONC_WORD_AT_ONCE);
  verdict.cadence = onc_scene_has (scene, C (NEWS) | C (REPORT));
  /* "we need 30 laptops for Friday 9am" */
  verdict.lasting = onc_scene_first_point (scene) != NULL;
  /* What the author wants to do is no request, what the author wants to get is one; what they want
   * to have for the reader they promise. */
  if (onc_token_is (onc_scene_token (scene, next), ONC_WORD_TO) &&
      onc_token_is (onc_scene_token (scene, onc_scene_skip_idle (scene, next + 1)),
                    ONC_WORD_HAVE) &&
      onc_scene_has (scene, C (YOU)))
    return onc_verdict_promise ("the author means to do it");
  if (onc_token_is (onc_scene_token (scene, next), ONC_WORD_TO) &&
      !onc_token_has (onc_scene_token (scene, onc_scene_skip_idle (scene, next + 1)), C (RECEIVE)))
    return onc_verdict_none;
  /* "Today I need it" tells of today, "I need it today" asks. */
  for (guint i = clause->begin; i < clause->end; i++)
    {
      const OncWhen *when = onc_scene_when (scene, i);

      behind |= when != NULL && (i > clause->verb || when->prep != ONC_PREP_NONE);
    }
  return behind || verdict.vague || !onc_scene_has_time (scene, &verdict) ? verdict
                                                                          : onc_verdict_none;
}

OncVerdict
onc_rule_plea (const OncScene *scene)
{
  const OncToken *verb = onc_scene_token (scene, scene->clause->verb);
  OncVerdict verdict = onc_verdict_request ("asks for it");

  verdict.vague = onc_scene_has (scene, C (URGENT));
  /* "anyone to cover the desk from 1 please" */
  verdict.lasting = scene->clause->please && onc_scene_first_point (scene) != NULL;
  if (onc_token_has (verb, C (RECEIVE)) && !onc_token_is (verb, ONC_WORD_GET) &&
      /* "someone please have the forklift charged" */
      !(onc_token_is (verb, ONC_WORD_HAVE) && scene->clause->please &&
        onc_scene_has (scene, C (PAST) | C (DONE))))
    return onc_verdict_none;
  /* "anyone up for lunch at 1?", "anyone around tonight?" */
  if (scene->clause->form == ONC_FORM_FRAGMENT && !scene->clause->please &&
      !onc_scene_has_deadline (scene) && !onc_scene_has_arrival (scene) &&
      (onc_scene_has (scene, C (EVENT) | C (HERE)) ||
       onc_scene_when (scene, scene->clause->start + 1) != NULL))
    return onc_verdict_none;
  return scene->clause->please || scene->question || verdict.vague ||
                 onc_scene_has_deadline (scene) || onc_scene_has (scene, C (ME)) ||
                 /* "someone get up here in 10 min" */
                 (onc_scene_has_arrival (scene) && onc_token_has (verb, C (BASE)))
             ? verdict
             : onc_verdict_none;
}

/* "let me check", "let us have it by 4", "let's say an hour". @next: whom it is let. */
static OncVerdict
judge_let (const OncScene *scene, guint next)
{
  const OncClause *clause = scene->clause;
  const OncToken *object = onc_scene_token (scene, next);
  OncVerdict verdict = onc_verdict_request ("asks for it");
  const OncToken *deed = onc_scene_token (scene, onc_scene_skip_idle (scene, next + 1));
  const OncToken *had = onc_scene_token (scene, onc_scene_skip_idle (scene, next + 2));

  /* "let me have half an hour" */
  if (onc_token_is (object, ONC_WORD_ME) && onc_token_is (deed, ONC_WORD_HAVE) &&
      onc_scene_length_at (scene, onc_scene_skip_idle (scene, next + 2)) != NULL)
    return onc_verdict_promise ("asks for time for the author");
  /* "let me have your numbers by noon", but not "let me have a look" */
  if (onc_token_is (object, ONC_WORD_ME) && onc_token_is (deed, ONC_WORD_HAVE) &&
      onc_scene_has_deadline (scene) &&
      (onc_scene_has_word (scene, ONC_WORD_YOUR) || onc_token_is (had, ONC_WORD_THE) ||
       (onc_token_has (had, C (IT)) && !onc_token_has (had, C (ARTICLE)))))
    return verdict;
  /* "let's say an hour", "let's have it by noon" */
  if (!onc_token_is (object, ONC_WORD_ME) &&
      (onc_token_has (deed, C (SAY) | C (AIM)) || onc_token_is (deed, ONC_WORD_MAKE) ||
       (deed->kind == ONC_TOKEN_TIME && onc_scene_has_word (scene, ONC_WORD_ESTIMATE))))
    {
      verdict = onc_verdict_promise ("estimates it");
      verdict.replaces = TRUE;
      /* "let's aim for 4pm" */
      verdict.lasting = had->kind == ONC_TOKEN_TIME;
      return verdict;
    }
  /* "let the inspector in at 11" */
  if (onc_token_has (object, C (ARTICLE) | C (OUR) | C (SOMEONE) | C (TEAM)) &&
      !onc_token_has (object, C (IT)) && onc_scene_first_point (scene) != NULL &&
      onc_scene_first_point (scene)->prep != ONC_PREP_UNTIL)
    return verdict;
  if (!onc_token_is (object, ONC_WORD_ME))
    return onc_token_has (deed, C (RECEIVE)) && (clause->please || onc_scene_has_deadline (scene))
               ? verdict
               : onc_verdict_none;
  if (clause->please)
    return onc_verdict_none;
  return onc_deed_promise (onc_deed_at (scene, onc_scene_skip_idle (scene, next + 1)), scene,
                           "the author offers to do it");
}

/* "send it by 4", "fix it today". @object: what stands behind the verb. */
static OncVerdict
judge_order (const OncScene *scene, const OncToken *verb, const OncToken *object)
{
  const OncClause *clause = scene->clause;
  OncVerdict verdict = onc_verdict_request ("asks for it");

  /* "stop by 5" says nothing; "leave it at the desk by 5" and "please pay by Friday" ask. */
  if (onc_token_has (verb, C (IDLE) | C (ABSENT) | C (SAY) | C (LAST)) &&
      !onc_token_has (verb, C (REPORT)) && !onc_token_has (object, C (ME)) &&
      !(onc_scene_has_deadline (scene) && (onc_token_has (object, C (IT) | C (ARTICLE)) ||
                                           (clause->please && object->kind == ONC_TOKEN_TIME))))
    return onc_verdict_none;

  verdict.cadence = onc_scene_has (scene, C (NEWS) | C (REPORT));
  /* "please have it ready for tomorrow" */
  verdict.lasting = (onc_token_is (verb, ONC_WORD_HAVE) && onc_scene_has (scene, C (DONE))) ||
                    onc_token_is (verb, ONC_WORD_ENSURE);
  verdict.vague = onc_scene_has (scene, C (URGENT)) &&
                  (clause->please || onc_scene_is_urgent (scene));
  if (clause->please || onc_scene_has_deadline (scene) || onc_scene_has (scene, C (ME)) ||
      verdict.vague || onc_token_is (verb, ONC_WORD_ENSURE) ||
      (onc_token_is (verb, ONC_WORD_REPLY) && onc_scene_has_arrival (scene)) ||
      /* "have a look and report back in 20 minutes" */
      (onc_token_has (verb, C (REPORT)) && onc_scene_has_arrival (scene) &&
       clause->joint == ONC_JOINT_AND && scene->index > 0 && clause[-1].form == ONC_FORM_BASE &&
       !onc_token_is (onc_parse_token (scene->parse, clause[-1].verb), ONC_WORD_LET)))
    return verdict;
  /* "get somebody up here within 15 minutes", "ask the porter to bring it in 10 minutes" */
  if ((onc_token_is (verb, ONC_WORD_ASK) ||
       (onc_token_is (verb, ONC_WORD_GET) && onc_token_has (object, C (SOMEONE) | C (TEAM)))) &&
      onc_scene_has_arrival (scene))
    return verdict;
  /* "have somebody at the dock at 7", but not "have somebody coming at 7" */
  if (onc_token_is (verb, ONC_WORD_HAVE) && onc_token_has (object, C (SOMEONE) | C (TEAM)) &&
      !onc_token_has (onc_scene_token (scene, onc_scene_skip_idle (scene, clause->verb + 1) + 1),
                      C (ING)) &&
      (onc_scene_has_arrival (scene) || onc_scene_first_point (scene) != NULL))
    return verdict;
  /* "have the file on my desk 9am tomorrow" */
  if (onc_token_is (verb, ONC_WORD_HAVE) && onc_token_has (object, C (IT) | C (ARTICLE)) &&
      onc_scene_has (scene, C (OUR)) && onc_scene_first_point (scene) != NULL)
    return verdict;
  /* "ping @ada in 30 min", "call my cell at 12:30", "ring reception at 3" */
  if ((object->kind == ONC_TOKEN_NAME || onc_token_has (object, C (OUR) | C (TEAM)) ||
       onc_token_is (object, ONC_WORD_PLACE)) &&
      onc_token_has (verb, C (REPORT) | C (DELIVER)) &&
      (onc_scene_has_arrival (scene) || onc_scene_first_point (scene) != NULL))
    return verdict;
  /* "fix it today" */
  return onc_token_has (object, C (IT) | C (ARTICLE) | C (OUR)) &&
                 (onc_token_has (verb, C (WORK) | C (DELIVER) | C (REPORT)) ||
                  onc_token_is (verb, ONC_WORD_MAKE) || onc_token_is (verb, ONC_WORD_GET)) &&
                 (onc_scene_first_point (scene) != NULL ||
                  /* "send it across in the next hour" */
                  (onc_token_has (verb, C (DELIVER)) && onc_scene_has_arrival (scene)))
             ? verdict
             : onc_verdict_none;
}

/* "reckon 3pm", "say 3:45". @object: what stands behind the verb. */
static OncVerdict
judge_guess (const OncScene *scene, const OncToken *object)
{
  const OncClause *clause = scene->clause;

  if (object->kind != ONC_TOKEN_TIME)
    return onc_verdict_none;
  /* "it can happen at any time, say Monday" */
  if (scene->index > 0 && clause[-1].form == ONC_FORM_MODAL &&
      clause[-1].subject != ONC_SUBJECT_FIRST && clause[-1].subject != ONC_SUBJECT_NONE &&
      (onc_clause_has_word (&clause[-1], ONC_WORD_CAN) ||
       onc_clause_has_word (&clause[-1], ONC_WORD_COULD)))
    return onc_verdict_none;
  /* "call me before that, say by 4" */
  if (scene->index > 0 && clause[-1].form == ONC_FORM_BASE && (clause[-1].classes & C (ME)) != 0)
    return (OncVerdict){ .act = ONC_ACT_CARRY, .reason = "a time on its own" };
  return onc_verdict_promise ("estimates it");
}

/* "check your email in 10", "look at your inbox around 4" */
static gboolean
tells_where_to_look (const OncScene *scene, const OncToken *verb, const OncToken *object)
{
  return (onc_token_is (verb, ONC_WORD_CHECK) || onc_token_is (verb, ONC_WORD_LOOK) ||
          onc_token_is (verb, ONC_WORD_RETRY)) &&
         onc_token_is (object, ONC_WORD_YOUR) && !scene->clause->please &&
         !scene->clause->negated && !scene->question && !onc_scene_has (scene, C (ME)) &&
         !onc_scene_has_deadline (scene);
}

OncVerdict
onc_rule_imperative (const OncScene *scene)
{
  const OncClause *clause = scene->clause;
  const OncToken *verb = onc_scene_token (scene, clause->verb);
  guint next = onc_scene_skip_idle (scene, clause->verb + 1);
  const OncToken *object = onc_scene_token (scene, next);
  OncVerdict verdict = onc_verdict_request ("asks for it");

  if (clause->negated && !clause->please)
    return onc_verdict_none;
  /* "rebuilding it, check back in 90" */
  if ((onc_token_is (verb, ONC_WORD_CHECK) || onc_token_is (verb, ONC_WORD_TRY) ||
       onc_token_is (verb, ONC_WORD_COME)) &&
      scene->index > 0 && clause[-1].form == ONC_FORM_GERUND && !onc_scene_has (scene, C (ME)))
    return (OncVerdict){ .act = ONC_ACT_CARRY, .reason = "a time on its own" };
  if (tells_where_to_look (scene, verb, object))
    return onc_verdict_promise ("tells when it will reach the reader");
  if (onc_token_is (verb, ONC_WORD_LET))
    return judge_let (scene, next);
  /* "allow me to check" */
  if (onc_token_has (verb, C (DELIVER)) && onc_token_is (object, ONC_WORD_ME) &&
      onc_token_is (onc_scene_token (scene, next + 1), ONC_WORD_TO))
    return onc_deed_promise (onc_deed_at (scene, onc_scene_skip_idle (scene, next + 2)), scene,
                             "the author offers to do it");
  if (onc_token_is (verb, ONC_WORD_EXPECT))
    return onc_verdict_promise ("tells what the reader will get");
  /* "shoot me a text by 4": what the author is to get is asked for, whatever the verb. */
  if (onc_token_has (object, C (ME)) && !onc_token_is (verb, ONC_WORD_COUNT_ON))
    return scene->question && !clause->please ? onc_verdict_none
                                              : judge_order (scene, verb, object);
  if (onc_token_has (verb, C (NEED) | C (WANT)))
    return onc_rule_need (scene);
  /* "hope to hear from you today" */
  if (onc_token_is (verb, ONC_WORD_HOPE) && onc_rule_awaits_reader (scene))
    return onc_verdict_request ("hopes for it");
  /* "shoot you the link in a bit" */
  if (onc_token_has (verb, C (DELIVER) | C (AIM)) && onc_token_has (object, C (YOU)) &&
      !clause->please && onc_scene_has (scene, C (SOON)))
    return onc_verdict_vague_promise ("the author or the team will do it");
  /* "shoot the contract over by 2pm" */
  if (onc_token_has (verb, C (AIM)) && onc_token_has (object, C (ARTICLE)) &&
      onc_scene_has_word (scene, ONC_WORD_OVER) && onc_scene_has_deadline (scene))
    return verdict;
  /* "count on me for Friday" */
  if ((onc_token_has (verb, C (AIM)) && !clause->please) || onc_token_is (verb, ONC_WORD_COUNT_ON))
    return onc_verdict_aimed_promise ();
  /* "shifting it back, complete by 19:00" */
  if (onc_token_has (verb, C (DONE)) && object->kind == ONC_TOKEN_TIME && !clause->please &&
      clause->joint == ONC_JOINT_PAUSE)
    return onc_verdict_promise ("says when it will be done");
  /* "make it 5" */
  if (onc_token_is (verb, ONC_WORD_MAKE) && onc_token_has (object, C (IT)) &&
      onc_scene_when (scene, next + 1) != NULL)
    {
      verdict = onc_verdict_promise ("corrects the time");
      verdict.replaces = TRUE;
      return scene->question ? onc_verdict_none : verdict;
    }
  /* "mind sending it by 3?" */
  if (onc_token_is (verb, ONC_WORD_MIND) && scene->question && onc_token_has (object, C (ING)) &&
      (onc_scene_has_deadline (scene) || onc_scene_has_arrival (scene)))
    return verdict;
  if (scene->question && !clause->please)
    return onc_verdict_none;
  if (onc_token_has (verb, C (THINK)) ||
      (onc_token_has (verb, C (SAY)) && !onc_token_has (verb, C (REPORT)) &&
       object->kind == ONC_TOKEN_TIME))
    return judge_guess (scene, object);
  if (onc_token_is (verb, ONC_WORD_LET_ME_KNOW))
    {
      verdict.cadence = TRUE;
      return verdict;
    }
  if (onc_token_has (verb, C (REPORT)) && !clause->please &&
      (onc_token_has (object, C (YOU)) || onc_token_is (verb, ONC_WORD_KEEP_POSTED) ||
       onc_token_is (verb, ONC_WORD_LET_KNOW)))
    {
      verdict = onc_verdict_vague_promise ("the author or the team will do it");
      verdict.cadence = TRUE;
      return verdict;
    }
  return judge_order (scene, verb, object);
}
