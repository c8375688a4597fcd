# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What a program under test gets to know of the machine, and how it ends with the test."""

import os
import subprocess
from pathlib import Path

# Where the bus finds out what to start for a name
SERVICES = Path("/usr/share/dbus-1/services")


def bare_environment(home: Path, bus_address: str, **more: str) -> dict[str, str]:
    """Nothing of the caller's but where programs are and how sanitizers should act."""
    kept = ("PATH", "ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS")
    return {
        **{name: os.environ[name] for name in kept if name in os.environ},
        "LANG": "C.UTF-8",
        "HOME": str(home),
        "DBUS_SESSION_BUS_ADDRESS": bus_address,
        **more,
    }


def start(*command: str, **options) -> subprocess.Popen:
    """Starts a program that ends when this one does, however that ends, and whose Ctrl-C is left
    to whoever ends it in order."""
    options.setdefault("stdin", subprocess.DEVNULL)
    return subprocess.Popen(["setpriv", "--pdeathsig", "TERM", *command], process_group=0,
                            **options)
