"""The fields of front matter: values with a type, and a Problem for each that has another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from difflib import get_close_matches
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from ssg import dates
from ssg.model import Correction, Image, Place, Problem, Source, Withdrawal
from ssg.problems import problem
from ssg.reading.frontmatter import FrontMatter
from ssg.reading.keys import Keys, near_miss
from ssg.reading.metadata import Value
from ssg.reading.text import plain

PICKED = 1_000_000  # the rank of `pick: true`: after all that have a number

_YES = frozenset({"yes", "true", "on", "1"})
_NO = frozenset({"no", "false", "off", "0"})
_PARTED_BY_COMMAS = frozenset({"tags", "editor", "author", "region"})  # archives write these in one line
_DEGREE = re.compile(r"(?:[A-Z][A-Za-z]{0,4}\.)+[A-Za-z]{0,5}\.?")  # S.H., M.Si., Ph.D. go with the name before them
_WEB = ("http", "https")


class Fields:
    """The typed values of one front matter.

    What cannot be typed is noted in `problems` and is then as if it were not written.
    """

    def __init__(self, front: FrontMatter, path: str, keys: Keys, zone: ZoneInfo) -> None:
        self.problems: list[Problem] = []
        self._front = front
        self._path = path
        self._keys = keys
        self._zone = zone

    # -- where it stands

    def lines(self) -> dict[str, int]:
        """For each key of ours that is written, the line on which it (or the archive's key for it) stands."""
        found = {}
        for key, names in self._keys.read.items():
            for name in names:
                if name in self._front.values:
                    found[key] = self._line(name)
                    break
        return found

    def line(self, key: str) -> int:
        """The line of a key of ours, or of the front matter's opening if it is not written."""
        return next((self._line(name) for name in self._keys.read[key] if name in self._front.values), self._front.line)

    def extra(self) -> dict[str, object]:
        """The unknown keys with their values, as read; a near miss of a known key is a Problem `key.misspelt`."""
        unknown: dict[str, object] = {key: value for key, value in self._front.values.items() if key not in self._keys.known}
        for key in unknown:
            if meant := self._keys.near_miss(key):
                self._misspelt(key, meant, self._line(key))
        return unknown

    # -- single values

    def text(self, key: str) -> str:
        """The first text that is not empty, its white space folded; "" if there is none."""
        return next(filter(None, (self._text(name, value) for name, value in self._written(key))), "")

    def headline(self, key: str) -> str:
        """As `text`, without HTML: tags taken out, entities resolved."""
        return plain(self.text(key))

    def text_or_none(self, key: str) -> str | None:
        """As `text`, but None if nothing is written; an empty text in quotes is written."""
        found = [self._text(name, value) for name, value in self._written(key)]
        return next(filter(None, found), found[0] if found else None)

    def flag(self, key: str) -> bool:
        """Yes or no (yes, true, on, 1; no, false, off, 0), in quotes or not; False if nothing is written."""
        name, written = self._first(key)
        word = written.casefold()
        if word and word not in _YES and word not in _NO:
            self._bad(name, f"`{written}`", "yes or no", f"Write `{name}: true` or `{name}: false`.")
        return word in _YES

    def number(self, key: str) -> int:
        """A whole number; 0 if none is written."""
        name, written = self._first(key)
        try:
            return int(written or "0")
        except ValueError:
            self._bad(name, f"`{written}`", "a whole number", f"Write for instance `{name}: 10`.")
            return 0

    def pick(self, key: str) -> int:
        """The rank of a pick, 1 first; `PICKED` for a mere yes, 0 for none."""
        name, written = self._first(key)
        word = written.casefold()
        if word.isascii() and word.isdecimal() and len(word) < 7:
            return int(word)
        if word and word not in _YES and word not in _NO:
            self._bad(
                name, f"`{written}`", "yes, no or a rank from 1", f"Write `{name}: true`, or a place such as `{name}: 1`."
            )
        return PICKED if word in _YES else 0

    def moment(self, key: str) -> datetime | None:
        """A date, aware and in the site's zone; None if none is written, or with a Problem if it is not one."""
        name, written = self._first(key)
        return self._moment(name, written, self._line(name)) if written else None

    def web_address(self, key: str) -> str:
        """An http or https address; "" if none is written."""
        name, written = self._first(key)
        if not written or is_web(written):
            return written
        self._bad(name, f"`{written}`", "a web address", f"Write `{name}: https://...`.")
        return ""

    # -- lists

    def texts(self, key: str) -> tuple[str, ...]:
        """Texts in the order written, each once, without HTML. A single text is a list of one.

        In the keys that archives write in one line (tags, editor, author, region) it is parted at its commas.
        """
        found: dict[str, None] = {}
        for name, value in self._written(key):
            for item in value if isinstance(value, list) else self._parted(key, value):
                if item is not None and not isinstance(item, str):
                    self._bad(name, _shape(item), "a text", f"Write `{name}: [one, two]`.")
                elif item and (text := plain(item)):
                    found[text] = None
        return tuple(found)

    def people(self, key: str) -> tuple[str, ...]:
        """Names in the order written, each once; a person may be written as a mapping with a `name`."""
        found: dict[str, None] = {}
        for name, value in self._written(key):
            for item in value if isinstance(value, list) else self._parted(key, value):
                person = item.get("name") if isinstance(item, dict) else item
                if isinstance(item, dict | list) and not (isinstance(person, str) and person.strip()):
                    self._bad(
                        name, _shape(item), "a person's name", f"Write `{name}: M Haidar`, or `{name}: {{name: M Haidar}}`."
                    )
                elif isinstance(person, str) and (text := plain(person)):
                    found[text] = None
        return tuple(found)

    # -- values of several parts

    def source(self, key: str) -> Source | None:
        """Who the news came from: a text, or a mapping of name and url."""
        for name, value in self._written(key):
            if isinstance(value, dict):
                parts = self._parts(name, value, ("name", "url"))
                label, url = plain(parts["name"]), parts["url"]
            else:
                label, url = plain(self._text(name, value)), ""
                if is_web(label):
                    label, url = "", label
            if url and not is_web(url):
                self._bad(f"{name}.url", f"`{url}`", "a web address", "Write `url: https://...`.")
                url = ""
            label = label or (urlsplit(url).hostname or "").removeprefix("www.")
            if label:
                return Source(label, url)
        return None

    def image(self, key: str) -> Image | None:
        """A photo: its `src` as a text, or a mapping of src, alt, caption and credit. Without `src`: `photo.missing`."""
        for name, value in self._written(key):
            if not isinstance(value, dict):
                if src := self._text(name, value):
                    return Image(src, line=self._line(name))
                continue
            parts = self._parts(name, value, ("src", "alt", "caption", "credit"))
            if parts["src"]:
                alt, caption, credit = (plain(parts[part]) for part in ("alt", "caption", "credit"))
                line = self._front.lines.get(f"{name}.src", self._line(name))
                return Image(parts["src"], alt, caption, credit, line)
            if any(
                value.values()
            ):  # other generators name photos by an id: a warning, since nothing else is wrong with the article
                what = f"`{name}` names no photo: it is a mapping without `src`"
                mend = f"Write `{name}: {{src: photo.jpg, alt: ...}}`, or take the key out of [fields] in site.toml."
                self.problems.append(problem(Place(self._path, self._line(name)), "photo.missing", what, mend))
        return None

    def withdrawal(self, key: str) -> Withdrawal | None:
        """A mapping of date and reason."""
        for name, value in self._written(key):
            if found := self._dated(name, value, "reason", self._line(name)):
                return Withdrawal(*found)
        return None

    def corrections(self, key: str) -> tuple[Correction, ...]:
        """A list of mappings of date and text, in the order written; a single one is a list of one."""
        found = []
        for name, value in self._written(key):
            for number, item in enumerate(value if isinstance(value, list) else [value]):
                line = self._front.lines.get(f"{name}.{number}", self._line(name))
                if dated := self._dated(name, item, "text", line):
                    found.append(Correction(*dated))
        return tuple(found)

    # -- how

    def _written(self, key: str) -> Iterator[tuple[str, Value]]:
        """The archive's keys for `key` that say something, with what they say."""
        values = self._front.values
        for name in self._keys.read[key]:
            if (value := values.get(name)) is not None:
                yield name, value

    def _first(self, key: str) -> tuple[str, str]:
        """The first text that is not empty and the key it stands under; ("", "") if there is none."""
        for name, value in self._written(key):
            if text := self._text(name, value):
                return name, text
        return "", ""

    def _text(self, name: str, value: Value) -> str:
        while isinstance(value, list) and len(value) == 1:
            value = value[0]
        if isinstance(value, str):
            return " ".join(value.split())
        if value:
            self._bad(name, _shape(value), "one text", f'Write `{name}: "..."`.')
        return ""

    def _parted(self, key: str, value: Value) -> list[Value]:
        if not isinstance(value, str) or "," not in value or key not in _PARTED_BY_COMMAS:
            return [value]
        parts: list[Value] = []
        for part in value.split(","):
            last = parts[-1] if parts else None
            if isinstance(last, str) and key in ("editor", "author") and _DEGREE.fullmatch(part.strip()):
                parts[-1] = f"{last}, {part.strip()}"
            else:
                parts.append(part)
        return parts

    def _parts(self, name: str, value: dict[str, Value], wanted: tuple[str, ...]) -> dict[str, str]:
        """The texts of a mapping, "" for those that are not written."""
        for part in value:
            if meant := near_miss(part, wanted) or _sounds_like(part, wanted):
                self._misspelt(f"{name}.{part}", f"{name}.{meant}", self._line(f"{name}.{part}"))
        return {part: self._text(f"{name}.{part}", value.get(part)) for part in wanted}

    def _dated(self, name: str, value: Value, wanted: str, line: int) -> tuple[datetime, str] | None:
        """The moment and the text of a mapping of `date` and `wanted`."""
        if not value:
            return None
        parts = self._parts(name, value, ("date", wanted)) if isinstance(value, dict) else {"date": "", wanted: ""}
        words = plain(parts[wanted])
        if not parts["date"] or not words:
            what = (
                _shape(value) if not isinstance(value, dict) else f"a mapping without `{wanted if parts['date'] else 'date'}`"
            )
            mend = f"Write `{name}: {{date: 2021-12-30 19:29, {wanted}: ...}}`."
            self._bad(name, what, f"a mapping of `date` and `{wanted}`", mend, line)
            return None
        moment = self._moment(f"{name}.date", parts["date"], self._front.lines.get(f"{name}.date", line))
        return (moment, words) if moment else None

    def _moment(self, name: str, written: str, line: int) -> datetime | None:
        try:
            return dates.parse(written, self._zone)
        except ValueError as error:
            self.problems.append(problem(Place(self._path, line), "date.bad", f"`{name}: {written}`: {error}"))
            return None

    def _line(self, name: str) -> int:
        return self._front.lines.get(name) or self._front.lines.get(name.partition(".")[0], self._front.line)

    def _bad(self, name: str, what: str, wanted: str, mend: str, line: int = 0) -> None:
        place = Place(self._path, line or self._line(name))
        self.problems.append(problem(place, "field.bad", f"`{name}` is {what}, where {wanted} is asked for", mend))

    def _misspelt(self, key: str, meant: str, line: int) -> None:
        mend = f"Write `{meant}`, or name the key in [fields] of site.toml, or give it a name that is less like `{meant}`."
        what = f"`{key}` is not a key of the program; `{meant}` is"
        self.problems.append(problem(Place(self._path, line), "key.misspelt", what, mend))


def _shape(value: Value) -> str:
    if isinstance(value, dict):
        return "a mapping"
    return f"a list of {len(value)}" if isinstance(value, list) else "a text"


def _sounds_like(part: str, wanted: tuple[str, ...]) -> str:
    """As `near_miss`, for the few keys of a mapping of ours: a word in another language may begin otherwise (`kredit`)."""
    return "" if part in wanted else next(iter(get_close_matches(part.casefold(), wanted, 1, 0.8)), "")


def is_web(written: object) -> bool:
    """Whether a value is a whole http or https address."""
    if not isinstance(written, str):
        return False
    try:
        parts = urlsplit(written)
        return parts.scheme in _WEB and bool(parts.hostname)
    except ValueError:
        return False
