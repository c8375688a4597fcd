/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the session's own files share. Nobody else includes this. */

#pragma once

#include "catch-up.h"
#include "directory.h"
#include "poller.h"
#include "session.h"
#include "socket-mode.h"

G_BEGIN_DECLS

struct _OncSession
{
  GObject parent_instance;

  OncStore *store;         /* (unowned) */
  OncClock *clock;         /* (owned) */
  const OncConfig *config; /* (unowned) */
  OncPipeline *pipeline;   /* (unowned) (nullable) */
  OncHttp *http;           /* (owned) */
  OncWebApi *user_api;     /* (owned) */
  OncSocketMode *socket;   /* (owned) (nullable) NULL without an app-level token */
  OncDirectory *directory; /* (owned) */
  OncCatchUp *catch_up;    /* (owned) (nullable) once the team is known */
  OncPoller *poll;         /* (owned) */
  gboolean bot;            /* the token is a bot's */
  gboolean shared;         /* others' connections were seen, and something was missed */
  gboolean refused;        /* Slack will have no socket */
  gboolean blind;          /* there is none of the channels to be watched */
  GStrv problems;          /* (owned) (nullable) names of the configuration that mean nothing */

  gboolean started;
  gboolean unsure;           /* the connection that seems to stand may be dead */
  gboolean identified;       /* Slack has said who we are, since the start */
  gboolean ask_all;          /* it is to be asked for everything, not for the groups alone */
  gboolean read_next;        /* history is to be read when that is answered */
  GQueue refreshes;          /* of Refresh (owned), who wait for both */
  GCancellable *cancellable; /* (owned) (nullable) of the asking under way */
  guint ask_again;           /* source; 0: none */
  OncSpan ask_pause;         /* before it */
  guint read_again;          /* source: of the run that follows a failed one; 0: none */
  OncSpan read_pause;
  guint groups_source; /* of the reading of groups; 0: none */
  guint store_source;  /* of the storing of the roster; 0: none */

  char *denial;           /* (owned) (nullable) why Slack refuses the tokens */
  char *trouble;          /* (owned) (nullable) why not all is known that should be */
  OncInstant stale_since; /* since when something may have been missed; 0: nothing was */
  OncInstant last_event;  /* when something came from Slack last; 0: never */
  OncSpan lag;            /* how long the last event of the socket was under way */
  guint hurry;
};

G_END_DECLS
