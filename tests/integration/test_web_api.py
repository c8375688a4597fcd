# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What answers of the Web API can suffer, method by method: everything is read and written in the
end, once, and no method waits for another."""

import re
from pathlib import Path

import pytest

from waiting import eventually

# What a start calls.
READING = ["auth.test", "usergroups.list", "usergroups.users.list", "users.list",
           "users.conversations", "apps.connections.open", "conversations.history",
           "conversations.replies"]

# What it calls in addition where a channel is not the person's, or cannot be found at all, and
# where somebody writes who is not in the list.
RARE = ["conversations.info", "conversations.list", "users.info"]

# What people's wishes call.
WRITING = ["reactions.add", "reactions.remove", "chat.postMessage"]

FAULTS = [
    {"fault": "rate-limited", "retry_after": 1},
    {"fault": "http-status", "status": 500},
    {"fault": "http-status", "status": 503},
    {"fault": "error", "error": "internal_error"},
    {"fault": "error", "error": "fatal_error"},
    {"fault": "error", "error": "service_unavailable"},
    {"fault": "truncated"},
    {"fault": "cut"},
    {"fault": "not-json"},
    {"fault": "hang-up"},
    {"fault": "no-answer"},
    {"fault": "trickle", "bytes": 1, "seconds": 0.1},
]


def name(fault):
    """How pytest calls the case."""
    return "-".join(str(one) for one in list(fault.values())[:2])


@pytest.fixture
def asked(slack):
    """A thread with a reply, from before the start."""
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    slack.reply("mara", "support", ts, "Please")
    return ts


def assert_a_person_can_act(slack, oncallctl, asked):
    oncallctl.output("claim", "1")
    oncallctl.output("reply", "1", "I look into it")
    oncallctl.output("release", "1")
    assert slack.reactions("support", asked) == {}
    texts = [one["text"] for one in slack.replies("support", asked)]
    assert texts.count("I look into it") == 1
    assert slack.duplicates() == []


@pytest.mark.parametrize("fault", FAULTS, ids=name)
def test_a_start_succeeds_whatever_answers_suffer(slack, popups, hurried, asked, fault):
    armed = [slack.inject(**fault, method=method) for method in READING]
    hurried.start()
    for ident in armed:
        slack.wait_for_fault(ident)
    hurried.wait_for(State="connected", StaleSince=0, StateText="",
                     OnCallMembers=["aiko", "jonas"])
    hurried.wait_for_thread(asked, Number=1, Level="urgent", Replies=1)


@pytest.mark.parametrize("fault", FAULTS, ids=name)
@pytest.mark.parametrize("after", [False, True])
def test_wishes_come_true_once_whatever_an_answer_suffers(
        slack, popups, hurried, make_oncallctl, asked, fault, after):
    if after and fault["fault"] == "rate-limited":
        fault = {"fault": "late", "seconds": 0.5}  # what is done is never answered so
    hurried.start()
    for method in WRITING:
        slack.inject(**fault, method=method, after=after)
    assert_a_person_can_act(slack, make_oncallctl(hurried), asked)
    hurried.wait_for(PendingWrites=0)


def test_a_method_that_has_to_wait_holds_up_no_other(slack, popups, hurried, make_oncallctl, asked):
    hurried.start()
    slack.inject("rate-limited", method="reactions.add", retry_after=600)
    oncallctl = make_oncallctl(hurried)
    oncallctl.output("claim", "1", "--queue", code=6)
    # Of the same thread, and so behind the emoji.
    other = slack.post("mara", "support", "@oncall the import is wrong")
    hurried.wait_for_thread(other, Number=2)
    oncallctl.output("reply", "2", "I look into it")
    slack.wait_for_message("support", user="jonas", thread=other, contains="I look into it")
    hurried.wait_for(PendingWrites=1)


def test_each_method_that_there_is_may_ask_to_wait(
        slack, popups, hurried, make_oncallctl, asked):
    source = Path(__file__).resolve().parents[2] / "daemon"
    called = re.findall(r'"((?:apps|auth|chat|conversations|emoji|reactions|usergroups|users)\.'
                        r'[a-zA-Z.]+)"', "".join(file.read_text() for file in source.glob("*/*.c")))
    methods = {*READING, *RARE, *WRITING}
    # Nobody asks the directory for emoji.
    assert set(called) - {"emoji.list"} == methods
    armed = [slack.inject("rate-limited", method=method, retry_after=1) for method in methods]
    slack.call("leave", user="jonas", channel="coffee")
    hurried.settings["slack"]["channels"] = "#support;C07COFFEE01;#nowhere"
    hurried.expect_complaint("nowhere")
    hurried.start()
    hurried.wait_for_thread(asked, Number=1, Level="urgent", Replies=1)
    slack.inject("send", json={
        "type": "events_api", "envelope_id": "11111111-2222-3333-4444-555555555555", "payload": {
            "type": "event_callback", "event_id": "Ev0STRANGE", "team_id": "T07QUIET001",
            "event": {"type": "message", "channel": "C07SUPPORT1", "channel_type": "channel",
                      "user": "U07STRANGER", "ts": "1700000000.000100", "text": "Who am I?"}}})
    assert_a_person_can_act(slack, make_oncallctl(hurried), asked)
    for ident in armed:
        slack.wait_for_fault(ident)
    for method in methods:
        slack.wait_for_call(method, count=2)
    hurried.wait_for(State="connected", StaleSince=0, PendingWrites=0)


def test_all_methods_at_their_limits_come_through(slack, popups, hurried, make_oncallctl, asked):
    slack.inject("rate-limited", method="*", retry_after=1, times=12)
    hurried.start()
    hurried.wait_for_thread(asked, Number=1, Level="urgent", Replies=1)
    assert_a_person_can_act(slack, make_oncallctl(hurried), asked)


def test_history_that_cannot_be_read_is_said_and_read_later(slack, popups, hurried, asked):
    ident = slack.inject("http-status", method="conversations.history", status=502, lasting=True)
    hurried.start("stale")
    assert hurried["StaleSince"] > 0
    hurried.wait_for_log("cannot read history")
    # Each call is tried four times.
    slack.wait_for_fault(ident, strikes=9)
    assert hurried["State"] == "stale"
    slack.clear_faults()
    hurried.wait_for(State="connected", StaleSince=0, StateText="")
    hurried.wait_for_thread(asked, Number=1, Level="urgent", Replies=1)


def test_a_channel_that_cannot_be_read_holds_up_no_other(slack, popups, hurried, asked):
    hurried.settings["slack"]["channels"] = "#coffee;#support"
    hurried.expect_complaint("not_in_channel")
    slack.inject("error", method="conversations.history", channel="coffee", error="not_in_channel",
                 lasting=True)
    hurried.start("stale")
    hurried.wait_for_thread(asked, Number=1, Level="urgent", Replies=1)
    eventually(lambda: "not_in_channel" in hurried["StateText"], hurried.describe)
    slack.clear_faults()
    hurried.wait_for(State="connected", StaleSince=0, StateText="")


def test_short_and_empty_pages_are_no_end(slack, popups, hurried):
    slack.settings(short_pages=True)
    slack.call("load", channel="support", messages=300, threads=60, days=6)
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    hurried.start()
    hurried.wait_for_thread(ts, Level="urgent")
    threads = hurried.manager("ListThreads", "(a{sv})", {})[0]
    roots = [one for one in slack.snapshot()["channels"][0]["messages"]
             if one.get("thread_ts", one["ts"]) == one["ts"]]
    assert {one["ts"] for one in roots} == {one["Timestamp"] for one in threads}


def test_the_progress_of_reading_history_is_said(slack, popups, hurried, asked):
    slack.inject("late", method="conversations.history", seconds=1.0)
    hurried.start()
    hurried.wait_until_told("StateText", "Reading history")
    hurried.wait_for(State="connected", StateText="")
    assert not any("0 of 0" in str(arguments) for *_, arguments in hurried.signals)
