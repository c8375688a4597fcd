/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Tables, as list prints them. */

#pragma once

#include "command.h"

#include <libsmartcols/libsmartcols.h>

G_BEGIN_DECLS

typedef struct
{
  const char *heading; /* to be translated */
  int flags;           /* SCOLS_FL_…; TRUNC: it may be cut where the terminal is too narrow */
} OncColumn;

/* Returns: (transfer full): a table without lines, for onc_table_print(). */
struct libscols_table *
onc_table_new (const OncCommand *command, const OncColumn *columns, gsize n_columns);

/* Sets a cell of @line to @text, made fit for a terminal. @text: (transfer full). */
void onc_table_take_cell (struct libscols_line *line, guint column, char *text);

/* Prints @table as the terminal and the person want it. @table: (transfer full). */
void onc_table_print (const OncCommand *command, struct libscols_table *table);

G_END_DECLS
