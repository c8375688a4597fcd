#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Fails where the D-Bus interface is not what it was promised to be: callers rely on every member,
and on the types and the order of its arguments, as long as the interface is called org.oncalld1.

usage: interface.py XML MEMBERS          prints TAP
       interface.py --print XML          prints what MEMBERS holds

A new member is added to MEMBERS by hand or by the second form. One that is there already is changed
or taken away only together with the interface's name.
"""

import sys
from pathlib import Path
from xml.dom import minidom


def describe(element, interface):
    name = f"{interface}.{element.getAttribute('name')}"
    if element.tagName == "property":
        emits = [annotation.getAttribute("value")
                 for annotation in element.getElementsByTagName("annotation")]
        return " ".join(["property", name, element.getAttribute("type"),
                         element.getAttribute("access"), *emits])
    arguments = [f"{argument.getAttribute('direction') or 'out'} {argument.getAttribute('type')}"
                 for argument in element.getElementsByTagName("arg")]
    return " ".join([element.tagName, name, *arguments])


def members(xml):
    for interface in minidom.parseString(xml).getElementsByTagName("interface"):
        for element in interface.childNodes:
            if element.nodeName in ("property", "method", "signal"):
                yield describe(element, interface.getAttribute("name"))


def report(number, name, lines):
    for line in lines:
        print(f"# {line}")
    print(f"{'not ok' if lines else 'ok'} {number} {name}")


def main():
    actual = sorted(members(Path(sys.argv[-1 if sys.argv[1] == "--print" else 1]).read_bytes()))
    if sys.argv[1] == "--print":
        print("\n".join(actual))
        return
    lines = Path(sys.argv[2]).read_text(encoding="utf-8").splitlines()
    promised = [line for line in lines if line and not line.startswith("#")]
    print("1..2")
    report(1, "every member is as it was promised", sorted(set(promised) - set(actual)))
    report(2, "every member is promised", sorted(set(actual) - set(promised)))


main()
