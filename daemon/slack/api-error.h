/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* How a call of Slack's Web API fails: sorted by what is to be done about it. */

#pragma once

#include <cjson/cJSON.h>

#include "error.h"

G_BEGIN_DECLS

typedef enum
{
  ONC_API_ERROR_STOP,      /* the token is no good: stop calling, ask the person */
  ONC_API_ERROR_SCOPE,     /* the token may not do this: do without it */
  ONC_API_ERROR_MISSING,   /* the plan or the server has no such method: do without it */
  ONC_API_ERROR_WAIT,      /* too many calls: wait, then call again */
  ONC_API_ERROR_TRANSIENT, /* passes; what was asked for may have been done all the same */
  ONC_API_ERROR_BUG,       /* the call was wrong: log it, do not repeat it */
  ONC_API_ERROR_BENIGN,    /* what was asked for is so already */
  ONC_API_ERROR_OTHER,     /* the method's own errors, and those that Slack may yet think of */
} OncApiError;

#define ONC_API_ERROR (onc_api_error_quark ())
GQuark onc_api_error_quark (void);

/* Returns: (transfer full): the error that the answer @answer of @method, without "ok": true, is.
 * Its message is a sentence for a person. */
GError *onc_api_error_new_from_answer (const char *method, const cJSON *answer);

/* Returns: (transfer full): an error that Slack has not put into words. */
GError *onc_api_error_new (OncApiError class, const char *method, const char *reason);

/* Returns: (transfer none) (nullable): Slack's own word, as "channel_not_found"; NULL where it has
 * said none, or @error is of another domain. */
const char *onc_api_error_get_word (const GError *error);

/* Returns: the code that tells a person's program the same: what the D-Bus interface knows. */
OncError onc_api_error_to_public (const GError *error);

G_END_DECLS
