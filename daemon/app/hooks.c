/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "hooks.h"

#include "log.h"
#include "names.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* So many run at a time: a burst of messages must not become one of processes. */
#define MAX_RUNNING 4

/* So many wait for their turn. Whoever falls behind by more has a program that hangs, and news of
 * long ago is none. */
#define MAX_WAITING 64

/* Linux takes no variable beyond 128 KiB (MAX_ARG_STRLEN); a message of 40,000 characters can have
 * more than that in bytes. */
#define MAX_TEXT_BYTES (64 * 1024)

/* One run of a program, from the moment it is called for. */
typedef struct
{
  OncHooks *hooks; /* (unowned) */
  OncAlert kind;
  GStrv argv;        /* (owned) */
  GStrv environment; /* (owned) */
  GPid pid;          /* of it, and of its process group; 0: it waits */
  guint watch_id;    /* source */
  guint time_out_id; /* source; 0: its time is over */
} Run;

struct _OncHooks
{
  OncNaming naming;
  OncSpan time_out;
  const GStrv *programs; /* (unowned) (nullable) by kind */
  GPtrArray *running;    /* (owned) of Run */
  GQueue waiting;        /* of Run (owned), the oldest first */
};

static void
run_free (Run *self)
{
  if (self->pid != 0)
    {
      kill (-self->pid, SIGKILL);
      g_source_remove (self->watch_id);
      g_clear_handle_id (&self->time_out_id, g_source_remove);
      waitpid (self->pid, NULL, 0);
    }
  g_strfreev (self->argv);
  g_strfreev (self->environment);
  g_free (self);
}

OncHooks *
onc_hooks_new (const OncNaming *naming, OncSpan time_out)
{
  OncHooks *self = g_new0 (OncHooks, 1);

  self->naming = *naming;
  self->time_out = time_out;
  self->running = g_ptr_array_new_with_free_func ((GDestroyNotify) run_free);
  g_queue_init (&self->waiting);
  return self;
}

void
onc_hooks_free (OncHooks *self)
{
  g_ptr_array_unref (self->running);
  g_queue_clear_full (&self->waiting, (GDestroyNotify) run_free);
  g_free (self);
}

void
onc_hooks_set_programs (OncHooks *self, const GStrv *programs)
{
  self->programs = programs;
}

static void
set (GStrv *environment, const char *name, const char *value)
{
  *environment = g_environ_setenv (*environment, name, value != NULL ? value : "", TRUE);
}

static void
set_number (GStrv *environment, const char *name, guint number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);

  set (environment, name, text);
}

/* Returns: (transfer full): @text in plain words, cut at a character where it is too long. */
static char *
plain_text (const OncThread *thread, const OncNaming *naming)
{
  char *text = onc_naming_plain_text (naming, thread->team, thread->text);
  gsize length = MAX_TEXT_BYTES;

  if (strnlen (text, length + 1) > length)
    {
      while (((guchar) text[length] & 0xc0) == 0x80) /* within a character of UTF-8 */
        length--;
      text[length] = '\0';
    }

  return text;
}

static void
set_promise (GStrv *environment, const OncEffect *effect, const OncNaming *naming)
{
  const OncThread *thread = effect->thread;
  const OncPromise *promise = onc_promise_find (thread->promises, effect->alert.promise);
  g_autoptr (GDateTime) due = NULL;
  g_autofree char *text = NULL;

  if (promise == NULL)
    return;
  due = g_date_time_new_from_unix_utc (promise->due / ONC_SECOND);
  text = due != NULL ? g_date_time_format_iso8601 (due) : NULL;
  set (environment, ONC_HOOK_PROMISE_BY, promise->by);
  set (environment, ONC_HOOK_PROMISE_BY_NAME, onc_naming_user (naming, thread->team, promise->by));
  set (environment, ONC_HOOK_PROMISE_DUE, text);
  set (environment, ONC_HOOK_PROMISE_STATE, onc_promise_state_to_string (promise->state));
}

GStrv
onc_hooks_environment (const OncEffect *effect, const OncNaming *naming)
{
  /* Where the tokens are, and how the daemon itself tells systemd that it lives */
  static const char *const own[] = { "CREDENTIALS_DIRECTORY", "NOTIFY_SOCKET", "WATCHDOG_PID",
                                     "WATCHDOG_USEC" };
  const OncThread *thread = effect->thread;
  g_autofree char *text = plain_text (thread, naming);
  g_autofree char *permalink = onc_naming_permalink (naming, thread->team, thread->channel,
                                                     thread->ts, thread->ts);
  GStrv environment = g_get_environ ();

  for (gsize i = 0; i < G_N_ELEMENTS (own); i++)
    environment = g_environ_unsetenv (environment, own[i]);
  set (&environment, ONC_HOOK_KIND, onc_alert_to_string (effect->alert.kind));
  set (&environment, ONC_HOOK_LEVEL, onc_level_to_string (effect->alert.level));
  set_number (&environment, ONC_HOOK_REPEAT, effect->alert.repeat);
  set_number (&environment, ONC_HOOK_NUMBER, thread->number);
  set (&environment, ONC_HOOK_STATE, onc_state_to_string (thread->state));
  set (&environment, ONC_HOOK_CHANNEL, thread->channel);
  set (&environment, ONC_HOOK_CHANNEL_NAME,
       onc_naming_channel (naming, thread->team, thread->channel));
  set (&environment, ONC_HOOK_ASKER, thread->asker);
  set (&environment, ONC_HOOK_ASKER_NAME,
       thread->asker != NULL ? onc_naming_user (naming, thread->team, thread->asker) : NULL);
  set (&environment, ONC_HOOK_TEXT, text);
  set (&environment, ONC_HOOK_PERMALINK, permalink);
  set_promise (&environment, effect, naming);

  return environment;
}

/* A GSpawnChildSetupFunc, between fork and exec: a group of its own, so that its children end with
 * it. */
static void
on_child_setup (gpointer user_data)
{
  setpgid (0, 0);
}

static void start_next (OncHooks *self);

/* A GChildWatchFunc. */
static void
on_ended (GPid pid, int status, gpointer user_data)
{
  Run *run = user_data;
  OncHooks *hooks = run->hooks;
  g_autoptr (GError) error = NULL;

  if (run->time_out_id == 0)
    onc_warning ("the hook '%s' was ended: it took too long", onc_alert_to_string (run->kind));
  else if (!g_spawn_check_wait_status (status, &error))
    onc_warning ("the hook '%s' failed: %s", onc_alert_to_string (run->kind), error->message);

  g_clear_handle_id (&run->time_out_id, g_source_remove);
  run->pid = 0;
  g_ptr_array_remove_fast (hooks->running, run);
  start_next (hooks);
}

static gboolean
on_time_out (gpointer user_data)
{
  Run *run = user_data;

  run->time_out_id = 0;
  kill (-run->pid, SIGKILL);
  return G_SOURCE_REMOVE;
}

/* Starts @run (transfer full). What it prints is dropped: it may hold what people wrote, which has
 * no place in the journal. */
static void
start (OncHooks *self, Run *run)
{
  g_autoptr (GError) error = NULL;

  if (!g_spawn_async (NULL, run->argv, run->environment,
                      G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD |
                          G_SPAWN_STDIN_FROM_DEV_NULL | G_SPAWN_STDOUT_TO_DEV_NULL |
                          G_SPAWN_STDERR_TO_DEV_NULL,
                      on_child_setup, NULL, &run->pid, &error))
    {
      onc_warning ("the hook '%s' cannot be run: %s", onc_alert_to_string (run->kind),
                   error->message);
      run->pid = 0;
      run_free (run);
      return;
    }
  onc_info ("runs the hook '%s'", onc_alert_to_string (run->kind));
  run->watch_id = g_child_watch_add (run->pid, on_ended, run);
  run->time_out_id = g_timeout_add ((guint) (self->time_out / 1000), on_time_out, run);
  g_ptr_array_add (self->running, run);
}

static void
start_next (OncHooks *self)
{
  while (self->running->len < MAX_RUNNING && self->waiting.length > 0)
    start (self, g_queue_pop_head (&self->waiting));
}

void
onc_hooks_run (OncHooks *self, const OncEffect *effect)
{
  Run *run;

  if (self->programs == NULL || self->programs[effect->alert.kind] == NULL)
    return;
  if (self->waiting.length >= MAX_WAITING)
    {
      onc_warning ("the hook '%s' is left out: %u wait already",
                   onc_alert_to_string (effect->alert.kind), self->waiting.length);
      return;
    }

  run = g_new0 (Run, 1);
  run->hooks = self;
  run->kind = effect->alert.kind;
  run->argv = g_strdupv (self->programs[effect->alert.kind]);
  run->environment = onc_hooks_environment (effect, &self->naming);
  g_queue_push_tail (&self->waiting, run);
  start_next (self);
}

guint
onc_hooks_count (const OncHooks *self)
{
  return self->running->len + self->waiting.length;
}
