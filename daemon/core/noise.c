/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "noise.h"

#include <string.h>

/* Longer than this nobody only says hello. */
#define MAX_GREETING_LENGTH 80

/* Words that greet, and words that go along with a greeting. */
static const char *const greetings[] = { "afternoon", "evening", "gm",      "greetings", "hello",
                                         "hey",       "heya",    "hi",      "hiya",      "howdy",
                                         "morning",   "mornin",  "welcome", "yo" };
static const char *const companions[] = {
  "a",       "all",    "and",     "day",       "everybody", "everyone", "folks",
  "friends", "from",   "good",    "guys",      "happy",     "have",     "lovely",
  "me",      "monday", "tuesday", "wednesday", "thursday",  "friday",   "people",
  "team",    "there",  "to",      "today",     "world",     "y'all",    "you"
};

static gboolean
contains (const char *const *words, guint n_words, const char *word)
{
  for (guint i = 0; i < n_words; i++)
    {
      if (g_str_equal (words[i], word))
        return TRUE;
    }

  return FALSE;
}

/* Whether @word is no word at all: punctuation, an emoji by name, or a character beyond ASCII that
 * is no letter (an emoji itself). */
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

gboolean
onc_noise_is_greeting (const char *text)
{
  g_autofree char *lower = NULL;
  g_auto (GStrv) words = NULL;
  gboolean greets = FALSE;

  if (strlen (text) > MAX_GREETING_LENGTH || !g_utf8_validate (text, -1, NULL))
    return FALSE;

  lower = g_utf8_strdown (text, -1);
  words = g_strsplit_set (lower, " \t\r\n,.!;~()", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (is_ornament (words[i]))
        continue;
      if (contains (greetings, G_N_ELEMENTS (greetings), words[i]))
        greets = TRUE;
      else if (!contains (companions, G_N_ELEMENTS (companions), words[i]))
        return FALSE;
    }

  return greets;
}
