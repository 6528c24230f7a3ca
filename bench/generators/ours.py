"""ssg itself, run as a command like the others: with a theme as small as theirs, or with its default one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bench.archive import Story
from bench.generators.base import BASE_URL, PACKAGE, TITLE, Generator


class Ours(Generator):
    """ssg, by the Python that runs the bench. `theme`: `bench` (as small as the peers' templates) or `default`.

    `searched`: whether its articles can be searched, for which the default theme alone has the script.
    """

    family = "ssg"
    content = "content"
    output = "output"
    leftovers = (".ssg-cache", ".output.ssg")

    def __init__(self, key: str, label: str, *, related: bool = True, searched: bool = True, theme: str = "bench") -> None:
        super().__init__(key, label, related=related)
        self.searched = searched
        self.theme = theme

    @property
    def whole(self) -> bool:
        """See `Generator.whole`."""
        return self.related and self.searched

    def version(self) -> str:
        """See `Generator.version`."""
        command = [sys.executable, "-m", "ssg", "--version"]
        return subprocess.run(command, cwd=PACKAGE.parent, check=True, capture_output=True, text=True).stdout.strip()

    def front_matter(self, story: Story) -> str:
        """See `Generator.front_matter`."""
        return (
            f"---\ntitle: {story.title}\ndate: {story.date:%Y-%m-%d %H:%M:%S}\nid: {story.slug}\nsection: {story.section}\n"
            f"editor: {story.editor}\ntags: [{', '.join(story.tags)}]\n---\n\n"
        )

    def referred(self, story: Story) -> str:
        """A path from one month's folder to another's."""
        return f"../../{story.date:%Y/%m}/{story.slug}.md"

    def write_settings(self, folder: Path) -> None:
        """See `Generator.write_settings`. Blocks that the peers do not have are off; page kinds cannot be."""
        folder.mkdir(parents=True)
        related = 5 if self.related else 0
        read_also = 0 if self.theme == "bench" else 2
        settings = (
            f'title = "{TITLE}"\nbase_url = "{BASE_URL}/"\ntheme = "{self.theme}"\n'
            f'page_size = 20\ndateline = ""\nold_after = 0\nsearch = {str(self.searched).lower()}\n'
            f"\n[feeds]\nsize = 20\narchive = false\n\n[blocks]\nlatest = 10\nrelated = {related}\nread_also = {read_also}\n"
            "picks = 0\npopular = 0\nregional = 0\n"
            '\n[identity]\nauthority = "bench.example"\ndate = "2025"\n'
            '\n[problems]\n"feed.vanished" = "warning"  # the bench takes the newest article back after each run\n'
        )
        (folder / "site.toml").write_text(settings, encoding="utf-8")
        if self.theme == "bench":
            self.copy_site("sites/ssg-theme", folder / "themes" / "bench")

    def command(self, folder: Path) -> list[str]:
        """See `Generator.command`."""
        return [sys.executable, "-m", "ssg", "build", "--source", str(folder)]
