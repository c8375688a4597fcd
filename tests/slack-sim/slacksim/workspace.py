# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The workspace: people, groups, conversations and everything that can happen to them.

Each method does one thing a person or an app can do, records it in the journal and publishes the
events that Slack sends for it. Errors are Refused with the Web API's error string.
"""

import random
import re
import time
import uuid
import zoneinfo
from datetime import datetime, timezone
from typing import Callable, Iterable

from . import emoji, richtext
from .apps import Apps
from .channel import Channel, Message
from .clock import Clock
from .journal import Journal
from .scheduled import Scheduled
from .settings import Refused, Settings

# Slack cuts text beyond this (POST).
TEXT_LIMIT = 40_000

Publish = Callable[[dict, Channel | None, frozenset[str] | None], None]


class Workspace:
    def __init__(self, journal: Journal, settings: Settings, clock: Clock) -> None:
        self.journal = journal
        self.settings = settings
        self.scheduled = Scheduled(self, clock)
        self.pages_made = 0  # which of them come short, when they shall
        self.publish: Publish = lambda event, channel, users: None
        self.team: dict = {"id": "T0SIMULATE", "name": "Simulated", "domain": "simulated",
                           "plan": "pro"}
        self.users: dict[str, dict] = {}
        self.groups: dict[str, dict] = {}
        self.channels: dict[str, Channel] = {}
        self.emoji: dict[str, str] = {}
        self.apps = Apps()
        self.labels: dict[str, tuple[str, str]] = {}  # a name for (channel, ts), from a scenario
        self.text = richtext.Builder(self.emoji)
        self._random = random.Random()
        self._last_event_us = 0

    # Looking up, by id or by name: people who write tests think in names.

    @property
    def url(self) -> str:
        return f"https://{self.team['domain']}.slack.com/"

    def user(self, ref: str) -> dict:
        wanted = ref.lstrip("@")
        for user in ([self.users[wanted]] if wanted in self.users else self.users.values()):
            if wanted in (user["id"], user["name"], user["profile"]["display_name"]):
                return user
        raise Refused("user_not_found")

    def group(self, ref: str) -> dict:
        wanted = ref.lstrip("@")
        for group in ([self.groups[wanted]] if wanted in self.groups else self.groups.values()):
            if wanted in (group["id"], group["handle"]):
                return group
        raise Refused("no_such_subteam")

    def channel(self, ref: str) -> Channel:
        wanted = ref.lstrip("#")
        for channel in ([self.channels[wanted]] if wanted in self.channels
                        else self.channels.values()):
            if wanted in (channel.id, channel.name):
                return channel
        raise Refused("channel_not_found")

    def message(self, channel: Channel, ts: str) -> Message:
        if (message := channel.messages.get(ts)) is None:
            raise Refused("message_not_found")
        return message

    def app_of_bot(self, user: str) -> str | None:
        return next((app.id for app in self.apps.all.values() if app.bot_user == user), None)

    def new_id(self, prefix: str) -> str:
        """An id as Slack's look: a letter, a zero, nine of A-Z and 0-9."""
        return prefix + "0" + "".join(self._random.choices("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", k=9))

    def event_ts(self) -> str:
        self._last_event_us = max(self._last_event_us + 1, int(time.time() * 1_000_000))
        return Channel.format_stamp(self._last_event_us)

    # People, groups, channels: making them is the scenario's work and publishes nothing.

    def add_user(self, ident: str, name: str, **info) -> dict:
        real_name = info.get("real_name", name.capitalize())
        zone = info.get("tz", "Europe/Berlin")
        offset = datetime.now(zoneinfo.ZoneInfo(zone)).utcoffset()
        now = int(time.time())
        self.users[ident] = {
            "id": ident, "team_id": self.team["id"], "name": name, "deleted": False,
            "color": "4bbe2e", "real_name": real_name, "tz": zone, "tz_label": zone,
            "tz_offset": int(offset.total_seconds()) if offset else 0,
            "profile": {
                "title": info.get("title", ""), "phone": "", "skype": "", "real_name": real_name,
                "real_name_normalized": real_name,
                "display_name": info.get("display_name", name),
                "display_name_normalized": info.get("display_name", name),
                "status_text": "", "status_emoji": "", "status_expiration": 0,
                "avatar_hash": "g0", "team": self.team["id"],
                **{f"image_{size}": f"https://secure.gravatar.com/{ident}-{size}.png"
                   for size in (24, 32, 48, 72, 192, 512)},
            },
            "is_admin": info.get("admin", False), "is_owner": False, "is_primary_owner": False,
            "is_restricted": False, "is_ultra_restricted": False, "is_bot": info.get("bot", False),
            "is_app_user": False, "updated": now, "is_email_confirmed": True,
            "who_can_share_contact_card": "EVERYONE",
        }
        return self.users[ident]

    def add_group(self, ident: str, handle: str, name: str, members: Iterable[str],
                  disabled: bool = False) -> dict:
        now = int(time.time()) - 86_400
        self.groups[ident] = {
            "id": ident, "team_id": self.team["id"], "is_usergroup": True, "is_subteam": True,
            "name": name, "description": "", "handle": handle, "is_external": False,
            "date_create": now, "date_update": now, "date_delete": now if disabled else 0,
            "auto_type": None, "auto_provision": False, "enterprise_subteam_id": "",
            "created_by": "USLACKBOT", "updated_by": "USLACKBOT", "deleted_by": None,
            "prefs": {"channels": [], "groups": []}, "users": list(members), "channel_count": 0,
        }
        return self.groups[ident]

    def add_channel(self, ident: str, name: str, **info) -> Channel:
        self.channels[ident] = Channel(ident, name, **info)
        return self.channels[ident]

    def direct_channel(self, one: str, other: str) -> Channel:
        """The conversation of two people, made when they first need it."""
        pair = {one, other}
        for channel in self.channels.values():
            if channel.is_im and set(channel.members) == pair:
                return channel
        return self.add_channel(self.new_id("D"), "", im=True, created=int(time.time()),
                                members=sorted(pair))

    # Messages

    def wire(self, typed: str) -> str:
        """What a person types, with @names and #names found, in Slack's wire form."""
        return richtext.compose(typed, self._wire_handle, self._wire_channel)

    def _wire_handle(self, handle: str) -> str | None:
        if handle in ("here", "channel", "everyone"):
            return f"<!{handle}>"
        try:
            group = self.group(handle)
            label = f"|@{group['handle']}" if self.settings.subteam_labels else ""
            return f"<!subteam^{group['id']}{label}>"
        except Refused:
            pass
        try:
            return f"<@{self.user(handle)['id']}>"
        except Refused:
            return None

    def _wire_channel(self, name: str) -> str | None:
        try:
            channel = self.channel(name)
        except Refused:
            return None
        return f"<#{channel.id}|{channel.name}>"

    def post(self, channel: Channel, user: str, text: str, *, thread_ts: str | None = None,
             broadcast: bool = False, app: str | None = None, posted: dict | None = None,
             at: float | None = None, quiet: bool = False, **extra) -> Message:
        """Puts a message (text in wire form) into a channel or a thread.

        app is the app that posts, with a person's or its bot's token. at puts it into the past,
        quiet neither publishes nor records it. extra goes into the message as it is: subtype,
        blocks, files, attachments, metadata, username.
        """
        if channel.is_archived:
            raise Refused("is_archived")
        body: dict = {"type": "message"}
        if extra.get("subtype") != "bot_message":
            body["user"] = user
        body["ts"] = channel.stamp(time.time()) if at is None else channel.free_stamp(at)
        body["text"] = text[:TEXT_LIMIT]
        body["team"] = self.team["id"]
        if app:
            # A message posted with a person's token carries the app's bot_id as well, and neither
            # kind has a subtype (seen in the answers of chat.postMessage).
            body["bot_id"] = self.apps.all[app].bot_id
            if extra.get("subtype") != "bot_message":
                body["app_id"] = app
                body["bot_profile"] = self.apps.all[app].bot_profile(self.team["id"])
        elif user:
            body["client_msg_id"] = str(uuid.UUID(int=self._random.getrandbits(128), version=4))
        parent = channel.messages.get(thread_ts) if thread_ts else None
        if parent and parent.is_reply:
            parent = channel.messages.get(parent.thread_ts)
        if parent:
            if parent.body.get("subtype") in ("channel_join", "channel_name"):
                raise Refused("cannot_reply_to_message")
            body["thread_ts"] = parent.ts
            body["parent_user_id"] = parent.author
            if broadcast:
                body["subtype"] = "thread_broadcast"
        # A reply to a message that is gone lands in the channel itself (seen).
        body["blocks"] = self.text.blocks(body["text"])
        body.update({key: value for key, value in extra.items() if value is not None})
        if not body["blocks"]:
            del body["blocks"]
        message = Message(body, posted=posted)
        channel.add(message)
        if not quiet:
            self.journal.change("post", channel=channel.id, ts=message.ts, user=user,
                                thread_ts=body.get("thread_ts"), text=body["text"], posted=posted,
                                subtype=body.get("subtype"))
            event = dict(body, channel=channel.id, event_ts=message.ts, channel_type=channel.type)
            if broadcast and parent:
                event["root"] = channel.render(parent)
            self.publish(event, channel, None)
            if parent and self.settings.message_replied:
                self._publish_message(channel, {"message": channel.render(parent)})
            self._publish_mentions(channel, event)
        return message

    def _publish_mentions(self, channel: Channel, event: dict) -> None:
        """app_mention comes in addition to the message, for an app's own bot user."""
        for user in set(re.findall(r"<@([UW][A-Z0-9]+)", event["text"])):
            if self.app_of_bot(user) and user != event.get("user"):
                left_out = ("type", "subtype", "channel_type", "root", "client_msg_id")
                mention = {key: value for key, value in event.items() if key not in left_out}
                self.publish({"type": "app_mention", **mention}, channel, frozenset((user,)))

    def _publish_message(self, channel: Channel, body: dict) -> None:
        """An event about a message, hidden from history (MSG)."""
        ts = channel.stamp(time.time())
        self.publish({"type": "message", **body, "channel": channel.id, "hidden": True, "ts": ts,
                      "event_ts": ts, "channel_type": channel.type}, channel, None)

    def _inside(self, channel: Channel, message: Message) -> dict:
        """A message as it stands inside an event: without its reactions."""
        shown = channel.render(message)
        shown.pop("reactions", None)
        return dict(shown, source_team=self.team["id"], user_team=self.team["id"])

    def edit(self, channel: Channel, ts: str, user: str, text: str, *, posted: dict | None = None,
             quiet: bool = False, **extra) -> Message:
        message = self.message(channel, ts)
        before = self._inside(channel, message)
        message.body["text"] = text[:TEXT_LIMIT]
        message.body["blocks"] = self.text.blocks(message.body["text"])
        message.body.update({key: value for key, value in extra.items() if value is not None})
        message.body["edited"] = {"user": user, "ts": channel.stamp(time.time())}
        if not quiet:
            self.journal.change("edit", channel=channel.id, ts=ts, user=user,
                                text=message.body["text"], posted=posted)
            self._publish_message(channel, {"subtype": "message_changed",
                                            "previous_message": before,
                                            "message": self._inside(channel, message)})
        return message

    def touch(self, channel: Channel, ts: str, attachments: list[dict] | None = None) -> None:
        """message_changed that no person made: a link unfurled, a language detected (REF)."""
        message = self.message(channel, ts)
        before = self._inside(channel, message)
        if attachments:
            message.body["attachments"] = attachments
        self.journal.change("touch", channel=channel.id, ts=ts)
        self._publish_message(channel, {"subtype": "message_changed", "previous_message": before,
                                        "message": self._inside(channel, message)})

    def delete(self, channel: Channel, ts: str, user: str = "", posted: dict | None = None) -> None:
        message = self.message(channel, ts)
        before = self._inside(channel, message)
        self.journal.change("delete", channel=channel.id, ts=ts, user=user, posted=posted)
        if channel.replies(ts):
            # A parent with replies is not deleted but turned into a tombstone, which is a
            # message_changed and stays in history (seen).
            message.body = {"type": "message", "subtype": "tombstone", "user": "USLACKBOT",
                            "text": "This message was deleted.", "hidden": True, "ts": ts,
                            "thread_ts": ts, "parent_user_id": "USLACKBOT"}
            message.reactions.clear()
            self._publish_message(channel, {
                "subtype": "message_changed", "message": self._inside(channel, message),
                "previous_message": before})
            return
        channel.remove(ts)
        self._publish_message(channel, {"subtype": "message_deleted", "deleted_ts": ts,
                                        "previous_message": before})
        parent = channel.messages.get(message.thread_ts) if message.is_reply else None
        if parent and parent.body.get("subtype") == "tombstone" and not channel.replies(parent.ts):
            self.delete(channel, parent.ts)

    # Reactions

    def react(self, channel: Channel, ts: str, user: str, name: str, *, posted: dict | None = None,
              quiet: bool = False) -> None:
        message = self.message(channel, ts)
        if not emoji.is_known(name, self.emoji):
            raise Refused("invalid_name")
        users = message.reactions.setdefault(name, {})
        if user in users:
            raise Refused("already_reacted")
        users[user] = None
        self._reaction("reaction_added", channel, message, user, name, posted, quiet)

    def unreact(self, channel: Channel, ts: str, user: str, name: str, *,
                posted: dict | None = None) -> None:
        message = self.message(channel, ts)
        users = message.reactions.get(name, {})
        if user not in users:
            raise Refused("no_reaction")
        del users[user]
        if not users:
            del message.reactions[name]
        self._reaction("reaction_removed", channel, message, user, name, posted)

    def _reaction(self, kind: str, channel: Channel, message: Message, user: str, name: str,
                  posted: dict | None, quiet: bool = False) -> None:
        if quiet:
            return
        self.journal.change("react" if kind == "reaction_added" else "unreact", channel=channel.id,
                            ts=message.ts, user=user, name=name, posted=posted)
        event = {"type": kind, "user": user, "reaction": name,
                 "item": {"type": "message", "channel": channel.id, "ts": message.ts},
                 "event_ts": self.event_ts()}
        if message.body.get("user"):  # absent for webhook posts (REF)
            event["item_user"] = message.body["user"]
        self.publish(event, channel, None)

    # Channels

    def join(self, channel: Channel, user: str, inviter: str = "") -> None:
        if user in channel.members:
            return
        channel.members[user] = None
        self.journal.change("join", channel=channel.id, user=user)
        event = {"type": "member_joined_channel", "user": user, "channel": channel.id,
                 "channel_type": "G" if channel.is_private else "C", "team": self.team["id"],
                 "event_ts": self.event_ts()}
        self.publish(dict(event, inviter=inviter) if inviter else event, channel, None)
        self.post(channel, user, f"<@{user}> has joined the channel", subtype="channel_join",
                  blocks=[])

    def leave(self, channel: Channel, user: str) -> None:
        if channel.members.pop(user, user) is None:
            self.journal.change("leave", channel=channel.id, user=user)
            self.publish({"type": "member_left_channel", "user": user, "channel": channel.id,
                          "channel_type": "G" if channel.is_private else "C",
                          "team": self.team["id"], "event_ts": self.event_ts()}, channel, None)

    def rename(self, channel: Channel, user: str, name: str) -> None:
        old, channel.name = channel.name, name
        channel.previous_names.insert(0, old)
        self.journal.change("rename", channel=channel.id, user=user, name=name)
        self.publish({"type": "channel_rename", "event_ts": self.event_ts(),
                      "channel": {"id": channel.id, "is_channel": not channel.is_private,
                                  "is_mpim": False, "name": name, "name_normalized": name,
                                  "created": channel.created}}, channel, None)
        self.post(channel, user, f'<@{user}> has renamed the channel from "{old}" to "{name}"',
                  subtype="channel_name", old_name=old, name=name, blocks=[])

    def archive(self, channel: Channel, user: str, archived: bool) -> None:
        channel.is_archived = archived
        self.journal.change("archive", channel=channel.id, user=user, archived=archived)
        if archived:
            self.publish({"type": "channel_archive", "channel": channel.id, "user": user,
                          "event_ts": self.event_ts()}, channel, None)

    # Groups, people, emoji, tokens

    def group_info(self, group: dict, users: bool = True, shown: int | None = None) -> dict:
        """A group as the Web API and events show it, its count as text (REF's samples)."""
        info = dict(group, user_count=str(len(group["users"])))
        if users:
            info["users"] = group["users"][:shown]
        else:
            del info["users"]
        return info

    def set_members(self, group: dict, members: list[str], user: str = "USLACKBOT") -> None:
        before = set(group["users"])
        added = [member for member in members if member not in before]
        removed = [member for member in group["users"] if member not in set(members)]
        previous = group["date_update"]
        group["users"] = list(members)
        self.journal.change("group", group=group["id"], members=list(members))
        self._group_updated(group, user)
        if not added and not removed:
            return
        self.publish({"type": "subteam_members_changed", "subteam_id": group["id"],
                      "team_id": self.team["id"], "date_previous_update": previous,
                      "date_update": group["date_update"], "added_users": added,
                      "added_users_count": str(len(added)), "removed_users": removed,
                      "removed_users_count": str(len(removed)), "event_ts": self.event_ts()},
                     None, None)
        for kind, concerned in (("subteam_self_added", added), ("subteam_self_removed", removed)):
            if concerned:
                self.publish({"type": kind, "subteam_id": group["id"],
                              "event_ts": self.event_ts()}, None, frozenset(concerned))

    def change_group(self, group: dict, user: str = "USLACKBOT", **changes) -> None:
        """changes: handle, name, disabled."""
        disabled = changes.pop("disabled", None)
        group.update(changes)
        if disabled is not None:
            group["date_delete"] = int(time.time()) if disabled else 0
        self.journal.change("group", group=group["id"], members=group["users"])
        self._group_updated(group, user)

    def _group_updated(self, group: dict, user: str) -> None:
        group["date_update"] = max(group["date_update"] + 1, int(time.time()))
        group["updated_by"] = user
        self.publish({"type": "subteam_updated", "event_ts": self.event_ts(),
                      "subteam": self.group_info(group, shown=self.settings.subteam_users)},
                     None, None)

    def change_user(self, user: dict, **changes) -> None:
        """changes: name, real_name, display_name, tz, deleted, status_text, status_emoji."""
        for key, value in changes.items():
            if key in ("real_name", "display_name", "status_text", "status_emoji"):
                user["profile"][key] = value
            if key in ("name", "real_name", "tz", "deleted"):
                user[key] = value
        offset = datetime.now(timezone.utc).astimezone(zoneinfo.ZoneInfo(user["tz"])).utcoffset()
        user["tz_offset"] = int(offset.total_seconds()) if offset else 0
        user["updated"] = int(time.time())
        self.journal.change("user", user=user["id"])
        self.publish({"type": "user_change", "user": user, "cache_ts": user["updated"],
                      "event_ts": self.event_ts()}, None, None)

    def change_emoji(self, name: str, value: str | None) -> None:
        """Adds a custom emoji, or removes it when value is None."""
        event = {"type": "emoji_changed", "event_ts": self.event_ts()}
        if value is None:
            self.emoji.pop(name, None)
            event |= {"subtype": "remove", "names": [name]}
        else:
            self.emoji[name] = value
            event |= {"subtype": "add", "name": name, "value": value}
        self.journal.change("emoji", name=name, value=value)
        self.publish(event, None, None)

    def revoke(self, value: str, error: str) -> None:
        """The token stops working with that error; its app is told (REF)."""
        token = self.apps.tokens[value]
        token.revoked = error
        self.journal.change("revoke", token=token.name, error=error)
        if token.kind != "app":
            kind = "oauth" if token.kind == "user" else "bot"
            tokens: dict[str, list[str]] = {"oauth": [], "bot": []}
            tokens[kind] = [token.user]
            self.publish({"type": "tokens_revoked", "tokens": tokens, "event_ts": self.event_ts()},
                         None, frozenset((token.user,)))
