# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Promised updates, from the sentence in a thread to the post that keeps it, while a test moves the
clock. Jonas is the one at whose desktop oncalld runs."""

import glob
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bus import BusError, PrivateBus
from desktop import DbusmockLogind
from oncallctl import FAILED, NO_MATCH, USAGE
from waiting import eventually

JONAS = "U07JONAS001"
MINUTE = 60_000_000
HELP = "@oncall the export is wrong"


class Story:
    """A thread, told minute by minute: what people write is written when the clock says so, or
    rather a second before, so that what takes half an hour is over when half an hour is."""

    def __init__(self, slack, popups, daemon) -> None:
        self.slack = slack
        self.popups = popups
        self.daemon = daemon
        self.begin = daemon.now
        self.root = ""
        self.thread = None

    def ask(self, text: str = HELP, user: str = "mara"):
        """Begins a thread, which is the one that all else is about. Returns: it."""
        self.root = self.slack.post(user, "support", text, at=self.daemon.now - 1)
        self.thread = self.daemon.wait_for_thread(self.root)
        return self.thread

    def say(self, user: str, text: str) -> str:
        """Returns: the reply's ts, when the daemon has it."""
        ts = self.slack.reply(user, "support", self.root, text, at=self.daemon.now - 1)
        self.slack.wait_for_ack(ts=ts)
        return ts

    def edit(self, ts: str, text: str) -> None:
        mark = self.slack.seq()
        self.slack.edit("support", ts, text)
        self.slack.wait_for_ack(subtype="message_changed", since=mark)

    def wait(self, minutes: float) -> None:
        self.daemon.move_clock(minutes)

    def expect(self, *promises: tuple[str, str, int], thread=None) -> None:
        """Until these are the promises: by whom, how they stand, minutes from the beginning on."""
        thread = thread or self.thread

        def found() -> list[tuple[str, str, int]]:
            return [(promise["by_name"], promise["state"],
                     round((promise["due"] - self.begin * 1e6) / MINUTE))
                    for promise in thread["Promises"]]

        eventually(lambda: found() == list(promises),
                   lambda: f"{promises}; there are {found()}\n{self.daemon.describe()}")

    def expect_alerts(self, *kinds: str) -> None:
        """Until these were the alerts of promises and deadlines, so that none came twice."""
        def found() -> list[str]:
            return [arguments[1] for _path, _interface, name, arguments in list(self.daemon.signals)
                    if name == "Alert" and arguments[1] not in ("opened", "claimed", "unclaimed")]

        eventually(lambda: found() == list(kinds), lambda: f"{kinds}; there were {found()}")

    def popup(self, text: str, count: int = 1):
        return self.popups.wait_for(text, count)

    def posts(self) -> list[str]:
        """What was posted in this person's name."""
        return [call["args"]["text"] for call in self.slack.calls("chat.postMessage")]


@pytest.fixture
def story(slack, popups, daemon):
    daemon.stand_still()
    daemon.start()
    return Story(slack, popups, daemon)


# What is said in a thread


def test_a_sentence_in_a_thread_becomes_a_timer(story, oncallctl):
    thread = story.ask()
    ts = story.say("jonas", "On it, give me 30 minutes")
    due = int(ts.replace(".", "")) + 30 * MINUTE
    story.daemon.wait_for(NextDue=due, NextDueThread=thread.path, OverdueCount=0)
    assert thread["NextDue"] == due
    assert thread["Promises"] == [{
        "id": ts, "by": JONAS, "by_name": "jonas", "due": due, "span": 30 * MINUTE,
        "state": "running", "text": "30 minutes", "source": "message"}]
    # Whoever promises looks; nobody has clicked, so nothing is written.
    story.popups.wait_until_none()
    assert story.posts() == [] and story.slack.calls("reactions.add") == []
    assert re.search(r"Promise: jonas by .*\d\d:\d\d \(in \d+min\): “30 minutes”\n",
                     oncallctl.output("show", "1"))
    assert re.search(r"^ *1 +urgent .*\d\d:\d\d +in \d+min ", oncallctl.output(
        "mine", "--no-legend"), re.MULTILINE)


def test_it_speaks_before_at_and_after_its_time(story):
    story.ask()
    story.say("jonas", "give me 30 minutes")
    story.wait(23)
    story.expect(("jonas", "running", 30))
    story.wait(1)
    lead = story.popup("You promised an update by")
    assert lead.title == "URGENT · mara in #support"
    assert re.fullmatch(r"You promised an update by .*\d\d:\d\d: 6 minutes left\.\n“30 minutes”\n"
                        + HELP, lead.body)
    assert lead.actions == {"write": "Write update", "extend": "+15 min", "open": "Open",
                            "default": "Open"}
    assert lead.icon == "appointment-soon"
    story.expect(("jonas", "due-soon", 30))
    story.wait(6)
    due = story.popup("that is now.")
    assert due.replaces == lead.id and due.actions == lead.actions
    story.expect(("jonas", "due", 30))
    assert story.daemon["OverdueCount"] == 0
    for number, minutes in enumerate((5, 5, 5, 15), 1):
        story.wait(minutes)
        overdue = story.popup("ago.", number)
    assert "that was 30 minutes ago." in overdue.body
    assert overdue.icon == "appointment-missed" and story.popups.standing == [overdue]
    story.expect(("jonas", "overdue", 30))
    assert story.daemon["OverdueCount"] == 1
    story.expect_alerts("promise-lead", "promise-due", *["promise-overdue"] * 4)
    assert story.posts() == []


def test_a_real_post_keeps_it(story):
    story.ask()
    story.say("jonas", "give me 30 minutes")
    story.wait(25)
    reminder = story.popup("5 minutes left")
    # None of these is an update ...
    for user, text in (("jonas", ":eyes: :hourglass:"), ("jonas", "thanks!"), ("jonas", "👍"),
                       ("aiko", "I saw that last week, too"), ("mara", "any news?")):
        story.say(user, text)
    story.slack.react("jonas", "support", story.root, "hammer")
    story.expect(("jonas", "due-soon", 30))
    # ... and this is.
    story.say("jonas", "It is the cache of the totals.")
    story.expect(("jonas", "kept", 30))
    story.popups.wait_until_closed(reminder)
    story.daemon.wait_for(NextDue=0, NextDueThread="/")
    story.expect_alerts("promise-lead", "promise-kept")
    story.wait(20)
    story.expect_alerts("promise-lead", "promise-kept")
    assert story.popups.standing == []


def test_a_post_before_half_of_the_time_is_interim(story):
    story.ask()
    story.say("jonas", "give me 30 minutes")
    story.wait(14)
    story.say("jonas", "I can see it here as well.")
    story.expect(("jonas", "running", 30))
    story.wait(2)
    story.say("jonas", "It is the cache of the totals.")
    story.expect(("jonas", "kept", 30))


def test_a_question_to_the_asker_pauses_it(story):
    story.ask()
    story.say("jonas", "give me 30 minutes")
    story.wait(10)
    story.say("jonas", "Which school is it?")
    story.expect(("jonas", "paused", 30))
    story.wait(60)
    story.expect_alerts()
    story.say("mara", "Harbour School")
    story.expect(("jonas", "running", 90))
    story.wait(20)
    story.popup("that is now.")


def test_after_the_grace_it_is_late(story):
    story.ask()
    story.say("jonas", "give me 30 minutes")
    story.wait(50)
    popup = story.popup("that was 20 minutes ago.")
    story.say("jonas", "It is the cache of the totals.")
    story.expect(("jonas", "late", 30))
    story.popups.wait_until_closed(popup)
    story.daemon.wait_for(OverdueCount=0, NextDue=0)


def test_without_a_word_for_a_day_it_is_broken(story):
    story.ask()
    story.say("jonas", "give me 30 minutes")
    story.wait(30)
    story.wait(24 * 60)
    popup = story.popup("and none has come.")
    assert popup.actions == {"write": "Write update", "open": "Open", "default": "Open"}
    story.expect(("jonas", "broken", 30))
    story.daemon.wait_for(OverdueCount=0, NextDue=0)
    # Better late than never.
    story.say("jonas", "It is the cache of the totals.")
    story.expect(("jonas", "late", 30))


@pytest.mark.parametrize("words, due", [
    ("I need another 20 minutes", 49), ("make that 45 minutes", 74), ("give me an hour", 89),
])
def test_whoever_needs_longer_says_so(story, words, due):
    story.ask()
    story.say("jonas", "give me 30 minutes")
    story.wait(29)
    reminder = story.popup("1 minute left")
    story.say("jonas", words)
    story.expect(("jonas", "running", due))
    story.popups.wait_until_closed(reminder)
    story.daemon.wait_for(NextDue=story.thread["NextDue"])


def test_an_edit_moves_it_and_takes_it_away(story):
    story.ask()
    first = story.say("jonas", "give me 30 minutes")
    story.wait(5)
    story.edit(first, "give me 45 minutes")
    story.expect(("jonas", "running", 45))
    story.wait(32)
    story.popup("8 minutes left")
    story.edit(first, "give me a hint")
    story.expect()
    # Without a promise the silence counts again; its popup may replace the other or follow it.
    silence = story.popup("Nothing has been said for 37 minutes")
    assert story.popups.standing == [silence]
    story.daemon.wait_for(NextDue=0)


def test_it_goes_with_its_message(story):
    story.ask()
    story.slack.react("jonas", "support", story.root, "eyes")
    ts = story.say("jonas", "give me 30 minutes")
    story.wait(25)
    reminder = story.popup("5 minutes left")
    story.slack.delete("support", ts)
    story.expect()
    story.popups.wait_until_closed(reminder)
    story.wait(4)
    story.expect_alerts("promise-lead")


def test_it_ends_with_its_thread(story):
    story.ask()
    story.say("jonas", "give me 30 minutes")
    story.slack.react("aiko", "support", story.root, "white_check_mark")
    story.daemon.wait_until_closed(story.root)
    story.expect(("jonas", "cancelled", 30), thread=story.daemon.find("1"))
    story.daemon.wait_for(NextDue=0)
    story.wait(60)
    story.expect_alerts("resolved")


def test_several_run_side_by_side(story):
    thread = story.ask()
    story.say("aiko", "I'll have the logs in an hour")
    story.say("jonas", "give me 30 minutes")
    story.say("jonas", "I'll call the customer in 2 hours")
    story.expect(("aiko", "running", 60), ("jonas", "running", 30), ("jonas", "running", 120))
    story.daemon.wait_for(NextDueThread=thread.path)
    assert thread["NextDue"] == thread["Promises"][1]["due"]
    story.wait(20)
    story.say("jonas", "It is the cache of the totals.")
    story.expect(("aiko", "running", 60), ("jonas", "kept", 30), ("jonas", "running", 120))
    assert thread["NextDue"] == thread["Promises"][0]["due"]
    other = story.ask("@oncall the import is wrong", "tomasz")
    story.say("jonas", "give me 15 minutes")
    story.daemon.wait_for(NextDueThread=other.path)


def test_that_of_others_is_for_panels_only(story, oncallctl):
    story.ask()
    story.say("aiko", "give me 30 minutes")
    story.popups.wait_until_none()
    shown = len(story.popups.shown)
    for minutes in (24, 6, 5):
        story.wait(minutes)
    story.expect(("aiko", "overdue", 30))
    story.expect_alerts("promise-lead", "promise-due", "promise-overdue")
    details = [arguments[3] for _path, _interface, name, arguments in story.daemon.signals
               if name == "Alert"][-1]
    assert details["Promise"]["by_name"] == "aiko" and details["Repeat"] == 0
    assert len(story.popups.shown) == shown
    assert oncallctl.output("status") == "overdue\n"
    assert "No promise of yours" in oncallctl.output("mine")


def test_one_can_promise_for_a_colleague(story):
    story.ask()
    story.say("jonas", "<@U07AIKO0001> will call you in 20 minutes")
    story.expect(("aiko", "running", 20))
    story.say("aiko", "<@U07JONAS001> will have an update in 30 minutes")
    story.expect(("aiko", "handed-over", 20), ("jonas", "running", 30))
    story.wait(24)
    story.popup("You promised an update by")


def promise_while_slack_is_away(story):
    popup = story.popup("the export is wrong")
    story.slack.network(up=False)
    story.daemon.wait_for(State="offline")
    story.popups.choose(popup, "promise")
    story.daemon.wait_for(PendingWrites=2)


def test_a_promise_runs_while_slack_cannot_be_reached(story, oncallctl):
    thread = story.ask()
    promise_while_slack_is_away(story)
    story.expect(("jonas", "running", 30))
    promise, = thread["Promises"]
    assert (promise["id"], promise["source"]) == ("", "pending")
    oncallctl.complaint("promise", "1", "1h", code=FAILED)
    story.wait(25)
    story.popup("5 minutes left")
    story.slack.network(up=True)
    story.daemon.wait_for(PendingWrites=0, State="connected")
    eventually(lambda: [promise["source"] for promise in thread["Promises"]] == ["message"])
    story.expect(("jonas", "due-soon", 30))
    story.wait(5)
    story.popup("that is now.")
    story.expect_alerts("promise-lead", "promise-due")


def test_a_promise_that_is_told_late_says_how_long_it_still_takes(story):
    story.ask()
    promise_while_slack_is_away(story)
    story.wait(10)
    story.slack.network(up=True)
    story.daemon.wait_for(PendingWrites=0, State="connected")
    due = int(story.daemon.now) + 20 * 60
    text, = story.posts()
    assert f"<!date^{due}^" in text and text.endswith("> (in 20 min)")
    story.expect(("jonas", "running", 30))


@pytest.mark.parametrize("restart", [False, True])
def test_a_promise_that_could_not_be_told_in_time_is_not_posted(story, restart):
    thread = story.ask()
    promise_while_slack_is_away(story)
    story.wait(40)
    story.popup("10 minutes ago.")
    if restart:
        story.daemon.stop()
        story.daemon.start("offline")
    story.slack.network(up=True)
    assert "not posted" in story.popup("came too late").body
    story.daemon.wait_for(PendingWrites=0, State="connected")
    assert story.posts() == [] and thread["Promises"] == []
    # That somebody looks is true all the same.
    assert story.slack.reactions("support", story.root) == {"eyes": [JONAS]}


# Buttons


def test_one_click_claims_posts_and_times(story):
    thread = story.ask()
    popup = story.popup("the export is wrong")
    assert popup.actions == {"claim": "I'm on it", "promise": "On it, update in 30 min",
                             "open": "Open", "default": "Open"}
    assert story.posts() == [] and story.slack.calls("reactions.add") == []
    story.popups.choose(popup, "promise")
    story.slack.wait_for_reaction("support", story.root, "eyes", user="jonas")
    message = story.slack.wait_for_message("support", thread=story.root, user="jonas")
    text, = story.posts()
    due = int(story.daemon.now) + 30 * 60
    assert re.fullmatch(rf"I'm on it: next update by <!date\^{due}\^.*\{{time\}}\|.*\d\d:\d\d> "
                        r"\(in 30 min\)", text)
    call, = story.slack.calls("chat.postMessage")
    assert call["args"]["thread_ts"] == story.root and "reply_broadcast" not in call["args"]
    story.expect(("jonas", "running", 30))
    eventually(lambda: thread["Promises"][0]["id"] == message["ts"])
    assert thread["Promises"][0]["source"] == "message"
    assert thread["NextDue"] // 1_000_000 == due
    story.daemon.wait_for(PendingWrites=0, NextDueThread=thread.path)
    story.popups.wait_until_none()
    story.wait(25)
    story.popup("5 minutes left")


def test_fifteen_minutes_more_are_a_click(story):
    story.ask()
    story.say("jonas", "give me 30 minutes")
    story.wait(29)
    story.popups.choose(story.popup("1 minute left"), "extend")
    story.slack.wait_for_message("support", thread=story.root, contains="takes a little longer")
    text, = story.posts()
    assert re.fullmatch(r"This takes a little longer: next update by <!date\^\d+\^.*\{time\}"
                        r"\|.*\d\d:\d\d> \(in 16 min\)", text)
    story.expect(("jonas", "running", 45))
    story.wait(13)
    story.popup("3 minutes left")
    story.expect_alerts("promise-lead", "promise-lead")


def test_an_update_is_written_in_slack(story, portal):
    thread = story.ask()
    story.say("jonas", "give me 30 minutes")
    story.wait(30)
    popup = story.popup("that is now.")
    story.popups.choose(popup, "write")
    portal.wait_for(thread["Permalink"])
    story.wait(5)
    story.popups.choose(story.popup("5 minutes ago."), "open")
    eventually(lambda: portal.opened == [thread["Permalink"]] * 2)
    assert story.posts() == [] and story.slack.calls("reactions.add") == []
    story.expect(("jonas", "overdue", 30))


# The command line


def test_the_command_line_promises_extends_and_hands_over(story, oncallctl):
    thread = story.ask()
    oncallctl.output("promise", "1", "45m", "I can see it", "here")
    assert story.slack.reactions("support", story.root) == {"eyes": [JONAS]}
    assert re.match(r"I can see it here\nNext update by <!date\^", story.posts()[0])
    story.expect(("jonas", "running", 45))
    oncallctl.output("extend", "1", "1h30")
    story.expect(("jonas", "running", 135))
    assert "in 2 h 15 min" in story.posts()[1]
    oncallctl.output("handover", "1", "aiko")
    assert "<@U07AIKO0001> will post the next update by" in story.posts()[2]
    story.expect(("jonas", "handed-over", 135), ("aiko", "running", 135))
    oncallctl.complaint("extend", "1", "15m", code=FAILED)
    oncallctl.complaint("handover", "1", "nobody", code=NO_MATCH)
    story.wait(130)
    story.expect_alerts("promise-lead")
    assert len(story.popups.shown) == 1
    assert thread["NextDue"] != 0


@pytest.mark.parametrize("when", ["14:30", "tomorrow 9:00", "Mon 10:00", "eod", "next-work-hour"])
def test_the_command_line_takes_clock_times(story, oncallctl, when):
    story.ask()
    oncallctl.output("promise", "1", when)
    due = eventually(lambda: story.thread["NextDue"]) / 1e6
    local = datetime.fromtimestamp(due, ZoneInfo(story.daemon.environment["TZ"]))
    expected = {"14:30": r"14:30", "tomorrow 9:00": r"09:00", "Mon 10:00": r"Mon 10:00",
                "eod": r"17:00|23:59", "next-work-hour": r"(Mon|Tue|Wed|Thu|Fri) (09|1[0-7]):00"}
    assert re.search(expected[when], local.strftime("%a %H:%M"))
    assert story.daemon.now < due < story.daemon.now + 8 * 86400


def test_a_length_of_time_is_no_clock_time(story, oncallctl):
    story.ask()
    oncallctl.output("promise", "1", "30m")
    for clock in ("14:30", "eod", "tomorrow 9:00", "next-work-hour"):
        oncallctl.complaint("extend", "1", "--", clock, code=USAGE)
    story.expect(("jonas", "running", 30))


def test_calling_it_off_tells_slack_nothing(story):
    thread = story.ask()
    story.say("jonas", "give me 30 minutes")
    thread.call("CancelPromise")
    story.expect(("jonas", "cancelled", 30))
    story.daemon.wait_for(NextDue=0)
    with pytest.raises(BusError, match="no open promise of yours"):
        thread.call("CancelPromise")
    story.wait(29)
    story.expect_alerts()
    assert story.posts() == []


def test_the_daemon_reads_sentences_for_others(story):
    reading, = story.daemon.manager("Parse", "(sxsa{sv})", "give me half an hour",
                                    1_763_900_000_000_000, "Europe/Berlin", {})[0]
    assert reading == {"kind": "promise", "due": 1_763_900_000_000_000 + 30 * MINUTE,
                       "matched": "half an hour", "reason": "asks for time for the author"}
    reading, = story.daemon.manager("Parse", "(sxsa{sv})", "hello", 0, "", {})[0]
    assert (reading["kind"], reading["due"], reading["matched"]) == ("none", 0, "")
    for zone in ("Mars/Phobos", "../../../etc/passwd", "/dev/zero", "leapseconds"):
        with pytest.raises(BusError, match="is no time zone") as caught:
            story.daemon.manager("Parse", "(sxsa{sv})", "hello", 0, zone, {})
        assert caught.value.name == "org.oncalld1.Error.InvalidArgument"
    for said_at in (-2**63, 2**63 - 1):
        with pytest.raises(BusError, match="No calendar"):
            story.daemon.manager("Parse", "(sxsa{sv})", "ETA eod", said_at, "", {})
    for said_at in (-1, 1, -62_135_596_800_000_000, 253_402_300_799_000_000):
        for text in ("give me 5 minutes", "I'll have it by Friday", "back at 14:30", "ETA eod"):
            reading, = story.daemon.manager("Parse", "(sxsa{sv})", text, said_at, "Asia/Tokyo",
                                            {})[0]
            assert reading["kind"] in ("promise", "none")


# Snoozing


def test_a_snooze_lasts_until_its_end(story, oncallctl):
    thread = story.ask()
    popup = story.popup("the export is wrong")
    oncallctl.output("snooze", "1", "30m")
    story.popups.wait_until_closed(popup)
    assert thread["SnoozedUntil"] // MINUTE == int(story.daemon.now * 1e6) // MINUTE + 30
    story.wait(29)
    story.say("jonas", ":eyes:")
    assert thread["SnoozedUntil"] != 0
    story.wait(1)
    eventually(lambda: thread["SnoozedUntil"] == 0)


def test_a_snooze_ends_when_somebody_writes(story, oncallctl):
    thread = story.ask()
    story.popup("the export is wrong")
    oncallctl.output("snooze", "1", "2h")
    story.popups.wait_until_none()
    story.wait(20)
    assert story.popups.standing == []
    story.say("mara", "It is getting worse.")
    story.popup("Nobody has looked for 20 minutes.")
    eventually(lambda: thread["SnoozedUntil"] == 0)


def test_a_snooze_can_be_ended(story, oncallctl):
    thread = story.ask()
    popup = story.popup("the export is wrong")
    oncallctl.complaint("unsnooze", "1", code=FAILED)
    oncallctl.output("snooze", "1", "2h")
    story.popups.wait_until_closed(popup)
    story.wait(20)
    oncallctl.output("unsnooze", "1")
    story.popup("Nobody has looked for 20 minutes.")
    assert thread["SnoozedUntil"] == 0


def test_an_emergency_is_quiet_for_its_setting_at_most(story, oncallctl):
    thread = story.ask("@devs nobody can log in")
    story.popup("nobody can log in")
    oncallctl.output("snooze", "1", "tomorrow 9:00")
    assert round(thread["SnoozedUntil"] / 1e6 - story.daemon.now) == 15 * 60
    story.wait(15)
    story.popup("Nobody has looked for 15 minutes.")


def test_what_becomes_an_emergency_is_quiet_no_more(story, oncallctl):
    thread = story.ask("the export is wrong")
    story.popup("the export is wrong")
    oncallctl.output("snooze", "1", "tomorrow 9:00")
    story.edit(story.root, "@devs the export is wrong")
    story.popup("It has become an emergency.")
    eventually(lambda: thread["SnoozedUntil"] == 0)


# Silence and deadlines


def test_a_claim_that_stays_silent_is_nudged_once(story):
    story.ask()
    story.popups.choose(story.popup("the export is wrong"), "claim")
    story.daemon.wait_for(UnclaimedCount=0, PendingWrites=0)
    story.slack.wait_until_idle()
    story.wait(29)
    story.expect_alerts()
    story.wait(2)
    popup = story.popup("Nothing has been said for")
    assert popup.actions == {"write": "Write update", "open": "Open", "default": "Open",
                             "promise": "Promise an update in 30 min"}
    story.wait(120)
    story.expect_alerts("stale-claim")
    story.popups.choose(popup, "promise")
    story.slack.wait_for_message("support", thread=story.root, contains="next update by")
    story.expect(("jonas", "running", 181))
    call, = story.slack.calls("reactions.add")
    assert call["args"]["name"] == "eyes"


def test_the_askers_deadline_is_told_before_and_at_its_time(story):
    thread = story.ask("@oncall the export is wrong, I need it in 2 hours")
    eventually(lambda: thread["NeededBy"])
    assert round((thread["NeededBy"] / 1e6 - story.begin) / 60) == 120
    story.slack.react("jonas", "support", story.root, "eyes")
    story.daemon.wait_for(UnclaimedCount=0)
    story.say("jonas", "Which school is it?")
    story.wait(90)
    near = story.popup("30 minutes left")
    assert "It is needed by" in near.body and "jonas is looking." in near.body
    story.wait(30)
    passed = story.popup("that is now.")
    assert passed.replaces == near.id
    story.wait(300)
    story.expect_alerts("deadline-near", "deadline-passed")


def test_the_askers_deadline_is_on_the_askers_clock(slack, popups, daemon):
    zone = ZoneInfo("Pacific/Auckland")
    slack.call("user", user="mara", tz=str(zone))
    daemon.stand_still()
    daemon.start()
    story = Story(slack, popups, daemon)
    there = datetime.fromtimestamp(daemon.now, zone) + timedelta(hours=3)
    thread = story.ask(f"@oncall I need the export by {there:%H:%M}")
    needed = eventually(lambda: thread["NeededBy"]) / 1e6
    assert datetime.fromtimestamp(needed, zone) == there.replace(second=0)


def test_a_deadline_can_be_set_and_taken_back(story, oncallctl):
    thread = story.ask()
    oncallctl.output("needed", "1", "40m")
    assert round(thread["NeededBy"] / 1e6 - story.daemon.now) == 2400
    story.wait(30)
    story.popup("It is needed by")
    oncallctl.output("needed", "1", "none")
    assert thread["NeededBy"] == 0
    story.wait(30)
    story.expect_alerts("deadline-near")
    assert story.posts() == [] and story.slack.calls("reactions.add") == []


# Sleep, restarts, and clocks that are set


def test_a_restart_keeps_timers_and_tells_nothing_twice(story):
    story.ask()
    story.say("jonas", "give me 30 minutes")
    story.say("aiko", "I'll have the logs in an hour")
    story.wait(24)
    story.popup("6 minutes left")
    story.daemon.restart()
    story.expect(("jonas", "due-soon", 30), ("aiko", "running", 60))
    story.wait(6)
    story.popup("that is now.")
    story.expect_alerts("promise-lead", "promise-due")
    assert len([popup for popup in story.popups.shown if "minutes left" in popup.body]) == 1
    # What becomes due while it does not run is told once, as late as it is.
    story.daemon.stop()
    story.daemon.now += 3600
    story.daemon.start()
    story.popup("that was 1 hour ago.")
    story.expect(("jonas", "overdue", 30), ("aiko", "overdue", 60))
    shown = len(story.popups.shown)
    story.daemon.restart()
    story.wait(1)
    story.expect_alerts("promise-lead", "promise-due", "promise-overdue")
    assert len(story.popups.shown) == shown


def test_after_a_restart_there_is_one_summary_when_history_was_read(story):
    promise_in_three_threads(story)
    story.ask("@oncall and the import")
    story.say("jonas", "give me 30 minutes")
    story.popups.wait_until_none()
    shown = len(story.popups.shown)
    story.daemon.stop()
    story.slack.reply("jonas", "support", story.root, "It is the cache of the totals.",
                      at=story.daemon.now + 25 * 60)
    story.daemon.now += 40 * 60
    story.daemon.start()
    expect_one_summary(story, shown, "promise-kept")
    story.expect(("jonas", "kept", 30))


def test_without_slack_a_restart_does_not_wait_for_long(story):
    promise_in_three_threads(story)
    shown = len(story.popups.shown)
    story.daemon.stop()
    story.slack.network(up=False)
    story.daemon.now += 40 * 60
    story.daemon.start("offline")
    assert story.popups.standing == []
    story.wait(0.3)
    expect_one_summary(story, shown)
    story.slack.network(up=True)
    story.daemon.wait_for(State="connected", StaleSince=0)
    expect_one_summary(story, shown)


def promise_in_three_threads(story) -> None:
    for number in range(3):
        story.ask(f"@oncall export {number} is wrong")
        story.say("jonas", "give me 30 minutes")
    story.popups.wait_until_none()


def expect_one_summary(story, before: int, *other_alerts: str) -> None:
    """Since there were so many popups, one summary has come and nothing else."""
    summary = story.popup("3 threads are waiting")
    assert story.popups.standing == [summary]
    assert summary.body.count("your update is overdue") == 3
    story.expect_alerts(*other_alerts, *["promise-overdue"] * 3)
    assert len(story.popups.shown) == before + 1


@pytest.fixture
def logind(daemon, tmp_path):
    system_bus = PrivateBus(tmp_path / "system")
    logind = DbusmockLogind(system_bus.address)
    daemon.environment["DBUS_SYSTEM_BUS_ADDRESS"] = system_bus.address
    yield logind
    if daemon.process:
        daemon.stop()
    logind.stop()
    system_bus.stop()


def test_after_a_sleep_there_is_one_summary(logind, story):
    promise_in_three_threads(story)
    shown = len(story.popups.shown)
    logind.prepare_for_sleep(True)
    story.wait(180)
    mark = story.slack.seq()
    logind.prepare_for_sleep(False)
    story.daemon.wait_for_log("the machine woke up")
    expect_one_summary(story, shown)
    # History is read again, and brings nothing of it back.
    story.slack.wait_for_call("conversations.history", since=mark)
    story.daemon.wait_for(State="connected", StaleSince=0)
    story.wait(1)
    expect_one_summary(story, shown)


def test_what_was_kept_elsewhere_during_a_sleep_is_kept(logind, story):
    story.ask()
    story.say("jonas", "give me 30 minutes")
    logind.prepare_for_sleep(True)
    story.slack.inject("deaf")
    story.slack.reply("jonas", "support", story.root, "It is the cache of the totals.",
                      at=story.daemon.now + 25 * 60)
    story.wait(40)
    logind.prepare_for_sleep(False)
    story.expect(("jonas", "kept", 30))
    story.popups.wait_until_none()


def test_the_summary_after_a_sleep_forgets_what_was_settled_elsewhere(logind, story):
    promise_in_three_threads(story)
    logind.prepare_for_sleep(True)
    story.slack.inject("deaf")
    story.slack.reply("jonas", "support", story.root, "It is the cache of the totals.",
                      at=story.daemon.now + 25 * 60)
    story.wait(40)
    logind.prepare_for_sleep(False)
    story.expect(("jonas", "kept", 30))
    summary = story.popup("2 threads are waiting")
    assert story.popups.standing == [summary]
    assert "export 2" not in summary.body and "export 1" in summary.body


def test_a_clock_that_is_set_is_one_summary(story):
    promise_in_three_threads(story)
    shown = len(story.popups.shown)
    story.wait(180)
    expect_one_summary(story, shown)
    # Back, and on again: nothing of it comes twice.
    story.wait(-179)
    story.wait(179)
    story.expect_alerts(*["promise-overdue"] * 3)
    assert len(story.popups.shown) == shown + 1


# The daemon's own clock


@pytest.fixture
def fake_time(daemon, tmp_path):
    """Has the daemon take its time from a file, which says how it differs from the real one."""
    library, = glob.glob("/usr/lib/*/faketime/libfaketime.so.1")
    file = tmp_path / "time"
    file.write_text("+0\n")
    daemon.environment.update(
        LD_PRELOAD=library, FAKETIME_TIMESTAMP_FILE=str(file), FAKETIME_NO_CACHE="1",
        FAKETIME_DONT_FAKE_MONOTONIC="1",
        # A sanitizer wants to be loaded first.
        ASAN_OPTIONS=daemon.environment.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0")
    return file


def test_a_timer_runs_on_the_real_clock(fake_time, slack, popups, daemon):
    fake_time.write_text("+0 x60\n")
    daemon.start()
    root = slack.post("mara", "support", HELP)
    slack.reply("jonas", "support", root, "give me 6 minutes")
    popups.wait_for("You promised an update by")
    popups.wait_for("that is now.")
    popups.wait_for("5 minutes ago.")
    Story(slack, popups, daemon).expect_alerts("promise-lead", "promise-due", "promise-overdue")


def test_a_clock_that_somebody_sets_is_heeded(fake_time, slack, popups, daemon):
    daemon.start()
    for number in range(3):
        root = slack.post("mara", "support", f"@oncall export {number} is wrong")
        popups.wait_for(f"export {number} is wrong")
        ts = slack.reply("jonas", "support", root, "give me 30 minutes")
        slack.wait_for_ack(ts=ts)
    daemon.wait_for(UnclaimedCount=0)
    popups.wait_until_none()
    shown = len(popups.shown)
    fake_time.write_text("+3h\n")
    # The kernel would tell; the library cannot.
    daemon.manager("Refresh")
    summary = popups.wait_for("3 threads are waiting")
    daemon.manager("Refresh")
    daemon.wait_for(State="connected", StaleSince=0)
    assert popups.standing == [summary] and len(popups.shown) == shown + 1
