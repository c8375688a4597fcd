/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The one way in and out of the engine, in the one order that loses nothing: an event is decided
 * on, what follows is committed, and only then it is acknowledged, shown and told. What comes in
 * one turn of the main loop is committed together. While the store fails, people are shown what
 * there is, and everything else waits. */

#pragma once

#include "clock.h"
#include "engine.h"
#include "store.h"

G_BEGIN_DECLS

typedef struct _OncPipeline OncPipeline;

/* Told how a person's wish ended. @error: (nullable): NULL where it was done. */
typedef void (*OncWishDone) (const GError *error, gpointer user_data);

/* A person's wish while its writes to Slack are under way; it ends with the last of them. */
typedef struct
{
  guint writes;  /* still to come */
  GError *error; /* (owned) (nullable) of the first that failed */
  OncWishDone done;
  gpointer user_data;
} OncWish;

/* Who carries out what was decided, after the commit. */
typedef struct
{
  /* All acknowledgements of a turn have been called, and are to leave now. */
  void (*acknowledged) (gpointer user_data);
  /* NOTIFY, SUMMARY, WITHDRAW, CHANGED, RESUMED, FETCH, and after those of a turn its ALERTs */
  void (*effect) (const OncEffect *effect, gpointer user_data);
  /* A write that stands in the outbox now. @write: (transfer full); @wish: (nullable). */
  void (*write) (OncWrite *write, OncWish *wish, gpointer user_data);
  /* An emoji on a message that nobody has heard of. */
  void (*unknown_message) (const char *team,
                           const char *channel,
                           const char *ts,
                           gpointer user_data);
  /* All effects of a turn have been carried out; totals may have changed. */
  void (*settled) (gpointer user_data);
  /* The store fails, or works again (NULL). */
  void (*trouble) (const GError *error, gpointer user_data);
} OncPipelineSink;

/* @store is borrowed, @sink copied.
 * Returns: (transfer full): NULL with @error of the store. */
OncPipeline *onc_pipeline_new (OncStore *store,
                               OncClock *clock,
                               const OncPolicy *policy,
                               const OncPipelineSink *sink,
                               gpointer user_data,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
void onc_pipeline_free (OncPipeline *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OncPipeline, onc_pipeline_free)

/* Reads the open threads from the store. What is known of people and groups is to be taken in
 * before, for the threads are judged by it. */
gboolean onc_pipeline_load (OncPipeline *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer none): for reading. */
const OncEngine *onc_pipeline_engine (OncPipeline *self);

/* Takes @event in; what follows is committed at the next flush. Takes ownership of @event. */
void onc_pipeline_take (OncPipeline *self, OncEvent *event);

/* Takes in who is in a group or who is a bot; @event stays the caller's. */
void onc_pipeline_take_roster (OncPipeline *self, const OncEvent *event);

/* Whether the message has been taken in before. */
gboolean onc_pipeline_knows (
    OncPipeline *self, const char *team, const char *channel, const char *root_ts, const char *ts);

/* Takes in what came in one envelope, unless its @key (nullable) is known already, and calls @ack
 * after the commit in either case. Takes the events out of @events.
 * @events: (element-type OncEvent): */
void onc_pipeline_take_envelope (OncPipeline *self,
                                 const char *team,
                                 GPtrArray *events,
                                 const char *key,
                                 GSourceFunc ack,
                                 gpointer ack_data,
                                 GDestroyNotify ack_free);

/* Sets a fact of the store (onc_store_set_fact()) together with what was taken in before. */
void onc_pipeline_set_fact (OncPipeline *self, const char *name, const char *value);

/* Commits and carries out what was taken in. Called at the end of each turn; does nothing where
 * nothing waits. */
void onc_pipeline_flush (OncPipeline *self);

/* A person's wish. @done is called once, when Slack has answered for all of it, or at once where
 * the wish cannot be. */
void onc_pipeline_act (OncPipeline *self,
                       OncThread *thread,
                       const OncAction *action,
                       OncWishDone done,
                       gpointer user_data);

/* Slack has answered about @write: its row goes, and the engine is told. */
void onc_pipeline_end_write (OncPipeline *self, const OncWrite *write, OncWriteOutcome outcome);

/* Has the engine judge by @policy from now on. */
void onc_pipeline_set_policy (OncPipeline *self, const OncPolicy *policy);

/* Does what has become due. */
void onc_pipeline_tick (OncPipeline *self);

/* Whether a tick is overdue by more than @span: a sign that the main loop hangs. */
gboolean onc_pipeline_is_late (OncPipeline *self, OncSpan span);

/* Returns: (transfer full): the thread from memory or from the store; NULL with ONC_ERROR_NOT_FOUND
 * or an error of the store. */
OncThread *onc_pipeline_find (OncPipeline *self,
                              const char *team,
                              const char *channel,
                              const char *root_ts,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
OncThread *onc_pipeline_find_number (OncPipeline *self,
                                     guint32 number,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* One write of @wish has ended. Calls its OncWishDone with the last one, and frees it then. */
void onc_wish_end_write (OncWish *wish, const GError *error);

G_END_DECLS
