/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "dictionary.h"

/* These use g_variant_lookup_value() because g_variant_lookup() would first serialise the whole
 * dictionary, which costs more than all else that is done to a long list of them. What a string
 * points to is kept by the dictionary, in either form. */

const char *
onc_dictionary_get_string (GVariant *self, const char *key)
{
  g_autoptr (GVariant) value = g_variant_lookup_value (self, key, G_VARIANT_TYPE_STRING);

  return value != NULL ? g_variant_get_string (value, NULL) : "";
}

guint32
onc_dictionary_get_number (GVariant *self, const char *key)
{
  g_autoptr (GVariant) value = g_variant_lookup_value (self, key, G_VARIANT_TYPE_UINT32);

  return value != NULL ? g_variant_get_uint32 (value) : 0;
}

OncInstant
onc_dictionary_get_time (GVariant *self, const char *key)
{
  g_autoptr (GVariant) value = g_variant_lookup_value (self, key, G_VARIANT_TYPE_INT64);

  return value != NULL ? g_variant_get_int64 (value) : 0;
}
