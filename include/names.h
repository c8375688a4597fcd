/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Every string that crosses a boundary of the process, but for the enumerations' (types.h) and the
 * configuration's keys (daemon/app/defaults.conf). Each is part of the public contract. */

#pragma once

/* D-Bus */
#define ONC_BUS_NAME          "org.oncalld1"
#define ONC_BUS_PATH          "/org/oncalld1"
#define ONC_BUS_THREAD_PREFIX "/org/oncalld1/thread/"
#define ONC_BUS_MANAGER       "org.oncalld1.Manager"
#define ONC_BUS_THREAD        "org.oncalld1.Thread"
#define ONC_BUS_ERROR_PREFIX  "org.oncalld1.Error."
#define ONC_BUS_OPTION_QUEUE  "queue"

/* D-Bus's own interfaces */
#define ONC_DBUS_PROPERTIES     "org.freedesktop.DBus.Properties"
#define ONC_DBUS_OBJECT_MANAGER "org.freedesktop.DBus.ObjectManager"

/* Keys of ListThreads' filter, and those of its values that are no enumeration's */
#define ONC_FILTER_STATE   "state"
#define ONC_FILTER_LEVEL   "level"
#define ONC_FILTER_CHANNEL "channel"
#define ONC_FILTER_TAG     "tag"
#define ONC_FILTER_LOOKER  "looker"
#define ONC_FILTER_ASKER   "asker"
#define ONC_FILTER_SINCE   "since"
#define ONC_FILTER_UNTIL   "until"
#define ONC_FILTER_TEXT    "text"
#define ONC_FILTER_LIMIT   "limit"
#define ONC_FILTER_OFFSET  "offset"
#define ONC_FILTER_OPEN    "open"
#define ONC_FILTER_CLOSED  "closed"
#define ONC_FILTER_ME      "me"

/* Keys of the popups' actions, and of the desktop file that they name */
#define ONC_POPUP_DEFAULT "default"
#define ONC_POPUP_CLAIM   "claim"
#define ONC_POPUP_OPEN    "open"
#define ONC_DESKTOP_ENTRY "oncalld"

/* Tokens, as systemd credentials */
#define ONC_CREDENTIAL_USER_TOKEN "slack-user-token"
#define ONC_CREDENTIAL_APP_TOKEN  "slack-app-token"
