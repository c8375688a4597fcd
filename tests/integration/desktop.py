# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What a desktop has on its bus, played: notifications, and the portal that opens addresses."""

import os
from dataclasses import dataclass, field
from typing import Any

from gi.repository import GLib

from bus import Peer, Refusal
from environment import start
from waiting import DEADLINE, eventually

NOTIFICATIONS = "org.freedesktop.Notifications"
NOTIFICATIONS_PATH = "/org/freedesktop/Notifications"
NOTIFICATIONS_XML = """
<node><interface name="org.freedesktop.Notifications">
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="GetServerInformation">
    <arg type="s" direction="out"/><arg type="s" direction="out"/>
    <arg type="s" direction="out"/><arg type="s" direction="out"/>
  </method>
  <method name="Notify">
    <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
    <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/>
  </method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
</interface></node>
"""

# Why a popup was closed, as the specification numbers it.
EXPIRED, DISMISSED, WITHDRAWN = 1, 2, 3

# What a popup can be, as the specification numbers its urgency.
LOW, NORMAL, CRITICAL = range(3)


@dataclass
class Popup:
    """One Notify."""

    id: int
    replaces: int
    application: str
    icon: str
    title: str
    body: str
    actions: dict[str, str]
    hints: dict[str, Any]
    timeout: int
    closed: int = field(default=0, compare=False)  # why, once it is


class NotificationServer:
    def __init__(self, bus_address: str,
                 capabilities: tuple[str, ...] = ("actions", "body", "body-markup"),
                 name: str = "played") -> None:
        self._address = bus_address
        self._name = name
        self.capabilities = capabilities
        self._peer: Peer | None = None
        self.shown: list[Popup] = []  # every Notify so far, of all servers that ran
        self.refusing = False
        self._standing: dict[int, Popup] = {}
        self._last_id = 0

    # Life

    def start(self) -> "NotificationServer":
        self._peer = Peer(self._address)
        self._peer.serve(NOTIFICATIONS_PATH, NOTIFICATIONS_XML, self._handle)
        self._peer.own(NOTIFICATIONS)
        return self

    def stop(self) -> None:
        """Its popups go with it. May be called twice."""
        if self._peer:
            self._peer.close()
            self._peer = None
            self._standing.clear()

    # What the daemon calls

    def _handle(self, method: str, arguments: tuple) -> GLib.Variant | None:
        match method:
            case "GetCapabilities":
                return GLib.Variant("(as)", (self.capabilities,))
            case "GetServerInformation":
                return GLib.Variant("(ssss)", (self._name, "tests", "1", "1.2"))
            case "Notify":
                return GLib.Variant("(u)", (self._notify(*arguments),))
            case "CloseNotification":
                self._close(arguments[0], WITHDRAWN)
        return None

    def _notify(self, application, replaces, icon, title, body, actions, hints, timeout) -> int:
        if self.refusing:
            raise Refusal("org.freedesktop.Notifications.Error.ExcessNotificationGeneration",
                          f"no more of {title}")
        ident = replaces
        if ident not in self._standing:
            self._last_id += 1
            ident = self._last_id
        popup = Popup(ident, replaces, application, icon, title, body,
                      dict(zip(actions[::2], actions[1::2])), hints, timeout)
        self._standing[ident] = popup
        self.shown.append(popup)
        return ident

    def _close(self, ident: int, reason: int) -> None:
        if popup := self._standing.pop(ident, None):
            popup.closed = reason
            self._peer.emit(NOTIFICATIONS_PATH, NOTIFICATIONS, "NotificationClosed", "(uu)", ident,
                            reason)

    # What a person does

    def choose(self, popup: Popup, key: str, token: str | None = None) -> None:
        """Clicks one of its buttons, or with "default" the popup itself; with a token, as where the
        compositor gives one."""
        assert key in popup.actions
        with self._peer.telling:
            if token:
                self._peer.emit(NOTIFICATIONS_PATH, NOTIFICATIONS, "ActivationToken", "(us)",
                                popup.id, token)
            self._peer.emit(NOTIFICATIONS_PATH, NOTIFICATIONS, "ActionInvoked", "(us)", popup.id, key)
            if not popup.hints.get("resident"):
                self._close(popup.id, DISMISSED)

    def reply(self, popup: Popup, text: str) -> None:
        """Writes into its field, as Plasma's popups have one."""
        assert "inline-reply" in popup.actions
        with self._peer.telling:
            self._peer.emit(NOTIFICATIONS_PATH, NOTIFICATIONS, "NotificationReplied", "(us)",
                            popup.id, text)
            self._close(popup.id, DISMISSED)

    def inhibit(self, inhibited: bool) -> None:
        """Do-not-disturb is switched on or off."""
        self._peer.emit(NOTIFICATIONS_PATH, "org.freedesktop.DBus.Properties", "PropertiesChanged",
                        "(sa{sv}as)", NOTIFICATIONS,
                        {"Inhibited": GLib.Variant("b", inhibited)}, [])

    def dismiss(self, popup: Popup) -> None:
        with self._peer.telling:
            self._close(popup.id, DISMISSED)

    # What a person sees

    @property
    def standing(self) -> list[Popup]:
        return list(self._standing.values())

    def wait_for(self, text: str = "", count: int = 1) -> Popup:
        """Until so many popups were shown with that text in title or body; returns the last."""
        def find() -> Popup | None:
            found = [popup for popup in list(self.shown)
                     if text in popup.title + "\n" + popup.body]
            return found[count - 1] if len(found) >= count else None

        return eventually(find, lambda: f"{count} popups with {text!r}; there were: {self.shown}")

    def wait_until_closed(self, popup: Popup) -> None:
        eventually(lambda: popup.closed, lambda: f"end of {popup}")

    def wait_until_none(self) -> None:
        eventually(lambda: not self._standing, lambda: f"end of {self.standing}")


PORTAL = "org.freedesktop.portal.Desktop"
PORTAL_PATH = "/org/freedesktop/portal/desktop"
PORTAL_XML = """
<node><interface name="org.freedesktop.portal.OpenURI">
  <method name="OpenURI">
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="a{sv}" direction="in"/>
    <arg type="o" direction="out"/>
  </method>
</interface></node>
"""


class Portal:
    """Opens addresses, by remembering them."""

    def __init__(self, bus_address: str) -> None:
        self.opened: list[str] = []
        self.options: list[dict[str, Any]] = []  # of each
        self._peer = Peer(bus_address)
        self._peer.serve(PORTAL_PATH, PORTAL_XML, self._handle)
        self._peer.own(PORTAL)

    def stop(self) -> None:
        self._peer.close()

    def _handle(self, _method: str, arguments: tuple) -> GLib.Variant:
        self.options.append(arguments[2])
        self.opened.append(arguments[1])
        return GLib.Variant("(o)", (f"{PORTAL_PATH}/request/1",))

    def wait_for(self, address: str) -> None:
        eventually(lambda: address in self.opened, f"{address} among {self.opened}")


SYSTEMD = "org.freedesktop.systemd1"
SYSTEMD_PATH = "/org/freedesktop/systemd1"
SYSTEMD_XML = """
<node><interface name="org.freedesktop.systemd1.Manager">
  <method name="StartTransientUnit">
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="a(sv)" direction="in"/>
    <arg type="a(sa(sv))" direction="in"/><arg type="o" direction="out"/>
  </method>
</interface></node>
"""


class Systemd:
    """Starts transient units, by remembering their properties."""

    def __init__(self, bus_address: str) -> None:
        self.started: list[dict[str, Any]] = []
        self._peer = Peer(bus_address)
        self._peer.serve(SYSTEMD_PATH, SYSTEMD_XML, self._handle)
        self._peer.own(SYSTEMD)

    def stop(self) -> None:
        self._peer.close()

    def _handle(self, _method: str, arguments: tuple) -> GLib.Variant:
        self.started.append(dict(arguments[2]))
        return GLib.Variant("(o)", (f"{SYSTEMD_PATH}/job/1",))


class ScreenSaver:
    """Locks the screen, under the freedesktop name or GNOME's."""

    def __init__(self, bus_address: str, name: str, active: bool = False) -> None:
        self._name = name
        self._path = "/" + name.replace(".", "/")
        self._peer = Peer(bus_address)
        self._peer.serve(self._path, f"""
            <node><interface name="{name}">
              <method name="GetActive"><arg type="b" direction="out"/></method>
            </interface></node>""", lambda _method, _arguments: GLib.Variant("(b)", (active,)))
        self._peer.own(name)

    def stop(self) -> None:
        self._peer.close()

    def set_active(self, active: bool) -> None:
        self._peer.emit(self._path, self._name, "ActiveChanged", "(b)", active)


LOGIND = "org.freedesktop.login1"
LOGIND_SESSION = "/org/freedesktop/login1/session/_31"
LOGIND_XML = """
<node><interface name="org.freedesktop.login1.Manager">
  <method name="GetSession">
    <arg type="s" direction="in"/><arg type="o" direction="out"/>
  </method>
</interface></node>
"""


class Logind:
    """Says that the machine goes to sleep, and wakes up. The bus is the daemon's system bus."""

    def __init__(self, bus_address: str) -> None:
        self._peer = Peer(bus_address)
        self._peer.serve("/org/freedesktop/login1", LOGIND_XML, self._handle)
        self._peer.own(LOGIND)

    @staticmethod
    def _handle(_method: str, arguments: tuple) -> GLib.Variant:
        assert arguments == ("auto",)
        return GLib.Variant("(o)", (LOGIND_SESSION,))

    def set_locked(self, locked: bool) -> None:
        self._peer.wait_for_listener("PropertiesChanged", LOGIND_SESSION)
        self._peer.emit(LOGIND_SESSION, "org.freedesktop.DBus.Properties", "PropertiesChanged",
                        "(sa{sv}as)", "org.freedesktop.login1.Session",
                        {"LockedHint": GLib.Variant("b", locked)}, [])

    def stop(self) -> None:
        self._peer.close()

    def prepare_for_sleep(self, begins: bool) -> None:
        self._peer.wait_for_listener("PrepareForSleep", "/org/freedesktop/login1")
        self._peer.emit("/org/freedesktop/login1", "org.freedesktop.login1.Manager",
                        "PrepareForSleep", "(b)", begins)


NETWORK_MANAGER = "org.freedesktop.NetworkManager"
NETWORK_MANAGER_PATH = "/org/freedesktop/NetworkManager"
NETWORK_MANAGER_XML = """
<node><interface name="org.freedesktop.DBus.Properties">
  <method name="GetAll">
    <arg type="s" direction="in"/><arg type="a{sv}" direction="out"/>
  </method>
</interface></node>
"""


class NetworkManager:
    """Says whether there is a network. The bus is the daemon's system bus."""

    # NMConnectivityState
    NONE, FULL = 1, 4

    # The NMState that goes with each
    STATES = {NONE: 20, FULL: 70}

    def __init__(self, bus_address: str) -> None:
        self._connectivity = self.FULL
        self._peer = Peer(bus_address)
        self._peer.serve(NETWORK_MANAGER_PATH, NETWORK_MANAGER_XML, self._handle)
        self._peer.own(NETWORK_MANAGER)

    def stop(self) -> None:
        self._peer.close()

    def _properties(self) -> dict[str, GLib.Variant]:
        return {"State": GLib.Variant("u", self.STATES[self._connectivity]),
                "Connectivity": GLib.Variant("u", self._connectivity),
                "NetworkingEnabled": GLib.Variant("b", True),
                "Metered": GLib.Variant("u", 2)}

    def _handle(self, _method: str, _arguments: tuple) -> GLib.Variant:
        return GLib.Variant("(a{sv})", (self._properties(),))

    def set_connectivity(self, connectivity: int) -> None:
        self._connectivity = connectivity
        self._peer.emit(NETWORK_MANAGER_PATH, "org.freedesktop.DBus.Properties",
                        "PropertiesChanged", "(sa{sv}as)", NETWORK_MANAGER, self._properties(), [])


class DbusmockLogind:
    """Logind as python-dbusmock plays it."""

    def __init__(self, bus_address: str) -> None:
        self._process = start("/usr/bin/python3", "-m", "dbusmock", "--system", "--template",
                              "logind", env={**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": bus_address})
        self._peer = Peer(bus_address)
        eventually(lambda: self._peer.owner(LOGIND), "logind on the bus")

    def stop(self) -> None:
        self._peer.close()
        self._process.terminate()
        self._process.wait(DEADLINE)

    def prepare_for_sleep(self, begins: bool) -> None:
        self._peer.wait_for_listener("PrepareForSleep", "/org/freedesktop/login1")
        self._peer.call(LOGIND, "/org/freedesktop/login1", "org.freedesktop.DBus.Mock",
                        "EmitSignal", "(sssav)", "org.freedesktop.login1.Manager",
                        "PrepareForSleep", "b", [GLib.Variant("b", begins)])
