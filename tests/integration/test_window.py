# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The real window for replies on a screen that nobody sees, with real keys, against the daemon's own
D-Bus code. It is reached as people reach it: from the applet's menu, started by the bus.

Needs ONCALL_COMPOSE, ONCALL_APPLET, FAKE_DAEMON and ONCALLD_BUILD in the environment: the programs, and
the build directory, below which the pictures are kept.
"""

import os
import shlex
import subprocess
import time
from pathlib import Path

import pytest
from gi.repository import GLib

from bare_screen import BareScreen
from bus import Peer
from panel import Panel
from test_applet import WRONG_STATE, Applet, add, wait_for_call
from waiting import DEADLINE

COMPOSE = "org.oncalld1.Compose"
PICTURES = Path(os.environ["ONCALLD_BUILD"]) / "pictures"
PORTAL_XML = """
<node><interface name="org.freedesktop.portal.Settings">
  <method name="Read">
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="v" direction="out"/>
  </method>
</interface></node>
"""


class Window:
    """An applet with a thread, and the window that its menu opens."""

    def __init__(self, world, directory):
        directory.mkdir()
        self.world = world
        self.screen = BareScreen(directory, world.bus.address,
                                 {**world.environment, "HOME": str(directory)}).start()
        self.peer = Peer(world.bus.address)
        self.offer()
        world.start_daemon()
        self.panel = Panel(world.bus.address).start()
        self.applet = Applet(world.environment)
        self.panel.wait_for_item()

    def stop(self):
        self.applet.stop()
        self.panel.close()
        self.peer.close()
        self.screen.stop()

    def offer(self, **more):
        """Has the bus know the window, with more in its environment."""
        environment = {**self.screen.environment, **more}
        self.world.bus.add_service(COMPOSE, shlex.join([
            "/usr/bin/env", *(f"{name}={value}" for name, value in environment.items()),
            os.environ["ONCALL_COMPOSE"]]))

    def open(self):
        add(self.world, 7, "urgent", text="<@U002> the *export* is wrong:\nthe second column has the "
            "figures of last week, and nobody knows since when")
        self.panel.wait_for_menu("7 ", "Write a reply…")
        empty = self.screen.still_picture()
        self.panel.click("7 ", "Write a reply…")
        box = self.screen.wait_for_change(empty, least=200)
        self.screen.point_at(*box.centre)
        return empty

    def write(self, text):
        """Returns when it can be read."""
        before = self.screen.still_picture()
        self.screen.type(text)
        self.screen.wait_for_change(before)

    def keys(self, *keys):
        self.screen.press(*keys)

    def wait_until_closed(self):
        """GApplication ends with its last window."""
        self.peer.wait_until_gone(COMPOSE)


@pytest.fixture
def window(bus, tmp_path):
    PICTURES.mkdir(exist_ok=True)
    window = Window(bus, tmp_path / "desktop")
    yield window
    window.stop()


def test_a_reply_is_written_with_the_keyboard(window):
    window.open()
    window.screen.type("I am looking into it")
    window.screen.save(PICTURES / "window.png")
    window.keys("ctrl+Return")
    wait_for_call(window.world, "act 7 reply queue I am looking into it")
    window.wait_until_closed()


def test_a_promise_is_made_with_the_keyboard(window):
    window.open()
    window.screen.type("Found it.")
    window.keys("alt+p")
    window.screen.type("1h")
    window.keys("Return")
    wait_for_call(window.world, "act 7 promise queue 60min Found it.")
    window.wait_until_closed()


def test_what_is_refused_can_be_sent_again(window):
    window.open()
    window.write("Found it.")
    window.world.do("answer", WRONG_STATE, "The <thread> was deleted")
    before = window.screen.still_picture()
    window.keys("ctrl+Return")
    wait_for_call(window.world, "act 7 reply queue Found it.")
    window.screen.wait_for_change(before)
    window.screen.save(PICTURES / "window-refused.png")
    window.world.do("answer", -1, "")
    window.screen.type(" Really.")
    window.keys("ctrl+Return")
    wait_for_call(window.world, "act 7 reply queue Found it. Really.")
    window.wait_until_closed()


def test_what_is_on_its_way_is_not_sent_again(window):
    window.open()
    window.screen.type("Found it.")
    window.world.do("hold")
    window.keys("ctrl+Return")
    wait_for_call(window.world, "act 7 reply queue Found it.")
    window.write(" Really.")
    before = window.screen.still_picture()
    window.keys("ctrl+Return", "Escape")
    window.screen.wait_for_change(before)
    assert window.world.last_call() == "act 7 reply queue Found it."


def test_escape_drops_nothing_that_was_written(window):
    window.open()
    window.write("x")
    before = window.screen.still_picture()
    window.keys("Escape")
    window.screen.wait_for_change(before)
    window.keys("BackSpace", "Escape")
    window.wait_until_closed()
    assert window.world.last_call() == ""


def test_it_is_dark_where_the_desktop_is(window):
    portal = Peer(window.world.bus.address)
    portal.serve("/org/freedesktop/portal/desktop", PORTAL_XML,
                 lambda *_call: GLib.Variant("(v)", (GLib.Variant("v", GLib.Variant("u", 1)),)))
    portal.own("org.freedesktop.portal.Desktop")
    window.open()
    window.screen.type("I am looking into it")
    window.screen.save(PICTURES / "window-dark.png")
    picture = window.screen.still_picture()
    pixels = picture[picture.index(b"255\n") + 4:]
    assert sum(pixels) / len(pixels) < 96
    portal.close()


READER = """
import gi
gi.require_version("Atspi", "2.0")
from gi.repository import Atspi

def walk(item):
    print(item.get_role_name(), item.get_name(), sep="|")
    for index in range(item.get_child_count()):
        walk(item.get_child_at_index(index))

walk(Atspi.get_desktop(0))
"""


def open_for_a_reader(window):
    """Opens a window that a screen reader can read."""
    # Its socket is where all who have this directory look for it.
    runtime = window.screen.environment["XDG_RUNTIME_DIR"]
    window.world.bus.add_service("org.a11y.Bus", shlex.join([
        "/usr/bin/env", f"XDG_RUNTIME_DIR={runtime}", "/usr/libexec/at-spi-bus-launcher"]))
    window.offer(GTK_A11Y="atspi")
    window.open()


def wait_to_hear(window, *expected):
    """Until a screen reader finds lines that end so: a window is seen before it is heard of."""
    end = time.monotonic() + DEADLINE
    while True:
        heard = subprocess.run(["/usr/bin/python3", "-c", READER], env=window.screen.environment,
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
                               timeout=DEADLINE, check=False).stdout.splitlines()
        if all(any(line.endswith(one) for line in heard) for one in expected):
            return
        assert time.monotonic() < end, heard


def test_a_thread_that_was_closed_meanwhile_is_named(window):
    open_for_a_reader(window)
    window.screen.type("Found it.")
    window.world.do("state", 7, "resolved")
    window.keys("ctrl+Return")
    wait_to_hear(window, "|Thread 7 is not open any more")


def test_a_screen_reader_hears_what_everything_is_for(window):
    open_for_a_reader(window)
    wait_to_hear(window, "text|Reply", "text|Promise an update by", "push button|Cancel",
                 "push button|Send", "push button|15 min", "push button|End of the day",
                 "label|Ada Lovelace in #support: @Bea the *export* is wrong:")
    window.keys("alt+c")
    window.wait_until_closed()
