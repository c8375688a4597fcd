/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Threads, their messages and the emoji on them. */

#include "store-private.h"

#include "error.h"

#include <glib/gi18n.h>
#include <string.h>

/* A column's name in a list of columns, and in the list of what an UPSERT updates. */
#define NAMED(column)   ", " #column
#define UPDATED(column) ", " #column " = excluded." #column

/* The columns of a thread, in the order in which bind_thread() and read_thread() have them: its
 * key, what is in an index, and between and behind the latter what is in none. */
#define THREAD_DETAILS                                                                             \
  "asker, text, root_known, greeting, level, state, dismissed, reopened, lookers, categories"
#define THREAD_COURSE                                                                              \
  "first_response, last_activity, replies, alarm_base, alarm_told, alarm_kind, alarm_mute,"        \
  " snoozed, needed_set, needed_set_at, next_due, needed_by, needed_told_for, needed_told,"        \
  " silence_told, held, held_told"
#define THREAD_COLUMNS "team, channel, ts, number, live, " THREAD_DETAILS ", opened, " THREAD_COURSE

/* Their parameters, which the key's precede. */
#define THREAD_DETAILS_VALUES "?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15"
#define THREAD_COURSE_VALUES                                                                       \
  "?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33"
#define THREAD_UPDATES                                                                             \
  "(" THREAD_DETAILS ") = (" THREAD_DETAILS_VALUES "), (" THREAD_COURSE                            \
  ") = (" THREAD_COURSE_VALUES ")"

/* Returns: (transfer full): " UID:since:how UID:since:how ", so that both a whole word and the
 * beginning of one can be looked for. */
static char *
lookers_to_words (const OncThread *thread)
{
  GString *words = g_string_new (" ");

  for (guint i = 0; i < thread->lookers->len; i++)
    {
      const OncLooker *looker = g_ptr_array_index (thread->lookers, i);
      char since[24];

      /* Not g_string_append_printf(), which allocates: this is done for each event of a thread. */
      g_snprintf (since, sizeof since, ":%" G_GINT64_FORMAT ":", looker->since);
      g_string_append (words, looker->user);
      g_string_append (words, since);
      g_string_append (words, onc_look_to_string (looker->how));
      g_string_append_c (words, ' ');
    }

  return g_string_free (words, FALSE);
}

static void
lookers_from_words (OncThread *thread, const char *words)
{
  g_auto (GStrv) parts = g_strsplit (words, " ", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_auto (GStrv) fields = g_strsplit (parts[i], ":", 3);
      OncLook how;

      if (g_strv_length (fields) == 3 && onc_look_from_string (fields[2], &how))
        onc_thread_add_looker (thread, fields[0], g_ascii_strtoll (fields[1], NULL, 10), how);
    }
}

static char *
categories_to_words (const OncThread *thread)
{
  GString *words = g_string_new (" ");

  for (guint i = 0; i < thread->categories->len; i++)
    {
      g_string_append (words, g_ptr_array_index (thread->categories, i));
      g_string_append_c (words, ' ');
    }

  return g_string_free (words, FALSE);
}

static void
categories_from_words (OncThread *thread, const char *words)
{
  g_auto (GStrv) parts = g_strsplit (words, " ", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (*parts[i] != '\0')
        g_ptr_array_add (thread->categories, (gpointer) g_intern_string (parts[i]));
    }
}

/* Binds the thread's key to the first three parameters. */
static void
bind_key (OncStatement *statement, const OncThread *thread)
{
  onc_bind_text (statement, 1, thread->team);
  onc_bind_text (statement, 2, thread->channel);
  onc_bind_text (statement, 3, thread->ts);
}

static gboolean
save_promise (OncStore *self,
              const OncThread *thread,
              guint position,
              const OncPromise *promise,
              GError **error)
{
  g_autoptr (OncStatement) statement = onc_store_statement (
      self, ONC_STATEMENT_SAVE_PROMISE,
      "INSERT OR REPLACE INTO promise"
      " (team, channel, root_ts, position, ts, user, words, made, due, ended, state)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
      error);

  if (statement == NULL)
    return FALSE;
  bind_key (statement, thread);
  onc_bind_int (statement, 4, position);
  onc_bind_text (statement, 5, promise->ts);
  onc_bind_text (statement, 6, promise->by);
  onc_bind_text (statement, 7, promise->words != NULL ? promise->words : "");
  onc_bind_int (statement, 8, promise->made);
  onc_bind_int (statement, 9, promise->due);
  onc_bind_int (statement, 10, promise->ended);
  onc_bind_text (statement, 11, onc_promise_state_to_string (promise->state));

  return onc_store_run (self, statement, error);
}

/* Those that are no more go, the others are written anew. */
static gboolean
save_promises (OncStore *self, const OncThread *thread, GError **error)
{
  g_autoptr (OncStatement) statement = onc_store_statement (
      self, ONC_STATEMENT_CLEAR_PROMISES,
      "DELETE FROM promise WHERE team = ?1 AND channel = ?2 AND root_ts = ?3 AND position >= ?4",
      error);

  if (statement == NULL)
    return FALSE;
  bind_key (statement, thread);
  onc_bind_int (statement, 4, thread->promises->len);
  if (!onc_store_run (self, statement, error))
    return FALSE;
  for (guint i = 0; i < thread->promises->len; i++)
    {
      if (!save_promise (self, thread, i, g_ptr_array_index (thread->promises, i), error))
        return FALSE;
    }

  return TRUE;
}

static void
bind_thread (OncStatement *statement,
             const OncThread *thread,
             const char *lookers,
             const char *categories)
{
  bind_key (statement, thread);
  if (thread->number != 0)
    onc_bind_int (statement, 4, thread->number);
  onc_bind_int (statement, 5, thread->listed || !thread->root_known);
  onc_bind_text (statement, 6, thread->asker);
  onc_bind_text (statement, 7, thread->text);
  onc_bind_int (statement, 8, thread->root_known);
  onc_bind_int (statement, 9, thread->greeting);
  onc_bind_text (statement, 10, onc_level_to_string (thread->level));
  onc_bind_text (statement, 11, onc_state_to_string (thread->state));
  onc_bind_int (statement, 12, thread->dismissed);
  onc_bind_int (statement, 13, thread->reopened);
  onc_bind_text (statement, 14, lookers);
  onc_bind_text (statement, 15, categories);
  onc_bind_int (statement, 16, thread->opened);
  onc_bind_int (statement, 17, thread->first_response);
  onc_bind_int (statement, 18, thread->last_activity);
  onc_bind_int (statement, 19, thread->replies);
  onc_bind_int (statement, 20, thread->alarm_base);
  onc_bind_int (statement, 21, thread->alarm_told);
  onc_bind_text (statement, 22, onc_alert_to_string (thread->alarm_kind));
  onc_bind_int (statement, 23, thread->alarm_mute);
  onc_bind_int (statement, 24, thread->snoozed);
  onc_bind_int (statement, 25, thread->needed_set);
  onc_bind_int (statement, 26, thread->needed_set_at);
  onc_bind_int (statement, 27, thread->next_due);
  onc_bind_int (statement, 28, thread->needed_by);
  onc_bind_int (statement, 29, thread->needed_told_for);
  onc_bind_int (statement, 30, thread->needed_told);
  onc_bind_int (statement, 31, thread->silence_told);
  onc_bind_text (statement, 32, thread->held ? onc_alert_to_string (thread->held_kind) : "");
  onc_bind_int (statement, 33, thread->held_told);
}

gboolean
onc_store_save_thread (OncStore *self, const OncThread *thread, GError **error)
{
  g_autofree char *lookers = lookers_to_words (thread);
  g_autofree char *categories = categories_to_words (thread);
  g_autoptr (OncStatement) update = NULL;
  g_autoptr (OncStatement) insert = NULL;

  /* Most often nothing changes that is in an index; to write all of it anew would cost a page of
   * each index with every event. */
  update = onc_store_statement (self, ONC_STATEMENT_UPDATE_THREAD,
                                "UPDATE thread SET " THREAD_UPDATES
                                " WHERE team = ?1 AND channel = ?2 AND ts = ?3"
                                "  AND number IS ?4 AND live = ?5 AND opened = ?16",
                                error);
  if (update == NULL)
    return FALSE;
  bind_thread (update, thread, lookers, categories);
  if (!onc_store_run (self, update, error))
    return FALSE;
  if (sqlite3_changes (self->db) > 0)
    return save_promises (self, thread, error);

  insert = onc_store_statement (self, ONC_STATEMENT_SAVE_THREAD,
                                "INSERT INTO thread (" THREAD_COLUMNS ") VALUES"
                                " (?1, ?2, ?3, ?4, ?5, " THREAD_DETAILS_VALUES
                                ", ?16, " THREAD_COURSE_VALUES ")"
                                " ON CONFLICT (team, channel, ts) DO UPDATE SET"
                                " (number, live, opened) = (?4, ?5, ?16), " THREAD_UPDATES,
                                error);
  if (insert == NULL)
    return FALSE;
  bind_thread (insert, thread, lookers, categories);

  return onc_store_run (self, insert, error) && save_promises (self, thread, error);
}

/* A word that this version does not know was written by hand, or by a newer one. */
static gboolean
bad_word (OncStore *self, OncStatement *statement, int column, GError **error)
{
  g_set_error (error, ONC_ERROR, ONC_ERROR_FAILED, "%s: the %s '%s' is unknown", self->path,
               sqlite3_column_name (statement, column), onc_column_text (statement, column));
  return FALSE;
}

/* Reads the columns THREAD_COLUMNS. */
static OncThread *
read_thread (OncStore *self, OncStatement *statement, GError **error)
{
  g_autoptr (OncThread) thread = onc_thread_new (onc_column_text (statement, 0),
                                                 onc_column_text (statement, 1),
                                                 onc_column_text (statement, 2));

  thread->number = (guint32) sqlite3_column_int64 (statement, 3);
  thread->asker = onc_column_dup (statement, 5);
  g_free (thread->text);
  thread->text = g_strdup (onc_column_text (statement, 6));
  thread->root_known = sqlite3_column_int (statement, 7);
  thread->greeting = sqlite3_column_int (statement, 8);
  if (!onc_level_from_string (onc_column_text (statement, 9), &thread->level))
    {
      bad_word (self, statement, 9, error);
      return NULL;
    }
  if (!onc_state_from_string (onc_column_text (statement, 10), &thread->state))
    {
      bad_word (self, statement, 10, error);
      return NULL;
    }
  thread->dismissed = sqlite3_column_int64 (statement, 11);
  thread->reopened = sqlite3_column_int64 (statement, 12);
  lookers_from_words (thread, onc_column_text (statement, 13));
  categories_from_words (thread, onc_column_text (statement, 14));
  thread->opened = sqlite3_column_int64 (statement, 15);
  thread->first_response = sqlite3_column_int64 (statement, 16);
  thread->last_activity = sqlite3_column_int64 (statement, 17);
  thread->replies = (guint) sqlite3_column_int64 (statement, 18);
  thread->alarm_base = sqlite3_column_int64 (statement, 19);
  thread->alarm_told = (guint) sqlite3_column_int64 (statement, 20);
  if (!onc_alert_from_string (onc_column_text (statement, 21), &thread->alarm_kind))
    {
      bad_word (self, statement, 21, error);
      return NULL;
    }
  thread->alarm_mute = sqlite3_column_int (statement, 22);
  thread->snoozed = sqlite3_column_int64 (statement, 23);
  thread->needed_set = sqlite3_column_int64 (statement, 24);
  thread->needed_set_at = sqlite3_column_int64 (statement, 25);
  thread->next_due = sqlite3_column_int64 (statement, 26);
  thread->needed_by = sqlite3_column_int64 (statement, 27);
  thread->needed_told_for = sqlite3_column_int64 (statement, 28);
  thread->needed_told = (guint) sqlite3_column_int64 (statement, 29);
  thread->silence_told = sqlite3_column_int64 (statement, 30);
  thread->held = onc_alert_from_string (onc_column_text (statement, 31), &thread->held_kind);
  thread->held_told = sqlite3_column_int (statement, 32);

  return g_steal_pointer (&thread);
}

/* The columns of a message, in the order in which bind_message() has them. */
/* clang-format off */
#define MESSAGE_FIELDS(X)                                                                          \
  X (by_app) X (text) X (edited_ts) X (level) X (deleted) X (reading) X (due) X (due_by)           \
  X (words) X (revises) X (asks) X (speaks) X (told) X (cancelled)
/* clang-format on */
#define MESSAGE_COLUMNS "team, channel, root_ts, ts, user" MESSAGE_FIELDS (NAMED)

#define MESSAGE_VALUES                                                                             \
  "?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19"

static void
bind_message (OncStatement *statement,
              const OncThread *thread,
              const OncPost *post,
              const char *text)
{
  const OncSaid *said = &post->said;

  bind_key (statement, thread);
  onc_bind_text (statement, 4, post->ts);
  onc_bind_text (statement, 5, post->user);
  onc_bind_int (statement, 6, post->by_app);
  onc_bind_text (statement, 7, post->deleted ? "" : text);
  onc_bind_text (statement, 8, post->edited_ts);
  onc_bind_text (statement, 9, onc_level_to_string (post->level));
  onc_bind_int (statement, 10, post->deleted);
  onc_bind_text (statement, 11, onc_reading_kind_to_string (said->kind));
  onc_bind_int (statement, 12, said->due);
  onc_bind_text (statement, 13, said->by);
  onc_bind_text (statement, 14, post->deleted ? NULL : said->words);
  onc_bind_int (statement, 15, said->revises);
  onc_bind_int (statement, 16, said->asks);
  onc_bind_int (statement, 17, said->speaks);
  onc_bind_int (statement, 18, post->told);
  onc_bind_int (statement, 19, post->cancelled);
}

gboolean
onc_store_save_message (OncStore *self,
                        const OncThread *thread,
                        const OncMessage *message,
                        GError **error)
{
  const OncPost *post = onc_thread_find_post (thread, message->ts);
  g_autoptr (OncStatement) statement = onc_store_statement (
      self, ONC_STATEMENT_SAVE_MESSAGE,
      "INSERT INTO message (" MESSAGE_COLUMNS ") VALUES (" MESSAGE_VALUES ")"
      " ON CONFLICT (team, channel, root_ts, ts) DO UPDATE SET"
      " user = excluded.user" MESSAGE_FIELDS (UPDATED),
      error);

  g_return_val_if_fail (post != NULL, FALSE);
  if (statement == NULL)
    return FALSE;
  bind_message (statement, thread, post, message->text);

  return onc_store_run (self, statement, error);
}

gboolean
onc_store_save_post (OncStore *self, const OncThread *thread, const OncPost *post, GError **error)
{
  g_autoptr (OncStatement) statement = onc_store_statement (
      self, ONC_STATEMENT_SAVE_POST,
      "INSERT INTO message (" MESSAGE_COLUMNS ") VALUES (" MESSAGE_VALUES ")"
      " ON CONFLICT (team, channel, root_ts, ts) DO UPDATE SET"
      " level = excluded.level, deleted = excluded.deleted,"
      " told = excluded.told, cancelled = excluded.cancelled, words = excluded.words,"
      " text = CASE WHEN excluded.deleted THEN '' ELSE text END",
      error);

  if (statement == NULL)
    return FALSE;
  bind_message (statement, thread, post, "");

  return onc_store_run (self, statement, error);
}

gboolean
onc_store_save_reaction (OncStore *self,
                         const OncThread *thread,
                         const OncPost *post,
                         const OncReaction *reaction,
                         GError **error)
{
  g_autoptr (OncStatement) statement = onc_store_statement (
      self, ONC_STATEMENT_SAVE_REACTION,
      "INSERT OR REPLACE INTO reaction"
      " (team, channel, root_ts, ts, name, user, since, stamp, learnt, present)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
      error);

  if (statement == NULL)
    return FALSE;
  bind_key (statement, thread);
  onc_bind_text (statement, 4, post->ts);
  onc_bind_text (statement, 5, reaction->name);
  onc_bind_text (statement, 6, reaction->user);
  onc_bind_int (statement, 7, reaction->since);
  onc_bind_int (statement, 8, reaction->stamp);
  onc_bind_int (statement, 9, reaction->learnt);
  onc_bind_int (statement, 10, reaction->present);

  return onc_store_run (self, statement, error);
}

static gboolean
load_posts (OncStore *self, OncThread *thread, GError **error)
{
  g_autoptr (OncStatement) statement = onc_store_statement (
      self, ONC_STATEMENT_LOAD_POSTS,
      "SELECT ts, user, by_app, edited_ts, level, deleted, reading, due, due_by, words, revises,"
      " asks, speaks, told, cancelled FROM message"
      " WHERE team = ?1 AND channel = ?2 AND root_ts = ?3",
      error);
  int step;

  if (statement == NULL)
    return FALSE;
  bind_key (statement, thread);
  while ((step = onc_store_step (self, statement, error)) == SQLITE_ROW)
    {
      OncPost *post = onc_thread_ensure_post (thread, onc_column_text (statement, 0));

      if (sqlite3_column_type (statement, 1) != SQLITE_NULL)
        post->user = g_ref_string_new_intern (onc_column_text (statement, 1));
      post->by_app = sqlite3_column_int (statement, 2);
      post->edited_ts = onc_column_dup (statement, 3);
      post->deleted = sqlite3_column_int (statement, 5);
      if (!onc_level_from_string (onc_column_text (statement, 4), &post->level))
        return bad_word (self, statement, 4, error);
      if (!onc_reading_kind_from_string (onc_column_text (statement, 6), &post->said.kind))
        return bad_word (self, statement, 6, error);
      post->said.due = sqlite3_column_int64 (statement, 7);
      if (sqlite3_column_type (statement, 8) != SQLITE_NULL)
        post->said.by = g_ref_string_new_intern (onc_column_text (statement, 8));
      post->said.words = onc_column_dup (statement, 9);
      post->said.revises = (OncRevision) sqlite3_column_int (statement, 10);
      post->said.asks = (OncQuestion) sqlite3_column_int (statement, 11);
      post->said.speaks = sqlite3_column_int (statement, 12);
      post->told = (guint) sqlite3_column_int64 (statement, 13);
      post->cancelled = sqlite3_column_int64 (statement, 14);
    }

  return step == SQLITE_DONE;
}

static gboolean
load_reactions (OncStore *self, OncThread *thread, GError **error)
{
  g_autoptr (OncStatement) statement = onc_store_statement (
      self, ONC_STATEMENT_LOAD_REACTIONS,
      "SELECT ts, name, user, since, stamp, learnt, present FROM reaction"
      " WHERE team = ?1 AND channel = ?2 AND root_ts = ?3",
      error);
  int step;

  if (statement == NULL)
    return FALSE;
  bind_key (statement, thread);
  while ((step = onc_store_step (self, statement, error)) == SQLITE_ROW)
    {
      OncPost *post = onc_thread_ensure_post (thread, onc_column_text (statement, 0));
      OncReaction *reaction = onc_post_ensure_reaction (post, onc_column_text (statement, 1),
                                                        onc_column_text (statement, 2));

      reaction->since = sqlite3_column_int64 (statement, 3);
      reaction->stamp = sqlite3_column_int64 (statement, 4);
      reaction->learnt = sqlite3_column_int64 (statement, 5);
      reaction->present = sqlite3_column_int (statement, 6);
    }

  return step == SQLITE_DONE;
}

/* Fills in what a list shows without opening the posts. */
static gboolean
load_promises (OncStore *self, OncThread *thread, GError **error)
{
  g_autoptr (OncStatement) statement = onc_store_statement (
      self, ONC_STATEMENT_LOAD_PROMISES,
      "SELECT ts, user, words, made, due, ended, state FROM promise"
      " WHERE team = ?1 AND channel = ?2 AND root_ts = ?3 ORDER BY position",
      error);
  int step;

  if (statement == NULL)
    return FALSE;
  bind_key (statement, thread);
  while ((step = onc_store_step (self, statement, error)) == SQLITE_ROW)
    {
      OncPromise *promise = g_new0 (OncPromise, 1);

      promise->ts = onc_column_dup (statement, 0);
      promise->by = g_ref_string_new_intern (onc_column_text (statement, 1));
      promise->words = onc_column_dup (statement, 2);
      promise->made = sqlite3_column_int64 (statement, 3);
      promise->due = sqlite3_column_int64 (statement, 4);
      promise->ended = sqlite3_column_int64 (statement, 5);
      g_ptr_array_add (thread->promises, promise);
      if (!onc_promise_state_from_string (onc_column_text (statement, 6), &promise->state))
        return bad_word (self, statement, 6, error);
    }

  return step == SQLITE_DONE;
}

/* Reads all rows of @statement. Returns: (transfer full) (nullable). */
static GPtrArray *
read_threads (OncStore *self, OncStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) threads = g_ptr_array_new_with_free_func (
      (GDestroyNotify) onc_thread_unref);
  int step;

  while ((step = onc_store_step (self, statement, error)) == SQLITE_ROW)
    {
      OncThread *thread = read_thread (self, statement, error);

      if (thread == NULL)
        return NULL;
      g_ptr_array_add (threads, thread);
    }

  return step == SQLITE_DONE ? g_steal_pointer (&threads) : NULL;
}

static gboolean
load_details (OncStore *self, GPtrArray *threads, GError **error)
{
  for (guint i = 0; i < threads->len; i++)
    {
      OncThread *thread = g_ptr_array_index (threads, i);

      if (!load_posts (self, thread, error) || !load_reactions (self, thread, error) ||
          !load_promises (self, thread, error))
        return FALSE;
    }

  return TRUE;
}

GPtrArray *
onc_store_load_live (OncStore *self, GError **error)
{
  /* Without the plus, SQLite goes through all threads by number rather than to the live ones. */
  g_autoptr (OncStatement) statement = onc_store_statement (
      self, ONC_STATEMENT_LOAD_LIVE,
      "SELECT " THREAD_COLUMNS " FROM thread WHERE live ORDER BY +number", error);
  g_autoptr (GPtrArray) threads = NULL;

  if (statement == NULL)
    return NULL;
  threads = read_threads (self, statement, error);
  if (threads == NULL || !load_details (self, threads, error))
    return NULL;

  return g_steal_pointer (&threads);
}

/* Takes ownership of @statement's use. */
static OncThread *
load_one (OncStore *self, OncStatement *bound, const char *called, GError **error)
{
  g_autoptr (OncStatement) statement = bound;
  g_autoptr (GPtrArray) threads = read_threads (self, statement, error);

  if (threads == NULL || !load_details (self, threads, error))
    return NULL;
  if (threads->len == 0)
    {
      g_set_error (error, ONC_ERROR, ONC_ERROR_NOT_FOUND, _ ("There is no thread %s"), called);
      return NULL;
    }

  return onc_thread_ref (g_ptr_array_index (threads, 0));
}

OncThread *
onc_store_load_thread (
    OncStore *self, const char *team, const char *channel, const char *root_ts, GError **error)
{
  OncStatement *statement = onc_store_statement (
      self, ONC_STATEMENT_LOAD_THREAD,
      "SELECT " THREAD_COLUMNS " FROM thread WHERE team = ?1 AND channel = ?2 AND ts = ?3", error);
  g_autofree char *called = g_strdup_printf ("%s/%s", channel, root_ts);

  if (statement == NULL)
    return NULL;
  onc_bind_text (statement, 1, team);
  onc_bind_text (statement, 2, channel);
  onc_bind_text (statement, 3, root_ts);

  return load_one (self, statement, called, error);
}

OncThread *
onc_store_load_number (OncStore *self, guint32 number, GError **error)
{
  OncStatement *statement = onc_store_statement (
      self, ONC_STATEMENT_LOAD_NUMBER, "SELECT " THREAD_COLUMNS " FROM thread WHERE number = ?1",
      error);
  g_autofree char *called = g_strdup_printf ("%u", number);

  if (statement == NULL)
    return NULL;
  onc_bind_int (statement, 1, number);

  return load_one (self, statement, called, error);
}

char *
onc_store_find_root (
    OncStore *self, const char *team, const char *channel, const char *ts, GError **error)
{
  g_autoptr (OncStatement) statement = onc_store_statement (
      self, ONC_STATEMENT_FIND_ROOT,
      "SELECT root_ts FROM message WHERE team = ?1 AND channel = ?2 AND ts = ?3", error);

  if (statement == NULL)
    return NULL;
  onc_bind_text (statement, 1, team);
  onc_bind_text (statement, 2, channel);
  onc_bind_text (statement, 3, ts);

  return onc_store_step (self, statement, error) == SQLITE_ROW ? onc_column_dup (statement, 0)
                                                               : NULL;
}

/* Runs @sql with three parameters, and reads its one column. Returns: (transfer full). */
static GStrv
list_timestamps (OncStore *self,
                 OncStatementId slot,
                 const char *sql,
                 const char *team,
                 const char *channel,
                 const char *ts,
                 GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (OncStatement) statement = onc_store_statement (self, slot, sql, error);
  int step;

  if (statement == NULL)
    return NULL;
  onc_bind_text (statement, 1, team);
  onc_bind_text (statement, 2, channel);
  onc_bind_text (statement, 3, ts);
  while ((step = onc_store_step (self, statement, error)) == SQLITE_ROW)
    g_strv_builder_add (builder, onc_column_text (statement, 0));

  return step == SQLITE_DONE ? g_strv_builder_end (builder) : NULL;
}

GStrv
onc_store_list_roots (
    OncStore *self, const char *team, const char *channel, const char *oldest, GError **error)
{
  /* Timestamps have ten digits before the dot until the year 2286, so they sort as text. */
  return list_timestamps (self, ONC_STATEMENT_LIST_ROOTS,
                          "SELECT ts FROM message WHERE team = ?1 AND channel = ?2"
                          " AND root_ts >= ?3 AND ts = root_ts AND NOT deleted",
                          team, channel, oldest, error);
}

GStrv
onc_store_list_posts (
    OncStore *self, const char *team, const char *channel, const char *root_ts, GError **error)
{
  return list_timestamps (self, ONC_STATEMENT_LIST_POSTS,
                          "SELECT ts FROM message WHERE team = ?1 AND channel = ?2"
                          " AND root_ts = ?3 AND NOT deleted",
                          team, channel, root_ts, error);
}

guint32
onc_store_last_number (OncStore *self, GError **error)
{
  g_autoptr (OncStatement) statement = onc_store_statement (
      self, ONC_STATEMENT_LAST_NUMBER, "SELECT coalesce (max (number), 0) FROM thread", error);

  if (statement == NULL || onc_store_step (self, statement, error) != SQLITE_ROW)
    return 0;

  return (guint32) sqlite3_column_int64 (statement, 0);
}

GPtrArray *
onc_store_list_threads (OncStore *self, const OncThreadFilter *filter, GError **error)
{
  g_autoptr (GPtrArray) threads = NULL;
  g_autoptr (OncStatement) statement = onc_store_statement (
      self, ONC_STATEMENT_LIST_THREADS,
      "SELECT " THREAD_COLUMNS " FROM thread"
      " WHERE number IS NOT NULL AND opened >= ?1 AND opened < ?2"
      "  AND (?3 IS NULL OR instr (',' || ?3 || ',', ',' || state || ','))"
      "  AND (?4 IS NULL OR instr (',' || ?4 || ',', ',' || level || ','))"
      "  AND (?5 IS NULL OR channel = ?5)"
      "  AND (?6 IS NULL OR instr (categories, ' ' || ?6 || ' '))"
      "  AND (?7 IS NULL OR instr (lookers, ' ' || ?7 || ':'))"
      "  AND (?8 IS NULL OR asker = ?8)"
      "  AND (?9 IS NULL OR instr (lower (text), lower (?9)))"
      " ORDER BY opened DESC, number DESC LIMIT ?10 OFFSET ?11",
      error);

  if (statement == NULL)
    return NULL;
  onc_bind_int (statement, 1, filter->since);
  onc_bind_int (statement, 2, filter->until != 0 ? filter->until : G_MAXINT64);
  onc_bind_text (statement, 3, filter->states);
  onc_bind_text (statement, 4, filter->levels);
  onc_bind_text (statement, 5, filter->channel);
  onc_bind_text (statement, 6, filter->category);
  onc_bind_text (statement, 7, filter->looker);
  onc_bind_text (statement, 8, filter->asker);
  onc_bind_text (statement, 9, filter->text);
  /* A negative limit is none to SQLite. */
  onc_bind_int (statement, 10, filter->limit != 0 ? (gint64) filter->limit : -1);
  onc_bind_int (statement, 11, filter->offset);
  threads = read_threads (self, statement, error);
  for (guint i = 0; threads != NULL && i < threads->len; i++)
    {
      if (!load_promises (self, g_ptr_array_index (threads, i), error))
        return NULL;
    }

  return g_steal_pointer (&threads);
}
