/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* An item of a menu as com.canonical.dbusmenu knows it, with those below it. */

#pragma once

#include "errand.h"

G_BEGIN_DECLS

typedef struct
{
  char *key;            /* (owned) what makes it the same item when the menu is built anew */
  gint32 id;            /* on D-Bus; the menu gives it */
  GVariant *properties; /* (owned) a{sv} */
  OncErrand errand;     /* what a click on it is for */
  GPtrArray *children;  /* (owned) of OncMenuItem */
} OncMenuItem;

/* Returns: (transfer full): the menu itself, without items. */
OncMenuItem *onc_menu_item_new_root (void);
void onc_menu_item_free (OncMenuItem *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OncMenuItem, onc_menu_item_free)

/* Adds an item that says @label, plain text, and does @errand (nullable: nothing, it cannot be
 * clicked). @key must be the only one in the whole menu. Returns: (transfer none). */
OncMenuItem *
onc_menu_item_add (OncMenuItem *self, const char *key, const char *label, const OncErrand *errand);

/* Adds an item that opens a menu of its own. Returns: (transfer none). */
OncMenuItem *onc_menu_item_add_submenu (OncMenuItem *self, const char *key, const char *label);

/* Adds a line, unless there would be nothing above it, or another line. */
void onc_menu_item_add_separator (OncMenuItem *self, const char *key);

/* Returns: (transfer none) (nullable): the item with @id, of this one and those below it. */
OncMenuItem *onc_menu_item_find (OncMenuItem *self, gint32 id);

/* Whether both have the same items in the same places. */
gboolean onc_menu_item_has_shape_of (const OncMenuItem *self, const OncMenuItem *other);

/* Returns: (transfer floating): (ia{sv}av), with so many levels below it; all where that is
 * negative. @names: the properties that are wanted; none for all. */
GVariant *onc_menu_item_layout (const OncMenuItem *self, int depth, const char *const *names);

/* Returns: (transfer floating): a{sv}, likewise. */
GVariant *onc_menu_item_filter_properties (const OncMenuItem *self, const char *const *names);

G_END_DECLS
