"""What has been made once and need not be made again, kept under digests of all that it was made from.

A cache only spares work: it may be deleted, damaged or of another version at any time, and the answer is the same.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from ssg.digests import of_bytes
from ssg.model import Place
from ssg.problems import BuildStopped, stop

_SCHEMA = "CREATE TABLE IF NOT EXISTS read (key TEXT PRIMARY KEY, document BLOB, body BLOB, digest TEXT) WITHOUT ROWID"
_FILES = ("read.sqlite", "read.sqlite-wal", "read.sqlite-shm")
_DAMAGED = ("SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_ERROR")  # the last: a table of another shape

PATIENCE = 6000  # hundredths of a second
MOST_UNUSED = 1000  # and as many again as are in use


class CacheDamagedError(Exception):
    """The file is damaged: `Cache.delete` it, and make anew what was in it."""


class Cache:
    """Documents and their bodies by key, in one SQLite file of `folder`.

    Several processes may use it at once, each with a `Cache` of its own; close it before a fork. Every method raises
    BuildStopped (`file.unwritable`) where the system does not let the folder be used, and CacheDamagedError.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._opened: sqlite3.Connection | None = None

    def __del__(self) -> None:
        self.close()

    def document(self, key: str) -> bytes | None:
        """The document kept under `key`, or None if it, or its body, is not there whole."""
        row = self._one("SELECT document, body, digest FROM read WHERE key = ?", key)
        return row[0] if row and of_bytes(row[0] + row[1]) == row[2] else None

    def body(self, key: str) -> bytes | None:
        """The body kept under `key`, or None."""
        row = self._one("SELECT body FROM read WHERE key = ?", key)
        return row[0] if row else None

    def keep(self, made: Iterable[tuple[str, bytes, bytes]]) -> None:
        """Keep all of `made` (key, document, body), or none of it if the process is killed on the way."""
        rows = [(key, document, body, of_bytes(document + body)) for key, document, body in made]
        if rows:
            self._change("INSERT OR REPLACE INTO read VALUES (?, ?, ?, ?)", rows)

    def forget_all_but(self, keys: set[str]) -> None:
        """Let the entries go that this build did not use, once they outnumber those in use.

        Some are kept meanwhile: a change of branch and back finds its work again.
        """
        unused = [(key,) for (key,) in self._all("SELECT key FROM read") if key not in keys]
        if len(unused) > len(keys) + MOST_UNUSED:
            self._change("DELETE FROM read WHERE key = ?", unused)

    def delete(self) -> None:
        """Forget everything."""
        self.close()
        for name in _FILES:
            (self.folder / name).unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the file; it is opened again when it is asked."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    @property
    def _connection(self) -> sqlite3.Connection:
        if self._opened is None:
            self._opened = self._open()
        return self._opened

    def _one(self, query: str, key: str) -> tuple[Any, ...] | None:
        rows = self._all(query, key)
        return rows[0] if rows else None

    def _all(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise self._fault(error) from error

    def _change(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany(statement, rows)
            self._connection.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            raise self._fault(error) from error

    def _open(self) -> sqlite3.Connection:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            try:
                return self._connect()
            except sqlite3.DatabaseError as error:
                if error.sqlite_errorname not in _DAMAGED:
                    raise
                self.delete()
                return self._connect()
        except (OSError, sqlite3.DatabaseError) as error:
            raise self._fault(error) from error

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.folder / _FILES[0], isolation_level=None, timeout=60)
        try:
            _make_wal(connection)
            connection.execute("PRAGMA synchronous=OFF")
            connection.execute(_SCHEMA)
            connection.execute("SELECT key, document, body, digest FROM read LIMIT 1")
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection

    def _fault(self, error: Exception) -> BuildStopped | CacheDamagedError:
        if isinstance(error, sqlite3.DatabaseError) and error.sqlite_errorname in _DAMAGED:
            return CacheDamagedError(str(error))
        mend = f"Delete the folder {self.folder.name}/, or mend its permissions; it only spares work."
        return stop(Place(self.folder.name), "file.unwritable", f"the cache cannot be used: {error}", mend)


def _make_wal(connection: sqlite3.Connection) -> None:
    """Let readers and a writer go side by side. SQLite never waits for this change, whatever `timeout` says: workers that open
    a new file together would find it locked (sqlite.org/wal.html)."""
    for left in reversed(range(PATIENCE)):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or not left:
                raise
            time.sleep(0.01)
        else:
            return
