# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The control endpoint, scenario files, and the program's life."""

import json
import os
import re
import signal
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
from client import SocketClient
from conftest import JONAS_APP, Slack
from simulator import DEMO, PROGRAM, ControlError
from slacksim import scenario
from slacksim.faults import FAULTS
from slacksim.junk import JUNK
from slacksim.methods import METHODS

SUPPORT = "C07SUPPORT1"


def scenario_of(tmp_path: Path, more: str) -> Path:
    path = tmp_path / "scenario.toml"
    path.write_text(DEMO.read_text(encoding="utf-8") + more, encoding="utf-8")
    return path


# Acting and looking

def test_messages_are_found_by_their_labels(quiet_slack):
    slack = quiet_slack
    slack.post("mara", "support", "a question", label="mine")
    slack.call("reply", thread="mine", user="jonas", text="an answer")
    slack.call("react", ts="mine", user="jonas", name="eyes")
    answer = slack.call("message", ts="mine")
    assert answer["channel"] == SUPPORT and answer["message"]["reply_count"] == 1
    assert slack.call("messages", thread="mine")["messages"][0]["text"] == "an answer"


def test_who_posted_through_which_token_is_known(slack):
    slack.post("jonas", "support", "typed")
    ts = slack.as_jonas("chat.postMessage", channel=SUPPORT, text="by the app")["ts"]
    assert slack.call("message", channel="support", ts=ts)["posted"] == {
        "method": "chat.postMessage", "token": "user:U07JONAS001", "app": JONAS_APP}
    by_apps = [one["text"] for one in slack.call("changes", what="post")["changes"]
               if one["posted"]]
    assert by_apps == ["by the app"]


def test_posting_twice_is_noticed(slack):
    parent = slack.post("mara", "support", "a question")
    for _ in range(2):
        slack.as_jonas("chat.postMessage", channel=SUPPORT, text="same", thread_ts=parent)
    slack.as_jonas("chat.postMessage", channel=SUPPORT, text="same")
    found, = slack.duplicates()
    assert found["text"] == "same" and found["thread_ts"] == parent and len(found["ts"]) == 2


def test_calls_are_recorded_without_their_tokens(slack):
    since = slack.seq()
    slack.web_api("chat.postMessage", "xoxp-demo-jonas", channel=SUPPORT, text="x",
                  token="xoxp-demo-jonas")
    call, = slack.calls("chat.postMessage", since=since)
    assert call["ok"] and call["user"] == "U07JONAS001" and call["status"] == 200
    assert call["args"] == {"channel": SUPPORT, "text": "x"} and call["ms"] > 0
    assert "xoxp" not in json.dumps(slack.call("state")) + json.dumps(call)


def test_a_snapshot_holds_everything_and_the_order_of_it(slack):
    ts = slack.post("mara", "support", "a question")
    slack.react("jonas", "support", ts, "eyes")
    slack.unreact("jonas", "support", ts, "eyes")
    slack.edit("support", ts, "another question")
    gone = slack.reply("jonas", "support", ts, "a mistake")
    slack.delete("support", gone)
    snapshot = slack.snapshot()
    support = next(one for one in snapshot["channels"] if one["name"] == "support")
    message = next(one for one in support["messages"] if one["ts"] == ts)
    assert message["text"] == "another question" and "reactions" not in message
    assert gone not in {one["ts"] for one in support["messages"]}
    mine = [one["what"] for one in snapshot["changes"] if one.get("ts") in (ts, gone)]
    assert mine == ["post", "react", "unreact", "edit", "post", "delete"]
    assert len(snapshot["users"]) == 9 and len(snapshot["groups"]) == 3


@pytest.mark.parametrize("verb, parameters, complaint", [
    ("dance", {}, "no such verb"),
    ("post", {"channel": "support", "text": "x"}, "'user' is missing"),
    ("post", {"channel": "nowhere", "user": "mara", "text": "x"}, "channel_not_found"),
    ("reply", {"channel": "support", "user": "mara", "text": "x"}, "'thread' is missing"),
    ("react", {"channel": "support", "ts": "1.2", "user": "mara", "name": "eyes"},
     "message_not_found"),
    ("wait", {"for_": "godot"}, "cannot wait for 'godot'"),
    ("settings", {"gravity": 9.81}, "unknown setting 'gravity'"),
    ("settings", {"time_scale": "fast"}, "wants float"),
    ("certificate", {"kind": "good"}, "without TLS"),
])
def test_a_wrong_request_says_what_is_wrong(quiet_slack, verb, parameters, complaint):
    with pytest.raises(ControlError, match=complaint):
        quiet_slack.call(verb, **parameters)


def test_every_verb_fault_and_method_is_described(quiet_slack):
    verbs = quiet_slack.call("verbs")["verbs"]
    assert {"post", "wait", "inject", "snapshot"} <= set(verbs) and all(verbs.values())
    readme = PROGRAM.with_name("README.md").read_text(encoding="utf-8")
    names = {*verbs, *FAULTS, *JUNK, *METHODS, *scenario.TABLES}
    assert sorted(name for name in names if not re.search(rf"[`\[]{name}[`\]]", readme)) == []


def test_looking_works_with_a_get_as_well(quiet_slack):
    url = quiet_slack.control + "calls?method=auth.test&since=0"
    with urllib.request.urlopen(url, timeout=60) as response:
        assert json.load(response)["ok"]


# Waiting

def later(function, *arguments, **keywords) -> threading.Thread:
    """Starts it on another thread; the wait that the test is in has begun, or sees it at once."""
    thread = threading.Thread(target=function, args=arguments, kwargs=keywords)
    thread.start()
    return thread


def test_a_wait_ends_when_its_time_comes(slack):
    thread = later(slack.post, "mara", "support", "hello there")
    message = slack.wait_for_message("support", user="mara", contains="hello")
    thread.join()
    later(slack.react, "jonas", "support", message["ts"], "eyes").join()
    slack.wait_for_reaction("support", message["ts"], "eyes", user="jonas")
    later(slack.unreact, "jonas", "support", message["ts"], "eyes").join()
    slack.wait_for_reaction("support", message["ts"], "eyes", present=False)
    slack.wait_for_change("unreact", user="jonas")
    later(slack.as_jonas, "auth.test").join()
    assert slack.wait_for_call("auth.test", ok=True)["user"] == "U07JONAS001"


def test_a_wait_for_a_reply_looks_only_into_that_thread(slack):
    one = slack.post("mara", "support", "one")
    two = slack.post("mara", "support", "two")
    slack.reply("jonas", "support", one, "same words")
    since = slack.seq()
    slack.reply("jonas", "support", two, "same words")
    assert slack.wait_for_message("support", thread=two, text="same words")["thread_ts"] == two
    with pytest.raises(TimeoutError):
        slack.wait_for_message("support", thread=one, since=since, deadline=0.1)


def test_a_wait_that_is_too_long_says_what_was_asked(slack):
    slack.as_jonas("auth.test")
    with pytest.raises(TimeoutError, match="no call with method='chat.delete'.*auth.test ok"):
        slack.wait_for_call("chat.delete", deadline=0.1)


def test_sockets_deliveries_and_acks_can_be_waited_for(slack):
    first = slack.connected()
    old = slack.wait_for_sockets(1)[0]["id"]
    with pytest.raises(TimeoutError):
        slack.wait_for_sockets(1, newer_than=old, deadline=0.1)
    first.close()
    slack.connected()
    assert slack.wait_for_sockets(1, newer_than=old)[0]["id"] > old
    ts = slack.post("mara", "support", "hello")
    delivery = slack.wait_for_delivery(channel="support", ts=ts, app=JONAS_APP)
    assert delivery["type"] == "message" and delivery["attempt"] == 0
    with pytest.raises(TimeoutError):
        slack.wait_until_idle(deadline=0.1)


# Life

def test_a_restart_goes_on_where_it_stopped(tmp_path):
    with Slack(tls=True, state_file=tmp_path / "state.json",
               ca_file=tmp_path / "ca.pem") as slack:
        parent = slack.post("mara", "support", "before the restart", label="before")
        slack.reply("jonas", "support", parent, "an answer")
        slack.react("jonas", "support", parent, "eyes")
        slack.settings(ack_timeout=0.5, time_scale=50.0)
        client = slack.connected()
        unacked = slack.post("mara", "support", "not acked yet")
        while client.envelope(ack=False)["payload"]["event"]["ts"] != unacked:
            pass
        addresses, authority = (slack.api, slack.api_tls), Path(slack.ca).read_text()
        snapshot = slack.snapshot()
        slack.restart()
        assert (slack.api, slack.api_tls) == addresses
        assert Path(slack.ca).read_text() == authority
        again = slack.snapshot()
        assert again == {**snapshot, "seq": again["seq"]}
        assert slack.call("message", ts="before")["message"]["ts"] == parent
        client = slack.connected()
        while (envelope := client.envelope())["payload"]["event"].get("ts") != unacked:
            pass
        assert envelope["retry_attempt"] > 0
        assert slack.post("mara", "support", "after the restart") > unacked


def test_a_kill_loses_what_was_not_saved(tmp_path):
    state = tmp_path / "state.json"
    with Slack(state_file=state) as slack:
        slack.post("mara", "support", "saved", label="saved")
        slack.call("save", file=str(state))
        slack.post("mara", "support", "lost", label="lost")
        slack.kill()
        slack.start()
        assert slack.call("message", ts="saved")["message"]["text"] == "saved"
        with pytest.raises(ControlError):
            slack.call("message", ts="lost")


def test_a_frozen_simulator_stays_connected(slack):
    client = slack.connected()
    slack.freeze()
    assert client.nothing_comes()
    slack.thaw()
    ts = slack.post("mara", "support", "awake")
    assert client.event()["ts"] == ts


@pytest.mark.parametrize("how", ["stdin", "SIGTERM", "SIGINT", "stop"])
def test_it_ends_when_told_and_leaves_nothing(tmp_path, how):
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    process = subprocess.Popen(
        ["/usr/bin/python3", str(PROGRAM), "--scenario", str(DEMO), "--tls", "--exit-with-stdin"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
    ready = json.loads(process.stdout.readline())
    assert os.path.exists(ready["ca"]) and ready["ca"].startswith(str(tmp_path))
    parts = urllib.parse.urlsplit(ready["api"])
    client = socket.create_connection((parts.hostname, parts.port))
    if how == "stdin":
        process.stdin.close()
    elif how == "stop":
        urllib.request.urlopen(ready["control"] + "stop", b"{}", timeout=60).close()
    else:
        process.send_signal(getattr(signal, how))
    assert process.wait(timeout=60) == 0
    process.stdin.close()
    process.stdout.close()
    client.close()
    assert list(tmp_path.iterdir()) == []


def test_a_fixed_port_is_kept(tmp_path):
    # Nobody else is given the port while it is held here, and whoever asks for it may listen.
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
        process = subprocess.Popen(
            ["/usr/bin/python3", str(PROGRAM), "--scenario", str(DEMO), "--port", str(port)],
            stdout=subprocess.PIPE)
        assert json.loads(process.stdout.readline())["api"] == f"http://127.0.0.1:{port}/api/"
    process.terminate()
    assert process.wait(timeout=60) == 0
    process.stdout.close()


# Scenarios

@pytest.mark.parametrize("more, complaint", [
    ("[[wizard]]\n", "unknown table [wizard]"),
    ("this is not TOML", "line"),
    ('[[message]]\nchannel="support"\nuser="nobody"\ntext="x"\n', "user_not_found"),
    ('[[message]]\nchannel="support"\nuser="mara"\nat="soon"\ntext="x"\n', "not a duration"),
    ('[[timeline]]\nat="1s"\ndo="explode"\n', "unknown action 'explode'"),
    ('[settings]\nspeed=1\n', "unknown setting 'speed'"),
])
def test_a_wrong_scenario_ends_the_start_and_says_why(tmp_path, more, complaint):
    process = subprocess.run(
        ["/usr/bin/python3", str(PROGRAM), "--scenario", str(scenario_of(tmp_path, more))],
        capture_output=True, text=True, timeout=60)
    assert process.returncode == 1 and process.stdout == ""
    assert complaint in process.stderr and "Traceback" not in process.stderr


def test_the_past_lies_in_the_past(slack):
    replies = slack.call("messages", thread="login-down")["messages"]
    parent = slack.call("message", ts="login-down")["message"]
    assert [one["ts"] for one in replies] == sorted(one["ts"] for one in replies)
    age = time.time() - float(parent["ts"])
    assert 5 * 86_400 + 7200 <= age < 5 * 86_400 + 7300
    assert {one["name"]: one["users"] for one in parent["reactions"]}["coffin"] == ["U07AIKO0001"]
    assert slack.deliveries() == [] and slack.connected().nothing_comes()


def test_the_timeline_happens_in_its_scaled_time(tmp_path):
    file = scenario_of(tmp_path, """
[settings]
time_scale = 600.0

[[timeline]]
at = "+10min"
do = "reply"
thread = "new"
user = "jonas"
text = "an answer"

[[timeline]]
at = "+5min"
do = "post"
label = "new"
channel = "support"
user = "mara"
text = "@oncall a question"

[[timeline]]
at = "6min"
do = "react"
ts = "no-such-label"
channel = "support"
user = "mara"
name = "eyes"
""")
    with Slack(file) as slack:
        client = slack.connected()
        question = client.event()
        assert question["text"] == "<!subteam^S07ONCALL01> a question"
        assert client.event()["thread_ts"] == question["ts"]
        slack.call("wait", for_="timeline")
        changes = [one["time"] for one in slack.call("changes", what="post")["changes"][-2:]]
        assert 0.3 <= changes[1] - changes[0] <= 60


def test_an_edit_of_the_past_is_marked_and_not_told(tmp_path):
    file = scenario_of(tmp_path, """
[[message]]
label = "edited"
channel = "support"
user = "mara"
at = "-3h"
text = "first words"
edited = "last words"
""")
    with Slack(file) as slack:
        message = slack.call("message", ts="edited")["message"]
        assert message["text"] == "last words" and message["edited"]["user"] == "U07MARA0001"
        assert slack.connected().nothing_comes()


# Load

def test_a_past_of_any_size_is_made_without_events(slack):
    slack.call("load", channel="data", messages=2000, threads=100, days=7)
    messages = slack.call("messages", channel="data")["messages"]
    assert len(messages) == 100 and sum(one.get("reply_count", 0) for one in messages) == 1900
    assert messages[0]["ts"] < f"{time.time() - 6 * 86_400:.6f}"
    assert slack.deliveries() == []


def test_a_storm_reports_how_fast_it_was_acked(slack):
    client = slack.connected()
    stopped = threading.Event()

    def ack_everything() -> None:
        while not stopped.is_set():
            client.envelope()

    thread = threading.Thread(target=ack_everything, daemon=True)
    thread.start()
    result = slack.call("storm", channel="support", user="mara", count=500, size=2000, window=64)
    assert result["acks"] == 500 and result["per_second"] > 0
    assert 0 < result["ack_ms"]["p50"] <= result["ack_ms"]["p99"]
    stopped.set()
    slack.post("mara", "support", "the last one")
    thread.join(timeout=60)
    assert not thread.is_alive()


def test_the_cost_of_a_call_does_not_grow_with_history(slack):
    def cost() -> int:
        """Nanoseconds of a processor for the cheapest of several rounds: however busy the machine
        is, but for its caches."""
        def spent() -> int:
            return int(Path(f"/proc/{slack.pid}/schedstat").read_text().split()[0])

        rounds = []
        for _ in range(5):
            before = spent()
            for _ in range(20):
                slack.as_jonas("conversations.history", channel="C07DATA0001", limit=5)
            rounds.append(spent() - before)
        return min(rounds)

    slack.call("load", channel="data", messages=50, threads=20)
    small = cost()
    slack.call("load", channel="data", messages=20_000, threads=5000, seed=2)
    assert cost() < 3 * small


def test_a_client_that_speaks_no_websocket_is_refused(quiet_slack):
    client = SocketClient(quiet_slack.socket_url().replace("/link/", "/elsewhere/"))
    assert client.upgrade()[0] == 404
    client.close()
