/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "policy-builder.h"

#include <glib/gi18n.h>

typedef const char *(*Finder) (OncDirectory *directory, const char *name, GError **error);

/* Returns: (transfer none) (nullable): the ID; NULL with one more problem where there is none. */
static const char *
find (OncDirectory *directory, Finder finder, const char *name, GStrvBuilder *problems)
{
  g_autoptr (GError) error = NULL;
  const char *id = finder (directory, name, &error);

  if (id == NULL)
    g_strv_builder_add (problems, error->message);

  return id;
}

static void
add_ids (GHashTable *set, const GStrv names, OncDirectory *directory, GStrvBuilder *problems)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *id = find (directory, onc_directory_find_person, names[i], problems);

      if (id != NULL)
        g_hash_table_add (set, g_strdup (id));
    }
}

static void
add_levels (OncPolicy *policy,
            const OncConfig *config,
            OncLevel level,
            OncDirectory *directory,
            GStrvBuilder *problems)
{
  g_autoptr (GStrvBuilder) missing = g_strv_builder_new ();
  g_auto (GStrv) missing_names = NULL;
  gboolean found = FALSE;

  for (guint i = 0; config->tags[level][i] != NULL; i++)
    {
      const char *name = config->tags[level][i];
      const char *id;

      /* A tag that was typed without becoming a link still means what it says. */
      if (*name == '@')
        onc_policy_add_level (policy->level_handles, name + 1, level);
      if (directory == NULL)
        continue;
      id = find (directory, onc_directory_find_person, name, missing);
      found = found || id != NULL;
      if (id != NULL)
        onc_policy_add_level (policy->level_ids, id, level);
      if (id != NULL && level == ONC_LEVEL_URGENT)
        g_hash_table_add (policy->on_call, g_strdup (id));
    }

  /* The built-in names are guesses, of which one is enough. */
  missing_names = g_strv_builder_end (missing);
  if (!found || onc_config_is_own (config, "levels", onc_level_to_string (level)))
    g_strv_builder_addv (problems, (const char **) missing_names);
}

static void
add_emoji (GHashTable *set, char **with, const GStrv names)
{
  g_free (*with);
  *with = g_strdup (names[0]);
  for (guint i = 0; names[i] != NULL; i++)
    g_hash_table_add (set, onc_emoji_fold (names[i]));
}

static void
add_categories (OncPolicy *policy, const OncConfig *config)
{
  GHashTableIter iter;
  gpointer emoji, category;

  g_hash_table_iter_init (&iter, config->categories);
  while (g_hash_table_iter_next (&iter, &emoji, &category))
    g_hash_table_insert (policy->categories, onc_emoji_fold (emoji), g_strdup (category));
}

static void
add_me (OncPolicy *policy, const OncConfig *config, OncDirectory *directory, GStrvBuilder *problems)
{
  const char *token_user = onc_directory_get_me (directory);
  const char *me = NULL;

  if (config->me != NULL)
    me = find (directory, onc_directory_find_person, config->me, problems);
  if (me != NULL)
    g_hash_table_add (policy->me, g_strdup (me));
  if (token_user == NULL)
    return;
  /* With a bot's token it is the bot that looks and replies for the person. */
  g_hash_table_add (policy->me, g_strdup (token_user));
  if (onc_directory_get_bot (directory) != NULL)
    g_hash_table_add (policy->bots, g_strdup (token_user));
}

OncPolicy *
onc_policy_build (const OncConfig *config, OncDirectory *directory, GStrv *problems)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  OncPolicy *policy = onc_policy_new ();

  for (OncLevel level = ONC_LEVEL_QUESTION; level < ONC_N_LEVELS; level++)
    {
      policy->timings[level] = config->timings[level];
      add_levels (policy, config, level, directory, builder);
    }
  add_emoji (policy->claim_emoji, &policy->claim_with, config->claim);
  add_emoji (policy->resolved_emoji, &policy->resolve_with, config->resolved);
  add_categories (policy, config);
  g_time_zone_unref (policy->zone);
  policy->zone = config->timezone != NULL ? g_time_zone_new_identifier (config->timezone)
                                          : g_time_zone_new_local ();
  onc_hours_free (policy->hours);
  policy->hours = onc_hours_new_from_string (config->work != NULL ? config->work : "", NULL);
  onc_hours_free (policy->quiet);
  policy->quiet = onc_hours_new_from_string (config->quiet != NULL ? config->quiet : "", NULL);
  policy->urgent_bypasses_quiet = config->urgent_bypasses_quiet;
  policy->emergency_bypasses_dnd = config->emergency_bypasses_dnd;
  policy->burst_popups = config->burst_popups;
  policy->burst_span = config->burst_span;
  if (directory != NULL)
    {
      add_me (policy, config, directory, builder);
      add_ids (policy->responders, config->responders, directory, builder);
      add_ids (policy->bots, config->bots, directory, builder);
      for (guint i = 0; config->channels[i] != NULL; i++)
        {
          const char *id = find (directory, onc_directory_find_channel, config->channels[i],
                                 builder);

          if (id != NULL)
            g_hash_table_add (policy->channels, g_strdup (id));
        }
    }
  *problems = g_strv_builder_end (builder);

  return policy;
}

void
onc_policy_announce (const OncConfig *config, OncDirectory *directory)
{
  g_autoptr (GStrvBuilder) people = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;

  for (OncLevel level = ONC_LEVEL_QUESTION; level < ONC_N_LEVELS; level++)
    g_strv_builder_addv (people, (const char **) config->tags[level]);
  g_strv_builder_addv (people, (const char **) config->responders);
  if (config->me != NULL)
    g_strv_builder_add (people, config->me);
  names = g_strv_builder_end (people);
  onc_directory_set_names (directory, (const char *const *) names,
                           (const char *const *) config->channels);
}
