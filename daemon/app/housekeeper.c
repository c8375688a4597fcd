/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "housekeeper.h"

#include "log.h"

/* The first round waits until the start is over. */
#define FIRST (5 * ONC_MINUTE)

/* Between two pieces of one round, and how many messages one piece takes: some milliseconds. */
#define PIECE          (50 * ONC_SECOND / 1000)
#define PIECE_MESSAGES 200

/* Slack gives up on an event after minutes, and after hours at the most where an app asks for
 * delayed ones; the history that is read again reaches back ten minutes. */
#define KEEP_EVENTS (7 * ONC_DAY)

struct _OncHousekeeper
{
  OncStore *store; /* (unowned) */
  OncClock *clock; /* (unowned) */
  OncSpan keep_texts;
  guint hurry;
  guint source;
};

static gboolean on_time (gpointer user_data);

static void
plan (OncHousekeeper *self, OncSpan pause)
{
  self->source = g_timeout_add ((guint) (pause / 1000 / self->hurry), on_time, self);
}

static gboolean
on_time (gpointer user_data)
{
  OncHousekeeper *self = user_data;

  plan (self, onc_housekeeper_work (self) ? PIECE : ONC_DAY);
  return G_SOURCE_REMOVE;
}

OncHousekeeper *
onc_housekeeper_new (OncStore *store, OncClock *clock, OncSpan keep_texts, guint hurry)
{
  OncHousekeeper *self = g_new0 (OncHousekeeper, 1);

  self->store = store;
  self->clock = clock;
  self->keep_texts = keep_texts;
  self->hurry = hurry;
  plan (self, FIRST);
  return self;
}

void
onc_housekeeper_free (OncHousekeeper *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_free (self);
}

void
onc_housekeeper_set_keep_texts (OncHousekeeper *self, OncSpan keep_texts)
{
  self->keep_texts = keep_texts;
}

gboolean
onc_housekeeper_work (OncHousekeeper *self)
{
  OncInstant now = onc_clock_now (self->clock);
  g_autoptr (GError) error = NULL;
  guint wiped = 0;

  if (!onc_store_forget_events (self->store, now - KEEP_EVENTS, &error) ||
      (self->keep_texts != 0 && !onc_store_forget_texts (self->store, now - self->keep_texts,
                                                         PIECE_MESSAGES, &wiped, &error)))
    {
      onc_warning ("cannot tidy up the store: %s", error->message);
      return FALSE;
    }

  if (wiped < PIECE_MESSAGES)
    onc_debug ("the store is tidy");

  return wiped == PIECE_MESSAGES;
}
