# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""A message bus of our own, and calls and objects on it."""

import functools
import subprocess
import threading
import time
from pathlib import Path
from typing import Any, Callable

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

from environment import start  # noqa: E402
from waiting import DEADLINE, eventually, tell  # noqa: E402

# Without the directories of the machine's services: nothing is started that a test did not put
# there.
CONFIGURATION = """
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={directory}</listen>
  <servicedir>{directory}/services</servicedir>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class BusError(Exception):
    """A call failed; name is the error's D-Bus name, the text its message."""

    def __init__(self, error: GLib.Error) -> None:
        self.name = Gio.DBusError.get_remote_error(error) or ""
        Gio.DBusError.strip_remote_error(error)
        super().__init__(error.message)


class PrivateBus:
    """A dbus-daemon that lives in a directory of its own, below which services/ can be filled."""

    def __init__(self, directory: Path) -> None:
        self._services = directory / "services"
        self._services.mkdir(parents=True)
        configuration = directory / "bus.conf"
        configuration.write_text(CONFIGURATION.format(directory=directory))
        self._process = start(
            "dbus-daemon", "--nofork", "--print-address", f"--config-file={configuration}",
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.address = self._process.stdout.readline().strip()
        if not self.address:
            self.stop()
            raise RuntimeError(f"dbus-daemon cannot listen in {directory}")

    def add_service(self, name: str, command: str) -> None:
        """Has the bus start a command for a name from now on."""
        (self._services / f"{name}.service").write_text(
            f"[D-BUS Service]\nName={name}\nExec={command}\n")
        peer = Peer(self.address)
        peer.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                  "ReloadConfig")
        peer.close()

    def stop(self) -> None:
        """May be called twice."""
        if self._process:
            self._process.terminate()
            self._process.wait(DEADLINE)
            self._process.stdout.close()
            self._process = None


@functools.cache
def run_main_loop() -> None:
    """Has signals and calls handled from now on, in a thread of their own."""
    threading.Thread(target=GLib.MainLoop().run, daemon=True).start()


class Peer:
    """A connection to a bus: calls, watches, and may own names and objects."""

    def __init__(self, address: str) -> None:
        run_main_loop()
        # Held while something is answered or told, so that each comes after what was before it.
        self.telling = threading.RLock()
        self.connection = Gio.DBusConnection.new_for_address_sync(
            address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
            | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        # Whoever waits for a name to come or to go is told.
        self.watch(lambda *_signal: None, "org.freedesktop.DBus")

    def close(self) -> None:
        """Nothing that a handler has seen is left without its answer."""
        with self.telling:
            if not self.connection.is_closed():
                self.connection.flush_sync(None)
                self.connection.close_sync(None)

    def call(self, name: str, path: str, interface: str, method: str, signature: str = "()",
             *arguments: Any) -> tuple:
        """Returns: what the method returns; or raises BusError."""
        try:
            answer = self.connection.call_sync(
                name, path, interface, method, GLib.Variant(signature, arguments), None,
                Gio.DBusCallFlags.NO_AUTO_START, int(DEADLINE * 1000), None)
        except GLib.Error as error:
            raise BusError(error) from None
        return answer.unpack()

    def bus_call(self, method: str, signature: str = "()", *arguments: Any) -> Any:
        """A call of the bus itself."""
        return self.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                         method, signature, *arguments)[0]

    def owner(self, name: str) -> str | None:
        try:
            return self.bus_call("GetNameOwner", "(s)", name)
        except BusError as error:
            if error.name != "org.freedesktop.DBus.Error.NameHasNoOwner":
                raise
            return None

    def wait_until_gone(self, name: str) -> None:
        """Until nobody owns the name."""
        eventually(lambda: not self.owner(name), f"the end of {name}")

    def wait_for_listener(self, member: str, path: str) -> None:
        """Until somebody has asked the bus for such signals. Nobody tells of that, so this asks again
        and again."""
        def is_listened() -> bool:
            rules = self.call("org.freedesktop.DBus", "/org/freedesktop/DBus",
                              "org.freedesktop.DBus.Debug.Stats", "GetAllMatchRules")[0]
            return any(f"member='{member}'" in rule and f"path='{path}'" in rule
                       for ones in rules.values() for rule in ones)

        end = time.monotonic() + DEADLINE
        while not is_listened():
            assert time.monotonic() < end, f"nobody listens to {member} of {path}"

    def watch(self, handler: Callable[[str, str, str, tuple], None], sender: str | None = None) -> None:
        """Has the handler called with path, interface, name and arguments of every signal."""
        def on_signal(_connection, _sender, path, interface, signal, parameters, *_data):
            handler(path, interface, signal, parameters.unpack())
            tell()

        self.connection.signal_subscribe(sender, None, None, None, None,
                                         Gio.DBusSignalFlags.NONE, on_signal)

    def own(self, name: str) -> None:
        """Raises BusError where somebody else has it."""
        # 4: do not wait in the queue; 1: it is ours now.
        assert self.bus_call("RequestName", "(su)", name, 4) == 1, f"{name} is taken"

    def serve(self, path: str, xml: str,
              handler: Callable[[str, tuple], GLib.Variant | None]) -> None:
        """Has the handler called with name and arguments of every method call; what it returns is
        the answer, and BaseException.args of a Refusal an error."""
        def on_call(_connection, _sender, _path, _interface, method, parameters, invocation):
            with self.telling:
                if self.connection.is_closed():
                    return
                try:
                    answer = handler(method, parameters.unpack())
                except Refusal as refusal:
                    invocation.return_dbus_error(*refusal.args)
                else:
                    invocation.return_value(answer)
            tell()

        for interface in Gio.DBusNodeInfo.new_for_xml(xml).interfaces:
            self.connection.register_object(path, interface, on_call, None, None)

    def emit(self, path: str, interface: str, signal: str, signature: str, *arguments: Any) -> None:
        with self.telling:
            self.connection.emit_signal(None, path, interface, signal,
                                        GLib.Variant(signature, arguments))
            self.connection.flush_sync(None)


class Refusal(Exception):
    """What a served object answers in place of a value: the error's name and message."""
