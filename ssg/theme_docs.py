"""The reference of what a theme may use, made from docstrings and comments: the lower part of `docs/theme.md`."""

from __future__ import annotations

import datetime as dt
import inspect
import re
import typing
from collections.abc import Callable, Iterable, Iterator
from types import UnionType
from typing import Any

import jinja2
import msgspec
from jinja2 import nodes
from markupsafe import Markup

from ssg import model, table_docs
from ssg.asking import Ask, FileSum, Findable, KeptOffline, MonthFile, SearchPart, Site
from ssg.pages.contexts import CONTEXTS
from ssg.rendering.filters import Filters
from ssg.rendering.templates import PageView, Templates
from ssg.theme import shipped
from ssg.theme.files import below
from ssg.theme.manifest import ThemeToml

MARK = "<!-- What follows is made from the code: `make docs` writes it anew. -->\n"

# What no template has: sources, what a text holds before it is filled in, and files that are not made yet.
_SOURCES = {model.Article, model.StandingPage, model.TermNote, model.Target, model.Image}
_MACHINERY = {*_SOURCES, *typing.get_args(model.Hole), FileSum, Findable, KeptOffline, MonthFile, SearchPart}
_FIELD_NOTE = re.compile(r"^    (\w+): [^#\n]*# (.+)$", re.MULTILINE)
_COMMENT = re.compile(r"\{#-?(.*?)-?#\}", re.DOTALL)
_MACRO = re.compile(r"\{#-?((?:(?!#\}).)*?)-?#\}\s*\{%-?\s*macro (\w+\(.*?\))\s*-?%\}", re.DOTALL)


def renewed(page: str) -> str:
    """`docs/theme.md` with its generated part as the code is now; what stands above MARK is kept. ValueError without MARK."""
    guide, mark, _ = page.partition(MARK)
    if not mark:
        raise ValueError("docs/theme.md has lost the line below which it is made from the code")
    return guide + mark + "\n" + reference()


def reference() -> str:
    """The reference, as Markdown: theme.toml, contexts, questions, filters, records, and the default theme's own parts.

    What has no description is a fault of the program: ValueError.
    """
    parts = (_toml(), _everywhere(), _contexts(), _questions(), _filters(), _records(), _default_theme())
    return "\n".join(parts)


# -- the parts of the page ----------------------------------------------------------------------------


def _toml() -> str:
    table = table_docs.markdown(ThemeToml).partition("\n")[2]
    return f"## The keys of theme.toml\n{table}"


def _everywhere() -> str:
    rows = [
        ("`site`", _link(Site), _first(Site)),
        ("`page`", _link(PageView), _first(PageView)),
        ("`ask`", "[questions](#questions)", _first(Ask)),
        ("`body`", "HTML", "The text of what the page is about, where it has one: test it with `{% if body is defined %}`."),
    ]
    rows += [
        (f"`{_call(name, function)}`", _returns(function), _doc(function))
        for name, function in (Templates.FUNCTIONS | Templates.OF_PAGE).items()
    ]
    return "## What every template is given\n\n" + _table(("name", "type", "what it is"), rows)


def _contexts() -> str:
    parts = ["## What each template is given beside that\n"]
    for context in dict.fromkeys(CONTEXTS.values()):
        names = ", ".join(name for name, given in CONTEXTS.items() if given is context)
        given = f"\n{_fields(context)}" if context.__struct_fields__ else ""
        parts.append(f"### {names}\n\n{_doc(context)}\n{given}")
    return "\n".join(parts)


def _questions() -> str:
    own: list[tuple[str, ...]] = []
    others: list[tuple[str, ...]] = []
    for name, function in _methods(Ask):
        hints = typing.get_type_hints(function)
        written = {one for hint in hints.values() for one in _inside(hint)}
        row = (f"`ask.{_call(name, function)}`", _returns(function), _doc(function))
        (others if written & _MACHINERY else own).append(row)
    heading = ("question", "answer", "what it is")
    return (
        f"## Questions\n\n{_doc(Ask)}\n\n{_table(heading, own)}\n"
        "These are for kinds of pages, and take or give what no template has:\n\n" + _table(heading, others)
    )


def _filters() -> str:
    rows = [(f"`{name}`", _kind(_hint(function, 0)), _doc(function)) for name, function in _methods(Filters) if name != "table"]
    head = "## Filters\n\nBeside [those of Jinja](https://jinja.palletsprojects.com/en/stable/templates/#builtin-filters).\n\n"
    return head + _table(("filter", "of", "what it gives"), rows)


def _records() -> str:
    todo: list[Any] = [Site, PageView]
    todo += [hint for context in CONTEXTS.values() for hint in typing.get_type_hints(context).values()]
    questions_and_filters = [*_methods(Ask), *_methods(Filters)]
    todo += [hint for _, function in questions_and_filters for hint in typing.get_type_hints(function).values()]
    found: set[type] = set()
    while todo:
        for one in set(_inside(todo.pop())) - found - _MACHINERY:
            if isinstance(one, type) and issubclass(one, msgspec.Struct):
                found.add(one)
                todo += typing.get_type_hints(one).values()
    parts = ["## Records\n"]
    for record in sorted(found, key=lambda one: one.__name__):
        parts.append(f"### {record.__name__}\n\n{_doc(record)}\n\n{_fields(record)}")
        parts += [f"`{_call(name, function)}`: {_doc(function)}\n" for name, function in _methods(record)]
    return "\n".join(parts)


def _default_theme() -> str:
    folder = shipped() / "default" / "templates"
    base = (folder / "base.html").read_text(encoding="utf-8")
    comment = _COMMENT.match(base)
    blocks = [block.name for block in jinja2.Environment(autoescape=True).parse(base).find_all(nodes.Block)]
    lines = [line for line in inspect.cleandoc(comment[1] if comment else "").splitlines() if line.strip()]
    missing = [name for name in blocks if not any(line.split()[:1] == [name] for line in lines)]
    if missing:
        raise ValueError(f"the comment of base.html does not tell of its blocks {', '.join(missing)}")
    macros = [
        (f"`{_flat(call)}`", _flat(note).replace("<", "&lt;"))
        for note, call in _MACRO.findall((folder / "macros.html").read_text(encoding="utf-8"))
    ]
    slots = []
    for path in below(folder / "slots"):
        note = _COMMENT.match((folder / "slots" / path).read_text(encoding="utf-8"))
        words = _flat(note[1]).partition(" A site fills it")[0] if note else ""
        slots.append((f"`slots/{path}`", words.replace("<", "&lt;")))
    return (
        "## The default theme's own parts\n\n"
        "Another theme may do without all of these.\n\n"
        "### Blocks of base.html\n\n```text\n" + "\n".join(lines) + "\n```\n\n"
        "### Macros of macros.html\n\n" + _table(("macro", "what it writes"), macros) + "\n"
        "### Slots\n\n" + _table(("file", "what it is for"), slots)
    )


# -- what the code says of itself ---------------------------------------------------------------------


def _fields(record: type) -> str:
    ours = [one for one in reversed(record.__mro__) if one.__module__ == record.__module__]
    notes = {name: note for one in ours for name, note in _FIELD_NOTE.findall(inspect.getsource(one))}
    rows = []
    for name, hint in typing.get_type_hints(record).items():
        if name not in notes:
            raise ValueError(f"{record.__name__}.{name} has no comment that says what it is")
        rows.append((f"`{name}`", _kind(hint), notes[name]))
    return _table(("name", "type", "what it is"), rows)


def _methods(cls: type) -> Iterator[tuple[str, Callable[..., object]]]:
    """The public methods of a class, those of its bases first, in the order in which they are written."""
    seen: dict[str, Callable[..., object]] = {}
    for base in reversed(cls.__mro__):
        seen |= {
            name: one
            for name, one in vars(base).items()
            if inspect.isfunction(one) and not name.startswith("_") and base.__module__.startswith("ssg.")
        }
    yield from seen.items()


def _call(name: str, function: Callable[..., object]) -> str:
    parameters = [str(one).partition(":")[0] for one in list(inspect.signature(function).parameters.values())[1:]]
    defaults = [one.default for one in list(inspect.signature(function).parameters.values())[1:]]
    written = [
        name if default is inspect.Parameter.empty else f"{name}={default!r}"
        for name, default in zip(parameters, defaults, strict=True)
    ]
    return f"{name}({', '.join(written)})"


def _returns(function: Callable[..., object]) -> str:
    return _kind(typing.get_type_hints(function)["return"])


def _hint(function: Callable[..., object], number: int) -> Any:
    names = list(inspect.signature(function).parameters)[1:]
    return typing.get_type_hints(function)[names[number]]


def _doc(thing: Any) -> str:
    text = inspect.getdoc(thing) or ""
    if not text:
        raise ValueError(f"{thing.__qualname__} has no docstring")
    return _flat(text)


def _first(thing: type) -> str:
    return _doc(thing).partition(". ")[0].rstrip(".") + "."


def _flat(text: str) -> str:
    return " ".join(text.split())


def _inside(hint: Any) -> Iterator[Any]:
    yield hint
    for inner in typing.get_args(hint):
        yield from _inside(inner)


def _kind(hint: Any) -> str:
    """A type in words: a list of [Card](#card), or none."""
    plain = {str: "text", int: "number", bool: "yes or no", dt.datetime: "moment", dt.date: "day", type(None): "none"}
    plain[Markup] = "HTML"
    if hint in plain:
        return plain[hint]
    if hint in (model.Document, model.Body):
        return "`Document`" if hint == model.Document else "`Body`"
    inner = typing.get_args(hint)
    origin = typing.get_origin(hint)
    if origin is tuple and inner[-1:] == (Ellipsis,):
        return f"list of {_kind(inner[0])}"
    if origin is tuple:
        return "(" + ", ".join(_kind(one) for one in inner) + ")"
    if origin is dict:
        return "mapping"
    if origin in (typing.Union, UnionType):
        return " or ".join(_kind(one) for one in inner)
    if origin is typing.Literal:
        return "one of " + ", ".join(f"`{one}`" for one in inner)
    return _link(hint)


def _link(cls: Any) -> str:
    name = getattr(cls, "__name__", str(cls))
    return f"`{name}`" if cls in _MACHINERY else f"[{name}](#{name.lower()})"


def _table(heading: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    written = [heading, ("---",) * len(heading), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |\n" for row in written)
