# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Runs oncallctl, and judges how it ends."""

import re
import subprocess

from waiting import DEADLINE

DONE, FAILED, USAGE, UNREACHABLE, NO_MATCH, REFUSED, PENDING = range(7)


class Oncallctl:
    def __init__(self, program: str, environment: dict[str, str]) -> None:
        self.program = program
        self.environment = environment

    def run(self, *arguments: str, environment: dict[str, str] | None = None,
            **options) -> subprocess.CompletedProcess:
        options.setdefault("stdin", subprocess.DEVNULL)
        options.setdefault("stdout", subprocess.PIPE)
        return subprocess.run(
            [self.program, *arguments], stderr=subprocess.PIPE, text=True, encoding="utf-8",
            timeout=DEADLINE, env={**self.environment, **(environment or {})}, **options)

    def output(self, *arguments: str, code: int = DONE, **options) -> str:
        """Runs oncallctl, which has to exit with the code, and returns what it printed."""
        result = self.run(*arguments, **options)
        assert result.returncode == code, result
        return result.stdout

    def complaint(self, *arguments: str, code: int, **options) -> str:
        """Runs oncallctl, which has to fail with one line on standard error, and returns that."""
        result = self.run(*arguments, **options)
        assert result.returncode == code, result
        assert result.stdout == ""
        assert re.fullmatch(r"oncallctl: .+\n", result.stderr)
        return result.stderr
