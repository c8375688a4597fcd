/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* D-Bus values as JSON that more is added to, and its printing. */

#pragma once

#include "command.h"

#include <cjson/cJSON.h>

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (cJSON, cJSON_Delete)

/* Returns: (transfer full): @value, as json-text.h says. */
cJSON *onc_json_from_variant (GVariant *value);

/* Returns: (transfer full): @json, without a line break at its end, in a form that a terminal can
 * be shown. */
char *onc_json_to_text (const cJSON *json, OncJsonMode mode);

/* Prints that, and a line break. */
void onc_json_print (const cJSON *json, OncJsonMode mode);

G_END_DECLS
