#!/bin/sh
# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Pages by another channel when nobody looks at an emergency: for each reminder of oncalld about one,
# the command is run with a sentence on its standard input.
#
# usage: page-unclaimed.sh COMMAND [ARGUMENT...]       such as: page-unclaimed.sh mail -s Page me@phone
#
# Needs busctl and jq.

set -eu

busctl --user --json=short monitor \
    --match "type='signal',interface='org.oncalld1.Manager',member='Alert'" |
    jq --unbuffered -r '
        .payload.data
        | select(.[1] == "unclaimed" and .[2] == "emergency")
        | .[3]
        | "Nobody looks at thread \(.Number.data), from \(.AskerName.data): \(.Text.data)"
        | gsub("[[:cntrl:]]+"; " ")' |
    while IFS= read -r sentence; do
        # One page that fails must not be the last.
        printf '%s\n' "$sentence" | "$@" || echo "page-unclaimed.sh: $1 failed" >&2
    done
