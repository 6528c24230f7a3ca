"""What the bench asks of any generator: to lay an archive out its way, and how to run it."""

from __future__ import annotations

import shutil
from abc import ABC, abstractmethod
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from bench.archive import Archive, Story
from bench.measure import Measured, run

PACKAGE = Path(__file__).parent.parent
BASE_URL = "https://bench.example"
TITLE = "Arsip Ukur"


class Generator(ABC):
    """One generator with one set of settings. `key` names its folder, `label` stands in tables.

    `related`: whether its article pages name related articles. All of them write the same addresses:
    /YYYY/MM/DD/slug/, /tag/, /editor/, /rubrik/, feed.xml, sitemap.xml.
    """

    family: ClassVar[str]
    output: ClassVar[str]  # the folder of the site that holds what was built
    leftovers: ClassVar[tuple[str, ...]]  # what else a build leaves in the folder of the site
    content: ClassVar[str]  # the folder of the site that holds the articles

    def __init__(self, key: str, label: str, *, related: bool = True) -> None:
        self.key, self.label, self.related = key, label, related

    def prepare(self) -> None:  # noqa: B027  # nothing to prepare is an answer too
        """Make ready to run. Raises `environments.MissingError` if it cannot be."""

    @property
    def whole(self) -> bool:
        """Whether nothing is left out; what is left out costs something, which a build from scratch alone has to show."""
        return self.related

    @abstractmethod
    def version(self) -> str:
        """What it calls itself, with its version. Raises as `measure.run` does."""

    @abstractmethod
    def front_matter(self, story: Story) -> str:
        """What stands above a story's text, ending with an empty line."""

    @abstractmethod
    def referred(self, story: Story) -> str:
        """What stands in the round brackets of a Markdown link to a story."""

    @abstractmethod
    def write_settings(self, folder: Path) -> None:
        """Put everything but the articles into the folder of a site."""

    @abstractmethod
    def command(self, folder: Path) -> list[str]:
        """The command that builds the site in a folder."""

    def lay_out(self, archive: Archive, folder: Path) -> None:
        """Write the whole archive as a site into a new folder."""
        self.write_settings(folder)
        self.write(archive, archive.stories, folder)

    def write(self, archive: Archive, stories: Iterable[Story], folder: Path) -> None:
        """Write stories as files of the site."""
        made: set[Path] = set()
        for story in stories:
            file = self.file(folder, story)
            if file.parent not in made:
                file.parent.mkdir(parents=True, exist_ok=True)
                made.add(file.parent)
            text = self.front_matter(story) + archive.markdown(story, self.referred)
            file.write_bytes(text.encode())

    def file(self, folder: Path, story: Story) -> Path:
        """The file of a story: one folder for each month, as a newsroom keeps them."""
        return folder / self.content / f"{story.date:%Y/%m}" / f"{story.slug}.md"

    def build(self, folder: Path, limit: float | None = None) -> Measured:
        """Build the site in a folder. Raises as `measure.run` does."""
        return run(self.command(folder), PACKAGE.parent, limit=limit)

    def left(self, folder: Path) -> list[Path]:
        """All that builds have left in the folder of a site: without it the next one is from scratch."""
        return [path for name in (self.output, *self.leftovers) if (path := folder / name).exists()]

    def copy_site(self, name: str, folder: Path) -> None:
        """Put the templates and settings of the bench's folder `name` into the folder of a site."""
        shutil.copytree(PACKAGE / name, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
