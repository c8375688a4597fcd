/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Reading a{sv} that the daemon has sent. What is missing, or of another type than expected, counts
 * as empty: a daemon may be older or newer than its client. */

#pragma once

#include "types.h"

G_BEGIN_DECLS

/* Returns: (transfer none): the s called @key; "" where there is none. It lives with @self. */
const char *onc_dictionary_get_string (GVariant *self, const char *key);

/* Returns: the u called @key; 0 where there is none. */
guint32 onc_dictionary_get_number (GVariant *self, const char *key);

/* Returns: the x called @key; 0 where there is none. */
OncInstant onc_dictionary_get_time (GVariant *self, const char *key);

G_END_DECLS
