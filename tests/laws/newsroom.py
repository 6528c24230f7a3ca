"""A newsroom that never rests: a small archive, all that can happen to it, and the site of it built twice after each event."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import Image

from ssg.addresses import file_of
from ssg.build import Options, Report, build
from ssg.site_toml import load
from tests.laws.conftest import Tree, tree

ZONE = ZoneInfo("Asia/Jakarta")
BEGUN = datetime(2021, 3, 1, 8, tzinfo=ZONE)
NOW = datetime(2021, 6, 1, tzinfo=ZONE)

TAGS = ("NATO", "Gempa", "Banjir")
SECTIONS = ("Nasional", "Olahraga")
EDITORS = ("M Haidar", "Siti")
_WORDS = "gempa banjir pengungsi tenda bantuan kabupaten sungai hujan pertandingan gol menteri sidang putusan anggaran"
WORDS = tuple(_WORDS.split())


@dataclass(frozen=True)
class Story:
    """One article as its editor sees it."""

    slug: str
    title: str
    date: datetime
    folder: str = "2021"
    tags: tuple[str, ...] = ()
    section: str = ""
    editor: str = ""
    region: str = ""
    story: str = ""
    body: str = ""
    coda: str = "Akhir berita"
    links: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    photo: str = ""
    extra: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        return f"content/{self.folder}/{self.slug}.md"

    def text(self) -> str:
        lines = [f"title: {json.dumps(self.title)}", f"date: {self.date:%Y-%m-%d %H:%M}", f"id: {self.slug}"]
        lines += [f"tags: [{', '.join(self.tags)}]"] if self.tags else []
        lines += [f"{key}: {value}" for key in ("section", "editor", "region", "story") if (value := getattr(self, key))]
        lines += [f"aliases: [{', '.join(self.aliases)}]"] if self.aliases else []
        lines += [f"image: {{src: /{self.photo}, alt: Foto, caption: Ilustrasi}}"] if self.photo else []
        links = "".join(f"\n\nBaca Juga: [[{slug}]]" for slug in self.links)
        return "\n".join(["---", *lines, *self.extra, "---", "", f"{self.body}{links}", "", f"{self.coda}.***", ""])


@dataclass
class Newsroom:
    """The site in `folder / "site"`, which is built by increments, and its copy in `folder / "twin"`, always from scratch.

    `rendered` are the addresses of the pages that the last increment rendered.
    """

    folder: Path
    now: datetime = NOW
    stories: dict[str, Story] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    made: int = 0
    rendered: set[str] = field(default_factory=set)
    before: Tree = field(default_factory=dict)
    after: Tree = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.configure()
        for _ in range(9):
            self.add()

    @property
    def site(self) -> Path:
        return self.folder / "site"

    def put(self, path: str, data: bytes) -> None:
        file = self.site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)

    def configure(self, **values: str) -> None:
        """Set settings, as TOML values by their name; `blocks__latest` is that of a table."""
        self.settings |= values
        top = {"title": '"Kabar Uji"', "base_url": '"https://kabar.example/"', "page_size": "2"}
        tables: dict[str, dict[str, str]] = {
            "feeds": {"size": "3", "term_size": "2"},
            "blocks": {"latest": "3", "related": "2", "picks": "2"},
            "identity": {"authority": '"kabar.example"', "date": '"2026"'},
            "problems": {'"link.missing"': '"warning"', '"feed.vanished"': '"warning"'},
            "languages.en": {"title": '"Test News"'},
            "photos": {"widths": "[16, 32]"},
            "sitemaps": {},
            "robots": {},
            "merged_tags": {},
            "data": {},
        }
        for name, value in self.settings.items():
            table, _, key = name.rpartition("__")
            (tables[table] if table else top)[key] = value
        lines = [f"{key} = {value}" for key, value in top.items()]
        for table, entries in tables.items():
            lines += [f"\n[{table}]", *(f"{key} = {value}" for key, value in entries.items())]
        self.put("site.toml", "\n".join(lines).encode())

    def merge(self, old: str, new: str) -> None:
        """Let a tag be called otherwise from now on; "" takes that back."""
        self.settings.pop(f"merged_tags__{old}", None)
        self.configure(**({f"merged_tags__{old}": json.dumps(new)} if new else {}))

    def also_called(self, tag: str) -> set[str]:
        """The tag, and every name, old or new, that is merged with it; in small letters."""
        pairs = [(k.partition("__")[2], json.loads(v)) for k, v in self.settings.items() if k.startswith("merged_tags__")]
        names = {tag.lower()}
        for _ in pairs:  # as often as names can lead on
            names |= {name.lower() for pair in pairs if names & {one.lower() for one in pair} for name in pair}
        return names

    def add(self, **given: object) -> Story:
        """The newest article comes in, a little of everything in it."""
        n = self.made = self.made + 1
        slugs = list(self.stories)
        story = Story(
            slug=f"berita-{n}",
            title=f"Berita {n} {WORDS[n % len(WORDS)]}",
            date=max((s.date for s in self.stories.values()), default=BEGUN) + timedelta(hours=7),
            tags=(TAGS[n % 3], *(["Arsip"] if n % 4 == 0 else [])),
            section=SECTIONS[n % 2],
            editor=EDITORS[n % 2],
            region="Karawang" if n % 3 == 0 else "",
            story="Banjir Besar" if n % 5 == 0 else "",
            body=f"Isi berita nomor {n}, {' '.join(WORDS[(n * k) % len(WORDS)] for k in range(1, 9))}.",
            links=(slugs[n % len(slugs)],) if slugs and n % 2 else (),
        )
        return self.change(replace(story, **given))  # type: ignore[arg-type]

    def change(self, story: Story) -> Story:
        """Write an article as it is now."""
        self.stories[story.slug] = story
        self.put(story.path, story.text().encode())
        return story

    def remove(self, slug: str) -> Story:
        """Take an article's file away."""
        story = self.stories.pop(slug)
        (self.site / story.path).unlink()
        return story

    def photograph(self, name: str, colour: int) -> None:
        """A picture of a colour, and of a size that depends on it."""
        data = BytesIO()
        Image.new("RGB", (40 + colour % 5, 30), (colour % 256, 80, 80)).save(data, "PNG")
        self.put(f"static/{name}", data.getvalue())

    def in_vain(self, story: Story) -> set[str]:
        """Pages that the last increment rendered to the bytes that they had, and that do not name this article; nor is it found
        by them: its words may be what they were."""
        same = {address for address in self.rendered if self.before.get(file_of(address)) == self.after.get(file_of(address))}
        return {
            address
            for address in same - {part_of(story)}
            if story.slug.encode() not in (self.site / "output" / file_of(address)).read_bytes()
        }

    # -- the law

    def increment(self, **options: object) -> Report:
        """Build what stands, with all that earlier builds left."""
        self.before = self.after
        report = self._build(self.site, **options)
        self.rendered = set(report.rendered)
        self.after = tree(self.site / "output")
        return report

    def rendered_when_all_is_looked_at(self) -> set[str]:
        """The pages that a build renders which knows what earlier ones made, but not that nothing has changed since."""
        for left in (self.site / ".ssg-cache").glob("standing-*"):
            left.unlink()
        self.increment()
        return self.rendered

    def scratch(self, **options: object) -> tuple[Report, Tree]:
        """Build the same sources where nothing was ever built; only compiled templates are kept, to spare time."""
        twin = self.folder / "twin"
        twin.mkdir(exist_ok=True)
        for name in ("content", "static", "themes", "data", "output", ".output.ssg"):
            shutil.rmtree(twin / name, ignore_errors=True)
            if (self.site / name).is_dir() and "output" not in name:
                shutil.copytree(self.site / name, twin / name)
        for left in (twin / ".ssg-cache").glob("*"):
            if left.name.startswith("templates-"):
                continue
            if left.is_dir():
                shutil.rmtree(left)
            else:
                left.unlink()
        shutil.copy(self.site / "site.toml", twin / "site.toml")
        report = self._build(twin, **options)
        return report, tree(twin / "output")

    def _build(self, root: Path, **options: object) -> Report:
        asked = {"now": self.now, "workers": 1} | options
        report = build(load(root), Options(output=root / "output", **asked))  # type: ignore[arg-type]
        assert report.published, list(report.problems)
        return report

    def differences(self) -> list[str]:
        """What differs between the increment and a build from scratch: files, and what a user is told."""
        increment, (scratch, tree_of_scratch) = self.increment(), self.scratch()
        files = {
            path for path in self.after.keys() | tree_of_scratch.keys() if self.after.get(path) != tree_of_scratch.get(path)
        }
        told, expected = told_by(increment), told_by(scratch)
        return sorted(files) + sorted(told ^ expected)

    def check(self) -> None:
        """Increment = from scratch, byte for byte, and word for word."""
        found = self.differences()
        assert not found, found


def told_by(report: Report) -> set[str]:
    """What a build tells of its sources; the loss of a feed is told against what was published before."""
    return {f"{p.place}: {p.level}[{p.code}] {p.what}" for p in report.problems if p.code != "feed.vanished"}


def feeds_of(room: Newsroom, story: Story) -> Iterator[str]:
    """The addresses of the feeds that may hold an article."""
    english = "language: en" in story.extra
    root, section, region, told = ("/en/", "section", "region", "story") if english else ("/", "rubrik", "daerah", "kisah")
    yield f"{root}feed.xml"
    yield f"{root}{story.date:%Y/%m}/feed.xml"
    yield from (f"{root}{story.date:%Y/%m}/feed-{number}.xml" for number in range(2, 50))
    for name in {name for tag in story.tags for name in room.also_called(tag)}:
        yield f"{root}tag/{name}/feed.xml"
    for folder, name in ((section, story.section), ("editor", story.editor), (region, story.region), (told, story.story)):
        if name:
            yield f"{root}{folder}/{name.lower().replace(' ', '-')}/feed.xml"


def data_of(story: Story) -> Iterator[str]:
    """The addresses of what the archive has of an article as data, and of what proves it."""
    month = f"{story.date:%Y-%m}"
    yield from (f"{page_of(story)}index.json", f"{page_of(story)}index.md", f"/data/articles-{month}.jsonl.gz")
    yield from ("/data/index.json", f"/data/manifest-{month}.txt", "/data/manifest.txt")


def part_of(story: Story) -> str:
    """The address of the part of the index by which an article is found: no year has two."""
    root = "/en/search/" if "language: en" in story.extra else "/cari/"
    return f"{root}{story.date:%Y}-1.gz"


def page_of(story: Story) -> str:
    """The address of an article's page."""
    root = "/en/" if "language: en" in story.extra else "/"
    return f"{root}{story.date:%Y/%m/%d}/{story.slug}/"
