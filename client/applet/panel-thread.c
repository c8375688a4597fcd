/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "panel-thread.h"

#include "dictionary.h"
#include "names.h"
#include "promise-view.h"
#include "text.h"
#include "thread-view.h"

/* Columns of a question that a menu shows: as much as fits beside the rest on a narrow screen. */
#define MAX_TEXT 48

/* Columns of a name: there are people with six of them. */
#define MAX_NAME 24

OncPanelThread *
onc_panel_thread_new (guint32 number)
{
  OncPanelThread *self = g_new0 (OncPanelThread, 1);

  self->number = number;
  self->lookers = g_strdup ("");
  self->asker = g_strdup ("");
  self->text = g_strdup ("");
  return self;
}

void
onc_panel_thread_free (OncPanelThread *self)
{
  g_free (self->lookers);
  g_free (self->asker);
  g_free (self->text);
  g_free (self);
}

static void
read_level (OncPanelThread *self, GVariant *properties, const char *const *me)
{
  self->urgency = onc_thread_view_urgency (onc_dictionary_get_string (properties, "Level"));
}

static void
read_asker (OncPanelThread *self, GVariant *properties, const char *const *me)
{
  g_free (self->asker);
  self->asker = onc_text_shorten (onc_dictionary_get_string (properties, "AskerName"), MAX_NAME);
}

static void
read_text (OncPanelThread *self, GVariant *properties, const char *const *me)
{
  g_free (self->text);
  self->text = onc_text_shorten (onc_dictionary_get_string (properties, "Text"), MAX_TEXT);
}

static void
read_lookers (OncPanelThread *self, GVariant *properties, const char *const *me)
{
  g_autoptr (GVariant) lookers = g_variant_lookup_value (properties, "Lookers",
                                                         G_VARIANT_TYPE ("a(ssxs)"));
  g_autofree char *names = onc_thread_view_lookers (properties, 0);
  GVariantIter iter;
  const char *user;
  const char *how;

  g_free (self->lookers);
  self->lookers = onc_text_shorten (names, MAX_NAME);
  self->claimed = *self->lookers != '\0';
  self->mine = self->mine_only = FALSE;
  if (lookers == NULL)
    return;

  g_variant_iter_init (&iter, lookers);
  while (g_variant_iter_next (&iter, "(&s&sx&s)", &user, NULL, NULL, &how))
    {
      if (!g_strv_contains (me, user))
        continue;
      self->mine = TRUE;
      self->mine_only = !g_str_equal (how, onc_look_to_string (ONC_LOOK_REPLY));
    }
}

static void
read_promises (OncPanelThread *self, GVariant *properties, const char *const *me)
{
  g_autoptr (GPtrArray) promises = onc_promise_view_list_mine (properties, me);

  self->my_due = 0;
  self->my_pause = FALSE;
  for (guint i = 0; i < promises->len; i++)
    {
      GVariant *promise = g_ptr_array_index (promises, i);
      OncInstant due = onc_dictionary_get_time (promise, ONC_PROMISE_KEY_DUE);
      const char *state = onc_dictionary_get_string (promise, ONC_PROMISE_KEY_STATE);

      if (self->my_due != 0 && self->my_due <= due)
        continue;
      self->my_due = due;
      self->my_pause = g_str_equal (state, onc_promise_state_to_string (ONC_PROMISE_PAUSED));
    }
}

static void
read_opened (OncPanelThread *self, GVariant *properties, const char *const *me)
{
  self->opened = onc_dictionary_get_time (properties, "Opened");
}

static void
read_needed_by (OncPanelThread *self, GVariant *properties, const char *const *me)
{
  self->needed_by = onc_dictionary_get_time (properties, "NeededBy");
}

static void
read_snoozed (OncPanelThread *self, GVariant *properties, const char *const *me)
{
  self->snoozed = onc_dictionary_get_time (properties, "SnoozedUntil");
}

/* What is shown, and who reads it. */
static const struct
{
  const char *property;
  void (*read) (OncPanelThread *self, GVariant *properties, const char *const *me);
} readers[] = {
  { "AskerName", read_asker },      { "Level", read_level },   { "Lookers", read_lookers },
  { "NeededBy", read_needed_by },   { "Opened", read_opened }, { "Promises", read_promises },
  { "SnoozedUntil", read_snoozed }, { "Text", read_text },
};

void
onc_panel_thread_update (OncPanelThread *self, GVariant *properties, const char *const *me)
{
  for (gsize i = 0; i < G_N_ELEMENTS (readers); i++)
    {
      g_autoptr (GVariant) value = g_variant_lookup_value (properties, readers[i].property, NULL);

      if (value != NULL)
        readers[i].read (self, properties, me);
    }
}

/* What presses more has less. */
static guint
rank (const OncPanelThread *self, OncInstant now)
{
  /* Whoever has put it off does not want to be led to it. */
  if (self->snoozed > now)
    return 8;
  if (self->urgency >= ONC_LEVEL_EMERGENCY && !self->claimed)
    return 0;
  if (self->my_due != 0 && !self->my_pause && self->my_due <= now)
    return 1;
  if (self->urgency >= ONC_LEVEL_URGENT && !self->claimed)
    return 2;
  if (self->urgency >= ONC_LEVEL_EMERGENCY)
    return 3;
  if (self->my_due != 0 && !self->my_pause)
    return 4;
  if (self->urgency >= ONC_LEVEL_URGENT)
    return 5;

  return !self->claimed ? 6 : 7;
}

int
onc_panel_thread_compare (const OncPanelThread *a, const OncPanelThread *b, OncInstant now)
{
  guint rank_a = rank (a, now);
  guint rank_b = rank (b, now);
  gboolean promised = rank_a == 1 || rank_a == 4;
  OncInstant time_a = promised ? a->my_due : a->opened;
  OncInstant time_b = promised ? b->my_due : b->opened;

  if (rank_a != rank_b)
    return rank_a < rank_b ? -1 : 1;
  if (time_a != time_b)
    return time_a < time_b ? -1 : 1;

  return a->number < b->number ? -1 : a->number > b->number;
}
