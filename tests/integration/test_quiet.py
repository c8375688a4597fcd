# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""People who want to be left alone: by their desktop, by the hour, or for a while."""

import time

import pytest

from bus import PrivateBus
from desktop import Logind, ScreenSaver

SECOND = 1_000_000


def post_two(slack, daemon):
    """Two questions; returns when both are on the bus."""
    for text in "how do I log in?", "how do I log out?":
        daemon.wait_for_thread(slack.post("mara", "support", text))


def test_do_not_disturb_ends_in_one_summary(slack, popups, daemon):
    daemon.start()
    popups.inhibit(True)
    daemon.wait_for_log("does not want popups")
    post_two(slack, daemon)
    popups.inhibit(False)
    popup = popups.wait_for()
    assert "how do I log in?" in popup.body and "how do I log out?" in popup.body
    assert popups.shown == [popup]


def test_an_emergency_passes_do_not_disturb(slack, popups, daemon):
    daemon.start()
    popups.inhibit(True)
    daemon.wait_for_log("does not want popups")
    slack.post("mara", "support", "@devs all is down")
    assert popups.wait_for("all is down").title.startswith("EMERGENCY")


def test_an_emergency_can_be_told_to_wait(slack, popups, daemon):
    daemon.settings["notifications"] = {"emergency-bypasses-dnd": "false"}
    daemon.start()
    popups.inhibit(True)
    daemon.wait_for_log("does not want popups")
    daemon.wait_for_thread(slack.post("mara", "support", "@devs all is down"))
    assert not popups.shown
    popups.inhibit(False)
    popups.wait_for("all is down")


def test_a_server_that_goes_takes_its_do_not_disturb_along(slack, popups, daemon):
    daemon.start()
    popups.inhibit(True)
    daemon.wait_for_log("does not want popups")
    daemon.wait_for_thread(slack.post("mara", "support", "how do I log in?"))
    popups.stop()
    popups.start()
    popups.wait_for("how do I log in?")


@pytest.mark.parametrize("name", ["org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"])
def test_questions_wait_while_the_screen_is_locked(slack, popups, daemon, private_bus, name):
    screen_saver = ScreenSaver(private_bus.address, name, active=True)
    try:
        daemon.start()
        daemon.wait_for_log("is locked")
        post_two(slack, daemon)
        assert not popups.shown
        screen_saver.set_active(False)
        popups.wait_for("how do I log out?")
        assert len(popups.shown) == 1
    finally:
        screen_saver.stop()


def test_logind_tells_of_the_lock_too(slack, popups, daemon, tmp_path):
    system_bus = PrivateBus(tmp_path / "system")
    logind = Logind(system_bus.address)
    daemon.environment["DBUS_SYSTEM_BUS_ADDRESS"] = system_bus.address
    try:
        daemon.start()
        logind.set_locked(True)
        daemon.wait_for_log("is locked")
        daemon.wait_for_thread(slack.post("mara", "support", "how do I log in?"))
        assert not popups.shown
        logind.set_locked(False)
        popups.wait_for("how do I log in?")
    finally:
        logind.stop()
        system_bus.stop()


def test_quiet_hours_hold_questions(slack, popups, daemon):
    daemon.settings["hours"] = {"quiet": "00:00-24:00"}
    daemon.start()
    daemon.wait_for_thread(slack.post("mara", "support", "how do I log in?"))
    slack.post("mara", "support", "@oncall the export is wrong")
    popups.wait_for("the export is wrong")
    assert len(popups.shown) == 1


def test_a_pause_outlives_a_restart_and_can_be_ended(slack, popups, daemon, oncallctl):
    daemon.start()
    oncallctl.output("pause")
    daemon.wait_for(PausedUntil=2**63 - 1)
    post_two(slack, daemon)
    daemon.stop()
    daemon.start()
    daemon.wait_for(PausedUntil=2**63 - 1)
    daemon.wait_for_thread(slack.post("mara", "support", "@oncall the export is wrong"))
    assert not popups.shown
    oncallctl.output("resume")
    daemon.wait_for(PausedUntil=0)
    summary = popups.wait_for("the export is wrong")
    # What waited before the restart has not been forgotten.
    assert "how do I log in?" in summary.body and "how do I log out?" in summary.body
    assert popups.shown == [summary]


def test_a_pause_is_kept_as_soon_as_it_was_asked_for(slack, popups, daemon, oncallctl):
    daemon.start()
    oncallctl.output("pause")
    daemon.kill()
    daemon.start()
    daemon.wait_for(PausedUntil=2**63 - 1)
    oncallctl.output("resume")
    daemon.kill()
    daemon.start()
    daemon.wait_for(PausedUntil=0)


def test_a_pause_ends_by_itself(slack, popups, daemon, oncallctl):
    now = int(time.time()) * SECOND
    daemon.settings["question"] = {"repeat": "off"}
    daemon.arguments += ["--debug-clock", str(now)]
    daemon.start()
    oncallctl.output("pause", "30m")
    daemon.wait_for(PausedUntil=now + 1800 * SECOND)
    daemon.wait_for_thread(slack.post("mara", "support", "how do I log in?"))
    assert not popups.shown
    daemon.call("/org/oncalld1/debug", "org.oncalld1.Debug", "SetTime", "(x)", now + 1801 * SECOND)
    daemon.wait_for(PausedUntil=0)
    popups.wait_for("how do I log in?")


def test_a_pause_that_cannot_be_is_refused(daemon, oncallctl):
    daemon.start()
    for arguments, message in ((["yesterday"], "yesterday"), (["1h", "--up-to", "loud"], "loud")):
        result = oncallctl.run("pause", *arguments)
        assert result.returncode == 2 and message in result.stderr
