"""OPML: the list of all feeds of a site, which a feed reader takes in at once."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree

from ssg.rendering.feeds.items import cleared

Group = tuple[str, tuple[tuple[str, str, str], ...]]  # its name, and for each feed its name, its address and its page's


def opml(title: str, groups: Iterable[Group]) -> bytes:
    """A list of feeds as OPML 2.0 (opml.org/spec2): each group an outline of its own, or, without a name, on the outermost
    level. All addresses are absolute.
    """
    root = ElementTree.Element("opml", version="2.0")
    ElementTree.SubElement(ElementTree.SubElement(root, "head"), "title").text = cleared(title)
    body = ElementTree.SubElement(root, "body")
    for group, feeds in groups:
        outer = ElementTree.SubElement(body, "outline", text=cleared(group)) if group else body
        for name, address, page in feeds:
            words = cleared(name) or page
            feed = {"type": "rss", "text": words, "title": words, "xmlUrl": address, "htmlUrl": page}
            ElementTree.SubElement(outer, "outline", feed)
    written: bytes = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written + b"\n"
