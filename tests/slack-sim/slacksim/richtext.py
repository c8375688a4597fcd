# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Slack's text: what a person types becomes the wire form, and that rich_text blocks (FMT)."""

import itertools
import re
from typing import Callable

from . import emoji

WIRE_TOKEN = r"<(?:[@#!][^<>\s][^<>]*|https?://[^<>]+|mailto:[^<>]+)>"

# A token of the wire form, which stays; a bare URL; a character to be escaped. When a person types,
# names of people, groups and channels are looked for as well, and no entity is known.
ESCAPE = re.compile(rf"(?P<wire>{WIRE_TOKEN})|(?P<url>https?://[^\s<>|]+)"
                    r"|(?P<entity>&(?:amp|lt|gt);)|(?P<special>[&<>])")
TYPED = re.compile(rf"(?P<wire>{WIRE_TOKEN})|(?P<url>https?://[^\s<>|]+)|(?P<special>[&<>])"
                   r"|(?<![\w@.])@(?P<handle>[\w][\w.-]*[\w]|[\w])|(?<![\w#&])#(?P<channel>[\w-]+)")
ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}

INLINE = re.compile(
    r"(?P<code>`[^`\n]+`)|(?P<angle><[^<>\n]+>)"
    r"|(?P<emoji>:[a-z0-9_+'-]+:(?::skin-tone-[2-6](?:-[2-6])?:)?)"
    r"|(?P<bold>(?<![\w*])\*(?=\S)[^*\n]+(?<=\S)\*(?![\w*]))"
    r"|(?P<italic>(?<![\w_])_(?=\S)[^_\n]+(?<=\S)_(?![\w_]))"
    r"|(?P<strike>(?<![\w~])~(?=\S)[^~\n]+(?<=\S)~(?![\w~]))")

DATE = re.compile(r"date\^(\d+)\^([^^|]*)(?:\^([^|]*))?")

_block_numbers = itertools.count(1)


def unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def normalise(text: str) -> str:
    """The wire form of text given to chat.postMessage: bare URLs linked, stray & < > escaped."""
    def replace(match: re.Match) -> str:
        if match["url"]:
            return f"<{match['url']}>"
        return ENTITIES[match["special"]] if match["special"] else match[0]
    return ESCAPE.sub(replace, text)


def compose(text: str, handle: Callable[[str], str | None],
            channel: Callable[[str], str | None]) -> str:
    """The wire form of what a person types in Slack's own client.

    handle and channel give the wire form of @name and #name, or None for one that does not exist.
    Code stays as typed, as in the client's composer; an "&amp;" typed there means itself.
    """
    def replace(match: re.Match) -> str:
        if match["wire"]:
            return match["wire"]
        if match["url"]:
            return f"<{match['url']}>"
        if match["special"]:
            return ENTITIES[match["special"]]
        found = handle(match["handle"]) if match["handle"] else channel(match["channel"])
        return found or match[0]

    parts = re.split(r"(```.*?```|`[^`\n]+`)", text, flags=re.DOTALL)
    for number, part in enumerate(parts):
        if number % 2:
            parts[number] = re.sub(r"[&<>]", lambda match: ENTITIES[match[0]], part)
        else:
            parts[number] = TYPED.sub(replace, part)
    return "".join(parts)


class Builder:
    """Turns wire text into the one rich_text block that Slack makes of it."""

    def __init__(self, custom_emoji: dict[str, str]) -> None:
        self._custom = custom_emoji

    def blocks(self, text: str) -> list[dict]:
        if not text:
            return []
        elements = []
        for number, part in enumerate(re.split(r"```\n?(.*?)\n?```", text, flags=re.DOTALL)):
            if number % 2:
                elements.append({"type": "rich_text_preformatted", "border": 0,
                                 "elements": [{"type": "text", "text": unescape(part)}]})
            elif part:
                elements += self._lines(part)
        return [{"type": "rich_text", "block_id": f"b{next(_block_numbers):x}",
                 "elements": elements}]

    def _lines(self, text: str) -> list[dict]:
        """Sections and quotes; ">>>" quotes all the rest."""
        whole, mark, rest = text.partition("&gt;&gt;&gt;")
        if mark and (not whole or whole.endswith("\n")):
            before = self._lines(whole.rstrip("\n")) if whole.strip("\n") else []
            return before + [self._element("rich_text_quote", rest.lstrip())]
        found = []
        for quoted, lines in itertools.groupby(text.split("\n"),
                                               lambda line: line.startswith("&gt;")):
            if quoted:
                body = "\n".join(line.removeprefix("&gt;").removeprefix(" ") for line in lines)
                found.append(self._element("rich_text_quote", body))
            elif body := "\n".join(lines):
                found.append(self._element("rich_text_section", body))
        return found

    def _element(self, kind: str, text: str) -> dict:
        return {"type": kind, "elements": self._inline(text, {})}

    def _inline(self, text: str, style: dict[str, bool]) -> list[dict]:
        leaves: list[dict] = []
        at = 0
        for match in INLINE.finditer(text):
            self._text(leaves, text[at:match.start()], style)
            at = match.end()
            kind, raw = match.lastgroup, match[0]
            if kind == "code":
                self._text(leaves, raw[1:-1], {**style, "code": True})
            elif kind == "angle":
                leaves.append(self._styled(self._token(raw[1:-1]), style))
            elif kind == "emoji":
                leaf = self._emoji(raw)
                if leaf:
                    leaves.append(self._styled(leaf, style))
                else:
                    self._text(leaves, raw, style)
            else:
                leaves += self._inline(raw[1:-1], {**style, kind: True})
        self._text(leaves, text[at:], style)
        return leaves

    @staticmethod
    def _styled(leaf: dict, style: dict[str, bool]) -> dict:
        return {**leaf, "style": dict(style)} if style else leaf

    def _text(self, leaves: list[dict], text: str, style: dict[str, bool]) -> None:
        if not text:
            return
        if leaves and leaves[-1]["type"] == "text" and leaves[-1].get("style", {}) == style:
            leaves[-1]["text"] += unescape(text)
        else:
            leaves.append(self._styled({"type": "text", "text": unescape(text)}, style))

    @staticmethod
    def _token(token: str) -> dict:
        """The leaf for what stood between < and >; a label after | is dropped for mentions."""
        name, _, label = token.partition("|")
        if name.startswith("@"):
            return {"type": "user", "user_id": name[1:]}
        if name.startswith("#"):
            return {"type": "channel", "channel_id": name[1:]}
        if name.startswith("!subteam^"):
            return {"type": "usergroup", "usergroup_id": name[len("!subteam^"):]}
        if match := DATE.fullmatch(name[1:]) if name.startswith("!date") else None:
            leaf = {"type": "date", "timestamp": int(match[1]), "format": match[2]}
            if match[3]:
                leaf["url"] = match[3]
            if label:
                leaf["fallback"] = unescape(label)
            return leaf
        if name in ("!here", "!channel", "!everyone"):
            return {"type": "broadcast", "range": name[1:]}
        leaf = {"type": "link", "url": unescape(name)}
        if label:
            leaf["text"] = unescape(label)
        return leaf

    def _emoji(self, raw: str) -> dict | None:
        name, tone = emoji.split_skin_tone(raw.strip(":"))
        name = name.rstrip(":")
        points = emoji.code_points(name)
        if points is None and name not in self._custom:
            return None
        leaf: dict = {"type": "emoji", "name": name}
        if points:
            leaf["unicode"] = points
        if tone:
            leaf["skin_tone"] = int(tone[0])
        return leaf
