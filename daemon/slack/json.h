/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* JSON that came over the net: anything may be missing or of another type than documented. Every
 * look-up takes any item, NULL included, and answers for what is not there. */

#pragma once

#include <cjson/cJSON.h>
#include <glib.h>

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (cJSON, cJSON_Delete)

/* Parses @length bytes of @text, which a NUL must follow. Bytes that are not UTF-8, and halves of
 * surrogate pairs, become U+FFFD: one broken message must not hide those beside it. So every
 * string of the result is valid UTF-8. Returns: (transfer full): or NULL with ONC_ERROR_FAILED;
 * the error does not quote the text. */
cJSON *onc_json_parse (const char *text, gsize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Members of an object, in their exact case.
 * Returns: (transfer none) (nullable): NULL where @object is no object, has no such member, or the
 * member is of another type. */
const cJSON *onc_json_object (const cJSON *object, const char *key);
const cJSON *onc_json_array (const cJSON *object, const char *key);
const char *onc_json_string (const cJSON *object, const char *key);

/* Returns: whether the member is there and true. */
gboolean onc_json_boolean (const cJSON *object, const char *key);

/* Returns: the member as a whole number, read from a string too since Slack sends some so;
 * @fallback where it is none or lies outside of +-2^53. */
gint64 onc_json_integer (const cJSON *object, const char *key, gint64 fallback);

/* Whether @string can be one of Slack's IDs: some letters and digits. */
gboolean onc_json_is_id (const char *string);

/* Returns: (transfer none) (nullable): the member, if it is a string that can be an ID, or a
 * timestamp. */
const char *onc_json_id (const cJSON *object, const char *key);
const char *onc_json_ts (const cJSON *object, const char *key);

/* Returns: (transfer full): the IDs in the array that the member is; empty where it is none. */
GStrv onc_json_ids (const cJSON *object, const char *key);

G_END_DECLS
