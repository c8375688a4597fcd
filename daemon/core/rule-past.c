/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Clauses that tell how things were. */

#include "rule-private.h"

#define C(class) ONC_CLASS_BIT (class)

/* Whether the author has put something on a time to come: "we've planned the fix for Tuesday",
 * "I've got it lined up for tomorrow", "I've put it down for Monday". */
static gboolean
is_arranged (const OncScene *scene)
{
  guint verb = scene->clause->verb;
  const OncWhen *point = onc_scene_first_point (scene);

  if (onc_token_has (onc_scene_token (scene, verb), C (AIM)) && onc_scene_has (scene, C (NEWS)))
    return TRUE;
  if (onc_scene_has_word (scene, ONC_WORD_ON_LIST))
    return TRUE;
  return point != NULL && point->prep == ONC_PREP_FOR &&
         onc_token_has (onc_scene_token (scene, onc_scene_skip_idle (scene, verb + 1)),
                        C (IT) | C (YOU)) &&
         !onc_token_has (onc_scene_token (scene, verb), C (IDLE) | C (ABSENT) | C (WANT));
}

/* Whether "done" is short for "will be done": "hopefully sorted by 4", "done in 2 hours, give or
 * take", "done by Tuesday", "done by 6, I promise", "patching it, done by 5". "fixed in 5 minutes"
 * tells what was. */
static gboolean
will_be_done (const OncScene *scene)
{
  const OncClause *clause = scene->clause;
  const OncWhen *when = onc_scene_first_when (scene);
  gboolean hedged, promised;
  gboolean sworn = FALSE;

  /* "20 minutes and done" */
  if (clause->subject == ONC_SUBJECT_NONE && onc_scene_follows_length (scene) &&
      onc_token_has (onc_scene_token (scene, clause->start), C (DONE)) &&
      clause->start + 1 == clause->end)
    return TRUE;
  if (clause->subject != ONC_SUBJECT_NONE || clause->verb != clause->start || when == NULL ||
      !onc_token_has (onc_scene_token (scene, clause->verb), C (DONE)) ||
      (onc_token_has (onc_scene_token (scene, clause->begin), C (FILLER)) &&
       !onc_scene_has_deadline (scene)))
    return FALSE;
  hedged = when->capped;
  promised = when->day != ONC_DAY_NONE;
  for (guint i = 0; i < scene->parse->n_clauses; i++)
    {
      hedged |= (scene->parse->clauses[i].classes & C (TAIL)) != 0;
      promised |= scene->parse->clauses[i].subject == ONC_SUBJECT_FIRST ||
                  scene->parse->clauses[i].form == ONC_FORM_GERUND ||
                  onc_clause_has_word (&scene->parse->clauses[i], ONC_WORD_ON_IT);
      /* "done today, promise" */
      sworn |= scene->parse->clauses[i].start + 1 == scene->parse->clauses[i].end &&
               (scene->parse->clauses[i].classes & C (AIM)) != 0;
    }
  return sworn || (onc_scene_has_arrival (scene) && hedged) ||
         (onc_scene_has_deadline (scene) && promised);
}

/* What was moved to a time to come: "ETA changed to 3pm", "I've moved the update to 4", "moved my
 * update to 4:30", "it slipped to tomorrow". */
static OncVerdict
judge_moved (const OncScene *scene, const OncToken *verb)
{
  const OncClause *clause = scene->clause;
  const OncToken *anchor = onc_scene_token (scene, clause->anchor);
  gboolean leads = clause->subject == ONC_SUBJECT_NONE && clause->anchor == clause->start;
  gboolean ours = onc_scene_names_news (scene) && onc_scene_first_point (scene) != NULL;

  if (!onc_token_has (verb, C (SHIFT)) &&
      !(clause->subject == ONC_SUBJECT_NEWS && onc_scene_has_word (scene, ONC_WORD_ETA) &&
        onc_scene_has_word (scene, ONC_WORD_TO)))
    return onc_verdict_none;
  if (!onc_scene_names_event (scene) && !onc_scene_has (scene, C (OUTSIDER)) &&
      ((clause->subject == ONC_SUBJECT_NEWS && clause->verb == clause->anchor) ||
       (clause->subject == ONC_SUBJECT_FIRST && ours && onc_token_has (anchor, C (HAVE)) &&
        !onc_token_has (anchor, C (PAST))) ||
       (leads && ours && onc_scene_has (scene, C (OUR))) ||
       (clause->subject == ONC_SUBJECT_IT && onc_token_is (verb, ONC_WORD_SLIP) &&
        onc_scene_first_point (scene) != NULL)))
    return onc_rule_shift (scene);
  /* "moved to 3pm, I'll show it then" */
  return leads && onc_token_is (onc_scene_token (scene, clause->verb + 1), ONC_WORD_TO) &&
                 onc_scene_when (scene, clause->verb + 2) != NULL
             ? (OncVerdict){ .act = ONC_ACT_CARRY, .reason = "a time on its own" }
             : onc_verdict_none;
}

/* When something is expected: "fix expected by 3", "completion expected by 15:00", "expected to be
 * back within the hour", "estimated 2 hours", "estimated fix from our side 24-48 hrs". */
static OncVerdict
judge_expected (const OncScene *scene, const OncToken *verb)
{
  const OncClause *clause = scene->clause;
  const OncToken *object = onc_scene_token (scene, clause->verb + 1);

  if (!onc_token_has (verb, C (AIM)) || clause->verb != clause->anchor ||
      onc_scene_has (scene, C (OUTSIDER)))
    return onc_verdict_none;
  if (clause->subject == ONC_SUBJECT_NEWS ||
      (clause->subject == ONC_SUBJECT_OTHER && onc_scene_has_word (scene, ONC_WORD_ARRIVAL)))
    return onc_verdict_aimed_promise ();
  return clause->subject == ONC_SUBJECT_NONE && clause->anchor == clause->start &&
                 (onc_token_is (object, ONC_WORD_TO) || object->kind == ONC_TOKEN_TIME ||
                  ((onc_token_has (object, C (NEWS)) || onc_token_is (object, ONC_WORD_ARRIVAL)) &&
                   !onc_scene_has (scene, C (EVENT) | C (NOUN))))
             ? onc_verdict_promise ("says when it is expected")
             : onc_verdict_none;
}

/* Whether something that is owed is done by then: "patch deployed by 4", "patched build on the
 * server before 7". */
static gboolean
is_news_by (const OncScene *scene, const OncToken *verb)
{
  const OncClause *clause = scene->clause;

  if (clause->verb != clause->anchor || !onc_scene_has_deadline (scene))
    return FALSE;
  if (clause->subject == ONC_SUBJECT_NEWS)
    return onc_token_has (verb, C (DONE));
  return clause->subject == ONC_SUBJECT_NONE && clause->anchor == clause->start &&
         onc_token_has (onc_scene_token (scene, clause->verb + 1), C (NEWS)) &&
         !onc_scene_has (scene, C (OUTSIDER)) && !onc_scene_names_event (scene);
}

/* Whether it is said who or what is needed, and by when or that it is urgent: "signed contract
 * needed by 4", "technician needed on site asap", but not "20 people needed an hour for it". */
static gboolean
is_needed_by (const OncScene *scene)
{
  const OncClause *clause = scene->clause;

  if (onc_token_has (onc_scene_token (scene, clause->anchor), C (BE)) ||
      clause->subject == ONC_SUBJECT_FIRST || clause->subject == ONC_SUBJECT_YOU ||
      clause->subject == ONC_SUBJECT_IT)
    return FALSE;
  for (guint i = clause->start + 1; i < clause->end; i++)
    {
      const OncWhen *when = onc_scene_when (scene, i + 1);

      if (!onc_token_is (onc_scene_token (scene, i), ONC_WORD_NEEDED))
        continue;
      if (when != NULL)
        return !when->past && (onc_scene_has_deadline (scene) || onc_scene_is_pressing (scene) ||
                               (when->kind == ONC_WHEN_POINT && when->day < ONC_DAY_COUNT &&
                                (when->prep == ONC_PREP_FOR || when->prep == ONC_PREP_NONE)));
      return onc_token_has (onc_scene_token (scene, i + 1),
                            C (BEGIN) | C (PREP) | C (URGENT) | C (HERE) | C (DONE)) &&
             (onc_scene_has_deadline (scene) || onc_scene_is_pressing (scene));
    }
  return FALSE;
}

OncVerdict
onc_rule_past (const OncScene *scene)
{
  const OncClause *clause = scene->clause;
  const OncToken *verb = onc_scene_token (scene, clause->verb);
  const OncToken *anchor = onc_scene_token (scene, clause->anchor);
  gboolean is_perfect = onc_token_has (anchor, C (HAVE)) && !onc_token_has (anchor, C (PAST));
  OncVerdict verdict;

  /* "could you get this signed and scanned by 3" */
  if (clause->joint == ONC_JOINT_AND && scene->index > 0 && clause->anchor == clause->start &&
      clause->subject == ONC_SUBJECT_NONE &&
      (clause[-1].form == ONC_FORM_BASE || clause[-1].inverted))
    return (OncVerdict){ .act = ONC_ACT_CARRY, .reason = "a time on its own" };
  if (clause->negated || clause->inverted || clause->wh || scene->question)
    return onc_verdict_none;
  if (onc_token_is (verb, ONC_WORD_HOPE) && onc_rule_awaits_reader (scene))
    return onc_verdict_request ("hopes for it");
  if (is_needed_by (scene))
    return onc_scene_is_pressing (scene) ? onc_verdict_urgent_request ()
                                         : onc_verdict_request ("says what is needed");
  if ((clause->subject == ONC_SUBJECT_NEWS || clause->subject == ONC_SUBJECT_NONE) &&
      /* "it needed an hour" */
      onc_scene_length_at (scene, clause->verb + 1) == NULL &&
      (onc_token_has (anchor, C (NEED)) ||
       ((clause->subject == ONC_SUBJECT_NEWS || onc_scene_when (scene, clause->verb + 1) != NULL) &&
        onc_token_has (anchor, C (WANT)) && !onc_token_is (anchor, ONC_WORD_EXPECT))))
    {
      verdict = onc_verdict_request ("says what is needed");
      /* "20 more minutes needed" */
      if (onc_scene_length_at (scene, clause->begin) != NULL)
        return onc_verdict_promise ("asks for time for the author");
      verdict.vague = onc_scene_has (scene, C (URGENT)) || onc_scene_is_pressing (scene);
      return verdict;
    }
  verdict = judge_moved (scene, verb);
  if (verdict.act != ONC_ACT_NONE)
    return verdict;
  verdict = judge_expected (scene, verb);
  if (verdict.act != ONC_ACT_NONE)
    return verdict;
  /* "you got 5 minutes to answer" */
  if (clause->subject == ONC_SUBJECT_YOU && onc_token_is (verb, ONC_WORD_GET) &&
      clause->verb == clause->anchor)
    return onc_rule_yours (scene);
  if (will_be_done (scene))
    return onc_verdict_promise ("says when it is done");
  if (((clause->subject == ONC_SUBJECT_FIRST && is_perfect) ||
       /* "pencilled you in for Thursday" */
       (clause->anchor == clause->start &&
        onc_token_has (onc_scene_token (scene, clause->verb + 1), C (YOU)))) &&
      is_arranged (scene))
    return onc_verdict_aimed_promise ();
  if (is_news_by (scene, verb))
    return onc_verdict_promise ("says when the update or fix will come");
  /* "I've asked Bob to call you at 4" */
  if (clause->subject == ONC_SUBJECT_FIRST && is_perfect && onc_token_is (verb, ONC_WORD_ASK) &&
      onc_scene_has (scene, C (YOU)) && !onc_scene_has (scene, C (OUTSIDER)) &&
      onc_scene_first_point (scene) != NULL)
    return onc_verdict_promise ("somebody of the team will do it");
  if ((clause->subject == ONC_SUBJECT_OUTSIDER || clause->subject == ONC_SUBJECT_THEY) &&
      onc_scene_has_word (scene, ONC_WORD_ASK) &&
      (onc_token_has (anchor, C (HAVE)) || onc_scene_has_deadline (scene)))
    return onc_verdict_request ("passes on what somebody wants");
  return onc_verdict_none;
}
