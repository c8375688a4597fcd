/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "stored-history.h"

#include "store.h"
#include "workload.h"

/* Old enough not to be read from Slack again, and new enough to keep its texts. */
#define OLDEST   (50 * ONC_DAY)
#define NEWEST   (8 * ONC_DAY)
#define MESSAGES 3

/* @ok: what a function of the store has returned. */
static void
check (gboolean ok, const GError *error)
{
  if (!ok)
    g_error ("%s", error->message);
}

static void
save_message (OncStore *store, OncThread *thread, OncInstant when, guint user)
{
  g_autoptr (OncMessage) message = onc_message_new ();
  g_autoptr (GError) error = NULL;

  message->team = g_strdup (thread->team);
  message->channel = g_strdup (thread->channel);
  message->root_ts = g_strdup (thread->ts);
  message->ts = g_strdup_printf ("%" G_GINT64_FORMAT ".%06d", when / ONC_SECOND,
                                 (int) (when % ONC_SECOND));
  message->user = g_strdup_printf ("U%03u", user);
  message->text = g_strdup (thread->text);
  onc_thread_ensure_post (thread, message->ts)->user = g_ref_string_new_intern (message->user);
  check (onc_store_save_message (store, thread, message, &error), error);
}

static void
save_thread (OncStore *store, guint32 number, OncInstant opened)
{
  g_autofree char *ts = g_strdup_printf ("%" G_GINT64_FORMAT ".%06d", opened / ONC_SECOND,
                                         (int) (opened % ONC_SECOND));
  g_autoptr (OncThread) thread = onc_thread_new (WORKLOAD_TEAM, WORKLOAD_CHANNEL, ts);
  g_autoptr (GError) error = NULL;
  OncReaction *reaction;
  OncPost *root;

  thread->number = number;
  thread->asker = g_strdup_printf ("U%03u", number % WORKLOAD_USERS);
  g_free (thread->text);
  thread->text = g_strdup ("The export of the report is wrong again since noon: the second column "
                           "has the figures of last week, and the third is empty. Can somebody "
                           "have a look before the meeting at four, please?");
  thread->root_known = TRUE;
  thread->state = ONC_STATE_RESOLVED;
  thread->replies = MESSAGES - 1;
  thread->last_activity = opened + MESSAGES * ONC_MINUTE;
  check (onc_store_save_thread (store, thread, &error), error);
  for (guint i = 0; i < MESSAGES; i++)
    save_message (store, thread, opened + i * ONC_MINUTE, (number + i) % WORKLOAD_USERS);

  root = onc_thread_find_post (thread, ts);
  reaction = onc_post_ensure_reaction (root, "white_check_mark", "U001");
  reaction->since = reaction->stamp = reaction->learnt = thread->last_activity;
  reaction->present = TRUE;
  check (onc_store_save_reaction (store, thread, root, reaction, &error), error);
}

void
stored_history_write (const char *path, guint n_threads)
{
  OncInstant now = g_get_real_time ();
  g_autoptr (GError) error = NULL;
  g_autoptr (OncStore) store = onc_store_open (path, &error);

  check (store != NULL, error);
  check (onc_store_begin (store, &error), error);
  for (guint i = 0; i < n_threads; i++)
    save_thread (store, i + 1, now - OLDEST + (OLDEST - NEWEST) / n_threads * i);
  check (onc_store_commit (store, &error), error);
}
