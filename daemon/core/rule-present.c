/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Clauses that tell how things are. */

#include "rule-private.h"

#define C(class) ONC_CLASS_BIT (class)

OncVerdict
onc_rule_shift (const OncScene *scene)
{
  for (guint i = scene->clause->verb; i < scene->clause->end; i++)
    {
      const OncWhen *when = onc_scene_when (scene, i);

      if (when != NULL && when->kind == ONC_WHEN_POINT && !when->past &&
          when->prep != ONC_PREP_UNTIL)
        {
          OncVerdict verdict = onc_verdict_promise ("moves the time");

          verdict.lasting = TRUE; /* "from 3 to 4" */
          return verdict;
        }
    }
  return (OncVerdict){ .act = ONC_ACT_DOING, .reason = "moves the time" };
}

gboolean
onc_rule_relays (const OncScene *scene)
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
    return !onc_token_is (object, ONC_WORD_TO) ||
           (onc_scene_has (scene, C (ME)) &&
            onc_token_has (
                onc_scene_token (scene, onc_scene_skip_idle (scene, scene->clause->verb + 2)),
                C (RECEIVE)));
  return onc_token_has (verb, C (WANT) | C (NEED)) || onc_token_is (verb, ONC_WORD_ASK) ||
         onc_token_is (verb, ONC_WORD_PUSH);
}

/* "this gets fixed by noon" */
static gboolean
gets_done (const OncScene *scene)
{
  guint next = onc_scene_skip_idle (scene, scene->clause->verb + 1);
  const OncToken *deed = onc_scene_token (scene, next);
  const OncWhen *point = onc_scene_first_point (scene);

  return scene->clause->subject != ONC_SUBJECT_NONE &&
         onc_token_is (onc_scene_token (scene, scene->clause->verb), ONC_WORD_GET) &&
         ((onc_scene_has (scene, C (DONE)) && onc_scene_has_deadline (scene)) ||
          /* "the deposit gets refunded on Friday", "the list gets sent tonight" */
          (onc_token_has (deed, C (PAST)) &&
           (onc_token_has (deed, C (DONE) | C (WORK) | C (DELIVER) | C (REPORT)) ||
            onc_scene_has_deadline (scene)) &&
           (onc_scene_has_deadline (scene) || onc_scene_has_arrival (scene) ||
            (point != NULL && point->day != ONC_DAY_NONE))));
}

/* "I promise you an answer by 4", "we expect it by 5" */
static OncVerdict
judge_own_aim (const OncScene *scene, const OncToken *verb, const OncToken *object)
{
  if (onc_token_is (verb, ONC_WORD_EXPECT) || onc_token_is (verb, ONC_WORD_HOPE))
    return onc_rule_awaits_reader (scene) ? onc_verdict_request ("hopes for it")
                                          : onc_verdict_aimed_promise ();
  return !onc_token_has (object, C (YOU)) && (onc_token_is (object, ONC_WORD_YOUR) ||
                                              onc_scene_has_word (scene, ONC_WORD_HEAR) ||
                                              (onc_scene_has_word (scene, ONC_WORD_REPLY) &&
                                               !onc_token_is (object, ONC_WORD_TO)))
             ? onc_verdict_none
             : onc_verdict_aimed_promise ();
}

/* Whether the reader is asked for something: "I ask for an answer in one hour", "I wait for your
 * answer until 5". */
static gboolean
asks_reader (const OncScene *scene, const OncToken *verb)
{
  if (onc_token_is (verb, ONC_WORD_WAIT))
    return onc_scene_first_point (scene) != NULL && (onc_scene_has_word (scene, ONC_WORD_YOUR) ||
                                                     onc_scene_has_word (scene, ONC_WORD_REPLY));
  /* "we look forward to your reply by 4" */
  if (onc_token_is (verb, ONC_WORD_COUNT_ON))
    return onc_rule_awaits_reader (scene);
  return onc_token_is (verb, ONC_WORD_ASK) && onc_rule_asks_others (scene);
}

/* Returns: what the author will do and tells as if of now, as many do who speak other languages
 * first: "I do it today", "I send you the numbers as soon as I have them". @next: the token behind
 * the verb. */
static OncDeed
deed_of_present (const OncScene *scene, const OncToken *verb, guint next)
{
  const OncClause *clause = scene->clause;
  const OncToken *object = onc_scene_token (scene, next);

  if (onc_token_has (object, C (IT)) &&
      !(onc_token_has (object, C (ARTICLE)) &&
        onc_token_is_noun (onc_scene_token (scene, next + 1))) &&
      onc_scene_first_point (scene) != NULL &&
      !onc_token_has (verb, C (IDLE) | C (ABSENT) | C (RECEIVE)))
    return ONC_DEED_TIMED;
  /* "I send you the list tomorrow", "I dial into your bridge at 9" */
  if (!onc_token_has (verb, C (IDLE) | C (RECEIVE) | C (SAY) | C (THINK) | C (HAVE) | C (LAST)) &&
      onc_scene_first_point (scene) != NULL &&
      (onc_scene_has (scene, C (YOU)) || onc_scene_has_word (scene, ONC_WORD_YOUR)))
    return ONC_DEED_TIMED;
  /* "I deliver the prototype on Thursday", "I call the supplier at 3" */
  if (onc_token_has (verb, C (REPORT) | C (DELIVER)) && !onc_token_has (verb, C (SHIFT)) &&
      onc_token_has (object, C (ARTICLE) | C (OUR)) && onc_scene_first_point (scene) != NULL &&
      (onc_scene_first_point (scene)->day != ONC_DAY_NONE ||
       onc_scene_first_point (scene)->minute >= 0))
    return ONC_DEED_TIMED;
  if (onc_token_has (verb, C (REPORT) | C (DELIVER)) && !onc_token_has (verb, C (SAY)) &&
      onc_token_has (object, C (YOU)) && scene->index + 1 < scene->parse->n_clauses &&
      scene->parse->clauses[scene->index + 1].joint == ONC_JOINT_SUB)
    return ONC_DEED_SURE;
  /* "we look into it and I inform you" */
  if ((clause->joint == ONC_JOINT_AND || clause->joint == ONC_JOINT_THEN) &&
      onc_token_has (verb, C (REPORT)) && !onc_token_has (verb, C (SAY)) &&
      onc_token_has (object, C (YOU)) && next + 1 == clause->end)
    return ONC_DEED_SURE;
  /* "I clarify it and come back to you" */
  if ((onc_token_is (verb, ONC_WORD_COME) || onc_token_is (verb, ONC_WORD_GET)) &&
      onc_token_is (object, ONC_WORD_BACK) && onc_scene_has (scene, C (YOU)))
    return ONC_DEED_SURE;
  /* "I resume at 6:30" */
  if (onc_token_has (verb, C (REPORT) | C (DELIVER) | C (WORK)) &&
      !onc_token_has (verb, C (SHIFT)) && clause->joint != ONC_JOINT_THAT &&
      object->kind == ONC_TOKEN_TIME && onc_scene_first_point (scene) != NULL &&
      onc_scene_first_point (scene)->prep != ONC_PREP_UNTIL)
    return ONC_DEED_TIMED;
  /* "after lunch I look into it" */
  if (onc_token_has (verb, C (REPORT) | C (DELIVER) | C (WORK)) &&
      (onc_scene_has (scene, C (IT)) || next >= clause->end) &&
      onc_scene_when (scene, clause->begin) != NULL &&
      onc_scene_when (scene, clause->begin)->kind == ONC_WHEN_POINT)
    return ONC_DEED_TIMED;
  return ONC_DEED_NONE;
}

/* Returns: what it means to have something then: "we have you up again within the hour". @object:
 * what stands behind the verb. */
static OncDeed
deed_of_having (const OncScene *scene, const OncToken *verb, const OncToken *object)
{
  const OncWhen *leading = onc_scene_when (scene, scene->clause->begin);

  /* "hopefully we have you up again within the hour" */
  if (onc_token_is (verb, ONC_WORD_HAVE) && onc_scene_has (scene, C (DONE)) &&
      onc_scene_has_arrival (scene))
    return ONC_DEED_TIMED;
  /* "until Monday we have a solution" */
  if (onc_token_is (verb, ONC_WORD_HAVE) && onc_scene_names_news (scene) && leading != NULL &&
      !onc_scene_names_event (scene) &&
      (leading->prep == ONC_PREP_BY || leading->prep == ONC_PREP_UNTIL))
    return ONC_DEED_TIMED;
  /* "we know more at 4" */
  if (onc_token_is (object, ONC_WORD_MORE) && onc_scene_first_point (scene) != NULL &&
      (onc_token_is (verb, ONC_WORD_KNOW) || onc_token_is (verb, ONC_WORD_HAVE)))
    return ONC_DEED_TIMED;
  return ONC_DEED_NONE;
}

/* "I plan to ship on Friday", "we need it by 4" */
static OncVerdict
judge_own_present (const OncScene *scene)
{
  const OncClause *clause = scene->clause;
  const OncToken *verb = onc_scene_token (scene, clause->verb);
  guint next = onc_scene_skip_idle (scene, clause->verb + 1);
  const OncToken *object = onc_scene_token (scene, next);
  const OncWhen *when = onc_scene_when (scene, next);
  OncDeed deed;

  if (onc_scene_has_word (scene, ONC_WORD_ON_LIST))
    return onc_verdict_aimed_promise ();
  /* "I've got this, 15 minutes" */
  if (onc_token_is (object, ONC_WORD_GET) && next + 2 == clause->end &&
      onc_token_has (onc_scene_token (scene, next + 1), C (IT)))
    return (OncVerdict){ .act = ONC_ACT_DOING, .reason = "tells what the author is doing" };
  /* "we slip to 4pm" */
  if (onc_token_has (verb, C (SHIFT)) && onc_token_is (object, ONC_WORD_TO) &&
      onc_scene_when (scene, next + 1) != NULL)
    return onc_rule_shift (scene);
  if (onc_token_has (verb, C (NEED) | C (WANT)) && !onc_token_is (verb, ONC_WORD_EXPECT))
    return onc_rule_need (scene);
  /* "we respond (to tickets) within 15 minutes" tells of a habit. */
  if (onc_scene_first_when (scene) != NULL && onc_scene_first_when (scene)->kind == ONC_WHEN_SPAN &&
      (onc_token_is (object, ONC_WORD_TO) ||
       (onc_token_is (verb, ONC_WORD_REPLY) && when != NULL)) &&
      onc_token_has (verb, C (REPORT)) &&
      !onc_token_has (onc_scene_token (scene, next + 1), C (YOU) | C (IT) | C (ARTICLE)))
    return onc_verdict_none;
  if (onc_token_has (verb, C (AIM)))
    return judge_own_aim (scene, verb, object);
  if (onc_token_has (verb, C (THINK)))
    return when != NULL ? onc_verdict_promise ("estimates it") : onc_verdict_none;
  if (asks_reader (scene, verb))
    return onc_verdict_request ("asks for it");
  deed = deed_of_present (scene, verb, next);
  if (deed == ONC_DEED_NONE)
    deed = deed_of_having (scene, verb, object);
  if (deed != ONC_DEED_NONE)
    return deed == ONC_DEED_SURE ? onc_verdict_vague_promise ("the author or the team will do it")
                                 : onc_verdict_promise ("the author or the team will do it");
  if (onc_token_has (verb, C (RECEIVE)) && !onc_token_is (object, ONC_WORD_BACK))
    return onc_verdict_none;
  /* "we close the books on Friday" tells of the calendar, "I do it by Friday" promises. */
  if (onc_token_has (object, C (YOU)) || onc_token_is (object, ONC_WORD_BACK) ||
      ((onc_token_has (verb, C (REPORT) | C (DELIVER) | C (WORK)) ||
        onc_token_has (object, C (IT) | C (ARTICLE) | C (OUR)) ||
        onc_token_is (object, ONC_WORD_TO)) &&
       (onc_scene_has_deadline (scene) || onc_scene_first_point (scene) == NULL)))
    return onc_deed_promise (onc_deed_at (scene, clause->verb) == ONC_DEED_NONE ? ONC_DEED_NONE
                                                                                : ONC_DEED_TIMED,
                             scene, "the author or the team will do it");
  return onc_verdict_none;
}

OncVerdict
onc_rule_yours (const OncScene *scene)
{
  const OncClause *clause = scene->clause;
  guint next = onc_scene_skip_idle (scene, clause->verb + 1);
  const OncToken *object = onc_scene_token (scene, next);
  const OncWhen *when = onc_scene_when (scene, next);

  /* "when it's up you have 2 minutes to log in" */
  if (scene->index > 0 && scene->parse->clauses[scene->index - 1].joint == ONC_JOINT_SUB)
    return onc_verdict_none;
  if (onc_token_has (onc_scene_token (scene, clause->anchor), C (HAVE)) &&
      onc_token_is (object, ONC_WORD_GET))
    when = onc_scene_when (scene, onc_scene_skip_idle (scene, next + 1));
  if ((onc_token_has (onc_scene_token (scene, clause->anchor), C (HAVE)) ||
       onc_token_has (onc_scene_token (scene, clause->anchor), C (PAST))) &&
      when != NULL)
    return when->prep == ONC_PREP_UNTIL ||
                   (when->prep == ONC_PREP_NONE && when->kind == ONC_WHEN_SPAN)
               ? onc_verdict_request ("sets a deadline")
               : onc_verdict_none;
  return onc_rule_receiving (scene);
}

/* Whether something reaches the reader: "the contract goes out to you by 4", "totals follow
 * tonight", "your order ships tomorrow". */
static gboolean
reaches_reader (const OncScene *scene, const OncToken *verb)
{
  /* "normal service resumes at 5" */
  if (onc_token_is (verb, ONC_WORD_RESUME) && onc_scene_names_service (scene) &&
      (onc_scene_first_point (scene) != NULL || onc_scene_has_arrival (scene)))
    return TRUE;
  if (onc_token_is (verb, ONC_WORD_FOLLOW) && onc_scene_has_arrival (scene))
    return TRUE;
  if (onc_scene_first_point (scene) == NULL)
    return FALSE;
  if (onc_token_is (verb, ONC_WORD_FOLLOW))
    return TRUE;
  return (onc_token_has (verb, C (DELIVER) | C (ABSENT) | C (REPORT)) ||
          onc_token_is (verb, ONC_WORD_GO) || onc_token_is (verb, ONC_WORD_COME)) &&
         (onc_scene_has (scene, C (YOU)) || onc_scene_has_word (scene, ONC_WORD_WITH_YOU) ||
          onc_token_is (onc_scene_token (scene, scene->clause->start), ONC_WORD_YOUR));
}

/* Whether the clause tells what the author is doing now. */
static gboolean
is_own_work (const OncClause *clause)
{
  return !clause->negated &&
         (clause->form == ONC_FORM_GERUND ||
          (clause->subject == ONC_SUBJECT_FIRST &&
           (clause->form == ONC_FORM_PROGRESSIVE || clause->form == ONC_FORM_PRESENT)));
}

/* "it ships today", "this needs doing asap". @when: (nullable): the time right behind the verb. */
static OncVerdict
judge_matter (const OncScene *scene, const OncToken *verb, const OncWhen *when)
{
  if (gets_done (scene))
    return onc_verdict_promise ("tells when it will be done");
  if (scene->clause->subject == ONC_SUBJECT_IT && reaches_reader (scene, verb))
    return onc_verdict_promise ("says when the update or fix will come");
  /* "this needs doing asap" */
  if (onc_token_has (verb, C (NEED)) && !onc_token_has (verb, C (BASE)) &&
      (onc_scene_has_deadline (scene) || onc_scene_is_urgent (scene)))
    return onc_scene_is_urgent (scene) ? onc_verdict_urgent_request ()
                                       : onc_verdict_request ("says what is needed");
  /* "orders by 3 please": a noun that has the form of a verb */
  if (scene->clause->subject == ONC_SUBJECT_NONE && onc_token_has (verb, C (S)) && when != NULL &&
      onc_scene_has_deadline (scene) && onc_scene_is_polite (scene))
    return onc_verdict_request ("asks for it by then");
  /* "it ships today" */
  if (scene->clause->subject == ONC_SUBJECT_IT && onc_token_has (verb, C (DELIVER)) &&
      when != NULL && when->kind == ONC_WHEN_POINT)
    return onc_verdict_promise ("says when the update or fix will come");
  /* "I'm restoring it, takes about an hour" */
  if (scene->clause->subject == ONC_SUBJECT_NONE && scene->index > 0 &&
      onc_token_has (verb, C (NEED) | C (LAST)) && is_own_work (&scene->clause[-1]) &&
      when != NULL && when == onc_scene_length_at (scene, scene->clause->verb + 1) &&
      when->span >= ONC_MINUTE)
    return onc_verdict_promise ("tells how long it will take");
  /* "30 minutes, then it works again" */
  if (onc_token_is (verb, ONC_WORD_WORK) && onc_scene_follows_length (scene))
    return onc_verdict_promise ("says when it is done");
  return onc_token_has (verb, C (SHIFT)) ? onc_rule_shift (scene) : onc_verdict_none;
}

/* What one of the team does: "Ravi calls you at 3". @object: what stands behind the verb. */
static OncVerdict
judge_colleague (const OncScene *scene, const OncToken *verb, const OncToken *object)
{
  gboolean team = scene->clause->subject == ONC_SUBJECT_TEAM;

  if (onc_token_has (verb, C (REPORT) | C (DELIVER)) && onc_token_has (object, C (YOU)) &&
      onc_scene_first_point (scene) != NULL)
    return onc_verdict_promise ("somebody of the team will do it");
  /* "<@U1> takes over and posts at 6" */
  if ((team || onc_scene_token (scene, scene->clause->start)->kind == ONC_TOKEN_NAME ||
       (scene->index > 0 && scene->clause->joint == ONC_JOINT_AND &&
        onc_parse_token (scene->parse, scene->clause[-1].start)->kind == ONC_TOKEN_NAME)) &&
      onc_token_has (verb, C (REPORT)) && onc_scene_first_point (scene) != NULL &&
      onc_scene_first_point (scene)->minute >= 0)
    return onc_verdict_promise ("somebody of the team will do it");
  /* "ops restarts it at 4" */
  if (team && onc_token_has (verb, C (REPORT) | C (DELIVER) | C (WORK)) &&
      onc_token_has (object, C (IT)) && onc_scene_first_point (scene) != NULL)
    return onc_verdict_promise ("somebody of the team will do it");
  if (team && onc_token_has (verb, C (AIM)))
    return onc_verdict_aimed_promise ();
  return onc_verdict_none;
}

/* What a thing does, or somebody who is named by nothing but a noun: "the contract goes out to you
 * by 4", "your order ships tomorrow". */
static OncVerdict
judge_thing (const OncScene *scene, const OncToken *verb, const OncToken *object)
{
  if (gets_done (scene))
    return onc_verdict_promise ("tells when it will be done");
  if (reaches_reader (scene, verb))
    return onc_verdict_promise ("says when the update or fix will come");
  /* Only persons want. */
  return onc_token_has (verb, C (WANT) | C (NEED)) &&
                 /* "the judge expects our answer by 4" */
                 (!onc_token_is (verb, ONC_WORD_EXPECT) || onc_scene_has (scene, C (OUR))) &&
                 (onc_scene_has_deadline (scene) ||
                  /* "dispatch needs the manifest in 45 minutes", not "the pump needs 2 minutes" */
                  (onc_scene_has_arrival (scene) && onc_token_has (object, C (ARTICLE) | C (OUR)) &&
                   !onc_token_is (object, ONC_WORD_A)))
             ? onc_verdict_request ("passes on what somebody wants")
             : onc_verdict_none;
}

OncVerdict
onc_rule_present (const OncScene *scene)
{
  const OncClause *clause = scene->clause;
  const OncToken *verb = onc_scene_token (scene, clause->verb);
  guint next = onc_scene_skip_idle (scene, clause->verb + 1);
  const OncToken *object = onc_scene_token (scene, next);
  const OncWhen *when = onc_scene_when (scene, next);
  OncVerdict verdict;

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
      return judge_own_present (scene);
    case ONC_SUBJECT_YOU:
      return onc_rule_yours (scene);
    case ONC_SUBJECT_NEWS:
      if (gets_done (scene))
        return onc_verdict_promise ("tells when it will be done");
      if (onc_token_has (verb, C (SHIFT)))
        return onc_rule_shift (scene);
      if (onc_token_has (verb, C (DELIVER) | C (ABSENT)) || onc_token_is (verb, ONC_WORD_GO) ||
          onc_token_is (verb, ONC_WORD_COME) || onc_token_is (verb, ONC_WORD_FOLLOW))
        return onc_verdict_promise ("says when the update or fix will come");
      return onc_verdict_none;
    case ONC_SUBJECT_IT:
    case ONC_SUBJECT_NONE:
      return judge_matter (scene, verb, when);
    case ONC_SUBJECT_OUTSIDER:
    case ONC_SUBJECT_THEY:
    case ONC_SUBJECT_PERSON:
      /* "Jo's on earlies and she rings you at 8" */
      if (clause->subject == ONC_SUBJECT_PERSON && onc_scene_was_named (scene) &&
          onc_token_has (verb, C (REPORT) | C (DELIVER)) && onc_token_has (object, C (YOU)) &&
          onc_scene_first_point (scene) != NULL)
        return onc_verdict_promise ("somebody of the team will do it");
      if (when != NULL && when->kind == ONC_WHEN_SPAN)
        return onc_verdict_none;
      return onc_rule_relays (scene) ? onc_verdict_request ("passes on what somebody wants")
                                     : onc_verdict_none;
    case ONC_SUBJECT_NAME:
    case ONC_SUBJECT_TEAM:
      verdict = judge_colleague (scene, verb, object);
      return verdict.act != ONC_ACT_NONE ? verdict : judge_thing (scene, verb, object);
    case ONC_SUBJECT_OTHER:
      return judge_thing (scene, verb, object);
    case ONC_SUBJECT_SOMEONE:
    case ONC_SUBJECT_EVENT:
    case ONC_SUBJECT_PLAN:
    case ONC_SUBJECT_DEADLINE:
    default:
      return onc_verdict_none;
    }
}
