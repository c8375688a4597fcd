/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A session's link to Slack: how well it hears, in words for a person, and what leaves by it. */

#include "session-private.h"

#include <glib/gi18n.h>

/* Returns: (transfer full): what is being read of history. */
static char *
describe_catch_up (OncSession *self)
{
  guint done, all;

  onc_catch_up_get_progress (self->catch_up, &done, &all);
  if (all == 0)
    return g_strdup (_ ("Reading history"));
  if (onc_catch_up_is_throttled (self->catch_up))
    return g_strdup_printf (_ ("Reading history: %u of %u calls; Slack allows this app a few "
                               "messages a minute only"),
                            done, all);

  return g_strdup_printf (_ ("Reading history: %u of %u calls"), done, all);
}

/* Returns: (transfer full) (nullable): what is not as it should be although all is connected. */
static char *
describe_trouble (OncSession *self)
{
  if (self->catch_up != NULL && onc_catch_up_is_running (self->catch_up))
    return describe_catch_up (self);
  if (self->trouble != NULL)
    return g_strdup (self->trouble);
  if (self->shared)
    return g_strdup (_ ("Somebody else is connected to this Slack app and gets part of the events; "
                        "each app serves one person. History is polled meanwhile"));
  if (onc_poller_is_deaf (self->poll))
    return g_strdup (_ ("The connection has missed messages; history is polled meanwhile"));
  if (self->socket != NULL && onc_poller_is_needed (self->poll) &&
      onc_socket_mode_get_foreign_connections (self->socket) > 0)
    return g_strdup (_ ("Slack counts more connections to this Slack app than ours, and each app "
                        "serves one person. History is polled until it is clear that nothing is "
                        "missing"));
  if (self->problems != NULL && self->problems[0] != NULL)
    return g_strdup (self->problems[0]);
  if (self->socket == NULL && onc_poller_is_throttled (self->poll))
    return g_strdup (_ ("Slack allows this app one call a minute; messages come late"));
  if (self->socket == NULL)
    return g_strdup (_ ("Without an app-level token (xapp-), history is polled"));
  if (self->bot)
    return g_strdup (_ ("The token is a bot's: what you write appears under the app's name"));

  return NULL;
}

OncLink
onc_session_get_link (OncSession *self, char **text, OncInstant *stale_since)
{
  *text = NULL;
  *stale_since = self->stale_since;
  if (self->denial != NULL)
    {
      *text = g_strdup (self->denial);
      return ONC_LINK_DENIED;
    }
  if (self->socket == NULL && self->config->transport == ONC_TRANSPORT_SOCKET)
    {
      *text = g_strdup (_ ("There is no app-level token (xapp-), which Socket Mode needs"));
      return ONC_LINK_UNCONFIGURED;
    }
  if (!self->identified)
    {
      *text = g_strdup (self->trouble);
      return self->trouble != NULL ? ONC_LINK_OFFLINE : ONC_LINK_CONNECTING;
    }
  if (self->blind)
    {
      *text = g_strdup (
          _ ("Slack has none of the channels that [slack] channels names, or the token "
             "may not see them"));
      return ONC_LINK_UNCONFIGURED;
    }
  if (self->socket != NULL && onc_socket_mode_get_state (self->socket) != ONC_LINK_CONNECTED)
    {
      *text = g_strdup (onc_socket_mode_get_reason (self->socket));
      return onc_socket_mode_get_state (self->socket);
    }
  *text = describe_trouble (self);

  return self->stale_since != 0 || self->trouble != NULL ? ONC_LINK_STALE : ONC_LINK_CONNECTED;
}

OncInstant
onc_session_get_last_event (OncSession *self, OncSpan *lag)
{
  *lag = self->lag;

  return self->last_event;
}

void
onc_session_send (OncSession *self)
{
  if (self->socket != NULL)
    onc_socket_mode_flush (self->socket);
}
