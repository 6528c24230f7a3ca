"""Whether what stands is what a build from scratch would have made: the law, looked at on a user's own site."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import msgspec

from ssg.build import CACHE, Options, Progress, Report, build
from ssg.publishing.place import state_of
from ssg.publishing.staging import Staging
from ssg.settings import Site


class Verified(msgspec.Struct, frozen=True):
    """How an output differs from a build from scratch, by the files' paths: `missing` in it, `other` bytes, `extra`.

    `scratch` is the report of that build; if it was not published, nothing could be compared.
    """

    scratch: Report
    missing: list[str]
    other: list[str]
    extra: list[str]

    @property
    def differing(self) -> list[str]:
        """All files that differ."""
        return sorted([*self.missing, *self.other, *self.extra])


def verify(site: Site, options: Options, tell: Progress) -> Verified:
    """Build the site once more where nothing was ever built, and compare every file, byte for byte."""
    root = Path(site.root)
    (root / CACHE).mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="verify-", dir=root / CACHE))
    try:
        asked = msgspec.structs.replace(options, output=folder / "output", cache=folder / "cache", clean=False)
        scratch = build(site, asked, tell)
        ours, theirs = _files(options.output), _files(asked.output)
        both = ours & theirs
        other = [path for path in both if (options.output / path).read_bytes() != (asked.output / path).read_bytes()]
        return Verified(scratch, sorted(theirs - ours), sorted(other), sorted(ours - theirs))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _files(output: Path) -> set[str]:
    """The files of an output that are the program's, by path."""
    real = str(output.resolve())
    known = Staging("", real, state_of(real), "").known
    return {path for path in known if (output / path).is_file()}
