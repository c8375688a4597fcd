# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Events of every shape that Slack's own types allow, and of many that they do not."""

import os
import uuid
from pathlib import Path

import pytest

from shapes import Types, damaged


def declared_types():
    path = Path(os.environ.get("ONCALLD_NODE_MODULES", ""), "node_modules", "@slack", "types", "dist")
    assert path.is_dir(), "ONCALLD_NODE_MODULES must name where npm has installed @slack/types; " \
                          "./setup does it"
    return Types(path)


def send(slack, events):
    """Each in an envelope of its own. Returns: how many there were."""
    count = 0
    for count, event in enumerate(events, 1):
        slack.inject("send", json={
            "type": "events_api", "envelope_id": str(uuid.uuid4()), "payload": {
                "type": "event_callback", "event_id": f"Ev{count}", "team_id": "T07QUIET001",
                "event": event}})
    return count


def assert_all_are_acked(slack, daemon, mark, count):
    slack.wait_for_ack(since=mark, lost="unknown envelope", count=count, deadline=60)
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    daemon.wait_for_thread(ts, Level="urgent")
    assert [one["id"] for one in slack.sockets()] == [1]


@pytest.mark.parametrize("whole", [False, True])
def test_every_event_that_slack_declares_is_read_or_passed_over(slack, popups, daemon, whole):
    daemon.start()
    mark = slack.seq()
    events = list(declared_types().events(whole))
    assert len({event["type"] for event in events}) > 60
    assert {"message", "reaction_added", "subteam_updated", "channel_rename", "user_change",
            "tokens_revoked"} <= {event["type"] for event in events}
    assert_all_are_acked(slack, daemon, mark, send(slack, events))


def test_no_member_of_an_event_is_trusted_to_be_what_it_should(slack, popups, daemon):
    daemon.start()
    mark = slack.seq()
    heard = ("message", "reaction_", "subteam_", "channel_", "group_", "user_", "team_", "emoji_",
             "tokens_", "app_uninstalled")
    events = [event for event in declared_types().events(True) if event["type"].startswith(heard)]
    assert_all_are_acked(slack, daemon, mark,
                         send(slack, (bad for event in events for bad in damaged(event))))
