"""What is counted in columns is what is counted one by one."""

from __future__ import annotations

import random

import msgspec
import pytest

from ssg.related import Entry
from ssg.related.columns import np
from ssg.related.features import features
from ssg.related.scores import SKETCHED
from ssg.related.tallies import tallied
from ssg.settings import Related
from tests.unit.related.test_related import article

WORDS = ["banjir", "dan", "x", "Citarum", "tanggul", "2026", "kebanjiran", "!?", "warga"]


@pytest.mark.parametrize("related", [Related(), Related(title=3, standfirst=0, tags=0, links=1)])
def test_both_ways_count_the_same(related: Related) -> None:
    """Of texts of any length, with and without anything beside them."""
    chance = random.Random(1)
    entries, texts = [], []
    for n in range(300):
        one = article(f"a{n % 7}-{n}", tags=("NATO", "G20")[: n % 3], story="Banjir" if n % 5 == 0 else "")
        title = " ".join(chance.choices(WORDS, k=n % 4)) or "!"
        one = msgspec.structs.replace(one, title=title, summary="Air naik, warga pindah.", standfirst=n % 2 == 0)
        entries.append(Entry(one, 5, linked=(f"content/a{n - 1}.md",) if n % 3 else ()))
        texts.append(" ".join(chance.choices([*WORDS, f"kata{n}"], k=chance.choice([0, 1, 2, 30, 200]))))
    found = tallied(entries, texts, related)
    ends = np.cumsum(found.counts)
    names, roots = np.frombuffer(found.names, np.uint32), np.frombuffer(found.roots, np.uint8)
    sketches = np.frombuffer(found.sketches, np.uint16).reshape(-1, SKETCHED)
    for n, (entry, text) in enumerate(zip(entries, texts, strict=True)):
        alone = features(entry, text, related)
        its = slice(ends[n] - found.counts[n], ends[n])
        assert dict(zip(names[its].tolist(), roots[its].tolist(), strict=True)) == dict(
            zip(alone.names, alone.roots, strict=True)
        )
        assert found.lengths[n] == alone.length
        assert sketches[n].tolist() == alone.sketch.tolist()


def test_of_nothing_there_is_nothing() -> None:
    """No entries, no features."""
    assert tallied([], [], Related()).names == b""
