/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* "oncalld --parse": tells how sentences are read, without a bus, a token or a network. */

#pragma once

#include "policy.h"

G_BEGIN_DECLS

typedef struct
{
  char *now;      /* (owned) (nullable) RFC 3339; NULL: the present */
  char *timezone; /* (owned) (nullable) an IANA name; NULL: the desktop's */
  gboolean tsv;   /* each line is now<TAB>zone<TAB>text, with "\n" for a line break in the text */
  GStrv lines;    /* (owned) (nullable) NULL: those of standard input */
} OncParseOptions;

void onc_parse_options_clear (OncParseOptions *self);

/* What the process exits with; oncallctl, which does the same, has them among its own. */
#define ONC_PARSE_FAILED 1 /* a line, or all of it, cannot be read or printed */
#define ONC_PARSE_USAGE  2 /* an option makes no sense */

/* Prints a JSON object for each line, read with the working hours of @policy.
 * Returns: what to exit with; what is wrong has been printed to standard error. */
int onc_parse_run (const OncParseOptions *options, const OncPolicy *policy);

G_END_DECLS
