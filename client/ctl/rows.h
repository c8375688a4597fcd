/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Threads in the order in which they are shown. */

#pragma once

#include "types.h"

G_BEGIN_DECLS

/* A thread with what it is sorted by. */
typedef struct
{
  GVariant *thread; /* (owned) a{sv} */
  gboolean open;
  guint urgency;
  OncInstant opened;
} OncRow;

/* Returns: (transfer full) (element-type OncRow): the members of @list (aa{sv}). What needs
 * somebody most comes first: open before closed; of the open ones the most urgent, then who has
 * waited longest; of the closed ones the newest. */
GArray *onc_rows_new (GVariant *list);

G_END_DECLS
