"""The ledger: no address that was published dies unseen."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import SITE_TOML, Made
from tests.sites.rich import photo

Site = Callable[[str], Made]

TEXTS = """\
-- content/harga-beras.md --
---
title: Harga beras
date: 2026-05-01
tags: Harga
---
Isi a.
-- content/panen-raya.md --
---
title: Panen raya
date: 2026-05-02
---
Isi b.
"""


def kept(made: Made) -> Made:
    """The site, published, with its ledger."""
    made.build()
    assert made.run("ledger", "--now", "2026-06-01").code == 0
    return made.build()


def toml(more: str, before: str = "") -> str:
    return f"-- site.toml --\n{before}{SITE_TOML}\n{more}"


def test_the_ledger_has_every_address_that_readers_keep(site: Site) -> None:
    """Articles, lists, days and feeds, in order; nothing of the theme."""
    made = kept(site(TEXTS))
    assert "addresses, " in made.runs[1].text
    lines = (made.root / "ledger.txt").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# Every address")
    assert lines[1:] == sorted(lines[1:])
    assert {"/2026/05/01/harga-beras/", "/tag/harga/", "/2026/05/01/", "/tag/harga/feed.xml", "/feeds.opml"} <= set(lines)
    assert not [line for line in lines if line.startswith(("/aset/", "/blok/")) or line == "/404.html"]
    assert made.problems() == []


def test_a_ledger_only_grows(site: Site) -> None:
    """What stands in it stays, and a second call without news writes the same bytes."""
    made = kept(site(TEXTS)).write("-- ledger.txt --\n# mine\n/lama/\n")
    made.write(toml('[redirects]\n"/lama/" = ""\n'))
    made.run("ledger", "--now", "2026-06-01")
    first = (made.root / "ledger.txt").read_bytes()
    assert b"\n/lama/\n" in first
    assert "0 of them new" in made.run("ledger", "--now", "2026-06-01").text
    assert (made.root / "ledger.txt").read_bytes() == first


def test_a_deleted_article_stops_the_build_until_it_leads_on(site: Site) -> None:
    """With file and line; then a redirect, another site or the word that it has gone lets it pass."""
    made = kept(site(TEXTS)).remove("content/panen-raya.md").build(ok=False)
    line = 1 + (made.root / "ledger.txt").read_text(encoding="utf-8").splitlines().index("/2026/05/02/panen-raya/")
    assert (
        f"ledger.txt:{line}: error[address.lost] /2026/05/02/panen-raya/ was published, and nothing would stand there any more"
        in made.problems()
    )
    assert "[redirects] of site.toml" in " ".join(made.said.split())
    assert (made.output / "2026/05/02/panen-raya/index.html").is_file(), "what was published is as it was"
    day = '"/2026/05/02/" = ""\n'
    made.write(toml(f'[redirects]\n"/2026/05/02/panen-raya/" = "/2026/05/01/harga-beras/"\n{day}')).build()
    assert made.page("/2026/05/02/panen-raya/").one("link", rel="canonical")["href"] == (
        "https://kabar.example/2026/05/01/harga-beras/"
    )
    made.write(toml(f'[redirects]\n"/2026/05/02/panen-raya/" = "https://lain.example/panen"\n{day}')).build()
    assert ("https://lain.example/panen", "https://lain.example/panen") in made.page("/2026/05/02/panen-raya/").links()
    made.write(toml(f'[redirects]\n"/2026/05/02/panen-raya/" = ""\n{day}')).build()
    assert not (made.output / "2026/05/02/panen-raya").exists()


def test_a_withdrawn_article_keeps_its_address(site: Site) -> None:
    """Its tombstone stands there, and its day leads on; its photo has gone with it, and that stops no build."""
    made = site(TEXTS.replace("title: Panen raya\n", "title: Panen raya\nimage: foto.jpg\naliases: /panen/\n"))
    made = kept(made.put("content/foto.jpg", photo()))
    assert "/2026/05/02/panen-raya/foto.jpg" in (made.root / "ledger.txt").read_text(encoding="utf-8")
    text = (made.root / "content/panen-raya.md").read_text(encoding="utf-8")
    withdrawn = text.replace("---\nIsi", "withdrawn: {date: 2026-05-30, reason: Salah}\n---\nIsi")
    made.write(f"-- content/panen-raya.md --\n{withdrawn}").build("--verify")
    assert "Salah" in made.page("/2026/05/02/panen-raya/").one("main").text
    assert made.page("/2026/05/02/").one("link", rel="canonical")["href"] == "https://kabar.example/2026/05/"
    assert not (made.output / "2026/05/02/panen-raya/foto.jpg").exists()


def test_an_article_that_expires_stops_no_build(site: Site) -> None:
    """Where such articles are hidden, what was theirs goes with them, and the times that they alone had lead on."""
    texts = TEXTS.replace("title: Panen raya\n", "title: Panen raya\nexpires: 2026-06-02\n")
    made = kept(site(toml("", 'expired = "hide"\n') + texts)).build("--now", "2026-06-03", "--verify")
    assert not (made.output / "2026/05/02/panen-raya").exists()
    assert made.page("/2026/05/02/").one("link", rel="canonical")["href"] == "https://kabar.example/2026/05/"


def test_a_pick_that_is_none_any_more_stops_no_build(site: Site) -> None:
    """The desk's picks come and go."""
    made = kept(site(TEXTS.replace("title: Panen raya\n", "title: Panen raya\npick: 1\n")))
    assert (made.output / "pilihan/index.html").is_file()
    made.write(TEXTS).build()
    assert not (made.output / "pilihan").exists()


def test_what_has_gone_by_the_settings_cannot_be_there(site: Site) -> None:
    """A rule would tell readers of a living page that it has gone."""
    gone = toml('[redirects]\n"/tag/harga/" = ""\n', 'host = "netlify"\n')
    made = site(gone + TEXTS).build(ok=False)
    assert "/tag/harga/ is wanted by site.toml" in " ".join(made.said.split())


def test_a_broken_article_does_not_hide_the_loss_of_another(site: Site) -> None:
    """With `--keep-going` what was left out is not lost, and what was deleted is."""
    made = kept(site(TEXTS)).remove("content/panen-raya.md")
    broken = TEXTS.partition("-- content/panen-raya.md --")[0].replace("tags: Harga", "tags: Harga\nsource: {url: x}")
    made.write(broken).build("--keep-going", ok=False)
    lost = [line for line in made.problems() if "address.lost" in line]
    assert any("/2026/05/02/panen-raya/" in line for line in lost)
    assert not any("/2026/05/01/harga-beras/" in line for line in lost)


def test_another_slug_stops_the_build_until_it_is_an_alias(site: Site) -> None:
    """The message names the old address; `aliases` brings it back."""
    made = kept(site(TEXTS))
    made.write(TEXTS.replace("title: Panen raya\n", "title: Panen raya\nslug: panen\n")).build(ok=False)
    assert "/2026/05/02/panen-raya/ was published" in made.said
    made.write(
        TEXTS.replace("title: Panen raya\n", "title: Panen raya\nslug: panen\naliases: /2026/05/02/panen-raya/\n")
    ).build()
    assert made.page("/2026/05/02/panen-raya/").one("link", rel="canonical")["href"].endswith("/2026/05/02/panen/")


def test_another_pattern_stops_the_build_until_the_old_one_is_named(site: Site) -> None:
    """Every article's old address leads to its new one."""
    made = kept(site(TEXTS)).write(toml("", 'permalink = "/berita/{slug}/"\n')).build(ok=False)
    assert "/2026/05/01/harga-beras/ was published" in made.said
    before = 'permalinks_before = ["/{year}/{month}/{day}/{slug}/"]\n'
    made.write(toml("", f'permalink = "/berita/{{slug}}/"\n{before}')).build()
    for old, new in (("/2026/05/01/harga-beras/", "/berita/harga-beras/"), ("/2026/05/02/panen-raya/", "/berita/panen-raya/")):
        assert made.page(old).one("link", rel="canonical")["href"] == f"https://kabar.example{new}"


def test_a_merged_tag_stops_the_build_until_it_is_in_the_table(site: Site) -> None:
    """An article that has another tag now takes the old tag's page along."""
    made = kept(site(TEXTS)).write(TEXTS.replace("tags: Harga", "tags: Harga Pangan")).build(ok=False)
    assert "/tag/harga/ was published" in made.said
    made.write(toml('[merged_tags]\n"Harga" = "Harga Pangan"\n')).build()
    assert (made.output / "tag/harga/feed.xml").is_file()


def test_many_lost_addresses_are_summed_up(site: Site) -> None:
    """Ten are named, and how many more there are."""
    made = kept(site("")).write("-- ledger.txt --\n" + "".join(f"/lama/{n:02}/\n" for n in range(25))).build(ok=False)
    assert [line.partition("] ")[2] for line in made.problems()][-2:] == [
        "/lama/09/ was published, and nothing would stand there any more",
        "15 more addresses were published, and nothing would stand there any more",
    ]


def test_a_build_that_changes_nothing_still_reads_the_ledger(site: Site) -> None:
    """Another ledger is another site."""
    made = kept(site(TEXTS))
    text = (made.root / "ledger.txt").read_text(encoding="utf-8")
    made.write(f"-- ledger.txt --\n{text}/zaman-dulu/\n").build(ok=False)
    assert "/zaman-dulu/ was published" in made.said


def test_a_line_that_is_no_address_is_told(site: Site) -> None:
    """With its number, and without a traceback."""
    made = site("-- ledger.txt --\n/a/\nb\n").build(ok=False)
    assert "ledger.txt:2: error[ledger.bad] 'b' is no address" in made.said


@pytest.mark.parametrize("bad", ["lama", "/a/../b/", "/lama", "/lama/?a=1", "//lama/"])
def test_a_redirect_from_what_is_no_address_of_ours_is_told(site: Site, bad: str) -> None:
    """By its line of site.toml."""
    made = site(toml(f'[redirects]\n"{bad}" = "/"\n')).build(ok=False)
    assert "must be an address of this site from its root, such as /lama/ or /lama/berkas.pdf" in " ".join(made.said.split())


def test_a_redirect_that_leads_nowhere_is_told(site: Site) -> None:
    """As any other link that leads nowhere."""
    made = site(toml('[redirects]\n"/lama/" = "/tidak-ada/"\n') + TEXTS).build()
    assert "/lama/ leads to /tidak-ada/, and nothing is published there" in made.said
