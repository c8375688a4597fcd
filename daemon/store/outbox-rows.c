/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The outbox: what Slack is to be told, until it has answered. */

#include "store-private.h"

OncWrite *
onc_write_new (void)
{
  return g_new0 (OncWrite, 1);
}

void
onc_write_free (OncWrite *self)
{
  g_free (self->team);
  g_free (self->channel);
  g_free (self->root_ts);
  g_free (self->user);
  g_free (self->ts);
  g_free (self->reaction);
  g_free (self->text);
  g_free (self->sent_after);
  g_free (self);
}

gboolean
onc_store_add_write (OncStore *self, OncWrite *write, GError **error)
{
  g_autoptr (OncStatement) statement = onc_store_statement (
      self, ONC_STATEMENT_ADD_WRITE,
      "INSERT INTO outbox"
      " (team, channel, root_ts, user, ts, reaction, adds, text, due, created, sent_after)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
      error);

  if (statement == NULL)
    return FALSE;
  onc_bind_text (statement, 1, write->team);
  onc_bind_text (statement, 2, write->channel);
  onc_bind_text (statement, 3, write->root_ts);
  onc_bind_text (statement, 4, write->user);
  onc_bind_text (statement, 5, write->ts);
  onc_bind_text (statement, 6, write->reaction);
  onc_bind_int (statement, 7, write->add);
  onc_bind_text (statement, 8, write->text);
  onc_bind_int (statement, 9, write->due);
  onc_bind_int (statement, 10, write->created);
  onc_bind_text (statement, 11, write->sent_after);
  if (!onc_store_run (self, statement, error))
    return FALSE;
  write->id = sqlite3_last_insert_rowid (self->db);

  return TRUE;
}

gboolean
onc_store_send_write (OncStore *self, OncWrite *write, const char *after, GError **error)
{
  g_autoptr (OncStatement) statement = onc_store_statement (
      self, ONC_STATEMENT_SEND_WRITE, "UPDATE outbox SET sent_after = ?2 WHERE id = ?1", error);

  if (statement == NULL)
    return FALSE;
  onc_bind_int (statement, 1, write->id);
  onc_bind_text (statement, 2, after);
  if (!onc_store_run (self, statement, error))
    return FALSE;
  g_free (write->sent_after);
  write->sent_after = g_strdup (after);

  return TRUE;
}

gboolean
onc_store_remove_write (OncStore *self, gint64 id, GError **error)
{
  g_autoptr (OncStatement) statement = onc_store_statement (
      self, ONC_STATEMENT_REMOVE_WRITE, "DELETE FROM outbox WHERE id = ?1", error);

  if (statement == NULL)
    return FALSE;
  onc_bind_int (statement, 1, id);

  return onc_store_run (self, statement, error);
}

GPtrArray *
onc_store_load_writes (OncStore *self, GError **error)
{
  g_autoptr (GPtrArray) writes = g_ptr_array_new_with_free_func ((GDestroyNotify) onc_write_free);
  g_autoptr (OncStatement) statement = onc_store_statement (
      self, ONC_STATEMENT_LOAD_WRITES,
      "SELECT id, team, channel, root_ts, user, ts, reaction, adds, text, due, created, sent_after"
      " FROM outbox ORDER BY id",
      error);
  int step;

  if (statement == NULL)
    return NULL;
  while ((step = onc_store_step (self, statement, error)) == SQLITE_ROW)
    {
      OncWrite *write = onc_write_new ();

      write->id = sqlite3_column_int64 (statement, 0);
      write->team = onc_column_dup (statement, 1);
      write->channel = onc_column_dup (statement, 2);
      write->root_ts = onc_column_dup (statement, 3);
      write->user = onc_column_dup (statement, 4);
      write->ts = onc_column_dup (statement, 5);
      write->reaction = onc_column_dup (statement, 6);
      write->add = sqlite3_column_int (statement, 7);
      write->text = onc_column_dup (statement, 8);
      write->due = sqlite3_column_int64 (statement, 9);
      write->created = sqlite3_column_int64 (statement, 10);
      write->sent_after = onc_column_dup (statement, 11);
      g_ptr_array_add (writes, write);
    }

  return step == SQLITE_DONE ? g_steal_pointer (&writes) : NULL;
}
