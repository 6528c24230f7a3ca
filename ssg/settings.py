"""Every setting of `site.toml`: its type, its default, its line of documentation."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, Any, Literal

import msgspec

from ssg import crawlers, table_docs
from ssg import setting_rules as rules
from ssg.catalogue import CATALOGUE
from ssg.model import FIELDS, Level

DEFAULT_LANGUAGE = "id"


def _doc(
    text: str,
    *,
    rule: Callable[[Any], None] | None = None,
    known_keys: Iterable[str] | None = None,
    key_rule: Callable[[str], None] | None = None,
    **bounds: int,
) -> msgspec.Meta:
    """A setting's documentation, its bounds, and what else its value or its keys must be (see `tables`)."""
    beyond = {"rule": rule, "known_keys": known_keys, "key_rule": key_rule}
    words: dict[str, Any] = {"description": text, "extra": {name: one for name, one in beyond.items() if one is not None}}
    return msgspec.Meta(**words | bounds)


class MenuItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry of a menu that is not a page of the site's own with `menu:` in its front matter."""

    title: Annotated[str, _doc("The text of the link.", min_length=1)]
    address: Annotated[str, _doc("Where it leads: an address from the site's root, or a web address.", rule=rules.menu_address)]
    weight: Annotated[int, _doc("Its place among its neighbours, smallest first.")] = 0


class Paths(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The words that addresses are made of. Changing one changes addresses that readers have kept."""

    tag: Annotated[str, _doc("Tag pages: /tag/nato/.", rule=rules.segment)] = "tag"
    editor: Annotated[str, _doc("The pages of editors and authors: /editor/m-haidar/.", rule=rules.segment)] = "editor"
    section: Annotated[str, _doc("Section pages: /rubrik/nasional/.", rule=rules.segment)] = "rubrik"
    region: Annotated[str, _doc("Region pages: /daerah/karawang/.", rule=rules.segment)] = "daerah"
    story: Annotated[str, _doc("The pages of running stories: /kisah/pemilu/.", rule=rules.segment)] = "kisah"
    page: Annotated[str, _doc("Numbered pages of a list: /tag/nato/hal/1/.", rule=rules.segment)] = "hal"
    latest: Annotated[str, _doc("The newest articles: /terkini/.", rule=rules.segment)] = "terkini"
    picks: Annotated[str, _doc("The desk's picks: /pilihan/.", rule=rules.segment)] = "pilihan"
    popular: Annotated[str, _doc("The most read: /terpopuler/.", rule=rules.segment)] = "terpopuler"
    regional: Annotated[str, _doc("News by region: /kabar-daerah/.", rule=rules.segment)] = "kabar-daerah"
    corrections: Annotated[str, _doc("The list of all corrections and withdrawals: /ralat/.", rule=rules.segment)] = "ralat"
    offline: Annotated[
        str, _doc("The page for readers without a connection, where `offline` is set: /luring/.", rule=rules.segment)
    ] = "luring"
    archive: Annotated[str, _doc("The picture of the whole archive, by month: /arsip/.", rule=rules.segment)] = "arsip"
    on_this_day: Annotated[
        str, _doc("What was published on a day of the calendar, in any year: /hari-ini/12-30/.", rule=rules.segment)
    ] = "hari-ini"
    statistics: Annotated[str, _doc("The archive in figures: /statistik/.", rule=rules.segment)] = "statistik"
    index: Annotated[
        str, _doc("The index of all tags, people, sections, regions and stories: /indeks/, /indeks/a/.", rule=rules.segment)
    ] = "indeks"
    blocks: Annotated[
        str, _doc("The folder of the shared fragments that pages fetch: /blok/terkini.html.", rule=rules.segment)
    ] = "blok"
    search: Annotated[
        str, _doc("The search page, and the files that it reads: /cari/. Kept free for it in any case.", rule=rules.segment)
    ] = "cari"
    assets: Annotated[str, _doc("The theme's static files, for all languages: /aset/.", rule=rules.segment)] = "aset"
    feed: Annotated[str, _doc("The file name of every feed in RSS: /tag/nato/feed.xml.", rule=rules.feed_name)] = "feed.xml"


ENGLISH_PATHS = Paths(
    tag="tag",
    editor="editor",
    section="section",
    region="region",
    story="story",
    page="page",
    latest="latest",
    picks="picks",
    popular="popular",
    regional="regional",
    corrections="corrections",
    offline="offline",
    archive="archive",
    on_this_day="on-this-day",
    statistics="statistics",
    index="a-z",
    blocks="blocks",
    search="search",
    assets="assets",
)


class Language(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What differs in a further language of the site ([languages.en])."""

    title: Annotated[str, _doc("The site's title in this language; empty: the same.")] = ""
    description: Annotated[str, _doc("The site's description in this language.")] = ""
    footer: Annotated[str, _doc("The line at the foot of every page in this language.")] = ""
    paths: Annotated[Paths | None, _doc("Path words of this language; none: its built-in ones.")] = None
    menus: Annotated[dict[str, list[MenuItem]], _doc("Menus of this language.")] = {}


class Identity(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who mints the ids of feed entries (`tag:AUTHORITY,DATE:ID`, RFC 4151). Written once by `ssg init`, never changed."""

    authority: Annotated[
        str, _doc("A domain name that the newsroom holds; empty: the host of base_url.", rule=rules.authority)
    ] = ""
    date: Annotated[str, _doc("A day, month or year on which the newsroom held that domain.", rule=rules.minted)] = "2026"


class Feeds(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The feeds."""

    size: Annotated[
        int,
        _doc(
            "How many of the newest articles the site's feed holds, and how many a document of the whole archive; in the feed "
            "fewer, where these are more than 2 MB; in a document fewer, where they are long.",
            ge=1,
            le=500,
        ),
    ] = 50
    archive: Annotated[
        bool,
        _doc("Whether older articles are there as feeds too, month by month: /2021/12/feed.xml, and so on back (RFC 5005)."),
    ] = True
    term_size: Annotated[
        int,
        _doc(
            "How many of the newest entries the feed of a tag, person, section, region, story or corrections holds.",
            ge=1,
            le=500,
        ),
    ] = 20
    also: Annotated[
        list[Literal["atom", "json"]], _doc('Formats in which each feed is there beside RSS: `["atom", "json"]`.')
    ] = []
    hub: Annotated[
        str,
        _doc("The address of a WebSub hub, which tells feed readers of news; empty: none.", rule=rules.hub),
    ] = ""
    gone: Annotated[
        list[Annotated[str, msgspec.Meta(extra={"rule": rules.feed_address})]],
        _doc('Addresses of feeds that were published and may go: `["/tag/nato/feed.xml"]`; no build tells of them again.'),
    ] = []


class Sitemaps(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What search engines are told of: `sitemap.xml` names a file for each month of articles, and one for all other pages."""

    news: Annotated[
        bool,
        _doc("Whether `sitemap-news.xml` tells Google News of the articles of the last two days; without any it is not there."),
    ] = True


class Robots(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which crawlers of language models robots.txt keeps out; all others may read everything. See "Crawlers" below."""

    training: Annotated[
        Literal["allow", "deny"], _doc("Whether crawlers that gather texts to train language models with may read the site.")
    ] = "allow"
    answers: Annotated[
        Literal["allow", "deny"],
        _doc("Whether crawlers that look for what answers a person's question, and say where it stands, may read the site."),
    ] = "allow"
    deny: Annotated[
        list[Annotated[str, msgspec.Meta(extra={"rule": rules.crawler})]],
        _doc('Further crawlers that may read nothing, by the names that they heed in robots.txt: `["Bytespider"]`.'),
    ] = []
    allow: Annotated[
        list[Annotated[str, msgspec.Meta(extra={"rule": rules.known_crawler})]],
        _doc('Crawlers that may read the site though the others of their kind may not: `["CCBot"]`.'),
    ] = []


class Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The archive as data, and what proves it."""

    beside: Annotated[
        list[Literal["json", "md"]],
        _doc(
            'Formats in which each article is there beside its page, as `index.json` and `index.md`: `["json", "md"]`; each is '
            "one more file for each article."
        ),
    ] = []
    months: Annotated[
        bool,
        _doc(
            "Whether all articles are there month by month, a line of JSON for each: /data/articles-2021-12.jsonl.gz; "
            "/data/index.json lists the months, /data/schema.json says what a line holds."
        ),
    ] = False
    manifests: Annotated[
        bool,
        _doc(
            "Whether the SHA-256 sums of all files are there, by which `ssg verify` and `sha256sum -c` prove a copy: "
            "/data/manifest-2021-12.txt for the articles of a month, /data/manifest.txt for all else."
        ),
    ] = False


class Notify(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Whom `ssg notify` tells of changed pages; of changed feeds it tells the hub of [feeds]."""

    indexnow_key: Annotated[
        str,
        _doc(
            "The key with which search engines are told of changed pages (IndexNow), which the site then publishes: a name of "
            "your own; empty: they are not told.",
            rule=rules.indexnow_key,
        ),
    ] = ""
    indexnow: Annotated[
        str,
        _doc("Where they are told: the address of any engine that takes part, which tells the others.", rule=rules.web_address),
    ] = "https://api.indexnow.org/indexnow"


class Photos(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Smaller pictures of each photo, so that no telephone loads more than it shows: with the photo at most five files."""

    widths: Annotated[
        list[Annotated[int, msgspec.Meta(ge=16, le=2560)]],
        _doc(
            "How wide they are, in pixels, at most three widths, the smallest first; no photo is made wider than it is. `[]`: "
            "every photo is published as it is alone, which is enough for a theme without pictures.",
            rule=rules.widths,
        ),
    ] = msgspec.field(default_factory=lambda: [480, 960, 1600])
    format: Annotated[
        Literal["webp", "avif", "original"],
        _doc(
            "In what browsers get all widths: `webp`, which those since 2020 know; `avif`, which is smaller, takes several "
            "times as long to make, and is known to those since 2023; or the photo's `original` format alone. With `webp` "
            "and `avif` older browsers get one width in the original format: there are few of them, and each width more "
            "would be one file more for every photo. A photo too tall for the newer format has all widths in its own."
        ),
    ] = "webp"
    card: Annotated[
        bool,
        _doc(
            "Whether the headline of an article without a photo is drawn as a picture for shared links, `card.png` beside its "
            "page, if all its letters are in ASCII: one file more for each."
        ),
    ] = False


class Blocks(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The blocks beside and below an article."""

    mode: Annotated[
        Literal["shared", "inline"],
        _doc("Where what changes every hour is written: `shared` fragments, or `inline` in every page (small sites)."),
    ] = "shared"
    latest: Annotated[int, _doc("How many articles Terkini shows.", ge=0, le=50)] = 10
    related: Annotated[int, _doc("How many articles Terkait shows.", ge=0, le=20)] = 5
    read_also: Annotated[
        int, _doc("How many lines of Baca Juga a text gets between its paragraphs, if its writer put none.", ge=0, le=2)
    ] = 2
    picks: Annotated[int, _doc("How many articles Artikel Pilihan shows.", ge=0, le=50)] = 5
    popular: Annotated[int, _doc("How many articles Terpopuler shows.", ge=0, le=50)] = 5
    regional: Annotated[int, _doc("How many articles of each region Kabar Daerah shows.", ge=0, le=20)] = 3
    regions: Annotated[int, _doc("How many regions Kabar Daerah shows, those with the newest articles.", ge=0, le=100)] = 6


class Related(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What makes articles related. Each weight says how many times a word of the text a shared one counts; 0: not at all."""

    title: Annotated[int, _doc("The weight of a word of the headline.", ge=0, le=64)] = 1
    standfirst: Annotated[int, _doc("The weight of a word of a summary that an editor wrote.", ge=0, le=64)] = 1
    tags: Annotated[int, _doc("The weight of a tag.", ge=0, le=64)] = 1
    authors: Annotated[int, _doc("The weight of an author.", ge=0, le=64)] = 1
    regions: Annotated[int, _doc("The weight of a region.", ge=0, le=64)] = 1
    section: Annotated[int, _doc("The weight of the section.", ge=0, le=64)] = 1
    story: Annotated[int, _doc("The weight of the running story.", ge=0, le=64)] = 1
    links: Annotated[int, _doc("The weight of a link from one to the other, or of both to the same article.", ge=0, le=64)] = 4
    nearness: Annotated[int, _doc("By how many hundredths an article of the same day gains.", ge=0, le=10_000)] = 150
    fading: Annotated[int, _doc("In how many days that gain falls to a third (its 1/e).", ge=1, le=100_000)] = 1000
    languages: Annotated[
        Literal["own", "all"], _doc("Whether related articles are of the article's `own` language, or of `all` languages.")
    ] = "own"


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The whole of `site.toml`."""

    title: Annotated[str, _doc("The name of the site.", min_length=1)]
    base_url: Annotated[str, _doc("Where the site lives, with scheme: https://kabar.example/.", rule=rules.base_url)]
    description: Annotated[str, _doc("One sentence about the site, for feeds and search engines.")] = ""
    footer: Annotated[str, _doc("A line at the foot of every page: the publisher, the rights, what a reader must know.")] = ""
    logo: Annotated[
        str,
        _doc("The logo, for search engines: the address of a picture in static/, `/logo.png`; empty: none.", rule=rules.logo),
    ] = ""
    language: Annotated[
        str, _doc("The default language, whose pages stand at the root: a BCP 47 code.", rule=rules.language)
    ] = DEFAULT_LANGUAGE
    timezone: Annotated[
        str, _doc("The time zone of dates without one, and of all dates shown: an IANA name.", rule=rules.timezone)
    ] = "Asia/Jakarta"
    theme: Annotated[
        str, _doc("A folder in themes/, or a theme of the program or of an installed package.", rule=rules.theme)
    ] = "default"
    permalink: Annotated[
        str,
        _doc("The address of an article: {year} {month} {day} {slug} {section} {id} {filename}.", rule=rules.permalink),
    ] = "/{year}/{month}/{day}/{slug}/"
    host: Annotated[
        Literal["netlify", "cloudflare", "github", "none"],
        _doc(
            "Where the site is put: for `netlify` and `cloudflare` what has moved becomes a rule of `_redirects`, as far as "
            "these take them; elsewhere, and beyond, pages lead on."
        ),
    ] = "none"
    permalinks_before: Annotated[
        list[Annotated[str, msgspec.Meta(extra={"rule": rules.permalink})]],
        _doc("Patterns that `permalink` had before: the addresses that they made lead on to the present ones."),
    ] = []
    redirects: Annotated[
        dict[str, Annotated[str, msgspec.Meta(extra={"rule": rules.redirect_target})]],
        _doc(
            'Where addresses of old lead: `"/lama/" = "/baru/"`, or to a whole web address; `""`: it has gone for good, and '
            "nothing is there.",
            key_rule=rules.redirect_source,
        ),
    ] = {}
    page_size: Annotated[int, _doc("How many articles a numbered page of a list holds.", ge=1, le=1000)] = 20
    dateline: Annotated[
        str,
        _doc(
            "What stands before the first sentence if an article names no place; {title} is the site's title; empty: nothing.",
            rule=rules.dateline,
        ),
    ] = "{title}"
    old_after: Annotated[
        int, _doc("From how many years on an article says how old it is, by the reader's clock; 0: never.", ge=0)
    ] = 2
    expired: Annotated[
        Literal["keep", "hide"],
        _doc("What becomes of an expired article's page: `keep` it, out of front page, feeds and blocks, or `hide` it."),
    ] = "keep"
    search: Annotated[
        bool,
        _doc(
            "Whether readers can search all articles in their own browser, at /cari/, if the theme has a `search.js`, as the "
            "default one does."
        ),
    ] = True
    noindex: Annotated[bool, _doc("Ask search engines to leave the whole site out, as previews do.")] = False
    offline: Annotated[
        bool,
        _doc("Whether browsers keep the articles that were read last, and list them where there is no connection."),
    ] = False
    video_hosts: Annotated[list[Literal["youtube", "vimeo"]], _doc("Hosts whose videos may be loaded, after a click.")] = (
        msgspec.field(default_factory=lambda: ["youtube", "vimeo"])
    )
    feeds: Annotated[Feeds, _doc("The feeds.")] = Feeds()
    sitemaps: Annotated[Sitemaps, _doc("What search engines are told of.")] = Sitemaps()
    robots: Annotated[Robots, _doc("Which crawlers of language models robots.txt keeps out.")] = Robots()
    data: Annotated[Data, _doc("The archive as data, and what proves it.")] = Data()
    notify: Annotated[Notify, _doc("Whom `ssg notify` tells of changed pages.")] = Notify()
    photos: Annotated[Photos, _doc("Smaller pictures of each photo.")] = Photos()
    blocks: Annotated[Blocks, _doc("The blocks beside and below an article.")] = Blocks()
    related: Annotated[Related, _doc("What makes articles related.")] = Related()
    identity: Annotated[Identity, _doc("Who mints the ids of feed entries.")] = Identity()
    paths: Annotated[
        Paths | None, _doc("The words that addresses are made of; none: the default language's built-in ones.")
    ] = None
    languages: Annotated[
        dict[str, Language], _doc("Further languages, each under its code: /en/.", key_rule=rules.language)
    ] = {}
    menus: Annotated[dict[str, list[MenuItem]], _doc("Menus by name: `main` and `footer` are shown by the default theme.")] = {}
    change_budget: Annotated[
        int,
        _doc("How many files a build may change for each article that changed, if nothing else did; 0: any number.", ge=0),
    ] = 0
    fields: Annotated[
        dict[str, Annotated[list[str], msgspec.Meta(extra={"rule": rules.archive_keys})]],
        _doc(
            "For a front matter key of ours, the keys that the archive uses; all that are present are read, in this order.",
            known_keys=FIELDS,
        ),
    ] = {}
    shortcodes: Annotated[
        dict[str, Literal["link", "image", "youtube", "vimeo", "quote", "unwrap", "drop"]],
        _doc(
            'What another generator\'s codes mean: `ref = "link"`; codes that are not named here are taken out and reported.',
            key_rule=rules.shortcode,
        ),
    ] = {}
    merged_tags: Annotated[
        dict[str, Annotated[str, msgspec.Meta(extra={"rule": rules.tag})]],
        _doc(
            'What a tag is called now: `"Covid19" = "COVID-19"`; articles that write the old name have the new one, the old '
            "page leads to the new, and the old feed goes on.",
            key_rule=rules.tag,
        ),
    ] = {}
    references: Annotated[
        dict[str, Annotated[str, msgspec.Meta(extra={"rule": rules.web_address})]],
        _doc(
            "Where on the web stands what another generator's references name and this archive lacks: "
            '`"/about/_index.md" = "https://kabar.example/about/"`; what the archive has comes first.'
        ),
    ] = {}
    problems: Annotated[
        dict[str, Level], _doc('The level of a problem\'s code: "error" or "warning".', known_keys=tuple(CATALOGUE))
    ] = {}


class Site(msgspec.Struct, frozen=True):
    """A site's folder (absolute), its settings as the build uses them, and their digest."""

    root: str
    settings: Settings
    digest: str


def languages_of(settings: Settings) -> tuple[str, ...]:
    """The codes of the site's languages: the default one, then the others by alphabet."""
    return (settings.language, *sorted(settings.languages))


def paths_of(settings: Settings, language: str) -> Paths:
    """The path words of one of the site's languages; KeyError if the site does not have it."""
    written = settings.paths if language == settings.language else settings.languages[language].paths
    return written or built_in_paths(language)


def built_in_paths(language: str) -> Paths:
    """The path words of a language for which `site.toml` has none: Indonesian ones, or English ones."""
    return Paths() if language.split("-")[0] == "id" else ENGLISH_PATHS


# -- documentation --------------------------------------------------------------------------------

_REFERENCE_HEAD = """\
# The settings of site.toml

This page is made from the types in `ssg/settings.py`. A key that is not here is an error. Addresses, names of
zones and languages, and the words of addresses are looked at as well, before anything is read or written.
"""


def reference() -> str:
    """The Markdown page about every setting: `docs/settings.md`."""
    english = msgspec.structs.asdict(ENGLISH_PATHS)
    differing = [f"`{key}` is `{word}`" for key, word in english.items() if word != getattr(Paths(), key)]
    note = (
        "## Path words of other languages\n\n"
        "The defaults of `[paths]` above are those of Indonesian. "
        f"In every other language {', '.join(differing)}.\n"
    )
    return f"{_REFERENCE_HEAD}\n{table_docs.markdown(Settings)}\n{note}\n{crawlers.markdown()}"
