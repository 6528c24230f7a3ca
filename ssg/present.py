"""The archive as a build would see it at this moment, for commands that ask it and build nothing."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

import msgspec

from ssg import increment, reading, theme
from ssg.addresses import file_of
from ssg.archive import Archive
from ssg.build import CACHE, Options, Report, settle
from ssg.cache import Cache
from ssg.model import Article, Page, Place
from ssg.problems import Levels, Problems, nearest, stop
from ssg.reading.bodies import Stock
from ssg.related import Teller
from ssg.settings import Site, languages_of
from ssg.theme import Theme
from ssg.workers import cores


class Present(msgspec.Struct):
    """An archive, the plan of its pages, and what else it takes to make one of them."""

    site: Site
    output: Path
    archive: Archive
    plan: list[Page]
    look: Theme
    stock: Stock
    cache: Cache
    problems: Problems

    def page(self, named: str) -> Page:
        """The page at an address, of a source file, or of a file of the output.

        Raises BuildStopped (`why.unknown`) if there is no such page.
        """
        if page := self._page(named):
            return page
        near = nearest(self._inside(named), [page.address for page in self.plan])
        raise stop(Place(named), "why.unknown", f"no page has this address{f'; did you mean {near}' if near else ''}")

    def article(self, named: str) -> Article:
        """The article with an id or slug, or whose page `page` would find.

        Raises BuildStopped (`why.unknown`) if there is no such article, or there are several.
        """
        found = [a for a in self.archive.articles if named in (a.id, a.slug)]
        page = None if found else self._page(named)
        if page and page.kind == "article":
            found = [self.archive.article[str(page.about[0])]]
        if len(found) == 1:
            return found[0]
        if found:
            several = ", ".join(article.path for article in found)
            raise stop(Place(named), "why.unknown", f"several articles are called so: {several}", "Name one by its file.")
        near = nearest(named, [a.slug for a in self.archive.articles])
        what = f"no article has this id, slug, address or file{f'; did you mean {near}' if near else ''}"
        raise stop(Place(named), "why.unknown", what)

    def _inside(self, named: str) -> str:
        """An address of the site, without the path below which it may live."""
        wanted = unquote(urlsplit(named).path)
        base = urlsplit(self.site.settings.base_url).path.rstrip("/")
        return wanted.removeprefix(base) if base and wanted.startswith(f"{base}/") else wanted

    def _page(self, named: str) -> Page | None:
        known = {page.address: page for page in self.plan}
        inside = self._inside(named)
        for form in (inside, f"{inside}/", f"/{inside}", f"/{inside}/", inside.removesuffix("index.html")):
            if form in known:
                return known[form]
        with suppress(ValueError):
            path = Path(named).resolve().relative_to(self.output.resolve()).as_posix()
            for page in self.plan:
                if file_of(page.address) == path:
                    return page
        wanted = unquote(urlsplit(named).path)
        with suppress(ValueError):
            wanted = Path(named).resolve().relative_to(Path(self.site.root).resolve()).as_posix()
        of_source = (page for page in self.plan if wanted in page.about and page.kind in ("article", "page", "file"))
        return next(of_source, None)


def planned(site: Site, options: Options) -> Present:
    """Read the archive of a site, unranked; what the last build left spares work. Raises BuildStopped as reading does."""
    root = Path(site.root)
    cache = Cache(root / CACHE)
    report = Report(problems=Problems(Levels(site.settings.problems)), output=options.output)
    look = theme.load(root, site.settings.theme, languages_of(site.settings))
    here = reading.look(root, site, cache)
    found = reading.read(here, site, cache, options.workers or cores(), lambda phase, done, of: None)
    archive, plan = settle(site, found, look, options, report)
    stock = Stock(root, cache.folder, site.settings, found)
    return Present(site, options.output, archive, plan, look, stock, cache, report.problems)


def present(site: Site, options: Options) -> Present:
    """As `planned`, and rank its articles."""
    now = planned(site, options)
    cache, archive = now.cache, now.archive
    before = increment.rankings_of(cache.folder, archive, fresh=False)
    files = increment.files_of_rankings(cache.folder, archive)
    ranked = archive.rank(Teller(now.stock, site.settings.related, options.workers or cores()), files, before)
    with suppress(OSError):  # a cache that cannot be written only costs the next one time
        increment.keep_rankings(cache.folder, ranked, before)
    return now
