/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Which threads ListThreads and DumpThreads are to list, and in which order. */

#pragma once

#include "thread.h"

G_BEGIN_DECLS

/* The strings are as a person wrote them; whoever answers finds the IDs that they stand for. All of
 * it has to be fulfilled. */
typedef struct
{
  guint states;        /* set of 1 << OncState; never empty */
  guint levels;        /* set of 1 << OncLevel; never empty */
  const char *channel; /* (nullable) ID, or name without # */
  const char *tag;     /* (nullable) category */
  const char *looker;  /* (nullable) user ID, name without @, or ONC_FILTER_ME */
  const char *asker;   /* (nullable) the same */
  OncInstant since;    /* opened then or later */
  OncInstant until;    /* opened before that; G_MAXINT64 where it does not matter */
  const char *text;    /* (nullable) part of the text, in any case */
  gboolean by_urgency; /* see onc_filter_compare(); FALSE: the newest first */
  guint32 limit;       /* list no more than that; 0: all */
  guint32 offset;      /* leave out that many first */
} OncFilter;

/* Reads @dictionary (a{sv}) into @self, whose strings are the dictionary's.
 * Returns: FALSE with ONC_ERROR_INVALID_ARGUMENT, naming the key. */
gboolean
onc_filter_read (OncFilter *self, GVariant *dictionary, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A GCompareFunc on pointers to OncThread: what needs somebody most comes first. Open comes before
 * closed; of the open ones the most urgent comes first, then who has waited longest; of the closed
 * ones the newest. */
int onc_filter_compare (gconstpointer a, gconstpointer b);

G_END_DECLS
