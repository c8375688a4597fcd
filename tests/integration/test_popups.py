# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Desktops whose notifications come late, go away, can do little, or refuse."""

import pytest

from desktop import LOW, NORMAL, NotificationServer


@pytest.fixture
def late_popups(private_bus):
    """A server that is not there until it is started."""
    server = NotificationServer(private_bus.address)
    yield server
    server.stop()


def test_without_a_notification_server_all_else_works(slack, daemon, oncallctl):
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    daemon.wait_for_thread(ts)
    oncallctl.output("claim", "1")
    slack.wait_for_reaction("support", ts, "eyes", user="jonas")


def test_a_server_that_comes_late_shows_what_waits(slack, late_popups, daemon):
    daemon.start()
    first = slack.post("mara", "support", "@oncall the export is wrong")
    claimed = slack.post("mara", "support", "@oncall the import is wrong")
    daemon.wait_for_thread(first)
    slack.react("aiko", "support", claimed, "eyes")
    daemon.wait_for_thread(claimed, State="looking")
    late_popups.start()
    popup = late_popups.wait_for("the export is wrong")
    assert late_popups.standing == [popup]


def test_a_server_that_draws_the_default_action_gets_none(slack, private_bus, daemon):
    popups = NotificationServer(private_bus.address, name="Xfce Notify Daemon").start()
    daemon.start()
    slack.post("mara", "support", "@oncall the export is wrong")
    popup = popups.wait_for("the export is wrong")
    assert list(popup.actions) == ["claim", "open", "promise"]
    daemon.stop()
    popups.stop()


def test_what_is_written_into_a_popup_is_posted(slack, private_bus, daemon):
    popups = NotificationServer(private_bus.address, ("actions", "body", "inline-reply")).start()
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    popup = popups.wait_for("the export is wrong")
    assert "inline-reply" in popup.actions
    popups.reply(popup, "it is the cache <3")
    slack.wait_for_message("support", thread=ts, text="it is the cache &lt;3", user="jonas")
    popups.wait_until_none()
    daemon.stop()
    popups.stop()


def test_a_server_that_restarts_shows_the_popups_again(slack, popups, daemon):
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    popups.wait_for("the export is wrong")
    popups.stop()
    popups.start()
    popup = popups.wait_for("the export is wrong", count=2)
    # Nothing has happened that anybody should hear.
    assert "sound-name" not in popup.hints
    popups.choose(popup, "claim")
    slack.wait_for_reaction("support", ts, "eyes", user="jonas")
    popups.wait_until_none()


def test_a_claim_while_the_server_is_away_is_not_shown(slack, popups, daemon):
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    popups.wait_for("the export is wrong")
    popups.stop()
    slack.react("aiko", "support", ts, "eyes")
    daemon.wait_for_thread(ts, State="looking")
    popups.start()
    slack.post("mara", "support", "@oncall the import is wrong")
    popup = popups.wait_for("the import is wrong")
    assert popups.standing == [popup]
    assert len(popups.shown) == 2


def test_another_server_may_want_its_texts_otherwise(slack, popups, daemon):
    daemon.start()
    slack.post("mara", "support", "@oncall a < b")
    popups.wait_for("a &lt; b")
    popups.stop()
    popups.capabilities = ("actions", "body")
    popups.start()
    popups.wait_for("a < b")


def test_a_server_without_buttons_still_shows_the_text(slack, popups, daemon):
    popups.capabilities = ("body",)
    daemon.start()
    slack.post("mara", "support", "@oncall the export is wrong")
    assert popups.wait_for("the export is wrong").actions == {}


def test_a_server_that_refuses_is_named_without_what_was_to_be_shown(slack, popups, daemon):
    popups.refusing = True
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    daemon.wait_for_log("ExcessNotificationGeneration")
    daemon.wait_for_thread(ts)
    popups.refusing = False
    slack.post("mara", "support", "@oncall the import is wrong")
    popups.wait_for("the import is wrong")


def test_anothers_claim_is_told_where_the_popup_stays(slack, popups, daemon):
    daemon.start()
    ts = slack.post("mara", "support", "how do I log in?")
    daemon.wait_for_thread(ts)
    slack.react("aiko", "support", ts, "eyes")
    daemon.wait_for_thread(ts, State="looking")
    slack.post("mara", "support", "@oncall now nobody can", thread=ts)
    popup = popups.wait_for("has become urgent")
    assert "aiko is looking." in popup.body
    slack.react("dele", "support", ts, "eyes")
    changed = popups.wait_for("aiko and dele are looking.")
    assert changed.replaces == popup.id
    assert "sound-name" not in changed.hints
    assert popups.standing == [changed]


@pytest.mark.parametrize("setting, urgency, sounds", [("true", LOW, False), ("false", NORMAL, True)])
def test_what_is_urgent_is_quieter_off_call(slack, popups, daemon, setting, urgency, sounds):
    daemon.settings["notifications"] = {"quieter-off-call": setting}
    daemon.start()
    daemon.wait_for(OnCall=True)
    slack.set_group("oncall", ["aiko"])
    daemon.wait_for(OnCall=False)
    slack.post("mara", "support", "@oncall the export is wrong")
    popup = popups.wait_for("the export is wrong")
    assert popup.title.startswith("URGENT")
    assert popup.hints["urgency"] == urgency
    assert ("sound-name" in popup.hints) == sounds


def test_emoji_are_shown_as_such(slack, popups, daemon):
    daemon.start()
    slack.post("mara", "support", "@oncall the :fire: has reached the :no_such_thing:")
    popups.wait_for("the 🔥 has reached the :no_such_thing:")


def test_private_popups_say_neither_who_nor_what(slack, popups, daemon):
    daemon.settings["notifications"] = {"private": "true"}
    daemon.start()
    slack.post("mara", "support", "@oncall the export is wrong")
    popup = popups.wait_for("thread 1")
    for word in ("export", "mara", "support"):
        assert word not in popup.title + popup.body


def test_a_long_text_is_cut_in_the_popup_alone(slack, popups, daemon):
    daemon.start()
    text = "@oncall " + "the export is wrong and " * 1500
    ts = slack.post("mara", "support", text)
    popup = popups.wait_for("the export is wrong")
    assert len(popup.body) < 250 and popup.body.endswith("…")
    assert daemon.wait_for_thread(ts)["Text"] == text


def test_a_stopped_daemon_leaves_no_popup(slack, popups, daemon):
    daemon.start()
    for number in range(4):
        slack.post("mara", "support", f"@oncall export {number} is wrong")
        popups.wait_for(f"export {number}")
    daemon.stop()
    assert popups.standing == []
