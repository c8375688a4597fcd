/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What is known of one workspace: its people, groups and channels by their IDs. Data only, without
 * any way to learn more. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a row is about, and so what its fields hold. */
typedef enum
{
  ONC_ROSTER_TEAM,    /* id: the workspace's; name; handle: its address */
  ONC_ROSTER_ME,      /* id: the token's user; handle: the token's bot, for a bot's token */
  ONC_ROSTER_USER,    /* id; name; handle; zone; bot */
  ONC_ROSTER_GROUP,   /* id; name; handle */
  ONC_ROSTER_MEMBER,  /* id: a group's; handle: a user's ID */
  ONC_ROSTER_CHANNEL, /* id; name */
} OncRosterKind;

/* One fact, as the store keeps it. */
typedef struct
{
  OncRosterKind kind;
  char *id;     /* (owned) */
  char *name;   /* (owned) (nullable) as people read it */
  char *handle; /* (owned) (nullable) as people type it, without @ */
  char *zone;   /* (owned) (nullable) an IANA time zone */
  gboolean bot;
} OncRosterRow;

/* Returns: (transfer full): a row with copies of the strings. */
OncRosterRow *onc_roster_row_new (OncRosterKind kind,
                                  const char *id,
                                  const char *name,
                                  const char *handle,
                                  const char *zone,
                                  gboolean bot);
void onc_roster_row_free (OncRosterRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OncRosterRow, onc_roster_row_free)

typedef struct _OncRoster OncRoster;

/* Returns: (transfer full): an empty one. */
OncRoster *onc_roster_new (void);
void onc_roster_free (OncRoster *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OncRoster, onc_roster_free)

/* Takes in a fact of any kind, in place of an older one about the same ID. A MEMBER is added.
 * Returns: whether anything is different. */
gboolean onc_roster_put (OncRoster *self, const OncRosterRow *row);

/* Forgets a group or channel. Returns: whether it was known. */
gboolean onc_roster_remove (OncRoster *self, OncRosterKind kind, const char *id);

/* The row about @id of the kind TEAM or ME (where @id is NULL), USER, GROUP or CHANNEL.
 * Returns: (transfer none) (nullable): good until it is replaced. */
const OncRosterRow *onc_roster_get (const OncRoster *self, OncRosterKind kind, const char *id);

/* Returns: how many rows of that kind there are. */
guint onc_roster_count (const OncRoster *self, OncRosterKind kind);

/* Returns: (transfer full): the IDs of all rows of that kind, in no order. */
GStrv onc_roster_list (const OncRoster *self, OncRosterKind kind);

/* The members of @group, sorted. Returns: (transfer full) (nullable): NULL when they are not kept.
 */
GStrv onc_roster_get_members (const OncRoster *self, const char *group);

/* Sets who is in @group; @members is (nullable): NULL: not kept any more.
 * Returns: whether that is different. */
gboolean onc_roster_set_members (OncRoster *self, const char *group, const char *const *members);

/* Changes who is in @group, if its members are kept. Returns: whether that is different. */
gboolean onc_roster_change_members (OncRoster *self,
                                    const char *group,
                                    const char *const *added,
                                    const char *const *removed);

/* Returns: (transfer none): the ID of a user or group, or "!here", "!channel", "!everyone", that
 * @name means: "@oncall", "oncall", "@Ada Lovelace", or an ID, which is a part of @name. Or NULL
 * with ONC_ERROR_NOT_FOUND, or ONC_ERROR_INVALID_ARGUMENT where several people are called so. */
const char *onc_roster_find_person (const OncRoster *self,
                                    const char *name,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer none): the ID of the channel that @name means: "#support", "support", or an
 * ID, which is a part of @name. Or NULL with ONC_ERROR_NOT_FOUND. */
const char *onc_roster_find_channel (const OncRoster *self,
                                     const char *name,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full) (element-type OncRosterRow): all rows. */
GPtrArray *onc_roster_dump (const OncRoster *self);

G_END_DECLS
