#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Holds the sources against one of the project's rules.

usage: style.py RULE ROOT        prints what breaks the rule; --list prints the rules
"""

import re
import subprocess
import sys
from pathlib import Path

ALLOWED_AT_THE_TOP = {
    "LICENSE", "NEWS", "README.md", "client", "daemon", "include", "meson.build",
    "meson_options.txt", "po", "setup", "systemd", "tests",
}

# Beyond that, something wants to be split.
FILE_LINES = 800
FUNCTION_LINES = 80

# Data, texts for people, and files that cannot hold a comment
WITHOUT_LICENCE = {".json", ".md", ".tsv", ".dict", ".in", ".npmrc"}
WITHOUT_LICENCE_NAMES = {"LICENSE", "NEWS", "LINGUAS", "POTFILES.in"}

# Functions that everybody knows, and macros
SELF_EXPLANATORY = re.compile(r"onc_\w+_(quark|ref|unref|free|clear)|[A-Z]\w+")

# What a person typed, or is known by, may be in a log for debugging only; a token never.
PRIVATE = re.compile(r"(->|\.)(text|body|asker|author|title|token)\b|_name_user|_naming_user|"
                     r"_tokens?_get")


def is_source(path):
    return not any(part.startswith(".") and part not in (".ci", ".clang-format", ".editorconfig")
                   or part in ("node_modules", "__pycache__", "seeds") for part in path.parts)


def sources(root, *suffixes):
    """The files of the project with one of these suffixes, or all."""
    return sorted(path for path in root.rglob("*")
                  if path.is_file() and is_source(path.relative_to(root))
                  and (not suffixes or path.suffix in suffixes))


def scripts(root, interpreter):
    """The files that begin with such a #! line."""
    return [path for path in sources(root)
            if re.match(f"#!.*{interpreter}", path.read_text("utf-8").split("\n", 1)[0])]


def lines(paths):
    for path in paths:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            yield path, number, line


def tool(*command):
    """Runs a program that says nothing when all is well. Yields: what it says."""
    result = subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    yield from result.stdout.splitlines()
    if result.returncode != 0:
        yield f"{command[0]} exits with {result.returncode}"


def c_is_formatted(root):
    yield from tool("clang-format", "--dry-run", "-Werror", *sources(root, ".c", ".h"))


def xml_is_well_formed(root):
    yield from tool("xmllint", "--noout", "--nonet", *sources(root, ".xml", ".svg"))


def shell_scripts_are_sound(root):
    yield from tool("shellcheck", *scripts(root, "/bin/(ba)?sh"))


def python_is_sound(root):
    yield from tool("pyflakes3", *sources(root, ".py"), *scripts(root, "python3"))


def files_are_tidy(root):
    for path in sources(root):
        data = path.read_bytes()
        if data and (not data.endswith(b"\n") or data.endswith(b"\n\n")):
            yield f"{path}: does not end in one newline"
        if b"\r" in data:
            yield f"{path}: has a carriage return"
    for path, number, line in lines(sources(root)):
        if line != line.rstrip():
            yield f"{path}:{number}: trailing space"


def files_have_a_licence(root):
    for path in sources(root):
        if path.suffix in WITHOUT_LICENCE or path.name in WITHOUT_LICENCE_NAMES:
            continue
        head = path.read_text("utf-8")[:400]
        for tag in ("FileCopyrightText: ", "License-Identifier: LGPL-2.1-or-later"):
            if f"SPDX-{tag}" not in head:
                yield f"{path}: no SPDX-{tag.split(':')[0]}"
        if path.suffix == ".h" and "\n#pragma once\n" not in path.read_text("utf-8"):
            yield f"{path}: no #pragma once"


def files_and_functions_are_short(root):
    shipped = [path for folder in ("client", "daemon", "include")
               for path in sources(root / folder, ".c", ".h")]
    for path in shipped:
        text = path.read_text("utf-8").splitlines()
        if len(text) > FILE_LINES:
            yield f"{path}: {len(text)} lines"
        for number, line in enumerate(text):
            if line == "{":
                end = next(n for n in range(number, len(text)) if text[n].startswith("}"))
                length = end - number - 1
                if text[end] == "}" and length > FUNCTION_LINES:
                    yield f"{path}:{number}: a function of {length} lines"


def public_functions_are_explained(root):
    """A comment may be for several that follow one another without an empty line."""
    prototype = re.compile(r"^(?!typedef\b|extern\b|static\b)[A-Za-z][\w *]*?\b(\w+) \(", re.M)
    for folder in ("client", "daemon", "include"):
        for path in sources(root / folder, ".h"):
            paragraphs = re.split(r"\n\n", path.read_text("utf-8"))
            for match in (prototype.search(text) for text in paragraphs):
                if match and not SELF_EXPLANATORY.fullmatch(match[1]) \
                        and "*/" not in match.string[:match.start()]:
                    yield f"{path}: {match[1]}() has no comment"


def nothing_is_left_unfinished(root):
    pattern = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX|HA" r"CK)\b")
    for path, number, line in lines(sources(root)):
        if pattern.search(line) and not re.search("mktemp|XXX" "XXX", line):
            yield f"{path}:{number}: {line.strip()}"


def the_top_is_tidy(root):
    for path in sorted(root.iterdir()):
        if not path.name.startswith(".") and path.name not in ALLOWED_AT_THE_TOP:
            yield f"{path}: does not belong there"


def logs_are_discreet(root):
    for path in sources(root / "daemon", ".c"):
        text = path.read_text("utf-8")
        for call in re.finditer(r"\b(onc_(info|notice|warning|log)(_about)?|g_(message|warning|info))"
                                r" \((.*?)\);", text, re.DOTALL):
            if PRIVATE.search(re.sub(r'"(\\.|[^"\\])*"', '""', call[0])):
                yield f"{path}:{text.count(chr(10), 0, call.start()) + 1}: {call[0]}"


RULES = {rule.__name__.replace("_", "-"): rule for rule in (
    c_is_formatted, xml_is_well_formed, shell_scripts_are_sound, python_is_sound, files_are_tidy,
    files_have_a_licence, files_and_functions_are_short, public_functions_are_explained,
    nothing_is_left_unfinished, the_top_is_tidy, logs_are_discreet)}


def main(arguments):
    if arguments == ["--list"]:
        print("\n".join(RULES))
        return 0
    found = list(RULES[arguments[0]](Path(arguments[1]).resolve()))
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
