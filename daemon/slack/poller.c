/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "poller.h"

#include "log.h"

/* A glance costs a call or a few: by the tier of conversations.history, 50 a minute are allowed.
 * Every five minutes a socket is checked: that is soon enough for a person who waits, and no load.
 */
static const OncPollTimings default_timings = {
  .interval = 20 * ONC_SECOND,
  .quiet = ONC_MINUTE,
  .calm = 10 * ONC_MINUTE,
  .check = 5 * ONC_MINUTE,
  .suspect = 30 * ONC_MINUTE,
  .slow = 65 * ONC_SECOND,
};

struct _OncPoller
{
  GObject parent_instance;

  OncPollTimings timings;
  gboolean with_socket;
  gboolean started;
  gboolean glancing; /* the last one that was due has not been noted yet */
  gboolean throttled;
  gboolean deaf;          /* the socket has missed something */
  gint64 suspected_until; /* monotonic: the socket is not trusted; 0: it is */
  gint64 active_at;       /* monotonic: when something new was found last */
  guint source;           /* of the next glance; 0: none */
};

enum
{
  SIGNAL_DUE,
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OncPoller, onc_poller, G_TYPE_OBJECT)

static void
onc_poller_finalize (GObject *object)
{
  OncPoller *self = ONC_POLLER (object);

  g_clear_handle_id (&self->source, g_source_remove);

  G_OBJECT_CLASS (onc_poller_parent_class)->finalize (object);
}

static void
onc_poller_class_init (OncPollerClass *class)
{
  G_OBJECT_CLASS (class)->finalize = onc_poller_finalize;

  signals[SIGNAL_DUE] = g_signal_new ("due", ONC_TYPE_POLLER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                      NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", ONC_TYPE_POLLER, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
onc_poller_init (OncPoller *self)
{
  self->timings = default_timings;
}

OncPoller *
onc_poller_new (const OncPollTimings *timings)
{
  OncPoller *self = g_object_new (ONC_TYPE_POLLER, NULL);

  if (timings != NULL)
    self->timings = *timings;
  return self;
}

static gboolean
is_suspected (const OncPoller *self)
{
  return self->suspected_until > g_get_monotonic_time ();
}

gboolean
onc_poller_is_needed (OncPoller *self)
{
  return !self->with_socket || is_suspected (self);
}

gboolean
onc_poller_is_deaf (OncPoller *self)
{
  return self->deaf;
}

gboolean
onc_poller_is_throttled (OncPoller *self)
{
  return self->throttled;
}

/* Returns: how long to wait before the next glance. */
static OncSpan
get_pause (OncPoller *self)
{
  if (!onc_poller_is_needed (self))
    return self->timings.check;
  if (self->throttled)
    return self->timings.slow;
  if (g_get_monotonic_time () - self->active_at > self->timings.calm)
    return MAX (self->timings.quiet, self->timings.interval);

  return self->timings.interval;
}

static gboolean
on_due (gpointer user_data)
{
  OncPoller *self = user_data;

  self->source = 0;
  self->glancing = TRUE;
  g_signal_emit (self, signals[SIGNAL_DUE], 0);
  return G_SOURCE_REMOVE;
}

static void
plan (OncPoller *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  if (!self->started || self->glancing)
    return;

  self->source = g_timeout_add ((guint) (get_pause (self) / 1000), on_due, self);
}

void
onc_poller_set_interval (OncPoller *self, OncSpan interval)
{
  self->timings.interval = interval;
  plan (self);
}

void
onc_poller_hurry (OncPoller *self, guint times)
{
  self->timings.quiet /= times;
  self->timings.calm /= times;
  self->timings.check /= times;
  self->timings.suspect /= times;
  self->timings.slow /= times;
}

void
onc_poller_start (OncPoller *self, gboolean with_socket)
{
  self->started = TRUE;
  self->with_socket = with_socket;
  self->active_at = g_get_monotonic_time ();
  plan (self);
}

void
onc_poller_stop (OncPoller *self)
{
  self->started = FALSE;
  self->glancing = FALSE;
  g_clear_handle_id (&self->source, g_source_remove);
}

void
onc_poller_note (OncPoller *self, guint fresh, guint missed, gboolean throttled)
{
  gboolean was_needed = onc_poller_is_needed (self) || self->deaf;
  gboolean was_throttled = self->throttled;

  self->glancing = FALSE;
  self->throttled = throttled;
  if (fresh > 0)
    self->active_at = g_get_monotonic_time ();
  if (self->with_socket && missed > 0)
    {
      onc_notice ("the socket has not brought %u messages that history has", missed);
      self->deaf = TRUE;
      self->suspected_until = g_get_monotonic_time () + self->timings.suspect;
    }
  else if (!is_suspected (self))
    {
      self->deaf = FALSE;
    }
  plan (self);
  if ((onc_poller_is_needed (self) || self->deaf) != was_needed || throttled != was_throttled)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
onc_poller_suspect (OncPoller *self)
{
  gboolean was_needed = onc_poller_is_needed (self);

  self->suspected_until = g_get_monotonic_time () + self->timings.suspect;
  plan (self);
  if (!was_needed)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}
