# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Slack apps: their tokens, scopes and the events they are subscribed to."""

import hashlib
from dataclasses import dataclass, field

from .channel import Channel

# What "scopes = 'all'" in a scenario means: what oncalld can make use of.
ALL_SCOPES = (
    "channels:history", "groups:history", "im:history", "channels:read", "groups:read", "im:read",
    "channels:join", "channels:write", "chat:write", "reactions:read", "reactions:write",
    "users:read", "usergroups:read", "team:read", "emoji:read", "dnd:read",
)
READ_SCOPES = tuple(scope for scope in ALL_SCOPES
                    if not scope.endswith(":write") and scope != "channels:join")

# The scope without which an event is not delivered (REF); {} is the conversation's kind.
EVENT_SCOPES = {
    "message": "{}:history", "app_mention": "app_mentions:read",
    "reaction_added": "reactions:read", "reaction_removed": "reactions:read",
    "member_joined_channel": "{}:read", "member_left_channel": "{}:read",
    "channel_rename": "{}:read", "channel_archive": "{}:read",
    "subteam_updated": "usergroups:read", "subteam_created": "usergroups:read",
    "subteam_members_changed": "usergroups:read",
    "subteam_self_added": "usergroups:read", "subteam_self_removed": "usergroups:read",
    "user_change": "users:read", "emoji_changed": "emoji:read", "tokens_revoked": None,
}
# REF: these exist for a person only.
USER_ONLY_EVENTS = frozenset(("subteam_self_added", "subteam_self_removed"))


# What a token is good for, by how it begins.
KINDS = {"xoxp": "user", "xoxb": "bot", "xapp": "app"}


def scope_family(channel: Channel) -> str:
    return {"channel": "channels", "group": "groups", "im": "im"}[channel.type]


@dataclass
class Token:
    value: str
    app: str
    user: str  # the person, or the bot's own user; "" for an app-level token
    scopes: tuple[str, ...]
    revoked: str = ""  # the error that calls answer, e.g. token_revoked

    @property
    def kind(self) -> str:
        return KINDS.get(self.value.partition("-")[0], "unknown")

    @property
    def name(self) -> str:
        """What may be shown of it."""
        return f"{self.kind}:{self.user or self.app}"


@dataclass
class App:
    id: str
    name: str
    bot_user: str = ""
    events: list[str] | None = None  # None: all that the scopes allow
    tokens: list[Token] = field(default_factory=list)

    @property
    def bot_id(self) -> str:
        """Every app that posts has one, also when it posts with a person's token."""
        return "B" + hashlib.sha256(self.id.encode()).hexdigest()[:10].upper()

    def bot_profile(self, team: str) -> dict:
        return {"id": self.bot_id, "deleted": False, "name": self.name, "updated": 1700000000,
                "app_id": self.id, "team_id": team,
                "icons": {f"image_{size}": f"https://a.slack-edge.com/{size}.png"
                          for size in (36, 48, 72)}}

    def authorization(self, event: dict, channel: Channel | None,
                      users: frozenset[str] | None) -> Token | None:
        """The token on whose behalf the app sees an event; None when it does not.

        Only conversations are seen that the bot is in or the person can see (MSG); users, where
        given, are the only ones whom the event concerns.
        """
        kind = event["type"]
        scope = EVENT_SCOPES[kind]
        subscription = f"message.{channel.type}s" if kind == "message" and channel else kind
        if subscription == "message.ims":
            subscription = "message.im"
        if self.events is not None and subscription not in self.events:
            return None
        if scope and channel:
            scope = scope.format(scope_family(channel))
        for token in self.tokens:
            if token.kind == "app" or (token.revoked and kind != "tokens_revoked"):
                continue
            if scope and scope not in token.scopes:
                continue
            if kind in USER_ONLY_EVENTS and token.kind != "user":
                continue
            if kind == "app_mention" and token.kind != "bot":
                continue
            if users is not None and token.user not in users:
                continue
            if channel and token.user not in channel.members and (
                    token.kind == "bot" or channel.is_private or channel.is_im):
                continue
            return token
        return None


class Apps:
    def __init__(self) -> None:
        self.all: dict[str, App] = {}
        self.tokens: dict[str, Token] = {}

    def add(self, app: App) -> None:
        self.all[app.id] = app

    def add_token(self, token: Token) -> None:
        self.tokens[token.value] = token
        self.all[token.app].tokens.append(token)
