/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* D-Bus values as the JSON that oncallctl prints and DumpThreads gives, written straight into text:
 * lists are long. Keys are the D-Bus names in snake_case; every x is a time, but for a promise's
 * span, which is in seconds. What a terminal must not be sent is escaped. */

#pragma once

#include "types.h"

G_BEGIN_DECLS

/* Whether @c does nothing to a terminal but to be seen: no control character (C0, DEL, C1), and
 * none that turns the direction of writing. */
gboolean onc_character_is_harmless (gunichar c);

/* Appends "asker_name" for "AskerName". */
void onc_snake_case_append (GString *out, const char *name);

/* Appends @instant as RFC 3339 with @zone's offset, such as 2026-11-23T14:03:05+01:00.
 * What is later than the year 9999 stands as its end. */
void onc_rfc3339_append (GString *out, OncInstant instant, GTimeZone *zone);

/* Appends @value: dictionaries as objects, times as RFC 3339 with @zone's offset or null, the path
 * of no object as null, and the tuples of Lookers as objects with id, name, since and how. */
void onc_json_text_append (GString *out, GVariant *value, GTimeZone *zone);

/* Appends a member of an object: "key":value. @key: as on D-Bus. */
void onc_json_text_append_member (GString *out, const char *key, GVariant *value, GTimeZone *zone);

G_END_DECLS
