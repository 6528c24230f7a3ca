"""`_redirects`, as Netlify and Cloudflare Pages read it."""

from __future__ import annotations

from collections.abc import Iterable


def redirects(rules: Iterable[tuple[str, str, int]]) -> bytes:
    """The rules: each leads from a link to another, or to a whole web address, with a status.

    docs.netlify.com, "Redirect options"; developers.cloudflare.com, "Redirects". What answers that something has gone is asked
    before the file at its address, which it shows: that is the `!`.
    """
    lines = ["# Written by the program: what has moved, what has gone, and what is shown where nothing is."]
    for old, new, status in rules:
        lines.append(f"{old} {new} {status}{'!' if status == 410 else ''}")
    return ("\n".join(lines) + "\n").encode()
