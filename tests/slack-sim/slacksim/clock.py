# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Time: the wall clock for everything Slack stamps, and Slack's own delays divided by a scale."""

import asyncio
import re
import time

UNITS = {"ms": 0.001, "s": 1, "m": 60, "min": 60, "h": 3600, "d": 86400, "w": 604800}


def parse_duration(value: str | int | float) -> float:
    """Seconds from "90s", "-2h", "+1h 30min", "0" or a plain number."""
    if isinstance(value, (int, float)):
        return float(value)
    text = value.strip()
    sign = -1.0 if text.startswith("-") else 1.0
    text = text.lstrip("+-").strip()
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return sign * float(text)
    parts = re.findall(r"(\d+(?:\.\d+)?)\s*(ms|min|s|m|h|d|w)", text)
    if not parts or re.sub(r"\d+(?:\.\d+)?\s*(?:ms|min|s|m|h|d|w)\s*", "", text):
        raise ValueError(f"not a duration: {value!r}")
    return sign * sum(float(number) * UNITS[unit] for number, unit in parts)


class Clock:
    """scale 60 makes one of Slack's minutes last a second.

    It is for what Slack schedules: redelivery, refresh, rate windows, scheduled messages, the
    scenario's timeline. Timestamps stay real, and so do pings and the ack limit, because the
    client's side of those is real.
    """

    def __init__(self, scale: float = 1.0) -> None:
        self.scale = scale

    @staticmethod
    def now() -> float:
        return time.time()

    def real(self, seconds: float) -> float:
        return max(0.0, seconds) / self.scale

    def call_later(self, seconds: float, function, *args) -> asyncio.TimerHandle:
        return asyncio.get_running_loop().call_later(self.real(seconds), function, *args)
