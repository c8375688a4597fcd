/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* How a language's tables become a lexicon. Only the tables include this. */

#pragma once

#include "lexicon.h"

G_BEGIN_DECLS

/* Several words that mean the same. */
typedef struct
{
  OncWordId id;
  guint64 classes;
  gint value;
  const char *words; /* parted by |; "gimme=give me" stands for other words */
} OncLexiconRow;

/* Verbs that behave alike: each as "send sends sending sent", with a fifth form if the participle
 * is another; parted by |. */
typedef struct
{
  OncWordId id;
  guint64 classes;
  const char *verbs;
} OncLexiconVerbs;

/* Returns: (transfer full): the words of @tables, which NULL ends, and the verbs; an entry without
 * words ends each of them. Nothing frees it, for languages stay. @zones must outlive it. */
OncLexicon *onc_lexicon_new (const OncLexiconRow *const *tables,
                             const OncLexiconVerbs *verbs,
                             const char *const *zones);

G_END_DECLS
