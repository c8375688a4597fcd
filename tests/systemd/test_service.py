# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The installed oncalld as a service of a real systemd, for a user without any rights.

Runs as root on the machine that machine.py makes. Only Slack and the notification server are
played; the simulator's module is on PYTHONPATH.
"""

import json
import os
import random
import re
import shlex
import signal
import stat
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from machine import HOME, MANAGER_GROUP, RUNTIME, SYSTEMD, UID, USER, start
from simulator import Simulator

DEADLINE = 60

# oncallctl's exit status: taken, and not yet confirmed by Slack
PENDING = 6

USER_TOKEN = "xoxp-demo-jonas"
APP_TOKEN = "xapp-demo-jonas"

UNIT = "oncalld.service"
APPLET = "oncall-applet.service"
BUS = ("org.oncalld1", "/org/oncalld1")
MANAGER = "org.oncalld1.Manager"
STATE = HOME / ".local/state/oncalld/oncalld.db"
CONFIGURATION = HOME / ".config/oncalld/oncalld.conf"

# As in include/names.h
ALERT = "2408f3c4a3024ea1be21ae627e4154f6"
CONNECTED = "f653e6762b174386a1d64508658c3efb"
DENIED = "2734ced829164955840e00a6c5442c5f"
WRITTEN = "8314779f9a9a4b8191624838f3de12a3"
WRITE_REFUSED = "338cdf4ea5ab4e1a9a9926c855f70cc4"
LOWERED = "73a7577e46fb4e85bf2acc4ba04446c0"
CONFIG_READ = "452a330e536240248c7542fc74bfdce8"
CONFIG_REFUSED = "bb20d76ee2a044ccaff4fc7e4bd691c4"


def eventually(condition, what):
    """Waits until the condition holds. Returns: what it gave."""
    deadline = time.monotonic() + DEADLINE
    while not (value := condition()):
        assert time.monotonic() < deadline, f"never happened: {what}"
        time.sleep(0.02)
    return value


class Desk:
    """A user's desk: files, a login, and the commands that are typed there."""

    def __init__(self):
        # Sanitizers: one that looks for leaks would have to trace the process, which is refused.
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(HOME), "USER": USER, "LOGNAME": USER,
            "SHELL": "/bin/sh", "LANG": "C.UTF-8", "XDG_RUNTIME_DIR": str(RUNTIME),
            "ASAN_OPTIONS": "detect_leaks=0", "UBSAN_OPTIONS": "halt_on_error=1",
        }
        self.manager = None

    def log_in(self):
        self.manager = start([SYSTEMD / "systemd", "--user", "--log-target=journal"],
                             MANAGER_GROUP, self.environment, UID)

    def log_out(self):
        self.run("systemctl", "--user", "exit")
        assert self.manager.wait(DEADLINE) == 0

    def start(self, *command, **options):
        return subprocess.Popen(
            command, user=UID, group=UID, extra_groups=[], cwd=HOME, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**self.environment, "DBUS_SESSION_BUS_ADDRESS": f"unix:path={RUNTIME}/bus"},
            **options)

    def run(self, *command):
        with self.start(*command) as process:
            output, errors = process.communicate(timeout=DEADLINE)
        return subprocess.CompletedProcess(command, process.returncode, output, errors)

    def output(self, *command):
        """What a command that succeeds has printed."""
        result = self.run(*command)
        assert result.returncode == 0, (result, self.journal())
        return result.stdout

    def write(self, path, text, mode=0o644):
        for directory in reversed(path.relative_to(HOME).parents):
            if not (HOME / directory).exists():
                (HOME / directory).mkdir()
                os.chown(HOME / directory, UID, UID)
        path.write_text(text, encoding="utf-8")
        path.chmod(mode)
        os.chown(path, UID, UID)

    # systemd

    def systemctl(self, *arguments):
        return self.output("systemctl", "--user", *arguments)

    def property(self, name, unit=UNIT):
        return self.systemctl("show", "--value", f"--property={name}", unit).strip()

    def add_drop_in(self, text):
        self.write(HOME / ".config/systemd/user" / f"{UNIT}.d/test.conf", text)
        self.systemctl("daemon-reload")

    def main_pid(self):
        """Returns: the daemon's process id, or 0."""
        return int(self.property("MainPID"))

    def wait_for_activity(self, state, unit=UNIT):
        eventually(lambda: self.property("ActiveState", unit) == state, f"{unit} is {state}")

    def signal(self, number):
        """Sends the daemon a signal. Returns: its process id."""
        pid = self.main_pid()
        assert pid != 0, "the daemon is not running"
        os.kill(pid, number)
        return pid

    def wait_for_another(self, pid):
        """Until another daemon than that one is up."""
        eventually(lambda: self.main_pid() not in (0, pid) and
                   self.property("ActiveState") == "active", "another daemon is active")

    def journal(self, *options):
        # Whoever has said something has only sent it so far.
        subprocess.run(["journalctl", "--sync"], check=True, timeout=DEADLINE)
        return self.output("journalctl", "--user", "--unit", UNIT, "--no-pager", *options)

    def entries(self, **fields):
        """What the journal has from the service, with these fields."""
        matches = [f"{name}={value}" for name, value in fields.items()]
        return [json.loads(line)
                for line in self.journal("--output=json", *matches).splitlines()]

    # D-Bus

    def call(self, *arguments):
        return self.output("busctl", "--user", "--json=short", "call", *arguments)

    def owner(self):
        """Returns: the id of the process that owns the name on the bus, or 0."""
        result = self.run("busctl", "--user", "--json=short", "call", "org.freedesktop.DBus", "/",
                          "org.freedesktop.DBus", "GetConnectionUnixProcessID", "s", BUS[0])
        return json.loads(result.stdout)["data"][0] if result.returncode == 0 else 0

    def state(self):
        answer = self.output("busctl", "--user", "--json=short", "get-property", *BUS, MANAGER,
                             "State")
        return json.loads(answer)["data"]

    def wait_for_state(self, state):
        eventually(lambda: self.state() == state, f"the state is {state}")

    def start_connected(self):
        self.systemctl("start", UNIT)
        self.wait_for_state("connected")

    def ask(self, slack, user, text):
        """Posts a question to #support. Returns: the number that it gets here."""
        timestamp = slack.post(user, "support", text)
        return eventually(
            lambda: next((number for number, thread in self.threads().items()
                          if thread["timestamp"] == timestamp), None), f"“{text}” is a thread")

    def threads(self):
        """The open threads, by number."""
        result = self.run("oncallctl", "list", "--json")
        assert result.returncode in (0, 4), result
        return {thread["number"]: thread for thread in json.loads(result.stdout)}


@contextmanager
def popup_server(desk):
    """A notification server that remembers what it was told."""
    with desk.start("/usr/bin/python3", "-B", "-m", "dbusmock", "--session", "--template",
                    "notification_daemon") as server:
        try:
            eventually(lambda: desk.run("busctl", "--user", "status", "org.freedesktop.Notifications")
                       .returncode == 0, "there is a notification server")
            yield
        finally:
            server.kill()
            server.communicate()


def popup_calls(desk, method):
    """Returns: the arguments of each call that the notification server has had."""
    answer = desk.call("org.freedesktop.Notifications", "/org/freedesktop/Notifications",
                       "org.freedesktop.DBus.Mock", "GetMethodCalls", "s", method)
    return [[argument["data"] for argument in arguments]
            for _, arguments in json.loads(answer)["data"][0]]


@pytest.fixture
def bare():
    """A user who has logged in and has configured nothing."""
    desk = Desk()
    desk.log_in()
    yield desk
    if desk.manager.poll() is None:
        desk.log_out()


@pytest.fixture
def slack():
    with Simulator() as simulator:
        yield simulator


@pytest.fixture
def desk(bare, slack):
    """The same with everything configured as README.md says, and oncalld not yet started."""
    directory = CONFIGURATION.parent
    bare.write(directory / "user-token", USER_TOKEN + "\n", 0o600)
    bare.write(directory / "app-token", APP_TOKEN + "\n", 0o600)
    configure(bare, slack)
    return bare


def configure(desk, slack, more=""):
    directory = CONFIGURATION.parent
    desk.write(CONFIGURATION, f"""[slack]
api-url={slack.api}
user-token-file={directory}/user-token
app-token-file={directory}/app-token
{more}""")


# Life


def test_start_is_over_when_the_name_is_owned(desk):
    desk.systemctl("start", "dbus.service")
    bus = int(desk.property("MainPID", "dbus.service"))
    assert bus != 0
    os.kill(bus, signal.SIGSTOP)
    starting = desk.start("systemctl", "--user", "start", UNIT)
    eventually(desk.main_pid, "there is a process")
    deadline = time.monotonic() + 1
    while time.monotonic() < deadline:
        assert desk.property("ActiveState") == "activating"
        assert starting.poll() is None
    os.kill(bus, signal.SIGCONT)
    assert starting.communicate(timeout=DEADLINE) == ("", "")
    assert starting.returncode == 0
    assert desk.owner() == desk.main_pid() != 0


def test_a_call_on_the_bus_starts_it(desk):
    assert desk.property("ActiveState") == "inactive"
    desk.call(*BUS, MANAGER, "ListThreads", "a{sv}", "0")
    assert desk.property("ActiveState") == "active"
    assert desk.owner() == desk.main_pid() != 0


def test_once_enabled_it_starts_with_the_login(desk):
    desk.systemctl("enable", UNIT)
    assert desk.property("ActiveState") == "inactive"
    desk.log_out()
    desk.log_in()
    desk.wait_for_activity("active")
    desk.wait_for_state("connected")
    desk.systemctl("disable", UNIT)
    desk.log_out()
    desk.log_in()
    desk.wait_for_activity("active", "default.target")
    assert desk.property("ActiveState") == "inactive"


def test_it_starts_and_stays_while_slack_is_out_of_reach(desk, slack):
    slack.network(up=False)
    desk.systemctl("start", UNIT)
    pid = desk.main_pid()
    desk.wait_for_state("offline")
    assert "offline: " in desk.property("StatusText")
    slack.network(up=True)
    desk.wait_for_state("connected")
    assert desk.main_pid() == pid


def test_restart_keeps_the_threads(desk):
    desk.start_connected()
    before = desk.threads()
    pid = desk.main_pid()
    desk.systemctl("restart", UNIT)
    assert desk.main_pid() not in (0, pid)
    assert desk.threads().keys() == before.keys() != set()
    desk.wait_for_state("connected")
    assert desk.threads().keys() == before.keys()


def test_stop_withdraws_popups_and_leaves_everything_saved(desk, slack):
    with popup_server(desk):
        desk.start_connected()
        number = desk.ask(slack, "mara", "@oncall the export is wrong")
        eventually(lambda: "the export is wrong" in json.dumps(popup_calls(desk, "Notify")),
                   "a popup is shown")
        desk.systemctl("stop", UNIT)
        shown = [replaces for _, replaces, *_ in popup_calls(desk, "Notify")].count(0)
        withdrawn = {number for number, in popup_calls(desk, "CloseNotification")}
        assert withdrawn == set(range(1, shown + 1))
    assert desk.property("ActiveState") == "inactive"
    assert desk.property("Result") == "success"
    assert "Main process exited" not in desk.journal()
    assert desk.owner() == 0
    assert [path.name for path in STATE.parent.iterdir()] == [STATE.name]
    slack.network(up=False)
    desk.systemctl("start", UNIT)
    assert number in desk.threads()


# Falls


def test_killed_it_is_back_with_its_threads(desk, slack):
    desk.start_connected()
    before = desk.threads().keys()
    pid = desk.signal(signal.SIGKILL)
    slack.post("mara", "support", "@oncall is anybody there")
    desk.wait_for_another(pid)
    assert desk.property("NRestarts") == "1"
    eventually(lambda: len(desk.threads()) == len(before) + 1, "what came meanwhile is there")
    assert before < desk.threads().keys()


def test_killed_at_any_moment_it_is_back_and_nothing_is_lost_or_doubled(desk, slack):
    # So that it falls more often than systemd puts up with by default: five times in ten seconds.
    desk.add_drop_in("[Service]\nRestartSec=50ms\n")
    desk.start_connected()
    number = str(min(desk.threads()))
    chance = random.Random(4)
    asked, said = [], []
    pid = 0
    for count in range(15):
        pid = eventually(lambda: (one := desk.main_pid()) != pid and one, "another daemon runs")
        asked.append(slack.post("mara", "support", f"@oncall export {count} is wrong"))
        text = f"I look into export {count}"
        # It waits for the daemon, however far that is.
        if chance.random() < 0.5 and desk.run("oncallctl", "reply", number, text,
                                              "--queue").returncode in (0, PENDING):
            said.append(text)
        os.kill(pid, signal.SIGKILL)
    desk.wait_for_another(pid)
    desk.wait_for_state("connected")
    eventually(lambda: {thread["timestamp"] for thread in desk.threads().values()} >= set(asked),
               "every question is known")
    known = [thread["timestamp"] for thread in desk.threads().values()]
    assert len(known) == len(set(known))
    assert said
    for text in said:
        slack.wait_for_message("support", user="jonas", contains=text)
    texts = [message["text"] for channel in slack.snapshot()["channels"]
             for message in channel["messages"]]
    assert {text: texts.count(text) for text in said} == dict.fromkeys(said, 1)
    assert slack.duplicates() == []


def test_frozen_it_is_replaced_by_the_watchdog(desk):
    desk.add_drop_in("[Service]\nWatchdogSec=6s\n")
    desk.start_connected()
    before = desk.threads().keys()
    pid = desk.signal(signal.SIGSTOP)
    desk.wait_for_another(pid)
    assert "Watchdog timeout" in desk.journal()
    assert desk.threads().keys() == before
    # The new one says that it is alive, for longer than the watchdog would wait.
    pid = desk.main_pid()
    deadline = time.monotonic() + 7
    while time.monotonic() < deadline:
        assert desk.main_pid() == pid


def test_it_follows_the_bus(desk):
    desk.start_connected()
    pid = desk.main_pid()
    desk.systemctl("restart", "dbus.service")
    desk.wait_for_another(pid)
    assert desk.owner() == desk.main_pid()


# Configuration


def test_reload_applies_the_configuration(desk, slack):
    configure(desk, slack)
    desk.start_connected()
    number = desk.ask(slack, "mara", "@prod is this urgent?")
    assert desk.threads()[number]["level"] == "question"
    pid = desk.main_pid()
    configure(desk, slack, "[levels]\nurgent=@oncall;@prod")
    desk.systemctl("reload", UNIT)
    number = desk.ask(slack, "mara", "@prod and now?")
    assert desk.threads()[number]["level"] == "urgent"
    assert desk.main_pid() == pid
    assert desk.entries(MESSAGE_ID=CONFIG_READ)


def test_reload_says_what_is_wrong_and_changes_nothing(desk, slack):
    desk.start_connected()
    pid = desk.main_pid()
    configure(desk, slack, "[levels]\nurgend=@oncall")
    result = desk.run("systemctl", "--user", "reload", UNIT)
    assert result.returncode != 0 and "failed" in result.stderr
    entry, = desk.entries(MESSAGE_ID=CONFIG_REFUSED)
    assert entry["MESSAGE"].startswith("the old configuration stays in force: ")
    for word in (str(CONFIGURATION), "[levels]", "urgend"):
        assert word in entry["MESSAGE"]
    assert desk.property("ActiveState") == "active"
    assert desk.main_pid() == pid
    assert desk.state() == "connected"
    configure(desk, slack)
    desk.systemctl("reload", UNIT)


def test_a_wrong_configuration_is_not_tried_again(desk, slack):
    configure(desk, slack, "[urgent]\ntarget=soon")
    assert desk.run("systemctl", "--user", "start", UNIT).returncode != 0
    # Not "auto-restart", as it would be after any other failure
    assert (desk.property("ActiveState"), desk.property("SubState")) == ("failed", "failed")
    assert (desk.property("Result"), desk.property("ExecMainStatus")) == ("exit-code", "78")
    entry, = desk.entries(MESSAGE_ID=CONFIG_REFUSED)
    for word in (str(CONFIGURATION), "[urgent]", "target", "soon"):
        assert word in entry["MESSAGE"]
    result = desk.run("oncallctl", "list")
    assert (result.returncode, result.stdout) == (3, "")
    configure(desk, slack)
    desk.start_connected()


def test_tokens_come_as_credentials(bare, slack):
    tokens = HOME / "tokens"
    bare.write(tokens / "user", USER_TOKEN + "\n", 0o600)
    bare.write(tokens / "app", APP_TOKEN + "\n", 0o600)
    bare.write(CONFIGURATION, f"[slack]\napi-url={slack.api}\n")
    bare.systemctl("start", UNIT)
    assert bare.state() == "unconfigured"
    bare.add_drop_in("[Service]\n"
                     "LoadCredential=slack-user-token:%h/tokens/user\n"
                     "LoadCredential=slack-app-token:%h/tokens/app\n")
    bare.systemctl("restart", UNIT)
    bare.wait_for_state("connected")


# What can be seen


def test_status_says_how_it_goes(desk, slack):
    desk.start_connected()
    opened = len(desk.threads())
    assert desk.property("StatusText").startswith("connected; ")
    assert f"; {opened} open, " in desk.systemctl("status", UNIT)
    desk.ask(slack, "mara", "@oncall the export is wrong")
    eventually(lambda: f"; {opened + 1} open, " in desk.property("StatusText"),
               "the new thread is counted")


def test_tokens_are_seen_nowhere(desk, slack):
    desk.start_connected()
    number = desk.ask(slack, "mara", "@oncall the export is wrong")
    desk.output("oncallctl", "claim", str(number))
    slack.revoke("jonas")
    configure(desk, slack, "[levels]\nurgent=@oncall;@prod")
    desk.systemctl("reload", UNIT)
    desk.wait_for_state("denied")
    pid = desk.main_pid()
    seen = {
        "status": desk.systemctl("status", UNIT),
        "show": desk.systemctl("show", UNIT),
        "environment": Path(f"/proc/{pid}/environ").read_text(),
        "command line": Path(f"/proc/{pid}/cmdline").read_text(),
        "bus": desk.output("busctl", "--user", "introspect", *BUS),
        "journal": desk.journal("--output=export"),
        "state": "".join(path.read_bytes().decode("latin-1")
                         for path in STATE.parent.iterdir()),
    }
    assert {where for where, text in seen.items() if not text} == set()
    assert {where for where, text in seen.items() if re.search("xox[a-z]-|xapp-", text)} == set()


def test_the_journal_has_fields_and_explanations(desk, slack):
    desk.start_connected()
    number = desk.ask(slack, "mara", "@oncall the export is wrong")
    thread = desk.threads()[number]
    reference = f"{thread['channel']}/{thread['timestamp']}"
    desk.output("oncallctl", "claim", str(number))
    desk.output("oncallctl", "level", str(number), "question")
    slack.inject("error", method="chat.postMessage", error="restricted_action")
    assert desk.run("oncallctl", "reply", str(number), "looking").returncode == 5
    slack.revoke("jonas")
    desk.wait_for_state("denied")

    alerts = desk.entries(MESSAGE_ID=ALERT, ONCALLD_THREAD=reference)
    alert = alerts[0]
    assert [entry["MESSAGE"] for entry in alerts] == [
        f"thread {number}: {what} at level urgent" for what in ("opened", "claimed")]
    assert alert["PRIORITY"] == "5"
    assert alert["_SYSTEMD_USER_UNIT"] == UNIT
    assert {"CODE_FILE", "CODE_LINE", "CODE_FUNC", "GLIB_DOMAIN"} < alert.keys()
    for message_id, message in [
            (WRITTEN, f"Slack has taken the emoji eyes in {reference}"),
            (LOWERED, f"thread {number}: lowered from urgent to question"),
            (WRITE_REFUSED, f"Slack refused a reply in {reference}: ")]:
        entry, = desk.entries(MESSAGE_ID=message_id, ONCALLD_THREAD=reference)
        assert entry["MESSAGE"].startswith(message)
    for message_id in (CONNECTED, DENIED):
        entry, = desk.entries(MESSAGE_ID=message_id)
        assert entry["PRIORITY"] == ("4" if message_id == DENIED else "5")

    explained = desk.journal("--catalog", f"MESSAGE_ID={WRITTEN}")
    assert "Subject: Something was done in your name" in explained
    assert f"Thread: {reference}" in explained


# Confinement


def test_systemd_finds_nothing_wrong_with_the_unit(desk):
    result = desk.run("systemd-analyze", "--user", "verify", UNIT)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    # In tenths of systemd's own mark, of which 10.0 is the worst
    desk.output("systemd-analyze", "--user", "security", "--threshold=30", UNIT)


def test_the_first_start_makes_a_private_state(desk):
    assert not (HOME / ".local").exists()
    desk.start_connected()
    for path in STATE.parent.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
        assert path.stat().st_uid == UID
    assert stat.S_IMODE(STATE.parent.stat().st_mode) == 0o700
    assert STATE.exists()


def test_the_state_can_be_elsewhere(desk):
    elsewhere = HOME / "elsewhere"
    desk.write(HOME / ".config/environment.d/state.conf", f"XDG_STATE_HOME={elsewhere}\n")
    desk.log_out()
    desk.log_in()
    desk.add_drop_in("[Service]\nReadWritePaths=-%h/elsewhere/oncalld\n")
    desk.start_connected()
    assert (elsewhere / "oncalld" / STATE.name).exists()
    assert not STATE.exists()


def test_the_sandbox_holds(desk):
    probe = Path(__file__).with_name("probe.py").read_text(encoding="utf-8")
    desk.write(HOME / "probe.py", probe)
    desk.write(STATE.with_name("probe.json"), "")
    os.chown(STATE.parent, UID, UID)
    command = ["/usr/bin/python3", str(HOME / "probe.py"), str(STATE.parent)]
    # What runs after the start is confined like the daemon.
    desk.add_drop_in("[Service]\nExecStartPost=sh -c '"
                     f"{shlex.join(command)} > {STATE.parent}/probe.json'\n")
    desk.systemctl("start", UNIT)
    inside = json.loads(STATE.with_name("probe.json").read_text(encoding="utf-8"))
    outside = json.loads(desk.output(*command))

    shared = {path for path, identity in inside.pop("directories").items()
              if identity == outside["directories"][path]}
    assert shared == set()
    del outside["directories"]
    assert outside.pop("capabilities") != 0
    assert outside == {
        "write there": "yes",
        "write to the home": "yes",
        "write to the configuration": "yes",
        "give files to others": "yes",
        "capture packets": "EPERM",
        "listen to the kernel's network": "yes",
        "make code": "yes",
        "make a namespace": "yes",
        "change the root": "refused",
        "gain privileges": "yes",
    }
    assert inside == {
        "write there": "yes",
        "write to the home": "EROFS",
        "write to the configuration": "EROFS",
        "give files to others": "EPERM",
        "capture packets": "EAFNOSUPPORT",
        "listen to the kernel's network": "yes",
        "make code": "EPERM",
        "make a namespace": "refused",
        "change the root": "SIGSYS",
        "gain privileges": "no",
        "capabilities": 0,
    }


# The applet


def test_the_applet_comes_and_goes_with_the_desktop(bare):
    # As the sessions of desktops do, for the target itself cannot be started
    bare.write(HOME / ".config/systemd/user/desktop.target",
               "[Unit]\nBindsTo=graphical-session.target\n")
    bare.systemctl("daemon-reload")
    bare.systemctl("enable", APPLET)
    bare.systemctl("start", "desktop.target")
    bare.wait_for_activity("active", APPLET)
    pid = int(bare.property("MainPID", APPLET))
    os.kill(pid, signal.SIGKILL)
    eventually(lambda: bare.property("ActiveState", APPLET) == "active"
               and int(bare.property("MainPID", APPLET)) != pid, "another applet is active")
    bare.systemctl("stop", "desktop.target")
    bare.wait_for_activity("inactive", APPLET)


def test_systemd_finds_nothing_wrong_with_the_applets_unit(bare):
    result = bare.run("systemd-analyze", "--user", "verify", APPLET)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    bare.output("systemd-analyze", "--user", "security", "--threshold=30", APPLET)
