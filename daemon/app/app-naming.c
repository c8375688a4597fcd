/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The names of people, groups and channels: whoever holds the functions of onc_app_get_naming()
 * outlives sessions. */

#include "app-private.h"

static OncNaming
session_naming (OncApp *self)
{
  return self->session != NULL ? onc_session_get_naming (self->session) : (OncNaming){ 0 };
}

static const char *
name_user (gpointer data, const char *team, const char *id)
{
  OncNaming naming = session_naming (data);

  return naming.user != NULL ? naming.user (naming.data, team, id) : NULL;
}

static const char *
name_group (gpointer data, const char *team, const char *id)
{
  OncNaming naming = session_naming (data);

  return naming.group != NULL ? naming.group (naming.data, team, id) : NULL;
}

static const char *
name_channel (gpointer data, const char *team, const char *id)
{
  OncNaming naming = session_naming (data);

  return naming.channel != NULL ? naming.channel (naming.data, team, id) : NULL;
}

static const char *
name_workspace_url (gpointer data, const char *team)
{
  OncNaming naming = session_naming (data);

  return naming.workspace_url != NULL ? naming.workspace_url (naming.data, team) : NULL;
}

OncNaming
onc_app_get_naming (OncApp *self)
{
  return (OncNaming){
    .user = name_user,
    .group = name_group,
    .channel = name_channel,
    .workspace_url = name_workspace_url,
    .data = self,
  };
}
