/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Every string that crosses a boundary of the process, but for the enumerations' (types.h) and the
 * configuration's keys (daemon/app/defaults.conf). Each is part of the public contract. */

#pragma once

/* D-Bus */
#define ONC_BUS_NAME            "org.oncalld1"
#define ONC_BUS_APPLET          "org.oncalld1.Applet" /* owned by the one applet */
#define ONC_BUS_PATH            "/org/oncalld1"
#define ONC_BUS_THREAD_PREFIX   "/org/oncalld1/thread/"
#define ONC_BUS_MANAGER         "org.oncalld1.Manager"
#define ONC_BUS_THREAD          "org.oncalld1.Thread"
#define ONC_BUS_ERROR_PREFIX    "org.oncalld1.Error."
#define ONC_BUS_DEBUG           "org.oncalld1.Debug"
#define ONC_BUS_DEBUG_PATH      "/org/oncalld1/debug"
#define ONC_BUS_NO_PATH         "/" /* of an object that there is none of */
#define ONC_BUS_OPTION_QUEUE    "queue"
#define ONC_BUS_OPTION_TIMEZONE "timezone"
#define ONC_BUS_OPTION_TOKEN    "activation_token"
#define ONC_BUS_OPTION_WHEN     "when"

/* The window for replies: a name that activates it, its object, and the action of it that takes the
 * number of a thread */
#define ONC_COMPOSE_NAME  "org.oncalld1.Compose"
#define ONC_COMPOSE_PATH  "/org/oncalld1/Compose"
#define ONC_COMPOSE_WRITE "write"

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
#define ONC_FILTER_ORDER   "order"
#define ONC_FILTER_NEWEST  "newest"
#define ONC_FILTER_URGENCY "urgency"
#define ONC_FILTER_OPEN    "open"
#define ONC_FILTER_CLOSED  "closed"
#define ONC_FILTER_ME      "me"

/* Keys of a promise, in Promises and in the details of alerts, and where it comes from */
#define ONC_PROMISE_KEY_ID         "id"
#define ONC_PROMISE_KEY_BY         "by"
#define ONC_PROMISE_KEY_BY_NAME    "by_name"
#define ONC_PROMISE_KEY_DUE        "due"
#define ONC_PROMISE_KEY_SPAN       "span"
#define ONC_PROMISE_KEY_STATE      "state"
#define ONC_PROMISE_KEY_TEXT       "text"
#define ONC_PROMISE_KEY_SOURCE     "source"
#define ONC_PROMISE_SOURCE_MESSAGE "message"
#define ONC_PROMISE_SOURCE_PENDING "pending"

/* What Alert's details have beside the thread's properties */
#define ONC_ALERT_KEY_REPEAT  "Repeat"
#define ONC_ALERT_KEY_PROMISE "Promise"

/* Keys of what Parse returns, and "oncalld --parse" prints */
#define ONC_READING_KEY_KIND    "kind"
#define ONC_READING_KEY_DUE     "due"
#define ONC_READING_KEY_MATCHED "matched"
#define ONC_READING_KEY_REASON  "reason"

/* What SetNeededBy takes for no time */
#define ONC_WHEN_NEVER "none"

/* Keys of the popups' actions, and of the desktop file that they name */
#define ONC_POPUP_DEFAULT "default"
#define ONC_POPUP_CLAIM   "claim"
#define ONC_POPUP_PROMISE "promise"
#define ONC_POPUP_EXTEND  "extend"
#define ONC_POPUP_WRITE   "write"
#define ONC_POPUP_OPEN    "open"
/* Plasma's: the popup has a field to write in, which "NotificationReplied" tells of */
#define ONC_POPUP_REPLY   "inline-reply"
#define ONC_DESKTOP_ENTRY "oncalld"

/* MESSAGE_IDs in the journal, each made by `systemd-id128 new` and explained in
 * systemd/oncalld.catalog */
#define ONC_MESSAGE_ID_ALERT          "2408f3c4a3024ea1be21ae627e4154f6"
#define ONC_MESSAGE_ID_CONNECTED      "f653e6762b174386a1d64508658c3efb"
#define ONC_MESSAGE_ID_STALE          "bb4ea2384eda42ce8c30bdd8d5455b3a"
#define ONC_MESSAGE_ID_DENIED         "2734ced829164955840e00a6c5442c5f"
#define ONC_MESSAGE_ID_WRITTEN        "8314779f9a9a4b8191624838f3de12a3"
#define ONC_MESSAGE_ID_WRITE_REFUSED  "338cdf4ea5ab4e1a9a9926c855f70cc4"
#define ONC_MESSAGE_ID_LOWERED        "73a7577e46fb4e85bf2acc4ba04446c0"
#define ONC_MESSAGE_ID_STORE_FAILS    "fdf6b54a4c4c4b0ab3a93b1dce43fcc2"
#define ONC_MESSAGE_ID_STORE_WORKS    "7fb1b1b52db84fce88f2b6634a4aa408"
#define ONC_MESSAGE_ID_CONFIG_READ    "452a330e536240248c7542fc74bfdce8"
#define ONC_MESSAGE_ID_CONFIG_REFUSED "bb20d76ee2a044ccaff4fc7e4bd691c4"

/* What a hook finds in its environment; those of a promise only where the alert is about one */
#define ONC_HOOK_KIND            "ONCALL_KIND"
#define ONC_HOOK_LEVEL           "ONCALL_LEVEL"
#define ONC_HOOK_REPEAT          "ONCALL_REPEAT"
#define ONC_HOOK_NUMBER          "ONCALL_NUMBER"
#define ONC_HOOK_STATE           "ONCALL_STATE"
#define ONC_HOOK_CHANNEL         "ONCALL_CHANNEL"
#define ONC_HOOK_CHANNEL_NAME    "ONCALL_CHANNEL_NAME"
#define ONC_HOOK_ASKER           "ONCALL_ASKER"
#define ONC_HOOK_ASKER_NAME      "ONCALL_ASKER_NAME"
#define ONC_HOOK_TEXT            "ONCALL_TEXT"
#define ONC_HOOK_PERMALINK       "ONCALL_PERMALINK"
#define ONC_HOOK_PROMISE_BY      "ONCALL_PROMISE_BY"
#define ONC_HOOK_PROMISE_BY_NAME "ONCALL_PROMISE_BY_NAME"
#define ONC_HOOK_PROMISE_DUE     "ONCALL_PROMISE_DUE"
#define ONC_HOOK_PROMISE_STATE   "ONCALL_PROMISE_STATE"

/* The environment variables that name the daemon's program and the demo's script where these are
 * not installed */
#define ONC_ENVIRONMENT_DAEMON "ONCALLD"
#define ONC_ENVIRONMENT_DEMO   "ONCALLD_DEMO"

/* Tokens, as systemd credentials */
#define ONC_CREDENTIAL_USER_TOKEN "slack-user-token"
#define ONC_CREDENTIAL_APP_TOKEN  "slack-app-token"
