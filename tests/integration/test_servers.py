# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""End to end on real notification servers, with real clicks."""

import contextlib

import pytest

from environment import bare_environment
from screen import DunstScreen, XfceScreen


@pytest.fixture
def on_screen(private_bus, tmp_path):
    """Starts a screen of the class that it is called with."""
    home = tmp_path / "desktop"
    home.mkdir()
    with contextlib.ExitStack() as stack:
        def start(screen_class):
            screen = screen_class(home, private_bus.address,
                                  bare_environment(home, private_bus.address))
            stack.callback(screen.stop)
            return screen.start()

        yield start


def test_a_click_on_a_popup_of_dunst_reaches_slack(slack, on_screen, daemon):
    screen = on_screen(DunstScreen)
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    screen.choose("I'm on it")
    slack.wait_for_reaction("support", ts, "eyes", user="jonas")
    daemon.wait_for_thread(ts, State="looking")
    screen.wait_until_no_popups()


def test_a_click_on_a_button_of_xfce_reaches_slack(slack, on_screen, daemon):
    screen = on_screen(XfceScreen)
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    daemon.wait_for_thread(ts)
    screen.click_button(0)
    slack.wait_for_reaction("support", ts, "eyes", user="jonas")
    daemon.wait_for_thread(ts, State="looking")


def test_a_click_on_the_second_button_opens_the_thread(slack, on_screen, daemon, portal):
    screen = on_screen(XfceScreen)
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    thread = daemon.wait_for_thread(ts)
    screen.click_button(1)
    portal.wait_for(thread["Permalink"])
