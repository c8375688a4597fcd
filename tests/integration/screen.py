# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""A screen that nobody sees (Xvfb), with the real dunst on it, and a mouse."""

import contextlib
import os
import shlex
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from bus import Peer
from desktop import NOTIFICATIONS
from environment import start
from waiting import DEADLINE, eventually

# What makes a click on a popup choose the button that stands in a file: dunst asks a menu program,
# whose lines are "#label (title) [...]".
DUNSTRC = """
[global]
    origin = top-right
    offset = 24x24
    width = 460
    height = 240
    separator_height = 2
    separator_color = frame
    padding = 14
    horizontal_padding = 16
    frame_width = 2
    corner_radius = 8
    font = DejaVu Sans 11
    markup = full
    format = "<b>%s</b>\\n%b"
    word_wrap = yes
    show_indicators = no
    sort = yes
    idle_threshold = 0
    icon_theme = Adwaita
    enable_recursive_icon_lookup = true
    min_icon_size = 48
    max_icon_size = 48
    icon_position = left
    mouse_left_click = context
    dmenu = {menu}

[urgency_low]
    background = "#20303c"
    foreground = "#dce6ec"
    frame_color = "#4f7f9f"
    timeout = 0

[urgency_normal]
    background = "#3b2f14"
    foreground = "#fdf1d4"
    frame_color = "#e6a817"
    timeout = 0

[urgency_critical]
    background = "#4a1519"
    foreground = "#ffe9e9"
    frame_color = "#f0525a"
    timeout = 0
"""


class Screen:
    """Everything on it ends with it."""

    def __init__(self, directory: Path, bus_address: str, environment: dict[str, str],
                 size: str = "1280x620") -> None:
        self._directory = directory
        self._bus_address = bus_address
        self._stack = contextlib.ExitStack()
        self._size = size
        self._environment = {**environment, "DBUS_SESSION_BUS_ADDRESS": bus_address}
        self._choice = directory / "choice"

    def start(self) -> "Screen":
        read, write = os.pipe()
        with open(read) as display:
            self._run("Xvfb", "-displayfd", str(write), "-screen", "0", f"{self._size}x24",
                      "-dpi", "96", "-nolisten", "tcp", "-noreset", pass_fds=[write])
            os.close(write)
            self._environment["DISPLAY"] = f":{display.readline().strip()}"
        # Ends with 1, because it has opened no window.
        self._do("display", "-window", "root", "-size", self._size, "gradient:#1d2733-#31506b",
                 check=False)
        self._start_dunst()
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

    def _start_dunst(self) -> None:
        menu = self._directory / "menu"
        menu.write_text(f'#!/bin/sh\nexec grep -F -m 1 -f {shlex.quote(str(self._choice))}\n')
        menu.chmod(0o700)
        configuration = self._directory / "dunstrc"
        configuration.write_text(DUNSTRC.format(menu=menu))
        self._run("dunst", "-config", str(configuration))
        peer = Peer(self._bus_address)
        try:
            eventually(lambda: peer.owner(NOTIFICATIONS), "dunst on the bus")
        finally:
            peer.close()

    # What is on it

    def find_popups(self) -> tuple[int, int]:
        """Waits until there are popups. Returns: a place on the first of them."""
        output = self._do("xdotool", "search", "--sync", "--onlyvisible", "--class", "Dunst",
                          "getwindowgeometry", "--shell").decode()
        values = dict(line.split("=") for line in output.splitlines())
        return int(values["X"]) + 40, int(values["Y"]) + 40

    def wait_until_no_popups(self) -> None:
        """X tells nobody, so this asks again and again."""
        end = time.monotonic() + DEADLINE
        while self._do("xdotool", "search", "--onlyvisible", "--class", "Dunst", check=False):
            assert time.monotonic() < end, "there still are popups"

    def choose(self, label: str, x: int, y: int) -> None:
        """Clicks the popup at that place, and chooses the button with that label."""
        self._choice.write_text(f"#{label} ")
        self._do("xdotool", "mousemove", str(x), str(y), "click", "1")

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
            done.read_text()
            yield
        finally:
            done.unlink()
            process.terminate()
            process.wait(DEADLINE)

    def save(self, path: Path) -> None:
        """Takes a picture when nothing moves any more."""
        last = None
        while (now := self._do("import", "-window", "root", "ppm:-")) != last:
            last = now
        subprocess.run(["convert", "ppm:-", str(path)], input=now, check=True, timeout=DEADLINE)
