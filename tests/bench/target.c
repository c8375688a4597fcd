/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "target.h"

#include <gio/gio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

struct _Target
{
  GSubprocess *process; /* (owned) */
};

/* In the child: it is not to outlive the bench. */
static void
on_child (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

Target *
target_start (const char *const *argv, const char *log)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_autoptr (GError) error = NULL;
  Target *self = g_new0 (Target, 1);

  g_subprocess_launcher_set_stdout_file_path (launcher, log);
  g_subprocess_launcher_set_child_setup (launcher, on_child, NULL, NULL);
  self->process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  if (self->process == NULL)
    g_error ("cannot start: %s", error->message);

  return self;
}

void
target_stop (Target *self)
{
  g_subprocess_send_signal (self->process, SIGTERM);
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->process);
  g_free (self);
}

/* Returns: (transfer full): a file of the process's directory in /proc. */
static char *
read_file (Target *self, const char *name)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/%s",
                                           g_subprocess_get_identifier (self->process), name);
  g_autoptr (GError) error = NULL;
  char *text;

  if (!g_file_get_contents (path, &text, NULL, &error))
    g_error ("the program has ended: %s", error->message);
  return text;
}

/* Returns: the number that follows @key at the beginning of a line. */
static guint64
find_number (const char *text, const char *key)
{
  const char *found = strstr (text, key);

  g_assert (found != NULL);
  return g_ascii_strtoull (found + strlen (key), NULL, 10);
}

static double
get_cpu_seconds (Target *self)
{
  g_autofree char *stat = read_file (self, "stat");
  /* The second field is the name, which may hold anything; user and system time are 14 and 15 */
  g_auto (GStrv) fields = g_strsplit (strrchr (stat, ')') + 2, " ", -1);

  return (double) (g_ascii_strtoull (fields[11], NULL, 10) +
                   g_ascii_strtoull (fields[12], NULL, 10)) /
         (double) sysconf (_SC_CLK_TCK);
}

static guint64
count_wakeups (Target *self)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/task",
                                           g_subprocess_get_identifier (self->process));
  g_autoptr (GDir) tasks = g_dir_open (path, 0, NULL);
  const char *task;
  guint64 n = 0;

  g_assert (tasks != NULL);
  while ((task = g_dir_read_name (tasks)) != NULL)
    {
      g_autofree char *name = g_strdup_printf ("task/%s/status", task);
      g_autofree char *status = read_file (self, name);

      n += find_number (status, "\nvoluntary_ctxt_switches:");
    }

  return n;
}

TargetFigures
target_measure (Target *self)
{
  g_autofree char *status = read_file (self, "status");

  return (TargetFigures){
    .rss_kib = find_number (status, "\nVmRSS:"),
    .peak_kib = find_number (status, "\nVmHWM:"),
    .private_kib = find_number (status, "\nRssAnon:"),
    .cpu_seconds = get_cpu_seconds (self),
    .wakeups = count_wakeups (self),
  };
}
