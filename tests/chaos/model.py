# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What a daemon that has seen everything would know: worked out from Slack's final state alone, by
the rules of the manual and without a line of the daemon."""

import html
import re
from dataclasses import dataclass, field

CLAIM = {"eyes"}
RESOLVED = {"white_check_mark", "heavy_check_mark"}
CATEGORIES = {"necktie": "product", "bug": "bug", "vhs": "data"}

LEVELS = ["question", "urgent", "emergency"]
TAGS = {"oncall": 1, "devs": 2, "engineering": 2}

PROMISE = re.compile(r"I'll have an update in (\d) hours")
HOUR = 3600


@dataclass
class Thread:
    """Fields are named and valued as the properties on D-Bus."""

    Timestamp: str
    Asker: str
    Text: str
    Level: str
    State: str
    Lookers: set[str]
    Categories: set[str]
    Replies: int
    # Of people who keep us waiting: (who, when it is due, in whole seconds)
    promises: set[tuple[str, int]] = field(default_factory=set)


class Model:
    def __init__(self, snapshot: dict, channel: str) -> None:
        self._names = {user["id"]: user["name"] for user in snapshot["users"]}
        self._handles = {group["id"]: group["handle"] for group in snapshot["groups"]}
        messages, = (one["messages"] for one in snapshot["channels"] if one["name"] == channel)
        self.threads: dict[str, Thread] = {}
        replies: dict[str, list[dict]] = {}
        roots = []
        for message in messages:
            root = message.get("thread_ts", message["ts"])
            if root != message["ts"]:
                replies.setdefault(root, []).append(message)
            elif message.get("subtype") != "tombstone":
                roots.append(message)
        for message in roots:
            self.threads[message["ts"]] = self._work_out(message, replies.get(message["ts"], []))

    def _work_out(self, root: dict, replies: list[dict]) -> Thread:
        asker = root["user"]
        everything = [root, *replies]
        lookers = {reply["user"] for reply in replies}
        for message in everything:
            lookers |= self._reacted(message, CLAIM)
        lookers.discard(asker)
        state = "resolved" if self._reacted(root, RESOLVED) else "looking" if lookers else "new"
        return Thread(
            Timestamp=root["ts"], Asker=asker, Text=self._plain(root["text"]),
            Level=LEVELS[max(map(self._level, everything))], State=state, Lookers=lookers,
            Categories={word for name, word in CATEGORIES.items() if self._reacted(root, {name})},
            Replies=len(replies), promises=self._promises(replies))

    @staticmethod
    def _reacted(message: dict, names: set[str]) -> set[str]:
        """Who put one of them on the message, in any skin tone."""
        return {user for one in message.get("reactions", [])
                if one["name"].split("::")[0] in names for user in one["users"]}

    def _level(self, message: dict) -> int:
        return max((TAGS[self._handles[ident]]
                    for ident in re.findall(r"<!subteam\^(\w+)[|>]", message["text"])), default=0)

    def _plain(self, wire: str) -> str:
        text = re.sub(r"<!subteam\^(\w+)(\|[^>]*)?>", lambda m: "@" + self._handles[m[1]], wire)
        text = re.sub(r"<@(\w+)(\|[^>]*)?>", lambda m: "@" + self._names[m[1]], text)
        return html.unescape(text)

    @staticmethod
    def _promises(replies: list[dict]) -> set[tuple[str, int]]:
        found = set()
        for reply in replies:
            if promise := PROMISE.search(reply["text"]):
                due = int(float(reply["ts"])) + int(promise[1]) * HOUR
                found.add((reply["user"], due))
        return found
