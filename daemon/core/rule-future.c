/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Clauses with will, can, should, must, would. */

#include "rule-private.h"

#define C(class) ONC_CLASS_BIT (class)

/* Whether the reader will be able to do something: "you'll be able to log in from 2", "in 3 hours
 * you can log in again", "you can reach me from 3". @verb: what they will do or be. */
static gboolean
can_again (const OncScene *scene, guint verb)
{
  const OncToken *token = onc_scene_token (scene, verb);
  const OncWhen *when = onc_scene_first_when (scene);

  if (verb > scene->clause->verb && onc_token_has (token, C (MODAL)))
    return TRUE;
  if (when == NULL || !onc_token_is (onc_scene_token (scene, scene->clause->anchor), ONC_WORD_CAN))
    return FALSE;
  if (onc_scene_has_word (scene, ONC_WORD_AGAIN))
    return onc_scene_has_deadline (scene) ||
           (onc_scene_when (scene, scene->clause->begin) != NULL &&
            !onc_token_is (token, ONC_WORD_TRY));
  return onc_token_has (token, C (REPORT)) && onc_scene_has (scene, C (ME)) &&
         when->prep == ONC_PREP_FROM;
}

OncVerdict
onc_rule_receiving (const OncScene *scene)
{
  guint verb = scene->clause->verb;
  const OncToken *token;
  const OncWhen *when;

  if (onc_token_is (onc_scene_token (scene, verb), ONC_WORD_BE))
    verb = onc_scene_skip_idle (scene, verb + 1);
  token = onc_scene_token (scene, verb);
  /* "you'll send it by 5, right?" */
  if (verb == scene->clause->verb && scene->clause->form == ONC_FORM_FUTURE &&
      (onc_token_has (token, C (REPORT) | C (DELIVER)) ||
       /* "you'll get it to me by 3, yes?" */
       (onc_token_is (token, ONC_WORD_GET) && onc_scene_has (scene, C (ME)) &&
        onc_scene_has_word (scene, ONC_WORD_TO))) &&
      onc_scene_has_deadline (scene))
    return onc_verdict_request ("says what the reader will do");
  /* "you'll be called at 3" */
  if (verb > scene->clause->verb && onc_token_has (token, C (PAST)) &&
      onc_token_has (token, C (REPORT) | C (DELIVER)))
    return onc_deed_promise (ONC_DEED_SURE, scene, "tells what the reader will get");
  if (can_again (scene, verb))
    {
      OncVerdict verdict = onc_deed_promise (ONC_DEED_TIMED, scene,
                                             "tells what the reader will get");

      /* "you'll still be able to change it later" */
      verdict.vague &= !onc_scene_has_word (scene, ONC_WORD_LATER);
      verdict.lasting = TRUE;
      return verdict;
    }
  /* "you'll be back in two hours" */
  if (verb > scene->clause->verb && onc_token_has (token, C (DONE) | C (HERE)) &&
      (scene->clause->form == ONC_FORM_FUTURE ||
       (!onc_token_has (token, C (PAST)) && onc_scene_has_arrival (scene))))
    return onc_deed_promise (ONC_DEED_TIMED, scene, "tells what the reader will get");
  /* "you'll have until 4", "you'll have 20 seconds to press it" */
  /* "you should see it within 5 minutes" tells what a machine does. */
  if (onc_token_is (token, ONC_WORD_SEE) && onc_scene_has_word (scene, ONC_WORD_SHOULD) &&
      onc_scene_first_point (scene) == NULL &&
      onc_token_has (onc_scene_token (scene, onc_scene_skip_idle (scene, verb + 1)), C (IT)))
    return onc_verdict_none;
  when = onc_scene_when (scene, onc_scene_skip_idle (scene, verb + 1));
  if (onc_token_is (token, ONC_WORD_HAVE) && when != NULL && when->prep == ONC_PREP_UNTIL)
    return onc_verdict_request ("sets a deadline");
  if ((onc_token_is (token, ONC_WORD_HAVE) && onc_scene_length_at (scene, verb + 1) != NULL) ||
      /* "you get 3 attempts within an hour" */
      (onc_scene_token (scene, verb + 1)->kind == ONC_TOKEN_NUMBER &&
       (onc_token_is (token, ONC_WORD_HAVE) || !onc_scene_has_deadline (scene))))
    return onc_verdict_none;
  /* "you can expect delays" */
  if (onc_token_is (token, ONC_WORD_EXPECT) &&
      onc_token_has (onc_scene_token (scene, onc_scene_skip_idle (scene, verb + 1)),
                     C (NOUN) | C (SHIFT)))
    return onc_verdict_none;
  if (onc_token_has (token, C (RECEIVE)) || onc_token_is (token, ONC_WORD_EXPECT) ||
      /* "you'll be looking at proofs from me" */
      (onc_token_is (token, ONC_WORD_LOOK) && onc_scene_has (scene, C (ME))) ||
      onc_token_is (token, ONC_WORD_COUNT_ON) ||
      (onc_token_is (token, ONC_WORD_WAIT) && onc_scene_has (scene, C (ME))))
    {
      /* "you'll hear from me", "you'll get an answer from us" */
      gboolean sure = onc_token_is (token, ONC_WORD_HEAR) ||
                      (onc_scene_has (scene, C (NEWS)) && onc_scene_has (scene, C (ME))) ||
                      /* "as soon as I know you'll know" */
                      (onc_token_is (token, ONC_WORD_KNOW) && scene->index > 0 &&
                       scene->clause[-1].joint == ONC_JOINT_SUB &&
                       scene->clause[-1].subject == ONC_SUBJECT_FIRST);
      OncVerdict verdict = onc_deed_promise (
          sure && (scene->clause->form == ONC_FORM_FUTURE || onc_scene_has (scene, C (ME)))
              ? ONC_DEED_SURE
              : ONC_DEED_TIMED,
          scene, "tells what the reader will get");

      /* "you should get one every hour" tells how a machine works. */
      verdict.cadence &= scene->clause->form == ONC_FORM_FUTURE;
      /* "you can count on it for Monday", "you can have me from 2" */
      verdict.lasting |= onc_token_is (token, ONC_WORD_COUNT_ON) || onc_scene_has (scene, C (ME));
      return verdict;
    }
  return onc_verdict_none;
}

/* "it'll take an hour", "this should take me 10 minutes". @next: what stands behind the verb. */
static OncVerdict
judge_duration (const OncScene *scene, guint next)
{
  const OncClause *clause = scene->clause;
  gboolean to_me = onc_token_has (onc_scene_token (scene, next), C (ME));
  const OncWhen *when = onc_scene_when (scene,
                                        to_me ? onc_scene_skip_idle (scene, next + 1) : next);
  gboolean guess = onc_scene_has_word (scene, ONC_WORD_COULD) ||
                   onc_scene_has_word (scene, ONC_WORD_MIGHT) ||
                   onc_token_is (onc_scene_token (scene, clause->anchor), ONC_WORD_CAN);

  /* "it'll take an hour to charge": a machine does what no person is known to do */
  if (!to_me && when != NULL && clause->form == ONC_FORM_FUTURE)
    {
      const OncToken *to = onc_scene_token (scene, onc_scene_skip_idle (scene, next + 1));
      const OncToken *deed = onc_scene_token (scene, onc_scene_skip_idle (scene, next + 2));

      if (onc_token_is (to, ONC_WORD_TO) && deed->kind == ONC_TOKEN_WORD && deed->classes == 0)
        return onc_verdict_none;
    }
  return when != NULL && !guess &&
                 (to_me || clause->subject == ONC_SUBJECT_IT || clause->subject == ONC_SUBJECT_NONE)
             ? onc_verdict_promise ("tells how long it will take")
             : onc_verdict_none;
}

/* Whether something will be where the reader gets it, or somebody will have it done: "the minutes
 * will be in the shared folder by noon", "the lads will have it shifted by 4". @next: what stands
 * behind @verb. */
static gboolean
is_handed_over (const OncScene *scene, const OncToken *verb, guint next)
{
  if (onc_token_is (verb, ONC_WORD_BE))
    return onc_scene_names_place (scene, next);
  return onc_token_is (verb, ONC_WORD_HAVE) && scene->clause->form == ONC_FORM_FUTURE &&
         onc_token_has (onc_scene_token (scene, next), C (IT) | C (YOU)) &&
         onc_token_has (onc_scene_token (scene, next + 1), C (PAST) | C (DONE));
}

/* How a thing will be: "it'll be fixed by 4", "the next update will be posted at 3". */
static OncVerdict
judge_outcome (const OncScene *scene)
{
  const OncClause *clause = scene->clause;
  /* "[your order will be packed] and shipped" */
  guint next = clause->shared && onc_token_has (onc_scene_token (scene, clause->start),
                                                C (WORK) | C (DELIVER) | C (DONE))
                   ? clause->start
                   : onc_scene_skip_idle (scene, clause->verb + 1);
  const OncToken *verb = onc_scene_token (scene, clause->verb);
  const OncToken *outcome = onc_scene_token (scene, next);

  if (clause->subject == ONC_SUBJECT_DEADLINE ||
      /* "the certificate will be replaced by 4", but not "the call will be at 4" */
      (clause->subject == ONC_SUBJECT_EVENT &&
       !(onc_token_has (outcome, C (PAST)) && onc_token_has (outcome, C (WORK)))))
    return onc_verdict_none;
  if (onc_token_is (verb, ONC_WORD_TAKE))
    return judge_duration (scene, next);
  /* "it [shouldn't take longer than] an hour" */
  if (clause->subject == ONC_SUBJECT_IT && onc_scene_length_at (scene, clause->verb) != NULL &&
      !onc_scene_has (scene, C (YOU)))
    return onc_verdict_promise ("tells how long it will take");
  /* "invoice will follow" */
  if (onc_token_is (verb, ONC_WORD_FOLLOW) && clause->form == ONC_FORM_FUTURE &&
      clause->subject == ONC_SUBJECT_OTHER && outcome->kind != ONC_TOKEN_WORD)
    return onc_verdict_vague_promise ("tells when it will reach the reader");
  if (clause->subject == ONC_SUBJECT_NEWS && !onc_token_has (verb, C (LAST) | C (IDLE)) &&
      !onc_scene_has (scene, C (NOUN)))
    {
      OncVerdict verdict = onc_verdict_promise ("tells when the update or fix will come");

      verdict.vague = onc_token_is (verb, ONC_WORD_FOLLOW);
      return verdict;
    }
  /* "every ticket will get an answer by Friday" */
  if (onc_token_is (verb, ONC_WORD_GET) && onc_scene_has (scene, C (NEWS)) &&
      onc_scene_has_deadline (scene))
    return onc_verdict_promise ("tells when it will reach the reader");
  /* "the copy should complete by 4" */
  if (onc_token_has (verb, C (WORK)) && outcome->kind == ONC_TOKEN_TIME &&
      clause->subject != ONC_SUBJECT_EVENT && onc_scene_has_deadline (scene))
    return onc_verdict_promise ("tells when it will be done");
  /* "normal service will resume at 5" */
  if (onc_token_is (verb, ONC_WORD_RESUME) && onc_scene_names_service (scene))
    return onc_verdict_promise ("tells when it will be done");
  /* "it should run again by 5", "payments will work again within the hour" */
  if (onc_token_is (verb, ONC_WORD_WORK) &&
      ((clause->subject == ONC_SUBJECT_IT && onc_scene_has_deadline (scene)) ||
       (onc_scene_names_service (scene) && onc_scene_has_word (scene, ONC_WORD_AGAIN))))
    return onc_verdict_promise ("tells when it will be done");
  if ((onc_token_is (verb, ONC_WORD_BE) || onc_token_is (verb, ONC_WORD_GET)) &&
      (onc_token_has (outcome, C (DONE) | C (HERE)) ||
       (onc_token_has (outcome, C (PAST)) && onc_token_has (outcome, C (WORK) | C (DELIVER))) ||
       ((clause->subject == ONC_SUBJECT_IT || clause->subject == ONC_SUBJECT_NONE) &&
        outcome->kind == ONC_TOKEN_TIME) ||
       ((clause->subject == ONC_SUBJECT_IT || clause->subject == ONC_SUBJECT_NONE) &&
        onc_scene_has_deadline (scene) &&
        /* "it'll be dark by 4" */
        !(onc_token_is_plain (outcome) && outcome->classes == 0))))
    return onc_deed_promise (ONC_DEED_TIMED, scene, "tells when it will be done");
  if (clause->subject == ONC_SUBJECT_OTHER && is_handed_over (scene, verb, next))
    return onc_verdict_promise ("tells when it will reach the reader");
  /* "there'll be an update at 4" */
  if (clause->subject == ONC_SUBJECT_NONE && onc_token_is (verb, ONC_WORD_BE) &&
      onc_scene_has_word (scene, ONC_WORD_THERE) && onc_scene_names_news (scene) &&
      !onc_scene_names_event (scene) && !onc_scene_has (scene, C (NOUN)))
    return onc_verdict_promise ("tells when the update or fix will come");
  if ((onc_scene_has (scene, C (YOU)) || onc_scene_has_word (scene, ONC_WORD_YOUR) ||
       onc_scene_has_word (scene, ONC_WORD_WITH_YOU)) &&
      (onc_token_is (verb, ONC_WORD_BE) || onc_token_is (verb, ONC_WORD_GO) ||
       /* "the painter will call you by 4", but not "the system will log you out in 5 minutes" */
       (clause->subject == ONC_SUBJECT_OTHER && onc_scene_has (scene, C (YOU)) &&
        !onc_token_is (onc_scene_token (scene, clause->anchor - 1), ONC_WORD_PLACE) &&
        onc_deed_at (scene, clause->verb) != ONC_DEED_NONE) ||
       onc_token_is (verb, ONC_WORD_GET) || onc_token_is (verb, ONC_WORD_COME) ||
       (clause->form == ONC_FORM_FUTURE && onc_token_is (verb, ONC_WORD_HAVE)) ||
       onc_token_has (verb, C (ABSENT) | C (REPORT) | C (DELIVER))))
    return onc_verdict_promise ("tells when it will reach the reader");
  return onc_verdict_none;
}

/* "I'll have to look tomorrow", "it'll have to be tomorrow" */
static OncVerdict
judge_obligation (const OncScene *scene)
{
  const OncClause *clause = scene->clause;
  guint verb = onc_scene_skip_idle (scene, clause->verb + 1);
  guint next = onc_scene_skip_idle (scene, verb + 1);
  OncVerdict verdict;

  /* "you'll have to get me the form by 4" */
  if (clause->subject == ONC_SUBJECT_YOU)
    return onc_scene_has_deadline (scene) ? onc_verdict_request ("says what has to be")
                                          : onc_verdict_none;
  if (clause->subject == ONC_SUBJECT_IT &&
      onc_token_is (onc_scene_token (scene, verb), ONC_WORD_BE))
    return onc_scene_when (scene, next) != NULL ? onc_verdict_promise ("says when it is to be done")
                                                : onc_verdict_none;
  if (clause->subject != ONC_SUBJECT_FIRST && clause->subject != ONC_SUBJECT_NONE)
    return onc_verdict_none;
  verdict = onc_deed_promise (onc_deed_at (scene, verb), scene,
                              "the author or the team will do it");
  /* "I'll have to check", but not "I'll just have to accept that" */
  verdict.vague &= onc_scene_has_word (scene, ONC_WORD_LOOK) || onc_scene_has (scene, C (SOON)) ||
                   onc_token_has (onc_scene_token (scene, verb),
                                  C (REPORT) | C (DELIVER) | C (WORK) | C (RECEIVE));
  return verdict;
}

/* What somebody who is named will do. A name may be that of a thing or a company, so that it has to
 * be something that people do. */
static OncVerdict
judge_delegation (const OncScene *scene)
{
  const OncClause *clause = scene->clause;
  const OncToken *verb = onc_scene_token (scene, clause->verb);
  gboolean mentioned = onc_scene_token (scene, clause->anchor - 1)->kind == ONC_TOKEN_NAME ||
                       onc_scene_token (scene, clause->begin)->kind == ONC_TOKEN_NAME;
  const OncToken *object = onc_scene_token (scene, onc_scene_skip_idle (scene, clause->verb + 1));
  gboolean to_you = (onc_scene_has (scene, C (YOU)) &&
                     !onc_scene_has_word (scene, ONC_WORD_BACK)) ||
                    onc_scene_has_word (scene, ONC_WORD_WITH_YOU) ||
                    onc_scene_has_word (scene, ONC_WORD_BRB);
  /* "Bola will be over to fix it at 3"; "up to" is one word */
  gboolean comes = onc_token_has (object, C (WORK) | C (DELIVER)) ||
                   (onc_scene_has_word (scene, ONC_WORD_TO) &&
                    onc_scene_has (scene, C (WORK) | C (DELIVER)) &&
                    onc_token_has (object,
                                   C (DONE) | C (HERE) | C (BEGIN) | C (PREP) | C (FILLER)));
  OncVerdict verdict;

  if (onc_scene_has (scene, C (ME)) || clause->form != ONC_FORM_FUTURE ||
      /* "Emacs will help you align it" */
      (!mentioned && onc_token_is (verb, ONC_WORD_WISH) && onc_token_has (object, C (YOU)) &&
       onc_token_is_plain (
           onc_scene_token (scene, onc_scene_skip_idle (scene, clause->verb + 1) + 1))))
    return onc_verdict_none;
  /* "Initech will send someone": companies do. */
  if (!mentioned && onc_token_has (verb, C (DELIVER)) &&
      onc_token_has (object, C (SOMEONE) | C (TEAM)))
    return onc_verdict_none;
  if (!mentioned && !to_you && !onc_scene_has (scene, C (YOU)) &&
      !onc_scene_has_word (scene, ONC_WORD_IN_TOUCH) &&
      !onc_token_has (verb, C (REPORT) | C (DELIVER) | C (HAVE)) &&
      !onc_token_is (verb, ONC_WORD_TAKE) && !onc_token_is (verb, ONC_WORD_LOOK) &&
      !onc_token_is (verb, ONC_WORD_START) && !onc_token_is (verb, ONC_WORD_JOIN) &&
      !onc_token_is (verb, ONC_WORD_DO) &&
      /* "Marta will come over to your desk at 11" */
      !(onc_token_is (verb, ONC_WORD_COME) && onc_scene_has_word (scene, ONC_WORD_YOUR)) &&
      !(onc_token_has (verb, C (WORK)) && onc_token_has (object, C (IT))) &&
      !(onc_token_is (verb, ONC_WORD_BE) && comes))
    return onc_verdict_none;
  if (onc_token_is (verb, ONC_WORD_BE) && !to_you && !comes &&
      !onc_scene_has (scene, C (ING) | C (DONE)) && !onc_scene_has_word (scene, ONC_WORD_IN_TOUCH))
    return onc_verdict_none;
  verdict = onc_deed_promise (onc_deed_at (scene, clause->verb), scene,
                              "somebody of the team will do it");
  verdict.vague &= mentioned || to_you || onc_scene_has_word (scene, ONC_WORD_IN_TOUCH);
  return verdict;
}

/* Whether the clause guesses, proposes or is wise afterwards. */
static gboolean
supposes (const OncScene *scene)
{
  const OncClause *clause = scene->clause;
  const OncToken *verb = onc_scene_token (scene, clause->verb);
  guint next = onc_scene_skip_idle (scene, clause->verb + 1);
  const OncWhen *subject = clause->anchor > clause->begin
                               ? onc_scene_when (scene, clause->anchor - 1)
                               : NULL;

  /* "could be 5 minutes, could be 5 hours" */
  if (onc_token_is (verb, ONC_WORD_BE) && onc_scene_when (scene, next) != NULL &&
      (onc_scene_has_word (scene, ONC_WORD_COULD) || onc_scene_has_word (scene, ONC_WORD_MIGHT)))
    return TRUE;
  /* "the next hour will show": the time itself is what will */
  if (clause->subject == ONC_SUBJECT_NONE && subject != NULL && subject->kind == ONC_WHEN_SPAN)
    return TRUE;
  /* "we should look at it" proposes, "I should have it" estimates. */
  if (onc_scene_has_word (scene, ONC_WORD_SHOULD) && clause->subject == ONC_SUBJECT_FIRST &&
      !onc_scene_follows_length (scene) &&
      !onc_token_has (verb, C (RECEIVE) | C (MODAL) | C (NEED)) &&
      !onc_token_is (verb, ONC_WORD_BE))
    return TRUE;
  /* "with two more people we could do it in a week" */
  if (onc_scene_has_word (scene, ONC_WORD_COULD) &&
      (onc_token_has (onc_scene_token (scene, clause->begin), C (PREP)) ||
       (scene->index > 0 && clause[-1].form == ONC_FORM_FRAGMENT &&
        onc_token_has (onc_parse_token (scene->parse, clause[-1].begin), C (PREP)))))
    return TRUE;
  /* "should have taken 10 minutes" */
  return clause->form == ONC_FORM_MODAL && onc_token_has (verb, C (HAVE)) &&
         onc_token_has (onc_scene_token (scene, next), C (PAST));
}

/* What the author or the team will do. */
static OncVerdict
judge_own_future (const OncScene *scene)
{
  const OncClause *clause = scene->clause;
  const OncToken *verb = onc_scene_token (scene, clause->verb);
  OncVerdict verdict;

  if ((onc_scene_has_word (scene, ONC_WORD_MIGHT) && !onc_token_has (verb, C (MODAL))) ||
      /* "I could do Thursday" */
      (onc_scene_has_word (scene, ONC_WORD_COULD) && onc_token_is (verb, ONC_WORD_DO) &&
       onc_scene_when (scene, onc_scene_skip_idle (scene, clause->verb + 1)) != NULL) ||
      /* "I could murder a coffee" */
      (onc_scene_has_word (scene, ONC_WORD_COULD) && onc_token_is_plain (verb)))
    return onc_verdict_none;
  if (onc_token_is (verb, ONC_WORD_TAKE) && !onc_scene_has_word (scene, ONC_WORD_COULD) &&
      !onc_scene_has_word (scene, ONC_WORD_OFF) &&
      onc_scene_when (scene, onc_scene_skip_idle (scene, clause->verb + 1)) != NULL)
    return onc_verdict_promise ("tells how long it will take");
  /* "I'll give you until 3" */
  if (onc_token_is (verb, ONC_WORD_GIVE) && onc_scene_has (scene, C (YOU)) &&
      onc_scene_first_when (scene) != NULL && onc_scene_first_when (scene)->prep == ONC_PREP_UNTIL)
    return onc_verdict_request ("sets a deadline");
  verdict = onc_deed_promise (onc_deed_at (scene, clause->verb), scene,
                              "the author or the team will do it");
  /* "we can work until 4" */
  if (onc_scene_has_word (scene, ONC_WORD_CAN) && onc_scene_first_when (scene) != NULL &&
      onc_scene_first_when (scene)->prep == ONC_PREP_UNTIL)
    return onc_verdict_none;
  /* "we can remove it later" tells what is possible. */
  if (clause->form == ONC_FORM_MODAL)
    verdict.vague &= onc_scene_has (scene, C (SOON)) &&
                     !(onc_scene_has_word (scene, ONC_WORD_LATER) &&
                       onc_scene_has_word (scene, ONC_WORD_CAN));
  return verdict.act != ONC_ACT_NONE || clause->subject == ONC_SUBJECT_FIRST
             ? verdict
             : judge_outcome (scene);
}

/* Whether it is said what the reader could or should do by when: "do you think you could have it by
 * 4?", "you should let me know by 2". */
static gboolean
asks_reader (const OncScene *scene, const OncToken *verb)
{
  if (scene->clause->subject == ONC_SUBJECT_FIRST && scene->question &&
      scene->clause->form == ONC_FORM_MODAL && onc_token_has (verb, C (RECEIVE)))
    return onc_scene_has_deadline (scene);
  return scene->clause->subject == ONC_SUBJECT_YOU && scene->clause->form == ONC_FORM_MODAL &&
         !scene->clause->negated && onc_scene_has_deadline (scene) &&
         (scene->question ||
          (onc_scene_has (scene, C (ME)) && onc_token_has (verb, C (REPORT) | C (DELIVER))));
}

/* "this should be fixed by 2, please" */
static gboolean
is_polite_order (const OncScene *scene)
{
  return onc_scene_has_word (scene, ONC_WORD_SHOULD) && !scene->clause->negated &&
         scene->clause->subject == ONC_SUBJECT_IT && onc_scene_has_deadline (scene) &&
         onc_scene_is_polite (scene);
}

OncVerdict
onc_rule_future (const OncScene *scene)
{
  const OncClause *clause = scene->clause;
  OncDeed deed = onc_deed_at (scene, clause->verb);
  const OncToken *verb = onc_scene_token (scene, clause->verb);
  const OncToken *object = onc_scene_token (scene, onc_scene_skip_idle (scene, clause->verb + 1));

  if (onc_scene_calls_time_doable (scene))
    return onc_verdict_promise ("says when it can be done");
  if (asks_reader (scene, verb))
    return onc_verdict_request ("asks for it");
  if (is_polite_order (scene))
    return onc_verdict_request ("says what has to be");
  if (supposes (scene))
    return onc_verdict_none;
  if (clause->negated ||
      (scene->question && (clause->subject != ONC_SUBJECT_FIRST || clause->form == ONC_FORM_MODAL)))
    return clause->negated || clause->subject != ONC_SUBJECT_NONE ||
                   !(clause->please || onc_scene_has (scene, C (ME)) ||
                     onc_scene_has_deadline (scene))
               ? onc_verdict_none
               : onc_rule_plea (scene);
  if (onc_token_has (verb, C (MODAL)))
    return judge_obligation (scene);
  if ((onc_token_has (verb, C (NEED)) ||
       (onc_token_is (verb, ONC_WORD_BE) && onc_token_has (object, C (NEED)))) &&
      (clause->subject == ONC_SUBJECT_FIRST || clause->subject == ONC_SUBJECT_NONE))
    return onc_rule_need (scene);
  if (onc_scene_follows_length (scene) &&
      (clause->subject == ONC_SUBJECT_FIRST || clause->subject == ONC_SUBJECT_YOU ||
       /* "2 hours and the VPN should be up" */
       (onc_token_is (verb, ONC_WORD_BE) && onc_token_has (object, C (DONE)))))
    return onc_verdict_promise ("says when the author is back or done");
  /* "the night shift will call you at 6" */
  if (clause->subject == ONC_SUBJECT_EVENT && clause->form == ONC_FORM_FUTURE &&
      onc_token_has (verb, C (REPORT)) && onc_token_has (object, C (YOU)))
    return judge_delegation (scene);
  switch (clause->subject)
    {
    case ONC_SUBJECT_FIRST:
    case ONC_SUBJECT_NONE:
    case ONC_SUBJECT_TEAM:
      return judge_own_future (scene);
    case ONC_SUBJECT_SOMEONE:
    case ONC_SUBJECT_NAME:
      /* "Power will be back by 3": what begins a sentence has a capital anyway */
      return onc_scene_names_service (scene) && clause->start == 0 ? judge_outcome (scene)
                                                                   : judge_delegation (scene);
    case ONC_SUBJECT_PERSON:
      return (onc_scene_has (scene, C (YOU)) || onc_scene_was_named (scene) ||
              /* "engineer assigned, he'll be in touch by noon" */
              (onc_scene_was_mentioned (scene) && onc_scene_has_word (scene, ONC_WORD_IN_TOUCH))) &&
                     !onc_scene_has (scene, C (ME)) && clause->form == ONC_FORM_FUTURE
                 ? onc_deed_promise (deed, scene, "somebody of the team will do it")
                 : onc_verdict_none;
    case ONC_SUBJECT_YOU:
      return onc_rule_receiving (scene);
    case ONC_SUBJECT_IT:
    case ONC_SUBJECT_NEWS:
    case ONC_SUBJECT_OTHER:
    case ONC_SUBJECT_EVENT:
    case ONC_SUBJECT_PLAN:
    case ONC_SUBJECT_DEADLINE:
      return scene->question ? onc_verdict_none : judge_outcome (scene);
    case ONC_SUBJECT_THEY:
      /* "<@U1> is on it, they'll report at 5" */
      return onc_scene_was_mentioned (scene) &&
                     (onc_token_has (verb, C (REPORT) | C (DELIVER) | C (WORK)) ||
                      onc_scene_has (scene, C (YOU)) ||
                      onc_scene_has_word (scene, ONC_WORD_IN_TOUCH) ||
                      onc_token_has (object, C (IT))) &&
                     clause->form == ONC_FORM_FUTURE && !onc_scene_has (scene, C (ME))
                 ? onc_deed_promise (deed, scene, "somebody of the team will do it")
                 : onc_verdict_none;
    case ONC_SUBJECT_OUTSIDER:
    default:
      return onc_verdict_none;
    }
}

/* Whether what has to be is a time and no later: "it has to be Friday at the latest". */
static gboolean
names_last_day (const OncScene *scene)
{
  const OncWhen *when = onc_scene_when (scene,
                                        onc_scene_skip_idle (scene, scene->clause->verb + 1));

  return when != NULL && when->kind == ONC_WHEN_POINT && when->capped;
}

OncVerdict
onc_rule_must (const OncScene *scene)
{
  const OncClause *clause = scene->clause;
  const OncToken *verb = onc_scene_token (scene, clause->verb);

  if (clause->negated || scene->question ||
      (clause->subject == ONC_SUBJECT_OUTSIDER && !onc_token_has (verb, C (RECEIVE))) ||
      (onc_token_has (verb, C (HAVE)) &&
       onc_token_has (onc_scene_token (scene, clause->verb + 1), C (PAST))))
    return onc_verdict_none;
  if (clause->subject == ONC_SUBJECT_YOU && !onc_scene_has_deadline (scene))
    return onc_verdict_none;
  if ((clause->subject == ONC_SUBJECT_PERSON || clause->subject == ONC_SUBJECT_THEY) &&
      !onc_token_has (verb, C (RECEIVE)))
    return onc_verdict_none;
  if (clause->subject == ONC_SUBJECT_SOMEONE ||
      /* "I must ask you to leave by 6" */
      (onc_token_is (verb, ONC_WORD_ASK) && onc_rule_asks_others (scene)))
    return onc_verdict_request ("says what has to be");
  if (clause->subject == ONC_SUBJECT_FIRST)
    {
      /* "we have to be live by 4" */
      if (onc_token_is (verb, ONC_WORD_BE) && onc_scene_has_deadline (scene))
        {
          const OncToken *state = onc_scene_token (scene,
                                                   onc_scene_skip_idle (scene, clause->verb + 1));

          return onc_token_has (state, C (DONE)) && !onc_token_has (state, C (HERE))
                     ? onc_verdict_request ("says what has to be")
                     : onc_verdict_none;
        }
      /* "we need to push it to 4:30" */
      if (onc_token_has (verb, C (SHIFT)) && onc_scene_has_word (scene, ONC_WORD_TO) &&
          onc_scene_has (scene, C (IT)) && !onc_scene_names_event (scene) &&
          onc_scene_first_point (scene) != NULL)
        return onc_rule_shift (scene);
      /* "I have to restart it, 10 minutes" */
      if (onc_token_has (verb, C (WORK)) && onc_scene_first_when (scene) == NULL)
        return (OncVerdict){ .act = ONC_ACT_DOING,
                             .reason = "tells what the author is doing and when" };
      /* "I'd need to know by 3" */
      if (onc_token_has (verb, C (MODAL)))
        verb = onc_scene_token (scene, onc_scene_skip_idle (scene, clause->verb + 1));
      /* "I need to get an answer by 4", not "I need to get this done by 4" */
      if (!onc_token_has (verb, C (RECEIVE)) ||
          (onc_token_is (verb, ONC_WORD_GET) && !onc_scene_has (scene, C (NEWS))))
        return onc_verdict_none;
      return onc_verdict_request ("says what the author needs");
    }
  if (onc_token_is (verb, ONC_WORD_BE) &&
      !onc_token_has (onc_scene_token (scene, onc_scene_skip_idle (scene, clause->verb + 1)),
                      C (DONE) | C (PAST)) &&
      !onc_scene_has_deadline (scene) && !names_last_day (scene) &&
      /* "it needs to be on her desk 9am Monday" */
      !(onc_scene_first_point (scene) != NULL && clause->subject == ONC_SUBJECT_OTHER &&
        onc_token_has (onc_scene_token (scene, onc_scene_skip_idle (scene, clause->verb + 1)),
                       C (BEGIN))))
    return onc_verdict_none;
  if (clause->subject == ONC_SUBJECT_NONE && !onc_token_has (verb, C (RECEIVE)) &&
      !onc_token_is (verb, ONC_WORD_BE))
    return onc_verdict_none;
  return onc_verdict_request ("says what has to be");
}

OncVerdict
onc_rule_would (const OncScene *scene)
{
  const OncClause *clause = scene->clause;
  const OncToken *verb = onc_scene_token (scene, clause->verb);
  gboolean author = clause->subject == ONC_SUBJECT_FIRST || clause->subject == ONC_SUBJECT_NONE;

  if (clause->negated || (onc_token_has (verb, C (PAST)) && !onc_token_has (verb, C (BASE))) ||
      onc_token_has (verb, C (HAVE)))
    return onc_verdict_none;
  if (clause->subject == ONC_SUBJECT_OUTSIDER)
    return onc_verdict_request ("passes on what somebody wants");
  /* "Mrs Jones would like her glasses by Friday" */
  if (!author && onc_token_has (verb, C (IDLE) | C (WANT)) &&
      (onc_token_is (verb, ONC_WORD_LIKE) || onc_token_has (verb, C (WANT))) &&
      clause->subject != ONC_SUBJECT_YOU && onc_scene_has_deadline (scene))
    return onc_verdict_request ("passes on what somebody wants");
  if (!author)
    return onc_verdict_none;
  if (onc_token_has (verb, C (THINK) | C (SAY) | C (AIM)) ||
      /* "I'd give it an hour", "I'd allow 2 hours" */
      (onc_token_has (verb, C (DELIVER)) && onc_token_has (verb, C (MINUTES)) &&
       onc_scene_first_when (scene) != NULL &&
       onc_scene_first_when (scene)->kind == ONC_WHEN_SPAN) ||
      /* "my guess would be an hour" */
      (onc_scene_has_word (scene, ONC_WORD_ESTIMATE) && onc_token_is (verb, ONC_WORD_BE)))
    return onc_verdict_promise ("estimates it");
  /* "I'd ask you to leave by 6" */
  if (onc_token_is (verb, ONC_WORD_ASK) && onc_rule_asks_others (scene))
    return onc_verdict_request ("asks for it");
  if (onc_token_is (verb, ONC_WORD_LIKE))
    {
      guint next = onc_scene_skip_idle (scene, clause->verb + 1);
      gboolean to = onc_token_is (onc_scene_token (scene, next), ONC_WORD_TO);
      const OncToken *deed = onc_scene_token (scene, onc_scene_skip_idle (scene, next + 1));

      /* "I'd like to get the numbers by 5", not "I'd like to get this done by 5" */
      if (to && (!onc_token_has (deed, C (RECEIVE)) ||
                 (onc_token_is (deed, ONC_WORD_GET) && !onc_scene_has (scene, C (NEWS)))))
        return onc_verdict_promise ("the author means to do it");
      return onc_verdict_request ("wishes for it");
    }
  if (onc_token_has (verb, C (NEED) | C (WANT)))
    {
      const OncWhen *when = onc_scene_when (scene, onc_scene_skip_idle (scene, clause->verb + 1));

      return when == NULL ? onc_verdict_request ("says what the author needs") : onc_verdict_none;
    }
  return onc_verdict_none;
}
