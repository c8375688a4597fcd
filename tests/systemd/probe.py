# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Prints as JSON what a process may do here: "yes", or what stops it.

usage: probe.py DIRECTORY       one that may be written to
"""

import errno
import json
import mmap
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path


def attempt(action):
    try:
        action()
    except OSError as error:
        return errno.errorcode[error.errno]
    except subprocess.CalledProcessError as error:
        return "refused" if error.returncode > 0 else signal.Signals(-error.returncode).name
    return "yes"


def write(directory):
    path = directory / "probe"
    path.write_text("")
    path.unlink()


def set_user_id_bit():
    path = Path(sys.argv[1]) / "probe"
    path.write_text("")
    try:
        path.chmod(0o4755)
    finally:
        path.unlink()


def identify(path):
    status = os.stat(path)
    return status.st_dev, status.st_ino


def call(*command):
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)


STATUS = dict(line.split(":\t", 1) for line in Path("/proc/self/status").read_text().splitlines())

print(json.dumps({
    "write there": attempt(lambda: write(Path(sys.argv[1]))),
    "write to the home": attempt(lambda: write(Path.home())),
    "write to the configuration": attempt(lambda: write(Path.home() / ".config/oncalld")),
    "give files to others": attempt(set_user_id_bit),
    "capture packets": attempt(lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW)),
    "listen to the kernel's network": attempt(
        lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)),
    "make code": attempt(lambda: mmap.mmap(-1, 4096, prot=mmap.PROT_WRITE | mmap.PROT_EXEC)),
    "make a namespace": attempt(lambda: call("unshare", "--user", "true")),
    "change the root": attempt(lambda: call("chroot", "/", "true")),
    "gain privileges": "no" if STATUS["NoNewPrivs"] == "1" else "yes",
    "capabilities": int(STATUS["CapBnd"], 16),
    "directories": {path: identify(path) for path in ["/tmp", "/var/tmp", "/dev"]},
}))
