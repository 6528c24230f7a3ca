"""The script that keeps articles for readers without a connection: a service worker (w3.org, "Service Workers")."""

from __future__ import annotations

from importlib.resources import files

import msgspec

from ssg.asking import KeptOffline
from ssg.digests import of_value

_SCRIPT = (files("ssg.rendering") / "worker.js").read_text(encoding="utf-8")
_FILLED_IN = "/* filled in */ {}"


def worker(kept: KeptOffline) -> bytes:
    """The script for a site. Its version, and with it what browsers keep of the theme, is another one if any of it is."""
    site = {
        "version": of_value((_SCRIPT, kept)),
        "assets": kept.assets,
        "files": kept.files,
        "pages": kept.pages,
    }
    return _SCRIPT.replace(_FILLED_IN, msgspec.json.encode(site).decode(), 1).encode()
