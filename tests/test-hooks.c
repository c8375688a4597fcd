/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "hooks.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What a person could write to make a program do something else */
#define HOSTILE "$(touch owned); `touch owned` \"; touch owned; '\n--help \xe2\x80\xae %s"

/* Long enough for whatever a test waits for */
#define PATIENT (ONC_MINUTE)

typedef struct
{
  char *directory;              /* (owned) where the programs of a test leave what they say */
  OncThread *thread;            /* (owned) */
  GStrv programs[ONC_N_ALERTS]; /* (owned) */
} Fixture;

/* Names that nobody knows */
static const char *
name_nobody (gpointer data, const char *team, const char *id)
{
  return NULL;
}

static const char *
name_no_workspace (gpointer data, const char *team)
{
  return NULL;
}

static const OncNaming naming = { name_nobody, name_nobody, name_nobody, name_no_workspace, NULL };

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->directory = g_dir_make_tmp ("oncalld-hooks-XXXXXX", NULL);
  fixture->thread = onc_thread_new ("T1", "C1", "1700000000.000100");
  fixture->thread->number = 7;
  fixture->thread->asker = g_strdup ("UADA");
  g_free (fixture->thread->text);
  fixture->thread->text = g_strdup (HOSTILE);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GDir) directory = g_dir_open (fixture->directory, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->directory, name, NULL);

      g_assert_cmpstr (name, !=, "owned");
      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (fixture->directory), ==, 0);
  for (guint i = 0; i < ONC_N_ALERTS; i++)
    g_strfreev (fixture->programs[i]);
  onc_thread_unref (fixture->thread);
  g_free (fixture->directory);
}

/* Returns: (transfer full): hooks that run @script, where $0 is the directory, when a thread opens.
 */
static OncHooks *
new_hooks (Fixture *fixture, const char *script, OncSpan time_out)
{
  const char *argv[] = { "/bin/sh", "-c", script, fixture->directory, "fixed", NULL };
  OncHooks *hooks = onc_hooks_new (&naming, time_out);

  fixture->programs[ONC_ALERT_OPENED] = g_strdupv ((GStrv) argv);
  onc_hooks_set_programs (hooks, fixture->programs);
  return hooks;
}

static void
run (Fixture *fixture, OncHooks *hooks, OncAlert kind)
{
  g_autoptr (OncEffect) effect = onc_effect_new (ONC_EFFECT_ALERT, fixture->thread);

  effect->alert.kind = kind;
  effect->alert.level = ONC_LEVEL_EMERGENCY;
  onc_hooks_run (hooks, effect);
}

static gboolean
on_deadline (gpointer user_data)
{
  g_assert_not_reached ();
}

#define wait_until(condition)                                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    guint deadline = g_timeout_add_seconds (60, on_deadline, NULL);                                \
    guint look = g_timeout_add (5, on_look, NULL);                                                 \
                                                                                                   \
    while (!(condition))                                                                           \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (look);                                                                        \
    g_source_remove (deadline);                                                                    \
  }                                                                                                \
  G_STMT_END

/* What a program has written is looked for now and then. */
static gboolean
on_look (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Returns: (transfer full): what a program has written to @name, "" where there is nothing yet. */
static char *
read_file (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->directory, name, NULL);
  char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? text : g_strdup ("");
}

static void
test_a_program_gets_its_own_arguments_and_the_rest_as_environment (Fixture *fixture,
                                                                   gconstpointer unused)
{
  g_autoptr (OncHooks) hooks = new_hooks (
      fixture,
      "cd \"$0\"; printf '%s|' \"$#\" \"$1\" \"$ONCALL_KIND\" \"$ONCALL_LEVEL\" \"$ONCALL_NUMBER\" "
      "\"$ONCALL_ASKER\" \"$ONCALL_CHANNEL\" \"$ONCALL_TEXT\" > said",
      PATIENT);
  g_autofree char *said = NULL;

  run (fixture, hooks, ONC_ALERT_OPENED);
  wait_until (onc_hooks_count (hooks) == 0);
  said = read_file (fixture, "said");
  g_assert_cmpstr (said, ==, "1|fixed|opened|emergency|7|UADA|C1|" HOSTILE "|");
}

static void
test_other_kinds_run_nothing (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (OncHooks) hooks = new_hooks (fixture, "echo x > \"$0\"/said", PATIENT);
  g_autoptr (OncHooks) none = onc_hooks_new (&naming, PATIENT);

  for (OncAlert kind = ONC_ALERT_RAISED; kind < ONC_N_ALERTS; kind++)
    run (fixture, hooks, kind);
  run (fixture, none, ONC_ALERT_OPENED);
  g_assert_cmpuint (onc_hooks_count (hooks), ==, 0);
  g_assert_cmpuint (onc_hooks_count (none), ==, 0);
}

static void
test_the_tokens_and_systemd_stay_the_daemons (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (OncEffect) effect = onc_effect_new (ONC_EFFECT_ALERT, fixture->thread);
  g_auto (GStrv) environment = NULL;

  g_setenv ("CREDENTIALS_DIRECTORY", "/secret", TRUE);
  g_setenv ("NOTIFY_SOCKET", "/run/notify", TRUE);
  environment = onc_hooks_environment (effect, &naming);
  g_unsetenv ("CREDENTIALS_DIRECTORY");
  g_unsetenv ("NOTIFY_SOCKET");
  g_assert_null (g_environ_getenv (environment, "CREDENTIALS_DIRECTORY"));
  g_assert_null (g_environ_getenv (environment, "NOTIFY_SOCKET"));
  g_assert_cmpstr (g_environ_getenv (environment, "ONCALL_PERMALINK"), ==, "");
  g_assert_null (g_environ_getenv (environment, "ONCALL_PROMISE_DUE"));
}

static void
test_a_long_text_is_cut_between_characters (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (OncHooks) hooks = new_hooks (fixture, "printf %s \"$ONCALL_TEXT\" > \"$0\"/said",
                                          PATIENT);
  g_autoptr (GString) text = g_string_new ("x");
  g_autofree char *said = NULL;

  while (text->len < 200000)
    g_string_append (text, "為");
  g_free (fixture->thread->text);
  fixture->thread->text = g_strdup (text->str);
  run (fixture, hooks, ONC_ALERT_OPENED);
  wait_until (onc_hooks_count (hooks) == 0);
  said = read_file (fixture, "said");
  g_assert_cmpuint (strlen (said), ==, 65536);
  g_assert_true (g_utf8_validate (said, -1, NULL));
  g_assert_true (g_str_has_prefix (text->str, said));
}

static void
test_what_hangs_is_ended_with_its_children (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (OncHooks) hooks = new_hooks (
      fixture, "trap '' TERM; exec 3> \"$0\"/pipe; sleep 1000 & echo x >&3; wait", ONC_SECOND / 2);
  g_autofree char *path = g_build_filename (fixture->directory, "pipe", NULL);
  char said[2];
  int pipe;

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  pipe = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  g_assert_cmpint (pipe, >=, 0);
  run (fixture, hooks, ONC_ALERT_OPENED);
  wait_until (read (pipe, said, sizeof said) == 2);
  /* Nobody has the other end any more, the child included. */
  wait_until (read (pipe, said, sizeof said) == 0);
  wait_until (onc_hooks_count (hooks) == 0);
  close (pipe);
}

static void
test_only_four_run_at_a_time (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (OncHooks) hooks = new_hooks (
      fixture, "cd \"$0\"; printf + >> log; sleep 0.2; printf - >> log", PATIENT);
  g_autofree char *log = NULL;
  guint running = 0;

  for (guint i = 0; i < 10; i++)
    run (fixture, hooks, ONC_ALERT_OPENED);
  g_assert_cmpuint (onc_hooks_count (hooks), ==, 10);
  wait_until (onc_hooks_count (hooks) == 0);

  log = read_file (fixture, "log");
  g_assert_cmpuint (strlen (log), ==, 20);
  for (const char *p = log; *p != '\0'; p++)
    {
      running += *p == '+' ? 1u : -1u;
      g_assert_cmpuint (running, <=, 4);
    }
}

static void
test_what_waits_too_long_is_left_out (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (OncHooks) hooks = new_hooks (fixture, "exec sleep 1000", PATIENT);

  for (guint i = 0; i < 200; i++)
    run (fixture, hooks, ONC_ALERT_OPENED);
  g_assert_cmpuint (onc_hooks_count (hooks), ==, 68);
}

static void
test_what_cannot_be_run_hurts_nobody (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (OncHooks) hooks = new_hooks (fixture, "exit 3", PATIENT);
  g_auto (GStrv) missing = g_strsplit ("/nonexistent/program", " ", -1);

  fixture->programs[ONC_ALERT_RAISED] = g_steal_pointer (&missing);
  run (fixture, hooks, ONC_ALERT_RAISED);
  g_assert_cmpuint (onc_hooks_count (hooks), ==, 0);
  run (fixture, hooks, ONC_ALERT_OPENED);
  wait_until (onc_hooks_count (hooks) == 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* Warnings are told of programs that fail, which is what some of these are for. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
#define ADD(test) g_test_add ("/hooks/" #test, Fixture, NULL, set_up, test_##test, tear_down)
  ADD (a_program_gets_its_own_arguments_and_the_rest_as_environment);
  ADD (other_kinds_run_nothing);
  ADD (the_tokens_and_systemd_stay_the_daemons);
  ADD (a_long_text_is_cut_between_characters);
  ADD (what_hangs_is_ended_with_its_children);
  ADD (only_four_run_at_a_time);
  ADD (what_waits_too_long_is_left_out);
  ADD (what_cannot_be_run_hurts_nobody);
#undef ADD

  return g_test_run ();
}
