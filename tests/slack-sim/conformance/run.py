#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs conformance.js, or says in one sentence what it lacks. Never skips: a test that did not run
has not passed."""

import os
import shutil
import sys
from pathlib import Path
from typing import NoReturn

HERE = Path(__file__).resolve().parent


def bail_out(sentence: str) -> NoReturn:
    print(f"Bail out! {sentence}")
    sys.exit(1)


def main() -> None:
    modules = os.environ.get("ONCALLD_NODE_MODULES", "")
    node = shutil.which("node")
    if not node:
        bail_out("The program node is missing; install Node.js 18 or newer.")
    if not modules or not Path(modules, "node_modules", "@slack", "socket-mode").is_dir():
        bail_out("ONCALLD_NODE_MODULES must name the directory into which npm ci has "
                 f"installed the packages of {HERE}; ./setup does it.")
    os.execv(node, [node, str(HERE / "conformance.js"), str(HERE.parent)])


main()
