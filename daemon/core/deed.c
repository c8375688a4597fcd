/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "deed.h"

#define C(class) ONC_CLASS_BIT (class)

/* Returns: what it means to be what follows @next: "I'll be back", "I'll be in a meeting". */
static OncDeed
deed_of_being (const OncScene *scene, guint next)
{
  const OncToken *state = onc_scene_token (scene, next);
  const OncWhen *when = onc_scene_when (scene, next);

  if (onc_token_is (state, ONC_WORD_BACK) || onc_token_is (state, ONC_WORD_WITH_YOU) ||
      onc_token_is (state, ONC_WORD_BRB) || onc_token_is (state, ONC_WORD_IN_TOUCH))
    return ONC_DEED_SURE;
  if (onc_token_is (state, ONC_WORD_ON_IT) ||
      (state->kind == ONC_TOKEN_MARK && onc_scene_has_word (scene, ONC_WORD_THERE)))
    return ONC_DEED_TIMED;
  /* "we'll be here till midnight" */
  if (onc_scene_first_when (scene) != NULL && onc_scene_first_when (scene)->prep == ONC_PREP_UNTIL)
    return ONC_DEED_NONE;
  /* "I'll be 20 minutes", "I'll be there at 4", but not "I'll be there next week" */
  if (when != NULL)
    return when->kind == ONC_WHEN_SPAN || when->minute >= 0 || when->turn >= 0 ||
                   when->prep == ONC_PREP_BY
               ? ONC_DEED_TIMED
               : ONC_DEED_NONE;
  if (onc_scene_has_word (scene, ONC_WORD_PRIVATE))
    return ONC_DEED_NONE;
  /* "I'll be on the line with an answer at 9", "we'll be at your door between 2 and 4" */
  if (onc_token_has (state, C (BEGIN)) && !onc_scene_has_word (scene, ONC_WORD_OFF) &&
      (onc_scene_has (scene, C (YOU)) || onc_scene_has_word (scene, ONC_WORD_YOUR) ||
       (onc_scene_has (scene, C (NEWS)) && !onc_scene_has (scene, C (EVENT)))))
    return ONC_DEED_TIMED;
  /* "I'll be on the bridge in 5" */
  if (onc_token_has (state, C (BEGIN)) && state->value == ONC_PREP_ON &&
      onc_token_is (onc_scene_token (scene, next + 1), ONC_WORD_THE) &&
      onc_scene_has_arrival (scene))
    return ONC_DEED_TIMED;
  /* "I'll be on site in four hours", but not "in a meeting", "on leave until Friday" */
  if (onc_token_has (state, C (BEGIN)) && !onc_scene_has (scene, C (EVENT)) &&
      onc_scene_has_arrival (scene))
    return ONC_DEED_TIMED;
  /* "I'll be out tomorrow" */
  if (onc_token_is (state, ONC_WORD_OUT) && scene->clause->subject == ONC_SUBJECT_FIRST)
    return ONC_DEED_NONE;
  if (onc_token_has (state, C (DONE) | C (HERE)) || onc_scene_has (scene, C (SOON)) ||
      (onc_token_has (state, C (BEGIN)) &&
       onc_scene_when (scene, onc_scene_skip_idle (scene, next + 1)) != NULL))
    return ONC_DEED_TIMED;
  if (onc_token_has (state, C (MODAL)))
    next = onc_scene_skip_idle (scene, next + 1);
  /* "working from home" */
  if (onc_token_is (onc_scene_token (scene, next), ONC_WORD_BUSINESS) &&
      !onc_scene_has_word (scene, ONC_WORD_ON_IT))
    return ONC_DEED_NONE;
  /* "I'll be teaching all day" */
  if (onc_token_has (onc_scene_token (scene, next), C (ING)) &&
      onc_token_is_plain (onc_scene_token (scene, next)) &&
      (onc_scene_token (scene, next + 1)->kind != ONC_TOKEN_WORD ||
       onc_token_has (onc_scene_token (scene, next + 1), C (IDIOM))))
    return ONC_DEED_NONE;
  return onc_token_has (onc_scene_token (scene, next), C (ING) | C (BASE))
             ? onc_deed_at (scene, next)
             : ONC_DEED_NONE;
}

/* Returns: what it means to have what follows @next: "I'll have it", "I'll have lunch". */
static OncDeed
deed_of_having (const OncScene *scene, guint next)
{
  const OncToken *object = onc_scene_token (scene, next);

  if (object->kind == ONC_TOKEN_TIME || object->kind == ONC_TOKEN_NUMBER ||
      onc_scene_has_word (scene, ONC_WORD_TIME))
    return ONC_DEED_NONE;
  /* "have a word", "have a go", but not "have a drink", "have a call" */
  if (onc_token_is (object, ONC_WORD_A))
    {
      object = onc_scene_token (scene, next + 1);
      if (onc_token_has (object, C (BASE)) &&
          !onc_token_has (object, C (IDLE) | C (ABSENT) | C (EVENT)))
        return ONC_DEED_SURE;
    }
  if (onc_scene_has_word (scene, ONC_WORD_LOOK) || onc_token_has (object, C (SOMEONE) | C (TEAM)))
    return ONC_DEED_SURE;
  return onc_token_has (object, C (EVENT)) ? ONC_DEED_NONE : ONC_DEED_TIMED;
}

/* Returns: what it means to see @object: "I'll see what I can do", "I'll see you". */
static OncDeed
deed_of_seeing (const OncScene *scene, const OncToken *object)
{
  /* "let me see if I can" */
  if (object->kind == ONC_TOKEN_MARK && scene->index + 1 < scene->parse->n_clauses &&
      scene->parse->clauses[scene->index + 1].joint == ONC_JOINT_IF &&
      scene->parse->clauses[scene->index + 1].subject == ONC_SUBJECT_FIRST)
    return ONC_DEED_SURE;
  if (onc_token_has (object, C (WH) | C (IF)))
    return ONC_DEED_SURE;
  return onc_token_has (object, C (YOU)) || object->kind == ONC_TOKEN_MARK ||
                 object->kind == ONC_TOKEN_TIME
             ? ONC_DEED_NONE
             : ONC_DEED_TIMED;
}

/* Returns: what it means to let what follows @next: "we'll let you know", "I'll let you back in".
 */
static OncDeed
deed_of_letting (const OncScene *scene, guint next)
{
  if (onc_scene_has_word (scene, ONC_WORD_KNOW))
    return ONC_DEED_SURE;
  return onc_token_has (onc_scene_token (scene, next), C (YOU)) &&
                 onc_token_has (onc_scene_token (scene, next + 1),
                                C (HERE) | C (DONE) | C (PREP) | C (BEGIN))
             ? ONC_DEED_TIMED
             : ONC_DEED_NONE;
}

/* Returns: what @verb means by its classes; @next is the token behind it. */
static OncDeed
deed_of_classes (const OncScene *scene, const OncToken *verb, guint next)
{
  const OncToken *object = onc_scene_token (scene, next);

  /* "I'll hop off at 5" */
  if (onc_token_is (object, ONC_WORD_OFF) &&
      onc_scene_token (scene, onc_scene_skip_idle (scene, next + 1))->kind != ONC_TOKEN_WORD)
    return ONC_DEED_NONE;
  if (onc_token_has (verb, C (REPORT) | C (DELIVER) | C (WORK)))
    return ONC_DEED_SURE;
  /* "[the tip] will save me another week" */
  if (onc_token_has (object, C (ME)) && !onc_token_has (verb, C (AIM)))
    return ONC_DEED_NONE;
  /* "somebody will meet you at the door at 1" */
  if (onc_token_has (verb, C (ABSENT)) && onc_token_has (object, C (YOU)))
    return ONC_DEED_TIMED;
  /* "I'll land it today" */
  if (onc_token_has (verb, C (ABSENT)) && onc_token_has (object, C (IT)) &&
      onc_scene_first_when (scene) != NULL && onc_scene_first_when (scene)->prep != ONC_PREP_UNTIL)
    return ONC_DEED_TIMED;
  /* "in an hour I can say more" */
  if (onc_token_has (verb, C (SAY)) && onc_token_is (object, ONC_WORD_MORE))
    return ONC_DEED_TIMED;
  /* "we will pay the arrears on or before 28 May" */
  if (onc_token_has (verb, C (IDLE)) && scene->clause->form == ONC_FORM_FUTURE &&
      scene->clause->subject == ONC_SUBJECT_FIRST && onc_scene_has_deadline (scene) &&
      onc_token_has (object, C (IT) | C (ARTICLE) | C (YOU)))
    return ONC_DEED_TIMED;
  if (onc_token_has (verb, C (IDLE) | C (ABSENT) | C (LAST) | C (SAY) | C (THINK) | C (WANT) |
                               C (NEED) | C (MODAL) | C (WILL)) &&
      !onc_token_has (verb, C (AIM)))
    return ONC_DEED_NONE;
  /* "once it arrives we'll fit it": an unknown verb that is done to what it is about */
  if (verb->classes == 0 && verb->id == ONC_WORD_OTHER && onc_token_has (object, C (IT)) &&
      !onc_token_has (object, C (ARTICLE)) && scene->clause->form == ONC_FORM_FUTURE &&
      scene->clause->subject == ONC_SUBJECT_FIRST &&
      (scene->parse->sentence.classes & C (SUB)) != 0)
    return ONC_DEED_SURE;
  /* "will arrange": whatever the author will do commits to it; of a thing that needs a time. */
  if (onc_token_has (verb, C (BASE)) && verb->id == ONC_WORD_OTHER &&
      scene->clause->form == ONC_FORM_FUTURE &&
      (scene->clause->subject == ONC_SUBJECT_FIRST ||
       (scene->clause->subject == ONC_SUBJECT_NONE &&
        scene->clause->anchor == scene->clause->start &&
        /* "both will accept it" */
        !onc_token_is (onc_scene_token (scene, scene->clause->begin), ONC_WORD_BOTH))))
    return ONC_DEED_SURE;
  return ONC_DEED_TIMED;
}

/* Whether something is got done: "[get] this escalated", "you sorted", but not "the numbers". */
static gboolean
gets_it_done (const OncScene *scene, guint object)
{
  if (onc_token_has (onc_scene_token (scene, object), C (YOU)) &&
      onc_token_has (onc_scene_token (scene, object + 1), C (PAST) | C (DONE)))
    return TRUE;
  if (!onc_token_has (onc_scene_token (scene, object),
                      C (IT) | C (ARTICLE) | C (OUR) | C (SOMEONE)))
    return FALSE;
  for (guint i = object + 1; i < scene->clause->end; i++)
    {
      const OncToken *token = onc_scene_token (scene, i);

      if (onc_token_has (token, C (PAST)) &&
          onc_token_has (token, C (REPORT) | C (DELIVER) | C (WORK)))
        return TRUE;
    }
  return FALSE;
}

OncDeed
onc_deed_at (const OncScene *scene, guint i)
{
  const OncToken *verb = onc_scene_token (scene, i);
  guint next = onc_scene_skip_idle (scene, i + 1);
  const OncToken *object = onc_scene_token (scene, next);
  gboolean back = onc_token_is (object, ONC_WORD_BACK) ||
                  onc_token_is (onc_scene_token (scene, next + 1), ONC_WORD_BACK);

  /* "Monday I will" */
  if (i >= scene->clause->end && scene->clause->form == ONC_FORM_FUTURE &&
      scene->clause->subject == ONC_SUBJECT_FIRST)
    return ONC_DEED_TIMED;
  if (verb->kind != ONC_TOKEN_WORD)
    /* "should [not be more than] 45 minutes" */
    return verb->kind == ONC_TOKEN_OPAQUE ||
                   (verb->kind == ONC_TOKEN_TIME && (scene->clause->form == ONC_FORM_MODAL ||
                                                     scene->clause->form == ONC_FORM_FUTURE))
               ? ONC_DEED_TIMED
               : ONC_DEED_NONE;
  switch (verb->id)
    {
    case ONC_WORD_BE:
      return deed_of_being (scene, next);
    case ONC_WORD_HAVE:
      return deed_of_having (scene, next);
    case ONC_WORD_SEE:
      return deed_of_seeing (scene, object);
    case ONC_WORD_TAKE:
      /* "I'll take a look", "I'll take this one", "I'll take it from here" */
      if (onc_scene_has_word (scene, ONC_WORD_LOOK) || onc_token_has (object, C (IT)))
        return ONC_DEED_SURE;
      return onc_scene_has_word (scene, ONC_WORD_OFF) || onc_scene_has (scene, C (EVENT))
                 ? ONC_DEED_NONE
                 : ONC_DEED_TIMED;
    case ONC_WORD_GO:
      return onc_scene_has (scene, C (DONE)) || back || onc_scene_has_word (scene, ONC_WORD_OVER)
                 ? ONC_DEED_TIMED
                 : ONC_DEED_NONE;
    /* "I'll give it a try" is no matter of the reader's. */
    case ONC_WORD_GIVE:
      return onc_token_has (object, C (IT)) ? ONC_DEED_TIMED : ONC_DEED_SURE;
    case ONC_WORD_CHECK:
      return onc_scene_has_word (scene, ONC_WORD_OUT) ? ONC_DEED_TIMED : ONC_DEED_SURE;
    case ONC_WORD_DO:
      /* "will do", "I'll do that", "I'll do some digging" */
      return object->kind == ONC_TOKEN_MARK || onc_token_has (object, C (IT) | C (ING))
                 ? ONC_DEED_SURE
                 : ONC_DEED_TIMED;
    case ONC_WORD_LET:
      return deed_of_letting (scene, next);
    case ONC_WORD_GET:
    case ONC_WORD_COME:
      return back || onc_token_is (object, ONC_WORD_ON_IT) ||
                     /* "I'll get to it" */
                     (onc_token_is (object, ONC_WORD_TO) &&
                      onc_token_has (onc_scene_token (scene, next + 1), C (IT)) &&
                      onc_scene_token (scene, next + 2)->kind != ONC_TOKEN_WORD) ||
                     gets_it_done (scene, next) || onc_token_has (object, C (SOMEONE) | C (TEAM))
                 ? ONC_DEED_SURE
                 : ONC_DEED_TIMED;
    case ONC_WORD_TRY:
      return onc_token_is (object, ONC_WORD_TO)
                 ? onc_deed_at (scene, onc_scene_skip_idle (scene, next + 1))
                 : ONC_DEED_TIMED;
    case ONC_WORD_ENSURE:
      return ONC_DEED_SURE;
    case ONC_WORD_PASS:
      return object->kind == ONC_TOKEN_WORD ? ONC_DEED_SURE : ONC_DEED_NONE;
    case ONC_WORD_KEEP:
      return onc_scene_has_word (scene, ONC_WORD_POSTED) || onc_token_has (object, C (ING))
                 ? ONC_DEED_SURE
                 : ONC_DEED_TIMED;
    case ONC_WORD_RETRY:
      return scene->clause->subject == ONC_SUBJECT_FIRST ? ONC_DEED_TIMED : ONC_DEED_NONE;
    default:
      break;
    }
  return deed_of_classes (scene, verb, next);
}

OncVerdict
onc_deed_promise (OncDeed deed, const OncScene *scene, const char *reason)
{
  const OncToken *verb = onc_scene_token (scene, scene->clause->verb);
  OncVerdict verdict = onc_verdict_promise (reason);

  if (deed == ONC_DEED_NONE)
    return onc_verdict_none;
  verdict.vague = deed == ONC_DEED_SURE || onc_scene_has (scene, C (SOON) | C (URGENT));
  verdict.after = scene->clause->form == ONC_FORM_FUTURE;
  /* "I'll get it to you for 9:30", "I can be there for 4" */
  verdict.lasting = onc_scene_first_point (scene) != NULL &&
                    onc_scene_first_point (scene)->minute >= 0 &&
                    (onc_scene_has (scene, C (YOU))
                         ? onc_token_is (verb, ONC_WORD_GET)
                         : onc_token_is (verb, ONC_WORD_BE) &&
                               onc_scene_has_word (scene, ONC_WORD_THERE));
  /* "we post every week" tells of a habit, "we'll post every hour" promises. */
  verdict.cadence = (onc_scene_has (scene, C (NEWS) | C (REPORT)) ||
                     onc_token_has (verb, C (DELIVER)) || onc_token_is (verb, ONC_WORD_CHECK)) &&
                    scene->clause->form != ONC_FORM_PRESENT;
  return verdict;
}
