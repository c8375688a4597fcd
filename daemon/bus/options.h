/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The dictionaries that methods take: read strictly, so that no wish is silently ignored. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *key;
  const char *type; /* "b", "u", "x" or "s" */
  gpointer value;   /* (unowned) a gboolean, guint32, gint64 or const char *, to be set */
} OncOption;

/* Sets the value of each of @options that @dictionary (a{sv}) has; strings are the dictionary's.
 * Returns: FALSE with ONC_ERROR_INVALID_ARGUMENT, naming the key, where it has another key, or a
 * value of another type; some values may have been set by then. */
gboolean onc_options_read (GVariant *dictionary,
                           const OncOption *options,
                           gsize n_options,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
