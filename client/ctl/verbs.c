/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "verbs.h"

#include <glib/gi18n.h>

/* The help is made from this table; completion and manuals are checked against it. */
const OncVerb onc_verbs[] = {
  { "list", NULL, N_ ("List the open threads"), ONC_VERB_JSON | ONC_VERB_FORMAT | ONC_VERB_LIST, 0,
    0, onc_verb_list },
  { "show", "REF", N_ ("Show a thread"), ONC_VERB_JSON | ONC_VERB_FORMAT, 1, 1, onc_verb_show },
  { "claim", "REF", N_ ("Say that you are looking"), ONC_VERB_QUEUE, 1, 1, onc_verb_claim },
  { "release", "REF", N_ ("Take your claim back"), ONC_VERB_QUEUE, 1, 1, onc_verb_release },
  { "reply", "REF TEXT…", N_ ("Post a reply; - reads it from standard input"),
    ONC_VERB_QUEUE | ONC_VERB_REPLY, 2, G_MAXUINT, onc_verb_reply },
  { "promise", "REF WHEN [TEXT…]", N_ ("Claim it, and promise an update by then"), ONC_VERB_QUEUE,
    2, G_MAXUINT, onc_verb_promise },
  { "extend", "REF BY", N_ ("Put your promise off by so long: 15m, 1h30"), ONC_VERB_QUEUE, 2,
    G_MAXUINT, onc_verb_extend },
  { "handover", "REF WHO", N_ ("Hand your promise over to somebody else"), ONC_VERB_QUEUE, 2,
    G_MAXUINT, onc_verb_handover },
  { "snooze", "REF WHEN", N_ ("Hear nothing of a thread until then, or until somebody writes"), 0,
    2, G_MAXUINT, onc_verb_snooze },
  { "unsnooze", "REF", N_ ("Hear of a thread again"), 0, 1, 1, onc_verb_unsnooze },
  { "needed", "REF WHEN", N_ ("Set by when the asker needs an answer, or none"), 0, 2, G_MAXUINT,
    onc_verb_needed },
  { "tag", "REF CATEGORY…", N_ ("Label a thread"), ONC_VERB_QUEUE, 2, G_MAXUINT, onc_verb_tag },
  { "untag", "REF CATEGORY…", N_ ("Take your labels back"), ONC_VERB_QUEUE, 2, G_MAXUINT,
    onc_verb_untag },
  { "resolve", "REF", N_ ("Mark a thread as resolved"), ONC_VERB_QUEUE, 1, 1, onc_verb_resolve },
  { "reopen", "REF", N_ ("Open a closed thread again"), ONC_VERB_QUEUE, 1, 1, onc_verb_reopen },
  { "dismiss", "REF", N_ ("Say that it is no question"), 0, 1, 1, onc_verb_dismiss },
  { "level", "REF LEVEL", N_ ("Make it a question, urgent or an emergency"), 0, 2, 2,
    onc_verb_level },
  { "open", "REF", N_ ("Open a thread in Slack or the browser"), 0, 1, 1, onc_verb_open },
  { "link", "REF", N_ ("Print a thread's permalink"), ONC_VERB_JSON, 1, 1, onc_verb_link },
  { "status", NULL, N_ ("Print one word: how the rota stands"),
    ONC_VERB_JSON | ONC_VERB_FORMAT | ONC_VERB_STATUS, 0, 0, onc_verb_status },
  { "mine", NULL, N_ ("Show what you asked and promised"), ONC_VERB_JSON | ONC_VERB_FORMAT, 0, 0,
    onc_verb_mine },
  { "monitor", NULL, N_ ("Print a line for each change, until interrupted"),
    ONC_VERB_JSON | ONC_VERB_FORMAT, 0, 0, onc_verb_monitor },
  { "pause", "[WHEN]", N_ ("Show no popups until then, or until you resume"), ONC_VERB_PAUSE, 0,
    G_MAXUINT, onc_verb_pause },
  { "resume", NULL, N_ ("Show popups again"), 0, 0, 0, onc_verb_resume },
  { "config", NULL, N_ ("Show the configuration, and where it comes from"), ONC_VERB_JSON, 0, 0,
    onc_verb_config },
  { "reload", NULL, N_ ("Read the configuration again"), 0, 0, 0, onc_verb_reload },
  { "parse", "[LINE…]", N_ ("Print how lines are read, one JSON object for each"),
    ONC_VERB_JSON | ONC_VERB_PARSE, 0, G_MAXUINT, onc_verb_parse },
  { NULL, NULL, NULL, 0, 0, 0, NULL },
};
