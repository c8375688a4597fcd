/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "promise-view.h"

#include "dictionary.h"
#include "moment.h"
#include "names.h"

#include <glib/gi18n.h>

/* Whether it is still to be kept; a state that is not known is taken for an open one. */
static gboolean
is_open (GVariant *promise)
{
  OncPromiseState state;

  return !onc_promise_state_from_string (onc_dictionary_get_string (promise, ONC_PROMISE_KEY_STATE),
                                         &state) ||
         onc_promise_state_is_open (state);
}

char *
onc_promise_view_left (GVariant *promise, OncInstant now)
{
  const char *state = onc_dictionary_get_string (promise, ONC_PROMISE_KEY_STATE);

  if (!is_open (promise))
    return g_strdup ("");
  if (g_str_equal (state, onc_promise_state_to_string (ONC_PROMISE_PAUSED)))
    return g_strdup (state);

  return onc_moment_due (onc_dictionary_get_time (promise, ONC_PROMISE_KEY_DUE), now);
}

char *
onc_promise_view_describe (GVariant *promise, OncInstant now)
{
  OncInstant due = onc_dictionary_get_time (promise, ONC_PROMISE_KEY_DUE);
  g_autofree char *local = onc_moment_local (due, now);
  g_autofree char *left = onc_promise_view_left (promise, now);
  const char *state = onc_dictionary_get_string (promise, ONC_PROMISE_KEY_STATE);

  /* Who has promised an update, by which time, and how it stands */
  return g_strdup_printf (_ ("%s by %s (%s)"),
                          onc_dictionary_get_string (promise, ONC_PROMISE_KEY_BY_NAME), local,
                          *left != '\0' ? left : state);
}

char *
onc_promise_view_describe_all (GVariant *promises, OncInstant now)
{
  GString *out = g_string_new (NULL);
  GVariantIter iter;
  GVariant *promise;

  g_variant_iter_init (&iter, promises);
  while ((promise = g_variant_iter_next_value (&iter)) != NULL)
    {
      g_autofree char *description = onc_promise_view_describe (promise, now);

      g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "", description);
      g_variant_unref (promise);
    }

  return g_string_free (out, FALSE);
}

GPtrArray *
onc_promise_view_list_mine (GVariant *thread, const char *const *me)
{
  g_autoptr (GVariant) promises = g_variant_lookup_value (thread, "Promises",
                                                          G_VARIANT_TYPE ("aa{sv}"));
  GPtrArray *mine = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  GVariantIter iter;
  GVariant *promise;

  if (promises != NULL)
    g_variant_iter_init (&iter, promises);
  while (promises != NULL && (promise = g_variant_iter_next_value (&iter)) != NULL)
    {
      if (is_open (promise) &&
          g_strv_contains (me, onc_dictionary_get_string (promise, ONC_PROMISE_KEY_BY)))
        g_ptr_array_add (mine, g_variant_ref (promise));
      g_variant_unref (promise);
    }

  return mine;
}
