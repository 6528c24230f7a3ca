"""The rules of `_redirects` and of `[[redirects]]` in `netlify.toml`: where an address leads.

Read as Netlify documents them (docs.netlify.com: "Redirects and rewrites", "Redirect options") and as its own reader,
`@netlify/redirect-parser`, takes them. A line says `FROM [QUERY ...] TO [STATUS][!] [CONDITION ...]`; `#` begins a comment.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, quote, unquote

import msgspec

from ssg.model import Place, Problem
from ssg.problems import problem
from ssg.serve.paths import normal, pattern
from ssg.toml_places import TomlPlaces

MOVES = (301, 302, 303, 307, 308)
REWRITES = (200, 404, 410)

_STATUS = re.compile(r"(\d{3})(!?)")
_PAIR = re.compile(r"([^=\s]+)=(\S*)")
_BLANK = re.compile(r":([A-Za-z_]\w*)")
_CONDITIONS = ("Country", "Language", "Role", "Cookie")


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One rule, in the order of its file: which addresses it is for, where they lead, and with which status.

    `force`: also where a file is published. `query` are parameters that must be there, with a value or a `:blank` for it.
    """

    source: str
    target: str
    status: int = 301
    force: bool = False
    query: tuple[tuple[str, str], ...] = ()
    conditions: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def outside(self) -> bool:
        """Whether it leads to another host."""
        return not self.target.startswith("/")


class Lead(msgspec.Struct, frozen=True):
    """Where a rule leads an address: `to` is encoded, as in a `Location`, and has the query that goes on with it."""

    rule: Rule
    to: str


def read(text: str, file: str) -> tuple[tuple[Rule, ...], tuple[Problem, ...]]:
    """The rules of a text in the format of `_redirects`, and a Problem (`host.rule`) for each line that is none."""
    rules, problems = [], []
    for number, line in enumerate(text.splitlines(), 1):
        words = _before_comment(line.split())
        if not words:
            continue
        try:
            rules.append(_of_line(words))
        except ValueError as wrong:
            problems.append(problem(Place(file, number), "host.rule", str(wrong)))
    return tuple(rules), tuple(problems)


def from_toml(
    entries: Sequence[Mapping[str, Any]], places: TomlPlaces, file: str
) -> tuple[tuple[Rule, ...], tuple[Problem, ...]]:
    """The rules of `[[redirects]]`, and a Problem (`host.rule`) for each table that is none."""
    rules, problems = [], []
    for number, entry in enumerate(entries):
        try:
            rules.append(_of_table(entry))
        except ValueError as wrong:
            problems.append(problem(Place(file, *places.at(("redirects", number))), "host.rule", str(wrong)))
    return tuple(rules), tuple(problems)


def lead(rules: Sequence[Rule], path: str, query: str, languages: Sequence[str], published: bool) -> Lead | None:
    """Where the first rule for an address leads it, or None.

    `path` is decoded, `query` as it came; `languages` are those that the reader wants. Where something is `published` at the
    address, only a rule with `force` has a say. A rule that would lead an address to itself has none.
    """
    given = dict(parse_qsl(query, keep_blank_values=True))
    for rule in rules:
        blanks = _match(rule, path, given, languages)
        if blanks is None:
            continue
        if published and not rule.force:
            return None
        to = _filled(rule.target, blanks)
        if rule.status in MOVES and not rule.outside and normal(unquote(to.partition("?")[0])) == normal(path):
            continue
        if query and "?" not in to and not rule.query:
            to = f"{to}?{query}"
        return Lead(rule, to)
    return None


def _match(rule: Rule, path: str, given: Mapping[str, str], languages: Sequence[str]) -> dict[str, str] | None:
    if not rule.source.startswith("/"):
        return None  # for another host name of the same site
    found = pattern(unquote(rule.source), splat_anywhere=False).fullmatch(normal(path))
    if found is None or not all(_holds(name, values, languages) for name, values in rule.conditions):
        return None
    blanks = {name: value or "" for name, value in found.groupdict().items()}
    for name, wanted in rule.query:
        if name not in given or not (wanted.startswith(":") or wanted == given[name]):
            return None
        if wanted.startswith(":"):
            blanks[wanted[1:]] = given[name]
    return blanks


def _holds(name: str, values: Sequence[str], languages: Sequence[str]) -> bool:
    """Whether a condition holds here, where nobody has signed in and no country is known."""
    if name != "Language":
        return False
    return bool(languages) and any(languages[0].casefold().split("-")[0] == value.casefold().split("-")[0] for value in values)


def _filled(target: str, blanks: Mapping[str, str]) -> str:
    # What a reader's address says is encoded anew, so that it can be nothing but a part of the target's path.
    path = _BLANK.sub(lambda blank: quote(blanks.get(blank[1], blank[0]), safe="/:@!$&'()*+,;=~-._"), target)
    return path if path.startswith(("http://", "https://")) else "/" + path.lstrip("/")


# -- reading


def _of_line(words: list[str]) -> Rule:
    source, *rest = words
    if rest and _STATUS.fullmatch(rest[0]) and source.endswith("/*"):  # without a target it leads to itself
        rest.insert(0, _itself(source))
    at = next((number for number, word in enumerate(rest) if word.startswith(("/", "http://", "https://"))), None)
    if at is None:
        raise ValueError(f"{source} leads nowhere: a target begins with /, http:// or https://")
    query = tuple(_pair(word) for word in rest[:at])
    target, *options = rest[at:]
    written = _STATUS.fullmatch(options[0] if options else "301")
    if written is None:
        raise ValueError(f"{options[0]!r} stands where the status should be, such as 301 or 301!")
    status, force = int(written[1]), bool(written[2])
    conditions = tuple((name, tuple(values.split(","))) for name, values in map(_pair, options[1:]))
    return _checked(Rule(source=source, target=target, status=status, force=force, query=query, conditions=conditions))


class _Table(msgspec.Struct, forbid_unknown_fields=True):
    source: str = msgspec.field(name="from")
    to: str = ""
    status: int = 301
    force: bool = False
    query: dict[str, str] = {}
    conditions: dict[str, list[str] | str] = {}
    headers: dict[str, str] = {}
    signed: str = ""


def _of_table(entry: Mapping[str, Any]) -> Rule:
    try:
        table = msgspec.convert(entry, _Table)
    except msgspec.ValidationError as wrong:
        raise ValueError(f"this is no redirect: {wrong}") from None
    conditions = {name: values.split(",") if isinstance(values, str) else values for name, values in table.conditions.items()}
    return _checked(
        Rule(
            source=table.source,
            target=table.to or _itself(table.source),
            status=table.status,
            force=table.force,
            query=tuple(table.query.items()),
            conditions=tuple((name, tuple(values)) for name, values in conditions.items()),
        )
    )


def _checked(rule: Rule) -> Rule:
    if not rule.source.startswith(("/", "http://", "https://")):
        raise ValueError(f"{rule.source} is no address: it begins with /, http:// or https://")
    if not rule.target.startswith(("/", "http://", "https://")):
        raise ValueError(f"{rule.source} leads nowhere: a target begins with /, http:// or https://")
    if "*" in rule.source.removesuffix("/*"):
        raise ValueError(f"in {rule.source} an asterisk stands elsewhere than as the last part")
    if rule.status not in (*MOVES, *REWRITES):
        raise ValueError(f"{rule.status} is no status for a rule: {', '.join(map(str, (*MOVES, *REWRITES)))}")
    for name, _ in rule.conditions:
        if name not in _CONDITIONS:
            raise ValueError(f"{name} is no condition: {', '.join(_CONDITIONS)}")
    return rule


def _itself(source: str) -> str:
    return f"{source.removesuffix('*')}:splat" if source.endswith("/*") else ""


def _pair(word: str) -> tuple[str, str]:
    pair = _PAIR.fullmatch(word)
    if pair is None:
        raise ValueError(f"{word!r} is neither a target, a status nor a pair NAME=VALUE")
    return pair[1], pair[2]


def _before_comment(words: list[str]) -> list[str]:
    at = next((number for number, word in enumerate(words) if word.startswith("#")), len(words))
    return words[:at]
