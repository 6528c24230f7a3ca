"""The tags that have another name now: `[merged_tags]` of site.toml. What counts of a name is its slug."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from ssg.slugs import slug_of


def steps(table: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """For the slug of each old name the names that it leads to, one after the other; the last is what the tag is called now.

    Where the table has `faults` a way ends before it comes to a name again.
    """
    following = {slug_of(old): new for old, new in table.items()}
    found: dict[str, tuple[str, ...]] = {}
    for slug in following:
        way: dict[str, str] = {}
        at = slug
        while at in following and at not in way:
            way[at] = following[at]
            at = slug_of(way[at])
        found[slug] = tuple(way.values())
    return found


def names_now(table: Mapping[str, str]) -> dict[str, str]:
    """For the slug of each old name what the tag is called now."""
    return {slug: way[-1] for slug, way in steps(table).items()}


def faults(table: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Every line that leads nowhere: its old name, what is wrong, and how to mend it."""
    first: dict[str, str] = {}
    for old, new in table.items():
        slug = slug_of(old)
        if slug in first:
            what = f"{_quoted(old)} is {_quoted(first[slug])} once more, in another spelling"
            yield old, what, "Take one of the two lines out."
        elif slug_of(new) == slug:
            mend = f"Take the line out: all spellings of it are one tag already, and content/tags/{slug}.md can name it."
            yield old, f"{_quoted(old)} is merged into itself: {_quoted(new)} has the same address", mend
        first.setdefault(slug, old)
    told: set[str] = set()
    for slug, way in steps(table).items():
        names = [slug_of(name) for name in way]
        if len(way) > 1 and names[-1] == slug and slug not in told:
            told.update(names)
            circle = " to ".join(_quoted(name) for name in (first[slug], *way))
            yield first[slug], f"these tags lead in a circle: {circle}", "Take out the line of the name that is to stay."


def _quoted(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)
