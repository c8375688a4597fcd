# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""A screen that nobody sees and that has nothing on it, with mouse, keyboard, and an eye for what
changes."""

import re
import shutil
import tempfile
import time
from pathlib import Path

from screen import Screen
from waiting import DEADLINE


def share_icons(directory: Path) -> str:
    """Returns: an $XDG_DATA_DIRS in which the applet's icons are installed."""
    apps = directory / "share" / "icons" / "hicolor" / "symbolic" / "apps"
    apps.parent.mkdir(parents=True)
    apps.symlink_to(Path(__file__).parents[2] / "client" / "applet" / "icons")
    return f"{directory / 'share'}:/usr/local/share:/usr/share"


class Box:
    """A part of the screen, from its left upper corner to the right lower one."""

    def __init__(self, left: int, top: int, right: int, bottom: int) -> None:
        self.left, self.top, self.right, self.bottom = left, top, right, bottom

    def __repr__(self) -> str:
        return f"{self.right - self.left}x{self.bottom - self.top}+{self.left}+{self.top}"

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def centre(self) -> tuple[int, int]:
        return (self.left + self.right) // 2, (self.top + self.bottom) // 2


def compare(before: bytes, after: bytes, top: int = 0, left: int = 0) -> Box | None:
    """Returns: the smallest part with all that differs between two pictures, from a row and a column
    on."""
    header = re.match(rb"P6\s(\d+)\s(\d+)\s255\s", before)
    width, height = int(header[1]), int(header[2])
    columns, rows = set(), []
    for row in range(top, height):
        start = header.end() + row * width * 3
        a, b = before[start:start + width * 3], after[start:start + width * 3]
        differing = {x for x in range(left, width) if a[3 * x:3 * x + 3] != b[3 * x:3 * x + 3]
                     } if a != b else None
        if differing:
            columns |= differing
            rows.append(row)
    return Box(min(columns), rows[0], max(columns) + 1, rows[-1] + 1) if rows else None


class BareScreen(Screen):
    """A screen with nothing on it."""

    SIZE = "900x420"

    def __init__(self, directory: Path, bus_address: str, environment: dict[str, str]) -> None:
        for version in "gtk-3.0", "gtk-4.0":
            # What blinks would look like a change.
            settings = directory / ".config" / version / "settings.ini"
            settings.parent.mkdir(parents=True)
            settings.write_text("[Settings]\ngtk-cursor-blink=0\n")
        # Not below the test's own directory, whose name is too long for a socket.
        runtime = tempfile.mkdtemp()
        super().__init__(directory, bus_address, {
            **environment, "XDG_DATA_DIRS": share_icons(directory), "XDG_RUNTIME_DIR": runtime,
            "NO_AT_BRIDGE": "1", "GSETTINGS_BACKEND": "memory", "GIO_USE_VFS": "local",
            # GTK draws by itself; what it and others keep until the end is no leak of ours.
            "GSK_RENDERER": "cairo", "GTK_A11Y": "none", "ASAN_OPTIONS": "detect_leaks=0"}, self.SIZE)
        self._stack.callback(shutil.rmtree, runtime)

    def _start_server(self) -> None:
        pass

    @property
    def environment(self) -> dict[str, str]:
        """Of programs that are to be shown here."""
        return self._environment

    def point_at(self, x: int, y: int) -> None:
        self._do("xdotool", "mousemove", str(x), str(y))

    def press(self, *keys: str) -> None:
        self._do("xdotool", "key", *keys)

    def type(self, text: str) -> None:
        self._do("xdotool", "type", text)

    def choose(self, x: int, y: int) -> None:
        """Clicks what lights up under the mouse, once it does: a menu that has just opened hears
        neither a motion nor a click, so the mouse is moved again and again."""
        unlit = self.still_picture()
        end = time.monotonic() + DEADLINE
        while not compare(unlit, self.still_picture()):
            assert time.monotonic() < end, "nothing lights up under the mouse"
            self.point_at(x - 9, y)
            self.point_at(x, y)
        self.click(x, y)

    def wait_for_change(self, before: bytes, least: int = 8, top: int = 0, left: int = 0) -> Box:
        """Until a part of some height looks different, which is returned, from a row and a column
        on. X tells nobody, so this looks again and again."""
        end = time.monotonic() + DEADLINE
        while not (box := compare(before, self.still_picture(), top, left)) or box.height < least:
            assert time.monotonic() < end, f"nothing has changed but {box}"
        return box
