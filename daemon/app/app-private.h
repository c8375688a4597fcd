/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the app's own files share. Nobody else includes this. */

#pragma once

#include "app.h"
#include "bus.h"
#include "hooks.h"
#include "housekeeper.h"
#include "notifier.h"
#include "outbox.h"
#include "pipeline.h"
#include "policy-builder.h"
#include "quiet.h"
#include "session.h"
#include "surroundings.h"
#include "tokens.h"

G_BEGIN_DECLS

struct _OncApp
{
  GObject parent_instance;

  char *config_file; /* (owned) (nullable) */
  char *ca_file;     /* (owned) (nullable) */
  char *credentials; /* (owned) (nullable) */
  guint hurry;       /* see OncAppOptions */
  gboolean short_lives;

  GDBusConnection *connection;   /* (owned) the session bus */
  OncConfig *config;             /* (owned) */
  OncPolicy *policy;             /* (owned) what the configuration means */
  OncTokens *tokens;             /* (owned) */
  char *tokens_trouble;          /* (owned) (nullable) why there are none */
  OncClock *clock;               /* (owned) */
  OncStore *store;               /* (owned) */
  OncHousekeeper *housekeeper;   /* (owned) */
  OncHooks *hooks;               /* (owned) */
  OncPipeline *pipeline;         /* (owned) */
  OncOutbox *outbox;             /* (owned) */
  OncSession *session;           /* (owned) (nullable) NULL without tokens */
  OncNotifier *notifier;         /* (owned) */
  OncBus *bus;                   /* (owned) */
  OncSurroundings *surroundings; /* (owned) (nullable) until it is started */
  OncQuiet *quiet;               /* (owned) (nullable) until it is started */
  char *store_path;              /* (owned) */
  char *store_trouble;           /* (owned) (nullable) why nothing can be saved */
  char *status;                  /* (owned) (nullable) what systemd was told last */
  gboolean others_turn;          /* it is known who is on call, and it is not this person */
  gboolean bot_told;             /* the person knows that a bot's token writes as a bot */
  gboolean store_damaged;        /* the file is to be set aside at the end */
  OncLink link;                  /* as it was told last */
  gboolean published;            /* the bus was told of all that was loaded */
};

/* app-naming.c: names from whichever session there is; valid as long as the app. */
OncNaming onc_app_get_naming (OncApp *self);

/* app-store.c: opens the database at `store_path`; one that is damaged makes room for a new one,
 * and the person is told. Returns: FALSE with @error. */
gboolean onc_app_open_store (OncApp *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* app-store.c: sets a file that was found damaged in use aside, so that the next start makes a new
 * one; the database is closed. */
void onc_app_set_store_aside (OncApp *self);

/* app-store.c: notes, and tells the person, why nothing can be saved; NULL: it can again. */
void onc_app_set_store_trouble (OncApp *self, const GError *error);

/* app.c: how the daemon hears Slack; see onc_session_get_link(). */
OncLink onc_app_get_link (OncApp *self, char **text, OncInstant *stale_since);

/* app-popups.c: does what a person chooses on popups from now on. */
void onc_app_watch_popups (OncApp *self);

/* app-popups.c: tells the person, the first time, where what is written is not in that person's
 * name. */
void onc_app_tell_whose_name (OncApp *self);

/* app-popups.c: tells the person that Slack will not have what was wanted of thread @number: a
 * @reply or else an emoji; or that it was not told of a reply in time, which is no ONC_API_ERROR.
 */
void onc_app_tell_refusal (OncApp *self, guint number, gboolean reply, const GError *error);

/* app-bus.c: what callers on the bus are given. */
OncBusBackend onc_app_get_backend (OncApp *self);

/* app-bus.c: does @action in the person's name. @queue: also while Slack cannot be reached.
 * @done is called once, with a public error (ONC_ERROR) or NULL. */
void onc_app_act (OncApp *self,
                  OncThread *thread,
                  const OncAction *action,
                  gboolean queue,
                  OncWishDone done,
                  gpointer user_data);

/* app-bus.c: shows @thread in Slack. @activation_token: (nullable). */
void onc_app_open (OncApp *self,
                   OncThread *thread,
                   const char *activation_token,
                   OncWishDone done,
                   gpointer user_data);

G_END_DECLS
