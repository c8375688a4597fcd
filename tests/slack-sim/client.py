# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""A bare WebSocket client for the tests: it shows frames, segments and resets as they come."""

import base64
import json
import os
import socket
import ssl
import time
import urllib.parse

from slacksim import frames

# Seconds; generous, because a machine may be busy
TIMEOUT = 60.0


class Closed(Exception):
    """The server has ended the connection; how is "fin" or "reset"."""

    def __init__(self, how: str) -> None:
        super().__init__(how)
        self.how = how


class SocketClient:
    def __init__(self, url: str, ca: str | None = None) -> None:
        """Connects TCP (and TLS) and sends the upgrade; the answer is read by upgrade()."""
        parts = urllib.parse.urlsplit(url)
        self.raw = socket.create_connection((parts.hostname, parts.port), timeout=TIMEOUT)
        if parts.scheme == "wss":
            context = ssl.create_default_context(cafile=ca)
            self.raw = context.wrap_socket(self.raw, server_hostname=parts.hostname)
        self._decoder = frames.Decoder(masked=False)
        self._frames: list[tuple[bool, int, bytes]] = []
        self.key = base64.b64encode(os.urandom(16)).decode()
        self.raw.sendall((
            f"GET {parts.path}?{parts.query} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
            f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: {self.key}\r\n\r\n").encode())

    def upgrade(self) -> tuple[int, dict[str, str], bytes]:
        """(status, headers, what came in the same read after the head)."""
        head = b""
        while b"\r\n\r\n" not in head:
            head += self.receive()
        head, _, rest = head.partition(b"\r\n\r\n")
        request, *lines = head.decode().split("\r\n")
        status = int(request.split(" ")[1])
        if status == 101:
            self._frames += self._decoder.feed(rest)
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
        return status, headers, rest

    def receive(self) -> bytes:
        try:
            data = self.raw.recv(65_536)
        except ConnectionResetError:
            raise Closed("reset") from None
        except ssl.SSLEOFError:
            raise Closed("fin") from None
        if not data:
            raise Closed("fin")
        return data

    def frame(self, timeout: float = TIMEOUT) -> tuple[bool, int, bytes]:
        """The next frame of any kind, as it is on the wire."""
        end = time.monotonic() + timeout
        while not self._frames:
            self.raw.settimeout(max(0.001, end - time.monotonic()))
            self._frames += self._decoder.feed(self.receive())
        return self._frames.pop(0)

    def message(self, timeout: float = TIMEOUT) -> dict:
        """The next whole text message, as JSON; pings are answered on the way."""
        pieces = []
        end = time.monotonic() + timeout
        while True:
            fin, opcode, payload = self.frame(end - time.monotonic())
            if opcode == frames.PING:
                self.send(frames.PONG, payload)
            elif opcode in (frames.TEXT, frames.CONTINUATION):
                pieces.append(payload)
                if fin:
                    return json.loads(b"".join(pieces))

    def envelope(self, ack: bool = True, timeout: float = TIMEOUT) -> dict:
        """The next message that is an envelope, acked unless told otherwise."""
        while "envelope_id" not in (message := self.message(timeout)):
            pass
        if ack:
            self.ack(message["envelope_id"])
        return message

    def event(self, kind: str | None = None, ack: bool = True, timeout: float = TIMEOUT) -> dict:
        """The next event (of that type)."""
        while True:
            event = self.envelope(ack, timeout)["payload"]["event"]
            if kind in (None, event["type"]):
                return event

    def nothing_comes(self, seconds: float = 0.3) -> bool:
        """Whether no envelope comes for that long."""
        try:
            self.envelope(ack=False, timeout=seconds)
        except TimeoutError:
            return True
        return False

    def send(self, opcode: int, payload: bytes, fin: bool = True) -> None:
        try:
            self.raw.sendall(frames.encode(opcode, payload, fin, masked=True))
        except ConnectionError:
            raise Closed("reset") from None

    def ack(self, envelope_id: str, **extra) -> None:
        self.send(frames.TEXT, json.dumps({"envelope_id": envelope_id, **extra}).encode())

    def close(self) -> None:
        self.raw.close()
