"""The examples of docs/theme.md: a file's name in code with a colon, and below it what stands in the file."""

from __future__ import annotations

import re
from pathlib import Path

_EXAMPLE = re.compile(r"`([^`\n]+)`:\n\n```\w*\n(.*?)```\n", re.DOTALL)


def examples() -> dict[str, str]:
    """Every file that the guide shows, by its path."""
    page = Path(__file__).parent.parent / "docs" / "theme.md"
    return dict(_EXAMPLE.findall(page.read_text(encoding="utf-8")))
