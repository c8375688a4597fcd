/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A little workspace around an engine, for tests that tell a story: people post and react, the
 * clock moves, and what the engine wants done is collected as words. */

#pragma once

#include "engine.h"

G_BEGIN_DECLS

/* The cast. Whoever runs the daemon is WORLD_ME; ONCALL and DEVS are the groups of the two tags. */
#define WORLD_TEAM    "T1"
#define WORLD_CHANNEL "C1"
#define WORLD_ME      "UME"
#define WORLD_ASKER   "UADA"
#define WORLD_OTHER   "UBOB"
#define WORLD_BOT     "UBOT"
#define WORLD_ONCALL  "SONCALL"
#define WORLD_DEVS    "SDEVS"

typedef struct
{
  OncEngine *engine; /* (owned) */
  OncPolicy *policy; /* (owned) */
  OncInstant now;
  GString *told;         /* (owned) what people get to notice, see world_told() */
  GPtrArray *saved;      /* (owned) of OncEffect: all SAVE effects so far */
  GPtrArray *timestamps; /* (owned) of strings, as handed out */
  guint last_ts;         /* of the last message, as the number behind the dot */
} World;

/* A world at 2026-03-02 10:00 UTC with the product's default timings. */
World *world_new (void);
void world_free (World *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

/* Moves the clock and ticks. */
void world_wait (World *self, OncSpan span);
/* Moves the clock without a tick, as a suspended machine does. */
void world_sleep (World *self, OncSpan span);

/* These return the message's ts: (transfer none). @root is NULL for a question of its own. */
const char *world_post (World *self, const char *user, const char *root, const char *text);
/* An urgent question of WORLD_ASKER, thread 1 in a new world. What it tells is skipped. */
const char *world_ask (World *self);
/* A post that was written @ago before now and is found in history now. */
const char *
world_find (World *self, const char *user, const char *root, const char *text, OncSpan ago);
/* The same of a question that has @looker's eyes, since nobody knows when. */
const char *world_find_claimed (
    World *self, const char *user, const char *text, OncSpan ago, const char *looker);

/* The question @root of WORLD_ASKER as Slack lists it when it is asked now: WORLD_OTHER's check
 * mark is on it, and @latest is its newest reply. */
void world_find_resolved (World *self, const char *root, const char *text, const char *latest);

void world_edit (World *self, const char *user, const char *root, const char *ts, const char *text);
void world_delete (World *self, const char *root, const char *ts);
void
world_react (World *self, const char *user, const char *root, const char *ts, const char *name);
void
world_unreact (World *self, const char *user, const char *root, const char *ts, const char *name);
void world_member (World *self, const char *group, const char *user);
void world_catch_up (World *self, gboolean first);
void world_caught_up (World *self);
/* Slack's answer to a claim of WORLD_ME. */
void
world_written (World *self, const char *root, const char *name, gboolean add, OncWriteOutcome how);

/* Hands any event in, and collects what comes out. Takes ownership of @event. */
void world_apply (World *self, OncEvent *event);
void world_collect (World *self, GPtrArray *effects);

/* A wish of WORLD_ME, whose ID is filled in. Returns: whether it was granted. */
gboolean world_do (World *self, guint32 number, OncAction action);

/* The same for a wish that needs no more than this. */
gboolean
world_act (World *self, guint32 number, OncActionKind kind, const char *text, OncLevel level);

/* What has been told since the last call, oldest first, without SAVE: for instance
 * "alert 1 opened; notify 1 opened urgent; changed 1 state". Threads go by their numbers. */
#define world_assert_told(self, expected)                                                          \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *world_told_ = world_told (self);                                              \
    g_assert_cmpstr (world_told_, ==, expected);                                                   \
  }                                                                                                \
  G_STMT_END
char *world_told (World *self);

/* Drops what has been told so far: the story begins here. */
void world_skip (World *self);

/* Returns: (transfer none): the thread, which must be in memory. */
const OncThread *world_thread (World *self, guint32 number);

/* Returns: (transfer full): all that must not depend on when ticks came, for comparing worlds. */
char *world_state (World *self);

G_END_DECLS
