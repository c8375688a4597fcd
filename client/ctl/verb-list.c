/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* list: the open threads as a table. */

#include "verbs.h"

#include "dictionary.h"
#include "error.h"
#include "json.h"
#include "moment.h"
#include "names.h"
#include "rows.h"
#include "status-view.h"
#include "table.h"
#include "template.h"
#include "thread-view.h"

#include <glib/gi18n.h>
#include <stdio.h>

typedef enum
{
  COLUMN_NUMBER,
  COLUMN_LEVEL,
  COLUMN_STATE,
  COLUMN_AGE,
  COLUMN_CHANNEL,
  COLUMN_ASKER,
  COLUMN_LOOKERS,
  COLUMN_DUE,
  COLUMN_TEXT,
} Column;

/* In the order of Column. */
static const OncColumn columns[] = {
  { "#", 0, SCOLS_FL_RIGHT },
  { N_ ("LEVEL"), 0, 0 },
  { N_ ("STATE"), 0, 0 },
  { N_ ("AGE"), 0, SCOLS_FL_RIGHT },
  { N_ ("CHANNEL"), 0.12, SCOLS_FL_TRUNC },
  { N_ ("ASKER"), 0.16, SCOLS_FL_TRUNC },
  { N_ ("LOOKING"), 0.16, SCOLS_FL_TRUNC },
  { N_ ("DUE"), 0, 0 },
  { N_ ("TEXT"), 0.3, SCOLS_FL_TRUNC },
};

static void
add_filter (GVariantBuilder *filter, const char *key, const char *value)
{
  if (value != NULL)
    g_variant_builder_add (filter, "{sv}", key, g_variant_new_string (value));
}

/* Returns: (transfer full): the filter (a{sv}) that the options ask for; NULL with an error. */
static GVariant *
new_filter (const OncCommand *command, GError **error)
{
  GVariantBuilder filter;
  OncInstant since;

  if (command->all && command->state != NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                           _ ("--all and --state exclude each other"));
      return NULL;
    }
  if (command->since != NULL && !onc_moment_parse_past (command->since, g_get_real_time (), &since))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("“%s” is no time: write 2h, 3d, yesterday, 2026-11-23 14:00"),
                   command->since);
      return NULL;
    }

  g_variant_builder_init (&filter, G_VARIANT_TYPE_VARDICT);
  if (!command->all)
    add_filter (&filter, ONC_FILTER_STATE,
                command->state != NULL ? command->state : ONC_FILTER_OPEN);
  add_filter (&filter, ONC_FILTER_LEVEL, command->level);
  add_filter (&filter, ONC_FILTER_TAG, command->tag);
  add_filter (&filter, ONC_FILTER_LOOKER, command->mine ? ONC_FILTER_ME : NULL);
  if (command->since != NULL)
    g_variant_builder_add (&filter, "{sv}", ONC_FILTER_SINCE, g_variant_new_int64 (since));

  return g_variant_ref_sink (g_variant_builder_end (&filter));
}

static void
print_json (const OncCommand *command, const GArray *rows)
{
  g_autoptr (cJSON) json = cJSON_CreateArray ();

  for (guint i = 0; i < rows->len; i++)
    cJSON_AddItemToArray (json, onc_json_from_variant (g_array_index (rows, OncRow, i).thread));
  onc_json_print (json, command->json);
}

static void
print_formatted (const OncCommand *command, const OncTemplate *template, const GArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *line = onc_template_fill (template, g_array_index (rows, OncRow, i).thread,
                                                 command->colour);

      puts (line);
    }
}

static void
add_line (struct libscols_table *table, const OncRow *row, OncInstant now)
{
  GVariant *thread = row->thread;
  struct libscols_line *line = scols_table_new_line (table, NULL);
  const char *level = onc_dictionary_get_string (thread, "Level");
  const char *colour = row->open ? onc_thread_view_colour (level) : NULL;

  onc_table_take_cell (
      line, COLUMN_NUMBER,
      g_strdup_printf ("%" G_GUINT32_FORMAT, onc_dictionary_get_number (thread, "Number")));
  onc_table_take_cell (line, COLUMN_LEVEL, g_strdup (level));
  onc_table_take_cell (line, COLUMN_STATE, g_strdup (onc_dictionary_get_string (thread, "State")));
  onc_table_take_cell (line, COLUMN_AGE, onc_moment_span (now - row->opened));
  onc_table_take_cell (line, COLUMN_CHANNEL, onc_thread_view_channel (thread));
  onc_table_take_cell (line, COLUMN_ASKER,
                       g_strdup (onc_dictionary_get_string (thread, "AskerName")));
  onc_table_take_cell (line, COLUMN_LOOKERS, onc_thread_view_lookers (thread, 0));
  onc_table_take_cell (line, COLUMN_DUE,
                       onc_moment_due (onc_dictionary_get_time (thread, "NextDue"), now));
  onc_table_take_cell (line, COLUMN_TEXT, g_strdup (onc_dictionary_get_string (thread, "Text")));
  if (colour != NULL)
    scols_line_set_color (line, colour);
}

static void
print_table (const OncCommand *command, const GArray *rows)
{
  struct libscols_table *table = onc_table_new (command, columns, G_N_ELEMENTS (columns));
  OncInstant now = g_get_real_time ();

  /* Only closed threads make the state worth a column: an open one has lookers or not. */
  if (!command->all && command->state == NULL)
    scols_column_set_flags (scols_table_get_column (table, COLUMN_STATE), SCOLS_FL_HIDDEN);
  for (guint i = 0; i < rows->len; i++)
    add_line (table, &g_array_index (rows, OncRow, i), now);

  scols_print_table (table);
  scols_unref_table (table);
}

static void
print_legend (OncCommand *command, guint n_threads)
{
  g_autofree char *remarks = NULL;

  if (!command->legend)
    return;

  if (n_threads == 0)
    puts (_ ("No threads."));
  else
    printf (ngettext ("\n%u thread.\n", "\n%u threads.\n", n_threads), n_threads);
  remarks = onc_status_view_remarks (command);
  fputs (remarks, stdout);
}

OncExit
onc_verb_list (OncCommand *command, GError **error)
{
  g_autoptr (GVariant) filter = new_filter (command, error);
  gboolean narrowed = command->level != NULL || command->state != NULL || command->tag != NULL ||
                      command->since != NULL || command->mine;
  g_autoptr (OncTemplate) template = NULL;
  g_autoptr (GVariant) list = NULL;
  g_autoptr (GArray) rows = NULL;

  if (!onc_template_new_for_threads (command->format, &template, error))
    return ONC_EXIT_FAILED;
  if (filter != NULL && onc_command_connect (command, error))
    list = onc_connection_list_threads (command->connection, filter, error);
  if (list == NULL)
    return ONC_EXIT_FAILED;

  rows = onc_rows_new (list);
  if (!command->quiet)
    {
      onc_command_start_pager (command);
      if (template != NULL)
        print_formatted (command, template, rows);
      else if (command->json != ONC_JSON_OFF)
        print_json (command, rows);
      else
        {
          if (rows->len > 0)
            print_table (command, rows);
          print_legend (command, rows->len);
        }
    }

  /* Nothing to do is good news; nothing that fits a question is an answer that scripts test for. */
  return narrowed && rows->len == 0 ? ONC_EXIT_NO_MATCH : ONC_EXIT_DONE;
}
