/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What goes to the journal. The levels are the journal's own:
 *
 *   debug    how it works inside; the only level that may name people or quote a message
 *   info     what was decided, and from what
 *   notice   what a person on call wants to find afterwards
 *   warning  what should not have happened
 *
 * Tokens, and addresses that hold a ticket, are not logged at all. What people or scripts look for
 * carries a MESSAGE_ID, explained in systemd/oncalld.catalog, and the thread it is about.
 * All of them are structured (G_LOG_USE_STRUCTURED), so that file, line and function come along. */

#pragma once

#include <glib.h>

#define onc_debug(...)   g_debug (__VA_ARGS__)
#define onc_info(...)    g_info (__VA_ARGS__)
#define onc_notice(...)  g_message (__VA_ARGS__)
#define onc_warning(...) g_warning (__VA_ARGS__)

/* The same with a MESSAGE_ID of names.h, and with the thread as "CHANNEL/TIMESTAMP", or "" where it
 * is about none. */
#define onc_notice_about(message_id, thread, ...)                                                  \
  onc_log_about (G_LOG_LEVEL_MESSAGE, message_id, thread, __VA_ARGS__)
#define onc_warning_about(message_id, thread, ...)                                                 \
  onc_log_about (G_LOG_LEVEL_WARNING, message_id, thread, __VA_ARGS__)

#define onc_log_about(level, message_id, thread, ...)                                              \
  g_log_structured (G_LOG_DOMAIN, (level), "MESSAGE_ID", (message_id), "ONCALLD_THREAD", (thread), \
                    "CODE_FILE", __FILE__, "CODE_LINE",                                            \
                    G_STRINGIFY (__LINE__), "CODE_FUNC", G_STRFUNC, "MESSAGE", __VA_ARGS__)
