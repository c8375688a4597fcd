# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The parts of the simulator, put together, with their listeners and the scenario's timeline."""

import asyncio
import json
import socket
import sys
import time
from pathlib import Path

from aiohttp import web

from . import actions, scenario, state, tls
from .clock import Clock
from .control import Control
from .delivery import Hub
from .faults import Faults
from .journal import Journal
from .limits import Limits
from .settings import Refused, Settings
from .socketmode import SocketMode
from .webapi import WebApi
from .workspace import Workspace

# What answers where; the ones with "s" only when TLS is asked for.
LISTENERS = ("api", "apis", "socket", "sockets")


class Simulator:
    def __init__(self, with_tls: bool = False) -> None:
        self.settings = Settings()
        self.clock = Clock()
        self.journal = Journal()
        self.faults = Faults()
        self.workspace = Workspace(self.journal, self.settings, self.clock)
        self.hub = Hub(self.workspace, self.journal, self.clock, self.faults)
        self.socket_mode = SocketMode(self.hub, self.journal, self.clock, self.settings,
                                      self.faults)
        self.web_api = WebApi(self.workspace, self.journal, Limits(self.settings, self.clock),
                              self.faults, self.socket_url)
        self.control = Control(self)
        self.with_tls = with_tls
        self.authority: tls.Authority | None = None
        self.context: tls.Context | None = None
        self.ports: dict[str, int] = {}
        self.timeline: list[dict] = []
        self.timeline_started = 0.0
        self.stopping = asyncio.Event()
        self._listening: dict[str, asyncio.AbstractServer] = {}
        self._held: dict[str, socket.socket] = {}  # of who listens again later
        self._web: dict[str, web.Server] = {}
        self._waiting: list[dict] = []

    # Contents

    def load_scenario(self, path: Path) -> None:
        self.timeline = scenario.load(path, self.workspace, self.settings, self.clock)
        if self.with_tls:
            self.authority = tls.Authority()

    def load_state(self, path: Path) -> None:
        data = json.loads(path.read_text(encoding="utf-8"))
        state.load(self, data)
        self.ports = data["ports"]
        self._waiting = data["waiting"]
        self.workspace.scheduled.load(data["scheduled"])
        if self.with_tls:
            self.authority = tls.Authority(**(data["authority"] or {}))

    # Addresses

    def socket_url(self, app: str, secure: bool) -> str:
        """Slack too names another host there than the Web API's."""
        where = f"wss://localhost:{self.ports['sockets']}" if secure \
            else f"ws://127.0.0.1:{self.ports['socket']}"
        return f"{where}/link/?ticket={self.socket_mode.tickets.issue(app)}&app_id={app}"

    def addresses(self) -> dict:
        found = {"api": f"http://127.0.0.1:{self.ports['api']}/api/",
                 "control": f"http://127.0.0.1:{self.ports['control']}/control/"}
        if self.with_tls:
            found["api_tls"] = f"https://localhost:{self.ports['apis']}/api/"
        return found

    # Life

    async def start(self, port: int) -> None:
        if self.authority:
            self.context = tls.Context(self.authority)
        if port:
            self.ports["api"] = port
        await self._listen("control")
        await self.network(up=True)
        self.timeline_started = self.timeline_started or time.time()
        self._schedule_timeline()
        self.hub.start(self._waiting)

    async def network(self, up: bool) -> None:
        """Down: nobody listens and every connection is reset; only the control endpoint stays. The
        ports are held meanwhile, so that nobody else is given them."""
        if up:
            for name in LISTENERS:
                if name not in self._listening and (self.with_tls or not name.endswith("s")):
                    await self._listen(name)
            return
        for name in LISTENERS:
            await self._close(name)
        self.socket_mode.abort_all()

    async def _listen(self, name: str) -> None:
        if name in ("socket", "sockets"):
            factory = self.socket_mode.protocol
        else:
            handler = self.control.handle if name == "control" else self.web_api.handle
            factory = self._web[name] = web.Server(handler, access_log=None)
        secure = name.endswith("s")
        if held := self._held.pop(name, None):
            held.close()
        server = await asyncio.get_running_loop().create_server(
            factory, "127.0.0.1", self.ports.get(name, 0), backlog=512,
            family=socket.AF_INET, ssl=self.context.ssl if secure and self.context else None)
        self._listening[name] = server
        self.ports[name] = server.sockets[0].getsockname()[1]

    async def _close(self, name: str) -> None:
        if server := self._listening.pop(name, None):
            server.close()
            held = self._held[name] = socket.socket()
            held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            held.bind(("127.0.0.1", self.ports[name]))
        if handler := self._web.pop(name, None):
            await handler.shutdown(timeout=0.1)

    async def stop(self) -> None:
        await self.network(up=False)
        await self._close("control")
        for held in self._held.values():
            held.close()

    # The timeline

    def _schedule_timeline(self) -> None:
        """Every step at its time from the start; those of a time that has passed, at once."""
        passed = (time.time() - self.timeline_started) * self.clock.scale
        for step in self.timeline:
            self.clock.call_later(step["at"] - passed, self._step, step)

    def _step(self, step: dict) -> None:
        self.timeline.remove(step)
        parameters = {key: value for key, value in step.items() if key not in ("at", "do")}
        try:
            actions.ACTIONS[step["do"]](self.workspace, parameters)
        except (Refused, KeyError, TypeError, ValueError) as error:
            # A step that no longer fits (its message deleted by a test) must not end the others.
            print(f"slack-sim: timeline: {step['do']}: {error!r}", file=sys.stderr)
        self.journal.touch()
