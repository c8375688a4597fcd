/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A thread as the D-Bus properties of org.oncalld1.Thread. */

#pragma once

#include "naming.h"
#include "thread.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Beside OncChange: the names of people, channels and the workspace are others than before. */
#define ONC_CHANGE_NAMES (1u << 31)

/* All the properties of one thread, as callers have been told them. */
typedef struct _OncThreadValues OncThreadValues;

/* Returns: (transfer full): the properties of @thread as they are now. */
OncThreadValues *onc_thread_values_new (const OncThread *thread, const OncNaming *naming);
void onc_thread_values_free (OncThreadValues *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OncThreadValues, onc_thread_values_free)

/* Looks at those properties again that @changes touches; with ONC_CHANGE_APPEARED at all of them.
 * Returns: (transfer floating) (nullable): a{sv}, those that have other values than before. */
GVariant *onc_thread_values_update (OncThreadValues *self,
                                    const OncThread *thread,
                                    const OncNaming *naming,
                                    guint changes);

/* Returns: (transfer none): the value of @property, which must be one of org.oncalld1.Thread. */
GVariant *onc_thread_values_get (const OncThreadValues *self, const char *property);

/* Adds them to @dictionary, an a{sv}. */
void onc_thread_values_add_to (const OncThreadValues *self, GVariantBuilder *dictionary);

/* Appends them as an object, see json-text.h. */
void onc_thread_values_append_json (const OncThreadValues *self, GString *out, GTimeZone *zone);

/* Returns: (transfer floating): a{sv}, one of @thread's promises. */
GVariant *onc_thread_properties_promise (const OncThread *thread,
                                         const OncPromise *promise,
                                         const OncNaming *naming);

/* @threads: (element-type OncThread). Returns: (transfer floating): aa{sv}, in the same order. */
GVariant *onc_thread_properties_list (const GPtrArray *threads, const OncNaming *naming);

G_END_DECLS
