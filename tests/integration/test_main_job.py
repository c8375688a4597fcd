# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The main job, from a message in Slack to the answer of the person on call."""

import json

import pytest

from bus import BusError
from desktop import CRITICAL, DISMISSED, LOW, NORMAL, WITHDRAWN
from oncallctl import PENDING
from waiting import eventually

JONAS, AIKO, MARA = "U07JONAS001", "U07AIKO0001", "U07MARA0001"
SUPPORT = "C07SUPPORT1"


# To be told


def test_a_call_for_help_becomes_a_popup(slack, popups, daemon):
    daemon.start()
    slack.post("mara", "support", "@oncall the export is wrong")
    popup = popups.wait_for("the export is wrong")
    assert popup.title == "URGENT · mara in #support"
    assert popup.body == "@oncall the export is wrong"
    assert list(popup.actions.items()) == [
        ("claim", "I'm on it"), ("open", "Open"), ("promise", "On it, update in 30 min"),
        ("default", "Open")]
    assert popup.application == "oncalld"
    assert popup.icon == "dialog-warning"
    assert popup.hints["urgency"] == NORMAL
    assert popup.hints["category"] == "im.received"
    assert popup.hints["desktop-entry"] == "oncalld"
    assert popup.hints["sound-name"] == "message-new-instant"
    assert popup.timeout == -1


def test_each_level_looks_and_sounds_different(slack, popups, daemon):
    daemon.start()
    slack.post("mara", "support", "Is there a dark mode?")
    question = popups.wait_for("dark mode")
    slack.post("mara", "support", "@devs nobody can log in!")
    emergency = popups.wait_for("nobody can log in")
    assert question.title == "Question · mara in #support"
    assert question.hints["urgency"] == LOW
    assert question.hints["suppress-sound"] is True
    assert "sound-name" not in question.hints
    assert emergency.title == "EMERGENCY · mara in #support"
    assert emergency.hints["urgency"] == CRITICAL
    assert emergency.hints["sound-name"] == "alarm-clock-elapsed"
    assert emergency.hints["resident"] is True
    assert emergency.timeout == 0


def test_a_thread_is_an_object_on_the_bus(slack, daemon):
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    thread = daemon.wait_for_thread(ts)
    assert thread.properties() == {
        "Number": 1, "Workspace": "T07QUIET001", "Channel": SUPPORT, "ChannelName": "support",
        "Timestamp": ts, "Asker": MARA, "AskerName": "mara",
        "Permalink": f"https://quiet.slack.com/archives/{SUPPORT}/p{ts.replace('.', '')}",
        "Text": "@oncall the export is wrong", "Level": "urgent", "State": "new", "Lookers": [],
        "Categories": [], "Opened": int(ts.replace(".", "")), "FirstResponse": 0,
        "LastActivity": int(ts.replace(".", "")), "Replies": 0, "Promises": [], "NeededBy": 0,
        "NextDue": 0, "SnoozedUntil": 0}
    daemon.wait_for(OpenCount=1, UnclaimedCount=1, UrgentCount=1, EmergencyCount=0)
    daemon.wait_for_alerts((1, "opened", "urgent"))
    names = [name for _path, _interface, name, _arguments in daemon.signals]
    assert names.index("InterfacesAdded") < names.index("Alert")


def test_who_is_on_call_is_known(slack, daemon):
    daemon.start()
    daemon.wait_for(OnCall=True, OnCallMembers=["aiko", "jonas"])
    slack.set_group("oncall", ["aiko", "dele"])
    daemon.wait_for(OnCall=False, OnCallMembers=["aiko", "dele"])


def test_mentions_are_shown_as_names(slack, popups, daemon):
    daemon.start()
    ts = slack.post("mara", "support", "@oncall can @dele look into #coffee?")
    popups.wait_for("@oncall can @dele look into #coffee?")
    assert daemon.wait_for_thread(ts)["Text"] == "@oncall can @dele look into #coffee?"


MARKUP = "@oncall <b>bold</b> & <a href=\"x\">y</a> &lt; %s %n \\ `rm -rf ~` $(reboot) '"


@pytest.mark.parametrize("capabilities, shown", [
    (("actions", "body"), MARKUP),
    (("actions", "body", "body-markup"),
     MARKUP.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")),
])
def test_markup_in_a_message_is_shown_as_it_was_typed(slack, popups, daemon, capabilities, shown):
    popups.capabilities = capabilities
    daemon.start()
    ts = slack.post("mara", "support", MARKUP)
    popup = popups.wait_for("bold")
    assert popup.body.replace("&quot;", '"').replace("&apos;", "'").replace("&#39;", "'") == shown
    assert daemon.wait_for_thread(ts)["Text"] == MARKUP


def test_bots_and_bare_greetings_are_no_questions(slack, popups, daemon):
    daemon.start()
    slack.post("shipbot", "support", "@oncall release 31 is out")
    slack.call("webhook", channel="support", app="A07SHIPBOT1", username="deploy", text="Deployed")
    slack.post("mara", "support", "Good morning!")
    slack.post("mara", "coffee", "@oncall oat milk is back")
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    daemon.wait_for_thread(ts, Number=1)
    popups.wait_for("the export is wrong")
    assert len(popups.shown) == 1
    assert len(daemon.threads()) == 1


def test_ones_own_question_needs_no_popup(slack, popups, daemon):
    daemon.start()
    own = slack.post("jonas", "support", "@oncall does anybody know the export?")
    other = slack.post("mara", "support", "@oncall the import is wrong")
    popups.wait_for("the import is wrong")
    daemon.wait_for_thread(own, Level="urgent", State="new")
    daemon.wait_for_thread(other)
    assert len(popups.shown) == 1


def test_a_burst_becomes_one_summary(slack, popups, daemon):
    daemon.settings["notifications"] = {"burst": "2 in 1min"}
    daemon.start()
    for number in range(5):
        slack.post("mara", "support", f"@oncall export {number} is wrong")
        slack.wait_until_idle()
    summary = popups.wait_for("3 threads are waiting")
    assert [popup.title for popup in popups.standing] == [
        "URGENT · mara in #support", "URGENT · mara in #support", "URGENT · 3 threads are waiting"]
    slack.post("mara", "support", "@devs all exports are wrong")
    popups.wait_for("all exports are wrong")
    assert summary.body.splitlines()[0] == "URGENT · mara in #support: @oncall export 2 is wrong"
    assert "claim" not in summary.actions


def test_the_popup_comes_again_while_nobody_looks(slack, popups, daemon):
    daemon.settings["urgent"] = {"repeat": "1s x2"}
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    first = popups.wait_for("the export is wrong")
    last = popups.wait_for("Nobody is looking yet.\n@oncall the export is wrong", count=2)
    assert last.replaces == first.id and popups.standing == [last]
    number = daemon.wait_for_thread(ts).number
    daemon.wait_for_alerts((number, "opened", "urgent"), (number, "unclaimed", "urgent"),
                           (number, "unclaimed", "urgent"))


# To act


def test_a_click_puts_the_eyes_on_the_message(slack, popups, daemon):
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    popup = popups.wait_for("the export is wrong")
    popups.choose(popup, "claim")
    slack.wait_for_reaction("support", ts, "eyes", user="jonas")
    call, = slack.calls("reactions.add")
    assert call["user"] == JONAS
    assert call["args"] == {"channel": SUPPORT, "timestamp": ts, "name": "eyes"}
    popups.wait_until_none()
    thread = daemon.wait_for_thread(ts, State="looking")
    assert thread.looker_ids() == [JONAS]
    daemon.wait_for(UnclaimedCount=0, OpenCount=1, PendingWrites=0)
    daemon.wait_for_alerts((1, "opened", "urgent"), (1, "claimed", "urgent"))


def test_oncallctl_claims_as_a_click_does(slack, popups, daemon, oncallctl):
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    popup = popups.wait_for("the export is wrong")
    assert oncallctl.output("list", "--no-legend").split()[:2] == ["1", "urgent"]
    oncallctl.output("claim", "1")
    # Slack has answered by now.
    assert slack.reactions("support", ts) == {"eyes": [JONAS]}
    popups.wait_until_closed(popup)
    assert popup.closed == WITHDRAWN
    shown = json.loads(oncallctl.output("show", "1", "--json"))
    assert [looker["name"] for looker in shown["lookers"]] == ["jonas"]
    assert oncallctl.output("status") == "urgent\n"


def test_anothers_eyes_withdraw_the_popup(slack, popups, daemon):
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    popup = popups.wait_for("the export is wrong")
    slack.react("aiko", "support", ts, "eyes")
    popups.wait_until_closed(popup)
    thread = daemon.wait_for_thread(ts, State="looking")
    assert thread.looker_ids() == [AIKO]
    daemon.wait_for_alerts((1, "opened", "urgent"), (1, "claimed", "urgent"))


def test_the_askers_and_bots_eyes_do_not_count(slack, popups, daemon):
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    popup = popups.wait_for("the export is wrong")
    slack.react("mara", "support", ts, "eyes")
    slack.react("shipbot", "support", ts, "eyes")
    slack.reply("mara", "support", ts, "It is urgent, really")
    thread = daemon.wait_for_thread(ts, Replies=1)
    assert (thread["State"], thread["Lookers"]) == ("new", [])
    slack.post("mara", "support", "@oncall the import is wrong")
    assert [popup, popups.wait_for("the import is wrong")] == popups.standing


def test_a_reply_says_that_one_is_looking(slack, popups, daemon):
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    popup = popups.wait_for("the export is wrong")
    slack.reply("aiko", "support", ts, "Having a look")
    popups.wait_until_closed(popup)
    daemon.wait_for_thread(ts, State="looking", Replies=1)


def test_a_released_thread_calls_again(slack, popups, daemon, oncallctl):
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    popups.wait_for("the export is wrong")
    oncallctl.output("claim", "1")
    popups.wait_until_none()
    oncallctl.output("release", "1")
    assert slack.reactions("support", ts) == {}
    popups.wait_for("the export is wrong", count=2)
    daemon.wait_for_thread(ts, State="new", Lookers=[])


def test_a_reply_is_one_post_in_the_thread(slack, daemon, oncallctl):
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    daemon.wait_for_thread(ts)
    oncallctl.output("reply", "1", "Looking & <b>soon</b> done, <!channel> <@U07MARA0001>")
    call, = slack.calls("chat.postMessage")
    assert call["user"] == JONAS
    assert (call["args"]["channel"], call["args"]["thread_ts"]) == (SUPPORT, ts)
    reply = slack.wait_for_message("support", user="jonas", thread=ts)
    assert reply["text"] == ("Looking &amp; &lt;b&gt;soon&lt;/b&gt; done, &lt;!channel&gt; "
                             "&lt;@U07MARA0001&gt;")
    thread = daemon.wait_for_thread(ts, State="looking", Replies=1)
    assert [looker[3] for looker in thread["Lookers"]] == ["reply"]


def test_a_resolved_thread_goes_and_can_be_reopened(slack, popups, daemon, oncallctl):
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    daemon.wait_for_thread(ts)
    popups.wait_for("the export is wrong")
    oncallctl.output("resolve", "1")
    assert slack.reactions("support", ts) == {"white_check_mark": [JONAS]}
    daemon.wait_until_closed(ts)
    popups.wait_until_none()
    daemon.wait_for_alerts((1, "opened", "urgent"), (1, "resolved", "urgent"))
    daemon.wait_for(OpenCount=0)
    assert json.loads(oncallctl.output("show", "1", "--json"))["state"] == "resolved"

    oncallctl.output("reopen", "1")
    assert slack.reactions("support", ts) == {}
    daemon.wait_for_thread(ts, State="new")


def test_others_resolve_and_reopen_in_slack(slack, popups, daemon):
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    popups.wait_for("the export is wrong")
    slack.react("mara", "support", ts, "white_check_mark")
    daemon.wait_until_closed(ts)
    popups.wait_until_none()
    slack.unreact("mara", "support", ts, "white_check_mark")
    daemon.wait_for_thread(ts, State="new")


def test_a_person_sets_the_level(slack, popups, daemon, oncallctl):
    daemon.start()
    ts = slack.post("mara", "support", "The export is wrong")
    daemon.wait_for_thread(ts, Level="question")
    oncallctl.output("level", "1", "emergency")
    daemon.wait_for_thread(ts, Level="emergency")
    popup = popups.wait_for("EMERGENCY")
    assert popup.hints["urgency"] == CRITICAL
    oncallctl.output("level", "1", "question")
    daemon.wait_for_thread(ts, Level="question")
    daemon.wait_for(EmergencyCount=0)
    assert slack.calls("chat.postMessage") == slack.calls("reactions.add") == []


@pytest.mark.parametrize("way", ["open", "default", "oncallctl"])
def test_open_shows_the_message_in_slack(slack, popups, portal, daemon, oncallctl, way):
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    popup = popups.wait_for("the export is wrong")
    if way == "oncallctl":
        oncallctl.output("open", "1")
    else:
        popups.choose(popup, way)
    portal.wait_for(f"https://quiet.slack.com/archives/{SUPPORT}/p{ts.replace('.', '')}")


@pytest.mark.parametrize("way", ["popup", "bus", "oncallctl"])
def test_what_is_opened_may_take_the_focus(slack, popups, portal, daemon, oncallctl, way):
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    popup = popups.wait_for("the export is wrong")
    thread = daemon.wait_for_thread(ts)
    if way == "popup":
        popups.choose(popup, "open", token="token-1")
    elif way == "bus":
        thread.call("Open", activation_token="token-1")
    else:
        oncallctl.output("open", "1", environment={"XDG_ACTIVATION_TOKEN": "token-1"})
    portal.wait_for(thread["Permalink"])
    assert portal.options == [{"activation_token": "token-1"}]


def test_without_a_portal_systemd_opens_the_message(slack, systemd, daemon):
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    thread = daemon.wait_for_thread(ts)
    thread.call("Open")
    thread.call("Open", activation_token="token-1")
    command = [("xdg-open", ["xdg-open", thread["Permalink"]], False)]
    assert [unit["ExecStart"] for unit in systemd.started] == [command] * 2
    assert [unit.get("Environment") for unit in systemd.started] == [
        None, ["XDG_ACTIVATION_TOKEN=token-1", "DESKTOP_STARTUP_ID=token-1"]]


def test_an_emergency_stays_when_it_is_opened(slack, popups, portal, daemon):
    daemon.start()
    slack.post("mara", "support", "@devs nobody can log in")
    popup = popups.wait_for("nobody can log in")
    popups.choose(popup, "open")
    popups.choose(popup, "open")
    eventually(lambda: len(portal.opened) == 2, lambda: f"two openings; there were {portal.opened}")
    popups.choose(popup, "claim")
    popups.wait_until_none()
    assert len(portal.opened) == 2 and popup.closed == WITHDRAWN


def test_a_desktop_that_opens_nothing_is_named(slack, daemon):
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    thread = daemon.wait_for_thread(ts)
    with pytest.raises(BusError, match="portal") as caught:
        thread.call("Open")
    assert caught.value.name == "org.oncalld1.Error.Failed"


def test_a_dismissed_popup_leaves_the_thread_open(slack, popups, daemon):
    daemon.settings["urgent"] = {"repeat": "5min x1"}
    daemon.stand_still()
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong", at=daemon.now - 1)
    popup = popups.wait_for("the export is wrong")
    popups.dismiss(popup)
    assert popup.closed == DISMISSED
    daemon.move_clock(minutes=5)
    popups.wait_for("Nobody has looked for 5 minutes.")
    daemon.wait_for_thread(ts, State="new")


def test_a_second_claimer_hears_of_the_first(slack, daemon, oncallctl):
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    daemon.wait_for_thread(ts)
    slack.react("aiko", "support", ts, "eyes")
    daemon.wait_for_thread(ts, State="looking")
    assert oncallctl.run("claim", "1").stderr == "Looking as well: aiko\n"
    assert "yours already" in oncallctl.complaint("claim", "1", code=1)


def test_what_slack_refuses_is_told_and_undone(slack, popups, daemon, oncallctl):
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    daemon.wait_for_thread(ts)
    popups.wait_for("the export is wrong")
    slack.inject("error", method="reactions.add", error="thread_locked")
    assert "the thread is locked" in oncallctl.complaint("claim", "1", code=5)
    daemon.wait_for_thread(ts, State="new", Lookers=[])
    daemon.wait_for(PendingWrites=0)


# What changes afterwards


def test_a_tag_that_an_edit_adds_raises_the_thread(slack, popups, daemon):
    daemon.start()
    ts = slack.post("mara", "support", "The export is wrong")
    question = popups.wait_for("Question")
    slack.edit("support", ts, "@oncall the export is wrong")
    popup = popups.wait_for("URGENT")
    assert popup.replaces == question.id
    assert popup.body.startswith("It has become urgent.\n")
    daemon.wait_for_thread(ts, Level="urgent", Text="@oncall the export is wrong")
    daemon.wait_for_alerts((1, "opened", "question"), (1, "raised", "urgent"))


def test_a_tag_in_a_reply_raises_the_thread_whoever_looks(slack, popups, daemon):
    daemon.start()
    ts = slack.post("mara", "support", "The export is wrong")
    slack.react("aiko", "support", ts, "eyes")
    daemon.wait_for_thread(ts, State="looking")
    popups.wait_until_none()
    slack.reply("mara", "support", ts, "@devs it is wrong for all of them")
    popup = popups.wait_for("EMERGENCY")
    assert "aiko is looking." in popup.body
    daemon.wait_for_thread(ts, Level="emergency", State="looking")


def test_an_edit_changes_the_text_and_nothing_else(slack, popups, daemon):
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the exprot is wrong")
    popups.wait_for("exprot")
    slack.edit("support", ts, "@oncall the export is wrong")
    daemon.wait_for_thread(ts, Text="@oncall the export is wrong")
    assert len(popups.shown) == 1


def test_a_deleted_question_is_gone(slack, popups, daemon, oncallctl):
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    popups.wait_for("the export is wrong")
    slack.delete("support", ts)
    daemon.wait_until_closed(ts)
    popups.wait_until_none()
    assert json.loads(oncallctl.output("show", "1", "--json"))["state"] == "deleted"
    assert "deleted" in oncallctl.complaint("reopen", "1", code=1)


def test_colleagues_tag_by_emoji(slack, daemon):
    daemon.start()
    ts = slack.post("mara", "support", "The export is wrong")
    slack.react("aiko", "support", ts, "bug")
    daemon.wait_for_thread(ts, Categories=["bug"], State="new")
    slack.unreact("aiko", "support", ts, "bug")
    daemon.wait_for_thread(ts, Categories=[])


# With a bot's token


def test_a_bots_token_reads_and_claims_as_the_bot(slack, popups, daemon, oncallctl):
    daemon.tokens = {"user": "xoxb-test-watchbot", "app": "xapp-test-watchbot"}
    daemon.settings["slack"]["me"] = "@jonas"
    daemon.start()
    assert "under the app's name" in daemon["StateText"]
    assert "under the app's name" in oncallctl.output("list")
    own = slack.post("jonas", "support", "@oncall does anybody know the export?")
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    popups.wait_for("the export is wrong")
    daemon.wait_for(OnCall=True)
    assert len(popups.shown) == 1
    number = str(daemon.wait_for_thread(ts).number)
    oncallctl.output("claim", number)
    assert slack.reactions("support", ts) == {"eyes": ["U07WATCHBOT"]}
    daemon.wait_for_thread(ts, State="looking")
    popups.wait_for("under your Slack app's name")
    daemon.wait_for_thread(own, State="new")
    oncallctl.output("reply", number, "It runs again")
    assert sum("Slack app's name" in str(popup) for popup in popups.shown) == 1


# Wishes that cannot be sent yet


def test_a_wish_waits_for_slack_where_it_is_queued(slack, popups, daemon, oncallctl):
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    popups.wait_for("the export is wrong")
    slack.network(up=False)
    daemon.wait_for(State="offline")
    assert "queue" in oncallctl.complaint("claim", "1", code=1)
    oncallctl.output("claim", "1", "--queue", code=PENDING)
    daemon.wait_for_thread(ts, State="looking")
    daemon.wait_for(PendingWrites=1)
    popups.wait_until_none()
    slack.network(up=True)
    slack.wait_for_reaction("support", ts, "eyes", user="jonas")
    daemon.wait_for(PendingWrites=0)
