# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Socket Mode: tickets, the upgrade, hello, refresh, and a server's half of the WebSocket.

The protocol sits on the transport itself and not on an HTTP library: only so can it send half a
frame, put hello into the segment of the 101, or forget a connection while TCP lives on.
"""

import asyncio
import base64
import contextlib
import http
import itertools
import json
import os
import socket
import time
import urllib.parse
import uuid

from . import faults, frames, tcp
from .clock import Clock
from .delivery import Hub
from .journal import Journal
from .junk import JUNK
from .settings import Settings

# SM: with debug_reconnects=true in the address a socket lives so long.
DEBUG_RECONNECT_SECONDS = 360
# A request head beyond this is not a WebSocket upgrade.
HEAD_LIMIT = 16_384


class Tickets:
    """One-time permissions to connect, as in the address from apps.connections.open."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._open: dict[str, tuple[str, float]] = {}
        self._used: set[str] = set()

    def issue(self, app: str) -> str:
        ticket = str(uuid.uuid4())
        self._open[ticket] = (app, time.time() + self._settings.ticket_seconds)
        return ticket

    def redeem(self, ticket: str) -> tuple[str | None, int]:
        """(app, 0), or (None, HTTP status): 409 for a second use, 408 for a stale one (seen)."""
        if ticket in self._used:
            return None, 409
        app, expires = self._open.pop(ticket, (None, 0.0))
        if app is None or expires < time.time():
            return None, 408
        self._used.add(ticket)
        return app, 0


class SocketMode:
    """What all connections share."""

    def __init__(self, hub: Hub, journal: Journal, clock: Clock, settings: Settings,
                 armed: faults.Faults) -> None:
        self.hub = hub
        self.journal = journal
        self.clock = clock
        self.settings = settings
        self.faults = armed
        self.tickets = Tickets(settings)
        self.started = time.time()
        self.connections: dict[int, "Connection"] = {}  # TCP connections, upgraded or not
        self.ids = itertools.count(1)

    def protocol(self) -> "Connection":
        return Connection(self)

    def select(self, app: str | None, which: int | str) -> list["Connection"]:
        """Live sockets, oldest first: all, the newest, the oldest, or the one with that id."""
        live = [connection for connection in self.connections.values()
                if connection.app and (app is None or connection.app == app)]
        if which == "newest":
            return live[-1:]
        if which == "oldest":
            return live[:1]
        if which == "all":
            return live
        return [connection for connection in live if connection.id == int(which)]

    def abort_all(self) -> None:
        for connection in list(self.connections.values()):
            connection.reset()


class Connection(asyncio.Protocol):
    def __init__(self, server: SocketMode) -> None:
        self.server = server
        self.id = next(server.ids)
        self.app = ""  # set by the upgrade
        self.opened = 0.0
        self.received = 0
        self.pongs = 0
        self.state = "handshake"
        self._transport: asyncio.Transport | None = None
        self._head = bytearray()
        self._decoder = frames.Decoder()
        self._message: list[bytes] = []  # the pieces of a message that is still coming
        self._timers: list[asyncio.TimerHandle] = []
        self._held: list[bytes] | None = None  # not None: silent, and this is what waits
        self._deaf = False
        self._forgotten = False
        self._finished = False  # FIN was sent
        self._closing = False

    # The transport's callbacks

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self.server.connections[self.id] = self

    def connection_lost(self, error: Exception | None) -> None:
        self._stop()
        self.state = "gone"
        self.server.connections.pop(self.id, None)
        self.server.journal.touch()

    def eof_received(self) -> bool:
        return False

    def data_received(self, data: bytes) -> None:
        if self._forgotten:
            self.reset()
        elif self.state == "handshake":
            self._head += data
            if b"\r\n\r\n" in self._head:
                head, _, rest = bytes(self._head).partition(b"\r\n\r\n")
                self._upgrade(head.decode("latin-1"))
                if rest:
                    self.data_received(rest)
            elif len(self._head) > HEAD_LIMIT:
                self._refuse(431)
        elif self.state in ("open", "closed"):
            self._frames(data)

    # The upgrade

    def _upgrade(self, head: str) -> None:
        request, *lines = head.split("\r\n")
        headers = {}
        for line in lines:
            name, _, value = line.partition(":")
            headers[name.strip().lower()] = value.strip()
        target = urllib.parse.urlsplit(request.split(" ")[1] if request.count(" ") == 2 else "")
        query = urllib.parse.parse_qs(target.query)
        if not request.startswith("GET ") or target.path.rstrip("/") != "/link":
            self._refuse(404)
            return
        if headers.get("upgrade", "").lower() != "websocket" or \
                "upgrade" not in headers.get("connection", "").lower() or \
                headers.get("sec-websocket-version") != "13" or \
                "sec-websocket-key" not in headers:
            self._refuse(400)
            return
        fault = self.server.faults.take(faults.UPGRADE, {"app": query.get("app_id", [""])[0]}) \
            if self.server.faults.any(faults.UPGRADE) else None
        name = fault.name if fault else ""
        if name == "hang-upgrade":
            self.state = "hung"
            return
        if name == "reset-upgrade":
            self.reset()
            return
        if name == "refuse-upgrade":
            self._refuse(fault["status"])
            return
        app, status = self.server.tickets.redeem(query.get("ticket", [""])[0])
        if app is None:
            self._refuse(status)
            return
        key = "wrong" if name == "wrong-accept" else headers["sec-websocket-key"]
        reply = ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                 "Connection: Upgrade\r\nSec-WebSocket-Accept: "
                 f"{frames.accept_key(key)}\r\n\r\n").encode()
        self._open(app, reply, fault, "debug_reconnects=true" in target.query)

    def _refuse(self, status: int) -> None:
        self.state = "refused"
        phrase = http.HTTPStatus(status).phrase
        body = phrase.encode()
        self._transport.write(
            f"HTTP/1.1 {status} {phrase}\r\nContent-Type: text/plain\r\n"
            f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body)
        self._transport.close()

    def _open(self, app: str, reply: bytes, fault: faults.Fault | None, debug: bool) -> None:
        self.app = app
        self.opened = time.time()
        self.state = "open"
        name = fault.name if fault else ""
        settings = self.server.settings
        life = DEBUG_RECONNECT_SECONDS if debug else settings.connection_seconds
        count = self.server.hub.connected(app) + 1
        too_many = count > settings.max_sockets or name == "too-many"
        hello = self._hello(fault["count"] if name == "num-connections" else count, life)
        if name == "bare-hello":
            hello = b'{"type":"hello"}'
        hello = frames.encode(frames.TEXT, hello)
        if name == "hello-with-101":
            self._transport.write(reply + hello)
            self._ready(life, too_many)
            return
        if name == "split-101":
            self._transport.write(reply[:20])
            self._later(fault["seconds"], self._transport.write, reply[20:])
            self._later(fault["seconds"] * 2, self._say_hello, hello, life, too_many)
            return
        self._transport.write(reply)
        if name == "no-hello":
            self._heartbeat()
        else:
            self._later(fault["seconds"] if name == "late-hello" else 0.0, self._say_hello, hello,
                        life, too_many)

    def _hello(self, count: int, life: float) -> bytes:
        # The client's clock is real: it is told the seconds that will really pass.
        return json.dumps({
            "type": "hello", "num_connections": count,
            "debug_info": {
                "host": "applink-simulated",
                "started": time.strftime("%Y-%m-%d %H:%M:%S.000",
                                         time.gmtime(self.server.started)),
                "build_number": 1,
                "approximate_connection_time": round(self.server.clock.real(life))},
            "connection_info": {"app_id": self.app}}).encode()

    def _say_hello(self, hello: bytes, life: float, too_many: bool) -> None:
        self._write(hello)
        self._ready(life, too_many)

    def _ready(self, life: float, too_many: bool) -> None:
        if too_many:
            self.disconnect("too_many_websockets", close=True)
            return
        self.server.hub.add_socket(self)
        clock = self.server.clock
        ahead = min(self.server.settings.warning_seconds, life)
        self._later(clock.real(life - ahead), self.refresh, True, True, ahead, True)
        self._heartbeat()

    # Sending

    def _later(self, seconds: float, function, *args) -> None:
        """In real seconds, unless the socket is gone by then."""
        self._timers.append(asyncio.get_running_loop().call_later(seconds, function, *args))

    def _is_mute(self) -> bool:
        return self.state == "gone" or self._forgotten or self._finished

    def _write(self, data: bytes) -> None:
        if self._is_mute():
            return
        if self._held is not None:
            self._held.append(data)
        else:
            self._transport.write(data)

    def _heartbeat(self) -> None:
        self._write(frames.encode(frames.PING, b"Ping from simulated.slack.com"))
        self._later(self.server.settings.ping_interval, self._heartbeat)

    def send_text(self, payload: bytes) -> None:
        self._write(frames.encode(frames.TEXT, payload))

    def send_envelope(self, payload: bytes, fault: faults.Fault | None) -> None:
        if self._deaf:
            return
        name = fault.name if fault else ""
        if name == "fragment":
            self._write(frames.encode_fragmented(frames.TEXT, payload, fault["pieces"],
                                                 fault["ping"]))
        elif name == "dribble":
            self._dribble(frames.encode(frames.TEXT, payload), fault["bytes"], fault["seconds"])
        elif name == "cut-frame":
            self._cut_frame(frames.encode(frames.TEXT, payload), fault["part"])
        else:
            self.send_text(payload)

    def _dribble(self, data: bytes, step: int, seconds: float) -> None:
        """A few bytes at a time; what else is to be sent meanwhile waits its turn."""
        if self._held is not None:
            self._held.append(data)
            return
        self._held = []

        def write(at: int) -> None:
            if self._is_mute():
                return
            self._transport.write(data[at:at + step])
            if at + step < len(data):
                self._later(seconds, write, at + step)
            else:
                self._let_go()

        write(0)

    def _let_go(self) -> None:
        held, self._held = self._held or [], None
        for data in held:
            self._transport.write(data)

    def _cut_frame(self, frame: bytes, part: float) -> None:
        self._write(frame[:max(1, int(len(frame) * part))])
        # Time for the first part to arrive: RST may overtake what is still in the send buffer.
        self._later(0.02, self.reset)

    # Receiving

    def _frames(self, data: bytes) -> None:
        try:
            for fin, opcode, payload in self._decoder.feed(data):
                self._frame(fin, opcode, payload)
        except frames.ProtocolError as error:
            self.close(error.code, str(error))

    def _frame(self, fin: bool, opcode: int, payload: bytes) -> None:
        self.received += 1
        if opcode == frames.PING:
            self._write(frames.encode(frames.PONG, payload))
        elif opcode == frames.PONG:
            self.pongs += 1
        elif opcode == frames.CLOSE:
            self._closed_by_client(payload)
        elif fin and not self._message:
            self.server.hub.acked(self, payload, fragmented=False)
        else:
            self._message.append(payload)
            if fin:
                whole, self._message = b"".join(self._message), []
                self.server.hub.acked(self, whole, fragmented=True)

    def _closed_by_client(self, payload: bytes) -> None:
        if not self._closing:
            self._closing = True
            self._write(frames.encode(frames.CLOSE, payload[:2]))
        self._linger()

    def _linger(self) -> None:
        """After the close handshake Slack leaves TCP open (seen); the client has to hang up."""
        self._leave()
        self.state = "closed"
        self._later(self.server.settings.close_linger, self.fin)

    # Ending

    def _leave(self) -> None:
        self.server.hub.remove_socket(self)
        for timer in self._timers:
            timer.cancel()
        self._timers.clear()

    def _stop(self) -> None:
        self._leave()
        self._held = None

    def close(self, code: int = 1000, reason: str = "") -> None:
        if not self._closing:
            self._closing = True
            self._write(frames.encode(frames.CLOSE, frames.close_payload(code, reason)))
        self._linger()

    def fin(self) -> None:
        if self._transport and not self._transport.is_closing():
            self._transport.close()

    def reset(self) -> None:
        if self._transport and self.state != "gone":
            tcp.reset(self._transport)

    def disconnect(self, reason: str, close: bool) -> None:
        self.send_text(json.dumps({"type": "disconnect", "reason": reason,
                                   "debug_info": {"host": "applink-simulated"}}).encode())
        if close:
            self.close()

    def refresh(self, warning: bool, requested: bool, seconds: float, close: bool) -> None:
        """SM: a warning some seconds ahead, then refresh_requested and the end; either may lack."""
        if warning:
            self.disconnect("warning", close=False)
            if requested:
                self._later(self.server.clock.real(seconds), self.refresh, False, True, 0.0, close)
        elif requested:
            self.disconnect("refresh_requested", close)

    # Faults of an open socket

    def strike(self, fault: faults.Fault) -> None:
        getattr(self, "_strike_" + fault.name.replace("-", "_"))(fault)

    def _strike_refresh(self, fault: faults.Fault) -> None:
        self.refresh(fault["warning"], fault["refresh_requested"], fault["seconds"], fault["close"])

    def _strike_disconnect(self, fault: faults.Fault) -> None:
        self.disconnect(fault["reason"], fault["close"])

    def _strike_silence(self, _fault: faults.Fault) -> None:
        if self._held is None:
            self._held = []
            self._transport.pause_reading()

    def _strike_resume(self, _fault: faults.Fault) -> None:
        self._deaf = False
        if self._held is not None:
            self._let_go()
            self._transport.resume_reading()

    def _strike_deaf(self, _fault: faults.Fault) -> None:
        self._deaf = True

    def _strike_half_open(self, _fault: faults.Fault) -> None:
        self._leave()
        self._forgotten = True
        self.state = "forgotten"

    def _strike_half_closed(self, _fault: faults.Fault) -> None:
        # TLS has no half-close: there the raw socket sends FIN below it.
        self._finished = True
        # Of a socket that the client has just reset there is no half left.
        with contextlib.suppress(OSError):
            if self._transport.can_write_eof():
                self._transport.write_eof()
            else:
                raw = self._transport.get_extra_info("socket")
                with socket.socket(fileno=os.dup(raw.fileno())) as duplicate:
                    duplicate.shutdown(socket.SHUT_WR)

    def _strike_reset(self, fault: faults.Fault) -> None:
        if fault["mid_frame"]:
            self._cut_frame(frames.encode(frames.TEXT, b'{"type":"events_api"' + b" " * 200), 0.5)
        else:
            self.reset()

    def _strike_fin(self, _fault: faults.Fault) -> None:
        self.fin()

    def _strike_close(self, fault: faults.Fault) -> None:
        self.close(fault["code"], fault["reason"])

    def _strike_ping(self, fault: faults.Fault) -> None:
        self._write(frames.encode(frames.PING, fault["text"].encode()))

    def _strike_send(self, fault: faults.Fault) -> None:
        if fault["base64"] is not None:
            payload = base64.b64decode(fault["base64"])
        elif fault["json"] is not None:
            payload = json.dumps(fault["json"]).encode()
        else:
            payload = (fault["text"] or "").encode("utf-8", "surrogateescape")
        self._write(frames.encode(fault["opcode"], payload, fault["fin"], fault["rsv"],
                                  fault["masked"]))

    def _strike_junk(self, fault: faults.Fault) -> None:
        make, _ = JUNK[fault["kind"]]
        opcode, payload = make()
        self._write(frames.encode(opcode, payload))

    def describe(self) -> dict:
        return {"id": self.id, "app": self.app, "state": self.state, "opened": self.opened,
                "frames_received": self.received, "pongs": self.pongs,
                "silent": self._held is not None, "deaf": self._deaf}
