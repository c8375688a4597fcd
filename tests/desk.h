/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A desktop around a notifier, for tests: a private bus, a mock of a notification server, and what
 * the notifier tells, as words. */

#pragma once

#include "mock-notifications.h"
#include "notifier.h"

G_BEGIN_DECLS

/* What GNOME's, Plasma's and Xfce's servers offer, as far as it matters here. */
#define DESK_RICH "actions body body-markup icon-static"

typedef struct
{
  GTestDBus *bus;     /* (owned) */
  MockServer *server; /* (owned) (nullable) */

  /* (owned) The session's, which the notifier shares. Made here, as the daemon makes it first too:
   * its end is told in the context where it was made, which holds it until it has heard, and the
   * notifier's thread may be past listening. */
  GDBusConnection *connection;
  OncNotifier *notifier; /* (owned) (nullable) */
  GPtrArray *events;     /* (owned) of strings: what the notifier has told and no test has read */
  char *dir;             /* (owned) of services that the bus can start */
} Desk;

/* The fixture; main() calls g_test_dbus_unset() first. @data are the capabilities of the server
 * that is there first, NULL for no server. At the end nothing may be left over: no object, no
 * thread, no connection, no event that nobody expected. */
void desk_set_up (Desk *self, gconstpointer data);
void desk_tear_down (Desk *self, gconstpointer data);

#define DESK_TEST(path, capabilities, function)                                                    \
  g_test_add (path, Desk, capabilities, desk_set_up, function, desk_tear_down)

/* Starts a server, whose first ID is @first_id, and ends it as if it had died. */
void desk_start_server (Desk *self, const char *capabilities, guint32 first_id);
void desk_stop_server (Desk *self);

/* Whether the bus was asked to start a server. What it starts is none. */
gboolean desk_was_server_called (Desk *self);

/* Shows thread @number as it opens, asked with @text. */
void desk_show (Desk *self, guint32 number, OncLevel level, const char *text);

void desk_withdraw (Desk *self, guint32 number);

/* Waits for the server's popup at @position. */
const MockPopup *desk_wait_for_popup (Desk *self, guint position);

/* Shows a thread and waits for the server to have it, which has got nothing else before it. */
const MockPopup *desk_show_next (Desk *self, guint32 number, OncLevel level, const char *text);

/* Makes sure that all that was done so far has had its effect: the server takes a popup, and what
 * it said before that has arrived before it is told to close it. */
void desk_catch_up (Desk *self);

/* Waits for the next event: "12 claim", "12 open with TOKEN", "12 dismissed", "12 gone". */
void desk_assert_event (Desk *self, const char *expected);

/* Longer than anything takes on a busy machine. */
#define DESK_DEADLINE (60 * G_USEC_PER_SEC)

/* Runs the main loop until @condition holds; the tick is for conditions that wake nobody. */
#define assert_eventually(condition)                                                               \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 assert_deadline = g_get_monotonic_time () + DESK_DEADLINE;                              \
    guint assert_tick = g_timeout_add (10, desk_on_tick, NULL);                                    \
    while (!(condition) && g_get_monotonic_time () < assert_deadline)                              \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (assert_tick);                                                                 \
    g_assert_true (condition);                                                                     \
  }                                                                                                \
  G_STMT_END

gboolean desk_on_tick (gpointer user_data);

G_END_DECLS
