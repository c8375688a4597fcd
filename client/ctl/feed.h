/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* One line about the rota as each panel wants it. What people wrote in Slack stands in it escaped
 * for that panel, or not at all. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many threads a line has at most: what is read at a glance, and fits on a small screen. */
#define ONC_FEED_THREADS 8

typedef enum
{
  ONC_FEED_WAYBAR,
  ONC_FEED_I3BLOCKS,
  ONC_FEED_POLYBAR,
  ONC_FEED_GENMON,
} OncFeed;

/* @manager: (nullable): a{sv}, the manager's properties; NULL: there is no daemon. @threads:
 * (nullable): aa{sv}, the first ONC_FEED_THREADS open threads. Returns: (transfer full): the line,
 * without its end. */
char *onc_feed_line (OncFeed feed, GVariant *manager, GVariant *threads);

G_END_DECLS
