/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "error.h"
#include "message.h"
#include "store.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct
{
  char *directory; /* (owned) */
  char *path;      /* (owned) of the database */
  OncStore *store; /* (owned) */
} Fixture;

static void
reopen (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->store, onc_store_close);
  fixture->store = onc_store_open (fixture->path, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  fixture->directory = g_dir_make_tmp ("oncalld-store-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->directory, "state", "oncalld.db", NULL);
  reopen (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *state = g_path_get_dirname (fixture->path);

  g_clear_pointer (&fixture->store, onc_store_close);
  g_chmod (state, 0700);
  g_unlink (fixture->path);
  /* A clean close leaves neither a log nor an index of it. */
  g_assert_cmpint (g_rmdir (state), ==, 0);
  g_assert_cmpint (g_rmdir (fixture->directory), ==, 0);
  g_free (fixture->path);
  g_free (fixture->directory);
}

static OncThread *
make_thread (guint32 number, const char *ts)
{
  OncThread *thread = onc_thread_new ("T1", "C1", ts);
  OncPost *root = onc_thread_ensure_post (thread, ts);
  OncReaction *eyes = onc_post_ensure_reaction (root, "eyes", "U2");
  OncPromise *promise = g_new0 (OncPromise, 1);

  thread->number = number;
  thread->root_known = TRUE;
  thread->listed = TRUE;
  thread->asker = g_strdup ("U1");
  g_free (thread->text);
  thread->text = g_strdup ("the Export's “total” is wrong");
  thread->level = ONC_LEVEL_URGENT;
  thread->state = ONC_STATE_LOOKING;
  thread->reopened = 3;
  thread->first_response = 5;
  thread->last_activity = 6;
  thread->alarm_base = 7;
  thread->alarm_told = 8;
  thread->alarm_kind = ONC_ALERT_RAISED;
  onc_thread_add_looker (thread, "U2", 5, ONC_LOOK_REACTION);
  g_ptr_array_add (thread->categories, (gpointer) g_intern_string ("bug"));
  root->user = g_ref_string_new_intern ("U1");
  root->level = ONC_LEVEL_URGENT;
  root->edited_ts = g_strdup ("9.9");
  root->said = (OncSaid){ .kind = ONC_READING_PROMISE,
                          .due = 90,
                          .by = g_ref_string_new_intern ("U3"),
                          .words = g_strdup ("by 3"),
                          .revises = ONC_REVISION_FULL,
                          .asks = ONC_QUESTION_ONLY,
                          .speaks = TRUE };
  root->told = 2;
  root->cancelled = 91;
  thread->snoozed = 10;
  thread->needed_set = 11;
  thread->needed_set_at = 12;
  thread->next_due = 90;
  thread->needed_by = 13;
  thread->needed_told_for = 14;
  thread->needed_told = 1;
  thread->silence_told = 15;
  thread->held = TRUE;
  thread->held_kind = ONC_ALERT_DEADLINE_NEAR;
  thread->held_told = TRUE;
  promise->ts = g_strdup (ts);
  promise->by = g_ref_string_new_intern ("U3");
  promise->words = g_strdup ("by 3");
  promise->made = 80;
  promise->due = 90;
  promise->ended = 95;
  promise->state = ONC_PROMISE_LATE;
  g_ptr_array_add (thread->promises, promise);
  eyes->present = TRUE;
  eyes->since = 5;
  eyes->stamp = 4;
  eyes->learnt = 9;
  return thread;
}

static OncMessage *
make_message (const char *root_ts, const char *ts, const char *text)
{
  OncMessage *message = onc_message_new ();

  message->team = g_strdup ("T1");
  message->channel = g_strdup ("C1");
  message->root_ts = g_strdup (root_ts);
  message->ts = g_strdup (ts);
  message->user = g_strdup ("U1");
  message->text = g_strdup (text);
  return message;
}

static void
save (OncStore *store, OncThread *thread)
{
  g_autoptr (OncMessage) message = make_message (thread->ts, thread->ts, thread->text);
  const OncPost *root = g_ptr_array_index (thread->posts, 0);
  g_autoptr (GError) error = NULL;

  g_assert_true (onc_store_begin (store, &error));
  g_assert_true (onc_store_save_thread (store, thread, &error));
  g_assert_true (onc_store_save_message (store, thread, message, &error));
  g_assert_true (onc_store_save_reaction (store, thread, root,
                                          g_ptr_array_index (root->reactions, 0), &error));
  g_assert_true (onc_store_commit (store, &error));
  g_assert_no_error (error);
}

static void
test_the_file_is_private (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *state = g_path_get_dirname (fixture->path);
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  g_autoptr (OncThread) thread = make_thread (1, "1.1");
  GStatBuf info;

  save (fixture->store, thread);
  g_assert_cmpint (g_stat (state, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (log, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

static void
assert_promises (const OncThread *thread)
{
  const OncPromise *promise;

  g_assert_cmpuint (thread->promises->len, ==, 1);
  promise = g_ptr_array_index (thread->promises, 0);
  g_assert_cmpstr (promise->by, ==, "U3");
  g_assert_cmpstr (promise->words, ==, "by 3");
  g_assert_cmpint (promise->made, ==, 80);
  g_assert_cmpint (promise->due, ==, 90);
  g_assert_cmpint (promise->ended, ==, 95);
  g_assert_cmpint (promise->state, ==, ONC_PROMISE_LATE);
}

static void
test_promises_that_are_no_more_go (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (OncThread) thread = make_thread (1, "1.1");
  g_autoptr (OncThread) back = NULL;
  g_autoptr (GPtrArray) listed = NULL;
  g_autoptr (GError) error = NULL;

  save (fixture->store, thread);
  listed = onc_store_list_threads (fixture->store, &(OncThreadFilter){ 0 }, &error);
  assert_promises (g_ptr_array_index (listed, 0));
  g_ptr_array_set_size (thread->promises, 0);
  g_assert_true (onc_store_save_thread (fixture->store, thread, &error));
  back = onc_store_load_number (fixture->store, 1, &error);
  g_assert_cmpuint (back->promises->len, ==, 0);
}

static void
test_a_thread_comes_back_as_it_was (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (OncThread) thread = make_thread (7, "1.1");
  g_autoptr (OncThread) back = NULL;
  g_autoptr (GError) error = NULL;
  const OncReaction *reaction;
  const OncPost *post;

  save (fixture->store, thread);
  reopen (fixture);
  back = onc_store_load_number (fixture->store, 7, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (back->team, ==, "T1");
  g_assert_cmpstr (back->channel, ==, "C1");
  g_assert_cmpstr (back->ts, ==, "1.1");
  g_assert_cmpstr (back->asker, ==, "U1");
  g_assert_cmpstr (back->text, ==, thread->text);
  g_assert_cmpint (back->level, ==, ONC_LEVEL_URGENT);
  g_assert_cmpint (back->state, ==, ONC_STATE_LOOKING);
  g_assert_cmpint (back->reopened, ==, 3);
  g_assert_cmpint (back->first_response, ==, 5);
  g_assert_cmpint (back->last_activity, ==, 6);
  g_assert_cmpint (back->alarm_base, ==, 7);
  g_assert_cmpint (back->alarm_told, ==, 8);
  g_assert_cmpint (back->alarm_kind, ==, ONC_ALERT_RAISED);
  g_assert_cmpint (back->lookers->len, ==, 1);
  g_assert_cmpstr (((OncLooker *) back->lookers->pdata[0])->user, ==, "U2");
  g_assert_cmpint (((OncLooker *) back->lookers->pdata[0])->since, ==, 5);
  g_assert_cmpstr (back->categories->pdata[0], ==, "bug");

  g_assert_cmpint (back->snoozed, ==, 10);
  g_assert_cmpint (back->needed_set, ==, 11);
  g_assert_cmpint (back->needed_set_at, ==, 12);
  g_assert_cmpint (back->next_due, ==, 90);
  g_assert_cmpint (back->needed_by, ==, 13);
  g_assert_cmpint (back->needed_told_for, ==, 14);
  g_assert_cmpuint (back->needed_told, ==, 1);
  g_assert_cmpint (back->silence_told, ==, 15);
  g_assert_true (back->held);
  g_assert_cmpint (back->held_kind, ==, ONC_ALERT_DEADLINE_NEAR);
  g_assert_true (back->held_told);
  assert_promises (back);

  g_assert_cmpint (back->posts->len, ==, 1);
  post = g_ptr_array_index (back->posts, 0);
  g_assert_cmpstr (post->user, ==, "U1");
  g_assert_cmpstr (post->edited_ts, ==, "9.9");
  g_assert_cmpint (post->level, ==, ONC_LEVEL_URGENT);
  g_assert_cmpint (post->said.kind, ==, ONC_READING_PROMISE);
  g_assert_cmpint (post->said.due, ==, 90);
  g_assert_cmpstr (post->said.by, ==, "U3");
  g_assert_cmpstr (post->said.words, ==, "by 3");
  g_assert_cmpint (post->said.revises, ==, ONC_REVISION_FULL);
  g_assert_cmpint (post->said.asks, ==, ONC_QUESTION_ONLY);
  g_assert_true (post->said.speaks);
  g_assert_cmpuint (post->told, ==, 2);
  g_assert_cmpint (post->cancelled, ==, 91);
  reaction = g_ptr_array_index (post->reactions, 0);
  g_assert_cmpstr (reaction->name, ==, "eyes");
  g_assert_cmpstr (reaction->user, ==, "U2");
  g_assert_cmpint (reaction->since, ==, 5);
  g_assert_cmpint (reaction->stamp, ==, 4);
  g_assert_cmpint (reaction->learnt, ==, 9);
  g_assert_true (reaction->present);
}

static void
test_an_unknown_thread_is_not_found (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (onc_store_load_number (fixture->store, 1, &error));
  g_assert_error (error, ONC_ERROR, ONC_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (onc_store_load_thread (fixture->store, "T1", "C1", "1.1", &error));
  g_assert_error (error, ONC_ERROR, ONC_ERROR_NOT_FOUND);
}

static void
test_only_live_threads_are_loaded_at_start (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (OncThread) open = make_thread (1, "1.1");
  g_autoptr (OncThread) closed = make_thread (2, "2.1");
  g_autoptr (OncThread) rootless = make_thread (0, "3.1");
  g_autoptr (GPtrArray) live = NULL;
  g_autoptr (GError) error = NULL;

  closed->listed = FALSE;
  closed->state = ONC_STATE_RESOLVED;
  rootless->listed = FALSE;
  rootless->root_known = FALSE;
  save (fixture->store, open);
  save (fixture->store, closed);
  save (fixture->store, rootless);
  live = onc_store_load_live (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpint (live->len, ==, 2);
  g_assert_cmpuint (((OncThread *) live->pdata[0])->number, ==, 0);
  g_assert_cmpuint (((OncThread *) live->pdata[1])->number, ==, 1);
  g_assert_cmpuint (onc_store_last_number (fixture->store, &error), ==, 2);
}

static gboolean
knows (Fixture *fixture, const char *team, const char *key)
{
  g_autoptr (GError) error = NULL;
  gboolean known = FALSE;

  g_assert_true (onc_store_knows_event (fixture->store, team, key, &known, &error));
  g_assert_no_error (error);
  return known;
}

static void
note (OncStore *store, const char *team, const char *key, OncInstant now)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (onc_store_note_event (store, team, key, now, &error));
  g_assert_no_error (error);
}

static void
test_an_event_is_known_once_it_was_noted (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (knows (fixture, "T1", "e:Ev1"));
  note (fixture->store, "T1", "e:Ev1", 10);
  note (fixture->store, "T1", "e:Ev1", 12);
  note (fixture->store, "T2", "e:Ev2", 11);
  g_assert_true (knows (fixture, "T1", "e:Ev1"));
  g_assert_false (knows (fixture, "T2", "e:Ev1"));
  g_assert_true (onc_store_forget_events (fixture->store, 11, &error));
  g_assert_false (knows (fixture, "T1", "e:Ev1"));
  g_assert_true (knows (fixture, "T2", "e:Ev2"));
}

static void
test_what_is_rolled_back_never_was (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (onc_store_begin (fixture->store, &error));
  note (fixture->store, "T1", "e:Ev1", 10);
  onc_store_rollback (fixture->store);
  g_assert_false (knows (fixture, "T1", "e:Ev1"));
}

static void
test_a_commit_survives_a_kill (Fixture *fixture, gconstpointer unused)
{
  int status;
  pid_t child;

  g_clear_pointer (&fixture->store, onc_store_close);
  child = fork ();
  if (child == 0)
    {
      OncStore *store = onc_store_open (fixture->path, NULL);

      if (onc_store_begin (store, NULL) && onc_store_note_event (store, "T1", "e:kept", 1, NULL) &&
          onc_store_commit (store, NULL) && onc_store_begin (store, NULL) &&
          onc_store_note_event (store, "T1", "e:lost", 1, NULL))
        kill (getpid (), SIGKILL);
      _exit (1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));

  reopen (fixture);
  g_assert_true (knows (fixture, "T1", "e:kept"));
  g_assert_false (knows (fixture, "T1", "e:lost"));
}

static gboolean
file_holds (const char *path, const char *text)
{
  g_autofree char *content = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  return memmem (content, length, text, strlen (text)) != NULL;
}

static void
test_a_deleted_message_loses_its_text_and_keeps_its_trace (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (OncThread) thread = make_thread (1, "1.1");
  OncPost *root = g_ptr_array_index (thread->posts, 0);
  g_autoptr (OncThread) back = NULL;
  g_autoptr (GError) error = NULL;

  save (fixture->store, thread);
  reopen (fixture);
  g_assert_true (file_holds (fixture->path, "Export's"));
  root->deleted = TRUE;
  g_free (thread->text);
  thread->text = g_strdup ("");
  g_assert_true (onc_store_save_post (fixture->store, thread, root, &error));
  g_assert_true (onc_store_save_thread (fixture->store, thread, &error));
  back = onc_store_load_number (fixture->store, 1, &error);
  g_assert_no_error (error);
  g_assert_true (((OncPost *) back->posts->pdata[0])->deleted);
  g_assert_cmpstr (((OncPost *) back->posts->pdata[0])->user, ==, "U1");
  reopen (fixture);
  g_assert_false (file_holds (fixture->path, "Export's"));
}

static void
test_a_message_leads_to_its_root (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (OncThread) thread = make_thread (1, "1.1");
  g_autoptr (OncMessage) reply = make_message ("1.1", "2.1", "looking");
  g_autofree char *root = NULL;
  g_autofree char *none = NULL;
  g_autoptr (GError) error = NULL;

  onc_thread_ensure_post (thread, "2.1");
  g_assert_true (onc_store_save_message (fixture->store, thread, reply, &error));
  root = onc_store_find_root (fixture->store, "T1", "C1", "2.1", &error);
  none = onc_store_find_root (fixture->store, "T1", "C1", "2.2", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (root, ==, "1.1");
  g_assert_null (none);
}

static void
test_known_messages_are_listed_but_the_deleted (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (OncThread) old = make_thread (1, "1000000001.1");
  g_autoptr (OncThread) thread = make_thread (2, "1000000002.1");
  g_autoptr (OncMessage) reply = make_message ("1000000002.1", "1000000003.1", "looking");
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) posts = NULL;
  g_auto (GStrv) roots = NULL;

  save (fixture->store, old);
  save (fixture->store, thread);
  onc_thread_ensure_post (thread, "1000000003.1");
  g_assert_true (onc_store_save_message (fixture->store, thread, reply, &error));
  roots = onc_store_list_roots (fixture->store, "T1", "C1", "1000000002.0", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (roots), ==, 1);
  g_assert_cmpstr (roots[0], ==, "1000000002.1");

  onc_thread_find_post (thread, "1000000002.1")->deleted = TRUE;
  g_assert_true (onc_store_save_post (fixture->store, thread,
                                      onc_thread_find_post (thread, "1000000002.1"), &error));
  posts = onc_store_list_posts (fixture->store, "T1", "C1", "1000000002.1", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (posts), ==, 1);
  g_assert_cmpstr (posts[0], ==, "1000000003.1");
}

static void
assert_listed (Fixture *fixture, OncThreadFilter filter, const char *expected)
{
  g_autoptr (GString) found = g_string_new (NULL);
  g_autoptr (GPtrArray) threads = NULL;
  g_autoptr (GError) error = NULL;

  threads = onc_store_list_threads (fixture->store, &filter, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < threads->len; i++)
    g_string_append_printf (found, "%u ", ((OncThread *) threads->pdata[i])->number);
  g_assert_cmpstr (g_strchomp (found->str), ==, expected);
}

static void
test_lists_are_filtered (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (OncThread) one = make_thread (1, "100.1");
  g_autoptr (OncThread) two = make_thread (2, "200.1");
  g_autoptr (OncThread) three = make_thread (3, "300.1");

  two->state = ONC_STATE_RESOLVED;
  two->level = ONC_LEVEL_QUESTION;
  g_ptr_array_set_size (two->lookers, 0);
  g_ptr_array_set_size (three->categories, 0);
  g_free (three->text);
  three->text = g_strdup ("100% of _it_");
  save (fixture->store, one);
  save (fixture->store, two);
  save (fixture->store, three);

  assert_listed (fixture, (OncThreadFilter){ 0 }, "3 2 1");
  assert_listed (fixture, (OncThreadFilter){ .limit = 1, .offset = 1 }, "2");
  assert_listed (fixture, (OncThreadFilter){ .states = "new,looking" }, "3 1");
  assert_listed (fixture, (OncThreadFilter){ .states = "resolved" }, "2");
  assert_listed (fixture, (OncThreadFilter){ .states = "look" }, "");
  assert_listed (fixture, (OncThreadFilter){ .levels = "urgent,emergency" }, "3 1");
  assert_listed (fixture, (OncThreadFilter){ .channel = "C2" }, "");
  assert_listed (fixture, (OncThreadFilter){ .category = "bug" }, "2 1");
  assert_listed (fixture, (OncThreadFilter){ .category = "bu" }, "");
  assert_listed (fixture, (OncThreadFilter){ .looker = "U2" }, "3 1");
  assert_listed (fixture, (OncThreadFilter){ .looker = "U" }, "");
  assert_listed (fixture, (OncThreadFilter){ .asker = "U1" }, "3 2 1");
  assert_listed (fixture, (OncThreadFilter){ .text = "EXPORT" }, "2 1");
  assert_listed (fixture, (OncThreadFilter){ .text = "%" }, "3");
  assert_listed (fixture, (OncThreadFilter){ .since = 200 * ONC_SECOND, .until = 300 * ONC_SECOND },
                 "2");
}

static void
test_the_outbox_keeps_its_order (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (OncWrite) react = onc_write_new ();
  g_autoptr (OncWrite) post = onc_write_new ();
  g_autoptr (GPtrArray) writes = NULL;
  g_autoptr (GError) error = NULL;
  const OncWrite *back;

  react->team = g_strdup ("T1");
  react->channel = g_strdup ("C1");
  react->root_ts = g_strdup ("1.1");
  react->user = g_strdup ("U1");
  react->ts = g_strdup ("1.1");
  react->reaction = g_strdup ("eyes");
  react->add = TRUE;
  react->created = 5;
  post->team = g_strdup ("T1");
  post->channel = g_strdup ("C1");
  post->root_ts = g_strdup ("1.1");
  post->user = g_strdup ("U1");
  post->text = g_strdup ("on it");
  post->due = 7;
  g_assert_true (onc_store_add_write (fixture->store, react, &error));
  g_assert_true (onc_store_add_write (fixture->store, post, &error));
  g_assert_true (onc_store_send_write (fixture->store, post, "2.5", &error));
  reopen (fixture);

  writes = onc_store_load_writes (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpint (writes->len, ==, 2);
  back = g_ptr_array_index (writes, 0);
  g_assert_cmpint (back->id, ==, react->id);
  g_assert_cmpstr (back->reaction, ==, "eyes");
  g_assert_true (back->add);
  g_assert_null (back->sent_after);
  g_assert_null (back->text);
  g_assert_cmpint (back->created, ==, 5);
  back = g_ptr_array_index (writes, 1);
  g_assert_cmpstr (back->text, ==, "on it");
  g_assert_cmpint (back->due, ==, 7);
  g_assert_null (back->ts);
  g_assert_cmpstr (back->sent_after, ==, "2.5");

  g_assert_true (onc_store_remove_write (fixture->store, react->id, &error));
  g_clear_pointer (&writes, g_ptr_array_unref);
  writes = onc_store_load_writes (fixture->store, &error);
  g_assert_cmpint (writes->len, ==, 1);
}

static void
test_facts_are_set_and_removed (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *value = NULL;

  g_assert_null (onc_store_get_fact (fixture->store, "watermark/T1/C1", &error));
  g_assert_no_error (error);
  g_assert_true (onc_store_set_fact (fixture->store, "watermark/T1/C1", "1.1", &error));
  g_assert_true (onc_store_set_fact (fixture->store, "watermark/T1/C1", "2.1", &error));
  value = onc_store_get_fact (fixture->store, "watermark/T1/C1", &error);
  g_assert_cmpstr (value, ==, "2.1");
  g_assert_true (onc_store_set_fact (fixture->store, "watermark/T1/C1", NULL, &error));
  g_assert_null (onc_store_get_fact (fixture->store, "watermark/T1/C1", &error));
}

/* Changes the database behind the store's back. */
static void
meddle (Fixture *fixture, const char *sql)
{
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (fixture->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static void
test_a_newer_schema_is_left_alone (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->store, onc_store_close);
  meddle (fixture, "PRAGMA user_version = 99");
  g_assert_null (onc_store_open (fixture->path, &error));
  g_assert_error (error, ONC_ERROR, ONC_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, fixture->path));
  g_assert_nonnull (strstr (error->message, "99"));
  meddle (fixture, "PRAGMA user_version = 1");
}

static void
test_an_unknown_word_is_an_error_that_names_it (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (OncThread) thread = make_thread (1, "1.1");
  g_autoptr (GError) error = NULL;

  save (fixture->store, thread);
  meddle (fixture, "UPDATE thread SET level = 'panic'");
  g_assert_null (onc_store_load_live (fixture->store, &error));
  g_assert_error (error, ONC_ERROR, ONC_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "level 'panic'"));
}

static void
test_a_file_that_is_no_database_is_an_error (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->store, onc_store_close);
  g_assert_true (
      g_file_set_contents (fixture->path, "this is a letter to my aunt ..........", -1, &error));
  g_assert_null (onc_store_open (fixture->path, &error));
  g_assert_error (error, ONC_STORE_ERROR, ONC_STORE_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, fixture->path));
}

static void
test_a_damaged_file_is_set_aside_and_what_can_be_is_salvaged (Fixture *fixture,
                                                              gconstpointer unused)
{
  g_autoptr (OncThread) thread = make_thread (1, "1.1");
  g_autoptr (OncWrite) write = onc_write_new ();
  g_autoptr (GPtrArray) writes = NULL;
  g_autofree char *aside = NULL;
  g_autoptr (GError) error = NULL;

  write->team = g_strdup ("T1");
  write->channel = g_strdup ("C1");
  write->root_ts = g_strdup ("1.1");
  write->user = g_strdup ("U1");
  write->text = g_strdup ("on it");
  save (fixture->store, thread);
  g_assert_true (onc_store_add_write (fixture->store, write, &error));
  g_clear_pointer (&fixture->store, onc_store_close);

  aside = onc_store_set_aside (fixture->path, 1772445600 * ONC_SECOND, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (aside, "oncalld.db.damaged-20260302T100000Z"));
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  reopen (fixture);
  g_assert_cmpuint (onc_store_last_number (fixture->store, &error), ==, 0);
  g_assert_cmpuint (onc_store_salvage (fixture->store, aside), ==, 1);
  writes = onc_store_load_writes (fixture->store, &error);
  g_assert_cmpuint (writes->len, ==, 1);
  g_assert_cmpstr (((OncWrite *) writes->pdata[0])->text, ==, "on it");

  g_assert_true (
      g_file_set_contents (aside, "now it is a letter ..........................", -1, &error));
  g_assert_cmpuint (onc_store_salvage (fixture->store, aside), ==, 0);
  g_assert_cmpint (g_unlink (aside), ==, 0);
}

static void
test_a_damaged_page_is_told_from_other_failures (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (OncThread) thread = make_thread (1, "1.1");
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;
  gsize length;

  save (fixture->store, thread);
  g_clear_pointer (&fixture->store, onc_store_close);
  g_assert_true (g_file_get_contents (fixture->path, &content, &length, &error));
  memset (content + 4096, 0xa5, length - 4096);
  g_assert_true (g_file_set_contents (fixture->path, content, (gssize) length, &error));
  fixture->store = onc_store_open (fixture->path, &error);
  if (fixture->store != NULL)
    g_assert_null (onc_store_load_live (fixture->store, &error));
  g_assert_error (error, ONC_STORE_ERROR, ONC_STORE_ERROR_DAMAGED);
}

static void
test_old_texts_are_forgotten_bit_by_bit (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (OncThread) open = make_thread (1, "1000000001.1");
  g_autoptr (OncThread) closed = make_thread (2, "1000000002.1");
  g_autoptr (OncThread) late = make_thread (3, "1000000009.1");
  g_autoptr (GError) error = NULL;
  g_autoptr (OncThread) back = NULL;
  guint wiped;

  closed->listed = FALSE;
  closed->state = ONC_STATE_RESOLVED;
  late->listed = FALSE;
  late->state = ONC_STATE_RESOLVED;
  save (fixture->store, open);
  save (fixture->store, closed);
  save (fixture->store, late);
  for (guint i = 0; i < 3; i++)
    {
      gboolean done = onc_store_forget_texts (fixture->store, 1000000005 * ONC_SECOND, 1, &wiped,
                                              &error);

      g_assert_no_error (error);
      g_assert_true (done);
      g_assert_cmpuint (wiped, ==, i < 2 ? 1 : 0);
    }
  for (guint32 number = 1; number <= 3; number++)
    {
      g_clear_pointer (&back, onc_thread_unref);
      back = onc_store_load_number (fixture->store, number, &error);
      g_assert_cmpstr (back->text, ==, number == 2 ? "" : open->text);
    }
}

static void
test_another_program_in_the_way_is_an_error_and_then_not (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (fixture->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_false (onc_store_begin (fixture->store, &error));
  g_assert_error (error, ONC_ERROR, ONC_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_cmpint (sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  g_assert_true (onc_store_begin (fixture->store, &error));
  g_assert_true (onc_store_commit (fixture->store, &error));
}

#define ADD(test) g_test_add ("/store/" #test, Fixture, NULL, set_up, test_##test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (the_file_is_private);
  ADD (a_thread_comes_back_as_it_was);
  ADD (promises_that_are_no_more_go);
  ADD (an_unknown_thread_is_not_found);
  ADD (only_live_threads_are_loaded_at_start);
  ADD (an_event_is_known_once_it_was_noted);
  ADD (what_is_rolled_back_never_was);
  ADD (a_commit_survives_a_kill);
  ADD (a_deleted_message_loses_its_text_and_keeps_its_trace);
  ADD (a_message_leads_to_its_root);
  ADD (known_messages_are_listed_but_the_deleted);
  ADD (lists_are_filtered);
  ADD (the_outbox_keeps_its_order);
  ADD (facts_are_set_and_removed);
  ADD (a_newer_schema_is_left_alone);
  ADD (an_unknown_word_is_an_error_that_names_it);
  ADD (a_file_that_is_no_database_is_an_error);
  ADD (a_damaged_file_is_set_aside_and_what_can_be_is_salvaged);
  ADD (a_damaged_page_is_told_from_other_failures);
  ADD (old_texts_are_forgotten_bit_by_bit);
  ADD (another_program_in_the_way_is_an_error_and_then_not);
  return g_test_run ();
}
