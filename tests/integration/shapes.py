# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Events in every shape that Slack's own package of types (@slack/types) declares: it holds no
samples, so they are made from the declarations, as far as TypeScript is spoken there."""

import re
from pathlib import Path
from typing import Any, Iterator

TOKEN = re.compile(r"\s*('[^']*'|\"[^\"]*\"|-?\d+|[\w$.]+|=>|[{}\[\]()<>|&;:?,=])")
DECLARATION = re.compile(
    r"^(?:export )?(?:declare )?(?:interface (\w+)(?:<[^{]*?>)?(?: extends ([^{]*))?(?= \{)"
    r"|type (\w+)(?:<[^=]*>)? = )", re.M)

# Deeper than this, blocks are within blocks.
DEEPEST = 7


class Types:
    def __init__(self, directory: Path) -> None:
        """Of all *.d.ts below the directory."""
        self._bodies: dict[str, list[str]] = {}
        self._parents: dict[str, list[str]] = {}
        for path in sorted(directory.rglob("*.d.ts")):
            text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
            for found in DECLARATION.finditer(text):
                name = found[1] or found[3]
                self._bodies[name] = self._cut(text[found.end():])
                self._parents[name] = re.findall(r"\w+", found[2] or "")

    @staticmethod
    def _cut(text: str) -> list[str]:
        """The tokens of the type that the text begins with."""
        tokens, depth = [], 0
        for token in TOKEN.findall(text):
            depth += (token in "{([") - (token in "})]")
            if depth < 0 or (depth == 0 and token in (";", "export", "interface", "declare")):
                break
            tokens.append(token)
            if depth == 0 and token == "}" and tokens[0] == "{":
                break
        return tokens

    def events(self, whole: bool) -> Iterator[dict]:
        """Each that there is; whole: with all that may be left out."""
        for name in self._bodies:
            if name.endswith("Event"):
                value = self._make(name, whole, 0)
                if isinstance(value, dict) and isinstance(value.get("type"), str):
                    yield value

    # One token after the other

    def _make(self, name: str, whole: bool, depth: int) -> Any:
        if name not in self._bodies or depth > DEEPEST:
            return None
        value = Reader(self, self._bodies[name], whole, depth + 1).union("")
        for parent in self._parents[name]:
            inherited = self._make(parent, whole, depth)
            if isinstance(value, dict) and isinstance(inherited, dict):
                value = {**inherited, **value}
        return value

    make = _make


class Reader:
    def __init__(self, types: Types, tokens: list[str], whole: bool, depth: int) -> None:
        self._types = types
        self._tokens = [*tokens, ""]
        self._at = 0
        self._whole = whole
        self._depth = depth

    def _next(self) -> str:
        self._at += 1
        return self._tokens[self._at - 1]

    def _skip(self, token: str) -> bool:
        if self._tokens[self._at] != token:
            return False
        self._at += 1
        return True

    def union(self, field: str) -> Any:
        """The first of its members, which has the most."""
        self._skip("|")
        value = self._product(field)
        while self._skip("|"):
            other = self._product(field)
            value = other if value is None else value
        return value

    def _product(self, field: str) -> Any:
        value = self._postfix(field)
        while self._skip("&"):
            other = self._postfix(field)
            if isinstance(value, dict) and isinstance(other, dict):
                value = {**value, **other}
        return value

    def _postfix(self, field: str) -> Any:
        value = self._single(field)
        while self._skip("["):
            if self._skip("]"):
                value = [value]
            else:
                key = self._next().strip("'\"")
                self._skip("]")
                value = value.get(key) if isinstance(value, dict) else None
        return value

    def _single(self, field: str) -> Any:
        token = self._next()
        if token == "{":
            return self._members()
        if token == "(":
            value = self.union(field)
            self._skip(")")
            return value
        if token == "[":
            items = []
            while not self._skip("]"):
                items.append(self.union(field))
                self._skip(",")
            return items
        if token[:1] in "'\"":
            return token[1:-1]
        if token.lstrip("-").isdigit():
            return int(token)
        arguments = []
        while self._tokens[self._at] == "<" or (arguments and self._tokens[self._at] == ","):
            self._at += 1
            arguments.append(self.union(field))
        self._skip(">")
        if token == "Array":
            return arguments
        return self._named(token, field)

    def _members(self) -> dict:
        members = {}
        while not self._skip("}"):
            if self._skip("["):
                while not self._skip("]"):
                    self._next()
                key, optional = "any", False
            else:
                key = self._next().strip("'\"")
                if key == "readonly" and self._tokens[self._at] not in (":", "?"):
                    key = self._next()
                optional = self._skip("?")
            self._skip(":")
            value = self.union(key)
            if value is not None and (self._whole or not optional):
                members[key] = value
            if not self._skip(";"):
                self._skip(",")
        return members

    def _named(self, name: str, field: str) -> Any:
        match name:
            case "string":
                if field == "ts" or field.endswith(("_ts", "latest_reply")):
                    return "1700000000.000100"
                return {"user": "U07MARA0001", "channel": "C07SUPPORT1"}.get(field, "X07")
            case "number":
                return 1
            case "boolean" | "true":
                return True
            case "Record" | "object" | "unknown" | "any":
                return {}
        return self._types.make(name, self._whole, self._depth)


def damaged(event: dict) -> Iterator[dict]:
    """The event with each of its members of a kind that it should not be."""
    for key in event:
        for value in (None, 7, [], {}, [None], {"id": 7}, "x" * 300):
            yield {**event, key: value}
