#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs a command on a machine of its own, which is gone when the command has ended.

usage: machine.py BUILD COMMAND [ARGUMENT ...]

The machine is made of namespaces and a cgroup. It has the host's programs and network, what
"meson install" makes of BUILD in the place where it belongs, a real systemd-journald, and a user
who has not logged in yet. The command is run by root, in this file's directory. What programs
usually write to is the machine's own, and empty.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

# Nobody on the host needs to be asked for the number: inside, there is another /etc/passwd. It is
# one that systemd takes for a person's.
USER = "responder"
UID = 10001
HOME = Path("/home") / USER
RUNTIME = Path("/run/user") / str(UID)

# Seconds until the machine is taken for broken
DEADLINE = 60

# Where a booted machine's systemd puts a user's manager; the journal looks at it.
MANAGER_GROUP = f"user.slice/user-{UID}.slice/user@{UID}.service"
JOURNAL_GROUP = "system.slice/systemd-journald.service"

SYSTEMD = Path("/lib/systemd")
SCRATCH = Path("/run/machine")
CGROUPS = Path("/sys/fs/cgroup")

# What the user's systemd does for units wants these, and does not say so when they are missing.
RUN_DIRECTORIES = ["systemd/system", "systemd/journal", "systemd/mount-rootfs", "systemd/unit-root",
                   "systemd/propagate", "credentials", "lock", "log"]

ETC = {
    "passwd": f"""root:x:0:0:root:/root:/bin/sh
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
{USER}:x:{UID}:{UID}:On Call:{HOME}:/bin/sh
""",
    "group": f"root:x:0:\nsystemd-journal:x:999:\nnogroup:x:65534:\n{USER}:x:{UID}:\n",
    "nsswitch.conf": "passwd: files\ngroup: files\nhosts: files\n",
    "machine-id": "0123456789abcdef0123456789abcdef\n",
    "systemd/journald.conf": """[Journal]
Storage=persistent
RateLimitIntervalSec=0
ReadKMsg=no
Audit=no
""",
}


def fail(sentence):
    sys.exit(f"machine: {sentence}")


def run(*command, **options):
    result = subprocess.run([str(word) for word in command], capture_output=True, text=True,
                            **options)
    if result.returncode != 0:
        fail(f"“{' '.join(map(str, command))}” failed: {result.stderr.strip()}")


def mount(*arguments):
    run("mount", *arguments)


def mount_tmpfs(path, mode="0755", owner=0):
    mount("-t", "tmpfs", "-o", f"mode={mode},uid={owner},gid={owner}", "tmpfs", path)


def mount_over(layer, path):
    """Shows the files of the layer among those of the path."""
    mount("-t", "overlay", "-o", f"lowerdir={layer}:{path}", "overlay", path)


def wait_until(condition, sentence):
    deadline = time.monotonic() + DEADLINE
    while not condition():
        if time.monotonic() > deadline:
            fail(sentence)
        time.sleep(0.01)


def start(command, cgroup, environment, user=None):
    """Starts a daemon in a cgroup, as the user that the cgroup is for then, and waits until it says
    that it is up. Returns: its process."""
    group = CGROUPS / cgroup
    group.mkdir(parents=True, exist_ok=True)
    path = SCRATCH / f"notify-{time.monotonic_ns()}"

    def enter():
        (group / "cgroup.procs").write_text("0")
        if user:
            os.setgroups([])
            os.setgid(user)
            os.setuid(user)

    if user:
        for owned in [group, *(group / f"cgroup.{name}" for name in ("procs", "subtree_control",
                                                                     "threads"))]:
            os.chown(owned, user, user)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notifications:
        notifications.bind(str(path))
        notifications.settimeout(DEADLINE)
        path.chmod(0o777)
        process = subprocess.Popen(command, env={**environment, "NOTIFY_SOCKET": str(path)},
                                   preexec_fn=enter, start_new_session=True)
        try:
            while b"READY=1" not in notifications.recv(4096).split(b"\n"):
                pass
        except TimeoutError:
            fail(f"“{command[0]}” does not get up")
    return process


def outside(build, command):
    """On the host, but where mounts are seen by nobody else."""
    for program in ["unshare", "setpriv", "mount", "meson", "journalctl", "dbus-daemon"]:
        if not shutil.which(program):
            fail(f"the program “{program}” is missing; ./setup test installs it")
    mount_tmpfs("/run")
    for name in ["cgroups", "installed", "source", "etc", f"home/{USER}"]:
        (SCRATCH / name).mkdir(parents=True)
    mount("-t", "cgroup2", "cgroup2", SCRATCH / "cgroups")
    mount("--bind", Path(__file__).parents[2], SCRATCH / "source")
    run("meson", "install", "-C", build, "--no-rebuild", "--quiet", "--destdir",
        SCRATCH / "installed")

    own = next(line[3:].strip().lstrip("/") for line in open("/proc/self/cgroup", encoding="utf-8")
               if line.startswith("0::"))
    group = SCRATCH / "cgroups" / own / f"oncalld-test-{os.getpid()}"
    group.mkdir()
    inner = None
    try:
        inner = subprocess.Popen(
            ["unshare", "--pid", "--fork", "--kill-child", "--cgroup", "--mount",
             "--propagation", "shared", "--mount-proc", sys.executable, "-B", __file__, "--inside",
             *command],
            preexec_fn=lambda: (group / "cgroup.procs").write_text("0"))
        return inner.wait()
    finally:
        if inner and inner.poll() is None:
            inner.kill()
            inner.wait()
        wait_until(lambda: "populated 0" in (group / "cgroup.events").read_text(),
                   "processes are left over")
        for directory, _, _ in os.walk(group, topdown=False):
            os.rmdir(directory)


def inside(command):
    """The machine's first process."""
    mount("-t", "cgroup2", "cgroup2", CGROUPS)
    for name in RUN_DIRECTORIES:
        (Path("/run") / name).mkdir(parents=True)
    Path("/run/systemd/journal/flushed").touch()

    for name, text in ETC.items():
        path = SCRATCH / "etc" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    mount_over(SCRATCH / "etc", "/etc")
    mount_tmpfs("/etc/systemd/user")
    mount_over(SCRATCH / "home", "/home")
    mount_tmpfs(HOME, "0700", UID)
    for path in ["/tmp", "/var/tmp"]:
        mount_tmpfs(path, "1777")
    for path in ["/var/lib/systemd", "/var/log"]:
        mount_tmpfs(path)
    Path("/var/log/journal").mkdir()
    RUNTIME.mkdir(parents=True)
    mount_tmpfs(RUNTIME, "0700", UID)
    installed = SCRATCH / "installed"
    while len(entries := list(installed.iterdir())) == 1:
        installed = entries[0]
    mount_over(installed, Path("/") / installed.relative_to(SCRATCH / "installed"))
    run("journalctl", "--update-catalog")

    start([SYSTEMD / "systemd-journald"], JOURNAL_GROUP, {"PATH": os.environ["PATH"]})
    tests = SCRATCH / "source/tests"
    return subprocess.run(command, cwd=tests / "systemd", env={
        **os.environ, "PYTHONPATH": str(tests / "integration")}).returncode


def on_terminate(*_):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(1)


def main(arguments):
    if arguments[0] == "--inside":
        return inside(arguments[1:])
    if arguments[0] == "--outside":
        return outside(arguments[1], arguments[2:])
    unshare = ["unshare", "--mount", "--propagation", "private", sys.executable, "-B", __file__,
               "--outside", *arguments]
    if os.geteuid() != 0:
        unshare.insert(0, "sudo")
    os.execvp(unshare[0], unshare)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, on_terminate)
    sys.exit(main(sys.argv[1:]))
