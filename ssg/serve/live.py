"""What the open pages are told: which build stands, what changed since theirs, and what there is to mend."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import msgspec

from ssg.model import Problem
from ssg.serve.building import Built


class Live:
    """The state of one serve. `run` tells it from others at the same address; `build` counts what was published, from 1.

    `ready`: there is a site to show. Everything here happens in the thread of the server.
    """

    def __init__(self, run: str, ready: bool) -> None:
        self.run = run
        self.build = 0
        self.ready = ready
        self._problems: tuple[Problem, ...] = ()
        self._rules: object = None
        self._all_since = 0  # the newest build at which every answer may have changed
        self._changed: dict[str, int] = {}  # file -> the newest build that wrote or removed it
        self._pages: set[asyncio.Queue[bool]] = set()
        self._closed = False

    def take(self, built: Built) -> None:
        """Note what a build became, and tell the open pages."""
        self._problems = built.problems
        if built.published:
            self.build += 1
            self.ready = True
            self._changed |= dict.fromkeys((*built.written, *built.removed), self.build)
            if self._rules is not None and self._rules != built.rules:
                self._all_since = self.build
            self._rules = built.rules
        for page in self._pages:
            page.put_nowait(True)

    def close(self) -> None:
        """End the streams of all open pages."""
        self._closed = True
        for page in self._pages:
            page.put_nowait(False)

    def changed(self, file: str, since: int) -> bool:
        """Whether a file of the site is another one than at the build `since`."""
        return max(self._changed.get(file, 0), self._all_since) > since

    async def events(self) -> AsyncIterator[bytes]:
        """The stream for one open page (HTML, 9.2: server-sent events): the state at once, and whenever it changes."""
        news: asyncio.Queue[bool] = asyncio.Queue()
        self._pages.add(news)
        try:
            yield b"retry: 1000\n\n"
            yield self._event()
            while not self._closed and await news.get():
                while not news.empty() and not self._closed:
                    news.get_nowait()
                yield self._event()
        finally:
            self._pages.discard(news)

    def _event(self) -> bytes:
        problems = [
            {
                "level": problem.level or "error",
                "code": problem.code,
                "place": str(problem.place),
                "what": problem.what,
                "mend": problem.mend,
            }
            for problem in self._problems
        ]
        # JSON has no line break of its own, so that one line of data holds it.
        return b"data: " + msgspec.json.encode({"run": self.run, "build": self.build, "problems": problems}) + b"\n\n"
