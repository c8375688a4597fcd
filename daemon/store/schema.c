/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "schema.h"

/* Instants are microseconds since 1970 UTC, 0 for none; levels, states and the like are the words
 * that D-Bus uses, so that the file can be read by a person. */
static const char step_0[] =
    /* What a thread is, and what a list shows of it without opening its posts. `live`: belongs
     * into memory. `lookers` and `categories` are lists of words with a space around each. */
    "CREATE TABLE thread ("
    "  team TEXT NOT NULL, channel TEXT NOT NULL, ts TEXT NOT NULL,"
    "  number INTEGER UNIQUE, live INTEGER NOT NULL,"
    "  asker TEXT, text TEXT NOT NULL, root_known INTEGER NOT NULL, greeting INTEGER NOT NULL,"
    "  level TEXT NOT NULL, state TEXT NOT NULL,"
    "  dismissed INTEGER NOT NULL, reopened INTEGER NOT NULL, snoozed INTEGER NOT NULL,"
    "  needed_set INTEGER NOT NULL, needed_set_at INTEGER NOT NULL,"
    "  lookers TEXT NOT NULL, categories TEXT NOT NULL,"
    "  opened INTEGER NOT NULL, first_response INTEGER NOT NULL, last_activity INTEGER NOT NULL,"
    "  replies INTEGER NOT NULL, next_due INTEGER NOT NULL, needed_by INTEGER NOT NULL,"
    "  needed_told_for INTEGER NOT NULL, needed_told INTEGER NOT NULL,"
    "  silence_told INTEGER NOT NULL,"
    "  alarm_base INTEGER NOT NULL, alarm_told INTEGER NOT NULL, alarm_kind TEXT NOT NULL,"
    "  alarm_mute INTEGER NOT NULL,"
    "  held TEXT NOT NULL, held_told INTEGER NOT NULL,"
    "  PRIMARY KEY (team, channel, ts)"
    ") WITHOUT ROWID;"
    "CREATE INDEX thread_live ON thread (live) WHERE live;"
    "CREATE INDEX thread_opened ON thread (opened) WHERE number IS NOT NULL;"

    /* One row a message; those of a thread lie together. `reading` and what follows is what it
     * says of promises; `told` and `cancelled` are about the one that it makes. */
    "CREATE TABLE message ("
    "  team TEXT NOT NULL, channel TEXT NOT NULL, root_ts TEXT NOT NULL, ts TEXT NOT NULL,"
    "  user TEXT, by_app INTEGER NOT NULL, text TEXT NOT NULL, edited_ts TEXT,"
    "  level TEXT NOT NULL, deleted INTEGER NOT NULL,"
    "  reading TEXT NOT NULL, due INTEGER NOT NULL, due_by TEXT, words TEXT,"
    "  revises INTEGER NOT NULL, asks INTEGER NOT NULL, speaks INTEGER NOT NULL,"
    "  told INTEGER NOT NULL, cancelled INTEGER NOT NULL,"
    "  PRIMARY KEY (team, channel, root_ts, ts)"
    ") WITHOUT ROWID;"
    "CREATE INDEX message_ts ON message (team, channel, ts);"

    /* One person's emoji on one message, kept as a trace when it was taken off. */
    "CREATE TABLE reaction ("
    "  team TEXT NOT NULL, channel TEXT NOT NULL, root_ts TEXT NOT NULL, ts TEXT NOT NULL,"
    "  name TEXT NOT NULL, user TEXT NOT NULL,"
    "  since INTEGER NOT NULL, stamp INTEGER NOT NULL, learnt INTEGER NOT NULL,"
    "  present INTEGER NOT NULL,"
    "  PRIMARY KEY (team, channel, root_ts, ts, name, user)"
    ") WITHOUT ROWID;"

    /* What became of promised updates, for lists and reviews; follows from the messages. */
    "CREATE TABLE promise ("
    "  team TEXT NOT NULL, channel TEXT NOT NULL, root_ts TEXT NOT NULL, position INTEGER NOT NULL,"
    "  ts TEXT, user TEXT NOT NULL, words TEXT NOT NULL, made INTEGER NOT NULL,"
    "  due INTEGER NOT NULL, ended INTEGER NOT NULL, state TEXT NOT NULL,"
    "  PRIMARY KEY (team, channel, root_ts, position)"
    ") WITHOUT ROWID;"

    /* Keys of events that were taken in. */
    "CREATE TABLE event ("
    "  team TEXT NOT NULL, key TEXT NOT NULL, noted INTEGER NOT NULL,"
    "  PRIMARY KEY (team, key)"
    ") WITHOUT ROWID;"

    /* Writes to Slack that have not been confirmed, in order. */
    "CREATE TABLE outbox ("
    "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  team TEXT NOT NULL, channel TEXT NOT NULL, root_ts TEXT NOT NULL, user TEXT NOT NULL,"
    "  ts TEXT, reaction TEXT, adds INTEGER NOT NULL, text TEXT, due INTEGER NOT NULL,"
    "  created INTEGER NOT NULL, sent_after TEXT"
    ");"

    "CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;";

const char *const onc_schema_steps[] = { step_0 };
const guint onc_schema_n_steps = G_N_ELEMENTS (onc_schema_steps);
