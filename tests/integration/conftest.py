# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The real daemon against the simulated Slack, on a bus of its own. What a test has used is looked
at when it is over: nothing may be left behind, complained of, or told to the log."""

import os
from pathlib import Path

import pytest

from bus import PrivateBus
from daemon import Daemon
from desktop import NotificationServer, Portal, Systemd
from environment import bare_environment
from oncallctl import Oncallctl
from simulator import Simulator

# The fixtures of that module
pytest_plugins = ["played"]

WORKSPACE = Path(__file__).with_name("workspace.toml")


@pytest.fixture
def private_bus(tmp_path):
    bus = PrivateBus(tmp_path / "bus")
    yield bus
    bus.stop()


@pytest.fixture
def scenario():
    """The workspace; a test file or a parameter can have another one."""
    return WORKSPACE


@pytest.fixture
def slack(scenario, tmp_path):
    with Simulator(scenario, state_file=tmp_path / "slack.json") as simulator:
        yield simulator


@pytest.fixture
def popups(private_bus):
    server = NotificationServer(private_bus.address).start()
    yield server
    server.stop()


@pytest.fixture
def systemd(private_bus):
    systemd = Systemd(private_bus.address)
    yield systemd
    systemd.stop()


@pytest.fixture
def portal(private_bus):
    portal = Portal(private_bus.address)
    yield portal
    portal.stop()


@pytest.fixture
def make_daemon(slack, private_bus, tmp_path):
    """Makes daemons that are not started yet, and ends and examines them after the test."""
    daemons = []

    def make(api: str | None = None) -> Daemon:
        daemon = Daemon(os.environ["ONCALLD"], tmp_path / f"daemon{len(daemons)}",
                        private_bus.address, api or slack.api)
        daemons.append(daemon)
        return daemon

    yield make
    try:
        for daemon in daemons:
            if daemon.process:
                daemon.stop()
        texts = slack.texts() if slack.running else []
        for daemon in daemons:
            daemon.examine(texts)
    finally:
        for daemon in daemons:
            daemon.close()


@pytest.fixture
def daemon(make_daemon):
    return make_daemon()


@pytest.fixture
def hurried(make_daemon):
    """A daemon whose time limits and pauses of the network are a tenth: Slack counts as dead after
    3.5 s of silence, a hello may take 1 s, an answer 2 s."""
    daemon = make_daemon()
    daemon.arguments += ["--debug-hurry=10"]
    return daemon


@pytest.fixture
def make_oncallctl():
    """Makes an oncallctl for one of the daemons."""
    def make(daemon: Daemon) -> Oncallctl:
        return Oncallctl(os.environ["ONCALLCTL"], bare_environment(
            daemon.home, daemon.environment["DBUS_SESSION_BUS_ADDRESS"],
            TZ=daemon.environment["TZ"]))

    return make


@pytest.fixture
def oncallctl(make_oncallctl, daemon):
    return make_oncallctl(daemon)
