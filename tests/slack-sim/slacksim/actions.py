# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What people and administrators do, by name: for the control endpoint, scenarios and timelines.

Users, groups and channels are given by id or by name; a message by its ts or by the label it was
posted with. text is what a person types (@oncall, #support), wire is Slack's own form of it.
"""

import random
import time
from typing import Callable

from .apps import Token
from .channel import Channel, Message
from .settings import Refused
from .workspace import Workspace

Action = Callable[[Workspace, dict], dict]
ACTIONS: dict[str, Action] = {}


def action(function: Action) -> Action:
    ACTIONS[function.__name__] = function
    return function


def find_message(workspace: Workspace, parameters: dict, key: str = "ts") -> tuple[Channel, str]:
    """The channel and ts that parameters mean; a label says the channel as well."""
    ref = parameters[key]
    if ref in workspace.labels:
        channel, ts = workspace.labels[ref]
        return workspace.channels[channel], ts
    return workspace.channel(parameters["channel"]), ref


def _text(workspace: Workspace, parameters: dict) -> str:
    if "wire" in parameters:
        return parameters["wire"]
    return workspace.wire(parameters.get("text", ""))


def _answer(channel: Channel, message: Message) -> dict:
    return {"channel": channel.id, "ts": message.ts, "message": channel.render(message)}


EXTRAS = ("subtype", "files", "attachments", "blocks", "metadata", "username")


@action
def post(workspace: Workspace, parameters: dict) -> dict:
    """channel, user, text or wire; thread, broadcast, label, files, attachments, blocks, metadata,
    subtype, username, app; at (seconds since 1970) and quiet for the past."""
    thread_ts = None
    if "thread" in parameters:
        channel, thread_ts = find_message(workspace, parameters, "thread")
    else:
        channel = workspace.channel(parameters["channel"])
    app, user = parameters.get("app"), ""
    if parameters.get("subtype") != "bot_message":
        user = workspace.user(parameters["user"])["id"]
        app = app or workspace.app_of_bot(user)
    extra = {key: parameters[key] for key in EXTRAS if key in parameters}
    if "files" in extra:
        extra.setdefault("subtype", "file_share")
        extra["files"] = [file_info(workspace, one, user) for one in extra["files"]]
    message = workspace.post(
        channel, user, _text(workspace, parameters), thread_ts=thread_ts, app=app,
        broadcast=parameters.get("broadcast", False), at=parameters.get("at"),
        quiet=parameters.get("quiet", False), **extra)
    if "label" in parameters:
        workspace.labels[parameters["label"]] = (channel.id, message.ts)
    return _answer(channel, message)


def file_info(workspace: Workspace, info: dict, user: str) -> dict:
    ident = workspace.new_id("F")
    name = info.get("name", "screenshot.png")
    return {"id": ident, "created": int(time.time()), "name": name, "title": name,
            "mimetype": "image/png", "filetype": name.rpartition(".")[2], "user": user,
            "size": 4096, "mode": "hosted", "is_external": False, "is_public": True,
            "url_private": f"https://files.slack.com/files-pri/{ident}/{name}",
            "permalink": f"{workspace.url}files/{user}/{ident}/{name}", **info}


@action
def reply(workspace: Workspace, parameters: dict) -> dict:
    """thread (the parent's ts or label), user, text or wire; otherwise as post."""
    if "thread" not in parameters:
        raise KeyError("thread")
    return post(workspace, parameters)


@action
def webhook(workspace: Workspace, parameters: dict) -> dict:
    """channel, app, username, text: a bot_message without a user, as from an incoming webhook."""
    return post(workspace, {"subtype": "bot_message", "username": "webhook", **parameters})


@action
def edit(workspace: Workspace, parameters: dict) -> dict:
    """channel, ts, text or wire; user (the author if not given)."""
    channel, ts = find_message(workspace, parameters)
    author = workspace.message(channel, ts).author
    user = workspace.user(parameters["user"])["id"] if "user" in parameters else author
    return _answer(channel, workspace.edit(channel, ts, user, _text(workspace, parameters),
                                           quiet=parameters.get("quiet", False)))


@action
def unfurl(workspace: Workspace, parameters: dict) -> dict:
    """channel, ts, url or attachments: message_changed that nobody made; neither: only touched."""
    channel, ts = find_message(workspace, parameters)
    attachments = parameters.get("attachments")
    if url := parameters.get("url"):
        attachments = [{"id": 1, "from_url": url, "original_url": url, "title": "A page",
                        "text": "What the page is about", "fallback": "A page",
                        "service_name": "example"}]
    workspace.touch(channel, ts, attachments)
    return {}


@action
def delete(workspace: Workspace, parameters: dict) -> dict:
    """channel, ts; user (an administrator, if not given)."""
    channel, ts = find_message(workspace, parameters)
    user = workspace.user(parameters["user"])["id"] if "user" in parameters else ""
    workspace.delete(channel, ts, user)
    return {}


@action
def react(workspace: Workspace, parameters: dict) -> dict:
    """channel, ts, user, name."""
    channel, ts = find_message(workspace, parameters)
    workspace.react(channel, ts, workspace.user(parameters["user"])["id"],
                    parameters["name"].strip(":"), quiet=parameters.get("quiet", False))
    return {}


@action
def unreact(workspace: Workspace, parameters: dict) -> dict:
    """channel, ts, user, name."""
    channel, ts = find_message(workspace, parameters)
    workspace.unreact(channel, ts, workspace.user(parameters["user"])["id"],
                      parameters["name"].strip(":"))
    return {}


@action
def join(workspace: Workspace, parameters: dict) -> dict:
    """channel, user."""
    workspace.join(workspace.channel(parameters["channel"]),
                   workspace.user(parameters["user"])["id"])
    return {}


@action
def leave(workspace: Workspace, parameters: dict) -> dict:
    """channel, user."""
    workspace.leave(workspace.channel(parameters["channel"]),
                    workspace.user(parameters["user"])["id"])
    return {}


@action
def rename(workspace: Workspace, parameters: dict) -> dict:
    """channel, user, name (the new one)."""
    workspace.rename(workspace.channel(parameters["channel"]),
                     workspace.user(parameters["user"])["id"], parameters["name"])
    return {}


@action
def archive(workspace: Workspace, parameters: dict) -> dict:
    """channel, user, archived (true if not given)."""
    workspace.archive(workspace.channel(parameters["channel"]),
                      workspace.user(parameters["user"])["id"], parameters.get("archived", True))
    return {}


@action
def group(workspace: Workspace, parameters: dict) -> dict:
    """group, and members, or add and remove; or handle, name, disabled."""
    found = workspace.group(parameters["group"])
    changes = {key: parameters[key] for key in ("handle", "name", "disabled") if key in parameters}
    if changes:
        workspace.change_group(found, **changes)
    if {"members", "add", "remove"} & set(parameters):
        def ids(names: list[str]) -> list[str]:
            return [workspace.user(name)["id"] for name in names]
        members = ids(parameters.get("members", found["users"]))
        members += [one for one in ids(parameters.get("add", [])) if one not in members]
        gone = set(ids(parameters.get("remove", [])))
        workspace.set_members(found, [one for one in members if one not in gone])
    return {"group": workspace.group_info(found)}


@action
def user(workspace: Workspace, parameters: dict) -> dict:
    """user, and name, real_name, display_name, tz, deleted, status_text or status_emoji."""
    found = workspace.user(parameters["user"])
    workspace.change_user(found, **{key: value for key, value in parameters.items()
                                    if key != "user"})
    return {"user": found}


@action
def emoji(workspace: Workspace, parameters: dict) -> dict:
    """name, value (an address or alias:other; null removes it)."""
    workspace.change_emoji(parameters["name"], parameters.get("value"))
    return {}


def _token(workspace: Workspace, parameters: dict) -> Token:
    """token by its value, or by the user and kind (user, bot, app) of the one meant."""
    if "token" in parameters:
        if parameters["token"] in workspace.apps.tokens:
            return workspace.apps.tokens[parameters["token"]]
        raise Refused("no such token")
    wanted = workspace.user(parameters["user"])["id"] if "user" in parameters else ""
    for token in workspace.apps.tokens.values():
        if token.kind == parameters.get("kind", "user") and (
                token.user == wanted or token.app == parameters.get("app")):
            return token
    raise Refused("no such token")


@action
def revoke(workspace: Workspace, parameters: dict) -> dict:
    """token, or user/app and kind; error (REF: token_revoked, for a bot's account_inactive)."""
    token = _token(workspace, parameters)
    usual = "account_inactive" if token.kind == "bot" else "token_revoked"
    workspace.revoke(token.value, parameters.get("error", usual))
    return {}


@action
def restore(workspace: Workspace, parameters: dict) -> dict:
    """token, or user/app and kind; scopes, if they shall change."""
    token = _token(workspace, parameters)
    token.revoked = ""
    if "scopes" in parameters:
        token.scopes = tuple(parameters["scopes"])
    return {}


SENTENCES = (
    "The export for this week looks empty, is that expected?",
    "A customer asks why the invoice shows two lines.",
    "Where do I find the settings for the newsletter?",
    "The page takes very long to load since this morning.",
    "I looked into it, the data arrives with a delay.",
    "Can you send me the link you used?",
    "That explains it, thank you!",
    "It works again on my side.",
)


@action
def load(workspace: Workspace, parameters: dict) -> dict:
    """channel, messages, threads, days, seed: a past of that size, without events; users from the
    channel's members. Each thread gets one parent, the remaining messages are their replies."""
    channel = workspace.channel(parameters["channel"])
    count, threads = int(parameters["messages"]), int(parameters.get("threads", 1))
    span = float(parameters.get("days", 7)) * 86_400
    chance = random.Random(parameters.get("seed", 1))
    people = [one for one in channel.members if not workspace.users[one]["is_bot"]]
    end = time.time() - 60
    parents = []
    for number in range(min(threads, count)):
        message = workspace.post(channel, chance.choice(people), chance.choice(SENTENCES),
                                 at=end - span + span * 0.95 * number / threads, quiet=True)
        parents.append(message.ts)
        if chance.random() < 0.5:
            workspace.react(channel, message.ts, chance.choice(people), "eyes", quiet=True)
    for number in range(count - len(parents)):
        parent = parents[number % len(parents)]
        age = end - float(parent)
        workspace.post(channel, chance.choice(people), chance.choice(SENTENCES), thread_ts=parent,
                       at=float(parent) + age * 0.05 * chance.random() + 1, quiet=True)
    return {"parents": parents}
