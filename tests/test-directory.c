/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "directory.h"

#include <string.h>

#include "fake-slack.h"
#include "quoted-json.h"

typedef struct
{
  FakeServer *server;  /* (owned) */
  GHashTable *answers; /* (owned) "method" or "method?cursor" or "method:id" → JSON (unowned) */
  GString *calls;      /* (owned) "method?form " of each */
  OncHttp *http;       /* (owned) */
  OncWebApi *api;      /* (owned) */
  OncDirectory *directory; /* (owned) */
  GString *signals;        /* (owned) "U1 B:U2 S1=U1,U2 changed …" */
} Fixture;

/* A small workspace; a test replaces what it is about. */
static const struct
{
  const char *method;
  const char *json;
} workspace[] = {
  { "auth.test",
    "{'ok':true,'url':'https://x.slack.com/','team':'X','team_id':'T1','user_id':'U1'}" },
  { "users.list",
    "{'ok':true,'members':[{'id':'U1','name':'ada','real_name':'Ada','tz':'Europe/Paris'},"
    "{'id':'U2','name':'hal','is_bot':true},{'id':'U9','name':'gone','deleted':true}],"
    "'response_metadata':{'next_cursor':'more'}}" },
  { "users.list?more",
    "{'ok':true,'members':[{'id':'U3','name':'grace'}],'response_metadata':{'next_cursor':''}}" },
  { "usergroups.list",
    "{'ok':true,'usergroups':[{'id':'S1','handle':'oncall','name':'On call','date_update':5},"
    "{'id':'S2','handle':'devs','name':'Developers'},"
    "{'id':'S3','handle':'old','date_delete':1700000000}]}" },
  { "usergroups.users.list:S1", "{'ok':true,'users':['U3','U1']}" },
  { "usergroups.users.list:S2", "{'ok':true,'users':['U2']}" },
  { "users.conversations", "{'ok':true,'channels':[{'id':'C1','name':'support'}]}" },
  { "conversations.list",
    "{'ok':true,'channels':[{'id':'C7','name':'random'},{'id':'C2','name':'data'}],"
    "'response_metadata':{'next_cursor':'endless'}}" },
  { "conversations.info:C5", "{'ok':true,'channel':{'id':'C5','name':'hidden'}}" },
  { "users.info:U8", "{'ok':true,'user':{'id':'U8','name':'guest','real_name':'Guest'}}" },
};

static void
on_request (FakePeer *peer, const FakeRequest *request, gpointer user_data)
{
  Fixture *fixture = user_data;
  const char *method = fake_request_get_method (request);
  g_autoptr (GHashTable) params = fake_request_get_params (request);
  static const char *const ids[] = { "usergroup", "channel", "user" };
  const char *cursor = g_hash_table_lookup (params, "cursor");
  g_autofree char *key = cursor != NULL ? g_strdup_printf ("%s?%s", method, cursor)
                                        : g_strdup (method);
  const char *json;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      const char *id = g_hash_table_lookup (params, ids[i]);

      if (id != NULL)
        {
          g_free (key);
          key = g_strdup_printf ("%s:%s", method, id);
        }
    }
  g_string_append_printf (fixture->calls, "%s ", key);
  json = g_hash_table_lookup (fixture->answers, key);
  fake_peer_answer (peer, json != NULL ? json : "{'ok':false,'error':'channel_not_found'}");
}

static void
on_event (OncDirectory *directory, gpointer data, gpointer user_data)
{
  Fixture *fixture = user_data;
  const OncEvent *event = data;

  if (event->kind == ONC_EVENT_PERSON)
    {
      g_string_append_printf (fixture->signals, "%s%s ", event->person.bot ? "B:" : "",
                              event->person.user);
    }
  else
    {
      g_autofree char *members = g_strjoinv (",", event->group.added);

      g_assert_cmpint (event->kind, ==, ONC_EVENT_GROUP);
      g_assert_true (event->group.whole);
      g_string_append_printf (fixture->signals, "%s=%s ", event->group.id, members);
    }
}

static void
on_changed (OncDirectory *directory, gpointer user_data)
{
  g_string_append (((Fixture *) user_data)->signals, "changed ");
}

static void
name_all (Fixture *fixture, const char *person, const char *channel)
{
  const char *const people[] = { person, NULL };
  const char *const channels[] = { channel, NULL };

  onc_directory_set_names (fixture->directory, people, channels);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const FakeHandlers handlers = { .request = on_request };
  g_autofree char *url = NULL;

  fixture->server = fake_server_new (&handlers, NULL, fixture);
  fixture->answers = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < G_N_ELEMENTS (workspace); i++)
    g_hash_table_insert (fixture->answers, (gpointer) workspace[i].method,
                         (gpointer) workspace[i].json);
  fixture->calls = g_string_new (NULL);
  fixture->signals = g_string_new (NULL);
  fixture->http = onc_http_new ("oncalld/test");
  url = fake_server_url (fixture->server, "http", "api/");
  fixture->api = onc_web_api_new (fixture->http, url, "xoxp-1");
  onc_web_api_set_pause (fixture->api, ONC_SECOND / 1000);
  fixture->directory = onc_directory_new (fixture->api);
  g_signal_connect (fixture->directory, "event", G_CALLBACK (on_event), fixture);
  g_signal_connect (fixture->directory, "changed", G_CALLBACK (on_changed), fixture);
  name_all (fixture, "@oncall", "#support");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->directory);
  g_assert_finalize_object (fixture->api);
  g_assert_finalize_object (fixture->http);
  fake_server_free (fixture->server);
  g_hash_table_unref (fixture->answers);
  g_string_free (fixture->calls, TRUE);
  g_string_free (fixture->signals, TRUE);
}

typedef struct
{
  gboolean done;
  GError *error; /* (owned) (nullable) */
} Result;

static void
on_refreshed (GObject *source, GAsyncResult *async_result, gpointer user_data)
{
  Result *result = user_data;

  result->done = TRUE;
  g_assert_true (onc_directory_refresh_finish (ONC_DIRECTORY (source), async_result,
                                               &result->error) == (result->error == NULL));
}

/* Returns: (transfer full) (nullable): the error. */
static GError *
refresh (Fixture *fixture, OncDirectoryScope scope)
{
  Result result = { 0 };

  g_string_truncate (fixture->calls, 0);
  g_string_truncate (fixture->signals, 0);
  onc_directory_refresh_async (fixture->directory, scope, NULL, on_refreshed, &result);
  assert_eventually (result.done);
  return result.error;
}

static void
refresh_well (Fixture *fixture)
{
  g_autoptr (GError) error = refresh (fixture, ONC_DIRECTORY_ALL);

  g_assert_no_error (error);
}

static gboolean
has (const GString *string, const char *part)
{
  return strstr (string->str, part) != NULL;
}

static void
take (Fixture *fixture, const char *json)
{
  g_autoptr (cJSON) event = parse_quoted (json);

  onc_directory_take_event (fixture->directory, event);
}

static void
test_a_refresh_learns_all_that_is_needed (Fixture *fixture, gconstpointer data)
{
  OncNaming naming = onc_directory_get_naming (fixture->directory);

  g_assert_null (onc_directory_get_team (fixture->directory));
  refresh_well (fixture);
  g_assert_cmpstr (onc_directory_get_team (fixture->directory), ==, "T1");
  g_assert_cmpstr (onc_directory_get_me (fixture->directory), ==, "U1");
  g_assert_null (onc_directory_get_bot (fixture->directory));
  g_assert_cmpstr (naming.user (naming.data, "T1", "U1"), ==, "Ada");
  g_assert_cmpstr (naming.user (naming.data, "T1", "U3"), ==, "grace");
  g_assert_cmpstr (naming.group (naming.data, "T1", "S1"), ==, "oncall");
  g_assert_cmpstr (naming.channel (naming.data, "T1", "C1"), ==, "support");
  g_assert_cmpstr (naming.workspace_url (naming.data, "T1"), ==, "https://x.slack.com/");
  g_assert_null (naming.user (naming.data, "T2", "U1"));
  g_assert_null (naming.group (naming.data, "T1", "S3"));
  g_assert_cmpstr (onc_directory_get_zone (fixture->directory, "U1"), ==, "Europe/Paris");
  g_assert_null (onc_directory_get_zone (fixture->directory, "U3"));
  g_assert_cmpstr (onc_directory_find_person (fixture->directory, "@oncall", NULL), ==, "S1");
  g_assert_cmpstr (onc_directory_find_channel (fixture->directory, "#support", NULL), ==, "C1");

  /* Everything once, one "changed" at the end, and only the members that matter */
  g_assert_true (has (fixture->signals, "U1 ") && has (fixture->signals, "B:U2 "));
  g_assert_true (has (fixture->signals, "S1=U1,U3 "));
  g_assert_false (has (fixture->signals, "U9 ") || has (fixture->signals, "S2="));
  g_assert_true (g_str_has_suffix (fixture->signals->str, " changed "));
  g_assert_false (has (fixture->calls, "conversations.list"));
}

static void
test_nothing_new_is_no_change (Fixture *fixture, gconstpointer data)
{
  refresh_well (fixture);
  refresh_well (fixture);
  g_assert_false (has (fixture->signals, "changed"));
  g_assert_true (has (fixture->signals, "S1=U1,U3 "));
}

static void
test_the_groups_alone_can_be_refreshed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  refresh_well (fixture);
  g_hash_table_insert (fixture->answers, (gpointer) "usergroups.users.list:S1",
                       (gpointer) "{'ok':true,'users':['U2']}");
  error = refresh (fixture, ONC_DIRECTORY_GROUPS);
  g_assert_no_error (error);
  g_assert_cmpstr (fixture->calls->str, ==, "usergroups.list usergroups.users.list:S1 ");
  g_assert_cmpstr (fixture->signals->str, ==, "S1=U2 changed ");
}

static void
test_a_group_that_is_gone_is_forgotten (Fixture *fixture, gconstpointer data)
{
  refresh_well (fixture);
  g_hash_table_insert (fixture->answers, (gpointer) "usergroups.list",
                       (gpointer) "{'ok':true,'usergroups':[]}");
  refresh_well (fixture);
  g_assert_null (onc_directory_find_person (fixture->directory, "@oncall", NULL));
  name_all (fixture, "S1", "#support");
  g_hash_table_insert (fixture->answers, (gpointer) "usergroups.users.list:S1",
                       (gpointer) "{'ok':false,'error':'no_such_subteam'}");
  refresh_well (fixture);
  g_assert_true (has (fixture->signals, "S1= "));
}

static void
test_a_plan_without_groups_is_done_without (Fixture *fixture, gconstpointer data)
{
  const char *const errors[] = { "plan_upgrade_required", "missing_scope", "unknown_method" };

  name_all (fixture, "@ada", "#support");
  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_autofree char *json = g_strdup_printf ("{'ok':false,'error':'%s'}", errors[i]);

      g_hash_table_insert (fixture->answers, (gpointer) "usergroups.list", json);
      refresh_well (fixture);
      g_assert_cmpstr (onc_directory_find_person (fixture->directory, "@ada", NULL), ==, "U1");
    }
}

static void
test_a_channel_elsewhere_is_found (Fixture *fixture, gconstpointer data)
{
  OncNaming naming = onc_directory_get_naming (fixture->directory);

  name_all (fixture, "@oncall", "#data");
  refresh_well (fixture);
  g_assert_cmpstr (onc_directory_find_channel (fixture->directory, "#data", NULL), ==, "C2");
  /* The list is left as soon as all is found, and others' channels are not kept */
  g_assert_false (has (fixture->calls, "conversations.list?endless"));
  g_assert_null (naming.channel (naming.data, "T1", "C7"));

  name_all (fixture, "@oncall", "C5");
  refresh_well (fixture);
  g_assert_cmpstr (naming.channel (naming.data, "T1", "C5"), ==, "hidden");
}

static void
test_a_channel_that_is_nowhere_does_not_fail_the_rest (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_hash_table_insert (fixture->answers, (gpointer) "conversations.list",
                       (gpointer) "{'ok':true,'channels':[]}");
  name_all (fixture, "@oncall", "#nowhere");
  refresh_well (fixture);
  g_assert_null (onc_directory_find_channel (fixture->directory, "#nowhere", &error));
  g_assert_error (error, ONC_ERROR, ONC_ERROR_NOT_FOUND);
  name_all (fixture, "@oncall", "C404");
  refresh_well (fixture);
}

static void
test_a_failure_in_passing_fails_the_refresh (Fixture *fixture, gconstpointer data)
{
  const char *const methods[] = { "auth.test", "users.list?more", "usergroups.list",
                                  "usergroups.users.list:S1", "users.conversations" };

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autoptr (GError) error = NULL;
      gpointer usual = g_hash_table_lookup (fixture->answers, methods[i]);

      g_hash_table_insert (fixture->answers, (gpointer) methods[i],
                           (gpointer) "{'ok':false,'error':'internal_error'}");
      error = refresh (fixture, ONC_DIRECTORY_ALL);
      g_assert_error (error, ONC_API_ERROR, ONC_API_ERROR_TRANSIENT);
      g_hash_table_insert (fixture->answers, (gpointer) methods[i], usual);
    }
  refresh_well (fixture);
}

static void
test_an_owner_that_is_not_named_fails_the_refresh (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) denied = NULL;

  g_hash_table_insert (fixture->answers, (gpointer) "auth.test", (gpointer) "{'ok':true}");
  error = refresh (fixture, ONC_DIRECTORY_ALL);
  g_assert_error (error, ONC_API_ERROR, ONC_API_ERROR_TRANSIENT);
  g_hash_table_insert (fixture->answers, (gpointer) "auth.test",
                       (gpointer) "{'ok':false,'error':'invalid_auth'}");
  denied = refresh (fixture, ONC_DIRECTORY_ALL);
  g_assert_error (denied, ONC_API_ERROR, ONC_API_ERROR_STOP);
  g_assert_cmpstr (fixture->calls->str, ==, "auth.test ");
}

static void
test_a_refresh_can_be_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Result result = { 0 };

  onc_directory_refresh_async (fixture->directory, ONC_DIRECTORY_ALL, cancellable, on_refreshed,
                               &result);
  assert_eventually (has (fixture->calls, "users.list"));
  g_cancellable_cancel (cancellable);
  assert_eventually (result.done);
  g_assert_error (result.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&result.error);
}

static void
test_somebody_unknown_is_looked_up_once (Fixture *fixture, gconstpointer data)
{
  OncNaming naming = onc_directory_get_naming (fixture->directory);

  refresh_well (fixture);
  g_string_truncate (fixture->signals, 0);
  g_assert_null (naming.user (naming.data, "T1", "U8"));
  g_assert_null (naming.user (naming.data, "T1", "U8"));
  g_assert_null (naming.user (naming.data, "T1", "B8"));
  assert_eventually (has (fixture->signals, "changed"));
  g_assert_cmpstr (fixture->signals->str, ==, "U8 changed ");
  g_assert_cmpstr (naming.user (naming.data, "T1", "U8"), ==, "Guest");

  /* Who is not there is not asked for again and again */
  g_assert_null (naming.user (naming.data, "T1", "U404"));
  assert_eventually (has (fixture->calls, "users.info:U404"));
  g_string_truncate (fixture->calls, 0);
  g_assert_null (naming.user (naming.data, "T1", "U404"));
  refresh_well (fixture);
  g_assert_false (has (fixture->calls, "users.info"));
}

static void
test_a_directory_may_go_while_it_asks (Fixture *fixture, gconstpointer data)
{
  OncNaming naming = onc_directory_get_naming (fixture->directory);

  refresh_well (fixture);
  g_assert_null (naming.user (naming.data, "T1", "U8"));
  g_assert_finalize_object (fixture->directory);
  fixture->directory = onc_directory_new (fixture->api);
  name_all (fixture, "@oncall", "#support");
  refresh_well (fixture);
}

static void
test_changes_of_names_are_followed (Fixture *fixture, gconstpointer data)
{
  OncNaming naming = onc_directory_get_naming (fixture->directory);

  refresh_well (fixture);
  g_string_truncate (fixture->signals, 0);
  take (fixture, "{'type':'user_change','user':{'id':'U1','name':'ada','real_name':'Ada King'}}");
  g_assert_cmpstr (naming.user (naming.data, "T1", "U1"), ==, "Ada King");
  take (fixture, "{'type':'channel_rename','channel':{'id':'C1','name':'help'}}");
  g_assert_cmpstr (onc_directory_find_channel (fixture->directory, "#help", NULL), ==, "C1");
  take (fixture, "{'type':'channel_rename','channel':{'id':'C77','name':'unknown'}}");
  g_assert_null (naming.channel (naming.data, "T1", "C77"));
  take (fixture, "{'type':'channel_id_changed','old_channel_id':'C1','new_channel_id':'G1'}");
  g_assert_cmpstr (onc_directory_find_channel (fixture->directory, "#help", NULL), ==, "G1");
  take (fixture, "{'type':'subteam_created','subteam':{'id':'S4','handle':'ops','users':[]}}");
  g_assert_cmpstr (naming.group (naming.data, "T1", "S4"), ==, "ops");
  take (fixture, "{'type':'subteam_updated','subteam':{'id':'S4','date_delete':17}}");
  g_assert_null (naming.group (naming.data, "T1", "S4"));
  /* The envelope brings the core's events itself */
  g_assert_cmpstr (fixture->signals->str, ==, "changed changed changed changed changed ");
  take (fixture, "{'type':'something_else'}");
  take (fixture, "{'type':7}");
  take (fixture, "{'type':'user_change'}");
  take (fixture, "{'type':'channel_rename','channel':'C1'}");
  g_assert_cmpstr (fixture->signals->str, ==, "changed changed changed changed changed ");
}

/* Returns: (transfer full): who is in S1, as far as is known. */
static char *
members_of (Fixture *fixture)
{
  g_autoptr (GPtrArray) rows = onc_directory_dump (fixture->directory);
  GString *members = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const OncRosterRow *row = g_ptr_array_index (rows, i);

      if (row->kind == ONC_ROSTER_MEMBER && g_str_equal (row->id, "S1"))
        g_string_append_printf (members, "%s ", row->handle);
    }

  return g_string_free (members, FALSE);
}

static void
assert_members (Fixture *fixture, const char *expected)
{
  g_autofree char *members = members_of (fixture);

  g_assert_cmpstr (members, ==, expected);
}

static void
test_members_are_followed (Fixture *fixture, gconstpointer data)
{
  refresh_well (fixture);
  g_string_truncate (fixture->calls, 0);
  take (fixture, "{'type':'subteam_members_changed','subteam_id':'S1','date_previous_update':5,"
                 "'date_update':6,'added_users':['U2'],'removed_users':['U1']}");
  assert_members (fixture, "U2 U3 ");
  take (fixture, "{'type':'subteam_self_added','subteam_id':'S1'}");
  assert_members (fixture, "U1 U2 U3 ");
  take (fixture, "{'type':'subteam_self_removed','subteam_id':'S1'}");
  assert_members (fixture, "U2 U3 ");
  take (fixture, "{'type':'subteam_updated','subteam':{'id':'S1','handle':'oncall','users':['U3'],"
                 "'user_count':1,'date_update':7}}");
  assert_members (fixture, "U3 ");
  g_assert_cmpstr (fixture->calls->str, ==, "");
}

static void
test_members_are_asked_for_where_an_event_was_missed (Fixture *fixture, gconstpointer data)
{
  refresh_well (fixture);
  g_string_truncate (fixture->calls, 0);
  g_string_truncate (fixture->signals, 0);
  take (fixture, "{'type':'subteam_members_changed','subteam_id':'S1','date_previous_update':9,"
                 "'date_update':10,'added_users':['U2'],'removed_users':[]}");
  assert_eventually (has (fixture->signals, "S1=U1,U3 "));
  g_assert_cmpstr (fixture->calls->str, ==, "usergroups.users.list:S1 ");
}

static void
test_members_are_asked_for_where_slack_cut_them_short (Fixture *fixture, gconstpointer data)
{
  refresh_well (fixture);
  g_string_truncate (fixture->signals, 0);
  take (fixture, "{'type':'subteam_updated','subteam':{'id':'S1','handle':'oncall','users':['U9'],"
                 "'user_count':'700'}}");
  assert_eventually (has (fixture->signals, "S1=U1,U3 "));
  take (fixture, "{'type':'subteam_members_changed','subteam_id':'S2','added_users':['U9']}");
  g_assert_false (has (fixture->calls, "S2"));
}

static void
test_what_was_stored_is_enough_to_begin_with (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OncDirectory) later = onc_directory_new (fixture->api);
  g_autoptr (GPtrArray) rows = NULL;
  OncNaming naming = onc_directory_get_naming (later);

  refresh_well (fixture);
  rows = onc_directory_dump (fixture->directory);
  g_string_truncate (fixture->signals, 0);
  g_signal_connect (later, "event", G_CALLBACK (on_event), fixture);
  g_signal_connect (later, "changed", G_CALLBACK (on_changed), fixture);
  onc_directory_load (later, rows);
  g_assert_cmpstr (onc_directory_get_team (later), ==, "T1");
  g_assert_cmpstr (onc_directory_find_person (later, "@oncall", NULL), ==, "S1");
  g_assert_cmpstr (onc_directory_find_channel (later, "#support", NULL), ==, "C1");
  g_assert_cmpstr (naming.user (naming.data, "T1", "U1"), ==, "Ada");
  g_assert_cmpstr (onc_directory_get_zone (later, "U1"), ==, "Europe/Paris");
  g_assert_true (has (fixture->signals, "B:U2 "));
  g_assert_true (g_str_has_suffix (fixture->signals->str, "S1=U1,U3 changed "));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(sentence, function)                                                                    \
  g_test_add ("/directory/" sentence, Fixture, NULL, set_up, function, tear_down)
  ADD ("a refresh learns all that is needed", test_a_refresh_learns_all_that_is_needed);
  ADD ("nothing new is no change", test_nothing_new_is_no_change);
  ADD ("the groups alone can be refreshed", test_the_groups_alone_can_be_refreshed);
  ADD ("a group that is gone is forgotten", test_a_group_that_is_gone_is_forgotten);
  ADD ("a plan without groups is done without", test_a_plan_without_groups_is_done_without);
  ADD ("a channel elsewhere is found", test_a_channel_elsewhere_is_found);
  ADD ("a channel that is nowhere does not fail the rest",
       test_a_channel_that_is_nowhere_does_not_fail_the_rest);
  ADD ("a failure in passing fails the refresh", test_a_failure_in_passing_fails_the_refresh);
  ADD ("an owner that is not named fails the refresh",
       test_an_owner_that_is_not_named_fails_the_refresh);
  ADD ("a refresh can be cancelled", test_a_refresh_can_be_cancelled);
  ADD ("somebody unknown is looked up once", test_somebody_unknown_is_looked_up_once);
  ADD ("a directory may go while it asks", test_a_directory_may_go_while_it_asks);
  ADD ("changes of names are followed", test_changes_of_names_are_followed);
  ADD ("members are followed", test_members_are_followed);
  ADD ("members are asked for where an event was missed",
       test_members_are_asked_for_where_an_event_was_missed);
  ADD ("members are asked for where Slack cut them short",
       test_members_are_asked_for_where_slack_cut_them_short);
  ADD ("what was stored is enough to begin with", test_what_was_stored_is_enough_to_begin_with);
#undef ADD
  return g_test_run ();
}
