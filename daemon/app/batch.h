/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What one turn of the main loop has brought: what is to be committed, and what is to be done once
 * it is. A batch whose commit failed is written again, with all that has come since. */

#pragma once

#include "effect.h"
#include "pipeline.h"
#include "store.h"

G_BEGIN_DECLS

typedef struct _OncBatch OncBatch;

/* Returns: (transfer full): an empty batch. */
OncBatch *onc_batch_new (void);
void onc_batch_free (OncBatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OncBatch, onc_batch_free)

/* Whether there is nothing to save and nobody to tell. */
gboolean onc_batch_is_empty (const OncBatch *self);

/* An event was taken in under this key. */
void onc_batch_note_event (OncBatch *self, const char *team, const char *key);
gboolean onc_batch_knows_event (const OncBatch *self, const char *team, const char *key);

/* Takes ownership of @effects' elements, and frees the array. Writes among them become rows of the
 * outbox, in the name of @user, and part of @wish (nullable). */
void onc_batch_add_effects (
    OncBatch *self, GPtrArray *effects, const char *user, OncWish *wish, OncInstant now);

/* What else is to be saved, and what is to be called when that is done: see OncStore. */
void onc_batch_set_fact (OncBatch *self, const char *name, const char *value);
void onc_batch_end_write (OncBatch *self, gint64 id);
void onc_batch_add_ack (OncBatch *self, GSourceFunc ack, gpointer data, GDestroyNotify free_data);

/* Returns: (transfer none) (nullable): a thread that this batch saves, as it stands in memory; what
 * the store has of it is old. */
OncThread *onc_batch_find_thread (const OncBatch *self,
                                  const char *team,
                                  const char *channel,
                                  const char *root_ts);
/* Returns: (transfer none) (nullable): such a thread that holds the message. */
OncThread *onc_batch_find_message (const OncBatch *self,
                                   const char *team,
                                   const char *channel,
                                   const char *ts);

/* Commits all of it at @now. */
gboolean onc_batch_commit (OncBatch *self, OncStore *store, OncInstant now, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* What people are to see, but for what was shown by an earlier call. */
void onc_batch_show (OncBatch *self, const OncPipelineSink *sink, gpointer user_data);

/* After the commit: acknowledges, shows, and hands the writes on. */
void onc_batch_carry_out (OncBatch *self, const OncPipelineSink *sink, gpointer user_data);

G_END_DECLS
