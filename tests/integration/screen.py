# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""A screen that nobody sees (Xvfb), with a real notification server or panel on it, and a mouse."""

import contextlib
import os
import re
import select
import shlex
import subprocess
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

from bus import Peer
from desktop import NOTIFICATIONS
from environment import SERVICES, start
from waiting import DEADLINE, eventually


class Screen:
    """Everything on it ends with it. What is on it is a matter of the subclass."""

    def __init__(self, directory: Path, bus_address: str, environment: dict[str, str],
                 size: str = "1280x484") -> None:
        self._directory = directory
        self._bus_address = bus_address
        self._stack = contextlib.ExitStack()
        self._size = size
        self._environment = {**environment, "DBUS_SESSION_BUS_ADDRESS": bus_address}

    def start(self) -> "Screen":
        read, write = os.pipe()
        with open(read) as display:
            self._run("Xvfb", "-displayfd", str(write), "-screen", "0", f"{self._size}x24",
                      "-dpi", "96", "-nolisten", "tcp", "-noreset", pass_fds=[write])
            os.close(write)
            number = display.readline().strip()
            if not number:
                raise RuntimeError("Xvfb ended before it had a display")
            self._environment["DISPLAY"] = f":{number}"
        # Ends with 1, because it has opened no window.
        self._do("display", "-window", "root", "-size", self._size, "gradient:#1d2733-#31506b",
                 check=False)
        self._start_server()
        return self

    def stop(self) -> None:
        """May be called twice."""
        self._stack.close()

    def _start(self, *command: str, **options) -> subprocess.Popen:
        return start(*command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                     env=self._environment, **options)

    def _run(self, *command: str, **options) -> None:
        """Starts a program that lives as long as the screen."""
        process = self._start(*command, **options)
        self._stack.callback(process.wait, DEADLINE)
        self._stack.callback(process.terminate)

    def _do(self, *command: str, check: bool = True) -> bytes:
        return subprocess.run(command, check=check, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, timeout=DEADLINE,
                              env=self._environment).stdout

    def _start_server(self) -> None:
        """Returns when the server is on the bus."""
        raise NotImplementedError

    def _start_service(self, service: str, name: str) -> None:
        """Starts what the bus of a desktop would start, with the screen's environment."""
        text = (SERVICES / f"{service}.service").read_text()
        self._run(re.search("^Exec=(.+)$", text, re.MULTILINE)[1])
        self._wait_for_name(name)

    def _wait_for_name(self, name: str) -> None:
        peer = Peer(self._bus_address)
        try:
            eventually(lambda: peer.owner(name), f"{name} on the bus")
        finally:
            peer.close()

    def _picture(self) -> bytes:
        return self._do("import", "-window", "root", "-depth", "8", "ppm:-")

    # What is on it

    def click(self, x: int, y: int, button: int = 1) -> None:
        self._do("xdotool", "mousemove", str(x), str(y), "click", str(button))

    @contextlib.contextmanager
    def terminal(self, geometry: str, script: str) -> Iterator[None]:
        """A terminal in which a shell has run the script."""
        done = self._directory / "terminal-done"
        os.mkfifo(done)
        process = self._start("xterm", "-geometry", geometry, "-fa", "DejaVu Sans Mono", "-fs", "10",
                              "-bg", "#10161d", "-fg", "#d6dee6", "-bw", "0", "-b", "14",
                              "-xrm", "*color1: #ff6b6b", "-xrm", "*color9: #ff6b6b",
                              "-xrm", "*color3: #e8b84a", "-xrm", "*color11: #e8b84a",
                              "-e", "sh", "-c", f"{script}; echo > {shlex.quote(str(done))}; read _")
        try:
            self._wait_for_script(done, process)
            yield
        finally:
            done.unlink()
            process.terminate()
            process.wait(DEADLINE)

    @staticmethod
    def _wait_for_script(done: Path, process: subprocess.Popen) -> None:
        script, terminal = os.open(done, os.O_RDONLY | os.O_NONBLOCK), os.pidfd_open(process.pid)
        try:
            if script not in select.select([script, terminal], [], [], DEADLINE)[0]:
                raise RuntimeError("xterm did not run its script; has this machine "
                                   "pseudo-terminals (/dev/pts)?")
        finally:
            os.close(script)
            os.close(terminal)

    def still_picture(self) -> bytes:
        """As PPM, once nothing moves any more."""
        last = None
        while (now := self._picture()) != last:
            last = now
        return now

    def save(self, path: Path) -> None:
        now = self.still_picture()
        subprocess.run(["convert", "ppm:-", str(path)], input=now, check=True, timeout=DEADLINE)


class DunstScreen(Screen):
    """dunst draws no buttons: a click on a popup has a menu program choose, and here that is one
    that chooses the line with what stands in a file. A line is "#label (title) [...]"."""

    RC = """
        [global]
            mouse_left_click = context
            dmenu = {menu}
    """

    def _start_server(self) -> None:
        self._choice = self._directory / "choice"
        menu = self._directory / "menu"
        menu.write_text(f"#!/bin/sh\nexec grep -F -m 1 -f {shlex.quote(str(self._choice))}\n")
        menu.chmod(0o700)
        configuration = self._directory / "dunstrc"
        configuration.write_text(self.RC.format(menu=menu))
        self._run("dunst", "-config", str(configuration))
        self._wait_for_name(NOTIFICATIONS)

    def choose(self, label: str) -> None:
        """Waits until there are popups, clicks the first, and chooses what has that label."""
        output = self._do("xdotool", "search", "--sync", "--onlyvisible", "--class", "Dunst",
                          "getwindowgeometry", "--shell").decode()
        corner = dict(line.split("=") for line in output.splitlines())
        self._choice.write_text(f"#{label} ")
        self.click(int(corner["X"]) + 40, int(corner["Y"]) + 40)

    def wait_until_no_popups(self) -> None:
        """X tells nobody, so this asks again and again."""
        end = time.monotonic() + DEADLINE
        while self._do("xdotool", "search", "--onlyvisible", "--class", "Dunst", check=False):
            assert time.monotonic() < end, "there still are popups"


class XfceScreen(Screen):
    """xfce4-notifyd draws buttons. The first three of a popup are in colours of their own, by which a
    person sees what matters, and the mouse finds them."""

    COLOURS = ["#2d6b4f", "#2b5580", "#6a5326"]

    SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
        <channel name="xfce4-notifyd" version="1.0">
          <property name="theme" type="string" value="Default"/>
          <property name="notify-location" type="uint" value="2"/>
          <property name="initial-opacity" type="double" value="1"/>
          <property name="expire-timeout" type="int" value="86400"/>
          <property name="do-fadeout" type="bool" value="false"/>
          <property name="do-slideout" type="bool" value="false"/>
        </channel>
    """
    GTK = """
        [Settings]
        gtk-theme-name=Adwaita
        gtk-application-prefer-dark-theme=1
        gtk-icon-theme-name=Adwaita
        gtk-font-name=DejaVu Sans 10
        gtk-cursor-blink=0
        gtk-enable-animations=0
    """
    STYLE = """
        #XfceNotifyWindow {{ background: #1b222b; border: 1px solid #4f6478; }}
        #XfceNotifyWindow button {{ background: #333d49; border-color: #4f6478; color: #e6edf3;
                                   text-shadow: none; box-shadow: none; }}
        #XfceNotifyWindow button:first-child:not(:only-child) {{ background: {0}; }}
        #XfceNotifyWindow button:nth-child(2) {{ background: {1}; }}
        #XfceNotifyWindow button:nth-child(3) {{ background: {2}; }}
    """

    def _start_server(self) -> None:
        settings = Path(self._environment["HOME"]) / ".config"
        for name, content in {
                "xfce4/xfconf/xfce-perchannel-xml/xfce4-notifyd.xml": self.SETTINGS,
                "gtk-3.0/settings.ini": textwrap.dedent(self.GTK),
                "gtk-3.0/gtk.css": self.STYLE.format(*self.COLOURS)}.items():
            path = settings / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content.lstrip())
        self._environment["NO_AT_BRIDGE"] = "1"  # there is nobody who reads the screen aloud
        for service, name in {"org.xfce.Xfconf": "org.xfce.Xfconf",
                              "org.xfce.xfce4-notifyd.Notifications": NOTIFICATIONS}.items():
            self._start_service(service, name)

    def click_button(self, number: int) -> None:
        """Waits until a popup has such a button in its colour, 0 to 2, and clicks the topmost."""
        colour = bytes.fromhex(self.COLOURS[number][1:])
        end = time.monotonic() + DEADLINE
        while True:
            *_, picture = self._picture().split(b"\n", 3)
            # Where the colour begins, in a row of whole pixels
            found = re.search(b"(?s)\\A(?:...)*?" + re.escape(colour * 20), picture)
            if found:
                break
            assert time.monotonic() < end, "there is no such button"
        row, column = divmod(found.end() // 3, int(self._size.partition("x")[0]))
        self.click(column, row + 6)
