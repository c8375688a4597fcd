# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Scenario files: a workspace in TOML, its past, and what will happen in it."""

import time
import tomllib
from pathlib import Path

from . import actions
from .apps import ALL_SCOPES, READ_SCOPES, App, Token
from .clock import Clock, parse_duration
from .settings import Settings
from .workspace import Workspace


class ScenarioError(Exception):
    """The file is not a scenario; the message says where and why."""


TABLES = ("team", "settings", "user", "group", "channel", "app", "token", "emoji", "message",
          "history", "timeline")


def load(path: Path, workspace: Workspace, settings: Settings, clock: Clock) -> list[dict]:
    """Fills the workspace; returns the timeline, its times in seconds from the start."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ScenarioError(f"{path}: {error}") from error
    for table in data:
        if table not in TABLES:
            raise ScenarioError(f"{path}: unknown table [{table}]; known: {', '.join(TABLES)}")
    try:
        workspace.team |= data.get("team", {})
        settings.update(data.get("settings", {}), clock)
        _people(data, workspace)
        _apps(data, workspace)
        workspace.emoji.update(data.get("emoji", {}))
        for table in data.get("history", []):
            actions.load(workspace, table)
        for table in data.get("message", []):
            _message(table, workspace)
        return _timeline(data)
    except Exception as error:
        raise ScenarioError(f"{path}: {type(error).__name__}: {error}") from error


def _people(data: dict, workspace: Workspace) -> None:
    for table in data.get("user", []):
        workspace.add_user(table.pop("id"), table.pop("name"), **table)
    for table in data.get("group", []):
        workspace.add_group(table["id"], table["handle"], table.get("name", table["handle"]),
                            [workspace.user(name)["id"] for name in table.get("members", [])],
                            table.get("disabled", False))
    for table in data.get("channel", []):
        members = table.pop("members", None)
        # No list of members: everybody.
        names = workspace.users if members is None else members
        table["members"] = [workspace.user(name)["id"] for name in names]
        table.setdefault("created", int(time.time()) - 31_536_000)
        workspace.add_channel(table.pop("id"), table.pop("name"), **table)


def _apps(data: dict, workspace: Workspace) -> None:
    for table in data.get("app", []):
        bot = workspace.user(table["bot"])["id"] if "bot" in table else ""
        workspace.apps.add(App(table["id"], table["name"], bot, table.get("events")))
    for table in data.get("token", []):
        scopes = table.get("scopes", "all")
        if isinstance(scopes, str):
            scopes = {"all": ALL_SCOPES, "read-only": READ_SCOPES}[scopes]
        value = table["token"]
        user = workspace.user(table["user"])["id"] if "user" in table else ""
        if value.startswith("xoxb-"):
            user = workspace.apps.all[table["app"]].bot_user
        if value.startswith("xapp-"):
            scopes = ("connections:write",)
        workspace.apps.add_token(Token(value, table["app"], user, tuple(scopes),
                                       table.get("revoked", "")))


def _message(table: dict, workspace: Workspace) -> None:
    """at ("-2h"), and the parameters of post; reactions, edited (the text it was edited to)."""
    table = dict(table)
    reactions, edited = table.pop("reactions", {}), table.pop("edited", None)
    at = time.time() + parse_duration(table.pop("at", "-1h"))
    answer = actions.post(workspace, {**table, "at": at, "quiet": True})
    where = {"channel": answer["channel"], "ts": answer["ts"]}
    for name, users in reactions.items():
        for user in users:
            actions.react(workspace, {**where, "name": name, "user": user, "quiet": True})
    if edited is not None:
        actions.edit(workspace, {**where, "text": edited, "quiet": True})


def _timeline(data: dict) -> list[dict]:
    """Steps {"at": seconds, "do": action, …}, in the order of their times."""
    steps = []
    for table in data.get("timeline", []):
        if table["do"] not in actions.ACTIONS:
            raise ValueError(f"timeline: unknown action {table['do']!r}")
        steps.append({**table, "at": parse_duration(table["at"])})
    return sorted(steps, key=lambda step: step["at"])
