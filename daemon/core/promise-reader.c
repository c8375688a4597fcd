/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "promise-reader.h"

#include "rule.h"

/* What was found so far of one kind. */
typedef struct
{
  gboolean found;
  OncInstant due;
  guint32 begin, end;
  const char *reason;
} Finding;

/* A time that stands in a clause. */
typedef struct
{
  OncInstant due; /* 0: none */
  guint32 begin, end;
  gboolean length; /* it was said as a length of time, a minute or more, or as "by 3" */
} Moment;

typedef struct
{
  OncParse parse;
  const OncWhenContext *context;
  OncInstant said_at;
  Finding promise;
  Finding request;
  Moment last;         /* the time that "then" would mean */
  Moment beside;       /* a time that stood alone right before, which a promise may mean */
  OncVerdict open;     /* the clause before, if a time right behind it would complete it */
  gboolean only_times; /* nothing but times was said so far */
  gboolean correcting; /* "scratch that" stands right before */
  gboolean amending;   /* "sorry" stands right before */
} Reader;

static void
record (Finding *finding, const OncVerdict *verdict, Moment moment, gboolean replace)
{
  if (finding->found && finding->due != 0 && !replace &&
      (moment.due == 0 || moment.due >= finding->due))
    return;
  if (finding->found && moment.due == 0)
    return;
  *finding = (Finding){
    .found = TRUE,
    .due = moment.due,
    .begin = moment.begin,
    .end = moment.end,
    .reason = verdict->reason,
  };
}

/* Returns: the time of the token, if it can be waited for and is ahead. */
static Moment
moment_at (const Reader *reader, guint index, const OncVerdict *verdict)
{
  const OncToken *token = onc_parse_token (&reader->parse, index);
  Moment moment = { .begin = token->begin, .end = token->end };
  const OncWhen *when;

  if (token->kind != ONC_TOKEN_TIME)
    return moment;
  when = &reader->parse.whens[token->value];
  if (onc_verdict_accepts (verdict, when))
    moment.due = onc_when_resolve (when, reader->said_at, reader->parse.lexicon, reader->context);
  moment.length = (when->kind == ONC_WHEN_SPAN && when->span >= 10 * ONC_SECOND &&
                   (when->prep == ONC_PREP_NONE || when->prep == ONC_PREP_IN)) ||
                  (when->kind == ONC_WHEN_POINT && when->prep == ONC_PREP_BY);
  return moment;
}

/* Returns: the words of the clause, as a moment without a time. */
static Moment
whole_clause (const Reader *reader, const OncClause *clause)
{
  return (Moment){
    .begin = onc_parse_token (&reader->parse, clause->begin)->begin,
    .end = onc_parse_token (&reader->parse, clause->end - 1)->end,
  };
}

/* Whether what is asked for is for what was said before: "the demo's at 4, I need the deck for it".
 */
static gboolean
ends_for_it (const OncParse *parse, const OncClause *clause)
{
  const OncToken *for_token = onc_parse_token (parse, MAX (clause->end, 2) - 2);

  return onc_token_has (for_token, ONC_CLASS_BIT (BEGIN)) && for_token->value == ONC_PREP_FOR &&
         onc_token_has (onc_parse_token (parse, clause->end - 1), ONC_CLASS_BIT (IT));
}

/* A clause that promises or requests: with its own times, or with one that stands beside it. */
static void
read_act (Reader *reader, const OncClause *clause, const OncVerdict *verdict)
{
  Finding *finding = verdict->act == ONC_ACT_PROMISE ? &reader->promise : &reader->request;
  gboolean replace = reader->correcting || verdict->replaces ||
                     onc_clause_has_word (clause, ONC_WORD_CORRECTION);
  gboolean timed = FALSE;
  gboolean then = clause->joint == ONC_JOINT_THEN || clause->shared ||
                  /* "it lands on Friday and I'll fit it right away" */
                  (clause->joint == ONC_JOINT_AND &&
                   onc_clause_has_word (clause, ONC_WORD_AT_ONCE)) ||
                  onc_clause_has_word (clause, ONC_WORD_THEN) ||
                  /* "it needs six hours, I'll report after" */
                  onc_token_is (onc_parse_token (&reader->parse, clause->end - 1),
                                ONC_WORD_AFTER) ||
                  onc_clause_has_word (clause, ONC_WORD_THAT_DAY) ||
                  (verdict->act == ONC_ACT_REQUEST && ends_for_it (&reader->parse, clause));

  for (guint i = clause->begin; i < clause->end; i++)
    {
      Moment moment = moment_at (reader, i, verdict);

      if (moment.due == 0)
        continue;
      record (finding, verdict, moment, replace && !timed);
      reader->last = moment;
      timed = TRUE;
    }

  reader->open = timed ? (OncVerdict){ .act = ONC_ACT_NONE } : *verdict;
  if (!timed && reader->beside.due != 0)
    record (finding, verdict, reader->beside, replace);
  else if (!timed && then && reader->last.due != 0)
    record (finding, verdict, reader->last, replace);
  else if (!timed && verdict->vague)
    record (finding, verdict, whole_clause (reader, clause), FALSE);
  reader->beside.due = 0;
}

/* A time on its own: it completes what stands before it, or what follows. */
static void
read_time (Reader *reader, const OncClause *clause, const OncVerdict *verdict)
{
  static const OncVerdict lasting = { .lasting = TRUE };

  for (guint i = clause->begin; i < clause->end; i++)
    {
      Moment moment = moment_at (reader, i, verdict->lasting ? &lasting : verdict);

      if (moment.due == 0)
        continue;
      reader->last = moment;
      if (reader->open.act == ONC_ACT_NONE)
        reader->beside = moment;
      else
        record (reader->open.act == ONC_ACT_REQUEST ? &reader->request : &reader->promise,
                &reader->open, moment, FALSE);
    }
  reader->open = (OncVerdict){ .act = ONC_ACT_NONE };
}

/* Whether the time in the clause takes the place of one that was promised or asked for: "by 3,
 * sorry, by 4". */
static gboolean
amends (const Reader *reader, const OncClause *clause)
{
  return (reader->amending || onc_clause_has_word (clause, ONC_WORD_AMEND)) &&
         ((reader->promise.found && reader->promise.due != 0) ||
          (reader->request.found && reader->request.due != 0));
}

/* Keeps in mind the times of a clause that neither promises nor asks: "is 4pm ok? I'll call then".
 */
static void
note_times (Reader *reader, const OncClause *clause)
{
  static const OncVerdict lasting = { .lasting = TRUE };

  for (guint i = clause->begin; i < clause->end; i++)
    {
      Moment moment = moment_at (reader, i, &lasting);

      if (moment.due != 0)
        reader->last = moment;
    }
}

static void
read_clause (Reader *reader, guint index)
{
  const OncClause *clause = &reader->parse.clauses[index];
  OncVerdict verdict = onc_rule_judge (&reader->parse, index);

  /* "an hour, no, two hours" */
  if (index > 0 && clause->begin + 1 == clause->end && reader->last.due != 0 &&
      (onc_clause_has_word (clause, ONC_WORD_NO) || onc_clause_has_word (clause, ONC_WORD_WELL)))
    {
      reader->amending = TRUE;
      return;
    }
  if (clause->start == clause->end && verdict.act == ONC_ACT_NONE)
    {
      reader->correcting |= onc_clause_has_word (clause, ONC_WORD_CORRECTION);
      reader->amending |= onc_clause_has_word (clause, ONC_WORD_AMEND);
      note_times (reader, clause);
      return;
    }
  reader->only_times &= verdict.act == ONC_ACT_CARRY && clause->start == clause->end;
  if (verdict.act == ONC_ACT_CARRY && amends (reader, clause))
    {
      reader->correcting = TRUE;
      if (!reader->promise.found)
        verdict = (OncVerdict){ .act = ONC_ACT_REQUEST, .reason = "corrects the time" };
    }
  if ((verdict.act == ONC_ACT_CARRY || verdict.act == ONC_ACT_DOING) && reader->correcting)
    verdict = (OncVerdict){ .act = ONC_ACT_PROMISE, .reason = "corrects the time" };
  /* "need it by Thursday. scratch that, Friday" */
  if (verdict.act == ONC_ACT_PROMISE && clause->start == clause->end && !reader->promise.found &&
      reader->request.found && reader->request.due != 0 &&
      (reader->correcting || onc_clause_has_word (clause, ONC_WORD_CORRECTION)))
    verdict.act = ONC_ACT_REQUEST;
  switch (verdict.act)
    {
    case ONC_ACT_PROMISE:
    case ONC_ACT_REQUEST:
      read_act (reader, clause, &verdict);
      break;
    case ONC_ACT_CARRY:
      read_time (reader, clause, &verdict);
      break;
    case ONC_ACT_DOING:
      if (reader->beside.due != 0 && reader->beside.length)
        record (&reader->promise, &verdict, reader->beside, FALSE);
      reader->beside.due = 0;
      for (guint i = clause->begin; i < clause->end; i++)
        {
          Moment moment = moment_at (reader, i, &verdict);

          if (moment.due == 0)
            continue;
          /* "reverting it, build in 30" */
          if (reader->open.act == ONC_ACT_DOING && moment.length)
            record (&reader->promise, &reader->open, moment, FALSE);
          else
            reader->beside = moment;
        }
      reader->open = verdict;
      break;
    case ONC_ACT_ASIDE:
      return;
    case ONC_ACT_NONE:
    default:
      if (clause->form != ONC_FORM_PAST)
        note_times (reader, clause);
      reader->beside.due = 0;
      reader->open = verdict;
      break;
    }
  reader->correcting = reader->amending = FALSE;
}

/* Whether the sentence is a line of a log: it begins with a machine's clock, or tells what was
 * when: "11:02 restarted, 11:04 back up". */
static gboolean
is_log (const OncSentence *sentence)
{
  guint n_entries = 0;

  for (guint i = 0; i < sentence->n_tokens; i++)
    {
      const OncToken *last = i > 0 ? &sentence->tokens[i - 1] : NULL;

      n_entries += sentence->tokens[i].kind == ONC_TOKEN_CLOCK && i + 1 < sentence->n_tokens &&
                   sentence->tokens[i + 1].kind == ONC_TOKEN_WORD &&
                   !onc_token_is (&sentence->tokens[i + 1], ONC_WORD_OR) &&
                   !onc_token_is (&sentence->tokens[i + 1], ONC_WORD_PM) &&
                   !onc_token_is (&sentence->tokens[i + 1], ONC_WORD_AM) &&
                   (last == NULL || onc_token_is_mark (last, ',') ||
                    onc_token_is_mark (last, ';') || onc_token_is_mark (last, ':'));
    }
  if (n_entries >= 2 && (sentence->classes & ONC_CLASS_BIT (WILL)) == 0)
    return TRUE;
  for (guint i = 0; i < MIN (sentence->n_tokens, 3); i++)
    {
      if (sentence->tokens[i].kind == ONC_TOKEN_CLOCK &&
          (sentence->tokens[i].flags & ONC_TOKEN_SECONDS) != 0)
        return TRUE;
    }
  return FALSE;
}

static void
read_sentence (Reader *reader)
{
  gboolean answers = reader->parse.sentence.after_quote;

  if (is_log (&reader->parse.sentence))
    return;
  onc_parse_clauses (&reader->parse);
  for (guint i = 0; i < reader->parse.n_clauses; i++)
    read_clause (reader, i);

  /* A time alone answers the question that is quoted above it. */
  if (answers && reader->only_times && reader->last.due != 0)
    {
      static const OncVerdict answer = { .act = ONC_ACT_PROMISE,
                                         .reason = "a time that answers what is quoted" };

      record (&reader->promise, &answer, reader->last, FALSE);
    }
}

void
onc_promise_reader_read (const char *text,
                         gssize length,
                         OncInstant said_at,
                         const OncWhenContext *context,
                         OncReading *reading)
{
  Reader reader = { .context = context, .said_at = said_at, .only_times = TRUE };
  const Finding *finding = &reader.promise;
  OncLexer lexer;

  reader.parse.lexicon = onc_lexicon_english ();
  onc_lexer_init (&lexer, reader.parse.lexicon, text, length);
  while (onc_lexer_next (&lexer, &reader.parse.sentence))
    read_sentence (&reader);

  if (reader.only_times && reader.beside.due != 0 && reader.beside.length &&
      !reader.promise.found && !reader.request.found)
    {
      static const OncVerdict alone = { .act = ONC_ACT_PROMISE,
                                        .reason = "a length of time on its own" };

      record (&reader.promise, &alone, reader.beside, FALSE);
    }

  *reading = (OncReading){ .kind = ONC_READING_NONE, .reason = "nothing is promised or requested" };
  if (reader.promise.found)
    reading->kind = ONC_READING_PROMISE;
  else if (reader.request.found)
    {
      reading->kind = ONC_READING_REQUEST;
      finding = &reader.request;
    }
  if (finding->found)
    {
      reading->due = finding->due;
      reading->begin = finding->begin;
      reading->end = finding->end;
      reading->reason = finding->reason;
    }
}

const char *
onc_reading_kind_to_string (OncReadingKind kind)
{
  static const char *const names[] = { "none", "promise", "request" };

  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (names), NULL);
  return names[kind];
}
