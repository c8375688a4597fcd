/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A few names for tests that show threads to people, and threads to show. */

#pragma once

#include "popup.h"

G_BEGIN_DECLS

/* Knows UADA as "Ada Lovelace", UBOB as "Bob", UEVE as a name full of markup, the group SONCALL as
 * "oncall" and the channel C1 as "support". */
extern const OncNaming people_naming;

/* 2026-03-02 10:00 UTC: when every thread was opened. */
#define PEOPLE_OPENED (1772445600 * ONC_SECOND)

/* Returns: that a thread speaks up for this reason, @after it was opened, to people in UTC who
 * usually promise an update in 30 minutes. */
OncOccasion people_occasion (OncAlert kind, OncLevel level, OncSpan after);

/* Returns: (transfer full): thread @number in C1, asked by UADA, with @text, that nobody looks at.
 */
OncThread *people_ask (guint32 number, OncLevel level, const char *text);

G_END_DECLS
