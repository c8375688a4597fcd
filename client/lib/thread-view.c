/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "thread-view.h"

#include "dictionary.h"
#include "moment.h"

#include <glib/gi18n.h>

char *
onc_thread_view_channel (GVariant *thread)
{
  const char *name = onc_dictionary_get_string (thread, "ChannelName");
  gboolean known = !g_str_equal (name, onc_dictionary_get_string (thread, "Channel"));

  return g_strconcat (known ? "#" : "", name, NULL);
}

/* Returns: (transfer full): one of the lookers, as onc_thread_view_lookers() shows them. */
static char *
describe_looker (const char *name, OncInstant since, const char *how, OncInstant now)
{
  g_autofree char *local = NULL;

  if (now != 0 && since == 0)
    /* A name, and how it is known that they look: a reaction, whose time is not known */
    return g_strdup_printf (_ ("%s (%s)"), name, how);
  if (now != 0)
    {
      local = onc_moment_local (since, now);
      /* A name, since when, and how that is known: a reaction, a reply, or pending */
      return g_strdup_printf (_ ("%s since %s (%s)"), name, local, how);
    }

  if (g_str_equal (how, onc_look_to_string (ONC_LOOK_PENDING)))
    return g_strdup_printf (_ ("%s (pending)"), name);

  return g_strdup (name);
}

char *
onc_thread_view_lookers (GVariant *thread, OncInstant now)
{
  g_autoptr (GVariant) lookers = g_variant_lookup_value (thread, "Lookers",
                                                         G_VARIANT_TYPE ("a(ssxs)"));
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) descriptions = NULL;
  GVariantIter iter;
  const char *name;
  const char *how;
  gint64 since;

  if (lookers != NULL)
    g_variant_iter_init (&iter, lookers);
  while (lookers != NULL && g_variant_iter_next (&iter, "(&s&sx&s)", NULL, &name, &since, &how))
    {
      g_autofree char *description = describe_looker (name, since, how, now);

      g_strv_builder_add (builder, description);
    }

  descriptions = g_strv_builder_end (builder);
  return g_strjoinv (", ", descriptions);
}

char *
onc_thread_view_categories (GVariant *thread)
{
  g_autofree const char **categories = NULL;

  g_variant_lookup (thread, "Categories", "^a&s", &categories);
  return categories != NULL ? g_strjoinv (", ", (char **) categories) : g_strdup ("");
}

gboolean
onc_thread_view_is_open (GVariant *thread)
{
  OncState state;

  return !onc_state_from_string (onc_dictionary_get_string (thread, "State"), &state) ||
         onc_state_is_open (state);
}

guint
onc_thread_view_urgency (const char *level)
{
  OncLevel known = ONC_N_LEVELS;

  return onc_level_from_string (level, &known) ? known : ONC_N_LEVELS;
}

const char *
onc_thread_view_colour (const char *level)
{
  switch (onc_thread_view_urgency (level))
    {
    case ONC_LEVEL_QUESTION:
      return NULL;
    case ONC_LEVEL_URGENT:
      return "\033[33m"; /* yellow */
    default:
      return "\033[1;31m"; /* bold red: an emergency, or more */
    }
}
