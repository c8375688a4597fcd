/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The item in the panel: org.kde.StatusNotifierItem. It announces itself to whichever watcher there
 * is, whenever one comes, and waits while there is none. */

#pragma once

#include "face.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _OncTray OncTray;

typedef struct
{
  /* Before a click, where the panel has a @token that lets a window which it opens take the focus
   */
  void (*permitted) (gpointer data, const char *token);
  void (*activated) (gpointer data); /* a click */
  void (*secondary) (gpointer data); /* a click with the middle button */
} OncTrayEvents;

/* Puts an item with @face on @connection, whose menu is at @menu_path. Returns: (nullable): NULL
 * with @error set where @connection has one already. */
OncTray *onc_tray_new (GDBusConnection *connection,
                       const char *menu_path,
                       const OncFace *face,
                       const OncTrayEvents *events,
                       gpointer data,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
void onc_tray_free (OncTray *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OncTray, onc_tray_free)

/* Gives the item @face, and tells panels what is new in it. */
void onc_tray_set_face (OncTray *self, const OncFace *face);

G_END_DECLS
