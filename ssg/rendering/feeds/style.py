"""What a browser shows of a feed: the theme's style sheet, and words that say what this is."""

from __future__ import annotations


def style_sheet(sheet: str, explained: str, direction: str) -> bytes:
    """A style sheet for feeds in RSS and Atom that takes in the one at the link `sheet`, and begins the page with `explained`.

    Browsers show a feed as the bare text of its elements, or as its source; none but CSS can add a word to it, or turn it
    to the `direction` of its language, `ltr` or `rtl`.
    """
    turned = "rss, feed { direction: rtl; }\n" if direction == "rtl" else ""
    return (
        f'@charset "utf-8";\n@import url({_string(sheet)});\nrss::before, feed::before {{ content: {_string(explained)}; }}\n'
        + turned
    ).encode()


def _string(text: str) -> str:
    """A text as a CSS string (CSS Syntax Level 3, 4.3.5)."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join([sign if sign.isprintable() else f"\\{ord(sign):x} " for sign in escaped]) + '"'
