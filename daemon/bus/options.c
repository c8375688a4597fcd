/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "options.h"

#include "error.h"

#include <glib/gi18n.h>

static const OncOption *
find (const OncOption *options, gsize n_options, const char *key)
{
  for (gsize i = 0; i < n_options; i++)
    {
      if (g_str_equal (options[i].key, key))
        return &options[i];
    }

  return NULL;
}

/* Sets @option from @value. */
static gboolean
read_option (const OncOption *option, const char *key, GVariant *value, GError **error)
{
  if (option == NULL)
    {
      g_set_error (error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT, _ ("Option “%s” is unknown"), key);
      return FALSE;
    }
  if (!g_str_equal (g_variant_get_type_string (value), option->type))
    {
      g_set_error (error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT,
                   _ ("Option “%s” needs the type %s, not %s"), key, option->type,
                   g_variant_get_type_string (value));
      return FALSE;
    }

  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    *(const char **) option->value = g_variant_get_string (value, NULL);
  else
    g_variant_get (value, option->type, option->value);
  return TRUE;
}

gboolean
onc_options_read (GVariant *dictionary, const OncOption *options, gsize n_options, GError **error)
{
  gboolean readable = TRUE;
  GVariantIter iter;
  const char *key;
  GVariant *value;

  g_variant_iter_init (&iter, dictionary);
  while (readable && g_variant_iter_next (&iter, "{&sv}", &key, &value))
    {
      readable = read_option (find (options, n_options, key), key, value, error);
      g_variant_unref (value);
    }

  return readable;
}
