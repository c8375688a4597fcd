/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* org.oncalld1 on the session bus: the one place of the daemon where D-Bus is spoken. The app tells
 * it what has changed; what it is asked for it takes from the app through OncBusBackend. Every
 * string that it is given is valid UTF-8. */

#pragma once

#include "action.h"
#include "engine.h"
#include "filter.h"
#include "naming.h"
#include "promise-reader.h"
#include "reference.h"
#include "types.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Answers the caller behind @token: with success, or with @error (nullable: none). To be called
 * exactly once, from the main loop's thread; @token is gone afterwards. */
typedef void (*OncBusDone) (gpointer token, const GError *error);

/* What the app does for callers. Every `done` may be called at once or later. */
typedef struct
{
  /* Returns: (transfer full): the item that @reference names, open or from history; NULL with
   * ONC_ERROR_NOT_FOUND. */
  OncThread *(*find) (gpointer data, const OncReference *reference, GError **error);

  /* Returns: (transfer full) (element-type OncThread): the items that fulfil @filter, the newest
   * first, `offset` and `limit` applied; NULL with ONC_ERROR_INVALID_ARGUMENT where a name in it is
   * not known. */
  GPtrArray *(*list) (gpointer data, const OncFilter *filter, GError **error);

  /* Does @action, whose `user` is NULL: it is whoever this desktop belongs to. Calls @done when
   * Slack has answered; with @queue as soon as the wish is on disk. @thread and the action's
   * strings are the caller's. */
  void (*act) (gpointer data,
               OncThread *thread,
               const OncAction *action,
               gboolean queue,
               OncBusDone done,
               gpointer token);

  /* What a person means by @text, now and on this desktop: the time to come, the length of time, or
   * the person, by user ID (transfer none). Returns: FALSE or NULL with ONC_ERROR_INVALID_ARGUMENT,
   * whose message says what is allowed, or ONC_ERROR_NOT_FOUND. */
  gboolean (*read_when) (gpointer data, const char *text, OncInstant *when, GError **error);
  gboolean (*read_span) (gpointer data, const char *text, OncSpan *span, GError **error);
  const char *(*find_person) (gpointer data, const char *text, GError **error);

  /* Reads @text as if it were written at @said_at (0: now) by somebody in @zone_name ("": the
   * desktop's). Returns: FALSE with ONC_ERROR_INVALID_ARGUMENT where there is no such zone. */
  gboolean (*parse) (gpointer data,
                     const char *text,
                     OncInstant said_at,
                     const char *zone_name,
                     OncReading *reading,
                     GError **error);

  /* Shows @thread in Slack or the browser. @activation_token (nullable) lets that take the focus.
   */
  void (*open) (gpointer data,
                OncThread *thread,
                const char *activation_token,
                OncBusDone done,
                gpointer token);

  /* Shows no popups up to @level before @until, or before @when (nullable), which is what a person
   * wrote, or until resume() where both are missing. Returns: FALSE with @error. */
  gboolean (*pause) (
      gpointer data, OncInstant until, const char *when, OncLevel level, GError **error);
  void (*resume) (gpointer data);

  /* Reads threads and groups from Slack again; @done when that is finished. */
  void (*refresh) (gpointer data, OncBusDone done, gpointer token);

  /* Reads the configuration again; ONC_ERROR_CONFIG where it is wrong. */
  void (*reload) (gpointer data, OncBusDone done, gpointer token);

  /* Returns: (transfer floating): a(ssss), every setting in force: group, key, value, and the file
   * that has it, or "" where it is built in. */
  GVariant *(*list_settings) (gpointer data);

  /* (nullable) For tests: makes it @now, and does what has become due. NULL: time goes by itself.
   */
  void (*set_time) (gpointer data, OncInstant now, OncBusDone done, gpointer token);

  /* The bus name is ours. */
  void (*name_acquired) (gpointer data);

  /* The bus name is not ours: another daemon has it, or the bus is gone. */
  void (*name_lost) (gpointer data);

  gpointer data; /* (unowned) outlives onc_bus_stop() */
} OncBusBackend;

#define ONC_TYPE_BUS (onc_bus_get_type ())
G_DECLARE_FINAL_TYPE (OncBus, onc_bus, ONC, BUS, GObject)

/* Returns: (transfer full): nothing is on the bus yet. @backend and @naming are copied. */
OncBus *onc_bus_new (const OncBusBackend *backend, const OncNaming *naming);

/* Puts everything on @connection and asks for the name. To be called when the open threads have
 * been announced with onc_bus_thread_changed(), so that whoever sees the name sees them.
 * Returns: FALSE where the objects cannot be exported. */
gboolean onc_bus_publish (OncBus *self,
                          GDBusConnection *connection,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Gives the name back and takes the objects off the bus; no callback comes after that. Calls that
 * wait for a `done` are still answered. */
void onc_bus_stop (OncBus *self);

/* @changes: of OncChange; @thread has been changed so, and has its number. Cheap: what callers see
 * is brought up to date a moment later, for all changes of that moment at once, and before any call
 * is answered. */
void onc_bus_thread_changed (OncBus *self, OncThread *thread, guint changes);

/* The names of people, channels or the workspace may be others than before. */
void onc_bus_names_changed (OncBus *self);

/* Sends Alert, after what has been changed by then. @promise: (nullable): the ts of the message
 * that makes the promise that is spoken of. @repeat: how often it has been said before. */
void onc_bus_alert (OncBus *self,
                    OncThread *thread,
                    OncAlert kind,
                    OncLevel level,
                    const char *promise,
                    guint repeat);

/* @text: (nullable): one sentence for a person. @stale_since: 0 while all is up to date. What has
 * been changed by then is told at once. */
void onc_bus_set_link (OncBus *self, OncLink link, const char *text, OncInstant stale_since);

/* When something came from Slack last, and how long the last event was under way. Cheap: nobody is
 * told but who asks. */
void onc_bus_set_last_event (OncBus *self, OncInstant last_event, OncSpan lag);

/* How many writes Slack has not confirmed. */
void onc_bus_set_pending_writes (OncBus *self, guint count);

/* @members: the names of everybody on call. */
void onc_bus_set_on_call (OncBus *self, gboolean on_call, const char *const *members);

/* @me: the user IDs of this person. */
void onc_bus_set_me (OncBus *self, const char *const *me);

/* @until: when popups come again, G_MAXINT64 for when a person says so; 0: they do. */
void onc_bus_set_paused (OncBus *self, OncInstant until);

/* @next_due: (nullable): the open thread whose promise is due first. */
void onc_bus_set_totals (OncBus *self, const OncTotals *totals, const OncThread *next_due);

G_END_DECLS
