"""Every setting of `site.toml`: its type, its default, its line of documentation."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from ssg.model import Level


def _doc(text: str, **bounds: int) -> msgspec.Meta:
    return msgspec.Meta(description=text, **bounds)


class MenuItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry of a menu that is not a page of the site's own with `menu:` in its front matter."""

    title: Annotated[str, _doc("The text of the link.")]
    address: Annotated[str, _doc("Where it leads: an address from the site's root, or a web address.")]
    weight: Annotated[int, _doc("Its place among its neighbours, smallest first.")] = 0


class Paths(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The words that addresses are made of. Changing one changes addresses that readers have kept."""

    tag: Annotated[str, _doc("Tag pages: /tag/nato/.")] = "tag"
    editor: Annotated[str, _doc("The pages of editors and authors: /editor/m-haidar/.")] = "editor"
    section: Annotated[str, _doc("Section pages: /rubrik/nasional/.")] = "rubrik"
    region: Annotated[str, _doc("Region pages: /daerah/karawang/.")] = "daerah"
    page: Annotated[str, _doc("Numbered pages of a list: /tag/nato/hal/1/.")] = "hal"
    latest: Annotated[str, _doc("The newest articles: /terkini/.")] = "terkini"
    picks: Annotated[str, _doc("The desk's picks: /pilihan/.")] = "pilihan"
    popular: Annotated[str, _doc("The most read: /terpopuler/.")] = "terpopuler"
    regional: Annotated[str, _doc("News by region: /kabar-daerah/.")] = "kabar-daerah"
    blocks: Annotated[str, _doc("The folder of the shared fragments that pages fetch: /blok/terkini.html.")] = "blok"
    search: Annotated[str, _doc("The search page: /cari/. Kept free for it.")] = "cari"
    assets: Annotated[str, _doc("The theme's static files: /aset/.")] = "aset"
    feed: Annotated[str, _doc("The file name of every feed: /tag/nato/feed.xml.")] = "feed.xml"


ENGLISH_PATHS = Paths(
    tag="tag",
    editor="editor",
    section="section",
    region="region",
    page="page",
    latest="latest",
    picks="picks",
    popular="popular",
    regional="regional",
    blocks="blocks",
    search="search",
    assets="assets",
)


class Language(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What differs in a further language of the site ([languages.en])."""

    title: Annotated[str, _doc("The site's title in this language; empty: the same.")] = ""
    description: Annotated[str, _doc("The site's description in this language.")] = ""
    paths: Annotated[Paths | None, _doc("Path words of this language; none: its built-in ones.")] = None
    menus: Annotated[dict[str, list[MenuItem]], _doc("Menus of this language.")] = {}


class Identity(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who mints the ids of feed entries (`tag:AUTHORITY,DATE:ID`, RFC 4151). Written once by `ssg init`, never changed."""

    authority: Annotated[str, _doc("A domain name that the newsroom holds; empty: the host of base_url.")] = ""
    date: Annotated[str, _doc("A day, month or year on which the newsroom held that domain.")] = "2026"


class Feeds(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The RSS feeds."""

    size: Annotated[int, _doc("How many of the newest articles a feed holds.", ge=1, le=500)] = 20


class Blocks(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The blocks beside and below an article."""

    mode: Annotated[
        Literal["shared", "inline"],
        _doc("Where what changes every hour is written: `shared` fragments, or `inline` in every page (small sites)."),
    ] = "shared"
    latest: Annotated[int, _doc("How many articles Terkini shows.", ge=0, le=50)] = 10
    related: Annotated[int, _doc("How many articles Terkait shows.", ge=0, le=20)] = 5
    picks: Annotated[int, _doc("How many articles Artikel Pilihan shows.", ge=0, le=50)] = 5
    popular: Annotated[int, _doc("How many articles Terpopuler shows.", ge=0, le=50)] = 5
    regional: Annotated[int, _doc("How many articles of each region Kabar Daerah shows.", ge=0, le=20)] = 3
    regions: Annotated[int, _doc("How many regions Kabar Daerah shows, those with the newest articles.", ge=0, le=100)] = 6


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The whole of `site.toml`."""

    title: Annotated[str, _doc("The name of the site.", min_length=1)]
    base_url: Annotated[str, _doc("Where the site lives, with scheme: https://kabar.example/.")]
    description: Annotated[str, _doc("One sentence about the site, for feeds and search engines.")] = ""
    language: Annotated[str, _doc("The default language, whose pages stand at the root: a BCP 47 code.")] = "id"
    timezone: Annotated[str, _doc("The time zone of dates without one, and of all dates shown: an IANA name.")] = "Asia/Jakarta"
    theme: Annotated[str, _doc("A folder in themes/, or a theme that comes with the program.")] = "default"
    permalink: Annotated[
        str,
        _doc("The address of an article: {year} {month} {day} {slug} {section} {id}."),
    ] = "/{year}/{month}/{day}/{slug}/"
    page_size: Annotated[int, _doc("How many articles a numbered page of a list holds.", ge=1, le=1000)] = 20
    dateline: Annotated[
        str, _doc("What stands before the first sentence where an article names no place; {title} is the site's title, empty: nothing.")
    ] = "{title}"
    expired: Annotated[
        Literal["keep", "hide"],
        _doc("What becomes of an expired article's page: `keep` it, out of front page, feeds and blocks, or `hide` it altogether."),
    ] = "keep"
    noindex: Annotated[bool, _doc("Ask search engines to leave the whole site out, as previews do.")] = False
    video_hosts: Annotated[
        list[Literal["youtube", "vimeo"]], _doc("Hosts whose videos may be loaded, after a click.")
    ] = ["youtube", "vimeo"]
    feeds: Annotated[Feeds, _doc("The RSS feeds.")] = Feeds()
    blocks: Annotated[Blocks, _doc("The blocks beside and below an article.")] = Blocks()
    identity: Annotated[Identity, _doc("Who mints the ids of feed entries.")] = Identity()
    paths: Annotated[Paths | None, _doc("The words that addresses are made of; none: the default language's built-in ones.")] = None
    languages: Annotated[dict[str, Language], _doc("Further languages, each under its code: /en/.")] = {}
    menus: Annotated[dict[str, list[MenuItem]], _doc("Menus by name: `main` and `footer` are shown by the default theme.")] = {}
    fields: Annotated[
        dict[str, list[str]],
        _doc("For a front matter key of ours, the keys that the archive uses; all that are present are read, in this order."),
    ] = {}
    shortcodes: Annotated[
        dict[str, Literal["link", "image", "youtube", "vimeo", "quote", "unwrap", "drop"]],
        _doc("What another generator's codes mean: `ref = \"link\"`; codes that are not named here are taken out and reported."),
    ] = {}
    problems: Annotated[dict[str, Level], _doc("The level of a problem's code: \"error\" or \"warning\".")] = {}
