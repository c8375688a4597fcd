#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Prints the names of the test functions in a Python file, so that each is a test of its own.

usage: list-cases.py FILE
"""

import ast
import sys
from pathlib import Path

for node in ast.parse(Path(sys.argv[1]).read_text(encoding="utf-8")).body:
    if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
        print(node.name)
