#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Tells others whether I am busy: runs a command with "busy" when I begin to look at a thread, and
with "free" when I look at none any more.

usage: presence.py COMMAND [ARGUMENT...]
"""

import subprocess
import sys

from dasbus.connection import SessionMessageBus
from dasbus.error import DBusError
from dasbus.loop import EventLoop
from dasbus.typing import get_variant
from gi.repository import Gio

MINE = {"state": get_variant("s", "open"), "looker": get_variant("s", "me")}


def look():
    global presence
    try:
        now = "busy" if manager.ListThreads(MINE) else "free"
    except DBusError:  # the daemon is not there, or does not know yet who I am
        return
    if now != presence:
        presence = now
        subprocess.run([*sys.argv[1:], presence], check=False)


presence = "free"
bus = SessionMessageBus()
manager = bus.get_proxy("org.oncalld1", "/org/oncalld1", interface_name="org.oncalld1.Manager")
# Whatever changes on whichever thread: the daemon tells it once, and answers at once.
bus.connection.signal_subscribe("org.oncalld1", None, None, None, None, Gio.DBusSignalFlags.NONE,
                                lambda *_signal: look())
look()
EventLoop().run()
