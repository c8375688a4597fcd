/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* One thread on the bus: org.oncalld1.Thread at /org/oncalld1/thread/N. */

#pragma once

#include "bus.h"

#include "onc-dbus.h"

G_BEGIN_DECLS

#define ONC_TYPE_THREAD_OBJECT (onc_thread_object_get_type ())
G_DECLARE_FINAL_TYPE (OncThreadObject, onc_thread_object, ONC, THREAD_OBJECT, OncDBusThreadSkeleton)

/* Returns: (transfer full): an interface with @thread's properties, on no connection yet.
 * @bus: (unowned): has to outlive its being exported. */
OncThreadObject *onc_thread_object_new (OncBus *bus, OncThread *thread);

/* Brings the properties up to date. @thread may be another object than before for the same thread:
 * history is read anew at every request. */
void onc_thread_object_update (OncThreadObject *self, OncThread *thread, guint changes);

/* Returns: (transfer none). */
OncThread *onc_thread_object_get_thread (OncThreadObject *self);

/* Returns: (transfer full): the object path of the thread with @number. */
char *onc_thread_object_path (guint32 number);

G_END_DECLS
