# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Desktops that are notification server and panel at once, on a screen that nobody sees."""

import json
from pathlib import Path
from typing import Any

from bus import Peer
from desktop import NOTIFICATIONS
from real_panel import as_somebody
from screen import Screen


def find_activity_manager() -> str:
    """It lies in the directory of the machine's architecture."""
    return str(next(Path("/usr/lib").glob("*/libexec/kactivitymanagerd")))


class Plasma(Screen):
    def _start_server(self) -> None:
        self._environment |= {
            "QT_QUICK_BACKEND": "software", "LIBGL_ALWAYS_SOFTWARE": "1",
            "XDG_CURRENT_DESKTOP": "KDE", "KDE_FULL_SESSION": "true", "KDE_SESSION_VERSION": "5",
            "XDG_SESSION_TYPE": "x11", "QT_QPA_PLATFORM": "xcb"}
        self._run("openbox")
        self._run("kded5")
        self._run(find_activity_manager())
        self._wait_for_name("org.kde.ActivityManager")
        self._run("plasmashell", "--no-respawn")
        self._wait_for_name(NOTIFICATIONS)


# GNOME lets nobody but itself take a picture or move the mouse.
GNOME_EXTENSION = """
const { Clutter, Gio, GLib, Shell } = imports.gi;
const Main = imports.ui.main;
const XML = `<node><interface name="org.oncalld.Picture"><method name="Save">
  <arg type="s" direction="in"/></method><method name="Point"><arg type="i" direction="in"/>
  <arg type="i" direction="in"/></method><method name="Click"><arg type="u" direction="in"/></method>
  </interface></node>`;

class Extension {
    enable() {
        const seat = Clutter.get_default_backend().get_default_seat();
        this._mouse = seat.create_virtual_device(Clutter.InputDeviceType.POINTER_DEVICE);
        this._object = Gio.DBusExportedObject.wrapJSObject(XML, this);
        this._object.export(Gio.DBus.session, '/org/oncalld/Picture');
        Main.notify = () => {};  // what the shell has to say itself would come first
        Main.panel.statusArea.dateMenu.container.hide();  // nothing is to change by itself
        Main.layoutManager.connect('startup-complete', () => Main.overview.hide());
    }

    disable() {
        this._object.unexport();
    }

    Point(x, y) {
        this._mouse.notify_absolute_motion(GLib.get_monotonic_time(), x, y);
    }

    Click(button) {
        for (const state of [Clutter.ButtonState.PRESSED, Clutter.ButtonState.RELEASED])
            this._mouse.notify_button(GLib.get_monotonic_time(), button, state);
    }

    // Banners slide in, and nobody tells when they stand.
    SaveAsync([path], invocation) {
        GLib.timeout_add_seconds(GLib.PRIORITY_DEFAULT, 3, () => {
            this._save(path, invocation);
            return GLib.SOURCE_REMOVE;
        });
    }

    _save(path, invocation) {
        const stream = Gio.File.new_for_path(path).replace(null, false, 0, null);
        new Shell.Screenshot().screenshot(false, stream, (screenshot, result) => {
            screenshot.screenshot_finish(result);
            stream.close(null);
            invocation.return_value(null);
        });
    }
}

function init() {
    return new Extension();
}
"""

EXTENSION = "picture@oncalld"

GNOME_SETTINGS = """
[org/gnome/shell]
enabled-extensions={extensions}
disable-extension-version-validation=true
welcome-dialog-last-shown-version='99'
[org/gnome/desktop/interface]
enable-animations=false
"""


class Gnome(Screen):
    """GNOME Shell without a display."""

    EXTENSIONS: tuple[str, ...] = ()  # that are installed

    def _start_server(self) -> None:
        home = Path(self._environment["HOME"])
        self._environment |= {
            "XDG_CURRENT_DESKTOP": "GNOME", "XDG_SESSION_TYPE": "wayland",
            "LIBGL_ALWAYS_SOFTWARE": "1", "GNOME_SHELL_SESSION_MODE": "user",
            "GSETTINGS_BACKEND": "keyfile"}
        extension = home / ".local/share/gnome-shell/extensions" / EXTENSION
        for path, content in {
                home / ".config/glib-2.0/settings/keyfile": GNOME_SETTINGS.format(
                    extensions=[EXTENSION, *self.EXTENSIONS]),
                extension / "extension.js": GNOME_EXTENSION,
                extension / "metadata.json": json.dumps({
                    "uuid": EXTENSION, "name": "Picture", "description": "For pictures",
                    "shell-version": ["43"]})}.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
        self._run(*as_somebody("gnome-shell", "--headless", "--virtual-monitor", self._size, "--no-x11"))
        self._wait_for_name("org.gnome.Shell")
        self._run("gjs", "/usr/share/gnome-shell/org.gnome.Shell.Notifications")
        self._wait_for_name(NOTIFICATIONS)

    def _ask_shell(self, method: str, signature: str, *arguments: Any) -> None:
        peer = Peer(self._bus_address)
        peer.call("org.gnome.Shell", "/org/oncalld/Picture", "org.oncalld.Picture", method,
                  signature, *arguments)
        peer.close()

    def _picture(self) -> bytes:
        path = self._directory / "picture.png"
        self._ask_shell("Save", "(s)", str(path))
        return self._do("convert", str(path), "-depth", "8", "ppm:-")

    def point_at(self, x: int, y: int) -> None:
        self._ask_shell("Point", "(ii)", x, y)

    def click(self, x: int, y: int, button: int = 1) -> None:
        self.point_at(x, y)
        self._ask_shell("Click", "(u)", button)
