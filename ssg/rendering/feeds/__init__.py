"""Feeds, in the formats that there are."""

from ssg.rendering.feeds.atom import atom
from ssg.rendering.feeds.items import MOST, Enclosure, Feed, Item
from ssg.rendering.feeds.json_feed import json_feed
from ssg.rendering.feeds.opml import opml
from ssg.rendering.feeds.rss import rss
from ssg.rendering.feeds.style import style_sheet

__all__ = ["MOST", "Enclosure", "Feed", "Item", "atom", "json_feed", "opml", "rss", "style_sheet"]
