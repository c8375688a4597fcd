/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "said.h"

#include "markup.h"
#include "noise.h"

#include <string.h>

/* Of the words that are kept for showing, in bytes. */
#define MAX_WORDS 120

/* A sentence of fewer words tells nothing: "Hi Mara!" */
#define TELLING_WORDS 3

/* What puts an earlier time off, in lower case ... */
static const char *const revisions[] = {
  "make that",   "make it",       "scratch that", "correction",   "instead",       "slips to",
  "slipping to", "slipped to",    "pushed to",    "pushing to",   "extend",        "longer",
  "more time",   "new plan",      "moved to",     "delayed to",   "delayed until", "more minutes",
  "more mins",   "more min",      "more hours",   "another hour", "another half",  "another min",
  "another few", "another couple"
};

/* ... and so does a message that begins with asking for time, and tells nothing before. */
static const char *const requests_for_time[] = {
  "give me ", "give us ", "gimme ", "i need ", "i'll need ", "we need ", "need ", "bear with ",
};

OncWhenContext
onc_said_context (GTimeZone *zone, const OncHours *hours)
{
  const char *name = g_time_zone_get_identifier (zone);

  return (OncWhenContext){
    .zone = zone,
    .hours = hours,
    .month_first = g_str_has_prefix (name, "America/") || g_str_has_prefix (name, "US/"),
  };
}

/* Whether @text, in lower case, says "another 20" or "20 more". */
static gboolean
asks_for_more (const char *text)
{
  const char *another = strstr (text, "another ");
  const char *more = strstr (text, " more");

  return (another != NULL && g_ascii_isdigit (another[strlen ("another ")])) ||
         (more != NULL && more > text && g_ascii_isdigit (more[-1]));
}

static OncRevision
revision_of (const char *text)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);

  for (guint i = 0; i < G_N_ELEMENTS (revisions); i++)
    {
      if (strstr (lower, revisions[i]) != NULL)
        return ONC_REVISION_FULL;
    }
  for (guint i = 0; i < G_N_ELEMENTS (requests_for_time); i++)
    {
      if (g_str_has_prefix (lower, requests_for_time[i]))
        return ONC_REVISION_FULL;
    }
  if (asks_for_more (lower))
    return ONC_REVISION_FULL;

  return strstr (lower, "next update") != NULL || g_str_has_prefix (lower, "eta ")
             ? ONC_REVISION_EARLY
             : ONC_REVISION_NONE;
}

/* Whether what follows a mention says that this person is the one who will: "@bob will …". */
static gboolean
is_bound (const char *after)
{
  static const char *const verbs[] = {
    "will ", "'ll ", "’ll ", "is going to ", "is on it", "takes"
  };

  while (*after == ' ')
    after++;
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      if (g_ascii_strncasecmp (after, verbs[i], strlen (verbs[i])) == 0)
        return TRUE;
    }

  return FALSE;
}

/* The sentences of a message, roughly, as far as they have been gone through. */
typedef struct
{
  guint words; /* of the sentence that goes on */
  guint tells; /* how many tell something */
  gboolean asks;
} Sentences;

static void
end_sentence (Sentences *self, gboolean asks)
{
  self->asks = self->asks || asks;
  self->tells += !asks && self->words >= TELLING_WORDS;
  self->words = 0;
}

static void
count_sentences (Sentences *self, const char *text, gsize length)
{
  gboolean in_word = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      gboolean letter = g_ascii_isalnum (text[i]) || (guchar) text[i] >= 0x80 || text[i] == '\'';

      if (letter && !in_word)
        self->words++;
      in_word = letter;
      if (text[i] == '?' || text[i] == '.' || text[i] == '!' || text[i] == ';' || text[i] == '\n')
        end_sentence (self, text[i] == '?');
    }
}

/* Goes once through the pieces of @text: who is bound by name, and what is told and asked. */
static void
look_at_pieces (OncSaid *self, const char *text)
{
  Sentences sentences = { 0 };
  OncMarkupIter iter;
  OncMarkupToken token;

  onc_markup_iter_init (&iter, text, -1);
  while (onc_markup_iter_next (&iter, &token))
    {
      if ((token.style & (ONC_MARKUP_CODE | ONC_MARKUP_QUOTE)) != 0)
        continue;
      if (token.kind == ONC_MARKUP_TEXT)
        count_sentences (&sentences, token.start, token.length);
      else if (token.kind == ONC_MARKUP_USER && self->by == NULL &&
               is_bound (token.start + token.length))
        {
          g_autofree char *id = g_strndup (token.id, token.id_length);

          self->by = g_ref_string_new_intern (id);
        }
    }
  end_sentence (&sentences, FALSE);

  /* A request without a question mark is one of the sentences that seem to tell. */
  if (self->kind == ONC_READING_REQUEST && !sentences.asks)
    self->asks = sentences.tells > 1 ? ONC_QUESTION_TOO : ONC_QUESTION_ONLY;
  else if (sentences.asks)
    self->asks = sentences.tells > 0 ? ONC_QUESTION_TOO : ONC_QUESTION_ONLY;
}

/* Returns: (transfer full): the words that told, cut short. */
static char *
excerpt (const char *text, const OncReading *reading)
{
  g_autofree char *plain = onc_markup_to_plain (
      text + reading->begin, (gssize) (reading->end - reading->begin), NULL, NULL);
  gsize length = strlen (plain);
  const char *end;

  if (length > MAX_WORDS)
    {
      end = g_utf8_find_prev_char (plain, plain + MAX_WORDS);
      plain[end - plain] = '\0';
    }

  return g_steal_pointer (&plain);
}

void
onc_said_read (OncSaid *self, const char *text, OncInstant said_at, const OncWhenContext *context)
{
  OncReading reading;

  *self = (OncSaid){ .kind = ONC_READING_NONE };
  onc_promise_reader_read (text, -1, said_at, context, &reading);
  self->kind = reading.kind;
  self->due = reading.due;
  self->speaks = !onc_noise_is_hollow (text);
  look_at_pieces (self, text);
  if (self->kind != ONC_READING_PROMISE)
    g_clear_pointer (&self->by, g_ref_string_release);
  if (self->due != 0)
    self->words = excerpt (text, &reading);
  if (self->kind == ONC_READING_PROMISE && self->due != 0)
    self->revises = revision_of (text);
}

void
onc_said_clear (OncSaid *self)
{
  g_clear_pointer (&self->by, g_ref_string_release);
  g_free (self->words);
  *self = (OncSaid){ .kind = ONC_READING_NONE };
}

gboolean
onc_reading_kind_from_string (const char *word, OncReadingKind *kind)
{
  for (OncReadingKind known = ONC_READING_NONE; known <= ONC_READING_REQUEST; known++)
    {
      if (g_str_equal (word, onc_reading_kind_to_string (known)))
        {
          *kind = known;
          return TRUE;
        }
    }

  return FALSE;
}
