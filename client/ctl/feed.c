/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "feed.h"

#include "dictionary.h"
#include "json.h"
#include "moment.h"
#include "names.h"
#include "rows.h"
#include "status-word.h"
#include "text.h"
#include "thread-view.h"

#include <glib/gi18n.h>

/* How many columns a tooltip shows of each thread's text: what fits on a small screen. */
#define TOOLTIP_COLUMNS 60

/* Of what somebody has to act on, in colours that can be read on a dark panel and on a light one */
#define COLOUR_ALARM   "#e5484d"
#define COLOUR_WARNING "#d97706"

/* Returns: (transfer full): the word of the rota, with how many it is about: "urgent 2". */
static char *
describe (const char *word, GVariant *manager)
{
  static const char *const counts[][2] = {
    { "emergency", "EmergencyCount" },
    { "overdue", "OverdueCount" },
    { "urgent", "UrgentCount" },
    { "open", "OpenCount" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      if (g_str_equal (counts[i][0], word))
        return g_strdup_printf ("%s %" G_GUINT32_FORMAT, word,
                                onc_dictionary_get_number (manager, counts[i][1]));
    }

  return g_strdup (word);
}

/* Returns: (nullable) (transfer none): the colour that @word is shown in. */
static const char *
find_colour (const char *word)
{
  if (g_str_equal (word, "emergency") || g_str_equal (word, "overdue"))
    return COLOUR_ALARM;
  if (g_str_equal (word, "urgent") || g_str_equal (word, "stale") || g_str_equal (word, "offline"))
    return COLOUR_WARNING;

  return NULL;
}

/* Returns: the number of the thread of @threads (nullable) that needs somebody most; 0 where there
 * is none. */
static guint32
find_first (GVariant *threads)
{
  g_autoptr (GArray) rows = threads != NULL ? onc_rows_new (threads) : NULL;

  return rows != NULL && rows->len > 0
             ? onc_dictionary_get_number (g_array_index (rows, OncRow, 0).thread, "Number")
             : 0;
}

/* Adds what is said of the rota as a whole. */
static void
describe_rota (GString *out, GVariant *manager)
{
  const char *state = onc_dictionary_get_string (manager, "State");
  OncInstant due = onc_dictionary_get_time (manager, "NextDue");
  g_autofree char *local = due != 0 ? onc_moment_local (due, g_get_real_time ()) : NULL;

  g_string_append_printf (out, _ ("%u open, %u unclaimed"),
                          onc_dictionary_get_number (manager, "OpenCount"),
                          onc_dictionary_get_number (manager, "UnclaimedCount"));
  if (local != NULL)
    g_string_append_printf (out, _ ("\nNext update due %s"), local);
  if (!g_str_equal (state, onc_link_to_string (ONC_LINK_CONNECTED)))
    g_string_append_printf (out, _ ("\nSlack: %s"), state);
}

/* Returns: (transfer full): all lines of a tooltip, not escaped. */
static char *
describe_all (GVariant *manager, GVariant *threads)
{
  GString *out = g_string_new (NULL);
  g_autoptr (GArray) rows = threads != NULL ? onc_rows_new (threads) : NULL;

  if (manager == NULL)
    g_string_append (out, _ ("oncalld is not running; “systemctl --user start oncalld” starts it"));
  else
    describe_rota (out, manager);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      GVariant *thread = g_array_index (rows, OncRow, i).thread;
      g_autofree char *text = g_strdup_printf ("%s: %s",
                                               onc_dictionary_get_string (thread, "AskerName"),
                                               onc_dictionary_get_string (thread, "Text"));
      g_autofree char *shortened = onc_text_shorten (text, TOOLTIP_COLUMNS);

      g_string_append_printf (out, "\n%" G_GUINT32_FORMAT "  %s  %s",
                              onc_dictionary_get_number (thread, "Number"),
                              onc_dictionary_get_string (thread, "Level"), shortened);
    }
  if (rows != NULL && rows->len < onc_dictionary_get_number (manager, "OpenCount"))
    g_string_append (out, "\n…");

  return g_string_free (out, FALSE);
}

/* Its man page, waybar-custom(5): text and tooltip are Pango's markup. */
static char *
make_waybar (const char *word, const char *text, const char *tooltip)
{
  g_autoptr (cJSON) json = cJSON_CreateObject ();
  g_autofree char *escaped = g_markup_escape_text (tooltip, -1);

  cJSON_AddStringToObject (json, "text", text);
  cJSON_AddStringToObject (json, "alt", word);
  cJSON_AddStringToObject (json, "tooltip", escaped);
  cJSON_AddStringToObject (json, "class", word);

  return onc_json_to_text (json, ONC_JSON_SHORT);
}

/* i3blocks(1), format=json: keys of i3bar's protocol, whose text is no markup unless it says so.
 * i3blocks 1.4 takes a value that is the name of a key, such as "urgent", for that key, so that
 * there is no short_text. */
static char *
make_i3blocks (const char *word, const char *text, const char *colour)
{
  g_autoptr (cJSON) json = cJSON_CreateObject ();

  cJSON_AddStringToObject (json, "full_text", text);
  if (colour != NULL)
    cJSON_AddStringToObject (json, "color", colour);
  cJSON_AddBoolToObject (json, "urgent", g_str_equal (word, "emergency"));

  return onc_json_to_text (json, ONC_JSON_SHORT);
}

/* Polybar's formatting tags: %{F} is the foreground, %{A1} what a left click runs. They cannot be
 * escaped, so that nothing from Slack stands here. */
static char *
make_polybar (const char *text, const char *colour, guint32 first)
{
  g_autofree char *coloured = colour != NULL ? g_strdup_printf ("%%{F%s}%s%%{F-}", colour, text)
                                             : g_strdup (text);

  return first != 0 ? g_strdup_printf ("%%{A1:oncallctl open %" G_GUINT32_FORMAT ":}%s%%{A}", first,
                                       coloured)
                    : g_steal_pointer (&coloured);
}

/* The plugin reads these elements out of the text; its labels are Pango's markup. A line break
 * within the tooltip would be a second line of the feed. */
static char *
make_genmon (const char *text, const char *tooltip, const char *colour, guint32 first)
{
  g_autofree char *escaped = g_markup_escape_text (tooltip, -1);
  g_auto (GStrv) lines = g_strsplit (escaped, "\n", -1);
  g_autofree char *joined = g_strjoinv ("&#10;", lines);
  GString *out = g_string_new ("<txt>");

  if (colour != NULL)
    g_string_append_printf (out, "<span foreground=\"%s\">%s</span>", colour, text);
  else
    g_string_append (out, text);
  g_string_append_printf (out, "</txt><tool>%s</tool>", joined);
  if (first != 0)
    g_string_append_printf (out, "<txtclick>oncallctl open %" G_GUINT32_FORMAT "</txtclick>",
                            first);

  return g_string_free (out, FALSE);
}

char *
onc_feed_line (OncFeed feed, GVariant *manager, GVariant *threads)
{
  const char *word = onc_status_word (manager);
  const char *colour = find_colour (word);
  g_autofree char *text = describe (word, manager);
  g_autofree char *tooltip = describe_all (manager, threads);

  switch (feed)
    {
    case ONC_FEED_WAYBAR:
      return make_waybar (word, text, tooltip);
    case ONC_FEED_I3BLOCKS:
      return make_i3blocks (word, text, colour);
    case ONC_FEED_POLYBAR:
      return make_polybar (text, colour, find_first (threads));
    case ONC_FEED_GENMON:
    default:
      return make_genmon (text, tooltip, colour, find_first (threads));
    }
}
