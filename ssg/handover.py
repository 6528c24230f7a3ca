"""What one build hands on to the next one of the same output, by way of the cache: it only spares work.

It is what the site was made of, what was told of it, how each page was made, and how articles were ranked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path

from ssg import changes, data, increment, ledger, quiet, reading, rendering, standing
from ssg.archive import Archive
from ssg.cache import Cache, Source
from ssg.digests import of_value
from ssg.increment import Made
from ssg.publishing import Publication, fingerprint, stands
from ssg.reading import Reading
from ssg.reading.survey import Survey
from ssg.related import Teller
from ssg.rendering import Traces
from ssg.rendering.templates import Templates
from ssg.settings import Site
from ssg.shelf import Shelf
from ssg.standing import Standing, Told
from ssg.sums import Sums
from ssg.theme import Theme
from ssg.workers import beside

_MANY = 20_000  # files: of fewer it is found out at once whether they stand


class Handover:
    """What the last build left for this one, and what this one leaves. With `fresh` the last one left nothing."""

    def __init__(self, site: Site, cache: Cache, output: Path, *, fresh: bool) -> None:
        self._site, self._cache, self._output, self._fresh = site, cache, output, fresh
        self._root = Path(site.root)
        self._name = increment.name_of(self._root, output)
        self._left = cache.folder / f"standing-{self._name}"
        self._texts = cache.folder / f"texts-{self._name}"
        self._frame = ""
        self.last = None if fresh else standing.load(self._left)
        self._stands = _whether_it_stands(output, self.last)

    # -- what stands -------------------------------------------------------------------------------

    def stands(self, look: Theme, here: Survey, flags: tuple[bool, ...], now: datetime) -> bool:
        """Whether the last build was of this very site, under these flags, and its output stands untouched."""
        self._frame = _frame(self._site, look, here, flags)
        return bool(self.last and self.last.holds(self._inputs(here), now) and self._untouched)

    @cached_property
    def _untouched(self) -> bool:
        return bool(self._stands())

    def _inputs(self, here: Survey) -> str:
        """The digest of all that the site is made of beside the moment; "" if some of it would not be known again."""
        return self._inputs_with(here, here.texts) if self._frame and here.known else ""

    def _inputs_with(self, here: Survey, texts: Collection[Source]) -> str:
        return of_value((self._frame, here.stamps, tuple(texts)))

    # -- what changed since ------------------------------------------------------------------------

    @cached_property
    def _texts_before(self) -> dict[str, str] | None:
        return changes.left(self._texts, self._frame) if self._frame else None

    def changed(self, here: Survey) -> changes.Sources | None:
        """Which sources, all of them read, changed since the last build; None where something else changed too."""
        return None if self._texts_before is None else changes.between(self._texts_before, here.texts)

    def edit(self, here: Survey, found: Reading, changed: changes.Sources | None, now: datetime) -> quiet.Edit | None:
        """The quiet edit since the last build, if nothing but its `changed` sources lies between, and its output stands."""
        before = self._texts_before
        if not self.last or before is None or changed is None:
            return None
        if not self.last.holds(self._inputs_with(here, before.items()), now):
            return None
        edit = quiet.edit(self.last, before, changed, found, self._cache)
        return edit if edit and len(self.traces) == self.last.told.files and self._untouched else None

    def agrees(self, publication: Publication) -> bool:
        """Whether what is handed on is of the very publication that stands; else all that was left is forgotten.

        Another process may have published meanwhile, and a cache may be damaged.
        """
        manifest = publication.previous
        if self.last and fingerprint(self._output) == self.last.manifest and increment.all_traced(self.traces, manifest):
            return True
        self._left.unlink(missing_ok=True)
        return False

    # -- what spares work --------------------------------------------------------------------------

    @cached_property
    def traces(self) -> Traces:
        """How the last build made each page."""
        return increment.traces_of(self._cache.folder, self._name, self._site.settings, fresh=self._fresh)

    @cached_property
    def shelf(self) -> Shelf:
        """The pages that earlier builds rendered."""
        shelf = Shelf(self._cache.folder)
        if self._fresh:
            shelf.clear()
        return shelf

    @cached_property
    def sums(self) -> Sums:
        """The sums of files that earlier builds found."""
        return Sums(self._cache.folder / f"sums-{self._name}", fresh=self._fresh)

    def rank(self, archive: Archive, edit: quiet.Edit | None, told: Teller) -> None:
        """Rank the articles of an archive by what they tell, beginning from the last ranking."""
        self._ranked_before = increment.rankings_of(self._cache.folder, archive, fresh=self._fresh)
        files = increment.files_of_rankings(self._cache.folder, archive)
        self._ranked = archive.rank(told, files, self._ranked_before, edit.since(self._ranked_before) if edit else None)

    # -- for the next build ------------------------------------------------------------------------

    def keep(self, here: Survey, found: Reading, templates: Templates, made: Made, told: Told, now: datetime) -> None:
        """Leave for the next build what this one has published. Raises OSError and BuildStopped."""
        folder = self._cache.folder
        self.traces.keep(made.traces, others_stand=made.others_stand)
        templates.closures.keep()
        increment.keep_rankings(folder, self._ranked, self._ranked_before)
        self.shelf.keep(made.put, self.traces.digests())
        self.sums.keep(digest for _, digest in self.traces.digests())
        self._cache.drop(made.lost)
        self._cache.tidy(here.recipe, here.texts)
        standing.keep(self._left, self._standing(here, found, made, told, now))
        changes.leave(self._texts, self._frame, here.texts)

    def _standing(self, here: Survey, found: Reading, made: Made, told: Told, now: datetime) -> Standing | None:
        """What this build leaves; None if the next one has to look at everything again."""
        inputs = self._inputs(here)
        if not inputs:
            return None
        if made.others_stand and self.last:  # no date was changed, and no moment came
            since, until = self.last.since, self.last.until
        else:
            since, until = standing.window(found.articles, now, news=self._site.settings.sitemaps.news)
        return Standing(inputs, fingerprint(self._output), increment.digest_of_rankings(self._ranked), since, until, told)

    def tell(self, changed: changes.Changes) -> None:
        """Write `changes.json`, and what others are owed if any are to be told, if the cache can be written."""
        wanted = self._site.settings
        with suppress(OSError):
            changes.tell(self._cache.folder, changed)
            if wanted.feeds.hub or wanted.notify.indexnow_key:
                changes.owe(self._cache.folder, self._name, changed.written, changed.removed)


def _frame(site: Site, look: Theme, here: Survey, flags: tuple[bool, ...]) -> str:
    """The digest of all that the site is made of beside its texts and the moment; "" if some of it cannot be read.

    It is the same in a fresh clone, so photos and the like count with their sizes alone.
    """
    made_by = (here.recipe, rendering.recipe(site.settings, reading.code()))
    try:
        return standing.inputs_of(
            (made_by, site.settings, flags, here.sizes, here.found.skipped, here.problems),
            (folder for _, folder in look.folders),
            (Path(site.root) / data.POPULAR, Path(site.root) / ledger.FILE),
        )
    except OSError:
        return ""


def _whether_it_stands(output: Path, last: Standing | None) -> Callable[[], bool | None]:
    """What says whether the output stands as the last build left it. Of a large one it is found out beside other work."""
    if last is None:
        return lambda: False
    look = partial(stands, output, last.manifest)
    return beside(look) if last.told.files > _MANY else look
