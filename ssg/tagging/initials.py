"""Acronyms and the names whose initials they are, where the articles bear it out: PBB, Perserikatan Bangsa-Bangsa."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from ssg.tagging.tags import Tag, Texts

_LATEST = 20  # articles of a tag whose texts are looked into
_SURE = 3  # letters from which on an acronym hardly stands for two names; AS may be Arab Saudi
_LONGEST = 8
_SMALL = frozenset({"dan", "di", "ke", "dari", "untuk", "atas", "and", "at", "for", "from", "in", "of", "on", "the", "to"})


def by_initials(tags: Sequence[Tag], text: Texts) -> Iterator[tuple[Tag, Tag]]:
    """Each acronym with the name that it stands for, as the texts of their newest articles tell.

    That is sure where a text introduces one by the other: `Perserikatan Bangsa-Bangsa (PBB)`. An acronym of three capital
    letters or more, of which one name alone has the initials, is one with it also if half the articles of either tag have
    both tags, or tell of the other by name.
    """
    names: dict[str, list[Tag]] = defaultdict(list)
    for tag in tags:
        if len(tag.words) > 1:
            for initials in {"".join(word[0] for word in words) for words in (tag.words, _great(tag.words))}:
                names[initials].append(tag)
    for acronym in tags:
        if _may_be_acronym(acronym):
            found = names.get(acronym.slug, ())
            introduced = [name for name in found if _introduced(acronym, name, text)]
            if introduced:
                yield acronym, introduced[0]
            elif len(found) == 1 and len(acronym.slug) >= _SURE and acronym.name.isupper() and _of_one(acronym, found[0], text):
                yield acronym, found[0]


def _may_be_acronym(tag: Tag) -> bool:
    """PBB and CoE may be one, and so may `coe` where tags are written in small letters; Top is a word."""
    capitals = sum(map(str.isupper, tag.name))
    return len(tag.words) == 1 and 1 < len(tag.slug) <= _LONGEST and tag.slug.isalpha() and capitals != 1


def _great(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in _SMALL)


def _spelt(tag: Tag) -> str:
    """The tag's name as a pattern: whatever signs part its words."""
    return r"\W+".join(map(re.escape, tag.name.replace("-", " ").split()))


def _introduced(acronym: Tag, name: Tag, text: Texts) -> bool:
    short, long = _spelt(acronym), _spelt(name)
    between = r"(?:\W{0,2}\(\W?|,? (?:atau|or|disingkat|yang disingkat) \W?)"
    pattern = re.compile(rf"\b{long}{between}({short})\b|\b({short}){between}{long}\b", re.IGNORECASE)
    texts = (text(article) for tag in (acronym, name) for article in tag.articles[-_LATEST:])
    found = (match[1] or match[2] for written in texts for match in pattern.finditer(written))
    return any(sum(map(str.isupper, letters)) > 1 for letters in found)


def _of_one(acronym: Tag, name: Tag, text: Texts) -> bool:
    paths = {article.path for article in name.articles}
    together = sum(article.path in paths for article in acronym.articles)
    if 2 * together >= min(acronym.count, name.count):
        return True
    for tag, other, flags in ((acronym, name, re.IGNORECASE), (name, acronym, 0)):
        pattern = re.compile(rf"\b{_spelt(other)}\b", flags)
        latest = tag.articles[-_LATEST:]
        if 2 * sum(bool(pattern.search(f"{article.title} {text(article)}")) for article in latest) >= len(latest):
            return True
    return False
