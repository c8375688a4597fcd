# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What was before the daemon, what happened without it, and what survives its end."""

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from bus import BusError
from oncallctl import PENDING
from simulator import DEMO

JONAS, AIKO = "U07JONAS001", "U07AIKO0001"


def wait_for_the_next(slack, popups):
    """Whatever was to be told before is told when this has come."""
    slack.post("mara", "support", "@devs and now for something else")
    return popups.wait_for("something else")


# The first start


@pytest.mark.parametrize("scenario", [DEMO])
def test_the_first_start_tells_of_history_in_one_summary(slack, popups, daemon):
    daemon.tokens = {"user": "xoxp-demo-jonas", "app": "xapp-demo-jonas"}
    daemon.start()
    texts = {one["Text"].splitlines()[0]: one["State"] for one in daemon.threads().values()}
    assert texts == {
        "Some teachers get the welcome mail twice. Not urgent, just odd.": "looking",
        "Where can a teacher change the name on a certificate? I could not find it in the help.":
            "looking",
        "@oncall the export of grades is empty for Harbour School since this morning.": "looking",
        "Is there a dark mode planned? A school asked, no hurry.": "new",
    }
    popups.wait_for("1 thread is waiting")
    wait_for_the_next(slack, popups)
    assert [popup.title for popup in popups.shown] == [
        "Question · 1 thread is waiting", "EMERGENCY · Mara in #support"]
    # Closed threads are known as well.
    resolved = daemon.manager("ListThreads", "(a{sv})", {})[0]
    assert sum(one["State"] == "resolved" for one in resolved) == 2


def test_a_channel_without_history_is_no_first_start_the_second_time(slack, popups, daemon):
    daemon.start()
    daemon.stop()
    slack.post("mara", "support", "@oncall the export is wrong")
    daemon.start()
    popup = popups.wait_for("the export is wrong")
    assert popup.title == "URGENT · mara in #support"


# Restarts


def test_a_restart_tells_nothing_twice(slack, popups, daemon):
    daemon.start()
    new = slack.post("mara", "support", "@oncall the export is wrong")
    claimed = slack.post("mara", "support", "@oncall the import is wrong")
    popups.wait_for("the export is wrong")
    popups.wait_for("the import is wrong")
    slack.react("aiko", "support", claimed, "eyes")
    number = daemon.wait_for_thread(claimed, State="looking").number
    daemon.stop()
    assert popups.standing == []  # nobody would hear the click

    daemon.start()
    assert daemon.wait_for_thread(claimed, State="looking").number == number
    daemon.wait_for_thread(new, State="new")
    wait_for_the_next(slack, popups)
    assert len(popups.shown) == 3
    daemon.wait_for(OpenCount=3)


def test_what_was_acked_survives_kill_9(slack, popups, daemon):
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    slack.wait_for_ack(ts=ts)
    daemon.kill()
    slack.network(up=False)
    daemon.start("connecting", "offline")
    daemon.wait_for_thread(ts, Number=1, Level="urgent")
    slack.network(up=True)
    daemon.wait_for_state("connected")
    assert len(daemon.threads()) == 1


def test_an_event_is_acked_when_it_is_on_disk(slack, popups, daemon):
    daemon.start()
    daemon.expect_complaint("cannot save: ")
    mark = slack.seq()
    path = daemon.state_directory / "oncalld.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        ts = slack.post("mara", "support", "@oncall the export is wrong")
        # People are told at once, and that nothing can be saved.
        popups.wait_for("the export is wrong")
        notice = popups.wait_for("oncalld cannot save")
        daemon.wait_for(State="stale")
        assert slack.acks(mark) == []
        other.execute("ROLLBACK")
    slack.wait_for_ack(ts=ts)
    daemon.wait_for(State="connected")
    popups.wait_until_closed(notice)
    assert [popup.title for popup in popups.standing] == ["URGENT · mara in #support"]
    daemon.kill()
    daemon.start()
    daemon.wait_for_thread(ts)


# What happened meanwhile


def test_what_was_written_meanwhile_is_read_at_the_start(slack, popups, daemon):
    daemon.start()
    asked = slack.post("mara", "support", "The export is slow")
    raised = slack.post("mara", "support", "The report is odd")
    daemon.wait_for_thread(asked)
    daemon.wait_for_thread(raised)
    daemon.stop()
    new = slack.post("tomasz", "support", "@oncall the import is wrong")
    slack.reply("mara", "support", raised, "@devs all reports are")
    slack.reply("aiko", "support", asked, "Having a look")

    daemon.start()
    daemon.wait_for_thread(new, Level="urgent", State="new")
    daemon.wait_for_thread(raised, Level="emergency", Replies=1)
    daemon.wait_for_thread(asked, State="looking", Replies=1)
    popups.wait_for("It has become an emergency.")
    popups.wait_for("the import is wrong")


def test_edits_and_deletions_meanwhile_are_seen_at_the_start(slack, popups, daemon):
    daemon.start()
    edited = slack.post("mara", "support", "The export is wrong")
    deleted = slack.post("mara", "support", "The import is wrong")
    answered = slack.post("mara", "support", "The report is wrong")
    reply = slack.reply("aiko", "support", answered, "Having a look")
    slack.reply("mara", "support", answered, "Thank you")
    daemon.wait_for_thread(edited)
    daemon.wait_for_thread(deleted)
    daemon.wait_for_thread(answered, State="looking", Replies=2)
    daemon.stop()
    slack.edit("support", edited, "@oncall the export is wrong")
    slack.delete("support", deleted)
    slack.delete("support", reply)

    daemon.start()
    daemon.wait_for_thread(edited, Level="urgent", Text="@oncall the export is wrong")
    daemon.wait_until_closed(deleted)
    daemon.wait_for_thread(answered, State="new", Replies=1)


def test_reactions_meanwhile_are_seen_at_the_start(slack, popups, daemon):
    daemon.start()
    claimed = slack.post("mara", "support", "@oncall the export is wrong")
    released = slack.post("mara", "support", "@oncall the import is wrong")
    resolved = slack.post("mara", "support", "@oncall the report is wrong")
    slack.react("aiko", "support", released, "eyes")
    daemon.wait_for_thread(released, State="looking")
    daemon.wait_for_thread(resolved)
    daemon.stop()
    slack.react("dele", "support", claimed, "eyes")
    slack.unreact("aiko", "support", released, "eyes")
    slack.react("mara", "support", resolved, "white_check_mark")

    daemon.start()
    assert daemon.wait_for_thread(claimed, State="looking").looker_ids() == ["U07DELE0001"]
    daemon.wait_for_thread(released, State="new", Lookers=[])
    daemon.wait_until_closed(resolved)


def test_emoji_in_other_channels_are_not_looked_into(slack, popups, daemon):
    elsewhere = slack.post("mara", "coffee", "The machine is out of beans")
    daemon.start()
    before = slack.seq()
    slack.react("aiko", "coffee", elsewhere, "eyes")
    wait_for_the_next(slack, popups)
    assert slack.calls("conversations.replies", since=before) == []


def test_an_open_thread_is_read_however_old_it_is(slack, popups, daemon):
    asked = time.time() - 3 * 3600
    ts = slack.post("mara", "support", "@oncall the export is wrong", at=asked)
    reply = slack.reply("mara", "support", ts, "Anybody?", at=asked + 60)
    # History is read again from ten minutes before this on.
    slack.post("mara", "support", "The import is wrong")
    daemon.start()
    daemon.wait_for_thread(ts, State="new", Replies=1)
    daemon.stop()
    slack.reply("mara", "support", ts, "It is still wrong")
    slack.reply("mara", "support", ts, "Hello?")
    slack.delete("support", reply)
    slack.react("aiko", "support", ts, "eyes")
    daemon.start()
    daemon.wait_for_thread(ts, State="looking", Replies=2)


def test_a_reply_in_a_thread_that_nobody_knew_brings_the_thread(slack, popups, daemon):
    daemon.settings["history"] = {"backfill": "1h"}
    old = slack.post("mara", "support", "The export was slow", at=time.time() - 7200)
    daemon.start()
    assert daemon.threads() == {}
    slack.reply("mara", "support", old, "@oncall it is slow again")
    popups.wait_for("The export was slow")
    daemon.wait_for_thread(old, Level="urgent", Replies=1)


# What Slack repeats


def test_an_event_that_comes_twice_counts_once(slack, popups, daemon):
    daemon.start()
    slack.inject("duplicate", copies=3, new_event_id=True, times=2)
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    slack.wait_for_ack(ts=ts, count=4)
    slack.reply("mara", "support", ts, "Please")
    daemon.wait_for_thread(ts, Replies=1)
    wait_for_the_next(slack, popups)
    assert len(popups.shown) == 2
    daemon.wait_for_alerts((1, "opened", "urgent"), (2, "opened", "emergency"))


# Wishes


def test_the_outbox_goes_on_after_a_restart(slack, popups, daemon, oncallctl):
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    daemon.wait_for_thread(ts)
    slack.network(up=False)
    daemon.wait_for(State="offline")
    oncallctl.output("claim", "1", "--queue", code=PENDING)
    oncallctl.output("reply", "1", "I look into it", "--queue", code=PENDING)
    daemon.kill()

    daemon.start("connecting", "offline")
    daemon.wait_for(PendingWrites=2)
    thread = daemon.wait_for_thread(ts, State="looking")
    assert [looker[3] for looker in thread["Lookers"]] == ["pending"]
    slack.network(up=True)
    slack.wait_for_reaction("support", ts, "eyes", user="jonas")
    slack.wait_for_message("support", user="jonas", thread=ts, contains="I look into it")
    daemon.wait_for(PendingWrites=0)
    assert slack.duplicates() == []


def test_a_reply_whose_answer_was_lost_stands_there_once(slack, daemon, oncallctl):
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    daemon.wait_for_thread(ts)
    slack.inject("hang-up", method="chat.postMessage", after=True)
    oncallctl.output("reply", "1", "I look into it & more")
    daemon.wait_for(PendingWrites=0)
    assert len(slack.replies("support", ts)) == 1
    assert slack.duplicates() == []


def test_a_reply_that_was_not_taken_is_told_from_the_same_words_before(slack, daemon, oncallctl):
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    daemon.wait_for_thread(ts)
    oncallctl.output("reply", "1", "still digging")
    slack.inject("hang-up", method="chat.postMessage", after=False)
    oncallctl.output("reply", "1", "still digging")
    daemon.wait_for(PendingWrites=0)
    assert len(slack.replies("support", ts)) == 2


def test_a_reply_whose_thread_is_gone_meanwhile_is_not_posted(slack, popups, daemon, oncallctl):
    daemon.stand_still()
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    daemon.wait_for_thread(ts, Number=1)
    daemon.stop()
    slack.network(up=False)
    daemon.start("connecting", "offline")
    oncallctl.output("reply", "1", "I look into it", "--queue", code=PENDING)
    slack.delete("support", ts)
    daemon.move_clock(minutes=1)
    slack.network(up=True)
    notice = popups.wait_for("Slack refused your reply in thread 1")
    assert "no such thread" in notice.body
    daemon.wait_for(PendingWrites=0)
    # Slack would post it to the channel.
    assert slack.calls("chat.postMessage") == []


# When a person doubts what the daemon shows


def test_a_refresh_is_over_when_all_has_been_read(slack, popups, daemon):
    daemon.start()
    asked = slack.post("mara", "support", "@oncall the export is wrong")
    daemon.wait_for_thread(asked)
    slack.inject("drop", times=2)
    reply = slack.reply("aiko", "support", asked, "Having a look")
    ts = slack.post("mara", "support", "@oncall the import is wrong")
    for method in ("users.list", "conversations.history", "conversations.replies"):
        slack.inject("late", seconds=0.5, method=method)
    daemon.manager("Refresh")
    found = {one["Timestamp"]: one for one in daemon.threads().values()}
    assert found[asked]["LastActivity"] == round(float(reply) * 1e6)
    assert found[ts]["Level"] == "urgent"


def test_a_second_refresh_reads_again_what_the_first_may_have_passed(slack, popups, daemon):
    daemon.start()
    late = slack.inject("late", seconds=0.5, method="conversations.history")
    with ThreadPoolExecutor() as other:
        other.submit(daemon.manager, "Refresh")
        slack.wait_for_fault(late)
        slack.inject("drop")
        ts = slack.post("mara", "support", "@oncall the import is wrong")
        daemon.manager("Refresh")
    assert ts in {one["Timestamp"] for one in daemon.threads().values()}


@pytest.mark.parametrize("trouble, error", [
    (lambda slack: slack.network(up=False), "NotConnected"),
    (lambda slack: slack.revoke("jonas"), "Denied"),
    (lambda slack: slack.inject("error", method="conversations.history", lasting=True,
                                error="fatal_error"), "NotConnected"),
], ids=["no-network", "no-token", "no-history"])
def test_a_refresh_that_cannot_be_done_says_so_and_is_made_up_for(
        slack, popups, hurried, trouble, error):
    hurried.start()
    slack.inject("drop")
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    trouble(slack)
    if error == "Denied":
        hurried.expect_complaint("token")
    with pytest.raises(BusError) as refusal:
        hurried.manager("Refresh")
    assert refusal.value.name == f"org.oncalld1.Error.{error}"
    slack.network(up=True)
    slack.clear_faults()
    if error == "Denied":
        slack.call("restore", user="jonas", kind="user")
        hurried.manager("Refresh")
    hurried.wait_for_thread(ts)
