/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "when.h"

#include "error.h"

#include <string.h>

/* The longest text that is read as a time: longer ones are no time. */
#define MAX_TEXT 200

static gboolean
fail (const char *text, const char *expected, GError **error)
{
  g_set_error (error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT, "expected %s, not \"%s\"", expected,
               text);
  return FALSE;
}

/* Reads @text, all of it, as a time; what is bound as by "every" or "since" is none. */
static gboolean
match_all (const OncLexicon *lexicon, const char *text, OncWhen *when)
{
  OncLexer lexer;
  OncSentence sentence;

  onc_lexer_init (&lexer, lexicon, text, -1);
  return onc_lexer_next (&lexer, &sentence) &&
         onc_when_match (lexicon, &sentence, 0, ONC_MEASURE_NONE, when) == sentence.n_tokens &&
         !when->past && when->prep <= ONC_PREP_UNTIL && !onc_lexer_next (&lexer, &sentence);
}

/* Whether a number of @text has a minus: "-5m" is no time to come. */
static gboolean
is_negative (const char *text)
{
  for (const char *minus = strchr (text, '-'); minus != NULL; minus = strchr (minus + 1, '-'))
    {
      if ((minus == text || g_ascii_isspace (minus[-1])) && g_ascii_isdigit (minus[1]))
        return TRUE;
    }
  return FALSE;
}

OncInstant
onc_when_read (const char *text, OncInstant said_at, const OncWhenContext *context, GError **error)
{
  const OncLexicon *lexicon = onc_lexicon_english ();
  g_autofree char *bare = g_strstrip (g_strdup (text));
  g_autofree char *after = g_strconcat ("in ", bare + (bare[0] == '+'), NULL);
  OncInstant instant = 0;
  OncWhen when;

  if (g_ascii_strcasecmp (bare, "next-work-hour") == 0 ||
      g_ascii_strcasecmp (bare, "next work hour") == 0)
    instant = onc_hours_next_start (context->hours, said_at, context->zone);
  else if (!is_negative (bare) && strlen (bare) <= MAX_TEXT && g_utf8_validate (bare, -1, NULL) &&
           (match_all (lexicon, after, &when) || match_all (lexicon, bare, &when)))
    instant = onc_when_resolve (&when, said_at, lexicon, context);

  if (instant == 0)
    fail (text, "a time to come such as 30m, 14:30, tomorrow 9:00 or eod", error);
  return instant;
}
