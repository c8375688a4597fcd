# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""A conversation with its messages, indexed so that no call costs more when history grows."""

from bisect import bisect_left, insort
from dataclasses import dataclass, field

# Slack lists at most this many authors of replies on a thread's parent (RET).
REPLY_USERS_SHOWN = 5


@dataclass(slots=True)
class Message:
    body: dict  # as Slack stores it, without what is computed: reactions, reply counts
    reactions: dict[str, dict[str, None]] = field(default_factory=dict)
    posted: dict | None = None  # through which method and token, None when typed in a client

    @property
    def ts(self) -> str:
        return self.body["ts"]

    @property
    def thread_ts(self) -> str | None:
        return self.body.get("thread_ts")

    @property
    def author(self) -> str:
        return self.body.get("user") or self.body.get("bot_id", "")

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts


@dataclass(slots=True)
class Thread:
    replies: list[str] = field(default_factory=list)  # ts, ascending
    authors: dict[str, int] = field(default_factory=dict)  # in the order of their first reply


class Channel:
    def __init__(self, ident: str, name: str, **info) -> None:
        self.id = ident
        self.name = name
        self.is_private: bool = info.get("private", False)
        self.is_im: bool = info.get("im", False)
        self.is_archived: bool = info.get("archived", False)
        self.creator: str = info.get("creator", "")
        self.created: int = info.get("created", 0)
        self.topic: str = info.get("topic", "")
        self.purpose: str = info.get("purpose", "")
        self.previous_names: list[str] = list(info.get("previous_names", []))
        self.members: dict[str, None] = dict.fromkeys(info.get("members", []))
        self.messages: dict[str, Message] = {}
        self.timeline: list[str] = []  # ts of what stands in the channel itself, ascending
        self.threads: dict[str, Thread] = {}
        self._last_stamp = 0

    @property
    def type(self) -> str:
        """channel_type of an event, and the prefix of the scopes that read it."""
        return "im" if self.is_im else "group" if self.is_private else "channel"

    def stamp(self, now: float) -> str:
        """A new ts: unique in the channel and growing, whatever the clock does."""
        self._last_stamp = max(self._last_stamp + 1, int(now * 1_000_000))
        return self.format_stamp(self._last_stamp)

    @staticmethod
    def format_stamp(microseconds: int) -> str:
        return f"{microseconds // 1_000_000}.{microseconds % 1_000_000:06d}"

    def free_stamp(self, at: float) -> str:
        """A ts at the given moment of the past, or the next free one after it."""
        microseconds = int(at * 1_000_000)
        while (ts := self.format_stamp(microseconds)) in self.messages:
            microseconds += 1
        return ts

    def add(self, message: Message) -> None:
        ts = message.ts
        self.messages[ts] = message
        self._last_stamp = max(self._last_stamp, int(ts.replace(".", "")))
        if not message.is_reply or message.body.get("subtype") == "thread_broadcast":
            insort(self.timeline, ts)
        if message.is_reply:
            thread = self.threads.setdefault(message.thread_ts, Thread())
            insort(thread.replies, ts)
            thread.authors[message.author] = thread.authors.get(message.author, 0) + 1
            if parent := self.messages.get(message.thread_ts):
                # A parent keeps its thread_ts even when all replies are deleted (RET).
                parent.body["thread_ts"] = parent.ts

    def remove(self, ts: str) -> Message:
        message = self.messages.pop(ts)
        at = bisect_left(self.timeline, ts)
        if at < len(self.timeline) and self.timeline[at] == ts:
            del self.timeline[at]
        if message.is_reply and (thread := self.threads.get(message.thread_ts)):
            del thread.replies[bisect_left(thread.replies, ts)]
            thread.authors[message.author] -= 1
            if not thread.authors[message.author]:
                del thread.authors[message.author]
        return message

    def replies(self, ts: str) -> list[str]:
        thread = self.threads.get(ts)
        return thread.replies if thread else []

    def render(self, message: Message, viewer: str | None = None, users_shown: int = 50) -> dict:
        """The message as the Web API shows it to viewer; users_shown cuts users[] of reactions."""
        shown = dict(message.body)
        if message.reactions:
            shown["reactions"] = [
                {"name": name, "users": cut_users(users, viewer, users_shown), "count": len(users)}
                for name, users in message.reactions.items()]
        if message.thread_ts == message.ts:
            thread = self.threads.get(message.ts) or Thread()
            shown["reply_count"] = len(thread.replies)
            shown["reply_users_count"] = len(thread.authors)
            shown["reply_users"] = list(thread.authors)[:REPLY_USERS_SHOWN]
            # What Slack shows once all replies are gone (seen in tombstones).
            shown["latest_reply"] = thread.replies[-1] if thread.replies else "0000000000.000000"
            shown["is_locked"] = False
            shown["subscribed"] = viewer in thread.authors or viewer == message.author
        elif shown.get("subtype") == "thread_broadcast" and message.thread_ts in self.messages:
            shown["root"] = self.render(self.messages[message.thread_ts])
        return shown

    def info(self, viewer: str | None = None) -> dict:
        if self.is_im:
            other = [member for member in self.members if member != viewer]
            return {"id": self.id, "created": self.created, "is_im": True, "is_org_shared": False,
                    "user": other[0] if other else viewer, "is_archived": False,
                    "is_user_deleted": False, "priority": 0}
        return {
            "id": self.id, "name": self.name, "name_normalized": self.name,
            "is_channel": not self.is_private, "is_group": self.is_private, "is_im": False,
            "is_mpim": False, "is_private": self.is_private, "is_archived": self.is_archived,
            "is_general": False, "is_shared": False, "is_ext_shared": False,
            "is_org_shared": False, "is_pending_ext_shared": False, "pending_shared": [],
            "unlinked": 0, "created": self.created, "creator": self.creator,
            "is_member": viewer in self.members, "previous_names": list(self.previous_names),
            "topic": {"value": self.topic, "creator": self.creator, "last_set": self.created},
            "purpose": {"value": self.purpose, "creator": self.creator, "last_set": self.created},
            "num_members": len(self.members),
        }


def cut_users(users: dict[str, None], viewer: str | None, shown: int) -> list[str]:
    """users[] may be cut short, but always holds the caller when they reacted (MSG)."""
    listed = list(users)
    if len(listed) <= shown:
        return listed
    listed = listed[:shown]
    if viewer in users and viewer not in listed:
        listed[-1:] = [viewer]
    return listed
