/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "naming.h"

#include "markup.h"

#include <string.h>

const char *
onc_naming_user (const OncNaming *self, const char *team, const char *id)
{
  const char *name = self->user != NULL ? self->user (self->data, team, id) : NULL;

  return name != NULL ? name : id;
}

const char *
onc_naming_channel (const OncNaming *self, const char *team, const char *id)
{
  const char *name = self->channel != NULL ? self->channel (self->data, team, id) : NULL;

  return name != NULL ? name : id;
}

typedef struct
{
  const OncNaming *naming;
  const char *team;
} NameContext;

/* An OncMarkupNameFunc. */
static const char *
name_of (OncMarkupKind kind, const char *id, gpointer user_data)
{
  const NameContext *context = user_data;
  const OncNaming *naming = context->naming;
  const char *(*ask) (gpointer data, const char *team, const char *id) = NULL;

  if (kind == ONC_MARKUP_USER)
    ask = naming->user;
  else if (kind == ONC_MARKUP_GROUP)
    ask = naming->group;
  else if (kind == ONC_MARKUP_CHANNEL)
    ask = naming->channel;

  return ask != NULL ? ask (naming->data, context->team, id) : NULL;
}

char *
onc_naming_plain_text (const OncNaming *self, const char *team, const char *text)
{
  NameContext context = { .naming = self, .team = team };

  return onc_markup_to_plain (text, -1, name_of, &context);
}

static void
append_without_dot (GString *out, const char *ts)
{
  const char *dot = strchr (ts, '.');

  if (dot == NULL)
    {
      g_string_append (out, ts);
      return;
    }
  g_string_append_len (out, ts, dot - ts);
  g_string_append (out, dot + 1);
}

char *
onc_naming_permalink (const OncNaming *self,
                      const char *team,
                      const char *channel,
                      const char *ts,
                      const char *root_ts)
{
  const char *url = self->workspace_url != NULL ? self->workspace_url (self->data, team) : NULL;
  GString *out;

  if (url == NULL)
    return NULL;

  out = g_string_new (url);
  if (!g_str_has_suffix (url, "/"))
    g_string_append_c (out, '/');
  g_string_append_printf (out, "archives/%s/p", channel);
  append_without_dot (out, ts);
  if (!g_str_equal (ts, root_ts))
    g_string_append_printf (out, "?thread_ts=%s&cid=%s", root_ts, channel);

  return g_string_free (out, FALSE);
}
