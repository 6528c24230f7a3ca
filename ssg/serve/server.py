"""`ssg serve`, put together: a watch, a process that builds, and a web server."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
import webbrowser
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from socket import socket
from typing import Protocol

import uvicorn
from starlette.applications import Starlette

from ssg import site_toml, watching
from ssg.serve import place
from ssg.serve.app import application
from ssg.serve.building import Builder, Built, Order
from ssg.serve.host import Host
from ssg.serve.live import Live
from ssg.serve.rules import NETLIFY

_SOURCES = (site_toml.FILE, NETLIFY)


class Teller(Protocol):
    """Who tells the user what happens. Called from any thread, but never from two at a time once the site is served."""

    def serving(self, address: str, wanted: int, port: int) -> None:
        """The site is at `address`; `wanted` is the port that was asked for, `port` the one that it has."""

    def progress(self, phase: str, done: int, of: int) -> None:
        """A build is on its way."""

    def built(self, built: Built, changed: Sequence[str]) -> None:
        """A build is done; `changed` are the sources that it was made for, none for the first one."""


def serve(source: Path, teller: Teller, *, host: str = "127.0.0.1", port: int = 8000, show: bool = False) -> None:
    """Serve the site in the folder `source` until the user stops it, and build it again whenever its sources change.

    `show` opens the front page in the user's browser. Raises BuildStopped: `settings.missing` where there is no site,
    `serve.address`, `file.unwritable`. Everything else that is wrong is shown on the page.
    """
    if not (source / site_toml.FILE).is_file():
        site_toml.load(source)
    with place.folder(source) as output, place.listen(host, port) as listening:
        own = listening.getsockname()[1]
        address = place.address_of(host, own)
        live = Live(f"{os.getpid():x}-{time.time_ns():x}", (output / "index.html").is_file())
        site = Host(output)
        builder = Builder(Order(str(source), str(output), address))
        hosts = ["127.0.0.1", "localhost", "[::1]", host] if place.is_loopback(host) else ["*"]
        server = _Server(application(site, live, hosts), live)
        keeper = _Keeper(source, builder, teller, server, site)
        try:
            teller.serving(address, port, own)
            if show:  # a browser without a window would keep us waiting
                threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
            asyncio.run(_run(server, listening, keeper))
        finally:
            keeper.stopped.set()
            builder.close()
        keeper.join()


async def _run(server: _Server, listening: socket, keeper: _Keeper) -> None:
    keeper.loop = asyncio.get_running_loop()
    keeper.start()
    await server.serve(sockets=[listening])


class _Server(uvicorn.Server):
    """Uvicorn, which the user's Ctrl-C ends as it should: no stream is waited for, and it is no error."""

    def __init__(self, app: Starlette, live: Live) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                log_config=None,
                log_level="error",
                access_log=False,
                lifespan="off",
                ws="none",
                server_header=False,
                timeout_graceful_shutdown=2,
            )
        )
        self.live = live

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        """End the pages' streams, then everything else."""
        self.live.close()
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take the signals that end a program as the wish to stop, and nothing more."""
        before = {one: signal.signal(one, self.handle_exit) for one in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)


class _Keeper(threading.Thread):
    """Keeps the site up to date: waits for changes, has it built, and hands on what became of it."""

    def __init__(self, source: Path, builder: Builder, teller: Teller, server: _Server, host: Host) -> None:
        super().__init__(name="ssg serve: keeper")
        self.stopped = threading.Event()
        self.loop: asyncio.AbstractEventLoop
        self._source, self._builder, self._teller, self._server, self._host = source, builder, teller, server, host
        self._failed: Exception | None = None

    def run(self) -> None:
        """Until the server ends. What goes wrong here ends the server, and is raised when it has ended."""
        try:
            for changed in watching.changes(self._source, _SOURCES, self.stopped):
                built = self._builder.build(self._teller.progress)
                if built is None or self.stopped.is_set():
                    return
                self.loop.call_soon_threadsafe(self._take, built)
                self._teller.built(built, changed)
        except Exception as error:
            if not self._server.should_exit:
                self._failed = error
                self._server.should_exit = True

    def join(self, timeout: float | None = None) -> None:
        """Wait for the end, and raise what went wrong."""
        super().join(timeout)
        if self._failed is not None:
            raise self._failed

    def _take(self, built: Built) -> None:
        self._host.rules = built.rules
        self._server.live.take(built)
