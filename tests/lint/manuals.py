#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Fails where a manual leaves out a verb, option, configuration key, default or D-Bus member, has one
that does not exist, or cannot be rendered.

usage: manuals.py ONCALLCTL ONCALL-APPLET ONCALLD DEFAULTS.conf XML ONCALLCTL.1 ONCALL-APPLET.1
                  ONCALLD.8 CONF.5 BUS.5

Prints TAP. The manuals are scdoc's sources.
"""

import configparser
import re
import subprocess
import sys
from pathlib import Path
from xml.dom import minidom

# What an empty value is called where that is not "none"
WORDS = {
    ("slack", "me"): "none", ("slack", "user-token-file"): "none",
    ("slack", "app-token-file"): "none", ("people", "bots"): "none",
    ("people", "responders"): "anyone but the asker and bots", ("hours", "timezone"): "the desktop's",
    ("hours", "quiet"): "none",
}

# What every program has, whether its help says so or not
EVERYWHERE = {"help", "version"}


def run(*command, **options):
    return subprocess.run(command, check=True, capture_output=True, text=True, **options).stdout


def help_options(text):
    """The long options that a help text lists."""
    return set(re.findall(r"^  (?:-\w, )?--([a-z0-9-]+)", text, re.MULTILINE))


def sections(manual):
    """The text under each heading of the first level."""
    parts = re.split(r"^# (.+)$", manual, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2]))


def defined_options(manual):
    """The long options that have an entry of their own."""
    return {name for line in re.findall(r"^\t*\*-.*", manual, re.MULTILINE)
            for name in re.findall(r"\*--([a-z0-9-]+)\*", line)}


def verbs_of_help(oncallctl):
    """Each verb with its arguments, by the help: {"snooze": ["REF", "WHEN"]}."""
    text = run(oncallctl, "--help").split("Verbs:\n", 1)[1].split("\n\n", 1)[0]
    lines = re.findall(r"^  ([a-z-]+)((?: \[?[A-Z]+…?\]?)*) ", text, re.MULTILINE)
    return {verb: re.findall(r"[A-Z]+", arguments) for verb, arguments in lines}


def check_verbs(oncallctl, manual):
    verbs = verbs_of_help(oncallctl)
    common = help_options(run(oncallctl, "show", "--help")) & \
        help_options(run(oncallctl, "claim", "--help")) & help_options(run(oncallctl, "list", "--help"))
    entries = dict(re.findall(r"^\*([a-z-]+)\*(.*)$", sections(manual)["VERBS"], re.MULTILINE))
    yield from compare("verbs", set(verbs), set(entries))
    for verb in sorted(set(verbs) & set(entries)):
        heading = entries[verb]
        yield from compare(f"options of {verb}", help_options(run(oncallctl, verb, "--help")) - common,
                           set(re.findall(r"\*--([a-z0-9-]+)\*", heading)))
        options = re.sub(r"\[\*--[^]]*\]+", "", heading.replace("[=_MODE_]", ""))
        arguments = re.findall(r"_([A-Z]+)_", options)
        if arguments != verbs[verb]:
            yield f"arguments of {verb}: {verbs[verb]}, not {arguments}"


def check_options(program, manual, *help_arguments):
    known = set()
    for arguments in help_arguments:
        known |= help_options(run(program, *arguments))
    yield from compare("options", known | EVERYWHERE, defined_options(manual))


def check_keys(defaults, manual):
    parser = configparser.RawConfigParser(delimiters="=", comment_prefixes="#", strict=True)
    parser.optionxform = str
    parser.read_string(defaults)
    entries = {}
    for block in re.split(r"^## ", sections(manual)["GROUPS"], flags=re.MULTILINE)[1:]:
        heading, text = block.split("\n", 1)
        for group in re.findall(r"\[(\w+)\]", heading):
            parts = re.split(r"^\*([a-z-]+)\*=.*$", text, flags=re.MULTILINE)
            entries[group] = dict(zip(parts[1::2], parts[2::2]))
            if "_EMOJI_=_CATEGORY_" in text:
                entries[group] = {key.replace("\\", ""): f"*{value}*" for key, value in
                                  re.findall(r"\*([a-z_\\]+)=([a-z-]+)\*", text)}
    yield from compare("groups", set(parser.sections()), set(entries))
    for group in sorted(set(parser.sections()) & set(entries)):
        yield from compare(f"keys of [{group}]", set(parser[group]), set(entries[group]))
        for key in set(parser[group]) & set(entries[group]):
            value = parser[group][key]
            said = " ".join(entries[group][key].split())
            if (f"*{value}*" if value else WORDS.get((group, key), "none")) not in said:
                yield f"[{group}] {key}: its default, {value!r}, is not told"


def check_bus(xml, manual):
    for interface in minidom.parseString(xml).getElementsByTagName("interface"):
        name = interface.getAttribute("name")
        members = {element.getAttribute("name") for tag in ("property", "method", "signal")
                   for element in interface.getElementsByTagName(tag)}
        # The first interface's text is the page's description.
        text = sections(manual).get(name, "")
        yield from compare(f"members of {name}", members,
                           set(re.findall(r"^\*(\w+)\*", text, re.MULTILINE)))


def check_rendering(manual):
    page = run("scdoc", input=manual)
    result = subprocess.run(["groff", "-K", "utf8", "-man", "-Tutf8", "-ww", "-z"], input=page, text=True,
                            capture_output=True, check=False)
    yield from result.stderr.splitlines()


def compare(what, actual, told):
    for name in sorted(actual - told):
        yield f"{what}: {name} is missing in the manual"
    for name in sorted(told - actual):
        yield f"{what}: {name} is in the manual alone"


def main():
    oncallctl, applet, oncalld = sys.argv[1:4]
    defaults, xml, *pages = (Path(path).read_text(encoding="utf-8") for path in sys.argv[4:])
    ctl_page, applet_page, daemon_page, conf_page, bus_page = pages
    helps = [["--help"], *([verb, "--help"] for verb in verbs_of_help(oncallctl))]
    checks = {
        "oncallctl(1) has every verb with its arguments and options":
            check_verbs(oncallctl, ctl_page),
        "oncallctl(1) explains every option":
            check_options(oncallctl, ctl_page, *helps),
        "oncall-applet(1) explains every option":
            check_options(applet, applet_page, ["--help"]),
        "oncalld(8) explains every option":
            check_options(oncalld, daemon_page, ["--help-all"]),
        "oncalld.conf(5) has every key with its default": check_keys(defaults, conf_page),
        "org.oncalld1(5) has every member": check_bus(xml, bus_page),
        "every page can be rendered": (
            complaint for page in pages for complaint in check_rendering(page)),
    }
    print(f"1..{len(checks)}")
    for number, (name, complaints) in enumerate(checks.items(), 1):
        complaints = list(complaints)
        for complaint in complaints:
            print(f"# {complaint}")
        print(f"{'not ok' if complaints else 'ok'} {number} {name}")


main()
