#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Fails where a file has strings for people and translators are not told of it, or the reverse.

usage: potfiles.py SOURCE_ROOT POTFILES        prints TAP
"""

import re
import sys
from pathlib import Path

MARKED = re.compile(r'\b(?:_|N_|C_|NC_|ngettext)\s*\(\s*"')

root, listed = Path(sys.argv[1]), Path(sys.argv[2]).read_text(encoding="utf-8").splitlines()
# What is in a desktop's files is for people altogether.
marked = sorted(str(path.relative_to(root)) for path in [
    *(path for folder in ("client", "daemon") for path in (root / folder).rglob("*.c")
      if MARKED.search(path.read_text(encoding="utf-8"))),
    *(root / "client/desktop").glob("*.in")])

print("1..2")
for number, (name, wrong) in enumerate([
        ("every file with strings for people is listed", set(marked) - set(listed)),
        ("every listed file has strings for people", set(listed) - set(marked))], 1):
    print(f"{'not ' if wrong else ''}ok {number} - {name}")
    for path in sorted(wrong):
        print(f"# {path}")
sys.exit(marked != sorted(listed))
