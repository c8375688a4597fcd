/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "quiet.h"

#include "desk.h"
#include "log.h"

/* The store's fact: "UNTIL LEVEL", microseconds and a word. */
#define FACT "paused"

struct _OncQuiet
{
  OncPipeline *pipeline; /* (unowned) */
  OncClock *clock;       /* (unowned) */
  OncDesk *desk;         /* (owned) */
  OncInstant paused_until;
  OncQuietPaused paused;
  gpointer user_data; /* (unowned) for `paused` */
};

static void
on_desk_changed (OncDesk *desk, gpointer user_data)
{
  OncQuiet *self = user_data;
  OncEvent *event = onc_event_new (ONC_EVENT_DESK);

  event->desk.inhibited = onc_desk_is_inhibited (desk);
  event->desk.locked = onc_desk_is_locked (desk);
  onc_info ("the desktop %s popups, and is %s", event->desk.inhibited ? "does not want" : "wants",
            event->desk.locked ? "locked" : "not locked");
  onc_pipeline_take (self->pipeline, event);
  onc_pipeline_flush (self->pipeline);
}

static void
set_pause (OncQuiet *self, OncInstant until, OncLevel level)
{
  OncEvent *event = onc_event_new (ONC_EVENT_PAUSE);

  event->pause.until = until;
  event->pause.level = level;
  onc_pipeline_take (self->pipeline, event);
  self->paused_until = until;
  if (until != 0)
    self->paused (until, self->user_data);
}

/* Goes on with the pause that the last run was in. */
static void
load (OncQuiet *self, OncStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *fact = onc_store_get_fact (store, FACT, &error);
  g_auto (GStrv) words = fact != NULL ? g_strsplit (fact, " ", 2) : NULL;
  OncLevel level;
  gint64 until;

  if (error != NULL)
    onc_warning ("whether popups are paused is not known: %s", error->message);
  if (fact == NULL || g_strv_length (words) != 2 ||
      !g_ascii_string_to_signed (words[0], 10, 1, G_MAXINT64, &until, NULL) ||
      !onc_level_from_string (words[1], &level) || until <= onc_clock_now (self->clock))
    return;
  set_pause (self, until, level);
}

OncQuiet *
onc_quiet_new (OncPipeline *pipeline,
               OncStore *store,
               OncClock *clock,
               GDBusConnection *session_bus,
               OncQuietPaused paused,
               gpointer user_data)
{
  OncQuiet *self = g_new0 (OncQuiet, 1);

  self->pipeline = pipeline;
  self->clock = clock;
  self->paused = paused;
  self->user_data = user_data;
  self->desk = onc_desk_new (session_bus);
  g_signal_connect (self->desk, "changed", G_CALLBACK (on_desk_changed), self);
  load (self, store);

  return self;
}

void
onc_quiet_free (OncQuiet *self)
{
  g_signal_handlers_disconnect_by_data (self->desk, self);
  g_object_unref (self->desk);
  g_free (self);
}

void
onc_quiet_pause (OncQuiet *self, OncInstant until, OncLevel level)
{
  OncInstant end = until != 0 ? until : G_MAXINT64;
  g_autofree char *fact = g_strdup_printf ("%" G_GINT64_FORMAT " %s", end,
                                           onc_level_to_string (level));

  onc_notice ("popups up to level %s are paused", onc_level_to_string (level));
  onc_pipeline_set_fact (self->pipeline, FACT, fact);
  set_pause (self, end, level);
  onc_pipeline_flush (self->pipeline);
}

void
onc_quiet_resume (OncQuiet *self)
{
  if (self->paused_until == 0)
    return;
  set_pause (self, 0, ONC_LEVEL_QUESTION);
  onc_quiet_end (self);
  onc_pipeline_flush (self->pipeline);
}

void
onc_quiet_end (OncQuiet *self)
{
  onc_notice ("popups are not paused any more");
  onc_pipeline_set_fact (self->pipeline, FACT, "");
  self->paused_until = 0;
  self->paused (0, self->user_data);
}
