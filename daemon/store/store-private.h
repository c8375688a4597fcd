/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the store's own files share: prepared statements, bound and read by name of their type. */

#pragma once

#include "store.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/* One slot for each statement that is kept prepared. */
typedef enum
{
  ONC_STATEMENT_BEGIN,
  ONC_STATEMENT_COMMIT,
  ONC_STATEMENT_ROLLBACK,
  ONC_STATEMENT_KNOWS_EVENT,
  ONC_STATEMENT_NOTE_EVENT,
  ONC_STATEMENT_FORGET_EVENTS,
  ONC_STATEMENT_FORGET_TEXTS,
  ONC_STATEMENT_FORGET_ROOTS,
  ONC_STATEMENT_FORGET_PROMISES,
  ONC_STATEMENT_UPDATE_THREAD,
  ONC_STATEMENT_SAVE_THREAD,
  ONC_STATEMENT_SAVE_MESSAGE,
  ONC_STATEMENT_SAVE_POST,
  ONC_STATEMENT_SAVE_REACTION,
  ONC_STATEMENT_CLEAR_PROMISES,
  ONC_STATEMENT_SAVE_PROMISE,
  ONC_STATEMENT_LOAD_PROMISES,
  ONC_STATEMENT_LOAD_LIVE,
  ONC_STATEMENT_LOAD_THREAD,
  ONC_STATEMENT_LOAD_NUMBER,
  ONC_STATEMENT_LOAD_POSTS,
  ONC_STATEMENT_LOAD_REACTIONS,
  ONC_STATEMENT_LIST_THREADS,
  ONC_STATEMENT_FIND_ROOT,
  ONC_STATEMENT_LIST_ROOTS,
  ONC_STATEMENT_LIST_POSTS,
  ONC_STATEMENT_LAST_NUMBER,
  ONC_STATEMENT_GET_FACT,
  ONC_STATEMENT_SET_FACT,
  ONC_STATEMENT_REMOVE_FACT,
  ONC_STATEMENT_ADD_WRITE,
  ONC_STATEMENT_SEND_WRITE,
  ONC_STATEMENT_REMOVE_WRITE,
  ONC_STATEMENT_LOAD_WRITES,
} OncStatementId;

#define ONC_N_STATEMENTS (ONC_STATEMENT_LOAD_WRITES + 1)

struct _OncStore
{
  char *path;                                 /* (owned) */
  sqlite3 *db;                                /* (owned) */
  sqlite3_stmt *statements[ONC_N_STATEMENTS]; /* (owned) (nullable) prepared at first use */
};

/* A statement in use: reset, with its bindings cleared, when it goes out of scope. */
typedef sqlite3_stmt OncStatement;
void onc_statement_done (OncStatement *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OncStatement, onc_statement_done)

/* Returns: (transfer full): the statement in slot @id, made from @sql at its first use. */
OncStatement *onc_store_statement (OncStore *self,
                                   OncStatementId id,
                                   const char *sql,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Runs a statement that gives no rows. */
gboolean
onc_store_run (OncStore *self, OncStatement *statement, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Steps to the next row. Returns: SQLITE_ROW, SQLITE_DONE at the end, or else with @error set. */
int onc_store_step (OncStore *self, OncStatement *statement, GError **error);

/* Sets @error to what SQLite says went wrong. Returns: FALSE. */
gboolean onc_store_fail (OncStore *self, GError **error);

/* Binding counts from 1, columns count from 0, as in SQLite. Text is not copied and has to outlive
 * the statement's use; NULL is bound as NULL. */
void onc_bind_text (OncStatement *statement, int index, const char *text);
void onc_bind_int (OncStatement *statement, int index, gint64 value);

/* Returns: (transfer none): valid until the next step; "" for NULL. */
const char *onc_column_text (OncStatement *statement, int column);
/* Returns: (transfer full) (nullable). */
char *onc_column_dup (OncStatement *statement, int column);

G_END_DECLS
