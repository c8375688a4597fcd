/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What callers may ask for, and what they are told. */

#include "bus-fixture.h"
#include "error.h"

#include <gio/gunixfdlist.h>
#include <string.h>
#include <unistd.h>

/* Every method, with arguments that are right but for options, which follow. */
static const struct
{
  gboolean manager;
  const char *method;
  const char *arguments; /* before the options */
  gboolean writes;       /* to Slack: takes `queue` */
  const char *call;      /* what the backend is asked for */
} methods[] = {
  { FALSE, "Claim", "", TRUE, "act 7 claim" },
  { FALSE, "Release", "", TRUE, "act 7 release" },
  { FALSE, "Reply", "'on it', ", TRUE, "act 7 reply on it" },
  { FALSE, "Promise", "'1h30', 'on it', ", TRUE, "act 7 promise 90min on it" },
  { FALSE, "Promise", "'', '', ", TRUE, "act 7 promise never " },
  { FALSE, "ExtendPromise", "'15m', ", TRUE, "act 7 extend 15min" },
  { FALSE, "CancelPromise", "", FALSE, "act 7 cancel-promise" },
  { FALSE, "HandOver", "'Bea', ", TRUE, "act 7 hand-over U002" },
  { FALSE, "Snooze", "'2h', ", FALSE, "act 7 snooze 120min" },
  { FALSE, "Unsnooze", "", FALSE, "act 7 unsnooze" },
  { FALSE, "SetNeededBy", "'30m', ", FALSE, "act 7 set-needed-by 30min" },
  { FALSE, "SetNeededBy", "'none', ", FALSE, "act 7 set-needed-by never" },
  { FALSE, "SetNeededBy", "'', ", FALSE, "act 7 set-needed-by never" },
  { FALSE, "Resolve", "", TRUE, "act 7 resolve" },
  { FALSE, "Reopen", "", TRUE, "act 7 reopen" },
  { FALSE, "Dismiss", "", FALSE, "act 7 dismiss" },
  { FALSE, "Tag", "'bug', ", TRUE, "act 7 tag bug" },
  { FALSE, "Untag", "'bug', ", TRUE, "act 7 untag bug" },
  { FALSE, "SetLevel", "'emergency', ", FALSE, "act 7 set-level emergency" },
  { FALSE, "Open", "", FALSE, "open 7" },
  { TRUE, "Pause", "int64 5, 'urgent', ", FALSE, "pause 5 - urgent" },
  { TRUE, "Resume", "", FALSE, "resume" },
  { TRUE, "Refresh", "", FALSE, "refresh" },
  { TRUE, "Reload", "", FALSE, "reload" },
  { TRUE, "ListSettings", "", FALSE, "list-settings" },
  { TRUE, "FindThread", "'7', ", FALSE, "" },
  { TRUE, "Parse", "'hello', int64 0, '', ", FALSE, "" },
  { TRUE, "ListThreads", "", FALSE, "list (null) (null) (null) (null) (null)" },
  { TRUE, "DumpThreads", "@a{sv} {}, ", FALSE, "list (null) (null) (null) (null) (null)" },
};

/* Calls the method at @i with @options (text of an a{sv}). */
static BusAnswer
call_with_options (BusFixture *fixture, gsize i, const char *options)
{
  g_autofree char *arguments = g_strdup_printf ("(%s@a{sv} %s%s)", methods[i].arguments, options,
                                                *methods[i].arguments == '\0' ? "," : "");

  return (methods[i].manager ? bus_call_manager : bus_call_thread) (fixture, methods[i].method,
                                                                    arguments);
}

/* Undoes what Resolve has done. */
static void
reopen (BusFixture *fixture)
{
  fake_world_set_state (fixture->world, fake_world_get (fixture->world, 7), ONC_STATE_NEW);
  bus_synchronise (fixture);
}

static void
test_every_method_reaches_the_app (BusFixture *fixture, gconstpointer user_data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_auto (BusAnswer) answer = { NULL, NULL };

      g_free (g_steal_pointer (&fixture->world->call));
      fixture->world->call = g_strdup ("");
      reopen (fixture);
      answer = call_with_options (fixture, i, "{}");
      g_assert_no_error (answer.error);
      g_assert_cmpstr (fixture->world->call, ==, methods[i].call);
    }
}

static void
test_unknown_options_are_refused_by_name (BusFixture *fixture, gconstpointer user_data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_auto (BusAnswer) answer = call_with_options (fixture, i, "{'colour': <'red'>}");

      g_assert_error (answer.error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT);
      g_assert_nonnull (strstr (answer.error->message, "“colour”"));
      g_assert_cmpstr (fixture->world->call, ==, "");
    }
}

static void
test_only_what_writes_to_slack_takes_queue (BusFixture *fixture, gconstpointer user_data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_auto (BusAnswer) answer = { NULL, NULL };

      reopen (fixture);
      answer = call_with_options (fixture, i, "{'queue': <true>}");
      if (methods[i].writes)
        {
          g_assert_no_error (answer.error);
          g_assert_nonnull (strstr (fixture->world->call, " queue"));
        }
      else
        g_assert_error (answer.error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT);
    }
}

static void
test_open_hands_the_activation_token_on (BusFixture *fixture, gconstpointer user_data)
{
  g_auto (BusAnswer) answer = bus_call_thread (fixture, "Open",
                                               "({'activation_token': <'token-1'>},)");

  g_assert_no_error (answer.error);
  g_assert_cmpstr (fixture->world->call, ==, "open 7 token-1");
}

static void
test_options_of_a_wrong_type_are_refused_by_name (BusFixture *fixture, gconstpointer user_data)
{
  g_auto (BusAnswer) answer = bus_call_thread (fixture, "Claim", "({'queue': <'yes'>},)");

  g_assert_error (answer.error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT);
  g_assert_nonnull (strstr (answer.error->message, "“queue” needs the type b, not s"));
  g_assert_cmpstr (fixture->world->call, ==, "");
}

static void
test_arguments_of_a_wrong_type_are_refused (BusFixture *fixture, gconstpointer user_data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_auto (BusAnswer) answer = (methods[i].manager ? bus_call_manager : bus_call_thread) (
          fixture, methods[i].method, "(uint32 7, 'surplus', 3)");

      g_assert_error (answer.error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS);
      g_assert_cmpstr (fixture->world->call, ==, "");
    }
}

static void
test_arguments_that_make_no_sense_are_refused (BusFixture *fixture, gconstpointer user_data)
{
  g_autofree char *long_text = g_strnfill (40001, 'x');
  g_autofree char *reply = g_strdup_printf ("('%s', @a{sv} {})", long_text);
  g_auto (BusAnswer) level = bus_call_thread (fixture, "SetLevel", "('Urgent', @a{sv} {})");
  g_auto (BusAnswer) text = bus_call_thread (fixture, "Reply", reply);
  g_autofree char *long_promise = g_strdup_printf ("('30m', '%s', @a{sv} {})", long_text + 200);
  g_auto (BusAnswer) promise = bus_call_thread (fixture, "Promise", long_promise);
  g_auto (BusAnswer) who = bus_call_thread (fixture, "HandOver", "('Nobody', @a{sv} {})");
  g_auto (BusAnswer) zone = bus_call_manager (fixture, "Parse",
                                              "('hello', int64 0, 'Mars/Dome', @a{sv} {})");

  static const char *const cases[][2] = {
    { "Promise", "('yesterday', '', @a{sv} {})" },
    { "Promise", "('none', '', @a{sv} {})" },
    { "ExtendPromise", "('', @a{sv} {})" },
    { "ExtendPromise", "('soon', @a{sv} {})" },
    { "Snooze", "('off', @a{sv} {})" },
    { "Snooze", "('none', @a{sv} {})" },
    { "SetNeededBy", "('never', @a{sv} {})" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (BusAnswer) answer = bus_call_thread (fixture, cases[i][0], cases[i][1]);

      g_assert_error (answer.error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT);
    }
  g_assert_error (who.error, ONC_ERROR, ONC_ERROR_NOT_FOUND);
  g_assert_error (zone.error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT);
  g_assert_nonnull (strstr (zone.error->message, "“Mars/Dome”"));
  g_assert_error (promise.error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT);
  g_assert_nonnull (strstr (promise.error->message, "39800"));
  g_assert_error (level.error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT);
  g_assert_nonnull (strstr (level.error->message, "“Urgent”"));
  g_assert_error (text.error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT);
  g_assert_nonnull (strstr (text.error->message, "40000"));
  g_assert_cmpstr (fixture->world->call, ==, "");
}

static void
test_a_sentence_is_read (BusFixture *fixture, gconstpointer user_data)
{
  g_auto (BusAnswer) promise = bus_call_manager (
      fixture, "Parse",
      "('Bug fixed. I am back at 14:30, größer', int64 1772445600000000, 'Europe/Berlin', "
      "@a{sv} {})");
  g_auto (BusAnswer) none = bus_call_manager (fixture, "Parse", "('', int64 1, 'UTC', @a{sv} {})");
  g_autofree char *read = NULL;
  g_autofree char *unread = NULL;

  g_assert_no_error (promise.error);
  g_assert_no_error (none.error);
  read = g_variant_print (promise.reply, FALSE);
  unread = g_variant_print (none.reply, FALSE);
  g_assert_true (g_str_has_prefix (read, "([{'kind': <'promise'>, 'due': <int64 1772458200000000>, "
                                         "'matched': <'at 14:30'>, 'reason': <'"));
  g_assert_true (g_str_has_prefix (unread, "([{'kind': <'none'>, 'due': <int64 0>, "
                                           "'matched': <''>, 'reason': <'"));
}

static void
test_tests_move_the_time (BusFixture *fixture, gconstpointer user_data)
{
  g_auto (BusAnswer) answer = bus_call (fixture, ONC_BUS_DEBUG_PATH, ONC_BUS_DEBUG, "SetTime",
                                        "(int64 1772445600000000,)");

  g_assert_no_error (answer.error);
  g_assert_cmpint (fixture->world->time, ==, 1772445600000000);
}

static void
test_objects_that_do_not_exist_do_not_answer (BusFixture *fixture, gconstpointer user_data)
{
  static const char *const paths[] = {
    "/org/oncalld1/thread/8",
    "/org/oncalld1/thread/07",
    "/org/oncalld1/thread/99",
    "/org/oncalld1/thread/none",
    "/org/oncalld1/thread",
    "/org/oncalld1",
    "/",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_auto (BusAnswer) answer = bus_call (fixture, paths[i], ONC_BUS_THREAD, "Claim",
                                            "(@a{sv} {},)");

      g_assert_error (answer.error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD);
      g_assert_cmpstr (fixture->world->call, ==, "");
    }
}

static void
test_a_write_waits_for_its_answer (BusFixture *fixture, gconstpointer user_data)
{
  g_auto (BusAnswer) answer = { NULL, NULL };

  fixture->world->hold = TRUE;
  bus_start_call (fixture, "/org/oncalld1/thread/7", ONC_BUS_THREAD, "Claim",
                  g_variant_new ("(a{sv})", NULL), &answer);
  bus_wait_until (fixture->world->held->len == 1);
  bus_synchronise (fixture);
  g_assert_null (answer.reply);
  g_assert_null (answer.error);

  fake_world_release (fixture->world);
  bus_wait_until (answer.reply != NULL || answer.error != NULL);
  g_assert_no_error (answer.error);
}

static void
test_a_call_that_waits_outlives_the_bus (BusFixture *fixture, gconstpointer user_data)
{
  g_auto (BusAnswer) answer = { NULL, NULL };

  fixture->world->hold = TRUE;
  bus_start_call (fixture, "/org/oncalld1/thread/7", ONC_BUS_THREAD, "Release",
                  g_variant_new ("(a{sv})", NULL), &answer);
  bus_wait_until (fixture->world->held->len == 1);
  onc_bus_stop (fixture->world->bus);
  fixture->world->answer = g_error_new (ONC_ERROR, ONC_ERROR_NOT_CONNECTED, "Stopping");
  fake_world_release (fixture->world);
  bus_wait_until (answer.reply != NULL || answer.error != NULL);
  g_assert_error (answer.error, ONC_ERROR, ONC_ERROR_NOT_CONNECTED);
}

static void
test_errors_keep_their_code_and_sentence (BusFixture *fixture, gconstpointer user_data)
{
  static const char *const names[] = { "NotFound", "InvalidArgument", "WrongState", "NotConnected",
                                       "Denied",   "RateLimited",     "Config",     "Failed" };

  for (int code = 0; code < ONC_N_ERRORS; code++)
    {
      g_autofree char *name = g_strconcat ("org.oncalld1.Error.", names[code], NULL);
      g_autofree char *actual = NULL;
      g_auto (BusAnswer) answer = { NULL, NULL };

      g_clear_error (&fixture->world->answer);
      fixture->world->answer = g_error_new_literal (ONC_ERROR, code, "It is so");
      answer = bus_call_thread (fixture, "Claim", "(@a{sv} {},)");
      g_assert_error (answer.error, ONC_ERROR, code);
      g_assert_cmpstr (answer.error->message, ==, "It is so");
      actual = g_dbus_error_encode_gerror (answer.error);
      g_assert_cmpstr (actual, ==, name);
    }
}

static void
test_errors_of_others_become_failures (BusFixture *fixture, gconstpointer user_data)
{
  g_auto (BusAnswer) answer = { NULL, NULL };

  fixture->world->answer = g_error_new (G_FILE_ERROR, G_FILE_ERROR_NOSPC, "The disk is full");
  answer = bus_call_manager (fixture, "Refresh", "(@a{sv} {},)");
  g_assert_error (answer.error, ONC_ERROR, ONC_ERROR_FAILED);
  g_assert_cmpstr (answer.error->message, ==, "The disk is full");
}

static void
test_a_thread_is_found_by_number_permalink_and_message (BusFixture *fixture,
                                                        gconstpointer user_data)
{
  static const char *const references[] = {
    "7",
    "C001/1700000000.000100",
    "support/1700000000.000100",
    "#support/1700000000.000100",
    "https://example.slack.com/archives/C001/p1700000000000100",
    "https://example.slack.com/archives/C001/p1700000055000100?thread_ts=1700000000.000100&cid=C001",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (references); i++)
    {
      g_autofree char *arguments = g_strdup_printf ("('%s', @a{sv} {})", references[i]);
      g_auto (BusAnswer) answer = bus_call_manager (fixture, "FindThread", arguments);
      const char *path;

      g_assert_no_error (answer.error);
      g_variant_get (answer.reply, "(&o)", &path);
      g_assert_cmpstr (path, ==, "/org/oncalld1/thread/7");
    }
}

static void
test_what_names_no_thread_is_not_found (BusFixture *fixture, gconstpointer user_data)
{
  static const struct
  {
    const char *reference;
    OncError code;
  } cases[] = {
    { "6", ONC_ERROR_NOT_FOUND },
    { "C001/1700000000.000101", ONC_ERROR_NOT_FOUND },
    { "", ONC_ERROR_INVALID_ARGUMENT },
    { "0", ONC_ERROR_INVALID_ARGUMENT },
    { "-7", ONC_ERROR_INVALID_ARGUMENT },
    { "7x", ONC_ERROR_INVALID_ARGUMENT },
    { "4294967303", ONC_ERROR_INVALID_ARGUMENT }, /* 7 + 2^32 */
    { "/", ONC_ERROR_INVALID_ARGUMENT },
    { "#/1700000000.000100", ONC_ERROR_INVALID_ARGUMENT },
    { "C001/", ONC_ERROR_INVALID_ARGUMENT },
    { "C001/17", ONC_ERROR_INVALID_ARGUMENT },
    { "https://example.slack.com/archives/C001", ONC_ERROR_INVALID_ARGUMENT },
    { "https://example.slack.com/archives/C001/p100", ONC_ERROR_INVALID_ARGUMENT },
    { "https://example.slack.com/archives/C001/x1700000000000100", ONC_ERROR_INVALID_ARGUMENT },
    { "https://example.slack.com/C001/1700000000.000100", ONC_ERROR_INVALID_ARGUMENT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *arguments = g_strdup_printf ("('%s', @a{sv} {})", cases[i].reference);
      g_auto (BusAnswer) answer = bus_call_manager (fixture, "FindThread", arguments);

      g_assert_error (answer.error, ONC_ERROR, (int) cases[i].code);
    }
}

static void
test_a_closed_thread_can_be_called_once_it_is_found (BusFixture *fixture, gconstpointer user_data)
{
  g_autofree char *path = bus_find_thread (fixture, 8);
  g_autofree char *again = bus_find_thread (fixture, 8);
  g_auto (BusAnswer) reopened = bus_call (fixture, path, ONC_BUS_THREAD, "Reopen", "(@a{sv} {},)");

  g_assert_no_error (reopened.error);
  g_assert_cmpstr (again, ==, path);
  g_assert_cmpstr (fixture->world->call, ==, "act 8 reopen");
  bus_assert_property (fixture, path, ONC_BUS_THREAD, "State", "'resolved'");
  bus_assert_signals (fixture, "");

  fake_world_set_state (fixture->world, fake_world_get (fixture->world, 8), ONC_STATE_NEW);
  bus_synchronise (fixture);
  bus_assert_signals (fixture, "InterfacesAdded");
  bus_assert_property (fixture, path, ONC_BUS_THREAD, "State", "'new'");
}

static void
test_only_the_last_64_closed_threads_stay_callable (BusFixture *fixture, gconstpointer user_data)
{
  g_autofree char *first = bus_find_thread (fixture, 8);

  for (guint32 number = 100; number < 165; number++)
    {
      fake_world_add (fixture->world, number, ONC_LEVEL_QUESTION, ONC_STATE_RESOLVED, "C001",
                      "1600000001.000100", "U001", 1, "");
      g_free (bus_find_thread (fixture, number));
      /* Finding it again keeps it. */
      if (number < 164)
        g_free (bus_find_thread (fixture, 8));
    }

  bus_assert_property (fixture, first, ONC_BUS_THREAD, "Number", "8");
  bus_assert_property (fixture, "/org/oncalld1/thread/164", ONC_BUS_THREAD, "Number", "164");
  bus_assert_property (fixture, "/org/oncalld1/thread/102", ONC_BUS_THREAD, "Number", "102");
  for (guint32 number = 100; number < 102; number++)
    {
      g_autofree char *path = g_strdup_printf ("/org/oncalld1/thread/%u", number);
      g_auto (BusAnswer) answer = bus_call (fixture, path, ONC_BUS_THREAD, "Reopen",
                                            "(@a{sv} {},)");

      g_assert_error (answer.error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD);
    }
}

static void
test_filters_reach_the_app (BusFixture *fixture, gconstpointer user_data)
{
  const OncFilter *filter = &fixture->world->filter;
  g_auto (BusAnswer) answer = bus_call_manager (
      fixture, "ListThreads",
      "({'state': <'closed'>, 'level': <'urgent'>, 'channel': <'#support'>, 'tag': <'bug'>, "
      "'looker': <'@Bea'>, 'asker': <'@Ada'>, 'since': <int64 5>, 'until': <int64 6>, "
      "'text': <'export'>, 'limit': <uint32 10>, 'offset': <uint32 20>},)");

  g_assert_no_error (answer.error);
  g_assert_cmpstr (fixture->world->call, ==, "list support bug Bea Ada export");
  g_assert_cmpuint (filter->states, ==,
                    1 << ONC_STATE_RESOLVED | 1 << ONC_STATE_DISMISSED | 1 << ONC_STATE_DELETED);
  g_assert_cmpuint (filter->levels, ==, 1 << ONC_LEVEL_URGENT);
  g_assert_cmpint (filter->since, ==, 5);
  g_assert_cmpint (filter->until, ==, 6);
  g_assert_cmpuint (filter->limit, ==, 10);
  g_assert_cmpuint (filter->offset, ==, 20);
}

static void
test_no_filter_lists_everything (BusFixture *fixture, gconstpointer user_data)
{
  const OncFilter *filter = &fixture->world->filter;
  g_auto (BusAnswer) answer = bus_call_manager (fixture, "ListThreads", "(@a{sv} {},)");
  g_autoptr (GVariant) list = NULL;

  g_assert_no_error (answer.error);
  g_variant_get (answer.reply, "(@aa{sv})", &list);
  g_assert_cmpuint (g_variant_n_children (list), ==, 2);
  g_assert_cmpuint (filter->states, ==, 0x1f);
  g_assert_cmpuint (filter->levels, ==, 0x7);
  g_assert_cmpint (filter->until, ==, G_MAXINT64);
  g_assert_cmpuint (filter->limit, ==, 0);
}

/* A GAsyncReadyCallback: hands the result over. */
static void
on_result (GObject *connection, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* Returns: (transfer full): the JSON of DumpThreads; NULL with @error. */
static char *
dump_threads (BusFixture *fixture, const char *arguments, GError **error)
{
  g_autoptr (GUnixFDList) files = NULL;
  g_autoptr (GIOChannel) channel = NULL;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  char *text = NULL;
  int fd;

  g_dbus_connection_call_with_unix_fd_list (
      fixture->client, ONC_BUS_NAME, ONC_BUS_PATH, ONC_BUS_MANAGER, "DumpThreads",
      g_variant_new_parsed (arguments), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, on_result,
      &result);
  bus_wait_until (result != NULL);
  reply = g_dbus_connection_call_with_unix_fd_list_finish (fixture->client, &files, result, error);
  if (reply == NULL)
    return NULL;

  fd = g_unix_fd_list_get (files, 0, NULL);
  g_assert_cmpint (pwrite (fd, "x", 1, 0), ==, -1);
  channel = g_io_channel_unix_new (fd);
  g_io_channel_set_close_on_unref (channel, TRUE);
  g_io_channel_read_to_end (channel, &text, NULL, NULL);
  return text;
}

static void
test_a_dump_is_json_in_a_file (BusFixture *fixture, gconstpointer user_data)
{
  OncThread *thread = fake_world_get (fixture->world, 7);
  g_autoptr (GError) error = NULL;
  g_autofree char *all = NULL;
  g_autofree char *open = NULL;
  g_autofree char *none = NULL;
  g_autofree char *nowhere = NULL;

  thread->level = ONC_LEVEL_EMERGENCY;
  onc_bus_thread_changed (fixture->world->bus, thread, ONC_CHANGE_LEVEL);
  all = dump_threads (fixture, "(@a{sv} {}, {'timezone': <'Asia/Tokyo'>})", &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (all, "[{\"number\":8,"));
  g_assert_nonnull (strstr (all, "},{\"number\":7,"));
  g_assert_nonnull (strstr (all, "\"opened\":\"2023-11-15T07:13:20+09:00\""));
  g_assert_true (g_str_has_suffix (all, "}]"));

  open = dump_threads (fixture, "({'state': <'open'>}, @a{sv} {})", &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (open, "[{\"number\":7,"));
  g_assert_nonnull (strstr (open, "\"level\":\"emergency\""));
  g_assert_null (strstr (open, "\"number\":8"));

  none = dump_threads (fixture, "({'level': <'urgent'>}, @a{sv} {})", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (none, ==, "[]");

  nowhere = dump_threads (fixture, "(@a{sv} {}, {'timezone': <'Nowhere'>})", &error);
  g_assert_null (nowhere);
  g_assert_error (error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT);
}

static void
test_what_needs_somebody_most_comes_first_if_wished (BusFixture *fixture, gconstpointer user_data)
{
  /* Beside 7, which is urgent, and 8, which is closed */
  static const struct
  {
    guint32 number;
    OncLevel level;
    OncState state;
    OncInstant opened;
  } threads[] = {
    { 20, ONC_LEVEL_QUESTION, ONC_STATE_NEW, 5 },
    { 21, ONC_LEVEL_EMERGENCY, ONC_STATE_LOOKING, 9 },
    { 22, ONC_LEVEL_EMERGENCY, ONC_STATE_NEW, 8 },
    { 23, ONC_LEVEL_EMERGENCY, ONC_STATE_RESOLVED, 9 },
  };
  static const char *const cases[][2] = {
    { "{'order': <'urgency'>}", "22 21 7 20 8 23 " },
    { "{'order': <'urgency'>, 'limit': <uint32 2>}", "22 21 " },
    { "{'order': <'urgency'>, 'limit': <uint32 2>, 'offset': <uint32 1>}", "21 7 " },
    { "{'order': <'urgency'>, 'offset': <uint32 9>}", "" },
    { "{'order': <'newest'>}", "23 22 21 20 8 7 " },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autofree char *ts = g_strdup_printf ("170000001%" G_GSIZE_FORMAT ".000100", i);

      fake_world_add (fixture->world, threads[i].number, threads[i].level, threads[i].state, "C001",
                      ts, "U001", threads[i].opened, "");
    }
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *arguments = g_strdup_printf ("(%s,)", cases[i][0]);
      g_auto (BusAnswer) answer = bus_call_manager (fixture, "ListThreads", arguments);
      g_autoptr (GString) numbers = g_string_new (NULL);
      g_autoptr (GVariantIter) iter = NULL;
      GVariant *thread;

      g_assert_no_error (answer.error);
      g_variant_get (answer.reply, "(aa{sv})", &iter);
      while ((thread = g_variant_iter_next_value (iter)) != NULL)
        {
          guint32 number = 0;

          g_assert_true (g_variant_lookup (thread, "Number", "u", &number));
          g_string_append_printf (numbers, "%u ", number);
          g_variant_unref (thread);
        }
      g_assert_cmpstr (numbers->str, ==, cases[i][1]);
    }
}

static void
test_filters_that_cannot_be_read_are_refused_by_name (BusFixture *fixture, gconstpointer user_data)
{
  static const char *const cases[][2] = {
    { "{'state': <'opened'>}", "“opened”" },       { "{'level': <''>}", "“”" },
    { "{'since': <'yesterday'>}", "“since”" },     { "{'limit': <10>}", "“limit”" },
    { "{'limit': <int64 10>}", "“limit”" },        { "{'text': <b'export'>}", "“text”" },
    { "{'State': <'open'>}", "“State”" },          { "{'': <'open'>}", "“”" },
    { "{'channel': <['support']>}", "“channel”" }, { "{'order': <'oldest'>}", "“oldest”" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *arguments = g_strdup_printf ("(%s,)", cases[i][0]);
      g_auto (BusAnswer) answer = bus_call_manager (fixture, "ListThreads", arguments);

      g_assert_error (answer.error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT);
      g_assert_nonnull (strstr (answer.error->message, cases[i][1]));
    }
}

static void
add_tests (const char *address)
{
  BUS_ADD_TEST ("a dump is json in a file", test_a_dump_is_json_in_a_file);
  BUS_ADD_TEST ("what needs somebody most comes first if wished",
                test_what_needs_somebody_most_comes_first_if_wished);
  BUS_ADD_TEST ("every method reaches the app", test_every_method_reaches_the_app);
  BUS_ADD_TEST ("unknown options are refused by name", test_unknown_options_are_refused_by_name);
  BUS_ADD_TEST ("only what writes to slack takes queue",
                test_only_what_writes_to_slack_takes_queue);
  BUS_ADD_TEST ("open hands the activation token on", test_open_hands_the_activation_token_on);
  BUS_ADD_TEST ("options of a wrong type are refused by name",
                test_options_of_a_wrong_type_are_refused_by_name);
  BUS_ADD_TEST ("arguments of a wrong type are refused",
                test_arguments_of_a_wrong_type_are_refused);
  BUS_ADD_TEST ("arguments that make no sense are refused",
                test_arguments_that_make_no_sense_are_refused);
  BUS_ADD_TEST ("a sentence is read", test_a_sentence_is_read);
  BUS_ADD_TEST ("tests move the time", test_tests_move_the_time);
  BUS_ADD_TEST ("objects that do not exist do not answer",
                test_objects_that_do_not_exist_do_not_answer);
  BUS_ADD_TEST ("a write waits for its answer", test_a_write_waits_for_its_answer);
  BUS_ADD_TEST ("a call that waits outlives the bus", test_a_call_that_waits_outlives_the_bus);
  BUS_ADD_TEST ("errors keep their code and sentence", test_errors_keep_their_code_and_sentence);
  BUS_ADD_TEST ("errors of others become failures", test_errors_of_others_become_failures);
  BUS_ADD_TEST ("a thread is found by number, permalink and message",
                test_a_thread_is_found_by_number_permalink_and_message);
  BUS_ADD_TEST ("what names no thread is not found", test_what_names_no_thread_is_not_found);
  BUS_ADD_TEST ("a closed thread can be called once it is found",
                test_a_closed_thread_can_be_called_once_it_is_found);
  BUS_ADD_TEST ("only the last 64 closed threads stay callable",
                test_only_the_last_64_closed_threads_stay_callable);
  BUS_ADD_TEST ("filters reach the app", test_filters_reach_the_app);
  BUS_ADD_TEST ("no filter lists everything", test_no_filter_lists_everything);
  BUS_ADD_TEST ("filters that cannot be read are refused by name",
                test_filters_that_cannot_be_read_are_refused_by_name);
}

int
main (int argc, char **argv)
{
  return bus_run_tests (&argc, &argv, add_tests);
}
