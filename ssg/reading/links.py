"""What the address in a link means, as an author wrote it."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

from markdown_it.common.normalize_url import normalizeLink

from ssg.model import Target

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*(?=:)")
_ALLOWED = frozenset({"http", "https", "mailto", "tel", "sms", "ftp"})
# An address that normalising would leave as it is: what mdurl keeps, and no host that needs Punycode.
_SIGNS = r"(?:[A-Za-z0-9;/?:@&=+$,\-_.!~*'()]|%[0-9A-Fa-f]{2})"
_PLAIN = re.compile(rf"https?://{_SIGNS}+(?:#{_SIGNS}*)?")
# WHATWG URL, 4.4: browsers take these out of an address, wherever they stand.
_IGNORED = re.compile(r"[\t\n\r]")
_EDGES = "".join(map(chr, range(33)))


class RefusedLinkError(Exception):
    """A link that no page may hold; `scheme` is its scheme ("javascript")."""

    def __init__(self, scheme: str) -> None:
        super().__init__(scheme)
        self.scheme = scheme


def settle(written: str, folder: str, line: int) -> Target | str:
    """What a link to `written`, in a source file of `folder` (relative to content/), points at.

    An address of the web (RFC 3986, with a scheme) comes back as a string, ready for `href`; all else is a Target, its path
    and fragment percent-decoded, a relative path made relative to content/. Raises RefusedLinkError for schemes such as
    `javascript`.
    """
    if _PLAIN.fullmatch(written):
        return written
    written = _IGNORED.sub("", written).strip(_EDGES)
    if scheme := _SCHEME.match(written):
        if scheme[0].lower() not in _ALLOWED:
            raise RefusedLinkError(scheme[0].lower())
        return _normal(written)
    if written.startswith("//"):
        return _normal("https:" + written)
    path, _, fragment = written.partition("#")
    fragment = unquote(fragment)
    if not path:
        return Target("page" if fragment else "path", "", fragment, line)
    if path.startswith("/"):
        if path.endswith(".md"):
            return Target("path", posixpath.normpath(unquote(path).lstrip("/")), fragment, line)
        return Target("site", path if "?" in path else unquote(path), fragment, line)
    path = unquote(path.partition("?")[0])
    return Target("path", posixpath.normpath(posixpath.join(folder, path)) if path else "", fragment, line)


def _normal(url: str) -> str:
    before, sign, fragment = normalizeLink(url).partition("#")
    return before + sign + fragment.replace("#", "%23")  # RFC 3986, 3.5: a fragment holds no "#"


def is_article(target: Target) -> bool:
    """Whether `target` points at an article or page, as far as can be seen without looking it up."""
    if target.how == "path":
        name = posixpath.basename(target.to)
        return name.endswith(".md") or (bool(name) and "." not in name)
    return target.how in ("slug", "ref")
