# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The methods of the Web API, each with its tier, scopes and errors (REF)."""

import base64
import binascii
import json
import time
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Callable

from . import richtext
from .apps import Token, scope_family
from .channel import Channel, Message
from .settings import Refused
from .workspace import Workspace

# REF: the most that a page may hold, and scheduleMessage's bounds.
PAGE_MAXIMUM = 999
SCHEDULE_DAYS = 120
SCHEDULE_PER_WINDOW, SCHEDULE_WINDOW = 30, 300
UNSCHEDULE_SECONDS = 60
# A free plan shows the last 90 days.
FREE_PLAN_SECONDS = 90 * 86_400

# The address of a new socket, by the app's id and whether the call came by TLS.
SocketUrl = Callable[[str, bool], str]


class Call:
    """One call: who, with which arguments."""

    def __init__(self, workspace: Workspace, name: str, token: Token, arguments: dict,
                 page_cap: int | None, secure: bool, socket_url: SocketUrl) -> None:
        self.workspace = workspace
        self.name = name
        self.token = token
        self.arguments = arguments
        self.page_cap = page_cap
        self.secure = secure
        self.socket_url = socket_url

    def text(self, name: str) -> str:
        value = self.arguments.get(name)
        if isinstance(value, bool):
            return "true" if value else "false"
        return "" if value is None else str(value)

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in ("1", "true")

    def required(self, name: str) -> str:
        if not (value := self.text(name)):
            raise Refused("invalid_arguments", response_metadata={
                "messages": [f"[ERROR] missing required field: {name}"]})
        return value

    def structure(self, name: str, error: str):
        """A JSON argument, which a form carries as text."""
        value = self.arguments.get(name)
        if isinstance(value, str):
            try:
                return json.loads(value) if value else None
            except ValueError:
                raise Refused(error) from None
        return value

    def limit(self, default: int, maximum: int = PAGE_MAXIMUM) -> int:
        text = self.text("limit")
        try:
            value = int(text) if text else default
        except ValueError:
            raise Refused("invalid_limit") from None
        if value < 0 or value > maximum + 1:
            raise Refused("invalid_limit")
        value = value or default
        if self.page_cap is not None:
            value = min(value, self.page_cap)
        return value

    def channel(self, name: str = "channel") -> Channel:
        """The conversation, if the caller can see it."""
        channel = self.workspace.channels.get(self.required(name))
        if channel is None or ((channel.is_private or channel.is_im)
                               and self.token.user not in channel.members):
            raise Refused("channel_not_found")
        return channel

    def readable_channel(self) -> Channel:
        """The conversation, if the caller may read it: a person every public one, a bot its own."""
        channel = self.channel()
        if self.token.kind == "bot" and self.token.user not in channel.members:
            raise Refused("not_in_channel")
        return channel

    def writable_channel(self) -> Channel:
        """Where to post: by id, by #name, or a person's id for their direct conversation."""
        ref = self.required("channel")
        if ref in self.workspace.users:
            return self.workspace.direct_channel(self.token.user, ref)
        self.arguments["channel"] = self.workspace.channel(ref).id
        channel = self.channel()
        if channel.is_archived:
            raise Refused("is_archived")
        if self.token.user not in channel.members:
            raise Refused("not_in_channel")
        return channel

    @property
    def posted(self) -> dict:
        return {"method": self.name, "token": self.token.name, "app": self.token.app}

    def shown(self, channel: Channel, message: Message) -> dict:
        return channel.render(message, self.token.user, self.workspace.settings.reaction_users)


Run = Callable[[Call], dict]


@dataclass(frozen=True)
class Method:
    run: Run
    tier: int
    takes_json: bool
    scopes: tuple[str, ...]
    user_only: bool

    def scope(self, call: Call) -> tuple[str, ...]:
        """Any of these lets the call pass; {} stands for the conversation's kind."""
        if not self.scopes or "{}" not in self.scopes[0]:
            return self.scopes
        channel = call.workspace.channels.get(call.text("channel"))
        families = [scope_family(channel)] if channel else ["channels", "groups", "im"]
        return tuple(self.scopes[0].format(family) for family in families)


METHODS: dict[str, Method] = {}


def method(name: str, tier: int, *scopes: str, json: bool = False, user_only: bool = False):
    """json: the method takes a JSON body too, which most that read do not (REF)."""
    def register(run: Run) -> Run:
        METHODS[name] = Method(run, tier, json, scopes, user_only)
        return run
    return register


# Pages

def make_cursor(kind: str, value: str) -> str:
    """Slack's cursors are Base64 and end in "=": made so that they always do."""
    text = f"{kind}:{value}"
    return base64.b64encode((text if len(text) % 3 else text + ":").encode()).decode()


def read_cursor(call: Call, *kinds: str) -> tuple[str, str] | None:
    if not (cursor := call.text("cursor")):
        return None
    try:
        kind, _, value = base64.b64decode(cursor, validate=True).decode().rstrip(":").partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise Refused("invalid_cursor") from None
    if kind not in kinds:
        raise Refused("invalid_cursor")
    return kind, value


def page_size(call: Call, limit: int) -> int:
    """The limit, or less when the workspace is set to short pages: none, half, half, none, …"""
    if not call.workspace.settings.short_pages:
        return limit
    call.workspace.pages_made += 1
    return 0 if call.workspace.pages_made % 3 == 1 else max(1, limit // 2)


def page_of(call: Call, kind: str, items: list, key: Callable, default: int) -> tuple[list, dict]:
    """One page of a list that is sorted by key, and the response_metadata."""
    cursor = read_cursor(call, kind)
    limit = page_size(call, call.limit(default))
    start = bisect_left(items, cursor[1], key=key) if cursor else 0
    page, rest = items[start:start + limit], items[start + limit:start + limit + 1]
    return page, {"next_cursor": make_cursor(kind, key(rest[0])) if rest else ""}


# The caller and the team

@method("auth.test", 5, json=True)
def auth_test(call: Call) -> dict:
    team = call.workspace.team
    user = call.workspace.users[call.token.user]
    answer = {"url": call.workspace.url, "team": team["name"], "user": user["name"],
              "team_id": team["id"], "user_id": user["id"], "is_enterprise_install": False}
    if call.token.kind == "bot":
        answer["bot_id"] = call.workspace.apps.all[call.token.app].bot_id
    return answer


@method("apps.connections.open", 3, json=True)
def apps_connections_open(call: Call) -> dict:
    return {"url": call.socket_url(call.token.app, call.secure)}


@method("team.info", 3, "team:read", json=True)
def team_info(call: Call) -> dict:
    team = call.workspace.team
    if call.text("team") not in ("", team["id"]):
        raise Refused("team_not_found")
    return {"team": {"id": team["id"], "name": team["name"], "domain": team["domain"],
                     "email_domain": "", "url": call.workspace.url, "is_verified": False,
                     "icon": {"image_default": True}}}


@method("emoji.list", 2, "emoji:read")
def emoji_list(call: Call) -> dict:
    return {"emoji": dict(call.workspace.emoji), "cache_ts": call.workspace.event_ts()}


@method("dnd.info", 3, "dnd:read")
def dnd_info(call: Call) -> dict:
    user = find_user(call, call.text("user") or call.token.user)
    dnd = user.get("dnd", {})
    return {"dnd_enabled": bool(dnd), "next_dnd_start_ts": dnd.get("start", 1),
            "next_dnd_end_ts": dnd.get("end", 1), "snooze_enabled": False}


# People and groups

def find_user(call: Call, ident: str) -> dict:
    if (user := call.workspace.users.get(ident)) is None:
        raise Refused("user_not_found")
    return user


@method("users.info", 4, "users:read")
def users_info(call: Call) -> dict:
    return {"user": find_user(call, call.required("user"))}


@method("users.list", 2, "users:read")
def users_list(call: Call) -> dict:
    users = call.workspace.users
    most = call.workspace.settings.users_without_limit
    if not call.text("limit") and len(users) > most:
        raise Refused("limit_required")
    page, metadata = page_of(call, "user", sorted(users.values(), key=by_id), by_id, most)
    return {"members": page, "cache_ts": int(time.time()), "response_metadata": metadata}


def by_id(item: dict) -> str:
    return item["id"]


def need_paid_plan(call: Call) -> None:
    if call.workspace.team["plan"] == "free":
        raise Refused("plan_upgrade_required")


@method("usergroups.list", 2, "usergroups:read")
def usergroups_list(call: Call) -> dict:
    need_paid_plan(call)
    return {"usergroups": [
        call.workspace.group_info(group, users=call.flag("include_users"))
        for group in call.workspace.groups.values()
        if call.flag("include_disabled") or not group["date_delete"]]}


@method("usergroups.users.list", 2, "usergroups:read")
def usergroups_users_list(call: Call) -> dict:
    need_paid_plan(call)
    group = call.workspace.groups.get(call.required("usergroup"))
    if group is None or (group["date_delete"] and not call.flag("include_disabled")):
        raise Refused("no_such_subteam")
    return {"users": list(group["users"])}


# Conversations

CONVERSATION_TYPES = ("public_channel", "private_channel", "mpim", "im")


def conversation_page(call: Call, user: str) -> tuple[list[Channel], dict]:
    """Filters come after the paging, so that pages may be short or empty with more to come."""
    types = [part.strip() for part in (call.text("types") or "public_channel").split(",")]
    if not set(types) <= set(CONVERSATION_TYPES):
        raise Refused("invalid_types")
    visible = sorted((channel for channel in call.workspace.channels.values()
                      if user in channel.members or not (channel.is_private or channel.is_im)),
                     key=lambda channel: channel.id)
    page, metadata = page_of(call, "channel", visible, lambda channel: channel.id, 100)
    kind = {"channel": "public_channel", "group": "private_channel", "im": "im"}
    return [channel for channel in page if kind[channel.type] in types
            and not (call.flag("exclude_archived") and channel.is_archived)], metadata


@method("conversations.list", 2, "channels:read", "groups:read", "im:read")
def conversations_list(call: Call) -> dict:
    page, metadata = conversation_page(call, call.token.user)
    return {"channels": [channel.info(call.token.user) for channel in page],
            "response_metadata": metadata}


@method("users.conversations", 3, "channels:read", "groups:read", "im:read")
def users_conversations(call: Call) -> dict:
    user = call.text("user") or call.token.user
    page, metadata = conversation_page(call, call.token.user)
    found = []
    for channel in page:
        if user in channel.members:
            info = channel.info(call.token.user)
            info.pop("is_member", None)  # REF: not in this method's answer
            info.pop("num_members", None)
            found.append(info)
    return {"channels": found, "response_metadata": metadata}


@method("conversations.info", 3, "{}:read")
def conversations_info(call: Call) -> dict:
    info = call.channel().info(call.token.user)
    if not call.flag("include_num_members"):
        info.pop("num_members", None)
    return {"channel": info}


@method("conversations.join", 3, "channels:join", "channels:write", json=True)
def conversations_join(call: Call) -> dict:
    channel = call.channel()
    if channel.is_private or channel.is_im:
        raise Refused("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise Refused("is_archived")
    answer: dict = {}
    if call.token.user in channel.members:
        answer = {"warning": "already_in_channel",
                  "response_metadata": {"warnings": ["already_in_channel"]}}
    call.workspace.join(channel, call.token.user)
    return {"channel": channel.info(call.token.user), **answer}


def bound(call: Call, name: str) -> str:
    """oldest or latest as a ts that compares as text, or ""."""
    text = call.text(name)
    if not text or (name == "oldest" and text == "0"):
        return ""
    seconds, _, fraction = text.partition(".")
    if not seconds.isdigit() or (fraction and not fraction.isdigit()) or len(seconds) > 10:
        raise Refused(f"invalid_ts_{name}")
    return f"{int(seconds):010d}.{fraction:0<6.6}"


def between(items: list[str], oldest: str, latest: str, inclusive: bool) -> tuple[int, int]:
    """The part of a list of ts that lies in the range."""
    first, last = 0, len(items)
    if oldest:
        first = bisect_left(items, oldest) if inclusive else bisect_right(items, oldest)
    if latest:
        last = bisect_right(items, latest) if inclusive else bisect_left(items, latest)
    return first, max(first, last)


@method("conversations.history", 3, "{}:history", json=True)
def conversations_history(call: Call) -> dict:
    channel = call.readable_channel()
    items = channel.timeline
    oldest, latest = bound(call, "oldest"), bound(call, "latest")
    first, last = between(items, oldest, latest, call.flag("inclusive"))
    limited = 0
    if call.workspace.team["plan"] == "free":
        limited = bisect_left(items, Channel.format_stamp(
            int((time.time() - FREE_PLAN_SECONDS) * 1_000_000)))
        first = max(first, limited)
    limit = page_size(call, call.limit(100))
    forward = bool(oldest) and not latest and call.workspace.settings.history_order == "oldest"
    cursor = read_cursor(call, "next_ts", "from_ts")
    if cursor and cursor[0] == "from_ts":
        first = max(first, bisect_left(items, cursor[1]))
    elif cursor:
        last = min(last, bisect_right(items, cursor[1]))
    if forward:
        start, end = first, min(last, first + limit)
        more = end < last
        following = make_cursor("from_ts", items[end]) if more else ""
    else:
        start, end = max(first, last - limit), last
        more = start > first
        following = make_cursor("next_ts", items[start - 1]) if more else ""
    # Within a page the newest stands first, whichever end the pages come from.
    page = [call.shown(channel, channel.messages[ts]) for ts in reversed(items[start:end])]
    answer: dict = {"messages": page, "has_more": more, "pin_count": 0,
                    "channel_actions_ts": None, "channel_actions_count": 0}
    if call.text("oldest"):
        answer["oldest"] = call.text("oldest")
    if call.text("latest"):
        answer["latest"] = call.text("latest")
    if limited:
        answer["is_limited"] = True
    if more:
        answer["response_metadata"] = {"next_cursor": following}
    return answer


@method("conversations.replies", 3, "{}:history")
def conversations_replies(call: Call) -> dict:
    channel = call.readable_channel()
    ts = call.required("ts")
    if (message := channel.messages.get(ts)) is None:
        raise Refused("thread_not_found")
    if message.is_reply:
        # Given a reply's ts, that reply alone comes back (seen).
        return {"messages": [call.shown(channel, message)], "has_more": False}
    replies = channel.replies(ts)
    first, last = between(replies, bound(call, "oldest"), bound(call, "latest"),
                          call.flag("inclusive"))
    limit = max(1, page_size(call, call.limit(PAGE_MAXIMUM)))
    cursor = read_cursor(call, "next_ts")
    if cursor:
        first = max(first, bisect_left(replies, cursor[1]))
    # The parent leads the first page, whatever oldest says, and no other page has it (seen).
    page = [] if cursor else [message]
    end = min(last, first + limit - len(page))
    page += [channel.messages[reply] for reply in replies[first:end]]
    answer = {"messages": [call.shown(channel, one) for one in page], "has_more": end < last}
    if end < last:
        answer["response_metadata"] = {"next_cursor": make_cursor("next_ts", replies[end])}
    return answer


# Reactions

def reaction_item(call: Call) -> tuple[Channel, str]:
    if not call.text("channel") or not call.text("timestamp"):
        raise Refused("no_item_specified")
    channel = call.channel()
    if not call.text("timestamp").replace(".", "", 1).isdigit():
        raise Refused("bad_timestamp")
    call.workspace.message(channel, call.text("timestamp"))
    return channel, call.text("timestamp")


@method("reactions.add", 3, "reactions:write", json=True)
def reactions_add(call: Call) -> dict:
    channel, ts = reaction_item(call)
    if channel.is_archived:
        raise Refused("is_archived")
    if channel.messages[ts].body.get("subtype") == "tombstone":
        raise Refused("not_reactable")
    call.workspace.react(channel, ts, call.token.user, call.text("name").strip(":"),
                         posted=call.posted)
    return {}


@method("reactions.remove", 2, "reactions:write", json=True)
def reactions_remove(call: Call) -> dict:
    channel, ts = reaction_item(call)
    call.workspace.unreact(channel, ts, call.token.user, call.text("name").strip(":"),
                           posted=call.posted)
    return {}


@method("reactions.get", 3, "reactions:read")
def reactions_get(call: Call) -> dict:
    channel, ts = reaction_item(call)
    message = call.shown(channel, channel.messages[ts])
    message["permalink"] = permalink(call.workspace, channel, channel.messages[ts])
    return {"type": "message", "channel": channel.id, "message": message}


# Posting

def permalink(workspace: Workspace, channel: Channel, message: Message) -> str:
    link = f"{workspace.url}archives/{channel.id}/p{message.ts.replace('.', '')}"
    return f"{link}?thread_ts={message.thread_ts}&cid={channel.id}" if message.is_reply else link


@method("chat.getPermalink", 5)
def chat_get_permalink(call: Call) -> dict:
    channel = call.channel()
    message = call.workspace.message(channel, call.required("message_ts"))
    return {"channel": channel.id, "permalink": permalink(call.workspace, channel, message)}


def content(call: Call) -> dict:
    """What a message shall hold, apart from where it goes."""
    blocks = call.structure("blocks", "invalid_blocks_format")
    attachments = call.structure("attachments", "invalid_attachments")
    metadata = call.structure("metadata", "invalid_metadata_format")
    if metadata is not None and not (isinstance(metadata, dict) and "event_type" in metadata):
        raise Refused("invalid_metadata_schema")
    text = call.text("text")
    if not text and not blocks and not attachments:
        raise Refused("no_text")
    if blocks and len(json.dumps(blocks)) > 100_000:
        raise Refused("msg_blocks_too_long")
    return {"text": richtext.normalise(text), "blocks": blocks, "attachments": attachments,
            "metadata": metadata}


@method("chat.postMessage", 5, "chat:write", json=True)
def chat_post_message(call: Call) -> dict:
    channel = call.writable_channel()
    parts = content(call)
    message = call.workspace.post(
        channel, call.token.user, parts.pop("text"), thread_ts=call.text("thread_ts") or None,
        broadcast=call.flag("reply_broadcast"), app=call.token.app, posted=call.posted, **parts)
    return {"channel": channel.id, "ts": message.ts, "message": call.shown(channel, message)}


def own_message(call: Call, error: str) -> tuple[Channel, Message]:
    """A message that the caller may change: their own, for a bot its app's."""
    channel = call.channel()
    message = call.workspace.message(channel, call.required("ts"))
    own = message.body.get("user") == call.token.user
    if not own or message.body.get("subtype") in ("tombstone", "channel_join", "channel_name"):
        raise Refused(error)
    return channel, message


@method("chat.update", 3, "chat:write", json=True)
def chat_update(call: Call) -> dict:
    channel, message = own_message(call, "cant_update_message")
    parts = content(call)
    call.workspace.edit(channel, message.ts, call.token.user, parts.pop("text"),
                        posted=call.posted, **parts)
    return {"channel": channel.id, "ts": message.ts, "text": message.body["text"],
            "message": call.shown(channel, message)}


@method("chat.delete", 3, "chat:write", json=True)
def chat_delete(call: Call) -> dict:
    channel, message = own_message(call, "cant_delete_message")
    call.workspace.delete(channel, message.ts, call.token.user, call.posted)
    return {"channel": channel.id, "ts": message.ts}


@method("chat.scheduleMessage", 3, "chat:write", json=True)
def chat_schedule_message(call: Call) -> dict:
    channel = call.writable_channel()
    parts = content(call)
    try:
        post_at = int(call.required("post_at"))
    except ValueError:
        raise Refused("invalid_time") from None
    now = time.time()
    if post_at <= now:
        raise Refused("time_in_past")
    if post_at > now + SCHEDULE_DAYS * 86_400:
        raise Refused("time_too_far")
    scheduled = call.workspace.scheduled
    near = [one for one in scheduled.items.values() if one["channel_id"] == channel.id
            and abs(one["post_at"] - post_at) < SCHEDULE_WINDOW]
    if len(near) >= SCHEDULE_PER_WINDOW:
        raise Refused("restricted_too_many")
    item = scheduled.add(channel.id, post_at, call.token, parts, call.text("thread_ts") or None)
    return {"scheduled_message_id": item["id"], "channel": channel.id, "post_at": post_at,
            "message": {"type": "delayed_message", "text": parts["text"], "user": call.token.user,
                        "bot_id": call.workspace.apps.all[call.token.app].bot_id,
                        "team": call.workspace.team["id"]}}


@method("chat.deleteScheduledMessage", 3, "chat:write", json=True)
def chat_delete_scheduled_message(call: Call) -> dict:
    call.channel()
    scheduled = call.workspace.scheduled
    item = scheduled.items.get(call.required("scheduled_message_id"))
    # Within its last minute it cannot be deleted any more (SCHED).
    if item is None or item["token"] != call.token.value or \
            item["post_at"] - time.time() < UNSCHEDULE_SECONDS:
        raise Refused("invalid_scheduled_message_id")
    scheduled.remove(item["id"])
    return {}


@method("chat.scheduledMessages.list", 3, json=True)
def chat_scheduled_messages_list(call: Call) -> dict:
    mine = [one for one in call.workspace.scheduled.items.values()
            if one["token"] == call.token.value
            and call.text("channel") in ("", one["channel_id"])]
    return {"scheduled_messages": [
        {key: one[key] for key in ("id", "channel_id", "post_at", "date_created", "text")}
        for one in mine], "response_metadata": {"next_cursor": ""}}
