/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "value.h"

#include "connection.h"
#include "json-text.h"
#include "promise-view.h"
#include "thread-view.h"

/* Returns: (transfer full): the number of the thread at @path; "" where it is none's. */
static char *
describe_path (const char *path)
{
  guint32 number = onc_thread_path_number (path);

  return number != 0 ? g_strdup_printf ("%" G_GUINT32_FORMAT, number) : g_strdup ("");
}

char *
onc_value_describe (GVariant *properties, const char *key, GVariant *value)
{
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    return g_variant_dup_string (value, NULL);
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_OBJECT_PATH))
    return describe_path (g_variant_get_string (value, NULL));
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING_ARRAY))
    {
      g_autofree const char **strings = g_variant_get_strv (value, NULL);

      return g_strjoinv (", ", (char **) strings);
    }
  if (g_str_equal (key, "Lookers"))
    return onc_thread_view_lookers (properties, 0);
  if (g_variant_is_of_type (value, G_VARIANT_TYPE ("aa{sv}")))
    return onc_promise_view_describe_all (value, g_get_real_time ());

  return g_variant_print (value, FALSE);
}

char *
onc_value_snake_case (const char *name)
{
  GString *out = g_string_new (NULL);

  onc_snake_case_append (out, name);
  return g_string_free (out, FALSE);
}
