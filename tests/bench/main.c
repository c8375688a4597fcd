/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Measures the release build of oncalld beside the floor: the same load, from the same generator,
 * in the same run. README.md says what each figure means. */

#include "bench.h"
#include "names.h"
#include "stored-history.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* What a store holds while the daemon idles. */
#define IDLE_THREADS 5

/* Threads that a start needs for a while are kept in a pool for 15 s (GLib); so long after it, in
 * milliseconds, all of them are gone. */
#define SETTLING 20000

/* How often the daemon is started for a figure about starting */
#define STARTS 5

/* What was said in the last seven days when it starts for the first time */
#define HISTORY_THREADS  300
#define HISTORY_MESSAGES 5000

/* How often each command is run, and for how long at most, in nanoseconds. */
#define COMMAND_RUNS 20
#define COMMAND_TIME G_GINT64_CONSTANT (3000000000)

/* The table */

static void
print_row (const char *what, const char *unit, double floor, double daemon, const char *aim)
{
  char ratio[16] = "";

  if (floor > 0)
    g_snprintf (ratio, sizeof ratio, "%.2f", daemon / floor);
  g_print ("%-40s %10.0f %10.0f  %-4s %7s   %s\n", what, floor, daemon, unit, ratio, aim);
}

static void
print_daemon_row (const char *what, const char *unit, double daemon, const char *aim)
{
  g_print ("%-40s %10s %10.1f  %-4s %7s   %s\n", what, "", daemon, unit, "", aim);
}

/* Of @spans. */
static void
print_best_row (const char *what, Spans *spans, const char *aim)
{
  g_print ("%-40s %10.1f %10.1f  %-4s %7s   %s\n", what, spans_percentile (spans, 0) / 1000,
           spans_percentile (spans, 50) / 1000, "ms", "", aim);
}

static void
print_heading (const char *heading)
{
  g_print ("\n%-40s %10s %10s  %-4s %7s   %s\n", heading, "floor", "oncalld", "", "ratio", "aim");
}

/* Phases: each starts what it measures, so that none inherits from another. */

static void
phase_idle (Bench *self)
{
  int seconds = self->options->idle_seconds;
  TargetFigures before, after;
  guint n_pings;
  double per_minute = 60.0 / seconds;
  double wakeups, pings;

  bench_start_daemon (self, "5 in 10s");
  bench_run_singles (self, WORKLOAD_THREADS, IDLE_THREADS, NULL, NULL);
  bench_wait_for (self, SETTLING);
  before = target_measure (self->target);
  n_pings = played_slack_count_pings (self->slack);
  bench_wait_for (self, seconds * G_GINT64_CONSTANT (1000));
  after = target_measure (self->target);
  pings = (played_slack_count_pings (self->slack) - n_pings) * per_minute;
  wakeups = (double) (after.wakeups - before.wakeups) * per_minute;
  bench_stop_target (self);

  g_print ("\nidle, connected, %d threads, %d s\n", IDLE_THREADS, seconds);
  print_daemon_row ("resident", "MB", (double) after.rss_kib / 1024, "< 15");
  print_daemon_row ("... of which private", "MB", (double) after.private_kib / 1024, "");
  print_daemon_row ("wake-ups", "/min", wakeups, "");
  /* One to send it and one to hear the answer */
  print_daemon_row ("... but for the socket's pings", "/min", wakeups - 2 * pings, "<= 1");
}

static void
phase_singles (Bench *self)
{
  BenchResult floor = { 0 };
  BenchResult daemon = { 0 };

  if (!self->options->daemon_only)
    {
      bench_start_floor (self, FALSE);
      bench_measure_singles (self, TRUE, FALSE, &floor);
      bench_stop_target (self);
      bench_start_floor (self, TRUE);
      bench_measure_singles (self, FALSE, TRUE, &floor);
      bench_stop_target (self);
    }
  bench_start_daemon (self, "off");
  bench_measure_singles (self, TRUE, TRUE, &daemon);
  bench_check_daemon (self);
  bench_stop_target (self);

  print_heading ("single events that call @oncall");
  print_row ("event to ack, median", "us", floor.ack[0], daemon.ack[0], "");
  print_row ("event to ack, 99th percentile", "us", floor.ack[1], daemon.ack[1], "");
  print_row ("event to Notify, median", "us", floor.popup[0], daemon.popup[0], "<= 2");
  print_row ("event to Notify, 99th percentile", "us", floor.popup[1], daemon.popup[1], "");
  print_row ("... against the floor's ack, median", "us", floor.ack[0], daemon.popup[0], "");
}

static void
phase_stream (Bench *self, WorkloadKind kind, const char *heading)
{
  BenchResult floor = { 0 };
  BenchResult daemon = { 0 };

  bench_keep_to (self, BENCH_ALL);
  if (!self->options->daemon_only)
    {
      bench_start_floor (self, FALSE);
      bench_measure_stream (self, kind, &floor);
      bench_stop_target (self);
    }
  bench_start_daemon (self, "5 in 10s");
  bench_measure_stream (self, kind, &daemon);
  bench_check_daemon (self);
  bench_stop_target (self);
  bench_keep_to (self, BENCH_OTHERS);

  print_heading (heading);
  print_row ("throughput", "/s", floor.per_second, daemon.per_second, ">= 0.25");
  print_row ("processor time per event", "us", floor.cpu, daemon.cpu, "");
  print_row ("generator's share of a processor", "%", floor.own_cpu * 100, daemon.own_cpu * 100,
             "");
  print_row ("resident afterwards", "MB", (double) floor.after.rss_kib / 1024,
             (double) daemon.after.rss_kib / 1024, "");
}

static void
phase_mix (Bench *self)
{
  phase_stream (self, WORKLOAD_MIX, "60% replies 20% emoji 10% new 10% edits");
}

static void
phase_threads (Bench *self)
{
  phase_stream (self, WORKLOAD_THREADS, "new threads only");
}

/* Prints the best and the median of many runs of @argv. @aim: in milliseconds; 0: there is none. */
static void
time_command (Bench *self, const char *what, const char *const *argv, double aim)
{
  g_autoptr (GArray) spans = spans_new ();
  g_autofree char *aim_text = aim > 0 ? g_strdup_printf ("< %g", aim) : g_strdup ("");

  for (gint64 spent = 0; spans->len < COMMAND_RUNS && spent < COMMAND_TIME;)
    {
      gint64 span = bench_run_command (self, argv);

      spans_add (spans, span);
      spent += span;
    }
  print_best_row (what, spans, aim_text);
}

static void
phase_commands (Bench *self)
{
  const char *const busctl[] = { "busctl",     "--user",     "call",
                                 ONC_BUS_NAME, ONC_BUS_PATH, ONC_DBUS_PROPERTIES,
                                 "GetAll",     "s",          ONC_BUS_MANAGER,
                                 NULL };
  const char *const status[] = { self->ctl, "status", NULL };
  const char *const list_json[] = { self->ctl, "list", "--json", NULL };
  const char *const list[] = { self->ctl, "list", NULL };
  const char *const list_limit[] = { self->ctl, "list", "--limit=20", NULL };
  const char *const list_format[] = { self->ctl, "list", "--format={{number}} {{text}}", NULL };
  const char *const managed[] = { "busctl",
                                  "--user",
                                  "call",
                                  ONC_BUS_NAME,
                                  ONC_BUS_PATH,
                                  ONC_DBUS_OBJECT_MANAGER,
                                  "GetManagedObjects",
                                  NULL };

  bench_keep_to (self, BENCH_ALL);
  bench_start_daemon (self, "5 in 10s");
  bench_run_stream (self, WORKLOAD_THREADS, (guint) self->options->n_open);
  bench_check_daemon (self);
  g_print ("\n%-40s %10s %10s  %-4s %7s   %s\n", "commands, 10,000 open threads", "best", "median",
           "", "", "aim");
  time_command (self, "busctl call GetAll of the manager", busctl, 0);
  time_command (self, "oncallctl status, the same call", status, 10);
  time_command (self, "oncallctl list --json", list_json, 150);
  time_command (self, "oncallctl list --format", list_format, 0);
  time_command (self, "oncallctl list --limit=20", list_limit, 15);
  time_command (self, "oncallctl list", list, 0);
  time_command (self, "busctl call GetManagedObjects", managed, 0);
  bench_stop_target (self);
  bench_keep_to (self, BENCH_OTHERS);
}

/* Returns: for how long the daemon has run when it answers on the bus, in nanoseconds. */
static gint64
wait_until_on_bus (Bench *self)
{
  guint32 n_open;

  while (!popup_counter_ask_daemon_count (self->popups, "OpenCount", &n_open))
    bench_wait_a_while (self, 1);
  return stopwatch_now () - self->started;
}

/* A daemon with @n_threads closed threads in its store. */
static void
phase_one_history (Bench *self, guint n_threads)
{
  g_autofree char *state = bench_new_state (self);
  g_autofree char *database = g_build_filename (state, "oncalld.db", NULL);
  g_autoptr (GArray) starts = spans_new ();
  g_autoptr (GArray) private = spans_new ();
  BenchResult result = { 0 };

  stored_history_write (database, n_threads);
  for (guint i = 0; i < STARTS; i++)
    {
      bench_start_daemon_with (self, state, "5 in 10s");
      spans_add (starts, wait_until_on_bus (self));
      bench_wait_until_connected (self);
      spans_add (private, (gint64) target_measure (self->target).private_kib * 1000);
      if (i + 1 < STARTS)
        bench_stop_target (self);
    }
  bench_measure_singles (self, TRUE, FALSE, &result);
  bench_measure_stream (self, WORKLOAD_MIX, &result);
  bench_check_daemon (self);
  bench_stop_target (self);

  g_print ("%10u %12.1f %12.1f %14.0f %14.0f\n", n_threads, spans_percentile (starts, 0) / 1000,
           spans_percentile (private, 0) / 1024, result.ack[0], result.cpu);
}

static void
phase_history (Bench *self)
{
  static const guint sizes[] = { 0, 1000, 10000, 100000 };

  g_print ("\n%10s %12s %12s %14s %14s\n", "closed", "on the bus", "private", "event to ack",
           "processor time");
  g_print ("%10s %12s %12s %14s %14s\n", "threads", "ms, best", "MB", "us, median", "us per event");
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    phase_one_history (self, sizes[i]);
  g_print ("%10s %12s %12s %14s %14s\n", "aim", "< 150", "+ < 1", "the same", "the same");
}

/* Returns: how long it took the daemon to have read all, in nanoseconds. */
static gint64
read_history (Bench *self, guint n_threads, TargetFigures *figures)
{
  gint64 span;
  guint32 n_open = 0;

  bench_start_daemon (self, "5 in 10s");
  BENCH_WAIT_UNTIL (self, popup_counter_ask_daemon_count (self->popups, "OpenCount", &n_open) &&
                              n_open == n_threads);
  span = stopwatch_now () - self->started;
  *figures = target_measure (self->target);
  bench_stop_target (self);
  return span;
}

static void
phase_backfill (Bench *self)
{
  g_autoptr (GArray) spans = spans_new ();
  TargetFigures empty, full;
  gint64 start;

  bench_keep_to (self, BENCH_ALL);
  start = read_history (self, 0, &empty);
  for (guint i = 0; i < STARTS; i++)
    {
      played_slack_set_history (self->slack,
                                played_history_new (HISTORY_THREADS, HISTORY_MESSAGES));
      spans_add (spans, read_history (self, HISTORY_THREADS, &full));
    }
  played_slack_set_history (self->slack, NULL);
  bench_keep_to (self, BENCH_OTHERS);

  g_print ("\n%-40s %10s %10s  %-4s %7s   %s\n", "first start: 5,000 messages, 300 threads", "best",
           "median", "", "", "aim");
  print_best_row ("start to all read", spans, "< 2000");
  g_print ("%-40s %10.1f %10s  %-4s\n", "... with nothing to read", (double) start / 1e6, "", "ms");
  g_print ("%-40s %10.1f %10s  %-4s\n", "resident at most, more than with nothing",
           (double) (full.peak_kib - empty.peak_kib) / 1024, "", "MB");
}

static const struct
{
  const char *name;
  void (*run) (Bench *self);
} phases[] = {
  { "singles", phase_singles },   { "mix", phase_mix },         { "threads", phase_threads },
  { "commands", phase_commands }, { "history", phase_history }, { "backfill", phase_backfill },
  { "idle", phase_idle },
};

/* Removes a directory that holds files and, one level deep, directories of files. */
static void
remove_tree (const char *path)
{
  GDir *dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_tree (child);
      else
        g_unlink (child);
    }
  if (dir != NULL)
    g_dir_close (dir);
  g_rmdir (path);
}

static gboolean
read_options (BenchOptions *options, int *argc, char ***argv)
{
  const GOptionEntry entries[] = {
    { "events", 0, 0, G_OPTION_ARG_INT, &options->n_events, "Events of each stream", "N" },
    { "singles", 0, 0, G_OPTION_ARG_INT, &options->n_singles, "Single events", "N" },
    { "outstanding", 0, 0, G_OPTION_ARG_INT, &options->outstanding,
      "Events of a stream that wait for their acknowledgement", "N" },
    { "size", 0, 0, G_OPTION_ARG_INT, &options->size, "Bytes of an event", "N" },
    { "idle", 0, 0, G_OPTION_ARG_INT, &options->idle_seconds, "How long to idle", "SECONDS" },
    { "phase", 0, 0, G_OPTION_ARG_STRING, &options->phase,
      "Measure nothing but this: singles, mix, threads, commands, history, backfill or idle",
      "NAME" },
    { "open", 0, 0, G_OPTION_ARG_INT, &options->n_open, "Open threads that commands find", "N" },
    { "daemon-only", 0, 0, G_OPTION_ARG_NONE, &options->daemon_only, "Leave the floor out", NULL },
    { "directory", 0, 0, G_OPTION_ARG_FILENAME, &options->directory,
      "Keep stores below this rather than /var/tmp", "DIRECTORY" },
    { "wrapper", 0, 0, G_OPTION_ARG_STRING, &options->wrapper,
      "Run the daemon by this command, such as a profiler", "COMMAND" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("FLOOR DAEMON ONCALLCTL");
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (g_option_context_parse (context, argc, argv, &error) && *argc == 4)
    return TRUE;
  g_printerr ("%s\n", error != NULL ? error->message : "Name the three programs.");
  return FALSE;
}

/* Measures all that is asked for, with stores below @directory. */
static void
run (const BenchOptions *options, char **argv, const char *directory)
{
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  Bench self = { .options = options,
                 .floor = argv[1],
                 .daemon = argv[2],
                 .ctl = argv[3],
                 .directory = directory,
                 .command = -1 };

  if (sched_getaffinity (0, sizeof self.processors, &self.processors) != 0)
    g_error ("sched_getaffinity: %s", g_strerror (errno));
  bench_keep_to (&self, BENCH_OTHERS);
  g_test_dbus_up (bus);
  self.slack = played_slack_new ();
  self.popups = popup_counter_new ();

  for (guint i = 0; i < G_N_ELEMENTS (phases); i++)
    {
      if (options->phase == NULL || g_str_equal (options->phase, phases[i].name))
        phases[i].run (&self);
    }

  played_slack_free (self.slack);
  popup_counter_free (self.popups);
  g_test_dbus_down (bus);
}

static volatile pid_t child;

static void
on_signal (int number)
{
  kill (child, number);
}

/* What is measured is done in a child, so that the directory goes however that ends. */
int
main (int argc, char **argv)
{
  BenchOptions options = { .n_events = 50000,
                           .n_singles = 500,
                           .outstanding = 64,
                           .size = 2048,
                           .idle_seconds = 120,
                           .n_open = 10000 };
  g_autofree char *directory = NULL;
  int status;

  if (!read_options (&options, &argc, &argv))
    return 2;

  /* Not in /tmp, which may be memory and no fair place for a database, nor in the tree */
  directory = g_build_filename (options.directory != NULL ? options.directory : "/var/tmp",
                                "oncalld-bench-XXXXXX", NULL);
  if (g_mkdtemp (directory) == NULL)
    g_error ("cannot make %s: %s", directory, g_strerror (errno));

  child = fork ();
  if (child == 0)
    {
      run (&options, argv, directory);
      return 0;
    }
  signal (SIGINT, on_signal);
  signal (SIGTERM, on_signal);
  while (waitpid (child, &status, 0) < 0 && errno == EINTR)
    continue;
  remove_tree (directory);
  g_free (options.wrapper);
  g_free (options.phase);
  g_free (options.directory);
  return WIFEXITED (status) ? WEXITSTATUS (status) : 1;
}
