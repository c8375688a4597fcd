/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "directory.h"

#include "api-round.h"
#include "event-reader.h"
#include "log.h"
#include "roster-reader.h"

/* So many people are listed at a start; whoever else turns up is looked up singly. A page takes
 * three seconds at its tier's pace, and a person about 200 bytes of memory. */
#define MAX_LISTED_USERS 1000

/* What Slack recommends for users.list, and the most for channels. */
#define USERS_PER_PAGE    "200"
#define CHANNELS_PER_PAGE "999"

struct _OncDirectory
{
  GObject parent_instance;

  OncWebApi *api;      /* (owned) */
  OncRoster *roster;   /* (owned) */
  GStrv people;        /* (owned) names to be found */
  GStrv channels;      /* (owned) */
  GHashTable *updated; /* (owned) group's ID → gint64 *: Slack's date_update of what we know */
  GHashTable *asked;   /* (owned) set of users' IDs that were looked up singly */
  GCancellable *cancellable; /* (owned) of what nobody waits for */
  gboolean different;        /* since "changed" was last signalled */
};

enum
{
  SIGNAL_EVENT,
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OncDirectory, onc_directory, G_TYPE_OBJECT)

/* Signals that something is different, once for all of it. */
static void
tell_changes (OncDirectory *self)
{
  if (!self->different)
    return;
  self->different = FALSE;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* @row: (transfer full) (nullable). Returns: whether it was one. */
static gboolean
put (OncDirectory *self, OncRosterRow *row)
{
  g_autoptr (OncRosterRow) owned_row = row;

  if (owned_row != NULL)
    self->different |= onc_roster_put (self->roster, owned_row);
  return owned_row != NULL;
}

static void
tell_person (OncDirectory *self, const char *id, gboolean bot)
{
  g_autoptr (OncEvent) event = onc_event_new (ONC_EVENT_PERSON);

  event->person.user = g_strdup (id);
  event->person.zone = g_strdup (onc_directory_get_zone (self, id));
  event->person.bot = bot;
  g_signal_emit (self, signals[SIGNAL_EVENT], 0, event);
}

/* Tells who is in @group, by what is known. */
static void
tell_members (OncDirectory *self, const char *group)
{
  g_autoptr (OncEvent) event = onc_event_new (ONC_EVENT_GROUP);
  const gint64 *updated = g_hash_table_lookup (self->updated, group);

  event->group.id = g_strdup (group);
  event->group.added = onc_roster_get_members (self->roster, group);
  event->group.whole = TRUE;
  if (updated != NULL)
    event->group.at = *updated * ONC_SECOND;
  g_signal_emit (self, signals[SIGNAL_EVENT], 0, event);
}

static void
take_group (OncDirectory *self, const cJSON *group)
{
  const char *id = onc_json_id (group, "id");
  gint64 *updated;

  if (id != NULL && onc_json_integer (group, "date_delete", 0) != 0)
    {
      self->different |= onc_roster_remove (self->roster, ONC_ROSTER_GROUP, id);
      g_hash_table_remove (self->updated, id);
    }
  else if (put (self, onc_roster_read_group (group)))
    {
      updated = g_new (gint64, 1);
      *updated = onc_json_integer (group, "date_update", 0);
      g_hash_table_replace (self->updated, g_strdup (id), updated);
    }
}

/* Takes in a user object, and tells what it is. */
static void
take_user (OncDirectory *self, const cJSON *user)
{
  if (put (self, onc_roster_read_user (user)))
    tell_person (self, onc_json_id (user, "id"), onc_event_reader_is_bot (user));
}

/* Whether one of @names cannot be found. */
static gboolean
any_missing (OncDirectory *self,
             GStrv names,
             const char *(*find) (const OncRoster *roster, const char *name, GError **error))
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (find (self->roster, names[i], NULL) == NULL)
        return TRUE;
    }

  return FALSE;
}

/* Whether @error, which may be NULL, is of what can be done without: a permission or a feature that
 * there is not, a channel that is not known. */
static gboolean
is_dispensable (const GError *error)
{
  return error == NULL || g_error_matches (error, ONC_API_ERROR, ONC_API_ERROR_SCOPE) ||
         g_error_matches (error, ONC_API_ERROR, ONC_API_ERROR_MISSING) ||
         g_error_matches (error, ONC_API_ERROR, ONC_API_ERROR_OTHER);
}

/* Takes nothing but the error of what can be done without. */
static gboolean
take_error (OncApiRound *round,
            const char *id,
            const cJSON *answer,
            const GError *error,
            gpointer user_data)
{
  if (error != NULL)
    onc_info ("%s", error->message);
  return is_dispensable (error);
}

/* A round that nobody waits for is over. */
static void
on_round_done (const GError *error, gpointer done_data)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tell_changes (done_data);
}

/* Returns: a round that nobody waits for. */
static OncApiRound *
begin_round (OncDirectory *self)
{
  return onc_api_round_new (self->api, self->cancellable, self, on_round_done, self);
}

/* Groups */

static gboolean
take_members (OncApiRound *round,
              const char *id,
              const cJSON *answer,
              const GError *error,
              gpointer user_data)
{
  OncDirectory *self = user_data;
  g_auto (GStrv) members = onc_json_ids (answer, "users");

  /* A group that is gone has no members; any other error says nothing of them */
  if (error == NULL || g_strcmp0 (onc_api_error_get_word (error), "no_such_subteam") == 0)
    {
      self->different |= onc_roster_set_members (self->roster, id, (const char *const *) members);
      tell_members (self, id);
    }

  return take_error (round, id, answer, error, user_data);
}

static void
ask_for_members (OncApiRound *round, const char *group)
{
  const char *const params[] = { "usergroup", group, NULL };

  onc_api_round_call (round, "usergroups.users.list", params, group, take_members);
}

static gboolean
take_groups (OncApiRound *round,
             const char *id,
             const cJSON *answer,
             const GError *error,
             gpointer user_data)
{
  OncDirectory *self = user_data;
  g_auto (GStrv) known = onc_roster_list (self->roster, ONC_ROSTER_GROUP);
  g_autoptr (GHashTable) listed = g_hash_table_new (g_str_hash, g_str_equal);
  const cJSON *group;

  if (error != NULL)
    return take_error (round, id, answer, error, user_data);

  cJSON_ArrayForEach (group, onc_json_array (answer, "usergroups"))
    {
      const char *group_id = onc_json_id (group, "id");

      take_group (self, group);
      if (group_id != NULL)
        g_hash_table_add (listed, (gpointer) group_id);
    }
  for (guint i = 0; known[i] != NULL; i++)
    {
      if (!g_hash_table_contains (listed, known[i]))
        self->different |= onc_roster_remove (self->roster, ONC_ROSTER_GROUP, known[i]);
    }

  for (guint i = 0; self->people[i] != NULL; i++)
    {
      const char *named = onc_roster_find_person (self->roster, self->people[i], NULL);

      if (named != NULL && *named == 'S')
        ask_for_members (round, named);
    }

  return TRUE;
}

static void
ask_for_groups (OncApiRound *round)
{
  const char *const params[] = { NULL };

  onc_api_round_call (round, "usergroups.list", params, NULL, take_groups);
}

/* People */

static gboolean
take_user_page (OncApiRound *round, const char *id, const cJSON *page, gpointer user_data)
{
  OncDirectory *self = user_data;
  const cJSON *user;

  cJSON_ArrayForEach (user, onc_json_array (page, "members"))
    {
      /* Who has left is looked up when an old message names them */
      if (!onc_json_boolean (user, "deleted"))
        take_user (self, user);
    }

  return onc_roster_count (self->roster, ONC_ROSTER_USER) < MAX_LISTED_USERS ||
         any_missing (self, self->people, onc_roster_find_person);
}

static void
ask_for_users (OncApiRound *round)
{
  const char *const params[] = { "limit", USERS_PER_PAGE, NULL };

  onc_api_round_list (round, "users.list", params, NULL, take_user_page, take_error);
}

static gboolean
take_single_user (OncApiRound *round,
                  const char *id,
                  const cJSON *answer,
                  const GError *error,
                  gpointer user_data)
{
  OncDirectory *self = user_data;

  take_user (self, onc_json_object (answer, "user"));
  if (g_error_matches (error, ONC_API_ERROR, ONC_API_ERROR_TRANSIENT))
    g_hash_table_remove (self->asked, id);
  return take_error (round, id, answer, error, user_data);
}

/* Looks @id up, unless that was done before. */
static void
ask_for_user (OncDirectory *self, const char *id)
{
  const char *const params[] = { "user", id, NULL };

  if ((*id != 'U' && *id != 'W') || !onc_json_is_id (id) ||
      !g_hash_table_add (self->asked, g_strdup (id)))
    return;
  onc_api_round_call (begin_round (self), "users.info", params, id, take_single_user);
}

/* Channels */

static gboolean
take_channel_page (OncApiRound *round, const char *id, const cJSON *page, gpointer user_data)
{
  const cJSON *channel;

  cJSON_ArrayForEach (channel, onc_json_array (page, "channels"))
    {
      put (user_data, onc_roster_read_channel (channel));
    }

  return TRUE;
}

/* The channels that the token's owner is not in are many; only those that were named are kept. */
static gboolean
take_foreign_channel_page (OncApiRound *round,
                           const char *id,
                           const cJSON *page,
                           gpointer user_data)
{
  OncDirectory *self = user_data;
  const cJSON *channel;

  cJSON_ArrayForEach (channel, onc_json_array (page, "channels"))
    {
      const char *name = onc_json_string (channel, "name");

      for (guint i = 0; name != NULL && self->channels[i] != NULL; i++)
        {
          if (g_ascii_strcasecmp (self->channels[i] + (*self->channels[i] == '#'), name) == 0)
            put (self, onc_roster_read_channel (channel));
        }
    }

  return any_missing (self, self->channels, onc_roster_find_channel);
}

static void
ask_for_channels (OncApiRound *round,
                  const char *method,
                  OncApiTakePageFunc take_page,
                  OncApiTakeFunc take)
{
  const char *const params[] = { "types",
                                 "public_channel,private_channel",
                                 "exclude_archived",
                                 "true",
                                 "limit",
                                 CHANNELS_PER_PAGE,
                                 NULL };

  onc_api_round_list (round, method, params, NULL, take_page, take);
}

static gboolean
take_single_channel (OncApiRound *round,
                     const char *id,
                     const cJSON *answer,
                     const GError *error,
                     gpointer user_data)
{
  put (user_data, onc_roster_read_channel (onc_json_object (answer, "channel")));
  return take_error (round, id, answer, error, user_data);
}

/* The owner's channels are read; looks for those that were named and are not among them. */
static gboolean
take_own_channels (OncApiRound *round,
                   const char *id,
                   const cJSON *answer,
                   const GError *error,
                   gpointer user_data)
{
  OncDirectory *self = user_data;

  for (guint i = 0; self->channels[i] != NULL; i++)
    {
      const char *named = onc_roster_find_channel (self->roster, self->channels[i], NULL);
      const char *const params[] = { "channel", named, NULL };

      if (named != NULL && onc_roster_get (self->roster, ONC_ROSTER_CHANNEL, named) == NULL)
        onc_api_round_call (round, "conversations.info", params, named, take_single_channel);
    }
  if (any_missing (self, self->channels, onc_roster_find_channel))
    ask_for_channels (round, "conversations.list", take_foreign_channel_page, take_error);

  return take_error (round, id, answer, error, user_data);
}

/* All of it */

static gboolean
take_owner (OncApiRound *round,
            const char *id,
            const cJSON *answer,
            const GError *error,
            gpointer user_data)
{
  OncDirectory *self = user_data;

  /* Without it nothing else makes sense */
  if (error != NULL)
    return FALSE;

  if (!put (self, onc_roster_read_team (answer)) || !put (self, onc_roster_read_me (answer)))
    return FALSE;
  g_hash_table_remove_all (self->asked);
  ask_for_groups (round);
  ask_for_users (round);
  ask_for_channels (round, "users.conversations", take_channel_page, take_own_channels);

  return TRUE;
}

/* The round that a refresh is has come to its end. */
static void
on_refreshed (const GError *error, gpointer done_data)
{
  g_autoptr (GTask) task = done_data;

  tell_changes (g_task_get_source_object (task));
  if (error != NULL)
    g_task_return_error (task, g_error_copy (error));
  else
    g_task_return_boolean (task, TRUE);
}

void
onc_directory_refresh_async (OncDirectory *self,
                             OncDirectoryScope scope,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  OncApiRound *round = onc_api_round_new (self->api, cancellable, self, on_refreshed, task);
  const char *const params[] = { NULL };

  g_task_set_source_tag (task, G_GNUC_EXTENSION (gpointer) onc_directory_refresh_async);
  if (scope == ONC_DIRECTORY_ALL)
    onc_api_round_call (round, "auth.test", params, NULL, take_owner);
  else
    ask_for_groups (round);
}

gboolean
onc_directory_refresh_finish (OncDirectory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Whether the members of @group are kept. */
static gboolean
is_watched (OncDirectory *self, const char *group)
{
  for (guint i = 0; self->people[i] != NULL; i++)
    {
      if (g_strcmp0 (onc_roster_find_person (self->roster, self->people[i], NULL), group) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Members have come and gone. What came before that change must be what is known, else some event
 * was missed. */
static void
take_members_change (OncDirectory *self, const cJSON *event)
{
  const char *id = onc_json_id (event, "subteam_id");
  g_auto (GStrv) added = onc_json_ids (event, "added_users");
  g_auto (GStrv) removed = onc_json_ids (event, "removed_users");
  gint64 *updated = id != NULL ? g_hash_table_lookup (self->updated, id) : NULL;

  if (id == NULL || !is_watched (self, id))
    return;
  self->different |= onc_roster_change_members (self->roster, id, (const char *const *) added,
                                                (const char *const *) removed);
  if (updated == NULL || *updated != onc_json_integer (event, "date_previous_update", 0))
    ask_for_members (begin_round (self), id);
  if (updated != NULL)
    *updated = onc_json_integer (event, "date_update", 0);
}

/* A group is new or different; the event holds all members, unless there are too many. */
static void
take_group_change (OncDirectory *self, const cJSON *event)
{
  const cJSON *group = onc_json_object (event, "subteam");
  const char *id = onc_json_id (group, "id");
  g_autoptr (OncEvent) whole = onc_event_reader_read (event, "", NULL);

  take_group (self, group);
  if (id == NULL || !is_watched (self, id))
    return;
  if (whole != NULL)
    self->different |= onc_roster_set_members (self->roster, id,
                                               (const char *const *) whole->group.added);
  else
    ask_for_members (begin_round (self), id);
}

static void
take_own_membership (OncDirectory *self, const cJSON *event, gboolean joined)
{
  const char *id = onc_json_id (event, "subteam_id");
  const char *const me[] = { onc_directory_get_me (self), NULL };

  if (id != NULL && me[0] != NULL)
    self->different |= onc_roster_change_members (self->roster, id, joined ? me : NULL,
                                                  joined ? NULL : me);
}

/* A channel's ID is another, as happens when workspaces are joined. */
static void
take_channel_id_change (OncDirectory *self, const cJSON *event)
{
  const char *old_id = onc_json_id (event, "old_channel_id");
  const char *new_id = onc_json_id (event, "new_channel_id");
  const OncRosterRow *row = old_id != NULL
                                ? onc_roster_get (self->roster, ONC_ROSTER_CHANNEL, old_id)
                                : NULL;

  if (row == NULL || new_id == NULL)
    return;
  put (self, onc_roster_row_new (ONC_ROSTER_CHANNEL, new_id, row->name, NULL, NULL, FALSE));
  onc_roster_remove (self->roster, ONC_ROSTER_CHANNEL, old_id);
}

void
onc_directory_take_event (OncDirectory *self, const cJSON *event)
{
  const char *type = onc_json_string (event, "type");
  const cJSON *channel = onc_json_object (event, "channel");
  const char *channel_id = onc_json_id (channel, "id");

  if (type == NULL)
    return;
  if (g_str_equal (type, "user_change") || g_str_equal (type, "team_join"))
    put (self, onc_roster_read_user (onc_json_object (event, "user")));
  else if (g_str_equal (type, "subteam_members_changed"))
    take_members_change (self, event);
  else if (g_str_equal (type, "subteam_created") || g_str_equal (type, "subteam_updated"))
    take_group_change (self, event);
  else if (g_str_equal (type, "subteam_self_added"))
    take_own_membership (self, event, TRUE);
  else if (g_str_equal (type, "subteam_self_removed"))
    take_own_membership (self, event, FALSE);
  else if (g_str_equal (type, "channel_rename") || g_str_equal (type, "group_rename"))
    {
      if (channel_id != NULL &&
          onc_roster_get (self->roster, ONC_ROSTER_CHANNEL, channel_id) != NULL)
        put (self, onc_roster_read_channel (channel));
    }
  else if (g_str_equal (type, "channel_id_changed"))
    take_channel_id_change (self, event);
  tell_changes (self);
}

static const char *
get_field (OncDirectory *self, OncRosterKind kind, const char *id, gsize offset)
{
  const OncRosterRow *row = onc_roster_get (self->roster, kind, id);

  return row != NULL ? G_STRUCT_MEMBER (char *, row, offset) : NULL;
}

#define GET(self, kind, id, field) get_field (self, kind, id, G_STRUCT_OFFSET (OncRosterRow, field))

const char *
onc_directory_get_team (OncDirectory *self)
{
  return GET (self, ONC_ROSTER_TEAM, NULL, id);
}

const char *
onc_directory_get_me (OncDirectory *self)
{
  return GET (self, ONC_ROSTER_ME, NULL, id);
}

const char *
onc_directory_get_bot (OncDirectory *self)
{
  return GET (self, ONC_ROSTER_ME, NULL, handle);
}

const char *
onc_directory_get_zone (OncDirectory *self, const char *user)
{
  return GET (self, ONC_ROSTER_USER, user, zone);
}

const char *
onc_directory_find_person (OncDirectory *self, const char *name, GError **error)
{
  return onc_roster_find_person (self->roster, name, error);
}

const char *
onc_directory_find_channel (OncDirectory *self, const char *name, GError **error)
{
  return onc_roster_find_channel (self->roster, name, error);
}

static gboolean
is_team (gpointer data, const char *team)
{
  return g_strcmp0 (onc_directory_get_team (data), team) == 0;
}

static const char *
name_user (gpointer data, const char *team, const char *id)
{
  const char *name = is_team (data, team) ? GET (data, ONC_ROSTER_USER, id, name) : NULL;

  if (name == NULL && is_team (data, team))
    ask_for_user (data, id);
  return name;
}

static const char *
name_group (gpointer data, const char *team, const char *id)
{
  return is_team (data, team) ? GET (data, ONC_ROSTER_GROUP, id, handle) : NULL;
}

static const char *
name_channel (gpointer data, const char *team, const char *id)
{
  return is_team (data, team) ? GET (data, ONC_ROSTER_CHANNEL, id, name) : NULL;
}

static const char *
name_workspace (gpointer data, const char *team)
{
  return is_team (data, team) ? GET (data, ONC_ROSTER_TEAM, NULL, handle) : NULL;
}

OncNaming
onc_directory_get_naming (OncDirectory *self)
{
  return (OncNaming){ .user = name_user,
                      .group = name_group,
                      .channel = name_channel,
                      .workspace_url = name_workspace,
                      .data = self };
}

GPtrArray *
onc_directory_dump (OncDirectory *self)
{
  return onc_roster_dump (self->roster);
}

void
onc_directory_load (OncDirectory *self, const GPtrArray *rows)
{
  g_autoptr (GHashTable) groups = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer group;

  for (guint i = 0; i < rows->len; i++)
    {
      const OncRosterRow *row = g_ptr_array_index (rows, i);

      self->different |= onc_roster_put (self->roster, row);
      if (row->kind == ONC_ROSTER_USER)
        tell_person (self, row->id, row->bot);
      else if (row->kind == ONC_ROSTER_MEMBER)
        g_hash_table_add (groups, row->id);
    }
  g_hash_table_iter_init (&iter, groups);
  while (g_hash_table_iter_next (&iter, &group, NULL))
    tell_members (self, group);
  tell_changes (self);
}

void
onc_directory_set_names (OncDirectory *self, const char *const *people, const char *const *channels)
{
  g_strfreev (self->people);
  g_strfreev (self->channels);
  self->people = g_strdupv ((GStrv) people);
  self->channels = g_strdupv ((GStrv) channels);
}

static void
onc_directory_finalize (GObject *object)
{
  OncDirectory *self = ONC_DIRECTORY (object);

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_object_unref (self->api);
  onc_roster_free (self->roster);
  g_strfreev (self->people);
  g_strfreev (self->channels);
  g_hash_table_unref (self->updated);
  g_hash_table_unref (self->asked);
  G_OBJECT_CLASS (onc_directory_parent_class)->finalize (object);
}

static void
onc_directory_class_init (OncDirectoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = onc_directory_finalize;

  signals[SIGNAL_EVENT] = g_signal_new ("event", ONC_TYPE_DIRECTORY, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", ONC_TYPE_DIRECTORY, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
onc_directory_init (OncDirectory *self)
{
  const char *const none[] = { NULL };

  self->roster = onc_roster_new ();
  self->updated = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->cancellable = g_cancellable_new ();
  onc_directory_set_names (self, none, none);
}

OncDirectory *
onc_directory_new (OncWebApi *api)
{
  OncDirectory *self = g_object_new (ONC_TYPE_DIRECTORY, NULL);

  self->api = g_object_ref (api);
  return self;
}
