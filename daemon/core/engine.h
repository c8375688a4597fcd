/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Takes events in, gives effects out. Knows no clock: time is an argument. Every thread that is
 * open is in memory here; the rest is in the store, and comes in as ONC_EVENT_STORED when asked. */

#pragma once

#include "action.h"
#include "effect.h"
#include "event.h"
#include "policy.h"
#include "thread.h"
#include "types.h"

G_BEGIN_DECLS

/* Counts over the open threads, for panels. */
typedef struct
{
  guint open;
  guint unclaimed;
  guint levels[ONC_N_LEVELS];
  guint overdue; /* promises */
} OncTotals;

/* @next_number: the number that the next item gets; one more than the highest ever given. */
OncEngine *onc_engine_new (const OncPolicy *policy, guint32 next_number);
void onc_engine_free (OncEngine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OncEngine, onc_engine_free)

/* Takes @event in at @now. Taking the same event in again changes nothing.
 * Returns: (transfer full) (element-type OncEffect): in the order in which they are to be done. */
GPtrArray *onc_engine_apply (OncEngine *self, const OncEvent *event, OncInstant now);

/* Does what has become due by @now; twice at one instant does nothing more.
 * Returns: (transfer full) (element-type OncEffect). */
GPtrArray *onc_engine_tick (OncEngine *self, OncInstant now);

/* A person's wish about @thread.
 * Returns: (transfer full) (element-type OncEffect): or NULL with ONC_ERROR_WRONG_STATE where the
 * thread's state does not allow it, ONC_ERROR_INVALID_ARGUMENT where the wish makes no sense. */
GPtrArray *onc_engine_act (OncEngine *self,
                           OncThread *thread,
                           const OncAction *action,
                           OncInstant now,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Exchanges the policy and looks at every thread anew.
 * Returns: (transfer full) (element-type OncEffect). */
GPtrArray *onc_engine_set_policy (OncEngine *self, const OncPolicy *policy, OncInstant now);

/* Returns: when onc_engine_tick() has something to do; 0: never. */
OncInstant onc_engine_next_deadline (const OncEngine *self);

/* Returns: (transfer none) (nullable): the thread, if it is in memory. */
OncThread *
onc_engine_find (const OncEngine *self, const char *team, const char *channel, const char *root_ts);

/* Returns: (transfer none) (nullable): the thread with that number, if it is in memory. */
OncThread *onc_engine_find_number (const OncEngine *self, guint32 number);

/* Returns: (transfer container) (element-type OncThread): the open items, oldest first. */
GPtrArray *onc_engine_list (const OncEngine *self);

/* Returns: (transfer container) (element-type OncThread): those of which only replies were seen. */
GPtrArray *onc_engine_list_rootless (const OncEngine *self);

/* Returns: (transfer none) (nullable): the open item whose promise is due first. */
OncThread *onc_engine_find_next_due (const OncEngine *self);

/* Returns: how many items there are of each kind. */
OncTotals onc_engine_totals (const OncEngine *self);

/* Whether @user (nullable) is this person. */
gboolean onc_engine_is_me (const OncEngine *self, const char *user);

/* Whether this person is on call, as far as the groups are known. */
gboolean onc_engine_on_call (const OncEngine *self);

/* Returns: (transfer full): the user IDs of everybody on call, sorted. */
GStrv onc_engine_on_call_members (const OncEngine *self);

/* Returns: (transfer full): as text, who was in which group when, but for those who have left
 * before
 * @before. */
char *onc_engine_dump_groups (const OncEngine *self, OncInstant before);

/* Takes in what an engine before this one has dumped. */
void onc_engine_load_groups (OncEngine *self, const char *text);

G_END_DECLS
