"""Questions about the site itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime

from ssg import crawlers
from ssg.addresses import FEED_FILES, FEED_STYLE, FEED_TYPES, WORKER
from ssg.archive import Indexed
from ssg.asking.questions import Questions, settled, shared
from ssg.asking.views import FeedLink, Link, NewsEntry, Site, StandingView
from ssg.digests import of_value
from ssg.model import StandingPage

_PHOTOS = (".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".avif")


class SiteQuestions(Questions):
    """Questions about the site, its menus, and its files."""

    @shared
    def site(self) -> Site:
        """The site in this language."""
        settings = self._settings
        other = settings.languages.get(self.language)
        root = self._addresses.root(self.language)
        return Site(
            title=self._title(self.language),
            description=other.description if other else settings.description,
            language=self.language,
            address=self._addresses.link(root),
            feed=self._addresses.link(self._addresses.feed(self.language, root)),
            logo=self._addresses.written(settings.logo),
            hub=settings.feeds.hub,
            base_url=settings.base_url,
            noindex=settings.noindex,
            languages=self._archive.languages,
            shared_blocks=settings.blocks.mode == "shared",
            footer=other.footer if other else settings.footer,
            old_after=settings.old_after,
            worker=self._addresses.link(WORKER) if settings.offline else "",
        )

    @settled
    @shared
    def in_formats(self, feed: Link) -> tuple[FeedLink, ...]:
        """A feed, given in RSS, in every format in which it is published."""
        folder, _, file = feed.address.rpartition("/")
        return tuple(
            FeedLink(feed.title, f"{folder}/{FEED_FILES.get(format, file)}", FEED_TYPES[format])
            for format in self._addresses.feed_formats
        )

    @settled
    def feed_address(self, format: str) -> str:
        """The address of the site's feed in one of the formats in which it is published."""
        return self._addresses.feed(self.language, self._addresses.root(self.language), format)

    @settled
    def feed_list(self) -> str:
        """The link of the list of all feeds of this language (OPML)."""
        return self._addresses.link(self._addresses.feed_list(self.language))

    @shared
    def feed_style(self) -> str:
        """The link of the style sheet with which browsers show feeds; "" if the theme has none."""
        has = FEED_STYLE in self._archive.sources.assets
        return self._addresses.link(self._addresses.feed_style(self.language)) if has else ""

    @settled
    def id_of_feed(self, address: str) -> str:
        """The permanent id of a feed itself: a tag URI (RFC 4151)."""
        return self._addresses.feed_id(f"feed:{address}")

    @settled
    def minted(self) -> datetime:
        """The moment that the ids of feeds are dated by, `date` of `[identity]`: its first, in UTC (RFC 4151, 2.1)."""
        written = self._settings.identity.date
        return datetime.fromisoformat(written + "-01-01"[len(written) - 4 :]).replace(tzinfo=UTC)

    @shared
    def menu(self, name: str) -> tuple[Link, ...]:
        """The entries of a menu: those of `site.toml`, and the pages that name the menu in their front matter."""
        other = self._settings.languages.get(self.language)
        menus = other.menus if other else self._settings.menus
        entries = [(item.weight, Link(item.title, self._addresses.written(item.address))) for item in menus.get(name, [])]
        for page in self._archive.pages:
            if page.language == self.language and name in page.menus:
                entries.append((page.weight, Link(page.title, self._link(page))))
        return tuple(link for _, link in sorted(entries, key=lambda entry: entry[0]))

    @shared
    def languages(self) -> tuple[tuple[str, Link], ...]:
        """Every language of the site with its front page; () where there is only one."""
        if len(self._archive.languages) < 2:
            return ()
        return tuple(
            (language, Link(language, self._addresses.link(self._addresses.root(language)), language == self.language))
            for language in self._archive.languages
        )

    @shared
    def block_address(self, name: str) -> str:
        """The page of a block: `latest`, `picks`, `popular` or `regional`; "" if it has none now."""
        address = self._addresses.link(self._addresses.block(self.language, name))
        return address if self._archive.has_page_of(name, self.language) else ""

    @shared
    def fragment_address(self, name: str) -> str:
        """The shared fragment of a block; "" if the block has none now."""
        address = self._addresses.link(self._addresses.fragment(self.language, name))
        return address if self._archive.has_block(name, self.language) else ""

    @shared
    def corrections_address(self) -> str:
        """The list of all corrections and withdrawals; "" if there are none."""
        address = self._addresses.link(self._addresses.block(self.language, "corrections"))
        return address if self._archive.amendments[self.language] else ""

    @shared
    def corrections_feed(self) -> str:
        """The feed of all corrections and withdrawals, in RSS; "" if there are none."""
        address = self._addresses.link(self._addresses.feed(self.language, self._addresses.block(self.language, "corrections")))
        return address if self._archive.amendments[self.language] else ""

    @settled
    @shared
    def asset(self, path: str) -> str:
        """The address of a static file of the theme."""
        return self._addresses.link(self._addresses.asset(path))

    @settled
    def absolute(self, link: str) -> str:
        """The whole web address of a link of this site."""
        return self._addresses.absolute(link)

    @settled
    def link(self, address: str) -> str:
        """What a page writes in `href` for an address of this site."""
        return self._addresses.link(address)

    def standing(self, path: str) -> StandingView:
        """Everything that a page without a date shows of itself beside its text."""
        page = self._archive.page[path]
        return StandingView(page.title, self._link(page), page.summary, page.updated, page.draft, page.extra)

    def standing_page(self, path: str) -> StandingPage:
        """The page without a date of a source file, for whoever renders its body."""
        return self._archive.page[path]

    def file(self, path: str) -> tuple[str, bool]:
        """A static file or attachment: its name on disk, and whether it is a photo, out of which location data is taken.

        A photo is what an article shows, and any attachment by its name; what else lies in `static/` is copied as it is.
        """
        sources = self._archive.sources
        photo = path in sources.photos or (path.startswith("content/") and path.lower().endswith(_PHOTOS))
        return sources.files[path], photo

    def _mark_file(self, path: str) -> bytes | None:
        disk, photo = self.file(path)
        stamp = self._archive.sources.stamps.get(path)
        return f"{stamp} {photo} {disk}".encode() if stamp else None

    def photo_file(self, path: str) -> tuple[str, str, str]:
        """A photo of which smaller pictures are made: its name on disk, its digest and its media type."""
        photo = self._archive.sources.photos[path]
        return self._archive.sources.files[path], photo.digest, photo.type

    def _mark_photo_file(self, path: str) -> bytes:
        return "\0".join(self.photo_file(path)).encode()

    def sitemap(self, part: str = "") -> tuple[tuple[str, datetime | None], ...]:
        """The pages for search engines, as links, and for an article the moment of its last change.

        All of them, or one part: a month of articles (`2021-12`), or `pages`, which is the rest.
        """
        return tuple((self._addresses.link(entry.address), entry.changed) for entry in self._entries(part))

    def _mark_sitemap(self, part: str = "") -> bytes:
        return of_value(self._entries(part)).encode()

    def _entries(self, part: str) -> Sequence[Indexed]:
        return self._sitemap_parts().get(part, ()) if part else self._archive.indexed

    @shared
    def _sitemap_parts(self) -> dict[str, list[Indexed]]:
        parts: dict[str, list[Indexed]] = defaultdict(list)
        for entry in self._archive.indexed:
            parts[entry.part].append(entry)
        return parts

    def news(self) -> tuple[NewsEntry, ...]:
        """The articles of the last two days, in all languages, newest first: at most 1,000; () where the settings want none."""
        return tuple(NewsEntry(self._link(a), self._title(a.language), a.language, a.date, a.title) for a in self._archive.news)

    def _title(self, language: str) -> str:
        other = self._settings.languages.get(language)
        return (other.title if other else "") or self._settings.title

    def denied_crawlers(self) -> tuple[str, ...]:
        """The crawlers of language models that robots.txt keeps out, by the names that they heed.

        In a preview (`noindex`) those that answer questions are let in: they read there that none of it is to be shown.
        """
        settings = self._settings.robots
        uses: set[crawlers.Use] = {"training"} if settings.training == "deny" else set()
        if settings.answers == "deny" and not self._settings.noindex:
            uses.add("answers")
        return crawlers.denied(uses, settings.deny, settings.allow)
