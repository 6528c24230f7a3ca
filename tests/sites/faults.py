"""A sound site to put faults into, and what a user sees of them."""

from __future__ import annotations

import re

from typer.testing import CliRunner

from ssg.cli import app
from tests.conftest import SITE_TOML, Made, Run

SOUND = """\
-- content/2026/sound.md --
---
title: Sound
date: 2026-05-01 08:00
id: sound
tags: NATO
---
A sound article.
-- content/2026/other.md --
---
title: Other
date: 2026-05-02 08:00
id: other
---
Another.
"""


def article(front: str, body: str = "Words.") -> str:
    """The site's third article, `content/2026/bad.md`, with this front matter (from line 2) and this body."""
    return f"-- content/2026/bad.md --\n---\n{front}\n---\n{body}\n"


def with_settings(lines: str) -> str:
    """The usual `site.toml` with lines before its first table."""
    head, table, rest = SITE_TOML.partition("[identity]")
    return f"-- site.toml --\n{head}{lines}\n{table}{rest}"


GOOD = "title: Third\ndate: 2026-05-03 08:00"
AFTER_GOOD = 5  # the line on which a body stands


def run(made: Made, command: tuple[str, ...]) -> Run:
    result = CliRunner().invoke(app, [word.replace("{site}", str(made.root)) for word in command])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Run(result.exit_code, result.output)


def told(made: Made, said: Run) -> list[tuple[str, str, str, str, str]]:
    """The problems that were shown: place, level, code, what is wrong, how to mend it."""
    text = said.text.replace(f"{made.root}/", "")
    return re.findall(r"^(\S.*?): (error|warning)\[([a-z.]+)\] (.*)\n    (\S.*)$", text, re.MULTILINE)
