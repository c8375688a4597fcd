# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Programs of the person's own that the daemon runs."""

import os
import select
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bus import BusError
from waiting import DEADLINE

HOSTILE = "$(touch owned) `touch owned`; touch owned & | > \"' \\ --help"


class Recorder:
    """A program that writes down what it is told, and can be waited for."""

    def __init__(self, directory: Path) -> None:
        self.pipe = directory / "pipe"
        os.mkfifo(self.pipe)
        self.program = directory / "hook with spaces"
        self.program.write_text(
            f"#!/bin/sh\ncd '{directory}'\n"
            "{ printf '%s\\036' \"$#\" \"$1\"; env -0 | tr '\\0' '\\036'; printf '\\035'; } > pipe\n")
        self.program.chmod(0o700)
        # Open for both, so that it never ends.
        self.reader = os.open(self.pipe, os.O_RDWR)
        self.buffer = b""

    def next(self) -> tuple[list[str], dict[str, str]]:
        """Returns: number of arguments and the first one, and the environment."""
        while b"\x1d" not in self.buffer:
            assert select.select([self.reader], [], [], DEADLINE)[0], "no program was run"
            self.buffer += os.read(self.reader, 65536)
        record, _, self.buffer = self.buffer.partition(b"\x1d")
        fields = record.decode().split("\x1e")
        return fields[:2], dict(field.split("=", 1) for field in fields[2:-1])

    def close(self) -> None:
        os.close(self.reader)


@pytest.fixture
def recorder(tmp_path):
    directory = tmp_path / "recorder"
    directory.mkdir()
    recorder = Recorder(directory)
    yield recorder
    assert not list(tmp_path.rglob("owned"))
    recorder.close()


def test_an_alert_runs_its_program(slack, daemon, recorder):
    daemon.settings["hooks"] = {"opened": f"'{recorder.program}' fixed"}
    daemon.start()
    ts = slack.post("mara", "support", f"@oncall {HOSTILE}")
    arguments, environment = recorder.next()
    assert arguments == ["1", "fixed"]
    told = {name: value for name, value in environment.items() if name.startswith("ONCALL_")}
    assert told == {
        "ONCALL_KIND": "opened", "ONCALL_LEVEL": "urgent", "ONCALL_REPEAT": "0",
        "ONCALL_NUMBER": "1", "ONCALL_STATE": "new", "ONCALL_CHANNEL": "C07SUPPORT1",
        "ONCALL_CHANNEL_NAME": "support", "ONCALL_ASKER": "U07MARA0001", "ONCALL_ASKER_NAME": "mara",
        "ONCALL_TEXT": f"@oncall {HOSTILE}",
        "ONCALL_PERMALINK":
            f"https://quiet.slack.com/archives/C07SUPPORT1/p{ts.replace('.', '')}"}


def test_a_kept_promise_is_told_with_whose_it_is(slack, daemon, recorder):
    daemon.settings["hooks"] = {"promise-kept": f"'{recorder.program}'"}
    daemon.stand_still()
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong", at=daemon.now - 1)
    slack.reply("aiko", "support", ts, "I'll have an update in 30 minutes", at=daemon.now - 1)
    daemon.wait_for_thread(ts, Replies=1)
    due = datetime.fromtimestamp(daemon.now - 1, timezone.utc) + timedelta(minutes=30)
    daemon.move_clock(25)
    slack.reply("aiko", "support", ts, "The export is right again", at=daemon.now - 1)
    _arguments, environment = recorder.next()
    told = {name: value for name, value in environment.items() if "PROMISE" in name}
    assert told == {
        "ONCALL_PROMISE_BY": "U07AIKO0001", "ONCALL_PROMISE_BY_NAME": "aiko",
        "ONCALL_PROMISE_DUE": due.strftime("%Y-%m-%dT%H:%M:%SZ"), "ONCALL_PROMISE_STATE": "kept"}
    assert environment["ONCALL_KIND"] == "promise-kept"


def test_a_reload_changes_the_programs(slack, daemon, recorder):
    daemon.start()
    daemon.settings["hooks"] = {"opened": f"'{recorder.program}' second"}
    daemon.write_files()
    daemon.manager("Reload")
    slack.post("mara", "support", "Is there a dark mode?")
    assert recorder.next()[0] == ["1", "second"]


def test_an_unknown_kind_is_refused_with_those_that_exist(daemon):
    daemon.start()
    daemon.settings["hooks"] = {"closed": "/bin/true"}
    daemon.write_files()
    daemon.expect_complaint("the old configuration stays in force")
    with pytest.raises(BusError, match=r"\[hooks\] closed: .*opened.*promise-kept.*resolved"):
        daemon.manager("Reload")
    daemon.settings["hooks"] = {"opened": "/bin/true 'unclosed"}
    daemon.write_files()
    with pytest.raises(BusError, match=r"\[hooks\] opened: .*quoted"):
        daemon.manager("Reload")


def test_a_program_that_fails_is_told_in_the_journal_and_no_more(slack, daemon):
    daemon.settings["hooks"] = {"opened": "/bin/false", "resolved": "/nonexistent/hook"}
    daemon.expect_complaint("the hook 'opened' failed: .*status 1|code 1")
    daemon.expect_complaint("the hook 'resolved' cannot be run: .*/nonexistent/hook")
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    daemon.wait_for_log("the hook 'opened' failed")
    daemon.wait_for_thread(ts).call("Resolve")
    daemon.wait_for_log("the hook 'resolved' cannot be run")


def test_a_program_that_hangs_is_ended(slack, hurried):
    hurried.settings["hooks"] = {"opened": "sleep 1000"}
    hurried.expect_complaint("the hook 'opened' was ended: it took too long")
    hurried.start()
    slack.post("mara", "support", "@oncall the export is wrong")
    hurried.wait_for_log("it took too long")


def test_a_program_that_runs_ends_with_the_daemon(slack, daemon, recorder):
    daemon.settings["hooks"] = {"opened": f"/bin/sh -c \"echo $$ > '{recorder.pipe}'; sleep 1000\""}
    daemon.start()
    slack.post("mara", "support", "@oncall the export is wrong")
    pid = int(os.read(recorder.reader, 100))
    assert os.path.exists(f"/proc/{pid}")
    daemon.stop()
    assert not os.path.exists(f"/proc/{pid}")
