/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "clock.h"

#include "error.h"
#include "log.h"

#include <errno.h>
#include <glib-unix.h>
#include <sys/timerfd.h>
#include <unistd.h>

/* Without an alarm the timer still waits, for being told that the clock was set: until a day that
 * time_t can hold on every machine, 2038-01-01. */
#define FAR_AWAY (G_GINT64_CONSTANT (2145916800) * ONC_SECOND)

struct _OncClock
{
  GObject parent_instance;

  int timer;           /* -1 for a standing clock */
  guint source;        /* of the main loop; 0 for a standing clock */
  OncInstant alarm;    /* 0: none */
  OncInstant standing; /* where a standing clock stands */
};

enum
{
  SIGNAL_ALARM,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OncClock, onc_clock, G_TYPE_OBJECT)

static void
onc_clock_finalize (GObject *object)
{
  OncClock *self = ONC_CLOCK (object);

  g_clear_handle_id (&self->source, g_source_remove);
  if (self->timer >= 0)
    close (self->timer);

  G_OBJECT_CLASS (onc_clock_parent_class)->finalize (object);
}

static void
onc_clock_class_init (OncClockClass *class)
{
  G_OBJECT_CLASS (class)->finalize = onc_clock_finalize;

  signals[SIGNAL_ALARM] = g_signal_new ("alarm", ONC_TYPE_CLOCK, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 0);
}

static void
onc_clock_init (OncClock *self)
{
  self->timer = -1;
}

static void
arm (OncClock *self)
{
  OncInstant when = self->alarm != 0 ? self->alarm : FAR_AWAY;
  struct itimerspec setting = {
    .it_value = { .tv_sec = when / ONC_SECOND, .tv_nsec = (when % ONC_SECOND) * 1000 },
  };

  /* All zeroes would disarm the timer. */
  if (when <= 0)
    setting.it_value = (struct timespec){ .tv_nsec = 1 };
  if (timerfd_settime (self->timer, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &setting, NULL) !=
          0 &&
      errno != ECANCELED)
    g_error ("cannot set the timer: %s", g_strerror (errno));
}

static gboolean
on_timer (gint fd, GIOCondition condition, gpointer user_data)
{
  OncClock *self = user_data;
  guint64 expirations;

  if (read (fd, &expirations, sizeof expirations) < 0)
    {
      if (errno == EAGAIN)
        return G_SOURCE_CONTINUE;
      if (errno != ECANCELED)
        g_error ("cannot read the timer: %s", g_strerror (errno));
      onc_info ("the clock was set");
      arm (self);
    }
  else
    {
      self->alarm = 0;
    }
  g_signal_emit (self, signals[SIGNAL_ALARM], 0);

  return G_SOURCE_CONTINUE;
}

OncClock *
onc_clock_new (GError **error)
{
  g_autoptr (OncClock) self = g_object_new (ONC_TYPE_CLOCK, NULL);

  self->timer = timerfd_create (CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);
  if (self->timer < 0)
    {
      g_set_error (error, ONC_ERROR, ONC_ERROR_FAILED, "cannot make a timer: %s",
                   g_strerror (errno));
      return NULL;
    }
  self->source = g_unix_fd_add (self->timer, G_IO_IN, on_timer, self);
  arm (self);

  return g_steal_pointer (&self);
}

OncClock *
onc_clock_new_standing (OncInstant start)
{
  OncClock *self = g_object_new (ONC_TYPE_CLOCK, NULL);

  self->standing = start;
  return self;
}

gboolean
onc_clock_stands (OncClock *self)
{
  return self->standing != 0;
}

OncInstant
onc_clock_now (OncClock *self)
{
  return self->standing != 0 ? self->standing : g_get_real_time ();
}

void
onc_clock_set_alarm (OncClock *self, OncInstant alarm)
{
  if (alarm == self->alarm)
    return;

  self->alarm = alarm;
  if (self->timer >= 0)
    arm (self);
}

void
onc_clock_move (OncClock *self, OncInstant now)
{
  g_return_if_fail (self->standing != 0 && now != 0);

  self->standing = now;
  if (self->alarm != 0 && self->alarm <= now)
    {
      self->alarm = 0;
      g_signal_emit (self, signals[SIGNAL_ALARM], 0);
    }
}
