/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "noise.h"

#include <string.h>

/* Longer than this nobody only says hello or thanks. */
#define MAX_LENGTH 80

/* Words that greet or thank, and words that go along with that and say no more. */
static const char *const greetings[] = { "afternoon", "evening", "gm",      "greetings", "hello",
                                         "hey",       "heya",    "hi",      "hiya",      "howdy",
                                         "morning",   "mornin",  "welcome", "yo" };
static const char *const greeting_companions[] = {
  "a",       "all",    "and",     "day",       "everybody", "everyone", "folks",
  "friends", "from",   "good",    "guys",      "happy",     "have",     "lovely",
  "me",      "monday", "tuesday", "wednesday", "thursday",  "friday",   "people",
  "team",    "there",  "to",      "today",     "world",     "y'all",    "you"
};
static const char *const thanks[] = { "cheers",   "gracias", "k",   "kk",    "merci",
                                      "ok",       "okay",    "ta",  "thank", "thanks",
                                      "thankyou", "thx",     "tnx", "ty",    "tysm" };
static const char *const thanks_companions[] = { "a",    "again", "all",  "guys", "lot",  "many",
                                                 "much", "so",    "team", "u",    "very", "you" };

typedef struct
{
  const char *const *words;
  guint n_words;
} Words;

#define WORDS(array) ((Words){ (array), G_N_ELEMENTS (array) })

static gboolean
contains (Words words, const char *word)
{
  for (guint i = 0; i < words.n_words; i++)
    {
      if (g_str_equal (words.words[i], word))
        return TRUE;
    }

  return FALSE;
}

/* Whether @word is no word at all: punctuation but for a question mark, an emoji by name, or
 * characters that are neither letters nor digits (emoji themselves). */
static gboolean
is_ornament (const char *word)
{
  if (word[0] == ':' && word[1] != '\0' && g_str_has_suffix (word, ":"))
    return TRUE;
  for (const char *c = word; *c != '\0'; c = g_utf8_next_char (c))
    {
      if (g_unichar_isalnum (g_utf8_get_char (c)) || *c == '?')
        return FALSE;
    }

  return TRUE;
}

/* Whether every word of @text is in one of the tables. @found: (out): whether one of the first. */
static gboolean
is_made_of (const char *text, Words first, Words second, gboolean *found)
{
  g_autofree char *lower = NULL;
  g_auto (GStrv) words = NULL;

  *found = FALSE;
  if (strlen (text) > MAX_LENGTH || !g_utf8_validate (text, -1, NULL))
    return FALSE;

  lower = g_utf8_strdown (text, -1);
  words = g_strsplit_set (lower, " \t\r\n,.!;~()", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (is_ornament (words[i]))
        continue;
      if (contains (first, words[i]))
        *found = TRUE;
      else if (!contains (second, words[i]))
        return FALSE;
    }

  return TRUE;
}

gboolean
onc_noise_is_greeting (const char *text)
{
  gboolean greets;

  return is_made_of (text, WORDS (greetings), WORDS (greeting_companions), &greets) && greets;
}

gboolean
onc_noise_is_hollow (const char *text)
{
  gboolean thanked;

  return is_made_of (text, WORDS (thanks), WORDS (thanks_companions), &thanked);
}
