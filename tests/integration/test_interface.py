# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""org.oncalld1 as it is written down, against the running daemon; and callers who get all wrong."""

import itertools
import os
import socket
from pathlib import Path

import gi
import pytest

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

from bus import BusError  # noqa: E402
from daemon import DEBUG, MANAGER, NAME, OBJECT_MANAGER, PROPERTIES, ROOT, THREAD  # noqa: E402
from waiting import DEADLINE  # noqa: E402

XML = (Path(__file__).parents[2] / "include" / "org.oncalld1.xml").read_text(encoding="utf-8")
INTERFACES = {interface.name: interface for interface in Gio.DBusNodeInfo.new_for_xml(XML).interfaces}
INTROSPECTABLE = "org.freedesktop.DBus.Introspectable"
OUR_ERRORS = {f"org.oncalld1.Error.{name}" for name in (
    "NotFound", "InvalidArgument", "WrongState", "NotConnected", "Denied", "RateLimited", "Config",
    "Failed")}
BUS_ERROR = "org.freedesktop.DBus.Error."

# Something to put for each type that a method takes, which is right as far as types go
VALUES = {"s": "7", "x": 0, "a{sv}": {}}

# Where no thread is
FOREIGN_PATHS = [
    "/", "/org", "/org/oncalld1", "/org/oncalld1/thread", "/org/oncalld1/thread/0",
    "/org/oncalld1/thread/01", "/org/oncalld1/thread/999999999", "/org/oncalld1/thread/1/1",
    "/org/oncalld1/debug", "/com/example",
]

# The bus takes messages up to 128 MiB; nobody types that much.
HUGE = 10 * 1000 * 1000


@pytest.fixture
def asked(slack, daemon):
    """A daemon with an open thread, which is returned, too."""
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    return daemon, daemon.wait_for_thread(ts)


def introspect(daemon, path):
    xml = daemon.call(path, INTROSPECTABLE, "Introspect")[0]
    return {interface.name: interface for interface in Gio.DBusNodeInfo.new_for_xml(xml).interfaces}


def members(interface):
    def arguments(infos):
        return [(info.name, info.signature) for info in infos]

    return {
        "properties": {(info.name, info.signature, int(info.flags)) for info in interface.properties},
        "methods": {info.name: (arguments(info.in_args), arguments(info.out_args))
                    for info in interface.methods},
        "signals": {info.name: arguments(info.args) for info in interface.signals},
    }


def every_method():
    for interface in INTERFACES.values():
        for method in interface.methods:
            yield interface.name, method.name, [info.signature for info in method.in_args]


def paths(thread):
    return {MANAGER: ROOT, THREAD: thread.path}


def call_raw(daemon, path, interface, method, parameters):
    """Returns: the error's name; None where it worked."""
    try:
        daemon.peer.connection.call_sync(NAME, path, interface, method, parameters, None,
                                         Gio.DBusCallFlags.NO_AUTO_START, int(DEADLINE * 1000),
                                         None)
    except GLib.Error as error:
        return Gio.DBusError.get_remote_error(error)
    return None


def test_the_running_daemon_is_as_the_xml_says(asked):
    daemon, thread = asked
    for name, path in paths(thread).items():
        assert members(introspect(daemon, path)[name]) == members(INTERFACES[name])
    assert OBJECT_MANAGER in introspect(daemon, ROOT)
    assert DEBUG not in introspect(daemon, ROOT)


def test_every_property_can_be_read_and_none_written(asked):
    daemon, thread = asked
    for name, path in paths(thread).items():
        everything = daemon.call(path, PROPERTIES, "GetAll", "(s)", name)[0]
        assert set(everything) == {info.name for info in INTERFACES[name].properties}
        for info in INTERFACES[name].properties:
            assert daemon.call(path, PROPERTIES, "Get", "(ss)", name, info.name)
            error = call_raw(daemon, path, PROPERTIES, "Set", GLib.Variant(
                "(ssv)", (name, info.name, GLib.Variant("s", "x"))))
            assert error == BUS_ERROR + "InvalidArgs"


def test_wrong_types_are_refused_by_every_method(asked):
    daemon, thread = asked
    for interface, method, signature in every_method():
        for wrong in ("()" if signature else "(s)", "(ay)", "(" + "".join(signature) + "u)",
                      "(" + "".join("u" for _ in signature) + ")"):
            value = GLib.Variant(wrong, tuple(
                {"s": "", "ay": b"\0", "u": 7, "a{sv}": {}, "x": 0}[part]
                for part in split(wrong[1:-1])))
            assert call_raw(daemon, paths(thread)[interface], interface, method, value) == \
                BUS_ERROR + "InvalidArgs", (method, wrong)
    assert thread["State"] == "new"


def split(signature):
    """The complete types of a signature that has those of VALUES, u and ay."""
    while signature:
        length = 5 if signature.startswith("a{sv}") else 2 if signature.startswith("ay") else 1
        yield signature[:length]
        signature = signature[length:]


def test_unknown_options_are_refused_by_every_method(asked):
    daemon, thread = asked
    for interface, method, signature in every_method():
        values = [VALUES[one] for one in signature[:-1]]
        parameters = GLib.Variant("(" + "".join(signature) + ")", (
            *values, {"colour": GLib.Variant("s", "red")}))
        error = call_raw(daemon, paths(thread)[interface], interface, method, parameters)
        assert error in OUR_ERRORS, method
    assert daemon["PendingWrites"] == 0 and thread["State"] == "new"


def test_foreign_paths_have_no_threads(asked):
    daemon, thread = asked
    for path, (interface, method, signature) in itertools.product(FOREIGN_PATHS, every_method()):
        if path == ROOT and interface == MANAGER:
            continue
        parameters = GLib.Variant("(" + "".join(signature) + ")",
                                  tuple(VALUES[one] for one in signature))
        assert call_raw(daemon, path, interface, method, parameters) in (
            BUS_ERROR + "UnknownMethod", BUS_ERROR + "UnknownObject",
            BUS_ERROR + "UnknownInterface"), (path, method)
    assert thread["State"] == "new"


def call_all(daemon, thread, skipped=()):
    """Calls every method with what is right as far as types go. Returns: method → error."""
    errors = {}
    for interface, method, signature in every_method():
        if interface == THREAD and method not in skipped:
            parameters = GLib.Variant("(" + "".join(signature) + ")",
                                      tuple(VALUES[one] for one in signature))
            errors[method] = call_raw(daemon, thread.path, THREAD, method, parameters)
    return errors


def test_a_deleted_thread_can_be_called_and_refuses(asked, slack):
    daemon, thread = asked
    ts = thread["Timestamp"]
    slack.delete("support", ts)
    daemon.wait_until_closed(ts)
    found = daemon.find("1")
    errors = call_all(daemon, found, skipped=("Open",))
    assert set(errors.values()) <= {
        "org.oncalld1.Error.WrongState", "org.oncalld1.Error.InvalidArgument",
        "org.oncalld1.Error.NotFound"}
    assert errors["Claim"] == errors["Reopen"] == errors["Reply"] == \
        "org.oncalld1.Error.WrongState"


def test_what_makes_no_sense_in_this_state_is_refused(asked):
    daemon, thread = asked
    for method in ("Release", "Reopen", "Unsnooze", "CancelPromise"):
        assert call_raw(daemon, thread.path, THREAD, method, GLib.Variant("(a{sv})", ({},))) == \
            "org.oncalld1.Error.WrongState", method
    thread.call("Claim")
    with pytest.raises(BusError) as refusal:
        thread.call("Claim")
    assert refusal.value.name == "org.oncalld1.Error.WrongState"


def test_huge_texts_hurt_nobody(asked):
    daemon, thread = asked
    for interface, method, signature in every_method():
        if "s" not in signature:
            continue
        for text in ("x" * HUGE, "in 30 minutes, " * (HUGE // 15), "é" * (HUGE // 2)):
            parameters = GLib.Variant("(" + "".join(signature) + ")", tuple(
                text if one == "s" else VALUES[one] for one in signature))
            error = call_raw(daemon, paths(thread)[interface], interface, method, parameters)
            assert error in OUR_ERRORS or (error is None and method == "Parse"), (method, text[:20])
    text = GLib.Variant("(a{sv})", ({"text": GLib.Variant("s", "x" * HUGE)},))
    assert call_raw(daemon, ROOT, MANAGER, "ListThreads", text) is None
    assert thread["State"] == "new" and daemon["PendingWrites"] == 0


class RawConnection:
    """A caller who writes bytes of his own choice."""

    def __init__(self, address):
        path = dict(part.split("=") for part in address.partition(":")[2].split(","))["path"]
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(path)
        uid = str(os.getuid()).encode().hex()
        self.socket.sendall(b"\0AUTH EXTERNAL " + uid.encode() + b"\r\nBEGIN\r\n")
        assert self.socket.recv(1000).startswith(b"OK")
        self.serial = 0
        self.send(Gio.DBusMessage.new_method_call(
            "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "Hello"))

    def send(self, message, replace=(b"", b"")):
        self.serial += 1
        message.set_serial(self.serial)
        blob = bytes(message.to_blob(Gio.DBusCapabilityFlags.NONE))
        assert replace[0] in blob and len(replace[0]) == len(replace[1])
        self.socket.sendall(blob.replace(*replace))

    def read_until_closed(self):
        self.socket.settimeout(DEADLINE)
        try:
            while self.socket.recv(65536):
                pass
        except ConnectionResetError:
            pass
        self.socket.close()


INVALID = [b"\xff\xfe\xfd\xfc", b"\xc0\xafab", b"\xed\xa0\x80a", b"ab\0c"]


def test_invalid_utf8_never_reaches_the_daemon(asked, private_bus):
    daemon, thread = asked
    for number, (interface, method, signature) in enumerate(every_method()):
        if "s" not in signature:
            continue
        caller = RawConnection(private_bus.address)
        message = Gio.DBusMessage.new_method_call(NAME, paths(thread)[interface], interface, method)
        message.set_body(GLib.Variant("(" + "".join(signature) + ")", tuple(
            "begin MARK end" if one == "s" else VALUES[one] for one in signature)))
        caller.send(message, (b"MARK", INVALID[number % len(INVALID)]))
        caller.read_until_closed()
    assert thread["Replies"] == 0 and thread["State"] == "new" and daemon["PendingWrites"] == 0
