#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""A long time in a short one: hours go by on the daemon's debug clock, with people at work, reminders
that come due, and a new socket every hour. Memory at the end is within a tenth of that after the
first hour, and no descriptor is left open: once libcurl keeps as many connections as it ever does,
there are no more. For a build without sanitizers, which keep memory.

usage: soak.py [--hours N] [--rate N]
"""

import argparse
import os
import random
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "integration"))

from bus import PrivateBus  # noqa: E402
from daemon import Daemon  # noqa: E402
from desktop import NotificationServer  # noqa: E402
from simulator import Simulator  # noqa: E402
from waiting import eventually  # noqa: E402

WORKSPACE = Path(__file__).resolve().parents[1] / "integration" / "workspace.toml"
CHANNEL = "support"

# A Monday morning.
BEGIN = 1_792_396_800.0
HOUR = 3600.0
STEPS = 12  # an hour's pieces


class Soak:
    def __init__(self, directory: Path, rate: int) -> None:
        self._rate = rate
        self._chance = random.Random(1)
        self._bus = PrivateBus(directory / "bus")
        self._popups = NotificationServer(self._bus.address).start()
        self._slack = Simulator(WORKSPACE).start()
        self._daemon = Daemon(os.environ["ONCALLD"], directory / "daemon", self._bus.address,
                              self._slack.api)
        # What libraries say for debugging would be kept here, and is no work of the daemon.
        del self._daemon.environment["G_MESSAGES_DEBUG"]
        # A socket that lives for an hour in a few seconds is none that breaks at once.
        self._daemon.arguments += ["--debug-hurry=20"]
        self._daemon.now = BEGIN
        self._time = BEGIN
        self._count = 0

    def run(self, hours: int) -> list[tuple[int, int]]:
        """Returns: resident memory in KiB and open descriptors, at the end of each hour."""
        self._daemon.start()
        measured = []
        for _ in range(hours):
            for _ in range(STEPS):
                self._work()
                self._move(HOUR / STEPS)
            self._refresh()
            measured.append(self._measure())
            print(f"# hour {len(measured)}: {measured[-1][0]} KiB, {measured[-1][1]} descriptors, "
                  f"{self._daemon['OpenCount']} of {self._count} threads open", flush=True)
        self._daemon.stop()
        return measured

    def _work(self) -> None:
        """People ask, answer, promise, and mark what is done."""
        for _ in range(self._rate):
            self._count += 1
            at = self._time + self._chance.uniform(0, HOUR / STEPS / 2)
            tag = self._chance.choice(["", "", "@oncall ", "@devs "])
            ts = self._slack.post("mara", CHANNEL, f"{tag}export {self._count} is wrong", at=at)
            self._slack.react("aiko", CHANNEL, ts, "eyes")
            answer = self._chance.choice(["Having a look", "I'll have an update in 10 minutes"])
            self._slack.reply("aiko", CHANNEL, ts, answer, at=at + 1)
            self._slack.reply("mara", CHANNEL, ts, "Thank you, that would help", at=at + 2)
            # A few stay open, and are reminded of.
            if self._count % 25:
                self._slack.reply("aiko", CHANNEL, ts, "The nightly import had failed", at=at + 3)
                self._slack.react("aiko", CHANNEL, ts, "white_check_mark")
        self._slack.wait_until_idle()

    def _move(self, seconds: float) -> None:
        self._time += seconds
        self._daemon.call("/org/oncalld1/debug", "org.oncalld1.Debug", "SetTime", "(x)",
                          int(self._time * 1e6))

    def _refresh(self) -> None:
        old = self._slack.sockets()[-1]["id"]
        self._slack.inject("refresh", seconds=0.1)
        self._slack.wait_for_sockets(1, newer_than=old)
        self._daemon.wait_for(State="connected", StaleSince=0)

    def _measure(self) -> tuple[int, int]:
        process = Path(f"/proc/{self._daemon.process.pid}")
        descriptors: list[Path] = []

        # The old socket is read for two more seconds.
        def only_one_socket() -> bool:
            descriptors[:] = process.joinpath("fd").iterdir()
            return len(self._slack.sockets()) == 1

        eventually(only_one_socket)
        status = dict(line.split(":", 1) for line in process.joinpath("status").read_text()
                      .splitlines())
        return int(status["VmRSS"].split()[0]), len(descriptors)

    def close(self) -> None:
        self._daemon.close()
        self._slack.kill()
        self._popups.stop()
        self._bus.stop()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--hours", type=int, default=24)
    parser.add_argument("--rate", type=int, default=1, help="new threads in five minutes")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="oncalld-soak-") as directory:
        soak = Soak(Path(directory), options.rate)
        try:
            measured = soak.run(options.hours)
        finally:
            soak.close()
    first, last = measured[0][0], measured[-1][0]
    first_fds, last_fds = max(fds for _, fds in measured[:6]), measured[-1][1]
    results = {
        f"memory grows by less than a tenth: {first} KiB, then {last} KiB": last <= first * 1.1,
        f"no descriptor stays open: {first_fds}, then {last_fds}": last_fds <= first_fds,
    }
    for number, (what, good) in enumerate(results.items(), 1):
        print(f"{'ok' if good else 'not ok'} {number} {what}")
    print(f"1..{len(results)}")
    return 0 if all(results.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
