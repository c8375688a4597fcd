/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* One run of the benchmark: it starts what is measured, plays Slack and the desktop for it, puts
 * load on it, and takes the time. */

#pragma once

#include "played-slack.h"
#include "popup-counter.h"
#include "stopwatch.h"
#include "target.h"
#include "workload.h"

#include <sched.h>

/* How long anything may take before the bench gives up, in seconds. */
#define BENCH_PATIENCE 120

typedef struct
{
  int n_events;
  int n_singles;
  int outstanding;
  int size;
  int idle_seconds;
  int n_open;
  gboolean daemon_only;
  char *phase;     /* (owned) (nullable) the only one that is wanted */
  char *directory; /* (owned) (nullable) where its own is to be made; NULL: in /var/tmp */
  char *wrapper;   /* (owned) (nullable) a command line that the daemon is run by, as a profiler */
} BenchOptions;

typedef struct
{
  const BenchOptions *options;
  const char *floor;     /* path of the program */
  const char *daemon;    /* likewise */
  const char *ctl;       /* likewise: oncallctl */
  const char *directory; /* for all that it writes */
  PlayedSlack *slack;    /* (owned) */
  PopupCounter *popups;  /* (owned) */
  Workload *workload;    /* (owned) (nullable) of the present target */
  Target *target;        /* (owned) (nullable) */
  guint n_states;        /* directories for the daemon's state that were made */
  cpu_set_t processors;  /* that there are for us */
  gboolean spinning;     /* the generator never sleeps while it waits */
  int command;           /* (owned) descriptor of a process that is waited for; -1: there is none */

  gint64 started; /* when the daemon was */

  /* Of what was made last */
  gint64 last_ack; /* when */
  guint n_acks;
} Bench;

/* What was measured of one program under one load. */
typedef struct
{
  double ack[2];   /* p50 and p99 in microseconds */
  double popup[2]; /* likewise */
  double per_second;
  double cpu;     /* microseconds per event */
  double own_cpu; /* of the generator: its share of one processor */
  TargetFigures after;
} BenchResult;

/* Which processors this program keeps to, and what it starts from now on */
typedef enum
{
  BENCH_ALL,
  BENCH_ONE,
  BENCH_OTHERS,
} BenchProcessors;

/* Waits until @condition, an expression, is true. */
#define BENCH_WAIT_UNTIL(self, condition)                                                          \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 deadline_ = stopwatch_now () + BENCH_PATIENCE * G_GINT64_CONSTANT (1000000000);         \
                                                                                                   \
    while (!(condition))                                                                           \
      {                                                                                            \
        bench_wait_a_while (self, 10);                                                             \
        if (stopwatch_now () > deadline_)                                                          \
          g_error ("still not true: %s", #condition);                                              \
      }                                                                                            \
  }                                                                                                \
  G_STMT_END

/* Lets whatever happens in the next @timeout_ms happen; returns after the first. */
void bench_wait_a_while (Bench *self, int timeout_ms);
void bench_wait_for (Bench *self, gint64 milliseconds);

/* Where there is but one, all keep to it. */
void bench_keep_to (Bench *self, BenchProcessors which);

/* Returns: (transfer full): a directory for the daemon's state, with nothing in it. */
char *bench_new_state (Bench *self);

/* @notify: it shows a popup for each event. Returns when it is connected. */
void bench_start_floor (Bench *self, gboolean notify);

/* Starts the daemon with the store in @state. @burst: when popups fold into one. */
void bench_start_daemon_with (Bench *self, const char *state, const char *burst);
void bench_wait_until_connected (Bench *self);

/* Starts the daemon with nothing in its store, and waits until it is connected. */
void bench_start_daemon (Bench *self, const char *burst);

/* Makes sure that the daemon has taken in all that the workload made. */
void bench_check_daemon (Bench *self);

/* Ends what runs, the floor or the daemon. */
void bench_stop_target (Bench *self);

/* Keeps so many events outstanding as was asked for. */
void bench_run_stream (Bench *self, WorkloadKind kind, guint n_events);

/* Sends one event after the other, each when the one before has been dealt with. @acks, @popups:
 * (nullable): where to note how long that took; what is not asked for is not waited for. */
void bench_run_singles (Bench *self, WorkloadKind kind, guint n_events, Spans *acks, Spans *popups);

/* Has a processor for the generator alone, which never sleeps: what is measured is how the program
 * wakes up and works, not how the generator does. */
void
bench_measure_singles (Bench *self, gboolean with_acks, gboolean with_popups, BenchResult *result);
void bench_measure_stream (Bench *self, WorkloadKind kind, BenchResult *result);

/* Runs @argv to its end, while Slack and the desktop go on. Returns: how long it took. */
gint64 bench_run_command (Bench *self, const char *const *argv);
