"""The ranking that begins from an earlier one says what a ranking from scratch says."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import NoReturn

import msgspec
import pytest

from ssg.digests import of_value
from ssg.model import Article
from ssg.related import FEW, Entry, Lists, increment, ranked
from ssg.related.batch import Batch
from ssg.related.columns import Longs
from ssg.related.kept import of_bytes
from ssg.related.postings import Store
from tests.unit.related.conftest import TELLER, batch, plain

START = datetime(2021, 1, 1, 8, tzinfo=timezone(timedelta(hours=7)))
WORDS = [f"kata{n}" for n in range(60)]
TAGS = ["NATO", "nato", "G20", "Gempa"]


class Desk:
    """An archive that is edited at random."""

    def __init__(self, seed: int, size: int) -> None:
        self.chance = random.Random(seed)
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
            extra={"text": self.text()},
            tags=tuple(self.chance.sample(TAGS, self.chance.choice([0, 0, 1, 2]))),
            story=self.chance.choice(["", "", "", "Banjir"]),
        )
        self.put(self.chance.randint(0, len(self.entries)), Entry(article, self.chance.choice([5, 5, 3, 1, 0])), new=True)

    def text(self) -> str:
        return " ".join(WORDS[int(len(WORDS) * self.chance.random() ** 2)] for _ in range(self.chance.choice([0, 3, 9, 30])))

    def put(self, at: int, entry: Entry, *, new: bool = False) -> None:
        article = msgspec.structs.replace(entry.article, body_key="")
        article = msgspec.structs.replace(article, body_key=of_value(article))
        self.entries[at : at + (not new)] = [msgspec.structs.replace(entry, article=article)]

    def remove(self) -> None:
        del self.entries[self.chance.randrange(len(self.entries))]

    def change(self) -> None:
        """Change something of an article: mostly something that tells, now and then what the ranking does not look at."""
        at = self.chance.randrange(len(self.entries))
        other: dict[str, object] = self.chance.choice(
            [
                {"extra": {"text": self.text()}},
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
            [
                {"most": self.chance.randrange(6)},
                {"without": (*others, "content/none.md")},
                {"linked": (*others, "content/none.md")},
                {"without": (), "linked": ()},
                {"offered": False},
            ]
        )
        self.put(at, msgspec.structs.replace(self.entries[at], **other))

    def shuffle(self) -> None:
        """Bring the articles in another order; it must tell nothing."""
        if self.chance.random() < 0.2:
            self.chance.shuffle(self.entries)


@pytest.fixture(params=[(150, 32, 500, 1 << 17, 5), (7, 2, 3, 40, 1)], ids=["as it is", "narrow"])
def bounds(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bounds as they are; and so near that small archives come upon them, and always begin from what was kept."""
    widest, candidates, enough, block, many = request.param
    monkeypatch.setattr("ssg.related.scores.WIDEST", widest)
    monkeypatch.setattr("ssg.related.plain.CANDIDATES", candidates)
    monkeypatch.setattr("ssg.related.batch.CANDIDATES", candidates)
    monkeypatch.setattr("ssg.related.scores.ENOUGH", enough)
    monkeypatch.setattr("ssg.related.batch.BLOCK", block)
    monkeypatch.setattr("ssg.related.batch.ROWS", max(1, block >> 4))
    monkeypatch.setattr("ssg.related.postings.AT_ONCE", block << 5)
    monkeypatch.setattr("ssg.related.index.AT_ONCE", block << 5)
    monkeypatch.setattr("ssg.related.increment.MANY", many)
    monkeypatch.setattr("ssg.related.increment.FEW", block >> 3)


class Keeper:
    """Ranks again and again, beginning from what it kept."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "features"
        self.kept: bytes | None = None

    def ranked(self, entries: Sequence[Entry]) -> Lists:
        lists, self.kept = increment.ranked(entries, TELLER, self.file, self.kept)
        return lists


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    return Keeper(tmp_path)


@pytest.mark.usefixtures("bounds")
@pytest.mark.parametrize("size", [3, 40, 120])
def test_an_increment_is_as_good_as_from_scratch(size: int, keeper: Keeper) -> None:
    """After each of many random edits, and after many at once; and both ways from scratch are the same."""
    for seed in range(12 if size < 100 else 4):
        desk = Desk(seed, size)
        keeper.ranked(desk.entries)
        for step in range(25):
            for _ in range(desk.chance.choice([1, 1, 2, 5])):
                desk.edit()
            assert list(keeper.ranked(desk.entries)) == plain(desk.entries), (seed, step)
            if step % 8 == 0:
                assert list(keeper.ranked(desk.entries)) == batch(desk.entries), (seed, step)


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
    desk = Desk(1, 0)
    for n in range(size):
        desk.add()
        text = " dan ".join(dict.fromkeys(words[int(size * chance.random() ** 2)] for _ in range(20)))
        day = START + timedelta(days=chance.randrange(3000))
        article = msgspec.structs.replace(desk.entries[n].article, extra={"text": text}, tags=(), story="", date=day)
        desk.put(n, Entry(article, 5))
    return desk.entries


def test_only_what_can_have_changed_is_made_anew(asked: list[int], keeper: Keeper) -> None:
    """Nothing changed: no list; one more article, or one less: few of a thousand."""
    *entries, newest = spread_out(1001)
    keeper.ranked(entries)
    kept = keeper.kept
    for others in (entries, [*entries, newest], entries[1:], [*entries[:500], *entries[501:], entries[500]]):
        keeper.kept = kept
        keeper.ranked(others)
    whole, *others_asked = asked
    assert whole == 1000
    assert 0 < max(others_asked) < 250
    assert others_asked[-1] == 0  # the same, in another order


def test_many_newcomers_at_once(monkeypatch: pytest.MonkeyPatch, asked: list[int], keeper: Keeper) -> None:
    """More than are looked at in one go; each is set beside the others by its own date."""
    entries = spread_out(1000)
    keeper.ranked(entries[:900])
    monkeypatch.setattr("ssg.related.batch.BLOCK", 200)
    monkeypatch.setattr("ssg.related.batch.ROWS", 30)
    assert list(keeper.ranked(entries)) == plain(entries)
    assert 100 < asked[1] < 1000


def test_a_large_change_is_ranked_from_scratch(asked: list[int], keeper: Keeper) -> None:
    """Finding out what stays would cost more than it spares."""
    entries = spread_out(600)
    keeper.ranked(entries[:300])
    assert list(keeper.ranked(entries)) == batch(entries)
    assert asked[1] == 600


def columns(store: Store) -> list[bytes]:
    return [getattr(store, name).tobytes() for name in Store.__struct_fields__]


def test_what_is_kept_is_believed_only_if_it_is_whole(keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
    """Damaged, cut off, foreign or of another version: the lists are the same."""
    desk = Desk(1, 50)
    assert ranked(desk.entries[: FEW - 1], TELLER, keeper.file)[1] == b""
    keeper.ranked(desk.entries)
    kept, features = keeper.kept, keeper.file.read_bytes()
    known = of_bytes(kept or b"", keeper.file, TELLER.related)
    assert kept
    assert known
    whole_columns = columns(known[0].store)
    desk.edit()
    expected = plain(desk.entries)
    chance = random.Random(1)
    for harmed in (True, False):
        for _ in range(60):
            whole = features if harmed else kept
            bitten = bytearray(whole)
            bitten[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
            cut = whole[: chance.randrange(len(whole))]
            for foreign in (bytes(bitten), cut, chance.randbytes(chance.randrange(100)), b""):
                if harmed:
                    keeper.file.write_bytes(foreign)
                else:
                    keeper.file.write_bytes(features)
                found = of_bytes(kept if harmed else foreign, keeper.file, TELLER.related)
                assert found is None or (harmed and columns(found[0].store) == whole_columns)  # what is between may differ
        keeper.kept = kept if harmed else foreign
        assert list(keeper.ranked(desk.entries)) == expected
    keeper.file.unlink()
    assert list(keeper.ranked(desk.entries)) == expected
    monkeypatch.setattr("ssg.related.kept._made_by", lambda *_: "others")
    assert of_bytes(keeper.kept or b"", keeper.file, TELLER.related) is None
    assert list(keeper.ranked(desk.entries)) == expected


def test_what_cannot_be_kept_is_ranked_all_the_same(tmp_path: Path) -> None:
    """The folder may be gone, or nobody may write there."""
    entries = spread_out(120)
    lists, kept = increment.ranked(entries, TELLER, tmp_path / "none" / "features", None)
    assert (list(lists), kept) == (plain(entries), b"")


def test_what_is_kept_does_not_grow_for_ever(keeper: Keeper) -> None:
    """The features of articles that went are forgotten once they are many."""
    desk = Desk(1, 30)
    sizes = []
    for n in range(200):
        at = n % len(desk.entries)
        text = " ".join(f"kata-{n}-{word}" for word in range(20))
        desk.put(at, msgspec.structs.replace(desk.entries[at], article=_with(desk.entries[at].article, text)))
        keeper.ranked(desk.entries)
        sizes.append(len(keeper.kept or b"") + keeper.file.stat().st_size)
    assert list(keeper.ranked(desk.entries)) == plain(desk.entries)
    assert max(sizes[100:]) < 1.2 * max(sizes[:100])


def _with(article: Article, text: str) -> Article:
    return msgspec.structs.replace(article, extra={"text": text})


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="only Linux tells of a process's threads here")
def test_the_process_has_no_threads_when_workers_are_forked() -> None:
    """numpy, as it comes, begins one for each core; a child forked from among them may hang."""
    script = f"import os, {increment.__name__}; "
    script += "assert 'OPENBLAS_NUM_THREADS' not in os.environ; print(len(os.listdir('/proc/self/task')))"
    environment = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.strip() == "1"


def test_where_texts_are_all_that_changed_no_other_entry_is_looked_at(keeper: Keeper) -> None:
    """The lists are those from scratch, and it is told which of them are not as they were."""

    class Watched(list[Entry]):
        def __iter__(self) -> NoReturn:
            raise AssertionError("all entries were looked at")

    entries = spread_out(1000)
    before = keeper.ranked(entries)
    for n in (0, 400, 999):
        other = msgspec.structs.replace(entries[n].article, extra=entries[n - 1].article.extra, body_key=f"lain {n}")
        entries[n] = Entry(other, entries[n].most)
    numbers = {entry.article.path: n for n, entry in enumerate(entries)}
    changed = [999, 0, 400]
    lists, _ = increment.ranked(Watched(entries), TELLER, keeper.file, keeper.kept, numbers=numbers, changed=changed)
    assert list(lists) == plain(entries)
    assert lists.anew == [n for n, (one, other) in enumerate(zip(before, lists, strict=True)) if one != other] != []
