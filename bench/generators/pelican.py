"""Pelican, from the package index, in an environment of its own."""

from __future__ import annotations

import subprocess
from pathlib import Path

from bench import environments
from bench.archive import Story
from bench.generators.base import Generator


class Pelican(Generator):
    """Pelican with the theme, the settings and the small plugin in `bench/sites/pelican`."""

    family = "pelican"
    content = "content"
    output = "output"
    leftovers = ("cache", "__pycache__", "plugins/__pycache__")

    def __init__(self, key: str, label: str, environments: Path, *, related: bool = True) -> None:
        super().__init__(key, label, related=related)
        self._environments = environments

    def prepare(self) -> None:
        """See `Generator.prepare`."""
        self._program()

    def _program(self) -> str:
        return str(environments.environment(self._environments, "pelican") / "bin" / "pelican")

    def version(self) -> str:
        """See `Generator.version`."""
        told = subprocess.run([self._program(), "--version"], check=True, capture_output=True, text=True).stdout
        return f"Pelican {told.strip()}"

    def front_matter(self, story: Story) -> str:
        """See `Generator.front_matter`."""
        return (
            f"Title: {story.title}\nDate: {story.date:%Y-%m-%d %H:%M:%S}\nCategory: {story.section}\nAuthor: {story.editor}\n"
            f"Tags: {', '.join(story.tags)}\n\n"
        )

    def referred(self, story: Story) -> str:
        """A path from the folder of all content, which Pelican looks up."""
        return f"{{filename}}/{story.date:%Y/%m}/{story.slug}.md"

    def write_settings(self, folder: Path) -> None:
        """See `Generator.write_settings`."""
        self.copy_site("sites/pelican", folder)

    def command(self, folder: Path) -> list[str]:
        """See `Generator.command`."""
        settings, content, output = (str(folder / name) for name in ("pelicanconf.py", self.content, self.output))
        return [self._program(), "--quiet", "--settings", settings, "--output", output, content]
