/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The options of oncallctl. */

#pragma once

#include "command.h"

G_BEGIN_DECLS

/* Reads @arguments (the program's name first, no verb) into @command as @verb takes them; --help is
 * answered at once. Returns: FALSE with an error that is ONC_EXIT_USAGE. */
gboolean onc_arguments_parse (OncCommand *command,
                              const OncVerb *verb,
                              GStrv *arguments,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Options may stand before the verb. Returns: the index of the first of @arguments that is none,
 * and no option's value; 0 where there is none. */
guint onc_arguments_find_verb (GStrv arguments);

/* Prints what oncallctl is, its @verbs (ending with a NULL name) and the common options. */
void onc_arguments_print_help (const OncVerb *verbs);

G_END_DECLS
