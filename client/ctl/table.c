/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "table.h"

#include "text.h"

#include <glib/gi18n.h>

struct libscols_table *
onc_table_new (const OncCommand *command, const OncColumn *columns, gsize n_columns)
{
  struct libscols_table *table = scols_new_table ();

  scols_table_enable_noheadings (table, !command->legend);
  scols_table_enable_colors (table, command->colour);
  scols_table_set_termforce (table,
                             command->width > 0 ? SCOLS_TERMFORCE_ALWAYS : SCOLS_TERMFORCE_NEVER);
  if (command->width > 0)
    scols_table_set_termwidth (table, command->width);
  for (gsize i = 0; i < n_columns; i++)
    scols_table_new_column (table, _ (columns[i].heading), columns[i].width, columns[i].flags);

  return table;
}

void
onc_table_take_cell (struct libscols_line *line, guint column, char *text)
{
  g_autofree char *owned = text;
  g_autofree char *visible = onc_text_one_line (owned);

  scols_line_set_data (line, column, visible);
}
