/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a message says as far as promises are concerned: read once, when it comes. */

#pragma once

#include "promise-reader.h"
#include "types.h"

G_BEGIN_DECLS

/* What a promise does to an earlier one of the same person. */
typedef enum
{
  ONC_REVISION_NONE,  /* nothing: it is another one */
  ONC_REVISION_EARLY, /* "next update at 15:00" takes its place, as long as less than half is over
                       */
  ONC_REVISION_FULL,  /* "make that 15:00", "another 20" takes its place whenever it is said */
} OncRevision;

/* Whether a message asks. */
typedef enum
{
  ONC_QUESTION_NONE,
  ONC_QUESTION_TOO,  /* a question or request stands beside what it tells */
  ONC_QUESTION_ONLY, /* it tells nothing */
} OncQuestion;

typedef struct
{
  OncReadingKind kind;
  OncInstant due; /* that is promised or asked for; 0: no time was said */
  GRefString *by; /* (owned) (nullable) who is bound, where it is not the author */
  char *words;    /* (owned) (nullable) of a promise or request with a time, as read */
  OncRevision revises;
  OncQuestion asks;
  gboolean speaks; /* it has at least one word that is more than thanks */
} OncSaid;

/* Returns: what the times that somebody in @zone names depend on, where people work @hours. Both
 * are borrowed. */
OncWhenContext onc_said_context (GTimeZone *zone, const OncHours *hours);

/* Reads @text, as Slack sent it, written at @said_at, into @self, which need not be initialised. */
void
onc_said_read (OncSaid *self, const char *text, OncInstant said_at, const OncWhenContext *context);

/* Reads what onc_reading_kind_to_string() gives. Returns: FALSE, with @kind left alone, for another
 * word. */
gboolean
onc_reading_kind_from_string (const char *word, OncReadingKind *kind) G_GNUC_WARN_UNUSED_RESULT;

/* Takes out what @self owns, and makes it say nothing. */
void onc_said_clear (OncSaid *self);

G_END_DECLS
