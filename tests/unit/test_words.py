"""Words: what counts as one, and which tell what an article is about."""

from __future__ import annotations

from collections import Counter
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Putin dan Biden", ["putin", "dan", "biden"]),
        ("KTT G20, ke-17: 2022!", ["ktt", "g20", "ke", "17", "2022"]),
        ("a b cd", ["cd"]),
        ("snake_case", ["snake", "case"]),
        ("“Rusia” — Ukraina…", ["rusia", "ukraina"]),
        ("STRASSE Straße", ["strasse", "strasse"]),
        ("Kyiv, Київ", ["kyiv", "київ"]),
        ("ꦲꦏ꧀ꦱꦫꦗꦮ", ["ꦲꦏ꧀ꦱꦫꦗꦮ"]),
        ("हिन्दी समाचार", ["हिन्दी", "समाचार"]),
        ("العَرَبِيَّة", ["العَرَبِيَّة"]),
        ("", []),
    ],
)
def test_tokens_are_words_of_any_script(text: str, expected: list[str]) -> None:
    """Letters and digits with their signs, two or more, casefolded."""
    assert words.tokens(text) == expected


def test_an_accent_written_apart_makes_no_other_word() -> None:
    """Files from macOS may hold e and an accent where others hold one letter."""
    assert words.tokens("cafe\u0301") == words.tokens("café")


@given(st.text(alphabet="abcXYZ019 .,;-_'\"()\n\tßé“—", max_size=60))
def test_both_ways_of_splitting_agree(text: str) -> None:
    """A letter beyond ASCII elsewhere in the text changes nothing about the words before it."""
    assert words.tokens(text + " яя") == [*words.tokens(text), "яя"]


@given(st.text(max_size=80))
def test_tokens_hold_nothing_but_lower_case_words(text: str) -> None:
    """No blank, no underscore, no single sign; and reading them again gives the same."""
    found = words.tokens(text)
    assert all(len(word) > 1 and "_" not in word and not any(sign.isspace() for sign in word) for word in found)


def test_terms_tell_the_subject_and_leave_out_the_trade() -> None:
    """Stop words and the words of every news page say nothing of a subject."""
    text = "Baca juga: Presiden itu dan NATO. Presiden tiba di Jenewa, kata editor pukul 19.29 WIB."
    assert words.terms("NATO", text) == ("nato", "presiden", "19", "29", "jenewa", "pukul", "tiba")


def test_a_word_of_the_title_weighs_three() -> None:
    """Three times in the text is as much as once in the title; equals stand by alphabet."""
    assert words.terms("Zaitun", "apel apel apel mangga mangga mangga mangga") == ("mangga", "apel", "zaitun")


def test_terms_are_at_most_as_many_as_asked() -> None:
    """The heaviest are kept."""
    assert words.terms("", "satelit satelit orbit roket roket roket", most=2) == ("roket", "satelit")
    assert len(words.terms("", " ".join(f"kata{number}" for number in range(100)))) == 24


@given(st.lists(st.sampled_from(["roket", "orbit", "satelit", "yang", "dan", "x", "bulan"])), st.integers(0, 6))
def test_terms_are_what_counting_by_hand_gives(text: list[str], most: int) -> None:
    """The quick way (words that come twice first) gives the same as sorting all of them."""
    counted = Counter(word for word in text if len(word) > 1 and word not in words.STOP_WORDS)
    expected = [word for word, _ in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))][:most]
    assert words.terms("", " ".join(text), most) == tuple(expected)


def test_a_hundred_kilobytes_take_a_few_milliseconds() -> None:
    """Every article passes here once (bound: four times what was measured on a slow machine)."""
    article = "Presiden Rusia dan Presiden Amerika Serikat berbicara lewat telepon selama lima puluh menit. " * 44
    start = process_time()
    for number in range(25):
        words.terms("Putin dan Biden berbicara", article + str(number))
    assert process_time() - start < 0.02
