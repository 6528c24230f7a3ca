"""One more article changes the pages that it is news for, however large the archive, and no numbered page of any list."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssg.build import Options, Report, build
from ssg.site_toml import load
from tests.laws.conftest import SITE_TOML, Tree, article, everything, tree, write

pytestmark = pytest.mark.timeout(300)

LATER = datetime(2036, 6, 1, tzinfo=ZoneInfo("Asia/Jakarta"))
NUMBERED = re.compile(r"/hal/[0-9]+/index\.html$")


class Growing:
    """A site to which articles are added."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def build(self, **texts: str) -> tuple[Tree, Report]:
        """Write some more articles of `content/`, build, and see what there is."""
        write(self.root, {f"content/{name}.md": text.encode() for name, text in texts.items()})
        report = build(load(self.root), Options(output=self.root / "output", now=LATER, workers=1))
        assert report.published, list(report.problems)
        return {path: digest for path, digest in tree(self.root / "output").items() if digest != "folder"}, report


@pytest.fixture
def empty(tmp_path: Path) -> Growing:
    """A site without articles."""
    return Growing(write(tmp_path, {"site.toml": SITE_TOML.encode()}))


def differing(one: Tree, other: Tree) -> set[str]:
    """The files that are not the same in both."""
    return {path for path in one.keys() | other.keys() if one.get(path) != other.get(path)}


def of_articles(paths: set[str]) -> set[str]:
    """Those that are pages of articles."""
    return {path for path in paths if re.match(r"\d{4}/\d\d/\d\d/[^/]+/index\.html", path)}


def full_pages(root: Path) -> set[str]:
    """The numbered pages of lists that are full: all but the one behind the last, which only leads on to the front."""
    files = {file.relative_to(root / "output").as_posix(): file for file in (root / "output").rglob("hal/*/index.html")}
    return {path for path, file in files.items() if "<article" in file.read_text(encoding="utf-8")}


def test_what_changes_does_not_grow_with_the_archive(tmp_path: Path) -> None:
    """The newest of some 240 articles changes about as many files as the newest of 60, and those that it names most.

    What the whole archive says of related articles counts in steps: one newcomer changes some pages more than the next. So
    those of several are taken together, and of four times the articles at most a quarter more may change.
    """
    changed: list[set[str]] = []
    articles_changed = []
    for articles in (60, 240):
        site = Growing(write(tmp_path / str(articles), everything(articles)))
        before, _ = site.build()
        articles_changed.append(0)
        for newcomer in range(articles, articles + 6):
            path, text = article(newcomer)
            after, report = site.build(**{path.removeprefix("content/").removesuffix(".md"): text})
            files = differing(before, after)
            assert set(report.written) == {path for path in files if path in after}
            assert report.moved == []
            articles_changed[-1] += len(of_articles(files))
            before = after
            changed += [files] if newcomer == articles else []
    small, large = changed
    assert len(large - of_articles(large)) <= len(small - of_articles(small)) < 50
    assert articles_changed[1] <= articles_changed[0] * 5 / 4
    assert not any(NUMBERED.search(path) for path in small | large)


def test_the_year_pages_of_an_archive_stay(empty: Growing) -> None:
    """An article of this year leaves the pages of all years but this one, and the one before it, as they were."""
    years = range(2000, 2020)
    before, _ = empty.build(
        **{f"{year}": f"---\ntitle: Tahun {year}\ndate: {year}-05-05\n---\nKata{year}.\n" for year in years}
    )
    after, _ = empty.build(baru="---\ntitle: Baru\ndate: 2019-06-06\n---\nLain.\n")
    assert {path for path in differing(before, after) if re.fullmatch(r"\d{4}/index\.html", path)} == {"2019/index.html"}


TAG = st.sampled_from(["nato", "g20"])


@settings(max_examples=12, deadline=None)
@given(begun=st.lists(TAG, min_size=1, max_size=16), added=st.lists(TAG, min_size=1, max_size=16))
def test_numbered_pages_hold_for_ever(begun: list[str], added: list[str]) -> None:
    """Whatever is added at the end, a numbered page that was full is the same to the byte ever after, and none is missing."""

    def texts(tags: list[str], first: int) -> dict[str, str]:
        dated = ((f"a{n}", f"2021-01-{1 + n // 3:02} 1{n % 3}:00", tag) for n, tag in enumerate(tags, first))
        return {
            name: f"---\ntitle: Judul {name}\ndate: {date}\ntags: {tag}\nstory: {tag}\n---\nIsi.\n" for name, date, tag in dated
        }

    with TemporaryDirectory() as folder:
        toml = SITE_TOML.replace("page_size = 5", "page_size = 2")
        site = Growing(write(Path(folder), {"site.toml": toml.encode()}))
        before, _ = site.build(**texts(begun, 0))
        full = full_pages(site.root)
        after, report = site.build(**texts(added, len(begun)))
        assert report.moved == []
        assert {path: after[path] for path in full} == {path: before[path] for path in full}
        assert {path for path in before if NUMBERED.search(path)} <= after.keys()
        for tag in ("nato", "g20"):
            listed = sum(tag == one for one in begun + added)
            for front in (f"tag/{tag}/", f"kisah/{tag}/"):
                assert sum(path.startswith(f"{front}hal/") for path in full_pages(site.root)) == max(0, listed // 2 - 1)


def test_a_new_step_changes_the_pages_of_four_before_it(empty: Growing) -> None:
    """However long the story is: the new article's own page, the last three steps and the one that now says that it goes on,
    and among lists the newest part alone."""
    steps = {f"a{n:02}": f"---\ntitle: Judul {n}\ndate: 2021-01-{1 + n:02}\nstory: Banjir\n---\nIsi.\n" for n in range(23)}
    *earlier, (name, text) = steps.items()
    before, _ = empty.build(**dict(earlier))
    after, report = empty.build(**{name: text})
    files = differing(before, after)
    assert of_articles(files) == {f"2021/01/{1 + n:02}/a{n:02}/index.html" for n in (18, 19, 20, 21, 22)}
    assert {path for path in files if path.startswith("kisah/")} == {
        *("kisah/index.html", "kisah/banjir/index.html", "kisah/banjir/feed.xml")
    }
    assert len([path for path in after if re.match(r"kisah/banjir/hal/", path)]) == 4
    assert report.moved == []


def test_backdating_is_told(empty: Growing) -> None:
    """An article put before others moves those behind it, on every list that it is in, and the build names those pages."""
    old = {
        f"a{n:02}": f"---\ntitle: Judul {n}\ndate: 2021-01-{1 + n:02}\ntags: {'nato' if n % 2 else 'g20'}\n---\nIsi.\n"
        for n in range(24)
    }
    before, report = empty.build(**old)
    assert report.moved == []
    full = full_pages(empty.root)
    after, report = empty.build(baru="---\ntitle: Lama\ndate: 2021-01-06 12:00\ntags: nato\n---\nIsi.\n")
    assert report.moved == ["/tag/nato/hal/1/", "/terkini/hal/2/", "/terkini/hal/3/"]
    assert {address.strip("/") + "/index.html" for address in report.moved} == differing(before, after) & full
    _, report = empty.build()
    assert report.moved == []


def test_a_deleted_article_is_told(empty: Growing) -> None:
    """When an article goes, so do the places of those behind it; the build names those pages, once."""
    old = {f"a{n:02}": f"---\ntitle: Judul {n}\ndate: 2021-01-{1 + n:02}\n---\nIsi.\n" for n in range(16)}
    empty.build(**old)
    (empty.root / "content" / "a07.md").unlink()
    _, report = empty.build()
    assert report.moved == ["/terkini/hal/2/"]
    _, report = empty.build()
    assert report.moved == []
