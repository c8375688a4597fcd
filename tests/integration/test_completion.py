# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What the shells offer after "oncallctl": each shell is asked as a person's Tab asks it."""

import os
import pty
import re
import select
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from played import FORBIDDEN
from waiting import DEADLINE

SCRIPTS = Path(__file__).parents[2] / "client" / "ctl" / "completion"

# Asks bash's function as readline does, and prints what it offers.
BASH = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_TYPE=9
_oncallctl
printf '%s\\n' "${COMPREPLY[@]}"
"""

# Shows what zsh offers, and then that it has: while more is typed it would not show it.
OFFER = "offer() { zle list-choices; zle -R; print; print DO''NE }; echo TO''LD"


class Shell:
    """Offers are lines: what is typed, and a description after that where the shell shows one."""

    def __init__(self, world):
        self.world = world
        self.programs = world.directory / "programs"
        self.programs.mkdir()
        (self.programs / "oncallctl").symlink_to(world.program)
        path = f"{self.programs}:{world.environment['PATH']}"
        self.environment = {**world.environment, "PATH": path}

    def run(self, *command):
        return subprocess.run(command, env=self.environment, stdin=subprocess.DEVNULL, text=True,
                              capture_output=True, timeout=DEADLINE, check=True,
                              cwd=self.programs).stdout


class Bash(Shell):
    def offers(self, line):
        words = line.split(" ")
        return self.run("bash", "--norc", "-c", BASH, "bash", str(SCRIPTS / "oncallctl.bash"),
                        *words).splitlines()


class Fish(Shell):
    def offers(self, line):
        output = self.run("fish", "--no-config", "-c",
                          'source $argv[1]; complete --do-complete $argv[2]',
                          str(SCRIPTS / "oncallctl.fish"), line)
        return [offer.replace("\t", "  ") for offer in output.splitlines()]


class Zsh(Shell):
    """zsh offers only to a person at a terminal."""

    def offers(self, line):
        shutil.copy(SCRIPTS / "_oncallctl", self.programs)
        main, side = pty.openpty()
        process = subprocess.Popen(
            ["zsh", "-f", "-i"], stdin=side, stdout=side, stderr=side, start_new_session=True,
            cwd=self.programs, env={**self.environment, "TERM": "dumb", "COLUMNS": "200"})
        os.close(side)
        try:
            self._tell(main, OFFER, "TOLD")
            self._tell(main, f"fpath=({self.programs} $fpath); PS1=; stty -echo; unsetopt zle; "
                       "autoload -Uz compinit; compinit -u -D; setopt zle; unsetopt prompt_sp; "
                       "LISTMAX=1000; COLUMNS=200; zle -N offer; bindkey '^I' offer; echo REA''DY", "READY")
            return self._list(main, line)
        finally:
            process.kill()
            process.wait(DEADLINE)
            os.close(main)

    def _list(self, main, line):
        os.write(main, (line + "\t").encode())
        return self._read(main, "DONE").splitlines()

    def _tell(self, main, line, end):
        os.write(main, (line + "\n").encode())
        return self._read(main, end)

    @staticmethod
    def _read(main, end):
        output = b""
        deadline = time.monotonic() + DEADLINE
        while not re.search(rb"^" + end.encode() + rb"\r?$", output, re.MULTILINE):
            assert select.select([main], [], [], deadline - time.monotonic())[0], output
            output += os.read(main, 65536)
        return output.decode()


SHELLS = [Bash, Fish, Zsh]


@pytest.fixture(params=SHELLS, ids=lambda shell: shell.__name__.lower())
def shell(request, world):
    return request.param(world)


def words(offers):
    return {word for offer in offers for word in re.findall(r"(?<!\S)(-*[\w-]+)(?= |$)", offer)}


def test_verbs_are_offered(shell):
    offered = words(shell.offers("oncallctl "))
    assert {"list", "claim", "promise", "unsnooze", "status", "monitor"} <= offered


def test_verbs_are_completed(shell):
    offered = words(shell.offers("oncallctl un"))
    assert "unsnooze" in offered and "claim" not in offered


def test_threads_are_offered_with_their_texts(shell):
    offers = "\n".join(shell.offers("oncallctl claim "))
    for number, text in ((9, "emergency, Ada Lovelace: run ␛"), (8, "为什么导出的数据"),
                         (7, "urgent, Ada Lovelace: @Bea the")):
        assert re.search(rf"(?m)^{number}\s.*{re.escape(text)}", offers), offers
    assert not re.search(r"(?m)^5\s", offers)


def test_closed_threads_are_offered_to_be_reopened(shell):
    offers = shell.offers("oncallctl reopen ")
    assert any(offer.split()[:1] == ["5"] for offer in offers)
    assert not any(offer.split()[:1] == ["7"] for offer in offers)


def test_bash_splits_at_equals_signs(world):
    bash = Bash(world)
    assert bash.offers("oncallctl list --level = emergency --state = r") == ["resolved"]
    assert bash.offers("oncallctl reply --promise = 30m 8") == ["8"]


def test_what_bash_types_is_the_number_alone(world):
    assert Bash(world).offers("oncallctl claim 8") == ["8"]


def test_options_are_those_of_the_verb(shell):
    offered = words(shell.offers("oncallctl list --"))
    assert {"--all", "--level", "--json", "--no-pager"} <= offered
    assert not {"--queue", "--promise", "--up-to"} & offered


@pytest.mark.parametrize("line, expected, unexpected", [
    ("oncallctl list --level ", "emergency", "closed"),
    ("oncallctl list --state ", "closed", "urgent"),
    ("oncallctl promise 7 ", "30m", "urgent"),
    ("oncallctl level 7 ", "urgent", "30m"),
    ("oncallctl -q extend 7 ", "15m", "urgent"),
    ("oncallctl reply --promise 30m ", "7", "1h"),
    ("oncallctl tag 7 ", "data", "coffin"),
    ("oncallctl untag 7 data ", "bug", "30m"),
    ("oncallctl list --tag ", "bug", "vhs"),
])
def test_values_are_offered(shell, line, expected, unexpected):
    offered = words(shell.offers(line))
    assert expected in offered and unexpected not in offered


def test_a_missing_daemon_is_no_noise(bus):
    for shell in SHELLS[:2]:
        tried = shell(bus)
        assert not any(tried.offers("oncallctl claim "))
        shutil.rmtree(tried.programs)


def test_a_message_sends_nothing_to_the_shell(world):
    for shell in SHELLS[:2]:
        tried = shell(world)
        assert not FORBIDDEN.search("".join(tried.offers("oncallctl show ")))
        shutil.rmtree(tried.programs)
