# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""WebSocket framing (RFC 6455), the server's side.

Written by hand, because the simulator must also send what no library would: half a frame, invalid
UTF-8, a frame in pieces with a ping between them.
"""

import base64
import hashlib
import os
import struct

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA

# RFC 6455, 1.3: what the server's half of the handshake is computed with.
ACCEPT_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class ProtocolError(Exception):
    """The client broke the framing rules; code is the close code of RFC 6455, 7.4.1."""

    def __init__(self, code: int, reason: str):
        super().__init__(reason)
        self.code = code


def accept_key(key: str) -> str:
    digest = hashlib.sha1((key + ACCEPT_GUID).encode("ascii")).digest()
    return base64.b64encode(digest).decode("ascii")


def xor(data: bytes, mask: bytes) -> bytes:
    """Masks or unmasks; one big integer operation, since a loop over bytes is what is slow."""
    size = len(data)
    key = (mask * (size // 4 + 1))[:size]
    return (int.from_bytes(data, "big") ^ int.from_bytes(key, "big")).to_bytes(size, "big")


def encode(opcode: int, payload: bytes, fin: bool = True, rsv: int = 0,
           masked: bool = False) -> bytes:
    """One frame. rsv (the three reserved bits) and masked (servers must not) are for faults."""
    first = (0x80 if fin else 0) | (rsv << 4) | opcode
    flag = 0x80 if masked else 0
    size = len(payload)
    if size < 126:
        head = struct.pack("!BB", first, flag | size)
    elif size < 0x10000:
        head = struct.pack("!BBH", first, flag | 126, size)
    else:
        head = struct.pack("!BBQ", first, flag | 127, size)
    if masked:
        mask = os.urandom(4)
        return head + mask + xor(payload, mask)
    return head + payload


def encode_fragmented(opcode: int, payload: bytes, pieces: int, ping_between: bool) -> bytes:
    """The message cut into frames, with a ping after each but the last if asked (RFC 6455, 5.4)."""
    pieces = max(1, min(pieces, max(1, len(payload))))
    step = -(-len(payload) // pieces) or 1
    chunks = [payload[at:at + step] for at in range(0, len(payload), step)] or [b""]
    out = []
    for number, chunk in enumerate(chunks):
        last = number == len(chunks) - 1
        out.append(encode(opcode if number == 0 else CONTINUATION, chunk, fin=last))
        if ping_between and not last:
            out.append(encode(PING, b"between"))
    return b"".join(out)


def close_payload(code: int, reason: str = "") -> bytes:
    return struct.pack("!H", code) + reason.encode("utf-8")


class Decoder:
    """Collects bytes and yields whole frames as (fin, opcode, payload).

    masked: whether frames must be, as a client's; tests read the server's with False.
    """

    def __init__(self, masked: bool = True) -> None:
        self._buffer = bytearray()
        self._masked = masked

    def feed(self, data: bytes) -> list[tuple[bool, int, bytes]]:
        self._buffer += data
        found = []
        while (frame := self._next()) is not None:
            found.append(frame)
        return found

    def _next(self) -> tuple[bool, int, bytes] | None:
        buffer = self._buffer
        if len(buffer) < 2:
            return None
        fin, opcode, size = bool(buffer[0] & 0x80), buffer[0] & 0x0F, buffer[1] & 0x7F
        if buffer[0] & 0x70:
            raise ProtocolError(1002, "reserved bits set")
        if bool(buffer[1] & 0x80) != self._masked:
            raise ProtocolError(1002, "only a client's frames are masked, and all of them")
        at = 2
        if size == 126:
            if len(buffer) < 4:
                return None
            size, at = struct.unpack_from("!H", buffer, 2)[0], 4
        elif size == 127:
            if len(buffer) < 10:
                return None
            size, at = struct.unpack_from("!Q", buffer, 2)[0], 10
        mask_size = 4 if self._masked else 0
        end = at + mask_size + size
        if len(buffer) < end:
            return None
        payload = bytes(buffer[at + mask_size:end])
        if self._masked:
            payload = xor(payload, bytes(buffer[at:at + 4]))
        del buffer[:end]
        return fin, opcode, payload
