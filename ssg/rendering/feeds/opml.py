"""OPML: the list of all feeds of a site, which a feed reader takes in at once."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from ssg.rendering.feeds.items import cleared

Group = tuple[str, tuple[tuple[str, str, str], ...]]  # its name, and for each feed its name, its address and its page's


def opml(title: str, groups: Iterable[Group]) -> bytes:
    """A list of feeds as OPML 2.0 (opml.org/spec2): each group an outline of its own, or, without a name, on the outermost
    level. All addresses are absolute.
    """
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = cleared(title)
    body = etree.SubElement(root, "body")
    for group, feeds in groups:
        outer = etree.SubElement(body, "outline", text=cleared(group)) if group else body
        for name, address, page in feeds:
            words = cleared(name) or page
            etree.SubElement(outer, "outline", type="rss", text=words, title=words, xmlUrl=address, htmlUrl=page)
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written + b"\n"
