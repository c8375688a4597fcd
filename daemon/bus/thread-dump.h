/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Many threads as JSON in a file that has no name: what DumpThreads hands out. */

#pragma once

#include "bus.h"

#include <gio/gunixfdlist.h>

G_BEGIN_DECLS

/* Returns: (transfer full): the time zone @name; the desktop's for NULL. NULL with
 * ONC_ERROR_INVALID_ARGUMENT where there is none of that name. */
GTimeZone *onc_thread_dump_find_zone (const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* @threads: (element-type OncThread). Returns: (transfer full): one descriptor, of a file that
 * nobody can change, to be read from its beginning; NULL with ONC_ERROR_FAILED. */
GUnixFDList *onc_thread_dump_new (OncBus *bus,
                                  const GPtrArray *threads,
                                  GTimeZone *zone,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
