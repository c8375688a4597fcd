# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Where no socket brings events, or one that others share: history does, and people are told."""

import time

import pytest

APP = "A07WATCHJON"


@pytest.fixture
def clocked(make_daemon):
    """A daemon whose clock stands until it is moved, and which looks every 3 s after its socket."""
    daemon = make_daemon()
    daemon.arguments += ["--debug-hurry=100", f"--debug-clock={int(time.time() * 1e6)}"]
    return daemon


def move_clock(daemon, seconds):
    """Moves it on from now, which is later than when it was stood still."""
    daemon.call("/org/oncalld1/debug", "org.oncalld1.Debug", "SetTime", "(x)",
                int((time.time() + seconds) * 1e6))


# Polling


@pytest.fixture(params=["no app token", "as set"])
def polling(request, make_daemon):
    daemon = make_daemon()
    daemon.settings["slack"]["poll-interval"] = "5s"
    daemon.arguments += ["--debug-hurry=50"]
    if request.param == "as set":
        daemon.settings["slack"]["transport"] = "poll"
    else:
        del daemon.settings["slack"]["app-token-file"]
    return daemon


def test_polling_brings_what_a_socket_would(slack, popups, polling, make_oncallctl):
    polling.start()
    assert slack.sockets() == []
    assert "polled" in polling["StateText"]
    first = slack.post("mara", "support", "@oncall the export is wrong")
    second = slack.post("mara", "support", "The import is wrong")
    popups.wait_for("the export is wrong")
    polling.wait_for_thread(second, State="new")
    make_oncallctl(polling).output("claim", "1")
    assert slack.reactions("support", first) == {"eyes": ["U07JONAS001"]}
    slack.react("aiko", "support", second, "eyes")
    slack.reply("mara", "support", first, "Thank you")
    slack.edit("support", first, "@devs the export is wrong")
    polling.wait_for_thread(first, Level="emergency", State="looking", Replies=1)
    polling.wait_for_thread(second, State="looking")
    slack.delete("support", second)
    polling.wait_until_closed(second)


def test_one_call_a_minute_is_noticed_and_said(slack, popups, polling):
    slack.settings(history_regime="1/min", time_scale=60.0)
    slack.call("load", channel="support", messages=40, threads=40, days=2)
    polling.start()
    polling.wait_until_told("StateText", "a few messages a minute only")
    polling.wait_for(OpenCount=40)
    assert "one call a minute" in polling["StateText"]


# A shared app


def test_more_connections_than_ours_are_said_and_history_is_polled(slack, popups, clocked):
    slack.inject("num-connections", count=2)
    clocked.start()
    assert "each app serves one person" in clocked["StateText"]
    # Nothing is missing so far: a daemon that was killed a moment ago may be counted as well.
    assert popups.shown == []


def test_a_stolen_event_is_found_and_the_sharing_told(slack, popups, clocked):
    clocked.expect_complaint("somebody else is connected")
    clocked.start()
    slack.thief(APP, count=8)
    stolen = [slack.post("mara", "support", f"@oncall export {number} is wrong")
              for number in range(4)]
    slack.wait_for_delivery(socket="thief")
    move_clock(clocked, 120)
    for number in range(4):
        popups.wait_for(f"export {number} is wrong")
    notice = popups.wait_for("Your Slack app serves somebody else too")
    assert "Make an app of your own" in notice.body
    for ts in stolen:
        clocked.wait_for_thread(ts, Level="urgent")
    clocked.wait_for(State="connected")
    assert "Somebody else is connected" in clocked["StateText"]
    assert sum(popup.title == notice.title for popup in popups.shown) == 1


def test_a_deaf_socket_is_found_and_replaced(slack, popups, clocked):
    clocked.start()
    slack.inject("deaf")
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    move_clock(clocked, 120)
    popups.wait_for("the export is wrong")
    clocked.wait_for_thread(ts, Level="urgent")
    slack.wait_for_sockets(1, newer_than=1)
    ts = slack.post("mara", "support", "@oncall the import is wrong")
    slack.wait_for_ack(ts=ts)
    popups.wait_for("the import is wrong")
