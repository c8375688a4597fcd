/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What callers on the bus are given: finding and listing threads, and doing what they ask for. */

#include "app-private.h"
#include "error.h"
#include "log.h"
#include "names.h"
#include "opener.h"
#include "said.h"
#include "wall.h"
#include "watchdog.h"

#include <glib/gi18n.h>

/* Who waits for the end of a wish, and gets an error that is fit for the bus. */
typedef struct
{
  OncApp *app; /* (unowned) */
  guint number;
  gboolean reply;   /* a reply is part of the wish */
  OncWishDone done; /* (nullable) NULL: was answered already */
  gpointer user_data;
  gboolean returned; /* onc_pipeline_act() has returned, so the wish can be */
  gboolean ended;    /* it has its last answer */
} Caller;

/* Returns: (transfer full): @error in the words of the D-Bus contract. */
static GError *
to_public (const GError *error)
{
  if (error->domain == ONC_ERROR)
    return g_error_copy (error);
  if (error->domain == ONC_STORE_ERROR)
    return g_error_new_literal (ONC_ERROR, ONC_ERROR_FAILED, error->message);

  return g_error_new_literal (ONC_ERROR, (int) onc_api_error_to_public (error), error->message);
}

static void
answer (Caller *caller, const GError *error)
{
  g_autoptr (GError) public = error != NULL ? to_public (error) : NULL;
  OncWishDone done = caller->done;

  caller->done = NULL;
  done (public, caller->user_data);
}

static void
on_wish_done (const GError *error, gpointer user_data)
{
  Caller *caller = user_data;

  if (caller->done != NULL)
    answer (caller, error);
  else if (error != NULL && !g_error_matches (error, ONC_ERROR, ONC_ERROR_NOT_CONNECTED))
    onc_app_tell_refusal (caller->app, caller->number, caller->reply, error);
  caller->ended = TRUE;
  if (caller->returned)
    g_free (caller);
}

/* Whether Slack is told of such a wish, rather than this desktop alone. */
static gboolean
writes_to_slack (OncActionKind kind)
{
  switch (kind)
    {
    case ONC_ACTION_CLAIM:
    case ONC_ACTION_RELEASE:
    case ONC_ACTION_REPLY:
    case ONC_ACTION_RESOLVE:
    case ONC_ACTION_REOPEN:
    case ONC_ACTION_PROMISE:
    case ONC_ACTION_EXTEND_PROMISE:
    case ONC_ACTION_HAND_OVER:
    case ONC_ACTION_TAG:
    case ONC_ACTION_UNTAG:
      return TRUE;
    case ONC_ACTION_SET_LEVEL:
    case ONC_ACTION_CANCEL_PROMISE:
    case ONC_ACTION_SNOOZE:
    case ONC_ACTION_UNSNOOZE:
    case ONC_ACTION_SET_NEEDED_BY:
    case ONC_ACTION_DISMISS:
      return FALSE;
    }

  g_return_val_if_reached (TRUE);
}

/* Returns: FALSE with @error where Slack could not be told now. */
static gboolean
check_reachable (OncApp *self, const OncAction *action, GError **error)
{
  g_autofree char *text = NULL;
  OncInstant stale_since;
  OncLink link;

  if (!writes_to_slack (action->kind))
    return TRUE;
  link = onc_app_get_link (self, &text, &stale_since);
  if (link == ONC_LINK_DENIED)
    {
      g_set_error (error, ONC_ERROR, ONC_ERROR_DENIED, _ ("Slack refuses the token: %s"), text);
      return FALSE;
    }
  if (self->session == NULL || onc_session_get_api (self->session) == NULL ||
      link == ONC_LINK_OFFLINE)
    {
      g_set_error (
          error, ONC_ERROR, ONC_ERROR_NOT_CONNECTED,
          _ ("Slack cannot be reached now (%s); with the option “queue” it is told as soon "
             "as it can be"),
          text != NULL ? text : onc_link_to_string (link));
      return FALSE;
    }

  return TRUE;
}

/* Only a person lowers a level, which others may want an explanation of. */
static void
log_lowered (const OncThread *thread, OncLevel before)
{
  g_autofree char *reference = g_strdup_printf ("%s/%s", thread->channel, thread->ts);

  if (thread->level < before)
    onc_notice_about (ONC_MESSAGE_ID_LOWERED, reference, "thread %u: lowered from %s to %s",
                      thread->number, onc_level_to_string (before),
                      onc_level_to_string (thread->level));
}

void
onc_app_act (OncApp *self,
             OncThread *thread,
             const OncAction *action,
             gboolean queue,
             OncWishDone done,
             gpointer user_data)
{
  OncAction mine = *action;
  OncLevel before = thread->level;
  /* The bus, whose it may be, can have another for that number when it has been acted upon. */
  g_autoptr (OncThread) held = onc_thread_ref (thread);
  g_autoptr (GError) error = NULL;
  Caller *caller;

  if (!queue && !check_reachable (self, action, &error))
    {
      done (error, user_data);
      return;
    }
  mine.user = self->session != NULL ? onc_session_get_me (self->session) : NULL;
  if (mine.user == NULL)
    {
      g_set_error_literal (&error, ONC_ERROR, ONC_ERROR_NOT_CONNECTED,
                           _ ("Slack has not said yet who you are"));
      done (error, user_data);
      return;
    }

  caller = g_new0 (Caller, 1);
  caller->app = self;
  caller->number = thread->number;
  caller->reply = action->kind == ONC_ACTION_REPLY || action->kind == ONC_ACTION_PROMISE ||
                  action->kind == ONC_ACTION_EXTEND_PROMISE || action->kind == ONC_ACTION_HAND_OVER;
  caller->done = done;
  caller->user_data = user_data;
  onc_pipeline_act (self->pipeline, thread, &mine, on_wish_done, caller);
  log_lowered (held, before);
  caller->returned = TRUE;
  if (queue && !caller->ended)
    answer (caller, NULL);
  if (caller->ended)
    g_free (caller);
}

/* Opening. */

typedef struct
{
  OncWishDone done;
  gpointer user_data;
} Opening;

static void
on_opened (GObject *connection, GAsyncResult *result, gpointer user_data)
{
  Opening *opening = user_data;
  g_autoptr (GError) error = NULL;

  onc_opener_open_finish (result, &error);
  opening->done (error, opening->user_data);
  g_free (opening);
}

void
onc_app_open (OncApp *self,
              OncThread *thread,
              const char *activation_token,
              OncWishDone done,
              gpointer user_data)
{
  OncNaming naming = onc_app_get_naming (self);
  g_autofree char *uri = onc_naming_permalink (&naming, thread->team, thread->channel, thread->ts,
                                               thread->ts);
  Opening *opening;

  if (uri == NULL)
    {
      g_autoptr (GError) error = g_error_new_literal (
          ONC_ERROR, ONC_ERROR_NOT_CONNECTED, _ ("The address of the workspace is not known yet"));

      done (error, user_data);
      return;
    }
  opening = g_new0 (Opening, 1);
  opening->done = done;
  opening->user_data = user_data;
  onc_opener_open_async (self->connection, uri, activation_token, on_opened, opening);
}

/* The backend. */

typedef struct
{
  OncBusDone done;
  gpointer token;
} BusCaller;

static void
on_bus_wish_done (const GError *error, gpointer user_data)
{
  BusCaller *caller = user_data;

  caller->done (caller->token, error);
  g_free (caller);
}

static BusCaller *
bus_caller_new (OncBusDone done, gpointer token)
{
  BusCaller *caller = g_new0 (BusCaller, 1);

  caller->done = done;
  caller->token = token;
  return caller;
}

static void
backend_act (gpointer data,
             OncThread *thread,
             const OncAction *action,
             gboolean queue,
             OncBusDone done,
             gpointer token)
{
  onc_app_act (data, thread, action, queue, on_bus_wish_done, bus_caller_new (done, token));
}

static void
backend_open (
    gpointer data, OncThread *thread, const char *activation_token, OncBusDone done, gpointer token)
{
  onc_app_open (data, thread, activation_token, on_bus_wish_done, bus_caller_new (done, token));
}

/* Returns: (transfer full): the thread that holds the message, or whose root it is. */
static OncThread *
find_by_message (OncApp *self, const OncReference *reference, GError **error)
{
  g_autofree char *root_ts = NULL;
  const char *channel = NULL;
  const char *team = NULL;

  if (self->session != NULL)
    {
      channel = onc_session_find_channel (self->session, reference->channel, NULL);
      team = onc_session_get_team (self->session);
    }
  if (channel == NULL)
    channel = reference->channel;
  if (team != NULL)
    root_ts = onc_store_find_root (self->store, team, channel, reference->ts, error);
  if (root_ts == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, ONC_ERROR, ONC_ERROR_NOT_FOUND, _ ("There is no thread %s/%s"),
                     reference->channel, reference->ts);
      return NULL;
    }

  return onc_pipeline_find (self->pipeline, team, channel, root_ts, error);
}

static OncThread *
backend_find (gpointer data, const OncReference *reference, GError **error)
{
  OncApp *self = data;
  g_autoptr (OncThread) thread = NULL;

  if (reference->number != 0)
    thread = onc_pipeline_find_number (self->pipeline, reference->number, error);
  else
    thread = find_by_message (self, reference, error);
  if (thread != NULL && thread->number == 0)
    {
      g_set_error (error, ONC_ERROR, ONC_ERROR_NOT_FOUND, _ ("That message is no question"));
      return NULL;
    }

  return g_steal_pointer (&thread);
}

/* What a filter calls a person is looked up. Returns: FALSE with @error. */
static gboolean
find_user (OncApp *self, const char *name, const char **id, GError **error)
{
  if (name == NULL)
    return TRUE;
  if (self->session == NULL)
    {
      *id = name;
      return TRUE;
    }
  if (g_str_equal (name, ONC_FILTER_ME))
    {
      *id = onc_session_get_me (self->session);
      if (*id == NULL)
        g_set_error_literal (error, ONC_ERROR, ONC_ERROR_NOT_CONNECTED,
                             _ ("Slack has not said yet who you are"));
    }
  else
    {
      *id = onc_session_find_person (self->session, name, error);
    }

  return *id != NULL;
}

/* Returns: (transfer full): the names of the values in @set, for the store. */
static char *
words_of (guint set, guint n_values, const char *(*to_string) (guint))
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < n_values; i++)
    {
      if ((set & (1u << i)) != 0)
        g_string_append_printf (words, "%s%s", words->len > 0 ? "," : "", to_string (i));
    }

  return g_string_free (words, FALSE);
}

static const char *
state_word (guint value)
{
  return onc_state_to_string ((OncState) value);
}

static const char *
level_word (guint value)
{
  return onc_level_to_string ((OncLevel) value);
}

static gboolean
has_looker (const OncThread *thread, const char *user)
{
  return user == NULL || onc_thread_find_looker (thread, user) != NULL;
}

static gboolean
has_category (const OncThread *thread, const char *category)
{
  for (guint i = 0; category != NULL && i < thread->categories->len; i++)
    {
      if (g_str_equal (g_ptr_array_index (thread->categories, i), category))
        return TRUE;
    }

  return category == NULL;
}

static int
compare_newest (gconstpointer a, gconstpointer b)
{
  const OncThread *first = *(const OncThread *const *) a;
  const OncThread *second = *(const OncThread *const *) b;

  if (first->opened != second->opened)
    return first->opened > second->opened ? -1 : 1;

  return first->number > second->number ? -1 : 1;
}

/* Returns: (transfer full): what onc_store_list_threads() would find, but from memory, where all
 * open threads are. @filter: as the bus gave it, for what @stored has in words only. */
static GPtrArray *
list_open (OncApp *self, const OncFilter *filter, const OncThreadFilter *stored)
{
  g_autoptr (GPtrArray) open = onc_engine_list (onc_pipeline_engine (self->pipeline));
  GPtrArray *threads = g_ptr_array_new_with_free_func ((GDestroyNotify) onc_thread_unref);

  g_ptr_array_sort (open, compare_newest);
  for (guint i = 0, n_found = 0; i < open->len; i++)
    {
      OncThread *thread = g_ptr_array_index (open, i);

      if ((filter->states & (1u << thread->state)) == 0 ||
          (filter->levels & (1u << thread->level)) == 0 || thread->opened < stored->since ||
          thread->opened >= stored->until || !has_looker (thread, stored->looker) ||
          !has_category (thread, stored->category) ||
          (stored->channel != NULL && !g_str_equal (thread->channel, stored->channel)) ||
          (stored->asker != NULL && g_strcmp0 (thread->asker, stored->asker) != 0))
        continue;
      if (n_found++ < stored->offset)
        continue;
      g_ptr_array_add (threads, onc_thread_ref (thread));
      if (threads->len == stored->limit)
        break;
    }

  return threads;
}

static GPtrArray *
backend_list (gpointer data, const OncFilter *filter, GError **error)
{
  OncApp *self = data;
  g_autofree char *states = words_of (filter->states, ONC_STATE_DELETED + 1, state_word);
  g_autofree char *levels = words_of (filter->levels, ONC_N_LEVELS, level_word);
  OncThreadFilter stored = {
    .states = states,
    .levels = levels,
    .channel = filter->channel,
    .category = filter->tag,
    .text = filter->text,
    .since = filter->since,
    .until = filter->until,
    .limit = filter->limit,
    .offset = filter->offset,
  };

  if (filter->channel != NULL && self->session != NULL)
    stored.channel = onc_session_find_channel (self->session, filter->channel, error);
  if ((filter->channel != NULL && stored.channel == NULL) ||
      !find_user (self, filter->looker, &stored.looker, error) ||
      !find_user (self, filter->asker, &stored.asker, error))
    return NULL;

  /* SQLite has a way of its own to compare text in any case. */
  if ((filter->states & ~(1u << ONC_STATE_NEW | 1u << ONC_STATE_LOOKING)) == 0 &&
      filter->text == NULL)
    return list_open (self, filter, &stored);

  return onc_store_list_threads (self->store, &stored, error);
}

/* Returns: what @text means to this desktop's person at @now; 0 where it means no time to come. */
static OncInstant
read_when (OncApp *self, const char *text, OncInstant now)
{
  const OncWhenContext context = onc_said_context (self->policy->zone, self->policy->hours);

  return onc_when_read (text, now, &context, NULL);
}

static gboolean
backend_read_when (gpointer data, const char *text, OncInstant *when, GError **error)
{
  OncApp *self = data;

  *when = read_when (self, text, onc_clock_now (self->clock));
  if (*when == 0)
    g_set_error (error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT,
                 _ ("“%s” is no time to come: write 30m, 1h30, 14:30, tomorrow 9:00, Mon 10:00, "
                    "eod or next-work-hour"),
                 text);

  return *when != 0;
}

static gboolean
backend_read_span (gpointer data, const char *text, OncSpan *span, GError **error)
{
  OncApp *self = data;
  OncInstant now = onc_clock_now (self->clock);
  OncInstant end = read_when (self, text, now);

  *span = end - now;
  /* What is so much later when it is said a minute later is a length of time, and no clock time. */
  if (end == 0 || read_when (self, text, now + ONC_MINUTE) != end + ONC_MINUTE)
    {
      g_set_error (error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT,
                   _ ("“%s” is no length of time: write 15m, 1h30 or 2h"), text);
      return FALSE;
    }

  return TRUE;
}

static const char *
backend_find_person (gpointer data, const char *text, GError **error)
{
  OncApp *self = data;
  const char *id = NULL;

  if (self->session == NULL)
    g_set_error_literal (error, ONC_ERROR, ONC_ERROR_NOT_CONNECTED, self->tokens_trouble);
  else
    id = onc_session_find_person (self->session, text, error);
  /* A user's ID begins with U, and with W in an organisation of several workspaces. */
  if (id != NULL && *id != 'U' && *id != 'W')
    {
      g_set_error (error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT, _ ("“%s” is not one person"),
                   text);
      return NULL;
    }

  return id;
}

static gboolean
backend_parse (gpointer data,
               const char *text,
               OncInstant said_at,
               const char *zone_name,
               OncReading *reading,
               GError **error)
{
  OncApp *self = data;
  g_autoptr (GTimeZone) zone = *zone_name != '\0' ? onc_wall_zone_new (zone_name)
                                                  : g_time_zone_ref (self->policy->zone);
  g_autoptr (GDateTime) calendar = g_date_time_new_from_unix_utc (said_at / ONC_SECOND);
  OncWhenContext context;

  if (zone == NULL)
    {
      g_set_error (error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT,
                   _ ("“%s” is no time zone like Europe/Berlin"), zone_name);
      return FALSE;
    }
  if (calendar == NULL)
    {
      g_set_error_literal (error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT,
                           _ ("No calendar holds the time at which that was written"));
      return FALSE;
    }
  context = onc_said_context (zone, self->policy->hours);
  onc_promise_reader_read (text, -1, said_at != 0 ? said_at : onc_clock_now (self->clock), &context,
                           reading);

  return TRUE;
}

static void
backend_set_time (gpointer data, OncInstant now, OncBusDone done, gpointer token)
{
  onc_clock_move (ONC_APP (data)->clock, now);
  done (token, NULL);
}

static gboolean
backend_pause (gpointer data, OncInstant until, const char *when, OncLevel level, GError **error)
{
  OncApp *self = data;
  OncInstant end = until;

  if (when != NULL && !backend_read_when (self, when, &end, error))
    return FALSE;
  if (end < 0 || (end != 0 && end <= onc_clock_now (self->clock)))
    {
      g_set_error_literal (error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT,
                           _ ("A pause cannot end in the past"));
      return FALSE;
    }
  onc_quiet_pause (self->quiet, end, level);

  return TRUE;
}

static void
backend_resume (gpointer data)
{
  onc_quiet_resume (ONC_APP (data)->quiet);
}

static GVariant *
backend_list_settings (gpointer data)
{
  const GPtrArray *settings = ONC_APP (data)->config->settings;
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ssss)"));
  for (guint i = 0; i < settings->len; i++)
    {
      const OncSetting *setting = g_ptr_array_index (settings, i);

      g_variant_builder_add (&builder, "(ssss)", setting->group, setting->key, setting->value,
                             setting->origin != NULL ? setting->origin : "");
    }

  return g_variant_builder_end (&builder);
}

static void
on_refreshed (const GError *error, gpointer user_data)
{
  g_autoptr (GError) public = error != NULL ? to_public (error) : NULL;

  on_bus_wish_done (public, user_data);
}

static void
backend_refresh (gpointer data, OncBusDone done, gpointer token)
{
  OncApp *self = data;
  g_autoptr (GError) error = NULL;

  onc_pipeline_tick (self->pipeline);
  if (self->session != NULL)
    {
      onc_session_refresh (self->session, on_refreshed, bus_caller_new (done, token));
      return;
    }
  error = g_error_new_literal (ONC_ERROR, ONC_ERROR_NOT_CONNECTED, self->tokens_trouble);
  done (token, error);
}

static void
backend_reload (gpointer data, OncBusDone done, gpointer token)
{
  g_autoptr (GError) error = NULL;

  onc_watchdog_reloading ();
  onc_app_reload (data, &error);
  onc_watchdog_ready ();
  done (token, error);
}

static void
backend_name_acquired (gpointer data)
{
  onc_watchdog_ready ();
}

static void
backend_name_lost (gpointer data)
{
  g_signal_emit_by_name (data, "quit",
                         _ ("Another oncalld has the name on the bus, or the bus is gone"));
}

OncBusBackend
onc_app_get_backend (OncApp *self)
{
  return (OncBusBackend){
    .find = backend_find,
    .list = backend_list,
    .act = backend_act,
    .read_when = backend_read_when,
    .read_span = backend_read_span,
    .find_person = backend_find_person,
    .parse = backend_parse,
    .open = backend_open,
    .pause = backend_pause,
    .resume = backend_resume,
    .refresh = backend_refresh,
    .reload = backend_reload,
    .list_settings = backend_list_settings,
    .set_time = onc_clock_stands (self->clock) ? backend_set_time : NULL,
    .name_acquired = backend_name_acquired,
    .name_lost = backend_name_lost,
    .data = self,
  };
}
