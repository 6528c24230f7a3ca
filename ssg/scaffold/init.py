"""`ssg init`: a new site, which builds at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from string import Template

import msgspec

from ssg import setting_rules, tables
from ssg.hosts import Builder
from ssg.model import Place
from ssg.problems import stop
from ssg.reading.text import strip_controls
from ssg.scaffold.keying import quoted
from ssg.scaffold.requirement import VENDOR, requirement
from ssg.scaffold.writing import create
from ssg.settings import Paths, Settings, paths_of
from ssg.site_toml import FILE

STAND_IN = "https://situs.example/"  # RFC 2606: a domain that nobody can hold

_INDONESIAN = {"about": "tentang", "welcome": "selamat-datang", "description": "Berita dan arsip {title}."}
_ENGLISH = {"about": "about", "welcome": "welcome", "description": "News and the archive of {title}."}


def init(
    folder: Path,
    *,
    title: str | None,
    base_url: str | None,
    language: str = "id",
    host: Builder = Builder.NETLIFY,
    today: date,
    notify: Callable[[str], None] = print,
) -> list[Path]:
    """Begin a site in `folder`, which is made if it is not there; the files that were written, in order.

    No file is ever overwritten: one that stands there already stays, and where there is a `content/`, no article is added to
    it. `notify` is told of it, and of whatever the editor has to do by hand. `host` has its headers in a file of its own form.
    The first article is dated the day before `today`, so that it is published in every time zone. The feed identity is frozen
    to the host of `base_url` and `today`.
    Raises BuildStopped: site.exists, settings.bad, file.unwritable.
    """
    if (folder / FILE).exists():
        raise stop(Place(str(folder / FILE)), "site.exists", f"there is a site in {folder} already")
    title = _folded(title or "") or _folded(folder.absolute().name.replace("-", " ").replace("_", " ")).title() or "Arsip"
    address, authority = _address(base_url or STAND_IN)
    _check(setting_rules.language, language, "--language")
    needed = requirement()
    blanks = {
        "line": needed.line,
        "host": host.value,
        "day": (today - timedelta(days=1)).isoformat(),
        **_settings(title, address, authority, language, today),
    }
    made = []
    for path, text in _files(folder, today, language, host, blanks):
        if create(folder / path, text.encode(), path):
            made.append(folder / path)
        else:
            notify(f"{path} was there already, and stays as it is; ssg would have written:\n{text}")
    if needed.wheel and create(folder / VENDOR / needed.wheel.name, needed.wheel.data, f"{VENDOR}/{needed.wheel.name}"):
        made.append(folder / VENDOR / needed.wheel.name)
    if base_url is None:
        notify(f"Before you publish, set base_url and the authority of [identity] in {FILE} to an address that you hold.")
    if needed.notice:
        notify(needed.notice)
    return made


def _files(folder: Path, today: date, language: str, host: Builder, blanks: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The paths and texts of the files to write, site.toml last: a site that was begun and not finished can be begun again."""
    words, ours = (_INDONESIAN, "id") if _is_indonesian(language) else (_ENGLISH, "en")
    day = today - timedelta(days=1)
    if not (folder / "content").exists():
        article = f"content/{day.year:04}/{day.month:02}/{words['welcome']}.md"
        yield article, _filled(f"{ours}/article.md", blanks | {"about": f"../../pages/{words['about']}.md"})
        yield f"content/pages/{words['about']}.md", _filled(f"{ours}/page.md", blanks)
    yield "static/favicon.svg", _filled("favicon.svg", blanks)
    yield ".gitignore", _filled("gitignore", blanks)
    match host:
        case Builder.NETLIFY:
            yield "netlify.toml", _filled("netlify.toml", blanks)
        case Builder.CLOUDFLARE:
            yield "static/_headers", _filled("headers", blanks)
    yield "requirements.txt", _filled("requirements.txt", blanks)
    yield FILE, _filled(FILE, blanks)


def _filled(name: str, blanks: dict[str, str]) -> str:
    text = (files("ssg.scaffold") / "files" / name).read_text(encoding="utf-8")
    return Template(text).substitute(blanks)


def _settings(title: str, base_url: str, authority: str, language: str, today: date) -> dict[str, str]:
    settings = Settings(title=title, base_url=base_url, language=language)
    words = paths_of(settings, language)
    described = (_INDONESIAN if _is_indonesian(language) else _ENGLISH)["description"].replace("{title}", title)
    return {
        "title": quoted(title),
        "base_url": quoted(base_url),
        "description": quoted(described),
        "language": quoted(language),
        "further": "en" if language != "en" else "id",
        "timezone": quoted(settings.timezone),
        "authority": quoted(authority),
        "date": today.isoformat(),
        "paths": "\n".join(_path_lines(words)),
        "feed": words.feed,
        "blocks": words.blocks,
        "assets": words.assets,
    }


def _path_lines(words: Paths) -> Iterator[str]:
    """Every path word of the site, so that a later version of the program with other words changes no address."""
    lines = [f"{key} = {quoted(word)}" for key, word in msgspec.structs.asdict(words).items()]
    width = max(map(len, lines))
    for line, field in zip(lines, tables.fields_of(Paths), strict=True):
        yield f"{line:{width}}  # {_meaning(field)}"


def _meaning(field: msgspec.inspect.Field) -> str:
    """What the documentation of a path word says before its example, which is of Indonesian words."""
    shown = field.type.extra_json_schema if isinstance(field.type, msgspec.inspect.Metadata) else None
    return str((shown or {}).get("description", "")).partition(":")[0]


def _address(base_url: str) -> tuple[str, str]:
    """The address as site.toml has it, and the authority that it gives."""
    _check(setting_rules.base_url, base_url, "--base-url")
    host = setting_rules.host_of(base_url)
    top = host.rpartition(".")[2] if "." in host else ""
    if not top or top.isdigit() or ":" in host:  # localhost, 127.0.0.1 and ::1 are everybody's
        what = f"the host of --base-url mints the ids of feed entries for good, so it must be a domain name; it is {host}"
        mend = "Give the address at which the site will live, and build for another with `ssg build --base-url`."
        raise stop(Place("--base-url"), "settings.bad", what, mend)
    return setting_rules.normal_base_url(base_url), host


def _check(rule: Callable[[str], None], value: str, option: str) -> None:
    try:
        rule(value)
    except tables.RuleError as refused:
        what = f"{option} {refused.must}; it is {tables.shown(value)}"
        raise stop(Place(option), "settings.bad", what, refused.mend) from None


def _is_indonesian(language: str) -> bool:
    return language.split("-")[0] == "id"


def _folded(text: str) -> str:
    return " ".join(strip_controls(text).split())
