/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A clause, and what the rules ask about it and what stands before it. */

#pragma once

#include "clause.h"
#include "verdict.h"

G_BEGIN_DECLS

typedef struct
{
  const OncParse *parse;   /* (not owned) */
  const OncClause *clause; /* (not owned) */
  guint index;             /* of the clause */
  gboolean question;       /* the clause ends with a question mark */
} OncScene;

/* Returns: (transfer none): the token with @index, or onc_no_token beyond the clause. */
static inline const OncToken *
onc_scene_token (const OncScene *self, guint index)
{
  return index < self->clause->end ? onc_parse_token (self->parse, index) : &onc_no_token;
}

/* Returns: (transfer none) (nullable): the time that the token with @index is. */
static inline const OncWhen *
onc_scene_when (const OncScene *self, guint index)
{
  const OncToken *token = onc_scene_token (self, index);

  return token->kind == ONC_TOKEN_TIME ? &self->parse->whens[token->value] : NULL;
}

/* Whether the clause has a word with any of @classes, given as bits. */
static inline gboolean
onc_scene_has (const OncScene *self, guint64 classes)
{
  return (self->clause->classes & classes) != 0;
}

static inline gboolean
onc_scene_has_word (const OncScene *self, OncWordId id)
{
  return onc_clause_has_word (self->clause, id);
}

/* Returns: (transfer none): the word or mark right before the clause. */
static inline const OncToken *
onc_scene_lead (const OncScene *self)
{
  return onc_parse_token (self->parse, self->clause->lead);
}

/* Returns: the first token from @index on that says something. */
guint onc_scene_skip_idle (const OncScene *self, guint index);

/* Whether the clause has a time that @verdict could be about. */
gboolean onc_scene_has_time (const OncScene *self, const OncVerdict *verdict);

/* Whether the clause begins with the time that it calls possible: "Thursday should be doable". */
gboolean onc_scene_calls_time_doable (const OncScene *self);

/* Whether the clause has a time before which something is to be: "by 4", "before lunch", "before we
 * open at 9". */
gboolean onc_scene_has_deadline (const OncScene *self);

/* Whether the clause says in or by when: "in an hour", "by 4". */
gboolean onc_scene_has_arrival (const OncScene *self);

/* Whether the clause has a time that is no bare length: "back in 10", "back at 4", not "up 45
 * days". */
gboolean onc_scene_has_bound (const OncScene *self);

/* Whether a time stands right behind the states with which the clause begins: "back up at 4", not
 * "good luck at 4". */
gboolean onc_scene_has_state_time (const OncScene *self);

/* Whether the clause tells what is so at a time on many days: "by 9:10 every day". */
gboolean onc_scene_is_habit (const OncScene *self);

/* Whether something was struck out in the clause. */
gboolean onc_scene_has_struck (const OncScene *self);

/* Whether nothing but a time is in the clause, and words that change nothing; sets *@when to it. */
gboolean onc_scene_is_bare_time (const OncScene *self, const OncWhen **when);

/* Whether a moment is asked for at the token @index that no clock measures: "a sec", "1 sec". With
 * @asked the words before ask for one: then "a while" is another, and more may follow it. */
gboolean onc_scene_is_moment (const OncScene *self, guint index, gboolean asked);

/* Whether the clause names what is owed to the asker: "fix at 4", not "in my updates". */
gboolean onc_scene_names_news (const OncScene *self);

/* Whether from the token @index on it is said where something is handed over, or to whom: "in the
 * shared folder", "on your desk", "with you". */
gboolean onc_scene_names_place (const OncScene *self, guint index);

/* Whether the clause names what works or does not, or where it runs: "normal service", "the site".
 */
static inline gboolean
onc_scene_names_service (const OncScene *self)
{
  return onc_scene_has_word (self, ONC_WORD_SERVICE) || onc_scene_has_word (self, ONC_WORD_PLACE);
}

/* Whether the clause names what happens at a time: "a call at 4", not "the bridge update at 4". */
gboolean onc_scene_names_event (const OncScene *self);

/* Whether the clause says that it is urgent; "immediately" alone may tell how things happen. */
gboolean onc_scene_is_urgent (const OncScene *self);

/* Whether the clause says that it is urgent, or asks for it at once: "help needed right now
 * please".
 */
gboolean onc_scene_is_pressing (const OncScene *self);

/* Whether "please" is in the clause or stands right behind it: "headcount by noon, please". */
gboolean onc_scene_is_polite (const OncScene *self);

/* Returns: (transfer none) (nullable): the first time of the clause. */
const OncWhen *onc_scene_first_when (const OncScene *self);

/* Returns: (transfer none) (nullable): the first point in time of the clause that is to come. */
const OncWhen *onc_scene_first_point (const OncScene *self);

/* Returns: (transfer none) (nullable): the bare length of time that is the first thing said from
 * the token @index on. */
const OncWhen *onc_scene_length_at (const OncScene *self, guint index);

/* Whether the clause right before has the word @id. */
gboolean onc_scene_follows_word (const OncScene *self, OncWordId id);

/* Whether right before the clause a time is said to be it: "noon is when". */
gboolean onc_scene_follows_identity (const OncScene *self);

/* Whether right before the clause nothing but a length of time was said: "10 minutes and I'm
 * done". */
gboolean onc_scene_follows_length (const OncScene *self);

/* Whether a clause before names or mentions somebody: "<@U1> is on it, she'll post at 3", "I've
 * asked Ada, she'll call". */
gboolean onc_scene_was_named (const OncScene *self);

/* Whether a clause before mentions somebody, or the team: "I've asked infra, they'll close it". */
gboolean onc_scene_was_mentioned (const OncScene *self);

/* Whether the clause says what somebody said, or is what they said. */
gboolean onc_scene_is_reported (const OncScene *self);

/* Whether the sentence supposes rather than states: "I could do it by 4 if I had access". */
gboolean onc_scene_is_hypothetical (const OncScene *self);

/* Whether the clause only says more of the one before it: "it failed, returning errors at 3". */
gboolean onc_scene_is_adjunct (const OncScene *self);

G_END_DECLS
