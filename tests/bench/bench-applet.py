#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Measures oncall-applet in a played panel: how fast its menu opens, what it keeps, how often it wakes.

Needs ONCALL_APPLET, ONCALLCTL and FAKE_DAEMON in the environment. Figures are the applet's only where
it is built with --buildtype=release.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "integration"))

from gi.repository import Gio, GLib  # noqa: E402

from bus import Peer  # noqa: E402
from panel import MENU, MENU_PATH, Panel  # noqa: E402
from played import World  # noqa: E402
from test_applet import IDLE, Applet  # noqa: E402

THREADS = 500
OPENINGS = 200
IDLE_SECONDS = 20


def status(process, key):
    """The number that the kernel keeps of a process."""
    lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{key}:"))


def wake_ups(process):
    return status(process, "voluntary_ctxt_switches")


def processor_time(process):
    """The milliseconds that all threads of a process have run."""
    return sum(int((task / "schedstat").read_text().split()[0])
               for task in Path(f"/proc/{process.pid}/task").iterdir()) / 1e6


def open_menu(connection, item):
    """What a panel asks before a menu is seen. Returns: the milliseconds that it waits, without those
    in which Python would make objects of the answer, which are several times as many."""
    begin = time.perf_counter()
    for method, arguments in {"AboutToShow": GLib.Variant("(i)", (0,)),
                              "GetLayout": GLib.Variant("(iias)", (0, -1, []))}.items():
        connection.call_sync(item, MENU_PATH, MENU, method, arguments, None,
                             Gio.DBusCallFlags.NONE, -1, None)
    return (time.perf_counter() - begin) * 1000


def main():
    with tempfile.TemporaryDirectory() as directory:
        world = World(Path(directory))
        world.start_daemon()
        panel = Panel(world.bus.address).start()
        applet = Applet(world.environment)
        panel.wait_for_item()
        panel.wait_for(IconName=IDLE)
        print(f"resident, nothing open:   {status(applet.process, 'VmRSS') / 1024:.1f} MB")

        before = wake_ups(applet.process)
        time.sleep(IDLE_SECONDS)
        print(f"wake-ups in {IDLE_SECONDS} s of idling: {wake_ups(applet.process) - before}")

        begin = time.perf_counter()
        world.do("fill", THREADS)
        panel.wait_for(XAyatanaLabel=str(THREADS))
        print(f"{THREADS} threads appear in:  {(time.perf_counter() - begin) * 1000:.0f} ms")
        connection = Peer(world.bus.address).connection
        before = processor_time(applet.process)
        times = sorted(open_menu(connection, panel.items[-1]) for _ in range(OPENINGS))
        work = (processor_time(applet.process) - before) / OPENINGS
        print(f"the menu opens in:        {statistics.median(times):.2f} ms at the median, "
              f"{times[int(OPENINGS * 0.99)]:.2f} ms at p99, {times[-1]:.2f} ms at most")
        print(f"of which the applet works: {work:.2f} ms")
        print(f"resident, {THREADS} threads:    {status(applet.process, 'VmRSS') / 1024:.1f} MB")

        connection.close_sync(None)
        applet.stop()
        panel.close()
        world.stop_daemon()
        world.bus.stop()


main()
