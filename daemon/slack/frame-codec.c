/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "frame-codec.h"

#include <string.h>

#include <sys/random.h>
#include <wslay/wslay.h>

/* What a control frame holds at most (RFC 6455, section 5.5). */
#define MAX_CONTROL_BYTES 125

/* A message beyond this is rare; its memory is given back once it was read. */
#define KEPT_BYTES (64 * 1024)

/* Masks are drawn from the kernel this many bytes at a time: a mask has four. */
#define ENTROPY_BYTES 256

struct _OncFrameCodec
{
  wslay_frame_context_ptr context; /* (owned) */
  gsize max_message;

  const guint8 *input; /* (unowned) bytes that came and were not read yet */
  gsize input_length;

  GByteArray *message;       /* (owned) the fragments so far */
  guint8 message_opcode;     /* of the message under way; WSLAY_CONTINUATION_FRAME: none is */
  gboolean message_returned; /* the message was handed out and is to be dropped */

  guint64 frame_left; /* bytes of the frame under way that are to come */
  gboolean within_frame;
  GByteArray *control; /* (owned) the control frame under way */

  GByteArray *output; /* (unowned) (nullable) where a frame is being written to */
  guint8 entropy[ENTROPY_BYTES];
  gsize entropy_left;
};

static ssize_t
on_receive (uint8_t *bytes, size_t length, int flags, void *user_data)
{
  OncFrameCodec *self = user_data;
  gsize n = MIN (length, self->input_length);

  if (n == 0)
    return -1;
  memcpy (bytes, self->input, n);
  self->input += n;
  self->input_length -= n;
  return n;
}

static ssize_t
on_send (const uint8_t *bytes, size_t length, int flags, void *user_data)
{
  OncFrameCodec *self = user_data;

  g_byte_array_append (self->output, bytes, length);
  return length;
}

static int
on_mask (uint8_t *bytes, size_t length, void *user_data)
{
  OncFrameCodec *self = user_data;

  if (self->entropy_left < length)
    {
      /* As few bytes as these come whole and at once (getrandom(2)) */
      if (getrandom (self->entropy, sizeof self->entropy, 0) != sizeof self->entropy)
        return -1;
      self->entropy_left = sizeof self->entropy;
    }
  self->entropy_left -= length;
  memcpy (bytes, self->entropy + self->entropy_left, length);
  return 0;
}

OncFrameCodec *
onc_frame_codec_new (gsize max_message)
{
  static const struct wslay_frame_callbacks callbacks = { .send_callback = on_send,
                                                          .recv_callback = on_receive,
                                                          .genmask_callback = on_mask };
  OncFrameCodec *self = g_new0 (OncFrameCodec, 1);

  if (wslay_frame_context_init (&self->context, &callbacks, self) != 0)
    g_error ("out of memory");
  self->max_message = max_message;
  self->message = g_byte_array_new ();
  self->control = g_byte_array_sized_new (MAX_CONTROL_BYTES + 1);

  return self;
}

void
onc_frame_codec_free (OncFrameCodec *self)
{
  wslay_frame_context_free (self->context);
  g_byte_array_unref (self->message);
  g_byte_array_unref (self->control);
  g_free (self);
}

void
onc_frame_codec_feed (OncFrameCodec *self, const void *bytes, gsize length)
{
  self->input = bytes;
  self->input_length = length;
}

static OncFrameKind
fail (OncFrame *frame, OncCloseCode code)
{
  *frame = (OncFrame){ .kind = ONC_FRAME_ERROR, .close_code = code };
  return frame->kind;
}

/* Sets *@frame to what @bytes hold. */
static OncFrameKind
hand_out (OncFrame *frame, OncFrameKind kind, GByteArray *bytes)
{
  g_byte_array_append (bytes, (const guint8 *) "", 1);
  *frame = (OncFrame){ .kind = kind,
                       .data = (const char *) bytes->data,
                       .length = bytes->len - 1,
                       .close_code = ONC_CLOSE_NONE_GIVEN };
  if (kind == ONC_FRAME_CLOSE && frame->length >= 2)
    frame->close_code = bytes->data[0] << 8 | bytes->data[1];

  return kind;
}

/* Notes that a frame begins. Returns: FALSE where it must not be. */
static gboolean
begin_frame (OncFrameCodec *self, const struct wslay_frame_iocb *iocb, OncCloseCode *code)
{
  *code = ONC_CLOSE_PROTOCOL_ERROR;
  if (iocb->rsv != WSLAY_RSV_NONE || iocb->mask)
    return FALSE;

  switch (iocb->opcode)
    {
    case WSLAY_TEXT_FRAME:
    case WSLAY_BINARY_FRAME:
      if (self->message_opcode != WSLAY_CONTINUATION_FRAME)
        return FALSE;
      self->message_opcode = iocb->opcode;
      break;
    case WSLAY_CONTINUATION_FRAME:
      if (self->message_opcode == WSLAY_CONTINUATION_FRAME)
        return FALSE;
      break;
    case WSLAY_CONNECTION_CLOSE:
    case WSLAY_PING:
    case WSLAY_PONG:
      g_byte_array_set_size (self->control, 0);
      break;
    default:
      return FALSE;
    }

  if (!wslay_is_ctrl_frame (iocb->opcode) &&
      iocb->payload_length > self->max_message - self->message->len)
    {
      *code = ONC_CLOSE_TOO_BIG;
      return FALSE;
    }
  self->within_frame = TRUE;
  self->frame_left = iocb->payload_length;
  return TRUE;
}

/* A frame is whole. Returns: NONE where it was a fragment. */
static OncFrameKind
end_frame (OncFrameCodec *self, const struct wslay_frame_iocb *iocb, OncFrame *frame)
{
  OncFrameKind kind;

  self->within_frame = FALSE;
  switch (iocb->opcode)
    {
    case WSLAY_CONNECTION_CLOSE:
      return hand_out (frame, ONC_FRAME_CLOSE, self->control);
    case WSLAY_PING:
      return hand_out (frame, ONC_FRAME_PING, self->control);
    case WSLAY_PONG:
      return hand_out (frame, ONC_FRAME_PONG, self->control);
    default:
      break;
    }

  if (!iocb->fin)
    return ONC_FRAME_NONE;
  kind = self->message_opcode == WSLAY_TEXT_FRAME ? ONC_FRAME_TEXT : ONC_FRAME_BINARY;
  self->message_opcode = WSLAY_CONTINUATION_FRAME;
  self->message_returned = TRUE;
  return hand_out (frame, kind, self->message);
}

/* Drops the message that was handed out. */
static void
drop_message (OncFrameCodec *self)
{
  if (!self->message_returned)
    return;
  self->message_returned = FALSE;
  if (self->message->len <= KEPT_BYTES)
    {
      g_byte_array_set_size (self->message, 0);
      return;
    }
  g_byte_array_unref (self->message);
  self->message = g_byte_array_new ();
}

OncFrameKind
onc_frame_codec_next (OncFrameCodec *self, OncFrame *frame)
{
  *frame = (OncFrame){ .kind = ONC_FRAME_NONE };
  drop_message (self);

  for (;;)
    {
      struct wslay_frame_iocb iocb = { 0 };
      ssize_t n = wslay_frame_recv (self->context, &iocb);
      OncCloseCode code;
      OncFrameKind kind;

      if (n == WSLAY_ERR_WANT_READ)
        return ONC_FRAME_NONE;
      if (n < 0)
        return fail (frame, ONC_CLOSE_PROTOCOL_ERROR);
      if (!self->within_frame && !begin_frame (self, &iocb, &code))
        return fail (frame, code);

      g_byte_array_append (wslay_is_ctrl_frame (iocb.opcode) ? self->control : self->message,
                           iocb.data, iocb.data_length);
      self->frame_left -= iocb.data_length;
      if (self->frame_left > 0)
        continue;
      kind = end_frame (self, &iocb, frame);
      if (kind != ONC_FRAME_NONE)
        return kind;
    }
}

static void
write_frame (OncFrameCodec *self, guint8 opcode, const char *data, gsize length, GByteArray *out)
{
  struct wslay_frame_iocb iocb = { .fin = 1,
                                   .opcode = opcode,
                                   .payload_length = length,
                                   .mask = 1,
                                   .data = (const uint8_t *) data,
                                   .data_length = length };

  self->output = out;
  do
    {
      ssize_t n = wslay_frame_send (self->context, &iocb);

      if (n < 0)
        g_error ("no entropy for a mask");
      iocb.data += n;
      iocb.data_length -= n;
    }
  while (iocb.data_length > 0);
  self->output = NULL;
}

void
onc_frame_codec_write (
    OncFrameCodec *self, OncFrameKind kind, const char *data, gsize length, GByteArray *out)
{
  switch (kind)
    {
    case ONC_FRAME_TEXT:
      write_frame (self, WSLAY_TEXT_FRAME, data, length, out);
      break;
    case ONC_FRAME_PING:
      write_frame (self, WSLAY_PING, data, length, out);
      break;
    case ONC_FRAME_PONG:
      write_frame (self, WSLAY_PONG, data, length, out);
      break;
    case ONC_FRAME_NONE:
    case ONC_FRAME_BINARY:
    case ONC_FRAME_CLOSE:
    case ONC_FRAME_ERROR:
    default:
      g_assert_not_reached ();
    }
}

void
onc_frame_codec_write_close (OncFrameCodec *self, guint close_code, GByteArray *out)
{
  const char code[2] = { (char) (close_code >> 8), (char) (close_code & 0xff) };

  /* "None given" is said by giving none */
  write_frame (self, WSLAY_CONNECTION_CLOSE, code,
               close_code == ONC_CLOSE_NONE_GIVEN ? 0 : sizeof code, out);
}
