# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The demo, as whoever comes by runs it.

Needs ONCALLD_BUILD, ONCALLD and ONCALLCTL: the build directory and the two programs.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from environment import bare_environment
from waiting import DEADLINE

DEMO = Path(__file__).resolve().parents[1] / "demo.py"


class Demo:
    def __init__(self, directory: Path) -> None:
        self.picture = directory / "demo.png"
        # Not below the test's own directory, whose name is too long for a socket.
        self.temporary = Path(tempfile.mkdtemp())
        self.environment = bare_environment(directory, "", TMPDIR=str(self.temporary))
        self.build = os.environ["ONCALLD_BUILD"]

    def start(self, *arguments: str) -> subprocess.Popen:
        return self.start_program("/usr/bin/python3", str(DEMO), "--build", self.build,
                                  "--picture", str(self.picture), *arguments)

    def start_program(self, *command: str) -> subprocess.Popen:
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, text=True, env=self.environment)

    def end(self, process: subprocess.Popen, status: int, typed: str = "") -> str:
        """Waits for its end, with that exit status. Returns: its output."""
        try:
            output = process.communicate(typed, timeout=2 * DEADLINE)[0]
        finally:
            process.kill()
        assert process.returncode == status, output
        return output

    def assert_nothing_is_left(self) -> None:
        assert list(self.temporary.iterdir()) == []
        # Whoever has been told to end takes a moment.
        end = time.monotonic() + DEADLINE
        while left := list(self.find_processes()):
            assert time.monotonic() < end, left
        self.temporary.rmdir()

    def find_processes(self) -> Iterator[Path]:
        for environment in Path("/proc").glob("[0-9]*/environ"):
            try:
                if str(self.temporary).encode() in environment.read_bytes():
                    yield environment
            except (ProcessLookupError, FileNotFoundError, PermissionError):
                pass  # it has just ended, or is nobody's that a test could start


@pytest.fixture
def demo(tmp_path):
    demo = Demo(tmp_path)
    yield demo
    demo.assert_nothing_is_left()


class InstalledDemo(Demo):
    """By oncallctl, with what is installed for it."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory)
        subprocess.run(["meson", "install", "-C", self.build, "--no-rebuild", "--quiet",
                        "--tags", "demo", "--destdir", str(directory / "installed")], check=True)
        self.script, = (directory / "installed").rglob("demo.py")
        self.picture = directory / ".cache/oncalld/demo.png"
        self.environment |= {"ONCALLD": os.environ["ONCALLD"], "ONCALLD_DEMO": str(self.script)}

    def start(self, *arguments: str) -> subprocess.Popen:
        return self.start_program(os.environ["ONCALLCTL"], "demo", *arguments)


@pytest.fixture
def installed_demo(tmp_path):
    demo = InstalledDemo(tmp_path)
    yield demo
    demo.assert_nothing_is_left()


def test_the_demo_walks_through_the_main_job(demo):
    output = demo.end(demo.start(), 0)
    for expected in ("popup: “URGENT · Mara in #support”", "👀 by Jonas", "looking: Jonas",
                     "“I'm on it: next update by", "a timer runs, due at",
                     "popup: “EMERGENCY · Priya in #support”", "your reply, once", "8 threads.",
                     "All of this was seen to work", str(demo.picture)):
        assert expected in output
    assert demo.picture.read_bytes().startswith(b"\x89PNG")


def test_the_demo_shows_its_popups_on_the_desktop(demo, private_bus, popups):
    demo.environment["DBUS_SESSION_BUS_ADDRESS"] = private_bus.address
    process = demo.start()
    popups.choose(popups.wait_for("gradebook"), "claim")
    popups.choose(popups.wait_for("certificates"), "promise")
    output = demo.end(process, 0)
    assert "your desktop" in output and "oncallctl claim 10" in output
    assert "oncallctl claim 7" not in output and "oncallctl promise" not in output  # but clicks
    assert not demo.picture.exists()
    assert popups.standing == []


def test_the_demo_can_be_played_with(demo):
    output = demo.end(demo.start("--interactive"), 0,
                      "@oncall the report is wrong\ntomasz: and what is this?\n\noncallctl list\n"
                      "oncallctl claim 11\noncallctl show 11\nno body: but Mara\npicture\n"
                      "oncallctl '\n")
    listed = output[output.rindex("# LEVEL"):]
    assert "11 urgent" in listed and "@oncall the report is wrong" in listed
    assert "12 question" in listed and "and what is this?" in listed
    assert "Looking: Jonas" in output
    assert "No closing quotation" in output


@pytest.mark.parametrize("line, number, status", [
    ("1  Mara", signal.SIGINT, 130), ("ends it", signal.SIGINT, 0), ("ends it", signal.SIGTERM, 143),
])
def test_an_interrupted_demo_stops_what_it_started(demo, line, number, status):
    process = demo.start("--interactive")
    while line not in process.stdout.readline():
        assert process.poll() is None
    process.send_signal(number)
    demo.end(process, status)


def test_a_demo_of_what_does_not_work_says_so(demo, tmp_path):
    (tmp_path / "daemon/app").mkdir(parents=True)
    (tmp_path / "daemon/app/oncalld").write_text("#!/bin/sh\necho out of order; exit 1\n")
    (tmp_path / "daemon/app/oncalld").chmod(0o700)
    demo.build = str(tmp_path)
    output = demo.end(demo.start(), 1)
    assert "✗" in output and "out of order" in output
    demo.build = str(tmp_path / "none")
    assert "./setup demo" in demo.end(demo.start(), 2)


def test_oncallctl_shows_the_demo(installed_demo):
    output = installed_demo.end(installed_demo.start(), 0)
    for expected in ("popup: “EMERGENCY", "All of this was seen", "oncallctl demo --interactive",
                     str(installed_demo.picture)):
        assert expected in output
    assert installed_demo.picture.exists()
    assert "It keeps running" in installed_demo.end(installed_demo.start("--interactive"), 0)
    assert not list(installed_demo.script.parent.rglob("__pycache__"))


def test_the_demo_names_the_packages_that_it_needs(installed_demo, tmp_path):
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['aiohttp'] = None\n")
    installed_demo.environment["PYTHONPATH"] = str(tmp_path)
    assert installed_demo.end(installed_demo.start(), 1) == \
        "demo: Debian's packages are missing: python3-aiohttp\n"
    del installed_demo.environment["PYTHONPATH"]
    for name in ("dbus-monitor", "setpriv", "dbus-daemon", "xterm"):
        (tmp_path / "bin").mkdir(exist_ok=True)
        (tmp_path / "bin" / name).symlink_to(shutil.which(name))
    installed_demo.environment["PATH"] = str(tmp_path / "bin")
    output = installed_demo.end(installed_demo.start(), 1)
    assert "imagemagick, xdotool, xvfb\n" in output and "screen of its own" in output


@pytest.mark.parametrize("name", ["ONCALLD", "ONCALLD_DEMO"])
def test_oncallctl_names_the_part_of_the_demo_that_is_missing(installed_demo, name):
    installed_demo.environment[name] = "/nonexistent"
    output = installed_demo.end(installed_demo.start(), 1)
    assert output.startswith("oncallctl: The demo is not installed: /nonexistent: ")
