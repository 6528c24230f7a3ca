"""For readers without a connection: a page of each language that lists what they read last, and the script that keeps it.

Both are there if the settings ask for them.
"""

from __future__ import annotations

from collections.abc import Iterator

from ssg.addresses import WORKER as ADDRESS
from ssg.archive import Archive
from ssg.asking import Ask
from ssg.model import Page, Place
from ssg.pages.showing import Kind, Shown, Template, WorkerScript

_CLAIM = Place("site.toml")


def _pages(archive: Archive) -> Iterator[Page]:
    for language in archive.languages if archive.settings.offline else ():
        yield Page(archive.addresses.block(language, "offline"), "offline", language, claim=_CLAIM)


def _show(_: Page, __: Ask) -> Shown:
    return Template(name="offline.html", noindex=True)


def _worker(archive: Archive) -> Iterator[Page]:
    if archive.settings.offline:
        yield Page(ADDRESS, "worker", claim=_CLAIM)


def _show_worker(_: Page, ask: Ask) -> Shown:
    return WorkerScript(ask.kept_offline())


OFFLINE = Kind("offline", _pages, _show)
WORKER = Kind("worker", _worker, _show_worker)
