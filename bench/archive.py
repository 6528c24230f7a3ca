"""The made archive: news that nobody wrote, the same on every machine, shaped like a real newsroom's ten years.

Only `random()` and `randbytes()` of Python's generator are used: their results are the same in every version of it.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random

BEGIN = datetime(2015, 1, 1)
YEARS = 10
SPAN = datetime(BEGIN.year + YEARS, 1, 1) - BEGIN
EDITORS = 40
SECTIONS = 12
FEWEST_TAGS = 50  # with fewer, three to six an article could not leave the commonest on a sixth of them
COMMONEST = 1 / 6  # the share of articles that carry the commonest tag
TAGS_OF_ONE = (3, 6)
LINKS = 3
SHORTEST, LONGEST = 2500, 3500  # bytes of Markdown, without front matter
VOCABULARY = 10_000
WORDS = 800  # more than the longest text has
DRAWS = 1 << 16  # two random bytes draw a word

# Real words of the language in front, as in any text of it; the rest is made of syllables.
_SMALL_WORDS = """
    yang di dan untuk pada dengan ini dari dalam itu ke tidak akan juga oleh telah sudah lebih bisa para kami mereka saat
    adalah bagi karena serta antara tahun hari sejumlah menurut setelah hingga sebagai warga kota pemerintah harga
"""
_SMALL = tuple(_SMALL_WORDS.split())
_ONSETS = ("b", "c", "d", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "w", "ny", "ng", "")
_VOWELS = "aaaeiiou"
_CODAS = ("", "", "", "", "n", "ng", "r", "s", "t", "k", "h", "m")
_PREFIXES = ("", "", "", "", "me", "di", "ber", "pe", "ter", "ke")
_TARGET = "\0"
_USUAL = 40  # bytes of a link's target, at least, in any generator's way of writing it
_LAST = 400  # bytes by which the last block may go beyond what is enough
_SUFFIXES = ("", "", "", "", "", "an", "kan", "nya", "i")

Referrer = Callable[["Story"], str]  # what a generator writes to link to a story


@dataclass(frozen=True, slots=True)
class Story:
    """What stands above an article's text. `number`: its place in time, 0 the oldest. `date` is local time without a zone."""

    number: int
    title: str
    slug: str
    date: datetime
    editor: str
    section: str
    tags: tuple[str, ...]


class Archive:
    """`size` stories, oldest first, and one more that comes in when it is asked for (`newest`). `seed` decides every word."""

    def __init__(self, size: int, seed: int = 1) -> None:
        if size <= LINKS:
            raise ValueError(f"an archive has more than {LINKS} articles, so that each can link to {LINKS} others")
        self.size, self.seed = size, seed
        random = Random(seed)
        words = _vocabulary(random)
        self._drawn = _drawn(words)
        self._names = words[len(_SMALL) :]
        self.editors = tuple(self._name(random, 2) for _ in range(EDITORS))
        self.sections = tuple(self._name(random, 1) for _ in range(SECTIONS))
        self._section_weights = list(accumulate(1 / (rank + 3) for rank in range(SECTIONS)))
        self.tags = tuple(self._name(random, 1 + number % 2) for number in range(max(FEWEST_TAGS, size // 20)))
        self._tag_weights = list(accumulate(_mandelbrot(len(self.tags))))
        self._step = SPAN / (size + 1)
        *stories, self.newest = (self._story(random, number) for number in range(size + 1))
        self.stories: tuple[Story, ...] = tuple(stories)

    def markdown(self, story: Story, referred: Referrer) -> str:
        """The text of a story, ending with a line's end; `referred` gives the target of a link to another story."""
        random = Random(self.seed * 1_000_003 + story.number)
        linked = self._linked(random, story)
        drawn = array("H", random.randbytes(2 * WORDS))
        if sys.byteorder == "big":
            drawn.byteswap()
        text = _Text(random, [self._drawn[number] for number in drawn]).written()
        for other in linked:
            text = text.replace(_TARGET, referred(other), 1)
        return text

    def _linked(self, random: Random, story: Story) -> list[Story]:
        """Three earlier stories, most of them not long before; for the very first also later ones."""
        pool = story.number if story.number >= LINKS else LINKS + 1
        found: dict[int, None] = {}
        while len(found) < LINKS:
            number = pool - 1 - int(pool * random.random() ** 3)
            if number != story.number:
                found[number] = None
        return [self.stories[number] for number in found]

    def _story(self, random: Random, number: int) -> Story:
        newest = number == self.size
        words = [self._title_word(random) for _ in range(5 + int(random.random() * 4))]
        moment = BEGIN + self._step * (number + random.random())
        tags: dict[str, None] = {}  # keeps their order, which a set would not
        few, many = TAGS_OF_ONE
        count = 5 if newest else few + int(random.random() * (many - few + 1))
        while len(tags) < count:
            tags[_weighed(random, self.tags, self._tag_weights)] = None
        return Story(
            number=number,
            title=" ".join(words).capitalize(),
            slug="-".join((*words[:4], str(number))),
            date=moment.replace(second=0, microsecond=0) + timedelta(seconds=number % 60),
            editor=self.editors[int(random.random() * EDITORS)],
            section=_weighed(random, self.sections, self._section_weights),
            tags=tuple(tags),
        )

    def _title_word(self, random: Random) -> str:
        """A word of the texts, but none of the small ones: a headline says what it is about."""
        while (word := self._drawn[int(random.random() * DRAWS)]) in _SMALL:
            pass
        return word

    def _name(self, random: Random, words: int) -> str:
        """A name that no other has: the vocabulary is long, and each word of it is taken once."""
        taken = (self._names.pop(200 + int(random.random() * (len(self._names) - 200))) for _ in range(words))
        return " ".join(word.capitalize() for word in taken)


def _vocabulary(random: Random) -> list[str]:
    """Different words, those that will be commonest first; the common ones are rather short, as in any language."""
    made: dict[str, float] = {}
    while len(made) < VOCABULARY - len(_SMALL):
        syllables = "".join(
            _one(random, _ONSETS) + _one(random, _VOWELS) + _one(random, _CODAS) for _ in range(2 + int(random.random() * 1.6))
        )
        word = _one(random, _PREFIXES) + syllables + _one(random, _SUFFIXES)
        if word not in _SMALL:
            made.setdefault(word, len(word) + 6 * random.random())
    return [*_SMALL, *sorted(made, key=lambda word: (made[word], word))]


def _drawn(words: list[str]) -> list[str]:
    """`DRAWS` words of which each is drawn alike: the word of rank r stands there as often as 1/r says (Zipf)."""
    weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    return [words[bisect(weights, (draw + 0.5) / DRAWS * weights[-1])] for draw in range(DRAWS)]


def _weighed(random: Random, among: tuple[str, ...], weights: list[float]) -> str:
    """One of `among`; `weights` are summed up from the first."""
    return among[bisect(weights, random.random() * weights[-1])]


def _one(random: Random, among: tuple[str, ...] | str) -> str:
    return among[int(random.random() * len(among))]


def _mandelbrot(count: int) -> list[float]:
    """Weights 1 / (rank + q) for `count` tags, with the q at which the first one stands on `COMMONEST` of all articles."""
    few, many = TAGS_OF_ONE
    draws = (few + many) / 2
    wanted = 1 - (1 - COMMONEST) ** (1 / draws)
    low, high = 0.0, 1e6
    for _ in range(100):
        q = (low + high) / 2
        share = 1 / (1 + q) / sum(1 / (rank + q) for rank in range(1, count + 1))
        low, high = (q, high) if share > wanted else (low, q)
    return [1 / (rank + high) for rank in range(1, count + 1)]


class _Text:
    """One article's Markdown, written from front to back out of `words`: paragraphs, headings, lists, emphasis, links.

    The target of each link is left open (`_TARGET`), so that the words are the same whatever a generator writes there.
    """

    def __init__(self, random: Random, words: list[str]) -> None:
        self._random, self._words = random, words
        self._used = 0

    def written(self) -> str:
        """Blocks until it is long enough."""
        enough = SHORTEST + int(self._random.random() * (LONGEST - SHORTEST - _LAST))
        blocks: list[str] = []
        length = -1 + LINKS * _USUAL  # between blocks stand two bytes, after the last one
        while length < enough:
            number = len(blocks)
            turn = number % 8
            if turn == 3:
                block = "## " + " ".join(self._take(4)).capitalize()
            elif turn == 5:
                block = "\n".join("- " + " ".join(self._take(5)) for _ in range(3 + int(self._random.random() * 3)))
            else:
                block = self._paragraph(link=number in (0, 2, 4), quoted=turn == 7)
            blocks.append(block)
            length += len(block) + 2
        return "\n\n".join(blocks) + "\n"

    def _take(self, count: int) -> list[str]:
        self._used += count
        return self._words[self._used - count : self._used]

    def _paragraph(self, *, link: bool, quoted: bool) -> str:
        sentences: list[str] = []
        length = 0
        while length < 180:
            words = self._take(8 + int(self._random.random() * 7))
            words[0] = words[0].capitalize()
            chance = self._random.random()
            if link and not sentences:
                words[2:4] = [f"[{words[2]} {words[3]}]({_TARGET})"]
            elif chance < 0.25:
                words[3] = f"**{words[3]}**"
            elif chance < 0.5:
                words[2:4] = [f"*{words[2]} {words[3]}*"]
            sentences.append(" ".join(words) + ".")
            length += len(sentences[-1])
        return ("> " if quoted else "") + " ".join(sentences)
