/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Any bytes as the answer to an upgrade and the frames behind it, in pieces of any size. What comes
 * out must not depend on the pieces. */

#include <string.h>

#include "frame-codec.h"
#include "upgrade.h"

#define MAX_MESSAGE 4096

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

/* Reads @bytes in pieces of @piece bytes, and appends what comes out to @read. */
static void
read_in_pieces (const guint8 *bytes, gsize length, gsize piece, GByteArray *read)
{
  g_autoptr (OncFrameCodec) codec = onc_frame_codec_new (MAX_MESSAGE);

  for (gsize done = 0; done < length; done += piece)
    {
      OncFrame frame;

      onc_frame_codec_feed (codec, bytes + done, MIN (piece, length - done));
      while (onc_frame_codec_next (codec, &frame) != ONC_FRAME_NONE)
        {
          guint8 head[2] = { (guint8) frame.kind, (guint8) frame.close_code };

          g_byte_array_append (read, head, sizeof head);
          if (frame.kind == ONC_FRAME_ERROR)
            return;
          g_assert_cmpuint (frame.length, <=, MAX_MESSAGE);
          g_assert_cmpint (frame.data[frame.length], ==, '\0');
          g_byte_array_append (read, (const guint8 *) frame.data, frame.length);
        }
    }
}

static void
check_upgrade (const char *bytes, gsize length)
{
  g_autoptr (GError) error = NULL;
  gsize used = 0;

  switch (onc_upgrade_read_answer (bytes, length, "dGhlIHNhbXBsZSBub25jZQ==", &used, &error))
    {
    case ONC_UPGRADE_ACCEPTED:
      g_assert_cmpuint (used, <=, length);
      break;
    case ONC_UPGRADE_REFUSED:
      g_assert_nonnull (error);
      break;
    case ONC_UPGRADE_INCOMPLETE:
    default:
      break;
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GByteArray) whole = g_byte_array_new ();
  g_autoptr (GByteArray) pieces = g_byte_array_new ();
  g_autoptr (GByteArray) head = g_byte_array_new ();
  gsize piece = size > 0 ? 1 + data[0] % 7 : 1;

  g_byte_array_append (head, data, size);
  g_byte_array_append (head, (const guint8 *) "", 1);
  check_upgrade ((const char *) head->data, size);

  if (size == 0)
    return 0;
  read_in_pieces (data + 1, size - 1, size, whole);
  read_in_pieces (data + 1, size - 1, piece, pieces);
  g_assert_cmpmem (whole->data, whole->len, pieces->data, pieces->len);

  return 0;
}
