/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The daemon's D-Bus with a played app behind it, for tests of clients. Takes commands from
 * standard input, a JSON array on each line, and answers each with a line "ok":
 *
 *   ["thread", number, level, state, channel, ts, asker, seconds ago, text]
 *   ["looker", number, user, seconds ago or -1 for not known, how]
 *   ["category", number, name]
 *   ["state", number, state]
 *   ["promise", number, ts or "", user, seconds since it was made, seconds until due, state, words]
 *   ["needed", number, seconds from now]
 *   ["snoozed", number, seconds from now]
 *   ["alert", number, kind], and the ts of a promise
 *   ["link", state, text, seconds stale or 0]
 *   ["pending", count]
 *   ["on-call", name ...]
 *   ["answer", code of OncError or -1 for success, sentence]
 *   ["hold"]
 *   ["fill", count]: that many open threads
 *   ["call"]: answers with the last call instead of "ok"
 *
 * Ends with its standard input. */

#include "bus-private.h"
#include "error.h"
#include "fake-world.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <unistd.h>

typedef struct
{
  FakeWorld *world; /* (unowned) */
  GMainLoop *loop;  /* (unowned) */
} Daemon;

static const char *
text_at (const cJSON *command, int index)
{
  const char *text = cJSON_GetStringValue (cJSON_GetArrayItem (command, index));

  g_assert_nonnull (text);
  return text;
}

static gint64
number_at (const cJSON *command, int index)
{
  const cJSON *item = cJSON_GetArrayItem (command, index);

  g_assert_true (cJSON_IsNumber (item));
  return (gint64) item->valuedouble;
}

static OncInstant
ago_at (const cJSON *command, int index)
{
  return g_get_real_time () - number_at (command, index) * ONC_SECOND;
}

static OncInstant
ahead_at (const cJSON *command, int index)
{
  return g_get_real_time () + number_at (command, index) * ONC_SECOND;
}

static OncThread *
thread_at (Daemon *self, const cJSON *command, int index)
{
  OncThread *thread = fake_world_get (self->world, (guint32) number_at (command, index));

  g_assert_nonnull (thread);
  return thread;
}

static OncState
state_at (const cJSON *command, int index)
{
  OncState state = ONC_STATE_NEW;

  g_assert_true (onc_state_from_string (text_at (command, index), &state));
  return state;
}

static void
add_thread (Daemon *self, const cJSON *command)
{
  OncLevel level = ONC_LEVEL_QUESTION;

  g_assert_true (onc_level_from_string (text_at (command, 2), &level));
  fake_world_add (self->world, (guint32) number_at (command, 1), level, state_at (command, 3),
                  text_at (command, 4), text_at (command, 5), text_at (command, 6),
                  ago_at (command, 7), text_at (command, 8));
}

static void
add_looker (Daemon *self, const cJSON *command)
{
  OncLook how = ONC_LOOK_REACTION;

  g_assert_true (onc_look_from_string (text_at (command, 4), &how));
  fake_world_look (self->world, thread_at (self, command, 1), text_at (command, 2),
                   number_at (command, 3) >= 0 ? ago_at (command, 3) : 0, how);
}

static void
add_category (Daemon *self, const cJSON *command)
{
  OncThread *thread = thread_at (self, command, 1);

  g_ptr_array_add (thread->categories, (gpointer) g_intern_string (text_at (command, 2)));
  onc_bus_thread_changed (self->world->bus, thread, ONC_CHANGE_CATEGORIES);
}

static void
add_promise (Daemon *self, const cJSON *command)
{
  OncPromiseState state = ONC_PROMISE_RUNNING;
  const char *ts = text_at (command, 2);
  OncInstant now = g_get_real_time (); /* once, so that the span is exact */

  g_assert_true (onc_promise_state_from_string (text_at (command, 6), &state));
  fake_world_promise (self->world, thread_at (self, command, 1), *ts != '\0' ? ts : NULL,
                      text_at (command, 3), now - number_at (command, 4) * ONC_SECOND,
                      now + number_at (command, 5) * ONC_SECOND, state, text_at (command, 7));
}

static void
set_needed (Daemon *self, const cJSON *command)
{
  OncThread *thread = thread_at (self, command, 1);

  thread->needed_by = ahead_at (command, 2);
  onc_bus_thread_changed (self->world->bus, thread, ONC_CHANGE_DEADLINE);
}

static void
set_snoozed (Daemon *self, const cJSON *command)
{
  OncThread *thread = thread_at (self, command, 1);

  thread->snoozed = ahead_at (command, 2);
  onc_bus_thread_changed (self->world->bus, thread, ONC_CHANGE_SNOOZE);
}

static void
send_alert (Daemon *self, const cJSON *command)
{
  OncThread *thread = thread_at (self, command, 1);
  OncAlert kind = ONC_ALERT_OPENED;

  g_assert_true (onc_alert_from_string (text_at (command, 2), &kind));
  onc_bus_alert (self->world->bus, thread, kind, thread->level,
                 cJSON_GetArraySize (command) > 3 ? text_at (command, 3) : NULL, 0);
}

static void
set_link (Daemon *self, const cJSON *command)
{
  OncLink link = ONC_LINK_UNCONFIGURED;

  while (!g_str_equal (onc_link_to_string (link), text_at (command, 1)))
    link++;
  onc_bus_set_link (self->world->bus, link, text_at (command, 2),
                    number_at (command, 3) != 0 ? ago_at (command, 3) : 0);
}

static void
set_on_call (Daemon *self, const cJSON *command)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) strv = NULL;

  for (int i = 1; i < cJSON_GetArraySize (command); i++)
    g_strv_builder_add (names, text_at (command, i));
  strv = g_strv_builder_end (names);
  onc_bus_set_on_call (self->world->bus, TRUE, (const char *const *) strv);
}

static void
set_answer (Daemon *self, const cJSON *command)
{
  g_clear_error (&self->world->answer);
  if (number_at (command, 1) >= 0)
    self->world->answer = g_error_new_literal (ONC_ERROR, (int) number_at (command, 1),
                                               text_at (command, 2));
}

static void
fill (Daemon *self, const cJSON *command)
{
  for (guint32 i = 1; i <= number_at (command, 1); i++)
    {
      g_autofree char *ts = g_strdup_printf ("1700%06u.000100", i);

      fake_world_add (self->world, i, i % ONC_N_LEVELS, ONC_STATE_NEW, "C001", ts, "U001",
                      g_get_real_time () - i * ONC_SECOND,
                      "The export of the report for <@U002> is wrong again: the second column "
                      "has the figures of last week");
    }
}

static void
set_state (Daemon *self, const cJSON *command)
{
  fake_world_set_state (self->world, thread_at (self, command, 1), state_at (command, 2));
}

static void
set_pending (Daemon *self, const cJSON *command)
{
  onc_bus_set_pending_writes (self->world->bus, (guint) number_at (command, 1));
}

static void
hold (Daemon *self, const cJSON *command)
{
  self->world->hold = TRUE;
}

static const struct
{
  const char *name;
  void (*run) (Daemon *self, const cJSON *command);
} commands[] = {
  { "alert", send_alert },    { "answer", set_answer },   { "category", add_category },
  { "fill", fill },           { "hold", hold },           { "link", set_link },
  { "looker", add_looker },   { "needed", set_needed },   { "on-call", set_on_call },
  { "pending", set_pending }, { "promise", add_promise }, { "snoozed", set_snoozed },
  { "state", set_state },     { "thread", add_thread },
};

static void
run_command (Daemon *self, const cJSON *command)
{
  const char *name = text_at (command, 0);
  gsize i = 0;

  if (g_str_equal (name, "call"))
    {
      puts (self->world->call);
      return;
    }

  while (i < G_N_ELEMENTS (commands) && !g_str_equal (name, commands[i].name))
    i++;
  g_assert_cmpuint (i, <, G_N_ELEMENTS (commands));
  commands[i].run (self, command);
  fake_world_count (self->world);
  onc_bus_flush (self->world->bus);
  puts ("ok");
}

/* A GIOFunc: a command has come. */
static gboolean
on_input (GIOChannel *source, GIOCondition condition, gpointer user_data)
{
  Daemon *self = user_data;
  g_autofree char *line = NULL;
  cJSON *command;

  if (g_io_channel_read_line (source, &line, NULL, NULL, NULL) != G_IO_STATUS_NORMAL)
    {
      g_main_loop_quit (self->loop);
      return G_SOURCE_REMOVE;
    }

  command = cJSON_Parse (line);
  g_assert_true (cJSON_IsArray (command));
  run_command (self, command);
  fflush (stdout);
  cJSON_Delete (command);
  return G_SOURCE_CONTINUE;
}

int
main (void)
{
  g_autoptr (GDBusConnection) connection = NULL;
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (STDIN_FILENO);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (FakeWorld) world = fake_world_new ();
  g_autoptr (GError) error = NULL;
  Daemon self = { world, loop };

  connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  onc_bus_set_link (world->bus, ONC_LINK_CONNECTED, NULL, 0);
  g_assert_true (onc_bus_publish (world->bus, connection, &error));
  while (world->acquired == 0)
    g_main_context_iteration (NULL, TRUE);

  puts ("ready");
  fflush (stdout);
  g_io_add_watch (input, G_IO_IN | G_IO_HUP, on_input, &self);
  g_main_loop_run (loop);
  return 0;
}
