"""Publishing: the staged files of a build become `output/`, all or nothing, and only what differs is touched.

Beside `output/` stands its state, `.output.ssg/`: the `manifest` (which files are ours), the `lock`, and while a build runs one
staging folder. A commit writes the `journal` into the state, synced: before that moment the site is the old one, from it on the
new one, since whoever comes next finishes what the journal says before doing anything else. So that every command finds an
unfinished journal, wherever the output lies, a pointer `.ssg-journal-XXXXXXXX` stands in the site's folder meanwhile.

A kill of the process, at any moment, leaves the old site or the new one. After a power cut the system may have lost the bytes
of files written shortly before (they are not synced one by one); the next build sees their sizes and writes them again.
"""

from ssg.publishing.journal import recover
from ssg.publishing.looking import fingerprint, notes_of, stands
from ssg.publishing.manifest import Entry, Manifest
from ssg.publishing.place import check_place, state_of
from ssg.publishing.publication import Outcome, Publication
from ssg.publishing.staging import Staged, Staging

__all__ = [
    "Entry",
    "Manifest",
    "Outcome",
    "Publication",
    "Staged",
    "Staging",
    "check_place",
    "fingerprint",
    "notes_of",
    "recover",
    "stands",
    "state_of",
]
