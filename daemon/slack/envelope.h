/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A frame of Socket Mode, read. Most carry an event and ask for an acknowledgement. */

#pragma once

#include <cjson/cJSON.h>
#include <glib.h>

#include "types.h"

G_BEGIN_DECLS

/* What a frame of Socket Mode is. */
typedef enum
{
  ONC_ENVELOPE_HELLO,
  ONC_ENVELOPE_DISCONNECT,
  ONC_ENVELOPE_EVENT, /* something happened in the workspace */
  ONC_ENVELOPE_OTHER, /* anything else; to be acknowledged where it has an ID */
} OncEnvelopeType;

typedef struct
{
  OncEnvelopeType type;
  char *id; /* (owned) (nullable) what the acknowledgement names; NULL: there is none to send */
  guint retry_attempt; /* 0 the first time, as far as Slack says */
  GPtrArray *events;   /* (owned) (element-type OncEvent) often empty */
  char *key;           /* (owned) (nullable) seen before: the events are known */

  /* EVENT: the token may have lost its rights, so that it should be checked */
  gboolean access_changed;
  /* EVENT: Slack has dropped events, so that history should be read */
  gboolean events_dropped;
  const cJSON *event; /* (nullable) the event itself, for the directory; lives in `document` */

  /* HELLO: 0 where Slack does not say */
  guint num_connections;    /* of the Slack app, by all who use it */
  guint connection_seconds; /* how long this one will last */

  /* DISCONNECT */
  char *reason; /* (owned) (nullable) "warning", "refresh_requested" ... */

  cJSON *document; /* (owned) */
} OncEnvelope;

/* Reads one frame. @team is the workspace's ID and @me the person's own (nullable), as auth.test
 * gives them: in a channel shared with others, envelopes name other workspaces.
 * Returns: (transfer full): or NULL with ONC_ERROR_FAILED where @text is no JSON object. The error
 * quotes nothing of it. */
OncEnvelope *
onc_envelope_read (const char *text, gsize length, const char *team, const char *me, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
void onc_envelope_free (OncEnvelope *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OncEnvelope, onc_envelope_free)

G_END_DECLS
