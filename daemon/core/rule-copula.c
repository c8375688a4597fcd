/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Clauses with a form of "to be". */

#include "rule-private.h"

#define C(class) ONC_CLASS_BIT (class)

/* What is said to be needed, due, doable or guessed, whoever or whatever it is of. @object:
 * (nullable): the time right behind the verb. */
static OncVerdict
judge_stated_time (const OncScene *scene, const OncWhen *object)
{
  guint next = onc_scene_skip_idle (scene, scene->clause->anchor + 1);
  const OncToken *state = onc_scene_token (scene, next);

  /* "all keys are to be back by 6", "you are to report by 9" */
  if (onc_token_is (state, ONC_WORD_TO) && onc_scene_has_deadline (scene) && !scene->question &&
      (scene->clause->subject == ONC_SUBJECT_YOU || scene->clause->subject == ONC_SUBJECT_SOMEONE ||
       ((scene->clause->subject == ONC_SUBJECT_OTHER || scene->clause->subject == ONC_SUBJECT_IT) &&
        onc_token_is (onc_scene_token (scene, next + 1), ONC_WORD_BE))))
    return onc_verdict_request ("says what has to be");
  /* "it's crucial that it arrives by 6" */
  if (onc_scene_has_word (scene, ONC_WORD_VITAL) && onc_scene_has_deadline (scene) &&
      (scene->clause->subject == ONC_SUBJECT_IT || scene->clause->subject == ONC_SUBJECT_NONE))
    return onc_verdict_request ("says what is needed");
  if (onc_scene_has_word (scene, ONC_WORD_NEEDED) || onc_rule_is_awaited (scene, state) ||
      /* "this is due by 4" */
      (onc_scene_has_word (scene, ONC_WORD_DUE) && onc_scene_has_deadline (scene) &&
       scene->clause->subject == ONC_SUBJECT_IT) ||
      (onc_scene_has_word (scene, ONC_WORD_DUE) &&
       (onc_scene_has_word (scene, ONC_WORD_YOUR) ||
        (onc_scene_has_word (scene, ONC_WORD_REPLY) && onc_scene_has_deadline (scene)))))
    return onc_verdict_request ("says what is needed");
  if (onc_scene_is_urgent (scene) && scene->clause->subject == ONC_SUBJECT_IT && !scene->question)
    return onc_verdict_urgent_request ();
  if (onc_scene_has_word (scene, ONC_WORD_ON_TRACK) || onc_scene_has_word (scene, ONC_WORD_ON_LIST))
    return onc_verdict_aimed_promise ();
  if (onc_scene_calls_time_doable (scene))
    return onc_verdict_promise ("says when it can be done");
  /* "do you think it's possible by tomorrow?" */
  if (scene->question && onc_scene_has_word (scene, ONC_WORD_DOABLE) &&
      onc_scene_has_deadline (scene))
    return onc_verdict_request ("asks for it");
  /* "my best guess is an hour" */
  if (onc_scene_has_word (scene, ONC_WORD_ESTIMATE) && object != NULL && !scene->question)
    return onc_verdict_promise ("estimates it");
  return onc_verdict_none;
}

/* "I'm back at 4", "we're committed to 5". @next and @object: (nullable): what stands behind the
 * verb. */
static OncVerdict
judge_own_state (const OncScene *scene, const OncToken *next, const OncWhen *object)
{
  /* "we're committed to closing it today", "I'm due back at 2" */
  if (onc_token_has (next, C (AIM)) || onc_token_is (next, ONC_WORD_DUE))
    return onc_verdict_aimed_promise ();
  if (onc_token_is (next, ONC_WORD_BACK) || onc_token_is (next, ONC_WORD_WITH_YOU) ||
      onc_token_is (next, ONC_WORD_BRB) || onc_token_is (next, ONC_WORD_ON_IT) ||
      onc_token_has (next, C (MINUTES)) || onc_scene_follows_length (scene) ||
      /* "in half an hour I'm there" */
      (onc_scene_has_word (scene, ONC_WORD_THERE) && onc_scene_has_arrival (scene)) ||
      /* "I'm at the school by 2" */
      (onc_token_has (next, C (BEGIN)) && onc_scene_first_point (scene) != NULL &&
       onc_scene_first_point (scene)->prep == ONC_PREP_BY) ||
      (onc_token_has (next, C (DONE)) &&
       /* "we're closed until Monday" */
       !(onc_scene_first_when (scene) != NULL &&
         onc_scene_first_when (scene)->prep == ONC_PREP_UNTIL) &&
       (onc_token_has (next, C (PAST) | C (HERE)) || onc_scene_has_arrival (scene) ||
        (onc_scene_first_point (scene) != NULL &&
         onc_scene_first_point (scene)->prep == ONC_PREP_AT))) ||
      (object != NULL && object->kind == ONC_WHEN_SPAN && !object->past))
    {
      OncVerdict verdict = onc_verdict_promise ("says when the author is back or done");

      verdict.vague = onc_token_is (next, ONC_WORD_BRB);
      /* "I'm yours from 2" */
      verdict.lasting = verdict.vague || onc_token_is (next, ONC_WORD_WITH_YOU);
      return verdict;
    }
  return onc_verdict_none;
}

/* "back by 4", "is 20 minutes", "be here by 5": nobody is named. @next and @object as above. */
static OncVerdict
judge_unnamed_state (const OncScene *scene, const OncToken *next, const OncWhen *object)
{
  const OncClause *clause = scene->clause;
  OncVerdict verdict;

  /* "there's an update coming at 4" */
  if (onc_scene_has_word (scene, ONC_WORD_THERE) &&
      onc_scene_has_word (scene, ONC_WORD_TO_FOLLOW) && onc_scene_names_news (scene))
    return onc_verdict_vague_promise ("says when the update or fix will come");
  if (!onc_token_is (onc_scene_token (scene, clause->anchor), ONC_WORD_BE))
    /* "new time is 3:15" */
    return object != NULL && (onc_scene_has_word (scene, ONC_WORD_CORRECTION) ||
                              /* "my 4:15 is now 5:15", but not "our weekly is tomorrow at 2" */
                              (onc_token_has (onc_scene_token (scene, clause->begin), C (OUR)) &&
                               onc_scene_when (scene, clause->begin + 1) != NULL))
               ? onc_verdict_promise ("moves the time")
               : onc_verdict_none;
  if (!clause->please &&
      (onc_token_is (next, ONC_WORD_BACK) || onc_token_is (next, ONC_WORD_WITH_YOU) ||
       onc_token_is (next, ONC_WORD_ON_IT)))
    return onc_verdict_vague_promise ("says when the author is back or done");
  if (object != NULL && !clause->please &&
      (object->kind == ONC_WHEN_SPAN ||
       /* "be there at 3" */
       (onc_scene_has_word (scene, ONC_WORD_THERE) && object->minute >= 0)))
    return onc_verdict_promise ("says when the author is back or done");
  verdict = onc_verdict_request ("asks for it");
  /* "be at the gate for 6 please" */
  verdict.lasting = clause->please;
  return clause->please || onc_scene_has_deadline (scene) ? verdict : onc_verdict_none;
}

/* Whether the clause says when something will be done, though it speaks of now: "10 minutes and the
 * VPN is up", "the disk is swapped by 4". A "closed by 6" of the calendar is none. */
static gboolean
is_done_then (const OncScene *scene, const OncToken *next)
{
  if (onc_scene_follows_length (scene))
    return !onc_scene_has_word (scene, ONC_WORD_STILL) &&
           (onc_token_has (next, C (DONE) | C (HERE) | C (PAST)) ||
            onc_scene_names_place (scene, scene->clause->anchor + 1) ||
            /* "and that queue is empty" */
            (scene->clause->joint == ONC_JOINT_AND &&
             scene->clause->anchor + 2 == scene->clause->end));
  /* "the site is back at 4", "the brochure is with you by 4", but not "bob's back on Monday" */
  if ((onc_token_is (next, ONC_WORD_BACK) || onc_token_is (next, ONC_WORD_WITH_YOU)) &&
      ((onc_token_has (onc_scene_token (scene, scene->clause->start), C (ARTICLE)) &&
        onc_scene_first_point (scene) != NULL) ||
       onc_scene_has_arrival (scene)))
    return TRUE;
  /* "by lunch the room is set up" */
  if (onc_token_has (next, C (DONE) | C (HERE)) && onc_scene_has_deadline (scene) &&
      onc_scene_when (scene, scene->clause->begin) != NULL)
    return TRUE;
  /* "a week from today your portal is live" */
  if (onc_token_has (next, C (DONE)) && !onc_token_has (next, C (PAST)) &&
      onc_token_is (onc_scene_token (scene, scene->clause->start), ONC_WORD_YOUR) &&
      onc_scene_first_point (scene) != NULL)
    return TRUE;
  /* "the quote is on your desk by 4" */
  if (onc_scene_names_place (scene, scene->clause->anchor + 1) && onc_scene_has_deadline (scene))
    return TRUE;
  return onc_token_has (next, C (PAST)) && onc_token_has (next, C (WORK) | C (DELIVER)) &&
         onc_scene_has_deadline (scene);
}

/* "the fix is planned for 5pm". @next: what stands behind the verb. */
static OncVerdict
judge_news_state (const OncScene *scene, const OncToken *next)
{
  if (onc_token_has (next, C (AIM)) && !scene->question)
    return onc_verdict_aimed_promise ();
  /* "the deploy is scheduled for 4pm" is a date in the calendar. */
  return scene->question || onc_scene_has_word (scene, ONC_WORD_SCHEDULED) ||
                 /* "the report is generated at 4am" */
                 (onc_token_has (next, C (PAST)) &&
                  !onc_token_has (next,
                                  C (REPORT) | C (DELIVER) | C (WORK) | C (DONE) | C (SHIFT))) ||
                 /* "the update interval is 15 seconds" */
                 onc_token_has (onc_scene_token (scene, scene->clause->anchor - 1), C (NOUN))
             ? onc_verdict_none
             : onc_verdict_promise ("says when the update or fix will come");
}

/* "it's expected by 4", "this is fixed in an hour". @next: what stands behind the verb. */
static OncVerdict
judge_matter_state (const OncScene *scene, const OncToken *next)
{
  if (scene->question)
    return onc_verdict_none;
  if (onc_scene_has_word (scene, ONC_WORD_EXPECT) ||
      ((onc_token_is (next, ONC_WORD_SCHEDULED) || onc_token_has (next, C (AIM))) &&
       onc_scene_has (scene, C (DONE)) && onc_scene_has_deadline (scene)))
    return onc_verdict_promise ("says when it is to be done");
  if (onc_token_has (next, C (DONE) | C (HERE)) ||
      (onc_scene_follows_length (scene) && !onc_scene_has_word (scene, ONC_WORD_STILL)))
    return onc_verdict_promise ("says when it is done");
  /* "that's promised for Monday" */
  return onc_token_has (next, C (AIM)) && onc_token_has (next, C (PAST)) &&
                 scene->parse->sentence.end != '?'
             ? onc_verdict_aimed_promise ()
             : onc_verdict_none;
}

/* What the time is that the clause begins with: "4pm is the plan", "5pm is what I'm shooting for",
 * "Thursday noon is when". */
static OncVerdict
judge_leading_time (const OncScene *scene)
{
  const OncClause *clause = scene->clause;

  if (onc_scene_when (scene, clause->begin) == NULL)
    return onc_verdict_none;
  if (clause->subject == ONC_SUBJECT_NONE && !scene->question && !clause->negated &&
      (onc_scene_has_word (scene, ONC_WORD_PLAN) ||
       (onc_scene_has (scene, C (WH)) && onc_scene_has (scene, C (AIM)) &&
        onc_scene_has (scene, C (FIRST)))))
    return onc_verdict_promise ("tells the plan");
  return clause->anchor + 1 == clause->end
             ? (OncVerdict){ .act = ONC_ACT_CARRY, .reason = "a time on its own" }
             : onc_verdict_none;
}

OncVerdict
onc_rule_copula (const OncScene *scene)
{
  const OncClause *clause = scene->clause;
  const OncToken *next = onc_scene_token (scene, onc_scene_skip_idle (scene, clause->anchor + 1));
  const OncWhen *object = onc_scene_when (scene, onc_scene_skip_idle (scene, clause->anchor + 1));
  OncVerdict verdict;

  verdict = judge_leading_time (scene);
  if (verdict.act != ONC_ACT_NONE)
    return verdict;
  if (onc_scene_has_word (scene, ONC_WORD_DEADLINE) && !scene->question && !clause->negated)
    return onc_verdict_request ("sets a deadline");
  if (clause->negated || clause->inverted || clause->wh ||
      onc_scene_has_word (scene, ONC_WORD_UNKNOWN))
    return onc_verdict_none;
  verdict = judge_stated_time (scene, object);
  if (verdict.act != ONC_ACT_NONE)
    return verdict;
  /* "35 min to reimage, then she's yours" */
  if (clause->joint == ONC_JOINT_THEN && onc_token_is (next, ONC_WORD_WITH_YOU))
    return onc_verdict_promise ("says when it is done");
  switch (clause->subject)
    {
    case ONC_SUBJECT_FIRST:
      return judge_own_state (scene, next, object);
    case ONC_SUBJECT_NEWS:
      return judge_news_state (scene, next);
    case ONC_SUBJECT_PLAN:
      return scene->question || (object != NULL && object->kind == ONC_WHEN_SPAN)
                 ? onc_verdict_none
                 : onc_verdict_promise ("tells the plan");
    case ONC_SUBJECT_DEADLINE:
      return scene->question ? onc_verdict_none : onc_verdict_request ("sets a deadline");
    case ONC_SUBJECT_IT:
      return judge_matter_state (scene, next);
    case ONC_SUBJECT_OTHER:
      if (onc_token_is (next, ONC_WORD_EXPECT))
        return onc_verdict_promise ("says when it is expected");
      return !scene->question && is_done_then (scene, next)
                 ? onc_verdict_promise ("says when it is done")
                 : onc_verdict_none;
    case ONC_SUBJECT_NONE:
      return judge_unnamed_state (scene, next, object);
    case ONC_SUBJECT_YOU:
      /* "ten minutes and you're good", "in two hours you're free to use it" */
      return (onc_scene_follows_length (scene) ||
              (onc_scene_has_arrival (scene) && !scene->question)) &&
                     onc_token_has (next, C (DONE) | C (HERE))
                 ? onc_verdict_promise ("says when it is done")
                 : onc_verdict_none;
    case ONC_SUBJECT_NAME:
      /* "Services are expected to return by 4" */
      if (onc_scene_names_service (scene) && clause->start == 0 && !scene->question &&
          (onc_token_is (next, ONC_WORD_EXPECT) || is_done_then (scene, next)))
        return onc_verdict_promise ("says when it is expected");
      /* "10 minutes and the VPN is back" */
      return onc_scene_follows_length (scene) && is_done_then (scene, next)
                 ? onc_verdict_promise ("says when it is done")
                 : onc_verdict_none;
    case ONC_SUBJECT_TEAM:
    case ONC_SUBJECT_PERSON:
    case ONC_SUBJECT_SOMEONE:
      /* "the engineer is on her way, 40 minutes" */
      return (onc_token_is (next, ONC_WORD_ON_IT) ||
              (onc_token_is (next, ONC_WORD_TO_FOLLOW) && clause->subject != ONC_SUBJECT_PERSON)) &&
                     !scene->question
                 ? (OncVerdict){ .act = ONC_ACT_DOING,
                                 .reason = "tells what the author is doing and when" }
                 : onc_verdict_none;
    case ONC_SUBJECT_THEY:
    case ONC_SUBJECT_OUTSIDER:
    case ONC_SUBJECT_EVENT:
    default:
      return onc_verdict_none;
    }
}
