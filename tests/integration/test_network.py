# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Between this machine and Slack: names, proxies, certificates, and a network that comes and goes."""

import pytest

from bus import PrivateBus
from desktop import NetworkManager
from proxy import Proxy
from simulator import Simulator
from waiting import eventually


@pytest.fixture
def slack(scenario):
    """Slack as the world has it: by TLS."""
    with Simulator(scenario, tls=True) as simulator:
        yield simulator


@pytest.fixture
def daemon(slack, make_daemon):
    daemon = make_daemon(slack.api_tls)
    daemon.arguments += ["--debug-ca-file", slack.ca, "--debug-hurry=10"]
    return daemon


@pytest.fixture
def make_proxy():
    proxies = []

    def make():
        proxies.append(Proxy())
        return proxies[-1]

    yield make
    for proxy in proxies:
        proxy.stop()


def assert_it_works(slack, popups, number=1):
    ts = slack.post("mara", "support", f"@oncall export {number} is wrong")
    slack.wait_for_ack(ts=ts)
    popups.wait_for(f"export {number} is wrong")


def count_attempts(daemon):
    return sum("cannot ask Slack who we are" in line for line in list(daemon.log))


# Names


def test_a_name_that_cannot_be_resolved_is_tried_for_ever(slack, popups, daemon):
    daemon.settings["slack"]["api-url"] = "https://slack.invalid/api/"
    daemon.start("offline")
    # The resolver may say so, or take too long.
    assert "resolv" in daemon["StateText"].lower()
    eventually(lambda: count_attempts(daemon) >= 2, daemon.log_text)
    assert daemon["State"] == "offline"
    daemon.settings["slack"]["api-url"] = slack.api_tls
    daemon.write_files()
    daemon.manager("Reload")
    daemon.wait_for_state("connected")
    assert_it_works(slack, popups)


# Certificates


@pytest.mark.parametrize("kind", ["expired", "wrong-host", "unknown-authority"])
def test_a_socket_with_a_bad_certificate_is_refused_and_a_good_one_taken(
        slack, popups, daemon, kind):
    daemon.start()
    slack.certificate(kind)
    mark = slack.seq()
    slack.network(up=False)
    slack.network(up=True)
    daemon.wait_for_log("certificate")
    assert slack.calls(since=mark) == []
    slack.certificate("good")
    daemon.wait_for_state("connected")
    assert_it_works(slack, popups)


# Proxies


@pytest.mark.parametrize("variable", ["https_proxy", "HTTPS_PROXY", "ALL_PROXY"])
def test_the_usual_variables_name_the_proxy(slack, popups, daemon, make_proxy, variable):
    proxy = make_proxy()
    daemon.environment[variable] = proxy.address
    daemon.start()
    assert_it_works(slack, popups)
    # One for the calls or more, and the socket's.
    assert len(proxy.passed) >= 2
    assert slack.api_tls.split("/")[2] in proxy.passed


def test_what_no_proxy_lists_goes_without(slack, popups, daemon, make_proxy):
    proxy = make_proxy()
    daemon.environment |= {"https_proxy": proxy.address, "no_proxy": "example.org,localhost"}
    daemon.start()
    assert_it_works(slack, popups)
    assert proxy.passed == []


def test_a_proxy_that_goes_away_is_waited_for(slack, popups, daemon, make_proxy):
    proxy = make_proxy()
    daemon.environment["https_proxy"] = proxy.address
    daemon.start()
    proxy.stop()
    slack.post("mara", "support", "@oncall export 1 is wrong")
    daemon.wait_for(State="offline")
    assert "proxy" in daemon["StateText"].lower() or "connect" in daemon["StateText"]
    proxy.start()
    popups.wait_for("export 1 is wrong")
    daemon.wait_for(State="connected", StaleSince=0)
    assert_it_works(slack, popups, 2)


@pytest.mark.parametrize("status", [403, 407, 502])
def test_a_proxy_that_refuses_is_said_and_asked_again(slack, popups, daemon, make_proxy, status):
    proxy = make_proxy()
    proxy.status = status
    daemon.environment["https_proxy"] = proxy.address
    daemon.start("offline")
    assert str(status) in daemon["StateText"]
    proxy.status = 200
    daemon.wait_for_state("connected")
    assert_it_works(slack, popups)


def test_another_proxy_is_taken_at_the_next_start(slack, popups, daemon, make_proxy):
    old, new = make_proxy(), make_proxy()
    daemon.environment["https_proxy"] = old.address
    daemon.start()
    daemon.stop()
    used = len(old.passed)
    daemon.environment["https_proxy"] = new.address
    daemon.start()
    assert_it_works(slack, popups)
    assert len(old.passed) == used and len(new.passed) >= 2


# The network


def test_a_network_that_is_back_is_used_at_once(slack, popups, daemon, tmp_path):
    system_bus = PrivateBus(tmp_path / "system")
    network = NetworkManager(system_bus.address)
    daemon.environment["DBUS_SYSTEM_BUS_ADDRESS"] = system_bus.address
    # No pause is over and no silence noticed before the test is.
    daemon.arguments.remove("--debug-hurry=10")
    daemon.start()
    network.set_connectivity(NetworkManager.NONE)
    slack.inject("silence")
    slack.post("mara", "support", "@oncall export 1 is wrong")
    network.set_connectivity(NetworkManager.FULL)
    daemon.wait_for_log("the network has changed")
    popups.wait_for("export 1 is wrong")
    daemon.wait_for(State="connected", StaleSince=0)
    assert slack.sockets()[-1]["id"] == 2
    daemon.stop()
    network.stop()
    system_bus.stop()


def test_a_network_that_flaps_costs_one_connection_at_a_time(slack, popups, daemon):
    daemon.start()
    mark = slack.seq()
    for _ in range(5):
        slack.network(up=False)
        slack.network(up=True)
    daemon.wait_for(State="connected", StaleSince=0)
    slack.wait_for_sockets(1)
    assert_it_works(slack, popups)
    assert len(slack.calls("apps.connections.open", since=mark)) <= 10
