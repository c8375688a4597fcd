# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The command: reads its arguments, serves, says where, and ends without leaving anything."""

import argparse
import asyncio
import contextlib
import gc
import json
import os
import signal
import sys
import tempfile
from pathlib import Path

from . import state
from .scenario import ScenarioError
from .simulator import Simulator


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="slack-sim", description="A loopback Slack for tests and the demo. Prints one line "
        "of JSON with its addresses when it is ready.")
    parser.add_argument("--scenario", type=Path, required=True, help="the workspace, in TOML")
    parser.add_argument("--port", type=int, default=0, help="of the Web API (0: any)")
    parser.add_argument("--tls", action="store_true", help="serve https and wss as well")
    parser.add_argument("--ca-file", type=Path,
                        help="where to write the authority's certificate (else a temporary file)")
    parser.add_argument("--state-file", type=Path,
                        help="taken up at the start if it exists, in place of the scenario, with "
                        "the same ports; written at the end")
    parser.add_argument("--exit-with-stdin", action="store_true",
                        help="stop when standard input ends")
    return parser.parse_args(arguments)


async def run(options: argparse.Namespace) -> None:
    simulator = Simulator(options.tls)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, simulator.stopping.set)
    if options.state_file and options.state_file.exists():
        simulator.load_state(options.state_file)
    else:
        simulator.load_scenario(options.scenario)
    await simulator.start(options.port)
    # A full collection walks all of history and would show as a pause in a benchmark.
    gc.freeze()
    gc.set_threshold(50_000, 50, 1000)
    with contextlib.ExitStack() as temporary:
        ready = {**simulator.addresses(), "pid": os.getpid()}
        if simulator.authority:
            ca_file = options.ca_file or Path(temporary.enter_context(
                tempfile.TemporaryDirectory(prefix="slack-sim-")), "ca.pem")
            ca_file.write_text(simulator.authority.pem, encoding="ascii")
            ready["ca"] = str(ca_file)
        if options.exit_with_stdin:
            await loop.connect_read_pipe(lambda: StdinWatcher(simulator.stopping), sys.stdin)
        print(json.dumps(ready), flush=True)
        await simulator.stopping.wait()
        if options.state_file:
            state.save(simulator, options.state_file)
        await simulator.stop()


class StdinWatcher(asyncio.Protocol):
    def __init__(self, stopping: asyncio.Event) -> None:
        self._stopping = stopping

    def eof_received(self) -> None:
        self._stopping.set()


def main() -> int:
    try:
        asyncio.run(run(parse_arguments(sys.argv[1:])))
    except (ScenarioError, OSError, ValueError) as error:
        print(f"slack-sim: {error}", file=sys.stderr)
        return 1
    return 0
