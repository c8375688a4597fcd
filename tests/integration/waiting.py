# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Waiting until something is so, without asking again and again: whoever sees something happen
tells, and whoever waits looks again then."""

import threading
import time
from typing import Callable, TypeVar

Value = TypeVar("Value")

# Seconds that a wait may take; generous, because a machine under sanitizers and other tests is
# slow, and a wait ends as soon as it can.
DEADLINE = 60.0

_happened = threading.Condition()
_count = 0


def tell() -> None:
    """Something has happened: all that wait look again."""
    global _count
    with _happened:
        _count += 1
        _happened.notify_all()


def eventually(condition: Callable[[], Value], what: str | Callable[[], str] = "",
               deadline: float = DEADLINE) -> Value:
    """Waits until the condition is true, and returns its value. what: what was waited for, or a
    function that says at the end how things stand instead."""
    end = time.monotonic() + deadline
    while True:
        seen = _count
        if value := condition():
            return value
        with _happened:
            if not _happened.wait_for(lambda: _count != seen, end - time.monotonic()):
                break
    raise TimeoutError(f"not within {deadline:g} s: {what() if callable(what) else what}")
