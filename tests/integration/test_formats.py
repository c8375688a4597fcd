# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What oncallctl prints where a person or a panel says how."""

import json
import re
import signal
import time
import unicodedata
from pathlib import Path

import pytest

from oncallctl import DONE, NO_MATCH, UNREACHABLE, USAGE
from played import FORBIDDEN, HOSTILE, Running
from waiting import DEADLINE

SAMPLES = Path(__file__).parents[2] / "client" / "ctl" / "panels"

MINUTE = 60


def line_of(world, template, number="7", **options):
    return world.output("show", number, "--format", template, **options).removesuffix("\n")


# Templates


@pytest.mark.parametrize("template, expected", [
    ("{{number}} {{level}}", "7 urgent"),
    ("{{ number }}|{{ asker_name | truncate(5) }}", "7|Ada…"),
    ("no field", "no field"),
    ("{number} }} {{number}}}", "{number} }} 7}"),
    ("{{lookers}}/{{categories}}", "/"),
    (r"{{number}}\t{{level}}\n\\n", "7\turgent\n\\n"),
    ("{{level|emoji}}{{state|emoji}}", "⚠️🆕"),
    ("{{opened|relative}}", "12min ago"),
    ("[{{needed_by|relative}}{{first_response}}{{first_response|local}}]", "[]"),
    ("{{permalink}}", "https://example.slack.com/archives/C001/p1700000000000100"),
])
def test_a_template_is_filled(world, template, expected):
    assert line_of(world, template) == expected


def test_times_are_told_as_machines_and_people_do(world):
    world.do("promise", 7, "1700000005.000100", "U002", 60, 44 * MINUTE + 59, "running", "soon")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+05:45", line_of(world, "{{next_due}}"))
    assert line_of(world, "{{due|relative}}") == "in 44min"
    assert re.fullmatch(r"(.+ )?\d\d:\d\d", line_of(world, "{{due|local}}"))
    assert line_of(world, "{{promises}}").startswith("Bea by ")


def test_lists_become_words(world):
    assert line_of(world, "{{lookers}}: {{categories}}", "9") == "Bea, 王小明 (pending): bug"


def test_a_list_prints_a_line_for_each_thread(world):
    assert world.output("list", "--format", "{{number}} {{level}}") == \
        "9 emergency\n7 urgent\n8 question\n"
    assert world.output("--format", "{{number}}", "--level=urgent") == "7\n"
    assert world.output("list", "--format", "{{number}}", "--tag", "none", code=NO_MATCH) == ""
    assert world.output("list", "-q", "--format", "{{number}}") == ""


def test_mine_prints_a_line_for_each_question_and_promise(world):
    template = "{{kind}} {{number}} {{level}} {{due|relative}}"
    assert world.output("mine", "--format", template) == ""
    world.do("thread", 11, "question", "new", "C001", "1700000011.000100", "U000", 300, "And mine?")
    world.do("promise", 11, "1700000011.000200", "U002", 60, 20 * MINUTE + 59, "running", "in 20 min")
    world.do("promise", 7, "1700000000.000200", "U002", 60, 10 * MINUTE + 59, "running", "in 10 min")
    world.do("promise", 7, "1700000000.000300", "U000", 60, 40 * MINUTE + 59, "running", "in 40 min")
    assert world.output("mine", "--format", template) == \
        "question 11 question in 20min\npromise 7 urgent in 40min\n"
    assert world.output("mine", "-q", "--format", template) == ""
    assert "nummer" in world.complaint("mine", "--format", "{{nummer}}", code=USAGE)


@pytest.mark.parametrize("columns", [1, 2, 7, 8, 40])
def test_wide_characters_are_never_cut_in_two(world, columns):
    line = line_of(world, "{{text|truncate(%d)}}" % columns, "8")
    width = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)
    # A wide one that does not fit any more, or the space before it, leaves a column empty each.
    assert columns - 2 <= width <= columns
    assert line.endswith("…")


def test_a_template_sends_no_commands_to_the_terminal(world):
    line = line_of(world, "{{text}} {{text|truncate(20)}}", "9")
    assert "run ␛[31mred" in line
    assert not FORBIDDEN.search(line)


def test_colours_are_the_levels_or_named_ones(world):
    def coloured(template, *options, **more):
        return world.output("show", "9", "--format", template, *options, **more)

    assert coloured("{{number|color}}", "--color") == "\x1b[1;31m9\x1b[0m\n"
    assert coloured("{{number|color(cyan)}}", "--color=always") == "\x1b[36m9\x1b[0m\n"
    assert coloured("{{level|truncate(3)|color(red)}}", "--color") == "\x1b[31mem…\x1b[0m\n"
    assert coloured("{{level|color(red)|truncate(3)}}", "--color") == "\x1b[31mem…\x1b[0m\n"
    assert coloured("{{number|color}}") == "9\n"
    assert coloured("{{number|color}}", "--color=never") == "9\n"
    assert world.on_terminal("show", "9", "--format", "{{number|color}}") == ["\x1b[1;31m9\x1b[0m"]
    assert world.on_terminal("show", "9", "--format", "{{number|color}}",
                             environment={"NO_COLOR": "1"}) == ["9"]


@pytest.mark.parametrize("template, word", [
    ("{{nummer}}", "nummer"),
    ("{{number", "{{number"),
    ("{{}}", "“”"),
    ("{{number|shout}}", "shout"),
    ("{{number|relative}}", "“number” is u"),
    ("{{text|truncate(4)|emoji}}", "emoji"),
    ("{{text|truncate}}", "truncate"),
    ("{{text|truncate(0)}}", "0"),
    ("{{text|truncate(x)}}", "x"),
    ("{{text|truncate(4}}", "parenthesis"),
    ("{{text|color(pink)}}", "pink"),
    ("{{due|local(x)}}", "local"),
])
def test_a_wrong_template_is_refused_before_anything_is_done(world, template, word):
    for verb in (["show", "7"], ["list"]):
        assert word in world.complaint(*verb, "--format", template, code=USAGE)
    assert "{{due" in template or "next_due" in world.complaint(
        "list", "--format", "{{nothing}}", code=USAGE)


def test_the_status_has_the_managers_fields(world):
    assert world.output("status", "--format", "{{status|emoji}} {{status}} {{open_count}} "
                        "{{unclaimed_count}} [{{next_due_thread}}]") == "🚨 emergency 3 2 []\n"
    assert "asker" in world.complaint("status", "--format", "{{asker}}", code=USAGE)


def test_monitor_prints_by_a_template(world):
    monitor = Running(world, "monitor", "--format", "{{event}} {{number}} {{kind}} {{level}}")
    assert monitor.line() == "daemon   "
    world.do("alert", 9, "unclaimed")
    assert monitor.line() == "alert 9 unclaimed emergency"
    world.do("state", 7, "resolved")
    assert monitor.line() == "changed 7  "
    assert monitor.line() == "gone 7  "
    assert monitor.end(signal.SIGINT) == (DONE, "")


# Colours


def test_colours_can_be_asked_for_and_forbidden(world):
    def escapes(*arguments, **options):
        return "\x1b[" in world.output(*arguments, **options)

    assert escapes("list", "--color=always")
    assert escapes("--color", "list")
    assert escapes("show", "9", "--color", environment={"NO_COLOR": "1"})
    assert not escapes("list", "--color=auto")
    assert not any("\x1b[" in line for line in world.on_terminal("list", "--color=never"))
    assert "rainbow" in world.complaint("list", "--color=rainbow", code=USAGE)


def test_a_colour_is_that_of_what_is_shown(world):
    def status():
        return world.output("status", "--color", "--format", "{{status|color}}{{state_text|color}}")

    assert status() == "\x1b[1;31memergency\x1b[0m\n"
    world.do("state", 9, "resolved")
    assert status() == "\x1b[33murgent\x1b[0m\n"
    world.do("state", 7, "resolved")
    assert status() == "open\n"


# Following


def test_status_follows_every_change_and_nothing_else(world):
    status = Running(world, "status", "--follow")
    assert status.line() == "emergency"
    world.do("looker", 7, "U002", 5, "reply")
    world.do("state", 9, "resolved")
    assert status.line() == "urgent"
    world.do("state", 7, "resolved")
    assert status.line() == "open"
    world.do("link", "stale", "Slack is silent", 10)
    assert status.line() == "stale"
    assert status.end(signal.SIGINT) == (DONE, "")


def test_status_survives_a_restart_of_the_daemon(bus):
    status = Running(bus, "status", "--follow", "--json")
    assert json.loads(status.line()) == {"status": "offline"}
    for _ in range(2):
        bus.start_daemon()
        while (line := json.loads(status.line()))["status"] != "idle":
            assert line["status"] == "stale"
        bus.do("thread", 1, "urgent", "new", "C001", "1700000001.000100", "U001", 1, "Help")
        assert json.loads(status.line())["urgent_count"] == 1
        bus.stop_daemon()
        assert json.loads(status.line()) == {"status": "offline"}
    assert status.end(signal.SIGTERM) == (DONE, "")


def catches(process, signal_number):
    """Whether the process has a handler for the signal."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(re.search(r"^SigCgt:\t(\w+)$", status, re.M)[1], 16) >> (signal_number - 1) & 1


def test_a_follower_can_be_interrupted_while_the_daemon_hangs(world):
    world.daemon.send_signal(signal.SIGSTOP)
    status = Running(world, "status", "--follow")
    deadline = time.monotonic() + DEADLINE
    while not catches(status.process, signal.SIGINT):
        assert time.monotonic() < deadline
    status.process.send_signal(signal.SIGINT)
    # Had it waited for the daemon, it would have said that there is none.
    assert status.process.communicate(timeout=DEADLINE) == (b"", b"")
    assert status.process.returncode == DONE
    world.daemon.send_signal(signal.SIGCONT)


def test_a_follower_ends_with_the_bus(bus):
    status = Running(bus, "status", "--follow", "--format", "{{status}}")
    assert status.line() == "offline"
    bus.bus.stop()
    assert status.end() == (UNREACHABLE, "oncallctl: The session bus has gone away\n")


def test_only_status_follows(world):
    for arguments in (["list"], ["show", "7"], ["monitor"]):
        assert "--follow" in world.complaint(*arguments, "--follow", code=USAGE)


# Panels


def test_what_a_panel_gets_is_one_line_each_time(world):
    for number, feed in enumerate(["--waybar", "--i3blocks", "--polybar", "--genmon"], 20):
        assert world.output("status", feed).count("\n") == 1
        status = Running(world, "status", feed, "--follow")
        first = status.line()
        world.do("thread", number, "emergency", "new", "C001", f"17000000{number}.000100", "U001", 1,
                 "more")
        assert status.line() != first
        world.do("state", number, "resolved")
        # A line may have been made while this was done.
        while status.line() != first:
            pass
        assert status.end(signal.SIGINT) == (DONE, "")


def test_waybar_gets_markup_that_no_message_can_break(world):
    world.do("thread", 10, "urgent", "new", "C001", "1700000010.000100", "U004", 1,
             "&lt;b&gt;fat&lt;/b&gt; &amp;amp; \"quoted\"\n</span>")
    feed = json.loads(world.output("status", "--waybar"))
    assert (feed["text"], feed["alt"], feed["class"]) == ("emergency 1", "emergency", "emergency")
    lines = feed["tooltip"].split("\n")
    assert lines[0] == "4 open, 3 unclaimed"
    assert [line.split()[0] for line in lines[1:]] == ["9", "7", "10", "8"]
    assert "Eve␛[31m: &lt;b&gt;fat&lt;/b&gt; &amp;amp; &quot;quoted&quot;" in lines[3]
    assert not FORBIDDEN.search(feed["tooltip"])


def test_a_tooltip_stays_small(world):
    for number in range(20, 40):
        world.do("thread", number, "question", "new", "C001", f"17000000{number}.000100", "U001", 9,
                 HOSTILE + "long " * 100)
    lines = json.loads(world.output("status", "--waybar"))["tooltip"].split("\n")
    assert len(lines) == 10 and lines[-1] == "…"
    # The most urgent ones, and of the others who has waited longest
    assert [line.split()[0] for line in lines[1:4]] == ["9", "7", "8"]
    assert max(map(len, lines)) < 100


def test_i3blocks_gets_text_colour_and_urgency(world):
    assert json.loads(world.output("status", "--i3blocks")) == {
        "full_text": "emergency 1", "color": "#e5484d", "urgent": True}
    world.do("state", 9, "resolved")
    world.do("state", 7, "resolved")
    assert json.loads(world.output("status", "--i3blocks")) == {
        "full_text": "open 1", "urgent": False}


def test_polybar_gets_a_click_that_opens_what_matters_most(world):
    assert world.output("status", "--polybar") == \
        "%{A1:oncallctl open 9:}%{F#e5484d}emergency 1%{F-}%{A}\n"


def test_genmon_gets_text_tooltip_and_click(world):
    line = world.output("status", "--genmon")
    assert line.startswith('<txt><span foreground="#e5484d">emergency 1</span></txt><tool>3 open, '
                           "2 unclaimed&#10;9  emergency  Ada Lovelace: run ␛[31mred")
    assert line.endswith("</tool><txtclick>oncallctl open 9</txtclick>\n")


@pytest.mark.parametrize("feed, expected", [
    ("--waybar", '"alt":"offline"'), ("--i3blocks", '"full_text":"offline"'),
    ("--polybar", "%{F#d97706}offline%{F-}"), ("--genmon", "offline</span></txt>"),
])
def test_a_panel_shows_a_missing_daemon(bus, feed, expected):
    result = bus.run("status", feed)
    assert result.returncode == UNREACHABLE
    assert expected in result.stdout


def test_a_feed_is_one_style(world):
    for pair in (["--waybar", "--polybar"], ["--json", "--genmon"],
                 ["--format", "{{status}}", "--i3blocks"], ["--json", "--format", "x"]):
        assert "exclude" in world.complaint("status", *pair, code=USAGE)


def test_the_samples_call_what_there_is(bus):
    commands = [command for sample in SAMPLES.iterdir()
                for command in re.findall(r"oncallctl ([a-z]+)((?: --[a-z0-9]+)*)", sample.read_text())]
    assert len(commands) >= 10
    for verb, options in commands:
        text = bus.output(verb, "--help")
        assert all(f"  {option}" in text for option in options.split()), (verb, options)


def test_the_sample_for_waybar_is_json_with_comments():
    text = (SAMPLES / "waybar.jsonc").read_text()
    sample = json.loads(re.sub(r"^ *//.*", "", text, flags=re.MULTILINE))["custom/oncalld"]
    words = {"idle", "open", "urgent", "overdue", "emergency", "stale", "offline"}
    assert set(sample["format-icons"]) == words
