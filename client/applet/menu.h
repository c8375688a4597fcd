/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A menu that panels show: com.canonical.dbusmenu. Its owner builds it anew whenever something may
 * have changed; panels are only told of what has. An item that is the same in both keeps its ID,
 * and the ID of one that is gone is not given again: a late click never hits another thread. */

#pragma once

#include "menu-item.h"

G_BEGIN_DECLS

typedef struct _OncMenu OncMenu;

/* Returns: (transfer full): the menu as it should be now. */
typedef OncMenuItem *(*OncMenuBuild) (gpointer data);

/* Called for a click on an item that has an errand. */
typedef void (*OncMenuClicked) (gpointer data, const OncErrand *errand);

/* Puts a menu on @connection at @path. Returns: (nullable): NULL with @error set where the path is
 * taken. */
OncMenu *onc_menu_new (GDBusConnection *connection,
                       const char *path,
                       OncMenuBuild build,
                       OncMenuClicked clicked,
                       gpointer data,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
void onc_menu_free (OncMenu *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OncMenu, onc_menu_free)

/* Builds the menu anew, and tells panels what has changed. Returns: whether anything has. */
gboolean onc_menu_refresh (OncMenu *self);

G_END_DECLS
