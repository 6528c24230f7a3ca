"""A test is a tiny site in a string: `site('''-- content/a.md -- ...''').build()`."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from html.parser import HTMLParser
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import feedparser
import pytest
from typer.testing import CliRunner

from ssg.cli import app

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SITE_TOML = """\
title = "Kabar Uji"
base_url = "https://kabar.example/"
language = "id"
timezone = "Asia/Jakarta"
page_size = 3

[identity]
authority = "kabar.example"
date = "2026-11"

[languages.en]
title = "Kabar Uji in English"
"""

NOW = "2026-06-01"
AT_NIGHT = "SSG_NIGHT" in os.environ  # there is time for what takes minutes: .ci/nightly
DATA = '<script type="application/ld+json">'  # how a block of structured data begins, which runs nothing

# Root may not have a sandbox, and a browser under test asks nobody for news of its own.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_FILE = re.compile(r"^-- (.+?) --\n", re.MULTILINE)


@dataclass(frozen=True)
class Run:
    """What a command did: its exit code and what a user saw."""

    code: int
    text: str

    def problems(self) -> list[str]:
        """The lines `place: level[code] what` that were shown."""
        return [line for line in self.text.splitlines() if re.search(r": (error|warning)\[", line)]


@dataclass
class Made:
    """A site in a temporary folder: write, run commands on it, and read what became of it."""

    root: Path
    runs: list[Run] = field(default_factory=list)

    def write(self, text: str) -> Made:
        """Write (or overwrite) the files of `text`, each under its line `-- path --`."""
        parts = _FILE.split(text)[1:]
        for path, content in zip(parts[::2], parts[1::2], strict=True):
            self.put(path, content.encode())
        return self

    def put(self, path: str, data: bytes) -> Made:
        """Write one file of bytes."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        return self

    def remove(self, path: str) -> Made:
        """Remove one file."""
        (self.root / path).unlink()
        return self

    def run(self, *arguments: str) -> Run:
        """Run `ssg` with the arguments on this site, and keep what it said."""
        command, *rest = arguments
        result = CliRunner().invoke(app, [command, "--source", str(self.root), *rest])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        self.runs.append(Run(result.exit_code, result.output))
        return self.runs[-1]

    def build(self, *arguments: str, ok: bool = True) -> Made:
        """Run `ssg build`; with `ok` it must publish, and without it must not."""
        now = () if "--now" in arguments else ("--now", NOW)
        run = self.run("build", *now, *arguments)
        assert (run.code == 0) is ok, run.text
        return self

    @property
    def said(self) -> str:
        """What the last command showed."""
        return self.runs[-1].text

    def problems(self) -> list[str]:
        """The problems that the last command showed."""
        return self.runs[-1].problems()

    @property
    def output(self) -> Path:
        return self.root / "output"

    def page(self, address: str) -> Html:
        """The page at an address, parsed."""
        file = self.output / (address.lstrip("/") + ("index.html" if address.endswith("/") else ""))
        return Html(file.read_text(encoding="utf-8"))

    def feed(self, address: str) -> feedparser.FeedParserDict:
        """The feed at an address, as a feed reader sees it; it must be without fault."""
        parsed = feedparser.parse((self.output / address.lstrip("/")).read_bytes())
        assert not parsed.bozo, parsed.bozo_exception
        return parsed

    def sitemap(self) -> str:
        """All parts of the sitemap that its index names, but for that of the news, one behind the other."""
        index = (self.output / "sitemap.xml").read_text(encoding="utf-8")
        names = [address.rpartition("/")[2] for address in re.findall(r"<loc>(.*?)</loc>", index)]
        return "".join((self.output / name).read_text(encoding="utf-8") for name in names if name != "sitemap-news.xml")

    def changes(self) -> dict[str, object]:
        """What the last build says that it changed."""
        told = json.loads((self.root / ".ssg-cache/changes.json").read_text(encoding="utf-8"))
        assert isinstance(told, dict)
        return told

    def files(self) -> dict[str, str]:
        """Every published file with the digest of its bytes."""
        return digests(self.output)

    def output_of(self, name: str) -> dict[str, str]:
        """The same of another output folder of the site."""
        return digests(self.root / name)


def digests(folder: Path) -> dict[str, str]:
    """Every file below a folder with the digest of its bytes."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): blake2b(file.read_bytes()).hexdigest() for file in files}


class Html(HTMLParser):
    """A page as tests look at it: its elements in order, and its text."""

    VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.source = text
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, [outer.tag for outer in self._open])
        self.elements.append(element)
        if tag not in self.VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place].tag == tag:
                del self._open[place:]
                return

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.pieces.append(data)

    def find(self, tag: str, **attributes: str) -> list[Element]:
        """The elements of a tag with these attributes (`class_` holds one of the classes)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [e for e in self.elements if e.tag == tag and all(e.has(name, value) for name, value in wanted.items())]

    def one(self, tag: str, **attributes: str) -> Element:
        """The only such element."""
        found = self.find(tag, **attributes)
        assert len(found) == 1, f"{len(found)} <{tag}> {attributes}"
        return found[0]

    def links(self, inside: str = "main") -> list[tuple[str, str]]:
        """The links in an element, as (text, href)."""
        return [(e.text, e["href"]) for e in self.find("a") if inside in e.above and "href" in e.attributes]

    def block(self, name: str) -> list[tuple[str, str]]:
        """The links of a block, as (text, href): those between its `<section>`, if it has one, and what stands outside it."""
        if not (sections := self.find("section", class_=name)):
            return []
        (section,) = sections
        behind = self.elements[self.elements.index(section) + 1 :]
        inside = takewhile(lambda element: len(element.above) > len(section.above), behind)
        return [(element.text, element["href"]) for element in inside if element.tag == "a"]

    @property
    def structured(self) -> list[dict[str, Any]]:
        """What the page says of itself in blocks of JSON-LD, in order."""
        return [json.loads("".join(block.pieces)) for block in self.find("script", type="application/ld+json")]

    @property
    def scripts(self) -> list[str]:
        """The addresses of the scripts that the page runs, in order."""
        return [script["src"] for script in self.find("script") if script.attributes.get("type") != "application/ld+json"]

    @property
    def main(self) -> str:
        """The text of `<main>`."""
        return self.one("main").text


@dataclass
class Element:
    """An element: its attributes, the tags above it, its text."""

    tag: str
    attributes: dict[str, str]
    above: list[str]
    pieces: list[str] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def has(self, name: str, value: str) -> bool:
        held = self.attributes.get(name)
        return held is not None and (value in held.split() if name == "class" else value == held)

    @property
    def text(self) -> str:
        """Its text, white space folded."""
        return " ".join("".join(self.pieces).split())


@pytest.fixture
def site(tmp_path: Path) -> Callable[[str], Made]:
    """Makes a site in a temporary folder out of one string; it has a `site.toml` unless the string gives one."""

    def make(text: str = "") -> Made:
        made = Made(tmp_path / "site")
        made.put("site.toml", SITE_TOML.encode())
        return made.write(text)

    return make


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser that the machine has."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium")
    if program is None:
        pytest.skip("needs chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def archives() -> Path:
    """The folder of real archives that may stand beside the project."""
    folder = Path(__file__).parent.parent.parent / "shared" / "archives"
    if not folder.is_dir():
        pytest.skip("needs real archives in ../shared/archives, beside the project")
    return folder
