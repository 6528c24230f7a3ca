"""What stands at an address of a built site, as a web host would find it."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote, unquote

import msgspec
from starlette.staticfiles import StaticFiles

from ssg.serve import redirects
from ssg.serve.rules import HEADERS, REDIRECTS, Rules

_NOT_FOUND = "404.html"
_NEVER = re.compile(r"[\x00-\x1f\x7f\\\ud800-\udfff]")
_SHOWN = ".well-known"  # RFC 8615
_FOR_THE_HOST = (REDIRECTS, HEADERS)
# In a `Location`, what an address may hold and what is encoded already stay as they are (RFC 3986, 2.2 and 2.3).
_SAFE = "/%:?#[]@!$&'()*+,;=~-._"


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to an address: a file (a path below the built site), or where else to go, or neither. A status in any case."""

    status: int
    file: str = ""
    location: str = ""

    @property
    def name(self) -> str:
        """What tells it from other answers, for a page that asks whether it is still what stands at its address."""
        return f"{self.status} {self.file or self.location}"


class Host:
    """The built site in `folder`, which may be built anew at any time. Nothing outside of it is ever found."""

    def __init__(self, folder: Path) -> None:
        self._files = StaticFiles(directory=folder, check_dir=False)
        self.rules = Rules()

    def find(self, path: str, query: str = "", languages: Sequence[str] = ()) -> Found:
        """The answer to a decoded path and a query as it came, for a reader of `languages` (the dearest first).

        `/x/` is `x/index.html`; `/x` is a file, else leads on to `/x/` if that is there, else is `x.html`. Rules of the site
        come before that if they are forced, else after it. What is not there is the nearest 404 page, from its folder upwards.
        """
        published = self._published(path, query)
        led = redirects.lead(self.rules.redirects, path, query, languages, published is not None)
        if led is None:
            return published or self._nothing(path)
        if led.rule.status in redirects.MOVES:
            return Found(status=led.rule.status, location=quote(led.to, safe=_SAFE))
        if led.rule.outside:
            return Found(status=502)  # a host would fetch it from there; this one asks nobody
        to = unquote(led.to.partition("?")[0].partition("#")[0])
        target = self._published(to, "")
        if target and target.location:  # a reader is not sent on who sees another address anyway
            target = self._published(f"{to}/", "")
        if target is None:
            return self._nothing(path)
        return Found(status=led.rule.status, file=target.file)

    def stat(self, file: str) -> tuple[str, os.stat_result] | None:
        """Where a file that was found stands on the disk, and what the system says of it; None if it has gone meanwhile."""
        whole, known = self._look(file)
        return (whole, known) if known is not None else None

    def _published(self, path: str, query: str) -> Found | None:
        inside = path.lstrip("/")
        if not path.startswith("/") or _hidden(inside):
            return None
        if not inside or inside.endswith("/"):
            return self._file(f"{inside}index.html")
        if found := self._file(inside):
            return found
        if self._file(f"{inside}/index.html"):
            # Made of one slash and the path: two would be the name of another host.
            return Found(status=301, location=f"/{quote(inside)}/" + (f"?{query}" if query else ""))
        return self._file(f"{inside}.html")

    def _nothing(self, path: str) -> Found:
        folder = "" if _hidden(path.lstrip("/")) else path.lstrip("/").rpartition("/")[0]
        while True:
            page = f"{folder}/{_NOT_FOUND}" if folder else _NOT_FOUND
            if self._file(page):
                return Found(status=404, file=page)
            if not folder:
                return Found(status=404)
            folder = folder.rpartition("/")[0]

    def _file(self, inside: str) -> Found | None:
        return Found(status=200, file=inside) if self._look(inside)[1] else None

    def _look(self, inside: str) -> tuple[str, os.stat_result | None]:
        try:
            whole, known = self._files.lookup_path(inside)
        except (OSError, ValueError):  # a name that is too long, or none that the system knows
            return "", None
        return (whole, known) if known is not None and stat.S_ISREG(known.st_mode) else ("", None)


def _hidden(inside: str) -> bool:
    """Whether a path is none that a host shows: names with a dot in front, also `..`, and what is written for the host."""
    dotted = any(part.startswith(".") and part != _SHOWN for part in inside.split("/"))
    return dotted or "//" in inside or inside in _FOR_THE_HOST or bool(_NEVER.search(inside))
