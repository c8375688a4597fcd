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

/* Keys of the popups' actions, and of the desktop file that they name */
#define ONC_POPUP_DEFAULT "default"
#define ONC_POPUP_CLAIM   "claim"
#define ONC_POPUP_OPEN    "open"
#define ONC_DESKTOP_ENTRY "oncalld"

/* Tokens, as systemd credentials */
#define ONC_CREDENTIAL_USER_TOKEN "slack-user-token"
#define ONC_CREDENTIAL_APP_TOKEN  "slack-app-token"
