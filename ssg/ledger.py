"""The ledger: every address that was ever published, in a file of the site's repository.

A build that would let one of them die stops, until it leads on or is let go. `ssg ledger` writes the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from ssg.addresses import clean_address
from ssg.archive import Archive
from ssg.model import Page, Place, Problem
from ssg.pages import rules
from ssg.pages.rules import answered
from ssg.problems import problem, stop

FILE = "ledger.txt"
_SHOWN = 10  # addresses that are named one by one; a new pattern may lose all

# What readers, feed readers, search engines and researchers keep. Others serve pages, lead on, or come and go: there are picks
# of the desk, or there are none.
_KEPT = {
    *("front", "article", "page", "latest", "term", "story", "terms", "corrections", "year", "month", "day", "file"),
    *("archive", "every_day", "statistics", "index", "search"),
    *("feed", "archived_feed", "feed_list", "moved", "rules", "article_data", "month_data", "data_schema", "data_index"),
}
_FOR_THE_HOST = {rules.ADDRESS, "/_headers"}
_HEAD = "# Every address that this site has published, one on each line. Written by `ssg ledger`; a build reads it.\n"


def read(root: Path) -> dict[str, int]:
    """The addresses of the ledger of a site, each with its line; none where there is no ledger.

    Raises BuildStopped (`ledger.bad`, `file.unreadable`).
    """
    try:
        text = (root / FILE).read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise stop(Place(FILE), "file.unreadable", f"the ledger cannot be read: {error}") from None
    found: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#") or not line.strip():
            continue
        if not line.startswith("/"):
            raise stop(Place(FILE, number), "ledger.bad", f"{line[:80]!r} is no address: it does not begin with a slash")
        found.setdefault(line, number)
    return found


def written(known: Iterable[str], plan: Iterable[Page]) -> str:
    """The text of a ledger that has what was `known`, and what is published now."""
    kept = [page for page in plan if page.kind in _KEPT]
    addresses = {*known, *answered(kept)} - _FOR_THE_HOST
    return _HEAD + "".join([f"{address}\n" for address in sorted(addresses)])


def lost(known: dict[str, int], archive: Archive, plan: Sequence[Page]) -> Iterator[Problem]:
    """Every address of the ledger at which nothing would stand.

    But for those that `redirects` lets go, and those that went with an article that was withdrawn, or expired and is hidden.
    """
    if not known:
        return
    now = answered(plan) | archive.settings.redirects.keys()
    gone = _gone(archive)
    dead = [(address, line) for address, line in known.items() if address not in now and not _went(address, gone)]
    for address, line in dead[:_SHOWN]:
        yield problem(Place(FILE, line), "address.lost", f"{address} was published, and nothing would stand there any more")
    if len(dead) > _SHOWN:
        what = f"{len(dead) - _SHOWN:,} more addresses were published, and nothing would stand there any more"
        yield problem(Place(FILE, dead[_SHOWN][1]), "address.lost", what)


def _gone(archive: Archive) -> set[str]:
    """The addresses, old ones too, of articles that are withdrawn or hidden: what lies below has gone with them."""
    every = [article for edition in archive.editions.values() for article in edition.once]
    found = {archive.addresses.of(article) for article in every}
    for alias in (alias for article in every for alias in article.aliases):
        with suppress(ValueError):  # no address, so nothing stood there
            found.add(clean_address(alias))
    return found


def _went(address: str, gone: set[str]) -> bool:
    """Whether an address is one of those that are gone, or lies below one of them."""
    parts = address.split("/")
    return address in gone or any("/".join([*parts[:end], ""]) in gone for end in range(2, len(parts)))
