/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a person asks of the applet: by a click on the item or in its menu. */

#pragma once

#include "types.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  ONC_ERRAND_NONE,
  /* Of the daemon, about a thread */
  ONC_ERRAND_OPEN,
  ONC_ERRAND_CLAIM,
  ONC_ERRAND_RELEASE,
  ONC_ERRAND_PROMISE,
  ONC_ERRAND_EXTEND,
  ONC_ERRAND_SNOOZE,
  ONC_ERRAND_UNSNOOZE,
  ONC_ERRAND_RESOLVE,
  /* Of the window for replies, about a thread */
  ONC_ERRAND_WRITE,
  /* Of the daemon, about its popups; a pause leaves emergencies alone */
  ONC_ERRAND_PAUSE_HALF_AN_HOUR,
  ONC_ERRAND_PAUSE_AN_HOUR,
  ONC_ERRAND_PAUSE_UNTIL_WORK,
  ONC_ERRAND_RESUME,
  /* Of the applet */
  ONC_ERRAND_QUIT,
} OncErrandKind;

typedef struct
{
  OncErrandKind kind;
  guint32 thread; /* the number of the thread that it is about; 0: none */
} OncErrand;

/* Asks the daemon or the window for what @errand says; where that is refused, a popup tells the
 * person why. @activation_token: (nullable): what lets a window that it opens take the focus. */
void
onc_errand_run (const OncErrand *errand, const char *activation_token, GDBusConnection *connection);

G_END_DECLS
