/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Clauses that tell what somebody is doing. */

#include "rule-private.h"

#define C(class) ONC_CLASS_BIT (class)

/* Why they promise, in words for a person. */
static const char reason[] = "tells what the author is doing and when";

/* Whether doing this is no matter of the reader's: "I'm waiting", "working from home". */
static gboolean
commits_to_nothing (const OncScene *scene, const OncToken *verb, const OncToken *object)
{
  if ((onc_token_has (verb, C (IDLE) | C (ABSENT) | C (SAY) | C (THINK) | C (LAST)) &&
       !onc_token_has (verb, C (REPORT)) &&
       /* "driving out to you this afternoon" */
       !(onc_token_has (verb, C (ABSENT)) && onc_scene_has (scene, C (YOU)))) ||
      onc_scene_has_word (scene, ONC_WORD_PRIVATE) ||
      (onc_token_is (verb, ONC_WORD_START) && object->kind != ONC_TOKEN_WORD) ||
      (scene->clause->form == ONC_FORM_GERUND && onc_scene_is_adjunct (scene)))
    return TRUE;
  /* "getting someone on it" */
  if (onc_token_has (verb, C (RECEIVE)) && !onc_scene_has (scene, C (YOU)) &&
      !onc_scene_has_word (scene, ONC_WORD_LOOK) &&
      !onc_token_has (object, C (SOMEONE) | C (TEAM)) &&
      !(onc_scene_has (scene, C (TEAM)) && onc_scene_has_word (scene, ONC_WORD_ON_IT)) &&
      /* "getting your badge activated by noon" */
      !(onc_token_is (verb, ONC_WORD_GET) &&
        onc_token_has (object, C (IT) | C (ARTICLE) | C (OUR)) && onc_scene_has (scene, C (PAST))))
    return TRUE;
  /* "working from home tomorrow" */
  if (onc_token_is (verb, ONC_WORD_BUSINESS) && onc_token_has (object, C (BEGIN)) &&
      object->value == ONC_PREP_FROM)
    return TRUE;
  return FALSE;
}

/* Whether the time in the clause is when it will be done: "I'm sending it today", while "I'm
 * reading it today" tells of now. */
static gboolean
tells_when (const OncScene *scene, const OncToken *verb, const OncToken *object)
{
  const OncClause *clause = scene->clause;
  const OncWhen *when = onc_scene_first_when (scene);
  gboolean deed = onc_token_has (verb, C (REPORT) | C (DELIVER) | C (WORK)) ||
                  (onc_token_is (verb, ONC_WORD_DO) && onc_token_has (object, C (IT))) ||
                  /* "getting it activated", "getting somebody out to you" */
                  (onc_token_is (verb, ONC_WORD_GET) &&
                   onc_scene_has (scene, C (PAST) | C (YOU))) ||
                  /* "getting back to you this evening" */
                  (onc_token_is (object, ONC_WORD_BACK) && onc_scene_has (scene, C (YOU))) ||
                  onc_scene_has_word (scene, ONC_WORD_LOOK);
  gboolean leads = onc_parse_token (scene->parse, clause->begin)->kind == ONC_TOKEN_TIME;

  /* "covering until 6" tells how long. */
  if (when->prep == ONC_PREP_UNTIL)
    return FALSE;
  if (when->kind == ONC_WHEN_SPAN && when->prep == ONC_PREP_NONE)
    return clause->subject == ONC_SUBJECT_NONE && (deed || onc_token_is_plain (verb) || !leads);
  /* "we're presenting tomorrow at 9" */
  if (!deed && !onc_token_is (verb, ONC_WORD_JOIN) &&
      /* "I'm coming at 3" */
      !(onc_token_is (verb, ONC_WORD_TO_FOLLOW) && clause->subject == ONC_SUBJECT_FIRST) &&
      object->kind == ONC_TOKEN_TIME &&
      (clause->form == ONC_FORM_GERUND || when->kind == ONC_WHEN_POINT))
    return FALSE;
  return deed || (when->minute >= 0 && !leads) || when->kind == ONC_WHEN_SPAN ||
         when->day != ONC_DAY_TODAY;
}

/* What the author or the team is doing. */
static OncVerdict
judge_own_progress (const OncScene *scene, const OncToken *verb, const OncToken *object)
{
  const OncClause *clause = scene->clause;
  OncVerdict verdict = onc_verdict_promise (reason);

  if (clause->subject == ONC_SUBJECT_NAME && onc_scene_has (scene, C (ME)))
    return onc_verdict_none;
  if (onc_token_is (verb, ONC_WORD_HOPE) || onc_token_is (verb, ONC_WORD_EXPECT))
    return onc_rule_awaits_reader (scene) ? onc_verdict_request ("hopes for it")
                                          : onc_verdict_aimed_promise ();
  /* "counting on you for the slides by 5", "thanks in advance for sending it by 2" */
  if (onc_token_is (verb, ONC_WORD_COUNT_ON) ||
      (clause->please && clause->form == ONC_FORM_GERUND && onc_scene_has_deadline (scene)))
    return clause->please || onc_rule_awaits_reader (scene) ? onc_verdict_request ("counts on it")
                                                            : onc_verdict_none;
  if (onc_token_has (verb, C (AIM)) || onc_scene_has_word (scene, ONC_WORD_TOWARDS) ||
      (onc_token_is (verb, ONC_WORD_TRY) &&
       /* "trying for 4pm", not "I'm trying half an hour" */
       (onc_token_is (object, ONC_WORD_TO) ||
        (object->kind == ONC_TOKEN_TIME && onc_scene_length_at (scene, clause->verb + 1) == NULL))))
    return onc_verdict_aimed_promise ();
  /* "thinking 4pm" */
  if (onc_token_has (verb, C (THINK)) && object->kind == ONC_TOKEN_TIME && !scene->question)
    return onc_token_has (
               onc_scene_token (scene, onc_scene_skip_idle (scene, clause->verb + 1) + 1),
               C (PREP)) /* "thinking today about it" */
               ? onc_verdict_none
               : onc_verdict_promise ("estimates it");
  /* "we're talking two hours" */
  if (onc_token_is (verb, ONC_WORD_TALK) && object->kind == ONC_TOKEN_TIME &&
      onc_scene_length_at (scene, clause->verb + 1) != NULL)
    return onc_verdict_promise ("estimates it");
  /* "looking at 2 hours" */
  if (onc_token_is (verb, ONC_WORD_LOOK) && object->kind == ONC_TOKEN_TIME &&
      onc_scene_first_when (scene)->kind == ONC_WHEN_SPAN &&
      onc_scene_first_when (scene)->prep == ONC_PREP_AT)
    return onc_verdict_promise ("estimates it");
  /* "looking for an answer by 4", "waiting on your numbers" */
  if ((onc_token_is (verb, ONC_WORD_LOOK) || onc_token_is (verb, ONC_WORD_WAIT)) &&
      (onc_scene_has_word (scene, ONC_WORD_REPLY) || onc_scene_has_word (scene, ONC_WORD_YOUR) ||
       onc_scene_has_word (scene, ONC_WORD_HEAR) ||
       (onc_token_has (object, C (BEGIN)) &&
        (onc_token_is (verb, ONC_WORD_WAIT) || object->value == ONC_PREP_FOR) &&
        (onc_scene_has_arrival (scene) || onc_scene_has_deadline (scene)))))
    return onc_verdict_request ("says what the author waits for");
  /* "requesting an update by 4", "asking for a fix today" */
  if (onc_rule_asks_others (scene))
    return onc_verdict_request ("asks for it");
  /* "we're needing the form by 4" */
  if (onc_token_has (verb, C (NEED)))
    return onc_rule_need (scene);
  if (onc_token_has (verb, C (SHIFT)))
    return onc_rule_shift (scene);
  if (commits_to_nothing (scene, verb, object))
    return onc_verdict_none;
  if (onc_scene_has_time (scene, &verdict))
    return tells_when (scene, verb, object) ? verdict : onc_verdict_none;
  /* "hang on, checking" */
  verdict.vague = onc_scene_has (scene, C (SOON)) ||
                  onc_token_has (onc_scene_token (scene, clause->end - 1), C (URGENT)) ||
                  onc_scene_follows_word (scene, ONC_WORD_WAIT) ||
                  /* "sending you the link once it's up" */
                  (onc_token_has (verb, C (REPORT) | C (DELIVER)) &&
                   onc_scene_has (scene, C (YOU)) && scene->index + 1 < scene->parse->n_clauses &&
                   clause[1].joint == ONC_JOINT_SUB);
  verdict.act = verdict.vague ? ONC_ACT_PROMISE : ONC_ACT_DOING;
  return verdict;
}

/* Whether something runs after the length of time right before: "10 minutes and the line is moving
 * again". */
static gboolean
runs_again (const OncScene *scene)
{
  return onc_scene_follows_length (scene) && !scene->question &&
         scene->clause->joint != ONC_JOINT_PAUSE && !onc_scene_has_word (scene, ONC_WORD_STILL);
}

/* Whether somebody comes to the reader: "the painter is coming to yours at 8". */
static gboolean
comes_to_reader (const OncScene *scene, const OncToken *verb)
{
  return (onc_token_is (verb, ONC_WORD_COME) || onc_token_is (verb, ONC_WORD_TO_FOLLOW) ||
          onc_token_has (verb, C (ABSENT))) &&
         (onc_scene_has (scene, C (YOU)) || onc_scene_has_word (scene, ONC_WORD_YOUR) ||
          onc_scene_has_word (scene, ONC_WORD_WITH_YOU)) &&
         (onc_scene_has_arrival (scene) || onc_scene_first_point (scene) != NULL) &&
         !scene->question;
}

OncVerdict
onc_rule_progressive (const OncScene *scene)
{
  const OncClause *clause = scene->clause;
  const OncToken *verb = onc_scene_token (scene, clause->verb);
  const OncToken *object = onc_scene_token (scene, onc_scene_skip_idle (scene, clause->verb + 1));
  OncVerdict verdict = onc_verdict_promise (reason);

  if (clause->negated || clause->inverted || clause->wh)
    return onc_verdict_none;
  switch (clause->subject)
    {
    case ONC_SUBJECT_FIRST:
    case ONC_SUBJECT_NONE:
    case ONC_SUBJECT_TEAM:
    case ONC_SUBJECT_NAME:
      return judge_own_progress (scene, verb, object);
    case ONC_SUBJECT_NEWS:
      if (onc_scene_has_time (scene, &verdict) || onc_scene_has (scene, C (SOON)))
        return onc_verdict_vague_promise ("says when the update or fix will come");
      verdict.act = ONC_ACT_DOING;
      return verdict;
    case ONC_SUBJECT_YOU:
      /* "you're looking at Tuesday" */
      if (onc_token_is (verb, ONC_WORD_LOOK) && object->kind == ONC_TOKEN_TIME)
        return onc_verdict_promise ("estimates it");
      return onc_rule_receiving (scene);
    case ONC_SUBJECT_OUTSIDER:
    case ONC_SUBJECT_SOMEONE:
      /* "someone is coming to you at 3", "a technician is heading over to you" */
      if ((onc_token_is (verb, ONC_WORD_COME) || onc_token_is (verb, ONC_WORD_TO_FOLLOW) ||
           onc_token_has (verb, C (ABSENT))) &&
          (onc_scene_has (scene, C (YOU)) || onc_scene_has_word (scene, ONC_WORD_WITH_YOU)) &&
          !scene->question)
        return onc_verdict_promise ("tells when it will reach the reader");
      return clause->subject == ONC_SUBJECT_OUTSIDER && onc_rule_relays (scene)
                 ? onc_verdict_request ("passes on what somebody wants")
                 : onc_verdict_none;
    case ONC_SUBJECT_THEY:
    case ONC_SUBJECT_PERSON:
      return onc_rule_relays (scene) ? onc_verdict_request ("passes on what somebody wants")
                                     : onc_verdict_none;
    case ONC_SUBJECT_IT:
      if (runs_again (scene))
        return onc_verdict_promise ("says when it is done");
      /* "this is getting fixed today" */
      return (onc_token_is (verb, ONC_WORD_GET) || onc_token_has (verb, C (BE))) &&
                     onc_token_has (object, C (PAST)) &&
                     onc_token_has (object, C (WORK) | C (DELIVER)) &&
                     onc_scene_first_point (scene) != NULL && !scene->question
                 ? onc_verdict_promise ("says when it will be done")
             /* "it's compiling, 12 min to go" */
             : onc_token_is_plain (verb) && onc_scene_first_when (scene) == NULL && !scene->question
                 ? (OncVerdict){ .act = ONC_ACT_DOING, .reason = reason }
                 : onc_verdict_none;
    case ONC_SUBJECT_OTHER:
      if (runs_again (scene) || comes_to_reader (scene, verb))
        return onc_verdict_promise ("says when it is done");
      /* "the spare is being shipped today", "the account is being unlocked, 10 minutes" */
      if (onc_token_has (verb, C (BE)) && onc_token_has (object, C (WORK) | C (DELIVER)) &&
          onc_token_has (object, C (PAST)) && !scene->question)
        {
          if (onc_scene_first_when (scene) == NULL)
            verdict.act = ONC_ACT_DOING;
          return verdict;
        }
      /* "the ward is asking for the bed list by 6" */
      return onc_scene_has_deadline (scene) && onc_rule_relays (scene)
                 ? onc_verdict_request ("passes on what somebody wants")
                 : onc_verdict_none;
    case ONC_SUBJECT_EVENT:
    case ONC_SUBJECT_PLAN:
    case ONC_SUBJECT_DEADLINE:
    default:
      return onc_verdict_none;
    }
}
