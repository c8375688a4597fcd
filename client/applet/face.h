/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the item in the panel looks like: how the rota stands, at a glance and at a second one.
 * All of its times are clock times, so that it never gets old by itself. */

#pragma once

#include "rota.h"

G_BEGIN_DECLS

typedef struct
{
  const char *icon;    /* (static) a name in the icon theme */
  const char *overlay; /* (static) likewise; "": none */
  gboolean attention;  /* a person has to act now */
  char *label;         /* (owned) how many threads are open; "": none */
  char *title;         /* (owned) a sentence, plain text */
  char *details;       /* (owned) more sentences, as the markup that tooltips have */
} OncFace;

/* Returns: (transfer full): the face of @rota. */
OncFace *onc_face_new (const OncRota *rota, OncInstant now);
void onc_face_free (OncFace *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OncFace, onc_face_free)

G_END_DECLS
