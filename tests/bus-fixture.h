/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A private bus with an OncBus on it, a played app behind that, and a caller. */

#pragma once

#include "fake-world.h"
#include "names.h"

G_BEGIN_DECLS

/* A signal, as it arrived. */
typedef struct
{
  char *path;           /* (owned) */
  char *name;           /* (owned) the member */
  GVariant *parameters; /* (owned) */
} BusSignal;

typedef struct
{
  const char *address;     /* of the bus, which all tests share */
  GDBusConnection *server; /* the daemon's ... */
  GDBusConnection *client; /* ... and the caller's */
  FakeWorld *world;
  GPtrArray *signals; /* of BusSignal, that the client has received */
} BusFixture;

/* An answer, or an error, on its way. */
typedef struct
{
  GVariant *reply; /* (owned) (nullable) */
  GError *error;   /* (owned) (nullable) */
} BusAnswer;

void bus_answer_clear (BusAnswer *answer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BusAnswer, bus_answer_clear)

/* Runs all tests that BUS_ADD_TEST() has added, on a private bus of theirs. Returns: the exit code.
 */
int bus_run_tests (int *argc, char ***argv, void (*add_tests) (const char *address));

#define BUS_ADD_TEST(name, function)                                                               \
  g_test_add ("/bus/" name, BusFixture, address, bus_set_up, function, bus_tear_down)

void bus_set_up (BusFixture *fixture, gconstpointer address);
void bus_tear_down (BusFixture *fixture, gconstpointer address);

/* Returns: (transfer full): a connection to the bus at @address. */
GDBusConnection *bus_connect (const char *address);

/* A GSourceFunc: fails the test. */
gboolean bus_on_deadline (gpointer user_data);

/* Runs the main loop until @condition; for a minute at most, as a machine may be busy. */
#define bus_wait_until(condition)                                                                  \
  G_STMT_START                                                                                     \
  {                                                                                                \
    guint deadline = g_timeout_add_seconds (60, bus_on_deadline, NULL);                            \
                                                                                                   \
    while (!(condition))                                                                           \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (deadline);                                                                    \
  }                                                                                                \
  G_STMT_END

/* A GAsyncReadyCallback that fills the BusAnswer @user_data. */
void bus_on_answer (GObject *source, GAsyncResult *result, gpointer user_data);

/* Calls a method; @answer is filled when the answer comes. */
void bus_start_call (BusFixture *fixture,
                     const char *path,
                     const char *interface,
                     const char *method,
                     GVariant *arguments,
                     BusAnswer *answer);

/* The same, and waits for the answer. @arguments: as g_variant_parse() reads them. */
BusAnswer bus_call (BusFixture *fixture,
                    const char *path,
                    const char *interface,
                    const char *method,
                    const char *arguments);

/* The same, of thread 7 and of the manager. */
BusAnswer bus_call_thread (BusFixture *fixture, const char *method, const char *arguments);
BusAnswer bus_call_manager (BusFixture *fixture, const char *method, const char *arguments);

/* Everything that was changed before this has arrived after it. */
void bus_synchronise (BusFixture *fixture);

/* Returns: (transfer full): the path of the object of the thread with @number. */
char *bus_find_thread (BusFixture *fixture, guint32 number);

/* Asserts that a property has @value, as g_variant_print() writes it. */
void bus_assert_property (BusFixture *fixture,
                          const char *path,
                          const char *interface,
                          const char *name,
                          const char *value);

/* Returns: how many signals of that @name have come from @path (nullable: from anywhere). */
guint bus_count_signals (BusFixture *fixture, const char *path, const char *name);

/* Asserts that the signals since the last time have these names, in that order. */
void bus_assert_signals (BusFixture *fixture, const char *names);

G_END_DECLS
