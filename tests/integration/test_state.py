# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""How the daemon says how it stands: on D-Bus, in status, and to systemd."""

import json
import socket
import threading
import time
from datetime import datetime

import pytest

from waiting import DEADLINE, eventually, tell


@pytest.fixture
def status(daemon, tmp_path):
    """What the daemon tells its service manager: the status lines, in order."""
    path = tmp_path / "notify"
    lines = []

    def listen(receiver):
        while message := receiver.recv(65536):
            lines.extend(line.removeprefix("STATUS=") for line in message.decode().splitlines()
                         if line.startswith("STATUS="))
            tell()

    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as receiver:
        receiver.bind(str(path))
        daemon.environment["NOTIFY_SOCKET"] = str(path)
        thread = threading.Thread(target=listen, args=(receiver,), daemon=True)
        thread.start()
        yield lines
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
            sender.sendto(b"", str(path))
        thread.join()


def wait_for_status(lines, *words):
    eventually(lambda: lines and all(word in lines[-1] for word in words),
               lambda: f"{words} in {lines}")


def test_when_the_last_event_came_and_how_late_is_told(slack, daemon, oncallctl):
    daemon.start()
    assert daemon["LastEvent"] == 0 and daemon["Lag"] == 0
    before = time.time()
    slack.inject("delay", seconds=0.5)
    slack.post("mara", "support", "@oncall the export is wrong")
    daemon.wait_for(OpenCount=1)
    assert before <= daemon["LastEvent"] / 1e6 <= time.time()
    assert 450 <= daemon["Lag"] < DEADLINE * 1000
    status = json.loads(oncallctl.output("status", "--json"))
    assert status["lag"] == daemon["Lag"]
    assert datetime.fromisoformat(status["last_event"]).timestamp() == daemon["LastEvent"] // 1_000_000


def test_systemd_is_told_the_state_and_what_is_open(slack, popups, daemon, oncallctl, status):
    daemon.start()
    wait_for_status(status, "connected", "0 open", "0 writes pending")
    slack.post("mara", "support", "@oncall the export is wrong")
    wait_for_status(status, "1 open", "1 unclaimed")
    slack.network(up=False)
    wait_for_status(status, "offline")
    oncallctl.output("claim", "1", "--queue", code=6)
    wait_for_status(status, "1 writes pending", "0 unclaimed")
    slack.network(up=True)
    wait_for_status(status, "connected", "0 writes pending")


def test_pending_writes_are_said_until_slack_has_them(slack, daemon, oncallctl):
    daemon.start()
    slack.post("mara", "support", "@oncall the export is wrong")
    daemon.wait_for(OpenCount=1)
    slack.inject("no-answer", method="reactions.add", lasting=True)
    oncallctl.output("claim", "1", "--queue", code=6)
    daemon.wait_for(PendingWrites=1)
    assert json.loads(oncallctl.output("status", "--json"))["pending_writes"] == 1
    assert "1 write is pending" in oncallctl.output("list")
    assert "pending" in oncallctl.output("show", "1")


@pytest.mark.parametrize("error, code", [
    ("channel_not_found", 4), ("is_archived", 5), ("restricted_action_read_only_channel", 5),
    ("missing_scope", 5),
])
def test_a_refused_write_says_why(slack, popups, daemon, oncallctl, error, code):
    daemon.start()
    slack.post("mara", "support", "@oncall the export is wrong")
    daemon.wait_for(OpenCount=1)
    slack.inject("error", method="chat.postMessage", error=error, times=2)
    assert error in oncallctl.complaint("reply", "1", "I look into it", code=code)
    # Nobody waits for the second: the person is told by a popup.
    oncallctl.output("reply", "1", "I look into it", "--queue", code=6)
    assert error in popups.wait_for("Slack refused your reply in thread 1").body
    daemon.wait_for(PendingWrites=0)


def test_a_click_that_slack_refuses_is_told(slack, popups, daemon):
    daemon.start()
    slack.post("mara", "support", "@oncall the export is wrong")
    slack.inject("error", method="reactions.add", error="too_many_reactions")
    popups.choose(popups.wait_for("the export is wrong"), "claim")
    assert "too_many_reactions" in popups.wait_for("Slack refused your emoji on thread 1").body
    daemon.wait_for(PendingWrites=0)
