# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Messages that Slack will post later (SCHED)."""

import asyncio
import time
from typing import TYPE_CHECKING

from .apps import Token
from .clock import Clock
from .settings import Refused

if TYPE_CHECKING:
    from .workspace import Workspace


class Scheduled:
    def __init__(self, workspace: "Workspace", clock: Clock) -> None:
        self._workspace = workspace
        self._clock = clock
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self.items: dict[str, dict] = {}

    def add(self, channel: str, post_at: int, token: Token, content: dict,
            thread_ts: str | None) -> dict:
        item = {"id": self._workspace.new_id("Q"), "channel_id": channel, "post_at": post_at,
                "date_created": int(time.time()), "text": content["text"], "content": content,
                "thread_ts": thread_ts, "token": token.value}
        self._arm(item)
        return item

    def _arm(self, item: dict) -> None:
        self.items[item["id"]] = item
        self._timers[item["id"]] = self._clock.call_later(
            item["post_at"] - time.time(), self._post, item["id"])

    def remove(self, ident: str) -> None:
        del self.items[ident]
        self._timers.pop(ident).cancel()

    def _post(self, ident: str) -> None:
        item = self.items.pop(ident)
        del self._timers[ident]
        if item["content"].get("metadata"):
            # A scheduled message with metadata is never posted (SCHED: "Bug alert").
            self._workspace.journal.change("scheduled-lost", id=ident)
            return
        token = self._workspace.apps.tokens[item["token"]]
        try:
            self._workspace.post(
                self._workspace.channels[item["channel_id"]], token.user,
                thread_ts=item["thread_ts"], app=token.app,
                posted={"method": "chat.scheduleMessage", "token": token.name, "app": token.app},
                **item["content"])
        except Refused as refused:
            self._workspace.journal.change("scheduled-lost", id=ident, error=refused.error)

    def load(self, items: list[dict]) -> None:
        for item in items:
            self._arm(item)
