/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "socket-mode.h"

#include <string.h>

#include "error.h"
#include "log.h"

#define METHOD_OPEN "apps.connections.open"

/* Slack may count a socket that broke until it has noticed; its own clients wait up to half a
 * minute for a sign of life, and this is four times that. */
#define GHOST_SPAN (120 * G_TIME_SPAN_SECOND)

/* Slack's ping comes every few seconds by all accounts, but none is documented: a limit of 5 s has
 * made its own clients drop good connections. */
static const OncSocketModeTimings default_timings = {
  .socket = { .handshake = 20 * ONC_SECOND,
              .ping = 12 * ONC_SECOND,
              .silence = 35 * ONC_SECOND,
              .close = ONC_SECOND }, /* Slack is known not to answer */
  .hello = 10 * ONC_SECOND,
  .pause_min = ONC_SECOND,
  .pause_max = 30 * ONC_SECOND,
  .pause_slow = 5 * ONC_MINUTE,
  .stable = 15 * ONC_SECOND,
  .refresh_lead = ONC_MINUTE,
  .linger = 2 * ONC_SECOND,
};

/* One socket and what it is to us. */
typedef struct
{
  guint id;
  OncSocketMode *owner; /* (unowned) */
  OncWebSocket *socket; /* (owned) */
  gboolean greeted;     /* Slack has said hello by it */
  gint64 since;         /* monotonic: when it was greeted */
  gint64 deadline; /* monotonic: of the hello, then of the refresh, then of the closing; or 0 */
} Link;

struct _OncSocketMode
{
  GObject parent_instance;

  OncHttp *http;  /* (owned) */
  OncWebApi *api; /* (owned) */
  char *team;     /* (owned) (nullable) */
  char *me;       /* (owned) (nullable) */
  OncSocketModeTimings timings;

  gboolean short_lives; /* sockets are asked for that live for minutes */
  gboolean running;
  OncLink state;
  char *reason; /* (owned) (nullable) */
  guint num_connections;
  guint foreign;

  GPtrArray *links; /* (owned) of Link: every socket that has not ended */
  Link *current;    /* (unowned) (nullable) the one that events come by */
  Link *next;       /* (unowned) (nullable) the one that is to take over */
  GArray *ghosts;   /* (owned) of gint64: when greeted sockets broke */
  guint last_id;

  GCancellable *opening; /* (owned) (nullable) while an address is asked for */
  gint64 attempt_at;     /* monotonic: of the next attempt; 0: none is planned */
  gint64 attempted;      /* monotonic: of the last one */
  guint failures;        /* attempts and short lives in a row */
  gboolean refused;      /* Slack wants no socket for now: the next attempt is a late one */
  GSource *timer;        /* (owned) */

  gboolean undrained;      /* envelopes were signalled, and it was not said that they are all */
  gboolean told_malformed; /* it was logged that Slack sends what cannot be read */
  gboolean told_unknown;   /* ... or what means nothing here */
  gboolean told_too_large; /* ... or what is too large */
};

enum
{
  SIGNAL_STATE_CHANGED,
  SIGNAL_CONNECTED,
  SIGNAL_ENVELOPE,
  SIGNAL_DRAINED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OncSocketMode, onc_socket_mode, G_TYPE_OBJECT)

static void
link_free (Link *self)
{
  g_signal_handlers_disconnect_by_data (self->socket, self);
  g_object_unref (self->socket);
  g_free (self);
}

/* @reason: (nullable). */
static void
set_state (OncSocketMode *self, OncLink state, const char *reason)
{
  if (self->state == state && g_strcmp0 (self->reason, reason) == 0)
    return;
  self->state = state;
  g_free (self->reason);
  self->reason = g_strdup (reason);
  onc_info ("Socket Mode is %s%s%s", onc_link_to_string (state), reason != NULL ? ": " : "",
            reason != NULL ? reason : "");
  g_signal_emit (self, signals[SIGNAL_STATE_CHANGED], 0);
}

/* Sets the timer to the first of all deadlines. */
static void
update_timer (OncSocketMode *self)
{
  gint64 next = self->attempt_at != 0 ? self->attempt_at : G_MAXINT64;

  for (guint i = 0; i < self->links->len; i++)
    {
      const Link *link = g_ptr_array_index (self->links, i);

      if (link->deadline != 0)
        next = MIN (next, link->deadline);
    }
  g_source_set_ready_time (self->timer, next != G_MAXINT64 ? next : -1);
}

/* Returns: the pause before the next attempt, after as many failures in a row. */
static OncSpan
get_pause (const OncSocketMode *self)
{
  OncSpan pause = self->refused ? self->timings.pause_slow : self->timings.pause_min;

  if (self->failures == 0 && !self->refused)
    return 0;
  for (guint i = 1; i < self->failures && pause < self->timings.pause_max; i++)
    pause = MIN (2 * pause, self->timings.pause_max);

  /* Between half of it and all of it: what broke for many at once must not return at once */
  return pause / 2 + (OncSpan) (g_random_double () * (double) (pause / 2));
}

/* Plans the next attempt, unless one is under way or planned already. */
static void
plan_attempt (OncSocketMode *self)
{
  if (!self->running || self->opening != NULL || self->next != NULL || self->attempt_at != 0)
    return;
  self->attempt_at = g_get_monotonic_time () + get_pause (self);
  self->failures++;
  update_timer (self);
}

/* Plans what follows the end of @link, or its being about to end. */
static void
plan_replacement (OncSocketMode *self, const Link *link)
{
  if (g_get_monotonic_time () - link->since >= self->timings.stable)
    {
      self->failures = 0;
      if (!self->refused)
        self->attempt_at = 0;
    }
  plan_attempt (self);
}

/* An attempt came to nothing. */
static void
attempt_failed (OncSocketMode *self, const GError *error)
{
  gboolean hopeless = g_error_matches (error, ONC_API_ERROR, ONC_API_ERROR_STOP) ||
                      g_error_matches (error, ONC_API_ERROR, ONC_API_ERROR_SCOPE) ||
                      g_error_matches (error, ONC_API_ERROR, ONC_API_ERROR_MISSING);

  if (self->current != NULL)
    {
      /* What stands is not given up for a refusal that may be a mistake of Slack's */
      onc_info ("no new socket: %s", error->message);
    }
  else if (hopeless)
    {
      self->running = FALSE;
      set_state (self, ONC_LINK_DENIED, error->message);
      return;
    }
  else
    {
      set_state (self, ONC_LINK_OFFLINE, error->message);
    }
  plan_attempt (self);
}

/* Lets @link go: it is read for a little while, for what was on its way to it. */
static void
retire (OncSocketMode *self, Link *link)
{
  link->deadline = g_get_monotonic_time () + self->timings.linger;
}

static void
count_connections (OncSocketMode *self, guint num_connections)
{
  gint64 now = g_get_monotonic_time ();
  guint ours = 0;

  for (guint i = 0; i < self->links->len; i++)
    ours += ((const Link *) g_ptr_array_index (self->links, i))->greeted;
  while (self->ghosts->len > 0 && now - g_array_index (self->ghosts, gint64, 0) > GHOST_SPAN)
    g_array_remove_index (self->ghosts, 0);
  ours += self->ghosts->len;

  self->num_connections = num_connections;
  self->foreign = num_connections > ours ? num_connections - ours : 0;
}

static void
handle_hello (OncSocketMode *self, Link *link, const OncEnvelope *envelope)
{
  gint64 now = g_get_monotonic_time ();
  OncSpan life = envelope->connection_seconds * ONC_SECOND;
  gboolean gap = self->current == NULL;

  if (link != self->next)
    return;
  link->greeted = TRUE;
  link->since = now;
  link->deadline = life > 0 ? now + MAX (life - self->timings.refresh_lead, life / 2) : 0;
  if (self->current != NULL)
    retire (self, self->current);
  self->current = link;
  self->next = NULL;
  self->refused = FALSE;
  count_connections (self, envelope->num_connections);
  update_timer (self);

  set_state (self, ONC_LINK_CONNECTED, NULL);
  if (self->current == link)
    g_signal_emit (self, signals[SIGNAL_CONNECTED], 0, gap);
}

/* Slack is going to end @link. */
static void
handle_disconnect (OncSocketMode *self, Link *link, const char *reason)
{
  const char *words = NULL;

  if (g_strcmp0 (reason, "link_disabled") == 0)
    words = "Socket Mode is switched off in the Slack app's settings";
  else if (g_strcmp0 (reason, "too_many_websockets") == 0)
    words = "the Slack app has too many connections";

  onc_info ("Slack ends socket %u: %s", link->id, reason != NULL ? reason : "no reason given");
  if (words != NULL)
    {
      self->refused = TRUE;
      if (link == self->current)
        self->current = NULL;
      else if (link == self->next)
        self->next = NULL;
      onc_web_socket_close (link->socket);
      if (self->current == NULL)
        set_state (self, ONC_LINK_OFFLINE, words);
      plan_attempt (self);
    }
  else if (link == self->current)
    {
      plan_replacement (self, link);
    }
}

static void
on_message (OncWebSocket *socket, gboolean text, gpointer data, guint64 length, gpointer user_data)
{
  Link *link = user_data;
  g_autoptr (OncSocketMode) self = g_object_ref (link->owner);
  g_autoptr (OncEnvelope) envelope = NULL;

  if (!self->running)
    return;
  if (text)
    envelope = onc_envelope_read (data, length, self->team, self->me, NULL);
  if (envelope == NULL)
    {
      if (!self->told_malformed)
        onc_notice ("Slack sends frames that cannot be read; they are passed over");
      self->told_malformed = TRUE;
      return;
    }

  switch (envelope->type)
    {
    case ONC_ENVELOPE_HELLO:
      handle_hello (self, link, envelope);
      break;
    case ONC_ENVELOPE_DISCONNECT:
      handle_disconnect (self, link, envelope->reason);
      break;
    case ONC_ENVELOPE_EVENT:
    case ONC_ENVELOPE_OTHER:
    default:
      if (!self->told_unknown && envelope->event == NULL && !envelope->events_dropped)
        {
          onc_notice ("Slack sends frames of an unknown kind; they are acknowledged at most");
          self->told_unknown = TRUE;
        }
      self->undrained = TRUE;
      g_signal_emit (self, signals[SIGNAL_ENVELOPE], 0, link->id, envelope);
      break;
    }
}

static void
on_drained (OncWebSocket *socket, gpointer user_data)
{
  Link *link = user_data;
  OncSocketMode *self = link->owner;

  if (!self->undrained)
    return;
  self->undrained = FALSE;
  g_signal_emit (self, signals[SIGNAL_DRAINED], 0);
}

static void
on_opened (OncWebSocket *socket, gpointer user_data)
{
  Link *link = user_data;

  link->deadline = g_get_monotonic_time () + link->owner->timings.hello;
  update_timer (link->owner);
}

/* @link has ended, for the reason @error (nullable). Frees it. */
static void
end_link (OncSocketMode *self, Link *link, const GError *error)
{
  const char *words = error != NULL ? error->message : "Slack has closed the socket";

  if (g_error_matches (error, ONC_ERROR, ONC_ERROR_FAILED) && !self->told_too_large)
    {
      onc_notice ("Slack sends what is too large to be read: %s", words);
      self->told_too_large = TRUE;
    }
  if (link->greeted && error != NULL)
    {
      gint64 now = g_get_monotonic_time ();

      g_array_append_val (self->ghosts, now);
    }

  if (link == self->current)
    {
      self->current = NULL;
      if (self->running)
        set_state (self, ONC_LINK_CONNECTING, words);
      plan_replacement (self, link);
    }
  else if (link == self->next)
    {
      g_autoptr (GError) closed = error == NULL ? g_error_new_literal (
                                                      ONC_ERROR, ONC_ERROR_NOT_CONNECTED, words)
                                                : NULL;

      self->next = NULL;
      if (self->running)
        attempt_failed (self, error != NULL ? error : closed);
    }
  g_ptr_array_remove (self->links, link);
  update_timer (self);
}

static void
on_closed (OncWebSocket *socket, const GError *error, gpointer user_data)
{
  Link *link = user_data;
  g_autoptr (OncSocketMode) self = g_object_ref (link->owner);

  end_link (self, link, error);
}

/* Connects to the address that Slack gave. */
static void
open_socket (OncSocketMode *self, const char *url)
{
  Link *link = g_new0 (Link, 1);
  g_autofree char *address = g_strconcat (url, self->short_lives ? "&debug_reconnects=true" : NULL,
                                          NULL);
  g_autoptr (GError) error = NULL;

  link->id = ++self->last_id;
  link->owner = self;
  link->socket = onc_web_socket_new (self->http, &self->timings.socket);
  g_signal_connect (link->socket, "opened", G_CALLBACK (on_opened), link);
  g_signal_connect (link->socket, "message", G_CALLBACK (on_message), link);
  g_signal_connect (link->socket, "drained", G_CALLBACK (on_drained), link);
  g_signal_connect (link->socket, "closed", G_CALLBACK (on_closed), link);
  g_ptr_array_add (self->links, link);
  self->next = link;
  if (!onc_web_socket_connect (link->socket, address, &error))
    end_link (self, link, error);
}

static void
on_address (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OncSocketMode) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (cJSON) answer = onc_web_api_call_finish (ONC_WEB_API (source), result, &error);
  const char *url = onc_json_string (answer, "url");

  /* A later attempt, or the end, has taken its place */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->opening);

  if (answer != NULL && url == NULL)
    error = onc_api_error_new (ONC_API_ERROR_TRANSIENT, METHOD_OPEN, "it gave no address");
  if (error != NULL)
    attempt_failed (self, error);
  else
    open_socket (self, url);
}

static void
begin_attempt (OncSocketMode *self)
{
  const char *const params[] = { NULL };

  self->attempt_at = 0;
  self->attempted = g_get_monotonic_time ();
  self->opening = g_cancellable_new ();
  onc_web_api_call_async (self->api, METHOD_OPEN, params, ONC_WEB_API_ONCE, self->opening,
                          on_address, g_object_ref (self));
}

/* Gives up the attempt that is under way or planned. */
static void
abandon_attempt (OncSocketMode *self)
{
  Link *link = g_steal_pointer (&self->next);

  self->attempt_at = 0;
  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  if (link != NULL)
    g_ptr_array_remove (self->links, link);
}

/* @link's time has come. */
static void
handle_deadline (OncSocketMode *self, Link *link)
{
  link->deadline = 0;
  if (link == self->next)
    {
      g_autoptr (GError) error = g_error_new_literal (ONC_ERROR, ONC_ERROR_NOT_CONNECTED,
                                                      "the socket opened, but Slack said no hello");

      end_link (self, link, error);
    }
  else if (link == self->current)
    {
      onc_info ("socket %u is to be replaced before Slack ends it", link->id);
      plan_replacement (self, link);
    }
  else
    {
      onc_web_socket_close (link->socket);
    }
}

static gboolean
on_timer (gpointer user_data)
{
  g_autoptr (OncSocketMode) self = g_object_ref (user_data);
  gint64 now = g_get_monotonic_time ();

  for (guint i = self->links->len; i > 0; i--)
    {
      Link *link = i <= self->links->len ? g_ptr_array_index (self->links, i - 1) : NULL;

      if (link != NULL && link->deadline != 0 && link->deadline <= now)
        handle_deadline (self, link);
    }
  if (self->attempt_at != 0 && self->attempt_at <= now)
    begin_attempt (self);
  update_timer (self);

  return G_SOURCE_CONTINUE;
}

static void
on_rate_limited (OncWebApi *api, const char *method, guint seconds, gpointer user_data)
{
  OncSocketMode *self = user_data;
  g_autofree char *reason = NULL;

  if (!self->running || self->current != NULL || !g_str_equal (method, METHOD_OPEN))
    return;
  reason = g_strdup_printf ("Slack asks to wait for %u seconds before the next connection",
                            seconds);
  set_state (self, ONC_LINK_OFFLINE, reason);
}

void
onc_socket_mode_set_identity (OncSocketMode *self, const char *team, const char *me)
{
  g_free (self->team);
  g_free (self->me);
  self->team = g_strdup (team);
  self->me = g_strdup (me);
}

void
onc_socket_mode_start (OncSocketMode *self)
{
  g_return_if_fail (self->team != NULL);

  if (self->running)
    return;
  self->running = TRUE;
  self->failures = 0;
  self->refused = FALSE;
  set_state (self, ONC_LINK_CONNECTING, NULL);
  plan_attempt (self);
}

void
onc_socket_mode_stop (OncSocketMode *self)
{
  self->running = FALSE;
  abandon_attempt (self);
  self->current = NULL;
  for (guint i = self->links->len; i > 0; i--)
    onc_web_socket_close (((Link *) g_ptr_array_index (self->links, i - 1))->socket);
  update_timer (self);
  set_state (self, ONC_LINK_OFFLINE, NULL);
}

void
onc_socket_mode_kick (OncSocketMode *self)
{
  if (!self->running)
    return;
  onc_http_drop_connections (self->http);
  /* What Slack refuses as such is not mended by a change of the network */
  if (self->refused)
    return;
  abandon_attempt (self);
  self->failures = 0;
  /* Networks flap, and not each change is worth a connection of its own */
  self->attempt_at = MAX (g_get_monotonic_time (), self->attempted + self->timings.pause_min);
  update_timer (self);
}

void
onc_socket_mode_renew (OncSocketMode *self)
{
  if (self->current != NULL)
    plan_replacement (self, self->current);
}

void
onc_socket_mode_hurry (OncSocketMode *self, guint times)
{
  OncSpan *const limits[] = {
    &self->timings.socket.handshake, &self->timings.socket.ping, &self->timings.socket.silence,
    &self->timings.socket.close,     &self->timings.hello,
  };
  OncSpan *const pauses[] = {
    &self->timings.pause_min, &self->timings.pause_max,    &self->timings.pause_slow,
    &self->timings.stable,    &self->timings.refresh_lead, &self->timings.linger,
  };

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    *limits[i] /= MIN (times, ONC_HTTP_MOST_HURRY);
  for (guint i = 0; i < G_N_ELEMENTS (pauses); i++)
    *pauses[i] /= times;
}

void
onc_socket_mode_shorten_lives (OncSocketMode *self)
{
  self->short_lives = TRUE;
}

gboolean
onc_socket_mode_ack (OncSocketMode *self, guint socket, const char *envelope_id)
{
  g_autofree char *text = g_strdup_printf ("{\"envelope_id\":\"%s\"}", envelope_id);

  for (guint i = 0; i < self->links->len; i++)
    {
      Link *link = g_ptr_array_index (self->links, i);

      if (link->id == socket)
        return onc_web_socket_send (link->socket, text);
    }

  return FALSE;
}

void
onc_socket_mode_flush (OncSocketMode *self)
{
  /* A socket that turns out to be broken leaves the list. */
  for (guint i = self->links->len; i > 0; i--)
    {
      if (i <= self->links->len)
        onc_web_socket_flush (((Link *) g_ptr_array_index (self->links, i - 1))->socket);
    }
}

OncLink
onc_socket_mode_get_state (OncSocketMode *self)
{
  return self->state;
}

gboolean
onc_socket_mode_is_refused (OncSocketMode *self)
{
  return self->refused;
}

const char *
onc_socket_mode_get_reason (OncSocketMode *self)
{
  return self->reason;
}

guint
onc_socket_mode_get_connections (OncSocketMode *self)
{
  return self->num_connections;
}

guint
onc_socket_mode_get_foreign_connections (OncSocketMode *self)
{
  return self->foreign;
}

static void
onc_socket_mode_finalize (GObject *object)
{
  OncSocketMode *self = ONC_SOCKET_MODE (object);

  abandon_attempt (self);
  g_source_destroy (self->timer);
  g_source_unref (self->timer);
  g_ptr_array_unref (self->links);
  g_array_unref (self->ghosts);
  g_object_unref (self->http);
  g_object_unref (self->api);
  g_free (self->team);
  g_free (self->me);
  g_free (self->reason);
  G_OBJECT_CLASS (onc_socket_mode_parent_class)->finalize (object);
}

static guint
add_signal (const char *name, guint n_params, GType first, GType second)
{
  return g_signal_new (name, ONC_TYPE_SOCKET_MODE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, n_params, first, second);
}

static void
onc_socket_mode_class_init (OncSocketModeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = onc_socket_mode_finalize;

  signals[SIGNAL_STATE_CHANGED] = add_signal ("state-changed", 0, 0, 0);
  signals[SIGNAL_CONNECTED] = add_signal ("connected", 1, G_TYPE_BOOLEAN, 0);
  signals[SIGNAL_ENVELOPE] = add_signal ("envelope", 2, G_TYPE_UINT, G_TYPE_POINTER);
  signals[SIGNAL_DRAINED] = add_signal ("drained", 0, 0, 0);
}

static gboolean
dispatch_timer (GSource *source, GSourceFunc callback, gpointer user_data)
{
  g_source_set_ready_time (source, -1);
  return callback (user_data);
}

static GSourceFuncs timer_funcs = { .dispatch = dispatch_timer };

static void
onc_socket_mode_init (OncSocketMode *self)
{
  self->state = ONC_LINK_OFFLINE;
  self->links = g_ptr_array_new_with_free_func ((GDestroyNotify) link_free);
  self->ghosts = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->timer = g_source_new (&timer_funcs, sizeof (GSource));
  g_source_set_static_name (self->timer, "Socket Mode");
  /* What a socket has brought is read before it is judged to be late. */
  g_source_set_priority (self->timer, G_PRIORITY_DEFAULT + 1);
  g_source_set_callback (self->timer, on_timer, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

OncSocketMode *
onc_socket_mode_new (OncHttp *http, OncWebApi *api, const OncSocketModeTimings *timings)
{
  OncSocketMode *self = g_object_new (ONC_TYPE_SOCKET_MODE, NULL);

  self->http = g_object_ref (http);
  self->api = g_object_ref (api);
  self->timings = timings != NULL ? *timings : default_timings;
  g_signal_connect_object (api, "rate-limited", G_CALLBACK (on_rate_limited), self, 0);
  return self;
}
