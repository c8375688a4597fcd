# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""People in a channel: they ask, answer, promise, edit, delete and react, all by chance.

What people do is kept to what leaves its traces in Slack, for that is all that a daemon that was
away can know: no tag is taken back, and none is said in a thread that was resolved before.
"""

import collections
import random
from dataclasses import dataclass, field

CHANNEL = "support"
ASKERS = ["mara", "tomasz"]
HELPERS = ["aiko", "dele"]
TAGS = ["", "", "@oncall ", "@devs "]
SOUNDS = ["Having a look", "That is odd indeed", "It works on my side",
          "The import runs every night & that takes long", "a < b, and so on", "Grüße 👋🏽"]
RESOLVED = "white_check_mark"
EMOJI = ["eyes", "eyes", "eyes", "necktie", "bug", "vhs", RESOLVED, "raised_hands",
         "+1::skin-tone-4"]

# Nobody comes back to what is older: history is read again for ten minutes.
RECENT = 120

# Threads are dealt with sooner or later.
MOST_OPEN = 60


@dataclass
class Message:
    ts: str
    user: str
    text: str
    root: str
    promise: bool = False
    reactions: set[tuple[str, str]] = field(default_factory=set)


class Workload:
    """Only one of them at a time acts on a simulator."""

    def __init__(self, slack, chance: random.Random) -> None:
        self._slack = slack
        self._chance = chance
        self.messages: list[Message] = []
        self._open: list[Message] = []
        self.resolved_once: set[str] = set()
        self.deleted: set[str] = set()  # roots
        self.stirred: set[str] = set()  # roots whose thread may have lost a looker again
        # Of each root, all that was ever said in its thread.
        self.texts: dict[str, set[str]] = collections.defaultdict(set)
        self.count = 0
        self._acts = [(self.ask, 30), (self.answer, 25), (self.promise, 6), (self.edit, 10),
                      (self.delete, 4), (self.react, 30), (self.unreact, 12)]

    def act(self) -> None:
        acts, weights = zip(*self._acts)
        self._chance.choices(acts, weights)[0]()
        self.count += 1

    def close_everything(self) -> None:
        """The last word in each thread, and in the channel."""
        for ts in sorted({one.ts for one in self.roots()} | self.stirred - self.deleted):
            self._slack.reply(self._chance.choice(HELPERS), CHANNEL, ts, "That was it")
        self._slack.post(self._chance.choice(ASKERS), CHANNEL, "That was all")

    # What the others choose from

    def roots(self) -> list[Message]:
        return [one for one in self.messages[-RECENT:] if one.root == one.ts]

    def _any(self, wanted=lambda _message: True) -> Message | None:
        found = [one for one in self.messages[-RECENT:] if wanted(one)]
        return self._chance.choice(found) if found else None

    def _add(self, ts: str, user: str, text: str, root: str | None, **more) -> None:
        self.messages.append(Message(ts, user, text, root or ts, **more))
        self.texts[root or ts].add(text)

    # What they do

    def ask(self) -> None:
        user = self._chance.choice(ASKERS)
        text = f"{self._chance.choice(TAGS)}export {self.count} is wrong"
        self._add(self._slack.post(user, CHANNEL, text), user, text, None)
        self._open.append(self.messages[-1])
        if len(self._open) > MOST_OPEN:
            self._resolve(self._open.pop(0))

    def _resolve(self, root: Message) -> None:
        if root.ts not in self.deleted and ("dele", RESOLVED) not in root.reactions:
            self.resolved_once.add(root.ts)
            self._slack.react("dele", CHANNEL, root.ts, RESOLVED)
            root.reactions.add(("dele", RESOLVED))

    def answer(self) -> None:
        if root := self._any(lambda one: one.root == one.ts):
            user = self._chance.choice(ASKERS + HELPERS)
            tag = "" if root.ts in self.resolved_once else self._chance.choice(TAGS)
            text = f"{tag}{self._chance.choice(SOUNDS)} {self.count}"
            self._add(self._slack.reply(user, CHANNEL, root.ts, text), user, text, root.ts)

    def promise(self) -> None:
        user = self._chance.choice(HELPERS)
        promised = {one.root for one in self.messages if one.promise and one.user == user}
        if root := self._any(lambda one: one.root == one.ts and one.ts not in promised):
            text = f"I'll have an update in {self._chance.randint(2, 4)} hours"
            self._add(self._slack.reply(user, CHANNEL, root.ts, text), user, text, root.ts,
                      promise=True)

    def edit(self) -> None:
        if message := self._any():
            # An edited promise is one no more.
            tag = message.text.split(" ")[0] + " " if message.text.startswith("@") else ""
            message.text = f"{tag}import {self.count} is wrong"
            self.texts[message.root].add(message.text)
            self._slack.edit(CHANNEL, message.ts, message.text)

    def delete(self) -> None:
        if message := self._any(lambda one: one.root == one.ts or not one.text.startswith("@")):
            self._slack.delete(CHANNEL, message.ts)
            self.messages.remove(message)
            self.stirred.add(message.root)
            if message.root == message.ts:
                self.deleted.add(message.ts)
                self.messages = [one for one in self.messages if one.root != message.ts]

    def react(self) -> None:
        if message := self._any():
            user, name = self._chance.choice(ASKERS + HELPERS), self._chance.choice(EMOJI)
            if (user, name) in message.reactions:
                return
            if name == RESOLVED:
                self.resolved_once.add(message.root)
            self._slack.react(user, CHANNEL, message.ts, name)
            message.reactions.add((user, name))

    def unreact(self) -> None:
        if message := self._any(lambda one: one.reactions):
            user, name = self._chance.choice(sorted(message.reactions))
            self._slack.unreact(user, CHANNEL, message.ts, name)
            message.reactions.remove((user, name))
            self.stirred.add(message.root)
