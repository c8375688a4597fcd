# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What can befall the database while it is in use, and before: what was acked stays, what could not
be saved is not acked, and what is lost is said."""

import os
import resource
import sqlite3
import time
from contextlib import closing

import pytest

from oncallctl import PENDING

# Root writes to what is read-only, unless it gives that right away.
WITHOUT_PRIVILEGES = (["setpriv", "--bounding-set", "-dac_override"] if os.geteuid() == 0 else [])


def limit_files(daemon, size):
    """No file may grow beyond so many bytes, as if the disk were full."""
    resource.prlimit(daemon.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def test_a_full_disk_is_said_and_outlived(slack, popups, daemon):
    daemon.expect_complaint("cannot save: ")
    daemon.start()
    kept = slack.post("mara", "support", "@oncall the export is wrong")
    slack.wait_for_ack(ts=kept)
    mark = slack.seq()
    limit_files(daemon, 1)
    ts = slack.post("mara", "support", "@oncall the import is wrong")
    popups.wait_for("the import is wrong")
    notice = popups.wait_for("oncalld cannot save")
    assert str(daemon.state_directory / "oncalld.db") in notice.body
    daemon.wait_for(State="stale")
    assert "Nothing can be saved" in daemon["StateText"]
    assert slack.acks(mark) == []
    limit_files(daemon, resource.RLIM_INFINITY)
    slack.wait_for_ack(ts=ts)
    popups.wait_until_closed(notice)
    daemon.wait_for(State="connected")
    daemon.kill()
    daemon.start()
    daemon.wait_for_thread(kept, Number=1)
    daemon.wait_for_thread(ts, Number=2)
    assert sum("import" in popup.body for popup in popups.shown) == 1


@pytest.mark.parametrize("locked, named", [("state", "state"), ("state/oncalld.db",) * 2,
                                           ("new", "new/deep")])
def test_a_store_that_cannot_be_written_is_named_with_a_way_out(
        slack, popups, daemon, locked, named):
    daemon.wrapper = WITHOUT_PRIVILEGES
    daemon.start()
    kept = slack.post("mara", "support", "@oncall the export is wrong")
    slack.wait_for_ack(ts=kept)
    daemon.stop()
    (daemon.directory / "new").mkdir()
    path = daemon.directory / locked
    mode = path.stat().st_mode
    path.chmod(mode & 0o555)
    daemon.expect_complaint("make it writable, or keep the database elsewhere")
    if locked == "new":
        daemon.arguments[-1] = str(daemon.directory / named)
    daemon.launch()
    assert daemon.wait() == 1
    assert f"{daemon.directory / named}: Permission denied" in daemon.log[-1]
    ts = slack.post("mara", "support", "@oncall the import is wrong")
    path.chmod(mode)
    daemon.arguments[-1] = str(daemon.state_directory)
    daemon.start()
    daemon.wait_for_thread(kept, Number=1)
    daemon.wait_for_thread(ts, Number=2)


def test_a_wish_while_nothing_can_be_saved_waits_for_the_disk(slack, popups, daemon, oncallctl):
    daemon.expect_complaint("cannot save: ")
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    daemon.wait_for_thread(ts)
    limit_files(daemon, 1)
    oncallctl.output("claim", "1", "--queue", code=PENDING)
    daemon.wait_for(State="stale")
    assert slack.reactions("support", ts) == {}
    limit_files(daemon, resource.RLIM_INFINITY)
    slack.wait_for_reaction("support", ts, "eyes", user="jonas")


def test_a_database_damaged_in_use_is_set_aside_and_rebuilt_from_slack(
        slack, popups, daemon, oncallctl):
    daemon.expect_complaint("damaged")
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    slack.reply("aiko", "support", ts, "Having a look")
    daemon.wait_for_thread(ts, State="looking", Replies=1)
    daemon.stop()
    database = daemon.state_directory / "oncalld.db"
    with open(database, "r+b") as file:
        file.seek(0)
        file.write(b"This is no database. " * 10)
    daemon.start()
    daemon.wait_for_thread(ts, Level="urgent", State="looking", Replies=1)
    notice = popups.wait_for("oncalld's database was damaged")
    aside, = daemon.state_directory.glob("oncalld.db.damaged-*")
    assert str(aside) in notice.body and "snoozes" in notice.body
    aside.unlink()


def test_old_texts_are_wiped_and_their_space_given_back(slack, popups, daemon):
    daemon.settings["history"] = {"backfill": "90d", "keep-texts": "off"}
    slack.call("load", channel="support", messages=1000, threads=200, days=60)
    asked = time.time() - 80 * 86400
    ts = slack.post("mara", "support", "An open thread keeps its question", at=asked)
    for number in range(99):
        slack.reply("mara", "support", ts, "this long and old text is wiped " * 100,
                    at=asked + 1 + number)
    daemon.start()
    daemon.stop()

    path = daemon.state_directory / "oncalld.db"

    def ask(question):
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as store:
            return store.execute(question).fetchone()[0]

    old = f"SELECT count(*) FROM message WHERE text != '' AND ts < '{time.time() - 30 * 86400}'"
    everything, pages = ask("SELECT count(*) FROM message"), ask("PRAGMA page_count")
    assert everything == 1100 and ask(old) > 100
    daemon.settings["history"]["keep-texts"] = "30d"
    daemon.arguments += ["--debug-hurry=1000"]
    daemon.start()
    daemon.wait_for_log("the store is tidy")
    assert ask(old) == 0
    assert ask("SELECT count(*) FROM message") == everything
    daemon.stop()
    assert ask("PRAGMA page_count") < pages
