# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The scripts in tests/examples, run as their authors would."""

import os
import re
import signal
import subprocess
import time
from datetime import datetime
from pathlib import Path

import pytest

from environment import start
from played import FORBIDDEN
from waiting import DEADLINE

EXAMPLES = Path(__file__).parents[1] / "examples"
ME = "U000"


@pytest.fixture
def run(world):
    """Starts scripts that go on until the test ends."""
    processes = []

    def run(script, *arguments):
        process = start(str(EXAMPLES / script), *arguments, env=world.environment)
        processes.append(process)
        return process

    yield run
    for process in processes:
        assert process.poll() is None, "it has ended"
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(DEADLINE)


def program(world, name, script):
    """Returns: a program that stands in for a real one."""
    path = world.directory / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o700)
    return path


def lines_of(world, path, count, poke):
    """Waits until the file has so many lines. poke: what makes them come, which is done again as long
    as nobody may have listened yet; or a call that shows that time goes on. Each is told to everybody
    before the next, for a flood would keep answers from those who ask."""
    end = time.monotonic() + DEADLINE
    while True:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        lines = text.splitlines() if text.endswith("\n") else []
        if len(lines) >= count:
            return lines
        assert time.monotonic() < end, lines
        poke()
        world.output("status")


def test_an_unclaimed_emergency_pages(world, run):
    pages = world.directory / "pages"
    page = program(world, "page", f'printf "%s: " "$1" >> {pages}; cat >> {pages}')
    run("page-unclaimed.sh", str(page), "me")

    def alert():
        world.do("alert", 7, "unclaimed")
        world.do("alert", 9, "opened")
        world.do("alert", 9, "unclaimed")

    first = lines_of(world, pages, 1, alert)[0]
    assert first.startswith("me: Nobody looks at thread 9, from Ada Lovelace: run  [31mred ")
    assert not FORBIDDEN.search(first.replace("\u202e", "").replace("\u2066", ""))
    assert all("thread 9" in line for line in lines_of(world, pages, 2, alert))


def test_kept_promises_are_logged(world, run):
    log = world.directory / "kept"
    world.do("promise", 7, "1700000005.000100", "U002", 600, 300, "kept", "soon")
    run("kept-promises.py", str(log))
    lines = lines_of(world, log, 1, lambda: (world.do("alert", 7, "opened"),
                                      world.do("alert", 7, "promise-kept", "1700000005.000100")))
    when, name, left, permalink = lines[0].split("\t")
    assert abs((datetime.now().astimezone() - datetime.fromisoformat(when)).total_seconds()) < 60
    assert (name, left) == ("Bea", "+5min")
    assert permalink == "https://example.slack.com/archives/C001/p1700000000000100"


def test_a_menu_opens_what_is_chosen(world):
    shown = world.directory / "shown"
    program(world, "rofi", f'tee {shown} | grep "^7 "')
    environment = {**world.environment,
                   "PATH": f"{world.directory}:{world.environment['PATH']}"}
    subprocess.run([EXAMPLES / "rofi-threads.sh"], env=environment, check=True, timeout=DEADLINE)
    assert world.last_call() == "open 7"
    lines = shown.read_text(encoding="utf-8").splitlines()
    assert [line.split()[:2] for line in lines] == [
        ["9", "emergency"], ["8", "question"], ["7", "urgent"]]
    # Whoever closes the menu has chosen nothing.
    program(world, "rofi", "cat >/dev/null; exit 1")
    world.do("pending", 0)
    subprocess.run([EXAMPLES / "rofi-threads.sh"], env=environment, check=True, timeout=DEADLINE)
    assert not world.last_call().startswith("act")


def test_the_stand_up_hears_what_is_open(world):
    world.do("promise", 7, "1700000005.000100", "U002", 600, -300, "overdue", "soon")
    output = subprocess.run([EXAMPLES / "stand-up.js", "1"], env=world.environment, check=True,
                            timeout=DEADLINE, stdout=subprocess.PIPE, text=True).stdout
    lines = output.splitlines()
    assert lines[:2] == ["Last 1 h: 2 new, 0 of them resolved.", "Open: 3"]
    assert re.fullmatch(r"  9  emergency  run .*  \(Bea, 王小明\)", lines[2])
    assert lines[3].startswith("  8  question  为什么") and lines[3].endswith("(nobody is looking)")
    assert lines[-1] == "Bea owes thread 7 an update."
    assert not FORBIDDEN.search(output.replace("\u202e", "").replace("\u2066", ""))


def test_presence_follows_my_claims(world, run):
    told = world.directory / "presence"
    command = program(world, "set-presence", f'echo "$2" >> {told}')
    run("presence.py", str(command), "--set")
    claimed = []

    def claim():
        if not claimed:
            claimed.append(world.do("looker", 7, ME, 1, "reaction"))
        world.do("pending", 1)
        world.do("pending", 0)

    assert lines_of(world, told, 1, claim) == ["busy"]
    world.do("state", 7, "resolved")
    assert lines_of(world, told, 2, world.last_call) == ["busy", "free"]
