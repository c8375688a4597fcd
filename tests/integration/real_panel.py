# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Real panels on a screen that nobody sees, which take items by themselves."""

import json
import os

from bare_screen import BareScreen
from panel import WATCHER
from screen import Screen

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

def as_somebody(*command: str) -> tuple[str, ...]:
    """For programs that refuse to run as root: makes root look like somebody else to them."""
    if os.getuid() != 0:
        return command
    return ("unshare", "--user", "--map-user=1000", "--map-group=1000", *command)


class SwayScreen(Screen):
    """A sway that is in a window: the headless sway has no mouse."""

    def _start_sway(self, *lines: str) -> None:
        """With these lines in its configuration."""
        configuration = self._directory / "sway.conf"
        configuration.write_text("\n".join([
            "output * bg #203040 solid_color", f"output X11-1 resolution {self._size}", *lines, ""]))
        self._environment |= {"WLR_BACKENDS": "x11", "WLR_RENDERER": "pixman",
                              "WLR_LIBINPUT_NO_DEVICES": "1", "XDG_CURRENT_DESKTOP": "sway"}
        self._run(*as_somebody("sway", "-c", str(configuration)))


class PanelScreen(BareScreen):
    """A screen with a panel."""

    HEIGHT = 32  # of the panel, at the top


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


class Waybar(SwayScreen, PanelScreen):
    def _start_server(self) -> None:
        (self._directory / "waybar.json").write_text(json.dumps(WAYBAR))
        (self._directory / "waybar.css").write_text("* { font-family: DejaVu Sans; }")
        self._start_sway(f"exec waybar -c {self._directory}/waybar.json "
                         f"-s {self._directory}/waybar.css")
        self._wait_for_name(WATCHER)
