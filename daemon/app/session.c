/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "session-private.h"

#include "error.h"
#include "log.h"
#include "message.h"
#include "policy-builder.h"
#include "roster-rows.h"

#include <glib/gi18n.h>

#define USER_AGENT "oncalld/" ONC_VERSION

/* The store's fact that holds the roster. */
#define ROSTER "roster"

/* Between two readings of the user groups, in case an event about them was lost. */
#define GROUPS_SECONDS (60 * 60)

/* The pause before Slack is asked again who we are, or for history, which doubles up to the
 * longest.
 */
#define ASK_FIRST (2 * ONC_SECOND)
#define ASK_MAX   (5 * ONC_MINUTE)

/* Changes of the roster are stored together, this much after the first of them. */
#define STORE_SECONDS 5

enum
{
  SIGNAL_LINK_CHANGED,
  SIGNAL_NAMES_CHANGED,
  SIGNAL_READY,
  SIGNAL_DENIED,
  SIGNAL_SHARED,
  SIGNAL_REFUSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OncSession, onc_session, G_TYPE_OBJECT)

/* Who waits for a refresh. */
typedef struct
{
  OncSessionDone done;
  gpointer user_data;
} Refresh;

static void identify (OncSession *self);

static void
onc_session_finalize (GObject *object)
{
  OncSession *self = ONC_SESSION (object);

  onc_session_stop (self);
  g_signal_handlers_disconnect_by_data (self->directory, self);
  if (self->socket != NULL)
    g_signal_handlers_disconnect_by_data (self->socket, self);
  g_signal_handlers_disconnect_by_data (self->poll, self);
  g_clear_object (&self->poll);
  g_clear_object (&self->catch_up);
  g_clear_object (&self->socket);
  g_clear_object (&self->directory);
  g_clear_object (&self->user_api);
  g_clear_object (&self->http);
  g_clear_object (&self->clock);
  g_strfreev (self->problems);
  g_free (self->denial);
  g_free (self->trouble);

  G_OBJECT_CLASS (onc_session_parent_class)->finalize (object);
}

static void
onc_session_class_init (OncSessionClass *class)
{
  G_OBJECT_CLASS (class)->finalize = onc_session_finalize;

  signals[SIGNAL_LINK_CHANGED] = g_signal_new ("link-changed", ONC_TYPE_SESSION, G_SIGNAL_RUN_LAST,
                                               0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_NAMES_CHANGED] = g_signal_new (
      "names-changed", ONC_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_READY] = g_signal_new ("ready", ONC_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_DENIED] = g_signal_new ("denied", ONC_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_SHARED] = g_signal_new ("shared", ONC_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_REFUSED] = g_signal_new ("refused", ONC_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
onc_session_init (OncSession *self)
{
}

static void
link_changed (OncSession *self)
{
  g_signal_emit (self, signals[SIGNAL_LINK_CHANGED], 0);
}

/* From now on something may be missed, until history was read. */
static void
note_gap (OncSession *self)
{
  if (self->stale_since == 0)
    self->stale_since = onc_clock_now (self->clock);
}

static void
set_trouble (OncSession *self, const char *trouble)
{
  if (g_strcmp0 (self->trouble, trouble) == 0)
    return;
  g_free (self->trouble);
  self->trouble = g_strdup (trouble);
  link_changed (self);
}

static void
deny (OncSession *self, const char *why)
{
  gboolean begins = self->denial == NULL;

  g_free (self->denial);
  self->denial = g_strdup (why);
  link_changed (self);
  if (begins)
    g_signal_emit (self, signals[SIGNAL_DENIED], 0, why);
}

/* Answers everybody who waits for a refresh. @error: (nullable): why there will be none now. */
static void
end_refreshes (OncSession *self, const GError *error)
{
  Refresh *refresh;

  while ((refresh = g_queue_pop_head (&self->refreshes)) != NULL)
    {
      refresh->done (error, refresh->user_data);
      g_free (refresh);
    }
}

static void
store_roster (OncSession *self)
{
  g_autoptr (GPtrArray) rows = onc_directory_dump (self->directory);
  g_autofree char *text = onc_roster_rows_to_text (rows);

  onc_pipeline_set_fact (self->pipeline, ROSTER, text);
  onc_pipeline_flush (self->pipeline);
}

static gboolean
on_store_roster (gpointer user_data)
{
  OncSession *self = user_data;

  self->store_source = 0;
  store_roster (self);
  return G_SOURCE_REMOVE;
}

static void
on_directory_event (OncDirectory *directory, OncEvent *event, gpointer user_data)
{
  OncSession *self = user_data;

  if (self->pipeline != NULL)
    onc_pipeline_take_roster (self->pipeline, event);
}

static void
on_directory_changed (OncDirectory *directory, gpointer user_data)
{
  OncSession *self = user_data;

  if (self->pipeline == NULL)
    return;
  if (self->store_source == 0)
    self->store_source = g_timeout_add_seconds (STORE_SECONDS, on_store_roster, self);
  g_signal_emit (self, signals[SIGNAL_NAMES_CHANGED], 0);
}

/* The IDs of the watched channels. Returns: (transfer full). */
static GStrv
list_channels (OncSession *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; self->config->channels[i] != NULL; i++)
    {
      const char *id = onc_directory_find_channel (self->directory, self->config->channels[i],
                                                   NULL);

      if (id != NULL)
        g_strv_builder_add (builder, id);
    }

  return g_strv_builder_end (builder);
}

static void
catch_up (OncSession *self)
{
  g_auto (GStrv) channels = list_channels (self);

  g_clear_handle_id (&self->read_again, g_source_remove);
  if (self->catch_up != NULL)
    onc_catch_up_run (self->catch_up, (const char *const *) channels);
}

static void
on_glance_due (OncPoller *poll, gpointer user_data)
{
  OncSession *self = user_data;
  g_auto (GStrv) channels = list_channels (self);

  if (self->catch_up != NULL)
    onc_catch_up_glance (self->catch_up, (const char *const *) channels);
}

/* Tells when something was missed and others' connections are there, which explains it. */
static void
look_for_others (OncSession *self)
{
  gboolean shared = onc_poller_is_deaf (self->poll) &&
                    onc_socket_mode_get_foreign_connections (self->socket) > 0;

  if (shared == self->shared)
    return;
  self->shared = shared;
  link_changed (self);
  if (!shared)
    return;
  onc_warning ("somebody else is connected to this Slack app, and gets part of the events");
  g_signal_emit (self, signals[SIGNAL_SHARED], 0);
}

static void
on_poll_changed (OncPoller *poll, gpointer user_data)
{
  OncSession *self = user_data;

  if (self->socket != NULL)
    {
      look_for_others (self);
      /* They may have come after the last hello, and only the next one tells. */
      if (onc_poller_is_deaf (poll) && !self->shared)
        onc_socket_mode_renew (self->socket);
    }
  link_changed (self);
}

static void
on_glanced (OncCatchUp *object, guint fresh, guint missed, gpointer user_data)
{
  OncSession *self = user_data;

  if (fresh > 0)
    {
      self->last_event = onc_clock_now (self->clock);
      link_changed (self);
    }
  onc_poller_note (self->poll, fresh, missed, onc_catch_up_is_throttled (object));
}

static void
on_catch_up_changed (OncCatchUp *object, gpointer user_data)
{
  link_changed (user_data);
}

/* Makes @pause longer, and has @call called after it. Returns: the source. */
static guint
ask_later (OncSession *self, OncSpan *pause, GSourceFunc call)
{
  *pause = CLAMP (*pause * 2, ASK_FIRST, ASK_MAX);

  return g_timeout_add ((guint) (*pause / 1000 / self->hurry), call, self);
}

static gboolean
on_read_again (gpointer user_data)
{
  OncSession *self = user_data;

  self->read_again = 0;
  catch_up (self);
  return G_SOURCE_REMOVE;
}

static void
on_caught_up (OncCatchUp *object, const GError *error, gpointer user_data)
{
  OncSession *self = user_data;
  g_autofree char *trouble = error != NULL ? g_strdup_printf (_ ("History could not be read: %s"),
                                                              error->message)
                                           : NULL;

  if (g_error_matches (error, ONC_API_ERROR, ONC_API_ERROR_STOP))
    {
      deny (self, error->message);
      end_refreshes (self, error);
      return;
    }
  if (error == NULL && !self->unsure)
    self->stale_since = 0;
  else
    note_gap (self);
  if (error == NULL)
    {
      self->read_pause = 0;
    }
  else
    {
      /* What passes by itself is no more than a state */
      if (self->trouble == NULL && !g_error_matches (error, ONC_API_ERROR, ONC_API_ERROR_TRANSIENT))
        onc_warning ("history could not be read: %s", error->message);
      g_clear_handle_id (&self->read_again, g_source_remove);
      self->read_again = ask_later (self, &self->read_pause, on_read_again);
    }
  set_trouble (self, trouble);
  link_changed (self);
  /* Of a refresh that has more to read, this is not the end. */
  if (!self->read_next && !onc_catch_up_is_running (object))
    end_refreshes (self, error);
}

static gboolean
on_groups_time (gpointer user_data)
{
  OncSession *self = user_data;

  identify (self);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_ask_again (gpointer user_data)
{
  OncSession *self = user_data;

  self->ask_again = 0;
  identify (self);
  return G_SOURCE_REMOVE;
}

/* Slack has said who we are: what had to wait for that goes ahead, the first time. */
static void
begin (OncSession *self)
{
  const char *team = onc_directory_get_team (self->directory);

  if (self->identified)
    return;

  self->identified = TRUE;
  if (self->catch_up == NULL)
    {
      self->catch_up = onc_catch_up_new (self->pipeline, self->store, self->clock, self->user_api,
                                         team, self->config->backfill);
      g_signal_connect (self->catch_up, "changed", G_CALLBACK (on_catch_up_changed), self);
      g_signal_connect (self->catch_up, "caught-up", G_CALLBACK (on_caught_up), self);
      g_signal_connect (self->catch_up, "glanced", G_CALLBACK (on_glanced), self);
    }
  /* Which names mean nothing is worth telling from now on. */
  g_clear_pointer (&self->problems, g_strfreev);
  g_signal_emit (self, signals[SIGNAL_NAMES_CHANGED], 0);
  g_signal_emit (self, signals[SIGNAL_READY], 0);
  onc_poller_start (self->poll, self->socket != NULL);
  if (self->socket != NULL)
    {
      onc_socket_mode_set_identity (self->socket, team, onc_session_get_me (self));
      onc_socket_mode_start (self->socket);
    }
  else
    {
      self->read_next = TRUE;
    }
}

static void
on_identified (GObject *directory, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean known = onc_directory_refresh_finish (ONC_DIRECTORY (directory), result, &error);
  OncSession *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  if (known)
    {
      self->ask_pause = 0;
      self->ask_all = FALSE;
      /* That history could not be read is none of this */
      if (self->read_again == 0)
        set_trouble (self, NULL);
      begin (self);
      if (self->read_next)
        {
          self->read_next = FALSE;
          catch_up (self);
        }
      link_changed (self);
      /* None of the channels is known */
      if (!onc_catch_up_is_running (self->catch_up))
        end_refreshes (self, NULL);
      return;
    }
  if (g_error_matches (error, ONC_API_ERROR, ONC_API_ERROR_STOP))
    {
      deny (self, error->message);
    }
  else
    {
      onc_info ("cannot ask Slack who we are: %s", error->message);
      set_trouble (self, error->message);
      self->ask_again = ask_later (self, &self->ask_pause, on_ask_again);
    }
  end_refreshes (self, error);
}

/* Asks Slack who we are, and who else is there; later, who is in the groups. */
static void
identify (OncSession *self)
{
  if (!self->started || self->cancellable != NULL || self->denial != NULL)
    return;

  g_clear_handle_id (&self->ask_again, g_source_remove);
  self->cancellable = g_cancellable_new ();
  onc_directory_refresh_async (self->directory,
                               self->ask_all ? ONC_DIRECTORY_ALL : ONC_DIRECTORY_GROUPS,
                               self->cancellable, on_identified, self);
}

/* Notes whether Slack will have a socket at all; while it will not, history is polled. */
static void
note_refusal (OncSession *self, OncSocketMode *socket)
{
  gboolean begins = onc_socket_mode_is_refused (socket) && !self->refused;

  self->refused = onc_socket_mode_is_refused (socket);
  if (!begins)
    return;
  onc_poller_suspect (self->poll);
  g_signal_emit (self, signals[SIGNAL_REFUSED], 0, onc_socket_mode_get_reason (socket));
}

static void
on_socket_state (OncSocketMode *socket, gpointer user_data)
{
  OncSession *self = user_data;

  switch (onc_socket_mode_get_state (socket))
    {
    case ONC_LINK_CONNECTED:
      break;
    case ONC_LINK_DENIED:
      deny (self, onc_socket_mode_get_reason (socket));
      return;
    case ONC_LINK_CONNECTING:
    case ONC_LINK_OFFLINE:
      note_gap (self);
      note_refusal (self, socket);
      break;
    case ONC_LINK_UNCONFIGURED:
    case ONC_LINK_STALE:
    default:
      g_assert_not_reached ();
    }
  link_changed (self);
}

static void
on_connected (OncSocketMode *socket, gboolean gap, gpointer user_data)
{
  OncSession *self = user_data;

  if (onc_socket_mode_get_foreign_connections (socket) > 0)
    onc_poller_suspect (self->poll);
  look_for_others (self);
  if (!gap && !self->unsure)
    return;
  self->unsure = FALSE;
  catch_up (self);
  /* Whoever is on call may have changed while nobody listened. */
  identify (self);
}

typedef struct
{
  OncSocketMode *socket; /* (owned) */
  guint number;
  char *id; /* (owned) (nullable) NULL: there is none to acknowledge by */
} Ack;

static gboolean
on_ack (gpointer user_data)
{
  const Ack *ack = user_data;

  if (ack->id != NULL)
    onc_socket_mode_ack (ack->socket, ack->number, ack->id);
  return G_SOURCE_REMOVE;
}

static void
ack_free (gpointer data)
{
  Ack *ack = data;

  g_object_unref (ack->socket);
  g_free (ack->id);
  g_free (ack);
}

static void
note_event (OncSession *self, const OncEnvelope *envelope)
{
  const char *at = onc_json_ts (envelope->event, "event_ts");

  if (envelope->event == NULL)
    return;
  self->last_event = onc_clock_now (self->clock);
  if (at != NULL)
    self->lag = MAX (self->last_event - onc_ts_to_instant (at), 0);
}

static void
on_envelope (OncSocketMode *socket, guint number, OncEnvelope *envelope, gpointer user_data)
{
  OncSession *self = user_data;
  Ack *ack = g_new0 (Ack, 1);

  note_event (self, envelope);
  ack->socket = g_object_ref (socket);
  ack->number = number;
  ack->id = g_strdup (envelope->id);
  onc_pipeline_take_envelope (self->pipeline, onc_directory_get_team (self->directory),
                              envelope->events, envelope->key, on_ack, ack, ack_free);
  /* After the engine, for the directory tells at once that people are composed otherwise. */
  if (envelope->event != NULL)
    onc_directory_take_event (self->directory, envelope->event);
  if (envelope->access_changed)
    {
      onc_notice ("Slack says that the token's rights have changed");
      identify (self);
    }
  if (envelope->events_dropped)
    catch_up (self);
}

static void
on_drained (OncSocketMode *socket, gpointer user_data)
{
  onc_pipeline_flush (ONC_SESSION (user_data)->pipeline);
}

static void
load_roster (OncSession *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = onc_store_get_fact (self->store, ROSTER, &error);
  g_autoptr (GPtrArray) rows = NULL;

  if (error != NULL)
    onc_warning ("cannot read the names of the workspace: %s", error->message);
  if (text == NULL)
    return;
  rows = onc_roster_rows_from_text (text);
  onc_directory_load (self->directory, rows);
}

OncSession *
onc_session_new (OncStore *store,
                 OncClock *clock,
                 const OncConfig *config,
                 const OncTokens *tokens,
                 const char *ca_file,
                 guint hurry,
                 gboolean short_lives)
{
  OncSession *self = g_object_new (ONC_TYPE_SESSION, NULL);

  self->store = store;
  self->clock = g_object_ref (clock);
  self->config = config;
  self->hurry = hurry;
  self->bot = tokens->bot;
  self->http = onc_http_new (USER_AGENT);
  onc_http_hurry (self->http, hurry);
  if (ca_file != NULL)
    onc_http_set_ca_file (self->http, ca_file);
  self->user_api = onc_web_api_new (self->http, config->api_url, tokens->user);
  onc_web_api_hurry (self->user_api, hurry);
  self->directory = onc_directory_new (self->user_api);
  onc_policy_announce (config, self->directory);
  g_signal_connect (self->directory, "event", G_CALLBACK (on_directory_event), self);
  g_signal_connect (self->directory, "changed", G_CALLBACK (on_directory_changed), self);
  self->poll = onc_poller_new (NULL);
  onc_poller_hurry (self->poll, hurry);
  onc_poller_set_interval (self->poll, config->poll_interval / self->hurry);
  g_signal_connect (self->poll, "due", G_CALLBACK (on_glance_due), self);
  g_signal_connect (self->poll, "changed", G_CALLBACK (on_poll_changed), self);
  if (tokens->app != NULL && config->transport != ONC_TRANSPORT_POLL)
    {
      g_autoptr (OncWebApi) app_api = onc_web_api_new (self->http, config->api_url, tokens->app);

      self->socket = onc_socket_mode_new (self->http, app_api, NULL);
      onc_socket_mode_hurry (self->socket, hurry);
      if (short_lives)
        onc_socket_mode_shorten_lives (self->socket);
      g_signal_connect (self->socket, "state-changed", G_CALLBACK (on_socket_state), self);
      g_signal_connect (self->socket, "connected", G_CALLBACK (on_connected), self);
      g_signal_connect (self->socket, "envelope", G_CALLBACK (on_envelope), self);
      g_signal_connect (self->socket, "drained", G_CALLBACK (on_drained), self);
    }

  return self;
}

void
onc_session_set_pipeline (OncSession *self, OncPipeline *pipeline)
{
  self->pipeline = pipeline;
  load_roster (self);
}

void
onc_session_set_config (OncSession *self, const OncConfig *config)
{
  self->config = config;
  if (self->catch_up != NULL)
    onc_catch_up_set_first_span (self->catch_up, config->backfill);
  onc_poller_set_interval (self->poll, config->poll_interval / self->hurry);
  onc_policy_announce (config, self->directory);
}

OncPolicy *
onc_session_build_policy (OncSession *self)
{
  g_auto (GStrv) before = g_steal_pointer (&self->problems);
  OncPolicy *policy = onc_policy_build (self->config, self->directory, &self->problems);

  self->blind = g_hash_table_size (policy->channels) == 0;
  if (before == NULL ||
      !g_strv_equal ((const char *const *) before, (const char *const *) self->problems))
    {
      for (guint i = 0; self->identified && self->problems[i] != NULL; i++)
        onc_warning ("%s", self->problems[i]);
      link_changed (self);
    }

  return policy;
}

void
onc_session_start (OncSession *self)
{
  self->started = TRUE;
  self->ask_all = TRUE;
  note_gap (self);
  self->groups_source = g_timeout_add_seconds (MAX (GROUPS_SECONDS / self->hurry, 1),
                                               on_groups_time, self);
  identify (self);
  link_changed (self);
}

void
onc_session_stop (OncSession *self)
{
  g_autoptr (GError) error = g_error_new_literal (ONC_ERROR, ONC_ERROR_NOT_CONNECTED,
                                                  _ ("The connection to Slack was ended"));

  if (!self->started)
    return;

  self->started = FALSE;
  end_refreshes (self, error);
  g_clear_handle_id (&self->ask_again, g_source_remove);
  g_clear_handle_id (&self->read_again, g_source_remove);
  g_clear_handle_id (&self->groups_source, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  onc_poller_stop (self->poll);
  if (self->socket != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->socket, self);
      onc_socket_mode_stop (self->socket);
    }
  if (self->catch_up != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->catch_up, self);
      onc_catch_up_stop (self->catch_up);
    }
  if (self->store_source != 0)
    {
      g_clear_handle_id (&self->store_source, g_source_remove);
      store_roster (self);
    }
}

void
onc_session_kick (OncSession *self)
{
  onc_http_drop_connections (self->http);
  self->unsure = self->socket != NULL;
  note_gap (self);
  if (self->ask_again != 0)
    identify (self);
  if (self->identified && self->socket != NULL)
    onc_socket_mode_kick (self->socket);
  else if (self->identified)
    catch_up (self);
  link_changed (self);
}

void
onc_session_refresh (OncSession *self, OncSessionDone done, gpointer user_data)
{
  if (done != NULL)
    {
      Refresh *refresh = g_new0 (Refresh, 1);

      refresh->done = done;
      refresh->user_data = user_data;
      g_queue_push_tail (&self->refreshes, refresh);
    }
  /* What was refused may be granted by now. */
  if (self->denial != NULL)
    {
      g_clear_pointer (&self->denial, g_free);
      self->identified = FALSE;
    }
  /* What is being asked was asked before this. */
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->ask_all = TRUE;
  self->read_next = TRUE;
  identify (self);
}

void
onc_session_read_thread (OncSession *self, const char *channel, const char *ts)
{
  if (self->catch_up != NULL)
    onc_catch_up_read_thread (self->catch_up, channel, ts);
}

OncWebApi *
onc_session_get_api (OncSession *self)
{
  return self->identified && self->denial == NULL ? self->user_api : NULL;
}

const char *
onc_session_get_me (OncSession *self)
{
  return onc_directory_get_me (self->directory);
}

const char *
onc_session_get_team (OncSession *self)
{
  return onc_directory_get_team (self->directory);
}

const char *
onc_session_find_person (OncSession *self, const char *name, GError **error)
{
  return onc_directory_find_person (self->directory, name, error);
}

const char *
onc_session_find_channel (OncSession *self, const char *name, GError **error)
{
  return onc_directory_find_channel (self->directory, name, error);
}

OncNaming
onc_session_get_naming (OncSession *self)
{
  return onc_directory_get_naming (self->directory);
}
