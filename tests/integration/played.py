# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The real oncallctl against the daemon's own D-Bus code, with a played app behind it.

Needs ONCALLCTL and FAKE_DAEMON in the environment: the two programs.
"""

import fcntl
import json
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time

import pytest

from bus import PrivateBus
from environment import bare_environment
from oncallctl import DONE, NO_MATCH, Oncallctl
from waiting import DEADLINE

FAKE_DAEMON = os.environ["FAKE_DAEMON"]

# What a person could put into a message to make a terminal do something.
HOSTILE = "run \x1b[31mred\x1b]0;title\x07 \x9b31m \x7f\r \u202etxet\u2066"
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class World(Oncallctl):
    """A private bus, a fake daemon on it, and oncallctl to look at both."""

    def __init__(self, directory):
        self.directory = directory
        self.bus = PrivateBus(directory)
        super().__init__(os.environ["ONCALLCTL"], bare_environment(
            directory, self.bus.address,
            TZ="Asia/Kathmandu",  # an offset that nobody guesses: +05:45
            TERM="xterm"))
        self.daemon = None

    def start_daemon(self):
        self.daemon = subprocess.Popen([FAKE_DAEMON], stdin=subprocess.PIPE,
                                       stdout=subprocess.PIPE, text=True, env=self.environment)
        assert self.daemon.stdout.readline() == "ready\n"

    def stop_daemon(self):
        self.daemon.stdin.close()
        assert self.daemon.wait(DEADLINE) == 0
        self.daemon.stdout.close()
        self.daemon = None

    def do(self, *command):
        """Has the fake daemon do something; see tests/fake-daemon.c."""
        self.daemon.stdin.write(json.dumps(command) + "\n")
        self.daemon.stdin.flush()
        return self.daemon.stdout.readline().removesuffix("\n")

    def last_call(self):
        return self.do("call")

    def add_threads(self):
        self.do("thread", 7, "urgent", "new", "C001", "1700000000.000100", "U001", 721,
                "<@U002> the *export* is &lt;wrong&gt;\nagain, " + "and so on " * 20)
        self.do("thread", 8, "question", "new", "C001", "1700000001.000100", "U003", 7500,
                "为什么导出的数据是错误的 🚒 " + "请帮帮我们看看这个问题" * 5)
        self.do("thread", 9, "emergency", "new", "C009", "1700000002.000100", "U001", 61, HOSTILE)
        self.do("thread", 5, "urgent", "resolved", "C001", "1600000000.000100", "U001", 90000, "old")
        self.do("looker", 9, "U002", 60, "reaction")
        self.do("looker", 9, "U003", 30, "pending")
        self.do("category", 9, "bug")

    def on_terminal(self, *arguments, columns=80, environment=None):
        """Runs oncallctl on a terminal, and returns the lines that it printed."""
        main, side = pty.openpty()
        fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        process = subprocess.Popen(
            [self.program, *arguments], stdin=side, stdout=side, stderr=side,
            env={**self.environment, "PAGER": "cat", **(environment or {})})
        os.close(side)
        output = b""
        try:
            while chunk := os.read(main, 65536):
                output += chunk
        except OSError:  # how Linux says that the other side is closed
            pass
        os.close(main)
        assert process.wait(DEADLINE) in (DONE, NO_MATCH)
        return output.decode().removesuffix("\r\n").split("\r\n")


class Running:
    """An oncallctl that runs until it is ended."""

    def __init__(self, world, *arguments):
        self.process = subprocess.Popen(
            [world.program, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, env=world.environment)
        self.buffer = b""

    def line(self):
        deadline = time.monotonic() + DEADLINE
        while b"\n" not in self.buffer:
            assert select.select([self.process.stdout], [], [], deadline - time.monotonic())[0]
            chunk = os.read(self.process.stdout.fileno(), 65536)
            assert chunk, "it ended"
            self.buffer += chunk
        line, self.buffer = self.buffer.split(b"\n", 1)
        return line.decode()

    def event(self):
        return json.loads(self.line())

    def end(self, signal_number=None):
        """Returns: what it exited with, and what it complained of."""
        if signal_number:
            self.process.send_signal(signal_number)
        errors = self.process.communicate(timeout=DEADLINE)[1]
        return self.process.returncode, errors.decode()


@pytest.fixture
def bus(tmp_path):
    """A bus without a daemon."""
    world = World(tmp_path)
    yield world
    if world.daemon:
        world.stop_daemon()
    world.bus.stop()


@pytest.fixture
def world(bus):
    """A bus with a daemon, and a few threads."""
    bus.start_daemon()
    bus.add_threads()
    return bus
