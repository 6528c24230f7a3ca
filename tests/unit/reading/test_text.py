"""Plain text, cut to a length."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.reading.text import Decoded, decode, folded, plain, shorten

SENTENCE = "Presiden menelepon pada Kamis malam. "


def test_what_fits_is_not_cut() -> None:
    """White space is folded, nothing else is done."""
    assert shorten("satu\n dua") == "satu dua"
    assert shorten("a" * 200) == "a" * 200


def test_whole_sentences_are_preferred() -> None:
    """They need no ellipsis."""
    assert shorten(SENTENCE * 10) == (SENTENCE * 5).strip()


@pytest.mark.parametrize("stop", ["Dr. Budi", "1.000 orang", "S.H. Joko", "dll. dan"])
def test_an_abbreviation_ends_no_sentence(stop: str) -> None:
    """A summary does not end in the middle of a name."""
    text = "x" * 100 + " " + stop + " y" * 60
    assert not shorten(text).endswith(".")


def test_words_are_not_cut() -> None:
    """Without a sentence that is long enough, the last whole word is followed by an ellipsis."""
    assert shorten("Ya. " + "kata " * 60) == "Ya. " + "kata " * 38 + "kata…"


def test_a_part_of_a_sentence_that_has_only_begun_goes() -> None:
    """A cut text ends where its writer paused, unless too little of it would be left."""
    begun = "Material panas bergerak ke arah tenggara dan mengikuti alur sungai"
    assert shorten(f"{begun}, lalu menimbun permukiman", 80) == f"{begun}…"
    assert shorten("Panas, " + "kata " * 60, 80) == "Panas, " + "kata " * 13 + "kata…"


def test_signs_of_other_scripts_end_a_sentence_and_its_parts_too() -> None:
    """An Arabic summary ends where its writer paused."""
    question = "هل تعود الأمطار إلى كل السدود؟ "
    assert shorten(question * 10, 100) == (question * 3).strip()
    begun = "تحركت الصهارة إلى الجنوب الشرقي وتبعت مجرى النهر الكبير"
    assert shorten(f"{begun}، ثم وصلت إلى البيوت القريبة من الجسر", 70) == f"{begun}…"


@given(st.lists(st.text(max_size=8) | st.sampled_from(["kata", " ", "  ", "\n", "\u00a0", "\x1f"]), max_size=12).map("".join))
def test_white_space_is_folded(some: str) -> None:
    """Words are parted by one blank, and counted."""
    for text in (some, f"satu  {some} dua", f" satu dua{some}"):
        assert folded(text) == (" ".join(text.split()), len(text.split()))


@pytest.mark.parametrize("code", range(128))
def test_a_control_character_is_seen_in_any_text(code: int) -> None:
    """In ASCII, which is looked through in a quicker way, as in another text."""
    short, long = (decode(f"kata{chr(code)}{further}".encode(), "content/a.md") for further in ("", " é"))
    assert isinstance(short, Decoded)
    assert isinstance(long, Decoded)
    assert (f"{short.text} é", short.problems) == (long.text, long.problems)


def test_no_white_space_but_the_blank_is_printable() -> None:
    """That is how a text is known to be folded already."""
    assert [sign for sign in map(chr, range(sys.maxunicode + 1)) if sign.isspace() and sign.isprintable()] == [" "]


@given(st.text(max_size=400), st.integers(min_value=2, max_value=200))
def test_it_never_grows_nor_begins_anew(text: str, most: int) -> None:
    """The limit holds in any script, and what is shown is the beginning of what was written."""
    short = shorten(text, most)
    assert len(short) <= most
    assert " ".join(text.split()).startswith(short.removesuffix("…"))


def test_a_sign_stays_with_its_letter() -> None:
    """A word without end is not cut between a letter and its accent."""
    short = shorten("ab\u0323" * 100, 11)
    assert not unicodedata.combining(("ab\u0323" * 100)[len(short) - 1])


@given(st.text(alphabet="<>&;ab/ #x1\"'!-", max_size=40))
def test_plain_text_stays_plain(text: str) -> None:
    """Whatever an author writes, no sentinel, control character or folded space comes out."""
    found = plain(text)
    assert found == " ".join(found.split())
