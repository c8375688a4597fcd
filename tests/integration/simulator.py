# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The simulated Slack as tests see it: start it, act as anybody in it, look, wait, break it.

    with Simulator() as slack:
        ts = slack.post("mara", "support", "@oncall the export is wrong")
        slack.wait_for_reaction("support", ts, "eyes", user="jonas")

Users, groups and channels are given by name or id. Waiting is done by the simulator, with a
deadline: no test needs to sleep. Every verb of the control endpoint can also be called by Simulator.call.
"""

import json
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

from environment import start

PROGRAM = Path(__file__).resolve().parents[1] / "slack-sim" / "slack-sim"
DEMO = PROGRAM.with_name("demo.toml")

# Seconds that a wait may take when the test does not say; generous, because a machine under
# sanitizers and other tests is slow, and a wait ends as soon as it can.
DEADLINE = 60.0


class ControlError(Exception):
    """The simulator refused a verb; the text is its error."""


class Simulator:
    def __init__(self, scenario: Path = DEMO, *, tls: bool = False, ca_file: Path | None = None,
                 state_file: Path | None = None) -> None:
        """With a state_file, a restart goes on where the last run stopped, on the same ports."""
        self._arguments = [str(PROGRAM), "--scenario", str(scenario), "--exit-with-stdin"]
        if tls:
            self._arguments.append("--tls")
        if ca_file:
            self._arguments += ["--ca-file", str(ca_file)]
        if state_file:
            self._arguments += ["--state-file", str(state_file)]
        self._process: subprocess.Popen | None = None
        self._ready: dict = {}

    # Life

    def start(self) -> "Simulator":
        self._process = start("/usr/bin/python3", *self._arguments, stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, stderr=sys.stderr)
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the simulator ended with code {self._process.wait()}")
        self._ready = json.loads(line)
        return self

    def stop(self) -> None:
        """Ends it properly: with a state file, its state is saved."""
        if self._process:
            self._process.send_signal(signal.SIGCONT)
            self._process.stdin.close()
            try:
                self._process.wait(timeout=DEADLINE)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
                raise
            finally:
                self._process.stdout.close()
                self._process = None

    def restart(self) -> None:
        self.stop()
        self.start()

    def kill(self) -> None:
        """Ends it as a crash would; nothing is saved."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process.stdin.close()
            self._process.stdout.close()
            self._process = None

    def freeze(self) -> None:
        """SIGSTOP: everything stays connected and nothing answers."""
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def __enter__(self) -> "Simulator":
        return self.start()

    def __exit__(self, *_exception) -> None:
        self.stop()

    @property
    def running(self) -> bool:
        return self._process is not None

    @property
    def api(self) -> str:
        return self._ready["api"]

    @property
    def api_tls(self) -> str:
        return self._ready["api_tls"]

    @property
    def control(self) -> str:
        return self._ready["control"]

    @property
    def ca(self) -> str:
        """The file with the authority's certificate."""
        return self._ready["ca"]

    @property
    def pid(self) -> int:
        return self._ready["pid"]

    # The two endpoints

    def call(self, verb: str, **parameters) -> dict:
        """A verb of the control endpoint. A parameter named like a keyword of Python takes a
        trailing underscore (for_)."""
        body = {key.rstrip("_"): value for key, value in parameters.items() if value is not None}
        request = urllib.request.Request(self.control + verb, json.dumps(body).encode(),
                                         {"Content-Type": "application/json"})
        # Beyond the deadline of a wait, which the simulator keeps itself.
        timeout = float(body.get("deadline", DEADLINE)) + DEADLINE
        try:
            with urllib.request.urlopen(request, timeout=timeout) as response:
                answer = json.load(response)
        except urllib.error.HTTPError as error:
            answer = json.load(error)
        if not answer.pop("ok"):
            raise ControlError(answer["error"])
        return answer

    def web_api(self, method: str, bearer: str, /, **arguments) -> dict:
        """A call of the Web API, as a client would make it with a form."""
        request = urllib.request.Request(
            self.api + method, urllib.parse.urlencode(arguments).encode(),
            {"Authorization": f"Bearer {bearer}"})
        try:
            with urllib.request.urlopen(request, timeout=DEADLINE) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            with error:
                return {**json.load(error), "status": error.code,
                        "retry_after": error.headers["Retry-After"]}

    def _wait(self, kind: str, deadline: float | None, /, **wanted) -> dict:
        try:
            return self.call("wait", for_=kind, deadline=deadline or DEADLINE, **wanted)
        except ControlError as error:
            if str(error) != "deadline":
                raise
            asked = ", ".join(f"{key}={value!r}" for key, value in wanted.items()
                              if value is not None)
            raise TimeoutError(f"no {kind} with {asked} within {deadline or DEADLINE} s; last "
                               f"calls: {self._last_calls()}") from None

    def _last_calls(self) -> str:
        return ", ".join(f"{call['method']} {call['error'] or 'ok'}" for call in self.calls()[-8:])

    # Acting

    def post(self, user: str, channel: str, text: str, **extra) -> str:
        """Returns the message's ts. extra: see the verb post (broadcast, label, files, wire, …)."""
        return self.call("post", user=user, channel=channel, text=text, **extra)["ts"]

    def reply(self, user: str, channel: str, thread: str, text: str, **extra) -> str:
        return self.call("reply", user=user, channel=channel, thread=thread, text=text,
                         **extra)["ts"]

    def edit(self, channel: str, ts: str, text: str) -> None:
        self.call("edit", channel=channel, ts=ts, text=text)

    def unfurl(self, channel: str, ts: str, url: str | None = None) -> None:
        self.call("unfurl", channel=channel, ts=ts, url=url)

    def delete(self, channel: str, ts: str) -> None:
        self.call("delete", channel=channel, ts=ts)

    def react(self, user: str, channel: str, ts: str, name: str) -> None:
        self.call("react", user=user, channel=channel, ts=ts, name=name)

    def unreact(self, user: str, channel: str, ts: str, name: str) -> None:
        self.call("unreact", user=user, channel=channel, ts=ts, name=name)

    def set_group(self, group: str, members: list[str]) -> None:
        self.call("group", group=group, members=members)

    def rename_channel(self, user: str, channel: str, name: str) -> None:
        self.call("rename", user=user, channel=channel, name=name)

    def revoke(self, user: str, kind: str = "user", error: str | None = None) -> None:
        self.call("revoke", user=user, kind=kind, error=error)

    # Looking

    def seq(self) -> int:
        """A mark: what happens from now on has a higher number, for the since of the others."""
        return self.call("state")["seq"]

    def message(self, channel: str, ts: str) -> dict:
        return self.call("message", channel=channel, ts=ts)["message"]

    def replies(self, channel: str, thread: str) -> list[dict]:
        return self.call("messages", channel=channel, thread=thread)["messages"]

    def reactions(self, channel: str, ts: str) -> dict[str, list[str]]:
        """Name of the emoji: ids of the users."""
        return {one["name"]: one["users"] for one in self.message(channel, ts).get("reactions", [])}

    def calls(self, method: str | None = None, since: int = 0, **fields) -> list[dict]:
        return self.call("calls", method=method, since=since, **fields)["calls"]

    def deliveries(self, since: int = 0, **fields) -> list[dict]:
        return self.call("deliveries", since=since, **fields)["deliveries"]

    def acks(self, since: int = 0, **fields) -> list[dict]:
        return self.call("acks", since=since, **fields)["acks"]

    def sockets(self, app: str | None = None) -> list[dict]:
        return self.call("sockets", app=app)["sockets"]

    def duplicates(self) -> list[dict]:
        return self.call("duplicates")["duplicates"]

    def snapshot(self) -> dict:
        return self.call("snapshot")

    def texts(self) -> list[str]:
        """What people wrote, in pieces that would be found where it was repeated: lines without
        what Slack has put into them."""
        pieces = []
        for channel in self.snapshot()["channels"]:
            for message in channel["messages"]:
                pieces += re.split(r"<[^>]*>|\n", message["text"])
        return [piece.strip() for piece in pieces if len(piece.strip()) >= 8]

    # Waiting: TimeoutError when the deadline has passed

    def wait_for_message(self, channel: str, deadline: float | None = None, **fields) -> dict:
        """fields: user, thread, contains, regex, text, since. Returns channel, ts, text, user, …"""
        return self._wait("message", deadline, channel=channel, **fields)["message"]

    def wait_for_reaction(self, channel: str, ts: str, name: str, user: str | None = None,
                          present: bool = True, deadline: float | None = None) -> None:
        self._wait("reaction", deadline, channel=channel, ts=ts, name=name, user=user,
                   present=present)

    def wait_for_change(self, what: str, deadline: float | None = None, **fields) -> dict:
        """what: edit, delete, react, unreact, join, rename, group, revoke, …"""
        return self._wait("change", deadline, what=what, **fields)["change"]

    def wait_for_call(self, method: str, count: int = 1, since: int = 0,
                      deadline: float | None = None, **fields) -> dict:
        """The call that made the count full."""
        return self._wait("call", deadline, method=method, count=count, since=since,
                          **fields)["call"]

    def wait_for_delivery(self, deadline: float | None = None, **fields) -> dict:
        return self._wait("delivery", deadline, **fields)["delivery"]

    def wait_for_ack(self, deadline: float | None = None, **fields) -> dict:
        """fields: ts and channel of the message, type, event_id, envelope_id, count, since; lost
        for what Slack would not take for an ack."""
        return self._wait("ack", deadline, **fields)["ack"]

    def wait_for_sockets(self, count: int = 1, newer_than: int = 0, app: str | None = None,
                         deadline: float | None = None) -> list[dict]:
        """Until exactly count sockets have had their hello, all of them newer than that id."""
        return self._wait("sockets", deadline, count=count, newer_than=newer_than,
                          app=app)["sockets"]

    def wait_for_fault(self, ident: int, strikes: int = 1, deadline: float | None = None) -> None:
        self._wait("fault", deadline, id=ident, strikes=strikes)

    def wait_until_idle(self, app: str | None = None, deadline: float | None = None) -> None:
        """Until nothing is un-acked by the app, or by all apps that ever had a socket."""
        self._wait("idle", deadline, app=app)

    # Breaking

    def inject(self, fault: str, **parameters) -> int:
        """Arms a fault, or strikes the open sockets with it; returns its id."""
        return self.call("inject", fault=fault, **parameters).get("id", 0)

    def clear_faults(self, ident: int | None = None) -> None:
        self.call("clear", id=ident)

    def thief(self, app: str, count: int = 1) -> None:
        self.call("thief", app=app, count=count)

    def certificate(self, kind: str) -> None:
        self.call("certificate", kind=kind)

    def network(self, up: bool) -> None:
        self.call("network", up=up)

    def settings(self, **values) -> dict:
        return self.call("settings", **values)["settings"]
