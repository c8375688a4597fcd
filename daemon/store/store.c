/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "store-private.h"

#include "error.h"
#include "schema.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* How long SQLite waits by itself for a lock that another program holds. The main loop stands
 * still meanwhile, so it is short; the app tries again later. */
#define BUSY_TIMEOUT_MS 100

/* Pages of 4 KiB that SQLite keeps in memory, as far as they were ever read: what some hundred
 * threads need that people write in at the same time. With less, half of their pages are read anew.
 */
#define CACHE_PAGES "1000"

/* Pages of the log, 16 MB, after which the commit copies them into the database and waits for the
 * disk. SQLite's own 1000 are four commits of a flood; a page that many of them have changed is
 * copied once. */
#define LOG_PAGES "4000"

void
onc_statement_done (OncStatement *self)
{
  sqlite3_reset (self);
  sqlite3_clear_bindings (self);
}

GQuark
onc_store_error_quark (void)
{
  return g_quark_from_static_string ("onc-store-error-quark");
}

gboolean
onc_store_fail (OncStore *self, GError **error)
{
  /* The low byte is the primary result code. */
  int code = sqlite3_extended_errcode (self->db) & 0xff;
  gboolean damaged = code == SQLITE_CORRUPT || code == SQLITE_NOTADB;

  g_set_error (error, damaged ? ONC_STORE_ERROR : ONC_ERROR,
               damaged ? (int) ONC_STORE_ERROR_DAMAGED : (int) ONC_ERROR_FAILED, "%s: %s",
               self->path, sqlite3_errmsg (self->db));
  return FALSE;
}

OncStatement *
onc_store_statement (OncStore *self, OncStatementId id, const char *sql, GError **error)
{
  if (self->statements[id] == NULL &&
      sqlite3_prepare_v3 (self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &self->statements[id],
                          NULL) != SQLITE_OK)
    {
      onc_store_fail (self, error);
      return NULL;
    }

  return self->statements[id];
}

gboolean
onc_store_run (OncStore *self, OncStatement *statement, GError **error)
{
  if (sqlite3_step (statement) != SQLITE_DONE)
    return onc_store_fail (self, error);

  return TRUE;
}

int
onc_store_step (OncStore *self, OncStatement *statement, GError **error)
{
  int result = sqlite3_step (statement);

  if (result != SQLITE_ROW && result != SQLITE_DONE)
    onc_store_fail (self, error);

  return result;
}

void
onc_bind_text (OncStatement *statement, int index, const char *text)
{
  if (text != NULL)
    sqlite3_bind_text (statement, index, text, -1, SQLITE_STATIC);
}

void
onc_bind_int (OncStatement *statement, int index, gint64 value)
{
  sqlite3_bind_int64 (statement, index, value);
}

const char *
onc_column_text (OncStatement *statement, int column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  return text != NULL ? text : "";
}

char *
onc_column_dup (OncStatement *statement, int column)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, column));
}

static gboolean
execute (OncStore *self, const char *sql, GError **error)
{
  if (sqlite3_exec (self->db, sql, NULL, NULL, NULL) != SQLITE_OK)
    return onc_store_fail (self, error);

  return TRUE;
}

static gboolean
read_version (OncStore *self, guint *version, GError **error)
{
  g_autoptr (OncStatement) statement = NULL;
  gboolean found;

  if (sqlite3_prepare_v2 (self->db, "PRAGMA user_version", -1, &statement, NULL) != SQLITE_OK)
    return onc_store_fail (self, error);
  found = onc_store_step (self, statement, error) == SQLITE_ROW;
  if (found)
    *version = (guint) sqlite3_column_int (statement, 0);
  sqlite3_finalize (g_steal_pointer (&statement));

  return found;
}

/* Each step and its new version number are one transaction. */
static gboolean
migrate (OncStore *self, GError **error)
{
  guint version = 0;

  if (!read_version (self, &version, error))
    return FALSE;
  if (version > onc_schema_n_steps)
    {
      g_set_error (error, ONC_ERROR, ONC_ERROR_FAILED,
                   "%s: written by a newer oncalld (schema %u, this one knows %u); start that one, "
                   "or move the file away",
                   self->path, version, onc_schema_n_steps);
      return FALSE;
    }

  for (; version < onc_schema_n_steps; version++)
    {
      g_autofree char *sql = g_strdup_printf (
          "BEGIN IMMEDIATE; %s PRAGMA user_version = %u; COMMIT", onc_schema_steps[version],
          version + 1);

      if (!execute (self, sql, error))
        {
          sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
          g_prefix_error (error, "cannot bring the schema to version %u: ", version + 1);
          return FALSE;
        }
    }

  return TRUE;
}

/* Says what cannot be done with @path, and what to do about it. Returns: FALSE. */
static gboolean
refuse_path (const char *what, const char *path, GError **error)
{
  g_set_error (error, ONC_ERROR, ONC_ERROR_FAILED,
               "cannot %s %s: %s; make it writable, or keep the database elsewhere (see FILES in "
               "oncalld(8))",
               what, path, g_strerror (errno));

  return FALSE;
}

/* SQLite gives the mode of the database to the files beside it, so it is set before they exist. */
static gboolean
create_private (const char *path, GError **error)
{
  g_autofree char *directory = g_path_get_dirname (path);
  int fd;

  if (g_mkdir_with_parents (directory, 0700) != 0)
    return refuse_path ("make the directory", directory, error);
  if (g_access (directory, W_OK | X_OK) != 0)
    return refuse_path ("write to the directory", directory, error);
  fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    return refuse_path ("write to", path, error);
  if (fchmod (fd, 0600) != 0)
    {
      refuse_path ("protect", path, error);
      close (fd);
      return FALSE;
    }

  return g_close (fd, error);
}

OncStore *
onc_store_open (const char *path, GError **error)
{
  g_autoptr (OncStore) self = g_new0 (OncStore, 1);

  self->path = g_strdup (path);
  if (!create_private (path, error))
    return NULL;
  if (sqlite3_open_v2 (path, &self->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) !=
      SQLITE_OK)
    {
      onc_store_fail (self, error);
      return NULL;
    }
  sqlite3_extended_result_codes (self->db, 1);
  sqlite3_busy_timeout (self->db, BUSY_TIMEOUT_MS);

  /* What a person deletes in Slack is to be gone here, not only out of sight.
   * With a write-ahead log, NORMAL keeps every commit through a crash of the daemon, and the file
   * whole through a crash of the machine. auto_vacuum has to be chosen before the first table. */
  if (!execute (self,
                "PRAGMA auto_vacuum = INCREMENTAL;"
                "PRAGMA journal_mode = WAL;"
                "PRAGMA synchronous = NORMAL;"
                "PRAGMA secure_delete = ON;"
                "PRAGMA temp_store = MEMORY;"
                "PRAGMA cache_size = " CACHE_PAGES ";"
                "PRAGMA wal_autocheckpoint = " LOG_PAGES ";",
                error) ||
      !migrate (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
onc_store_close (OncStore *self)
{
  for (guint i = 0; i < ONC_N_STATEMENTS; i++)
    sqlite3_finalize (self->statements[i]);
  sqlite3_close (self->db);
  g_free (self->path);
  g_free (self);
}

char *
onc_store_set_aside (const char *path, OncInstant now, GError **error)
{
  static const char *const suffixes[] = { "-wal", "-shm", "" };
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (now / ONC_SECOND);
  g_autofree char *stamp = g_date_time_format (time, "%Y%m%dT%H%M%SZ");
  g_autofree char *aside = g_strdup_printf ("%s.damaged-%s", path, stamp);

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = g_strconcat (path, suffixes[i], NULL);
      g_autofree char *to = g_strconcat (aside, suffixes[i], NULL);

      if (g_rename (from, to) != 0 && errno != ENOENT)
        {
          g_set_error (error, ONC_ERROR, ONC_ERROR_FAILED, "cannot set %s aside: %s", from,
                       g_strerror (errno));
          return NULL;
        }
    }

  return g_steal_pointer (&aside);
}

guint
onc_store_salvage (OncStore *self, const char *path)
{
  static const char copy[] =
      "INSERT INTO outbox"
      " (team, channel, root_ts, user, ts, reaction, adds, text, due, created, sent_after)"
      " SELECT team, channel, root_ts, user, ts, reaction, adds, text, due, created, sent_after"
      " FROM damaged.outbox ORDER BY id";
  char *attach = sqlite3_mprintf ("ATTACH %Q AS damaged", path);
  guint salvaged = 0;

  /* Whatever goes wrong here was to be expected. */
  if (sqlite3_exec (self->db, attach, NULL, NULL, NULL) == SQLITE_OK)
    {
      if (sqlite3_exec (self->db, copy, NULL, NULL, NULL) == SQLITE_OK)
        salvaged = (guint) sqlite3_changes (self->db);
      sqlite3_exec (self->db, "DETACH damaged", NULL, NULL, NULL);
    }
  sqlite3_free (attach);

  return salvaged;
}

/* Runs a statement without parameters. */
static gboolean
run_plain (OncStore *self, OncStatementId id, const char *sql, GError **error)
{
  g_autoptr (OncStatement) statement = onc_store_statement (self, id, sql, error);

  return statement != NULL && onc_store_run (self, statement, error);
}

gboolean
onc_store_begin (OncStore *self, GError **error)
{
  return run_plain (self, ONC_STATEMENT_BEGIN, "BEGIN IMMEDIATE", error);
}

gboolean
onc_store_commit (OncStore *self, GError **error)
{
  if (run_plain (self, ONC_STATEMENT_COMMIT, "COMMIT", error))
    return TRUE;

  onc_store_rollback (self);
  return FALSE;
}

void
onc_store_rollback (OncStore *self)
{
  /* SQLite rolls back by itself after some errors; then there is nothing left to do. */
  if (sqlite3_get_autocommit (self->db) == 0)
    (void) !run_plain (self, ONC_STATEMENT_ROLLBACK, "ROLLBACK", NULL);
}

gboolean
onc_store_knows_event (
    OncStore *self, const char *team, const char *key, gboolean *known, GError **error)
{
  g_autoptr (OncStatement) statement = onc_store_statement (
      self, ONC_STATEMENT_KNOWS_EVENT, "SELECT 1 FROM event WHERE team = ?1 AND key = ?2", error);
  int step;

  if (statement == NULL)
    return FALSE;
  onc_bind_text (statement, 1, team);
  onc_bind_text (statement, 2, key);
  step = onc_store_step (self, statement, error);
  *known = step == SQLITE_ROW;

  return step == SQLITE_ROW || step == SQLITE_DONE;
}

gboolean
onc_store_note_event (
    OncStore *self, const char *team, const char *key, OncInstant now, GError **error)
{
  g_autoptr (OncStatement) statement = onc_store_statement (
      self, ONC_STATEMENT_NOTE_EVENT,
      "INSERT OR IGNORE INTO event (team, key, noted) VALUES (?1, ?2, ?3)", error);

  if (statement == NULL)
    return FALSE;
  onc_bind_text (statement, 1, team);
  onc_bind_text (statement, 2, key);
  onc_bind_int (statement, 3, now);

  return onc_store_run (self, statement, error);
}

gboolean
onc_store_forget_events (OncStore *self, OncInstant before, GError **error)
{
  g_autoptr (OncStatement) statement = onc_store_statement (
      self, ONC_STATEMENT_FORGET_EVENTS, "DELETE FROM event WHERE noted < ?1", error);

  if (statement == NULL)
    return FALSE;
  onc_bind_int (statement, 1, before);

  return onc_store_run (self, statement, error);
}

/* Runs @sql on what is older than @before. */
static gboolean
run_before (OncStore *self,
            OncStatementId slot,
            const char *sql,
            const char *before,
            guint most,
            GError **error)
{
  g_autoptr (OncStatement) statement = onc_store_statement (self, slot, sql, error);

  if (statement == NULL)
    return FALSE;
  onc_bind_text (statement, 1, before);
  onc_bind_int (statement, 2, most);

  return onc_store_run (self, statement, error);
}

gboolean
onc_store_forget_texts (OncStore *self, OncInstant before, guint most, guint *wiped, GError **error)
{
  g_autofree char *ts = g_strdup_printf ("%" G_GINT64_FORMAT ".000000", before / ONC_SECOND);

  /* Timestamps have ten digits before the dot until the year 2286, so they compare as text. An open
   * thread keeps its question. */
  if (!run_before (self, ONC_STATEMENT_FORGET_TEXTS,
                   "UPDATE message SET text = '', words = NULL"
                   " WHERE (team, channel, root_ts, ts) IN"
                   "  (SELECT team, channel, root_ts, ts FROM message"
                   "   WHERE ts < ?1 AND text != '' LIMIT ?2)",
                   ts, most, error))
    return FALSE;
  *wiped = (guint) sqlite3_changes (self->db);
  if (!run_before (self, ONC_STATEMENT_FORGET_ROOTS,
                   "UPDATE thread SET text = '' WHERE (team, channel, ts) IN"
                   "  (SELECT team, channel, ts FROM thread"
                   "   WHERE ts < ?1 AND text != '' AND NOT live LIMIT ?2)",
                   ts, most, error))
    return FALSE;
  if (!run_before (self, ONC_STATEMENT_FORGET_PROMISES,
                   "UPDATE promise SET words = '' WHERE (team, channel, root_ts, position) IN"
                   "  (SELECT team, channel, root_ts, position FROM promise"
                   "   WHERE ts < ?1 AND words != '' LIMIT ?2)",
                   ts, most, error))
    return FALSE;

  return execute (self, "PRAGMA incremental_vacuum (100)", error);
}

char *
onc_store_get_fact (OncStore *self, const char *name, GError **error)
{
  g_autoptr (OncStatement) statement = onc_store_statement (
      self, ONC_STATEMENT_GET_FACT, "SELECT value FROM fact WHERE name = ?1", error);

  if (statement == NULL)
    return NULL;
  onc_bind_text (statement, 1, name);

  return onc_store_step (self, statement, error) == SQLITE_ROW ? onc_column_dup (statement, 0)
                                                               : NULL;
}

gboolean
onc_store_set_fact (OncStore *self, const char *name, const char *value, GError **error)
{
  g_autoptr (OncStatement) statement =
      value != NULL
          ? onc_store_statement (self, ONC_STATEMENT_SET_FACT,
                                 "INSERT OR REPLACE INTO fact (name, value) VALUES (?1, ?2)", error)
          : onc_store_statement (self, ONC_STATEMENT_REMOVE_FACT,
                                 "DELETE FROM fact WHERE name = ?1", error);

  if (statement == NULL)
    return FALSE;
  onc_bind_text (statement, 1, name);
  if (value != NULL)
    onc_bind_text (statement, 2, value);

  return onc_store_run (self, statement, error);
}
