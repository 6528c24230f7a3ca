"""Increment = from scratch, whatever happens to an archive, and in whatever order."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from ssg import quiet
from tests.conftest import AT_NIGHT
from tests.laws.newsroom import SECTIONS, TAGS, WORDS, Newsroom, Story, data_of, feeds_of, page_of, part_of

EXAMPLES = 24 if AT_NIGHT else 4
LEAST = EXAMPLES * 3 // 4

NUMBER = st.integers(min_value=0, max_value=1000)

Happens = Callable[..., None]
EVENTS: list[tuple[Happens, dict[str, st.SearchStrategy[Any]]]] = []

_fired: Counter[str] = Counter()
_quiet: Counter[str] = Counter()  # the quiet edits that builds found, by whether any text was changed


def event(**given: st.SearchStrategy[Any]) -> Callable[[Happens], Happens]:
    """Something that can happen, and what is drawn for it."""

    def marked(happens: Happens) -> Happens:
        EVENTS.append((happens, given))
        return happens

    return marked


class Days(RuleBasedStateMachine):
    """Days in a newsroom."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp(prefix="newsroom-"))
        self.room = Newsroom(self.folder)
        self.to_come: list[tuple[Happens, dict[str, st.SearchStrategy[Any]]]] = []
        self.single: Story | None = None  # the only article that changed, when no page may be rendered that has no part in it
        self.only: set[str] | None = None  # and all that may be rendered beside its own page
        self.room.increment()

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @rule(place=NUMBER, data=st.data())
    def something_happens(self, place: int, data: st.DataObject) -> None:
        """Each event comes once before one comes again; after each the law is looked at."""
        self.to_come = self.to_come or list(EVENTS)
        happens, given = self.to_come.pop(place % len(self.to_come))
        _fired[happens.__name__] += 1
        self.single, self.only = None, None
        happens(self, **{name: data.draw(strategy, f"{happens.__name__}: {name}") for name, strategy in given.items()})
        before = _quiet.total()
        self.room.check()
        if self.single is not None:
            own = f"/{self.single.slug}/"
            assert self.only is None or {page for page in self.room.rendered if not page.endswith(own)} <= self.only
            assert self.room.in_vain(self.single) == set()
        if _quiet.total() > before:
            assert self.room.rendered_when_all_is_looked_at() == set()

    def one(self, number: int) -> Story:
        """One of the articles."""
        if not self.room.stories:
            return self.room.add()
        return list(self.room.stories.values())[number % len(self.room.stories)]

    @event()
    def add_the_newest(self) -> None:
        self.single = self.room.add()

    @event(number=NUMBER)
    def add_an_older_one(self, number: int) -> None:
        self.room.add(date=self.one(number).date + timedelta(minutes=number % 50))

    @event(number=NUMBER)
    def change_a_comma(self, number: int) -> None:
        story = self.one(number)
        self.single = self.room.change(replace(story, coda=f"{story.coda},"))
        self.only = {page_of(story), part_of(story), *feeds_of(self.room, story), *data_of(story)}

    @event(number=NUMBER)
    def change_the_words(self, number: int) -> None:
        story = self.one(number)
        self.single = self.room.change(replace(story, body=f"{story.body} {WORDS[number % len(WORDS)]}"))

    @event(number=NUMBER)
    def change_the_title(self, number: int) -> None:
        story = self.one(number)
        self.single = self.room.change(replace(story, title=f"Judul {number} & “{story.slug}”"))

    @event(number=NUMBER)
    def rename_the_file(self, number: int) -> None:
        story = self.room.remove(self.one(number).slug)
        self.room.change(replace(story, slug=f"{story.slug}-b"))

    @event(number=NUMBER)
    def move_to_another_folder(self, number: int) -> None:
        story = self.room.remove(self.one(number).slug)
        self.room.change(replace(story, folder=f"arsip/{number % 3}"))

    @event(number=NUMBER)
    def delete(self, number: int) -> None:
        self.room.remove(self.one(number).slug)

    @event(number=NUMBER, tags=st.lists(st.sampled_from([*TAGS, "nato", "Baru"]), max_size=3))
    def retag(self, number: int, tags: list[str]) -> None:
        story = self.one(number)
        self.room.change(
            replace(story, tags=tuple(tags), section=SECTIONS[number % 2], region="" if story.region else "Bekasi")
        )

    @event(number=NUMBER, name=st.sampled_from(["", "Banjir Besar", "banjir besar", "Pemilu"]))
    def tell_it_as_a_step_of_a_story(self, number: int, name: str) -> None:
        self.room.change(replace(self.one(number), story=name))

    @event(number=NUMBER, hours=st.integers(-400, 400))
    def change_the_date(self, number: int, hours: int) -> None:
        story = self.one(number)
        self.room.change(replace(story, date=story.date + timedelta(hours=hours)))

    @event(number=NUMBER)
    def give_an_alias(self, number: int) -> None:
        story = self.one(number)
        self.room.change(replace(story, aliases=(f"/lama/{story.slug}-{number}/",)))

    @event(
        number=NUMBER,
        line=st.sampled_from(
            [
                "pick: 1",
                "draft: true",
                "expires: 2021-03-20",
                "withdrawn: {date: 2021-04-01, reason: Keliru}",
                "updated: 2021-04-02 10:00",
                "language: en",
                "noindex: true",
                "dateline: KARAWANG",
                "source: {name: Antara, url: 'https://antara.example/'}",
                "corrections: [{date: 2021-04-05, text: Nama.}, {date: 2021-04-03, text: Angka.}]",
                "",
            ]
        ),
    )
    def change_its_standing(self, number: int, line: str) -> None:
        self.room.change(replace(self.one(number), extra=(line,) if line else ()))

    @event(number=NUMBER)
    def change_a_photo(self, number: int) -> None:
        self.room.photograph(f"foto-{number % 2}.png", number)
        story = self.one(number)
        self.room.change(replace(story, photo=f"foto-{number % 2}.png"))

    @event(number=NUMBER)
    def change_a_template(self, number: int) -> None:
        name, text = [
            ("slots/footer.html", f"<p>{number}</p>"),
            ("terms.html", '{% extends "default:terms.html" %}{% block main %}' + str(number) + "{{ super() }}{% endblock %}"),
            (
                "article.html",
                '{% extends "default:article.html" %}{% block main %}{{ super() }}{% for card in ask.latest('
                + str(number % 4)
                + ") %}<p>{{ card.address }}</p>{% endfor %}{% endblock %}",
            ),
        ][number % 3]
        file = f"themes/default/templates/{name}"
        if number % 5 == 0:
            (self.room.site / file).unlink(missing_ok=True)
        else:
            self.room.put(file, text.encode())

    @event(number=NUMBER)
    def change_a_label(self, number: int) -> None:
        key = ("related", "read_also", "latest", "front")[number % 4]
        self.room.put("themes/default/translations/id.toml", f'{key} = "Label {number % 7}"\n'.encode())

    @event(
        setting=st.sampled_from(
            [
                ("title", '"Kabar Lain"'),
                ("logo", '"/foto-0.png"'),
                ("base_url", '"https://lain.example/arsip/"'),
                ("page_size", "3"),
                ("page_size", "2"),
                ("feeds__size", "2"),
                ("blocks__latest", "2"),
                ("blocks__related", "3"),
                ("blocks__mode", '"inline"'),
                ("blocks__mode", '"shared"'),
                ("permalink", '"/{year}/{slug}/"'),
                ("permalink", '"/{year}/{month}/{day}/{slug}/"'),
                ("sitemaps__news", "false"),
                ("sitemaps__news", "true"),
                ("photos__widths", "[16]"),
                ("photos__widths", "[]"),
                ("photos__card", "true"),
                ("photos__card", "false"),
                ("robots__training", '"deny"'),
                ("robots__training", '"allow"'),
                ("timezone", '"Asia/Makassar"'),
                ("dateline", '"{title}"'),
                ("expired", '"hide"'),
                ("expired", '"keep"'),
                ("theme", '"plain"'),
                ("theme", '"default"'),
                ("offline", "true"),
                ("offline", "false"),
            ]
        )
    )
    def change_a_setting(self, setting: tuple[str, str]) -> None:
        self.room.configure(**dict([setting]))

    @event(number=NUMBER)
    def publish_the_archive_as_data(self, number: int) -> None:
        whether = json.dumps(number % 4 != 3)
        self.room.configure(
            data__beside=json.dumps(["json", "md"][: number % 3]),
            data__months=whether,
            data__manifests=json.dumps(number % 2 == 0),
        )

    @event(
        first=st.sampled_from([("Gempa", "NATO"), ("Gempa", "Banjir"), ("Gempa", "Baru"), ("Gempa", "")]),
        second=st.sampled_from([("Arsip", "gempa"), ("Arsip", "Banjir"), ("Arsip", "NATO"), ("Arsip", "")]),
    )
    def merge_tags(self, first: tuple[str, str], second: tuple[str, str]) -> None:
        self.room.merge(*first)
        self.room.merge(*second)

    @event(number=NUMBER)
    def change_what_is_said_of_a_tag(self, number: int) -> None:
        file = self.room.site / "content/tags/nato.md"
        if number % 4 == 0:
            file.unlink(missing_ok=True)
        else:
            story = self.one(number)
            self.room.put("content/tags/nato.md", f"---\ntitle: NATO {number % 3}\n---\nLihat [[{story.slug}]].\n".encode())

    @event(number=NUMBER)
    def change_what_is_said_of_a_story(self, number: int) -> None:
        file = self.room.site / "content/stories/banjir-besar.md"
        if number % 4 == 0:
            file.unlink(missing_ok=True)
        else:
            self.room.put("content/stories/banjir-besar.md", f"---\ntitle: Banjir {number % 3}\n---\nSejak 2021.\n".encode())

    @event(number=NUMBER)
    def count_the_readers(self, number: int) -> None:
        id = self.one(number).slug
        self.room.put("data/popular.json", f'{{"articles": [{{"id": "{id}", "views": 3}}]}}'.encode())

    @event(days=st.integers(-90, 30))
    def let_time_pass(self, days: int) -> None:
        self.room.now += timedelta(days=days)

    @event(hours=st.integers(0, 60))
    def come_back_to_the_newest(self, hours: int) -> None:
        """When it was news, or just after."""
        self.room.now = max(story.date for story in self.room.stories.values()) + timedelta(hours=hours)

    @event(number=NUMBER)
    def disturb(self, number: int) -> None:
        """Somebody takes away or changes what builds have left."""
        site = self.room.site
        files = sorted(file for file in (site / "output").rglob("*") if file.is_file())
        file = files[number % len(files)]
        what = number % 6
        if what == 0:
            shutil.rmtree(site / ".ssg-cache")
        elif what == 1:
            file.unlink()
        elif what == 2:
            file.write_bytes(file.read_bytes()[:-1])
        elif what == 3:
            for source in (site / "content").rglob("*.md"):
                os.utime(source)
        elif what == 4:
            shutil.rmtree(site / "output")
        else:
            for left in (site / ".ssg-cache").glob("seen"):
                left.unlink()


@pytest.mark.timeout(75 * EXAMPLES)
def test_an_increment_is_what_a_build_from_scratch_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds of events, and after each the same bytes and the same words as if all had been built anew."""
    _fired.clear()
    _quiet.clear()
    find = quiet.edit

    def counted(*given: Any) -> quiet.Edit | None:
        found = find(*given)
        if found:
            _quiet["texts" if found.paths else "nothing"] += 1
        return found

    monkeypatch.setattr(quiet, "edit", counted)
    run_state_machine_as_test(
        Days,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=len(EVENTS),
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],  # shrinking hundreds of builds takes longer than anybody waits
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert {happens.__name__: _fired[happens.__name__] for happens, _ in EVENTS if _fired[happens.__name__] < LEAST} == {}
    assert _quiet["texts"] >= LEAST


def test_workers_judge_as_one_process_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which pages stand is found out on all cores; what is lost, touched or changed is seen there too."""
    monkeypatch.setattr("ssg.increment._MANY", 0)
    monkeypatch.setattr("ssg.workers.FEW", 1)
    room = Newsroom(tmp_path)
    room.increment(workers=2)
    for happens in (
        lambda: room.change(replace(next(iter(room.stories.values())), title="Judul lain")),
        lambda: (room.site / "output/index.html").unlink(),
        lambda: os.utime(room.site / "output/404.html"),
        lambda: room.put("themes/default/translations/id.toml", b'related = "Label lain"\n'),
    ):
        happens()
        room.increment(workers=2)
        assert room.after == room.scratch()[1]
