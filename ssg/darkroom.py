"""The darkroom: which smaller pictures there are of a photo, and those that have been made.

    .ssg-cache/photos/DI/DIGEST-RECIPE-480.webp

Each is found by the digest of the photo's file and of what made it, so it is made once, whatever the photo is called and
however often the site is built; and each is kept as soon as it is made, so a build that was ended goes on where it was.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Sequence
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path

from ssg.cache import read_sealed, unusable, write_sealed
from ssg.digests import of_bytes, of_value
from ssg.model import Place, Scaled
from ssg.problems import stop
from ssg.settings import Photos

SUFFIXES = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/avif": "avif"}
_NEWER = frozenset(("image/webp", "image/avif"))  # formats that are small, and that some old browsers do not know
# How many pixels a side has at most: in WebP 14 bits tell it (RFC 6386, 9.1); libjpeg and AVIF's decoders go no further.
LONGEST_SIDES = {"image/webp": 16_383, "image/avif": 16_384, "image/jpeg": 65_500}
_WIDEST_SHOWN = 2400  # pixels: a large screen's; a photo that is wider is for those who keep it, and not loaded by pages
_MANY = 1000  # pictures of photos that a site has no more stay, and as many again as it has, for a change of branch and back
_PARTS_OF_CODE = ("darkroom.py", "photos.py", "scaling.py")


def planned(width: int, height: int, type: str, wanted: Photos) -> tuple[Scaled, ...]:
    """The smaller pictures to make of a photo of `width` x `height` pixels as shown, of media type `type`; narrow ones first.

    With the photo itself there are at most five files. The newer format has every width that is less than the photo's, and
    the photo's own where that is not above the largest. The photo's own format has one in the middle, for old browsers, and
    every width where there is no other, as there is none of a photo that is too tall for the newer one. No wider picture is
    ever made, none of a photo that has the smallest width, and none that is taller than its format can be.
    """
    return _planned(width, height, type, tuple(wanted.widths), wanted.format)


@lru_cache(maxsize=4096)
def _planned(width: int, height: int, type: str, widths: tuple[int, ...], format: str) -> tuple[Scaled, ...]:
    def fits(one: int, type: str) -> bool:
        return type not in LONGEST_SIDES or one * height <= LONGEST_SIDES[type] * width

    less = [one for one in widths if one < width and fits(one, type)] if type in SUFFIXES else []
    if not less:
        return ()
    newer = f"image/{format}"
    if type in _NEWER or newer not in _NEWER or not fits(less[-1], newer):  # a few small ones would be shown enlarged
        return tuple(Scaled(one, type) for one in less)
    whole = [width] if width <= widths[-1] and fits(width, newer) else []
    return (*(Scaled(one, newer) for one in [*less, *whole]), Scaled(less[len(less) // 2], type))


def stand_in(width: int, type: str, made: Sequence[Scaled]) -> Scaled | None:
    """Which of the smaller pictures that are `made` of a photo is shown and named in its place: where it is wider than 2,400
    pixels the widest in its own format, which every program knows that knows the photo."""
    own = [one for one in made if one.type == type]
    return own[-1] if own and width > _WIDEST_SHOWN else None


@cache
def recipe() -> str:
    """The digest of what smaller pictures are made by: our code, and Pillow, whose encoders differ from version to version."""
    code = [of_bytes(Path(__file__).with_name(name).read_bytes()) for name in _PARTS_OF_CODE]
    return of_value((version("pillow"), code))


class Darkroom:
    """The pictures that were made of the photos of the site in `root`, in the cache's `folder`. The same for every process."""

    def __init__(self, root: Path, folder: Path) -> None:
        self._root = root
        self._folder = folder / "photos"

    def file(self, digest: str, one: Scaled) -> Path:
        """Where a smaller picture of the photo with this digest lies, behind its check, once it is made."""
        return self._folder / digest[:2] / f"{digest}-{recipe()[:8]}-{one.width}.{SUFFIXES[one.type]}"

    def make(self, disk: str, digest: str, type: str, wanted: Sequence[Scaled]) -> None:
        """Make those smaller pictures of a photo that are not there yet.

        `disk` is its name on disk, relative to the site's folder, and `digest` that of the file. Raises BadPhoto if it cannot
        be decoded, and BuildStopped if it cannot be read or is another one by now (`file.unreadable`), or if the cache cannot
        be used (`file.unwritable`).
        """
        missing = [one for one in wanted if not self.file(digest, one).exists()]
        if missing:
            self._keep(digest, missing, self._scaled(disk, digest, type, missing))

    def picture(self, disk: str, digest: str, type: str, one: Scaled) -> bytes:
        """A smaller picture of a photo, made now if it is not there whole. Raises BuildStopped, also for a damaged photo."""
        if kept := read_sealed(self.file(digest, one)):
            return bytes(kept)
        from ssg.photos import BadPhoto  # see `reading.pictures`

        try:
            made = self._scaled(disk, digest, type, [one])
        except BadPhoto as bad:
            raise stop(Place(disk), "photo.broken", f"the photo cannot be made smaller: {bad}") from None
        self._keep(digest, [one], made)
        return made[0]

    def _scaled(self, disk: str, digest: str, type: str, wanted: Sequence[Scaled]) -> list[bytes]:
        from ssg.scaling import scaled  # see `reading.pictures`

        try:
            data = (self._root / disk).read_bytes()
        except OSError as error:
            raise stop(Place(disk), "file.unreadable", f"the photo cannot be read: {error.strerror or error}") from error
        if of_bytes(data) != digest:
            what = "the file was changed while the site was being built"
            raise stop(Place(disk), "file.unreadable", what, "Build again.")
        return scaled(data, type, wanted)

    def _keep(self, digest: str, wanted: Sequence[Scaled], made: Sequence[bytes]) -> None:
        try:
            for one, picture in zip(wanted, made, strict=True):
                file = self.file(digest, one)
                file.parent.mkdir(parents=True, exist_ok=True)
                write_sealed(file, picture)
        except OSError as error:
            raise unusable(self._folder.parent, error) from error

    def clear(self) -> None:
        """Forget everything."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def tidy(self, used: Collection[Path]) -> None:
        """Forget what is not `used` any more, once that is much, and what a build that was killed left half written."""
        found = [file for file in self._folder.glob("*/*") if file not in used]
        if len(found) > len(used) + _MANY:
            for file in found:
                file.unlink(missing_ok=True)
