/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* WebSocket messages from bytes and to bytes (RFC 6455, the client's side), without any input or
 * output of its own. Fragments are put together. A text need not be valid UTF-8: whoever reads it
 * can do better than to end the connection for it. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ONC_FRAME_NONE, /* more bytes are needed */
  ONC_FRAME_TEXT,
  ONC_FRAME_BINARY,
  ONC_FRAME_CLOSE,
  ONC_FRAME_PING,
  ONC_FRAME_PONG,
  ONC_FRAME_ERROR, /* the peer broke the protocol; nothing more can be read */
} OncFrameKind;

/* Why a connection is closed, as the peer is told (RFC 6455, section 7.4.1). */
typedef enum
{
  ONC_CLOSE_NORMAL = 1000,
  ONC_CLOSE_PROTOCOL_ERROR = 1002,
  ONC_CLOSE_NONE_GIVEN = 1005, /* never sent */
  ONC_CLOSE_TOO_BIG = 1009,
} OncCloseCode;

typedef struct
{
  OncFrameKind kind;
  const char *data; /* the message; a NUL follows it; good until the codec is used again */
  gsize length;
  guint close_code; /* CLOSE: the peer's; ERROR: what to tell the peer */
} OncFrame;

typedef struct _OncFrameCodec OncFrameCodec;

/* Returns: (transfer full): a codec that refuses messages of more than @max_message bytes. */
OncFrameCodec *onc_frame_codec_new (gsize max_message);
void onc_frame_codec_free (OncFrameCodec *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OncFrameCodec, onc_frame_codec_free)

/* Gives the codec bytes that came. They must stay until onc_frame_codec_next() has said NONE. */
void onc_frame_codec_feed (OncFrameCodec *self, const void *bytes, gsize length);

/* Sets *@frame to the next message. Returns: its kind. */
OncFrameKind onc_frame_codec_next (OncFrameCodec *self, OncFrame *frame);

/* Appends one unfragmented frame of the kind TEXT, PING or PONG to @out. */
void onc_frame_codec_write (
    OncFrameCodec *self, OncFrameKind kind, const char *data, gsize length, GByteArray *out);

/* Appends a closing frame to @out. */
void onc_frame_codec_write_close (OncFrameCodec *self, guint close_code, GByteArray *out);

G_END_DECLS
