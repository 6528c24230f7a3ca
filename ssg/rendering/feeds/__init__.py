"""Feeds, in the formats that there are."""

from ssg.rendering.feeds.atom import atom
from ssg.rendering.feeds.items import MOST, Enclosure, Feed, Item
from ssg.rendering.feeds.json_feed import json_feed
from ssg.rendering.feeds.rss import rss

__all__ = ["MOST", "Enclosure", "Feed", "Item", "atom", "json_feed", "rss"]
