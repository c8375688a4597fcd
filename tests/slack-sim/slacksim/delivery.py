# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Events on their way: one envelope to one of the app's sockets, until it is acked or given up."""

import asyncio
import json
import random
import time
import uuid
from collections import OrderedDict
from typing import TYPE_CHECKING

from . import faults
from .apps import App
from .channel import Channel
from .clock import Clock
from .journal import Journal
from .workspace import Workspace

if TYPE_CHECKING:
    from .socketmode import Connection

# An ack of this many bytes or more is dropped without a word (seen in slack-go).
ACK_LIMIT = 20_000
# How many finished envelopes are remembered, to tell a second ack from a made-up one, and how many
# events, for redelivery by hand.
REMEMBERED = 5_000


class Delivery:
    """One event (or interaction) for one app, with all attempts at it."""

    __slots__ = ("app", "kind", "payload", "attempt", "reason", "envelopes", "timer", "ignore_ack",
                 "accepts_response", "facts")

    def __init__(self, app: App, payload: dict, kind: str = "events_api",
                 accepts_response: bool = False) -> None:
        self.app = app
        self.kind = kind
        self.payload = payload
        self.attempt = 0
        self.reason = ""
        self.envelopes: dict[str, float] = {}  # id: when sent
        self.timer: asyncio.TimerHandle | None = None
        self.ignore_ack = False
        self.accepts_response = accepts_response
        self.facts = {"app": app.id, "kind": kind, "event_id": self.event_id,
                      **event_facts(payload.get("event", {}))}

    @property
    def event_id(self) -> str:
        return self.payload.get("event_id", "")


def event_facts(event: dict) -> dict:
    """What tests ask of an event; ts is the message's own, also of one edited or deleted."""
    inner = event.get("message") or event.get("previous_message") or event.get("item") or {}
    channel = event.get("channel") or inner.get("channel")
    return {"type": event.get("type"), "subtype": event.get("subtype"),
            "channel": channel["id"] if isinstance(channel, dict) else channel,
            "user": event.get("user") if isinstance(event.get("user"), str) else None,
            "ts": inner.get("ts") or event.get("ts")}


class Thief:
    """Another instance that runs on the same app: it takes its share of the payloads and acks."""

    def __init__(self, app: str) -> None:
        self.app = app
        self.stolen = 0


class Hub:
    def __init__(self, workspace: Workspace, journal: Journal, clock: Clock,
                 armed: faults.Faults) -> None:
        self.workspace = workspace
        self.journal = journal
        self.clock = clock
        self.faults = armed
        self.sockets: dict[str, list["Connection"]] = {}
        self.thieves: dict[str, list[Thief]] = {}
        self.open: dict[str, Delivery] = {}  # by envelope id
        self.waiting: dict[str, dict[int, Delivery]] = {}  # un-acked, by app and identity
        self._finished: OrderedDict[str, Delivery] = OrderedDict()
        self._recent: OrderedDict[str, Delivery] = OrderedDict()
        self._held: dict[int, list[Delivery]] = {}
        self._random = random.Random()
        workspace.publish = self.publish

    def start(self, waiting: list[dict]) -> None:
        """With the deliveries that a dump says were under way."""
        self._random.seed(self.workspace.settings.seed)
        for one in waiting:
            delivery = Delivery(self.workspace.apps.all[one["app"]], one["payload"])
            delivery.attempt = one["attempt"]
            self.waiting.setdefault(delivery.app.id, {})[id(delivery)] = delivery
            self._recent[delivery.event_id] = delivery
            self._failed(delivery)

    def dump(self) -> list[dict]:
        return [{"app": one.app.id, "payload": one.payload, "attempt": one.attempt}
                for waiting in self.waiting.values() for one in waiting.values()
                if one.kind == "events_api"]

    # Sockets

    def connected(self, app: str) -> int:
        return len(self.sockets.get(app, [])) + len(self.thieves.get(app, []))

    def add_socket(self, socket: "Connection") -> None:
        self.sockets.setdefault(socket.app, []).append(socket)
        self.journal.touch()

    def remove_socket(self, socket: "Connection") -> None:
        if socket in self.sockets.get(socket.app, []):
            self.sockets[socket.app].remove(socket)
            self.journal.touch()

    def unacked(self, app: str | None = None) -> int:
        """How many deliveries are under way for the app, or for all that ever had a socket.

        An app that nobody runs would never be done.
        """
        apps = [app] if app else list(self.sockets)
        return sum(len(self.waiting.get(one, ())) for one in apps)

    def _choose(self, app: str) -> "Connection | Thief | None":
        """Any of them: Slack follows no pattern (SM)."""
        candidates = [*self.sockets.get(app, []), *self.thieves.get(app, [])]
        return self._random.choice(candidates) if candidates else None

    # Publishing

    def publish(self, event: dict, channel: Channel | None, users: frozenset[str] | None) -> None:
        for app in self.workspace.apps.all.values():
            token = app.authorization(event, channel, users)
            if token is None:
                continue
            delivery = Delivery(app, self._outer(app, event, token.user, token.kind == "bot"))
            fault = None
            if self.faults.any(faults.DELIVERY):
                fault = self.faults.take(faults.DELIVERY, {
                    **delivery.facts, "text": event.get("text")
                    or event.get("message", {}).get("text")})
            self._publish_one(delivery, fault)

    def _outer(self, app: App, event: dict, user: str, is_bot: bool) -> dict:
        team = self.workspace.team["id"]
        return {
            "token": "simulated", "team_id": team, "context_team_id": team,
            "context_enterprise_id": None, "api_app_id": app.id, "event": event,
            "type": "event_callback", "event_id": self._event_id(), "event_time": int(time.time()),
            "authorizations": [{"enterprise_id": None, "team_id": team, "user_id": user,
                                "is_bot": is_bot, "is_enterprise_install": False}],
            "is_ext_shared_channel": False, "event_context": f"4-{uuid.uuid4().hex}",
        }

    @staticmethod
    def _event_id() -> str:
        return "Ev" + uuid.uuid4().hex[:11].upper()

    def _publish_one(self, delivery: Delivery, fault: faults.Fault | None) -> None:
        self._recent[delivery.event_id] = delivery
        if len(self._recent) > REMEMBERED:
            self._recent.popitem(last=False)
        name = fault.name if fault else ""
        if name == "drop":
            return
        if name == "delay":
            asyncio.get_running_loop().call_later(fault["seconds"], self.send, delivery)
            return
        if name == "reorder":
            self._hold(delivery, fault)
            return
        delivery.ignore_ack = name == "ignore-ack"
        self.send(delivery, fault)
        if name == "duplicate":
            for _ in range(fault["copies"]):
                asyncio.get_running_loop().call_later(
                    fault["seconds"], self.send, self._copy(delivery, fault["new_event_id"]))

    def _copy(self, delivery: Delivery, new_event_id: bool) -> Delivery:
        payload = dict(delivery.payload, event_id=self._event_id()) if new_event_id \
            else delivery.payload
        return Delivery(delivery.app, payload, delivery.kind, delivery.accepts_response)

    def _hold(self, delivery: Delivery, fault: faults.Fault) -> None:
        held = self._held.get(fault.id)
        if held is None:
            held = self._held[fault.id] = []
            # The last of them may never come: what is held is let go all the same.
            asyncio.get_running_loop().call_later(fault["seconds"], self._release, fault.id)
        held.append(delivery)
        if len(held) >= fault["window"]:
            self._release(fault.id)

    def _release(self, fault: int) -> None:
        for delivery in reversed(self._held.pop(fault, [])):
            self.send(delivery)

    def redeliver(self, app: str, count: int, new_event_id: bool) -> int:
        """Sends the app's last events once more, the oldest of them first; returns how many."""
        mine = [one for one in reversed(self._recent.values()) if one.app.id == app][:count]
        for delivery in reversed(mine):
            self.send(self._copy(delivery, new_event_id))
        return len(mine)

    # Sending

    def send(self, delivery: Delivery, fault: faults.Fault | None = None) -> None:
        self.waiting.setdefault(delivery.app.id, {})[id(delivery)] = delivery
        socket = self._choose(delivery.app.id)
        if socket is None:
            if not self.workspace.settings.retry_without_socket:
                self._finish(delivery)
            else:
                self._failed(delivery)
            return
        envelope_id = str(uuid.uuid4())
        record = {**delivery.facts, "envelope_id": envelope_id, "attempt": delivery.attempt}
        if isinstance(socket, Thief):
            socket.stolen += 1
            self.journal.add(self.journal.deliveries, {**record, "socket": "thief"})
            self._finish(delivery)
            return
        envelope = {"envelope_id": envelope_id, "payload": delivery.payload, "type": delivery.kind,
                    "accepts_response_payload": delivery.accepts_response}
        if delivery.kind == "events_api":
            envelope["retry_attempt"] = delivery.attempt
            envelope["retry_reason"] = delivery.reason
        if fault and fault.name == "pad":
            envelope["padding"] = "x" * fault["size"]
        delivery.envelopes[envelope_id] = time.time()
        self.open[envelope_id] = delivery
        self.journal.add(self.journal.deliveries, {**record, "socket": socket.id})
        delivery.timer = asyncio.get_running_loop().call_later(
            self.workspace.settings.ack_timeout, self._failed, delivery)
        socket.send_envelope(json.dumps(envelope, separators=(",", ":")).encode(), fault)

    def _failed(self, delivery: Delivery) -> None:
        """Not acked in time, or no socket: again, if the schedule has another time in it."""
        delays = self.workspace.settings.retry_delays
        delivery.ignore_ack = False
        if delivery.kind != "events_api" or delivery.attempt >= len(delays):
            self._finish(delivery)
            return
        delay = delays[delivery.attempt]
        delivery.attempt += 1
        delivery.reason = "timeout"
        delivery.timer = self.clock.call_later(delay, self.send, delivery)

    def _finish(self, delivery: Delivery) -> None:
        if delivery.timer:
            delivery.timer.cancel()
            delivery.timer = None
        self.waiting.get(delivery.app.id, {}).pop(id(delivery), None)
        for envelope_id in delivery.envelopes:
            self.open.pop(envelope_id, None)
            self._finished[envelope_id] = delivery
        while len(self._finished) > REMEMBERED:
            self._finished.popitem(last=False)
        self.journal.touch()

    # Acks

    def acked(self, socket: "Connection", raw: bytes, fragmented: bool) -> None:
        """A text message from the client; everything that is not a proper ack is recorded so."""
        record: dict = {"socket": socket.id, "size": len(raw)}
        try:
            message = json.loads(raw)
            envelope_id = message["envelope_id"]
        except (ValueError, KeyError, TypeError):
            self.journal.add(self.journal.acks, {**record, "lost": "not an ack"})
            return
        record["envelope_id"] = envelope_id
        if message.get("payload"):
            record["payload"] = message["payload"]
        delivery = self.open.get(envelope_id) or self._finished.get(envelope_id)
        if delivery:
            sent = delivery.envelopes[envelope_id]
            record |= {**delivery.facts, "attempt": delivery.attempt, "latency": time.time() - sent}
        if len(raw) >= ACK_LIMIT:
            record["lost"] = "too large"
        elif fragmented:
            record["lost"] = "fragmented"  # not reassembled (seen in slack-go)
        elif delivery is None:
            record["lost"] = "unknown envelope"
        elif envelope_id not in self.open:
            record["again"] = True
        elif delivery.ignore_ack:
            record["lost"] = "ignored"
        else:
            self._finish(delivery)
        self.journal.add(self.journal.acks, record)

    def interact(self, app: App, kind: str, payload: dict, accepts_response: bool) -> None:
        """slash_commands and interactive: sent once, never retried."""
        self.send(Delivery(app, payload, kind, accepts_response))
