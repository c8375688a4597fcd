# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "integration")]

from client import SocketClient  # noqa: E402
from simulator import Simulator  # noqa: E402
from slacksim import frames  # noqa: E402

JONAS, AIKO, SHIPBOT = "xoxp-demo-jonas", "xoxp-demo-aiko", "xoxb-demo-shipbot"
JONAS_APP = "A07WATCHJON"


class Slack(Simulator):
    """The simulator with the demo's workspace, and sockets to it that are closed with it."""

    def __init__(self, *arguments, **options) -> None:
        super().__init__(*arguments, **options)
        self._clients: list[SocketClient] = []

    def socket_url(self, token: str = "xapp-demo-jonas") -> str:
        return self.web_api("apps.connections.open", token)["url"]

    def socket(self, token: str = "xapp-demo-jonas", suffix: str = "") -> SocketClient:
        """A socket whose upgrade is still to be read."""
        client = SocketClient(self.socket_url(token) + suffix)
        self._clients.append(client)
        return client

    def connected(self, token: str = "xapp-demo-jonas") -> SocketClient:
        """A socket that has had its hello and the ping that follows it."""
        client = self.socket(token)
        assert client.upgrade()[0] == 101
        assert client.message()["type"] == "hello"
        assert client.frame()[1] == frames.PING
        return client

    def as_jonas(self, method: str, **arguments) -> dict:
        return self.web_api(method, JONAS, **arguments)

    def __exit__(self, *exception) -> None:
        for client in self._clients:
            client.close()
        super().__exit__(*exception)


@pytest.fixture
def slack():
    with Slack() as simulator:
        yield simulator


@pytest.fixture(scope="module")
def quiet_slack():
    """One for all tests of a file that only read, or write what no other test looks at."""
    with Slack() as simulator:
        yield simulator
