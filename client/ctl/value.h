/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A property's value and name as a person reads them. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Returns: (transfer full): @value, which @properties (a{sv}) has under @key, in words: names
 * separated by commas, promises with what has become of them, a thread by its number; "" for none.
 * A time is left to the caller. */
char *onc_value_describe (GVariant *properties, const char *key, GVariant *value);

/* Returns: (transfer full): "asker_name" for "AskerName". */
char *onc_value_snake_case (const char *name);

G_END_DECLS
