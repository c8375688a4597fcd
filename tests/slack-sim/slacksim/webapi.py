# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The Web API's outside: authentication, scopes, limits, faults and the shape of every answer."""

import asyncio
import contextlib
import json
import time
import urllib.parse
import uuid

from aiohttp import web

from . import faults, tcp
from .apps import Token
from .journal import Journal
from .limits import Limits
from .methods import METHODS, Call, Method, SocketUrl
from .settings import Refused
from .workspace import Workspace


class WebApi:
    def __init__(self, workspace: Workspace, journal: Journal, limits: Limits,
                 armed: faults.Faults, socket_url: SocketUrl) -> None:
        self._workspace = workspace
        self._journal = journal
        self._limits = limits
        self._faults = armed
        self._socket_url = socket_url

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        started = time.monotonic()
        name = request.path.removeprefix("/api/").strip("/")
        if not request.path.startswith("/api/"):
            return web.Response(status=404, text="Not Found")
        method = METHODS.get(name)
        try:
            arguments = await self._arguments(request, method)
        except UnicodeDecodeError:
            arguments = {}
        token = self._token(request, arguments)
        record = {"method": name, "http": request.method,
                  "token": token.name if token else "", "user": token.user if token else "",
                  "app": token.app if token else "", "args": arguments}
        fault = None
        if self._faults.any(faults.API):
            fault = self._faults.take(faults.API, {
                "method": name, "user": record["user"], "app": record["app"],
                "channel": arguments.get("channel"), "text": arguments.get("text")})
        headers = {"x-slack-req-id": uuid.uuid4().hex}
        status, answer = 200, None
        if fault is None or fault["after"] or fault.name in ("late", "trickle", "truncated", "cut"):
            status, answer = self._answer(request, name, method, token, arguments, headers)
        if fault is None:
            response = _json(answer, headers, status)
        else:
            record["fault"] = fault.name
            response = await self._fail(request, fault, answer, headers, status)
        record |= {"status": 0 if response is None else response.status,
                   "error": (answer or {}).get("error", ""), "ok": bool(answer and answer["ok"]),
                   "ms": round((time.monotonic() - started) * 1000, 3)}
        self._journal.add(self._journal.calls, record)
        if response is None:
            if fault.name == "no-answer":
                await self._client_gone(request)
            # The one way to end a request of aiohttp 3.8 without an answer of any kind.
            raise asyncio.CancelledError
        return response

    @staticmethod
    async def _arguments(request: web.BaseRequest, method: Method | None) -> dict:
        """From the query, a form or JSON; into that, some methods do not look (REF)."""
        arguments = dict(urllib.parse.parse_qsl(request.query_string, keep_blank_values=True))
        if request.method != "POST":
            return arguments
        if request.content_type == "application/json":
            if method and method.takes_json:
                try:
                    body = json.loads(await request.read() or b"{}")
                except ValueError:
                    return {"": "invalid_json"}
                if not isinstance(body, dict):
                    return {"": "json_not_object"}
                arguments |= body
            else:
                await request.read()
        elif request.content_type == "multipart/form-data":
            arguments |= {key: value for key, value in (await request.post()).items()
                          if isinstance(value, str)}
        else:
            body = (await request.read()).decode("utf-8")
            arguments |= dict(urllib.parse.parse_qsl(body, keep_blank_values=True))
        return arguments

    def _token(self, request: web.BaseRequest, arguments: dict) -> Token | None:
        """The token of the call; it is taken out of the arguments, which are recorded."""
        value = arguments.pop("token", "")
        header = request.headers.get("Authorization", "")
        if header.lower().startswith("bearer "):
            value = header[7:].strip()
        if value:
            unknown = Token(value, "", "", (), "invalid_auth")
            return self._workspace.apps.tokens.get(value, unknown)
        return None

    def _answer(self, request: web.BaseRequest, name: str, method: Method | None,
                token: Token | None, arguments: dict, headers: dict) -> tuple[int, dict]:
        if method is None:
            return 200, {"ok": False, "error": "unknown_method", "req_method": name}
        try:
            self._authorise(request, name, method, token)
            call = Call(self._workspace, name, token, arguments, self._limits.page_limit(name),
                        request.secure, self._socket_url)
            wait = self._limits.retry_after(token.app, name, method.tier, call.text("channel"))
            if wait:
                headers["Retry-After"] = str(wait)
                return 429, {"ok": False, "error": "ratelimited"}
            if name != "apps.connections.open":
                headers["x-oauth-scopes"] = ",".join(token.scopes)
            if "" in arguments:
                raise Refused(arguments[""])
            needed = method.scope(call)
            if needed:
                headers["x-accepted-oauth-scopes"] = ",".join(needed)
                if not set(needed) & set(token.scopes):
                    raise Refused("missing_scope", needed=",".join(needed),
                                  provided=",".join(token.scopes))
            return 200, {"ok": True, **method.run(call)}
        except Refused as refused:
            return 200, {"ok": False, "error": refused.error, **refused.extra}

    @staticmethod
    def _authorise(request: web.BaseRequest, name: str, method: Method,
                   token: Token | None) -> None:
        if token is None:
            raise Refused("not_authed")
        if token.revoked:
            raise Refused(token.revoked)
        if (token.kind == "app") != (name == "apps.connections.open"):
            raise Refused("not_allowed_token_type")
        if name == "apps.connections.open" and request.method != "POST":
            raise Refused("insecure_request")
        if method.user_only and token.kind != "user":
            raise Refused("not_allowed_token_type")

    async def _fail(self, request: web.BaseRequest, fault: faults.Fault, answer: dict | None,
                    headers: dict, status: int) -> web.StreamResponse | None:
        """What the fault makes of the answer; None when there will be none."""
        name = fault.name
        if name == "rate-limited":
            headers["Retry-After"] = str(fault["retry_after"])
            return _json({"ok": False, "error": "ratelimited"}, headers, 429)
        if name == "http-status":
            return web.Response(status=fault["status"], text="upstream connect error")
        if name == "error":
            return _json({"ok": False, "error": fault["error"]}, headers)
        if name == "not-json":
            return web.Response(text=fault["body"], content_type="text/html")
        if name == "late":
            await asyncio.sleep(fault["seconds"])
            return _json(answer, headers, status)
        if name == "truncated":
            body = _dump(answer)
            return web.Response(body=body[:int(len(body) * fault["part"])], headers=headers,
                                content_type="application/json", charset="utf-8")
        if name == "trickle":
            return await self._trickle(request, _dump(answer), fault, headers)
        if name == "cut":
            body = _dump(answer)
            response = web.StreamResponse(headers=headers)
            response.content_length = len(body)
            await response.prepare(request)
            await response.write(body[:int(len(body) * fault["part"])])
            request.transport.close()
            return response
        if name == "no-answer":
            return None
        tcp.reset(request.transport)  # hang-up
        return None

    @staticmethod
    async def _client_gone(request: web.BaseRequest) -> None:
        """aiohttp 3.8 tells a handler nothing of it, so look."""
        while request.transport and not request.transport.is_closing():
            await asyncio.sleep(0.05)

    @staticmethod
    async def _trickle(request: web.BaseRequest, body: bytes, fault: faults.Fault,
                       headers: dict) -> web.StreamResponse:
        response = web.StreamResponse(headers=headers)
        response.content_type = "application/json"
        response.content_length = len(body)
        await response.prepare(request)
        with contextlib.suppress(ConnectionResetError):  # the client has had enough
            for at in range(0, len(body), fault["bytes"]):
                await response.write(body[at:at + fault["bytes"]])
                await asyncio.sleep(fault["seconds"])
            await response.write_eof()
        return response


def _dump(answer: dict) -> bytes:
    """As Slack's servers write JSON: ASCII only, slashes escaped."""
    return json.dumps(answer, separators=(",", ":")).replace("/", "\\/").encode("ascii")


def _json(answer: dict, headers: dict, status: int = 200) -> web.Response:
    return web.Response(body=_dump(answer), status=status, headers=headers,
                        content_type="application/json", charset="utf-8")
