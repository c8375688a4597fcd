/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "verdict.h"

const OncVerdict onc_verdict_none = { .act = ONC_ACT_NONE };

gboolean
onc_verdict_accepts (const OncVerdict *verdict, const OncWhen *when)
{
  if (when->past)
    return FALSE;
  switch (when->prep)
    {
    case ONC_PREP_EVERY:
      return verdict->cadence;
    case ONC_PREP_SINCE:
    case ONC_PREP_THAN:
    case ONC_PREP_OVER:
      return FALSE;
    case ONC_PREP_FOR:
      return verdict->lasting || when->event;
    case ONC_PREP_AFTER:
      /* "I'll check after 20 minutes", but not "after 4pm" */
      return verdict->after && when->kind == ONC_WHEN_SPAN;
    case ONC_PREP_FROM:
      return verdict->lasting;
    case ONC_PREP_NONE:
    case ONC_PREP_IN:
    case ONC_PREP_BY:
    case ONC_PREP_BEFORE:
    case ONC_PREP_AT:
    case ONC_PREP_ON:
    case ONC_PREP_UNTIL:
    case ONC_PREP_BETWEEN:
    default:
      return TRUE;
    }
}

OncVerdict
onc_verdict_promise (const char *reason)
{
  return (OncVerdict){ .act = ONC_ACT_PROMISE, .reason = reason };
}

OncVerdict
onc_verdict_vague_promise (const char *reason)
{
  return (OncVerdict){ .act = ONC_ACT_PROMISE, .reason = reason, .vague = TRUE };
}

OncVerdict
onc_verdict_request (const char *reason)
{
  return (OncVerdict){ .act = ONC_ACT_REQUEST, .reason = reason };
}

OncVerdict
onc_verdict_urgent_request (void)
{
  OncVerdict verdict = onc_verdict_request ("says that it is urgent");

  verdict.vague = TRUE;
  return verdict;
}

OncVerdict
onc_verdict_aimed_promise (void)
{
  OncVerdict verdict = onc_verdict_promise ("says when it is to be done");

  verdict.lasting = TRUE;
  return verdict;
}
