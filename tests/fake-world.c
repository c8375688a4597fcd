/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "fake-world.h"

#include "error.h"
#include "names.h"
#include "said.h"

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
  guint skipped = 0;

  self->filter = *filter;
  remember (self, g_strdup_printf ("list %s %s %s %s %s", filter->channel, filter->tag,
                                   filter->looker, filter->asker, filter->text));
  for (guint i = self->threads->len; i > 0; i--)
    {
      OncThread *thread = g_ptr_array_index (self->threads, i - 1);

      if (!fulfils (thread, filter) || skipped++ < filter->offset)
        continue;
      if (filter->limit == 0 || threads->len < filter->limit)
        g_ptr_array_add (threads, onc_thread_ref (thread));
    }

  return threads;
}

/* Returns: (transfer full): " 30min", as far from now as @instant is; " never" for 0. */
static char *
describe_when (OncInstant instant)
{
  OncSpan left = instant - g_get_real_time () + ONC_MINUTE / 2;

  return instant == 0 ? g_strdup (" never")
                      : g_strdup_printf (" %" G_GINT64_FORMAT "min", left / ONC_MINUTE);
}

/* Returns: (transfer full): what @action has beside its kind, with a space before it. */
static char *
describe_arguments (const OncAction *action)
{
  g_autofree char *when = describe_when (action->when);

  switch (action->kind)
    {
    case ONC_ACTION_REPLY:
      return g_strconcat (" ", action->text, NULL);
    case ONC_ACTION_SET_LEVEL:
      return g_strconcat (" ", onc_level_to_string (action->level), NULL);
    case ONC_ACTION_PROMISE:
      return g_strconcat (when, " ", action->text, NULL);
    case ONC_ACTION_EXTEND_PROMISE:
      return g_strdup_printf (" %" G_GINT64_FORMAT "min", action->by / ONC_MINUTE);
    case ONC_ACTION_HAND_OVER:
      return g_strconcat (" ", action->whom, NULL);
    case ONC_ACTION_TAG:
    case ONC_ACTION_UNTAG:
      return g_strconcat (" ", action->tag, NULL);
    case ONC_ACTION_SNOOZE:
    case ONC_ACTION_SET_NEEDED_BY:
      return g_steal_pointer (&when);
    case ONC_ACTION_CLAIM:
    case ONC_ACTION_RELEASE:
    case ONC_ACTION_RESOLVE:
    case ONC_ACTION_REOPEN:
    case ONC_ACTION_CANCEL_PROMISE:
    case ONC_ACTION_UNSNOOZE:
    case ONC_ACTION_DISMISS:
    default:
      return g_strdup ("");
    }
}

/* Makes of @thread what those actions make of it that a caller looks at afterwards. */
static void
carry_out (FakeWorld *self, OncThread *thread, const OncAction *action)
{
  OncInstant now = g_get_real_time ();

  switch (action->kind)
    {
    case ONC_ACTION_CLAIM:
      fake_world_look (self, thread, FAKE_ME, thread->opened, ONC_LOOK_REACTION);
      break;
    case ONC_ACTION_RESOLVE:
      fake_world_set_state (self, thread, ONC_STATE_RESOLVED);
      break;
    case ONC_ACTION_DISMISS:
      fake_world_set_state (self, thread, ONC_STATE_DISMISSED);
      break;
    case ONC_ACTION_PROMISE:
      fake_world_promise (self, thread, NULL, FAKE_ME, now,
                          action->when != 0 ? action->when : now + ONC_HOUR, ONC_PROMISE_RUNNING,
                          "");
      break;
    case ONC_ACTION_SNOOZE:
      thread->snoozed = action->when;
      onc_bus_thread_changed (self->bus, thread, ONC_CHANGE_SNOOZE);
      break;
    case ONC_ACTION_SET_NEEDED_BY:
      thread->needed_by = action->when;
      onc_bus_thread_changed (self->bus, thread, ONC_CHANGE_DEADLINE);
      break;
    case ONC_ACTION_RELEASE:
    case ONC_ACTION_REPLY:
    case ONC_ACTION_REOPEN:
    case ONC_ACTION_SET_LEVEL:
    case ONC_ACTION_EXTEND_PROMISE:
    case ONC_ACTION_CANCEL_PROMISE:
    case ONC_ACTION_HAND_OVER:
    case ONC_ACTION_UNSNOOZE:
    case ONC_ACTION_TAG:
    case ONC_ACTION_UNTAG:
    default:
      break;
    }
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
    [ONC_ACTION_CLAIM] = "claim",
    [ONC_ACTION_RELEASE] = "release",
    [ONC_ACTION_REPLY] = "reply",
    [ONC_ACTION_RESOLVE] = "resolve",
    [ONC_ACTION_REOPEN] = "reopen",
    [ONC_ACTION_SET_LEVEL] = "set-level",
    [ONC_ACTION_PROMISE] = "promise",
    [ONC_ACTION_EXTEND_PROMISE] = "extend",
    [ONC_ACTION_CANCEL_PROMISE] = "cancel-promise",
    [ONC_ACTION_HAND_OVER] = "hand-over",
    [ONC_ACTION_SNOOZE] = "snooze",
    [ONC_ACTION_UNSNOOZE] = "unsnooze",
    [ONC_ACTION_SET_NEEDED_BY] = "set-needed-by",
    [ONC_ACTION_TAG] = "tag",
    [ONC_ACTION_UNTAG] = "untag",
    [ONC_ACTION_DISMISS] = "dismiss",
  };
  FakeWorld *self = data;
  g_autofree char *arguments = describe_arguments (action);

  g_assert_null (action->user);
  remember (self, g_strdup_printf ("act %u %s%s%s", thread->number, kinds[action->kind],
                                   queue ? " queue" : "", arguments));
  if (self->answer == NULL)
    carry_out (self, thread, action);
  answer (self, done, token);
}

/* An OncBusBackend.parse, for people who always work and never are far away. */
static gboolean
parse (gpointer data,
       const char *text,
       OncInstant said_at,
       const char *zone_name,
       OncReading *reading,
       GError **error)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (*zone_name != '\0' ? zone_name : "UTC");
  g_autoptr (OncHours) hours = onc_hours_new_from_string ("00:00-24:00", NULL);
  OncWhenContext context;

  if (zone == NULL)
    {
      g_set_error (error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT, "“%s” is no zone", zone_name);
      return FALSE;
    }
  context = onc_said_context (zone, hours);
  onc_promise_reader_read (text, -1, said_at, &context, reading);
  return TRUE;
}

/* An OncBusBackend.read_when. */
static gboolean
read_when (gpointer data, const char *text, OncInstant *when, GError **error)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (OncHours) hours = onc_hours_new_from_string ("00:00-24:00", NULL);
  const OncWhenContext context = onc_said_context (zone, hours);

  *when = onc_when_read (text, g_get_real_time (), &context, error);
  return *when != 0;
}

/* An OncBusBackend.read_span. */
static gboolean
read_span (gpointer data, const char *text, OncSpan *span, GError **error)
{
  OncInstant when;

  if (!read_when (data, text, &when, error))
    return FALSE;
  *span = when - g_get_real_time () + ONC_MINUTE / 2;
  return TRUE;
}

/* An OncBusBackend.find_person. */
static const char *
find_person (gpointer data, const char *text, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (user_names); i++)
    {
      if (g_str_equal (user_names[i][0], text) || g_str_equal (user_names[i][1], text))
        return user_names[i][0];
    }

  g_set_error (error, ONC_ERROR, ONC_ERROR_NOT_FOUND, "Nobody is called “%s”", text);
  return NULL;
}

/* An OncBusBackend.set_time. */
static void
set_time (gpointer data, OncInstant now, OncBusDone done, gpointer token)
{
  ((FakeWorld *) data)->time = now;
  answer (data, done, token);
}

/* An OncBusBackend.open. */
static void
open_thread (
    gpointer data, OncThread *thread, const char *activation_token, OncBusDone done, gpointer token)
{
  remember (data,
            g_strdup_printf ("open %u%s%s", thread->number, activation_token != NULL ? " " : "",
                             activation_token != NULL ? activation_token : ""));
  answer (data, done, token);
}

/* An OncBusBackend.pause. Whatever time a person writes is an hour from now. */
static gboolean
pause_popups (gpointer data, OncInstant until, const char *when, OncLevel level, GError **error)
{
  remember (data, g_strdup_printf ("pause %" G_GINT64_FORMAT " %s %s", until,
                                   when != NULL ? when : "-", onc_level_to_string (level)));
  if (when != NULL)
    until = g_get_real_time () + ONC_HOUR;
  onc_bus_set_paused (((FakeWorld *) data)->bus, until != 0 ? until : G_MAXINT64);
  return TRUE;
}

/* An OncBusBackend.resume. */
static void
resume_popups (gpointer data)
{
  remember (data, g_strdup ("resume"));
  onc_bus_set_paused (((FakeWorld *) data)->bus, 0);
}

/* An OncBusBackend.refresh. */
static void
refresh (gpointer data, OncBusDone done, gpointer token)
{
  remember (data, g_strdup ("refresh"));
  answer (data, done, token);
}

/* An OncBusBackend.list_settings. */
static GVariant *
list_settings (gpointer data)
{
  remember (data, g_strdup ("list-settings"));
  return g_variant_new_parsed ("[('slack', 'channels', '#support', '/etc/xdg/oncalld.conf'), "
                               "('hours', 'timezone', '', ''), "
                               "('categories', 'bug', 'bug', ''), "
                               "('categories', 'coffin', '', '/etc/xdg/oncalld.conf'), "
                               "('categories', 'vhs', 'data', '')]");
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
  const OncBusBackend backend = {
    .find = find,
    .list = list,
    .act = act,
    .read_when = read_when,
    .read_span = read_span,
    .find_person = find_person,
    .parse = parse,
    .open = open_thread,
    .pause = pause_popups,
    .resume = resume_popups,
    .refresh = refresh,
    .reload = reload,
    .list_settings = list_settings,
    .set_time = set_time,
    .name_acquired = on_acquired,
    .name_lost = on_lost,
    .data = self,
  };
  static const char *const me[] = { FAKE_ME, NULL };
  const OncNaming naming = { name_user, name_group, name_channel, name_workspace, self };

  self->threads = g_ptr_array_new_with_free_func ((GDestroyNotify) onc_thread_unref);
  self->held = g_array_new (FALSE, FALSE, sizeof (Held));
  self->call = g_strdup ("");
  self->bus = onc_bus_new (&backend, &naming);
  onc_bus_set_me (self->bus, me);
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

OncPromise *
fake_world_promise (FakeWorld *self,
                    OncThread *thread,
                    const char *ts,
                    const char *user,
                    OncInstant made,
                    OncInstant due,
                    OncPromiseState state,
                    const char *words)
{
  OncPromise *promise = g_new0 (OncPromise, 1);

  promise->ts = g_strdup (ts);
  promise->by = g_ref_string_new_intern (user);
  promise->words = g_strdup (words);
  promise->made = made;
  promise->due = due;
  promise->state = state;
  g_ptr_array_add (thread->promises, promise);
  if (onc_promise_state_is_open (state) && (thread->next_due == 0 || due < thread->next_due))
    thread->next_due = due;
  onc_bus_thread_changed (self->bus, thread, ONC_CHANGE_PROMISES);

  return promise;
}

void
fake_world_count (FakeWorld *self)
{
  const OncThread *next_due = NULL;
  OncTotals totals = { 0 };

  for (guint i = 0; i < self->threads->len; i++)
    {
      const OncThread *thread = g_ptr_array_index (self->threads, i);

      if (!onc_state_is_open (thread->state))
        continue;
      totals.open++;
      totals.unclaimed += thread->state == ONC_STATE_NEW;
      totals.levels[thread->level]++;
      if (thread->next_due != 0 && (next_due == NULL || thread->next_due < next_due->next_due))
        next_due = thread;
      for (guint j = 0; j < thread->promises->len; j++)
        totals.overdue += ((OncPromise *) g_ptr_array_index (thread->promises, j))->state ==
                          ONC_PROMISE_OVERDUE;
    }
  onc_bus_set_totals (self->bus, &totals, next_due);
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
