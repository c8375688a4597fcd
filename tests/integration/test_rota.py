# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Who is on call: by the user group's members, as Slack tells of them and as it is asked."""

import pytest

from waiting import eventually

ONCALL = "S07ONCALL01"


def wait_for_members(daemon, *names):
    daemon.wait_for(OnCallMembers=list(names), OnCall="jonas" in names)


def count_askings(slack):
    return len(slack.calls("usergroups.users.list"))


def test_who_joins_and_leaves_is_followed(slack, daemon):
    daemon.start()
    wait_for_members(daemon, "aiko", "jonas")
    slack.call("group", group="oncall", add=["dele"], remove=["jonas"])
    wait_for_members(daemon, "aiko", "dele")
    slack.call("group", group="oncall", add=["jonas"])
    wait_for_members(daemon, "aiko", "dele", "jonas")


def test_a_group_that_events_cut_off_is_asked_for(slack, daemon):
    slack.settings(subteam_users=1)
    daemon.start()
    slack.call("group", group="oncall", members=["dele", "mara", "tomasz"])
    wait_for_members(daemon, "dele", "mara", "tomasz")


@pytest.mark.parametrize("kind", ["subteam_updated", "subteam_members_changed", "subteam_self_*"])
def test_one_lost_event_of_several_is_made_up_for(slack, daemon, kind):
    daemon.start()
    slack.inject("drop", type=kind, lasting=True)
    slack.call("group", group="oncall", members=["dele"])
    wait_for_members(daemon, "dele")


def test_lost_events_are_made_up_for_by_the_next(slack, daemon):
    daemon.start()
    ident = slack.inject("drop", type="subteam_*", lasting=True)
    slack.call("group", group="oncall", members=["dele"])
    slack.clear_faults(ident)
    slack.inject("drop", type="subteam_updated", lasting=True)
    # What was before this one is not what is known.
    slack.call("group", group="oncall", add=["tomasz"])
    wait_for_members(daemon, "dele", "tomasz")


def test_a_handover_meanwhile_is_seen_after_a_gap(slack, daemon):
    daemon.start()
    slack.inject("deaf")
    slack.call("group", group="oncall", members=["dele"])
    slack.inject("reset")
    wait_for_members(daemon, "dele")


def test_groups_are_asked_for_every_hour(slack, hurried):
    hurried.arguments[-1] = "--debug-hurry=1800"  # an hour is two seconds
    slack.inject("drop", type="subteam_*", lasting=True)
    hurried.start()
    slack.call("group", group="oncall", members=["dele"])
    wait_for_members(hurried, "dele")


def test_without_user_groups_peoples_handles_do(slack, daemon):
    slack.inject("error", method="usergroups.*", error="plan_upgrade_required", lasting=True)
    daemon.settings["levels"] = {"urgent": "@jonas;@oncall", "emergency": "@aiko"}
    daemon.expect_complaint("oncall")
    daemon.start()
    wait_for_members(daemon, "jonas")
    eventually(lambda: "@oncall" in daemon["StateText"], daemon.describe)
    ts = slack.post("mara", "support", "@jonas the export is wrong")
    daemon.wait_for_thread(ts, Level="urgent")
    ts = slack.post("mara", "support", "@aiko the import is wrong")
    daemon.wait_for_thread(ts, Level="emergency")


def test_a_restart_knows_the_members_before_slack_is_reached(slack, daemon):
    daemon.start()
    slack.call("group", group="oncall", members=["dele", "jonas"])
    wait_for_members(daemon, "dele", "jonas")
    daemon.stop()
    slack.network(up=False)
    daemon.start("connecting", "offline")
    wait_for_members(daemon, "dele", "jonas")
    slack.network(up=True)
    daemon.wait_for_state("connected")


@pytest.mark.parametrize("restart", [False, True])
def test_what_responders_did_counts_after_they_have_handed_over(slack, daemon, restart):
    daemon.settings["people"] = {"responders": "@oncall"}
    daemon.start()
    old = slack.post("mara", "support", "@oncall the export is wrong")
    slack.reply("aiko", "support", old, "Having a look")
    daemon.wait_for_thread(old, State="looking")
    slack.call("group", group="oncall", members=["dele"])
    wait_for_members(daemon, "dele")
    if restart:
        daemon.stop()
        slack.network(up=False)
        daemon.start("connecting", "offline")
        wait_for_members(daemon, "dele")
        slack.network(up=True)
        daemon.wait_for_state("connected")
    new = slack.post("mara", "support", "@oncall the import is wrong")
    slack.reply("aiko", "support", new, "Good luck with that")
    daemon.wait_for_thread(new, State="new", Replies=1)
    slack.reply("dele", "support", new, "Having a look")
    assert daemon.wait_for_thread(new, State="looking").looker_ids() == ["U07DELE0001"]
    assert daemon.wait_for_thread(old, State="looking").looker_ids() == ["U07AIKO0001"]
