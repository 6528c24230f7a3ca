"""What the pages that tell of published files know of them: pages that are made last, when all others are known."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol


class Published(Protocol):
    """The files of the site as they stand after this build, by their paths in the output."""

    def paths(self) -> Collection[str]:
        """The paths of all files that are known by now. Raises KeyError before any is."""
        ...

    def digest(self, path: str) -> str:
        """What the bytes of a file are known by, which costs nothing. Raises KeyError for a file that is not known."""
        ...

    def sum(self, path: str) -> tuple[str, int]:
        """The SHA-256 (FIPS 180-4) of a file, in hexadecimal digits, and its size in bytes. Raises KeyError likewise."""
        ...


class Unpublished:
    """Nothing is known of any file: so it is while the pages are made that files tell nothing of."""

    def paths(self) -> Collection[str]:
        """Raises KeyError."""
        raise KeyError("what files are published is known only to the pages that are made last")

    def digest(self, path: str) -> str:
        """Raises KeyError."""
        raise KeyError(path)

    def sum(self, path: str) -> tuple[str, int]:
        """Raises KeyError."""
        raise KeyError(path)
