/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What is wanted of others in the words of somebody who waits for it: "I expect your answer", "we
 * ask for your consent", "all I want is a call". */

#include "rule-private.h"

#define C(class) ONC_CLASS_BIT (class)

/* Whether it is the reader from whom something is to come: "an answer from you", "feedback from
 * your side". */
static gboolean
comes_from_reader (const OncScene *scene)
{
  for (guint i = scene->clause->start; i < scene->clause->end; i++)
    {
      const OncToken *token = onc_scene_token (scene, i);
      const OncToken *next = onc_scene_token (scene, i + 1);

      if (onc_token_has (token, C (BEGIN)) && token->value == ONC_PREP_FROM &&
          (onc_token_has (next, C (YOU)) || onc_token_is (next, ONC_WORD_YOUR)))
        return TRUE;
    }
  return FALSE;
}

/* Whether what is named behind the token @i is to be in a state or to do something, which is the
 * author's work: "[hoping to have] your laptop ready by 4", not "your signed form by 4". */
static gboolean
becomes_something (const OncScene *scene, guint i)
{
  for (i++; i < scene->clause->end; i++)
    {
      const OncToken *token = onc_scene_token (scene, i);
      const OncToken *next = onc_scene_token (scene, i + 1);

      if (onc_token_is (token, ONC_WORD_TO))
        return TRUE;
      if (onc_token_has (token, C (DONE) | C (PAST)) &&
          (next->kind != ONC_TOKEN_WORD || onc_token_has (next, C (PREP) | C (BEGIN))))
        return TRUE;
    }
  return FALSE;
}

gboolean
onc_rule_awaits_reader (const OncScene *scene)
{
  guint next = onc_scene_skip_idle (scene, scene->clause->verb + 1);
  const OncToken *object = onc_scene_token (scene, next);
  gboolean to = onc_token_is (object, ONC_WORD_TO);
  guint deed = to ? onc_scene_skip_idle (scene, next + 1) : next;
  guint had = to || onc_token_has (object, C (BASE)) ? deed : scene->clause->verb;
  guint thing = onc_scene_skip_idle (scene, had + 1);

  if (onc_token_has (object, C (YOU) | C (SOMEONE)) || onc_scene_has_word (scene, ONC_WORD_HEAR))
    return TRUE;
  /* "we expect a technician on the phone by 4" */
  if (onc_token_is (object, ONC_WORD_A) && !onc_scene_has (scene, C (YOU)) &&
      (onc_token_has (onc_scene_token (scene, next + 1), C (TEAM)) ||
       onc_token_is (onc_scene_token (scene, next + 1), ONC_WORD_CREW)))
    return TRUE;
  /* "I expect my answer to reach you by 4" */
  if (onc_token_has (object, C (OUR)))
    return FALSE;
  if (had == deed && !onc_token_has (onc_scene_token (scene, had), C (RECEIVE)))
    return FALSE;
  if (onc_token_is (onc_scene_token (scene, thing), ONC_WORD_YOUR))
    return !becomes_something (scene, thing);
  if (comes_from_reader (scene))
    return TRUE;
  if (had == deed)
    return FALSE;
  return (onc_scene_has_word (scene, ONC_WORD_REPLY) && !onc_scene_has (scene, C (OUTSIDER))) ||
         (onc_token_is (onc_scene_token (scene, scene->clause->verb), ONC_WORD_HOPE) &&
          onc_scene_has (scene, C (NEWS)));
}

gboolean
onc_rule_asks_others (const OncScene *scene)
{
  const OncToken *verb = onc_scene_token (scene, scene->clause->verb);
  const OncToken *object = onc_scene_token (scene,
                                            onc_scene_skip_idle (scene, scene->clause->verb + 1));

  if (onc_scene_has (scene, C (OUTSIDER)))
    return FALSE;
  if (onc_token_is (verb, ONC_WORD_ASK))
    return onc_token_has (object, C (YOU) | C (SOMEONE)) ||
           (onc_token_has (object, C (BEGIN)) && object->value == ONC_PREP_FOR);
  return onc_token_has (verb, C (WANT)) && !onc_token_is (verb, ONC_WORD_EXPECT) &&
         (!onc_token_is (verb, ONC_WORD_WAIT) || onc_scene_has (scene, C (NEWS)));
}

gboolean
onc_rule_is_awaited (const OncScene *scene, const OncToken *participle)
{
  if (!onc_scene_has_bound (scene))
    return FALSE;
  /* "you are expected to reply by 4", "guests are asked to leave by 11" */
  if (onc_token_has (participle, C (PAST)) &&
      (onc_token_is (participle, ONC_WORD_ASK) ||
       (onc_token_is (participle, ONC_WORD_EXPECT) && scene->clause->subject == ONC_SUBJECT_YOU)))
    return TRUE;
  if (!onc_token_has (participle, C (WANT)))
    return FALSE;
  return !onc_token_is (participle, ONC_WORD_EXPECT) || comes_from_reader (scene) ||
         (onc_scene_has_word (scene, ONC_WORD_REPLY) && onc_scene_has_word (scene, ONC_WORD_YOUR));
}

gboolean
onc_rule_wants_most (const OncScene *scene, guint *thing)
{
  gboolean wants = FALSE;

  *thing = 0;
  if ((!scene->clause->wh && scene->clause->subject != ONC_SUBJECT_FIRST) ||
      scene->clause->negated || scene->question)
    return FALSE;
  for (guint i = scene->clause->start + 1; i < scene->clause->end && *thing == 0; i++)
    {
      const OncToken *token = onc_scene_token (scene, i);
      const OncToken *next = onc_scene_token (scene, i + 1);

      if (wants && onc_token_has (token, C (BE)) && !onc_token_has (token, C (PAST) | C (BASE)) &&
          !onc_token_is (next, ONC_WORD_TO))
        *thing = i + 1;
      wants |= ((onc_token_has (token, C (NEED) | C (WANT)) ||
                 onc_token_is (token, ONC_WORD_ASK)) &&
                !onc_token_has (token, C (PAST))) ||
               (scene->clause->wh &&
                ((onc_scene_has_word (scene, ONC_WORD_WOULD) &&
                  (onc_token_is (token, ONC_WORD_LIKE) || onc_token_is (token, ONC_WORD_WISH))) ||
                 (onc_token_is (token, ONC_WORD_LOOK) && onc_token_has (next, C (BEGIN))) ||
                 onc_token_is (token, ONC_WORD_AFTER)));
    }
  return wants;
}

OncVerdict
onc_rule_wanted (const OncScene *scene)
{
  guint thing;

  if (!onc_scene_has (scene, C (BE)) && !onc_scene_has_word (scene, ONC_WORD_VITAL))
    return onc_verdict_none;
  /* "crucial to have it by noon" */
  if (onc_token_is (onc_scene_token (scene, scene->clause->start), ONC_WORD_VITAL) &&
      onc_token_is (onc_scene_token (scene, scene->clause->start + 1), ONC_WORD_TO))
    return onc_scene_has_deadline (scene) && !scene->question
               ? onc_verdict_request ("says what is needed")
               : onc_verdict_none;
  if (!onc_rule_wants_most (scene, &thing) || thing == 0)
    return onc_verdict_none;
  /* "all I need is another hour" */
  if (onc_scene_length_at (scene, thing) != NULL)
    return onc_verdict_promise ("asks for time for the author");
  return onc_scene_has_bound (scene) ? onc_verdict_request ("says what the author wants most")
                                     : onc_verdict_none;
}
