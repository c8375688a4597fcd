#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""People write and this desktop's person acts while everything breaks: the daemon is killed, Slack
restarts, sockets and answers suffer. In the end the daemon must know what an independent model works
out of Slack's history, every wish must have come true once, and no popup have come twice.

usage: chaos.py [--seed N] [--seconds S] [--keep DIRECTORY]

The same seed makes the same decisions; how they meet the daemon depends on the machine.
"""

import argparse
import collections
import json
import os
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "integration"))

from bus import BusError, PrivateBus  # noqa: E402
from daemon import Daemon  # noqa: E402
from desktop import NotificationServer  # noqa: E402
from model import Model  # noqa: E402
from simulator import ControlError, Simulator  # noqa: E402
from waiting import eventually  # noqa: E402
from workload import CHANNEL, Workload  # noqa: E402

WORKSPACE = Path(__file__).resolve().parents[1] / "integration" / "workspace.toml"
JONAS = "U07JONAS001"

API_FAULTS = [
    {"fault": "rate-limited", "retry_after": 1}, {"fault": "http-status", "status": 503},
    {"fault": "error", "error": "internal_error"}, {"fault": "hang-up"}, {"fault": "truncated"},
    {"fault": "no-answer"}, {"fault": "late", "seconds": 0.5}, {"fault": "cut"},
    {"fault": "not-json"}, {"fault": "trickle", "bytes": 40, "seconds": 0.005},
]
WRITE_FAULTS = [
    {"fault": "hang-up", "after": True}, {"fault": "error", "error": "internal_error", "after": True},
    {"fault": "http-status", "after": True}, {"fault": "no-answer", "after": True},
    {"fault": "truncated", "after": True},
]
DELIVERY_FAULTS = [
    {"fault": "drop", "times": 1}, {"fault": "delay", "seconds": 0.5, "times": 3},
    {"fault": "duplicate", "copies": 2, "times": 5}, {"fault": "reorder", "window": 4, "seconds": 1.0},
    {"fault": "ignore-ack", "times": 3}, {"fault": "fragment", "times": 3},
    {"fault": "dribble", "bytes": 7, "times": 1}, {"fault": "cut-frame"},
]
UPGRADE_FAULTS = ["refuse-upgrade", "hang-upgrade", "reset-upgrade", "wrong-accept", "split-101",
                  "hello-with-101", "no-hello", "bare-hello"]
SOCKET_FAULTS = [
    {"fault": "refresh", "seconds": 0.5}, {"fault": "refresh", "warning": False},
    {"fault": "silence"}, {"fault": "half-open"}, {"fault": "half-closed"}, {"fault": "reset"},
    {"fault": "reset", "mid_frame": False}, {"fault": "fin"}, {"fault": "close", "code": 1011},
    {"fault": "junk", "kind": "not-json"}, {"fault": "junk", "kind": "unknown-event"},
    {"fault": "junk", "kind": "wrong-types"},
]


class Chaos:
    def __init__(self, directory: Path, seed: int) -> None:
        self._chance = random.Random(seed)
        self._bus = PrivateBus(directory / "bus")
        self._popups = NotificationServer(self._bus.address).start()
        self._slack = Simulator(WORKSPACE, state_file=directory / "slack.json").start()
        # Lost is lost: what Slack does not try again has to come from history.
        self._slack.settings(retry_delays=[0, 2])
        self._daemon = Daemon(os.environ["ONCALLD"], directory / "daemon", self._bus.address,
                              self._slack.api)
        self._daemon.arguments += ["--debug-hurry=20"]
        self._daemon.settings["notifications"] = {"burst": "off"}
        self._work = Workload(self._slack, self._chance)
        self._wishes: dict[str, tuple[str, bool]] = {}  # text → root, whether it was taken
        self._claims: dict[str, bool] = {}  # root → whether it was taken
        self._wished: collections.Counter[tuple[str, str]] = collections.Counter()  # method, root
        self._happened: collections.Counter[str] = collections.Counter()
        self._dropped = False

    # What happens

    def run(self, seconds: float) -> None:
        self._daemon.start()
        happenings = [(self._people, 40), (self._claim, 6), (self._reply, 8),
                      (self._break_call, 6), (self._break_write, 3), (self._break_delivery, 5),
                      (self._break_upgrade, 2), (self._break_socket, 4), (self._network, 1),
                      (self._kill, 2), (self._restart_slack, 0.4)]
        acts, weights = zip(*happenings)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            act = self._chance.choices(acts, weights)[0]
            self._happened[act.__name__.strip("_")] += 1
            try:
                act()
            except ControlError as error:
                if str(error) != "no such socket is open":
                    raise

    def _people(self) -> None:
        for _ in range(self._chance.randint(1, 3)):
            self._work.act()

    def _number(self) -> tuple[str, str] | None:
        """A recent thread: its timestamp, and how the bus knows it."""
        if not (roots := self._work.roots()):
            return None
        root = self._chance.choice(roots)
        return root.ts, f"C07SUPPORT1/{root.ts}"

    def _wish(self, method: str, *arguments: str) -> tuple[str, bool] | None:
        """Returns: the thread and whether the wish was taken; None where there was no thread."""
        if not (chosen := self._number()):
            return None
        ts, reference = chosen
        self._wished[method, ts] += 1
        try:
            self._daemon.find(reference).call(method, *arguments, queue=True)
        except BusError as error:
            # The daemon has not seen it yet, has forgotten it, was killed, or does not know yet
            # whose it is.
            if error.name.endswith(("InvalidArgument", "Failed")):
                raise
            return ts, False
        return ts, True

    def _claim(self) -> None:
        if wish := self._wish("Claim"):
            self._claims[wish[0]] = self._claims.get(wish[0], False) or wish[1]

    def _reply(self) -> None:
        text = f"Wish {len(self._wishes)} of Jonas"
        if wish := self._wish("Reply", text):
            self._wishes[text] = wish

    def _break_call(self) -> None:
        method = self._chance.choice(["*", "conversations.*", "apps.connections.open", "users.*"])
        self._slack.inject(**self._chance.choice(API_FAULTS), method=method,
                           times=self._chance.randint(1, 3))

    def _break_write(self) -> None:
        method = self._chance.choice(["chat.postMessage", "reactions.add"])
        self._slack.inject(**self._chance.choice(WRITE_FAULTS), method=method)

    def _break_delivery(self) -> None:
        fault = self._chance.choice(DELIVERY_FAULTS)
        self._dropped |= fault["fault"] == "drop"
        self._slack.inject(**fault)

    def _break_upgrade(self) -> None:
        self._slack.inject(self._chance.choice(UPGRADE_FAULTS))

    def _break_socket(self) -> None:
        self._slack.inject(**self._chance.choice(SOCKET_FAULTS))

    def _network(self) -> None:
        self._slack.network(up=False)
        for _ in range(self._chance.randint(0, 20)):
            self._work.act()
        self._slack.network(up=True)

    def _kill(self) -> None:
        self._daemon.kill()
        for _ in range(self._chance.randint(0, 10)):
            self._work.act()
        self._daemon.launch()
        if self._chance.random() < 0.7:
            eventually(self._is_connected, self._daemon.describe, deadline=120)

    def _is_connected(self) -> bool:
        try:
            return self._daemon["State"] == "connected"
        except BusError:  # it is not on the bus yet
            return False

    def _restart_slack(self) -> None:
        # What is written while it saves its state would be confirmed and lost.
        self._slack.network(up=False)
        self._slack.restart()
        self._slack.settings(retry_delays=[0, 2])

    # What comes of it

    def settle(self) -> None:
        """Peace: everything that is under way comes to its end."""
        self._slack.clear_faults()
        self._slack.network(up=True)
        # That the newest message of all is gone shows when there is a newer one, or in a minute.
        self._work.close_everything()
        self._wait_for_peace()
        if self._dropped:
            # What a living socket has not brought is found by glances, in time.
            self._daemon.manager("Refresh")
            self._wait_for_peace()
        self._slack.wait_until_idle()

    def _wait_for_peace(self) -> None:
        eventually(lambda: self._is_connected() and not self._daemon["StateText"]
                   and not self._daemon["PendingWrites"], self._daemon.describe, deadline=120)

    def judge(self) -> list[str]:
        """What is wrong, a line each."""
        snapshot = self._slack.snapshot()
        model = Model(snapshot, CHANNEL)
        try:
            eventually(lambda: not self._compare(model))
        except TimeoutError:
            pass
        return [*self._compare(model), *self._judge_wishes(snapshot), *self._judge_popups()]

    def _compare(self, model: Model) -> list[str]:
        wrong = []
        listed = self._daemon.manager("ListThreads", "(a{sv})", {})[0]
        stamps = collections.Counter(one["Timestamp"] for one in listed)
        wrong += [f"{ts} is {count} threads" for ts, count in stamps.items() if count > 1]
        known = {one["Timestamp"]: one for one in listed}
        opened = {one["Timestamp"] for one in self._daemon.threads().values()}
        for ts, expected in model.threads.items():
            if ts not in known:
                wrong.append(f"{ts} is not known: {expected}")
                continue
            wrong += self._compare_thread(known[ts], expected)
            if (ts in opened) != (expected.State in ("new", "looking")):
                wrong.append(f"{ts} is {expected.State} and {'' if ts in opened else 'not '}open")
        wrong += [f"{ts} is deleted, and yet {one['State']}" for ts, one in known.items()
                  if ts not in model.threads and one["State"] != "deleted"]
        return wrong

    @staticmethod
    def _compare_thread(found: dict, expected) -> list[str]:
        same = ["Asker", "Text", "Level", "State", "Replies"]
        found = {**found, "Lookers": {one[0] for one in found["Lookers"]},
                 "Categories": set(found["Categories"])}
        if expected.State != "resolved":
            same += ["Lookers", "Categories"]
        wrong = [f"{expected.Timestamp}: {name} is {found[name]!r}, not {getattr(expected, name)!r}"
                 for name in same if found[name] != getattr(expected, name)]
        promises = {(one["by"], one["due"] // 1_000_000) for one in found["Promises"]
                    if one["state"] not in ("cancelled", "kept", "late", "broken")}
        if expected.State != "resolved" and promises != expected.promises:
            wrong.append(f"{expected.Timestamp}: promises {promises}, not {expected.promises}")
        return wrong

    def _judge_wishes(self, snapshot: dict) -> list[str]:
        wrong = [f"posted twice: {one}" for one in self._slack.duplicates()]
        messages = [one for channel in snapshot["channels"] for one in channel["messages"]]
        texts = collections.Counter(one["text"] for one in messages)
        for text, (root, taken) in self._wishes.items():
            if texts[text] > 1 or (taken and texts[text] == 0 and root not in self._work.deleted):
                wrong.append(f"{text!r} in {root} is there {texts[text]} times")
        by_ts = {one["ts"]: one for one in messages}
        for root, taken in self._claims.items():
            claimed = any(one["name"] == "eyes" and JONAS in one["users"]
                          for one in by_ts.get(root, {}).get("reactions", []))
            if taken and not claimed and root not in self._work.deleted:
                wrong.append(f"the claim of {root} was lost")
        return wrong

    def _judge_popups(self) -> list[str]:
        opened = collections.Counter(
            arguments[3]["Timestamp"] for _path, _interface, name, arguments
            in list(self._daemon.signals) if name == "Alert" and arguments[1] == "opened")
        # What stands is kept up to date, silently: that somebody looks, and no more.
        shown = collections.Counter(
            (one.title, one.body) for one in self._popups.shown
            if not (one.replaces and one.hints.get("suppress-sound")))
        # Each wish is refused for itself.
        allowed = {}
        for one in self._daemon.manager("ListThreads", "(a{sv})", {})[0]:
            for what, method in (("reply in", "Reply"), ("emoji on", "Claim")):
                allowed[f"Slack refused your {what} thread {one['Number']}"] = (
                    self._wished[method, one["Timestamp"]])
        # Who stops to look, or takes a mark off, opens a thread again.
        stirred = {text for root in self._work.stirred for text in self._work.texts[root]}
        return [*(f"{ts} was opened {count} times" for ts, count in opened.items()
                  if count > 1 and ts not in self._work.stirred),
                *(f"shown {count} times: {popup}" for popup, count in shown.items()
                  if count > allowed.get(popup[0], 1)
                  and not any(text in popup[1] for text in stirred))]

    def summary(self) -> str:
        happened = ", ".join(f"{count} {name}" for name, count in self._happened.most_common())
        return (f"{self._work.count} deeds of people, {len(self._wishes)} replies, "
                f"{len(self._claims)} claims, {len(self._popups.shown)} popups; {happened}")

    def keep(self, directory: Path) -> None:
        """What helps to find out why."""
        directory.mkdir(parents=True, exist_ok=True)
        (directory / "log").write_text(self._daemon.log_text())
        for path in self._daemon.state_directory.iterdir():
            shutil.copy(path, directory)
        if self._slack.running:
            (directory / "slack.json").write_text(json.dumps(self._slack.snapshot(), indent=1))

    def close(self) -> None:
        self._daemon.close()
        self._slack.kill()
        self._popups.stop()
        self._bus.stop()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--keep", type=Path, metavar="DIRECTORY",
                        help="put the daemon's log and database, and Slack's history there")
    options = parser.parse_args()
    print(f"# seed {options.seed}, {options.seconds:g} s", flush=True)
    with tempfile.TemporaryDirectory(prefix="oncalld-chaos-") as directory:
        chaos = Chaos(Path(directory), options.seed)
        try:
            chaos.run(options.seconds)
            chaos.settle()
            wrong = chaos.judge()
        finally:
            if options.keep:
                chaos.keep(options.keep)
            chaos.close()
    print(f"# {chaos.summary()}")
    for line in wrong:
        print(f"# {line}")
    print(f"{'not ok' if wrong else 'ok'} 1 whatever happens, nothing is lost and nothing comes twice")
    print("1..1")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
