"""The bench of related articles: links are hidden from what is compared, and what comes back of them is counted rightly."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path

import pytest

from bench.related import hidden, measures
from bench.related.hidden import Hidden
from bench.related.rankings import RANKINGS

ROOT = Path(__file__).parent.parent
SITE = 'title = "Kabar"\nbase_url = "https://kabar.example/"\n[identity]\nauthority = "kabar.example"\ndate = "2020"\n'
FLOOD = "banjir sungai tanggul hujan warga mengungsi perahu air surut lumpur " * 5
VOTE = "pemilu suara surat bilik petugas hitung saksi kotak rekapitulasi tinta " * 5


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three articles on a flood, three on an election, of each the later two linked to the first; and a short one."""
    folder = tmp_path_factory.mktemp("kabar")
    (folder / "site.toml").write_text(SITE, encoding="utf-8")
    (folder / "content").mkdir()
    for subject, text, tag, month in (("banjir", FLOOD, "Cuaca", 1), ("pemilu", VOTE, "Politik", 2)):
        for day in (1, 2, 3):
            link = f"\n\nBaca [kisah terdahulu mawar]({subject}-1.md) dan [situs kami](https://luar.example/) juga." * (day > 1)
            own = " ".join(f"{subject}{day}{n}" for n in range(30))
            head = f"---\ntitle: Kabar {subject} hari {day}\ndate: 2021-{month:02}-{day:02}\ntags: [{tag}]\n---\n\n"
            (folder / "content" / f"{subject}-{day}.md").write_text(head + text + own + link + "\n", encoding="utf-8")
    short = "---\ntitle: Singkat\ndate: 2021-03-01\n---\n\nHanya [sebaris](banjir-1.md).\n"
    (folder / "content" / "singkat.md").write_text(short, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def articles(site: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Hidden]:
    """The articles of the site, with their links hidden."""
    return hidden.articles(site, tmp_path_factory.mktemp("work"))["id"]


def test_links_are_hidden_and_count_for_both_ends(articles: list[Hidden]) -> None:
    """The words of a link to an article are gone, those of another link stay; short articles take no part."""
    names = [Path(one.article.path).stem for one in articles]
    linked = {names[n]: {names[other] for other in one.linked} for n, one in enumerate(articles)}
    assert linked["banjir-1"] == {"banjir-2", "banjir-3"}
    assert linked["pemilu-3"] == {"pemilu-1"}
    assert "singkat" not in names
    assert not any(one.article.links for one in articles)
    texts = {name: one.text for name, one in zip(names, articles, strict=True)}
    assert "mawar" not in texts["banjir-2"]
    assert "situs kami" in texts["banjir-2"]
    assert texts["banjir-2"].split()[:3] == ["banjir", "sungai", "tanggul"]


def test_each_ranking_ranks_by_what_it_says(articles: list[Hidden]) -> None:
    """Tags and texts bring the same subject first; dates bring the neighbours in time."""
    names = [Path(one.article.path).stem for one in articles]
    lists = {name: [[names[n] for n in some] for some in ranking(articles)] for name, ranking in RANKINGS.items()}
    asking = names.index("pemilu-1")
    for name in ("BM25, 30 best terms", "TF-IDF cosine", "TF-IDF cosine by time"):
        assert set(lists[name][asking][:2]) == {"pemilu-2", "pemilu-3"}
    assert lists["shared tags, newest first"][asking][:2] == ["pemilu-3", "pemilu-2"]
    assert lists["nearest in date"][asking][:2] == ["pemilu-2", "pemilu-3"]
    assert all(names[n] not in some for some_lists in lists.values() for n, some in enumerate(some_lists))


def test_measures_are_those_of_the_books() -> None:
    """A linked article in second place: found, half of two recalled, and worth 1 / log2(3) of the best there could be."""
    assert (measures.hit([9, 1], {1}), measures.hit([9, 8], {1})) == (1.0, 0.0)
    assert measures.recall([9, 1], {1, 2}) == 0.5
    assert measures.ndcg([9, 1], {1}) == pytest.approx(1 / math.log2(3))
    assert measures.ndcg([1, 2, 9], {1, 2}) == pytest.approx(1)
    assert measures.hit([9, 8, 7, 6, 5, 1], {1}) == 0.0
    assert measures.interval([1.0] * 10) == (1.0, 1.0)
    low, high = measures.interval([0.0, 1.0] * 200)
    assert low < 0.5 < high
    assert 0.08 < high - low < 0.12  # 1.96 standard errors to each side: 0.098


def test_the_command_compares_all_rankings(site: Path, tmp_path: Path) -> None:
    """It prints and writes each measure of each ranking, for near and far pairs; without a link it says so."""
    command = [sys.executable, "-m", "bench.related"]
    done = subprocess.run(
        [*command, str(site), "--json", str(tmp_path / "a.json")], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert found["all"]["hit@5"].keys() == RANKINGS.keys()
    assert found["all"]["hit@5"]["ssg"] == {"mean": 1.0, "interval": [1.0, 1.0], "asked": 6}
    assert found["beyond 90 days"]["hit@5"]["ssg"]["asked"] == 0
    assert "all: 6 articles that are linked" in done.stdout
    alone = tmp_path / "alone"
    alone.mkdir()
    (alone / "a.md").write_text(f"---\ntitle: A\ndate: 2021-01-01\n---\n\n{FLOOD}\n", encoding="utf-8")
    refused = subprocess.run([*command, str(alone)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert "no article" in refused.stderr


def test_a_link_by_a_whole_address_is_one_too(tmp_path: Path) -> None:
    """Archives have moved from host to host; year, month and name of an article are known on each of them."""
    (tmp_path / "site.toml").write_text(SITE, encoding="utf-8")
    (tmp_path / "content").mkdir()
    link = "[dulu anggrek](https://www.lama.example/2021/01/01/banjir/) dan [luar](https://luar.example/2021/01/01/lain/)"
    for name, day, text in (("banjir", 1, FLOOD), ("surut", 2, f"{FLOOD}\n\nBaca {link}.")):
        head = f"---\ntitle: {name}\ndate: 2021-01-{day:02}\n---\n\n"
        (tmp_path / "content" / f"2021-01-{day:02}-{name}.md").write_text(head + text + "\n", encoding="utf-8")
    found = hidden.articles(tmp_path, tmp_path / "work")["id"]
    assert sorted(len(one.linked) for one in found) == [1, 1]
    texts = " ".join(one.text for one in found)
    assert "anggrek" not in texts
    assert "luar" in texts
