# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The real oncallctl against the daemon's own D-Bus code, with a played app behind it.

Needs ONCALLCTL and FAKE_DAEMON in the environment: the two programs.
"""

import json
import os
import re
import signal
import subprocess
import time
import unicodedata
from datetime import datetime

import pytest

from oncallctl import DONE, FAILED, NO_MATCH, PENDING, REFUSED, UNREACHABLE, USAGE
from played import FORBIDDEN, HOSTILE, Running
from waiting import DEADLINE

# The order of OncError, from NotFound to Failed.
ERRORS = [NO_MATCH, USAGE, FAILED, FAILED, REFUSED, REFUSED, FAILED, FAILED]


def width(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def numbers(output):
    return [int(line.split()[0]) for line in output.splitlines()]


# list


def test_no_verb_lists_what_needs_somebody_most_first(world):
    output = world.output()
    assert output == world.output("list")
    lines = output.splitlines()
    assert lines[0].split() == ["#", "LEVEL", "AGE", "CHANNEL", "ASKER", "LOOKING", "DUE", "TEXT"]
    assert numbers("\n".join(lines[1:4])) == [9, 7, 8]
    assert lines[1].split()[:3] == ["9", "emergency", "1min"]
    assert "C009" in lines[1] and "#C009" not in lines[1]
    assert "Bea, 王小明 (pending)" in lines[1]
    assert lines[2].split()[:6] == ["7", "urgent", "12min", "#support", "Ada", "Lovelace"]
    assert "@Bea the *export* is <wrong> again, and so on" in lines[2]
    assert lines[3].split()[:3] == ["8", "question", "2h"]
    assert lines[4:] == ["", "3 threads."]


def test_list_says_when_the_next_update_is_due(world):
    world.do("promise", 7, "1700000000.000200", "U002", 60, 45 * 60 + 59, "running", "in 45 minutes")
    world.do("promise", 7, "1700000000.000300", "U003", 60, 90 * 60, "running", "in 90 minutes")
    world.do("promise", 8, "1700000001.000200", "U002", 7000, -121, "overdue", "in an hour")
    world.do("promise", 9, "1700000002.000200", "U002", 60, 30, "kept", "in a minute")
    lines = world.output("list").splitlines()
    begin, end = lines[0].index("DUE"), lines[0].index("TEXT")
    assert lines[1][begin - 4:end - 4].strip() == ""  # two names there take two columns a letter
    assert lines[2][begin:end].strip() == "in 45min"
    assert lines[3][begin - 3:end - 3].strip() == "overdue 2min"


def test_of_the_equally_urgent_the_longest_waiting_comes_first(world):
    for number, age in ((11, 5000), (12, 10), (13, 600)):
        world.do("thread", number, "urgent", "new", "C001", f"17000000{number}.000100", "U001", age,
                 "")
    assert numbers(world.output("list", "--no-legend")) == [9, 11, 7, 13, 12, 8]


def test_list_shows_closed_threads_when_asked(world):
    world.do("thread", 4, "emergency", "dismissed", "C001", "1500000000.000100", "U001", 99000, "")
    lines = world.output("list", "--all", "--no-legend").splitlines()
    assert numbers("\n".join(lines)) == [9, 7, 8, 5, 4]
    assert lines[3].split()[:4] == ["5", "urgent", "resolved", "1d"]
    assert numbers(world.output("list", "--state", "closed", "--no-legend")) == [5, 4]


@pytest.mark.parametrize("options, expected", [
    (["--level", "urgent"], [7]),
    (["--level=emergency"], [9]),
    (["--tag", "bug"], [9]),
    (["--since", "1h"], [9, 7]),
    (["--since", "1w"], [9, 7, 8]),
    (["--since", "2020-01-31"], [9, 7, 8]),
    (["--since", "2020-01-31 14:00", "--level", "question"], [8]),
    (["--since", "2020-01-31T14:00:00+01:00"], [9, 7, 8]),
    (["--limit", "2"], [9, 7]),
    (["--limit", "9"], [9, 7, 8]),
    (["--limit=1", "--level", "question"], [8]),
])
def test_list_filters(world, options, expected):
    assert numbers(world.output("list", "--no-legend", *options)) == expected
    assert numbers(world.output("--no-legend", *options)) == expected
    assert numbers(world.output(*options, "list", "--no-legend")) == expected


def test_a_limited_list_says_that_there_are_more(world):
    assert world.output("list", "--limit=1").splitlines()[-1] == "1 thread, and there are more."
    assert world.output("list", "--limit=2").splitlines()[-1] == "2 threads, and there are more."
    assert world.output("list", "--limit=3").splitlines()[-1] == "3 threads."


@pytest.mark.parametrize("limit", ["0", "-1", "few", "4294967296"])
def test_a_limit_is_a_number_of_threads(world, limit):
    assert world.output("list", f"--limit={limit}", code=USAGE) == ""


def test_json_holds_the_same_threads_in_the_same_order(world):
    expected = numbers(world.output("list", "--all", "--no-legend"))
    for mode in ("short", "pretty"):
        threads = json.loads(world.output("list", "--all", f"--json={mode}"))
        assert [thread["number"] for thread in threads] == expected
    assert json.loads(world.output("list", "--json", "--mine", code=NO_MATCH)) == []


def test_json_and_a_template_exclude_each_other(world):
    for verb in (["list"], ["show", "7"], ["mine"], ["monitor"], ["status"]):
        assert "exclude" in world.complaint(*verb, "--json", "--format", "x", code=USAGE)


def test_list_shows_what_is_mine(world):
    assert world.output("list", "--mine", "--no-legend", code=NO_MATCH) == ""
    world.output("claim", "7")
    assert numbers(world.output("list", "--mine", "--no-legend")) == [7]


def test_an_empty_answer_is_a_failure_only_to_a_question(bus):
    bus.start_daemon()
    assert bus.output("list") == "No threads.\n"
    assert bus.output("list", "--no-legend") == ""
    assert bus.output("list", "--json") == "[]\n"
    assert bus.output("list", "--level", "urgent", code=NO_MATCH) == "No threads.\n"


def test_quiet_prints_nothing(world):
    assert world.output("link", "7", "-q") == ""
    assert world.output("list", "-q") == ""
    assert world.output("--quiet", "show", "7") == ""
    assert world.output("status", "--quiet") == ""
    assert world.run("resolve", "7", "--queue", "-q").stderr == ""


def test_a_pipe_gets_every_text_whole(world):
    lines = world.output("list").splitlines()
    assert lines[2].endswith("and so on and so on")
    assert all(line == line.rstrip() for line in lines)


@pytest.mark.parametrize("columns", [200, 80, 60, 50])
def test_no_line_is_wider_than_the_terminal(world, columns):
    lines = world.on_terminal("list", "--all", columns=columns, environment={"NO_COLOR": "1"})
    assert lines[0].startswith("#") and len(lines) == 7
    assert all(width(line) <= columns for line in lines)
    # The columns stand under their headings, wide characters or not.
    position = width(lines[0][:lines[0].index("TEXT")])
    texts = []
    for line in lines[1:5]:
        cut = next(i for i in range(len(line)) if width(line[:i]) == position)
        texts.append(line[cut:cut + 2])
    assert texts == ["ru", "@B", "为什", "ol"]


def test_whatever_is_cut_says_so(world):
    whole = world.output("list", "--all", "--no-legend").splitlines()
    for columns in (60, 40):
        lines = world.on_terminal("list", "--all", "--no-legend", columns=columns,
                                  environment={"NO_COLOR": "1"})
        assert all(width(line) <= columns for line in lines)
        for line, words in zip(lines, (line.split() for line in whole)):
            assert all(word in words or "…" in word for word in line.split())


def test_characters_that_the_library_does_not_know_are_shown(world):
    world.do("thread", 10, "urgent", "new", "C001", "1700000010.000100", "U001", 1, "new \U0001fae9")
    for lines in (world.output("list").splitlines(),
                  world.on_terminal("list", environment={"NO_COLOR": "1"})):
        assert any(line.endswith(" new \U0001fae9") for line in lines)


@pytest.mark.parametrize("columns", [1, 2, 16])
def test_a_terminal_can_be_too_narrow_for_anything(world, columns):
    for arguments in (["list"], ["config"], ["mine"], ["show", "9"], ["status"]):
        assert world.on_terminal(*arguments, columns=columns)


def test_the_longest_texts_give_way_and_say_so(world):
    lines = world.on_terminal("list", columns=80, environment={"NO_COLOR": "1"})
    assert "#support" in lines[2] and "Ada Lovelace" in lines[2] and lines[2].endswith("…")
    assert "Bea, 王小明 (pending)" in world.on_terminal("list", columns=110)[1]
    wide = world.on_terminal("list", columns=400, environment={"NO_COLOR": "1"})
    assert wide[2].endswith("and so on and so on")


def test_a_narrow_terminal_cuts_the_configuration(world):
    lines = world.on_terminal("config", columns=60)
    assert all(width(line) <= 60 for line in lines)


def test_only_a_terminal_gets_colours(world):
    def coloured(lines):
        return any("\x1b[" in line for line in lines)

    assert coloured(world.on_terminal("list"))
    assert coloured(world.on_terminal("show", "9"))
    assert coloured(world.on_terminal("list", environment={"NO_COLOR": ""}))
    assert not coloured(world.on_terminal("list", environment={"NO_COLOR": "1"}))
    assert not coloured(world.on_terminal("list", environment={"TERM": "dumb"}))
    assert not coloured(world.on_terminal("show", "9", environment={"NO_COLOR": "1"}))
    assert not coloured(world.output("list").splitlines())


@pytest.mark.parametrize("arguments", [
    ["list"], ["list", "--json=short"], ["list", "--json=pretty"], ["show", "9"],
    ["show", "9", "--json=pretty"],
])
def test_a_message_sends_no_commands_to_the_terminal(world, arguments):
    lines = world.on_terminal(*arguments, columns=400, environment={"NO_COLOR": "1"})
    assert not FORBIDDEN.search("".join(lines).replace("\t", ""))
    if "--json" in arguments[-1]:
        answer = json.loads("\n".join(lines))
        assert (answer if "show" in arguments else answer[0])["text"] == HOSTILE
    else:
        assert "run ␛[31mred␛]0;title␇ <9B>31m ␡" in "".join(lines)


def test_a_name_sends_no_commands_to_the_terminal(world):
    world.do("thread", 10, "urgent", "new", "C001", "1700000010.000100", "U004", 1, "")
    world.do("looker", 10, "U004", 60, "pending")
    for output in (world.output("list"), world.output("show", "10"),
                   world.run("claim", "10").stderr):
        assert "Eve␛[31m" in output
        assert not FORBIDDEN.search(output)


def test_a_terminal_gets_a_pager(world, tmp_path):
    page = tmp_path / "page"
    environment = {"PAGER": f"tee '{page}'", "NO_COLOR": "1"}
    assert world.on_terminal("list", environment=environment)[-1] == "3 threads."
    assert page.read_text().splitlines()[-1] == "3 threads."
    page.unlink()
    world.on_terminal("list", "--no-pager", environment=environment)
    world.output("list", environment=environment)
    assert not page.exists()
    world.on_terminal("list", environment={**environment, "TERM": "dumb"})
    assert not page.exists()
    assert world.on_terminal("show", "5", environment={"PAGER": "/nonexistent"})[-1] == "    old"


def test_an_empty_name_of_a_pager_is_none(world, tmp_path):
    less = tmp_path / "less"
    less.write_text("#!/bin/sh\necho paged\n")
    less.chmod(0o755)
    environment = {"PATH": f"{tmp_path}:{world.environment['PATH']}"}
    assert world.on_terminal("show", "5", environment={**environment, "PAGER": ""})[-1] == "    old"


@pytest.mark.parametrize("arguments", [
    ["list"], ["list", "--json"], ["show", "9"], ["config"], ["--help"], ["monitor"],
    ["status", "--follow"],
])
def test_what_cannot_be_written_is_a_failure(world, arguments):
    world.do("fill", 100)
    with open("/dev/full", "w") as full:
        result = world.run(*arguments, stdout=full)
    assert result.returncode == FAILED
    assert result.stderr == "oncallctl: Standard output cannot be written\n"


def test_no_connection_is_taken_for_standard_output(world):
    result = subprocess.run(["sh", "-c", 'exec "$0" list >&-', world.program], text=True,
                            stderr=subprocess.PIPE, env=world.environment, timeout=DEADLINE)
    assert result.returncode == FAILED
    assert result.stderr == "oncallctl: Standard output cannot be written\n"


@pytest.mark.parametrize("arguments", [["monitor"], ["status", "--follow"]])
def test_whoever_follows_ends_when_nobody_reads_any_more(world, arguments):
    follower = Running(world, *arguments)
    follower.line()
    follower.process.stdout.close()
    assert follower.process.wait(DEADLINE) == -signal.SIGPIPE
    assert follower.process.stderr.read() == b""
    follower.process.stderr.close()


def test_a_reader_that_leaves_is_no_error(world):
    for arguments in (["list"], ["monitor"]):
        reader, writer = os.pipe()
        os.close(reader)
        result = world.run(*arguments, stdout=writer)
        os.close(writer)
        assert result.returncode == -signal.SIGPIPE
        assert result.stderr == ""


@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8", "xx_XX"])
def test_any_locale_gets_utf8(world, locale):
    environment = {"LC_ALL": locale}
    assert "为什么" in world.output("list", environment=environment)
    assert "王小明" in world.output("show", "8", environment=environment)
    assert "为什么" in world.output("list", "--json", environment=environment)


def test_a_stale_rota_says_so(world):
    world.do("link", "stale", "Slack has been silent", 3600)
    world.do("pending", 2)
    for output in (world.output("list"), world.output("show", "7")):
        assert re.search(r"\nSlack: Slack has been silent\nThis may be out of date since .+\.\n"
                         r"2 writes are pending\.\n$", output)
    assert "silent" not in world.output("list", "--no-legend")


# JSON


def test_json_has_the_properties_in_snake_case(world):
    threads = json.loads(world.output("list", "--json"))
    assert [thread["number"] for thread in threads] == [9, 7, 8]
    thread = threads[0]
    assert set(thread) == {
        "number", "workspace", "channel", "channel_name", "timestamp", "permalink", "asker",
        "asker_name", "text", "level", "state", "lookers", "categories", "opened",
        "first_response", "last_activity", "replies", "promises", "next_due", "needed_by",
        "snoozed_until"}
    assert thread["text"] == HOSTILE
    assert thread["categories"] == ["bug"]
    assert thread["first_response"] is None
    assert [looker["name"] for looker in thread["lookers"]] == ["Bea", "王小明"]
    assert thread["lookers"][0]["how"] == "reaction"
    for moment in (thread["opened"], thread["lookers"][0]["since"]):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+05:45", moment)
    age = datetime.now().astimezone() - datetime.fromisoformat(thread["opened"])
    assert 61 <= age.total_seconds() < 61 + DEADLINE
    assert json.loads(world.output("show", "9", "--json")) == thread


def test_json_is_short_or_pretty(world):
    short = world.output("show", "7", "--json=short")
    pretty = world.output("show", "7", "--json=pretty")
    assert short.count("\n") == 1
    assert pretty.count("\n") > 17
    assert json.loads(short) == json.loads(pretty)
    # Without a mode it is what the reader can use; and it takes no argument for its mode.
    assert world.output("show", "--json", "7") == short
    assert world.output("--json", "show", "7") == short
    assert len(world.on_terminal("show", "--json", "7")) > 17
    assert "long" in world.complaint("show", "7", "--json=long", code=USAGE)


# show and link


@pytest.mark.parametrize("reference", [
    "7", "C001/1700000000.000100", "support/1700000000.000100", "#support/1700000000.000100",
    "support/1700000000", "C001/1700000000.0", "#support/1700000000.0001",
    "https://example.slack.com/archives/C001/p1700000000000100",
])
def test_a_thread_can_be_named_in_many_ways(world, reference):
    assert json.loads(world.output("show", reference, "--json"))["number"] == 7


@pytest.mark.parametrize("reference, code", [
    ("6", NO_MATCH), ("support/17", NO_MATCH), ("support/18", NO_MATCH),
    ("C001/1700000000.000101", NO_MATCH), ("support/1600000000", NO_MATCH), ("7x", USAGE),
    ("", USAGE), ("https://example.slack.com/", USAGE),
])
def test_what_names_no_thread_or_two_is_refused(world, reference, code):
    world.complaint("claim", reference, code=code)
    assert "act" not in world.last_call()


def test_show_tells_all(world):
    output = world.output("show", "9")
    for expected in ("Thread: 9\n", "Level: emergency\n", "State: looking\n", "Channel: C009\n",
                     "Asker: Ada Lovelace\n", "Categories: bug\n", "Replies: 0\n",
                     "Link: https://example.slack.com/archives/C009/p1700000002000100\n"):
        assert expected in output
    assert re.search(r"Opened: .*\d\d:\d\d, 1min ago\n", output)
    assert re.search(r"Looking: Bea since .*\d\d:\d\d \(reaction\), 王小明 since .* \(pending\)\n",
                     output)
    assert "First response" not in output
    assert "\n    @Bea the *export* is <wrong>\n    again, and so on" in world.output("show", "7")


def test_show_does_not_make_up_since_when_somebody_looks(world):
    world.do("looker", 8, "U002", -1, "reaction")
    assert "Looking: Bea (reaction)\n" in world.output("show", "8")
    assert json.loads(world.output("show", "8", "--json"))["lookers"][0]["since"] is None


def test_show_tells_of_promises_and_deadlines(world):
    world.do("promise", 7, "1700000000.000200", "U002", 60, 45 * 60 + 59, "running", "in 45 minutes")
    world.do("promise", 7, "1700000000.000300", "U003", 600, -300, "kept", "")
    world.do("promise", 7, "1700000000.000400", "U001", 600, 300, "paused", HOSTILE)
    world.do("needed", 7, 9000)
    world.do("snoozed", 7, 20 * 60 + 59)
    output = world.output("show", "7")
    clock = r"(?:\w+ \d+ \w+ )?\d\d:\d\d"
    assert re.search(rf"Promise: Bea by {clock} \(in 45min\): “in 45 minutes”\n", output)
    assert re.search(rf"Promise: 王小明 by {clock} \(kept\)\n", output)
    assert re.search(rf"Promise: Ada Lovelace by {clock} \(paused\): “run ␛\[31m", output)
    assert re.search(rf"Needed by: {clock}, in 2h\n", output)
    assert re.search(rf"Snoozed until: {clock}, in 20min\n", output)
    assert not FORBIDDEN.search(output)
    first = json.loads(world.output("show", "7", "--json"))["promises"][0]
    due = datetime.fromisoformat(first.pop("due"))
    assert 44 * 60 < (due - datetime.now().astimezone()).total_seconds() <= 45 * 60 + 59
    assert first.pop("span") == 46 * 60 + 59
    assert first == {"id": "1700000000.000200", "by": "U002", "by_name": "Bea",
                     "state": "running", "text": "in 45 minutes", "source": "message"}


def test_link_prints_the_permalink(world):
    permalink = "https://example.slack.com/archives/C001/p1700000000000100"
    assert world.output("link", "7") == permalink + "\n"
    assert json.loads(world.output("link", "7", "--json")) == {"number": 7, "permalink": permalink}


# Acting


@pytest.mark.parametrize("arguments, call", [
    (["claim", "7"], "act 7 claim"),
    (["release", "7"], "act 7 release"),
    (["reply", "7", "on", "it <now>"], "act 7 reply on it <now>"),
    (["reply", "7", "--", "--queue"], "act 7 reply --queue"),
    (["resolve", "7"], "act 7 resolve"),
    (["reopen", "5"], "act 5 reopen"),
    (["tag", "7", "bug"], "act 7 tag bug"),
    (["tag", "7", "data", "bug"], "act 7 tag bug"),
    (["untag", "5", "bug"], "act 5 untag bug"),
    (["dismiss", "7"], "act 7 dismiss"),
    (["reload"], "reload"),
    (["level", "7", "emergency"], "act 7 set-level emergency"),
    (["open", "7"], "open 7"),
    (["handover", "7", "U002"], "act 7 hand-over U002"),
    (["handover", "7", "Ada", "Lovelace"], "act 7 hand-over U001"),
    (["unsnooze", "7"], "act 7 unsnooze"),
    (["needed", "7", "none"], "act 7 set-needed-by never"),
])
def test_verbs_act(world, arguments, call):
    result = world.run(*arguments)
    assert (result.returncode, result.stdout, result.stderr) == (DONE, "", "")
    assert world.last_call() == call


@pytest.mark.parametrize("arguments, call", [
    (["claim", "7"], "act 7 claim queue"),
    (["release", "7"], "act 7 release queue"),
    (["reply", "7", "on it"], "act 7 reply queue on it"),
    (["resolve", "7"], "act 7 resolve queue"),
    (["reopen", "5"], "act 5 reopen queue"),
    (["extend", "7", "15m"], "act 7 extend queue 15min"),
    (["handover", "7", "Bea"], "act 7 hand-over queue U002"),
])
def test_what_is_queued_exits_as_pending(world, arguments, call):
    result = world.run(*arguments, "--queue")
    assert result.returncode == PENDING
    assert result.stderr == "Slack has not confirmed it yet; oncalld keeps trying.\n"
    assert world.last_call() == call


def test_only_what_writes_to_slack_can_be_queued(world):
    for arguments in (["level", "7", "urgent"], ["open", "7"], ["show", "7"], ["list"],
                      ["snooze", "7", "1h"], ["unsnooze", "7"], ["needed", "7", "1h"], ["mine"]):
        assert "--queue" in world.complaint(*arguments, "--queue", code=USAGE)


def test_a_reply_can_come_from_standard_input(world, tmp_path):
    text = tmp_path / "text"
    text.write_bytes("Erste Zeile\n  “zweite”".encode())
    with text.open() as stdin:
        world.output("reply", "7", "-", stdin=stdin)
    assert world.last_call() == "act 7 reply Erste Zeile"
    for unreadable in (b"caf\xe9", b"nul\0", b"\xff"):
        text.write_bytes(unreadable)
        with text.open() as stdin:
            assert "UTF-8" in world.complaint("reply", "7", "-", code=USAGE, stdin=stdin)


def test_what_never_ends_is_no_reply(world):
    with subprocess.Popen(["yes"], stdout=subprocess.PIPE) as endless:
        assert "too long" in world.complaint("reply", "7", "-", code=USAGE, stdin=endless.stdout)
        endless.terminate()
    assert "reply" not in world.last_call()


@pytest.mark.parametrize("error", range(len(ERRORS)))
def test_errors_become_exit_codes(world, error):
    world.do("answer", error, "Slack says no \x1b[31m")
    assert world.complaint("claim", "7", code=ERRORS[error]) == (
        "oncallctl: Slack says no ␛[31m\n")


def test_a_claimer_hears_who_is_looking_as_well(world):
    result = world.run("claim", "9")
    assert result.returncode == DONE
    assert result.stderr == "Looking as well: Bea, 王小明 (pending)\n"
    assert world.run("claim", "8").stderr == ""
    world.do("answer", 2, "Thread 9 is yours already")
    assert world.complaint("claim", "9", code=FAILED) == "oncallctl: Thread 9 is yours already\n"


# Time: promise, extend, handover, snooze, needed


@pytest.mark.parametrize("when, minutes", [
    ("30m", 30), ("45", 45), ("1h30", 90), ("2h", 120), ("90min", 90), ("half an hour", 30),
])
def test_a_promise_is_made_by_a_length_of_time(world, when, minutes):
    result = world.run("promise", "7", when)
    assert (result.returncode, result.stdout) == (DONE, "")
    assert world.last_call() == f"act 7 promise {minutes}min "
    assert re.fullmatch(r"Promised by (?:\w+ \d+ \w+ )?\d\d:\d\d \(in (?:\d+min|\dh)\)\n",
                        result.stderr)


@pytest.mark.parametrize("when", ["14:30", "tomorrow 9:00", "Mon 10:00", "eod"])
def test_a_promise_is_made_by_a_clock_time(world, when):
    for arguments in (["promise", "7", when], ["promise", "7", *when.split()]):
        assert "Promised by" in world.run(*arguments).stderr
        minutes = int(re.fullmatch(r"act 7 promise (\d+)min ", world.last_call())[1])
        assert 0 <= minutes <= 8 * 24 * 60


def test_a_promise_can_say_more(world):
    world.output("promise", "7", "1h30", "it", "is the", "cache")
    assert world.last_call() == "act 7 promise 90min it is the cache"
    world.output("reply", "7", "it is", "the cache", "--promise", "30m")
    assert world.last_call() == "act 7 promise 30min it is the cache"
    world.output("reply", "7", "--promise=30m", "--queue", "--", "--sorry", code=PENDING)
    assert world.last_call() == "act 7 promise queue 30min --sorry"


@pytest.mark.parametrize("verb", ["promise", "snooze", "needed"])
@pytest.mark.parametrize("when", ["soon", "yesterday", "0m", "99999999999h"])
def test_what_is_no_time_to_come_is_refused(world, verb, when):
    world.complaint(verb, "7", "--", when, code=USAGE)
    assert "act" not in world.last_call()


def test_a_promise_can_be_put_off(world):
    world.do("promise", 7, "1700000000.000200", "U000", 60, 25 * 60 + 59, "running", "in 25 minutes")
    result = world.run("extend", "7", "1h30")
    assert (result.returncode, result.stdout) == (DONE, "")
    assert world.last_call() == "act 7 extend 90min"
    # What the thread says then, and the fake daemon has not moved it.
    assert re.fullmatch(r"Promised by .*\d\d:\d\d \(in 25min\)\n", result.stderr)
    world.complaint("extend", "7", "a while", code=USAGE)


def test_nobody_known_gets_no_promise(world):
    assert "Zoe" in world.complaint("handover", "7", "Zoe", code=NO_MATCH)
    assert "act" not in world.last_call()


def test_a_snooze_says_until_when(world):
    result = world.run("snooze", "7", "45m")
    assert re.fullmatch(r"Snoozed until .*\d\d:\d\d \(in 4[45]min\)\n", result.stderr)
    assert world.last_call() == "act 7 snooze 45min"
    assert world.run("snooze", "7", "tomorrow", "9:00", "-q").stderr == ""


def test_needed_says_by_when(world):
    result = world.run("needed", "7", "2h")
    assert re.fullmatch(r"Needed by .*\d\d:\d\d \(in (?:2h|1h)\)\n", result.stderr)
    assert world.last_call() == "act 7 set-needed-by 120min"


# mine


def test_mine_shows_what_one_asked_and_promised(world):
    assert world.output("mine") == ("No question of yours is open.\n\n"
                                    "No promise of yours is open.\n")
    world.do("thread", 11, "question", "new", "C001", "1700000011.000100", "U000", 300, "And mine?")
    world.do("thread", 12, "urgent", "new", "C001", "1700000012.000100", "U000", 600, "Mine too")
    world.do("looker", 11, "U002", 60, "reaction")
    world.do("promise", 11, "1700000011.000200", "U002", 60, 20 * 60 + 59, "running", "in 20 min")
    world.do("promise", 7, "1700000000.000200", "U000", 60, 90 * 60 + 30, "running", "in 90 min")
    world.do("promise", 9, "1700000002.000200", "U000", 600, -121, "overdue", "in 7 min")
    world.do("promise", 8, "1700000001.000200", "U000", 600, -60, "kept", "in 9 min")
    output = world.output("mine")
    questions, promises = output.split("\n\n")
    assert re.match(r"Your questions:\n *# ", questions)
    assert sorted(numbers("\n".join(questions.splitlines()[2:]))) == [11, 12]
    assert re.search(r"11\s+question\s+5min\s+Bea\s+in 20min\s+And mine\?", questions)
    assert re.search(r"12\s+urgent\s+10min\s+nobody yet\s+Mine too", questions)
    assert re.match(r"Your promises:\n *# ", promises)
    assert numbers("\n".join(promises.splitlines()[2:])) == [9, 7]
    assert re.search(r"9\s+emergency\s.*overdue 2min", promises)

    answer = json.loads(world.output("mine", "--json"))
    assert sorted(question["number"] for question in answer["questions"]) == [11, 12]
    assert [(promise["number"], promise["level"], promise["state"], promise["by"])
            for promise in answer["promises"]] == [(9, "emergency", "overdue", "U000"),
                                                   (7, "urgent", "running", "U000")]
    assert numbers(world.output("mine", "--no-legend")) != []
    assert world.output("mine", "-q") == ""


# parse


def parsed(world, *arguments, **options):
    return [json.loads(line) for line in world.output("parse", *arguments, **options).splitlines()]


BERLIN = ["--now", "2026-11-23T14:00:00+01:00", "--timezone", "Europe/Berlin"]


def test_parse_needs_no_daemon_and_no_bus(bus):
    environment = {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={bus.directory}/none",
                   "ONCALLD": os.environ["ONCALLD"]}
    answers = parsed(bus, *BERLIN, "give me 30 minutes", "can you send it by 3pm?", "hello",
                     "I'll get back to you soon", environment=environment)
    assert [list(answer) for answer in answers] == [["kind", "due", "matched", "reason"]] * 4
    assert [answer["kind"] for answer in answers] == ["promise", "request", "none", "promise"]
    assert [answer["due"] for answer in answers] == [
        "2026-11-23T14:30:00+01:00", "2026-11-23T15:00:00+01:00", None, None]
    assert answers[0]["matched"] == "30 minutes" and answers[2]["matched"] is None
    assert all(answer["reason"] for answer in answers)


def test_parse_reads_lines(bus, tmp_path):
    text = tmp_path / "lines"
    text.write_bytes("give me half an hour\n\nbis sp\xe4ter \xff\nETA 45 min".encode("latin-1"))
    environment = {"ONCALLD": os.environ["ONCALLD"]}
    with text.open() as stdin:
        answers = parsed(bus, *BERLIN, stdin=stdin, environment=environment)
    assert [answer["kind"] for answer in answers] == ["promise", "none", "none", "promise"]
    assert answers[3]["due"] == "2026-11-23T14:45:00+01:00"


def test_parse_reads_tables(bus, tmp_path):
    table = tmp_path / "table"
    table.write_text("2026-11-23T14:00:00+01:00\tEurope/Berlin\tHi!\\ngive me 30 minutes\n"
                     "2026-07-01T08:00:00Z\tAmerica/New_York\tI'll have it by 3pm\n")
    environment = {"ONCALLD": os.environ["ONCALLD"]}
    with table.open() as stdin:
        answers = parsed(bus, "--tsv", "--json", stdin=stdin, environment=environment)
    assert [answer["due"] for answer in answers] == [
        "2026-11-23T14:30:00+01:00", "2026-07-01T15:00:00-04:00"]


@pytest.mark.parametrize("now, zone, due", [
    ("0001-01-01T00:00:00Z", "+05:45", "0001-01-01T05:50:00+05:45"),
    ("1970-01-01T00:00:00Z", "UTC", "1970-01-01T00:05:00+00:00"),
    ("9999-12-31T23:59:59Z", "Asia/Tokyo", None),
])
def test_parse_knows_all_years(bus, now, zone, due):
    environment = {"ONCALLD": os.environ["ONCALLD"], "G_DEBUG": "fatal-criticals"}
    answers = parsed(bus, "--now", now, "--timezone", zone, "give me 5 minutes",
                     "give me 99999999999999999999 hours", "by next week", environment=environment)
    assert answers[0]["due"] == due and answers[1]["due"] is None


@pytest.mark.parametrize("arguments, code", [
    (["--tsv", "no tabs"], FAILED),
    (["--tsv", "then\tEurope/Berlin\tx"], FAILED),
    (["--tsv", "2026-07-01T08:00:00Z\tMars/Phobos\tx"], FAILED),
    (["--now", "now", "x"], USAGE),
    (["--now", "2026-13-01T00:00:00Z", "x"], USAGE),
    (["--timezone", "Mars/Phobos", "x"], USAGE),
    (["--timezone", "../../../etc/passwd", "x"], USAGE),
    (["--timezone", "/dev/zero", "x"], USAGE),
    (["--timezone", "leapseconds", "x"], USAGE),
    (["--timezone", "+VERSION", "x"], USAGE),
    (["--timezone", "", "x"], USAGE),
    (["--json=pretty", "x"], USAGE),
    (["--json=long", "x"], USAGE),
    (["--queue", "x"], USAGE),
])
def test_what_parse_cannot_use_is_named(bus, arguments, code):
    bus.complaint("parse", *arguments, code=code, environment={"ONCALLD": os.environ["ONCALLD"]})


def test_parse_names_a_missing_daemon(bus):
    assert "/nonexistent" in bus.complaint("parse", "x", code=FAILED,
                                           environment={"ONCALLD": "/nonexistent"})


def test_config_tells_where_each_value_comes_from(world):
    lines = world.output("config").splitlines()
    assert lines[0].split() == ["GROUP", "KEY", "VALUE", "FROM"]
    assert lines[1].split() == ["slack", "channels", "#support", "/etc/xdg/oncalld.conf"]
    assert lines[2].split() == ["hours", "timezone", "built", "in"]
    assert json.loads(world.output("config", "--json"))[0] == {
        "group": "slack", "key": "channels", "value": "#support",
        "origin": "/etc/xdg/oncalld.conf"}
    assert json.loads(world.output("config", "--json"))[1]["origin"] is None


def test_a_refused_configuration_is_told(world):
    world.do("answer", 6, "oncalld.conf: [slack] chanels: there is no such key")
    assert world.complaint("reload", code=FAILED) == (
        "oncallctl: oncalld.conf: [slack] chanels: there is no such key\n")


# status


@pytest.mark.parametrize("link, threads, word", [
    ("connected", [], "idle"),
    ("connected", ["question"], "open"),
    ("connected", ["question", "urgent"], "urgent"),
    ("connected", ["urgent", "emergency"], "emergency"),
    ("connecting", ["question"], "stale"),
    ("stale", [], "stale"),
    ("stale", ["urgent"], "urgent"),
    ("offline", ["question"], "offline"),
    ("offline", ["emergency"], "emergency"),
    ("denied", [], "offline"),
    ("unconfigured", [], "offline"),
])
def test_status_is_one_word(bus, link, threads, word):
    bus.start_daemon()
    bus.do("link", link, "", 0)
    for number, level in enumerate(threads, 1):
        bus.do("thread", number, level, "new", "C001", f"170000000{number}.000100", "U001", 1, "")
    assert bus.output("status") == word + "\n"
    assert json.loads(bus.output("status", "--json"))["status"] == word


def test_what_is_overdue_presses_more_than_what_is_urgent(world):
    world.do("promise", 7, "1700000000.000200", "U002", 600, -300, "overdue", "in 5 minutes")
    assert world.output("status") == "emergency\n"
    world.do("state", 9, "resolved")
    assert world.output("status") == "overdue\n"
    status = json.loads(world.output("status", "--json"))
    assert (status["overdue_count"], status["next_due_thread"]) == (1, "/org/oncalld1/thread/7")
    assert status["next_due"].endswith("+05:45")


def test_status_as_json_has_the_managers_properties(world):
    world.do("on-call", "Ada Lovelace", "Bea")
    world.do("link", "stale", "Slack is silent", 60)
    world.do("pending", 1)
    status = json.loads(world.output("status", "--json"))
    assert re.fullmatch(r"\d{4}-.*\+05:45", status.pop("stale_since"))
    assert status == {
        "version": world.output("--version").split()[1], "state": "stale",
        "state_text": "Slack is silent", "pending_writes": 1, "on_call": True,
        "on_call_members": ["Ada Lovelace", "Bea"], "open_count": 3, "unclaimed_count": 2,
        "urgent_count": 1, "emergency_count": 1, "overdue_count": 0, "next_due": None,
        "next_due_thread": None, "me": ["U000"], "paused_until": None, "last_event": None,
        "lag": 0, "status": "emergency"}


# pause


def test_a_pause_is_told_at_once_and_with_every_list(world):
    assert re.fullmatch(r"Popups are paused until .*\d\d:\d\d \(in (59min|1h)\)\.\n",
                        world.run("pause", "1h").stderr)
    assert "Popups are paused until " in world.output("list")
    assert world.run("pause").stderr == "Popups are paused until you resume.\n"
    assert "Popups are paused until you resume.\n" in world.output("show", "7")
    assert "paused" not in world.output("list", "--no-legend")
    assert world.run("pause", "-q").stderr == ""
    # A script reads the year, which has four digits.
    assert datetime.fromisoformat(
        json.loads(world.output("status", "--json"))["paused_until"]).year == 9999
    assert world.output("status", "--format", "{{paused_until|relative}}") == "∞\n"
    world.output("resume")
    assert "paused" not in world.output("list")


# Without a daemon


@pytest.mark.parametrize("arguments", [
    [], ["list", "--json"], ["show", "7"], ["claim", "7"], ["reply", "7", "x"], ["link", "7"],
    ["show", "support/17"],
])
def test_a_missing_daemon_is_named_with_its_cure(bus, arguments):
    # Were it activated by D-Bus, it would leave a trace.
    trace = bus.directory / "started"
    (bus.directory / "services" / "org.oncalld1.service").write_text(
        f"[D-BUS Service]\nName=org.oncalld1\nExec=/usr/bin/touch {trace}\n")
    complaint = bus.complaint(*arguments, code=UNREACHABLE)
    assert "“systemctl --user start oncalld”" in complaint
    assert not trace.exists()


def test_status_without_a_daemon_is_offline(bus):
    result = bus.run("status")
    assert (result.returncode, result.stdout) == (UNREACHABLE, "offline\n")
    assert "systemctl --user start oncalld" in result.stderr
    assert json.loads(bus.run("status", "--json").stdout) == {"status": "offline"}


def test_a_missing_bus_is_an_unreachable_daemon(bus):
    environment = {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={bus.directory}/none"}
    assert "session bus" in bus.complaint("list", code=UNREACHABLE, environment=environment)
    assert "session bus" in bus.complaint("monitor", code=UNREACHABLE, environment=environment)


def test_a_daemon_that_ends_during_a_call_is_unreachable(world):
    world.do("hold")
    process = subprocess.Popen([world.program, "resolve", "7"], stderr=subprocess.PIPE, text=True,
                               env=world.environment)
    deadline = time.monotonic() + DEADLINE
    while world.last_call() != "act 7 resolve":
        assert time.monotonic() < deadline
    world.daemon.kill()
    world.daemon.wait(DEADLINE)
    world.daemon = None
    assert "has gone away" in process.communicate(timeout=DEADLINE)[1]
    assert process.returncode == UNREACHABLE


# Usage


def test_bytes_that_are_no_text_are_shown_as_such(world):
    for argument in (b"\xff", b"\xf0", b"list\xe2"):
        result = subprocess.run([world.program, argument], capture_output=True,
                                env=world.environment, timeout=DEADLINE)
        assert result.returncode == USAGE
        assert "�" in result.stderr.decode()
    environment = {**world.environment, "TZ": b"\xff"}
    assert subprocess.run([world.program, "list", "--json"], env=environment, timeout=DEADLINE,
                          stdout=subprocess.DEVNULL).returncode == DONE


@pytest.mark.parametrize("arguments, word", [
    (["snore"], "snore"),
    (["Claim", "7"], "Claim"),
    (["claim"], "REF"),
    (["claim", "7", "8"], "REF"),
    (["list", "7"], "list"),
    (["level", "7"], "LEVEL"),
    (["reply", "7"], "TEXT"),
    (["status", "--all"], "--all"),
    (["claim", "7", "--json"], "--json"),
    (["list", "--since", "tomorrow"], "tomorrow"),
    (["list", "--since", "-3h"], "-3h"),
    (["list", "--all", "--state", "new"], "--all"),
    (["list", "--level"], "--level"),
    (["list", "--level", "high"], "high"),
    (["list", "--state", "shut"], "shut"),
    (["--colour"], "--colour"),
    (["promise", "7"], "WHEN"),
    (["extend", "7"], "BY"),
    (["handover", "7"], "WHO"),
    (["snooze", "7"], "WHEN"),
    (["unsnooze"], "REF"),
    (["unsnooze", "7", "8"], "REF"),
    (["needed", "7"], "WHEN"),
    (["mine", "7"], "mine"),
    (["claim", "7", "--promise", "30m"], "--promise"),
    (["list", "--now", "x"], "--now"),
    (["monitor", "--json=pretty"], "pretty"),
    (["status", "--follow", "--json=pretty"], "pretty"),
    (["--format"], "--format"),
    (["--", "list"], "list"),
])
def test_wrong_usage_is_named(world, arguments, word):
    assert word in world.complaint(*arguments, code=USAGE)
    assert "act" not in world.last_call()


def test_help_names_every_verb_and_option(bus):
    output = bus.output("--help")
    assert output == bus.output("-h") == bus.output("--all", "-q", "--help")
    assert bus.output("-q", "--version") == bus.output("--version")
    verbs = re.findall(r"^  ([a-z]+)(?: \[?[A-Z]+…?\]?)* {2,}\S", output, re.MULTILINE)
    # The manual is compared with all of them elsewhere; see tests/lint/manuals.py.
    assert len(verbs) > 20 and verbs[0] == "list" and "unsnooze" in verbs
    for verb in verbs:
        text = bus.output(verb, "--help")
        assert f"oncallctl {verb} [OPTION…]" in text
        assert "--no-legend" in text
        assert ("--json" in text) == (verb in ("list", "show", "link", "status", "mine", "monitor",
                                               "parse", "config"))
        assert ("--queue" in text) == (verb in ("claim", "release", "reply", "promise", "extend",
                                                "handover", "resolve", "reopen", "tag", "untag"))
        assert ("--mine" in text) == (verb == "list")
        assert ("--promise" in text) == (verb == "reply")
        assert ("--timezone" in text) == (verb == "parse")
    assert all(width(line) <= 80 for line in output.splitlines())


# monitor


def test_monitor_tells_of_every_change(world):
    monitor = Running(world, "monitor", "--json")
    assert monitor.event()["running"] is True
    world.do("thread", 10, "urgent", "new", "C001", "1700000010.000100", "U001", 1, HOSTILE)
    appeared = monitor.event()
    assert (appeared["event"], appeared["number"]) == ("appeared", 10)
    assert appeared["properties"]["text"] == HOSTILE
    assert re.fullmatch(r"\d{4}-.*\+05:45", appeared["time"])
    counts = monitor.event()
    assert counts["event"] == "changed" and "number" not in counts
    assert counts["properties"]["open_count"] == 4
    world.do("alert", 10, "opened")
    alert = monitor.event()
    assert (alert["event"], alert["kind"], alert["level"]) == ("alert", "opened", "urgent")
    assert alert["properties"]["number"] == 10
    world.do("looker", 10, "U002", 5, "reply")
    changed = monitor.event()
    assert (changed["event"], changed["number"]) == ("changed", 10)
    assert set(changed["properties"]) == {"state", "lookers"}
    assert changed["properties"]["lookers"][0]["name"] == "Bea"
    assert "unclaimed_count" in monitor.event()["properties"]
    world.do("state", 10, "resolved")
    assert monitor.event()["properties"] == {"state": "resolved"}
    assert (gone := monitor.event())["event"] == "gone" and gone["number"] == 10
    assert monitor.end(signal.SIGINT) == (DONE, "")


def test_monitor_speaks_to_people(world):
    monitor = Running(world, "monitor")
    assert monitor.line().endswith("oncalld is running")
    world.do("alert", 9, "unclaimed")
    line = monitor.line()
    assert re.fullmatch(r"\d\d:\d\d:\d\d     9  unclaimed        emergency  Ada Lovelace: run "
                        r"␛\[31m.*", line)
    assert not FORBIDDEN.search(line)
    world.do("looker", 8, "U002", 5, "reply")
    assert {"State=looking", "Lookers=Bea"} <= set(monitor.line().split())
    assert monitor.line().endswith("UnclaimedCount=1")
    world.do("promise", 8, "1700000001.000200", "U002", 60, 45 * 60 + 59, "running", "in 45 min")
    line = monitor.line()
    assert re.search(r" Promises=Bea by .*\d\d:\d\d \(in 45min\)", line) and "NextDue=" in line
    assert "NextDueThread=8" in monitor.line()
    world.do("alert", 8, "promise-overdue", "1700000001.000200")
    assert re.search(r"     8  promise-overdue  question   Bea by .*\(in 45min\); 王小明: 为什么",
                     monitor.line())
    assert monitor.end(signal.SIGTERM) == (DONE, "")


def test_monitor_survives_a_restart_of_the_daemon(bus):
    monitor = Running(bus, "monitor", "--json")
    assert monitor.event()["running"] is False
    for _ in range(2):
        bus.start_daemon()
        assert monitor.event()["running"] is True
        bus.do("thread", 1, "urgent", "new", "C001", "1700000001.000100", "U001", 1, "Help")
        while (event := monitor.event())["event"] != "appeared":
            assert event["event"] == "changed"
        assert event["properties"]["text"] == "Help"
        bus.stop_daemon()
        while (event := monitor.event())["event"] != "daemon":
            pass
        assert event["running"] is False
    assert monitor.end(signal.SIGINT) == (DONE, "")


def test_monitor_ends_with_the_bus(bus):
    monitor = Running(bus, "monitor")
    assert "systemctl --user start oncalld" in monitor.line()
    bus.bus.stop()
    code, errors = monitor.end()
    assert code == UNREACHABLE
    assert errors == "oncallctl: The session bus has gone away\n"
