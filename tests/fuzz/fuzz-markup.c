/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Any bytes as Slack's markup. The pieces are the whole text, what is made of it is valid UTF-8,
 * and what was escaped reads as it was. */

#include "markup.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

/* Asserts that the @part_length bytes at @part, if any, lie within the @length bytes at @whole. */
static void
check_within (const char *part, gsize part_length, const char *whole, gsize length)
{
  if (part == NULL)
    return;
  g_assert_true (part >= whole);
  g_assert_cmpuint ((gsize) (part - whole) + part_length, <=, length);
}

static void
check_pieces (const char *text, gsize length)
{
  OncMarkupIter iter;
  OncMarkupToken token;
  gsize covered = 0;

  onc_markup_iter_init (&iter, text, (gssize) length);
  while (onc_markup_iter_next (&iter, &token))
    {
      g_assert_true (token.start == text + covered);
      g_assert_cmpuint (token.length, >, 0);
      covered += token.length;
      check_within (token.id, token.id_length, token.start, token.length);
      check_within (token.label, token.label_length, token.start, token.length);
      if (token.kind == ONC_MARKUP_DATE)
        onc_markup_token_instant (&token);
    }
  g_assert_cmpuint (covered, ==, length);
}

static const char *
name_of (OncMarkupKind kind, const char *id, gpointer user_data)
{
  return kind == ONC_MARKUP_USER ? "Åda" : NULL;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  const char *text = (const char *) data;
  g_autofree char *plain = onc_markup_to_plain (text, (gssize) size, name_of, NULL);
  g_autofree char *unnamed = onc_markup_to_plain (text, (gssize) size, NULL, NULL);
  g_autofree char *escaped = onc_markup_escape (plain);
  g_autofree char *again = onc_markup_to_plain (escaped, -1, NULL, NULL);
  g_auto (GStrv) mentions = onc_markup_mentions (text, (gssize) size);

  check_pieces (text, size);
  g_assert_true (g_utf8_validate (plain, -1, NULL));
  g_assert_true (g_utf8_validate (unnamed, -1, NULL));
  g_assert_true (g_utf8_validate (escaped, -1, NULL));
  g_assert_null (strpbrk (escaped, "<>"));
  g_assert_cmpstr (again, ==, plain);
  g_assert_nonnull (mentions);
  onc_markup_has_handle (text, (gssize) size, "oncall");

  return 0;
}
