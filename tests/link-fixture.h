/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A client of Socket Mode, and a played Slack that it is connected to. */

#pragma once

#include "fake-slack.h"
#include "socket-mode.h"

#include <string.h>

G_BEGIN_DECLS

/* Kinds of frames, as RFC 6455 numbers them. */
enum
{
  LINK_TEXT = 1,
  LINK_BINARY = 2,
  LINK_CLOSE = 8,
  LINK_PING = 9,
};

/* Waits that no test waits for; a test shortens those that it is about. */
extern const OncSocketModeTimings link_patient;

typedef struct
{
  /* The server */
  FakeServer *server;     /* (owned) */
  const char *open_error; /* (nullable) what apps.connections.open answers instead of an address */
  guint open_status;      /* of its answer */
  const char *open_headers; /* (nullable) */
  guint n_opens;            /* how often an address was asked for */
  gint64 last_open;
  guint refuse;      /* the status that upgrades get; 0: they are accepted */
  const char *hello; /* (nullable) what is said at once after an upgrade */
  GPtrArray *peers;  /* (owned) of FakePeer (unowned): the sockets in their order; NULL: gone */
  GString *frames;   /* (owned) "0:text:… 1:close " by the peer's place */

  /* The client */
  OncHttp *http;       /* (owned) */
  OncWebApi *api;      /* (owned) */
  OncSocketMode *mode; /* (owned) */
  GString *signals;    /* (owned) "connected+gap 1:envelope drained …" */
  gboolean ack;        /* acknowledge what was drained */
  GPtrArray *pending;  /* (owned) of "socket:id" to be acknowledged */
} LinkFixture;

/* What a new socket is told first, with ' for ". */
#define LINK_HELLO "{'type':'hello','num_connections':1}"

void link_set_up (LinkFixture *fixture, gconstpointer data);
void link_tear_down (LinkFixture *fixture, gconstpointer data);

/* Makes the client anew, with other waits. */
void link_make_mode (LinkFixture *fixture, const OncSocketModeTimings *timings);

/* Has Slack send @json, with ' for ", by the socket at @place. */
void link_say (LinkFixture *fixture, guint place, const char *json);

/* The same of a message, in an envelope @id. */
void link_say_event (LinkFixture *fixture, guint place, const char *id);

/* Starts, and forgets the signals of it. */
void link_start (LinkFixture *fixture);

/* Whether the socket at @place was there and is no more. */
gboolean link_is_gone (LinkFixture *fixture, guint place);

/* Looks from now on that no secret is in any message of any level, and none is a warning. */
void link_watch_log (void);

/* Returns: how many notices there were since then. */
guint link_count_notices (void);

#define link_assert_signals(expected)                                                              \
  G_STMT_START                                                                                     \
  {                                                                                                \
    assert_eventually (fixture->signals->len >= strlen (expected));                                \
    g_assert_cmpstr (fixture->signals->str, ==, expected);                                         \
  }                                                                                                \
  G_STMT_END

#define link_assert_frames(expected)                                                               \
  G_STMT_START                                                                                     \
  {                                                                                                \
    assert_eventually (fixture->frames->len >= strlen (expected));                                 \
    g_assert_cmpstr (fixture->frames->str, ==, expected);                                          \
  }                                                                                                \
  G_STMT_END

G_END_DECLS
