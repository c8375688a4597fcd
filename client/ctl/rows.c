/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "rows.h"

#include "dictionary.h"
#include "thread-view.h"

static void
row_clear (OncRow *self)
{
  g_variant_unref (self->thread);
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const OncRow *row_a = a;
  const OncRow *row_b = b;

  if (row_a->open != row_b->open)
    return row_a->open ? -1 : 1;
  if (row_a->open && row_a->urgency != row_b->urgency)
    return row_a->urgency > row_b->urgency ? -1 : 1;
  if (row_a->opened == row_b->opened)
    return 0;

  return (row_a->opened < row_b->opened) == row_a->open ? -1 : 1;
}

GArray *
onc_rows_new (GVariant *list)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (OncRow));
  GVariantIter iter;
  GVariant *thread;

  g_array_set_clear_func (rows, (GDestroyNotify) row_clear);
  g_variant_iter_init (&iter, list);
  while ((thread = g_variant_iter_next_value (&iter)) != NULL)
    {
      OncRow row = {
        .thread = thread,
        .open = onc_thread_view_is_open (thread),
        .urgency = onc_thread_view_urgency (onc_dictionary_get_string (thread, "Level")),
        .opened = onc_dictionary_get_time (thread, "Opened"),
      };

      g_array_append_val (rows, row);
    }
  g_array_sort (rows, compare_rows);

  return rows;
}
