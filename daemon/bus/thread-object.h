/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The methods of org.oncalld1.Thread, for whichever thread a call's object path names. The
 * skeleton's properties are not used: each thread's are in the #OncThreadTree. */

#pragma once

#include "bus.h"

#include "onc-dbus.h"

G_BEGIN_DECLS

#define ONC_TYPE_THREAD_OBJECT (onc_thread_object_get_type ())
G_DECLARE_FINAL_TYPE (OncThreadObject, onc_thread_object, ONC, THREAD_OBJECT, OncDBusThreadSkeleton)

/* @bus: (unowned): has to outlive it. */
OncThreadObject *onc_thread_object_new (OncBus *bus);

G_END_DECLS
