"""Pages by Jinja templates: the environment, the filters, and what every template gets."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import ClassVar

import jinja2
import msgspec
from babel import Locale
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from markupsafe import Markup

from ssg import dates
from ssg.asking import Ask, DataLink, FeedLink, Filling, Link
from ssg.asking.questions import Question
from ssg.catalogue import CATALOGUE
from ssg.model import Body, Page, Place, Problem
from ssg.pages.showing import Template
from ssg.problems import BuildStopped, nearest, problem, stop
from ssg.rendering.bodies import POSTER, Filler
from ssg.rendering.closures import Closures
from ssg.rendering.compiling import Compiled, Compiler
from ssg.rendering.filters import Filters
from ssg.rendering.schema import blocks
from ssg.rendering.structured import Subject, things
from ssg.rendering.trails import Trail, trail_to
from ssg.theme import Theme, place_of

_UNKNOWN = re.compile(r"No (filter|test) named '(\w+)'")  # Jinja's words
_NO_FIELD = re.compile(r"'ssg\.[\w.]+\.(\w+) object' has no attribute '(\w+)'")  # Jinja's words, of our types
_ENGLISH = "en"  # whose labels every theme has that comes with the program


_ENDLESS = 'Look at the lines with extends, include and import; of a theme\'s own template write {% extends "default:NAME" %}.'


class PageView(msgspec.Struct, frozen=True):
    """What a template sees of the page that it renders."""

    link: str  # its address, for `href`
    address: str  # its whole web address
    canonical: str  # the web address of the true page, which may be elsewhere
    kind: str  # the kind of page: `article`, `term`, `day`
    language: str  # a BCP 47 code
    noindex: bool  # search engines are asked to stay away from it
    feeds: tuple[FeedLink, ...]  # the feeds that it names: the site's, and its own, each in every format
    beside: tuple[DataLink, ...]  # the files in which its article stands as data, for programs


class _Template(jinja2.Template):
    """A template that is made once for each language where others import it, and not, as Jinja has it, once for all.

    What it asked then is noted on every page that imports it.
    """

    templates: ClassVar[Templates]
    modules: ClassVar[dict[tuple[str | None, str], tuple[TemplateModule, dict[Question, None]]]]

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        if ctx is not None and ctx.globals_keys - self.globals.keys():
            return super()._get_default_module(ctx)
        page = self.templates
        made = self.modules.get((self.name, page.language))
        if made is None:
            outer, page.asked = page.asked, {}
            try:
                made = self.modules[self.name, page.language] = self.make_module(), page.asked
            finally:
                page.asked = outer
        page.asked.update(made[1])
        return made[0]


class Templates:
    """The templates of a theme, ready to render. Labels that are missing are gathered in `missing` (language, key).

    Compiled templates are kept in `kept`, a folder that exists. Handed to another process they are made there anew.
    """

    def __init__(self, theme: Theme, root: Path, kept: Path, timezone: str, languages: tuple[str, ...]) -> None:
        self.theme = theme
        self.missing: set[tuple[str, str]] = set()
        self.asked: dict[Question, None] = {}  # where labels are noted, by whoever wants to know
        self.closures = Closures(theme, kept)
        self._made_of = (theme, root, kept, timezone, languages)
        self._root = root
        self._poster = POSTER if POSTER in theme.statics() else ""
        self._languages = languages
        self.language = languages[0]  # of the page that is being rendered
        self._environment = jinja2.Environment(
            loader=jinja2.FunctionLoader(self._source),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=Compiled(kept),
        )
        self._environment.code_generator_class = Compiler
        self._environment.template_class = type("Template", (_Template,), {"templates": self, "modules": {}})
        self._zone = dates.zone(timezone)
        self._filters = Filters(self._zone, lambda: self.language)
        self._environment.filters |= self._filters.table()
        self._environment.globals = {name: partial(function, self) for name, function in self.FUNCTIONS.items()}
        self._of_page = {name: partial(function, self) for name, function in self.OF_PAGE.items()}
        self._subject: Subject
        self._way: Trail | None = None

    def __reduce__(self) -> tuple[type[Templates], tuple[object, ...]]:
        return Templates, self._made_of

    def _source(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        file = self.theme.template(name)
        return (file.read_text(encoding="utf-8"), str(file), lambda: True) if file else None

    def label(self, language: str, key: str, /, **values: object) -> str:
        """A label of the theme: in `language`, else in the site's default language, else in English, else its key."""
        self.asked["label", (language, key)] = None
        text = self.theme.label(language, key)
        if text is None:
            self.missing.add((language, key))
            text = self._instead(key)
        try:
            return text.format(**values) if values else text
        except (LookupError, ValueError, AttributeError):
            place = self._label_place(language, key)
            what = f"the braces of the label {key!r} are not what its template fills in"
            may = ", ".join(f"{{{name}}}" for name in values)
            raise stop(place, "label.bad", what, f"In braces may stand {may}.") from None

    def day(self, language: str, moment: datetime) -> str:
        """The day of an aware moment in the site's time zone, in the words of a language: `30 Desember 2021`."""
        return dates.short(moment, self._zone, language)

    def _instead(self, key: str) -> str:
        """What is shown of a label that the language of a page lacks."""
        return self.theme.label(self._languages[0], key) or self.theme.label(_ENGLISH, key) or key

    def _label_place(self, language: str, key: str) -> Place:
        found = (self.theme.label_place(self._root, code, key) for code in (language, self._languages[0], _ENGLISH))
        return next((place for place in found if place), Place(f"themes/{self.theme.name}"))

    def missing_labels(self, missing: Iterable[tuple[str, str]]) -> list[Problem]:
        """Labels (language, key) that were asked for in vain, as Problems with the file to mend and a template that asked."""
        found = []
        for language, labels in groupby(sorted(missing), key=itemgetter(0)):
            file = f"themes/{self.theme.name}/translations/{language}.toml"
            keys = [key for _, key in labels]
            if model := self._model_for(language):
                what = f"the theme has no labels in this language: {len(keys)} that pages ask for are shown in another one"
                mend = f"`ssg theme copy {model}` writes a file with all of them: translate it, and call it {language}.toml."
                found.append(problem(Place(file), "label.missing", what, mend))
                continue
            for key in keys:
                what = f"the label {key!r} has no translation"
                if asking := self._asking(key):
                    what += f"; {asking} asks for it"
                found.append(problem(Place(file), "label.missing", what, f'Add a line {key} = "..." to {file}.'))
        return found

    def _model_for(self, language: str) -> str:
        """The file of labels to translate for a language of which the theme has no label; "" where it has some."""
        known = self.theme.labels
        if language in known or language.partition("-")[0] in known:
            return ""
        return next((f"{code}.toml" for code in (_ENGLISH, *sorted(known)) if code in known), "")

    def _asking(self, key: str) -> str:
        """A template in which a label's key stands in quotes, with its line; "" if it is made of parts."""
        for name in self.theme.templates():
            file = self.theme.template(name)
            text = file.read_text(encoding="utf-8", errors="replace") if file else ""
            if file and (asked := re.search(rf"[\"']{re.escape(key)}[\"']", text)):
                return str(Place(place_of(self._root, file), text.count("\n", 0, asked.start()) + 1))
        return ""

    def mark_label(self, language: str, key: str) -> bytes:
        """The mark of a label as it is now (see `asking.questions`)."""
        own = self.theme.label(language, key)
        return f"{own is None}{own or self._instead(key)}".encode()

    def made_of(self, template: str) -> str:
        """What makes a page of answers: a template with all that it takes in ("": none), and the theme's rules for bodies."""
        return f"{self.closures.digest(template) if template else ''} {self.theme.pictures} {self._poster}"

    def _own_label(self, key: str, /, **values: object) -> str:
        """A label of the theme in the page's language: `label("count", n=12)`; what stands in braces in it is filled in.

        A label that the translation lacks is a warning, and shown in the site's default language, else in English.
        """
        return self.label(self.language, key, **values)

    def _direction(self) -> str:
        """The direction of the page's language: `ltr` or `rtl`."""
        return self.direction(self.language)

    def direction(self, language: str) -> str:
        """The direction of a language (a BCP 47 code): `ltr` or `rtl`."""
        return Locale.parse(language, sep="-").text_direction

    def _weekdays(self) -> tuple[tuple[str, str], ...]:
        """The days of the week, as a calendar in the page's language orders them, short and whole: `Min`, `Minggu`."""
        return dates.weekdays(self.language)

    # What a template can call beside `ask`, by its name there.
    FUNCTIONS: ClassVar[dict[str, Callable[..., object]]] = {
        "label": _own_label,
        "direction": _direction,
        "weekdays": _weekdays,
    }

    def _trail(self) -> Trail:
        """The way from the front page to the page, without the page itself: pairs of text and address, for a breadcrumb."""
        if self._way is None:
            subject = self._subject
            self._way = trail_to(subject.kind, subject.shown, subject.ask, self._own_label, self._filters.month)
        return self._way

    def _structured(self, title: str) -> Markup:
        """What search engines are told of the page (schema.org): blocks of JSON-LD for `<head>`; `title` is `self.title()`.

        An article, a list, a person or the site, and the way to the page as `trail()` has it; none of a withdrawn article.
        """
        named = title.unescape() if isinstance(title, Markup) else title
        trail = tuple([(text.replace("\u00a0", " "), address) for text, address in self._trail()])
        return blocks(things(self._subject, " ".join(named.split()), trail))

    # The same about the page that is rendered: what `import` takes in lacks them, since it is made once for all pages.
    OF_PAGE: ClassVar[dict[str, Callable[..., object]]] = {"trail": _trail, "structured": _structured}

    def filler(self, filling: Filling, *, whole: bool = False) -> Filler:
        """What fills the bodies of one language with the labels of this theme."""
        pictures = whole or self.theme.pictures
        return Filler(filling, partial(self.label, filling.language), whole=whole, pictures=pictures, poster=self._poster)

    def check(self) -> list[Problem]:
        """Every template that cannot be compiled, as a Problem with its line."""
        problems = []
        for name in self.theme.templates():
            try:
                self._environment.get_template(name)
            except jinja2.TemplateSyntaxError as error:
                problems.append(self._fault(error.filename or "", error.lineno, str(error.message)))
            except UnicodeDecodeError as error:
                problems.append(self._fault(str(self.theme.template(name)), 1, f"it is not UTF-8: {error.reason}"))
            except OSError as error:
                problems.append(self._fault(str(self.theme.template(name)), 0, f"it cannot be read: {error.strerror}"))
        return problems

    def render(self, page: Page, shown: Template, ask: Ask, filling: Filling) -> bytes:
        """The bytes of a page. Raises BuildStopped (template.missing, template.fault) with the template's line."""
        link = ask.link(page.address)
        address = ask.absolute(link)
        site = ask.site()
        view = PageView(
            link=link,
            address=address,
            canonical=shown.canonical or address,
            kind=page.kind,
            language=page.language,
            noindex=shown.noindex or site.noindex,
            feeds=tuple(
                feed for link in dict.fromkeys((Link(site.title, site.feed), *shown.feeds)) for feed in ask.in_formats(link)
            ),
            beside=shown.beside,
        )
        body: Body = ()
        context: dict[str, object] = {"site": site, "page": view, "ask": ask, **self._of_page, **shown.context}
        if shown.document is not None:
            body = ask.body(shown.document.path)
            filled = self.filler(filling).fill(body, shown.document, shown.read_also)
            # Code is copied as it stands.
            context["body"] = Markup(filled if "<code" in filled else dates.days_together(filled, page.language))
        self._subject = Subject(page.kind, view.canonical, shown, ask, filling, self._filters.iso, body)
        self._way = None
        self.language = page.language
        try:
            return self._environment.get_template(shown.name).render(context).encode()
        except BuildStopped:
            raise
        except jinja2.TemplateNotFound as error:
            raise BuildStopped(self._absent(error, shown.name)) from error
        except jinja2.TemplateSyntaxError as error:
            raise BuildStopped(self._fault(error.filename or "", error.lineno, str(error.message))) from error
        except Exception as error:  # a template can fail in any way that an expression can
            file, line = self._where(error)
            if not file:
                raise
            if isinstance(error, RecursionError):
                raise BuildStopped(
                    self._fault(file, line, "templates or macros take each other in without end", _ENDLESS)
                ) from None
            what = f"{type(error).__name__}: {error}" if not isinstance(error, jinja2.TemplateError) else str(error.message)
            what = _NO_FIELD.sub(r"\1 has no `\2`; `ssg explain templates` says what it has", what)
            raise BuildStopped(self._fault(file, line, f"{what} (while rendering {page.address})")) from error

    def _where(self, error: Exception) -> tuple[str, int]:
        folders = tuple(folder for _, folder in self.theme.folders)
        for frame in reversed(traceback.extract_tb(error.__traceback__)):
            if frame.filename.startswith(folders):
                return frame.filename, frame.lineno or 1
        return "", 0

    def _absent(self, error: jinja2.TemplateNotFound, wanted: str) -> Problem:
        file, line = self._where(error)
        place = Place(place_of(self._root, Path(file)), line) if file else Place(f"themes/{self.theme.name}/templates/{wanted}")
        return problem(place, "template.missing", f"there is no template {error.name!r}")

    def _fault(self, file: str, line: int, what: str, mend: str = "") -> Problem:
        place = Place(place_of(self._root, Path(file)), line)
        if unknown := _UNKNOWN.match(what):
            known = self._environment.filters if unknown[1] == "filter" else self._environment.tests
            if near := nearest(unknown[2], known):
                mend = f"Did you mean {near}? {CATALOGUE['template.fault'].cure}"
        return problem(place, "template.fault", what, mend)
