/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* How a person names a thread: 12, a permalink, or CHANNEL/ts. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Either a number or a message. */
typedef struct
{
  guint32 number; /* 0: it is a message that is named */
  char *channel;  /* (owned) (nullable) ID, or name without # */
  char *ts;       /* (owned) (nullable) of the root, or of any message of the thread */
} OncReference;

void onc_reference_clear (OncReference *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OncReference, onc_reference_clear)

/* Reads @string into @self, which need not be initialised and is to be cleared in any case.
 * Returns: FALSE with ONC_ERROR_INVALID_ARGUMENT where @string is none of the three. */
gboolean onc_reference_read (OncReference *self,
                             const char *string,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
