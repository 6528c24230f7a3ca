"""The line of `requirements.txt` that installs this very program, wherever it was installed from."""

from __future__ import annotations

from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import msgspec

import ssg
from ssg.scaffold.wheel import Wheel, repack

NAME = "newsarchive"
VENDOR = "vendor"  # the site's folder for the program's wheel


class Requirement(msgspec.Struct, frozen=True):
    """A line of requirements.txt; the wheel that it names, to be put into `vendor/`; what a person should know, or ""."""

    line: str
    wheel: Wheel | None = None
    notice: str = ""


class _Vcs(msgspec.Struct):
    vcs: str
    commit_id: str


class _Folder(msgspec.Struct):
    editable: bool = False


class _Archive(msgspec.Struct):
    hashes: dict[str, str] = {}


class _Origin(msgspec.Struct):
    """`direct_url.json` (PEP 610): where a distribution came from, if not from an index."""

    url: str
    vcs_info: _Vcs | None = None
    dir_info: _Folder | None = None
    archive_info: _Archive | None = None


def requirement() -> Requirement:
    """How a site's host installs the program that runs now.

    From an index: its version. From version control: the commit. From a wheel or folder of this machine, which no host can
    reach: a wheel to put into the site. A working copy has nothing of the kind to offer: its version, with a notice.
    """
    try:
        return of(distribution(NAME))
    except PackageNotFoundError:
        return _working_copy()


def of(installed: Distribution) -> Requirement:
    """The requirement that installs the distribution `installed`, if it is the program that runs now."""
    running = Path(ssg.__file__).resolve()
    if Path(str(installed.locate_file("ssg/__init__.py"))).resolve() != running:
        return _working_copy()
    noted = installed.read_text("direct_url.json")
    if noted is None:
        return Requirement(f"{NAME}=={installed.version}")
    try:
        origin = msgspec.json.decode(noted, type=_Origin)
    except msgspec.DecodeError:
        return _working_copy()
    if origin.vcs_info:
        return Requirement(f"{NAME} @ {origin.vcs_info.vcs}+{_public(origin.url)}@{origin.vcs_info.commit_id}")
    if origin.archive_info and not origin.url.startswith("file:"):
        digest = origin.archive_info.hashes.get("sha256", "")
        return Requirement(f"{NAME} @ {_public(origin.url)}{f'#sha256={digest}' if digest else ''}")
    wheel = None if origin.dir_info and origin.dir_info.editable else repack(installed)
    return Requirement(f"./{VENDOR}/{wheel.name}", wheel) if wheel else _working_copy()


def _working_copy() -> Requirement:
    return Requirement(
        f"{NAME}=={ssg.__version__}",
        notice=(
            f"ssg runs from a working copy here, so requirements.txt asks for {NAME} {ssg.__version__} from the package index. "
            f"If that version is not there, build a wheel of the working copy (pip wheel --no-deps .), put it into {VENDOR}/ "
            f"of the site, and name it in requirements.txt: ./{VENDOR}/{NAME}-{ssg.__version__}-py3-none-any.whl"
        ),
    )


def _public(url: str) -> str:
    """`url` without a password; the user of an ssh address (`git@`) stays."""
    parts = urlsplit(url)
    user, at, host = parts.netloc.rpartition("@")
    kept = f"{user}@{host}" if at and ":" not in user and parts.scheme == "ssh" else host
    return urlunsplit(parts._replace(netloc=kept))
