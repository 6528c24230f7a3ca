"""What has moved and what has gone: as rules of a host, and as pages where no rule can say it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ssg.hosts import HOSTS, Host
from ssg.serve.redirects import Rule, read
from tests.conftest import Made
from tests.sites.moved import TEXTS, on

Site = Callable[[str], Made]


def rules_of(made: Made) -> list[Rule]:
    """The rules as our own server reads them, which reads them as the host does; each line is one."""
    rules, problems = read((made.output / "_redirects").read_text(encoding="utf-8"), "_redirects")
    assert problems == ()
    return list(rules)


def test_on_netlify_what_moved_and_what_has_gone_are_rules(site: Site) -> None:
    """And no page stands where a rule leads on; a tombstone is still shown, with the status that says so.

    What is not there in a further language is said in it.
    """
    made = site(on("netlify") + TEXTS).build()
    assert [(rule.source, rule.target, rule.status, rule.force) for rule in rules_of(made)] == [
        ("/2026/05/02/panen-raya/", "/2026/05/02/panen-raya/index.html", 410, True),
        ("/hilang/", "/404.html", 410, True),
        ("/lama/", "/2026/05/01/harga-beras/", 301, False),
        ("/berita/kopi%20%C3%BCnik/", "/2026/05/01/harga-beras/", 301, False),
        ("/dulu/", "https://lain.example/", 301, False),
        ("/en/*", "/en/404.html", 404, False),
    ]
    assert not (made.output / "lama").exists()
    assert (made.output / "2026/05/02/panen-raya/index.html").is_file()


def test_cloudflare_knows_no_status_that_says_gone(site: Site) -> None:
    """What has gone is left to its page."""
    made = site(on("cloudflare") + TEXTS).build()
    assert {rule.status for rule in rules_of(made)} == {301}
    assert {"/lama/", "/lama"} <= {rule.source for rule in rules_of(made)}, "its rules are taken letter by letter"


@pytest.mark.parametrize("host", ["github", "none"])
def test_elsewhere_pages_lead_on(site: Site, host: str) -> None:
    """Without a file that nobody would read."""
    made = site(on(host) + TEXTS).build()
    assert not (made.output / "_redirects").exists()
    assert made.page("/lama/").one("link", rel="canonical")["href"] == "https://kabar.example/2026/05/01/harga-beras/"
    assert made.page("/dulu/").one("link", rel="canonical")["href"] == "https://lain.example/"


def test_beyond_what_a_host_takes_pages_lead_on(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """In order, so that what was a rule stays one; and a rule that is too long is a page."""
    monkeypatch.setitem(HOSTS, "netlify", Host(rules=3, rule_length=2_000, rules_size=100_000, gone=True))
    made = site(on("netlify") + TEXTS).build()
    assert len(rules_of(made)) == 3
    assert not (made.output / "lama").exists()
    assert (made.output / "berita/kopi ünik/index.html").is_file()
    monkeypatch.setitem(HOSTS, "netlify", Host(rules=9, rule_length=30, rules_size=100_000, gone=True))
    made.build("--clean")
    assert "/lama/" not in {rule.source for rule in rules_of(made)}
    assert (made.output / "lama/index.html").is_file()


def test_what_leads_on_for_now_is_no_rule(site: Site) -> None:
    """Behind the last page of a list another one will stand: no browser may remember that it leads elsewhere."""
    texts = "".join(f"-- content/{n}.md --\n---\ntitle: N{n}\ndate: 2026-05-0{n}\n---\nIsi.\n" for n in range(1, 8))
    made = site(on("netlify") + texts).build()
    assert (made.output / "terkini/hal/2/index.html").is_file()
    assert not [rule for rule in rules_of(made) if "/hal/" in rule.source]


def test_a_sites_own_rules_stay_its_own(site: Site) -> None:
    """Then pages lead on."""
    made = site(on("netlify") + TEXTS + "-- static/_redirects --\n/a /b\n").build()
    assert (made.output / "_redirects").read_text(encoding="utf-8") == "/a /b\n"
    assert (made.output / "lama/index.html").is_file()


def test_a_link_to_what_a_rule_leads_on_is_no_dead_end(site: Site) -> None:
    """Nor is an address of the ledger."""
    made = site(on("netlify") + TEXTS + "-- content/c.md --\n---\ntitle: C\ndate: 2026-05-03\n---\n[dulu](/lama/)\n").build()
    assert made.problems() == []
    made.run("ledger", "--now", "2026-06-01")
    assert "\n/lama/\n" in (made.root / "ledger.txt").read_text(encoding="utf-8")
    assert made.build().problems() == []


def test_a_link_to_what_has_gone_is_a_dead_end(site: Site) -> None:
    """Though a rule answers there."""
    made = site(
        on("netlify") + TEXTS + "-- content/c.md --\n---\ntitle: C\ndate: 2026-05-03\n---\n[hilang](/hilang/)\n"
    ).build()
    assert "nothing is published at /hilang/" in made.said


def test_rules_follow_the_archive(site: Site) -> None:
    """Another slug changes the rule and no other file than those of the article's own pages."""
    made = site(on("netlify") + TEXTS).build()
    made.write(TEXTS.replace("title: Harga beras\n", "title: Harga beras\nslug: beras\n")).build()
    assert ("/lama/", "/2026/05/01/beras/") in [(rule.source, rule.target) for rule in rules_of(made)]
    first = made.files()
    assert made.build("--clean").files() == first
