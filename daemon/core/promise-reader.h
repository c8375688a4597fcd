/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Reads a message and tells what it promises or requests, and by when. Pure: the same text, said
 * at the same moment in the same zone, always means the same. Time and memory are linear and
 * constant in the text. */

#pragma once

#include "when.h"

G_BEGIN_DECLS

typedef enum
{
  ONC_READING_NONE,
  ONC_READING_PROMISE, /* the author, or somebody of the team, commits to something */
  ONC_READING_REQUEST, /* the author asks others for something */
} OncReadingKind;

typedef struct
{
  OncReadingKind kind;
  OncInstant due;     /* 0: no time was said */
  guint32 begin;      /* the words that told: bytes of the text, from here … */
  guint32 end;        /* … to before here; equal when nothing was found */
  const char *reason; /* why, in words for a person; static, never NULL */
} OncReading;

/* Reads @length bytes of @text (-1: up to its NUL; at most G_MAXINT32), written at @said_at. */
void onc_promise_reader_read (const char *text,
                              gssize length,
                              OncInstant said_at,
                              const OncWhenContext *context,
                              OncReading *reading);

/* Returns: "none", "promise" or "request". */
const char *onc_reading_kind_to_string (OncReadingKind kind);

G_END_DECLS
