"""Files as they are: `static/`, and attachments and photos beside the page of their article; and photos made smaller."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ssg.archive import Archive
from ssg.asking import Ask
from ssg.model import Article, Document, Page, Place, Scaled
from ssg.pages.showing import Asset, Copy, Kind, Shown, SmallerPicture
from ssg.reading.pictures import file_behind, images_of


def _pages(archive: Archive) -> Iterator[Page]:
    shown: dict[str, str] = {}  # address -> file
    attached = _by_folder(archive)
    for document in archive.documents:
        if isinstance(document, Article) and document.withdrawn:
            continue
        for image in images_of(document):
            file = file_behind(document.path, image.src)
            if file in archive.sources.photos:
                yield from _once(shown, archive.attachment(document, file), file, Place(document.path, 1))
        for target in document.links:
            file = f"content/{target.to}"
            if target.how != "path" or file not in archive.sources.files:
                continue
            found = archive.links.find(target, document)
            if found and found.document is None:
                yield from _once(shown, found.address, file, Place(document.path, 1))
        if document.bundle:
            for file in attached.get(document.path.rpartition("/")[0], ()):
                yield from _once(shown, archive.attachment(document, file), file, Place(document.path, 1))
    for file in sorted(archive.sources.files):
        if file.startswith("static/"):
            yield from _once(shown, file.removeprefix("static"), file, Place(file))


def _once(shown: dict[str, str], address: str, file: str, claim: Place) -> Iterator[Page]:
    if shown.get(address) != file:  # a second file at one address is a collision, which is reported as any other
        shown.setdefault(address, file)
        yield Page(address, "file", about=(file,), claim=claim)


def _by_folder(archive: Archive) -> dict[str, list[str]]:
    """The attachments below each folder that is an article's own, in order. A draft's folder keeps its files to itself."""
    sources = archive.sources
    every: tuple[Document, ...] = (*sources.articles, *sources.pages, *sources.notes)
    bundles = {document.path.rpartition("/")[0] for document in every if document.bundle}
    inside: dict[str, list[str]] = defaultdict(list)
    for file in sorted(archive.sources.files):
        folder = file.rpartition("/")[0]
        while folder:
            if folder in bundles:
                inside[folder].append(file)
                break
            folder = folder.rpartition("/")[0]
    return inside


def _show(page: Page, ask: Ask) -> Shown:
    file = str(page.about[0])
    return Copy(*ask.file(file))


def _smaller(archive: Archive) -> Iterator[Page]:
    shown: set[str] = set()
    for document in archive.documents:
        if isinstance(document, Article) and document.withdrawn:
            continue
        for image in images_of(document):
            photo = archive.photo_file(document, image)
            if photo is None or not (made := archive.smaller(photo)):
                continue
            address = archive.attachment(document, photo.path)
            if address in shown:
                continue
            shown.add(address)
            for one, name in made:
                beside = f"{address.rpartition('/')[0]}/{name}"
                yield Page(beside, "photo", about=(photo.path, one.width, one.type), claim=Place(document.path, image.line))


def _show_smaller(page: Page, ask: Ask) -> Shown:
    path, width, type = page.about
    return SmallerPicture(*ask.photo_file(str(path)), Scaled(int(width), str(type)))


def _assets(archive: Archive) -> Iterator[Page]:
    for path in archive.sources.assets:
        yield Page(archive.addresses.asset(path), "asset", about=(path,))


def _show_asset(page: Page, _: Ask) -> Shown:
    return Asset(str(page.about[0]))


FILE = Kind("file", _pages, _show)
PHOTO = Kind("photo", _smaller, _show_smaller)
ASSET = Kind("asset", _assets, _show_asset)
