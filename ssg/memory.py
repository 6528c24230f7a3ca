"""What one build leaves for the next: which feeds there were, and which articles stood on each numbered page.

It changes no byte of the site; it only lets a build say what has moved or gone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from ssg.addresses import format_of_feed
from ssg.archive import TAXONOMIES, Archive
from ssg.digests import of_value
from ssg.model import Page, Place, Problem
from ssg.pages.feeds import CORRECTIONS
from ssg.pages.lists import members
from ssg.problems import problem
from ssg.reading.sources import folder_of, kind_of
from ssg.slugs import slug_of


def notes_of(archive: Archive, plan: Sequence[Page], before: Mapping[str, str]) -> dict[str, str]:
    """What to keep of this build, for the manifest: no feed of the notes `before` is forgotten, so its loss is told again."""
    notes = {note: text for note, text in before.items() if note.startswith("feed ")}
    notes |= {f"feed {address}": keeper for address, keeper in _feeds(archive, plan).items()}
    numbered = ((page.address, members(archive, page)) for page in plan)
    return notes | {f"list {address}": of_value(ids) for address, ids in numbered if ids}


def feeds_of(notes: Mapping[str, str]) -> set[str]:
    """The addresses of the feeds that stand in the notes of builds, those that have gone since too."""
    return {address for kind, _, address in (note.partition(" ") for note in notes) if kind == "feed"}


def _feeds(archive: Archive, plan: Sequence[Page]) -> dict[str, str]:
    return {page.address: _keeper(archive, page) for page in plan if page.kind == "feed"}


def _keeper(archive: Archive, page: Page) -> str:
    """The file that keeps the feed of a tag and the like whatever becomes of its articles, and behind a blank the name there.

    Of the feed of a whole language the folder, and no name; of that of corrections a file that nobody need write.
    """
    folder = "content/" if page.language == archive.settings.language else f"content/{page.language}/"
    _, *about = page.about
    if not about:
        return folder
    if about[0] == CORRECTIONS:
        return folder + CORRECTIONS
    taxonomy, slug, *merged = about
    group = archive.editions[page.language].groups[next(one for one in TAXONOMIES if one == taxonomy)][str(slug)]
    name = str(merged[0]) if merged else group.name
    return f"{folder}{folder_of(group.taxonomy)}/{slug_of(name) if merged else slug}.md {name}"


def vanished_feeds(before: Mapping[str, str], archive: Archive, plan: Sequence[Page]) -> Iterator[Problem]:
    """The feeds of any earlier build that no page claims now, but for those that site.toml lets go."""
    now = _feeds(archive, plan)
    places = {(keeper.partition(" ")[0], format_of_feed(address)): address for address, keeper in now.items()}
    for note in sorted(before):
        kind, _, address = note.partition(" ")
        if kind == "feed" and address not in now and address not in archive.settings.feeds.gone:
            file, _, name = before[note].partition(" ")
            what = f"the feed {address} was published and is not made any more"
            forget = f"add {json.dumps(address)} to `gone` in [feeds] of site.toml"
            format = format_of_feed(address)
            if format not in archive.addresses.feed_formats:
                mend = f'Add "{format}" to `also` in [feeds] of site.toml; or, if it may go, {forget}.'
                yield problem(Place("site.toml"), "feed.vanished", what, mend)
            elif (file, format) in places:
                what = f"the feed {address} was published and stands at {places[file, format]} now"
                mend = f"Give it its old address again in site.toml; or lead its subscribers on, and {forget}."
                yield problem(Place("site.toml"), "feed.vanished", what, mend)
            elif name:
                taxonomy = kind_of(file, archive.settings.languages)
                title = json.dumps(name, ensure_ascii=False)
                what += f": no article names the {taxonomy} {title} now"
                mend = f"Keep it for its subscribers: a file {file} with the line `title: {title}`."
                if taxonomy == "tag":
                    mend += f" If the tag is called otherwise now: `{title} = ...` in [merged_tags] of site.toml."
                mend += f" If it may go, {forget}."
                yield problem(Place(file), "feed.vanished", what, mend)
            elif file.endswith(f"/{CORRECTIONS}"):
                what += ": no article of its language is corrected or withdrawn now"
                mend = f"A correction stays with its article: bring it back; or, if the feed may go, {forget}."
                yield problem(Place("site.toml"), "feed.vanished", what, mend)
            else:
                yield problem(Place("site.toml"), "feed.vanished", what, f"Bring its language back; if it may go, {forget}.")


def moved(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """The numbered pages, which ought to hold for ever, that show other articles than before, by address."""
    lists = (note for note in before if note.startswith("list "))
    return sorted(note.partition(" ")[2] for note in lists if now.get(note) != before[note])
