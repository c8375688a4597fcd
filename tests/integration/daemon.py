# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The real oncalld on a bus: start it, look at it as any program could, end it in all ways."""

import os
import re
import signal
import subprocess
import threading
import time
from pathlib import Path
from typing import Any, Callable

from gi.repository import GLib

from bus import BusError, Peer
from environment import bare_environment, start
from waiting import DEADLINE, eventually, tell

NAME = "org.oncalld1"
ROOT = "/org/oncalld1"
MANAGER = "org.oncalld1.Manager"
THREAD = "org.oncalld1.Thread"
PROPERTIES = "org.freedesktop.DBus.Properties"
OBJECT_MANAGER = "org.freedesktop.DBus.ObjectManager"
DEBUG = "org.oncalld1.Debug"

# How GLib begins a line: "(oncalld:1): oncalld-slack-DEBUG: ", "oncalld-INFO: ", "** Message: ", ...
LEVEL = re.compile(r"(?:\*\* )?(?:\([^)]*\): )?(?:[\w-]+-)?"
                   r"(DEBUG|INFO|Message|WARNING|CRITICAL|ERROR)\b")


class RemoteThread:
    """A thread's object on the bus."""

    def __init__(self, daemon: "Daemon", path: str) -> None:
        self._daemon = daemon
        self.path = path
        self.number = int(path.rpartition("/")[2])

    def __getitem__(self, name: str) -> Any:
        return self._daemon.call(self.path, PROPERTIES, "Get", "(ss)", THREAD, name)[0]

    def properties(self) -> dict[str, Any]:
        return self._daemon.call(self.path, PROPERTIES, "GetAll", "(s)", THREAD)[0]

    def call(self, method: str, *arguments: str, **options: bool | str) -> None:
        signature = "(" + "s" * len(arguments) + "a{sv}" + ")"
        self._daemon.call(self.path, THREAD, method, signature, *arguments,
                          {name: GLib.Variant("s" if isinstance(value, str) else "b", value)
                           for name, value in options.items()})

    def looker_ids(self) -> list[str]:
        return [looker[0] for looker in self["Lookers"]]


class Daemon:
    """Everything it reads and writes is below the directory. settings, tokens, arguments and
    environment can be changed before it is started."""

    def __init__(self, program: str, directory: Path, bus_address: str, api: str) -> None:
        self._program = program
        self.directory = directory
        self.state_directory = directory / "state"
        self.configuration = directory / "oncalld.conf"
        self.home = directory / "home"
        runtime = directory / "run"
        for path in (self.home, runtime, self.state_directory):
            path.mkdir(parents=True)
        runtime.chmod(0o700)
        self.settings = {"slack": {
            "api-url": api,
            "user-token-file": str(directory / "user-token"),
            "app-token-file": str(directory / "app-token"),
        }}
        self.tokens = {"user": "xoxp-test-jonas", "app": "xapp-test-jonas"}
        self.arguments = ["--config", str(self.configuration),
                          "--state-dir", str(self.state_directory)]
        self.wrapper: list[str] = []  # a command that becomes it
        self.environment = bare_environment(
            self.home, bus_address,
            TZ="Europe/Berlin",
            XDG_RUNTIME_DIR=str(runtime),
            # A machine without logind, unless a test plays it
            DBUS_SYSTEM_BUS_ADDRESS=f"unix:path={directory}/no-system-bus",
            G_MESSAGES_DEBUG="all",
            G_DEBUG="fatal-criticals")
        self.process: subprocess.Popen | None = None
        self.now: float | None = None  # where its time stands, if it does
        self.log: list[str] = []
        self._expected: list[str] = []
        self.signals: list[tuple[str, str, str, tuple]] = []
        self._reader: threading.Thread | None = None
        self._peer: Peer | None = None
        self._bus_address = bus_address

    # Life

    def write_files(self) -> None:
        """The configuration and the tokens, as they are read at the start and by a reload."""
        lines = []
        for group, values in self.settings.items():
            lines += [f"[{group}]", *(f"{key}={value}" for key, value in values.items())]
        self.configuration.write_text("\n".join(lines) + "\n")
        for kind, token in self.tokens.items():
            path = self.directory / f"{kind}-token"
            path.unlink(missing_ok=True)
            path.touch(0o600)
            path.write_text(token + "\n")

    def start(self, *states: str) -> None:
        """Returns when its state is one of these, or "connected" where none is given. What passes by
        itself may be over before anybody has looked: then there is another to wait for."""
        self.write_files()
        self.launch()
        self.wait_for_state(*states or ["connected"])

    def launch(self) -> None:
        assert self.peer  # which hears all that it says, from its first word on
        clock = [f"--debug-clock={round(self.now * 1e6)}"] if self.now else []
        self.process = start(*self.wrapper, self._program, *self.arguments, *clock,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                             env=self.environment, cwd=self.directory)
        self._reader = threading.Thread(target=self._read, args=(self.process.stdout,), daemon=True)
        self._reader.start()

    def _read(self, output) -> None:
        with output:
            for line in output:
                self.log.append(line.decode(errors="backslashreplace").rstrip("\n"))
                tell()
        tell()

    def wait(self) -> int:
        """Until it has ended. Returns: its exit status; nothing that it started is there then."""
        process, self.process = self.process, None
        try:
            status = process.wait(DEADLINE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise
        self._reader.join(DEADLINE)
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return status
        raise AssertionError("the daemon has left processes behind")

    def stop(self) -> None:
        """As systemd does it."""
        self.process.terminate()
        assert (status := self.wait()) == 0, f"exit status {status}; log:\n" + self.log_text()

    def kill(self) -> None:
        """As a power cut does it."""
        self.process.kill()
        assert self.wait() == -signal.SIGKILL

    def restart(self) -> None:
        self.stop()
        self.start()

    def close(self) -> None:
        """May be called twice."""
        if self.process:
            self.process.kill()
            self.wait()
        if self._peer:
            self._peer.close()
            self._peer = None

    # Its time

    def stand_still(self) -> None:
        """Before it is started: its time stands, until it is moved."""
        self.now = float(int(time.time()))

    def move_clock(self, minutes: float) -> None:
        """Returns when all that has become due by then is decided and told."""
        self.now += minutes * 60
        self.call(f"{ROOT}/debug", DEBUG, "SetTime", "(x)", round(self.now * 1e6))

    # What it leaves behind

    def log_text(self) -> str:
        return "\n".join(self.log)

    def expect_complaint(self, pattern: str) -> None:
        """Lines that match it are no fault, and one has to be there at the end."""
        self._expected.append(pattern)

    def wait_for_log(self, pattern: str) -> None:
        eventually(lambda: any(re.search(pattern, line) for line in list(self.log)),
                   lambda: f"/{pattern}/ in:\n{self.log_text()}")

    def examine(self, texts: list[str]) -> None:
        """Asserts that it has complained of nothing, kept people's texts and all tokens to itself,
        and written no files but its own."""
        unseen = set(self._expected)
        for line in self.log:
            level = LEVEL.match(line)
            matching = {pattern for pattern in self._expected if re.search(pattern, line)}
            unseen -= matching
            assert matching or not level or level[1] not in ("WARNING", "CRITICAL", "ERROR"), line
            assert "Sanitizer" not in line and "runtime error" not in line, self.log_text()
            assert not any(token in line for token in self.tokens.values()), "a token was logged"
            assert "ticket=" not in line, "a socket's address was logged"
            if not level or level[1] != "DEBUG":
                assert not any(text in line for text in texts), f"a message was logged: {line}"
        assert not unseen, f"not complained of: {unseen}; log:\n{self.log_text()}"

        assert list(self.home.iterdir()) == []
        for path in self.state_directory.iterdir():
            assert path.name in ("oncalld.db", "oncalld.db-wal", "oncalld.db-shm"), path
            assert path.stat().st_mode & 0o777 == 0o600, f"others can read {path}"

    # On the bus

    @property
    def peer(self) -> Peer:
        if not self._peer:
            self._peer = Peer(self._bus_address)
            self._peer.watch(lambda *what: self.signals.append(what), NAME)
        return self._peer

    def call(self, path: str, interface: str, method: str, signature: str = "()",
             *arguments: Any) -> tuple:
        return self.peer.call(NAME, path, interface, method, signature, *arguments)

    def manager(self, method: str, signature: str = "(a{sv})", *arguments: Any) -> tuple:
        """A call of the manager; without arguments, with empty options."""
        return self.call(ROOT, MANAGER, method, signature, *(arguments or ({},)))

    def __getitem__(self, name: str) -> Any:
        """A property of the manager."""
        return self.call(ROOT, PROPERTIES, "Get", "(ss)", MANAGER, name)[0]

    def _wait_until(self, condition: Callable[[], bool], what: str) -> None:
        """Until the condition is true, which may ask a daemon that is not there yet."""
        def is_so() -> bool:
            try:
                return condition()
            except BusError:
                if self.process and self.process.poll() is not None:
                    self._reader.join(DEADLINE)
                    raise RuntimeError(f"oncalld has ended:\n{self.log_text()}") from None
                return False

        eventually(is_so, lambda: f"{what}\n{self.describe()}")

    def wait_for(self, **properties: Any) -> None:
        """Until the manager has these properties."""
        self._wait_until(lambda: all(self[name] == value for name, value in properties.items()),
                         str(properties))

    def wait_for_state(self, *states: str) -> None:
        """Until its state is one of these."""
        self._wait_until(lambda: self["State"] in states, " or ".join(states))

    def wait_until_told(self, name: str, text: str) -> None:
        """Until the manager has told that a property has that in it, whatever it is by now."""
        def is_told() -> bool:
            return any(member == "PropertiesChanged" and text in str(arguments[1].get(name))
                       for path, _interface, member, arguments in list(self.signals)
                       if path == ROOT)

        eventually(is_told, lambda: f"{text!r} in {name}\n{self.describe()}")

    def describe(self) -> str:
        """How it stands, for a person who wonders why a test fails."""
        try:
            state = self.call(ROOT, PROPERTIES, "GetAll", "(s)", MANAGER)[0]
            threads = self.threads()
        except BusError as error:
            state, threads = str(error), {}
        return f"manager: {state}\nthreads: {threads}\nlog:\n{self.log_text()}"

    def threads(self) -> dict[int, dict[str, Any]]:
        """The open threads: number → properties."""
        objects = self.call(ROOT, OBJECT_MANAGER, "GetManagedObjects")[0]
        return {interfaces[THREAD]["Number"]: interfaces[THREAD] for interfaces in objects.values()}

    def thread(self, number: int) -> RemoteThread:
        return RemoteThread(self, f"{ROOT}/thread/{number}")

    def find(self, ref: str) -> RemoteThread:
        """By number, permalink or CHANNEL/ts; raises BusError where there is none."""
        return RemoteThread(self, self.manager("FindThread", "(sa{sv})", ref, {})[0])

    def wait_for_thread(self, ts: str, **properties: Any) -> RemoteThread:
        """Until the message is an open thread, with these properties."""
        def find() -> RemoteThread | None:
            for number, found in self.threads().items():
                if found["Timestamp"] == ts and properties.items() <= found.items():
                    return self.thread(number)
            return None

        return eventually(find, lambda: f"thread {ts} {properties}\n{self.describe()}")

    def wait_until_closed(self, ts: str) -> None:
        eventually(lambda: all(one["Timestamp"] != ts for one in self.threads().values()),
                   lambda: f"end of thread {ts}\n{self.describe()}")

    def wait_for_alerts(self, *expected: tuple[int, str, str]) -> None:
        """Until these are the alerts so far: number, kind, level."""
        def alerts() -> list[tuple[int, str, str]]:
            return [(int(arguments[0].rpartition("/")[2]), *arguments[1:3])
                    for _path, _interface, name, arguments in list(self.signals)
                    if name == "Alert"]

        eventually(lambda: alerts() == list(expected),
                   lambda: f"alerts {expected}; there were {alerts()}")
