"""The site of one generator in its folder: laid out once, built again and again, always put back as it was."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from bench.archive import Archive
from bench.generators import Generator
from bench.generators.base import PACKAGE
from bench.measure import Measured

_AWAY = "put-away"


def away(folder: Path) -> Path:
    """A path beside a site's folder, for what is not wanted any more.

    Nothing is removed while a bench measures: for a minute after, ext4 looks at each removed file again for every new one.
    """
    place = folder.parent / _AWAY
    place.mkdir(exist_ok=True)
    return next(path for number in count() if not (path := place / f"{folder.name}-{number}").exists())


def remove_away(folder: Path) -> None:
    """Remove all that was put away beside the sites in a folder."""
    shutil.rmtree(folder / _AWAY, ignore_errors=True)


class Site:
    """An archive as one generator has it, in `folder`. `limit`: seconds after which a build is ended."""

    def __init__(self, archive: Archive, generator: Generator, folder: Path, limit: float | None) -> None:
        self.archive, self.generator, self.folder, self.limit = archive, generator, folder, limit
        self._stands = False  # whether the output is that of the sources as they are

    @property
    def output(self) -> Path:
        """The folder of what was built."""
        return self.folder / self.generator.output

    def lay_out(self) -> None:
        """Write the sources, unless they stand there from an earlier run of the same bench."""
        if self._marker.is_file() and self._marker.read_text(encoding="utf-8") == self._mark() and self.folder.is_dir():
            return
        self._marker.unlink(missing_ok=True)
        if self.folder.is_dir():
            self.folder.rename(away(self.folder))
        self.generator.lay_out(self.archive, self.folder)
        self._marker.write_text(self._mark(), encoding="utf-8")

    @property
    def _marker(self) -> Path:
        """The file that says what the sources are; it is not there while they are something else."""
        return self.folder.with_name(f"{self.folder.name}.json")

    def _mark(self) -> str:
        return json.dumps({"size": self.archive.size, "seed": self.archive.seed, "made by": _made_by()})

    @contextmanager
    def _changed(self) -> Iterator[None]:
        """While this lasts, the sources are not those that were laid out; a bench that is killed then begins anew."""
        self._marker.unlink(missing_ok=True)
        try:
            yield
        finally:
            self._stands = False
            self._marker.write_text(self._mark(), encoding="utf-8")

    def forget(self) -> None:
        """Take away what was built and what is kept for the next build."""
        self._stands = False
        for path in self.generator.left(self.folder):
            path.rename(away(self.folder))

    def build(self) -> Measured:
        """Build, measured; what earlier work has left to do for the disk is done before. Raises as `measure.run`."""
        os.sync()
        measured = self.generator.build(self.folder, self.limit)
        self._stands = True
        return measured

    def stand(self) -> None:
        """See to it that a build of the present sources stands, without measuring it."""
        if not self._stands:
            self.build()

    @contextmanager
    def edited(self) -> Iterator[None]:
        """While this lasts, a word in the middle of an old article is another one."""
        story = self.archive.stories[self.archive.size // 10]
        file = self.generator.file(self.folder, story)
        before = file.read_text(encoding="utf-8")
        blocks = before.split("\n\n")
        at = next(n for n in range(len(blocks) // 2, len(blocks)) if blocks[n][:1].isalpha())
        words = blocks[at].split(" ")
        words[len(words) // 2] = "disunting"
        blocks[at] = " ".join(words)
        with self._changed():
            file.write_text("\n\n".join(blocks), encoding="utf-8")
            try:
                yield
            finally:
                file.write_text(before, encoding="utf-8")

    @contextmanager
    def with_newest(self) -> Iterator[None]:
        """While this lasts, the archive has one more article, newer than all, with five tags and no photo."""
        newest = self.archive.newest
        with self._changed():
            self.generator.write(self.archive, [newest], self.folder)
            try:
                yield
            finally:
                self.generator.file(self.folder, newest).unlink()

    @contextmanager
    def cloned(self, *, output: bool) -> Iterator[Site]:
        """A copy of the sources in which every file is new, with the cache as it was, and with `output` what was built too."""
        folder = self.folder.with_name(f"{self.folder.name}-clone")
        if folder.is_dir():
            folder.rename(away(folder))
        cache, *others = self.generator.leftovers
        kept = {cache, *((self.generator.output, *others) if output else ())}
        made = {self.generator.output, *self.generator.leftovers}
        for entry in self.folder.iterdir():
            if entry.name in made and entry.name not in kept:
                continue
            # Of what git brings the times are new; what a host keeps for the next build has its old ones.
            copy = shutil.copy2 if entry.name in kept else shutil.copyfile
            folder.mkdir(exist_ok=True)
            if entry.is_dir():
                shutil.copytree(entry, folder / entry.name, copy_function=copy)
                if entry.name not in kept:
                    for inner in (folder / entry.name, *(folder / entry.name).rglob("*/")):
                        os.utime(inner)  # copytree gives folders their old times
            else:
                copy(entry, folder / entry.name)
        try:
            yield Site(self.archive, self.generator, folder, self.limit)
        finally:
            folder.rename(away(folder))


def _made_by() -> str:
    """A digest of all that decides the sources of a site: the archive's code, the generators', their settings and templates."""
    digest = hashlib.blake2b(digest_size=8)
    parts = [PACKAGE / "archive.py", *PACKAGE.glob("generators/*.py"), *(PACKAGE / "sites").rglob("*")]
    for file in sorted(part for part in parts if part.is_file() and part.suffix != ".pyc"):
        digest.update(file.relative_to(PACKAGE).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
