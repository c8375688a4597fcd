/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The configuration: files over built-in defaults, read strictly. What is not known is an error,
 * and an error leaves whatever was in force before. */

#pragma once

#include "policy.h"
#include "types.h"

G_BEGIN_DECLS

typedef enum
{
  ONC_TRANSPORT_AUTO,
  ONC_TRANSPORT_SOCKET,
  ONC_TRANSPORT_POLL,
} OncTransport;

/* One setting in force. */
typedef struct
{
  char *group;  /* (owned) */
  char *key;    /* (owned) */
  char *value;  /* (owned) */
  char *origin; /* (owned) (nullable) the file; NULL: built in */
} OncSetting;

typedef struct
{
  /* [slack] */
  char *api_url; /* (owned) ends in a slash */
  OncTransport transport;
  OncSpan poll_interval;
  char *me;              /* (owned) (nullable) */
  char *user_token_file; /* (owned) (nullable) */
  char *app_token_file;  /* (owned) (nullable) */
  GStrv channels;        /* (owned) */

  /* [levels]: by level; that of a question is empty */
  GStrv tags[ONC_N_LEVELS]; /* (owned) */

  /* [people] */
  GStrv responders; /* (owned) */
  GStrv bots;       /* (owned) */

  /* [emoji] */
  GStrv claim;    /* (owned) at least one */
  GStrv resolved; /* (owned) at least one */

  /* [categories] */
  GHashTable *categories; /* (owned) emoji → category */

  /* [question], [urgent], [emergency] */
  OncTimings timings[ONC_N_LEVELS];

  /* [hours] */
  char *work;     /* (owned) as onc_hours_new_from_string() reads it */
  char *timezone; /* (owned) (nullable) an IANA name; NULL: the desktop's */
  char *quiet;    /* (owned) (nullable) as `work` */

  /* [notifications] */
  gboolean emergency_bypasses_dnd;
  gboolean urgent_bypasses_quiet;
  gboolean quieter_off_call;
  gboolean own_sound;
  gboolean private_popups;
  guint burst_popups;
  OncSpan burst_span;

  /* [hooks]: a program with its arguments, by kind */
  GStrv hooks[ONC_N_ALERTS]; /* (owned) each (nullable) */

  /* [history] */
  OncSpan backfill;
  OncSpan keep_texts; /* 0: for ever */

  GPtrArray *settings; /* (owned) of OncSetting, in the order of defaults.conf */
} OncConfig;

/* Reads @file, or where it is NULL the files of the XDG directories, over the defaults.
 * Returns: (transfer full): NULL with ONC_ERROR_CONFIG, whose message names the file, the group,
 * the key, and what is allowed there. */
OncConfig *onc_config_load (const char *file, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void onc_config_free (OncConfig *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OncConfig, onc_config_free)

/* Whether the value in force is from a file, and not built in. */
gboolean onc_config_is_own (const OncConfig *self, const char *group, const char *key);

G_END_DECLS
