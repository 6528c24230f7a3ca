"""What has been made once and need not be made again, kept under digests of all that it was made from.

A cache only spares work: it may be deleted, damaged or of another version at any time, and the answer is the same.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

_SCHEMA = "CREATE TABLE IF NOT EXISTS made (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID"
_BATCH = 500


class Cache:
    """A table of bytes by digest, in one SQLite file. Several processes may read, each with a `Cache` of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file = folder / "made.sqlite"
        self._connection = self._open()

    def _open(self) -> sqlite3.Connection:
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            return self._connect()
        except sqlite3.DatabaseError:
            for name in ("made.sqlite", "made.sqlite-wal", "made.sqlite-shm"):
                (self.folder / name).unlink(missing_ok=True)
            return self._connect()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._file, isolation_level=None, timeout=60)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=OFF")
            connection.execute(_SCHEMA)
            connection.execute("SELECT count(*) FROM made").fetchone()
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection

    def get(self, key: str) -> bytes | None:
        """What is kept under `key`, or None."""
        row = self._connection.execute("SELECT value FROM made WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def get_many(self, keys: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Each of `keys` that is kept, with its value."""
        wanted = list(keys)
        for start in range(0, len(wanted), _BATCH):
            batch = wanted[start : start + _BATCH]
            marks = ",".join("?" * len(batch))
            yield from self._connection.execute(f"SELECT key, value FROM made WHERE key IN ({marks})", batch)

    def put_many(self, made: Iterable[tuple[str, bytes]]) -> None:
        """Keep all of `made` (key, value), or none of it if the process is killed on the way."""
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.executemany("INSERT OR REPLACE INTO made VALUES (?, ?)", made)
        self._connection.execute("COMMIT")

    def forget_all_but(self, keys: set[str]) -> None:
        """Let the entries go that no build of late has used, once they outnumber those in use.

        Some are kept meanwhile: a change of branch and back finds its work again.
        """
        (count,) = self._connection.execute("SELECT count(*) FROM made").fetchone()
        if count <= 2 * len(keys) + 1000:
            return
        old = [key for (key,) in self._connection.execute("SELECT key FROM made") if key not in keys]
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.executemany("DELETE FROM made WHERE key = ?", [(key,) for key in old])
        self._connection.execute("COMMIT")
        self._connection.execute("VACUUM")

    def clear(self) -> None:
        """Forget everything."""
        self._connection.execute("DELETE FROM made")

    def close(self) -> None:
        """Let go of the file."""
        with contextlib.suppress(sqlite3.DatabaseError):
            self._connection.close()
