/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The parts of the English lexicon. Only they include this. */

#pragma once

#include "lexicon-private.h"

G_BEGIN_DECLS

extern const OncLexiconRow onc_lexicon_english_times[];
extern const OncLexiconVerbs onc_lexicon_english_verbs[];
extern const char *const onc_lexicon_english_zones[];

G_END_DECLS
