# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""How the daemon starts, and what it says where it cannot."""

import os
import signal
import time

import pytest
from gi.repository import GLib

from bus import BusError
from daemon import MANAGER, ROOT, THREAD


def run(daemon, status):
    """Has it start, and end by itself with that status. Returns what it complained of."""
    daemon.launch()
    assert daemon.wait() == status, daemon.log_text()
    lines = [line for line in daemon.log if "WARNING" in line]
    assert len(lines) == 1, daemon.log_text()
    daemon.expect_complaint("WARNING")
    return lines[0]


# The configuration


@pytest.mark.parametrize("group, key, value, allowed", [
    ("slak", "channels", "#support", "[slack]"),
    ("slack", "chanels", "#support", "channels"),
    ("slack", "api-url", "slack.com", "https://"),
    ("slack", "transport", "tcp", "auto, socket"),
    ("urgent", "repeat", "often", "5min x6, 15min"),
    ("urgent", "target", "soon", "15min"),
    ("emoji", "claim", "", "at least one emoji"),
    ("notifications", "private", "perhaps", "true, false"),
    ("notifications", "burst", "many", "5 in 10s"),
    ("history", "backfill", "-1d", "7d"),
])
def test_a_wrong_setting_is_named_with_what_is_allowed(daemon, group, key, value, allowed):
    daemon.settings.setdefault(group, {})[key] = value
    daemon.write_files()
    complaint = run(daemon, os.EX_CONFIG)
    assert str(daemon.configuration) in complaint and f"[{group}]" in complaint
    assert key in complaint or group == "slak"
    assert allowed in complaint


def test_what_is_no_configuration_is_named(daemon):
    daemon.write_files()
    daemon.configuration.write_bytes(b"\x00\xff\n[")
    assert str(daemon.configuration) in run(daemon, os.EX_CONFIG)


def test_a_missing_configuration_file_is_named(daemon):
    assert str(daemon.configuration) in run(daemon, os.EX_CONFIG)


def test_without_options_the_users_directories_are_read(slack, daemon):
    directory = daemon.directory / "xdg" / "oncalld"
    directory.mkdir(parents=True)
    daemon.environment |= {"XDG_CONFIG_HOME": str(directory.parent),
                           "XDG_STATE_HOME": str(daemon.directory / "xdg-state")}
    daemon.arguments = []
    daemon.write_files()
    daemon.configuration.rename(directory / "oncalld.conf")
    (directory / "oncalld.conf.d").mkdir()
    (directory / "oncalld.conf.d" / "mine.conf").write_text("[slack]\nchannels=#coffee\n")
    daemon.launch()
    daemon.wait_for_state("connected")
    daemon.wait_for_thread(slack.post("mara", "coffee", "@oncall the machine is broken"))
    assert (daemon.directory / "xdg-state" / "oncalld" / "oncalld.db").stat().st_mode & 0o77 == 0


def test_a_reload_takes_a_good_configuration(slack, popups, daemon):
    daemon.start()
    daemon.settings["slack"]["channels"] = "#coffee"
    daemon.settings["notifications"] = {"private": "true"}
    daemon.write_files()
    daemon.manager("Reload")
    # What is in the history of #coffee when that is read is told in a summary.
    daemon.manager("Refresh")
    slack.post("mara", "support", "@oncall the export is wrong")
    ts = slack.post("mara", "coffee", "@oncall the machine is broken")
    popup = popups.wait_for("thread 1")
    assert "machine" not in popup.title + popup.body
    daemon.wait_for_thread(ts, Number=1)
    assert len(daemon.threads()) == 1


def test_a_channel_that_is_added_is_read_as_far_back_as_is_wanted_now(slack, popups, daemon):
    slack.post("mara", "coffee", "@oncall the beans are out", at=time.time() - 7 * 3600)
    recent = slack.post("mara", "coffee", "@oncall the milk is out", at=time.time() - 3 * 3600)
    daemon.start()
    daemon.settings["slack"]["channels"] = "#support;#coffee"
    daemon.settings["history"] = {"backfill": "5h"}
    daemon.write_files()
    daemon.manager("Reload")
    daemon.wait_for_thread(recent)
    popup = popups.wait_for("1 thread is waiting")
    daemon.manager("Refresh")
    assert [one["Text"] for one in daemon.threads().values()] == ["@oncall the milk is out"]
    assert popups.shown == [popup]


@pytest.mark.parametrize("way", ["bus", "signal"])
def test_a_reload_refuses_a_wrong_configuration(slack, daemon, way):
    daemon.start()
    daemon.expect_complaint("the old configuration stays in force: .*often")
    daemon.settings["urgent"] = {"repeat": "often"}
    daemon.write_files()
    if way == "bus":
        with pytest.raises(BusError, match=r"\[urgent\] repeat.*often") as caught:
            daemon.manager("Reload")
        assert caught.value.name == "org.oncalld1.Error.Config"
    else:
        daemon.process.send_signal(signal.SIGHUP)
        daemon.wait_for_log("the old configuration stays in force")
    assert daemon["State"] == "connected"
    daemon.wait_for_thread(slack.post("mara", "support", "@oncall the export is wrong"))


# The tokens


def test_a_token_that_others_can_read_is_refused(daemon):
    daemon.write_files()
    (daemon.directory / "user-token").chmod(0o644)
    complaint = run(daemon, os.EX_CONFIG)
    assert f"{daemon.directory}/user-token" in complaint and "chmod 600" in complaint


@pytest.mark.parametrize("kind, token, word", [
    ("user", "xoxc-from-a-browser", "browser"),
    ("user", "xoxd-from-a-browser", "browser"),
    ("user", "xapp-test-jonas", "xoxp-"),
    ("user", "hunter2-hunter2", "xoxp-"),
    ("app", "xoxp-test-jonas", "xapp-"),
])
def test_what_is_no_token_is_refused_without_repeating_it(daemon, kind, token, word):
    daemon.tokens[kind] = token
    daemon.write_files()
    complaint = run(daemon, os.EX_CONFIG)
    assert f"{daemon.directory}/{kind}-token" in complaint and word in complaint
    assert token not in daemon.log_text()


def test_a_token_file_that_is_missing_is_named(daemon):
    daemon.write_files()
    (daemon.directory / "app-token").unlink()
    assert f"{daemon.directory}/app-token" in run(daemon, os.EX_CONFIG)


def test_tokens_come_as_credentials_of_systemd(slack, popups, daemon):
    credentials = daemon.directory / "credentials"
    credentials.mkdir()
    (credentials / "slack-user-token").write_text("xoxp-test-jonas")
    (credentials / "slack-app-token").write_text("xapp-test-jonas\n")
    daemon.environment["CREDENTIALS_DIRECTORY"] = str(credentials)
    daemon.tokens = {"user": "xoxp-no-longer-used", "app": "xapp-no-longer-used"}
    daemon.start()
    slack.post("mara", "support", "@oncall the export is wrong")
    popups.wait_for("the export is wrong")


def test_without_tokens_the_daemon_waits_for_them(slack, daemon):
    del daemon.settings["slack"]["user-token-file"], daemon.settings["slack"]["app-token-file"]
    daemon.start("unconfigured")
    assert "user-token-file" in daemon["StateText"]
    daemon.settings["slack"] |= {"user-token-file": f"{daemon.directory}/user-token",
                                 "app-token-file": f"{daemon.directory}/app-token"}
    daemon.write_files()
    daemon.manager("Reload")
    daemon.wait_for_state("connected")


# The bus


def test_a_second_daemon_leaves_the_first_alone(daemon, make_daemon):
    daemon.start()
    owner = daemon.peer.owner("org.oncalld1")
    second = make_daemon()
    second.write_files()
    assert "Another oncalld has the name" in run(second, 1)
    assert daemon.peer.owner("org.oncalld1") == owner
    assert daemon["State"] == "connected"


def test_without_a_session_bus_it_says_so(daemon):
    daemon.environment["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={daemon.directory}/none"
    daemon.write_files()
    assert "there is no session bus: " in run(daemon, 1)


def test_it_ends_with_its_bus(private_bus, daemon):
    daemon.start()
    daemon.expect_complaint("the bus is gone")
    private_bus.stop()
    assert daemon.wait() == 1


def test_an_unknown_option_of_a_call_is_refused(slack, daemon):
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    path = daemon.wait_for_thread(ts).path
    for place, interface, method, signature, *arguments in [
            (path, THREAD, "Claim", "(a{sv})", {"quietly": GLib.Variant("b", True)}),
            (path, THREAD, "Claim", "(a{sv})", {"queue": GLib.Variant("s", "yes")}),
            (path, THREAD, "SetLevel", "(sa{sv})", "urgent", {"queue": GLib.Variant("b", True)}),
            (path, THREAD, "SetLevel", "(sa{sv})", "panic", {}),
            (path, THREAD, "Reply", "(sa{sv})", "   ", {}),
            (ROOT, MANAGER, "Refresh", "(a{sv})", {"all": GLib.Variant("b", True)}),
            (ROOT, MANAGER, "ListThreads", "(a{sv})", {"colour": GLib.Variant("s", "red")}),
            (ROOT, MANAGER, "FindThread", "(sa{sv})", "seven", {})]:
        with pytest.raises(BusError) as caught:
            daemon.call(place, interface, method, signature, *arguments)
        assert caught.value.name == "org.oncalld1.Error.InvalidArgument", arguments
    assert slack.calls("reactions.add") == slack.calls("chat.postMessage") == []


# The rest of the machine


def test_a_state_directory_that_cannot_be_made_is_named(daemon):
    (daemon.directory / "file").touch()
    daemon.arguments[-1] = f"{daemon.directory}/file/state"
    daemon.write_files()
    assert f"{daemon.directory}/file/state" in run(daemon, 1)


def test_a_damaged_database_is_set_aside_and_read_from_slack_again(slack, popups, daemon):
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    slack.react("aiko", "support", ts, "eyes")
    daemon.wait_for_thread(ts, State="looking")
    daemon.stop()
    damaged = b"This is no database. " * 500
    (daemon.state_directory / "oncalld.db").write_bytes(damaged)

    daemon.expect_complaint("oncalld.db: file is not a database")
    daemon.expect_complaint("began a new database")
    daemon.start()
    aside, = daemon.state_directory.glob("oncalld.db.damaged-*")
    assert str(aside) in popups.wait_for("oncalld's database was damaged").body
    assert str(aside) in daemon.log_text()
    assert aside.read_bytes() == damaged
    daemon.wait_for_thread(ts, State="looking", Level="urgent")
    # Whatever else is there is the daemon's.
    aside.unlink()


def test_wrong_usage_is_named(daemon):
    daemon.write_files()
    for arguments in (["--colour"], ["extra"], ["--config"]):
        daemon.arguments = arguments
        daemon.launch()
        assert daemon.wait() == os.EX_USAGE
        assert "oncalld --help" in daemon.log[-1]
    daemon.arguments = ["--version"]
    daemon.launch()
    assert daemon.wait() == 0
    assert daemon.log[-1].startswith("oncalld ")
