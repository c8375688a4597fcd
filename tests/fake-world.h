/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The app behind an OncBus, played: threads as a test wants them, answers as it says. */

#pragma once

#include "bus.h"

G_BEGIN_DECLS

/* Who "me" is in this world. */
#define FAKE_ME "U000"

typedef struct
{
  OncBus *bus;        /* (owned) */
  GPtrArray *threads; /* (owned) of OncThread, open and closed */

  /* How calls are answered */
  GError *answer; /* (owned) (nullable) NULL: with success */
  gboolean hold;  /* not before fake_world_release() */
  GArray *held;   /* (owned) the calls that wait for that */
  gboolean nameless;

  /* The last call, in words such as "act 7 reply queue Hello", and the last filter, whose strings
   * are gone */
  char *call; /* (owned) */
  OncFilter filter;
  OncInstant time; /* that was set last */
  guint acquired;  /* how often the name was acquired ... */
  guint lost;      /* ... and lost */
} FakeWorld;

FakeWorld *fake_world_new (void);
void fake_world_free (FakeWorld *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeWorld, fake_world_free)

/* Returns: (transfer none): a new thread; an open one is announced to the bus. */
OncThread *fake_world_add (FakeWorld *self,
                           guint32 number,
                           OncLevel level,
                           OncState state,
                           const char *channel,
                           const char *ts,
                           const char *asker,
                           OncInstant opened,
                           const char *text);

/* Returns: (transfer none) (nullable). */
OncThread *fake_world_get (FakeWorld *self, guint32 number);

/* Sets @thread's state, and tells the bus. */
void fake_world_set_state (FakeWorld *self, OncThread *thread, OncState state);

/* Adds a looker, and tells the bus. */
void fake_world_look (
    FakeWorld *self, OncThread *thread, const char *user, OncInstant since, OncLook how);

/* Adds a promise of @user, that the message @ts (nullable: not sent yet) makes, and tells the bus.
 * Returns: (transfer none). */
OncPromise *fake_world_promise (FakeWorld *self,
                                OncThread *thread,
                                const char *ts,
                                const char *user,
                                OncInstant made,
                                OncInstant due,
                                OncPromiseState state,
                                const char *words);

/* Counts the open threads and their promises anew, for the manager's properties. */
void fake_world_count (FakeWorld *self);

/* Answers the calls that were held. */
void fake_world_release (FakeWorld *self);

G_END_DECLS
