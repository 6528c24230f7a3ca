"""`ssg related` says what an article leads on to, and why; `ssg list --format json` tells it of all."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import SITE_TOML, Made

Site = Callable[[str], Made]

ARTICLES = """
-- content/jenewa.md --
---
title: Perundingan Jenewa
date: 2026-01-10
tags: [NATO]
---
Kedua pihak membahas jaminan keamanan dan rudal, sesudah [surat](surat.md) itu dikirim.
-- content/surat.md --
---
title: Surat Dikirim
date: 2026-01-08
---
Surat itu meminta jawaban tertulis.
-- content/rudal.md --
---
title: Rudal Digeser
date: 2026-02-10
tags: [NATO]
related: [panen]
---
Rudal digeser, jaminan keamanan diminta.
-- content/panen.md --
---
title: Panen Raya
date: 2026-02-11
---
Padi dipanen.
-- content/nanti.md --
---
title: Nanti
date: 2026-03-01
draft: true
---
Rudal.
"""
OTHERS = "".join(f"-- content/l{n}.md --\n---\ntitle: L{n}\ndate: 2025-01-{n:02}\n---\nIsi{n}.\n" for n in range(1, 13))


@pytest.fixture(params=[100, 5], ids=["few", "many"])
def made(site: Site, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Made:
    """A site whose articles are ranked in the way of few, and of many."""
    monkeypatch.setattr("ssg.related.FEW", request.param)
    return site(f"-- site.toml --\n{SITE_TOML}\n{ARTICLES}{OTHERS}").build()


def told(made: Made, named: str) -> Any:
    return json.loads(made.run("related", named, "--format", "json").text)


def test_a_list_is_explained(made: Made) -> None:
    """The score is likeness times nearness; what is shared is named in words, most telling first, and makes the whole."""
    found = told(made, "jenewa")
    assert found["path"] == "content/jenewa.md"
    (rudal,) = found["related"]
    assert rudal["address"] == "/2026/02/10/rudal/"
    assert (rudal["days"], rudal["by_hand"]) == (31, False)
    assert rudal["score"] == pytest.approx(rudal["alike"] * rudal["near"], rel=1e-3)
    assert 2 < rudal["near"] < 2.5
    shared = {(one["kind"], one["name"]): one["part"] for one in rudal["shared"]}
    assert set(shared) == {
        ("tag", "NATO"),
        ("word", "rudal"),
        ("word", "jaminan"),
        ("word", "keamanan"),
        ("words", "jaminan keamanan"),
    }
    assert sum(shared.values()) == pytest.approx(1, abs=1e-3)
    assert list(shared.values()) == sorted(shared.values(), reverse=True)


def test_what_the_desk_names_is_told_as_such(made: Made) -> None:
    """First, and without a score where nothing is shared."""
    panen, jenewa = told(made, "rudal")["related"]
    assert (panen["by_hand"], panen["score"], panen["shared"]) == (True, 0, [])
    assert jenewa["score"] > 0
    text = made.run("related", "rudal").text
    assert "Panen Raya  named by hand" in text
    assert "31 days earlier" in text
    assert "tag NATO" in text
    assert '"jaminan keamanan"' in text


@pytest.mark.parametrize(
    "named", ["jenewa", "content/jenewa.md", "/2026/01/10/jenewa/", "https://kabar.example/2026/01/10/jenewa/"]
)
def test_an_article_is_found_by_every_name(made: Made, named: str) -> None:
    """By its slug or id, its file, its address."""
    assert told(made, named)["id"] == "jenewa"


def test_a_link_is_told(made: Made) -> None:
    """Who is linked to shares the link; who links shows the article already, and does not list it."""
    (jenewa,) = told(made, "surat")["related"]
    assert ("link", "content/surat.md") in {(one["kind"], one["name"]) for one in jenewa["shared"]}
    assert "content/surat.md" not in {one["path"] for one in told(made, "jenewa")["related"]}


def test_nothing_and_nobody(made: Made) -> None:
    """An article without relations says so; one that is not there is an error that names the nearest."""
    assert "Nothing is related to it closely enough." in made.run("related", "l1").text
    run = made.run("related", "jenewq")
    assert run.code == 1
    assert "error[why.unknown]" in run.text
    assert "did you mean jenewa" in run.text
    assert made.run("related", "nanti").code == 1
    assert made.run("related", "nanti", "--drafts").code == 0


def test_a_damaged_cache_explains_the_same(made: Made) -> None:
    """What the last build left only spares work."""
    before = told(made, "jenewa")
    for file in (made.root / ".ssg-cache").glob("related-*"):
        file.write_bytes(file.read_bytes()[:-5])
    assert told(made, "jenewa") == before


def test_the_list_of_all_is_for_programs_too(made: Made) -> None:
    """Each article with its state and the ids that its page leads on to, as `ssg related` has them."""
    listed = {one["id"]: one for one in json.loads(made.run("list", "--format", "json").text)}
    assert listed["nanti"]["state"] == "draft"
    assert listed["nanti"]["related"] == []
    assert listed["jenewa"]["tags"] == ["NATO"]
    for name in ("jenewa", "rudal", "surat", "l1"):
        assert listed[name]["related"] == [one["id"] for one in told(made, name)["related"]]
    drafts = json.loads(made.run("list", "--format", "json", "--state", "draft").text)
    assert [one["id"] for one in drafts] == ["nanti"]
    assert json.loads(made.run("list", "--format", "json", "--tag", "none").text) == []
