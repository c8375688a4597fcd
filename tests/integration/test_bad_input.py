# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What Slack should never send, and what people may write."""

import pytest

# What the simulator can throw in that is an envelope, and so is to be acked.
ENVELOPES = ["unknown-envelope", "no-payload", "no-event", "event-not-object", "unknown-event",
             "wrong-types"]

# What is no JSON object at all.
UNREADABLE = ["binary", "not-json", "empty", "invalid-utf8", "not-object", "deep"]

# What is one, and means nothing.
MEANINGLESS = ["unknown-type", "no-type", "second-hello", "numeric-envelope-id", "pong", "huge"]


def assert_it_works(slack, popups, daemon, number):
    """The socket is the one that it was, and carries events."""
    sockets = slack.sockets()
    ts = slack.post("mara", "support", f"@oncall export {number} is wrong")
    slack.wait_for_ack(ts=ts)
    popups.wait_for(f"export {number} is wrong")
    daemon.wait_for_thread(ts, Number=number)
    assert [one["id"] for one in slack.sockets()] == [one["id"] for one in sockets] == [1]
    assert daemon["State"] == "connected"


@pytest.mark.parametrize("kind", ENVELOPES)
def test_an_odd_envelope_is_acked_and_passed_over(slack, popups, daemon, kind):
    daemon.start()
    mark = slack.seq()
    slack.inject("junk", kind=kind)
    slack.inject("junk", kind=kind)
    # The simulator does not know them for its own.
    slack.wait_for_ack(since=mark, lost="unknown envelope", count=2)
    assert all(len(ack["envelope_id"]) == 36 for ack in slack.acks(mark))
    assert_it_works(slack, popups, daemon, 1)
    assert len(daemon.threads()) == len(popups.shown) == 1


@pytest.mark.parametrize("kind", UNREADABLE + MEANINGLESS)
def test_an_odd_frame_is_passed_over(slack, popups, daemon, kind):
    # Nothing is delivered again because the machine is slow.
    slack.settings(ack_timeout=60.0)
    daemon.start()
    mark = slack.seq()
    slack.inject("junk", kind=kind)
    slack.inject("junk", kind=kind)
    assert_it_works(slack, popups, daemon, 1)
    assert len(slack.acks(mark)) == 1
    assert len(daemon.threads()) == len(popups.shown) == 1


def test_all_that_is_odd_is_told_once_and_without_what_it_said(slack, popups, daemon):
    daemon.start()
    for kind in UNREADABLE + MEANINGLESS + ENVELOPES:
        slack.inject("junk", kind=kind)
        slack.inject("junk", kind=kind)
    slack.inject("send", text="this secret is {no JSON")
    slack.inject("send", json={"type": "events_api", "envelope_id": "secret-1", "payload": {
        "type": "event_callback", "event": {"type": "secret_landed", "text": "a secret"}}})
    assert_it_works(slack, popups, daemon, 1)
    notices = [line for line in daemon.log if "oncalld-slack-Message: " in line]
    assert len(notices) == 2, notices
    assert "cannot be read" in notices[0] and "unknown" in notices[1]
    assert "secret" not in daemon.log_text()


def test_a_frame_beyond_all_measure_costs_the_socket_alone(slack, popups, daemon):
    daemon.start()
    slack.inject("pad", size=6_000_000)
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    # History has it.
    popups.wait_for("the export is wrong")
    slack.wait_for_sockets(1, newer_than=1)
    daemon.wait_for_log("too large to be read")
    daemon.wait_for_thread(ts)


@pytest.mark.parametrize("fault", [
    {"fault": "fragment", "pieces": 7}, {"fault": "dribble", "bytes": 3},
    {"fault": "pad", "size": 2_000_000}, {"fault": "cut-frame"}, {"fault": "delay", "seconds": 0.2},
])
def test_an_event_comes_through_whatever_its_frame_suffers(slack, popups, daemon, fault):
    daemon.start()
    slack.inject(**fault)
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    slack.wait_for_ack(ts=ts)
    popups.wait_for("the export is wrong")
    daemon.wait_for_thread(ts, Number=1)


TEXTS = [
    "@oncall <script>alert(1)</script> <b><i><u>",
    "@oncall &amp;&lt;&gt; &#60;b&#62; &notanentity;",
    "@oncall %s%n%d {0} ${HOME} $(id) `id` | rm -rf / ; \\x1b[31m",
    "@oncall \x1b[31mred\x1b]0;title\x07 \x7f bell",
    "@oncall \u202egnp.tset\u202c \u2066iso\u2069 \ufeff zero\u200bwidth",
    "@oncall 👩🏽‍💻🏴‍☠️ e\u0301 ﷽ \U000e0041",
    "@oncall " + "<" * 5000,
    "@oncall " + "a\n" * 5000,
]


@pytest.mark.parametrize("text", TEXTS)
def test_any_text_is_shown_and_does_nothing(slack, popups, daemon, oncallctl, text):
    daemon.start()
    ts = slack.post("mara", "support", text)
    popup = popups.wait_for("@oncall")
    assert "<" not in popup.body
    assert not any(ord(character) < 32 and character != "\n" for character in popup.body)
    daemon.wait_for_thread(ts, Number=1)
    printed = oncallctl.output("list") + oncallctl.output("show", "1")
    assert "\x1b" not in printed and "\x07" not in printed


@pytest.mark.parametrize("wire", [
    "<!subteam^S07ONCALL01> <@U07NOBODY00> <#C07NOWHERE|> <!date^0^{date}|x> <!unknown^y>",
    "<!subteam^S07ONCALL01|@oncall> <<<@U07MARA0001> >>> <http://a|b|c> <mailto:",
    "<!subteam^S07ONCALL01> <@> <#> <!> <|> <> <!subteam^> <!subteam^S07ONCALL01",
])
def test_broken_markup_of_slack_is_shown_as_well_as_can_be(slack, popups, daemon, wire):
    daemon.start()
    ts = slack.post("mara", "support", "", wire=wire)
    popups.wait_for("@oncall")
    daemon.wait_for_thread(ts, Level="urgent")


def test_a_message_of_an_unknown_person_is_a_question_too(slack, popups, daemon):
    daemon.start()
    slack.inject("error", method="users.info", error="user_not_found", lasting=True)
    slack.inject("send", json={
        "type": "events_api", "envelope_id": "11111111-2222-3333-4444-555555555555", "payload": {
            "type": "event_callback", "event_id": "Ev0STRANGE", "team_id": "T07QUIET001",
            "event": {"type": "message", "channel": "C07SUPPORT1", "channel_type": "channel",
                      "user": "U07STRANGER", "ts": "1700000000.000100",
                      "text": "<!subteam^S07ONCALL01> who am I?"}}})
    popup = popups.wait_for("who am I?")
    assert popup.title == "URGENT · U07STRANGER in #support"


@pytest.mark.parametrize("fault", [
    {"fault": "not-json"}, {"fault": "truncated"}, {"fault": "cut"}, {"fault": "hang-up"},
    {"fault": "http-status", "status": 503}, {"fault": "trickle", "bytes": 16},
    {"fault": "error", "error": "internal_error"}, {"fault": "rate-limited", "retry_after": 1},
])
def test_a_claim_comes_through_whatever_its_answer_suffers(slack, daemon, oncallctl, fault):
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    daemon.wait_for_thread(ts)
    slack.inject(**fault, method="reactions.add")
    oncallctl.output("claim", "1")
    assert "eyes" in slack.reactions("support", ts)
    daemon.wait_for_thread(ts, State="looking")
