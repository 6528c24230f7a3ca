"""Photos made smaller: the pixels of one, in another size and perhaps another format, and nothing of how it was made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageCms
from PIL.Image import Resampling, Transpose
from PIL.ImageFile import ImageFile

from ssg.model import Scaled
from ssg.photos import BadPhoto, opened, orientation_of, published

LARGEST_PROFILE = 4096  # bytes of a colour profile that every smaller picture can carry; those of screens and cameras have 600
ENOUGH = 1600  # pixels from left to right from which all pictures that are no wider are made

# How a picture is turned to be shown (Exif 2.32, 4.6.4).
_TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}


def scaled(data: bytes, type: str, wanted: Sequence[Scaled]) -> list[bytes]:
    """Smaller pictures of the photo in the file `data`, of media type `type`: for each that is wanted its bytes.

    These do not depend on what else is wanted. The pictures are turned as the photo's Exif says. A colour profile of at most
    `LARGEST_PROFILE` bytes is kept, since browsers heed it; of a larger one, and of the colours of print, the pixels become
    sRGB (IEC 61966-2-1), which browsers take colours for that name no profile. Raises BadPhoto if it cannot be decoded, or if
    an encoder refuses what is wanted.
    """
    shown = published(data, type)
    decoded: dict[int, _Decoded] = {}
    small: dict[int, Image.Image] = {}
    made = []
    for one in wanted:
        enough = max(one.width, ENOUGH)
        if enough not in decoded:
            decoded[enough] = _decoded(shown, type, enough)
        photo = decoded[enough]
        if one.width not in small:
            small[one.width] = _turned(photo, one.width)
        made.append(_encoded(small[one.width], type, one.type, photo.profile))
    return made


class _Decoded(NamedTuple):
    """A photo's pixels, as they lie in the file, and how they are to be shown. `ratio`: width by height of the file."""

    picture: Image.Image
    profile: bytes
    orientation: int
    ratio: float


def _decoded(data: bytes, type: str, enough: int) -> _Decoded:
    """A photo with at least `enough` pixels from left to right, if it has so many."""
    with opened(data, type) as picture:
        orientation, ratio = orientation_of(picture), picture.width / picture.height
        picture.draft(None, _size(enough, ratio, orientation))  # what lies in rows in a JPEG is decoded smaller at once
        return _Decoded(*_coloured(picture), orientation, ratio)


def _size(width: int, ratio: float, orientation: int) -> tuple[int, int]:
    """The size, before it is turned, of a picture that is `width` pixels wide when it is shown."""
    if orientation >= 5:
        return max(1, round(width * ratio)), width
    return width, max(1, round(width / ratio))


def _turned(photo: _Decoded, width: int) -> Image.Image:
    """The photo as it is shown, `width` pixels wide."""
    small = photo.picture.resize(_size(width, photo.ratio, photo.orientation), Resampling.LANCZOS)
    turned = small.transpose(_TURNS[photo.orientation]) if photo.orientation in _TURNS else small
    turned.info = {}  # else comments and the like would be written with it
    return turned


# -- colours ---------------------------------------------------------------------------------------


def _coloured(picture: ImageFile) -> tuple[Image.Image, bytes]:
    """The picture in grey, RGB or RGBA, and the colour profile that goes with it, or nothing."""
    profile = picture.info.get("icc_profile") or b""
    plain = _plain(picture)
    if plain.mode == "CMYK":
        return _as_srgb(plain, profile) or plain.convert("RGB"), b""
    if not profile or _is_srgb(profile):
        return plain, b""
    if len(profile) <= LARGEST_PROFILE:
        return plain, profile
    return _as_srgb(plain, profile) or plain, b""


def _plain(picture: ImageFile) -> Image.Image:
    picture.load()
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    if picture.mode in ("L", "RGB", "CMYK"):
        return picture
    return picture.convert("L" if picture.mode == "1" else "RGB")


def _is_srgb(profile: bytes) -> bool:
    try:
        return ImageCms.getProfileDescription(_opened(profile)).startswith("sRGB")
    except ImageCms.PyCMSError:
        return True  # a damaged profile: browsers take the colours for sRGB


def _as_srgb(picture: Image.Image, profile: bytes) -> Image.Image | None:
    """The picture in sRGB; None if its profile cannot be used."""
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    try:
        return ImageCms.profileToProfile(picture, _opened(profile), ImageCms.createProfile("sRGB"), outputMode=mode)
    except ImageCms.PyCMSError:
        return None


def _opened(profile: bytes) -> ImageCms.ImageCmsProfile:
    try:
        return ImageCms.ImageCmsProfile(BytesIO(profile))
    except OSError as error:
        raise ImageCms.PyCMSError(error) from error


# -- formats ---------------------------------------------------------------------------------------


def _encoded(picture: Image.Image, before: str, type: str, profile: bytes) -> bytes:
    """The file of a picture that had the type `before`."""
    made = _ENCODERS[type](picture, profile)
    if before == "image/png" and type == "image/webp":  # many are drawings, which are smaller and sharper without loss
        return min(made, _saved(picture, "WEBP", profile, lossless=True, method=2), key=len)
    return made


def _jpeg(picture: Image.Image, profile: bytes) -> bytes:
    return _saved(picture, "JPEG", profile, quality=75, optimize=True, progressive=True)


def _png(picture: Image.Image, profile: bytes) -> bytes:
    return _saved(picture, "PNG", profile, optimize=True)


def _webp(picture: Image.Image, profile: bytes) -> bytes:
    # a twentieth larger than with method 4, in less than half the time
    return _saved(picture, "WEBP", profile, quality=75, method=2)


def _avif(picture: Image.Image, profile: bytes) -> bytes:
    return _saved(picture, "AVIF", profile, quality=50, speed=8, max_threads=1)  # more threads write other bytes


def _saved(picture: Image.Image, format: str, profile: bytes, **how: object) -> bytes:
    file = BytesIO()
    try:
        picture.save(file, format, icc_profile=profile, **how)
    except (OSError, ValueError, RuntimeError) as error:
        raise BadPhoto(f"it cannot be made {picture.width} x {picture.height} pixels large in {format}: {error}") from error
    return file.getvalue()


_ENCODERS: Mapping[str, Callable[[Image.Image, bytes], bytes]] = {
    "image/jpeg": _jpeg,
    "image/png": _png,
    "image/webp": _webp,
    "image/avif": _avif,
}
