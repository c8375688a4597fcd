/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Measures the release build of oncalld beside the floor: the same load, from the same generator,
 * in the same run. README.md says what each figure means. */

#include "names.h"
#include "played-slack.h"
#include "popup-counter.h"
#include "stopwatch.h"
#include "target.h"
#include "workload.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <sched.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Between two single events, in microseconds, so that each finds the program waiting. */
#define PAUSE 2000

/* Events before the first that is measured: buffers have grown, statements are prepared. */
#define WARM_UP 200

/* What a store holds while the daemon idles. */
#define IDLE_THREADS 5

/* Threads that a start needs for a while are kept in a pool for 15 s (GLib); so long after it, in
 * milliseconds, all of them are gone. */
#define SETTLING 20000

/* How often each command is run, and for how long at most, in nanoseconds. */
#define COMMAND_RUNS 20
#define COMMAND_TIME G_GINT64_CONSTANT (3000000000)

/* How long anything may take before the bench gives up, in seconds. */
#define PATIENCE 120

typedef struct
{
  int n_events;
  int n_singles;
  int outstanding;
  int size;
  int idle_seconds;
  int n_open;
  gboolean daemon_only;
  char *phase;   /* (owned) (nullable) the only one that is wanted */
  char *wrapper; /* (owned) (nullable) a command line that the daemon is run by, as a profiler */
} Options;

typedef struct
{
  const Options *options;
  const char *floor;    /* path of the program */
  const char *daemon;   /* likewise */
  const char *ctl;      /* likewise: oncallctl */
  char *directory;      /* (owned) */
  PlayedSlack *slack;   /* (owned) */
  PopupCounter *popups; /* (owned) */
  Workload *workload;   /* (owned) (nullable) of the present target */
  Target *target;       /* (owned) (nullable) */
  guint n_states;       /* directories for the daemon's state that were made */
  cpu_set_t processors; /* that there are for us */
  gboolean spinning;    /* the generator never sleeps while it waits */
  int command;          /* (owned) descriptor of a process that is waited for; -1: there is none */

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
} Result;

/* Which processors this program keeps to, and what it starts from now on */
typedef enum
{
  ALL,
  ONE,
  OTHERS,
} Processors;

/* Where there is but one, all keep to it. */
static void
keep_to (Bench *self, Processors which)
{
  cpu_set_t chosen = self->processors;
  int first = 0;

  while (!CPU_ISSET (first, &self->processors))
    first++;
  if (which == OTHERS && CPU_COUNT (&self->processors) > 1)
    CPU_CLR (first, &chosen);
  if (which == ONE)
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

/* Lets whatever happens in the next @timeout_ms happen; returns after the first. */
static void
wait_a_while (Bench *self, int timeout_ms)
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

/* Waits until @condition, an expression, is true. */
#define WAIT_UNTIL(self, condition)                                                                \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 deadline_ = stopwatch_now () + PATIENCE * G_GINT64_CONSTANT (1000000000);               \
                                                                                                   \
    while (!(condition))                                                                           \
      {                                                                                            \
        wait_a_while (self, 10);                                                                   \
        if (stopwatch_now () > deadline_)                                                          \
          g_error ("still not true: %s", #condition);                                              \
      }                                                                                            \
  }                                                                                                \
  G_STMT_END

static void
wait_for (Bench *self, gint64 milliseconds)
{
  gint64 end = stopwatch_now () + milliseconds * 1000000;

  while (stopwatch_now () < end)
    wait_a_while (self, (int) MIN (milliseconds, 100));
}

/* Starting and stopping */

static void
stop_target (Bench *self)
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
  WAIT_UNTIL (self, played_slack_get_fd (self->slack) >= 0);
}

static void
start_floor (Bench *self, gboolean notify)
{
  g_autofree char *port = g_strdup_printf ("%u", played_slack_get_port (self->slack));
  const char *const argv[] = { self->floor, port, notify ? "--notify" : NULL, NULL };

  start_target (self, argv);
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

/* Starts the daemon with nothing in its store. @burst: when popups fold into one. */
static void
start_daemon (Bench *self, const char *burst)
{
  g_autofree char *user_token = write_file (self, "user-token", "xoxp-bench\n");
  g_autofree char *app_token = write_file (self, "app-token", "xapp-bench\n");
  g_autofree char *text = g_strdup_printf ("[slack]\napi-url=http://127.0.0.1:%u/api/\n"
                                           "user-token-file=%s\napp-token-file=%s\n"
                                           "[notifications]\nburst=%s\n",
                                           played_slack_get_port (self->slack), user_token,
                                           app_token, burst);
  g_autofree char *config = write_file (self, "oncalld.conf", text);
  g_autofree char *state = g_strdup_printf ("%s/state-%u", self->directory, self->n_states++);
  g_autofree char *command = g_strdup_printf (
      "%s %s --config %s --state-dir %s",
      self->options->wrapper != NULL ? self->options->wrapper : "", self->daemon, config, state);
  g_auto (GStrv) argv = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_shell_parse_argv (command, NULL, &argv, &error))
    g_error ("%s", error->message);
  start_target (self, (const char *const *) argv);
  WAIT_UNTIL (self, popup_counter_daemon_is_connected (self->popups));
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

/* Sends one event after the other, each when the one before has been dealt with. @acks, @popups:
 * (nullable): where to note how long that took; what is not asked for is not waited for. */
static void
run_singles (Bench *self, WorkloadKind kind, guint n_events, Spans *acks, Spans *popups)
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
      WAIT_UNTIL (self,
                  self->n_acks > i &&
                      (popups == NULL || popup_counter_get (self->popups, &popup_at) > n_popups));
      if (acks != NULL)
        spans_add (acks, self->last_ack - start);
      if (popups != NULL)
        spans_add (popups, popup_at - start);
    }
}

/* Keeps so many events outstanding as was asked for. */
static void
run_stream (Bench *self, WorkloadKind kind, guint n_events)
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
      wait_a_while (self, 1000);
    }
}

/* Measuring */

static void
set_percentiles (double percentiles[2], Spans *spans)
{
  percentiles[0] = spans_percentile (spans, 50);
  percentiles[1] = spans_percentile (spans, 99);
}

/* Has a processor for the generator alone, which never sleeps: what is measured is how the program
 * wakes up and works, not how the generator does. */
static void
measure_singles (Bench *self, gboolean with_acks, gboolean with_popups, Result *result)
{
  g_autoptr (GArray) acks = spans_new ();
  g_autoptr (GArray) popups = spans_new ();

  keep_to (self, ONE);
  self->spinning = CPU_COUNT (&self->processors) > 1;
  run_singles (self, WORKLOAD_CALLS, WARM_UP, NULL, with_popups ? popups : NULL);
  g_array_set_size (popups, 0);
  run_singles (self, WORKLOAD_CALLS, (guint) self->options->n_singles, acks,
               with_popups ? popups : NULL);
  self->spinning = FALSE;
  keep_to (self, OTHERS);
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

static void
measure_stream (Bench *self, WorkloadKind kind, Result *result)
{
  guint n = (guint) self->options->n_events;
  double cpu, own_cpu, seconds;
  gint64 start;

  run_singles (self, kind, WARM_UP, NULL, NULL);
  cpu = target_measure (self->target).cpu_seconds;
  own_cpu = get_own_cpu_seconds ();
  start = stopwatch_now ();
  run_stream (self, kind, n);
  seconds = (double) (self->last_ack - start) / 1e9;
  result->own_cpu = (get_own_cpu_seconds () - own_cpu) / seconds;
  result->per_second = n / seconds;
  wait_for (self, 1000); /* what is done after the acknowledgement counts too */
  result->after = target_measure (self->target);
  result->cpu = (result->after.cpu_seconds - cpu) / n * 1e6;
}

/* Makes sure that the daemon has taken it all in. */
static void
check_daemon (Bench *self)
{
  guint32 n_open = 0;

  WAIT_UNTIL (self, popup_counter_ask_daemon_count (self->popups, "OpenCount", &n_open) &&
                        n_open == workload_count_open (self->workload));
}

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
bench_idle (Bench *self)
{
  int seconds = self->options->idle_seconds;
  TargetFigures before, after;
  guint n_pings;
  double per_minute = 60.0 / seconds;
  double wakeups, pings;

  start_daemon (self, "5 in 10s");
  run_singles (self, WORKLOAD_THREADS, IDLE_THREADS, NULL, NULL);
  wait_for (self, SETTLING);
  before = target_measure (self->target);
  n_pings = played_slack_count_pings (self->slack);
  wait_for (self, seconds * G_GINT64_CONSTANT (1000));
  after = target_measure (self->target);
  pings = (played_slack_count_pings (self->slack) - n_pings) * per_minute;
  wakeups = (double) (after.wakeups - before.wakeups) * per_minute;
  stop_target (self);

  g_print ("\nidle, connected, %d threads, %d s\n", IDLE_THREADS, seconds);
  print_daemon_row ("resident", "MB", (double) after.rss_kib / 1024, "< 15");
  print_daemon_row ("... of which private", "MB", (double) after.private_kib / 1024, "");
  print_daemon_row ("wake-ups", "/min", wakeups, "");
  /* One to send it and one to hear the answer */
  print_daemon_row ("... but for the socket's pings", "/min", wakeups - 2 * pings, "<= 1");
}

static void
bench_singles (Bench *self)
{
  Result floor = { 0 };
  Result daemon = { 0 };

  if (!self->options->daemon_only)
    {
      start_floor (self, FALSE);
      measure_singles (self, TRUE, FALSE, &floor);
      stop_target (self);
      start_floor (self, TRUE);
      measure_singles (self, FALSE, TRUE, &floor);
      stop_target (self);
    }
  start_daemon (self, "off");
  measure_singles (self, TRUE, TRUE, &daemon);
  check_daemon (self);
  stop_target (self);

  print_heading ("single events that call @oncall");
  print_row ("event to ack, median", "us", floor.ack[0], daemon.ack[0], "");
  print_row ("event to ack, 99th percentile", "us", floor.ack[1], daemon.ack[1], "");
  print_row ("event to Notify, median", "us", floor.popup[0], daemon.popup[0], "<= 2");
  print_row ("event to Notify, 99th percentile", "us", floor.popup[1], daemon.popup[1], "");
  print_row ("... against the floor's ack, median", "us", floor.ack[0], daemon.popup[0], "");
}

static void
bench_stream (Bench *self, WorkloadKind kind, const char *heading)
{
  Result floor = { 0 };
  Result daemon = { 0 };

  keep_to (self, ALL);
  if (!self->options->daemon_only)
    {
      start_floor (self, FALSE);
      measure_stream (self, kind, &floor);
      stop_target (self);
    }
  start_daemon (self, "5 in 10s");
  measure_stream (self, kind, &daemon);
  check_daemon (self);
  stop_target (self);
  keep_to (self, OTHERS);

  print_heading (heading);
  print_row ("throughput", "/s", floor.per_second, daemon.per_second, ">= 0.25");
  print_row ("processor time per event", "us", floor.cpu, daemon.cpu, "");
  print_row ("generator's share of a processor", "%", floor.own_cpu * 100, daemon.own_cpu * 100,
             "");
  print_row ("resident afterwards", "MB", (double) floor.after.rss_kib / 1024,
             (double) daemon.after.rss_kib / 1024, "");
}

static void
bench_mix (Bench *self)
{
  bench_stream (self, WORKLOAD_MIX, "60% replies 20% emoji 10% new 10% edits");
}

static void
bench_threads (Bench *self)
{
  bench_stream (self, WORKLOAD_THREADS, "new threads only");
}

/* Runs @argv to its end, while Slack and the desktop go on. Returns: how long it took. */
static gint64
run_command (Bench *self, const char *const *argv)
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
  WAIT_UNTIL (self, waitpid (pid, &status, WNOHANG) == pid);
  close (self->command);
  self->command = -1;
  if (!g_spawn_check_wait_status (status, &error))
    g_error ("%s: %s", argv[0], error->message);

  return stopwatch_now () - start;
}

/* Prints the best and the median of many runs of @argv. @aim: in milliseconds; 0: there is none. */
static void
time_command (Bench *self, const char *what, const char *const *argv, double aim)
{
  g_autoptr (GArray) spans = spans_new ();
  g_autofree char *aim_text = aim > 0 ? g_strdup_printf ("< %g", aim) : g_strdup ("");

  for (gint64 spent = 0; spans->len < COMMAND_RUNS && spent < COMMAND_TIME;)
    {
      gint64 span = run_command (self, argv);

      spans_add (spans, span);
      spent += span;
    }
  print_best_row (what, spans, aim_text);
}

static void
bench_commands (Bench *self)
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

  keep_to (self, ALL);
  start_daemon (self, "5 in 10s");
  run_stream (self, WORKLOAD_THREADS, (guint) self->options->n_open);
  check_daemon (self);
  g_print ("\n%-40s %10s %10s  %-4s %7s   %s\n", "commands, 10,000 open threads", "best", "median",
           "", "", "aim");
  time_command (self, "busctl call GetAll of the manager", busctl, 0);
  time_command (self, "oncallctl status, the same call", status, 10);
  time_command (self, "oncallctl list --json", list_json, 150);
  time_command (self, "oncallctl list --format", list_format, 0);
  time_command (self, "oncallctl list --limit=20", list_limit, 15);
  time_command (self, "oncallctl list", list, 0);
  time_command (self, "busctl call GetManagedObjects", managed, 0);
  stop_target (self);
  keep_to (self, OTHERS);
}

static const struct
{
  const char *name;
  void (*run) (Bench *self);
} phases[] = {
  { "singles", bench_singles },   { "mix", bench_mix },   { "threads", bench_threads },
  { "commands", bench_commands }, { "idle", bench_idle },
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
read_options (Options *options, int *argc, char ***argv)
{
  const GOptionEntry entries[] = {
    { "events", 0, 0, G_OPTION_ARG_INT, &options->n_events, "Events of each stream", "N" },
    { "singles", 0, 0, G_OPTION_ARG_INT, &options->n_singles, "Single events", "N" },
    { "outstanding", 0, 0, G_OPTION_ARG_INT, &options->outstanding,
      "Events of a stream that wait for their acknowledgement", "N" },
    { "size", 0, 0, G_OPTION_ARG_INT, &options->size, "Bytes of an event", "N" },
    { "idle", 0, 0, G_OPTION_ARG_INT, &options->idle_seconds, "How long to idle", "SECONDS" },
    { "phase", 0, 0, G_OPTION_ARG_STRING, &options->phase,
      "Measure nothing but this: singles, mix, threads, commands or idle", "NAME" },
    { "open", 0, 0, G_OPTION_ARG_INT, &options->n_open, "Open threads that commands find", "N" },
    { "daemon-only", 0, 0, G_OPTION_ARG_NONE, &options->daemon_only, "Leave the floor out", NULL },
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

int
main (int argc, char **argv)
{
  Options options = { .n_events = 50000,
                      .n_singles = 500,
                      .outstanding = 64,
                      .size = 2048,
                      .idle_seconds = 120,
                      .n_open = 10000 };
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  Bench self = { .options = &options, .command = -1 };

  if (!read_options (&options, &argc, &argv))
    return 2;

  /* Where the build is, for /tmp may be memory, which is no fair place for a database */
  self.directory = g_build_filename (g_get_current_dir (), "bench-XXXXXX", NULL);
  if (g_mkdtemp (self.directory) == NULL)
    g_error ("cannot make %s: %s", self.directory, g_strerror (errno));
  self.floor = argv[1];
  self.daemon = argv[2];
  self.ctl = argv[3];
  if (sched_getaffinity (0, sizeof self.processors, &self.processors) != 0)
    g_error ("sched_getaffinity: %s", g_strerror (errno));
  keep_to (&self, OTHERS);
  g_test_dbus_up (bus);
  self.slack = played_slack_new ();
  self.popups = popup_counter_new ();

  for (guint i = 0; i < G_N_ELEMENTS (phases); i++)
    {
      if (options.phase == NULL || g_str_equal (options.phase, phases[i].name))
        phases[i].run (&self);
    }

  played_slack_free (self.slack);
  popup_counter_free (self.popups);
  g_test_dbus_down (bus);
  remove_tree (self.directory);
  g_free (self.directory);
  g_free (options.wrapper);
  g_free (options.phase);
  return 0;
}
