/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a panel shows of an open thread. Read from the properties of org.oncalld1.Thread and kept
 * small, for the applet holds all of them. */

#pragma once

#include "types.h"

G_BEGIN_DECLS

typedef struct
{
  guint32 number;
  guint urgency;        /* as onc_thread_view_urgency() has it */
  gboolean claimed;     /* somebody is looking ... */
  char *lookers;        /* (owned) ... namely these, in words */
  gboolean mine;        /* this person is one of them ... */
  gboolean mine_only;   /* ... by an emoji alone, which can be taken back */
  char *asker;          /* (owned) on one line */
  char *text;           /* (owned) its beginning, on one line */
  OncInstant opened;    /* when the question was asked */
  OncInstant my_due;    /* when this person's next update is due; 0: none is promised */
  gboolean my_pause;    /* that update waits for the asker */
  OncInstant needed_by; /* by when the asker needs an answer; 0: no such time */
  OncInstant snoozed;   /* until then; 0: it speaks up */
} OncPanelThread;

/* Returns: (transfer full): a thread of which nothing is known but its number. */
OncPanelThread *onc_panel_thread_new (guint32 number);
void onc_panel_thread_free (OncPanelThread *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OncPanelThread, onc_panel_thread_free)

/* Takes over what @properties (a{sv}) has, be it all of them or those that have changed. @me: the
 * user IDs of this person. */
void onc_panel_thread_update (OncPanelThread *self, GVariant *properties, const char *const *me);

/* Which of two threads a person should look at first. Returns: less than 0 for @a, more for @b. */
int onc_panel_thread_compare (const OncPanelThread *a, const OncPanelThread *b, OncInstant now);

G_END_DECLS
