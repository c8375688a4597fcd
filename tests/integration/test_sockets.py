# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What a socket can suffer, from its upgrade to its end: nothing is lost, and nothing said twice."""

import pytest

from simulator import Simulator


def socket_ids(slack):
    return [one["id"] for one in slack.sockets()]


def assert_events_come(slack, popups, number=9):
    """By the socket, and once."""
    ts = slack.post("mara", "support", f"@oncall export {number} is wrong")
    slack.wait_for_ack(ts=ts)
    popups.wait_for(f"export {number} is wrong")
    return ts


# The upgrade


@pytest.mark.parametrize("fault", [
    {"fault": "hello-with-101"}, {"fault": "split-101"}, {"fault": "bare-hello"},
    {"fault": "late-hello", "seconds": 0.3},
])
def test_an_odd_greeting_is_as_good_as_any(slack, popups, daemon, fault):
    slack.inject(**fault)
    daemon.start()
    assert socket_ids(slack) == [1]
    assert_events_come(slack, popups)


@pytest.mark.parametrize("fault", [
    {"fault": "no-hello"}, {"fault": "hang-upgrade"}, {"fault": "reset-upgrade"},
    {"fault": "wrong-accept"}, {"fault": "refuse-upgrade", "status": 408},
    {"fault": "refuse-upgrade", "status": 409}, {"fault": "refuse-upgrade", "status": 503},
])
def test_an_upgrade_that_fails_is_tried_again_with_a_new_address(slack, popups, hurried, fault):
    ident = slack.inject(**fault, times=2)
    hurried.start()
    slack.wait_for_fault(ident, strikes=2)
    assert len(slack.calls("apps.connections.open")) >= 3
    assert_events_come(slack, popups)


# The end of a socket's life


@pytest.mark.parametrize("requested", [True, False])
def test_a_refresh_that_is_announced_leaves_no_gap(slack, popups, daemon, requested):
    daemon.start()
    mark = slack.seq()
    slack.inject("refresh", seconds=10.0, refresh_requested=requested)
    for number in range(5):
        assert_events_come(slack, popups, number)
    slack.wait_for_sockets(1, newer_than=1)
    assert_events_come(slack, popups)
    assert slack.calls("conversations.history", since=mark) == []
    assert len(slack.calls("apps.connections.open", since=mark)) == 1
    assert len(popups.shown) == 6


def test_after_a_refresh_without_a_warning_history_is_read(slack, popups, hurried):
    hurried.start()
    mark = slack.seq()
    slack.inject("refresh", warning=False)
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    popups.wait_for("the export is wrong")
    slack.wait_for_call("conversations.history", since=mark)
    hurried.wait_for(State="connected", StaleSince=0)
    hurried.wait_for_thread(ts, Number=1)
    assert len(popups.shown) == 1


def test_a_socket_is_replaced_before_slack_ends_it(slack, popups, hurried):
    slack.settings(connection_seconds=10.0, warning_seconds=0.0)
    hurried.start()
    mark = slack.seq()
    slack.settings(connection_seconds=18060.0)
    old, = slack.sockets()
    # Half of its life, as there is no room for a minute.
    slack.wait_for_sockets(1, newer_than=old["id"])
    hurried.wait_for_log("is to be replaced before Slack ends it")
    assert_events_come(slack, popups)
    assert slack.calls("conversations.history", since=mark) == []


def test_sockets_that_are_asked_to_live_for_minutes_are_replaced_without_a_gap(
        slack, popups, hurried):
    # Six of Slack's minutes are nine seconds, and its usual five hours are seven and a half minutes.
    slack.settings(time_scale=40.0)
    hurried.arguments.append("--debug-reconnect")
    hurried.start()
    mark = slack.seq()
    for number in range(3):
        newest = slack.sockets()[-1]["id"]
        assert_events_come(slack, popups, number)
        slack.wait_for_sockets(1, newer_than=newest)
    assert_events_come(slack, popups)
    assert slack.calls("conversations.history", since=mark) == []
    assert hurried["State"] == "connected" and len(popups.shown) == 4


@pytest.mark.parametrize("fault", [
    {"fault": "reset", "mid_frame": True}, {"fault": "reset", "mid_frame": False},
    {"fault": "fin"}, {"fault": "half-closed"}, {"fault": "close", "code": 1000},
    {"fault": "close", "code": 1006}, {"fault": "close", "code": 1011, "reason": "restart"},
])
def test_a_socket_that_ends_is_replaced_at_once(slack, popups, hurried, fault):
    hurried.start()
    slack.inject(**fault)
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    popups.wait_for("the export is wrong")
    slack.wait_for_sockets(1, newer_than=1)
    hurried.wait_for(State="connected", StaleSince=0)
    hurried.wait_for_thread(ts, Number=1)
    assert_events_come(slack, popups)
    assert len(popups.shown) == 2


# Silence


@pytest.mark.parametrize("fault", ["silence", "half-open"])
def test_a_silent_socket_counts_as_dead(slack, popups, hurried, fault):
    hurried.start()
    slack.inject(fault)
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    popups.wait_for("the export is wrong")
    hurried.wait_for(State="connected", StaleSince=0)
    hurried.wait_for_thread(ts, Number=1)
    # Slack may still count the old one.
    assert socket_ids(slack)[-1] > 1
    assert len(popups.shown) == 1


def test_a_slack_that_stands_still_is_noticed_and_so_is_its_return(slack, popups, hurried):
    hurried.start()
    slack.freeze()
    hurried.wait_for(State="offline")
    assert hurried["StaleSince"] > 0
    slack.thaw()
    hurried.wait_for(State="connected", StaleSince=0)
    assert_events_come(slack, popups)


def test_a_quiet_socket_is_kept_alive_by_pings(slack, popups, hurried):
    # Slack's own pings would hide whether ours do it.
    slack.settings(ping_interval=3600.0)
    hurried.arguments[-1] = "--debug-hurry=5"  # silence may last for seven seconds
    hurried.start()
    with pytest.raises(TimeoutError):
        slack.wait_for_sockets(1, newer_than=1, deadline=9)
    assert hurried["State"] == "connected"
    assert_events_come(slack, popups)


# Frames


def test_a_frame_of_many_tls_records_is_read_to_its_end(scenario, popups, make_daemon):
    with Simulator(scenario, tls=True) as slack:
        daemon = make_daemon(slack.api_tls)
        daemon.arguments += ["--debug-ca-file", slack.ca]
        daemon.start()
        for number, size in enumerate((16_384, 100_000, 2_000_000)):
            slack.inject("pad", size=size)
            assert_events_come(slack, popups, number)
        assert socket_ids(slack) == [1]
        daemon.stop()


def test_a_burst_is_acked_to_its_last_event(slack, popups, hurried):
    hurried.settings["levels"] = {"urgent": "@nobody-at-all"}
    hurried.expect_complaint("nobody-at-all")
    hurried.start()
    slack.call("storm", channel="support", user="mara", count=300)
    hurried.wait_for(OpenCount=300)
    assert all("lost" not in ack for ack in slack.acks())


# Deliveries


def test_what_comes_in_the_wrong_order_ends_as_what_came_in_the_right_one(slack, popups, hurried):
    hurried.start()
    slack.inject("reorder", window=5)
    ts = slack.post("mara", "support", "The export is wrong")
    slack.reply("mara", "support", ts, "Please @oncall")
    slack.react("aiko", "support", ts, "eyes")
    slack.unreact("aiko", "support", ts, "eyes")
    slack.edit("support", ts, "The export is very wrong")
    thread = hurried.wait_for_thread(ts, Level="urgent", State="new", Replies=1,
                                     Text="The export is very wrong")
    assert thread["Lookers"] == []
    # What it says is what it said when it was shown.
    popups.wait_for("wrong")


def test_an_older_edit_that_comes_late_changes_nothing(slack, popups, hurried):
    hurried.start()
    ts = slack.post("mara", "support", "The export is wrong")
    hurried.wait_for_thread(ts)
    slack.inject("reorder", window=2)
    slack.edit("support", ts, "The import is wrong")
    slack.edit("support", ts, "The report is wrong")
    slack.wait_until_idle()
    assert_events_come(slack, popups)
    hurried.wait_for_thread(ts, Text="The report is wrong")


@pytest.mark.parametrize("restart", [False, True])
def test_what_is_delivered_again_under_other_names_counts_once(slack, popups, hurried, restart):
    hurried.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    popups.wait_for("the export is wrong")
    slack.react("aiko", "support", ts, "eyes")
    slack.reply("mara", "support", ts, "Please")
    slack.unreact("aiko", "support", ts, "eyes")
    hurried.wait_for_thread(ts, State="new", Replies=1)
    # Whatever that shows comes before this does.
    assert_events_come(slack, popups, 1)
    shown = len(popups.shown)
    if restart:
        hurried.kill()
        hurried.start()
    mark = slack.seq()
    # The emoji was put on before it was taken off, whenever that is told.
    slack.inject("redeliver", app="A07WATCHJON", count=5)
    slack.wait_for_ack(since=mark, count=5)
    assert_events_come(slack, popups)
    hurried.wait_for_thread(ts, Number=1, State="new", Replies=1)
    assert len(popups.shown) == shown + 1


def test_an_event_whose_ack_was_lost_is_acked_again(slack, popups, hurried):
    hurried.start()
    slack.inject("ignore-ack")
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    slack.wait_for_ack(ts=ts, attempt=1)
    assert_events_come(slack, popups)
    hurried.wait_for(OpenCount=2)
    assert len(popups.shown) == 2


# What Slack refuses


@pytest.mark.parametrize("reason, words", [
    ("link_disabled", "Socket Mode is switched off"),
    ("too_many_websockets", "too many connections"),
])
def test_where_slack_will_have_no_socket_history_is_polled_and_a_person_told(
        slack, popups, make_daemon, reason, words):
    daemon = make_daemon()
    daemon.settings["slack"]["poll-interval"] = "5s"
    daemon.start()
    mark = slack.seq()
    slack.inject("disconnect", reason=reason)
    notice = popups.wait_for("oncalld gets no events from Slack")
    assert words in notice.body
    assert words in daemon["StateText"]
    slack.post("mara", "support", "@oncall the export is wrong")
    popups.wait_for("the export is wrong")
    assert slack.calls("apps.connections.open", since=mark) == []
    assert daemon["State"] == "offline"


def test_when_sockets_are_allowed_again_one_is_opened(slack, popups, hurried):
    hurried.arguments[-1] = "--debug-hurry=300"  # five minutes are a second
    slack.inject("too-many")
    hurried.start("offline")
    notice = popups.wait_for("too many connections")
    hurried.wait_for(State="connected")
    popups.wait_until_closed(notice)
    assert_events_come(slack, popups)
