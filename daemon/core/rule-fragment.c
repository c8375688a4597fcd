/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Clauses without a verb. */

#include "rule-private.h"

#define C(class) ONC_CLASS_BIT (class)

/* Whether it is asked for, or said to be needed: "signed copy needed by 4", "final numbers by 3
 * please". */
static gboolean
asks (const OncScene *scene)
{
  OncScene before = { .parse = scene->parse, .clause = scene->parse->clauses };
  gboolean thanked;
  guint thing;

  /* "required: feedback by Friday" */
  if (onc_scene_has_word (scene, ONC_WORD_NEEDED) ||
      (onc_scene_follows_word (scene, ONC_WORD_NEEDED) && scene->index == 1 &&
       onc_token_is_mark (onc_scene_lead (scene), ':')) ||
      onc_scene_has_word (scene, ONC_WORD_DEADLINE) || onc_scene_has_word (scene, ONC_WORD_CHANCE))
    return TRUE;
  /* "what would help most: a new key by 4" */
  if (scene->index == 1 && onc_token_is_mark (onc_scene_lead (scene), ':') &&
      onc_rule_wants_most (&before, &thing))
    return TRUE;
  /* "how about an update in 30 minutes?" */
  if (scene->question && scene->clause->wh && onc_scene_has (scene, C (NEWS)) &&
      onc_token_is (onc_scene_token (scene, scene->clause->start + 1), ONC_WORD_ABOUT) &&
      (onc_scene_has_deadline (scene) || onc_scene_has_arrival (scene)))
    return TRUE;
  if (!onc_scene_has_deadline (scene))
    return onc_scene_has_word (scene, ONC_WORD_DUE) && onc_scene_has_word (scene, ONC_WORD_YOUR);
  if (onc_scene_has_word (scene, ONC_WORD_DUE) &&
      (onc_scene_has_word (scene, ONC_WORD_YOUR) || !onc_scene_has (scene, C (NEWS))))
    return TRUE;
  /* "numbers on my desk by 9", "mileage claims to me by Friday" */
  for (guint i = scene->clause->start; i + 1 < scene->clause->end; i++)
    {
      if (i > scene->clause->start && onc_token_is (onc_scene_token (scene, i), ONC_WORD_TO) &&
          onc_token_has (onc_scene_token (scene, i + 1), C (ME)))
        return TRUE;
      if (onc_token_has (onc_scene_token (scene, i), C (OUR)) &&
          onc_token_is (onc_scene_token (scene, i + 1), ONC_WORD_PLACE))
        return TRUE;
    }
  /* "any update possible before 3?", "status by 4?" */
  if (scene->question &&
      (onc_scene_has_word (scene, ONC_WORD_DOABLE) || onc_scene_names_news (scene)))
    return TRUE;
  /* "feedback by 10, thanks", but not "fix by 10, thanks" */
  thanked = scene->index + 2 == scene->parse->n_clauses &&
            scene->clause[1].start == scene->clause[1].end &&
            onc_clause_has_word (&scene->clause[1], ONC_WORD_THANKS) &&
            (onc_scene_has_word (scene, ONC_WORD_REPLY) ||
             (!onc_scene_names_news (scene) && !onc_scene_has (scene, C (DONE) | C (HERE))));
  return scene->clause->subject != ONC_SUBJECT_SOMEONE &&
         (onc_scene_is_polite (scene) || thanked) && !scene->clause->negated &&
         !onc_scene_has (scene, C (NOT));
}

/* "back at 4", "live by noon" */
static OncVerdict
judge_state (const OncScene *scene, const OncToken *first)
{
  const OncClause *clause = scene->clause;
  OncVerdict verdict = onc_verdict_promise ("says when the author or the service is back");

  /* "I need it signed and back to me by 4" */
  if (onc_token_is (first, ONC_WORD_BACK) && onc_scene_has (scene, C (ME)))
    return onc_scene_has_deadline (scene) ? onc_verdict_request ("asks for it") : onc_verdict_none;
  verdict.lasting = TRUE;
  verdict.vague = (onc_token_is (first, ONC_WORD_BACK) ||
                   onc_token_is (first, ONC_WORD_WITH_YOU)) &&
                  onc_scene_has (scene, C (SOON));
  return (onc_scene_has_bound (scene) && onc_scene_has_state_time (scene)) || verdict.vague ||
                 onc_scene_has_word (scene, ONC_WORD_THEN) || clause->joint == ONC_JOINT_THEN ||
                 clause->joint == ONC_JOINT_AND
             ? verdict
             : onc_verdict_none;
}

/* "next update at 4", "review by 4 please" */
static OncVerdict
judge_news (const OncScene *scene)
{
  OncVerdict verdict = onc_verdict_promise ("says when the update or fix will come");
  guint subject = scene->clause->start;

  /* "updates every hour", "next update"; "the dashboard updates hourly" tells of a machine. */
  while (onc_token_has (onc_scene_token (scene, subject), C (ARTICLE) | C (OUR) | C (USUAL)) ||
         onc_token_is (onc_scene_token (scene, subject), ONC_WORD_NEXT))
    subject++;
  verdict.cadence = onc_token_has (onc_scene_token (scene, subject), C (NEWS));
  /* "review by 4 please" */
  if (scene->clause->please)
    {
      verdict.act = ONC_ACT_REQUEST;
      verdict.reason = "asks for it by then";
      return verdict;
    }
  verdict.vague = onc_scene_has (scene, C (SOON));
  if (!verdict.vague && !onc_scene_has_time (scene, &verdict))
    verdict.act = ONC_ACT_DOING;
  return verdict;
}

/* Whether what the clause names is owed to the asker: "next update at 4", "more at 3", "ETA of the
 * technician at your site". */
static gboolean
is_news (const OncScene *scene, const OncToken *first)
{
  if (onc_token_is (first, ONC_WORD_ETA) &&
      (onc_scene_has (scene, C (YOU)) || onc_scene_has_word (scene, ONC_WORD_YOUR)))
    return TRUE;
  /* "next dispatch from us: 14:30", "more from us shortly" */
  if ((onc_token_is (first, ONC_WORD_NEXT) || onc_token_is (first, ONC_WORD_MORE)) &&
      (onc_scene_has (scene, C (ME)) ||
       (onc_token_is (first, ONC_WORD_MORE) && onc_scene_has (scene, C (IT)))))
    return TRUE;
  return (onc_scene_names_news (scene) ||
          /* "more at 3", "more in a bit" */
          (onc_token_is (first, ONC_WORD_MORE) &&
           (onc_scene_token (scene, scene->clause->start + 1)->kind == ONC_TOKEN_TIME ||
            onc_token_has (onc_scene_token (scene, scene->clause->start + 1), C (SOON))))) &&
         !onc_scene_names_event (scene) && !onc_scene_has (scene, C (OUTSIDER)) &&
         (!onc_scene_has (scene, C (NOUN)) || onc_scene_has_word (scene, ONC_WORD_ETA));
}

/* Whether the clause names a thing, how it will be and by when, and says no more: "brochure ready
 * by 4", not "files ready by 4 go out today". */
static gboolean
is_thing_ready (const OncScene *scene)
{
  const OncClause *clause = scene->clause;
  guint i = MAX (clause->end, 3) - 2;
  /* "lights back on by 6" */
  gboolean on = onc_token_has (onc_scene_token (scene, i), C (BEGIN)) &&
                onc_token_is (onc_scene_token (scene, i - 1), ONC_WORD_BACK);
  const OncToken *state = onc_scene_token (scene, on ? i - 1 : i);
  const OncWhen *when = onc_scene_when (scene, clause->end - 1);

  return when != NULL && !when->past && clause->end >= clause->start + 3 &&
         onc_token_has (state, C (DONE)) && !onc_token_has (state, C (PAST)) &&
         (onc_scene_has_deadline (scene) ||
          (onc_scene_has_arrival (scene) && !onc_token_is (state, ONC_WORD_OUT)) ||
          (onc_token_is (state, ONC_WORD_BACK) && when->prep == ONC_PREP_AT));
}

/* Whether the clause names a thing, who gets it or where, and by when: "new keys at reception by
 * noon", "revised artwork with you tomorrow". */
static gboolean
is_thing_handed_over (const OncScene *scene)
{
  const OncClause *clause = scene->clause;

  if ((clause->subject != ONC_SUBJECT_OTHER && clause->subject != ONC_SUBJECT_NEWS) ||
      onc_scene_has (scene, C (EVENT) | C (OUTSIDER)) || onc_scene_has_word (scene, ONC_WORD_TALK))
    return FALSE;
  for (guint i = clause->start + 1; i < clause->end; i++)
    {
      const OncWhen *when = onc_scene_when (scene, clause->end - 1);

      if (onc_scene_names_place (scene, i))
        return onc_scene_has_deadline (scene) || onc_scene_has_arrival (scene) ||
               (onc_token_is (onc_scene_token (scene, i), ONC_WORD_WITH_YOU) && when != NULL &&
                when->kind == ONC_WHEN_POINT && when->prep == ONC_PREP_NONE && !when->past);
    }
  return FALSE;
}

/* Whether somebody of the team will be there: "engineer on site in 40 minutes". */
static gboolean
is_on_the_way (const OncScene *scene, const OncToken *first)
{
  return onc_token_has (first, C (TEAM)) && onc_scene_has_arrival (scene) &&
         onc_token_has (onc_scene_token (scene, scene->clause->start + 1), C (HERE) | C (DONE));
}

/* Whether something for the reader is on its way: "fix incoming", "more to come". */
static gboolean
names_what_follows (const OncScene *scene)
{
  return (onc_scene_names_news (scene) || onc_scene_has_word (scene, ONC_WORD_MORE) ||
          onc_scene_has (scene, C (YOU))) &&
         !onc_scene_has (scene, C (OUTSIDER) | C (EVENT));
}

/* "on it, by 4", "on a call, 10 minutes", but not "on a call until 3" */
static OncVerdict
judge_on_it (const OncScene *scene)
{
  OncVerdict verdict = onc_verdict_promise ("says when the update or fix will come");
  const OncWhen *when = onc_scene_first_when (scene);

  if (when != NULL && when->prep == ONC_PREP_UNTIL)
    return onc_verdict_none;
  return onc_scene_has_time (scene, &verdict)
             ? verdict
             : (OncVerdict){ .act = ONC_ACT_DOING, .reason = "tells what the author is doing" };
}

/* Whether the clause has a time that a clause beside it means. */
static gboolean
carries_time (const OncScene *scene)
{
  const OncClause *clause = scene->clause;
  const OncWhen *leading = onc_scene_when (scene, onc_scene_skip_idle (scene, clause->begin));

  /* "patching it, an hour for both", "before our 3pm with the client, could you" */
  if (onc_scene_length_at (scene, clause->begin) != NULL || (leading != NULL && leading->event))
    return TRUE;
  /* "bouncing the print server; labels in 20" */
  return clause->subject == ONC_SUBJECT_OTHER && scene->index > 0 &&
         clause[-1].form == ONC_FORM_GERUND && !clause[-1].negated &&
         clause->joint == ONC_JOINT_PAUSE && onc_scene_has_arrival (scene) &&
         onc_scene_when (scene, clause->start + 1) != NULL;
}

OncVerdict
onc_rule_fragment (const OncScene *scene)
{
  const OncClause *clause = scene->clause;
  const OncToken *first = onc_scene_token (scene, clause->start);
  OncVerdict verdict = onc_verdict_promise ("says when the update or fix will come");

  if (onc_scene_has_word (scene, ONC_WORD_STAY_TUNED) ||
      onc_scene_is_moment (scene, clause->start, FALSE) ||
      /* "more once I've spoken to the vet" */
      (onc_token_is (first, ONC_WORD_MORE) && clause->start + 1 == clause->end &&
       scene->index + 1 < scene->parse->n_clauses && clause[1].subject == ONC_SUBJECT_FIRST &&
       onc_token_is (onc_parse_token (scene->parse, clause[1].lead), ONC_WORD_WHEN)))
    return onc_verdict_vague_promise ("says that more will follow");
  if (asks (scene))
    return onc_verdict_request ("asks for it or says what is needed");
  if (clause->subject == ONC_SUBJECT_SOMEONE)
    return onc_rule_plea (scene);
  /* "write me, whatever the result, by 6" */
  if (clause->wh && !scene->question)
    return (OncVerdict){ .act = ONC_ACT_ASIDE };
  if (scene->question || clause->negated || onc_scene_has_word (scene, ONC_WORD_UNKNOWN))
    return onc_verdict_none;
  if (onc_scene_is_urgent (scene))
    return onc_verdict_urgent_request ();
  /* "I reckon an hour for the reimage" */
  if (onc_token_is (onc_scene_token (scene, clause->begin), ONC_WORD_ESTIMATE) &&
      onc_scene_when (scene, clause->begin + 1) != NULL)
    return onc_verdict_promise ("estimates it");
  if (onc_scene_has_word (scene, ONC_WORD_ON_TRACK) ||
      onc_scene_has_word (scene, ONC_WORD_COUNT_ON) || onc_scene_has_word (scene, ONC_WORD_ON_LIST))
    return onc_verdict_aimed_promise ();
  if (onc_scene_has_word (scene, ONC_WORD_TO_FOLLOW) && names_what_follows (scene))
    {
      verdict.vague = verdict.cadence = TRUE;
      return verdict;
    }
  if (onc_token_is (first, ONC_WORD_BRB))
    {
      verdict = onc_verdict_vague_promise ("says when the author is back");
      verdict.lasting = TRUE;
      return verdict;
    }
  if (onc_token_is (first, ONC_WORD_ON_IT))
    return judge_on_it (scene);
  /* "get it signed and back to me by 4" */
  if (clause->joint == ONC_JOINT_AND && scene->index > 0 &&
      (scene->parse->clauses[scene->index - 1].form == ONC_FORM_BASE ||
       scene->parse->clauses[scene->index - 1].inverted) &&
      onc_scene_has_deadline (scene))
    return onc_verdict_request ("asks for it");
  if (is_on_the_way (scene, first))
    return onc_verdict_promise ("says when the author or the service is back");
  if (onc_token_has (first, C (HERE) | C (DONE)) && !onc_token_has (first, C (PAST)))
    return judge_state (scene, first);
  /* "brochure ready by 4", "site back in 10 minutes" */
  if ((clause->subject == ONC_SUBJECT_OTHER && is_thing_ready (scene)) ||
      is_thing_handed_over (scene))
    return onc_verdict_promise ("says when it will be done");
  /* "Friday for the final report" */
  if (onc_token_has (first, C (BEGIN)) && first->value == ONC_PREP_FOR &&
      clause->start > clause->begin && onc_scene_when (scene, clause->start - 1) != NULL &&
      onc_scene_has (scene, C (NEWS)) && !onc_scene_has (scene, C (EVENT) | C (OUTSIDER) | C (YOU)))
    return verdict;
  /* "with recovery at 3" says more of what stands before it. */
  if (clause->joint == ONC_JOINT_SUB ||
      (onc_token_has (first, C (PREP) | C (BEGIN)) &&
       onc_scene_when (scene, clause->begin) == NULL) ||
      onc_scene_has (scene, C (NEED) | C (WANT) | C (RECEIVE)))
    return onc_verdict_none;
  if (is_news (scene, first))
    return judge_news (scene);
  if (carries_time (scene))
    return (OncVerdict){ .act = ONC_ACT_CARRY, .reason = "a time on its own" };
  /* "rebuild running" */
  if ((onc_scene_has (scene, C (NEWS)) && !onc_scene_has (scene, C (EVENT) | C (OUTSIDER))) ||
      (onc_token_has (onc_scene_token (scene, clause->end - 1), C (ING)) &&
       !onc_scene_has (scene, C (OUTSIDER))))
    return (OncVerdict){ .act = ONC_ACT_DOING, .reason = "tells what the author is doing" };
  return onc_verdict_none;
}
