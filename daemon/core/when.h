/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Times as people say them: how they are found among tokens, and which instant they mean. */

#pragma once

#include "hours.h"
#include "lexer.h"

G_BEGIN_DECLS

/* What a spoken time depends on besides the moment at which it is said. */
typedef struct
{
  GTimeZone *zone;       /* the speaker's; not owned */
  const OncHours *hours; /* when people work: "end of day", "business days"; not owned */
  gboolean month_first;  /* 5/6 is the sixth of May, as in the United States */
} OncWhenContext;

typedef enum
{
  ONC_WHEN_NONE,
  ONC_WHEN_SPAN,    /* half an hour */
  ONC_WHEN_POINT,   /* tomorrow at 9 */
  ONC_WHEN_INSTANT, /* <!date^…> */
} OncWhenKind;

typedef enum
{
  ONC_MERIDIEM_CLOCK, /* the hour is meant as it stands */
  ONC_MERIDIEM_GUESS, /* "by 2" is in the daytime */
  ONC_MERIDIEM_AM,
  ONC_MERIDIEM_PM,
} OncMeridiem;

/* A time that was said. All zero is none. */
typedef struct
{
  OncWhenKind kind;
  OncPrep prep;
  OncSpan span; /* of a SPAN shorter than a day */
  OncDay day;
  gint day_value; /* a weekday, date, day of the month, or how many days */
  OncPart part;
  gint minute; /* of the day; -1: no clock was said */
  OncMeridiem meridiem;
  gint turn;       /* the next time that the clock shows so many minutes of an hour; -1: not said */
  gint zone;       /* index for onc_lexicon_zone(); -1: the speaker's */
  gint zone_shift; /* minutes to add to that zone, as in GMT+2 */
  OncInstant instant;
  gboolean number; /* a bare number stands for the time: "in 15" */
  gboolean more;   /* another, more: of what goes on already */
  gboolean event;  /* something that happens at the time is named: "our 3pm call" */
  gboolean capped; /* "tops", "or so": said of how long or when at most */
  gboolean past;   /* "ago", "later": it is no time to come */
} OncWhen;

/* Classes of words without which, and without a number, there is no time in a sentence. */
#define ONC_WHEN_CLASSES                                                                           \
  (ONC_CLASS_BIT (TIME) | ONC_CLASS_BIT (NUMBER) | ONC_CLASS_BIT (UNIT) | ONC_CLASS_BIT (POINT) |  \
   ONC_CLASS_BIT (WEEKDAY) | ONC_CLASS_BIT (MONTH))

/* Finds a time that begins at the token @at of @sentence, with the preposition before it and the
 * words around it that change nothing. @last: the measure of the time said before, of which "make
 * that 40" says another.
 *
 * Returns: how many tokens it takes; 0 when no time begins there. */
guint onc_when_match (const OncLexicon *lexicon,
                      const OncSentence *sentence,
                      guint at,
                      OncMeasure last,
                      OncWhen *when);

/* Returns: what @when is counted in. */
OncMeasure onc_when_measure (const OncWhen *when);

/* Returns: the last instant that keeps what was said at @said_at; 0 when that is over, or beyond
 * any time that is promised. */
OncInstant onc_when_resolve (const OncWhen *when,
                             OncInstant said_at,
                             const OncLexicon *lexicon,
                             const OncWhenContext *context);

/* Reads a time that a person types to a command: "30m", "1h30", "14:30", "tomorrow 9:00",
 * "Mon 10:00", "eod", "next-work-hour". Bare numbers are minutes.
 *
 * Returns: the instant, which is after @said_at; 0 with ONC_ERROR_INVALID_ARGUMENT when @text is no
 * such time. */
OncInstant onc_when_read (const char *text,
                          OncInstant said_at,
                          const OncWhenContext *context,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
