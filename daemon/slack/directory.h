/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Who and what the IDs of one workspace are: people, user groups and their members, channels. Kept
 * in memory; filled from the store at a start without a network, from Slack by a refresh, and by
 * the events that tell of changes. Somebody who is asked for and not known is looked up.
 *
 * Signals:
 *   event (OncEvent *event)   Slack was asked and says who is in a group or is a bot; the event
 *                             ends with the call
 *   changed ()                names or members are different: rows are to be stored anew, and
 *                             names to be resolved
 */

#pragma once

#include "event.h"
#include "naming.h"
#include "roster.h"
#include "web-api.h"

G_BEGIN_DECLS

typedef enum
{
  ONC_DIRECTORY_ALL,    /* the token's owner, people, groups, channels */
  ONC_DIRECTORY_GROUPS, /* groups and the members of those that matter */
} OncDirectoryScope;

#define ONC_TYPE_DIRECTORY (onc_directory_get_type ())
G_DECLARE_FINAL_TYPE (OncDirectory, onc_directory, ONC, DIRECTORY, GObject)

/* Returns: (transfer full): an empty directory of the workspace that @api's token is for. */
OncDirectory *onc_directory_new (OncWebApi *api);

/* What the next refresh has to find, as the configuration names it: people and groups ("@oncall",
 * "U123"), and channels ("#support", "C123"). Members are kept of these groups only. */
void onc_directory_set_names (OncDirectory *self,
                              const char *const *people,
                              const char *const *channels);

/* Asks Slack. What the token or the plan does not allow is done without. */
void onc_directory_refresh_async (OncDirectory *self,
                                  OncDirectoryScope scope,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);

/* Returns: FALSE with an error of ONC_API_ERROR where Slack could not be asked, or
 * G_IO_ERROR_CANCELLED; what was learnt until then is kept. */
gboolean onc_directory_refresh_finish (OncDirectory *self,
                                       GAsyncResult *result,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Takes in the inner object of an event, of any type. */
void onc_directory_take_event (OncDirectory *self, const cJSON *event);

/* Who the token is, as auth.test says: NULL until it is known. A bot's token has a bot's ID, and a
 * user that is no person. */
const char *onc_directory_get_team (OncDirectory *self);
const char *onc_directory_get_me (OncDirectory *self);
const char *onc_directory_get_bot (OncDirectory *self);

/* What a name of the configuration means; as onc_roster_find_person() and onc_roster_find_channel()
 * say. */
const char *onc_directory_find_person (OncDirectory *self,
                                       const char *name,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
const char *onc_directory_find_channel (OncDirectory *self,
                                        const char *name,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer none) (nullable): the IANA time zone of @user; NULL: not known. */
const char *onc_directory_get_zone (OncDirectory *self, const char *user);

/* Returns: functions that answer from this directory, as long as it lives. A user who is not known
 * is looked up, and `changed` comes later. */
OncNaming onc_directory_get_naming (OncDirectory *self);

/* Returns: (transfer full) (element-type OncRosterRow): all that is known, to be stored. */
GPtrArray *onc_directory_dump (OncDirectory *self);

/* Takes in what was stored, and signals what follows from it. @rows: (element-type
 * OncRosterRow). */
void onc_directory_load (OncDirectory *self, const GPtrArray *rows);

G_END_DECLS
