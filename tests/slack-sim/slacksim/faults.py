# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The catalogue of faults, and which of them lie in wait.

A fault is armed for one of three places (an API call, a WebSocket upgrade, a delivery) and strikes
when its filters match there: once, a number of times, or until cleared. Faults of the fourth place,
socket, strike the open sockets at once.
"""

import fnmatch
import itertools
from dataclasses import dataclass

API, UPGRADE, DELIVERY, SOCKET = "api", "upgrade", "delivery", "socket"


@dataclass(frozen=True)
class Kind:
    where: str
    what: str
    parameters: dict


def _api(what: str, **parameters) -> Kind:
    # after: the operation is carried out first, and only its answer suffers.
    return Kind(API, what, {"after": False, **parameters})


FAULTS: dict[str, Kind] = {
    "rate-limited": _api("429 with Retry-After", retry_after=1),
    "http-status": _api("another HTTP status and no JSON", status=503),
    "error": _api('{"ok":false,"error":…}', error="internal_error"),
    "no-answer": _api("the request is read and never answered"),
    "hang-up": _api("the connection is reset in place of an answer"),
    "late": _api("the answer comes late", seconds=1.0),
    "trickle": _api("the answer comes a few bytes at a time", bytes=1, seconds=0.01),
    "truncated": _api("the JSON ends early, the HTTP message is whole", part=0.5),
    "cut": _api("the connection ends in the middle of the answer", part=0.5),
    "not-json": _api("HTML in place of JSON", body="<html><body>Oops</body></html>"),

    "refuse-upgrade": Kind(UPGRADE, "an HTTP error in place of 101", {"status": 408}),
    "hang-upgrade": Kind(UPGRADE, "no answer to the upgrade", {}),
    "reset-upgrade": Kind(UPGRADE, "RST in place of 101", {}),
    "wrong-accept": Kind(UPGRADE, "101 with a wrong Sec-WebSocket-Accept", {}),
    "split-101": Kind(UPGRADE, "the 101 comes in two segments", {"seconds": 0.05}),
    "hello-with-101": Kind(UPGRADE, "101 and hello in one segment", {}),
    "no-hello": Kind(UPGRADE, "hello never comes", {}),
    "late-hello": Kind(UPGRADE, "hello comes late", {"seconds": 1.0}),
    "bare-hello": Kind(UPGRADE, 'hello is {"type":"hello"} and nothing more', {}),
    "num-connections": Kind(UPGRADE, "hello claims so many sockets", {"count": 2}),
    "too-many": Kind(UPGRADE, "disconnect with too_many_websockets after hello", {}),

    "drop": Kind(DELIVERY, "never delivered: only history has it", {}),
    "delay": Kind(DELIVERY, "delivered late", {"seconds": 1.0}),
    "duplicate": Kind(DELIVERY, "delivered again, un-acked or not",
                      {"copies": 1, "new_event_id": True, "seconds": 0.0}),
    "reorder": Kind(DELIVERY, "so many deliveries are held and sent in reverse",
                    {"window": 2, "seconds": 5.0}),
    "ignore-ack": Kind(DELIVERY, "its acks are not noticed until it is redelivered", {}),
    "fragment": Kind(DELIVERY, "the frame in pieces, a ping between them",
                     {"pieces": 3, "ping": True}),
    "dribble": Kind(DELIVERY, "the frame a few bytes at a time", {"bytes": 1, "seconds": 0.001}),
    "pad": Kind(DELIVERY, "the frame is so many bytes larger", {"size": 2_000_000}),
    "cut-frame": Kind(DELIVERY, "part of the frame, then RST", {"part": 0.5}),

    "refresh": Kind(SOCKET, "the end of the socket's life: warning (seconds ahead) and/or "
                            "refresh_requested, then close",
                    {"warning": True, "refresh_requested": True, "seconds": 10.0, "close": True}),
    "disconnect": Kind(SOCKET, "a disconnect message with that reason",
                       {"reason": "link_disabled", "close": True}),
    "silence": Kind(SOCKET, "nothing is read or sent, TCP stays open", {}),
    "resume": Kind(SOCKET, "the end of silence or deaf; what was held is sent", {}),
    "deaf": Kind(SOCKET, "alive, pings answered, but events vanish", {}),
    "half-open": Kind(SOCKET, "the server has forgotten it: silent, RST when written to", {}),
    "half-closed": Kind(SOCKET, "the server sends FIN and reads on", {}),
    "reset": Kind(SOCKET, "RST, in the middle of a frame or between two", {"mid_frame": True}),
    "fin": Kind(SOCKET, "TCP closed without a close frame", {}),
    "close": Kind(SOCKET, "a close frame", {"code": 1000, "reason": ""}),
    "ping": Kind(SOCKET, "a ping now", {"text": ""}),
    "send": Kind(SOCKET, "a frame of one's own: text, json or base64",
                 {"text": None, "json": None, "base64": None, "opcode": 1, "fin": True, "rsv": 0,
                  "masked": False}),
    "junk": Kind(SOCKET, "a frame that should not be: see junk.py", {"kind": "not-json"}),
    "redeliver": Kind(SOCKET, "the last events once more, acked or not",
                      {"count": 1, "new_event_id": True}),
}

# What may stand beside a fault's own parameters: filters, and for how long it lasts.
FILTERS = ("method", "user", "app", "channel", "type", "subtype", "contains")
COMMON = ("fault", "times", "lasting", "skip", "socket", *FILTERS)


@dataclass
class Fault:
    id: int
    name: str
    kind: Kind
    parameters: dict
    filters: dict
    remaining: int | None  # None: until cleared
    skip: int = 0
    strikes: int = 0

    def __getitem__(self, name: str):
        return self.parameters[name]

    def matches(self, facts: dict) -> bool:
        for name, wanted in self.filters.items():
            value = facts.get(name)
            if name == "contains":
                if wanted not in (facts.get("text") or ""):
                    return False
            elif value is None or not fnmatch.fnmatchcase(str(value), str(wanted)):
                return False
        return True

    def describe(self) -> dict:
        return {"id": self.id, "fault": self.name, "where": self.kind.where, **self.parameters,
                **self.filters, "remaining": self.remaining, "skip": self.skip,
                "strikes": self.strikes}


class Faults:
    def __init__(self) -> None:
        self._ids = itertools.count(1)
        self._armed: dict[str, list[Fault]] = {API: [], UPGRADE: [], DELIVERY: []}
        self.struck: list[dict] = []

    def make(self, request: dict) -> Fault:
        """Checks a request to inject; ValueError says what is wrong with it."""
        name = request.get("fault", "")
        if (kind := FAULTS.get(name)) is None:
            raise ValueError(f"unknown fault {name!r}; known: {', '.join(FAULTS)}")
        for key in request:
            if key not in COMMON and key not in kind.parameters:
                raise ValueError(f"{name} has no parameter {key!r}; it has "
                                 f"{', '.join(kind.parameters) or 'none'}")
        parameters = {key: request.get(key, value) for key, value in kind.parameters.items()}
        # An order needs several: held alone, the first would only come late.
        usual_times = parameters.get("window", 1)
        times = None if request.get("lasting") else int(request.get("times", usual_times))
        filters = {key: request[key] for key in FILTERS if key in request}
        return Fault(next(self._ids), name, kind, parameters, filters, times,
                     int(request.get("skip", 0)))

    def arm(self, fault: Fault) -> None:
        self._armed[fault.kind.where].append(fault)

    def any(self, where: str) -> bool:
        return bool(self._armed[where])

    def take(self, where: str, facts: dict) -> Fault | None:
        """The first armed fault that matches; it has then struck once more."""
        for fault in self._armed[where]:
            if not fault.matches(facts):
                continue
            if fault.skip:
                fault.skip -= 1
                continue
            fault.strikes += 1
            self.struck.append({"id": fault.id, "fault": fault.name, **facts})
            if fault.remaining is not None:
                fault.remaining -= 1
                if fault.remaining <= 0:
                    self._armed[where].remove(fault)
            return fault
        return None

    def clear(self, ident: int | None = None) -> int:
        """Disarms one fault, or all; returns how many."""
        cleared = 0
        for where, armed in self._armed.items():
            kept = [fault for fault in armed if ident is not None and fault.id != ident]
            cleared += len(armed) - len(kept)
            self._armed[where] = kept
        return cleared

    def describe(self) -> list[dict]:
        return [fault.describe() for armed in self._armed.values() for fault in armed]
