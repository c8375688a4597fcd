/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "lexicon-private.h"

#include <string.h>

/* Slots of the hash table: a power of two, some times the words of a language, so that a look-up
 * of an unknown word mostly ends at once. */
#define N_SLOTS 16384

struct _OncLexicon
{
  GArray *words;       /* (owned) of OncWord; the first is nobody's */
  GStringChunk *texts; /* (owned) theirs */
  const char *const *zones;
  guint16 slots[N_SLOTS];
};

static guint32
hash (const char *text, gsize length)
{
  guint32 value = 2166136261u; /* FNV-1a */

  for (gsize i = 0; i < length; i++)
    value = (value ^ (guchar) text[i]) * 16777619u;
  return value ^ value >> 13;
}

const OncWord *
onc_lexicon_words (const OncLexicon *self)
{
  return (const OncWord *) (void *) self->words->data;
}

guint
onc_lexicon_find (const OncLexicon *self, const char *text, gsize length)
{
  const OncWord *words = onc_lexicon_words (self);

  for (guint32 slot = hash (text, length);; slot++)
    {
      guint index = self->slots[slot % N_SLOTS];

      if (index == 0)
        return 0;
      if (words[index].length == length && memcmp (words[index].text, text, length) == 0)
        return index;
    }
}

const char *
onc_lexicon_zone (const OncLexicon *self, gint zone)
{
  return self->zones[zone];
}

/* Returns: the index of the word or phrase @text, which is added without a meaning if it is new. */
static guint
intern (OncLexicon *self, const char *text)
{
  guint index = onc_lexicon_find (self, text, strlen (text));
  OncWord word = { .length = strlen (text) };
  guint32 slot;

  if (index != 0)
    return index;

  index = self->words->len;
  g_assert (index < N_SLOTS / 2);
  word.text = g_string_chunk_insert (self->texts, text);
  g_array_append_val (self->words, word);
  for (slot = hash (text, strlen (text)); self->slots[slot % N_SLOTS] != 0; slot++)
    ;
  self->slots[slot % N_SLOTS] = index;
  return index;
}

/* Sets the parts of the word @index to the words of @text. */
static void
set_parts (OncLexicon *self, guint index, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);
  guint n_parts = g_strv_length (parts);

  g_assert (n_parts <= ONC_LEXICON_MAX_WORDS);
  for (guint i = 0; i < n_parts; i++)
    {
      guint part = intern (self, parts[i]);

      g_array_index (self->words, OncWord, index).parts[i] = part;
    }
  g_array_index (self->words, OncWord, index).n_parts = n_parts;
}

/* Puts the phrase @index among those that begin with the same word, the longest first. */
static void
link_phrase (OncLexicon *self, guint index)
{
  OncWord *words = (OncWord *) (void *) self->words->data;
  guint16 *link = &words[words[index].parts[0]].phrase;

  words[words[index].parts[0]].seconds |= G_GUINT64_CONSTANT (1) << words[index].parts[1] % 64;

  while (*link != 0 && words[*link].n_parts > words[index].n_parts)
    link = &words[*link].phrase;
  words[index].phrase = *link;
  *link = index;
}

/* Adds a meaning to @text, a word or phrase. */
static void
add (OncLexicon *self, const char *text, OncWordId id, guint64 classes, gint value)
{
  guint index = intern (self, text);
  OncWord *word = &g_array_index (self->words, OncWord, index);
  gboolean new_phrase = word->n_parts == 0 && strchr (text, ' ') != NULL;

  word->classes |= classes;
  if (word->id == ONC_WORD_OTHER)
    word->id = id;
  if (word->value == 0)
    word->value = value;
  if (new_phrase)
    {
      set_parts (self, index, text);
      link_phrase (self, index);
    }
}

static void
add_row (OncLexicon *self, const OncLexiconRow *row)
{
  g_auto (GStrv) words = g_strsplit (row->words, "|", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      char *other = strchr (words[i], '=');

      if (other == NULL)
        add (self, words[i], row->id, row->classes, row->value);
      else
        {
          *other = '\0';
          set_parts (self, intern (self, words[i]), other + 1);
        }
    }
}

static void
add_verbs (OncLexicon *self, const OncLexiconVerbs *row)
{
  static const guint64 forms[] = {
    ONC_CLASS_BIT (BASE), ONC_CLASS_BIT (S),    ONC_CLASS_BIT (ING),
    ONC_CLASS_BIT (PAST), ONC_CLASS_BIT (PAST),
  };
  g_auto (GStrv) verbs = g_strsplit (row->verbs, "|", -1);

  for (guint i = 0; verbs[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (verbs[i], " ", -1);

      g_assert (g_strv_length (words) >= 4 && g_strv_length (words) <= G_N_ELEMENTS (forms));
      for (guint form = 0; words[form] != NULL; form++)
        add (self, words[form], row->id, row->classes | forms[form], 0);
    }
}

OncLexicon *
onc_lexicon_new (const OncLexiconRow *const *tables,
                 const OncLexiconVerbs *verbs,
                 const char *const *zones)
{
  OncLexicon *self = g_new0 (OncLexicon, 1);

  self->words = g_array_new (FALSE, TRUE, sizeof (OncWord));
  self->texts = g_string_chunk_new (4096);
  self->zones = zones;
  g_array_set_size (self->words, 1);

  for (guint i = 0; tables[i] != NULL; i++)
    {
      for (const OncLexiconRow *row = tables[i]; row->words != NULL; row++)
        add_row (self, row);
    }
  for (; verbs->verbs != NULL; verbs++)
    add_verbs (self, verbs);
  return self;
}
