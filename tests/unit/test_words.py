"""Words: what counts as one."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.words import bare_words, stemmer, words


def told(text: str) -> list[str]:
    return [word.decode() for word in words(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Putin dan Biden", ["putin", "dan", "biden"]),
        ("KTT G20, ke-17: 2022!", ["ktt", "g20", "ke", "17", "2022"]),
        ("a b cd", ["a", "b", "cd"]),
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
def test_words_are_of_any_script(text: str, expected: list[str]) -> None:
    """Letters and digits with their signs, casefolded."""
    assert told(text) == expected


def test_an_accent_written_apart_makes_no_other_word() -> None:
    """Files from macOS may hold e and an accent where others hold one letter."""
    assert told("cafe\u0301") == told("café")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Café José, cafe\u0301", ["cafe", "jose", "cafe"]),
        ("ﬁnal ＮＡＴＯ x²", ["final", "nato", "x2"]),
        ("Straße “Rusia”", ["strasse", "rusia"]),
        ("العَرَبِيَّة", ["العربية"]),
        ("हिन्दी", ["हिन्दी"]),
    ],
)
def test_a_word_is_looked_for_as_it_is_typed(text: str, expected: list[str]) -> None:
    """Without accents and vowel signs that nobody types, and in everyday signs."""
    assert [word.decode() for word in bare_words(text)] == expected


@given(st.text(alphabet="abcXYZ019 .,;-_'\"()\n\tßé“—", max_size=60))
def test_both_ways_of_splitting_agree(text: str) -> None:
    """A letter beyond ASCII elsewhere in the text changes nothing about the words before it."""
    assert told(text + " яя") == [*told(text), "яя"]


@given(st.text(max_size=80))
def test_words_hold_nothing_but_lower_case_words(text: str) -> None:
    """No blank and no underscore; and reading them again gives the same."""
    found = told(text)
    assert all("_" not in word and not any(sign.isspace() for sign in word) for word in found)


def test_a_hundred_kilobytes_take_a_few_milliseconds() -> None:
    """Every article passes here once (bound: four times what was measured on a slow machine)."""
    article = "Presiden Rusia dan Presiden Amerika Serikat berbicara lewat telepon selama lima puluh menit. " * 44
    start = process_time()
    for number in range(25):
        words(article + str(number))
    assert process_time() - start < 0.02


@pytest.mark.parametrize(
    ("language", "forms", "stem"),
    [
        ("id", ["mengamankan", "pengamanan", "keamanan", "aman"], "aman"),
        ("en", ["elections", "election"], "elect"),
        ("en-GB", ["floods", "flooded", "flooding"], "flood"),
        ("de", ["Wahlen".lower(), "wahl"], "wahl"),
    ],
)
def test_the_forms_of_a_word_have_one_stem(language: str, forms: list[str], stem: str) -> None:
    """By the Snowball algorithm of the language."""
    assert {stemmer(language)(form) for form in forms} == {stem}


def test_a_language_without_an_algorithm_keeps_its_words() -> None:
    """Javanese has none."""
    assert stemmer("jv")("negarane") == "negarane"
