/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "policy.h"

#include "markup.h"
#include "message.h"

#include <string.h>

static GHashTable *
string_set_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

OncPolicy *
onc_policy_new (void)
{
  OncPolicy *self = g_rc_box_new0 (OncPolicy);

  self->me = string_set_new ();
  self->channels = string_set_new ();
  self->level_ids = string_set_new ();
  self->level_handles = string_set_new ();
  self->on_call = string_set_new ();
  self->responders = string_set_new ();
  self->bots = string_set_new ();
  self->claim_emoji = string_set_new ();
  self->resolved_emoji = string_set_new ();
  self->categories = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->zone = g_time_zone_new_utc ();
  self->hours = onc_hours_new_from_string ("", NULL);
  self->quiet = onc_hours_new_from_string ("", NULL);
  self->claim_with = g_strdup ("");
  self->resolve_with = g_strdup ("");
  return self;
}

OncPolicy *
onc_policy_ref (OncPolicy *self)
{
  return g_rc_box_acquire (self);
}

static void
policy_clear (OncPolicy *self)
{
  g_hash_table_unref (self->me);
  g_hash_table_unref (self->channels);
  g_hash_table_unref (self->level_ids);
  g_hash_table_unref (self->level_handles);
  g_hash_table_unref (self->on_call);
  g_hash_table_unref (self->responders);
  g_hash_table_unref (self->bots);
  g_hash_table_unref (self->claim_emoji);
  g_hash_table_unref (self->resolved_emoji);
  g_hash_table_unref (self->categories);
  g_time_zone_unref (self->zone);
  onc_hours_free (self->hours);
  onc_hours_free (self->quiet);
  g_free (self->claim_with);
  g_free (self->resolve_with);
}

void
onc_policy_unref (OncPolicy *self)
{
  g_rc_box_release_full (self, (GDestroyNotify) policy_clear);
}

void
onc_policy_add_level (GHashTable *table, const char *key, OncLevel level)
{
  g_hash_table_insert (table, g_strdup (key), GINT_TO_POINTER (level));
}

/* Slack's emoji that answer to a second name: the first stands for both. From the short names that
 * the public emoji-data table lists together. */
static const struct
{
  const char *alias;
  const char *name;
} emoji_aliases[] = {
  { "boat", "sailboat" },
  { "boom", "collision" },
  { "email", "envelope" },
  { "feet", "paw_prints" },
  { "flipper", "dolphin" },
  { "heavy_exclamation_mark", "exclamation" },
  { "hocho", "knife" },
  { "honeybee", "bee" },
  { "izakaya_lantern", "lantern" },
  { "laughing", "satisfied" },
  { "mans_shoe", "shoe" },
  { "open_book", "book" },
  { "pencil", "memo" },
  { "poop", "hankey" },
  { "punch", "facepunch" },
  { "raised_hand", "hand" },
  { "red_car", "car" },
  { "runner", "running" },
  { "shit", "hankey" },
  { "telephone", "phone" },
  { "thumbsdown", "-1" },
  { "thumbsup", "+1" },
  { "tshirt", "shirt" },
  { "waxing_gibbous_moon", "moon" },
};

char *
onc_emoji_fold (const char *name)
{
  const char *tone = strstr (name, "::");
  g_autofree char *folded = tone != NULL ? g_strndup (name, (gsize) (tone - name))
                                         : g_strdup (name);

  for (guint i = 0; i < G_N_ELEMENTS (emoji_aliases); i++)
    {
      if (g_str_equal (folded, emoji_aliases[i].alias))
        return g_strdup (emoji_aliases[i].name);
    }

  return g_steal_pointer (&folded);
}

static OncLevel
highest_of (GHashTable *level_ids, char *const *ids, OncLevel highest)
{
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      OncLevel level = GPOINTER_TO_INT (g_hash_table_lookup (level_ids, ids[i]));

      highest = MAX (highest, level);
    }

  return highest;
}

OncLevel
onc_policy_level_of (const OncPolicy *self, const OncMessage *message)
{
  OncLevel highest = highest_of (self->level_ids, message->mentions, ONC_LEVEL_QUESTION);
  GHashTableIter iter;
  gpointer handle, value;

  if (strchr (message->text, '<') != NULL)
    {
      g_auto (GStrv) mentions = onc_markup_mentions (message->text, -1);

      highest = highest_of (self->level_ids, mentions, highest);
    }
  if (strchr (message->text, '@') == NULL)
    return highest;

  g_hash_table_iter_init (&iter, self->level_handles);
  while (g_hash_table_iter_next (&iter, &handle, &value))
    {
      OncLevel level = GPOINTER_TO_INT (value);

      if (level > highest && onc_markup_has_handle (message->text, -1, handle))
        highest = level;
    }

  return highest;
}
