/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A thread of the support channel: the item that everything else is about. The fields are plain
 * data for the store, the bus and the notifier to read; only the engine writes them. */

#pragma once

#include "message.h"
#include "said.h"
#include "types.h"

G_BEGIN_DECLS

/* One person's emoji on one message, or its trace once it was taken off. */
typedef struct
{
  GRefString *name;  /* (owned) folded, see onc_emoji_fold() */
  GRefString *user;  /* (owned) */
  OncInstant since;  /* when it was put on or taken off; 0: before the first look at it */
  OncInstant stamp;  /* of the newest event about it, by Slack's clock; 0: there was none */
  OncInstant learnt; /* when the daemon heard of it, by its own clock */
  gboolean present;  /* FALSE: taken off; kept so that a late, older event changes nothing */
} OncReaction;

/* What stays in memory of one message of the thread. The text is in the store. */
typedef struct
{
  char *ts;         /* (owned) */
  GRefString *user; /* (owned) (nullable) */
  char *edited_ts;  /* (owned) (nullable) */
  OncLevel level;   /* that its tags asked for at most, over all its edits */
  gboolean by_app;  /* an app wrote it: a bot's message unless its user is known for a person */
  gboolean deleted;
  OncSaid said;
  guint told;           /* how many points of the promise that it makes have been said */
  OncInstant cancelled; /* when a person here has called that promise off; or 0 */
  GPtrArray *reactions; /* (owned) (nullable) of OncReaction */
} OncPost;

/* A promised update: who will say something, by when, and what became of it. */
typedef struct
{
  char *ts;        /* (owned) (nullable) of the message that makes it; NULL: not sent yet */
  char *anchor_ts; /* (owned) (nullable) of the message that has set the time last */
  GRefString *by;  /* (owned) */
  char *words;     /* (owned) as they were read */
  OncInstant made; /* when the time was set last: half of the span from here counts as interim */
  OncInstant due;
  OncInstant ended;  /* when it was kept, cancelled or handed over; or 0 */
  OncInstant paused; /* since when it waits for the asker; or 0 */
  OncPromiseState state;
} OncPromise;

/* Somebody who is looking. */
typedef struct
{
  GRefString *user; /* (owned) */
  OncInstant since; /* 0: before the daemon's first start, or when Slack confirms it */
  OncLook how;
} OncLooker;

/* Which properties of a thread a change touched. */
typedef enum
{
  ONC_CHANGE_APPEARED = 1 << 0, /* became an open item: all of it is new */
  ONC_CHANGE_GONE = 1 << 1,     /* is no open item any more */
  ONC_CHANGE_TEXT = 1 << 2,     /* asker, text, opened */
  ONC_CHANGE_LEVEL = 1 << 3,
  ONC_CHANGE_STATE = 1 << 4,
  ONC_CHANGE_LOOKERS = 1 << 5, /* and first response */
  ONC_CHANGE_CATEGORIES = 1 << 6,
  ONC_CHANGE_ACTIVITY = 1 << 7, /* last activity, number of replies */
  ONC_CHANGE_PROMISES = 1 << 8, /* and when the next one is due */
  ONC_CHANGE_DEADLINE = 1 << 9, /* by when the asker needs it */
  ONC_CHANGE_SNOOZE = 1 << 10,
} OncChange;

struct _OncThread
{
  /* Identity */
  guint32 number; /* that people type; 0 until the thread is an item */
  char *team;     /* (owned) */
  char *channel;  /* (owned) */
  char *ts;       /* (owned) of the root message */

  /* What Slack says */
  char *asker;         /* (owned) (nullable) user ID; NULL until the root is known */
  char *text;          /* (owned) of the root, as Slack sent it */
  gboolean root_known; /* FALSE: only replies were seen so far */
  gboolean greeting;   /* the root says hello and nothing else */
  GPtrArray *posts;    /* (owned) of OncPost, by ts, the root included */

  /* What a person decided here, beside Slack */
  OncInstant dismissed;     /* when; a tag that comes later undoes it; or 0 */
  OncInstant reopened;      /* marks of resolution from before this instant do not count; or 0 */
  OncInstant snoozed;       /* until when nothing is said; or 0 */
  OncInstant needed_set;    /* the asker's deadline as a person here has set it ... */
  OncInstant needed_set_at; /* ... at that instant; or 0 */

  /* What follows from it; recomputed at every change */
  OncLevel level;
  OncState state;
  GPtrArray *lookers;    /* (owned) of OncLooker, by since */
  GPtrArray *categories; /* (owned) of interned strings, in the policy's order of appearance */
  OncInstant opened;
  OncInstant first_response; /* by a looker; or 0 */
  OncInstant last_activity;
  guint replies;
  GPtrArray *promises;    /* (owned) of OncPromise, by when they were made */
  OncInstant next_due;    /* of the open promises; or 0 */
  OncInstant needed_by;   /* the asker's deadline; or 0 */
  OncInstant needed_from; /* when it was named */

  /* The asker's deadline */
  OncInstant needed_told_for; /* which one the points below are of */
  guint needed_told;          /* how many of its two points have been said */

  /* Lookers who say nothing */
  OncInstant silent_since; /* since when they have not; 0: they have, or are not to */
  OncInstant silence_told; /* the silence that was spoken of; or 0 */

  /* The alarm while nobody looks */
  OncInstant alarm_base; /* its start; 0: there is none */
  guint alarm_told;      /* how many of its points have been said, the start included */
  OncAlert alarm_kind;   /* of the first point */
  gboolean alarm_mute;   /* old when it was first seen: no alarm until something happens to it */
  gboolean popup;        /* a popup stands, as far as the engine knows ... */
  OncAlert popup_kind;   /* ... for this reason */
  gboolean held;         /* there is something to say, which has to wait ... */
  OncAlert held_kind;    /* ... for this reason ... */
  gboolean held_told;    /* ... and scripts have been told; only the popup waits */

  /* What was asked for here and Slack has not confirmed yet */
  GRefString *promiser;   /* (owned) (nullable) whose update is to come ... */
  OncInstant promised;    /* ... by then ... */
  OncInstant promised_at; /* ... as was said then */
  guint promised_told;    /* how many points of it have been said */
  GRefString *claimant;   /* (owned) (nullable) who claimed here, until Slack has confirmed it */

  /* The engine's own */
  gboolean listed;         /* an open item, and counted as such */
  OncLevel told_level;     /* at the last decision */
  guint fresh;             /* of OncChange: what has come in since then */
  gboolean unsaved;        /* a SAVE_THREAD is due at the end of this call */
  guint summary;           /* the last one that covers it; 0: none */
  OncInstant wake;         /* when this thread needs a decision; 0: never */
  GSequenceIter *turn;     /* (unowned) (nullable) its place in the engine's queue of wakes ... */
  GSequenceIter *due_turn; /* (unowned) (nullable) ... and among those with a promise */
};

/* Returns: (transfer full): a new thread without a post; @ts is its root's. */
OncThread *onc_thread_new (const char *team, const char *channel, const char *ts);
OncThread *onc_thread_ref (OncThread *self);
void onc_thread_unref (OncThread *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OncThread, onc_thread_unref)

/* For a hash table of threads by team, channel and ts. Other fields are not looked at, so that a
 * thread with these three alone serves for looking up. */
guint onc_thread_hash (gconstpointer thread);
gboolean onc_thread_equal (gconstpointer a, gconstpointer b);

void onc_looker_free (OncLooker *self);
void onc_promise_free (OncPromise *self);

/* Returns: the key by which onc_promise_find() finds it: the ts of the message that makes it, or ""
 * while that waits to be sent. */
const char *onc_promise_key (const OncPromise *self);

/* @promises: (element-type OncPromise). Returns: (transfer none) (nullable): the one with that @key
 * (nullable). */
const OncPromise *onc_promise_find (const GPtrArray *promises, const char *key);

/* Appends a looker. Returns: (transfer none). */
OncLooker *onc_thread_add_looker (OncThread *self, const char *user, OncInstant since, OncLook how);

/* Returns: (transfer none) (nullable): who looks, if @user does. */
const OncLooker *onc_thread_find_looker (const OncThread *self, const char *user);

/* Returns: (transfer none) (nullable): the post with that timestamp. */
OncPost *onc_thread_find_post (const OncThread *self, const char *ts);

/* Returns: (transfer none): the post with that timestamp, made now if there was none. */
OncPost *onc_thread_ensure_post (OncThread *self, const char *ts);

/* Both take a folded @name. Returns: (transfer none): the trace of @user's emoji, present or not;
 * find gives NULL where there is none, ensure makes an absent one. */
OncReaction *onc_post_find_reaction (const OncPost *self, const char *name, const char *user);
OncReaction *onc_post_ensure_reaction (OncPost *self, const char *name, const char *user);

G_END_DECLS
