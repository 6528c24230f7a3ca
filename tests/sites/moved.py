"""A site of which something has moved and something has gone."""

from __future__ import annotations

from tests.conftest import SITE_TOML

TEXTS = """\
-- content/harga-beras.md --
---
title: Harga beras
date: 2026-05-01
aliases: [/lama/, /berita/kopi ünik/]
---
Isi a.
-- content/panen-raya.md --
---
title: Panen raya
date: 2026-05-02
withdrawn: {date: 2026-05-30, reason: Salah}
---
Isi b.
"""
MOVED = '[redirects]\n"/dulu/" = "https://lain.example/"\n"/hilang/" = ""\n'


def on(host: str) -> str:
    return f'-- site.toml --\nhost = "{host}"\n{SITE_TOML}\n{MOVED}'
