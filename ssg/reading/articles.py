"""One source file becomes one Article, StandingPage or TermNote, with its body and all that is wrong with it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

import msgspec

from ssg import dates, merged_tags
from ssg.digests import of_value
from ssg.model import Article, Body, Place, Problem, StandingPage, TermNote
from ssg.problems import nearest, problem
from ssg.reading import sources
from ssg.reading.fields import Fields, is_web
from ssg.reading.frontmatter import FrontMatter, split
from ssg.reading.keys import ARTICLE_KEYS, NOTE_KEYS, PAGE_KEYS, Keys, keys_of
from ssg.reading.markdown import Rendered, render
from ssg.reading.rules import Rules
from ssg.reading.text import shorten
from ssg.settings import Settings
from ssg.slugs import slug_of, slugify

# Stands in for a date that is not there, so that the other fields are read, and their faults found, all the same.
_NEVER = datetime(1, 1, 1, tzinfo=UTC)

Document = TypeVar("Document", Article, StandingPage, TermNote)


class Site(msgspec.Struct, frozen=True):
    """What reading needs to know of the site; made once and used for every file.

    `languages` are the codes of the further languages, without the default one; `merged_tags` says by the slug of an old tag
    what it is called now.
    """

    language: str
    languages: tuple[str, ...]
    zone: ZoneInfo
    rules: Rules
    article_keys: Keys
    page_keys: Keys
    note_keys: Keys
    merged_tags: dict[str, str]


class Read(msgspec.Struct, Generic[Document], frozen=True):
    """What came of reading one file. `document` is None where it cannot be made: no title, no date, broken front matter.

    A document may be there although `problems` hold errors (a field of the wrong shape), so that links to it are not reported
    as well; whether it is published is for the levels of its problems to say.
    """

    document: Document | None
    body: Body = ()
    problems: tuple[Problem, ...] = ()


def settings_read(settings: Settings) -> tuple[object, ...]:
    """The settings on which reading depends; no other changes what is read."""
    further = sorted(settings.languages)
    named = (settings.language, further, settings.timezone, settings.title, settings.dateline)
    return (*named, settings.shortcodes, settings.video_hosts, settings.fields, settings.merged_tags)


def site_of(settings: Settings) -> Site:
    """What reading needs of the settings. Raises ValueError if their time zone does not exist."""
    title = settings.title
    dateline = settings.dateline.replace("{title}", title)
    datelines = dict.fromkeys(text for name in (dateline, title) for text in (name, name.upper()) if text)
    rules = Rules(dict(settings.shortcodes), tuple(settings.video_hosts), tuple(datelines))
    articles, pages, notes = (keys_of(ours, settings.fields) for ours in (ARTICLE_KEYS, PAGE_KEYS, NOTE_KEYS))
    further = tuple(sorted(code for code in settings.languages if code != settings.language))
    now = merged_tags.names_now(settings.merged_tags)
    return Site(settings.language, further, dates.zone(settings.timezone), rules, articles, pages, notes, now)


def read_article(data: bytes, path: str, site: Site, *, body_key: str) -> Read[Article]:
    """The article in `data`, the bytes of the file at `path` (relative to the site's folder: `content/2021/12/a.md`).

    `body_key` is the name under which the caller keeps the body.
    """
    front = split(data, path)
    if isinstance(front, tuple):
        return Read(None, problems=front)
    fields = Fields(front, path, site.article_keys, site.zone)
    dateline = fields.text_or_none("dateline")
    rendered = _rendered(front, path, site.rules, dateline)
    title = _title(fields, front, path, "the article")
    date = _date(fields, front, path, site.zone)
    digits = (date or _NEVER).date().isoformat().replace("-", "")
    key, id_written = sources.key_of(path), fields.text("id")
    tags, merged = _tags(fields, site)
    article = Article(
        path=path,
        key=key,
        id=id_written or key,
        id_written=bool(id_written),
        title=title,
        date=date or _NEVER,
        slug=_slug(fields, key) or slugify(id_written) or f"artikel-{digits}",
        language=_language(fields, path, site),
        body_key=body_key,
        updated=fields.moment("updated"),
        editors=fields.people("editor"),
        authors=fields.people("author"),
        tags=tags,
        merged_tags=merged,
        regions=fields.texts("region"),
        section=fields.headline("section"),
        story=fields.text("story"),
        source=fields.source("source"),
        image=fields.image("image"),
        dateline=dateline,
        summary=_summary(fields, rendered),
        standfirst=bool(fields.headline("summary")),
        pick=fields.pick("pick"),
        draft=fields.flag("draft"),
        expires=fields.moment("expires"),
        withdrawn=fields.withdrawal("withdrawn"),
        aliases=fields.texts("aliases"),
        related=fields.texts("related"),
        corrections=fields.corrections("corrections"),
        canonical=fields.web_address("canonical"),
        noindex=fields.flag("noindex"),
        translation_of=fields.text("translation_of"),
        links=rendered.links,
        pictures=rendered.pictures,
        words=rendered.words,
        gaps=rendered.gaps,
        bundle=sources.is_bundle(path),
        lines=fields.lines(),
        extra=fields.extra(),
    )
    article = msgspec.structs.replace(article, face=_face(article))
    if title and date and not front.body.strip() and _is_whole(article):
        place = Place(path, front.body_line)
        fields.problems.append(problem(place, "text.empty", "the article has no text below its front matter"))
    return Read(article if title and date else None, rendered.body, (*front.problems, *fields.problems, *rendered.problems))


def _is_whole(article: Article) -> bool:
    """Whether the text of an article ought to stand here: not elsewhere, not taken back, not to come, not told by a photo."""
    elsewhere = article.canonical or (article.source and article.source.url) or any(map(is_web, article.extra.values()))
    return not (elsewhere or article.withdrawn or article.draft or article.image)


def _face(article: Article) -> str:
    """The digest of all that other pages may show of an article (see `model.Card`), and of what its address is made of."""
    shown = (article.title, article.date, article.summary, article.section, article.image)
    return of_value((shown, article.slug, article.id, article.language, article.key))


def read_page(data: bytes, path: str, site: Site, *, body_key: str) -> Read[StandingPage]:
    """The page without a date in the file at `path` in `content/pages/`; a date that is written is not read."""
    front = split(data, path)
    if isinstance(front, tuple):
        return Read(None, problems=front)
    fields = Fields(front, path, site.page_keys, site.zone)
    rendered = _rendered(front, path, site.rules)
    title = _title(fields, front, path, "the page")
    key = sources.key_of(path)
    page = StandingPage(
        path=path,
        key=key,
        title=title,
        slug=_slug(fields, key) or slug_of(key),
        language=_language(fields, path, site),
        body_key=body_key,
        address=fields.text("address"),
        summary=_summary(fields, rendered),
        menus=fields.texts("menu"),
        weight=fields.number("weight"),
        updated=fields.moment("updated"),
        aliases=fields.texts("aliases"),
        links=rendered.links,
        pictures=rendered.pictures,
        translation_of=fields.text("translation_of"),
        draft=fields.flag("draft"),
        noindex=fields.flag("noindex"),
        bundle=sources.is_bundle(path),
        lines=fields.lines(),
        extra=fields.extra(),
    )
    return Read(page if title else None, rendered.body, (*front.problems, *fields.problems, *rendered.problems))


def read_note(data: bytes, path: str, site: Site, *, body_key: str) -> Read[TermNote]:
    """What the file at `path` in a folder such as `content/tags/` or `content/stories/` says of what it is named for."""
    front = split(data, path)
    if isinstance(front, tuple):
        return Read(None, problems=front)
    fields = Fields(front, path, site.note_keys, site.zone)
    rendered = _rendered(front, path, site.rules)
    title = _title(fields, front, path, "this description")
    note = TermNote(
        path=path,
        taxonomy=sources.kind_of(path, site.languages),
        title=title,
        slug=slug_of(_name(sources.key_of(path))),
        language=_language(fields, path, site),
        body_key=body_key,
        links=rendered.links,
        pictures=rendered.pictures,
        bundle=sources.is_bundle(path),
    )
    fields.extra()  # for near misses alone: a note shows nothing but its name and its text
    return Read(note if title else None, rendered.body, (*front.problems, *fields.problems, *rendered.problems))


def _tags(fields: Fields, site: Site) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The tags of an article under the names that they have now, each once; and the slugs of the old ones that it writes."""
    written = fields.texts("tags")
    now = site.merged_tags
    old = tuple(dict.fromkeys(slug for slug in map(slug_of, written) if slug in now)) if now else ()
    if not old:
        return written, ()
    once: dict[str, str] = {}
    for name in written:
        name = now.get(slug_of(name), name)
        once.setdefault(slug_of(name), name)
    return tuple(once.values()), old


def _rendered(front: FrontMatter, path: str, rules: Rules, dateline: str | None = None) -> Rendered:
    if dateline and dateline not in rules.datelines:
        rules = msgspec.structs.replace(rules, datelines=(dateline, *rules.datelines))
    return render(front.body, path=path, first_line=front.body_line, rules=rules)


def _title(fields: Fields, front: FrontMatter, path: str, what: str) -> str:
    known = len(fields.problems)
    title = fields.headline("title")
    if title or len(fields.problems) > known:
        return title
    if not front.format:
        mend = "" if what == "the article" else "Begin the file with a line `---`, then `title: ...`, then `---`."
        fields.problems.append(problem(Place(path, 1), "frontmatter.missing", f"{what} has no front matter", mend))
    else:
        line = fields.line("title")
        fields.problems.append(problem(Place(path, line), "title.missing", f"{what} has no title"))
    return ""


def _date(fields: Fields, front: FrontMatter, path: str, zone: ZoneInfo) -> datetime | None:
    known = len(fields.problems)
    date = fields.moment("date")
    if date or len(fields.problems) > known:
        return date
    if named := dates.from_filename(_name(sources.key_of(path))):
        return dates.parse(named, zone)
    if front.format:  # else `frontmatter.missing` has said it
        place = Place(path, fields.line("date"))
        fields.problems.append(problem(place, "date.missing", "the article has no date, and its file's name has none either"))
    return None


def _name(key: str) -> str:
    return key.rpartition("/")[2]


def _slug(fields: Fields, key: str) -> str:
    name = _name(key)
    undated = name[len(dates.from_filename(name)) :]
    return slugify(fields.text("slug")) or slugify(undated)


def _summary(fields: Fields, rendered: Rendered) -> str:
    return fields.headline("summary") or shorten(rendered.first_paragraph)


def _language(fields: Fields, path: str, site: Site) -> str:
    written = fields.text("language")
    if not written:
        return sources.language_of(path, site.languages) or site.language
    known = {code.casefold(): code for code in (site.language, *site.languages)}
    if written.casefold() in known:
        return known[written.casefold()]
    meant = nearest(written, known.values())
    mend = (
        f"Write `{meant}`."
        if meant
        else f"Add [languages.{written}] to site.toml, or write one of {', '.join(known.values())}."
    )
    what = f"the site has no language `{written}`"
    fields.problems.append(problem(Place(path, fields.line("language")), "language.unknown", what, mend))
    return site.language
