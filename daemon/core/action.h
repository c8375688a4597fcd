/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a person can ask for, by popup, panel, D-Bus or command line. */

#pragma once

#include "types.h"

G_BEGIN_DECLS

typedef enum
{
  ONC_ACTION_CLAIM,
  ONC_ACTION_RELEASE,
  ONC_ACTION_REPLY,
  ONC_ACTION_RESOLVE,
  ONC_ACTION_REOPEN,
  ONC_ACTION_SET_LEVEL,
  ONC_ACTION_PROMISE,
  ONC_ACTION_EXTEND_PROMISE,
  ONC_ACTION_CANCEL_PROMISE,
  ONC_ACTION_HAND_OVER,
  ONC_ACTION_SNOOZE,
  ONC_ACTION_UNSNOOZE,
  ONC_ACTION_SET_NEEDED_BY,
  ONC_ACTION_TAG,
  ONC_ACTION_UNTAG,
  ONC_ACTION_DISMISS,
} OncActionKind;

/* Borrows its strings from the caller. */
typedef struct
{
  OncActionKind kind;
  const char *user; /* who wishes it, in the thread's workspace */
  const char *text; /* REPLY, PROMISE (nullable): what the person wrote, not yet escaped */
  const char *whom; /* HAND_OVER: a user's ID */
  const char *tag;  /* TAG, UNTAG: a category */
  OncInstant when; /* PROMISE, SNOOZE, SET_NEEDED_BY; 0: a promise of the level's usual span, and no
                    * deadline any more */
  OncSpan by;      /* EXTEND_PROMISE */
  OncLevel level;  /* SET_LEVEL */
} OncAction;

G_END_DECLS
