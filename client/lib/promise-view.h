/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What is shown of a promise (a{sv}, as in Promises of org.oncalld1.Thread). */

#pragma once

#include "types.h"

G_BEGIN_DECLS

/* Returns: (transfer full): "Bea by 14:30 (in 12min)", or with what has become of it: "Bea by 14:30
 * (kept)". */
char *onc_promise_view_describe (GVariant *promise, OncInstant now);

/* Returns: (transfer full): all of @promises (aa{sv}), described so. */
char *onc_promise_view_describe_all (GVariant *promises, OncInstant now);

/* Returns: (transfer full): how much time there is left: "in 12min", "overdue 3min", "paused"; ""
 * where it is not open. */
char *onc_promise_view_left (GVariant *promise, OncInstant now);

/* Returns: (transfer full) (element-type GVariant): those promises of @thread (a{sv}) that are open
 * and of somebody in @me, user IDs; the first one first. */
GPtrArray *onc_promise_view_list_mine (GVariant *thread, const char *const *me);

G_END_DECLS
