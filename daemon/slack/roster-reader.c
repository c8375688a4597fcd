/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "roster-reader.h"

#include "event-reader.h"
#include "json.h"

/* Returns: (transfer full) (nullable): NULL where @id is NULL. */
static OncRosterRow *
make_row (OncRosterKind kind, const char *id, const char *name, const char *handle)
{
  return id != NULL ? onc_roster_row_new (kind, id, name, handle, NULL, FALSE) : NULL;
}

/* Returns: (transfer none) (nullable): NULL where it is empty too. */
static const char *
get_filled (const cJSON *object, const char *key)
{
  const char *string = onc_json_string (object, key);

  return string != NULL && *string != '\0' ? string : NULL;
}

OncRosterRow *
onc_roster_read_user (const cJSON *object)
{
  const cJSON *profile = onc_json_object (object, "profile");
  const char *handle = get_filled (object, "name");
  /* What the person chose to be called, else the full name, else the handle */
  const char *const names[] = { get_filled (profile, "display_name"),
                                get_filled (profile, "real_name"), get_filled (object, "real_name"),
                                handle };
  OncRosterRow *row = make_row (ONC_ROSTER_USER, onc_json_id (object, "id"), NULL, handle);

  if (row == NULL)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (names) && row->name == NULL; i++)
    row->name = g_strdup (names[i]);
  row->zone = g_strdup (get_filled (object, "tz"));
  row->bot = onc_event_reader_is_bot (object);

  return row;
}

OncRosterRow *
onc_roster_read_group (const cJSON *object)
{
  return make_row (ONC_ROSTER_GROUP, onc_json_id (object, "id"), get_filled (object, "name"),
                   get_filled (object, "handle"));
}

OncRosterRow *
onc_roster_read_channel (const cJSON *object)
{
  return make_row (ONC_ROSTER_CHANNEL, onc_json_id (object, "id"), get_filled (object, "name"),
                   NULL);
}

OncRosterRow *
onc_roster_read_team (const cJSON *answer)
{
  return make_row (ONC_ROSTER_TEAM, onc_json_id (answer, "team_id"), get_filled (answer, "team"),
                   get_filled (answer, "url"));
}

OncRosterRow *
onc_roster_read_me (const cJSON *answer)
{
  return make_row (ONC_ROSTER_ME, onc_json_id (answer, "user_id"), NULL,
                   onc_json_id (answer, "bot_id"));
}
