#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Prints the manual page of a D-Bus interface for scdoc: what its XML says in comments.

usage: manual.py NAME.xml
"""

import re
import sys
from pathlib import Path
from xml.dom import minidom

# What the section of a kind of member is called, in the page's order
KINDS = {"property": "Properties", "method": "Methods", "signal": "Signals"}


def escape(text):
    return re.sub(r"([\\*_#.;~<>])", r"\\\1", text)


def mark_up(text):
    """The comments' own markup: `code`, @argument, #interface, interface.Method()."""
    out = ""
    for part in re.split(r"(`[^`]+`|@\w+|#?org\.oncalld1\.\w+(?:\.\w+\(\))?)", text):
        if part.startswith("`"):
            out += f"*{escape(part[1:-1])}*"
        elif part.startswith("@"):
            out += f"_{escape(part[1:])}_"
        elif part.startswith(("#", "org.oncalld1.")):
            out += f"*{escape(part.removeprefix('#'))}*"
        else:
            out += escape(part)
    return out


def read_comment(element):
    """The comment before an element: what it says of each @name, and of all in paragraphs."""
    node = element.previousSibling
    while node.nodeType == node.TEXT_NODE:
        node = node.previousSibling
    assert node.nodeType == node.COMMENT_NODE, element.getAttribute("name")
    name, text = node.data.strip().split(":", 1)
    assert name.rsplit(".", 1)[-1] == element.getAttribute("name").rsplit(".", 1)[-1], name
    blocks = [" ".join(block.split()) for block in re.split(r"\n\s*\n", text.strip())]
    arguments = {}
    if blocks[0].startswith("@"):
        for argument in re.split(r" (?=@\w+: )", blocks.pop(0)):
            key, description = argument[1:].split(": ", 1)
            arguments[key] = description
    return arguments, blocks


def describe_arguments(element):
    """What stands after a member's name: its type, or the arguments that go in, and come out."""
    if element.tagName == "property":
        return f" {element.getAttribute('type')}"
    words = {"in": [], "out": []}
    for argument in element.getElementsByTagName("arg"):
        # A signal's arguments have no direction; they are what it tells.
        words[argument.getAttribute("direction") or "in"].append(
            f"_{escape(argument.getAttribute('name'))}_ {argument.getAttribute('type')}")
    returned = f" → {', '.join(words['out'])}" if words["out"] else ""
    return f" ({', '.join(words['in'])}){returned}"


def print_member(element):
    arguments, paragraphs = read_comment(element)
    print(f"*{element.getAttribute('name')}*{describe_arguments(element)}")
    blocks = [mark_up(paragraph) for paragraph in paragraphs]
    blocks[1:1] = [f"_{escape(name)}_: {mark_up(text)}" for name, text in arguments.items()]
    print("\n\n".join(f"\t{block}" for block in blocks) + "\n")


def main():
    path = Path(sys.argv[1])
    document = minidom.parse(str(path))
    interfaces = document.getElementsByTagName("interface")
    print(f"{path.stem}(5)\n\n# NAME\n\n{path.stem} - the D-Bus interface of oncalld\n")
    for number, interface in enumerate(interfaces):
        name = interface.getAttribute("name")
        _arguments, paragraphs = read_comment(interface)
        # What the first interface says of itself holds for all.
        print("# DESCRIPTION\n" if number == 0 else f"# {name}\n")
        print("\n\n".join(map(mark_up, paragraphs)) + "\n")
        if number == 0:
            print(f"# {name}\n")
        for tag, title in KINDS.items():
            members = interface.getElementsByTagName(tag)
            if members:
                print(f"## {title}\n")
            for member in members:
                print_member(member)
    print("# SEE ALSO\n\n*oncalld*(8), *oncallctl*(1), *busctl*(1)")


main()
