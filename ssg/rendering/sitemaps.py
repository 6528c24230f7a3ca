"""The sitemap, the news sitemap and robots.txt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from xml.sax.saxutils import escape

from ssg.asking import NewsEntry
from ssg.rendering.moments import w3c

_QUOTES = {"'": "&apos;", '"': "&quot;"}  # the protocol wants them escaped in text as well
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_NEWS_NAMESPACE = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
_TRADITIONAL = ("Hant", "TW", "HK", "MO")  # scripts and regions that write Chinese so


def sitemap(entries: Iterable[tuple[str, datetime | None]]) -> bytes:
    """A sitemap (sitemaps.org, protocol 0.9) of absolute addresses, each with the moment it last changed, in the order given.

    At most 50,000 of them are valid. The moments are aware.
    """
    lines = [_HEAD, f"<urlset {_NAMESPACE}>"]
    for address, changed in entries:
        lastmod = f"<lastmod>{w3c(changed)}</lastmod>" if changed else ""
        lines.append(f"<url>{_location(address)}{lastmod}</url>")
    lines.append("</urlset>\n")
    return "\n".join(lines).encode()


def sitemap_index(addresses: Iterable[str]) -> bytes:
    """An index of sitemaps (sitemaps.org, protocol 0.9), by their absolute addresses.

    None has a `lastmod`. That would be the moment at which the file itself changed, which no article tells: one that is
    withdrawn, or joins an old month, changes the file too, and a crawler that goes by the moment would pass over it.
    """
    lines = [_HEAD, f"<sitemapindex {_NAMESPACE}>"]
    lines += [f"<sitemap>{_location(address)}</sitemap>" for address in addresses]
    lines.append("</sitemapindex>\n")
    return "\n".join(lines).encode()


def news_sitemap(entries: Iterable[tuple[str, NewsEntry]]) -> bytes:
    """A news sitemap (Google, "Create a news sitemap"): absolute addresses with what is told of each, in the order given.

    At most 1,000 of them are valid, and at least one.
    """
    lines = [_HEAD, f"<urlset {_NAMESPACE} {_NEWS_NAMESPACE}>"]
    for address, entry in entries:
        name, title = escape(entry.publication, _QUOTES), escape(entry.title, _QUOTES)
        publication = f"<news:name>{name}</news:name><news:language>{_news_language(entry.language)}</news:language>"
        lines.append(
            f"<url>{_location(address)}<news:news><news:publication>{publication}</news:publication>"
            f"<news:publication_date>{w3c(entry.date)}</news:publication_date><news:title>{title}</news:title></news:news></url>"
        )
    lines.append("</urlset>\n")
    return "\n".join(lines).encode()


def robots(sitemaps: Sequence[str], denied: Sequence[str]) -> bytes:
    """A robots.txt (RFC 9309) that lets all crawlers in but those in `denied`, and names sitemaps by their absolute addresses.

    A preview names none, and still lets crawlers in: one that may not read a page never sees that the page asks not to be
    indexed, and lists its bare address all the same (Google, "Block Search indexing with noindex").
    """
    groups = [["User-agent: *", "Disallow:"]]
    if denied:
        groups.append([*(f"User-agent: {name}" for name in denied), "Disallow: /"])
    if sitemaps:
        groups.append([f"Sitemap: {address}" for address in sitemaps])
    return ("\n\n".join("\n".join(group) for group in groups) + "\n").encode()


def _location(address: str) -> str:
    return f"<loc>{escape(address, _QUOTES)}</loc>"


def _news_language(code: str) -> str:
    """A BCP 47 code as a news sitemap has it: its language alone, as ISO 639 has it, and Chinese as `zh-cn` or `zh-tw`."""
    language, *rest = code.split("-")
    if language == "zh":
        return "zh-tw" if any(part in _TRADITIONAL for part in rest) else "zh-cn"
    return language
