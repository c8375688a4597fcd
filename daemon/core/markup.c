/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "markup.h"

#include <string.h>

/* 9999-12-31 23:59:59 UTC, the last second that a GDateTime can hold. */
#define LAST_SECOND G_GINT64_CONSTANT (253402300799)

static const struct
{
  const char *name;
  char byte;
} entities[] = { { "&amp;", '&' }, { "&gt;", '>' }, { "&lt;", '<' } };

char
onc_markup_entity (const char *text, gsize available, gsize *length)
{
  for (guint i = 0; available > 0 && *text == '&' && i < G_N_ELEMENTS (entities); i++)
    {
      gsize name_length = strlen (entities[i].name);

      if (available >= name_length && memcmp (text, entities[i].name, name_length) == 0)
        {
          *length = name_length;
          return entities[i].byte;
        }
    }

  return '\0';
}

void
onc_markup_iter_init (OncMarkupIter *iter, const char *text, gssize length)
{
  *iter = (OncMarkupIter){ .text = text, .length = length < 0 ? strlen (text) : (gsize) length };
}

/* Returns: where the line of @position ends: at its newline, or the text's end. */
static gsize
line_end (const OncMarkupIter *iter, gsize position)
{
  const char *newline = position < iter->length
                            ? memchr (iter->text + position, '\n', iter->length - position)
                            : NULL;

  return newline != NULL ? (gsize) (newline - iter->text) : iter->length;
}

/* Returns: how long the > at @position is, escaped or not; 0 when none is there. */
static gsize
angle_length (const OncMarkupIter *iter, gsize position)
{
  gsize length = 0;

  if (position < iter->length && iter->text[position] == '>')
    return 1;
  if (position < iter->length &&
      onc_markup_entity (iter->text + position, iter->length - position, &length) == '>')
    return length;
  return 0;
}

/* At the start of a line: sets how far the quote reaches that begins here, if one does. */
static void
begin_quote (OncMarkupIter *iter)
{
  gsize position = iter->position;
  guint angles = 0;
  gsize length;

  while (position < iter->length && (iter->text[position] == ' ' || iter->text[position] == '\t'))
    position++;
  for (; angles < 3 && (length = angle_length (iter, position)) > 0; angles++)
    position += length;

  if (angles == 3)
    iter->quote_end = iter->length;
  else if (angles > 0)
    iter->quote_end = line_end (iter, iter->position);
}

/* Sets the end of the code that begins at the backtick at the iterator's position, if any does. */
static void
begin_code (OncMarkupIter *iter)
{
  const char *text = iter->text;
  gsize begin = iter->position;
  gsize left = iter->length - begin;
  const char *close;

  if (left >= 6 && !iter->no_fence && memcmp (text + begin, "```", 3) == 0)
    {
      close = memmem (text + begin + 3, left - 3, "```", 3);
      if (close != NULL)
        {
          iter->code_end = close + 3 - text;
          return;
        }
      iter->no_fence = TRUE;
    }

  close = memchr (text + begin + 1, '`', left - 1);
  if (close != NULL && close > text + begin + 1 &&
      memchr (text + begin, '\n', close - text - begin) == NULL)
    iter->code_end = close + 1 - text;
}

static gboolean
is_space (char byte)
{
  return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* Sets the end of the struck text that begins at the tilde at the iterator's position, if any does.
 * "~45m" is an estimate, because nothing closes it. */
static void
begin_strike (OncMarkupIter *iter)
{
  const char *text = iter->text;
  gsize begin = iter->position;
  gsize i;

  if (begin < iter->no_strike_end || begin + 2 >= iter->length ||
      (begin > 0 && g_ascii_isalnum (text[begin - 1])) || is_space (text[begin + 1]))
    return;

  for (i = begin + 2; i < iter->length && text[i] != '\n'; i++)
    {
      if (text[i] == '~' && !is_space (text[i - 1]) && text[i - 1] != '~' &&
          (i + 1 == iter->length || !g_ascii_isalnum (text[i + 1])))
        {
          while (i < iter->length && text[i] == '~')
            i++;
          iter->strike_end = i;
          return;
        }
    }

  iter->no_strike_end = i;
}

/* Returns: how many of the @length bytes at @text are letters and digits, as in Slack's IDs. */
static gsize
alnum_prefix (const char *text, gsize length)
{
  gsize i = 0;

  while (i < length && g_ascii_isalnum (text[i]))
    i++;
  return i;
}

/* Whether the @length bytes at @text are "scheme:" and something. */
static gboolean
is_url (const char *text, gsize length)
{
  gsize i = 0;

  while (i < length && (g_ascii_isalnum (text[i]) || strchr ("+.-", text[i]) != NULL) &&
         text[i] != '\0')
    i++;
  return i > 1 && g_ascii_isalpha (text[0]) && i + 1 < length && text[i] == ':';
}

/* Fills kind, id and label from the @length bytes between angle brackets. Returns: FALSE when
 * Slack writes nothing of this form. */
static gboolean
read_reference (const char *inside, gsize length, OncMarkupToken *token)
{
  static const char subteam[] = "!subteam^";
  static const char date[] = "!date^";
  const char *bar = memchr (inside, '|', length);
  gsize head = bar != NULL ? (gsize) (bar - inside) : length;
  gsize prefix = 1;

  if (bar != NULL && head + 1 < length)
    {
      token->label = bar + 1;
      token->label_length = length - head - 1;
    }

  if (head >= sizeof subteam && memcmp (inside, subteam, sizeof subteam - 1) == 0)
    {
      token->kind = ONC_MARKUP_GROUP;
      prefix = sizeof subteam - 1;
    }
  else if (head >= sizeof date && memcmp (inside, date, sizeof date - 1) == 0)
    {
      token->kind = ONC_MARKUP_DATE;
      prefix = sizeof date - 1;
    }
  else if (head > 1 && inside[0] == '@')
    token->kind = ONC_MARKUP_USER;
  else if (head > 1 && inside[0] == '#')
    token->kind = ONC_MARKUP_CHANNEL;
  else if (head > 1 && inside[0] == '!')
    token->kind = ONC_MARKUP_SPECIAL;
  else
    {
      token->kind = ONC_MARKUP_LINK;
      token->id = inside;
      token->id_length = head;
      return is_url (inside, head);
    }

  token->id = inside + prefix;
  token->id_length = alnum_prefix (token->id, head - prefix);
  if (token->kind == ONC_MARKUP_DATE || token->kind == ONC_MARKUP_SPECIAL)
    return token->id_length > 0;
  return token->id_length > 0 && token->id_length == head - prefix;
}

/* Whether a reference begins at the < at the iterator's position; then fills @token. */
static gboolean
take_reference (OncMarkupIter *iter, OncMarkupToken *token)
{
  const char *begin = iter->text + iter->position;
  gsize left = iter->length - iter->position;
  gsize i = 1;

  if (*begin != '<' || iter->position < iter->code_end)
    return FALSE;
  while (i < left && begin[i] != '>' && begin[i] != '<' && begin[i] != '\n')
    i++;
  if (i == 1 || i == left || begin[i] != '>')
    return FALSE;

  *token = (OncMarkupToken){ .start = begin, .length = i + 1 };
  return read_reference (begin + 1, i - 1, token);
}

static OncMarkupStyle
style_at (const OncMarkupIter *iter, gsize position)
{
  return (position < iter->code_end ? ONC_MARKUP_CODE : 0) |
         (position < iter->quote_end ? ONC_MARKUP_QUOTE : 0) |
         (position < iter->strike_end ? ONC_MARKUP_STRIKE : 0);
}

/* Opens the styles that begin at the iterator's position. */
static void
begin_styles (OncMarkupIter *iter)
{
  gsize position = iter->position;
  char byte = iter->text[position];

  if (position < iter->code_end)
    return;
  if (position >= iter->quote_end && (position == 0 || iter->text[position - 1] == '\n'))
    begin_quote (iter);
  if (byte == '`')
    begin_code (iter);
  else if (byte == '~' && position >= iter->strike_end)
    begin_strike (iter);
}

/* Moves the iterator on to the next byte where a style or a reference may begin, or a style ends.
 */
static void
skip_unmarked (OncMarkupIter *iter)
{
  const gsize ends[] = { iter->code_end, iter->quote_end, iter->strike_end };
  gsize position = iter->position + 1;
  gsize limit = iter->length;

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      if (ends[i] >= position && ends[i] < limit)
        limit = ends[i];
    }
  while (position < limit && iter->text[position] != '<' && iter->text[position] != '`' &&
         iter->text[position] != '~' && iter->text[position - 1] != '\n')
    position++;
  iter->position = position;
}

gboolean
onc_markup_iter_next (OncMarkupIter *iter, OncMarkupToken *token)
{
  gsize begin = iter->position;
  OncMarkupStyle style;

  if (begin >= iter->length)
    return FALSE;

  begin_styles (iter);
  style = style_at (iter, begin);
  if (take_reference (iter, token))
    {
      token->style = style;
      iter->position += token->length;
      return TRUE;
    }

  do
    {
      skip_unmarked (iter);
      if (iter->position == iter->length)
        break;
      begin_styles (iter);
    }
  while (style_at (iter, iter->position) == style && !take_reference (iter, token));

  *token = (OncMarkupToken){
    .kind = ONC_MARKUP_TEXT,
    .style = style,
    .start = iter->text + begin,
    .length = iter->position - begin,
  };
  return TRUE;
}

OncInstant
onc_markup_token_instant (const OncMarkupToken *token)
{
  gint64 seconds = 0;

  g_return_val_if_fail (token->kind == ONC_MARKUP_DATE, 0);

  for (gsize i = 0; i < token->id_length; i++)
    {
      if (!g_ascii_isdigit (token->id[i]))
        return 0;
      seconds = seconds * 10 + g_ascii_digit_value (token->id[i]);
      if (seconds > LAST_SECOND)
        return 0;
    }

  return seconds * ONC_SECOND;
}

/* Appends @length bytes at @text with their entities decoded, once. */
static void
append_decoded (GString *out, const char *text, gsize length)
{
  gsize i = 0;

  while (i < length)
    {
      gsize width = 1;
      char byte = onc_markup_entity (text + i, length - i, &width);

      g_string_append_c (out, byte != '\0' ? byte : text[i]);
      i += width;
    }
}

/* Appends how a person reads the reference @token. */
static void
append_reference (GString *out,
                  const OncMarkupToken *token,
                  OncMarkupNameFunc name_of,
                  gpointer user_data)
{
  gboolean has_name = token->kind == ONC_MARKUP_USER || token->kind == ONC_MARKUP_GROUP ||
                      token->kind == ONC_MARKUP_CHANNEL;
  char sign = token->kind == ONC_MARKUP_CHANNEL ? '#' : '@';
  const char *name = NULL;

  if (has_name || token->kind == ONC_MARKUP_SPECIAL)
    g_string_append_c (out, sign);
  if (has_name && name_of != NULL)
    {
      g_autofree char *id = g_strndup (token->id, token->id_length);

      name = name_of (token->kind, id, user_data);
    }

  if (name != NULL)
    g_string_append (out, name);
  else if (token->label != NULL)
    {
      gboolean doubled = token->label[0] == sign && token->kind != ONC_MARKUP_LINK &&
                         token->kind != ONC_MARKUP_DATE;

      append_decoded (out, token->label + doubled, token->label_length - doubled);
    }
  else
    append_decoded (out, token->id, token->id_length);
}

/* Returns: (transfer full): the text in @string as valid UTF-8. */
static char *
finish_utf8 (GString *string)
{
  char *valid = g_utf8_make_valid (string->str, string->len);

  g_string_free (string, TRUE);
  return valid;
}

char *
onc_markup_to_plain (const char *text, gssize length, OncMarkupNameFunc name_of, gpointer user_data)
{
  GString *out = g_string_new (NULL);
  OncMarkupIter iter;
  OncMarkupToken token;

  onc_markup_iter_init (&iter, text, length);
  while (onc_markup_iter_next (&iter, &token))
    {
      if (token.kind == ONC_MARKUP_TEXT)
        append_decoded (out, token.start, token.length);
      else
        append_reference (out, &token, name_of, user_data);
    }

  return finish_utf8 (out);
}

static gboolean
pings (const OncMarkupToken *token)
{
  static const char *const everybody[] = { "here", "channel", "everyone" };

  if ((token->style & (ONC_MARKUP_CODE | ONC_MARKUP_QUOTE)) != 0)
    return FALSE;
  if (token->kind == ONC_MARKUP_USER || token->kind == ONC_MARKUP_GROUP)
    return TRUE;

  for (guint i = 0; token->kind == ONC_MARKUP_SPECIAL && i < G_N_ELEMENTS (everybody); i++)
    {
      if (strlen (everybody[i]) == token->id_length &&
          memcmp (everybody[i], token->id, token->id_length) == 0)
        return TRUE;
    }
  return FALSE;
}

GStrv
onc_markup_mentions (const char *text, gssize length)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *mentions = g_ptr_array_new ();
  OncMarkupIter iter;
  OncMarkupToken token;

  onc_markup_iter_init (&iter, text, length);
  while (onc_markup_iter_next (&iter, &token))
    {
      g_autofree char *id = NULL;

      if (!pings (&token))
        continue;
      id = g_strndup (token.id, token.id_length);
      if (g_hash_table_contains (seen, id))
        continue;
      g_hash_table_add (seen, id);
      g_ptr_array_add (mentions, g_steal_pointer (&id));
    }

  g_ptr_array_add (mentions, NULL);
  return (GStrv) g_ptr_array_free (mentions, FALSE);
}

/* Whether the @length bytes at @rest, which follow a handle, go on with it: "@oncall" is not in
 * "@oncall2", "@oncall-eu" or "@oncall.example". */
static gboolean
continues_handle (const char *rest, gsize length)
{
  if (length == 0)
    return FALSE;
  if (g_ascii_isalnum (rest[0]) || rest[0] == '_')
    return TRUE;
  return (rest[0] == '-' || rest[0] == '.') && length > 1 && g_ascii_isalnum (rest[1]);
}

/* Whether the at sign at @text[@i] can begin a handle: that of "me@oncall" cannot. */
static gboolean
begins_handle (const char *text, gsize i)
{
  return text[i] == '@' &&
         (i == 0 || (!g_ascii_isalnum (text[i - 1]) && strchr ("@._-", text[i - 1]) == NULL));
}

gboolean
onc_markup_has_handle (const char *text, gssize length, const char *handle)
{
  gsize handle_length = strlen (handle);
  OncMarkupIter iter;
  OncMarkupToken token;

  g_return_val_if_fail (handle_length > 0, FALSE);

  onc_markup_iter_init (&iter, text, length);
  while (onc_markup_iter_next (&iter, &token))
    {
      if (token.kind != ONC_MARKUP_TEXT ||
          (token.style & (ONC_MARKUP_CODE | ONC_MARKUP_QUOTE)) != 0)
        continue;
      for (gsize i = 0; i + handle_length < token.length; i++)
        {
          gsize end = i + 1 + handle_length;

          if (begins_handle (token.start, i) &&
              g_ascii_strncasecmp (token.start + i + 1, handle, handle_length) == 0 &&
              !continues_handle (token.start + end, token.length - end))
            return TRUE;
        }
    }

  return FALSE;
}

char *
onc_markup_escape (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '&')
        g_string_append (out, "&amp;");
      else if (*c == '<')
        g_string_append (out, "&lt;");
      else if (*c == '>')
        g_string_append (out, "&gt;");
      else
        g_string_append_c (out, *c);
    }

  return finish_utf8 (out);
}
