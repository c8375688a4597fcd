# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The real oncall-applet in a played panel, against the daemon's own D-Bus code.

Needs ONCALL_APPLET and FAKE_DAEMON in the environment: the two programs.
"""

import os
import signal
import subprocess
import time

import pytest
from gi.repository import GLib

from desktop import NotificationServer
from environment import start
from panel import Panel, refused
from waiting import DEADLINE, eventually

INVALID_ARGS = "org.freedesktop.DBus.Error.InvalidArgs"

IDLE, OPEN, URGENT, EMERGENCY, OVERDUE, STALE, OFFLINE = (
    f"oncalld-{name}-symbolic"
    for name in ("idle", "open", "urgent", "emergency", "overdue", "stale", "offline"))
OVERLAY_STALE, OVERLAY_OVERDUE, OVERLAY_PAUSED = (
    f"oncalld-overlay-{name}-symbolic" for name in ("stale", "overdue", "paused"))

WRONG_STATE = 2  # of OncError


class Applet:
    def __init__(self, environment):
        self.process = start(os.environ["ONCALL_APPLET"], env=environment, stderr=subprocess.PIPE,
                             text=True)

    def wait(self):
        """Until it has ended by itself, and well."""
        errors = self.process.communicate(timeout=DEADLINE)[1]
        assert self.process.returncode == 0, errors
        assert "CRITICAL" not in errors, errors

    def stop(self):
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
            self.wait()


@pytest.fixture
def panel(bus):
    panel = Panel(bus.bus.address).start()
    yield panel
    panel.close()


@pytest.fixture
def make_applet(bus):
    applets = []

    def make():
        applets.append(Applet(bus.environment))
        return applets[-1]

    yield make
    for applet in applets:
        applet.stop()


@pytest.fixture
def applet(bus, panel, make_applet):
    """In a panel, with a daemon that has nothing open."""
    bus.start_daemon()
    applet = make_applet()
    panel.wait_for_item()
    panel.wait_for(IconName=IDLE)
    return applet


def add(world, number, level="question", ago=600, text="it is broken", asker="U001"):
    world.do("thread", number, level, "new", "C001", f"{1700000000 + number}.000100", asker, ago,
             text)


def promise(world, number, due, state="running", user="U000"):
    world.do("promise", number, f"{number}.1", user, 600, due, state, "soon")


def wait_for_call(world, call):
    """The applet does not tell when the daemon has answered, so this asks again and again."""
    end = time.monotonic() + DEADLINE
    while (last := world.last_call()) != call:
        assert time.monotonic() < end, f"{last!r} in place of {call!r}"


# The item and its watcher


def test_the_item_has_all_that_panels_read(applet, panel):
    properties = panel.properties()
    assert properties.pop("ToolTip") == (IDLE, [], "No question is open", "")
    assert properties == {
        "Category": "Communications", "Id": "oncall-applet", "Title": "No question is open",
        "Status": "Active", "WindowId": 0, "IconName": IDLE, "IconPixmap": [],
        "OverlayIconName": "", "OverlayIconPixmap": [], "AttentionIconName": IDLE,
        "AttentionIconPixmap": [], "AttentionMovieName": "", "IconThemePath": "",
        "IconAccessibleDesc": "No question is open",
        "AttentionAccessibleDesc": "No question is open", "ItemIsMenu": False, "Menu": "/MenuBar",
        "XAyatanaLabel": "", "XAyatanaLabelGuide": "99",
    }


def test_it_registers_again_with_every_new_watcher(applet, panel):
    for count in range(2, 4):
        panel.stop()
        panel.start()
        panel.wait_for_item(count)
    assert len(set(panel.items)) == 1


def test_it_registers_again_when_it_is_dropped_but_not_for_ever(applet, panel):
    for count in range(2, 11):
        panel.drop()
        panel.wait_for_item(count)
    panel.drop()
    panel.properties()  # which it answers when it has heard of that
    assert len(panel.items) == 10
    panel.stop()
    panel.start()
    panel.wait_for_item(11)
    panel.drop()
    panel.wait_for_item(12)


@pytest.mark.parametrize("form", ["{}", "{}/StatusNotifierItem", "{}@/StatusNotifierItem"])
def test_it_knows_itself_by_every_name_that_watchers_have_for_it(applet, panel, form):
    name = panel.items[-1]
    panel.drop(form.format(name))
    panel.wait_for_item(2)
    for other in [f"{name}0", f"{name}0/StatusNotifierItem", f"org.example{name}", "/", "x" * 300]:
        panel.drop(other)
    panel.properties()  # which it answers when it has heard of them
    assert len(panel.items) == 2


def test_it_waits_for_a_watcher(bus, make_applet):
    bus.start_daemon()
    add(bus, 7, "urgent")
    panel = Panel(bus.bus.address)
    make_applet()
    eventually(lambda: panel.is_owned("org.oncalld1.Applet"), "the applet")
    panel.start()
    panel.wait_for_item()
    panel.wait_for(IconName=URGENT)
    panel.close()


def test_a_watcher_that_refuses_is_left_alone(applet, panel):
    panel.stop()
    panel.refusing = True
    panel.start()
    panel.wait_for_item(2)
    panel.stop()
    panel.refusing = False
    panel.start()
    panel.wait_for_item(3)
    applet.stop()


def test_there_is_only_one(applet, make_applet):
    make_applet().wait()
    assert applet.process.poll() is None


def test_it_ends_with_its_bus(bus, applet):
    bus.bus.stop()
    applet.wait()
    bus.daemon.communicate(timeout=DEADLINE)
    bus.daemon = None


# What it looks like


@pytest.mark.parametrize("level, icon, status", [
    ("question", OPEN, "Active"),
    ("urgent", URGENT, "Active"),
    ("emergency", EMERGENCY, "NeedsAttention"),
])
def test_the_icon_is_that_of_the_highest_level(bus, applet, panel, level, icon, status):
    add(bus, 6)
    add(bus, 7, level)
    panel.wait_for(IconName=icon, AttentionIconName=icon, Status=status, OverlayIconName="",
                   XAyatanaLabel="2")
    bus.do("state", 7, "resolved")
    bus.do("state", 6, "dismissed")
    panel.wait_for(IconName=IDLE, Status="Active", XAyatanaLabel="")


def test_an_overdue_promise_shows(bus, applet, panel):
    add(bus, 7, "urgent")
    promise(bus, 7, -60, "overdue")
    panel.wait_for(IconName=OVERDUE, Status="NeedsAttention", OverlayIconName="")
    panel.wait_for_tool_tip("1 promised update is overdue.")
    add(bus, 8, "emergency")
    panel.wait_for(IconName=EMERGENCY, OverlayIconName=OVERLAY_OVERDUE)


def test_a_lost_connection_shows(bus, applet, panel):
    bus.do("link", "offline", "Slack <cannot> be reached", 300)
    panel.wait_for(IconName=OFFLINE, OverlayIconName="")
    panel.wait_for_tool_tip("Slack &lt;cannot&gt; be reached\nThis may be out of date since ")
    bus.do("link", "stale", "Slack is silent", 300)
    panel.wait_for(IconName=STALE, OverlayIconName="")
    add(bus, 7, "urgent")
    panel.wait_for(IconName=URGENT, OverlayIconName=OVERLAY_STALE)
    bus.do("link", "connected", "", 0)
    panel.wait_for(IconName=URGENT, OverlayIconName="")


def test_the_tool_tip_counts_and_says_what_is_due_next(bus, applet, panel):
    add(bus, 6, "question")
    add(bus, 7, "urgent")
    add(bus, 8, "emergency")
    bus.do("looker", 8, "U002", 60, "reaction")
    panel.wait_for(Title="3 open, 1 emergency, 1 urgent, 2 that nobody looks at")
    promise(bus, 8, 7200, user="U002")
    panel.wait_for_tool_tip("The next update is due at ")
    promise(bus, 6, 3600)
    panel.wait_for_tool_tip("Your next update is due at ")
    panel.wait_for_tool_tip(": 6, Ada Lovelace")
    bus.do("pending", 2)
    panel.wait_for_tool_tip("2 writes are pending.")


def test_only_what_changes_is_told(bus, applet, panel):
    add(bus, 7, "urgent")
    # All that the thread has changed has been told when the count is, which comes last.
    eventually(lambda: "1" in [label for label, _guide in panel.wait_for_signal("XAyatanaNewLabel")])
    panel.wait_for(IconName=URGENT)
    panel.wait_for_menu("7 ")
    panel.signals.clear()
    add(bus, 8, "urgent")
    panel.wait_for_signal("XAyatanaNewLabel")
    assert panel.wait_for_signal("NewToolTip")
    assert not {"NewIcon", "NewStatus", "NewOverlayIcon"} & {name for name, _ in panel.signals}


# Clicks on it


def test_a_click_opens_what_presses_most(bus, applet, panel):
    add(bus, 6, "question", ago=9000)
    add(bus, 7, "urgent", ago=900)
    add(bus, 8, "urgent", ago=1900)
    panel.wait_for(XAyatanaLabel="3")
    panel.call_item("Activate", "(ii)", 1, 1)
    wait_for_call(bus, "open 8")
    bus.do("looker", 8, "U002", 60, "reaction")
    panel.wait_for(Title="3 open, 2 urgent, 2 that nobody looks at")
    panel.call_item("Activate", "(ii)", 1, 1)
    wait_for_call(bus, "open 7")
    promise(bus, 6, -10, "due")
    panel.wait_for_menu("My promises")
    panel.call_item("Activate", "(ii)", 1, 1)
    wait_for_call(bus, "open 6")
    add(bus, 9, "emergency")
    panel.wait_for(XAyatanaLabel="4")
    panel.call_item("Activate", "(ii)", 1, 1)
    wait_for_call(bus, "open 9")
    bus.do("snoozed", 9, 3600)
    panel.wait_for_menu("Emergencies")
    panel.wait_for_menu("9 ", "Remind me again")
    panel.call_item("Activate", "(ii)", 1, 1)
    wait_for_call(bus, "open 6")


def test_a_click_hands_on_the_token_that_came_before_it(bus, applet, panel):
    add(bus, 7, "urgent")
    panel.wait_for_menu("7 ")
    panel.call_item("ProvideXdgActivationToken", "(s)", "token-1")
    panel.call_item("Activate", "(ii)", 1, 1)
    wait_for_call(bus, "open 7 token-1")
    panel.call_item("Activate", "(ii)", 1, 1)
    wait_for_call(bus, "open 7")
    panel.call_item("ProvideXdgActivationToken", "(s)", "token-2")
    panel.click("7 ", "Open in Slack")
    wait_for_call(bus, "open 7 token-2")
    panel.call_item("ProvideXdgActivationToken", "(s)", "")
    panel.call_item("Activate", "(ii)", 1, 1)
    wait_for_call(bus, "open 7")


def test_other_clicks_do_no_harm(bus, applet, panel):
    panel.call_item("Activate", "(ii)", 1, 1)
    panel.call_item("ContextMenu", "(ii)", 1, 1)
    panel.call_item("Scroll", "(is)", 120, "vertical")
    add(bus, 7)
    panel.wait_for(IconName=OPEN)
    assert bus.last_call() == ""


def test_the_middle_button_pauses_popups_and_ends_the_pause(bus, applet, panel):
    panel.call_item("SecondaryActivate", "(ii)", 1, 1)
    panel.wait_for(OverlayIconName=OVERLAY_PAUSED)
    panel.wait_for_tool_tip("Popups are paused")
    assert bus.last_call().endswith(" 1h urgent")
    panel.wait_for_menu("Show popups again (paused")
    panel.call_item("SecondaryActivate", "(ii)", 1, 1)
    panel.wait_for(OverlayIconName="")
    assert bus.last_call() == "resume"


# Its menu


def test_the_menu_lists_what_presses_in_sections(bus, applet, panel):
    add(bus, 1, "question", ago=3600 * 30, text="the oldest")
    add(bus, 2, "question", ago=60, text="somebody looks at it")
    bus.do("looker", 2, "U002", 30, "reaction")
    add(bus, 3, "question", ago=7200, text="promised")
    bus.do("looker", 3, "U000", 30, "reply")
    promise(bus, 3, 1799)
    add(bus, 4, "urgent", ago=1261, text="taken")
    bus.do("looker", 4, "U002", 30, "reaction")
    add(bus, 5, "urgent", ago=1, text="new")
    add(bus, 6, "emergency", ago=61, text="all is lost")
    bus.do("needed", 6, 5400)
    panel.wait_for_menu("6 Ada Lovelace: all is lost (nobody is looking, 1min old, needed in 1h)")
    lines = panel.menu().lines()
    at = lines[8].split("update by ")[1].split(", in")[0]
    assert lines == [
        "Emergencies",
        "6 Ada Lovelace: all is lost (nobody is looking, 1min old, needed in 1h)",
        "-",
        "Urgent",
        "5 Ada Lovelace: new (nobody is looking, just asked)",
        "4 Ada Lovelace: taken (Bea looking, 21min old)",
        "-",
        "My promises",
        f"3 Ada Lovelace: promised (update by {at}, in 29min)",
        "-",
        "Waiting longest",
        "1 Ada Lovelace: the oldest (nobody is looking, 1d old)",
        "-",
        "and 1 more: see “oncallctl list”",
        "-",
        "Pause popups, but for emergencies",
        "-",
        "Quit",
    ]
    headings = [child for child in panel.menu().children if not child.enabled]
    assert [child.label for child in headings] == [
        "Emergencies", "Urgent", "My promises", "Waiting longest",
        "and 1 more: see “oncallctl list”"]


def test_the_menu_offers_what_can_be_done(bus, applet, panel):
    add(bus, 7, "urgent")
    panel.wait_for_menu("7 ")
    assert panel.menu().find("7 ").lines() == [
        "Open in Slack", "I'm on it", "On it, update in 30 minutes",
        "Leave me alone with it for an hour", "Resolved"]
    bus.do("looker", 7, "U000", 60, "reaction")
    promise(bus, 7, 1800)
    bus.do("snoozed", 7, 1800)
    panel.wait_for_menu("7 ", "Remind me again")
    assert panel.menu().find("7 ").lines() == [
        "Open in Slack", "Put my update off by 15 minutes", "Not me after all", "Remind me again",
        "Resolved"]


@pytest.mark.parametrize("label, call", [
    ("Open in Slack", "open 7"),
    ("I'm on it", "act 7 claim queue"),
    ("On it, update", "act 7 promise queue 30min "),
    ("Leave me alone", "act 7 snooze 60min"),
    ("Resolved", "act 7 resolve queue"),
])
def test_a_click_in_the_menu_reaches_the_daemon(bus, applet, panel, label, call):
    add(bus, 7, "urgent")
    panel.wait_for_menu("7 ")
    panel.click("7 ", label)
    wait_for_call(bus, call)


@pytest.mark.parametrize("label, call", [
    ("Put my update off", "act 7 extend queue 15min"),
    ("Not me after all", "act 7 release queue"),
    ("Remind me again", "act 7 unsnooze"),
])
def test_what_was_done_can_be_changed(bus, applet, panel, label, call):
    add(bus, 7)
    bus.do("looker", 7, "U000", 60, "reaction")
    promise(bus, 7, 1800)
    bus.do("snoozed", 7, 1800)
    panel.wait_for_menu("7 ", "Remind me again")
    panel.click("7 ", label)
    wait_for_call(bus, call)


@pytest.mark.parametrize("label, when", [
    ("For 30 minutes", "30m"), ("For an hour", "1h"), ("Until work", "next-work-hour"),
])
def test_the_menu_pauses_popups(bus, applet, panel, label, when):
    panel.click("Pause popups", label)
    panel.wait_for(OverlayIconName=OVERLAY_PAUSED)
    assert bus.last_call().endswith(f" {when} urgent")
    panel.wait_for_menu("Show popups again")
    panel.click("Show popups again")
    panel.wait_for(OverlayIconName="")


def test_quit_quits(applet, panel):
    panel.click("Quit")
    applet.wait()


def test_what_people_write_stays_text(bus, applet, panel):
    add(bus, 7, "urgent", text="a_b &amp; <b>c</b>\n\x1b[31m\u202egnorw " + "long " * 40,
        asker="U004")
    item = panel.wait_for_menu("7 ")
    assert item.label.startswith("7 Eve␛[31m: a__b & <b>c</b> ␛[31m<202E>gnorw long")
    assert "…" in item.label and len(item.label) < 120


def test_a_late_click_hits_nothing_else(bus, applet, panel):
    add(bus, 7, "urgent")
    add(bus, 8, "urgent")
    panel.wait_for_menu("8 ")
    before = panel.menu()
    bus.do("state", 7, "resolved")
    panel.wait_for(XAyatanaLabel="1")
    add(bus, 9, "urgent")
    panel.wait_for_menu("9 ")
    assert refused(panel.send, before.find("7 ", "Resolved").id, "clicked") == INVALID_ARGS
    assert panel.menu().find("8 ").id == before.find("8 ").id
    panel.send(before.find("8 ", "Open in Slack").id, "clicked")
    wait_for_call(bus, "open 8")


def test_a_refusal_is_told_to_the_person(bus, applet, panel):
    popups = NotificationServer(bus.bus.address).start()
    add(bus, 7, "urgent")
    panel.wait_for_menu("7 ")
    bus.do("answer", WRONG_STATE, "You are <looking> already")
    panel.click("7 ", "I'm on it")
    popup = popups.wait_for("Thread 7: You are <looking> already")
    assert popup.body == "" and popup.application == "oncalld"
    popups.stop()


# Its menu's protocol


def test_looks_change_without_a_new_layout(bus, applet, panel):
    add(bus, 7, "urgent", text="before")
    panel.wait_for(XAyatanaLabel="1")
    panel.wait_for_menu("7 ")
    revision, menu = panel.layout()
    eventually(lambda: (revision, 0) in panel.wait_for_signal("LayoutUpdated"))
    panel.signals.clear()
    bus.do("needed", 7, 9000)
    item = panel.wait_for_menu("7 Ada Lovelace: before (nobody is looking, 10min old, needed in 2h)")
    (updated, removed), = panel.wait_for_signal("ItemsPropertiesUpdated")
    assert [ident for ident, _ in updated] == [menu.find("7 ").id] == [item.id]
    assert updated[0][1]["label"] == item.label and removed == []
    assert panel.layout()[0] == revision
    assert "LayoutUpdated" not in [name for name, _ in panel.signals]


def test_the_revision_grows_with_the_layout(bus, applet, panel):
    revision, _ = panel.layout()
    add(bus, 7)
    panel.wait_for_menu("7 ")
    eventually(lambda: panel.wait_for_signal("LayoutUpdated")[-1] == (panel.layout()[0], 0),
               lambda: f"revision {panel.layout()[0]} in {panel.signals}")
    assert panel.layout()[0] > revision


def test_the_time_left_is_right_when_the_menu_opens(bus, applet, panel):
    add(bus, 7)
    promise(bus, 7, 61)
    panel.wait_for_menu("7 ")
    end = time.monotonic() + DEADLINE
    while "in 1min" in panel.menu().find("7 ").label:
        panel.call_menu("AboutToShow", "(i)", 0)
        assert time.monotonic() < end
    assert ", now)" in panel.menu().find("7 ").label
    assert panel.call_menu("AboutToShow", "(i)", 0) == (False,)


def test_a_layout_can_be_read_in_parts(bus, applet, panel):
    add(bus, 7)
    panel.wait_for_menu("7 ")
    _, (root, properties, children) = panel.call_menu("GetLayout", "(iias)", 0, 0, [])
    assert (root, properties, children) == (0, {"children-display": "submenu"}, [])
    item = panel.menu().find("7 ")
    _, (ident, properties, children) = panel.call_menu("GetLayout", "(iias)", item.id, 1, ["label"])
    assert (ident, properties) == (item.id, {"label": item.label})
    assert [child[1] for child in children] == [{"label": label} for label in item.lines()]
    whole = panel.call_menu("GetLayout", "(iias)", 0, -1, [])
    assert panel.call_menu("GetLayout", "(iias)", 0, -2**31, []) == whole
    everything, = panel.call_menu("GetGroupProperties", "(aias)", [], [])
    assert sorted(ident for ident, _ in everything) == sorted(
        [0] + [item.id for item in panel.menu().walk()])
    some, = panel.call_menu("GetGroupProperties", "(aias)", [item.id, 4711], ["label"])
    assert some == [(item.id, {"label": item.label})]
    assert panel.call_menu("GetProperty", "(is)", item.id, "label") == (item.label,)


def test_what_is_not_there_is_refused(applet, panel):
    nothing = panel.menu().find("Quit").id
    assert refused(panel.call_menu, "GetLayout", "(iias)", 4711, -1, []) == INVALID_ARGS
    assert refused(panel.call_menu, "GetProperty", "(is)", 4711, "label") == INVALID_ARGS
    assert refused(panel.call_menu, "GetProperty", "(is)", nothing, "colour") == INVALID_ARGS
    assert refused(panel.call_menu, "AboutToShow", "(i)", 4711) == INVALID_ARGS
    assert refused(panel.send, 4711, "clicked") == INVALID_ARGS
    assert panel.call_menu("AboutToShowGroup", "(ai)", [0, nothing, 4711]) == ([], [4711])
    assert panel.call_menu("EventGroup", "(a(isvu))", [
        (4711, "clicked", GLib.Variant("s", ""), 0),
        (nothing, "hovered", GLib.Variant("s", ""), 0)]) == ([4711],)


def test_a_long_list_stays_a_menu(bus, applet, panel):
    bus.do("fill", 500)
    panel.wait_for(XAyatanaLabel="500")
    lines = panel.wait_for_menu().lines()
    assert len(lines) < 40
    assert "and 475 more: see “oncallctl list”" in lines


# The daemon's life


def test_it_survives_the_daemon(world, panel, make_applet):
    make_applet()
    panel.wait_for_item()
    panel.wait_for(IconName=EMERGENCY, XAyatanaLabel="3")
    for _ in range(2):
        world.stop_daemon()
        panel.wait_for(IconName=OFFLINE, OverlayIconName="", Status="Active", XAyatanaLabel="",
                       Title="oncalld is not running")
        assert panel.wait_for_menu("oncalld is not running")
        assert panel.menu().lines() == ["oncalld is not running", "-", "Quit"]
        world.start_daemon()
        panel.wait_for(IconName=IDLE)
        add(world, 7, "urgent")
        panel.wait_for(IconName=URGENT, XAyatanaLabel="1")
        panel.wait_for_menu("7 ", "I'm on it")


def test_without_a_daemon_a_click_says_so(bus, panel, make_applet):
    popups = NotificationServer(bus.bus.address).start()
    make_applet()
    panel.wait_for_item()
    panel.wait_for(IconName=OFFLINE)
    panel.call_item("SecondaryActivate", "(ii)", 1, 1)
    popups.wait_for("oncalld is not running; “systemctl --user start oncalld” starts it")
    popups.stop()
