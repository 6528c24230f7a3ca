"""The sitemap and robots.txt."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from xml.sax.saxutils import escape

from ssg.rendering.moments import w3c

_QUOTES = {"'": "&apos;", '"': "&quot;"}  # the protocol wants them escaped in text as well


def sitemap(entries: Iterable[tuple[str, datetime | None]]) -> bytes:
    """A sitemap (sitemaps.org, protocol 0.9) of absolute addresses, each with the moment it last changed, in the order given.

    At most 50,000 of them are valid. The moments are aware.
    """
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    for address, changed in entries:
        lastmod = f"<lastmod>{w3c(changed)}</lastmod>" if changed else ""
        lines.append(f"<url><loc>{escape(address, _QUOTES)}</loc>{lastmod}</url>")
    lines.append("</urlset>\n")
    return "\n".join(lines).encode()


def sitemap_index(addresses: Iterable[str]) -> bytes:
    """An index of sitemaps (sitemaps.org, protocol 0.9), by their absolute addresses."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    lines += [f"<sitemap><loc>{escape(address, _QUOTES)}</loc></sitemap>" for address in addresses]
    lines.append("</sitemapindex>\n")
    return "\n".join(lines).encode()


def robots(sitemap_url: str, noindex: bool) -> bytes:
    """A robots.txt (RFC 9309) that lets every crawler in and names the sitemap at the absolute address `sitemap_url`.

    Under `noindex` it names none, and still lets them in: a crawler that may not read a page never sees that the page asks
    not to be indexed, and lists its bare address all the same (Google, "Block Search indexing with noindex").
    """
    lines = ["User-agent: *", "Disallow:"]
    if not noindex:
        lines += ["", f"Sitemap: {sitemap_url}"]
    return ("\n".join(lines) + "\n").encode()
