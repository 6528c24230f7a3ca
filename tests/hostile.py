"""A newsroom in which every text is one that nobody meant well: titles, names, captions, corrections, the name of the site."""

from __future__ import annotations

import json

from tests.conftest import SITE_TOML, Made
from tests.sites.rich import photo

HOSTILE = {
    "end": "</script><script>alert(1)</script>",
    "comment": "<!--<script>",
    "signs": "]]> & &amp; &lt;b&gt; \"kutip\" 'petik' \\ \\u003c",
    "emoji": "\U0001f30b\U0001f1ee\U0001f1e9 emoji 👩🏽‍🚀",
    "right-to-left": "שלום \u202eterbalik\u202c العربية",
    "lines": "baris\u2028baru\u2029paragraf",
    "controls": "\ue000\x7f kendali \x01 \ud800 akhir",
    "100-kB": "Panjang " * 12_500 + "sekali",
}
_SHORT = 100  # of a longer name no address is made
_PAPER = 'Kabar ]]> & <b>Uji</b> "العربية" \U0001f30b'
_SETTINGS = (
    SITE_TOML.replace('"Kabar Uji"', json.dumps(_PAPER, ensure_ascii=False), 1).replace(
        'language = "id"', f'language = "id"\ndescription = {json.dumps(_PAPER, ensure_ascii=False)}', 1
    )
    + '[feeds]\nalso = ["atom", "json"]\nsize = 4\n[data]\nbeside = ["json", "md"]\nmonths = true\nmanifests = true\n'
)


def newsroom(made: Made) -> Made:
    """Write it: of each text an article, one that was taken back for it, and a standing page."""
    made.put("site.toml", _SETTINGS.encode()).put("content/foto.jpg", photo(640, 480))
    for day, (name, text) in enumerate(HOSTILE.items(), 1):
        date, later = f"2026-04-{day:02}", f"2026-05-{day:02}"
        article: dict[str, object] = {"title": text, "date": date, "slug": name.lower(), "summary": text, "dateline": text}
        article["image"] = {"src": "foto.jpg", "alt": text, "caption": text, "credit": text}
        article["source"] = {"name": text, "url": "https://kantor.example/?a=1&b=%22"}
        article["corrections"] = [{"date": later, "text": text}]
        if len(text) < _SHORT:
            names = {"tags": [text], "editor": [text], "author": [text], "region": [text], "section": text, "story": text}
            article |= {"id": text, **names}
        _put(made, f"content/{name}.md", article, f'Isi: {text}\n\n![{text}](foto.jpg "Foto")\n\n> {text}\n')
        taken: dict[str, object] = {"title": text, "date": date, "slug": f"dicabut-{name}"}
        taken["withdrawn"] = {"date": later, "reason": text}
        _put(made, f"content/dicabut-{name}.md", taken, "Isi.\n")
        _put(made, f"content/pages/{name}.md", {"title": text}, f"{text}\n")
    return made


def _put(made: Made, path: str, front: dict[str, object], body: str) -> None:
    made.put(path, f"{json.dumps(front)}\n\n{body}".encode(errors="replace"))
