"""Every address of the site is made here, and here it is seen whether two want the same one.

An *address* stands from the site's root and is percent-decoded: `/2021/12/30/slug/`. A *link* is what a page writes in
`href`: the address, percent-encoded (RFC 3986), behind the path of base_url.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Sequence
from urllib.parse import quote, unquote, urlsplit

from ssg.model import Article, Page, Place, Problem
from ssg.problems import problem
from ssg.settings import Settings, languages_of, paths_of
from ssg.slugs import slug_of, slugify

MOST_IN_A_PART = 255  # bytes; what the common file systems allow
MOST_IN_ALL = 1000
_SHORT = 60  # characters, at up to four bytes each: not too long in any case

FEED_FILES = {"atom": "atom.xml", "json": "feed.json"}  # beside the feed in RSS, whose name is a setting
FEED_LIST = "feeds.opml"  # beside each front page
FEED_STYLE = "feed.css"  # a static file of a theme, and beside each front page what adds the words of its language
FEED_TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}

DATA_TYPES = {"json": "application/json", "md": "text/markdown"}  # of the formats in which an article stands as data
DATA_INDEX = "/data/index.json"
DATA_SCHEMA = "/data/schema.json"

WORKER = "/sw.js"  # a service worker has a say in its own folder and those below it alone
SEARCH_SCRIPT = "search.js"  # a static file of a theme that can search

_SUFFIX = re.compile(r"[a-z][a-z0-9]*")  # of a photo; one of digits alone could be taken for a width
_BAD_SEGMENT = re.compile(r"^\.\.?$|[\\\x00-\x1f\x7f]")


def file_of(address: str) -> str:
    """The path in the output folder of the file that is served at `address`."""
    path = address.lstrip("/")
    return path + "index.html" if not path or path.endswith("/") else path


def address_of(file: str) -> str:
    """The address at which the file with this path in the output folder is served."""
    return "/" + (file.removesuffix("index.html") if f"/{file}".endswith("/index.html") else file)


def format_of_feed(address: str) -> str:
    """The format of the feed at an address, as it is told by its name: `rss`, `atom` or `json`."""
    name = address.rpartition("/")[2]
    return next((format for format, file in FEED_FILES.items() if file == name), "rss")


def month_data(year: int, month: int) -> str:
    """The address of the articles of a month as data."""
    return f"/data/articles-{year:04}-{month:02}.jsonl.gz"


def manifest(year: int = 0, month: int = 0) -> str:
    """The address of the sums of the files of a month's articles, or (no month) of all other files."""
    return f"/data/manifest-{year:04}-{month:02}.txt" if year else "/data/manifest.txt"


def smaller(path: str, width: int, suffix: str, files: Container[str]) -> str:
    """The path of a smaller picture of the photo at a path among `files`, beside it: that of `a/foto.jpg` is `a/foto-480.webp`.

    Any other suffix than `.jpg` stays in its name, `a/foto-png-480.webp`; where there is a file of the name already, or a
    `foto-png.jpg` that wants it, this is `a/foto-480-png.webp`. So no two photos of a folder want one, letter case aside.
    Returns "" if a file has that name too.
    """
    stem, dot, before = path.rpartition(".")
    before = before.lower()
    if not dot or not _SUFFIX.fullmatch(before):
        names = [f"{path}-{width}-.{suffix}"]
    elif before == "jpg":
        names = [f"{stem}-{width}.{suffix}", f"{stem}-{width}-jpg.{suffix}"]
    else:
        names = [f"{stem}-{before}-{width}.{suffix}", f"{stem}-{width}-{before}.{suffix}"]
        if f"{stem}-{before}.jpg" in files or f"{stem}-{before}.JPG" in files:
            del names[0]
    return next((name for name in names if name not in files), "")


def card(address: str) -> str:
    """The address of the picture of the headline of the article at an address: `/a/card.png` for `/a/`."""
    return f"{address}card.png" if address.endswith("/") else f"{address.rpartition('.')[0]}-card.png"


def clean_address(written: str) -> str:
    """An address that a person wrote (an alias, a page's `address`), made to begin and, without a suffix, to end in "/".

    Raises ValueError, saying why, if it leads out of the site.
    """
    path = unquote(written.strip())
    if "://" in path or path.startswith("//"):
        raise ValueError("it names a host")
    path = "/" + path.lstrip("/")
    for mark in "?#":
        if mark in path:
            raise ValueError(f"it has a `{mark}`, which no file can have")
    segments = path.split("/")[1:]
    if any(_BAD_SEGMENT.search(segment) for segment in segments):
        raise ValueError("it has `..`, a backslash or a control character")
    if any(not segment for segment in segments[:-1]):
        raise ValueError("it has an empty segment")
    return path if path.endswith("/") or "." in segments[-1] else path + "/"


# What stands as it is in a path (RFC 3986, 3.3); a query and a fragment may hold "?" as well.
_PATH_SIGNS = "/:@!$&'()*+,;=~-._"
_plain = re.compile(r"[A-Za-z0-9/._~-]*").fullmatch  # nothing in it is ever encoded; to see so takes half the time of `quote`


class Addresses:
    """The addresses of one site."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._pattern = _Pattern(settings.permalink)
        self._patterns_before = [_Pattern(pattern) for pattern in settings.permalinks_before]
        base = urlsplit(settings.base_url)
        self._origin = f"{base.scheme}://{base.netloc}"
        self._prefix = base.path.rstrip("/")
        self._paths = {language: paths_of(settings, language) for language in languages_of(settings)}

    def root(self, language: str) -> str:
        """The address of a language's front page: "/" for the default language, "/en/" for another."""
        return "/" if language == self.settings.language else f"/{language}/"

    def not_found(self, language: str) -> str:
        """The address of the page that a language shows for an address that is not there."""
        return f"{self.root(language)}404.html"

    def link(self, address: str) -> str:
        """What a page writes in `href` for `address`."""
        return self._prefix + (address if _plain(address) else quote(address, safe=_PATH_SIGNS))

    def written(self, address: str) -> str:
        """The link for an address that a person wrote, percent-encoded already: of this site if it begins with one "/"."""
        if not address.startswith("/") or address.startswith("//"):
            return address
        return self._prefix + quote(address, safe=_PATH_SIGNS + "?#%")  # what no address may hold is encoded still

    def anchor(self, id: str) -> str:
        """What leads to the element `id` of a page, at the end of a link; "" for no id."""
        return "#" + quote(id, safe=_PATH_SIGNS + "?") if id else ""

    def absolute(self, link: str) -> str:
        """The whole web address of a link of this site; any other is left as it is."""
        return self._origin + link if link.startswith("/") and not link.startswith("//") else link

    def of(self, article: Article) -> str:
        """The address of an article by the site's permalink pattern; its date stands in the site's zone."""
        return self.root(article.language) + self._pattern.of(article)

    def before(self, article: Article) -> list[str]:
        """The addresses of an article by the patterns that the site had before."""
        return [self.root(article.language) + pattern.of(article) for pattern in self._patterns_before]

    def term(self, language: str, taxonomy: str, slug: str = "") -> str:
        """The address of a tag, editor, section, region or story, or (no slug) of the list of all of them."""
        base = f"{self.root(language)}{getattr(self._paths[language], taxonomy)}/"
        return f"{base}{slug}/" if slug else base

    def block(self, language: str, name: str) -> str:
        """The address of a block's own page (`latest`, `picks`, `popular`, `regional`), of the list of `corrections`, of the
        picture of the whole `archive`, of its `statistics` and `index`, and of what can be read `offline`."""
        return f"{self.root(language)}{getattr(self._paths[language], name)}/"

    def letter(self, language: str, letter: str) -> str:
        """The address of a letter of the index: `/indeks/b/`, and `/indeks/u0627/` for one that ASCII does not have."""
        named = letter if letter.isascii() else "".join(f"u{ord(sign):04x}" for sign in letter)
        return f"{self.block(language, 'index')}{named}/"

    def fragment(self, language: str, name: str) -> str:
        """The address of the shared fragment of a block."""
        words = self._paths[language]
        return f"{self.root(language)}{words.blocks}/{getattr(words, name)}.html"

    def numbered(self, language: str, front: str, number: int) -> str:
        """The address of page `number` of the list whose front stands at `front` (0: the front itself)."""
        return f"{front}{self._paths[language].page}/{number}/" if number else front

    def feed(self, language: str, front: str, format: str = "rss") -> str:
        """The address of the feed of the page at `front`, in one of `feed_formats`."""
        return front + (self._paths[language].feed if format == "rss" else FEED_FILES[format])

    def feed_list(self, language: str) -> str:
        """The address of the list of all feeds of a language."""
        return self.root(language) + FEED_LIST

    def feed_style(self, language: str) -> str:
        """The address of the style sheet with which browsers show the feeds of a language."""
        return self.root(language) + FEED_STYLE

    def archived_feed(self, language: str, year: int, month: int, number: int, format: str = "rss") -> str:
        """The address of part `number` (from 1) of the feed of a month: `/2021/12/feed.xml`, `/2021/12/feed-2.xml`."""
        first = self.feed(language, self.time(language, year, month), format)
        stem, _, suffix = first.rpartition(".")
        return first if number == 1 else f"{stem}-{number}.{suffix}"

    @property
    def feed_formats(self) -> tuple[str, ...]:
        """The formats in which each feed is published: `rss`, and of `atom` and `json` those that are set."""
        return ("rss", *(format for format in FEED_FILES if format in self.settings.feeds.also))

    @property
    def data_formats(self) -> tuple[str, ...]:
        """The formats in which each article stands as data beside its page: of `json` and `md` those that are set."""
        return tuple(format for format in DATA_TYPES if format in self.settings.data.beside)

    def beside(self, address: str, format: str) -> str:
        """The address, or the link, of an article as data, by that of its page."""
        return f"{address}index.{format}"

    def time(self, language: str, year: int, month: int = 0, day: int = 0) -> str:
        """The address of a year, month or day."""
        parts = [f"{year:04}", *(f"{part:02}" for part in (month, day) if part)]
        return self.root(language) + "/".join(parts) + "/"

    def on_this_day(self, language: str, month: int = 0, day: int = 0) -> str:
        """The address of a day of the calendar, in any year, or (no day) of the list of all of them."""
        front = f"{self.root(language)}{self._paths[language].on_this_day}/"
        return f"{front}{month:02}-{day:02}/" if day else front

    def search(self, language: str) -> str:
        """The address of the search page of a language, and of the folder of what belongs to it."""
        return self.block(language, "search")

    def search_part(self, language: str, year: int, number: int) -> str:
        """The address of a part of the index by which a language is searched: `/cari/2021-1.gz`."""
        return f"{self.search(language)}{year:04}-{number}.gz"

    def search_parts(self, language: str) -> str:
        """The address of the list of those parts."""
        return f"{self.search(language)}parts.json"

    def search_description(self, language: str) -> str:
        """The address of what tells browsers how the site is searched (OpenSearch)."""
        return f"{self.search(language)}opensearch.xml"

    def feed_id(self, id: str) -> str:
        """The permanent id of an article in feeds: a tag URI, `tag:AUTHORITY,DATE:ID` (RFC 4151)."""
        identity = self.settings.identity
        return f"tag:{identity.authority},{identity.date}:{quote(id, safe='/:@!$&()*+,;=~-._')}"

    def indexnow_key(self) -> str:
        """The address of the file that holds the key for IndexNow."""
        return f"/{self.settings.notify.indexnow_key}.txt"

    def asset(self, path: str) -> str:
        """The address of a static file of the theme."""
        return f"/{self._paths[self.settings.language].assets}/{path}"


class _Pattern:
    """A permalink pattern, and what it makes of articles, below the root of their language."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._made = [name for name in ("section", "id", "filename") if f"{{{name}}}" in pattern]
        self._frames: dict[tuple[int, int, int], str] = {}  # the pattern with a day filled in

    def of(self, article: Article) -> str:
        """The address of an article."""
        date = article.date
        day = date.year, date.month, date.day
        frame = self._frames.get(day)
        if frame is None:
            dated = {"year": f"{date.year:04}", "month": f"{date.month:02}", "day": f"{date.day:02}"}
            others = {name: f"{{{name}}}" for name in ("slug", *self._made)}
            frame = self._frames[day] = self._pattern.format_map(dated | others).lstrip("/")
        if self._made:
            made = {name: _made_part(name, article) for name in self._made}
            return frame.format_map({"slug": article.slug} | made)
        return frame.replace("{slug}", article.slug)


def collisions(pages: Iterable[Page]) -> Iterator[Problem]:
    """Every address that two pages want, letter case and Unicode form aside (many file systems and hosts ignore them),
    and every page that stands where another needs a folder. The earlier page keeps the address; the later is blamed."""
    owners: dict[str, Page] = {}
    for page in pages:
        owner = owners.setdefault(_same(page.address), page)
        if owner is not page:
            yield _collision(page, f"{page.address} is wanted by {_claim(page)} and by {_claim(owner)}")
    folders: dict[str, Page] = {}
    for name, page in owners.items():
        parent = name.rpartition("/")[0]
        while parent and parent not in folders:
            folders[parent] = page
            parent = parent.rpartition("/")[0]
    for name, page in owners.items():
        if name in folders:
            inside = folders[name]
            yield _collision(page, f"{page.address} is a file by {_claim(page)}, and a folder by {_claim(inside)}")


def unclaimed(pages: Sequence[Page], others: Iterable[Page]) -> Iterator[Page]:
    """Those of some pages that can stand beside `others`: none of these wants the address, or is in the way of its folder."""
    if not pages:
        return
    taken = {_same(other.address) for other in others}
    folders = {folder for name in taken for folder in _folders(name)}
    for page in pages:
        name = _same(page.address)
        if name not in taken and name not in folders and taken.isdisjoint(_folders(name)):
            yield page


def too_long(pages: Iterable[Page]) -> Iterator[Problem]:
    """Every address that no file can have: a part of more than 255 bytes, or more than 1,000 in all."""
    for page in pages:
        path = file_of(page.address)
        if len(path) > _SHORT:
            whole = len(path.encode())
            part = max(len(part.encode()) for part in path.split("/"))
            if part > MOST_IN_A_PART or whole > MOST_IN_ALL:
                what = f"{page.address[:80]}… has a part of {part} bytes, and {whole} in all"
                yield problem(page.claim or Place("site.toml"), "address.long", what)


def _made_part(name: str, article: Article) -> str:
    if name == "section":
        return slug_of(article.section) if article.section else "-"
    return slugify(article.id if name == "id" else article.key.rpartition("/")[2])


def _same(address: str) -> str:
    path = file_of(address)
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()


def _folders(name: str) -> Iterator[str]:
    while name := name.rpartition("/")[0]:
        yield name


def _claim(page: Page) -> str:
    return str(page.claim) if page.claim else f"the {page.kind} page"


def _collision(page: Page, what: str) -> Problem:
    return problem(page.claim or Place("site.toml"), "address.collision", what)
