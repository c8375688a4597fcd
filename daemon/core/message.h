/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* One Slack message as the core knows it: what a person wrote, when, where, and who has put which
 * emoji on it. Immutable once it has been handed on; shared by reference. */

#pragma once

#include "types.h"

G_BEGIN_DECLS

/* The people who put one emoji on a message, as one answer of Slack lists them. */
typedef struct
{
  char *name;  /* (owned) without colons, as Slack sent it */
  GStrv users; /* (owned) may be cut short by Slack: `count` is right */
  guint count; /* how many people, listed or not */
} OncReactionSet;

struct _OncMessage
{
  char *team;      /* (owned) */
  char *channel;   /* (owned) */
  char *ts;        /* (owned) Slack's identifier within the channel; a string, never a number */
  char *root_ts;   /* (owned) of the thread's first message; equals `ts` for that one */
  char *user;      /* (owned) (nullable) */
  char *bot;       /* (owned) (nullable) the bot's ID when an app wrote it, maybe for `user` */
  char *text;      /* (owned) as Slack sent it, with its escapes */
  GStrv mentions;  /* (owned) (nullable) IDs that only blocks or attachments name */
  char *edited_ts; /* (owned) (nullable) of the last edit by a person */
  GPtrArray *reactions;  /* (owned) (nullable) of OncReactionSet; NULL: this source does not say */
  char *latest_reply_ts; /* (owned) (nullable) only on a root message read from Slack */
  guint reply_count;     /* likewise */
};

/* Returns: (transfer full): an empty message with one reference, to be filled by its creator. */
OncMessage *onc_message_new (void);
OncMessage *onc_message_ref (OncMessage *self);
void onc_message_unref (OncMessage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OncMessage, onc_message_unref)

/* Whether @self is the first message of its thread. */
gboolean onc_message_is_root (const OncMessage *self);

/* Takes ownership of @name and @users. Returns: (transfer full). */
OncReactionSet *onc_reaction_set_new (char *name, GStrv users, guint count);
void onc_reaction_set_free (OncReactionSet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OncReactionSet, onc_reaction_set_free)

/* Compares two Slack timestamps as points in time: negative, zero or positive as strcmp() does.
 * They are compared as decimal strings, because a double cannot hold them. */
int onc_ts_compare (const char *a, const char *b);

/* Returns: the instant that @ts was made from (its first part is seconds since 1970 UTC), or 0
 * where @ts is NULL or not of the form DIGITS.DIGITS. For showing and scheduling, never as a key.
 */
OncInstant onc_ts_to_instant (const char *ts);

G_END_DECLS
