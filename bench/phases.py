"""What one build from scratch costs phase by phase, beside the least that its bytes cost to read and to write.

Run in a process of its own, as `python -m bench.phases ours SITE` or `... least SITE`; it prints seconds of CPU as JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from time import process_time
from typing import Any

from bench import inventory
from bench.generators import Ours
from bench.generators.base import PACKAGE
from bench.measure import CommandFailedError
from bench.site import Site, away

READ, WRITE = "read", "write"
PHASES = {
    "start": "the interpreter, the program's modules, the libraries",
    READ: "find the sources, read their bytes, digest them",
    "front matter": "split it off, parse it, check its fields",
    "Markdown": "to HTML with typed holes, every character escaped, every address checked",
    "sanitise": "HTML that an author wrote (of which these texts have none)",
    "index": "documents out of what was read, addresses, taxonomies, links, the plan of all pages, faults",
    "related": "what each text may share with others, and the ranking of all",
    "render": "article pages and lists, by Jinja",
    "feeds": "feeds and sitemaps",
    WRITE: "stage, compare, write, move to their places, the manifest",
    "keep": "what spares the next build its work: bodies, pages, traces, rankings",
    "the rest": "what is in none of these",
}


def measured(site: Site) -> dict[str, dict[str, float]]:
    """`ours` and `least` of one site, each in a process of its own. Raises CommandFailedError."""
    site.stand()
    os.sync()
    took = {"least": _alone("least", site)}
    site.forget()
    os.sync()
    took["ours"] = _alone("ours", site)
    return took


def _alone(what: str, site: Site) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.phases", what, str(site.folder)]
    done = subprocess.run(command, cwd=PACKAGE.parent, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CommandFailedError(f"{' '.join(command)}\nended with {done.returncode}:\n{done.stderr}")
    spent: dict[str, float] = json.loads(done.stdout)
    return spent


@dataclass(frozen=True)
class Hook:
    """A function of the program whose time belongs to a phase: the module and name by which the program calls it."""

    phase: str
    holder: Any
    name: str


def _hooks() -> list[Hook]:
    from ssg import build, increment, reading, rendering, shelf, standing
    from ssg.archive import Archive
    from ssg.cache import Cache, Pack
    from ssg.publishing import Publication, Staging
    from ssg.reading import articles, rawhtml
    from ssg.rendering import Renderer, Traces
    from ssg.rendering.feeding import Feeds
    from ssg.rendering.templates import Templates
    from ssg.rendering.traces import Marker

    return [
        *(Hook(READ, reading, name) for name in ("look", "_read_one")),
        Hook("front matter", reading._READ, "article"),
        Hook("Markdown", articles, "render"),
        *(Hook("sanitise", rawhtml, name) for name in ("clean", "rewrite")),
        Hook("related", Archive, "rank"),
        Hook("index", reading, "read"),
        Hook("index", build, "settle"),
        Hook("render", Renderer, "render"),
        Hook("render", Templates, "check"),
        Hook("feeds", Feeds, "write"),
        *(Hook("feeds", rendering, name) for name in ("sitemap", "sitemap_index", "news_sitemap", "robots")),
        *(Hook(WRITE, Staging, name) for name in ("stage", "stage_copy", "keep")),
        *(Hook(WRITE, Publication, name) for name in ("begin", "commit")),
        *(Hook("keep", reading, name) for name in ("_encode", "_encode_body")),
        Hook("keep", Pack, "add"),
        *(Hook("keep", Cache, name) for name in ("keep", "tidy")),
        *(Hook("keep", shelf.Shelf, name) for name in ("put", "keep")),
        Hook("keep", Traces, "keep"),
        Hook("keep", Marker, "mark_and_parts"),
        Hook("keep", increment, "keep_rankings"),
        Hook("keep", standing, "keep"),
    ]


class _Clock:
    """Time that belongs to one phase at a time: to that of the innermost hook that is running."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._running = ["the rest"]
        self._since = process_time()

    def turn(self) -> None:
        """What was spent since the last turn belongs to the phase that is running."""
        now, phase = process_time(), self._running[-1]
        self.spent[phase] = self.spent.get(phase, 0.0) + now - self._since
        self._since = now

    def wrapped(self, phase: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """`work`, whose time belongs to `phase`."""

        @wraps(work, updated=())
        def clocked(*given: Any, **named: Any) -> Any:
            self.turn()
            self._running.append(phase)
            try:
                return work(*given, **named)
            finally:
                self.turn()
                self._running.pop()

        return clocked

    def hook(self, hook: Hook) -> None:
        """Put a clock around a function."""
        if isinstance(hook.holder, dict):
            hook.holder[hook.name] = self.wrapped(hook.phase, hook.holder[hook.name])
            return
        work = vars(hook.holder)[hook.name]
        clocked = self.wrapped(hook.phase, work.__func__ if isinstance(work, classmethod) else work)
        setattr(hook.holder, hook.name, classmethod(clocked) if isinstance(work, classmethod) else clocked)


def ours(folder: Path) -> dict[str, float]:
    """Seconds of CPU by phase of a build from scratch in this process, without workers; the folder is that of a site."""
    from ssg.build import Options, build
    from ssg.site_toml import load

    hooks, clock = _hooks(), _Clock()
    clock.spent["start"] = process_time()
    for hook in hooks:
        clock.hook(hook)
    site = load(folder)
    report = build(site, Options(output=folder / Ours.output, now=datetime.now(UTC), workers=1))
    clock.turn()
    if not report.published:
        raise ValueError(f"{folder} was not built: {report.problems}")
    return {phase: clock.spent.get(phase, 0.0) for phase in PHASES}


def least(folder: Path) -> dict[str, float]:
    """Seconds of CPU to read all the sources of a built site, and to write its output once more, by nothing but that."""
    sources = [folder / Ours.content / path for path, _ in inventory.files(folder / Ours.content)]
    pages = {path: (folder / Ours.output / path).read_bytes() for path, _ in inventory.files(folder / Ours.output)}
    copy = away(folder)
    begun = process_time()
    for source in sources:
        with source.open("rb", buffering=0) as file:
            file.readall()
    read = process_time()
    for parent in sorted({(copy / path).parent for path in pages}):
        parent.mkdir(parents=True, exist_ok=True)
    for path, content in pages.items():
        with (copy / path).open("wb", buffering=0) as file:
            file.write(content)
    written = process_time()
    return {READ: read - begun, WRITE: written - read}


if __name__ == "__main__":
    print(json.dumps({"ours": ours, "least": least}[sys.argv[1]](Path(sys.argv[2]))))
