/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The daemon's own voice, by libcanberra: for desktops whose notification server makes no sound.
 * What is played comes from the desktop's sound theme. */

#pragma once

#include "popup.h"

G_BEGIN_DECLS

typedef struct _OncChime OncChime;

/* Whether there is one: libcanberra need not be built in. Otherwise the rest does nothing. */
gboolean onc_chime_is_available (void);

/* Returns: (transfer full): a chime that is off. */
OncChime *onc_chime_new (void);

/* Ends what is playing. */
void onc_chime_free (OncChime *self);

/* Switches it on or off. From any thread. */
void onc_chime_set_on (OncChime *self, gboolean on);

/* If it is on, begins to play the sound of @popup, which may have none. May wait for the desktop's
 * sound server. From one thread. */
void onc_chime_play (OncChime *self, const OncPopup *popup);

G_END_DECLS
