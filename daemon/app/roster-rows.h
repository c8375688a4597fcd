/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A workspace's people, groups and channels as one text, so that the store can keep them. */

#pragma once

#include "roster.h"

G_BEGIN_DECLS

/* @rows: (element-type OncRosterRow). Returns: (transfer full). */
char *onc_roster_rows_to_text (const GPtrArray *rows);

/* Returns: (transfer full) (element-type OncRosterRow): what can be read of @text; a cache that was
 * damaged is filled again from Slack. */
GPtrArray *onc_roster_rows_from_text (const char *text);

G_END_DECLS
