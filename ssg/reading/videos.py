"""Videos of the hosts that the program knows: from any of their addresses to host and id, and back."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import parse_qs, urlsplit

_YOUTUBE = frozenset({"youtube.com", "youtu.be", "youtube-nocookie.com"})
_YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{6,20}")
_YOUTUBE_PATH = re.compile(r"/(?:shorts|embed|live|v)/([A-Za-z0-9_-]{6,20})/?")
_VIMEO_PATH = re.compile(r"(?:/video|/channels/[\w-]+|/groups/[\w-]+/videos)?/(\d{3,15})(?:/[0-9a-f]+)?/?")
HOSTS = ("youtube", "vimeo")

_SUBDOMAIN = re.compile(r"^(?:www|m|music|player)\.")

_IDS = {"youtube": _YOUTUBE_ID, "vimeo": re.compile(r"\d{3,15}")}
_PAGES = {"youtube": "https://www.youtube.com/watch?v=", "vimeo": "https://vimeo.com/"}


def find(url: str) -> tuple[str, str] | None:
    """The host ("youtube", "vimeo") and id of the video whose page or frame `url` is; None for any other address."""
    if "youtu" not in url and "vimeo" not in url:
        return None
    try:
        parts = urlsplit("https:" + url if url.startswith("//") else url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https"):
        return None
    host = _SUBDOMAIN.sub("", parts.netloc.casefold())
    if host == "vimeo.com":
        found = _VIMEO_PATH.fullmatch(parts.path)
        return ("vimeo", found[1]) if found else None
    if host not in _YOUTUBE:
        return None
    if host == "youtu.be":
        id_ = parts.path.strip("/")
    elif parts.path.rstrip("/") == "/watch":
        id_ = parse_qs(parts.query).get("v", [""])[0]
    else:
        path = _YOUTUBE_PATH.fullmatch(parts.path)
        id_ = path[1] if path else ""
    return ("youtube", id_) if _YOUTUBE_ID.fullmatch(id_) else None


def known(host: str, id_or_url: str) -> str:
    """The id of a video of `host`, given by its id or its address; "" if it is neither."""
    found = find(id_or_url)
    if found:
        return found[1] if found[0] == host else ""
    return id_or_url if _IDS[host].fullmatch(id_or_url) else ""


def page(host: str, id_: str) -> str:
    """The address of a video's own page at its host."""
    return _PAGES[host] + id_


def allowed(url: str, hosts: Collection[str]) -> tuple[str, str] | None:
    """As `find`, for the hosts in `hosts` alone."""
    found = find(url)
    return found if found and found[0] in hosts else None
