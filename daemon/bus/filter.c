/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "filter.h"

#include "error.h"
#include "names.h"
#include "options.h"

#include <glib/gi18n.h>

#define ALL_LEVELS ((1u << ONC_N_LEVELS) - 1)

/* Sets the states that @word stands for; every state for NULL. */
static gboolean
read_states (OncFilter *self, const char *word, GError **error)
{
  OncState state;

  self->states = 0;
  if (word != NULL && onc_state_from_string (word, &state))
    {
      self->states = 1u << state;
      return TRUE;
    }

  for (state = ONC_STATE_NEW; state <= ONC_STATE_DELETED; state++)
    {
      const char *group = onc_state_is_open (state) ? ONC_FILTER_OPEN : ONC_FILTER_CLOSED;

      if (word == NULL || g_str_equal (word, group))
        self->states |= 1u << state;
    }
  if (self->states == 0)
    {
      g_set_error (error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT, _ ("“%s” is no state"), word);
      return FALSE;
    }

  return TRUE;
}

static gboolean
read_levels (OncFilter *self, const char *word, GError **error)
{
  OncLevel level;

  if (word == NULL)
    {
      self->levels = ALL_LEVELS;
      return TRUE;
    }
  if (!onc_level_from_string (word, &level))
    {
      g_set_error (error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT, _ ("“%s” is no level"), word);
      return FALSE;
    }

  self->levels = 1u << level;
  return TRUE;
}

static gboolean
read_order (OncFilter *self, const char *word, GError **error)
{
  self->by_urgency = g_strcmp0 (word, ONC_FILTER_URGENCY) == 0;
  if (word == NULL || self->by_urgency || g_str_equal (word, ONC_FILTER_NEWEST))
    return TRUE;

  g_set_error (error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT, _ ("“%s” is no order"), word);
  return FALSE;
}

/* What Slack shows in front of a name is no part of it. */
static const char *
skip_mark (const char *name, char mark)
{
  return name != NULL && name[0] == mark ? name + 1 : name;
}

gboolean
onc_filter_read (OncFilter *self, GVariant *dictionary, GError **error)
{
  const char *state = NULL;
  const char *level = NULL;
  const char *order = NULL;
  const OncOption options[] = {
    { ONC_FILTER_STATE, "s", &state },           { ONC_FILTER_LEVEL, "s", &level },
    { ONC_FILTER_CHANNEL, "s", &self->channel }, { ONC_FILTER_TAG, "s", &self->tag },
    { ONC_FILTER_LOOKER, "s", &self->looker },   { ONC_FILTER_ASKER, "s", &self->asker },
    { ONC_FILTER_SINCE, "x", &self->since },     { ONC_FILTER_UNTIL, "x", &self->until },
    { ONC_FILTER_TEXT, "s", &self->text },       { ONC_FILTER_ORDER, "s", &order },
    { ONC_FILTER_LIMIT, "u", &self->limit },     { ONC_FILTER_OFFSET, "u", &self->offset },
  };

  *self = (OncFilter){ .until = G_MAXINT64 };
  if (!onc_options_read (dictionary, options, G_N_ELEMENTS (options), error) ||
      !read_states (self, state, error) || !read_levels (self, level, error) ||
      !read_order (self, order, error))
    return FALSE;

  self->channel = skip_mark (self->channel, '#');
  self->looker = skip_mark (self->looker, '@');
  self->asker = skip_mark (self->asker, '@');
  return TRUE;
}

int
onc_filter_compare (gconstpointer a, gconstpointer b)
{
  const OncThread *first = *(const OncThread *const *) a;
  const OncThread *second = *(const OncThread *const *) b;
  gboolean open = onc_state_is_open (first->state);

  if (open != onc_state_is_open (second->state))
    return open ? -1 : 1;
  if (open && first->level != second->level)
    return first->level > second->level ? -1 : 1;
  if (first->opened == second->opened)
    return 0;

  return (first->opened < second->opened) == open ? -1 : 1;
}
