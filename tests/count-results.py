#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Adds up meson's test logs, and fails where a test failed, was skipped, or none was run.

usage: count-results.py TESTLOG.JSON ...

Prints what did not pass with the end of what it said, and "N passed, N failed, N skipped" last.
"""

import json
import sys
from collections import Counter

OUTCOMES = {"OK": "passed", "EXPECTEDFAIL": "passed", "SKIP": "skipped"}

# Lines of each stream: a report of a sanitizer, or the log of a daemon under pytest, is long.
SHOWN = 100


def describe(result):
    for stream in ("stdout", "stderr"):
        for line in result.get(stream, "").splitlines()[-SHOWN:]:
            yield f"    {line}"


def main():
    counts = Counter()
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8") as log:
            for line in log:
                result = json.loads(line)
                outcome = OUTCOMES.get(result["result"], "failed")
                counts[outcome] += 1
                if outcome != "passed":
                    print(f"{outcome}: {result['name']}", *describe(result), sep="\n")
    print(f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")
    sys.exit(0 if counts["passed"] and not counts["failed"] and not counts["skipped"] else 1)


main()
