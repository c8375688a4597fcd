#!/bin/sh
# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# A menu of the open threads, the newest first; the one that is chosen is opened in Slack. Bind it to
# a key.
#
# Needs busctl, jq and rofi.

set -eu

choice=$(
    busctl --user --json=short call org.oncalld1 /org/oncalld1 org.oncalld1.Manager \
        ListThreads 'a{sv}' 1 state s open |
        jq -r '.data[0][]
            | "\(.Number.data)  \(.Level.data)  \(.AskerName.data): \(.Text.data)"
            | gsub("[[:cntrl:]]+"; " ")' |
        rofi -dmenu -i -p 'Open thread'
) || exit 0 # nothing was chosen

busctl --user call org.oncalld1 "/org/oncalld1/thread/${choice%% *}" org.oncalld1.Thread \
    Open 'a{sv}' 0
