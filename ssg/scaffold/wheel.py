"""An installed distribution, packed into a wheel again, so that a site can carry the very program that it was begun with."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import re
import zipfile
from importlib.metadata import Distribution
from pathlib import Path, PurePosixPath

import msgspec

# What the installer wrote and no wheel holds (PEP 376, 610), and what is made anew (RECORD).
_INSTALLERS = frozenset({"RECORD", "RECORD.jws", "RECORD.p7s", "INSTALLER", "REQUESTED", "direct_url.json"})
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file can name
_TAG = re.compile(r"^Tag: (\S+)$", re.MULTILINE)


class Wheel(msgspec.Struct, frozen=True):
    """A wheel: its file name and its bytes."""

    name: str
    data: bytes


def repack(distribution: Distribution) -> Wheel | None:
    """The wheel that `distribution` was installed from, as far as its RECORD tells; None if it cannot be told.

    Scripts and byte code are left out, since installing makes them again. The same files give the same entries in the same
    order, all dated 1980. (https://packaging.python.org/en/latest/specifications/binary-distribution-format/)
    """
    members = _members(distribution)
    info = next((name.rpartition("/")[0] for name in members if name.endswith(".dist-info/WHEEL")), "")
    if not info:
        return None
    tag = _TAG.search(members[f"{info}/WHEEL"].decode())
    if tag is None:
        return None
    record = io.StringIO()
    rows = csv.writer(record, lineterminator="\n")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in sorted(members, key=lambda name: (name.startswith(f"{info}/"), name)):
            _add(archive, name, members[name])
            digest = base64.urlsafe_b64encode(hashlib.sha256(members[name]).digest()).rstrip(b"=").decode()
            rows.writerow((name, f"sha256={digest}", len(members[name])))
        rows.writerow((f"{info}/RECORD", "", ""))
        _add(archive, f"{info}/RECORD", record.getvalue().encode())
    return Wheel(f"{info.removesuffix('.dist-info')}-{tag[1]}.whl", packed.getvalue())


def _members(distribution: Distribution) -> dict[str, bytes]:
    """The files that came out of the wheel, by their names in it."""
    members = {}
    for entry in distribution.files or ():
        path = PurePosixPath(entry.as_posix())
        made_here = path.suffix == ".pyc" or ".." in path.parts or path.is_absolute()
        if made_here or (path.parts[0].endswith(".dist-info") and path.name in _INSTALLERS):
            continue
        file = Path(str(distribution.locate_file(entry)))
        if file.is_file():
            members[path.as_posix()] = file.read_bytes()
    return members


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, _EARLIEST)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o100644 << 16
    entry.create_system = 3  # Unix, on Windows too
    archive.writestr(entry, data)
