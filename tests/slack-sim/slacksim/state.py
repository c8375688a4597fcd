# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Saving everything Slack would remember, and waking up with it.

What a restart of Slack's servers would lose is lost here too: open sockets, tickets, armed faults
and the records of calls, deliveries and acks.
"""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from .apps import App, Token
from .channel import Channel, Message

if TYPE_CHECKING:
    from .simulator import Simulator

FORMAT = 1


def save(simulator: "Simulator", path: Path) -> None:
    """Writes the file whole or not at all."""
    temporary = path.with_name(path.name + ".new")
    temporary.write_text(json.dumps(dump(simulator)), encoding="utf-8")
    os.replace(temporary, path)


def dump(simulator: "Simulator") -> dict:
    workspace = simulator.workspace
    return {
        "format": FORMAT, "team": workspace.team, "users": workspace.users,
        "groups": workspace.groups, "emoji": workspace.emoji, "labels": workspace.labels,
        "channels": [_dump_channel(channel) for channel in workspace.channels.values()],
        "apps": [{"id": app.id, "name": app.name, "bot_user": app.bot_user, "events": app.events}
                 for app in workspace.apps.all.values()],
        "tokens": [vars(token) for token in workspace.apps.tokens.values()],
        "settings": vars(workspace.settings), "seq": simulator.journal.seq,
        "changes": simulator.journal.changes, "waiting": simulator.hub.dump(),
        "scheduled": list(workspace.scheduled.items.values()),
        "timeline": {"started": simulator.timeline_started, "steps": simulator.timeline},
        "ports": simulator.ports,
        "authority": simulator.authority.dump() if simulator.authority else None,
    }


def _dump_channel(channel: Channel) -> dict:
    info = {key: value for key, value in vars(channel).items()
            if key in ("id", "name", "creator", "created", "topic", "purpose", "previous_names")}
    return {**info, "private": channel.is_private, "im": channel.is_im,
            "archived": channel.is_archived, "members": list(channel.members),
            "messages": [{"body": message.body, "posted": message.posted,
                          "reactions": {name: list(users)
                                        for name, users in message.reactions.items()}}
                         for message in channel.messages.values()]}


def load(simulator: "Simulator", data: dict) -> None:
    """Into a simulator that holds nothing yet."""
    if data.get("format") != FORMAT:
        raise ValueError(f"the state's format is {data.get('format')!r}, not {FORMAT}")
    workspace = simulator.workspace
    workspace.team = data["team"]
    workspace.users |= data["users"]
    workspace.groups |= data["groups"]
    workspace.emoji |= data["emoji"]
    workspace.labels |= {label: tuple(where) for label, where in data["labels"].items()}
    workspace.settings.update(data["settings"], simulator.clock)
    for app in data["apps"]:
        workspace.apps.add(App(app["id"], app["name"], app["bot_user"], app["events"]))
    for token in data["tokens"]:
        workspace.apps.add_token(Token(token["value"], token["app"], token["user"],
                                       tuple(token["scopes"]), token["revoked"]))
    for info in data["channels"]:
        messages = info.pop("messages")
        channel = workspace.add_channel(info.pop("id"), info.pop("name"), **info)
        for message in messages:
            channel.add(Message(message["body"], posted=message["posted"], reactions={
                name: dict.fromkeys(users) for name, users in message["reactions"].items()}))
    simulator.journal.seq = data["seq"]
    simulator.journal.changes = data["changes"]
    simulator.timeline_started = data["timeline"]["started"]
    simulator.timeline = data["timeline"]["steps"]
