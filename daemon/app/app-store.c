/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What can befall the database, and what a person is told of it. */

#include "app-private.h"
#include "log.h"

#include <glib/gi18n.h>

/* Key of the popups about it. */
#define NOTICE_STORE "store"

/* Begins a new database in place of a damaged one. Returns: (transfer full): NULL with @error. */
static OncStore *
replace_store (OncApp *self, GError **error)
{
  g_autofree char *aside = onc_store_set_aside (self->store_path, g_get_real_time (), error);
  g_autofree char *body = NULL;
  OncStore *store;
  guint salvaged;

  if (aside == NULL)
    return NULL;
  store = onc_store_open (self->store_path, error);
  if (store == NULL)
    return NULL;
  salvaged = onc_store_salvage (store, aside);
  onc_warning ("began a new database; the damaged one is %s, and %u writes were saved from it",
               aside, salvaged);
  body = g_strdup_printf (_ ("It is %s now. Everything is read from Slack again; only snoozes and "
                             "levels that you have set by hand are lost."),
                          aside);
  onc_notifier_show_notice (self->notifier, NOTICE_STORE, _ ("oncalld's database was damaged"),
                            body);

  return store;
}

gboolean
onc_app_open_store (OncApp *self, GError **error)
{
  GError *local_error = NULL;

  self->store = onc_store_open (self->store_path, &local_error);
  if (g_error_matches (local_error, ONC_STORE_ERROR, ONC_STORE_ERROR_DAMAGED))
    {
      onc_warning ("%s", local_error->message);
      g_clear_error (&local_error);
      self->store = replace_store (self, &local_error);
    }
  if (local_error != NULL)
    g_propagate_error (error, local_error);

  return self->store != NULL;
}

void
onc_app_set_store_aside (OncApp *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *aside = NULL;

  if (!self->store_damaged)
    return;
  aside = onc_store_set_aside (self->store_path, g_get_real_time (), &error);
  if (aside != NULL)
    onc_warning ("the damaged database is %s now", aside);
  else
    onc_warning ("%s", error->message);
}

void
onc_app_set_store_trouble (OncApp *self, const GError *error)
{
  gboolean begins = error != NULL && self->store_trouble == NULL;

  g_free (self->store_trouble);
  self->store_trouble = error != NULL ? g_strdup (error->message) : NULL;
  if (begins)
    {
      g_autofree char *body = g_strdup_printf (
          _ ("You will still be told of messages. Make room for %s, or make it writable; nothing "
             "is lost as long as the daemon runs."),
          self->store_path);

      onc_notifier_show_notice (self->notifier, NOTICE_STORE, _ ("oncalld cannot save"), body);
    }
  else if (error == NULL)
    {
      onc_notifier_withdraw_notice (self->notifier, NOTICE_STORE);
    }
}
