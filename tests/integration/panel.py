# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""A panel, played: it takes items, reads what they look like, and clicks what is in their menus."""

from typing import Any

from gi.repository import GLib

from bus import BusError, Peer, Refusal
from waiting import eventually

WATCHER = "org.kde.StatusNotifierWatcher"
WATCHER_PATH = "/StatusNotifierWatcher"
WATCHER_XML = """
<node><interface name="org.kde.StatusNotifierWatcher">
  <method name="RegisterStatusNotifierItem"><arg type="s" direction="in"/></method>
</interface></node>
"""
ITEM = "org.kde.StatusNotifierItem"
ITEM_PATH = "/StatusNotifierItem"
MENU = "com.canonical.dbusmenu"
MENU_PATH = "/MenuBar"  # as the item says
PROPERTIES = "org.freedesktop.DBus.Properties"


class MenuItem:
    """An item of a menu, as GetLayout has it."""

    def __init__(self, layout: tuple) -> None:
        self.id, self.properties, children = layout
        self.children = [MenuItem(child) for child in children]
        self.label = self.properties.get("label", "")
        self.enabled = self.properties.get("enabled", True)

    def find(self, *labels: str) -> "MenuItem":
        """The item whose label begins so, then that one's, and so on."""
        if not labels:
            return self
        found = [child for child in self.children if child.label.startswith(labels[0])]
        assert found, f"no {labels[0]!r} among {[child.label for child in self.children]}"
        return found[0].find(*labels[1:])

    def lines(self) -> list[str]:
        """What a person sees of it; a line is "-"."""
        return ["-" if child.properties.get("type") == "separator" else child.label
                for child in self.children]

    def walk(self):
        for child in self.children:
            yield child
            yield from child.walk()


class Panel:
    def __init__(self, bus_address: str) -> None:
        self._address = bus_address
        self._peer = Peer(bus_address)
        self._peer.watch(lambda *signal: self.signals.append(signal[2:]), None)
        self._watcher: Peer | None = None
        self.signals: list[tuple[str, tuple]] = []  # name and arguments of each, of everybody
        self.items: list[str] = []  # the names that were registered, as they came
        self.refusing = False

    def start(self) -> "Panel":
        self._watcher = Peer(self._address)
        self._watcher.serve(WATCHER_PATH, WATCHER_XML, self._handle)
        self._watcher.own(WATCHER)
        return self

    def stop(self) -> None:
        """The watcher goes; whoever looks at items stays."""
        if self._watcher:
            self._watcher.close()
            self._watcher = None

    def drop(self, name: str | None = None) -> None:
        """The watcher forgets the item that it was given last, or says so of one with that name."""
        self._watcher.emit(WATCHER_PATH, WATCHER, "StatusNotifierItemUnregistered",
                           "(s)", name or self.items[-1])

    def close(self) -> None:
        self.stop()
        self._peer.close()

    def _handle(self, _method: str, arguments: tuple) -> GLib.Variant | None:
        self.items.append(arguments[0])
        if self.refusing:
            raise Refusal("org.freedesktop.DBus.Error.LimitsExceeded", "there is no room")
        return None

    def wait_for_signal(self, name: str) -> list[tuple]:
        """Until it has come. Returns: the arguments, each time that it has."""
        def find() -> list[tuple]:
            return [arguments for signal, arguments in list(self.signals) if signal == name]

        return eventually(find, lambda: f"{name} in {self.signals}")

    def is_owned(self, name: str) -> bool:
        return self._peer.owner(name) is not None

    # The item

    def wait_for_item(self, count: int = 1) -> str:
        eventually(lambda: len(self.items) >= count, lambda: f"item {count} after {self.items}")
        return self.items[-1]

    def properties(self) -> dict[str, Any]:
        return self._peer.call(self.items[-1], ITEM_PATH, PROPERTIES, "GetAll", "(s)", ITEM)[0]

    def get(self, name: str) -> Any:
        return self.properties()[name]

    def wait_for(self, **expected: Any) -> None:
        """Until properties have these values."""
        def found() -> dict[str, Any]:
            properties = self.properties()
            return {name: properties[name] for name in expected}

        eventually(lambda: found() == expected, lambda: f"{expected}, but it is {found()}")

    def wait_for_tool_tip(self, text: str) -> None:
        eventually(lambda: text in "\n".join(self.get("ToolTip")[2:]),
                   lambda: f"{text!r} in {self.get('ToolTip')}")

    def call_item(self, method: str, signature: str, *arguments: Any) -> None:
        self._peer.call(self.items[-1], ITEM_PATH, ITEM, method, signature, *arguments)

    # Its menu

    def call_menu(self, method: str, signature: str, *arguments: Any) -> tuple:
        return self._peer.call(self.items[-1], MENU_PATH, MENU, method, signature, *arguments)

    def layout(self) -> tuple[int, MenuItem]:
        """The revision, and the menu."""
        revision, layout = self.call_menu("GetLayout", "(iias)", 0, -1, [])
        return revision, MenuItem(layout)

    def menu(self) -> MenuItem:
        return self.layout()[1]

    def wait_for_menu(self, *labels: str) -> MenuItem:
        """Until there is an item there."""
        def find() -> MenuItem | None:
            try:
                return self.menu().find(*labels)
            except AssertionError:
                return None

        return eventually(find, lambda: f"{labels} in {self.menu().lines()}")

    def send(self, ident: int, event: str) -> None:
        self.call_menu("Event", "(isvu)", ident, event, GLib.Variant("s", ""), 0)

    def click(self, *labels: str) -> None:
        item = self.menu().find(*labels)
        assert item.enabled
        self.send(item.id, "clicked")


def refused(call, *arguments) -> str:
    """The name of the error that a call ends with."""
    try:
        call(*arguments)
    except BusError as error:
        return error.name
    raise AssertionError("it was not refused")
