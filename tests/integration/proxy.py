# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""A proxy that passes connections on (CONNECT), counts them, and can go away and come back."""

import selectors
import socket
import threading


class Proxy:
    def __init__(self) -> None:
        self.passed: list[str] = []  # HOST:PORT of each connection so far
        self.status = 200  # what the next one is answered with
        self._port = 0
        self._listener: socket.socket | None = None
        self._held: socket.socket | None = None  # the port, while nobody listens
        self._open: list[socket.socket] = []
        self.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """On the same port as before."""
        if self._held:
            self._held.close()
        self._listener = socket.create_server(("127.0.0.1", self._port))
        self._port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def stop(self) -> None:
        """With all connections. May be called twice."""
        if self._listener:
            # shutdown() wakes accept(), which close() alone would not.
            self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
            self._held = socket.socket()
            self._held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self._held.bind(("127.0.0.1", self._port))
        for connection in self._open:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # it has ended by itself
        self._open.clear()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            self._open.append(client)
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client:
            head = b""
            while b"\r\n\r\n" not in head:
                if not (received := client.recv(4096)):
                    return
                head += received
            method, target, _ = head.split(b"\r\n")[0].decode().split(" ")
            assert method == "CONNECT", head
            if self.status != 200:
                client.sendall(f"HTTP/1.1 {self.status} No\r\nContent-Length: 0\r\n\r\n".encode())
                return
            host, _, port = target.rpartition(":")
            with socket.create_connection((host, int(port))) as server:
                self._open.append(server)
                self.passed.append(target)
                client.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
                self._carry(client, server)

    @staticmethod
    def _carry(client: socket.socket, server: socket.socket) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(client, selectors.EVENT_READ, server)
            selector.register(server, selectors.EVENT_READ, client)
            while True:
                for key, _ in selector.select():
                    try:
                        if not (data := key.fileobj.recv(65536)):
                            return
                        key.data.sendall(data)
                    except OSError:
                        return
