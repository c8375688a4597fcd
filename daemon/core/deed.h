/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* How much it means that somebody will do something. */

#pragma once

#include "scene.h"

G_BEGIN_DECLS

typedef enum
{
  ONC_DEED_NONE,  /* nothing to wait for: "I'll bet" */
  ONC_DEED_TIMED, /* something, if a time is said with it: "I'll start on it at 4" */
  ONC_DEED_SURE,  /* something in any case: "I'll let you know" */
} OncDeed;

/* Returns: what it means to do the verb at the token @index. */
OncDeed onc_deed_at (const OncScene *scene, guint index);

/* Returns: the promise of @deed; no verdict when that is nothing. */
OncVerdict onc_deed_promise (OncDeed deed, const OncScene *scene, const char *reason);

G_END_DECLS
