/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "event-reader.h"

#include <string.h>

#include "json.h"
#include "message-text.h"

/* Slack allows 100 characters for a name, and a skin tone follows. */
#define MAX_EMOJI_LENGTH 160

/* subteam_updated lists no more users than this (reference of that event). */
#define MAX_LISTED_USERS 500

/* A bot by nature, though users.info says is_bot: false. */
#define SLACKBOT "USLACKBOT"

/* The author of an app's message that names no author at all. */
#define UNKNOWN_BOT "B0"

/* Whether a message of that subtype is something that somebody said. What else there is, and what
 * Slack may yet think of, is told by Slack itself: joins, topics, huddles. */
static gboolean
is_content (const char *subtype)
{
  static const char *const content[] = { "bot_message",     "file_share",       "me_message",
                                         "reply_broadcast", "thread_broadcast", NULL };

  return subtype == NULL || g_strv_contains (content, subtype);
}

/* A root that was deleted while its replies stand. */
static gboolean
is_tombstone (const cJSON *message)
{
  return g_strcmp0 (onc_json_string (message, "subtype"), "tombstone") == 0;
}

static gboolean
is_emoji_name (const char *name)
{
  return name != NULL && *name != '\0' && strlen (name) <= MAX_EMOJI_LENGTH;
}

/* Returns: (transfer full) (element-type OncReactionSet): empty where the message has none. */
static GPtrArray *
read_reactions (const cJSON *message)
{
  GPtrArray *reactions = g_ptr_array_new_with_free_func ((GDestroyNotify) onc_reaction_set_free);
  const cJSON *item;

  cJSON_ArrayForEach (item, onc_json_array (message, "reactions"))
    {
      const char *name = onc_json_string (item, "name");
      GStrv users;
      gint64 count;

      if (!is_emoji_name (name))
        continue;
      users = onc_json_ids (item, "users");
      count = onc_json_integer (item, "count", 0);
      g_ptr_array_add (reactions,
                       onc_reaction_set_new (g_strdup (name), users,
                                             (guint) CLAMP (count, (gint64) g_strv_length (users),
                                                            (gint64) G_MAXINT)));
    }

  return reactions;
}

/* Reads what every message has. @listed: it comes from history or replies, which alone say all
 * about reactions and replies.
 * Returns: (transfer full) (nullable): NULL where it is nothing that somebody said. */
static OncMessage *
read_message (const cJSON *json, const char *team, const char *channel, gboolean listed)
{
  const char *subtype = onc_json_string (json, "subtype");
  const char *ts = onc_json_ts (json, "ts");
  const char *root_ts = onc_json_ts (json, "thread_ts");
  const char *bot = onc_json_id (json, "bot_id");
  OncMessage *message;

  if (ts == NULL || channel == NULL || !is_content (subtype))
    return NULL;
  if (bot == NULL && g_strcmp0 (subtype, "bot_message") == 0)
    bot = onc_json_id (json, "app_id") != NULL ? onc_json_id (json, "app_id") : UNKNOWN_BOT;

  message = onc_message_new ();
  message->team = g_strdup (team);
  message->channel = g_strdup (channel);
  message->ts = g_strdup (ts);
  message->root_ts = g_strdup (root_ts != NULL ? root_ts : ts);
  message->user = g_strdup (onc_json_id (json, "user"));
  message->bot = g_strdup (bot);
  message->text = onc_message_text_read (json, &message->mentions);
  message->edited_ts = g_strdup (onc_json_ts (onc_json_object (json, "edited"), "ts"));
  if (listed)
    {
      message->reactions = read_reactions (json);
      message->latest_reply_ts = g_strdup (onc_json_ts (json, "latest_reply"));
      message->reply_count = (guint) CLAMP (onc_json_integer (json, "reply_count", 0), 0, G_MAXINT);
    }

  return message;
}

/* Takes ownership of @message. */
static OncEvent *
message_event (OncMessage *message, OncInstant as_of)
{
  OncEvent *event = onc_event_new (ONC_EVENT_MESSAGE);

  event->message.message = message;
  event->message.as_of = as_of;
  return event;
}

static OncEvent *
deletion_event (const char *team, const char *channel, const char *ts, const char *root_ts)
{
  OncEvent *event = onc_event_new (ONC_EVENT_DELETION);

  event->deletion.team = g_strdup (team);
  event->deletion.channel = g_strdup (channel);
  event->deletion.ts = g_strdup (ts);
  event->deletion.root_ts = g_strdup (root_ts);
  return event;
}

OncEvent *
onc_event_reader_read_listed (const cJSON *message,
                              const char *team,
                              const char *channel,
                              OncInstant as_of)
{
  OncMessage *read;

  if (is_tombstone (message))
    {
      const char *ts = onc_json_ts (message, "ts");

      return ts != NULL ? deletion_event (team, channel, ts, ts) : NULL;
    }

  read = read_message (message, team, channel, TRUE);
  return read != NULL ? message_event (read, as_of) : NULL;
}

/* Whether two forms of a message say the same: Slack also reports a change when it has unfurled a
 * link or counted a reply. */
static gboolean
says_the_same (const OncMessage *a, const OncMessage *b)
{
  const char *const none[] = { NULL };
  const char *const *mentions_a = a->mentions != NULL ? (const char *const *) a->mentions : none;
  const char *const *mentions_b = b->mentions != NULL ? (const char *const *) b->mentions : none;

  return g_str_equal (a->text, b->text) && g_strv_equal (mentions_a, mentions_b) &&
         g_strcmp0 (a->edited_ts, b->edited_ts) == 0;
}

/* message_changed: the outer message names the channel, the inner one is the new form. */
static OncEvent *
read_change (const cJSON *event, const char *team, const char *channel)
{
  const cJSON *inner = onc_json_object (event, "message");
  g_autoptr (OncMessage) now = NULL;
  g_autoptr (OncMessage) before = NULL;

  if (is_tombstone (inner))
    return onc_event_reader_read_listed (inner, team, channel, 0);

  now = read_message (inner, team, channel, FALSE);
  if (now == NULL)
    return NULL;
  before = read_message (onc_json_object (event, "previous_message"), team, channel, FALSE);
  if (before != NULL && says_the_same (now, before))
    return NULL;

  /* An app's own update may bear no mark of an edit; the event's time stands for one, so that this
   * form is not taken for the first. */
  if (before != NULL && g_strcmp0 (now->edited_ts, before->edited_ts) == 0)
    {
      const char *changed_ts = onc_json_ts (event, "event_ts");

      if (changed_ts == NULL)
        changed_ts = onc_json_ts (event, "ts");
      if (changed_ts != NULL)
        {
          g_free (now->edited_ts);
          now->edited_ts = g_strdup (changed_ts);
        }
    }

  return message_event (g_steal_pointer (&now), 0);
}

static OncEvent *
read_deletion (const cJSON *event, const char *team, const char *channel)
{
  const cJSON *previous = onc_json_object (event, "previous_message");
  const char *ts = onc_json_ts (event, "deleted_ts");
  const char *root_ts = onc_json_ts (previous, "thread_ts");

  if (ts == NULL)
    ts = onc_json_ts (previous, "ts");
  if (ts == NULL || channel == NULL)
    return NULL;
  if (root_ts == NULL && previous != NULL)
    root_ts = ts;

  return deletion_event (team, channel, ts, root_ts);
}

static OncEvent *
read_message_event (const cJSON *event, const char *team)
{
  const char *subtype = onc_json_string (event, "subtype");
  const char *channel = onc_json_id (event, "channel");
  OncMessage *message;

  if (g_strcmp0 (subtype, "message_changed") == 0)
    return read_change (event, team, channel);
  if (g_strcmp0 (subtype, "message_deleted") == 0)
    return read_deletion (event, team, channel);
  /* message_replied comes without its subtype (documented so), known by the message within */
  if (onc_json_object (event, "message") != NULL)
    return NULL;

  message = read_message (event, team, channel, FALSE);
  return message != NULL ? message_event (message, 0) : NULL;
}

static OncEvent *
read_reaction (const cJSON *json, const char *team, gboolean added)
{
  const cJSON *item = onc_json_object (json, "item");
  const char *channel = onc_json_id (item, "channel");
  const char *ts = onc_json_ts (item, "ts");
  const char *user = onc_json_id (json, "user");
  const char *name = onc_json_string (json, "reaction");
  OncEvent *event;

  if (g_strcmp0 (onc_json_string (item, "type"), "message") != 0 || channel == NULL || ts == NULL ||
      user == NULL || !is_emoji_name (name))
    return NULL;

  event = onc_event_new (ONC_EVENT_REACTION);
  event->reaction.team = g_strdup (team);
  event->reaction.channel = g_strdup (channel);
  event->reaction.ts = g_strdup (ts);
  event->reaction.name = g_strdup (name);
  event->reaction.user = g_strdup (user);
  event->reaction.added = added;
  event->reaction.at = onc_ts_to_instant (onc_json_string (json, "event_ts"));
  return event;
}

/* Takes ownership of @added and @removed. Returns: (transfer full) (nullable). */
static OncEvent *
group_event (const cJSON *json, const char *id, GStrv added, GStrv removed, gboolean whole)
{
  OncEvent *event = onc_event_new (ONC_EVENT_GROUP);

  event->group.id = g_strdup (id);
  event->group.added = added;
  event->group.removed = removed;
  event->group.whole = whole;
  if (onc_json_ts (json, "event_ts") != NULL)
    event->group.at = onc_ts_to_instant (onc_json_ts (json, "event_ts"));
  return event;
}

/* subteam_created and subteam_updated bring the whole group, unless it is too large. */
static OncEvent *
read_group (const cJSON *event)
{
  const cJSON *group = onc_json_object (event, "subteam");
  const char *id = onc_json_id (group, "id");
  g_auto (GStrv) users = NULL;
  guint n_users;

  if (id == NULL)
    return NULL;
  if (onc_json_integer (group, "date_delete", 0) != 0)
    return group_event (event, id, g_new0 (char *, 1), NULL, TRUE);
  if (onc_json_array (group, "users") == NULL)
    return NULL;

  users = onc_json_ids (group, "users");
  n_users = g_strv_length (users);
  if (n_users >= MAX_LISTED_USERS || onc_json_integer (group, "user_count", n_users) != n_users)
    return NULL;
  return group_event (event, id, g_steal_pointer (&users), NULL, TRUE);
}

static OncEvent *
read_own_membership (const cJSON *event, const char *me, gboolean joined)
{
  const char *id = onc_json_id (event, "subteam_id");
  const char *const self[] = { me, NULL };

  if (id == NULL || me == NULL)
    return NULL;
  return group_event (event, id, joined ? g_strdupv ((GStrv) self) : NULL,
                      joined ? NULL : g_strdupv ((GStrv) self), FALSE);
}

gboolean
onc_event_reader_is_bot (const cJSON *user)
{
  return onc_json_boolean (user, "is_bot") ||
         g_strcmp0 (onc_json_string (user, "id"), SLACKBOT) == 0;
}

static OncEvent *
read_person (const cJSON *json)
{
  const cJSON *user = onc_json_object (json, "user");
  const char *id = onc_json_id (user, "id");
  OncEvent *event;

  if (id == NULL)
    return NULL;
  event = onc_event_new (ONC_EVENT_PERSON);
  event->person.user = g_strdup (id);
  event->person.zone = g_strdup (onc_json_string (user, "tz"));
  event->person.bot = onc_event_reader_is_bot (user);
  return event;
}

OncEvent *
onc_event_reader_read (const cJSON *event, const char *team, const char *me)
{
  const char *type = onc_json_string (event, "type");

  if (type == NULL)
    return NULL;
  if (g_str_equal (type, "message"))
    return read_message_event (event, team);
  if (g_str_equal (type, "reaction_added"))
    return read_reaction (event, team, TRUE);
  if (g_str_equal (type, "reaction_removed"))
    return read_reaction (event, team, FALSE);
  if (g_str_equal (type, "subteam_members_changed"))
    return onc_json_id (event, "subteam_id") != NULL
               ? group_event (event, onc_json_id (event, "subteam_id"),
                              onc_json_ids (event, "added_users"),
                              onc_json_ids (event, "removed_users"), FALSE)
               : NULL;
  if (g_str_equal (type, "subteam_created") || g_str_equal (type, "subteam_updated"))
    return read_group (event);
  if (g_str_equal (type, "subteam_self_added"))
    return read_own_membership (event, me, TRUE);
  if (g_str_equal (type, "subteam_self_removed"))
    return read_own_membership (event, me, FALSE);
  if (g_str_equal (type, "user_change") || g_str_equal (type, "team_join"))
    return read_person (event);

  return NULL;
}

char *
onc_event_reader_make_key (const OncEvent *event)
{
  switch (event->kind)
    {
    case ONC_EVENT_MESSAGE:
      {
        const OncMessage *message = event->message.message;

        if (message->edited_ts == NULL)
          return g_strdup_printf ("m:%s:%s:new", message->channel, message->ts);
        return g_strdup_printf ("m:%s:%s:edit:%s", message->channel, message->ts,
                                message->edited_ts);
      }
    case ONC_EVENT_DELETION:
      return g_strdup_printf ("d:%s:%s", event->deletion.channel, event->deletion.ts);
    case ONC_EVENT_REACTION:
      return g_strdup_printf ("r:%s:%s:%s:%s:%c:%" G_GINT64_FORMAT, event->reaction.channel,
                              event->reaction.ts, event->reaction.name, event->reaction.user,
                              event->reaction.added ? '+' : '-', event->reaction.at);
    case ONC_EVENT_GROUP:
    case ONC_EVENT_PERSON:
    case ONC_EVENT_STORED:
    case ONC_EVENT_WRITE:
    case ONC_EVENT_CATCHING_UP:
    case ONC_EVENT_CAUGHT_UP:
    case ONC_EVENT_DESK:
    case ONC_EVENT_PAUSE:
    default:
      return NULL;
    }
}
