# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The real oncall-applet in real panels, with real clicks, against the daemon's own D-Bus code.

Needs ONCALL_APPLET, FAKE_DAEMON and ONCALLD_BUILD in the environment: the two programs, and the build
directory, below which the pictures are kept.
"""

import os
import time
from pathlib import Path

import pytest

from real_panel import Waybar, XfcePanel
from test_applet import Applet, add, wait_for_call
from waiting import DEADLINE

PICTURES = Path(os.environ["ONCALLD_BUILD"]) / "pictures"


@pytest.fixture
def make_screen(bus, tmp_path):
    screens = []

    def make(kind):
        home = tmp_path / "desktop"
        home.mkdir()
        screens.append(kind(home, bus.bus.address, {**bus.environment, "HOME": str(home)}))
        return screens[-1].start()

    yield make
    for screen in screens:
        screen.stop()


def walk_through(world, screen, name):
    """The icon appears; a click opens the thread, another in the menu claims it."""
    PICTURES.mkdir(exist_ok=True)
    world.start_daemon()
    add(world, 7, "urgent", text="the export is wrong")
    empty = screen.still_picture()
    applet = Applet(world.environment)
    try:
        icon = screen.wait_for_change(empty)
        screen.save(PICTURES / f"{name}-urgent.png")
        # A panel that has just come hears no click; one too many does no harm.
        end = time.monotonic() + DEADLINE
        while world.last_call() != "open 7":
            assert time.monotonic() < end, "no click opens the thread"
            screen.click(*icon.centre)
            screen.still_picture()

        closed = screen.still_picture()
        screen.click(*icon.centre, button=3)
        menu = screen.wait_for_change(closed, least=100, top=screen.HEIGHT)
        opened = screen.still_picture()
        # The first line is a heading, the second the thread; then come two more and two separators.
        screen.point_at(menu.centre[0], menu.top + int(menu.height * 1.5 / 4.8))
        submenu = screen.wait_for_change(opened, least=100, left=menu.right)
        screen.save(PICTURES / f"{name}-menu.png")
        screen.choose(submenu.centre[0], submenu.top + int(submenu.height * 1.5 / 5))
        wait_for_call(world, "act 7 claim queue")

        urgent = screen.still_picture()
        add(world, 8, "emergency", text="all is lost")
        screen.wait_for_change(urgent)
        screen.save(PICTURES / f"{name}-emergency.png")
    finally:
        applet.stop()


def test_it_is_shown_and_clicked_in_xfces_panel(bus, make_screen):
    walk_through(bus, make_screen(XfcePanel), "xfce4-panel")


def test_it_is_shown_and_clicked_in_waybar(bus, make_screen):
    walk_through(bus, make_screen(Waybar), "waybar")
