"""Links by address: whether anything is published where they lead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import unquote

from ssg.archive import Archive
from ssg.model import Page, Place, Problem
from ssg.pages.rules import answered
from ssg.problems import problem


def dead_ends(archive: Archive, plan: Sequence[Page]) -> Iterator[Problem]:
    """Every link of a text or menu to an address of this site (`/tentang/`) that no page of `plan` has, and every redirect."""
    known = answered(plan)
    for document in archive.documents:
        for target in document.links:
            if target.how == "site" and not _leads_to(target.to, known):
                yield _nowhere(Place(document.path, target.line), target.to)
    settings = archive.settings
    if settings.logo and not _leads_to(settings.logo, known):
        yield _nowhere(Place("site.toml"), settings.logo)
    for menus in (settings.menus, *(language.menus for language in settings.languages.values())):
        for item in (item for menu in menus.values() for item in menu):
            if item.address.startswith("/") and not item.address.startswith("//") and not _leads_to(item.address, known):
                yield _nowhere(Place("site.toml"), item.address)

    for old, new in settings.redirects.items():
        if new.startswith("/") and not _leads_to(new, known):
            yield problem(Place("site.toml"), "link.nowhere", f"{old} leads to {new}, and nothing is published there")


def _leads_to(written: str, known: Iterable[str]) -> bool:
    address = unquote(written.partition("#")[0].partition("?")[0])
    return any(form in known for form in (address, f"{address}/", address.removesuffix("index.html")))


def _nowhere(place: Place, written: str) -> Problem:
    return problem(place, "link.nowhere", f"nothing is published at {written}")
