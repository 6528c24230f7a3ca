"""The HTML files of a built site: where each stands, of which kind it is, and in which language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ssg.pages import KINDS

NO_HTML = {
    *(
        "feed",
        "archived_feed",
        "feed_list",
        "feed_style",
        "sitemap",
        "robots",
        "rules",
        "indexnow_key",
        "file",
        "photo",
        "card",
        "asset",
    ),
    *("article_data", "month_data", "data_schema", "data_index", "month_manifest", "manifest"),
    *("search_part", "search_list", "search_description", "worker"),
    "moved",  # looks as `onward` does
}
HTML_KINDS = tuple(kind for kind in KINDS if kind not in NO_HTML)

_KIND = re.compile(r'<body class="page-([a-z_]+)">')
_LANGUAGE = re.compile(r'<html lang="([a-z]+)"')


@dataclass(frozen=True)
class Published:
    """One HTML file: its address, kind, language and text."""

    address: str
    kind: str
    language: str
    text: str


def published(output: Path) -> Iterator[Published]:
    """Every HTML file of a site, in the order of addresses. A page's kind stands in its `<body>`; two kinds have none there."""
    for file in sorted(output.rglob("*.html")):
        text = file.read_text(encoding="utf-8")
        address = "/" + file.relative_to(output).as_posix().removesuffix("index.html")
        named = _KIND.search(text)
        kind = named[1] if named else "onward" if 'http-equiv="refresh"' in text else "fragment"
        language = _LANGUAGE.search(text)
        yield Published(address, kind, language[1] if language else "en" if address.startswith("/en/") else "id", text)


def extremes(pages: Iterable[Published]) -> list[Published]:
    """Of each kind in each language the fullest page and the emptiest, by the length of their text."""
    groups: dict[tuple[str, str], list[Published]] = {}
    for page in pages:
        groups.setdefault((page.kind, page.language), []).append(page)
    found = []
    for key in sorted(groups):
        ranked = sorted(groups[key], key=lambda page: (-len(page.text), page.address))
        found += [ranked[0], ranked[-1]] if len(ranked) > 1 else ranked
    return found
