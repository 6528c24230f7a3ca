"""The ranking that begins from an earlier one says what a ranking from scratch says."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import NoReturn

import msgspec
import pytest

from ssg.digests import of_value
from ssg.model import Article
from ssg.related import FEW, Entry, increment, ranked
from ssg.related.batch import Batch
from ssg.related.columns import Longs
from ssg.related.table import of_bytes
from tests.unit.related.conftest import batch, plain

START = datetime(2021, 1, 1, 8, tzinfo=timezone(timedelta(hours=7)))
WORDS = [f"kata{n}" for n in range(60)]
TAGS = ["NATO", "nato", "G20", "Gempa"]


class Desk:
    """An archive that is edited at random. `read`: its articles have a key of their file, as all have that were read."""

    def __init__(self, seed: int, size: int, *, read: bool) -> None:
        self.chance = random.Random(seed)
        self.read = read
        self.made = 0
        self.entries: list[Entry] = []
        for _ in range(size):
            self.add()

    def edit(self) -> None:
        """Do one thing to it."""
        edits: list[Callable[[], None]] = [self.add, self.remove, self.change, self.change, self.want, self.shuffle]
        if self.entries:
            self.chance.choice(edits)()
        else:
            self.add()

    def add(self) -> None:
        self.made += 1
        day = START + timedelta(days=self.chance.choice([0, 0, 1, 30, 900, 4000]), hours=self.chance.randrange(3))
        name = f"a{self.made % 7}-{self.made}"
        article = Article(
            path=f"content/{name}.md",
            key=name,
            id=name,
            id_written=True,
            title=name,
            date=day,
            slug=name,
            language="id",
            body_key="",
            terms=self.terms(),
            tags=tuple(self.chance.sample(TAGS, self.chance.choice([0, 0, 1, 2]))),
            story=self.chance.choice(["", "", "", "Banjir"]),
        )
        self.put(self.chance.randint(0, len(self.entries)), Entry(article, self.chance.choice([5, 5, 3, 1, 0])), new=True)

    def terms(self) -> str:
        words = {WORDS[int(len(WORDS) * self.chance.random() ** 2)] for _ in range(self.chance.choice([0, 3, 6, 9]))}
        return " ".join(sorted(words))

    def put(self, at: int, entry: Entry, *, new: bool = False) -> None:
        article = msgspec.structs.replace(entry.article, body_key="")
        if self.read:
            article = msgspec.structs.replace(article, body_key=of_value(article))
        self.entries[at : at + (not new)] = [msgspec.structs.replace(entry, article=article)]

    def remove(self) -> None:
        del self.entries[self.chance.randrange(len(self.entries))]

    def change(self) -> None:
        """Change something of an article: mostly something that tells, now and then what the ranking does not look at."""
        at = self.chance.randrange(len(self.entries))
        other: dict[str, object] = self.chance.choice(
            [
                {"terms": self.terms()},
                {"tags": tuple(self.chance.sample(TAGS, 2))},
                {"date": START + timedelta(days=self.chance.randrange(2000))},
                {"story": self.chance.choice(["", "Banjir", "Pemilu"])},
                {"id": f"b{self.chance.randrange(100)}"},
                {"title": f"Judul {self.chance.random()}"},
            ]
        )
        entry = self.entries[at]
        self.put(at, msgspec.structs.replace(entry, article=msgspec.structs.replace(entry.article, **other)))

    def want(self) -> None:
        """Want another list of an article."""
        at = self.chance.randrange(len(self.entries))
        others = [entry.article.path for entry in self.chance.sample(self.entries, min(3, len(self.entries)))]
        other: dict[str, object] = self.chance.choice(
            [{"most": self.chance.randrange(6)}, {"without": (*others, "content/none.md")}, {"without": ()}, {"offered": False}]
        )
        self.put(at, msgspec.structs.replace(self.entries[at], **other))

    def shuffle(self) -> None:
        """Bring the articles in another order; it must tell nothing."""
        if self.chance.random() < 0.2:
            self.chance.shuffle(self.entries)


@pytest.fixture(params=[(400, 500, 1 << 16, 5), (7, 3, 40, 1)], ids=["as it is", "narrow"])
def bounds(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bounds as they are; and so near that small archives come upon them, and always begin from what was kept."""
    widest, enough, block, many = request.param
    monkeypatch.setattr("ssg.related.plain.WIDEST", widest)
    monkeypatch.setattr("ssg.related.table.WIDEST", widest)
    monkeypatch.setattr("ssg.related.scores.ENOUGH", enough)
    monkeypatch.setattr("ssg.related.batch.BLOCK", block)
    monkeypatch.setattr("ssg.related.increment.MANY", many)


@pytest.mark.usefixtures("bounds")
@pytest.mark.parametrize("read", [False, True])
@pytest.mark.parametrize("size", [3, 40, 120])
def test_an_increment_is_as_good_as_from_scratch(size: int, read: bool) -> None:
    """After each of many random edits, and after many at once; and both ways from scratch are the same."""
    for seed in range(12 if size < 100 else 5):
        desk = Desk(seed, size, read=read)
        lists, kept = increment.ranked(desk.entries, None)
        for step in range(30):
            for _ in range(desk.chance.choice([1, 1, 2, 5])):
                desk.edit()
            lists, kept = increment.ranked(desk.entries, kept)
            assert list(lists) == plain(desk.entries), (seed, step)
            if step % 5 == 0:
                assert list(lists) == batch(desk.entries), (seed, step)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many lists were made in each ranking."""
    counts: list[int] = []
    lists = Batch.lists

    def counted(self: Batch, rows: Longs, width: int) -> object:
        counts.append(len(rows))
        return lists(self, rows, width)

    monkeypatch.setattr(Batch, "lists", counted)
    return counts


def spread_out(size: int) -> list[Entry]:
    """Articles that share no more than those of a large archive do."""
    chance = random.Random(2)
    words = [f"kata{n}" for n in range(size)]
    desk = Desk(1, 0, read=True)
    for n in range(size):
        desk.add()
        terms = " ".join(dict.fromkeys(words[int(size * chance.random() ** 2)] for _ in range(20)))
        article = msgspec.structs.replace(
            desk.entries[n].article, terms=terms, tags=(), story="", date=START + timedelta(days=chance.randrange(3000))
        )
        desk.put(n, Entry(article, 5))
    return desk.entries


def test_only_what_can_have_changed_is_made_anew(asked: list[int]) -> None:
    """Nothing changed: no list; one more article, or one less: few of a thousand."""
    *entries, newest = spread_out(1001)
    _, kept = increment.ranked(entries, None)
    assert increment.ranked(entries, kept)[1] == kept
    increment.ranked([*entries, newest], kept)
    increment.ranked(entries[1:], kept)
    increment.ranked([*entries[:500], *entries[501:], entries[500]], kept)  # the same, in another order
    whole, *others = asked
    assert whole == 1000
    assert 0 < max(others) < 100
    assert len(others) == 3


def test_many_newcomers_at_once(monkeypatch: pytest.MonkeyPatch, asked: list[int]) -> None:
    """More than are looked at in one go; each is set beside the others by its own date."""
    entries = spread_out(1000)
    kept = increment.ranked(entries[:900], None)[1]
    monkeypatch.setattr("ssg.related.batch.BLOCK", 200)
    assert list(increment.ranked(entries, kept)[0]) == plain(entries)
    assert 100 < asked[1] < 1000


def test_a_large_change_is_ranked_from_scratch(asked: list[int]) -> None:
    """Finding out what stays would cost more than it spares."""
    entries = spread_out(600)
    _, kept = increment.ranked(entries[:300], None)
    assert list(increment.ranked(entries, kept)[0]) == batch(entries)
    assert asked[1] == 600


@pytest.mark.parametrize("few", [0, FEW])
def test_what_is_kept_is_believed_only_if_it_is_whole(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Damaged, cut off, foreign or of another version: the lists are the same."""
    monkeypatch.setattr("ssg.related.FEW", few)
    desk = Desk(1, 50, read=True)
    expected, kept = ranked(desk.entries)
    assert bool(kept) == (few == 0)
    _, kept = increment.ranked(desk.entries, None)
    desk.edit()
    expected = ranked(desk.entries)[0]
    chance = random.Random(1)
    for _ in range(200):
        harmed = bytearray(kept)
        harmed[chance.randrange(len(kept))] ^= 1 << chance.randrange(8)
        cut = kept[: chance.randrange(len(kept))]
        for foreign in (bytes(harmed), cut, chance.randbytes(chance.randrange(100)), b""):
            assert of_bytes(foreign) is None
    assert list(ranked(desk.entries, bytes(harmed))[0]) == list(ranked(desk.entries, cut)[0]) == list(expected)
    monkeypatch.setattr("ssg.related.table._made_by", lambda: "others")
    assert of_bytes(kept) is None
    assert list(ranked(desk.entries, kept)[0]) == list(expected)


def test_what_is_kept_does_not_grow_for_ever() -> None:
    """The words of articles that went are forgotten once they are the most."""
    desk = Desk(1, 30, read=False)
    kept = b""
    for n in range(60):
        at = n % len(desk.entries)
        terms = " ".join(f"kata-{n}-{word}" for word in range(20))
        desk.put(
            at,
            msgspec.structs.replace(desk.entries[at], article=msgspec.structs.replace(desk.entries[at].article, terms=terms)),
        )
        lists, kept = increment.ranked(desk.entries, kept)
    assert list(lists) == plain(desk.entries)
    ranking = of_bytes(kept)
    assert ranking
    assert len(ranking.table.vocabulary) < 1300


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="only Linux tells of a process's threads here")
def test_the_process_has_no_threads_when_workers_are_forked() -> None:
    """numpy, as it comes, begins one for each core; a child forked from among them may hang."""
    script = f"import os, {increment.__name__}; "
    script += "assert 'OPENBLAS_NUM_THREADS' not in os.environ; print(len(os.listdir('/proc/self/task')))"
    environment = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.strip() == "1"


def test_where_texts_are_all_that_changed_no_other_entry_is_looked_at() -> None:
    """The lists are those from scratch, and it is told which of them are not as they were."""

    class Watched(list[Entry]):
        def __iter__(self) -> NoReturn:
            raise AssertionError("all entries were looked at")

    entries = spread_out(1000)
    before, kept = increment.ranked(entries, None)
    for n in (0, 400, 999):
        other = msgspec.structs.replace(entries[n].article, terms=entries[n - 1].article.terms, body_key=f"lain {n}")
        entries[n] = Entry(other, entries[n].most)
    numbers = {entry.article.path: n for n, entry in enumerate(entries)}
    lists, _ = increment.ranked(Watched(entries), kept, numbers=numbers, changed=[999, 0, 400])
    assert list(lists) == plain(entries)
    assert lists.anew == [n for n, (one, other) in enumerate(zip(before, lists, strict=True)) if one != other] != []
