#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Runs pytest in a temporary directory of its own, which goes with it. The one that pytest makes by
itself has the next free number: of many that begin at once, some would find none, or have theirs
removed by another.

usage: run-pytest.py [pytest's ARGUMENT ...]
"""

import sys
import tempfile

import pytest

with tempfile.TemporaryDirectory(prefix="oncalld-", ignore_cleanup_errors=True) as directory:
    status = pytest.main(["-q", "-p", "no:cacheprovider", f"--basetemp={directory}/test",
                          *sys.argv[1:]])
sys.exit(status)
