"""Where a `Baca Juga` may stand that the writer did not put there: between paragraphs, and nowhere else."""

from __future__ import annotations

import pytest

from ssg.model import Gap
from ssg.reading.markdown import Rules, render

RULES = Rules(shortcodes={"kutip": "quote"}, video_hosts=(), datelines=())
LONG = "Kata demi kata mengisi baris ini sampai cukup panjang untuk sebuah paragraf dalam berita, " * 4
PARSED = "\n\n[acuan]: https://luar.example/"  # with it the whole text goes to the parser


def gaps(*blocks: str, end: str = "") -> list[tuple[int, str, str]]:
    """The gaps of a text: their number, and how the HTML before and behind them ends and begins."""
    body = render("\n\n".join(blocks) + end, path="content/a.md", first_line=1, rules=RULES).body
    found = []
    for n, part in enumerate(body):
        if isinstance(part, Gap):
            before, behind = body[n - 1], body[n + 1]
            assert isinstance(before, str)
            found.append((part.number, before.rstrip()[-4:], behind.lstrip()[:3] if isinstance(behind, str) else str(behind)))
    return found


def paragraphs(count: int) -> list[str]:
    return [f"Alinea {n}. {LONG}".strip() for n in range(count)]


ONE, TWO = (0, "</p>", "<p>"), (1, "</p>", "<p>")


@pytest.mark.parametrize("end", ["", PARSED], ids=["plain", "parsed"])
def test_a_text_has_gaps_as_long_as_it_is(end: str) -> None:
    """None in a short one, one in the middle of a longer one, two that divide a long one in three."""
    assert gaps(*paragraphs(2), end=end) == []
    assert gaps(*paragraphs(4), end=end) == [ONE]
    assert gaps(*paragraphs(9), end=end) == [ONE, TWO]
    assert gaps(LONG * 9, end=end) == []  # a text of one paragraph has none, however long
    body = render("\n\n".join(paragraphs(9)) + end, path="content/a.md", first_line=1, rules=RULES).body
    texts = [part for part in body if isinstance(part, str)]
    assert [text.count("Alinea") for text in texts[-3:]] == [3, 3, 3]


@pytest.mark.parametrize("end", ["", PARSED], ids=["plain", "parsed"])
@pytest.mark.parametrize(
    "other",
    [
        "## Judul bagian",
        f"- {LONG}\n- {LONG}",
        f"- {LONG}\n\n- {LONG}",
        f"> {LONG}\n>\n> {LONG}",
        "![Peta](peta.png)",
        f"{{{{< kutip >}}}}\n{LONG}\n\n{LONG}\n{{{{< /kutip >}}}}",
        f"<div>\n\n{LONG}\n\n{LONG}\n\n</div>",
        f"| a | b |\n|---|---|\n| {LONG} | c |",
    ],
    ids=["heading", "list", "loose list", "quotation", "picture", "shortcode", "html", "table"],
)
def test_no_gap_is_beside_or_in_anything_but_paragraphs(other: str, end: str) -> None:
    """With something else between all paragraphs there is no gap; with two paragraphs side by side it is between these."""
    first, *rest = paragraphs(5)
    mixed = [first, *(block for paragraph in rest for block in (other, paragraph))]
    assert gaps(*mixed, end=end) == []
    assert gaps(*mixed, LONG, end=end) == [ONE]


def test_a_paragraph_that_announces_something_leaves_no_gap() -> None:
    """What it announces comes next."""
    assert gaps(*[f"{one}:" for one in paragraphs(8)]) == []


@pytest.mark.parametrize("written", ["Baca juga: [[banjir-rob]]", "**Baca Juga:** [Banjir](https://luar.example/)"])
def test_where_the_writer_leads_on_there_are_no_gaps(written: str) -> None:
    """One line of hand is worth more than two by themselves."""
    assert gaps(*paragraphs(4), written, *paragraphs(5)) == []
