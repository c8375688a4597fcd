#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Fails where the service is not confined, or the journal's catalogue does not explain what is logged.

usage: units.py SERVICE CATALOG NAMES.h        prints TAP
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

service, catalogue, names = map(Path, sys.argv[1:])


def run(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def said(result):
    return result.stdout.splitlines() if result.returncode != 0 else []


def security():
    # In tenths of systemd's own mark, of which 10.0 is the worst
    yield from said(run("systemd-analyze", "security", "--offline=true", "--threshold=30",
                        "--no-pager", service))


def explanations():
    with tempfile.TemporaryDirectory() as root:
        for place in ("usr/lib/systemd/catalog", "var/lib/systemd/catalog"):
            Path(root, place).mkdir(parents=True)
        Path(root, "usr/lib/systemd/catalog/oncalld.catalog").write_bytes(catalogue.read_bytes())
        yield from said(run("journalctl", "--update-catalog", f"--root={root}"))
        listed = run("journalctl", "--list-catalog", "--no-pager", f"--root={root}")
    explained = {line.split()[0] for line in listed.stdout.splitlines()}
    logged = set(re.findall(r'ONC_MESSAGE_ID_\w+ +"([0-9a-f]{32})"', names.read_text("utf-8")))
    if not logged:
        yield f"{names}: no message ids"
    yield from (f"{message_id} is in one of them only" for message_id in explained ^ logged)


print("1..2")
for number, (name, wrong) in enumerate([
        ("the service is confined", list(security())),
        ("the catalogue explains what is logged", list(explanations()))], 1):
    print(f"{'not ' if wrong else ''}ok {number} - {name}")
    for line in wrong:
        print(f"# {line}")
