/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* JSON in C strings that people can read: ' stands for ". */

#pragma once

#include "json.h"

static inline char *
quoted (const char *json)
{
  return g_strdelimit (g_strdup (json), "'", '"');
}

static inline cJSON *
parse_quoted (const char *json)
{
  g_autofree char *text = quoted (json);
  cJSON *root = onc_json_parse (text, strlen (text), NULL);

  g_assert_nonnull (root);
  return root;
}
