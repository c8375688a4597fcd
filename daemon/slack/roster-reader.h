/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Slack's objects of people, groups and channels, as rows of a roster. */

#pragma once

#include <cjson/cJSON.h>

#include "roster.h"

G_BEGIN_DECLS

/* Each returns: (transfer full) (nullable): the row; NULL where @object has no ID. */
OncRosterRow *onc_roster_read_user (const cJSON *object);
OncRosterRow *onc_roster_read_group (const cJSON *object);
OncRosterRow *onc_roster_read_channel (const cJSON *object);

/* The same, of the answer of auth.test. */
OncRosterRow *onc_roster_read_team (const cJSON *answer);
OncRosterRow *onc_roster_read_me (const cJSON *answer);

G_END_DECLS
