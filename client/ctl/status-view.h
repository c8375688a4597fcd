/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What is shown of the manager's properties beside what was asked for. */

#pragma once

#include "command.h"

G_BEGIN_DECLS

/* Returns: (transfer full): what a person has to know of all that is printed, in lines: that it may
 * be old, that popups are paused, that writes are pending. "" when there is nothing, it is not
 * wanted, or it cannot be had. */
char *onc_status_view_remarks (OncCommand *command);

/* Returns: (transfer full): that popups are paused, in a sentence. @until: as `PausedUntil` has it,
 * and not 0. */
char *onc_status_view_pause (OncInstant until);

G_END_DECLS
