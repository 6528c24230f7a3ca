"""What a page is made of, and why the last build rendered it, or did not."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from ssg import changes, increment, pages
from ssg.addresses import file_of
from ssg.build import Options, compiled
from ssg.digests import of_bytes
from ssg.model import Page
from ssg.present import present
from ssg.publishing import Staging, state_of
from ssg.rendering import Renderer, Trace, Traces
from ssg.rendering.templates import Templates
from ssg.rendering.traces import asked, before, changed
from ssg.settings import Site
from ssg.sums import Files, Sums


class Why(msgspec.Struct, kw_only=True):
    """What is known of one page.

    `sources` are the files that it is about, `templates` those that it is written by, `questions` what was asked for it.
    `rendered`: whether the last build rendered it, `because` of what (None: it cannot be told). `next` is what the next build
    would render it again for; [] if it would be kept.
    """

    page: Page
    file: str
    sources: list[str]
    templates: list[str]
    questions: list[str]
    rendered: bool
    because: list[str] | None
    next: list[str]


def why(site: Site, options: Options, named: str) -> Why:
    """What is known of the page at an address, of the page of a source file, or of a file of the output.

    Raises BuildStopped (`why.unknown`) if there is no such page, and as reading does.
    """
    root = Path(site.root)
    now = present(site, options)
    templates = Templates(now.look, root, compiled(now.cache), site.settings.timezone, now.archive.languages)
    page = now.page(named)
    name = increment.name_of(root, options.output)
    output = os.path.realpath(options.output)
    staging = Staging(site.root, output, state_of(output), "")
    standing = Files(staging, Sums(now.cache.folder / f"sums-{name}"), (), staging.known)
    renderer = Renderer(now.archive, templates, now.stock, standing)
    traces = increment.traces_of(now.cache.folder, name, site.settings, fresh=False)
    trace = traces.get(page.address)
    rendered = trace.shape if trace else None
    if not trace and page.kind not in pages.LAST:  # those tell of files that do not stand yet
        rendered = renderer.render(page).shape
    made_by = rendered.made_by.partition(" ")[2] if rendered else ""
    return Why(
        page=page,
        file=file_of(page.address),
        sources=[str(one) for one in page.about if isinstance(one, str) and (root / one).is_file()],
        templates=templates.closures.names(made_by) if made_by and rendered and rendered.made_by.startswith("template") else [],
        questions=asked(rendered)[1:] if rendered else [],
        rendered=_was_rendered(now.cache.folder, page),
        because=_because(now.cache.folder / f"traces-{name}", traces, page, trace),
        next=_next(renderer, page, trace, options.output),
    )


def _was_rendered(folder: Path, page: Page) -> bool:
    try:
        last = msgspec.json.decode((folder / changes.FILE).read_bytes())
    except (OSError, msgspec.DecodeError):
        return False
    return isinstance(last, dict) and page.address in last.get("rendered", ())


def _because(file: Path, traces: Traces, page: Page, now: Trace | None) -> list[str] | None:
    """What the last build that rendered the page found changed; None if nothing is known of how it was before."""
    earlier = Traces(before(file), traces.recipe).get(page.address)
    return changed(earlier, now.shape, now.parts) if earlier and now else None


def _next(renderer: Renderer, page: Page, trace: Trace | None, output: Path) -> list[str]:
    if trace is None:
        return ["nothing is kept of how it was made"]
    try:
        standing = of_bytes((output / file_of(page.address)).read_bytes())
    except OSError:
        return ["its file is not there"]
    if standing != trace.digest:
        return ["its file is not as it was written"]
    if renderer.still(page, trace):
        return []
    return renderer.would_differ(page, trace) or ["what it asked cannot be asked any more"]
