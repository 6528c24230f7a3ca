"""The bench: its archive is what it promises, its runs of ours work, and it would notice sites that are not alike."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bench import agreement, environments, inventory, measure, phases
from bench.archive import COMMONEST, LONGEST, SHORTEST, Archive
from bench.generators import UNSEARCHED, Ours
from bench.scenarios import NAMES

ROOT = Path(__file__).parent.parent
WORK = Path(tempfile.gettempdir()) / "ssg-bench"  # where peers are, if a call of the bench has installed them

pytestmark = pytest.mark.timeout(300)  # one call of the bench runs ssg some thirty times


def bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m bench`."""
    return subprocess.run([sys.executable, "-m", "bench", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def called(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """The results of one call on 60 articles, ours only, every scenario; and what the call said."""
    work = tmp_path_factory.mktemp("bench")
    done = bench("--sizes", "60", "--runs", "1", "--generators", "ssg", "--work", str(work))
    assert done.returncode == 0, done.stderr
    return work, done


@pytest.fixture(scope="module")
def archive() -> Archive:
    """Two thousand articles."""
    return Archive(2000)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of ours for 60 articles."""
    site, ours = tmp_path_factory.mktemp("built") / "site", Ours("ssg", "ssg")
    ours.lay_out(Archive(60), site)
    subprocess.run(ours.command(site), cwd=ROOT, check=True, capture_output=True)
    return site / ours.output


def test_the_archive_is_the_same_bytes_whatever_the_process(tmp_path: Path) -> None:
    """Two processes with other hash seeds write the same files, and another seed of the archive writes others."""
    code = (
        "import sys; from pathlib import Path; from bench.archive import Archive; from bench.generators import Ours; "
        "Ours('ssg', 'ssg').lay_out(Archive(60, int(sys.argv[1])), Path(sys.argv[2]))"
    )
    made = []
    for name, seed, hashes in (("a", "1", "0"), ("b", "1", "7"), ("c", "2", "0")):
        command = [sys.executable, "-c", code, seed, str(tmp_path / name)]
        subprocess.run(command, cwd=ROOT, check=True, env={"PYTHONHASHSEED": hashes, "LC_ALL": "C", "TZ": "Asia/Tokyo"})
        made.append(inventory.digests(tmp_path / name))
    assert made[0] == made[1]
    assert sum(path.startswith("content/") for path in made[0]) == 60
    assert made[0] != made[2]


def test_words_follow_zipf(archive: Archive) -> None:
    """The hundredth word stands about a tenth as often as the tenth, and the thousandth a tenth as often as that."""
    words: Counter[str] = Counter()
    for story in archive.stories[:1000]:
        words.update(word.strip("*.>-[]#").lower() for word in archive.markdown(story, lambda _: "x").split())
    often = [count for _, count in words.most_common(1000)]
    assert 7 < often[9] / often[99] < 13
    assert 7 < often[99] / often[999] < 13


def test_tags_are_shared_as_promised(archive: Archive) -> None:
    """A twentieth as many tags as articles, three to six an article, the commonest on a sixth."""
    held = Counter(tag for story in archive.stories for tag in story.tags)
    assert len(held) == 100
    assert {len(story.tags) for story in archive.stories} == {3, 4, 5, 6}
    assert abs(held.most_common(1)[0][1] / 2000 - COMMONEST) < 0.02
    assert len(archive.newest.tags) == 5


def test_articles_are_spread_over_ten_years_editors_and_sections(archive: Archive) -> None:
    """Ten years in order, forty editors, twelve sections, and no two articles at one address."""
    dates = [story.date for story in (*archive.stories, archive.newest)]
    assert dates == sorted(dates)
    assert {date.year for date in dates} == set(range(2015, 2025))
    assert len({story.editor for story in archive.stories}) == 40
    assert len({story.section for story in archive.stories}) == 12
    assert len({story.slug for story in archive.stories}) == 2000


def test_texts_have_their_length_their_marks_and_three_links(archive: Archive) -> None:
    """Each text has 2.5 to 3.5 KB with emphasis, a list and three links to other articles."""
    ours = Ours("ssg", "ssg")
    for story in archive.stories[::20]:
        text = archive.markdown(story, ours.referred)
        assert SHORTEST <= len(text.encode()) <= LONGEST
        assert text.count("](../../") == 3
        assert text.count(f"{story.slug}.md") == 0
        assert "\n- " in text
        assert "*" in text


def test_the_words_are_the_same_for_every_generator(archive: Archive) -> None:
    """How long a generator's way to write a link is changes nothing else."""
    story = archive.stories[700]
    assert archive.markdown(story, lambda _: "x") == archive.markdown(story, lambda _: "y" * 300).replace("y" * 300, "x")


def test_every_scenario_of_ours_is_measured(called: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    """A call on a small archive leaves a row with figures for each scenario."""
    work, _ = called
    rows = json.loads((work / "results" / "benchmarks.json").read_text(encoding="utf-8"))["rows"]
    assert {row["scenario"] for row in rows} == {*NAMES} - {"phases"}
    assert all(row["wall"] > 0 and row["cpu"] > 0 and row["stopped"] is None for row in rows)
    built = [row for row in rows if row["articles"]]
    assert {row["generator"] for row in built} == {"ssg", "ssg-unrelated", "ssg-default", UNSEARCHED}
    assert all(row["files"] > 200 and row["size"] > 500_000 for row in built)
    [added] = [row for row in built if row["scenario"] == "added" and row["generator"] == "ssg"]
    assert 10 < added["changed"] < added["files"]


def test_the_cost_of_an_article_is_told_by_phase(called: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    """Every phase that these texts go through took time, all of them more than a loop that only reads and writes."""
    work, _ = called
    took = json.loads((work / "results" / "benchmarks.json").read_text(encoding="utf-8"))["phases"]["60"]
    assert took["ours"].keys() == phases.PHASES.keys()
    assert {phase for phase, [seconds] in took["ours"].items() if not seconds} <= {"sanitise"}
    assert took["least"].keys() == {"read", "write"}
    least = [seconds for [seconds] in took["least"].values()]
    assert 0 < min(least) < sum(least) < sum(took["ours"][phase][0] for phase in ("start", *took["least"]))
    page = (work / "results" / "benchmarks.md").read_text(encoding="utf-8")
    assert "| render: article pages and lists, by Jinja | " in page


def test_single_generators_can_be_left_out(tmp_path: Path) -> None:
    """`--without` leaves out a generator of a family that is measured, and its site is not laid out."""
    done = bench(
        *("--sizes", "51", "--runs", "1", "--only", "scratch", "--work", str(tmp_path)),
        *("--generators", "ssg", "--without", "ssg-default", "ssg-unrelated", UNSEARCHED),
    )
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "results" / "benchmarks.json").read_text(encoding="utf-8"))["labels"] == {"ssg": "ssg"}
    assert not (tmp_path / "sites" / "51" / "ssg-default").exists()


def test_the_sources_are_as_before_when_all_is_measured(called: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    """Edits, additions and clones leave no trace in the sites that the next call measures."""
    work, _ = called
    site = work / "sites" / "60" / "ssg"
    fresh = work / "fresh"
    Ours("ssg", "ssg").lay_out(Archive(60), fresh)
    assert inventory.digests(site / "content") == inventory.digests(fresh / "content")
    assert not list(site.parent.glob("*-clone"))


def test_the_results_become_a_page_and_a_plot(called: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    """The page has the command, every target with its verdict and a row for each generator; the plot names each line."""
    work, done = called
    page = (work / "results" / "benchmarks.md").read_text(encoding="utf-8")
    assert "python -m bench --sizes 60 --runs 1" in page
    assert page.count("not measured") == 23
    assert re.search(r"\| files \| 1\d \|\n\| all files, MB \| 0\.\d+ \|\n\| the largest part, KB \| [\d.]+ \|", page)
    assert re.search(r"\| wall of a build from scratch, with it / without \| \d\.\d\d\d \|", page)
    assert re.search(r"\| `ssg build` on 20 articles with a photo of .* \| \d+\.\d\d \| \d+\.\d\d \| 1 \|", page)
    assert re.search(r"\| A build where nothing stands: no output, no cache \| 0\.\d\d \| [\d.]+% \|", page)
    assert "Measured once only" in page
    assert "| ssg, its default theme |" in page
    assert "`ssg --help`: CPU" in done.stdout
    plot = ElementTree.parse(work / "results" / "benchmarks.svg")
    texts = {"".join(text.itertext()) for text in plot.iter("{http://www.w3.org/2000/svg}text")}
    assert {"ssg", "ssg, related off", "ssg, its default theme", "100"} <= texts


def test_earlier_results_can_be_shown_together(called: tuple[Path, subprocess.CompletedProcess[str]], tmp_path: Path) -> None:
    """`--results` measures nothing and makes one page of several calls; those of another machine are refused."""
    work, _ = called
    file = work / "results" / "benchmarks.json"
    again = bench("--results", str(file), str(file), "--work", str(tmp_path))
    assert again.returncode == 0, again.stderr
    rows = json.loads((tmp_path / "results" / "benchmarks.json").read_text(encoding="utf-8"))["rows"]
    assert len(rows) == 2 * len(json.loads(file.read_text(encoding="utf-8"))["rows"])
    other = tmp_path / "other.json"
    other.write_text(file.read_text(encoding="utf-8").replace('"cores": "', '"cores": "9'), encoding="utf-8")
    refused = bench("--results", str(file), str(other), "--work", str(tmp_path))
    assert refused.returncode == 1
    assert "another machine" in refused.stderr


def _fewer_items(site: Path) -> None:
    feed = site / "feed.xml"
    begin, _, rest = feed.read_text(encoding="utf-8").partition("<item>")
    feed.write_text(
        begin + "<item>" + rest.rpartition("<item>")[0].rpartition("<item>")[0] + "</channel></rss>", encoding="utf-8"
    )


def _shorter_feed_texts(site: Path) -> None:
    feed = site / "feed.xml"
    text = feed.read_text(encoding="utf-8")
    for part in text.split("<![CDATA[")[1:]:
        text = text.replace(part.partition("]]>")[0], "Pendek.", 1)
    feed.write_text(text, encoding="utf-8")


def _no_article(site: Path) -> None:
    next(site.glob("2020/*/*/*/index.html")).unlink()


def _shorter_text(site: Path) -> None:
    for page in site.glob("20*/*/*/*/index.html"):
        before, _, after = page.read_text(encoding="utf-8").partition('<div class="body">')
        page.write_text(before + '<div class="body">' + after[after.index("</p>") + 400 :], encoding="utf-8")


def _no_related(site: Path) -> None:
    for page in site.glob("20*/*/*/*/index.html"):
        page.write_text(page.read_text(encoding="utf-8").replace('class="related"', 'class="x"'), encoding="utf-8")


def _no_tag(site: Path) -> None:
    shutil.rmtree(next(path for path in sorted((site / "tag").iterdir()) if path.is_dir()))


def _short_month(site: Path) -> None:
    for page in site.glob("20*/*/index.html"):
        page.write_text("<h1>Bulan</h1>", encoding="utf-8")


def _short_sitemap(site: Path) -> None:
    part = min(site.glob("sitemap-2019-*.xml"))
    part.write_text(part.read_text(encoding="utf-8").replace("/2019/", "/1919/"), encoding="utf-8")


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (_fewer_items, "feed.xml: 20 items and"),
        (_shorter_feed_texts, "feed.xml: the full text of"),
        (_no_article, "59 article pages are made of 60"),
        (_shorter_text, "the text of"),
        (_no_related, "related articles on"),
        (_no_tag, "the lists of /tag/ are not the same"),
        (_short_month, "the month 2015/02: 1 articles and 0"),
        (_short_sitemap, "articles in the sitemap: 60 and"),
    ],
)
def test_sites_that_are_not_alike_are_found_out(built: Path, tmp_path: Path, damage: Callable[[Path], None], told: str) -> None:
    """A peer that leaves work out would be told by name; the same site twice agrees."""
    theirs = tmp_path / "theirs"
    shutil.copytree(built, theirs)
    assert agreement.differences(Archive(60), built, theirs, related=True) == []
    damage(theirs)
    found = agreement.differences(Archive(60), built, theirs, related=True)
    assert any(told in fault for fault in found), found


def test_a_site_without_related_articles_can_be_compared_with_one_that_has_them(built: Path, tmp_path: Path) -> None:
    """The block that one leaves out is passed over, and nothing else."""
    theirs = tmp_path / "theirs"
    shutil.copytree(built, theirs)
    _no_related(theirs)
    assert agreement.differences(Archive(60), built, theirs, related=False) == []
    _short_sitemap(theirs)
    assert agreement.differences(Archive(60), built, theirs, related=False)


def test_memory_and_time_are_those_of_the_whole_tree(tmp_path: Path) -> None:
    """Two children of 40 MiB each count together, and so does the time that they burn."""
    child = (
        "x = bytearray(b'x') * (40 << 20); t = __import__('time'); e = t.process_time() + 0.4\nwhile t.process_time() < e: pass"
    )
    start = f"subprocess.Popen([sys.executable, '-c', {child!r}])"
    parent = f"import subprocess, sys; both = [{start} for _ in 'ab']; [one.wait() for one in both]"
    took = measure.run([sys.executable, "-c", parent], tmp_path)
    assert took.cpu >= 0.8
    assert took.wall >= 0.4
    if took.memory is not None:
        assert took.memory > 80 << 20


def test_a_command_that_fails_or_lasts_too_long_is_told(tmp_path: Path) -> None:
    """A failure comes with its last words; what is ended is ended with all its children."""
    with pytest.raises(measure.CommandFailedError, match=r"ended with 3:\nso it goes"):
        measure.run([sys.executable, "-c", "print('so it goes'); raise SystemExit(3)"], tmp_path)
    begun = time.monotonic()
    with pytest.raises(measure.TooLongError, match=r"ended after 0\.5 s"):
        measure.run(["sh", "-c", "sleep 60 & wait"], tmp_path, limit=0.5)
    assert time.monotonic() - begun < 20


@pytest.mark.skipif(
    not all(environments.installed(WORK / "environments", peer) for peer in ("hugo", "pelican")),
    reason="the peers are not installed: a call of `python -m bench` does that",
)
def test_the_peers_make_the_same_site(tmp_path: Path) -> None:
    """Hugo, Pelican and ours agree on a small archive, and no peer is left out."""
    (tmp_path / "environments").symlink_to(WORK / "environments")  # the results there are not a test's to write over
    done = bench("--sizes", "60", "--runs", "1", "--only", "scratch", "--work", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "60 articles: the sites agree" in done.stderr
    assert "left out" not in done.stderr
