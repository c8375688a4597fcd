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
#include <string.h>

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
  { "#", SCOLS_FL_RIGHT },
  { N_ ("LEVEL"), 0 },
  { N_ ("STATE"), 0 },
  { N_ ("AGE"), SCOLS_FL_RIGHT },
  { N_ ("CHANNEL"), SCOLS_FL_TRUNC },
  { N_ ("ASKER"), SCOLS_FL_TRUNC },
  { N_ ("LOOKING"), SCOLS_FL_TRUNC },
  { N_ ("DUE"), 0 },
  { N_ ("TEXT"), SCOLS_FL_TRUNC },
};

static void
add_filter (GVariantBuilder *filter, const char *key, const char *value)
{
  if (value != NULL)
    g_variant_builder_add (filter, "{sv}", key, g_variant_new_string (value));
}

/* Sets *@limit to how many threads the person wants at most; 0: all. */
static gboolean
read_limit (const OncCommand *command, guint32 *limit, GError **error)
{
  guint64 number = 0;

  if (command->limit != NULL &&
      !g_ascii_string_to_unsigned (command->limit, 10, 1, G_MAXINT32, &number, NULL))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("“%s” is no number of threads"), command->limit);
      return FALSE;
    }

  *limit = (guint32) number;
  return TRUE;
}

/* Returns: (transfer full): the filter (a{sv}) that the options ask for, with at most @limit
 * threads; NULL with an error. */
static GVariant *
new_filter (const OncCommand *command, guint32 limit, GError **error)
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
  add_filter (&filter, ONC_FILTER_ORDER, ONC_FILTER_URGENCY);
  if (!command->all)
    add_filter (&filter, ONC_FILTER_STATE,
                command->state != NULL ? command->state : ONC_FILTER_OPEN);
  add_filter (&filter, ONC_FILTER_LEVEL, command->level);
  add_filter (&filter, ONC_FILTER_TAG, command->tag);
  add_filter (&filter, ONC_FILTER_LOOKER, command->mine ? ONC_FILTER_ME : NULL);
  if (command->since != NULL)
    g_variant_builder_add (&filter, "{sv}", ONC_FILTER_SINCE, g_variant_new_int64 (since));
  if (limit != 0)
    g_variant_builder_add (&filter, "{sv}", ONC_FILTER_LIMIT, g_variant_new_uint32 (limit));

  return g_variant_ref_sink (g_variant_builder_end (&filter));
}

/* Prints the threads that fulfil @filter, without looking at them where that can be. @any: (out):
 * whether there are any. Returns: FALSE with @error. */
static gboolean
print_json (OncCommand *command, GVariant *filter, gboolean *any, GError **error)
{
  g_autoptr (GMappedFile) dump = onc_connection_dump_threads (command->connection, filter, error);

  if (dump == NULL)
    return FALSE;

  *any = g_mapped_file_get_length (dump) > strlen ("[]");
  if (command->quiet)
    return TRUE;
  onc_command_start_pager (command);
  if (command->json == ONC_JSON_PRETTY)
    {
      g_autoptr (cJSON) json = cJSON_ParseWithLength (g_mapped_file_get_contents (dump),
                                                      g_mapped_file_get_length (dump));

      onc_json_print (json, command->json);
      return TRUE;
    }
  fwrite (g_mapped_file_get_contents (dump), 1, g_mapped_file_get_length (dump), stdout);
  putchar ('\n');

  return TRUE;
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

  onc_table_print (command, table);
}

/* @more: there are others than those @n_threads. */
static void
print_legend (OncCommand *command, guint n_threads, gboolean more)
{
  g_autofree char *remarks = NULL;

  if (!command->legend)
    return;

  if (n_threads == 0)
    puts (_ ("No threads."));
  else if (more)
    printf (ngettext ("\n%u thread, and there are more.\n", "\n%u threads, and there are more.\n",
                      n_threads),
            n_threads);
  else
    printf (ngettext ("\n%u thread.\n", "\n%u threads.\n", n_threads), n_threads);
  remarks = onc_status_view_remarks (command);
  fputs (remarks, stdout);
}

/* Prints the threads that fulfil @filter for a person, or by @template (nullable); @limit (0: none)
 * of them. @any: (out): whether there are any. Returns: FALSE with @error. */
static gboolean
print_rows (OncCommand *command,
            GVariant *filter,
            guint32 limit,
            const OncTemplate *template,
            gboolean *any,
            GError **error)
{
  g_autoptr (GVariant) list = onc_connection_list_threads (command->connection, filter, error);
  g_autoptr (GArray) rows = NULL;
  gboolean more;

  if (list == NULL)
    return FALSE;

  rows = onc_rows_new (list);
  more = limit != 0 && rows->len > limit;
  if (more)
    g_array_set_size (rows, limit);
  *any = rows->len > 0;
  if (command->quiet)
    return TRUE;
  onc_command_start_pager (command);
  if (template != NULL)
    {
      print_formatted (command, template, rows);
      return TRUE;
    }
  if (rows->len > 0)
    print_table (command, rows);
  print_legend (command, rows->len, more);

  return TRUE;
}

OncExit
onc_verb_list (OncCommand *command, GError **error)
{
  gboolean json = command->json != ONC_JSON_OFF;
  gboolean narrowed = command->level != NULL || command->state != NULL || command->tag != NULL ||
                      command->since != NULL || command->mine;
  g_autoptr (OncTemplate) template = NULL;
  g_autoptr (GVariant) filter = NULL;
  guint32 limit = 0;
  gboolean any = FALSE;
  gboolean listed;

  /* One more than a person is shown tells whether there are more. */
  if (read_limit (command, &limit, error))
    filter = new_filter (command, limit != 0 && !json ? limit + 1 : limit, error);
  if (filter == NULL || !onc_template_new_for_threads (command->format, &template, error) ||
      !onc_command_connect (command, error))
    return ONC_EXIT_FAILED;

  listed = json ? print_json (command, filter, &any, error)
                : print_rows (command, filter, limit, template, &any, error);
  if (!listed)
    return ONC_EXIT_FAILED;

  /* Nothing to do is good news; nothing that fits a question is an answer that scripts test for. */
  return narrowed && !any ? ONC_EXIT_NO_MATCH : ONC_EXIT_DONE;
}
