/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What is on the bus, and what is said when it changes. */

#include "bus-fixture.h"
#include "error.h"

static void
test_what_an_answer_says_can_be_read_at_once (BusFixture *fixture, gconstpointer user_data)
{
  g_auto (BusAnswer) answer = bus_call_thread (fixture, "Claim", "(@a{sv} {},)");

  g_assert_no_error (answer.error);
  bus_assert_signals (fixture, "PropertiesChanged");
  bus_assert_property (fixture, "/org/oncalld1/thread/7", ONC_BUS_THREAD, "State", "'looking'");
}

static void
test_properties_say_what_the_thread_is (BusFixture *fixture, gconstpointer user_data)
{
  static const char *const expected[][2] = {
    { "Number", "7" },
    { "Workspace", "'T001'" },
    { "Channel", "'C001'" },
    { "ChannelName", "'support'" },
    { "Timestamp", "'1700000000.000100'" },
    { "Permalink", "'https://example.slack.com/archives/C001/p1700000000000100'" },
    { "Asker", "'U001'" },
    { "AskerName", "'Ada Lovelace'" },
    { "Text", "'@Bea the *export* is <wrong>'" },
    { "Level", "'urgent'" },
    { "State", "'looking'" },
    { "Lookers", "[('U002', 'Bea', 1700000060000000, 'reply'), "
                 "('U009', 'U009', 1700000090000000, 'pending')]" },
    { "Categories", "['bug', 'data']" },
    { "Opened", "1700000000000000" },
    { "FirstResponse", "1700000060000000" },
    { "LastActivity", "1700000100000000" },
    { "Replies", "3" },
    { "Promises",
      "[{'id': <'1700000090.000100'>, 'by': <'U002'>, 'by_name': <'Bea'>, "
      "'due': <int64 1700001890000000>, 'span': <int64 1800000000>, 'state': <'running'>, "
      "'text': <'in 30 minutes'>, 'source': <'message'>}, "
      "{'id': <''>, 'by': <'U009'>, 'by_name': <'U009'>, 'due': <int64 1700000160000000>, "
      "'span': <int64 60000000>, 'state': <'overdue'>, 'text': <''>, 'source': <'pending'>}]" },
    { "NextDue", "1700000160000000" },
    { "NeededBy", "1700003600000000" },
    { "SnoozedUntil", "1700000900000000" },
  };
  OncThread *thread = fake_world_get (fixture->world, 7);
  g_auto (BusAnswer) all = { NULL, NULL };
  g_auto (BusAnswer) listed = { NULL, NULL };
  g_autoptr (GVariant) properties = NULL;
  g_autoptr (GVariant) dictionary = NULL;

  g_ptr_array_add (thread->categories, (gpointer) "bug");
  g_ptr_array_add (thread->categories, (gpointer) "data");
  thread->first_response = thread->opened + ONC_MINUTE;
  thread->last_activity = thread->opened + 100 * ONC_SECOND;
  thread->replies = 3;
  fake_world_look (fixture->world, thread, "U002", thread->opened + ONC_MINUTE, ONC_LOOK_REPLY);
  fake_world_look (fixture->world, thread, "U009", thread->opened + 90 * ONC_SECOND,
                   ONC_LOOK_PENDING);
  fake_world_promise (fixture->world, thread, "1700000090.000100", "U002",
                      thread->opened + 90 * ONC_SECOND, thread->opened + 1890 * ONC_SECOND,
                      ONC_PROMISE_RUNNING, "in 30 minutes");
  fake_world_promise (fixture->world, thread, NULL, "U009", thread->opened + 100 * ONC_SECOND,
                      thread->opened + 160 * ONC_SECOND, ONC_PROMISE_OVERDUE, "");
  thread->needed_by = thread->opened + ONC_HOUR;
  thread->snoozed = thread->opened + 15 * ONC_MINUTE;
  onc_bus_thread_changed (fixture->world->bus, thread,
                          ONC_CHANGE_CATEGORIES | ONC_CHANGE_LOOKERS | ONC_CHANGE_ACTIVITY |
                              ONC_CHANGE_DEADLINE | ONC_CHANGE_SNOOZE);

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    bus_assert_property (fixture, "/org/oncalld1/thread/7", ONC_BUS_THREAD, expected[i][0],
                         expected[i][1]);

  all = bus_call (fixture, "/org/oncalld1/thread/7", ONC_DBUS_PROPERTIES, "GetAll",
                  "('" ONC_BUS_THREAD "',)");
  listed = bus_call_manager (fixture, "ListThreads", "({'state': <'open'>},)");
  g_assert_no_error (all.error);
  g_assert_no_error (listed.error);
  g_variant_get (all.reply, "(@a{sv})", &properties);
  g_variant_get (listed.reply, "(@aa{sv})", &dictionary);
  g_assert_cmpuint (g_variant_n_children (properties), ==, G_N_ELEMENTS (expected));
  g_assert_cmpuint (g_variant_n_children (dictionary), ==, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (GVariant) thread_listed = g_variant_get_child_value (dictionary, 0);
      g_autoptr (GVariant) value = g_variant_lookup_value (thread_listed, expected[i][0], NULL);
      g_autofree char *printed = g_variant_print (value, FALSE);

      g_assert_cmpstr (printed, ==, expected[i][1]);
    }
}

static void
test_what_is_not_known_is_empty (BusFixture *fixture, gconstpointer user_data)
{
  fake_world_add (fixture->world, 9, ONC_LEVEL_QUESTION, ONC_STATE_NEW, "C009", "1700000009.000100",
                  NULL, 0, "");
  bus_synchronise (fixture);
  bus_assert_property (fixture, "/org/oncalld1/thread/9", ONC_BUS_THREAD, "Asker", "''");
  bus_assert_property (fixture, "/org/oncalld1/thread/9", ONC_BUS_THREAD, "AskerName", "''");
  bus_assert_property (fixture, "/org/oncalld1/thread/9", ONC_BUS_THREAD, "Text", "''");
  bus_assert_property (fixture, "/org/oncalld1/thread/9", ONC_BUS_THREAD, "ChannelName", "'C009'");
  bus_assert_property (fixture, "/org/oncalld1/thread/9", ONC_BUS_THREAD, "Lookers", "[]");
  bus_assert_property (fixture, "/org/oncalld1/thread/9", ONC_BUS_THREAD, "Opened", "0");
  bus_assert_property (fixture, "/org/oncalld1/thread/9", ONC_BUS_THREAD, "Promises", "[]");
  bus_assert_property (fixture, "/org/oncalld1/thread/9", ONC_BUS_THREAD, "NextDue", "0");
  bus_assert_property (fixture, "/org/oncalld1/thread/9", ONC_BUS_THREAD, "NeededBy", "0");
  bus_assert_property (fixture, "/org/oncalld1/thread/9", ONC_BUS_THREAD, "SnoozedUntil", "0");
}

static void
test_names_follow_when_they_become_known (BusFixture *fixture, gconstpointer user_data)
{
  fixture->world->nameless = TRUE;
  onc_bus_names_changed (fixture->world->bus);
  bus_synchronise (fixture);
  bus_assert_signals (fixture, "PropertiesChanged");
  bus_assert_property (fixture, "/org/oncalld1/thread/7", ONC_BUS_THREAD, "AskerName", "'U001'");
  bus_assert_property (fixture, "/org/oncalld1/thread/7", ONC_BUS_THREAD, "Text",
                       "'@U002 the *export* is <wrong>'");
}

/* Returns: (transfer none): the properties in the last PropertiesChanged, printed. */
static char *
last_changes (BusFixture *fixture)
{
  const BusSignal *signal = g_ptr_array_index (fixture->signals, fixture->signals->len - 1);
  g_autoptr (GVariant) changes = NULL;

  g_assert_cmpstr (signal->name, ==, "PropertiesChanged");
  changes = g_variant_get_child_value (signal->parameters, 1);
  return g_variant_print (changes, FALSE);
}

static void
test_a_change_sends_only_what_it_touches (BusFixture *fixture, gconstpointer user_data)
{
  OncThread *thread = fake_world_get (fixture->world, 7);
  g_autofree char *changes = NULL;

  thread->level = ONC_LEVEL_EMERGENCY;
  thread->replies = 9; /* of which nobody has spoken */
  onc_bus_thread_changed (fixture->world->bus, thread, ONC_CHANGE_LEVEL);
  bus_synchronise (fixture);
  changes = last_changes (fixture);
  g_assert_cmpstr (changes, ==, "{'Level': <'emergency'>}");
  bus_assert_signals (fixture, "PropertiesChanged");
}

static void
test_what_is_promised_needed_and_snoozed_changes_by_itself (BusFixture *fixture,
                                                            gconstpointer user_data)
{
  static const struct
  {
    guint change;
    const char *sent;
  } cases[] = {
    { ONC_CHANGE_DEADLINE, "{'NeededBy': <int64 5>}" },
    { ONC_CHANGE_SNOOZE, "{'SnoozedUntil': <int64 6>}" },
  };
  OncThread *thread = fake_world_get (fixture->world, 7);
  g_autofree char *promised = NULL;

  thread->needed_by = 5;
  thread->snoozed = 6;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *changes = NULL;

      onc_bus_thread_changed (fixture->world->bus, thread, cases[i].change);
      bus_synchronise (fixture);
      changes = last_changes (fixture);
      g_assert_cmpstr (changes, ==, cases[i].sent);
    }
  fake_world_promise (fixture->world, thread, "1700000090.000100", "U002", 1, 8,
                      ONC_PROMISE_RUNNING, "");
  bus_synchronise (fixture);
  promised = last_changes (fixture);
  g_assert_nonnull (strstr (promised, "'Promises': <[{'id': <'1700000090.000100'>"));
  g_assert_nonnull (strstr (promised, "'NextDue': <int64 8>"));
  bus_assert_signals (fixture, "PropertiesChanged PropertiesChanged PropertiesChanged");
}

static void
test_a_change_to_the_same_sends_nothing (BusFixture *fixture, gconstpointer user_data)
{
  OncThread *thread = fake_world_get (fixture->world, 7);

  onc_bus_thread_changed (fixture->world->bus, thread,
                          ONC_CHANGE_TEXT | ONC_CHANGE_LEVEL | ONC_CHANGE_STATE |
                              ONC_CHANGE_LOOKERS | ONC_CHANGE_CATEGORIES | ONC_CHANGE_ACTIVITY |
                              ONC_CHANGE_PROMISES | ONC_CHANGE_DEADLINE | ONC_CHANGE_SNOOZE);
  thread->level = ONC_LEVEL_EMERGENCY;
  onc_bus_thread_changed (fixture->world->bus, thread, ONC_CHANGE_LEVEL);
  thread->level = ONC_LEVEL_URGENT;
  onc_bus_thread_changed (fixture->world->bus, thread, ONC_CHANGE_LEVEL);
  bus_synchronise (fixture);
  bus_assert_signals (fixture, "");
}

static void
test_a_burst_sends_one_signal_for_each_object (BusFixture *fixture, gconstpointer user_data)
{
  for (guint32 number = 100; number < 110; number++)
    fake_world_add (fixture->world, number, ONC_LEVEL_QUESTION, ONC_STATE_NEW, "C001",
                    "1700000001.000100", "U001", 1, "");
  bus_synchronise (fixture);
  g_assert_cmpuint (bus_count_signals (fixture, NULL, "InterfacesAdded"), ==, 10);
  g_ptr_array_set_size (fixture->signals, 0);

  for (guint i = 0; i < 1000; i++)
    {
      OncThread *thread = fake_world_get (fixture->world, 100 + i % 10);

      thread->replies++;
      thread->last_activity++;
      onc_bus_thread_changed (fixture->world->bus, thread, ONC_CHANGE_ACTIVITY);
      fake_world_count (fixture->world);
    }
  bus_synchronise (fixture);
  for (guint32 number = 100; number < 110; number++)
    {
      g_autofree char *path = g_strdup_printf ("/org/oncalld1/thread/%u", number);

      g_assert_cmpuint (bus_count_signals (fixture, path, "PropertiesChanged"), ==, 1);
      bus_assert_property (fixture, path, ONC_BUS_THREAD, "Replies", "100");
    }
  g_assert_cmpuint (bus_count_signals (fixture, ONC_BUS_PATH, "PropertiesChanged"), ==, 1);
  g_assert_cmpuint (fixture->signals->len, ==, 11);
}

static void
test_an_object_comes_and_goes_with_its_thread (BusFixture *fixture, gconstpointer user_data)
{
  OncThread *thread = fake_world_get (fixture->world, 7);
  g_auto (BusAnswer) managed = { NULL, NULL };
  g_autofree char *printed = NULL;

  fake_world_set_state (fixture->world, thread, ONC_STATE_RESOLVED);
  bus_synchronise (fixture);
  /* The last word on the thread comes before its end. */
  bus_assert_signals (fixture, "PropertiesChanged InterfacesRemoved");
  managed = bus_call (fixture, ONC_BUS_PATH, ONC_DBUS_OBJECT_MANAGER, "GetManagedObjects", "()");
  printed = g_variant_print (managed.reply, FALSE);
  g_assert_cmpstr (printed, ==, "({},)");

  fake_world_set_state (fixture->world, thread, ONC_STATE_NEW);
  bus_synchronise (fixture);
  bus_assert_signals (fixture, "InterfacesAdded");
  bus_assert_property (fixture, "/org/oncalld1/thread/7", ONC_BUS_THREAD, "State", "'new'");
}

static void
test_who_comes_and_goes_in_one_turn_was_not_there (BusFixture *fixture, gconstpointer user_data)
{
  OncThread *thread = fake_world_get (fixture->world, 8);

  fake_world_set_state (fixture->world, thread, ONC_STATE_NEW);
  fake_world_set_state (fixture->world, thread, ONC_STATE_DISMISSED);
  bus_synchronise (fixture);
  bus_assert_signals (fixture, "");
}

static void
test_who_goes_and_comes_back_in_one_turn_stays (BusFixture *fixture, gconstpointer user_data)
{
  OncThread *thread = fake_world_get (fixture->world, 7);

  fake_world_set_state (fixture->world, thread, ONC_STATE_RESOLVED);
  fake_world_set_state (fixture->world, thread, ONC_STATE_LOOKING);
  bus_synchronise (fixture);
  bus_assert_signals (fixture, "PropertiesChanged");
}

static void
test_an_alert_follows_what_it_speaks_of (BusFixture *fixture, gconstpointer user_data)
{
  OncThread *thread = fake_world_add (fixture->world, 9, ONC_LEVEL_EMERGENCY, ONC_STATE_NEW, "C001",
                                      "1700000009.000100", "U002", 1, "Help");
  g_autoptr (GVariant) details = NULL;
  const BusSignal *signal;
  const char *path;
  const char *kind;
  const char *level;
  const char *text;
  guint32 repeat;

  onc_bus_alert (fixture->world->bus, thread, ONC_ALERT_UNCLAIMED, ONC_LEVEL_EMERGENCY, NULL, 2);
  fake_world_count (fixture->world);
  bus_synchronise (fixture);
  signal = g_ptr_array_index (fixture->signals, fixture->signals->len - 1);
  g_variant_get (signal->parameters, "(&o&s&s@a{sv})", &path, &kind, &level, &details);
  g_assert_cmpstr (path, ==, "/org/oncalld1/thread/9");
  g_assert_cmpstr (kind, ==, "unclaimed");
  g_assert_cmpstr (level, ==, "emergency");
  g_assert_true (g_variant_lookup (details, "Text", "&s", &text));
  g_assert_cmpstr (text, ==, "Help");
  g_assert_true (g_variant_lookup (details, "Repeat", "u", &repeat));
  g_assert_cmpuint (repeat, ==, 2);
  bus_assert_signals (fixture, "InterfacesAdded PropertiesChanged Alert");
}

static void
test_an_alert_on_a_promise_tells_which (BusFixture *fixture, gconstpointer user_data)
{
  OncThread *thread = fake_world_get (fixture->world, 7);
  g_autoptr (GVariant) details = NULL;
  g_autoptr (GVariant) promise = NULL;
  g_autoptr (GVariant) none = NULL;
  const char *by;

  fake_world_promise (fixture->world, thread, "1700000080.000100", "U001", 1, 7,
                      ONC_PROMISE_RUNNING, "");
  fake_world_promise (fixture->world, thread, "1700000090.000100", "U002", 1, 8, ONC_PROMISE_DUE,
                      "");
  bus_synchronise (fixture);
  onc_bus_alert (fixture->world->bus, thread, ONC_ALERT_PROMISE_DUE, ONC_LEVEL_URGENT,
                 "1700000090.000100", 0);
  /* The message may be gone when the alert is sent. */
  onc_bus_alert (fixture->world->bus, thread, ONC_ALERT_PROMISE_DUE, ONC_LEVEL_URGENT,
                 "1700000099.000100", 0);
  bus_synchronise (fixture);
  g_assert_cmpuint (bus_count_signals (fixture, ONC_BUS_PATH, "Alert"), ==, 2);
  details = g_variant_get_child_value (
      ((BusSignal *) g_ptr_array_index (fixture->signals, fixture->signals->len - 2))->parameters,
      3);
  promise = g_variant_lookup_value (details, "Promise", G_VARIANT_TYPE_VARDICT);
  g_assert_nonnull (promise);
  g_assert_true (g_variant_lookup (promise, "by", "&s", &by));
  g_assert_cmpstr (by, ==, "U002");
  none = g_variant_get_child_value (
      ((BusSignal *) g_ptr_array_index (fixture->signals, fixture->signals->len - 1))->parameters,
      3);
  g_assert_false (g_variant_lookup (none, "Promise", "a{sv}", NULL));
}

static void
test_the_manager_says_how_the_rota_stands (BusFixture *fixture, gconstpointer user_data)
{
  static const char *const members[] = { "Ada Lovelace", "Bea", NULL };
  static const char *const expected[][2] = {
    { "State", "'stale'" },
    { "StateText", "'Slack is silent'" },
    { "StaleSince", "1700000000000000" },
    { "PendingWrites", "2" },
    { "OnCall", "true" },
    { "OnCallMembers", "['Ada Lovelace', 'Bea']" },
    { "OpenCount", "2" },
    { "UnclaimedCount", "1" },
    { "UrgentCount", "1" },
    { "EmergencyCount", "1" },
    { "OverdueCount", "1" },
    { "NextDue", "1700000001000000" },
    { "NextDueThread", "'/org/oncalld1/thread/9'" },
    { "Me", "['U000']" },
  };
  OncThread *thread;

  bus_assert_property (fixture, ONC_BUS_PATH, ONC_BUS_MANAGER, "State", "'connecting'");
  bus_assert_property (fixture, ONC_BUS_PATH, ONC_BUS_MANAGER, "OnCallMembers", "[]");
  bus_assert_property (fixture, ONC_BUS_PATH, ONC_BUS_MANAGER, "NextDueThread", "'/'");
  thread = fake_world_add (fixture->world, 9, ONC_LEVEL_EMERGENCY, ONC_STATE_LOOKING, "C001",
                           "1700000009.000100", "U002", 1, "Help");
  fake_world_promise (fixture->world, thread, NULL, "U001", 1, 1700000001 * ONC_SECOND,
                      ONC_PROMISE_OVERDUE, "");
  fake_world_promise (fixture->world, fake_world_get (fixture->world, 7), NULL, "U001", 1,
                      1700000002 * ONC_SECOND, ONC_PROMISE_RUNNING, "");
  bus_synchronise (fixture);
  g_ptr_array_set_size (fixture->signals, 0);
  onc_bus_set_link (fixture->world->bus, ONC_LINK_STALE, "Slack is silent",
                    1700000000 * ONC_SECOND);
  onc_bus_set_pending_writes (fixture->world->bus, 2);
  onc_bus_set_on_call (fixture->world->bus, TRUE, members);
  fake_world_count (fixture->world);
  bus_synchronise (fixture);
  bus_assert_signals (fixture, "PropertiesChanged");
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    bus_assert_property (fixture, ONC_BUS_PATH, ONC_BUS_MANAGER, expected[i][0], expected[i][1]);

  onc_bus_set_link (fixture->world->bus, ONC_LINK_CONNECTED, NULL, 0);
  bus_synchronise (fixture);
  bus_assert_property (fixture, ONC_BUS_PATH, ONC_BUS_MANAGER, "StateText", "''");
}

static void
test_what_was_read_is_told_before_the_state (BusFixture *fixture, gconstpointer user_data)
{
  fake_world_add (fixture->world, 9, ONC_LEVEL_EMERGENCY, ONC_STATE_NEW, "C001",
                  "1700000009.000100", "U002", 1, "Help");
  fake_world_count (fixture->world);
  onc_bus_set_link (fixture->world->bus, ONC_LINK_CONNECTED, NULL, 0);
  /* Without a flush of its own. */
  bus_wait_until (fixture->signals->len == 2);
  bus_assert_signals (fixture, "InterfacesAdded PropertiesChanged");
}

static void
test_a_second_daemon_does_not_get_the_name (BusFixture *fixture, gconstpointer user_data)
{
  g_autoptr (GDBusConnection) connection = bus_connect (fixture->address);
  g_autoptr (FakeWorld) second = fake_world_new ();
  g_autoptr (GError) error = NULL;
  g_auto (BusAnswer) answer = { NULL, NULL };

  g_assert_true (onc_bus_publish (second->bus, connection, &error));
  g_assert_no_error (error);
  bus_wait_until (second->lost == 1);
  g_assert_cmpuint (second->acquired, ==, 0);
  g_assert_cmpuint (fixture->world->lost, ==, 0);

  /* Nor does it wait for it: it is to end, not to wake up one day. */
  onc_bus_stop (fixture->world->bus);
  g_dbus_connection_flush_sync (fixture->server, NULL, NULL);
  answer = bus_call_manager (fixture, "Refresh", "(@a{sv} {},)");
  g_assert_error (answer.error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN);
  onc_bus_stop (second->bus);
  g_dbus_connection_close_sync (connection, NULL, NULL);
}

static void
test_nothing_is_left_on_the_bus_after_stop (BusFixture *fixture, gconstpointer user_data)
{
  static const char *const objects[][2] = {
    { ONC_BUS_PATH, ONC_BUS_MANAGER },
    { ONC_BUS_PATH, ONC_DBUS_OBJECT_MANAGER },
    { "/org/oncalld1/thread/7", ONC_BUS_THREAD },
    { "/org/oncalld1/thread/8", ONC_BUS_THREAD },
    { ONC_BUS_DEBUG_PATH, ONC_BUS_DEBUG },
  };
  g_auto (BusAnswer) named = { NULL, NULL };

  g_free (bus_find_thread (fixture, 8));
  onc_bus_stop (fixture->world->bus);
  for (gsize i = 0; i < G_N_ELEMENTS (objects); i++)
    {
      g_auto (BusAnswer) answer = { NULL, NULL };

      g_dbus_connection_call (fixture->client, g_dbus_connection_get_unique_name (fixture->server),
                              objects[i][0], ONC_DBUS_PROPERTIES, "GetAll",
                              g_variant_new ("(s)", objects[i][1]), NULL, G_DBUS_CALL_FLAGS_NONE,
                              -1, NULL, bus_on_answer, &answer);
      bus_wait_until (answer.reply != NULL || answer.error != NULL);
      g_assert_nonnull (answer.error);
    }
  named = bus_call_manager (fixture, "Refresh", "(@a{sv} {},)");
  g_assert_error (named.error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN);
  g_assert_cmpuint (fixture->world->lost, ==, 0);
}

/* Asserts that @interface of the object at @path is as include/org.oncalld1.xml has it. */
static void
assert_interface_as_documented (BusFixture *fixture,
                                GDBusNodeInfo *document,
                                const char *path,
                                const char *interface)
{
  GDBusInterfaceInfo *documented = g_dbus_node_info_lookup_interface (document, interface);
  g_auto (BusAnswer) answer = bus_call (fixture, path, "org.freedesktop.DBus.Introspectable",
                                        "Introspect", "()");
  g_autoptr (GDBusNodeInfo) node = NULL;
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autoptr (GString) actual = g_string_new (NULL);
  const char *xml;

  g_assert_no_error (answer.error);
  g_variant_get (answer.reply, "(&s)", &xml);
  node = g_dbus_node_info_new_for_xml (xml, NULL);
  g_assert_nonnull (g_dbus_node_info_lookup_interface (node, interface));
  g_dbus_interface_info_generate_xml (documented, 0, expected);
  g_dbus_interface_info_generate_xml (g_dbus_node_info_lookup_interface (node, interface), 0,
                                      actual);
  g_assert_cmpstr (actual->str, ==, expected->str);
}

static void
test_the_bus_is_as_documented (BusFixture *fixture, gconstpointer user_data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "include", "org.oncalld1.xml",
                                                 NULL);
  g_autofree char *xml = NULL;
  g_autoptr (GDBusNodeInfo) document = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &xml, NULL, &error);
  g_assert_no_error (error);
  document = g_dbus_node_info_new_for_xml (xml, &error);
  g_assert_no_error (error);
  assert_interface_as_documented (fixture, document, ONC_BUS_PATH, ONC_BUS_MANAGER);
  assert_interface_as_documented (fixture, document, "/org/oncalld1/thread/7", ONC_BUS_THREAD);
}

static void
add_tests (const char *address)
{
  BUS_ADD_TEST ("what an answer says can be read at once",
                test_what_an_answer_says_can_be_read_at_once);
  BUS_ADD_TEST ("properties say what the thread is", test_properties_say_what_the_thread_is);
  BUS_ADD_TEST ("what is not known is empty", test_what_is_not_known_is_empty);
  BUS_ADD_TEST ("names follow when they become known", test_names_follow_when_they_become_known);
  BUS_ADD_TEST ("a change sends only what it touches", test_a_change_sends_only_what_it_touches);
  BUS_ADD_TEST ("what is promised, needed and snoozed changes by itself",
                test_what_is_promised_needed_and_snoozed_changes_by_itself);
  BUS_ADD_TEST ("a change to the same sends nothing", test_a_change_to_the_same_sends_nothing);
  BUS_ADD_TEST ("a burst sends one signal for each object",
                test_a_burst_sends_one_signal_for_each_object);
  BUS_ADD_TEST ("an object comes and goes with its thread",
                test_an_object_comes_and_goes_with_its_thread);
  BUS_ADD_TEST ("who comes and goes in one turn was not there",
                test_who_comes_and_goes_in_one_turn_was_not_there);
  BUS_ADD_TEST ("who goes and comes back in one turn stays",
                test_who_goes_and_comes_back_in_one_turn_stays);
  BUS_ADD_TEST ("an alert follows what it speaks of", test_an_alert_follows_what_it_speaks_of);
  BUS_ADD_TEST ("an alert on a promise tells which", test_an_alert_on_a_promise_tells_which);
  BUS_ADD_TEST ("the manager says how the rota stands", test_the_manager_says_how_the_rota_stands);
  BUS_ADD_TEST ("what was read is told before the state",
                test_what_was_read_is_told_before_the_state);
  BUS_ADD_TEST ("a second daemon does not get the name",
                test_a_second_daemon_does_not_get_the_name);
  BUS_ADD_TEST ("nothing is left on the bus after stop",
                test_nothing_is_left_on_the_bus_after_stop);
  BUS_ADD_TEST ("the bus is as documented", test_the_bus_is_as_documented);
}

int
main (int argc, char **argv)
{
  return bus_run_tests (&argc, &argv, add_tests);
}
