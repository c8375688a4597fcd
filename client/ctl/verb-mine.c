/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* mine: what this person asked and promised. */

#include "verbs.h"

#include "dictionary.h"
#include "json.h"
#include "moment.h"
#include "names.h"
#include "onc-dbus.h"
#include "promise-view.h"
#include "table.h"
#include "template.h"
#include "thread-view.h"

#include <glib/gi18n.h>
#include <stdio.h>

/* An open promise of this person. */
typedef struct
{
  GVariant *promise; /* (owned) a{sv} */
  GVariant *thread;  /* (owned) a{sv} */
} Mine;

static void
mine_clear (Mine *self)
{
  g_variant_unref (self->promise);
  g_variant_unref (self->thread);
}

static int
compare_due (gconstpointer a, gconstpointer b)
{
  OncInstant due_a = onc_dictionary_get_time (((const Mine *) a)->promise, ONC_PROMISE_KEY_DUE);
  OncInstant due_b = onc_dictionary_get_time (((const Mine *) b)->promise, ONC_PROMISE_KEY_DUE);

  return due_a < due_b ? -1 : due_a > due_b;
}

/* Sorts what is this person's out of @threads (aa{sv}): the questions (transfer full) (element-type
 * GVariant), and the promises (transfer full) (element-type Mine), those due first first. */
static void
sort_out (GVariant *threads, const char *const *me, GPtrArray **questions, GArray **promises)
{
  GVariantIter iter;
  GVariant *thread;

  *questions = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  *promises = g_array_new (FALSE, FALSE, sizeof (Mine));
  g_array_set_clear_func (*promises, (GDestroyNotify) mine_clear);
  g_variant_iter_init (&iter, threads);
  while ((thread = g_variant_iter_next_value (&iter)) != NULL)
    {
      g_autoptr (GPtrArray) mine = onc_promise_view_list_mine (thread, me);

      for (guint i = 0; i < mine->len; i++)
        {
          Mine promise = { g_variant_ref (g_ptr_array_index (mine, i)), g_variant_ref (thread) };

          g_array_append_val (*promises, promise);
        }
      if (g_strv_contains (me, onc_dictionary_get_string (thread, "Asker")))
        g_ptr_array_add (*questions, g_variant_ref (thread));
      g_variant_unref (thread);
    }
  g_array_sort (*promises, compare_due);
}

static void
print_json (const OncCommand *command, const GPtrArray *questions, const GArray *promises)
{
  g_autoptr (cJSON) json = cJSON_CreateObject ();
  cJSON *array = cJSON_AddArrayToObject (json, "questions");

  for (guint i = 0; i < questions->len; i++)
    cJSON_AddItemToArray (array, onc_json_from_variant (g_ptr_array_index (questions, i)));
  array = cJSON_AddArrayToObject (json, "promises");
  for (guint i = 0; i < promises->len; i++)
    {
      const Mine *mine = &g_array_index (promises, Mine, i);
      cJSON *promise = onc_json_from_variant (mine->promise);

      cJSON_AddNumberToObject (promise, "number",
                               onc_dictionary_get_number (mine->thread, "Number"));
      cJSON_AddStringToObject (promise, "level", onc_dictionary_get_string (mine->thread, "Level"));
      cJSON_AddItemToArray (array, promise);
    }
  onc_json_print (json, command->json);
}

/* Prints a line for @thread, which is there as a @kind, with the next word due by @due. */
static void
print_row (const OncCommand *command,
           const OncTemplate *template,
           GVariant *thread,
           const char *kind,
           OncInstant due)
{
  GVariantDict dictionary;
  g_autoptr (GVariant) row = NULL;
  g_autofree char *line = NULL;

  g_variant_dict_init (&dictionary, thread);
  g_variant_dict_insert (&dictionary, "kind", "s", kind);
  g_variant_dict_insert (&dictionary, "due", "x", due);
  row = g_variant_ref_sink (g_variant_dict_end (&dictionary));
  line = onc_template_fill (template, row, command->colour);
  puts (line);
}

static void
print_formatted (const OncCommand *command,
                 const OncTemplate *template,
                 const GPtrArray *questions,
                 const GArray *promises)
{
  for (guint i = 0; i < questions->len; i++)
    {
      GVariant *thread = g_ptr_array_index (questions, i);

      print_row (command, template, thread, "question",
                 onc_dictionary_get_time (thread, "NextDue"));
    }
  for (guint i = 0; i < promises->len; i++)
    {
      const Mine *mine = &g_array_index (promises, Mine, i);

      print_row (command, template, mine->thread, "promise",
                 onc_dictionary_get_time (mine->promise, ONC_PROMISE_KEY_DUE));
    }
}

/* Fills the first two cells and the last one of @line, and colours it. */
static void
begin_line (struct libscols_line *line, GVariant *thread, guint last)
{
  const char *level = onc_dictionary_get_string (thread, "Level");
  const char *colour = onc_thread_view_colour (level);

  onc_table_take_cell (
      line, 0,
      g_strdup_printf ("%" G_GUINT32_FORMAT, onc_dictionary_get_number (thread, "Number")));
  onc_table_take_cell (line, 1, g_strdup (level));
  onc_table_take_cell (line, last, g_strdup (onc_dictionary_get_string (thread, "Text")));
  if (colour != NULL)
    scols_line_set_color (line, colour);
}

static void
print_questions (const OncCommand *command, const GPtrArray *questions, OncInstant now)
{
  static const OncColumn columns[] = {
    { "#", SCOLS_FL_RIGHT },        { N_ ("LEVEL"), 0 },
    { N_ ("AGE"), SCOLS_FL_RIGHT }, { N_ ("LOOKING"), SCOLS_FL_TRUNC },
    { N_ ("NEXT WORD"), 0 },        { N_ ("TEXT"), SCOLS_FL_TRUNC },
  };
  struct libscols_table *table = onc_table_new (command, columns, G_N_ELEMENTS (columns));

  for (guint i = 0; i < questions->len; i++)
    {
      GVariant *thread = g_ptr_array_index (questions, i);
      struct libscols_line *line = scols_table_new_line (table, NULL);
      g_autofree char *lookers = onc_thread_view_lookers (thread, 0);

      begin_line (line, thread, 5);
      onc_table_take_cell (line, 2,
                           onc_moment_span (now - onc_dictionary_get_time (thread, "Opened")));
      onc_table_take_cell (line, 3, g_strdup (*lookers != '\0' ? lookers : _ ("nobody yet")));
      onc_table_take_cell (line, 4,
                           onc_moment_due (onc_dictionary_get_time (thread, "NextDue"), now));
    }
  onc_table_print (command, table);
}

static void
print_promises (const OncCommand *command, const GArray *promises, OncInstant now)
{
  static const OncColumn columns[] = {
    { "#", SCOLS_FL_RIGHT },         { N_ ("LEVEL"), 0 }, { N_ ("BY"), 0 }, { N_ ("LEFT"), 0 },
    { N_ ("TEXT"), SCOLS_FL_TRUNC },
  };
  struct libscols_table *table = onc_table_new (command, columns, G_N_ELEMENTS (columns));

  for (guint i = 0; i < promises->len; i++)
    {
      const Mine *mine = &g_array_index (promises, Mine, i);
      struct libscols_line *line = scols_table_new_line (table, NULL);
      OncInstant due = onc_dictionary_get_time (mine->promise, ONC_PROMISE_KEY_DUE);

      begin_line (line, mine->thread, 4);
      onc_table_take_cell (line, 2, onc_moment_local (due, now));
      onc_table_take_cell (line, 3, onc_promise_view_left (mine->promise, now));
    }
  onc_table_print (command, table);
}

static void
print_text (const OncCommand *command, const GPtrArray *questions, const GArray *promises)
{
  OncInstant now = g_get_real_time ();

  if (command->legend)
    puts (questions->len > 0 ? _ ("Your questions:") : _ ("No question of yours is open."));
  if (questions->len > 0)
    print_questions (command, questions, now);
  if (command->legend)
    printf ("\n%s\n",
            promises->len > 0 ? _ ("Your promises:") : _ ("No promise of yours is open."));
  if (promises->len > 0)
    print_promises (command, promises, now);
}

OncExit
onc_verb_mine (OncCommand *command, GError **error)
{
  static const OncField fields[] = {
    { "kind", "kind", "s" },
    { "due", "due", "x" },
    { NULL, NULL, NULL },
  };
  g_autoptr (OncTemplate) template = NULL;
  g_autoptr (GVariant) threads = NULL;
  g_autoptr (GPtrArray) questions = NULL;
  g_autoptr (GArray) promises = NULL;
  g_auto (GStrv) me = NULL;

  if (command->format != NULL)
    {
      template = onc_template_new (command->format, onc_dbus_thread_interface_info (), fields,
                                   error);
      if (template == NULL)
        return ONC_EXIT_FAILED;
    }
  if (!onc_command_connect (command, error))
    return ONC_EXIT_FAILED;
  me = onc_connection_get_me (command->connection, error);
  if (me != NULL)
    threads = onc_connection_list_open_threads (command->connection, error);
  if (threads == NULL)
    return ONC_EXIT_FAILED;

  sort_out (threads, (const char *const *) me, &questions, &promises);
  if (command->quiet)
    return ONC_EXIT_DONE;
  onc_command_start_pager (command);
  if (template != NULL)
    print_formatted (command, template, questions, promises);
  else if (command->json != ONC_JSON_OFF)
    print_json (command, questions, promises);
  else
    print_text (command, questions, promises);

  return ONC_EXIT_DONE;
}
