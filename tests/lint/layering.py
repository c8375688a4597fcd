#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Fails where the core's archive refers to anything that a pure decision has no need of.

usage: layering.py ARCHIVE        prints TAP
"""

import re
import subprocess
import sys

# What each forbidden symbol would give the core; a clock above all, for time is its argument.
FORBIDDEN = {
    "reads a clock": r"g_get_(real|monotonic)_time|g_get_current_time|g_date_time_new_now\w*|"
                     r"g_timer_\w+|time|times|clock\w*|gettimeofday|ftime|timespec_get|localtime\w*|"
                     r"g_time_zone_new_local|tzset|mktime",
    "opens a file": r"f?open(64|at|at64)?|fdopen|freopen(64)?|creat(64)?|g_file_\w+|g_open|g_fopen|"
                    r"g_mapped_file_\w+|g_key_file_load_from_\w+|opendir|g_dir_\w+|stat(64)?|read|write",
    "touches GObject": r"g_object_\w+|g_type_\w+|g_signal_\w+|g_value_\w+|g_param_\w+|g_closure_\w+",
    "touches GIO": r"g_(dbus|bus|task|cancellable|application|input|output|socket|network|io_stream|"
                   r"subprocess|settings|resource|app_info)_\w+",
    "uses the main loop": r"g_main_\w+|g_source_\w+|g_idle_\w+|g_timeout_\w+",
    "starts a thread or process": r"g_thread_\w+|pthread_\w+|fork|exec\w+|system|popen|g_spawn_\w+",
    "uses SQLite, curl, JSON or a desktop library":
        r"sqlite3_\w+|curl_\w+|cJSON_\w+|wslay_\w+|notify_\w+|secret_\w+|sd_\w+",
    "reads the environment": r"(secure_)?getenv|g_getenv|g_environ_\w+|g_get_(home|user)_\w+",
    "draws random numbers": r"g_random_\w+|g_rand_\w+|rand(om)?(_r)?|getrandom|arc4random\w*",
}


def undefined_symbols(archive):
    listing = subprocess.run(["nm", "-u", "-A", archive], check=True, capture_output=True, text=True)
    for line in listing.stdout.splitlines():
        match = re.search(r":([^:]+\.o):\s+[Uw]\s+(\S+)$", line)
        if match:
            yield match.group(1), match.group(2)


def main():
    symbols = list(undefined_symbols(sys.argv[1]))
    failures = [
        f"{unit}: {symbol} {why}"
        for unit, symbol in symbols
        for why, pattern in FORBIDDEN.items()
        if re.fullmatch(pattern, symbol)
    ]
    print("1..2")
    print("ok 1 the archive's symbols can be read" if symbols else "not ok 1 no symbols found")
    for failure in failures:
        print(f"# {failure}")
    print(f"{'not ok' if failures else 'ok'} 2 the core is pure")


main()
