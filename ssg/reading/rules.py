"""What a site's settings say of the reading of bodies."""

from __future__ import annotations

import msgspec


class Rules(msgspec.Struct, frozen=True):
    """The settings that a body depends on.

    `shortcodes`: another generator's code -> what it means (settings' `[shortcodes]`). `video_hosts`: the hosts whose videos
    may be loaded. `datelines`: texts that are taken out at the start of the first paragraph where a dash follows them.
    """

    shortcodes: dict[str, str] = {}
    video_hosts: tuple[str, ...] = ("youtube", "vimeo")
    datelines: tuple[str, ...] = ()
