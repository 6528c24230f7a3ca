"""The archives that nobody here wrote, each built once a session; and their articles, read without any of our code."""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml

PROJECT = Path(__file__).parent.parent.parent

_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)

# -- the words of a Markdown text, found as simply as can be --------------------------------------

_TAG = re.compile(r"</?[a-z][\w-]*(?:\s[^<>]*|/)?>", re.IGNORECASE)
_UNSEEN = re.compile(r"<!--.*?-->|<(script|style|iframe|audio|video|object|title)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_CODE = re.compile(r"\{\{[<%].*?[>%]\}\}", re.DOTALL)
_SAID = re.compile(r'\{\{<\s*(?:quote-block|asset-static|button)\s[^>]*?\b(?:text|label)="([^"]*)"[^>]*>\}\}')
_LIST_ITEM = re.compile(r"^[\s>]*\d{1,9}[.)](?=\s)", re.MULTILINE)
_ATTRIBUTES = re.compile(r"[ \t]+\{[^{}\n]*\}[ \t]*$", re.MULTILINE)  # behind a heading
_FENCE = re.compile(r"^\s*(?:```|~~~).*$", re.MULTILINE)
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]+\]:.*$", re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\]]*\](?:\([^()\s]*(?:\s+\"[^\"]*\")?\s*\))?")
_DESTINATION = re.compile(r"\]\(\s*(?:<[^<>]*>|[^()\s]*(?:\([^()]*\)[^()\s]*)*)(?:\s*(?:\"[^\"]*\"|'[^'\n]*'))?\s*\)")
_REFERENCE = re.compile(r"(?<=\])\[[^\]\n]*\]")
_WORD = re.compile(r"[^\W_]+")


def words_of_markdown(text: str) -> list[str]:
    """The words that a reader must see of a Markdown text with HTML and other generators' codes in it.

    It knows nothing of how we read: what is no word is taken out by patterns, one after the other.
    """
    text = _CODE.sub(" ", _SAID.sub(r" \1 ", text))
    for pattern in (_UNSEEN, _LIST_ITEM, _ATTRIBUTES, _FENCE, _DEFINITION, _IMAGE, _DESTINATION, _REFERENCE):
        text = pattern.sub(" ", text)
    return words_of_html(text)


def words_of_html(text: str) -> list[str]:
    """The words of HTML, parted by its tags as well."""
    text = unquote(html.unescape(_TAG.sub(" ", text)))  # an address that is shown may be shown decoded
    return _WORD.findall(unicodedata.normalize("NFC", text))


def missing_words(wanted: list[str], shown: list[str]) -> list[str]:
    """The words of `wanted` that do not stand in `shown` in this order, with those before them for whoever has to look."""
    missing: list[str] = []
    at = 0
    for place, word in enumerate(wanted):
        try:
            at = shown.index(word, at) + 1
        except ValueError:
            missing.append(" ".join(wanted[max(0, place - 4) : place + 1]))
    return missing


# -- the archives ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Written:
    """An article as its file has it: path below `content/`, front matter as PyYAML reads it, body and the body's first line."""

    path: str
    front: dict[str, object]
    body: str
    line: int

    @property
    def stem(self) -> str:
        return self.path.rpartition("/")[2].removesuffix(".md")

    def texts(self, *keys: str) -> list[str]:
        """What some keys of the front matter list, empty entries left out."""
        listed: list[object] = []
        for key in keys:
            value = self.front.get(key)
            listed += value if isinstance(value, list) else [value]
        return [str(text) for text in listed if text]


@dataclass
class Built:
    """An archive and the site that became of it: what the build said, and what it published."""

    archive: Path
    settings: str
    root: Path
    code: int
    said: str

    @property
    def output(self) -> Path:
        return self.root / "output"

    @cached_property
    def articles(self) -> list[Written]:
        """Every article of the archive, by path."""
        found = []
        for file in sorted(self.archive.rglob("*.md")):
            if file.name != "_index.md":
                text = file.read_text(encoding="utf-8-sig")
                front = _FRONT_MATTER.match(text)
                assert front, f"{file} has no front matter"
                line = text.count("\n", 0, front.end()) + 1
                path = file.relative_to(self.archive).as_posix()
                found.append(Written(path, yaml.safe_load(front[1]), text[front.end() :], line))
        return found

    @cached_property
    def pages(self) -> dict[str, str]:
        """Every published HTML file by its address."""
        files = sorted(self.output.rglob("*.html"))
        return {_address(file.relative_to(self.output)): file.read_text(encoding="utf-8") for file in files}

    @cached_property
    def article_pages(self) -> dict[str, str]:
        """The addresses of the pages of articles, by the last part of each."""
        addresses = [address for address, page in self.pages.items() if '<body class="page-article">' in page]
        named = {address.rstrip("/").rpartition("/")[2]: address for address in addresses}
        assert len(named) == len(addresses)
        return named

    def article(self, written: Written, name: str) -> str:
        """What stands in `<article>` of the page of an article whose address ends in `name`."""
        page = self.pages[self.article_pages[name]]
        assert page.count("<article>") == page.count("</article>") == 1, written.path
        return page.partition("<article>")[2].partition("</article>")[0]

    def problems(self) -> list[tuple[str, str, str, str]]:
        """The problems that were told: `file:line`, level, code, what. Each has its mend below it."""
        lines = self.said.splitlines()
        found = []
        for line, below in zip(lines, [*lines[1:], ""], strict=True):
            if told := re.match(r"(\S+): (warning|error)\[([a-z.]+)\] (.+)", line):
                assert re.match(r"    \S", below), f"no mend below: {line}"
                found.append((told[1], told[2], told[3], told[4]))
        return found


def _address(file: Path) -> str:
    path = "/" + file.as_posix()
    return path.removesuffix("index.html") if path.endswith("/index.html") else path


def built_of(archive: Path, settings: str, root: Path) -> Built:
    """The site that becomes of an archive by one of the settings here, in an empty folder."""
    shutil.copy(Path(__file__).parent / settings / "site.toml", root / "site.toml")
    (root / "content").symlink_to(archive.resolve(), target_is_directory=True)
    command = [sys.executable, "-m", "ssg", "build", "--source", str(root), "--drafts", "--workers", "2", "--verbose"]
    environment = os.environ | {"PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1"}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
    return Built(archive, settings, root, done.returncode, done.stderr)


@pytest.fixture(scope="session")
def digitalgov(archives: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """News of the government of the United States, 2010 to 2025, in English, made with Hugo: 2,083 articles."""
    root = tmp_path_factory.mktemp("digitalgov")
    yield built_of(archives / "digitalgov-news", "digitalgov", root)
    shutil.rmtree(root)


@pytest.fixture(scope="session")
def ccid(archives: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """News of Creative Commons Indonesia, 2011 to 2023, in Indonesian, made with Hugo: 126 articles and two pages."""
    root = tmp_path_factory.mktemp("ccid")
    yield built_of(archives / "ccid-berita", "ccid", root)
    shutil.rmtree(root)
