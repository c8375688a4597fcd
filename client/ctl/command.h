/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* One run of oncallctl: a verb, its options and arguments, and where its output goes. */

#pragma once

#include "connection.h"

G_BEGIN_DECLS

typedef enum
{
  ONC_JSON_OFF,
  ONC_JSON_SHORT,
  ONC_JSON_PRETTY,
} OncJsonMode;

typedef struct
{
  /* As the person wrote them */
  gboolean no_legend;
  gboolean no_pager;
  gboolean quiet;
  gboolean queue;
  gboolean all;
  gboolean mine;
  char *json_mode; /* (owned) (nullable) */
  char *level;     /* (owned) (nullable) */
  char *state;     /* (owned) (nullable) */
  char *tag;       /* (owned) (nullable) */
  char *since;     /* (owned) (nullable) */
  GStrv arguments; /* (owned) (nullable) what follows the verb */

  /* What becomes of it */
  OncJsonMode json;
  gboolean legend; /* headings and remarks are wanted */
  gboolean colour;
  guint width;                 /* of the terminal in columns; 0: standard output is none */
  GPid pager;                  /* 0: there is none */
  GDBusConnection *connection; /* (owned) (nullable) NULL until onc_command_connect() */
} OncCommand;

/* What only some verbs take: --json, --queue, list's own options. */
typedef enum
{
  ONC_VERB_JSON = 1 << 0,
  ONC_VERB_QUEUE = 1 << 1,
  ONC_VERB_LIST = 1 << 2,
} OncVerbFlags;

typedef struct
{
  const char *name;
  const char *arguments; /* (nullable) for the usage line */
  const char *summary;   /* one line, to be translated */
  OncVerbFlags flags;
  guint min_arguments;
  guint max_arguments;

  /* Does it. Returns: the exit code; where @error is set, that decides instead. */
  OncExit (*run) (OncCommand *command, GError **error);
} OncVerb;

void onc_command_clear (OncCommand *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OncCommand, onc_command_clear)

/* Looks at standard output: whether it is a terminal, how wide, and whether it gets colours. */
void onc_command_look_at_output (OncCommand *self);

/* Sends what is printed from now on through a pager, where it goes to a terminal and the person
 * has not said no. */
void onc_command_start_pager (OncCommand *self);

/* Closes standard output, and waits for the pager if there is one. Returns: FALSE where something
 * could not be written. */
gboolean onc_command_finish_output (OncCommand *self) G_GNUC_WARN_UNUSED_RESULT;

/* Connects to the bus, if that has not been done. Returns: FALSE with an error. */
gboolean onc_command_connect (OncCommand *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full): the path of the thread that the first argument names; NULL with an
 * error. Connects to the bus. */
char *onc_command_find_thread (OncCommand *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full): a{sv}, the properties of that thread; NULL with an error. */
GVariant *onc_command_read_thread (OncCommand *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
