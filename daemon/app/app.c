/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "app-private.h"
#include "error.h"
#include "log.h"
#include "names.h"
#include "watchdog.h"

#include <glib/gi18n.h>

/* How long the withdrawal of popups may hold up the end of the daemon: nobody would hear the click
 * on one that is left, and desktops are slow when a session ends. */
#define WITHDRAW_MS 5000

/* A hook tells somebody something, which takes seconds. The manual names the figure. */
#define HOOK_TIME_OUT (30 * ONC_SECOND)

/* A tick that is late by more than this means that the main loop hangs. */
#define TICK_GRACE (30 * ONC_SECOND)

/* Keys of the popups that are about the daemon itself; app-store.c has one more. */
#define NOTICE_DENIED "denied"
#define NOTICE_SHARED "shared"
#define NOTICE_SOCKET "socket"

enum
{
  SIGNAL_QUIT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OncApp, onc_app, G_TYPE_OBJECT)

static void
drop_session (OncApp *self)
{
  if (self->session == NULL)
    return;

  onc_outbox_set_api (self->outbox, NULL);
  g_signal_handlers_disconnect_by_data (self->session, self);
  onc_session_stop (self->session);
  g_clear_object (&self->session);
}

static void
onc_app_finalize (GObject *object)
{
  OncApp *self = ONC_APP (object);

  if (self->surroundings != NULL)
    g_signal_handlers_disconnect_by_data (self->surroundings, self);
  g_clear_object (&self->surroundings);
  if (self->outbox != NULL)
    {
      drop_session (self);
      g_signal_handlers_disconnect_by_data (self->outbox, self);
    }
  g_signal_handlers_disconnect_by_data (self->notifier, self);
  g_clear_object (&self->bus);
  g_clear_object (&self->notifier);
  g_clear_object (&self->outbox);
  g_clear_pointer (&self->quiet, onc_quiet_free);
  g_clear_pointer (&self->pipeline, onc_pipeline_free);
  g_clear_pointer (&self->housekeeper, onc_housekeeper_free);
  g_clear_pointer (&self->hooks, onc_hooks_free);
  g_clear_pointer (&self->store, onc_store_close);
  onc_app_set_store_aside (self);
  g_clear_object (&self->clock);
  g_clear_object (&self->connection);
  g_clear_pointer (&self->tokens, onc_tokens_free);
  g_clear_pointer (&self->config, onc_config_free);
  g_clear_pointer (&self->policy, onc_policy_unref);
  g_free (self->tokens_trouble);
  g_free (self->store_trouble);
  g_free (self->status);
  g_free (self->store_path);
  g_free (self->config_file);
  g_free (self->ca_file);
  g_free (self->credentials);

  G_OBJECT_CLASS (onc_app_parent_class)->finalize (object);
}

static void
onc_app_class_init (OncAppClass *class)
{
  G_OBJECT_CLASS (class)->finalize = onc_app_finalize;

  signals[SIGNAL_QUIT] = g_signal_new ("quit", ONC_TYPE_APP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
onc_app_init (OncApp *self)
{
}

/* State: what the bus, systemd and the journal are told. */

OncLink
onc_app_get_link (OncApp *self, char **text, OncInstant *stale_since)
{
  OncLink link;

  if (self->session == NULL)
    {
      *text = g_strdup (self->tokens_trouble);
      *stale_since = 0;
      return ONC_LINK_UNCONFIGURED;
    }
  link = onc_session_get_link (self->session, text, stale_since);
  if (self->store_trouble != NULL)
    {
      g_free (*text);
      *text = g_strdup_printf (_ ("Nothing can be saved: %s"), self->store_trouble);
      link = link == ONC_LINK_CONNECTED ? ONC_LINK_STALE : link;
    }

  return link;
}

/* What "systemctl --user status" shows. */
static void
tell_systemd (OncApp *self)
{
  OncTotals totals = onc_engine_totals (onc_pipeline_engine (self->pipeline));
  g_autofree char *text = NULL;
  g_autofree char *status = NULL;
  OncInstant stale_since;
  OncLink link = onc_app_get_link (self, &text, &stale_since);

  status = g_strdup_printf ("%s%s%s; %u open, %u unclaimed, %u writes pending",
                            onc_link_to_string (link), text != NULL ? ": " : "",
                            text != NULL ? text : "", totals.open, totals.unclaimed,
                            onc_outbox_count (self->outbox));
  if (g_strcmp0 (status, self->status) == 0)
    return;
  onc_watchdog_status (status);
  g_free (self->status);
  self->status = g_steal_pointer (&status);
}

/* Only what tells good times from bad ones: that it is tried again and again is no news. While
 * nothing can be saved, that is what is wrong, and was said. */
static void
log_link (OncApp *self, OncLink link, const char *text)
{
  OncLink before = self->link;

  if (link == before || self->store_trouble != NULL)
    return;
  self->link = link;
  if (link == ONC_LINK_CONNECTED)
    onc_notice_about (ONC_MESSAGE_ID_CONNECTED, "", "connected to Slack, nothing is missing");
  else if (link == ONC_LINK_DENIED)
    onc_warning_about (ONC_MESSAGE_ID_DENIED, "", "Slack refuses the token: %s", text);
  else if (before == ONC_LINK_CONNECTED)
    onc_notice_about (ONC_MESSAGE_ID_STALE, "", "what is known of Slack may be old from now on%s%s",
                      text != NULL ? ": " : "", text != NULL ? text : "");
}

static void
update_last_event (OncApp *self)
{
  OncSpan lag = 0;
  OncInstant last_event = self->session != NULL ? onc_session_get_last_event (self->session, &lag)
                                                : 0;

  onc_bus_set_last_event (self->bus, last_event, lag);
}

static void
update_link (OncApp *self)
{
  g_autofree char *text = NULL;
  OncInstant stale_since;
  OncLink link = onc_app_get_link (self, &text, &stale_since);

  log_link (self, link, text);
  if (link == ONC_LINK_CONNECTED)
    onc_notifier_withdraw_notice (self->notifier, NOTICE_SOCKET);
  onc_bus_set_link (self->bus, link, text, stale_since);
  update_last_event (self);
  tell_systemd (self);
}

static void
update_on_call (OncApp *self)
{
  const OncEngine *engine = onc_pipeline_engine (self->pipeline);
  g_auto (GStrv) members = onc_engine_on_call_members (engine);
  const char *team = self->session != NULL ? onc_session_get_team (self->session) : NULL;
  OncNaming naming = onc_app_get_naming (self);

  for (guint i = 0; team != NULL && members[i] != NULL; i++)
    {
      char *name = g_strdup (onc_naming_user (&naming, team, members[i]));

      g_free (members[i]);
      members[i] = name;
    }
  self->others_turn = *members != NULL && !onc_engine_on_call (engine);
  onc_bus_set_on_call (self->bus, onc_engine_on_call (engine), (const char *const *) members);
}

/* The pipeline's sink: what was decided is shown and told. */

static void
log_alert (const OncEffect *effect)
{
  const OncThread *thread = effect->thread;
  g_autofree char *reference = g_strdup_printf ("%s/%s", thread->channel, thread->ts);

  onc_log_about (effect->alert.level > ONC_LEVEL_QUESTION ? G_LOG_LEVEL_MESSAGE : G_LOG_LEVEL_INFO,
                 ONC_MESSAGE_ID_ALERT, reference, "thread %u: %s at level %s", thread->number,
                 onc_alert_to_string (effect->alert.kind),
                 onc_level_to_string (effect->alert.level));
}

static void
show_alert (OncApp *self, const OncEffect *effect)
{
  const OncOccasion occasion = {
    .kind = effect->alert.kind,
    .level = effect->alert.level,
    .promise = effect->alert.promise,
    .repeat = effect->alert.repeat,
    .now = onc_clock_now (self->clock),
    .zone = self->policy->zone,
    .usual_promise = self->policy->timings[effect->alert.level].promise,
    .others_turn = self->others_turn && self->config->quieter_off_call,
  };

  onc_notifier_show (self->notifier, effect->thread, &occasion);
}

static void
on_acknowledged (gpointer user_data)
{
  OncApp *self = user_data;

  if (self->session != NULL)
    onc_session_send (self->session);
}

static void
on_effect (const OncEffect *effect, gpointer user_data)
{
  OncApp *self = user_data;

  switch (effect->kind)
    {
    case ONC_EFFECT_NOTIFY:
      show_alert (self, effect);
      break;
    case ONC_EFFECT_SUMMARY:
      onc_notifier_show_summary (self->notifier, effect->summary.threads);
      break;
    case ONC_EFFECT_WITHDRAW:
      onc_notifier_withdraw (self->notifier, effect->thread);
      break;
    case ONC_EFFECT_CHANGED:
      onc_bus_thread_changed (self->bus, effect->thread, effect->changes);
      if ((effect->changes & ONC_NOTIFIER_CHANGES) != 0)
        onc_notifier_update (self->notifier, effect->thread, onc_clock_now (self->clock));
      break;
    case ONC_EFFECT_ALERT:
      log_alert (effect);
      onc_bus_alert (self->bus, effect->thread, effect->alert.kind, effect->alert.level,
                     effect->alert.promise, effect->alert.repeat);
      onc_hooks_run (self->hooks, effect);
      break;
    case ONC_EFFECT_RESUMED:
      onc_quiet_end (self->quiet);
      break;
    case ONC_EFFECT_FETCH:
      if (self->session != NULL)
        onc_session_read_thread (self->session, effect->thread->channel, effect->thread->ts);
      break;
    case ONC_EFFECT_SAVE_THREAD:
    case ONC_EFFECT_SAVE_MESSAGE:
    case ONC_EFFECT_SAVE_POST:
    case ONC_EFFECT_SAVE_REACTION:
    case ONC_EFFECT_POST:
    case ONC_EFFECT_REACT:
    default:
      g_assert_not_reached ();
    }
}

static void
on_write (OncWrite *write, OncWish *wish, gpointer user_data)
{
  OncApp *self = user_data;

  onc_outbox_add (self->outbox, write, wish);
  onc_app_tell_whose_name (self);
}

static void
on_unknown_message (const char *team, const char *channel, const char *ts, gpointer user_data)
{
  OncApp *self = user_data;

  /* Slack tells of emoji wherever this person is, direct messages included. */
  if (self->session != NULL && g_hash_table_contains (self->policy->channels, channel))
    onc_session_read_thread (self->session, channel, ts);
}

static void
on_settled (gpointer user_data)
{
  OncApp *self = user_data;
  const OncEngine *engine = onc_pipeline_engine (self->pipeline);
  OncTotals totals = onc_engine_totals (engine);

  if (!self->published)
    return;
  onc_bus_set_totals (self->bus, &totals, onc_engine_find_next_due (engine));
  update_last_event (self);
  tell_systemd (self);
}

static void
on_trouble (const GError *error, gpointer user_data)
{
  OncApp *self = user_data;

  if (g_error_matches (error, ONC_STORE_ERROR, ONC_STORE_ERROR_DAMAGED))
    {
      self->store_damaged = TRUE;
      g_signal_emit (self, signals[SIGNAL_QUIT], 0, error->message);
    }
  onc_app_set_store_trouble (self, error);
  if (self->published)
    update_link (self);
}

/* Has everything judged by what the configuration means now. */
static void
apply_policy (OncApp *self)
{
  g_auto (GStrv) problems = NULL;
  g_autofree char **me = NULL;

  g_clear_pointer (&self->policy, onc_policy_unref);
  if (self->session != NULL)
    self->policy = onc_session_build_policy (self->session);
  else
    self->policy = onc_policy_build (self->config, NULL, &problems);
  onc_pipeline_set_policy (self->pipeline, self->policy);
  me = (char **) g_hash_table_get_keys_as_array (self->policy->me, NULL);
  onc_bus_set_me (self->bus, (const char *const *) me);
}

/* The session: who is who, and how well it is heard. */

static void
on_names_changed (OncSession *session, gpointer user_data)
{
  OncApp *self = user_data;

  apply_policy (self);
  onc_pipeline_flush (self->pipeline);
  onc_bus_names_changed (self->bus);
  onc_notifier_update_all (self->notifier);
  update_on_call (self);
}

static void
on_link_changed (OncSession *session, gpointer user_data)
{
  update_link (user_data);
}

static void
on_ready (OncSession *session, gpointer user_data)
{
  OncApp *self = user_data;

  onc_notifier_withdraw_notice (self->notifier, NOTICE_DENIED);
  onc_outbox_set_api (self->outbox, onc_session_get_api (session));
}

static void
on_denied (OncSession *session, const char *why, gpointer user_data)
{
  OncApp *self = user_data;
  g_autofree char *body = g_strdup_printf (
      _ ("%s. Put a valid token in its place, then run: systemctl --user reload "
         "oncalld"),
      why);

  onc_outbox_set_api (self->outbox, NULL);
  onc_notifier_show_notice (self->notifier, NOTICE_DENIED, _ ("Slack refuses oncalld's token"),
                            body);
}

static void
on_shared (OncSession *session, gpointer user_data)
{
  OncApp *self = user_data;

  onc_notifier_show_notice (
      self->notifier, NOTICE_SHARED, _ ("Your Slack app serves somebody else too"),
      _ ("Slack gives each event to one connection only, so part of them goes "
         "elsewhere. Make an app of your own; until then history is polled, "
         "and you are told some seconds later."));
}

static void
on_socket_refused (OncSession *session, const char *why, gpointer user_data)
{
  OncApp *self = user_data;
  g_autofree char *body = g_strdup_printf (
      _ ("Slack says that %s. History is polled meanwhile, and you are told some seconds later."),
      why);

  onc_notifier_show_notice (self->notifier, NOTICE_SOCKET, _ ("oncalld gets no events from Slack"),
                            body);
}

static void
make_session (OncApp *self)
{
  g_clear_pointer (&self->tokens_trouble, g_free);
  if (self->tokens->user == NULL)
    {
      self->tokens_trouble = g_strdup (
          _ ("There is no Slack token; put one where oncalld.conf's [slack] "
             "user-token-file and app-token-file point to"));
      onc_notice ("no Slack token is configured; nothing is watched");
      return;
    }

  self->session = onc_session_new (self->store, self->clock, self->config, self->tokens,
                                   self->ca_file, self->hurry, self->short_lives);
  g_signal_connect (self->session, "names-changed", G_CALLBACK (on_names_changed), self);
  g_signal_connect (self->session, "link-changed", G_CALLBACK (on_link_changed), self);
  g_signal_connect (self->session, "ready", G_CALLBACK (on_ready), self);
  g_signal_connect (self->session, "denied", G_CALLBACK (on_denied), self);
  g_signal_connect (self->session, "shared", G_CALLBACK (on_shared), self);
  g_signal_connect (self->session, "refused", G_CALLBACK (on_socket_refused), self);
  onc_session_set_pipeline (self->session, self->pipeline);
}

static void
apply_config (OncApp *self)
{
  apply_policy (self);
  onc_notifier_set_private (self->notifier, self->config->private_popups);
  if (!onc_notifier_set_own_sound (self->notifier, self->config->own_sound) &&
      self->config->own_sound)
    onc_warning ("[notifications] own-sound: this oncalld was built without libcanberra");
  onc_housekeeper_set_keep_texts (self->housekeeper, self->config->keep_texts);
  onc_hooks_set_programs (self->hooks, self->config->hooks);
}

/* The outbox. */

static void
on_refused (
    OncOutbox *outbox, guint number, gboolean reply, const GError *error, gpointer user_data)
{
  onc_app_tell_refusal (user_data, number, reply, error);
}

static void
on_outbox_changed (OncOutbox *outbox, gpointer user_data)
{
  OncApp *self = user_data;

  onc_bus_set_pending_writes (self->bus, onc_outbox_count (outbox));
  if (self->published)
    tell_systemd (self);
}

/* Life. */

static gboolean
make_pipeline (OncApp *self, const char *state_dir, GError **error)
{
  static const OncPipelineSink sink = { .acknowledged = on_acknowledged,
                                        .effect = on_effect,
                                        .write = on_write,
                                        .unknown_message = on_unknown_message,
                                        .settled = on_settled,
                                        .trouble = on_trouble };
  g_autoptr (OncPolicy) policy = onc_policy_new ();

  self->store_path = g_build_filename (state_dir, "oncalld.db", NULL);
  if (!onc_app_open_store (self, error))
    return FALSE;
  self->housekeeper = onc_housekeeper_new (self->store, self->clock, self->config->keep_texts,
                                           self->hurry);
  self->pipeline = onc_pipeline_new (self->store, self->clock, policy, &sink, self, error);
  if (self->pipeline == NULL)
    return FALSE;
  self->outbox = onc_outbox_new (self->pipeline, self->store, self->clock);
  g_signal_connect (self->outbox, "changed", G_CALLBACK (on_outbox_changed), self);
  g_signal_connect (self->outbox, "refused", G_CALLBACK (on_refused), self);

  return TRUE;
}

OncApp *
onc_app_new (const OncAppOptions *options,
             OncConfig *config,
             OncClock *clock,
             GDBusConnection *connection,
             GError **error)
{
  g_autoptr (OncApp) self = g_object_new (ONC_TYPE_APP, NULL);
  OncNaming naming = onc_app_get_naming (self);
  OncBusBackend backend;

  self->config_file = g_strdup (options->config_file);
  self->ca_file = g_strdup (options->ca_file);
  self->credentials = g_strdup (options->credentials);
  self->hurry = options->hurry;
  self->short_lives = options->short_lives;
  self->config = config;
  self->clock = g_object_ref (clock);
  self->connection = g_object_ref (connection);
  self->hooks = onc_hooks_new (&naming, HOOK_TIME_OUT / options->hurry);
  self->notifier = onc_notifier_new (&naming);
  onc_app_watch_popups (self);
  backend = onc_app_get_backend (self);
  self->bus = onc_bus_new (&backend, &naming);
  self->tokens = onc_tokens_find (self->credentials, self->config->user_token_file,
                                  self->config->app_token_file, error);
  if (self->tokens == NULL || !make_pipeline (self, options->state_dir, error))
    return NULL;

  return g_steal_pointer (&self);
}

static void
on_paused (OncInstant until, gpointer user_data)
{
  onc_bus_set_paused (ONC_APP (user_data)->bus, until);
}

static void
on_woke (OncSurroundings *surroundings, gpointer user_data)
{
  OncApp *self = user_data;

  onc_pipeline_tick (self->pipeline);
  if (self->session != NULL)
    onc_session_kick (self->session);
  onc_outbox_kick (self->outbox);
}

gboolean
onc_app_start (OncApp *self, GError **error)
{
  make_session (self);
  apply_config (self);
  if (!onc_pipeline_load (self->pipeline, error) || !onc_outbox_load (self->outbox, error))
    return FALSE;
  self->quiet = onc_quiet_new (self->pipeline, self->store, self->clock, self->connection,
                               on_paused, self);
  onc_pipeline_flush (self->pipeline);

  self->published = TRUE;
  on_settled (self);
  update_on_call (self);
  update_link (self);
  if (!onc_bus_publish (self->bus, self->connection, error))
    return FALSE;

  self->surroundings = onc_surroundings_new ();
  g_signal_connect (self->surroundings, "woke", G_CALLBACK (on_woke), self);
  g_signal_connect (self->surroundings, "network-changed", G_CALLBACK (on_woke), self);
  if (self->session != NULL)
    onc_session_start (self->session);

  return TRUE;
}

void
onc_app_stop (OncApp *self)
{
  drop_session (self);
  onc_pipeline_flush (self->pipeline);
  onc_outbox_stop (self->outbox);
  onc_notifier_withdraw_all (self->notifier, WITHDRAW_MS);
  onc_bus_stop (self->bus);
}

static gboolean
same_connection (OncApp *self, const OncConfig *config, const OncTokens *tokens)
{
  return self->session != NULL && g_str_equal (self->config->api_url, config->api_url) &&
         self->config->transport == config->transport &&
         g_strcmp0 (self->tokens->user, tokens->user) == 0 &&
         g_strcmp0 (self->tokens->app, tokens->app) == 0;
}

static gboolean
reload (OncApp *self, GError **error)
{
  g_autoptr (OncConfig) config = onc_config_load (self->config_file, error);
  g_autoptr (OncTokens) tokens = NULL;
  g_autoptr (OncConfig) old_config = NULL;
  gboolean same;

  if (config == NULL)
    return FALSE;
  tokens = onc_tokens_find (self->credentials, config->user_token_file, config->app_token_file,
                            error);
  if (tokens == NULL)
    return FALSE;

  same = same_connection (self, config, tokens);
  if (!same)
    drop_session (self);
  old_config = g_steal_pointer (&self->config);
  self->config = g_steal_pointer (&config);
  onc_tokens_free (self->tokens);
  self->tokens = g_steal_pointer (&tokens);
  if (same)
    onc_session_set_config (self->session, self->config);
  else
    make_session (self);
  apply_config (self);
  onc_pipeline_flush (self->pipeline);
  if (same)
    onc_session_refresh (self->session, NULL, NULL);
  else if (self->session != NULL)
    onc_session_start (self->session);
  update_link (self);

  return TRUE;
}

gboolean
onc_app_reload (OncApp *self, GError **error)
{
  GError *local_error = NULL;

  if (!reload (self, &local_error))
    {
      onc_warning_about (ONC_MESSAGE_ID_CONFIG_REFUSED, "",
                         "the old configuration stays in force: %s", local_error->message);
      g_propagate_error (error, local_error);
      return FALSE;
    }
  onc_notice_about (ONC_MESSAGE_ID_CONFIG_READ, "", "the configuration was read anew");

  return TRUE;
}

gboolean
onc_app_is_well (OncApp *self)
{
  return !onc_pipeline_is_late (self->pipeline, TICK_GRACE);
}
