# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""End to end on a real notification server, with a real click."""

import pytest

from environment import bare_environment
from screen import DunstScreen


@pytest.fixture
def screen(private_bus, tmp_path):
    home = tmp_path / "desktop"
    home.mkdir()
    screen = DunstScreen(home, private_bus.address, bare_environment(home, private_bus.address))
    yield screen.start()
    screen.stop()


def test_a_click_on_a_real_popup_reaches_slack(slack, screen, daemon):
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    screen.choose("I'm on it")
    slack.wait_for_reaction("support", ts, "eyes", user="jonas")
    daemon.wait_for_thread(ts, State="looking")
    screen.wait_until_no_popups()
