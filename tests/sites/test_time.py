"""What is published when: zones, drafts, the future, expiry, and the moment of the build."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.conftest import SITE_TOML, Made
from tests.sites.faults import with_settings

Site = Callable[[str], Made]

ARTICLE = "-- content/a.md --\n---\ntitle: A\ndate: %s\ntags: NATO\n%s\n---\nWords.\n"


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Asia/Jayapura"])
def test_an_article_of_today_is_there_wherever_the_build_runs(site: Site, zone: str) -> None:
    """It is dated in the newsroom's zone, and the clock is read in that zone as well."""
    today = datetime.now(ZoneInfo("Asia/Jakarta")).date().isoformat()
    made = site(ARTICLE % (today, ""))
    command = [sys.executable, "-m", "ssg", "build", "--source", str(made.root)]
    subprocess.run(command, env=os.environ | {"TZ": zone}, check=True, capture_output=True, timeout=60)
    assert made.page(f"/{today.replace('-', '/')}/a/").find("time")[0]["datetime"] == f"{today}T00:00:00+07:00"


@pytest.mark.parametrize(
    ("zone", "written", "machines", "people"),
    [
        ("Asia/Jakarta", "2026-05-01 19:29", "2026-05-01T19:29:00+07:00", "Jumat, 1 Mei 2026, 19.29 WIB"),
        ("Asia/Makassar", "2026-05-01 19:29", "2026-05-01T19:29:00+08:00", "Jumat, 1 Mei 2026, 19.29 WITA"),
        ("Asia/Jayapura", "2026-05-01 19:29", "2026-05-01T19:29:00+09:00", "Jumat, 1 Mei 2026, 19.29 WIT"),
        ("Asia/Jakarta", "2026-05-01", "2026-05-01T00:00:00+07:00", "Jumat, 1 Mei 2026, 00.00 WIB"),
        ("Asia/Jakarta", "2026-05-01T19:29:00Z", "2026-05-02T02:29:00+07:00", "Sabtu, 2 Mei 2026, 02.29 WIB"),
        ("Asia/Jakarta", "2026-05-01 19:29 WIT", "2026-05-01T17:29:00+07:00", "Jumat, 1 Mei 2026, 17.29 WIB"),
    ],
)
def test_a_date_is_shown_in_the_sites_zone(site: Site, zone: str, written: str, machines: str, people: str) -> None:
    """One without a zone is in the site's; one with a zone is turned into it, its address too."""
    made = site(with_settings("").replace("Asia/Jakarta", zone) + ARTICLE % (written, "")).build()
    day = machines[:10].replace("-", "/")
    when = made.page(f"/{day}/a/").find("time")[0]
    assert (when["datetime"], when.text) == (machines, people)


def test_the_future_waits_for_its_moment(site: Site) -> None:
    """Before it nothing is there, not even its tag; --future shows it in a preview; from its moment on it is there."""
    made = site(ARTICLE % ("2026-05-03 08:00", "")).build("--now", "2026-05-03 07:59")
    assert [file for file in made.files() if "2026" in file or "tag" in file] == []
    made.build("--now", "2026-05-03 07:59", "--future")
    assert made.page("/2026/05/03/a/").one("p", class_="draft")
    made.build("--now", "2026-05-03 08:00")
    assert made.page("/2026/05/03/a/").find("p", class_="draft") == []
    assert "tag/nato/index.html" in made.files()


def test_drafts_are_shown_only_when_asked_for(site: Site) -> None:
    """And a preview marks them."""
    made = site(ARTICLE % ("2026-05-03", "draft: yes")).build()
    assert "2026/05/03/a/index.html" not in made.files()
    made.build("--drafts")
    assert made.page("/2026/05/03/a/").one("p", class_="draft").text == "Draf: belum terbit"
    made.build()
    assert "2026/05/03/a/index.html" not in made.files()


def test_an_expired_article_keeps_its_page_and_leaves_front_feeds_and_blocks(rich: Made) -> None:
    """Its lists keep it as well: an archive loses nothing."""
    assert rich.page("/2026/02/05/lama/").one("h1").text == "Kedaluwarsa"
    assert "Kedaluwarsa" in rich.page("/rubrik/ekonomi/").one("main").text
    for file in (
        "index.html",
        "feed.xml",
        "tag/harga/feed.xml",
        "blok/terkini.html",
        "blok/terpopuler.html",
        "terpopuler/index.html",
    ):
        assert "Kedaluwarsa" not in (rich.output / file).read_text(encoding="utf-8")


def test_expired_articles_can_be_hidden(site: Site) -> None:
    """`expired = "hide"` takes the page away too."""
    text = ARTICLE % ("2026-05-03", "expires: 2026-05-10")
    made = site(text).build("--now", "2026-05-09")
    assert "A" in made.page("/").main
    made.build("--now", "2026-05-10")
    assert "A" not in made.page("/").main.split()
    assert "2026/05/03/a/index.html" in made.files()
    made.write(with_settings('expired = "hide"')).build("--now", "2026-05-10")
    assert "2026/05/03/a/index.html" not in made.files()


def test_now_decides_only_what_is_published(site: Site) -> None:
    """Between two moments at which nothing begins or ends, every byte is the same."""
    made = site(ARTICLE % ("2026-05-03", "expires: 2027-01-01"))
    assert made.build("--now", "2026-05-05").files() == made.build("--now", "2026-12-31 23:59").files()


@pytest.mark.parametrize("now", ["2026-05-03", "2026-05-03 00:00", "2026-05-02T17:00:00Z", "2026-05-03 00:00 WIB"])
def test_now_is_read_as_a_date_of_front_matter(site: Site, now: str) -> None:
    """In the site's zone unless it names one."""
    assert "2026/05/03/a/index.html" in site(ARTICLE % ("2026-05-03", "")).build("--now", now).files()


def test_a_zone_that_changes_its_clocks_is_shown_right(site: Site) -> None:
    """Summer and winter have their own offsets."""
    settings = SITE_TOML.replace("Asia/Jakarta", "Europe/Berlin")
    text = "".join(
        f"-- content/{name}.md --\n---\ntitle: {name}\ndate: {date} 12:00\n---\n.\n"
        for name, date in (("s", "2025-07-01"), ("w", "2025-12-01"))
    )
    made = site(f"-- site.toml --\n{settings}{text}").build()
    assert made.page("/2025/07/01/s/").find("time")[0]["datetime"] == "2025-07-01T12:00:00+02:00"
    assert made.page("/2025/12/01/w/").find("time")[0]["datetime"] == "2025-12-01T12:00:00+01:00"
