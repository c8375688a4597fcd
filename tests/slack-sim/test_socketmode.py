# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Socket Mode: tickets, hello, envelopes and acks, redelivery, refresh, and the events."""

import json

import pytest
from client import Closed, SocketClient
from conftest import AIKO, JONAS_APP, SHIPBOT
from slacksim import frames

SUPPORT = "C07SUPPORT1"


def test_hello_comes_first_and_tells_of_the_connection(slack):
    client = slack.socket()
    status, headers, _ = client.upgrade()
    assert status == 101
    assert headers["sec-websocket-accept"] == frames.accept_key(client.key)
    hello = client.message()
    assert hello["type"] == "hello" and hello["num_connections"] == 1
    assert hello["debug_info"]["approximate_connection_time"] == 18060
    assert hello["connection_info"] == {"app_id": JONAS_APP}


def test_a_ticket_is_good_for_one_connection(slack):
    url = slack.socket_url()
    first, second = SocketClient(url), SocketClient(url)
    assert first.upgrade()[0] == 101
    assert second.upgrade()[0] == 409
    stale = SocketClient(url.replace("ticket=", "ticket=x"))
    assert stale.upgrade()[0] == 408
    for client in (first, second, stale):
        client.close()


def test_connections_open_is_for_app_tokens_and_post(slack):
    assert slack.web_api("apps.connections.open", "xapp-made-up")["error"] == "invalid_auth"
    url = slack.web_api("apps.connections.open", "xapp-demo-jonas")["url"]
    assert url.startswith("ws://127.0.0.1:") and f"app_id={JONAS_APP}" in url


def test_a_message_arrives_as_slack_sends_it(slack):
    client = slack.connected()
    ts = slack.post("mara", "support", "@oncall the *export* is wrong :bug:")
    envelope = client.envelope()
    assert envelope["type"] == "events_api" and not envelope["accepts_response_payload"]
    assert envelope["retry_attempt"] == 0 and envelope["retry_reason"] == ""
    outer = envelope["payload"]
    assert outer["type"] == "event_callback" and outer["event_id"].startswith("Ev")
    assert outer["team_id"] == "T07LARKSPUR" and outer["api_app_id"] == JONAS_APP
    assert outer["authorizations"][0]["user_id"] == "U07JONAS001"
    event = outer["event"]
    assert event["type"] == "message" and "subtype" not in event
    assert event["channel"] == SUPPORT and event["channel_type"] == "channel"
    assert event["ts"] == event["event_ts"] == ts and event["client_msg_id"]
    assert event["text"] == "<!subteam^S07ONCALL01> the *export* is wrong :bug:"
    elements = event["blocks"][0]["elements"][0]["elements"]
    assert [element["type"] for element in elements] == ["usergroup", "text", "text", "text",
                                                         "emoji"]


def test_what_an_app_does_comes_back_as_events(slack):
    client = slack.connected()
    posted = slack.as_jonas("chat.postMessage", channel=SUPPORT, text="on it")
    assert client.event()["ts"] == posted["ts"]
    slack.as_jonas("reactions.add", channel=SUPPORT, timestamp=posted["ts"], name="eyes")
    event = client.event()
    assert event["type"] == "reaction_added" and event["reaction"] == "eyes"
    assert event["item"] == {"type": "message", "channel": SUPPORT, "ts": posted["ts"]}
    assert event["item_user"] == event["user"] == "U07JONAS001"
    slack.as_jonas("reactions.remove", channel=SUPPORT, timestamp=posted["ts"], name="eyes")
    assert client.event()["type"] == "reaction_removed"
    slack.as_jonas("chat.update", channel=SUPPORT, ts=posted["ts"], text="not on it")
    event = client.event()
    assert event["subtype"] == "message_changed" and event["hidden"]
    assert event["message"]["text"] == "not on it" and event["message"]["edited"]
    assert event["previous_message"]["text"] == "on it" and event["ts"] != posted["ts"]
    slack.as_jonas("chat.delete", channel=SUPPORT, ts=posted["ts"])
    event = client.event()
    assert event["subtype"] == "message_deleted" and event["deleted_ts"] == posted["ts"]
    assert event["previous_message"]["text"] == "not on it"


def test_replies_broadcasts_files_and_webhooks_have_their_shapes(slack):
    client = slack.connected()
    ts = slack.post("mara", "support", "a question")
    client.event()
    slack.reply("jonas", "support", ts, "in the thread")
    event = client.event()
    assert event["thread_ts"] == ts and event["parent_user_id"] == "U07MARA0001"
    assert "subtype" not in event
    slack.reply("jonas", "support", ts, "for all", broadcast=True)
    event = client.event()
    assert event["subtype"] == "thread_broadcast" and event["root"]["reply_count"] == 2
    slack.post("mara", "support", "see the picture", files=[{"name": "screen.png"}])
    event = client.event()
    assert event["subtype"] == "file_share" and event["files"][0]["name"] == "screen.png"
    slack.call("webhook", channel="support", app="A07SHIPBOT1", text="deployed")
    event = client.event()
    assert event["subtype"] == "bot_message" and "user" not in event and event["bot_id"]
    slack.post("shipbot", "support", "deployed again")
    event = client.event()
    assert "subtype" not in event and event["bot_id"] and event["user"] == "U07SHIPBOT1"
    slack.call("post", user="jonas", channel="support", text="waves", subtype="me_message")
    assert client.event()["subtype"] == "me_message"


def test_a_reaction_to_a_webhooks_post_names_no_author(slack):
    ts = slack.call("webhook", channel="support", app="A07SHIPBOT1", text="deployed")["ts"]
    client = slack.connected()
    slack.react("jonas", "support", ts, "eyes")
    assert "item_user" not in client.event("reaction_added")


def test_message_changed_also_comes_without_an_edit(slack):
    client = slack.connected()
    ts = slack.post("mara", "support", "see https://larkspur.example")
    client.event()
    slack.unfurl("support", ts, url="https://larkspur.example")
    event = client.event()
    assert event["subtype"] == "message_changed" and "edited" not in event["message"]
    assert event["message"]["text"] == event["previous_message"]["text"]
    assert event["message"]["attachments"][0]["from_url"] == "https://larkspur.example"
    slack.unfurl("support", ts)
    event = client.event()
    assert event["message"] == event["previous_message"]


def test_a_deleted_parent_is_changed_into_a_tombstone(slack):
    slack.settings(time_scale=100.0)
    ts = slack.post("mara", "support", "a question")
    reply = slack.reply("jonas", "support", ts, "an answer")
    client = slack.connected()
    # What happened before the socket was open arrives by redelivery.
    assert {client.event()["ts"], client.event()["ts"]} == {ts, reply}
    slack.delete("support", ts)
    event = client.event()
    assert event["subtype"] == "message_changed"
    assert event["message"]["subtype"] == "tombstone" and event["message"]["ts"] == ts
    assert event["previous_message"]["text"] == "a question"
    slack.delete("support", reply)
    assert client.event()["deleted_ts"] == reply
    event = client.event()
    assert event["deleted_ts"] == ts and event["previous_message"]["subtype"] == "tombstone"


def test_group_changes_come_as_three_events(slack):
    client = slack.connected()
    slack.set_group("oncall", ["aiko", "dele"])
    updated, members, removed = client.event(), client.event(), client.event()
    assert updated["type"] == "subteam_updated" and updated["subteam"]["user_count"] == "2"
    assert updated["subteam"]["users"] == ["U07AIKO0001", "U07DELE0001"]
    assert members["type"] == "subteam_members_changed"
    assert members["added_users"] == ["U07DELE0001"] and members["added_users_count"] == "1"
    assert members["removed_users"] == ["U07JONAS001"] and members["removed_users_count"] == "1"
    assert members["date_previous_update"] < members["date_update"]
    assert removed == {"type": "subteam_self_removed", "subteam_id": "S07ONCALL01",
                       "event_ts": removed["event_ts"]}
    slack.call("group", group="oncall", add=["jonas"])
    assert client.event("subteam_self_added")["subteam_id"] == "S07ONCALL01"


def test_the_users_of_an_updated_group_are_cut(slack):
    slack.settings(subteam_users=1)
    client = slack.connected()
    slack.set_group("oncall", ["aiko", "dele", "sofia"])
    subteam = client.event("subteam_updated")["subteam"]
    assert subteam["users"] == ["U07AIKO0001"] and subteam["user_count"] == "3"


def test_a_bot_hears_of_group_members_but_not_of_itself(slack):
    slack.call("restore", app="A07SHIPBOT1", kind="bot",
               scopes=["usergroups:read", "channels:history", "app_mentions:read"])
    client = slack.connected("xapp-demo-shipbot")
    slack.set_group("oncall", ["shipbot"])
    assert client.event()["type"] == "subteam_updated"
    assert client.event()["type"] == "subteam_members_changed"
    slack.post("mara", "support", "thank you @shipbot")
    assert client.event()["type"] == "message"
    mention = client.event()
    assert mention["type"] == "app_mention" and "<@U07SHIPBOT1>" in mention["text"]
    assert client.nothing_comes()


def test_renames_joins_people_and_emoji_are_told(slack):
    client = slack.connected()
    slack.rename_channel("priya", "support", "help")
    assert client.event()["channel"]["name"] == "help"
    event = client.event()
    assert event["subtype"] == "channel_name" and event["old_name"] == "support"
    slack.call("leave", channel="help", user="ruth")
    assert client.event()["type"] == "member_left_channel"
    slack.call("join", channel="help", user="ruth")
    event = client.event()
    assert event["type"] == "member_joined_channel" and event["user"] == "U07RUTH0001"
    assert client.event()["subtype"] == "channel_join"
    slack.call("user", user="ruth", tz="America/Los_Angeles", real_name="Ruth A.")
    event = client.event()
    assert event["type"] == "user_change" and event["user"]["tz"] == "America/Los_Angeles"
    assert event["user"]["tz_offset"] in (-25_200, -28_800)
    slack.call("emoji", name="party_parrot", value="https://emoji.example/parrot.gif")
    assert client.event() | {"event_ts": ""} == {
        "type": "emoji_changed", "event_ts": "", "subtype": "add", "name": "party_parrot",
        "value": "https://emoji.example/parrot.gif"}


def test_revoked_tokens_are_told_to_their_app(slack):
    client = slack.connected()
    slack.revoke("jonas")
    assert client.event()["tokens"] == {"oauth": ["U07JONAS001"], "bot": []}
    slack.post("mara", "support", "nobody is listening")
    assert client.nothing_comes()


def test_an_app_sees_only_what_its_person_and_scopes_see(slack):
    client = slack.connected()
    slack.call("leave", channel="engineering", user="jonas")
    slack.post("dele", "engineering", "private")
    assert client.nothing_comes()
    slack.call("restore", user="jonas", scopes=["reactions:read"])
    ts = slack.post("mara", "support", "unseen")
    slack.react("mara", "support", ts, "eyes")
    assert client.event()["type"] == "reaction_added"


def test_every_app_gets_its_own_delivery(slack):
    jonas, aiko = slack.connected(), slack.connected("xapp-demo-aiko")
    ts = slack.post("mara", "support", "for both")
    assert jonas.event()["ts"] == aiko.event()["ts"] == ts


def test_each_payload_goes_to_only_one_socket(slack):
    clients = [slack.connected(), slack.connected()]
    stamps = {slack.post("mara", "support", str(number)) for number in range(20)}
    deliveries = slack.deliveries(app=JONAS_APP)
    assert {one["ts"] for one in deliveries} == stamps and len(deliveries) == 20
    sockets = [one["socket"] for one in deliveries]
    assert len(set(sockets)) == 2
    for client, socket in zip(clients, sorted(set(sockets))):
        for _ in range(sockets.count(socket)):
            client.event()
    slack.wait_until_idle()


def test_num_connections_counts_and_the_eleventh_is_sent_away(slack):
    clients = [slack.socket() for _ in range(11)]
    counts = []
    for client in clients:
        assert client.upgrade()[0] == 101
        counts.append(client.message()["num_connections"])
    assert counts == list(range(1, 12))
    assert clients[-1].message() == {"type": "disconnect", "reason": "too_many_websockets",
                                     "debug_info": {"host": "applink-simulated"}}
    assert clients[-1].frame()[1] == frames.CLOSE


def test_an_unacked_event_is_redelivered_by_the_schedule_and_then_lost(slack):
    slack.settings(ack_timeout=0.05, time_scale=300.0)
    client = slack.connected()
    slack.post("mara", "support", "nobody acks me")
    envelopes = [client.envelope(ack=False) for _ in range(4)]
    assert [one["retry_attempt"] for one in envelopes] == [0, 1, 2, 3]
    assert [one["retry_reason"] for one in envelopes] == ["", "timeout", "timeout", "timeout"]
    assert len({one["envelope_id"] for one in envelopes}) == 4
    assert len({one["payload"]["event_id"] for one in envelopes}) == 1
    times = [one["time"] for one in slack.deliveries(app=JONAS_APP)]
    gaps = [later - earlier for earlier, later in zip(times, times[1:])]
    # The ack limit, plus at once, 1 min and 5 min of the scaled time.
    assert gaps[0] >= 0.05 and gaps[1] >= 0.25 and gaps[2] >= 1.05
    slack.wait_until_idle()
    assert client.nothing_comes()


def test_an_ack_ends_it_and_its_latency_is_known(slack):
    slack.settings(ack_timeout=2.0)
    client = slack.connected()
    ts = slack.post("mara", "support", "acked")
    envelope = client.envelope(ack=False)
    client.ack(envelope["envelope_id"])
    ack = slack.wait_for_ack(ts=ts, channel="support")
    assert ack["envelope_id"] == envelope["envelope_id"] and 0 <= ack["latency"] < 2
    assert client.nothing_comes(2.5)
    client.ack(envelope["envelope_id"])
    assert slack.wait_for_ack(count=2)["again"]


def test_events_without_a_socket_are_retried_and_arrive_later(slack):
    slack.settings(time_scale=100.0)
    ts = slack.post("mara", "support", "while you were away")
    client = slack.connected()
    envelope = client.envelope()
    assert envelope["payload"]["event"]["ts"] == ts and envelope["retry_attempt"] > 0


def test_events_without_a_socket_can_also_be_lost(slack):
    slack.settings(retry_without_socket=False)
    slack.post("mara", "support", "while you were away")
    assert slack.connected().nothing_comes()


@pytest.mark.parametrize("what, send", [
    ("too large", lambda client, ident: client.ack(ident, payload={"text": "x" * 20_000})),
    ("fragmented", lambda client, ident: (
        client.send(frames.TEXT, b'{"envelope_id":', fin=False),
        client.send(frames.CONTINUATION, json.dumps(ident).encode() + b"}"))),
    ("not an ack", lambda client, ident: client.send(frames.TEXT, b"thanks")),
    ("unknown envelope", lambda client, ident: client.ack("no-such-envelope")),
])
def test_an_ack_that_slack_would_not_notice_is_lost(slack, what, send):
    client = slack.connected()
    slack.post("mara", "support", "ack me badly")
    send(client, client.envelope(ack=False)["envelope_id"])
    assert slack.wait_for_ack(lost=what)["socket"]
    assert slack.call("state")["unacked"] == 1


def test_the_server_pings_and_answers_pings(slack):
    slack.settings(ping_interval=0.05)
    client = slack.connected()
    assert [client.frame()[1] for _ in range(3)] == [frames.PING] * 3
    client.send(frames.PING, b"are you there")
    while (frame := client.frame())[1] == frames.PING:
        pass
    assert frame == (True, frames.PONG, b"are you there")


def test_a_socket_ends_with_a_warning_and_then_a_refresh(slack):
    slack.settings(connection_seconds=1200.0, warning_seconds=600.0, time_scale=600.0)
    client = slack.socket()
    client.upgrade()
    assert client.message()["debug_info"]["approximate_connection_time"] == 2
    assert client.message()["reason"] == "warning"
    # Between the two the socket is as good as ever.
    ts = slack.post("mara", "support", "just before the end")
    assert client.event()["ts"] == ts
    assert client.message()["reason"] == "refresh_requested"
    assert client.frame()[1] == frames.CLOSE


def test_debug_reconnects_shortens_a_sockets_life(slack):
    client = slack.socket(suffix="&debug_reconnects=true")
    client.upgrade()
    assert client.message()["debug_info"]["approximate_connection_time"] == 360


def test_tcp_stays_open_after_the_close_handshake(slack):
    slack.settings(close_linger=0.5)
    client = slack.connected()
    client.send(frames.CLOSE, frames.close_payload(1000))
    while (frame := client.frame())[1] == frames.PING:
        pass
    assert frame == (True, frames.CLOSE, b"\x03\xe8")
    assert slack.sockets()[0]["state"] == "closed"
    with pytest.raises(Closed) as closed:
        client.frame()
    assert closed.value.how == "fin"


def test_a_client_that_does_not_mask_is_closed_with_1002(slack):
    client = slack.connected()
    client.raw.sendall(frames.encode(frames.TEXT, b"{}"))
    while (frame := client.frame())[1] == frames.PING:
        pass
    assert frame[1] == frames.CLOSE and frame[2][:2] == (1002).to_bytes(2, "big")


def test_interactions_and_commands_come_as_envelopes_and_are_not_retried(slack):
    slack.settings(ack_timeout=0.05)
    client = slack.connected()
    slack.call("envelope", app=JONAS_APP, type="slash_commands",
               payload={"command": "/oncall", "text": ""})
    envelope = client.envelope(ack=False)
    assert envelope["type"] == "slash_commands" and envelope["accepts_response_payload"]
    assert "retry_attempt" not in envelope
    client.ack(envelope["envelope_id"], payload={"text": "hello"})
    assert slack.wait_for_ack(kind="slash_commands")["payload"] == {"text": "hello"}
    slack.call("envelope", app=JONAS_APP, type="interactive",
               payload={"type": "block_actions"})
    assert client.envelope(ack=False)["payload"]["type"] == "block_actions"
    assert client.nothing_comes()


def test_the_hidden_replied_event_lacks_its_subtype(slack):
    slack.settings(message_replied=True)
    client = slack.connected()
    ts = slack.post("mara", "support", "a question")
    slack.reply("jonas", "support", ts, "an answer")
    events = [client.event() for _ in range(3)]
    odd = events[2]
    assert "subtype" not in odd and odd["hidden"] and odd["message"]["reply_count"] == 1


def test_a_sockets_bytes_that_come_with_the_upgrade_are_read(slack):
    client = slack.socket()
    client.send(frames.PING, b"early")
    assert client.upgrade()[0] == 101
    assert (True, frames.PONG, b"early") in [client.frame(), client.frame(), client.frame()]


def test_aikos_app_hears_nothing_of_jonas_groups(slack):
    aiko = slack.connected("xapp-demo-aiko")
    slack.set_group("oncall", ["aiko"])
    kinds = [aiko.event()["type"] for _ in range(2)]
    assert kinds == ["subteam_updated", "subteam_members_changed"]
    assert aiko.nothing_comes()


def test_tokens_of_others_see_the_same_message(slack):
    ts = slack.as_jonas("chat.postMessage", channel=SUPPORT, text="hello")["ts"]
    for token in (AIKO, SHIPBOT):
        answer = slack.web_api("conversations.history", token, channel=SUPPORT, limit=1)
        assert answer["messages"][0]["ts"] == ts
