/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "fake-world.h"

#include "error.h"
#include "names.h"

#include <string.h>

typedef struct
{
  OncBusDone done;
  gpointer token;
} Held;

static const char *const user_names[][2] = {
  { FAKE_ME, "Me Myself" }, { "U001", "Ada Lovelace" }, { "U002", "Bea" },
  { "U003", "王小明" },     { "U004", "Eve\x1b[31m" },
};

static const char *
name_user (gpointer data, const char *team, const char *id)
{
  const FakeWorld *self = data;

  for (gsize i = 0; !self->nameless && i < G_N_ELEMENTS (user_names); i++)
    {
      if (g_str_equal (user_names[i][0], id))
        return user_names[i][1];
    }

  return NULL;
}

static const char *
name_group (gpointer data, const char *team, const char *id)
{
  return g_str_equal (id, "S001") ? "oncall" : NULL;
}

static const char *
name_channel (gpointer data, const char *team, const char *id)
{
  return g_str_equal (id, "C001") ? "support" : NULL;
}

static const char *
name_workspace (gpointer data, const char *team)
{
  return "https://example.slack.com/";
}

static void
remember (FakeWorld *self, char *call)
{
  g_free (self->call);
  self->call = call;
}

static void
answer (FakeWorld *self, OncBusDone done, gpointer token)
{
  Held held = { done, token };

  if (self->hold)
    g_array_append_val (self->held, held);
  else
    done (token, self->answer);
}

/* An OncBusBackend.find. */
static OncThread *
find (gpointer data, const OncReference *reference, GError **error)
{
  FakeWorld *self = data;

  for (guint i = 0; i < self->threads->len; i++)
    {
      OncThread *thread = g_ptr_array_index (self->threads, i);
      const char *name = name_channel (self, thread->team, thread->channel);

      if (reference->number != 0 ? reference->number == thread->number
                                 : g_str_equal (reference->ts, thread->ts) &&
                                       (g_str_equal (reference->channel, thread->channel) ||
                                        g_strcmp0 (reference->channel, name) == 0))
        return onc_thread_ref (thread);
    }

  g_set_error_literal (error, ONC_ERROR, ONC_ERROR_NOT_FOUND, "No such thread");
  return NULL;
}

static gboolean
is_looking (const OncThread *thread, const char *user)
{
  for (guint i = 0; i < thread->lookers->len; i++)
    {
      if (g_str_equal (((OncLooker *) g_ptr_array_index (thread->lookers, i))->user, user))
        return TRUE;
    }

  return FALSE;
}

static gboolean
fulfils (const OncThread *thread, const OncFilter *filter)
{
  const char *looker = g_strcmp0 (filter->looker, ONC_FILTER_ME) == 0 ? FAKE_ME : filter->looker;

  return (filter->states & 1u << thread->state) != 0 &&
         (filter->levels & 1u << thread->level) != 0 && thread->opened >= filter->since &&
         thread->opened < filter->until && (looker == NULL || is_looking (thread, looker)) &&
         (filter->tag == NULL ||
          g_ptr_array_find_with_equal_func (thread->categories, filter->tag, g_str_equal, NULL)) &&
         (filter->text == NULL || strstr (thread->text, filter->text) != NULL);
}

/* An OncBusBackend.list. */
static GPtrArray *
list (gpointer data, const OncFilter *filter, GError **error)
{
  FakeWorld *self = data;
  GPtrArray *threads = g_ptr_array_new_with_free_func ((GDestroyNotify) onc_thread_unref);

  self->filter = *filter;
  remember (self, g_strdup_printf ("list %s %s %s %s %s", filter->channel, filter->tag,
                                   filter->looker, filter->asker, filter->text));
  for (guint i = self->threads->len; i > 0; i--)
    {
      OncThread *thread = g_ptr_array_index (self->threads, i - 1);

      if (fulfils (thread, filter))
        g_ptr_array_add (threads, onc_thread_ref (thread));
    }

  return threads;
}

/* An OncBusBackend.act. */
static void
act (gpointer data,
     OncThread *thread,
     const OncAction *action,
     gboolean queue,
     OncBusDone done,
     gpointer token)
{
  static const char *const kinds[] = {
    "claim", "release", "reply", "resolve", "reopen", "set-level"
  };
  FakeWorld *self = data;
  const char *argument = NULL;

  if (action->kind == ONC_ACTION_REPLY)
    argument = action->text;
  else if (action->kind == ONC_ACTION_SET_LEVEL)
    argument = onc_level_to_string (action->level);
  g_assert_null (action->user);
  remember (self, g_strdup_printf ("act %u %s%s%s%s", thread->number, kinds[action->kind],
                                   queue ? " queue" : "", argument != NULL ? " " : "",
                                   argument != NULL ? argument : ""));
  if (self->answer == NULL && action->kind == ONC_ACTION_CLAIM)
    fake_world_look (self, thread, FAKE_ME, thread->opened, ONC_LOOK_REACTION);
  if (self->answer == NULL && action->kind == ONC_ACTION_RESOLVE)
    fake_world_set_state (self, thread, ONC_STATE_RESOLVED);
  answer (self, done, token);
}

/* An OncBusBackend.open. */
static void
open_thread (gpointer data, OncThread *thread, OncBusDone done, gpointer token)
{
  remember (data, g_strdup_printf ("open %u", thread->number));
  answer (data, done, token);
}

/* An OncBusBackend.refresh. */
static void
refresh (gpointer data, OncBusDone done, gpointer token)
{
  remember (data, g_strdup ("refresh"));
  answer (data, done, token);
}

/* An OncBusBackend.reload. */
static void
reload (gpointer data, OncBusDone done, gpointer token)
{
  remember (data, g_strdup ("reload"));
  answer (data, done, token);
}

/* An OncBusBackend.name_acquired. */
static void
on_acquired (gpointer data)
{
  ((FakeWorld *) data)->acquired++;
}

/* An OncBusBackend.name_lost. */
static void
on_lost (gpointer data)
{
  ((FakeWorld *) data)->lost++;
}

FakeWorld *
fake_world_new (void)
{
  FakeWorld *self = g_new0 (FakeWorld, 1);
  const OncBusBackend backend = { find,   list,        act,     open_thread, refresh,
                                  reload, on_acquired, on_lost, self };
  const OncNaming naming = { name_user, name_group, name_channel, name_workspace, self };

  self->threads = g_ptr_array_new_with_free_func ((GDestroyNotify) onc_thread_unref);
  self->held = g_array_new (FALSE, FALSE, sizeof (Held));
  self->call = g_strdup ("");
  self->bus = onc_bus_new (&backend, &naming);
  return self;
}

void
fake_world_free (FakeWorld *self)
{
  onc_bus_stop (self->bus);
  fake_world_release (self);
  g_object_unref (self->bus);
  g_ptr_array_unref (self->threads);
  g_array_unref (self->held);
  g_clear_error (&self->answer);
  g_free (self->call);
  g_free (self);
}

OncThread *
fake_world_add (FakeWorld *self,
                guint32 number,
                OncLevel level,
                OncState state,
                const char *channel,
                const char *ts,
                const char *asker,
                OncInstant opened,
                const char *text)
{
  OncThread *thread = onc_thread_new ("T001", channel, ts);

  thread->number = number;
  thread->level = level;
  thread->state = state;
  thread->asker = g_strdup (asker);
  thread->opened = thread->last_activity = opened;
  g_free (thread->text);
  thread->text = g_strdup (text);
  g_ptr_array_add (self->threads, thread);
  if (onc_state_is_open (state))
    onc_bus_thread_changed (self->bus, thread, ONC_CHANGE_APPEARED);

  return thread;
}

OncThread *
fake_world_get (FakeWorld *self, guint32 number)
{
  for (guint i = 0; i < self->threads->len; i++)
    {
      OncThread *thread = g_ptr_array_index (self->threads, i);

      if (thread->number == number)
        return thread;
    }

  return NULL;
}

void
fake_world_set_state (FakeWorld *self, OncThread *thread, OncState state)
{
  gboolean was_open = onc_state_is_open (thread->state);
  guint changes = ONC_CHANGE_STATE;

  thread->state = state;
  if (onc_state_is_open (state) != was_open)
    changes |= was_open ? ONC_CHANGE_GONE : ONC_CHANGE_APPEARED;
  onc_bus_thread_changed (self->bus, thread, changes);
}

void
fake_world_look (
    FakeWorld *self, OncThread *thread, const char *user, OncInstant since, OncLook how)
{
  onc_thread_add_looker (thread, user, since, how);
  onc_bus_thread_changed (self->bus, thread, ONC_CHANGE_LOOKERS);
  fake_world_set_state (self, thread, ONC_STATE_LOOKING);
}

void
fake_world_count (FakeWorld *self)
{
  OncTotals totals = { 0 };

  for (guint i = 0; i < self->threads->len; i++)
    {
      const OncThread *thread = g_ptr_array_index (self->threads, i);

      if (!onc_state_is_open (thread->state))
        continue;
      totals.open++;
      totals.unclaimed += thread->state == ONC_STATE_NEW;
      totals.levels[thread->level]++;
    }
  onc_bus_set_totals (self->bus, &totals);
}

void
fake_world_release (FakeWorld *self)
{
  for (guint i = 0; i < self->held->len; i++)
    {
      const Held *held = &g_array_index (self->held, Held, i);

      held->done (held->token, self->answer);
    }
  g_array_set_size (self->held, 0);
}
