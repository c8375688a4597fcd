# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Frames that no client should ever be sent, and that one survives all the same."""

import json
import uuid

from . import frames


def _envelope(**fields) -> bytes:
    return json.dumps({"envelope_id": str(uuid.uuid4()), "accepts_response_payload": False,
                       **fields}).encode()


def _event(event: object) -> bytes:
    return _envelope(type="events_api", retry_attempt=0, retry_reason="", payload={
        "type": "event_callback", "team_id": "T0SIMULATE", "event_id": "Ev0JUNK", "event": event})


def _deep() -> bytes:
    return b'{"type":' + b"[" * 100_000 + b"]" * 100_000 + b"}"


# kind: the frame, and whether it is an envelope, which is to be acked like any other.
JUNK = {
    "binary": (lambda: (frames.BINARY, bytes(range(256))), False),
    "not-json": (lambda: (frames.TEXT, b"this is {not json"), False),
    "empty": (lambda: (frames.TEXT, b""), False),
    "invalid-utf8": (lambda: (frames.TEXT, b'{"type":"\xff\xfe\xc3\x28"}'), False),
    "not-object": (lambda: (frames.TEXT, b'["hello", 1, null]'), False),
    "deep": (lambda: (frames.TEXT, _deep()), False),
    "huge": (lambda: (frames.TEXT, b'{"type":"x","pad":"' + b"a" * 2_000_000 + b'"}'), False),
    "unknown-type": (lambda: (frames.TEXT, b'{"type":"weather","sun":true}'), False),
    "no-type": (lambda: (frames.TEXT, b'{"payload":{}}'), False),
    "second-hello": (lambda: (frames.TEXT, b'{"type":"hello"}'), False),
    "unknown-envelope": (lambda: (frames.TEXT, _envelope(type="carrier_pigeon", payload={})), True),
    "no-payload": (lambda: (frames.TEXT, _envelope(type="events_api")), True),
    # app_rate_limited comes like this: an events_api payload without an inner event (seen).
    "no-event": (lambda: (frames.TEXT, _envelope(
        type="events_api", retry_attempt=0, retry_reason="",
        payload={"type": "app_rate_limited", "team_id": "T0SIMULATE", "api_app_id": "A0SIMULATE",
                 "minute_rate_limited": 1518467820})), True),
    "event-not-object": (lambda: (frames.TEXT, _event("surprise")), True),
    "unknown-event": (lambda: (frames.TEXT, _event({"type": "moon_landed", "ts": 7})), True),
    "wrong-types": (lambda: (frames.TEXT, _event(
        {"type": "message", "channel": 5, "ts": 1.5, "text": None, "user": ["U"],
         "blocks": {}})), True),
    "numeric-envelope-id": (lambda: (frames.TEXT, json.dumps(
        {"envelope_id": 17, "type": "events_api", "payload": {}}).encode()), False),
    "pong": (lambda: (frames.PONG, b"unasked"), False),
}
