"""One publication: the lock, the staging, and the commit that makes what was staged the site."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import TracebackType

import msgspec

from ssg.model import Place, Problem
from ssg.problems import BuildStopped, problem, stop
from ssg.publishing import disk, journal, lock, manifest, place
from ssg.publishing.journal import Journal, Removal
from ssg.publishing.manifest import Entry, Manifest
from ssg.publishing.staging import Staged, Staging


class Outcome(msgspec.Struct, frozen=True):
    """What a commit did: the paths written and removed, both sorted, and how many files stayed as they were."""

    written: list[str]
    removed: list[str]
    kept: int

    @property
    def files(self) -> int:
        """How many files of ours stand now."""
        return len(self.written) + self.kept


class Publication:
    """A publication that has begun: it holds the lock until `commit` or `abandon`, or the end of its `with`.

    `previous` is the manifest of the publication before, with its notes; `staging` takes the files, here and in workers.
    """

    def __init__(self, held: int, staging: Staging, previous: Manifest, known: bool, say: Callable[[str], None]) -> None:
        self.staging = staging
        self.previous = previous
        self._held: int | None = held
        self._known = known
        self._say = say

    @classmethod
    def begin(
        cls, site_root: Path, output: Path, clean: bool = False, say: Callable[[str], None] = lambda text: None
    ) -> Publication:
        """Take the lock of `output`, finish what was interrupted, clear what was left over, and read the manifest.

        `clean` believes nothing that the manifest says of sizes and times. `say` is told in a sentence of what a user should
        know: that another process is waited for, that something interrupted was finished, that the manifest was damaged.

        Raises BuildStopped (`output.place`) if the output cannot be used.
        """
        disk.begin()
        if refused := place.check_place(site_root, output):
            raise BuildStopped(refused)
        site, real = os.path.realpath(site_root), os.path.realpath(output)
        state = place.state_of(real)
        try:
            os.makedirs(state, exist_ok=True)
            held = lock.take(f"{state}/lock", lambda: say(f"Another process is publishing to {real}; waiting for it."))
        except OSError as error:
            raise place.stopped(site, real, error) from error
        assert held is not None  # it was waited for
        try:
            unfinished, amiss = journal.read(site, real)
            if unfinished is not None:
                journal.finish(site, real, unfinished)
                say(f"A publication to {real} had been interrupted; it is finished now.")
            else:
                journal.drop(site, real)
            for name in os.listdir(state):
                if name.startswith(journal.STAGING):
                    shutil.rmtree(f"{state}/{name}", ignore_errors=True)  # an orphaned worker may still be writing there
            previous, fault = manifest.load(f"{state}/manifest")
            folder = tempfile.mkdtemp(prefix=journal.STAGING, dir=state)
        except OSError as error:
            lock.release(held)
            raise place.stopped(site, real, error) from error
        except BaseException:
            lock.release(held)
            raise
        for notice in filter(None, (amiss, fault)):
            say(notice)
        staging = Staging(site, real, state, folder, clean)
        staging.known = previous.entries
        return cls(held, staging, previous, not fault, say)

    def __enter__(self) -> Publication:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.abandon()

    def abandon(self) -> None:
        """Publish nothing: clear the staging and let go of the lock. Does nothing after a commit."""
        if self._held is not None:
            shutil.rmtree(self.staging.folder, ignore_errors=True)
            lock.release(self._held)
            self._held = None

    def foreign(self, records: Iterable[Staged]) -> list[Problem]:
        """The `output.foreign` Problems of staged files: what others put at our paths, or at a folder above one."""
        faults = sorted((record.path, record.fault) for record in records if record.fault)
        return [problem(self._place(path), "output.foreign", what) for path, what in faults]

    def commit(
        self, records: Iterable[Staged], notes: Mapping[str, str] | None = None, *, others_stand: bool = False
    ) -> Outcome:
        """Make the staged files the site: all of `records`, of which none may be missing, and nothing else of ours.

        What was ours and has no record is removed, unless `others_stand`: then whoever calls has seen that all files of ours
        stand as they were written, and those without a record stay. What others put into the output stays. `notes` are kept
        for the next publication. If no file differs, no journal is written. The lock is let go of in any case.

        Raises BuildStopped, before anything is changed: `output.foreign` (see `foreign`), `address.collision` if a path is a
        folder of another, `output.place` if the system refuses. A refusal that comes only in the middle of the moves is raised
        too; the journal then stays in force.
        """
        if self._held is None:
            raise RuntimeError("this publication has ended")
        files = list(records)
        try:
            if problems := self.foreign(files):
                raise BuildStopped(*problems)
            entries = self.previous.entries.copy() if others_stand else {}
            entries.update((file.path, Entry(file.digest, file.size, file.mtime)) for file in files)
            return self._commit(files, Manifest(entries, dict(notes or {})))
        except OSError as error:
            raise place.stopped(self.staging.site, self.staging.output, error) from error
        finally:
            self._close()

    def _commit(self, files: list[Staged], new: Manifest) -> Outcome:
        staging = self.staging
        written = sorted(file.path for file in files if file.changed)
        gone = [path for path in self.previous.entries if path not in new.entries]
        removals = sorted(filter(None, map(self._removal, gone)), key=lambda removal: removal.path)
        outcome = Outcome(written, [removal.path for removal in removals], len(new.entries) - len(written))
        if written or removals:
            emptied: list[str] = []
            if new.entries.keys() != self.previous.entries.keys():
                folders = _folders(new.entries)
                for path in sorted(folders & new.entries.keys()):
                    what = f"Both {path} and files in a folder {path}/ are to be published."
                    raise stop(self._place(path), "address.collision", what)
                emptied = sorted(_folders(gone) - folders, reverse=True)
            moves = sorted({file.move for file in files if file.changed})
            self._writable({*map(os.path.dirname, moves), *map(os.path.dirname, outcome.removed)})
            disk.write(f"{staging.folder}/manifest", [manifest.encode(new)], sync=True)
            todo = Journal(os.path.basename(staging.folder), removals, emptied, moves)
            if amiss := journal.write(staging.site, staging.output, todo):
                self._say(amiss)
            journal.finish(staging.site, staging.output, todo)
        else:
            disk.make_folder(staging.output)
            if new != self.previous or not self._known:
                disk.write(f"{staging.folder}/manifest", [manifest.encode(new)], sync=True)
                os.replace(f"{staging.folder}/manifest", f"{staging.state}/manifest")
        return outcome

    def _close(self) -> None:
        """Let go of the lock, and of the staging unless a journal that stayed in force needs it."""
        if os.path.lexists(f"{self.staging.state}/journal") and self._held is not None:
            lock.release(self._held)
            self._held = None
        self.abandon()

    def _removal(self, path: str) -> Removal | None:
        """How to remove a file that was ours; None if it is gone, or something that is no file of ours stands there now."""
        if not self.staging.real_folder(os.path.dirname(path)):
            return None
        try:
            standing = os.lstat(f"{self.staging.output}/{path}")
        except FileNotFoundError:
            return None
        return Removal(path, standing.st_size, standing.st_mtime_ns) if stat.S_ISREG(standing.st_mode) else None

    def _writable(self, folders: set[str]) -> None:
        """Refuse before the journal what the system would refuse after it."""
        for folder in sorted(folders):
            path = os.path.join(self.staging.output, folder)
            if os.path.isdir(path) and not os.access(path, os.W_OK | os.X_OK):
                raise PermissionError(13, "Permission denied", path)

    def _place(self, path: str) -> Place:
        return place.place_of(self.staging.site, self.staging.output, path)


def _folders(paths: Iterable[str]) -> set[str]:
    """All folders above the paths, at any height, without the output itself."""
    found: set[str] = set()
    for path in paths:
        cut = path.rfind("/")
        while cut > 0 and (folder := path[:cut]) not in found:
            found.add(folder)
            cut = path.rfind("/", 0, cut)
    return found
