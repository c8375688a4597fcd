/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The threads that can be called, at /org/oncalld1/thread/N: the open ones, which the ObjectManager
 * announces, and as visitors the closed ones that were asked for last. There is no GObject behind
 * each, as GDBusObjectManagerServer would have it, for that takes 18 KB and most of the time that
 * an event costs; one #OncThreadObject answers for all of them. */

#pragma once

#include "bus.h"

G_BEGIN_DECLS

typedef struct _OncThreadTree OncThreadTree;

/* @bus: (unowned): has to outlive it. */
OncThreadTree *onc_thread_tree_new (OncBus *bus);
void onc_thread_tree_free (OncThreadTree *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OncThreadTree, onc_thread_tree_free)

/* Puts the tree on @connection. Returns: FALSE where that cannot be done. */
gboolean onc_thread_tree_publish (OncThreadTree *self,
                                  GDBusConnection *connection,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Takes it off again, and forgets the visitors. Does nothing where it was not published. */
void onc_thread_tree_withdraw (OncThreadTree *self);

/* Lets @thread appear, change and go as @changes, of OncChange, say, and tells callers. @thread may
 * be another object than before for the same thread: history is read anew at every request. */
void onc_thread_tree_tell (OncThreadTree *self, OncThread *thread, guint changes);

/* Makes @thread callable, if it is not. */
void onc_thread_tree_expose (OncThreadTree *self, OncThread *thread);

/* Returns: (transfer none) (nullable): the thread at @path, if it can be called. */
OncThread *onc_thread_tree_find (OncThreadTree *self, const char *path);

/* Appends @thread, whether it can be called or not, as an object; see json-text.h. */
void
onc_thread_tree_append_json (OncThreadTree *self, OncThread *thread, GString *out, GTimeZone *zone);

/* Adds the properties of @thread, likewise, to @dictionary, an a{sv}. */
void onc_thread_tree_add_to (OncThreadTree *self, OncThread *thread, GVariantBuilder *dictionary);

/* Returns: (transfer container) (element-type OncThread): those that are announced. */
GPtrArray *onc_thread_tree_list_open (OncThreadTree *self);

/* Returns: (transfer full): the object path of the thread with @number. */
char *onc_thread_path (guint32 number);

G_END_DECLS
