"""What stands at the addresses of merged tags: pages that lead on to the tag as it is called now, and its feed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ssg import merged_tags
from ssg.archive import Archive, last_numbered
from ssg.model import Page, Place
from ssg.pages.feeds import in_formats
from ssg.slugs import slug_of

_CLAIM = Place("site.toml")


def pages(archive: Archive) -> Iterator[Page]:
    """For each merged tag whose new name has a page: its front, as many numbered pages as it would have, and its feed.

    A feed is about the tag as it is called now, and behind that stands its old name.
    """
    table = archive.settings.merged_tags
    if not table:
        return
    steps = merged_tags.steps(table)
    for language, edition in archive.editions.items():
        counts: Counter[str] = Counter()
        for article in edition.articles:
            if article.merged_tags:
                counts.update({slug for old in article.merged_tags for slug in (old, *map(slug_of, steps[old][:-1]))})
        for name in table:
            old = slug_of(name)
            new = slug_of(steps[old][-1])
            if new not in edition.groups["tag"]:
                continue
            front, onward = archive.addresses.term(language, "tag", old), archive.addresses.term(language, "tag", new)
            last = last_numbered(counts[old], archive.settings.page_size)
            for number in range(last + 2 if last else 1):  # behind the last one stood a page that led on already
                yield Page(archive.addresses.numbered(language, front, number), "moved", language, (onward,), _CLAIM)
            yield from in_formats(archive, language, front, ("tag", new, name), _CLAIM)
