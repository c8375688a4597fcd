/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A thread as the D-Bus properties of org.oncalld1.Thread. */

#pragma once

#include "naming.h"
#include "thread.h"

#include "onc-dbus.h"

G_BEGIN_DECLS

/* Beside OncChange: the names of people, channels and the workspace are others than before. */
#define ONC_CHANGE_NAMES (1u << 31)

/* Sets those properties of @skeleton that @changes touches; with ONC_CHANGE_APPEARED all of them.
 */
void onc_thread_properties_apply (const OncThread *thread,
                                  const OncNaming *naming,
                                  guint changes,
                                  OncDBusThread *skeleton);

/* Returns: (transfer floating): a{sv}, all the properties by their names. */
GVariant *onc_thread_properties_to_variant (const OncThread *thread, const OncNaming *naming);

/* Returns: (transfer floating): a{sv}, one of @thread's promises. */
GVariant *onc_thread_properties_promise (const OncThread *thread,
                                         const OncPromise *promise,
                                         const OncNaming *naming);

/* @threads: (element-type OncThread). Returns: (transfer floating): aa{sv}, in the same order. */
GVariant *onc_thread_properties_list (const GPtrArray *threads, const OncNaming *naming);

G_END_DECLS
