/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Keeps the store small: a while after the start, and then once a day, forgets what is not needed
 * any more, a little at a time. */

#pragma once

#include "clock.h"
#include "store.h"

G_BEGIN_DECLS

typedef struct _OncHousekeeper OncHousekeeper;

/* Borrows @store and @clock. @keep_texts: 0: for ever. */
OncHousekeeper *
onc_housekeeper_new (OncStore *store, OncClock *clock, OncSpan keep_texts, guint hurry);
void onc_housekeeper_free (OncHousekeeper *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OncHousekeeper, onc_housekeeper_free)

/* Texts older than @keep_texts go with the next piece of work. */
void onc_housekeeper_set_keep_texts (OncHousekeeper *self, OncSpan keep_texts);

/* Does a piece of the work now. Returns: whether there is more. */
gboolean onc_housekeeper_work (OncHousekeeper *self);

G_END_DECLS
