#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Shows the main job: a message in Slack becomes a popup, an object on D-Bus, and an answer.

usage: demo.py [--interactive] [--build DIR | --oncalld FILE --oncallctl FILE] [--picture FILE]

Slack is the simulated one; all else is real. Where the desktop shows notifications, they appear
there; elsewhere on a screen of their own, of which a picture is saved. Exits with 0 when every step
was seen to work, 1 when one was not.
"""

import argparse
import contextlib
import os
import re
import readline
import shlex
import signal
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "integration"))

import needs  # noqa: E402

needs.demand(needs.ALWAYS)

from bus import Peer, PrivateBus  # noqa: E402
from daemon import Daemon, RemoteThread  # noqa: E402
from desktop import NOTIFICATIONS  # noqa: E402
from environment import bare_environment, start  # noqa: E402
from screen import XfceScreen  # noqa: E402
from simulator import DEMO, ControlError, Simulator  # noqa: E402
from waiting import DEADLINE, eventually, tell  # noqa: E402

WIDTH = 78

# Where the output is no terminal, a table would be as wide as its longest text.
FILE_WIDTH = 100

# How long a person on a real desktop is given to click a popup before the demo goes on.
PATIENCE = 15

HELP = """
It keeps running. Try, in another terminal:

    {ctl} list
    {ctl} show {number}
    {ctl} promise {number} 45min
    {ctl} --help

Here, what you type is posted in #support by Mara, or by whom you name:

    @oncall the report is wrong      urgent, because of the tag
    tomasz: @devs nothing works      an emergency, from Tomasz
    {resolve:<33}commands work here, too{picture}

Ctrl-D or Ctrl-C ends it.
"""

HELP_PICTURE = """
    picture                          saves what the screen shows, as {picture}"""


class Style:
    """Colours where they can be seen."""

    def __init__(self) -> None:
        colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        self.bold, self.dim, self.green, self.red, self.plain = (
            ("\033[1m", "\033[2m", "\033[32m", "\033[31m", "\033[0m") if colour else ("",) * 5)


style = Style()


def say(text: str = "") -> None:
    print(text, flush=True)


def head(text: str) -> None:
    say(f"\n{style.bold}{text}{style.plain}\n")


def quote(text: str) -> None:
    for line in text.splitlines():
        say(textwrap.fill(line, WIDTH, initial_indent="      ", subsequent_indent="      "))
    say()


def seen(what: str, since: float | None = None, until: float | None = None) -> None:
    """A step that was seen to work, and how long it took: between two times of the wall clock."""
    figure = f"{(until - since) * 1000:.0f} ms" if since and until else ""
    columns = len(what) + sum(unicodedata.east_asian_width(one) == "W" for one in what)
    space = " " * (WIDTH - 14 - columns)
    say(f"  {style.green}✓{style.plain} {what}{space}{style.dim}{figure:>10}{style.plain}")


# What is said on the bus


@dataclass
class BusMessage:
    kind: str
    time: float
    sender: str
    destination: str
    serial: int
    reply_serial: int
    path: str
    member: str
    strings: list[str] = field(default_factory=list)


class BusWatch:
    """Sees what the daemon and the notification server say to each other, and when."""

    HEADER = re.compile(
        r"(?P<kind>method call|method return|signal|error) time=(?P<time>[\d.]+) "
        r"sender=(?P<sender>\S+) -> destination=(?P<destination>\(null destination\)|\S+)"
        r"(?: serial=(?P<serial>\d+))?(?: reply_serial=(?P<reply_serial>\d+))?"
        r"(?: path=(?P<path>[^;]+); interface=[^;]+; member=(?P<member>\w+))?")

    def __init__(self, bus_address: str) -> None:
        self.messages: list[BusMessage] = []
        self._process = start(
            "dbus-monitor", "--address", bus_address, f"interface='{NOTIFICATIONS}'",
            "type='method_return'", "interface='org.freedesktop.DBus.ObjectManager'",
            "interface='org.freedesktop.DBus.Properties'",
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        threading.Thread(target=self._read, daemon=True).start()
        # Its first message is about itself: it listens.
        eventually(lambda: self.messages, "dbus-monitor")

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(DEADLINE)

    def _read(self) -> None:
        with self._process.stdout:
            for line in self._process.stdout:
                if match := self.HEADER.match(line):
                    found = match.groupdict(default="")
                    self.messages.append(BusMessage(
                        **found | {"time": float(found["time"]),
                                   "serial": int(found["serial"] or 0),
                                   "reply_serial": int(found["reply_serial"] or 0)}))
                elif self.messages and (text := re.match(r' +string "(.*?)"?$', line)):
                    self.messages[-1].strings.append(text[1])
                tell()

    def wait_for(self, what: str, condition: Callable[[BusMessage], bool]) -> BusMessage:
        return eventually(lambda: next(filter(condition, list(self.messages)), None), what)

    def popup(self, title: str, since: float) -> tuple[str, float]:
        """Waits until the server has shown such a popup. Returns: its title, and when that was."""
        notify = self.wait_for(f"popup {title}", lambda one: (
            one.member == "Notify" and one.time >= since and len(one.strings) > 2
            and title in one.strings[2]))
        answer = self.wait_for("answer of the notification server", lambda one: (
            one.kind == "method return" and one.destination == notify.sender
            and one.reply_serial == notify.serial))
        return notify.strings[2], answer.time

    def last_click(self) -> float | None:
        return max((one.time for one in list(self.messages) if one.member == "ActionInvoked"),
                   default=None)

    def popup_gone(self, since: float) -> float:
        return self.wait_for("end of the popup", lambda one: (
            one.member in ("CloseNotification", "NotificationClosed")
            and one.time >= since)).time

    def thread_told(self, path: str, since: float) -> float:
        """Waits until the bus was told of a thread that is new, or of what has changed of it."""
        return self.wait_for(f"signal about {path}", lambda one: (
            one.time >= since and (one.member == "InterfacesAdded" or (
                one.member == "PropertiesChanged" and one.path == path)))).time


# The stage


def find_desktop() -> str | None:
    """The address of this session's bus, where notifications are shown and no oncalld runs."""
    address = os.environ.get("DBUS_SESSION_BUS_ADDRESS")
    if not address:
        return None
    try:
        peer = Peer(address)
    except Exception:  # there is no such bus
        return None
    try:
        return address if peer.owner(NOTIFICATIONS) and not peer.owner("org.oncalld1") else None
    finally:
        peer.close()


class Stage:
    """All that runs during the demo."""

    def __init__(self, oncalld: Path, oncallctl: Path, picture: Path, desktop: str | None,
                 stack: contextlib.ExitStack) -> None:
        self._oncalld = oncalld.resolve()
        self._oncallctl = oncallctl.resolve()
        self.picture = picture
        self._desktop = desktop
        self._stack = stack
        self.directory = Path(stack.enter_context(
            tempfile.TemporaryDirectory(prefix="oncalld-demo-")))
        self.screen: XfceScreen | None = None
        self.daemon: Daemon | None = None

    def set_up(self) -> None:
        begin = time.time()
        if self._desktop:
            self.bus_address = self._desktop
        else:
            bus = PrivateBus(self.directory / "bus")
            self._stack.callback(bus.stop)
            self.bus_address = bus.address
        self.environment = bare_environment(self.directory, self.bus_address)
        self._write_wrapper()
        if not self._desktop:
            self.screen = XfceScreen(self.directory, self.bus_address, self.environment)
            self._stack.callback(self.screen.stop)
            self.screen.start()
        self.watch = BusWatch(self.bus_address)
        self._stack.callback(self.watch.stop)
        seen("your desktop, with its notifications" if self._desktop else
             "a session bus of its own, and a screen with Xfce's popups",
             begin, time.time())

        begin = time.time()
        self.slack = self._stack.enter_context(Simulator(DEMO))
        seen("a simulated Slack: the company Larkspur, five days of history",
             begin, time.time())

        begin = time.time()
        self.daemon = Daemon(str(self._oncalld), self.directory / "daemon", self.bus_address,
                             self.slack.api)
        # The person's time, as it is for everything else here
        del self.daemon.environment["TZ"]
        self.daemon.environment |= {name: os.environ[name] for name in ["TZ"] if name in os.environ}
        self.daemon.tokens = {"user": "xoxp-demo-jonas", "app": "xapp-demo-jonas"}
        self._stack.callback(self.daemon.close)
        self.daemon.start()
        self._stack.callback(self._stop_daemon)
        seen(f"oncalld {self.daemon['Version']}: connected, and has read the history",
             begin, time.time())

    def _stop_daemon(self) -> None:
        if self.daemon.process:
            self.daemon.stop()

    def _write_wrapper(self) -> None:
        self.ctl = self.directory / "oncallctl"
        program = shlex.quote(str(self._oncallctl))
        self.ctl.write_text("#!/bin/sh\n"
                            f"DBUS_SESSION_BUS_ADDRESS={shlex.quote(self.bus_address)} "
                            f'exec {program} "$@"\n')
        self.ctl.chmod(0o700)

    def save_picture(self) -> None:
        """Of the screen, with a terminal beside the popups."""
        ctl = shlex.quote(str(self.ctl))
        with self.screen.terminal("98x24+24+24", "printf '$ oncallctl list\\n\\n'; "
                                                   f"{ctl} list --no-pager; printf '\\n$ '"):
            self.picture.parent.mkdir(parents=True, exist_ok=True)
            self.screen.save(self.picture)

    def run_ctl(self, *arguments: str) -> int:
        """Runs oncallctl for the person to see."""
        options = {"stdin": subprocess.DEVNULL, "env": os.environ | {"PAGER": "cat"}}
        if sys.stdout.isatty():
            return subprocess.run([self.ctl, *arguments], **options).returncode
        result = subprocess.run([self.ctl, *arguments], stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, text=True, **options)
        for line in result.stdout.splitlines():
            say(line if len(line) <= FILE_WIDTH else line[:FILE_WIDTH - 1] + "…")
        return result.returncode

    def command(self, *arguments: str) -> None:
        """Shows a command, and runs it; it has to succeed."""
        say(f"    $ oncallctl {shlex.join(arguments)}")
        if code := self.run_ctl(*arguments):
            raise RuntimeError(f"oncallctl {shlex.join(arguments)} failed with {code}")

    def invitation(self, step: int, label: str) -> str:
        if self.screen:
            return f"{step}  You click “{label}” on the popup"
        return f"{step}  Click “{label}” on the popup; in {PATIENCE} s oncallctl does it for you"

    # What is seen

    def post(self, user: str, text: str, title: str) -> tuple[str, float, RemoteThread]:
        """Somebody writes; it has to be seen everywhere. Returns: ts, when, and the thread."""
        quote(text)
        begin = time.time()
        ts = self.slack.post(user, "support", text)
        shown, when = self.watch.popup(title, begin)
        seen(f"popup: “{shown}”", begin, when)
        thread = self.daemon.wait_for_thread(ts)
        seen(f"D-Bus: {thread.path}, {thread['Level']}, {thread['State']}", begin,
             self.watch.thread_told(thread.path, begin))
        return ts, begin, thread

    def choose(self, button: int, ts: str, *instead: str) -> float:
        """Clicks the popup's first (0), second (1) or third (2) button. A real desktop is the person's, who is
        given time to click; else the command does the same. Returns: when that was."""
        begin = time.time()
        if self.screen:
            self.screen.click_button(button)
            return self.watch.wait_for("click", lambda one: (
                one.member == "ActionInvoked" and one.time >= begin)).time
        try:
            self.slack.wait_for_reaction("support", ts, "eyes", user="jonas", deadline=PATIENCE)
        except TimeoutError:
            begin = time.time()
            self.command(*instead)
            return begin
        return self.watch.last_click() or begin

    def claimed(self, ts: str, thread: RemoteThread, begin: float) -> None:
        """Jonas has claimed it; that has to be seen everywhere."""
        self.slack.wait_for_reaction("support", ts, "eyes", user="jonas")
        call = self.slack.calls("reactions.add", args={
            "channel": thread["Channel"], "timestamp": ts, "name": "eyes"})[-1]
        seen("Slack: 👀 by Jonas on the message", begin, call["time"])
        seen("the popup is gone", begin, self.watch.popup_gone(begin))
        self.daemon.wait_for_thread(ts, State="looking")
        lookers = ", ".join(looker[1] for looker in thread["Lookers"])
        seen(f"D-Bus: {thread.path}, {thread['State']}: {lookers}", begin,
             self.watch.thread_told(thread.path, begin))

    def promised(self, ts: str, thread: RemoteThread, begin: float) -> None:
        """Jonas has promised an update; that has to be seen everywhere."""
        self.claimed(ts, thread, begin)
        reply = self.slack.wait_for_message("support", user="jonas", thread=ts)
        text = re.sub(r"<!date[^|]*\|([^>]*)>", r"\1", reply["text"])
        seen(f"Slack: “{text}” in the thread", begin,
             self.slack.calls("chat.postMessage")[-1]["time"])
        due = eventually(lambda: thread["NextDue"], "timer of the promise")
        seen(f"D-Bus: a timer runs, due at {time.strftime('%H:%M', time.localtime(due / 1e6))}",
             begin, time.time())


# The walk


def walk(stage: Stage) -> int:
    """Returns: the number of an open thread."""
    say(f"{style.bold}oncalld keeps the etiquette of a support channel in Slack.{style.plain}")
    say("You are Jonas, a developer who is on call this week. Slack is simulated; all else is real.\n")
    stage.set_up()

    head("1  Mara of Customer Success needs somebody: @oncall makes it urgent")
    ts, begin, thread = stage.post(
        "mara", "@oncall the gradebook shows 0 for everybody at Harbour School.\n"
                "https://app.larkspur.example/schools/402/grades", "Mara in #support")

    head(stage.invitation(2, "I'm on it"))
    begin = stage.choose(0, ts, "claim", str(thread.number))
    stage.claimed(ts, thread, begin)

    head("3  The next one will take a while")
    ts, _, thread = stage.post(
        "tomasz", "@oncall Westbrook's certificates have last year's date", "Tomasz in #support")
    head(stage.invitation(4, "On it, update in 30 min"))
    begin = stage.choose(2, ts, "promise", str(thread.number), "30min")
    stage.promised(ts, thread, begin)

    head("5  It never rains but it pours: once more, and an emergency for @devs")
    stage.post("mara", "@oncall the import of Fairview hangs, I have waited for an hour",
               "Mara in #support")
    say()
    ts, _, thread = stage.post(
        "priya", "@devs nobody can log in at the moment!\n"
                 "https://app.larkspur.example/login: error 502, for every school that I tried",
        "Priya in #support")
    if stage.screen:
        stage.save_picture()
    elif sys.stdin.isatty():
        input("    Look at your desktop. Enter goes on. ")

    head("6  You answer from the terminal, in your own name")
    begin = time.time()
    stage.command("claim", str(thread.number))
    stage.claimed(ts, thread, begin)
    say()
    begin = time.time()
    stage.command("reply", str(thread.number), "The proxy is down, I restart it. More in 15 minutes.")
    stage.slack.wait_for_message("support", user="jonas", thread=ts)
    seen("Slack: your reply, once, in the thread", begin,
         stage.slack.calls("chat.postMessage")[-1]["time"])

    head("7  What is open now, and when the next word is due")
    stage.command("list")
    return thread.number


# Playing


class Prompt:
    """Reads lines; what happens meanwhile is told above the line that is being typed."""

    def __init__(self) -> None:
        self._text = "mara> " if sys.stdin.isatty() else ""
        self._waiting = False

    def __iter__(self) -> Iterator[str]:
        with contextlib.suppress(EOFError):
            while True:
                self._waiting = True
                line = input(self._text).strip()
                self._waiting = False
                if line:
                    yield line

    def tell(self, text: str) -> None:
        if self._waiting:
            say(f"\r\033[K  {text}")
            print(self._text + readline.get_line_buffer(), end="", flush=True)
        else:
            say(f"  {text}")

    def on_signal(self, _path: str, _interface: str, name: str, arguments: tuple) -> None:
        if name != "Alert":
            return
        thread, kind, level, details = arguments
        text = "".join(one if one.isprintable() else " " for one in details["Text"][:50])
        self.tell(f"{kind}: thread {thread.rpartition('/')[2]}, {level}, "
                  f"{details['AskerName']}: {text}")


def play(stage: Stage, number: int) -> None:
    picture = HELP_PICTURE.format(picture=stage.picture) if stage.screen else ""
    say(HELP.format(ctl=stage.ctl, number=number, resolve=f"oncallctl resolve {number}",
                    picture=picture))
    prompt = Prompt()
    if sys.stdin.isatty():
        stage.daemon.peer.watch(prompt.on_signal, "org.oncalld1")
    people = {user["name"] for user in stage.slack.snapshot()["users"]}
    for line in prompt:
        who, colon, text = line.partition(":")
        try:
            if line == "picture" and stage.screen:
                stage.save_picture()
                say(f"  {stage.picture}")
            elif line.split()[0] == "oncallctl":
                stage.run_ctl(*shlex.split(line)[1:])
            elif colon and who in people:
                stage.slack.post(who, "support", text.strip())
            else:
                stage.slack.post("mara", "support", line)
        except (ValueError, ControlError) as error:  # a command's quotation marks, no text
            say(f"  {error}")
    say()


@contextlib.contextmanager
def undisturbed() -> Iterator[contextlib.ExitStack]:
    """Ends what was started in it, in order, and whatever is pressed meanwhile."""
    with contextlib.ExitStack() as stack:
        try:
            yield stack
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.signal(signal.SIGTERM, signal.SIG_IGN)


def main() -> int:
    parser = argparse.ArgumentParser(description="Shows what oncalld does, with a simulated Slack.")
    parser.add_argument("--build", type=Path, default=Path(".build/release"), metavar="DIR",
                        help="where oncalld was built (default: %(default)s)")
    parser.add_argument("--oncalld", type=Path, metavar="FILE", help="the daemon, in place of that")
    parser.add_argument("--oncallctl", type=Path, metavar="FILE",
                        help="oncallctl, in place of that")
    parser.add_argument("--picture", type=Path, default=Path(".build/demo.png"), metavar="FILE",
                        help="where to save what the screen showed (default: %(default)s)")
    parser.add_argument("--interactive", action="store_true",
                        help="keep it running afterwards, to play with")
    arguments = parser.parse_args()
    oncalld = arguments.oncalld or arguments.build / "daemon/app/oncalld"
    oncallctl = arguments.oncallctl or arguments.build / "client/ctl/oncallctl"
    again = "oncallctl demo" if arguments.oncallctl else "./setup demo"
    if not oncalld.exists():
        parser.error(f"there is no {oncalld}; run ./setup demo")
    desktop = find_desktop()
    if not desktop:
        needs.demand(needs.SCREEN, "no desktop is free for it, and for a screen of its own ")

    def on_terminate(_signal, _frame):
        raise SystemExit(128 + signal.SIGTERM)

    signal.signal(signal.SIGTERM, on_terminate)
    begin = time.monotonic()
    with undisturbed() as stack:
        stage = Stage(oncalld, oncallctl, arguments.picture, desktop, stack)
        try:
            number = walk(stage)
            say(f"\n{style.green}All of this was seen to work{style.plain}, in "
                f"{time.monotonic() - begin:.1f} s.")
            if stage.screen:
                say(f"What the screen showed in step 5: {stage.picture}")
            if arguments.interactive:
                with contextlib.suppress(KeyboardInterrupt):
                    play(stage, number)
            else:
                say(f"Play with it: {again} --interactive")
        except KeyboardInterrupt:
            say("\nInterrupted; ending what was started.")
            return 128 + signal.SIGINT
        except Exception as error:
            say(f"  {style.red}✗ {error}{style.plain}")
            if stage.daemon:
                say("\n".join(stage.daemon.log[-20:]))
            return 1
    return 0


sys.exit(main())
