"""A quiet edit: texts of articles were changed, and nothing of them that any list, card or link shows.

Then the archive hangs together as before. The plan, the problems and almost every page are those of the last build; only what
looks into the changed texts has to be looked at: the pages of the articles, the feeds that hold them, and the pages whose
related articles are ranked otherwise now.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from ssg import increment, pages, reading
from ssg.archive import Archive
from ssg.archive.closed import heft
from ssg.cache import Cache
from ssg.changes import Sources
from ssg.model import Article, Image, Page, Target
from ssg.reading import Reading
from ssg.reading.bodies import Stock
from ssg.rendering import Renderer, Traces
from ssg.rendering.templates import Templates
from ssg.rendering.traces import Shape, questions_of
from ssg.standing import Standing

MOST = 100  # changed articles; of more it is as well to look at everything


class Edit(msgspec.Struct, frozen=True):
    """A quiet edit: what the last build left, and the paths of the articles whose texts were changed since."""

    last: Standing
    paths: frozenset[str]

    def since(self, ranked: Mapping[str, bytes]) -> frozenset[str] | None:
        """The articles whose texts changed since a ranking was kept; None if it is not the one that the last build left."""
        return self.paths if increment.digest_of_rankings(ranked) == self.last.ranking else None


def edit(last: Standing, before: Mapping[str, str], changed: Sources, found: Reading, cache: Cache) -> Edit | None:
    """The quiet edit that lies between two builds; None if more has changed, or it cannot be told.

    `last` is what the earlier one left, of the same settings, theme and moment, and `before` gives the digests of its texts.
    """
    paths = frozenset(changed.changed)
    if changed.added or changed.removed or len(paths) > MOST or last.told.left_out:
        return None
    if paths & {problem.place.path for problem in (*last.told.problems, *found.problems)}:
        return None  # problems are told by line, and lines may have moved
    now = {article.path: article for article in found.articles if article.path in paths}
    if paths - now.keys():
        return None  # pages and notes have no cards that tell what of them others show
    for path in paths:
        earlier = reading.article_before(cache, path, before[path])
        if earlier is None or _but_text(earlier) != _but_text(now[path]):
            return None
    return Edit(last, paths)


def _but_text(article: Article) -> Article:
    """The article without what changes with its text alone."""
    return msgspec.structs.replace(
        article,
        body_key="",
        words=heft(article.words),  # the parts of the archive's feeds are made by it
        gaps=0,
        lines={},
        image=_unplaced(article.image) if article.image else None,
        links=tuple([Target(link.how, link.to, link.fragment) for link in article.links]),
        pictures=tuple([_unplaced(picture) for picture in article.pictures]),
    )


def _unplaced(image: Image) -> Image:
    return msgspec.structs.replace(image, line=0)


def looking_into(edit: Edit, archive: Archive, traces: Traces, templates: Templates, bodies: Stock) -> list[Page]:
    """The pages that asked something into the texts, or whose related articles may be other ones now."""
    paths = edit.paths | archive.ranked_anew()
    renderer = Renderer(archive, templates, bodies)
    shapes: dict[str, list[Shape]] = {}
    for shape in traces.shapes:
        if renderer.looks_into_texts(shape):
            shapes.setdefault(shape.kind, []).append(shape)
    found = []
    for name, some in sorted(shapes.items()):
        kind = pages.KINDS[name]
        if kind.of_articles is None or any(renderer.looks_into(shape.same, shape.language, paths) for shape in some):
            every = pages.of_kind(archive, name)
        else:
            every = kind.of_articles(archive, sorted(paths))
        for page in every:
            trace = traces.get(page.address)
            if trace is None or renderer.looks_into(questions_of(trace.shape, page), page.language, paths):
                found.append(page)
    return found
