# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Real panels on a screen that nobody sees, which take items by themselves."""

import json
import os
import re
import shutil
import tempfile
import time
from pathlib import Path

from panel import WATCHER
from screen import Screen
from waiting import DEADLINE

XFCE_PANEL = """<?xml version="1.0"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="length" type="uint" value="100"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="size" type="uint" value="32"/>
      <property name="plugin-ids" type="array"><value type="int" value="1"/></property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="systray"/>
  </property>
</channel>
"""

SWAY = """
output * bg #203040 solid_color
output X11-1 resolution {size}
"""

def share_icons(directory: Path) -> str:
    """Returns: an $XDG_DATA_DIRS in which the applet's icons are installed."""
    apps = directory / "share" / "icons" / "hicolor" / "symbolic" / "apps"
    apps.parent.mkdir(parents=True)
    apps.symlink_to(Path(__file__).parents[2] / "client" / "applet" / "icons")
    return f"{directory / 'share'}:/usr/local/share:/usr/share"


def as_somebody(*command: str) -> tuple[str, ...]:
    """For programs that refuse to run as root: makes root look like somebody else to them."""
    if os.getuid() != 0:
        return command
    return ("unshare", "--user", "--map-user=1000", "--map-group=1000", *command)


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


class PanelScreen(Screen):
    """A screen with a panel in place of popups."""

    SIZE = "900x420"
    HEIGHT = 32  # of the panel, at the top

    def __init__(self, directory: Path, bus_address: str, environment: dict[str, str]) -> None:
        # Not below the test's own directory, whose name is too long for a socket.
        runtime = tempfile.mkdtemp()
        super().__init__(directory, bus_address, {
            **environment, "XDG_DATA_DIRS": share_icons(directory), "XDG_RUNTIME_DIR": runtime,
            "NO_AT_BRIDGE": "1", "GSETTINGS_BACKEND": "memory", "GIO_USE_VFS": "local"}, self.SIZE)
        self._stack.callback(shutil.rmtree, runtime)

    def point_at(self, x: int, y: int) -> None:
        self._do("xdotool", "mousemove", str(x), str(y))

    def wait_for_change(self, before: bytes, least: int = 8, top: int = 0, left: int = 0) -> Box:
        """Until a part of some height looks different, which is returned, from a row and a column
        on. X tells nobody, so this looks again and again."""
        end = time.monotonic() + DEADLINE
        while not (box := compare(before, self.still_picture(), top, left)) or box.height < least:
            assert time.monotonic() < end, f"nothing has changed but {box}"
        return box


class XfcePanel(PanelScreen):
    def _start_server(self) -> None:
        channels = self._directory / ".config/xfce4/xfconf/xfce-perchannel-xml"
        channels.mkdir(parents=True)
        (channels / "xfce4-panel.xml").write_text(XFCE_PANEL)
        self._start_service("org.xfce.Xfconf", "org.xfce.Xfconf")
        self._run("xfce4-panel", "--disable-wm-check")
        self._wait_for_name(WATCHER)


WAYBAR = {"layer": "top", "position": "top", "height": PanelScreen.HEIGHT, "modules-left": ["tray"],
          "tray": {"icon-size": 24}}


class Waybar(PanelScreen):
    """In sway, which is in a window: the headless sway has no mouse."""

    def _start_server(self) -> None:
        sway = self._directory / "sway.conf"
        sway.write_text(SWAY.format(size=self.SIZE))
        (self._directory / "waybar.json").write_text(json.dumps(WAYBAR))
        (self._directory / "waybar.css").write_text("* { font-family: DejaVu Sans; }")
        self._environment |= {"WLR_BACKENDS": "x11", "WLR_RENDERER": "pixman",
                              "WLR_LIBINPUT_NO_DEVICES": "1", "XDG_CURRENT_DESKTOP": "sway"}
        sway.write_text(sway.read_text() + f"exec waybar -c {self._directory}/waybar.json "
                        f"-s {self._directory}/waybar.css\n")
        self._run(*as_somebody("sway", "-c", str(sway)))
        self._wait_for_name(WATCHER)
