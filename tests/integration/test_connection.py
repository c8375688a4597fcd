# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The line to Slack: who is trusted, what breaks, and what is refused."""

import os
import re
import time

import pytest

from bus import PrivateBus
from desktop import Logind
from simulator import DEMO, Simulator
from waiting import eventually

JONAS = "U07JONAS001"


def socket_ids(slack):
    return [one["id"] for one in slack.sockets()]


# What breaks


def test_a_refresh_leaves_no_gap(slack, popups, daemon):
    # Nothing is delivered again because the machine is slow.
    slack.settings(ack_timeout=60.0)
    daemon.start()
    old, = socket_ids(slack)
    mark = slack.seq()
    slack.inject("refresh", seconds=10.0)
    new, = slack.wait_for_sockets(1, newer_than=old)
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    slack.wait_for_ack(ts=ts)
    popups.wait_for("the export is wrong")
    # Nothing was missed, so nothing is read again, and nobody is told that anything was stale.
    assert slack.calls("conversations.history", since=mark) == []
    states = [arguments[1]["State"] for _path, _interface, name, arguments in daemon.signals
              if name == "PropertiesChanged" and "State" in arguments[1]]
    assert states[-1] == "connected" and states.count("connected") == 1
    assert len(slack.deliveries(ts=ts)) == 1


def test_what_a_broken_socket_swallows_is_read_from_history(slack, popups, daemon):
    daemon.start()
    slack.inject("deaf")
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    slack.inject("reset")
    popups.wait_for("the export is wrong")
    daemon.wait_for_thread(ts)
    daemon.wait_for(State="connected", StaleSince=0)


def test_the_socket_that_slack_closes_is_replaced(slack, popups, daemon):
    daemon.start()
    old, = socket_ids(slack)
    slack.inject("close", code=1000)
    slack.wait_for_sockets(1, newer_than=old)
    daemon.wait_for(State="connected")
    slack.post("mara", "support", "@oncall the export is wrong")
    popups.wait_for("the export is wrong")


def test_a_switched_off_socket_mode_is_said_and_not_hammered(slack, daemon):
    daemon.start()
    mark = slack.seq()
    slack.inject("disconnect", reason="link_disabled")
    daemon.wait_for(State="offline")
    assert "switched off" in daemon["StateText"]
    assert slack.calls("apps.connections.open", since=mark) == []


def test_after_a_sleep_no_old_connection_is_trusted(slack, popups, daemon, tmp_path):
    system_bus = PrivateBus(tmp_path / "system")
    logind = Logind(system_bus.address)
    daemon.environment["DBUS_SYSTEM_BUS_ADDRESS"] = system_bus.address
    daemon.start()
    told = len(daemon.signals)
    slack.inject("silence")
    slack.post("mara", "support", "@oncall the export is wrong")
    logind.prepare_for_sleep(True)
    logind.prepare_for_sleep(False)
    slack.wait_for_call("apps.connections.open", count=2)
    popups.wait_for("the export is wrong")
    eventually(lambda: any(name == "PropertiesChanged" and arguments[1].get("State") == "stale"
                           for _path, _interface, name, arguments in list(daemon.signals)[told:]))
    daemon.stop()
    logind.stop()
    system_bus.stop()


def test_the_state_is_honest_while_slack_is_away(slack, daemon, oncallctl):
    daemon.start()
    before = time.time()
    slack.network(up=False)
    daemon.wait_for(State="offline")
    assert "Couldn't connect" in daemon["StateText"]
    assert before - 1 <= daemon["StaleSince"] / 1e6 <= time.time() + 1
    assert oncallctl.output("status") == "offline\n"
    slack.network(up=True)
    daemon.wait_for(State="connected", StaleSince=0, StateText="")
    assert oncallctl.output("status") == "idle\n"


# Who is trusted


@pytest.fixture
def tls_slack(scenario):
    with Simulator(scenario, tls=True) as simulator:
        yield simulator


@pytest.fixture
def tls_daemon(tls_slack, make_daemon):
    daemon = make_daemon(tls_slack.api_tls)
    daemon.arguments += ["--debug-ca-file", tls_slack.ca]
    return daemon


def test_slack_is_spoken_to_by_tls(tls_slack, popups, tls_daemon):
    tls_daemon.start()
    ts = tls_slack.post("mara", "support", "@oncall the export is wrong")
    popups.choose(popups.wait_for("the export is wrong"), "claim")
    tls_slack.wait_for_reaction("support", ts, "eyes", user="jonas")


@pytest.mark.parametrize("kind", ["expired", "not-yet-valid", "wrong-host", "unknown-authority"])
def test_a_bad_certificate_is_refused(tls_slack, tls_daemon, kind):
    tls_slack.certificate(kind)
    tls_daemon.start("connecting", "offline")
    tls_daemon.wait_for_log("cannot reach Slack: .*certificate")
    assert tls_slack.calls() == []


def test_a_certificate_that_turns_bad_ends_the_trust(tls_slack, tls_daemon):
    tls_daemon.start()
    tls_slack.certificate("unknown-authority")
    tls_slack.network(up=False)
    mark = tls_slack.seq()
    tls_slack.network(up=True)
    tls_daemon.wait_for_log("certificate")
    assert tls_slack.calls(since=mark) == []


def test_an_authority_that_nobody_named_is_refused(tls_slack, make_daemon):
    daemon = make_daemon(tls_slack.api_tls)
    daemon.start("offline")
    assert "certificate" in daemon["StateText"]
    assert tls_slack.calls() == []


def test_a_token_is_not_sent_in_the_clear(make_daemon):
    daemon = make_daemon("http://slack.example/api/")
    daemon.expect_complaint("http")
    daemon.write_files()
    daemon.launch()
    assert daemon.wait() == os.EX_CONFIG
    line, = [line for line in daemon.log if "WARNING" in line]
    for word in (str(daemon.configuration), "[slack]", "api-url", "https only"):
        assert word in line


# What is refused


@pytest.mark.parametrize("tokens", [
    {"user": "xoxp-not-a-token", "app": "xapp-test-jonas"},
    {"user": "xoxp-test-jonas", "app": "xapp-not-a-token"},
])
def test_a_refused_token_is_told_once_and_not_tried_again(
        slack, popups, hurried, make_oncallctl, tokens):
    hurried.tokens = tokens
    hurried.expect_complaint("refuses")
    hurried.start("denied")
    notice = popups.wait_for("Slack refuses oncalld's token")
    assert "invalid_auth" in notice.body
    assert "systemctl --user reload oncalld" in notice.body
    assert make_oncallctl(hurried).output("status") == "offline\n"
    # Longer than anything is waited for before the second try.
    with pytest.raises(TimeoutError):
        slack.wait_for_call(None, since=slack.seq(), deadline=1)
    assert len(popups.shown) == 1

    hurried.tokens = {"user": "xoxp-test-jonas", "app": "xapp-test-jonas"}
    hurried.write_files()
    hurried.manager("Reload")
    hurried.wait_for_state("connected")
    popups.wait_until_closed(notice)


@pytest.mark.parametrize("method, error, words", [
    ("auth.test", "account_inactive", "deactivated"),
    ("auth.test", "token_expired", "expired"),
    ("apps.connections.open", "not_allowed_token_type", "another kind of token"),
    ("conversations.history", "token_revoked", "revoked"),
    ("usergroups.list", "team_disabled", "disabled"),
])
def test_whatever_is_wrong_with_a_token_is_said(slack, popups, daemon, method, error, words):
    slack.inject("error", method=method, error=error, lasting=True)
    daemon.expect_complaint(f"refuses.*{words}")
    daemon.start("denied")
    assert words in daemon["StateText"]
    notice = popups.wait_for("Slack refuses oncalld's token")
    assert words in notice.body and "valid token" in notice.body
    slack.clear_faults()
    daemon.manager("Reload")
    daemon.wait_for_state("connected")
    popups.wait_until_closed(notice)
    assert len(popups.shown) == 1


def test_a_revoked_token_is_told_and_the_daemon_recovers(slack, popups, daemon):
    daemon.expect_complaint("refuses")
    daemon.start()
    slack.revoke("jonas")
    notice = popups.wait_for("Slack refuses oncalld's token")
    daemon.wait_for_state("denied")
    slack.call("restore", user="jonas", kind="user")
    daemon.manager("Reload")
    daemon.wait_for_state("connected")
    popups.wait_until_closed(notice)
    slack.post("mara", "support", "@oncall the export is wrong")
    popups.wait_for("the export is wrong")


def test_a_claim_with_a_refused_token_is_refused(slack, popups, daemon, oncallctl):
    daemon.expect_complaint("refuses")
    daemon.start()
    ts = slack.post("mara", "support", "@oncall the export is wrong")
    daemon.wait_for_thread(ts)
    slack.revoke("jonas")
    daemon.wait_for_state("denied")
    assert re.match("oncallctl: Slack refuses the token", oncallctl.complaint("claim", "1", code=5))


def test_a_limit_of_the_rate_is_kept(slack, popups, daemon):
    slack.inject("rate-limited", method="apps.connections.open", retry_after=2)
    begin = time.monotonic()
    daemon.start()
    assert time.monotonic() - begin >= 2
    assert len(slack.calls("apps.connections.open")) == 2


def test_a_name_that_means_nothing_is_told(slack, daemon):
    daemon.settings["slack"]["channels"] = "#support;#suport"
    daemon.expect_complaint("suport")
    daemon.start()
    assert "suport" in daemon["StateText"]
    daemon.wait_for_thread(slack.post("mara", "support", "@oncall the export is wrong"))


def test_who_watches_nothing_is_not_connected(slack, daemon):
    daemon.settings["slack"]["channels"] = "#suport"
    daemon.expect_complaint("suport")
    daemon.start("unconfigured")
    assert "[slack] channels" in daemon["StateText"]
    daemon.settings["slack"]["channels"] = "#support"
    daemon.write_files()
    daemon.manager("Reload")
    daemon.wait_for_state("connected")
    daemon.wait_for_thread(slack.post("mara", "support", "@oncall the export is wrong"))


@pytest.mark.parametrize("scenario", [DEMO])
def test_of_the_built_in_names_one_is_enough(slack, daemon):
    daemon.tokens = {"user": "xoxp-demo-jonas", "app": "xapp-demo-jonas"}
    daemon.start()
    assert daemon["StateText"] == ""
    daemon.settings["levels"] = {"emergency": "@devs;@engineering"}
    daemon.expect_complaint("@engineering")
    daemon.write_files()
    daemon.manager("Reload")
    eventually(lambda: "@engineering" in daemon["StateText"], daemon.describe)
    assert daemon["State"] == "connected"
