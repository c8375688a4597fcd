# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What happened, in order, and waiting for it.

Four streams share one sequence of numbers, so that a test can ask for all that came after a number:
changes (of the workspace, kept for ever: the chaos checker replays them), calls (of the Web API),
deliveries (envelopes sent) and acks.
"""

import asyncio
import time
from bisect import bisect_right
from typing import Callable

# A stream other than changes is cut to half of this when it grows beyond; a benchmark of some
# minutes stays whole and a soak run stays small.
STREAM_LIMIT = 400_000


class Journal:
    def __init__(self) -> None:
        self.seq = 0
        self.changes: list[dict] = []
        self.calls: list[dict] = []
        self.deliveries: list[dict] = []
        self.acks: list[dict] = []
        self._waiters: list[asyncio.Future] = []

    def add(self, stream: list[dict], record: dict) -> dict:
        self.seq += 1
        record["seq"] = self.seq
        record["time"] = time.time()
        stream.append(record)
        if len(stream) > STREAM_LIMIT and stream is not self.changes:
            del stream[:STREAM_LIMIT // 2]
        self.touch()
        return record

    def change(self, what: str, **facts) -> dict:
        return self.add(self.changes, {"what": what, **facts})

    @staticmethod
    def after(stream: list[dict], seq: int) -> list[dict]:
        """The records with a number above seq."""
        return stream[bisect_right(stream, seq, key=lambda record: record["seq"]):]

    def touch(self) -> None:
        """Lets every waiter look again; cheap when nobody waits."""
        if self._waiters:
            waiters, self._waiters = self._waiters, []
            for waiter in waiters:
                if not waiter.done():
                    waiter.set_result(None)

    async def wait(self, condition: Callable[[], object], deadline: float) -> object:
        """The condition's first true value, or None when deadline seconds have passed.

        The condition is asked again after each change, at most once per turn of the loop.
        """
        loop = asyncio.get_running_loop()
        end = loop.time() + deadline
        while not (found := condition()):
            remaining = end - loop.time()
            if remaining <= 0:
                return None
            waiter = loop.create_future()
            self._waiters.append(waiter)
            await asyncio.wait([waiter], timeout=remaining)
        return found
