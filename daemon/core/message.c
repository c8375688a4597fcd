/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "message.h"

#include <string.h>

OncMessage *
onc_message_new (void)
{
  return g_rc_box_new0 (OncMessage);
}

OncMessage *
onc_message_ref (OncMessage *self)
{
  return g_rc_box_acquire (self);
}

static void
message_clear (OncMessage *self)
{
  g_free (self->team);
  g_free (self->channel);
  g_free (self->ts);
  g_free (self->root_ts);
  g_free (self->user);
  g_free (self->bot);
  g_free (self->text);
  g_strfreev (self->mentions);
  g_free (self->edited_ts);
  g_clear_pointer (&self->reactions, g_ptr_array_unref);
  g_free (self->latest_reply_ts);
}

void
onc_message_unref (OncMessage *self)
{
  g_rc_box_release_full (self, (GDestroyNotify) message_clear);
}

gboolean
onc_message_is_root (const OncMessage *self)
{
  return g_str_equal (self->ts, self->root_ts);
}

OncReactionSet *
onc_reaction_set_new (char *name, GStrv users, guint count)
{
  OncReactionSet *self = g_new0 (OncReactionSet, 1);

  self->name = name;
  self->users = users;
  self->count = count;
  return self;
}

void
onc_reaction_set_free (OncReactionSet *self)
{
  g_free (self->name);
  g_strfreev (self->users);
  g_free (self);
}

int
onc_ts_compare (const char *a, const char *b)
{
  size_t seconds_a = strcspn (a, ".");
  size_t seconds_b = strcspn (b, ".");

  if (seconds_a != seconds_b)
    return seconds_a < seconds_b ? -1 : 1;
  return strcmp (a, b);
}

/* Beyond the year 9999 nobody writes: no calendar holds it, and sums with it would overflow. */
#define LAST_INSTANT (G_GINT64_CONSTANT (253402300799) * ONC_SECOND)

OncInstant
onc_ts_to_instant (const char *ts)
{
  OncInstant micros = 0;
  guint fraction_digits = 0;
  gboolean in_fraction = FALSE;

  for (const char *c = ts; c != NULL && *c != '\0'; c++)
    {
      if (*c == '.' && !in_fraction)
        in_fraction = TRUE;
      else if (!g_ascii_isdigit (*c) || micros > LAST_INSTANT)
        return 0;
      else if (!in_fraction || fraction_digits++ < 6)
        micros = micros * 10 + (*c - '0');
    }
  if (!in_fraction || fraction_digits == 0)
    return 0;
  for (; fraction_digits < 6 && micros <= LAST_INSTANT; fraction_digits++)
    micros *= 10;

  return micros <= LAST_INSTANT ? micros : 0;
}
