/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "chime.h"

#include "names.h"

#if HAVE_CANBERRA

#include <canberra.h>

struct _OncChime
{
  int on;              /* atomic */
  ca_context *context; /* (owned) (nullable) NULL: nothing was played yet */
};

gboolean
onc_chime_is_available (void)
{
  return TRUE;
}

OncChime *
onc_chime_new (void)
{
  return g_new0 (OncChime, 1);
}

void
onc_chime_free (OncChime *self)
{
  g_clear_pointer (&self->context, ca_context_destroy);
  g_free (self);
}

void
onc_chime_set_on (OncChime *self, gboolean on)
{
  g_atomic_int_set (&self->on, on);
}

/* Returns: an error of libcanberra's. */
static int
begin (OncChime *self)
{
  int error = ca_context_create (&self->context);

  if (error != CA_SUCCESS)
    return error;

  return ca_context_change_props (self->context, CA_PROP_APPLICATION_NAME, ONC_DESKTOP_ENTRY,
                                  CA_PROP_APPLICATION_ID, ONC_DESKTOP_ENTRY, NULL);
}

void
onc_chime_play (OncChime *self, const OncPopup *popup)
{
  int error = CA_SUCCESS;

  if (!g_atomic_int_get (&self->on) || popup->sound == NULL)
    return;
  if (self->context == NULL)
    error = begin (self);
  if (error == CA_SUCCESS)
    error = ca_context_play (self->context, 0, CA_PROP_EVENT_ID, popup->sound,
                             CA_PROP_EVENT_DESCRIPTION, popup->title, NULL);
  if (error != CA_SUCCESS)
    g_message ("The sound %s was not played: %s", popup->sound, ca_strerror (error));
}

#else

gboolean
onc_chime_is_available (void)
{
  return FALSE;
}

OncChime *
onc_chime_new (void)
{
  return NULL;
}

void
onc_chime_free (OncChime *self)
{
}

void
onc_chime_set_on (OncChime *self, gboolean on)
{
}

void
onc_chime_play (OncChime *self, const OncPopup *popup)
{
}

#endif
