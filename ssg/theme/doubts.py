"""What is doubtful in the files that a site has of its theme: what nothing asks for, and labels whose braces are not right."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path, PurePosixPath
from string import Formatter

import msgspec

from ssg.model import Place, Problem
from ssg.problems import nearest, problem
from ssg.theme.files import Toml, below, place_of, shipped

# The labels that no template need ask for: texts do, and the feed of corrections.
OF_TEXTS_AND_FEEDS = frozenset({"read_also", "play_video", "correction", "withdrawal", "all_corrections", "every_correction"})

_UNREAD = re.compile(r"\{#.*?#\}|\{%[-+]?\s*raw\b.*?\bendraw\s*[-+]?%\}", re.DOTALL)
_BLOCK = re.compile(r"\{%[-+]?\s*(?:block\s+(\w+)|(endblock)\b)")
_EXTENDS = re.compile(r"\{%[-+]?\s*extends\b\s*(?:[\"']([^\"']+)[\"']\s*[-+]?%\})?")
_QUOTED = re.compile(r"\"([^\"\n]*)\"|'([^'\n]*)'")
_BEGINNING = re.compile(r"[\"']([^\"'\n]+)[\"']\s*~")
_OPEN_LABEL = re.compile(r"\blabel\(\s*[^\s\"')]")  # which label it asks for shows only on the page


class Translation(msgspec.Struct, frozen=True):
    """A file of labels: the number of its folder in the chain (0: the nearest), its language, what it says."""

    folder: int
    language: str
    toml: Toml

    def text(self, key: str) -> str | None:
        """A label of it."""
        found = self.toml.data.get(key)
        return found if isinstance(found, str) else None


class _Source(msgspec.Struct, frozen=True):
    """A template as written, without its comments: which one it extends ("": none, None: that shows only on the page)."""

    path: str
    text: str

    @classmethod
    def read(cls, root: Path, file: Path) -> _Source:
        text = file.read_text(encoding="utf-8", errors="replace")
        return cls(place_of(root, file), _UNREAD.sub(lambda found: "\n" * found[0].count("\n"), text))

    @property
    def extends(self) -> tuple[str | None, int]:
        found = _EXTENDS.search(self.text)
        return (found[1], self.line(found.start())) if found else ("", 0)

    def blocks(self) -> Iterator[tuple[str, int, int]]:
        """Each block's name, its line, and how many stand around it."""
        depth = 0
        for found in _BLOCK.finditer(self.text):
            if found[1]:
                yield found[1], self.line(found.start()), depth
            depth = depth + 1 if found[1] else max(0, depth - 1)

    def line(self, at: int) -> int:
        return self.text.count("\n", 0, at) + 1


def look(
    root: Path,
    folders: Sequence[str],
    translations: Sequence[Translation],
    template: Callable[[str], Path | None],
    languages: Collection[str],
) -> Iterator[Problem]:
    """All doubts about the theme of the site in `root`, whose `folders` stand nearest first.

    `template` finds a template's file by its name; `languages` are the site's (none: they are not looked at).
    """
    yield from _braces(translations)
    own = [number for number, folder in enumerate(folders) if _is_own(root, Path(folder))]
    sources = {
        (number, name): _Source.read(root, Path(folders[number], "templates", name))
        for number in own
        for name in below(Path(folders[number], "templates"))
    }
    asked = {found[1] or found[2] or "" for source in sources.values() for found in _QUOTED.finditer(source.text)}
    for number in own:
        mine = {name: source for (of, name), source in sources.items() if of == number}
        yield from _templates(
            mine, {name for folder in folders[number + 1 :] for name in below(Path(folder, "templates"))}, asked
        )
        for source in mine.values():
            yield from _parents(root, source, template)
        yield from _labels(number, translations, asked, [source.text for source in sources.values()])
        yield from _translations(root, Path(folders[number], "translations"), number, translations, languages)


def _is_own(root: Path, folder: Path) -> bool:
    return folder.is_relative_to((root / "themes").resolve()) and not folder.is_relative_to(shipped().resolve())


def _unused(place: Place, what: str, mend: str) -> Problem:
    return problem(place, "theme.unused", what, mend)


# -- templates


def _templates(mine: dict[str, _Source], further: set[str], asked: set[str]) -> Iterator[Problem]:
    """Those that neither a page nor a template asks for, and that are called nearly as one that is."""
    asked = {name.rpartition(":")[2] for name in asked}
    spoken = {PurePosixPath(name).stem: name for name in further} | {name.removesuffix(".html"): name for name in further}
    for name, source in mine.items():
        if name.endswith(".html") and name not in further and name not in asked:
            near = nearest(name.removesuffix(".html"), spoken)
            if near:
                mend = f"Did you mean {spoken[near]}? Give the file that name, or take it out."
                yield _unused(Place(source.path), "no page and no template asks for this template", mend)


def _parents(root: Path, source: _Source, template: Callable[[str], Path | None]) -> Iterator[Problem]:
    """Blocks that no template above knows, so that they are never shown; and a template that extends itself."""
    name, line = source.extends
    known: list[str] = []
    above, seen = source, {source.path}
    while name:
        file = template(name)
        if file is None:
            return  # `template.missing` tells it
        above = _Source.read(root, file)
        if above.path in seen:
            yield _circle(source, name, line)
            return
        seen.add(above.path)
        known += [block for block, _, _ in above.blocks()]
        name, _ = above.extends
    if name is None or above is source:
        return
    for block, at, depth in source.blocks():
        if not depth and block not in known:
            near = nearest(block, known)
            mend = f"Did you mean {near}?" if near else f"There are: {', '.join(sorted(set(known)))}."
            yield _unused(Place(source.path, at), f"no template above has a block {block}, so it is not shown", mend)


def _circle(source: _Source, name: str, line: int) -> Problem:
    what = f"the template extends itself: {name!r} is this very file"
    mend = f'To extend the one that came, name its theme: {{% extends "default:{name.rpartition(":")[2]}" %}}'
    return problem(Place(source.path, line), "template.fault", what, mend)


# -- labels


def _braces(translations: Sequence[Translation]) -> Iterator[Problem]:
    """Labels in whose braces something else stands than in those of the label that came."""
    for one in translations:
        for key in one.toml.data:
            came = _came(one, key, translations)
            wanted = None if came is None else braces(came)
            if wanted is not None and (text := one.text(key)) is not None:
                assert came is not None
                yield from _compared(one.toml.place(key), key, braces(text), wanted, came)


def _came(one: Translation, key: str, translations: Sequence[Translation]) -> str | None:
    """The label that another stands for: of the same language if there is one, else of any."""
    further = [other for other in translations if other.folder > one.folder]
    further.sort(key=lambda other: (other.language != one.language, other.folder))
    return next((text for other in further if (text := other.text(key)) is not None), None)


def _compared(place: Place, key: str, own: set[str] | None, wanted: set[str], came: str) -> Iterator[Problem]:
    may = ", ".join(f"{{{name}}}" for name in sorted(wanted))
    write = f"In braces may stand {may}, as in {came!r}." if may else "Nothing is filled in here: write it without braces."
    if own is None:
        yield problem(place, "label.bad", f"the braces of the label {key!r} do not come in pairs", write)
        return
    for name in sorted(own - wanted):
        yield problem(place, "label.bad", f"the label {key!r} has {{{name}}}, and nothing of that name is filled in", write)
    if own <= wanted:
        for name in sorted(wanted - own):
            what = f"the label {key!r} lacks {{{name}}}, which is filled in there"
            yield problem(place, "label.incomplete", what, f"Put {{{name}}} where it is to stand, as in {came!r}.")


def braces(text: str) -> set[str] | None:
    """What stands in the braces of a label; None if they do not come in pairs."""
    try:
        parts = [part for part in Formatter().parse(text) if part[1] is not None]
    except ValueError:
        return None
    return {f"{name}{'!' if how else ''}{how or ''}{':' if spec else ''}{spec or ''}" for _, name, spec, how in parts}


def _labels(number: int, translations: Sequence[Translation], asked: set[str], sources: list[str]) -> Iterator[Problem]:
    """Labels that no theme further away has and no template of the site's own asks for."""
    further = {key for one in translations if one.folder > number for key in one.toml.data}
    if not further:
        return  # a theme that stands alone: which labels it asks for shows only on its pages
    known = further | asked | OF_TEXTS_AND_FEEDS
    beginnings = tuple(found[1] for text in sources for found in _BEGINNING.finditer(text))
    unclear = any(_OPEN_LABEL.search(text) for text in sources)
    for one in translations:
        for key in one.toml.data if one.folder == number else ():
            if key in known or key.startswith(beginnings):
                continue
            near = nearest(key, sorted(further))
            if near or not unclear:
                mend = f"Did you mean {near}?" if near else "`ssg theme copy id.toml` shows all that there are."
                yield _unused(one.toml.place(key), f"no template asks for the label {key!r}", mend)


def _translations(
    root: Path, folder: Path, number: int, translations: Sequence[Translation], languages: Collection[str]
) -> Iterator[Problem]:
    """Files of labels that are not read, or whose language neither the site nor a theme further away has."""
    further = {one.language for one in translations if one.folder > number}
    known = further | set(languages) | {code.partition("-")[0] for code in languages}
    for name in below(folder):
        stem, suffix = PurePosixPath(name).stem, PurePosixPath(name).suffix
        place = Place(place_of(root, folder / name))
        if suffix != ".toml" or "/" in name:
            mend = f'Write them into translations/{stem}.toml, a line `name = "text"` for each.'
            yield _unused(place, "labels are read from .toml files alone", mend)
        elif languages and further and stem not in known:
            mend = f"Call the file {' or '.join(f'{code}.toml' for code in languages)}, or add [languages.{stem}] to site.toml."
            yield _unused(place, f"the site has no language {stem!r}", mend)
