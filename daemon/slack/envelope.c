/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "envelope.h"

#include <string.h>

#include "error.h"
#include "event-reader.h"
#include "json.h"

/* A UUID has 36 characters; anything much longer is none, and must not be carried on into keys and
 * acknowledgements. */
#define MAX_HANDLE_LENGTH 64

/* Whether @string can be an ID of an event or envelope: a UUID, or the like. */
static gboolean
is_handle (const char *string)
{
  gsize length = 0;

  for (; string != NULL && string[length] != '\0'; length++)
    {
      if (!(g_ascii_isalnum (string[length]) || strchr ("-_.:", string[length]) != NULL) ||
          length >= MAX_HANDLE_LENGTH)
        return FALSE;
    }

  return length > 0;
}

/* Reads the payload of an events_api envelope. */
static void
read_payload (OncEnvelope *self, const cJSON *payload, const char *team, const char *me)
{
  const char *event_id = onc_json_string (payload, "event_id");
  const char *type;
  OncEvent *event;

  self->event = onc_json_object (payload, "event");
  self->events_dropped = g_strcmp0 (onc_json_string (payload, "type"), "app_rate_limited") == 0;
  type = onc_json_string (self->event, "type");
  if (type == NULL)
    return;

  self->access_changed = g_str_equal (type, "tokens_revoked") ||
                         g_str_equal (type, "app_uninstalled");
  event = onc_event_reader_read (self->event, team, me);
  if (event == NULL)
    return;

  g_ptr_array_add (self->events, event);
  /* What an event says is the same under each ID that it comes by, so the ID is asked only where
   * that does not tell one event from another. */
  self->key = onc_event_reader_make_key (event);
  if (self->key == NULL && is_handle (event_id))
    self->key = g_strconcat ("e:", event_id, NULL);
}

static guint
get_count (const cJSON *object, const char *key)
{
  return (guint) CLAMP (onc_json_integer (object, key, 0), 0, G_MAXINT);
}

OncEnvelope *
onc_envelope_read (const char *text, gsize length, const char *team, const char *me, GError **error)
{
  g_autoptr (cJSON) document = onc_json_parse (text, length, error);
  const char *type;
  const char *id;
  OncEnvelope *self;

  if (document == NULL)
    return NULL;
  if (!cJSON_IsObject (document))
    {
      g_set_error_literal (error, ONC_ERROR, ONC_ERROR_FAILED, "no JSON object");
      return NULL;
    }

  type = onc_json_string (document, "type");
  id = onc_json_string (document, "envelope_id");

  self = g_new0 (OncEnvelope, 1);
  self->type = ONC_ENVELOPE_OTHER;
  self->id = is_handle (id) ? g_strdup (id) : NULL;
  self->retry_attempt = get_count (document, "retry_attempt");
  self->events = g_ptr_array_new_with_free_func ((GDestroyNotify) onc_event_free);

  if (g_strcmp0 (type, "hello") == 0)
    {
      self->type = ONC_ENVELOPE_HELLO;
      self->num_connections = get_count (document, "num_connections");
      self->connection_seconds = get_count (onc_json_object (document, "debug_info"),
                                            "approximate_connection_time");
    }
  else if (g_strcmp0 (type, "disconnect") == 0)
    {
      self->type = ONC_ENVELOPE_DISCONNECT;
      self->reason = g_strdup (onc_json_string (document, "reason"));
    }
  else if (g_strcmp0 (type, "events_api") == 0)
    {
      self->type = ONC_ENVELOPE_EVENT;
      read_payload (self, onc_json_object (document, "payload"), team, me);
    }
  self->document = g_steal_pointer (&document);

  return self;
}

void
onc_envelope_free (OncEnvelope *self)
{
  g_free (self->id);
  g_ptr_array_unref (self->events);
  g_free (self->key);
  g_free (self->reason);
  cJSON_Delete (self->document);
  g_free (self);
}
