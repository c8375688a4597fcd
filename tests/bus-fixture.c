/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "bus-fixture.h"

#include "bus-private.h"
#include "errors.h"

static void
signal_free (BusSignal *self)
{
  g_free (self->path);
  g_free (self->name);
  g_variant_unref (self->parameters);
  g_free (self);
}

static void
on_signal (GDBusConnection *connection,
           const char *sender_name,
           const char *object_path,
           const char *interface_name,
           const char *signal_name,
           GVariant *parameters,
           gpointer user_data)
{
  BusFixture *fixture = user_data;
  BusSignal *signal = g_new (BusSignal, 1);

  signal->path = g_strdup (object_path);
  signal->name = g_strdup (signal_name);
  signal->parameters = g_variant_ref (parameters);
  g_ptr_array_add (fixture->signals, signal);
}

gboolean
bus_on_deadline (gpointer user_data)
{
  g_error ("waited in vain");
  return G_SOURCE_REMOVE;
}

void
bus_on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  BusAnswer *answer = user_data;

  answer->reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result,
                                                 &answer->error);
  if (answer->error != NULL)
    g_dbus_error_strip_remote_error (answer->error);
}

void
bus_answer_clear (BusAnswer *answer)
{
  g_clear_pointer (&answer->reply, g_variant_unref);
  g_clear_error (&answer->error);
}

void
bus_start_call (BusFixture *fixture,
                const char *path,
                const char *interface,
                const char *method,
                GVariant *arguments,
                BusAnswer *answer)
{
  g_dbus_connection_call (fixture->client, ONC_BUS_NAME, path, interface, method, arguments, NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, bus_on_answer, answer);
}

BusAnswer
bus_call (BusFixture *fixture,
          const char *path,
          const char *interface,
          const char *method,
          const char *arguments)
{
  BusAnswer answer = { NULL, NULL };
  g_autoptr (GVariant) parsed = g_variant_parse (NULL, arguments, NULL, NULL, NULL);

  g_assert_nonnull (parsed);
  bus_start_call (fixture, path, interface, method, parsed, &answer);
  bus_wait_until (answer.reply != NULL || answer.error != NULL);
  return answer;
}

BusAnswer
bus_call_thread (BusFixture *fixture, const char *method, const char *arguments)
{
  return bus_call (fixture, "/org/oncalld1/thread/7", ONC_BUS_THREAD, method, arguments);
}

BusAnswer
bus_call_manager (BusFixture *fixture, const char *method, const char *arguments)
{
  return bus_call (fixture, ONC_BUS_PATH, ONC_BUS_MANAGER, method, arguments);
}

void
bus_synchronise (BusFixture *fixture)
{
  g_auto (BusAnswer) answer = { NULL, NULL };

  onc_bus_flush (fixture->world->bus);
  answer = bus_call (fixture, ONC_BUS_PATH, ONC_DBUS_PROPERTIES, "Get",
                     "('" ONC_BUS_MANAGER "', 'Version')");

  g_assert_no_error (answer.error);
}

char *
bus_find_thread (BusFixture *fixture, guint32 number)
{
  g_autofree char *arguments = g_strdup_printf ("('%u', @a{sv} {})", number);
  g_auto (BusAnswer) answer = bus_call_manager (fixture, "FindThread", arguments);
  char *path = NULL;

  g_assert_no_error (answer.error);
  g_variant_get (answer.reply, "(o)", &path);
  return path;
}

/* Returns: (transfer full): the property as g_variant_print() writes it. */
static char *
get_property (BusFixture *fixture, const char *path, const char *interface, const char *name)
{
  g_autofree char *arguments = g_strdup_printf ("('%s', '%s')", interface, name);
  g_auto (BusAnswer) answer = { NULL, NULL };
  g_autoptr (GVariant) value = NULL;

  onc_bus_flush (fixture->world->bus);
  answer = bus_call (fixture, path, ONC_DBUS_PROPERTIES, "Get", arguments);
  g_assert_no_error (answer.error);
  g_variant_get (answer.reply, "(v)", &value);
  return g_variant_print (value, FALSE);
}

void
bus_assert_property (BusFixture *fixture,
                     const char *path,
                     const char *interface,
                     const char *name,
                     const char *value)
{
  g_autofree char *actual = get_property (fixture, path, interface, name);

  g_assert_cmpstr (actual, ==, value);
}

guint
bus_count_signals (BusFixture *fixture, const char *path, const char *name)
{
  guint count = 0;

  for (guint i = 0; i < fixture->signals->len; i++)
    {
      const BusSignal *signal = g_ptr_array_index (fixture->signals, i);

      count += g_str_equal (signal->name, name) &&
               (path == NULL || g_str_equal (signal->path, path));
    }

  return count;
}

/* Returns: (transfer full): the names of the signals since the last call, in order. */
static char *
take_signals (BusFixture *fixture)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < fixture->signals->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "",
                            ((BusSignal *) g_ptr_array_index (fixture->signals, i))->name);
  g_ptr_array_set_size (fixture->signals, 0);

  return g_string_free (names, FALSE);
}

void
bus_assert_signals (BusFixture *fixture, const char *names)
{
  g_autofree char *actual = take_signals (fixture);

  g_assert_cmpstr (actual, ==, names);
}

GDBusConnection *
bus_connect (const char *address)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = g_dbus_connection_new_for_address_sync (
      address,
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
          G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, &error);

  g_assert_no_error (error);
  return connection;
}

void
bus_set_up (BusFixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  fixture->address = user_data;
  fixture->server = bus_connect (fixture->address);
  fixture->client = bus_connect (fixture->address);
  fixture->signals = g_ptr_array_new_with_free_func ((GDestroyNotify) signal_free);
  g_dbus_connection_signal_subscribe (fixture->client, ONC_BUS_NAME, NULL, NULL, NULL, NULL,
                                      G_DBUS_SIGNAL_FLAGS_NONE, on_signal, fixture, NULL);

  fixture->world = fake_world_new ();
  fake_world_add (fixture->world, 7, ONC_LEVEL_URGENT, ONC_STATE_NEW, "C001", "1700000000.000100",
                  "U001", 1700000000 * ONC_SECOND, "<@U002> the *export* is &lt;wrong&gt;");
  fake_world_add (fixture->world, 8, ONC_LEVEL_QUESTION, ONC_STATE_RESOLVED, "C002",
                  "1600000000.000100", "U009", 1600000000 * ONC_SECOND, "old");
  g_assert_true (onc_bus_publish (fixture->world->bus, fixture->server, &error));
  g_assert_no_error (error);
  bus_wait_until (fixture->world->acquired == 1);
  bus_synchronise (fixture);
  g_ptr_array_set_size (fixture->signals, 0);
}

/* A GWeakNotify. May be called in GDBus's own thread. */
static void
on_gone (gpointer user_data, GObject *where_the_object_was)
{
  g_atomic_int_set ((int *) user_data, TRUE);
  g_main_context_wakeup (NULL);
}

/* Asserts that @object (transfer full) goes once nobody needs it: what is scheduled may hold it. */
static void
assert_goes (gpointer object)
{
  int gone = FALSE;

  g_object_weak_ref (object, on_gone, &gone);
  g_object_unref (object);
  bus_wait_until (g_atomic_int_get (&gone));
}

void
bus_tear_down (BusFixture *fixture, gconstpointer user_data)
{
  fake_world_free (fixture->world);
  g_dbus_connection_close_sync (fixture->client, NULL, NULL);
  g_dbus_connection_close_sync (fixture->server, NULL, NULL);
  assert_goes (fixture->client);
  assert_goes (fixture->server);
  g_ptr_array_unref (fixture->signals);
}

int
bus_run_tests (int *argc, char ***argv, void (*add_tests) (const char *address))
{
  g_autoptr (GTestDBus) dbus = NULL;
  int result;

  g_test_init (argc, argv, NULL);
  onc_errors_register ();
  dbus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (dbus);
  add_tests (g_test_dbus_get_bus_address (dbus));
  result = g_test_run ();
  g_test_dbus_down (dbus);
  return result;
}
