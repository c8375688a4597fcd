/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Clauses that tell how things are, or were. */

#include "rule-private.h"

#define C(class) ONC_CLASS_BIT (class)

OncVerdict
onc_rule_copula (const OncScene *scene)
{
  const OncClause *clause = scene->clause;
  const OncToken *next = onc_scene_token (scene, onc_scene_skip_idle (scene, clause->anchor + 1));
  const OncWhen *object = onc_scene_when (scene, onc_scene_skip_idle (scene, clause->anchor + 1));

  /* "Thursday noon is when", "noon is my deadline" */
  if (clause->anchor + 1 == clause->end && onc_scene_when (scene, clause->begin) != NULL)
    return (OncVerdict){ .act = ONC_ACT_CARRY, .reason = "a time on its own" };
  if (onc_scene_has_word (scene, ONC_WORD_DEADLINE) && !scene->question && !clause->negated)
    return onc_verdict_request ("sets a deadline");
  if (clause->negated || clause->inverted || clause->wh ||
      onc_scene_has_word (scene, ONC_WORD_UNKNOWN))
    return onc_verdict_none;
  if (onc_scene_has_word (scene, ONC_WORD_NEEDED) ||
      (onc_scene_has_word (scene, ONC_WORD_DUE) && onc_scene_has_word (scene, ONC_WORD_YOUR)))
    return onc_verdict_request ("says what is needed");
  if (onc_scene_is_urgent (scene) && clause->subject == ONC_SUBJECT_IT && !scene->question)
    return onc_verdict_urgent_request ();
  if (onc_scene_has_word (scene, ONC_WORD_ON_TRACK) || onc_scene_has_word (scene, ONC_WORD_ON_LIST))
    return onc_verdict_aimed_promise ();
  /* "my best guess is an hour" */
  if (onc_scene_has_word (scene, ONC_WORD_ESTIMATE) && object != NULL && !scene->question)
    return onc_verdict_promise ("estimates it");
  switch (clause->subject)
    {
    case ONC_SUBJECT_FIRST:
      /* "we're committed to closing it today" */
      if (onc_token_has (next, C (AIM)))
        return onc_verdict_aimed_promise ();
      if (onc_token_is (next, ONC_WORD_BACK) || onc_token_is (next, ONC_WORD_WITH_YOU) ||
          onc_token_is (next, ONC_WORD_BRB) || onc_token_is (next, ONC_WORD_ON_IT) ||
          onc_token_has (next, C (MINUTES)) || onc_scene_follows_length (scene) ||
          (onc_token_has (next, C (DONE)) &&
           (onc_token_has (next, C (PAST) | C (HERE)) || onc_scene_has_arrival (scene))) ||
          (object != NULL && object->kind == ONC_WHEN_SPAN && !object->past))
        {
          OncVerdict verdict = onc_verdict_promise ("says when the author is back or done");

          verdict.lasting = onc_token_is (next, ONC_WORD_BRB);
          return verdict;
        }
      return onc_verdict_none;
    case ONC_SUBJECT_NEWS:
      /* "the deploy is scheduled for 4pm" is a date in the calendar. */
      return scene->question || onc_scene_has_word (scene, ONC_WORD_SCHEDULED)
                 ? onc_verdict_none
                 : onc_verdict_promise ("says when the update or fix will come");
    case ONC_SUBJECT_PLAN:
      return scene->question || (object != NULL && object->kind == ONC_WHEN_SPAN)
                 ? onc_verdict_none
                 : onc_verdict_promise ("tells the plan");
    case ONC_SUBJECT_DEADLINE:
      return scene->question ? onc_verdict_none : onc_verdict_request ("sets a deadline");
    case ONC_SUBJECT_IT:
      if (onc_scene_has_word (scene, ONC_WORD_EXPECT))
        return onc_verdict_promise ("says when it is to be done");
      if (onc_token_has (next, C (DONE) | C (HERE)) || onc_scene_follows_length (scene))
        return onc_verdict_promise ("says when it is done");
      return onc_verdict_none;
    case ONC_SUBJECT_OTHER:
      return onc_token_is (next, ONC_WORD_EXPECT) ? onc_verdict_promise ("says when it is expected")
                                                  : onc_verdict_none;
    case ONC_SUBJECT_NONE:
      if (!onc_token_is (onc_scene_token (scene, clause->anchor), ONC_WORD_BE))
        return onc_token_has (onc_scene_token (scene, clause->begin), C (OUR))
                   ? onc_verdict_promise ("moves the time")
                   : onc_verdict_none;
      if (onc_token_is (next, ONC_WORD_BACK) || onc_token_is (next, ONC_WORD_WITH_YOU))
        return onc_verdict_vague_promise ("says when the author is back or done");
      if ((object != NULL && object->kind == ONC_WHEN_SPAN && !clause->please))
        return onc_verdict_promise ("says when the author is back or done");
      return clause->please || onc_scene_has_deadline (scene) ? onc_verdict_request ("asks for it")
                                                              : onc_verdict_none;
    case ONC_SUBJECT_YOU:
    case ONC_SUBJECT_SOMEONE:
    case ONC_SUBJECT_NAME:
    case ONC_SUBJECT_TEAM:
    case ONC_SUBJECT_PERSON:
    case ONC_SUBJECT_THEY:
    case ONC_SUBJECT_OUTSIDER:
    case ONC_SUBJECT_EVENT:
    default:
      return onc_verdict_none;
    }
}

/* "that slips to 15:15", "pushing my update to 5:30": one point in time takes another's place. */
static OncVerdict
judge_shift (const OncScene *scene)
{
  for (guint i = scene->clause->verb; i < scene->clause->end; i++)
    {
      const OncWhen *when = onc_scene_when (scene, i);

      if (when != NULL && when->kind == ONC_WHEN_POINT && !when->past &&
          when->prep != ONC_PREP_UNTIL)
        return onc_verdict_promise ("moves the time");
    }
  return (OncVerdict){ .act = ONC_ACT_DOING, .reason = "moves the time" };
}

/* Whether somebody else's wish is passed on: "the client is asking for it by 4". */
static gboolean
is_relayed_wish (const OncScene *scene)
{
  const OncToken *verb = onc_scene_token (scene, scene->clause->verb);
  const OncToken *object = onc_scene_token (scene,
                                            onc_scene_skip_idle (scene, scene->clause->verb + 1));

  /* Vendors and companies want nothing of us that we would have to wait for. */
  for (guint i = scene->clause->start; i < scene->clause->anchor; i++)
    {
      if (onc_token_has (onc_scene_token (scene, i), C (NOUN)))
        return FALSE;
    }
  if (scene->clause->negated)
    return FALSE;
  /* "they want to meet on Tuesday" */
  if (onc_token_is (object, ONC_WORD_TO) && !onc_scene_has_deadline (scene) &&
      !onc_token_has (onc_scene_token (scene, onc_scene_skip_idle (scene, scene->clause->verb + 2)),
                      C (RECEIVE)))
    return FALSE;
  if (onc_token_is (verb, ONC_WORD_WAIT))
    return onc_scene_has_word (scene, ONC_WORD_REPLY);
  if (onc_token_is (verb, ONC_WORD_EXPECT))
    return !onc_token_is (object, ONC_WORD_TO);
  return onc_token_has (verb, C (WANT) | C (NEED)) || onc_token_is (verb, ONC_WORD_ASK) ||
         onc_token_is (verb, ONC_WORD_PUSH);
}

OncVerdict
onc_rule_progressive (const OncScene *scene)
{
  const OncClause *clause = scene->clause;
  const OncToken *verb = onc_scene_token (scene, clause->verb);
  const OncToken *object = onc_scene_token (scene, onc_scene_skip_idle (scene, clause->verb + 1));
  OncVerdict verdict = onc_verdict_promise ("tells what the author is doing and when");

  if (clause->negated || clause->inverted || clause->wh)
    return onc_verdict_none;
  switch (clause->subject)
    {
    case ONC_SUBJECT_FIRST:
    case ONC_SUBJECT_NONE:
    case ONC_SUBJECT_TEAM:
    case ONC_SUBJECT_NAME:
      if (clause->subject == ONC_SUBJECT_NAME && onc_scene_has (scene, C (ME)))
        return onc_verdict_none;
      if (onc_token_is (verb, ONC_WORD_HOPE) || onc_token_is (verb, ONC_WORD_EXPECT))
        {
          if (onc_token_has (object, C (YOU) | C (SOMEONE)) ||
              onc_scene_has_word (scene, ONC_WORD_HEAR) || onc_token_is (object, ONC_WORD_YOUR) ||
              (onc_scene_has_word (scene, ONC_WORD_YOUR) &&
               onc_scene_has_word (scene, ONC_WORD_REPLY)) ||
              (onc_scene_has_word (scene, ONC_WORD_REPLY) && !onc_token_is (object, ONC_WORD_TO) &&
               !onc_scene_has (scene, C (OUTSIDER))) ||
              (onc_token_is (verb, ONC_WORD_HOPE) && onc_scene_has (scene, C (NEWS)) &&
               !onc_token_is (object, ONC_WORD_TO)))
            return onc_verdict_request ("hopes for it");
          return onc_verdict_aimed_promise ();
        }
      if (onc_token_has (verb, C (AIM)) || onc_scene_has_word (scene, ONC_WORD_TOWARDS) ||
          (onc_token_is (verb, ONC_WORD_TRY) && onc_token_is (object, ONC_WORD_TO)))
        return onc_verdict_aimed_promise ();
      /* "looking at 2 hours" */
      if (onc_token_is (verb, ONC_WORD_LOOK) && object->kind == ONC_TOKEN_TIME &&
          onc_scene_first_when (scene)->kind == ONC_WHEN_SPAN &&
          onc_scene_first_when (scene)->prep == ONC_PREP_AT)
        return onc_verdict_promise ("estimates it");
      /* "looking for an answer by 4", "waiting on your numbers" */
      if ((onc_token_is (verb, ONC_WORD_LOOK) || onc_token_is (verb, ONC_WORD_WAIT)) &&
          (onc_scene_has_word (scene, ONC_WORD_REPLY) ||
           onc_scene_has_word (scene, ONC_WORD_YOUR) ||
           (onc_token_has (object, C (BEGIN)) && onc_scene_has_deadline (scene))))
        return onc_verdict_request ("says what the author waits for");
      if (onc_token_has (verb, C (SHIFT)))
        return judge_shift (scene);
      if ((onc_token_has (verb, C (IDLE) | C (ABSENT) | C (SAY) | C (THINK) | C (LAST)) &&
           !onc_token_has (verb, C (REPORT))) ||
          (onc_token_is (verb, ONC_WORD_START) && object->kind != ONC_TOKEN_WORD) ||
          (clause->form == ONC_FORM_GERUND && onc_scene_is_adjunct (scene)))
        return onc_verdict_none;
      if (onc_token_has (verb, C (RECEIVE)) && !onc_scene_has (scene, C (YOU)))
        return onc_verdict_none;
      if (onc_scene_has_time (scene, &verdict))
        {
          /* "I'm reading it today" tells of now; "I'm sending it today" promises. */
          const OncWhen *when = onc_scene_first_when (scene);

          /* "covering until 6" tells how long. */
          if (when->prep == ONC_PREP_UNTIL)
            return onc_verdict_none;
          gboolean deed = onc_token_has (verb, C (REPORT) | C (DELIVER) | C (WORK));
          gboolean leads = onc_parse_token (scene->parse, clause->begin)->kind == ONC_TOKEN_TIME;

          if (when->kind == ONC_WHEN_SPAN && when->prep == ONC_PREP_NONE)
            return clause->subject == ONC_SUBJECT_NONE && (deed || verb->word == 0 || !leads)
                       ? verdict
                       : onc_verdict_none;
          /* "we're presenting tomorrow at 9" */
          if (!deed && !onc_token_is (verb, ONC_WORD_JOIN) && object->kind == ONC_TOKEN_TIME &&
              (clause->form == ONC_FORM_GERUND || when->kind == ONC_WHEN_POINT))
            return onc_verdict_none;
          return deed || (when->minute >= 0 && !leads) || when->kind == ONC_WHEN_SPAN ||
                         when->day != ONC_DAY_TODAY
                     ? verdict
                     : onc_verdict_none;
        }
      /* "hang on, checking" */
      verdict.vague = onc_scene_has (scene, C (SOON)) ||
                      onc_scene_follows_word (scene, ONC_WORD_WAIT);
      verdict.act = verdict.vague ? ONC_ACT_PROMISE : ONC_ACT_DOING;
      return verdict;
    case ONC_SUBJECT_NEWS:
      if (onc_scene_has_time (scene, &verdict) || onc_scene_has (scene, C (SOON)))
        return onc_verdict_vague_promise ("says when the update or fix will come");
      verdict.act = ONC_ACT_DOING;
      return verdict;
    case ONC_SUBJECT_YOU:
      return onc_rule_receiving (scene);
    case ONC_SUBJECT_OUTSIDER:
    case ONC_SUBJECT_THEY:
    case ONC_SUBJECT_PERSON:
      return is_relayed_wish (scene) ? onc_verdict_request ("passes on what somebody wants")
                                     : onc_verdict_none;
    case ONC_SUBJECT_SOMEONE:
    case ONC_SUBJECT_IT:
    case ONC_SUBJECT_EVENT:
    case ONC_SUBJECT_PLAN:
    case ONC_SUBJECT_DEADLINE:
    case ONC_SUBJECT_OTHER:
    default:
      return onc_verdict_none;
    }
}

OncVerdict
onc_rule_present (const OncScene *scene)
{
  const OncClause *clause = scene->clause;
  const OncToken *verb = onc_scene_token (scene, clause->verb);
  guint next = onc_scene_skip_idle (scene, clause->verb + 1);
  const OncToken *object = onc_scene_token (scene, next);
  const OncWhen *when = onc_scene_when (scene, next);

  if (clause->subject == ONC_SUBJECT_SOMEONE && !clause->negated)
    return onc_rule_plea (scene);
  /* "takes me an hour" */
  if (onc_token_is (verb, ONC_WORD_TAKE) && onc_token_has (object, C (ME)) && !clause->negated &&
      clause->subject != ONC_SUBJECT_OUTSIDER &&
      onc_scene_when (scene, onc_scene_skip_idle (scene, next + 1)) != NULL &&
      !onc_token_is (onc_scene_token (scene, onc_scene_skip_idle (scene, next + 2)), ONC_WORD_TO))
    return onc_verdict_promise ("tells how long it will take");
  if (clause->negated || clause->wh || scene->question)
    return onc_verdict_none;
  switch (clause->subject)
    {
    case ONC_SUBJECT_FIRST:
      if (onc_scene_has_word (scene, ONC_WORD_ON_LIST))
        return onc_verdict_aimed_promise ();
      if (onc_token_has (verb, C (NEED) | C (WANT)) && !onc_token_is (verb, ONC_WORD_EXPECT))
        return onc_rule_need (scene);
      /* "we respond to tickets within 15 minutes" tells of a habit. */
      if (when == NULL && onc_scene_first_when (scene) != NULL &&
          onc_scene_first_when (scene)->kind == ONC_WHEN_SPAN &&
          onc_token_is (object, ONC_WORD_TO) && onc_token_has (verb, C (REPORT)) &&
          !onc_token_has (onc_scene_token (scene, next + 1), C (YOU) | C (IT) | C (ARTICLE)))
        return onc_verdict_none;
      if (onc_token_has (verb, C (AIM)))
        {
          if (onc_token_has (object, C (YOU)) || onc_scene_has_word (scene, ONC_WORD_HEAR) ||
              (onc_scene_has_word (scene, ONC_WORD_REPLY) && !onc_token_is (object, ONC_WORD_TO)))
            return onc_token_is (verb, ONC_WORD_EXPECT) || onc_token_is (verb, ONC_WORD_HOPE)
                       ? onc_verdict_request ("hopes for it")
                       : onc_verdict_none;
          return onc_verdict_aimed_promise ();
        }
      if (onc_token_has (verb, C (THINK)))
        return when != NULL ? onc_verdict_promise ("estimates it") : onc_verdict_none;
      /* "hopefully we have you up again within the hour" */
      if (onc_token_is (verb, ONC_WORD_HAVE) && onc_scene_has (scene, C (DONE)) &&
          onc_scene_has_arrival (scene))
        return onc_verdict_promise ("the author or the team will do it");
      if (onc_token_has (verb, C (RECEIVE)) && !onc_token_is (object, ONC_WORD_BACK))
        return onc_verdict_none;
      /* "we close the books on Friday" tells of the calendar, "I do it by Friday" promises. */
      if (onc_token_has (object, C (YOU)) || onc_token_is (object, ONC_WORD_BACK) ||
          ((onc_token_has (verb, C (REPORT) | C (DELIVER) | C (WORK)) ||
            onc_token_has (object, C (IT) | C (ARTICLE) | C (OUR)) ||
            onc_token_is (object, ONC_WORD_TO)) &&
           (onc_scene_has_deadline (scene) || onc_scene_first_point (scene) == NULL)))
        return onc_deed_promise (
            onc_deed_at (scene, clause->verb) == ONC_DEED_NONE ? ONC_DEED_NONE : ONC_DEED_TIMED,
            scene, "the author or the team will do it");
      return onc_verdict_none;
    case ONC_SUBJECT_YOU:
      if (onc_token_has (onc_scene_token (scene, clause->anchor), C (HAVE)) &&
          onc_token_is (object, ONC_WORD_GET))
        when = onc_scene_when (scene, onc_scene_skip_idle (scene, next + 1));
      if (onc_token_has (onc_scene_token (scene, clause->anchor), C (HAVE)) && when != NULL)
        return when->prep == ONC_PREP_UNTIL ||
                       (when->prep == ONC_PREP_NONE && when->kind == ONC_WHEN_SPAN)
                   ? onc_verdict_request ("sets a deadline")
                   : onc_verdict_none;
      return onc_rule_receiving (scene);
    case ONC_SUBJECT_NEWS:
      if (onc_token_has (verb, C (SHIFT)))
        return judge_shift (scene);
      if (onc_token_has (verb, C (DELIVER) | C (ABSENT)) || onc_token_is (verb, ONC_WORD_GO) ||
          onc_token_is (verb, ONC_WORD_COME) || onc_token_is (verb, ONC_WORD_FOLLOW))
        return onc_verdict_promise ("says when the update or fix will come");
      return onc_verdict_none;
    case ONC_SUBJECT_IT:
    case ONC_SUBJECT_NONE:
      /* "this needs doing asap" */
      if (onc_token_has (verb, C (NEED)) && clause->subject == ONC_SUBJECT_IT &&
          (onc_scene_has_deadline (scene) || onc_scene_is_urgent (scene)))
        return onc_scene_is_urgent (scene) ? onc_verdict_urgent_request ()
                                           : onc_verdict_request ("says what is needed");
      return onc_token_has (verb, C (SHIFT)) ? judge_shift (scene) : onc_verdict_none;
    case ONC_SUBJECT_OUTSIDER:
    case ONC_SUBJECT_THEY:
    case ONC_SUBJECT_PERSON:
      if (when != NULL && when->kind == ONC_WHEN_SPAN)
        return onc_verdict_none;
      return is_relayed_wish (scene) ? onc_verdict_request ("passes on what somebody wants")
                                     : onc_verdict_none;
    case ONC_SUBJECT_NAME:
    case ONC_SUBJECT_OTHER:
    case ONC_SUBJECT_TEAM:
      /* Only persons want. */
      return onc_token_has (verb, C (WANT)) && !onc_token_is (verb, ONC_WORD_EXPECT) &&
                     onc_scene_has_deadline (scene)
                 ? onc_verdict_request ("passes on what somebody wants")
                 : onc_verdict_none;
    case ONC_SUBJECT_SOMEONE:
    case ONC_SUBJECT_EVENT:
    case ONC_SUBJECT_PLAN:
    case ONC_SUBJECT_DEADLINE:
    default:
      return onc_verdict_none;
    }
}

OncVerdict
onc_rule_past (const OncScene *scene)
{
  const OncClause *clause = scene->clause;
  const OncToken *verb = onc_scene_token (scene, clause->verb);

  if (clause->negated || clause->inverted || clause->wh || scene->question)
    return onc_verdict_none;
  if (onc_token_is (verb, ONC_WORD_HOPE) && onc_scene_has (scene, C (YOU)))
    return onc_verdict_request ("hopes for it");
  if ((clause->subject == ONC_SUBJECT_NEWS || clause->subject == ONC_SUBJECT_NONE) &&
      onc_token_has (onc_scene_token (scene, clause->anchor), C (NEED)))
    {
      /* "20 more minutes needed" */
      if (onc_scene_length_at (scene, clause->begin) != NULL)
        return onc_verdict_promise ("asks for time for the author");

      OncVerdict verdict = onc_verdict_request ("says what is needed");

      verdict.vague = onc_scene_has (scene, C (URGENT));
      return verdict;
    }
  if (clause->subject == ONC_SUBJECT_NEWS && clause->verb == clause->anchor &&
      onc_token_is (verb, ONC_WORD_EXPECT))
    return onc_verdict_promise ("says when it is expected");
  /* "we've planned the fix for Tuesday" */
  if (clause->subject == ONC_SUBJECT_FIRST && onc_token_has (verb, C (AIM)) &&
      onc_token_has (onc_scene_token (scene, clause->anchor), C (HAVE)) &&
      !onc_token_has (onc_scene_token (scene, clause->anchor), C (PAST)) &&
      onc_scene_has (scene, C (NEWS)))
    return onc_verdict_aimed_promise ();
  /* "I've got it lined up for tomorrow", "I've put it down for Monday" */
  if (clause->subject == ONC_SUBJECT_FIRST &&
      onc_token_has (onc_scene_token (scene, clause->anchor), C (HAVE)) &&
      !onc_token_has (onc_scene_token (scene, clause->anchor), C (PAST)) &&
      (onc_scene_has_word (scene, ONC_WORD_ON_LIST) ||
       (onc_scene_first_point (scene) != NULL &&
        onc_scene_first_point (scene)->prep == ONC_PREP_FOR &&
        onc_token_has (onc_scene_token (scene, onc_scene_skip_idle (scene, clause->verb + 1)),
                       C (IT)) &&
        !onc_token_has (verb, C (IDLE) | C (ABSENT) | C (WANT)))))
    return onc_verdict_aimed_promise ();
  /* "patch deployed by 4" */
  if (clause->subject == ONC_SUBJECT_NEWS && onc_token_has (verb, C (DONE)) &&
      clause->verb == clause->anchor && onc_scene_has_deadline (scene))
    return onc_verdict_promise ("says when the update or fix will come");
  if ((clause->subject == ONC_SUBJECT_OUTSIDER || clause->subject == ONC_SUBJECT_THEY) &&
      onc_token_has (onc_scene_token (scene, clause->anchor), C (HAVE)) &&
      onc_scene_has_word (scene, ONC_WORD_ASK))
    return onc_verdict_request ("passes on what somebody wants");
  return onc_verdict_none;
}
