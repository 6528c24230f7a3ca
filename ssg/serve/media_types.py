"""Which media type a file is served with: by its name, the same on every machine."""

from __future__ import annotations

from mimetypes import MimeTypes

# What Python's own table lacks, or knows otherwise than web hosts send it (IANA's registry of media types; RFC 9239 for .js).
_OURS = {
    ".atom": "application/atom+xml",
    ".avif": "image/avif",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".rss": "application/rss+xml",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
_TEXT = ("application/atom+xml", "application/rss+xml", "application/xml", "application/json", "application/manifest+json")

_types = MimeTypes()
for _ending, _type in _OURS.items():
    _types.add_type(_type, _ending)


def media_type(path: str) -> str:
    """The `Content-Type` of a file, with its charset if it is text: all that the program writes is UTF-8."""
    found, packed = _types.guess_type(path, strict=True)
    if found is None or packed:
        return "application/octet-stream" if not packed else f"application/{packed.removeprefix('x-')}"
    return f"{found}; charset=utf-8" if found.startswith("text/") or found in _TEXT else found
