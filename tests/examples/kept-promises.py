#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Logs every promise that was kept: when, by whom, how long before or after it was due, and where.

usage: kept-promises.py FILE          a line for each is added, with tabs between its fields
"""

import sys
from datetime import datetime

from gi.repository import Gio, GLib


def on_alert(_bus, _sender, _path, _interface, _signal, parameters, file):
    _thread, kind, _level, details = parameters.unpack()
    if kind != "promise-kept":
        return
    promise = details["Promise"]
    now = datetime.now().astimezone()
    # What is told of a due time in microseconds is wanted in minutes.
    left = round((promise["due"] / 1e6 - now.timestamp()) / 60)
    print(now.isoformat(timespec="seconds"), promise["by_name"].replace("\t", " "), f"{left:+d}min",
          details["Permalink"], sep="\t", file=file, flush=True)


with open(sys.argv[1], "a", encoding="utf-8") as log:
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    # Signals come again by themselves when the daemon was restarted.
    bus.signal_subscribe("org.oncalld1", "org.oncalld1.Manager", "Alert", "/org/oncalld1", None,
                         Gio.DBusSignalFlags.NONE, on_alert, log)
    GLib.MainLoop().run()
