/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "bench.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Between two single events, in microseconds, so that each finds the program waiting. */
#define PAUSE 2000

/* Events before the first that is measured: buffers have grown, statements are prepared. */
#define WARM_UP 200

void
bench_keep_to (Bench *self, BenchProcessors which)
{
  cpu_set_t chosen = self->processors;
  int first = 0;

  while (!CPU_ISSET (first, &self->processors))
    first++;
  if (which == BENCH_OTHERS && CPU_COUNT (&self->processors) > 1)
    CPU_CLR (first, &chosen);
  if (which == BENCH_ONE)
    {
      CPU_ZERO (&chosen);
      CPU_SET (first, &chosen);
    }
  if (sched_setaffinity (0, sizeof chosen, &chosen) != 0)
    g_error ("sched_setaffinity: %s", g_strerror (errno));
}

static void
on_ack (const char *ack, gpointer user_data)
{
  Bench *self = user_data;

  if (workload_find (self->workload, ack) < 0)
    g_error ("acknowledged what was not sent: %s", ack);
  self->last_ack = stopwatch_now ();
  self->n_acks++;
}

void
bench_wait_a_while (Bench *self, int timeout_ms)
{
  struct pollfd fds[] = { { .fd = popup_counter_get_fd (self->popups), .events = POLLIN },
                          { .fd = played_slack_get_fd (self->slack), .events = POLLIN },
                          { .fd = self->command, .events = POLLIN } };

  if (poll (fds, G_N_ELEMENTS (fds), self->spinning ? 0 : timeout_ms) < 0 && errno != EINTR)
    g_error ("poll: %s", g_strerror (errno));
  if (fds[0].revents != 0)
    popup_counter_process (self->popups);
  if (fds[1].revents != 0)
    played_slack_read (self->slack, on_ack, self);
  if (fds[0].revents == 0 && fds[1].revents == 0)
    g_main_context_iteration (NULL, FALSE);
}

void
bench_wait_for (Bench *self, gint64 milliseconds)
{
  gint64 end = stopwatch_now () + milliseconds * 1000000;

  while (stopwatch_now () < end)
    bench_wait_a_while (self, (int) MIN (milliseconds, 100));
}

/* Starting and stopping */

void
bench_stop_target (Bench *self)
{
  g_clear_pointer (&self->target, target_stop);
  g_clear_pointer (&self->workload, workload_free);
  while (played_slack_get_fd (self->slack) >= 0)
    played_slack_read (self->slack, on_ack, self);
}

static void
start_target (Bench *self, const char *const *argv)
{
  g_autofree char *log = g_build_filename (self->directory, "log", NULL);

  self->workload = workload_new ();
  self->target = target_start (argv, log);
}

void
bench_start_floor (Bench *self, gboolean notify)
{
  g_autofree char *port = g_strdup_printf ("%u", played_slack_get_port (self->slack));
  const char *const argv[] = { self->floor, port, notify ? "--notify" : NULL, NULL };

  start_target (self, argv);
  BENCH_WAIT_UNTIL (self, played_slack_get_fd (self->slack) >= 0);
}

static char *
write_file (Bench *self, const char *name, const char *text)
{
  char *path = g_build_filename (self->directory, name, NULL);
  g_autoptr (GError) error = NULL;

  if (!g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, &error))
    g_error ("%s", error->message);
  return path;
}

char *
bench_new_state (Bench *self)
{
  char *state = g_strdup_printf ("%s/state-%u", self->directory, self->n_states++);

  if (g_mkdir (state, 0700) != 0)
    g_error ("cannot make %s: %s", state, g_strerror (errno));
  return state;
}

void
bench_start_daemon_with (Bench *self, const char *state, const char *burst)
{
  g_autofree char *user_token = write_file (self, "user-token", "xoxp-bench\n");
  g_autofree char *app_token = write_file (self, "app-token", "xapp-bench\n");
  g_autofree char *text = g_strdup_printf ("[slack]\napi-url=http://127.0.0.1:%u/api/\n"
                                           "user-token-file=%s\napp-token-file=%s\n"
                                           "[notifications]\nburst=%s\n",
                                           played_slack_get_port (self->slack), user_token,
                                           app_token, burst);
  g_autofree char *config = write_file (self, "oncalld.conf", text);
  g_autofree char *command = g_strdup_printf (
      "%s %s --config %s --state-dir %s",
      self->options->wrapper != NULL ? self->options->wrapper : "", self->daemon, config, state);
  g_auto (GStrv) argv = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_shell_parse_argv (command, NULL, &argv, &error))
    g_error ("%s", error->message);
  self->started = stopwatch_now ();
  start_target (self, (const char *const *) argv);
}

void
bench_wait_until_connected (Bench *self)
{
  BENCH_WAIT_UNTIL (self, popup_counter_daemon_is_connected (self->popups));
}

void
bench_start_daemon (Bench *self, const char *burst)
{
  g_autofree char *state = bench_new_state (self);

  bench_start_daemon_with (self, state, burst);
  bench_wait_until_connected (self);
}

/* Loads */

static void
send_events (Bench *self, guint first, guint n)
{
  gsize length;
  const guint8 *frames = workload_get_frames (self->workload, first, n, &length);

  played_slack_send (self->slack, frames, length);
}

static void
make_events (Bench *self, WorkloadKind kind, guint n_events)
{
  self->n_acks = 0;
  workload_make (self->workload, kind, n_events, (gsize) self->options->size);
}

void
bench_run_singles (Bench *self, WorkloadKind kind, guint n_events, Spans *acks, Spans *popups)
{
  make_events (self, kind, n_events);
  for (guint i = 0; i < n_events; i++)
    {
      guint n_popups = popup_counter_get (self->popups, NULL);
      gint64 popup_at = 0;
      gint64 start;

      g_usleep (PAUSE);
      start = stopwatch_now ();
      send_events (self, i, 1);
      BENCH_WAIT_UNTIL (
          self, self->n_acks > i &&
                    (popups == NULL || popup_counter_get (self->popups, &popup_at) > n_popups));
      if (acks != NULL)
        spans_add (acks, self->last_ack - start);
      if (popups != NULL)
        spans_add (popups, popup_at - start);
    }
}

void
bench_run_stream (Bench *self, WorkloadKind kind, guint n_events)
{
  guint outstanding = (guint) self->options->outstanding;
  guint n_sent = 0;

  make_events (self, kind, n_events);
  while (self->n_acks < n_events)
    {
      guint n = MIN (n_events - n_sent, outstanding - (n_sent - self->n_acks));

      if (n > 0)
        send_events (self, n_sent, n);
      n_sent += n;
      bench_wait_a_while (self, 1000);
    }
}

/* Measuring */

static void
set_percentiles (double percentiles[2], Spans *spans)
{
  percentiles[0] = spans_percentile (spans, 50);
  percentiles[1] = spans_percentile (spans, 99);
}

void
bench_measure_singles (Bench *self, gboolean with_acks, gboolean with_popups, BenchResult *result)
{
  g_autoptr (GArray) acks = spans_new ();
  g_autoptr (GArray) popups = spans_new ();

  bench_keep_to (self, BENCH_ONE);
  self->spinning = CPU_COUNT (&self->processors) > 1;
  bench_run_singles (self, WORKLOAD_CALLS, WARM_UP, NULL, with_popups ? popups : NULL);
  g_array_set_size (popups, 0);
  bench_run_singles (self, WORKLOAD_CALLS, (guint) self->options->n_singles, acks,
                     with_popups ? popups : NULL);
  self->spinning = FALSE;
  bench_keep_to (self, BENCH_OTHERS);
  if (with_acks)
    set_percentiles (result->ack, acks);
  if (with_popups)
    set_percentiles (result->popup, popups);
}

static double
get_own_cpu_seconds (void)
{
  return (double) clock () / CLOCKS_PER_SEC;
}

void
bench_measure_stream (Bench *self, WorkloadKind kind, BenchResult *result)
{
  guint n = (guint) self->options->n_events;
  double cpu, own_cpu, seconds;
  gint64 start;

  bench_run_singles (self, kind, WARM_UP, NULL, NULL);
  cpu = target_measure (self->target).cpu_seconds;
  own_cpu = get_own_cpu_seconds ();
  start = stopwatch_now ();
  bench_run_stream (self, kind, n);
  seconds = (double) (self->last_ack - start) / 1e9;
  result->own_cpu = (get_own_cpu_seconds () - own_cpu) / seconds;
  result->per_second = n / seconds;
  bench_wait_for (self, 1000); /* what is done after the acknowledgement counts too */
  result->after = target_measure (self->target);
  result->cpu = (result->after.cpu_seconds - cpu) / n * 1e6;
}

void
bench_check_daemon (Bench *self)
{
  guint32 n_open = 0;

  BENCH_WAIT_UNTIL (self, popup_counter_ask_daemon_count (self->popups, "OpenCount", &n_open) &&
                              n_open == workload_count_open (self->workload));
}

gint64
bench_run_command (Bench *self, const char *const *argv)
{
  gint64 start = stopwatch_now ();
  g_autoptr (GError) error = NULL;
  GPid pid;
  int status;

  if (!g_spawn_async (NULL, (char **) argv, NULL,
                      G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD,
                      NULL, NULL, &pid, &error))
    g_error ("%s: %s", argv[0], error->message);
  self->command = (int) syscall (SYS_pidfd_open, pid, 0);
  if (self->command < 0)
    g_error ("pidfd_open: %s", g_strerror (errno));
  BENCH_WAIT_UNTIL (self, waitpid (pid, &status, WNOHANG) == pid);
  close (self->command);
  self->command = -1;
  if (!g_spawn_check_wait_status (status, &error))
    g_error ("%s: %s", argv[0], error->message);

  return stopwatch_now () - start;
}
