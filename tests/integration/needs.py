# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What the demo needs beyond Python's own library: Debian's packages, and how to see that they are
there. It is looked at before any of that is imported."""

import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

from environment import SERVICES


def find_service(name: str) -> Path | None:
    path = SERVICES / f"{name}.service"
    return path if path.exists() else None


ALWAYS = [
    ("dbus-bin", shutil.which, "dbus-monitor"),
    ("python3-aiohttp", find_spec, "aiohttp"),
    ("python3-cryptography", find_spec, "cryptography"),
    ("python3-gi", find_spec, "gi"),
    ("util-linux", shutil.which, "setpriv"),
]

# For a screen of its own
SCREEN = [
    ("dbus-daemon", shutil.which, "dbus-daemon"),
    ("imagemagick", shutil.which, "import"),
    ("xdotool", shutil.which, "xdotool"),
    ("xfce4-notifyd", find_service, "org.xfce.xfce4-notifyd.Notifications"),
    ("xfconf", find_service, "org.xfce.Xfconf"),
    ("xterm", shutil.which, "xterm"),
    ("xvfb", shutil.which, "Xvfb"),
]


def demand(needs: list[tuple], purpose: str = "") -> None:
    """Ends the program with one sentence where something is missing."""
    missing = [package for package, find, name in needs if find(name) is None]
    if missing:
        sys.exit(f"demo: {purpose}Debian's packages are missing: {', '.join(missing)}")
