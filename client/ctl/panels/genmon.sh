#!/bin/sh
# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Keeps a Generic Monitor of the Xfce panel up to date. Add the plugin to the panel, with the command
#   oncallctl status --genmon
# and the longest period there is, and start this at login. A click opens the thread that needs
# somebody most.
#
# usage: genmon.sh [ID]        the plugin's ID, as ~/.config/xfce4/panel/genmon-ID.rc has it

oncallctl status --genmon --follow |
    while read -r _; do
        xfce4-panel --plugin-event="genmon-${1:-1}:refresh:bool:true"
    done
