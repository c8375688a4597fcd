/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a rule decides of a clause: it promises, it requests, or neither. */

#pragma once

#include "when.h"

G_BEGIN_DECLS

typedef enum
{
  ONC_ACT_NONE,
  ONC_ACT_ASIDE, /* nothing, and no part of what stands around it: "when it is done" */
  ONC_ACT_PROMISE,
  ONC_ACT_REQUEST,
  ONC_ACT_CARRY, /* nothing, but a clause beside it may mean its time: "15 minutes, then …" */
  ONC_ACT_DOING, /* says what the author is doing: with a time beside it, it promises */
} OncAct;

typedef struct
{
  OncAct act;
  const char *reason; /* (not owned) (nullable) the rule, in words for a person; static */
  gboolean vague;     /* it holds without a time too */
  gboolean lasting;   /* a length of time "for" which one waits counts */
  gboolean after;     /* "after 20 minutes" counts: nothing has happened yet */
  gboolean cadence;   /* "every n" counts, as the next one */
  gboolean replaces;  /* its time takes the place of those before */
} OncVerdict;

extern const OncVerdict onc_verdict_none;

/* Returns: a promise if a time is said with it. @reason is static. */
OncVerdict onc_verdict_promise (const char *reason);

/* Returns: a promise also without a time. */
OncVerdict onc_verdict_vague_promise (const char *reason);

/* Returns: a promise of what is aimed at: "for 4pm" is when it is to be done. */
OncVerdict onc_verdict_aimed_promise (void);

/* Returns: a request if a time is said with it. */
OncVerdict onc_verdict_request (const char *reason);

/* Returns: a request that says that it is urgent, also without a time. */
OncVerdict onc_verdict_urgent_request (void);

/* Whether something can be waited for until @when: it is to come, and one occasion. */
gboolean onc_verdict_accepts (const OncVerdict *verdict, const OncWhen *when);

G_END_DECLS
