# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Rate limits of the Web API: the tiers, one post a second, and the history regime (RL)."""

import math
import time

from .clock import Clock
from .settings import Settings

# Calls a minute by tier; tier 5 stands for "special", which is generous.
TIERS = {1: 1, 2: 20, 3: 50, 4: 100, 5: 600}
# The regime of new commercial apps since May 2025.
REGIME_METHODS = ("conversations.history", "conversations.replies")
REGIME_MESSAGES = 15


class Limits:
    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._buckets: dict[tuple, tuple[float, float]] = {}

    def retry_after(self, app: str, method: str, tier: int, channel: str) -> int:
        """0 when the call may pass, else the seconds that Retry-After says."""
        if self._settings.history_regime == "1/min" and method in REGIME_METHODS:
            return self._take((app, method), 1, 1)
        if not self._settings.rate_limits:
            return 0
        if method == "chat.postMessage":
            # One a second and channel, with short bursts allowed; RL names no number for them.
            return self._take((app, method, channel), 60, 5)
        return self._take((app, method), TIERS[tier], TIERS[tier])

    def page_limit(self, method: str) -> int | None:
        """The most messages a page may have, where that differs from the method's own."""
        regime = self._settings.history_regime == "1/min" and method in REGIME_METHODS
        return REGIME_MESSAGES if regime else None

    def _take(self, key: tuple, per_minute: int, burst: int) -> int:
        """A token bucket; the minute is the scaled one, the answer is in real seconds."""
        now = time.monotonic()
        refill = per_minute / self._clock.real(60)
        tokens, last = self._buckets.get(key, (float(burst), now))
        tokens = min(burst, tokens + (now - last) * refill)
        if tokens >= 1:
            self._buckets[key] = (tokens - 1, now)
            return 0
        self._buckets[key] = (tokens, now)
        return max(1, math.ceil((1 - tokens) / refill))
