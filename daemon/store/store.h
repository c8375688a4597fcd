/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the daemon knows, on disk: threads, messages, emoji, keys of events that were taken in, and
 * writes to Slack that have not been confirmed. Every key begins with the team's ID.
 *
 * Functions that can fail return FALSE, NULL or 0 and set an ONC_ERROR_FAILED that names the file
 * and says what SQLite said. Between onc_store_begin() and onc_store_commit() nothing is on disk;
 * after a failed commit everything since the begin is undone. */

#pragma once

#include "thread.h"
#include "types.h"

G_BEGIN_DECLS

typedef struct _OncStore OncStore;

/* The one failure that is told from the others: the file is damaged, or is no database at all. */
typedef enum
{
  ONC_STORE_ERROR_DAMAGED,
} OncStoreError;

#define ONC_STORE_ERROR (onc_store_error_quark ())
GQuark onc_store_error_quark (void);

/* A write to Slack that waits for its answer. */
typedef struct
{
  gint64 id;      /* order of writing; given by the store */
  char *team;     /* (owned) */
  char *channel;  /* (owned) */
  char *root_ts;  /* (owned) */
  char *user;     /* (owned) in whose name */
  char *ts;       /* (owned) (nullable) the message to react to; NULL: a reply is posted */
  char *reaction; /* (owned) (nullable) */
  gboolean add;   /* put the reaction on, rather than take it off */
  char *text;     /* (owned) (nullable) of the reply, as Slack is to get it ... */
  OncInstant due; /* ... and with the span to this time, which it promises; 0: none */
  OncInstant created;
  /* (owned) (nullable) The thread's newest message that was known when this reply was first sent:
   * should Slack have taken it, then it is newer. NULL: it was never sent. */
  char *sent_after;
} OncWrite;

/* Returns: (transfer full): a write with nothing in it. */
OncWrite *onc_write_new (void);
void onc_write_free (OncWrite *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OncWrite, onc_write_free)

/* Opens the database at @path, with its directory and mode 0600, and brings its schema up to date.
 * Returns: (transfer full): NULL with @error. */
OncStore *onc_store_open (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void onc_store_close (OncStore *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OncStore, onc_store_close)

/* Moves a damaged database and the files beside it out of the way, to names that end in @now.
 * Returns: (transfer full): the database's new name; NULL with @error. */
char *
onc_store_set_aside (const char *path, OncInstant now, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Takes over what Slack does not know, as far as it can be read, from the damaged database at
 * @path: writes that were not sent. Returns: how many. */
guint onc_store_salvage (OncStore *self, const char *path);

/* Wipes the texts of messages written before @before, and gives free pages back to the disk; at
 * most @most messages a call. @wiped: (out): how many they were. */
gboolean
onc_store_forget_texts (OncStore *self, OncInstant before, guint most, guint *wiped, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* What is saved between the first and the second is in the file as a whole or, after a crash or the
 * third, not at all. */
gboolean onc_store_begin (OncStore *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean onc_store_commit (OncStore *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void onc_store_rollback (OncStore *self);

/* @known: (out): whether the event with @key was noted before. */
gboolean onc_store_knows_event (OncStore *self,
                                const char *team,
                                const char *key,
                                gboolean *known,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Notes that the event with @key was taken in at @now. Noting it again changes nothing. */
gboolean onc_store_note_event (OncStore *self,
                               const char *team,
                               const char *key,
                               OncInstant now,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Forgets keys noted before @before: Slack sends nothing that old again. */
gboolean onc_store_forget_events (OncStore *self,
                                  OncInstant before,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Saves @thread itself, without its posts. */
gboolean onc_store_save_thread (OncStore *self,
                                const OncThread *thread,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Saves @message, which is a post of @thread. */
gboolean onc_store_save_message (OncStore *self,
                                 const OncThread *thread,
                                 const OncMessage *message,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Saves what stays in memory of a post; the text of a deleted one is wiped. */
gboolean onc_store_save_post (OncStore *self,
                              const OncThread *thread,
                              const OncPost *post,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Saves @reaction, which is one to @post of @thread. */
gboolean onc_store_save_reaction (OncStore *self,
                                  const OncThread *thread,
                                  const OncPost *post,
                                  const OncReaction *reaction,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The threads that belong into memory: open items, and those whose root is still to be read.
 * Returns: (transfer full) (element-type OncThread). */
GPtrArray *onc_store_load_live (OncStore *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full): a thread with its posts; NULL with ONC_ERROR_NOT_FOUND where there is
 * none. */
OncThread *onc_store_load_thread (OncStore *self,
                                  const char *team,
                                  const char *channel,
                                  const char *root_ts,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
OncThread *
onc_store_load_number (OncStore *self, guint32 number, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What a list of threads is asked for. Zero or NULL: whatever. */
typedef struct
{
  const char *states; /* comma-separated words */
  const char *levels; /* the same */
  const char *channel;
  const char *category;
  const char *looker;
  const char *asker;
  const char *text; /* a part of the root's text, in any case */
  OncInstant since; /* opened at that instant or later */
  OncInstant until; /* opened before it */
  guint limit;
  guint offset;
} OncThreadFilter;

/* Items, open and closed, the newest first; with their promises and without their posts.
 * Returns: (transfer full) (element-type OncThread). */
GPtrArray *onc_store_list_threads (OncStore *self,
                                   const OncThreadFilter *filter,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full) (nullable): the ts of the root of the thread that holds the message;
 * NULL without an error where the message is not known. */
char *onc_store_find_root (OncStore *self,
                           const char *team,
                           const char *channel,
                           const char *ts,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The timestamps of messages that are known and not deleted: the first ones of threads in @channel
 * from @oldest on, and all of one thread, the first one included.
 * Returns: (transfer full). */
GStrv onc_store_list_roots (OncStore *self,
                            const char *team,
                            const char *channel,
                            const char *oldest,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
GStrv onc_store_list_posts (OncStore *self,
                            const char *team,
                            const char *channel,
                            const char *root_ts,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: the highest number ever given to an item; 0 before the first, or with @error. */
guint32 onc_store_last_number (OncStore *self, GError **error);

/* Small facts by name, such as "watermark/T1/C1". Setting NULL removes one.
 * Returns: (transfer full) (nullable): NULL without an error where there is none. */
char *
onc_store_get_fact (OncStore *self, const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean onc_store_set_fact (OncStore *self, const char *name, const char *value, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* Puts @write into the outbox and gives it its id. */
gboolean
onc_store_add_write (OncStore *self, OncWrite *write, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Notes that the reply is being sent, and sets its `sent_after` to @after. */
gboolean onc_store_send_write (OncStore *self, OncWrite *write, const char *after, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean
onc_store_remove_write (OncStore *self, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Returns: (transfer full) (element-type OncWrite): the outbox, oldest first. */
GPtrArray *onc_store_load_writes (OncStore *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
