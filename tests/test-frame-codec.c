/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "frame-codec.h"

#include <string.h>

#include "fake-server.h"

enum
{
  OP_CONTINUATION = 0,
  OP_TEXT = 1,
  OP_BINARY = 2,
  OP_CLOSE = 8,
  OP_PING = 9,
  OP_PONG = 10,
};

static void
append_frame (GByteArray *bytes, gboolean final, guint8 opcode, const char *data, gssize length)
{
  g_autoptr (GByteArray) frame = fake_frame (final, opcode, data, length);

  g_byte_array_append (bytes, frame->data, frame->len);
}

static void
assert_next (OncFrameCodec *codec, OncFrameKind kind, const char *data)
{
  OncFrame frame;

  g_assert_cmpint (onc_frame_codec_next (codec, &frame), ==, kind);
  g_assert_cmpint (frame.kind, ==, kind);
  if (data != NULL)
    {
      g_assert_cmpuint (frame.length, ==, strlen (data));
      g_assert_cmpstr (frame.data, ==, data);
    }
}

static void
assert_error (const void *bytes, gsize length, OncCloseCode code)
{
  g_autoptr (OncFrameCodec) codec = onc_frame_codec_new (1000);
  OncFrame frame;

  onc_frame_codec_feed (codec, bytes, length);
  g_assert_cmpint (onc_frame_codec_next (codec, &frame), ==, ONC_FRAME_ERROR);
  g_assert_cmpuint (frame.close_code, ==, code);
}

static void
test_several_frames_in_one_piece_are_read (void)
{
  g_autoptr (OncFrameCodec) codec = onc_frame_codec_new (1000);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  append_frame (bytes, TRUE, OP_TEXT, "one", -1);
  append_frame (bytes, TRUE, OP_PING, "", 0);
  append_frame (bytes, TRUE, OP_BINARY, "two", -1);
  append_frame (bytes, TRUE, OP_TEXT, "", 0);
  onc_frame_codec_feed (codec, bytes->data, bytes->len);
  assert_next (codec, ONC_FRAME_TEXT, "one");
  assert_next (codec, ONC_FRAME_PING, "");
  assert_next (codec, ONC_FRAME_BINARY, "two");
  assert_next (codec, ONC_FRAME_TEXT, "");
  assert_next (codec, ONC_FRAME_NONE, NULL);
}

static void
test_a_frame_may_come_byte_by_byte (void)
{
  g_autoptr (OncFrameCodec) codec = onc_frame_codec_new (70000);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const gsize sizes[] = { 0, 1, 125, 126, 65535, 65536 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *text = g_strnfill (sizes[i], 'x');

      g_byte_array_set_size (bytes, 0);
      append_frame (bytes, TRUE, OP_TEXT, text, -1);
      for (guint b = 0; b + 1 < bytes->len; b++)
        {
          onc_frame_codec_feed (codec, bytes->data + b, 1);
          assert_next (codec, ONC_FRAME_NONE, NULL);
        }
      onc_frame_codec_feed (codec, bytes->data + bytes->len - 1, 1);
      assert_next (codec, ONC_FRAME_TEXT, text);
    }
}

static void
test_fragments_are_put_together_across_control_frames (void)
{
  g_autoptr (OncFrameCodec) codec = onc_frame_codec_new (1000);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  append_frame (bytes, FALSE, OP_TEXT, "frag", -1);
  append_frame (bytes, TRUE, OP_PING, "p", -1);
  append_frame (bytes, FALSE, OP_CONTINUATION, "", 0);
  append_frame (bytes, TRUE, OP_PONG, "", 0);
  append_frame (bytes, TRUE, OP_CONTINUATION, "ments", -1);
  append_frame (bytes, TRUE, OP_TEXT, "next", -1);
  onc_frame_codec_feed (codec, bytes->data, bytes->len);
  assert_next (codec, ONC_FRAME_PING, "p");
  assert_next (codec, ONC_FRAME_PONG, "");
  assert_next (codec, ONC_FRAME_TEXT, "fragments");
  assert_next (codec, ONC_FRAME_TEXT, "next");
}

static void
test_bytes_that_are_no_utf_8_pass (void)
{
  g_autoptr (OncFrameCodec) codec = onc_frame_codec_new (1000);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  append_frame (bytes, TRUE, OP_TEXT, "\xff\xfe", -1);
  onc_frame_codec_feed (codec, bytes->data, bytes->len);
  assert_next (codec, ONC_FRAME_TEXT, "\xff\xfe");
}

static void
test_the_reason_of_a_closing_is_read (void)
{
  g_autoptr (OncFrameCodec) codec = onc_frame_codec_new (1000);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  OncFrame frame;

  append_frame (bytes, TRUE, OP_CLOSE, "\x03\xe9going away", -1);
  append_frame (bytes, TRUE, OP_CLOSE, "", 0);
  onc_frame_codec_feed (codec, bytes->data, bytes->len);
  g_assert_cmpint (onc_frame_codec_next (codec, &frame), ==, ONC_FRAME_CLOSE);
  g_assert_cmpuint (frame.close_code, ==, 1001);
  g_assert_cmpint (onc_frame_codec_next (codec, &frame), ==, ONC_FRAME_CLOSE);
  g_assert_cmpuint (frame.close_code, ==, ONC_CLOSE_NONE_GIVEN);
}

static void
test_a_message_that_is_too_large_is_refused_by_its_header (void)
{
  g_autoptr (GByteArray) fragments = g_byte_array_new ();
  g_autofree char *part = g_strnfill (600, 'x');

  assert_error ("\x81\x7e\x03\xe9x", 5, ONC_CLOSE_TOO_BIG);
  assert_error ("\x81\x7f\x7f\xff\xff\xff\xff\xff\xff\xffx", 11, ONC_CLOSE_TOO_BIG);
  append_frame (fragments, FALSE, OP_TEXT, part, -1);
  append_frame (fragments, FALSE, OP_CONTINUATION, part, -1);
  assert_error (fragments->data, fragments->len, ONC_CLOSE_TOO_BIG);
}

static void
test_a_broken_protocol_is_seen (void)
{
  assert_error ("\x80\x00", 2, ONC_CLOSE_PROTOCOL_ERROR);         /* continues nothing */
  assert_error ("\x01\x00\x01\x00", 4, ONC_CLOSE_PROTOCOL_ERROR); /* begins within a message */
  assert_error ("\x83\x00", 2, ONC_CLOSE_PROTOCOL_ERROR);         /* an opcode of the future */
  assert_error ("\xc1\x00", 2, ONC_CLOSE_PROTOCOL_ERROR);         /* an extension's bit */
  assert_error ("\x81\x80\x01\x02\x03\x04", 6, ONC_CLOSE_PROTOCOL_ERROR); /* masked */
  assert_error ("\x09\x00", 2, ONC_CLOSE_PROTOCOL_ERROR);                 /* a fragment of a ping */
  assert_error ("\x89\x7e\x00\x80", 4, ONC_CLOSE_PROTOCOL_ERROR);         /* a long ping */
  assert_error ("\x81\x7e\x00\x05hello", 9, ONC_CLOSE_PROTOCOL_ERROR);    /* a longwinded length */
}

/* Returns: the text that the client's frame at @bytes holds. */
static char *
unmask (const GByteArray *bytes, guint8 opcode)
{
  gsize length = bytes->data[1] & 0x7f;
  gsize header = 2;
  char *text;

  g_assert_cmpuint (bytes->data[0], ==, 0x80 | opcode);
  g_assert_cmpuint (bytes->data[1] & 0x80, ==, 0x80);
  if (length == 126)
    {
      length = bytes->data[2] << 8 | bytes->data[3];
      header = 4;
    }
  g_assert_cmpuint (bytes->len, ==, header + 4 + length);
  text = g_malloc0 (length + 1);
  for (gsize i = 0; i < length; i++)
    text[i] = bytes->data[header + 4 + i] ^ bytes->data[header + i % 4];
  return text;
}

static void
test_frames_are_written_whole_and_masked_each_anew (void)
{
  g_autoptr (OncFrameCodec) codec = onc_frame_codec_new (1000);
  g_autoptr (GHashTable) masks = g_hash_table_new (NULL, NULL);
  const gsize sizes[] = { 0, 60, 125, 126, 10000 };

  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (GByteArray) out = g_byte_array_new ();
      g_autofree char *text = g_strnfill (sizes[i % G_N_ELEMENTS (sizes)], 'x');
      g_autofree char *read = NULL;
      guint32 mask;

      onc_frame_codec_write (codec, ONC_FRAME_TEXT, text, strlen (text), out);
      read = unmask (out, OP_TEXT);
      g_assert_cmpstr (read, ==, text);
      memcpy (&mask, out->data + (strlen (text) < 126 ? 2 : 4), sizeof mask);
      g_hash_table_add (masks, GUINT_TO_POINTER (mask));
    }
  g_assert_cmpuint (g_hash_table_size (masks), >, 95);
}

static void
test_control_frames_are_written (void)
{
  g_autoptr (OncFrameCodec) codec = onc_frame_codec_new (1000);
  g_autoptr (GByteArray) pong = g_byte_array_new ();
  g_autoptr (GByteArray) closing = g_byte_array_new ();
  g_autoptr (GByteArray) bare = g_byte_array_new ();
  g_autofree char *pong_data = NULL;
  g_autofree char *code = NULL;
  g_autofree char *nothing = NULL;

  onc_frame_codec_write (codec, ONC_FRAME_PONG, "abc", 3, pong);
  pong_data = unmask (pong, OP_PONG);
  g_assert_cmpstr (pong_data, ==, "abc");
  onc_frame_codec_write_close (codec, ONC_CLOSE_TOO_BIG, closing);
  code = unmask (closing, OP_CLOSE);
  g_assert_cmpstr (code, ==, "\x03\xf1");
  onc_frame_codec_write_close (codec, ONC_CLOSE_NONE_GIVEN, bare);
  nothing = unmask (bare, OP_CLOSE);
  g_assert_cmpstr (nothing, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(sentence, function) g_test_add_func ("/frame-codec/" sentence, function)
  ADD ("several frames in one piece are read", test_several_frames_in_one_piece_are_read);
  ADD ("a frame may come byte by byte", test_a_frame_may_come_byte_by_byte);
  ADD ("fragments are put together across control frames",
       test_fragments_are_put_together_across_control_frames);
  ADD ("bytes that are no utf-8 pass", test_bytes_that_are_no_utf_8_pass);
  ADD ("the reason of a closing is read", test_the_reason_of_a_closing_is_read);
  ADD ("a message that is too large is refused by its header",
       test_a_message_that_is_too_large_is_refused_by_its_header);
  ADD ("a broken protocol is seen", test_a_broken_protocol_is_seen);
  ADD ("frames are written whole, and masked each anew",
       test_frames_are_written_whole_and_masked_each_anew);
  ADD ("control frames are written", test_control_frames_are_written);
#undef ADD
  return g_test_run ();
}
