"""The source files: which ones there are below `content/`, and of which kind each is by its place."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Literal

import msgspec

from ssg.model import Place, Problem
from ssg.problems import problem
from ssg.reading.text import compose

CONTENT = "content"
STATIC = "static"

_LEFT_OUT = re.compile(r"^[.#]|~$")
_LEFT_OUT_OF_STATIC = re.compile(r"^\.(?:DS_Store|gitkeep|gitignore)$|~$")

Kind = Literal["article", "page", "tag", "editor", "section", "region", "story"]
_RESERVED: dict[str, Kind] = {
    "pages": "page",
    "tags": "tag",
    "editors": "editor",
    "sections": "section",
    "regions": "region",
    "stories": "story",
}

_BAD_NAME = re.compile("[\x00-\x1f\x7f\\\\]")
_NOT_UTF8 = re.compile("[\ud800-\udfff]")  # how Python shows the bytes of a name that is not UTF-8 (PEP 383)


Stat = tuple[int, int, int, int]  # size in bytes, time of change and time of change of its entry in nanoseconds, inode
UNKNOWN: Stat = (-1, 0, 0, 0)


class SourceFile(msgspec.Struct, frozen=True, order=True, gc=False):
    """One file below `content/`.

    `path` is relative to the site's folder, in Unicode's composed form, with `/`; `disk` is the same as the file system has it.
    """

    path: str
    disk: str
    stat: Stat = UNKNOWN

    @property
    def folder(self) -> str:
        """The folder in which it stands, relative to the site's folder."""
        return self.path.rpartition("/")[0]


class Sources(msgspec.Struct, frozen=True):
    """All files below `content/`, each tuple sorted by path.

    `notes` describe a tag, editor, section, region or story; `attachments` are all files that are not Markdown; `skipped` are
    list pages of other generators (`_index.md`), which are neither read nor published.
    """

    articles: tuple[SourceFile, ...] = ()
    pages: tuple[SourceFile, ...] = ()
    notes: tuple[SourceFile, ...] = ()
    attachments: tuple[SourceFile, ...] = ()
    skipped: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def find(root: Path, languages: Collection[str] = ()) -> Sources:
    """The files of the site in the folder `root`; `languages` are the codes of its further languages (`content/en/`).

    Names that begin with a dot and editors' backups (`~`, `#`) are left out. A symbolic link to a file in `content/` is
    followed; one that leads elsewhere, or to a folder, is a Problem. The order of the file system has no say.
    """
    problems: list[Problem] = []
    by_path: dict[str, SourceFile] = {}
    for file in sorted(_walk(root, problems, CONTENT, _LEFT_OUT.search)):
        first = by_path.setdefault(file.path, file)
        if first is not file:
            what = "another file in this folder has the same name, its letters composed in another way (Unicode NFC)"
            problems.append(problem(Place(file.path), "address.collision", what, "Rename or delete one of the two."))
    articles: list[SourceFile] = []
    pages: list[SourceFile] = []
    notes: list[SourceFile] = []
    attachments: list[SourceFile] = []
    skipped: list[str] = []
    kinds: dict[str, Kind] = {}  # of the Markdown files in a folder
    for path, file in by_path.items():
        if not is_markdown(path):
            attachments.append(file)
            continue
        folder, _, name = path.rpartition("/")
        if name.startswith("_index."):
            skipped.append(path)
        else:
            kind = kinds.get(folder) or kinds.setdefault(folder, kind_of(path, languages))
            (articles if kind == "article" else pages if kind == "page" else notes).append(file)
    return Sources(tuple(articles), tuple(pages), tuple(notes), tuple(attachments), tuple(skipped), tuple(sorted(problems)))


def is_markdown(path: str) -> bool:
    """Whether the file is read as Markdown, by its name."""
    return path[-3:].casefold() == ".md"


def kind_of(path: str, languages: Collection[str] = ()) -> Kind:
    """What a Markdown file is, by the folder in which it stands (`content/pages/`, `content/en/tags/`)."""
    parts = path.split("/", 3)[1:]
    if len(parts) > 1 and parts[0] in languages:
        parts = parts[1:]
    return _RESERVED.get(parts[0], "article") if len(parts) > 1 else "article"


def folder_of(kind: Kind) -> str:
    """The folder in `content/` whose Markdown files are of a kind. Raises KeyError for articles, which stand anywhere else."""
    return {kind: folder for folder, kind in _RESERVED.items()}[kind]


def language_of(path: str, languages: Collection[str]) -> str:
    """The further language in whose folder (`content/en/`) a file stands, or ""."""
    parts = path.split("/", 2)
    return parts[1] if len(parts) > 2 and parts[1] in languages else ""


def key_of(path: str) -> str:
    """The path of a Markdown file below `content/` without its suffix; a folder's `index.md` has the folder's."""
    key = path.removeprefix(f"{CONTENT}/")[:-3]
    return key.removesuffix("/index")


def is_bundle(path: str) -> bool:
    """Whether the file stands as `index.md` in a folder of its own below `content/`."""
    return path.endswith("/index.md") and path.count("/") > 1


def find_static(root: Path) -> tuple[tuple[SourceFile, ...], tuple[Problem, ...]]:
    """The files below `static/`, sorted by path, and what is wrong with them. Names with a dot count (`.well-known/`)."""
    problems: list[Problem] = []
    files = sorted(_walk(root, problems, STATIC, _LEFT_OUT_OF_STATIC.search))
    return tuple(files), tuple(sorted(problems))


def _walk(root: Path, problems: list[Problem], top: str, left_out: Callable[[str], object]) -> Iterator[SourceFile]:
    inside = os.path.realpath(root / top)
    if not (root / top).is_dir():
        return
    folders = [(top, top)]
    while folders:
        path, disk = folders.pop()
        try:
            with os.scandir(root / disk) as entries:
                for entry in entries:
                    name = entry.name
                    if left_out(name):
                        continue
                    here = f"{path}/{name if name.isascii() else compose(name)}"
                    if wrong := _wrong_name(here, name):
                        problems.append(wrong)
                    elif entry.is_dir(follow_symlinks=False):
                        folders.append((here, f"{disk}/{name}"))
                    elif entry.is_file(follow_symlinks=False) or _leads_inside(entry, here, inside, problems):
                        yield SourceFile(here, f"{disk}/{name}", _stat(entry))
        except OSError as error:
            problems.append(problem(Place(path), "file.unreadable", f"the folder cannot be read: {error.strerror}"))


def _stat(entry: os.DirEntry[str]) -> Stat:
    try:
        found = entry.stat()
    except OSError:  # whoever reads it will say why
        return UNKNOWN
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def _wrong_name(path: str, name: str) -> Problem | None:
    if name.isascii() and name.isprintable() and "\\" not in name:
        return None
    if _NOT_UTF8.search(name):
        shown = path.encode(errors="surrogateescape").decode(errors="backslashreplace")
        return problem(Place(shown), "file.unreadable", "the file's name is not UTF-8", "Rename the file.")
    if _BAD_NAME.search(name):
        shown = _BAD_NAME.sub(lambda sign: f"\\x{ord(sign[0]):02x}", path)
        return problem(
            Place(shown), "address.escape", "the file's name holds a backslash or a control character", "Rename the file."
        )
    return None


def _leads_inside(entry: os.DirEntry[str], path: str, inside: str, problems: list[Problem]) -> bool:
    """Whether a name that is neither file nor folder is a link to a file in the same top folder; if not, it is a Problem."""
    target = os.path.realpath(entry.path)
    if not entry.is_symlink():
        problems.append(
            problem(Place(path), "file.unreadable", "this is neither a file nor a folder", "Take it out of this folder.")
        )
    elif target != inside and not target.startswith(inside + os.sep):
        what = f"the symbolic link leads out of {path.partition('/')[0]}/"
        problems.append(problem(Place(path), "address.escape", what, "Put a copy of the file in its place."))
    elif not Path(target).exists():
        what = "the symbolic link leads to nothing"
        problems.append(problem(Place(path), "file.unreadable", what, "Delete the link, or put the file back."))
    elif not Path(target).is_file():
        what = "the symbolic link leads to a folder; only links to files are followed"
        problems.append(problem(Place(path), "file.unreadable", what, "Move the folder to where the link stands."))
    else:
        return True
    return False
