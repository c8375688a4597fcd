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
  gboolean tsv;
  gboolean follow;
  gboolean waybar;
  gboolean i3blocks;
  gboolean polybar;
  gboolean genmon;
  gboolean interactive;
  char *json_mode;  /* (owned) (nullable) */
  char *color_mode; /* (owned) (nullable) */
  char *format;     /* (owned) (nullable) */
  char *level;      /* (owned) (nullable) */
  char *state;      /* (owned) (nullable) */
  char *tag;        /* (owned) (nullable) */
  char *since;      /* (owned) (nullable) */
  char *limit;      /* (owned) (nullable) */
  char *promise;    /* (owned) (nullable) */
  char *now;        /* (owned) (nullable) */
  char *timezone;   /* (owned) (nullable) */
  char *up_to;      /* (owned) (nullable) */
  GStrv arguments;  /* (owned) (nullable) what follows the verb */

  /* What becomes of it */
  OncJsonMode json;
  gboolean legend; /* headings and remarks are wanted */
  gboolean colour;
  guint width;                 /* of the terminal in columns; 0: standard output is none */
  GPid pager;                  /* 0: there is none */
  GDBusConnection *connection; /* (owned) (nullable) NULL until onc_command_connect() */
} OncCommand;

/* What only some verbs take: --json, --queue, and options of one verb's own. */
typedef enum
{
  ONC_VERB_JSON = 1 << 0,
  ONC_VERB_QUEUE = 1 << 1,
  ONC_VERB_LIST = 1 << 2,
  ONC_VERB_REPLY = 1 << 3,
  ONC_VERB_PARSE = 1 << 4,
  ONC_VERB_PAUSE = 1 << 5,
  ONC_VERB_FORMAT = 1 << 6,
  ONC_VERB_STATUS = 1 << 7,
  ONC_VERB_DEMO = 1 << 8,
  ONC_VERB_LINES = 1 << 9, /* prints JSON as an object on each line */
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

/* Returns: the path that the environment's @variable names; @installed where it names none. */
const char *onc_command_find_program (const char *variable, const char *installed);

/* Calls @method of the thread at @path, with @arguments (ending with NULL) before the options.
 * Returns: DONE, or PENDING where Slack has not confirmed it, which was said then; FAILED with an
 * error. */
OncExit onc_command_act (OncCommand *self,
                         const char *path,
                         const char *method,
                         const char *const *arguments,
                         GError **error);

/* The same for the thread that the first argument names. */
OncExit onc_command_find_and_act (OncCommand *self,
                                  const char *method,
                                  const char *const *arguments,
                                  GError **error);

/* Calls @method of the manager, which answers nothing, with @arguments (transfer floating).
 * Connects to the bus. Returns: DONE; FAILED with an error. */
OncExit onc_command_call_manager (OncCommand *self,
                                  const char *method,
                                  GVariant *arguments,
                                  GError **error);

/* Returns: (transfer full): the arguments from @first on as one, as if they had been quoted. */
char *onc_command_join_arguments (const OncCommand *self, guint first);

/* Says what is no error, on standard error. */
void onc_command_remark (const OncCommand *self, const char *message);

/* Returns: (transfer full): a{sv}, the properties of that thread; NULL with an error. */
GVariant *onc_command_read_thread (OncCommand *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
