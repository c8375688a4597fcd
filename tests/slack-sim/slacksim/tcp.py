# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What asyncio has no word for."""

import asyncio
import socket
import struct


def reset(transport: asyncio.BaseTransport) -> None:
    """Ends the connection by RST: closing with no time to linger discards and resets."""
    raw = transport.get_extra_info("socket")
    if raw is not None and raw.fileno() >= 0:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
