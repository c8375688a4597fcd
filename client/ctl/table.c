/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "table.h"

#include "text.h"

#include <glib/gi18n.h>

/* A column is cut no further than to this many columns of the terminal: a beginning, and the sign
 * that it is one. */
#define LEAST_WIDTH 6

struct libscols_table *
onc_table_new (const OncCommand *command, const OncColumn *columns, gsize n_columns)
{
  struct libscols_table *table = scols_new_table ();

  scols_table_enable_noheadings (table, !command->legend);
  /* What a terminal must not be sent is not in it, and an emoji of next year is shown as it is. */
  scols_table_enable_noencoding (table, TRUE);
  scols_table_enable_colors (table, command->colour);
  scols_table_set_termforce (table,
                             command->width > 0 ? SCOLS_TERMFORCE_ALWAYS : SCOLS_TERMFORCE_NEVER);
  if (command->width > 0)
    scols_table_set_termwidth (table, command->width);
  for (gsize i = 0; i < n_columns; i++)
    scols_table_new_column (table, _ (columns[i].heading), 0, columns[i].flags);

  return table;
}

void
onc_table_take_cell (struct libscols_line *line, guint column, char *text)
{
  g_autofree char *owned = text;
  g_autofree char *visible = onc_text_one_line (owned);

  scols_line_set_data (line, column, visible);
}

/* How wide a column would like to be, and has to be. */
typedef struct
{
  struct libscols_column *column; /* (unowned) */
  guint widest;                   /* of the cells and the heading */
  guint least;
  gboolean shown;
} Width;

/* Calls @callback for each line. scols_table_get_line() would begin at the first each time. */
static void
for_each_line (struct libscols_table *table,
               void (*callback) (struct libscols_line *line, Width *widths, gsize n_widths),
               Width *widths,
               gsize n_widths)
{
  struct libscols_iter *iter = scols_new_iter (SCOLS_ITER_FORWARD);
  struct libscols_line *line;

  while (scols_table_next_line (table, iter, &line) == 0)
    callback (line, widths, n_widths);
  scols_free_iter (iter);
}

static void
measure_line (struct libscols_line *line, Width *widths, gsize n_widths)
{
  for (gsize i = 0; i < n_widths; i++)
    {
      const char *text = scols_line_get_column_data (line, widths[i].column);

      widths[i].widest = MAX (widths[i].widest, text != NULL ? onc_text_width (text) : 0);
    }
}

static void
measure (struct libscols_table *table, Width *widths, gsize n_widths)
{
  for (gsize i = 0; i < n_widths; i++)
    {
      struct libscols_column *column = scols_table_get_column (table, i);
      /* It counts for libsmartcols even where it is not shown. */
      guint heading = onc_text_width (scols_cell_get_data (scols_column_get_header (column)));

      widths[i] = (Width){ .column = column,
                           .widest = heading,
                           .least = MAX (heading, LEAST_WIDTH),
                           .shown = !scols_column_is_hidden (column) };
    }
  for_each_line (table, measure_line, widths, n_widths);
  for (gsize i = 0; i < n_widths; i++)
    {
      if ((scols_column_get_flags (widths[i].column) & SCOLS_FL_TRUNC) == 0)
        widths[i].least = widths[i].widest;
      widths[i].least = MIN (widths[i].least, widths[i].widest);
    }
}

/* Returns: how wide a table of @widths is when what can be cut is cut to @most. */
static guint
table_width (const Width *widths, gsize n_widths, guint most)
{
  guint sum = 0;

  for (gsize i = 0; i < n_widths; i++)
    {
      /* With a space before all but the first */
      if (widths[i].shown)
        sum += MAX (widths[i].least, MIN (widths[i].widest, most)) + (sum > 0 ? 1 : 0);
    }

  return sum;
}

static void
cut_cell (struct libscols_cell *cell, guint most)
{
  const char *text = scols_cell_get_data (cell);
  g_autofree char *shortened = text != NULL ? onc_text_shorten (text, most) : NULL;

  scols_cell_set_data (cell, shortened);
}

/* Cuts each cell of @line to the least width of its column. */
static void
cut_line (struct libscols_line *line, Width *widths, gsize n_widths)
{
  for (gsize i = 0; i < n_widths; i++)
    {
      if (widths[i].least < widths[i].widest)
        cut_cell (scols_line_get_column_cell (line, widths[i].column), widths[i].least);
    }
}

/* Returns: the most that a column of @widths may have, no less than @least, for the table to have
 * @width. */
static guint
find_most (const Width *widths, gsize n_widths, guint least, guint width)
{
  guint most = width;

  while (most > least && table_width (widths, n_widths, most) > width)
    most--;

  return most;
}

/* libsmartcols would take from every column that can be cut, and leave no sign of it. Here the
 * widest give way, so that a long text costs no name its end, and "…" tells that there is more. */
static void
fit (struct libscols_table *table, guint width)
{
  gsize n_widths = scols_table_get_ncols (table);
  g_autofree Width *widths = g_new (Width, n_widths);
  guint most;

  measure (table, widths, n_widths);
  most = find_most (widths, n_widths, LEAST_WIDTH, width);
  if (table_width (widths, n_widths, most) > width)
    {
      /* No column is spared. */
      for (gsize i = 0; i < n_widths; i++)
        widths[i].least = 0;
      most = find_most (widths, n_widths, 1, width);
    }

  for (gsize i = 0; i < n_widths; i++)
    {
      widths[i].least = MAX (widths[i].least, most);
      if (widths[i].least < widths[i].widest)
        cut_cell (scols_column_get_header (widths[i].column), widths[i].least);
    }
  for_each_line (table, cut_line, widths, n_widths);
}

void
onc_table_print (const OncCommand *command, struct libscols_table *table)
{
  if (command->width > 0)
    fit (table, command->width);
  scols_print_table (table);
  scols_unref_table (table);
}
