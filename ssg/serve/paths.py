"""The patterns of addresses in a host's rules: `/news/:year/*`."""

from __future__ import annotations

import re
from functools import lru_cache

_NAME = re.compile(r":([A-Za-z_]\w*)")


@lru_cache(maxsize=4096)
def pattern(written: str, *, splat_anywhere: bool) -> re.Pattern[str]:
    """What a rule's path matches, a decoded path without its last slash.

    `:name` stands for one segment, and is a group of that name. An asterisk as the last segment stands for the rest of the
    path, also for none, and is the group `splat`. With `splat_anywhere`, as in rules for headers, an asterisk stands for any
    characters at any place, and as a whole segment for any folders, or none.
    """
    parts: list[str] = []
    segments = [segment for segment in written.split("/") if segment]
    for number, segment in enumerate(segments, 1):
        name = _NAME.fullmatch(segment)
        if name and f"(?P<{name[1]}>" not in "".join(parts):
            parts.append(f"/(?P<{name[1]}>[^/]+)")
        elif name:
            parts.append(f"/(?P={name[1]})")
        elif segment == "*" and (splat_anywhere or number == len(segments)):
            parts.append("(?:/.*)?" if splat_anywhere else "(?:/(?P<splat>.*))?")
        elif splat_anywhere:
            parts.append("/" + ".*".join(map(re.escape, segment.split("*"))))
        else:
            parts.append("/" + re.escape(segment))
    return re.compile("".join(parts) or "", re.DOTALL)


def normal(path: str) -> str:
    """A decoded path as rules are compared with it: without its last slash."""
    return path.rstrip("/")
