# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The Web API where the official SDK cannot look, or would hide what it sees."""

import json
import time
import urllib.error
import urllib.request

import pytest
from conftest import AIKO, JONAS, SHIPBOT, Slack
from simulator import DEMO

SUPPORT = "C07SUPPORT1"


def call(slack, method: str, token: str | None, body: bytes = b"", **headers) -> tuple[dict, dict]:
    """(answer, headers) of a request made by hand."""
    if token:
        headers["Authorization"] = f"Bearer {token}"
    request = urllib.request.Request(slack.api + method, body, headers)
    with urllib.request.urlopen(request, timeout=60) as response:
        return json.load(response), dict(response.headers)


@pytest.fixture
def history(slack):
    """The ts of a channel's 25 messages, and a function that pages through them."""
    stamps = [slack.post("mara", "data", f"number {number}") for number in range(25)]

    def pages(**arguments) -> list[list[str]]:
        found, cursor = [], ""
        while True:
            answer = slack.as_jonas("conversations.history", channel="C07DATA0001", cursor=cursor,
                                    **arguments)
            found.append([message["ts"] for message in answer["messages"]])
            cursor = answer.get("response_metadata", {}).get("next_cursor", "")
            assert bool(cursor) == answer["has_more"]
            if not cursor:
                return found
            assert cursor.endswith("=")
    return stamps, pages


def test_every_answer_is_200_with_ok_and_names_the_scopes(quiet_slack):
    answer, headers = call(quiet_slack, "auth.test", JONAS)
    assert answer["ok"] and answer["user_id"] == "U07JONAS001" and "bot_id" not in answer
    assert answer["url"] == "https://larkspur-learning.slack.com/"
    assert "reactions:write" in headers["x-oauth-scopes"].split(",")
    answer, headers = call(quiet_slack, "users.info", JONAS, b"user=U07NOBODY01")
    assert answer == {"ok": False, "error": "user_not_found"}
    assert headers["x-accepted-oauth-scopes"] == "users:read"


def test_a_bot_token_knows_its_bot(quiet_slack):
    answer, _ = call(quiet_slack, "auth.test", SHIPBOT)
    assert answer["user_id"] == "U07SHIPBOT1" and answer["bot_id"].startswith("B")


@pytest.mark.parametrize("token, method, error", [
    (None, "auth.test", "not_authed"),
    ("xoxp-made-up", "auth.test", "invalid_auth"),
    ("xoxc-from-a-browser", "auth.test", "invalid_auth"),
    ("xapp-demo-jonas", "auth.test", "not_allowed_token_type"),
    (JONAS, "apps.connections.open", "not_allowed_token_type"),
    (JONAS, "conversations.teleport", "unknown_method"),
])
def test_a_call_that_may_not_be_made_says_why(quiet_slack, token, method, error):
    assert call(quiet_slack, method, token)[0]["error"] == error


def test_a_method_that_reads_takes_no_json(quiet_slack):
    body = json.dumps({"channel": SUPPORT, "ts": "1.000000"}).encode()
    answer, _ = call(quiet_slack, "conversations.replies", JONAS, body,
                     **{"Content-Type": "application/json"})
    assert answer["error"] == "invalid_arguments"


def test_a_method_that_writes_takes_json_and_forms(quiet_slack):
    body = json.dumps({"channel": SUPPORT, "text": "by json"}).encode()
    answer, _ = call(quiet_slack, "chat.postMessage", JONAS, body,
                     **{"Content-Type": "application/json; charset=utf-8"})
    assert answer["ok"] and answer["message"]["text"] == "by json"
    assert quiet_slack.as_jonas("chat.postMessage", channel="#support", text="by form")["ok"]


def test_broken_json_is_refused(quiet_slack):
    answer, _ = call(quiet_slack, "chat.postMessage", JONAS, b"{nope",
                     **{"Content-Type": "application/json"})
    assert answer["error"] == "invalid_json"


def test_a_missing_scope_is_named(slack):
    slack.call("restore", user="jonas", scopes=["channels:read"])
    answer = slack.as_jonas("reactions.add", channel=SUPPORT, timestamp="1.2", name="eyes")
    assert answer["error"] == "missing_scope"
    assert answer["needed"] == "reactions:write" and answer["provided"] == "channels:read"
    answer = slack.as_jonas("conversations.history", channel="G07ENGINEER")
    assert answer["needed"] == "groups:history"


def test_a_revoked_token_is_told_so(slack):
    slack.revoke("jonas")
    assert slack.as_jonas("auth.test")["error"] == "token_revoked"
    slack.call("revoke", user="shipbot", kind="bot")
    assert slack.web_api("auth.test", SHIPBOT)["error"] == "account_inactive"


def test_history_without_bounds_pages_from_the_newest(history):
    stamps, pages = history
    found = pages(limit=10)
    assert [len(page) for page in found] == [10, 10, 5]
    assert sum(found, []) == stamps[::-1]


def test_history_with_oldest_alone_pages_from_there_on(history):
    stamps, pages = history
    found = pages(oldest=stamps[4], limit=10)
    assert found == [stamps[5:15][::-1], stamps[15:25][::-1]]


def test_a_single_message_is_fetched_by_its_ts(history):
    stamps, pages = history
    assert pages(oldest=stamps[7], inclusive="true", limit=1)[0] == [stamps[7]]
    assert pages(latest=stamps[7], inclusive="true", limit=1)[0] == [stamps[7]]


def test_history_keeps_to_its_bounds(history):
    stamps, pages = history
    assert pages(oldest=stamps[3], latest=stamps[6]) == [stamps[4:6][::-1]]
    assert pages(oldest=stamps[3], latest=stamps[6], inclusive="1") == [stamps[3:7][::-1]]


def test_history_can_come_from_the_newest_even_with_oldest(slack):
    slack.settings(history_order="newest")
    stamps = [slack.post("mara", "data", str(number)) for number in range(5)]
    answer = slack.as_jonas("conversations.history", channel="C07DATA0001", oldest=stamps[0],
                            limit=2)
    assert [message["ts"] for message in answer["messages"]] == [stamps[4], stamps[3]]


def test_short_and_empty_pages_lose_nothing(slack):
    stamps = [slack.post("mara", "data", str(number)) for number in range(9)]
    slack.settings(short_pages=True)
    found, sizes, cursor = [], [], ""
    while True:
        answer = slack.as_jonas("conversations.history", channel="C07DATA0001", limit=4,
                                cursor=cursor)
        found += [message["ts"] for message in answer["messages"]]
        sizes.append(len(answer["messages"]))
        if not answer["has_more"]:
            break
        cursor = answer["response_metadata"]["next_cursor"]
    assert found == stamps[::-1]
    assert 0 in sizes


@pytest.mark.parametrize("arguments, error", [
    ({"cursor": "nonsense"}, "invalid_cursor"),
    ({"cursor": "dXNlcjpVMDE="}, "invalid_cursor"),
    ({"limit": "1200"}, "invalid_limit"),
    ({"limit": "many"}, "invalid_limit"),
    ({"oldest": "yesterday"}, "invalid_ts_oldest"),
    ({"latest": "1.2.3"}, "invalid_ts_latest"),
    ({"channel": "C07UNKNOWN1"}, "channel_not_found"),
    ({"channel": ""}, "invalid_arguments"),
])
def test_history_refuses_what_makes_no_sense(quiet_slack, arguments, error):
    answer = quiet_slack.as_jonas("conversations.history", **{"channel": SUPPORT, **arguments})
    assert answer["error"] == error


def test_a_bot_reads_only_where_it_is(slack):
    slack.call("leave", channel="support", user="shipbot")
    answer = slack.web_api("conversations.history", SHIPBOT, channel=SUPPORT)
    assert answer["error"] == "not_in_channel"


def test_a_private_channel_does_not_exist_for_outsiders(slack):
    slack.call("leave", channel="engineering", user="jonas")
    assert slack.as_jonas("conversations.info", channel="G07ENGINEER")["error"] == \
        "channel_not_found"
    names = [one["name"] for one in slack.as_jonas(
        "conversations.list", types="public_channel,private_channel")["channels"]]
    assert "support" in names and "engineering" not in names


def test_filters_apply_after_paging_so_pages_may_be_short(quiet_slack):
    first = quiet_slack.as_jonas("conversations.list", types="private_channel", limit=2)
    assert first["channels"] == [] and first["response_metadata"]["next_cursor"]


def test_a_parent_tells_of_its_replies(quiet_slack):
    slack = quiet_slack
    ts = slack.post("mara", "support", "a question")
    for user in ("jonas", "aiko", "jonas"):
        last = slack.reply(user, "support", ts, f"an answer of {user}")
    answer = slack.as_jonas("conversations.replies", channel=SUPPORT, ts=ts)
    parent, *replies = answer["messages"]
    assert parent["thread_ts"] == ts and parent["reply_count"] == 3
    assert parent["reply_users"] == ["U07JONAS001", "U07AIKO0001"]
    assert parent["reply_users_count"] == 2 and parent["latest_reply"] == last
    assert all(one["thread_ts"] == ts and one["parent_user_id"] == "U07MARA0001"
               for one in replies)


def test_history_does_not_show_replies_to_old_threads(quiet_slack):
    slack = quiet_slack
    ts = slack.post("mara", "support", "a question")
    reply = slack.reply("jonas", "support", ts, "hidden in its thread")
    shown = slack.reply("jonas", "support", ts, "also in the channel", broadcast=True)
    answer = slack.as_jonas("conversations.history", channel=SUPPORT, oldest=ts)
    stamps = {message["ts"]: message for message in answer["messages"]}
    assert reply not in stamps
    assert stamps[shown]["subtype"] == "thread_broadcast" and stamps[shown]["root"]["ts"] == ts


def test_replies_page_forward_and_only_the_first_page_has_the_parent(quiet_slack):
    slack = quiet_slack
    ts = slack.post("mara", "support", "a question")
    stamps = [slack.reply("jonas", "support", ts, str(number)) for number in range(5)]
    found, cursor = [], ""
    for _ in range(3):
        answer = slack.as_jonas("conversations.replies", channel=SUPPORT, ts=ts, limit=2,
                                cursor=cursor)
        found.append([message["ts"] for message in answer["messages"]])
        cursor = answer.get("response_metadata", {}).get("next_cursor", "")
    assert found == [[ts, stamps[0]], stamps[1:3], stamps[3:5]] and not cursor
    answer = slack.as_jonas("conversations.replies", channel=SUPPORT, ts=ts, oldest=stamps[3])
    assert [message["ts"] for message in answer["messages"]] == [ts, stamps[4]]


def test_replies_of_a_reply_is_that_reply(quiet_slack):
    slack = quiet_slack
    ts = slack.post("mara", "support", "a question")
    reply = slack.reply("jonas", "support", ts, "an answer")
    answer = slack.as_jonas("conversations.replies", channel=SUPPORT, ts=reply)
    assert [message["ts"] for message in answer["messages"]] == [reply]


def test_a_reply_to_a_message_that_is_gone_lands_in_the_channel(quiet_slack):
    slack = quiet_slack
    ts = slack.post("mara", "support", "soon gone")
    slack.delete("support", ts)
    answer = slack.as_jonas("chat.postMessage", channel=SUPPORT, thread_ts=ts, text="late")
    assert answer["ok"] and "thread_ts" not in answer["message"]


def test_a_deleted_parent_with_replies_is_a_tombstone_until_they_are_gone(quiet_slack):
    slack = quiet_slack
    ts = slack.post("mara", "support", "a question")
    slack.react("jonas", "support", ts, "eyes")
    reply = slack.reply("jonas", "support", ts, "an answer")
    slack.delete("support", ts)
    parent = slack.as_jonas("conversations.replies", channel=SUPPORT, ts=ts)["messages"][0]
    assert parent["subtype"] == "tombstone" and parent["user"] == "USLACKBOT"
    assert parent["reply_count"] == 1 and "reactions" not in parent
    slack.delete("support", reply)
    assert slack.as_jonas("conversations.replies", channel=SUPPORT, ts=ts)["error"] == \
        "thread_not_found"


def test_an_edit_shows_who_and_when(quiet_slack):
    slack = quiet_slack
    posted = slack.as_jonas("chat.postMessage", channel=SUPPORT, text="first")
    answer = slack.as_jonas("chat.update", channel=SUPPORT, ts=posted["ts"], text="second & last")
    assert answer["text"] == "second &amp; last"
    message = slack.message("support", posted["ts"])
    assert message["edited"]["user"] == "U07JONAS001" and message["edited"]["ts"] > posted["ts"]
    assert slack.web_api("chat.update", AIKO, channel=SUPPORT, ts=posted["ts"],
                         text="mine")["error"] == "cant_update_message"
    assert slack.web_api("chat.delete", AIKO, channel=SUPPORT,
                         ts=posted["ts"])["error"] == "cant_delete_message"


def test_a_post_with_a_persons_token_carries_the_apps_bot_id(quiet_slack):
    message = quiet_slack.as_jonas("chat.postMessage", channel=SUPPORT, text="hello")["message"]
    assert message["user"] == "U07JONAS001" and message["app_id"] == "A07WATCHJON"
    assert message["bot_id"].startswith("B") and "subtype" not in message
    assert "client_msg_id" not in message
    typed = quiet_slack.message("support", quiet_slack.post("jonas", "support", "hello"))
    assert typed["client_msg_id"] and "bot_id" not in typed


@pytest.mark.parametrize("arguments, error", [
    ({"text": ""}, "no_text"),
    ({"channel": "C07UNKNOWN1"}, "channel_not_found"),
    ({"metadata": "{"}, "invalid_metadata_format"),
    ({"metadata": "{}"}, "invalid_metadata_schema"),
    ({"blocks": "[", "text": ""}, "invalid_blocks_format"),
])
def test_posting_refuses_what_makes_no_message(quiet_slack, arguments, error):
    answer = quiet_slack.as_jonas("chat.postMessage",
                                  **{"channel": SUPPORT, "text": "x", **arguments})
    assert answer["error"] == error


def test_nobody_posts_where_they_are_not(slack):
    slack.call("leave", channel="support", user="jonas")
    assert slack.as_jonas("chat.postMessage", channel=SUPPORT, text="x")["error"] == \
        "not_in_channel"
    assert slack.as_jonas("conversations.join", channel=SUPPORT)["channel"]["is_member"]
    assert slack.as_jonas("conversations.join", channel=SUPPORT)["warning"] == "already_in_channel"
    assert slack.as_jonas("chat.postMessage", channel=SUPPORT, text="x")["ok"]
    slack.call("archive", channel="support", user="priya")
    assert slack.as_jonas("chat.postMessage", channel=SUPPORT, text="x")["error"] == "is_archived"


def test_text_beyond_the_limit_is_cut(quiet_slack):
    answer = quiet_slack.as_jonas("chat.postMessage", channel="C07DATA0001", text="y" * 50_000)
    assert len(answer["message"]["text"]) == 40_000


def test_reactions_know_who_and_what(quiet_slack):
    slack = quiet_slack
    ts = slack.post("mara", "support", "look")

    def react(verb: str, **arguments) -> str:
        return slack.as_jonas(f"reactions.{verb}", **{
            "channel": SUPPORT, "timestamp": ts, "name": "eyes", **arguments}).get("error", "ok")

    assert react("add") == "ok"
    assert react("add") == "already_reacted"
    assert react("add", name="thumbsup::skin-tone-6") == "ok"
    assert react("add", name="eyes::skin-tone-6") == "invalid_name"
    assert react("add", name="documentation") == "ok"
    assert react("add", name="no_such_emoji") == "invalid_name"
    assert react("add", timestamp="1.000001") == "message_not_found"
    assert react("add", timestamp="") == "no_item_specified"
    assert react("remove") == "ok"
    assert react("remove") == "no_reaction"
    answer = slack.as_jonas("reactions.get", channel=SUPPORT, timestamp=ts)
    assert [one["name"] for one in answer["message"]["reactions"]] == \
        ["thumbsup::skin-tone-6", "documentation"]
    assert answer["message"]["permalink"].endswith("p" + ts.replace(".", ""))


def test_a_long_list_of_reacting_users_is_cut_but_holds_the_caller(slack):
    slack.settings(reaction_users=2)
    ts = slack.post("mara", "support", "look")
    for user in ("aiko", "dele", "sofia", "jonas"):
        slack.react(user, "support", ts, "eyes")
    reaction, = slack.as_jonas("reactions.get", channel=SUPPORT,
                               timestamp=ts)["message"]["reactions"]
    assert reaction["count"] == 4 and len(reaction["users"]) == 2
    assert "U07JONAS001" in reaction["users"]
    assert len(slack.reactions("support", ts)["eyes"]) == 4


def test_a_permalink_of_a_reply_names_its_thread(quiet_slack):
    slack = quiet_slack
    ts = slack.post("mara", "support", "a question")
    reply = slack.reply("jonas", "support", ts, "an answer")
    link = slack.as_jonas("chat.getPermalink", channel=SUPPORT, message_ts=reply)["permalink"]
    assert link == (f"https://larkspur-learning.slack.com/archives/{SUPPORT}/"
                    f"p{reply.replace('.', '')}?thread_ts={ts}&cid={SUPPORT}")


def test_groups_are_listed_with_counts_as_text(quiet_slack):
    groups = quiet_slack.as_jonas("usergroups.list", include_users="1")["usergroups"]
    oncall = next(group for group in groups if group["handle"] == "oncall")
    assert oncall["user_count"] == "2" and oncall["users"] == ["U07JONAS001", "U07AIKO0001"]
    assert quiet_slack.as_jonas("usergroups.users.list",
                                usergroup="S07ONCALL01")["users"] == oncall["users"]
    assert quiet_slack.as_jonas("usergroups.users.list",
                                usergroup="S07NOSUCH01")["error"] == "no_such_subteam"
    assert "users" not in quiet_slack.as_jonas("usergroups.list")["usergroups"][0]


def test_a_disabled_group_is_hidden(slack):
    slack.call("group", group="prod", disabled=True)
    handles = [one["handle"] for one in slack.as_jonas("usergroups.list")["usergroups"]]
    assert "prod" not in handles
    groups = slack.as_jonas("usergroups.list", include_disabled="true")["usergroups"]
    assert next(one for one in groups if one["handle"] == "prod")["date_delete"] > 0


def test_a_free_plan_has_no_groups_and_ninety_days(tmp_path):
    scenario = tmp_path / "free.toml"
    demo = DEMO.read_text(encoding="utf-8")
    scenario.write_text(demo.replace('plan = "pro"', 'plan = "free"') + """
[[message]]
channel = "data"
user = "mara"
at = "-91d"
text = "too old to be seen"
""")
    with Slack(scenario) as slack:
        assert slack.as_jonas("usergroups.list")["error"] == "plan_upgrade_required"
        assert slack.as_jonas("usergroups.users.list",
                              usergroup="S07ONCALL01")["error"] == "plan_upgrade_required"
        answer = slack.as_jonas("conversations.history", channel="C07DATA0001")
        assert answer["messages"] == [] and answer["is_limited"]


def test_users_must_be_paged_when_they_are_many(slack):
    slack.settings(users_without_limit=3)
    assert slack.as_jonas("users.list")["error"] == "limit_required"
    names, cursor = [], ""
    for _ in range(3):
        answer = slack.as_jonas("users.list", limit=4, cursor=cursor)
        names += [member["name"] for member in answer["members"]]
        cursor = answer["response_metadata"]["next_cursor"]
    assert sorted(names) == sorted(("mara", "tomasz", "priya", "jonas", "aiko", "dele", "sofia",
                                    "ruth", "shipbot")) and cursor == ""


def test_a_message_is_scheduled_and_posted_in_its_time(slack):
    slack.settings(time_scale=3600.0)
    answer = slack.as_jonas("chat.scheduleMessage", channel=SUPPORT, text="in an hour",
                            post_at=int(time.time()) + 3600)
    assert answer["message"]["type"] == "delayed_message"
    listed = slack.as_jonas("chat.scheduledMessages.list")["scheduled_messages"]
    assert [one["id"] for one in listed] in ([], [answer["scheduled_message_id"]])
    assert slack.wait_for_message("support", text="in an hour")["user"] == "U07JONAS001"


def test_a_scheduled_message_is_deleted_unless_its_time_is_near(slack):
    def schedule(seconds: int) -> str:
        return slack.as_jonas("chat.scheduleMessage", channel=SUPPORT, text="later",
                              post_at=int(time.time()) + seconds)["scheduled_message_id"]

    def delete(ident: str) -> dict:
        return slack.as_jonas("chat.deleteScheduledMessage", channel=SUPPORT,
                              scheduled_message_id=ident)

    assert delete(schedule(600))["ok"]
    assert delete(schedule(30))["error"] == "invalid_scheduled_message_id"
    assert delete("Q0NOSUCH000")["error"] == "invalid_scheduled_message_id"


def test_a_scheduled_message_with_metadata_is_never_posted(slack):
    slack.settings(time_scale=3600.0)
    slack.as_jonas("chat.scheduleMessage", channel=SUPPORT, text="lost",
                   post_at=int(time.time()) + 600, metadata='{"event_type":"x","event_payload":{}}')
    slack.wait_for_change("scheduled-lost")
    assert slack.call("changes", what="post", text="lost")["changes"] == []


@pytest.mark.parametrize("seconds, error", [(-5, "time_in_past"), (121 * 86_400, "time_too_far")])
def test_a_message_cannot_be_scheduled_at_any_time(quiet_slack, seconds, error):
    answer = quiet_slack.as_jonas("chat.scheduleMessage", channel=SUPPORT, text="x",
                                  post_at=int(time.time()) + seconds)
    assert answer["error"] == error


def test_a_direct_message_opens_its_conversation(quiet_slack):
    answer = quiet_slack.as_jonas("chat.postMessage", channel="U07AIKO0001", text="psst")
    assert answer["channel"].startswith("D")
    assert quiet_slack.as_jonas("chat.postMessage", channel="U07AIKO0001",
                                text="again")["channel"] == answer["channel"]


def test_team_emoji_and_dnd_answer(quiet_slack):
    assert quiet_slack.as_jonas("team.info")["team"]["domain"] == "larkspur-learning"
    assert "documentation" in quiet_slack.as_jonas("emoji.list")["emoji"]
    assert quiet_slack.as_jonas("dnd.info")["dnd_enabled"] is False


def test_the_tiers_limit_a_method_and_not_the_others(slack):
    slack.settings(rate_limits=True)
    answers = [slack.as_jonas("usergroups.list") for _ in range(25)]
    refused = [one for one in answers if not one["ok"]]
    assert 0 < len(refused) <= 5
    assert all(one["status"] == 429 and one["error"] == "ratelimited"
               and int(one["retry_after"]) >= 1 for one in refused)
    assert slack.as_jonas("users.info", user="U07JONAS001")["ok"]


def test_the_regime_gives_fifteen_messages_a_minute(slack):
    for number in range(20):
        slack.post("mara", "data", str(number))
    slack.settings(history_regime="1/min")
    answer = slack.as_jonas("conversations.history", channel="C07DATA0001", limit=200)
    assert len(answer["messages"]) == 15 and answer["has_more"]
    answer = slack.as_jonas("conversations.history", channel="C07DATA0001")
    assert answer["status"] == 429 and 50 <= int(answer["retry_after"]) <= 60
    assert slack.as_jonas("conversations.replies", channel=SUPPORT,
                          ts=slack.post("mara", "support", "x"))["ok"]
