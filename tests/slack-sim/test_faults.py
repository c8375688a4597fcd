# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Every fault does what its name says, when and only as often as it was asked to."""

import http.client
import json
import socket
import ssl
import urllib.error
import urllib.parse
import urllib.request

import pytest
from client import Closed, SocketClient
from conftest import JONAS, JONAS_APP, Slack
from simulator import ControlError
from slacksim import frames
from slacksim.faults import FAULTS
from slacksim.junk import JUNK

SUPPORT = "C07SUPPORT1"


def request(slack, method: str = "auth.test", timeout: float = 10,
            **arguments) -> tuple[int, bytes]:
    """(status, body) of a call by hand; what goes wrong below HTTP is raised."""
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(slack.api).netloc,
                                            timeout=timeout)
    try:
        connection.request("POST", f"/api/{method}", urllib.parse.urlencode(arguments), {
            "Authorization": f"Bearer {JONAS}",
            "Content-Type": "application/x-www-form-urlencoded"})
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def post(slack, text: str = "hello", **options) -> tuple[int, bytes]:
    return request(slack, "chat.postMessage", channel=SUPPORT, text=text, **options)


def posted(slack, text: str = "hello") -> bool:
    return bool(slack.call("changes", what="post", text=text)["changes"])


def next_but_pings(client: SocketClient) -> tuple[bool, int, bytes]:
    while (frame := client.frame())[1] == frames.PING:
        pass
    return frame


# The Web API

def test_429_says_how_long_to_wait(slack):
    slack.inject("rate-limited", method="auth.test", retry_after=7)
    answer = slack.as_jonas("auth.test")
    assert answer == {"ok": False, "error": "ratelimited", "status": 429, "retry_after": "7"}
    assert slack.as_jonas("auth.test")["ok"]


def test_a_fault_strikes_only_where_its_filters_match(slack):
    slack.inject("error", error="fatal_error", method="chat.*", contains="wrong", lasting=True)
    assert slack.as_jonas("auth.test")["ok"]
    assert slack.as_jonas("chat.postMessage", channel=SUPPORT, text="right")["ok"]
    for _ in range(3):
        assert slack.as_jonas("chat.postMessage", channel=SUPPORT,
                              text="wrong")["error"] == "fatal_error"
    slack.clear_faults()
    assert slack.as_jonas("chat.postMessage", channel=SUPPORT, text="wrong")["ok"]


def test_a_fault_can_skip_and_count(slack):
    ident = slack.inject("error", error="internal_error", user="jonas", skip=1, times=2)
    answers = [slack.as_jonas("auth.test")["ok"] for _ in range(4)]
    assert answers == [True, False, False, True]
    slack.wait_for_fault(ident, strikes=2)
    assert slack.calls(fault="error")[0]["error"] == ""


def test_one_fault_of_several_can_be_cleared(slack):
    first = slack.inject("http-status", status=503, method="auth.test", lasting=True)
    slack.inject("http-status", status=502, method="auth.test", lasting=True)
    assert request(slack)[0] == 503
    slack.clear_faults(first)
    assert request(slack)[0] == 502


@pytest.mark.parametrize("fault", ["error", "http-status", "not-json", "rate-limited"])
@pytest.mark.parametrize("after", [False, True])
def test_an_operation_may_happen_behind_an_error(slack, fault, after):
    slack.inject(fault, method="chat.postMessage", after=after)
    _, body = post(slack)
    assert b'"ok":true' not in body
    assert posted(slack) == after


@pytest.mark.parametrize("after", [False, True])
def test_an_answer_may_never_come(slack, after):
    slack.inject("no-answer", method="chat.postMessage", after=after)
    with pytest.raises(TimeoutError):
        post(slack, timeout=0.3)
    slack.wait_for_call("chat.postMessage", fault="no-answer")
    assert posted(slack) == after


@pytest.mark.parametrize("after", [False, True])
def test_the_connection_may_be_reset_in_place_of_an_answer(slack, after):
    slack.inject("hang-up", method="chat.postMessage", after=after)
    with pytest.raises(ConnectionResetError):
        post(slack)
    assert posted(slack) == after


def test_an_answer_may_be_late(slack):
    slack.inject("late", method="auth.test", seconds=0.4)
    with pytest.raises(TimeoutError):
        request(slack, timeout=0.1)
    slack.inject("late", method="auth.test", seconds=0.2)
    assert json.loads(request(slack)[1])["ok"]


def test_an_answer_may_trickle(slack):
    slack.inject("trickle", method="auth.test", bytes=20, seconds=0.01)
    assert json.loads(request(slack)[1])["ok"]
    assert slack.wait_for_call("auth.test")["ms"] >= 50


def test_json_may_end_early(slack):
    slack.inject("truncated", method="chat.postMessage", part=0.3)
    status, body = post(slack)
    assert status == 200 and posted(slack)
    with pytest.raises(ValueError):
        json.loads(body)


def test_the_connection_may_end_within_the_answer(slack):
    slack.inject("cut", method="chat.postMessage", part=0.5)
    with pytest.raises(http.client.IncompleteRead):
        post(slack)
    assert posted(slack)


def test_a_429_on_opening_a_connection_is_told_like_any_other(slack):
    slack.inject("rate-limited", method="apps.connections.open", retry_after=30)
    assert slack.web_api("apps.connections.open", "xapp-demo-jonas")["retry_after"] == "30"


# The upgrade

@pytest.mark.parametrize("status", [408, 409, 500, 503])
def test_an_upgrade_may_be_refused(slack, status):
    slack.inject("refuse-upgrade", status=status)
    assert slack.socket().upgrade()[0] == status
    assert slack.socket().upgrade()[0] == 101


def test_an_upgrade_may_hang(slack):
    slack.inject("hang-upgrade")
    client = slack.socket()
    client.raw.settimeout(0.2)
    with pytest.raises(TimeoutError):
        client.upgrade()


def test_an_upgrade_may_be_reset(slack):
    slack.inject("reset-upgrade")
    with pytest.raises(Closed) as closed:
        slack.socket().upgrade()
    assert closed.value.how == "reset"


def test_the_accept_key_may_be_wrong(slack):
    slack.inject("wrong-accept")
    client = slack.socket()
    assert client.upgrade()[1]["sec-websocket-accept"] != frames.accept_key(client.key)


def test_the_101_may_come_in_two_segments(slack):
    slack.inject("split-101", seconds=2.0)
    client = slack.socket()
    first = client.receive()
    assert first.startswith(b"HTTP/1.1 101") and b"\r\n\r\n" not in first
    assert b"\r\n\r\n" in client.receive()
    assert client.message()["type"] == "hello"


def test_hello_may_come_in_the_segment_of_the_101(slack):
    slack.inject("hello-with-101")
    client = slack.socket()
    status, _, rest = client.upgrade()
    assert status == 101 and b'"type": "hello"' in rest
    assert client.message()["type"] == "hello"


def test_hello_may_never_come(slack):
    slack.inject("no-hello")
    client = slack.socket()
    assert client.upgrade()[0] == 101
    slack.post("mara", "support", "nobody gets this")
    assert client.nothing_comes()
    assert slack.deliveries(app=JONAS_APP) == []


def test_hello_may_be_late_or_bare(slack):
    slack.inject("late-hello", seconds=2.0)
    client = slack.socket()
    assert client.upgrade()[2] == b""
    assert client.message()["type"] == "hello"
    slack.inject("bare-hello")
    client = slack.socket()
    client.upgrade()
    assert client.message() == {"type": "hello"}


def test_hello_may_claim_more_sockets(slack):
    slack.inject("num-connections", count=3)
    client = slack.socket()
    client.upgrade()
    assert client.message()["num_connections"] == 3


def test_the_server_may_think_there_are_too_many(slack):
    slack.inject("too-many")
    client = slack.socket()
    client.upgrade()
    assert client.message()["type"] == "hello"
    assert client.message()["reason"] == "too_many_websockets"


# Deliveries

def test_an_event_may_be_dropped_and_only_history_has_it(slack):
    client = slack.connected()
    slack.inject("drop", type="message", contains="lost")
    lost = slack.post("mara", "support", "lost")
    found = slack.post("mara", "support", "found")
    assert client.event()["ts"] == found
    stamps = [one["ts"] for one in slack.as_jonas("conversations.history",
                                                  channel=SUPPORT)["messages"]]
    assert lost in stamps


def test_an_event_may_be_delayed(slack):
    client = slack.connected()
    slack.inject("delay", channel="support", seconds=2.0)
    late = slack.post("mara", "support", "late")
    soon = slack.post("mara", "support", "soon")
    assert [client.event()["ts"], client.event()["ts"]] == [soon, late]


@pytest.mark.parametrize("new_event_id", [True, False])
def test_an_event_may_come_several_times(slack, new_event_id):
    client = slack.connected()
    slack.inject("duplicate", app=JONAS_APP, copies=2, new_event_id=new_event_id)
    slack.post("mara", "support", "again and again")
    payloads = [client.envelope()["payload"] for _ in range(3)]
    assert len({one["event"]["ts"] for one in payloads}) == 1
    assert len({one["event_id"] for one in payloads}) == (3 if new_event_id else 1)


def test_events_may_come_in_another_order(slack):
    client = slack.connected()
    slack.inject("reorder", app=JONAS_APP, window=3)
    stamps = [slack.post("mara", "support", str(number)) for number in range(3)]
    assert [client.event()["ts"] for _ in range(3)] == stamps[::-1]


def test_held_events_are_let_go_when_no_more_come(slack):
    client = slack.connected()
    slack.inject("reorder", app=JONAS_APP, window=3, seconds=0.2)
    ts = slack.post("mara", "support", "alone")
    assert client.event()["ts"] == ts


def test_an_ack_may_go_unnoticed(slack):
    slack.settings(ack_timeout=0.1)
    client = slack.connected()
    slack.inject("ignore-ack", app=JONAS_APP)
    slack.post("mara", "support", "twice")
    first, second = client.envelope(), client.envelope()
    assert first["payload"]["event_id"] == second["payload"]["event_id"]
    assert second["retry_attempt"] == 1
    slack.wait_until_idle()
    assert slack.acks()[0]["lost"] == "ignored"


def test_a_frame_may_come_in_pieces_with_pings_between(slack):
    client = slack.connected()
    slack.inject("fragment", app=JONAS_APP, pieces=3)
    slack.post("mara", "support", "in pieces")
    found = [client.frame()]
    while not (found[-1][0] and found[-1][1] == frames.CONTINUATION):
        found.append(client.frame())
    assert [(fin, opcode) for fin, opcode, _ in found] == [
        (False, frames.TEXT), (True, frames.PING), (False, frames.CONTINUATION),
        (True, frames.PING), (True, frames.CONTINUATION)]


def test_a_frame_may_dribble_and_the_others_wait_for_it(slack):
    client = slack.connected()
    slack.inject("dribble", app=JONAS_APP, bytes=50, seconds=0.001)
    stamps = [slack.post("mara", "support", "slowly"), slack.post("mara", "support", "then")]
    assert [client.event()["ts"], client.event()["ts"]] == stamps


def test_a_frame_may_be_two_megabytes(slack):
    client = slack.connected()
    slack.inject("pad", app=JONAS_APP, size=2_000_000)
    ts = slack.post("mara", "support", "huge")
    envelope = client.envelope()
    assert envelope["payload"]["event"]["ts"] == ts and len(envelope["padding"]) == 2_000_000


def test_a_frame_may_end_in_the_middle_and_the_event_comes_again(slack):
    slack.settings(ack_timeout=0.2)
    client = slack.connected()
    slack.inject("cut-frame", app=JONAS_APP)
    ts = slack.post("mara", "support", "cut")
    with pytest.raises(Closed) as closed:
        client.message()
    assert closed.value.how == "reset"
    envelope = slack.connected().envelope()
    assert envelope["payload"]["event"]["ts"] == ts and envelope["retry_attempt"] >= 1


def test_another_instance_may_steal_the_payloads(slack):
    slack.settings(ack_timeout=60.0)
    slack.thief(JONAS_APP, count=3)
    client = slack.socket()
    client.upgrade()
    assert client.message()["num_connections"] == 4
    for number in range(30):
        slack.post("mara", "support", str(number))
    stolen = sum(slack.call("sockets")["thieves"][JONAS_APP])
    assert 10 <= stolen < 30
    for _ in range(30 - stolen):
        client.event()
    assert client.nothing_comes()


# Open sockets

@pytest.mark.parametrize("parameters, reasons", [
    ({"seconds": 0.1}, ["warning", "refresh_requested"]),
    ({"warning": False}, ["refresh_requested"]),
    ({"refresh_requested": False}, ["warning"]),
])
def test_a_refresh_comes_with_and_without_warning(slack, parameters, reasons):
    client = slack.connected()
    slack.inject("refresh", **parameters)
    assert [client.message()["reason"] for _ in reasons] == reasons
    if reasons[-1] == "refresh_requested":
        assert next_but_pings(client)[1] == frames.CLOSE
    else:
        ts = slack.post("mara", "support", "the socket lives")
        assert client.event()["ts"] == ts


def test_a_disconnect_may_have_any_reason(slack):
    client = slack.connected()
    slack.inject("disconnect", reason="link_disabled", close=False)
    assert client.message()["reason"] == "link_disabled"
    slack.inject("disconnect", reason="moon_phase")
    assert client.message()["reason"] == "moon_phase"
    assert next_but_pings(client)[1] == frames.CLOSE


def test_silence_holds_everything_until_it_ends(slack):
    slack.settings(ping_interval=0.05)
    client = slack.connected()
    slack.inject("silence")
    ts = slack.post("mara", "support", "held")
    client.send(frames.PING, b"hello?")
    assert client.nothing_comes()
    assert slack.sockets()[0]["silent"]
    slack.inject("resume")
    assert client.event()["ts"] == ts


def test_a_deaf_socket_pings_but_brings_nothing(slack):
    slack.settings(ack_timeout=60.0)
    client = slack.connected()
    slack.inject("deaf")
    slack.post("mara", "support", "into nothing")
    client.send(frames.PING, b"alive")
    while client.frame()[1] != frames.PONG:
        pass
    assert client.nothing_comes()
    assert len(slack.deliveries(app=JONAS_APP)) == 1


def test_a_half_open_socket_is_forgotten_and_resets_when_written_to(slack):
    client = slack.connected()
    slack.inject("half-open")
    assert slack.call("wait", for_="sockets", count=0)["sockets"] == []
    assert client.nothing_comes()
    client.send(frames.PING, b"hello?")
    with pytest.raises(Closed) as closed:
        client.message()
    assert closed.value.how == "reset"


def test_a_half_closed_socket_sends_fin_and_reads_on(slack):
    client = slack.connected()
    slack.post("mara", "support", "before the end")
    envelope = client.envelope(ack=False)
    slack.inject("half-closed")
    with pytest.raises(Closed) as closed:
        client.message()
    assert closed.value.how == "fin"
    client.ack(envelope["envelope_id"])
    slack.wait_for_ack(envelope_id=envelope["envelope_id"])


@pytest.mark.parametrize("fault, how", [
    ({"fault": "reset", "mid_frame": True}, "reset"),
    ({"fault": "reset", "mid_frame": False}, "reset"),
    ({"fault": "fin"}, "fin"),
])
def test_tcp_may_end_without_a_word(slack, fault, how):
    client = slack.connected()
    slack.inject(**fault)
    with pytest.raises(Closed) as closed:
        client.message()
    assert closed.value.how == how


def test_a_close_frame_has_its_code(slack):
    client = slack.connected()
    slack.inject("close", code=1012, reason="restart")
    assert next_but_pings(client) == (True, frames.CLOSE, b"\x03\xf4restart")


def test_frames_of_ones_own_are_sent_as_they_are(slack):
    client = slack.connected()
    slack.inject("send", json={"type": "weather"})
    assert client.message() == {"type": "weather"}
    slack.inject("send", base64="//4=", opcode=2)
    assert next_but_pings(client) == (True, frames.BINARY, b"\xff\xfe")
    slack.inject("send", text="half", fin=False)
    assert next_but_pings(client) == (False, frames.TEXT, b"half")
    slack.inject("ping", text="now")
    assert client.frame() == (True, frames.PING, b"now")


@pytest.mark.parametrize("kind", sorted(JUNK))
def test_junk_is_sent_and_the_socket_lives_on(slack, kind):
    client = slack.connected()
    slack.inject("junk", kind=kind)
    opcode, payload = JUNK[kind][0]()
    frame = next_but_pings(client)
    assert frame[1] == opcode and len(frame[2]) == len(payload)
    ts = slack.post("mara", "support", "after the junk")
    assert client.event()["ts"] == ts


def test_events_are_redelivered_by_hand(slack):
    client = slack.connected()
    stamps = [slack.post("mara", "support", str(number)) for number in range(3)]
    ids = [client.envelope()["payload"]["event_id"] for _ in range(3)]
    assert slack.call("inject", fault="redeliver", app=JONAS_APP, count=2,
                      new_event_id=False)["redelivered"] == 2
    payloads = [client.envelope()["payload"] for _ in range(2)]
    assert [one["event_id"] for one in payloads] == ids[1:]
    assert [one["event"]["ts"] for one in payloads] == stamps[1:]
    slack.inject("redeliver", app=JONAS_APP)
    payload = client.envelope()["payload"]
    assert payload["event"]["ts"] == stamps[2] and payload["event_id"] not in ids


def test_a_fault_can_strike_one_socket_of_several(slack):
    first, second = slack.connected(), slack.connected()
    slack.inject("fin", socket="newest")
    with pytest.raises(Closed):
        second.message()
    slack.wait_for_sockets(1)
    ts = slack.post("mara", "support", "still here")
    assert first.event()["ts"] == ts


# The network and TLS

def test_the_network_may_be_down_and_come_back_at_the_same_place(slack):
    client = slack.connected()
    slack.network(up=False)
    with pytest.raises(Closed) as closed:
        client.message()
    assert closed.value.how == "reset"
    with pytest.raises(ConnectionRefusedError):
        request(slack)
    slack.network(up=True)
    assert json.loads(request(slack)[1])["ok"]
    slack.connected()


@pytest.fixture
def tls_slack():
    with Slack(tls=True) as simulator:
        yield simulator


def secure(slack, host: str = "localhost") -> dict:
    """auth.test over a verified connection."""
    context = ssl.create_default_context(cafile=slack.ca)
    url = slack.api_tls.replace("localhost", host)
    answer = urllib.request.urlopen(urllib.request.Request(
        url + "auth.test", b"", {"Authorization": f"Bearer {JONAS}"}), timeout=60, context=context)
    with answer:
        return json.load(answer)


def test_tls_is_good_for_the_loopbacks_names(tls_slack):
    assert secure(tls_slack)["ok"] and secure(tls_slack, "127.0.0.1")["ok"]
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(tls_slack.api_tls + "auth.test", timeout=60)


@pytest.mark.parametrize("kind, complaint", [
    ("expired", "certificate has expired"), ("not-yet-valid", "not yet valid"),
    ("wrong-host", "Hostname mismatch"), ("unknown-authority", "certificate verify failed"),
])
def test_a_certificate_may_be_bad_and_good_again(tls_slack, kind, complaint):
    tls_slack.certificate(kind)
    with pytest.raises(urllib.error.URLError, match=complaint):
        secure(tls_slack)
    tls_slack.certificate("good")
    assert secure(tls_slack)["ok"]


def test_a_socket_over_tls_survives_huge_frames_and_fails_like_any_other(tls_slack):
    slack = tls_slack
    context = ssl.create_default_context(cafile=slack.ca)
    opened = urllib.request.Request(slack.api_tls + "apps.connections.open", b"",
                                    {"Authorization": "Bearer xapp-demo-jonas"})
    urls = []
    for _ in range(2):
        with urllib.request.urlopen(opened, timeout=60, context=context) as response:
            urls.append(json.load(response)["url"])
    assert all(url.startswith("wss://localhost:") for url in urls)
    client = SocketClient(urls[0], slack.ca)
    assert client.upgrade()[0] == 101 and client.message()["type"] == "hello"
    slack.inject("pad", app=JONAS_APP)
    slack.post("mara", "support", "huge")
    assert len(client.envelope()["padding"]) == 2_000_000
    slack.inject("reset", mid_frame=True)
    with pytest.raises(Closed):
        client.message()
    client.close()
    client = SocketClient(urls[1], slack.ca)
    client.upgrade()
    client.message()
    slack.inject("half-closed")
    with pytest.raises(Closed):
        client.message()
    client.close()


# The catalogue

def test_every_fault_has_a_test_of_its_own():
    with open(__file__, encoding="utf-8") as file:
        text = file.read()
    assert [name for name in FAULTS if f'"{name}"' not in text] == []


@pytest.mark.parametrize("parameters, complaint", [
    ({"fault": "earthquake"}, "unknown fault"),
    ({"fault": "error", "colour": "red"}, "no parameter 'colour'"),
    ({"fault": "junk", "kind": "socks"}, "unknown junk"),
    ({"fault": "fin"}, "no such socket is open"),
])
def test_a_fault_that_makes_no_sense_is_refused(quiet_slack, parameters, complaint):
    with pytest.raises(ControlError, match=complaint):
        quiet_slack.inject(**parameters)


def test_a_port_that_nobody_knows_is_not_served(quiet_slack):
    parts = urllib.parse.urlsplit(quiet_slack.socket_url())
    with socket.create_connection((parts.hostname, parts.port), timeout=60) as raw:
        raw.sendall(b"GET /elsewhere HTTP/1.1\r\nHost: x\r\n\r\n")
        assert raw.recv(100).startswith(b"HTTP/1.1 404")
