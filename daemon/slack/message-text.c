/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "message-text.h"

#include <string.h>

#include "json.h"
#include "markup.h"

/* Slack cuts a text at 40,000 characters (reference of chat.postMessage), of four bytes at most. */
#define MAX_TEXT_BYTES 160000

/* Slack's own limit is 50 blocks with one level of elements; it bounds our recursion. */
#define MAX_DEPTH 16

/* More pings than anybody means; it bounds the search for duplicates. */
#define MAX_MENTIONS 200

/* More emoji than anybody reads, and more characters than any one has; they bound the search. */
#define MAX_EMOJI        200
#define MAX_EMOJI_POINTS 16

/* What stands in `text` where an app gave blocks only. */
#define NO_TEXT "This content can't be displayed."

typedef struct
{
  GString *text;       /* (owned) (nullable) what was composed; NULL: the message has a text */
  GPtrArray *mentions; /* (owned) of char *: who is pinged, each once */
  const char *given;   /* (nullable) what is left of the message's text after `drawn` */
  GString *drawn;      /* (owned) (nullable) its beginning, with emoji in place of their names */
  guint n_emoji;
  guint depth;
} Reader;

static void read_element (Reader *self, const cJSON *element);

/* Adds what stands in Slack's markup already. */
static void
append (Reader *self, const char *markup)
{
  if (self->text != NULL && markup != NULL && self->text->len < MAX_TEXT_BYTES)
    g_string_append (self->text, markup);
}

static void
append_plain (Reader *self, const char *plain)
{
  g_autofree char *escaped = NULL;

  if (self->text == NULL || plain == NULL)
    return;
  escaped = onc_markup_escape (plain);
  append (self, escaped);
}

/* Begins a new line, unless there is one. */
static void
append_break (Reader *self)
{
  if (self->text != NULL && self->text->len > 0 && self->text->str[self->text->len - 1] != '\n')
    append (self, "\n");
}

/* Makes every line from byte @start on a quote, so that nobody is pinged by it. */
static void
quote_from (Reader *self, gsize start)
{
  g_auto (GStrv) lines = NULL;

  if (self->text == NULL || self->text->len == start)
    return;

  lines = g_strsplit (self->text->str + start, "\n", -1);
  g_string_truncate (self->text, start);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (*lines[i] == '\0')
        continue;
      append_break (self);
      append (self, "&gt; ");
      append (self, lines[i]);
    }
}

static void
add_mention (Reader *self, const char *prefix, const char *id)
{
  g_autofree char *mention = NULL;

  if (id == NULL || *id == '\0' || self->mentions->len >= MAX_MENTIONS)
    return;
  mention = g_strconcat (prefix, id, NULL);
  if (!g_ptr_array_find_with_equal_func (self->mentions, mention, g_str_equal, NULL))
    g_ptr_array_add (self->mentions, g_steal_pointer (&mention));
}

/* The specials have no ID that could be mistaken for one of them. */
static gboolean
is_special (const char *mention)
{
  return g_str_equal (mention, "here") || g_str_equal (mention, "channel") ||
         g_str_equal (mention, "everyone");
}

/* Adds whom @markup pings. */
static void
add_mentions_of (Reader *self, const char *markup)
{
  g_auto (GStrv) found = onc_markup_mentions (markup, -1);

  for (guint i = 0; found[i] != NULL; i++)
    add_mention (self, is_special (found[i]) ? "!" : "", found[i]);
}

static void
read_markup (Reader *self, const char *markup)
{
  if (markup == NULL || *markup == '\0')
    return;
  append_break (self);
  append (self, markup);
  add_mentions_of (self, markup);
}

/* Reads a text object, {"type": "plain_text" or "mrkdwn", "text": ...}, or a bare string. */
static void
read_text_object (Reader *self, const cJSON *object)
{
  const char *type = onc_json_string (object, "type");

  if (cJSON_IsString (object))
    {
      read_markup (self, cJSON_GetStringValue (object));
    }
  else if (g_strcmp0 (type, "mrkdwn") == 0)
    {
      read_markup (self, onc_json_string (object, "text"));
    }
  else if (g_strcmp0 (type, "plain_text") == 0 || g_strcmp0 (type, "raw_text") == 0)
    {
      append_break (self);
      append_plain (self, onc_json_string (object, "text"));
    }
}

/* A reference of rich text, such as a user: pings, and is written as Slack does in `text`. */
static void
read_reference (Reader *self, const char *open, const char *prefix, const char *id)
{
  if (id == NULL)
    return;
  append (self, open);
  append_plain (self, id);
  append (self, ">");
  add_mention (self, prefix, id);
}

static void
read_link (Reader *self, const cJSON *leaf)
{
  const char *label = onc_json_string (leaf, "text");

  append (self, "<");
  append_plain (self, onc_json_string (leaf, "url"));
  if (label != NULL)
    {
      append (self, "|");
      append_plain (self, label);
    }
  append (self, ">");
}

static void
read_date (Reader *self, const cJSON *leaf)
{
  g_autofree char *seconds = g_strdup_printf ("%" G_GINT64_FORMAT,
                                              onc_json_integer (leaf, "timestamp", 0));

  append (self, "<!date^");
  append (self, seconds);
  append (self, "^");
  append_plain (self, onc_json_string (leaf, "format"));
  append (self, "|");
  append_plain (self, onc_json_string (leaf, "fallback"));
  append (self, ">");
}

/* Returns: (transfer full) (nullable): the emoji that @points (nullable) are, hexadecimal numbers
 * such as "1f1e9-1f1ea", in Slack's markup; NULL where they are none. */
static char *
draw_emoji (const char *points)
{
  g_auto (GStrv) numbers = g_strsplit (points != NULL ? points : "", "-", MAX_EMOJI_POINTS);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; numbers[i] != NULL; i++)
    {
      guint64 point;

      if (!g_ascii_string_to_unsigned (numbers[i], 16, 1, G_MAXUINT32, &point, NULL) ||
          !g_unichar_validate ((gunichar) point))
        return NULL;
      g_string_append_unichar (out, (gunichar) point);
    }

  return out->len > 0 ? onc_markup_escape (out->str) : NULL;
}

/* An emoji: its character where it has one, for not everybody who reads knows Slack's names. */
static void
read_emoji (Reader *self, const cJSON *leaf)
{
  const char *name = onc_json_string (leaf, "name");
  gint64 tone = onc_json_integer (leaf, "skin_tone", 0);
  g_autofree char *emoji = draw_emoji (onc_json_string (leaf, "unicode"));
  g_autofree char *mark = NULL;
  const char *found;

  if (name == NULL)
    return;
  mark = tone != 0 ? g_strdup_printf (":%s::skin-tone-%d:", name, (int) tone)
                   : g_strdup_printf (":%s:", name);
  if (self->text != NULL)
    {
      if (emoji != NULL)
        append (self, emoji);
      else
        append_plain (self, mark);
      return;
    }
  if (emoji == NULL || self->n_emoji++ >= MAX_EMOJI)
    return;
  found = strstr (self->given, mark);
  if (found == NULL)
    return;
  g_string_append_len (self->drawn, self->given, found - self->given);
  g_string_append (self->drawn, emoji);
  self->given = found + strlen (mark);
}

/* One leaf of a rich text section. */
static void
read_leaf (Reader *self, const cJSON *leaf)
{
  const char *type = onc_json_string (leaf, "type");
  gboolean code = onc_json_boolean (onc_json_object (leaf, "style"), "code");
  guint n_mentions = self->mentions->len;

  if (type == NULL)
    return;

  append (self, code ? "`" : NULL);
  if (g_str_equal (type, "user"))
    {
      read_reference (self, "<@", "", onc_json_string (leaf, "user_id"));
    }
  else if (g_str_equal (type, "usergroup"))
    {
      read_reference (self, "<!subteam^", "", onc_json_string (leaf, "usergroup_id"));
    }
  else if (g_str_equal (type, "broadcast"))
    {
      read_reference (self, "<!", "!", onc_json_string (leaf, "range"));
    }
  else if (g_str_equal (type, "channel"))
    {
      append (self, "<#");
      append_plain (self, onc_json_string (leaf, "channel_id"));
      append (self, ">");
    }
  else if (g_str_equal (type, "emoji"))
    {
      read_emoji (self, leaf);
    }
  else if (g_str_equal (type, "link"))
    {
      read_link (self, leaf);
    }
  else if (g_str_equal (type, "date"))
    {
      read_date (self, leaf);
    }
  else
    {
      append_plain (self, onc_json_string (leaf, "text"));
    }
  append (self, code ? "`" : NULL);

  if (code)
    g_ptr_array_set_size (self->mentions, n_mentions);
}

static void
read_leaves (Reader *self, const cJSON *section)
{
  const cJSON *leaf;

  cJSON_ArrayForEach (leaf, onc_json_array (section, "elements"))
    {
      read_leaf (self, leaf);
    }
}

/* A part of rich text: a section, a list of sections, a quote, a preformatted piece. */
static void
read_rich_text_part (Reader *self, const cJSON *part)
{
  const char *type = onc_json_string (part, "type");
  gboolean quote = g_strcmp0 (type, "rich_text_quote") == 0;
  gboolean preformatted = g_strcmp0 (type, "rich_text_preformatted") == 0;
  guint n_mentions = self->mentions->len;
  gsize start;
  const cJSON *item;

  append_break (self);
  start = self->text != NULL ? self->text->len : 0;
  if (g_strcmp0 (type, "rich_text_list") == 0)
    {
      cJSON_ArrayForEach (item, onc_json_array (part, "elements"))
        {
          append_break (self);
          append (self, "• ");
          read_leaves (self, item);
        }
    }
  else
    {
      append (self, preformatted ? "```" : NULL);
      read_leaves (self, part);
      append (self, preformatted ? "```" : NULL);
    }
  append (self, "\n");

  if (quote)
    quote_from (self, start);
  if (quote || preformatted)
    g_ptr_array_set_size (self->mentions, n_mentions);
}

static void
read_array (Reader *self, const cJSON *array, void (*read) (Reader *self, const cJSON *element))
{
  const cJSON *element;

  if (self->depth >= MAX_DEPTH)
    return;
  self->depth++;
  cJSON_ArrayForEach (element, array)
    {
      read (self, element);
    }
  self->depth--;
}

/* A block, or an element of one. All that can say something hold it in the same few members; those
 * that are there to be clicked or filled in say nothing. */
static void
read_element (Reader *self, const cJSON *element)
{
  static const char *const silent[] = { "actions", "image", "input", NULL };
  const char *type = onc_json_string (element, "type");

  if (cJSON_IsArray (element)) /* a row of a table */
    {
      read_array (self, element, read_element);
    }
  else if (g_strcmp0 (type, "rich_text") == 0)
    {
      read_array (self, onc_json_array (element, "elements"), read_rich_text_part);
    }
  else if (type != NULL && !g_strv_contains (silent, type))
    {
      read_text_object (self, element);
      if (g_strcmp0 (type, "markdown") == 0)
        read_markup (self, onc_json_string (element, "text"));
      read_text_object (self, onc_json_object (element, "title"));
      read_text_object (self, onc_json_object (element, "text"));
      read_text_object (self, onc_json_object (element, "description"));
      read_array (self, onc_json_array (element, "fields"), read_text_object);
      read_array (self, onc_json_array (element, "elements"), read_element);
      read_array (self, onc_json_array (element, "rows"), read_element);
    }
}

static void
read_field (Reader *self, const cJSON *field)
{
  read_markup (self, onc_json_string (field, "title"));
  read_markup (self, onc_json_string (field, "value"));
}

/* Whether @attachment shows something that stands elsewhere: a link's preview or a shared message.
 * Whoever that pings was pinged there. */
static gboolean
is_preview (const cJSON *attachment)
{
  return onc_json_string (attachment, "from_url") != NULL ||
         onc_json_string (attachment, "original_url") != NULL ||
         onc_json_boolean (attachment, "is_msg_unfurl") ||
         onc_json_boolean (attachment, "is_share");
}

static void
read_attachment (Reader *self, const cJSON *attachment)
{
  gsize start;
  guint n_mentions = self->mentions->len;

  append_break (self);
  start = self->text != NULL ? self->text->len : 0;
  read_markup (self, onc_json_string (attachment, "pretext"));
  read_markup (self, onc_json_string (attachment, "title"));
  read_markup (self, onc_json_string (attachment, "text"));
  read_array (self, onc_json_array (attachment, "fields"), read_field);
  read_array (self, onc_json_array (attachment, "blocks"), read_element);
  if (self->text != NULL && self->text->len == start)
    append_plain (self, onc_json_string (attachment, "fallback"));

  if (is_preview (attachment))
    {
      quote_from (self, start);
      g_ptr_array_set_size (self->mentions, n_mentions);
    }
}

static void
read_file (Reader *self, const cJSON *file)
{
  const char *title = onc_json_string (file, "title");

  append_break (self);
  append_plain (self, title != NULL && *title != '\0' ? title : onc_json_string (file, "name"));
}

/* Cuts @text where a character begins. */
static void
limit_text (char *text)
{
  if (strlen (text) > MAX_TEXT_BYTES)
    *g_utf8_find_prev_char (text, text + MAX_TEXT_BYTES + 1) = '\0';
}

/* Returns: (transfer full) (nullable): those of @mentions that @text does not name; NULL: none. */
static GStrv
mentions_beside (GPtrArray *mentions, const char *text)
{
  Reader named = { .mentions = g_ptr_array_new_with_free_func (g_free) };
  g_autoptr (GStrvBuilder) beside = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  add_mentions_of (&named, text);
  for (guint i = 0; i < mentions->len; i++)
    {
      const char *mention = g_ptr_array_index (mentions, i);

      if (!g_ptr_array_find_with_equal_func (named.mentions, mention, g_str_equal, NULL))
        g_strv_builder_add (beside, mention);
    }
  g_ptr_array_unref (named.mentions);

  list = g_strv_builder_end (beside);
  return *list != NULL ? g_steal_pointer (&list) : NULL;
}

char *
onc_message_text_read (const cJSON *message, GStrv *mentions)
{
  const char *given = onc_json_string (message, "text");
  gboolean has_text = given != NULL && *given != '\0' && !g_str_equal (given, NO_TEXT);
  Reader self = { .text = has_text ? NULL : g_string_new (NULL),
                  .given = given,
                  .drawn = has_text ? g_string_new (NULL) : NULL,
                  .mentions = g_ptr_array_new_with_free_func (g_free) };
  char *text;

  read_array (&self, onc_json_array (message, "blocks"), read_element);
  read_array (&self, onc_json_array (message, "attachments"), read_attachment);
  if (self.text != NULL && self.text->len == 0)
    read_array (&self, onc_json_array (message, "files"), read_file);

  if (has_text)
    text = g_string_free (g_string_append (self.drawn, self.given), FALSE);
  else
    text = g_strchomp (g_string_free (self.text, FALSE));
  limit_text (text);
  *mentions = self.mentions->len > 0 ? mentions_beside (self.mentions, text) : NULL;
  g_ptr_array_unref (self.mentions);

  return text;
}
