# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The control endpoint: act as anybody, look at everything, wait for anything, break what is asked.

POST /control/VERB with a JSON object, or GET with a query. The answer is {"ok": true, …} or
{"ok": false, "error": …}, with HTTP 400 when the request itself was wrong.
"""

import asyncio
import inspect
import json
import re
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING, Callable

from aiohttp import web

from . import actions, faults, state
from .delivery import Thief
from .journal import Journal
from .junk import JUNK
from .settings import Refused

if TYPE_CHECKING:
    from .simulator import Simulator

# How long a wait lasts when the request does not say.
DEFAULT_DEADLINE = 10.0


def matches(record: dict, wanted: dict) -> bool:
    """Whether the record has those values; contains looks into its text, regex as well."""
    for key, value in wanted.items():
        if key == "contains":
            if value not in (record.get("text") or ""):
                return False
        elif key == "regex":
            if not re.search(value, record.get("text") or ""):
                return False
        elif record.get(key) != value:
            return False
    return True


def collector(stream: Callable[[], list[dict]], since: int, wanted: dict) -> Callable[[], list]:
    """Collects the matching records of a stream; each is looked at once, however often one asks."""
    found: list[dict] = []
    seen = since

    def collect() -> list[dict]:
        nonlocal seen
        for record in Journal.after(stream(), seen):
            seen = record["seq"]
            if matches(record, wanted):
                found.append(record)
        return found
    return collect


class Control:
    def __init__(self, simulator: "Simulator") -> None:
        self._sim = simulator
        self._verbs = {name.removeprefix("verb_"): getattr(self, name)
                       for name in dir(self) if name.startswith("verb_")}

    async def handle(self, request: web.BaseRequest) -> web.Response:
        name = request.path.removeprefix("/control").strip("/")
        try:
            if request.method == "POST":
                parameters = json.loads(await request.read() or b"{}")
            else:
                parameters = {key: json.loads(value) if value.lstrip("-").isdigit() else value
                              for key, value in request.query.items()}
            answer = await self._run(name or "verbs", parameters)
            return _json({"ok": True, **answer})
        except Refused as refused:
            return _json({"ok": False, "error": refused.error})
        except KeyError as error:
            return _json({"ok": False, "error": f"{name}: {error} is missing or unknown"}, 400)
        except (ValueError, TypeError) as error:
            return _json({"ok": False, "error": f"{name}: {error}"}, 400)

    async def _run(self, name: str, parameters: dict) -> dict:
        if name in actions.ACTIONS:
            return actions.ACTIONS[name](self._sim.workspace, parameters)
        if name not in self._verbs:
            raise ValueError("no such verb; see /control/verbs")
        result = self._verbs[name](parameters)
        return await result if inspect.isawaitable(result) else result

    # Looking

    def verb_verbs(self, _parameters: dict) -> dict:
        """All verbs."""
        described = {**actions.ACTIONS, **self._verbs}
        return {"verbs": {name: inspect.getdoc(verb) for name, verb in sorted(described.items())}}

    def verb_state(self, _parameters: dict) -> dict:
        """Everything at a glance."""
        sim = self._sim
        return {
            "seq": sim.journal.seq, "team": sim.workspace.team, "settings": vars(sim.settings),
            "channels": {channel.id: {"name": channel.name, "messages": len(channel.messages)}
                         for channel in sim.workspace.channels.values()},
            "labels": sim.workspace.labels, "sockets": self.verb_sockets({})["sockets"],
            "unacked": sim.hub.unacked(), "faults": sim.faults.describe(),
            "timeline": sim.timeline, "scheduled": list(sim.workspace.scheduled.items.values()),
            "counts": {name: len(self._stream(name)) for name in self.STREAMS},
            "addresses": sim.addresses(),
        }

    def verb_message(self, parameters: dict) -> dict:
        """channel and ts, or ts a label: the message with all of its reactions' users."""
        channel, ts = actions.find_message(self._sim.workspace, parameters)
        message = self._sim.workspace.message(channel, ts)
        return {"channel": channel.id, "posted": message.posted,
                "message": channel.render(message, users_shown=len(self._sim.workspace.users))}

    def verb_messages(self, parameters: dict) -> dict:
        """channel, and thread (ts or label) for its replies; in the order they were written."""
        workspace = self._sim.workspace
        if "thread" in parameters:
            channel, ts = actions.find_message(workspace, parameters, "thread")
            stamps = channel.replies(ts)
        else:
            channel = workspace.channel(parameters["channel"])
            stamps = channel.timeline
        return {"messages": [channel.render(channel.messages[ts], users_shown=len(workspace.users))
                             for ts in stamps]}

    STREAMS = ("changes", "calls", "deliveries", "acks")

    def _stream(self, name: str) -> list[dict]:
        return getattr(self._sim.journal, name)

    def _records(self, name: str, parameters: dict) -> list[dict]:
        wanted = {key: value for key, value in parameters.items() if key != "since"}
        return collector(lambda: self._stream(name), int(parameters.get("since", 0)), wanted)()

    def verb_changes(self, parameters: dict) -> dict:
        """since (a seq) and any fields: what happened to the workspace, in order."""
        return {"changes": self._records("changes", parameters)}

    def verb_calls(self, parameters: dict) -> dict:
        """since and any fields (method, user, app, ok, error, status): calls of the Web API."""
        return {"calls": self._records("calls", parameters)}

    def verb_deliveries(self, parameters: dict) -> dict:
        """since and any fields (type, subtype, channel, ts, socket, attempt): envelopes sent."""
        return {"deliveries": self._records("deliveries", parameters)}

    def verb_acks(self, parameters: dict) -> dict:
        """since and any fields (as of deliveries, and lost, again): what clients sent back."""
        return {"acks": self._records("acks", parameters)}

    def verb_sockets(self, parameters: dict) -> dict:
        """app: the open sockets, oldest first."""
        return {"sockets": [one.describe() for one in
                            self._sim.socket_mode.select(parameters.get("app"), "all")],
                "thieves": {app: [thief.stolen for thief in thieves]
                            for app, thieves in self._sim.hub.thieves.items()}}

    def verb_duplicates(self, _parameters: dict) -> dict:
        """Messages posted more than once through the Web API: same channel, thread, user, text."""
        groups: dict[tuple, list[str]] = {}
        for change in self._sim.journal.changes:
            if change["what"] == "post" and change["posted"]:
                key = (change["channel"], change["thread_ts"], change["user"], change["text"])
                groups.setdefault(key, []).append(change["ts"])
        return {"duplicates": [
            dict(zip(("channel", "thread_ts", "user", "text"), key), ts=stamps)
            for key, stamps in groups.items() if len(stamps) > 1]}

    def verb_snapshot(self, _parameters: dict) -> dict:
        """The whole workspace with every message, and all changes after the scenario's past, in
        order."""
        workspace = self._sim.workspace
        everybody = len(workspace.users)
        return {
            "seq": self._sim.journal.seq, "team": workspace.team,
            "users": list(workspace.users.values()),
            "groups": [workspace.group_info(group) for group in workspace.groups.values()],
            "channels": [{
                **channel.info(), "members": list(channel.members),
                "messages": [dict(channel.render(message, users_shown=everybody),
                                  posted=message.posted)
                             for _, message in sorted(channel.messages.items())],
            } for channel in workspace.channels.values()],
            "changes": self._sim.journal.changes,
        }

    # Waiting

    async def verb_wait(self, parameters: dict) -> dict:
        """for: message, change, call, delivery, ack (fields, count, since), reaction (channel, ts,
        name, user, present), sockets (count, app, newer_than), idle (app), timeline, fault (id,
        strikes);
        deadline in seconds. On the deadline the error is "deadline"."""
        wanted = dict(parameters)
        deadline = float(wanted.pop("deadline", DEFAULT_DEADLINE))
        what = wanted.pop("for")
        condition = getattr(self, f"_wait_{what}", None)
        if condition is None:
            raise ValueError(f"cannot wait for {what!r}")
        found = await self._sim.journal.wait(condition(wanted), deadline)
        if found is None:
            raise Refused("deadline")
        return found

    def _wait_stream(self, name: str, key: str, wanted: dict) -> Callable[[], dict | None]:
        count, since = int(wanted.pop("count", 1)), int(wanted.pop("since", 0))
        collect = collector(lambda: self._stream(name), since, wanted)

        def condition() -> dict | None:
            found = collect()
            return {key: found[count - 1], "found": found} if len(found) >= count else None
        return condition

    def _resolve(self, wanted: dict) -> dict:
        """Names and labels in the fields of a wait, as the journal has them: ids."""
        workspace = self._sim.workspace
        if wanted.get("ts") in workspace.labels:
            wanted["channel"], wanted["ts"] = workspace.labels[wanted["ts"]]
        if wanted.get("thread") is not None:
            channel, wanted["thread_ts"] = actions.find_message(workspace, wanted, "thread")
            wanted["channel"] = channel.id
            del wanted["thread"]
        if wanted.get("channel"):
            wanted["channel"] = workspace.channel(wanted["channel"]).id
        if wanted.get("user"):
            wanted["user"] = workspace.user(wanted["user"])["id"]
        return wanted

    def _wait_message(self, wanted: dict) -> Callable[[], dict | None]:
        return self._wait_stream("changes", "message", {**self._resolve(wanted), "what": "post"})

    def _wait_change(self, wanted: dict) -> Callable[[], dict | None]:
        return self._wait_stream("changes", "change", self._resolve(wanted))

    def _wait_call(self, wanted: dict) -> Callable[[], dict | None]:
        return self._wait_stream("calls", "call", self._resolve(wanted))

    def _wait_delivery(self, wanted: dict) -> Callable[[], dict | None]:
        return self._wait_stream("deliveries", "delivery", self._resolve(wanted))

    def _wait_ack(self, wanted: dict) -> Callable[[], dict | None]:
        # What Slack did not notice is no ack, unless it is that one waits for.
        return self._wait_stream("acks", "ack", {"lost": None, **self._resolve(wanted)})

    def _wait_reaction(self, wanted: dict) -> Callable[[], dict | None]:
        workspace = self._sim.workspace
        channel, ts = actions.find_message(workspace, wanted)
        user = workspace.user(wanted["user"])["id"] if "user" in wanted else None
        present = wanted.get("present", True)

        def condition() -> dict | None:
            message = channel.messages.get(ts)
            users = message.reactions.get(wanted["name"], {}) if message else {}
            has = user in users if user else bool(users)
            return {"users": list(users)} if has == present else None
        return condition

    def _wait_sockets(self, wanted: dict) -> Callable[[], dict | None]:
        """Exactly count sockets that take events, all of them newer than the socket newer_than."""
        count, newest = int(wanted.get("count", 1)), int(wanted.get("newer_than", 0))

        def condition() -> dict | None:
            live = [one for app, sockets in self._sim.hub.sockets.items() for one in sockets
                    if wanted.get("app") in (None, app)]
            if len(live) == count and all(one.id > newest for one in live):
                return {"sockets": [one.describe() for one in live]}
            return None
        return condition

    def _wait_idle(self, wanted: dict) -> Callable[[], dict | None]:
        return lambda: None if self._sim.hub.unacked(wanted.get("app")) else {"unacked": 0}

    def _wait_timeline(self, _wanted: dict) -> Callable[[], dict | None]:
        return lambda: None if self._sim.timeline else {"timeline": []}

    def _wait_fault(self, wanted: dict) -> Callable[[], dict | None]:
        strikes = int(wanted.get("strikes", 1))

        def condition() -> dict | None:
            struck = [one for one in self._sim.faults.struck if one["id"] == wanted["id"]]
            return {"struck": struck} if len(struck) >= strikes else None
        return condition

    # Breaking

    def verb_inject(self, parameters: dict) -> dict:
        """fault and its parameters; times (1), lasting, skip; filters method, user, app, channel,
        type, subtype, contains; for sockets: socket (all, newest, oldest or an id) and app."""
        sim = self._sim
        parameters = dict(parameters)
        for key, find in (("user", sim.workspace.user), ("channel", sim.workspace.channel)):
            if key in parameters and "*" not in parameters[key]:
                found = find(parameters[key])
                parameters[key] = found["id"] if isinstance(found, dict) else found.id
        fault = sim.faults.make(parameters)
        if fault.kind.where != faults.SOCKET:
            sim.faults.arm(fault)
            return {"id": fault.id}
        sockets = sim.socket_mode.select(parameters.get("app"), parameters.get("socket", "all"))
        if fault.name == "redeliver":
            apps = [parameters["app"]] if "app" in parameters else list(sim.workspace.apps.all)
            return {"redelivered": sum(
                sim.hub.redeliver(app, fault["count"], fault["new_event_id"]) for app in apps)}
        if fault.name == "junk" and fault["kind"] not in JUNK:
            raise ValueError(f"unknown junk {fault['kind']!r}; known: {', '.join(JUNK)}")
        if not sockets:
            raise Refused("no such socket is open")
        for one in sockets:
            one.strike(fault)
        return {"id": fault.id, "sockets": [one.id for one in sockets]}

    def verb_faults(self, _parameters: dict) -> dict:
        """The catalogue, what is armed and what has struck."""
        return {"known": {name: {"where": kind.where, "what": kind.what, **kind.parameters}
                          for name, kind in faults.FAULTS.items()},
                "junk": {kind: envelope for kind, (_, envelope) in JUNK.items()},
                "armed": self._sim.faults.describe(), "struck": self._sim.faults.struck}

    def verb_clear(self, parameters: dict) -> dict:
        """id, or all faults: disarmed."""
        return {"cleared": self._sim.faults.clear(parameters.get("id"))}

    def verb_thief(self, parameters: dict) -> dict:
        """app, count: so many other instances run on this app and take their share."""
        app = parameters["app"]
        self._sim.hub.thieves[app] = [Thief(app) for _ in range(parameters.get("count", 1))]
        return {}

    def verb_certificate(self, parameters: dict) -> dict:
        """kind: good, expired, not-yet-valid, wrong-host, unknown-authority; from the next
        handshake on."""
        if self._sim.context is None:
            raise ValueError("the simulator runs without TLS")
        self._sim.context.present(parameters["kind"])
        return {}

    async def verb_network(self, parameters: dict) -> dict:
        """up (true or false): down, nobody listens and every connection is reset."""
        await self._sim.network(parameters["up"])
        return {}

    def verb_settings(self, parameters: dict) -> dict:
        """Any settings: changed; none: shown."""
        self._sim.settings.update(parameters, self._sim.clock)
        return {"settings": vars(self._sim.settings)}

    def verb_envelope(self, parameters: dict) -> dict:
        """app, type (interactive or slash_commands), payload, accepts_response_payload."""
        self._sim.hub.interact(self._sim.workspace.apps.all[parameters["app"]],
                               parameters["type"], parameters["payload"],
                               parameters.get("accepts_response_payload", True))
        return {}

    # Load and life

    async def verb_storm(self, parameters: dict) -> dict:
        """channel, user, count, size (bytes of text), window (un-acked at most), deadline: posts as
        fast as the client acks; returns the rate and the ack's latency in milliseconds."""
        sim = self._sim
        channel = sim.workspace.channel(parameters["channel"])
        user = sim.workspace.user(parameters["user"])["id"]
        count, window = int(parameters["count"]), int(parameters.get("window", 64))
        # Text and blocks hold it twice.
        text = "x" * max(1, int(parameters.get("size", 200)) // 2)
        since, deadline = sim.journal.seq, float(parameters.get("deadline", 60))
        started = time.monotonic()
        for number in range(count):
            sim.workspace.post(channel, user, f"{number} {text}")
            if sim.hub.unacked() >= window:
                left = deadline - (time.monotonic() - started)
                if await sim.journal.wait(lambda: sim.hub.unacked() < window, left) is None:
                    raise Refused("deadline")
            elif number % 16 == 0:
                await asyncio.sleep(0)
        if await sim.journal.wait(lambda: not sim.hub.unacked(),
                                  deadline - (time.monotonic() - started)) is None:
            raise Refused("deadline")
        seconds = time.monotonic() - started
        latencies = [ack["latency"] * 1000 for ack in Journal.after(sim.journal.acks, since)
                     if "latency" in ack]
        return {"count": count, "seconds": seconds, "per_second": count / seconds,
                "acks": len(latencies), "ack_ms": _quantiles(latencies)}

    def verb_save(self, parameters: dict) -> dict:
        """file: the state, as at the end of a run with --state-file."""
        state.save(self._sim, Path(parameters["file"]))
        return {}

    def verb_stop(self, _parameters: dict) -> dict:
        """Ends the simulator, as SIGTERM does."""
        self._sim.stopping.set()
        return {}


def _quantiles(values: list[float]) -> dict:
    if len(values) < 2:
        return {}
    cuts = statistics.quantiles(values, n=100)
    return {"p50": round(cuts[49], 3), "p99": round(cuts[98], 3), "max": round(max(values), 3)}


def _json(answer: dict, status: int = 200) -> web.Response:
    return web.Response(text=json.dumps(answer), status=status, content_type="application/json")
